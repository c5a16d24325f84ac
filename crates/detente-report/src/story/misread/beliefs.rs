//! What each side takes for true of the others, what it expects, and where it is surprised.

use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Sentence, Table, anchor,
};
use crate::perception::{Departure, EmptySanctionFinding, Perception, SurpriseFinding, Viewer};
use crate::story::pieces::{
    behind, capital, column, elsewhere, figure, item, items, joined, minus, names, noun, one_state,
    points, row, rows, stated, states,
};
use crate::story::{proof, words};
use crate::words::Tense;

use super::believed::{believed, option};
use super::corrected;

/// Surprises and empty sanctions that are told of each kind.
const TOLD: usize = 5;

/// Everything about beliefs.
pub(super) fn blocks(c: &Composer<'_>, perception: &Perception) -> Vec<Block> {
    let root = Pointer::to("perception");
    let mut blocks = Vec::new();
    let mut first: Vec<Sentence> = elsewhere(c, "perception").into_iter().collect();
    let sees_otherwise = |v: &&Viewer| v.mistaken || !v.minded.is_empty();
    let mistaken: Vec<&Viewer> = perception.parties.iter().filter(sees_otherwise).collect();
    if mistaken.is_empty() {
        let sentence = Sentence::new("misread.nobody").words(
            "Nothing says that a party sees the others otherwise than they are: each expects what holds.",
        );
        first.push(sentence.on(stated(&root.key("parties"))));
        blocks.push(Block::Paragraph(first));
        return blocks;
    }
    let who = mistaken.iter().map(|v| v.name.as_str());
    let who = Sentence::new("misread.who")
        .parts(names(who))
        .words(noun(mistaken.len(), " sees ", " see "))
        .words("the others otherwise than they are.");
    first.push(who.on(stated(&root.key("parties"))));
    blocks.push(Block::Paragraph(first));
    for (place, viewer) in perception.parties.iter().enumerate() {
        if sees_otherwise(&viewer) {
            let from = root.key("parties").index(place);
            blocks.push(Block::Paragraph(sight(c, perception, viewer, &from)));
        }
    }
    blocks.push(Block::Paragraph(outcome(c, perception)));
    blocks.push(expected(c, perception, &root));
    let caption = Sentence::new("misread.picture")
        .words("What holds in truth, and what each expects to hold.")
        .see(anchor::table("expected"));
    blocks.extend(figure(c, "perception", caption));
    surprises(c, perception, &root, &mut blocks);
    sanctions(c, perception, &root, &mut blocks);
    corrected::blocks(c, perception, &root, &mut blocks);
    blocks
}

/// What one party takes for true, and what it expects.
fn sight(
    c: &Composer<'_>,
    perception: &Perception,
    viewer: &Viewer,
    from: &Pointer,
) -> Vec<Sentence> {
    let name = || Inline::name(&viewer.name);
    let mut said = beliefs(c, perception, viewer);
    if !viewer.minded.is_empty() {
        let sentence = Sentence::new("misread.minded")
            .part(name())
            .words(" takes ")
            .parts(names(&viewer.minded))
            .words(" to see something else than it sees itself.");
        said.push(sentence.on(stated(&from.key("minded"))));
    }
    for (party, distance) in &viewer.distances {
        let at = from.key("distances").key(party);
        let opposite = usize::try_from(distance.opposite).unwrap_or(usize::MAX);
        if opposite > 0 {
            let sentence = Sentence::new("misread.opposite")
                .words("Of what ")
                .part(Inline::name(party))
                .words(" wants, ")
                .part(name())
                .words(" has ")
                .part(c.number(&at.key("opposite"), Form::Whole))
                .words(noun(opposite, " pair", " pairs"))
                .words(" of states in the wrong order.");
            said.push(sentence.see(anchor::table("expected")));
        }
        let tied = usize::try_from(distance.tied_in_one).unwrap_or(usize::MAX);
        if tied > 0 {
            let sentence = Sentence::new("misread.tied")
                .words("Of ")
                .part(c.number(&at.key("tied_in_one"), Form::Whole))
                .words(noun(tied, " pair", " pairs"))
                .words(" it is wrong on whether ")
                .part(Inline::name(party))
                .words(" cares which it is.");
            said.push(sentence.see(anchor::table("expected")));
        }
    }
    for (rule, options, words, key) in [
        (
            "misread.hidden",
            &viewer.hidden,
            " does not think of ",
            "hidden",
        ),
        (
            "misread.invented",
            &viewer.invented,
            " takes for real what cannot be done: ",
            "invented",
        ),
    ] {
        if !options.is_empty() {
            let options = options.iter().map(|o| option(c, &viewer.name, o));
            let sentence = Sentence::new(rule)
                .part(name())
                .words(words)
                .parts(crate::story::words::list(options.collect()))
                .words(".");
            said.push(sentence.on(stated(&from.key(key))));
        }
    }
    said.extend(expects(c, perception, viewer));
    said
}

/// What it believes, in the words of the language.
fn beliefs(c: &Composer<'_>, perception: &Perception, viewer: &Viewer) -> Vec<Sentence> {
    let evidence = c.dossier.evidence.iter().flat_map(|e| &e.elements);
    let prefix = format!("view of {}", viewer.name);
    let grounds: Vec<_> = evidence
        .filter(|e| e.name.starts_with(&prefix))
        .flat_map(|e| behind(c, e))
        .collect();
    let corrections = perception.corrections.iter().enumerate();
    let own = corrections.filter(|(_, k)| k.eyes.first() == Some(&viewer.name));
    let told = own.filter_map(|(place, correction)| {
        let belief = correction.belief.as_ref()?;
        let from = Pointer::to("perception").key("corrections").index(place);
        let mut sentence = Sentence::new("misread.belief").part(Inline::name(&viewer.name));
        for thought_of in correction.eyes.iter().skip(1) {
            sentence = sentence
                .words(" believes that ")
                .part(Inline::name(thought_of));
        }
        let sentence = sentence
            .words(" takes for true")
            .parts(believed(c, belief, &from.key("belief")))
            .words(".");
        Some(if grounds.is_empty() {
            sentence.on(stated(&from))
        } else {
            sentence.on_all(grounds.clone())
        })
    });
    told.collect()
}

/// What a party expects that does not hold, and what holds that it does not expect.
fn expects(c: &Composer<'_>, perception: &Perception, viewer: &Viewer) -> Vec<Sentence> {
    let holds: Vec<u32> = perception.hypergame.iter().map(|s| s.state).collect();
    let vain = minus(&viewer.expected, &holds);
    let unforeseen = minus(&holds, &viewer.expected);
    let name = || Inline::name(&viewer.name);
    let mut said = Vec::new();
    if !vain.is_empty() {
        let sentence = Sentence::new("misread.vain")
            .part(name())
            .words(" expects ")
            .parts(states(c, "perception", &vain))
            .words(" to hold, and in truth ")
            .words(noun(vain.len(), "it does not.", "they do not."));
        said.push(sentence.see(anchor::table("expected")));
    }
    if !unforeseen.is_empty() {
        let sentence = Sentence::new("misread.unforeseen")
            .part(name())
            .words(" does not expect ")
            .parts(states(c, "perception", &unforeseen))
            .words(" to hold, and in truth ")
            .words(noun(unforeseen.len(), "it does.", "they do."));
        said.push(sentence.see(anchor::table("expected")));
    }
    if vain.is_empty() && unforeseen.is_empty() && viewer.mistaken {
        let sentence = Sentence::new("misread.harmless")
            .words("Even so, ")
            .part(name())
            .words(" expects just what holds.");
        said.push(sentence.see(anchor::table("expected")));
    }
    said
}

/// What holds in truth, and what each expects, with the pairs of states that it has in the wrong order.
fn expected(c: &Composer<'_>, perception: &Perception, root: &Pointer) -> Block {
    let holds: Vec<u32> = perception.hypergame.iter().map(|s| s.state).collect();
    let list = |ids: &[u32]| {
        if ids.is_empty() {
            vec![Inline::words("nothing")]
        } else {
            states(c, "perception", ids)
        }
    };
    let mut rows = vec![row(vec![
        vec![Inline::words("what holds")],
        list(&holds),
        Vec::new(),
    ])];
    for (place, viewer) in perception.parties.iter().enumerate() {
        let from = root.key("parties").index(place).key("distances");
        let others = viewer.distances.keys().filter(|p| **p != viewer.name);
        let wrong = others.map(|party| {
            let number = c.number(&from.key(party).key("opposite"), Form::Whole);
            let tied = c.number(&from.key(party).key("tied_in_one"), Form::Whole);
            vec![
                Inline::name(party),
                Inline::words(" "),
                number,
                Inline::words(" and "),
                tied,
            ]
        });
        rows.push(row(vec![
            vec![Inline::name(&viewer.name)],
            list(&viewer.expected),
            joined(wrong.collect(), "; ", "; "),
        ]));
    }
    Block::Table(Table {
        id: anchor::table("expected"),
        caption: vec![Inline::words(
            "What each expects to hold, and of how many pairs of states it has the order, or whether they are equally \
             good, wrong",
        )],
        columns: vec![
            column("Whose"),
            column("Expects to hold"),
            column("Pairs wrong: in order, and in ties"),
        ],
        rows,
    })
}

/// What holds when each judges by its own lights.
fn outcome(c: &Composer<'_>, perception: &Perception) -> Vec<Sentence> {
    let holds: Vec<u32> = perception.hypergame.iter().map(|s| s.state).collect();
    if holds.is_empty() {
        let sentence = Sentence::new("misread.none")
            .words("When each party acts by what it takes for true, nothing holds.");
        return vec![sentence.see(anchor::table("expected"))];
    }
    let sentence = Sentence::new("misread.holds")
        .words("When each party acts by what it takes for true, ")
        .parts(states(c, "perception", &holds))
        .words(noun(holds.len(), " holds.", " hold."));
    let mut said = vec![sentence.see(anchor::table("expected"))];
    let truth = &perception.truth;
    let (lost, gained) = (minus(truth, &holds), minus(&holds, truth));
    if lost.is_empty() && gained.is_empty() {
        let sentence = Sentence::new("misread.as_truth")
            .words("That is what would hold if nobody were mistaken.");
        said.push(sentence.see(anchor::table("expected")));
    }
    if !lost.is_empty() {
        let sentence = Sentence::new("misread.lost")
            .words("If nobody were mistaken, ")
            .parts(states(c, "perception", &lost))
            .words(" would hold too.");
        said.push(sentence.see(anchor::table("expected")));
    }
    if !gained.is_empty() {
        let sentence = Sentence::new("misread.gained")
            .parts(states(c, "perception", &gained))
            .words(noun(gained.len(), " holds", " hold"))
            .words(" only because somebody is mistaken.");
        said.push(capital(sentence).see(anchor::table("expected")));
    }
    if perception.hypergame.iter().all(|s| s.stealthy) {
        let sentence = Sentence::new("misread.stealthy").words(
            "Nothing that happens there shows who is mistaken, so that the mistake can last.",
        );
        said.push(sentence.see(anchor::table("expected")));
    }
    said
}

/// Where expectations fail, told by viewer, mover and kind.
fn surprises(c: &Composer<'_>, perception: &Perception, root: &Pointer, blocks: &mut Vec<Block>) {
    let mut groups: Vec<(&SurpriseFinding, usize, Vec<u32>)> = Vec::new();
    for (place, surprise) in perception.surprises.iter().enumerate() {
        let like = groups.iter_mut().find(|(first, ..)| {
            (&first.viewer, &first.by, &first.kind)
                == (&surprise.viewer, &surprise.by, &surprise.kind)
        });
        match like {
            Some((.., states)) => states.push(surprise.state),
            None => groups.push((surprise, place, vec![surprise.state])),
        }
    }
    let told = groups.iter().take(TOLD).map(|(first, place, at)| {
        let from = root.key("surprises").index(*place);
        items(surprise(c, first, at, &from))
    });
    let told: Vec<Item> = told.collect();
    let from = root.key("surprises");
    let lead = if told.is_empty() {
        Sentence::new("misread.no_surprise").words(
            "Nobody is surprised where things are expected to hold, nor where they stand now.",
        )
    } else {
        Sentence::new("misread.surprises").words("Expectations fail here:")
    };
    blocks.push(Block::Paragraph(vec![lead.see(anchor::table("expected"))]));
    points(blocks, told);
    if groups.len() > TOLD {
        let more = Sentence::new("misread.more_surprises")
            .words("Other parties are surprised too; the findings list every place.");
        blocks.push(Block::Paragraph(vec![more.on(stated(&from))]));
    }
}

fn surprise(
    c: &Composer<'_>,
    first: &SurpriseFinding,
    at: &[u32],
    from: &Pointer,
) -> Vec<Sentence> {
    let by = || Inline::name(&first.by);
    let expected = Sentence::new("misread.expected")
        .words("At ")
        .parts(states(c, "perception", at))
        .words(", ")
        .part(Inline::name(&first.viewer))
        .words(" expects ")
        .part(by())
        .words(if first.expected.is_empty() {
            " to stay."
        } else {
            " to move."
        });
    let happens = Sentence::new("misread.happens");
    let happens = match (first.kind.as_str(), first.happens.first()) {
        ("unaware", _) => happens
            .words("But ")
            .part(by())
            .words(" does not think of such a state."),
        (_, Some(departure)) => {
            let mut happens = happens.words("But ").part(by()).words(" moves");
            if at.len() > 1 {
                happens = happens
                    .words(": at state ")
                    .part(c.number(&from.key("state"), Form::Whole))
                    .words(" it ");
            } else {
                happens = happens.words(": it ");
            }
            happens
                .parts(deed(
                    c,
                    (&first.by, first.state),
                    departure,
                    &from.key("happens").index(0),
                ))
                .words(if first.happens.len() > 1 {
                    ", or makes another move."
                } else {
                    "."
                })
        }
        (_, None) => happens.words("But ").part(by()).words(" stays."),
    };
    let expected = expected.on_all(behind_move(c, &[first.state], from));
    let to = first.happens.first().map(|d| d.to);
    let there: Vec<u32> = [first.state].into_iter().chain(to).collect();
    let happens = happens.on_all(behind_move(c, &there, from));
    let proved = to.is_some() && proof::is_stable(c, &first.by, first.state) == Some(false);
    let proved = proved && proof::verdict(c, &first.by, first.state).is_some();
    let own = !c.dossier.supplied.contains_key("perception");
    let happens = if own && proved {
        happens.on(proof::ground(c, &first.by, first.state))
    } else {
        happens
    };
    vec![expected, happens]
}

/// The rows of the states of a move, or that the findings say so.
fn behind_move(c: &Composer<'_>, ids: &[u32], from: &Pointer) -> Vec<Ground> {
    let rows = rows(c, "perception", ids);
    if rows.is_empty() {
        vec![stated(from)]
    } else {
        rows
    }
}

/// `withdraws “Grant relief”, to “Yongbyon for nothing” (state 22)`: what `party` does at a state.
fn deed(
    c: &Composer<'_>,
    (party, state): (&str, u32),
    departure: &Departure,
    from: &Pointer,
) -> Line {
    let own = rows(c, "perception", &[state, departure.to]).len() == 2;
    let mut line = if own {
        words::deed(c, party, state, departure.to, Tense::Present)
    } else {
        vec![c.told(&from.key("says"))]
    };
    line.push(Inline::words(", to "));
    line.extend(one_state(c, "perception", departure.to));
    line
}

/// Sanctions that deter somebody and that nobody would carry out.
fn sanctions(c: &Composer<'_>, perception: &Perception, root: &Pointer, blocks: &mut Vec<Block>) {
    let all = &perception.empty_sanctions;
    let from = root.key("empty_sanctions");
    if all.is_empty() {
        return;
    }
    let lead = Sentence::new("misread.empty_sanctions")
        .part(c.number(&from, Form::Length))
        .words(noun(all.len(), " fear is", " fears are"))
        .words(" empty: what deters a party would not come.");
    blocks.push(Block::Paragraph(vec![lead.on(stated(&from))]));
    let told = all.iter().enumerate().take(TOLD);
    let told = told.map(|(place, s)| item(sanction(c, s, &from.index(place))));
    points(blocks, told.collect());
}

fn sanction(c: &Composer<'_>, empty: &EmptySanctionFinding, from: &Pointer) -> Sentence {
    let mut sentence = Sentence::new("misread.empty_sanction")
        .words("At ")
        .parts(one_state(c, "perception", empty.state))
        .words(", ")
        .part(Inline::name(&empty.viewer))
        .words(" would gain if it ")
        .parts(deed(
            c,
            (&empty.viewer, empty.state),
            &empty.improvement,
            &from.key("improvement"),
        ))
        .words(", and fears that ");
    let feared = empty.steps.iter().map(|step| {
        let mut line = vec![Inline::name(&step.party), Inline::words(" moves to ")];
        line.extend(one_state(c, "perception", step.to));
        line
    });
    sentence = sentence.parts(joined(feared.collect(), ", then ", ", then "));
    let unwilling = empty.unwilling.and_then(|place| empty.steps.get(place));
    let sentence = match (unwilling, empty.why.as_deref()) {
        (Some(step), why) => sentence
            .words("; but ")
            .part(Inline::name(&step.party))
            .words(match why {
                Some("unseen") => " does not think of such a move.",
                Some("no_move") => " has no such move.",
                _ => " would gain nothing by it.",
            }),
        (None, _) => sentence.words("; in truth that does not stop it."),
    };
    sentence.on_all(behind_move(c, &[empty.state, empty.improvement.to], from))
}
