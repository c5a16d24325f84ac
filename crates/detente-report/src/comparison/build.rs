//! The finding from what was computed.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::comparison::{
    Answers, Attribution, ClaimChange, Counts, CourseAttribution, Days, Listing, Mark, Outlook,
    PackageQuestion, Question, Request, Table, Unattributed, VerdictChange, changed, mark,
};
use detente_analysis::model::difference::{self, What};
use detente_analysis::{Game, StateId, Verdict};

use super::{
    AnswerDifference, ByConcept, Change, ClassDifference, Comparison, Equilibria,
    FirmnessDifference, ModelDifference, Pair, Renamed, Side, StateIn, Told, VerdictDifference,
    beside, words,
};
use crate::why;

/// What was found of the conflicts of both.
#[derive(Clone, Copy)]
pub enum Sides<'r, 'm> {
    /// The states of both are listed.
    Listed {
        /// The games.
        games: (&'r Game<'m>, &'r Game<'m>),
        /// Their answers.
        answers: (&'r Answers, &'r Answers),
        /// Verdicts that are others.
        verdicts: &'r [VerdictChange],
    },
    /// Those of one at least are too many.
    Counted(&'r Listing, &'r Listing),
    /// They were not compared.
    Left,
}

/// What was computed.
pub struct Found<'r, 'm> {
    /// What the two are.
    pub sides: (Side, Side),
    /// What changed in the model.
    pub difference: &'r difference::Difference,
    /// Whether the changes of the model are told.
    pub tell_model: bool,
    /// By what the answers were compared.
    pub request: &'r Request,
    /// What was found of the conflicts.
    pub compared: Sides<'r, 'm>,
    /// What is behind the changed answers, if that was asked.
    pub attribution: Option<&'r Result<Attribution, Unattributed>>,
    /// What could be agreed, if both say enough about it.
    pub tables: Option<(&'r Table, &'r Table)>,
    /// What is behind its difference, if that was asked.
    pub package_causes: Option<&'r Result<Attribution<PackageQuestion>, Unattributed>>,
    /// Claims that stand otherwise.
    pub claims: &'r [ClaimChange],
    /// How probable each class is, if both have a forecast.
    pub outlooks: Option<(&'r Outlook, &'r Outlook)>,
    /// The days of both forecasts.
    pub days: &'r Days,
    /// What is behind the difference of the forecasts, if that was asked.
    pub course: Option<&'r Result<CourseAttribution, Unattributed>>,
    /// What is said and cannot all be so, in words, of each.
    pub conflicts: (&'r BTreeSet<String>, &'r BTreeSet<String>),
    /// What was not compared, and what is to be kept in mind.
    pub notes: Vec<String>,
}

/// The finding.
pub fn finding(found: Found<'_, '_>) -> Comparison {
    let answers = match found.compared {
        Sides::Listed {
            games,
            answers,
            verdicts,
        } => Some(listed(&found, games, answers, verdicts)),
        Sides::Counted(a, b) => Some(counted(found.request, a, b)),
        Sides::Left => None,
    };
    let packages = found
        .tables
        .map(|tables| beside::packages(tables, found.package_causes));
    let forecast = found
        .outlooks
        .map(|outlooks| beside::forecast(outlooks, found.days, found.course));
    let claims = found.claims.iter().map(beside::claim).collect();
    let mut comparison = Comparison {
        format: "detente-comparison/1".to_owned(),
        a: found.sides.0,
        b: found.sides.1,
        same: false,
        model: found.tell_model.then(|| model(found.difference)),
        answers,
        packages,
        claims,
        forecast,
        conflicts: beside::conflicts(found.conflicts.0, found.conflicts.1),
        notes: found.notes,
    };
    let model_is = comparison.model.as_ref();
    let model_is = model_is.is_none_or(|m| m.changes.is_empty() && m.renamed.is_empty());
    comparison.same = model_is && !comparison.answers_changed();
    comparison
}

fn model(difference: &difference::Difference) -> ModelDifference {
    let renamed = difference.renamings.iter().map(|renaming| Renamed {
        kind: renaming.kind.word().replace('`', ""),
        within: words::within(&renaming.within),
        was: renaming.was.clone(),
        now: renaming.now.clone(),
        text: words::renaming(renaming),
    });
    let changes = difference
        .changes
        .iter()
        .enumerate()
        .map(|(index, change)| {
            let (became, property, was, now) = match &change.what {
                What::Added(said) => ("added", None, None, said.clone()),
                What::Dropped(said) => ("dropped", None, said.clone(), None),
                What::Altered { property, was, now } => (
                    "altered",
                    Some((*property).to_owned()),
                    was.clone(),
                    now.clone(),
                ),
                What::Moved { from, to } => {
                    ("moved", None, Some(from.to_string()), Some(to.to_string()))
                }
            };
            Change {
                number: index + 1,
                kind: change.kind.word().replace('`', ""),
                name: change.name.clone(),
                within: words::within(&change.within),
                became: became.to_owned(),
                property,
                was,
                now,
                bears: change.bears.conflict,
                bears_on: words::bears(change.bears),
                moved: change.shifts.iter().map(words::shift).collect(),
                text: words::change(change),
            }
        });
    ModelDifference {
        renamed: renamed.collect(),
        changes: changes.collect(),
    }
}

/// The states of both games by what they are known by.
struct Places<'r, 'm> {
    games: (&'r Game<'m>, &'r Game<'m>),
    a: BTreeMap<Mark, StateId>,
    b: BTreeMap<Mark, StateId>,
}

impl Places<'_, '_> {
    fn state(&self, mark: &Mark) -> StateIn {
        let (a, b) = (self.a.get(mark).copied(), self.b.get(mark).copied());
        let class = |game: &Game<'_>, state: StateId| {
            let class = game.headline(state)?;
            Some(game.model.classes[class].name.clone())
        };
        StateIn {
            on: mark.0.clone(),
            a: a.map(|state| self.games.0.id(state)),
            b: b.map(|state| self.games.1.id(state)),
            class: match (a, b) {
                (_, Some(state)) => class(self.games.1, state),
                (Some(state), None) => class(self.games.0, state),
                (None, None) => None,
            },
        }
    }

    fn equilibria(&self, a: &BTreeSet<Mark>, b: &BTreeSet<Mark>) -> Equilibria {
        let states = |marks: Vec<&Mark>| marks.into_iter().map(|mark| self.state(mark)).collect();
        Equilibria {
            gone: states(a.difference(b).collect()),
            new: states(b.difference(a).collect()),
            kept: states(a.intersection(b).collect()),
        }
    }
}

fn listed(
    found: &Found<'_, '_>,
    games: (&Game<'_>, &Game<'_>),
    (a, b): (&Answers, &Answers),
    verdicts: &[VerdictChange],
) -> AnswerDifference {
    let places = |game: &Game<'_>| -> BTreeMap<Mark, StateId> {
        game.space.ids().map(|s| (mark(game, s), s)).collect()
    };
    let places = Places {
        games,
        a: places(games.0),
        b: places(games.1),
    };
    let both = |a: &Option<BTreeSet<Mark>>, b: &Option<BTreeSet<Mark>>| {
        Some(places.equilibria(a.as_ref()?, b.as_ref()?))
    };
    let concepts: Vec<ByConcept> = a
        .equilibria
        .iter()
        .zip(&b.equilibria)
        .map(|((concept, one), (_, other))| ByConcept {
            concept: concept.clone(),
            count: Pair {
                a: one.as_ref().map(|list| list.len().to_string()),
                b: other.as_ref().map(|list| list.len().to_string()),
            },
            equilibria: both(one, other),
        })
        .collect();
    let firmness = a.firmness.iter().filter_map(|(mark, one)| {
        let other = b.firmness.get(mark)?;
        (one != other).then(|| FirmnessDifference {
            state: places.state(mark),
            swaps: Pair { a: *one, b: *other },
        })
    });
    let differ = |by: &ByConcept| {
        by.count.a != by.count.b
            || by
                .equilibria
                .as_ref()
                .is_some_and(|e| !e.gone.is_empty() || !e.new.is_empty())
    };
    let classes = classes(a, b);
    let questions = changed(a, b);
    let (causes, not_attributed) = match found.attribution {
        None => (None, None),
        Some(Err(why)) => (None, Some(why.to_string())),
        Some(Ok(attribution)) => {
            let told = |question: &Question| {
                words::answer(question, a.answer(question), b.answer(question))
            };
            (Some(beside::causes(attribution, told)), None)
        }
    };
    let firmness: Vec<FirmnessDifference> = firmness.collect();
    AnswerDifference {
        main: found.request.main.clone(),
        changed: !questions.is_empty()
            || !verdicts.is_empty()
            || !firmness.is_empty()
            || concepts.iter().any(differ)
            || classes.iter().any(|c| c.changed),
        feasible: Pair {
            a: a.feasible.to_string(),
            b: b.feasible.to_string(),
        },
        status_quo: Pair {
            a: a.status_quo.as_ref().map(|mark| mark.0.clone()),
            b: b.status_quo.as_ref().map(|mark| mark.0.clone()),
        },
        listed: true,
        held: both(&a.held, &b.held),
        concepts,
        classes,
        verdicts: verdicts
            .iter()
            .map(|change| VerdictDifference {
                state: places.state(&change.state),
                party: change.party.clone(),
                verdict: Pair {
                    a: told(games.0, &change.a),
                    b: told(games.1, &change.b),
                },
            })
            .collect(),
        firmness,
        causes,
        not_attributed,
    }
}

fn told(game: &Game<'_>, verdict: &Verdict) -> Told {
    let reasons = verdict.improvements.iter();
    Told {
        stable: verdict.stable,
        claim: why::claim(game, verdict),
        reasons: reasons.map(|i| why::reason(game, verdict, i)).collect(),
    }
}

fn classes(a: &Answers, b: &Answers) -> Vec<ClassDifference> {
    let names: BTreeSet<&Option<String>> = a.classes.keys().chain(b.classes.keys()).collect();
    let one = |answers: &Answers, name: &Option<String>| {
        let class = answers.classes.get(name);
        let held = class
            .filter(|_| answers.held.is_some())
            .map(|c| c.held.len());
        let way = class.and_then(|c| c.way).map(|w| words::way(w).to_owned());
        (class.map(|c| c.states), held, way)
    };
    names
        .into_iter()
        .map(|name| {
            let (one, other) = (one(a, name), one(b, name));
            ClassDifference {
                class: name.clone(),
                changed: one != other,
                states: Pair {
                    a: one.0,
                    b: other.0,
                },
                held: Pair {
                    a: one.1,
                    b: other.1,
                },
                reached: Pair {
                    a: one.2,
                    b: other.2,
                },
            }
        })
        .collect()
}

/// What can be said when the states of one at least are too many to list.
fn counted(request: &Request, a: &Listing, b: &Listing) -> AnswerDifference {
    let counts = |listing: &Listing| -> Option<Counts> {
        match listing {
            Listing::Counted(counts) => Some(counts.clone()),
            Listing::Listed | Listing::Neither(_) => None,
        }
    };
    let (a, b) = (counts(a), counts(b));
    let feasible = |c: &Option<Counts>| {
        c.as_ref()
            .map_or("not counted".to_owned(), |c| c.feasible.to_string())
    };
    let of = |c: &Option<Counts>, concept: &str| {
        let counts = c.as_ref()?;
        let found = counts
            .equilibria
            .iter()
            .find(|(name, ..)| name == concept)?;
        Some(found.1.to_string())
    };
    let mut names: Vec<&String> = request.concepts.iter().collect();
    if !names.contains(&&request.main) {
        names.push(&request.main);
    }
    let concepts: Vec<ByConcept> = names
        .into_iter()
        .map(|concept| ByConcept {
            concept: concept.clone(),
            count: Pair {
                a: of(&a, concept),
                b: of(&b, concept),
            },
            equilibria: None,
        })
        .collect();
    let both = a.is_some() && b.is_some();
    let by_class = |c: &Option<Counts>| {
        let found = c.as_ref()?;
        let main = found.equilibria.iter().find(|(n, ..)| *n == request.main)?;
        let names = found.classes.iter().cloned().map(Some).chain([None]);
        let counts = main.2.iter().map(ToString::to_string);
        Some(names.zip(counts).collect::<BTreeMap<_, _>>())
    };
    let feasible = Pair {
        a: feasible(&a),
        b: feasible(&b),
    };
    let differ = concepts.iter().any(|c| c.count.a != c.count.b)
        || feasible.a != feasible.b
        || by_class(&a) != by_class(&b);
    AnswerDifference {
        main: request.main.clone(),
        changed: both && differ,
        feasible,
        status_quo: Pair { a: None, b: None },
        listed: false,
        held: None,
        concepts,
        classes: Vec::new(),
        verdicts: Vec::new(),
        firmness: Vec::new(),
        causes: None,
        not_attributed: None,
    }
}
