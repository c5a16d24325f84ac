//! Truth of expressions for 1,024 states at a time.

use detente_model::Expr;
use detente_model::syntax::ast::Count;

/// Words of a block.
pub(crate) const WORDS: usize = 16;

/// States of a block.
pub(crate) const BLOCK: usize = WORDS * 64;

/// The low bits of a code that vary within a block.
pub(crate) const BLOCK_BITS: u32 = 10;

/// One bit for each of 1,024 consecutive codes.
pub(crate) type Block = [u64; WORDS];

static ZEROS: Block = [0; WORDS];
static ONES: Block = [u64::MAX; WORDS];

/// For each of the low ten bits of a code, the block in which a state's bit is that bit of its code.
static LOW: [Block; BLOCK_BITS as usize] = low();

const fn low() -> [Block; BLOCK_BITS as usize] {
    const WITHIN: [u64; 6] = [
        0xAAAA_AAAA_AAAA_AAAA,
        0xCCCC_CCCC_CCCC_CCCC,
        0xF0F0_F0F0_F0F0_F0F0,
        0xFF00_FF00_FF00_FF00,
        0xFFFF_0000_FFFF_0000,
        0xFFFF_FFFF_0000_0000,
    ];
    let mut all = [ZEROS; BLOCK_BITS as usize];
    let mut bit = 0;
    while bit < all.len() {
        let mut word = 0;
        while word < WORDS {
            all[bit][word] = if bit < 6 {
                WITHIN[bit]
            } else if word >> (bit - 6) & 1 == 1 {
                u64::MAX
            } else {
                0
            };
            word += 1;
        }
        bit += 1;
    }
    all
}

/// The block of one bit of the codes, for the block of that number.
fn of_bit(bit: u32, block: u64) -> &'static Block {
    match LOW.get(bit as usize) {
        Some(pattern) => pattern,
        None if block.checked_shr(bit - BLOCK_BITS).unwrap_or(0) & 1 == 1 => &ONES,
        None => &ZEROS,
    }
}

/// Where an option's bits stand in a code: the first bit, and how many. A level is as many bits as
/// its number, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) first: u32,
    pub(crate) width: u32,
}

/// An expression over the bits of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Formula {
    Constant(bool),
    /// The bit is set, or is not.
    Bit(u32, bool),
    Not(Box<Formula>),
    And(Vec<Formula>),
    Or(Vec<Formula>),
    Count(Count, u64, Vec<Formula>),
}

impl Formula {
    /// An expression over option levels; `places` has one place per option. `None` for expressions
    /// about the states of a graph.
    pub(crate) fn new(expr: &Expr, places: &[Place]) -> Option<Self> {
        let all = |parts: &[Expr]| {
            let parts = parts.iter().map(|p| Self::new(p, places));
            parts.collect::<Option<Vec<_>>>()
        };
        Some(match expr {
            Expr::Constant(value) => Self::Constant(*value),
            Expr::Node(_) => return None,
            Expr::Literal(literal) => {
                let place = places.get(literal.option.index())?;
                let (from, to) = (u32::from(literal.from), u32::from(literal.to));
                Self::levels(*place, from, to)
            }
            Expr::Not(inner) => Self::Not(Box::new(Self::new(inner, places)?)),
            Expr::And(parts) => Self::And(all(parts)?),
            Expr::Or(parts) => Self::Or(all(parts)?),
            Expr::Count { count, number, of } => Self::Count(*count, u64::from(*number), all(of)?),
        })
    }

    /// The level of an option lies between two, both included.
    fn levels(place: Place, from: u32, to: u32) -> Self {
        if from > to || from > place.width {
            return Self::Constant(false);
        }
        let low = (from > 0).then(|| Self::Bit(place.first + from - 1, true));
        let high = (to < place.width).then(|| Self::Bit(place.first + to, false));
        match (low, high) {
            (None, None) => Self::Constant(true),
            (Some(one), None) | (None, Some(one)) => one,
            (Some(low), Some(high)) => Self::And(vec![low, high]),
        }
    }

    /// The codes of an option that are no level: a bit is set and the one below it is not.
    pub(crate) fn no_level(place: Place) -> Option<Self> {
        let broken = (1..place.width).map(|i| {
            Self::And(vec![
                Self::Bit(place.first + i, true),
                Self::Bit(place.first + i - 1, false),
            ])
        });
        let broken: Vec<_> = broken.collect();
        (!broken.is_empty()).then_some(Self::Or(broken))
    }

    /// Its truth on the states of a block.
    pub(crate) fn truth(&self, block: u64) -> Block {
        let mut out = ZEROS;
        self.write(block, &mut out);
        out
    }

    fn write(&self, block: u64, out: &mut Block) {
        match self {
            Self::Constant(value) => *out = if *value { ONES } else { ZEROS },
            Self::Bit(bit, on) => {
                *out = *of_bit(*bit, block);
                if !on {
                    invert(out);
                }
            }
            Self::Not(inner) => {
                inner.write(block, out);
                invert(out);
            }
            Self::And(parts) => {
                *out = ONES;
                for part in parts {
                    part.with(block, |x, flip| {
                        for (o, x) in out.iter_mut().zip(x) {
                            *o &= x ^ flip;
                        }
                    });
                }
            }
            Self::Or(parts) => {
                *out = ZEROS;
                for part in parts {
                    part.with(block, |x, flip| {
                        for (o, x) in out.iter_mut().zip(x) {
                            *o |= x ^ flip;
                        }
                    });
                }
            }
            Self::Count(count, number, of) => *out = counted(*count, *number, of, block),
        }
    }

    /// Hands out the truth and what to xor it with, without a copy where the part is a bit.
    fn with(&self, block: u64, then: impl FnOnce(&Block, u64)) {
        if let Self::Bit(bit, on) = self {
            then(of_bit(*bit, block), if *on { 0 } else { u64::MAX });
        } else {
            then(&self.truth(block), 0);
        }
    }
}

fn invert(block: &mut Block) {
    for word in block {
        *word = !*word;
    }
}

/// Counts how many parts hold, one binary digit per plane, and compares.
fn counted(count: Count, number: u64, of: &[Formula], block: u64) -> Block {
    let mut planes: Vec<Block> = Vec::new();
    for part in of {
        let mut carry = part.truth(block);
        for plane in &mut planes {
            for (digit, c) in plane.iter_mut().zip(&mut carry) {
                let sum = *digit ^ *c;
                *c &= *digit;
                *digit = sum;
            }
        }
        if carry.iter().any(|c| *c != 0) {
            planes.push(carry);
        }
    }
    let at_least = |number: u64| -> Block {
        if planes.len() < 64 && number >> planes.len() != 0 {
            return ZEROS;
        }
        // Digits from the highest down: larger so far, equal so far.
        let (mut larger, mut equal) = (ZEROS, ONES);
        for (i, plane) in planes.iter().enumerate().rev() {
            for w in 0..WORDS {
                if number >> i & 1 == 1 {
                    equal[w] &= plane[w];
                } else {
                    larger[w] |= equal[w] & plane[w];
                    equal[w] &= !plane[w];
                }
            }
        }
        for (l, e) in larger.iter_mut().zip(&equal) {
            *l |= e;
        }
        larger
    };
    let mut result = match count {
        Count::AtLeast => return at_least(number),
        Count::AtMost | Count::Exactly => at_least(number.saturating_add(1)),
    };
    invert(&mut result);
    if count == Count::Exactly {
        for (r, l) in result.iter_mut().zip(&at_least(number)) {
            *r &= l;
        }
    }
    result
}
