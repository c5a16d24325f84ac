//! The report as a person reads it in a terminal.

use detente_analysis::doubt::{Aim, Chance, Found, MOST_TOLD, Question, Ratio, Witness};

use super::build::{Asked, name};
use super::words;
use crate::build::name_of;
use crate::style::{Look, Page};
use crate::words as common;

/// How many states, doubts or answers are listed.
const SHOWN: usize = 20;
/// How many questions are shown for a target.
const QUESTIONS: usize = 3;

/// The report.
pub fn text(asked: Asked<'_, '_, '_>, look: Look) -> String {
    let mut report = Report {
        asked,
        page: Page::new(look),
    };
    report.head();
    if asked.family.doubts().is_empty() {
        return report.page.finish();
    }
    report.doubts();
    report.classes();
    report.states();
    for aim in &asked.doubts.aims {
        report.aim(aim);
    }
    report.page.finish()
}

struct Report<'a, 'g, 'm> {
    asked: Asked<'a, 'g, 'm>,
    page: Page,
}

impl Report<'_, '_, '_> {
    fn head(&mut self) {
        let model = self.asked.family.game().model;
        self.page.heading_here(model.display_title());
        if !self.asked.variants.is_empty() {
            let names = self.asked.variants.join(", ");
            self.page.line(&format!("with the changes of {names}"));
        }
        self.page.gap();
        if self.asked.family.doubts().is_empty() {
            self.page.paragraph(
                "Nothing is in doubt: no statement is marked `maybe` or `either order`, no party has \
                 candidates, and every weight is known. `detente analyze` says what holds.",
            );
            return;
        }
        let text = match &self.asked.doubts.found {
            Found::Counted {
                completions,
                profiles,
            } => format!(
                "All {completions} completions of what is in doubt are counted, as {}. Every number \
                 is exact.",
                common::count(*profiles as usize, "different profile")
            ),
            Found::Sampled {
                samples,
                seed,
                because,
            } => {
                let first = if *samples > MOST_TOLD {
                    format!(" What answers tell is taken from the first {MOST_TOLD}.")
                } else {
                    String::new()
                };
                format!(
                    "{samples} completions drawn with seed {seed}, because {}. Probabilities are \
                     estimates, with their standard errors after ±.{first}",
                    words::because(model, *because)
                )
            }
        };
        self.page.paragraph(&text);
        if let Some(stop) = self.asked.stop {
            self.page.paragraph(&format!("Stopped early: {stop}."));
        }
    }

    fn doubts(&mut self) {
        let family = self.asked.family;
        let model = family.game().model;
        self.page.heading("In doubt");
        for doubt in family.doubts().iter().take(SHOWN) {
            // The very values at which an order changes have no probability.
            let answers = doubt.answers.iter().enumerate();
            let answers = answers.filter(|(_, answer)| answer.weight > 0);
            let answers: Vec<String> = answers
                .take(SHOWN)
                .map(|(place, answer)| {
                    let chance = Ratio::new(answer.weight, doubt.total());
                    let says = words::answer(model, doubt, place);
                    format!("{says} ({})", words::plain(&chance))
                })
                .collect();
            let party = &model.party(doubt.party).name;
            let says = words::doubt(model, doubt);
            let text = format!("{party}: {says}: {}", answers.join(", "));
            self.page.hanging("  ", "    ", &text);
        }
        self.left_out(family.doubts().len());
        let assumptions = words::assumptions(family);
        if assumptions.is_empty() {
            return;
        }
        self.page.heading("Assumed");
        for assumption in assumptions.iter().take(SHOWN) {
            self.page.hanging("  ", "    ", assumption);
        }
        self.left_out(assumptions.len());
    }

    fn left_out(&mut self, all: usize) {
        if all > SHOWN {
            self.page.more(all - SHOWN);
        }
    }

    /// For each class the probability that it holds an equilibrium, under each concept.
    fn classes(&mut self) {
        let model = self.asked.family.game().model;
        if model.classes.is_empty() {
            return;
        }
        self.page
            .heading("Probability that a class holds an equilibrium");
        let rows = &self.asked.doubts.rows;
        let mut header = vec!["class".to_owned()];
        for row in rows {
            let own = || "own".to_owned();
            header.push(row.concept.map_or_else(own, |c| name_of(model, c)));
        }
        let mut lines = Vec::new();
        let mut error: f64 = 0.0;
        for (place, class) in model.classes.iter().enumerate() {
            let mut line = vec![class.name.clone()];
            for share in rows.iter().filter_map(|r| r.classes.get(place)) {
                error = error.max(share.chance.standard_error().unwrap_or(0.0));
                line.push(words::share(share));
            }
            lines.push(line);
        }
        let right = vec![false; header.len()];
        self.page.table(&header, &lines, &right);
        if error > 0.0 {
            let text = format!("The standard errors are {error:.4} at most.");
            self.page.hanging("  ", "    ", &text);
        }
    }

    fn main(&self) -> String {
        let model = self.asked.family.game().model;
        let row = self.asked.doubts.rows.get(self.asked.doubts.main);
        match row.and_then(|r| r.concept) {
            Some(concept) => name_of(model, concept),
            None => "each party's own concept".to_owned(),
        }
    }

    fn states(&mut self) {
        let game = self.asked.family.game();
        let Some(row) = self.asked.doubts.rows.get(self.asked.doubts.main) else {
            return;
        };
        let main = self.main();
        self.page.heading(&format!("Equilibria by {main}"));
        let all = || game.space.ids().zip(&row.states);
        let always: Vec<String> = all()
            .filter(|(_, share)| share.always())
            .map(|(state, _)| common::brief(game, state))
            .collect();
        let mut sometimes: Vec<_> = all()
            .filter(|(_, share)| !share.always() && !share.never())
            .collect();
        let (every, some, none) = match self.asked.doubts.found {
            Found::Counted { .. } => ("In every completion", "In some", "in none"),
            Found::Sampled { .. } => (
                "In every completion drawn",
                "In some of those drawn",
                "in none of them",
            ),
        };
        let never = row.states.len() - always.len() - sometimes.len();
        let listed = if always.is_empty() {
            "no state".to_owned()
        } else {
            common::list(always.get(..always.len().min(SHOWN)).unwrap_or_default())
        };
        let text = format!(
            "{every}: {listed}; {none}: {}.",
            common::count(never, "state")
        );
        self.page.hanging("  ", "    ", &text);
        self.left_out(always.len());
        if sometimes.is_empty() {
            return;
        }
        let key = |share: &detente_analysis::doubt::Share| share.chance.approximate();
        sometimes.sort_by(|a, b| key(b.1).total_cmp(&key(a.1)).then(a.0.cmp(&b.0)));
        self.page.hanging("  ", "    ", &format!("{some}:"));
        let rows: Vec<Vec<String>> = sometimes
            .iter()
            .take(SHOWN)
            .map(|(state, share)| {
                let count = match &share.completions {
                    Some((holds, of)) => format!("{holds} of {of}"),
                    None => interval(&share.chance),
                };
                vec![
                    format!("  {}", words::chance(&share.chance)),
                    count,
                    common::state(game, *state),
                ]
            })
            .collect();
        let counted = matches!(self.asked.doubts.found, Found::Counted { .. });
        let second = if counted {
            "completions"
        } else {
            "95 % interval"
        };
        let header = ["  probability", second, "state"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, false, false]);
        self.left_out(sometimes.len());
    }

    fn aim(&mut self, aim: &Aim) {
        let asked = self.asked;
        let target = name(asked, aim.target);
        if aim.share.always() || aim.share.never() {
            return;
        }
        let chance = words::chance(&aim.share.chance);
        self.page.heading(&format!("{target}: {chance}"));
        if let Some(witness) = &aim.witness {
            self.witness(witness);
        }
        let (single, pairs) = (&aim.questions.single, &aim.questions.pairs);
        let telling: Vec<&Question> = single.iter().filter(|q| q.telling).collect();
        if telling.is_empty() && pairs.is_empty() {
            if !single.is_empty() {
                let text = "No single answer tells anything about it, nor do two together.";
                self.page.hanging("  ", "    ", text);
            }
            return;
        }
        if telling.is_empty() {
            let text = "No single answer tells anything about it; two together do:";
            self.page.hanging("  ", "    ", text);
        } else {
            let text = "What to find out next, and what each answer would make of it:";
            self.page.hanging("  ", "    ", text);
        }
        let shown = if telling.is_empty() {
            pairs.iter().collect()
        } else {
            telling
        };
        for question in shown.iter().take(QUESTIONS) {
            self.question(question);
        }
        if shown.len() > QUESTIONS {
            self.page.more(shown.len() - QUESTIONS);
        }
    }

    fn question(&mut self, question: &Question) {
        let family = self.asked.family;
        let model = family.game().model;
        let asked = || {
            question
                .doubts
                .iter()
                .filter_map(|d| family.doubts().get(*d))
        };
        let about: Vec<String> = asked()
            .map(|d| format!("{}: {}", model.party(d.party).name, words::doubt(model, d)))
            .collect();
        let said: Vec<String> = question
            .told
            .iter()
            .take(SHOWN)
            .map(|told| {
                let answers = asked().zip(&told.answers);
                let answers: Vec<String> = answers
                    .map(|(doubt, answer)| words::answer(model, doubt, *answer))
                    .collect();
                format!(
                    "{} -> {}",
                    answers.join(" and "),
                    words::chance(&told.target)
                )
            })
            .collect();
        let text = format!(
            "{:.3} bits  {}: {}",
            question.bits,
            about.join(", and "),
            said.join("; ")
        );
        self.page.hanging("    ", "      ", &text);
    }

    fn witness(&mut self, witness: &Witness) {
        let changes = witness.changed.iter();
        let changes: Vec<String> = changes
            .map(|(doubt, answer)| words::answered(self.asked.family, *doubt, *answer))
            .collect();
        let (is, becomes) = if witness.basic {
            ("It is an equilibrium in the basic reading", "and is none")
        } else {
            ("It is no equilibrium in the basic reading", "and is one")
        };
        let least = match (witness.fewest, witness.changed.len()) {
            (_, 1) => "",
            (true, _) => " No smaller number of changes does that.",
            (false, _) => " None of these changes can be left out.",
        };
        let text = format!("{is}, {becomes} when {}.{least}", changes.join(" and "));
        self.page.hanging("  ", "    ", &text);
    }
}

fn interval(chance: &Chance) -> String {
    let interval = chance.interval();
    interval.map_or_else(String::new, |(low, high)| format!("{low:.4} to {high:.4}"))
}
