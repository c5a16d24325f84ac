//! `detente why`.

use detente::analysis::model::model::Assignment;
use detente::analysis::model::syntax::ast::Setting;
use detente::analysis::model::{Model, PartyId};
use detente::analysis::survey::{Engine, choose};
use detente::analysis::symbolic::{self, Encoding, Unsuited};
use detente::analysis::{Budget, Concept, Game, Settings, StateId};
use detente::report::unlisted as reasons;
use detente::report::why;
use detente::syntax::parse_formula;

use super::judging;
use crate::cli::{Format, WhyArgs};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &WhyArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    let budget = running::budget(&args.limits);
    let parties: Vec<PartyId> = match &args.party {
        Some(name) => vec![judging::party(&model, name)?],
        None => model.party_ids().collect(),
    };
    let given = match &args.concept {
        Some(name) => Some(judging::concept(&model, name)?),
        None => None,
    };
    let own = judging::assignment(&loaded, &model, Concept::Seq, &[])?;
    let concept = |p: PartyId| {
        let own = own.as_ref().and_then(|own| own.get(p.index()).copied());
        given.or(own).unwrap_or(Concept::Seq)
    };
    let asked: Vec<(PartyId, Concept)> = parties.into_iter().map(|p| (p, concept(p))).collect();
    let concepts: Vec<Concept> = asked.iter().map(|(_, c)| *c).collect();
    let choice = choose(&model, &concepts, &budget);
    if choice.engine != Engine::Graph && judging::settings(&args.rules) == Settings::default() {
        return unlisted(args, &loaded, &model, &asked, &budget);
    }
    let game = judging::game(&loaded, &model, &budget)?;
    let state = find_state(&game, &model, &args.state)?;
    let found = why::why(
        &game,
        state,
        &asked,
        &judging::settings(&args.rules),
        &budget,
    );
    drop(budget);
    let found = found.map_err(|error| {
        let hint = error
            .hint()
            .unwrap_or("`detente explain concepts` says what each needs");
        let (_, concept) = asked[0];
        let refused = detente::analysis::Refusal {
            concept,
            reason: error.clone(),
        };
        let why = detente::report::build::refusal(&game, &refused);
        Failure::with_hint(format!("`{}`: {why}", why::named(&game, concept)), hint)
    })?;
    output::data(&match args.format {
        Format::Json => super::schema::json(&found)?,
        Format::Text => why::text(&game, state, &found, output::look()),
    })
}

/// The verdicts on a state of a conflict that is too large to list.
fn unlisted(
    args: &WhyArgs,
    loaded: &input::Loaded,
    model: &Model,
    asked: &[(PartyId, Concept)],
    budget: &Budget,
) -> Done {
    let text = args.state.trim();
    let named = model.states.iter().find(|s| s.name == text);
    let state = match named {
        Some(named) => named.assignment.clone(),
        None if text.parse::<u64>().is_ok() => {
            return Err(Failure::with_hint(
                format!("`{text}` names no state: there are too many states to number them"),
                "say what is on, such as \"US.sign, DPRK.sign\", or \"{ }\" when nothing is",
            ));
        }
        None => read_levels(model, text)?,
    };
    let failed = |reason: String| {
        Failure::with_hint(reason, "raise the limits, or ask for one party with --for")
    };
    let encoding = Encoding::new(model, budget).map_err(|problem| match problem {
        Unsuited::NoFeasibleState => {
            loaded.draw(&[detente::analysis::game::no_feasible_state(model)]);
            Failure::Told
        }
        other => failed(other.to_string()),
    })?;
    if !encoding.is_feasible(&state) {
        return Err(Failure::with_hint(
            format!("the state `{text}` is not feasible"),
            "change it, or the rule that excludes it",
        ));
    }
    let mut found = Vec::new();
    for (party, concept) in asked {
        let engine = symbolic::Engine::new(&encoding, budget);
        let why = engine.why(*concept, *party, &state);
        found.push((*party, *concept, why.map_err(|e| failed(e.to_string()))?));
    }
    output::data(&match args.format {
        Format::Json => super::schema::json(&reasons::finding(model, &state, &found))?,
        Format::Text => reasons::text(model, &state, &found, output::look()),
    })
}

/// The levels of all options in a state that is given by what is on: `US.sign, US.drills is hold`.
fn read_levels(model: &Model, text: &str) -> Result<Assignment, Failure> {
    let inner = text.trim_start_matches('{').trim_end_matches('}');
    let mut levels = vec![0; model.options.len()];
    for part in inner.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let (option, level) = read_setting(model, part)?;
        levels[option] = level;
    }
    Ok(levels)
}

/// A state by its number, its name, a pattern of Y and N, or what is on.
fn find_state(game: &Game<'_>, model: &Model, text: &str) -> Result<StateId, Failure> {
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
    let levels = read_levels(model, text)?;
    game.space.find_assignment(&levels).ok_or_else(|| {
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
