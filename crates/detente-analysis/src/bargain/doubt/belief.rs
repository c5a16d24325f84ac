//! What is known of one voice's utility, in linear form: its doubtful numbers are parameters, and what is said of
//! them are claims.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::Undoubted;
use super::region::{Claim, Form};
use crate::model::IssueId;
use crate::model::bargain::{Quantity, Test, Utility, Weight, Who};
use crate::model::syntax::ast::Trend;

/// A number of a utility that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The weight of an issue.
    Weight(IssueId),
    /// The value of a level of an issue.
    Value(IssueId, u16),
    /// What a term is worth, by its place.
    Term(usize),
    /// What having no agreement is worth.
    Reservation,
}

/// From where something is known of a utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A fact, as a place in [`Bargain::facts`](crate::model::bargain::Bargain::facts).
    Fact(usize),
    /// The bounds in the line of an issue.
    Bounds(IssueId),
    /// The trend in the line of an issue.
    Trend(IssueId),
    /// An `importance` line, by its place.
    Importance(usize),
    /// That all weights sum to 1.
    Sum,
    /// The bounds of a term, by its place.
    Term(usize),
    /// The bounds of the reservation value.
    Reservation,
}

/// A utility whose doubtful numbers are parameters.
#[derive(Debug, Clone)]
pub struct Belief {
    /// Whose.
    pub who: Who,
    /// The numbers in doubt.
    pub parameters: Vec<Parameter>,
    /// What is known of them, without facts.
    pub claims: Vec<Claim<Source>>,
    tables: Vec<Vec<Form>>,
    terms: Vec<(Form, Test)>,
    reservation: Option<Form>,
}

impl Belief {
    /// The utility in linear form. An error when a line has a weight and values in doubt, whose products are not
    /// linear.
    pub fn new(who: Who, utility: &Utility) -> Result<Self, Undoubted> {
        let mut parameters = Vec::new();
        let tables = (0..).map(IssueId).zip(&utility.tables);
        for (issue, table) in tables.clone() {
            let weight = match &table.weight {
                Weight::Known(q) => q.is_doubtful(),
                Weight::Unknown => true,
            };
            let values = table.values.iter().any(Quantity::is_doubtful);
            match (weight, values) {
                (true, true) => return Err(Undoubted::Product { who, issue }),
                (true, false) => parameters.push(Parameter::Weight(issue)),
                (false, _) => {
                    let levels = (0..).zip(&table.values);
                    let doubtful = levels.filter(|(_, q)| q.is_doubtful());
                    parameters.extend(doubtful.map(|(level, _)| Parameter::Value(issue, level)));
                }
            }
        }
        let terms = utility.terms.iter().enumerate();
        let doubtful = terms.filter(|(_, t)| t.worth.is_doubtful());
        parameters.extend(doubtful.map(|(place, _)| Parameter::Term(place)));
        if utility.reservation.iter().any(Quantity::is_doubtful) {
            parameters.push(Parameter::Reservation);
        }
        let mut build = Builder {
            parameters: &parameters,
            claims: Vec::new(),
        };
        let one = BigRational::one();
        let mut weights = Vec::new();
        let mut worths = Vec::new();
        for (issue, table) in tables {
            let weight = match &table.weight {
                Weight::Known(q) => {
                    build.quantity(q, Parameter::Weight(issue), Source::Bounds(issue))
                }
                Weight::Unknown => {
                    let weight = build.parameter(Parameter::Weight(issue));
                    build.claim(weight.clone(), Source::Bounds(issue));
                    weight
                }
            };
            let values: Vec<Form> = (0..)
                .zip(&table.values)
                .map(|(level, q)| {
                    build.quantity(q, Parameter::Value(issue, level), Source::Bounds(issue))
                })
                .collect();
            for (before, after) in values.iter().zip(values.iter().skip(1)) {
                match table.trend {
                    Some(Trend::Rising) => build.claim(after.minus(before), Source::Trend(issue)),
                    Some(Trend::Falling) => build.claim(before.minus(after), Source::Trend(issue)),
                    None => {}
                }
            }
            worths.push(values.iter().map(|v| times(&weight, v)).collect());
            weights.push(weight);
        }
        for (place, order) in utility.importance.iter().enumerate() {
            for (more, less) in order.iter().zip(order.iter().skip(1)) {
                let difference = weights[more.index()].minus(&weights[less.index()]);
                build.claim(difference, Source::Importance(place));
            }
        }
        let unknown = |t: &crate::model::bargain::Table| t.weight == Weight::Unknown;
        if utility.tables.iter().any(unknown) {
            let mut rest = Form::known(one.clone(), parameters.len());
            for weight in &weights {
                rest.add(weight, &-one.clone());
            }
            build.claim(rest.opposite(), Source::Sum);
            build.claim(rest, Source::Sum);
        }
        let terms = utility
            .terms
            .iter()
            .enumerate()
            .map(|(place, term)| {
                let worth =
                    build.quantity(&term.worth, Parameter::Term(place), Source::Term(place));
                (worth, term.condition.test.clone())
            })
            .collect();
        let reservation = utility
            .reservation
            .as_ref()
            .map(|q| build.quantity(q, Parameter::Reservation, Source::Reservation));
        let claims = build.claims;
        Ok(Self {
            who,
            parameters,
            claims,
            tables: worths,
            terms,
            reservation,
        })
    }

    /// What a package is worth.
    pub fn worth(&self, deal: &[u16]) -> Form {
        let one = BigRational::one();
        let mut sum = Form::known(BigRational::zero(), self.parameters.len());
        for (table, level) in self.tables.iter().zip(deal) {
            sum.add(&table[usize::from(*level)], &one);
        }
        for (worth, test) in &self.terms {
            if test.holds(deal) {
                sum.add(worth, &one);
            }
        }
        sum
    }

    /// What having no agreement is worth; `None` when the text does not say.
    pub fn reservation(&self) -> Option<&Form> {
        self.reservation.as_ref()
    }

    /// What each level of each issue is worth, and each term.
    pub(super) fn parts(&self) -> (Vec<Vec<Form>>, Vec<Form>) {
        let terms = self.terms.iter().map(|(worth, _)| worth.clone());
        (self.tables.clone(), terms.collect())
    }

    /// For each term whether it holds in a package.
    pub(super) fn holding(&self, deal: &[u16]) -> impl Iterator<Item = bool> {
        self.terms.iter().map(|(_, test)| test.holds(deal))
    }

    /// What a package is worth beyond having no agreement. Without a reservation value 0: every package is as
    /// good as the worst, at least.
    pub fn gain(&self, deal: &[u16]) -> Form {
        match &self.reservation {
            Some(reservation) => self.worth(deal).minus(reservation),
            None => Form::known(BigRational::zero(), self.parameters.len()),
        }
    }
}

struct Builder<'a> {
    parameters: &'a [Parameter],
    claims: Vec<Claim<Source>>,
}

impl Builder<'_> {
    fn parameter(&self, which: Parameter) -> Form {
        let mut form = Form::known(BigRational::zero(), self.parameters.len());
        if let Some(place) = self.parameters.iter().position(|p| *p == which) {
            form.coefficients[place] = BigRational::one();
        }
        form
    }

    fn claim(&mut self, form: Form, source: Source) {
        self.claims.push(Claim {
            form,
            strict: false,
            source,
        });
    }

    /// A number, or a parameter between its bounds.
    fn quantity(&mut self, quantity: &Quantity, which: Parameter, source: Source) -> Form {
        if !quantity.is_doubtful() {
            return Form::known(quantity.least.clone(), self.parameters.len());
        }
        let form = self.parameter(which);
        let bound = |b: &BigRational| Form::known(b.clone(), self.parameters.len());
        let above = form.minus(&bound(&quantity.least));
        let below = bound(&quantity.most).minus(&form);
        self.claim(above, source);
        self.claim(below, source);
        form
    }
}

/// A product of which one factor is known.
fn times(weight: &Form, value: &Form) -> Form {
    let (known, other) = if weight.is_known() {
        (weight, value)
    } else {
        (value, weight)
    };
    let mut product = Form::known(BigRational::zero(), other.coefficients.len());
    product.add(other, &known.constant);
    product
}
