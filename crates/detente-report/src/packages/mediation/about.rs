//! One package in depth, in its serialisable form.

use detente_analysis::Game;
use detente_analysis::bargain::Deal;
use detente_analysis::bargain::mediation::{Change, Improvement, Trade};
use detente_analysis::holding::Holding;

use super::build::Names;
use super::finding::{
    AboutFinding, BetterFinding, ChangeFinding, EqualFinding, HoldFinding, ImprovementsFinding,
    JudgeFinding, ObjectionFinding, OfferFinding, TradeFinding,
};
use super::{About, Precise};
use crate::{build, packages, why, words};

pub(super) fn about(names: &Names<'_>, about: &About<'_>) -> AboutFinding {
    let draft = &about.draft;
    let worth = draft.worth.iter().flatten().enumerate();
    let precise = about.precise.as_ref();
    let trades = |of: &dyn Fn(&Precise) -> Vec<TradeFinding>| precise.map(of).unwrap_or_default();
    let all = |list: &[Trade]| -> Vec<TradeFinding> {
        list.iter()
            .map(|t| trade(names, &t.changes, &t.deal, &t.gains))
            .collect()
    };
    AboutFinding {
        name: about.name.0.clone(),
        title: about.name.1.clone(),
        package: precise.map(|p| packages::words::deal_finding(&names.model.bargain, &p.deal)),
        meanings: draft.readings.to_string(),
        compared_for: names.voices(&about.voices),
        worth: worth
            .map(|(v, r)| [names.exact(v, r.least), names.exact(v, r.most)])
            .collect(),
        accepted: draft
            .accepted
            .iter()
            .map(|a| packages::words::answer(*a).to_owned())
            .collect(),
        accepted_by_all: packages::words::answer(draft.by_all).to_owned(),
        objections: precise
            .iter()
            .flat_map(|p| &p.objections)
            .map(|o| ObjectionFinding {
                voice: names.voice(o.voice),
                short: names.exact(o.voice, o.short),
            })
            .collect(),
        efficient: packages::words::answer(draft.efficient).to_owned(),
        better: draft
            .dominators
            .iter()
            .map(|d| BetterFinding {
                best_for: names.voice(d.best_for),
                valued: names.valued(&d.deal),
                acceptable: d.acceptable,
            })
            .collect(),
        improvements: precise.map(|p| improvements(names, p)),
        free_gains: trades(&|p| all(&p.trades.free)),
        exchanges: trades(&|p| all(&p.trades.exchanges)),
        exchanges_found: precise.map_or(0, |p| p.trades.found),
        path: trades(&|p| all(&p.path)),
        equal_offers: precise.iter().flat_map(|p| equal(names, p)).collect(),
        holds: about
            .holds
            .iter()
            .flat_map(|h| {
                let results = h.results.iter();
                results.map(|(deal, number, holding)| hold(names, &h.game, deal, *number, holding))
            })
            .collect(),
        holds_unknown: about.holds.as_ref().err().cloned(),
    }
}

fn trade(names: &Names<'_>, changes: &[Change], deal: &[u16], gains: &[i128]) -> TradeFinding {
    let level = |issue: usize, level: u16| {
        let level = names.model.bargain.issues[issue]
            .levels
            .get(usize::from(level));
        level.map_or_else(String::new, |l| l.name.clone())
    };
    let changes = changes.iter().map(|c| ChangeFinding {
        issue: names.model.bargain.issues[c.issue].name.clone(),
        from: level(c.issue, c.from),
        to: level(c.issue, c.to),
        worth: names.all(&c.worth),
    });
    TradeFinding {
        changes: changes.collect(),
        package: packages::words::deal_finding(&names.model.bargain, deal),
        gain: names.all(gains),
    }
}

fn improvements(names: &Names<'_>, precise: &Precise) -> ImprovementsFinding {
    let (found, stop) = &precise.improvements;
    let as_trade = |improvement: &Improvement| {
        let changed = precise.deal.iter().zip(&improvement.deal).enumerate();
        let changes: Vec<Change> = changed
            .filter(|(_, (from, to))| from != to)
            .map(|(issue, (from, to))| {
                let mut deal = precise.deal.clone();
                let before = names.talks.worth(&deal);
                deal[issue] = *to;
                let after = names.talks.worth(&deal).into_iter();
                Change {
                    issue,
                    from: *from,
                    to: *to,
                    worth: after.zip(before).map(|(a, b)| a - b).collect(),
                }
            })
            .collect();
        trade(names, &changes, &improvement.deal, &improvement.gains)
    };
    ImprovementsFinding {
        changed: (found.found > 0).then_some(found.changed),
        found: found.found,
        best: found.deals.iter().map(as_trade).collect(),
        stopped: stop.as_ref().map(ToString::to_string),
    }
}

fn equal<'a>(
    names: &'a Names<'_>,
    precise: &'a Precise,
) -> impl Iterator<Item = EqualFinding> + use<'a> {
    precise.equal.iter().map(|(voice, offers)| EqualFinding {
        voice: names.voice(*voice),
        offers: offers
            .iter()
            .map(|o| OfferFinding {
                valued: names.valued(&o.deal),
                packages: o.packages.to_string(),
            })
            .collect(),
    })
}

fn hold(
    names: &Names<'_>,
    game: &Game<'_>,
    deal: &Deal,
    meanings: usize,
    holding: &Holding,
) -> HoldFinding {
    HoldFinding {
        package: packages::words::deal_finding(&names.model.bargain, deal),
        meanings,
        on: words::levels_on(names.model, &holding.levels),
        state: holding.state.map(|s| build::state(game, s)),
        holds: holding.holds(),
        parties: holding
            .verdicts
            .iter()
            .map(|v| JudgeFinding {
                verdict: build::verdict(game, v),
                claim: why::claim(game, v),
                reasons: v
                    .improvements
                    .iter()
                    .map(|i| why::reason(game, v, i))
                    .collect(),
            })
            .collect(),
    }
}
