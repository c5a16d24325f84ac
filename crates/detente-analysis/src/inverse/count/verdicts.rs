//! On what a verdict depends when some parties' rankings vary.

use std::collections::BTreeSet;

use detente_model::PartyId;

use crate::inverse::conditions::monotone::{Choice, Meter};
use crate::inverse::conditions::{Answers, Rule, StabilityCondition, assembled, guards};
use crate::inverse::question::{Judgement, Unsuited};
use crate::reach::StepRule;
use crate::{Conflict, Settings, StateId};

/// Whether a state is stable for a party.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) party: PartyId,
    pub(super) state: StateId,
    pub(super) kind: Kind,
}

/// What a verdict depends on.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// It is stable whatever the varying parties prefer.
    Always,
    /// It is not, whatever they prefer.
    Never,
    /// On the party's own ranking alone.
    Own(StabilityCondition),
    /// On what others prefer too: on how the party ranks the state among `own`, when its ranking
    /// varies, and on the steps that the others take from the states of `region`.
    Open {
        own: BTreeSet<StateId>,
        region: BTreeSet<StateId>,
    },
}

/// What all verdicts have in common.
pub(super) struct Verdicts<'a> {
    pub(super) conflict: &'a Conflict<'a>,
    pub(super) judgement: &'a Judgement,
    pub(super) settings: &'a Settings,
    /// Whose rankings vary, ascending.
    pub(super) varying: &'a [PartyId],
}

impl Verdicts<'_> {
    pub(super) fn varies(&self, party: PartyId) -> bool {
        self.varying.binary_search(&party).is_ok()
    }

    /// The rule of a party's concept.
    pub(super) fn rule(&self, party: PartyId) -> Result<Rule, Unsuited> {
        self.judgement
            .get(party.index())
            .ok_or(Unsuited::Question("there has to be one concept per party"))
            .and_then(|c| Rule::of(*c))
    }

    /// What the others can answer with in any case, or at most: varying parties take no steps, or any
    /// move of theirs.
    fn answers(
        &self,
        party: PartyId,
        rule: Rule,
        most: bool,
        meter: &Meter<'_>,
    ) -> Result<Answers<'_>, Unsuited> {
        let steps: Vec<Option<StepRule>> = self
            .conflict
            .graph()
            .party_ids()
            .map(|p| match rule.answers {
                Some(_) if rule.looks_at_others() && self.varies(p) => {
                    most.then_some(StepRule::Moves)
                }
                other => other,
            })
            .collect();
        let (conflict, settings) = (self.conflict, self.settings);
        Ok(Answers::new(
            conflict,
            settings,
            party,
            &steps,
            meter.budget(),
        )?)
    }

    pub(super) fn of(
        &self,
        party: PartyId,
        state: StateId,
        meter: &mut Meter<'_>,
    ) -> Result<Verdict, Unsuited> {
        let kind = self.kind(party, state, meter)?;
        Ok(Verdict { party, state, kind })
    }

    fn kind(
        &self,
        party: PartyId,
        state: StateId,
        meter: &mut Meter<'_>,
    ) -> Result<Kind, Unsuited> {
        let rule = self.rule(party)?;
        let concept = self.judgement.get(party.index()).copied();
        let concept = concept.ok_or(Unsuited::Question("there has to be one concept per party"))?;
        let (least, most) = (
            self.answers(party, rule, false, meter)?,
            self.answers(party, rule, true, meter)?,
        );
        let ranking = self.conflict.ranking(party);
        let holds = |choice: &Choice| {
            let now = |s: &u32| !ranking.prefers(StateId(*s), state);
            choice.iter().any(|term| term.iter().all(now))
        };
        let sure = guards(&least, rule, state, meter)?;
        let possible = guards(&most, rule, state, meter)?;
        let moves = self.conflict.graph().moves(party);
        let mut settled: Vec<bool> = sure
            .iter()
            .map(|c| c.first().is_some_and(Vec::is_empty))
            .collect();
        if self.varies(party) {
            let conflict = self.conflict;
            let least = assembled(conflict, concept, party, state, sure, meter)?;
            let most = assembled(conflict, concept, party, state, possible, meter)?;
            if least.requirements.is_empty() {
                return Ok(Kind::Always);
            }
            if least == most {
                return Ok(Kind::Own(least));
            }
        } else {
            if sure.iter().all(holds) {
                return Ok(Kind::Always);
            }
            if !possible.iter().all(holds) {
                return Ok(Kind::Never);
            }
            settled = sure.iter().map(holds).collect();
        }
        let (mut own, mut region) = (BTreeSet::new(), BTreeSet::new());
        for (to, settled) in moves.from(state).iter().zip(settled) {
            if settled {
                continue;
            }
            region.insert(*to);
            own.insert(*to);
            for answer in most.to(*to, meter)? {
                region.insert(answer);
                own.insert(answer);
                if rule.escapes {
                    own.extend(moves.from(answer));
                }
            }
        }
        own.remove(&state);
        if !self.varies(party) {
            own.clear();
        }
        Ok(Kind::Open { own, region })
    }

    /// The comparisons by a varying party, "is the first better than the second?", on which a verdict
    /// depends.
    pub(super) fn comparisons(
        &self,
        verdict: &Verdict,
        of: PartyId,
        into: &mut BTreeSet<(StateId, StateId)>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Unsuited> {
        let state = verdict.state;
        match &verdict.kind {
            Kind::Own(condition) if of == verdict.party => {
                into.extend(condition.states().into_iter().map(|s| (s, state)));
            }
            Kind::Always | Kind::Never | Kind::Own(_) => {}
            Kind::Open { own, .. } if of == verdict.party => {
                into.extend(own.iter().map(|s| (*s, state)));
            }
            Kind::Open { region, .. } => {
                let rule = self.rule(verdict.party)?;
                let best = rule.answers == Some(StepRule::BestImprovements);
                for from in region {
                    let targets = self.conflict.graph().moves(of).from(*from);
                    meter.spend(targets.len() + 1)?;
                    for (place, to) in targets.iter().enumerate() {
                        into.insert((*to, *from));
                        if best {
                            meter.spend(place)?;
                            into.extend(targets.iter().take(place).map(|t| (*t, *to)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The varying parties on whose rankings a verdict depends.
    pub(super) fn depends_on(&self, verdict: &Verdict) -> Vec<PartyId> {
        let bears = |p: &PartyId| match &verdict.kind {
            Kind::Always | Kind::Never => false,
            Kind::Own(_) => *p == verdict.party,
            Kind::Open { region, .. } => {
                let moves = self.conflict.graph().moves(*p);
                *p == verdict.party || region.iter().any(|s| !moves.from(*s).is_empty())
            }
        };
        self.varying.iter().copied().filter(bears).collect()
    }
}
