//! Who owns which option of a GMCR+ file, in which order the options stand, and their names.

use detente_syntax::{Diagnostic, Span};

use super::codes;
use super::names::Names;
use super::read::{Compound, File, Problems, Simple, shorten};
use super::states::Cube;

/// Where the options of the file went.
pub(crate) struct Layout {
    /// The options that are kept, in the order of their owners, by their number in the file.
    pub(crate) order: Vec<usize>,
    /// By number in the file.
    pub(crate) places: Vec<Slot>,
    pub(crate) party_names: Vec<String>,
    /// By number in the file; empty for an option that is left out.
    pub(crate) option_names: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Slot {
    /// Kept, at this position.
    At { position: usize, owner: usize },
    /// Left out, as it always has this value.
    Fixed(bool),
}

impl Layout {
    pub(crate) fn new(file: &File, problems: &mut Problems) -> Option<Self> {
        let mut owners: Vec<Option<(usize, Span)>> = vec![None; file.options.len()];
        for (party, raw) in file.parties.iter().enumerate() {
            for (option, span) in &raw.options {
                if let Some((first, place)) = owners[*option] {
                    problems.push(
                        Diagnostic::error(
                            codes::TWO_OWNERS,
                            format!(
                                "option `{}` belongs to `{}` and to `{}`",
                                shorten(&file.options[*option].name),
                                shorten(&file.parties[first].name),
                                shorten(&raw.name)
                            ),
                        )
                        .at(*span, "listed again here")
                        .see(place, "listed here")
                        .hint("let one decision maker own it, or give each an option of its own"),
                    );
                } else {
                    owners[*option] = Some((party, *span));
                }
            }
        }
        let mut fixed: Vec<Option<bool>> = vec![None; file.options.len()];
        for rule in &file.infeasibles {
            if let [Simple { literals, .. }] = rule.members.as_slice()
                && let [(option, taken)] = literals.as_slice()
            {
                fixed[*option].get_or_insert(!taken);
            }
        }
        let order: Vec<usize> = file
            .parties
            .iter()
            .flat_map(|p| p.options.iter().map(|(o, _)| *o))
            .collect();
        let mut positions = vec![0; file.options.len()];
        for (position, option) in order.iter().enumerate() {
            positions[*option] = position;
        }
        let mut places = Vec::with_capacity(file.options.len());
        for (option, raw) in file.options.iter().enumerate() {
            places.push(match (owners[option], fixed[option]) {
                (Some((owner, _)), _) => Slot::At {
                    position: positions[option],
                    owner,
                },
                (None, Some(value)) => Slot::Fixed(value),
                (None, None) => {
                    problems.push(
                        Diagnostic::error(
                            codes::NO_OWNER,
                            format!(
                                "option `{}` belongs to no decision maker",
                                shorten(&raw.name)
                            ),
                        )
                        .at(raw.span, "nobody can move it")
                        .hint(format!(
                            "add {option} to the `options` of a decision maker, or fix it with \
                             the infeasible condition `[[{option}, \"Y\"]]` or \
                             `[[{option}, \"N\"]]`"
                        )),
                    );
                    Slot::Fixed(false)
                }
            });
        }
        if !problems.is_empty() {
            return None;
        }
        let mut names = Names::new("party");
        let party_names: Vec<String> = file
            .parties
            .iter()
            .enumerate()
            .map(|(i, p)| names.derive(&p.name, i + 1))
            .collect();
        let mut option_names = vec![String::new(); file.options.len()];
        for party in &file.parties {
            let mut names = Names::new("option");
            for (option, _) in &party.options {
                option_names[*option] =
                    names.derive(&file.options[*option].name, positions[*option] + 1);
            }
        }
        Some(Self {
            order,
            places,
            party_names,
            option_names,
        })
    }

    /// A condition over the options that are kept; `None` when it never holds.
    pub(crate) fn cube<'s>(&self, simple: &'s Simple) -> Option<Vec<(usize, &'s (usize, bool))>> {
        let mut kept = Vec::new();
        for literal in &simple.literals {
            match self.places[literal.0] {
                Slot::At { position, .. } => kept.push((position, literal)),
                Slot::Fixed(value) if value == literal.1 => {}
                Slot::Fixed(_) => return None,
            }
        }
        Some(kept)
    }

    /// The same as bits.
    fn bits(&self, simple: &Simple) -> Option<Cube> {
        let mut cube = Cube { mask: 0, value: 0 };
        for (position, (_, taken)) in self.cube(simple)? {
            let bit = 1_u32.checked_shl(position as u32).unwrap_or(0);
            cube.mask |= bit;
            cube.value |= if *taken { bit } else { 0 };
        }
        Some(cube)
    }

    pub(crate) fn all_bits(&self, conditions: &[Compound]) -> Vec<Cube> {
        conditions
            .iter()
            .flat_map(|c| &c.members)
            .filter_map(|m| self.bits(m))
            .collect()
    }
}
