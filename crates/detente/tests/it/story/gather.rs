//! What a report about a conflict is written from, found without the commands.

use detente::analysis::inverse::{
    Permitted, PreferenceChange, Prices, Question, StatementChanges, Want, solve,
};
use detente::analysis::sensitivity::{self, sensitivity};
use detente::analysis::study::{Request, study};
use detente::analysis::{Budget, Concept, Game, StateId};
use detente::model::model::Preferences;
use detente::report::breakthrough::{self, Asked};
use detente::report::build::{self, Witnesses};
use detente::report::dossier::{About, Dossier};
use detente::report::finding::Analysis;
use detente::report::{moves, story};

use crate::harness::{document, model};

/// What a dossier of a text has of the conflict.
pub(super) struct Depth {
    pub(super) concept: Concept,
    pub(super) witnesses: Witnesses,
    /// Whether what single assumptions carry, and plans for classes without an equilibrium, are found.
    pub(super) dear: bool,
}

pub(super) const WHOLE: Depth = Depth {
    concept: Concept::Seq,
    witnesses: Witnesses::All,
    dear: true,
};

pub(super) fn dossier(text: &str, variants: &[&str], depth: &Depth) -> Dossier {
    let document = document(text, variants);
    let model = model(&document);
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    let names: Vec<String> = variants.iter().map(|v| (*v).to_owned()).collect();
    let mut request = Request::usual(&game);
    request.main = depth.concept;
    if !request.concepts.contains(&depth.concept) {
        request.concepts.push(depth.concept);
    }
    let outcome = study(&game, request, &budget);
    let found = outcome.value();
    let analysis = build::analysis(found, &names, depth.witnesses, outcome.stop(), &budget);
    let mut dossier = Dossier {
        format: "detente-report/1".to_owned(),
        negotiation: model.title.clone(),
        as_of: model.as_of.map(|d| d.to_string()),
        variants: names.clone(),
        about: About::of(&document),
        moves: Some(moves::finding(&game)),
        ..Dossier::default()
    };
    if depth.dear {
        let asked = sensitivity::Request::new(&game, depth.concept);
        if let Ok(outcome) = sensitivity(&game, &asked, &budget) {
            dossier.sensitivity = Some(detente::report::sensitivity::finding(
                &game,
                outcome.value(),
                depth.concept,
                &names,
                outcome.stop(),
            ));
        }
        dossier.breakthroughs = plans(&game, &analysis, depth.concept, &names, &budget);
    }
    dossier.analysis = Some(analysis);
    dossier.summary = story::summary(&dossier);
    dossier
}

/// The cheapest plans for each class without an equilibrium, by what parties want.
fn plans(
    game: &Game<'_>,
    analysis: &Analysis,
    concept: Concept,
    variants: &[String],
    budget: &Budget,
) -> Vec<breakthrough::Breakthrough> {
    let held = &analysis.equilibria[&analysis.settings.main];
    let without = analysis
        .classes
        .iter()
        .filter(|class| !class.states.is_empty() && !class.states.iter().any(|s| held.contains(s)));
    let of_party = |party: &detente::model::model::Party| match party.preferences {
        Preferences::Statements(_) => PreferenceChange::Statements(
            Prices::default(),
            StatementChanges {
                drop: true,
                reverse: true,
                pass: true,
                insert: Vec::new(),
            },
        ),
        _ => PreferenceChange::Ranks(Prices::default()),
    };
    let each = without.filter_map(|class| {
        let name = class.name.as_ref()?;
        let states: Vec<StateId> = class.states.iter().filter_map(|s| game.by_id(*s)).collect();
        let question = Question {
            wants: vec![Want::Some(states)],
            judgements: vec![vec![concept; game.graph.parties()]],
            reachable: None,
            permitted: Permitted {
                preferences: game.model.parties.iter().map(of_party).collect(),
                structure: Vec::new(),
            },
            most_plans: 8,
            up_to: None,
        };
        let names = [format!("\"{name}\"")];
        let asked = Asked {
            question: &question,
            names: &names,
            permitted: &[],
            could_permit: &[],
            variants,
            taken: &[],
        };
        let outcome = solve(game, &question, budget).ok()?;
        breakthrough::finding(game, &asked, outcome.value(), outcome.stop(), budget).ok()
    });
    each.collect()
}
