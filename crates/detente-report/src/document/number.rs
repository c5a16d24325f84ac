//! Numbers of a document: values of findings, and how they are shown.

use serde::Serialize;

use super::{Held, Pointer};

/// A value of a finding as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Number {
    /// As it is shown.
    pub shown: String,
    /// The place of the value in the findings.
    pub from: Pointer,
    /// How it is shown.
    pub form: Form,
}

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A whole number, or a text of digits: `512`.
    Whole,
    /// How many elements an array or fields an object has: `5`.
    Length,
    /// So many digits after the point: `0.25`.
    Decimals(u8),
    /// A share as a percentage with so many digits after the point: `25 %`. What is neither nothing nor all is not
    /// rounded to it: `< 1 %`, `> 99 %`.
    Percent(u8),
    /// With its sign: `+3`, `-1`, `0`.
    Signed,
    /// A change of a share in percentage points with its sign: `+4.2`.
    Points(u8),
    /// A text as it is: a date, a fraction, a state in `Y` and `N`.
    AsIs,
}

impl Form {
    /// A value as it is shown; `None` when it is of another kind.
    pub fn show<'v>(self, value: impl Into<Held<'v>>) -> Option<String> {
        let value = value.into();
        match self {
            Self::Whole => match value {
                Held::Number(number) if !number.is_f64() => Some(number.to_string()),
                Held::Text(text)
                    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) =>
                {
                    Some(text.into_owned())
                }
                _ => None,
            },
            Self::Length => value.size().map(|size| size.to_string()),
            Self::Decimals(digits) => decimal(value.as_f64()?, digits),
            Self::Percent(digits) => percent(value.as_f64()?, digits),
            Self::Signed => {
                let number = value.as_i64()?;
                Some(if number == 0 {
                    "0".to_owned()
                } else {
                    format!("{number:+}")
                })
            }
            Self::Points(digits) => {
                let shown = decimal(value.as_f64()? * 100.0, digits)?;
                let is_zero = shown.bytes().all(|b| matches!(b, b'0' | b'.'));
                let signed = is_zero || shown.starts_with('-');
                Some(if signed { shown } else { format!("+{shown}") })
            }
            Self::AsIs => value.as_str().map(str::to_owned),
        }
    }
}

/// A share in percent; see [`Form::Percent`].
fn percent(share: f64, digits: u8) -> Option<String> {
    let least = 10_f64.powi(-i32::from(digits));
    let shown = decimal(share * 100.0, digits)?;
    let none = decimal(0.0, digits)?;
    let all = decimal(100.0, digits)?;
    Some(if share > 0.0 && shown == none {
        format!("<\u{a0}{}\u{a0}%", decimal(least, digits)?)
    } else if share < 1.0 && shown == all {
        format!(">\u{a0}{}\u{a0}%", decimal(100.0 - least, digits)?)
    } else {
        format!("{shown}\u{a0}%")
    })
}

/// A number with so many digits after the point; never `-0.0`.
fn decimal(value: f64, digits: u8) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let shown = format!("{value:.*}", usize::from(digits));
    let zero = shown.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    Some(if zero {
        shown.trim_start_matches('-').to_owned()
    } else {
        shown
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Form;

    #[test]
    fn values_are_shown_by_their_form() {
        let shown = |form: Form, value: Value| form.show(&value).unwrap_or_default();
        assert_eq!(shown(Form::Whole, json!(512)), "512");
        assert_eq!(
            shown(Form::Whole, json!("340282366920938463463")),
            "340282366920938463463"
        );
        assert_eq!(shown(Form::Whole, json!(0.5)), "");
        assert_eq!(shown(Form::Length, json!([1, 2, 3])), "3");
        assert_eq!(shown(Form::Decimals(2), json!(0.126)), "0.13");
        assert_eq!(shown(Form::Percent(0), json!(0.551)), "55\u{a0}%");
        assert_eq!(shown(Form::Percent(0), json!(1.0)), "100\u{a0}%");
        assert_eq!(shown(Form::Percent(0), json!(0.998)), ">\u{a0}99\u{a0}%");
        assert_eq!(shown(Form::Percent(0), json!(0)), "0\u{a0}%");
        assert_eq!(shown(Form::Percent(1), json!(0.000_2)), "<\u{a0}0.1\u{a0}%");
        assert_eq!(shown(Form::Points(1), json!(-0.0001)), "0.0");
        assert_eq!(shown(Form::Points(1), json!(0.042)), "+4.2");
        assert_eq!(shown(Form::Signed, json!(-3)), "-3");
        assert_eq!(shown(Form::AsIs, json!("2019-03-05")), "2019-03-05");
    }
}
