//! Relabelling: the order of parties, options and states changes no verdict.

use detente_model::model::{Model, NamedState, Preferences, RankItem, StatusQuo};
use detente_model::{Condition, Expr, Literal, OptionId, PartyId};

use super::{Given, Held, base, of_changed, same};
use crate::case::Case;
use crate::examiner::Subject;
use crate::random::Random;
use crate::verdicts::Verdicts;

/// For each party, option and listed state its new place.
struct Relabelling {
    parties: Vec<usize>,
    options: Vec<usize>,
    states: Vec<usize>,
}

pub(super) fn run(_: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let Some(before) = base(given) else {
        return Ok(0);
    };
    let model = subject.model;
    let graph = model.form == detente_model::model::Form::Graph;
    let mut random = Random::new(1, subject.number);
    let mut shuffled = |count: usize| {
        let mut places: Vec<usize> = (0..count).collect();
        random.shuffle(&mut places);
        places
    };
    let to = Relabelling {
        parties: shuffled(model.parties.len()),
        options: shuffled(model.options.len()),
        states: if graph {
            shuffled(model.states.len())
        } else {
            (0..model.states.len()).collect()
        },
    };
    let after = of_changed(&to.model(model), subject)?;
    same(before, &to.undone(&after, graph))
}

/// The list with each element at its new place.
fn moved<T: Clone>(list: &[T], to: &[usize]) -> Vec<T> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|k| to[*k]);
    order.into_iter().map(|k| list[k].clone()).collect()
}

impl Relabelling {
    fn option(&self, option: OptionId) -> OptionId {
        OptionId(self.options[option.index()] as u32)
    }

    fn node(&self, node: u32) -> u32 {
        self.states[node as usize] as u32
    }

    fn expr(&self, expr: &Expr) -> Expr {
        let all = |parts: &[Expr]| parts.iter().map(|p| self.expr(p)).collect();
        match expr {
            Expr::Constant(value) => Expr::Constant(*value),
            Expr::Literal(l) => Expr::Literal(Literal {
                option: self.option(l.option),
                ..*l
            }),
            Expr::Node(node) => Expr::Node(self.node(*node)),
            Expr::Not(inner) => Expr::Not(Box::new(self.expr(inner))),
            Expr::And(parts) => Expr::And(all(parts)),
            Expr::Or(parts) => Expr::Or(all(parts)),
            Expr::Count { count, number, of } => Expr::Count {
                count: *count,
                number: *number,
                of: all(of),
            },
        }
    }

    fn condition(&self, condition: &mut Condition) {
        condition.expr = self.expr(&condition.expr);
    }

    fn preferences(&self, preferences: &mut Preferences) {
        match preferences {
            Preferences::Unstated => {}
            Preferences::Statements(list) => {
                for statement in list {
                    self.condition(&mut statement.condition);
                }
            }
            Preferences::Weights(list) => {
                for (_, condition) in list {
                    self.condition(condition);
                }
            }
            Preferences::Ranks(tiers) => {
                for item in tiers.iter_mut().flat_map(|t| &mut t.items) {
                    if let RankItem::Matching(condition) = item {
                        self.condition(condition);
                    }
                }
            }
        }
    }

    fn model(&self, model: &Model) -> Model {
        let mut out = model.clone();
        for party in &mut out.parties {
            for option in &mut party.options {
                *option = self.option(*option);
            }
            party.options.sort_unstable();
            for (from, to) in &mut party.moves {
                (*from, *to) = (self.node(*from), self.node(*to));
            }
            self.preferences(&mut party.preferences);
        }
        out.parties = moved(&out.parties, &self.parties);
        for option in &mut out.options {
            option.owner = PartyId(self.parties[option.owner.index()] as u16);
        }
        out.options = moved(&out.options, &self.options);
        for rule in &mut out.rules {
            self.condition(&mut rule.condition);
        }
        for rule in &mut out.consequences {
            self.condition(&mut rule.condition);
            for (option, _) in &mut rule.then {
                *option = self.option(*option);
            }
        }
        for rule in &mut out.prohibitions {
            rule.party = rule.party.map(|p| PartyId(self.parties[p.index()] as u16));
            self.condition(&mut rule.from);
            self.condition(&mut rule.to);
        }
        for class in &mut out.classes {
            self.condition(&mut class.condition);
        }
        for NamedState { assignment, .. } in &mut out.states {
            if !assignment.is_empty() {
                *assignment = moved(assignment, &self.options);
            }
        }
        out.states = moved(&out.states, &self.states);
        if let Some(StatusQuo {
            assignment, node, ..
        }) = &mut out.status_quo
        {
            if !assignment.is_empty() {
                *assignment = moved(assignment, &self.options);
            }
            *node = node.map(|n| self.node(n));
        }
        out
    }

    /// Verdicts on the relabelled model, said of the model as it was.
    fn undone(&self, after: &Verdicts, graph: bool) -> Verdicts {
        let mut out = after.clone();
        for state in &mut out.states {
            *state = if graph {
                let was = |new: u16| self.states.iter().position(|n| *n == usize::from(new));
                state
                    .iter()
                    .filter_map(|n| was(*n))
                    .map(|n| n as u16)
                    .collect()
            } else {
                self.options.iter().map(|new| state[*new]).collect()
            };
        }
        for table in &mut out.tables {
            table.stable = self
                .parties
                .iter()
                .map(|new| table.stable[*new].clone())
                .collect();
            table.judged = self
                .parties
                .iter()
                .map(|new| table.judged[*new].clone())
                .collect();
        }
        out
    }
}
