//! From a study to its serialisable finding.

use detente_analysis::concept::Concept;
use detente_analysis::model::{Model, PartyId};
use detente_analysis::reach::SequenceRule;
use detente_analysis::space::Size;
use detente_analysis::stability::{self, Fate, explain};
use detente_analysis::status_quo::Evolution;
use detente_analysis::study::Study;
use detente_analysis::{Budget, Game, StateId, Stop, coalition, describe, reach};
use indexmap::IndexMap;

use crate::finding::{
    Analysis, Anticipation, ClassInfo, CoalitionImprovements, Improvement, JointImprovement,
    JointImprovements, Leg, Obstacle, OptionInfo, Party, Reachability, Route, Sanction, Settings,
    State, Step, Undone, Verdict,
};
use crate::firmness;
use crate::words;

/// Which states' verdicts are written out with their proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witnesses {
    /// All states.
    All,
    /// The equilibria of the main concept and the status quo.
    Equilibria,
    /// No states.
    None,
}

/// More verdicts than this are not written out unless they are asked for.
pub const MOST_VERDICTS: usize = 50_000;

impl Witnesses {
    /// All, unless that would be more than [`MOST_VERDICTS`].
    pub fn usual(study: &Study<'_, '_>) -> Self {
        let verdicts = study.tables.len() * study.game.space.len() * study.game.graph.parties();
        if verdicts <= MOST_VERDICTS {
            Self::All
        } else {
            Self::Equilibria
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Equilibria => "equilibria",
            Self::None => "none",
        }
    }
}

/// The name of a concept as people write it: `seq`, `l3`, `stackelberg_US`.
pub fn concept_name(game: &Game<'_>, concept: Concept) -> String {
    name_of(game.model, concept)
}

/// As [`concept_name`], by the model alone.
pub fn name_of(model: &Model, concept: Concept) -> String {
    match concept {
        Concept::Stackelberg(leader) if leader.index() < model.parties.len() => {
            format!("stackelberg_{}", model.party(leader).name)
        }
        other => other.id(),
    }
}

/// Puts a study into its serialisable form.
pub fn analysis(
    study: &Study<'_, '_>,
    variants: &[String],
    witnesses: Witnesses,
    stopped: Option<&Stop>,
    budget: &Budget,
) -> Analysis {
    let game = study.game;
    let b = Builder {
        study,
        game,
        budget,
    };
    Analysis {
        format: "detente-analysis/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: variants.to_vec(),
        settings: b.settings(),
        size: size(game),
        parties: parties(game),
        options: options(game),
        status_quo: game.status_quo.map(|s| game.id(s)),
        states: game.space.ids().map(|s| b.state(s)).collect(),
        classes: b.classes(),
        stability: b.stability(),
        margins: b.margins(),
        equilibria: b.equilibria(),
        robustness: study
            .robustness
            .iter()
            .map(|r| firmness::firmness(game, r))
            .collect(),
        mixed_equilibria: study
            .mixed
            .as_ref()
            .map(|m| m.iter().map(|s| game.id(s)).collect()),
        not_applicable: study
            .refused
            .iter()
            .map(|r| (concept_name(game, r.concept), refusal(game, r)))
            .collect(),
        joint_improvements: study.joint.iter().map(|j| b.joint(j)).collect(),
        obstacles: study
            .obstacles
            .iter()
            .map(|o| Obstacle {
                class: game.model.classes[o.class].name.clone(),
                state: game.id(o.state),
                verdicts: o.verdicts.iter().map(|v| verdict(game, v)).collect(),
            })
            .collect(),
        witnesses: b.witnesses(witnesses),
        witnessed: witnesses.word().to_owned(),
        notes: notes(study),
        stopped: stopped.map(ToString::to_string),
    }
}

/// How large a game is.
pub fn size(game: &Game<'_>) -> crate::finding::Size {
    let size = Size::of(game.model);
    crate::finding::Size {
        raw: size.raw.map(|n| n.to_string()),
        feasible: game.space.len(),
        positions: size.width,
        moves: game.graph.total_moves(),
    }
}

/// The parties of a game.
pub fn parties(game: &Game<'_>) -> Vec<Party> {
    let size = Size::of(game.model);
    let of = |p: PartyId| {
        let party = game.model.party(p);
        Party {
            name: party.name.clone(),
            title: party.title.clone(),
            raw: size.per_party[p.index()].map(|n| n.to_string()),
            moves: game.graph.moves(p).len(),
            ranks: game.rankings[p.index()].levels(),
        }
    };
    game.model.party_ids().map(of).collect()
}

/// The options of a game.
pub fn options(game: &Game<'_>) -> Vec<OptionInfo> {
    let of = |o| {
        let choice = game.model.option(o);
        OptionInfo {
            name: game.model.qualified(o),
            title: choice.title.clone(),
            levels: choice.levels.clone(),
            positions: choice.width(),
        }
    };
    game.model.option_ids().map(of).collect()
}

/// A state without how it is reached.
pub fn state(game: &Game<'_>, state: StateId) -> State {
    let named = game.named(state).and_then(|n| game.model.states.get(n));
    let class = |c: &usize| game.model.classes[*c].name.clone();
    let rank = |p: PartyId| {
        (
            game.model.party(p).name.clone(),
            game.rankings[p.index()].rank(state),
        )
    };
    State {
        id: game.id(state),
        decimal: game.space.value(state).to_string(),
        yn: game.space.yn(state),
        on: describe::on(game, state),
        name: named.map(|n| n.name.clone()),
        title: named.and_then(|n| n.title.clone()),
        classes: game.classes[state.index()].iter().map(class).collect(),
        ranks: game.model.party_ids().map(rank).collect(),
        reachability: None,
    }
}

/// Why a concept does not apply, with parties and states by their names.
pub fn refusal(game: &Game<'_>, refusal: &stability::Refusal) -> String {
    use stability::ConceptError;
    match &refusal.reason {
        ConceptError::Ties {
            party,
            first,
            second,
            ..
        } => format!(
            "needs rankings without ties, but {} ranks the states {} and {} alike",
            words::party(game, *party),
            game.id(*first),
            game.id(*second)
        ),
        ConceptError::NotTwoParties { movers, .. } => {
            format!("is for two parties that can move, but {movers} can")
        }
        ConceptError::NeedsOptionForm { .. } => {
            "needs a conflict given by options, not by a graph".to_owned()
        }
        other => other.to_string(),
    }
}

fn notes(study: &Study<'_, '_>) -> Vec<String> {
    use detente_analysis::model::model::Preferences;
    let model = study.game.model;
    let mut notes = Vec::new();
    for party in &model.parties {
        let Preferences::Statements(list) = &party.preferences else {
            continue;
        };
        let doubted: Vec<String> = list
            .iter()
            .filter(|s| !s.certainty.is_certain() || s.either_order)
            .map(|s| format!("`{}`", s.label.as_ref().unwrap_or(&s.condition.text)))
            .collect();
        if !doubted.is_empty() {
            let ordinary = if doubted.len() == 1 {
                "it is taken as an ordinary statement that holds"
            } else {
                "they are taken as ordinary statements that hold"
            };
            notes.push(format!(
                "The doubt of {}'s {} is not used; {ordinary}.",
                party.name,
                words::list(&doubted)
            ));
        }
    }
    notes.extend(crate::elsewhere::notes(model));
    if study.evolution.as_ref().is_some_and(|e| e.joint.is_none()) {
        notes.push(
            "Joint steps were not followed from the status quo: there are too many states and \
             coalitions."
                .to_owned(),
        );
    }
    if study.robustness.len() < study.equilibria().len() {
        notes.push(format!(
            "How firmly they hold was computed for the first {} equilibria only.",
            study.robustness.len()
        ));
    }
    if !study.all_starts {
        notes.push(format!(
            "Joint improvements were sought from the first {} equilibria only.",
            study.request.most_starts
        ));
    }
    notes
}

struct Builder<'a, 'g, 'm> {
    study: &'a Study<'g, 'm>,
    game: &'g Game<'m>,
    budget: &'a Budget,
}

impl Builder<'_, '_, '_> {
    fn settings(&self) -> Settings {
        let request = &self.study.request;
        let own = request.assignment.iter().flatten();
        Settings {
            main: concept_name(self.game, request.main),
            sequences: match request.settings.sequences {
                SequenceRule::Legal => "legal".to_owned(),
                SequenceRule::EachOnce => "each_once".to_owned(),
            },
            diagonal: request.settings.diagonal,
            by_party: self
                .game
                .model
                .parties
                .iter()
                .zip(own)
                .map(|(p, c)| (p.name.clone(), concept_name(self.game, *c)))
                .collect(),
        }
    }

    fn ids(&self, states: impl Iterator<Item = StateId>) -> Vec<u32> {
        states.map(|s| self.game.id(s)).collect()
    }

    fn stability(&self) -> IndexMap<String, IndexMap<String, Vec<u32>>> {
        let game = self.game;
        let of_table = |table: &detente_analysis::StabilityTable| {
            let of_party = |p: PartyId| {
                let stable = table
                    .stable_for(p)
                    .map_or(Vec::new(), |s| self.ids(s.iter()));
                (words::party(game, p).to_owned(), stable)
            };
            (
                concept_name(game, table.concept),
                game.graph.party_ids().map(of_party).collect(),
            )
        };
        self.study.tables.iter().map(of_table).collect()
    }

    fn margins(&self) -> IndexMap<String, IndexMap<String, Vec<Option<i64>>>> {
        let parties = || self.game.graph.party_ids();
        let tables = self.study.margins.iter().map(|table| {
            let lists = parties().map(|p| {
                let list = table.of(p).unwrap_or_default().to_vec();
                (words::party(self.game, p).to_owned(), list)
            });
            (concept_name(self.game, table.concept), lists.collect())
        });
        tables.collect()
    }

    fn equilibria(&self) -> IndexMap<String, Vec<u32>> {
        self.study
            .tables
            .iter()
            .map(|t| {
                (
                    concept_name(self.game, t.concept),
                    self.ids(t.equilibria().iter()),
                )
            })
            .collect()
    }

    fn classes(&self) -> Vec<ClassInfo> {
        let game = self.game;
        let headlines: Vec<Option<usize>> = (0..game.model.classes.len()).map(Some).collect();
        let of = |headline: Option<usize>| {
            let member = |s: &StateId| game.headline(*s) == headline;
            ClassInfo {
                name: headline.map(|c| game.model.classes[c].name.clone()),
                states: self.ids(game.space.ids().filter(member)),
                equilibria: self
                    .study
                    .tables
                    .iter()
                    .map(|t| {
                        let members = t.equilibria();
                        let of_class = members.iter().filter(member);
                        (concept_name(game, t.concept), self.ids(of_class))
                    })
                    .collect(),
            }
        };
        let mut classes: Vec<ClassInfo> = headlines.into_iter().map(of).collect();
        let rest = of(None);
        if !rest.states.is_empty() {
            classes.push(rest);
        }
        classes
    }

    fn state(&self, id: StateId) -> State {
        let mut found = state(self.game, id);
        found.reachability = self.study.evolution.as_ref().map(|e| Reachability {
            moves: route(self.game, &e.moves, id),
            improvements: route(self.game, &e.improvements, id),
            joint: e
                .joint
                .as_ref()
                .and_then(|joint| route(self.game, joint, id)),
        });
        found
    }

    fn joint(&self, joint: &coalition::JointImprovements) -> JointImprovements {
        let game = self.game;
        let of_coalition = |c: &coalition::CoalitionFinding| CoalitionImprovements {
            members: c
                .members
                .iter()
                .map(|p| words::party(game, *p).to_owned())
                .collect(),
            to: c
                .improvements
                .iter()
                .map(|r| JointImprovement {
                    state: game.id(r.improvement.to),
                    steps: steps(game, &r.improvement.steps),
                    equilibrium: r.equilibrium,
                    best: r.best,
                })
                .collect(),
        };
        JointImprovements {
            from: game.id(joint.from),
            coalitions: joint.coalitions.iter().map(of_coalition).collect(),
            all_coalitions: joint.all,
        }
    }

    fn witnesses(&self, which: Witnesses) -> Proofs {
        let game = self.game;
        let covered: Vec<StateId> = match which {
            Witnesses::All => game.space.ids().collect(),
            Witnesses::Equilibria => self
                .study
                .equilibria()
                .into_iter()
                .chain(game.status_quo)
                .collect(),
            Witnesses::None => return IndexMap::new(),
        };
        proofs(self.study, covered, self.budget)
    }
}

/// For each concept and party the verdicts with their proofs.
type Proofs = IndexMap<String, IndexMap<String, Vec<Verdict>>>;

/// For each concept that was computed and each party the verdicts on some states with their proofs, in the order of the
/// states.
pub fn proofs(study: &Study<'_, '_>, mut states: Vec<StateId>, budget: &Budget) -> Proofs {
    let game = study.game;
    states.sort_unstable();
    states.dedup();
    let conflict = game.conflict();
    let settings = &study.request.settings;
    let of_table = |concept: Concept| {
        let of_party = |p: PartyId| {
            let verdicts = states
                .iter()
                .filter_map(|s| explain(&conflict, concept, settings, p, *s, budget).ok())
                .map(|v| verdict(game, &v))
                .collect();
            (words::party(game, p).to_owned(), verdicts)
        };
        (
            concept_name(game, concept),
            game.graph.party_ids().map(of_party).collect(),
        )
    };
    study.tables.iter().map(|t| of_table(t.concept)).collect()
}

/// A shortest way to a state; `None` when it cannot be reached in this way.
pub fn route(game: &Game<'_>, evolution: &Evolution, to: StateId) -> Option<Route> {
    let names = |parties: &[PartyId]| -> Vec<String> {
        parties
            .iter()
            .map(|p| words::party(game, *p).to_owned())
            .collect()
    };
    let legs = evolution.legs_to(to)?;
    Some(Route {
        steps: legs
            .iter()
            .map(|l| Leg {
                parties: names(&l.movers),
                from: game.id(l.from),
                to: game.id(l.to),
            })
            .collect(),
        must_move: evolution.must_move(to).map_or(Vec::new(), |p| names(&p)),
    })
}

/// Moves by the names of their parties and the numbers of their states.
pub fn steps(game: &Game<'_>, steps: &[reach::Step]) -> Vec<Step> {
    steps
        .iter()
        .map(|s| Step {
            party: words::party(game, s.party).to_owned(),
            from: game.id(s.from),
            to: game.id(s.to),
        })
        .collect()
}

/// A verdict with its proof.
pub fn verdict(game: &Game<'_>, verdict: &stability::Verdict) -> Verdict {
    let improvement = |i: &stability::ImprovementFate| {
        let (sanction, undone) = match &i.fate {
            Fate::Sanctioned {
                by,
                result,
                best_escape,
            } => {
                let (sequence, together) = match by {
                    stability::Sanction::Sequence(s) => (steps(game, s), Vec::new()),
                    stability::Sanction::Together(choices) => {
                        let at_once = choices.iter().map(|(p, to)| Step {
                            party: words::party(game, *p).to_owned(),
                            from: game.id(verdict.state),
                            to: game.id(*to),
                        });
                        (Vec::new(), at_once.collect())
                    }
                };
                let sanction = Sanction {
                    sequence,
                    together,
                    result: game.id(*result),
                    best_escape: best_escape.map(|s| game.id(s)),
                };
                (Some(sanction), None)
            }
            Fate::Open { undone } => {
                let undone = undone.as_ref().map(|u| Undone {
                    sequence: steps(game, &u.by),
                    result: game.id(u.result),
                    escape: game.id(u.escape),
                });
                (None, undone)
            }
        };
        Improvement {
            to: game.id(i.to),
            sanction,
            undone,
        }
    };
    Verdict {
        party: words::party(game, verdict.party).to_owned(),
        state: game.id(verdict.state),
        concept: concept_name(game, verdict.concept),
        stable: verdict.stable,
        improvements: verdict.improvements.iter().map(improvement).collect(),
        anticipation: verdict.anticipation.as_ref().map(|a| Anticipation {
            horizon: a.horizon,
            steps: steps(game, &a.steps),
            end: game.id(a.end),
        }),
    }
}
