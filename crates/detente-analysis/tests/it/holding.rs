//! Whether agreements hold: every package of Hanoi is followed into the conflict by hand.

use detente_analysis::bargain::DealSpace;
use detente_analysis::holding::{Follower, hold};
use detente_analysis::{Budget, Concept, Game, Settings, analyze};

/// The places of the issues in the case.
const RELIEF: usize = 1;
const YONGBYON: usize = 3;
const BEYOND: usize = 4;

#[test]
fn every_package_of_hanoi_lands_where_its_levels_say() {
    let text = include_str!("../../../../cases/diplomacy/us-dprk-2019/packages.detente");
    let parsed = detente_model::syntax::parse(text);
    let model = detente_model::resolve(&parsed.document).model.unwrap();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    let space = DealSpace::new(&model.bargain).unwrap();
    let settings = Settings::default();
    let judges = [Concept::Seq, Concept::Seq];
    let tables = analyze(&game.conflict(), &[Concept::Seq], &settings, &budget)
        .complete()
        .unwrap();
    let table = tables.table(Concept::Seq).unwrap();
    let mut follower = Follower::new(&game, judges.to_vec(), Settings::default());
    let mut seen = Vec::new();
    let mut deal = vec![0_u16; space.sizes.len()];
    let mut packages = 0;
    loop {
        packages += 1;
        // Relief, Yongbyon, and a declaration, which the conflict excludes without Yongbyon.
        let levels = [
            u16::from(deal[RELIEF] >= 1),
            u16::from(deal[YONGBYON] >= 2),
            u16::from(deal[BEYOND] >= 2),
        ];
        let found = hold(&game, &judges, &settings, &deal, &budget).unwrap();
        // What is remembered of an earlier package that sets the options alike is the same.
        assert_eq!(follower.follow(&deal, &budget).unwrap(), found);
        let excluded = levels[2] == 1 && levels[1] == 0;
        assert_eq!(found.state.is_none(), excluded, "{deal:?}");
        assert_eq!(found.levels, levels);
        let stable = found
            .state
            .is_some_and(|s| game.space.assignment(s) == levels && table.equilibria().contains(s));
        assert_eq!(found.holds(), stable, "{deal:?}");
        if !seen.contains(&levels) {
            seen.push(levels);
        }
        let Some(place) = (0..deal.len())
            .rev()
            .find(|i| u32::from(deal[*i]) + 1 < space.sizes[*i])
        else {
            break;
        };
        deal[place] += 1;
        deal[place + 1..].fill(0);
    }
    assert_eq!((packages, seen.len()), (2304, 8));
}
