//! The command line.

pub(crate) mod analogies;
pub(crate) mod attitudes;
pub(crate) mod bargain;
mod breakthrough;
pub(crate) mod brief;
pub(crate) mod claims;
mod commitments;
pub(crate) mod compare;
pub(crate) mod conditions;

use std::path::PathBuf;

pub(crate) use breakthrough::{Aim, BreakthroughArgs, ReachableBy};
use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use commitments::CommitmentsArgs;

mod coalitions;

pub(crate) use coalitions::{CoalitionsArgs, Meaning};
pub(crate) mod doubt;
pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod evolve;
pub(crate) mod forecast;
pub(crate) mod mediation;
pub(crate) mod packages;
pub(crate) mod perceive;
pub(crate) mod report;
pub(crate) mod scenario;
mod sensitivity;
pub(crate) mod strength;
pub(crate) mod terms;

pub(crate) use sensitivity::{AboutKind, SensitivityArgs, TableFormat};

/// Analyse negotiations and strategic conflicts: which outcomes would hold, and why
///
/// A negotiation is written in one text file: the parties, what each can do, what cannot be together,
/// what each wants. `detente new talks.detente` writes a template to start from.
#[derive(Debug, Parser)]
#[command(
    name = "detente",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 a finding that you asked to fail on, 2 input that cannot be used.\n\
                  `detente explain` lists the pages on concepts, diagnostics and the language."
)]
pub(crate) struct Cli {
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        visible_alias = "color"
    )]
    pub(crate) colour: Colour,
    /// Hide all that became known after this day, such as 2019-01-20, in the negotiation that is read
    #[arg(long, global = true, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a commented template to start from
    New(NewArgs),
    /// Look for errors and for what may not be meant
    Check(CheckArgs),
    /// Lay out files in the usual style
    Fmt(FmtArgs),
    /// List the feasible states
    States(StatesArgs),
    /// Find which outcomes would hold, whether they can be reached, and what undoes the others
    #[command(visible_alias = "analyse")]
    Analyze(AnalyzeArgs),
    /// Explain why a state holds for a party, or does not, with the exact moves
    Why(WhyArgs),
    /// Say what parties would have to prefer for a state to hold, and how many rankings do it
    Conditions(conditions::ConditionsArgs),
    /// Find the cheapest changes that would make an outcome hold
    Breakthrough(BreakthroughArgs),
    /// Find which options should be made irreversible, linked or sequenced so that an outcome holds
    Commitments(CommitmentsArgs),
    /// Find equilibria with a property, among however many states
    Find(FindArgs),
    /// Find what coalitions can do: what holds against them, what they block, where they lead
    Coalitions(CoalitionsArgs),
    /// Follow the negotiation from the status quo: how each outcome is reached, and where it is lost
    Evolve(evolve::EvolveArgs),
    /// Say how probable each outcome is on each day, by the calendar and the pace of the parties
    Forecast(forecast::ForecastArgs),
    /// Set beside each other how the parties see the conflict: what each expects, where it is surprised
    Perceive(perceive::PerceiveArgs),
    /// Write a brief for whoever plays a party: what it knows, wants and fears, from its own view only
    Brief(brief::BriefArgs),
    /// Rank cases by how alike they are in structure, with what came of them
    Analogies(analogies::AnalogiesArgs),
    /// Say what changed between two negotiations, in the model and in the answers, and what is behind it
    Compare(compare::CompareArgs),
    /// Change one assumption at a time: what each outcome hangs on
    Sensitivity(SensitivityArgs),
    /// Compute with what is in doubt about preferences: how often outcomes hold, what to find out next
    Doubt(doubt::DoubtArgs),
    /// Say how strongly outcomes hold, where preferences have degrees
    Strength(strength::StrengthArgs),
    /// Find what changes when parties care for each other
    Attitudes(attitudes::AttitudesArgs),
    /// Compare what parties take a word to mean, and say what they hold in common
    Terms(terms::TermsArgs),
    /// Say what supports each element, what contradicts it, and what is assumed; check quotations
    Evidence(evidence::EvidenceArgs),
    /// Show the calendar: what happened and when that was known, what is to come, who acts for whom
    Timeline(evidence::TimelineArgs),
    /// Say what became of claims, score forecasts, and keep them in a sealed log
    Claims(claims::ClaimsArgs),
    /// Find what could be agreed: packages of issues that all accept and nobody can better
    Packages(packages::PackagesArgs),
    /// Let the parties make offers by strategies: what is agreed, when, and what each gets
    Bargain(bargain::BargainArgs),
    /// Write a report to hand over: what would hold and why, with pictures, proofs and sources
    Report(report::ReportArgs),
    /// Draw a picture of what is found
    Draw(report::DrawArgs),
    /// Check a certificate of `analyze --certificate`, without the engine that wrote it
    Verify(VerifyArgs),
    /// Translate a GMCR+ file (.gmcr), a JSON form, a bargaining scenario or a table of events into the language
    Import(ImportArgs),
    /// Translate a negotiation into JSON, canonical text, a GMCR+ file or a GENIUS scenario
    Export(ExportArgs),
    /// Print the page of a concept, a diagnostic code, or the language
    Explain(ExplainArgs),
    /// Published and worked cases: list them, show one, copy one out
    Cases(CasesArgs),
    /// Print the JSON Schema of a JSON form
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// A day on the command line.
fn day(text: &str) -> Result<jiff::civil::Date, String> {
    iso_day(text).ok_or_else(|| "this is no day of the calendar: write it as 2019-01-20".to_owned())
}

/// The day that is written as `2019-01-20`, and no otherwise.
pub(crate) fn iso_day(text: &str) -> Option<jiff::civil::Date> {
    let iso = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| iso)
}

impl Command {
    /// Whether it reads a negotiation and does something with what it says.
    pub(crate) fn reads_negotiation(&self) -> bool {
        !matches!(
            self,
            Self::New(_)
                | Self::Fmt(_)
                | Self::Import(_)
                | Self::Explain(_)
                | Self::Cases(_)
                | Self::Schema(_)
                | Self::Completions(_)
                | Self::Man(_)
        )
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that can show them
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    /// Makes the choice count for all output.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

/// Text for people, JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema` prints what it may contain
    Json,
}

/// What computes stability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum EngineChoice {
    /// What fits the model: every state listed and explained where that can be done
    #[default]
    Auto,
    /// List every state and move; takes every model
    Graph,
    /// Hold states as bits: to some hundred million states, counted and not explained
    Explicit,
    /// Nash, GMR and SMR of conflicts without constraints, without storing states
    ClosedForm,
    /// Decision diagrams: for tens to hundreds of options
    Symbolic,
}

/// How much work may be done.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Limits {
    /// Feasible states that are listed at most [default: 1048576]
    #[arg(long = "max-states", value_name = "N")]
    pub(crate) states: Option<u64>,
    /// Moves of one party at most [default: 50000000]
    #[arg(long = "max-moves", value_name = "N")]
    pub(crate) moves: Option<u64>,
    /// Steps of the enumeration at most [default: 200000000]
    #[arg(long = "max-steps", value_name = "N")]
    pub(crate) steps: Option<u64>,
    /// Megabytes of memory at most, where the need is known beforehand [default: 4295]
    #[arg(long = "max-memory", value_name = "MB")]
    pub(crate) memory: Option<u64>,
    /// Nodes of one decision diagram at most [default: 4000000]
    #[arg(long = "max-nodes", value_name = "N")]
    pub(crate) nodes: Option<u64>,
    /// Steps of a search, or of the symbolic engine, at most [default: 2000000000; for breakthrough and
    /// commitments 300000]
    #[arg(long = "max-work", value_name = "N")]
    pub(crate) work: Option<u64>,
}

/// Which negotiation.
#[derive(Debug, Clone, Args)]
pub(crate) struct Which {
    /// A .detente, .json or .gmcr file, or a bargaining scenario (a folder or its domain file); `-` is standard
    /// input
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Make the changes of this variant first; may be given several times
    #[arg(short = 'V', long = "variant", value_name = "NAME")]
    pub(crate) variants: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The file to write; without it the template goes to standard output
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files to check; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// Make the changes of this variant first; may be given several times
    #[arg(short = 'V', long = "variant", value_name = "NAME")]
    pub(crate) variants: Vec<String>,
    /// Exit with code 1 when there are warnings
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Show notes too
    #[arg(long)]
    pub(crate) notes: bool,
    /// Check again whenever the file changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// Files to lay out, in place; `-` is standard input to standard output
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// Change nothing; exit with code 1 when a file would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Print the result instead of writing it
    #[arg(long, conflicts_with = "check")]
    pub(crate) stdout: bool,
}

/// How states are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum StatesFormat {
    /// A table for people
    #[default]
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct StatesArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Only say how large the model is, before any state is enumerated
    #[arg(long)]
    pub(crate) sizes: bool,
    /// Only states of this outcome class
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<String>,
    /// Only states that satisfy this formula, such as "US.relief and not DPRK.test"
    #[arg(long = "where", value_name = "FORMULA")]
    pub(crate) filter: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: StatesFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Which sequences of opponents' moves can sanction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Sequences {
    /// Nobody moves twice in succession; a party may move again after another has
    #[default]
    Legal,
    /// Each opponent at most once, as in GMCR+; wrong for three or more parties
    EachOnce,
}

/// By which rules stability is judged.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Rules of stability")]
pub(crate) struct Rules {
    /// Which sequences of opponents' moves can sanction
    #[arg(long, value_enum, default_value_t, value_name = "RULE")]
    pub(crate) sequences: Sequences,
    /// Do not count a sanction that returns to the start, as in the matrix form without diagonal
    #[arg(long)]
    pub(crate) no_diagonal: bool,
}

/// How many verdicts are written out with their proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WitnessChoice {
    /// Every state
    All,
    /// Equilibria and the status quo
    Equilibria,
    /// None
    None,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The concept by which equilibria are listed and explained
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// Compute these concepts only, separated by commas, such as nash,seq,l3 [default: all usual ones]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) concepts: Vec<String>,
    /// Judge one party by a concept of its own; may be given several times
    #[arg(long, value_name = "PARTY=CONCEPT")]
    pub(crate) by: Vec<String>,
    /// Exit with code 1 unless an equilibrium belongs to this outcome class
    #[arg(long, value_name = "CLASS")]
    pub(crate) require: Vec<String>,
    /// Which verdicts the JSON form proves [default: all, unless there are very many]
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(crate) witnesses: Option<WitnessChoice>,
    /// Write a certificate too: every verdict with its proof, for `detente verify`
    #[arg(long, value_name = "OUT")]
    pub(crate) certificate: Option<PathBuf>,
    /// What computes the answer; by default what fits the size and kind of the model
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub(crate) engine: EngineChoice,
    /// Analyse again whenever the file changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

impl AnalyzeArgs {
    /// What asks for verdicts on single states, in words.
    pub(crate) fn needs_states(&self) -> Option<&'static str> {
        match self.witnesses {
            _ if self.certificate.is_some() => Some("a certificate is asked for"),
            Some(WitnessChoice::All | WitnessChoice::Equilibria) => Some("witnesses are asked for"),
            _ => None,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The state: its number, its name, a Y/N pattern, or what is on ("US.sign, DPRK.sign")
    #[arg(value_name = "STATE")]
    pub(crate) state: String,
    /// Only for this party
    #[arg(long = "for", value_name = "PARTY")]
    pub(crate) party: Option<String>,
    /// By which concept [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// How to print the explanation
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The negotiation: a .detente, .json or .gmcr file
    #[arg(value_name = "MODEL")]
    pub(crate) model: String,
    /// The certificate; `-` is standard input
    #[arg(value_name = "CERTIFICATE")]
    pub(crate) certificate: String,
    /// The negotiation has the changes of this variant; may be given several times [default: the
    /// variants that the certificate names]
    #[arg(short = 'V', long = "variant", value_name = "NAME")]
    pub(crate) variants: Vec<String>,
    /// How to print what was checked
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Listed states at most [default: 1048576]
    #[arg(long = "max-states", value_name = "N", help_heading = "Limits")]
    pub(crate) states: Option<u64>,
    /// Steps of the check at most [default: 200000000]
    #[arg(long = "max-steps", value_name = "N", help_heading = "Limits")]
    pub(crate) steps: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// What must be true of them, such as "US.relief and not DPRK.test"
    #[arg(long = "where", value_name = "FORMULA")]
    pub(crate) filter: Option<String>,
    /// By which concept
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// How many are named
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) most: usize,
    /// Draw those named at random, each as likely as any other, with this seed
    #[arg(long, value_name = "SEED")]
    pub(crate) seed: Option<u64>,
    /// Exit with code 1 when there is none
    #[arg(long)]
    pub(crate) require: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// A .gmcr or .json file, the folder or files of a scenario of GENIUS, GeniusWeb, NegMAS or NegoLog, or with
    /// --events a table of events; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// Write here instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) scenario: scenario::ScenarioArgs,
    #[command(flatten)]
    pub(crate) events: events::EventsArgs,
}

/// What a negotiation is translated into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// The JSON form
    Json,
    /// The language, in canonical order; comments are not kept
    Text,
    /// A GMCR+ file, where it can say as much
    Gmcr,
    /// A GENIUS scenario, where it can say as much: a folder with a domain and a profile for each party
    Genius,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Into what [default: as the output file's ending says, else json]
    #[arg(long = "to", value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<ExportFormat>,
    /// Write here instead of to standard output; for GENIUS a folder
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A concept (seq), a code (W0201), `concepts`, `codes` or `language`; without it, the list
    #[arg(value_name = "TOPIC")]
    pub(crate) topic: Option<String>,
    /// How to print the page
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CasesArgs {
    #[command(subcommand)]
    pub(crate) action: Option<CasesAction>,
    /// How to print the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CasesAction {
    /// List the cases
    List,
    /// Print one
    Show {
        /// The case, as `cases list` names it
        #[arg(value_name = "CASE")]
        case: String,
    },
    /// Write one into a file
    Copy {
        /// The case, as `cases list` names it
        #[arg(value_name = "CASE")]
        case: String,
        /// Where to; without it, a file of its name in this folder
        #[arg(value_name = "FILE")]
        to: Option<PathBuf>,
        /// Replace the file if it exists
        #[arg(long)]
        force: bool,
    },
}

/// A JSON form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A negotiation, as `export --to json` writes it
    Model,
    /// What `report --format json` prints
    Report,
    /// What `analyze --format json` prints
    Analysis,
    /// What `analyze --format json` prints of conflicts too large to list
    Survey,
    /// What `why --format json` prints
    Why,
    /// What `why --format json` prints of conflicts too large to list
    Reasons,
    /// What `breakthrough --format json` prints
    Breakthrough,
    /// What `commitments --format json` prints
    Commitments,
    /// What `find --format json` prints
    Find,
    /// What `coalitions --format json` prints
    Coalitions,
    /// What `analogies --format json` prints
    Analogies,
    /// What `compare --format json` prints
    Comparison,
    /// What `outcome.json` beside a case may say, for `analogies`
    CameOf,
    /// What `brief --format json` prints
    Brief,
    /// What `import --events --format json` prints
    EventCandidates,
    /// What `evolve --format json` prints
    Evolution,
    /// What `forecast --format json` prints
    Forecast,
    /// What `perceive --format json` prints
    Perception,
    /// What `sensitivity --format json` prints
    Sensitivity,
    /// What `doubt --format json` prints
    Doubt,
    /// What `doubt --by unknown --format json` prints, and for fuzzy and probabilistic preferences
    DoubtPairs,
    /// What `strength --format json` prints
    Strength,
    /// What `attitudes --format json` prints
    Attitudes,
    /// What `terms --format json` prints
    Terms,
    /// What `evidence --format json` prints
    Evidence,
    /// What `timeline --format json` prints
    Timeline,
    /// What `claims --format json` prints
    Claims,
    /// What `claims score --format json` prints
    ClaimScores,
    /// What `claims show --format json` prints
    ClaimLog,
    /// What `claims verify --format json` prints
    ClaimSeal,
    /// What `claims lint --format json` prints
    Prose,
    /// What `packages --format json` prints
    Packages,
    /// What `packages --format json` prints with --zone, --ratification, --linkage or --about
    Mediation,
    /// What `packages --doubt --format json` prints
    PackageDoubt,
    /// What `packages --lotteries --format json` prints
    Lotteries,
    /// What `bargain --format json` prints
    Bargain,
    /// What `bargain --tournament --format json` prints, and with --repeat
    Tournament,
    /// What `conditions --format json` prints
    Conditions,
    /// What `states --format json` prints
    States,
    /// What `check --format json` prints
    Diagnostics,
    /// What `analyze --certificate` writes
    Certificate,
    /// What `verify --format json` prints
    Verification,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Of which form
    #[arg(value_enum, value_name = "FORM", default_value = "model")]
    pub(crate) of: SchemaOf,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write one page per command into this folder instead
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Print the reference of all commands as Markdown instead
    #[arg(long, conflicts_with = "folder")]
    pub(crate) markdown: bool,
}
