//! Days, tracks, events, commitments and claims at random.

use super::*;

pub(super) fn day() -> impl Strategy<Value = Day> {
    let words = text().prop_filter("words", |text| !text.trim().is_empty());
    prop_oneof![
        3 => "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        1 => Just("last Friday".to_owned()),
        1 => words,
    ]
    .prop_map(|text| Day {
        text,
        place: Place::default(),
    })
    .boxed()
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        3 => day().prop_map(When::On),
        2 => (day(), day()).prop_map(|(a, b)| When::During(a, b)),
        1 => (day(), day()).prop_map(|(a, b)| When::Between(a, b)),
        1 => day().prop_map(When::By),
        1 => day().prop_map(When::From),
        1 => day().prop_map(When::Until),
    ]
    .boxed()
}

pub(super) fn agent() -> impl Strategy<Value = Agent> {
    let during = prop_oneof![
        (day(), day()).prop_map(|(a, b)| When::During(a, b)),
        day().prop_map(When::From),
        day().prop_map(When::Until),
    ];
    (
        name(),
        of(text()),
        of(text()),
        of(name()),
        of(during),
        cites(),
    )
        .prop_map(|(name, title, role, track, during, cites)| Agent {
            name,
            title,
            role,
            track,
            during,
            cites,
            place: Place::default(),
        })
}

pub(super) fn pace() -> impl Strategy<Value = Pace> {
    (bargain::amount(), cites()).prop_map(|(days, cites)| Pace {
        days,
        cites,
        place: Place::default(),
    })
}

fn mandate() -> impl Strategy<Value = Mandate> {
    let options = vec(reference(), 1..4).prop_filter("options, not all or nothing", |list| {
        !matches!(list.as_slice(), [Ref { party: None, name }]
            if ["all", "nothing"].contains(&name.as_str()))
    });
    prop_oneof![
        Just(Mandate::All),
        Just(Mandate::Nothing),
        options.prop_map(Mandate::Options),
    ]
    .boxed()
}

fn track() -> impl Strategy<Value = Track> {
    (name(), of(text()), of(mandate()), of(name()), cites()).prop_map(
        |(name, title, binds, hands_to, cites)| Track {
            name,
            title,
            binds,
            hands_to,
            cites,
            place: Place::default(),
        },
    )
}

fn reference_class() -> impl Strategy<Value = Reference> {
    let chance = (bargain::amount(), of(bargain::amount()))
        .prop_map(|(amount, up_to)| Quantity { amount, up_to });
    (name(), of(text()), chance, vec(text(), 0..3), cites()).prop_map(
        |(name, title, chance, classes, cites)| Reference {
            name,
            title,
            chance,
            classes,
            cites,
            place: Place::default(),
        },
    )
}

fn probability() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["0", "0.25", "0.6", "1", "1.0"]).prop_map(str::to_owned)
}

fn likelihood() -> impl Strategy<Value = Likelihood> {
    let words = prop::sample::select(estimative::WORDS.to_vec()).prop_map(str::to_owned);
    let place = Place::default();
    prop_oneof![
        (words, of(probability())).prop_map(move |(words, number)| Likelihood {
            words: Some(words),
            number,
            place,
        }),
        probability().prop_map(move |number| Likelihood {
            words: None,
            number: Some(number),
            place,
        }),
    ]
    .boxed()
}

fn effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        2 => vec(setting(), 1..3).prop_map(Effect::Sets),
        1 => state_name().prop_map(Effect::SetsState),
        2 => vec(setting(), 1..3).prop_map(Effect::Default),
        1 => vec(reference(), 1..3).prop_map(Effect::Opens),
        1 => vec(reference(), 1..3).prop_map(Effect::Closes),
        1 => (name(), mandate()).prop_map(|(track, binds)| Effect::Mandate { track, binds }),
        3 => variant_change().prop_map(Effect::Change),
    ]
    .boxed()
}

fn event() -> impl Strategy<Value = Event> {
    let kind = name().prop_filter("a kind", |n| !Event::EFFECTS.contains(&n.as_str()));
    let kind = prop_oneof![1 => Just(Name::new("change")), 2 => kind];
    let called = name().prop_filter("an event", |n| {
        n.as_str() != "with" && !Event::CHANGED.contains(&n.as_str())
    });
    let value_of = name().prop_filter("a value", |n| n.as_str() != "known");
    let value = (value_of, text(), cites()).prop_map(|(of, value, cites)| StatedValue {
        of,
        value,
        cites,
        place: Place::default(),
    });
    let said = (
        (of(called), of(text()), of(name()), vec(name(), 0..3)),
        (of(day()), of(name()), of(likelihood()), vec(value, 0..3)),
    );
    // Some say nothing but one effect.
    let said = prop_oneof![
        2 => said,
        1 => Just(((None, None, None, Vec::new()), (None, None, None, Vec::new()))),
    ];
    (when(), kind, said, vec(effect(), 0..3), cites()).prop_map(
        |(
            when,
            kind,
            ((name, title, track, with), (known, replaces, chance, values)),
            effects,
            cites,
        )| {
            Event {
                when,
                kind,
                name,
                title,
                track,
                with,
                known,
                replaces,
                chance,
                values,
                effects,
                cites,
                place: Place::default(),
            }
        },
    )
}

fn wording() -> impl Strategy<Value = Wording> {
    (text(), cites())
        .prop_map(|(text, cites)| Wording {
            text,
            cites,
            place: Place::default(),
        })
        .boxed()
}

fn commitment() -> impl Strategy<Value = Commitment> {
    let reading = (name(), formula(), cites()).prop_map(|(party, formula, cites)| Reading {
        party,
        formula,
        cites,
        place: Place::default(),
    });
    (
        (name(), of(text()), cites()),
        (vec(name(), 1..3), vec(name(), 0..3), of(day())),
        (vec(wording(), 0..3), vec(wording(), 0..3)),
        (vec(name(), 0..3), vec(reading, 0..3), of(formula())),
    )
        .prop_map(
            |((name, title, cites), (by, to, on), (texts, quoted), (terms, readings, kept))| {
                Commitment {
                    name,
                    title,
                    by,
                    to,
                    on,
                    texts,
                    quoted,
                    terms,
                    readings,
                    kept,
                    cites,
                    place: Place::default(),
                }
            },
        )
}

fn resolution() -> impl Strategy<Value = Resolution> {
    prop_oneof![
        name().prop_map(Resolution::Event),
        name().prop_map(Resolution::NoEvent),
        formula().prop_map(Resolution::State),
    ]
    .boxed()
}

fn claim() -> impl Strategy<Value = Claim> {
    let place = Place::default();
    let grade = (text(), probability()).prop_map(move |(outcome, probability)| Grade {
        outcome,
        probability,
        place,
    });
    let came = prop_oneof![
        Just(Came::Yes),
        Just(Came::No),
        Just(Came::Partly),
        Just(Came::Void),
        text().prop_map(Came::Grade),
    ];
    let outcome =
        (came, of(day()), of(text()), cites()).prop_map(move |(verdict, on, because, cites)| {
            ClaimOutcome {
                verdict,
                on,
                because,
                cites,
                place,
            }
        });
    (
        (name(), of(text()), name(), of(day()), cites()),
        (of(likelihood()), vec(wording(), 0..3), of(when())),
        (of(resolution()), of(resolution()), of(name())),
        (any::<bool>(), vec(grade, 0..3), of(name()), of(outcome)),
    )
        .prop_map(
            move |(
                (name, title, by, said, cites),
                (likelihood, worded, window),
                (condition, resolves, denies),
                (advice, graded, reference, outcome),
            )| Claim {
                name,
                title,
                by,
                said,
                likelihood,
                worded,
                window,
                condition,
                resolves,
                denies,
                advice,
                graded,
                reference,
                outcome,
                cites,
                place,
            },
        )
}

type Record = (
    Vec<Track>,
    Vec<Event>,
    Vec<Commitment>,
    Vec<Claim>,
    Vec<Reference>,
);

/// What is known and when.
pub(super) fn record() -> impl Strategy<Value = Record> {
    (
        vec(track(), 0..3),
        vec(event(), 0..3),
        vec(commitment(), 0..2),
        vec(claim(), 0..3),
        vec(reference_class(), 0..2),
    )
        .boxed()
}
