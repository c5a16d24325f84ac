//! What leads to something hidden goes too.

use std::collections::BTreeSet;

use detente_syntax::Span;
use detente_syntax::ast::{
    Change, Document, Effect, Formula, Name, Party, Place, PreferenceEdit, Preferences, Resolution,
    StatementEdit, Track, Verdict,
};
use jiff::civil::Date;

use super::Hidden;
use crate::record::When;
use crate::term::sense;
use crate::{days, present, variant, view};

/// Takes away from the known part of a document what leads to its hidden part.
pub(super) fn mend(document: &Document, known: &mut Document, hidden: &mut Vec<Hidden>) {
    let Some(since) = hidden.iter().map(|h| h.known).min() else {
        return;
    };
    let mut mending = Mending { since, hidden };
    people(document, known);
    tracks(document, known);
    mending.claims(known);
    mending.discounts(known);
    mending.facts(known);
    mending.unread(document, known);
    mending.changes(known);
}

/// For a person who is not known yet, the party takes part in an event.
fn people(document: &Document, known: &mut Document) {
    let party_of = |name: &Name, document: &Document| {
        let speaks = |p: &&Party| p.agents.iter().any(|a| a.name == *name);
        document.parties.iter().find(speaks).map(|p| p.name.clone())
    };
    let mut calendar = std::mem::take(&mut known.calendar);
    for name in calendar.iter_mut().flat_map(|e| &mut e.with) {
        if party_of(name, known).is_none()
            && let Some(party) = party_of(name, document)
        {
            name.text = party.text;
        }
    }
    known.calendar = calendar;
}

/// A track that is still used, and was only named by what is hidden, is declared: tracks are words of the text.
fn tracks(document: &Document, known: &mut Document) {
    fn named(document: &Document) -> Vec<&Name> {
        let agents = document.parties.iter().flat_map(|p| &p.agents);
        let agents = agents.filter_map(|a| a.track.as_ref());
        let meetings = document.calendar.iter().filter_map(|e| e.track.as_ref());
        let declared = document.tracks.iter().map(|t| &t.name);
        declared.chain(agents).chain(meetings).collect()
    }
    let mandates = known.calendar.iter().flat_map(|e| &e.effects);
    let mandates = mandates.filter_map(|effect| match effect {
        Effect::Mandate { track, .. } => Some(track),
        _ => None,
    });
    let handed = known.tracks.iter().filter_map(|t| t.hands_to.as_ref());
    let used: Vec<Name> = mandates.chain(handed).cloned().collect();
    for name in used.iter().filter(|n| named(document).contains(n)) {
        if !named(known).contains(&name) {
            known.tracks.push(Track {
                name: name.clone(),
                title: None,
                binds: None,
                hands_to: None,
                cites: Vec::new(),
                place: Place(name.span()),
            });
        }
    }
}

struct Mending<'h> {
    /// The earliest day from which something hidden is known.
    since: Date,
    hidden: &'h mut Vec<Hidden>,
}

impl Mending<'_> {
    fn hide(&mut self, what: String, span: Span) {
        let known = self.since;
        self.hidden.push(Hidden { what, known, span });
    }

    /// Claims that come true with a hidden event, deny a hidden claim, or are held against a hidden class.
    fn claims(&mut self, known: &mut Document) {
        let events: BTreeSet<String> = known
            .calendar
            .iter()
            .filter_map(|e| e.name.as_ref().map(|n| n.text.clone()))
            .collect();
        for event in &mut known.calendar {
            if event
                .replaces
                .as_ref()
                .is_some_and(|r| !events.contains(r.as_str()))
            {
                event.replaces = None;
            }
        }
        let is_gone = |resolution: &Option<Resolution>| match resolution {
            Some(Resolution::Event(name) | Resolution::NoEvent(name)) => {
                !events.contains(name.as_str())
            }
            Some(Resolution::State(_)) | None => false,
        };
        known.claims.retain_mut(|claim| {
            let resolution = is_gone(&claim.resolves);
            if is_gone(&claim.condition) || (resolution && claim.condition.is_some()) {
                self.hide(format!("claim `{}`", claim.name), claim.place.0);
                return false;
            }
            if resolution {
                self.hide(
                    format!("resolution of claim `{}`", claim.name),
                    claim.place.0,
                );
                claim.resolves = None;
            }
            true
        });
        let claims: BTreeSet<String> = known.claims.iter().map(|c| c.name.text.clone()).collect();
        let references: BTreeSet<String> = known
            .references
            .iter()
            .map(|r| r.name.text.clone())
            .collect();
        for claim in &mut known.claims {
            if claim
                .denies
                .as_ref()
                .is_some_and(|d| !claims.contains(d.as_str()))
            {
                claim.denies = None;
            }
            if claim
                .reference
                .as_ref()
                .is_some_and(|r| !references.contains(r.as_str()))
            {
                claim.reference = None;
            }
        }
    }

    /// Discounts from a hidden event on.
    fn discounts(&mut self, known: &mut Document) {
        let events = known.calendar.iter().filter_map(|e| e.name.as_ref());
        let events: BTreeSet<String> = events.map(|n| n.text.clone()).collect();
        for party in &mut known.parties {
            let own = party.utility.iter_mut();
            let home = party.ratifiers.iter_mut().map(|r| &mut r.utility);
            for utility in own.chain(home) {
                utility.discounts.retain(|discount| {
                    let event = discount.from.event();
                    let gone = event.is_some_and(|e| !events.contains(e.as_str()));
                    if gone {
                        let what = format!("discount of `{}`", party.name);
                        self.hide(what, discount.place.0);
                    }
                    !gone
                });
            }
        }
    }

    /// Facts about hidden packages.
    fn facts(&mut self, known: &mut Document) {
        let packages: BTreeSet<String> =
            known.packages.iter().map(|p| p.name.text.clone()).collect();
        let gone = |name: &Name| !packages.contains(name.as_str());
        known.facts.retain(|fact| {
            let gone = match &fact.verdict {
                Verdict::Accepts(name) | Verdict::Rejects(name) => gone(name),
                Verdict::Prefers { better, worse } => gone(better) || gone(worse),
            };
            if gone {
                self.hide(format!("fact about `{}`", fact.who), fact.place.0);
            }
            !gone
        });
    }

    /// What uses a term whose reading is hidden.
    fn unread(&mut self, document: &Document, known: &mut Document) {
        let terms = known.terms.clone();
        let lost = |formula: &Formula, reader: Option<&str>| {
            let mut lost = false;
            formula.terms(&mut |name| {
                let before = document.terms.iter().find(|t| t.name == *name);
                let now = terms.iter().find(|t| t.name == *name);
                lost |= before.is_some_and(|t| sense(t, reader).is_some())
                    && now.is_none_or(|t| sense(t, reader).is_none());
            });
            lost
        };
        let mut gone: Vec<(String, Span)> = Vec::new();
        for party in &mut known.parties {
            let name = party.name.text.clone();
            let candidates = party.candidates.iter_mut().map(|c| &mut c.preferences);
            for order in party.preferences.iter_mut().chain(candidates) {
                let mut stays = |formula: &Formula| {
                    let lost = lost(formula, Some(&name));
                    if lost {
                        gone.push((
                            format!("what `{name}` wants by a hidden reading"),
                            formula.place.0,
                        ));
                    }
                    !lost
                };
                match order {
                    Preferences::Statements(list) => list.retain(|s| stays(&s.formula)),
                    Preferences::Weights(list) => list.retain(|w| stays(&w.formula)),
                    Preferences::Ranks(_) => {}
                }
            }
            let empty = match &party.preferences {
                Some(Preferences::Statements(list)) => list.is_empty(),
                Some(Preferences::Weights(list)) => list.is_empty(),
                Some(Preferences::Ranks(_)) | None => false,
            };
            if empty && !gone.is_empty() {
                party.preferences = None;
            }
        }
        let mut stays = |what: &str, formula: &Formula| {
            let lost = lost(formula, None);
            if lost {
                gone.push((format!("{what} by a hidden reading"), formula.place.0));
            }
            !lost
        };
        known.never.retain(|r| stays("`never` rule", &r.formula));
        known
            .when
            .retain(|r| stays("forced consequence", &r.condition));
        known
            .no_move
            .retain(|r| stays("prohibited move", &r.from) && stays("prohibited move", &r.to));
        let mut keeps = |change: &mut Change| {
            let (left, span) = reads(change, &lost);
            if let Some(span) = span {
                gone.push(("a change by a hidden reading".to_owned(), span));
            }
            left
        };
        for variant in &mut known.variants {
            variant.changes.retain_mut(&mut keeps);
        }
        for view in &mut known.views {
            view.changes.retain_mut(&mut keeps);
        }
        for event in &mut known.calendar {
            event.effects.retain_mut(|effect| match effect {
                Effect::Change(change) => keeps(change),
                _ => true,
            });
        }
        for (what, span) in gone {
            self.hide(what, span);
        }
    }

    /// Edits of hidden statements and rules, in events, views and variants.
    fn changes(&mut self, known: &mut Document) {
        self.of_events(known);
        let Ok(mut now) = present::present(known) else {
            return;
        };
        let views = known.views.clone();
        view::settle(&views, &mut now);
        if now.views != known.views {
            let span = known
                .views
                .first()
                .map(|v| v.viewer.span())
                .unwrap_or_default();
            self.hide("beliefs about what is hidden".to_owned(), span);
            known.views = now.views;
        }
        for index in 0..known.variants.len() {
            let extends = known.variants[index].extends.clone();
            let bases: Vec<&str> = extends.iter().map(Name::as_str).collect();
            let Ok(mut base) = variant::apply(known, &bases) else {
                continue;
            };
            let name = known.variants[index].name.clone();
            let what = format!("variant `{name}`");
            self.possible(
                &mut base,
                &mut known.variants[index].changes,
                &what,
                name.span(),
            );
        }
    }

    /// In the order of their last days each event builds on those before.
    fn of_events(&mut self, known: &mut Document) {
        let stated = present::day_of(known);
        let mut order: Vec<(Date, usize)> = Vec::new();
        for (place, event) in known.calendar.iter().enumerate() {
            let when = days::when(&event.when, stated).ok();
            order.extend(when.and_then(When::takes_effect).map(|d| (d, place)));
        }
        order.sort_unstable();
        let mut now = known.clone();
        for (_, place) in order {
            let event = &mut known.calendar[place];
            let what = format!("an event of the kind `{}`", event.kind);
            let span = event.place.0;
            let effects = std::mem::take(&mut event.effects);
            for effect in effects {
                let Effect::Change(change) = effect else {
                    event.effects.push(effect);
                    continue;
                };
                let mut left = vec![change];
                self.possible(&mut now, &mut left, &what, span);
                event.effects.extend(left.into_iter().map(Effect::Change));
            }
        }
    }

    /// Keeps as much of changes as can be made.
    fn possible(&mut self, base: &mut Document, changes: &mut Vec<Change>, of: &str, span: Span) {
        let mut kept = Vec::with_capacity(changes.len());
        for change in changes.iter() {
            let left = variant::possible(base, change);
            if left.as_ref() != Some(change) {
                self.hide(format!("edit of something hidden in {of}"), span);
            }
            kept.extend(left);
        }
        *changes = kept;
    }
}

/// Takes out of a change what uses a lost reading: whether something of it is left, and where something was taken out.
fn reads(
    change: &mut Change,
    lost: &dyn Fn(&Formula, Option<&str>) -> bool,
) -> (bool, Option<Span>) {
    let mut taken = None;
    let mut stays = |formula: &Formula, reader: Option<&str>| {
        let lost = lost(formula, reader);
        if lost {
            taken = Some(formula.place.0);
        }
        !lost
    };
    let left = match change {
        Change::Preferences { party, edit, .. } => {
            let reader = Some(party.as_str());
            match edit {
                PreferenceEdit::Replace(Preferences::Statements(list)) => {
                    let before = list.len();
                    list.retain(|s| stays(&s.formula, reader));
                    before == list.len() || !list.is_empty()
                }
                PreferenceEdit::Replace(Preferences::Weights(list)) => {
                    let before = list.len();
                    list.retain(|w| stays(&w.formula, reader));
                    before == list.len() || !list.is_empty()
                }
                PreferenceEdit::Replace(Preferences::Ranks(_)) => true,
                PreferenceEdit::Edit(edits) => {
                    edits.retain(|edit| match edit {
                        StatementEdit::Insert { statement, .. } => {
                            stays(&statement.formula, reader)
                        }
                        _ => true,
                    });
                    !edits.is_empty()
                }
            }
        }
        Change::Never(rule) => stays(&rule.formula, None),
        Change::When(rule) => stays(&rule.condition, None),
        Change::NoMove(rule) => stays(&rule.from, None) && stays(&rule.to, None),
        _ => true,
    };
    (left, taken)
}
