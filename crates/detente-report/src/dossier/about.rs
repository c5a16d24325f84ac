//! What a negotiation says of itself, in the words of the language.

use detente_analysis::model::syntax::ast::{
    Agent, Citation, Direction, Document, Formula, Party, Preferences, RankGroup, RankItem,
    Strength,
};

use super::titled::titled;
use super::{About, ClassAbout, PartyAbout, RuleAbout, Want};
use crate::terms::cited;

impl About {
    /// What a document says; the changes of variants have been made in it.
    pub fn of(document: &Document) -> Self {
        Self {
            parties: document
                .parties
                .iter()
                .map(|p| party(document, p))
                .collect(),
            rules: rules(document),
            classes: document
                .classes
                .iter()
                .map(|class| ClassAbout {
                    name: class.name.clone(),
                    when: class
                        .when
                        .as_ref()
                        .map_or_else(|| "otherwise".to_owned(), ToString::to_string),
                    cites: cited(&class.cites),
                })
                .collect(),
            variants: document
                .variants
                .iter()
                .map(|v| v.name.text.clone())
                .collect(),
        }
    }
}

fn party(document: &Document, party: &Party) -> PartyAbout {
    let wants = |stated: &Preferences| self::wants(document, &party.name.text, stated);
    let wants = party.preferences.as_ref().map_or_else(
        || {
            let candidates = party.candidates.iter();
            candidates.flat_map(|c| wants(&c.preferences)).collect()
        },
        &wants,
    );
    PartyAbout {
        name: party.name.text.clone(),
        title: party.title.clone(),
        agents: party.agents.iter().map(agent).collect(),
        wants,
    }
}

fn agent(agent: &Agent) -> String {
    let name = agent.title.as_ref().unwrap_or(&agent.name.text);
    match &agent.role {
        Some(role) => format!("{name}, {role}"),
        None => name.clone(),
    }
}

fn wants(document: &Document, party: &str, preferences: &Preferences) -> Vec<Want> {
    let plain = |formula: &Formula| formula.to_string();
    let titled = |formula: &Formula| titled(document, party, formula);
    match preferences {
        Preferences::Statements(statements) => statements
            .iter()
            .map(|one| Want {
                label: one.label.as_ref().map(|l| l.text.clone()),
                says: plain(&one.formula),
                titled: titled(&one.formula),
                doubtful: !one.certainty.is_certain(),
                strength: strength(one.strength),
                cites: cited(&one.cites),
            })
            .collect(),
        Preferences::Ranks(groups) => groups
            .iter()
            .map(|one| Want {
                label: None,
                says: group(one, &plain),
                titled: group(one, &titled),
                doubtful: false,
                strength: strength(one.strength),
                cites: Vec::new(),
            })
            .collect(),
        Preferences::Weights(lines) => lines
            .iter()
            .map(|one| Want {
                label: None,
                says: format!("{}: {}", one.weight.text, one.formula),
                titled: format!("{}: {}", one.weight.text, titled(&one.formula)),
                doubtful: false,
                strength: None,
                cites: cited(&one.cites),
            })
            .collect(),
    }
}

fn strength(strength: Strength) -> Option<String> {
    (strength != Strength::PLAIN).then(|| strength.degree().to_string())
}

fn group(group: &RankGroup, said: &impl Fn(&Formula) -> String) -> String {
    let items = group.items.iter().map(|item| match item {
        RankItem::State(name) => name.text.clone(),
        RankItem::Formula(formula) => said(formula),
        RankItem::Rest(_) => "rest".to_owned(),
    });
    items.collect::<Vec<_>>().join(" ~ ")
}

/// What is not feasible, what follows of itself, what may not be done, and what cannot be undone.
fn rules(document: &Document) -> Vec<RuleAbout> {
    let rule = |says: String, because: &Option<String>, cites: &[Citation]| RuleAbout {
        says,
        because: because.clone(),
        cites: cited(cites),
    };
    let never = document
        .never
        .iter()
        .map(|r| rule(format!("never {}", r.formula), &r.because, &r.cites));
    let when = document.when.iter().map(|r| {
        let then: Vec<String> = r.then.iter().map(ToString::to_string).collect();
        let says = format!("when {} then {}", r.condition, then.join(", "));
        rule(says, &r.because, &r.cites)
    });
    let no_move = document.no_move.iter().map(|r| {
        let by = r.party.as_ref().map(|p| format!(" by {p}"));
        let by = by.unwrap_or_default();
        let says = format!("no move{by} from {} to {}", r.from, r.to);
        rule(says, &r.because, &r.cites)
    });
    let one_way = document.parties.iter().flat_map(|party| {
        let options = party.options.iter();
        options.filter_map(move |option| {
            let word = match option.direction {
                Direction::Both => return None,
                Direction::OnlyOn => "irreversible",
                Direction::OnlyOff => "only off",
            };
            let says = format!("{word} {}.{}", party.name, option.name);
            Some(rule(says, &None, &option.cites))
        })
    });
    never.chain(when).chain(no_move).chain(one_way).collect()
}
