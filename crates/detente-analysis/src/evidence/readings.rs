//! What parties take commitments to bind to, over the feasible states, and whether they are kept.

use detente_model::model::{Preferences, StatusQuo};
use detente_model::syntax::ast::Place;
use detente_model::{Condition, Model, PartyId};
use schemars::JsonSchema;
use serde::Serialize;

use super::conflicts::{Conflict, ConflictKind, Side, conflict, side};
use super::ledger::{Ledger, Mark};
use crate::terms::{Compared, Relation, compare, holding};
use crate::{Game, StateId, StateSet, describe};

/// A feasible state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Example {
    /// Its number.
    pub state: u32,
    /// What is on in it.
    pub on: Vec<String>,
}

/// How what the first asks for is related to what the second asks for, over the feasible states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// The same states satisfy both.
    Same,
    /// The first asks for less: all states of the second satisfy it, and others.
    Less,
    /// The first asks for more: its states all satisfy the second, which has others.
    More,
    /// Neither: some states satisfy both, and some one alone, either way.
    Overlapping,
    /// No state satisfies both.
    Disjoint,
}

/// Two readings compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Related {
    /// What the first asks for, against the second.
    pub asks: Asks,
    /// In how many feasible states the first holds.
    pub first: usize,
    /// In how many the second holds.
    pub second: usize,
    /// A state in which both hold.
    pub both: Option<Example>,
    /// A state in which only the first holds.
    pub only_first: Option<Example>,
    /// A state in which only the second holds.
    pub only_second: Option<Example>,
}

impl Related {
    /// In a sentence: `the first asks for less than the second: ...`.
    pub fn words(&self) -> String {
        let example = |example: &Option<Example>, what: &str| match example {
            Some(e) if e.on.is_empty() => format!("; state {} (nothing on) {what}", e.state),
            Some(e) => format!("; state {} ({}) {what}", e.state, e.on.join(", ")),
            None => String::new(),
        };
        let counts = format!("{} and {} feasible states", self.first, self.second);
        let alone = "satisfies the first alone";
        let second = "satisfies the second alone";
        match self.asks {
            Asks::Same => format!("both hold in the same {} feasible states", self.first),
            Asks::Less => format!(
                "the first asks for less than the second: they hold in {counts}{}",
                example(&self.only_first, alone)
            ),
            Asks::More => format!(
                "the first asks for more than the second: they hold in {counts}{}",
                example(&self.only_second, second)
            ),
            Asks::Overlapping => format!(
                "they overlap: they hold in {counts}{}{}",
                example(&self.only_first, alone),
                example(&self.only_second, second)
            ),
            Asks::Disjoint => format!("no feasible state satisfies both: they hold in {counts}"),
        }
    }
}

/// What a party takes a commitment, or a term in it, to bind to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadingFound {
    /// Whose.
    pub party: String,
    /// The term that is read; `null` for the commitment as a whole.
    pub term: Option<String>,
    /// What it is taken to mean, and where that is known from.
    pub side: Side,
    /// In how many feasible states it holds; `null` when they were not listed.
    pub states: Option<usize>,
}

/// Two readings of one commitment, compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadingPair {
    /// The first, as a place among the readings, from 0.
    pub first: usize,
    /// The second.
    pub second: usize,
    /// Whether both are readings of one party.
    pub rival: bool,
    /// How they are related.
    pub related: Related,
}

/// A commitment, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommitmentFound {
    /// The element; a number of the ledger.
    pub element: usize,
    /// Its short name.
    pub name: String,
    /// What it is about.
    pub title: Option<String>,
    /// Who is bound.
    pub by: Vec<String>,
    /// To whom; empty for all others.
    pub to: Vec<String>,
    /// Since when.
    pub on: Option<String>,
    /// Its exact words, by source.
    pub texts: Vec<Side>,
    /// How others quote it.
    pub quoted: Vec<Side>,
    /// The terms in it.
    pub terms: Vec<String>,
    /// How it is read.
    pub readings: Vec<ReadingFound>,
    /// Every two readings compared; empty when states were not listed.
    pub pairs: Vec<ReadingPair>,
    /// When it is kept, as written.
    pub kept_when: Option<String>,
    /// Whether it is kept as things stand; `null` when that is not said, or nothing is said of how things stand.
    pub kept_now: Option<bool>,
    /// In how many feasible states it is kept.
    pub kept_in: Option<usize>,
    /// Parties that are bound and that want most only states in which it is not kept.
    pub unwanted_by: Vec<String>,
}

/// A reading with the states in which it holds.
struct Read {
    party: PartyId,
    states: Option<StateSet>,
    place: Place,
}

/// All commitments, and the contradictions that stand in them.
pub(super) fn commitments(
    ledger: &Ledger,
    model: &Model,
    game: Option<&Game<'_>>,
) -> (Vec<CommitmentFound>, Vec<Conflict>) {
    let mut found = Vec::new();
    let mut conflicts = Vec::new();
    for at in 0..model.record.commitments.len() {
        let (one, against) = commitment(ledger, model, game, at);
        found.push(one);
        conflicts.extend(against);
    }
    (found, conflicts)
}

fn commitment(
    ledger: &Ledger,
    model: &Model,
    game: Option<&Game<'_>>,
    at: usize,
) -> (CommitmentFound, Vec<Conflict>) {
    let one = &model.record.commitments[at];
    let element = ledger.at(Mark::Commitment(at));
    let names = |parties: &[PartyId]| -> Vec<String> {
        parties
            .iter()
            .map(|p| model.party(*p).name.clone())
            .collect()
    };
    let wordings = |list: &[detente_model::record::Wording], mark: fn(usize, usize) -> Mark| {
        let each = list.iter().enumerate();
        each.map(|(place, w)| side(ledger, ledger.at(mark(at, place)), w.text.clone()))
            .collect::<Vec<Side>>()
    };
    let holding = |condition: &Condition| game.map(|game| holding(game, condition));
    let mut readings = Vec::new();
    let mut read = Vec::new();
    let mut take = |party, term: Option<&str>, condition: &Condition, mark, place| {
        let states = holding(condition);
        readings.push(ReadingFound {
            party: model.party(party).name.clone(),
            term: term.map(str::to_owned),
            side: side(ledger, ledger.at(mark), condition.text.clone()),
            states: states.as_ref().map(StateSet::len),
        });
        read.push(Read {
            party,
            states,
            place,
        });
    };
    for (place, r) in one.readings.iter().enumerate() {
        let mark = Mark::CommitmentReading(at, place);
        take(r.party, None, &r.condition, mark, r.place);
    }
    for term in one.terms.iter().filter(|t| **t < model.terms.len()) {
        let named = &model.terms[*term];
        for (place, r) in named.readings.iter().enumerate() {
            let mark = Mark::TermReading(*term, place);
            let place = Place::from(r.condition.span);
            take(
                r.party,
                Some(named.name.as_str()),
                &r.condition,
                mark,
                place,
            );
        }
    }
    let pairs = game.map(|game| pairs(game, &read)).unwrap_or_default();
    let mut conflicts = Vec::new();
    let about = format!("commitment {}", one.name);
    for pair in pairs
        .iter()
        .filter(|p| p.rival && p.related.asks != Asks::Same)
    {
        let sides = vec![
            readings[pair.first].side.clone(),
            readings[pair.second].side.clone(),
        ];
        let party = &readings[pair.first].party;
        let about = format!("{about}, as {party} reads it");
        let place = read[pair.first].place;
        let mut made = conflict(
            ConflictKind::Reading,
            about,
            sides,
            pair.related.words(),
            place,
        );
        made.related = Some(pair.related.clone());
        conflicts.push(made);
    }
    let kept_now = one.kept.as_ref().and_then(|kept| {
        let status_quo = model.status_quo.as_ref()?;
        Some(holds_at(kept, status_quo))
    });
    let kept_states = one.kept.as_ref().and_then(&holding);
    let in_force = one
        .on
        .is_none_or(|on| model.as_of.is_none_or(|day| on <= day));
    let kept_text = one.kept.as_ref().map(|k| k.text.clone());
    let bound = |says: String| {
        let mut side = side(ledger, element, says);
        side.says.insert_str(0, "kept when ");
        side
    };
    if let (Some(false), true, Some(text)) = (kept_now, in_force, &kept_text) {
        let state = Side {
            element: None,
            says: "as things stand it is not so".to_owned(),
            cites: Vec::new(),
            witnesses: Vec::new(),
        };
        let sides = vec![bound(text.clone()), state];
        let finding = "it is not kept in the status quo".to_owned();
        conflicts.push(conflict(
            ConflictKind::NotKept,
            about.clone(),
            sides,
            finding,
            one.place,
        ));
    }
    let mut unwanted_by = Vec::new();
    if let (Some(game), Some(kept), Some(text)) = (game, &kept_states, &kept_text) {
        for &party in one.by.iter().filter(|p| states_what_it_wants(model, **p)) {
            let Some(most) = wants_most(game, party, kept) else {
                continue;
            };
            let name = model.party(party).name.clone();
            let says = format!("{name} wants most state {} ({})", most.state, on(&most));
            let wants = Side {
                element: None,
                says,
                cites: Vec::new(),
                witnesses: Vec::new(),
            };
            let finding = format!("it is kept in none of the states that {name} wants most");
            let sides = vec![bound(text.clone()), wants];
            let place = one.place;
            conflicts.push(conflict(
                ConflictKind::Unwanted,
                about.clone(),
                sides,
                finding,
                place,
            ));
            unwanted_by.push(name);
        }
    }
    let commitment = CommitmentFound {
        element,
        name: one.name.clone(),
        title: one.title.clone(),
        by: names(&one.by),
        to: names(&one.to),
        on: one.on.map(|d| d.to_string()),
        texts: wordings(&one.texts, Mark::Text),
        quoted: wordings(&one.quoted, Mark::Quoted),
        terms: one
            .terms
            .iter()
            .filter_map(|t| model.terms.get(*t))
            .map(|t| t.name.clone())
            .collect(),
        readings,
        pairs,
        kept_when: kept_text,
        kept_now,
        kept_in: kept_states.as_ref().map(StateSet::len),
        unwanted_by,
    };
    (commitment, conflicts)
}

fn on(example: &Example) -> String {
    if example.on.is_empty() {
        "nothing on".to_owned()
    } else {
        example.on.join(", ")
    }
}

fn pairs(game: &Game<'_>, read: &[Read]) -> Vec<ReadingPair> {
    let mut out = Vec::new();
    for (first, a) in read.iter().enumerate() {
        for (second, b) in read.iter().enumerate().skip(first + 1) {
            if let (Some(x), Some(y)) = (&a.states, &b.states) {
                out.push(ReadingPair {
                    first,
                    second,
                    rival: a.party == b.party,
                    related: related(game, x, y),
                });
            }
        }
    }
    out
}

fn related(game: &Game<'_>, first: &StateSet, second: &StateSet) -> Related {
    let Compared {
        relation,
        both,
        only_first,
        only_second,
    } = compare(first, second);
    let example = |state: Option<StateId>| state.map(|s| example(game, s));
    Related {
        asks: match relation {
            Relation::Equivalent => Asks::Same,
            Relation::Disjoint => Asks::Disjoint,
            Relation::Implies => Asks::More,
            Relation::ImpliedBy => Asks::Less,
            Relation::Overlapping => Asks::Overlapping,
        },
        first: first.len(),
        second: second.len(),
        both: example(both),
        only_first: example(only_first),
        only_second: example(only_second),
    }
}

fn example(game: &Game<'_>, state: StateId) -> Example {
    Example {
        state: game.id(state),
        on: describe::on(game, state),
    }
}

/// Whether a condition holds as things stand.
fn holds_at(condition: &Condition, status_quo: &StatusQuo) -> bool {
    let levels = &status_quo.assignment;
    condition.expr.holds_in(levels, status_quo.node)
}

/// Whether the text says what a party wants, once and for certain: with several candidates it is in doubt.
fn states_what_it_wants(model: &Model, party: PartyId) -> bool {
    let party = model.party(party);
    let in_doubt = match &party.preferences {
        Preferences::Unstated => true,
        Preferences::Statements(list) => list
            .iter()
            .any(|s| !s.certainty.is_certain() || s.either_order),
        Preferences::Ranks(_) | Preferences::Weights(_) => false,
    };
    !in_doubt && party.candidates.is_empty() && party.intervals.is_empty()
}

/// One of the states that a party wants most, when none of them is in the set.
fn wants_most(game: &Game<'_>, party: PartyId, kept: &StateSet) -> Option<Example> {
    let ranking = game.rankings.get(party.index())?;
    let best = game.space.ids().map(|s| ranking.rank(s)).max()?;
    let mut most = game.space.ids().filter(|s| ranking.rank(*s) == best);
    let first = most.next()?;
    let none = !kept.contains(first) && !most.any(|s| kept.contains(s));
    none.then(|| example(game, first))
}
