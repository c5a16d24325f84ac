//! What becomes of agreements beyond the table, in sentences.

use num_traits::Signed;

use super::{KeptFinding, Packages, RatifiedFinding};
use crate::packages::mediation::{RatificationFinding, ZoneFinding};
use crate::packages::words;
use crate::words::list;

/// Sets of voices in the way that are listed at most.
const MOST_CONFLICTS: usize = 3;

/// Who is in the way of an agreement.
pub(super) fn in_the_way(finding: &Packages, zone: &ZoneFinding) -> String {
    let mut says: Vec<String> = Vec::new();
    for conflict in zone.conflicts.iter().take(MOST_CONFLICTS) {
        says.push(match conflict.as_slice() {
            [alone] => format!("{alone} accepts nothing."),
            together => format!("No package satisfies {} together.", list(together)),
        });
    }
    let alone: Vec<String> = zone
        .alone
        .iter()
        .filter_map(|s| Some(format!("{} by {}", s.voice, s.by.as_ref()?)))
        .collect();
    if !alone.is_empty() {
        says.push(format!(
            "One of them alone would have to give way: {}.",
            alone.join(", or ")
        ));
    }
    if let (Some(nearest), Some(by)) = (&zone.nearest, &zone.together)
        && by.0.is_positive()
    {
        let at_table = finding.voices.iter().zip(&nearest.worth);
        let at_table = at_table.filter(|(voice, _)| zone.voices.contains(&voice.name));
        let worths = words::worths(at_table.map(|(voice, worth)| (voice.name.as_str(), worth)));
        says.push(format!(
            "If all gave way by the same amount, {by} would do: {}; worth {worths}.",
            words::changes(&nearest.package)
        ));
    }
    says.push("--zone says more.".to_owned());
    says.join(" ")
}

/// What must be ratified at home, a line each.
pub(super) fn ratification(found: &RatificationFinding) -> (String, Vec<String>) {
    let leaders = words::packages(&found.leaders);
    let sentence = match found.ratified.as_str() {
        _ if found.leaders == "0" => "There is no package that all leaders accept.".to_owned(),
        "0" => format!("The leaders accept {leaders}, and none that is also ratified."),
        ratified if found.ratified == found.leaders && ratified != "1" => {
            format!("The leaders accept {leaders}, and all of them are also ratified.")
        }
        ratified => format!(
            "The leaders accept {leaders}; of these {} also ratified.",
            super::lines::are(&words::grouped(ratified), ratified)
        ),
    };
    let sentence = format!("{sentence} --ratification says more.");
    let sides = found.sides.iter().filter(|s| !s.ratifiers.is_empty());
    let lines = sides.map(|side| {
        let names: Vec<&str> = side.ratifiers.iter().map(|r| r.name.as_str()).collect();
        format!(
            "{} (by {}: {}): accepted and ratified by this side are {}",
            side.party,
            side.rule,
            list(&names),
            words::packages(&side.win_set)
        )
    });
    (sentence, lines.collect())
}

/// `ratified by US (all); not by DPRK (majority)`.
pub(super) fn ratified(sides: &[RatifiedFinding]) -> Option<String> {
    let with = |verdict: &str| -> Vec<String> {
        let sides = sides.iter();
        sides
            .filter(|s| s.ratified.as_deref() == Some(verdict))
            .map(|s| format!("{} ({})", s.party, s.rule))
            .collect()
    };
    let (yes, no, depends) = (with("yes"), with("no"), with("depends"));
    let mut says = Vec::new();
    if !yes.is_empty() {
        says.push(format!("ratified at home for {}", list(&yes)));
    }
    if !no.is_empty() {
        says.push(format!("not ratified for {}", list(&no)));
    }
    if !depends.is_empty() {
        says.push(format!(
            "whether it is ratified for {} depends on what it means",
            list(&depends)
        ));
    }
    (!says.is_empty()).then(|| says.join("; "))
}

/// Whether what a package makes of the conflict would hold, a sentence for each of its results; `accepted` says whether
/// all at the table could accept the package.
pub(super) fn kept(results: &[KeptFinding], accepted: bool) -> Vec<String> {
    let all: usize = results.iter().map(|r| r.meanings).sum();
    let one = |kept: &KeptFinding| {
        let meaning = match results {
            [_] => String::new(),
            _ => format!("in {} of {all} meanings, ", kept.meanings),
        };
        let Some(state) = &kept.state else {
            return format!("{meaning}the rules of the conflict exclude what it makes of it.");
        };
        let name = state.title.as_ref().or(state.name.as_ref());
        let name = name.map_or_else(String::new, |n| format!(", {n}"));
        let verdict = match (kept.holds, accepted) {
            (true, _) => "if agreed, it would hold",
            (false, true) => "agreed but would not hold",
            (false, false) => "even if agreed, it would not hold",
        };
        let undone = kept.undone_by.iter().map(|u| format!(" {u}"));
        let undone: String = undone.collect();
        format!("{meaning}{verdict}: state {}{name}.{undone}", state.id)
    };
    let sentences = results.iter().map(one);
    sentences.map(|s| crate::words::capital(&s)).collect()
}
