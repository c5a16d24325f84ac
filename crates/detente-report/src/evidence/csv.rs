//! The evidence for spreadsheets.

use super::{Ledger, Shown, words};
use crate::csv::table;

/// One line for each element; for each side of a contradiction, each quotation or each commitment when only these
/// were asked for.
pub fn csv(ledger: &Ledger, shown: &Shown) -> String {
    if shown.conflicts {
        conflicts(ledger)
    } else if shown.quotations {
        quotations(ledger)
    } else if shown.commitments {
        commitments(ledger)
    } else {
        elements(ledger)
    }
}

fn elements(ledger: &Ledger) -> String {
    let rows = ledger.elements.iter().map(|e| {
        let conflicts: Vec<String> = e.conflicts.iter().map(ToString::to_string).collect();
        vec![
            e.number.to_string(),
            e.kind.word().to_owned(),
            e.name.clone(),
            e.says.clone().unwrap_or_default(),
            if e.asserts { "yes" } else { "no" }.to_owned(),
            e.sources.join(" "),
            e.witnesses.join(" "),
            conflicts.join(" "),
        ]
    });
    table(
        "number,kind,element,says,asserts,sources,witnesses,conflicts",
        rows,
    )
}

fn conflicts(ledger: &Ledger) -> String {
    let sides = ledger
        .conflicts
        .iter()
        .flat_map(|c| c.sides.iter().map(move |s| (c, s)));
    let rows = sides.map(|(c, s)| {
        vec![
            c.number.to_string(),
            c.kind.words().to_owned(),
            c.about.clone(),
            s.says.clone(),
            s.cites.join("; "),
            s.witnesses.join(" "),
            c.finding.clone(),
        ]
    });
    table("conflict,kind,about,says,cites,witnesses,finding", rows)
}

fn quotations(ledger: &Ledger) -> String {
    let rows = ledger.quotations.iter().map(|q| {
        vec![
            q.element.to_string(),
            q.source.clone().unwrap_or_default(),
            q.locator.clone().unwrap_or_default(),
            q.words.clone(),
            words::verdict(q.verdict).to_owned(),
            q.paragraph.clone().unwrap_or_default(),
            q.passage.clone().unwrap_or_default(),
        ]
    });
    table(
        "element,source,locator,words,verdict,paragraph,passage",
        rows,
    )
}

fn commitments(ledger: &Ledger) -> String {
    let rows = ledger.commitments.iter().map(|c| {
        let kept = match c.kept_now {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        vec![
            c.name.clone(),
            c.on.clone().unwrap_or_default(),
            c.by.join(" "),
            c.to.join(" "),
            c.texts.first().map(|t| t.says.clone()).unwrap_or_default(),
            kept.to_owned(),
            c.readings.len().to_string(),
        ]
    });
    table("commitment,on,by,to,text,kept,readings", rows)
}
