//! What the report is about: the parties, what each can do and wants, how large the conflict is, and by which rule
//! outcomes are judged.

use detente_analysis::concept::{ConceptInfo, concepts};

use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::dossier::{PartyAbout, RuleAbout, Want};
use crate::finding::{Analysis, State};

/// So many wants of one party are told.
const WANTS: usize = 5;

/// So many rules of what cannot be are told.
const RULES: usize = 12;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let dossier = c.dossier;
    if dossier.analysis.is_none() && dossier.survey.is_none() {
        return None;
    }
    let mut section = Section::new("question", "The question");
    let mut opening = vec![subject(c)];
    opening.extend(variants(c));
    opening.push(asked(c));
    section.paragraph(opening);
    let items: Vec<Item> = (0..dossier.about.parties.len())
        .map(|p| party(c, p))
        .collect();
    if !items.is_empty() {
        section.blocks.push(Block::List {
            ordered: false,
            items,
        });
    }
    section.paragraph(size(c));
    let rules = &dossier.about.rules;
    if !rules.is_empty() {
        let sentence = Sentence::new("question.rules")
            .words("What cannot be together, and what follows of itself or cannot be undone:")
            .on(Ground::Stated(Pointer::to("about").key("rules")));
        section.paragraph(vec![sentence]);
        let items = rules.iter().enumerate().take(RULES);
        section.blocks.push(Block::List {
            ordered: false,
            items: items
                .map(|(place, rule)| self::rule(c, place, rule))
                .collect(),
        });
    }
    section.paragraph(judging(c));
    Some(section)
}

fn party_count(c: &Composer<'_>) -> (usize, Pointer) {
    let about = &c.dossier.about.parties;
    if !about.is_empty() {
        return (about.len(), Pointer::to("about").key("parties"));
    }
    match (&c.dossier.analysis, &c.dossier.survey) {
        (Some(a), _) => (a.parties.len(), Pointer::to("analysis").key("parties")),
        (None, Some(s)) => (s.parties.len(), Pointer::to("survey").key("parties")),
        (None, None) => (0, Pointer::to("analysis")),
    }
}

/// What it is called, as of when, and how many take part.
fn subject(c: &Composer<'_>) -> Sentence {
    let sentence = Sentence::new("question.subject").words("This report is about ");
    let sentence = match &c.dossier.negotiation {
        Some(title) => sentence.parts(words::quoted(title)),
        None => sentence.words("a negotiation without a title"),
    };
    let sentence = if c.dossier.as_of.is_some() {
        sentence
            .words(", with what is known on ")
            .part(c.number(&Pointer::to("as_of"), Form::AsIs))
    } else {
        sentence
    };
    let (number, at) = party_count(c);
    sentence
        .words(". It has ")
        .parts(words::count(c, &at, number, "party", "parties"))
        .words(".")
        .on(Ground::Stated(at))
}

/// The changes that were made before anything was asked.
fn variants(c: &Composer<'_>) -> Option<Sentence> {
    let variants = &c.dossier.variants;
    if variants.is_empty() {
        return None;
    }
    let each = variants
        .iter()
        .map(|v| vec![Inline::Code(v.clone())])
        .collect();
    let sentence = Sentence::new("question.variants")
        .words("It is told with the changes of the ")
        .part(words::verb(variants.len(), "variant ", "variants "))
        .parts(words::list(each))
        .words(".")
        .on(Ground::Stated(Pointer::to("variants")));
    Some(sentence)
}

/// What is asked.
fn asked(c: &Composer<'_>) -> Sentence {
    Sentence::new("question.asked")
        .words(
            "The question is which outcomes would last, how they are reached from where things stand, and what would \
             have to change for others to last.",
        )
        .see(if c.dossier.summary.is_some() || c.dossier.survey.is_some() {
            "answer"
        } else {
            "question"
        })
}

/// A party: its full name, who speaks for it, what it can do and what it wants.
fn party(c: &Composer<'_>, place: usize) -> Item {
    let about = &c.dossier.about.parties[place];
    let at = Pointer::to("about").key("parties").index(place);
    let mut first =
        Sentence::new("question.party").part(Inline::Strong(vec![Inline::name(&about.name)]));
    if let Some(title) = about.title.as_deref().filter(|t| *t != about.name) {
        first = first.words(" is ").part(Inline::name(title));
        if !about.agents.is_empty() {
            first = first.words("; ").parts(words::names(&about.agents));
            first = first.part(words::verb(
                about.agents.len(),
                " speaks for it",
                " speak for it",
            ));
        }
    } else if about.agents.is_empty() {
        first = first.words(" is a party");
    } else {
        first = first
            .words(" speaks through ")
            .parts(words::names(&about.agents));
    }
    let mut sentences = vec![first.words(".").on(Ground::Stated(at.clone()))];
    sentences.extend(can(c, about, &at));
    let mut items = Vec::new();
    if let Some(sentence) = wants(about, &at) {
        items = about
            .wants
            .iter()
            .enumerate()
            .take(WANTS)
            .map(|(i, w)| want(c, &at.key("wants").index(i), w))
            .collect();
        sentences.push(sentence);
    } else if let Some(sentence) = ranked(c, &about.name) {
        sentences.push(sentence);
    }
    Item { sentences, items }
}

/// What a party can do.
fn can(c: &Composer<'_>, about: &PartyAbout, at: &Pointer) -> Option<Sentence> {
    let analysis = c.dossier.analysis.as_ref()?;
    let sentence = Sentence::new("question.can").on(Ground::Stated(at.clone()));
    if analysis.options.is_empty() {
        let place = analysis.parties.iter().position(|p| p.name == about.name)?;
        let from = Pointer::to("analysis")
            .key("parties")
            .index(place)
            .key("moves");
        let number = analysis.parties[place].moves;
        return Some(
            sentence
                .words("It has ")
                .parts(words::amount(c, &from, number, "move", "moves"))
                .words(" between the states."),
        );
    }
    let mut each = Vec::new();
    for option in &analysis.options {
        let own = option
            .name
            .strip_prefix(&about.name)
            .and_then(|o| o.strip_prefix('.'));
        let Some(own) = own else {
            continue;
        };
        let mut line = vec![Inline::Code(own.to_owned())];
        if let Some(title) = &option.title {
            line.push(say(" (“"));
            line.push(Inline::name(title));
            line.push(say("”"));
            if !option.levels.is_empty() {
                line.push(say(": "));
                line.extend(words::names(&option.levels));
            }
            line.push(say(")"));
        } else if !option.levels.is_empty() {
            line.push(say(" ("));
            line.extend(words::names(&option.levels));
            line.push(say(")"));
        }
        each.push(line);
    }
    if each.is_empty() {
        return Some(sentence.words("It has no option of its own."));
    }
    Some(
        sentence
            .words("It decides on ")
            .parts(words::list(each))
            .words("."),
    )
}

/// What introduces the wants of a party.
fn wants(about: &PartyAbout, at: &Pointer) -> Option<Sentence> {
    let words = match about.wants.len() {
        0 => return None,
        1 => "It wants one thing:",
        n if n <= WANTS => "It wants, most important first:",
        _ => "It wants above all, most important first:",
    };
    Some(
        Sentence::new("question.wants")
            .words(words)
            .on(Ground::Stated(at.key("wants"))),
    )
}

/// One thing that a party wants, with what is said of it.
fn want(c: &Composer<'_>, at: &Pointer, want: &Want) -> Item {
    let mut sentence = Sentence::new("question.want").part(Inline::Code(want.says.clone()));
    if let Some(strength) = &want.strength {
        sentence = sentence.words(" (").part(Inline::name(strength)).words(")");
    }
    if want.doubtful {
        sentence = sentence.words(", which is in doubt");
    }
    let sentence = sentence
        .words(".")
        .on(Ground::Stated(at.clone()))
        .on_all(c.cited(&want.cites));
    Item {
        sentences: vec![sentence],
        items: Vec::new(),
    }
}

/// What a party ranks first and last, where it says no wants.
fn ranked(c: &Composer<'_>, party: &str) -> Option<Sentence> {
    let states = &c.dossier.analysis.as_ref()?.states;
    let rank = |s: &&State| s.ranks.get(party).copied();
    let best = states
        .iter()
        .filter(|s| rank(s).is_some())
        .max_by_key(|s| (rank(s), std::cmp::Reverse(s.id)))?;
    let worst = states
        .iter()
        .filter(|s| rank(s).is_some())
        .min_by_key(|s| (rank(s), s.id))?;
    if rank(&best) == rank(&worst) {
        return None;
    }
    let alike = |one: &State| states.iter().filter(|s| rank(s) == rank(&one)).count() > 1;
    let sentence = Sentence::new("question.ranked")
        .words(if alike(best) {
            "Among the states that it likes best is "
        } else {
            "It would like best "
        })
        .parts(words::state(c, best.id))
        .words(if alike(worst) {
            ", and among those that it likes least "
        } else {
            ", and least "
        })
        .parts(words::state(c, worst.id))
        .words(".")
        .see(anchor::state(best.id))
        .see(anchor::state(worst.id));
    Some(sentence)
}

/// How many states there are, and what a state is.
fn size(c: &Composer<'_>) -> Vec<Sentence> {
    let Some(analysis) = &c.dossier.analysis else {
        return super::survey::size(c);
    };
    let at = Pointer::to("analysis").key("size");
    let states = words::amount(
        c,
        &at.key("feasible"),
        analysis.size.feasible,
        "possible state",
        "possible states",
    );
    let sentence = Sentence::new("question.size");
    let sentence = if analysis.options.is_empty() {
        sentence.words("The conflict has ").parts(states)
    } else if analysis.size.raw.is_some() {
        sentence
            .words("Of ")
            .part(c.number(&at.key("raw"), Form::Whole))
            .words(" combinations of what they can do, those that can be together make ")
            .parts(states)
    } else {
        sentence
            .words("What they can do together makes ")
            .parts(states)
    };
    let mut out = vec![
        sentence
            .words("; each has a number, by which the text refers to it.")
            .see(super::states_anchor(c)),
    ];
    if let Some(here) = analysis.status_quo {
        let sentence = Sentence::new("question.here")
            .words("Things stand now at ")
            .parts(words::state(c, here))
            .words(".");
        out.push(sentence.see(anchor::state(here)));
    } else {
        let sentence = Sentence::new("question.nowhere")
            .words("The file does not say where things stand, so that nothing is said of how outcomes are reached.");
        out.push(sentence.on(Ground::Stated(Pointer::to("analysis").key("status_quo"))));
    }
    out
}

/// A rule of what cannot be.
fn rule(c: &Composer<'_>, place: usize, rule: &RuleAbout) -> Item {
    let at = Pointer::to("about").key("rules").index(place);
    let mut sentence = Sentence::new("question.rule").part(Inline::Code(rule.says.clone()));
    if rule.because.is_some() {
        sentence = sentence
            .words(", because ")
            .part(c.told(&at.key("because")));
    }
    Item {
        sentences: vec![
            sentence
                .words(".")
                .on(Ground::Stated(at))
                .on_all(c.cited(&rule.cites)),
        ],
        items: Vec::new(),
    }
}

/// What the registry says of a concept by its name, such as `seq`, `l3` or `stackelberg_US`.
pub(super) fn info(name: &str) -> Option<&'static ConceptInfo> {
    let family = |info: &&ConceptInfo| match info.id.split_once('<') {
        None => info.id == name,
        Some((start, _)) => name.strip_prefix(start).is_some_and(|rest| {
            start.ends_with('_') || (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        }),
    };
    concepts().iter().find(family)
}

/// The name of a concept in running text, with its short name: `sequential stability (seq)`.
pub(super) fn concept(name: &str) -> Line {
    let mut line = Vec::new();
    if let Some(info) = info(name) {
        line.push(Inline::Words(in_text(info.name).into()));
        line.push(say(" ("));
        line.push(Inline::Code(name.to_owned()));
        line.push(say(")"));
    } else {
        line.push(Inline::Code(name.to_owned()));
    }
    line
}

fn in_text(name: &str) -> String {
    const PROPER: [&str; 2] = ["Nash", "Stackelberg"];
    if PROPER.iter().any(|p| name.starts_with(p)) {
        name.to_owned()
    } else {
        name.to_lowercase()
    }
}

/// By which rule outcomes are judged, in plain words.
fn judging(c: &Composer<'_>) -> Vec<Sentence> {
    let mut out = vec![
        Sentence::new("question.holds")
            .words(
                "An outcome is said to hold when no party has reason to leave it by a move of its own. What counts as \
                 a reason depends on how far parties look ahead.",
            )
            .see(anchor::table("classes")),
    ];
    let Some(analysis) = &c.dossier.analysis else {
        return super::survey::judging(c);
    };
    if c.dossier.summary.is_none() {
        out.clear();
    }
    let stated = Ground::Stated(Pointer::to("analysis").key("settings"));
    if analysis.settings.by_party.is_empty() {
        out.push(by_rule(&analysis.settings.main, stated));
    } else {
        out.push(by_party(analysis, stated));
    }
    out.extend(refused(c, analysis));
    out.extend(stopped(c, analysis));
    out
}

/// The rule by which all judge.
pub(super) fn by_rule(main: &str, stated: Ground) -> Sentence {
    let sentence = Sentence::new("question.rule_of_judging")
        .words("Here the rule is ")
        .parts(concept(main));
    let sentence = match plainly(main) {
        Some(plain) => sentence.words(": ").words(plain),
        None => match info(main) {
            Some(info) => sentence
                .words(": a state holds for a party when ")
                .words(info.summary),
            None => sentence,
        },
    };
    sentence.words(".").on(stated)
}

/// A rule for readers who know none.
fn plainly(concept: &str) -> Option<&'static str> {
    Some(match concept {
        "nash" => {
            "a party leaves whenever a move of its own makes it better off at once, whatever follows"
        }
        "gmr" => {
            "a party stays if the others could answer every move that makes it better off so that it ends no better \
             off, whatever that costs them"
        }
        "smr" => {
            "a party stays if the others could answer every move that makes it better off so that it ends no better \
             off, whatever that costs them, and it could not make that good"
        }
        "seq" => {
            "a party stays if every move that makes it better off would be answered, by moves that the others \
             themselves gain from, so that it ends no better off"
        }
        "sseq" => {
            "a party stays if every move that makes it better off would be answered, by moves that the others \
             themselves gain from, so that it ends no better off and cannot make that good"
        }
        _ => return None,
    })
}

fn by_party(analysis: &Analysis, stated: Ground) -> Sentence {
    let each = analysis.settings.by_party.iter().map(|(party, name)| {
        let mut line = vec![Inline::name(party), say(" by ")];
        line.extend(concept(name));
        line
    });
    Sentence::new("question.rules_of_judging")
        .words("Here each party judges by a rule of its own: ")
        .parts(words::list(each.collect()))
        .words(".")
        .on(stated)
}

/// That the rule of the report does not apply.
pub(super) fn refused(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    let main = &analysis.settings.main;
    analysis.not_applicable.get(main)?;
    let at = Pointer::to("analysis").key("not_applicable").key(main);
    let sentence = Sentence::new("question.refused")
        .words("This rule cannot be applied: it ")
        .part(c.told(&at))
        .words(".");
    Some(sentence.on(Ground::Stated(at)))
}

/// That the computation did not come to its end.
pub(super) fn stopped(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    analysis.stopped.as_ref()?;
    let at = Pointer::to("analysis").key("stopped");
    let sentence = Sentence::new("question.stopped")
        .words("The computation stopped before its end, so that what follows is incomplete: ")
        .part(c.told(&at))
        .words(".");
    Some(sentence.on(Ground::Stated(at)))
}
