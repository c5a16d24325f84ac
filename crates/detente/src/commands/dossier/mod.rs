//! All findings about a negotiation, gathered by asking every command that applies.

mod parts;
mod supply;

use std::cell::OnceCell;

use detente::analysis::bargain::DealSpace;
use detente::analysis::model::Model;
use detente::analysis::sensitivity::{self, changes};
use detente::analysis::space::Size;
use detente::analysis::study::study;
use detente::analysis::survey::Engine;
use detente::analysis::{Budget, Game, Stop, codes};
use detente::report::build::{self, Witnesses};
use detente::report::dossier::{About, Dossier, LeftOut};
use detente::report::finding::Analysis;
use detente::report::story::WorthRule;
use detente::report::{moves, story, survey as survey_report};

use self::parts::{Asked, Listed};
use super::{analyze, evidence, judging, packages, survey};
use crate::cli::EngineChoice;
use crate::cli::report::Gathered;
use crate::failure::Failure;
use crate::input::{self, Loaded};
use crate::running;

/// Conflicts with more states than these are asked only for what takes no longer than the analysis itself.
const DEAR: usize = 3_000;

/// Up to so many combinations of options with so many moves all states are listed, so that there is a picture of them.
const LISTED: u128 = 1 << 17;
const LISTED_MOVES: u128 = 24_000_000;

/// Changes of single assumptions, times states, up to which all of them are tried.
const TRIED: usize = 1_000_000;

/// From how many states of such conflicts joint improvements are sought: each may have as many as there are states.
const STARTS: usize = 4;

/// A dossier, and why some part of it is not complete.
pub(crate) struct Gathering {
    /// The findings.
    pub(crate) dossier: Dossier,
    /// Why a part stopped before its end, with the part.
    pub(crate) stopped: Option<(&'static str, String)>,
}

/// Gathers the parts that `wanted` says yes to.
pub(crate) fn gather(args: &Gathered, wanted: &dyn Fn(&str) -> bool) -> Result<Gathering, Failure> {
    gather_of(args, &load(args)?, wanted)
}

/// Reads the file that the report is about.
pub(crate) fn load(args: &Gathered) -> Result<Loaded, Failure> {
    let also = args.also.iter().map(String::as_str);
    input::read_once([args.which.file.as_str()].into_iter().chain(also))?;
    input::load(&args.which.file)
}

/// As [`gather`], when the file is read already.
pub(crate) fn gather_of(
    args: &Gathered,
    loaded: &Loaded,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Gathering, Failure> {
    let budget = running::budget(&args.limits);
    let mut gathering = of_file(args, (&args.which.file, loaded), true, wanted, &budget)?;
    for file in &args.also {
        let lacks = |part: &str| wanted(part) && gathering.lacks(part);
        let also = of_file(args, (file, &input::load(file)?), false, &lacks, &budget)?;
        gathering.supply(also, file);
    }
    Ok(gathering)
}

fn of_file(
    args: &Gathered,
    (file, loaded): (&str, &Loaded),
    first: bool,
    wanted: &dyn Fn(&str) -> bool,
    budget: &Budget,
) -> Result<Gathering, Failure> {
    let variants: &[String] = if first { &args.which.variants } else { &[] };
    let model = loaded.model_with(variants)?;
    let document = loaded.document_with(variants)?;
    let listed = OnceCell::new();
    let mut gatherer = Gatherer {
        args,
        file,
        variants,
        first,
        loaded,
        model: &model,
        listed: &listed,
        wanted,
        budget,
        dossier: Dossier {
            format: "detente-report/1".to_owned(),
            made_by: concat!("detente ", env!("CARGO_PKG_VERSION")).to_owned(),
            negotiation: model.title.clone(),
            as_of: model.as_of.map(|d| d.to_string()),
            variants: variants.to_vec(),
            about: About::of(&document),
            ..Dossier::default()
        },
        stopped: None,
    };
    gatherer.beside()?;
    gatherer.conflict()?;
    Ok(Gathering {
        dossier: gatherer.dossier,
        stopped: gatherer.stopped,
    })
}

/// Whether all states can be listed in a few seconds.
fn can_be_listed(model: &Model) -> bool {
    let size = Size::of(model);
    let Some(raw) = size.raw.filter(|raw| *raw <= LISTED) else {
        return false;
    };
    let own = |one: &Option<u128>| one.unwrap_or(raw).saturating_sub(1);
    let of_a_state: u128 = size.per_party.iter().map(own).sum();
    raw.saturating_mul(of_a_state) <= LISTED_MOVES
}

struct Gatherer<'a, 'm> {
    args: &'a Gathered,
    file: &'a str,
    variants: &'a [String],
    /// Whether it is the file that the report is about, rather than one that supplies parts.
    first: bool,
    loaded: &'a Loaded,
    model: &'m Model,
    /// The states, once they are asked for.
    listed: &'a OnceCell<Listed<'m>>,
    wanted: &'a dyn Fn(&str) -> bool,
    budget: &'a Budget,
    dossier: Dossier,
    stopped: Option<(&'static str, String)>,
}

impl<'a, 'm> Gatherer<'a, 'm> {
    /// The words of a command line that asks about the same.
    fn asked(&self) -> Asked<'a> {
        Asked {
            file: self.file,
            variants: self.variants,
            concept: self.args.concept.as_deref(),
            limits: &self.args.limits,
        }
    }

    fn wants(&self, part: &str) -> bool {
        (self.wanted)(part)
    }

    /// The states and moves, listed when they are asked for first.
    fn listed(&self) -> &'a Listed<'m> {
        self.listed
            .get_or_init(|| Game::new(self.model, self.budget))
    }

    fn leave_out(&mut self, part: &str, why: impl Into<String>) {
        self.dossier.left_out.push(LeftOut {
            part: part.to_owned(),
            why: why.into(),
        });
    }

    fn stopped(&mut self, part: &'static str, stop: Option<&Stop>) {
        if let Some(stop) = stop {
            self.incomplete(part, stop.to_string());
        }
    }

    /// Notes that a part is not complete, and why.
    fn incomplete(&mut self, part: &'static str, why: String) {
        let stopped = &mut self.dossier.stopped;
        if !stopped.iter().any(|s| s.part == part) {
            let (part, why) = (part.to_owned(), why.clone());
            stopped.push(LeftOut { part, why });
        }
        if self.stopped.is_none() {
            self.stopped = Some((part, why));
        }
    }

    /// Keeps a part; one that cannot be computed is left out with the reason that its command gives.
    fn keep<T>(&mut self, part: &str, found: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(Failure::Bad { message, .. }) => {
                self.leave_out(part, message);
                Ok(None)
            }
            Err(Failure::Told) => {
                self.leave_out(part, "the text says what cannot be taken together");
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The same for a part that may not be complete.
    fn part<T>(
        &mut self,
        part: &'static str,
        found: Result<(T, Option<Stop>), Failure>,
    ) -> Result<Option<T>, Failure> {
        let kept = self.keep(part, found)?;
        Ok(kept.map(|(found, stop)| {
            self.stopped(part, stop.as_ref());
            found
        }))
    }

    /// What does not hang on the states of a conflict.
    fn beside(&mut self) -> Result<(), Failure> {
        if self.wants("evidence") {
            let listed = evidence::needs_states(self.model).then(|| self.listed());
            let asked = self.asked();
            let found = parts::evidence(&asked, self.loaded, self.model, listed, self.budget)?;
            self.stopped("evidence", found.1.as_ref());
            self.dossier.evidence = Some(found.0);
        }
        if self.wants("calendar") {
            if self.model.record.events.is_empty() {
                self.leave_out("calendar", "there is no calendar");
            } else {
                let found = parts::calendar(&self.asked(), self.loaded, self.model)?;
                self.dossier.calendar = Some(found);
            }
        }
        if self.wants("claims") {
            let claims = if self.variants.is_empty() {
                super::claims::find(self.loaded)
            } else {
                Err(Failure::bad(
                    "claims are judged without the changes of variants",
                ))
            };
            match self.keep("claims", claims)?.flatten() {
                Some(found) => self.dossier.claims = Some(found),
                None if self.variants.is_empty() => {
                    self.leave_out("claims", "nobody's claims are written down");
                }
                None => {}
            }
        }
        if self.wants("packages") {
            match packages::space(self.model) {
                Ok(space) => self.packages(&space)?,
                Err(_) if self.model.bargain.issues.is_empty() => {
                    self.leave_out("packages", "there are no issues");
                }
                Err(failure) => {
                    self.keep::<()>("packages", Err(failure))?;
                }
            }
        }
        Ok(())
    }

    fn packages(&mut self, space: &DealSpace) -> Result<(), Failure> {
        let found = parts::packages(&self.asked(), self.loaded, self.model, space, self.budget);
        self.dossier.packages = self.part("packages", found)?;
        Ok(())
    }

    /// What is asked of the states.
    fn conflict(&mut self) -> Result<(), Failure> {
        let (model, loaded, budget) = (self.model, self.loaded, self.budget);
        let any = parts::OF_STATES.iter().any(|part| self.wants(part));
        if !any {
            return Ok(());
        }
        if let Err(failure) = loaded.conflict_with(self.variants) {
            for part in parts::OF_STATES {
                self.leave_out(part, "there are issues and no options, and so no conflict");
            }
            let supplies = !self.first || self.dossier.packages.is_some();
            return if supplies { Ok(()) } else { Err(failure) };
        }
        let mut args = self.asked().analysis()?;
        let main = judging::concept(model, &args.concept)?;
        let own = judging::assignment(loaded, model, main, &[])?;
        let own = own.filter(|_| self.args.concept.is_none());
        if can_be_listed(model) {
            args.engine = EngineChoice::Graph;
        }
        let chosen = survey::engine(&args, model, main, own.is_some(), budget)?;
        if chosen.0.engine != Engine::Graph {
            if self.wants("survey") || self.wants("analysis") {
                let (choice, concepts) = chosen;
                let outcome =
                    survey::find(&args, loaded, model, main, (&choice, concepts), budget)?;
                let stop = outcome.stop();
                self.stopped("survey", stop);
                let found = outcome.value();
                let finding = survey_report::finding(model, found, &choice, self.variants, stop);
                self.dossier.survey = Some(finding);
            }
            for part in parts::OF_STATES {
                if self.wants(part) {
                    self.leave_out(part, "there are too many states to list them");
                }
            }
            return Ok(());
        }
        let game = match self.listed() {
            Ok(game) => game,
            Err(problems) if problems.iter().any(|p| p.code == codes::TOO_LARGE) => {
                let why = evidence::unlisted(problems);
                for part in parts::OF_STATES {
                    if self.wants(part) {
                        self.leave_out(part, why.clone());
                    }
                }
                if let Some(first) = parts::OF_STATES.into_iter().find(|p| self.wants(p)) {
                    self.incomplete(first, why);
                }
                return Ok(());
            }
            Err(problems) => {
                loaded.draw(problems);
                return Err(Failure::Told);
            }
        };
        // Goals are chosen by what holds; nothing else hangs on it.
        if !self.wants("analysis") && !self.wants("breakthroughs") {
            return self.of_states(game, None);
        }
        let mut request = analyze::request(&args, loaded, game)?;
        request.assignment = own;
        let is_large = game.space.len() > DEAR;
        if is_large {
            request.most_starts = request.most_starts.min(STARTS);
        }
        let outcome = study(game, request, budget);
        let stop = outcome.stop();
        self.stopped("analysis", stop);
        let found = outcome.value();
        let witnesses = if is_large {
            Witnesses::None
        } else {
            Witnesses::usual(found)
        };
        let mut analysis = build::analysis(found, self.variants, witnesses, stop, budget);
        if is_large {
            // The report tells the best of them only.
            let starts = analysis.joint_improvements.iter_mut();
            for coalition in starts.flat_map(|start| &mut start.coalitions) {
                coalition.to.retain(|to| to.best);
            }
        }
        self.of_states(game, Some(&analysis))?;
        self.dossier.analysis = Some(analysis);
        self.dossier.summary = story::summary(&self.dossier);
        if is_large {
            // Thousands of states may hold; proved are those that are told of.
            let told = story::told(&self.dossier);
            let states = told.into_iter().filter_map(|id| game.by_id(id));
            let states = states.chain(game.status_quo).collect();
            if let Some(analysis) = &mut self.dossier.analysis {
                analysis.witnesses = build::proofs(found, states, budget);
                "told".clone_into(&mut analysis.witnessed);
            }
        }
        Ok(())
    }

    fn of_states(&mut self, game: &Game<'_>, analysis: Option<&Analysis>) -> Result<(), Failure> {
        let (loaded, budget) = (self.loaded, self.budget);
        let asked = self.asked();
        if self.wants("moves") {
            self.dossier.moves = Some(moves::finding(game));
        }
        if self.wants("places") {
            let found = Ok(parts::places(game, budget));
            self.dossier.places = self.part("places", found)?;
        }
        if game.space.len() > DEAR && !self.args.thorough {
            for part in parts::OF_STATES {
                if self.wants(part) && !parts::QUICK_PARTS.contains(&part) {
                    let why = format!(
                        "it takes long with {} states; `--thorough` computes it",
                        game.space.len()
                    );
                    self.leave_out(part, why);
                }
            }
            return Ok(());
        }
        if self.wants("evolution") {
            if game.status_quo.is_none() {
                self.leave_out("evolution", "the file does not say where things stand");
            } else {
                let found = parts::evolution(&asked, loaded, game, budget);
                self.dossier.evolution = self.part("evolution", found)?;
            }
        }
        if let Some(analysis) = analysis.filter(|_| self.wants("breakthroughs")) {
            for goal in self.goals(analysis) {
                let found = parts::breakthrough(&asked, &goal, loaded, game, budget);
                // A goal that somebody named is not left out in silence.
                let found = if self.args.goal.is_empty() {
                    found
                } else {
                    Ok(found?)
                };
                let found = self.part("breakthroughs", found)?;
                self.dossier.breakthroughs.extend(found);
            }
        }
        if self.wants("sensitivity") {
            let trials = changes(self.model, sensitivity::About::ALL).len();
            if trials.saturating_mul(game.space.len()) > TRIED && !self.args.thorough {
                let why = format!(
                    "it takes long to try {trials} changes in {} states; `--thorough` computes it",
                    game.space.len()
                );
                self.leave_out("sensitivity", why);
            } else {
                let found = parts::sensitivity(&asked, loaded, game, budget);
                self.dossier.sensitivity = self.part("sensitivity", found)?;
            }
        }
        if self.wants("doubt") {
            if parts::is_in_doubt(self.model) {
                let found = parts::doubt(&asked, loaded, game, budget);
                if let Some(found) = found.transpose() {
                    self.dossier.doubt = self.part("doubt", found)?;
                }
            } else {
                self.leave_out("doubt", "no preference is in doubt");
            }
        }
        if self.wants("perception") {
            if self.model.views.is_empty() {
                self.leave_out("perception", "no view of a party is written down");
            } else {
                let found = parts::perception(&asked, loaded, budget);
                self.dossier.perception = self.part("perception", found)?;
            }
        }
        if self.wants("terms") {
            if self.model.terms.is_empty() {
                self.leave_out("terms", "no term is read in several ways");
            } else {
                let found = parts::terms(&asked, loaded, game, budget);
                self.dossier.terms = self.part("terms", found)?;
            }
        }
        if self.wants("forecast") {
            let until = self.args.until.as_deref();
            if self.model.as_of.is_none() && until.is_none() {
                self.leave_out(
                    "forecast",
                    "the file does not say as of which day it stands",
                );
            } else if game.status_quo.is_none() {
                self.leave_out("forecast", "the file does not say where things stand");
            } else {
                let found = parts::forecast(&asked, until, loaded, game, budget);
                // Nor is a forecast for a day that somebody named.
                let found = if until.is_some() && self.first {
                    Ok(found?)
                } else {
                    found
                };
                self.dossier.forecast = self.part("forecast", found)?;
            }
        }
        Ok(())
    }

    /// What should hold: the goals that are named, else the outcomes that are worth a plan.
    fn goals(&mut self, analysis: &Analysis) -> Vec<String> {
        if !self.first {
            return Vec::new();
        }
        if !self.args.goal.is_empty() {
            return self.args.goal.clone();
        }
        let Some(worth) = story::worth(analysis) else {
            return Vec::new();
        };
        if worth.rule == WorthRule::NonePreferred && !worth.outcomes.is_empty() {
            self.leave_out(
                "breakthroughs",
                "no party prefers an outcome that would not hold to where things stand",
            );
        }
        worth.chosen().map(str::to_owned).collect()
    }
}
