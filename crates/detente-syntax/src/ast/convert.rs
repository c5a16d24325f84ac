//! Formulas and settings: one is written as the other.

use std::fmt;

use super::formula::{Comparison, Formula, FormulaKind};
use super::items::{Setting, SettingValue};
use super::names::Place;

impl From<Setting> for Formula {
    fn from(setting: Setting) -> Self {
        let place = setting.place;
        let of = |kind| Self { kind, place };
        match setting.value {
            SettingValue::On => of(FormulaKind::Option(setting.option)),
            SettingValue::Off => of(FormulaKind::Not(Box::new(of(FormulaKind::Option(
                setting.option,
            ))))),
            SettingValue::Level(level) => of(FormulaKind::Level {
                option: setting.option,
                comparison: Comparison::Is,
                level,
            }),
        }
    }
}

impl TryFrom<Formula> for Setting {
    type Error = String;

    /// Reads `A`, `not A` or `A is level`; anything else is handed back as its text.
    fn try_from(formula: Formula) -> Result<Self, String> {
        let place: Place = formula.place;
        let (option, value) = match &formula.kind {
            FormulaKind::Option(option) => (option.clone(), SettingValue::On),
            FormulaKind::Level {
                option,
                comparison: Comparison::Is,
                level,
            } => (option.clone(), SettingValue::Level(level.clone())),
            FormulaKind::Not(inner) => match &inner.kind {
                FormulaKind::Option(option) => (option.clone(), SettingValue::Off),
                _ => return Err(not_a_setting(&formula)),
            },
            _ => return Err(not_a_setting(&formula)),
        };
        Ok(Self {
            option,
            value,
            place,
        })
    }
}

fn not_a_setting(formula: &Formula) -> String {
    format!("`{formula}` sets no single option")
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            SettingValue::On => write!(f, "{}", self.option),
            SettingValue::Off => write!(f, "not {}", self.option),
            SettingValue::Level(level) => write!(f, "{} is {level}", self.option),
        }
    }
}

/// How tightly a form binds; a looser part inside a tighter one needs brackets.
fn binding(kind: &FormulaKind) -> u8 {
    match kind {
        FormulaKind::Iff(..) => 0,
        FormulaKind::If(..) | FormulaKind::Unless(..) => 1,
        FormulaKind::Or(_) => 2,
        FormulaKind::And(_) => 3,
        FormulaKind::Not(_) => 4,
        _ => 5,
    }
}

fn write_part(f: &mut fmt::Formatter<'_>, part: &Formula, at_least: u8) -> fmt::Result {
    if binding(&part.kind) < at_least {
        write!(f, "({part})")
    } else {
        write!(f, "{part}")
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Formula],
    word: &str,
    at_least: u8,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            write!(f, "{word}")?;
        }
        write_part(f, part, at_least)?;
    }
    Ok(())
}

impl fmt::Display for Formula {
    /// The formula as it is written, with no more brackets than needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FormulaKind::Constant(value) => write!(f, "{value}"),
            FormulaKind::Option(option) => write!(f, "{option}"),
            FormulaKind::Level {
                option,
                comparison,
                level,
            } => {
                write!(f, "{option} {} {level}", comparison.text())
            }
            FormulaKind::Class { name, .. } => write!(f, "class {}", crate::quote(name)),
            FormulaKind::State(name) => write!(f, "state {name}"),
            FormulaKind::Term(name) => write!(f, "term {name}"),
            FormulaKind::Pattern { text, .. } => write!(f, "{}", crate::quote(text)),
            FormulaKind::Not(inner) => {
                write!(f, "not ")?;
                write_part(f, inner, 4)
            }
            FormulaKind::And(parts) => write_joined(f, parts, " and ", 4),
            FormulaKind::Or(parts) => write_joined(f, parts, " or ", 3),
            FormulaKind::If(then, condition) => {
                write_part(f, then, 1)?;
                write!(f, " if ")?;
                write_part(f, condition, 2)
            }
            FormulaKind::Unless(then, condition) => {
                write_part(f, then, 1)?;
                write!(f, " unless ")?;
                write_part(f, condition, 2)
            }
            FormulaKind::Iff(a, b) => {
                write_part(f, a, 0)?;
                write!(f, " iff ")?;
                write_part(f, b, 1)
            }
            FormulaKind::Count { count, number, of } => {
                write!(f, "{} {number} of (", count.text())?;
                write_joined(f, of, ", ", 0)?;
                write!(f, ")")
            }
        }
    }
}
