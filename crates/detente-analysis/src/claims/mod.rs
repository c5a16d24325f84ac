//! Claims: whether what somebody said came true, how good forecasts were, and a log of forecasts whose
//! entries are sealed.
//!
//! [`judge()`] resolves the claims of a negotiation on the day of its `as of`; [`question`] brings claims of
//! a file and of a log into one form; [`score`] scores them, one rule a file with its page; [`log`] reads and
//! seals the lines of a log, and [`register`] says what they amount to. All of it is linear in the number of claims,
//! and so takes no budget.

pub mod course;
pub mod judge;
pub mod log;
pub mod question;
pub mod register;
pub mod score;

pub use course::Course;
pub use judge::{Contradiction, Judged, Reason, Standing, judge};
pub use question::{Forecast, Question, Saying, questions};
pub use score::{ScoringRule, scoring_rules};
