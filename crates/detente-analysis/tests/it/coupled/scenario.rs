//! Spaces that these tests draw.

use detente_analysis::bargain::{DealSpace, Voice, Worth};
use detente_model::bargain::{Test, Who};
use detente_model::{IssueId, PartyId};
use num_bigint::BigUint;

/// Random numbers: the same for the same seed (`SplitMix64`).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let range = i128::from(high) - i128::from(low) + 1;
        let number = i128::from(low) + i128::from(self.next()) % range;
        i64::try_from(number).unwrap()
    }

    /// A number below this.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A bound on an issue with so many levels.
    pub(crate) fn bound(&mut self, issue: usize, levels: usize) -> Test {
        let from = self.below(levels);
        let to = from + self.below(levels - from);
        bound(issue, from as u16, to as u16)
    }
}

pub(crate) fn bound(issue: usize, from: u16, to: u16) -> Test {
    Test::Between {
        issue: IssueId(issue as u32),
        from,
        to,
    }
}

pub(crate) fn voice(party: usize, worth: Worth) -> Voice {
    Voice {
        who: Who {
            party: PartyId(party as u16),
            ratifier: None,
        },
        worth,
        reservation: None,
        unit: BigUint::from(1_u32),
    }
}

/// Two parties with random boxes of 1 to 4 of the issues, which have ten levels; one in ten pays outside.
pub(crate) fn boxes(issues: usize, boxes: usize, seed: u64) -> DealSpace {
    let mut draw = Draw(seed);
    let mut voices = Vec::new();
    for party in 0..2 {
        let mut worth = Worth {
            tables: vec![vec![0; 10]; issues],
            ..Worth::default()
        };
        for _ in 0..boxes {
            let size = 1 + draw.below(4);
            let mut chosen: Vec<usize> = Vec::new();
            while chosen.len() < size {
                let issue = draw.below(issues);
                if !chosen.contains(&issue) {
                    chosen.push(issue);
                }
            }
            let bounds = chosen.iter().map(|issue| draw.bound(*issue, 10));
            let bounds: Vec<Test> = bounds.collect();
            let outside = size > 1 && draw.below(10) == 0;
            let amount = i128::from(draw.between(1, 100));
            let test = if outside {
                Test::Or(bounds.into_iter().map(|b| Test::Not(Box::new(b))).collect())
            } else {
                Test::And(bounds)
            };
            worth.terms.push((amount, test));
        }
        voices.push(voice(party, worth));
    }
    DealSpace {
        sizes: vec![10; issues],
        rules: Vec::new(),
        voices,
    }
}
