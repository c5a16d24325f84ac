//! What is said of a utility, read word for word: functions of the doubtful numbers, made linear by asking them
//! at the origin and one step along each axis.

use detente_analysis::bargain::doubt::Parameter;
use detente_analysis::model::IssueId;
use detente_analysis::model::bargain::{Bargain, Quantity, Utility, Verdict, Weight, Who};
use detente_analysis::model::syntax::ast::Trend;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::enumeration::Row;

/// A utility, and the order of its doubtful numbers.
pub(crate) struct Literal<'a> {
    pub(crate) utility: &'a Utility,
    pub(crate) parameters: &'a [Parameter],
}

impl Literal<'_> {
    fn number(&self, q: &Quantity, which: Parameter, point: &[BigRational]) -> BigRational {
        let place = self.parameters.iter().position(|p| *p == which);
        place.map_or(q.least.clone(), |place| point[place].clone())
    }

    fn weight(&self, issue: usize, point: &[BigRational]) -> BigRational {
        let which = Parameter::Weight(IssueId(issue as u32));
        match &self.utility.tables[issue].weight {
            Weight::Known(q) => self.number(q, which, point),
            Weight::Unknown => self.number(&Quantity::known(BigRational::zero()), which, point),
        }
    }

    fn value(&self, issue: usize, level: usize, point: &[BigRational]) -> BigRational {
        let which = Parameter::Value(IssueId(issue as u32), level as u16);
        self.number(&self.utility.tables[issue].values[level], which, point)
    }

    /// What a package is worth.
    pub(crate) fn worth(&self, deal: &[u16], point: &[BigRational]) -> BigRational {
        let mut sum = BigRational::zero();
        for (issue, level) in deal.iter().enumerate() {
            sum += self.weight(issue, point) * self.value(issue, usize::from(*level), point);
        }
        for (place, term) in self.utility.terms.iter().enumerate() {
            if term.condition.test.holds(deal) {
                sum += self.number(&term.worth, Parameter::Term(place), point);
            }
        }
        sum
    }

    /// What a package is worth beyond the reservation value.
    pub(crate) fn gain(&self, deal: &[u16], point: &[BigRational]) -> BigRational {
        let Some(reservation) = &self.utility.reservation else {
            return BigRational::zero();
        };
        self.worth(deal, point) - self.number(reservation, Parameter::Reservation, point)
    }

    /// A function of the doubtful numbers as a row.
    pub(crate) fn row(
        &self,
        strict: bool,
        function: impl Fn(&[BigRational]) -> BigRational,
    ) -> Row {
        let dimensions = self.parameters.len();
        let origin = vec![BigRational::zero(); dimensions];
        let constant = function(&origin);
        let coefficients = (0..dimensions)
            .map(|place| {
                let mut step = origin.clone();
                step[place] = BigRational::one();
                function(&step) - &constant
            })
            .collect();
        Row {
            coefficients,
            constant,
            strict,
        }
    }

    /// What the utility's lines say.
    pub(crate) fn lines(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (place, which) in self.parameters.iter().enumerate() {
            let quantity = match which {
                Parameter::Weight(issue) => match &self.utility.tables[issue.index()].weight {
                    Weight::Known(q) => Some(q),
                    Weight::Unknown => None,
                },
                Parameter::Value(issue, level) => {
                    Some(&self.utility.tables[issue.index()].values[usize::from(*level)])
                }
                Parameter::Term(term) => Some(&self.utility.terms[*term].worth),
                Parameter::Reservation => self.utility.reservation.as_ref(),
            };
            let least = quantity.map_or(BigRational::zero(), |q| q.least.clone());
            rows.push(self.row(false, |p| &p[place] - &least));
            if let Some(q) = quantity {
                rows.push(self.row(false, |p| &q.most - &p[place]));
            }
        }
        for (issue, table) in self.utility.tables.iter().enumerate() {
            for level in 1..table.values.len() {
                let sign = match table.trend {
                    Some(Trend::Rising) => BigRational::one(),
                    Some(Trend::Falling) => -BigRational::one(),
                    None => continue,
                };
                rows.push(self.row(false, |p| {
                    (self.value(issue, level, p) - self.value(issue, level - 1, p)) * &sign
                }));
            }
        }
        for order in &self.utility.importance {
            for pair in order.windows(2) {
                rows.push(self.row(false, |p| {
                    self.weight(pair[0].index(), p) - self.weight(pair[1].index(), p)
                }));
            }
        }
        let issues = self.utility.tables.len();
        if self
            .utility
            .tables
            .iter()
            .any(|t| t.weight == Weight::Unknown)
        {
            for sign in [1, -1] {
                let sign = BigRational::from_integer(sign.into());
                rows.push(self.row(false, |p| {
                    let sum = (0..issues).fold(BigRational::zero(), |s, i| s + self.weight(i, p));
                    (sum - BigRational::one()) * &sign
                }));
            }
        }
        rows
    }

    /// What a fact may say; one of these holds. Packages that it may mean are given by their levels.
    pub(crate) fn fact(&self, bargain: &Bargain, verdict: Verdict) -> Vec<Row> {
        let meant = |package: usize| product(&bargain.packages[package].levels);
        match verdict {
            Verdict::Accepts(p) => meant(p)
                .iter()
                .map(|deal| self.row(false, |x| self.gain(deal, x)))
                .collect(),
            Verdict::Rejects(p) => meant(p)
                .iter()
                .map(|deal| self.row(true, |x| -self.gain(deal, x)))
                .collect(),
            Verdict::Prefers(p, q) => {
                let mut rows = Vec::new();
                for high in meant(p) {
                    for low in meant(q) {
                        rows.push(self.row(true, |x| self.worth(&high, x) - self.worth(&low, x)));
                    }
                }
                rows
            }
        }
    }

    /// The rows of every way in which all that is known may be meant.
    pub(crate) fn ways(&self, bargain: &Bargain, who: Who) -> Vec<Vec<Row>> {
        let mut ways = vec![self.lines()];
        for fact in bargain.facts.iter().filter(|f| f.who == who) {
            let options = self.fact(bargain, fact.verdict);
            let mut longer = Vec::new();
            for way in &ways {
                for option in &options {
                    let mut way = way.clone();
                    way.push(option.clone());
                    longer.push(way);
                }
            }
            ways = longer;
        }
        ways
    }
}

/// Every choice of one of each.
pub(crate) fn product(levels: &[Vec<u16>]) -> Vec<Vec<u16>> {
    let Some((first, rest)) = levels.split_first() else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for level in first {
        for tail in product(rest) {
            let mut deal = vec![*level];
            deal.extend(tail);
            all.push(deal);
        }
    }
    all
}
