//! What coalitions can do in whole negotiations.

use std::collections::BTreeSet;

use detente::analysis::coalition::{
    CoalitionConcept, CoalitionJudge, Semantics, blocking, coalition_tables, merged_moves, toward,
};
use detente::analysis::{Budget, Game, StateId, StateSet};
use detente::model::PartyId;
use detente::report::coalitions::{Coalition, Computed, finding};

use crate::harness::{On, case, class, on, party, state_with, with_game};

const JANUARY: &str = "diplomacy/us-dprk-2019/january";

fn set(game: &Game<'_>, wanted: impl Fn(StateId) -> bool) -> StateSet {
    let mut set = StateSet::empty(game.space.len());
    for state in game.space.ids().filter(|s| wanted(*s)) {
        set.insert(state);
    }
    set
}

fn on_list(list: &[&str]) -> On {
    list.iter().map(|o| (*o).to_owned()).collect()
}

fn judged<R>(
    game: &Game<'_>,
    semantics: Semantics,
    then: impl FnOnce(&CoalitionJudge<'_>) -> R,
) -> R {
    let conflict = game.conflict();
    let merged = |members: &[PartyId], budget: &Budget| merged_moves(game, members, budget);
    then(&CoalitionJudge::new(&conflict, semantics, &merged, &Budget::default()).unwrap())
}

/// The coalitions that lead from a state to a class, how many of them it needs, and in how many steps.
fn leads(game: &Game<'_>, from: StateId, name: &str) -> Option<(usize, Vec<Vec<String>>, usize)> {
    let outcome = set(game, |s| class(game, s) == name);
    judged(game, Semantics::InoharaHipel, |judge| {
        let found = toward(judge, from, &outcome, 1000, &Budget::default()).unwrap();
        assert!(found.complete);
        let [way] = found.ways.as_slice() else {
            assert!(found.ways.is_empty(), "{:?}", found.ways);
            return None;
        };
        let name = |p: &PartyId| game.model.party(*p).name.clone();
        let coalitions = way.coalitions.iter().map(|c| c.iter().map(name).collect());
        Some((
            found.coalitions_needed,
            coalitions.collect(),
            way.legs.len(),
        ))
    })
}

/// The founding case: without a breakthrough a vague text, and a small deal only for a US that would
/// take relief for Yongbyon; each time by the two together, and by nobody alone.
#[test]
fn january() {
    let pair = || vec![vec!["US".to_owned(), "DPRK".to_owned()]];
    let none = on_list(&["US.cancel"]);
    let text = on_list(&["US.sign", "US.cancel", "DPRK.sign"]);
    for (variants, small_deal) in [(&[][..], None), (&["flex"], Some((1, pair(), 1)))] {
        with_game(case(JANUARY), variants, |game| {
            let (none, text) = (state_with(game, &none), state_with(game, &text));
            assert_eq!(
                (class(game, none), class(game, text)),
                ("no text", "vague text")
            );
            assert_eq!(leads(game, text, "small deal"), small_deal, "{variants:?}");
            if variants.is_empty() {
                assert_eq!(leads(game, none, "vague text"), Some((1, pair(), 1)));
                // What the two would leave together nobody blocks alone.
                let outcome = set(game, |s| s == none);
                judged(game, Semantics::InoharaHipel, |judge| {
                    let seq = CoalitionConcept::Cseq;
                    let found = blocking(judge, &outcome, seq, &Budget::default()).unwrap();
                    assert_eq!(found.whole, [vec![party(game, "US"), party(game, "DPRK")]]);
                });
            }
        });
    }
}

/// The moves of the US and North Korea merged, from the rules as the case states them.
#[test]
fn merged_moves_of_january() {
    const US: [&str; 4] = ["US.sign", "US.relief", "US.peace", "US.cancel"];
    const DPRK: [&str; 4] = ["DPRK.sign", "DPRK.yongbyon", "DPRK.declare", "DPRK.test"];
    let own: Vec<&str> = US.iter().chain(&DPRK).copied().collect();
    let irreversible = ["US.peace", "DPRK.declare"];
    with_game(case(JANUARY), &[], |game| {
        let members = [party(game, "DPRK"), party(game, "US")];
        let moves = merged_moves(game, &members, &Budget::default()).unwrap();
        let all: Vec<On> = game.space.ids().map(|s| on(game, s)).collect();
        let mut total = 0;
        for from in game.space.ids() {
            let before = on(game, from);
            let mut expected = BTreeSet::new();
            for choice in 0..1u32 << own.len() {
                let mut after: On = before
                    .iter()
                    .filter(|o| !own.contains(&o.as_str()))
                    .cloned()
                    .collect();
                for (k, option) in own.iter().enumerate() {
                    if choice >> k & 1 == 1 {
                        after.insert((*option).to_owned());
                    }
                }
                let stays = |o: &&str| !before.contains(*o) || after.contains(*o);
                if !irreversible.iter().all(stays) {
                    continue;
                }
                // When relief ends, the projects stop.
                if before.contains("US.relief") && !after.contains("US.relief") {
                    after.remove("ROK.bridge");
                }
                if after != before
                    && let Some(place) = all.iter().position(|s| *s == after)
                {
                    expected.insert(StateId(place as u32));
                }
            }
            let found: BTreeSet<StateId> = moves.from(from).iter().copied().collect();
            assert_eq!(found, expected, "{before:?}");
            total += found.len();
        }
        assert!(total > 0);
        // One party alone has its own moves.
        let rok = party(game, "ROK");
        let alone = merged_moves(game, &[rok, rok], &Budget::default()).unwrap();
        assert_eq!(&alone, game.graph.moves(rok));
    });
}

/// Options that neither may take alone, one that only goes up, and a move that one member may not make.
#[test]
fn merged_parties_keep_their_members_rules() {
    let text = "party A { option open; option up irreversible; }
        party B { option open; }
        party C { option watch; }
        never A.open and not B.open
        never B.open and not A.open
        no move by B from A.open to not A.open
        status quo { }
        ";
    with_game(text, &[], |game| {
        let pair = [party(game, "A"), party(game, "B")];
        let moves = merged_moves(game, &pair, &Budget::default()).unwrap();
        for from in game.space.ids() {
            let before = on(game, from);
            let expected: Vec<StateId> = game
                .space
                .ids()
                .filter(|to| {
                    let after = on(game, *to);
                    let same = |o: &str| before.contains(o) == after.contains(o);
                    let closes = before.contains("A.open") && !after.contains("A.open");
                    let undoes = before.contains("A.up") && !after.contains("A.up");
                    *to != from && same("C.watch") && !closes && !undoes
                })
                .collect();
            assert_eq!(moves.from(from), expected, "{before:?}");
        }
        let opens = |p: &PartyId| {
            let open = |s: StateId| on(game, s).contains("A.open");
            let moves = game.graph.moves(*p);
            game.space
                .ids()
                .any(|s| moves.from(s).iter().any(|t| open(*t) != open(s)))
        };
        assert!(!pair.iter().any(opens), "nobody opens or closes alone");
    });
}

/// Merging everybody leaves no opponents: what is Nash stable for all together, nothing else.
#[test]
fn everybody_merged() {
    with_game(case(JANUARY), &[], |game| {
        let everybody: Vec<PartyId> = game.graph.party_ids().collect();
        judged(game, Semantics::Merged(Some(vec![everybody])), |judge| {
            let tables = coalition_tables(judge, &CoalitionConcept::ALL, &Budget::default());
            let tables = tables.complete().unwrap();
            assert_eq!(judge.coalitions().len(), 1);
            for table in &tables {
                assert_eq!(table.equilibria(), tables[0].equilibria());
            }
            assert!(!tables[0].equilibria().is_empty());
        });
    });
}

/// The serialisable form says what the tables say, and proves each verdict.
#[test]
fn finding_of_elmira() {
    with_game(case("water/elmira/elmira"), &[], |game| {
        judged(game, Semantics::InoharaHipel, |judge| {
            let budget = Budget::default();
            let tables = coalition_tables(judge, &CoalitionConcept::ALL, &budget);
            let tables = tables.complete().unwrap();
            let computed = Computed {
                judge,
                concept: CoalitionConcept::Cseq,
                tables: &tables,
                blocking: None,
                toward: None,
            };
            let found = finding(game, &computed, &[], &budget).unwrap();
            assert_eq!(found.format, "detente-coalitions/1");
            assert_eq!(
                (found.witnessed.as_str(), found.all_coalitions),
                ("all", true)
            );
            assert_eq!(found.equilibria["cnash"], [8, 9]);
            assert_eq!(found.equilibria["cgmr"], [1, 4, 8, 9]);
            assert_eq!(found.equilibria["csmr"], [1, 4, 8, 9]);
            assert_eq!(found.equilibria["cseq"], [8, 9]);
            assert_eq!(found.verdicts.len(), 4 * 7 * 9);
            for verdict in &found.verdicts {
                let of = |c: &&Coalition| c.members == verdict.members;
                let row = found.coalitions.iter().find(of).unwrap();
                let stable = row.stable[&verdict.concept].contains(&verdict.state);
                assert_eq!(verdict.stable, stable);
                let all = verdict.improvements.iter().all(|i| i.sanction.is_some());
                assert_eq!(stable, all, "{verdict:?}");
                let listed: Vec<u32> = verdict.improvements.iter().map(|i| i.to).collect();
                let place = row.improvements.iter().find(|i| i.from == verdict.state);
                assert_eq!(place.map_or(&[][..], |i| &i.to), listed);
            }
            let both = found
                .coalitions
                .iter()
                .find(|c| c.members == ["MoE", "UR"])
                .unwrap();
            let gains: Vec<(u32, &[u32])> = both
                .improvements
                .iter()
                .map(|i| (i.from, i.to.as_slice()))
                .collect();
            assert_eq!(gains, [(2, &[4][..]), (5, &[8]), (6, &[8])]);
        });
    });
}
