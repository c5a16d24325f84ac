//! What the searches look for: the best in a direction, what nobody can better, and how many packages there are.

use num_bigint::BigUint;

use super::relax::Direction;
use super::search::{Goal, Packages};
use super::zones::Pool;

/// The best in one direction.
pub(super) struct Highest<'a> {
    direction: &'a Direction,
    pool: &'a mut Pool,
    step: f64,
    needs: Vec<Vec<f64>>,
}

impl<'a> Highest<'a> {
    /// Better than everything in the pool.
    pub(super) fn new(direction: &'a Direction, pool: &'a mut Pool) -> Self {
        let known = pool.points.iter().map(|p| direction.value(p));
        let known = known.fold(f64::NEG_INFINITY, f64::max);
        let whole = direction.weights.iter().all(|w| w.fract() == 0.0);
        // Whole weights make whole values, as long as floats hold them.
        let step = if whole && direction.large < 1e15 {
            1.0
        } else {
            2.0 * direction.margin
        };
        Self {
            direction,
            pool,
            step,
            needs: vec![vec![known + step]],
        }
    }

    /// After the search: no package reaches this.
    pub(super) fn unreached(&self) -> f64 {
        self.needs[0][0]
    }
}

impl Goal for Highest<'_> {
    fn needs(&self) -> &[Vec<f64>] {
        &self.needs
    }

    fn offer(&mut self, worth: &[i128], packages: Packages<'_>) {
        self.pool.insert(worth, packages);
        let need = self.direction.value(worth) + self.step;
        if need > self.needs[0][0] {
            self.needs[0][0] = need;
        }
    }
}

/// Whatever lies in the zones of a pool.
pub(super) struct Unbettered<'a> {
    directions: &'a [&'a Direction],
    /// The pool.
    pub pool: Pool,
    needs: Vec<Vec<f64>>,
}

impl<'a> Unbettered<'a> {
    /// What lies in these zones.
    pub(super) fn new(directions: &'a [&'a Direction], pool: Pool) -> Self {
        let mut goal = Self {
            directions,
            pool,
            needs: Vec::new(),
        };
        goal.refresh();
        goal
    }

    fn refresh(&mut self) {
        let needs = self.pool.zones.iter().map(|zone| {
            let least: Vec<i128> = zone.corner.iter().map(|c| c + 1).collect();
            self.directions.iter().map(|d| d.value(&least)).collect()
        });
        self.needs = needs.collect();
    }
}

impl Goal for Unbettered<'_> {
    fn needs(&self) -> &[Vec<f64>] {
        &self.needs
    }

    fn offer(&mut self, worth: &[i128], packages: Packages<'_>) {
        if self.pool.insert(worth, packages) {
            self.refresh();
        }
    }
}

/// How many packages are worth each of these.
pub(super) struct Tally<'a> {
    /// The worths, ascending, with how many packages were found.
    pub points: Vec<(&'a [i128], BigUint)>,
    needs: Vec<Vec<f64>>,
}

impl<'a> Tally<'a> {
    /// Counts the packages of these worths, which must be ascending.
    pub(super) fn new(directions: &[&Direction], points: Vec<&'a [i128]>) -> Self {
        let values = |p: &&[i128]| directions.iter().map(|d| d.value(p)).collect();
        Self {
            needs: points.iter().map(values).collect(),
            points: points.into_iter().map(|p| (p, BigUint::ZERO)).collect(),
        }
    }
}

impl Goal for Tally<'_> {
    fn needs(&self) -> &[Vec<f64>] {
        &self.needs
    }

    fn every(&self) -> bool {
        true
    }

    fn offer(&mut self, worth: &[i128], packages: Packages<'_>) {
        let place = self.points.binary_search_by(|(p, _)| (*p).cmp(worth));
        if let (Ok(place), Packages::Number(packages)) = (place, packages) {
            self.points[place].1 += packages;
        }
    }
}
