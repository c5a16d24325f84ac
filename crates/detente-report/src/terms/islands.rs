//! Islands of agreement: the serialisable form and the text.

use detente_analysis::Game;
use detente_analysis::Stop;
use detente_analysis::model::PartyId;
use detente_analysis::model::model::Preferences;
use detente_analysis::terms::Reader;
use detente_analysis::terms::islands::{Agreed, Contested, Direction, Islands, Wish};

use super::build::{reading, relation};
use super::cited;
use super::finding::{
    DirectionFinding, FactFinding, IslandsFinding, OpposedFinding, SharedFinding, WishFinding,
};
use crate::style::Page;
use crate::words;

/// How many facts or wishes of one sort are written out in the text.
const MOST_SHOWN: usize = 20;

pub(super) fn finding(game: &Game<'_>, islands: &Islands) -> IslandsFinding {
    let wishes = |list: &[Wish]| list.iter().map(|w| wish(game, *w)).collect::<Vec<_>>();
    let parties: Vec<PartyId> = game.model.party_ids().collect();
    let mut directions = vec![direction(game, &parties, &islands.all)];
    if parties.len() > 2 {
        let each = islands.each_two.iter();
        directions.extend(each.map(|(a, b, found)| direction(game, &[*a, *b], found)));
    }
    IslandsFinding {
        agreed: islands.agreed.iter().map(|a| agreed(game, a)).collect(),
        contested: islands
            .contested
            .iter()
            .map(|c| contested(game, c))
            .collect(),
        shared: islands
            .shared
            .iter()
            .map(|s| SharedFinding {
                wishes: wishes(&s.wishes),
                states: s.states,
            })
            .collect(),
        opposed: islands
            .opposed
            .iter()
            .map(|o| OpposedFinding {
                wanted: wishes(&o.wanted),
                unwanted: wishes(&o.unwanted),
                states: o.states,
            })
            .collect(),
        directions,
    }
}

fn wish(game: &Game<'_>, (party, place): Wish) -> WishFinding {
    let statement = match &game.model.party(party).preferences {
        Preferences::Statements(list) => list.get(place),
        _ => None,
    };
    WishFinding {
        party: words::party(game, party).to_owned(),
        place: place + 1,
        text: statement.map_or_else(String::new, |s| s.condition.text.clone()),
        cites: statement.map_or_else(Vec::new, |s| cited(&s.cites)),
    }
}

fn direction(
    game: &Game<'_>,
    parties: &[PartyId],
    found: &Result<Direction, Stop>,
) -> DirectionFinding {
    let number = |of: fn(&Direction) -> u128| found.as_ref().ok().map(|d| of(d).to_string());
    DirectionFinding {
        parties: parties
            .iter()
            .map(|p| words::party(game, *p).to_owned())
            .collect(),
        pairs: number(|d| d.pairs),
        same: number(|d| d.same),
        opposite: number(|d| d.opposite),
        stopped: found.as_ref().err().map(ToString::to_string),
    }
}

fn fact(kind: &str, text: String) -> FactFinding {
    FactFinding {
        kind: kind.to_owned(),
        text,
        because: None,
        states: None,
        example: None,
        cites: Vec::new(),
    }
}

fn agreed(game: &Game<'_>, fact_found: &Agreed) -> FactFinding {
    let model = game.model;
    match fact_found {
        Agreed::Rule(i) => {
            let rule = &model.rules[*i];
            FactFinding {
                because: rule.because.clone(),
                cites: cited(&rule.cites),
                ..fact("never", format!("never {}", rule.condition.text))
            }
        }
        Agreed::Consequence(i) => {
            let rule = &model.consequences[*i];
            let text = format!("when {} then {}", rule.condition.text, rule.then_text);
            FactFinding {
                because: rule.because.clone(),
                cites: cited(&rule.cites),
                ..fact("when", text)
            }
        }
        Agreed::Prohibition(i) => {
            let rule = &model.prohibitions[*i];
            let by = rule
                .party
                .map_or_else(String::new, |p| format!(" by {}", words::party(game, p)));
            let text = format!("no move{by} from {} to {}", rule.from.text, rule.to.text);
            FactFinding {
                because: rule.because.clone(),
                ..fact("no_move", text)
            }
        }
        Agreed::Stated(term, i) => {
            let stated = &model.terms[*term].stated[*i];
            let quote = detente_model::syntax::quote(&stated.quote);
            FactFinding {
                cites: vec![stated.source.text.clone()],
                ..fact("stated", format!("the words {quote}"))
            }
        }
        Agreed::Term(term) => {
            let name = &model.terms[*term].name;
            fact("term", format!("all readings of `{name}` say the same"))
        }
        Agreed::Known { term, by, to } => {
            let of = &model.terms[*term];
            let said = of.communicated.iter();
            let said = said.filter(|c| c.by == *by && c.to == *to);
            let text = format!(
                "{} knows how {} reads `{}`",
                words::party(game, *to),
                words::party(game, *by),
                of.name
            );
            FactFinding {
                cites: said.flat_map(|c| cited(&c.cites)).collect(),
                ..fact("known", text)
            }
        }
        Agreed::Options => {
            let count = words::count(model.options.len(), "option");
            fact("options", format!("what can be done: all know the {count}"))
        }
        _ => fact("other", String::new()),
    }
}

fn who(game: &Game<'_>, reader: Reader) -> String {
    super::reader_name(game, reader).unwrap_or_else(|| "the analyst".to_owned())
}

fn contested(game: &Game<'_>, fact_found: &Contested) -> FactFinding {
    match fact_found {
        Contested::Reading {
            term,
            first,
            second,
            relation: how,
            states,
            example,
        } => {
            let of = &game.model.terms[*term];
            let said = |reader| {
                reading(of, reader)
                    .map_or_else(Default::default, |(c, cites)| (c.text.clone(), cites))
            };
            let ((a, mut cites), (b, more)) = (said(*first), said(*second));
            cites.extend(more);
            let text = format!(
                "what `{}` means ({}): {a} ({}); {b} ({})",
                of.name,
                relation(*how).replace('_', " "),
                who(game, *first),
                who(game, *second)
            );
            FactFinding {
                states: Some(*states),
                example: Some(game.id(*example)),
                cites,
                ..fact("reading", text)
            }
        }
        Contested::Unclear { term, by, to } => {
            let of = &game.model.terms[*term];
            let said = of.communicated.iter();
            let said = said.filter(|c| c.by == *by && c.to == *to);
            let text = format!(
                "whether {} knows how {} reads `{}`",
                words::party(game, *to),
                words::party(game, *by),
                of.name
            );
            FactFinding {
                cites: said.flat_map(|c| cited(&c.cites)).collect(),
                ..fact("unclear", text)
            }
        }
        Contested::Believed(belief) => FactFinding {
            cites: cited(&belief.cites),
            ..fact(
                "believed",
                format!(
                    "in the eyes of {}: {}",
                    belief.path.join(", and as it thinks of "),
                    belief.text
                ),
            )
        },
        _ => fact("other", String::new()),
    }
}

/// `[scmp ¶5, ¶7]` after a blank, or nothing.
pub(super) fn in_brackets(cites: &[String]) -> String {
    if cites.is_empty() {
        String::new()
    } else {
        format!(" [{}]", cites.join(", "))
    }
}

/// The table as text.
pub(super) fn add(page: &mut Page, game: &Game<'_>, islands: &IslandsFinding) {
    page.heading("Islands of agreement: facts that nobody disputes");
    facts(page, &islands.agreed);
    page.heading("Facts on which the parties part");
    facts(page, &islands.contested);
    page.heading("What parties want in common");
    page.gap();
    let wish = |w: &WishFinding| {
        format!(
            "{} ({}.) {}{}",
            w.party,
            w.place,
            w.text,
            in_brackets(&w.cites)
        )
    };
    let all = |list: &[WishFinding]| list.iter().map(wish).collect::<Vec<_>>().join("; ");
    let feasible = game.space.len();
    for shared in islands.shared.iter().take(MOST_SHOWN) {
        let text = format!(
            "{}: holds in {} of {feasible} states",
            all(&shared.wishes),
            shared.states
        );
        page.hanging("  - ", "    ", &text);
    }
    rest(page, islands.shared.len());
    page.heading("What one party wants and another wants not");
    page.gap();
    for opposed in islands.opposed.iter().take(MOST_SHOWN) {
        let text = format!(
            "{}; against {}",
            all(&opposed.wanted),
            all(&opposed.unwanted)
        );
        page.hanging("  - ", "    ", &text);
    }
    rest(page, islands.opposed.len());
    page.heading("In which direction pairs of states are ranked");
    page.gap();
    let share = |part: &Option<String>, whole: &Option<String>| match (part, whole) {
        (Some(part), Some(whole)) => format!("{part} ({})", percent(part, whole)),
        _ => "not counted".to_owned(),
    };
    let rows: Vec<Vec<String>> = islands
        .directions
        .iter()
        .map(|d| {
            vec![
                d.parties.join(" + "),
                d.pairs.clone().unwrap_or_else(|| "not counted".to_owned()),
                share(&d.same, &d.pairs),
                share(&d.opposite, &d.pairs),
            ]
        })
        .collect();
    let header = ["parties", "pairs", "same direction", "opposite"].map(str::to_owned);
    page.table(&header, &rows, &[false, true, true, true]);
}

fn facts(page: &mut Page, facts: &[FactFinding]) {
    page.gap();
    for fact in facts.iter().take(MOST_SHOWN) {
        let mut text = fact.text.clone();
        if let Some(because) = &fact.because {
            text.push_str(&format!(
                ", because {}",
                detente_model::syntax::quote(because)
            ));
        }
        if let (Some(states), Some(example)) = (fact.states, fact.example) {
            let states = words::count(states, "state");
            text.push_str(&format!("; they part in {states}, such as {example}"));
        }
        text.push_str(&in_brackets(&fact.cites));
        page.hanging("  - ", "    ", &text);
    }
    rest(page, facts.len());
}

/// What is said after a list of so many.
fn rest(page: &mut Page, count: usize) {
    if count == 0 {
        page.paragraph("  None.");
    }
    if count > MOST_SHOWN {
        page.more(count - MOST_SHOWN);
    }
}

/// A share in whole per cent, rounded down; exact numbers stand beside it.
fn percent(part: &str, whole: &str) -> String {
    match (part.parse::<u128>(), whole.parse::<u128>()) {
        (Ok(part), Ok(whole)) if whole > 0 => format!("{}%", part.saturating_mul(100) / whole),
        _ => "-".to_owned(),
    }
}
