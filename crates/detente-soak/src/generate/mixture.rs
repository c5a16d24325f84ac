//! How often each feature of the language is drawn.

/// A feature whose frequency can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The graph form instead of the option form.
    GraphForm,
    /// An option form to which nothing applies but options and statements.
    Unconstrained,
    /// An option form whose moves are transitive: no consequences, prohibitions, steps.
    Transitive,
    /// A model with many options or listed states.
    Large,
    /// An option with levels.
    Graded,
    /// An option that can be moved one way only.
    OneWay,
    /// A graded option that moves step by step.
    Stepwise,
    /// A model with `never` rules.
    Never,
    /// A model with forced consequences.
    Consequences,
    /// A model with prohibited transitions.
    Prohibitions,
    /// A model with outcome classes.
    Classes,
    /// A model with named states (option form).
    NamedStates,
    /// A model with a status quo.
    StatusQuo,
    /// A model in which the options are dealt without regard to who has none.
    Idle,
    /// A party that states no preferences.
    Unstated,
    /// A party with a ranking.
    Ranking,
    /// A party with weights.
    Weights,
}

/// Every share with its name, its default in thousandths, and what it is a share of.
pub const SHARES: [(Share, &str, u32, &str); 17] = [
    (
        Share::GraphForm,
        "graph-form",
        150,
        "models given as a graph",
    ),
    (
        Share::Unconstrained,
        "unconstrained",
        420,
        "of the others, models of binary options and statements alone",
    ),
    (
        Share::Transitive,
        "transitive",
        600,
        "of the others, models without the next three features",
    ),
    (
        Share::Stepwise,
        "stepwise",
        400,
        "graded options that move step by step",
    ),
    (
        Share::Consequences,
        "consequences",
        600,
        "models with forced consequences",
    ),
    (
        Share::Prohibitions,
        "prohibitions",
        500,
        "models with prohibited transitions",
    ),
    (
        Share::Large,
        "large",
        40,
        "models with 7 to 9 options or up to 48 listed states",
    ),
    (Share::Graded, "graded", 180, "options with levels"),
    (
        Share::OneWay,
        "one-way",
        180,
        "options that move one way only",
    ),
    (Share::Never, "never", 500, "models with `never` rules"),
    (
        Share::Classes,
        "classes",
        300,
        "models with outcome classes",
    ),
    (
        Share::NamedStates,
        "named-states",
        200,
        "models with named states",
    ),
    (
        Share::StatusQuo,
        "status-quo",
        500,
        "models with a status quo",
    ),
    (
        Share::Idle,
        "idle",
        150,
        "models in which a party may be without options",
    ),
    (
        Share::Unstated,
        "unstated",
        40,
        "parties without preferences",
    ),
    (Share::Ranking, "ranking", 350, "parties with a ranking"),
    (Share::Weights, "weights", 200, "parties with weights"),
];

/// How often each feature is drawn, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixture([u32; SHARES.len()]);

impl Default for Mixture {
    fn default() -> Self {
        Self(SHARES.map(|(_, _, permille, _)| permille))
    }
}

/// A name that no share has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no share `{0}`")]
pub struct UnknownShare(pub String);

impl Mixture {
    /// A share in thousandths.
    pub fn share(&self, of: Share) -> u32 {
        let place = SHARES.iter().position(|(share, ..)| *share == of);
        place.and_then(|p| self.0.get(p)).copied().unwrap_or(0)
    }

    /// The same with these features never drawn.
    #[must_use]
    pub fn without(mut self, features: &[Share]) -> Self {
        for (mine, (share, ..)) in self.0.iter_mut().zip(SHARES) {
            if features.contains(&share) {
                *mine = 0;
            }
        }
        self
    }

    /// Sets a share by its name; more than 1000 means always.
    ///
    /// # Errors
    ///
    /// Refuses names that are not in [`SHARES`].
    pub fn set(&mut self, name: &str, permille: u32) -> Result<(), UnknownShare> {
        let place = SHARES.iter().position(|(_, known, ..)| *known == name);
        let share = place.and_then(|p| self.0.get_mut(p));
        *share.ok_or_else(|| UnknownShare(name.to_owned()))? = permille;
        Ok(())
    }
}
