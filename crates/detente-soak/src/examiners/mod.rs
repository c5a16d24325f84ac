//! The engines that are examined. Each stands in a file of its own and in [`all`].

mod bulk;
mod coset;
mod explain;
mod graph;
mod literal;
mod symbolic;

pub use bulk::Bulk;
pub use coset::Coset;
pub use explain::Explain;
pub use graph::GraphEngine;
pub(crate) use graph::assignments;
pub use literal::Literal;
pub use symbolic::Symbolic;

use detente_model::Model;
use detente_model::model::Form;

use crate::examiner::Examiner;

/// All examiners, the literal transcription of the definitions first: where it applies, it is the
/// measure of the others.
pub fn all() -> Vec<Box<dyn Examiner>> {
    vec![
        Box::new(Literal),
        Box::new(GraphEngine),
        Box::new(Explain::default()),
        Box::new(Bulk),
        Box::new(Coset),
        Box::new(Symbolic::default()),
    ]
}

/// Whether every party may change any of its own options at once, each in its directions: what the
/// engines that store no graph take. An engine that refuses such a model nevertheless is found.
pub(crate) fn transitive(model: &Model) -> bool {
    let mut options = model.options.iter();
    model.form == Form::Options
        && model.consequences.is_empty()
        && model.prohibitions.is_empty()
        && options.all(|o| !o.stepwise || o.level_count() <= 2)
}
