//! A disagreement made small: elements are dropped and formulas simplified as long as the
//! disagreement persists.

mod edits;
mod formulas;
mod without;

use detente_analysis::Budget;
use detente_syntax::print;

use crate::case::Case;
use crate::compare::{Finding, Panel};

/// Smaller negotiations that are tried, at most.
const MOST_TRIALS: usize = 20_000;

/// A negotiation that cannot be made smaller without losing the disagreement.
#[derive(Debug, Clone)]
pub struct Shrunk {
    /// The negotiation.
    pub case: Case,
    /// What is found in it.
    pub findings: Vec<Finding>,
    /// How many smaller negotiations were tried.
    pub trials: usize,
}

impl Shrunk {
    /// The text of the negotiation after a comment that says where it comes from and what is found
    /// in it. It can be read like any other file.
    pub fn text(&self, origin: &str) -> String {
        let mut out = String::new();
        let mut comment = |line: &str| {
            out.push_str(&format!("# {line}\n"));
        };
        comment(origin);
        for finding in &self.findings {
            for line in finding.describe(&self.case).lines() {
                comment(line);
            }
        }
        out.push('\n');
        out.push_str(&print(&self.case.document));
        out
    }
}

/// Makes a negotiation smaller as long as something is found in it that resembles the first finding.
///
/// `None` when a thorough examination finds nothing. The result is deterministic; `number` is that of
/// the model, from which samples are drawn. When the budget is cancelled, the smallest negotiation so
/// far is returned.
pub fn shrink(case: &Case, number: u64, panel: &Panel, budget: &Budget) -> Option<Shrunk> {
    let found = panel.examine(case, number, true).findings;
    let target = found.first()?.clone();
    let mut best = Shrunk {
        case: case.clone(),
        findings: found,
        trials: 0,
    };
    loop {
        let before = best.case.text.len();
        let mut candidates = edits::candidates(&best.case.document);
        let mut place = 0;
        // What follows the place of a success is tried next; a whole round without one ends it.
        while let Some(candidate) = candidates.get(place) {
            if budget.is_cancelled() || best.trials >= MOST_TRIALS {
                return Some(best);
            }
            best.trials += 1;
            match smaller(candidate, &best, &target, number, panel) {
                Some((case, findings)) => {
                    best.case = case;
                    best.findings = findings;
                    candidates = edits::candidates(&best.case.document);
                }
                None => place += 1,
            }
        }
        if best.case.text.len() >= before {
            return Some(best);
        }
    }
}

/// The candidate, if it is a smaller negotiation in which the finding persists.
fn smaller(
    candidate: &detente_syntax::ast::Document,
    best: &Shrunk,
    target: &Finding,
    number: u64,
    panel: &Panel,
) -> Option<(Case, Vec<Finding>)> {
    let text = print(candidate);
    let now = &best.case.text;
    if (text.len(), &text) >= (now.len(), now) {
        return None;
    }
    let case = Case::write(candidate).ok()?;
    let mut findings = panel.examine(&case, number, true).findings;
    let place = findings.iter().position(|f| f.resembles(target))?;
    // The finding that persists comes first.
    findings.swap(0, place);
    Some((case, findings))
}
