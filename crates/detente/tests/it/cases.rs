//! Every case of the collection: complete, well formed, and with the results that are known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use detente::analysis::coalition::{coalition_improvements, coalitions};
use detente::analysis::lint::{lint, packages};
use detente::analysis::status_quo::{EvolutionRule, evolve};
use detente::analysis::study::{Request, study};
use detente::analysis::{Budget, Concept, Conflict, Game, Ranking, Settings, StateId, analyze};
use detente::model::PartyId;
use detente::syntax::{Severity, format, parse};

use crate::collection::{CASES, SOURCE_TEXTS};
use crate::expected::{Expected, ExpectedCase, Row, State, find_all};
use crate::harness::{name, party, tables, under_any, with_game};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test compares the collection with the files on disk"
)]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// All files below the collection with this ending, as paths from its root, ascending.
fn files(ending: &str) -> Vec<String> {
    let mut open = vec![root()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                let inside = path.strip_prefix(root()).unwrap();
                let parts = inside.components().map(|c| c.as_os_str().to_str().unwrap());
                found.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_is_in_the_collection() {
    let listed: Vec<String> = CASES
        .iter()
        .map(|c| format!("{}.detente", c.name))
        .collect();
    assert_eq!(listed, files("detente"));
    for case in CASES {
        let path = root().join(format!("{}.detente", case.name));
        assert_eq!(case.text, read(&path), "{}", case.name);
    }
    let texts: Vec<String> = SOURCE_TEXTS
        .iter()
        .map(|t| format!("{}.txt", t.name))
        .collect();
    assert_eq!(texts, files("txt"));
    for (source, path) in SOURCE_TEXTS.iter().zip(&texts) {
        assert_eq!(source.text, read(&root().join(path)), "{path}");
    }
    let last: BTreeSet<&str> = CASES
        .iter()
        .filter_map(|c| c.name.rsplit('/').next())
        .collect();
    assert_eq!(
        last.len(),
        CASES.len(),
        "the last parts of the names are unique"
    );
}

/// Warnings that a case may have: the case, the code, and how many of them, with the reason.
const ALLOWED: &[(&str, &str, usize)] = &[
    // FFVD without relief, twice: equilibria that nothing leads to are one of its lessons.
    ("diplomacy/us-dprk-2019/january", "W0210", 2),
    // The same, and the vague text with peace, which nothing leads to once the text is worth nothing by itself.
    ("diplomacy/us-dprk-2019/season", "W0210", 4),
];

#[test]
fn every_case_is_well_formed() {
    for case in CASES {
        let parsed = parse(case.text);
        assert_eq!(parsed.diagnostics, [], "{}", case.name);
        assert_eq!(format(case.text), case.text, "layout of {}", case.name);
        let document = parsed.document;
        assert!(document.negotiation.is_some(), "{} has no title", case.name);
        let acts = document
            .parties
            .iter()
            .any(|p| !p.options.is_empty() || !p.moves.is_empty());
        assert!(
            document.status_quo.is_some() || !acts,
            "{} has no status quo",
            case.name
        );
        assert!(
            acts || !document.issues.is_empty(),
            "{} is empty",
            case.name
        );
        assert!(!document.sources.is_empty(), "{} has no source", case.name);
        let resolved = detente::model::resolve(&document);
        let model = resolved.model.expect(case.name);
        let mut found = resolved.diagnostics;
        found.extend(packages(&model));
        if !acts {
            found.retain(|d| d.severity != Severity::Note);
            assert_eq!(found, [], "{}", case.name);
            continue;
        }
        let game = Game::new(&model, &Budget::default()).expect(case.name);
        found.extend(lint(&game, &Budget::default()));
        let studied = study(&game, Request::usual(&game), &Budget::default());
        found.extend(studied.complete().expect(case.name).findings);
        found.retain(|d| d.severity != Severity::Note);
        for (name, code, times) in ALLOWED {
            if *name == case.name {
                let before = found.len();
                found.retain(|d| d.code != *code);
                assert_eq!(before - found.len(), *times, "{name}: {code}");
            }
        }
        assert_eq!(found, [], "{}", case.name);
        for state in game.space.ids() {
            assert!(
                game.headline(state).is_some(),
                "{} classifies all",
                case.name
            );
        }
    }
}

fn expectations() -> Vec<(String, ExpectedCase)> {
    let mut all = Vec::new();
    for file in files("json") {
        // What came of a negotiation stands beside its results.
        if file.ends_with("/outcome.json") {
            continue;
        }
        assert!(file.ends_with("/expected.json"), "{file}");
        let folder = file.strip_suffix("expected.json").unwrap();
        let expected: Expected = serde_json::from_str(&read(&root().join(&file)))
            .unwrap_or_else(|e| panic!("{file}: {e}"));
        for case in expected.cases {
            let stem = case.case.strip_suffix(".detente").unwrap();
            all.push((format!("{folder}{stem}"), case));
        }
    }
    all
}

#[test]
fn every_case_has_expected_results() {
    let mut expected: Vec<String> = expectations().into_iter().map(|(name, _)| name).collect();
    expected.sort();
    let listed: Vec<&str> = CASES.iter().map(|c| c.name).collect();
    assert_eq!(expected, listed);
}

/// The equilibria under a concept, or under one of two for each party.
fn equilibria(game: &Game<'_>, concept: &str) -> Vec<StateId> {
    match concept {
        "seq_or_sim" => under_any(game, &[Concept::Seq, Concept::Sim]),
        "seq_or_sim_one_sided" => under_any(game, &[Concept::Seq, Concept::SimOneSided]),
        one => under_any(game, &[one.parse().unwrap()]),
    }
}

fn members(game: &Game<'_>, names: &[String]) -> Vec<PartyId> {
    names.iter().map(|n| party(game, n)).collect()
}

fn check_tables(game: &Game<'_>, row: &Row, label: &str) {
    assert_eq!(game.space.len(), row.feasible, "{label}: feasible states");
    for (concept, states) in &row.equilibria {
        let wanted = find_all(states, game);
        assert_eq!(equilibria(game, concept), wanted, "{label}: {concept}");
    }
    for (concept, count) in &row.counts {
        assert_eq!(
            equilibria(game, concept).len(),
            *count,
            "{label}: {concept}"
        );
    }
    for (concept, parties) in &row.stable {
        assert_eq!(parties.len(), game.graph.parties(), "{label}: {concept}");
        let found = tables(game, &[concept.parse().unwrap()]);
        for (name, states) in parties {
            let stable = found.tables[0].stable_for(party(game, name)).unwrap();
            let found: Vec<StateId> = stable.iter().collect();
            assert_eq!(
                found,
                find_all(states, game),
                "{label}: {concept} for {name}"
            );
        }
    }
    for published in &row.published {
        let found = equilibria(game, &published.concept);
        let agrees = found == find_all(&published.equilibria, game);
        assert_eq!(
            agrees, published.agrees,
            "{label}: published {}",
            published.concept
        );
    }
    if let Some(horizon) = &row.horizon {
        let found = tables(game, &[Concept::NonMyopic]).tables[0]
            .horizon
            .unwrap();
        assert_eq!(found.settles, horizon.settles, "{label}: settles");
        assert_eq!(found.cycle, horizon.cycle, "{label}: cycle");
    }
}

fn joint(game: &Game<'_>, members: &[PartyId], from: StateId) -> Vec<StateId> {
    let found = coalition_improvements(&game.conflict(), members, from);
    found.into_iter().map(|i| i.to).collect()
}

fn check_coalitions(game: &Game<'_>, row: &Row, label: &str) {
    let all = coalitions(game.graph.parties());
    assert!(all.all);
    for expected in &row.joint_improvements_from {
        let from = expected.from.find(game);
        let found = joint(game, &members(game, &expected.members), from);
        let wanted = find_all(&expected.to, game);
        assert_eq!(
            found, wanted,
            "{label}: {:?} {:?}",
            expected.members, expected.from
        );
    }
    if let Some(expected) = &row.joint_improvements {
        let mut wanted = BTreeMap::new();
        for e in expected {
            let key = (members(game, &e.members), e.from.find(game));
            assert!(wanted.insert(key, find_all(&e.to, game)).is_none());
        }
        let mut found = BTreeMap::new();
        for members in &all.coalitions {
            for from in game.space.ids() {
                let to = joint(game, members, from);
                if !to.is_empty() {
                    found.insert((members.clone(), from), to);
                }
            }
        }
        assert_eq!(found, wanted, "{label}: joint improvements");
    }
    if let Some(nash) = &row.coalition_nash {
        let stable = |members: &[PartyId]| -> Vec<StateId> {
            let none = |s: &StateId| joint(game, members, *s).is_empty();
            game.space.ids().filter(none).collect()
        };
        assert_eq!(nash.stable.len(), all.coalitions.len(), "{label}");
        for coalition in &nash.stable {
            let found = stable(&members(game, &coalition.members));
            let wanted = find_all(&coalition.states, game);
            assert_eq!(found, wanted, "{label}: {:?}", coalition.members);
        }
        let mut holds = under_any(game, &[Concept::Nash]);
        for coalition in &all.coalitions {
            let stable = stable(coalition);
            holds.retain(|s| stable.contains(s));
        }
        assert_eq!(
            holds,
            find_all(&nash.equilibria, game),
            "{label}: every coalition"
        );
    }
}

fn check_reachability(game: &Game<'_>, row: &Row, label: &str) {
    let Some(expected) = &row.reachability else {
        return;
    };
    let from = expected.from.find(game);
    assert_eq!(game.status_quo, Some(from), "{label}: status quo");
    let follow = |rule| evolve(&game.conflict(), from, &rule, &Budget::default()).unwrap();
    let by_improvements = follow(EvolutionRule::Improvements).reachable();
    let found: Vec<StateId> = by_improvements.iter().filter(|s| *s != from).collect();
    assert_eq!(found, find_all(&expected.improvements, game), "{label}");
    let by_moves = follow(EvolutionRule::Moves);
    let mut distances = BTreeMap::new();
    for (place, states) in expected.first_reached_by_moves.iter().enumerate() {
        for state in find_all(states, game) {
            distances.insert(state, Some(place + 1));
        }
    }
    for state in game.space.ids().filter(|s| *s != from) {
        let wanted = distances.get(&state).copied().flatten();
        assert_eq!(
            by_moves.distance(state),
            wanted,
            "{label}: {}",
            name(game, state)
        );
    }
}

/// All orders of the numbers below `n`.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let with_last = |order: Vec<usize>| {
        (0..n).map(move |place| {
            let mut longer = order.clone();
            longer.insert(place, last);
            longer
        })
    };
    orders(last).into_iter().flat_map(with_last).collect()
}

fn check_rankings(game: &Game<'_>, row: &Row, label: &str) {
    let Some(expected) = &row.rankings_that_hold else {
        return;
    };
    let (free, target) = (party(game, &expected.party), expected.state.find(game));
    let mut rankings = game.rankings.clone();
    let orders = orders(game.space.len());
    assert_eq!(orders.len(), (1..=game.space.len()).product::<usize>());
    for (concept, wanted) in &expected.counts {
        let concept: Concept = concept.parse().unwrap();
        let mut found = 0;
        for values in &orders {
            rankings[free.index()] = Ranking::from_values(values);
            let conflict = Conflict::new(&game.graph, &rankings).unwrap();
            let analysis = analyze(
                &conflict,
                &[concept],
                &Settings::default(),
                &Budget::default(),
            );
            found += usize::from(analysis.value().tables[0].is_equilibrium(target));
        }
        assert_eq!(found, *wanted, "{label}: rankings under {concept}");
    }
}

#[test]
fn expected_results_hold() {
    let mut rows = 0;
    for (name, expected) in expectations() {
        let text = crate::harness::case(&name);
        for row in &expected.analyses {
            let variants: Vec<&str> = row.variants.iter().map(String::as_str).collect();
            let label = format!("{name} {variants:?} ({})", row.provenance);
            with_game(text, &variants, |game| {
                check_tables(game, row, &label);
                check_coalitions(game, row, &label);
                check_reachability(game, row, &label);
                check_rankings(game, row, &label);
            });
            rows += 1;
        }
    }
    assert!(rows >= 40, "{rows} analyses");
}

/// The tally in the post counts the published lists, so the one wrong list is in it.
#[test]
fn the_published_tally_counts_the_published_lists() {
    let (_, jacobi) = expectations()
        .into_iter()
        .find(|(name, _)| name.ends_with("/jacobi"))
        .unwrap();
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut lists = 0;
    for published in jacobi.analyses.iter().flat_map(|a| &a.published) {
        lists += 1;
        for state in &published.equilibria {
            let State::Name(name) = state else {
                panic!("states of this case have names");
            };
            *tally.entry(name.clone()).or_default() += 1;
        }
    }
    assert_eq!(lists, 9);
    assert_eq!(tally, jacobi.published_tally);
}
