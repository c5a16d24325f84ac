//! What must hold for every input. The fuzzer calls these functions with what it makes up; an
//! ordinary test calls them with the seeds and with everything that was ever found to fail.
//!
//! A function returns when all is well and panics when a promise is broken. Inputs that are no
//! UTF-8 are none of their business: the command refuses them before.

use detente::analysis::certificate::{self, Certificate};
use detente::analysis::hypergame::{self, Hypergame, Sights};
use detente::analysis::study::{Request, study};
use detente::analysis::verify::{Subject, verify};
use detente::analysis::{
    Budget, Concept, Game, Outcome, SequenceRule, Settings, StateId, explain, lint,
};
use detente::model::gmcr::{self, RankedStates};
use detente::model::scenario::{self, ScenarioFile};
use detente::model::{Model, json, resolve, variant};
use detente::report::build::{self, Witnesses};
use detente::report::diagnostics::{self, Drawing, SourceText};
use detente::report::style::Look;
use detente::report::{listing, perception, text, verification, why};
use detente::syntax::ast::Document;
use detente::syntax::{self, Diagnostic, TokenClass};

pub(super) const LOOK: Look = Look {
    colour: false,
    width: 80,
};

/// A budget small enough that every input is done with in milliseconds.
pub(super) fn small_budget() -> Budget {
    let mut budget = Budget::default();
    budget.max_states = 200;
    budget.max_moves = 10_000;
    budget.max_steps = 20_000;
    budget
}

/// Diagnostics point into the text and can be drawn.
pub(super) fn can_be_shown(found: &[Diagnostic], text: &str) {
    for d in found {
        assert!(!d.message.is_empty(), "a diagnostic without a message");
        for label in d.primary.iter().chain(&d.related) {
            let span = label.span.start..label.span.end;
            assert!(
                text.get(span.clone()).is_some(),
                "{} points to {span:?}, outside of the text or into a character: {}",
                d.code,
                d.message
            );
        }
    }
    let source = SourceText { name: "text", text };
    let drawing = Drawing {
        colour: false,
        width: 100,
    };
    // Drawing is slow where there is much of it.
    let drawn = diagnostics::text(&found[..found.len().min(20)], source, drawing);
    assert_eq!(drawn.is_empty(), found.is_empty());
    let listed = diagnostics::json(found, source);
    assert_eq!(listed.diagnostics.len(), found.len());
}

fn comments(text: &str) -> Vec<&str> {
    syntax::highlight(text)
        .into_iter()
        .filter(|(_, class)| *class == TokenClass::Comment)
        .map(|(span, _)| text[span.start..span.end].trim_end())
        .collect()
}

pub(super) fn reread(written: &str, document: &Document, what: &str) {
    let read = syntax::parse(written);
    assert!(
        !read.has_errors(),
        "{what} is not read back: {:?}\n{written}",
        read.diagnostics
    );
    assert!(
        read.document == *document,
        "{what} says something else:\n{written}\n{:#?}\n{document:#?}",
        read.document
    );
}

/// Reading is lossless, formatting and printing keep the meaning and are done once and for all.
pub fn parse(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let parsed = syntax::parse(text);
    assert_eq!(parsed.tree().to_string(), text, "the tree lost something");
    can_be_shown(&parsed.diagnostics, text);
    let mut end = 0;
    for (span, _) in syntax::highlight(text) {
        assert!(span.start >= end, "highlighted twice, at {}", span.start);
        assert!(text.get(span.start..span.end).is_some(), "at {span:?}");
        end = span.end;
    }
    let laid_out = syntax::format(text);
    if parsed.has_errors() {
        assert_eq!(laid_out, text, "a text with errors was changed");
        return;
    }
    reread(&laid_out, &parsed.document, "the formatted text");
    assert_eq!(syntax::format(&laid_out), laid_out, "formatting twice");
    assert_eq!(comments(&laid_out), comments(text), "the comments");
    let printed = syntax::print(&parsed.document);
    reread(&printed, &parsed.document, "the printed text");
    assert_eq!(
        syntax::format(&printed),
        printed,
        "formatting what was printed"
    );
}

/// Whatever JSON is accepted can be resolved, and written as text if the language can say it.
pub fn model_json(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let document = match json::from_json(text) {
        Ok(document) => document,
        Err(problem) => return can_be_shown(&[problem], text),
    };
    let again = json::from_json(&json::to_json(&document));
    assert!(
        again.as_ref() == Ok(&document),
        "JSON there and back: {again:#?}\n{document:#?}"
    );
    let resolved = resolve(&document);
    assert_eq!(
        resolved.model.is_none(),
        resolved.diagnostics.iter().any(Diagnostic::is_error)
    );
    let printed = syntax::print(&document);
    if syntax::is_writable(&document) {
        reread(&printed, &document, "the printed text");
        // The text means what the JSON form meant.
        let of_text = resolve(&syntax::parse(&printed).document);
        assert_eq!(of_text.model.is_some(), resolved.model.is_some());
        can_be_shown(&of_text.diagnostics, &printed);
    }
}

/// Whatever GMCR+ file is accepted is a negotiation that can be written, read and written back.
pub fn gmcr(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let imported = match gmcr::import(text) {
        Ok(imported) => imported,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            return can_be_shown(&problems, text);
        }
    };
    can_be_shown(&imported.notes, text);
    let printed = syntax::print(&imported.document);
    reread(&printed, &imported.document, "the imported file");
    let resolved = resolve(&syntax::parse(&printed).document);
    can_be_shown(&resolved.diagnostics, &printed);
    if let Some(model) = &resolved.model {
        export(model);
    }
}

/// What was imported from a bargaining scenario is a negotiation that can be written and read, and what is exported
/// can be imported. The files stand one after the other, each after a line `%%% name`.
pub fn scenario(bytes: &[u8]) {
    let mut files: Vec<ScenarioFile> = Vec::new();
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match (line.strip_prefix(b"%%% "), files.last_mut()) {
            (Some(name), _) => files.push(ScenarioFile {
                name: String::from_utf8_lossy(name).trim().to_owned(),
                bytes: Vec::new(),
            }),
            (None, Some(file)) => file.bytes.extend_from_slice(line),
            (None, None) => {}
        }
    }
    for evaluations in [scenario::Evaluations::Raw, scenario::Evaluations::Genius] {
        let options = scenario::Options {
            evaluations,
            steps: 3,
            ..scenario::Options::default()
        };
        let imported = match scenario::import(&files, &options) {
            Ok(imported) => imported,
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a reason");
                remarks_can_be_shown(&problems, &files);
                continue;
            }
        };
        remarks_can_be_shown(&imported.notes, &files);
        let printed = syntax::print(&imported.document);
        reread(&printed, &imported.document, "the imported scenario");
        let resolved = resolve(&imported.document);
        let Some(model) = resolved.model else {
            continue;
        };
        let Ok(exported) = scenario::export(&model, "again") else {
            continue;
        };
        let written = exported.files.into_iter().map(|(name, text)| ScenarioFile {
            name,
            bytes: text.into_bytes(),
        });
        let written: Vec<ScenarioFile> = written.collect();
        let again = scenario::import(&written, &scenario::Options::default());
        let again = again.unwrap_or_else(|e| panic!("the exported scenario is refused: {e:?}"));
        assert_eq!(
            again.document.parties.len(),
            imported.document.parties.len()
        );
        assert_eq!(again.document.issues.len(), imported.document.issues.len());
    }
}

fn remarks_can_be_shown(remarks: &[scenario::Remark], files: &[ScenarioFile]) {
    for remark in remarks {
        let text = remark.file.and_then(|f| files.get(f));
        let text = text.map(|f| scenario::text(&f.bytes)).unwrap_or_default();
        can_be_shown(std::slice::from_ref(&remark.diagnostic), &text);
    }
}

/// What was exported can be imported, and is the same conflict: as many states, the same moves and
/// the same order of the states for every party.
fn export(model: &Model) {
    let budget = small_budget();
    let Ok(game) = Game::new(model, &budget) else {
        return;
    };
    let ranked = ranked(&game);
    let Ok(written) = gmcr::export(model, Some(&ranked)) else {
        return;
    };
    let back = gmcr::import(&written)
        .unwrap_or_else(|e| panic!("the exported file is refused: {e:?}\n{written}"));
    let resolved = resolve(&back.document);
    let again = resolved
        .model
        .unwrap_or_else(|| panic!("the exported file: {:?}\n{written}", resolved.diagnostics));
    // A graded option comes back as several, so that states may be numbered in another way; sizes
    // do not depend on it.
    let Ok(other) = Game::new(&again, &budget) else {
        return;
    };
    assert_eq!(other.space.len(), game.space.len(), "states\n{written}");
    assert_eq!(
        other.graph.total_moves(),
        game.graph.total_moves(),
        "moves\n{written}"
    );
    let sizes = |r: &RankedStates| -> Vec<Vec<usize>> {
        r.parties
            .iter()
            .map(|groups| groups.iter().map(Vec::len).collect())
            .collect()
    };
    assert_eq!(
        sizes(&self::ranked(&other)),
        sizes(&ranked),
        "orders\n{written}"
    );
}

fn ranked(game: &Game<'_>) -> RankedStates {
    let of_party = |ranking: &detente::analysis::Ranking| {
        let mut groups = vec![Vec::new(); ranking.levels() as usize];
        for state in game.space.ids() {
            groups[ranking.rank(state) as usize].push(state.0 + 1);
        }
        groups.reverse();
        groups
    };
    RankedStates {
        parties: game.rankings.iter().map(of_party).collect(),
    }
}

/// Every text, however odd, is answered within its budget, and every answer can be shown.
pub fn analyze(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let parsed = syntax::parse(text);
    if parsed.has_errors() {
        return;
    }
    let resolved = resolve(&parsed.document);
    can_be_shown(&resolved.diagnostics, text);
    if let Some(model) = &resolved.model {
        analyze_model(model, text);
        export(model);
    }
    if resolved.model.is_some() {
        perceive(&parsed.document, text);
    }
    for item in parsed.document.variants.iter().take(4) {
        if let Ok(changed) = variant::apply(&parsed.document, &[item.name.text.as_str()])
            && let Some(model) = resolve(&changed).model
        {
            analyze_model(&model, text);
        }
    }
}

/// What parties see can be judged and told.
pub(super) fn perceive(document: &Document, source: &str) -> Option<perception::Perception> {
    const PARTIES: usize = 4;
    let budget = small_budget();
    let sights = match Sights::new(document) {
        Ok(sights) => sights,
        Err(problems) => {
            can_be_shown(&problems, source);
            return None;
        }
    };
    let parties = sights.truth().parties.len();
    let hypergame = match Hypergame::new(&sights, &budget) {
        Ok(hypergame) => hypergame,
        Err(problems) => {
            can_be_shown(&problems, source);
            return None;
        }
    };
    if parties > PARTIES || document.views.is_empty() {
        return None;
    }
    let judgements = vec![vec![Concept::Seq; parties]; hypergame.games.len()];
    let judged = hypergame.judge(&judgements, &budget).ok()?;
    assert!(
        judged
            .hypergame
            .iter()
            .all(|s| hypergame.universe.is_real(s))
    );
    let request = hypergame::Request {
        eyes: sights.truth().party_ids().collect(),
        states: Vec::new(),
    };
    let mut small = budget.clone();
    small.max_work = 1_000;
    let by = |model: &Model| Some(vec![Concept::Seq; model.parties.len()]);
    let outcome = hypergame::study(document, &hypergame, &judged, &by, &request, &small);
    let outcome = outcome.ok()?;
    let deleted = hypergame::moves_deleted(&hypergame, &judgements[0], &budget);
    let deleted = deleted.ok()?;
    let found = perception::Found {
        hypergame: &hypergame,
        variants: &[],
        semantics: perception::Semantics::Hypergame,
        judged: &judged,
        deleted: &deleted,
        by_concept: &[],
        findings: outcome.value(),
        stop: None,
    };
    let finding = perception::finding(&found);
    assert!(!perception::text(&found, &finding, LOOK).is_empty());
    Some(finding)
}

fn analyze_model(model: &Model, source: &str) {
    let budget = small_budget();
    let sizes = listing::sizes(model, &budget);
    assert!(!listing::sizes_text(model, &sizes, LOOK).is_empty());
    let game = match Game::new(model, &budget) {
        Ok(game) => game,
        Err(problems) => {
            assert!(problems.iter().any(Diagnostic::is_error));
            return can_be_shown(&problems, source);
        }
    };
    can_be_shown(&lint::lint(&game, &budget), source);
    let states: Vec<StateId> = game.space.ids().collect();
    let list = listing::list(&game, &states);
    assert!(!listing::text(&game, &states, &list, LOOK).is_empty());
    assert_eq!(listing::csv(&list).lines().count(), states.len() + 1);
    let mut request = Request::usual(&game);
    request
        .concepts
        .extend([Concept::LimitedMove(2), Concept::NonMyopic]);
    let outcome = study(&game, request, &budget);
    let found = outcome.value();
    can_be_shown(&found.findings, source);
    let stop = match &outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop),
    };
    let witnesses = if states.len() <= 32 {
        Witnesses::All
    } else {
        Witnesses::Equilibria
    };
    let finding = build::analysis(found, &[], witnesses, stop, &budget);
    assert!(!text::analysis(found, &finding, stop, LOOK).is_empty());
    implications(|concept| finding.equilibria.get(concept));
    let settings = Settings::default();
    for state in states.iter().take(4) {
        let asked: Vec<_> = model.party_ids().map(|p| (p, Concept::Seq)).collect();
        if let Ok(answer) = why::why(&game, *state, &asked, &settings, &budget) {
            assert!(!why::text(&game, *state, &answer, LOOK).is_empty());
        }
    }
}

/// What the definitions imply: a Nash equilibrium is one by every concept that looks further, and a
/// credible sanction is a sanction.
fn implications<'a>(equilibria: impl Fn(&str) -> Option<&'a Vec<u32>>) {
    for (stronger, weaker) in [
        ("nash", "sseq"),
        ("nash", "smr"),
        ("sseq", "seq"),
        ("sseq", "smr"),
        ("seq", "gmr"),
        ("smr", "gmr"),
    ] {
        let (Some(some), Some(all)) = (equilibria(stronger), equilibria(weaker)) else {
            continue;
        };
        let missing = some.iter().find(|s| !all.contains(s));
        assert_eq!(missing, None, "{stronger} implies {weaker}");
    }
}

/// The negotiation that certificates are checked against: hand-drawn, so that sequences of moves matter.
const DRAWN: &str = include_str!("../seeds/parse/graph.detente");

/// Whatever certificate is read can be checked and shown, and what is accepted says what the engine
/// finds.
pub fn certificate(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(read) = certificate::from_json(text) else {
        return;
    };
    let written = certificate::to_json(&read);
    assert_eq!(certificate::from_json(&written).as_ref(), Ok(&read));
    for source in [DRAWN, include_str!("../seeds/parse/dilemma.detente")] {
        check(source, &read);
    }
}

fn check(source: &str, read: &Certificate) {
    let document = syntax::parse(source).document;
    let model = resolve(&document).model.expect("the seed has no errors");
    let budget = small_budget();
    let mut read = read.clone();
    let fingerprint = certificate::fingerprint(&document);
    // A fingerprint is not to be found by chance.
    read.fingerprint.clone_from(&fingerprint);
    let subject = Subject {
        model: &model,
        variants: &[],
        fingerprint: &fingerprint,
    };
    let report = verify(&subject, &read, &budget);
    assert!(report.valid || !report.defects.is_empty() || report.stopped.is_some());
    let valid = report.valid;
    let shown = verification::verification(&read, report);
    assert!(!verification::text(&shown, LOOK).is_empty());
    if !valid {
        return;
    }
    let game = Game::new(&model, &budget).expect("the seed is small");
    for verdict in &read.verdicts {
        let concept: Concept = verdict.concept.parse().expect("accepted");
        let mut parties = model.party_ids();
        let party = parties.find(|p| model.party(*p).name == verdict.party);
        let (party, state) = (party.expect("accepted"), game.by_id(verdict.state));
        let settings = Settings {
            sequences: match read.rules.sequences {
                certificate::Sequences::Legal => SequenceRule::Legal,
                certificate::Sequences::EachOnce => SequenceRule::EachOnce,
            },
            diagonal: read.rules.diagonal,
        };
        let state = state.expect("accepted");
        let found = explain(&game.conflict(), concept, &settings, party, state, &budget);
        assert_eq!(
            found.expect("applies").stable,
            verdict.stable,
            "{verdict:?}"
        );
    }
}
