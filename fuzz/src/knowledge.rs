//! What must hold for every input that says what is known and when: tables of events, logs of forecasts, words of
//! days, back-tests, and everything that is told of a record.

use std::collections::BTreeSet;

use detente::analysis::claims::log::{self, ForecastEntry, What};
use detente::analysis::claims::register::Register;
use detente::analysis::claims::score::calibration::Bins;
use detente::analysis::claims::{Course, judge, questions, score};
use detente::analysis::evidence::{self, Question, on_day, timeline};
use detente::analysis::likeness::{distance, features};
use detente::analysis::standpoint::{present_in, seen_by, standpoint};
use detente::analysis::timed::{self, Behaviour, Method, PACE, Reason, Request, Target, horizon};
use detente::analysis::{Budget, Concept, Game, Outcome, StateSet, Stop};
use detente::model::as_of::as_of;
use detente::model::events::{self, Candidate};
use detente::model::{Model, days as words, present, resolve};
use detente::report::{brief, claims as told, events as listed, forecast};
use detente::report::{evidence as ledger, timeline as calendar};
use detente::syntax;
use detente::syntax::ast::Document;
use indexmap::IndexMap;
use jiff::civil::Date;

use super::targets::{LOOK, can_be_shown, reread, small_budget};

/// The first day that can be written.
const FIRST_DAY: Date = Date::constant(0, 1, 1);

/// The first line of an input, and the rest.
fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Whatever table is read, its candidates have ids of their own and are calendars that can be read, and nothing is lost
/// between the rows and what is told of them.
pub fn events(bytes: &[u8]) {
    let Ok(found) = events::read(bytes, &events::Request::default()) else {
        return;
    };
    let ids: BTreeSet<&str> = found.candidates.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), found.candidates.len(), "two candidates, one id");
    let reports: usize = found.candidates.iter().map(|c| c.reports.len()).sum();
    let told = reports as u64 + found.one_sided + found.outside;
    assert!(told <= found.rows, "more reports than rows");
    assert!(
        told + found.malformed.len() as u64 >= found.rows,
        "rows are lost"
    );
    for candidate in &found.candidates {
        assert!((1..=candidate.reports.len()).contains(&candidate.witnesses));
    }
    let all: Vec<&Candidate> = found.candidates.iter().collect();
    for text in [events::candidates_text(&found), events::calendar(&all)] {
        let read = syntax::parse(&text);
        assert!(!read.has_errors(), "{:?}\n{text}", read.diagnostics);
        assert_eq!(
            syntax::format(&syntax::format(&text)),
            syntax::format(&text)
        );
    }
    let accepted = syntax::parse(&events::calendar(&all)).document;
    assert_eq!(accepted.calendar.len(), all.len(), "an event is lost");
    let finding = listed::finding(&found);
    assert!(!listed::account(&finding).is_empty());
    assert!(!listed::csv(&finding).is_empty());
    let day = found.candidates.first().map(|c| c.date);
    let narrow = events::Request {
        from: day,
        to: day,
        ..events::Request::default()
    };
    let some = events::read(bytes, &narrow);
    let some = some.unwrap_or_else(|no| panic!("a table under one filter only: {no}"));
    let kept = found.candidates.iter().filter(|c| Some(c.date) == day);
    assert!(
        day.is_none() || some.candidates.iter().eq(kept),
        "a filter changes candidates"
    );
}

/// A log of any bytes is read, told and scored, and one without defects takes an entry and is sound afterwards.
pub fn log(bytes: &[u8]) {
    let read = log::read(bytes);
    let sealed = told::seal(&read, Some("0"));
    assert!(!told::seal_text(&sealed, LOOK).is_empty());
    for defect in &read.defects {
        assert!(defect.line >= 1);
        assert!(!told::fault(&defect.fault).is_empty());
    }
    let shown = told::log(&read);
    assert!(!told::log_text(&shown, LOOK).is_empty());
    scored(&Register::new(&read.entries).questions());
    let day = Date::constant(2019, 1, 20);
    let entry = ForecastEntry {
        name: "summit".to_owned(),
        by: "me".to_owned(),
        said: day,
        title: None,
        probability: Some("0.7".to_owned()),
        words: None,
        graded: Vec::new(),
        first: None,
        last: Some(day),
        condition: None,
        rule: None,
        reference: None,
    };
    let added = log::append(
        &read,
        jiff::Timestamp::UNIX_EPOCH,
        vec![What::Forecast(entry)],
    );
    let Ok(added) = added else {
        assert!(!read.defects.is_empty(), "a sound log takes nothing");
        return;
    };
    assert!(read.defects.is_empty(), "a damaged log takes an entry");
    let longer = log::read(&[bytes, &added].concat());
    assert_eq!(longer.defects, [], "defects after an entry");
    assert_eq!(longer.tail, None, "a torn end after an entry");
    assert!(
        longer.entries.starts_with(&read.entries),
        "entries are lost"
    );
    assert!(longer.entries.len() > read.entries.len());
}

fn scored(asked: &[detente::analysis::claims::Question]) {
    for bins in [Bins::Bands, Bins::Tenths] {
        let scores = score::score(asked, bins);
        let finding = told::scores(None, None, asked, &scores, bins);
        assert!(!told::scores_text(&finding, LOOK).is_empty());
        assert!(!told::scores_csv(&finding).is_empty());
    }
}

/// Words of days mean days in their order, or are refused. The first line is the day from which they count.
pub fn days(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (day, text) = first_line(text);
    let counted = [FIRST_DAY, Date::MAX, Date::constant(2020, 2, 29)];
    for as_of in counted.into_iter().chain(day.trim().parse()) {
        for line in text.lines() {
            let Some(days) = words::meant(line, as_of) else {
                continue;
            };
            assert!(days.first <= days.last, "`{line}` from {as_of}: {days:?}");
            assert!(days.first >= FIRST_DAY, "`{line}` from {as_of}: {days:?}");
            let capitals = words::meant(&line.to_ascii_uppercase(), as_of);
            assert_eq!(capitals, Some(days), "capitals matter in `{line}`");
        }
    }
}

/// What was known on a day is a negotiation that can be written, read and resolved, and nothing more is hidden when it
/// is asked again. The first line is the day.
pub fn asof(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (day, text) = first_line(text);
    let Some(day) = events::day(day.trim()) else {
        return;
    };
    let parsed = syntax::parse(text);
    if parsed.has_errors() || resolve(&parsed.document).model.is_none() {
        return;
    }
    for day in [day, FIRST_DAY, Date::MAX] {
        let (known, hidden) = as_of(&parsed.document, day);
        for element in &hidden {
            assert!(!element.what.is_empty());
            // An outcome without a day is later than any other; there is nothing after the last.
            let later = element.known > day || day == Date::MAX;
            assert!(later, "{element:?} was known on {day}");
            assert!(text.get(element.span.start..element.span.end).is_some());
        }
        let printed = syntax::print(&known);
        reread(&printed, &known, "what was known");
        let resolved = resolve(&known);
        assert!(
            resolved.model.is_some(),
            "as of {day}: {:?}\n{printed}",
            resolved.diagnostics
        );
        let (again, more) = as_of(&known, day);
        assert!(more.is_empty() && again == known, "{day}: {more:?}");
    }
}

/// Everything that is told of a record, of every text: no panic, and what stops says why.
pub fn known(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let parsed = syntax::parse(text);
    if parsed.has_errors() {
        return;
    }
    let resolved = resolve(&parsed.document);
    can_be_shown(&resolved.diagnostics, text);
    let Some(model) = &resolved.model else {
        return;
    };
    record(&parsed.document, model, text);
}

/// Evidence, timeline, claims, forecast, briefs and likeness of one negotiation.
pub fn record(document: &Document, model: &Model, text: &str) {
    let budget = small_budget();
    let game = Game::new(model, &budget).ok();
    evident(document, model, game.as_ref(), text, &budget);
    dated(document, model);
    claimed(document, model, text);
    if let Some(game) = &game {
        forecasted(document, game, text, &budget);
        let outcome = features(document, model, &budget);
        says_why(&outcome);
        let itself = distance(outcome.value(), outcome.value());
        assert!(itself.value.is_none_or(|d| d == 0.0), "{itself:?}");
    }
    briefed(document, model, text, &budget);
}

fn says_why<T>(outcome: &Outcome<T>) -> Option<&Stop> {
    match outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => {
            assert!(!stop.to_string().is_empty());
            Some(stop)
        }
    }
}

/// The evidence, with the negotiation itself for the text of every source.
pub(super) fn evident(
    document: &Document,
    model: &Model,
    game: Option<&Game<'_>>,
    text: &str,
    budget: &Budget,
) -> ledger::Ledger {
    let names = model.sources.iter().map(|s| s.name.clone());
    let own: String = text.chars().take(2_000).collect();
    let texts: IndexMap<String, String> = names.map(|n| (n, own.clone())).collect();
    let question = Question {
        document,
        model,
        texts: &texts,
        game,
    };
    let outcome = evidence::evidence(&question, budget);
    let stopped = says_why(&outcome).map(ToString::to_string);
    for (place, element) in outcome.value().elements.iter().enumerate() {
        assert_eq!(element.number, place + 1);
    }
    let shown = ledger::Shown::default();
    let found = ledger::Found {
        model,
        variants: &[],
        evidence: outcome.value(),
        unread: &[],
        not_compared: None,
        shown: &shown,
        stopped,
    };
    assert!(!ledger::text(&found, LOOK).is_empty());
    let finding = ledger::finding(&found);
    assert!(!ledger::csv(&finding, &shown).is_empty());
    finding
}

/// The calendar, with what is known on some days, and without.
pub(super) fn dated(document: &Document, model: &Model) -> calendar::Calendar {
    let found = timeline(document, model, None);
    for day in [Some(FIRST_DAY), model.as_of, Some(Date::MAX)] {
        let on = day.map(|day| on_day(model, day, None));
        let found = calendar::Found {
            model,
            variants: &[],
            party: None,
            timeline: &found,
            on: on.as_ref(),
        };
        assert!(!calendar::text(&found, LOOK).is_empty());
        let finding = calendar::finding(&found);
        assert!(!calendar::csv(&finding).is_empty());
        assert!(calendar::svg(&finding).ends_with("</svg>\n"));
    }
    calendar::finding(&calendar::Found {
        model,
        variants: &[],
        party: None,
        timeline: &found,
        on: None,
    })
}

/// The claims as they are judged and scored.
pub(super) fn claimed(document: &Document, model: &Model, text: &str) -> Option<told::Claims> {
    let course = match Course::new(document, model) {
        Ok(course) => course,
        Err(problems) => {
            can_be_shown(&problems, text);
            return None;
        }
    };
    let judged = judge(model, &course);
    assert_eq!(judged.len(), model.record.claims.len());
    let asked = questions(model, &judged);
    scored(&asked);
    let scores = score::score(&asked, Bins::Bands);
    let found = told::Found {
        model,
        judged: &judged,
        questions: &asked,
        scores: &scores,
    };
    assert!(!told::text(&found, LOOK).is_empty());
    let finding = told::finding(&found);
    assert!(!told::list_csv(&finding).is_empty());
    Some(finding)
}

/// A few histories, or why there are none; shares lie between 0 and 1.
pub(super) fn forecasted(
    document: &Document,
    game: &Game<'_>,
    text: &str,
    budget: &Budget,
) -> Option<forecast::Forecast> {
    let model = game.model;
    let (until, reason) = horizon(model).unwrap_or((Date::MAX, Reason::Asked));
    let mut all = StateSet::empty(game.space.len());
    for state in game.space.ids() {
        all.insert(state);
    }
    let everything = Target {
        name: "everything".to_owned(),
        states: all,
        class: None,
    };
    let request = Request {
        until,
        paces: model
            .parties
            .iter()
            .map(|p| p.pace.unwrap_or(PACE))
            .collect(),
        behaviours: vec![Behaviour::Wary; model.parties.len()],
        meeting: timed::MEETING,
        targets: vec![everything],
        dates: Vec::new(),
        method: Method::Auto,
        replicates: 20,
        seed: 1,
        comparisons: true,
    };
    let mut small = budget.clone();
    small.max_work = 100_000;
    let after = |events: &[usize]| present::after(document, events);
    let outcome = match timed::forecast(game, &after, &request, &small) {
        Ok(outcome) => outcome,
        Err(timed::Unforecast::Changes(problems)) => {
            can_be_shown(&problems, text);
            return None;
        }
        Err(why) => {
            let (message, _) = forecast::refusal(model, &why).expect("it says why");
            assert!(!message.is_empty());
            return None;
        }
    };
    let found = forecast::Found {
        game,
        variants: &[],
        request: &request,
        reason,
        paced: &vec![false; model.parties.len()],
        forecast: outcome.value(),
        stop: says_why(&outcome),
    };
    assert!(!forecast::text(&found, LOOK).is_empty());
    let finding = forecast::finding(&found);
    assert!(!forecast::csv(&finding).is_empty());
    Some(finding)
}

fn briefed(document: &Document, model: &Model, text: &str, budget: &Budget) {
    for party in model.party_ids().take(3) {
        let seen = match seen_by(document, &model.party(party).name) {
            Ok(seen) => seen,
            Err(problems) => {
                can_be_shown(&problems, text);
                continue;
            }
        };
        let game = Game::new(&seen, budget).ok();
        let concepts = vec![Concept::Seq; seen.parties.len()];
        let found = game.as_ref().map(|game| {
            let present = present_in(game, model);
            standpoint(game, party, present, &concepts, budget)
        });
        let asked = brief::Asked {
            truth: model,
            seen: &seen,
            party,
            judged: game.as_ref().zip(found.as_ref()),
            too_large: None,
        };
        let finding = brief::finding(&asked);
        assert!(!brief::text(&finding, LOOK).is_empty());
        assert!(!brief::csv(std::slice::from_ref(&finding)).is_empty());
    }
}
