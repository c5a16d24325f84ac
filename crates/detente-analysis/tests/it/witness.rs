//! Verdicts: they agree with the tables, and what they claim is so.

use detente_analysis::stability::{Fate, ImprovementFate, Sanction};
use detente_analysis::{
    Budget, Concept, SequenceRule, Settings, StateId, Step, StepRule, Verdict, explain,
};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{duels, graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::properties::{ALL_FORMS, DUEL, OPTION_FORM, run, settings};

fn verdicts(
    case: &Case,
    concepts: &[Concept],
    settings: &Settings,
    check: impl Fn(&Literal, &Verdict),
) {
    let analysis = run(case, concepts, settings);
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: settings.clone(),
    };
    for &concept in concepts {
        for p in case.parties() {
            for s in case.states() {
                let v = explain(&conflict, concept, settings, p, s, &Budget::default()).unwrap();
                assert_eq!((v.party, v.state, v.concept), (p, s, concept));
                assert_eq!(v.stable, analysis.table(concept).unwrap().is_stable(p, s));
                let listed: Vec<StateId> = v.improvements.iter().map(|i| i.to).collect();
                let all: Vec<StateId> = literal.improvements(p, s).into_iter().collect();
                assert_eq!(listed, all);
                check(&literal, &v);
            }
        }
    }
}

/// A sequence of the opponents under the rule, from one state to another.
fn assert_sequence(
    l: &Literal,
    i: PartyId,
    rule: StepRule,
    from: StateId,
    to: StateId,
    by: &[Step],
) {
    assert!(!by.is_empty());
    assert_eq!(by[0].from, from);
    assert_eq!(by.last().unwrap().to, to);
    for step in by {
        assert_ne!(step.party, i);
        assert!(l.steps(step.party, step.from, rule).contains(&step.to));
    }
    for pair in by.windows(2) {
        assert_eq!(pair[0].to, pair[1].from);
        assert_ne!(pair[0].party, pair[1].party);
    }
    if l.settings.sequences == SequenceRule::EachOnce {
        let mut parties: Vec<PartyId> = by.iter().map(|s| s.party).collect();
        parties.sort();
        parties.dedup();
        assert_eq!(parties.len(), by.len());
    }
}

fn rule(concept: Concept) -> Option<(StepRule, bool)> {
    match concept {
        Concept::Gmr => Some((StepRule::Moves, false)),
        Concept::Smr => Some((StepRule::Moves, true)),
        Concept::Seq => Some((StepRule::Improvements, false)),
        Concept::Sseq => Some((StepRule::Improvements, true)),
        Concept::BestResponseSeq => Some((StepRule::BestImprovements, false)),
        _ => None,
    }
}

fn check_sanctions(l: &Literal, v: &Verdict) {
    assert_eq!(v.anticipation, None);
    assert_eq!(
        v.stable,
        v.improvements
            .iter()
            .all(|i| matches!(i.fate, Fate::Sanctioned { .. }))
    );
    let rank = |s: StateId| l.rank(v.party, s);
    for ImprovementFate { to, fate } in &v.improvements {
        match (fate, rule(v.concept)) {
            (
                Fate::Sanctioned {
                    by: Sanction::Sequence(by),
                    result,
                    best_escape,
                },
                Some(rule),
            ) => {
                assert_sequence(l, v.party, rule.0, *to, *result, by);
                assert!(rank(*result) <= rank(v.state));
                assert!(l.settings.diagonal || *result != v.state);
                let escapes = l.steps(v.party, *result, StepRule::Moves);
                if rule.1 {
                    assert!(escapes.iter().all(|s| rank(*s) <= rank(v.state)));
                    let best = escapes.iter().map(|s| rank(*s)).max();
                    assert_eq!(best_escape.map(rank), best);
                    assert!(best_escape.is_none_or(|s| escapes.contains(&s)));
                } else {
                    assert_eq!(*best_escape, None);
                }
                if l.settings.sequences == SequenceRule::Legal {
                    // No shorter sequence does it.
                    let layers = l.layers(&l.others(v.party), *to, rule.0);
                    let shorter = layers[..by.len() - 1].iter().flatten().any(|s| {
                        (l.settings.diagonal || *s != v.state)
                            && rank(*s) <= rank(v.state)
                            && (!rule.1
                                || l.steps(v.party, *s, StepRule::Moves)
                                    .iter()
                                    .all(|t| rank(*t) <= rank(v.state)))
                    });
                    assert!(!shorter);
                }
            }
            (
                Fate::Sanctioned {
                    by: Sanction::Together(choices),
                    result,
                    best_escape,
                },
                None,
            ) => {
                assert!(matches!(v.concept, Concept::Sim | Concept::SimOneSided));
                assert_eq!(*best_escape, None);
                assert!(!choices.is_empty());
                for (p, t) in choices {
                    assert_ne!(*p, v.party);
                    assert!(l.improvements(*p, v.state).contains(t));
                }
                if v.concept == Concept::Sim {
                    let unstable: Vec<PartyId> = l
                        .others(v.party)
                        .into_iter()
                        .filter(|p| !l.stable(Concept::Seq, *p, v.state))
                        .collect();
                    assert_eq!(
                        choices.iter().map(|(p, _)| *p).collect::<Vec<_>>(),
                        unstable
                    );
                }
                let mut all = choices.clone();
                all.push((v.party, *to));
                let combined = l.conflict.superposition().unwrap().combine(v.state, &all);
                assert_eq!(combined, Some(*result));
                assert!(rank(*result) <= rank(v.state));
            }
            (
                Fate::Open {
                    undone: Some(undone),
                },
                Some((steps, true)),
            ) => {
                assert_sequence(l, v.party, steps, *to, undone.result, &undone.by);
                assert!(rank(undone.result) <= rank(v.state));
                assert!(rank(undone.escape) > rank(v.state));
                let escapes = l.steps(v.party, undone.result, StepRule::Moves);
                assert!(escapes.contains(&undone.escape));
            }
            (Fate::Open { undone: None }, rule) => {
                if let Some((steps, true)) = rule {
                    // Not even the weaker concept stops it.
                    let reached = l.reach(&l.others(v.party), *to, steps);
                    let sanction = |s: &StateId| {
                        rank(*s) <= rank(v.state) && (l.settings.diagonal || *s != v.state)
                    };
                    assert!(!reached.iter().any(sanction));
                }
            }
            (fate, rule) => panic!("{fate:?} under {rule:?}"),
        }
    }
}

fn check_anticipation(l: &Literal, v: &Verdict) {
    let leads = match v.concept {
        Concept::Stackelberg(leader) => leader == v.party,
        _ => true,
    };
    if !leads {
        assert_eq!(v.anticipation, None);
        return;
    }
    let expected = v.anticipation.as_ref().unwrap();
    let horizon = u32::try_from(expected.horizon).unwrap();
    match v.concept {
        Concept::LimitedMove(h) => assert_eq!(horizon, h),
        Concept::Stackelberg(_) => assert_eq!(horizon, 2),
        _ => assert!(horizon >= 1),
    }
    // The literal recursion is exponential; long horizons are checked against the maps instead.
    let other = PartyId(1 - v.party.0);
    let maps = l.maps().0;
    let g = |h: u32, i: PartyId, s: StateId| {
        maps.get(h as usize)
            .map_or_else(|| l.g(h, i, s), |m| m[i.index()][s.index()])
    };
    assert_eq!(expected.end, g(horizon, v.party, v.state));
    assert_eq!(v.stable, expected.steps.is_empty());
    assert_eq!(v.stable, expected.end == v.state);
    let (mut at, mut mover) = (v.state, v.party);
    for (k, step) in (0u32..).zip(&expected.steps) {
        assert_eq!((step.party, step.from), (mover, at));
        assert!(l.steps(mover, at, StepRule::Moves).contains(&step.to));
        // Every mover expects the same end.
        assert_eq!(g(horizon - k, mover, at), expected.end);
        at = step.to;
        mover = PartyId(1 - mover.0);
    }
    assert_eq!(at, expected.end);
    for ImprovementFate { to, fate } in &v.improvements {
        let end = g(horizon - 1, other, *to);
        match fate {
            Fate::Sanctioned {
                by: Sanction::Sequence(by),
                result,
                ..
            } => {
                assert_eq!(*result, end);
                assert_eq!(by.last().map_or(*to, |s| s.to), end);
                assert!(l.rank(v.party, end) <= l.rank(v.party, v.state));
            }
            Fate::Open { undone: None } => {
                assert!(l.rank(v.party, end) > l.rank(v.party, v.state));
                assert!(!v.stable);
            }
            other => panic!("{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn on_graphs(case in graphs(), settings in settings()) {
        verdicts(&case, &ALL_FORMS, &settings, check_sanctions);
    }

    #[test]
    fn on_option_forms(case in option_forms(4), settings in settings()) {
        verdicts(&case, &OPTION_FORM, &settings, check_sanctions);
    }

    #[test]
    fn on_duels(case in duels()) {
        verdicts(&case, &DUEL, &Settings::default(), check_anticipation);
    }
}
