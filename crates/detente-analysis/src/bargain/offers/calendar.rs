//! The days of the rounds.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How fast rounds follow each other: so many rounds in so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    rounds: u32,
    days: u32,
}

impl Pace {
    /// `None` when a number is 0.
    pub fn new(rounds: u32, days: u32) -> Option<Self> {
        (rounds > 0 && days > 0).then_some(Self { rounds, days })
    }

    /// Reads `3/day`, `1/week`, or rounds and days as in `2/5`.
    pub fn read(text: &str) -> Option<Self> {
        let (rounds, days) = text.split_once('/')?;
        let days = match days.trim() {
            "day" => 1,
            "week" => 7,
            number => number.parse().ok()?,
        };
        Self::new(rounds.trim().parse().ok()?, days)
    }

    /// So many rounds.
    pub fn rounds(self) -> u32 {
        self.rounds
    }

    /// In so many days.
    pub fn days(self) -> u32 {
        self.days
    }
}

impl Default for Pace {
    /// One round a day.
    fn default() -> Self {
        Self { rounds: 1, days: 1 }
    }
}

/// On which day each round takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The day of the first round.
    pub from: Date,
    /// How fast rounds follow.
    pub pace: Pace,
}

impl Calendar {
    /// The day of a round, numbered from 0; the last day that there is when it lies beyond.
    pub fn day(&self, round: u32) -> Date {
        let days = u64::from(round) * u64::from(self.pace.days) / u64::from(self.pace.rounds);
        // A calendar ends with the year 9999: 4 million days are more than there are.
        let span: Span = i32::try_from(days)
            .unwrap_or(4_000_000)
            .min(4_000_000)
            .days();
        self.from.checked_add(span).unwrap_or(Date::MAX)
    }

    /// How many rounds take place until the end of a day; 0 when it lies before the first one.
    pub fn rounds_until(&self, last: Date) -> u32 {
        let Ok(span) = self.from.until(last) else {
            return 0;
        };
        let days = span.get_days();
        let Ok(days) = u64::try_from(days) else {
            return 0;
        };
        // Round r takes place after r * pace.days / pace.rounds days, rounded down.
        let (rounds, per) = (u64::from(self.pace.rounds), u64::from(self.pace.days));
        let before_next_day = ((days + 1) * rounds).div_ceil(per);
        u32::try_from(before_next_day).unwrap_or(u32::MAX)
    }
}
