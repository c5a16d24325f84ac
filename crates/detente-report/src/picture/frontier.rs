//! The Pareto frontier with drafts, and with what rules of division pick: the picture of `packages`.

use super::{Asked, Kind, Picture};
use crate::dossier::Dossier;
use crate::packages::overview::svg;

pub(super) const KIND: Kind = Kind {
    name: "frontier",
    says: "what could be agreed, and what rules of division pick",
    needs: &["packages"],
    draw,
};

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let finding = dossier.packages.as_ref()?;
    if finding.table.len() < 2 || finding.frontier.points.is_empty() {
        return None;
    }
    let seat = |name: &String| finding.table.iter().position(|s| s.name == *name);
    let seats: Vec<usize> = asked.parties.iter().filter_map(seat).collect();
    let axes = match seats.as_slice() {
        [first, second, ..] if first != second => Some((*first, *second)),
        _ => None,
    };
    Some(Picture {
        kind: KIND.name,
        title: svg::title(finding),
        says: svg::says(finding),
        svg: svg::svg(finding, axes),
    })
}
