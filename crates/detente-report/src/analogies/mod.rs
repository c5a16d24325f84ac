//! Cases that are alike in structure, and what came of them, as serialisable values.

mod text;

use detente_analysis::likeness::{self, FEATURES, Features, OrdinalType, distance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use text::{csv, text};

/// So many features are told that bring a case near, and so many that part it.
const TOLD: usize = 3;

/// Cases are ranked only when their common features have this share of all weights.
pub const ENOUGH: f64 = 0.5;

/// Cases by likeness.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Analogies {
    /// What this is: `detente-analogies/1`.
    pub format: String,
    /// What the negotiation is called.
    pub title: String,
    /// The features with their weights, and what the negotiation has of each. Floats.
    pub features: Vec<Feature>,
    /// Its type when it is a strict game of two parties with two choices each.
    pub game: Option<Game>,
    /// The cases, nearest first, then by name.
    pub cases: Vec<Analogy>,
    /// Cases that are not ranked, and why.
    pub not_ranked: Vec<NotRanked>,
    /// How many different episodes the ranked cases with a known outcome are of: several cases may model the same one.
    pub episodes: usize,
    /// What so many cases can show.
    pub caution: String,
    /// Why what follows from the moves of the negotiation itself is not compared; `null` when it is.
    pub stopped: Option<String>,
}

/// A feature of the negotiation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Feature {
    /// Its short name.
    pub id: String,
    /// What it is.
    pub what: String,
    /// How it is brought to a number from 0 to 1.
    pub scale: String,
    /// What it weighs.
    pub weight: f64,
    /// What the negotiation has, from 0 to 1; `null` where it has no such thing.
    pub value: Option<f64>,
}

/// The type of a strict 2x2 game.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Game {
    /// The payoffs of both parties in the four outcomes, row by row, 4 for the best.
    pub payoffs: String,
    /// The name that everybody knows, if there is one.
    pub name: Option<String>,
}

/// One case beside the negotiation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Analogy {
    /// Its name in the collection, or its file.
    pub case: String,
    /// What it is called.
    pub title: String,
    /// From 0, alike in every feature, to 1.
    pub distance: f64,
    /// The share of all weights that the common features have.
    pub compared: f64,
    /// Whether both are the same strict 2x2 game.
    pub same_game: bool,
    /// The common features that bring it near: those of the greatest weight that are alike.
    pub near: Vec<Beside>,
    /// The features that part it most.
    pub apart: Vec<Beside>,
    /// What came of it; `null` when nothing is said.
    pub came_of: Option<CameOf>,
}

/// A feature of both.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Beside {
    /// Its short name.
    pub feature: String,
    /// What the negotiation has.
    pub here: f64,
    /// What the case has.
    pub there: f64,
    /// What the difference adds to the distance.
    pub part: f64,
}

/// What came of a negotiation: the form of `outcome.json` beside a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CameOf {
    /// Of which episode it is; `null` for textbook games.
    pub episode: Option<String>,
    /// In a few words: `agreement`, `no agreement`, `war averted`, `nothing happened`.
    pub kind: String,
    /// When: a day, a month or a year.
    pub when: Option<String>,
    /// A sentence.
    pub what: String,
    /// Where this is known from.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// How the source was used: read, or recalled.
    pub provenance: Option<String>,
}

/// A case that is not ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotRanked {
    /// Its name in the collection, or its file.
    pub case: String,
    /// Why.
    pub why: String,
}

/// A case as it was described.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Its name in the collection, or its file.
    pub case: String,
    /// What it is called.
    pub title: String,
    /// Its features, or why there are none.
    pub features: Result<Features, String>,
    /// What came of it.
    pub came_of: Option<CameOf>,
}

/// Ranks cases by their distance.
pub fn finding(
    title: &str,
    own: &Features,
    stopped: Option<String>,
    cases: Vec<Described>,
) -> Analogies {
    let mut ranked = Vec::new();
    let mut not_ranked = Vec::new();
    for case in cases {
        let why = match &case.features {
            Err(why) => Err(why.clone()),
            Ok(features) => {
                let apart = distance(own, features);
                match apart.value {
                    Some(value) if apart.compared >= ENOUGH => {
                        Ok(analogy(own, features, value, &apart, &case))
                    }
                    _ => Err(format!(
                        "too little in common: features of {:.0} % of the weight, {:.0} % are needed",
                        apart.compared * 100.0,
                        ENOUGH * 100.0
                    )),
                }
            }
        };
        match why {
            Ok(analogy) => ranked.push(analogy),
            Err(why) => not_ranked.push(NotRanked {
                case: case.case,
                why,
            }),
        }
    }
    ranked.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.case.cmp(&b.case)));
    let mut episodes: Vec<&str> = ranked
        .iter()
        .filter_map(|a| a.came_of.as_ref()?.episode.as_deref())
        .collect();
    episodes.sort_unstable();
    episodes.dedup();
    let episodes = episodes.len();
    Analogies {
        format: "detente-analogies/1".to_owned(),
        title: title.to_owned(),
        features: FEATURES
            .iter()
            .zip(own.values)
            .map(|(feature, value)| Feature {
                id: feature.id.to_owned(),
                what: feature.what.to_owned(),
                scale: feature.scale.to_owned(),
                weight: feature.weight,
                value,
            })
            .collect(),
        game: own.ordinal.map(game),
        caution: caution(ranked.len(), episodes),
        cases: ranked,
        not_ranked,
        episodes,
        stopped,
    }
}

fn game(ordinal: OrdinalType) -> Game {
    Game {
        payoffs: ordinal.to_string(),
        name: ordinal.name().map(str::to_owned),
    }
}

fn analogy(
    own: &Features,
    features: &Features,
    value: f64,
    apart: &likeness::Distance,
    case: &Described,
) -> Analogy {
    let beside = |(place, part): &(usize, f64)| {
        let (here, there) = (own.values.get(*place)?, features.values.get(*place)?);
        Some(Beside {
            feature: FEATURES.get(*place)?.id.to_owned(),
            here: (*here)?,
            there: (*there)?,
            part: *part,
        })
    };
    let weight = |place: usize| FEATURES.get(place).map_or(0.0, |f| f.weight);
    let likeness =
        |beside: &Beside, place: usize| weight(place) * (1.0 - (beside.here - beside.there).abs());
    let mut near: Vec<(f64, usize, Beside)> = apart
        .parts
        .iter()
        .filter_map(|part| {
            let beside = beside(part)?;
            Some((likeness(&beside, part.0), part.0, beside))
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let far = apart
        .parts
        .iter()
        .filter(|(_, part)| *part > 0.0)
        .filter_map(beside);
    let far: Vec<Beside> = far.take(TOLD).collect();
    let near = near.into_iter().map(|(_, _, beside)| beside);
    let near = near.filter(|b| !far.iter().any(|f| f.feature == b.feature));
    Analogy {
        case: case.case.clone(),
        title: case.title.clone(),
        distance: value,
        compared: apart.compared,
        same_game: own.ordinal.is_some() && own.ordinal == features.ordinal,
        near: near.take(TOLD).collect(),
        apart: far,
        came_of: case.came_of.clone(),
    }
}

/// What so many cases can show.
fn caution(cases: usize, episodes: usize) -> String {
    let known = match episodes {
        0 => "of no episode the outcome is known".to_owned(),
        1 => "of one episode the outcome is known".to_owned(),
        n => format!("of {n} episodes the outcome is known"),
    };
    let plural = if cases == 1 { "case" } else { "cases" };
    format!(
        "{cases} {plural}; {known}. So few show what to look at, and how a like structure has ended; they give no \
         frequency and no forecast. Somebody chose them: they were not drawn by lot."
    )
}
