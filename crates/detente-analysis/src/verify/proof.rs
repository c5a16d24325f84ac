//! Checks what proves each verdict.

use std::collections::{BTreeSet, HashMap};

use detente_model::PartyId;
use detente_model::model::Form;

use super::reading::{Reading, walk};
use crate::Stop;
use crate::certificate::{
    Answer, Certificate, Checked, ClosedSet, Move, Names, Sequences, Steps, Values, Verdict, so,
};

/// What a concept asks of a proof.
#[derive(Clone, Copy)]
enum Kind {
    /// No improvement at all.
    Nash,
    /// By which steps the others answer, and whether the party may escape by a move of its own.
    Sanction(Steps, bool),
    /// Improvements at the same time: by any of the others, or else by all who are unstable in `seq`.
    Together(bool),
}

fn kind(concept: &str) -> Option<Kind> {
    Some(match concept {
        "nash" => Kind::Nash,
        "gmr" => Kind::Sanction(Steps::Moves, false),
        "smr" => Kind::Sanction(Steps::Moves, true),
        "seq" => Kind::Sanction(Steps::Improvements, false),
        "sseq" => Kind::Sanction(Steps::Improvements, true),
        "best_response_seq" => Kind::Sanction(Steps::BestImprovements, false),
        "sim" => Kind::Together(false),
        "sim_one_sided" => Kind::Together(true),
        _ => return None,
    })
}

/// What a verdict is about: the kind of its concept, the party, and the state that it would leave.
#[derive(Clone, Copy)]
struct Question(Kind, PartyId, u32);

/// A closed set that was read: for each member the state, who may not move next, and the escape.
type Members = Vec<(u32, BTreeSet<PartyId>, Option<u32>)>;

struct Checker<'a> {
    reading: &'a Reading<'a>,
    certificate: &'a Certificate,
    names: &'a Names<'a>,
    /// The closed sets; `None` where one is wrong.
    sets: Vec<Option<Members>>,
    /// What is claimed of a concept, party and state.
    claims: HashMap<(&'a str, PartyId, u32), bool>,
}

/// Checks closed sets, verdicts and equilibria.
pub(super) fn check(reading: &Reading<'_>, c: &Certificate, names: &Names<'_>) -> Result<(), Stop> {
    let ex = reading.ex;
    let mut checker = Checker {
        reading,
        certificate: c,
        names,
        sets: Vec::new(),
        claims: HashMap::new(),
    };
    for (i, set) in c.closed_sets.iter().enumerate() {
        let read = ex.told(format!("/closed_sets/{i}"), checker.closed_set(set))?;
        checker.sets.push(read);
    }
    let mut concepts = HashMap::new();
    for (i, listed) in c.equilibria.iter().enumerate() {
        let known = kind(&listed.concept);
        let new = known.filter(|kind| concepts.insert(&*listed.concept, *kind).is_none());
        let new = so(new.is_some(), "it has no proofs, or is listed twice");
        ex.told(format!("/equilibria/{i}/concept"), new)?;
    }
    let mut questions = Vec::new();
    for (i, verdict) in c.verdicts.iter().enumerate() {
        let question = checker.claim(verdict, &concepts);
        questions.push(ex.told(format!("/verdicts/{i}"), question)?);
    }
    for (i, (verdict, question)) in c.verdicts.iter().zip(questions).enumerate() {
        let place = format!("/verdicts/{i}");
        let checked = question.map_or(Ok(()), |q| checker.verdict(verdict, q, &place));
        ex.told(place, checked)?;
    }
    for (i, listed) in c.equilibria.iter().enumerate() {
        // Taken out, so that a concept that is listed twice is judged once.
        if concepts.remove(&*listed.concept).is_some() {
            let place = format!("/equilibria/{i}/states");
            ex.told(place, checker.equilibria(&listed.concept, &listed.states))?;
        }
    }
    ex.count(|checked| checked.claims(c));
    Ok(())
}

impl<'a> Checker<'a> {
    /// Puts a verdict among the claims.
    fn claim(&mut self, v: &'a Verdict, concepts: &HashMap<&str, Kind>) -> Checked<Question> {
        let kind = concepts.get(&*v.concept).copied();
        let kind = kind.ok_or("the equilibria of its concept are not listed")?;
        let (party, state) = (self.names.party(&v.party)?, self.names.state(v.state)?);
        let old = self.claims.insert((&v.concept, party, state), v.stable);
        so(old.is_none(), "another verdict says the same")?;
        Ok(Question(kind, party, state))
    }

    /// Checks that all verdicts of a concept are there, and its list of equilibria.
    fn equilibria(&self, concept: &str, listed: &[u32]) -> Checked {
        let mut stable = Vec::new();
        for state in 0..self.reading.states.len() as u32 {
            let parties = self.reading.model.party_ids();
            let claims = parties.map(|p| self.claims.get(&(concept, p, state)).copied());
            let claims: Vec<Option<bool>> = claims.collect();
            let missing = format!("a verdict on `/states/{state}` is missing");
            so(!claims.contains(&None), missing)?;
            stable.extend((!claims.contains(&Some(false))).then_some(state));
        }
        let listed = listed.iter().map(|n| self.names.state(*n));
        let right = listed.collect::<Checked<Vec<u32>>>()? == stable;
        so(right, "other states are stable for everybody")
    }

    /// Who may not move next after a move.
    fn barred_after(&self, barred: &BTreeSet<PartyId>, mover: PartyId) -> BTreeSet<PartyId> {
        let mut after = BTreeSet::from([mover]);
        if self.certificate.rules.sequences == Sequences::EachOnce {
            after.extend(barred);
        }
        after
    }

    /// Reads a closed set and checks that the opponents of its party cannot leave it.
    fn closed_set(&self, set: &ClosedSet) -> Checked<Members> {
        let (reading, party) = (self.reading, self.names.party(&set.party)?);
        let (mut members, mut inside) = (Members::new(), HashMap::<u32, Vec<_>>::new());
        for (k, member) in set.members.iter().enumerate() {
            reading.ex.step(member.barred.len() + 1)?;
            let state = self.names.state(member.state)?;
            let barred = member.barred.iter().map(|p| self.names.party(p));
            let barred = barred.collect::<Checked<BTreeSet<PartyId>>>()?;
            let escape = member.escape.map(|n| self.names.state(n)).transpose()?;
            let best = reading.steps(party, state, Steps::BestImprovements)?;
            let right = escape.is_none_or(|e| best.contains(&e));
            so(right, format!("member {k} has no such escape"))?;
            inside.entry(state).or_default().push(barred.clone());
            members.push((state, barred, escape));
        }
        for (k, (state, barred, _)) in members.iter().enumerate() {
            let movers = reading.model.party_ids();
            for mover in movers.filter(|p| *p != party && !barred.contains(p)) {
                let after = self.barred_after(barred, mover);
                for to in reading.steps(mover, *state, set.steps)? {
                    let there = inside.get(&to).map_or(&[][..], Vec::as_slice);
                    reading.ex.step(there.len())?;
                    // Where fewer are barred, whatever could follow can follow there.
                    if !there.iter().any(|fewer| fewer.is_subset(&after)) {
                        return Err(format!("it can be left from member {k}").into());
                    }
                }
            }
        }
        Ok(members)
    }

    fn verdict(&self, v: &Verdict, q: Question, place: &str) -> Checked {
        let mut open = self.reading.steps(q.1, q.2, Steps::Improvements)?;
        if !v.stable {
            return self.unstable(v, q, &open);
        }
        for (k, answer) in v.answers.iter().enumerate() {
            let (place, ex) = (format!("{place}/answers/{k}"), self.reading.ex);
            ex.told(place, self.answer(answer, q, &mut open))?;
        }
        let unanswered = format!("{} improvements are not answered", open.len());
        so(open.is_empty(), unanswered)?;
        let nothing_else = v.improvement.is_none() && v.closed_set.is_none();
        so(nothing_else, "a stable verdict has no open improvement")
    }

    /// Whether a state, at which the answer to an improvement ends, is a sanction, or else why not.
    /// `escape` is the best state that the party can move to from there, if it prefers one.
    fn sanction(&self, q: Question, end: u32, escape: Option<u32>) -> Result<(), &'static str> {
        let Question(kind, party, left) = q;
        let better = |state| self.reading.prefers(party, state, left);
        if better(end) {
            Err("the party prefers where it ends")
        } else if matches!(kind, Kind::Sanction(_, true)) && escape.is_some_and(better) {
            Err("the party can escape from where it ends")
        } else if end == left && !self.certificate.rules.diagonal {
            Err("it leads back, which is no sanction")
        } else {
            Ok(())
        }
    }

    /// Checks an answer to an improvement, and takes that from those that are open.
    fn answer(&self, answer: &Answer, q: Question, open: &mut Vec<u32>) -> Checked {
        self.reading.ex.step(open.len() + answer.together.len())?;
        let to = self.names.state(answer.to)?;
        let found = open.iter().position(|t| *t == to);
        open.remove(found.ok_or("it answers no improvement, or one that is answered")?);
        let end = match q.0 {
            Kind::Nash => return Err("nothing answers an improvement".into()),
            Kind::Sanction(steps, _) => self.sequence(answer, q.1, steps, to)?,
            Kind::Together(any) => self.choices(answer, q, any, to)?,
        };
        let escape = self.reading.steps(q.1, end, Steps::BestImprovements)?;
        Ok(self.sanction(q, end, escape.first().copied())?)
    }

    /// The end of a sequence of the others' moves.
    fn sequence(&self, a: &Answer, party: PartyId, steps: Steps, to: u32) -> Checked<u32> {
        let alone = !a.by.is_empty() && a.together.is_empty() && a.result.is_none();
        so(alone, "the answer is no sequence of moves")?;
        let (mut at, mut barred) = (to, BTreeSet::new());
        for Move { party: name, to } in &a.by {
            let (mover, to) = (self.names.party(name)?, self.names.state(*to)?);
            let turn = mover != party && !barred.contains(&mover);
            so(turn, format!("it is not the turn of `{name}`"))?;
            let can = self.reading.steps(mover, at, steps)?.contains(&to);
            so(can, format!("`{name}` has no such step"))?;
            (at, barred) = (to, self.barred_after(&barred, mover));
        }
        Ok(at)
    }

    /// Who moves at the same time as the party, and where to each could.
    fn others(&self, q: Question, any: bool) -> Checked<Vec<(PartyId, Vec<u32>)>> {
        let (model, mut others) = (self.reading.model, Vec::new());
        so(model.form == Form::Options, "there are no options")?;
        for other in model.party_ids().filter(|p| *p != q.1) {
            let seq = self.claims.get(&("seq", other, q.2));
            so(any || seq.is_some(), "a verdict of `seq` is missing")?;
            let list = self.reading.steps(other, q.2, Steps::Improvements)?;
            if !list.is_empty() && (any || seq == Some(&false)) {
                others.push((other, list));
            }
        }
        Ok(others)
    }

    /// What improvements of the others at the same time make.
    fn choices(&self, answer: &Answer, q: Question, any: bool, to: u32) -> Checked<u32> {
        let (mut waiting, mut choices) = (self.others(q, any)?, vec![(q.1, to)]);
        for Move { party: name, to } in &answer.together {
            let (mover, to) = (self.names.party(name)?, self.names.state(*to)?);
            let mut others = waiting.iter();
            let found = others.position(|(p, list)| *p == mover && list.contains(&to));
            waiting.remove(found.ok_or_else(|| format!("`{name}` does not improve so"))?);
            choices.push((mover, to));
        }
        let enough = choices.len() > 1 && (any || waiting.is_empty());
        so(enough && answer.by.is_empty(), "not all move who do")?;
        let result = answer.result.ok_or("the result is missing")?;
        let result = self.names.state(result)?;
        let made = self.reading.together(q.2, &choices) == Some(result);
        so(made, "the moves make another state")?;
        Ok(result)
    }

    /// Checks that an unstable verdict names an improvement, and that nothing can sanction it.
    fn unstable(&self, v: &Verdict, q: Question, improvements: &[u32]) -> Checked {
        so(v.answers.is_empty(), "an unstable verdict has no answers")?;
        let to = v.improvement.ok_or("the improvement is missing")?;
        let to = self.names.state(to)?;
        so(improvements.contains(&to), "it is no improvement")?;
        let steps = match q.0 {
            Kind::Sanction(steps, _) => steps,
            _ if v.closed_set.is_some() => return Err("it needs no closed set".into()),
            Kind::Together(any) => return self.unspoiled(q, any, to),
            Kind::Nash => return Ok(()),
        };
        let place = v.closed_set.ok_or("the closed set is missing")? as usize;
        let set = self.certificate.closed_sets.get(place);
        let set = set.ok_or("there is no such closed set")?;
        let same = set.party == v.party && set.steps == steps;
        so(same, "its closed set has another party or steps")?;
        let members = self.sets[place].as_ref().ok_or("its closed set is wrong")?;
        self.reading.ex.step(members.len())?;
        let mut all = members.iter();
        let begins = all.any(|(state, barred, _)| *state == to && barred.is_empty());
        so(begins, "its closed set does not begin with it")?;
        let mut all = members.iter();
        let sanction = all.any(|(end, _, escape)| self.sanction(q, *end, *escape).is_ok());
        so(!sanction, "its closed set contains a sanction")
    }

    /// Tries everything that the others can do at the same time as an improvement.
    fn unspoiled(&self, q: Question, any: bool, to: u32) -> Checked {
        let (others, mut spoiled) = (self.others(q, any)?, false);
        // Where any may move, the last choice is to stay.
        let counts = others.iter().map(|(_, list)| list.len() + usize::from(any));
        let places: Vec<_> = counts.map(|n| n as u32).enumerate().collect();
        let visit = |taken: &Values| {
            self.reading.ex.count(|c| c.combinations += 1);
            let choices = others.iter().zip(taken);
            let choices = choices.filter_map(|((p, list), c)| Some((*p, *list.get(*c as usize)?)));
            let choices: Vec<_> = choices.chain([(q.1, to)]).collect();
            let end = self.reading.together(q.2, &choices);
            let sanction = end.is_some_and(|end| self.sanction(q, end, None).is_ok());
            spoiled |= sanction && choices.len() > 1;
        };
        let start = vec![0; others.len()];
        walk(start, &places, self.reading.ex, |_, _| true, visit)?;
        so(!spoiled, "the others can answer the improvement")
    }
}
