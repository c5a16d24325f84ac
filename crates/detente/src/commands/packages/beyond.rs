//! What becomes of agreements beyond the table, as far as the overview tells of it.

use std::collections::BTreeMap;

use detente::analysis::bargain::mediation::{Home, Talks, homes, ratification, readings, zone};
use detente::analysis::bargain::overview::{Overview, Request};
use detente::analysis::bargain::{Deal, DealSpace};
use detente::analysis::holding::{Follower, Unheld, can_say};
use detente::analysis::model::Model;
use detente::analysis::{Budget, Concept, Game, Settings, codes};
use detente::report::packages::overview::{Beyond, Held};

use super::holding;
use crate::cli::packages::PackagesArgs;
use crate::failure::Failure;
use crate::input::Loaded;

/// States of the conflict that are listed at most when no limit is asked for.
const STATES: u64 = 1 << 14;

/// Partial assignments that are looked at for that at most when no limit is asked for.
const STEPS: u64 = 1 << 22;

/// Tied points of a rule of division that are followed at most.
const MOST_TIES: usize = 20;

/// What a package with a name may mean at most, to be looked at.
const MOST_MEANINGS: usize = 1_000;

/// The conflict in which agreements end, or why it is not looked at; `None` when the text does not say what an agreement
/// makes of it.
pub(super) fn conflict<'m>(
    args: &PackagesArgs,
    model: &'m Model,
    budget: &Budget,
) -> Option<Result<Game<'m>, String>> {
    match can_say(model) {
        Err(Unheld::Unsaid) => return None,
        Err(why) => return Some(Err(why.to_string())),
        Ok(()) => {}
    }
    let mut budget = budget.clone();
    budget.max_states = args.limits.states.unwrap_or(STATES);
    budget.max_steps = args.limits.steps.unwrap_or(STEPS);
    let game = Game::new(model, &budget);
    Some(game.map_err(|problems| {
        let problem = problems.first();
        problem.map_or_else(
            || "the conflict has no states".to_owned(),
            |p| match p.code {
                codes::TOO_LARGE => format!("{}; --max-states allows more", p.message),
                _ => p.message.clone(),
            },
        )
    }))
}

/// What is asked, and what is known already.
pub(super) struct Asking<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) model: &'a Model,
    pub(super) space: &'a DealSpace,
    pub(super) request: &'a Request,
    pub(super) overview: &'a Overview,
    /// Whether the whole frontier is known.
    pub(super) complete: bool,
    pub(super) talks: &'a Talks<'a>,
    pub(super) game: Option<&'a Result<Game<'a>, String>>,
    pub(super) budget: &'a Budget,
}

impl<'a> Asking<'a> {
    /// What becomes of agreements. What would take long is left out, and a note says so.
    pub(super) fn find(&self) -> Result<Beyond<'a>, Failure> {
        let mut quick = self.budget.clone();
        quick.max_work = self.request.counting;
        let mut notes = Vec::new();
        let all_homes = homes(self.space, &self.model.bargain.sides);
        let nothing = self.complete && !self.overview.acceptable.contains(&true);
        let in_the_way = if nothing {
            match zone(self.talks, &self.request.voices, &quick) {
                Ok(found) => Some(found),
                Err(stop) => {
                    notes.push(format!("Who is in the way was not found: {stop}."));
                    None
                }
            }
        } else {
            None
        };
        let must: Vec<Home> = all_homes
            .iter()
            .filter(|h| !h.ratifiers.is_empty())
            .cloned()
            .collect();
        let ratification = if must.is_empty() {
            None
        } else {
            match ratification(self.talks, &all_homes, &quick) {
                Ok(found) => Some(found),
                Err(stop) => {
                    notes.push(format!(
                        "What is ratified at home was not counted: {stop}; --ratification goes on."
                    ));
                    None
                }
            }
        };
        let (mut picked, mut meanings) = (BTreeMap::new(), Vec::new());
        if !must.is_empty() || self.game.is_some() {
            picked = self.picked();
            meanings = self.meanings(&mut notes);
        }
        let held = match self.game {
            None => None,
            Some(Err(why)) => Some(Err(why.clone())),
            Some(Ok(game)) => {
                let judges = holding::judges(self.loaded, self.model, None)?;
                Some(
                    self.held(game, judges, &picked, &meanings)
                        .map_err(|why| holding::unheld(game, &why)),
                )
            }
        };
        Ok(Beyond {
            talks: self.talks,
            homes: must,
            picked,
            in_the_way,
            ratification,
            meanings,
            held,
            notes,
        })
    }

    /// The first package of each point that a rule picks.
    fn picked(&self) -> BTreeMap<usize, Deal> {
        let chosen = self.overview.chosen.iter().filter_map(|(_, c)| c.as_ref());
        let places = chosen.flat_map(|c| c.points.iter().take(MOST_TIES));
        let mut picked = BTreeMap::new();
        for place in places {
            if picked.contains_key(place) {
                continue;
            }
            if let Some(deal) = self.overview.frontier.packages(*place, 1).pop() {
                picked.insert(*place, deal);
            }
        }
        picked
    }

    /// What each package with a name may mean.
    fn meanings(&self, notes: &mut Vec<String>) -> Vec<Option<Vec<Deal>>> {
        let packages = self.model.bargain.packages.iter();
        let mut all = Vec::new();
        for package in packages {
            let sizes = package.levels.iter().map(Vec::len);
            let number = sizes.fold(1_usize, usize::saturating_mul);
            let found = if number > MOST_MEANINGS {
                None
            } else {
                readings(self.space, &package.levels, MOST_MEANINGS, self.budget).ok()
            };
            if found.is_none() {
                notes.push(format!(
                    "What becomes of `{name}` at home and in the conflict was not looked at, since it may mean too \
                     much; --about {name} does.",
                    name = package.name
                ));
            }
            all.push(found);
        }
        all
    }

    fn held(
        &self,
        game: &'a Game<'a>,
        judges: Vec<Concept>,
        deals: &BTreeMap<usize, Deal>,
        meanings: &[Option<Vec<Deal>>],
    ) -> Result<Held<'a>, Unheld> {
        let mut follower = Follower::new(game, judges.clone(), Settings::default());
        let mut picked = BTreeMap::new();
        for (place, deal) in deals {
            picked.insert(*place, follower.follow(deal, self.budget)?);
        }
        let mut named = Vec::new();
        for deals in meanings {
            let deals = deals.clone().unwrap_or_default();
            named.push(follower.results(deals, self.budget)?);
        }
        Ok(Held {
            game,
            judges,
            picked,
            named,
        })
    }
}
