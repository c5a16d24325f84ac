//! Every table against the literal definitions, and what must hold between tables.

use detente_analysis::{
    Analysis, Budget, Concept, Graph, Moves, Ranking, SequenceRule, Settings, StateId, analyze,
};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{duels, graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;

pub(crate) const ALL_FORMS: [Concept; 6] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
];

pub(crate) const OPTION_FORM: [Concept; 8] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
    Concept::Sim,
    Concept::SimOneSided,
];

pub(crate) const DUEL: [Concept; 8] = [
    Concept::LimitedMove(1),
    Concept::LimitedMove(2),
    Concept::LimitedMove(3),
    Concept::LimitedMove(4),
    Concept::LimitedMove(5),
    Concept::NonMyopic,
    Concept::Stackelberg(PartyId(0)),
    Concept::Stackelberg(PartyId(1)),
];

pub(crate) fn settings() -> impl Strategy<Value = Settings> {
    (any::<bool>(), any::<bool>()).prop_map(|(each_once, diagonal)| Settings {
        sequences: if each_once {
            SequenceRule::EachOnce
        } else {
            SequenceRule::Legal
        },
        diagonal,
    })
}

pub(crate) fn run(case: &Case, concepts: &[Concept], settings: &Settings) -> Analysis {
    let analysis = analyze(&case.conflict(), concepts, settings, &Budget::default())
        .complete()
        .unwrap();
    assert_eq!(analysis.refused, []);
    assert_eq!(analysis.tables.len(), concepts.len());
    analysis
}

fn equals_literal(case: &Case, concepts: &[Concept], settings: &Settings) {
    let analysis = run(case, concepts, settings);
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: settings.clone(),
    };
    for &concept in concepts {
        let table = analysis.table(concept).unwrap();
        for p in case.parties() {
            for s in case.states() {
                assert_eq!(
                    table.is_stable(p, s),
                    literal.stable(concept, p, s),
                    "{concept} {settings:?} party {} state {}",
                    p.0,
                    s.0
                );
            }
        }
        for s in case.states() {
            let all = case.parties().all(|p| literal.stable(concept, p, s));
            assert_eq!(table.is_equilibrium(s), all);
            assert_eq!(table.equilibria().contains(s), all);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn graphs_equal_the_definitions(case in graphs(), settings in settings()) {
        equals_literal(&case, &ALL_FORMS, &settings);
    }

    #[test]
    fn option_forms_equal_the_definitions(case in option_forms(4), settings in settings()) {
        equals_literal(&case, &OPTION_FORM, &settings);
    }

    #[test]
    fn duels_equal_the_definitions(case in duels()) {
        equals_literal(&case, &DUEL, &Settings::default());
        let analysis = run(&case, &DUEL, &Settings::default());
        let conflict = case.conflict();
        let literal = Literal { conflict: &conflict, settings: Settings::default() };
        let (maps, first) = literal.maps();
        let horizon = analysis.table(Concept::NonMyopic).unwrap().horizon.unwrap();
        prop_assert_eq!(horizon.settles, first as u64);
        prop_assert_eq!(horizon.cycle, (maps.len() - first) as u64);
    }

    #[test]
    fn stronger_concepts_imply_weaker_ones(case in option_forms(5), settings in settings()) {
        let analysis = run(&case, &OPTION_FORM, &settings);
        implications(&case, &analysis, &[
            (Concept::Nash, Concept::Sim),
            (Concept::Sim, Concept::SimOneSided),
        ]);
    }

    #[test]
    fn stronger_concepts_imply_weaker_ones_on_graphs(case in graphs(), settings in settings()) {
        implications(&case, &run(&case, &ALL_FORMS, &settings), &[]);
    }

    #[test]
    fn one_move_ahead_is_nash(case in duels()) {
        let analysis = run(&case, &[Concept::Nash, Concept::LimitedMove(1)], &Settings::default());
        for p in case.parties() {
            prop_assert_eq!(analysis.tables[0].stable_for(p), analysis.tables[1].stable_for(p));
        }
    }

    #[test]
    fn renaming_states_changes_nothing(
        (case, order) in graphs().prop_flat_map(|case| {
            let order: Vec<u32> = (0..case.graph.states() as u32).collect();
            (Just(case), Just(order).prop_shuffle())
        }),
        settings in settings(),
    ) {
        // State `s` is called `order[s]` in the other conflict.
        let mut moves = vec![vec![Vec::new(); order.len()]; case.graph.parties()];
        let mut values = vec![vec![0; order.len()]; case.graph.parties()];
        for p in case.parties() {
            for s in case.states() {
                let name = order[s.index()] as usize;
                values[p.index()][name] = case.rankings[p.index()].rank(s);
                moves[p.index()][name] =
                    case.graph.moves(p).from(s).iter().map(|t| order[t.index()]).collect();
            }
        }
        let other = run(&Case::by_graph(&moves, &values), &ALL_FORMS, &settings);
        let analysis = run(&case, &ALL_FORMS, &settings);
        for (a, b) in analysis.tables.iter().zip(&other.tables) {
            for p in case.parties() {
                for s in case.states() {
                    prop_assert_eq!(a.is_stable(p, s), b.is_stable(p, StateId(order[s.index()])));
                }
            }
        }
    }

    #[test]
    fn renaming_parties_changes_nothing(
        (case, order) in graphs().prop_flat_map(|case| {
            let order: Vec<usize> = (0..case.graph.parties()).collect();
            (Just(case), Just(order).prop_shuffle())
        }),
        settings in settings(),
    ) {
        // Place `k` of the other conflict is taken by party `order[k]`.
        let parties: Vec<PartyId> = case.parties().collect();
        let moves = order.iter().map(|k| case.graph.moves(parties[*k]).clone()).collect();
        let other = Case {
            graph: Graph::new(case.graph.states(), moves).unwrap(),
            rankings: order.iter().map(|k| case.rankings[*k].clone()).collect(),
            options: None,
        };
        let (a, b) = (run(&case, &ALL_FORMS, &settings), run(&other, &ALL_FORMS, &settings));
        for (a, b) in a.tables.iter().zip(&b.tables) {
            for (place, k) in order.iter().enumerate() {
                prop_assert_eq!(a.stable_for(parties[*k]), b.stable_for(parties[place]));
            }
        }
    }

    #[test]
    fn a_party_without_moves_changes_nothing(
        case in graphs(),
        place in 0..4usize,
        values in proptest::collection::vec(0..4u8, 6),
        settings in settings(),
    ) {
        onlooker_changes_nothing(&case, place, &values, &ALL_FORMS, &settings);
    }

    #[test]
    fn a_party_without_moves_changes_no_duel(
        case in duels(),
        place in 0..3usize,
        values in proptest::collection::vec(0..4u8, 7),
    ) {
        onlooker_changes_nothing(&case, place, &values, &DUEL[..6], &Settings::default());
    }
}

fn onlooker_changes_nothing(
    case: &Case,
    place: usize,
    values: &[u8],
    concepts: &[Concept],
    settings: &Settings,
) {
    let place = place.min(case.graph.parties());
    let mut moves: Vec<Moves> = case
        .parties()
        .map(|p| case.graph.moves(p).clone())
        .collect();
    let mut rankings = case.rankings.clone();
    moves.insert(
        place,
        Moves::from_lists(vec![Vec::new(); case.graph.states()]),
    );
    rankings.insert(place, Ranking::from_values(&values[..case.graph.states()]));
    let graph = Graph::new(case.graph.states(), moves).unwrap();
    let wider = Case {
        graph,
        rankings,
        options: None,
    };
    let (a, b) = (
        run(case, concepts, settings),
        run(&wider, concepts, settings),
    );
    for (a, b) in a.tables.iter().zip(&b.tables) {
        assert_eq!(a.equilibria(), b.equilibria());
        for p in case.parties() {
            let q = PartyId(p.0 + u16::from(p.index() >= place));
            assert_eq!(a.stable_for(p), b.stable_for(q));
        }
        assert_eq!(
            b.stable_for(PartyId(place as u16)).unwrap().len(),
            case.graph.states()
        );
        assert_eq!(a.horizon, b.horizon);
    }
}

fn implications(case: &Case, analysis: &Analysis, more: &[(Concept, Concept)]) {
    let always = [
        (Concept::Nash, Concept::Sseq),
        (Concept::Sseq, Concept::Seq),
        (Concept::Seq, Concept::Gmr),
        (Concept::Sseq, Concept::Smr),
        (Concept::Smr, Concept::Gmr),
        (Concept::Nash, Concept::Smr),
        (Concept::Nash, Concept::BestResponseSeq),
        (Concept::BestResponseSeq, Concept::Seq),
    ];
    for (a, b) in always.iter().chain(more) {
        let (strong, weak) = (analysis.table(*a).unwrap(), analysis.table(*b).unwrap());
        for p in case.parties() {
            let (strong, weak) = (strong.stable_for(p).unwrap(), weak.stable_for(p).unwrap());
            assert!(strong.is_subset(weak), "{a} implies {b}");
        }
    }
}
