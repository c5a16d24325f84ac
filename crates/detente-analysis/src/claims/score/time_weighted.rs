//! The time-weighted score of forecasts that were changed; its page is `time_weighted.md`.

use jiff::civil::Date;

/// The mean of scores, each weighted by the days for which its forecast stood: from the day on which it was made to
/// the day of the next, or to the day on which the question closed.
///
/// `scores` are in the order of their days. Forecasts made after the question closed do not count. When all
/// that count were made on the day on which it closed, the last of them counts alone. `None` when none counts.
pub fn average(scores: &[(Date, f64)], closed: Date) -> Option<f64> {
    let counting = scores.iter().take_while(|(day, _)| *day <= closed);
    let counting: Vec<&(Date, f64)> = counting.collect();
    let (_, last) = counting.last()?;
    let ends = counting.iter().skip(1).map(|(day, _)| *day).chain([closed]);
    let (mut sum, mut days) = (0.0, 0_i64);
    for ((day, score), end) in counting.iter().zip(ends) {
        let stood = i64::from((end - *day).get_days());
        sum += score * stood as f64;
        days += stood;
    }
    Some(if days == 0 { *last } else { sum / days as f64 })
}
