//! `detente claims add` and `detente claims resolve`.

use detente::analysis::claims::log::{ForecastEntry, GradeEntry, OutcomeEntry, What};
use detente::analysis::claims::question::forecast;
use detente::analysis::claims::register::{Refusal, Register};
use detente::analysis::claims::score::calibration::Bins;
use detente::analysis::claims::{Saying, Standing};
use detente::model::Model;
use detente::model::estimative::decimal;
use detente::model::record::{Claim, When};
use detente::model::syntax::ast::Came;
use detente::report::claims::{resolution, says};
use jiff::civil::Date;
use jiff::tz::Offset;

use super::log_file::LogFile;
use super::{judgement, refusal, time};
use crate::cli::claims::{AddArgs, ResolveArgs};
use crate::commands::judging::day;
use crate::failure::Failure;
use crate::{Done, output};

pub(super) fn add(args: &AddArgs) -> Done {
    let at = time(args.at.as_ref())?;
    let today = Offset::UTC.to_datetime(at).date();
    let Some(by) = &args.by else {
        return add_file(args, at, today);
    };
    let entry = entry(args, by, today)?;
    let file = LogFile::open(&args.log, true)?;
    let register = Register::new(&file.log.entries);
    if !check(&register, &entry)? {
        return output::data(&format!(
            "{}: {by} says so in the log already\n",
            entry.name
        ));
    }
    let said = format!("{}: {by} says {}\n", entry.name, says(&entry));
    file.add(at, vec![What::Forecast(entry)])?;
    output::data(&said)
}

fn check(register: &Register, entry: &ForecastEntry) -> Result<bool, Failure> {
    register.check(entry).map_err(|why| {
        let known: Vec<&str> = names(register);
        refusal::failure(&entry.name, &why, &known)
    })
}

fn names(register: &Register) -> Vec<&str> {
    let questions = register.questions.iter();
    questions.map(|q| q.asked.name.as_str()).collect()
}

fn entry(args: &AddArgs, by: &str, today: Date) -> Result<ForecastEntry, Failure> {
    let (first, last) = match (&args.by_day, args.between.as_slice()) {
        (Some(last), _) => (None, Some(day("--by-day", last)?)),
        (None, [first, last]) => (
            Some(day("--between", first)?),
            Some(day("--between", last)?),
        ),
        (None, _) => (None, None),
    };
    let graded = args.graded.iter().map(|text| {
        let (outcome, probability) = text.rsplit_once('=').ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` does not say how likely it is"),
                "write the outcome and its probability: --graded \"no text=0.3\"",
            )
        })?;
        Ok(GradeEntry {
            outcome: outcome.trim().to_owned(),
            probability: probability.trim().to_owned(),
        })
    });
    let reference = args.reference.as_ref().map(|text| {
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        (least.trim().to_owned(), most.trim().to_owned())
    });
    Ok(ForecastEntry {
        name: args.what.clone(),
        by: by.to_owned(),
        said: args.said.as_ref().map_or(Ok(today), |d| day("--said", d))?,
        title: args.title.clone(),
        probability: args.probability.clone(),
        words: args.words.as_ref().map(|w| w.trim().to_lowercase()),
        graded: graded.collect::<Result<_, Failure>>()?,
        first,
        last,
        condition: args.condition.clone(),
        rule: args.rule.clone(),
        reference,
    })
}

/// Adds the open forecasts of a negotiation that the log does not have yet.
fn add_file(args: &AddArgs, at: jiff::Timestamp, today: Date) -> Done {
    let found = judgement(&args.what, Bins::Bands).inspect_err(|_| {
        if !args.what.contains(['.', '/', '-']) {
            output::note("note: to add a forecast of your own, say who makes it: --by WHO");
        }
    })?;
    let file = LogFile::open(&args.log, true)?;
    let mut register = Register::new(&file.log.entries);
    let (mut entries, mut said) = (Vec::new(), String::new());
    let (mut known, mut refused) = (0, false);
    let claims = found.model.record.claims.iter().zip(&found.judged);
    for (claim, _) in claims.filter(|(_, j)| j.standing == Standing::Open) {
        let Some(entry) = entry_of(&found.model, claim, today) else {
            continue;
        };
        match check(&register, &entry) {
            Ok(false) => known += 1,
            Ok(true) => {
                said.push_str(&format!(
                    "{}: {} says {}\n",
                    entry.name,
                    entry.by,
                    says(&entry)
                ));
                register.add(&entry);
                entries.push(What::Forecast(entry));
            }
            Err(failure) => {
                failure.tell();
                refused = true;
            }
        }
    }
    if refused {
        output::note("nothing was added to the log");
        return Err(Failure::Told);
    }
    said.push_str(&format!(
        "{} added, {known} in the log already\n",
        entries.len()
    ));
    file.add(at, entries)?;
    output::data(&said)
}

/// A claim as an entry; `None` when it says nothing of how likely it is.
fn entry_of(model: &Model, claim: &Claim, today: Date) -> Option<ForecastEntry> {
    let forecast = forecast(claim)?;
    let (mut probability, mut words, mut graded) = (None, None, Vec::new());
    match forecast.saying {
        Saying::Chance(chance) => {
            probability = chance.number.map(decimal);
            words = chance.band.map(|b| b.likelihood.to_owned());
        }
        Saying::Graded(grades) => {
            graded = grades
                .into_iter()
                .map(|(outcome, p)| GradeEntry {
                    outcome,
                    probability: decimal(p),
                })
                .collect();
        }
    }
    let reference = claim.reference.and_then(|r| model.record.references.get(r));
    Some(ForecastEntry {
        name: claim.name.clone(),
        by: claim.by.clone(),
        said: claim.said.unwrap_or(today),
        title: claim.title.clone(),
        probability,
        words,
        graded,
        first: claim.window.and_then(When::first),
        last: claim.window.and_then(When::last),
        condition: claim.condition.as_ref().map(|c| resolution(model, c)),
        rule: claim.resolves.as_ref().map(|r| resolution(model, r)),
        reference: reference.map(|r| (decimal(r.least), decimal(r.most))),
    })
}

pub(super) fn resolve(args: &ResolveArgs) -> Done {
    let at = time(args.at.as_ref())?;
    let today = Offset::UTC.to_datetime(at).date();
    let on = args.on.as_ref().map_or(Ok(today), |d| day("--on", d))?;
    let file = LogFile::open(&args.log, false)?;
    let register = Register::new(&file.log.entries);
    let known = names(&register);
    let refused = |why: &Refusal| refusal::failure(&args.name, why, &known);
    let question = register
        .question(&args.name)
        .ok_or_else(|| refused(&Refusal::Unknown))?;
    let mut grades = question.asked.graded.iter();
    let graded = grades.any(|g| g.outcome == args.outcome);
    let came = match args.outcome.as_str() {
        _ if graded => Came::Grade(args.outcome.clone()),
        "yes" => Came::Yes,
        "no" => Came::No,
        "partly" => Came::Partly,
        "void" => Came::Void,
        other => Came::Grade(other.to_owned()),
    };
    let outcome = OutcomeEntry {
        name: args.name.clone(),
        came,
        on,
        because: args.because.clone(),
    };
    if !register
        .check_outcome(&outcome)
        .map_err(|why| refused(&why))?
    {
        return output::data(&format!("{}: the log says so already\n", args.name));
    }
    if let Some(last) = question.outcomes.last().filter(|_| !args.correct) {
        let Failure::Bad { message, .. } = refused(&Refusal::Resolved(last.came.clone())) else {
            return Err(Failure::Told);
        };
        return Err(Failure::with_hint(
            message,
            "--correct lets the new outcome take the place of that one, which stays in the log",
        ));
    }
    let said = format!("{}: {} on {on}\n", args.name, args.outcome);
    file.add(at, vec![What::Outcome(outcome)])?;
    output::data(&said)
}
