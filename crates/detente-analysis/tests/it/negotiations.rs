//! Models made to measure: random ones of any size, from a seed, and families with known results.
//!
//! Shared by tests, benchmarks and the acceptance run.

use detente_analysis::model::bargain::Bargain;
use detente_analysis::model::expr::Literal;
use detente_analysis::model::model::{
    Choice, Form, Model, Party, Preferences, Rule, Statement, Strength,
};
use detente_analysis::model::syntax::ast::{Certainty, Direction, Place};
use detente_analysis::model::{Condition, Expr, OptionId, PartyId};

/// `SplitMix64` (Steele, Lea & Flood 2014): small, fast, the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance as usize
    }
}

pub(crate) fn lit(option: usize, on: bool) -> Expr {
    let level = u16::from(on);
    Expr::Literal(Literal {
        option: OptionId(option as u32),
        from: level,
        to: level,
    })
}

pub(crate) fn condition(expr: Expr) -> Condition {
    Condition::synthetic(expr, "")
}

pub(crate) fn statement(expr: Expr) -> Statement {
    Statement {
        label: None,
        condition: condition(expr),
        certainty: Certainty::Certain,
        strength: Strength::PLAIN,
        either_order: false,
        cites: Vec::new(),
    }
}

pub(crate) fn rule(expr: Expr) -> Rule {
    Rule {
        condition: condition(expr),
        because: None,
        cites: Vec::new(),
    }
}

/// A model with binary options of these owners, and nothing else yet.
pub(crate) fn blank(parties: usize, owners: &[usize]) -> Model {
    let party = |i: usize| Party {
        name: format!("P{i}"),
        title: None,
        agents: Vec::new(),
        pace: None,
        pace_cites: Vec::new(),
        options: (0..owners.len())
            .filter(|o| owners[*o] == i)
            .map(|o| OptionId(o as u32))
            .collect(),
        moves: Vec::new(),
        preferences: Preferences::Unstated,
        candidates: Vec::new(),
        intervals: Vec::new(),
        concept: None,
        attitudes: Vec::new(),
        place: Place::default(),
    };
    let choice = |(o, owner): (usize, &usize)| Choice {
        name: format!("o{o}"),
        title: None,
        owner: PartyId(*owner as u16),
        levels: Vec::new(),
        direction: Direction::Both,
        stepwise: false,
        place: Place::default(),
    };
    Model {
        title: None,
        as_of: None,
        sources: Vec::new(),
        parties: (0..parties).map(party).collect(),
        options: owners.iter().enumerate().map(choice).collect(),
        rules: Vec::new(),
        consequences: Vec::new(),
        prohibitions: Vec::new(),
        classes: Vec::new(),
        states: Vec::new(),
        terms: Vec::new(),
        form: Form::Options,
        status_quo: None,
        bargain: Bargain::default(),
        views: Vec::new(),
        record: detente_model::record::Record::default(),
    }
}

/// How large a random negotiation is, and what it looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) options: usize,
    pub(crate) parties: usize,
    /// Statements of each party.
    pub(crate) statements: usize,
    /// Infeasible patterns of two or three options of one issue.
    pub(crate) patterns: usize,
    /// Per cent of the statements that reach into another issue.
    pub(crate) cross: u32,
    /// Per cent of the options that go one way only.
    pub(crate) one_way: u32,
}

/// A negotiation by issues: six options each, shared by up to three parties. A statement is an own
/// literal, another's literal, a clause or a cube of two literals, or a literal or a cube.
pub(crate) fn negotiation(shape: Shape, seed: u64) -> Model {
    const ISSUE: usize = 6;
    let random = &mut Random(seed);
    let issues: Vec<Vec<usize>> = (0..shape.options)
        .collect::<Vec<_>>()
        .chunks(ISSUE)
        .map(<[usize]>::to_vec)
        .collect();
    let mut owners = vec![0; shape.options];
    for (g, issue) in issues.iter().enumerate() {
        // The parties take turns to lead an issue, so that everybody owns something.
        let table = [
            g % shape.parties,
            random.below(shape.parties),
            random.below(shape.parties),
        ];
        for (nth, option) in issue.iter().enumerate() {
            owners[*option] = table[if nth == 0 { 0 } else { random.below(3) }];
        }
    }
    let mut model = blank(shape.parties, &owners);
    for option in &mut model.options {
        if random.percent(shape.one_way) {
            option.direction = if random.percent(50) {
                Direction::OnlyOn
            } else {
                Direction::OnlyOff
            };
        }
    }
    for _ in 0..shape.patterns {
        let issue = &issues[random.below(issues.len())];
        let mut picked = issue.clone();
        while picked.len() > 2 + random.below(2) {
            picked.remove(random.below(picked.len()));
        }
        let cube = picked.iter().map(|o| lit(*o, random.percent(50))).collect();
        model.rules.push(rule(Expr::And(cube)));
    }
    for party in 0..shape.parties {
        let home: Vec<&Vec<usize>> = issues
            .iter()
            .filter(|issue| issue.iter().any(|o| owners[*o] == party))
            .collect();
        let mut list = Vec::new();
        for _ in 0..shape.statements {
            let issue = home[random.below(home.len())];
            let cross = random.percent(shape.cross);
            let other = &issues[random.below(issues.len())];
            let own: Vec<usize> = issue
                .iter()
                .copied()
                .filter(|o| owners[*o] == party)
                .collect();
            let away = if cross { other } else { issue };
            let mut any = |from: &[usize]| lit(from[random.below(from.len())], random.percent(50));
            let (mine, first, second) = (any(&own), any(away), any(issue));
            list.push(statement(match random.below(5) {
                0 => mine,
                1 => first,
                2 => Expr::Or(vec![mine, first]),
                3 => Expr::And(vec![mine, first]),
                _ => Expr::Or(vec![mine, Expr::And(vec![first, second])]),
            }));
        }
        model.parties[party].preferences = Preferences::Statements(list);
    }
    model
}

/// Families with known numbers of equilibria, `q` options per party.
pub(crate) mod families {
    use super::{Model, Preferences, blank, lit, statement};
    use detente_analysis::model::Expr;

    fn even(parties: usize, q: usize) -> Model {
        let owners: Vec<usize> = (0..parties * q).map(|o| o / q).collect();
        blank(parties, &owners)
    }

    fn wants(model: &mut Model, party: usize, list: Vec<Expr>) {
        let list = list.into_iter().map(statement).collect();
        model.parties[party].preferences = Preferences::Statements(list);
    }

    fn same(options: &[usize]) -> Expr {
        let all = |on| Expr::And(options.iter().map(|o| lit(*o, on)).collect());
        Expr::Or(vec![all(true), all(false)])
    }

    /// Every party wants none of its own options.
    pub(crate) fn dominant(parties: usize, q: usize) -> Model {
        let mut model = even(parties, q);
        for p in 0..parties {
            wants(
                &mut model,
                p,
                (0..q).map(|l| lit(p * q + l, false)).collect(),
            );
        }
        model
    }

    /// Every party cares only for the options of the next.
    pub(crate) fn others(parties: usize, q: usize) -> Model {
        let mut model = even(parties, q);
        for p in 0..parties {
            let next = (p + 1) % parties;
            wants(
                &mut model,
                p,
                (0..q).map(|l| lit(next * q + l, l % 2 == 0)).collect(),
            );
        }
        model
    }

    /// Two parties: one wants every pair equal, the other different.
    pub(crate) fn pennies(q: usize) -> Model {
        let mut model = even(2, q);
        let equal = |l: usize| same(&[l, q + l]);
        wants(&mut model, 0, (0..q).map(equal).collect());
        wants(&mut model, 1, (0..q).map(|l| equal(l).negated()).collect());
        model
    }

    /// All parties want every group of options equal.
    pub(crate) fn coordination(parties: usize, q: usize) -> Model {
        let mut model = even(parties, q);
        let group = |l: usize| same(&(0..parties).map(|p| p * q + l).collect::<Vec<_>>());
        for p in 0..parties {
            wants(&mut model, p, (0..q).map(group).collect());
        }
        model
    }
}
