//! What is known and when, resolved: days, sources, tracks, the calendar, commitments, claims, references.

mod claims;
mod commitments;
mod events;
mod later;
mod sources;

use std::collections::HashMap;

use detente_syntax::ast::{self, Name, Ref};
use detente_syntax::{Diagnostic, Span};
use jiff::civil::Date;
use num_traits::{One as _, Signed as _, ToPrimitive as _};

pub(super) use self::later::Cited;
use super::scope::{once, suggest};
use super::{Resolver, terms::Voice};
use crate::bargain::exact;
use crate::estimative::{Chance, is_vague, term};
use crate::ids::OptionId;
use crate::model::{Agent, Term};
use crate::record::{Effect, Event, Record, Reference, Track, When};
use crate::{codes, days};

/// The names that a document gives to what its record holds, each with its place in the lists.
pub(super) struct Names<'a> {
    tracks: Vec<&'a Name>,
    declared_tracks: usize,
    claims: HashMap<&'a str, usize>,
    references: HashMap<&'a str, usize>,
}

impl<'a> Resolver<'a> {
    /// The record. The calendar is that of the text as written: it tells what past events have changed.
    pub(super) fn record(&mut self, terms: &[Term]) -> Record {
        let names = self.names();
        let mut tracks = self.tracks(&names);
        let calendar = self.calendar(&names);
        if let Some(as_of) = self.as_of {
            present_mandates(&mut tracks, &calendar.events, as_of);
        }
        let commitments = self.commitments(terms);
        let references = self.references();
        let claims = self.claims(&names, &calendar);
        self.both_rows();
        self.known_later(&calendar.events, &claims);
        Record {
            tracks,
            events: calendar.events,
            commitments,
            claims,
            references,
        }
    }

    fn names(&mut self) -> Names<'a> {
        let document = self.document;
        let mut tracks: Vec<&Name> = Vec::new();
        let mut seen = HashMap::new();
        for track in &document.tracks {
            let name = &track.name;
            once(
                &mut seen,
                "track",
                name.as_str(),
                name.span(),
                &mut self.out,
            );
            if !tracks.contains(&name) {
                tracks.push(name);
            }
        }
        let declared_tracks = tracks.len();
        let agents = document.parties.iter().flat_map(|p| &p.agents);
        let used = agents.filter_map(|a| a.track.as_ref());
        for name in used.chain(self.calendar.iter().filter_map(|e| e.track.as_ref())) {
            if !tracks.contains(&name) {
                tracks.push(name);
            }
        }
        let mut seen = HashMap::new();
        let mut claims = HashMap::new();
        for (index, claim) in document.claims.iter().enumerate() {
            let name = &claim.name;
            once(
                &mut seen,
                "claim",
                name.as_str(),
                name.span(),
                &mut self.out,
            );
            claims.entry(name.as_str()).or_insert(index);
        }
        let mut seen = HashMap::new();
        for commitment in &document.commitments {
            let name = &commitment.name;
            once(
                &mut seen,
                "commitment",
                name.as_str(),
                name.span(),
                &mut self.out,
            );
        }
        let mut seen = HashMap::new();
        let mut references = HashMap::new();
        for (index, reference) in document.references.iter().enumerate() {
            let name = &reference.name;
            once(
                &mut seen,
                "reference",
                name.as_str(),
                name.span(),
                &mut self.out,
            );
            references.entry(name.as_str()).or_insert(index);
        }
        Names {
            tracks,
            declared_tracks,
            claims,
            references,
        }
    }

    /// A day, or `None` with a report.
    fn day(&mut self, day: &ast::Day) -> Option<Date> {
        let read = days::single(day, self.as_of);
        self.good(read)
    }

    /// A time, or `None` with a report.
    fn time(&mut self, when: &ast::When) -> Option<When> {
        let read = days::when(when, self.as_of);
        self.good(read)
    }

    fn good<T>(&mut self, found: Result<T, Diagnostic>) -> Option<T> {
        match found {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.out.push(diagnostic);
                None
            }
        }
    }

    /// The day of the earliest dated source that is cited.
    fn day_of_sources(&self, cites: &[ast::Citation]) -> Option<Date> {
        let dates = cites.iter().filter_map(|cite| {
            let mut sources = self.document.sources.iter();
            let source = sources.find(|s| s.name == cite.source)?;
            source.properties.get("date")?.parse().ok()
        });
        dates.min()
    }

    fn tracks(&mut self, names: &Names<'a>) -> Vec<Track> {
        let document = self.document;
        let mut tracks = Vec::with_capacity(names.tracks.len());
        for (index, name) in names.tracks.iter().enumerate() {
            let declared = document.tracks.iter().find(|t| t.name == **name);
            let Some(track) = declared else {
                if names.declared_tracks > 0 {
                    let d = Diagnostic::warning(
                        codes::UNDECLARED_TRACK,
                        format!("track `{name}` is used but not declared"),
                    )
                    .at(name.span(), "taken to settle everything");
                    let declared = names.tracks[..names.declared_tracks].iter();
                    let declared = declared.map(|n| n.as_str());
                    self.out.push(suggest(d, name.as_str(), declared, "tracks"));
                }
                tracks.push(Track {
                    name: name.text.clone(),
                    title: None,
                    binds: None,
                    hands_to: None,
                    cites: Vec::new(),
                    place: name.place,
                });
                continue;
            };
            self.cites(&track.cites);
            let binds = track.binds.as_ref().and_then(|m| self.mandate(m));
            let hands_to = track.hands_to.as_ref();
            let hands_to = hands_to.and_then(|to| self.track(names, to));
            if hands_to == Some(index) {
                self.out.push(
                    Diagnostic::error(
                        codes::UNKNOWN_TRACK,
                        format!("track `{name}` hands to itself"),
                    )
                    .at(name.span(), "")
                    .hint("name the track that takes up what is drafted here, or leave it out"),
                );
            }
            tracks.push(Track {
                name: name.text.clone(),
                title: track.title.clone(),
                binds,
                hands_to,
                cites: track.cites.clone(),
                place: track.place,
            });
        }
        tracks
    }

    /// The options that a mandate names; `None` for all.
    fn mandate(&mut self, mandate: &ast::Mandate) -> Option<Vec<OptionId>> {
        match mandate {
            ast::Mandate::All => None,
            ast::Mandate::Nothing => Some(Vec::new()),
            ast::Mandate::Options(list) => Some(self.option_list(list)),
        }
    }

    fn option_list(&mut self, list: &[Ref]) -> Vec<OptionId> {
        let mut options = Vec::with_capacity(list.len());
        for reference in list {
            let found = self.formulas.scope.find_option(reference, None);
            if let Some(option) = self.good(found)
                && !options.contains(&option)
            {
                options.push(option);
            }
        }
        options
    }

    fn track(&mut self, names: &Names<'a>, name: &Name) -> Option<usize> {
        let found = names.tracks.iter().position(|t| *t == name);
        if found.is_none() {
            let d = Diagnostic::error(codes::UNKNOWN_TRACK, format!("there is no track `{name}`"))
                .at(name.span(), "not declared");
            let known = names.tracks.iter().map(|n| n.as_str());
            let d = suggest(d, name.as_str(), known, "tracks");
            self.out.push(match d.hint {
                Some(_) => d,
                None => d.hint(format!("declare it: `track {name} \"Who talks\"`")),
            });
        }
        found
    }

    /// The persons who act for a party.
    pub(super) fn agents(&mut self, party: &'a ast::Party) -> Vec<Agent> {
        let names = self.track_names();
        let mut agents = Vec::with_capacity(party.agents.len());
        for agent in &party.agents {
            self.cites(&agent.cites);
            let during = agent.during.as_ref().and_then(|d| self.time(d));
            let track = agent.track.as_ref();
            agents.push(Agent {
                name: agent.name.text.clone(),
                title: agent.title.clone(),
                role: agent.role.clone(),
                track: track.and_then(|t| names.iter().position(|n| *n == t.as_str())),
                during,
                cites: agent.cites.clone(),
                place: agent.place,
            });
        }
        agents
    }

    /// The tracks in the order of the record: those declared, then those of agents and meetings.
    fn track_names(&self) -> Vec<&'a str> {
        let document = self.document;
        let declared = document.tracks.iter().map(|t| &t.name);
        let agents = document.parties.iter().flat_map(|p| &p.agents);
        let agents = agents.filter_map(|a| a.track.as_ref());
        let meetings = self.calendar.iter().filter_map(|e| e.track.as_ref());
        let mut names: Vec<&str> = Vec::new();
        for name in declared.chain(agents).chain(meetings) {
            if !names.contains(&name.as_str()) {
                names.push(name.as_str());
            }
        }
        names
    }

    /// How often a party reconsiders its moves, in millionths of a day.
    pub(super) fn pace(&mut self, pace: &ast::Pace) -> Option<u64> {
        self.cites(&pace.cites);
        let millionths = exact(&pace.days).map(|days| days * num_bigint::BigInt::from(1_000_000));
        let value = millionths.and_then(|m| m.to_integer().to_u64());
        let value = value.filter(|v| *v > 0);
        if value.is_none() {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_PACE,
                    format!("`{}` is no number of days between two moves", pace.days),
                )
                .at(pace.place.0, "")
                .hint("write a number above 0, at least a millionth: `acts every 30 days`"),
            );
        }
        value
    }

    fn references(&mut self) -> Vec<Reference> {
        let document = self.document;
        let mut references = Vec::with_capacity(document.references.len());
        for reference in &document.references {
            self.cites(&reference.cites);
            let mut classes = Vec::new();
            for class in &reference.classes {
                let found = self.formulas.scope.find_class(class, reference.place.0);
                classes.extend(self.good(found));
            }
            let (least, most) = self.frequency(reference);
            references.push(Reference {
                name: reference.name.text.clone(),
                title: reference.title.clone(),
                least,
                most,
                classes,
                cites: reference.cites.clone(),
                place: reference.place,
            });
        }
        references
    }

    /// The bounds of a frequency in millionths, rounded outwards; what is no frequency is reported.
    fn frequency(&mut self, reference: &ast::Reference) -> (u32, u32) {
        let million = || num_rational::BigRational::from_integer(1_000_000.into());
        let value = |amount: &ast::Amount| {
            exact(amount)
                .filter(|v| !v.is_negative() && *v <= num_rational::BigRational::one())
                .map(|v| v * million())
        };
        let least = value(&reference.chance.amount);
        let most = match &reference.chance.up_to {
            Some(most) => value(most),
            None => least.clone(),
        };
        match (least, most) {
            (Some(least), Some(most)) if least <= most => (
                least.floor().to_integer().to_u32().unwrap_or_default(),
                most.ceil().to_integer().to_u32().unwrap_or_default(),
            ),
            _ => {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_FREQUENCY,
                        format!("`{}` says no frequency", reference.chance),
                    )
                    .at(reference.place.0, "")
                    .hint(
                        "write a number from 0 to 1, or two with the lesser first: `0.15 .. 0.2`",
                    ),
                );
                (0, 0)
            }
        }
    }

    /// How likely something is; reports words that are none and numbers outside the band of their word.
    fn chance(&mut self, said: &ast::Likelihood) -> Option<Chance> {
        let span = said.place.0;
        let mut band = None;
        if let Some(words) = &said.words {
            let Some((found, _)) = term(words) else {
                self.no_degree(words, span);
                return None;
            };
            band = Some(found);
        }
        let mut number = None;
        if let Some(text) = &said.number {
            number = ast::probability(text).and_then(|p| u32::try_from(p).ok());
            if number.is_none() {
                self.bad_probability(text, span);
                return None;
            }
        }
        if band.is_none() && number.is_none() {
            self.out.push(
                Diagnostic::error(codes::BAD_LIKELIHOOD, "a likelihood has a word or a number")
                    .at(span, "")
                    .hint("write `likely`, `likely 0.7` or `chance 0.7`"),
            );
            return None;
        }
        if let (Some(band), Some(number)) = (band, number)
            && !band.admits(number)
        {
            self.out.push(
                Diagnostic::warning(
                    codes::WORD_AND_NUMBER,
                    format!(
                        "`{}` says {} to {} per cent, the number says otherwise",
                        said.words.as_deref().unwrap_or_default(),
                        band.least,
                        band.most
                    ),
                )
                .at(span, "")
                .hint("results use the number; change the word, or the number"),
            );
        }
        Some(Chance { band, number })
    }

    fn no_degree(&mut self, words: &str, span: Span) {
        let d = Diagnostic::error(
            codes::BAD_LIKELIHOOD,
            format!("`{words}` says no degree of likelihood"),
        )
        .at(span, "");
        self.out.push(if is_vague(words) {
            d.hint("words such as `possible` fit every degree: write `unlikely`, `likely 0.7`")
        } else {
            let known = ast::estimative::WORDS.iter().copied();
            suggest(d, words, known, "terms")
        });
    }

    fn bad_probability(&mut self, text: &str, span: Span) {
        self.out.push(
            Diagnostic::error(
                codes::BAD_PROBABILITY,
                format!("`{text}` is no probability"),
            )
            .at(span, "")
            .hint("write a number from 0 to 1, with at most six digits after the point"),
        );
    }

    /// Notes when the text takes terms of likelihood from both rows.
    fn both_rows(&mut self) {
        let document = self.document;
        let claims = document.claims.iter().filter_map(|c| c.likelihood.as_ref());
        let events = self.calendar.iter().filter_map(|e| e.chance.as_ref());
        let mut first: [Option<(&str, Span)>; 2] = [None, None];
        for said in claims.chain(events) {
            let Some(words) = said.words.as_deref() else {
                continue;
            };
            if let Some((_, row)) = term(words) {
                first[row as usize].get_or_insert((words, said.place.0));
            }
        }
        if let [Some((one, at)), Some((other, there))] = first {
            self.out.push(
                Diagnostic::note(
                    codes::ESTIMATIVE_WORDS,
                    format!("`{one}` and `{other}` come from two rows of terms"),
                )
                .at(at.max(there), "")
                .see(at.min(there), "the other row")
                .hint("keep to one row: readers take another word for another degree"),
            );
        }
    }

    fn neutral(&mut self, formula: &ast::Formula) -> Option<crate::expr::Condition> {
        self.formulas
            .condition(formula, Voice::NEUTRAL, &mut self.out)
    }
}

/// Gives tracks the mandates of the events that have taken place.
fn present_mandates(tracks: &mut [Track], events: &[Event], as_of: Date) {
    let mut over: Vec<&Event> = events
        .iter()
        .filter(|e| e.is_over(as_of) && e.is_certain())
        .collect();
    over.sort_by_key(|e| e.when.takes_effect());
    for effect in over.into_iter().flat_map(|e| &e.effects) {
        if let Effect::Mandate { track, binds } = effect
            && let Some(track) = tracks.get_mut(*track)
        {
            track.binds.clone_from(binds);
        }
    }
}
