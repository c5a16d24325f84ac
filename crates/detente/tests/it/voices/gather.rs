//! What every part of a dossier that the later sections tell of finds, asked through the public library.

use std::collections::BTreeMap;

use detente::analysis::bargain::mediation::{Home, Talks, homes, ratification, readings, zone};
use detente::analysis::bargain::overview::{self, Fallback, Request as PackagesRequest};
use detente::analysis::bargain::{Deal, DealSpace, solutions};
use detente::analysis::claims::score::calibration::Bins;
use detente::analysis::claims::score::score;
use detente::analysis::claims::{Course, judge, questions};
use detente::analysis::doubt::places::{MOST_PLACED, places};
use detente::analysis::doubt::{self, Family, MOST_COMPLETIONS};
use detente::analysis::evidence::{Question, evidence, timeline};
use detente::analysis::holding::{Follower, can_say};
use detente::analysis::hypergame::{self, Hypergame, Sights, moves_deleted};
use detente::analysis::model::present;
use detente::analysis::relation::Degrees;
use detente::analysis::terms::{self, islands};
use detente::analysis::timed::{self, Behaviour, Method, PACE, Target};
use detente::analysis::{Budget, Concept, Game, Settings, StateSet};
use detente::model::Model;
use detente::report::build::Witnesses;
use detente::report::claims::Claims;
use detente::report::dossier::{Dossier, LeftOut};
use detente::report::doubt::Doubt;
use detente::report::evidence::{Ledger, Shown, Unread};
use detente::report::forecast::Forecast;
use detente::report::packages::overview::{Beyond, Held, Packages};
use detente::report::perception::{Perception, Semantics};
use detente::report::places::Places;
use detente::report::terms::Terms;
use detente::report::timeline::Calendar;
use detente::report::{moves, story};
use detente::syntax::ast::Document;
use indexmap::IndexMap;

use crate::dossiers::{analysis, started};
use crate::harness::{document, model};

/// How much is drawn and compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// As the commands do it.
    Usual,
    /// Forecasts by few histories.
    Drawn,
}

/// The dossier of a text; `texts` are those of its sources.
pub(super) fn dossier(text: &str, texts: &IndexMap<String, String>, effort: Effort) -> Dossier {
    let document = document(text, &[]);
    let model = model(&document);
    let budget = Budget::default();
    let mut dossier = started(&document, &model, &[]);
    dossier.calendar = Some(calendar(&document, &model));
    dossier.claims = claims(&document, &model);
    let game = if model.options.is_empty() && model.states.is_empty() {
        None
    } else {
        Some(Game::new(&model, &budget).unwrap_or_else(|e| panic!("{e:?}\n{text}")))
    };
    dossier.evidence = Some(ledger(&document, &model, texts, game.as_ref()));
    dossier.packages = packages(&model, game.as_ref());
    if let Some(game) = &game {
        of_states(&document, game, effort, &mut dossier);
    } else {
        for part in ["analysis", "perception", "terms", "forecast"] {
            dossier.left_out.push(LeftOut {
                part: part.to_owned(),
                why: "there are issues and no options, and so no conflict".to_owned(),
            });
        }
    }
    dossier
}

fn of_states(document: &Document, game: &Game<'_>, effort: Effort, dossier: &mut Dossier) {
    dossier.analysis = Some(analysis(game, Concept::Seq, Witnesses::Equilibria, &[]));
    dossier.moves = Some(moves::finding(game));
    dossier.perception = Some(perception(document));
    dossier.terms = Some(terms_found(document, game));
    dossier.doubt = Some(doubt_found(game));
    dossier.places = Some(places_found(game));
    dossier.forecast = forecast(document, game, effort);
    dossier.summary = story::summary(dossier);
}

fn places_found(game: &Game<'_>) -> Places {
    let budget = Budget::default();
    let family = Family::new(game, MOST_PLACED, &budget).unwrap();
    let found = places(&family, (MOST_PLACED, 1), &budget);
    let degrees = Degrees::of(game, &budget).ok();
    detente::report::places::finding(game, found.value(), degrees.as_ref(), found.stop())
}

fn calendar(document: &Document, model: &Model) -> Calendar {
    let found = timeline(document, model, None);
    detente::report::timeline::finding(&detente::report::timeline::Found {
        model,
        variants: &[],
        party: None,
        timeline: &found,
        on: None,
    })
}

fn claims(document: &Document, model: &Model) -> Option<Claims> {
    if model.record.claims.is_empty() {
        return None;
    }
    let course = Course::new(document, model).ok()?;
    let judged = judge(model, &course);
    let questions = questions(model, &judged);
    let scores = score(&questions, Bins::Bands);
    Some(detente::report::claims::finding(
        &detente::report::claims::Found {
            model,
            judged: &judged,
            questions: &questions,
            scores: &scores,
        },
    ))
}

fn ledger(
    document: &Document,
    model: &Model,
    texts: &IndexMap<String, String>,
    game: Option<&Game<'_>>,
) -> Ledger {
    let question = Question {
        document,
        model,
        texts,
        game,
    };
    let outcome = evidence(&question, &Budget::default());
    let unread = model.sources.iter().filter_map(|source| {
        let file = source.file.clone()?;
        (!texts.contains_key(&source.name)).then(|| Unread {
            source: source.name.clone(),
            file,
            why: "it is not there".to_owned(),
        })
    });
    let unread: Vec<Unread> = unread.collect();
    detente::report::evidence::finding(&detente::report::evidence::Found {
        model,
        variants: &[],
        evidence: outcome.value(),
        unread: &unread,
        not_compared: None,
        shown: &Shown {
            all: true,
            ..Shown::default()
        },
        stopped: outcome.stop().map(ToString::to_string),
    })
}

fn perception(document: &Document) -> Perception {
    let budget = Budget::default();
    let sights = Sights::new(document).unwrap();
    let hypergame = Hypergame::new(&sights, &budget).unwrap();
    let parties = sights.truth().parties.len();
    let all = |concept| vec![vec![concept; parties]; hypergame.games.len()];
    let judgements = all(Concept::Seq);
    let judged = hypergame.judge(&judgements, &budget).unwrap();
    let deleted = moves_deleted(&hypergame, &judgements[0], &budget).unwrap();
    let by_concept = [Concept::Nash, Concept::Seq];
    let by_concept = by_concept.map(|c| (c, hypergame.judge(&all(c), &budget).unwrap()));
    let request = hypergame::Request {
        eyes: sights.truth().party_ids().collect(),
        states: Vec::new(),
    };
    let by = |model: &Model| Some(vec![Concept::Seq; model.parties.len()]);
    let outcome = hypergame::study(document, &hypergame, &judged, &by, &request, &budget).unwrap();
    detente::report::perception::finding(&detente::report::perception::Found {
        hypergame: &hypergame,
        variants: &[],
        semantics: Semantics::Hypergame,
        judged: &judged,
        deleted: &deleted,
        by_concept: &by_concept,
        findings: outcome.value(),
        stop: outcome.stop(),
    })
}

fn terms_found(document: &Document, game: &Game<'_>) -> Terms {
    let budget = Budget::default();
    let request = terms::Request {
        terms: (0..game.model.terms.len()).collect(),
        concepts: vec![Concept::Nash, Concept::Seq],
        settings: Settings::default(),
    };
    let outcome = terms::terms(document, game, &request, &budget).unwrap();
    let islands = islands(game, &budget);
    detente::report::terms::finding(&detente::report::terms::Found {
        game,
        variants: &[],
        request: &request,
        terms: outcome.value(),
        islands: Some(&islands),
        stop: outcome.stop(),
    })
}

fn doubt_found(game: &Game<'_>) -> Doubt {
    let budget = Budget::default();
    let family = Family::new(game, MOST_COMPLETIONS, &budget).unwrap();
    let request = doubt::Request::usual(game.model.parties.len(), Concept::Seq);
    let outcome = doubt::doubt(&family, &request, &budget).unwrap();
    detente::report::doubt::finding(detente::report::doubt::Asked {
        family: &family,
        request: &request,
        main: Concept::Seq,
        variants: &[],
        doubts: outcome.value(),
        stop: outcome.stop(),
    })
}

fn forecast(document: &Document, game: &Game<'_>, effort: Effort) -> Option<Forecast> {
    let model = game.model;
    let (until, reason) = timed::horizon(model)?;
    game.status_quo?;
    if model.classes.is_empty() {
        return None;
    }
    let parties = model.parties.len();
    let targets = model.classes.iter().enumerate().map(|(place, class)| {
        let mut states = StateSet::empty(game.space.len());
        let own = game
            .space
            .ids()
            .filter(|s| game.headline(*s) == Some(place));
        own.for_each(|s| {
            states.insert(s);
        });
        Target {
            name: class.name.clone(),
            states,
            class: Some(place),
        }
    });
    let paces = model.parties.iter().map(|p| p.pace.unwrap_or(PACE));
    let request = timed::Request {
        until,
        paces: paces.collect(),
        behaviours: vec![Behaviour::Improving; parties],
        meeting: 500_000,
        targets: targets.collect(),
        dates: Vec::new(),
        method: match effort {
            Effort::Usual => Method::Auto,
            Effort::Drawn => Method::Sampled,
        },
        replicates: 2_000,
        seed: 7,
        comparisons: true,
    };
    let after = |events: &[usize]| present::after(document, events);
    let outcome = timed::forecast(game, &after, &request, &Budget::default()).ok()?;
    let stop = outcome.stop();
    Some(detente::report::forecast::finding(
        &detente::report::forecast::Found {
            game,
            variants: &[],
            request: &request,
            reason,
            paced: &vec![false; parties],
            forecast: outcome.value(),
            stop,
        },
    ))
}

fn packages(model: &Model, game: Option<&Game<'_>>) -> Option<Packages> {
    let space = DealSpace::new(&model.bargain).ok()?;
    let budget = Budget::default();
    let request = PackagesRequest {
        voices: space.leaders(),
        fallback: Fallback::Better,
        solutions: solutions().iter().map(|s| s.solution).collect(),
        counting: 200_000,
        cloud: 500,
    };
    let outcome = overview::overview(&space, &model.bargain, &request, &budget).ok()?;
    let found = outcome.value();
    let talks = Talks {
        space: &space,
        floors: found.sides.iter().map(|s| s.disagreement).collect(),
    };
    let all_homes = homes(&space, &model.bargain.sides);
    let must = all_homes.iter().filter(|h| !h.ratifiers.is_empty());
    let must: Vec<Home> = must.cloned().collect();
    let nothing = !found.acceptable.contains(&true);
    let mut picked: BTreeMap<usize, Deal> = BTreeMap::new();
    let chosen = found.chosen.iter().filter_map(|(_, c)| c.as_ref());
    for place in chosen.flat_map(|c| &c.points) {
        if let Some(deal) = found.frontier.packages(*place, 1).pop() {
            picked.insert(*place, deal);
        }
    }
    let meanings = model.bargain.packages.iter();
    let meanings: Vec<Option<Vec<Deal>>> = meanings
        .map(|p| readings(&space, &p.levels, 1_000, &budget).ok())
        .collect();
    let held = game.filter(|_| can_say(model).is_ok()).map(|game| {
        let judges = vec![Concept::Seq; model.parties.len()];
        let mut follower = Follower::new(game, judges.clone(), Settings::default());
        let mut followed = BTreeMap::new();
        for (place, deal) in &picked {
            followed.insert(*place, follower.follow(deal, &budget).unwrap());
        }
        let named = meanings.iter().map(|deals| {
            let deals = deals.clone().unwrap_or_default();
            follower.results(deals, &budget).unwrap()
        });
        let named = named.collect();
        Ok(Held {
            game,
            judges,
            picked: followed,
            named,
        })
    });
    let beyond = Beyond {
        talks: &talks,
        in_the_way: nothing.then(|| zone(&talks, &request.voices, &budget).unwrap()),
        ratification: (!must.is_empty())
            .then(|| ratification(&talks, &all_homes, &budget).unwrap()),
        homes: must,
        picked,
        meanings,
        held,
        notes: Vec::new(),
    };
    Some(detente::report::packages::overview::finding(
        &detente::report::packages::overview::Found {
            model,
            variants: &[],
            space: &space,
            request: &request,
            overview: found,
            beyond: Some(&beyond),
            stop: outcome.stop(),
            examples: 3,
            points: usize::MAX,
        },
    ))
}
