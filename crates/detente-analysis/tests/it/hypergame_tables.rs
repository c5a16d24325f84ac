//! Conflicts with views as tables over all combinations of options, drawn at random, and the definitions of the
//! hypergame written down over them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use detente_analysis::Concept;

pub(crate) type Set = BTreeSet<u32>;

/// One game, as tables over all combinations of the options of everybody.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tables {
    /// For each party, which options are its own.
    pub(crate) own: Vec<u32>,
    /// All states that there are.
    pub(crate) states: Set,
    /// For each party and combination, its value.
    pub(crate) values: Vec<Vec<u32>>,
}

impl Tables {
    pub(crate) fn moves(&self, i: usize, s: u32) -> Set {
        let differs = |t: &u32| *t != s && (t ^ s) & !self.own[i] == 0;
        self.states.iter().copied().filter(differs).collect()
    }

    pub(crate) fn better(&self, i: usize, s: u32) -> Set {
        let value = &self.values[i];
        let better = |t: &u32| value[*t as usize] > value[s as usize];
        self.moves(i, s).into_iter().filter(better).collect()
    }

    /// All states that the others reach from `s`, no one moving twice in a row.
    pub(crate) fn answers(&self, i: usize, s: u32, improving: bool) -> Set {
        let mut seen: BTreeSet<(u32, usize)> = BTreeSet::new();
        let mut open = vec![(s, usize::MAX)];
        while let Some((at, last)) = open.pop() {
            for j in (0..self.own.len()).filter(|j| *j != i && *j != last) {
                let next = if improving {
                    self.better(j, at)
                } else {
                    self.moves(j, at)
                };
                for t in next {
                    if seen.insert((t, j)) {
                        open.push((t, j));
                    }
                }
            }
        }
        seen.into_iter().map(|(t, _)| t).collect()
    }

    pub(crate) fn stable(&self, concept: Concept, i: usize, s: u32) -> bool {
        self.open(concept, i, s).is_empty()
    }

    /// The improvements that nothing stops.
    pub(crate) fn open(&self, concept: Concept, i: usize, s: u32) -> Set {
        let value = |t: u32| self.values[i][t as usize];
        let no_better = |t: u32| value(t) <= value(s);
        let stopped = |s1: u32| match concept {
            Concept::Nash => false,
            Concept::Gmr => self.answers(i, s1, false).into_iter().any(no_better),
            Concept::Smr => self
                .answers(i, s1, false)
                .into_iter()
                .any(|t| no_better(t) && self.moves(i, t).into_iter().all(no_better)),
            Concept::Seq => self.answers(i, s1, true).into_iter().any(no_better),
            _ => panic!("not written down"),
        };
        let improvements = self.better(i, s).into_iter();
        improvements.filter(|s1| !stopped(*s1)).collect()
    }

    pub(crate) fn equilibria(&self, concept: Concept) -> Set {
        let all = |s: &u32| (0..self.own.len()).all(|i| self.stable(concept, i, *s));
        self.states.iter().copied().filter(all).collect()
    }
}

/// Numbers at random, the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % u64::from(sides)) as u32
    }

    pub(crate) fn values(&mut self, count: u32) -> Vec<u32> {
        (0..count).map(|_| self.roll(count)).collect()
    }
}

/// What a view changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beliefs {
    /// Party, and the values that it is thought to have.
    pub(crate) values: Vec<(usize, Vec<u32>)>,
    pub(crate) hidden: Vec<u32>,
    pub(crate) excluded: Vec<u32>,
}

#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) options: u32,
    pub(crate) truth: Tables,
    pub(crate) views: Vec<Option<Beliefs>>,
    /// For some viewer, its view of another.
    pub(crate) nested: Option<(usize, usize, Beliefs)>,
}

pub(crate) fn beliefs(dice: &mut Dice, parties: u32, options: u32) -> Beliefs {
    let all = 1 << options;
    let mut out = Beliefs::default();
    if dice.roll(3) > 0 {
        out.values
            .push((dice.roll(parties) as usize, dice.values(all)));
    }
    if dice.roll(3) == 0 {
        out.hidden.push(dice.roll(options));
    }
    if dice.roll(3) == 0 {
        out.excluded.push(dice.roll(all));
    }
    out
}

pub(crate) fn draw(seed: u64) -> Drawn {
    let mut dice = Dice(seed | 1 << 40);
    let parties = 2 + dice.roll(2);
    let options = parties + dice.roll(2);
    let all = 1 << options;
    let mut own = vec![0; parties as usize];
    for option in 0..options {
        // In order, so that options stand where their parties are declared.
        own[(option * parties / options) as usize] |= 1 << option;
    }
    let mut states: Set = (0..all).collect();
    if dice.roll(2) == 0 {
        states.remove(&dice.roll(all));
    }
    let truth = Tables {
        own,
        states,
        values: (0..parties).map(|_| dice.values(all)).collect(),
    };
    let views: Vec<Option<Beliefs>> = (0..parties)
        .map(|_| (dice.roll(4) > 0).then(|| beliefs(&mut dice, parties, options)))
        .collect();
    let viewer = dice.roll(parties) as usize;
    let other = (viewer + 1) % parties as usize;
    let nested = (views[viewer].is_some() && dice.roll(2) == 0)
        .then(|| (viewer, other, beliefs(&mut dice, parties, options)));
    Drawn {
        options,
        truth,
        views,
        nested,
    }
}

pub(crate) fn seen(tables: &Tables, beliefs: &Beliefs) -> Tables {
    let mut out = tables.clone();
    for (party, values) in &beliefs.values {
        out.values[*party].clone_from(values);
    }
    out.states.retain(|s| {
        beliefs.hidden.iter().all(|o| s >> o & 1 == 0) && !beliefs.excluded.contains(s)
    });
    out
}

impl Drawn {
    pub(crate) fn game(&self, viewer: usize) -> Tables {
        match &self.views[viewer] {
            Some(beliefs) => seen(&self.truth, beliefs),
            None => self.truth.clone(),
        }
    }

    pub(crate) fn thought(&self, viewer: usize, other: usize) -> Tables {
        let own = self.game(viewer);
        match &self.nested {
            Some((v, o, beliefs)) if (*v, *o) == (viewer, other) => seen(&own, beliefs),
            _ => own,
        }
    }

    pub(crate) fn pattern(&self, state: u32) -> String {
        (0..self.options)
            .map(|o| if state >> o & 1 == 1 { 'Y' } else { 'N' })
            .collect()
    }

    pub(crate) fn ranks(&self, values: &[u32]) -> String {
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        order.sort_by_key(|s| std::cmp::Reverse(values[*s as usize]));
        let mut text = String::from("ranks { ");
        for (place, state) in order.iter().enumerate() {
            if place > 0 {
                let tied = values[order[place - 1] as usize] == values[*state as usize];
                text.push_str(if tied { " = " } else { " > " });
            }
            let _ = write!(text, "\"{}\"", self.pattern(*state));
        }
        text.push_str(" }");
        text
    }

    pub(crate) fn owner(&self, option: u32) -> usize {
        let owns = |own: &u32| own >> option & 1 == 1;
        self.truth.own.iter().position(owns).unwrap()
    }

    pub(crate) fn write_view(
        &self,
        out: &mut String,
        viewer: usize,
        beliefs: &Beliefs,
        inner: &str,
    ) {
        let _ = writeln!(out, "in the eyes of P{viewer} {{");
        for (party, values) in &beliefs.values {
            let _ = writeln!(out, "P{party} {}", self.ranks(values));
        }
        for option in &beliefs.hidden {
            let _ = writeln!(out, "hides P{}.o{option}", self.owner(*option));
        }
        for state in &beliefs.excluded {
            let _ = writeln!(out, "never \"{}\"", self.pattern(*state));
        }
        let _ = writeln!(out, "{inner}}}");
    }

    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for (p, own) in self.truth.own.iter().enumerate() {
            let _ = writeln!(out, "party P{p} {{");
            for option in (0..self.options).filter(|o| own >> o & 1 == 1) {
                let _ = writeln!(out, "option o{option}");
            }
            let _ = writeln!(out, "{}\n}}", self.ranks(&self.truth.values[p]));
        }
        for state in (0..1 << self.options).filter(|s| !self.truth.states.contains(s)) {
            let _ = writeln!(out, "never \"{}\"", self.pattern(state));
        }
        for (viewer, beliefs) in self.views.iter().enumerate() {
            let Some(beliefs) = beliefs else { continue };
            let mut inner = String::new();
            if let Some((v, other, beliefs)) = &self.nested
                && *v == viewer
            {
                self.write_view(&mut inner, *other, beliefs, "");
            }
            self.write_view(&mut out, viewer, beliefs, &inner);
        }
        out
    }

    pub(crate) fn parties(&self) -> usize {
        self.truth.own.len()
    }

    /// Whether every game has a state.
    pub(crate) fn is_playable(&self) -> bool {
        let games = (0..self.parties()).flat_map(|i| (0..self.parties()).map(move |j| (i, j)));
        let mut sizes = games.map(|(i, j)| self.thought(i, j).states.len());
        !self.truth.states.is_empty() && sizes.all(|n| n > 0)
    }

    pub(crate) fn expected(&self, concept: Concept, viewer: usize) -> Set {
        let own = self.game(viewer);
        let holds = |s: &u32| {
            own.stable(concept, viewer, *s)
                && (0..self.parties()).filter(|j| *j != viewer).all(|j| {
                    let theirs = self.thought(viewer, j);
                    theirs.states.contains(s) && theirs.stable(concept, j, *s)
                })
        };
        own.states.iter().copied().filter(holds).collect()
    }

    pub(crate) fn hypergame(&self, concept: Concept) -> Set {
        let holds = |s: &u32| {
            (0..self.parties()).all(|i| {
                let own = self.game(i);
                own.states.contains(s) && own.stable(concept, i, *s)
            })
        };
        self.truth.states.iter().copied().filter(holds).collect()
    }

    pub(crate) fn moves_deleted(&self, concept: Concept) -> Set {
        // The same definitions, in a game in which the moves of each party are looked up in what it sees.
        let blind = Blind {
            truth: &self.truth,
            seen: (0..self.parties()).map(|i| self.game(i).states).collect(),
        };
        let all = |s: &u32| (0..self.parties()).all(|i| blind.stable(concept, i, *s));
        self.truth.states.iter().copied().filter(all).collect()
    }
}

/// The true game without the moves of parties where they do not see.
pub(crate) struct Blind<'t> {
    truth: &'t Tables,
    seen: Vec<Set>,
}

impl Blind<'_> {
    pub(crate) fn moves(&self, i: usize, s: u32) -> Set {
        if !self.seen[i].contains(&s) {
            return Set::new();
        }
        let all = self.truth.moves(i, s).into_iter();
        all.filter(|t| self.seen[i].contains(t)).collect()
    }

    pub(crate) fn stable(&self, concept: Concept, i: usize, s: u32) -> bool {
        let value = |i: usize, t: u32| self.truth.values[i][t as usize];
        let no_better = |t: u32| value(i, t) <= value(i, s);
        let answers = |s1: u32, improving: bool| {
            let mut seen: BTreeSet<(u32, usize)> = BTreeSet::new();
            let mut open = vec![(s1, usize::MAX)];
            while let Some((at, last)) = open.pop() {
                for j in (0..self.seen.len()).filter(|j| *j != i && *j != last) {
                    for t in self.moves(j, at) {
                        let gains = value(j, t) > value(j, at);
                        if (gains || !improving) && seen.insert((t, j)) {
                            open.push((t, j));
                        }
                    }
                }
            }
            seen.into_iter().map(|(t, _)| t).collect::<Set>()
        };
        let improvements = self.moves(i, s).into_iter();
        let mut improvements = improvements.filter(|t| value(i, *t) > value(i, s));
        improvements.all(|s1| match concept {
            Concept::Nash => false,
            Concept::Gmr => answers(s1, false).into_iter().any(no_better),
            Concept::Smr => answers(s1, false)
                .into_iter()
                .any(|t| no_better(t) && self.moves(i, t).into_iter().all(no_better)),
            _ => answers(s1, true).into_iter().any(no_better),
        })
    }
}
