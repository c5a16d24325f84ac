//! Whether claims came true, on models whose record is set by hand.

use detente_analysis::claims::judge::Contradiction;
use detente_analysis::claims::{Course, Judged, Reason, Standing, judge};
use detente_model::estimative::Chance;
use detente_model::record::{Claim, ClaimKind, ClaimOutcome, Effect, Event, Resolution, When};
use detente_model::syntax::ast::{Came, Place};
use detente_model::{Condition, Model, OptionId};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TEXT: &str = r#"
party US { option sign; option relief; option cancel }
party DPRK { option sign; option yong }
class "no text" when not US.sign
class "vague text" when US.sign and not US.relief
class "small deal" when US.relief and DPRK.yong
status quo {}
"#;

const SIGN: OptionId = OptionId(0);
const RELIEF: OptionId = OptionId(1);
const YONG: OptionId = OptionId(4);

fn model(today: Option<Date>) -> Model {
    let parsed = detente_model::syntax::parse(TEXT);
    assert_eq!(parsed.diagnostics, []);
    let mut model = detente_model::resolve(&parsed.document).model.unwrap();
    model.as_of = today;
    model
}

fn event(when: When, effects: Vec<Effect>) -> Event {
    Event {
        when,
        words: None,
        kind: "summit".to_owned(),
        precedent: false,
        replaced_by: None,
        name: None,
        title: None,
        track: None,
        parties: Vec::new(),
        persons: Vec::new(),
        known: None,
        chance: None,
        values: Vec::new(),
        effects,
        cites: Vec::new(),
        place: Place::default(),
    }
}

fn claim(window: Option<When>, resolves: Option<Resolution>) -> Claim {
    Claim {
        name: "claim".to_owned(),
        title: None,
        kind: ClaimKind::Forecast,
        by: "author".to_owned(),
        said: Some(day(1)),
        chance: None,
        worded: Vec::new(),
        window,
        condition: None,
        resolves,
        denies: None,
        graded: Vec::new(),
        reference: None,
        outcome: None,
        cites: Vec::new(),
        place: Place::default(),
    }
}

fn outcome(verdict: Came, on: Option<Date>) -> Option<ClaimOutcome> {
    Some(ClaimOutcome {
        verdict,
        on,
        because: None,
        cites: Vec::new(),
        place: Place::default(),
    })
}

fn day(of_month: i8) -> Date {
    date(2019, 3, of_month)
}

/// The condition of a class of the model.
fn class(model: &Model, name: &str) -> Condition {
    let found = model.classes.iter().find(|c| c.name == name);
    found.unwrap().condition.clone()
}

fn not(condition: Condition) -> Condition {
    Condition::synthetic(condition.expr.negated(), "not")
}

fn judged(model: &Model) -> Vec<Judged> {
    let course = Course::from_start(model.status_quo.as_ref(), model);
    judge(model, &course)
}

fn only(mut model: Model, event: Event, claim: Claim) -> Judged {
    model.record.events = vec![event];
    model.record.claims = vec![claim];
    judged(&model).remove(0)
}

/// A summit on the 10th and 11th, looked at on some day, against a window.
fn summit(today: i8, window: When, resolution: Resolution) -> (Standing, Reason) {
    let summit = event(When::During(day(10), day(11)), Vec::new());
    let found = only(
        model(Some(day(today))),
        summit,
        claim(Some(window), Some(resolution)),
    );
    (found.standing, found.reason)
}

#[test]
fn an_event_decides_when_it_is_over_and_its_absence_when_the_window_is() {
    let window = When::Between(day(5), day(20));
    let take = |today| summit(today, window, Resolution::Event(0));
    assert_eq!(take(9), (Standing::Open, Reason::NotYet(day(20))));
    assert_eq!(take(10), (Standing::Open, Reason::NotYet(day(20))));
    assert_eq!(take(11), (Standing::Came(Came::Yes), Reason::TookPlace(0)));
    let miss = |today| summit(today, window, Resolution::NoEvent(0));
    assert_eq!(miss(9).0, Standing::Open);
    assert_eq!(miss(11), (Standing::Came(Came::No), Reason::TookPlace(0)));
    // Outside the window it does not count.
    let early = When::By(day(9));
    assert_eq!(summit(8, early, Resolution::Event(0)).0, Standing::Open);
    let none = (Standing::Came(Came::No), Reason::DidNotTakePlace(0));
    assert_eq!(summit(9, early, Resolution::Event(0)), none);
    assert_eq!(summit(15, early, Resolution::Event(0)), none);
    assert_eq!(
        summit(15, early, Resolution::NoEvent(0)).0,
        Standing::Came(Came::Yes)
    );
    // Neither wholly in nor wholly out.
    let across = (Standing::Due, Reason::Straddles(0));
    assert_eq!(summit(15, When::By(day(10)), Resolution::Event(0)), across);
    assert_eq!(summit(10, When::By(day(10)), Resolution::Event(0)), across);
    // Without an end only the event itself decides.
    let from = When::From(day(1));
    assert_eq!(
        summit(9, from, Resolution::Event(0)),
        (Standing::Open, Reason::NoEnd)
    );
    assert_eq!(
        summit(11, from, Resolution::Event(0)).0,
        Standing::Came(Came::Yes)
    );
}

#[test]
fn an_event_with_a_chance_decides_nothing() {
    let mut summit = event(When::On(day(10)), Vec::new());
    summit.chance = Some(Chance {
        band: None,
        number: Some(900_000),
    });
    let claim = claim(Some(When::By(day(20))), Some(Resolution::Event(0)));
    let found = only(model(Some(day(25))), summit.clone(), claim.clone());
    assert_eq!(
        (found.standing, found.reason),
        (Standing::Due, Reason::Uncertain(0))
    );
    let found = only(model(Some(day(9))), summit, claim);
    assert_eq!(found.standing, Standing::Open);
}

/// A summit is planned for some day until the 20th; it becomes one on the 10th and 11th.
#[test]
fn a_planned_event_is_judged_by_what_it_became() {
    let mut model = model(Some(day(25)));
    let mut planned = event(When::Between(day(1), day(20)), Vec::new());
    planned.chance = Some(Chance {
        band: None,
        number: Some(700_000),
    });
    planned.replaced_by = Some(1);
    let real = event(When::During(day(10), day(11)), Vec::new());
    model.record.events = vec![planned, real];
    let window = Some(When::By(day(20)));
    model.record.claims = vec![claim(window, Some(Resolution::Event(0)))];
    let found = judged(&model).remove(0);
    assert_eq!(
        (found.standing, found.on),
        (Standing::Came(Came::Yes), Some(day(11)))
    );
    assert_eq!(found.reason, Reason::TookPlace(1));
    // Rings, which no text has, do no harm.
    model.record.events[1].replaced_by = Some(0);
    assert_eq!(judged(&model)[0].standing, Standing::Due);
}

#[test]
fn a_formula_is_judged_at_the_end_of_the_window() {
    let sets =
        |on, option, level| event(When::On(day(on)), vec![Effect::Sets(vec![(option, level)])]);
    let mut model = model(Some(day(20)));
    model.record.events = vec![sets(5, SIGN, 1), sets(10, RELIEF, 1), sets(12, YONG, 1)];
    let vague = Resolution::State(class(&model, "vague text"));
    let claims =
        [4, 5, 9, 10, 21].map(|last| claim(Some(When::By(day(last))), Some(vague.clone())));
    model.record.claims = claims.to_vec();
    let found = judged(&model);
    let came = [Came::No, Came::Yes, Came::Yes, Came::No].map(Standing::Came);
    assert_eq!(
        found[..4]
            .iter()
            .map(|j| j.standing.clone())
            .collect::<Vec<_>>(),
        came
    );
    assert_eq!(found[4].standing, Standing::Open);
    assert_eq!(found[1].on, Some(day(5)));
    // The status quo of the file counts where nothing has happened.
    model.status_quo = None;
    let found = judged(&model);
    assert_eq!(
        (&found[0].standing, &found[0].reason),
        (&Standing::Due, &Reason::NoStatusQuo)
    );
}

/// "Barring a breakthrough, a vague declaration": nothing was signed, so the condition held and the claim failed;
/// with a small deal it would be void.
#[test]
fn a_condition_is_judged_first() {
    for (effects, came) in [
        (vec![], Came::No),
        (vec![Effect::Sets(vec![(SIGN, 1)])], Came::Yes),
        (
            vec![Effect::Sets(vec![(SIGN, 1), (RELIEF, 1), (YONG, 1)])],
            Came::Void,
        ),
    ] {
        let model = model(Some(day(20)));
        let mut vague = claim(
            Some(When::By(day(5))),
            Some(Resolution::State(class(&model, "vague text"))),
        );
        vague.condition = Some(Resolution::State(not(class(&model, "small deal"))));
        vague.kind = ClaimKind::Conditional;
        let found = only(model, event(When::On(day(4)), effects), vague);
        assert_eq!(found.standing, Standing::Came(came));
    }
}

#[test]
fn a_stated_outcome_counts_and_may_contradict() {
    let window = Some(When::By(day(20)));
    let mut stated = claim(window, Some(Resolution::Event(0)));
    stated.outcome = outcome(Came::No, Some(day(12)));
    let summit = event(When::On(day(10)), Vec::new());
    let found = only(model(Some(day(25))), summit.clone(), stated.clone());
    assert_eq!(
        (found.standing, found.on),
        (Standing::Came(Came::No), Some(day(12)))
    );
    let (rule, reason, stated_came) = (Came::Yes, Reason::TookPlace(0), Came::No);
    let contradiction = Contradiction {
        rule,
        reason,
        stated: stated_came,
    };
    assert_eq!(found.contradiction, Some(contradiction));
    // What is stated of a later day is not known yet.
    let found = only(model(Some(day(11))), summit.clone(), stated.clone());
    assert_eq!(found.standing, Standing::Came(Came::Yes));
    stated.outcome = outcome(Came::Yes, None);
    let found = only(model(Some(day(25))), summit, stated);
    assert_eq!((found.on, found.contradiction), (Some(day(10)), None));
}

#[test]
fn a_graded_forecast_comes_to_the_class_of_the_state() {
    let grades = ["no text", "vague text", "small deal"];
    let mut graded = claim(Some(When::By(day(5))), None);
    graded.graded = grades
        .map(|g| (g.to_owned(), "0.333333".to_owned()))
        .to_vec();
    for (settings, came) in [
        (vec![], "no text"),
        (vec![(SIGN, 1)], "vague text"),
        (vec![(SIGN, 1), (RELIEF, 1), (YONG, 1)], "small deal"),
    ] {
        let event = event(When::On(day(4)), vec![Effect::Sets(settings)]);
        let found = only(model(Some(day(5))), event, graded.clone());
        assert_eq!(found.standing, Standing::Came(Came::Grade(came.to_owned())));
    }
    let one_sided = event(
        When::On(day(4)),
        vec![Effect::Sets(vec![(SIGN, 1), (RELIEF, 1)])],
    );
    let found = only(model(Some(day(5))), one_sided, graded);
    assert_eq!(found.standing, Standing::Due);
}

#[test]
fn denials_and_assertions_decide_each_other() {
    let mut model = model(Some(day(20)));
    let mut says = claim(None, None);
    says.kind = ClaimKind::Assertion;
    let mut denies = says.clone();
    denies.kind = ClaimKind::Denial;
    denies.denies = Some(0);
    model.record.claims = vec![says.clone(), denies.clone()];
    assert!(
        judged(&model)
            .iter()
            .all(|j| j.standing == Standing::Unjudged)
    );
    for (place, came, other) in [
        (0, Came::Yes, Came::No),
        (1, Came::Yes, Came::No),
        (0, Came::No, Came::Yes),
    ] {
        model.record.claims = vec![says.clone(), denies.clone()];
        model.record.claims[place].outcome = outcome(came, Some(day(3)));
        let found = judged(&model);
        assert_eq!(found[1 - place].standing, Standing::Came(other));
        assert_eq!(found[1 - place].reason, Reason::Opposite(place));
    }
    // Two denials of each other, and a claim that denies nothing there is, decide nothing and do no harm.
    model.record.claims = vec![denies.clone(), denies.clone(), denies];
    model.record.claims[0].denies = Some(1);
    model.record.claims[2].denies = Some(7);
    assert!(
        judged(&model)
            .iter()
            .all(|j| j.standing == Standing::Unjudged)
    );
}

#[test]
fn without_a_day_only_stated_outcomes_count() {
    let mut model = model(None);
    let mut stated = claim(None, None);
    stated.outcome = outcome(Came::Partly, None);
    model.record.claims = vec![claim(Some(When::By(day(1))), None), stated];
    let found = judged(&model);
    assert_eq!(
        (&found[0].standing, &found[0].reason),
        (&Standing::Unjudged, &Reason::NoDay)
    );
    assert_eq!(found[1].standing, Standing::Came(Came::Partly));
}

/// How things stood on a day is what the present of that day is, which the model finds from the text.
fn agrees_with_the_present(text: &str) -> Result<(), TestCaseError> {
    let parsed = detente_model::syntax::parse(text);
    prop_assert_eq!(&parsed.diagnostics, &[], "{}", text);
    let mut document = parsed.document;
    let model = detente_model::resolve(&document).model.unwrap();
    let course = Course::new(&document, &model).unwrap();
    for of_month in 1..28 {
        document.as_of.as_mut().unwrap().text = day(of_month).to_string();
        let present = detente_model::resolve(&document).model.unwrap().status_quo;
        let found = course.on(&model, day(of_month)).map(|p| p.levels);
        prop_assert_eq!(
            found,
            present.map(|s| s.assignment),
            "{} {}",
            of_month,
            text
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_course_passes_through_every_present(
        steps in proptest::collection::vec((1..28_i8, 0..5_usize, any::<bool>(), 0..4_u8), 0..10),
        stated in any::<bool>(),
    ) {
        let options = ["US.sign", "US.relief", "US.cancel", "DPRK.sign", "DPRK.yong"];
        let mut text = format!("as of 2019-03-28\n{TEXT}calendar {{\n");
        if !stated {
            text = text.replace("status quo {}\n", "");
        }
        for (on, option, level, how) in steps {
            let setting = format!("{}{}", if level { "" } else { "not " }, options[option]);
            text.push_str(&match how {
                0 => format!("  2019-03-{on:02} default {setting}\n"),
                1 => format!("  2019-03-{on:02} change {{ chance 0.5; sets {setting} }}\n"),
                2 => format!("  2019-03-01 .. 2019-03-{on:02} talks {{ sets {setting} }}\n"),
                _ => format!("  2019-03-{on:02} sets {setting}\n"),
            });
        }
        text.push_str("}\n");
        agrees_with_the_present(&text)?;
    }

    /// How things stood on a day: the last value that something over by then gave to an option.
    #[test]
    fn the_course_is_a_replay(
        steps in proptest::collection::vec((1..28_i8, 0..5_u32, 0..2_u16, any::<bool>()), 0..12),
        on in 1..28_i8,
    ) {
        let mut model = model(Some(day(28)));
        model.record.events = steps.iter().map(|(d, option, level, default)| {
            let settings = vec![(OptionId(*option), *level)];
            let effect = if *default { Effect::Default(settings) } else { Effect::Sets(settings) };
            event(When::On(day(*d)), vec![effect])
        }).collect();
        let course = Course::from_start(model.status_quo.as_ref(), &model);
        let found = course.on(&model, day(on)).unwrap();
        let mut sorted = steps.clone();
        sorted.sort_by_key(|(d, ..)| *d);
        for option in 0..5_u32 {
            let mut level = 0;
            let mut moved = false;
            for (d, o, l, default) in &sorted {
                if *o == option && *d <= on && !(*default && moved) {
                    level = *l;
                    moved = moved || !default;
                }
            }
            prop_assert_eq!(found.levels[option as usize], level);
        }
    }
}
