//! What stands beside the conflict: packages, claims, forecasts and contradictions.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::bargain::Answer as Judged;
use detente_analysis::claims::Standing;
use detente_analysis::comparison::{ClaimChange, Outlook, Table};

use super::build::Tabled;
use super::{
    ClaimDifference, ClassForecast, ConflictDifference, ForecastDifference, PackageDifference, Pair,
};
use crate::packages::words::who;

pub(super) fn packages(a: Tabled<'_>, b: Tabled<'_>) -> PackageDifference {
    let number = |n: &Option<num_bigint::BigUint>| n.as_ref().map(ToString::to_string);
    let pair = |of: &dyn Fn(&Table) -> Option<String>| Pair {
        a: of(a.table),
        b: of(b.table),
    };
    let mut found = PackageDifference {
        permitted: pair(&|t| number(&t.permitted)),
        zone: pair(&|t| number(&t.zone)),
        frontier: Pair {
            a: a.table.frontier,
            b: b.table.frontier,
        },
        acceptable: Pair {
            a: a.table.acceptable,
            b: b.table.acceptable,
        },
        changes: Vec::new(),
    };
    let mut tell = |what: &str, was: Option<String>, now: Option<String>| {
        if let (Some(was), Some(now)) = (was, now)
            && was != now
        {
            found.changes.push(format!("{what}: {was} -> {now}"));
        }
    };
    tell(
        "permitted packages",
        found.permitted.a.clone(),
        found.permitted.b.clone(),
    );
    tell(
        "packages that all could accept",
        found.zone.a.clone(),
        found.zone.b.clone(),
    );
    let whole = a.table.stopped.is_none() && b.table.stopped.is_none();
    let count = |n: usize| whole.then(|| n.to_string());
    tell(
        "worths on the frontier",
        count(a.table.frontier),
        count(b.table.frontier),
    );
    tell(
        "worths on the frontier that all could accept",
        count(a.table.acceptable),
        count(b.table.acceptable),
    );
    let judged = |judged: Judged| match judged {
        Judged::Yes => "yes",
        Judged::No => "no",
        Judged::Depends => "depends on its meaning",
    };
    for (name, one) in &a.table.named {
        let Some(other) = b.table.named.get(name) else {
            continue;
        };
        let verdicts: BTreeMap<String, Judged> = other
            .accepted
            .iter()
            .map(|(voice, accepted)| (who(b.model, *voice), *accepted))
            .collect();
        for (voice, accepted) in &one.accepted {
            let voice = who(a.model, *voice);
            let now = verdicts.get(&voice).map(|now| judged(*now).to_owned());
            let what = format!("package `{name}` acceptable to {voice}");
            tell(&what, Some(judged(*accepted).to_owned()), now);
        }
        let what = format!("package `{name}` could be bettered for all");
        let told = |d: Option<Judged>| d.map(|d| judged(d).to_owned());
        tell(&what, told(one.dominated), told(other.dominated));
    }
    found
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

/// Probabilities that differ by less than this are the same but for rounding.
const ROUNDING: f64 = 1e-9;

pub(super) fn forecast(a: &Outlook, b: &Outlook) -> ForecastDifference {
    let names: BTreeSet<&String> = a.classes.keys().chain(b.classes.keys()).collect();
    let classes: Vec<ClassForecast> = names
        .into_iter()
        .map(|name| ClassForecast {
            class: name.clone(),
            probability: Pair {
                a: a.classes.get(name).copied(),
                b: b.classes.get(name).copied(),
            },
        })
        .collect();
    let differs = |class: &ClassForecast| match (class.probability.a, class.probability.b) {
        (Some(a), Some(b)) => (a - b).abs() > ROUNDING,
        _ => true,
    };
    ForecastDifference {
        day: b.day.to_string(),
        changed: classes.iter().any(differs),
        classes,
    }
}

pub(super) fn conflicts(a: &BTreeSet<String>, b: &BTreeSet<String>) -> ConflictDifference {
    ConflictDifference {
        gone: a.difference(b).cloned().collect(),
        new: b.difference(a).cloned().collect(),
    }
}
