//! `detente schema`, and JSON output.

use detente::analysis::certificate::Certificate;
use detente::report::analogies::{Analogies, CameOf};
use detente::report::attitudes::Attitudes;
use detente::report::breakthrough::Breakthrough;
use detente::report::brief::Brief;
use detente::report::claims::{ClaimLog, ClaimScores, ClaimSeal, Claims, Prose};
use detente::report::coalitions::Coalitions;
use detente::report::commitments::Commitments;
use detente::report::comparison::Comparison;
use detente::report::conditions::Conditions;
use detente::report::diagnostics::DiagnosticsJson;
use detente::report::dossier::Dossier;
use detente::report::doubt::{Doubt, DoubtPairs};
use detente::report::events::EventCandidates;
use detente::report::evidence::Ledger;
use detente::report::evolution::Evolution;
use detente::report::find::Finds;
use detente::report::finding::Analysis;
use detente::report::forecast::Forecast;
use detente::report::listing::StateList;
use detente::report::offers::{Bargaining, Tournament};
use detente::report::packages::doubt::PackageDoubt;
use detente::report::packages::lotteries::Lotteries;
use detente::report::packages::mediation::Mediation;
use detente::report::packages::overview::Packages;
use detente::report::perception::Perception;
use detente::report::sensitivity::Sensitivity;
use detente::report::strength::Strength;
use detente::report::survey::Survey;
use detente::report::terms::Terms;
use detente::report::timeline::Calendar;
use detente::report::unlisted::Reasons;
use detente::report::verification::Verification;
use detente::report::why::Why;
use serde::Serialize;

use crate::cli::{SchemaArgs, SchemaOf};
use crate::failure::Failure;
use crate::{Done, output};

pub(crate) fn run(args: &SchemaArgs) -> Done {
    let schema = match args.of {
        SchemaOf::Model => detente::model::json::schema(),
        SchemaOf::Report => schemars::schema_for!(Dossier),
        SchemaOf::Analysis => schemars::schema_for!(Analysis),
        SchemaOf::Reasons => schemars::schema_for!(Reasons),
        SchemaOf::Breakthrough => schemars::schema_for!(Breakthrough),
        SchemaOf::Commitments => schemars::schema_for!(Commitments),
        SchemaOf::Find => schemars::schema_for!(Finds),
        SchemaOf::Coalitions => schemars::schema_for!(Coalitions),
        SchemaOf::Analogies => schemars::schema_for!(Analogies),
        SchemaOf::Comparison => schemars::schema_for!(Comparison),
        SchemaOf::CameOf => schemars::schema_for!(CameOf),
        SchemaOf::Brief => schemars::schema_for!(Brief),
        SchemaOf::EventCandidates => schemars::schema_for!(EventCandidates),
        SchemaOf::Evolution => schemars::schema_for!(Evolution),
        SchemaOf::Forecast => schemars::schema_for!(Forecast),
        SchemaOf::Perception => schemars::schema_for!(Perception),
        SchemaOf::Sensitivity => schemars::schema_for!(Sensitivity),
        SchemaOf::Doubt => schemars::schema_for!(Doubt),
        SchemaOf::DoubtPairs => schemars::schema_for!(DoubtPairs),
        SchemaOf::Strength => schemars::schema_for!(Strength),
        SchemaOf::Attitudes => schemars::schema_for!(Attitudes),
        SchemaOf::Terms => schemars::schema_for!(Terms),
        SchemaOf::Evidence => schemars::schema_for!(Ledger),
        SchemaOf::Timeline => schemars::schema_for!(Calendar),
        SchemaOf::Mediation => schemars::schema_for!(Mediation),
        SchemaOf::Claims => schemars::schema_for!(Claims),
        SchemaOf::ClaimScores => schemars::schema_for!(ClaimScores),
        SchemaOf::ClaimLog => schemars::schema_for!(ClaimLog),
        SchemaOf::ClaimSeal => schemars::schema_for!(ClaimSeal),
        SchemaOf::Prose => schemars::schema_for!(Prose),
        SchemaOf::Packages => schemars::schema_for!(Packages),
        SchemaOf::PackageDoubt => schemars::schema_for!(PackageDoubt),
        SchemaOf::Lotteries => schemars::schema_for!(Lotteries),
        SchemaOf::Bargain => schemars::schema_for!(Bargaining),
        SchemaOf::Tournament => schemars::schema_for!(Tournament),
        SchemaOf::Survey => schemars::schema_for!(Survey),
        SchemaOf::Why => schemars::schema_for!(Why),
        SchemaOf::Conditions => schemars::schema_for!(Conditions),
        SchemaOf::States => schemars::schema_for!(StateList),
        SchemaOf::Diagnostics => schemars::schema_for!(Vec<DiagnosticsJson>),
        SchemaOf::Certificate => schemars::schema_for!(Certificate),
        SchemaOf::Verification => schemars::schema_for!(Verification),
    };
    output::data(&json(&schema)?)
}

/// A value as indented JSON with a final newline.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|e| Failure::bad(format!("the result cannot be written as JSON: {e}")))?;
    text.push('\n');
    Ok(text)
}
