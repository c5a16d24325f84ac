//! `detente verify`.

use detente::analysis::certificate::{self, Certificate};
use detente::analysis::verify::{Subject, verify};
use detente::report::verification;

use crate::cli::{Format, Limits, VerifyArgs};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &VerifyArgs) -> Done {
    let loaded = input::load(&args.model)?;
    let certificate = read(&args.certificate)?;
    let named = &certificate.variants;
    let declared = |name: &String| {
        let mut all = loaded.document.variants.iter();
        all.any(|v| v.name.text == *name)
    };
    let variants: &[String] = match (args.variants.as_slice(), named.iter().all(declared)) {
        ([], true) => named,
        // The certificate is about something else, which is for the check to tell.
        ([], false) => &[],
        (given, _) => given,
    };
    let model = loaded.model_with(variants)?;
    let subject = Subject {
        model: &model,
        variants,
        fingerprint: &certificate::fingerprint(&loaded.document_with(variants)?),
    };
    let budget = running::budget(&Limits {
        states: args.states,
        steps: args.steps,
        ..Limits::default()
    });
    let report = verify(&subject, &certificate, &budget);
    drop(budget);
    let found = verification::verification(&certificate, report);
    output::data(&match args.format {
        Format::Json => super::schema::json(&found)?,
        Format::Text => verification::text(&found, output::look()),
    })?;
    match (found.report.valid, &found.report.stopped) {
        (true, _) => Ok(()),
        (false, Some(stop)) if found.report.defects.is_empty() => Err(Failure::with_hint(
            format!("the check is incomplete: {stop}"),
            "nothing wrong was found until then; raise the limits to go on",
        )),
        _ => Err(Failure::Found),
    }
}

fn read(path: &str) -> Result<Certificate, Failure> {
    let (name, text) = input::read_text(path)?;
    certificate::from_json(&text).map_err(|error| {
        Failure::with_hint(
            format!(
                "{name}:{}:{}: this is no certificate: {}",
                error.line, error.column, error.message
            ),
            "`detente analyze --certificate OUT` writes one; `detente schema certificate` prints \
             what it may contain",
        )
    })
}
