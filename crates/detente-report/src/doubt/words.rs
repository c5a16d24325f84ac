//! Doubts and probabilities in words.

use detente_analysis::doubt::{About, Because, Chance, Doubt, Family, Ratio, Says, Share};
use detente_analysis::model::Model;
use detente_analysis::model::model::{Party, Preferences, Statement};
use detente_analysis::model::syntax::ast::decimal;

use super::Probability;

/// How a statement is called: by its label, else by what it says.
fn called(statement: &Statement) -> String {
    match &statement.label {
        Some(label) => format!("`{label}`"),
        None => format!("`{}`", statement.condition.text),
    }
}

fn statement(party: &Party, place: usize) -> String {
    let Preferences::Statements(list) = &party.preferences else {
        return String::new();
    };
    list.get(place).map(called).unwrap_or_default()
}

fn weighed(party: &Party, line: usize) -> String {
    let Preferences::Weights(list) = &party.preferences else {
        return String::new();
    };
    let line = list.get(line);
    line.map(|(_, c)| format!("`{}`", c.text))
        .unwrap_or_default()
}

/// What is in doubt, without the party: `whether `hinge` holds`.
pub(super) fn doubt(model: &Model, doubt: &Doubt) -> String {
    let party = model.party(doubt.party);
    match doubt.about {
        About::Statement(place) => format!("whether {} holds", statement(party, place)),
        About::Swap(place) => format!(
            "the order of {} and {}",
            statement(party, place),
            statement(party, place + 1)
        ),
        About::Candidates => "which candidate it is".to_owned(),
        About::Weight(line) => format!("the weight of {}", weighed(party, line)),
    }
}

/// The kind of a doubt, as the JSON form has it.
pub(super) fn kind(doubt: &Doubt) -> &'static str {
    match doubt.about {
        About::Statement(_) => "statement",
        About::Swap(_) => "order",
        About::Candidates => "candidates",
        About::Weight(_) => "weight",
    }
}

/// An answer in words, to stand after a colon.
pub(super) fn answer(model: &Model, doubt: &Doubt, place: usize) -> String {
    let party = model.party(doubt.party);
    match doubt.answers.get(place).map(|a| a.says) {
        None => String::new(),
        Some(Says::Holds) => "it holds".to_owned(),
        Some(Says::Dropped) => "it does not hold".to_owned(),
        Some(Says::AsWritten) => "as written".to_owned(),
        Some(Says::Swapped) => "the other way round".to_owned(),
        Some(Says::Candidate(candidate)) => {
            let candidate = party.candidates.get(candidate);
            candidate.map(|c| c.name.clone()).unwrap_or_default()
        }
        Some(Says::Between(from, to)) if from == to => format!("exactly {}", decimal(from)),
        Some(Says::Between(from, to)) => format!("{} to {}", decimal(from), decimal(to)),
    }
}

/// A doubt and one of its answers: `US: whether `hinge` holds: it does not hold`.
pub(super) fn answered(family: &Family<'_, '_>, place: usize, given: usize) -> String {
    let model = family.game().model;
    let Some(found) = family.doubts().get(place) else {
        return String::new();
    };
    let name = &model.party(found.party).name;
    let party = model.party(found.party);
    match (found.about, found.answers.get(given).map(|a| a.says)) {
        (About::Statement(s), Some(Says::Dropped)) => {
            format!("{} of {name} does not hold", statement(party, s))
        }
        (About::Statement(s), _) => format!("{} of {name} holds", statement(party, s)),
        (About::Swap(s), Some(Says::Swapped)) => format!(
            "{} of {name} comes before {}",
            statement(party, s + 1),
            statement(party, s)
        ),
        (About::Swap(s), _) => format!(
            "{} of {name} comes before {}",
            statement(party, s),
            statement(party, s + 1)
        ),
        (About::Candidates, _) => {
            format!("{name} has the order `{}`", answer(model, found, given))
        }
        (About::Weight(line), _) => format!(
            "the weight of {} of {name} is {}",
            weighed(party, line),
            answer(model, found, given)
        ),
    }
}

/// What is assumed where the text does not say.
pub(super) fn assumptions(family: &Family<'_, '_>) -> Vec<String> {
    let model = family.game().model;
    let mut out = Vec::new();
    for doubt in family.doubts().iter().filter(|d| d.assumed) {
        let party = model.party(doubt.party);
        let name = &party.name;
        out.push(match doubt.about {
            About::Statement(place) => format!(
                "no probability is given for {} of {name}: taken as 1/2",
                statement(party, place)
            ),
            About::Swap(place) => format!(
                "both orders of {} and {} of {name} are taken as equally likely",
                statement(party, place),
                statement(party, place + 1)
            ),
            About::Candidates => format!(
                "no probabilities are given for the candidates of {name}: each is taken as 1/{}",
                doubt.answers.len()
            ),
            About::Weight(line) => {
                let interval = party.intervals.iter().find(|i| i.line == line);
                let bounds = interval.map(|i| (decimal(i.least), decimal(i.most)));
                let (least, most) = bounds.unwrap_or_default();
                format!(
                    "the weight of {} of {name} is taken as uniform between {least} and {most}",
                    weighed(party, line)
                )
            }
        });
    }
    if family.doubts().len() > 1 {
        out.push("what is in doubt is taken as independent of each other".to_owned());
    }
    out
}

/// Why completions were drawn.
pub(super) fn because(model: &Model, because: Because) -> String {
    match because {
        Because::Asked => "it was asked for".to_owned(),
        Because::TooMany => "there are too many combinations of orders to count".to_owned(),
        Because::Unlisted(party) => {
            let party = model.party(party);
            if party.intervals.is_empty() {
                format!("{} has too many orders to list", party.name)
            } else {
                format!(
                    "{} has weights in doubt that give too many orders to list",
                    party.name
                )
            }
        }
    }
}

/// To nine digits after the point, so that the last bits of a logarithm, or of a sum, do not matter.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// The serialisable form of a probability.
pub(super) fn probability(chance: &Chance) -> Probability {
    let interval = chance.interval();
    Probability {
        exact: match chance {
            Chance::Exact(ratio) => Some(ratio.to_string()),
            Chance::Estimated { .. } => None,
        },
        value: rounded(chance.approximate()),
        standard_error: chance.standard_error().map(rounded),
        interval: interval.map(|(low, high)| [rounded(low), rounded(high)]),
    }
}

/// A probability in a table: `0.54`, `1/3 (0.333)`, `0.541 ± 0.002`.
pub(super) fn chance(chance: &Chance) -> String {
    match chance {
        Chance::Exact(ratio) => match ratio.decimal() {
            Some(decimal) => decimal,
            None if ratio.denominator().bits() <= 14 => {
                format!("{ratio} ({:.3})", ratio.approximate())
            }
            None => format!("about {:.6}", ratio.approximate()),
        },
        Chance::Estimated { .. } => match chance.standard_error() {
            Some(error) if error > 0.0 => {
                let digits = if error < 0.001 { 4 } else { 3 };
                format!("{:.digits$} ± {error:.digits$}", chance.approximate())
            }
            _ => format!("{:.0}", chance.approximate()),
        },
    }
}

/// An exact probability without more: `0.54`, `1/3`.
pub(super) fn plain(ratio: &Ratio) -> String {
    ratio.decimal().unwrap_or_else(|| ratio.to_string())
}

/// A share in a table: `always`, `-` for never, else its probability, of an estimate without its error.
pub(super) fn share(share: &Share) -> String {
    if share.always() {
        "always".to_owned()
    } else if share.never() {
        "-".to_owned()
    } else {
        match &share.chance {
            Chance::Estimated { .. } => format!("{:.3}", share.chance.approximate()),
            exact @ Chance::Exact(_) => chance(exact),
        }
    }
}
