//! `detente claims`.

mod add;
mod log_file;
mod refusal;

use detente::analysis::claims::register::Register;
use detente::analysis::claims::score::calibration::Bins;
use detente::analysis::claims::score::{Scores, score};
use detente::analysis::claims::{Course, Judged, Question, judge, questions};
use detente::model::Model;
use detente::report::claims as report;
use jiff::Timestamp;

use crate::cli::claims::{
    BinsChoice, ClaimsArgs, ClaimsCommand, ClaimsListArgs, LintArgs, ScoreArgs, SealArgs, ShowArgs,
};
use crate::cli::{Format, TableFormat};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output};

pub(crate) fn run(args: &ClaimsArgs) -> Done {
    match (&args.command, &args.list) {
        (Some(ClaimsCommand::List(args)), _) | (None, Some(args)) => list(args),
        (Some(ClaimsCommand::Score(args)), _) => scores(args),
        (Some(ClaimsCommand::Add(args)), _) => add::add(args),
        (Some(ClaimsCommand::Resolve(args)), _) => add::resolve(args),
        (Some(ClaimsCommand::Show(args)), _) => show(args),
        (Some(ClaimsCommand::Verify(args)), _) => verify(args),
        (Some(ClaimsCommand::Lint(args)), _) => lint(args),
        (None, None) => Err(Failure::with_hint(
            "no negotiation is named",
            "`detente claims FILE` lists the claims of one; `detente claims --help` says what else can be done",
        )),
    }
}

/// The claims of a negotiation, judged and scored.
struct Judgement {
    model: Model,
    judged: Vec<Judged>,
    questions: Vec<Question>,
    scores: Scores,
}

impl Judgement {
    fn found(&self) -> report::Found<'_> {
        report::Found {
            model: &self.model,
            judged: &self.judged,
            questions: &self.questions,
            scores: &self.scores,
        }
    }
}

fn judgement(file: &str, bins: Bins) -> Result<Judgement, Failure> {
    judgement_of(&input::load(file)?, bins)
}

fn judgement_of(loaded: &Loaded, bins: Bins) -> Result<Judgement, Failure> {
    let model = loaded.model_with(&[])?;
    let course = Course::new(&loaded.document, &model).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })?;
    let judged = judge(&model, &course);
    let questions = questions(&model, &judged);
    let scores = score(&questions, bins);
    Ok(Judgement {
        model,
        judged,
        questions,
        scores,
    })
}

/// What became of the claims of a negotiation; `None` when it makes none.
pub(crate) fn find(loaded: &Loaded) -> Result<Option<report::Claims>, Failure> {
    let judgement = judgement_of(loaded, Bins::Bands)?;
    let finding = report::finding(&judgement.found());
    Ok(Some(finding).filter(|f| !f.claims.is_empty()))
}

fn list(args: &ClaimsListArgs) -> Done {
    let judgement = judgement(&args.file, Bins::Bands)?;
    let found = judgement.found();
    let finding = report::finding(&found);
    output::data(&match args.format {
        TableFormat::Json => super::schema::json(&finding)?,
        TableFormat::Csv => report::list_csv(&finding),
        TableFormat::Text => report::text(&found, output::look()),
    })?;
    for (asked, names, what) in [
        (
            args.fail_contradicted,
            &finding.contradicted,
            "rule and stated outcome differ",
        ),
        (args.fail_due, &finding.due, "nothing says what came"),
    ] {
        if asked && !names.is_empty() {
            output::note(&format!("{what}: {}", names.join(", ")));
            return Err(Failure::Found);
        }
    }
    Ok(())
}

fn scores(args: &ScoreArgs) -> Done {
    let bins = match args.bins {
        BinsChoice::Bands => Bins::Bands,
        BinsChoice::Tenths => Bins::Tenths,
    };
    let finding = if let Some(path) = &args.log {
        let log = log_file::read_sound(path)?;
        let questions = Register::new(&log.entries).questions();
        let found = score(&questions, bins);
        let of = path.file_name().map(|n| n.to_string_lossy().into_owned());
        report::scores(of, None, &questions, &found, bins)
    } else {
        let found = judgement(args.file.as_deref().unwrap_or("-"), bins)?;
        let as_of = found.model.as_of.map(|d| d.to_string());
        let title = found.model.title.clone();
        report::scores(title, as_of, &found.questions, &found.scores, bins)
    };
    output::data(&match args.format {
        TableFormat::Json => super::schema::json(&finding)?,
        TableFormat::Csv => report::scores_csv(&finding),
        TableFormat::Text => report::scores_text(&finding, output::look()),
    })
}

fn show(args: &ShowArgs) -> Done {
    let finding = report::log(&log_file::read_sound(&args.log)?);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::log_text(&finding, output::look()),
    })
}

fn verify(args: &SealArgs) -> Done {
    let log = log_file::read(&args.log)?;
    if log.is_foreign() {
        return Err(log_file::foreign(&args.log));
    }
    let finding = report::seal(&log, args.head.as_deref());
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::seal_text(&finding, output::look()),
    })?;
    if finding.sound {
        Ok(())
    } else {
        Err(Failure::Found)
    }
}

fn lint(args: &LintArgs) -> Done {
    let (name, text) = input::read_text(&args.file)?;
    let finding = report::prose(&text);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::prose_text(&name, &finding, output::look()),
    })?;
    if args.deny && !finding.findings.is_empty() {
        return Err(Failure::Found);
    }
    Ok(())
}

/// The present time, or what is to be taken for it.
fn time(given: Option<&String>) -> Result<Timestamp, Failure> {
    let Some(text) = given else {
        return Ok(Timestamp::now());
    };
    text.parse().map_err(|_| {
        Failure::with_hint(
            format!("`{text}` is no time for --at"),
            "write a date, a time and an offset, such as 2019-01-20T12:00:00Z",
        )
    })
}
