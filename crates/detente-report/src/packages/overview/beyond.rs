//! What becomes of agreements beyond the table: at home, where they must be ratified, and in the conflict.

use std::collections::BTreeMap;

use detente_analysis::bargain::Deal;
use detente_analysis::bargain::mediation::{Home, Ratified, Talks, Zone};
use detente_analysis::holding::Holding;
use detente_analysis::model::Model;
use detente_analysis::stability::Fate;
use detente_analysis::{Concept, Game};

use super::finding::{KeptFinding, RatifiedFinding};
use crate::packages::exact::Exact;
use crate::packages::{mediation, words};
use crate::{build, why};

/// What was found beyond the table.
pub struct Beyond<'a> {
    /// The packages, and what everybody has without one.
    pub talks: &'a Talks<'a>,
    /// The sides on which somebody must ratify.
    pub homes: Vec<Home>,
    /// The first package of each point that a rule of division picks, by the place of the point.
    pub picked: BTreeMap<usize, Deal>,
    /// Who is in the way, where nothing is accepted by all.
    pub in_the_way: Option<Zone>,
    /// What ratification does.
    pub ratification: Option<Ratified>,
    /// What each package with a name may mean; `None` where that is too much.
    pub meanings: Vec<Option<Vec<Deal>>>,
    /// What packages make of the conflict, or why it is not known; `None` where the text does not say.
    pub held: Option<Result<Held<'a>, String>>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// What packages make of the conflict.
pub struct Held<'a> {
    /// The conflict.
    pub game: &'a Game<'a>,
    /// The concept by which each party judges.
    pub judges: Vec<Concept>,
    /// What picked packages make of it, by the place of their point.
    pub picked: BTreeMap<usize, Holding>,
    /// What each package with a name makes of it: the first package with each result, how many have it, the result.
    pub named: Vec<Vec<(Deal, usize, Holding)>>,
}

impl Held<'_> {
    /// `seq`, or `US nash, DPRK seq` when they differ.
    pub(super) fn judges(&self) -> String {
        let names: Vec<String> = self
            .judges
            .iter()
            .map(|c| build::concept_name(self.game, *c))
            .collect();
        match names.first() {
            Some(first) if names.iter().all(|n| n == first) => first.clone(),
            _ => {
                let parties = self.game.model.parties.iter().zip(&names);
                let parts: Vec<String> = parties
                    .map(|(p, name)| format!("{} {name}", p.name))
                    .collect();
                parts.join(", ")
            }
        }
    }

    fn kept(&self, deal: &[u16], meanings: usize, holding: &Holding) -> KeptFinding {
        let model = self.game.model;
        let undone = holding.verdicts.iter().find(|v| !v.stable);
        KeptFinding {
            package: words::deal_finding(&model.bargain, deal),
            meanings,
            on: crate::words::levels_on(model, &holding.levels),
            state: holding.state.map(|s| build::state(self.game, s)),
            holds: holding.holds(),
            undone_by: undone.map(|verdict| {
                let open = |fate: &Fate| matches!(fate, Fate::Open { .. });
                match verdict.improvements.iter().find(|i| open(&i.fate)) {
                    Some(improvement) => why::reason(self.game, verdict, improvement),
                    None => why::claim(self.game, verdict),
                }
            }),
        }
    }
}

impl Beyond<'_> {
    pub(super) fn voices(&self, model: &Model) -> Vec<mediation::VoiceFinding> {
        let voices = self.talks.space.voices.iter().zip(&self.talks.floors);
        voices
            .map(|(voice, floor)| mediation::VoiceFinding {
                name: voice.who.name(model),
                disagreement: Exact(voice.utility(*floor)),
            })
            .collect()
    }

    pub(super) fn in_the_way(&self, model: &Model) -> Option<mediation::ZoneFinding> {
        let zone = self.in_the_way.as_ref()?;
        Some(mediation::zone_in_brief(model, self.talks, zone))
    }

    pub(super) fn ratification(&self, model: &Model) -> Option<mediation::RatificationFinding> {
        let found = self.ratification.as_ref()?;
        Some(mediation::ratifiers_in_brief(model, self.talks, found))
    }

    /// Whether each side that must ratify does.
    pub(super) fn ratified(&self, model: &Model, deal: &Deal) -> Vec<RatifiedFinding> {
        self.all_ratified(model, Some(std::slice::from_ref(deal)))
    }

    pub(super) fn named_ratified(&self, model: &Model, place: usize) -> Vec<RatifiedFinding> {
        match self.meanings.get(place) {
            Some(Some(none)) if none.is_empty() => Vec::new(),
            Some(deals) => self.all_ratified(model, deals.as_deref()),
            None => Vec::new(),
        }
    }

    fn all_ratified(&self, model: &Model, deals: Option<&[Deal]>) -> Vec<RatifiedFinding> {
        let verdict = |home: &Home, deals: &[Deal]| {
            let yes = deals.iter().filter(|d| home.is_ratified(self.talks, d));
            match yes.count() {
                0 => "no",
                all if all == deals.len() => "yes",
                _ => "depends",
            }
        };
        let homes = self.homes.iter();
        homes
            .map(|home| RatifiedFinding {
                party: model.party(home.party).name.clone(),
                rule: mediation::rule(home.rule),
                ratified: deals.map(|deals| verdict(home, deals).to_owned()),
            })
            .collect()
    }

    fn known(&self) -> Option<&Held<'_>> {
        self.held.as_ref()?.as_ref().ok()
    }

    pub(super) fn picked_holds(&self, place: usize) -> Option<KeptFinding> {
        let (held, deal) = (self.known()?, self.picked.get(&place)?);
        Some(held.kept(deal, 1, held.picked.get(&place)?))
    }

    pub(super) fn named_holds(&self, place: usize) -> Vec<KeptFinding> {
        let Some(held) = self.known() else {
            return Vec::new();
        };
        let results = held.named.get(place).into_iter().flatten();
        results
            .map(|(deal, meanings, holding)| held.kept(deal, *meanings, holding))
            .collect()
    }
}
