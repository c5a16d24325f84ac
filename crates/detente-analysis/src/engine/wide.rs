//! The comparison of all pairs of rows in 256-bit registers, where the processor has them.
//!
//! The compiler unrolls the plain array code of [`kernel`](super::kernel) before it can make vector
//! instructions of it; these are the loops where that costs most.

use super::arena::Holding;
use super::rank::{Lanes, Rank};

/// [`spread_by_pairs`](super::kernel::spread_by_pairs) for one or two kinds of narrow values; says
/// whether it was done.
#[cfg(target_arch = "x86_64")]
pub(crate) fn spread(
    holding: &Holding,
    ranks: &[Lanes<u16>],
    values: &mut [Vec<Lanes<u16>>],
) -> bool {
    let Some(simd) = pulp::x86::V3::try_new() else {
        return false;
    };
    match values {
        [one] => spread_all(simd, holding, ranks, [one]),
        [one, two] => spread_all(simd, holding, ranks, [one, two]),
        _ => return false,
    }
    true
}

/// Elsewhere it is not done.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn spread(_: &Holding, _: &[Lanes<u16>], _: &mut [Vec<Lanes<u16>>]) -> bool {
    false
}

/// Not done for wide ranks.
pub(crate) fn none<T: Rank>(_: &Holding, _: &[Lanes<T>], _: &mut [Vec<Lanes<T>>]) -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
fn spread_all<const V: usize>(
    simd: pulp::x86::V3,
    holding: &Holding,
    ranks: &[Lanes<u16>],
    mut values: [&mut Vec<Lanes<u16>>; V],
) {
    use pulp::u16x16;

    type Row = [u16x16; 2];

    let free = holding.is_free();
    simd.vectorize(
        #[inline(always)]
        || {
            let row = |lanes: &Lanes<u16>| -> Row { bytemuck::must_cast(*lanes) };
            let top = simd.splat_u16x16(u16::MAX);
            let zero = simd.splat_u16x16(0);
            for (from, mine) in ranks.iter().enumerate() {
                let mine = row(mine);
                let mut best: [Row; V] = [[top; 2]; V];
                for (to, theirs) in ranks.iter().enumerate() {
                    if !free && !holding.permits(from as u64, to as u64) {
                        continue;
                    }
                    let theirs = row(theirs);
                    for half in 0..2 {
                        let lower = simd.min_u16x16(theirs[half], mine[half]);
                        let not_better: u16x16 =
                            bytemuck::must_cast(simd.cmp_eq_u16x16(lower, theirs[half]));
                        for v in 0..V {
                            let value = row(&values[v][to])[half];
                            let value = simd.or_u16x16(value, not_better);
                            best[v][half] = simd.min_u16x16(best[v][half], value);
                        }
                    }
                }
                for v in 0..V {
                    let mut value = row(&values[v][from]);
                    for half in 0..2 {
                        // What is not feasible is never left.
                        let out: u16x16 = bytemuck::must_cast(simd.cmp_eq_u16x16(mine[half], zero));
                        let best = simd.or_u16x16(best[v][half], out);
                        value[half] = simd.min_u16x16(value[half], best);
                    }
                    values[v][from] = bytemuck::must_cast(value);
                }
            }
        },
    );
}

/// For each chunk of narrow ranks, which of its states have a rank at the level or above; levels are
/// whole chunks and repeat. Says whether it was done.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn at_least(ranks: &[u16], levels: &[u16], bits: &mut [u32]) -> bool {
    use super::rank::LANES;
    use pulp::u16x16;

    type Row = [u16x16; 2];

    let Some(simd) = pulp::x86::V3::try_new() else {
        return false;
    };
    let (ranks, _) = ranks.as_chunks::<LANES>();
    let (levels, _) = levels.as_chunks::<LANES>();
    if levels.is_empty() {
        return false;
    }
    simd.vectorize(
        #[inline(always)]
        || {
            let above = |ranks: u16x16, levels: u16x16| {
                simd.cmp_eq_u16x16(simd.max_u16x16(ranks, levels), ranks)
            };
            for (bits, ranks) in bits
                .chunks_mut(levels.len())
                .zip(ranks.chunks(levels.len()))
            {
                for (bits, (ranks, levels)) in bits.iter_mut().zip(ranks.iter().zip(levels)) {
                    let (ranks, levels): (Row, Row) =
                        (bytemuck::must_cast(*ranks), bytemuck::must_cast(*levels));
                    let low = bytemuck::must_cast(above(ranks[0], levels[0]));
                    let high = bytemuck::must_cast(above(ranks[1], levels[1]));
                    // One byte per state, but the quarters stand in the order 0 2 1 3.
                    let bytes = simd.avx2._mm256_packs_epi16(low, high);
                    let bytes = simd.avx2._mm256_permute4x64_epi64::<0b11_01_10_00>(bytes);
                    *bits = simd.avx2._mm256_movemask_epi8(bytes).cast_unsigned();
                }
            }
        },
    );
    true
}

/// Elsewhere it is not done.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn at_least(_: &[u16], _: &[u16], _: &mut [u32]) -> bool {
    false
}

/// Not done for wide ranks.
pub(crate) fn none_at_least<T: Rank>(_: &[T], _: &[T], _: &mut [u32]) -> bool {
    false
}

/// For every state of a block the number whose binary digits are given, the first the most
/// significant; `None` where the processor lacks the registers.
#[cfg(target_arch = "x86_64")]
pub(crate) fn numbers(digits: &[super::formula::Block]) -> Option<[u16; super::formula::BLOCK]> {
    use pulp::u16x16;

    let simd = pulp::x86::V3::try_new()?;
    let mut places = [0_u16; 16];
    for (i, place) in places.iter_mut().enumerate() {
        *place = 1 << i;
    }
    Some(simd.vectorize(
        #[inline(always)]
        || {
            let places: u16x16 = bytemuck::must_cast(places);
            let mut numbers = [0_u16; super::formula::BLOCK];
            for (group, out) in numbers.chunks_exact_mut(16).enumerate() {
                let mut number = simd.splat_u16x16(0);
                for digit in digits {
                    let bits = (digit[group / 4] >> (group % 4 * 16)) as u16;
                    let bits = simd.and_u16x16(simd.splat_u16x16(bits), places);
                    let set: u16x16 = bytemuck::must_cast(simd.cmp_eq_u16x16(bits, places));
                    // What is set is all ones, that is minus one.
                    let doubled = simd.wrapping_add_u16x16(number, number);
                    number = simd.wrapping_sub_u16x16(doubled, set);
                }
                let number: [u16; 16] = bytemuck::must_cast(number);
                out.copy_from_slice(&number);
            }
            numbers
        },
    ))
}

/// Elsewhere there are none.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn numbers(_: &[super::formula::Block]) -> Option<[u16; super::formula::BLOCK]> {
    None
}
