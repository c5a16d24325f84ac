//! What telling the truth would change, and what would have to be true for expectations to hold.

use indexmap::IndexMap;

use super::believed::believed;
use crate::document::{Block, Composer, Form, Inline, Line, Pointer, Sentence, anchor};
use crate::perception::{CorrectedFinding, CorrectionFinding, Perception, WishFinding};
use crate::story::pieces::{item, items, joined, minus, noun, points, stated, states};

/// Corrections, expectations and plans that are told of each kind.
const TOLD: usize = 5;

/// Everything about corrections.
pub(super) fn blocks(
    c: &Composer<'_>,
    perception: &Perception,
    root: &Pointer,
    blocks: &mut Vec<Block>,
) {
    corrections(c, perception, root, blocks);
    wishes(c, perception, root, blocks);
}

fn changes(correction: &CorrectionFinding) -> bool {
    correction.result.as_ref().is_none_or(|r| r.changes)
}

fn corrections(c: &Composer<'_>, perception: &Perception, root: &Pointer, blocks: &mut Vec<Block>) {
    let all = &perception.corrections;
    let from = root.key("corrections");
    if all.is_empty() {
        return;
    }
    let telling: Vec<_> = all.iter().enumerate().filter(|(_, k)| changes(k)).collect();
    let lead = Sentence::new("misread.corrections").words(if telling.is_empty() {
        "Telling the truth about any one of these beliefs would change nothing by itself."
    } else {
        "What telling the truth would change:"
    });
    blocks.push(Block::Paragraph(vec![lead.on(stated(&from))]));
    let shown = telling.iter().take(TOLD);
    let shown = shown.map(|(place, k)| item(correction(c, perception, k, &from.index(*place))));
    points(blocks, shown.collect());
    let mut rest = Vec::new();
    if telling.len() > TOLD {
        let more = Sentence::new("misread.more_corrections")
            .words("Other corrections would change something too; the findings list them.");
        rest.push(more.on(stated(&from)));
    }
    let idle = all.len() - telling.len();
    if idle > 0 && !telling.is_empty() {
        let others = Sentence::new("misread.idle").words(noun(
            idle,
            "One other correction changes nothing by itself.",
            "The other corrections change nothing by themselves.",
        ));
        rest.push(others.on(stated(&from)));
    }
    if !rest.is_empty() {
        blocks.push(Block::Paragraph(rest));
    }
}

fn correction(
    c: &Composer<'_>,
    perception: &Perception,
    correction: &CorrectionFinding,
    from: &Pointer,
) -> Sentence {
    let eyes = correction.eyes.iter().map(|e| vec![Inline::name(e)]);
    let eyes = joined(eyes.collect(), ", thinking of ", ", thinking of ");
    let mut sentence = Sentence::new("misread.correction").words("If ").parts(eyes);
    sentence = match (&correction.belief, &correction.reading) {
        (Some(belief), _) => sentence.words(" no longer took for true").parts(believed(
            c,
            belief,
            &from.key("belief"),
        )),
        (None, Some(reading)) => sentence
            .words(" were told how ")
            .part(Inline::name(&reading.by))
            .words(" reads ")
            .part(Inline::Code(reading.term.clone())),
        (None, None) => sentence.words(" saw everything as it is"),
    };
    let sentence = match &correction.result {
        None => sentence.words(", what is left of its view would make no sense by itself."),
        Some(result) => sentence
            .words(", ")
            .parts(joined(differences(c, perception, result), "; ", "; "))
            .words("."),
    };
    // What is expected now stands in the table, what would be in the findings.
    sentence.see(anchor::table("expected")).on(stated(from))
}

/// What would hold otherwise, and what would be expected otherwise.
fn differences(c: &Composer<'_>, perception: &Perception, then: &CorrectedFinding) -> Vec<Line> {
    let now: Vec<u32> = perception.hypergame.iter().map(|s| s.state).collect();
    let (lost, gained) = (minus(&now, &then.hypergame), minus(&then.hypergame, &now));
    let mut parts: Vec<Line> = Vec::new();
    if lost.is_empty() && gained.is_empty() {
        parts.push(vec![Inline::words("the same would hold as now")]);
    }
    if !gained.is_empty() {
        let mut line = states(c, "perception", &gained);
        line.push(Inline::words(" would hold too"));
        parts.push(line);
    }
    if !lost.is_empty() {
        let mut line = states(c, "perception", &lost);
        line.push(Inline::words(" would not hold"));
        parts.push(line);
    }
    let real: Vec<u32> = perception
        .states
        .iter()
        .filter(|s| s.real)
        .map(|s| s.id)
        .collect();
    let before: IndexMap<&str, &Vec<u32>> = perception
        .parties
        .iter()
        .map(|v| (v.name.as_str(), &v.expected))
        .collect();
    for (party, after) in &then.expected {
        let Some(before) = before.get(party.as_str()) else {
            continue;
        };
        let lost = minus(before, after);
        // What a party expects of states that do not exist is not told of corrections.
        let lost: Vec<u32> = lost.into_iter().filter(|id| real.contains(id)).collect();
        let gained = minus(after, before);
        for (ids, words) in [
            (lost, " would no longer expect "),
            (gained, " would expect "),
        ] {
            if !ids.is_empty() {
                let mut line = vec![Inline::name(party), Inline::words(words)];
                line.extend(states(c, "perception", &ids));
                parts.push(line);
            }
        }
    }
    parts
}

fn wishes(c: &Composer<'_>, perception: &Perception, root: &Pointer, blocks: &mut Vec<Block>) {
    let from = root.key("wishes");
    if perception.wishes_refused.is_some() {
        let refused = root.key("wishes_refused");
        let sentence = Sentence::new("misread.wishes_refused")
            .words("What would have to be true for these expectations was not sought: ")
            .part(c.told(&refused))
            .words(".");
        blocks.push(Block::Paragraph(vec![sentence.on(stated(&refused))]));
    }
    for (place, wish) in perception.wishes.iter().enumerate().take(TOLD) {
        let from = from.index(place);
        let head = Sentence::new("misread.wish")
            .part(Inline::name(&wish.viewer))
            .words(" expects ")
            .parts(states(c, "perception", &wish.states))
            .words(".");
        let mut said = vec![head.on(stated(&from))];
        let Some(first) = wish.plans.first() else {
            let none = Sentence::new("misread.no_plan")
                .words("No change of what parties want was found after which that would hold.");
            said.push(none.on(stated(&from)));
            blocks.push(Block::Paragraph(said));
            continue;
        };
        let price = usize::try_from(first.price).unwrap_or(usize::MAX);
        let needs = Sentence::new("misread.price")
            .words("It would hold after ")
            .part(c.number(&from.key("plans").index(0).key("price"), Form::Whole))
            .words(noun(price, " change", " changes"))
            .words(" in what parties want, such as:");
        said.push(needs.on(stated(&from)));
        blocks.push(Block::Paragraph(said));
        plans(c, wish, &from, blocks);
    }
}

/// The plans that are nearest to what the party believes.
fn plans(c: &Composer<'_>, wish: &WishFinding, from: &Pointer, blocks: &mut Vec<Block>) {
    let mut order: Vec<usize> = (0..wish.plans.len()).collect();
    let like = |place: &usize| match wish.plans.get(*place).map(|p| p.likeness.as_str()) {
        Some("same") => 0_u8,
        Some("part") => 1,
        _ => 2,
    };
    // Stable: among plans that are as near, the order of the findings stays.
    order.sort_by_key(like);
    let near = order.iter().filter(|place| like(place) < 2).count();
    let told = if near == 0 { 2 } else { near.min(TOLD) };
    let shown = order.iter().take(told).map(|place| {
        let at = from.key("plans").index(*place);
        let says = wish.plans.get(*place).map_or(0, |p| p.says.len());
        let says = (0..says).map(|n| vec![c.told(&at.key("says").index(n))]);
        let plan = Sentence::new("misread.plan")
            .parts(joined(says.collect(), "; ", "; "))
            .words(": ");
        let plan = match like(place) {
            0 => plan
                .words("that is exactly what ")
                .part(Inline::name(&wish.viewer))
                .words(" believes."),
            1 => plan
                .part(Inline::name(&wish.viewer))
                .words(" believes this, and more."),
            _ => plan
                .part(Inline::name(&wish.viewer))
                .words(" believes something else."),
        };
        items(vec![plan.on(stated(&at))])
    });
    points(blocks, shown.collect());
    let more = Sentence::new("misread.more_plans");
    let more = if order.len() <= told && wish.all {
        return;
    } else if order.len() <= told {
        more.words("There may be other changes of the same size.")
    } else if near > 0 && near <= told {
        more.words("Other changes of the same size would do it too, but ")
            .part(Inline::name(&wish.viewer))
            .words(" believes something else.")
    } else {
        more.words("There are other changes of the same size.")
    };
    blocks.push(Block::Paragraph(vec![more.on(stated(from))]));
}
