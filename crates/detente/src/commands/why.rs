//! `detente why`.

use detente::analysis::model::{Model, PartyId};
use detente::analysis::survey::{Engine, choose};
use detente::analysis::symbolic::{self, Encoding, Unsuited};
use detente::analysis::{Budget, Concept, Settings};
use detente::report::unlisted as reasons;
use detente::report::why;

use super::{judging, target};
use crate::cli::{Format, WhyArgs};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &WhyArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
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
    let state = target::state(&game, &model, &args.state)?;
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
        None => target::levels(model, text)?,
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
