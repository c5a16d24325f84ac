//! Two negotiations side by side: which answers are others, and which change of the text is behind it.
//!
//! A state of one is a state of the other when the same options are on in it, at the same levels; an option that
//! only one of them has is off in all states of the other. In the graph form, states are the same when their names
//! are. Everything is told by these [`Mark`]s, so that the numbers of states do not matter.

mod answers;
mod attribution;
mod between;
mod counts;
mod course;
mod outlook;
mod record;
mod sets;
mod table;
mod verdicts;

use std::collections::BTreeSet;

pub use self::answers::{Answers, Mark, OfClass, Way, answers, judges, mark, named_concept};
pub use self::attribution::{
    Attribution, Cause, MOST_CHANGES, MOST_TRIALS, Unattributed, attribute,
};
pub use self::between::{About, Aspect, Group};
pub use self::counts::{Counts, Listing, listing};
pub use self::course::{
    Contribution, CourseAttribution, CourseCause, CourseQuestion, Unshared, attribute_course,
    probabilities_changed,
};
pub use self::outlook::{Days, Outlook, days, outlook};
pub use self::record::{ClaimChange, claims, conflicts};
pub use self::table::{
    NamedPackage, PackageAnswer, PackageQuestion, RULES, Table, attribute_packages,
    packages_changed, table,
};
pub use self::verdicts::{MOST_STATES, VerdictChange, verdicts};

use crate::concept::Settings;

/// By what both are judged. Concepts are given by their names, because a leader is another party in another model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts by which equilibria are compared.
    pub concepts: Vec<String>,
    /// The concept of which most is said, by which every party judges that names none of its own.
    pub main: String,
    /// The rules on which published tools differ.
    pub settings: Settings,
}

impl Request {
    /// The concepts that are compared when none are named.
    pub const USUAL: [&str; 6] = ["nash", "sseq", "seq", "smr", "gmr", "best_response_seq"];

    /// The usual request with this main concept.
    pub fn new(main: &str) -> Self {
        Self {
            concepts: Self::USUAL.iter().map(|c| (*c).to_owned()).collect(),
            main: main.to_owned(),
            settings: Settings::default(),
        }
    }
}

/// What can be asked of both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Whether a state is there and stable for every party, each by its own concept or the main one.
    Holds(Mark),
    /// Whether some state that counts under a class holds; `None` for states of no class.
    ClassHolds(Option<String>),
    /// How a class is reached from the status quo.
    Reached(Option<String>),
}

/// An answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The easiest way to a class.
    By(Way),
    /// It cannot be said: the concept does not apply, or there is no status quo.
    Unsaid,
}

impl Answers {
    /// The answer to a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let yes = |yes: bool| if yes { Answer::Yes } else { Answer::No };
        match question {
            Question::Holds(mark) => match &self.held {
                Some(held) => yes(held.contains(mark)),
                None => Answer::Unsaid,
            },
            Question::ClassHolds(class) => match (&self.held, self.classes.get(class)) {
                (None, _) => Answer::Unsaid,
                (Some(_), Some(of_class)) => yes(!of_class.held.is_empty()),
                (Some(_), None) => Answer::No,
            },
            Question::Reached(class) => {
                match (self.status_quo.is_some(), self.classes.get(class)) {
                    (false, _) => Answer::Unsaid,
                    (true, Some(of_class)) => of_class.way.map_or(Answer::Unsaid, Answer::By),
                    (true, None) => Answer::By(Way::Nowise),
                }
            }
        }
    }

    /// Everything that can be asked of these answers.
    fn questions(&self) -> impl Iterator<Item = Question> + '_ {
        let held = self.held.iter().flatten();
        let holds = held.map(|mark| Question::Holds(mark.clone()));
        let classes = self.classes.keys();
        let of_classes = classes.flat_map(|class| {
            [
                Question::ClassHolds(class.clone()),
                Question::Reached(class.clone()),
            ]
        });
        holds.chain(of_classes)
    }
}

/// The questions that the two answer differently, in order.
pub fn changed(a: &Answers, b: &Answers) -> Vec<Question> {
    let all: BTreeSet<Question> = a.questions().chain(b.questions()).collect();
    let differs = |q: &Question| a.answer(q) != b.answer(q);
    all.into_iter().filter(differs).collect()
}
