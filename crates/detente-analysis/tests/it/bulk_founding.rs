//! The founding cases, many profiles at once against the engine for one.

use detente_analysis::bulk::{Batch, CONCEPTS, Detail, LANES, Plan, Verdicts};
use detente_analysis::{Budget, Game, Ranking, Settings, analyze};
use detente_model::variant;

use super::doubt::{document, model};

const HANOI: &str = include_str!("../../../../cases/diplomacy/us-dprk-2019/hanoi.detente");
const JANUARY: &str = include_str!("../../../../cases/diplomacy/us-dprk-2019/january.detente");

/// Variants that change preferences only take turns in the lanes; each cell is what the engine says of
/// the variant by itself. Returns how many cells were compared, and how many equilibria there were.
fn agree(text: &str, variants: &[&[&str]]) -> (usize, usize) {
    let budget = Budget::default();
    let written = document(text);
    let models: Vec<_> = variants
        .iter()
        .map(|names| model(&variant::apply(&written, names).unwrap()))
        .collect();
    let games: Vec<Game<'_>> = models
        .iter()
        .map(|m| Game::new(m, &budget).unwrap())
        .collect();
    let graph = &games[0].graph;
    let mut batch = Batch::new(graph);
    for lane in 0..LANES {
        let rankings: &[Ranking] = &games[lane % games.len()].rankings;
        for (party, ranking) in graph.party_ids().zip(rankings) {
            batch.set_ranking(party, lane, ranking).unwrap();
        }
    }
    let plan = Plan::new(graph, &CONCEPTS, &budget).unwrap();
    let mut found = Verdicts::new(&plan, Detail::Parties);
    plan.judge(&batch, &mut found).unwrap();
    let (mut cells, mut equilibria) = (0, 0);
    for (turn, game) in games.iter().enumerate() {
        let conflict = game.conflict();
        let tables = analyze(&conflict, &CONCEPTS, &Settings::default(), &budget);
        let tables = tables.complete().unwrap();
        assert_eq!(tables.tables.len(), CONCEPTS.len());
        for table in &tables.tables {
            equilibria += table.equilibria().iter().count();
            for state in game.space.ids() {
                for lane in (turn..LANES).step_by(games.len()) {
                    let at = (table.concept, state, lane);
                    for party in graph.party_ids() {
                        let mask = found.stable(table.concept, party).unwrap()[state.index()];
                        let stable = mask >> lane & 1 == 1;
                        assert_eq!(stable, table.is_stable(party, state), "{at:?} {party:?}");
                        cells += 1;
                    }
                    let holds = found.is_equilibrium(table.concept, state, lane);
                    assert_eq!(holds, table.equilibria().contains(state), "{at:?}");
                }
            }
        }
    }
    (cells, equilibria)
}

#[test]
fn hanoi() {
    let (cells, equilibria) = agree(HANOI, &[&[], &["b"], &["h1"], &["h2"], &["both"]]);
    assert_eq!(cells, LANES * 5 * 6 * 2);
    // Nash holds `none` five times; GMR, SMR and SEQ 1, 2, 2, 2 and 3 states.
    assert!(equilibria >= 5 + 3 * 10);
    for variants in [["c"], ["d"], ["e"]] {
        agree(HANOI, &[&variants]);
    }
}

#[test]
fn january() {
    for stays in [
        &[][..],
        &["reversible"],
        &["yongbyon_stays"],
        &["both_stay"],
    ] {
        let with = |name| [stays, &[name]].concat();
        let (flex, walk) = (with("flex"), with("walk"));
        let (cells, _) = agree(JANUARY, &[stays, &flex, &walk]);
        assert_eq!(cells, LANES * 5 * 70 * 3);
    }
    agree(JANUARY, &[&["veto"], &["veto", "flex"]]);
}
