//! Timed evolution against closed forms, and its two engines against each other.

use detente_analysis::timed::{
    Behaviour, Forecast, Found, Happened, MEETING, Method, PACE, Request, Target, Unforecast,
    forecast, horizon,
};
use detente_analysis::{Budget, Game, Outcome, StateId, StateSet};
use detente_model::model::Model;
use detente_model::syntax::ast::Document;
use detente_model::{present, resolve, syntax};
use jiff::civil::Date;

pub(crate) fn document(text: &str) -> Document {
    let parsed = syntax::parse(text);
    assert!(!parsed.has_errors(), "{text}\n{:?}", parsed.diagnostics);
    parsed.document
}

pub(crate) fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

pub(crate) fn class_target(game: &Game<'_>, class: usize) -> Target {
    let mut states = StateSet::empty(game.space.len());
    for state in game
        .space
        .ids()
        .filter(|s| game.headline(*s) == Some(class))
    {
        states.insert(state);
    }
    Target {
        name: game.model.classes[class].name.clone(),
        states,
        class: Some(class),
    }
}

pub(crate) fn request(game: &Game<'_>, until: &str) -> Request {
    let parties = game.model.parties.iter();
    Request {
        until: until.parse().unwrap(),
        paces: parties.map(|p| p.pace.unwrap_or(PACE)).collect(),
        behaviours: vec![Behaviour::Improving; game.model.parties.len()],
        meeting: MEETING,
        targets: (0..game.model.classes.len())
            .map(|c| class_target(game, c))
            .collect(),
        dates: Vec::new(),
        method: Method::Exact,
        replicates: 20_000,
        seed: 7,
        comparisons: false,
    }
}

pub(crate) fn answer(document: &Document, game: &Game<'_>, request: &Request) -> Forecast {
    let after = |events: &[usize]| present::after(document, events);
    match forecast(game, &after, request, &Budget::default()) {
        Ok(Outcome::Complete(forecast)) => forecast,
        other => panic!("{other:?}"),
    }
}

/// The forecast of a text, with the request changed.
pub(crate) fn of(text: &str, until: &str, change: impl FnOnce(&mut Request)) -> Forecast {
    let document = document(text);
    let model = model(&document);
    let game = Game::new(&model, &Budget::default()).unwrap();
    let mut request = request(&game, until);
    change(&mut request);
    answer(&document, &game, &request)
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The probability to be in a target on a date.
fn at(forecast: &Forecast, target: usize, day: &str) -> f64 {
    let place = forecast.dates.iter().position(|d| *d == date(day));
    forecast.targets[target].at[place.unwrap_or_else(|| panic!("{day} is no date"))].value
}

fn reached(forecast: &Forecast, target: usize, day: &str) -> f64 {
    let place = forecast.dates.iter().position(|d| *d == date(day));
    forecast.targets[target].reached[place.unwrap()].value
}

#[track_caller]
fn close(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found} instead of {expected}"
    );
}

/// Two parties of one option each; what they want is up to the caller.
fn two(a: &str, b: &str, rest: &str) -> String {
    format!(
        "negotiation \"Two\"\nas of 2020-01-01\n\
         track talks \"Talks\"\n\
         {}\
         party A {{ acts every 10 days; option x; prefers {{ {a} }} }}\n\
         party B {{ acts every 20 days; option y; prefers {{ {b} }} }}\n\
         class \"both\" when A.x and B.y\nclass \"x\" when A.x\nclass \"y\" when B.y\nclass \"none\" otherwise\n\
         status quo {{ }}\n{rest}",
        if rest.contains("low") {
            "track low \"Low\" binds nothing hands to talks\n"
        } else {
            ""
        },
    )
}

const BOTH: usize = 0;
const X: usize = 1;
const Y: usize = 2;
const NONE: usize = 3;

#[test]
fn one_improvement_comes_at_an_exponential_time() {
    let text = two("x", "not y", "");
    let found = of(&text, "2020-03-01", |r| {
        r.dates = vec![date("2020-01-11"), date("2020-02-10")];
    });
    for (day, time) in [
        ("2020-01-11", 10.0_f64),
        ("2020-02-10", 40.0),
        ("2020-03-01", 60.0),
    ] {
        let expected = 1.0 - (-time / 10.0).exp();
        close(at(&found, X, day), expected, 1e-10);
        close(reached(&found, X, day), expected, 1e-10);
    }
    let target = &found.targets[X];
    let (t, r) = (60.0_f64, 0.1_f64);
    // The mean of an exponential time, given that it is at most t.
    let mean = (1.0 / r - (t + 1.0 / r) * (-r * t).exp()) / (1.0 - (-r * t).exp());
    close(target.mean.unwrap(), mean, 1e-9);
    let all = 1.0 - (-r * t).exp();
    let quartiles = [0.25, 0.5, 0.75].map(|q| (-(1.0 - q * all).ln() / r).ceil() as i32);
    let days = target
        .quartiles
        .unwrap()
        .map(|q| (q - date("2020-01-01")).get_days());
    assert_eq!(days, quartiles);
    close(target.never.value, (-6.0_f64).exp(), 1e-10);
    assert!(matches!(found.found, Found::Exact { bound, .. } if bound <= 1e-12));
}

#[test]
fn two_in_sequence_are_hypoexponential() {
    // B moves only once A has: first at rate 1/10, then at 1/20.
    let text = two("x", "y if A.x; not y", "");
    let found = of(&text, "2020-03-01", |_| {});
    let (a, b, t) = (0.1_f64, 0.05_f64, 60.0_f64);
    let both = 1.0 - (b * (-a * t).exp() - a * (-b * t).exp()) / (b - a);
    close(at(&found, BOTH, "2020-03-01"), both, 1e-10);
    close(
        reached(&found, X, "2020-03-01"),
        1.0 - (-a * t).exp(),
        1e-10,
    );
    close(
        at(&found, X, "2020-03-01"),
        (1.0 - (-a * t).exp()) - both,
        1e-10,
    );
}

#[test]
fn in_a_race_the_faster_wins_by_its_share() {
    // Whoever is first ends it: both together cannot be.
    let text = two("x", "y", "never A.x and B.y");
    let found = of(&text, "2029-12-31", |_| {});
    close(found.targets[X].at.last().unwrap().value, 2.0 / 3.0, 1e-10);
    close(found.targets[Y].at.last().unwrap().value, 1.0 / 3.0, 1e-10);
    close(found.targets[BOTH].never.value, 1.0, 0.0);
}

#[test]
fn a_default_takes_effect_unless_the_owner_has_moved() {
    // A switches x on at rate 1/10 and keeps it; the default, on day 30, switches it off if A never moved, and
    // that changes nothing; a default that switches it on does.
    let text = two("x", "not y", "calendar { 2020-01-31 default A.x }");
    let found = of(&text, "2020-03-01", |_| {});
    close(at(&found, X, "2020-01-31"), 1.0, 1e-12);
    let moved = 1.0 - (-3.0_f64).exp();
    let event = &found.events[0];
    close(event.of(Happened::Set), 1.0 - moved, 1e-10);
    // A, who wants x off, switches it off; the default to have it on counts only where A has not.
    let text = two("not x", "not y", "calendar { 2020-01-31 default A.x }")
        .replace("status quo { }", "status quo { A.x }");
    let found = of(&text, "2020-01-31", |_| {});
    close(at(&found, X, "2020-01-31"), (-3.0_f64).exp(), 1e-10);
    close(found.events[0].of(Happened::Set), 0.0, 1e-12);
    // The other owner's moves do not count.
    let text = two("", "y", "calendar { 2020-01-31 default A.x }").replace("prefers {  }", "");
    let found = of(&text, "2020-01-31", |_| {});
    close(found.events[0].of(Happened::Set), 1.0, 1e-10);
}

#[test]
fn an_option_that_an_event_opens_is_closed_before() {
    let text = two(
        "x",
        "not y",
        "calendar { 2020-01-21 opens A.x\n 2020-02-10 closes A.x }",
    );
    let found = of(&text, "2020-03-01", |r| {
        r.dates = vec![date("2020-01-20"), date("2020-01-31")];
    });
    close(at(&found, X, "2020-01-20"), 0.0, 0.0);
    close(at(&found, X, "2020-01-31"), 1.0 - (-1.0_f64).exp(), 1e-10);
    close(at(&found, X, "2020-03-01"), 1.0 - (-2.0_f64).exp(), 1e-10);
}

#[test]
fn what_is_set_changes_the_state_and_what_is_infeasible_is_refused() {
    let text = two(
        "not x",
        "y",
        "never A.x and B.y\ncalendar { 2020-01-21 sets A.x }",
    );
    let found = of(&text, "2020-01-21", |_| {});
    let moved = 1.0 - (-1.0_f64).exp();
    close(at(&found, X, "2020-01-21"), 1.0 - moved, 1e-10);
    close(at(&found, Y, "2020-01-21"), moved, 1e-10);
    close(found.events[0].of(Happened::Refused), moved, 1e-10);
    // What the rules of consequence say follows.
    let text = two(
        "x",
        "not y",
        "when A.x then B.y\ncalendar { 2020-01-21 sets A.x }",
    );
    let found = of(&text, "2020-01-21", |r| {
        r.paces = vec![1_000_000_000_000; 2];
    });
    close(at(&found, BOTH, "2020-01-21"), 1.0, 1e-6);
}

#[test]
fn an_event_with_a_chance_takes_place_with_it() {
    let text = two(
        "not x",
        "not y",
        "calendar { 2020-01-21 change c { chance 0.3; sets B.y } }",
    );
    let found = of(&text, "2020-01-31", |r| r.comparisons = true);
    close(at(&found, Y, "2020-01-21"), 0.3, 1e-12);
    close(at(&found, Y, "2020-01-31"), 0.3 * (-0.5_f64).exp(), 1e-10);
    close(found.events[0].takes_place.value, 0.3, 1e-12);
    close(found.events[0].changes[Y].by, 0.3 * (-0.5_f64).exp(), 1e-10);
    // B's pace alone matters: slower, y stays longer.
    close(
        found.paces[1].slower[Y].by,
        0.3 * ((-0.25_f64).exp() - (-0.5_f64).exp()),
        1e-10,
    );
    close(
        found.paces[1].faster[Y].by,
        0.3 * ((-1.0_f64).exp() - (-0.5_f64).exp()),
        1e-10,
    );
    close(found.paces[0].slower[Y].by, 0.0, 1e-12);
}

#[test]
fn an_unknown_day_is_any_of_its_window() {
    let text = two(
        "not x",
        "not y",
        "calendar { between 2020-01-06 and 2020-01-15 change c { chance 0.5; sets B.y } }",
    );
    let found = of(&text, "2020-01-31", |r| {
        r.dates = vec![date("2020-01-10"), date("2020-01-15")];
    });
    // y is set on day 5, 6, ... 14 with 0.05 each, and B takes it back at rate 1/20.
    let on = |day: i32| -> f64 {
        (5..=14.min(day))
            .map(|set| 0.05 * (-f64::from(day - set) / 20.0).exp())
            .sum()
    };
    for (day, number) in [("2020-01-10", 9), ("2020-01-15", 14), ("2020-01-31", 30)] {
        close(at(&found, Y, day), on(number), 1e-10);
    }
    close(reached(&found, Y, "2020-01-10"), 0.25, 1e-12);
    close(reached(&found, Y, "2020-01-31"), 0.5, 1e-12);
    // `by` counts from the present day.
    let text = two(
        "not x",
        "y",
        "calendar { by 2020-01-10 change c { sets B.y } }",
    );
    let found = of(&text, "2020-01-10", |r| {
        r.dates = vec![date("2020-01-01"), date("2020-01-05")];
        r.paces[1] = 1_000_000_000_000_000;
    });
    // B hardly ever acts by itself.
    close(at(&found, Y, "2020-01-01"), 0.1, 1e-7);
    close(at(&found, Y, "2020-01-05"), 0.5, 1e-7);
    close(at(&found, Y, "2020-01-10"), 1.0, 1e-7);
}

/// Nobody moves alone; together they would rather have both.
fn dilemma(rest: &str) -> String {
    two("x and B.y; not x", "A.x and y; not y", rest)
}

#[test]
fn a_meeting_takes_a_joint_step_with_its_probability() {
    let text =
        dilemma("calendar { 2020-01-11 summit one at talks\n 2020-01-21 summit two at talks }");
    let found = of(&text, "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-11"), 0.3, 1e-12);
    close(at(&found, BOTH, "2020-01-21"), 0.51, 1e-12);
    // Once there, nobody leaves: the first thing that each wants holds.
    close(at(&found, BOTH, "2020-01-31"), 0.51, 1e-12);
    close(found.events[0].of(Happened::Joint), 0.3, 1e-12);
    close(found.events[1].of(Happened::Joint), 0.21, 1e-12);
    close(found.events[1].of(Happened::NotAgreed), 0.49, 1e-12);
    // Without a track it is no meeting.
    let found = of(
        &dilemma("calendar { 2020-01-11 summit one }"),
        "2020-01-31",
        |_| {},
    );
    close(at(&found, NONE, "2020-01-31"), 1.0, 1e-12);
}

#[test]
fn what_a_track_cannot_settle_is_drafted_and_taken_up_where_it_hands_to() {
    let calendar = "calendar { 2020-01-11 talks one at low\n 2020-01-21 summit two at talks }";
    let found = of(&dilemma(calendar), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-11"), 0.0, 0.0);
    // The draft is taken for certain; without one the summit agrees with 0.3.
    close(at(&found, BOTH, "2020-01-21"), 0.3 + 0.7 * 0.3, 1e-12);
    close(found.events[0].of(Happened::Drafted), 0.3, 1e-12);
    close(found.events[1].of(Happened::Taken), 0.3, 1e-12);
    // Without the summit, the draft leads nowhere; with a mandate, the envoys settle it.
    let alone = "calendar { 2020-01-11 talks one at low }";
    let found = of(&dilemma(alone), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-31"), 0.0, 0.0);
    let half = alone.replace("at low", "at low { mandate low binds A.x }");
    let found = of(&dilemma(&half), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-31"), 0.0, 0.0);
    let whole = alone.replace("at low", "at low { mandate low binds A.x, B.y }");
    let found = of(&dilemma(&whole), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-31"), 0.3, 1e-12);
}

#[test]
fn a_draft_is_taken_up_once() {
    // What was taken is undone on day 21; the second summit has no draft any more and agrees with 0.3.
    let calendar = "calendar { 2020-01-11 talks one at low\n 2020-01-21 summit two at talks\n\
                    2020-01-22 sets not A.x, not B.y\n 2020-01-26 summit three at talks }";
    let found = of(&dilemma(calendar), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-22"), 0.0, 1e-12);
    close(at(&found, BOTH, "2020-01-31"), 0.3, 1e-12);
}

#[test]
fn a_draft_is_void_when_it_is_no_joint_improvement_any_more() {
    // From day 15 on B wants y off above all.
    let calendar = "calendar { 2020-01-11 talks one at low\n\
                    2020-01-16 B prefers { insert not y first }\n\
                    2020-01-21 summit two at talks }";
    let found = of(&dilemma(calendar), "2020-01-31", |r| r.meeting = 300_000);
    close(at(&found, BOTH, "2020-01-31"), 0.0, 1e-12);
    let summit = found.events.last().unwrap();
    close(summit.of(Happened::Void), 0.3, 1e-12);
    close(summit.of(Happened::NotAgreed), 0.0, 1e-12);
}

#[test]
fn changes_of_preferences_and_directions_count_from_their_day() {
    let text = two(
        "not x",
        "not y",
        "calendar { 2020-01-11 A prefers { insert x first } }",
    );
    let found = of(&text, "2020-01-31", |_| {});
    close(at(&found, X, "2020-01-11"), 0.0, 1e-12);
    close(at(&found, X, "2020-01-31"), 1.0 - (-2.0_f64).exp(), 1e-10);
    // y is on and cannot be taken back any more from day 10.
    let text = two("not x", "not y", "calendar { 2020-01-11 irreversible B.y }")
        .replace("status quo { }", "status quo { B.y }");
    let found = of(&text, "2020-01-31", |_| {});
    close(at(&found, Y, "2020-01-31"), (-0.5_f64).exp(), 1e-10);
}

#[test]
fn doubt_is_a_mixture_and_an_event_may_settle_it() {
    let text = two("maybe 0.4 hinge: x", "not y", "").replace("hinge: x", "hinge: x; not x");
    let found = of(&text, "2020-01-31", |_| {});
    close(
        at(&found, X, "2020-01-31"),
        0.4 * (1.0 - (-3.0_f64).exp()),
        1e-10,
    );
    assert_eq!(found.doubts, 1);
    let text = two(
        "maybe 0.4 hinge: x",
        "not y",
        "calendar { 2020-01-21 A prefers { settle hinge } }",
    )
    .replace("hinge: x ", "hinge: x; not x ");
    let found = of(&text, "2020-01-31", |_| {});
    let expected = 0.4 * (1.0 - (-3.0_f64).exp()) + 0.6 * (1.0 - (-1.0_f64).exp());
    close(at(&found, X, "2020-01-31"), expected, 1e-10);
}

#[test]
fn behaviours_choose_among_improvements() {
    // A has two options and likes both on best, the second alone next.
    let text = "negotiation \"One\"\nas of 2020-01-01\n\
        party A { acts every 10 days; option x; option y; prefers { x and y; y; x } }\n\
        party B { option z }\n\
        class \"both\" when A.x and A.y\nclass \"other\" otherwise\nstatus quo { }";
    let t = 30.0_f64;
    let best = of(text, "2020-01-31", |r| {
        r.behaviours = vec![Behaviour::Best; 2];
    });
    close(
        best.targets[0].at.last().unwrap().value,
        1.0 - (-t / 10.0).exp(),
        1e-10,
    );
    // One of three: both at once, y alone, from where only both is left, or x alone, from where two are.
    let any = of(text, "2020-01-31", |_| {});
    let r = 0.1_f64;
    // none -> both 1/3, y 1/3, x 1/3;  y -> both;  x -> both 1/2, y 1/2.
    let erlang2 = 1.0 - (-r * t).exp() * (1.0 + r * t);
    let erlang1 = 1.0 - (-r * t).exp();
    let erlang3 = 1.0 - (-r * t).exp() * (1.0 + r * t + (r * t).powi(2) / 2.0);
    let expected = (erlang1 + erlang2 + 0.5 * erlang2 + 0.5 * erlang3) / 3.0;
    close(any.targets[0].at.last().unwrap().value, expected, 1e-10);
}

#[test]
fn a_wary_party_does_not_move_where_it_would_be_sanctioned() {
    // The prisoners' dilemma from mutual cooperation: A gains by leaving, B answers, and both are worse off.
    let text = "negotiation \"Dilemma\"\nas of 2020-01-01\n\
        party A { acts every 10 days; option c; prefers { B.c and not c; B.c; not c } }\n\
        party B { acts every 10 days; option c; prefers { A.c and not c; A.c; not c } }\n\
        class \"both\" when A.c and B.c\nclass \"other\" otherwise\nstatus quo { A.c, B.c }";
    let wary = of(text, "2020-01-31", |r| {
        r.behaviours = vec![Behaviour::Wary; 2];
    });
    close(wary.targets[0].at.last().unwrap().value, 1.0, 1e-12);
    let bold = of(text, "2020-01-31", |_| {});
    close(
        bold.targets[0].at.last().unwrap().value,
        (-6.0_f64).exp(),
        1e-10,
    );
}

#[test]
fn the_horizon_and_what_cannot_be_asked() {
    let text = two(
        "x",
        "y",
        "calendar { by 2020-12-31 deadline d \"The end\" }",
    );
    let model = model(&document(&text));
    assert_eq!(horizon(&model).unwrap().0, date("2020-12-31"));
    let mut last = model.clone();
    last.as_of = Some(date("9999-12-01"));
    assert_eq!(horizon(&last).unwrap().0, date("9999-12-31"));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let none = |_: &[usize]| -> Result<Model, Vec<syntax::Diagnostic>> { Err(Vec::new()) };
    let ask = |request: &Request| forecast(&game, &none, request, &Budget::default()).unwrap_err();
    let mut wrong = request(&game, "2019-12-31");
    assert!(matches!(ask(&wrong), Unforecast::Horizon { .. }));
    wrong.until = date("2020-02-01");
    wrong.targets.clear();
    assert!(matches!(ask(&wrong), Unforecast::Targets { targets: 0 }));
    let mut many = String::new();
    for d in 0..70 {
        let day = d % 28 + 1;
        many += &format!(" 2020-02-{day:02} A prefers {{ insert not B.y first }}\n");
    }
    let text = two("x", "y", &format!("calendar {{ {many} }}"));
    let document = document(&text);
    let model = self::model(&document);
    let game = Game::new(&model, &Budget::default()).unwrap();
    let after = |events: &[usize]| present::after(&document, events);
    let refused = forecast(
        &game,
        &after,
        &request(&game, "2020-06-01"),
        &Budget::default(),
    );
    assert!(matches!(
        refused,
        Err(Unforecast::TooManyEvents { .. } | Unforecast::TooManyChanges { .. })
    ));
}

#[test]
fn the_same_bytes_for_every_number_of_threads() {
    let calendar = "calendar { 2020-01-11 talks one at low\n between 2020-01-15 and 2020-01-25 summit two at talks { likely 0.7 } }";
    let text = two("maybe: x; x and B.y; not x", "A.x and y; not y", calendar);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            of(&text, "2020-02-29", |r| {
                r.method = Method::Sampled;
                r.comparisons = true;
            })
        })
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(7));
    assert!(matches!(
        one.found,
        Found::Sampled {
            replicates: 20_000,
            because: None,
            ..
        }
    ));
    let other = of(&text, "2020-02-29", |r| {
        r.method = Method::Sampled;
        r.seed = 8;
    });
    assert_ne!(one.targets, other.targets);
}

#[test]
fn paths_say_who_moved_and_sum_to_what_was_drawn() {
    let text = two("x", "y if A.x; not y", "calendar { 2020-01-21 sets A.x }");
    let found = of(&text, "2020-03-31", |_| {});
    assert_eq!(found.told, 20_000);
    let all: f64 = found.paths.iter().map(|p| p.share.value).sum();
    close(all, 1.0, 1e-9);
    // By itself, or by the event on day 20.
    let event = |p: &&detente_analysis::timed::Path| {
        matches!(
            p.legs.first(),
            Some((detente_analysis::timed::Mover::Event(0), StateId(1)))
        )
    };
    let by_event: f64 = found
        .paths
        .iter()
        .filter(event)
        .map(|p| p.share.value)
        .sum();
    let expected = (-2.0_f64).exp();
    close(by_event, expected, 5.0 * (expected / 20_000.0_f64).sqrt());
}
