//! How bargaining scenarios of other tools are read.

use clap::{Args, ValueEnum};
use detente::model::scenario::{self, Options};

/// What the numbers of a GENIUS profile mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Evaluations {
    /// As they stand, as NegMAS reads them
    #[default]
    Raw,
    /// Divided by the greatest of their issue, and by `maxutility`, as GENIUS computes
    Genius,
}

/// How the files of a scenario are read.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Scenarios of other tools")]
pub(crate) struct ScenarioArgs {
    /// What the numbers of GENIUS profiles mean
    #[arg(long, value_enum, default_value_t, value_name = "READING")]
    pub(crate) evaluations: Evaluations,
    /// Into how many equal steps an issue with real numbers is cut [default: 10]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    pub(crate) steps: Option<u32>,
    /// Make a profile a ratifier of another one's party; may be given several times
    #[arg(long, value_name = "PROFILE=PARTY", value_parser = pair)]
    pub(crate) ratifier: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((a, b)) if !a.trim().is_empty() && !b.trim().is_empty() => {
            Ok((a.trim().to_owned(), b.trim().to_owned()))
        }
        _ => Err(
            "write the ratifier's profile and the party's, such as profile3=profile1".to_owned(),
        ),
    }
}

impl ScenarioArgs {
    /// As the library takes it.
    pub(crate) fn options(&self) -> Options {
        let usual = Options::default();
        Options {
            evaluations: match self.evaluations {
                Evaluations::Raw => scenario::Evaluations::Raw,
                Evaluations::Genius => scenario::Evaluations::Genius,
            },
            steps: self.steps.unwrap_or(usual.steps),
            ratifiers: self.ratifier.clone(),
            ..usual
        }
    }

    /// Whether something was asked for that only scenarios have.
    pub(crate) fn is_given(&self) -> bool {
        self.evaluations != Evaluations::Raw || self.steps.is_some() || !self.ratifier.is_empty()
    }
}
