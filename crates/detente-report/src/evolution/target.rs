//! What becomes of one target, in words.

use std::collections::BTreeMap;

use detente_analysis::StateId;
use detente_analysis::evolution::{
    ActorStep, Aim, Course, Obstacle, TargetCourse, Traps, Unwanted, Way,
};
use detente_analysis::model::PartyId;
use detente_analysis::status_quo::Leg;

use super::Found;
use super::build::{aim_name, whole};
use super::text::Report;
use crate::words::{self, Tense};

/// How many kinds of steps that lose a target are listed before the rest are counted.
const SHOWN_LOSSES: usize = 4;

/// The indent of what follows the numbers of a step.
const INDENT: &str = "               ";

/// `By improvements`, as the beginning of a sentence.
fn by(way: Way) -> &'static str {
    match way {
        Way::Moves => "By any moves",
        Way::Improvements => "By improvements",
        Way::Joint => "With joint steps",
    }
}

impl Report<'_, '_> {
    /// What becomes of one target in every way.
    pub(super) fn target(&mut self, place: usize) {
        let found = self.found;
        let name = aim_name(found, found.aims[place]);
        let target = &found.request.targets[place];
        let heading = match target.len() {
            _ if matches!(found.aims[place], Aim::State(_)) => name,
            0 => format!("{name}: no state"),
            _ => format!("{name}: {}", self.numbers(target)),
        };
        self.page.heading(&heading);
        if target.is_empty() {
            self.page.gap();
            self.page.paragraph("There is nothing to reach.");
            return;
        }
        let mut told: Vec<(Way, Vec<Leg>)> = Vec::new();
        let mut blocked: Option<&Obstacle> = None;
        for way in [Way::Improvements, Way::Joint, Way::Moves] {
            let Some(course) = found.courses.of(way) else {
                continue;
            };
            let of = &course.targets[place];
            self.page.gap();
            if let Some(state) = of.nearest {
                self.reached(course, state, &mut told);
            } else {
                self.not_reached(course, of, blocked);
                blocked = of.obstacle.as_ref().or(blocked);
            }
        }
        for way in [Way::Improvements, Way::Joint, Way::Moves] {
            let Some(course) = found.courses.of(way) else {
                continue;
            };
            if let Some(traps) = &course.targets[place].traps {
                self.losses(course, traps);
            }
        }
    }

    fn reached(&mut self, course: &Course, state: StateId, told: &mut Vec<(Way, Vec<Leg>)>) {
        let game = self.found.game;
        let Some(legs) = course.legs_to(&game.conflict(), state) else {
            return;
        };
        let by = by(course.way);
        if legs.is_empty() {
            let already = format!("{by}: it is there from the start.");
            self.page.hanging("  ", "  ", &already);
            return;
        }
        let must = course.must_move(state).unwrap_or_default();
        let needs = match must.as_slice() {
            [] => "nobody is needed for it".to_owned(),
            needed => format!("needs {}", words::parties(game, needed)),
        };
        let steps = words::count(legs.len(), "step");
        let to = words::state(game, state);
        let same = told.iter().find(|(_, known)| *known == legs);
        if let Some((way, _)) = same {
            let way = match way {
                Way::Improvements => "as by improvements",
                Way::Joint => "as with joint steps",
                Way::Moves => "as by any moves",
            };
            let text = format!("{by}, {steps} to {}: {way}; {needs}.", game.id(state));
            self.page.hanging("  ", "  ", &text);
            return;
        }
        let text = format!("{by}, {steps} to {to}; {needs}:");
        self.page.hanging("  ", "  ", &text);
        for leg in &legs {
            self.leg(leg, None);
        }
        told.push((course.way, legs));
    }

    /// A step on a line of its own: who does what, and what comes of it.
    pub(super) fn leg(&mut self, leg: &Leg, unwanted: Option<Unwanted>) {
        let game = self.found.game;
        let class = words::headline(game, leg.to).map_or(String::new(), |h| format!("; {h}"));
        let deed = self.deed(leg);
        let why = match unwanted {
            None => String::new(),
            Some(why) => format!(" ({})", unwanted_words(why)),
        };
        let first = self.between(leg.from, leg.to);
        self.page
            .hanging(&first, INDENT, &format!("{deed}{why}{class}"));
    }

    fn deed(&self, leg: &Leg) -> String {
        let game = self.found.game;
        let one = |party: PartyId, from, to| {
            let deed = words::deed(game, party, from, to, Tense::Present);
            format!("{} {deed}", words::party(game, party))
        };
        match leg.movers.as_slice() {
            [party] => one(*party, leg.from, leg.to),
            members => {
                let moves: Vec<String> = leg
                    .moves
                    .iter()
                    .map(|m| one(m.party, m.from, m.to))
                    .collect();
                let members = words::parties(game, members);
                format!("{members} together: {}", words::list(&moves))
            }
        }
    }

    fn not_reached(&mut self, course: &Course, of: &TargetCourse, before: Option<&Obstacle>) {
        let game = self.found.game;
        let by = by(course.way);
        let reached = words::count(course.reached.len(), "state");
        let Some(obstacle) = &of.obstacle else {
            let text = format!("{by}: not reached; they lead to {reached} in all.");
            self.page.hanging("  ", "  ", &text);
            return;
        };
        let all: usize = obstacle.leaving.iter().sum();
        let start_only = course.reached.len() == 1;
        let mut text = format!("{by}: not reached. ");
        text.push_str(&match (course.way, start_only) {
            (Way::Joint, true) => "Nobody gains by any step, not even together".to_owned(),
            (_, true) => "Nobody gains by any move".to_owned(),
            (Way::Joint, false) => {
                format!(
                    "Joint steps lead to {reached} ({})",
                    self.numbers(&course.reached)
                )
            }
            (_, false) => {
                format!(
                    "Improvements lead to {reached} ({})",
                    self.numbers(&course.reached)
                )
            }
        });
        let them = if start_only { "the start" } else { "them" };
        if all == 0 {
            text.push_str(&format!(", and no move leaves {them}."));
        } else {
            let each: Vec<String> = game
                .model
                .party_ids()
                .zip(&obstacle.leaving)
                .filter(|(_, n)| **n > 0)
                .map(|(p, n)| format!("{} {n}", words::party(game, p)))
                .collect();
            let moves = if all == 1 {
                "move leaves"
            } else {
                "moves leave"
            };
            text.push_str(&format!(
                "; {all} {moves} {them} ({}), and nobody would make {} in its turn.",
                each.join(", "),
                if all == 1 { "it" } else { "any" }
            ));
        }
        self.page.hanging("  ", "  ", &text);
        let Some(route) = &obstacle.route else {
            let text = "No moves at all lead there.";
            self.page.hanging("  ", "  ", text);
            self.objections(course, obstacle);
            return;
        };
        let unwanted = route.iter().filter(|l| l.unwanted.is_some()).count();
        if before.is_some_and(|b| b.route.as_ref() == Some(route)) {
            let step = if unwanted == 1 { "step" } else { "steps" };
            let text = format!("The same unwanted {step} would open the way.");
            self.page.hanging("  ", "  ", &text);
        } else {
            let text = match (unwanted, obstacle.all_openings) {
                (1, 1) => "One unwanted step would open the way:".to_owned(),
                (1, n) => format!("One unwanted step would open the way, such as ({n} would do):"),
                (n, _) => format!("At least {n} unwanted steps stand between:"),
            };
            self.page.hanging("  ", "  ", &text);
            for leg in route {
                self.leg(&whole(self.found, course, leg), leg.unwanted);
            }
        }
        self.objections(course, obstacle);
    }

    fn objections(&mut self, course: &Course, obstacle: &Obstacle) {
        let game = self.found.game;
        // A coalition says nothing new when the same members, or fewer, object to a smaller one.
        let mut told: Vec<&[PartyId]> = Vec::new();
        for objection in &obstacle.objections {
            let fewer = |known: &&[PartyId]| known.iter().all(|p| objection.against.contains(p));
            if told.iter().any(fewer) {
                continue;
            }
            told.push(&objection.against);
            let text = format!(
                "{} could go together from {} to {}, but {} would not gain.",
                words::parties(game, &course.actors[objection.actor]),
                words::state(game, objection.from),
                words::state(game, objection.to),
                words::parties(game, &objection.against)
            );
            self.page.hanging("  ", "  ", &text);
        }
    }

    /// In which states a target is lost, and by which steps.
    fn losses(&mut self, course: &Course, traps: &Traps) {
        let game = self.found.game;
        if traps.traps.is_empty() {
            return;
        }
        let lost = traps.traps.len();
        let of = words::count(course.reached.len(), "state");
        let by = match course.way {
            Way::Moves => "whatever is done",
            Way::Improvements => "by improvements",
            Way::Joint => "even with joint steps",
        };
        let forever = traps.traps.iter().filter(|t| t.irreversible).count();
        let mut text = format!("Lost {by} in {lost} of the {of} reached in this way");
        if course.way != Way::Moves && forever > 0 {
            let of_them = if forever == lost {
                "no moves at all lead back".to_owned()
            } else {
                format!("from {forever} of them no moves at all lead back")
            };
            text.push_str(&format!("; {of_them}"));
        }
        text.push_str(". The points of no return:");
        self.page.gap();
        self.page.hanging("  ", "  ", &text);
        let kinds = kinds(self.found, course, traps);
        let capped = traps.all_crossings() > traps.crossings.len();
        for (step, count) in kinds.iter().take(SHOWN_LOSSES) {
            let movers = &course.actors[step.actor];
            let from = self.short(step.from);
            let more = match count - 1 {
                0 => String::new(),
                // Of those that are listed alone.
                _ if capped => String::new(),
                n => format!(" (and {n} more such)"),
            };
            let deed = match movers.as_slice() {
                [party] => {
                    let deed = words::deed(game, *party, step.from, step.to, Tense::Present);
                    format!("{} {deed}", words::party(game, *party))
                }
                members => format!("{} go together", words::parties(game, members)),
            };
            let text = format!("from {from} {deed}; {}{more}", self.short_class(step.to));
            let first = self.between(step.from, step.to);
            self.page.hanging(&first, INDENT, &text);
        }
        if kinds.len() > SHOWN_LOSSES || capped {
            let each: Vec<String> = course
                .actors
                .iter()
                .zip(&traps.crossings_by_actor)
                .filter(|(_, n)| **n > 0)
                .map(|(members, n)| {
                    let names: Vec<&str> = members.iter().map(|p| words::party(game, *p)).collect();
                    format!("{} {n}", names.join("+"))
                })
                .collect();
            let text = format!(
                "These are some of {} ({}).",
                words::count(traps.all_crossings(), "such step"),
                each.join(", ")
            );
            self.page.hanging("    ", "    ", &text);
        }
    }

    /// The beginning of a line about a step: `1 -> 17`.
    fn between(&self, from: StateId, to: StateId) -> String {
        let game = self.found.game;
        let step = format!("    {:>3} -> {}", game.id(from), game.id(to));
        format!("{step:<14} ")
    }

    fn short(&self, state: StateId) -> String {
        words::headline(self.found.game, state)
            .unwrap_or_else(|| words::state(self.found.game, state))
    }

    fn short_class(&self, state: StateId) -> String {
        words::headline(self.found.game, state).unwrap_or_else(|| "lost".to_owned())
    }
}

/// The steps that lose a target, one for each mover and kind of outcome before and after (for any moves,
/// one for each mover), with how many there are of it; those from the nearest states first. A coalition is
/// left out where some of its members can take the same step.
fn kinds(found: &Found<'_, '_>, course: &Course, traps: &Traps) -> Vec<(ActorStep, usize)> {
    let game = found.game;
    let headline = |state| match course.way {
        Way::Moves => None,
        Way::Improvements | Way::Joint => game.headline(state),
    };
    let mut kinds: Vec<(ActorStep, usize)> = Vec::new();
    let mut places: BTreeMap<(usize, Option<usize>, Option<usize>), usize> = BTreeMap::new();
    let mut taken: BTreeMap<(StateId, StateId), Vec<usize>> = BTreeMap::new();
    for step in &traps.crossings {
        let known = taken.entry((step.from, step.to)).or_default();
        let members = &course.actors[step.actor];
        let within = |a: &usize| course.actors[*a].iter().all(|p| members.contains(p));
        if known.iter().any(within) {
            continue;
        }
        known.push(step.actor);
        let kind = (step.actor, headline(step.from), headline(step.to));
        let place = *places.entry(kind).or_insert(kinds.len());
        match kinds.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => kinds.push((*step, 1)),
        }
    }
    kinds
}

fn unwanted_words(unwanted: Unwanted) -> String {
    match unwanted {
        Unwanted::Worse(1) => "a loss of 1 step of its ranking".to_owned(),
        Unwanted::Worse(n) => format!("a loss of {n} steps of its ranking"),
        Unwanted::Tie => "neither gain nor loss".to_owned(),
        Unwanted::OutOfTurn => "out of turn".to_owned(),
    }
}
