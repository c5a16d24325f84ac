//! From days to places on the paper.

use detente_analysis::evidence::EventFound;
use jiff::civil::Date;

use crate::picture::metrics;
use crate::picture::pen::whole;

/// More ticks than these are not considered.
const MOST_TICKS: usize = 400;

/// The first and the last day of an event, if it has any.
pub(super) fn days(event: &EventFound) -> Option<(Date, Date)> {
    let day = |d: &Option<String>| d.as_deref().and_then(|d| d.parse::<Date>().ok());
    let (first, last) = (day(&event.first), day(&event.last));
    Some((first.or(last)?, last.or(first)?))
}

/// A straight way from days to places.
pub(super) struct Scale {
    first: Date,
    last: Date,
    left: f64,
    right: f64,
}

impl Scale {
    /// A scale over all days of these events and the day of the knowledge.
    pub(super) fn of(events: &[&EventFound], today: Option<&str>, left: f64, right: f64) -> Self {
        let mut all: Vec<Date> = Vec::new();
        for (first, last) in events.iter().filter_map(|e| days(e)) {
            all.extend([first, last]);
        }
        all.extend(today.and_then(|d| d.parse::<Date>().ok()));
        Self {
            first: all.iter().min().copied().unwrap_or_default(),
            last: all.iter().max().copied().unwrap_or_default(),
            left,
            right,
        }
    }

    pub(super) fn x(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| f64::from((to - from).get_days());
        let all = days(self.first, self.last).max(1.0);
        self.left + (self.right - self.left) * days(self.first, day) / all
    }

    /// Days, weeks, months or years, as many as there is room for.
    pub(super) fn ticks(&self, size: u32) -> Vec<(f64, String)> {
        let days = (self.last - self.first).get_days();
        let all: Vec<(Date, String)> = if days <= 10 {
            self.every(self.first, jiff::Span::new().days(1), Date::to_string)
        } else if days <= 62 {
            self.every(self.first, jiff::Span::new().days(7), Date::to_string)
        } else if days <= 1300 {
            let month = |d: &Date| format!("{}-{:02}", d.year(), d.month());
            self.every(
                self.first.first_of_month(),
                jiff::Span::new().months(1),
                month,
            )
        } else {
            let year = |d: &Date| d.year().to_string();
            self.every(self.first.first_of_year(), jiff::Span::new().years(1), year)
        };
        // So few that each has room: every second, third, and so on.
        let wide = all
            .iter()
            .map(|(_, says)| metrics::width(says, size))
            .fold(0.0, f64::max);
        let room = ((self.right - self.left) / (wide + 14.0)).floor().max(1.0);
        let every = whole((all.len() as f64 / room).ceil().max(1.0));
        let kept = all.into_iter().step_by(every);
        kept.map(|(day, says)| (self.x(day), says)).collect()
    }

    fn every(
        &self,
        from: Date,
        step: jiff::Span,
        says: impl Fn(&Date) -> String,
    ) -> Vec<(Date, String)> {
        let mut all = Vec::new();
        let mut day = from;
        while day <= self.last && all.len() < MOST_TICKS {
            if day >= self.first {
                all.push((day, says(&day)));
            }
            let Ok(next) = day.checked_add(step) else {
                break;
            };
            day = next;
        }
        all
    }
}
