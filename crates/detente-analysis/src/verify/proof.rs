//! Checks what proves each verdict.

use std::collections::HashMap;

use detente_model::PartyId;
use detente_model::model::Form;

use super::reading::{Meter, Reading};
use crate::Stop;
use crate::certificate::{Answer, Certificate, ClosedSet, Move, Report, Sequences, Steps, Verdict};

/// What a concept asks of a proof.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No improvement at all.
    Nash,
    /// By which steps the others answer, and whether the party may escape by a move of its own.
    Sanction(Steps, bool),
    /// Improvements at the same time: by any of the others, or by all who are sequentially unstable.
    Together { any: bool },
}

fn kind(concept: &str) -> Option<Kind> {
    Some(match concept {
        "nash" => Kind::Nash,
        "gmr" => Kind::Sanction(Steps::Moves, false),
        "smr" => Kind::Sanction(Steps::Moves, true),
        "seq" => Kind::Sanction(Steps::Improvements, false),
        "sseq" => Kind::Sanction(Steps::Improvements, true),
        "best_response_seq" => Kind::Sanction(Steps::BestImprovements, false),
        "sim" => Kind::Together { any: false },
        "sim_one_sided" => Kind::Together { any: true },
        _ => return None,
    })
}

/// What was found to be so, or what is wrong.
type Checked<T = ()> = Result<T, String>;

/// `Ok` when a condition holds.
fn so(holds: bool, otherwise: &str) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(otherwise.to_owned())
    }
}

/// For every concept what is claimed, by party and state.
type Claims<'a> = HashMap<&'a str, Vec<Vec<Option<bool>>>>;

/// A closed set that was read: for each member the state, who may not move next, and the escape.
type Members = Vec<(u32, Vec<PartyId>, Option<u32>)>;

/// What the other parties can choose from, at the same time.
type Others = Vec<(PartyId, Vec<u32>)>;

struct Checker<'a> {
    reading: &'a Reading<'a>,
    certificate: &'a Certificate,
    numbers: &'a HashMap<u32, u32>,
    parties: HashMap<&'a str, PartyId>,
    claims: Claims<'a>,
    sets: Vec<Option<Members>>,
}

/// Checks closed sets, verdicts and equilibria. `numbers` are the places of the states by number.
pub(super) fn check(
    reading: &Reading<'_>,
    certificate: &Certificate,
    numbers: &HashMap<u32, u32>,
    meter: &mut Meter<'_>,
    report: &mut Report,
) -> Result<(), Stop> {
    let model = reading.model;
    let parties = model
        .party_ids()
        .map(|p| (model.party(p).name.as_str(), p))
        .collect();
    let (claims, sets) = (Claims::new(), Vec::new());
    let mut checker = Checker {
        reading,
        certificate,
        numbers,
        parties,
        claims,
        sets,
    };
    for (i, set) in certificate.closed_sets.iter().enumerate() {
        let read = checker.closed_set(set, meter)?;
        report.checked.closed_sets += 1;
        report.checked.members += set.members.len() as u64;
        checker
            .sets
            .push(report.told(format!("/closed_sets/{i}"), read));
    }
    so(
        !certificate.equilibria.is_empty(),
        "nothing is claimed of any concept",
    )
    .unwrap_or_else(|message| report.defect("/equilibria", message));
    for (i, listed) in certificate.equilibria.iter().enumerate() {
        let concept = listed.concept.as_str();
        if kind(concept).is_none() || checker.claims.contains_key(concept) {
            let message = "there is no proof for such a concept, or it is listed twice";
            report.defect(format!("/equilibria/{i}"), message);
            continue;
        }
        let none = vec![vec![None; numbers.len()]; model.parties.len()];
        checker.claims.insert(concept, none);
        report.checked.concepts += 1;
    }
    for (i, verdict) in certificate.verdicts.iter().enumerate() {
        let claimed = checker.claim(verdict);
        report.told(format!("/verdicts/{i}"), claimed);
    }
    for (i, verdict) in certificate.verdicts.iter().enumerate() {
        meter.add(1)?;
        checker.verdict(verdict, &format!("/verdicts/{i}"), meter, report)?;
    }
    for (i, listed) in certificate.equilibria.iter().enumerate() {
        // Taken out, so that a concept that is listed twice is judged once.
        let Some(cells) = checker.claims.remove(listed.concept.as_str()) else {
            continue;
        };
        let missing = cells.iter().flatten().filter(|c| c.is_none()).count();
        let all = so(
            missing == 0,
            &format!("{missing} verdicts of this concept are missing"),
        );
        report.told(format!("/equilibria/{i}"), all);
        let holds = |s: &u32| {
            cells
                .iter()
                .all(|of_party| of_party[*s as usize] == Some(true))
        };
        let holds = (0..numbers.len() as u32).filter(holds).map(Some);
        let listed = listed.states.iter().map(|n| numbers.get(n).copied());
        let right = so(
            holds.eq(listed),
            "these are not the states that are stable for everybody",
        );
        report.told(format!("/equilibria/{i}/states"), right);
    }
    Ok(())
}

impl Checker<'_> {
    fn state(&self, number: u32) -> Checked<u32> {
        let found = self.numbers.get(&number).copied();
        found.ok_or_else(|| format!("no state {number} is listed"))
    }

    fn party(&self, name: &str) -> Checked<PartyId> {
        let found = self.parties.get(name).copied();
        found.ok_or_else(|| format!("there is no party `{name}`"))
    }

    fn steps(&self, party: PartyId, from: u32, steps: Steps) -> Vec<u32> {
        let all = match steps {
            Steps::Moves => return self.reading.moves(party, from).to_vec(),
            _ => self.reading.improvements(party, from),
        };
        let beaten = |t: &u32| all.iter().any(|u| self.reading.prefers(party, *u, *t));
        let best = |t: &u32| steps == Steps::Improvements || !beaten(t);
        all.iter().copied().filter(best).collect()
    }

    /// Who may not move next after a move.
    fn barred_after(&self, barred: &[PartyId], mover: PartyId) -> Vec<PartyId> {
        match self.certificate.rules.sequences {
            Sequences::Legal => vec![mover],
            Sequences::EachOnce => [barred, &[mover]].concat(),
        }
    }

    /// Whether a return to the state that a party left is no sanction.
    fn excused(&self, left: u32, end: u32) -> bool {
        !self.certificate.rules.diagonal && end == left
    }

    /// Reads a closed set and checks that the opponents of its party cannot leave it.
    fn closed_set(&self, set: &ClosedSet, meter: &mut Meter<'_>) -> Result<Checked<Members>, Stop> {
        meter.add(set.members.len() + 1)?;
        let (party, members, inside) = match self.members(set) {
            Ok(read) => read,
            Err(message) => return Ok(Err(message)),
        };
        for (k, (state, barred, _)) in members.iter().enumerate() {
            let movers = self.reading.model.party_ids();
            for mover in movers.filter(|p| *p != party && !barred.contains(p)) {
                let after = self.barred_after(barred, mover);
                // Where fewer are barred, whatever could follow can follow there.
                let fits = |b: &Vec<PartyId>| b.iter().all(|p| after.contains(p));
                for to in self.steps(mover, *state, set.steps) {
                    let there = inside.get(&to).map_or(&[][..], Vec::as_slice);
                    meter.add(there.len() + 1)?;
                    if !there.iter().any(fits) {
                        return Ok(Err(format!("the set can be left from its member {k}")));
                    }
                }
            }
        }
        Ok(Ok(members))
    }

    /// Reads a closed set: its party, its members, and who is barred in each of its states.
    #[expect(clippy::type_complexity, reason = "three readings of one list")]
    fn members(
        &self,
        set: &ClosedSet,
    ) -> Checked<(PartyId, Members, HashMap<u32, Vec<Vec<PartyId>>>)> {
        let party = self.party(&set.party)?;
        let mut members = Members::new();
        let mut inside: HashMap<u32, Vec<Vec<PartyId>>> = HashMap::new();
        for member in &set.members {
            let state = self.state(member.state)?;
            let barred = member.barred.iter().map(|p| self.party(p));
            let barred = barred.collect::<Checked<Vec<PartyId>>>()?;
            inside.entry(state).or_default().push(barred.clone());
            members.push((
                state,
                barred,
                member.escape.map(|n| self.state(n)).transpose()?,
            ));
        }
        Ok((party, members, inside))
    }

    /// Puts a verdict among the claims.
    fn claim(&mut self, verdict: &Verdict) -> Checked {
        let (party, state) = (self.party(&verdict.party)?, self.state(verdict.state)?);
        let cells = self.claims.get_mut(verdict.concept.as_str());
        let cells = cells.ok_or("the equilibria of its concept are not listed")?;
        let old = cells[party.index()][state as usize].replace(verdict.stable);
        so(
            old.is_none(),
            "there is another verdict on the same question",
        )
    }

    fn verdict(
        &self,
        verdict: &Verdict,
        place: &str,
        meter: &mut Meter<'_>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let (Ok(party), Ok(state)) = (self.party(&verdict.party), self.state(verdict.state)) else {
            return Ok(()); // Told when it was put among the claims, as is an unknown concept.
        };
        let Some(kind) = kind(&verdict.concept) else {
            return Ok(());
        };
        report.checked.verdicts += 1;
        let others = match self.others(kind, party, state) {
            Ok(others) => others,
            Err(message) => {
                report.defect(place, message);
                return Ok(());
            }
        };
        let improvements = self.reading.improvements(party, state);
        let set = verdict
            .closed_set
            .and_then(|s| self.sets.get(s as usize)?.as_ref());
        meter.add(set.map_or(0, Vec::len))?;
        if !verdict.stable {
            let open = self.open(verdict, kind, party, state, &improvements);
            if let (Ok(to), Kind::Together { any }) = (&open, kind) {
                let end = self.spoiled(any, party, state, *to, &others, meter, report)?;
                let nothing = so(end.is_none(), "the others can answer the improvement");
                report.told(format!("{place}/improvement"), nothing);
            }
            report.told(place.to_owned(), open);
            return Ok(());
        }
        let no_more = verdict.improvement.is_none() && verdict.closed_set.is_none();
        let no_more = so(no_more, "a stable verdict has no open improvement");
        report.told(place.to_owned(), no_more);
        let mut answered = Vec::new();
        for (k, answer) in verdict.answers.iter().enumerate() {
            meter.add(answered.len() + answer.by.len() + answer.together.len() + 1)?;
            report.checked.answers += 1;
            report.checked.steps += (answer.by.len() + answer.together.len()) as u64;
            let to = self.state(answer.to).and_then(|to| {
                let new = improvements.contains(&to) && !answered.contains(&to);
                answered.push(to);
                so(
                    new,
                    "it answers no improvement, or one that is answered already",
                )?;
                self.sanction(answer, kind, party, state, to, &others)
            });
            report.told(format!("{place}/answers/{k}"), to);
        }
        let open = improvements
            .iter()
            .filter(|t| !answered.contains(t))
            .count();
        let none = so(
            open == 0,
            &format!("{open} of its improvements are not answered"),
        );
        report.told(place.to_owned(), none);
        Ok(())
    }

    /// Who moves at the same time as the party, and where to each could.
    fn others(&self, kind: Kind, party: PartyId, state: u32) -> Checked<Others> {
        let Kind::Together { any } = kind else {
            return Ok(Others::new());
        };
        let model = self.reading.model;
        so(
            model.form == Form::Options,
            "simultaneous moves need options",
        )?;
        let mut others = Others::new();
        for other in model.party_ids().filter(|p| *p != party) {
            let seq = self
                .claims
                .get("seq")
                .and_then(|c| c[other.index()][state as usize]);
            so(
                any || seq.is_some(),
                "it rests on a verdict of `seq` that is missing",
            )?;
            let list = self.reading.improvements(other, state);
            if !list.is_empty() && (any || seq == Some(false)) {
                others.push((other, list));
            }
        }
        Ok(others)
    }

    /// The improvement of an unstable verdict. Its closed set begins with it and has no sanction.
    fn open(
        &self,
        verdict: &Verdict,
        kind: Kind,
        party: PartyId,
        state: u32,
        improvements: &[u32],
    ) -> Checked<u32> {
        so(
            verdict.answers.is_empty(),
            "an unstable verdict has no answers",
        )?;
        let to = self.state(verdict.improvement.ok_or("the improvement is missing")?)?;
        so(
            improvements.contains(&to),
            "the party has no such improvement",
        )?;
        let Kind::Sanction(steps, escapes) = kind else {
            return so(
                verdict.closed_set.is_none(),
                "the concept needs no closed set",
            )
            .map(|()| to);
        };
        let place = verdict.closed_set.ok_or("the closed set is missing")? as usize;
        let (set, members) = self
            .certificate
            .closed_sets
            .get(place)
            .zip(self.sets.get(place))
            .ok_or("there is no such closed set")?;
        let members = members.as_ref().ok_or("its closed set is wrong")?;
        let same = set.party == verdict.party && set.steps == steps;
        so(same, "the closed set is about another party or other steps")?;
        let begins = members
            .iter()
            .any(|(s, barred, _)| *s == to && barred.is_empty());
        so(begins, "the closed set does not begin with the improvement")?;
        let better = |s: u32| self.reading.prefers(party, s, state);
        for (member, _, escape) in members {
            let can = |e: &u32| self.reading.moves(party, *member).contains(e) && better(*e);
            let escape = escapes && escape.as_ref().is_some_and(can);
            let harmless = better(*member) || escape || self.excused(state, *member);
            so(harmless, "a member of the closed set is a sanction")?;
        }
        Ok(to)
    }

    /// Checks an answer to an improvement.
    fn sanction(
        &self,
        answer: &Answer,
        kind: Kind,
        party: PartyId,
        state: u32,
        to: u32,
        others: &Others,
    ) -> Checked {
        let (end, escapes) = match kind {
            Kind::Nash => return Err("nothing answers an improvement".to_owned()),
            Kind::Sanction(steps, escapes) => (self.sequence(answer, steps, party, to)?, escapes),
            Kind::Together { any } => (self.choices(answer, any, party, state, to, others)?, false),
        };
        so(
            !self.excused(state, end),
            "it leads back, which is no sanction",
        )?;
        so(
            !self.reading.prefers(party, end, state),
            "the party prefers where it ends",
        )?;
        let mut moves = self.reading.moves(party, end).iter().filter(|_| escapes);
        let escape = moves.any(|s| self.reading.prefers(party, *s, state));
        so(!escape, "the party can escape from where it ends")
    }

    /// The end of a sequence of the others' moves.
    fn sequence(&self, answer: &Answer, steps: Steps, party: PartyId, to: u32) -> Checked<u32> {
        let nothing_else = answer.together.is_empty() && answer.result.is_none();
        so(
            !answer.by.is_empty() && nothing_else,
            "the answer is no sequence of moves",
        )?;
        let (mut at, mut barred) = (to, Vec::new());
        for Move { party: name, to } in &answer.by {
            let (mover, to) = (self.party(name)?, self.state(*to)?);
            let turn = mover != party && !barred.contains(&mover);
            if !turn {
                return Err(format!("it is not the turn of `{name}`"));
            }
            let can = self.steps(mover, at, steps).contains(&to);
            if !can {
                return Err(format!("`{name}` has no such step"));
            }
            barred = self.barred_after(&barred, mover);
            at = to;
        }
        Ok(at)
    }

    /// What improvements of the others at the same time make.
    fn choices(
        &self,
        answer: &Answer,
        any: bool,
        party: PartyId,
        from: u32,
        to: u32,
        others: &Others,
    ) -> Checked<u32> {
        let mut choices = vec![(party, to)];
        for Move { party: name, to } in &answer.together {
            let (mover, to) = (self.party(name)?, self.state(*to)?);
            let can = others
                .iter()
                .any(|(p, list)| *p == mover && list.contains(&to));
            let new = choices.iter().all(|(p, _)| *p != mover);
            so(can && new, &format!("`{name}` does not improve so"))?;
            choices.push((mover, to));
        }
        let enough = if any {
            choices.len() > 1
        } else {
            choices.len() == others.len() + 1
        };
        so(enough && choices.len() > 1, "not all move who do")?;
        let result = self.state(answer.result.ok_or("the result is missing")?)?;
        let made = self.reading.together(from, &choices) == Some(result);
        so(made && answer.by.is_empty(), "the moves make another state")?;
        Ok(result)
    }

    /// Tries everything that the others can do at the same time as an improvement.
    #[expect(
        clippy::too_many_arguments,
        reason = "a search over what one question consists of"
    )]
    fn spoiled(
        &self,
        any: bool,
        party: PartyId,
        from: u32,
        to: u32,
        others: &Others,
        meter: &mut Meter<'_>,
        report: &mut Report,
    ) -> Result<Option<u32>, Stop> {
        // Choice 0 is to stay, choice k the improvement k - 1.
        let least = usize::from(!any);
        let mut choice = vec![least; others.len()];
        loop {
            meter.add(1)?;
            report.checked.combinations += 1;
            let taken = others.iter().zip(&choice);
            let taken =
                taken.filter_map(|((p, list), c)| Some((*p, *list.get(c.checked_sub(1)?)?)));
            let choices: Vec<(PartyId, u32)> = taken.chain([(party, to)]).collect();
            let end = self
                .reading
                .together(from, &choices)
                .filter(|_| choices.len() > 1);
            let bad = |e: &u32| !self.reading.prefers(party, *e, from) && !self.excused(from, *e);
            if let Some(end) = end.filter(bad) {
                return Ok(Some(end));
            }
            let mut more = choice.iter().zip(others);
            let Some(k) = more.position(|(c, (_, list))| *c < list.len()) else {
                return Ok(None);
            };
            choice[..k].fill(least);
            choice[k] += 1;
        }
    }
}
