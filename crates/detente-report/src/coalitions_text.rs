//! What coalitions can do, as a person reads it in a terminal.

use detente_analysis::coalition::{
    Answer, BlockedState, Blocking, CoalitionConcept, CoalitionFate, CoalitionTable,
    CoalitionVerdict, CoalitionWitness, Semantics, Toward,
};
use detente_analysis::model::PartyId;
use detente_analysis::model::model::Form;
use detente_analysis::status_quo::Leg;
use detente_analysis::{Budget, Game, StateId, StateSet, Stop};

use crate::coalitions::{Aim, Computed, notes};
use crate::style::{Look, Page};
use crate::words::{self, Tense};

/// How many states of a list are written out before the rest is counted.
const SHOWN: usize = 12;

/// How many improvements of one coalition are written out before the rest is counted.
const SHOWN_IMPROVEMENTS: usize = 3;

/// How many coalitions the table lists before it counts the rest.
const SHOWN_COALITIONS: usize = 40;

/// How many states are written out that hold against single parties only.
const SHOWN_TOGETHER: usize = 6;

/// The analysis as text. When a question was asked, only its answer.
///
/// # Errors
///
/// Stops when the budget is cancelled or used up while verdicts are proved.
pub fn text(
    game: &Game<'_>,
    computed: &Computed<'_, '_>,
    variants: &[String],
    look: Look,
    budget: &Budget,
) -> Result<String, Stop> {
    let mut report = Report {
        game,
        computed,
        page: Page::new(look),
    };
    report.title(variants);
    if computed.blocking.is_none() && computed.toward.is_none() {
        report.tables();
        report.equilibria();
        report.broken(budget)?;
    }
    if let Some((aim, blocking)) = computed.blocking {
        report.blocking(aim, blocking);
    }
    if let Some((aim, toward)) = computed.toward {
        report.toward(aim, toward);
    }
    let notes = notes(computed);
    if !notes.is_empty() {
        report.page.heading("Remarks");
        report.page.gap();
        for note in notes {
            report.page.hanging("  - ", "    ", &note);
        }
    }
    Ok(report.page.finish())
}

struct Report<'r, 'g, 'a, 'm> {
    game: &'g Game<'m>,
    computed: &'r Computed<'r, 'a>,
    page: Page,
}

impl Report<'_, '_, '_, '_> {
    fn title(&mut self, variants: &[String]) {
        let game = self.game;
        self.page.heading(&words::title(game.model, variants));
        let mut facts = Vec::new();
        if let Some(date) = game.model.as_of {
            facts.push(format!("as of {date}"));
        }
        facts.push(words::party_count(game.model.parties.len()));
        facts.push(words::count(game.space.len(), "state"));
        self.page.paragraph(&facts.join(", "));
        self.page.gap();
        let how = match self.computed.judge.semantics() {
            Semantics::InoharaHipel => {
                "Coalitions form and dissolve at will, among the opponents too (inohara-hipel)."
                    .to_owned()
            }
            Semantics::Merged(None) => {
                "Each coalition in turn is one party, the others stand alone (merged).".to_owned()
            }
            Semantics::Merged(Some(_)) => {
                let parts = self.computed.judge.coalitions();
                let several: Vec<String> = parts
                    .iter()
                    .filter(|c| c.len() > 1)
                    .map(|c| c.iter().map(|p| words::party(game, *p)).collect::<Vec<_>>())
                    .map(|c| c.join("+"))
                    .collect();
                let who = if several.is_empty() {
                    "nobody".to_owned()
                } else {
                    words::list(&several)
                };
                format!(
                    "Merged into one party: {who}; members of a coalition do not act alone (merged)."
                )
            }
        };
        self.page.paragraph(&how);
    }

    fn by(&self) -> String {
        let info = self.computed.concept.info();
        let mut name = info.name.to_owned();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_lowercase();
        }
        format!("under {name} ({})", info.id)
    }

    fn main(&self) -> Option<&CoalitionTable> {
        let main = self.computed.concept;
        self.computed.tables.iter().find(|t| t.concept == main)
    }

    /// The tables, the most demanding concept first.
    fn shown(&self) -> Vec<&CoalitionTable> {
        [
            CoalitionConcept::Cnash,
            CoalitionConcept::Cseq,
            CoalitionConcept::Csmr,
            CoalitionConcept::Cgmr,
        ]
        .into_iter()
        .filter_map(|c| self.computed.tables.iter().find(|t| t.concept == c))
        .collect()
    }

    fn tables(&mut self) {
        let game = self.game;
        let dash = |n: usize| {
            if n == 0 {
                "-".to_owned()
            } else {
                n.to_string()
            }
        };
        let shown = self.shown();
        let ids: Vec<String> = shown.iter().map(|t| t.concept.id().to_owned()).collect();
        let equilibria: Vec<_> = shown.iter().map(|t| t.equilibria()).collect();
        let (header, rows, heading) = if game.model.classes.is_empty() {
            let rows = ids
                .iter()
                .zip(&equilibria)
                .map(|(id, set)| {
                    let states: Vec<StateId> = set.iter().collect();
                    vec![id.clone(), states.len().to_string(), numbers(game, &states)]
                })
                .collect::<Vec<_>>();
            let header = ["concept", "count", "states"].map(str::to_owned).to_vec();
            (header, rows, "Which states hold against every coalition")
        } else {
            let mut header = vec!["outcome".to_owned(), "states".to_owned()];
            header.extend(ids.iter().cloned());
            let classes = game.model.classes.len();
            let rows = (0..=classes)
                .filter_map(|c| {
                    let of = |s: &StateId| game.headline(*s).unwrap_or(classes) == c;
                    let total = game.space.ids().filter(of).count();
                    let name = match game.model.classes.get(c) {
                        Some(class) => class.name.clone(),
                        None if total > 0 => "(of no class)".to_owned(),
                        None => return None,
                    };
                    let mut row = vec![name, total.to_string()];
                    let counts = equilibria.iter().map(|set| set.iter().filter(of).count());
                    row.extend(counts.map(dash));
                    Some(row)
                })
                .collect();
            let heading = "How many states of each outcome hold against every coalition";
            (header, rows, heading)
        };
        let mut right = vec![false];
        right.extend(vec![true; header.len() - 1]);
        if game.model.classes.is_empty() {
            right = vec![false, true, false];
        }
        let judge = self.computed.judge;
        let per_coalition: Vec<Vec<String>> = judge
            .coalitions()
            .iter()
            .enumerate()
            .map(|(k, members)| {
                let gains = judge.improvements(k);
                let from = game
                    .space
                    .ids()
                    .filter(|s| !gains.from(*s).is_empty())
                    .count();
                let mut row = vec![words::parties(game, members), dash(from)];
                let stable = |t: &&CoalitionTable| t.stable_for(k).map_or(0, StateSet::len);
                row.extend(shown.iter().map(stable).map(dash));
                row
            })
            .collect();
        let mut second = vec!["coalition".to_owned(), "gains from".to_owned()];
        second.extend(ids);
        let count = per_coalition.len();
        self.page.heading(heading);
        self.page.gap();
        self.page.table(&header, &rows, &right);
        if count == 0 {
            return;
        }
        self.page.heading(
            "How many states each coalition gains by leaving, and how many hold against it",
        );
        self.page.gap();
        let some = &per_coalition[..count.min(SHOWN_COALITIONS)];
        let mut right = vec![false];
        right.extend(vec![true; second.len() - 1]);
        self.page.table(&second, some, &right);
        if count > SHOWN_COALITIONS {
            self.page.paragraph(&format!(
                "... and {} coalitions more; the JSON form has all.",
                count - SHOWN_COALITIONS
            ));
        }
    }

    fn equilibria(&mut self) {
        let game = self.game;
        let states: Vec<StateId> = match self.main() {
            Some(table) => table.equilibria().iter().collect(),
            None => return,
        };
        let by = self.by();
        if states.is_empty() {
            self.page.gap_once();
            self.page
                .paragraph(&format!("No state holds against every coalition {by}."));
            return;
        }
        self.page
            .heading(&format!("What holds against every coalition, {by}"));
        self.page.gap();
        for state in states.iter().take(SHOWN) {
            let content = words::content(game, *state);
            let quo = if game.status_quo == Some(*state) {
                " (the status quo)"
            } else {
                ""
            };
            let first = format!("{:>4}  ", game.id(*state));
            self.page
                .hanging(&first, "      ", &format!("{content}{quo}"));
        }
        if states.len() > SHOWN {
            self.page.paragraph(&format!(
                "... and {} more; the JSON form lists them.",
                words::count(states.len() - SHOWN, "state")
            ));
        }
    }

    /// What holds against every single party, or part, and is broken by a larger coalition.
    fn broken(&mut self, budget: &Budget) -> Result<(), Stop> {
        let judge = self.computed.judge;
        if matches!(judge.semantics(), Semantics::Merged(Some(_))) {
            return self.departures(budget);
        }
        let (Some(table), by) = (self.main(), self.by()) else {
            return Ok(());
        };
        let singles: Vec<usize> = (0..judge.coalitions().len())
            .filter(|&k| judge.coalitions()[k].len() == 1)
            .collect();
        let states: Vec<StateId> = self
            .game
            .space
            .ids()
            .filter(|s| singles.iter().all(|&k| table.is_stable(k, *s)))
            .filter(|s| (0..judge.coalitions().len()).any(|k| !table.is_stable(k, *s)))
            .collect();
        if states.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<(StateId, Vec<String>)> = Vec::new();
        for &state in states.iter().take(SHOWN_TOGETHER) {
            let mut said: Vec<String> = Vec::new();
            let mut named: Vec<&[PartyId]> = Vec::new();
            for k in 0..judge.coalitions().len() {
                let members = judge.coalitions()[k].as_slice();
                let larger = named.iter().any(|c| c.iter().all(|p| members.contains(p)));
                if table.is_stable(k, state) || larger {
                    continue;
                }
                named.push(members);
                let witness = CoalitionWitness::new(judge, k, table.concept, budget)?;
                if let Some(witness) = witness {
                    said.extend(self.sentences(&witness.verdict(state, budget)?, true));
                }
            }
            lines.push((state, said));
        }
        self.page.heading(&format!(
            "What no party breaks alone, but a coalition does, {by}"
        ));
        for (state, said) in lines {
            self.page.gap();
            let name = words::state(self.game, state);
            self.page.hanging("  ", "  ", &name);
            for sentence in said {
                self.page.hanging("    - ", "      ", &sentence);
            }
        }
        if states.len() > SHOWN_TOGETHER {
            let rest: Vec<StateId> = states[SHOWN_TOGETHER..].to_vec();
            self.page.gap();
            let text = format!("Likewise {}.", numbers(self.game, &rest));
            self.page.hanging("  ", "  ", &text);
        }
        Ok(())
    }

    /// From the status quo, what each part of a partition does.
    fn departures(&mut self, budget: &Budget) -> Result<(), Stop> {
        let judge = self.computed.judge;
        let (Some(table), Some(quo)) = (self.main(), self.game.status_quo) else {
            return Ok(());
        };
        let mut said = Vec::new();
        for k in 0..judge.coalitions().len() {
            if let Some(witness) = CoalitionWitness::new(judge, k, table.concept, budget)? {
                said.extend(self.sentences(&witness.verdict(quo, budget)?, false));
            }
        }
        let name = words::state(self.game, quo);
        self.page.heading(&format!("At the status quo, {name}"));
        self.page.gap();
        if said.is_empty() {
            self.page
                .hanging("  ", "  ", "No coalition has anything to gain.");
        }
        for sentence in said {
            self.page.hanging("  - ", "    ", &sentence);
        }
        Ok(())
    }

    fn aim(&self, aim: &Aim) -> String {
        let class = aim.class.and_then(|c| self.game.model.classes.get(c));
        match (class, aim.states.as_slice()) {
            (Some(class), _) => class.name.clone(),
            (None, [one]) => words::state(self.game, *one),
            (None, _) => "the outcome".to_owned(),
        }
    }

    fn blocking(&mut self, aim: &Aim, found: &Blocking) {
        let game = self.game;
        let (name, by) = (self.aim(aim), self.by());
        self.page.heading(&format!("Who can block {name}, {by}"));
        self.page.gap();
        if found.states.is_empty() {
            self.page
                .paragraph(&format!("No feasible state belongs to {name}."));
            return;
        }
        let one = found.states.len() == 1;
        let blocked = found.states.iter().filter(|s| s.is_blocked()).count();
        let whole: Vec<String> = found
            .whole
            .iter()
            .map(|c| words::parties(game, c))
            .collect();
        let summary = match (one, whole.as_slice()) {
            (true, []) => "No coalition blocks it.".to_owned(),
            (true, who) => format!("It is blocked by {}.", alternatives(who)),
            (false, []) if blocked == 0 => format!(
                "No coalition blocks any of its {} states.",
                found.states.len()
            ),
            (false, []) => format!(
                "No coalition blocks all of its {} states; {blocked} of them can be blocked by some \
                 coalition.",
                found.states.len()
            ),
            (false, who) => format!(
                "All of its {} states are blocked by {}.",
                found.states.len(),
                alternatives(who)
            ),
        };
        self.page.paragraph(&summary);
        for place in found.states.iter().take(SHOWN) {
            self.page.gap();
            self.blocked_state(place, aim.class.is_none(), &name);
        }
        if found.states.len() > SHOWN {
            self.page.gap();
            let rest = found.states.len() - SHOWN;
            self.page.paragraph(&format!(
                "... and {} more; the JSON form has all.",
                words::count(rest, "state")
            ));
        }
    }

    fn blocked_state(&mut self, place: &BlockedState, named: bool, outcome: &str) {
        if !named {
            let name = words::state(self.game, place.state);
            self.page.hanging("  ", "  ", &name);
        }
        let mut said = Vec::new();
        for verdict in &place.by {
            said.extend(self.sentences(verdict, true));
        }
        for verdict in &place.deterred {
            said.extend(self.sentences(verdict, false));
        }
        if said.is_empty() {
            let it = if named { "it" } else { outcome };
            said.push(format!(
                "No coalition has anything to gain by leaving {it}."
            ));
        }
        for sentence in said {
            self.page.hanging("  - ", "    ", &sentence);
        }
    }

    fn toward(&mut self, aim: &Aim, found: &Toward) {
        let game = self.game;
        let (name, from) = (self.aim(aim), words::state(game, found.from));
        self.page
            .heading(&format!("What leads from {from} to {name}"));
        self.page.gap();
        if aim.states.is_empty() {
            self.page
                .paragraph(&format!("No feasible state belongs to {name}."));
            return;
        }
        let partition = matches!(self.computed.judge.semantics(), Semantics::Merged(Some(_)));
        let alone = if partition {
            "The coalitions as they are"
        } else {
            "Single parties"
        };
        match found.ways.as_slice() {
            [] if partition => {
                let text = "No sequence of improvements of these coalitions leads there.";
                self.page.paragraph(text);
            }
            [] if found.complete => self.page.paragraph(
                "Nothing leads there by improvements, neither of single parties nor of any \
                 coalitions together.",
            ),
            [] if found.families_tried == 0 && !self.computed.judge.all() => self.page.paragraph(
                "No improvements of single parties, pairs or everybody lead there; other coalitions \
                 were not looked at.",
            ),
            [] => self.page.paragraph(&format!(
                "No single coalition leads there by improvements, and none of the {} families of \
                 coalitions that were tried; --max-families tries more.",
                found.families_tried
            )),
            [way] if way.coalitions.is_empty() && way.legs.is_empty() => {
                self.page
                    .paragraph("Nothing is needed: this is where it begins.");
            }
            [way] if way.coalitions.is_empty() => {
                self.page.paragraph(&format!(
                    "{alone} get there by improvements, no coalition must form:"
                ));
                self.page.gap();
                self.steps(&way.legs, "  ");
            }
            ways => {
                let text = match (found.coalitions_needed, ways.len()) {
                    (1, 1) => {
                        "Single parties alone do not get there. It needs this coalition, with \
                               improvements of single parties:"
                            .to_owned()
                    }
                    (1, n) => format!(
                        "Single parties alone do not get there. Each of these {n} coalitions \
                         suffices, with improvements of single parties:"
                    ),
                    (k, 1) => format!("No single coalition gets there. It needs these {k}:"),
                    (k, n) => format!(
                        "No single coalition gets there. It needs {k}; each of these {n} families \
                         suffices:"
                    ),
                };
                self.page.paragraph(&text);
                for way in ways.iter().take(SHOWN) {
                    let who: Vec<String> = way
                        .coalitions
                        .iter()
                        .map(|c| words::parties(game, c))
                        .collect();
                    self.page.gap();
                    self.page.hanging("  ", "  ", &who.join("; and "));
                    self.steps(&way.legs, "    ");
                }
                if ways.len() > SHOWN {
                    self.page.gap();
                    self.page.paragraph(&format!(
                        "... and {} more ways; the JSON form has all.",
                        ways.len() - SHOWN
                    ));
                }
            }
        }
        // Where the ways end, in words.
        let mut ends: Vec<StateId> = found
            .ways
            .iter()
            .filter_map(|w| Some(w.legs.last()?.to))
            .filter(|_| aim.class.is_some())
            .collect();
        ends.sort_unstable();
        ends.dedup();
        if !ends.is_empty() {
            self.page.gap();
            for end in ends {
                let first = format!("{:>4}  ", game.id(end));
                let content = words::content(game, end);
                self.page.hanging(&first, "      ", &content);
            }
        }
    }

    /// A sequence of steps, one a line.
    fn steps(&mut self, legs: &[Leg], indent: &str) {
        for (number, leg) in (1..).zip(legs) {
            let text = self.leg(leg, None);
            let first = format!("{indent}{number}. ");
            self.page.hanging(&first, &" ".repeat(first.len()), &text);
        }
    }

    /// A verdict as sentences: what the coalition would gain by, and what becomes of it. When only
    /// what is open is wanted, improvements that are deterred are left out.
    fn sentences(&self, verdict: &CoalitionVerdict, open_only: bool) -> Vec<String> {
        let wanted: Vec<&CoalitionFate> = verdict
            .improvements
            .iter()
            .filter(|i| !open_only || i.is_open())
            .collect();
        let mut said: Vec<String> = wanted
            .iter()
            .take(SHOWN_IMPROVEMENTS)
            .map(|i| self.sentence(verdict, i))
            .collect();
        if wanted.len() > SHOWN_IMPROVEMENTS
            && let Some(last) = said.last_mut()
        {
            let rest: Vec<StateId> = wanted[SHOWN_IMPROVEMENTS..].iter().map(|i| i.to).collect();
            let same = if open_only {
                " Likewise"
            } else {
                " Also to be gained:"
            };
            last.push_str(&format!("{same} {}.", numbers(self.game, &rest)));
        }
        said
    }

    fn sentence(&self, verdict: &CoalitionVerdict, improvement: &CoalitionFate) -> String {
        let game = self.game;
        let who = words::parties(game, &verdict.members);
        let each = match verdict.members.len() {
            1 => "",
            2 => " both",
            _ => " all",
        };
        let leg = Leg {
            movers: verdict.members.clone(),
            from: verdict.state,
            to: improvement.to,
            moves: improvement.moves.clone(),
        };
        let them = if verdict.members.len() == 1 {
            "it"
        } else {
            "them"
        };
        let gain = if let &[one] = verdict.members.as_slice() {
            let deed = words::deed(game, one, leg.from, leg.to, Tense::Gerund);
            format!(
                "{who} would gain by {deed} ({} -> {})",
                game.id(leg.from),
                game.id(leg.to)
            )
        } else {
            format!(
                "{who} would{each} gain by going together to {}: {}",
                words::state(game, leg.to),
                self.inside(&leg)
            )
        };
        let sure = matches!(verdict.concept, CoalitionConcept::Cseq);
        match &improvement.answer {
            Answer::Open { undone: None } if verdict.concept == CoalitionConcept::Cnash => {
                format!("{gain}.")
            }
            Answer::Open { undone: None } => format!("{gain}; nothing would deter {them}."),
            Answer::Open {
                undone: Some(undone),
            } => {
                let (answer, _) = self.answer(&undone.by, false);
                format!(
                    "{gain}. In answer {answer}, but {who} could then go to {}, better for {} than {}.",
                    words::state(game, undone.escape),
                    if verdict.members.len() == 1 {
                        "it"
                    } else {
                        "all of them"
                    },
                    game.id(verdict.state)
                )
            }
            Answer::Sanction {
                by,
                result,
                unwilling,
            } => {
                let (answer, and) = self.answer(by, sure);
                format!(
                    "{gain}; but {answer}{and} {} is no better for {} than {}.",
                    game.id(*result),
                    words::parties(game, unwilling),
                    game.id(verdict.state)
                )
            }
        }
    }

    /// The moves inside a joint step: `US chooses sign (1 -> 3), DPRK chooses sign (3 -> 7)`.
    fn inside(&self, leg: &Leg) -> String {
        let game = self.game;
        if leg.moves.is_empty() {
            return self.at_once(leg);
        }
        let parts: Vec<String> = leg
            .moves
            .iter()
            .map(|m| {
                let name = words::party(game, m.party);
                format!("{name} {}", words::step(game, m, Tense::Present))
            })
            .collect();
        parts.join(", then ")
    }

    /// What each member of a merged coalition changes, all at once.
    fn at_once(&self, leg: &Leg) -> String {
        let game = self.game;
        if game.model.form == Form::Graph {
            return format!("{} -> {}", game.id(leg.from), game.id(leg.to));
        }
        let (before, after) = (
            game.space.assignment(leg.from),
            game.space.assignment(leg.to),
        );
        let mut parts = Vec::new();
        let mut rest = true;
        for &member in &leg.movers {
            // What changes of itself is told with the first who does something.
            let mut now = before.clone();
            for (place, choice) in game.model.options.iter().enumerate() {
                let forced = rest && !leg.movers.contains(&choice.owner);
                if choice.owner == member || forced {
                    now[place] = after[place];
                }
            }
            let own = game.model.party(member).options.iter();
            let acts = own
                .into_iter()
                .any(|o| before[o.index()] != after[o.index()]);
            if acts {
                rest = false;
                let deed = words::change(game.model, member, &before, &now, Tense::Present);
                parts.push(format!("{} {deed}", words::party(game, member)));
            }
        }
        let at_once = if parts.len() > 1 { "at once " } else { "" };
        format!(
            "{at_once}{} ({} -> {})",
            words::list(&parts),
            game.id(leg.from),
            game.id(leg.to)
        )
    }

    /// One step: `US chooses sign (1 -> 3)`, or `US and DPRK together (1 -> 7): US chooses ...`. With a
    /// verb, what is done in answer: `US would choose sign (1 -> 3)`.
    fn leg(&self, leg: &Leg, verb: Option<&str>) -> String {
        let game = self.game;
        let who = words::parties(game, &leg.movers);
        let (from, to) = (game.id(leg.from), game.id(leg.to));
        match (leg.movers.as_slice(), verb) {
            (&[one], Some(verb)) => {
                let deed = words::deed(game, one, leg.from, leg.to, Tense::Infinitive);
                format!("{who} {verb} {deed} ({from} -> {to})")
            }
            (&[one], None) => {
                let deed = words::deed(game, one, leg.from, leg.to, Tense::Present);
                format!("{who} {deed} ({from} -> {to})")
            }
            (_, Some(verb)) => format!("{who} {verb} go together to {to}: {}", self.inside(leg)),
            (_, None) => format!("{who} together ({from} -> {to}): {}", self.inside(leg)),
        }
    }

    /// What the others do in answer, with what divides it from what follows: they *would* where they
    /// gain by it, else they *could*.
    fn answer(&self, legs: &[Leg], sure: bool) -> (String, &'static str) {
        let verb = Some(if sure { "would" } else { "could" });
        let parts: Vec<String> = legs.iter().map(|leg| self.leg(leg, verb)).collect();
        if legs.iter().any(|leg| leg.movers.len() > 1) {
            (parts.join("; then "), ";")
        } else {
            (parts.join(", then "), ", and")
        }
    }
}

/// Numbers of states, the first of many.
fn numbers(game: &Game<'_>, states: &[StateId]) -> String {
    if states.is_empty() {
        return "none".to_owned();
    }
    let ids: Vec<String> = states
        .iter()
        .take(24)
        .map(|s| game.id(*s).to_string())
        .collect();
    let more = if states.len() > 24 { ", ..." } else { "" };
    ids.join(", ") + more
}

/// `US and DPRK together; or by ROK`.
fn alternatives(who: &[String]) -> String {
    who.join("; and by ")
}
