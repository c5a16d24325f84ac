//! The moves that prove what the text says, in steps that can be checked by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::holds;
use super::pieces::noun;
use super::proof::{self, Placed};
use super::words::{self, number, words as say};
use crate::document::{
    Block, Composer, Entry, Form, Ground, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::finding::{Analysis, Improvement, Step};

/// More improvements of one verdict than these are not written out.
pub(super) const IMPROVEMENTS: usize = 12;

/// So many moves that nothing deters are enough to prove that a party leaves.
const OPEN: usize = 3;

/// More moves that bring nothing than these are not listed.
const MOVES: usize = 24;

/// Writes the appendix: what is linked, and what the outcomes that are told and the status quo rest on.
pub(super) fn section(c: &Composer<'_>, linked: &BTreeSet<String>) -> Option<Section> {
    let mut section = Section::new("witnesses", "Witnesses: the moves that prove it");
    if let Some(analysis) = &c.dossier.analysis {
        verdicts(c, analysis, linked, &mut section);
        ways(c, analysis, linked, &mut section);
    }
    super::plans::append(c, &mut section);
    if section.sections.is_empty() {
        return None;
    }
    let sentence = Sentence::new("witnesses.how")
        .words(
            "Each entry can be checked by hand against the ranks in the table of states. There a larger rank is \
             better for the party.",
        )
        .see(super::states_anchor(c));
    section.paragraph(vec![sentence]);
    Some(section)
}

/// The verdicts that are linked, those on told outcomes and those on the status quo, by state and party.
fn verdicts(
    c: &Composer<'_>,
    analysis: &Analysis,
    linked: &BTreeSet<String>,
    section: &mut Section,
) {
    let mut wanted: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (state, party) in linked.iter().filter_map(|l| of_verdict(l)) {
        wanted.entry(state).or_default().insert(party);
    }
    let told = holds::told(c).into_iter().flat_map(|(_, states)| states);
    let here = c.dossier.summary.as_ref().and(analysis.status_quo);
    let whole = linked.iter().filter_map(|l| of_verdicts(l));
    for state in told.chain(here).chain(whole) {
        wanted.insert(state, (0..analysis.parties.len()).collect());
    }
    let mut entries = Vec::new();
    for (state, places) in wanted {
        let parties = places
            .into_iter()
            .filter_map(|place| Some((place, analysis.parties.get(place)?)));
        let parties: Vec<Entry> = parties
            .map(|(place, party)| entry(c, analysis, place, &party.name, state))
            .collect();
        entries.push(at_state(c, analysis, state, parties));
    }
    if !entries.is_empty() {
        let mut inner = Section::new("witnesses-verdicts", "Why parties stay or leave");
        inner.blocks.push(Block::Entries(entries));
        section.sections.push(inner);
    }
}

/// The verdicts on one state together: `Why nobody leaves “no text” (state 6)`.
fn at_state(c: &Composer<'_>, analysis: &Analysis, state: u32, parties: Vec<Entry>) -> Entry {
    let stays = |p: &crate::finding::Party| proof::is_stable(c, &p.name, state);
    let mut found = analysis.parties.iter().map(stays);
    let words = if parties.len() == analysis.parties.len() {
        if found.clone().all(|s| s == Some(true)) {
            "Why nobody leaves "
        } else if found.any(|s| s == Some(false)) {
            "Who leaves "
        } else {
            "At "
        }
    } else {
        "Who leaves "
    };
    let mut term = vec![say(words)];
    term.extend(words::state(c, state));
    Entry {
        id: anchor::verdicts(state),
        term,
        blocks: vec![Block::Entries(parties)],
    }
}

/// The state of a link to the verdicts of all parties.
fn of_verdicts(link: &str) -> Option<u32> {
    link.strip_prefix("verdicts-")?.parse().ok()
}

/// The state and the party of a link to a verdict.
fn of_verdict(link: &str) -> Option<(u32, usize)> {
    let (party, state) = link.strip_prefix("verdict-")?.split_once('-')?;
    Some((state.parse().ok()?, party.parse().ok()?))
}

fn entry(c: &Composer<'_>, analysis: &Analysis, place: usize, party: &str, state: u32) -> Entry {
    let stable = proof::is_stable(c, party, state);
    let mut term = vec![Inline::name(party)];
    term.push(say(match stable {
        Some(true) => " stays at ",
        Some(false) => " leaves ",
        None => " at ",
    }));
    term.push(number(c, state));
    let mut blocks = Vec::new();
    match proof::verdict(c, party, state) {
        Some(found) => proved(c, &found, &mut blocks),
        None => blocks.push(Block::Paragraph(vec![unwritten(c, analysis, party, state)])),
    }
    Entry {
        id: anchor::verdict(place, state),
        term,
        blocks,
    }
}

/// That a proof is not written out.
fn unwritten(c: &Composer<'_>, analysis: &Analysis, party: &str, state: u32) -> Sentence {
    let concept = proof::concept_of(analysis, party);
    let at = Pointer::to("analysis")
        .key("stability")
        .key(concept)
        .key(party);
    let sentence = Sentence::new("witnesses.unwritten").words(
        "The moves are not written out here, because there are very many states; `detente why` shows them for any \
         state.",
    );
    if c.at(&at).is_some() {
        sentence.on(Ground::Stated(at))
    } else {
        sentence.see(anchor::state(state))
    }
}

/// The proof of a verdict.
fn proved(c: &Composer<'_>, found: &Placed<'_>, blocks: &mut Vec<Block>) {
    let (verdict, at) = found;
    let (party, state) = (verdict.party.as_str(), verdict.state);
    if let Some(ahead) = &verdict.anticipation {
        let sentence = Sentence::new("witnesses.ahead")
            .part(Inline::name(party))
            .words(" looks ahead by ")
            .part(c.number(&at.key("anticipation").key("horizon"), Form::Whole))
            .words(". It expects ");
        let sentence = if ahead.steps.is_empty() {
            sentence.words("to stay")
        } else {
            sentence.parts(words::steps(c, &ahead.steps))
        };
        let sentence = sentence
            .words(", and to end in ")
            .parts(words::brief(c, ahead.end))
            .words(".")
            .see(anchor::state(ahead.end));
        blocks.push(Block::Paragraph(vec![sentence]));
    }
    if verdict.improvements.is_empty() {
        if verdict.anticipation.is_none() {
            blocks.push(Block::Paragraph(vec![content(c, party, state)]));
        }
        return;
    }
    let intro = Sentence::new("witnesses.rank")
        .part(Inline::name(party))
        .words(" gives ")
        .part(number(c, state))
        .words(" the rank ")
        .part(words::rank(c, state, party))
        .words(".")
        .see(anchor::state(state));
    let intro = vec![
        intro,
        Sentence::new("witnesses.gains")
            .words("It has ")
            .parts(words::count(
                c,
                &at.key("improvements"),
                verdict.improvements.len(),
                "move to something better",
                "moves to something better",
            ))
            .words(if verdict.stable {
                ", which would be answered:"
            } else {
                noun(
                    verdict.improvements.len(),
                    "; nothing deters it:",
                    "; nothing deters these:",
                )
            })
            .see(anchor::state(state)),
    ];
    blocks.push(Block::Paragraph(intro));
    // A move that nothing deters is enough to prove that a party leaves; it comes first.
    let mut order: Vec<usize> = (0..verdict.improvements.len()).collect();
    order.sort_by_key(|i| {
        let one = &verdict.improvements[*i];
        (
            one.sanction.is_some(),
            words::distance(c, state, one.to),
            one.to,
        )
    });
    if !verdict.stable {
        let open = |i: &usize| verdict.improvements[*i].sanction.is_none();
        order.retain(open);
        order.truncate(OPEN);
    }
    let cut = order.len() > IMPROVEMENTS;
    let items = order.iter().take(IMPROVEMENTS);
    let items = items.map(|i| improvement(c, party, state, &verdict.improvements[*i]));
    blocks.push(Block::List {
        ordered: true,
        items: items.collect(),
    });
    if cut {
        let sentence = Sentence::new("witnesses.cut")
            .words("The others are in the findings, with what becomes of them.")
            .on(Ground::Stated(at.key("improvements")));
        blocks.push(Block::Paragraph(vec![sentence]));
    }
}

/// That no move of a party makes it better off, with its moves if they are known.
fn content(c: &Composer<'_>, party: &str, state: u32) -> Sentence {
    let sentence = Sentence::new("witnesses.content");
    let known = c.dossier.moves.as_ref().and_then(|m| m.each.as_ref());
    let Some(all) = known else {
        return sentence
            .words("None of its moves leads to a state that it ranks above ")
            .part(number(c, state))
            .words(", which has the rank ")
            .part(words::rank(c, state, party))
            .words(".")
            .see(anchor::state(state));
    };
    let own: Vec<u32> = all
        .iter()
        .filter(|m| m.from == state && m.party == party)
        .map(|m| m.to)
        .collect();
    if own.is_empty() {
        return sentence
            .words("It has no move from ")
            .part(number(c, state))
            .words(".")
            .see(anchor::state(state));
    }
    let each = own.iter().take(MOVES).map(|to| {
        vec![
            number(c, *to),
            say(" (rank "),
            words::rank(c, *to, party),
            say(")"),
        ]
    });
    let mut each: Vec<Line> = each.collect();
    if own.len() > MOVES {
        each.push(vec![say("others")]);
    }
    let sentence = sentence
        .words("It can move to ")
        .parts(words::list(each))
        .words(", and ranks ")
        .words(if own.len() == 1 {
            "that"
        } else {
            "none of them"
        })
        .words(if own.len() == 1 {
            " no higher than "
        } else {
            " higher than "
        })
        .part(number(c, state))
        .words(" (rank ")
        .part(words::rank(c, state, party))
        .words(").");
    own.iter()
        .take(MOVES)
        .fold(sentence.see(anchor::state(state)), |s, to| {
            s.see(anchor::state(*to))
        })
}

/// `rank 3 to 5`, after a move.
fn rises(c: &Composer<'_>, party: &str, from: u32, to: u32) -> Line {
    vec![
        say("; its rank goes from "),
        words::rank(c, from, party),
        say(" to "),
        words::rank(c, to, party),
    ]
}

pub(super) fn one(sentence: Sentence) -> Item {
    Item {
        sentences: vec![sentence],
        items: Vec::new(),
    }
}

/// A move with what it does to its mover.
fn moved(c: &Composer<'_>, rule: &'static str, step: &Step) -> Sentence {
    Sentence::new(rule)
        .parts(words::step(c, step))
        .parts(rises(c, &step.party, step.from, step.to))
        .words(".")
        .see(anchor::state(step.from))
        .see(anchor::state(step.to))
}

/// What becomes of an improvement, step by step.
fn improvement(c: &Composer<'_>, party: &str, state: u32, found: &Improvement) -> Item {
    let step = |from, to| Step {
        party: party.to_owned(),
        from,
        to,
    };
    let first = moved(c, "witnesses.gain", &step(state, found.to));
    let mut items = Vec::new();
    if let Some(by) = &found.sanction {
        for answer in by.sequence.iter().chain(&by.together) {
            items.push(one(moved(c, "witnesses.answer", answer)));
        }
        if by.sequence.is_empty() && by.together.is_empty() {
            let sentence = Sentence::new("witnesses.left")
                .words("The others leave it there.")
                .see(anchor::state(found.to));
            items.push(one(sentence));
        }
        items.push(one(compared(c, party, by.result, state)));
        if let Some(escape) = by.best_escape {
            let sentence = Sentence::new("witnesses.escape")
                .words("Its best way out from there, ")
                .parts(words::deed(
                    c,
                    party,
                    by.result,
                    escape,
                    crate::words::Tense::Gerund,
                ))
                .words(" (")
                .parts(words::arrow(c, by.result, escape))
                .words("), brings it to the rank ")
                .part(words::rank(c, escape, party))
                .words(", which does not make good the loss.")
                .see(anchor::state(escape));
            items.push(one(sentence));
        }
    } else if let Some(undone) = &found.undone {
        for answer in &undone.sequence {
            items.push(one(moved(c, "witnesses.answer", answer)));
        }
        items.push(one(moved(
            c,
            "witnesses.escapes",
            &step(undone.result, undone.escape),
        )));
        let sentence = Sentence::new("witnesses.undeterred")
            .words("The escape leaves it better off than ")
            .part(number(c, state))
            .words(", so that the answer does not deter it.")
            .see(anchor::state(undone.escape));
        items.push(one(sentence));
    } else {
        let sentence = Sentence::new("witnesses.undeterred").see(anchor::state(found.to));
        let sentence = if nobody_gains(c, party, found.to) {
            sentence
                .words("From ")
                .part(number(c, found.to))
                .words(" no other party has a move to something better: nothing deters it.")
        } else {
            sentence
                .words("No answer that counts under the rule leaves it as low as ")
                .part(number(c, state))
                .words(": nothing deters it.")
        };
        items.push(one(sentence));
    }
    Item {
        sentences: vec![first],
        items,
    }
}

/// Whether it is known that none of the others gains by a move of its own.
fn nobody_gains(c: &Composer<'_>, party: &str, state: u32) -> bool {
    let known = c.dossier.moves.as_ref().and_then(|m| m.each.as_ref());
    known.is_some_and(|all| {
        let mut others = all.iter().filter(|m| m.from == state && m.party != party);
        !others.any(|m| m.improves)
    })
}

/// Where an answer ends, against where the party started.
fn compared(c: &Composer<'_>, party: &str, result: u32, state: u32) -> Sentence {
    Sentence::new("witnesses.result")
        .words("It ends at ")
        .part(number(c, result))
        .words(", to which ")
        .part(Inline::name(party))
        .words(" gives the rank ")
        .part(words::rank(c, result, party))
        .words("; ")
        .part(number(c, state))
        .words(" has ")
        .part(words::rank(c, state, party))
        .words(": the move does not pay.")
        .see(anchor::state(result))
        .see(anchor::state(state))
}

/// The ways that are linked.
fn ways(c: &Composer<'_>, analysis: &Analysis, linked: &BTreeSet<String>, section: &mut Section) {
    let mut states: Vec<u32> = linked
        .iter()
        .filter_map(|l| l.strip_prefix("way-")?.parse().ok())
        .collect();
    states.sort_unstable();
    let entries: Vec<Entry> = states.iter().map(|s| way(c, analysis, *s)).collect();
    if !entries.is_empty() {
        let mut inner = Section::new("witnesses-ways", "How states are reached");
        inner.blocks.push(Block::Entries(entries));
        section.sections.push(inner);
    }
}

fn way(c: &Composer<'_>, analysis: &Analysis, state: u32) -> Entry {
    let mut term = vec![say("To ")];
    term.extend(words::state(c, state));
    let mut blocks = Vec::new();
    match holds::easiest(c, state) {
        _ if analysis.status_quo == Some(state) => {
            let sentence = Sentence::new("witnesses.here")
                .words("It is the status quo.")
                .on(Ground::Stated(Pointer::to("analysis").key("status_quo")));
            blocks.push(Block::Paragraph(vec![sentence]));
        }
        None => {
            let sentence = Sentence::new("witnesses.nowise")
                .words("No sequence of moves leads to it from the status quo.")
                .see(anchor::state(state));
            blocks.push(Block::Paragraph(vec![sentence]));
        }
        Some((kind, route, _)) => {
            let items = route.steps.iter().map(|leg| {
                let mut sentence = Sentence::new("witnesses.step").parts(holds::leg(c, leg));
                for party in &leg.parties {
                    sentence = sentence
                        .words("; the rank of ")
                        .part(Inline::name(party))
                        .words(" goes from ")
                        .part(words::rank(c, leg.from, party))
                        .words(" to ")
                        .part(words::rank(c, leg.to, party));
                }
                one(sentence
                    .words(".")
                    .see(anchor::state(leg.from))
                    .see(anchor::state(leg.to)))
            });
            blocks.push(Block::List {
                ordered: true,
                items: items.collect(),
            });
            if kind == "moves" {
                let sentence = Sentence::new("witnesses.unwanted")
                    .words("This is a shortest way by any moves; no way is made of improvements alone.")
                    .see(anchor::state(state));
                blocks.push(Block::Paragraph(vec![sentence]));
            }
        }
    }
    Entry {
        id: anchor::way(state),
        term,
        blocks,
    }
}
