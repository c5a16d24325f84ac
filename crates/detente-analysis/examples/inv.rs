use detente_analysis::inverse::*;
use detente_analysis::*;
#[path = "../benches/common/mod.rs"]
mod common;
use common::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let opts: u32 = a[1].parse().unwrap();
    let st: usize = a[2].parse().unwrap();
    let seed: u64 = a[3].parse().unwrap();
    let concept: Concept = a[4].parse().unwrap();
    let recipe = Recipe {
        widths: even(opts, 4),
        wants: if st == 0 {
            Wants::Single
        } else {
            Wants::Random(st)
        },
        never: 0,
        one_way: 0,
        seed,
    };
    let model = model(&recipe);
    let game = Game::new(&model, &Budget::default()).unwrap();
    let ranking = &game.rankings[0];
    let which: usize = a[5].parse().unwrap();
    let mut states: Vec<StateId> = game.space.ids().collect();
    states.sort_by_key(|s| ranking.rank(*s));
    let target = states[which];
    let p = if st == 0 {
        PreferenceChange::Ranks(Prices::default())
    } else {
        PreferenceChange::Statements(
            Prices::default(),
            StatementChanges {
                drop: true,
                reverse: true,
                pass: true,
                insert: vec![],
            },
        )
    };
    let q = Question {
        wants: vec![Want::Some(vec![target])],
        judgements: vec![vec![concept; 4]],
        reachable: None,
        permitted: Permitted {
            preferences: vec![p; 4],
            structure: vec![],
        },
        most_plans: 10,
        up_to: None,
    };
    let t = std::time::Instant::now();
    let mut b = Budget::default();
    if let Some(w) = a.get(6) {
        b.max_work = w.parse().unwrap();
    }
    match solve(&game, &q, &b) {
        Ok(o) => {
            let v = o.value();
            println!(
                "complete {} least {} plans {:?} cand {} all {} in {:?}",
                matches!(o, Outcome::Complete(_)),
                v.least,
                v.plans.iter().map(|p| p.price).collect::<Vec<_>>(),
                v.candidates,
                v.all,
                t.elapsed()
            )
        }
        Err(e) => println!("{e}"),
    }
}
