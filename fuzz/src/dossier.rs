//! What must hold for every report: each number stands in the findings, each sentence on something, each link leads
//! somewhere, and every format holds it whatever the words.

use detente::analysis::bargain::overview::{self, Fallback, overview};
use detente::analysis::bargain::{DealSpace, solutions};
use detente::analysis::coalition::{Coalitions, coalitions};
use detente::analysis::doubt::{Family, MOST_COMPLETIONS, doubt};
use detente::analysis::evolution::{self, courses, equilibria_by_class};
use detente::analysis::inverse::{
    Permitted, PreferenceChange, Prices, Question, StatementChanges, Want, solve,
};
use detente::analysis::model::model::{Party, Preferences};
use detente::analysis::sensitivity::sensitivity;
use detente::analysis::study::{Request, Study, study};
use detente::analysis::terms::{islands, terms};
use detente::analysis::{Budget, Concept, Game, StateId};
use detente::model::{Model, resolve, variant};
use detente::report::build::{self, Witnesses};
use detente::report::document::{Document, check};
use detente::report::dossier::{About, Dossier};
use detente::report::finding::Analysis;
use detente::report::render::{self, Rendered};
use detente::report::{
    breakthrough, doubt as in_doubt, evolution as followed, moves, packages, picture,
    sensitivity as single, story, terms as readings,
};
use detente::syntax::{self, ast};
use html5gum::{Token, Tokenizer};

use super::knowledge::{claimed, dated, evident, forecasted};
use super::targets::{LOOK, perceive, small_budget};

/// Every text makes a report without a fault, and every format takes it.
pub fn report(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let parsed = syntax::parse(text);
    if parsed.has_errors() {
        return;
    }
    let Some(model) = resolve(&parsed.document).model else {
        return;
    };
    written(&parsed.document, &model, &[], text);
    if let Some(item) = parsed.document.variants.first() {
        let name = item.name.text.clone();
        if let Ok(changed) = variant::apply(&parsed.document, &[name.as_str()])
            && let Some(model) = resolve(&changed).model
        {
            written(&changed, &model, &[name], text);
        }
    }
}

fn written(document: &ast::Document, model: &Model, variants: &[String], text: &str) {
    let dossier = gathered(document, model, variants, text);
    let json = serde_json::to_value(&dossier).expect("findings are JSON");
    let (report, missing) = story::document(&dossier);
    assert_eq!(missing, [], "values that are not there");
    let faults = check(&report, &json);
    assert!(
        faults.is_empty(),
        "{:#?}",
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    rendered(&report, &json);
    for kind in picture::kinds() {
        for every_state in [false, true] {
            let asked = picture::Asked {
                every_state,
                ..picture::Asked::default()
            };
            if let Some(drawn) = (kind.draw)(&dossier, &asked) {
                nested(&drawn.svg);
            }
        }
    }
}

/// All formats that every build has, alone and with pictures beside them.
fn rendered(document: &Document, json: &serde_json::Value) {
    for stem in [None, Some("report")] {
        let rendered = Rendered {
            document,
            findings: json,
            look: LOOK,
            stem,
        };
        for format in render::formats() {
            if matches!(format.name, "pdf" | "parquet") {
                continue;
            }
            let made = (format.render)(&rendered);
            let made = made.unwrap_or_else(|why| panic!("{}: {why}", format.name));
            assert!(!made.is_empty(), "{} is empty", format.name);
            if format.name == "html" {
                nested(std::str::from_utf8(&made).expect("a page is text"));
            }
            if !format.binary && format.name != "latex" {
                let beside = render::beside(format, &rendered);
                beside.unwrap_or_else(|why| panic!("{}: {why}", format.name));
            }
        }
    }
}

/// Everything that is opened is closed in order, no name is given twice, and the standard finds no error.
fn nested(html: &str) {
    let mut open = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                if let Some(id) = tag.attributes.get(b"id".as_slice()) {
                    assert!(ids.insert(id.to_vec()), "two elements are called {id:?}");
                }
                let void: [&[u8]; 4] = [b"link", b"meta", b"wbr", b"br"];
                if !tag.self_closing && !void.contains(&&**tag.name) {
                    open.push(tag.name.to_vec());
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(tag.name.to_vec())),
            Token::Error(error) if !html.starts_with("<?xml") => panic!("{error:?}\n{html}"),
            Token::Comment(comment) if !html.starts_with("<?xml") => panic!("{comment:?}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

fn gathered(document: &ast::Document, model: &Model, variants: &[String], text: &str) -> Dossier {
    let budget = small_budget();
    let game = Game::new(model, &budget).ok();
    let mut dossier = Dossier {
        format: "detente-report/1".to_owned(),
        negotiation: model.title.clone(),
        as_of: model.as_of.map(|d| d.to_string()),
        variants: variants.to_vec(),
        about: About::of(document),
        evidence: Some(evident(document, model, game.as_ref(), text, &budget)),
        packages: packages(model, &budget),
        ..Dossier::default()
    };
    if !model.record.events.is_empty() {
        dossier.calendar = Some(dated(document, model));
    }
    if variants.is_empty() && !model.record.claims.is_empty() {
        dossier.claims = claimed(document, model, text);
    }
    if let Some(game) = &game {
        of_states(&mut dossier, document, game, text, &budget);
    }
    dossier
}

fn of_states(
    dossier: &mut Dossier,
    document: &ast::Document,
    game: &Game<'_>,
    text: &str,
    budget: &Budget,
) {
    let model = game.model;
    let outcome = study(game, Request::usual(game), budget);
    let found: &Study<'_, '_> = outcome.value();
    let witnesses = Witnesses::usual(found);
    let variants = dossier.variants.clone();
    let analysis = build::analysis(found, &variants, witnesses, outcome.stop(), budget);
    let main = Concept::Seq;
    dossier.moves = Some(moves::finding(game));
    dossier.evolution = evolution(game, &analysis, &variants, budget);
    dossier.breakthroughs = plans(game, &analysis, &variants, budget);
    let asked = detente::analysis::sensitivity::Request::new(game, main);
    if let Ok(outcome) = sensitivity(game, &asked, budget) {
        let (found, stop) = (outcome.value(), outcome.stop());
        dossier.sensitivity = Some(single::finding(game, found, main, &variants, stop));
    }
    dossier.doubt = doubted(game, &variants, budget);
    if !model.views.is_empty() {
        dossier.perception = perceive(document, text);
    }
    if !model.terms.is_empty() {
        dossier.terms = read(document, game, &variants, budget);
    }
    if game.status_quo.is_some() && model.as_of.is_some() {
        dossier.forecast = forecasted(document, game, text, budget);
    }
    dossier.analysis = Some(analysis);
    dossier.summary = story::summary(dossier);
}

fn held(game: &Game<'_>, analysis: &Analysis) -> Vec<StateId> {
    let found = analysis.equilibria.get(&analysis.settings.main);
    let found = found.into_iter().flatten();
    found.filter_map(|id| game.by_id(*id)).collect()
}

fn evolution(
    game: &Game<'_>,
    analysis: &Analysis,
    variants: &[String],
    budget: &Budget,
) -> Option<followed::Evolution> {
    let equilibria = held(game, analysis);
    let aims = equilibria_by_class(game, &equilibria);
    let targets = aims.iter().map(|a| a.states(game, &equilibria)).collect();
    let Coalitions { coalitions, all } = coalitions(game.model.parties.len());
    let request = evolution::Request {
        start: game.status_quo?,
        targets,
        coalitions,
        tables: false,
    };
    let outcome = courses(&game.conflict(), &request, budget);
    Some(followed::finding(&followed::Found {
        game,
        variants,
        request: &request,
        aims: &aims,
        concepts: &vec![Concept::Seq; game.model.parties.len()],
        equilibria: &equilibria,
        all_coalitions: all,
        courses: outcome.value(),
        stop: outcome.stop(),
    }))
}

/// The cheapest plans for the first classes without an equilibrium.
fn plans(
    game: &Game<'_>,
    analysis: &Analysis,
    variants: &[String],
    budget: &Budget,
) -> Vec<breakthrough::Breakthrough> {
    let equilibria = held(game, analysis);
    let mut budget = budget.clone();
    budget.max_work = 500;
    let of_party = |party: &Party| match party.preferences {
        Preferences::Statements(_) => {
            let changes = StatementChanges {
                drop: true,
                reverse: true,
                pass: true,
                insert: Vec::new(),
            };
            PreferenceChange::Statements(Prices::default(), changes)
        }
        _ => PreferenceChange::Ranks(Prices::default()),
    };
    let each = analysis.classes.iter().filter_map(|class| {
        let name = class.name.as_ref()?;
        let states = class.states.iter().filter_map(|s| game.by_id(*s));
        let states: Vec<StateId> = states.collect();
        if states.is_empty() || states.iter().any(|s| equilibria.contains(s)) {
            return None;
        }
        let question = Question {
            wants: vec![Want::Some(states)],
            judgements: vec![vec![Concept::Seq; game.graph.parties()]],
            reachable: None,
            permitted: Permitted {
                preferences: game.model.parties.iter().map(of_party).collect(),
                structure: Vec::new(),
            },
            most_plans: 3,
            up_to: None,
        };
        let asked = breakthrough::Asked {
            question: &question,
            names: &[format!("\"{name}\"")],
            permitted: &[],
            could_permit: &[],
            variants,
            taken: &[],
        };
        let outcome = solve(game, &question, &budget).ok()?;
        breakthrough::finding(game, &asked, outcome.value(), outcome.stop(), &budget).ok()
    });
    each.take(2).collect()
}

fn doubted(game: &Game<'_>, variants: &[String], budget: &Budget) -> Option<in_doubt::Doubt> {
    let family = Family::new(game, MOST_COMPLETIONS, budget).ok()?;
    let parties = game.model.parties.len();
    let mut request = detente::analysis::doubt::Request::usual(parties, Concept::Seq);
    request.samples = 50;
    let outcome = doubt(&family, &request, budget).ok()?;
    Some(in_doubt::finding(in_doubt::Asked {
        family: &family,
        request: &request,
        main: Concept::Seq,
        variants,
        doubts: outcome.value(),
        stop: outcome.stop(),
    }))
}

fn read(
    document: &ast::Document,
    game: &Game<'_>,
    variants: &[String],
    budget: &Budget,
) -> Option<readings::Terms> {
    let request = detente::analysis::terms::Request {
        terms: (0..game.model.terms.len()).collect(),
        concepts: vec![Concept::Seq],
        settings: detente::analysis::Settings::default(),
    };
    let outcome = terms(document, game, &request, budget).ok()?;
    let islands = islands(game, budget);
    Some(readings::finding(&readings::Found {
        game,
        variants,
        request: &request,
        terms: outcome.value(),
        islands: Some(&islands),
        stop: outcome.stop(),
    }))
}

fn packages(model: &Model, budget: &Budget) -> Option<packages::overview::Packages> {
    let space = DealSpace::new(&model.bargain).ok()?;
    let voices = space.leaders();
    if voices.is_empty() {
        return None;
    }
    let request = overview::Request {
        voices,
        fallback: Fallback::Better,
        solutions: solutions().iter().map(|info| info.solution).collect(),
        counting: 10_000,
        cloud: 200,
    };
    let outcome = overview(&space, &model.bargain, &request, budget).ok()?;
    Some(packages::overview::finding(&packages::overview::Found {
        model,
        variants: &[],
        space: &space,
        request: &request,
        overview: outcome.value(),
        beyond: None,
        stop: outcome.stop(),
        examples: 3,
        points: usize::MAX,
    }))
}
