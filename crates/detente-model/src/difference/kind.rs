//! The kinds of elements.

/// A kind of element of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The negotiation itself.
    Negotiation,
    /// A source.
    Source,
    /// A citation of a source.
    Citation,
    /// A party.
    Party,
    /// A person who speaks for a party.
    Agent,
    /// An option of a party.
    Option,
    /// A move of a party in a graph.
    Move,
    /// A statement of a party's preferences.
    Statement,
    /// A weighted formula of a party's preferences.
    Weight,
    /// One of several orders that a party may have.
    Candidate,
    /// How a party cares for another.
    Attitude,
    /// A `never` rule.
    Never,
    /// A forced consequence.
    Consequence,
    /// A prohibited transition.
    Prohibition,
    /// A named state.
    State,
    /// A class of outcomes.
    Class,
    /// A term.
    Term,
    /// Where the words of a term stand.
    Stated,
    /// A party's reading of a term or of a commitment.
    Reading,
    /// Whose reading is known to whom.
    Communication,
    /// An issue.
    Issue,
    /// A rule about packages.
    PackageRule,
    /// What packages are worth to a party or ratifier.
    Utility,
    /// What an issue's levels are worth.
    Worth,
    /// What a combination of levels is worth.
    UtilityTerm,
    /// An order of the issues' weights.
    Importance,
    /// What must be reached at least.
    Reservation,
    /// What an agreement loses by coming late.
    Discount,
    /// Who must ratify.
    Ratifier,
    /// How often a party acts.
    Pace,
    /// A named package.
    Package,
    /// A known acceptance, refusal or comparison.
    Fact,
    /// What an option's setting means in packages.
    Agreed,
    /// A party's view.
    View,
    /// A variant.
    Variant,
    /// A change in a variant, a view or an event.
    Change,
    /// A track.
    Track,
    /// An event of the calendar.
    Event,
    /// What an event does.
    Effect,
    /// A value that an event states.
    StatedValue,
    /// A commitment.
    Commitment,
    /// Words of a commitment or a claim.
    Wording,
    /// A claim.
    Claim,
    /// One outcome of a graded claim.
    Grade,
    /// What came of a claim.
    Outcome,
    /// How often the like came true.
    Reference,
}

impl Kind {
    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Negotiation => "negotiation",
            Self::Source => "source",
            Self::Citation => "citation",
            Self::Party => "party",
            Self::Agent => "agent",
            Self::Option => "option",
            Self::Move => "move",
            Self::Statement => "statement",
            Self::Weight => "weight",
            Self::Candidate => "candidate",
            Self::Attitude => "attitude",
            Self::Never => "rule `never`",
            Self::Consequence => "rule `when`",
            Self::Prohibition => "rule `no move`",
            Self::State => "state",
            Self::Class => "class",
            Self::Term => "term",
            Self::Stated => "wording of term",
            Self::Reading => "reading",
            Self::Communication => "communication",
            Self::Issue => "issue",
            Self::PackageRule => "rule of packages",
            Self::Utility => "utility",
            Self::Worth => "worth of issue",
            Self::UtilityTerm => "worth of combination",
            Self::Importance => "importance",
            Self::Reservation => "reservation",
            Self::Discount => "discount",
            Self::Ratifier => "ratifier",
            Self::Pace => "pace",
            Self::Package => "package",
            Self::Fact => "fact",
            Self::Agreed => "agreed",
            Self::View => "view",
            Self::Variant => "variant",
            Self::Change => "change",
            Self::Track => "track",
            Self::Event => "event",
            Self::Effect => "effect",
            Self::StatedValue => "value",
            Self::Commitment => "commitment",
            Self::Wording => "wording",
            Self::Claim => "claim",
            Self::Grade => "grade",
            Self::Outcome => "outcome",
            Self::Reference => "reference class",
        }
    }
}
