//! States and outcome classes as they are named on the command line.

use detente::analysis::model::Model;
use detente::analysis::model::model::Assignment;
use detente::analysis::model::syntax::ast::Setting;
use detente::analysis::{Game, StateId};
use detente::syntax::parse_formula;

use crate::failure::Failure;

/// What a question aims at: an outcome class or one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// An outcome class, as its place in the model.
    Class(usize),
    /// One state.
    State(StateId),
}

impl Target {
    /// Reads the name of a class or, when no class is called so, a state as [`state`] reads it.
    pub(crate) fn read(game: &Game<'_>, model: &Model, text: &str) -> Result<Self, Failure> {
        let called = |name: &str| model.classes.iter().position(|c| c.name == name);
        let named = called(text).or_else(|| called(text.trim()));
        if let Some(class) = named {
            return Ok(Self::Class(class));
        }
        state(game, model, text)
            .map(Self::State)
            .map_err(|failure| {
                let Failure::Bad { message, hint } = failure else {
                    return failure;
                };
                if model.classes.is_empty() || !message.ends_with("names no state") {
                    return Failure::Bad { message, hint };
                }
                let names: Vec<&str> = model.classes.iter().map(|c| c.name.as_str()).collect();
                let general = format!(
                    "the classes are: {}; a state is given by its number, its name, or what is on, \
                 such as \"US.sign, DPRK.sign\"",
                    names.join(", ")
                );
                let message = format!("`{text}` names no class and no state");
                Failure::unknown(message, text, &names, &general)
            })
    }

    /// Its states, ascending; a class may have none.
    pub(crate) fn states(self, game: &Game<'_>) -> Vec<StateId> {
        match self {
            Self::State(state) => vec![state],
            Self::Class(class) => game
                .space
                .ids()
                .filter(|s| game.classes[s.index()].contains(&class))
                .collect(),
        }
    }
}

/// The levels of all options in a state that is given by what is on: `US.sign, US.drills is hold`.
pub(crate) fn levels(model: &Model, text: &str) -> Result<Assignment, Failure> {
    let inner = text.trim_start_matches('{').trim_end_matches('}');
    let mut levels = vec![0; model.options.len()];
    for part in inner.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let (option, level) = read_setting(model, part)?;
        levels[option] = level;
    }
    Ok(levels)
}

/// A state by its number, its name, a pattern of Y and N, or what is on.
pub(crate) fn state(game: &Game<'_>, model: &Model, text: &str) -> Result<StateId, Failure> {
    let text = text.trim();
    let named = model.states.iter().position(|s| s.name == text);
    let found = named.and_then(|n| game.space.ids().find(|s| game.named(*s) == Some(n)));
    if let Some(state) = found {
        return Ok(state);
    }
    if let Ok(number) = text.parse::<u32>() {
        return game.by_id(number).ok_or_else(|| {
            Failure::with_hint(
                format!("there is no state {number}"),
                format!(
                    "the states are numbered 1 to {}; `detente states` lists them",
                    game.space.len()
                ),
            )
        });
    }
    if !text.is_empty()
        && text.chars().all(|c| matches!(c, 'Y' | 'N'))
        && let Some(state) = game.space.ids().find(|s| game.space.yn(*s) == text)
    {
        return Ok(state);
    }
    let found = levels(model, text)?;
    game.space.find_assignment(&found).ok_or_else(|| {
        Failure::with_hint(
            format!("the state `{text}` is not feasible"),
            "`detente states` lists the feasible ones",
        )
    })
}

/// `US.relief`, `not US.relief`, `US.drills is cancel`, with the party where it is needed.
fn read_setting(model: &Model, text: &str) -> Result<(usize, u16), Failure> {
    use detente::analysis::model::syntax::ast::SettingValue;
    let unknown = |hint: String| Failure::with_hint(format!("`{text}` names no state"), hint);
    let general = "give a number, a name, a row of Y and N, or what is on, such as \
                   \"US.sign, DPRK.sign\"";
    let formula = parse_formula(text).map_err(|_| unknown(general.to_owned()))?;
    let setting = Setting::try_from(formula).map_err(|_| unknown(general.to_owned()))?;
    let fits = |index: &usize| {
        let choice = &model.options[*index];
        choice.name == setting.option.name.text
            && setting
                .option
                .party
                .as_ref()
                .is_none_or(|p| p.text == model.party(choice.owner).name)
    };
    let found: Vec<usize> = (0..model.options.len()).filter(fits).collect();
    let index = match found.as_slice() {
        [one] => *one,
        [] => {
            let names: Vec<&str> = model.states.iter().map(|s| s.name.as_str()).collect();
            let message = format!("`{text}` names no state");
            return Err(Failure::unknown(message, text, &names, general));
        }
        _ => {
            return Err(unknown(
                "several parties have that option; write `PARTY.option`".to_owned(),
            ));
        }
    };
    let choice = &model.options[index];
    let level = match &setting.value {
        SettingValue::Off => Some(0),
        SettingValue::On => choice.levels.is_empty().then_some(1),
        SettingValue::Level(name) => choice
            .levels
            .iter()
            .position(|l| *l == name.text)
            .map(|l| l as u16),
    };
    level.map(|l| (index, l)).ok_or_else(|| {
        unknown(format!(
            "the levels of `{}` are {}",
            choice.name,
            choice.levels.join(", ")
        ))
    })
}
