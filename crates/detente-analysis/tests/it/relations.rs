//! Stability under richer preferences against the definitions, written down as sets: what a party moves
//! to, what sanctions it, what the others step to. Nothing here is shared with the engine but the
//! graph.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use detente_analysis::relation::{
    Attitude, AttitudeMatrix, Attitudes, CONCEPTS, Chances, Degrees, Extension, Fuzzy, Hybrid,
    Known, Limits, ONE, Probabilities, Simple, Strength, Structure, Thresholds, Tri, Unknown,
    explain, tables,
};
use detente_analysis::stability::{Fate, Sanction};
use detente_analysis::{Budget, Concept, SequenceRule, Settings, StateId, analyze};
use detente_model::PartyId;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::generate::graphs_of;
use crate::model::Case;
use crate::properties::settings;

pub(crate) type States = BTreeSet<usize>;
/// A set of states for each party and state.
pub(crate) type Sets = Vec<Vec<States>>;

/// One number for each party and ordered pair of states.
pub(crate) type Matrix = Vec<Vec<Vec<u32>>>;

/// What a structure makes of a graph: where each party leaves each state for, what sanctions it for
/// having left, and where it steps to of itself.
pub(crate) struct Book {
    moves: Sets,
    pub(crate) leaves: Sets,
    pub(crate) bad: Sets,
    steps: Sets,
}

impl Book {
    fn new(
        case: &Case,
        leaves: impl Fn(usize, usize, usize) -> bool,
        bad: impl Fn(usize, usize, usize) -> bool,
        steps: impl Fn(usize, usize, usize) -> bool,
    ) -> Self {
        let (parties, states) = (case.graph.parties(), case.graph.states());
        let moves: Sets = case
            .parties()
            .map(|p| {
                let moves = case.graph.moves(p);
                case.states()
                    .map(|s| moves.from(s).iter().map(|t| t.index()).collect())
                    .collect()
            })
            .collect();
        let kept = |test: &dyn Fn(usize, usize, usize) -> bool| -> Sets {
            (0..parties)
                .map(|p| {
                    (0..states)
                        .map(|s| {
                            moves[p][s]
                                .iter()
                                .copied()
                                .filter(|t| test(p, s, *t))
                                .collect()
                        })
                        .collect()
                })
                .collect()
        };
        Self {
            leaves: kept(&leaves),
            steps: kept(&steps),
            bad: (0..parties)
                .map(|p| {
                    (0..states)
                        .map(|s| (0..states).filter(|t| bad(p, s, *t)).collect())
                        .collect()
                })
                .collect(),
            moves,
        }
    }

    /// The states at the ends of all legal sequences of everybody but one party, found by lengthening
    /// every sequence until none ends at a new state with a new last mover.
    fn reach(&self, steps: &Sets, party: usize, from: usize, rule: SequenceRule) -> States {
        let others: Vec<usize> = (0..self.moves.len()).filter(|p| *p != party).collect();
        let mut ends = BTreeSet::new();
        match rule {
            SequenceRule::Legal => {
                let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
                loop {
                    let mut more = seen.clone();
                    for &p in &others {
                        more.extend(steps[p][from].iter().map(|t| (*t, p)));
                        for &(s, last) in &seen {
                            if last != p {
                                more.extend(steps[p][s].iter().map(|t| (*t, p)));
                            }
                        }
                    }
                    if more == seen {
                        break;
                    }
                    seen = more;
                }
                ends.extend(seen.into_iter().map(|(s, _)| s));
            }
            SequenceRule::EachOnce => once(steps, &others, from, &mut ends),
        }
        ends
    }

    pub(crate) fn stable(&self, concept: Concept, settings: &Settings, i: usize, s: usize) -> bool {
        let (any, escapes) = match concept {
            Concept::Nash => return self.leaves[i][s].is_empty(),
            Concept::Gmr => (true, false),
            Concept::Smr => (true, true),
            Concept::Seq => (false, false),
            Concept::Sseq => (false, true),
            _ => unreachable!(),
        };
        let steps = if any { &self.moves } else { &self.steps };
        let bad = &self.bad[i][s];
        self.leaves[i][s].iter().all(|s1| {
            let mut answers = self.reach(steps, i, *s1, settings.sequences);
            if !settings.diagonal {
                answers.remove(&s);
            }
            answers
                .intersection(bad)
                .any(|s2| !escapes || self.moves[i][*s2].is_subset(bad))
        })
    }
}

/// Adds the ends of all sequences in which each of some parties steps once at most.
fn once(steps: &Sets, left: &[usize], from: usize, ends: &mut States) {
    for &p in left {
        let rest: Vec<usize> = left.iter().copied().filter(|q| *q != p).collect();
        for &t in &steps[p][from] {
            ends.insert(t);
            once(steps, &rest, t, ends);
        }
    }
}

/// Every table of the structure against the book, and every witness against the tables.
fn agrees(case: &Case, structure: &dyn Structure, book: &Book, settings: &Settings) {
    let budget = Budget::default();
    let analysis = tables(&case.graph, structure, &CONCEPTS, settings, &budget)
        .complete()
        .unwrap();
    assert_eq!(analysis.tables.len(), CONCEPTS.len());
    for concept in CONCEPTS {
        let table = analysis.table(concept).unwrap();
        for p in case.parties() {
            for s in case.states() {
                let wanted = book.stable(concept, settings, p.index(), s.index());
                assert_eq!(
                    table.is_stable(p, s),
                    wanted,
                    "{concept} {settings:?} party {} state {}",
                    p.0,
                    s.0
                );
                let at = (p, s);
                let verdict =
                    explain(&case.graph, structure, concept, settings, at, &budget).unwrap();
                assert_eq!(verdict.stable, wanted);
                let to: States = verdict.improvements.iter().map(|i| i.to.index()).collect();
                assert_eq!(to, book.leaves[p.index()][s.index()]);
                for improvement in &verdict.improvements {
                    witness_holds(book, concept, (p, s), improvement.to, &improvement.fate);
                }
            }
        }
    }
}

/// The steps of a witness are steps that their movers make, one after another, to a sanction.
fn witness_holds(
    book: &Book,
    concept: Concept,
    (party, left): (PartyId, StateId),
    to: StateId,
    fate: &Fate,
) {
    let steps = if matches!(concept, Concept::Gmr | Concept::Smr) {
        &book.moves
    } else {
        &book.steps
    };
    let bad = &book.bad[party.index()][left.index()];
    let (by, result) = match fate {
        Fate::Sanctioned {
            by: Sanction::Sequence(by),
            result,
            ..
        } => {
            let escapes = matches!(concept, Concept::Smr | Concept::Sseq);
            assert!(!escapes || book.moves[party.index()][result.index()].is_subset(bad));
            (by, result)
        }
        Fate::Sanctioned { .. } => unreachable!(),
        Fate::Open { undone: None } => return,
        Fate::Open {
            undone: Some(undone),
        } => {
            assert!(
                book.moves[party.index()][undone.result.index()].contains(&undone.escape.index())
            );
            assert!(!bad.contains(&undone.escape.index()));
            (&undone.by, &undone.result)
        }
    };
    let mut at = to;
    for (n, step) in by.iter().enumerate() {
        assert!(step.from == at && step.party != party);
        assert!(n == 0 || by[n - 1].party != step.party);
        assert!(steps[step.party.index()][at.index()].contains(&step.to.index()));
        at = step.to;
    }
    assert_eq!(at, *result);
    assert!(!by.is_empty() && bad.contains(&result.index()));
}

/// A graph of two to four parties, and for each party and unordered pair of states a draw from 0 to
/// 11.
fn drawn(
    parties: RangeInclusive<usize>,
    states: RangeInclusive<usize>,
) -> impl Strategy<Value = (Case, Matrix)> {
    graphs_of(parties, states).prop_flat_map(|case| {
        let (parties, states) = (case.graph.parties(), case.graph.states());
        let draws = vec(vec(vec(0..12_u32, states), states), parties);
        draws.prop_map(move |draws| (case.clone(), draws))
    })
}

/// Both entries of every pair: `of` says them for the lower state first.
fn pairs(draws: &Matrix, of: impl Fn(u32) -> (u32, u32), diagonal: u32) -> Matrix {
    let mut out = draws.clone();
    for (p, rows) in draws.iter().enumerate() {
        for s in 0..rows.len() {
            out[p][s][s] = diagonal;
            for t in s + 1..rows.len() {
                (out[p][s][t], out[p][t][s]) = of(rows[s][t]);
            }
        }
    }
    out
}

const NOT: u32 = 0;
const CERTAIN: u32 = 1;
const DOUBTFUL: u32 = 2;

/// Some pairs certain, some equal, some unknown, in one direction or both.
fn knowledge(draws: &Matrix) -> Matrix {
    let of = |draw| match draw {
        0..=2 => (CERTAIN, NOT),
        3..=5 => (NOT, CERTAIN),
        6 | 7 => (NOT, NOT),
        8 | 9 => (DOUBTFUL, DOUBTFUL),
        10 => (DOUBTFUL, NOT),
        _ => (NOT, DOUBTFUL),
    };
    pairs(draws, of, NOT)
}

fn tri(case: &Case, known: &Matrix) -> Tri {
    let (parties, states) = (case.graph.parties(), case.graph.states());
    Tri::from_fn(parties, states, &Budget::default(), |p, s, t| {
        match known[p.index()][s.index()][t.index()] {
            CERTAIN => Known::Preferred,
            DOUBTFUL => Known::Unknown,
            _ => Known::NotPreferred,
        }
    })
    .unwrap()
}

/// Degrees 1 to 3 in either direction, some pairs equal or not compared.
fn severities(draws: &Matrix) -> Matrix {
    let of = |draw| match draw {
        d @ 1..=3 => (d, 0),
        d @ 4..=6 => (0, d - 3),
        7 | 8 => (1, 0),
        9 | 10 => (0, 1),
        _ => (0, 0),
    };
    pairs(draws, of, 0)
}

fn degrees(case: &Case, of: &Matrix) -> Degrees {
    let (parties, states) = (case.graph.parties(), case.graph.states());
    Degrees::from_fn(parties, states, &Budget::default(), |p, s, t| {
        u8::try_from(of[p.index()][s.index()][t.index()]).unwrap()
    })
    .unwrap()
}

/// Li, Hipel, Kilgour and Fang, by the letter of the extension.
pub(crate) fn unknown_book(case: &Case, known: &Matrix, extension: Extension) -> Book {
    let better = |p: usize, t: usize, s: usize| known[p][t][s];
    let plus = |p, s, t| better(p, t, s) == CERTAIN;
    let plus_unknown = |p, s, t| better(p, t, s) != NOT;
    let minus_equal = |p, s, t| better(p, t, s) == NOT;
    let minus_equal_unknown = |p, s, t| better(p, t, s) != CERTAIN;
    match extension {
        Extension::A => Book::new(case, plus_unknown, minus_equal, plus_unknown),
        Extension::B => Book::new(case, plus, minus_equal, plus_unknown),
        Extension::C => Book::new(case, plus_unknown, minus_equal_unknown, plus_unknown),
        Extension::D => Book::new(case, plus, minus_equal_unknown, plus_unknown),
    }
}

fn hybrid_book(case: &Case, known: &Matrix, of: &Matrix, extension: Extension) -> Book {
    let mut book = unknown_book(case, known, extension);
    let states = case.graph.states();
    let lenient = matches!(extension, Extension::C | Extension::D);
    for (p, sets) in book.bad.iter_mut().enumerate() {
        for (s, set) in sets.iter_mut().enumerate() {
            let much_worse = |t: &usize| match known[p][s][*t] {
                CERTAIN => of[p][s][*t] >= 2,
                DOUBTFUL => lenient,
                _ => false,
            };
            *set = (0..states).filter(much_worse).collect();
        }
    }
    book
}

fn holds(case: &Case, structure: &dyn Structure, settings: &Settings) -> Vec<Vec<(u16, u32)>> {
    let analysis = tables(
        &case.graph,
        structure,
        &CONCEPTS,
        settings,
        &Budget::default(),
    );
    let analysis = analysis.complete().unwrap();
    let of = |concept: &Concept| {
        let table = analysis.table(*concept).unwrap();
        case.parties()
            .flat_map(|p| case.states().map(move |s| (p, s)))
            .filter(|(p, s)| table.is_stable(*p, *s))
            .map(|(p, s)| (p.0, s.0))
            .collect()
    };
    CONCEPTS.iter().map(of).collect()
}

fn within(first: &[Vec<(u16, u32)>], second: &[Vec<(u16, u32)>]) {
    for (a, b) in first.iter().zip(second) {
        assert!(a.iter().all(|cell| b.contains(cell)), "{a:?} in {b:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn simple_is_the_ordinary_kernel(case in graphs_of(1..=4, 1..=6), settings in settings()) {
        let conflict = case.conflict();
        let rank = |p: usize, s: usize| case.rankings[p].rank(StateId(s as u32));
        let better = |p, s, t| rank(p, t) > rank(p, s);
        let book = Book::new(&case, better, |p, s, t| !better(p, s, t), better);
        let structure = Simple::new(&conflict);
        agrees(&case, &structure, &book, &settings);
        let budget = Budget::default();
        let concepts: Vec<Concept> =
            CONCEPTS.into_iter().chain([Concept::BestResponseSeq]).collect();
        let ranked = analyze(&conflict, &concepts, &settings, &budget).complete().unwrap();
        let general = tables(&case.graph, &structure, &concepts, &settings, &budget);
        prop_assert_eq!(ranked, general.complete().unwrap());
    }

    #[test]
    fn unknown_is_as_defined(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
    ) {
        let known = knowledge(&draws);
        let tri = tri(&case, &known);
        let [a, b, c, d] = Extension::ALL.map(|extension| {
            let structure = Unknown::new(&tri, extension);
            agrees(&case, &structure, &unknown_book(&case, &known, extension), &settings);
            holds(&case, &structure, &settings)
        });
        within(&a, &b);
        within(&a, &c);
        within(&b, &d);
        within(&c, &d);
    }

    #[test]
    fn without_unknowns_the_four_are_simple(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
    ) {
        let conflict = case.conflict();
        let rank = |p: usize, s: usize| case.rankings[p].rank(StateId(s as u32));
        let mut known = draws;
        for (p, rows) in known.iter_mut().enumerate() {
            for (s, row) in rows.iter_mut().enumerate() {
                for (t, cell) in row.iter_mut().enumerate() {
                    *cell = if rank(p, s) > rank(p, t) { CERTAIN } else { NOT };
                }
            }
        }
        let tri = tri(&case, &known);
        let degrees = degrees(&case, &known);
        let simple = holds(&case, &Simple::new(&conflict), &settings);
        for extension in Extension::ALL {
            prop_assert_eq!(&holds(&case, &Unknown::new(&tri, extension), &settings), &simple);
            let hybrid = Hybrid::general(&tri, &degrees, extension);
            prop_assert_eq!(&holds(&case, &hybrid, &settings), &simple);
        }
        // One degree only: general stability is the ordinary one, and nothing is strong but what is
        // Nash stable.
        prop_assert_eq!(&holds(&case, &Strength::general(&degrees), &settings), &simple);
        for stable in holds(&case, &Strength::strong(&degrees), &settings) {
            prop_assert_eq!(&stable, &simple[0]);
        }
    }

    #[test]
    fn strength_is_as_defined(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
    ) {
        let of = severities(&draws);
        let degrees = degrees(&case, &of);
        let better = |p: usize, s: usize, t: usize| of[p][t][s] >= 1;
        let mut looser = None;
        for least in 0..=3_u32 {
            let bad = |p: usize, s: usize, t: usize| match least {
                0 => of[p][t][s] == 0,
                _ => of[p][s][t] >= least,
            };
            let book = Book::new(&case, better, bad, better);
            let structure = Strength::at_least(&degrees, u8::try_from(least).unwrap());
            agrees(&case, &structure, &book, &settings);
            let found = holds(&case, &structure, &settings);
            if let Some(looser) = looser.replace(found.clone()) {
                within(&found, &looser);
            }
        }
    }

    #[test]
    fn hybrid_is_as_defined(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
        more in 0..12_u32,
    ) {
        let known = knowledge(&draws);
        let shifted: Matrix = draws
            .iter()
            .map(|rows| {
                rows.iter()
                    .map(|row| row.iter().map(|d| (d * 5 + more) % 12).collect())
                    .collect()
            })
            .collect();
        let of = severities(&shifted);
        let (tri, degrees) = (tri(&case, &known), degrees(&case, &of));
        for extension in Extension::ALL {
            let strong = Hybrid::strong(&tri, &degrees, extension);
            let book = hybrid_book(&case, &known, &of, extension);
            agrees(&case, &strong, &book, &settings);
            let general = Hybrid::general(&tri, &degrees, extension);
            agrees(&case, &general, &unknown_book(&case, &known, extension), &settings);
            within(
                &holds(&case, &strong, &settings),
                &holds(&case, &general, &settings),
            );
        }
    }

    #[test]
    fn fuzzy_is_as_defined(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
        thresholds in vec(1..=4_u32, 4),
    ) {
        // Quarters: 0, 1/4, ..., 1 for the first of a pair.
        let quarters = pairs(&draws, |d| (d % 5, 4 - d % 5), 2);
        let (parties, states) = (case.graph.parties(), case.graph.states());
        let fuzzy = Fuzzy::from_fn(parties, states, &Budget::default(), |p, s, t| {
            quarters[p.index()][s.index()][t.index()] * (ONE / 4)
        })
        .unwrap();
        let given: Vec<u32> = thresholds[..parties].iter().map(|g| g * (ONE / 4)).collect();
        // a(t, s) >= g, in quarters.
        let sure = |p: usize, s: usize, t: usize| {
            let (forth, back) = (quarters[p][t][s], quarters[p][s][t]);
            forth >= back && forth - back >= thresholds[p]
        };
        let book = Book::new(&case, sure, |p, s, t| !sure(p, s, t), sure);
        let structure = Thresholds::new(&fuzzy, given).unwrap();
        agrees(&case, &structure, &book, &settings);
    }

    #[test]
    fn crisp_fuzzy_and_sure_chances_are_simple(
        case in graphs_of(2..=4, 1..=5),
        settings in settings(),
        limits in vec(1..=ONE, 3),
    ) {
        let conflict = case.conflict();
        let (parties, states) = (case.graph.parties(), case.graph.states());
        let budget = Budget::default();
        let prefers = |p: PartyId, s, t| conflict.ranking(p).prefers(s, t);
        let simple = holds(&case, &Simple::new(&conflict), &settings);
        let fuzzy = Fuzzy::from_fn(parties, states, &budget, |p, s, t| {
            match (prefers(p, s, t), prefers(p, t, s)) {
                (true, _) => ONE,
                (_, true) => 0,
                _ => ONE / 2,
            }
        })
        .unwrap();
        let crisp = Thresholds::new(&fuzzy, vec![ONE; parties]).unwrap();
        prop_assert_eq!(&holds(&case, &crisp, &settings), &simple);
        let sure = Probabilities::from_fn(parties, states, &budget, |p, s, t| {
            if prefers(p, s, t) { ONE } else { 0 }
        })
        .unwrap();
        let limits = Limits { leave: limits[0], sanction: limits[1], step: limits[2] };
        let chances = Chances::new(&sure, limits).unwrap();
        prop_assert_eq!(&holds(&case, &chances, &settings), &simple);
    }

    #[test]
    fn probabilistic_is_as_defined(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
        limits in vec(1..=4_u32, 3),
    ) {
        let quarters = pairs(&draws, |d| (d % 5, (4 - d % 5).min(d / 3)), 0);
        let (parties, states) = (case.graph.parties(), case.graph.states());
        let chances = Probabilities::from_fn(parties, states, &Budget::default(), |p, s, t| {
            quarters[p.index()][s.index()][t.index()] * (ONE / 4)
        })
        .unwrap();
        let likely = |p: usize, s: usize, t: usize, limit: u32| quarters[p][t][s] >= limit;
        let book = Book::new(
            &case,
            |p, s, t| likely(p, s, t, limits[0]),
            |p, s, t| !likely(p, s, t, limits[1]),
            |p, s, t| likely(p, s, t, limits[2]),
        );
        let of = |n: usize| limits[n] * (ONE / 4);
        let limits = Limits { leave: of(0), sanction: of(1), step: of(2) };
        let structure = Chances::new(&chances, limits).unwrap();
        agrees(&case, &structure, &book, &settings);
    }

    #[test]
    fn attitudes_are_as_defined(
        case in graphs_of(2..=4, 1..=5),
        settings in settings(),
        draws in vec(0..3_usize, 16),
    ) {
        let parties = case.graph.parties();
        let of = |i: usize, j: usize| Attitude::ALL[draws[i * 4 + j]];
        let mut matrix = AttitudeMatrix::ordinary(parties);
        for i in case.parties() {
            for j in case.parties() {
                matrix = matrix.with(i, j, of(i.index(), j.index()));
            }
        }
        let rank = |p: usize, s: usize| case.rankings[p].rank(StateId(s as u32));
        let accepted = |i: usize, s: usize, t: usize| {
            (0..parties).all(|j| match of(i, j) {
                Attitude::Positive => rank(j, t) >= rank(j, s),
                Attitude::Negative => rank(j, t) <= rank(j, s),
                Attitude::Neutral => true,
            })
        };
        let bad = |i: usize, s: usize, t: usize| s == t || !accepted(i, s, t);
        let book = Book::new(&case, accepted, bad, accepted);
        let conflict = case.conflict();
        let structure = Attitudes::new(&conflict, matrix).unwrap();
        agrees(&case, &structure, &book, &settings);
    }

    #[test]
    fn ordinary_attitudes_are_the_ordinary_concepts(
        case in graphs_of(2..=4, 1..=5),
        settings in settings(),
    ) {
        // No two states alike: the state's number decides between equals.
        let values: Vec<Vec<u32>> = case
            .parties()
            .map(|p| {
                let ranking = &case.rankings[p.index()];
                case.states().map(|s| ranking.rank(s) * 8 + s.0).collect()
            })
            .collect();
        let mut strict = case.clone();
        strict.rankings =
            values.iter().map(|v| detente_analysis::Ranking::from_values(v)).collect();
        let conflict = strict.conflict();
        let matrix = AttitudeMatrix::ordinary(case.graph.parties());
        prop_assert!(matrix.is_ordinary());
        let relational = Attitudes::new(&conflict, matrix).unwrap();
        let simple = Simple::new(&conflict);
        prop_assert_eq!(
            holds(&strict, &relational, &settings),
            holds(&strict, &simple, &settings)
        );
    }

    #[test]
    fn strong_implies_its_relations(
        (case, draws) in drawn(2..=4, 1..=5),
        settings in settings(),
    ) {
        // Nash within SSEQ within SEQ within GMR; SSEQ within SMR within GMR, for every structure.
        let known = knowledge(&draws);
        let (tri, degrees) = (tri(&case, &known), degrees(&case, &severities(&draws)));
        let conflict = case.conflict();
        let matrix = AttitudeMatrix::ordinary(case.graph.parties())
            .with(PartyId(0), PartyId(1), Attitude::Negative);
        let mut structures: Vec<Box<dyn Structure + '_>> = vec![
            Box::new(Strength::strong(&degrees)),
            Box::new(Attitudes::new(&conflict, matrix).unwrap()),
        ];
        for extension in Extension::ALL {
            structures.push(Box::new(Unknown::new(&tri, extension)));
            structures.push(Box::new(Hybrid::strong(&tri, &degrees, extension)));
        }
        for structure in &structures {
            let found = holds(&case, structure.as_ref(), &settings);
            let [nash, gmr, smr, seq, sseq] = <[_; 5]>::try_from(found).unwrap();
            for (inner, outer) in [(&nash, &sseq), (&sseq, &seq), (&seq, &gmr), (&sseq, &smr), (&smr, &gmr)] {
                within(std::slice::from_ref(inner), std::slice::from_ref(outer));
            }
        }
    }
}
