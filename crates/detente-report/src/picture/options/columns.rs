//! The columns of an option-form table: states, or patterns that stand for several.

use std::collections::{BTreeMap, BTreeSet};

use super::super::conflict::View;

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The level of each option; `None` when every level is there.
    pub(super) levels: Vec<Option<usize>>,
    /// The states, as places.
    pub(super) states: Vec<usize>,
    /// The class that they are counted under.
    pub(super) class: Option<usize>,
}

/// How many levels each option has.
pub(super) fn heights(view: &View<'_>) -> Vec<usize> {
    let options = view.analysis.options.iter();
    options.map(|o| o.levels.len().max(2)).collect()
}

/// A column for each of these states.
pub(super) fn each(view: &View<'_>, places: &[usize]) -> Vec<Column> {
    let one = |place: &usize| {
        let on: BTreeSet<&str> = view.state(*place).on.iter().map(String::as_str).collect();
        let level = |option: &crate::finding::OptionInfo| {
            let at = |level: &String| on.contains(format!("{} is {level}", option.name).as_str());
            match option.levels.iter().position(at) {
                Some(level) => level,
                None => usize::from(on.contains(option.name.as_str())),
            }
        };
        Column {
            levels: view
                .analysis
                .options
                .iter()
                .map(|o| Some(level(o)))
                .collect(),
            states: vec![*place],
            class: view.class[*place],
        }
    };
    places.iter().map(one).collect()
}

/// Fewer columns for the same states: columns of a class that differ in one option only, and have all of its levels
/// between them, become one. Those with a state of `alone` stay as they are. What the columns stand for together does
/// not change, and no state is in two.
pub(super) fn merged(
    columns: Vec<Column>,
    heights: &[usize],
    alone: &BTreeSet<usize>,
) -> Vec<Column> {
    let (kept, mut rest): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .partition(|c| c.states.iter().any(|s| alone.contains(s)));
    loop {
        let before = rest.len();
        for (option, height) in heights.iter().enumerate() {
            rest = over(rest, option, *height);
        }
        if rest.len() == before {
            break;
        }
    }
    rest.extend(kept);
    rest.sort_by_key(|c| (c.class.unwrap_or(usize::MAX), c.states.first().copied()));
    rest
}

/// A class, and the levels of its states, with a gap for an option that is not looked at.
type Pattern = (Option<usize>, Vec<Option<usize>>);

/// Columns after those that differ in this option alone are put together where all its levels are there.
fn over(columns: Vec<Column>, option: usize, height: usize) -> Vec<Column> {
    let mut alike: BTreeMap<Pattern, Vec<Column>> = BTreeMap::new();
    let mut out = Vec::new();
    for column in columns {
        if column.levels[option].is_none() {
            out.push(column);
            continue;
        }
        let mut rest = column.levels.clone();
        rest[option] = None;
        alike.entry((column.class, rest)).or_default().push(column);
    }
    for ((class, levels), members) in alike {
        let seen: BTreeSet<Option<usize>> = members.iter().map(|c| c.levels[option]).collect();
        if seen.len() < height || members.len() != height {
            out.extend(members);
            continue;
        }
        let mut states: Vec<usize> = members.into_iter().flat_map(|c| c.states).collect();
        states.sort_unstable();
        out.push(Column {
            levels,
            states,
            class,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Column, merged};

    /// All states that a pattern stands for, written out.
    fn written_out(levels: &[Option<usize>], heights: &[usize]) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new()];
        for (level, height) in levels.iter().zip(heights) {
            let all: Vec<usize> = level.map_or((0..*height).collect(), |l| vec![l]);
            out = out
                .into_iter()
                .flat_map(|head: Vec<usize>| {
                    all.iter().map(move |l| [head.clone(), vec![*l]].concat())
                })
                .collect();
        }
        out
    }

    #[test]
    fn patterns_stand_for_the_same_states_and_each_once() {
        let heights = [2, 3, 2, 2];
        let mut random = 17_u64;
        for _ in 0..300 {
            let mut columns = Vec::new();
            for (number, state) in written_out(&[None; 4], &heights).into_iter().enumerate() {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                if random >> 61 < 6 {
                    columns.push(Column {
                        levels: state.into_iter().map(Some).collect(),
                        states: vec![number],
                        class: Some(usize::from((random >> 40) % 8 == 1)),
                    });
                }
            }
            let alone: BTreeSet<usize> = [3, 8].into();
            let found = merged(columns.clone(), &heights, &alone);
            let mut stand_for: Vec<(Option<usize>, Vec<usize>)> = found
                .iter()
                .flat_map(|c| {
                    written_out(&c.levels, &heights)
                        .into_iter()
                        .map(|s| (c.class, s))
                })
                .collect();
            let mut given: Vec<(Option<usize>, Vec<usize>)> = columns
                .iter()
                .map(|c| {
                    (
                        c.class,
                        c.levels
                            .iter()
                            .copied()
                            .map(Option::unwrap_or_default)
                            .collect(),
                    )
                })
                .collect();
            stand_for.sort();
            given.sort();
            assert_eq!(stand_for, given);
            for column in &found {
                assert_eq!(
                    column.states.len(),
                    written_out(&column.levels, &heights).len()
                );
                assert!(
                    column.states.len() == 1 || column.states.iter().all(|s| !alone.contains(s))
                );
            }
        }
    }

    #[test]
    fn a_class_in_which_all_is_free_is_one_column() {
        let heights = [2, 2, 3];
        let all = written_out(&[None; 3], &heights).into_iter().enumerate();
        let columns: Vec<Column> = all
            .map(|(number, state)| Column {
                levels: state.into_iter().map(Some).collect(),
                states: vec![number],
                class: None,
            })
            .collect();
        let found = merged(columns, &heights, &BTreeSet::new());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].levels, [None, None, None]);
    }
}
