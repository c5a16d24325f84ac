//! Alternating offers: sessions and tournaments as serialisable values and as text.

mod build;
mod csv;
mod finding;
mod text;
mod tournament;

pub use build::{Played, finding};
pub use csv::{csv, tournament_csv};
pub use finding::{
    AgreementEntry, Bargaining, CalendarEntry, DistanceEntry, LandmarkEntry, PartyEntry, Share,
    TurnEntry,
};
pub use text::text;
pub use tournament::{
    MeanEntry, ScoreEntry, ScoreRow, Tournament, TournamentPlayed, tournament, tournament_text,
};

use detente_analysis::bargain::offers::{Choice, Scenario, WINDOW};

/// A choice among offers, by its name.
fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Nearest => "nearest",
        Choice::Kindest => "kindest",
        Choice::Drawn => "drawn",
    }
}

/// How an offer is chosen, in a sentence.
fn chosen(choice: Choice) -> String {
    match choice {
        Choice::Nearest => {
            "Of the packages that are worth what is asked for, the one nearest to it is offered."
                .to_owned()
        }
        Choice::Kindest => format!(
            "Of the {WINDOW} packages nearest above what is asked for, the one whose levels the others \
             have offered most often is offered."
        ),
        Choice::Drawn => format!(
            "Of the {WINDOW} packages nearest above what is asked for, one is drawn and offered."
        ),
    }
}

/// What must be known of a scenario to read its results.
fn notes(scenario: &Scenario, undated: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if !scenario.listing.whole {
        notes.push(format!(
            "There are too many packages to list. Offers are made among {} of them: Pareto-efficient ones \
             and their neighbours, which differ in one issue. What is said of all packages is said of \
             these.",
            scenario.listing.len()
        ));
    }
    if undated {
        notes.push(
            "The rounds have no days, so that nothing is discounted: give --from, or `as of` in the file."
                .to_owned(),
        );
    }
    notes
}
