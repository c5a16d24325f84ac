//! How a command fails: what is said, and the exit code.

use std::process::ExitCode;

/// Why a command did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input cannot be used; said on standard error already. Exit code 2.
    Told,
    /// Something that the user asked to fail on was found; said already. Exit code 1.
    Found,
    /// The input cannot be used, with a message and a hint. Exit code 2.
    Bad {
        /// What is wrong.
        message: String,
        /// What to do instead.
        hint: Option<String>,
    },
}

impl Failure {
    /// A failure with a message.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::Bad {
            message: message.into(),
            hint: None,
        }
    }

    /// A failure with a message and a hint.
    pub(crate) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Bad {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// A failure about a name that is not among the known ones: "did you mean" when one is near, else
    /// the given hint.
    pub(crate) fn unknown(message: String, name: &str, known: &[&str], hint: &str) -> Self {
        match detente::syntax::nearest(name, known) {
            Some(near) => Self::with_hint(message, format!("did you mean `{near}`?")),
            None => Self::with_hint(message, hint),
        }
    }

    /// Says what is wrong on standard error, in the shape of a diagnostic.
    pub(crate) fn tell(&self) {
        if let Self::Bad { message, hint } = self {
            crate::output::note(&format!("error: {message}"));
            if let Some(hint) = hint {
                crate::output::note(&format!("  = help: {hint}"));
            }
        }
    }

    /// The exit code: 1 for a finding that the user asked to fail on, 2 for bad input.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Found => 1,
            Self::Told | Self::Bad { .. } => 2,
        })
    }
}
