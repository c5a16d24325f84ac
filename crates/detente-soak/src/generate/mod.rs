//! Random negotiations of every feature of the language, each a real text that passes through parser
//! and resolution.

mod build;
mod formulas;
mod graph_form;
mod mixture;
mod option_form;
mod preferences;

use detente_syntax::ast::Document;

pub use self::mixture::{Mixture, SHARES, Share, UnknownShare};
use crate::case::{Case, Unfit};
use crate::random::Random;

/// A drawn document whose text is refused though it has no error, or says something else.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The document.
    pub document: Document,
    /// What is wrong with its text.
    pub why: Unfit,
}

/// After a move that these forbid or take part in, the same party may have a move that it did not have.
const INTRANSITIVE: [Share; 3] = [Share::Stepwise, Share::Consequences, Share::Prohibitions];

/// What the closed forms do not take.
const CONSTRAINTS: [Share; 8] = [
    Share::Stepwise,
    Share::Consequences,
    Share::Prohibitions,
    Share::Never,
    Share::Graded,
    Share::OneWay,
    Share::Ranking,
    Share::Weights,
];

/// The model of a seed with this number.
///
/// It is the same on every machine and for any number of threads. What cannot be examined (nothing
/// feasible, too many states) is drawn again from the same stream.
///
/// # Errors
///
/// Repeats what a drawn text is refused for when it has an error. The generator writes no errors, so
/// that this is a finding.
pub fn generate(seed: u64, number: u64, mixture: &Mixture) -> Result<Case, Box<Refused>> {
    let mut random = Random::new(seed, number);
    loop {
        let mut document = draw(&mut random, mixture);
        let tried = match Case::write(&document) {
            // Rules were drawn that exclude the status quo: leave it out.
            Err(Unfit::Unread(crate::literal::Unread::StatusQuo)) => {
                document.status_quo = None;
                Case::write(&document)
            }
            tried => tried,
        };
        match tried {
            // The generator draws only what the language can say, so that the text says the same.
            Ok(case) if case.document != document => {
                let why = Unfit::Changed;
                return Err(Box::new(Refused { document, why }));
            }
            Ok(case) => return Ok(case),
            Err(Unfit::Unread(_)) => {}
            Err(refused @ (Unfit::Refused(_) | Unfit::Changed)) => {
                return Err(Box::new(Refused {
                    document,
                    why: refused,
                }));
            }
        }
    }
}

/// A document, not yet checked.
fn draw(random: &mut Random, mixture: &Mixture) -> Document {
    if random.chance(mixture.share(Share::GraphForm)) {
        graph_form::draw(random, mixture)
    } else if random.chance(mixture.share(Share::Unconstrained)) {
        option_form::draw(random, &mixture.clone().without(&CONSTRAINTS))
    } else if random.chance(mixture.share(Share::Transitive)) {
        option_form::draw(random, &mixture.clone().without(&INTRANSITIVE))
    } else {
        option_form::draw(random, mixture)
    }
}
