//! From what the analysis found to the serialisable value.

use detente_analysis::bargain::lottery::{Lottery, Solution as Best};
use detente_analysis::bargain::overview::Fallback;
use detente_analysis::bargain::{Deal, Solution};
use num_rational::BigRational;
use num_traits::Zero;

use super::{AbsentMeanFinding, Found, Lotteries, LotteryFinding, PartFinding, SingleFinding};
use crate::packages::exact::Exact;
use crate::packages::mediation::VoiceFinding;
use crate::packages::words;

/// What all lotteries have in common.
const DEFINITION: &str = "A lottery is worth the mean of its packages by their chances. Who expects \
    from it at least what having no agreement is worth accepts it, before chance speaks.";

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_>) -> Lotteries {
    let lotteries = found.lotteries;
    let rules = [
        (
            Solution::Nash,
            "the largest product of expected gains, where all gain",
            &lotteries.nash,
        ),
        (
            Solution::KalaiSmorodinsky,
            "the largest smallest share of the ideal gain, the most that each can gain from a lottery",
            &lotteries.kalai_smorodinsky,
        ),
        (
            Solution::Egalitarian,
            "the largest smallest expected gain",
            &lotteries.egalitarian,
        ),
        (
            Solution::Utilitarian,
            "the largest sum of expected worths",
            &lotteries.utilitarian,
        ),
    ];
    let exact = found.frontier.voices.len() <= 2;
    let mut notes = Vec::new();
    if !exact && !lotteries.ideal.is_empty() {
        notes.push(
            "With more than two at the table the chances were found by floating-point numbers, and made exact \
             afterwards: other chances may be better, but not beyond the bound that is given."
                .to_owned(),
        );
    }
    let voices = found.frontier.voices.iter().zip(&lotteries.disagreement);
    Lotteries {
        format: "detente-lotteries/1".to_owned(),
        negotiation: found.model.title.clone(),
        variants: found.variants.to_vec(),
        table: voices
            .map(|(voice, none)| VoiceFinding {
                name: found.space.voices[*voice].who.name(found.model),
                disagreement: Exact(none.clone()),
            })
            .collect(),
        disagreement: match found.fallback {
            Fallback::Better => "better",
            Fallback::Reservation => "reservation",
            Fallback::Worst => "worst",
        }
        .to_owned(),
        definition: DEFINITION.to_owned(),
        exact,
        points: found.frontier.points.len(),
        ideal: (!lotteries.ideal.is_empty()).then(|| all(&lotteries.ideal)),
        lotteries: rules
            .into_iter()
            .map(|(rule, definition, best)| lottery(found, rule, definition, best.as_ref()))
            .collect(),
        notes,
    }
}

fn all(numbers: &[BigRational]) -> Vec<Exact> {
    numbers.iter().cloned().map(Exact).collect()
}

fn lottery(
    found: &Found<'_>,
    rule: Solution,
    definition: &str,
    best: Option<&Best>,
) -> LotteryFinding {
    let info = rule.info();
    let parts = best.map(|b| parts(found, &b.lottery)).unwrap_or_default();
    let expected = best.map(|b| b.lottery.worth.as_slice()).unwrap_or_default();
    let gains = expected.iter().zip(&found.lotteries.disagreement);
    LotteryFinding {
        name: info.id.to_owned(),
        title: info.name.to_owned(),
        definition: definition.to_owned(),
        source: info.source.to_owned(),
        gain: gains.map(|(w, d)| Exact(w - d)).collect(),
        expected: all(expected),
        absent: absent(found, &parts),
        value: best.map(|b| Exact(b.value.clone())),
        at_most: best.map(|b| Exact(b.at_most.clone())),
        single: best.and_then(|b| {
            let (place, value) = b.single.as_ref()?;
            Some(SingleFinding {
                package: deal(found, *place),
                worth: worth(found, *place),
                value: Exact(value.clone()),
                gain: Exact(&b.value - value),
            })
        }),
        nothing: best.is_none().then(|| {
            if found.lotteries.ideal.is_empty() {
                "no lottery is accepted by all".to_owned()
            } else {
                "no lottery gives a gain to all".to_owned()
            }
        }),
        parts: parts.into_iter().map(|(part, _)| part).collect(),
    }
}

/// The parts of a lottery, each with its first package.
fn parts(found: &Found<'_>, lottery: &Lottery) -> Vec<(PartFinding, Option<Deal>)> {
    let one = |part: &detente_analysis::bargain::lottery::Part| {
        let worth = worth(found, part.point);
        let floors = found.lotteries.disagreement.iter();
        let point = found.frontier.points.get(part.point);
        let finding = PartFinding {
            chance: Exact(part.chance.clone()),
            package: deal(found, part.point),
            packages: point.map_or_else(String::new, |p| p.packages.to_string()),
            acceptable: worth.iter().zip(floors).all(|(w, d)| w.0 >= *d),
            worth,
        };
        let first = found.frontier.packages(part.point, 1).pop();
        (finding, first)
    };
    lottery.parts.iter().map(one).collect()
}

fn worth(found: &Found<'_>, place: usize) -> Vec<Exact> {
    let Some(point) = found.frontier.points.get(place) else {
        return Vec::new();
    };
    let voices = found.frontier.voices.iter().zip(&point.worth);
    voices
        .map(|(voice, units)| Exact(found.space.voices[*voice].utility(*units)))
        .collect()
}

/// The first package of a point.
fn deal(found: &Found<'_>, place: usize) -> crate::packages::overview::DealFinding {
    let first = found.frontier.packages(place, 1).pop();
    first
        .map(|deal| words::deal_finding(&found.model.bargain, &deal))
        .unwrap_or_default()
}

/// What those who are not at the table expect.
fn absent(found: &Found<'_>, parts: &[(PartFinding, Option<Deal>)]) -> Vec<AbsentMeanFinding> {
    let known = !parts.is_empty() && parts.iter().all(|(_, deal)| deal.is_some());
    let voices = found.space.voices.iter().zip(found.sides).enumerate();
    voices
        .filter(|(voice, _)| known && !found.frontier.voices.contains(voice))
        .map(|(_, (voice, side))| {
            let mean = parts.iter().fold(BigRational::zero(), |sum, (part, deal)| {
                let units = deal.as_ref().map_or(0, |deal| voice.worth.of(deal));
                sum + voice.utility(units) * &part.chance.0
            });
            AbsentMeanFinding {
                name: voice.who.name(found.model),
                accepts: mean >= voice.utility(side.disagreement),
                expected: Exact(mean),
            }
        })
        .collect()
}
