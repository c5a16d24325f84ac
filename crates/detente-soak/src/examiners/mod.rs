//! The engines that are examined. Each stands in a file of its own and in [`all`].

mod explain;
mod graph;
mod literal;

pub use explain::Explain;
pub use graph::GraphEngine;
pub(crate) use graph::assignments;
pub use literal::Literal;

use crate::examiner::Examiner;

/// All examiners, the literal transcription of the definitions first: where it applies, it is the
/// measure of the others.
pub fn all() -> Vec<Box<dyn Examiner>> {
    vec![
        Box::new(Literal),
        Box::new(GraphEngine),
        Box::new(Explain::default()),
    ]
}
