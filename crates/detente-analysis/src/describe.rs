//! Options and states in words.

use detente_model::OptionId;
use detente_model::model::Model;

use crate::game::Game;
use crate::graph::StateId;

/// `US.relief`, `not US.relief` or `US.drills is cancel`, in backticks.
pub fn setting(model: &Model, option: OptionId, level: u16) -> String {
    format!("`{}`", plain_setting(model, option, level))
}

/// As [`setting`], without backticks.
pub fn plain_setting(model: &Model, option: OptionId, level: u16) -> String {
    let choice = model.option(option);
    let name = model.qualified(option);
    match (choice.levels.get(usize::from(level)), level) {
        (Some(level), _) => format!("{name} is {level}"),
        (None, 0) => format!("not {name}"),
        (None, _) => name,
    }
}

/// The options that are on in a state, as `US.relief` or `US.drills is cancel`, in order.
pub fn on(game: &Game<'_>, state: StateId) -> Vec<String> {
    game.space
        .on(state)
        .into_iter()
        .map(|(option, level)| plain_setting(game.model, option, level))
        .collect()
}
