//! From truth, one bit per state, to numbers, one per state.

use super::formula::{BLOCK, Block, Formula, WORDS};

/// Appends one binary digit to the number of every state of a block: `numbers = 2 numbers + digit`.
#[inline(always)]
fn append_digit(numbers: &mut [u16; BLOCK], digits: &Block) {
    const PLACE: [u16; 16] = places();
    for (group, out) in numbers.chunks_exact_mut(16).enumerate() {
        let word = digits[group / 4];
        let bits = (word >> (group % 4 * 16)) as u16;
        for (o, place) in out.iter_mut().zip(&PLACE) {
            *o = (*o)
                .wrapping_add(*o)
                .wrapping_add(u16::from(bits & place != 0));
        }
    }
}

const fn places() -> [u16; 16] {
    let mut places = [0; 16];
    let mut i = 0;
    while i < 16 {
        places[i] = 1 << i;
        i += 1;
    }
    places
}

/// For every state of a block the number whose binary digits are the truths of the statements, the
/// first the most significant. At most 16 statements.
pub(crate) fn numbers(statements: &[Formula], block: u64) -> [u16; BLOCK] {
    let mut digits = [[0_u64; WORDS]; 16];
    let used = digits.iter_mut().zip(statements).map(|(d, s)| {
        *d = s.truth(block);
    });
    let used = used.count();
    let digits = &digits[..used];
    if let Some(numbers) = super::wide::numbers(digits) {
        return numbers;
    }
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut numbers = [0_u16; BLOCK];
            for digit in digits {
                append_digit(&mut numbers, digit);
            }
            numbers
        },
    )
}

/// Adds one to every number of a feasible state and sets the others to 0.
pub(crate) fn mark_infeasible(numbers: &mut [u16; BLOCK], feasible: &Block) {
    for (group, out) in numbers.chunks_exact_mut(64).enumerate() {
        let word = feasible[group];
        if word == u64::MAX {
            for o in out {
                *o = o.wrapping_add(1);
            }
        } else {
            for (i, o) in out.iter_mut().enumerate() {
                *o = if word >> i & 1 == 1 {
                    o.wrapping_add(1)
                } else {
                    0
                };
            }
        }
    }
}
