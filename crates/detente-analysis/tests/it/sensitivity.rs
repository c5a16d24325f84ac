//! Every change that sensitivity analysis tries, against the same change written as a variant in the
//! language, read and analysed from the start.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::coalition::coalitions;
use detente_analysis::sensitivity::{
    About, Alteration, Assumption, Change, Request, Sensitivity, Way, changes, sensitivity,
};
use detente_analysis::status_quo::{EvolutionRule, evolve};
use detente_analysis::{Budget, Concept, Game, Outcome, Settings, StateId, Stop, analyze};
use detente_model::model::{Preferences, RankItem, RankTier, Statement};
use detente_model::syntax::parse;
use detente_model::{Model, PartyId, resolve, variant};

use crate::literal::Literal;
use crate::random::{Random, formula, model_text};

fn model_of(text: &str, variants: &[&str]) -> Option<Model> {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let document = variant::apply(&parsed.document, variants)
        .unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let resolved = resolve(&document);
    resolved.model
}

fn statements(model: &Model, party: PartyId) -> &[Statement] {
    match &model.party(party).preferences {
        Preferences::Statements(list) => list,
        other => panic!("{other:?}"),
    }
}

/// The tiers of a ranking as they are written.
fn tiers(tiers: &[RankTier]) -> String {
    let item = |item: &RankItem| match item {
        RankItem::Matching(condition) => format!("({})", condition.text),
        RankItem::Rest(_) => "rest".to_owned(),
    };
    let tier = |tier: &RankTier| tier.items.iter().map(item).collect::<Vec<_>>().join(" = ");
    tiers.iter().map(tier).collect::<Vec<_>>().join(" > ")
}

/// The change as a variant called `trial`; `None` where the language cannot name what is meant.
fn written(model: &Model, change: Change) -> Option<String> {
    let what = match (change.assumption, change.alteration) {
        (Assumption::Statement(party, place), alteration) => {
            let list = statements(model, party);
            let text = |place: usize| list[place].condition.text.clone();
            let this = text(place);
            if list.iter().filter(|s| s.condition.text == this).count() > 1 {
                return None;
            }
            let name = &model.party(party).name;
            let edits = match alteration {
                Alteration::Dropped => format!("drop \"{this}\""),
                Alteration::Reversed => {
                    format!("insert not ({this}) before \"{this}\"\n drop \"{this}\"")
                }
                Alteration::Raised | Alteration::Lowered => {
                    let raised = alteration == Alteration::Raised;
                    let other = text(if raised { place - 1 } else { place + 1 });
                    if list.iter().filter(|s| s.condition.text == other).count() > 1 {
                        return None;
                    }
                    format!("swap \"{this}\" and \"{other}\"")
                }
                Alteration::First => format!("move \"{this}\" first"),
                Alteration::Last => format!("move \"{this}\" last"),
                other => panic!("{other:?}"),
            };
            format!("{name} prefers {{\n {edits}\n }}")
        }
        (Assumption::Tiers(party, upper), Alteration::Swapped) => {
            let Preferences::Ranks(list) = &model.party(party).preferences else {
                panic!("no ranking");
            };
            let mut list = list.clone();
            list.swap(upper, upper + 1);
            format!("{} ranks {{ {} }}", model.party(party).name, tiers(&list))
        }
        (Assumption::Weight(party, place), alteration) => {
            let Preferences::Weights(list) = &model.party(party).preferences else {
                panic!("no weights");
            };
            let mut lines = String::new();
            for (i, (millionths, condition)) in list.iter().enumerate() {
                let mut weight = millionths / 1_000_000;
                assert_eq!(weight * 1_000_000, *millionths);
                if i == place {
                    weight = if alteration == Alteration::Dropped {
                        0
                    } else {
                        -weight
                    };
                }
                let _ = writeln!(lines, "{weight}: {}", condition.text);
            }
            format!("{} weights {{\n{lines}}}", model.party(party).name)
        }
        (Assumption::Direction(option), Alteration::Irreversible) => {
            format!("irreversible {}", model.qualified(option))
        }
        (Assumption::Direction(option), Alteration::Reversible) => {
            format!("reversible {}", model.qualified(option))
        }
        (Assumption::Rule(place), Alteration::Dropped) => {
            let text = &model.rules[place].condition.text;
            if model
                .rules
                .iter()
                .filter(|r| r.condition.text == *text)
                .count()
                > 1
            {
                return None;
            }
            format!("without never {text}")
        }
        (Assumption::Consequence(place), Alteration::Dropped) => {
            let text = &model.consequences[place].condition.text;
            if model
                .consequences
                .iter()
                .filter(|c| c.condition.text == *text)
                .count()
                > 1
            {
                return None;
            }
            format!("without when {text}")
        }
        other => panic!("{other:?}"),
    };
    Some(format!("\nvariant trial \"A trial\" {{\n {what}\n}}\n"))
}

/// A state by what is on, and its class.
type Named = (u128, Option<usize>);

/// The equilibria, and how each is reached, by the evolution.
fn anew(game: &Game<'_>, concept: Concept) -> (BTreeSet<Named>, Vec<(Option<usize>, Way)>) {
    let conflict = game.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    // The literal definition follows every sequence, layer by layer; larger models are judged by the
    // engine, from the start.
    let table = (game.space.len() > 8).then(|| {
        let budget = Budget::default();
        let found = analyze(&conflict, &[concept], &Settings::default(), &budget);
        found.complete().unwrap().tables.remove(0)
    });
    let holds = |s: &StateId| {
        let mut parties = game.graph.party_ids();
        table.as_ref().map_or_else(
            || parties.all(|p| literal.stable(concept, p, *s)),
            |table| table.is_equilibrium(*s),
        )
    };
    let states: Vec<StateId> = game.space.ids().filter(holds).collect();
    let named = states
        .iter()
        .map(|s| (game.space.value(*s), game.headline(*s)));
    let ways = game.status_quo.map_or(Vec::new(), |start| {
        let all = coalitions(game.graph.parties()).coalitions;
        let reach = |rule| {
            evolve(&conflict, start, &rule, &Budget::default())
                .unwrap()
                .reachable()
        };
        let sets = [
            reach(EvolutionRule::Improvements),
            reach(EvolutionRule::Joint(all)),
            reach(EvolutionRule::Moves),
        ];
        let way = |s: &StateId| {
            let place = sets.iter().position(|set| set.contains(*s)).unwrap_or(3);
            let way = [
                Way::Improvements,
                Way::JointSteps,
                Way::MovesOnly,
                Way::Nowise,
            ][place];
            (game.headline(*s), way)
        };
        states.iter().map(way).collect()
    });
    (named.collect(), ways)
}

fn easiest(ways: &[(Option<usize>, Way)], class: Option<usize>) -> Option<Way> {
    ways.iter()
        .filter(|(c, _)| *c == class)
        .map(|(_, w)| *w)
        .min()
}

fn complete(game: &Game<'_>, request: &Request) -> Sensitivity {
    let outcome = sensitivity(game, request, &Budget::default()).unwrap();
    outcome.complete().unwrap()
}

/// Checks every trial that can be written as a variant and returns how many were checked and how many
/// of them changed an equilibrium.
fn check(text: &str, concept: Concept) -> (usize, usize) {
    let Some(model) = model_of(text, &[]) else {
        return (0, 0);
    };
    let Ok(game) = Game::new(&model, &Budget::default()) else {
        return (0, 0);
    };
    if game.space.len() > 24 {
        return (0, 0);
    }
    // Reading the text anew for each change is what takes the time.
    if changes(&model, About::ALL).len() > 45 {
        return (0, 0);
    }
    let found = complete(&game, &Request::new(&game, concept));
    let (before, ways_before) = anew(&game, concept);
    let of = |set: &BTreeSet<Named>, class| set.iter().any(|(_, c)| *c == class);
    let (mut checked, mut moved) = (0, 0);
    for trial in &found.trials {
        let Some(variant) = written(&model, trial.change) else {
            continue;
        };
        let text = format!("{text}{variant}");
        let changed = model_of(&text, &["trial"]).unwrap();
        let Ok(changed) = Game::new(&changed, &Budget::default()) else {
            assert!(
                matches!(trial.result, Some(Err(_))),
                "{:?}\n{text}",
                trial.change
            );
            continue;
        };
        let effect = trial
            .effect()
            .unwrap_or_else(|| panic!("{trial:?}\n{text}"));
        let (after, ways_after) = anew(&changed, concept);
        let names = |held: &[detente_analysis::sensitivity::Held]| -> BTreeSet<Named> {
            held.iter().map(|h| (h.value, h.class)).collect()
        };
        let label = format!("{:?}\n{text}", trial.change);
        assert_eq!(effect.states, changed.space.len(), "{label}");
        assert_eq!(names(&effect.vanished), &before - &after, "{label}");
        assert_eq!(names(&effect.appeared), &after - &before, "{label}");
        let classes = (0..model.classes.len()).map(Some).chain([None]);
        for class in classes {
            let (was, is) = (of(&before, class), of(&after, class));
            assert_eq!(effect.lost.contains(&class), was && !is, "{label}");
            assert_eq!(effect.gained.contains(&class), !was && is, "{label}");
            let (was, is) = (easiest(&ways_before, class), easiest(&ways_after, class));
            let change = effect.ways.iter().find(|w| w.class == class);
            match (was, is) {
                (Some(was), Some(is)) if was != is => {
                    let change = change.unwrap_or_else(|| panic!("{label}"));
                    assert_eq!((change.before, change.after), (was, is), "{label}");
                }
                _ => assert_eq!(change, None, "{label}"),
            }
        }
        checked += 1;
        moved += usize::from(before != after);
    }
    (checked, moved)
}

/// A random model with classes, a status quo and consequences.
fn text(random: &mut Random) -> String {
    let mut text = model_text(random);
    let model = model_of(&text, &[]).unwrap();
    let options: Vec<(String, Vec<String>)> = model
        .option_ids()
        .map(|o| (model.qualified(o), model.option(o).levels.clone()))
        .collect();
    let binary: Vec<&String> = options
        .iter()
        .filter(|o| o.1.is_empty())
        .map(|o| &o.0)
        .collect();
    for class in 0..random.below(3) {
        let _ = writeln!(
            text,
            "class \"c{class}\" when {}",
            formula(random, &options, 1)
        );
    }
    if let (Some(then), true) = (binary.first(), random.below(3) == 0) {
        let _ = writeln!(
            text,
            "when {} then not {then}",
            formula(random, &options, 0)
        );
    }
    if random.below(3) > 0 {
        let mut with = text.clone();
        let on = binary
            .iter()
            .filter(|_| random.below(2) == 0)
            .map(|n| n.as_str());
        let _ = writeln!(
            with,
            "status quo {{ {} }}",
            on.collect::<Vec<_>>().join(", ")
        );
        let model = model_of(&with, &[]).unwrap();
        if Game::new(&model, &Budget::default()).is_ok() {
            return with;
        }
    }
    text
}

#[test]
fn every_change_is_what_its_variant_says() {
    let mut random = Random::new(7);
    let concepts = [
        Concept::Seq,
        Concept::Nash,
        Concept::Gmr,
        Concept::Smr,
        Concept::Sseq,
    ];
    let (mut checked, mut moved) = (0, 0);
    for round in 0..240 {
        let text = text(&mut random);
        let (c, m) = check(&text, concepts[round % concepts.len()]);
        checked += c;
        moved += m;
    }
    assert!(
        checked > 600 && moved > 120,
        "{checked} checked, {moved} moved"
    );
}

const TWO: &str = "negotiation \"Two\"
party A { option x; prefers { maybe: B.y
 maybe: x
 not B.y } }
party B { option y; prefers { y
 A.x } }
status quo { }
";

#[test]
fn the_changes_of_a_small_model() {
    use Alteration::{Dropped, First, Irreversible, Last, Lowered, Raised, Reversed};
    let model = model_of(TWO, &[]).unwrap();
    let list = changes(&model, About::ALL);
    let (a, b) = (PartyId(0), PartyId(1));
    let of = |assumption, alterations: &[Alteration]| -> Vec<Change> {
        let of = |alteration: &Alteration| Change {
            assumption,
            alteration: *alteration,
        };
        alterations.iter().map(of).collect()
    };
    let wanted = [
        of(
            Assumption::Statement(a, 0),
            &[Dropped, Reversed, Lowered, Last],
        ),
        of(
            Assumption::Statement(a, 1),
            &[Dropped, Reversed, Raised, Lowered],
        ),
        of(
            Assumption::Statement(a, 2),
            &[Dropped, Reversed, Raised, First],
        ),
        of(Assumption::Statement(b, 0), &[Dropped, Reversed, Lowered]),
        of(Assumption::Statement(b, 1), &[Dropped, Reversed, Raised]),
        of(Assumption::Doubtful, &[Dropped]),
        of(
            Assumption::Direction(detente_model::OptionId(0)),
            &[Irreversible],
        ),
        of(
            Assumption::Direction(detente_model::OptionId(1)),
            &[Irreversible],
        ),
    ];
    assert_eq!(list, wanted.concat());
    let none = About {
        preferences: false,
        directions: false,
        rules: false,
    };
    assert_eq!(changes(&model, none), []);
    // Everything doubtful out: A wants nothing but `not B.y`, which is not in its hands.
    let both = Change {
        assumption: Assumption::Doubtful,
        alteration: Dropped,
    };
    let left = both.applied_to(&model);
    assert_eq!(statements(&left, a).len(), 1);
    assert_eq!(statements(&left, a)[0].condition.text, "not B.y");
    assert_eq!(statements(&left, b).len(), 2);
}

#[test]
fn the_same_for_any_number_of_threads() {
    let mut random = Random::new(11);
    for _ in 0..12 {
        let text = text(&mut random);
        let model = model_of(&text, &[]).unwrap();
        let Ok(game) = Game::new(&model, &Budget::default()) else {
            continue;
        };
        let request = Request::new(&game, Concept::Seq);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| complete(&game, &request))
        };
        let one = with(1);
        assert_eq!(one, with(2));
        assert_eq!(one, with(7));
    }
}

#[test]
fn a_budget_ends_it_early_and_says_so() {
    let model = model_of(TWO, &[]).unwrap();
    let game = Game::new(&model, &Budget::default()).unwrap();
    let request = Request::new(&game, Concept::Seq);
    let flag = Arc::new(AtomicBool::new(true));
    let cancelled = Budget::default().cancelled_by(flag);
    let outcome = sensitivity(&game, &request, &cancelled).unwrap();
    assert!(matches!(&outcome, Outcome::Stopped(_, Stop::Cancelled)));
    assert!(outcome.value().trials.iter().all(|t| t.result.is_none()));
    let mut small = Budget::default();
    small.max_work = 1;
    let outcome = sensitivity(&game, &request, &small).unwrap();
    let Outcome::Stopped(
        found,
        Stop::Limit {
            what: "work",
            limit: 1,
        },
    ) = &outcome
    else {
        panic!("{outcome:?}");
    };
    let made = found.trials.iter().filter(|t| t.result.is_some()).count();
    assert!(made < found.trials.len());
    assert_eq!(found.equilibria, complete(&game, &request).equilibria);
    let refused = sensitivity(&game, &Request::new(&game, Concept::LimitedMove(0)), &small);
    assert_eq!(refused.unwrap_err().concept, Concept::LimitedMove(0));
}
