//! Judging a family.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::count::{self, Cells, Counted, Recorded, Sum};
use super::family::Family;
use super::information::{self, Questions};
use super::panel::{self, Lanes, Panel, Rows};
use super::ratio::Ratio;
use super::share::{Chance, Share};
use super::witness::{self, Witness};
use super::worlds::{All, Drawn};
use super::{Aim, Because, Doubts, Found, MOST_TOLD, Method, Request, Row, Target, Unjudged};
use crate::{Budget, Concept, Outcome, StateId, Stop};

/// How many states are targets when there are no classes.
const MOST_TARGETS: usize = 32;
/// Bytes at most for remembering in which profiles each state is an equilibrium.
const MOST_RECORDED: u64 = 256 << 20;

/// Judges the completions of a family. When drawing ends early, the result is that of the draws made
/// until then.
///
/// # Errors
///
/// When a concept does not apply, when all completions were to be counted and cannot be, and when
/// counting is stopped or would take more memory than the budget has.
pub fn doubt(
    family: &Family<'_, '_>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Doubts>, Unjudged> {
    let (rows, main) = rows(request);
    let panel = panel::panel(family.game(), &rows, &request.settings, budget)?;
    let cells = cells(family, &rows);
    let all = All::new(family, request.max_profiles);
    let because = because(family, request, all.is_some());
    let task = Task {
        family,
        request,
        rows: &rows,
        main,
        cells: &cells,
        panel: panel.as_ref(),
        budget,
    };
    task.fits()?;
    match (all, because) {
        (Some(all), None) => {
            let (completions, weight) = all.totals();
            if completions.bits() <= 126 && weight.bits() <= 126 {
                task.counted::<u128>(&all)
            } else {
                task.counted::<BigUint>(&all)
            }
        }
        (_, because) => {
            let because = because.unwrap_or(Because::TooMany);
            if request.method == Method::Counted {
                return Err(Unjudged::NotCounted(because));
            }
            Ok(task.sampled(because))
        }
    }
}

/// The rows, and which of them judges the targets.
fn rows(request: &Request) -> (Rows, usize) {
    let mut concepts: Vec<Concept> = Vec::new();
    for &concept in &request.concepts {
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }
    let same = request
        .judges
        .windows(2)
        .all(|pair| pair.first() == pair.last());
    match request.judges.first() {
        Some(&one) if same => {
            let place = concepts.iter().position(|c| *c == one);
            let main = place.unwrap_or(concepts.len());
            if place.is_none() {
                concepts.push(one);
            }
            (
                Rows {
                    concepts,
                    assigned: None,
                },
                main,
            )
        }
        _ => {
            let main = concepts.len();
            let assigned = Some(request.judges.clone());
            (Rows { concepts, assigned }, main)
        }
    }
}

fn cells(family: &Family<'_, '_>, rows: &Rows) -> Cells {
    let game = family.game();
    let mut sets = vec![Vec::new(); game.model.classes.len()];
    for (state, classes) in game.classes.iter().enumerate() {
        for class in classes {
            if let Some(set) = sets.get_mut(*class) {
                set.push(state);
            }
        }
    }
    Cells {
        rows: rows.count(),
        states: game.space.len(),
        sets,
    }
}

/// Why completions have to be drawn, or are to be; `None` when all are counted.
fn because(family: &Family<'_, '_>, request: &Request, countable: bool) -> Option<Because> {
    if request.method == Method::Sampled {
        return Some(Because::Asked);
    }
    let game = family.game();
    let mut parties = game.model.party_ids().zip(family.parties());
    let unlisted = parties.find(|(_, possible)| possible.listed().is_none());
    match unlisted {
        Some((party, _)) => Some(Because::Unlisted(party)),
        None if !countable => Some(Because::TooMany),
        None => None,
    }
}

/// What a computation needs at hand.
struct Task<'t, 'g, 'm> {
    family: &'t Family<'g, 'm>,
    request: &'t Request,
    rows: &'t Rows,
    main: usize,
    cells: &'t Cells,
    panel: &'t dyn Panel,
    budget: &'t Budget,
}

impl Task<'_, '_, '_> {
    /// Whether the sums fit the memory, those of the threads counted.
    fn fits(&self) -> Result<(), Unjudged> {
        let bytes = self.cells.count() as u64 * 32 * 64;
        if bytes > self.budget.max_memory {
            return Err(Unjudged::Stopped(Stop::Limit {
                what: "bytes for counting completions",
                limit: self.budget.max_memory,
            }));
        }
        Ok(())
    }

    fn cell(&self, target: Target) -> usize {
        let at = self.main * self.cells.width();
        match target {
            Target::State(state) => at + state.index(),
            Target::Class(class) => at + self.cells.states + class,
        }
    }

    /// The targets whose verdicts are remembered profile by profile: those asked for, the classes, and the
    /// states when there is room.
    fn recorded(&self, worlds: u64) -> Vec<Target> {
        let asked = self.request.targets.iter().flatten().copied();
        let mut targets: BTreeSet<Target> = asked.collect();
        targets.extend((0..self.cells.sets.len()).map(Target::Class));
        let states = self.family.game().space.ids();
        let room = (targets.len() + self.cells.states) as u64 * worlds / 8 <= MOST_RECORDED;
        if room {
            targets.extend(states.map(Target::State));
        }
        targets.into_iter().collect()
    }

    fn places(&self, targets: &[Target], worlds: u64) -> Recorded {
        let cells = targets.iter().map(|t| self.cell(*t)).collect();
        Recorded { cells, worlds }
    }

    fn counted<W: Sum>(&self, all: &All<'_>) -> Result<Outcome<Doubts>, Unjudged> {
        let (completions, total) = all.totals();
        let weights = all.weights::<W>();
        let worlds = count::Worlds::count(all);
        let recorded = self.recorded(worlds);
        let places = self.places(&recorded, worlds);
        let weigh = |world: u64| {
            let one = BigUint::from(1_u8);
            let mut product = (W::from_big(&one), W::from_big(&one));
            for (list, order) in weights.iter().zip(all.orders(world)) {
                if let Some((count, weight)) = list.get(order) {
                    product = (product.0.times(count), product.1.times(weight));
                }
            }
            product
        };
        let counted = count::count(all, self.panel, self.cells, &places, &weigh, self.budget);
        if let Some(stop) = counted.stop {
            return Err(Unjudged::Stopped(stop));
        }
        let share = |(count, weight): &(W, W)| Share {
            completions: Some((count.clone().into_big(), completions.clone())),
            chance: Chance::Exact(Ratio::new(weight.clone().into_big(), total.clone())),
        };
        let shares: Vec<Share> = counted.sums.iter().map(share).collect();
        let told = information::Exact::<W>::new(self.family, all, &total);
        let records = Records {
            targets: &recorded,
            records: &counted.records,
        };
        let distances = witness::Distances::new(self.family, all);
        let witness = |target: Target| distances.witness(records.of(target)?);
        let questions = |target: Target| {
            let record = records.of(target);
            record.map_or_else(Questions::default, |r| told.questions(r, self.budget))
        };
        let found = Found::Counted {
            completions: completions.clone(),
            profiles: count::Worlds::count(all),
        };
        let doubts = self.doubts(found, &shares, &records, &questions, &witness);
        Ok(Outcome::Complete(doubts))
    }

    fn sampled(&self, because: Because) -> Outcome<Doubts> {
        let drawn = Drawn::new(self.family, self.request.seed, self.request.samples);
        let recorded = self.recorded(self.request.samples.min(MOST_TOLD));
        let places = self.places(&recorded, MOST_TOLD);
        let one = |_| (1_u128, 0);
        let counted: Counted<u128> =
            count::count(&drawn, self.panel, self.cells, &places, &one, self.budget);
        let samples = counted.worlds;
        let share = |(hits, _): &(u128, u128)| Share {
            completions: None,
            chance: Chance::Estimated {
                hits: u64::try_from(*hits).unwrap_or(u64::MAX),
                of: samples,
            },
        };
        let shares: Vec<Share> = counted.sums.iter().map(share).collect();
        let records = Records {
            targets: &recorded,
            records: &counted.records,
        };
        let first = samples.min(MOST_TOLD);
        let told = information::Estimated::new(self.family, &drawn, first);
        let judge = |target: Target, answers: &[usize]| self.holds(target, answers);
        let witness = |target: Target| {
            let record = records.of(target)?;
            witness::drawn(self.family, &drawn, first, record, &|answers| {
                judge(target, answers)
            })
        };
        let questions = |target: Target| {
            let record = records.of(target);
            record.map_or_else(Questions::default, |r| told.questions(r))
        };
        let found = Found::Sampled {
            samples,
            seed: self.request.seed,
            because,
        };
        let doubts = self.doubts(found, &shares, &records, &questions, &witness);
        match counted.stop {
            None => Outcome::Complete(doubts),
            Some(stop) => Outcome::Stopped(doubts, stop),
        }
    }

    /// Whether a target is an equilibrium with these answers; `None` when the computation is stopped.
    fn holds(&self, target: Target, answers: &[usize]) -> Option<bool> {
        let parties = self.family.game().model.party_ids();
        let profile = parties
            .map(|p| panel::Ranked::Drawn(self.family.ranking(p, answers)))
            .collect();
        let mut masks: Vec<Lanes> = vec![0; self.cells.rows * self.cells.states];
        self.panel.judge(&[profile], &mut masks).ok()?;
        let row = masks
            .chunks_exact(self.cells.states.max(1))
            .nth(self.main)?;
        let holds = |state: usize| row.get(state).is_some_and(|lanes| lanes & 1 == 1);
        Some(match target {
            Target::State(state) => holds(state.index()),
            Target::Class(class) => self.cells.sets.get(class)?.iter().any(|s| holds(*s)),
        })
    }

    fn doubts(
        &self,
        found: Found,
        shares: &[Share],
        records: &Records<'_>,
        questions: &dyn Fn(Target) -> Questions,
        witness: &dyn Fn(Target) -> Option<Witness>,
    ) -> Doubts {
        let (states, classes) = (self.cells.states, self.cells.sets.len());
        let concepts = self.rows.concepts.iter().map(|c| Some(*c));
        let concepts = concepts.chain(self.rows.assigned.iter().map(|_| None));
        let rows: Vec<Row> = shares
            .chunks_exact(self.cells.width())
            .zip(concepts)
            .filter_map(|(row, concept)| {
                Some(Row {
                    concept,
                    states: row.get(..states)?.to_vec(),
                    classes: row.get(states..states + classes)?.to_vec(),
                    any: row.last()?.clone(),
                })
            })
            .collect();
        let hinge = |target: &Target| {
            let Target::State(state) = target else {
                return None;
            };
            Some((*state, witness(*target)?))
        };
        let hinges: Vec<(StateId, Witness)> = records.targets.iter().filter_map(hinge).collect();
        let aims = self.targets(&hinges).into_iter().filter_map(|target| {
            Some(Aim {
                target,
                share: shares.get(self.cell(target))?.clone(),
                questions: questions(target),
                witness: witness(target),
            })
        });
        Doubts {
            found,
            aims: aims.collect(),
            rows,
            main: self.main,
            hinges,
        }
    }

    fn targets(&self, hinges: &[(StateId, Witness)]) -> Vec<Target> {
        if let Some(targets) = &self.request.targets {
            return targets.clone();
        }
        let classes = self.cells.sets.len();
        if classes > 0 {
            return (0..classes).map(Target::Class).collect();
        }
        let states = hinges.iter().map(|(state, _)| Target::State(*state));
        states.take(MOST_TARGETS).collect()
    }
}

/// In which profiles targets are equilibria.
struct Records<'r> {
    targets: &'r [Target],
    records: &'r [Vec<Lanes>],
}

impl Records<'_> {
    fn of(&self, target: Target) -> Option<&[Lanes]> {
        let place = self.targets.binary_search(&target).ok()?;
        self.records.get(place).map(Vec::as_slice)
    }
}
