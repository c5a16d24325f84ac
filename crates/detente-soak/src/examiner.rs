//! Who judges: the engines under examination behind one small trait.

use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use detente_analysis::{Budget, Concept, Game};
use detente_model::Model;
use detente_model::model::Form;

use crate::literal::{self, Reading, Unread};
use crate::verdicts::Verdicts;

/// Simultaneous moves are judged only when a model needs at most so many combinations of them.
const MOST_COMBINATIONS: u64 = 200_000;

/// A model under examination.
pub struct Subject<'m> {
    /// The model.
    pub model: &'m Model,
    /// A number from which examiners that judge a sample draw it.
    pub number: u64,
    /// Whether samples are to be complete: set while a disagreement is shrunk.
    pub thorough: bool,
    budget: Budget,
    concepts: Vec<Concept>,
    game: OnceCell<Result<Game<'m>, String>>,
    reading: OnceCell<Result<Reading<'m>, Unread>>,
}

impl<'m> Subject<'m> {
    /// A model, to be examined under all concepts that apply to it.
    pub fn new(model: &'m Model, number: u64) -> Self {
        let mut concepts = literal::CONCEPTS.to_vec();
        if simultaneous_work(model) > MOST_COMBINATIONS {
            concepts.retain(|c| !matches!(c, Concept::Sim | Concept::SimOneSided));
        }
        Self {
            model,
            number,
            thorough: false,
            budget: Budget::default(),
            concepts,
            game: OnceCell::new(),
            reading: OnceCell::new(),
        }
    }

    /// The same, with every sample complete.
    #[must_use]
    pub fn thorough(mut self) -> Self {
        self.thorough = true;
        self
    }

    /// The same, to be judged within this budget.
    #[must_use]
    pub fn within(mut self, budget: &Budget) -> Self {
        self.budget = budget.clone();
        self
    }

    /// What an examiner may use.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The same, to be judged under these concepts only.
    #[must_use]
    pub fn under(mut self, concepts: &[Concept]) -> Self {
        self.concepts = concepts.to_vec();
        self
    }

    /// The concepts under which to judge.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The states, moves and rankings as `detente-analysis` enumerates them, computed once for all
    /// examiners that start from there.
    ///
    /// # Errors
    ///
    /// Repeats the first diagnostic when there are none.
    pub fn game(&self) -> Result<&Game<'m>, String> {
        self.game
            .get_or_init(|| {
                Game::new(self.model, &self.budget).map_err(|problems| {
                    let first = problems.into_iter().next();
                    first.map_or_else(String::new, |d| d.message)
                })
            })
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The model read word for word, once for all who start from there.
    ///
    /// # Errors
    ///
    /// Repeats what [`Reading::new`] refuses.
    pub fn reading(&self) -> Result<&Reading<'m>, Unread> {
        self.reading
            .get_or_init(|| Reading::new(self.model))
            .as_ref()
            .map_err(Clone::clone)
    }
}

/// An upper bound for the combinations of simultaneous moves that one table takes.
fn simultaneous_work(model: &Model) -> u64 {
    if model.form == Form::Graph {
        return 0;
    }
    let levels = |o: &detente_model::OptionId| u64::from(model.option(*o).level_count());
    let all: u64 = model
        .parties
        .iter()
        .map(|p| p.options.iter().map(levels).product::<u64>())
        .fold(1, u64::saturating_mul);
    all.saturating_mul(all)
}

/// One way to judge the stability of states.
///
/// To add an engine, implement this trait in a file of [`crate::examiners`] and list it there.
pub trait Examiner: Send + Sync {
    /// What it is called in reports.
    fn name(&self) -> &'static str;

    /// Whether it can judge this model at all. It is not asked for verdicts otherwise.
    fn applicable(&self, subject: &Subject<'_>) -> bool;

    /// Its verdicts, under those of [`Subject::concepts`] that it knows. It need not judge every
    /// state.
    ///
    /// # Errors
    ///
    /// Says why it failed, which is a finding: it said that it could.
    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String>;
}

/// The verdicts of an examiner; a panic is an error like any other.
pub fn ask(examiner: &dyn Examiner, subject: &Subject<'_>) -> Result<Verdicts, String> {
    catch_unwind(AssertUnwindSafe(|| examiner.verdicts(subject)))
        .unwrap_or_else(|_| Err("it panicked".to_owned()))
}
