//! From worths to places on the paper, and round numbers for the axes.

/// A straight way from numbers to places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The numbers at the two ends.
    from: f64,
    to: f64,
    /// The places of the two ends.
    begin: f64,
    end: f64,
}

impl Scale {
    /// A scale over these numbers and some room beside them.
    pub(super) fn over(numbers: &[f64], room: f64, begin: f64, end: f64) -> Self {
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (least, most) = if least < most {
            (least, most)
        } else if least.is_finite() {
            (least, least + 1.0)
        } else {
            (0.0, 1.0)
        };
        let span = most - least;
        Self {
            from: least - room * span,
            to: most + room * span,
            begin,
            end,
        }
    }

    /// Where a number lies.
    pub(super) fn at(&self, number: f64) -> f64 {
        let part = (number - self.from) / (self.to - self.from);
        self.begin + part * (self.end - self.begin)
    }

    /// The numbers at the two ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Whether a number lies between the ends.
    pub(super) fn shows(&self, number: f64) -> bool {
        self.from <= number && number <= self.to
    }

    /// The number nearest to this one that is shown.
    pub(super) fn within(&self, number: f64) -> f64 {
        number.clamp(self.from, self.to)
    }

    /// Round numbers between the ends, about so many, each with its text.
    pub(super) fn ticks(&self, about: f64) -> Vec<(f64, String)> {
        let rough = (self.to - self.from) / about;
        let power = rough.log10().floor();
        let unit = 10_f64.powf(power);
        // A step, and how many digits its multiples need beyond those of the unit.
        let steps = [(1.0, 0.0), (2.0, 0.0), (2.5, 1.0), (5.0, 0.0), (10.0, -1.0)];
        let fits = |(times, _): &(f64, f64)| times * unit >= rough * (1.0 - 1e-9);
        let (times, more) = steps.into_iter().find(fits).unwrap_or((10.0, -1.0));
        let step = times * unit;
        let first = (self.from / step - 1e-9).ceil() * step;
        let wanted = more - power;
        let digits = (0_u8..9).find(|d| f64::from(*d) >= wanted).unwrap_or(9);
        let digits = usize::from(digits);
        let mut ticks = Vec::new();
        for number in 0..40 {
            let tick = first + f64::from(number) * step;
            if tick > self.to + step * 1e-9 || !tick.is_finite() {
                break;
            }
            // Zero is written without a sign.
            let tick = if tick.abs() < step / 1e6 { 0.0 } else { tick };
            ticks.push((tick, format!("{tick:.digits$}")));
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ticks_are_round() {
        let texts = |numbers: &[f64], about| -> Vec<String> {
            let scale = Scale::over(numbers, 0.0, 0.0, 100.0);
            scale.ticks(about).into_iter().map(|(_, t)| t).collect()
        };
        assert_eq!(texts(&[-96.0, 43.0], 6.0), ["-75", "-50", "-25", "0", "25"]);
        assert_eq!(
            texts(&[0.0, 1.0], 5.0),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            texts(&[0.0, 1.1], 5.0),
            ["0.00", "0.25", "0.50", "0.75", "1.00"]
        );
        assert_eq!(texts(&[5.0, 5.0], 1.0), ["5", "6"]);
        assert_eq!(texts(&[], 1.0), ["0", "1"]);
    }
}
