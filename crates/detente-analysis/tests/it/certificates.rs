//! Certificates: what the writer writes is accepted and says what the definitions say, and what is
//! changed into something false is rejected.

use detente_analysis::certificate::{
    Certificate, MOST_ENTRIES, Report, Request, WriteError, fingerprint, from_json, to_json, write,
};
use detente_analysis::verify::{Subject, verify};
use detente_analysis::{Budget, Concept, Game, Settings, Stop};
use detente_model::syntax::parse;
use detente_model::{Model, PartyId, resolve};
use proptest::prelude::*;

use crate::generate::{graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::properties::{ALL_FORMS, settings};

/// A conflict as text in the graph form. The states are named by numbers from 1.
fn text(case: &Case) -> String {
    let mut text = String::from("negotiation \"A random graph\"\n");
    for s in case.states() {
        text += &format!("state {}\n", s.0 + 1);
    }
    for p in case.parties() {
        text += &format!("party P{} {{\n", p.0);
        let arcs = case.states().flat_map(|s| {
            let targets = case.graph.moves(p).from(s).iter();
            targets.map(move |t| format!("    {} -> {}\n", s.0 + 1, t.0 + 1))
        });
        let arcs: String = arcs.collect();
        if !arcs.is_empty() {
            text += &format!("  moves {{\n{arcs}  }}\n");
        }
        let ranking = &case.rankings[p.index()];
        let tiers: Vec<String> = (0..ranking.levels())
            .rev()
            .map(|level| {
                let tied = case.states().filter(|s| ranking.rank(*s) == level);
                let tied: Vec<String> = tied.map(|s| (s.0 + 1).to_string()).collect();
                tied.join(" = ")
            })
            .collect();
        text += &format!("  ranks {{ {} }}\n}}\n", tiers.join(" > "));
    }
    text
}

struct Read {
    model: Model,
    fingerprint: String,
}

fn read(text: &str) -> Read {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let resolved = resolve(&parsed.document);
    let model = resolved
        .model
        .unwrap_or_else(|| panic!("{:?}\n{text}", resolved.diagnostics));
    let fingerprint = fingerprint(&parsed.document);
    Read { model, fingerprint }
}

fn certify(read: &Read, concepts: &[Concept], settings: &Settings) -> Certificate {
    let budget = Budget::default();
    let game = Game::new(&read.model, &budget).unwrap();
    let request = Request {
        variants: &[],
        fingerprint: read.fingerprint.clone(),
        concepts,
        settings: settings.clone(),
        most_entries: MOST_ENTRIES,
    };
    write(&game, &request, &budget).unwrap()
}

fn check(read: &Read, certificate: &Certificate) -> Report {
    let subject = Subject {
        model: &read.model,
        variants: &[],
        fingerprint: &read.fingerprint,
    };
    verify(&subject, certificate, &Budget::default())
}

/// The certificate of a conflict is accepted, and its verdicts are those of the definitions.
fn agrees(case: &Case, settings: &Settings) -> (Read, Certificate) {
    let text = text(case);
    let read = read(&text);
    let certificate = certify(&read, &ALL_FORMS, settings);
    let report = check(&read, &certificate);
    assert!(report.valid, "{report:#?}\n{text}");
    let written = to_json(&certificate);
    assert_eq!(from_json(&written).as_ref(), Ok(&certificate));
    assert_eq!(report.checked.verdicts as usize, certificate.verdicts.len());
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: settings.clone(),
    };
    for v in &certificate.verdicts {
        let concept: Concept = v.concept.parse().unwrap();
        let party = PartyId(v.party.trim_start_matches('P').parse().unwrap());
        let state = detente_analysis::StateId(v.state - 1);
        assert_eq!(
            v.stable,
            literal.stable(concept, party, state),
            "{v:?}\n{text}"
        );
    }
    (read, certificate)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hand_drawn_graphs_are_certified(case in graphs(), settings in settings()) {
        agrees(&case, &settings);
    }

    #[test]
    fn graphs_of_options_are_certified(case in option_forms(4), settings in settings()) {
        agrees(&case, &settings);
    }

    #[test]
    fn a_false_verdict_is_rejected_whatever_its_proof(
        case in graphs(),
        settings in settings(),
        at in any::<proptest::sample::Index>(),
        proof in any::<proptest::sample::Index>(),
    ) {
        let (read, certificate) = agrees(&case, &settings);
        // The verdict is turned round and given the proof of any other verdict.
        let mut changed = certificate.clone();
        let others: Vec<_> = certificate.verdicts.iter().collect();
        let place = at.index(others.len());
        let donor = (*proof.get(&others)).clone();
        let verdict = &mut changed.verdicts[place];
        verdict.stable = !verdict.stable;
        verdict.answers = donor.answers;
        verdict.improvement = donor.improvement;
        verdict.closed_set = donor.closed_set;
        let report = check(&read, &changed);
        let told = format!("/verdicts/{place}");
        prop_assert!(!report.valid);
        prop_assert!(report.defects.iter().any(|d| d.place.starts_with(&told)), "{report:?}");
    }
}

#[test]
fn a_certificate_within_its_limit_or_not_at_all() {
    let read = read(&text(&Case::by_graph(
        &[vec![vec![1], vec![0]], vec![vec![], vec![]]],
        &[vec![0, 1], vec![1, 0]],
    )));
    let budget = Budget::default();
    let game = Game::new(&read.model, &budget).unwrap();
    let request = |concepts, most_entries| Request {
        variants: &[],
        fingerprint: read.fingerprint.clone(),
        concepts,
        settings: Settings::default(),
        most_entries,
    };
    // Four verdicts; one of them is unstable, with a closed set of one member.
    assert!(write(&game, &request(&[Concept::Seq], 5), &budget).is_ok());
    let limit = |limit| {
        let what = "certificate entries";
        Err(WriteError::Stopped(Stop::Limit { what, limit }))
    };
    assert_eq!(
        write(&game, &request(&[Concept::Seq], 4), &budget),
        limit(4)
    );
    assert_eq!(
        write(&game, &request(&[Concept::Seq], 3), &budget),
        limit(3)
    );
    assert!(matches!(
        write(&game, &request(&[Concept::Sim], 100), &budget),
        Err(WriteError::Concept(_))
    ));
    assert_eq!(
        write(&game, &request(&[Concept::NonMyopic], 100), &budget),
        Err(WriteError::Unsupported(Concept::NonMyopic))
    );
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let cancelled = Budget::default().cancelled_by(flag);
    assert!(write(&game, &request(&[Concept::Seq], 100), &cancelled).is_err());
    let certificate = write(&game, &request(&[Concept::Seq], 100), &budget).unwrap();
    let mut small = Budget::default();
    small.max_steps = 3;
    let subject = Subject {
        model: &read.model,
        variants: &[],
        fingerprint: &read.fingerprint,
    };
    let report = verify(&subject, &certificate, &small);
    assert!(!report.valid && report.defects.is_empty());
    assert_eq!(
        report.stopped.as_deref(),
        Some("stopped at the limit of 3 steps")
    );
}

/// The checker must not lean on what it checks, nor must what it takes from the certificates' side.
#[test]
fn the_checker_uses_nothing_of_the_engine() {
    let checker = [
        include_str!("../../src/verify/mod.rs"),
        include_str!("../../src/verify/proof.rs"),
        include_str!("../../src/verify/reading.rs"),
    ];
    let common = [
        include_str!("../../src/certificate/form.rs"),
        include_str!("../../src/certificate/report.rs"),
    ];
    let budget = ["crate::{Budget, Stop}", "crate::Stop"];
    let of_checker = [&budget[..], &["crate::certificate::", "super::reading::"]].concat();
    let certificate = ["super::report::", "super::{Answer, Certificate}"];
    let of_common = [
        &budget[..],
        &certificate,
        &["super::{Certificate, FORMAT, State}"],
    ]
    .concat();
    uses_only(&checker, &of_checker);
    uses_only(&common, &of_common);
    // Of the certificates' side, neither the writer nor what only it needs.
    let names = "Answer Certificate Checked ClosedSet Examination Move Names Report Sequences Steps Values \
                 Verdict header sizes so";
    for source in checker {
        let taken = source.split("use crate::certificate::{").nth(1).unwrap();
        for name in taken.split('}').next().unwrap().split(',') {
            let name = name.trim();
            assert!(
                name.is_empty() || names.split(' ').any(|n| n == name),
                "{name}"
            );
        }
    }
    let lines: usize = checker.iter().map(|s| s.lines().count()).sum();
    assert!(
        lines < 600,
        "{lines} lines are too many to be checked by eye"
    );
}

fn uses_only(sources: &[&str], allowed: &[&str]) {
    for source in sources {
        for line in source.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let ours = line.contains("crate::") || line.contains("super::");
            let path = line.trim_start().strip_prefix("use ");
            let fine = path.is_some_and(|path| allowed.iter().any(|a| path.starts_with(a)));
            assert!(!ours || fine, "{line}");
        }
    }
}
