//! `detente packages --zone`, `--ratification`, `--linkage` and `--about`: what a mediator asks.

use std::collections::BTreeSet;

use detente::analysis::bargain::mediation::{
    MOST_VOICES, Talks, climb, compromise, draft, equal_offers, homes, improvements, linkage,
    objections, ratification, readings, trades, zone,
};
use detente::analysis::bargain::{Deal, DealSpace, Disagreement};
use detente::analysis::holding::{Follower, can_say};
use detente::analysis::model::Model;
use detente::analysis::model::bargain::single;
use detente::analysis::{Budget, Outcome, Settings, Stop};
use detente::report::packages::mediation::{self as report, About, Found, Held, Precise};

use super::holding;
use crate::cli::packages::{Fallback, PackagesArgs, PackagesFormat};
use crate::commands::{judging, schema};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, output};

/// Trades, improvements and offers that are listed at most when nothing else is asked for.
const LISTED: usize = 5;

/// Meanings of a vague package that are looked at for what they make of the conflict.
const MOST_MEANINGS: usize = 10_000;

/// Trades in a row at most.
const MOST_TRADES: usize = 50;

pub(super) fn run(
    args: &PackagesArgs,
    loaded: &Loaded,
    model: &Model,
    space: &DealSpace,
    budget: &Budget,
) -> Done {
    let asked = &args.mediation;
    if !matches!(args.format, PackagesFormat::Text | PackagesFormat::Json) {
        return Err(Failure::with_hint(
            "what a mediator asks is printed as text or JSON only",
            "leave out --format, or use --format json",
        ));
    }
    let reading = match args.disagreement {
        Fallback::Better => Disagreement::ReservationOrWorst,
        Fallback::Reservation => Disagreement::Reservation,
        Fallback::Worst => {
            return Err(Failure::with_hint(
                "a mediator asks who accepts what, and the worst package is accepted by all",
                "leave out --disagreement worst",
            ));
        }
    };
    let talks = Talks::measured_from(space, reading, budget).map_err(incomplete)?;
    let mut voices = BTreeSet::new();
    for name in &args.parties {
        voices.insert(super::voice(model, space, name)?);
    }
    let voices: Vec<usize> = voices.into_iter().collect();
    let everybody: Vec<usize> = (0..space.voices.len()).collect();
    let or = |usual: Vec<usize>| {
        if voices.is_empty() {
            usual
        } else {
            voices.clone()
        }
    };
    let mut notes = Vec::new();
    if space.voices.len() < model.bargain.sides.len() {
        notes.push("Parties without a utility take no part.".to_owned());
    }
    let sides = homes(space, &model.bargain.sides);
    let zone = if asked.zone {
        Some(zone(&talks, &or(everybody), budget).map_err(incomplete)?)
    } else {
        None
    };
    let ratification = if asked.ratification {
        Some(ratification(&talks, &sides, budget).map_err(incomplete)?)
    } else {
        None
    };
    let linkage = if asked.linkage {
        let groups = groups(model, &asked.groups)?;
        Some(linkage(&talks, &sides, &groups, budget).map_err(incomplete)?)
    } else {
        None
    };
    let about = match &asked.about {
        Some(name) => {
            let usual = match space.leaders() {
                none if none.is_empty() => (0..space.voices.len()).collect(),
                leaders => leaders,
            };
            let asking = Asking {
                args,
                loaded,
                model,
                talks: &talks,
                budget,
            };
            Some(asking.about(name, or(usual), &mut notes)?)
        }
        None => None,
    };
    let found = Found {
        model,
        variants: &args.which.variants,
        talks: &talks,
        zone,
        ratification,
        linkage,
        about,
        notes,
    };
    let finding = report::finding(&found);
    output::data(&match args.format {
        PackagesFormat::Json => schema::json(&finding)?,
        _ => report::text(&finding, output::look()),
    })?;
    if args.fail_no_zone && found.zone.as_ref().is_some_and(|z| !z.exists()) {
        output::note("there is no package that all could accept");
        return Err(Failure::Found);
    }
    Ok(())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an error is mapped to another"
)]
fn incomplete(stop: Stop) -> Failure {
    let hint = match &stop {
        Stop::Limit { what: "voices", .. } => {
            format!("name at most {MOST_VOICES} with --parties")
        }
        _ => "raise the limit (--max-work, --max-memory), or ask about fewer with --parties".into(),
    };
    Failure::with_hint(format!("the question was not answered: {stop}"), hint)
}

/// Groups of issues such as `relief+yongbyon`.
fn groups(model: &Model, texts: &[String]) -> Result<Vec<Vec<usize>>, Failure> {
    let names: Vec<&str> = model
        .bargain
        .issues
        .iter()
        .map(|i| i.name.as_str())
        .collect();
    let mut used = BTreeSet::new();
    let mut groups = Vec::new();
    for text in texts {
        let mut group = Vec::new();
        for name in text.split('+').map(str::trim) {
            let issue = names.iter().position(|n| *n == name).ok_or_else(|| {
                let hint = format!("the issues are {}", names.join(", "));
                Failure::unknown(format!("there is no issue `{name}`"), name, &names, &hint)
            })?;
            if !used.insert(issue) {
                return Err(Failure::with_hint(
                    format!("the issue `{name}` is named twice in --groups"),
                    "an issue belongs to one group at most",
                ));
            }
            group.push(issue);
        }
        groups.push(group);
    }
    Ok(groups)
}

/// What one package is asked about with.
struct Asking<'a> {
    args: &'a PackagesArgs,
    loaded: &'a Loaded,
    model: &'a Model,
    talks: &'a Talks<'a>,
    budget: &'a Budget,
}

impl<'a> Asking<'a> {
    fn about(
        &self,
        name: &str,
        voices: Vec<usize>,
        notes: &mut Vec<String>,
    ) -> Result<About<'a>, Failure> {
        let (title, levels) = self.package(name, &voices)?;
        let draft = draft(self.talks, &voices, &levels, self.budget).map_err(incomplete)?;
        if draft.worth.is_none() {
            return Err(Failure::with_hint(
                format!("the rules permit no package that `{name}` may mean"),
                "change the package, or the rules of `issues`",
            ));
        }
        let single = single(&levels);
        if single.is_none() {
            notes.push(
                "Trades, improvements and equal offers are listed for packages without vague levels."
                    .to_owned(),
            );
        }
        Ok(About {
            name: (name.to_owned(), title),
            precise: match single {
                Some(deal) => Some(self.precise(deal, &voices, notes)?),
                None => None,
            },
            holds: self.holds(&levels, notes)?,
            voices,
            draft,
        })
    }

    /// The title of a package, and the levels that it may mean for each issue.
    fn package(
        &self,
        name: &str,
        voices: &[usize],
    ) -> Result<(Option<String>, Vec<Vec<u16>>), Failure> {
        let bargain = &self.model.bargain;
        if let Some(package) = bargain.packages.iter().find(|p| p.name == name) {
            return Ok((package.title.clone(), package.levels.clone()));
        }
        let precise = |deal: Deal| deal.into_iter().map(|l| vec![l]).collect();
        match name {
            "nothing" => {
                let title = "The package that changes nothing".to_owned();
                Ok((Some(title), precise(vec![0; bargain.issues.len()])))
            }
            "compromise" => {
                let deal = compromise(self.talks, voices).ok_or_else(|| {
                    Failure::with_hint(
                        "the rules exclude the package that splits every issue by itself",
                        "ask about a package with a name, or about `nothing`",
                    )
                })?;
                let title = "The package that splits every issue by itself".to_owned();
                Ok((Some(title), precise(deal)))
            }
            _ => {
                let mut known: Vec<&str> =
                    bargain.packages.iter().map(|p| p.name.as_str()).collect();
                known.extend(["nothing", "compromise"]);
                let hint = format!("the packages are {}", known.join(", "));
                let message = format!("there is no package `{name}`");
                Err(Failure::unknown(message, name, &known, &hint))
            }
        }
    }

    fn precise(
        &self,
        deal: Deal,
        voices: &[usize],
        notes: &mut Vec<String>,
    ) -> Result<Precise, Failure> {
        let (talks, budget) = (self.talks, self.budget);
        let limit = self.args.limit.unwrap_or(LISTED);
        let everybody: Vec<usize> = (0..talks.floors.len()).collect();
        let mut cut =
            |what: &str, stop: Stop| notes.push(format!("Not all {what} were found: {stop}."));
        let improvements = match improvements(talks, voices, &deal, limit, budget) {
            Outcome::Complete(found) => (found, None),
            Outcome::Stopped(found, stop) => (found, Some(stop)),
        };
        let trades = match trades(talks, voices, &deal, limit, budget) {
            Outcome::Complete(found) => found,
            Outcome::Stopped(found, stop) => {
                cut("trades", stop);
                found
            }
        };
        let path = match climb(talks, voices, &deal, MOST_TRADES, budget) {
            Outcome::Complete(found) => found,
            Outcome::Stopped(found, stop) => {
                cut("trades in a row", stop);
                found
            }
        };
        let worth = talks.worth(&deal);
        let mut equal = Vec::new();
        for voice in voices {
            let others: Vec<usize> = voices.iter().copied().filter(|v| v != voice).collect();
            let tolerance = self.tolerance(*voice)?;
            let found = equal_offers(talks, *voice, &others, worth[*voice], tolerance, budget);
            match found {
                Ok(offers) => equal.push((*voice, offers)),
                Err(stop) => cut("offers of equal worth", stop),
            }
        }
        Ok(Precise {
            objections: objections(talks, &everybody, &deal),
            deal,
            improvements,
            trades,
            path,
            equal,
        })
    }

    /// The tolerance in whole units of a voice, rounded down.
    fn tolerance(&self, voice: usize) -> Result<i128, Failure> {
        let Some(text) = &self.args.mediation.tolerance else {
            return Ok(0);
        };
        let bad = || {
            Failure::with_hint(
                format!("`{text}` is no worth for --tolerance"),
                "write a decimal number from 0, such as 2 or 0.5",
            )
        };
        let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 15;
        if whole.is_empty() || !plain(whole) || !plain(digits) {
            return Err(bad());
        }
        let number: i128 = format!("{whole}{digits}").parse().map_err(|_| bad())?;
        let scale = 10_i128.pow(digits.len() as u32);
        self.talks.units(voice, number, scale).ok_or_else(bad)
    }

    /// What the package makes of the conflict.
    fn holds(
        &self,
        levels: &[Vec<u16>],
        notes: &mut Vec<String>,
    ) -> Result<Result<Held<'a>, String>, Failure> {
        let (model, budget) = (self.model, self.budget);
        if let Err(why) = can_say(model) {
            return Ok(Err(why.to_string()));
        }
        let concept = self.args.mediation.concept.as_deref();
        let judges = holding::judges(self.loaded, model, concept)?;
        let game = judging::game(self.loaded, model, budget)?;
        let deals =
            readings(self.talks.space, levels, MOST_MEANINGS, budget).map_err(incomplete)?;
        if deals.len() == MOST_MEANINGS {
            notes.push(format!(
                "What it makes of the conflict was looked at for the first {MOST_MEANINGS} meanings."
            ));
        }
        let found = Follower::new(&game, judges, Settings::default()).results(deals, budget);
        Ok(match found {
            Ok(results) => Ok(Held { game, results }),
            Err(why) => Err(holding::unheld(&game, &why)),
        })
    }
}
