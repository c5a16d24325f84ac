//! The table as comma-separated values.

use super::{Outcome, Sensitivity};
use crate::csv::table;

/// One line per assumption, by how much hangs on it, each with the change that moves the most; at most
/// `top` of them. States are given by their numbers in the unchanged model, or by what is on where they
/// have none.
pub fn csv(finding: &Sensitivity, top: Option<usize>) -> String {
    let header = "assumption,kind,party,change,classes_lost,classes_gained,vanished,appeared,\
                  ways_changed,vanished_states,appeared_states,classes_lost_names,\
                  classes_gained_names,feasible";
    let mut rows = Vec::new();
    for place in finding.ranked.iter().take(top.unwrap_or(usize::MAX)) {
        let Some(assumption) = finding.assumptions.get(*place) else {
            continue;
        };
        let most = assumption.most.and_then(|m| finding.changes.get(m));
        let Some((change, effect)) = most.and_then(|c| Some((c, c.effect.as_ref()?))) else {
            continue;
        };
        let cells = [
            assumption.says.clone(),
            assumption.kind.clone(),
            assumption.party.clone().unwrap_or_default(),
            change.change.clone(),
            effect.classes_lost.len().to_string(),
            effect.classes_gained.len().to_string(),
            effect.vanished.len().to_string(),
            effect.appeared.len().to_string(),
            effect.ways.len().to_string(),
            states(&effect.vanished),
            states(&effect.appeared),
            names(&effect.classes_lost),
            names(&effect.classes_gained),
            effect.feasible.to_string(),
        ];
        rows.push(cells);
    }
    table(header, rows)
}

fn states(list: &[Outcome]) -> String {
    let one = |o: &Outcome| match o.id {
        Some(id) => id.to_string(),
        None => format!("{{{}}}", o.on.join(" ")),
    };
    list.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn names(list: &[Option<String>]) -> String {
    let one = |c: &Option<String>| c.clone().unwrap_or_else(|| "(of no class)".to_owned());
    list.iter().map(one).collect::<Vec<_>>().join("; ")
}
