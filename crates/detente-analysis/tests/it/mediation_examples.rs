//! What a mediator asks, on two negotiations whose numbers were found by independent programs.

use detente_analysis::Budget;
use detente_analysis::bargain::mediation::{
    Aim, Home, Talks, climb, compromise, draft, equal_offers, homes, improvements, linkage,
    objections, ratification, settle, trades, zone,
};
use detente_analysis::bargain::{Answer, Deal, DealSpace, Range, Voice, Worth};
use detente_analysis::model::PartyId;
use detente_analysis::model::bargain::{Ratifier, Side, Utility, Who};
use detente_analysis::model::syntax::ast::{Place, Ratification};
use num_bigint::BigUint;
use num_rational::BigRational;

use crate::hanoi;

pub(crate) fn space(
    sizes: &[u32],
    voices: Vec<(u16, Option<u16>, Option<i128>, Worth)>,
) -> DealSpace {
    DealSpace {
        sizes: sizes.to_vec(),
        rules: Vec::new(),
        voices: voices
            .into_iter()
            .map(|(party, ratifier, reservation, worth)| Voice {
                who: Who {
                    party: PartyId(party),
                    ratifier,
                },
                worth,
                reservation,
                unit: BigUint::from(1_u32),
            })
            .collect(),
    }
}

fn tables(tables: &[&[i128]]) -> Worth {
    worth(tables.iter().map(|t| t.to_vec()).collect())
}

fn worth(tables: Vec<Vec<i128>>) -> Worth {
    Worth {
        base: 0,
        tables,
        terms: Vec::new(),
    }
}

/// Drills, relief, political steps, Yongbyon, beyond Yongbyon, moratorium, remains.
pub(crate) fn hanoi() -> DealSpace {
    let voices = vec![
        (0, None, Some(0), worth(hanoi::tables(hanoi::US))),
        (1, None, Some(0), worth(hanoi::tables(hanoi::DPRK))),
    ];
    space(&hanoi::SIZES.map(u32::from), voices)
}

/// Nuclear step, sanctions, declaration, drills, remains and travel, follow-up: the leaders of two sides, each
/// with a ratifier. In hundredths.
fn korea() -> DealSpace {
    let us: &[&[i128]] = &[
        &[0, 1200, 2400, 3400, 4000],
        &[2500, 2300, 1750, 750, 0],
        &[1000, 900, 600],
        &[1000, 750, 400],
        &[0, 400, 500],
        &[0, 600, 1000],
    ];
    let hardliners: &[&[i128]] = &[
        &[0, 750, 2250, 4500, 5000],
        &[2500, 2375, 1875, 500, 0],
        &[500, 425, 200],
        &[1000, 700, 200],
        &[0, 300, 500],
        &[0, 300, 500],
    ];
    let dprk: &[&[i128]] = &[
        &[2500, 2375, 1750, 1125, 0],
        &[0, 800, 2200, 3600, 4000],
        &[0, 750, 1500],
        &[0, 720, 1200],
        &[0, 210, 300],
        &[200, 500, 350],
    ];
    let military: &[&[i128]] = &[
        &[3500, 3150, 1925, 700, 0],
        &[0, 1000, 2400, 3800, 4000],
        &[0, 400, 1000],
        &[0, 550, 1000],
        &[0, 0, 0],
        &[300, 500, 250],
    ];
    let voices = vec![
        (0, None, Some(5200), tables(us)),
        (0, Some(0), Some(6000), tables(hardliners)),
        (1, None, Some(3800), tables(dprk)),
        (1, Some(0), Some(4000), tables(military)),
    ];
    space(&[5, 5, 3, 3, 3, 3], voices)
}

fn sides(rules: [Ratification; 2]) -> Vec<Side> {
    let side = |ratified| Side {
        utility: Some(utility()),
        ratifiers: vec![Ratifier {
            name: "home".into(),
            title: None,
            votes: 1,
            utility: utility(),
            place: Place::default(),
        }],
        ratified,
    };
    rules.into_iter().map(side).collect()
}

fn utility() -> Utility {
    Utility {
        tables: Vec::new(),
        terms: Vec::new(),
        importance: Vec::new(),
        reservation: None,
        discounts: Vec::new(),
        place: Place::default(),
    }
}

fn precise(deal: &[u16]) -> Vec<Vec<u16>> {
    deal.iter().map(|l| vec![*l]).collect()
}

const RI: [u16; 7] = [0, 2, 0, 3, 0, 1, 0];
const BIG: [u16; 7] = [2, 3, 2, 3, 3, 1, 1];
const VOX: [u16; 7] = [0, 1, 2, 2, 0, 0, 1];
const VAGUE: [u16; 7] = [0; 7];
const MARCH: [u16; 7] = [2, 0, 0, 0, 0, 0, 0];
const NASH: [u16; 7] = [2, 1, 1, 2, 0, 1, 1];

fn dominates(a: &[i128], b: &[i128]) -> bool {
    a != b && a.iter().zip(b).all(|(a, b)| a >= b)
}

#[test]
fn every_draft_of_hanoi_but_the_big_deal_is_beaten_by_a_package_that_both_accept() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let expected: [(&[u16], [i128; 2], bool); 5] = [
        (&RI, [-2, 9], true),
        (&BIG, [27, -50], false),
        (&VOX, [2, 8], true),
        (&VAGUE, [0, 0], true),
        (&MARCH, [-4, 8], true),
    ];
    for (deal, worth, beaten) in expected {
        assert_eq!(talks.worth(deal), worth);
        let found = draft(&talks, &[0, 1], &precise(deal), &budget).unwrap();
        assert_eq!(found.readings, BigUint::from(1_u32));
        let bounds = worth.map(|w| Range { least: w, most: w });
        assert_eq!(found.worth, Some(bounds.to_vec()));
        assert_eq!(found.beaten_by_acceptable, beaten, "{deal:?}");
        for dominator in &found.dominators {
            assert!(dominates(&dominator.worth, &worth));
            assert_eq!(dominator.acceptable, beaten);
            assert_eq!(talks.worth(&dominator.deal), dominator.worth);
        }
        let fewest = improvements(&talks, &[0, 1], deal, 3, &budget)
            .complete()
            .unwrap();
        assert_eq!(
            fewest.deals.is_empty(),
            found.dominators.is_empty(),
            "{deal:?}"
        );
    }
}

#[test]
fn a_vague_vox_draft_is_accepted_by_one_side_only_possibly() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let mut levels = precise(&VOX);
    levels[3] = vec![1, 2];
    let found = draft(&talks, &[0, 1], &levels, &budget).unwrap();
    assert_eq!(found.readings, BigUint::from(2_u32));
    let bounds = [(-4, 2), (8, 15)].map(|(least, most)| Range { least, most });
    assert_eq!(found.worth, Some(bounds.to_vec()));
    assert_eq!(found.accepted, [Answer::Depends, Answer::Yes]);
    assert_eq!(found.by_all, Answer::Depends);
}

#[test]
fn the_zone_of_hanoi_has_its_egalitarian_package() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let found = zone(&talks, &[0, 1], &budget).unwrap();
    assert!(found.exists());
    assert!(found.conflicts.is_empty());
    let nearest = found.nearest.as_ref().unwrap();
    assert_eq!(nearest.deal, NASH);
    assert_eq!(nearest.by, BigRational::from_integer((-7).into()));
    // The ideal gains are 14 for both.
    assert_eq!(found.alone, [Some(-14), Some(-14)]);
    let failed = objections(&talks, &[0, 1], &BIG);
    assert_eq!(failed.len(), 1);
    assert_eq!((failed[0].voice, failed[0].short), (1, 50));
    let agreed = settle(&talks, &[0, 1], &[], Aim::Nash, &budget)
        .unwrap()
        .unwrap();
    assert_eq!(
        (agreed.deal.as_slice(), agreed.worth.as_slice()),
        (&NASH[..], &[8, 7][..])
    );
    assert_eq!(agreed.value, BigRational::from_integer(56.into()));
    let sum = settle(&talks, &[0, 1], &[], Aim::Utilitarian, &budget)
        .unwrap()
        .unwrap();
    assert_eq!(sum.value, BigRational::from_integer(16.into()));
}

#[test]
fn trades_lead_from_nothing_to_an_efficient_package() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let found = trades(&talks, &[0, 1], &VAGUE, 5, &budget)
        .complete()
        .unwrap();
    assert!(found.free.is_empty());
    for trade in &found.exchanges {
        assert_eq!(talks.worth(&trade.deal), trade.gains);
        assert_eq!(trade.changes.len(), 2);
    }
    let path = climb(&talks, &[0, 1], &VAGUE, 50, &budget)
        .complete()
        .unwrap();
    let mut before = talks.worth(&VAGUE);
    for trade in &path {
        let after = talks.worth(&trade.deal);
        assert!(dominates(&after, &before));
        before = after;
    }
    assert!(compromise(&talks, &[0, 1]).is_some());
}

#[test]
fn equal_offers_of_vox_worth_two_to_the_first() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let offers = equal_offers(&talks, 0, &[1], 2, 0, &budget).unwrap();
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].worth[0], 2);
    assert!(offers[0].worth[1] > 8);
}

#[test]
fn nothing_is_agreed_on_hanoi_issue_by_issue() {
    let space = hanoi();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let both = homes_of(&[(0, &[]), (1, &[])], Ratification::All);
    let found = linkage(&talks, &both, &[], &budget).unwrap();
    assert_eq!(found.zone, BigUint::from(197_u32));
    // On each issue somebody loses by every change.
    for bundle in &found.apart {
        assert_eq!(bundle.deal, VAGUE);
    }
    assert_eq!(found.nash.unwrap().worth, [8, 7]);
    for issue in &found.issues {
        assert!(issue.zone <= found.zone);
    }
}

pub(crate) fn homes_of(sides: &[(usize, &[usize])], rule: Ratification) -> Vec<Home> {
    let numbered = (0..).zip(sides);
    let home = numbered.map(|(party, (leader, ratifiers))| Home {
        party: PartyId(party),
        leader: Some(*leader),
        ratifiers: ratifiers.iter().map(|v| (*v, 1)).collect(),
        rule,
    });
    home.collect()
}

#[test]
fn the_win_sets_of_korea() {
    let space = korea();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let all = homes(&space, &sides([Ratification::All; 2]));
    let found = ratification(&talks, &all, &budget).unwrap();
    let number = |n: u32| BigUint::from(n);
    assert_eq!(found.packages, number(2025));
    assert_eq!(found.voices, [1365, 888, 1620, 1509].map(number));
    assert_eq!(found.leaders, number(975));
    assert_eq!(found.ratified, number(414));
    let worth = [7650, 7775, 6675, 5350];
    for settled in [&found.free, &found.bound, &found.everybody] {
        let settled = settled.as_ref().unwrap();
        assert_eq!(settled.worth, worth);
        assert_eq!(settled.ties, 0);
    }
    assert_eq!(
        found.free.unwrap().value,
        BigRational::from_integer(7_043_750.into())
    );
    let everybody = found.everybody.unwrap().value;
    assert_eq!(
        everybody,
        BigRational::from_integer(16_878_585_937_500_i64.into())
    );
    for side in &found.sides {
        assert_eq!(side.without.len(), 1);
    }
}

#[test]
fn the_least_concession_in_korea_is_the_oracles_egalitarian_gain() {
    let space = korea();
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let found = zone(&talks, &[0, 1, 2, 3], &budget).unwrap();
    let nearest = found.nearest.unwrap();
    assert_eq!(nearest.by, BigRational::from_integer((-1575).into()));
    assert_eq!(talks.worth(&nearest.deal), [7250, 7575, 6825, 5600]);
}

#[test]
fn a_seller_and_a_buyer_close_the_gap_alone_or_together() {
    let price: Deal = (0..=9).collect();
    let seller: Vec<i128> = price.iter().map(|p| i128::from(*p)).collect();
    let buyer: Vec<i128> = seller.iter().map(|p| -p).collect();
    let voices = vec![
        (0, None, Some(5), tables(&[&seller])),
        (1, None, Some(-2), tables(&[&buyer])),
    ];
    let space = space(&[10], voices);
    let budget = Budget::default();
    let talks = Talks::new(&space, &budget).unwrap();
    let found = zone(&talks, &[0, 1], &budget).unwrap();
    assert!(!found.exists());
    assert_eq!(found.conflicts, [vec![0, 1]]);
    assert_eq!(found.alone, [Some(3), Some(3)]);
    // Prices are whole: one side moves by two when the other moves by one.
    assert_eq!(
        found.nearest.unwrap().by,
        BigRational::from_integer(2.into())
    );
}
