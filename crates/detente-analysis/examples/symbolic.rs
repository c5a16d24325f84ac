//! Quick measurements.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement"
)]
#[path = "../tests/it/negotiations.rs"]
mod negotiations;
use detente_analysis::symbolic::*;
use detente_analysis::*;
use negotiations::*;
use std::time::Instant;
fn main() {
    let a: Vec<usize> = std::env::args()
        .skip(1)
        .map(|x| x.parse().unwrap())
        .collect();
    let shape = Shape {
        options: a[0],
        parties: a[1],
        statements: a[2],
        patterns: a[3],
        cross: a[4] as u32,
        one_way: a[5] as u32,
    };
    let mode = a.get(7).copied().unwrap_or(0);
    for seed in 0..a[6] as u64 {
        let model = negotiation(shape, seed);
        let budget = Budget::default();
        let t = Instant::now();
        let e = Encoding::new(&model, &budget).unwrap();
        print!("seed {seed} encode {:.4} |", t.elapsed().as_secs_f64());
        let list: &[Concept] = if mode == 0 {
            &[Concept::Nash, Concept::Gmr, Concept::Smr]
        } else {
            &[Concept::Seq]
        };
        for c in list {
            let engine = Engine::new(&e, &budget);
            let t = Instant::now();
            match engine.stable(*c) {
                Ok(s) => {
                    let t1 = t.elapsed().as_secs_f64();
                    let sizes: Vec<usize> = s.parties.iter().map(States::nodes).collect();
                    match engine.equilibria(&s) {
                        Ok(q) => print!(
                            " {c} {:.4}+{:.4}s n={:.3e} {:?} joint {} work {}M largest {} |",
                            t1,
                            t.elapsed().as_secs_f64() - t1,
                            engine.count(&q).to_string().parse::<f64>().unwrap(),
                            sizes,
                            q.nodes(),
                            engine.work() / 1_000_000,
                            engine.largest()
                        ),
                        Err(x) => print!(" {c} {:.4}s joint {x} {:?}", t1, sizes),
                    }
                }
                Err(x) => print!(
                    " {c} {x} after {:.2} largest {}",
                    t.elapsed().as_secs_f64(),
                    engine.largest()
                ),
            }
        }
        println!();
    }
}
