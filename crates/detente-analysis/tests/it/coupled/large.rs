//! Spaces far too large to enumerate.

use std::time::Instant;

use detente_analysis::Budget;
use detente_analysis::bargain::coupled;

use super::scenario::boxes;

#[test]
#[ignore]
fn timing() {
    let list = std::env::var("BOXES").unwrap_or_else(|_| "20:30:1".into());
    for item in list.split(',') {
        let n: Vec<u64> = item.split(':').map(|x| x.parse().unwrap()).collect();
        let space = boxes(n[0] as usize, n[1] as usize, n[2]);
        let start = Instant::now();
        let mut budget = Budget::default();
        budget.max_steps = 3_000_000;
        let found = coupled::frontier(&space, &[0, 1], &budget);
        let whole = found.clone().complete().is_ok();
        println!(
            "{item}: {} points {whole} {:?}",
            found.value().points.len(),
            start.elapsed()
        );
    }
}
