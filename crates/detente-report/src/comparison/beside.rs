//! What stands beside the conflict: packages, claims, forecasts and contradictions.

use std::collections::BTreeSet;

use detente_analysis::claims::Standing;
use detente_analysis::comparison::{
    Attribution, ClaimChange, CourseAttribution, Days, Group as Told, Outlook, PackageQuestion,
    Table, Unattributed, packages_changed, probabilities_changed,
};
use jiff::civil::Date;

use super::{
    Cause, Causes, ClaimDifference, ClassForecast, ConflictDifference, ForecastCause,
    ForecastCauses, ForecastContribution, ForecastDay, ForecastDifference, Group, PackageChange,
    PackageDifference, Pair, words,
};

/// Changes by their numbers.
fn numbers(list: &[usize]) -> Vec<usize> {
    list.iter().map(|index| index + 1).collect()
}

/// The groups in which changes were told apart.
fn groups(groups: &[Told]) -> Vec<Group> {
    let one = |(place, group): (usize, &Told)| {
        let (about, changes) = (words::about(&group.about), numbers(&group.changes));
        let noun = if changes.len() == 1 {
            "change"
        } else {
            "changes"
        };
        let listed: Vec<String> = changes.iter().map(ToString::to_string).collect();
        Group {
            number: place + 1,
            text: format!("{about}: {noun} {}", crate::words::list(&listed)),
            about,
            changes,
        }
    };
    groups.iter().enumerate().map(one).collect()
}

/// What is told apart.
fn unit(groups: &[Told]) -> &'static str {
    if groups.is_empty() { "change" } else { "group" }
}

/// What is behind changed answers; `told` says what each question is about.
pub(super) fn causes<Q>(attribution: &Attribution<Q>, told: impl Fn(&Q) -> String) -> Causes {
    let unit = unit(&attribution.groups);
    let answers = attribution.causes.iter().map(|cause| {
        let (alone, needed) = (numbers(&cause.alone), numbers(&cause.needed));
        let together: Vec<Vec<usize>> = cause.together.iter().map(|set| numbers(set)).collect();
        Cause {
            answer: told(&cause.question),
            text: words::cause(unit, &alone, &needed, &together),
            alone,
            needed,
            together,
        }
    });
    Causes {
        groups: groups(&attribution.groups),
        answers: answers.collect(),
        not_alone: numbers(&attribution.not_alone),
        not_omitted: numbers(&attribution.not_omitted),
        stopped: attribution.stopped.as_ref().map(ToString::to_string),
    }
}

/// What was found out, or why nothing was.
fn either<T, R>(
    found: Option<&Result<T, Unattributed>>,
    told: impl FnOnce(&T) -> R,
) -> (Option<R>, Option<String>) {
    match found {
        None => (None, None),
        Some(Ok(found)) => (Some(told(found)), None),
        Some(Err(why)) => (None, Some(why.to_string())),
    }
}

/// Changes that are longer are not told again beside what is behind them.
const LONG: usize = 72;

pub(super) fn packages(
    (a, b): (&Table, &Table),
    attribution: Option<&Result<Attribution<PackageQuestion>, Unattributed>>,
) -> PackageDifference {
    let number = |n: &Option<num_bigint::BigUint>| n.as_ref().map(ToString::to_string);
    let change = |question: &PackageQuestion| {
        let what = words::package_question(question);
        let found = Pair {
            a: words::package_answer(&a.answer(question)),
            b: words::package_answer(&b.answer(question)),
        };
        PackageChange {
            text: format!("{what}: {} -> {}", found.a, found.b),
            what,
            found,
        }
    };
    let told = |attribution: &Attribution<PackageQuestion>| {
        causes(attribution, |question| {
            let change = change(question);
            if change.text.len() > LONG {
                change.what
            } else {
                change.text
            }
        })
    };
    let (causes, not_attributed) = either(attribution, told);
    PackageDifference {
        permitted: Pair {
            a: number(&a.permitted),
            b: number(&b.permitted),
        },
        zone: Pair {
            a: number(&a.zone),
            b: number(&b.zone),
        },
        frontier: Pair {
            a: a.frontier,
            b: b.frontier,
        },
        acceptable: Pair {
            a: a.acceptable,
            b: b.acceptable,
        },
        changes: packages_changed(a, b).iter().map(change).collect(),
        causes,
        not_attributed,
    }
}

pub(super) fn claim(change: &ClaimChange) -> ClaimDifference {
    let told = |standing: &Standing| match standing {
        Standing::Open => "open".to_owned(),
        Standing::Due => "due".to_owned(),
        Standing::Unjudged => "unjudged".to_owned(),
        Standing::Came(came) => came.to_string(),
    };
    ClaimDifference {
        claim: change.name.clone(),
        standing: Pair {
            a: told(&change.a),
            b: told(&change.b),
        },
    }
}

/// What the numbers of [`ForecastContribution`] mean.
const RULE: &str = "Made: the probability in A with this change alone, less that in A. Left out: the probability in B, \
    less that in B without this change alone. Share: what the change adds when it is made, on average over all orders \
    in which the changes can be made one by one, each text on the way making sense (the Shapley value where every order \
    can be gone); the shares add up to the whole difference. All forecasts are exact but for rounding. A change alone \
    does it when the probability is then that in B.";

pub(super) fn forecast(
    (a, b): (&Outlook, &Outlook),
    days: &Days,
    attribution: Option<&Result<CourseAttribution, Unattributed>>,
) -> ForecastDifference {
    let changed = probabilities_changed(a, b);
    let dates = |days: &[Date]| days.iter().map(ToString::to_string).collect();
    let all: BTreeSet<Date> = a.days.keys().chain(b.days.keys()).copied().collect();
    let day = |day: Date| {
        let of = |outlook: &Outlook| outlook.days.get(&day).cloned().unwrap_or_default();
        let (was, now) = (of(a), of(b));
        let names: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
        let classes = names.into_iter().map(|name| ClassForecast {
            class: name.clone(),
            probability: Pair {
                a: was.get(name).copied(),
                b: now.get(name).copied(),
            },
        });
        ForecastDay {
            day: day.to_string(),
            changed: changed.iter().any(|question| question.day == day),
            classes: classes.collect(),
        }
    };
    let (causes, not_attributed) = either(attribution, |found| course((a, b), found));
    ForecastDifference {
        changed: !changed.is_empty(),
        days: all.into_iter().map(day).collect(),
        only_a: dates(&days.a),
        only_b: dates(&days.b),
        causes,
        not_attributed,
    }
}

fn course((a, b): (&Outlook, &Outlook), found: &CourseAttribution) -> ForecastCauses {
    let sufficing = &found.sufficing;
    let unit = unit(&sufficing.groups);
    let both = found.causes.iter().zip(&sufficing.causes);
    let answers = both.map(|(cause, sets)| {
        let question = &cause.question;
        let (alone, needed) = (numbers(&sets.alone), numbers(&sets.needed));
        let together: Vec<Vec<usize>> = sets.together.iter().map(|set| numbers(set)).collect();
        let of = |outlook: &Outlook| outlook.of(question.day, &question.class).unwrap_or(0.0);
        let contributions = cause.contributions.iter();
        ForecastCause {
            day: question.day.to_string(),
            class: question.class.clone(),
            probability: Pair { a: of(a), b: of(b) },
            changes: contributions
                .map(|one| ForecastContribution {
                    change: one.change + 1,
                    made: one.made,
                    unmade: one.unmade,
                    share: one.share,
                })
                .collect(),
            text: words::cause(unit, &alone, &needed, &together),
            alone,
            needed,
            together,
        }
    });
    ForecastCauses {
        rule: RULE.to_owned(),
        groups: groups(&sufficing.groups),
        answers: answers.collect(),
        not_alone: numbers(&sufficing.not_alone),
        not_omitted: numbers(&sufficing.not_omitted),
        orders: found.orders,
        not_shared: found.unshared.as_ref().map(ToString::to_string),
        stopped: sufficing.stopped.as_ref().map(ToString::to_string),
    }
}

pub(super) fn conflicts(a: &BTreeSet<String>, b: &BTreeSet<String>) -> ConflictDifference {
    ConflictDifference {
        gone: a.difference(b).cloned().collect(),
        new: b.difference(a).cloned().collect(),
    }
}
