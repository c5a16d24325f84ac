//! Why it is stuck: what undoes the outcomes that do not hold, and what no party can do alone.

use super::proof;
use super::summary::ease_of;
use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::finding::{Analysis, CoalitionImprovements, JointImprovements, Obstacle};

/// So many joint improvements are told.
const TOLD: usize = 8;

/// So many targets of one coalition are told.
const TARGETS: usize = 3;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let analysis = c.dossier.analysis.as_ref()?;
    let summary = c.dossier.summary.as_ref()?;
    let mut section = Section::new("stuck", "Why it is stuck");
    section.paragraph(vec![here(c, analysis)].into_iter().flatten().collect());
    let mut items = Vec::new();
    for (place, class) in summary.classes.iter().enumerate() {
        let Some(name) = &class.name else {
            continue;
        };
        if class.equilibria.is_empty() {
            items.push(Item {
                sentences: fallen(c, analysis, place, name),
                items: Vec::new(),
            });
        }
    }
    if summary.failing.is_empty() {
        let sentence = Sentence::new("stuck.none");
        let sentence = if !summary.equilibria.is_empty() && summary.holding.is_empty() {
            sentence.words(
                "The author names no outcomes; the table of all states says which of them hold.",
            )
        } else if summary.holding.is_empty() {
            sentence.words("Nothing holds, and no outcomes are named that could be told apart.")
        } else {
            sentence.words("Every named outcome that can come about has a state that would hold.")
        };
        section.paragraph(vec![sentence.see(anchor::table("classes"))]);
    }
    if !items.is_empty() {
        let lead = Sentence::new("stuck.lead").words(
            "These outcomes would not hold. Of each, this is the state that most parties would keep, and who leaves \
             even that:",
        );
        section.paragraph(vec![lead.see(anchor::table("classes"))]);
        section.blocks.push(Block::List {
            ordered: false,
            items,
        });
    }
    if let Some(together) = together(c, analysis) {
        section.sections.push(together);
    }
    Some(section)
}

/// Whether where things stand holds; if not, who leaves it.
pub(super) fn here(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    let state = analysis.status_quo?;
    let summary = c.dossier.summary.as_ref()?;
    let sentence = Sentence::new("stuck.here")
        .words("Where things stand now, ")
        .parts(words::state(c, state));
    if summary.equilibria.contains(&state) {
        let sentence = sentence.words(", holds: no party gains by leaving it of its own accord.");
        return Some(sentence.on(proof::ground_of_all(state)));
    }
    let leaving = analysis.parties.iter().filter_map(|p| {
        let found = proof::verdict(c, &p.name, state).filter(|(v, _)| !v.stable)?;
        Some((p, proof::undoing(c, &found)?))
    });
    let mut clauses = Vec::new();
    let mut grounds = Vec::new();
    for (party, clause) in leaving {
        clauses.push(clause);
        grounds.push(proof::ground(c, &party.name, state));
    }
    if clauses.is_empty() {
        return Some(sentence.words(", does not hold.").see(anchor::state(state)));
    }
    let sentence = sentence
        .words(", does not hold: ")
        .parts(semicolons(clauses))
        .words(".");
    Some(sentence.on_all(together_or(grounds, state)))
}

/// Clauses one after the other.
pub(super) fn semicolons(clauses: Vec<Line>) -> Line {
    let mut line = Vec::new();
    for (place, clause) in clauses.into_iter().enumerate() {
        if place > 0 {
            line.push(say("; "));
        }
        line.extend(clause);
    }
    line
}

/// The obstacle of a class.
pub(super) fn obstacle<'a>(analysis: &'a Analysis, class: &str) -> Option<&'a Obstacle> {
    analysis.obstacles.iter().find(|o| o.class == class)
}

/// What undoes a state: clauses of all parties that leave it, with their grounds.
pub(super) fn undoing(c: &Composer<'_>, obstacle: &Obstacle) -> (Vec<Line>, Vec<Ground>) {
    let (mut clauses, mut grounds) = (Vec::new(), Vec::new());
    for told in &obstacle.verdicts {
        let found = proof::verdict(c, &told.party, obstacle.state);
        if let Some(clause) = found.and_then(|f| proof::undoing(c, &f)) {
            clauses.push(clause);
            grounds.push(proof::ground(c, &told.party, obstacle.state));
        }
    }
    (clauses, grounds)
}

/// Why no state of a class holds.
fn fallen(c: &Composer<'_>, analysis: &Analysis, place: usize, name: &str) -> Vec<Sentence> {
    let states = Pointer::to("summary")
        .key("classes")
        .index(place)
        .key("states");
    let number = c.dossier.summary.as_ref();
    let number = number
        .and_then(|s| s.classes.get(place))
        .map_or(0, |k| k.states);
    let title = Inline::Strong(words::class(Some(name)));
    if number == 0 {
        let sentence = Sentence::new("stuck.impossible")
            .part(title)
            .words(" cannot come about: no possible state is counted under it.");
        return vec![sentence.see(anchor::table("classes"))];
    }
    let sentence = Sentence::new("stuck.fallen").part(title);
    let sentence = if number == 1 {
        sentence
    } else {
        sentence
            .words(" (")
            .part(c.number(&states, Form::Whole))
            .words(" states)")
    };
    let obstacle = obstacle(analysis, name);
    let (clauses, grounds) = obstacle.map_or_else(Default::default, |o| undoing(c, o));
    let Some(obstacle) = obstacle.filter(|_| !clauses.is_empty()) else {
        let sentence = sentence.words(" would not hold.");
        return vec![sentence.see(anchor::table("classes"))];
    };
    let from = if number == 1 {
        words::without_class(c, obstacle.state)
    } else {
        let mut line = vec![say("from ")];
        line.extend(words::without_class(c, obstacle.state));
        line
    };
    let sentence = sentence
        .words(if number == 1 { ", " } else { ": " })
        .parts(from)
        .words(if number == 1 { ": " } else { ", " })
        .parts(semicolons(clauses))
        .words(".");
    vec![sentence.on_all(together_or(grounds, obstacle.state))]
}

/// One ground for the verdicts of several parties on a state.
fn together_or(grounds: Vec<Ground>, state: u32) -> Vec<Ground> {
    if grounds.len() > 1 {
        vec![proof::ground_of_all(state)]
    } else {
        grounds
    }
}

/// What no party can do alone.
fn together(c: &Composer<'_>, analysis: &Analysis) -> Option<Section> {
    let starts = &analysis.joint_improvements;
    let summary = c.dossier.summary.as_ref()?;
    let asked = analysis.status_quo.is_some() || !summary.equilibria.is_empty();
    if analysis.parties.len() < 2 || !asked {
        return None;
    }
    let mut section = Section::new("together", "What no party can do alone");
    let mut told: Vec<(u8, usize, Sentence)> = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let mut known: Vec<u32> = Vec::new();
        for coalition in &start.coalitions {
            let best: Vec<usize> = (0..coalition.to.len())
                .filter(|i| coalition.to[*i].best && !known.contains(&coalition.to[*i].state))
                .collect();
            known.extend(coalition.to.iter().map(|t| t.state));
            if !best.is_empty() {
                let near = ease_of(words::find(c, start.from));
                let sentence = joint(c, start, coalition, &best);
                told.push((near, place, sentence));
            }
        }
    }
    if told.is_empty() {
        let sentence = Sentence::new("stuck.alone").words(
            "Neither from where things stand nor from any outcome that holds would parties all gain by acting \
             together.",
        );
        let sentence = if analysis.status_quo.is_none() {
            Sentence::new("stuck.alone")
                .words("From no outcome that holds would parties all gain by acting together.")
        } else {
            sentence
        };
        section.paragraph(vec![sentence.see(anchor::table("states"))]);
        return Some(section);
    }
    told.sort_by_key(|(near, place, _)| (*near, *place));
    let cut = told.len() > TOLD;
    let items = told.into_iter().take(TOLD).map(|(_, _, sentence)| Item {
        sentences: vec![sentence],
        items: Vec::new(),
    });
    section.blocks.push(Block::List {
        ordered: false,
        items: items.collect(),
    });
    if cut {
        let sentence = Sentence::new("stuck.together.more")
            .words("There are more such steps from outcomes that are harder to reach.")
            .see(anchor::table("states"));
        section.paragraph(vec![sentence]);
    }
    Some(section)
}

/// Where a coalition would go, and that all its members gain.
fn joint(
    c: &Composer<'_>,
    start: &JointImprovements,
    coalition: &CoalitionImprovements,
    best: &[usize],
) -> Sentence {
    let mut targets = Vec::new();
    let mut grounds = vec![Ground::See(anchor::state(start.from))];
    for place in best.iter().take(TARGETS) {
        let target = &coalition.to[*place];
        grounds.push(Ground::See(anchor::state(target.state)));
        let mut line = words::state(c, target.state);
        if target.equilibrium == Some(true) {
            line.push(say(", which would hold"));
        }
        targets.push(line);
    }
    let both = if coalition.members.len() == 2 {
        " would both gain by going together to "
    } else {
        " would all gain by going together to "
    };
    let sentence = Sentence::new("stuck.together")
        .words("From ")
        .parts(words::brief(c, start.from))
        .words(", ")
        .parts(words::names(&coalition.members))
        .words(both);
    let mut line = Vec::new();
    for (place, target) in targets.into_iter().enumerate() {
        if place > 0 {
            line.push(say(", or to "));
        }
        line.extend(target);
    }
    let sentence = sentence.parts(line).on_all(grounds);
    if best.len() > TARGETS {
        sentence.words(", or to others.")
    } else {
        sentence.words(".")
    }
}
