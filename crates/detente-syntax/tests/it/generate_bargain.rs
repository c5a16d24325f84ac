//! Issues, packages and utilities at random.

use super::*;

pub(super) fn amount() -> impl Strategy<Value = Amount> {
    "-?[0-9]{1,4}(\\.[0-9]{1,3}|/[1-9][0-9]?)?"
        .prop_map(|text| Amount { text })
        .boxed()
}

fn quantity() -> impl Strategy<Value = Quantity> {
    (amount(), of(amount()))
        .prop_map(|(amount, up_to)| Quantity { amount, up_to })
        .boxed()
}

fn issue() -> impl Strategy<Value = Issue> {
    let level = (name(), of(text())).prop_map(|(name, title)| Level { name, title });
    let levels = prop_oneof![
        3 => vec(level, 1..4).prop_map(Levels::Named),
        1 => (amount(), amount(), of(amount()))
            .prop_map(|(from, to, by)| Levels::Numbers { from, to, by }),
    ];
    (name(), of(text()), levels, cites()).prop_map(|(name, title, levels, cites)| Issue {
        name,
        title,
        levels,
        cites,
        place: Place::default(),
    })
}

fn package_rule() -> impl Strategy<Value = PackageRule> {
    let kind = prop::sample::select(vec![PackageRuleKind::Never, PackageRuleKind::Always]);
    (kind, formula(), of(text()), cites()).prop_map(|(kind, formula, because, cites)| PackageRule {
        kind,
        formula,
        because,
        cites,
        place: Place::default(),
    })
}

fn issue_worth() -> impl Strategy<Value = IssueWorth> {
    let weight = prop_oneof![
        Just(IssueWeight::Unknown),
        quantity().prop_map(IssueWeight::Known)
    ];
    let by_level = (name(), quantity()).prop_map(|(level, value)| LevelValue { level, value });
    let at = (quantity(), amount()).prop_map(|(value, at)| NumberValue { value, at });
    let values = prop_oneof![
        vec(quantity(), 1..4).prop_map(Values::InOrder),
        vec(by_level, 1..4).prop_map(Values::ByLevel),
        vec(at, 1..4).prop_map(Values::AtNumbers),
    ];
    let trend = prop::sample::select(vec![Trend::Rising, Trend::Falling]);
    (name(), of(weight), of(trend), values, cites()).prop_map(
        |(issue, weight, trend, values, cites)| IssueWorth {
            issue,
            weight,
            trend,
            values,
            cites,
            place: Place::default(),
        },
    )
}

fn utility() -> impl Strategy<Value = Utility> {
    let place = Place::default();
    let term =
        (quantity(), formula(), cites()).prop_map(move |(worth, formula, cites)| UtilityTerm {
            worth,
            formula,
            cites,
            place,
        });
    let importance = (vec(name(), 2..4), cites()).prop_map(move |(issues, cites)| Importance {
        issues,
        cites,
        place,
    });
    let reservation = (quantity(), cites()).prop_map(move |(value, cites)| Reservation {
        value,
        cites,
        place,
    });
    let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(|d| Start::Day(Date::from(d)));
    let event = name().prop_map(|event| Start::Event(StartEvent { event }));
    let from = prop_oneof![date, event];
    let discount =
        (amount(), from, of(text()), cites()).prop_map(move |(factor, from, event, cites)| {
            Discount {
                factor,
                from,
                event,
                cites,
                place,
            }
        });
    (
        vec(issue_worth(), 0..4),
        vec(term, 0..3),
        vec(importance, 0..2),
        of(reservation),
        vec(discount, 0..2),
    )
        .prop_map(
            move |(issues, terms, importance, reservation, discounts)| Utility {
                issues,
                terms,
                importance,
                reservation,
                discounts,
                place,
            },
        )
        .boxed()
}

/// A party's utility, its ratifiers, and who of them is enough.
pub(super) fn side() -> impl Strategy<Value = (Option<Utility>, Vec<Ratifier>, Ratification)> {
    let ratifier = (name(), of(text()), of(any::<u32>()), utility(), cites()).prop_map(
        |(name, title, votes, utility, cites)| Ratifier {
            name,
            title,
            votes,
            utility,
            cites,
            place: Place::default(),
        },
    );
    let ratified = prop_oneof![
        Just(Ratification::All),
        Just(Ratification::Any),
        Just(Ratification::Majority),
        any::<u32>().prop_map(Ratification::Votes),
    ];
    (of(utility()), vec(ratifier, 0..2), ratified).boxed()
}

fn package() -> impl Strategy<Value = Package> {
    let level = prop_oneof![
        3 => name().prop_map(PickedLevel::Named),
        1 => amount().prop_map(PickedLevel::Number),
        1 => (amount(), amount()).prop_map(|(a, b)| PickedLevel::Between(a, b)),
    ];
    // `any` alone is every level.
    let levels = vec(level, 0..3).prop_filter(
        "no level called any",
        |levels| !matches!(levels.as_slice(), [PickedLevel::Named(name)] if name.as_str() == "any"),
    );
    let pick = (name(), levels).prop_map(|(issue, levels)| Pick { issue, levels });
    (name(), of(text()), vec(pick, 0..4), cites()).prop_map(|(name, title, picks, cites)| Package {
        name,
        title,
        picks,
        cites,
        place: Place::default(),
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    let verdict = prop_oneof![
        name().prop_map(Verdict::Accepts),
        name().prop_map(Verdict::Rejects),
        (name(), name()).prop_map(|(better, worse)| Verdict::Prefers { better, worse }),
    ];
    (reference(), verdict, cites()).prop_map(|(who, verdict, cites)| Fact {
        who,
        verdict,
        cites,
        place: Place::default(),
    })
}

type Packages = (
    Vec<Issue>,
    Vec<PackageRule>,
    Vec<Package>,
    Vec<Fact>,
    Vec<Agreed>,
);

/// What stands about packages outside the parties.
pub(super) fn packages() -> impl Strategy<Value = Packages> {
    let agreed = (setting(), of(formula()), cites()).prop_map(|(setting, when, cites)| Agreed {
        setting,
        when,
        cites,
        place: Place::default(),
    });
    (
        vec(issue(), 0..4),
        vec(package_rule(), 0..2),
        vec(package(), 0..3),
        vec(fact(), 0..3),
        vec(agreed, 0..3),
    )
        .boxed()
}
