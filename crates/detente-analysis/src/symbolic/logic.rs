//! From a model's expressions to formulas of any kind: decision diagrams or clauses.

use detente_model::model::{Model, Party, Preferences, RankItem};
use detente_model::syntax::ast::Count;
use detente_model::{Expr, expr::Literal};

use super::layout::{AtLeast, Layout};
use crate::Stop;

/// Boolean formulas over the bits of a state.
pub(crate) trait Logic {
    /// A formula.
    type Formula: Clone;

    /// Always true or never.
    fn constant(&mut self, value: bool) -> Self::Formula;

    /// A bit of the state, by its place in the layout.
    fn bit(&mut self, bit: usize) -> Self::Formula;

    /// Not.
    fn not(&mut self, a: &Self::Formula) -> Self::Formula;

    /// Both.
    fn and(&mut self, a: &Self::Formula, b: &Self::Formula) -> Result<Self::Formula, Stop>;

    /// One or both.
    fn or(&mut self, a: &Self::Formula, b: &Self::Formula) -> Result<Self::Formula, Stop>;

    /// One, but not both.
    fn xor(&mut self, a: &Self::Formula, b: &Self::Formula) -> Result<Self::Formula, Stop> {
        let (either, both) = (self.or(a, b)?, self.and(a, b)?);
        let not_both = self.not(&both);
        self.and(&either, &not_both)
    }

    /// The constant that the formula is, if it is one.
    fn known(&self, a: &Self::Formula) -> Option<bool>;
}

/// An expression. Nodes of the graph form do not occur in the option form and count as false.
pub(crate) fn formula<L: Logic>(
    logic: &mut L,
    layout: &Layout,
    expr: &Expr,
) -> Result<L::Formula, Stop> {
    match expr {
        Expr::Constant(value) => Ok(logic.constant(*value)),
        Expr::Node(_) => Ok(logic.constant(false)),
        Expr::Literal(literal) => range(logic, layout, *literal),
        Expr::Not(inner) => {
            let inner = formula(logic, layout, inner)?;
            Ok(logic.not(&inner))
        }
        Expr::And(parts) => {
            let start = logic.constant(true);
            parts.iter().try_fold(start, |all, part| {
                let part = formula(logic, layout, part)?;
                logic.and(&all, &part)
            })
        }
        Expr::Or(parts) => {
            let start = logic.constant(false);
            parts.iter().try_fold(start, |any, part| {
                let part = formula(logic, layout, part)?;
                logic.or(&any, &part)
            })
        }
        Expr::Count { count, number, of } => {
            let parts: Vec<L::Formula> = of
                .iter()
                .map(|part| formula(logic, layout, part))
                .collect::<Result<_, _>>()?;
            counted(logic, *count, u64::from(*number), &parts)
        }
    }
}

fn range<L: Logic>(logic: &mut L, layout: &Layout, literal: Literal) -> Result<L::Formula, Stop> {
    let mut at_least = |level: Option<u16>| match level
        .map_or(AtLeast::Never, |l| layout.at_least(literal.option, l))
    {
        AtLeast::Always => logic.constant(true),
        AtLeast::Never => logic.constant(false),
        AtLeast::Bit(bit) => logic.bit(bit),
    };
    let (from, beyond) = (
        at_least(Some(literal.from)),
        at_least(literal.to.checked_add(1)),
    );
    let within = logic.not(&beyond);
    logic.and(&from, &within)
}

fn counted<L: Logic>(
    logic: &mut L,
    count: Count,
    number: u64,
    parts: &[L::Formula],
) -> Result<L::Formula, Stop> {
    match count {
        Count::AtLeast => at_least(logic, number, parts),
        Count::AtMost => {
            let more = at_least(logic, number.saturating_add(1), parts)?;
            Ok(logic.not(&more))
        }
        Count::Exactly => {
            let enough = at_least(logic, number, parts)?;
            let more = at_least(logic, number.saturating_add(1), parts)?;
            let no_more = logic.not(&more);
            logic.and(&enough, &no_more)
        }
    }
}

/// At least so many of the parts: a table over the parts seen so far.
fn at_least<L: Logic>(
    logic: &mut L,
    number: u64,
    parts: &[L::Formula],
) -> Result<L::Formula, Stop> {
    if number > parts.len() as u64 {
        return Ok(logic.constant(false));
    }
    // `seen[k]`: at least k of the parts seen so far hold.
    let mut seen = vec![logic.constant(true)];
    seen.extend((0..number).map(|_| logic.constant(false)));
    for part in parts {
        for k in (1..seen.len()).rev() {
            let one_more = logic.and(&seen[k - 1], part)?;
            seen[k] = logic.or(&seen[k], &one_more)?;
        }
    }
    Ok(seen.pop().unwrap_or_else(|| logic.constant(true)))
}

/// A party's preferences as a number in binary, the most significant bit first: the larger, the
/// better.
pub(crate) struct Worth<F> {
    /// The bits.
    pub(crate) bits: Vec<F>,
    /// Which states have a place at all; only a ranking can leave some out.
    pub(crate) ranked: F,
}

/// The worth of states to a party.
///
/// Each statement is a bit. A ranking of T tiers is the number of tiers below, in binary. Weights are
/// summed in binary, exactly.
pub(crate) fn worth<L: Logic>(
    logic: &mut L,
    layout: &Layout,
    party: &Party,
) -> Result<Worth<L::Formula>, Stop> {
    let mut ranked = logic.constant(true);
    let bits = match &party.preferences {
        Preferences::Unstated => Vec::new(),
        Preferences::Statements(list) => list
            .iter()
            .map(|s| formula(logic, layout, &s.condition.expr))
            .collect::<Result<_, _>>()?,
        Preferences::Weights(list) => {
            let mut sum = Vec::new();
            let divisor = list.iter().fold(0, |d, (w, _)| gcd(d, w.unsigned_abs()));
            for (weight, condition) in list.iter().filter(|(w, _)| *w != 0) {
                let mut truth = formula(logic, layout, &condition.expr)?;
                if *weight < 0 {
                    // w when true is worth as much as -w when false, less a constant.
                    truth = logic.not(&truth);
                }
                add(logic, &mut sum, weight.unsigned_abs() / divisor, &truth)?;
            }
            sum.reverse();
            sum
        }
        Preferences::Ranks(tiers) => {
            let mut items = Vec::new();
            let mut rest = None;
            for (place, tier) in tiers.iter().enumerate() {
                for item in &tier.items {
                    match item {
                        RankItem::Matching(condition) => items.push((place, condition)),
                        RankItem::Rest(_) => rest = Some(place),
                    }
                }
            }
            let width = usize::BITS - tiers.len().saturating_sub(1).leading_zeros();
            let mut bits: Vec<L::Formula> = (0..width).map(|_| logic.constant(false)).collect();
            let mut open = logic.constant(true);
            let mut place = |logic: &mut L, here: &L::Formula, place: usize| {
                let worth = tiers.len() - 1 - place;
                for (l, bit) in bits.iter_mut().enumerate() {
                    if worth >> (width as usize - 1 - l) & 1 == 1 {
                        *bit = logic.or(bit, here)?;
                    }
                }
                Ok::<(), Stop>(())
            };
            for (tier, condition) in items {
                let matching = formula(logic, layout, &condition.expr)?;
                let here = logic.and(&open, &matching)?;
                let others = logic.not(&matching);
                open = logic.and(&open, &others)?;
                place(logic, &here, tier)?;
            }
            if let Some(tier) = rest {
                place(logic, &open, tier)?;
            } else {
                ranked = logic.not(&open);
            }
            bits
        }
    };
    Ok(Worth { bits, ranked })
}

/// Which states are feasible: no rule excludes them, and a higher level contains the lower ones.
pub(crate) fn feasible<L: Logic>(
    logic: &mut L,
    layout: &Layout,
    model: &Model,
) -> Result<L::Formula, Stop> {
    let mut all = logic.constant(true);
    for option in model.option_ids() {
        let bits: Vec<usize> = layout.of(option).collect();
        for pair in bits.windows(2) {
            let (low, high) = (logic.bit(pair[0]), logic.bit(pair[1]));
            let not_high = logic.not(&high);
            let ordered = logic.or(&low, &not_high)?;
            all = logic.and(&all, &ordered)?;
        }
    }
    for rule in &model.rules {
        let excluded = formula(logic, layout, &rule.condition.expr)?;
        let kept = logic.not(&excluded);
        all = logic.and(&all, &kept)?;
    }
    Ok(all)
}

/// Whether every rule speaks of one party's options only.
pub(crate) fn rules_are_separate(model: &Model) -> bool {
    model.rules.iter().all(|rule| {
        let options = rule.condition.expr.options();
        let mut owners = options
            .iter()
            .filter_map(|o| model.options.get(o.index()))
            .map(|o| o.owner);
        let first = owners.next();
        owners.all(|o| Some(o) == first)
    })
}

/// Whether the first number in binary, most significant bit first, is at most the second.
pub(crate) fn at_most<L: Logic>(
    logic: &mut L,
    first: &[L::Formula],
    second: &[L::Formula],
) -> Result<L::Formula, Stop> {
    let mut below = logic.constant(true);
    for (a, b) in first.iter().zip(second).rev() {
        let not_a = logic.not(a);
        let less = logic.and(&not_a, b)?;
        let no_more = logic.or(&not_a, b)?;
        let equal_so_far = logic.and(&below, &no_more)?;
        below = logic.or(&less, &equal_so_far)?;
    }
    Ok(below)
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Adds `weight` to a binary number, least significant bit first, where `truth` holds.
fn add<L: Logic>(
    logic: &mut L,
    sum: &mut Vec<L::Formula>,
    weight: u64,
    truth: &L::Formula,
) -> Result<(), Stop> {
    let mut carry = logic.constant(false);
    let no = logic.constant(false);
    let mut place = 0_usize;
    loop {
        let rest = weight.checked_shr(place as u32).unwrap_or(0);
        if rest == 0 && logic.known(&carry) == Some(false) {
            return Ok(());
        }
        if place == sum.len() {
            sum.push(no.clone());
        }
        let addend = if rest & 1 == 1 { truth } else { &no };
        let half = logic.xor(&sum[place], addend)?;
        let both = logic.and(&sum[place], addend)?;
        let again = logic.and(&half, &carry)?;
        sum[place] = logic.xor(&half, &carry)?;
        carry = logic.or(&both, &again)?;
        place += 1;
    }
}
