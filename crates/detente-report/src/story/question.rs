//! What the report is about: the parties, what each can do and wants, how large the conflict is, and by which rule
//! outcomes are judged.

use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::dossier::{PartyAbout, RuleAbout, Want};
use crate::finding::State;

/// So many wants of one party are told.
const WANTS: usize = 5;

/// Of an order of states so many are told.
const FIRST: usize = 3;

/// So many rules of what cannot be are told.
const RULES: usize = 6;

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
        if rules.len() > RULES {
            let sentence = Sentence::new("question.rules.more")
                .words("All ")
                .part(c.number(&Pointer::to("about").key("rules"), Form::Length))
                .words(" are in the appendix.")
                .see("preferences");
            section.paragraph(vec![sentence]);
        }
    }
    section.paragraph(super::judging::sentences(c));
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
    let ranks = ranks_states(c, about);
    if let Some(title) = about.title.as_deref().filter(|t| *t != about.name) {
        first = first.words(" stands for ").part(Inline::name(title));
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
    if ranks {
        let cites = about.wants.iter().flat_map(|w| c.cited(&w.cites));
        sentences.extend(ranked(c, &about.name).map(|s| s.on_all(cites)));
    } else if let Some(sentence) = wants(about, &at) {
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
    let sentence = Sentence::new("question.can").on(Ground::Stated(at.clone()));
    let Some(analysis) = &c.dossier.analysis else {
        return can_in_short(c, about, sentence);
    };
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

/// The same by bare names, when there are too many states to list.
fn can_in_short(c: &Composer<'_>, about: &PartyAbout, sentence: Sentence) -> Option<Sentence> {
    let options = c.dossier.survey.as_ref()?.options.iter();
    let own = options.filter_map(|o| o.strip_prefix(&about.name)?.strip_prefix('.'));
    let own: Vec<Line> = own.map(|o| vec![Inline::Code(o.to_owned())]).collect();
    if own.is_empty() {
        return None;
    }
    Some(
        sentence
            .words("It decides on ")
            .parts(words::list(own))
            .words("."),
    )
}

/// Whether a party says in which order it ranks the states, rather than what it wants of them.
fn ranks_states(c: &Composer<'_>, about: &PartyAbout) -> bool {
    let Some(analysis) = &c.dossier.analysis else {
        return false;
    };
    let is_state = |word: &str| {
        let named = |s: &State| s.name.as_deref() == Some(word) || s.id.to_string() == word;
        word == "rest" || analysis.states.iter().any(named)
    };
    let mut said = about
        .wants
        .iter()
        .take(WANTS)
        .flat_map(|w| w.says.split('='));
    !about.wants.is_empty() && said.all(|word| is_state(word.trim()))
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
        sentence = sentence.words("; this is in doubt");
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
    let mut order: Vec<(u32, u32)> = states
        .iter()
        .filter_map(|s| Some((*s.ranks.get(party)?, s.id)))
        .collect();
    order.sort_by_key(|(rank, id)| (std::cmp::Reverse(*rank), *id));
    let (best, worst) = (*order.first()?, *order.last()?);
    if best.0 == worst.0 {
        let sentence = Sentence::new("question.indifferent")
            .words("All states are equally good to it.")
            .see(super::states_anchor(c));
        return Some(sentence);
    }
    // In a row as long as each is ranked by itself.
    let distinct = order
        .windows(2)
        .take(FIRST)
        .take_while(|w| w[0].0 != w[1].0);
    let first: Vec<u32> = distinct.map(|w| w[0].1).collect();
    let alike = |rank| order.iter().filter(|(r, _)| *r == rank).count() > 1;
    let mut sentence = Sentence::new("question.ranked");
    let told: Vec<u32> = if first.is_empty() {
        vec![best.1]
    } else {
        first
    };
    sentence = sentence.words(if alike(best.0) {
        "Among the states that it likes best is "
    } else {
        "It would like best "
    });
    for (place, id) in told.iter().enumerate() {
        if place > 0 {
            sentence = sentence.words(", then ");
        }
        sentence = sentence.parts(words::state(c, *id)).see(anchor::state(*id));
    }
    Some(
        sentence
            .words(if alike(worst.0) {
                ", and among those that it likes least is "
            } else {
                ", and least "
            })
            .parts(words::state(c, worst.1))
            .words(".")
            .see(anchor::state(worst.1)),
    )
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
    } else if let Some(raw) = &analysis.size.raw {
        let sentence = sentence
            .words("What they can do combines in ")
            .part(c.number(&at.key("raw"), Form::Whole))
            .words(if raw == "1" { " way" } else { " ways" });
        if *raw == analysis.size.feasible.to_string() {
            sentence.words(", all of which are possible")
        } else {
            sentence
                .words(", of which ")
                .part(c.number(&at.key("feasible"), Form::Whole))
                .part(words::verb(
                    analysis.size.feasible,
                    " is possible",
                    " are possible",
                ))
        }
    } else {
        sentence
            .words("What they can do together makes ")
            .parts(states)
    };
    let mut out = vec![
        sentence
            .words(". Each is called a state, and has a number by which the text refers to it.")
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
