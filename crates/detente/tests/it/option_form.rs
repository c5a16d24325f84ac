//! Random models written as text, through the whole pipeline, against the literal definitions.

use std::collections::BTreeSet;

use detente::analysis::{Budget, Concept, Game, StateId};
use detente::model::PartyId;
use proptest::test_runner::{Config, TestRunner};

use crate::harness::{document, model, tables};
use crate::literal::{self, CONCEPTS, Literal};
use crate::written::{Levels, Written, written};

fn program(concept: literal::Concept) -> Concept {
    match concept {
        literal::Concept::Nash => Concept::Nash,
        literal::Concept::Gmr => Concept::Gmr,
        literal::Concept::Smr => Concept::Smr,
        literal::Concept::Seq => Concept::Seq,
        literal::Concept::Sseq => Concept::Sseq,
        literal::Concept::SimOneSided => Concept::SimOneSided,
    }
}

/// What a run has covered, so that the test cannot pass on trivial models alone.
#[derive(Debug, Default)]
struct Seen {
    compared: usize,
    cells: usize,
    /// Moves that also change an option of another party.
    forced: usize,
    /// Conflicts in which prohibitions take moves away.
    prohibited: usize,
    /// Conflicts with a sanction that Nash stability does not see.
    sanctioned: usize,
}

fn compare(written: &Written, seen: &mut Seen) {
    let literal = Literal::new(written);
    if literal.states.is_empty() {
        return;
    }
    let text = written.text();
    let model = model(&document(&text, &[]));
    let game = Game::new(&model, &Budget::default()).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    let levels = |s: StateId| -> Levels {
        let levels = game.space.assignment(s).into_iter();
        levels.map(|l| u8::try_from(l).unwrap()).collect()
    };
    let states: Vec<Levels> = game.space.ids().map(levels).collect();
    assert_eq!(states, literal.states, "feasible states\n{text}");
    for p in 0..written.parties {
        let party = PartyId(p as u16);
        for s in game.space.ids() {
            let found = game.graph.moves(party).from(s).iter();
            let found: BTreeSet<usize> = found.map(|t| t.index()).collect();
            let wanted = literal.moves(p, s.index());
            assert_eq!(&found, wanted, "moves of P{p} from {:?}\n{text}", levels(s));
            let others = |t: &usize| {
                let options = written.options.iter().enumerate();
                let mut foreign = options.filter(|(_, o)| o.owner != p);
                foreign.any(|(o, _)| literal.states[*t][o] != literal.states[s.index()][o])
            };
            seen.forced += wanted.iter().filter(|t| others(t)).count();
        }
    }
    let analysis = tables(&game, &CONCEPTS.map(program));
    let mut sanctioned = false;
    for concept in CONCEPTS {
        let table = analysis.table(program(concept)).unwrap();
        for p in 0..written.parties {
            for s in game.space.ids() {
                let found = table.is_stable(PartyId(p as u16), s);
                let wanted = literal.stable(concept, p, s.index());
                assert_eq!(
                    found,
                    wanted,
                    "{concept:?} for P{p} at {:?}\n{text}",
                    levels(s)
                );
                sanctioned |= wanted && !literal.stable(literal::Concept::Nash, p, s.index());
                seen.cells += 1;
            }
        }
    }
    let mut free = written.clone();
    free.no_move.clear();
    let free = Literal::new(&free);
    let fewer = |p| (0..states.len()).any(|s| free.moves(p, s) != literal.moves(p, s));
    seen.prohibited += usize::from((0..written.parties).any(fewer));
    seen.sanctioned += usize::from(sanctioned);
    seen.compared += 1;
}

#[test]
fn random_models_give_what_the_definitions_say() {
    let mut seen = Seen::default();
    let cell = std::cell::RefCell::new(&mut seen);
    let config = Config {
        cases: 256,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&written(), |written| {
            compare(&written, &mut cell.borrow_mut());
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    assert!(
        seen.compared > 150
            && seen.cells > 10_000
            && seen.forced > 200
            && seen.prohibited > 30
            && seen.sanctioned > 50,
        "{seen:?}"
    );
}

#[test]
fn the_text_of_a_model_reads_as_expected() {
    use crate::written::{Choice, Condition, Direction};
    let binary = |owner| Choice {
        owner,
        levels: 2,
        direction: Direction::Both,
        stepwise: false,
    };
    let graded = Choice {
        owner: 1,
        levels: 3,
        direction: Direction::Up,
        stepwise: true,
    };
    let all = |all: &[(usize, u8)]| Condition {
        all: all.to_vec(),
        negated: false,
    };
    let written = Written {
        parties: 2,
        options: vec![binary(0), graded],
        never: vec![all(&[(0, 1), (1, 1)])],
        when: vec![(all(&[(1, 2)]), vec![(0, 0)])],
        no_move: vec![(Some(1), all(&[(0, 0)]), all(&[(1, 1)]))],
        worth: vec![vec![0, 1, 2, 3, 4, 4], vec![0]],
    };
    let text = "negotiation \"A random conflict\"\n\
        party P0 {\n  option o0\n  ranks { \"NNY\" = \"YNY\" > \"NYN\" > \"YNN\" > \"NNN\" }\n}\n\
        party P1 {\n  option o1 one of l0, l1, l2 irreversible step by step\n  \
        ranks { \"NNN\" = \"YNN\" = \"NYN\" = \"NNY\" = \"YNY\" }\n}\n\
        never P0.o0 and P1.o1 is l1\n\
        when P1.o1 is l2 then not P0.o0\n\
        no move by P1 from not P0.o0 to P1.o1 is l1\n";
    assert_eq!(written.text(), text);
    compare(&written, &mut Seen::default());
}
