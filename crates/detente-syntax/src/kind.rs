//! The kinds of tokens and nodes in the lossless tree.

macro_rules! kinds {
    ($($name:ident $doc:literal,)*) => {
        /// The kind of a token or node of the lossless tree.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum SyntaxKind {
            $(#[doc = $doc] $name,)*
        }

        const ALL: &[SyntaxKind] = &[$(SyntaxKind::$name,)*];
    };
}

kinds! {
    Whitespace "Blanks within a line; a byte-order mark at the start of the text.",
    Newline "The end of a line.",
    Comment "`# ...` up to the end of the line.",
    Ident "A word that is used as a name, or that could not be placed.",
    Keyword "A word that is used as a keyword.",
    Number "`12`, `0.4`, `2/7`.",
    Date "`2019-01-20`.",
    String "A text in double quotes.",
    LBrace "`{`",
    RBrace "`}`",
    LBracket "`[`",
    RBracket "`]`",
    LParen "`(`",
    RParen "`)`",
    Comma "`,`",
    Dot "`.`",
    Semi "`;`",
    Colon "`:`",
    Eq "`=`",
    Gt "`>`",
    GtGt "`>>`, `>>>` and so on.",
    Lt "`<`",
    Ge "`>=`",
    Le "`<=`",
    Arrow "`->`",
    DotDot "`..`",
    Minus "`-`",
    Other "Any other character.",
    Eof "The end of the text; in no tree.",

    Root "The whole text.",
    Error "What could not be read.",
    Block "`{ ... }`",
    Name "A name, or the number of a state.",
    Ref "`relief`, `US.relief`",
    Negotiation "`negotiation \"...\"`",
    AsOf "`as of 2019-01-20`",
    Source "`source scmp \"...\" { ... }`",
    Property "`kind commentary` in the block of a source.",
    Party "`party US \"...\" { ... }`",
    Agent "`speaks through ...`",
    OptionDecl "`option sign \"...\"`",
    Levels "`one of hold, calibrate, cancel`",
    Direction "`irreversible`, `reversible`, `only on`, `only off`",
    Stepwise "`step by step`",
    Prefers "`prefers { ... }`",
    Statement "One line of `prefers`.",
    Prefix "What stands before the colon of a statement.",
    Candidate "`candidate hard 0.6 \"Hard line\" { ... }`",
    Ranks "`ranks { ... }`",
    RankItem "An element of a ranking.",
    Weights "`weights { ... }`",
    Weighted "One line of `weights`.",
    Moves "`moves { ... }`",
    MoveEntry "`1 -> 2, 9`",
    Concept "`concept smr`",
    Attitude "`attitude toward DPRK positive`",
    Never "`never ...`",
    When "`when ... then ...`",
    NoMove "`no move from ... to ...`",
    Because "`because \"...\"`",
    Class "`class \"...\" when ...`",
    State "`state small \"...\" { ... }`",
    Setting "`US.relief`, `not US.relief`, `US.drills is hold`",
    StatusQuo "`status quo { ... }`",
    Term "`term denuclearised \"...\" { ... }`",
    Stated "`stated in singapore \"...\"` in a term.",
    Means "`means DPRK.declare` in a term.",
    Reading "`US reads DPRK.declare` in a term.",
    Communicated "`communicated by DPRK to US unclear` in a term.",
    Issues "`issues { ... }`",
    Issue "`relief \"Sanctions relief\": none, waivers, all` in `issues`.",
    IssueLevel "A level of an issue, with its title.",
    PackageRule "`never ...` or `always ...` in `issues`.",
    Package "`package ri_offer \"...\" { ... }`",
    Pick "`yongbyon part or all` in a package.",
    PickedLevel "A level, a number or a range of numbers in a package.",
    Fact "`fact US rejects ri_offer`",
    Agreed "`agreed { ... }`",
    AgreedLine "`US.relief when relief >= waivers` in `agreed`.",
    Utility "`utility { ... }`",
    Ratifier "`ratifier hawks votes 2 { ... }`",
    Ratified "`ratified by majority`",
    IssueWorth "`relief weight 0.4: none 100, all 0` in a utility.",
    Value "What a level is worth.",
    UtilityTerm "`6: relief is all` in a utility.",
    Importance "`importance relief > drills` in a utility.",
    Reservation "`reservation 0` in a utility.",
    Discount "`discount 0.9 from 2019-03-04` or `discount 0.9 from event drills` in a utility.",
    Quantity "`3`, `1 .. 3.5`",
    Amount "`3`, `-2.5`, `2/7`",
    Variant "`variant flex \"...\" { ... }`",
    Extends "`extends a, b`",
    ChangePreferences "`US prefers { ... }` in a variant.",
    ChangeConcept "`US concept smr` in a variant.",
    ChangeAttitude "`US attitude toward DPRK positive` in a variant.",
    ChangeDirection "`irreversible US.relief` in a variant.",
    WithoutNever "`without never ...`",
    WithoutWhen "`without when ...`",
    WithoutView "`without view of US`",
    View "`in the eyes of US { ... }`",
    Hides "`hides DPRK.test` in a view.",
    Invents "`invents DPRK.secret \"...\"` in a view.",
    Knows "`knows the view of DPRK` in a view.",
    Drop "`drop hinge`",
    Insert "`insert DPRK.declare before hinge`",
    MoveEdit "`move hinge first`",
    Swap "`swap small and none`",
    Settle "`settle hinge`",
    Target "What an edit is about.",
    Position "`first`, `last`, `before hinge`, `after hinge`",
    Track "`track working \"...\" binds US.sign hands to leaders`",
    Mandate "`binds all`, `binds nothing`, `binds US.sign, DPRK.sign`",
    HandsTo "`hands to leaders` of a track.",
    Pace "`acts every 30 days` in a party.",
    Role "`as \"special representative\"` of an agent.",
    AtTrack "`at working` of an event.",
    With "`with US, DPRK` of an event.",
    Time "`2019-01-18`, `2019-01-19 .. 2019-01-21`, `between ... and ...`, `by ...`, `from ...`, `until ...`",
    Day "`2019-01-18`, `\"last Friday\"`",
    Calendar "`calendar { ... }`",
    Event "One line of `calendar`.",
    Known "`known 2019-02-05` of an event.",
    Replaces "`replaces second_summit` of an event.",
    Likelihood "`likely`, `likely 0.7`, `chance 0.7`",
    StatedValue "`duration \"nearly two hours\"` of an event.",
    Sets "`sets US.cancel, not US.relief` of an event.",
    TakesEffect "`default not US.cancel` of an event.",
    Opens "`opens US.relief` of an event.",
    Closes "`closes US.relief` of an event.",
    NewMandate "`mandate working binds US.relief` of an event.",
    Commitment "`commitment singapore4 \"...\" by DPRK to US on 2018-06-12 { ... }`",
    Bound "`by DPRK` of a commitment.",
    Toward "`to US` of a commitment.",
    OnDay "`on 2018-06-12` of a commitment and an outcome.",
    Wording "`text \"...\"`, `quoted \"...\"`, `worded \"...\"`",
    HeldTerm "`term denuclearised` in a commitment.",
    KeptWhen "`kept when DPRK.yongbyon` in a commitment.",
    Claim "`claim summit \"...\" by author said 2019-01-20 { ... }`",
    Said "`said 2019-01-20` of a claim.",
    Window "`by 2019-03-05` in a claim.",
    Condition "`if class \"...\"` in a claim.",
    Resolves "`resolves when event hanoi`, `then class \"...\"` in a claim.",
    Denies "`denies ffvd` in a claim.",
    Advice "`advice` in a claim.",
    Graded "`graded \"no text\" 0.3, \"small deal\" 0.7` in a claim.",
    GradedOutcome "One of the outcomes of `graded`.",
    AgainstReference "`reference deadline` in a claim.",
    CameOf "`outcome yes on 2019-02-27 because \"...\"` in a claim.",
    Reference "`reference deadline \"...\" 0.15 .. 0.20 for class \"small deal\"`",
    Cites "`[scmp ¶8, ¶13]`",
    Cite "One entry of a citation.",
    Locator "Where in the source.",
    Constant "`true`, `false`",
    OptionAtom "An option in a formula.",
    LevelAtom "A comparison with a level.",
    ClassAtom "`class \"...\"` in a formula.",
    StateAtom "`state small` in a formula.",
    TermAtom "`term denuclearised` in a formula.",
    PatternAtom "`\"YN-\"` in a formula.",
    Not "`not A`",
    And "`A and B and ...`",
    Or "`A or B or ...`",
    Conditional "`A if B`, `A unless B`, and chains of them.",
    Iff "`A iff B`, and chains of it.",
    Count "`at least 2 of (A, B, C)`",
    Paren "`(A)`",
}

impl SyntaxKind {
    /// Whether it is white space or a comment.
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::Whitespace | Self::Newline | Self::Comment)
    }

    /// Whether a node of this kind is a formula.
    pub fn is_formula(self) -> bool {
        (Self::Constant..=Self::Paren).contains(&self)
    }
}

/// The language, for the tree library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detente {}

impl rowan::Language for Detente {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        ALL.get(usize::from(raw.0))
            .copied()
            .unwrap_or(SyntaxKind::Error)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

/// A node of the lossless tree.
pub type SyntaxNode = rowan::SyntaxNode<Detente>;
/// A token of the lossless tree.
pub type SyntaxToken = rowan::SyntaxToken<Detente>;
/// A node or a token.
pub type SyntaxElement = rowan::SyntaxElement<Detente>;
