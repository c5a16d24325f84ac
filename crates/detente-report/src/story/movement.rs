//! How it could move: the least changes that would make outcomes hold, and what single assumptions carry.

use std::collections::BTreeSet;

use super::holds::column;
use super::pieces::figure;
use super::words::{self, words as say};
use super::{plans, sought, supposed};
use crate::breakthrough::{Breakthrough, Plan};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Row, Section, Sentence, Table,
    anchor,
};
use crate::finding::Reachability;
use crate::sensitivity::Sensitivity;

/// So many plans of one goal are told.
const PLANS: usize = 6;

/// So many assumptions are told.
const ASSUMPTIONS: usize = 10;

/// So many changes that open or empty a class are told.
const CHANGES: usize = 3;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    if c.dossier.analysis.is_none() && c.dossier.survey.is_none() {
        // Without a conflict there is nothing that could move; what is left out is told among what is not known.
        return None;
    }
    let mut section = Section::new("movement", "How it could move");
    for (place, goal) in c.dossier.breakthroughs.iter().enumerate() {
        section.sections.push(self::goal(c, place, goal));
    }
    if !c.dossier.breakthroughs.is_empty() {
        let at = Pointer::to("breakthroughs");
        let sentence = Sentence::new("movement.price")
            .words(
                "A plan is a set of changes in what parties want or can do. Its price counts them: the statements \
                 that are dropped, turned round or moved by a place, or the neighbouring ranks that are exchanged. \
                 The cheapest plans show how near an outcome is, and who holds the key to it.",
            )
            .on(Ground::Stated(at.index(0).key("permitted")));
        section.paragraph(vec![sentence]);
    }
    section.blocks.extend(sought::blocks(c));
    if let Some(sensitivity) = &c.dossier.sensitivity {
        section.sections.push(assumptions(c, sensitivity));
    }
    let missed = [
        (
            "breakthroughs",
            "What would have to change for other outcomes to hold was not sought",
        ),
        (
            "sensitivity",
            "What single assumptions carry was not computed",
        ),
    ];
    let missed = missed
        .iter()
        .filter_map(|(part, words)| super::left_out(c, part, words));
    section.paragraph(missed.collect());
    (!section.sections.is_empty() || !section.blocks.is_empty()).then_some(section)
}

/// What is wanted, as the finding calls it.
pub(super) fn wanted(c: &Composer<'_>, goal: usize, of: &Breakthrough) -> Line {
    let at = Pointer::to("breakthroughs").index(goal).key("wanted");
    let each = of.wanted.iter().enumerate().map(|(place, wanted)| {
        let name = c.told(&at.index(place).key("name"));
        if wanted.unwanted {
            vec![name, say(" not")]
        } else {
            vec![name]
        }
    });
    words::list(each.collect())
}

/// What would make one goal hold.
fn goal(c: &Composer<'_>, place: usize, goal: &Breakthrough) -> Section {
    let at = Pointer::to("breakthroughs").index(place);
    let mut title = vec![say("For ")];
    title.extend(wanted(c, place, goal));
    title.push(say(" to hold"));
    let mut section = Section {
        id: format!("goal-{place}"),
        title,
        blocks: Vec::new(),
        sections: Vec::new(),
    };
    if goal.already {
        let sentence = Sentence::new("movement.already")
            .parts(wanted(c, place, goal))
            .words(" holds as things are; nothing has to change.")
            .see("holds");
        section.paragraph(vec![sentence]);
        return section;
    }
    if let Some(facts) = &goal.forbidden {
        section.paragraph(forbidden(c, &at, facts.len(), goal));
        return section;
    }
    if goal.plans.is_empty() {
        let sentence = Sentence::new("movement.unfound").words("No plan was found");
        let sentence = match &goal.stopped {
            Some(_) => sentence
                .words(" before the search stopped: ")
                .part(c.told(&at.key("stopped")))
                .words("."),
            None => sentence.words("."),
        };
        section.paragraph(vec![sentence.on(Ground::Stated(at))]);
        return section;
    }
    section.paragraph(vec![cheapest(c, place, &at, goal)]);
    let items = goal.plans.iter().enumerate().take(PLANS);
    let items = items.map(|(number, plan)| Item {
        sentences: {
            let before = number.checked_sub(1).and_then(|n| goal.plans.get(n));
            self::plan(c, place, number, &at, plan, before)
        },
        items: Vec::new(),
    });
    section.blocks.push(Block::List {
        ordered: false,
        items: items.collect(),
    });
    if goal.plans.len() > PLANS {
        let sentence = Sentence::new("movement.more")
            .words("The other plans are among the witnesses.")
            .see(anchor::plan(place, PLANS));
        section.paragraph(vec![sentence]);
    }
    if goal.plans.iter().any(|p| !p.variant.is_empty()) {
        let first = at.key("plans").index(0);
        let sentence = Sentence::new("movement.paste")
            .words(if goal.plans.len() == 1 {
                "To try this plan, add this variant to the file:"
            } else {
                "To try the first plan, add this variant to the file:"
            })
            .moves(anchor::plan(place, 0));
        section.paragraph(vec![sentence]);
        section.blocks.push(Block::Code {
            language: "detente",
            text: c.verbatim(&first.key("variant")),
        });
    }
    section
}

/// How many plans do it, and at which price.
fn cheapest(c: &Composer<'_>, place: usize, at: &Pointer, goal: &Breakthrough) -> Sentence {
    let plans = words::count(c, &at.key("plans"), goal.plans.len(), "plan", "plans");
    let sentence = Sentence::new("movement.cheapest").parts(plans);
    let sentence = if goal.plans.iter().all(|p| p.price == goal.least) {
        let tail = match (goal.all, goal.plans.len()) {
            (true, 1) => "; every other permitted plan costs more.",
            (true, _) => " each; every other permitted plan costs more.",
            (false, 1) => "; no permitted plan costs less.",
            (false, _) => " each; no permitted plan costs less.",
        };
        sentence
            .words(" would do it at the price of ")
            .part(c.number(&at.key("least"), Form::Whole))
            .words(tail)
    } else {
        sentence
            .words(" would do it; none costs less than ")
            .part(c.number(&at.key("least"), Form::Whole))
            .words(".")
    };
    (0..goal.plans.len().min(PLANS)).fold(sentence, |s, plan| s.moves(anchor::plan(place, plan)))
}

/// One plan: who has to change what, what then holds and why, and whether it is reached.
fn plan(
    c: &Composer<'_>,
    goal: usize,
    number: usize,
    at: &Pointer,
    plan: &Plan,
    before: Option<&Plan>,
) -> Vec<Sentence> {
    let at = at.key("plans").index(number);
    let proof = anchor::plan(goal, number);
    let mut first = Sentence::new("movement.plan")
        .part(Inline::link(
            proof.clone(),
            vec![say(plans::ordinal(number))],
        ))
        .words(", at the price of ")
        .part(c.number(&at.key("price"), Form::Whole))
        .words(": ");
    first = match plan.who.as_slice() {
        [] => first.words("if "),
        [one] => first
            .part(Inline::Strong(vec![Inline::name(one)]))
            .words(" alone would have to change. If "),
        several => first
            .part(Inline::Strong(words::names(several)))
            .words(" would have to change together. If "),
    };
    first = first.part(c.told(&at.key("condition"))).words(", ");
    let holds = plan.holds.iter().enumerate();
    let told: Vec<(Pointer, &Vec<u32>)> = holds
        .filter(|(_, states)| !states.is_empty())
        .map(|(want, states)| (at.key("holds").index(want), states))
        .collect();
    first = match told.first() {
        None => first.words("what was asked for would be so."),
        Some((at, states)) => {
            let one = states.first().copied().unwrap_or_default();
            let first = first.parts(words::state(c, one)).words(" would hold");
            if states.len() > 1 {
                first
                    .words(", as one of ")
                    .part(c.number(at, Form::Length))
                    .words(" such states.")
            } else {
                first.words(".")
            }
        }
    };
    let mut out = vec![first.moves(proof.clone())];
    let because = plan
        .because
        .iter()
        .position(|b| b.holds && !b.effects.is_empty());
    let state = told.first().and_then(|(_, states)| states.first());
    let reached = |plan: &Plan| Some(after(plan.reachability.get(state?)?));
    let same_way = before.is_some_and(|b| reached(b).is_some() && reached(b) == reached(plan));
    let same = before.is_some_and(|b| reason(b) == reason(plan));
    if same && because.is_some() {
        out.push(
            Sentence::new("movement.alike")
                .words(if same_way {
                    "The reason is the same, and so is what is said of the way there."
                } else {
                    "The reason is the same."
                })
                .moves(proof.clone()),
        );
    } else if let Some(place) = because {
        let at = at.key("because").index(place).key("effects").index(0);
        let effect = plan.because.get(place).and_then(|b| b.effects.first());
        let said = effect.map_or_else(Vec::new, |e| plans::effect(c, e, &at));
        let rows = plans::rows(c, effect.into_iter().flat_map(|e| &e.states));
        let sentence = Sentence::new("movement.because").words("For then ");
        let sentence = sentence.parts(said).words(".").moves(proof.clone());
        out.push(sentence.on_all(rows));
    }
    let repeated = same && same_way && because.is_some();
    if let Some(after) = reached(plan).filter(|_| !repeated) {
        out.push(Sentence::new("movement.reached").words(after).moves(proof));
    }
    out
}

/// What a plan does to the first of the moves that undid an outcome.
fn reason(plan: &Plan) -> Option<&str> {
    let mut holding = plan.because.iter().filter(|b| b.holds);
    let effects = &holding.find(|b| !b.effects.is_empty())?.effects;
    effects.first().map(|e| e.said.as_str())
}

/// Whether what then holds is reached from where things stand.
fn after(way: &Reachability) -> &'static str {
    if way
        .improvements
        .as_ref()
        .is_some_and(|w| w.steps.is_empty())
    {
        "It is where things stand now."
    } else if way.improvements.is_some() {
        "Steps that each pay who takes them would then lead to it."
    } else if way.joint.is_some() {
        "It would then be reached only if parties act together."
    } else if way.moves.is_some() {
        "Even then not every step on the way to it pays who takes it: it would hold once it is there, but would not \
         come about of itself."
    } else {
        "Even then no moves lead to it from where things stand."
    }
}

/// That nothing permitted does it, and which facts forbid it.
fn forbidden(c: &Composer<'_>, at: &Pointer, facts: usize, goal: &Breakthrough) -> Vec<Sentence> {
    let stated = Ground::Stated(at.key("forbidden"));
    let each = (0..facts).map(|i| vec![c.told(&at.key("forbidden").index(i))]);
    let sentence = Sentence::new("movement.forbidden").words("No permitted change makes it hold");
    let sentence = if facts == 0 {
        sentence.words(".")
    } else {
        sentence
            .words(", because ")
            .parts(words::list(each.collect()))
            .words(".")
    };
    let mentioned: Vec<u32> = goal.mentioned.iter().map(|s| s.id).collect();
    let rows = super::plans::rows(c, mentioned.iter());
    let mut out = vec![sentence.on(stated.clone()).on_all(rows)];
    for place in 0..goal.could_permit.len().min(CHANGES) {
        out.push(
            Sentence::new("movement.could_permit")
                .part(c.told(&at.key("could_permit").index(place)))
                .on(stated.clone()),
        );
    }
    out
}

/// What single assumptions carry.
fn assumptions(c: &Composer<'_>, found: &Sensitivity) -> Section {
    let at = Pointer::to("sensitivity");
    let mut section = Section::new("assumptions", "What single assumptions carry");
    let tried = Sentence::new("movement.tried")
        .words("Each of ")
        .parts(words::count(
            c,
            &at.key("assumptions"),
            found.assumptions.len(),
            "assumption of the model",
            "assumptions of the model",
        ))
        .words(" was changed by itself, in ")
        .parts(words::count(
            c,
            &at.key("changes"),
            found.changes.len(),
            "way",
            "ways",
        ))
        .words(" altogether.")
        .see(anchor::table("assumptions"));
    let mut paragraph = vec![tried];
    let idle = c.dossier.summary.as_ref().map_or(0, |s| s.idle.len());
    if idle > 0 {
        let sentence = Sentence::new("movement.idle")
            .words("For ")
            .part(c.number(&Pointer::to("summary").key("idle"), Form::Length))
            .words(" of the assumptions nothing that was tried alters what holds, or how it is reached.");
        paragraph.push(sentence.see(anchor::table("assumptions")));
    }
    section.paragraph(paragraph);
    let mut rows = Vec::new();
    for place in found.ranked.iter().take(ASSUMPTIONS) {
        let most = found.assumptions.get(*place).and_then(|a| a.most);
        let change = most.and_then(|m| Some((m, found.changes.get(m)?.effect.as_ref()?)));
        let Some((number, effect)) = change else {
            continue;
        };
        if effect.vanished.is_empty() && effect.appeared.is_empty() {
            continue;
        }
        let at = at.key("changes").index(number);
        let names = |classes: &[Option<String>]| {
            words::list(classes.iter().map(|k| words::class(k.as_deref())).collect())
        };
        rows.push(Row {
            id: None,
            cells: vec![
                vec![c.short(&at.key("says"))],
                vec![c.number(&at.key("effect").key("vanished"), Form::Length)],
                vec![c.number(&at.key("effect").key("appeared"), Form::Length)],
                names(&effect.classes_lost),
                names(&effect.classes_gained),
            ],
        });
    }
    if rows.is_empty() {
        let sentence = Sentence::new("movement.firm")
            .words("No single change alters what holds.")
            .see(anchor::table("assumptions"));
        section.paragraph(vec![sentence]);
    }
    section.blocks.push(Block::Table(Table {
        id: anchor::table("assumptions"),
        caption: vec![say("The changes of single assumptions that move the most")],
        columns: vec![
            column(vec![say("change")], false),
            column(vec![say("hold no longer")], true),
            column(vec![say("hold newly")], true),
            column(vec![say("outcomes lost")], false),
            column(vec![say("outcomes gained")], false),
        ],
        rows,
    }));
    let caption = Sentence::new("movement.picture")
        .words("How many states hold no longer, and how many newly, with each change.")
        .see(anchor::table("assumptions"));
    section.blocks.extend(figure(c, "tornado", caption));
    let items: Vec<Item> = (0..found.classes.len())
        .filter_map(|place| {
            let sentence = hangs(c, found, place)?;
            Some(Item {
                sentences: vec![sentence],
                items: Vec::new(),
            })
        })
        .collect();
    if !items.is_empty() {
        let sentence = Sentence::new("movement.classes")
            .words("What each outcome hangs on:")
            .see(anchor::table("assumptions"));
        section.paragraph(vec![sentence]);
        section.blocks.push(Block::List {
            ordered: false,
            items,
        });
    }
    section
}

/// Which single changes open a class, or empty it.
fn hangs(c: &Composer<'_>, found: &Sensitivity, place: usize) -> Option<Sentence> {
    let class = found.classes.get(place)?;
    let (changes, middle, none) = if class.equilibria == 0 {
        (
            &class.opened_by,
            " would hold ",
            " would not hold with any single change.",
        )
    } else {
        (
            &class.emptied_by,
            " would no longer hold ",
            " keeps a state that holds, whatever single assumption is changed.",
        )
    };
    let name = class.name.as_deref();
    name?;
    let sentence = Sentence::new("movement.hangs").part(Inline::Strong(words::class(name)));
    let at = Pointer::to("sensitivity").key("classes").index(place);
    let sentence = sentence.on(Ground::Stated(at));
    if changes.is_empty() {
        return Some(sentence.words(none));
    }
    // Of each assumption one change is enough.
    let mut assumptions = BTreeSet::new();
    let assumption = |change: &&usize| found.changes.get(**change).map(|k| k.assumption);
    let told = changes.iter().filter(|k| assumptions.insert(assumption(k)));
    let mut each: Vec<Line> = told
        .take(CHANGES)
        .map(|change| supposed::change(c, found, *change))
        .collect();
    if changes.len() > each.len() {
        each.push(vec![say("with another single change")]);
    }
    Some(sentence.words(middle).parts(words::either(each)).words("."))
}
