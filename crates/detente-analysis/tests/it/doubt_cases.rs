//! Doubt about preferences on cases with known results.

use detente_analysis::doubt::{
    About, Family, Found, MOST_COMPLETIONS, Method, Ratio, Request, relations,
};
use detente_analysis::relation::{Known, ONE};
use detente_analysis::{Budget, Concept, Game, StateId};
use detente_model::PartyId;
use num_bigint::BigUint;

use super::doubt::{asked, compare, completions, document, model, ratio};

/// The closed form of the founding case: with probability `p` the US takes the small deal rather than
/// none, with `q` North Korea the big one; only `none` is stable with probability (1 - p)(1 - q).
const HANOI: &str = "
party US {
  option relief
  candidate firm 0.6 { ranks { all_for_nothing > big > yong > none > small > gift } }
  candidate soft 0.4 { ranks { all_for_nothing > big > yong > small > none > gift } }
}
party DPRK {
  option yongbyon
  option declare
  candidate firm 0.9 { ranks { gift > small > none > big > yong > all_for_nothing } }
  candidate soft 0.1 { ranks { gift > small > big > none > yong > all_for_nothing } }
}
never DPRK.declare and not DPRK.yongbyon
state none { }
state gift { US.relief }
state yong { DPRK.yongbyon }
state small { US.relief, DPRK.yongbyon }
state all_for_nothing { DPRK.yongbyon, DPRK.declare }
state big { US.relief, DPRK.yongbyon, DPRK.declare }
class \"a deal\" when state small or state big
class \"none\" when state none
class \"other\" otherwise
";

/// The same by statements: every state its own, the last two in doubt.
const HANOI_STATEMENTS: &str = "
party US {
  option relief
  prefers {
    DPRK.yongbyon and DPRK.declare and not relief
    DPRK.yongbyon and DPRK.declare
    DPRK.yongbyon and not relief
    maybe 0.6: not relief and not DPRK.yongbyon
    DPRK.yongbyon
    not relief
  }
}
party DPRK {
  option yongbyon
  option declare
  prefers {
    US.relief and not yongbyon
    US.relief and not declare
    maybe 0.9: not yongbyon
    US.relief
    not yongbyon
    not declare
  }
}
never DPRK.declare and not DPRK.yongbyon
class \"a deal\" when US.relief and DPRK.yongbyon
";

fn with_game<T>(text: &str, of: impl FnOnce(&Game<'_>, &Family<'_, '_>) -> T) -> T {
    let model = model(&document(text));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &Budget::default()).unwrap();
    of(&game, &family)
}

#[test]
fn the_closed_form_of_the_founding_case_is_exact() {
    for text in [HANOI, HANOI_STATEMENTS] {
        with_game(text, |_, family| {
            for concept in [Concept::Gmr, Concept::Smr, Concept::Seq] {
                let found = asked(family, &Request::usual(2, concept));
                let main = &found.rows[found.main];
                let deal = ratio(&main.classes[0].chance);
                assert_eq!(deal, Ratio::new(46_u8, 100_u8));
                // `none` is stable in all completions, `small` with p, `big` with q.
                let of = |n: usize| ratio(&main.states[n].chance);
                assert!(of(0).is_one());
                assert_eq!(of(3), Ratio::new(2_u8, 5_u8));
                assert_eq!(of(5), Ratio::new(1_u8, 10_u8));
                assert_eq!(
                    Ratio::new(1_u8, 1_u8).minus(&deal).decimal(),
                    Some("0.54".to_owned())
                );
            }
        });
        compare(
            text,
            &[Concept::Seq, Concept::Gmr, Concept::Smr, Concept::Nash],
        );
    }
}

#[test]
fn draws_come_near_the_closed_form_and_do_not_depend_on_threads() {
    with_game(HANOI, |_, family| {
        let mut request = Request::usual(2, Concept::Seq);
        request.method = Method::Sampled;
        request.samples = 20_000;
        let alone = asked(family, &request);
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            assert_eq!(pool.install(|| asked(family, &request)), alone);
        }
        let deal = &alone.rows[alone.main].classes[0].chance;
        let error = deal.standard_error().unwrap();
        assert!((deal.approximate() - 0.46).abs() < 3.0 * error, "{deal:?}");
        let (low, high) = deal.interval().unwrap();
        assert!(low < 0.46 && 0.46 < high);
        // Both doubts tell something, that of the US more: about 0.40 against 0.08 bits.
        let aim = &alone.aims[0];
        let single = &aim.questions.single;
        assert_eq!(single[0].doubts, [0]);
        assert!(single.iter().all(|q| q.telling));
        assert!(
            aim.witness
                .as_ref()
                .is_some_and(|w| !w.basic && w.changed.len() == 1)
        );
        request.seed = 2;
        assert_ne!(asked(family, &request), alone);
    });
}

/// `1 .. 3` against 2: in half of the completions `c` is worth more than `d`.
#[test]
fn a_weight_between_bounds_is_divided_where_the_order_changes() {
    let text = "party A { option c; option d; weights { 1 .. 3: c; 2: d; -9: c and d } }
                class \"c\" when A.c and not A.d\nclass \"d\" when A.d and not A.c";
    with_game(text, |_, family| {
        let found = asked(family, &Request::usual(1, Concept::Nash));
        let main = &found.rows[found.main];
        let half = Ratio::new(1_u8, 2_u8);
        assert_eq!(ratio(&main.classes[0].chance), half);
        assert_eq!(ratio(&main.classes[1].chance), half);
        // Below 2, above 2, and 2 itself, where both are best.
        let counts: Vec<_> = main
            .classes
            .iter()
            .map(|c| c.completions.clone().unwrap())
            .collect();
        assert_eq!(counts[0], (BigUint::from(2_u8), BigUint::from(3_u8)));
        assert_eq!(counts[1], counts[0]);
        assert!(matches!(family.doubts()[0].about, About::Weight(0)));
        let mut request = Request::usual(1, Concept::Nash);
        (request.method, request.samples) = (Method::Sampled, 10_000);
        let drawn = asked(family, &request);
        let chance = &drawn.rows[drawn.main].classes[0].chance;
        assert!((chance.approximate() - 0.5).abs() < 3.0 * chance.standard_error().unwrap());
    });
}

/// What is known of pairs with several weights in doubt is what holds at all of their extreme points,
/// where strictness can only fail at a point of a face.
#[test]
fn weights_between_bounds_are_known_by_their_extreme_points() {
    let bounds = [(-3_i64, 2_i64), (1, 4), (-2, -1)];
    let text = "party A { option a; option b; option c
                  weights { -3 .. 2: a; 1 .. 4: b; -2 .. -1: a or c; 2: b and not c } }";
    with_game(text, |game, family| {
        assert!(family.parties()[0].listed().is_none());
        let tri = relations::known(family, &Budget::default()).unwrap();
        let worth = |s: u32, corner: u32| -> i64 {
            let (a, b, c) = (s & 1 == 1, s >> 1 & 1 == 1, s >> 2 & 1 == 1);
            let w = |n: usize| {
                if corner >> n & 1 == 1 {
                    bounds[n].1
                } else {
                    bounds[n].0
                }
            };
            let mut sum = if b && !c { 2 } else { 0 };
            for (n, holds) in [(0, a), (1, b), (2, a || c)] {
                sum += if holds { w(n) } else { 0 };
            }
            sum
        };
        for s in 0..8 {
            for t in 0..8 {
                let better = (0..8)
                    .filter(|corner| worth(s, *corner) > worth(t, *corner))
                    .count();
                let expected = match better {
                    8 => Known::Preferred,
                    0 => Known::NotPreferred,
                    _ => Known::Unknown,
                };
                assert_eq!(
                    tri.known(PartyId(0), StateId(s), StateId(t)),
                    expected,
                    "{s} {t}"
                );
            }
        }
        // They can only be drawn, and drawing says why.
        let found = asked(
            family,
            &Request {
                samples: 1_000,
                ..Request::usual(1, Concept::Nash)
            },
        );
        assert!(matches!(found.found, Found::Sampled { .. }));
        assert_eq!(game.space.len(), 8);
    });
}

/// What is known and how probable it is, from the orders written out.
#[test]
fn pairs_are_what_the_orders_say() {
    let text = "party A { option a; option b; prefers { maybe 0.4: a; either order: b; maybe: not a iff b; not b } }
                party B { option c; prefers { c } }";
    with_game(text, |game, family| {
        let tri = relations::known(family, &Budget::default()).unwrap();
        let chances = relations::Chances::new(family, 0, 1, &Budget::default()).unwrap();
        assert!(chances.exact);
        let fuzzy = relations::fuzzy(&chances, &Budget::default()).unwrap();
        let (total, all) = completions(&document(text));
        let small = |weight: &BigUint| u128::try_from(weight).unwrap();
        let total = small(&total);
        let rankings: Vec<_> = all
            .iter()
            .map(|c| {
                Game::new(&model(&c.document), &Budget::default())
                    .unwrap()
                    .rankings
            })
            .collect();
        for party in [PartyId(0), PartyId(1)] {
            for s in game.space.ids() {
                for t in game.space.ids() {
                    let prefers = |c: usize, a, b| rankings[c][party.index()].prefers(a, b);
                    let weight = |a, b| -> u128 {
                        (0..all.len())
                            .filter(|c| prefers(*c, a, b))
                            .map(|c| small(&all[c].weight))
                            .sum()
                    };
                    let p = weight(s, t);
                    assert_eq!(chances.of(party, s, t), Ratio::new(p, total));
                    let known = match p {
                        0 => Known::NotPreferred,
                        p if p == total => Known::Preferred,
                        _ => Known::Unknown,
                    };
                    assert_eq!(tri.known(party, s, t), known);
                    let tied = total - p - weight(t, s);
                    let degree = (2 * p + tied) as f64 / (2 * total) as f64;
                    let found = f64::from(fuzzy.degree(party, s, t)) / f64::from(ONE);
                    assert!((found - degree).abs() < 1e-6);
                }
            }
        }
    });
}
