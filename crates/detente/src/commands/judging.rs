//! What `analyze` and `why` have in common: games, concepts, rules.

use detente::analysis::model::model::Party;
use detente::analysis::model::{Model, PartyId};
use detente::analysis::{Budget, Concept, Game, SequenceRule, Settings, Stop, codes, concepts};
use detente::model::Condition;
use detente::syntax::{Diagnostic, parse_formula};

use crate::cli::{Rules, Sequences, iso_day};
use crate::failure::Failure;
use crate::input::Loaded;

/// A day on the command line.
pub(crate) fn day(flag: &str, text: &str) -> Result<jiff::civil::Date, Failure> {
    iso_day(text).ok_or_else(|| {
        Failure::with_hint(
            format!("`{text}` is no day for {flag}"),
            "write a day of the calendar as in 2019-03-31",
        )
    })
}

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
        let known: Vec<&str> = concepts().iter().map(|c| c.id).collect();
        Failure::unknown(
            error.to_string(),
            text,
            &known,
            "`detente explain concepts` lists them: nash, gmr, smr, seq, sseq, best_response_seq, \
             sim, sim_one_sided, l1, l2, ..., non_myopic, stackelberg_PARTY",
        )
    })
}

/// A concept by its name, of those that are defined for preferences of any structure.
pub(crate) fn relational_concept(
    model: &Model,
    text: &str,
    known: &[&str],
) -> Result<Concept, Failure> {
    let found = concept(model, text)?;
    if known.contains(&found.id().as_str()) {
        return Ok(found);
    }
    Err(Failure::with_hint(
        format!("`{text}` cannot be asked for here"),
        format!("the concepts are {}", known.join(", ")),
    ))
}

/// That an analysis stopped before its end.
#[expect(
    clippy::needless_pass_by_value,
    reason = "an error is mapped to another"
)]
pub(crate) fn incomplete(stop: Stop) -> Failure {
    Failure::with_hint(
        format!("the analysis is incomplete: {stop}"),
        "raise the limit (--max-memory, --max-work), or ask about a smaller negotiation",
    )
}

/// That an analysis stopped early after its results so far were printed.
pub(crate) fn cut_short(analysis: &str, stop: &Stop) -> Failure {
    Failure::with_hint(
        format!("the {analysis} is incomplete: {stop}"),
        "what was found until then is printed; raise the limits to go on",
    )
}

/// The place of an outcome class in the model.
pub(crate) fn class(model: &Model, name: &str) -> Result<usize, Failure> {
    let found = model.classes.iter().position(|c| c.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = model.classes.iter().map(|c| c.name.as_str()).collect();
        let hint = if names.is_empty() {
            "the model declares no classes: `class \"deal\" when ...`".to_owned()
        } else {
            format!("the classes are: {}", names.join(", "))
        };
        Failure::unknown(format!("there is no class `{name}`"), name, &names, &hint)
    })
}

/// A formula of the command line, given with this flag, in the names of the file.
pub(crate) fn condition(loaded: &Loaded, flag: &str, text: &str) -> Result<Condition, Failure> {
    let fail = |d: Diagnostic| {
        crate::input::draw(flag, text, &[d]);
        Failure::Told
    };
    let formula = parse_formula(text).map_err(fail)?;
    detente::model::condition(&loaded.document, &formula).map_err(fail)
}

/// A party by its name.
pub(crate) fn party(model: &Model, name: &str) -> Result<PartyId, Failure> {
    model
        .party_ids()
        .find(|p| model.party(*p).name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = model.parties.iter().map(|p| p.name.as_str()).collect();
            Failure::unknown(
                format!("there is no party `{name}`"),
                name,
                &names,
                &format!("the parties are {}", names.join(", ")),
            )
        })
}

/// The concept that the file names for a party.
pub(crate) fn concept_of(model: &Model, party: &Party) -> Result<Option<Concept>, Diagnostic> {
    let Some(name) = &party.concept else {
        return Ok(None);
    };
    concept(model, name).map(Some).map_err(|failure| {
        let (message, hint) = match failure {
            Failure::Bad { message, hint } => (message, hint.unwrap_or_default()),
            Failure::Told | Failure::Found => Default::default(),
        };
        Diagnostic::error(codes::UNKNOWN_CONCEPT, message)
            .at(party.place.0, "named by this party")
            .hint(hint)
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
        own[index] = concept_of(model, party).map_err(|problem| {
            loaded.draw(&[problem]);
            Failure::Told
        })?;
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
