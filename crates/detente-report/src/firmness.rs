//! How firmly equilibria hold, in words and as values.

use detente_analysis::model::PartyId;
use detente_analysis::robustness::{Fall, Own, Robustness};
use detente_analysis::{Game, StateId};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::build::steps;
use crate::finding::Step;
use crate::words::{self, Tense};

/// How firmly one equilibrium holds, judged by changes of one party's own ranking. Changes of one party's
/// ranking can also break it for another party; these are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Firmness {
    /// The state.
    pub state: u32,
    /// The fewest exchanges of adjacent ranks of one party's own ranking that make the state unstable
    /// for that party; `null` when no party's can.
    pub robustness: Option<u32>,
    /// For each party what it takes.
    pub parties: IndexMap<String, OwnFirmness>,
}

/// What it takes that one party leaves a state, by changes of its own ranking alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OwnFirmness {
    /// `breaks` after some exchanges; `no_move`: it cannot leave; `unbreakable`: no order of its ranks
    /// makes it leave; `unstable`: it leaves as it is; `undefined` for its concept.
    pub kind: String,
    /// The least number of exchanges of adjacent ranks, tied states together, that break it.
    pub swaps: Option<u32>,
    /// The level of freedom: how many places the state may fall in the party's ranking and still hold.
    pub freedom: Option<u32>,
    /// The state below which it must fall.
    pub below: Option<u32>,
    /// The move that then pays.
    pub to: Option<u32>,
    /// Whether that move is an improvement already, and only deterred.
    pub improves_now: Option<bool>,
    /// The answer that deters it until then; empty when the party does not want the move.
    pub answer: Vec<Step>,
}

/// Puts robustness into its serialisable form.
pub fn firmness(game: &Game<'_>, found: &Robustness) -> Firmness {
    let own = |(party, own): (PartyId, &Own)| {
        let fall = match own {
            Own::Breaks(fall) => Some(fall),
            _ => None,
        };
        let finding = OwnFirmness {
            kind: match own {
                Own::Undefined => "undefined",
                Own::Unstable => "unstable",
                Own::NoMove => "no_move",
                Own::Unbreakable => "unbreakable",
                Own::Breaks(_) => "breaks",
            }
            .to_owned(),
            swaps: own.swaps(),
            freedom: fall.map(Fall::freedom),
            below: fall.map(|f| game.id(f.below)),
            to: fall.map(|f| game.id(f.to)),
            improves_now: fall.map(|f| f.improves_now),
            answer: fall.map_or(Vec::new(), |f| steps(game, &f.answer)),
        };
        (words::party(game, party).to_owned(), finding)
    };
    Firmness {
        state: game.id(found.state),
        robustness: found.robustness(),
        parties: (0..).map(PartyId).zip(&found.own).map(own).collect(),
    }
}

/// What the lines of [`spare`] mean.
pub const ABOUT_SPARE: &str = "Steps to spare: how many places a state can fall in a party's own ranking, \
     tied states together, before the party would leave it; with 0 the next step breaks it.";

/// The steps to spare of a state: `Steps to spare: US 0, DPRK 2; ROK cannot leave it.` `None` when the
/// concept has no such count for any party.
pub fn spare(game: &Game<'_>, found: &Robustness) -> Option<String> {
    let (mut able, mut never, mut unable) = (Vec::new(), Vec::new(), Vec::new());
    for (party, own) in (0..).map(PartyId).zip(&found.own) {
        let name = words::party(game, party);
        match own {
            Own::Breaks(fall) => able.push(format!("{name} {}", fall.freedom())),
            Own::Unbreakable => never.push(name),
            Own::NoMove => unable.push(name),
            Own::Undefined | Own::Unstable => {}
        }
    }
    let mut parts = Vec::new();
    if !able.is_empty() {
        parts.push(format!("Steps to spare: {}", able.join(", ")));
    }
    if !never.is_empty() {
        let however = if parts.is_empty() {
            "However"
        } else {
            "however"
        };
        parts.push(format!(
            "{however} far it falls, {} would stay",
            words::list(&never)
        ));
    }
    if !unable.is_empty() {
        parts.push(format!("{} cannot leave it", words::list(&unable)));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

/// What breaks a state first, as a clause after its number: `breaks when US ranks it 1 step lower, below 2
/// (no text; US: sign): US would then withdraw relief (23 -> 22)`.
pub fn breaks(game: &Game<'_>, found: &Robustness) -> String {
    let Some((party, fall)) = found.weakest() else {
        return "holds in whatever order any one party puts its own ranks".to_owned();
    };
    format!(
        "breaks when {}",
        fall_in_words(game, found.state, party, fall)
    )
}

/// As [`breaks`], shorter: `until US ranks it 1 step lower, below 2: it would then withdraw relief
/// (23 -> 22)`.
pub fn until(game: &Game<'_>, found: &Robustness) -> String {
    let Some((party, fall)) = found.weakest() else {
        return "in whatever order any one party puts its own ranks".to_owned();
    };
    format!(
        "until {} ranks it {} lower, below {}: it would then {} ({} -> {})",
        words::party(game, party),
        words::count(fall.swaps as usize, "step"),
        game.id(fall.below),
        words::deed(game, party, found.state, fall.to, Tense::Infinitive),
        game.id(found.state),
        game.id(fall.to)
    )
}

fn fall_in_words(game: &Game<'_>, state: StateId, party: PartyId, fall: &Fall) -> String {
    let name = words::party(game, party);
    let deed = words::deed(game, party, state, fall.to, Tense::Infinitive);
    let arrow = format!("({} -> {})", game.id(state), game.id(fall.to));
    let swaps = words::count(fall.swaps as usize, "step");
    let below = words::state(game, fall.below);
    let mut text =
        format!("{name} ranks it {swaps} lower, below {below}: {name} would then {deed} {arrow}");
    if !fall.answer.is_empty() {
        let answer: Vec<String> = fall
            .answer
            .iter()
            .map(|s| {
                format!(
                    "{} {}",
                    words::party(game, s.party),
                    words::step(game, s, Tense::Gerund)
                )
            })
            .collect();
        text.push_str(&format!(", undeterred by {}", answer.join(", then ")));
    }
    text
}

/// The firmest and the weakest of some equilibria by what breaks them, those that nothing breaks as the
/// firmest; `None` when there are none.
pub fn extremes(
    found: &[Robustness],
    of: impl Fn(StateId) -> bool,
) -> Option<(&Robustness, &Robustness)> {
    let key = |r: &Robustness| r.robustness().unwrap_or(u32::MAX);
    let some: Vec<&Robustness> = found.iter().filter(|r| of(r.state)).collect();
    let weakest = some.iter().min_by_key(|r| (key(r), r.state))?;
    let firmest = some
        .iter()
        .max_by_key(|r| (key(r), std::cmp::Reverse(r.state)))?;
    Some((firmest, weakest))
}

/// Whether the concept of any party has a count.
pub fn is_defined(found: &Robustness) -> bool {
    found.own.iter().any(|o| *o != Own::Undefined)
}
