//! Must, may and cannot on random bargains, against all vertices of what is known, read word for word.

use detente_analysis::bargain::DealSpace;
use detente_analysis::bargain::doubt::{
    Belief, Contradiction, Counts, Doubts, Found, Mind, Relation, Request, Source, Standing,
    Undoubted, consistent, examine,
};
use detente_analysis::model::IssueId;
use detente_analysis::model::bargain::{Bargain, Quantity, Table, Utility, Verdict, Weight};
use detente_analysis::model::syntax::ast::{Ratification, Trend};
use detente_analysis::{Budget, Outcome, Stop};
use num_traits::Signed;
use proptest::prelude::*;

use super::build::*;
use super::enumeration::{Row, some, some_with};
use super::literal::{Literal, product};

const SIZES: [u16; 2] = [3, 2];

fn quantity() -> impl Strategy<Value = Quantity> {
    (-3_i64..=3, prop_oneof![3 => Just(0_i64), 2 => 1_i64..=3])
        .prop_map(|(least, width)| between(whole(least), whole(least + width)))
}

fn trend() -> impl Strategy<Value = Option<Trend>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Trend::Rising)),
        1 => Just(Some(Trend::Falling)),
    ]
}

fn weighted_utility() -> impl Strategy<Value = Utility> {
    let values = |size: usize| prop::collection::vec(-3_i64..=3, size);
    let weight = prop_oneof![
        Just(Weight::Unknown),
        Just(Weight::Known(between(rational(1, 4), rational(3, 4)))),
        Just(Weight::Known(Quantity::known(rational(1, 3)))),
    ];
    let reservation = prop::option::weighted(0.9, quantity());
    (
        (values(3), values(2)),
        (weight.clone(), weight),
        any::<bool>(),
        reservation,
    )
        .prop_map(|((a, b), (v, w), ordered, reservation)| {
            let mut found = utility(vec![weighted(v, &a), weighted(w, &b)], reservation);
            if ordered {
                found.importance = vec![vec![IssueId(1), IssueId(0)]];
            }
            found
        })
}

fn valued_utility() -> impl Strategy<Value = Utility> {
    let doubtful = |size: usize| prop::collection::vec(quantity(), size);
    (doubtful(3), doubtful(2), trend(), quantity(), quantity()).prop_map(
        |(a, b, trend, worth, reservation)| {
            let one = || Weight::Known(known(1));
            let tables = vec![table(one(), trend, a), table(one(), None, b)];
            let mut found = utility(tables, Some(reservation));
            found.terms.push(term(worth, at(0, 2)));
            found
        },
    )
}

fn any_utility() -> impl Strategy<Value = Utility> {
    prop_oneof![weighted_utility(), valued_utility()]
}

fn any_package() -> impl Strategy<Value = Vec<Vec<u16>>> {
    let drills = prop_oneof![
        4 => (0_u16..3).prop_map(|l| vec![l]),
        1 => Just(vec![0, 1]),
        1 => Just(vec![1, 2]),
    ];
    let relief = prop_oneof![4 => (0_u16..2).prop_map(|l| vec![l]), 1 => Just(vec![0, 1])];
    (drills, relief).prop_map(|(a, b)| vec![a, b])
}

fn any_bargain() -> impl Strategy<Value = Bargain> {
    let facts = prop::collection::vec((0_u16..2, 0_usize..3, 0_usize..4, 0_usize..4), 0..4);
    let packages = prop::collection::vec(any_package(), 4);
    (any_utility(), any_utility(), packages, facts).prop_map(|(a, b, packages, facts)| {
        let mut found = bargain(&SIZES, vec![side(a), side(b)]);
        for levels in packages {
            let levels: Vec<&[u16]> = levels.iter().map(Vec::as_slice).collect();
            found.packages.push(package(&levels));
        }
        for (voice, kind, p, q) in facts {
            let verdict = match kind {
                0 => Verdict::Accepts(p),
                1 => Verdict::Rejects(p),
                _ => Verdict::Prefers(p, q),
            };
            found.facts.push(fact(party(voice), verdict));
        }
        found
    })
}

fn all_deals() -> Vec<Vec<u16>> {
    let levels: Vec<Vec<u16>> = SIZES.iter().map(|s| (0..*s).collect()).collect();
    product(&levels)
}

fn some_way(ways: &[Vec<Row>], dimensions: usize, function: &Row) -> bool {
    ways.iter()
        .any(|way| some_with(dimensions, way, function.clone()))
}

/// Whether a contradiction is one, and is none without any of its parts.
fn smallest(bargain: &Bargain, literal: &Literal<'_>, found: &Contradiction) -> bool {
    let rows_of = |sources: &[Source]| {
        let belief = Belief::new(found.who, literal.utility).unwrap();
        let mut ways: Vec<Vec<Row>> = vec![Vec::new()];
        for claim in belief.claims.iter().filter(|c| sources.contains(&c.source)) {
            for way in &mut ways {
                way.push(literal.row(false, |p| claim.form.at(p)));
            }
        }
        for (place, fact) in bargain.facts.iter().enumerate() {
            if !sources.contains(&Source::Fact(place)) {
                continue;
            }
            let options = literal.fact(bargain, fact.verdict);
            ways = ways
                .iter()
                .flat_map(|way| {
                    options.iter().map(|option| {
                        let mut way = way.clone();
                        way.push(option.clone());
                        way
                    })
                })
                .collect();
        }
        // A wide cube, so that what is left unbounded has vertices.
        let dimensions = literal.parameters.len();
        for way in &mut ways {
            for place in 0..dimensions {
                way.push(literal.row(false, |p| &p[place] + whole(1000)));
                way.push(literal.row(false, |p| whole(1000) - &p[place]));
            }
        }
        ways.iter().any(|way| some(dimensions, way))
    };
    let without = |left_out: usize| {
        let mut sources = found.sources.clone();
        sources.remove(left_out);
        sources
    };
    !rows_of(&found.sources) && (0..found.sources.len()).all(|part| rows_of(&without(part)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn verdicts_are_those_of_the_vertices(bargain in any_bargain()) {
        let space = DealSpace::new(&bargain).unwrap();
        let mut told = Vec::new();
        for (voice, side) in (0..).zip(&bargain.sides) {
            let utility = side.utility.as_ref().unwrap();
            let belief = Belief::new(party(voice), utility).unwrap();
            let parameters = belief.parameters.clone();
            let literal = Literal { utility, parameters: &parameters };
            let dimensions = parameters.len();
            let ways = literal.ways(&bargain, party(voice));
            let possible = ways.iter().any(|way| some(dimensions, way));
            match consistent(&belief, &bargain, &space) {
                Err(contradiction) => {
                    prop_assert!(!possible);
                    prop_assert!(smallest(&bargain, &literal, &contradiction), "{contradiction:?}");
                    return Ok(());
                }
                Ok(known) => {
                    prop_assert!(possible);
                    let mut mind = Mind::new(belief, known);
                    for deal in all_deals() {
                        let accepts = some_way(&ways, dimensions, &literal.row(false, |p| literal.gain(&deal, p)));
                        let rejects = some_way(&ways, dimensions, &literal.row(true, |p| -literal.gain(&deal, p)));
                        let gain = mind.belief.gain(&deal);
                        let opinion = mind.opinion(&gain);
                        let expected = match (accepts, rejects) {
                            (true, true) => Standing::May,
                            (true, false) => Standing::Must,
                            _ => Standing::Cannot,
                        };
                        prop_assert_eq!(opinion.standing, expected);
                        // Witnesses are consistent, and prove what they are witnesses of.
                        let valid = |p: &[_]| ways.iter().any(|way| way.iter().all(|row| {
                            let value = row.at(p);
                            value.is_positive() || !row.strict && !value.is_negative()
                        }));
                        if let Some(p) = &opinion.accepting {
                            prop_assert!(valid(p) && !literal.gain(&deal, p).is_negative());
                        }
                        if let Some(p) = &opinion.rejecting {
                            prop_assert!(valid(p) && literal.gain(&deal, p).is_negative());
                        }
                    }
                    told.push(ways);
                }
            }
        }
        compare(&bargain, &told)?;
    }
}

/// Agreement, counts and dominance, as the parties' vertices have them.
fn compare(bargain: &Bargain, told: &[Vec<Vec<Row>>]) -> Result<(), TestCaseError> {
    let found = doubts(bargain);
    let utilities: Vec<&Utility> = bargain
        .sides
        .iter()
        .filter_map(|s| s.utility.as_ref())
        .collect();
    let parameters: Vec<_> = (0..)
        .zip(&utilities)
        .map(|(voice, utility)| Belief::new(party(voice), utility).unwrap().parameters)
        .collect();
    let literals: Vec<Literal<'_>> = utilities
        .iter()
        .zip(&parameters)
        .map(|(utility, parameters)| Literal {
            utility,
            parameters,
        })
        .collect();
    let can = |voice: usize, row: &Row| some_way(&told[voice], parameters[voice].len(), row);
    let mut counts = [0; 3];
    for deal in all_deals() {
        let standing = |voice: usize| {
            let literal = &literals[voice];
            let accepts = can(voice, &literal.row(false, |p| literal.gain(&deal, p)));
            let rejects = can(voice, &literal.row(true, |p| -literal.gain(&deal, p)));
            (accepts, rejects)
        };
        let all: Vec<(bool, bool)> = vec![standing(0), standing(1)];
        let place = if all.iter().all(|(_, rejects)| !rejects) {
            0
        } else if all.iter().all(|(accepts, _)| *accepts) {
            1
        } else {
            2
        };
        counts[place] += 1;
    }
    prop_assert_eq!(found.counts.agreed, counts);
    let better = |voice: usize, high: &[u16], low: &[u16], strict: bool| {
        let literal = &literals[voice];
        can(
            voice,
            &literal.row(strict, |p| literal.worth(high, p) - literal.worth(low, p)),
        )
    };
    let single: Vec<(usize, Vec<u16>)> = bargain
        .packages
        .iter()
        .enumerate()
        .filter(|(_, p)| !p.is_vague())
        .map(|(place, p)| (place, p.levels.iter().map(|l| l[0]).collect()))
        .collect();
    for (better_place, high) in &single {
        for (worse_place, low) in &single {
            if better_place == worse_place {
                continue;
            }
            let voices = 0..2;
            let possible = voices.clone().all(|v| better(v, high, low, false))
                && voices.clone().any(|v| better(v, high, low, true));
            let necessary = voices.clone().all(|v| !better(v, low, high, true))
                && voices.clone().any(|v| !better(v, low, high, false));
            let expected = match (possible, necessary) {
                (_, true) => Some(Relation::Necessary),
                (true, false) => Some(Relation::Possible),
                _ => None,
            };
            let said = found
                .dominance
                .iter()
                .find(|d| d.better == *better_place && d.worse == *worse_place);
            prop_assert_eq!(said.map(|d| d.relation), expected);
        }
        let said = found.packages.iter().find(|p| p.package == *better_place);
        let dominated = all_deals().iter().any(|other| {
            other != high
                && (0..2).all(|v| better(v, other, high, false))
                && (0..2).any(|v| better(v, other, high, true))
        });
        prop_assert_eq!(said.unwrap().always_efficient, Some(!dominated));
    }
    Ok(())
}

pub(crate) fn doubts(bargain: &Bargain) -> Doubts {
    let request = Request {
        samples: 64,
        ..Request::default()
    };
    let found = examine(bargain, &request, &Budget::default()).unwrap();
    let Outcome::Complete(Found::Doubts(doubts)) = found else {
        panic!("{found:?}")
    };
    *doubts
}

fn issue(values: &[Quantity]) -> Table {
    table(Weight::Known(known(1)), None, values.to_vec())
}

/// Parties must accept, and those at home by their rule: each of three ratifiers must, may or cannot.
#[test]
fn ratifiers_decide_by_their_rule() {
    let own = || utility(vec![issue(&[known(0), known(1)])], Some(known(0)));
    let hawk = |least: i64, most: i64| {
        let worth = between(whole(least), whole(most));
        utility(vec![issue(&[known(0), worth])], Some(known(0)))
    };
    let counts = |ratified: Ratification, votes: [u32; 3]| {
        let ratifiers = vec![
            ratifier(votes[0], hawk(1, 2)),
            ratifier(votes[1], hawk(-1, 1)),
            ratifier(votes[2], hawk(-2, -1)),
        ];
        let bargain = bargain(&[2], vec![home(own(), ratifiers, ratified)]);
        // The first level is worth just the reservation value to all.
        let counts: Counts = doubts(&bargain).counts;
        assert_eq!(counts.accepted[1..], [[2, 0, 0], [1, 1, 0], [1, 0, 1]]);
        counts.agreed
    };
    assert_eq!(counts(Ratification::All, [1, 1, 1]), [1, 0, 1]);
    assert_eq!(counts(Ratification::Any, [1, 1, 1]), [2, 0, 0]);
    assert_eq!(counts(Ratification::Majority, [1, 1, 1]), [1, 1, 0]);
    assert_eq!(counts(Ratification::Majority, [3, 1, 1]), [2, 0, 0]);
    assert_eq!(counts(Ratification::Majority, [1, 1, 2]), [1, 0, 1]);
    assert_eq!(counts(Ratification::Votes(3), [2, 1, 9]), [1, 1, 0]);
    assert_eq!(counts(Ratification::Votes(4), [2, 1, 9]), [1, 0, 1]);
}

/// A product of two doubtful numbers is not linear; that is said, not guessed around.
#[test]
fn a_line_in_double_doubt_is_refused() {
    let values = vec![known(0), between(whole(1), whole(2))];
    let own = utility(vec![table(Weight::Unknown, None, values)], None);
    let bargain = bargain(&[2], vec![side(own)]);
    let refused = examine(&bargain, &Request::default(), &Budget::default());
    assert_eq!(
        refused,
        Err(Undoubted::Product {
            who: party(0),
            issue: IssueId(0)
        })
    );
}

/// Without a reservation value everything is accepted, and a refusal contradicts itself.
#[test]
fn without_a_reservation_value_everything_is_accepted() {
    let own = || utility(vec![issue(&[known(0), known(-5)])], None);
    let mut bargain = bargain(&[2], vec![side(own())]);
    assert_eq!(doubts(&bargain).counts.agreed, [2, 0, 0]);
    bargain.packages = vec![crisp(&[1])];
    bargain.facts = vec![fact(party(0), Verdict::Rejects(0))];
    let found = examine(&bargain, &Request::default(), &Budget::default()).unwrap();
    let Outcome::Complete(Found::Contradictions(all)) = found else {
        panic!("{found:?}")
    };
    assert_eq!(all[0].sources, [Source::Fact(0)]);
}

/// Where there are too many packages the count stops, says so, and what is said of packages with a name stands.
#[test]
fn too_many_packages_are_counted_as_far_as_allowed() {
    let ten = || issue(&(0..10).map(known).collect::<Vec<_>>());
    let own = || utility(vec![ten(), ten(), ten()], Some(known(5)));
    let mut bargain = bargain(&[10, 10, 10], vec![side(own())]);
    bargain.packages = vec![crisp(&[9, 9, 9])];
    let mut budget = Budget::default();
    budget.max_states = 100;
    let found = examine(&bargain, &Request::default(), &budget).unwrap();
    let Outcome::Stopped(Found::Doubts(found), Stop::Limit { limit: 100, .. }) = found else {
        panic!("{found:?}")
    };
    assert_eq!(found.counts.packages, 100);
    // Of the first hundred those whose last two levels sum to 5 at least: all but 15.
    assert_eq!(found.counts.agreed, [85, 0, 15]);
    assert_eq!(found.packages[0].agreed, Standing::Must);
    assert!(found.questions.is_empty() && found.leading.is_empty());
}
