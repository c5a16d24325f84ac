//! `detente coalitions`.

use detente::analysis::coalition::{
    CoalitionConcept, CoalitionJudge, MOST_FAMILIES, Semantics, blocking, coalition_concepts,
    coalition_tables, merged_moves, toward,
};
use detente::analysis::model::{Model, PartyId};
use detente::analysis::{Budget, Game, StateId, StateSet, Stop};
use detente::report::coalitions::{Aim, Computed, finding};
use detente::report::coalitions_text;

use super::judging;
use super::target::{self, Target};
use crate::cli::{CoalitionsArgs, Format, Meaning};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &CoalitionsArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let concept = concept(&args.concept)?;
    let semantics = semantics(args, &model)?;
    let budget = running::budget(&args.limits.usual());
    let game = judging::game(&loaded, &model, &budget)?;
    let block = aim(&game, &model, args.block.as_deref())?;
    let aimed = aim(&game, &model, args.toward.as_deref())?;
    let from = match (&args.from, &aimed) {
        (Some(text), _) => Some(target::state(&game, &model, text)?),
        (None, Some(_)) => Some(game.status_quo.ok_or_else(|| {
            Failure::with_hint(
                "the file states no status quo, where the way could begin",
                "say where it begins: --from STATE",
            )
        })?),
        (None, None) => None,
    };
    let conflict = game.conflict();
    let merged = |members: &[PartyId], budget: &Budget| merged_moves(&game, members, budget);
    let judge = CoalitionJudge::new(&conflict, semantics, &merged, &budget).map_err(stopped)?;
    let asked = block.is_some() || aimed.is_some();
    let tables = if asked && args.format == Format::Text {
        Vec::new()
    } else {
        coalition_tables(&judge, &CoalitionConcept::ALL, &budget)
            .complete()
            .map_err(stopped)?
    };
    let set = |states: &[StateId]| {
        let mut set = StateSet::empty(game.space.len());
        for state in states {
            set.insert(*state);
        }
        set
    };
    let blocked = match &block {
        Some(aim) => Some(blocking(&judge, &set(&aim.states), concept, &budget).map_err(stopped)?),
        None => None,
    };
    let led = match (&aimed, from) {
        (Some(aim), Some(from)) => {
            let most = args.limits.families.unwrap_or(MOST_FAMILIES);
            let found = toward(&judge, from, &set(&aim.states), most, &budget);
            Some(found.map_err(stopped)?)
        }
        _ => None,
    };
    let computed = Computed {
        judge: &judge,
        concept,
        tables: &tables,
        blocking: block.as_ref().zip(blocked.as_ref()),
        toward: aimed.as_ref().zip(led.as_ref()),
    };
    let variants = &args.which.variants;
    let text = match args.format {
        Format::Json => {
            let found = finding(&game, &computed, variants, &budget).map_err(stopped)?;
            super::schema::json(&found)?
        }
        Format::Text => coalitions_text::text(&game, &computed, variants, output::look(), &budget)
            .map_err(stopped)?,
    };
    drop(budget);
    output::data(&text)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an error is mapped to another"
)]
fn stopped(stop: Stop) -> Failure {
    Failure::with_hint(
        format!("the analysis of coalitions is incomplete: {stop}"),
        "raise the limit (--max-moves, --max-work, --max-memory), or ask about a smaller negotiation",
    )
}

/// A coalitional concept by its name.
fn concept(text: &str) -> Result<CoalitionConcept, Failure> {
    text.parse().map_err(
        |error: detente::analysis::coalition::UnknownCoalitionConcept| {
            let known: Vec<&str> = coalition_concepts().iter().map(|c| c.id).collect();
            let hint = format!("the coalitional concepts are {}", known.join(", "));
            Failure::unknown(error.to_string(), text, &known, &hint)
        },
    )
}

/// What a coalition is, with the partition that was given.
fn semantics(args: &CoalitionsArgs, model: &Model) -> Result<Semantics, Failure> {
    let mut partition: Vec<Vec<PartyId>> = Vec::new();
    for text in &args.merge {
        let mut members = Vec::new();
        for name in text.split('+').map(str::trim) {
            let party = judging::party(model, name)?;
            if members.contains(&party) || partition.iter().any(|c| c.contains(&party)) {
                return Err(Failure::with_hint(
                    format!("`{name}` is merged twice"),
                    "every party belongs to one coalition; name it once",
                ));
            }
            members.push(party);
        }
        if members.len() < 2 {
            return Err(Failure::with_hint(
                format!("`{text}` merges nothing"),
                "write for example --merge US+ROK",
            ));
        }
        partition.push(members);
    }
    match (args.semantics, partition.is_empty()) {
        (Some(Meaning::InoharaHipel), false) => Err(Failure::with_hint(
            "--merge does not go with inohara-hipel, where coalitions form at will",
            "leave out --merge, or say --semantics merged",
        )),
        (Some(Meaning::InoharaHipel) | None, true) => Ok(Semantics::InoharaHipel),
        (Some(Meaning::Merged), true) => Ok(Semantics::Merged(None)),
        (Some(Meaning::Merged) | None, false) => Ok(Semantics::Merged(Some(partition))),
    }
}

fn aim(game: &Game<'_>, model: &Model, text: Option<&str>) -> Result<Option<Aim>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let found = Target::read(game, model, text)?;
    Ok(Some(Aim {
        class: match found {
            Target::Class(class) => Some(class),
            Target::State(_) => None,
        },
        states: found.states(game),
    }))
}
