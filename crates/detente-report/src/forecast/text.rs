//! A forecast as a person reads it in a terminal.

use detente_analysis::StateId;
use detente_analysis::timed::{
    Changed, EventFinding, Found as How, Happened, Mover, PaceFinding, Path, Reason, Share,
    TargetFinding,
};

use super::{Found, assumed, words};
use crate::style::{Look, Page};
use crate::words as common;

/// Dates beside each other in one table.
const COLUMNS: usize = 4;
/// Dates in all; the JSON form has them all.
const MOST_DATES: usize = 12;
/// Targets of the headline.
const HEADLINE: usize = 3;
/// Paths that are written out.
const PATHS: usize = 5;
/// Targets that are less probable than this on every date are not in the table.
const HARDLY: f64 = 0.0005;

/// The report.
pub fn text(found: &Found<'_, '_>, look: Look) -> String {
    let mut report = Report {
        found,
        page: Page::new(look),
    };
    report.head();
    if report.is_settled() {
        report.settled();
    } else {
        let first = found.forecast.dates.first();
        let by_first = first.map_or_else(String::new, |day| format!("By {day} already"));
        report.table(
            "Where it stands at the end of each day, in %",
            "On every day",
            |t| &t.at,
        );
        report.table(
            "What has been reached by the end of each day, in %",
            &by_first,
            |t| &t.reached,
        );
        report.passages();
    }
    report.references();
    report.events();
    if !report.is_settled() {
        report.paces();
    }
    report.paths();
    report.assumptions();
    report.page.finish()
}

struct Report<'a, 'm> {
    found: &'a Found<'a, 'm>,
    page: Page,
}

impl<'a> Report<'a, '_> {
    fn named(&self) -> impl Iterator<Item = (&'a str, &'a TargetFinding)> + use<'a> {
        let names = self.found.request.targets.iter().map(|t| t.name.as_str());
        names.zip(&self.found.forecast.targets)
    }

    /// The probability on the last day.
    fn end(target: &TargetFinding) -> Share {
        target.at.last().copied().unwrap_or_default()
    }

    fn head(&mut self) {
        let (found, forecast) = (self.found, self.found.forecast);
        let title = common::title(found.game.model, found.variants);
        self.page.heading_here(&title);
        self.page.gap();
        let mut order: Vec<(&str, Share)> = self.named().map(|(n, t)| (n, Self::end(t))).collect();
        order.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let shown = order
            .iter()
            .take(HEADLINE)
            .filter(|(_, s)| s.value >= HARDLY);
        let parts: Vec<String> = shown
            .map(|(name, share)| {
                format!(
                    "{name} {} ({})",
                    words::percent(*share),
                    words::term(*share)
                )
            })
            .collect();
        let days = (forecast.until - forecast.start).get_days();
        self.page.paragraph(&format!(
            "By {}, {} from {}: {}.",
            forecast.until,
            common::count(usize::try_from(days).unwrap_or(0), "day"),
            forecast.start,
            parts.join(", ")
        ));
        self.page.gap();
        let why = match found.reason {
            Reason::Asked => "",
            Reason::Calendar => " The last day is that of the calendar.",
            Reason::Claim => " The last day is that of the last claim's window.",
            Reason::Usual => " Nothing in the text reaches further.",
        };
        let how = match &forecast.found {
            How::Exact { games, bound, .. } => {
                let mixture = if forecast.doubts == 0 {
                    String::new()
                } else {
                    format!(
                        ", over {} that come of what is in doubt",
                        common::count(*games, "game")
                    )
                };
                let bound = format!("{bound:.0e}");
                format!("Computed exactly, within {bound}{mixture}.")
            }
            How::Sampled {
                replicates, seed, ..
            } => {
                let because = found
                    .why_drawn()
                    .and_then(|why| words::refusal(found.game.model, why));
                let because = because.map_or(String::new(), |(message, _)| format!(": {message}"));
                format!(
                    "Estimated from {replicates} histories that were drawn (seed {seed}; \u{b1} one standard error)\
                     {because}."
                )
            }
        };
        self.page.paragraph(&format!(
            "{how} These numbers follow from the model and from what is assumed, listed below.{why} Words are those of \
             ICD 203."
        ));
        if let Some(stop) = found.stop {
            self.page.gap();
            self.page.paragraph(&format!("INCOMPLETE: {stop}."));
        }
        if let Some(check) = &forecast.check {
            self.page.gap();
            self.page.paragraph(&format!(
                "Checked against {} drawn histories: of {} numbers the largest difference is {:.5}, at most {:.1} \
                 standard errors.",
                check.replicates, check.numbers, check.difference, check.errors
            ));
        }
        let notes = crate::elsewhere::notes(found.game.model);
        self.page.notes(&notes);
    }

    /// The dates of the tables, as places: the first and last and those between, evenly where there are many.
    fn dates(&self) -> Vec<usize> {
        let count = self.found.forecast.dates.len();
        if count <= MOST_DATES {
            return (0..count).collect();
        }
        (0..MOST_DATES)
            .map(|n| n * (count - 1) / (MOST_DATES - 1))
            .collect()
    }

    /// Whether each target is so on every date or, as good as, on none.
    fn is_settled(&self) -> bool {
        self.named()
            .all(|(_, t)| is_sure(&t.at) || is_hardly(&t.at) && is_hardly(&t.reached))
    }

    /// What is so throughout and what never is: one sentence for what would be tables of ones and noughts.
    fn settled(&mut self) {
        let names = |sure: bool| -> Vec<&str> {
            let some = self.named().filter(|(_, t)| is_sure(&t.at) == sure);
            some.map(|(name, _)| name).collect()
        };
        let (sure, never) = (names(true), names(false));
        let mut said = "What is asked for stays as it is.".to_owned();
        if !sure.is_empty() {
            said += &format!(" On every day: {}.", common::list(&sure));
        }
        if !never.is_empty() {
            said += &format!(" Never, or hardly ever: {}.", common::list(&never));
        }
        self.page.gap();
        self.page.paragraph(&said);
    }

    fn table(&mut self, title: &str, always: &str, of: impl Fn(&TargetFinding) -> &[Share]) {
        let forecast = self.found.forecast;
        self.page.heading(title);
        let places = self.dates();
        let shown = |t: &TargetFinding| !is_hardly(of(t)) && !is_sure(of(t));
        let any = self.named().any(|(_, t)| shown(t));
        let places = if any { places } else { Vec::new() };
        for block in places.chunks(COLUMNS) {
            self.page.gap();
            let mut header = vec![String::new()];
            header.extend(
                block
                    .iter()
                    .filter_map(|d| Some(forecast.dates.get(*d)?.to_string())),
            );
            let rows: Vec<Vec<String>> = self
                .named()
                .filter(|(_, t)| shown(t))
                .map(|(name, target)| {
                    let cells = block.iter().filter_map(|d| of(target).get(*d));
                    std::iter::once(name.to_owned())
                        .chain(cells.map(|s| words::cell(*s)))
                        .collect()
                })
                .collect();
            let right: Vec<bool> = (0..header.len()).map(|c| c > 0).collect();
            self.page.table(&header, &rows, &right);
        }
        if any {
            self.page.gap();
        }
        let sure = self.named().filter(|(_, t)| is_sure(of(t)));
        let hardly = self.named().filter(|(_, t)| is_hardly(of(t)));
        let sure: Vec<&str> = sure.map(|(n, _)| n).collect();
        let hardly: Vec<&str> = hardly.map(|(n, _)| n).collect();
        for (when, names) in [(always, sure), ("Never, or hardly ever", hardly)] {
            if !names.is_empty() {
                let text = format!("{when}: {}.", common::list(&names));
                self.page.hanging("", "  ", &text);
            }
        }
        if any && places.len() < forecast.dates.len() {
            self.page.more(forecast.dates.len() - places.len());
        }
    }

    fn passages(&mut self) {
        let header = [
            "",
            "reached",
            "first quarter",
            "half",
            "three quarters",
            "mean days",
        ];
        let rows: Vec<Vec<String>> = self
            .named()
            .filter_map(|(name, target)| {
                let quartiles = target.quartiles?;
                let start = self.found.forecast.start.to_string();
                let quartiles = quartiles.map(|q| q.to_string());
                let reached = Share {
                    value: 1.0 - target.never.value,
                    error: target.never.error,
                };
                let from_the_start =
                    quartiles.iter().all(|q| *q == start) && is_sure(&target.reached);
                if reached.value < HARDLY || from_the_start {
                    return None;
                }
                let mut row = vec![name.to_owned(), words::cell(reached)];
                row.extend(quartiles);
                row.push(target.mean.map_or(String::new(), |m| format!("{m:.1}")));
                Some(row)
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        self.page.heading("When it is first reached");
        self.page.gap();
        let header = header.map(str::to_owned);
        self.page
            .table(&header, &rows, &[false, true, true, true, true, true]);
        self.page
            .paragraph("Of the histories that reach it within the time; the rest never does.");
    }

    fn references(&mut self) {
        let record = &self.found.game.model.record;
        if self.found.forecast.references.is_empty() {
            return;
        }
        self.page.heading("What happened elsewhere");
        self.page.gap();
        for own in &self.found.forecast.references {
            let Some(reference) = record.references.get(own.reference) else {
                continue;
            };
            let names = own
                .targets
                .iter()
                .filter_map(|t| self.found.request.targets.get(*t));
            let names: Vec<&str> = names.map(|t| t.name.as_str()).collect();
            let per = |millionths: u32| f64::from(millionths) / 10_000.0;
            let title = reference.title.as_deref().unwrap_or(&reference.name);
            let text = format!(
                "{title}: {}-{} % elsewhere; here {} {} on the last day.",
                per(reference.least),
                per(reference.most),
                common::list(&names),
                words::percent(own.model)
            );
            self.page.hanging("  - ", "    ", &text);
        }
    }

    /// What changes by how many points, largest first: `small deal +12.3, no text -12.0`.
    fn changes(&self, list: &[Changed]) -> Option<String> {
        let mut telling: Vec<(&str, &Changed)> = self
            .found
            .request
            .targets
            .iter()
            .map(|t| t.name.as_str())
            .zip(list)
            .filter(|(_, c)| words::telling(c))
            .collect();
        telling.sort_by(|a, b| b.1.by.abs().total_cmp(&a.1.by.abs()));
        let parts = telling
            .iter()
            .map(|(name, c)| format!("{name} {}", words::points(**c)));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn events(&mut self) {
        if self.found.forecast.events.is_empty() {
            return;
        }
        self.page
            .heading("What each event changes on the last day, in points of %");
        self.page.gap();
        let found = self.found;
        let none = found.forecast.events.iter().all(|e| e.changes.is_empty());
        if none && found.request.comparisons && found.stop.is_none() {
            self.page.paragraph(
                "Not compared with histories without each of them: there are too many events. Look less far ahead \
                 with --until.",
            );
            self.page.gap();
        }
        for own in &self.found.forecast.events {
            let Some(event) = self.found.game.model.record.events.get(own.event) else {
                continue;
            };
            let mut text = format!(
                "{} ({}",
                words::event(self.found.game.model, event),
                event.when
            );
            if own.takes_place.value < 1.0 - 1e-12 {
                text += &format!("; takes place: {}", words::percent(own.takes_place));
            }
            text += ")";
            if !own.changes.is_empty() {
                let changes = self.changes(&own.changes);
                text += &format!(
                    ": {}",
                    changes.unwrap_or_else(|| "nothing to speak of".to_owned())
                );
            }
            text += ".";
            text += &outcomes(own);
            self.page.hanging("  - ", "    ", &text);
        }
    }

    fn paces(&mut self) {
        let forecast = self.found.forecast;
        if forecast.paces.is_empty() {
            return;
        }
        self.page
            .heading("What each party's pace changes on the last day, in points of %");
        self.page.gap();
        let parties = self.found.game.model.parties.iter().zip(&forecast.paces);
        let still = |own: &PaceFinding| {
            self.changes(&own.slower).is_none() && self.changes(&own.faster).is_none()
        };
        if forecast.paces.iter().all(still) {
            self.page.hanging("  - ", "    ", "Nothing to speak of.");
            return;
        }
        for (party, own) in parties {
            let slower = self.changes(&own.slower);
            let faster = self.changes(&own.faster);
            let text = match (slower, faster) {
                (None, None) => format!("{}: nothing to speak of.", party.name),
                (slower, faster) => {
                    let say =
                        |c: Option<String>| c.unwrap_or_else(|| "nothing to speak of".to_owned());
                    format!(
                        "{}: half as often {}; twice as often {}.",
                        party.name,
                        say(slower),
                        say(faster)
                    )
                }
            };
            self.page.hanging("  - ", "    ", &text);
        }
    }

    fn paths(&mut self) {
        let forecast = self.found.forecast;
        if forecast.paths.is_empty() {
            return;
        }
        self.page.heading("The most frequent paths");
        self.page.gap();
        for path in forecast.paths.iter().take(PATHS) {
            let text = self.path(path);
            let share = format!("{:5.1} %  ", path.share.value * 100.0);
            self.page.hanging(&share, "         ", &text);
        }
        self.page.paragraph(&format!(
            "Shares of {} histories that were drawn; all other paths are rarer.",
            forecast.told
        ));
    }

    fn path(&self, path: &Path) -> String {
        let game = self.found.game;
        let Some(mut from) = game.status_quo else {
            return String::new();
        };
        if path.legs.is_empty() {
            return format!("nothing moves: {}", common::content(game, from));
        }
        let mut parts = Vec::new();
        for (mover, to) in &path.legs {
            parts.push(self.leg(*mover, from, *to));
            from = *to;
        }
        let end = common::headline(game, from).map_or(String::new(), |h| format!(": {h}"));
        let more = if path.longer { ", and on" } else { "" };
        format!("{}{more}{end}", parts.join(", then "))
    }

    fn leg(&self, mover: Mover, from: StateId, to: StateId) -> String {
        let game = self.found.game;
        match mover {
            Mover::Party(party) => {
                let deed = common::deed(game, party, from, to, common::Tense::Present);
                format!("{} {deed}", common::party(game, party))
            }
            Mover::Event(event) => {
                let event = game.model.record.events.get(event);
                let name = event.map_or_else(String::new, |e| words::event(game.model, e));
                format!("\"{name}\" leads to {}", common::brief(game, to))
            }
        }
    }

    fn assumptions(&mut self) {
        self.page.heading("Assumptions");
        self.page.gap();
        for assumption in assumed::assumptions(self.found) {
            self.page.hanging("  - ", "    ", &assumption);
        }
    }
}

/// Whether it is so on every date.
fn is_sure(shares: &[Share]) -> bool {
    !shares.is_empty() && shares.iter().all(|s| s.value >= 1.0 - 1e-9)
}

/// Whether it is so on no date, or hardly.
fn is_hardly(shares: &[Share]) -> bool {
    shares.iter().all(|s| s.value < HARDLY)
}

/// What came of an event besides: drafts, and what was refused.
fn outcomes(event: &EventFinding) -> String {
    let words = [
        (Happened::Joint, "a joint step is taken"),
        (
            Happened::NotAgreed,
            "a joint step is possible and not agreed on",
        ),
        (Happened::Drafted, "a joint step is drafted"),
        (
            Happened::Lapsed,
            "a joint step is agreed on that the track can neither settle nor hand on",
        ),
        (Happened::Taken, "a draft is taken"),
        (Happened::Void, "a draft is void"),
        (Happened::Refused, "what it sets is refused as infeasible"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter(|(happened, _)| event.of(*happened) >= HARDLY)
        .map(|(happened, what)| format!("{what} {:.1}\u{a0}%", event.of(happened) * 100.0))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(" {}.", common::capital(&parts.join(", ")))
    }
}
