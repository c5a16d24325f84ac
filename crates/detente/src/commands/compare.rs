//! `detente compare`.

use std::collections::BTreeSet;

use detente::analysis::comparison::{
    self, Counts, Days, Listing, Outlook, Request, Unattributed, attribute, attribute_course,
    attribute_packages, changed, claims, conflicts, days, listing, outlook, packages_changed,
    probabilities_changed, table,
};
use detente::analysis::{Budget, Game, Stop};
use detente::model::difference::{Change, Difference, Kind, What, difference};
use detente::model::model::Form;
use detente::model::{Model, resolve, variant};
use detente::report::comparison::{self as report, Comparison, Found, Side, Sides};
use detente::syntax::ast::Document;

use super::judging;
use crate::cli::StatesFormat;
use crate::cli::compare::{CompareArgs, Only};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &CompareArgs) -> Done {
    let second = args.b.as_ref().unwrap_or(&args.a);
    input::read_once([args.a.as_str(), second])?;
    let file = output::named(args.output.as_deref());
    output::expected(file)?;
    let written = file.map(|path| super::report::format(None, Some(path)));
    let written = written.transpose()?;
    let loaded = (
        input::load_as_of(&args.a, args.as_of_a)?,
        input::load_as_of(second, args.as_of_b)?,
    );
    let varied = !args.variant_a.is_empty() || !args.variant_b.is_empty();
    let a = document(&loaded.0, &args.variant_a, varied)?;
    let b = document(&loaded.1, &args.variant_b, varied)?;
    let difference = difference(&a, &b);
    // Elements that were renamed are called by their new names in both.
    let models = (
        model(&loaded.0, difference.before())?,
        model(&loaded.1, difference.after())?,
    );
    let sides = (
        side(&args.a, &args.variant_a, &a),
        side(second, &args.variant_b, &b),
    );
    let budget = running::budget(&args.limits);
    let compared = Compared {
        args,
        loaded: (&loaded.0, &loaded.1),
        difference: &difference,
        models: (&models.0, &models.1),
        budget: &budget,
    };
    let mut notes = Vec::new();
    if varied {
        notes.push("Declared variants are left out, for changes of one were made.".to_owned());
    }
    notes.extend(elsewhere(&difference));
    let finding = compared.finding(sides, notes)?;
    if budget.is_cancelled() {
        return Err(judging::incomplete(Stop::Cancelled));
    }
    drop(budget);
    if let Some(format) = written {
        let document = report::document(&finding, &finding);
        super::report::write(&document, &finding, format, file, None)?;
    } else {
        output::data(&match args.format {
            StatesFormat::Json => super::schema::json(&finding)?,
            StatesFormat::Csv => report::csv(&finding),
            StatesFormat::Text => report::text(&finding, output::look()),
        })?;
    }
    if args.fail_changed && finding.answers_changed() {
        output::note("an answer is another");
        return Err(Failure::Found);
    }
    Ok(())
}

/// What is changed and told by other commands.
fn elsewhere(difference: &Difference) -> Vec<String> {
    let any = |is: &dyn Fn(&Change) -> bool| difference.changes.iter().any(is);
    let in_view = |kind: Kind| kind == Kind::View;
    let mut notes = Vec::new();
    if any(&|c| in_view(c.kind) || c.within.iter().any(|(kind, _)| in_view(*kind))) {
        notes.push(
            "How the parties see the conflict is not compared; `detente perceive` shows it for each."
                .to_owned(),
        );
    }
    let doubtful = |change: &Change| {
        let candidate = change.kind == Kind::Candidate
            || change
                .within
                .iter()
                .any(|(kind, _)| *kind == Kind::Candidate);
        let certainty = matches!(
            change.what,
            What::Altered {
                property: "certainty" | "probability" | "either order",
                ..
            }
        );
        candidate || certainty
    };
    if any(&doubtful) {
        notes.push(
            "Answers take what is in doubt as it is written; `detente doubt` says what doubt makes of each."
                .to_owned(),
        );
    }
    notes
}

/// The text of one side with its changes; problems are drawn.
fn document(loaded: &Loaded, variants: &[String], varied: bool) -> Result<Document, Failure> {
    loaded.model_with(&[])?;
    if !varied {
        return Ok(loaded.document.clone());
    }
    let names: Vec<&str> = variants.iter().map(String::as_str).collect();
    variant::apply(&loaded.document, &names).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })
}

fn model(loaded: &Loaded, document: &Document) -> Result<Model, Failure> {
    let resolved = resolve(document);
    resolved.model.ok_or_else(|| {
        loaded.draw(&resolved.diagnostics);
        Failure::Told
    })
}

fn side(file: &str, variants: &[String], document: &Document) -> Side {
    Side {
        file: file.to_owned(),
        negotiation: document.negotiation.clone(),
        as_of: document.as_of.as_ref().map(ToString::to_string),
        variants: variants.to_vec(),
    }
}

struct Compared<'c> {
    args: &'c CompareArgs,
    loaded: (&'c Loaded, &'c Loaded),
    difference: &'c Difference,
    models: (&'c Model, &'c Model),
    budget: &'c Budget,
}

impl Compared<'_> {
    fn finding(&self, sides: (Side, Side), mut notes: Vec<String>) -> Result<Comparison, Failure> {
        let (a, b) = self.models;
        let told = (
            self.args.only != Some(Only::Answers),
            self.args.only != Some(Only::Model),
        );
        let request = self.request()?;
        let tables = told
            .1
            .then(|| (table(a, self.budget), table(b, self.budget)));
        let tables = tables
            .as_ref()
            .and_then(|(one, other)| Some((one.as_ref()?, other.as_ref()?)));
        let package_causes = tables.filter(|_| told.0).and_then(|tables| {
            let questions = packages_changed(tables.0, tables.1);
            (!questions.is_empty())
                .then(|| attribute_packages(self.difference, &questions, tables, self.budget))
        });
        let package_causes = cut_short(package_causes)?;
        let both = days(a, b).filter(|_| told.1).unwrap_or_default();
        let nothing = BTreeSet::new();
        let contradictions = told.1.then(|| {
            let ends = (self.difference.before(), self.difference.after());
            (
                conflicts(ends.0, a, self.budget),
                conflicts(ends.1, b, self.budget),
            )
        });
        let claims = if told.1 {
            let ends = (self.difference.before(), self.difference.after());
            claims((ends.0, a), (ends.1, b))
        } else {
            Vec::new()
        };
        let mut found = Found {
            sides,
            difference: self.difference,
            tell_model: told.0,
            request: &request,
            compared: Sides::Left,
            attribution: None,
            tables,
            package_causes: package_causes.as_ref(),
            claims: &claims,
            outlooks: None,
            days: &both,
            course: None,
            conflicts: contradictions
                .as_ref()
                .map_or((&nothing, &nothing), |(one, other)| (one, other)),
            notes: Vec::new(),
        };
        if !told.1 || !self.comparable(&mut notes) {
            found.notes = notes;
            return Ok(report::finding(found));
        }
        let listings = (
            listing(a, &request, self.budget),
            listing(b, &request, self.budget),
        );
        if listings != (Listing::Listed, Listing::Listed) {
            let listings = (
                self.counts(self.loaded.0, a, listings.0, &request)?,
                self.counts(self.loaded.1, b, listings.1, &request)?,
            );
            too_large(&listings, &mut notes);
            found.notes = notes;
            found.compared = Sides::Counted(&listings.0, &listings.1);
            return Ok(report::finding(found));
        }
        let games = (
            judging::game(self.loaded.0, a, self.budget)?,
            judging::game(self.loaded.1, b, self.budget)?,
        );
        let ask = |game: &Game<'_>| {
            comparison::answers(game, &request, self.budget).map_err(judging::incomplete)
        };
        let answers = (ask(&games.0)?, ask(&games.1)?);
        let (verdicts, all) = comparison::verdicts(
            (&games.0, &answers.0),
            (&games.1, &answers.1),
            &request,
            self.budget,
        )
        .map_err(judging::incomplete)?;
        if !all {
            notes.push(format!(
                "Verdicts are told of the first {} states that hold in one of the two only.",
                comparison::MOST_STATES
            ));
        }
        if !answers.0.joint || !answers.1.joint {
            notes.push(
                "Joint steps were not followed: there are too many states and coalitions."
                    .to_owned(),
            );
        }
        let questions = changed(&answers.0, &answers.1);
        let attribution = (told.0 && !questions.is_empty()).then(|| {
            let moves = games.0.graph.total_moves() + games.1.graph.total_moves();
            attribute(
                self.difference,
                &questions,
                (&answers.0, &answers.1),
                moves,
                &request,
                self.budget,
            )
        });
        let attribution = cut_short(attribution)?;
        let outlooks = self.outlooks(&games, &both);
        if outlooks.is_none() && !both.both.is_empty() {
            notes.push(
                "The forecasts are not compared: not both can be made exactly, and drawn histories \
                 would differ by chance."
                    .to_owned(),
            );
        }
        found.outlooks = outlooks.as_ref().map(|(one, other)| (one, other));
        let course = found.outlooks.filter(|_| told.0).and_then(|outlooks| {
            let questions = probabilities_changed(outlooks.0, outlooks.1);
            (!questions.is_empty())
                .then(|| attribute_course(self.difference, &questions, outlooks, self.budget))
        });
        let course = cut_short(course)?;
        found.course = course.as_ref();
        found.attribution = attribution.as_ref();
        found.notes = notes;
        found.compared = Sides::Listed {
            games: (&games.0, &games.1),
            answers: (&answers.0, &answers.1),
            verdicts: &verdicts,
        };
        Ok(report::finding(found))
    }

    /// The forecasts of both for the days of both, where both look ahead and the answer is exact.
    fn outlooks(&self, games: &(Game<'_>, Game<'_>), days: &Days) -> Option<(Outlook, Outlook)> {
        let ends = (self.difference.before(), self.difference.after());
        let one = outlook(ends.0, &games.0, &days.both, self.budget)?;
        Some((one, outlook(ends.1, &games.1, &days.both, self.budget)?))
    }

    /// What is asked; a concept must be one for both.
    fn request(&self) -> Result<Request, Failure> {
        let mut request = Request::new(&self.args.concept);
        request.settings = judging::settings(&self.args.rules);
        if !request.concepts.contains(&self.args.concept) {
            request.concepts.push(self.args.concept.clone());
        }
        for (loaded, model) in [
            (self.loaded.0, self.models.0),
            (self.loaded.1, self.models.1),
        ] {
            let main = judging::concept(model, &self.args.concept)?;
            judging::assignment(loaded, model, main, &[])?;
        }
        Ok(request)
    }

    /// Whether the conflicts of both can be set beside each other.
    fn comparable(&self, notes: &mut Vec<String>) -> bool {
        let (a, b) = self.models;
        let conflict = |model: &Model| match model.form {
            Form::Graph => true,
            Form::Options => !model.options.is_empty(),
        };
        if !conflict(a) || !conflict(b) {
            let which = match (conflict(a), conflict(b)) {
                (false, false) => "Neither has options",
                (false, true) => "A has no options",
                (true, _) => "B has no options",
            };
            notes.push(format!(
                "{which}, so that there are no conflicts to compare."
            ));
            return false;
        }
        if a.form != b.form {
            notes.push(
                "One lists its states as a graph and the other has options: no state of one is a \
                 state of the other, and the answers are not compared."
                    .to_owned(),
            );
            return false;
        }
        for (name, one, other) in [("A", a, b), ("B", b, a)] {
            let known: Vec<String> = other.option_ids().map(|o| other.qualified(o)).collect();
            let only = one.option_ids().map(|o| one.qualified(o));
            let only: Vec<String> = only.filter(|o| !known.contains(o)).collect();
            if !only.is_empty() {
                let verb = if only.len() == 1 { "counts" } else { "count" };
                notes.push(format!(
                    "Only {name} has {}; in the states of the other that {verb} as off.",
                    only.join(", ")
                ));
            }
        }
        true
    }

    /// The counts of one whose states can be listed, beside one whose states cannot.
    fn counts(
        &self,
        loaded: &Loaded,
        model: &Model,
        listing: Listing,
        request: &Request,
    ) -> Result<Listing, Failure> {
        if listing != Listing::Listed {
            return Ok(listing);
        }
        let game = judging::game(loaded, model, self.budget)?;
        let answers = comparison::answers(&game, request, self.budget);
        let answers = answers.map_err(judging::incomplete)?;
        let counts = Counts::of(model, &answers, &request.main);
        Ok(Listing::Counted(counts))
    }
}

fn too_large(listings: &(Listing, Listing), notes: &mut Vec<String>) {
    notes.push(
        "There are too many states to list: counts are compared, and no single states.".to_owned(),
    );
    for (name, listing) in [("A", &listings.0), ("B", &listings.1)] {
        match listing {
            Listing::Listed => {}
            Listing::Counted(counts) => {
                let stopped = counts.stopped.as_ref();
                notes.extend(stopped.map(|stop| format!("Counting in {name}: {stop}.")));
            }
            Listing::Neither(why) => {
                notes.push(format!("Nothing was counted in {name}: {why}."));
            }
        }
    }
}

/// What is behind answers, or why it is not said; a failure when the budget ended on the way.
fn cut_short<T>(
    attribution: Option<Result<T, Unattributed>>,
) -> Result<Option<Result<T, Unattributed>>, Failure> {
    match attribution {
        Some(Err(Unattributed::Stopped(stop))) => Err(judging::incomplete(stop)),
        found => Ok(found),
    }
}
