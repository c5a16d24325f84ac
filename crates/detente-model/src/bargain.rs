//! What can be agreed, with every name resolved: issues, packages, what they are worth and who must ratify.

use detente_syntax::ast::{Amount, Citation, Count, Place, Ratification, Trend};
use jiff::civil::Date;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

use crate::ids::{IssueId, OptionId, PartyId};
use crate::model::Model;

/// What is negotiated, and what is known of packages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bargain {
    /// The issues, in order of declaration. Empty when no packages are negotiated.
    pub issues: Vec<Issue>,
    /// Which packages there are: those that satisfy all of these.
    pub rules: Vec<Rule>,
    /// What each party makes of packages, in the order of the parties.
    pub sides: Vec<Side>,
    /// Packages with a name, in order of declaration.
    pub packages: Vec<Package>,
    /// What somebody is known to accept, reject or prefer.
    pub facts: Vec<Fact>,
    /// What an agreed package makes of the options: of each option the first line whose condition holds
    /// decides. Options of which none holds stay as they are in the status quo.
    pub agreed: Vec<Agreed>,
}

impl Bargain {
    /// An issue by its number.
    pub fn issue(&self, issue: IssueId) -> &Issue {
        &self.issues[issue.index()]
    }

    /// What packages are worth to somebody; `None` when the text does not say.
    pub fn utility(&self, who: Who) -> Option<&Utility> {
        let side = self.sides.get(who.party.index())?;
        match who.ratifier {
            None => side.utility.as_ref(),
            Some(number) => side.ratifiers.get(usize::from(number)).map(|r| &r.utility),
        }
    }

    /// All issues, ascending.
    pub fn issue_ids(&self) -> impl DoubleEndedIterator<Item = IssueId> + use<> {
        (0..self.issues.len() as u32).map(IssueId)
    }
}

/// One of the things that are negotiated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The short name.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// Its levels, ascending, at least one; the first is how things stand without an agreement. At most
    /// 65,536.
    pub levels: Vec<Level>,
    /// Where it stands.
    pub place: Place,
}

impl Issue {
    /// The full name, or the short one when there is none.
    pub fn display(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

/// A level of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The short name; a numbered level's number.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// The number of a numbered level.
    pub number: Option<BigRational>,
}

impl Level {
    /// The full name, or the short one when there is none.
    pub fn display(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

/// A condition on a package: on the levels of issues, which are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// Always or never.
    Constant(bool),
    /// The level of an issue lies between these, both included.
    Between {
        /// The issue.
        issue: IssueId,
        /// The lowest level that counts.
        from: u16,
        /// The highest level that counts.
        to: u16,
    },
    /// Not.
    Not(Box<Test>),
    /// All of them; true when empty.
    And(Vec<Test>),
    /// One of them at least; false when empty.
    Or(Vec<Test>),
    /// So many of them.
    Count {
        /// At least, at most or exactly.
        count: Count,
        /// How many.
        number: u32,
        /// Of which.
        of: Vec<Test>,
    },
}

impl Test {
    /// Whether the package satisfies it; `levels` has the level of every issue.
    pub fn holds(&self, levels: &[u16]) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Between { issue, from, to } => {
                let level = levels[issue.index()];
                *from <= level && level <= *to
            }
            Self::Not(inner) => !inner.holds(levels),
            Self::And(parts) => parts.iter().all(|p| p.holds(levels)),
            Self::Or(parts) => parts.iter().any(|p| p.holds(levels)),
            Self::Count { count, number, of } => {
                let holding = of.iter().filter(|p| p.holds(levels)).count() as u64;
                let number = u64::from(*number);
                match count {
                    Count::AtLeast => holding >= number,
                    Count::AtMost => holding <= number,
                    Count::Exactly => holding == number,
                }
            }
        }
    }

    /// The issues that it mentions, ascending, each once.
    pub fn issues(&self) -> Vec<IssueId> {
        fn collect(test: &Test, found: &mut Vec<IssueId>) {
            match test {
                Test::Constant(_) => {}
                Test::Between { issue, .. } => found.push(*issue),
                Test::Not(inner) => collect(inner, found),
                Test::And(parts) | Test::Or(parts) | Test::Count { of: parts, .. } => {
                    for part in parts {
                        collect(part, found);
                    }
                }
            }
        }
        let mut found = Vec::new();
        collect(self, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A [`Test`] and how its author wrote it.
#[derive(Debug, Clone)]
pub struct PackageCondition {
    /// What it says.
    pub test: Test,
    /// The author's words, with no more brackets than needed.
    pub text: String,
    /// Where it stands.
    pub span: detente_syntax::Span,
}

impl PartialEq for PackageCondition {
    /// Conditions are equal when they are written the same and mean the same, wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.test == other.test && self.text == other.text
    }
}

impl Eq for PackageCondition {}

/// Which packages there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Whether packages that satisfy the condition are required, rather than excluded.
    pub required: bool,
    /// The condition.
    pub condition: PackageCondition,
    /// Why, in words.
    pub because: Option<String>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// A number, or the bounds of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The least that it can be.
    pub least: BigRational,
    /// The most that it can be; equal to `least` when it is known.
    pub most: BigRational,
}

impl Quantity {
    /// A number that is known.
    pub fn known(value: BigRational) -> Self {
        Self {
            most: value.clone(),
            least: value,
        }
    }

    /// Whether only bounds are known.
    pub fn is_doubtful(&self) -> bool {
        self.least != self.most
    }

    /// The basic reading: the number, or the middle of its bounds.
    pub fn middle(&self) -> BigRational {
        (&self.least + &self.most) / BigRational::from_integer(2.into())
    }
}

/// What packages are worth to a party or a ratifier: the sum over issues of weight times value of the level,
/// and of the terms whose condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utility {
    /// For each issue, in order.
    pub tables: Vec<Table>,
    /// What combinations are worth, in addition.
    pub terms: Vec<Term>,
    /// Orders of the issues' weights, most important first: the weight of none is less than that of the next.
    pub importance: Vec<Vec<IssueId>>,
    /// What having no agreement is worth; `None` when the text does not say: the worst package then.
    pub reservation: Option<Quantity>,
    /// What an agreement loses by coming late, in order of their days.
    pub discounts: Vec<Discount>,
    /// Where it stands.
    pub place: Place,
}

impl Utility {
    /// Whether some number of it is in doubt.
    pub fn is_doubtful(&self) -> bool {
        let weights = self.tables.iter().any(|t| match &t.weight {
            Weight::Known(quantity) => quantity.is_doubtful(),
            Weight::Unknown => true,
        });
        let values = self.tables.iter().flat_map(|t| &t.values);
        let terms = self.terms.iter().map(|t| &t.worth);
        let mut all = values.chain(terms).chain(&self.reservation);
        weights || all.any(Quantity::is_doubtful)
    }
}

/// What the levels of an issue are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// By what the values are multiplied.
    pub weight: Weight,
    /// The value of each level.
    pub values: Vec<Quantity>,
    /// Whether values never fall or never rise from level to level.
    pub trend: Option<Trend>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// The weight of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// A number or its bounds.
    Known(Quantity),
    /// Not negative, and such that all weights of the utility sum to 1. In the basic reading all unknown
    /// weights are equal.
    Unknown,
}

/// What a combination of levels is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The worth.
    pub worth: Quantity,
    /// The combination.
    pub condition: PackageCondition,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// What an agreement loses by coming on a day or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// The factor, from 0 to 1.
    pub factor: BigRational,
    /// The first day on which it counts.
    pub from: Date,
    /// What happens then.
    pub event: Option<String>,
}

/// Somebody at home who must live with what a party agrees to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratifier {
    /// The short name.
    pub name: String,
    /// Who that is.
    pub title: Option<String>,
    /// How many votes it has.
    pub votes: u32,
    /// What packages are worth to it.
    pub utility: Utility,
    /// Where it stands.
    pub place: Place,
}

/// A party's side of the table: what packages are worth to it, and who must ratify.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// What packages are worth to the party itself; `None` when it takes no part in the bargaining.
    pub utility: Option<Utility>,
    /// Who must ratify at home.
    pub ratifiers: Vec<Ratifier>,
    /// Which of them must accept.
    pub ratified: Ratification,
}

/// Whether a package is ratified at home, given the votes of each ratifier and whether it accepts. Where nobody
/// must ratify, it is.
pub fn ratifies(rule: Ratification, ratifiers: impl IntoIterator<Item = (u32, bool)>) -> bool {
    let (mut all, mut given) = (0_u64, 0_u64);
    let (mut voters, mut accepting) = (0_usize, 0_usize);
    for (votes, accepts) in ratifiers {
        voters += 1;
        all += u64::from(votes);
        if accepts {
            accepting += 1;
            given += u64::from(votes);
        }
    }
    match rule {
        _ if voters == 0 => true,
        Ratification::All => accepting == voters,
        Ratification::Any => accepting > 0,
        Ratification::Majority => 2 * given > all,
        Ratification::Votes(needed) => given >= u64::from(needed),
    }
}

/// A package with a name, or a set of them when some levels are vague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The short name.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// For each issue the levels that it may mean, ascending, at least one.
    pub levels: Vec<Vec<u16>>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

impl Package {
    /// Whether some level is vague.
    pub fn is_vague(&self) -> bool {
        self.levels.iter().any(|l| l.len() != 1)
    }
}

/// The only package of which each issue has one of the levels given for it; `None` when there are several, or none.
pub fn single(levels: &[Vec<u16>]) -> Option<Vec<u16>> {
    let one = |levels: &Vec<u16>| match levels.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    levels.iter().map(one).collect()
}

/// A party or one of its ratifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Who {
    /// The party.
    pub party: PartyId,
    /// Which of its ratifiers; `None` for the party itself.
    pub ratifier: Option<u16>,
}

impl Who {
    /// The name by which the text calls it: `US`, or `US.hawks`.
    pub fn name(self, model: &Model) -> String {
        let party = &model.party(self.party).name;
        let side = model.bargain.sides.get(self.party.index());
        let home = side.zip(self.ratifier);
        match home.and_then(|(side, number)| side.ratifiers.get(usize::from(number))) {
            Some(ratifier) => format!("{party}.{}", ratifier.name),
            None => party.clone(),
        }
    }
}

/// What somebody is known to want. Packages are places in [`Bargain::packages`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Who.
    pub who: Who,
    /// What is known.
    pub verdict: Verdict,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// What is known of somebody and packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is worth its reservation value at least.
    Accepts(usize),
    /// It is worth less than its reservation value.
    Rejects(usize),
    /// The first is worth more than the second.
    Prefers(usize, usize),
}

/// What an agreed package makes of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The option.
    pub option: OptionId,
    /// The level that it is set to.
    pub level: u16,
    /// The setting as written.
    pub setting: String,
    /// For which packages; `None` for all.
    pub when: Option<PackageCondition>,
}

/// The number that an amount says, exactly; `None` when it is none.
pub fn exact(amount: &Amount) -> Option<BigRational> {
    let text = amount.text.as_str();
    if !Amount::is_valid(text) {
        return None;
    }
    if let Some((top, bottom)) = text.split_once('/') {
        return Some(BigRational::new(top.parse().ok()?, bottom.parse().ok()?));
    }
    let places = text.split_once('.').map_or(0, |(_, part)| part.len());
    let digits: BigInt = text.replace('.', "").parse().ok()?;
    let places = u32::try_from(places).ok()?;
    Some(BigRational::new(digits, BigInt::from(10).pow(places)))
}

/// A number as it is written: a decimal where it ends within 12 places, else a fraction.
pub fn written(number: &BigRational) -> String {
    decimal(number, 12).unwrap_or_else(|| number.to_string())
}

/// The decimal form of a number; `None` when it does not end after at most so many places.
pub fn decimal(number: &BigRational, most: u32) -> Option<String> {
    let scale = BigRational::from_integer(BigInt::from(10).pow(most));
    let scaled = number * scale;
    if !scaled.is_integer() {
        return None;
    }
    let most = most as usize;
    let digits = scaled.to_integer().abs().to_string();
    let digits = format!("{digits:0>width$}", width = most + 1);
    let (whole, part) = digits.split_at(digits.len() - most);
    let part = part.trim_end_matches('0');
    let sign = if number.is_negative() { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{part}"))
}
