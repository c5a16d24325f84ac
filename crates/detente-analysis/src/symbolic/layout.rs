//! Options as bits, and the order in which diagrams decide them.

use detente_model::model::{Assignment, Model, Preferences, RankItem};
use detente_model::syntax::ast::Direction;
use detente_model::{Expr, OptionId, PartyId};

/// One bit of a state: "the level of this option is at least so much".
///
/// A graded option takes one bit for each level above its first (thermometer code), so that a
/// direction of the option is the same direction of each of its bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bit {
    /// The option.
    pub(crate) option: OptionId,
    /// The least level at which the bit is set; 1 or more.
    pub(crate) level: u16,
    /// Whose option it is.
    pub(crate) owner: PartyId,
    /// In which direction its owner may change it.
    pub(crate) direction: Direction,
}

/// The bits of a model, in the order of its options, lowest level first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) bits: Vec<Bit>,
    /// For each option its first bit and the number of its bits.
    places: Vec<(usize, usize)>,
    /// For each option a place in the order of diagrams.
    order: Vec<OptionId>,
}

impl Layout {
    pub(crate) fn new(model: &Model) -> Self {
        let mut bits = Vec::new();
        let mut places = Vec::with_capacity(model.options.len());
        for id in model.option_ids() {
            let choice = model.option(id);
            places.push((bits.len(), choice.width() as usize));
            bits.extend((1..choice.level_count()).map(|level| Bit {
                option: id,
                level,
                owner: choice.owner,
                direction: choice.direction,
            }));
        }
        let order = force(model.options.len(), &edges(model))
            .into_iter()
            .map(|o| OptionId(o as u32))
            .collect();
        Self {
            bits,
            places,
            order,
        }
    }

    /// The bits of an option, lowest level first.
    pub(crate) fn of(&self, option: OptionId) -> std::ops::Range<usize> {
        let (at, width) = self.places.get(option.index()).copied().unwrap_or((0, 0));
        at..at + width
    }

    /// The bit "at least this level"; `None` when that is always or never so.
    pub(crate) fn at_least(&self, option: OptionId, level: u16) -> AtLeast {
        let range = self.of(option);
        match usize::from(level).checked_sub(1) {
            None => AtLeast::Always,
            Some(above) if above < range.len() => AtLeast::Bit(range.start + above),
            Some(_) => AtLeast::Never,
        }
    }

    /// The options in the order in which diagrams decide them.
    pub(crate) fn order(&self) -> &[OptionId] {
        &self.order
    }

    /// The bits of a state; `None` when it is not about these options and levels.
    pub(crate) fn encode(&self, state: &Assignment) -> Option<Vec<bool>> {
        let fits = state.len() == self.places.len()
            && state
                .iter()
                .zip(&self.places)
                .all(|(level, (_, width))| usize::from(*level) <= *width);
        fits.then(|| {
            self.bits
                .iter()
                .map(|b| state[b.option.index()] >= b.level)
                .collect()
        })
    }

    /// The state with these bits.
    pub(crate) fn decode(&self, bits: &[bool]) -> Assignment {
        self.places
            .iter()
            .map(|(at, width)| {
                let own = bits.iter().skip(*at).take(*width);
                own.take_while(|b| **b).count() as u16
            })
            .collect()
    }
}

/// What "at least this level" means in bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtLeast {
    Always,
    Bit(usize),
    Never,
}

/// Which options stand together in a statement, item or rule.
fn edges(model: &Model) -> Vec<Vec<usize>> {
    let mut edges = Vec::new();
    let mut add = |expr: &Expr| {
        let options: Vec<usize> = expr.options().iter().map(|o| o.index()).collect();
        if options.len() > 1 {
            edges.push(options);
        }
    };
    for party in &model.parties {
        match &party.preferences {
            Preferences::Unstated => {}
            Preferences::Statements(list) => list.iter().for_each(|s| add(&s.condition.expr)),
            Preferences::Weights(list) => list.iter().for_each(|(_, c)| add(&c.expr)),
            Preferences::Ranks(tiers) => {
                for item in tiers.iter().flat_map(|t| &t.items) {
                    if let RankItem::Matching(condition) = item {
                        add(&condition.expr);
                    }
                }
            }
        }
    }
    model.rules.iter().for_each(|r| add(&r.condition.expr));
    edges
}

/// A linear order of `count` things in which those that stand together lie close together: the FORCE
/// heuristic (Aloul, Markov & Sakallah 2003). Every thing moves to the mean of the centres of its
/// edges until the total span no longer shrinks.
pub(crate) fn force(count: usize, edges: &[Vec<usize>]) -> Vec<usize> {
    const MOST_ROUNDS: usize = 200;
    let mut order: Vec<usize> = (0..count).collect();
    let mut place: Vec<usize> = order.clone();
    let span = |place: &[usize]| -> usize {
        edges
            .iter()
            .map(|edge| {
                let at = |o: &usize| place.get(*o).copied().unwrap_or(0);
                let (low, high) = (edge.iter().map(at).min(), edge.iter().map(at).max());
                high.unwrap_or(0) - low.unwrap_or(0)
            })
            .sum()
    };
    let mut best = (span(&place), order.clone());
    for _ in 0..MOST_ROUNDS {
        let mut pull = vec![(0.0_f64, 0_u32); count];
        for edge in edges.iter().filter(|e| !e.is_empty()) {
            let sum: usize = edge.iter().map(|o| place[*o]).sum();
            let centre = sum as f64 / edge.len() as f64;
            for option in edge {
                pull[*option].0 += centre;
                pull[*option].1 += 1;
            }
        }
        let wish = |o: &usize| match pull[*o] {
            (_, 0) => place[*o] as f64,
            (sum, edges) => sum / f64::from(edges),
        };
        order.sort_by(|a, b| wish(a).total_cmp(&wish(b)).then(place[*a].cmp(&place[*b])));
        for (at, option) in order.iter().enumerate() {
            place[*option] = at;
        }
        let now = span(&place);
        if now >= best.0 {
            break;
        }
        best = (now, order.clone());
    }
    best.1
}
