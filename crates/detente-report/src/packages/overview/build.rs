//! From what the analysis found to the serialisable value.

use std::collections::BTreeSet;

use detente_analysis::Stop;
use detente_analysis::bargain::overview::{Absent, Fallback};
use detente_analysis::bargain::{Answer, Chosen, Named, Solution};
use detente_analysis::model::bargain::{Fact, Package, Utility, Verdict, Who};
use num_bigint::BigUint;

use super::beyond::Held;
use super::{
    AbsentFinding, CountFinding, FactFinding, Found, FrontierFinding, IssueFinding, LevelFinding,
    NamedFinding, Packages, PointFinding, SideFinding, SolutionFinding, ZoneFinding,
};
use crate::packages::exact::Exact;
use crate::packages::words;

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_>) -> Packages {
    let (model, overview) = (found.model, found.overview);
    let bargain = &model.bargain;
    let solutions = solutions(found);
    let named: Vec<NamedFinding> = bargain
        .packages
        .iter()
        .zip(&overview.named)
        .enumerate()
        .map(|(place, (package, named))| self::named(found, place, package, named.as_ref().ok()))
        .collect();
    let picked = solutions.iter().flat_map(|s| s.points.iter().copied());
    let better = named.iter().filter_map(|n| n.better);
    let always: BTreeSet<usize> = picked.chain(better).collect();
    let beyond = found.beyond;
    let held = beyond.and_then(|b| b.held.as_ref());
    Packages {
        voices: beyond.map(|b| b.voices(model)).unwrap_or_default(),
        in_the_way: beyond.and_then(|b| b.in_the_way(model)),
        ratification: beyond.and_then(|b| b.ratification(model)),
        holds_by: held.and_then(|h| h.as_ref().ok()).map(Held::judges),
        holds_unknown: held.and_then(|h| h.as_ref().err()).cloned(),
        format: "detente-packages/1".to_owned(),
        negotiation: model.title.clone(),
        variants: found.variants.to_vec(),
        issues: bargain
            .issues
            .iter()
            .map(|issue| IssueFinding {
                name: issue.name.clone(),
                title: issue.title.clone(),
                levels: issue
                    .levels
                    .iter()
                    .map(|level| LevelFinding {
                        name: level.name.clone(),
                        title: level.title.clone(),
                    })
                    .collect(),
            })
            .collect(),
        rules: bargain
            .rules
            .iter()
            .map(|rule| {
                let word = if rule.required { "always" } else { "never" };
                format!("{word} {}", rule.condition.text)
            })
            .collect(),
        combinations: found.space.raw_size().to_string(),
        permitted: count(&overview.permitted),
        table: found
            .request
            .voices
            .iter()
            .map(|voice| side(found, *voice))
            .collect(),
        absent: overview.absent().map(|voice| side(found, voice)).collect(),
        disagreement: match found.request.fallback {
            Fallback::Better => "better",
            Fallback::Reservation => "reservation",
            Fallback::Worst => "worst",
        }
        .to_owned(),
        zone: ZoneFinding {
            exists: match found.stop {
                None => Some(overview.acceptable.contains(&true)),
                Some(_) => None,
            },
            weak: count(&overview.weak),
            strict: count(&overview.strict),
        },
        frontier: frontier(found, &always),
        solutions,
        facts: bargain
            .facts
            .iter()
            .zip(&overview.facts)
            .map(|(fact, fits)| self::fact(found, fact, *fits))
            .collect(),
        cloud: overview
            .cloud
            .iter()
            .map(|worth| exact(found, worth))
            .collect(),
        notes: notes(found),
        stopped: found.stop.map(ToString::to_string),
        named,
    }
}

fn count(found: &Result<BigUint, Stop>) -> CountFinding {
    match found {
        Ok(number) => CountFinding {
            count: Some(number.to_string()),
            not_counted: None,
        },
        Err(stop) => CountFinding {
            count: None,
            not_counted: Some(stop.to_string()),
        },
    }
}

/// What numbers of units are worth to those at the table.
fn exact(found: &Found<'_>, units: &[i128]) -> Vec<Exact> {
    let voices = found.request.voices.iter().zip(units);
    voices
        .filter_map(|(voice, units)| worth(found, *voice, *units))
        .collect()
}

fn worth(found: &Found<'_>, voice: usize, units: i128) -> Option<Exact> {
    let voice = found.space.voices.get(voice)?;
    Some(Exact(voice.utility(units)))
}

fn side(found: &Found<'_>, voice: usize) -> SideFinding {
    let who = found.space.voices[voice].who;
    let (side, given) = (
        found.overview.sides[voice],
        found.space.voices[voice].reservation,
    );
    let value = |units: i128| Exact(found.space.voices[voice].utility(units));
    SideFinding {
        name: who.name(found.model),
        title: words::title(found.model, who).map(str::to_owned),
        worst: value(side.least),
        best: value(side.most),
        reservation: given.map(value),
        disagreement: value(side.disagreement),
        by_reservation: !side.is_worst,
        doubtful: doubtful(found, who),
    }
}

/// Whether some number of somebody's utility is in doubt.
fn doubtful(found: &Found<'_>, who: Who) -> bool {
    let utility = found.model.bargain.utility(who);
    utility.is_some_and(Utility::is_doubtful)
}

fn frontier(found: &Found<'_>, always: &BTreeSet<usize>) -> FrontierFinding {
    let overview = found.overview;
    let points = &overview.frontier.points;
    let accepted = || points.iter().zip(&overview.acceptable).filter(|(_, a)| **a);
    let total: BigUint = points.iter().map(|p| &p.packages).sum();
    let acceptable: BigUint = accepted().map(|(p, _)| &p.packages).sum();
    let gains = |worth: &[i128]| -> Vec<Exact> {
        let voices = found.request.voices.iter().zip(worth);
        let floor = |voice: &usize| overview.sides.get(*voice).map_or(0, |s| s.disagreement);
        voices
            .filter_map(|(voice, units)| self::worth(found, *voice, units - floor(voice)))
            .collect()
    };
    FrontierFinding {
        points: points
            .iter()
            .enumerate()
            .map(|(place, point)| {
                let written = place < found.points || always.contains(&place);
                let examples = if written { found.examples } else { 0 };
                let packages = overview.frontier.packages(place, examples);
                let absent = packages.first();
                let absent = absent.map(|deal| overview.at_home(found.space, deal));
                let beyond = found.beyond;
                PointFinding {
                    ratified: beyond
                        .and_then(|b| {
                            b.picked
                                .get(&place)
                                .map(|deal| b.ratified(found.model, deal))
                        })
                        .unwrap_or_default(),
                    holds: beyond.and_then(|b| b.picked_holds(place)),
                    absent: absent
                        .unwrap_or_default()
                        .iter()
                        .filter_map(|a| self::absent(found, *a))
                        .collect(),
                    worth: exact(found, &point.worth),
                    gain: gains(&point.worth),
                    acceptable: overview.acceptable.get(place).copied().unwrap_or(false),
                    packages: point.packages.to_string(),
                    examples: packages
                        .iter()
                        .map(|deal| words::deal_finding(&found.model.bargain, deal))
                        .collect(),
                }
            })
            .collect(),
        packages: total.to_string(),
        acceptable_points: accepted().count(),
        acceptable_packages: acceptable.to_string(),
    }
}

fn absent(found: &Found<'_>, absent: Absent) -> Option<AbsentFinding> {
    Some(AbsentFinding {
        name: found.space.voices.get(absent.voice)?.who.name(found.model),
        worth: worth(found, absent.voice, absent.worth)?,
        accepts: absent.accepts,
    })
}

fn solutions(found: &Found<'_>) -> Vec<SolutionFinding> {
    let one = |(solution, chosen): &(Solution, Option<Chosen>)| {
        let info = solution.info();
        SolutionFinding {
            name: info.id.to_owned(),
            title: info.name.to_owned(),
            definition: info.summary.to_owned(),
            source: info.source.to_owned(),
            value: chosen.as_ref().map(|c| Exact(c.value.clone())),
            points: chosen
                .as_ref()
                .map(|c| c.points.clone())
                .unwrap_or_default(),
        }
    };
    found.overview.chosen.iter().map(one).collect()
}

fn named(
    found: &Found<'_>,
    place: usize,
    package: &Package,
    named: Option<&Named>,
) -> NamedFinding {
    let issues = &found.model.bargain.issues;
    let changed = issues.iter().zip(&package.levels);
    let changed = changed.filter(|(_, levels)| **levels != [0]);
    let picks = changed.map(|(issue, levels)| {
        let levels = levels
            .iter()
            .filter_map(|l| issue.levels.get(usize::from(*l)));
        let levels = levels.map(|l| l.name.clone()).collect();
        (issue.name.clone(), levels)
    });
    let table = || {
        let at_table = found.request.voices.iter().copied();
        at_table.chain(found.overview.absent())
    };
    let worths = |named: &Named| -> Vec<[Exact; 2]> {
        let bounds = table().filter_map(|v| {
            let range = named.worth.get(v)?;
            Some([worth(found, v, range.least)?, worth(found, v, range.most)?])
        });
        bounds.collect()
    };
    let accepted = |named: &Named| -> Vec<String> {
        let verdicts = table().filter_map(|v| named.accepted.get(v));
        verdicts.map(|a| words::answer(*a).to_owned()).collect()
    };
    NamedFinding {
        name: package.name.clone(),
        title: package.title.clone(),
        meanings: named
            .and_then(|n| n.meanings.as_ref())
            .map(ToString::to_string),
        picks: picks.collect(),
        worth: named.map(worths).unwrap_or_default(),
        accepted: named.map(accepted).unwrap_or_default(),
        dominated: named
            .and_then(|n| n.dominated)
            .map(|d| words::answer(d).to_owned()),
        better: named.and_then(|n| n.better),
        ratified: found
            .beyond
            .map(|b| b.named_ratified(found.model, place))
            .unwrap_or_default(),
        holds: found
            .beyond
            .map(|b| b.named_holds(place))
            .unwrap_or_default(),
    }
}

fn fact(found: &Found<'_>, fact: &Fact, fits: Option<Answer>) -> FactFinding {
    let voice = found.space.voice(fact.who);
    let bounds = |place: usize| -> Option<String> {
        let named = found.overview.named.get(place)?.as_ref().ok()?;
        let range = named.worth.get(voice?)?;
        let (least, most) = (
            worth(found, voice?, range.least)?,
            worth(found, voice?, range.most)?,
        );
        Some(if least == most {
            least.to_string()
        } else {
            format!("{least} to {most}")
        })
    };
    let name = |place: usize| words::package(&found.model.bargain, place);
    let nothing = || {
        let floor = voice.and_then(|v| worth(found, v, found.overview.sides.get(v)?.disagreement));
        floor.map(|floor| floor.to_string())
    };
    let (answer, package, to) = match fact.verdict {
        Verdict::Accepts(package) => ("accepts", package, None),
        Verdict::Rejects(package) => ("rejects", package, None),
        Verdict::Prefers(better, worse) => ("prefers", better, Some(worse)),
    };
    let compared = [bounds(package), to.map_or_else(nothing, bounds)];
    let compared: Vec<String> = compared.into_iter().flatten().collect();
    let because = match (compared.as_slice(), to) {
        ([own, other], None) => Some(format!(
            "to it {} is worth {own}, no agreement {other}",
            name(package)
        )),
        ([own, other], Some(to)) => Some(format!(
            "to it {} is worth {own}, {} is worth {other}",
            name(package),
            name(to)
        )),
        _ => None,
    };
    let because = because.filter(|_| fits.is_some());
    FactFinding {
        who: fact.who.name(found.model),
        answer: answer.to_owned(),
        package: name(package).to_owned(),
        to: to.map(|other| name(other).to_owned()),
        compared: if because.is_some() {
            compared
        } else {
            Vec::new()
        },
        says: words::fact(found.model, fact),
        verdict: match fits {
            Some(Answer::Yes) => "agrees",
            Some(Answer::No) => "contradicts",
            Some(Answer::Depends) => "depends",
            None => "silent",
        }
        .to_owned(),
        because: because.unwrap_or_else(|| "the numbers say nothing about it".to_owned()),
    }
}

/// Limits of the results.
fn notes(found: &Found<'_>) -> Vec<String> {
    let mut notes = found.beyond.map(|b| b.notes.clone()).unwrap_or_default();
    let voices = found.request.voices.iter();
    let doubtful: Vec<String> = voices
        .map(|v| found.space.voices[*v].who)
        .filter(|who| doubtful(found, *who))
        .map(|who| who.name(found.model))
        .collect();
    if !doubtful.is_empty() {
        notes.push(format!(
            "Some numbers of {} are in doubt: bounds stand at their middle here, and unknown weights \
             are equal.",
            crate::words::list(&doubtful)
        ));
    }
    for (package, named) in found
        .model
        .bargain
        .packages
        .iter()
        .zip(&found.overview.named)
    {
        if let Err(unclear) = named {
            notes.push(format!(
                "What `{}` is worth is not said: {unclear}.",
                package.name
            ));
        }
    }
    notes
}
