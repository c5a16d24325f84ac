//! What happens at an event, step by step; the same for both engines.

use detente_model::model::{Form, Model};
use detente_model::record::Effect;
use detente_model::{OptionId, PartyId};
use indexmap::IndexSet;

use super::kernel::{Rules, own};
use super::schedule::{Environments, Schedule, participants};
use crate::space::Consequences;
use crate::{Game, StateId};

/// Where a history stands: everything of its past that matters to what follows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub(super) state: StateId,
    /// Which options with a default to come their owners have moved.
    pub(super) moved: u64,
    /// What was drafted for the next meeting of a track.
    pub(super) drafts: Vec<Draft>,
}

/// A joint step that is still to be taken: which bits of a state's number change to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Draft {
    track: u16,
    mask: u128,
    bits: u128,
}

/// What became of one part of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// Nothing changed.
    Nothing,
    /// Something was set, or a default took effect.
    Set,
    /// What was to be set is not feasible, so that nothing changed.
    Refused,
    /// A joint step was possible and the parties did not agree on one.
    NotAgreed,
    /// The parties took a joint step.
    Joint,
    /// The parties agreed on a joint step that the track cannot settle: it is drafted for another track.
    Drafted,
    /// They agreed on a step that the track cannot settle, and it hands to no track.
    Lapsed,
    /// A draft was taken up and settled.
    Taken,
    /// A draft was taken up and was no joint improvement any more.
    Void,
}

impl Happened {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Nothing,
        Self::Set,
        Self::Refused,
        Self::NotAgreed,
        Self::Joint,
        Self::Drafted,
        Self::Lapsed,
        Self::Taken,
        Self::Void,
    ];
}

/// One part of an event.
#[derive(Debug, Clone)]
enum Part {
    Set {
        mask: u128,
        bits: u128,
    },
    /// Takes effect unless the option's flag is up.
    Default {
        mask: u128,
        bits: u128,
        flag: u64,
    },
    /// The parties take up what was drafted for the track.
    Drafts {
        group: usize,
        track: u16,
    },
    /// The parties may take a joint step.
    Joint {
        group: usize,
        track: u16,
    },
}

/// An option with a default to come.
struct Flag {
    mask: u128,
    owner: PartyId,
    /// Its last default, as a day.
    last: u32,
}

/// The rules of the whole process, whatever anybody prefers.
pub(super) struct Process<'g, 'm> {
    pub(super) game: &'g Game<'m>,
    consequences: Consequences,
    parts: Vec<Vec<Part>>,
    flags: Vec<Flag>,
    /// The groups of parties that meet somewhere.
    pub(super) groups: Vec<Vec<PartyId>>,
    /// For each environment and track the bits that it can settle.
    mandates: Vec<Vec<u128>>,
    hands_to: Vec<Option<u16>>,
    /// For each group the bits of its members' options.
    own: Vec<u128>,
    /// The probability that parties who could take a joint step agree on one.
    meeting: f64,
}

impl<'g, 'm> Process<'g, 'm> {
    pub(super) fn new(
        game: &'g Game<'m>,
        schedule: &Schedule,
        environments: &Environments,
        meeting: f64,
    ) -> Self {
        let model = game.model;
        let graph_form = model.form == Form::Graph;
        let layout = game.space.layout();
        let option_mask = |o: OptionId| if graph_form { 0 } else { layout.mask(o) };
        let settings = |list: &[(OptionId, u16)]| {
            list.iter().fold((0, 0), |(mask, bits), (option, level)| {
                (
                    mask | option_mask(*option),
                    bits | layout.bits(*option, *level),
                )
            })
        };
        let mut flags: Vec<Flag> = Vec::new();
        let mut groups: IndexSet<Vec<PartyId>> = IndexSet::new();
        let mut parts = Vec::new();
        for planned in &schedule.planned {
            let mut own = Vec::new();
            let Some(event) = model.record.events.get(planned.event) else {
                parts.push(own);
                continue;
            };
            for effect in &event.effects {
                match effect {
                    Effect::Sets(list) => {
                        let (mask, bits) = settings(list);
                        own.push(Part::Set { mask, bits });
                    }
                    Effect::SetsState(state) => own.push(Part::Set {
                        mask: u128::MAX,
                        bits: u128::from(*state),
                    }),
                    Effect::Default(list) => {
                        for (option, level) in list {
                            let mask = option_mask(*option);
                            let place = flags.iter().position(|f| f.mask == mask);
                            let place = place.unwrap_or(flags.len());
                            if place == flags.len() {
                                flags.push(Flag {
                                    mask,
                                    owner: model.option(*option).owner,
                                    last: planned.last,
                                });
                            }
                            if let Some(flag) = flags.get_mut(place) {
                                flag.last = flag.last.max(planned.last);
                            }
                            own.push(Part::Default {
                                mask,
                                bits: layout.bits(*option, *level),
                                flag: 1_u64.checked_shl(place as u32).unwrap_or(0),
                            });
                        }
                    }
                    Effect::Opens(_)
                    | Effect::Closes(_)
                    | Effect::Mandate { .. }
                    | Effect::Change(_) => {}
                }
            }
            let members = participants(model, event);
            if let Some(track) = event.track
                && members.len() > 1
            {
                let group = groups.insert_full(members).0;
                let track = track as u16;
                own.push(Part::Drafts { group, track });
                own.push(Part::Joint { group, track });
            }
            parts.push(own);
        }
        let groups: Vec<Vec<PartyId>> = groups.into_iter().collect();
        let bound = |binds: &Option<Vec<OptionId>>| match binds {
            None => u128::MAX,
            Some(options) => options.iter().fold(0, |mask, o| mask | option_mask(*o)),
        };
        let mandates = environments
            .list
            .iter()
            .map(|e| e.mandates.iter().map(bound).collect());
        let bits = |members: &Vec<PartyId>| {
            if graph_form {
                return u128::MAX;
            }
            own_bits(model, members, &option_mask)
        };
        Self {
            consequences: Consequences::new(model, &game.space),
            parts,
            flags,
            own: groups.iter().map(bits).collect(),
            mandates: mandates.collect(),
            hands_to: model
                .record
                .tracks
                .iter()
                .map(|t| t.hands_to.map(|h| h as u16))
                .collect(),
            groups,
            meeting,
            game,
        }
    }

    /// More options with defaults than there are flags.
    pub(super) fn flags(&self) -> usize {
        self.flags.len()
    }

    /// How many parts an event has.
    pub(super) fn parts(&self, planned: usize) -> usize {
        self.parts.get(planned).map_or(0, Vec::len)
    }

    /// The flags that go up when some parties move from one state to another.
    pub(super) fn moved(&self, movers: &[PartyId], from: StateId, to: StateId) -> u64 {
        if self.flags.is_empty() {
            return 0;
        }
        let changed = self.game.space.value(from) ^ self.game.space.value(to);
        let flags = self.flags.iter().enumerate();
        flags.fold(0, |all, (place, flag)| {
            let up = flag.mask & changed != 0 && movers.contains(&flag.owner);
            all | u64::from(up) << place
        })
    }

    /// The flags that still matter after a day.
    pub(super) fn live_flags(&self, day: u32) -> u64 {
        let flags = self.flags.iter().enumerate();
        flags.fold(0, |all, (place, flag)| {
            all | u64::from(flag.last > day) << place
        })
    }

    /// The state after something is set; `None` when it is not feasible.
    fn set(&self, from: StateId, mask: u128, bits: u128) -> Option<StateId> {
        let before = self.game.space.value(from);
        let after = before & !mask | bits & mask;
        if after == before {
            return Some(from);
        }
        self.game.space.find(self.consequences.apply(before, after))
    }

    /// What a part of an event may make of a node, with probabilities that sum to 1, in the environment that is
    /// in force after the event.
    pub(super) fn branch(
        &self,
        rules: &mut impl Rules,
        environment: u32,
        planned: usize,
        part: usize,
        node: &Node,
        into: &mut Vec<(f64, Node, Happened)>,
    ) {
        into.clear();
        let Some(part) = self.parts.get(planned).and_then(|parts| parts.get(part)) else {
            into.push((1.0, node.clone(), Happened::Nothing));
            return;
        };
        match part {
            Part::Set { mask, bits } => into.push(self.after_set(node, *mask, *bits)),
            Part::Default { mask, bits, flag } => into.push(if node.moved & flag == 0 {
                self.after_set(node, *mask, *bits)
            } else {
                (1.0, node.clone(), Happened::Nothing)
            }),
            Part::Drafts { group, track } => {
                into.push(self.after_drafts(rules, environment, *group, *track, node));
            }
            Part::Joint { group, track } => {
                let best = rules.best(environment, *group, node.state);
                if best.is_empty() {
                    into.push((1.0, node.clone(), Happened::Nothing));
                    return;
                }
                let each = self.meeting / best.len() as f64;
                if self.meeting < 1.0 {
                    into.push((1.0 - self.meeting, node.clone(), Happened::NotAgreed));
                }
                if each > 0.0 {
                    for to in best {
                        let (next, happened) =
                            self.settled(environment, *group, *track, node, *to, Happened::Joint);
                        into.push((each, next, happened));
                    }
                }
            }
        }
    }

    fn after_set(&self, node: &Node, mask: u128, bits: u128) -> (f64, Node, Happened) {
        match self.set(node.state, mask, bits) {
            Some(state) if state == node.state => (1.0, node.clone(), Happened::Nothing),
            Some(state) => {
                let mut next = node.clone();
                next.state = state;
                (1.0, next, Happened::Set)
            }
            None => (1.0, node.clone(), Happened::Refused),
        }
    }

    fn after_drafts(
        &self,
        rules: &mut impl Rules,
        environment: u32,
        group: usize,
        track: u16,
        node: &Node,
    ) -> (f64, Node, Happened) {
        let Some(place) = node.drafts.iter().position(|d| d.track == track) else {
            return (1.0, node.clone(), Happened::Nothing);
        };
        let mut next = node.clone();
        let draft = next.drafts.remove(place);
        let own = self.own.get(group).copied().unwrap_or(0);
        let to = self.set(node.state, draft.mask, draft.bits);
        let to = to.filter(|_| draft.mask & !own == 0);
        match to.filter(|to| rules.is_joint(environment, group, node.state, *to)) {
            Some(to) => {
                let (next, happened) =
                    self.settled(environment, group, track, &next, to, Happened::Taken);
                (1.0, next, happened)
            }
            None => (1.0, next, Happened::Void),
        }
    }

    /// What comes of a step that the parties of a meeting agree on: it is taken, or drafted, or lapses.
    fn settled(
        &self,
        environment: u32,
        group: usize,
        track: u16,
        node: &Node,
        to: StateId,
        taken: Happened,
    ) -> (Node, Happened) {
        let mut next = node.clone();
        let space = &self.game.space;
        let own = self.own.get(group).copied().unwrap_or(0);
        let graph_form = self.game.model.form == Form::Graph;
        let changed = if graph_form {
            u128::MAX
        } else {
            // Whole options, not single bits of graded ones.
            self.whole_options((space.value(node.state) ^ space.value(to)) & own)
        };
        let mandate = self.mandates.get(environment as usize);
        let mandate = mandate.and_then(|m| m.get(usize::from(track))).copied();
        if changed & !mandate.unwrap_or(u128::MAX) == 0 {
            next.moved |= self.moved(
                self.groups.get(group).map_or(&[], Vec::as_slice),
                node.state,
                to,
            );
            next.state = to;
            return (next, taken);
        }
        let Some(receiver) = self.hands_to.get(usize::from(track)).copied().flatten() else {
            return (next, Happened::Lapsed);
        };
        let draft = Draft {
            track: receiver,
            mask: changed,
            bits: space.value(to) & changed,
        };
        next.drafts.retain(|d| d.track != receiver);
        let place = next.drafts.partition_point(|d| d.track < receiver);
        next.drafts.insert(place, draft);
        (next, Happened::Drafted)
    }

    /// The bits of all options of which some bits are given.
    fn whole_options(&self, bits: u128) -> u128 {
        let layout = self.game.space.layout();
        let options = 0..self.game.model.options.len() as u32;
        options
            .map(|o| layout.mask(OptionId(o)))
            .filter(|m| m & bits != 0)
            .fold(0, |all, m| all | m)
    }
}

fn own_bits(model: &Model, members: &[PartyId], mask: &impl Fn(OptionId) -> u128) -> u128 {
    own(model, members)
        .into_iter()
        .fold(0, |all, o| all | mask(o))
}
