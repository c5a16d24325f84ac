//! Packages by enumeration, as the definitions say it.

use std::collections::BTreeMap;

use detente_analysis::bargain::{Deal, DealSpace, Voice, Worth};
use detente_analysis::model::bargain::{Test, Who};
use detente_analysis::model::syntax::ast::Count;
use detente_analysis::model::{IssueId, PartyId};
use proptest::prelude::*;

/// A voice with a utility of tables and terms in whole numbers.
pub(crate) fn voice(
    number: u16,
    base: i128,
    tables: Vec<Vec<i128>>,
    terms: Vec<(i128, Test)>,
    reservation: Option<i128>,
) -> Voice {
    Voice {
        who: Who {
            party: PartyId(number),
            ratifier: None,
        },
        worth: Worth {
            base,
            tables,
            terms,
        },
        reservation,
        unit: 1_u32.into(),
    }
}

/// All packages that the rules permit, in lexicographic order.
pub(crate) fn deals(space: &DealSpace) -> Vec<Deal> {
    let mut deals: Vec<Deal> = vec![Vec::new()];
    for size in &space.sizes {
        deals = deals
            .iter()
            .flat_map(|deal| {
                (0..*size).map(|level| {
                    let mut longer = deal.clone();
                    longer.push(level as u16);
                    longer
                })
            })
            .collect();
    }
    deals.retain(|deal| space.rules.iter().all(|rule| rule.holds(deal)));
    deals
}

/// What a package is worth to some voices.
pub(crate) fn worth(space: &DealSpace, voices: &[usize], deal: &Deal) -> Vec<i128> {
    voices
        .iter()
        .map(|v| space.voices[*v].worth.of(deal))
        .collect()
}

/// The worths that no other worth betters, greatest first, each with its packages.
pub(crate) fn frontier(space: &DealSpace, voices: &[usize]) -> Vec<(Vec<i128>, Vec<Deal>)> {
    let mut all: BTreeMap<Vec<i128>, Vec<Deal>> = BTreeMap::new();
    for deal in deals(space) {
        all.entry(worth(space, voices, &deal))
            .or_default()
            .push(deal);
    }
    let betters = |a: &Vec<i128>, b: &Vec<i128>| a != b && a.iter().zip(b).all(|(x, y)| x >= y);
    let efficient = all
        .iter()
        .filter(|(w, _)| !all.keys().any(|other| betters(other, w)));
    let mut efficient: Vec<_> = efficient.map(|(w, d)| (w.clone(), d.clone())).collect();
    efficient.reverse();
    efficient
}

/// A condition on some issues.
pub(crate) fn test(sizes: &[u32]) -> impl Strategy<Value = Test> + use<> {
    let sizes = sizes.to_vec();
    let leaf = (0..sizes.len(), 0_u16..6, 0_u16..6).prop_map(move |(issue, a, b)| {
        let top = (sizes[issue] - 1) as u16;
        let (a, b) = (a.min(top), b.min(top));
        Test::Between {
            issue: IssueId(issue as u32),
            from: a.min(b),
            to: a.max(b),
        }
    });
    let count = prop_oneof![
        Just(Count::AtLeast),
        Just(Count::AtMost),
        Just(Count::Exactly)
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            inner.clone().prop_map(|t| Test::Not(Box::new(t))),
            some().prop_map(Test::And),
            some().prop_map(Test::Or),
            (count.clone(), 0_u32..4, some()).prop_map(|(count, number, of)| Test::Count {
                count,
                number,
                of
            }),
        ]
    })
}

/// Spaces of up to some thousand packages for `voices` voices, with rules and terms up to these numbers.
pub(crate) fn space(
    voices: std::ops::Range<usize>,
    rules: usize,
    terms: usize,
) -> impl Strategy<Value = DealSpace> {
    (
        prop::collection::vec(1_u32..5, 1..7),
        voices,
        prop_oneof![Just(4_i128), Just(60)],
    )
        .prop_flat_map(move |(sizes, voices, spread)| {
            let table = |size: &u32| prop::collection::vec(-spread..=spread, *size as usize);
            let tables: Vec<_> = sizes.iter().map(table).collect();
            let term = (-spread..=spread, test(&sizes));
            let one = (
                -spread..=spread,
                tables,
                prop::collection::vec(term, 0..=terms),
                prop::option::of(-spread..=spread),
            );
            (
                Just(sizes.clone()),
                prop::collection::vec(test(&sizes), 0..=rules),
                prop::collection::vec(one, voices),
            )
        })
        .prop_map(|(sizes, rules, voices)| DealSpace {
            sizes,
            rules,
            voices: (0..)
                .zip(voices)
                .map(|(number, (base, tables, terms, reservation))| {
                    voice(number, base, tables, terms, reservation)
                })
                .collect(),
        })
}
