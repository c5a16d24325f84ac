//! The answer in one paragraph, to be read aloud by itself.

use super::stuck;
use super::summary::{ClassSummary, Summary, ease_of};
use super::words::{self, words as say};
use crate::document::{Composer, Form, Ground, Inline, Line, Pointer, Section, Sentence, anchor};
use crate::finding::{Analysis, Obstacle};

/// So many outcomes are named in a sentence.
const NAMED: usize = 5;

/// So many outcomes that do not hold are named.
const FAILING: usize = 2;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new("answer", "The answer");
    let Some(analysis) = &c.dossier.analysis else {
        section.paragraph(super::survey::answer(c));
        let mut meaning = super::question::size(c);
        meaning.extend(super::judging::sentences(c));
        section.paragraph(meaning);
        return (!section.blocks.is_empty()).then_some(section);
    };
    let Some(summary) = &c.dossier.summary else {
        let mut sentences = vec![unanswered()];
        sentences.extend(super::judging::refused(c, analysis));
        sentences.extend(super::judging::stopped(c, analysis));
        section.paragraph(sentences);
        return Some(section);
    };
    let mut sentences = vec![count(c, analysis, summary)];
    sentences.extend(reached(c, analysis, summary));
    sentences.extend(fails(c, analysis, summary));
    sentences.extend(firmness(c, analysis));
    sentences.extend(doubted(c));
    sentences.extend(forecast(c));
    sentences.extend(super::judging::stopped(c, analysis));
    section.paragraph(sentences);
    let mut meaning = super::judging::sentences(c);
    meaning.extend(super::question::size(c));
    section.paragraph(meaning);
    Some(section)
}

fn unanswered() -> Sentence {
    Sentence::new("answer.none")
        .words("There is no answer under the rule that was asked for.")
        .on(Ground::Stated(
            Pointer::to("analysis").key("settings").key("main"),
        ))
}

/// Which outcomes would hold.
fn count(c: &Composer<'_>, analysis: &Analysis, summary: &Summary) -> Sentence {
    let feasible = Pointer::to("analysis").key("size").key("feasible");
    let all = analysis.size.feasible;
    let number = summary.equilibria.len();
    let held = Pointer::to("summary").key("equilibria");
    let sentence = Sentence::new("answer.count");
    if number == 0 {
        return sentence
            .words("None of the ")
            .parts(words::amount(
                c,
                &feasible,
                all,
                "possible state",
                "possible states",
            ))
            .words(" would hold: out of each of them some party would move on.")
            .see(anchor::table("classes"));
    }
    if number == all && all > 1 {
        let sentence = sentence
            .words("All ")
            .parts(words::amount(
                c,
                &feasible,
                all,
                "possible state",
                "possible states",
            ))
            .words(" would hold: nobody has a reason to leave any of them.");
        return sentence.see(anchor::table("equilibria"));
    }
    let sentence = sentence
        .words("Of ")
        .parts(words::amount(
            c,
            &feasible,
            all,
            "possible state",
            "possible states",
        ))
        .words(", ")
        .part(c.number(&held, Form::Length))
        .words(" would hold, which is to say that no party would leave ")
        .part(words::verb(number, "it", "them"))
        .words(" of its own accord");
    let ease = |id: &u32| ease_of(words::find(c, *id));
    let mut holding: Vec<(usize, &ClassSummary)> = summary.classes.iter().enumerate().collect();
    holding.retain(|(_, k)| !k.equilibria.is_empty());
    holding.sort_by_key(|(place, k)| (k.equilibria.first().map_or(9, ease), *place));
    let classes: Vec<Line> = holding
        .into_iter()
        .map(|(place, k)| {
            let mut line = words::class(k.name.as_deref());
            if k.equilibria.len() > 1 {
                let at = Pointer::to("summary").key("classes").index(place);
                line.push(say(" ("));
                line.push(c.number(&at.key("equilibria"), Form::Length));
                line.push(say(" states)"));
            }
            line
        })
        .collect();
    let sentence = if summary.holding.is_empty() {
        let states = summary
            .equilibria
            .iter()
            .take(NAMED)
            .map(|s| words::brief(c, *s));
        let mut states: Vec<Line> = states.collect();
        if number > NAMED {
            states.push(vec![say("others")]);
        }
        sentence.words(": ").parts(words::list(states))
    } else {
        sentence.words(": ").parts(words::list(classes))
    };
    sentence.words(".").see(anchor::table("equilibria"))
}

/// Outcomes by the class that they are of, each class once and none that was named before, in a row; `None` when all
/// were named.
fn outcomes<'a>(c: &Composer<'a>, known: &mut Vec<&'a str>, states: &[u32]) -> Option<Line> {
    let mut each: Vec<Line> = Vec::new();
    for state in states {
        let class = words::find(c, *state).and_then(|s| s.classes.first());
        match class {
            Some(class) if known.contains(&class.as_str()) => {}
            Some(class) => {
                known.push(class);
                each.push(words::quoted(class));
            }
            None if each.len() <= NAMED => each.push(words::brief(c, *state)),
            None => {}
        }
    }
    if each.len() > NAMED {
        each.truncate(NAMED);
        each.push(vec![say("others")]);
    }
    (!each.is_empty()).then(|| words::list(each))
}

/// Which of the outcomes that hold can be reached, and how.
fn reached(c: &Composer<'_>, analysis: &Analysis, summary: &Summary) -> Vec<Sentence> {
    let Some(here) = analysis.status_quo else {
        return Vec::new();
    };
    if summary.equilibria.is_empty() || summary.equilibria.len() == analysis.size.feasible {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    let on = |sentence: Sentence, states: &[u32]| {
        let told = states.iter().take(NAMED);
        told.fold(sentence, |s, state| s.moves(anchor::way(*state)))
    };
    let holds_now = summary.equilibria.contains(&here);
    if holds_now {
        let sentence = Sentence::new("answer.here")
            .words("Where things stand now, ")
            .parts(words::brief(c, here))
            .words(if summary.equilibria.len() == 1 {
                ", is the one."
            } else {
                ", is among them."
            });
        out.push(sentence.on(super::proof::ground_of_all(here)));
        let class = words::find(c, here).and_then(|s| s.classes.first());
        known.extend(class.map(String::as_str));
    }
    let near: Vec<u32> = summary
        .by_improvements
        .iter()
        .copied()
        .filter(|s| *s != here)
        .collect();
    if let Some(told) = outcomes(c, &mut known, &near) {
        let sentence = Sentence::new("answer.reached")
            .words(if holds_now {
                "From there, steps that each pay who takes them also lead to "
            } else {
                "From where things stand, steps that each pay who takes them lead to "
            })
            .parts(told)
            .words(".");
        out.push(on(sentence, &near));
    }
    let joint = &summary.by_joint_steps;
    if let Some(told) = outcomes(c, &mut known, joint) {
        let sentence = Sentence::new("answer.together")
            .words("Only by acting together do parties get to ")
            .parts(told)
            .words(".");
        out.push(on(sentence, joint));
    }
    let far: Vec<u32> = summary
        .by_moves_only
        .iter()
        .chain(&summary.nowise)
        .copied()
        .collect();
    if far.is_empty() {
        return out;
    }
    let sentence = Sentence::new("answer.unreached");
    let sentence = if far.len() == summary.equilibria.len() {
        sentence
            .words("But no steps that pay those who take them lead there from where things stand.")
    } else if let Some(told) = outcomes(c, &mut known, &far) {
        sentence
            .parts(words::begin(told))
            .words(" would hold too, but no steps that pay those who take them lead there.")
    } else {
        sentence.words(
            "The others that would hold are of the same kinds, but no steps that pay lead to them.",
        )
    };
    out.push(on(sentence, &far));
    out
}

/// The obstacles of the outcomes that are of most interest: those of which a plan was sought, then those whose nearest
/// state most parties prefer to where things stand.
fn interesting<'a>(c: &Composer<'_>, analysis: &'a Analysis) -> Vec<&'a Obstacle> {
    let sought = |class: &str| {
        let quoted = format!("\"{class}\"");
        let goals = c.dossier.breakthroughs.iter().filter(|b| !b.already);
        let mut wanted = goals.flat_map(|b| &b.wanted);
        wanted.any(|w| !w.unwanted && (w.name == quoted || w.name == class))
    };
    let liked = |obstacle: &Obstacle| {
        let here = analysis.status_quo.and_then(|s| words::find(c, s));
        let there = words::find(c, obstacle.state);
        let (Some(here), Some(there)) = (here, there) else {
            return 0;
        };
        let ranks = there.ranks.iter();
        ranks
            .filter(|(p, r)| here.ranks.get(*p).is_some_and(|h| *r > h))
            .count()
    };
    let mut all: Vec<(usize, &Obstacle)> = analysis.obstacles.iter().enumerate().collect();
    all.retain(|(_, o)| !o.verdicts.is_empty());
    all.sort_by_key(|(place, o)| {
        (
            !sought(&o.class),
            std::cmp::Reverse(liked(o)),
            o.verdicts.len(),
            *place,
        )
    });
    all.into_iter().map(|(_, o)| o).collect()
}

/// Which outcomes of interest do not hold, with the one reason of each.
fn fails(c: &Composer<'_>, analysis: &Analysis, summary: &Summary) -> Vec<Sentence> {
    let mut out = Vec::new();
    for obstacle in interesting(c, analysis).into_iter().take(FAILING) {
        let (clauses, grounds) = stuck::undoing(c, obstacle);
        let Some(clause) = clauses.into_iter().next() else {
            continue;
        };
        let states = summary
            .classes
            .iter()
            .find(|k| k.name.as_deref() == Some(&obstacle.class))
            .map_or(0, |k| k.states);
        let sentence = Sentence::new("answer.fails");
        let sentence = if out.is_empty() {
            sentence
                .parts(words::class(Some(&obstacle.class)))
                .words(if states == 1 {
                    " would not hold: "
                } else {
                    " would not hold, not even in the form that most parties would keep: "
                })
        } else {
            sentence
                .words("Nor would ")
                .parts(words::class(Some(&obstacle.class)))
                .words(": ")
        };
        let sentence = sentence.parts(clause).words(".");
        out.push(sentence.on_all(grounds.into_iter().take(1)));
    }
    out
}

/// On which single assumption the answer hangs most.
fn firmness(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    let Some(found) = &c.dossier.sensitivity else {
        return weakest(c, analysis);
    };
    let place = *found.ranked.first()?;
    let most = found.assumptions.get(place)?.most?;
    let effect = found.changes.get(most)?.effect.as_ref()?;
    let at = Pointer::to("sensitivity").key("changes").index(most);
    let (gone, new) = (effect.vanished.len(), effect.appeared.len());
    let sentence = Sentence::new("answer.firmness").see(anchor::table("assumptions"));
    if gone == 0 && new == 0 {
        return Some(sentence.words("No single assumption of the model changes what holds."));
    }
    let sentence = sentence
        .words("The answer hangs most on one assumption: ")
        .parts(super::supposed::change(c, found, most))
        .words(", ");
    let vanished = c.number(&at.key("effect").key("vanished"), Form::Length);
    let appeared = c.number(&at.key("effect").key("appeared"), Form::Length);
    let only = c.dossier.summary.as_ref().map(|s| s.equilibria.len()) == Some(1);
    let sentence = match (gone, new) {
        (_, 0) if only => sentence.words("it would no longer hold"),
        (1, _) if only => sentence
            .words("it would no longer hold, and ")
            .part(appeared)
            .part(words::verb(new, " other would", " others would")),
        (0, _) => sentence.part(appeared).part(words::verb(
            new,
            " more state would hold",
            " more states would hold",
        )),
        (_, 0) => sentence
            .part(vanished)
            .words(" of these states would no longer hold"),
        _ => sentence
            .part(vanished)
            .words(" of these states would no longer hold, and ")
            .part(appeared)
            .part(words::verb(new, " other would", " others would")),
    };
    Some(sentence.words("."))
}

/// What breaks first, when no assumptions were changed.
fn weakest(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    let found = analysis.robustness.iter().enumerate();
    let (place, firm) = found
        .filter_map(|(i, r)| Some((i, r, r.robustness?)))
        .min_by_key(|(i, _, swaps)| (*swaps, *i))
        .map(|(i, r, _)| (i, r))?;
    let (party, own) = firm
        .parties
        .iter()
        .filter(|(_, own)| own.swaps.is_some())
        .min_by_key(|(_, own)| own.swaps)?;
    let at = Pointer::to("analysis")
        .key("robustness")
        .index(place)
        .key("parties")
        .key(party);
    let sentence = Sentence::new("answer.weakest")
        .words("The first to break would be ")
        .parts(words::brief(c, firm.state))
        .words(": ")
        .part(Inline::name(party))
        .words(" leaves it once it ranks it ")
        .parts(words::amount(
            c,
            &at.key("swaps"),
            own.swaps.unwrap_or_default() as usize,
            "step lower.",
            "steps lower.",
        ));
    Some(sentence.see(anchor::table("equilibria")))
}

/// What becomes of the outcome that is most in doubt.
fn doubted(c: &Composer<'_>) -> Option<Sentence> {
    let doubt = c.dossier.doubt.as_ref()?;
    let place = super::unknown::doubt::main(doubt)?;
    let shares = &doubt.concepts.get(place)?.classes;
    let open = shares.iter().filter(|(_, s)| !s.always && !s.never);
    let (class, _) = open.min_by(|(_, a), (_, b)| {
        let far = |s: &crate::doubt::ShareEntry| (s.probability.value - 0.5).abs();
        far(a).total_cmp(&far(b))
    })?;
    let at = Pointer::to("doubt")
        .key("concepts")
        .index(place)
        .key("classes")
        .key(class);
    let assumed = doubt.doubts.iter().any(|d| d.assumed);
    let sentence = Sentence::new("answer.doubt")
        .words("When what is in doubt about preferences is weighed, ")
        .parts(words::class(Some(class)))
        .words(" would hold with a probability of ")
        .part(c.number(&at.key("probability").key("value"), Form::Percent(0)))
        .words(if assumed {
            "; the text does not give all the odds, and where it does not they are assumed."
        } else {
            "."
        });
    Some(sentence.see(anchor::table("doubt")))
}

/// What is most probable on the last day.
fn forecast(c: &Composer<'_>) -> Option<Sentence> {
    let forecast = c.dossier.forecast.as_ref()?;
    let last = forecast.dates.len().checked_sub(1)?;
    let targets = forecast.targets.iter().enumerate();
    let (place, target, _) = targets
        .filter_map(|(i, t)| Some((i, t, t.at.get(last)?)))
        .max_by(|a, b| a.2.value.total_cmp(&b.2.value).then(b.0.cmp(&a.0)))?;
    let at = Pointer::to("forecast")
        .key("targets")
        .index(place)
        .key("at")
        .index(last);
    let date = c.number(
        &Pointer::to("forecast").key("dates").index(last),
        Form::AsIs,
    );
    let found = target.at.get(last)?;
    let sentence = Sentence::new("answer.forecast")
        .words("The most probable outcome on ")
        .part(date)
        .words(" is ")
        .parts(words::class(Some(&target.name)))
        .words(": ")
        .part(c.told(&at.key("word")))
        .words(" (")
        .part(c.number(&at.key("value"), Form::Percent(0)));
    let sentence = if found.standard_error.is_some() {
        sentence
            .words("), by an estimate with a standard error of ")
            .part(c.number(&at.key("standard_error"), Form::Percent(2)))
            .words(".")
    } else {
        sentence.words("), if what the forecast assumes is so.")
    };
    Some(sentence.see(anchor::table("likely")))
}
