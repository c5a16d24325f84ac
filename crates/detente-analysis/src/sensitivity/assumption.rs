//! What can be doubted in a model, and how each assumption is changed.

use detente_model::model::{Form, Model, Preferences, Statement};
use detente_model::syntax::ast::Direction;
use detente_model::{OptionId, PartyId};

/// Which kinds of assumptions are doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Statements, rankings and weights.
    pub preferences: bool,
    /// Whether options can be taken back.
    pub directions: bool,
    /// `never` rules, forced consequences, prohibited transitions.
    pub rules: bool,
}

impl About {
    /// Every kind.
    pub const ALL: Self = Self {
        preferences: true,
        directions: true,
        rules: true,
    };
}

/// Something that the model takes for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// A preference statement of a party, by its place in the list.
    Statement(PartyId, usize),
    /// That a party prefers a tier of its ranking to the next one.
    Tiers(PartyId, usize),
    /// A weight of a party, by its place in the list.
    Weight(PartyId, usize),
    /// All statements that are not certain, of all parties together.
    Doubtful,
    /// In which direction an option may be moved.
    Direction(OptionId),
    /// A `never` rule, by its place.
    Rule(usize),
    /// A forced consequence, by its place.
    Consequence(usize),
    /// A prohibited transition, by its place.
    Prohibition(usize),
}

/// What is done to an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alteration {
    /// It is left out.
    Dropped,
    /// The party wants the opposite: the negated formula, or the negative weight.
    Reversed,
    /// It changes places with the one above it.
    Raised,
    /// It changes places with the one below it.
    Lowered,
    /// It becomes the most important.
    First,
    /// It becomes the least important.
    Last,
    /// The two tiers change places.
    Swapped,
    /// The option, which could be moved both ways, can be moved upwards only.
    Irreversible,
    /// The option, which could be moved one way only, can be moved both ways.
    Reversible,
}

/// One change of one assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// Which assumption.
    pub assumption: Assumption,
    /// What is done to it.
    pub alteration: Alteration,
}

/// The changes that are tried on a model, in the order of the model: of every statement that it is
/// dropped, reversed, raised and lowered by one place, made the most and the least important (a place that
/// is one step away is not tried twice); of every ranking the exchange of neighbouring tiers; of every
/// weight but zero that it is dropped and reversed; where several statements are doubtful, that all of
/// them are dropped; the direction of every option; every `never` rule, forced consequence and prohibited
/// transition dropped.
pub fn changes(model: &Model, about: About) -> Vec<Change> {
    let mut list = Vec::new();
    if about.preferences {
        for party in model.party_ids() {
            preferences(model, party, &mut list);
        }
        let doubtful = model.parties.iter().map(|p| match &p.preferences {
            Preferences::Statements(list) => {
                list.iter().filter(|s| !s.certainty.is_certain()).count()
            }
            _ => 0,
        });
        if doubtful.sum::<usize>() > 1 {
            list.push(Change {
                assumption: Assumption::Doubtful,
                alteration: Alteration::Dropped,
            });
        }
    }
    if about.directions && model.form == Form::Options {
        list.extend(model.option_ids().map(|option| Change {
            assumption: Assumption::Direction(option),
            alteration: if model.option(option).direction.is_both() {
                Alteration::Irreversible
            } else {
                Alteration::Reversible
            },
        }));
    }
    if about.rules {
        let rules = (0..model.rules.len()).map(Assumption::Rule);
        let consequences = (0..model.consequences.len()).map(Assumption::Consequence);
        let prohibitions = (0..model.prohibitions.len()).map(Assumption::Prohibition);
        let all = rules.chain(consequences).chain(prohibitions);
        list.extend(all.map(|assumption| Change {
            assumption,
            alteration: Alteration::Dropped,
        }));
    }
    list
}

fn preferences(model: &Model, party: PartyId, list: &mut Vec<Change>) {
    let mut push = |assumption, alteration| {
        list.push(Change {
            assumption,
            alteration,
        });
    };
    match &model.party(party).preferences {
        Preferences::Unstated => {}
        Preferences::Statements(statements) => {
            let last = statements.len().saturating_sub(1);
            for place in 0..statements.len() {
                let statement = Assumption::Statement(party, place);
                push(statement, Alteration::Dropped);
                push(statement, Alteration::Reversed);
                if place > 0 {
                    push(statement, Alteration::Raised);
                }
                if place < last {
                    push(statement, Alteration::Lowered);
                }
                if place > 1 {
                    push(statement, Alteration::First);
                }
                if place + 1 < last {
                    push(statement, Alteration::Last);
                }
            }
        }
        Preferences::Ranks(tiers) => {
            for upper in 0..tiers.len().saturating_sub(1) {
                push(Assumption::Tiers(party, upper), Alteration::Swapped);
            }
        }
        Preferences::Weights(weights) => {
            for (place, (weight, _)) in weights.iter().enumerate() {
                if *weight != 0 {
                    push(Assumption::Weight(party, place), Alteration::Dropped);
                    push(Assumption::Weight(party, place), Alteration::Reversed);
                }
            }
        }
    }
}

impl Assumption {
    /// Whether a change of it leaves states and moves as they are.
    pub fn is_preference(self) -> bool {
        matches!(
            self,
            Self::Statement(..) | Self::Tiers(..) | Self::Weight(..) | Self::Doubtful
        )
    }

    /// The party whose assumption it is; `None` for rules, and for the doubtful statements of all.
    pub fn party(self, model: &Model) -> Option<PartyId> {
        match self {
            Self::Statement(party, _) | Self::Tiers(party, _) | Self::Weight(party, _) => {
                Some(party)
            }
            Self::Direction(option) => Some(model.option(option).owner),
            Self::Doubtful | Self::Rule(_) | Self::Consequence(_) | Self::Prohibition(_) => None,
        }
    }
}

impl Change {
    /// The model with this change made; a change that does not fit the model leaves it as it is.
    #[must_use]
    pub fn applied_to(&self, model: &Model) -> Model {
        let mut model = model.clone();
        self.make(&mut model);
        model
    }

    fn make(&self, model: &mut Model) {
        match self.assumption {
            Assumption::Statement(party, place) => {
                let preferences = model.parties.get_mut(party.index());
                if let Some(Preferences::Statements(list)) = preferences.map(|p| &mut p.preferences)
                    && place < list.len()
                {
                    edit(list, place, self.alteration);
                }
            }
            Assumption::Tiers(party, upper) => {
                let preferences = model.parties.get_mut(party.index());
                if let Some(Preferences::Ranks(tiers)) = preferences.map(|p| &mut p.preferences)
                    && upper + 1 < tiers.len()
                {
                    // How strongly a tier is preferred to the next belongs to the place.
                    tiers.swap(upper, upper + 1);
                    let strength = tiers[upper].strength;
                    tiers[upper].strength = tiers[upper + 1].strength;
                    tiers[upper + 1].strength = strength;
                }
            }
            Assumption::Weight(party, place) => {
                let preferences = model.parties.get_mut(party.index());
                if let Some(Preferences::Weights(list)) = preferences.map(|p| &mut p.preferences)
                    && let Some((weight, _)) = list.get_mut(place)
                {
                    *weight = match self.alteration {
                        Alteration::Reversed => weight.saturating_neg(),
                        _ => 0,
                    };
                }
            }
            Assumption::Doubtful => {
                for party in &mut model.parties {
                    if let Preferences::Statements(list) = &mut party.preferences {
                        list.retain(|s| s.certainty.is_certain());
                    }
                }
            }
            Assumption::Direction(option) => {
                if let Some(choice) = model.options.get_mut(option.index()) {
                    choice.direction = match self.alteration {
                        Alteration::Irreversible => Direction::OnlyOn,
                        _ => Direction::Both,
                    };
                }
            }
            Assumption::Rule(place) => drop_at(&mut model.rules, place),
            Assumption::Consequence(place) => drop_at(&mut model.consequences, place),
            Assumption::Prohibition(place) => drop_at(&mut model.prohibitions, place),
        }
    }
}

fn drop_at<T>(list: &mut Vec<T>, place: usize) {
    if place < list.len() {
        list.remove(place);
    }
}

fn edit(list: &mut Vec<Statement>, place: usize, alteration: Alteration) {
    match alteration {
        Alteration::Dropped => {
            list.remove(place);
        }
        Alteration::Reversed => {
            let condition = &mut list[place].condition;
            let expr = std::mem::replace(&mut condition.expr, detente_model::Expr::Constant(true));
            condition.expr = expr.negated();
            condition.text = format!("not ({})", condition.text);
        }
        Alteration::Raised if place > 0 => list.swap(place - 1, place),
        Alteration::Lowered if place + 1 < list.len() => list.swap(place, place + 1),
        Alteration::First => list[..=place].rotate_right(1),
        Alteration::Last => list[place..].rotate_left(1),
        _ => {}
    }
}
