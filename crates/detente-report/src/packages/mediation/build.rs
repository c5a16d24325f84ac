//! From what the analysis found to the serialisable value.

use detente_analysis::bargain::mediation::{
    Bundle, Linkage, Ratified, Settlement, SideWinSet, Talks, Zone,
};
use detente_analysis::model::Model;
use detente_analysis::model::syntax::ast::Ratification;

use super::Found;
use super::about;
use super::finding::{
    BundleFinding, LinkageFinding, Mediation, RatificationFinding, RatifierFinding,
    SettlementFinding, ShiftFinding, SideFinding, ValuedFinding, VoiceFinding, WithoutFinding,
    ZoneFinding,
};
use crate::packages::exact::Exact;
use crate::packages::words;

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_>) -> Mediation {
    let names = Names {
        model: found.model,
        talks: found.talks,
    };
    let voice = |place: usize| VoiceFinding {
        name: names.voice(place),
        disagreement: names.exact(place, names.talks.floors[place]),
    };
    Mediation {
        format: "detente-mediation/1".to_owned(),
        negotiation: found.model.title.clone(),
        variants: found.variants.to_vec(),
        voices: (0..found.talks.floors.len()).map(voice).collect(),
        zone: found.zone.as_ref().map(|z| names.zone(z)),
        ratification: found.ratification.as_ref().map(|r| names.ratification(r)),
        linkage: found.linkage.as_ref().map(|l| names.linkage(l)),
        about: found.about.as_ref().map(|a| about::about(&names, a)),
        notes: found.notes.clone(),
    }
}

/// The zone alone, for an overview.
pub fn zone_in_brief(model: &Model, talks: &Talks<'_>, zone: &Zone) -> ZoneFinding {
    Names { model, talks }.zone(zone)
}

/// Ratification alone, for an overview.
pub fn ratifiers_in_brief(
    model: &Model,
    talks: &Talks<'_>,
    ratified: &Ratified,
) -> RatificationFinding {
    Names { model, talks }.ratification(ratified)
}

/// Which ratifiers must accept: `all`, `3 votes`.
pub(crate) fn rule(rule: Ratification) -> String {
    match rule {
        Ratification::All => "all".to_owned(),
        Ratification::Any => "any".to_owned(),
        Ratification::Majority => "majority".to_owned(),
        Ratification::Votes(1) => "1 vote".to_owned(),
        Ratification::Votes(votes) => format!("{votes} votes"),
    }
}

/// Everything by its name.
pub(super) struct Names<'a> {
    pub(super) model: &'a Model,
    pub(super) talks: &'a Talks<'a>,
}

impl Names<'_> {
    pub(super) fn voice(&self, place: usize) -> String {
        self.talks.space.voices[place].who.name(self.model)
    }

    pub(super) fn voices(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|v| self.voice(*v)).collect()
    }

    pub(super) fn exact(&self, voice: usize, units: i128) -> Exact {
        Exact(self.talks.utility(voice, units))
    }

    /// Units of every voice.
    pub(super) fn all(&self, units: &[i128]) -> Vec<Exact> {
        let units = units.iter().enumerate();
        units.map(|(voice, u)| self.exact(voice, *u)).collect()
    }

    pub(super) fn valued(&self, deal: &[u16]) -> ValuedFinding {
        ValuedFinding {
            package: words::deal_finding(&self.model.bargain, deal),
            worth: self.all(&self.talks.worth(deal)),
            gain: self.all(&self.talks.gains(deal)),
        }
    }

    fn settlement(&self, settlement: &Settlement) -> SettlementFinding {
        SettlementFinding {
            valued: self.valued(&settlement.deal),
            ties: settlement.ties,
            packages: settlement.packages.to_string(),
        }
    }

    fn perhaps(&self, settlement: Option<&Settlement>) -> Option<SettlementFinding> {
        settlement.map(|s| self.settlement(s))
    }

    fn zone(&self, zone: &Zone) -> ZoneFinding {
        let alone = zone.voices.iter().zip(&zone.alone);
        let nearest = zone.nearest.as_ref();
        ZoneFinding {
            voices: self.voices(&zone.voices),
            exists: zone.exists(),
            nearest: nearest.map(|n| self.valued(&n.deal)),
            together: nearest.map(|n| Exact(n.by.clone())),
            conflicts: zone.conflicts.iter().map(|c| self.voices(c)).collect(),
            alone: alone
                .map(|(voice, by)| ShiftFinding {
                    voice: self.voice(*voice),
                    by: by.map(|by| self.exact(*voice, by)),
                })
                .collect(),
        }
    }

    fn ratification(&self, found: &Ratified) -> RatificationFinding {
        let number = ToString::to_string;
        RatificationFinding {
            packages: found.packages.to_string(),
            accepted: found.voices.iter().map(number).collect(),
            sides: found.sides.iter().map(|s| self.side(s, found)).collect(),
            leaders: found.leaders.to_string(),
            ratified: found.ratified.to_string(),
            free: self.perhaps(found.free.as_ref()),
            bound: self.perhaps(found.bound.as_ref()),
            everybody: self.perhaps(found.everybody.as_ref()),
        }
    }

    fn side(&self, side: &SideWinSet, found: &Ratified) -> SideFinding {
        let home = &side.home;
        let both = home.ratifiers.iter().zip(&side.without);
        let settled = found.free.as_ref().zip(side.alone.as_ref());
        let strength = settled.zip(home.leader).map(|((free, alone), leader)| {
            self.exact(leader, alone.worth[leader] - free.worth[leader])
        });
        SideFinding {
            party: self.model.party(home.party).name.clone(),
            rule: rule(home.rule),
            win_set: side.size.to_string(),
            ratifiers: both
                .map(|((voice, votes), without)| RatifierFinding {
                    name: self.voice(*voice),
                    votes: *votes,
                    win_set_without: without.size.to_string(),
                    ratified_without: without.ratified.to_string(),
                })
                .collect(),
            strength: strength.filter(|_| !home.ratifiers.is_empty()),
        }
    }

    fn bundle(&self, bundle: &Bundle) -> BundleFinding {
        let name = |issue: &usize| self.model.bargain.issues[*issue].name.clone();
        let groups = bundle.groups.iter();
        BundleFinding {
            groups: groups.map(|g| g.iter().map(name).collect()).collect(),
            valued: self.valued(&bundle.deal),
            permitted: bundle.permitted,
            accepted: bundle.accepted,
        }
    }

    fn linkage(&self, found: &Linkage) -> LinkageFinding {
        let [apart_nash, apart_utilitarian] = &found.apart;
        let grouped = found.grouped.as_ref();
        let issues = found.issues.iter().map(|w| WithoutFinding {
            name: self.model.bargain.issues[w.issue].name.clone(),
            zone: w.zone.to_string(),
            nash: self.perhaps(w.nash.as_ref()),
        });
        let voices = found.voices.iter().map(|w| WithoutFinding {
            name: self.voice(w.voice),
            zone: w.zone.to_string(),
            nash: self.perhaps(w.nash.as_ref()),
        });
        LinkageFinding {
            zone: found.zone.to_string(),
            nash: self.perhaps(found.nash.as_ref()),
            utilitarian: self.perhaps(found.utilitarian.as_ref()),
            apart_nash: self.bundle(apart_nash),
            apart_utilitarian: self.bundle(apart_utilitarian),
            grouped_nash: grouped.map(|[nash, _]| self.bundle(nash)),
            grouped_utilitarian: grouped.map(|[_, sum]| self.bundle(sum)),
            without_issue: issues.collect(),
            without_voice: voices.collect(),
        }
    }
}
