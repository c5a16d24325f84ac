//! When an outcome would hold: what each party's preferences have to be, and how many rankings do it, as
//! serialisable values and as text.

use detente_analysis::inverse::conditions::{Requirement, StabilityCondition, conditions};
use detente_analysis::inverse::count::{Count, profiles, rankings};
use detente_analysis::inverse::{Judgement, Unsuited, Want};
use detente_analysis::model::PartyId;
use detente_analysis::{Budget, Game, SequenceRule, Settings, StateId};
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::finding;
use crate::style::{Look, Page};
use crate::survey::grouped;
use crate::text::concept_in_text;
use crate::words::{self, capital};

/// How many requirements of a party are written out.
const MOST_REQUIREMENTS: usize = 20;
/// How many alternatives of a requirement are written out.
const MOST_ALTERNATIVES: usize = 8;
/// How many states of an alternative are written out.
const MOST_STATES: usize = 8;

/// When a state would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conditions {
    /// What this is: `detente-conditions/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// `legal` sequences of opponents, or `each_once` as in GMCR+.
    pub sequences: String,
    /// Whether a sanction that returns to the start counts.
    pub diagonal: bool,
    /// The state asked about.
    pub state: finding::State,
    /// The conditions, one per party that was asked about. When all parties are, the state is an
    /// equilibrium exactly when all conditions are met.
    pub parties: Vec<PartyCondition>,
    /// How many combinations of strict rankings, one per party, make the state an equilibrium; `null`
    /// when only one party was asked about, or when they were not counted.
    pub all_parties: Option<Share>,
    /// Why numbers are missing: one sentence each.
    pub not_counted: Vec<String>,
    /// The states of which the conditions speak.
    pub mentioned: Vec<finding::State>,
}

/// When a state is stable for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyCondition {
    /// The party.
    pub party: String,
    /// The concept by which its stability is judged.
    pub concept: String,
    /// Whether its present preferences meet the condition.
    pub holds: bool,
    /// Whether the condition is stated for the present preferences of the others only, because they
    /// answer by improvements of theirs.
    pub given_others: bool,
    /// To how many states the party can move.
    pub moves: usize,
    /// What is required of its preferences, all of it; nothing when the state is stable for it
    /// whatever they are.
    pub requirements: Vec<Required>,
    /// How many of its strict rankings meet the condition; `null` when they were not counted.
    pub rankings: Option<Share>,
    /// How many of its strict rankings make the state an equilibrium, the others' preferences being
    /// as they are; `null` when they were not counted.
    pub equilibrium: Option<Share>,
}

/// A requirement: one of the alternatives has to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Required {
    /// Whether it is met now.
    pub holds: bool,
    /// It in a sentence; long ones are cut short.
    pub sentence: String,
    /// The alternatives.
    pub alternatives: Vec<Alternative>,
}

/// An alternative: the party prefers none of these states to the state asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Alternative {
    /// Whether it holds now.
    pub holds: bool,
    /// The states, and whether it is so of each.
    pub states: Vec<NotPreferred>,
}

/// That a party does not prefer a state to the state asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotPreferred {
    /// The number of the state.
    pub state: u32,
    /// Whether it is so now.
    pub holds: bool,
}

/// So many of so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Share {
    /// How many do it, as a decimal number.
    pub holding: String,
    /// How many there are, as a decimal number.
    pub of: String,
    /// The share in millionths, rounded.
    pub millionths: u64,
}

impl Share {
    fn new(count: &Count) -> Self {
        Self {
            holding: count.holding.to_string(),
            of: count.of.to_string(),
            millionths: count.millionths(),
        }
    }
}

/// What is asked: of which state, for whom, and by which concepts and rules.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The state.
    pub state: StateId,
    /// Only this party's condition; all parties' without one.
    pub party: Option<PartyId>,
    /// One concept per party.
    pub judgement: Judgement,
    /// The rules.
    pub settings: Settings,
    /// The variants whose changes were made.
    pub variants: &'a [String],
}

/// Finds the conditions and counts what meets them.
///
/// # Errors
///
/// Refuses concepts without such conditions, and stops when the budget ends before they are known; that
/// something could not be counted is no error.
pub fn finding(
    game: &Game<'_>,
    asked: &Asked<'_>,
    budget: &Budget,
) -> Result<Conditions, Unsuited> {
    let conflict = game.conflict();
    let (judgement, settings) = (&asked.judgement, &asked.settings);
    let mut found = match asked.party {
        Some(party) => {
            let concept = judgement.get(party.index()).copied();
            let concept =
                concept.ok_or(Unsuited::Question("there has to be one concept per party"))?;
            vec![detente_analysis::inverse::conditions::condition(
                &conflict,
                concept,
                settings,
                party,
                asked.state,
                budget,
            )?]
        }
        None => conditions(&conflict, judgement, settings, asked.state, budget)?.complete()?,
    };
    found.retain(|c| asked.party.is_none_or(|p| p == c.party));
    let wants = [Want::Some(vec![asked.state])];
    let mut not_counted = Vec::new();
    let mut counted = |whose: &str, count: Result<Count, Unsuited>| match count {
        Ok(count) => Ok(Some(Share::new(&count))),
        Err(Unsuited::Stopped(stop)) => {
            not_counted.push(format!("{whose} were not counted: {stop}"));
            Ok(None)
        }
        Err(other) => Err(other),
    };
    let mut parties = Vec::with_capacity(found.len());
    for condition in &found {
        let name = words::party(game, condition.party);
        let own = rankings(condition, game.space.len(), budget).map_err(Unsuited::Stopped);
        let own = counted(
            &format!("the rankings of {name} that meet the condition"),
            own,
        )?;
        let one = [condition.party];
        let equilibrium = profiles(&conflict, judgement, settings, &one, &wants, budget);
        let equilibrium = counted(
            &format!("the rankings of {name} that make the state an equilibrium"),
            equilibrium,
        )?;
        parties.push(PartyCondition {
            rankings: own,
            equilibrium,
            ..of_party(game, condition)
        });
    }
    let all_parties = if asked.party.is_none() {
        let all: Vec<PartyId> = game.graph.party_ids().collect();
        let count = profiles(&conflict, judgement, settings, &all, &wants, budget);
        counted("the combinations of rankings of all parties", count)?
    } else {
        None
    };
    let mut mentioned: Vec<StateId> = found.iter().flat_map(StabilityCondition::states).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    Ok(Conditions {
        format: "detente-conditions/1".to_owned(),
        negotiation: game.model.title.clone(),
        variants: asked.variants.to_vec(),
        sequences: match settings.sequences {
            SequenceRule::Legal => "legal".to_owned(),
            SequenceRule::EachOnce => "each_once".to_owned(),
        },
        diagonal: settings.diagonal,
        state: build::state(game, asked.state),
        parties,
        all_parties,
        not_counted,
        mentioned: mentioned
            .into_iter()
            .map(|s| build::state(game, s))
            .collect(),
    })
}

fn of_party(game: &Game<'_>, condition: &StabilityCondition) -> PartyCondition {
    let ranking = &game.rankings[condition.party.index()];
    let fine = |s: &StateId| !ranking.prefers(*s, condition.state);
    let alternative = |states: &Vec<StateId>| Alternative {
        holds: states.iter().all(fine),
        states: states
            .iter()
            .map(|s| NotPreferred {
                state: game.id(*s),
                holds: fine(s),
            })
            .collect(),
    };
    let required = |requirement: &Requirement| Required {
        holds: requirement.is_met(|s| fine(&s)),
        sentence: sentence(game, condition, requirement),
        alternatives: requirement.alternatives.iter().map(alternative).collect(),
    };
    PartyCondition {
        party: words::party(game, condition.party).to_owned(),
        concept: build::name_of(game.model, condition.concept),
        holds: condition.holds(ranking),
        given_others: condition.given_others,
        moves: condition.moves,
        requirements: condition.requirements.iter().map(required).collect(),
        rankings: None,
        equilibrium: None,
    }
}

/// `1 (Nothing is done)`, or the number alone.
fn called(game: &Game<'_>, state: StateId) -> String {
    match words::headline(game, state) {
        Some(headline) => format!("{} ({headline})", game.id(state)),
        None => game.id(state).to_string(),
    }
}

/// "Syria must not prefer 1 to 2 (it does now), or must prefer neither 4 nor 6 to 2 (it does not now)."
fn sentence(game: &Game<'_>, condition: &StabilityCondition, requirement: &Requirement) -> String {
    let ranking = &game.rankings[condition.party.index()];
    let name = words::party(game, condition.party);
    let here = game.id(condition.state);
    let said = |states: &Vec<StateId>| {
        let (shown, rest) = states.split_at(states.len().min(MOST_STATES));
        let mut names: Vec<String> = shown.iter().map(|s| called(game, *s)).collect();
        if !rest.is_empty() {
            names.push(format!("{} more", rest.len()));
        }
        let what = match names.as_slice() {
            [one] => format!("must not prefer {one} to {here}"),
            [one, other] => format!("must prefer neither {one} nor {other} to {here}"),
            _ => format!("must prefer none of {} to {here}", words::list(&names)),
        };
        let now = if states.iter().all(|s| !ranking.prefers(*s, condition.state)) {
            "so it is now"
        } else {
            "not so now"
        };
        format!("{what} ({now})")
    };
    let total = requirement.alternatives.len();
    let single: Vec<StateId> = requirement.alternatives.iter().flatten().copied().collect();
    if total > 2 && single.len() == total {
        let (so, not): (Vec<StateId>, Vec<StateId>) = single
            .into_iter()
            .partition(|s| !ranking.prefers(*s, condition.state));
        let several = |states: &[StateId]| {
            let (shown, rest) = states.split_at(states.len().min(MOST_ALTERNATIVES));
            let mut names: Vec<String> = shown.iter().map(|s| called(game, *s)).collect();
            if !rest.is_empty() {
                names.push(format!("{} more", rest.len()));
            }
            words::list(&names)
        };
        return match (so.as_slice(), not.as_slice()) {
            (so, []) => format!(
                "{name} must not prefer all of {} to {here} (now it prefers none of them).",
                several(so)
            ),
            ([], not) => format!(
                "{name} must not prefer all of {} to {here} (now it does).",
                several(not)
            ),
            (so, not) => format!(
                "{name} must not prefer all of these to {here}: {}, which it does not prefer now, and \
                 {}, which it does.",
                several(so),
                several(not)
            ),
        };
    }
    let shown = total.min(MOST_ALTERNATIVES);
    let mut parts: Vec<String> = requirement
        .alternatives
        .iter()
        .take(shown)
        .map(said)
        .collect();
    if shown < total {
        let fine = |s: StateId| !ranking.prefers(s, condition.state);
        let hidden = &requirement.alternatives[shown..];
        let met = hidden
            .iter()
            .filter(|set| set.iter().all(|s| fine(*s)))
            .count();
        parts.push(format!(
            "one of {} further alternatives has to hold ({met} do now)",
            total - shown
        ));
    }
    format!("{name} {}.", parts.join(", or "))
}

/// The conditions as a person reads them in a terminal.
pub fn text(game: &Game<'_>, asked: &Asked<'_>, found: &Conditions, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!(
        "When state {} would hold",
        words::state(game, asked.state)
    ));
    for party in &found.parties {
        page.gap();
        page.paragraph(&claim(game, asked, party));
        for required in party.requirements.iter().take(MOST_REQUIREMENTS) {
            page.hanging("  - ", "    ", &required.sentence);
        }
        let hidden = party.requirements.len().saturating_sub(MOST_REQUIREMENTS);
        if hidden > 0 {
            let open = party.requirements.iter().skip(MOST_REQUIREMENTS);
            let open = open.filter(|r| !r.holds).count();
            page.hanging(
                "  - ",
                "    ",
                &format!(
                    "And {hidden} requirements more, of which {open} are not met now; \
                     `--format json` has them all."
                ),
            );
        }
        for line in numbers(party) {
            page.hanging("  ", "  ", &line);
        }
    }
    if let Some(all) = &found.all_parties {
        page.gap();
        page.paragraph(&format!(
            "Of all combinations of one strict ranking per party, {} an equilibrium.",
            share(all, "makes it", "make it")
        ));
    }
    if found.parties.iter().any(|p| p.given_others) && found.parties.len() > 1 {
        page.gap();
        page.paragraph(
            "The others answer by improvements of theirs: each condition is stated for what the other \
             parties prefer now, and may be another when that changes.",
        );
    }
    for reason in &found.not_counted {
        page.gap();
        page.paragraph(&format!("{}.", capital(reason)));
    }
    let mentioned: Vec<(u32, String)> = found
        .mentioned
        .iter()
        .filter_map(|m| Some((m.id, words::content(game, game.by_id(m.id)?))))
        .filter(|(_, content)| !content.is_empty())
        .collect();
    if !mentioned.is_empty() && mentioned.len() <= 40 {
        page.heading("The states mentioned");
        page.gap();
        for (id, content) in &mentioned {
            page.hanging(&format!("{id:>4}  "), "      ", content);
        }
    }
    page.finish()
}

/// "Syria, sequential stability: the state does not hold for it now. It holds if all of this is so:"
fn claim(game: &Game<'_>, asked: &Asked<'_>, party: &PartyCondition) -> String {
    let id = game
        .model
        .parties
        .iter()
        .position(|p| p.name == party.party);
    let concept = id.and_then(|p| asked.judgement.get(p)).copied();
    let concept = concept.map_or_else(|| party.concept.clone(), concept_in_text);
    let name = &party.party;
    if party.requirements.is_empty() {
        let why = match (party.moves, party.given_others) {
            (0, _) => "it cannot leave it".to_owned(),
            (_, true) => {
                "the others would bring it back from each of its moves, as they prefer now"
                    .to_owned()
            }
            (_, false) => "the others can bring it back from each of its moves".to_owned(),
        };
        return format!("{name}, {concept}: stable whatever {name} prefers: {why}.");
    }
    let now = if party.holds {
        "stable now"
    } else {
        "not stable now"
    };
    let given = if party.given_others {
        ", the others preferring what they do"
    } else {
        ""
    };
    let if_all = match party.requirements.len() {
        1 => "this is so",
        2 => "both are so",
        _ => "all of this is so",
    };
    format!("{name}, {concept}: {now}. It is stable exactly if {if_all}{given}:")
}

/// The numbers of rankings of a party.
fn numbers(party: &PartyCondition) -> Vec<String> {
    let name = &party.party;
    let mut lines = Vec::new();
    let same = party.rankings == party.equilibrium;
    if let Some(own) = &party.rankings {
        let also = if same { " and an equilibrium" } else { "" };
        lines.push(format!(
            "{} stable for {name}{also}, the others' preferences being as they are.",
            share(own, "strict ranking makes it", "strict rankings make it")
        ));
    }
    if let (Some(all), false) = (&party.equilibrium, same) {
        lines.push(format!(
            "{} an equilibrium.",
            share(all, "makes it", "make it")
        ));
    }
    lines
}

/// `240 of 720 (33.3 %) make it`.
fn share(share: &Share, one: &str, many: &str) -> String {
    let verb = if share.holding == "1" { one } else { many };
    format!(
        "{} of {} ({}) {verb}",
        grouped(&share.holding),
        grouped(&share.of),
        percent(share)
    )
}

fn percent(share: &Share) -> String {
    match (share.millionths, share.holding.as_str()) {
        (0, "0") => "none".to_owned(),
        (0, _) => "less than 0.0001 %".to_owned(),
        (1_000_000, _) if share.holding == share.of => "all".to_owned(),
        (1_000_000, _) => "more than 99.9999 %".to_owned(),
        (m, _) if m < 1000 => format!("{}.{:04} %", m / 10_000, m % 10_000),
        (m, _) => {
            let tenths = (m + 500) / 1000;
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
    }
}
