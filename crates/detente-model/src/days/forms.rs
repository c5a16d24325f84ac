//! The forms of days in words: one table of what is written, what it means, and how it is read.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Days, monday, shifted, weekday};

/// A form of words and the days that it means.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// What is written; what stands in capitals is filled in, a line separates choices.
    pub form: &'static str,
    /// The days that it means.
    pub means: &'static str,
    /// An example of it.
    pub example: &'static str,
    pub(super) read: fn(&[&str], Date) -> Option<Days>,
}

/// All forms, in the order in which they are tried.
pub static FORMS: &[Form] = &[
    Form {
        form: "today | yesterday | tomorrow | the day before yesterday | the day after tomorrow",
        means: "the day of `as of`, or so many days before or after it",
        example: "yesterday",
        read: near,
    },
    Form {
        form: "last | this | next WEEKDAY",
        means: "the latest such day before `as of`; the one of its week, Monday to Sunday; the first one after it",
        example: "last Friday",
        read: of_week,
    },
    Form {
        form: "N days | weeks | months | years ago, in N days | weeks | months | years",
        means: "that day: `in one month` of 31 January is the last day of February; N is a number or a word to twelve",
        example: "two weeks ago",
        read: counted,
    },
    Form {
        form: "last | this | next week",
        means: "Monday to Sunday",
        example: "next week",
        read: week,
    },
    Form {
        form: "DAY MONTH, DAY MONTH YEAR, MONTH DAY, MONTH DAY YEAR",
        means: "that day; without a year that of this year if it is not past, else of the next",
        example: "18 January 2019",
        read: day_of_month,
    },
    Form {
        form: "MONTH, MONTH YEAR, last | this | next MONTH, last | this | next month",
        means: "the whole month; `this March` is that of this year, `last March` the latest that is over, `next \
                March` the first that has not begun",
        example: "this month",
        read: whole_month,
    },
    Form {
        form: "early | mid | late, then a month as above (also `mid-March`)",
        means: "its days 1 to 10, 11 to 20, or 21 to the last",
        example: "late March",
        read: third_of_month,
    },
    Form {
        form: "the beginning | start | middle | end of, then a month as above (`the end of the month` too)",
        means: "its first seven days, its days 11 to 20, or its last seven days",
        example: "the end of February",
        read: part_of_month,
    },
    Form {
        form: "near | around | towards the end of, then a month as above",
        means: "from its 15th to the 5th of the next month",
        example: "near the end of February",
        read: near_end_of_month,
    },
    Form {
        form: "near | around the beginning | start of, then a month as above",
        means: "from the 25th of the month before to its 15th",
        example: "around the start of April",
        read: near_start_of_month,
    },
    Form {
        form: "spring | summer | autumn | fall | winter, also with YEAR, or after last | this | next",
        means: "the three months of the northern season, from March, June, September or December on; a winter has \
                the year in which it begins",
        example: "last summer",
        read: season,
    },
    Form {
        form: "YEAR, last | this | next year",
        means: "from 1 January to 31 December",
        example: "2018",
        read: whole_year,
    },
    Form {
        form: "early | mid | late, then a year as above",
        means: "January to April, May to August, or September to December",
        example: "early 2019",
        read: third_of_year,
    },
    Form {
        form: "the beginning | start | middle | end of, then a year as above (`the end of the year` too)",
        means: "January, June and July, or December",
        example: "the end of the year",
        read: part_of_year,
    },
];

fn near(words: &[&str], as_of: Date) -> Option<Days> {
    let away = match words {
        ["today"] => 0,
        ["yesterday"] => -1,
        ["tomorrow"] => 1,
        ["the", "day", "before", "yesterday"] => -2,
        ["the", "day", "after", "tomorrow"] => 2,
        _ => return None,
    };
    shifted(as_of, away).map(Days::one)
}

fn of_week(words: &[&str], as_of: Date) -> Option<Days> {
    let [which, day] = words else { return None };
    let wanted = weekday(day)?;
    let ahead = i32::from(wanted.to_monday_zero_offset());
    let here = i32::from(as_of.weekday().to_monday_zero_offset());
    let away = match *which {
        "last" if ahead < here => ahead - here,
        "last" => ahead - here - 7,
        "next" if ahead > here => ahead - here,
        "next" => ahead - here + 7,
        "this" => ahead - here,
        _ => return None,
    };
    shifted(as_of, away).map(Days::one)
}

/// A number in digits, or a word for one up to twelve.
fn number(word: &str) -> Option<i32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    if let Some(place) = WORDS.iter().position(|w| *w == word) {
        return i32::try_from(place + 1).ok();
    }
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let small = digits && word.len() <= 5;
    small.then(|| word.parse().ok()).flatten()
}

fn counted(words: &[&str], as_of: Date) -> Option<Days> {
    let (count, unit) = match words {
        [count, unit, "ago"] => (-number(count)?, *unit),
        ["in", count, unit] => (number(count)?, *unit),
        _ => return None,
    };
    let span = match unit {
        "day" | "days" => jiff::Span::new().try_days(count),
        "week" | "weeks" => jiff::Span::new().try_weeks(count),
        "month" | "months" => jiff::Span::new().try_months(count),
        "year" | "years" => jiff::Span::new().try_years(count),
        _ => return None,
    };
    as_of.checked_add(span.ok()?).ok().map(Days::one)
}

fn week(words: &[&str], as_of: Date) -> Option<Days> {
    let away = match words {
        ["last", "week"] => -7,
        ["this", "week"] => 0,
        ["next", "week"] => 7,
        _ => return None,
    };
    let first = shifted(monday(as_of)?, away)?;
    Some(Days {
        first,
        last: shifted(first, 6)?,
    })
}

/// The month that a word names, from 1.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let place = MONTHS.iter().position(|m| *m == word)?;
    i8::try_from(place + 1).ok()
}

/// A year in four digits.
fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

fn day_of_month(words: &[&str], as_of: Date) -> Option<Days> {
    let (day, name, written) = match words {
        [a, b] => (*a, *b, None),
        [a, b, written] => (*a, *b, Some(year(written)?)),
        _ => return None,
    };
    let (day, name) = if month(day).is_some() {
        (name, day)
    } else {
        (day, name)
    };
    let day: i8 = (day.len() <= 2).then(|| day.parse().ok()).flatten()?;
    let of = |year| Date::new(year, month(name)?, day).ok();
    if let Some(written) = written {
        return of(written).map(Days::one);
    }
    // 29 February may be years away.
    let found = (0..=8).find_map(|later| of(as_of.year() + later).filter(|d| *d >= as_of));
    found.map(Days::one)
}

/// The first day of the month that the words name.
fn month_of(words: &[&str], as_of: Date) -> Option<Date> {
    let here = as_of.first_of_month();
    let moved = |months: i32| here.checked_add(months.months()).ok();
    let away = |name: &str| Some(i32::from(month(name)?) - i32::from(as_of.month()));
    match words {
        ["the" | "this", "month"] => Some(here),
        ["last", "month"] => moved(-1),
        ["next", "month"] => moved(1),
        ["this", name] => moved(away(name)?),
        ["last", name] => moved(match away(name)? {
            before @ ..0 => before,
            later => later - 12,
        }),
        ["next", name] => moved(match away(name)? {
            later @ 1.. => later,
            before => before + 12,
        }),
        [name] => moved(match away(name)? {
            later @ 0.. => later,
            before => before + 12,
        }),
        [name, written] => Date::new(year(written)?, month(name)?, 1).ok(),
        _ => None,
    }
}

fn whole_month(words: &[&str], as_of: Date) -> Option<Days> {
    if words == ["the", "month"] {
        return None;
    }
    let first = month_of(words, as_of)?;
    Some(Days {
        first,
        last: first.last_of_month(),
    })
}

/// Some days of a month, by their numbers; the last of them at most the last of the month.
fn within(first: Date, from: i8, to: i8) -> Option<Days> {
    let end = first.last_of_month();
    Some(Days {
        first: Date::new(first.year(), first.month(), from.min(end.day())).ok()?,
        last: Date::new(first.year(), first.month(), to.min(end.day())).ok()?,
    })
}

/// `early`, `mid` or `late` before something, or `mid-` before its first word.
fn third<'w>(words: &[&'w str]) -> Option<(usize, Vec<&'w str>)> {
    let (first, rest) = words.split_first()?;
    let which = |word: &str| {
        Some(match word {
            "early" => 0,
            "mid" => 1,
            "late" => 2,
            _ => return None,
        })
    };
    if let Some(third) = which(first) {
        return Some((third, rest.to_vec()));
    }
    let (prefix, name) = first.split_once('-')?;
    let mut of = vec![name];
    of.extend(rest);
    Some((which(prefix)?, of))
}

fn third_of_month(words: &[&str], as_of: Date) -> Option<Days> {
    let (third, of) = third(words)?;
    let first = month_of(&of, as_of)?;
    let [from, to] = [[1, 10], [11, 20], [21, 31]][third];
    within(first, from, to)
}

/// `the end of` and the like before something: 0 for the beginning, 1 for the middle, 2 for the end.
fn part<'s, 'w>(words: &'s [&'w str]) -> Option<(usize, &'s [&'w str])> {
    let words = match words {
        ["at", rest @ ..] | rest => rest,
    };
    let (word, of) = match words {
        ["the", word, "of", of @ ..] => (*word, of),
        _ => return None,
    };
    Some((
        match word {
            "beginning" | "start" => 0,
            "middle" => 1,
            "end" => 2,
            _ => return None,
        },
        of,
    ))
}

fn part_of_month(words: &[&str], as_of: Date) -> Option<Days> {
    let (part, of) = part(words)?;
    let first = month_of(of, as_of)?;
    match part {
        0 => within(first, 1, 7),
        1 => within(first, 11, 20),
        _ => {
            let last = first.last_of_month();
            within(first, last.day() - 6, last.day())
        }
    }
}

fn near_end_of_month(words: &[&str], as_of: Date) -> Option<Days> {
    let ["near" | "around" | "toward" | "towards", rest @ ..] = words else {
        return None;
    };
    let (2, of) = part(rest)? else { return None };
    let first = month_of(of, as_of)?;
    Some(Days {
        first: Date::new(first.year(), first.month(), 15).ok()?,
        last: shifted(first.last_of_month(), 5)?,
    })
}

fn near_start_of_month(words: &[&str], as_of: Date) -> Option<Days> {
    let ["near" | "around", rest @ ..] = words else {
        return None;
    };
    let (0, of) = part(rest)? else { return None };
    let first = month_of(of, as_of)?;
    let before = shifted(first, -1)?;
    Some(Days {
        first: Date::new(before.year(), before.month(), 25).ok()?,
        last: Date::new(first.year(), first.month(), 15).ok()?,
    })
}

fn season(words: &[&str], as_of: Date) -> Option<Days> {
    let start = |name: &str| {
        Some(match name {
            "spring" => 3,
            "summer" => 6,
            "autumn" | "fall" => 9,
            "winter" => 12,
            _ => return None,
        })
    };
    let of = |name: &str, year: i16| {
        let first = Date::new(year, start(name)?, 1).ok()?;
        Some(Days {
            first,
            last: first.checked_add(2.months()).ok()?.last_of_month(),
        })
    };
    let around = as_of.year() - 1..=as_of.year() + 1;
    match words {
        [name, written] if start(name).is_some() => of(name, year(written)?),
        ["this", name] | [name] => {
            let mut all = around.filter_map(|y| of(name, y));
            all.find(|days| days.last >= as_of)
        }
        ["last", name] => {
            let all = around.rev().filter_map(|y| of(name, y));
            all.chain(of(name, as_of.year() - 2))
                .find(|days| days.last < as_of)
        }
        ["next", name] => {
            let mut all = around.filter_map(|y| of(name, y));
            all.find(|days| days.first > as_of)
        }
        _ => None,
    }
}

fn year_of(words: &[&str], as_of: Date) -> Option<i16> {
    match words {
        ["the" | "this", "year"] => Some(as_of.year()),
        ["last", "year"] => Some(as_of.year() - 1),
        ["next", "year"] => Some(as_of.year() + 1),
        [written] => year(written),
        _ => None,
    }
}

/// From the first day of a month to the last of another.
fn months(year: i16, from: i8, to: i8) -> Option<Days> {
    Some(Days {
        first: Date::new(year, from, 1).ok()?,
        last: Date::new(year, to, 1).ok()?.last_of_month(),
    })
}

fn whole_year(words: &[&str], as_of: Date) -> Option<Days> {
    if words == ["the", "year"] {
        return None;
    }
    months(year_of(words, as_of)?, 1, 12)
}

fn third_of_year(words: &[&str], as_of: Date) -> Option<Days> {
    let (third, of) = third(words)?;
    let [from, to] = [[1, 4], [5, 8], [9, 12]][third];
    months(year_of(&of, as_of)?, from, to)
}

fn part_of_year(words: &[&str], as_of: Date) -> Option<Days> {
    let (part, of) = part(words)?;
    let [from, to] = [[1, 1], [6, 7], [12, 12]][part];
    months(year_of(of, as_of)?, from, to)
}
