//! A tournament as serialisable values and as text.

use detente_analysis::bargain::offers::{Moments, Pairing, Plan, Results, Scenario, Score};
use detente_analysis::budget::Stop;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{choice, chosen, notes};
use crate::doubt::rounded;
use crate::style::{Look, Page};

/// What `bargain --tournament` finds, and `bargain --repeat`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tournament {
    /// What this is: `detente-tournament/1`.
    pub format: String,
    /// The negotiations, as they are called.
    pub negotiations: Vec<String>,
    /// How many turns each party has at most, in each of them.
    pub rounds: Vec<u32>,
    /// Whether parties neither offer nor accept what would not be ratified at home.
    pub ratified: bool,
    /// How an offer is chosen: `nearest`, `kindest` or `drawn`.
    pub choice: String,
    /// How often each session is played.
    pub repeats: u32,
    /// Where the random numbers started.
    pub seed: u64,
    /// Whether each strategy meets each, rather than each party having one.
    pub all_pairs: bool,
    /// How many sessions were played.
    pub sessions: u64,
    /// How many offers were made.
    pub offers: u64,
    /// How many sessions end with an agreement.
    pub agreement_rate: Option<f64>,
    /// In how many rounds, of those that do.
    pub rounds_to_agreement: MeanEntry,
    /// How far agreements lie from the nearest Pareto-efficient package.
    pub efficient: MeanEntry,
    /// From the nearest Nash point.
    pub nash: MeanEntry,
    /// From the nearest Kalai-Smorodinsky point.
    pub kalai_smorodinsky: MeanEntry,
    /// The sum of the parties' shares of what they could gain at most; 0 without an agreement.
    pub welfare: MeanEntry,
    /// The strategies, those with the greatest mean advantage first.
    pub strategies: Vec<ScoreRow>,
    /// For each party of the first negotiation what it got.
    pub parties: IndexMap<String, ScoreEntry>,
    /// What must be known to read this.
    pub notes: Vec<String>,
    /// Why it stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// A mean over sessions. All numbers are floats, rounded to nine digits after the point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct MeanEntry {
    /// The mean; `null` of none.
    pub mean: Option<f64>,
    /// Its standard error over the sessions; `null` of fewer than two.
    pub standard_error: Option<f64>,
}

/// What a strategy, or a party, got.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ScoreEntry {
    /// In how many seats of sessions; against another, once for each party that has it.
    pub seats: u64,
    /// How many of them end with an agreement.
    pub agreement_rate: Option<f64>,
    /// The advantage: the share of what lies between having no agreement and the best package; 0 without an
    /// agreement.
    pub advantage: MeanEntry,
    /// The utility, in the numbers of the text; without an agreement what that is worth.
    pub utility: MeanEntry,
}

/// A strategy and what it got.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ScoreRow {
    /// The strategy, with its number.
    pub name: String,
    /// Over all sessions.
    pub overall: ScoreEntry,
    /// Against each other.
    pub against: IndexMap<String, ScoreEntry>,
}

/// A tournament and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct TournamentPlayed<'a> {
    /// How the negotiations are called.
    pub names: &'a [String],
    /// What was played.
    pub scenarios: &'a [Scenario],
    /// How the parties of the first negotiation are called.
    pub parties: &'a [String],
    /// Which sessions.
    pub plan: &'a Plan,
    /// What came of it.
    pub results: &'a Results,
    /// Why it stopped, if it did.
    pub stop: Option<&'a Stop>,
    /// Whether a utility has discounts that do not count, since rounds have no days.
    pub undated: bool,
}

fn mean(moments: &Moments) -> MeanEntry {
    MeanEntry {
        mean: moments.mean().map(rounded),
        standard_error: moments.standard_error().map(rounded),
    }
}

fn score(score: &Score) -> ScoreEntry {
    ScoreEntry {
        seats: score.advantage.count,
        agreement_rate: score.agreements.mean().map(rounded),
        advantage: mean(&score.advantage),
        utility: mean(&score.utility),
    }
}

/// Puts a tournament into its serialisable form.
pub fn tournament(played: &TournamentPlayed<'_>) -> Tournament {
    let TournamentPlayed { plan, results, .. } = *played;
    let names: Vec<String> = plan.strategies.iter().map(ToString::to_string).collect();
    let rows = results.rows.iter().zip(&results.cells).zip(&names);
    let mut strategies: Vec<ScoreRow> = rows
        .map(|((row, cells), name)| ScoreRow {
            name: name.clone(),
            overall: score(row),
            against: names
                .iter()
                .zip(cells)
                .filter(|(_, cell)| cell.advantage.count > 0)
                .map(|(name, cell)| (name.clone(), score(cell)))
                .collect(),
        })
        .collect();
    let advantage = |row: &ScoreRow| row.overall.advantage.mean.unwrap_or(f64::NEG_INFINITY);
    strategies.sort_by(|a, b| advantage(b).total_cmp(&advantage(a)));
    let setting = played.scenarios.first().map(|s| &s.setting);
    let mut all_notes: Vec<String> = Vec::new();
    for scenario in played.scenarios {
        for note in notes(scenario, played.undated) {
            if !all_notes.contains(&note) {
                all_notes.push(note);
            }
        }
    }
    Tournament {
        format: "detente-tournament/1".to_owned(),
        negotiations: played.names.to_vec(),
        rounds: played.scenarios.iter().map(|s| s.setting.rounds).collect(),
        ratified: setting.is_some_and(|s| s.ratified),
        choice: setting.map_or("nearest", |s| choice(s.choice)).to_owned(),
        repeats: plan.repeats,
        seed: plan.seed,
        all_pairs: plan.pairing == Pairing::All,
        sessions: results.sessions,
        offers: results.offers,
        agreement_rate: results.agreements.mean().map(rounded),
        rounds_to_agreement: mean(&results.rounds),
        efficient: mean(&results.efficient),
        nash: mean(&results.nash),
        kalai_smorodinsky: mean(&results.kalai_smorodinsky),
        welfare: mean(&results.welfare),
        strategies,
        parties: played
            .parties
            .iter()
            .zip(&results.parties)
            .map(|(name, party)| (name.clone(), score(party)))
            .collect(),
        notes: all_notes,
        stopped: played.stop.map(ToString::to_string),
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |v| format!("{v:.4}"))
}

/// A mean, with its standard error after ±.
fn estimate(entry: &MeanEntry) -> String {
    match entry.standard_error {
        Some(error) => format!("{} ± {error:.4}", number(entry.mean)),
        None => number(entry.mean),
    }
}

/// The report of a tournament.
pub fn tournament_text(played: &TournamentPlayed<'_>, look: Look) -> String {
    let found = tournament(played);
    let mut page = Page::new(look);
    page.heading_here(&found.negotiations.join("; "));
    page.gap();
    let who = if found.all_pairs {
        "Each strategy meets each, itself too, in every seat, and every party begins in turn"
    } else {
        "Every party begins in turn"
    };
    let times = match found.repeats {
        1 => String::new(),
        n => format!(", {n} times each"),
    };
    page.paragraph(&format!(
        "{who}{times}: {}, {}. Random numbers start at {}.",
        crate::words::count(found.sessions as usize, "session"),
        crate::words::count(found.offers as usize, "offer"),
        found.seed
    ));
    if let Some(scenario) = played.scenarios.first() {
        page.paragraph(&chosen(scenario.setting.choice));
    }
    if let Some(stop) = &found.stopped {
        page.paragraph(&format!("Stopped early: {stop}."));
    }
    for note in &found.notes {
        page.paragraph(note);
    }
    if found.all_pairs {
        standings(&mut page, &found);
        pairs(&mut page, &found);
    } else {
        let rows: Vec<(String, &ScoreEntry)> = found
            .parties
            .iter()
            .map(|(name, score)| (name.clone(), score))
            .collect();
        page.heading("What parties get");
        scores(&mut page, "party", &rows);
    }
    page.heading("Agreements");
    let rows = vec![
        vec![
            "sessions that end with one".to_owned(),
            number(found.agreement_rate),
        ],
        vec![
            "rounds until then".to_owned(),
            estimate(&found.rounds_to_agreement),
        ],
        vec![
            "distance to the Pareto frontier".to_owned(),
            estimate(&found.efficient),
        ],
        vec!["distance to a Nash point".to_owned(), estimate(&found.nash)],
        vec![
            "distance to a Kalai-Smorodinsky point".to_owned(),
            estimate(&found.kalai_smorodinsky),
        ],
        vec![
            "sum of the parties' shares".to_owned(),
            estimate(&found.welfare),
        ],
    ];
    page.table(&[], &rows, &[false, false]);
    page.hanging(
        "  ",
        "    ",
        "Advantage: the share of what lies between having no agreement and the best package; 0 without an \
         agreement. Utility is in the numbers of the text. All numbers are rounded means over sessions, with \
         standard errors after ±; without chance, sessions that are repeated are the same, and errors say only \
         how much sessions differ.",
    );
    page.finish()
}

fn scores(page: &mut Page, what: &str, rows: &[(String, &ScoreEntry)]) {
    let header = [what, "seats", "agreed", "advantage", "utility"].map(str::to_owned);
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|(name, score)| {
            vec![
                name.clone(),
                score.seats.to_string(),
                number(score.agreement_rate),
                estimate(&score.advantage),
                estimate(&score.utility),
            ]
        })
        .collect();
    page.table(&header, &lines, &[false, true, true, true, true]);
}

fn standings(page: &mut Page, found: &Tournament) {
    page.heading("What strategies get");
    let rows: Vec<(String, &ScoreEntry)> = found
        .strategies
        .iter()
        .map(|r| (r.name.clone(), &r.overall))
        .collect();
    scores(page, "strategy", &rows);
}

/// The mean advantage of each against each; columns are numbered, since names are long.
fn pairs(page: &mut Page, found: &Tournament) {
    /// More columns than this do not fit into a line.
    const COLUMNS: usize = 9;
    page.heading("Mean advantage against each");
    let columns = found.strategies.iter().take(COLUMNS);
    let mut header = vec!["strategy".to_owned()];
    header.extend((1..=columns.len()).map(|n| n.to_string()));
    let rows: Vec<Vec<String>> = (1..)
        .zip(&found.strategies)
        .map(|(n, row): (usize, _)| {
            let mut line = vec![format!("{n} {}", row.name)];
            line.extend(found.strategies.iter().take(COLUMNS).map(|other| {
                let mean = row.against.get(&other.name).and_then(|s| s.advantage.mean);
                mean.map_or_else(|| "-".to_owned(), |m| format!("{m:.3}"))
            }));
            line
        })
        .collect();
    let right: Vec<bool> = (0..header.len()).map(|column| column > 0).collect();
    page.table(&header, &rows, &right);
    if found.strategies.len() > COLUMNS {
        page.more(found.strategies.len() - COLUMNS);
    }
}
