//! Operations on rows: in 256-bit registers where the processor has them, and elsewhere as plain code.

use super::Row;

/// What can be done with rows.
pub(super) trait Lanes: Copy {
    /// A row in registers.
    type Value: Copy;

    /// Takes a row from memory.
    fn load(self, row: &Row) -> Self::Value;

    /// A row for memory.
    fn store(self, value: Self::Value) -> Row;

    /// The smaller of both in each lane.
    fn min(self, a: Self::Value, b: Self::Value) -> Self::Value;

    /// The larger of both in each lane.
    fn max(self, a: Self::Value, b: Self::Value) -> Self::Value;

    /// All ones in the lanes in which `a` is at most `b`, elsewhere zeros.
    fn at_most(self, a: Self::Value, b: Self::Value) -> Self::Value;

    /// The bits of either.
    fn or(self, a: Self::Value, b: Self::Value) -> Self::Value;

    /// The bits of one but not of both.
    fn xor(self, a: Self::Value, b: Self::Value) -> Self::Value;

    /// Whether any bit is set.
    fn any(self, value: Self::Value) -> bool;

    /// The set of the lanes in which `a` is at most `b`.
    fn lanes_at_most(self, a: Self::Value, b: Self::Value) -> u32;
}

/// Plain code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

#[inline(always)]
fn each(a: Row, b: Row, of: impl Fn(u16, u16) -> u16) -> Row {
    let mut row = a;
    for (value, other) in row.0.iter_mut().zip(&b.0) {
        *value = of(*value, *other);
    }
    row
}

impl Lanes for Plain {
    type Value = Row;

    #[inline(always)]
    fn load(self, row: &Row) -> Row {
        *row
    }

    #[inline(always)]
    fn store(self, value: Row) -> Row {
        value
    }

    #[inline(always)]
    fn min(self, a: Row, b: Row) -> Row {
        each(a, b, u16::min)
    }

    #[inline(always)]
    fn max(self, a: Row, b: Row) -> Row {
        each(a, b, u16::max)
    }

    #[inline(always)]
    fn at_most(self, a: Row, b: Row) -> Row {
        each(a, b, |a, b| if a <= b { u16::MAX } else { 0 })
    }

    #[inline(always)]
    fn or(self, a: Row, b: Row) -> Row {
        each(a, b, |a, b| a | b)
    }

    #[inline(always)]
    fn xor(self, a: Row, b: Row) -> Row {
        each(a, b, |a, b| a ^ b)
    }

    #[inline(always)]
    fn any(self, value: Row) -> bool {
        value.0.iter().any(|bits| *bits != 0)
    }

    #[inline(always)]
    fn lanes_at_most(self, a: Row, b: Row) -> u32 {
        let mut lanes = 0;
        for (lane, (a, b)) in a.0.iter().zip(&b.0).enumerate() {
            lanes |= u32::from(a <= b) << lane;
        }
        lanes
    }
}

/// Two registers of 256 bits.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(super) struct Wide(pub(super) pulp::x86::V3);

#[cfg(target_arch = "x86_64")]
impl Lanes for Wide {
    type Value = [pulp::u16x16; 2];

    #[inline(always)]
    fn load(self, row: &Row) -> Self::Value {
        bytemuck::must_cast(row.0)
    }

    #[inline(always)]
    fn store(self, value: Self::Value) -> Row {
        Row(bytemuck::must_cast(value))
    }

    #[inline(always)]
    fn min(self, a: Self::Value, b: Self::Value) -> Self::Value {
        let simd = self.0;
        [simd.min_u16x16(a[0], b[0]), simd.min_u16x16(a[1], b[1])]
    }

    #[inline(always)]
    fn max(self, a: Self::Value, b: Self::Value) -> Self::Value {
        let simd = self.0;
        [simd.max_u16x16(a[0], b[0]), simd.max_u16x16(a[1], b[1])]
    }

    #[inline(always)]
    fn at_most(self, a: Self::Value, b: Self::Value) -> Self::Value {
        let simd = self.0;
        let [low, high] = self.min(a, b);
        [
            bytemuck::must_cast(simd.cmp_eq_u16x16(low, a[0])),
            bytemuck::must_cast(simd.cmp_eq_u16x16(high, a[1])),
        ]
    }

    #[inline(always)]
    fn or(self, a: Self::Value, b: Self::Value) -> Self::Value {
        let simd = self.0;
        [simd.or_u16x16(a[0], b[0]), simd.or_u16x16(a[1], b[1])]
    }

    #[inline(always)]
    fn xor(self, a: Self::Value, b: Self::Value) -> Self::Value {
        let simd = self.0;
        [simd.xor_u16x16(a[0], b[0]), simd.xor_u16x16(a[1], b[1])]
    }

    #[inline(always)]
    fn any(self, value: Self::Value) -> bool {
        let simd = self.0;
        let both = simd.or_u16x16(value[0], value[1]);
        let zero = simd.cmp_eq_u16x16(both, simd.splat_u16x16(0));
        simd.avx2._mm256_movemask_epi8(bytemuck::must_cast(zero)) != -1
    }

    #[inline(always)]
    fn lanes_at_most(self, a: Self::Value, b: Self::Value) -> u32 {
        let [low, high] = self.at_most(a, b);
        let (low, high) = (bytemuck::must_cast(low), bytemuck::must_cast(high));
        // One byte per lane, but the quarters stand in the order 0 2 1 3.
        let bytes = self.0.avx2._mm256_packs_epi16(low, high);
        let bytes = self.0.avx2._mm256_permute4x64_epi64::<0b11_01_10_00>(bytes);
        self.0.avx2._mm256_movemask_epi8(bytes).cast_unsigned()
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use crate::bulk::Stream;

    #[test]
    fn registers_and_plain_code_give_the_same_bits() {
        let Some(simd) = pulp::x86::V3::try_new() else {
            return;
        };
        let wide = Wide(simd);
        let mut random = Stream::new(8).block(1);
        for round in 0..2_000 {
            let mut draw = || {
                let mut row = random.row();
                if round % 2 == 0 {
                    row.0 = row.0.map(|v| [0, 1, u16::MAX][usize::from(v % 3)]);
                }
                row
            };
            let (a, b) = (draw(), draw());
            let (x, y) = (wide.load(&a), wide.load(&b));
            assert_eq!(wide.store(wide.min(x, y)), Plain.min(a, b));
            assert_eq!(wide.store(wide.max(x, y)), Plain.max(a, b));
            assert_eq!(wide.store(wide.or(x, y)), Plain.or(a, b));
            assert_eq!(wide.store(wide.xor(x, y)), Plain.xor(a, b));
            assert_eq!(wide.store(wide.at_most(x, y)), Plain.at_most(a, b));
            let differ = wide.xor(x, y);
            assert_eq!(wide.any(differ), a != b);
            assert_eq!(Plain.any(Plain.xor(a, b)), a != b);
            assert!(!wide.any(wide.xor(x, x)) && !Plain.any(Plain.xor(a, a)));
            assert_eq!(wide.lanes_at_most(x, y), Plain.lanes_at_most(a, b));
            for lane in 0..crate::bulk::LANES {
                let at_most = Plain.lanes_at_most(a, b) >> lane & 1 == 1;
                assert_eq!(at_most, a.0[lane] <= b.0[lane]);
            }
        }
    }
}
