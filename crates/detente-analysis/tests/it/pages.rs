//! The page of each concept: its shape, and that its example is true.

use detente_analysis::bargain::solutions;
use detente_analysis::coalition::coalition_concepts;
use detente_analysis::relation::structures;
use detente_analysis::stability::{Fate, Sanction};
use detente_analysis::{Budget, Concept, Settings, StateId, Verdict, concepts, explain, notions};
use detente_model::PartyId;

use crate::model::{Case, Direction, Options, values};
use crate::properties::run;
use crate::published::{named, numbers};

#[test]
fn pages_have_one_shape() {
    let pages = concepts().iter().map(|c| (c.name, c.page, c.summary));
    let coalitional = coalition_concepts()
        .iter()
        .map(|c| (c.name, c.page, c.summary));
    let structures = structures().iter().map(|s| (s.name, s.page, s.summary));
    let solutions = solutions().iter().map(|s| (s.name, s.page, s.summary));
    let pages = pages.chain(coalitional).chain(structures).chain(solutions);
    let pages: Vec<_> = pages.collect();
    for (_, _, summary) in &pages {
        assert!(!summary.ends_with('.') && !summary.contains('\n'));
    }
    let notions = notions().iter().map(|n| (n.name, n.page));
    let pages = pages.iter().map(|(name, page, _)| (*name, *page));
    for (name, page) in pages.chain(notions) {
        let headings: Vec<&str> = page.lines().filter(|l| l.starts_with('#')).collect();
        assert_eq!(headings[0], format!("# {name}"));
        assert_eq!(
            headings[1..],
            [
                "## Definition",
                "## Reading",
                "## Witness",
                "## Relations",
                "## Example",
                "## References"
            ]
        );
    }
}

/// Two drivers: both swerve, the first swerves, the second swerves, crash.
fn drivers() -> Case {
    let options = vec![(0, Direction::Both), (1, Direction::Both)];
    let model = Options::new(2, options, |_| true, Vec::new());
    Case::by_options(model, &[values(4, &[1, 0, 2, 3]), values(4, &[2, 0, 1, 3])])
}

const SWERVE: StateId = StateId(0);
const FIRST_STRAIGHT: StateId = StateId(1);
const SECOND_STRAIGHT: StateId = StateId(2);
const CRASH: StateId = StateId(3);
const FIRST: PartyId = PartyId(0);
const SECOND: PartyId = PartyId(1);

fn verdict(case: &Case, concept: Concept, party: PartyId, state: StateId) -> Verdict {
    let settings = Settings::default();
    explain(
        &case.conflict(),
        concept,
        &settings,
        party,
        state,
        &Budget::default(),
    )
    .unwrap()
}

fn equilibria(case: &Case, concept: Concept) -> Vec<u32> {
    numbers(&run(case, &[concept], &Settings::default()).tables[0].equilibria())
}

/// Where the first improvement is answered to, if it is.
fn answer(v: &Verdict) -> Option<StateId> {
    match &v.improvements[0].fate {
        Fate::Sanctioned { result, .. } => Some(*result),
        Fate::Open { .. } => None,
    }
}

#[test]
fn nash() {
    let case = drivers();
    assert_eq!(
        equilibria(&case, Concept::Nash),
        [FIRST_STRAIGHT.0, SECOND_STRAIGHT.0]
    );
    let v = verdict(&case, Concept::Nash, FIRST, SWERVE);
    assert!(!v.stable);
    assert_eq!(v.improvements[0].to, FIRST_STRAIGHT);
}

#[test]
fn gmr() {
    let case = drivers();
    for p in [FIRST, SECOND] {
        let v = verdict(&case, Concept::Gmr, p, SWERVE);
        assert!(v.stable);
        assert_eq!(answer(&v), Some(CRASH));
    }
    assert!(!case.conflict().improves(SECOND, FIRST_STRAIGHT, CRASH));
}

#[test]
fn smr() {
    let case = named("syria-iraq-1975").build();
    let iraq = PartyId(1);
    let (quiet, release, attack) = (StateId(0), StateId(1), StateId(3));
    let (release_attacked, escalate_attacked) = (StateId(4), StateId(5));
    let gmr = verdict(&case, Concept::Gmr, iraq, quiet);
    assert!(gmr.stable);
    assert_eq!(
        gmr.improvements.iter().map(|i| i.to).collect::<Vec<_>>(),
        [attack]
    );
    assert_eq!(answer(&gmr), Some(release_attacked));
    let smr = verdict(&case, Concept::Smr, iraq, quiet);
    assert!(!smr.stable);
    let Fate::Open {
        undone: Some(undone),
    } = &smr.improvements[0].fate
    else {
        panic!("{smr:?}")
    };
    assert_eq!((undone.result, undone.escape), (release_attacked, release));
    let best = case.states().max_by_key(|s| case.rankings[1].rank(*s));
    assert_eq!(best, Some(release));
    assert!(case.conflict().improves(iraq, quiet, escalate_attacked));
    assert_eq!(
        case.graph.moves(PartyId(0)).from(attack),
        [release_attacked, escalate_attacked]
    );
}

/// Two prisoners: the published case, where each likes best that only the other cooperates.
fn prisoners() -> Case {
    named("prisoners-dilemma").build()
}

const NEITHER: StateId = StateId(0);
const BOTH: StateId = StateId(3);

#[test]
fn seq_and_sseq() {
    let case = prisoners();
    for p in [FIRST, SECOND] {
        let v = verdict(&case, Concept::Seq, p, BOTH);
        assert!(v.stable);
        assert_eq!(answer(&v), Some(NEITHER));
        let conflict = case.conflict();
        let other = PartyId(1 - p.0);
        assert!(conflict.improves(p, NEITHER, BOTH) && conflict.improves(other, NEITHER, BOTH));
        let v = verdict(&case, Concept::Sseq, p, BOTH);
        assert!(v.stable);
        let Fate::Sanctioned {
            best_escape: Some(alone),
            ..
        } = v.improvements[0].fate
        else {
            panic!("{v:?}")
        };
        assert_eq!(case.rankings[p.index()].rank(alone), 0);
        // Each likes best that only the other cooperates, then both, then neither.
        let ranks: Vec<u32> = case
            .states()
            .map(|s| case.rankings[p.index()].rank(s))
            .collect();
        let only_other = StateId(1 << other.0);
        assert_eq!((ranks[only_other.index()], ranks[3], ranks[0]), (3, 2, 1));
    }
}

#[test]
fn best_response_seq() {
    let case = Case::by_graph(
        &[
            vec![vec![1], vec![], vec![], vec![]],
            vec![vec![], vec![2, 3], vec![], vec![]],
        ],
        &[values(4, &[3, 1, 0, 2]), values(4, &[3, 2, 1, 0])],
    );
    let v = verdict(&case, Concept::Seq, FIRST, StateId(0));
    assert_eq!((v.stable, answer(&v)), (true, Some(StateId(2))));
    assert!(!verdict(&case, Concept::BestResponseSeq, FIRST, StateId(0)).stable);
}

#[test]
fn sim() {
    let case = drivers();
    for (p, other) in [(FIRST, SECOND), (SECOND, FIRST)] {
        assert!(!verdict(&case, Concept::Seq, p, SWERVE).stable);
        let v = verdict(&case, Concept::Sim, p, SWERVE);
        assert!(v.stable);
        let Fate::Sanctioned {
            by: Sanction::Together(choices),
            result: CRASH,
            ..
        } = &v.improvements[0].fate
        else {
            panic!("{v:?}")
        };
        assert_eq!(choices.len(), 1);
        assert_eq!(choices[0].0, other);
    }
}

#[test]
fn sim_one_sided() {
    let case = prisoners();
    for p in [FIRST, SECOND] {
        let v = verdict(&case, Concept::SimOneSided, p, BOTH);
        assert_eq!((v.stable, answer(&v)), (true, Some(NEITHER)));
        assert!(!verdict(&case, Concept::Sim, p, BOTH).stable);
    }
}

fn expected_states(v: &Verdict) -> Vec<StateId> {
    v.anticipation
        .as_ref()
        .unwrap()
        .steps
        .iter()
        .map(|s| s.to)
        .collect()
}

#[test]
fn limited_move() {
    let case = drivers();
    let v = verdict(&case, Concept::LimitedMove(2), FIRST, SWERVE);
    assert!(!v.stable);
    assert_eq!(expected_states(&v), [FIRST_STRAIGHT]);
    let v = verdict(&case, Concept::LimitedMove(3), FIRST, SWERVE);
    assert!(v.stable);
    assert_eq!(answer(&v), Some(SECOND_STRAIGHT));
    let Fate::Sanctioned {
        by: Sanction::Sequence(steps),
        ..
    } = &v.improvements[0].fate
    else {
        panic!("{v:?}")
    };
    assert_eq!(
        steps.iter().map(|s| s.to).collect::<Vec<_>>(),
        [CRASH, SECOND_STRAIGHT]
    );
}

#[test]
fn non_myopic() {
    let case = drivers();
    let analysis = run(&case, &[Concept::NonMyopic], &Settings::default());
    let horizon = analysis.tables[0].horizon.unwrap();
    assert_eq!((horizon.settles, horizon.cycle), (3, 1));
    assert_eq!(equilibria(&case, Concept::NonMyopic), [SWERVE.0]);
}

#[test]
fn stackelberg() {
    assert_eq!(
        equilibria(&drivers(), Concept::Stackelberg(FIRST)),
        [FIRST_STRAIGHT.0]
    );
    assert_eq!(
        equilibria(&drivers(), Concept::Stackelberg(SECOND)),
        [SECOND_STRAIGHT.0]
    );
}
