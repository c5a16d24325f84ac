//! What a mediator asks, against literal transcriptions of the definitions on random small spaces with rules,
//! worths of combinations, ties and ratifiers.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::Budget;
use detente_analysis::bargain::mediation::{
    Aim, Home, Talks, apart, climb, compare, draft, equal_offers, improvements, linkage,
    ratification, settle, settle_ratified, trades, zone,
};
use detente_analysis::bargain::{Answer, Deal, DealSpace, Range, Worth};
use detente_analysis::model::bargain::Test;
use detente_analysis::model::syntax::ast::Ratification;
use detente_analysis::model::{IssueId, PartyId};
use num_bigint::BigUint;
use num_rational::BigRational;
use proptest::prelude::*;

use crate::mediation_examples::space;

/// Every package that the rules permit.
fn deals(space: &DealSpace) -> Vec<Deal> {
    let mut all: Vec<Deal> = vec![Vec::new()];
    for size in &space.sizes {
        let longer = all.iter().flat_map(|d| {
            (0..*size).map(move |l| {
                let mut d = d.clone();
                d.push(l as u16);
                d
            })
        });
        all = longer.collect();
    }
    all.retain(|d| space.permits(d));
    all
}

fn worth(space: &DealSpace, deal: &[u16]) -> Vec<i128> {
    space.voices.iter().map(|v| v.worth.of(deal)).collect()
}

fn dominates(space: &DealSpace, voices: &[usize], a: &[u16], b: &[u16]) -> bool {
    let (a, b) = (worth(space, a), worth(space, b));
    voices.iter().all(|v| a[*v] >= b[*v]) && voices.iter().any(|v| a[*v] > b[*v])
}

/// The disagreement point, from the list of packages.
fn floors(space: &DealSpace, all: &[Deal]) -> Vec<i128> {
    let numbered = space.voices.iter();
    let floor = numbered.map(|v| {
        let worst = all.iter().map(|d| v.worth.of(d)).min();
        worst.into_iter().chain(v.reservation).max().unwrap_or(0)
    });
    floor.collect()
}

fn test() -> impl Strategy<Value = Test> {
    let between = (0_u32..3, 0_u16..3, 0_u16..3).prop_map(|(issue, from, more)| Test::Between {
        issue: IssueId(issue),
        from,
        to: from + more,
    });
    (between.clone(), between, 0..3).prop_map(|(a, b, how)| match how {
        0 => a,
        1 => Test::Not(Box::new(Test::And(vec![a, b]))),
        _ => Test::Or(vec![a, b]),
    })
}

/// Two parties, the first with up to three ratifiers, the second with up to one.
fn spaces() -> impl Strategy<Value = (DealSpace, Vec<Home>)> {
    let sizes = proptest::collection::vec(1_u32..4, 3..5);
    let counts = (0_usize..4, 0_usize..2);
    (sizes, counts).prop_flat_map(|(sizes, (first, second))| {
        let voices = 2 + first + second;
        let table: Vec<_> = sizes
            .iter()
            .map(|s| proptest::collection::vec(-6_i128..7, *s as usize))
            .collect();
        let term = (-4_i128..5, test());
        let worth = (table, proptest::collection::vec(term, 0..2), -2_i128..3);
        let voice = (worth, proptest::option::of(-4_i128..10));
        let voices = proptest::collection::vec(voice, voices);
        let rule = prop_oneof![
            Just(Ratification::All),
            Just(Ratification::Any),
            Just(Ratification::Majority),
            (0_u32..5).prop_map(Ratification::Votes),
        ];
        let votes = proptest::collection::vec(1_u32..4, 3);
        let rules = proptest::collection::vec(test(), 0..2);
        (Just((sizes, first)), voices, rules, rule, votes).prop_map(
            |((sizes, first), voices, rules, rule, votes)| {
                let who = |place: usize| match place {
                    0 => (0, None),
                    p if p <= first => (0, Some(p as u16 - 1)),
                    p if p == first + 1 => (1, None),
                    p => (1, Some((p - first - 2) as u16)),
                };
                let voices: Vec<_> = voices.into_iter().enumerate().collect();
                let total = voices.len();
                let voices = voices.into_iter().map(|(place, voice)| {
                    let ((tables, terms, base), reservation) = voice;
                    let (party, ratifier) = who(place);
                    let worth = Worth {
                        base,
                        tables,
                        terms,
                    };
                    (party, ratifier, reservation, worth)
                });
                let mut space = space(&sizes, voices.collect());
                space.rules = rules;
                let home = |party, leader, members: Vec<usize>| Home {
                    party: PartyId(party),
                    leader: Some(leader),
                    ratifiers: members.into_iter().zip(votes.clone()).collect(),
                    rule,
                };
                let homes = vec![
                    home(0, 0, (1..=first).collect()),
                    home(1, first + 1, (first + 2..total).collect()),
                ];
                (space, homes)
            },
        )
    })
}

/// Whether a side accepts and ratifies, read off the rule.
fn accepted(space: &DealSpace, floors: &[i128], home: &Home, deal: &[u16]) -> bool {
    let worth = worth(space, deal);
    let yes = |v: usize| worth[v] >= floors[v];
    if !home.leader.is_none_or(yes) {
        return false;
    }
    let total: u32 = home.ratifiers.iter().map(|(_, n)| n).sum();
    let for_it: u32 = home
        .ratifiers
        .iter()
        .filter(|(v, _)| yes(*v))
        .map(|(_, n)| n)
        .sum();
    home.ratifiers.is_empty()
        || match home.rule {
            Ratification::All => for_it == total,
            Ratification::Any => for_it > 0,
            Ratification::Majority => for_it > total / 2,
            Ratification::Votes(n) => for_it >= n,
        }
}

fn product(worth: &[i128], floors: &[i128], voices: &[usize]) -> i128 {
    voices.iter().map(|v| worth[*v] - floors[*v]).product()
}

/// The largest product of gains of these voices over some packages.
fn best_product(
    space: &DealSpace,
    floors: &[i128],
    voices: &[usize],
    among: &[Deal],
) -> Option<i128> {
    let products = among
        .iter()
        .map(|d| product(&worth(space, d), floors, voices));
    products.max()
}

fn whole(number: i128) -> BigRational {
    BigRational::from_integer(number.into())
}

fn quality(all: &[bool]) -> Answer {
    match (all.iter().any(|b| *b), all.iter().all(|b| *b)) {
        (true, true) => Answer::Yes,
        (true, false) => Answer::Depends,
        _ => Answer::No,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_zone_is_that_of_the_definition((space, _) in spaces()) {
        let budget = Budget::default();
        let all = deals(&space);
        let floors = floors(&space, &all);
        let talks = Talks::new(&space, &budget).unwrap();
        prop_assert_eq!(&talks.floors, &floors);
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let found = zone(&talks, &voices, &budget).unwrap();
        let short = |d: &Deal, v: usize| floors[v] - worth(&space, d)[v];
        let agree = |d: &Deal, of: &[usize]| of.iter().all(|v| short(d, *v) <= 0);
        prop_assert_eq!(found.exists(), all.iter().any(|d| agree(d, &voices)));
        let largest = |d: &Deal| voices.iter().map(|v| short(d, *v)).max().unwrap();
        let least = all.iter().map(largest).min();
        prop_assert_eq!(found.nearest.as_ref().map(|n| n.by.clone()), least.map(whole));
        if let Some(nearest) = &found.nearest {
            prop_assert!(space.permits(&nearest.deal));
            prop_assert_eq!(Some(largest(&nearest.deal)), least);
        }
        for (place, voice) in voices.iter().enumerate() {
            let others: Vec<usize> = voices.iter().copied().filter(|v| v != voice).collect();
            let left = all.iter().filter(|d| agree(d, &others));
            prop_assert_eq!(found.alone[place], left.map(|d| short(d, *voice)).min());
        }
        let mut expected = BTreeSet::new();
        for set in 1_u32..1 << voices.len() {
            let of = |set: u32| -> Vec<usize> {
                voices.iter().copied().filter(|v| set >> v & 1 == 1).collect()
            };
            let empty = |set: u32| !all.iter().any(|d| agree(d, &of(set)));
            let minimal = voices
                .iter()
                .filter(|v| set >> **v & 1 == 1)
                .all(|v| !empty(set & !(1 << v)));
            if !all.is_empty() && empty(set) && minimal {
                expected.insert(of(set));
            }
        }
        let listed: BTreeSet<Vec<usize>> = found.conflicts.iter().cloned().collect();
        prop_assert_eq!(listed.len(), found.conflicts.len());
        prop_assert_eq!(listed, expected);
    }

    #[test]
    fn ratification_is_that_of_the_definition((space, homes) in spaces()) {
        let budget = Budget::default();
        let all = deals(&space);
        let floors = floors(&space, &all);
        let talks = Talks::new(&space, &budget).unwrap();
        let found = ratification(&talks, &homes, &budget).unwrap();
        let in_all = |homes: &[Home]| -> Vec<Deal> {
            let of = |d: &&Deal| homes.iter().all(|h| accepted(&space, &floors, h, d));
            all.iter().filter(of).cloned().collect()
        };
        let size = |homes: &[Home]| BigUint::from(in_all(homes).len());
        prop_assert_eq!(&found.packages, &BigUint::from(all.len()));
        for (voice, number) in found.voices.iter().enumerate() {
            let accepting = all.iter().filter(|d| worth(&space, d)[voice] >= floors[voice]);
            prop_assert_eq!(number, &BigUint::from(accepting.count()));
        }
        let mut alone = homes.clone();
        for home in &mut alone {
            home.ratifiers.clear();
        }
        let table: Vec<usize> = homes.iter().filter_map(|h| h.leader).collect();
        for home in &homes {
            let silent = Home { leader: None, ..home.clone() };
            for deal in &all {
                let ratified = accepted(&space, &floors, &silent, deal);
                prop_assert_eq!(home.is_ratified(&talks, deal), ratified);
            }
        }
        prop_assert_eq!(&found.leaders, &size(&alone));
        prop_assert_eq!(&found.ratified, &size(&homes));
        let nash = |homes: &[Home]| {
            best_product(&space, &floors, &table, &in_all(homes)).map(whole)
        };
        let value = |s: &Option<detente_analysis::bargain::mediation::Settlement>| {
            s.as_ref().map(|s| s.value.clone())
        };
        prop_assert_eq!(value(&found.free), nash(&alone));
        prop_assert_eq!(value(&found.bound), nash(&homes));
        if let Some(bound) = &found.bound {
            prop_assert!(in_all(&homes).contains(&bound.deal));
        }
        for (place, side) in found.sides.iter().enumerate() {
            prop_assert_eq!(&side.size, &size(&homes[place..=place]));
            let mut only = alone.clone();
            only[place] = homes[place].clone();
            prop_assert_eq!(value(&side.alone), nash(&only));
            for (ratifier, without) in side.without.iter().enumerate() {
                let mut fewer = homes.clone();
                fewer[place].ratifiers.remove(ratifier);
                prop_assert_eq!(&without.size, &size(&fewer[place..=place]));
                prop_assert_eq!(&without.ratified, &size(&fewer));
            }
        }
    }

    #[test]
    fn trades_and_improvements_are_those_of_the_definition(
        (space, _) in spaces(),
        pick in any::<prop::sample::Index>(),
    ) {
        let budget = Budget::default();
        let all = deals(&space);
        prop_assume!(!all.is_empty());
        let from = &all[pick.index(all.len())];
        let talks = Talks::new(&space, &budget).unwrap();
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let better: Vec<&Deal> =
            all.iter().filter(|d| dominates(&space, &voices, d, from)).collect();
        let changed = |d: &Deal| -> Vec<usize> {
            (0..d.len()).filter(|i| d[*i] != from[*i]).collect()
        };
        let found = trades(&talks, &voices, from, 1000, &budget).complete().unwrap();
        let of = |trades: &[detente_analysis::bargain::mediation::Trade]| -> BTreeSet<Deal> {
            trades.iter().map(|t| t.deal.clone()).collect()
        };
        let free: BTreeSet<Deal> =
            better.iter().filter(|d| changed(d).len() == 1).map(|d| (*d).clone()).collect();
        prop_assert_eq!(of(&found.free), free.clone());
        let pairs: BTreeSet<Deal> = better
            .iter()
            .filter(|d| changed(d).len() == 2)
            .filter(|d| {
                changed(d).into_iter().all(|i| {
                    let mut single = from.clone();
                    single[i] = d[i];
                    !free.contains(&single)
                })
            })
            .map(|d| (*d).clone())
            .collect();
        prop_assert_eq!(found.found, pairs.len() as u64);
        prop_assert_eq!(of(&found.exchanges), pairs);
        let fewest = improvements(&talks, &voices, from, 1000, &budget).complete().unwrap();
        let least = better.iter().map(|d| changed(d).len()).min();
        let expected: BTreeSet<Deal> = better
            .iter()
            .filter(|d| Some(changed(d).len()) == least)
            .map(|d| (*d).clone())
            .collect();
        let listed: BTreeSet<Deal> = fewest.deals.iter().map(|i| i.deal.clone()).collect();
        prop_assert_eq!(fewest.found, expected.len() as u64);
        prop_assert_eq!(listed, expected);
        if let Some(least) = least {
            prop_assert_eq!(fewest.changed, least);
        }
        let path = climb(&talks, &voices, from, 100, &budget).complete().unwrap();
        let mut at = from.clone();
        for trade in path {
            prop_assert!(dominates(&space, &voices, &trade.deal, &at));
            prop_assert!(space.permits(&trade.deal));
            at = trade.deal;
        }
        let end = trades(&talks, &voices, &at, 1000, &budget).complete().unwrap();
        prop_assert!(end.free.is_empty() && end.exchanges.is_empty());
    }

    #[test]
    fn equal_offers_are_those_of_the_definition(
        (space, _) in spaces(),
        pick in any::<prop::sample::Index>(),
        tolerance in 0_i128..4,
    ) {
        let budget = Budget::default();
        let all = deals(&space);
        prop_assume!(!all.is_empty());
        let from = &all[pick.index(all.len())];
        let talks = Talks::new(&space, &budget).unwrap();
        let voice = pick.index(space.voices.len());
        let others: Vec<usize> = (0..space.voices.len()).filter(|v| *v != voice).collect();
        let level = worth(&space, from)[voice];
        let near: Vec<&Deal> = all
            .iter()
            .filter(|d| (worth(&space, d)[voice] - level).abs() <= tolerance)
            .collect();
        let best = near
            .iter()
            .filter(|d| !near.iter().any(|o| dominates(&space, &others, o, d)));
        let mut expected: BTreeMap<Vec<i128>, u32> = BTreeMap::new();
        for deal in best {
            *expected.entry(worth(&space, deal)).or_default() += 1;
        }
        let found = equal_offers(&talks, voice, &others, level, tolerance, &budget).unwrap();
        let listed: BTreeMap<Vec<i128>, u32> = found
            .iter()
            .map(|o| (o.worth.clone(), u32::try_from(&o.packages).unwrap()))
            .collect();
        prop_assert_eq!(listed.len(), found.len());
        prop_assert_eq!(listed, expected);
    }

    #[test]
    fn drafts_are_what_their_readings_are(
        (space, _) in spaces(),
        masks in proptest::collection::vec(1_u8..8, 8),
    ) {
        let budget = Budget::default();
        let all = deals(&space);
        let floors = floors(&space, &all);
        let talks = Talks::new(&space, &budget).unwrap();
        let leaders = space.leaders();
        let levels = |masks: &[u8]| -> Vec<Vec<u16>> {
            let both = space.sizes.iter().zip(masks);
            both.map(|(size, mask)| {
                let some: Vec<u16> =
                    (0..*size as u16).filter(|l| mask >> l & 1 == 1).collect();
                if some.is_empty() { vec![0] } else { some }
            })
            .collect()
        };
        let readings = |levels: &[Vec<u16>]| -> Vec<Deal> {
            let of = |d: &&Deal| d.iter().zip(levels).all(|(l, some)| some.contains(l));
            all.iter().filter(of).cloned().collect()
        };
        let first = levels(&masks[..4]);
        let own = readings(&first);
        let found = draft(&talks, &leaders, &first, &budget).unwrap();
        prop_assert_eq!(&found.readings, &BigUint::from(own.len()));
        if own.is_empty() {
            prop_assert_eq!(found.worth, None);
            return Ok(());
        }
        let over = |f: &dyn Fn(&Deal) -> bool| quality(&own.iter().map(f).collect::<Vec<_>>());
        for (voice, floor) in floors.iter().enumerate() {
            let worths = own.iter().map(|d| worth(&space, d)[voice]);
            let bounds = Range {
                least: worths.clone().min().unwrap(),
                most: worths.max().unwrap(),
            };
            prop_assert_eq!(found.worth.as_ref().unwrap()[voice], bounds);
            let accepts = over(&|d| worth(&space, d)[voice] >= *floor);
            prop_assert_eq!(found.accepted[voice], accepts);
        }
        let agreed = |d: &Deal| worth(&space, d).iter().zip(&floors).all(|(w, f)| w >= f);
        prop_assert_eq!(found.by_all, over(&agreed));
        let efficient = |d: &Deal| !all.iter().any(|o| dominates(&space, &leaders, o, d));
        prop_assert_eq!(found.efficient, over(&efficient));
        let beating: Vec<&Deal> = all
            .iter()
            .filter(|o| own.iter().all(|d| dominates(&space, &leaders, o, d)))
            .collect();
        prop_assert_eq!(found.dominators.is_empty(), beating.is_empty());
        let acceptable: Vec<&Deal> = beating.iter().copied().filter(|d| agreed(d)).collect();
        prop_assert_eq!(found.beaten_by_acceptable, !acceptable.is_empty());
        for dominator in &found.dominators {
            prop_assert!(beating.contains(&&dominator.deal));
            let among = if acceptable.is_empty() { &beating } else { &acceptable };
            let best = among.iter().map(|d| worth(&space, d)[dominator.best_for]).max();
            prop_assert_eq!(Some(dominator.worth[dominator.best_for]), best);
            prop_assert_eq!(dominator.acceptable, agreed(&dominator.deal));
        }
        let second = levels(&masks[4..]);
        let other = readings(&second);
        let pairs = |a: &[Deal], b: &[Deal]| {
            let pairs = a.iter().flat_map(|a| {
                b.iter().map(|b| dominates(&space, &leaders, a, b)).collect::<Vec<_>>()
            });
            quality(&pairs.collect::<Vec<_>>())
        };
        let compared = compare(&talks, &leaders, &first, &second, &budget).unwrap();
        if !other.is_empty() {
            prop_assert_eq!(compared.first, pairs(&own, &other));
            prop_assert_eq!(compared.second, pairs(&other, &own));
        }
    }

    #[test]
    fn linkage_is_that_of_the_definition((space, homes) in spaces()) {
        let budget = Budget::default();
        let all = deals(&space);
        let floors = floors(&space, &all);
        let talks = Talks::new(&space, &budget).unwrap();
        let found = linkage(&talks, &homes, &[vec![0, 1], vec![2]], &budget).unwrap();
        let table: Vec<usize> = homes.iter().filter_map(|h| h.leader).collect();
        let agreed = |homes: &[Home], floors: &[i128], among: &[Deal]| -> Vec<Deal> {
            let of = |d: &&Deal| homes.iter().all(|h| accepted(&space, floors, h, d));
            among.iter().filter(of).cloned().collect()
        };
        let value = |s: &Option<detente_analysis::bargain::mediation::Settlement>| {
            s.as_ref().map(|s| s.value.clone())
        };
        let zone = agreed(&homes, &floors, &all);
        prop_assert_eq!(&found.zone, &BigUint::from(zone.len()));
        let sum = |d: &Deal| table.iter().map(|v| worth(&space, d)[*v]).sum::<i128>();
        prop_assert_eq!(value(&found.utilitarian), zone.iter().map(sum).max().map(whole));
        for without in &found.issues {
            let fewer: Vec<Deal> =
                all.iter().filter(|d| d[without.issue] == 0).cloned().collect();
            let zone = agreed(&homes, &floors, &fewer);
            prop_assert_eq!(&without.zone, &BigUint::from(zone.len()));
            let nash = best_product(&space, &floors, &table, &zone);
            prop_assert_eq!(value(&without.nash), nash.map(whole));
        }
        for without in &found.voices {
            let mut fewer = homes.clone();
            for home in &mut fewer {
                home.leader = home.leader.filter(|l| *l != without.voice);
                home.ratifiers.retain(|(v, _)| *v != without.voice);
            }
            let zone = agreed(&fewer, &floors, &all);
            prop_assert_eq!(&without.zone, &BigUint::from(zone.len()));
        }
        // Each bundle's part of a group is as good as any for that group alone.
        let unchanged: Deal = vec![0; space.sizes.len()];
        let base = worth(&space, &unchanged);
        for bundle in found.grouped.iter().flatten().chain(&found.apart) {
            prop_assert_eq!(&bundle.worth, &worth(&space, &bundle.deal));
            prop_assert_eq!(bundle.permitted, all.contains(&bundle.deal));
            prop_assert_eq!(bundle.accepted, zone.contains(&bundle.deal));
        }
        let bundle = &found.grouped.as_ref().unwrap()[0];
        for group in &bundle.groups {
            let only = |d: &&Deal| (0..d.len()).all(|i| group.contains(&i) || d[i] == 0);
            let part: Vec<Deal> = all.iter().filter(only).cloned().collect();
            let zone = agreed(&homes, &base, &part);
            let Some(best) = best_product(&space, &base, &table, &zone) else {
                continue;
            };
            let mut own = unchanged.clone();
            for issue in group {
                own[*issue] = bundle.deal[*issue];
            }
            prop_assert_eq!(product(&worth(&space, &own), &base, &table), best);
        }
        let again = apart(&talks, &homes, &bundle.groups, Aim::Nash, &budget).unwrap();
        prop_assert_eq!(&again, bundle);
    }

    #[test]
    fn ties_and_packages_of_a_settlement_are_counted((space, homes) in spaces()) {
        let budget = Budget::default();
        let all = deals(&space);
        let floors = floors(&space, &all);
        let talks = Talks::new(&space, &budget).unwrap();
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let found = settle(&talks, &voices, &[], Aim::Nash, &budget).unwrap();
        let rational = all.iter().map(|d| (d, worth(&space, d)));
        let rational: Vec<(&Deal, Vec<i128>)> =
            rational.filter(|(_, w)| w.iter().zip(&floors).all(|(w, f)| w >= f)).collect();
        let best = rational.iter().map(|(_, w)| product(w, &floors, &voices)).max();
        prop_assert_eq!(found.as_ref().map(|f| f.value.clone()), best.map(whole));
        if let Some(found) = found {
            let efficient = rational
                .iter()
                .filter(|(d, _)| !all.iter().any(|o| dominates(&space, &voices, o, d)));
            let tied: Vec<&Vec<i128>> = efficient
                .filter(|(_, w)| Some(product(w, &floors, &voices)) == best)
                .map(|(_, w)| w)
                .collect();
            let different: BTreeSet<&Vec<i128>> = tied.iter().copied().collect();
            prop_assert_eq!(found.ties + 1, different.len());
            let same = tied.iter().filter(|w| ***w == found.worth).count();
            prop_assert_eq!(&found.packages, &BigUint::from(same));
        }
        let ratified = settle_ratified(&talks, &homes, Aim::Nash, &budget).unwrap();
        let agreed = all.iter().any(|d| homes.iter().all(|h| accepted(&space, &floors, h, d)));
        prop_assert_eq!(ratified.is_some(), agreed);
    }
}
