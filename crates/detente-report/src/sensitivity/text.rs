//! The report as a person reads it in a terminal.

use detente_analysis::Game;
use detente_analysis::concept::Concept;
use detente_analysis::sensitivity as found;

use super::{Assumption, Change, Class, Effect, Sensitivity};
use crate::firmness;
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words;

/// How many assumptions the text lists when no number is asked for.
const SHOWN: usize = 15;

/// How many changes are named for a class.
const NAMED: usize = 4;

/// How many equilibria are shown with what breaks them.
const FIRM: usize = 8;

/// Columns of one side of a bar.
const BAR: usize = 6;

/// The report; `finding` is the serialisable form of `found`. At most `top` assumptions are listed.
pub fn text(
    game: &Game<'_>,
    found: &found::Sensitivity,
    main: Concept,
    finding: &Sensitivity,
    top: Option<usize>,
    look: Look,
) -> String {
    let mut report = Report {
        game,
        finding,
        page: Page::new(look),
        width: look.width.clamp(40, 120),
    };
    report.head(main);
    report.table(top.unwrap_or(SHOWN));
    report.classes();
    report.firmness(found);
    report.idle();
    report.remarks();
    report.page.finish()
}

/// A change, and what it does.
type Moving<'a> = (&'a Change, &'a Effect);

struct Report<'a, 'm> {
    game: &'a Game<'m>,
    finding: &'a Sensitivity,
    page: Page,
    width: usize,
}

impl Report<'_, '_> {
    fn head(&mut self, main: Concept) {
        let finding = self.finding;
        self.page
            .heading(&words::title(self.game.model, &finding.variants));
        let by = if finding.settings.by_party.is_empty() {
            format!(
                "under {} ({})",
                concept_in_text(main),
                finding.settings.main
            )
        } else {
            let own: Vec<String> = finding
                .settings
                .by_party
                .iter()
                .map(|(party, concept)| format!("{party} by {concept}"))
                .collect();
            format!("when each party judges in its own way ({})", own.join(", "))
        };
        let of = finding
            .class
            .as_ref()
            .map_or(String::new(), |c| format!(" of class `{c}`"));
        let equilibria = match finding.equilibria.len() {
            1 => "1 equilibrium".to_owned(),
            n => format!("{n} equilibria"),
        };
        self.page.paragraph(&format!(
            "{equilibria}{of} {by}; {} of {} tried, one at a time.",
            words::count(finding.changes.len(), "change"),
            words::count(finding.assumptions.len(), "assumption"),
        ));
    }

    fn table(&mut self, top: usize) {
        let finding = self.finding;
        let moving: Vec<Moving<'_>> = finding
            .ranked
            .iter()
            .filter_map(|place| finding.assumptions.get(*place))
            .filter_map(|a| most(finding, a))
            .filter(|(_, e)| !(e.vanished.is_empty() && e.appeared.is_empty() && e.ways.is_empty()))
            .collect();
        self.page.heading("What hangs on what");
        self.page.gap();
        if moving.is_empty() {
            self.page.paragraph(if finding.changes.is_empty() {
                "There is nothing to change."
            } else {
                "No single change alters an equilibrium or the way to one."
            });
            return;
        }
        self.page.paragraph(
            "For each assumption the change that moves the most: equilibria that vanish (left) and \
             appear (right); classes that gain their first (+) or lose their last (-).",
        );
        self.page.gap();
        let largest = moving
            .iter()
            .map(|(_, e)| e.vanished.len().max(e.appeared.len()))
            .max()
            .unwrap_or(0);
        self.page.line(&format!(
            "{:>11}|{:<11} {:<7}  change",
            "vanish", "appear", "classes"
        ));
        for (change, effect) in moving.iter().take(top) {
            let (gone, new) = (effect.vanished.len(), effect.appeared.len());
            let number = |n: usize| if n == 0 { String::new() } else { n.to_string() };
            let start = format!(
                "{:>4} {:>bar$}|{:<bar$} {:<4} {:<7}  ",
                number(gone),
                bar(gone, largest),
                bar(new, largest),
                number(new),
                classes(effect),
                bar = BAR,
            );
            let mut says = change.says.clone();
            if gone + new == 0 {
                says.push_str(" (changes only how outcomes are reached)");
            }
            let indent = " ".repeat(start.len().min(self.width / 2));
            self.page.hanging(&start, &indent, &says);
        }
        if moving.len() > top {
            self.page.gap();
            self.page.paragraph(&format!(
                "And {} more; --top {} shows all.",
                moving.len() - top,
                moving.len()
            ));
        }
    }

    fn classes(&mut self) {
        let finding = self.finding;
        self.page.heading("What each outcome hangs on");
        for class in &finding.classes {
            let name = class
                .name
                .as_deref()
                .unwrap_or(if finding.classes.len() == 1 {
                    "any state"
                } else {
                    "(of no class)"
                });
            let text = match class.equilibria {
                0 => {
                    let by = self.named(&class.opened_by);
                    if by.is_empty() {
                        format!("{name} (none): no change tried makes it hold by itself.")
                    } else {
                        format!("{name} (none): would hold with {by}.")
                    }
                }
                n => {
                    let by = self.named(&class.emptied_by);
                    let start = format!("{name} ({n}{})", reached(class));
                    if by.is_empty() {
                        format!("{start}: no change tried undoes it by itself.")
                    } else {
                        format!("{start}: would not hold with {by}.")
                    }
                }
            };
            self.page.gap();
            self.page.hanging("  ", "  ", &text);
        }
    }

    /// The first of some changes, one for each assumption, and how many more there are.
    fn named(&self, changes: &[usize]) -> String {
        let mut seen = Vec::new();
        let mut says: Vec<String> = Vec::new();
        for change in changes.iter().filter_map(|c| self.finding.changes.get(*c)) {
            if !seen.contains(&change.assumption) {
                seen.push(change.assumption);
                says.push(change.says.clone());
            }
        }
        let more = says.len().saturating_sub(NAMED);
        says.truncate(NAMED);
        if more > 0 {
            return format!("{}; or with {more} more", says.join("; or with "));
        }
        says.join("; or with ")
    }

    fn firmness(&mut self, found: &found::Sensitivity) {
        let mut firm: Vec<_> = found
            .robustness
            .iter()
            .filter(|r| firmness::is_defined(r))
            .collect();
        if firm.is_empty() {
            return;
        }
        firm.sort_by_key(|r| (r.robustness().unwrap_or(u32::MAX), r.state));
        self.page.heading("How firmly the equilibria hold");
        self.page.gap();
        self.page.paragraph(
            "By the fewest exchanges of neighbouring ranks in one party's own ranking, the weakest \
             first.",
        );
        for one in firm.iter().take(FIRM) {
            self.page.gap();
            let text = format!(
                "{} {}.",
                words::state(self.game, one.state),
                firmness::breaks(self.game, one)
            );
            self.page.hanging("  ", "  ", &text);
        }
        if firm.len() > FIRM {
            self.page.gap();
            self.page.more(firm.len() - FIRM);
        }
    }

    fn idle(&mut self) {
        let idle: Vec<&str> = self
            .finding
            .assumptions
            .iter()
            .filter(|a| a.idle)
            .map(|a| a.says.as_str())
            .collect();
        if idle.is_empty() {
            return;
        }
        self.page.heading("What changes nothing by itself");
        self.page.gap();
        self.page
            .hanging("  ", "  ", &format!("{}.", idle.join("; ")));
    }

    fn remarks(&mut self) {
        let mut remarks: Vec<String> = Vec::new();
        if let Some(stop) = &self.finding.stopped {
            remarks.push(format!("INCOMPLETE: {stop}."));
        }
        remarks.extend(self.finding.notes.iter().cloned());
        if remarks.is_empty() {
            return;
        }
        self.page.heading("Remarks");
        self.page.gap();
        for remark in remarks {
            self.page.hanging("  - ", "    ", &remark);
        }
    }
}

/// The change of an assumption that moves the most.
fn most<'a>(finding: &'a Sensitivity, assumption: &Assumption) -> Option<Moving<'a>> {
    let change = finding.changes.get(assumption.most?)?;
    Some((change, change.effect.as_ref()?))
}

fn reached(class: &Class) -> &'static str {
    match class.way.as_deref() {
        Some("improvements") => ", reached by improvements",
        Some("joint_steps") => ", reached by joint steps",
        Some("moves_only") => ", reached by moves only",
        Some("nowise") => ", cannot be reached",
        _ => "",
    }
}

/// `+1 -2`, or a point for nothing.
fn classes(effect: &Effect) -> String {
    let mut parts = Vec::new();
    if !effect.classes_gained.is_empty() {
        parts.push(format!("+{}", effect.classes_gained.len()));
    }
    if !effect.classes_lost.is_empty() {
        parts.push(format!("-{}", effect.classes_lost.len()));
    }
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join(" ")
    }
}

/// A bar for a number: one sign each while they fit, else in proportion, at least one sign for anything.
fn bar(number: usize, largest: usize) -> String {
    let signs = if largest <= BAR {
        number
    } else {
        (number * BAR).div_ceil(largest)
    };
    "#".repeat(signs)
}
