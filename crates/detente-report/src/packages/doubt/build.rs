//! From what the analysis found to the serialisable value.

use detente_analysis::bargain::doubt::{
    Answer, Ask, Contradiction, Doubts, Found, Opinion, PackageDoubt as Named, PackageShares,
    Parameter, Question, Relation, Share, Source, Standing,
};
use detente_analysis::model::bargain::{Utility, Who, single};
use num_rational::BigRational;

use super::Asked;
use super::finding::{
    AnswerFinding, ContradictionFinding, CountsFinding, DominanceFinding, NamedDoubtFinding,
    NashFinding, OpinionFinding, PackageDoubt, QuestionFinding, RangeFinding, ShareFinding,
    SharesFinding, VoiceFinding,
};
use crate::packages::exact::Exact;
use crate::packages::words;

/// Puts what was found into its serialisable form.
pub fn finding(asked: Asked<'_>) -> PackageDoubt {
    let mut finding = PackageDoubt {
        format: "detente-package-doubt/1".to_owned(),
        negotiation: asked.model.title.clone(),
        variants: asked.variants.to_vec(),
        contradictions: Vec::new(),
        voices: Vec::new(),
        left_out: Vec::new(),
        judged: 0,
        agreed: counts([0; 3]),
        packages: Vec::new(),
        dominance: Vec::new(),
        nash: Vec::new(),
        questions: Vec::new(),
        named_questions: Vec::new(),
        samples: 0,
        seed: asked.request.seed,
        stopped: asked.stop.map(ToString::to_string),
    };
    match asked.found {
        Found::Contradictions(all) => {
            let all = all.iter().map(|c| contradiction(asked, c));
            finding.contradictions = all.collect();
        }
        Found::Doubts(doubts) => fill(&mut finding, asked, doubts),
    }
    finding
}

fn fill(finding: &mut PackageDoubt, asked: Asked<'_>, doubts: &Doubts) {
    let bargain = &asked.model.bargain;
    finding.voices = (0..doubts.voices.len())
        .map(|v| voice(asked, doubts, v))
        .collect();
    let aside = doubts.aside.iter();
    finding.left_out = aside.map(|a| fact(asked, a.fact)).collect();
    finding.judged = doubts.counts.packages;
    finding.agreed = counts(doubts.counts.agreed);
    let packages = doubts.packages.iter();
    finding.packages = packages.map(|p| named(asked, doubts, p)).collect();
    finding.dominance = doubts
        .dominance
        .iter()
        .map(|d| DominanceFinding {
            better: words::package(bargain, d.better).to_owned(),
            worse: words::package(bargain, d.worse).to_owned(),
            relation: match d.relation {
                Relation::Necessary => "necessary",
                Relation::Possible => "possible",
            }
            .to_owned(),
        })
        .collect();
    finding.nash = doubts
        .leading
        .iter()
        .map(|(deal, found)| NashFinding {
            package: words::deal_finding(bargain, deal),
            shares: shares(found),
        })
        .collect();
    let question = |q: &Question| question(asked, q);
    finding.questions = doubts.questions.iter().map(question).collect();
    finding.named_questions = doubts.named_questions.iter().map(question).collect();
    finding.samples = doubts.samples;
}

fn voice(asked: Asked<'_>, doubts: &Doubts, place: usize) -> VoiceFinding {
    let voice = &doubts.voices[place];
    let exact = |bounds: &[BigRational; 2]| bounds.clone().map(Exact);
    VoiceFinding {
        name: voice.who.name(asked.model),
        title: words::title(asked.model, voice.who).map(str::to_owned),
        doubtful: voice
            .ranges
            .iter()
            .map(|range| RangeFinding {
                number: parameter(asked, voice.who, range.parameter),
                stated: exact(&range.stated),
                left: exact(&range.left),
            })
            .collect(),
        facts: voice.facts.iter().map(|f| fact(asked, *f)).collect(),
        readings: voice.cases,
        reservation: voice.reserved,
        accepts: counts(
            doubts
                .counts
                .accepted
                .get(place)
                .copied()
                .unwrap_or_default(),
        ),
    }
}

fn counts([must, may, cannot]: [u64; 3]) -> CountsFinding {
    CountsFinding { must, may, cannot }
}

fn standing(standing: Standing) -> String {
    match standing {
        Standing::Must => "must",
        Standing::May => "may",
        Standing::Cannot => "cannot",
    }
    .to_owned()
}

fn named(asked: Asked<'_>, doubts: &Doubts, found: &Named) -> NamedDoubtFinding {
    let bargain = &asked.model.bargain;
    let opinion = |(voice, opinion): (Who, &Opinion)| {
        let witness = |point: &Option<Vec<BigRational>>| {
            let point = point.as_ref()?;
            Some(point.iter().cloned().map(Exact).collect())
        };
        OpinionFinding {
            who: voice.name(asked.model),
            accepts: standing(opinion.standing),
            accepting: witness(&opinion.accepting),
            rejecting: witness(&opinion.rejecting),
        }
    };
    let voices = doubts.voices.iter().map(|v| v.who);
    NamedDoubtFinding {
        name: words::package(bargain, found.package).to_owned(),
        title: bargain
            .packages
            .get(found.package)
            .and_then(|p| p.title.clone()),
        means: found.meant,
        agreed: standing(found.agreed),
        opinions: voices.zip(&found.opinions).map(opinion).collect(),
        always_efficient: found.always_efficient,
        shares: found.shares.iter().map(shares).collect(),
    }
}

fn share(share: &Share) -> ShareFinding {
    ShareFinding {
        value: rounded(share.value),
        standard_error: rounded(share.error),
    }
}

fn shares(found: &PackageShares) -> SharesFinding {
    SharesFinding {
        accepted: found.accepted.iter().map(share).collect(),
        agreed: share(&found.agreed),
        nash: found.nash.as_ref().map(share),
        efficient: found.efficient.as_ref().map(share),
    }
}

fn question(asked: Asked<'_>, question: &Question) -> QuestionFinding {
    let bargain = &asked.model.bargain;
    let (asks, deal) = match &question.ask {
        Ask::Accept(deal) => {
            let says = match bargain
                .packages
                .iter()
                .find(|p| single(&p.levels).as_ref() == Some(deal))
            {
                Some(package) => package.name.clone(),
                None => words::deal(bargain, deal),
            };
            let deal = words::deal_finding(bargain, deal);
            (format!("would accept {says}"), Some(deal))
        }
        Ask::Prefer(better, worse) => {
            let of = |place: &usize| words::package(bargain, *place);
            (format!("prefers {} to {}", of(better), of(worse)), None)
        }
    };
    let answer = |answer: &Answer| AnswerFinding {
        share: rounded(answer.share),
        agreed: counts(answer.agreed),
    };
    QuestionFinding {
        who: question.who.name(asked.model),
        asks,
        package: deal,
        bits: rounded(question.bits),
        undecided: rounded(question.undecided),
        yes: answer(&question.yes),
        no: answer(&question.no),
    }
}

fn fact(asked: Asked<'_>, place: usize) -> String {
    let fact = asked.model.bargain.facts.get(place);
    fact.map_or_else(String::new, |f| words::fact(asked.model, f))
}

fn contradiction(asked: Asked<'_>, found: &Contradiction) -> ContradictionFinding {
    let utility = asked.model.bargain.utility(found.who);
    let issue = |issue| &asked.model.bargain.issue(issue).name;
    let says = |source: &Source| match source {
        Source::Fact(place) => format!("fact {}", fact(asked, *place)),
        Source::Bounds(i) => format!("the bounds in the line of {}", issue(*i)),
        Source::Trend(i) => format!("the trend in the line of {}", issue(*i)),
        Source::Importance(place) => {
            let order = utility.and_then(|u| u.importance.get(*place));
            let names = order.map(|o| o.iter().map(|i| issue(*i).as_str()).collect::<Vec<_>>());
            format!("importance {}", names.unwrap_or_default().join(" > "))
        }
        Source::Sum => "that all weights sum to 1".to_owned(),
        Source::Term(place) => format!("the bounds of the term `{}`", term(utility, *place)),
        Source::Reservation => "the bounds of the reservation value".to_owned(),
    };
    ContradictionFinding {
        who: found.who.name(asked.model),
        parts: found.sources.iter().map(says).collect(),
    }
}

fn term(utility: Option<&Utility>, place: usize) -> String {
    let term = utility.and_then(|u| u.terms.get(place));
    term.map_or_else(String::new, |t| t.condition.text.clone())
}

/// A doubtful number in words: `relief waivers`, `weight of relief`.
fn parameter(asked: Asked<'_>, who: Who, parameter: Parameter) -> String {
    let issue = |issue| asked.model.bargain.issue(issue);
    match parameter {
        Parameter::Weight(i) => format!("weight of {}", issue(i).name),
        Parameter::Value(i, level) => {
            let level = issue(i).levels.get(usize::from(level));
            let level = level.map_or("", |l| l.name.as_str());
            format!("{} {level}", issue(i).name)
        }
        Parameter::Term(place) => term(asked.model.bargain.utility(who), place),
        Parameter::Reservation => "reservation value".to_owned(),
    }
}

/// To nine digits after the point, so that the last bits of a logarithm do not matter.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
