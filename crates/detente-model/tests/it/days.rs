//! Days in words, against a calendar that is walked through day by day.

use detente_model::codes::CODES;
use detente_model::days::{Days, FORMS, meant};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A day of a calendar that knows only how long months are, and which day of the week came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Plain {
    year: i16,
    month: i8,
    day: i8,
    /// 0 for Monday.
    weekday: usize,
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn long(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// All days from 1 January 2015, a Thursday, to the end of 2024.
fn walk() -> Vec<Plain> {
    let mut at = Plain {
        year: 2015,
        month: 1,
        day: 1,
        weekday: 3,
    };
    let mut days = Vec::new();
    while at.year < 2025 {
        days.push(at);
        at.weekday = (at.weekday + 1) % 7;
        at.day += 1;
        if at.day > long(at.year, at.month) {
            at.day = 1;
            at.month += 1;
        }
        if at.month > 12 {
            at.month = 1;
            at.year += 1;
        }
    }
    days
}

fn civil(day: Plain) -> Date {
    date(day.year, day.month, day.day)
}

fn one(words: &str, as_of: Date) -> Option<Date> {
    meant(words, as_of).and_then(Days::single)
}

fn span(words: &str, as_of: Date) -> (Date, Date) {
    let days = meant(words, as_of).unwrap_or_else(|| panic!("`{words}` on {as_of}"));
    (days.first, days.last)
}

#[test]
fn the_founding_case() {
    let sunday = date(2019, 1, 20);
    assert_eq!(one("last Friday", sunday), Some(date(2019, 1, 18)));
    assert_eq!(
        one("last Friday", date(2019, 1, 27)),
        Some(date(2019, 1, 25)),
        "a week moves it"
    );
    assert_eq!(
        one("last Friday", date(2019, 1, 18)),
        Some(date(2019, 1, 11)),
        "on a Friday it is the one before"
    );
    assert_eq!(
        span("near the end of February", sunday),
        (date(2019, 2, 15), date(2019, 3, 5))
    );
    assert_eq!(
        span("this month", sunday),
        (date(2019, 1, 1), date(2019, 1, 31))
    );
}

#[test]
fn weekdays_and_weeks_over_many_weeks() {
    let days = walk();
    for (at, day) in days.iter().enumerate().skip(800).take(1200) {
        let as_of = civil(*day);
        for (weekday, name) in WEEKDAYS.iter().enumerate() {
            let is = |d: &&Plain| d.weekday == weekday;
            let last = days[..at].iter().rev().find(is).unwrap();
            assert_eq!(
                one(&format!("last {name}"), as_of),
                Some(civil(*last)),
                "last {name} of {as_of}"
            );
            let next = days[at + 1..].iter().find(is).unwrap();
            assert_eq!(
                one(&format!("next {name}"), as_of),
                Some(civil(*next)),
                "next {name} of {as_of}"
            );
            let monday = at - day.weekday;
            let this = days[monday..monday + 7].iter().find(is).unwrap();
            assert_eq!(one(&format!("on this {name}"), as_of), Some(civil(*this)));
        }
        let monday = at - day.weekday;
        for (words, away) in [("last week", 0), ("this week", 7), ("next week", 14)] {
            let first = monday - 7 + away;
            assert_eq!(
                span(words, as_of),
                (civil(days[first]), civil(days[first + 6]))
            );
        }
        let near = [
            ("the day before yesterday", at - 2),
            ("yesterday", at - 1),
            ("Today", at),
            ("tomorrow", at + 1),
        ];
        for (words, place) in near.into_iter().chain([("the day after tomorrow", at + 2)]) {
            assert_eq!(one(words, as_of), Some(civil(days[place])));
        }
        for (number, count) in [("a", 1), ("two", 2), ("12", 12), ("100", 100)] {
            assert_eq!(
                one(&format!("{number} days ago"), as_of),
                Some(civil(days[at - count]))
            );
            assert_eq!(
                one(&format!("in {number} days"), as_of),
                Some(civil(days[at + count]))
            );
        }
        assert_eq!(one("three weeks ago", as_of), Some(civil(days[at - 21])));
    }
}

/// The days of the month that holds the first day, at or after a place in the walk, that a test admits.
fn month_from(days: &[Plain], admits: impl Fn(&Plain) -> bool) -> Vec<Plain> {
    let first = days.iter().find(|d| admits(d)).unwrap();
    days.iter()
        .filter(|d| (d.year, d.month) == (first.year, first.month))
        .copied()
        .collect()
}

#[test]
fn months_and_their_parts() {
    let days = walk();
    for (at, day) in days.iter().enumerate().skip(800).step_by(3).take(500) {
        let as_of = civil(*day);
        for (number, name) in (1_i8..).zip(MONTHS) {
            // The rest of the present month, or the next of that name.
            let all = month_from(&days[at..], |d| d.month == number);
            let (year, month) = (all[0].year, all[0].month);
            let end = long(year, month);
            let from_to = |from, to| (date(year, month, from), date(year, month, to));
            assert_eq!(span(name, as_of), from_to(1, end), "{name} of {as_of}");
            assert_eq!(span(&format!("in {name}"), as_of), from_to(1, end));
            assert_eq!(span(&format!("early {name}"), as_of), from_to(1, 10));
            assert_eq!(span(&format!("mid-{name}"), as_of), from_to(11, 20));
            assert_eq!(span(&format!("late {name}"), as_of), from_to(21, end));
            assert_eq!(
                span(&format!("the beginning of {name}"), as_of),
                from_to(1, 7)
            );
            assert_eq!(
                span(&format!("at the end of {name}"), as_of),
                from_to(end - 6, end)
            );
            let near = span(&format!("near the end of {name}"), as_of);
            let place = days
                .iter()
                .position(|d| civil(*d) == date(year, month, end))
                .unwrap();
            assert_eq!(near, (date(year, month, 15), civil(days[place + 5])));
            let begins = days
                .iter()
                .position(|d| civil(*d) == date(year, month, 1))
                .unwrap();
            let before = days[begins - 1];
            let near = span(&format!("around the start of {name}"), as_of);
            assert_eq!(
                near,
                (date(before.year, before.month, 25), date(year, month, 15))
            );
            let mut past = days[..at].iter().rev();
            let here = (day.year, day.month);
            let past = past
                .find(|d| d.month == number && (d.year, d.month) != here)
                .unwrap();
            let whole = (
                date(past.year, number, 1),
                date(past.year, number, long(past.year, number)),
            );
            assert_eq!(
                span(&format!("last {name}"), as_of),
                whole,
                "last {name} of {as_of}"
            );
            let next = month_from(&days[at..], |d| {
                d.month == number && (d.year, d.month) != here
            });
            assert_eq!(span(&format!("next {name}"), as_of).0, civil(next[0]));
            assert_eq!(
                span(&format!("this {name}"), as_of).0,
                date(day.year, number, 1)
            );
            let fifth = days[at..]
                .iter()
                .find(|d| d.month == number && d.day == 5)
                .unwrap();
            assert_eq!(one(&format!("5 {name}"), as_of), Some(civil(*fifth)));
            assert_eq!(
                one(&format!("{name} 5, 2017"), as_of),
                Some(date(2017, number, 5))
            );
        }
        let end = long(day.year, day.month);
        assert_eq!(
            span("the end of the month", as_of).1,
            date(day.year, day.month, end)
        );
        let before = days[at - usize::try_from(day.day).unwrap()];
        assert_eq!(
            span("last month", as_of),
            (date(before.year, before.month, 1), civil(before))
        );
        let after = days[at + usize::try_from(end - day.day).unwrap() + 1];
        assert_eq!(span("next month", as_of).0, civil(after));
    }
}

#[test]
fn seasons_years_and_what_is_odd() {
    let sunday = date(2019, 1, 20);
    for (words, first, last) in [
        ("winter", date(2018, 12, 1), date(2019, 2, 28)),
        ("last winter", date(2017, 12, 1), date(2018, 2, 28)),
        ("next winter", date(2019, 12, 1), date(2020, 2, 29)),
        ("winter 2019", date(2019, 12, 1), date(2020, 2, 29)),
        ("summer", date(2019, 6, 1), date(2019, 8, 31)),
        ("last summer", date(2018, 6, 1), date(2018, 8, 31)),
        ("in spring 2020", date(2020, 3, 1), date(2020, 5, 31)),
        ("last fall", date(2018, 9, 1), date(2018, 11, 30)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("next year", date(2020, 1, 1), date(2020, 12, 31)),
        ("early 2019", date(2019, 1, 1), date(2019, 4, 30)),
        ("mid-2019", date(2019, 5, 1), date(2019, 8, 31)),
        ("the end of the year", date(2019, 12, 1), date(2019, 12, 31)),
        ("February 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("29 February", date(2020, 2, 29), date(2020, 2, 29)),
        ("sometime in March", date(2019, 3, 1), date(2019, 3, 31)),
        ("two years ago", date(2017, 1, 20), date(2017, 1, 20)),
    ] {
        assert_eq!(span(words, sunday), (first, last), "{words}");
    }
    assert_eq!(
        one("in one month", date(2019, 1, 31)),
        Some(date(2019, 2, 28))
    );
    assert_eq!(
        one("one year ago", date(2020, 2, 29)),
        Some(date(2019, 2, 28))
    );
    for words in [
        "",
        "Friday",
        "soon",
        "last",
        "in",
        "30 February 2019",
        "99999999999 days ago",
        "the month",
        "the year",
        "the end of",
        "mid-",
        "last 2019",
        "-1 days ago",
        "in in March",
    ] {
        assert_eq!(meant(words, sunday), None, "{words}");
    }
    assert_eq!(meant("tomorrow", Date::MAX), None);
    assert_eq!(meant("last week", Date::MIN), None);
    assert_eq!(meant("near the end of the month", Date::MAX), None);
}

#[test]
fn every_form_reads_its_example_and_the_page_names_it() {
    let page = CODES.iter().find(|c| c.code == "E0174").unwrap().text;
    for form in FORMS {
        let days = meant(form.example, date(2019, 1, 20));
        assert!(days.is_some_and(|d| d.first <= d.last), "{}", form.example);
        let word = form.example.split(' ').next().unwrap().to_lowercase();
        assert!(
            page.to_lowercase().contains(&word),
            "{word} is missing on the page"
        );
    }
}

proptest! {
    #[test]
    fn no_words_are_too_odd(
        words in prop::collection::vec(prop::sample::select(vec![
            "last", "next", "this", "the", "end", "of", "near", "friday", "march", "may", "2019", "0000", "9999", "31",
            "month", "year", "week", "in", "ago", "days", "months", "years", "early", "mid-march", "mid", "winter", "9", "-",
        ]), 0..6),
        year in prop::sample::select(vec![-9999_i16, 0, 2019, 9999]), month in 1_i8..=12, day in 1_i8..=28,
        other in "\\PC{0,20}",
    ) {
        for words in [words.join(" "), other] {
            if let Some(days) = meant(&words, date(year, month, day)) {
                prop_assert!(days.first <= days.last);
                // Four digits are written for a year.
                prop_assert_eq!(days.first.to_string().len(), 10);
            }
        }
    }
}
