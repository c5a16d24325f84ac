//! Exact numbers in and out of foreign files: no number passes through a float.

use detente_syntax::ast::{Amount, Quantity};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Characters of a number at most.
const LONGEST: usize = 400;

/// The power of ten of a number is not beyond this, either way.
const LARGEST_POWER: i64 = 400;

/// Digits of an [`Amount`] at most.
const DIGITS: usize = 40;

/// Digits after the point of a number that has to be rounded, at most.
const PLACES: usize = 30;

/// A number as a foreign file may write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Number {
    Finite(BigRational),
    /// `.inf`, `Infinity`.
    Infinity,
    /// `-.inf`, `-Infinity`.
    MinusInfinity,
    /// `.nan`, `NaN`.
    Undefined,
}

impl Number {
    /// Reads a number; `None` when the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (minus, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let word = rest.strip_prefix('.').unwrap_or(rest);
        if word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity") {
            return Some(if minus {
                Self::MinusInfinity
            } else {
                Self::Infinity
            });
        }
        if word.eq_ignore_ascii_case("nan") {
            return Some(Self::Undefined);
        }
        parse(text).map(Self::Finite)
    }
}

/// Reads `12`, `-0.5`, `.5`, `2.`, `1.5e-3`; `None` when the text is something else.
pub(crate) fn parse(text: &str) -> Option<BigRational> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let (mantissa, power) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (minus, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) || power.abs() > LARGEST_POWER {
        return None;
    }
    let number: BigInt = all.parse().ok()?;
    let number = BigRational::from_integer(if minus { -number } else { number });
    let power = power - i64::try_from(part.len()).ok()?;
    let scale = BigRational::from_integer(power_of_ten(power.unsigned_abs()));
    Some(if power < 0 {
        number / scale
    } else {
        number * scale
    })
}

fn power_of_ten(power: u64) -> BigInt {
    BigInt::from(10u32).pow(u32::try_from(power).unwrap_or(u32::MAX))
}

/// A whole number as a fraction.
pub(crate) fn whole(number: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(number.into())
}

/// A number as the language writes it, and whether it is exactly that number: a decimal fraction where it is
/// one, else a fraction such as `2/7`, else rounded. `None` when it is too large to be written.
pub(crate) fn amount(number: &BigRational) -> Option<(Amount, bool)> {
    if let Some(text) = decimal(number)
        && Amount::is_valid(&text)
    {
        return Some((Amount { text }, true));
    }
    let fraction = format!("{}/{}", number.numer(), number.denom());
    if Amount::is_valid(&fraction) {
        return Some((Amount { text: fraction }, true));
    }
    let before = number.to_integer().abs().to_string().len();
    let places = DIGITS.checked_sub(before)?.min(PLACES);
    let scale = whole(power_of_ten(places as u64));
    let rounded = (number * &scale).round() / scale;
    let text = decimal(&rounded)?;
    Amount::is_valid(&text).then_some((Amount { text }, false))
}

/// A number as a quantity that is known.
pub(crate) fn quantity(amount: Amount) -> Quantity {
    Quantity {
        amount,
        up_to: None,
    }
}

/// A number as a finite decimal fraction, without zeros at the end; `None` when it is none.
pub(crate) fn decimal(number: &BigRational) -> Option<String> {
    let mut rest = number.denom().clone();
    let mut places = 0usize;
    // As many places as the powers of two and of five in the denominator ask for.
    let (mut twos, mut fives) = (0usize, 0usize);
    for (factor, count) in [(2u32, &mut twos), (5u32, &mut fives)] {
        let factor = BigInt::from(factor);
        while (&rest % &factor).is_zero() {
            rest /= &factor;
            *count += 1;
            if *count > LONGEST {
                return None;
            }
        }
    }
    if !rest.is_one() {
        return None;
    }
    places = places.max(twos).max(fives);
    let scaled = (number * whole(power_of_ten(places as u64))).to_integer();
    let digits = scaled.abs().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let minus = if scaled.is_negative() { "-" } else { "" };
    Some(if after.is_empty() {
        format!("{minus}{before}")
    } else {
        format!("{minus}{before}.{after}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        let tenth = BigRational::new(1.into(), 10.into());
        for text in ["0.1", ".1", "1e-1", "0.10", "+1.0E-1", " 0.1 "] {
            assert_eq!(parse(text), Some(tenth.clone()), "{text}");
        }
        assert_eq!(parse("-2."), Some(whole(-2)));
        for text in [
            "", "-", ".", "1,5", "0x10", "1e", "1e999", "null", "1_000", "--1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(Number::parse("-.inf"), Some(Number::MinusInfinity));
        assert_eq!(Number::parse("Infinity"), Some(Number::Infinity));
        assert_eq!(Number::parse(".nan"), Some(Number::Undefined));
    }

    #[test]
    fn numbers_are_written_exactly_where_forty_digits_suffice() {
        let written = |text: &str| amount(&parse(text).expect("a number"));
        for (text, expected) in [
            ("0.70", "0.7"),
            ("-12.50", "-12.5"),
            ("100", "100"),
            ("0", "0"),
            ("0.05", "0.05"),
        ] {
            assert_eq!(
                written(text).map(|(a, e)| (a.text, e)),
                Some((expected.to_owned(), true))
            );
        }
        let sevenths = BigRational::new(2.into(), 7.into());
        assert_eq!(
            amount(&sevenths).map(|(a, e)| (a.text, e)),
            Some(("2/7".to_owned(), true))
        );
        let long = format!("0.{}1", "3".repeat(50));
        let rounded = format!("0.{}", "3".repeat(30));
        assert_eq!(
            written(&long).map(|(a, e)| (a.text, e)),
            Some((rounded, false))
        );
        assert_eq!(written(&"9".repeat(50)), None);
    }
}
