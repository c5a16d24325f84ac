//! A model's packages as a GENIUS scenario.

use std::collections::HashSet;

use detente_syntax::Diagnostic;
use num_rational::BigRational;
use num_traits::{One, Zero};
use quick_xml::escape::escape;

use super::reader::clean;
use super::written::{Rectangle, rectangles, table_rectangles};
use super::{codes, number};
use crate::Model;
use crate::bargain::{Bargain, Issue, Quantity, Utility, Weight};

/// The files of a scenario, and what they do not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The domain, then a profile for each party, followed by those of its ratifiers: name and text.
    pub files: Vec<(String, String)>,
    /// What was left out, or written in another way; with places in the model's text.
    pub notes: Vec<Diagnostic>,
}

/// Writes the packages of a model as a GENIUS scenario whose files begin with `name`: a domain and one profile for
/// each party and each ratifier that has a utility. Utilities without terms become weights and evaluations, on
/// discrete issues. When anybody has terms, all issues become whole numbers and all utilities sums of boxes.
///
/// What is written is meant as [`Evaluations::Raw`](super::Evaluations::Raw) reads it.
///
/// # Errors
///
/// Rules, doubtful numbers, unknown weights and terms that are no boxes cannot be written.
pub fn export(model: &Model, name: &str) -> Result<Exported, Vec<Diagnostic>> {
    let bargain = &model.bargain;
    let mut writer = Writer {
        bargain,
        title: model.title.as_deref().unwrap_or(name),
        problems: Vec::new(),
        notes: Vec::new(),
    };
    writer.cannot_say();
    let mut voices = Vec::new();
    for (party, side) in model.parties.iter().zip(&bargain.sides) {
        match &side.utility {
            Some(utility) => voices.push((party.name.clone(), utility)),
            None => writer.left_out(&format!("the party `{}`, which has no utility", party.name)),
        }
        for ratifier in &side.ratifiers {
            voices.push((
                format!("{}-{}", party.name, ratifier.name),
                &ratifier.utility,
            ));
        }
    }
    if voices.is_empty() {
        let none = Diagnostic::error(codes::NOT_IN_GENIUS, "nobody says what packages are worth");
        writer
            .problems
            .push(none.hint("a scenario needs issues and a `utility` of a party"));
    }
    if model.parties.iter().any(|p| !p.options.is_empty()) {
        writer.left_out("options, and what is said of them");
    }
    let boxes = voices.iter().any(|(_, u)| !u.terms.is_empty());
    let mut files = vec![(format!("{name}-domain.xml"), writer.domain(boxes))];
    for (voice, utility) in &voices {
        let text = writer.profile(voice, utility, boxes);
        files.push((format!("{name}-{voice}.xml"), text));
    }
    if writer.problems.is_empty() {
        Ok(Exported {
            files,
            notes: writer.notes,
        })
    } else {
        Err(writer.problems)
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct Writer<'m> {
    bargain: &'m Bargain,
    title: &'m str,
    problems: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

/// What a voice's numbers become: decimal fractions.
struct Numbers {
    /// By what all are multiplied.
    factor: BigRational,
}

impl Numbers {
    fn text(&self, value: &BigRational) -> String {
        // The factor was chosen so that there is a finite decimal fraction.
        number::decimal(&(value * &self.factor)).unwrap_or_else(|| value.to_string())
    }
}

impl Writer<'_> {
    fn left_out(&mut self, what: &str) {
        let message = format!("a GENIUS file cannot say {what}; left out");
        self.notes
            .push(Diagnostic::note(codes::LEFT_OUT_OF_GENIUS, message));
    }

    fn written_as(&mut self, message: String) {
        self.notes
            .push(Diagnostic::note(codes::WRITTEN_AS, message));
    }

    fn problem(&mut self, message: String, hint: &str) {
        self.problems
            .push(Diagnostic::error(codes::NOT_IN_GENIUS, message).hint(hint));
    }

    /// What is no part of issues and utilities.
    fn cannot_say(&mut self) {
        let bargain = self.bargain;
        for rule in &bargain.rules {
            let problem = Diagnostic::error(
                codes::NOT_IN_GENIUS,
                "a GENIUS file cannot say rules on packages",
            );
            self.problems.push(
                problem
                    .at(rule.condition.span, "")
                    .hint("take a variant without it, or export to JSON"),
            );
        }
        if bargain
            .sides
            .iter()
            .any(|s| !s.ratified.is_all() && !s.ratifiers.is_empty())
        {
            self.left_out("which ratifiers must accept");
        }
        if !bargain.packages.is_empty() {
            self.left_out("packages with names");
        }
        if !bargain.facts.is_empty() {
            self.left_out("facts");
        }
        if !bargain.agreed.is_empty() {
            self.left_out("what an agreement makes of options");
        }
    }

    fn profile(&mut self, voice: &str, utility: &Utility, boxes: bool) -> String {
        if !utility.discounts.is_empty() {
            self.left_out(&format!("the discounts of `{voice}`"));
        }
        if !utility.importance.is_empty() {
            self.left_out(&format!("what is more important to `{voice}`"));
        }
        let mut worths = Vec::new();
        for (table, issue) in utility.tables.iter().zip(&self.bargain.issues) {
            let weight = match &table.weight {
                Weight::Known(weight) => self.known(weight, voice, issue),
                Weight::Unknown => {
                    self.problem(
                        format!("the weight of `{}` for `{voice}` is not known", issue.name),
                        "write a number, or export to JSON",
                    );
                    BigRational::one()
                }
            };
            let values = table
                .values
                .iter()
                .map(|v| self.known(v, voice, issue))
                .collect();
            worths.push((weight, values));
        }
        if boxes {
            self.boxes(voice, utility, &worths)
        } else {
            self.linear(voice, utility, &worths)
        }
    }

    fn known(&mut self, quantity: &Quantity, voice: &str, issue: &Issue) -> BigRational {
        if quantity.is_doubtful() {
            self.problem(
                format!(
                    "a number of `{voice}` for `{}` is not known, only its bounds",
                    issue.name
                ),
                "write one number, or export to JSON",
            );
        }
        quantity.least.clone()
    }

    /// What having no agreement is worth: where nothing is said, what the worst package is worth, or a bound of it.
    fn reservation(
        &mut self,
        voice: &str,
        utility: &Utility,
        worths: &[(BigRational, Vec<BigRational>)],
    ) -> BigRational {
        if let Some(reservation) = &utility.reservation {
            if reservation.is_doubtful() {
                self.problem(
                    format!("the reservation value of `{voice}` is not known, only its bounds"),
                    "write one number, or export to JSON",
                );
            }
            return reservation.least.clone();
        }
        let least = |(weight, values): &(BigRational, Vec<BigRational>)| {
            values.iter().map(|v| v * weight).min().unwrap_or_default()
        };
        let mut sum: BigRational = worths.iter().map(least).sum();
        let negative = utility.terms.iter().map(|t| t.worth.least.clone());
        sum += negative
            .filter(|w| *w < BigRational::zero())
            .sum::<BigRational>();
        let what = if utility.terms.is_empty() {
            "what the worst package is worth"
        } else {
            "a number that no package is below"
        };
        self.written_as(format!(
            "`{voice}` has no reservation value; {what} is written"
        ));
        sum
    }

    /// The numbers of a voice as decimal fractions.
    fn numbers<'n>(&mut self, voice: &str, all: impl Iterator<Item = &'n BigRational>) -> Numbers {
        let mut factor = num_bigint::BigInt::one();
        for value in all {
            let mut rest = value.denom().clone();
            for prime in [2u32, 5] {
                while (&rest % prime).is_zero() {
                    rest /= prime;
                }
            }
            factor = least_common_multiple(&factor, &rest);
        }
        if !factor.is_one() {
            self.written_as(format!(
                "the numbers of `{voice}` are multiplied by {factor}, to be decimal"
            ));
        }
        Numbers {
            factor: BigRational::from_integer(factor),
        }
    }

    fn linear(
        &mut self,
        voice: &str,
        utility: &Utility,
        worths: &[(BigRational, Vec<BigRational>)],
    ) -> String {
        let reservation = self.reservation(voice, utility, worths);
        let mut products = vec![reservation.clone()];
        for (weight, values) in worths {
            products.extend(values.iter().map(|v| v * weight));
        }
        let numbers = self.numbers(voice, products.iter());
        let mut out = format!(
            "{HEAD}<utility_space number_of_issues=\"{}\">\n",
            worths.len()
        );
        out.push_str(&self.objective());
        let mut weights = String::new();
        for (place, (issue, (weight, values))) in self.bargain.issues.iter().zip(worths).enumerate()
        {
            let apart = number::decimal(weight).filter(|_| {
                values
                    .iter()
                    .all(|v| number::decimal(&(v * &numbers.factor)).is_some())
            });
            let evaluations: Vec<String> = match &apart {
                Some(_) => values.iter().map(|v| numbers.text(v)).collect(),
                None => values.iter().map(|v| numbers.text(&(v * weight))).collect(),
            };
            out.push_str(&items(place, issue, Some(&evaluations)));
            let weight = apart.unwrap_or_else(|| "1".to_owned());
            weights.push_str(&format!(
                "<weight index=\"{}\" value=\"{weight}\"/>\n",
                place + 1
            ));
        }
        out.push_str(&weights);
        out.push_str("</objective>\n");
        out.push_str(&format!(
            "<reservation value=\"{}\"/>\n",
            numbers.text(&reservation)
        ));
        out.push_str("</utility_space>\n");
        out
    }

    fn boxes(
        &mut self,
        voice: &str,
        utility: &Utility,
        worths: &[(BigRational, Vec<BigRational>)],
    ) -> String {
        let mut all: Vec<(BigRational, Rectangle)> = Vec::new();
        for (place, (weight, values)) in worths.iter().enumerate() {
            let values: Vec<BigRational> = values.iter().map(|v| v * weight).collect();
            all.extend(table_rectangles(place, &values));
        }
        let sizes: Vec<usize> = self.bargain.issues.iter().map(|i| i.levels.len()).collect();
        for term in &utility.terms {
            if term.worth.is_doubtful() {
                self.problem(
                    format!("a number of `{voice}` is not known, only its bounds"),
                    "write one number, or export to JSON",
                );
            }
            if let Some(boxes) = rectangles(&term.condition.test, &sizes) {
                all.extend(boxes.into_iter().map(|b| (term.worth.least.clone(), b)));
                continue;
            }
            let message = format!(
                "a GENIUS file cannot say `{}`, which is no box",
                term.condition.text
            );
            self.problems.push(
                Diagnostic::error(codes::NOT_IN_GENIUS, message)
                    .at(term.condition.span, "")
                    .hint("a box bounds the levels of issues: `a >= 2 and b is 1`"),
            );
        }
        let reservation = self.reservation(voice, utility, worths);
        let numbers = self.numbers(voice, all.iter().map(|(w, _)| w).chain([&reservation]));
        let positive = all
            .iter()
            .map(|(w, _)| w)
            .filter(|w| **w > BigRational::zero());
        let most: BigRational = positive.sum();
        let most = if most.is_zero() {
            BigRational::one()
        } else {
            most
        };
        let mut out = format!(
            "{HEAD}<utility_space number_of_issues=\"{}\">\n",
            sizes.len()
        );
        out.push_str(&self.objective());
        for (place, issue) in self.bargain.issues.iter().enumerate() {
            out.push_str(&range(place, issue));
        }
        out.push_str(&format!(
            "<utility maxutility=\"{}\">\n",
            numbers.text(&most)
        ));
        out.push_str("<ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n");
        for (worth, rectangle) in &all {
            out.push_str(&format!(
                "<hyperRectangle utility=\"{}\">\n",
                numbers.text(worth)
            ));
            let word = if rectangle.outside {
                "EXCLUDES"
            } else {
                "INCLUDES"
            };
            for (issue, from, to) in &rectangle.bounds {
                let first = first_number(&self.bargain.issues[*issue]).unwrap_or_default();
                let number = |level: &usize| &first + number::whole(*level);
                out.push_str(&format!(
                    "<{word} index=\"{}\" min=\"{}\" max=\"{}\"/>\n",
                    issue + 1,
                    number(from),
                    number(to)
                ));
            }
            out.push_str("</hyperRectangle>\n");
        }
        out.push_str("</ufun>\n</utility>\n</objective>\n");
        out.push_str(&format!(
            "<reservation value=\"{}\"/>\n",
            numbers.text(&reservation)
        ));
        out.push_str("</utility_space>\n");
        out
    }

    fn objective(&self) -> String {
        format!(
            "<objective index=\"0\" etype=\"objective\" type=\"objective\" description=\"\" name=\"{}\">\n",
            escape(clean(self.title))
        )
    }

    fn domain(&mut self, boxes: bool) -> String {
        let issues = &self.bargain.issues;
        if boxes {
            for issue in issues.iter().filter(|i| first_number(i).is_none()) {
                let last = issue.levels.len().saturating_sub(1);
                let message = format!(
                    "the levels of `{}` are written as the numbers from 0 to {last}",
                    issue.name
                );
                self.notes
                    .push(Diagnostic::note(codes::WRITTEN_AS, message));
            }
        }
        let mut out = format!(
            "{HEAD}<negotiation_template>\n<utility_space number_of_issues=\"{}\">\n",
            issues.len()
        );
        out.push_str(&self.objective());
        for (place, issue) in issues.iter().enumerate() {
            if boxes {
                out.push_str(&range(place, issue));
            } else {
                out.push_str(&items(place, issue, None));
            }
        }
        out.push_str("</objective>\n</utility_space>\n</negotiation_template>\n");
        out
    }
}

fn head(place: usize, issue: &Issue, kind: &str) -> String {
    format!(
        "<issue index=\"{}\" etype=\"{kind}\" type=\"{kind}\" vtype=\"{kind}\" name=\"{}\"",
        place + 1,
        escape(clean(issue.display()))
    )
}

fn items(place: usize, issue: &Issue, evaluations: Option<&[String]>) -> String {
    let mut out = head(place, issue, "discrete");
    out.push_str(">\n");
    for (level, value) in level_texts(issue).into_iter().enumerate() {
        out.push_str(&format!(
            "<item index=\"{}\" value=\"{}\"",
            level + 1,
            escape(value)
        ));
        if let Some(evaluation) = evaluations.and_then(|e| e.get(level)) {
            out.push_str(&format!(" evaluation=\"{evaluation}\""));
        }
        out.push_str("/>\n");
    }
    out.push_str("</issue>\n");
    out
}

fn range(place: usize, issue: &Issue) -> String {
    let first = first_number(issue).unwrap_or_default();
    let last = &first + number::whole(issue.levels.len().saturating_sub(1));
    format!(
        "{} lowerbound=\"{first}\" upperbound=\"{last}\"/>\n",
        head(place, issue, "integer")
    )
}

/// The first level's number, when the levels are whole numbers one after the other.
fn first_number(issue: &Issue) -> Option<BigRational> {
    let first = issue.levels.first()?.number.clone()?;
    let follows = |(place, level): (usize, &crate::bargain::Level)| {
        level.number.as_ref() == Some(&(&first + number::whole(place)))
    };
    (first.is_integer() && issue.levels.iter().enumerate().all(follows)).then_some(first)
}

/// What the levels are called: as the author writes them out, or by their short names where that is ambiguous.
fn level_texts(issue: &Issue) -> Vec<String> {
    let full: Vec<String> = issue.levels.iter().map(|l| clean(l.display())).collect();
    let different: HashSet<&String> = full.iter().collect();
    if different.len() == full.len() {
        full
    } else {
        issue.levels.iter().map(|l| l.name.clone()).collect()
    }
}

fn least_common_multiple(a: &num_bigint::BigInt, b: &num_bigint::BigInt) -> num_bigint::BigInt {
    let (mut x, mut y) = (a.clone(), b.clone());
    while !y.is_zero() {
        let rest = &x % &y;
        x = y;
        y = rest;
    }
    if x.is_zero() { x } else { a * b / x }
}
