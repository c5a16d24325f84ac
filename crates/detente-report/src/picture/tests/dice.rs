//! Made-up numbers and names: the same from the same seed.

/// A source of made-up numbers.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        // Marsaglia's xorshift, as good as is needed here.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below this one, or 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// A number from one to another.
    pub(super) fn between(&mut self, least: i32, most: i32) -> i64 {
        let span = f64::from(most - least);
        (f64::from(least) + span * self.share()).round() as i64
    }

    /// Whether something is so, this often in a hundred.
    pub(super) fn often(&mut self, hundredths: usize) -> bool {
        self.below(100) < hundredths
    }

    /// A share.
    pub(super) fn share(&mut self) -> f64 {
        self.below(1_000_001) as f64 / 1e6
    }

    /// One of these.
    pub(super) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Some of these numbers.
    pub(super) fn some(&mut self, of: &[u32], hundredths: usize) -> Vec<u32> {
        let kept = of.iter().copied().filter(|_| self.often(hundredths));
        kept.collect()
    }

    /// A name: mostly a word or some, at times hard to set.
    pub(super) fn name(&mut self) -> String {
        let words = self.one(&[
            "US",
            "DPRK",
            "small deal",
            "vague text with peace",
            "WWWWWWWWWW MMMMMMMM",
            "iiiiiiiiiiiiii",
            "Zölle & <Quoten> \"zuerst\"",
            "שיחות שלום",
            "محادثات السلام",
            "六者会談の再開",
            "e\u{301}te\u{301}",
            "🕊 talks",
            "x",
        ]);
        match self.below(12) {
            0 => format!("{words} {}", "and so on ".repeat(30)),
            1 => "unbroken".repeat(38),
            2 => format!("{words} {}", self.below(100)),
            _ => words.to_owned(),
        }
    }

    /// A day of some years.
    pub(super) fn day(&mut self) -> String {
        let year = 2015 + self.below(8);
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}
