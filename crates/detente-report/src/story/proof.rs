//! Verdicts and the moves that prove them, in clauses.

use super::words::{self, names, number};
use crate::document::{Composer, Form, Ground, Inline, Line, Pointer, Sentence, anchor, plain};
use crate::finding::{Analysis, Improvement, Sanction, Step, Verdict};
use crate::words::Tense;

/// A verdict with its place in the findings.
pub(super) type Placed<'a> = (&'a Verdict, Pointer);

/// The concept by which a party judges.
pub(super) fn concept_of<'a>(analysis: &'a Analysis, party: &str) -> &'a str {
    let own = analysis.settings.by_party.get(party);
    own.unwrap_or(&analysis.settings.main)
}

/// The place of a party among all.
pub(super) fn party_place(analysis: &Analysis, party: &str) -> usize {
    let mut parties = analysis.parties.iter();
    parties.position(|p| p.name == party).unwrap_or_default()
}

/// The verdict of a party on a state, if its proof is written out.
pub(super) fn verdict<'a>(c: &Composer<'a>, party: &str, state: u32) -> Option<Placed<'a>> {
    let analysis = c.dossier.analysis.as_ref()?;
    let concept = concept_of(analysis, party);
    let of_party = analysis.witnesses.get(concept).and_then(|w| w.get(party));
    let written =
        of_party.and_then(|list| Some((list, list.iter().position(|v| v.state == state)?)));
    if let Some((list, place)) = written {
        let at = Pointer::to("analysis").key("witnesses").key(concept);
        return Some((list.get(place)?, at.key(party).index(place)));
    }
    for (place, obstacle) in analysis.obstacles.iter().enumerate() {
        let found = obstacle
            .verdicts
            .iter()
            .position(|v| v.party == party && v.state == state && v.concept == *concept);
        if let Some(inner) = found {
            let at = Pointer::to("analysis").key("obstacles").index(place);
            return Some((
                obstacle.verdicts.get(inner)?,
                at.key("verdicts").index(inner),
            ));
        }
    }
    None
}

/// Whether a state is stable for a party; `None` when that was not found.
pub(super) fn is_stable(c: &Composer<'_>, party: &str, state: u32) -> Option<bool> {
    let analysis = c.dossier.analysis.as_ref()?;
    let of_concept = analysis.stability.get(concept_of(analysis, party))?;
    Some(of_concept.get(party)?.contains(&state))
}

/// The ground of a sentence about a verdict.
pub(super) fn ground(c: &Composer<'_>, party: &str, state: u32) -> Ground {
    let place = c.dossier.analysis.as_ref();
    let place = place.map_or(0, |a| party_place(a, party));
    Ground::Moves(anchor::verdict(place, state))
}

/// The ground of a sentence about the verdicts of all parties on a state.
pub(super) fn ground_of_all(state: u32) -> Ground {
    Ground::Moves(anchor::verdicts(state))
}

/// Whether a party has no move at all out of an equilibrium, as far as that was found.
pub(super) fn cannot_leave(c: &Composer<'_>, party: &str, state: u32) -> bool {
    let analysis = c.dossier.analysis.as_ref();
    let firm = analysis.and_then(|a| a.robustness.iter().find(|r| r.state == state));
    if let Some(own) = firm.and_then(|r| r.parties.get(party)) {
        return own.kind == "no_move";
    }
    let moves = c.dossier.moves.as_ref().and_then(|m| m.each.as_ref());
    moves.is_some_and(|all| !all.iter().any(|m| m.from == state && m.party == party))
}

/// The simplest of the improvements that pass a test, with its place.
pub(super) fn simplest<'a>(
    c: &Composer<'_>,
    verdict: &'a Verdict,
    test: impl Fn(&Improvement) -> bool,
) -> Option<(usize, &'a Improvement)> {
    let passing = verdict.improvements.iter().enumerate();
    passing
        .filter(|(_, i)| test(i))
        .min_by_key(|(_, i)| (words::distance(c, verdict.state, i.to), i.to))
}

/// `US would gain by withdrawing “Grant relief” (8 → 5)`.
pub(super) fn gain(c: &Composer<'_>, party: &str, from: u32, to: u32) -> Line {
    let mut line = vec![Inline::name(party), words::words(" would gain by ")];
    line.extend(words::deed(c, party, from, to, Tense::Gerund));
    line.push(words::words(" ("));
    line.extend(words::arrow(c, from, to));
    line.push(words::words(")"));
    line
}

/// `DPRK would then choose “Test” (5 → 21)`: answers one after the other. Under concepts that ask for improvements the
/// others would give them, under the others they could.
pub(super) fn answers(c: &Composer<'_>, concept: &str, steps: &[Step]) -> Line {
    let verb = if matches!(concept, "gmr" | "smr") {
        " could then "
    } else {
        " would then "
    };
    let mut line = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        if place > 0 {
            line.push(words::words(", and "));
        }
        line.push(Inline::name(&step.party));
        line.push(words::words(verb));
        line.extend(words::deed(
            c,
            &step.party,
            step.from,
            step.to,
            Tense::Infinitive,
        ));
        line.push(words::words(" ("));
        line.extend(words::arrow(c, step.from, step.to));
        line.push(words::words(")"));
    }
    line
}

/// What the end of an answer is to the party: `and 21 is worse for US than 8`.
pub(super) fn judged(c: &Composer<'_>, party: &str, result: u32, state: u32) -> Line {
    let rank = |id| words::find(c, id).and_then(|s| s.ranks.get(party)).copied();
    if result == state {
        return vec![
            words::words("and "),
            Inline::name(party),
            words::words(" would be back at "),
            number(c, state),
        ];
    }
    let than = match rank(result).cmp(&rank(state)) {
        std::cmp::Ordering::Less => " is worse for ",
        std::cmp::Ordering::Equal => " is no better for ",
        std::cmp::Ordering::Greater => " is better for ",
    };
    vec![
        words::words("and "),
        number(c, result),
        words::words(than),
        Inline::name(party),
        words::words(" than "),
        number(c, state),
    ]
}

/// What deters a move, after `but`.
pub(super) fn sanction(c: &Composer<'_>, verdict: &Verdict, by: &Sanction) -> Line {
    let party = &verdict.party;
    let mut line = Vec::new();
    if !by.together.is_empty() {
        line.push(words::words("if at the same time "));
        let each = by.together.iter().map(|s| words::step(c, s)).collect();
        line.extend(words::list(each));
        line.push(words::words(", the result is "));
        line.push(number(c, by.result));
    } else if by.sequence.is_empty() {
        line.push(words::words("the others would leave it there"));
    } else {
        line.extend(answers(c, &verdict.concept, &by.sequence));
    }
    line.push(words::words(", "));
    line.extend(judged(c, party, by.result, verdict.state));
    line
}

/// What looking ahead a party expects: `looking 2 moves ahead, US would move and expect to end in 5`.
fn expects(c: &Composer<'_>, verdict: &Verdict, at: &Pointer) -> Option<Line> {
    let ahead = verdict.anticipation.as_ref()?;
    let from = at.key("anticipation").key("horizon");
    let mut line = vec![words::words("looking "), c.number(&from, Form::Whole)];
    line.push(words::words(if ahead.horizon == 1 {
        " move ahead, "
    } else {
        " moves ahead, "
    }));
    line.push(Inline::name(&verdict.party));
    if ahead.steps.is_empty() {
        line.push(words::words(" stays"));
    } else {
        line.push(words::words(" moves, and expects to end in "));
        line.extend(words::brief(c, ahead.end));
    }
    Some(line)
}

/// Why a party leaves a state, as a clause: the simplest move that nothing deters.
pub(super) fn undoing(c: &Composer<'_>, (verdict, at): &Placed<'_>) -> Option<Line> {
    let open = simplest(c, verdict, |i| i.sanction.is_none());
    let Some((_, open)) = open else {
        return expects(c, verdict, at);
    };
    let party = &verdict.party;
    let mut line = gain(c, party, verdict.state, open.to);
    match &open.undone {
        None => line.push(words::words(", and nothing would deter it")),
        Some(undone) => {
            line.push(words::words("; "));
            line.extend(answers(c, &verdict.concept, &undone.sequence));
            line.push(words::words(", but it would escape by "));
            let deed = words::deed(c, party, undone.result, undone.escape, Tense::Gerund);
            line.extend(deed);
            line.push(words::words(" ("));
            line.extend(words::arrow(c, undone.result, undone.escape));
            line.push(words::words(")"));
        }
    }
    Some(line)
}

/// For whom a state holds, and why.
struct Kinds<'a> {
    /// They have no move out of it.
    unable: Vec<&'a str>,
    /// No move makes them better off.
    content: Vec<&'a str>,
    /// Their gains would be answered.
    deterred: Vec<Placed<'a>>,
    /// Their proof is not written out.
    unwritten: Vec<&'a str>,
}

impl<'a> Kinds<'a> {
    fn of(c: &Composer<'a>, analysis: &'a Analysis, state: u32) -> Self {
        let mut kinds = Self {
            unable: Vec::new(),
            content: Vec::new(),
            deterred: Vec::new(),
            unwritten: Vec::new(),
        };
        for party in &analysis.parties {
            let party = party.name.as_str();
            let found = verdict(c, party, state);
            let gains = |v: &Verdict| !v.improvements.is_empty() || v.anticipation.is_some();
            match found {
                _ if cannot_leave(c, party, state) => kinds.unable.push(party),
                None => kinds.unwritten.push(party),
                Some(found) if gains(found.0) => kinds.deterred.push(found),
                Some(_) => kinds.content.push(party),
            }
        }
        kinds
    }
}

/// Why a state holds, in words without the numbers of states: two states of which this is the same hold for the same
/// reasons.
pub(super) fn reasons(c: &Composer<'_>, state: u32) -> Option<Vec<String>> {
    let analysis = c.dossier.analysis.as_ref()?;
    let kinds = Kinds::of(c, analysis, state);
    let mut out = Vec::new();
    for (what, whom) in [
        ("unable", &kinds.unable),
        ("content", &kinds.content),
        ("unwritten", &kinds.unwritten),
    ] {
        out.push(format!("{what}: {}", whom.join(" ")));
    }
    for found in &kinds.deterred {
        let said = plain(&deterrence(c, found).parts);
        out.push(said.chars().filter(|l| !l.is_ascii_digit()).collect());
    }
    Some(out)
}

/// Why a state holds for each party, in sentences: `lead` tells the state, the first sentence that it holds and for
/// whom without more ado; each whose gain is answered has a sentence by itself.
pub(super) fn why_it_holds(c: &Composer<'_>, lead: Sentence, state: u32) -> Vec<Sentence> {
    let Some(analysis) = &c.dossier.analysis else {
        return Vec::new();
    };
    let kinds = Kinds::of(c, analysis, state);
    let all = kinds.content.len() == analysis.parties.len() && kinds.content.len() > 2;
    let each = kinds.content.iter().map(|p| vec![Inline::name(p)]);
    let each = words::either(each.collect());
    let mut lead = lead.words(" would hold");
    if all {
        lead = lead.words(": no party has a move of its own that makes it better off");
    } else if !kinds.content.is_empty() {
        lead = lead
            .part(words::verb(
                kinds.content.len(),
                ": no move of its own would make ",
                ": no move of their own would make ",
            ))
            .parts(each)
            .words(" better off");
    }
    if !kinds.unable.is_empty() {
        lead = lead
            .words(if kinds.content.is_empty() {
                ": "
            } else {
                ", and "
            })
            .parts(names(&kinds.unable))
            .words(" cannot leave it");
    }
    let mut out = vec![lead.words(".").on(ground_of_all(state))];
    for found in &kinds.deterred {
        out.push(deterrence(c, found).on(ground(c, &found.0.party, state)));
    }
    if !kinds.unwritten.is_empty() {
        let sentence = Sentence::new("holds.unwritten")
            .words("By the rule it also holds for ")
            .parts(names(&kinds.unwritten))
            .words(".");
        out.push(sentence.on(ground_of_all(state)));
    }
    out
}

/// What deters a party from leaving.
fn deterrence(c: &Composer<'_>, found: &Placed<'_>) -> Sentence {
    let (verdict, at) = found;
    let sentence = Sentence::new("holds.deterred");
    let Some((_, improvement)) = simplest(c, verdict, |i| i.sanction.is_some()) else {
        let expected = expects(c, verdict, at).unwrap_or_default();
        return sentence
            .words("By the rule of looking ahead it holds for ")
            .part(Inline::name(&verdict.party))
            .words(": ")
            .parts(expected)
            .words(".");
    };
    let mut sentence = sentence
        .parts(gain(c, &verdict.party, verdict.state, improvement.to))
        .words(", but ");
    if let Some(by) = &improvement.sanction {
        sentence = sentence.parts(self::sanction(c, verdict, by));
    }
    let more = verdict.improvements.len();
    if more > 1 {
        sentence = sentence
            .words("; so it goes with each of its ")
            .part(c.number(&at.key("improvements"), Form::Length))
            .words(" gains");
    }
    sentence.words(".")
}
