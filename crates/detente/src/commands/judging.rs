//! What `analyze` and `why` have in common: games, concepts, rules.

use detente::analysis::model::{Model, PartyId};
use detente::analysis::{Budget, Concept, Game, SequenceRule, Settings, codes};
use detente::syntax::Diagnostic;

use crate::cli::{Rules, Sequences};
use crate::failure::Failure;
use crate::input::Loaded;

/// The game of a model; problems are drawn.
pub(crate) fn game<'m>(
    loaded: &Loaded,
    model: &'m Model,
    budget: &Budget,
) -> Result<Game<'m>, Failure> {
    Game::new(model, budget).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })
}

pub(crate) fn settings(rules: &Rules) -> Settings {
    Settings {
        sequences: match rules.sequences {
            Sequences::Legal => SequenceRule::Legal,
            Sequences::EachOnce => SequenceRule::EachOnce,
        },
        diagonal: !rules.no_diagonal,
    }
}

/// A concept by its name; `stackelberg_US` names its leader by the party's name.
pub(crate) fn concept(model: &Model, text: &str) -> Result<Concept, Failure> {
    if let Some(leader) = text.strip_prefix("stackelberg_") {
        return Ok(Concept::Stackelberg(party(model, leader)?));
    }
    text.parse().map_err(|error: detente::analysis::UnknownConcept| {
        Failure::with_hint(
            error.to_string(),
            "`detente explain concepts` lists them: nash, gmr, smr, seq, sseq, best_response_seq, \
             sim, sim_one_sided, l1, l2, ..., non_myopic, stackelberg_PARTY",
        )
    })
}

/// A party by its name.
pub(crate) fn party(model: &Model, name: &str) -> Result<PartyId, Failure> {
    model
        .party_ids()
        .find(|p| model.party(*p).name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = model.parties.iter().map(|p| p.name.as_str()).collect();
            Failure::with_hint(
                format!("there is no party `{name}`"),
                format!("the parties are {}", names.join(", ")),
            )
        })
}

/// One concept per party, when any party has one of its own: as given on the command line, else as
/// the file says, else the main one.
pub(crate) fn assignment(
    loaded: &Loaded,
    model: &Model,
    main: Concept,
    given: &[String],
) -> Result<Option<Vec<Concept>>, Failure> {
    let mut own: Vec<Option<Concept>> = vec![None; model.parties.len()];
    for (index, party) in model.parties.iter().enumerate() {
        let Some(name) = &party.concept else { continue };
        own[index] = Some(concept(model, name).map_err(|failure| match failure {
            Failure::Bad { message, hint } => {
                let d = Diagnostic::error(codes::UNKNOWN_CONCEPT, message)
                    .at(party.place.0, "named by this party");
                loaded.draw(&[d.hint(hint.unwrap_or_default())]);
                Failure::Told
            }
            other => other,
        })?);
    }
    for text in given {
        let (name, by) = text.split_once('=').ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` does not say which party is judged by which concept"),
                "write for example --by US=nash",
            )
        })?;
        own[party(model, name)?.index()] = Some(concept(model, by)?);
    }
    let any = own.iter().any(Option::is_some);
    Ok(any.then(|| own.into_iter().map(|c| c.unwrap_or(main)).collect()))
}
