//! Spaces for these tests: read from GENIUS profiles of boxes, or drawn.

use detente_analysis::bargain::{DealSpace, Voice, Worth};
use detente_model::bargain::{Test, Who};
use detente_model::{IssueId, PartyId};
use num_bigint::BigUint;

/// Random numbers: the same for the same seed (SplitMix64).
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }
}

pub fn bound(issue: usize, from: u16, to: u16) -> Test {
    Test::Between {
        issue: IssueId(issue as u32),
        from,
        to,
    }
}

pub fn voice(party: usize, worth: Worth) -> Voice {
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

/// The value of an attribute in a line of XML.
fn attribute(line: &str, name: &str) -> u16 {
    let start = line.find(&format!(" {name}=\"")).expect(name) + name.len() + 3;
    let rest = &line[start..];
    rest[..rest.find('"').expect("a quote")]
        .parse()
        .expect("a number")
}

/// The boxes of a profile with integer issues, one element a line.
pub fn profile(text: &str, issues: usize) -> Worth {
    let mut worth = Worth {
        tables: vec![vec![0; 10]; issues],
        ..Worth::default()
    };
    let (mut amount, mut includes, mut excludes) = (0, Vec::new(), Vec::new());
    for line in text.lines() {
        let between = |line| {
            let issue = usize::from(attribute(line, "index")) - 1;
            bound(issue, attribute(line, "min"), attribute(line, "max"))
        };
        if line.starts_with("<hyperRectangle") {
            amount = i128::from(attribute(line, "utility"));
        } else if line.starts_with("<INCLUDES") {
            includes.push(between(line));
        } else if line.starts_with("<EXCLUDES") {
            excludes.push(Test::Not(Box::new(between(line))));
        } else if line.starts_with("</hyperRectangle") {
            let includes = std::mem::take(&mut includes);
            let test = match std::mem::take(&mut excludes) {
                none if none.is_empty() => Test::And(includes),
                excludes => Test::Or(excludes),
            };
            worth.terms.push((amount, test));
        }
    }
    worth
}

/// Two parties with random boxes of 1 to 4 of the issues, which have ten levels; one in ten pays outside.
pub fn boxes(issues: usize, boxes: usize, seed: u64) -> DealSpace {
    let mut draw = Draw(seed);
    let mut voices = Vec::new();
    for party in 0..2 {
        let mut worth = Worth {
            tables: vec![vec![0; 10]; issues],
            ..Worth::default()
        };
        for _ in 0..boxes {
            let size = draw.between(1, 4);
            let mut chosen: Vec<usize> = Vec::new();
            while (chosen.len() as i64) < size {
                let issue = draw.between(0, issues as i64 - 1) as usize;
                if !chosen.contains(&issue) {
                    chosen.push(issue);
                }
            }
            let bounds = chosen.iter().map(|issue| {
                let from = draw.between(0, 9);
                let to = draw.between(from, 9);
                bound(*issue, from as u16, to as u16)
            });
            let bounds: Vec<Test> = bounds.collect();
            let outside = size > 1 && draw.between(0, 9) == 0;
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
