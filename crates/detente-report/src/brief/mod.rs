//! A brief for somebody who plays a party: what that party knows, wants and fears, from its own view only.
//!
//! Everything comes from the game in the party's eyes and from what of the record it can know. Options that are
//! hidden from it are taken out of every sentence; how likely the analyst thinks something is, what others make of
//! a commitment, the analyst's claims and what packages are worth to others are never told.

mod outcomes;
mod plain;
mod record;
mod said;
mod text;
mod verbs;
mod wants;

use detente_analysis::standpoint::Standpoint;
use detente_analysis::{Game, Outcome, Stop};
use detente_model::record::{Event, When};
use detente_model::{Model, PartyId};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

pub use text::{csv, text};

/// A brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Brief {
    /// What this is: `detente-brief/1`.
    pub format: String,
    /// What the negotiation is called.
    pub title: String,
    /// The day whose knowledge it states.
    pub as_of: Option<String>,
    /// The short name of the party.
    pub party: String,
    /// Its full name.
    pub name: String,
    /// What it says, in order. Sections about which nothing is known are left out.
    pub sections: Vec<Section>,
    /// Why what follows from the moves is incomplete; `null` when it is not.
    pub stopped: Option<String>,
}

/// A part of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// What it is about, in one word: `who`, `standing`, `can`, `wants`, `others`, `alone`, `holding`, `fears`,
    /// `promises`, `words`, `lines`, `coming`, `home`.
    pub about: String,
    /// Its heading.
    pub heading: String,
    /// What it says, one sentence or a few each.
    pub statements: Vec<Statement>,
}

/// One statement of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Statement {
    /// What is said to the player.
    pub text: String,
    /// The options that it is about, as `US.relief`.
    pub options: Vec<String>,
    /// The states that it is about, by their numbers in the party's own game.
    pub states: Vec<u32>,
}

impl Statement {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// What a brief is made from.
pub struct Asked<'a> {
    /// The negotiation as it is. Only what the party can know of its record is told.
    pub truth: &'a Model,
    /// The negotiation as the party sees it.
    pub seen: &'a Model,
    /// The party, which has the same number in both.
    pub party: PartyId,
    /// The game in the party's eyes, and what follows from it; `None` when there is nothing to play or it is too
    /// large.
    pub judged: Option<(&'a Game<'a>, &'a Outcome<Standpoint>)>,
    /// Why there is no game, when it is too large.
    pub too_large: Option<String>,
}

impl Asked<'_> {
    /// Whether a day is over, or is today, on the day of the brief; a negotiation without a day has no past.
    fn is_past(&self, day: Option<Date>) -> bool {
        matches!((day, self.truth.as_of), (Some(day), Some(today)) if day <= today)
    }

    /// The same of an event.
    fn is_over(&self, event: &Event) -> bool {
        self.truth.as_of.is_some_and(|today| event.is_over(today))
    }
}

/// Puts a brief together.
pub fn finding(asked: &Asked<'_>) -> Brief {
    let words = plain::Words::new(asked);
    let mut sections = Vec::new();
    let mut add = |about: &str, heading: &str, statements: Vec<Statement>| {
        if !statements.is_empty() {
            sections.push(Section {
                about: about.to_owned(),
                heading: heading.to_owned(),
                statements,
            });
        }
    };
    add("who", "Who you are", record::who(asked, &words));
    add(
        "standing",
        "Where things stand",
        outcomes::standing(asked, &words),
    );
    add("can", "What you can do", wants::can(asked, &words));
    add(
        "wants",
        "What you want, most important first",
        wants::own(asked, &words),
    );
    add(
        "others",
        "What you believe the others want",
        wants::others(asked, &words),
    );
    add(
        "alone",
        "What you gain by moving alone",
        outcomes::alone(asked),
    );
    add(
        "holding",
        "What would hold, in your eyes",
        outcomes::holding(asked),
    );
    add("fears", "What you fear", outcomes::fears(asked));
    add(
        "promises",
        "What has been promised",
        record::promises(asked, &words),
    );
    add(
        "words",
        "What words mean to you",
        record::terms(asked, &words),
    );
    add("lines", "Your red lines", outcomes::lines(asked));
    add("coming", "What is coming", record::coming(asked, &words));
    add("home", "What you need at home", record::home(asked));
    let party = asked.seen.party(asked.party);
    Brief {
        format: "detente-brief/1".to_owned(),
        // Variants are the analyst's assumptions; the player is not told of them.
        title: asked.seen.display_title().to_owned(),
        as_of: asked.truth.as_of.map(|d| d.to_string()),
        party: party.name.clone(),
        name: party.display().to_owned(),
        sections,
        stopped: match asked.judged {
            Some((_, outcome)) => stop_of(outcome).map(ToString::to_string),
            None => asked.too_large.clone(),
        },
    }
}

fn stop_of(outcome: &Outcome<Standpoint>) -> Option<&Stop> {
    match outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop),
    }
}

/// Days in words: `2019-02-27 to 2019-02-28`, `by 2019-12-31`.
fn days(when: When) -> String {
    match when {
        When::During(first, last) => format!("{first} to {last}"),
        other => other.to_string(),
    }
}
