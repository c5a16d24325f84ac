//! What values of properties say, in the words of the language.

use detente_syntax::ast::{
    Amount, Attitude, Came, Certainty, Communicated, Date, Day, Direction, Effect, Formula,
    IssueWeight, Levels, Likelihood, Mandate, Name, PackageRuleKind, Pick, PickedLevel,
    Preferences, Quantity, RankItem, Ratification, Ref, Resolution, Setting, SettingValue, Start,
    StatusQuo, Strength, Trend, Values, Verdict, Weight, When,
};
use detente_syntax::{print_change, quote};

use super::walk::Side;
use crate::variant;

/// What can be told of a value. Two values that say the same are the same.
pub(super) trait Said {
    /// What it says; `None` for nothing.
    fn said(&self, side: &Side<'_>) -> Option<String>;
}

/// Values that are written by their own rules.
macro_rules! as_written {
    ($($kind:ty),* $(,)?) => {
        $(impl Said for $kind {
            fn said(&self, _side: &Side<'_>) -> Option<String> {
                Some(self.to_string())
            }
        })*
    };
}

as_written!(
    u32, Name, Date, Day, When, Likelihood, Quantity, Amount, Start, Came
);

impl Said for String {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(self.clone())
    }
}

impl Said for bool {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        self.then(|| "yes".to_owned())
    }
}

impl<T: Said> Said for Option<T> {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.as_ref().and_then(|value| value.said(side))
    }
}

impl<T: Said> Said for Vec<T> {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        (!self.is_empty()).then(|| listed(self, side))
    }
}

/// Values with commas between them.
pub(super) fn listed<T: Said>(values: &[T], side: &Side<'_>) -> String {
    let said = values.iter().filter_map(|v| v.said(side));
    said.collect::<Vec<_>>().join(", ")
}

impl Said for Formula {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(formula(self, side))
    }
}

/// A formula with every option as `PARTY.option`.
pub(super) fn formula(formula: &Formula, side: &Side<'_>) -> String {
    let kind = variant::qualified(formula, &side.scope, side.home);
    let place = formula.place;
    Formula { kind, place }.to_string()
}

/// An option as `PARTY.option`.
pub(super) fn option(reference: &Ref, side: &Side<'_>) -> String {
    match side.scope.find_option(reference, side.home) {
        Ok(id) => side.scope.qualified(id),
        Err(_) => reference.to_string(),
    }
}

impl Said for Ref {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(option(self, side))
    }
}

impl Said for Setting {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        let option = option(&self.option, side);
        Some(match &self.value {
            SettingValue::On => option,
            SettingValue::Off => format!("not {option}"),
            SettingValue::Level(level) => format!("{option} is {level}"),
        })
    }
}

impl Said for StatusQuo {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(match self {
            // The order of what is set does not count.
            Self::Settings { settings, place: _ } => {
                let mut said: Vec<_> = settings.iter().filter_map(|s| s.said(side)).collect();
                said.sort();
                if said.is_empty() {
                    "{ }".to_owned()
                } else {
                    format!("{{ {} }}", said.join(", "))
                }
            }
            Self::State(name) => name.to_string(),
        })
    }
}

impl Said for Direction {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        match self {
            Self::Both => None,
            Self::OnlyOn => Some("irreversible".to_owned()),
            Self::OnlyOff => Some("only off".to_owned()),
        }
    }
}

impl Said for Attitude {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(self.word().to_owned())
    }
}

impl Said for Certainty {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        match self {
            Self::Certain => None,
            Self::Maybe => Some("maybe".to_owned()),
            Self::Probability(number) => Some(format!("maybe {number}")),
        }
    }
}

impl Said for Strength {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        self.words()
    }
}

impl Said for Weight {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(self.text.clone())
    }
}

impl Said for Preferences {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Statements(list) => {
                let lines = list.iter().map(|s| {
                    let either = if s.either_order {
                        " (either order)"
                    } else {
                        ""
                    };
                    let words = [s.certainty.said(side), s.strength.said(side)];
                    let words = words.into_iter().flatten().map(|w| w + " ");
                    let words: String = words.collect();
                    format!("{words}{}{either}", formula(&s.formula, side))
                });
                format!("prefers {}", lines.collect::<Vec<_>>().join("; "))
            }
            Self::Ranks(groups) => {
                let mut text = "ranks".to_owned();
                for (index, group) in groups.iter().enumerate() {
                    if index > 0 {
                        // The sign stands before the group that is liked less.
                        text = format!("{text} {}", groups[index - 1].strength.sign());
                    }
                    let items = group.items.iter().map(|item| match item {
                        RankItem::State(name) => name.to_string(),
                        RankItem::Formula(f) => formula(f, side),
                        RankItem::Rest(_) => "rest".to_owned(),
                    });
                    text = format!("{text} {}", items.collect::<Vec<_>>().join(" = "));
                }
                text
            }
            Self::Weights(list) => {
                let lines = list.iter().map(|w| {
                    let up_to = w.up_to.as_ref().map(|u| format!(" .. {}", u.text));
                    let up_to = up_to.unwrap_or_default();
                    format!("{}{up_to}: {}", w.weight.text, formula(&w.formula, side))
                });
                format!("weights {}", lines.collect::<Vec<_>>().join("; "))
            }
        })
    }
}

impl Said for Levels {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Named(levels) => {
                let levels = levels.iter().map(|level| match &level.title {
                    Some(title) => format!("{} {}", level.name, quote(title)),
                    None => level.name.to_string(),
                });
                levels.collect::<Vec<_>>().join(", ")
            }
            Self::Numbers { from, to, by } => {
                let by = by.as_ref().map(|by| format!(" by {by}"));
                format!("{from} .. {to}{}", by.unwrap_or_default())
            }
        })
    }
}

impl Said for PackageRuleKind {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        let word = match self {
            Self::Never => "never",
            Self::Always => "always",
        };
        Some(word.to_owned())
    }
}

impl Said for IssueWeight {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Known(quantity) => quantity.to_string(),
            Self::Unknown => "?".to_owned(),
        })
    }
}

impl Said for Trend {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        let word = match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
        };
        Some(word.to_owned())
    }
}

impl Said for Values {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        let values: Vec<String> = match self {
            Self::InOrder(values) => return Some(listed(values, side)),
            Self::ByLevel(values) => values
                .iter()
                .map(|v| format!("{} {}", v.level, v.value))
                .collect(),
            Self::AtNumbers(values) => values
                .iter()
                .map(|v| format!("{} at {}", v.value, v.at))
                .collect(),
        };
        Some(values.join(", "))
    }
}

impl Said for Ratification {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        match self {
            Self::All => None,
            Self::Majority => Some("majority".to_owned()),
            Self::Any => Some("any".to_owned()),
            Self::Votes(votes) => Some(format!("{votes} votes")),
        }
    }
}

impl Said for Pick {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        let levels = self.levels.iter().map(|level| match level {
            PickedLevel::Named(name) => name.to_string(),
            PickedLevel::Number(number) => number.to_string(),
            PickedLevel::Between(from, to) => format!("{from} .. {to}"),
        });
        let levels: Vec<String> = levels.collect();
        Some(format!("{} {}", self.issue, levels.join(" or ")))
    }
}

impl Said for Verdict {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Accepts(package) => format!("accepts {package}"),
            Self::Rejects(package) => format!("rejects {package}"),
            Self::Prefers { better, worse } => format!("prefers {better} to {worse}"),
        })
    }
}

impl Said for Communicated {
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(self.text().to_owned())
    }
}

impl Said for Mandate {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::All => "all".to_owned(),
            Self::Nothing => "nothing".to_owned(),
            Self::Options(options) => listed(options, side),
        })
    }
}

impl Said for Effect {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Sets(settings) => format!("sets {}", listed(settings, side)),
            Self::SetsState(state) => format!("sets {state}"),
            Self::Default(settings) => format!("default {}", listed(settings, side)),
            Self::Opens(options) => format!("opens {}", listed(options, side)),
            Self::Closes(options) => format!("closes {}", listed(options, side)),
            Self::Mandate { track, binds } => {
                format!(
                    "mandate {track} binds {}",
                    binds.said(side).unwrap_or_default()
                )
            }
            Self::Change(change) => print_change(change),
        })
    }
}

impl Said for Resolution {
    fn said(&self, side: &Side<'_>) -> Option<String> {
        Some(match self {
            Self::Event(event) => format!("event {event}"),
            Self::NoEvent(event) => format!("not event {event}"),
            Self::State(condition) => formula(condition, side),
        })
    }
}
