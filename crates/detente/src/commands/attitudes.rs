//! `detente attitudes`.

use detente::analysis::model::{Model, PartyId};
use detente::analysis::relation::{
    Attitude, AttitudeMatrix, Attitudes, CONCEPTS, Structure, explain, tables,
};
use detente::analysis::{
    Analysis, Budget, Concept, ConceptError, Game, Settings, StateId, analyze,
    explain as explain_ordinary,
};
use detente::report::attitudes::{self as report, Changed, Found, MOST_CHANGES};

use super::judging;
use crate::cli::Format;
use crate::cli::attitudes::AttitudesArgs;
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &AttitudesArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let known = CONCEPTS.map(Concept::id);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let concept = judging::relational_concept(&model, &args.concept, &known)?;
    let tried = tried(&model, &args.attitude)?;
    let mut matrix = AttitudeMatrix::of_model(&model);
    for (of, toward, attitude) in &tried {
        matrix = matrix.with(*of, *toward, *attitude);
    }
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    let settings = judging::settings(&args.rules);
    let conflict = game.conflict();
    let structure = Attitudes::new(&conflict, matrix.clone())
        .map_err(|error| Failure::bad(error.to_string()))?;
    let ordinary = analyze(&conflict, &CONCEPTS, &settings, &budget)
        .complete()
        .map_err(judging::incomplete)?;
    let relational = tables(&game.graph, &structure, &CONCEPTS, &settings, &budget)
        .complete()
        .map_err(judging::incomplete)?;
    let all = changes(&game, &ordinary, &relational, concept);
    let mut changed = Vec::new();
    for (state, gained) in all.iter().take(MOST_CHANGES) {
        let both = (&ordinary, &relational);
        let verdicts = verdicts(
            &game,
            both,
            &structure,
            (concept, *state),
            &settings,
            &budget,
        )?;
        changed.push(Changed {
            state: *state,
            gained: *gained,
            verdicts,
        });
    }
    drop(budget);
    let found = Found {
        game: &game,
        variants: &args.which.variants,
        matrix: &matrix,
        tried: &tried,
        ordinary: &ordinary,
        relational: &relational,
        concept,
        changed: &changed,
        changes: all.len(),
    };
    output::data(&match args.format {
        Format::Json => super::schema::json(&report::finding(&found))?,
        Format::Text => report::text(&found, output::look()),
    })
}

/// `US:DPRK=positive`: whose attitude, toward whom, and which.
fn tried(model: &Model, given: &[String]) -> Result<Vec<(PartyId, PartyId, Attitude)>, Failure> {
    let mut tried: Vec<(PartyId, PartyId, Attitude)> = Vec::new();
    for text in given {
        let parts = text.split_once('=').and_then(|(parties, attitude)| {
            let (of, toward) = parties.split_once(':')?;
            Some((of.trim(), toward.trim(), attitude.trim()))
        });
        let (of, toward, word) = parts.ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` does not say whose attitude toward whom"),
                "write for example --attitude US:DPRK=positive",
            )
        })?;
        let of = judging::party(model, of)?;
        let toward = match toward {
            "self" => of,
            name => judging::party(model, name)?,
        };
        let attitude = Attitude::named(word).ok_or_else(|| {
            let known = Attitude::ALL.map(Attitude::word);
            Failure::unknown(
                format!("there is no attitude `{word}`"),
                word,
                &known,
                "the attitudes are positive, neutral and negative",
            )
        })?;
        if tried.iter().any(|(a, b, _)| (*a, *b) == (of, toward)) {
            return Err(Failure::with_hint(
                format!("`{text}` gives an attitude that is given already"),
                "name each pair of parties once",
            ));
        }
        tried.push((of, toward, attitude));
    }
    Ok(tried)
}

/// The states that are an equilibrium in one of the two analyses only, and whether in the second.
fn changes(
    game: &Game<'_>,
    ordinary: &Analysis,
    relational: &Analysis,
    concept: Concept,
) -> Vec<(StateId, bool)> {
    let holds = |analysis: &Analysis, state| {
        let table = analysis.table(concept);
        table.is_some_and(|t| t.is_equilibrium(state))
    };
    let both = game.space.ids();
    both.map(|s| (s, holds(ordinary, s), holds(relational, s)))
        .filter(|(_, before, after)| before != after)
        .map(|(s, _, after)| (s, after))
        .collect()
}

/// Both verdicts of each party whose verdict on the state changes.
fn verdicts(
    game: &Game<'_>,
    (ordinary, relational): (&Analysis, &Analysis),
    structure: &dyn Structure,
    (concept, state): (Concept, StateId),
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<(detente::analysis::Verdict, detente::analysis::Verdict)>, Failure> {
    let conflict = game.conflict();
    let stable = |analysis: &Analysis, party| {
        let table = analysis.table(concept);
        table.is_some_and(|t| t.is_stable(party, state))
    };
    let changed = game
        .model
        .party_ids()
        .filter(|p| stable(ordinary, *p) != stable(relational, *p));
    let one = |party| {
        let before = explain_ordinary(&conflict, concept, settings, party, state, budget)?;
        let at = (party, state);
        let after = explain(&game.graph, structure, concept, settings, at, budget)?;
        Ok((before, after))
    };
    let found: Result<Vec<_>, ConceptError> = changed.map(one).collect();
    found.map_err(|error| match error {
        ConceptError::Stopped(stop) => judging::incomplete(stop),
        other => Failure::bad(other.to_string()),
    })
}
