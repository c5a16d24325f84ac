//! Lotteries between packages, as text.

use num_traits::{One, Zero};

use super::{Lotteries, LotteryFinding};
use crate::packages::exact::Exact;
use crate::packages::words;
use crate::style::{Look, Page};
use crate::words::{capital, list, titled};

/// Packages of a lottery that are listed at most.
const MOST_PARTS: usize = 12;

/// Fractions of more characters are shown as percentages only.
const LONG_CHANCE: usize = 11;

/// What was found, for people.
pub fn text(finding: &Lotteries, look: Look) -> String {
    let mut view = View {
        names: finding.table.iter().map(|v| v.name.as_str()).collect(),
        page: Page::new(look),
    };
    view.opening(finding);
    if finding.ideal.is_some() {
        for lottery in &finding.lotteries {
            view.lottery(lottery, finding.exact);
        }
    }
    view.page.notes(&finding.notes);
    view.page.finish()
}

struct View<'a> {
    names: Vec<&'a str>,
    page: Page,
}

impl View<'_> {
    fn opening(&mut self, finding: &Lotteries) {
        let title = finding.negotiation.as_deref().unwrap_or("The negotiation");
        let title = titled(title, &finding.variants);
        self.page
            .heading(&format!("{title}: lotteries between packages"));
        self.page.gap();
        self.page.paragraph(&finding.definition);
        let floors = finding.table.iter();
        let floors = words::worths(floors.map(|v| (v.name.as_str(), &v.disagreement)));
        self.page.paragraph(&format!(
            "Having no agreement is worth: {floors}. Chance chooses from {}.",
            match finding.points {
                1 => "the only point of the frontier".to_owned(),
                points => format!(
                    "the {} points of the frontier",
                    words::grouped(&points.to_string())
                ),
            }
        ));
        match &finding.ideal {
            Some(ideal) => self.page.paragraph(&format!(
                "The most that each can expect, {}: {}.",
                if finding.exact { "exactly" } else { "nearly" },
                self.worths(ideal)
            )),
            None => self.page.paragraph("No lottery is accepted by all."),
        }
    }

    fn worths(&self, worths: &[Exact]) -> String {
        let pairs = self.names.iter().zip(worths);
        let parts: Vec<String> = pairs
            .map(|(name, worth)| format!("{name} {}", words::readable(&worth.0)))
            .collect();
        parts.join(", ")
    }

    fn lottery(&mut self, lottery: &LotteryFinding, exact: bool) {
        self.page.gap();
        self.page.heading_here(&lottery.title);
        self.page.hanging(
            "  ",
            "  ",
            &format!("{}. [{}]", capital(&lottery.definition), lottery.source),
        );
        if let Some(nothing) = &lottery.nothing {
            self.page
                .hanging("  ", "  ", &format!("Nothing: {nothing}."));
            return;
        }
        let pure = matches!(lottery.parts.as_slice(), [only] if only.chance.0.is_one());
        if pure {
            self.page.hanging("  ", "  ", "One package for sure:");
        }
        for part in lottery.parts.iter().take(MOST_PARTS) {
            let chance = if pure {
                String::new()
            } else {
                format!("chance {}: ", chance(&part.chance))
            };
            let ties = match part.packages.as_str() {
                "1" => String::new(),
                many => format!(" (one of {})", words::packages(many)),
            };
            let but = if part.acceptable {
                ""
            } else {
                "; by itself it is not accepted by all"
            };
            self.page.hanging(
                "    ",
                "      ",
                &format!(
                    "{chance}{}{ties}; worth {}{but}",
                    words::changes(&part.package),
                    self.worths(&part.worth)
                ),
            );
        }
        if lottery.parts.len() > MOST_PARTS {
            self.page.more(lottery.parts.len() - MOST_PARTS);
        }
        if !pure {
            let (expected, gain) = (self.worths(&lottery.expected), self.worths(&lottery.gain));
            let says = format!("Expected: {expected}. Gains: {gain}.");
            self.page.hanging("  ", "  ", &says);
        }
        let absent: Vec<String> = lottery
            .absent
            .iter()
            .map(|a| {
                let verdict = if a.accepts { "accepts" } else { "rejects" };
                let mean = words::readable(&a.expected.0);
                format!("{} {verdict} it, expecting {mean}", a.name)
            })
            .collect();
        if !absent.is_empty() {
            let says = format!("Not at the table: {}.", list(&absent));
            self.page.hanging("  ", "  ", &says);
        }
        self.value(lottery, exact, pure);
    }

    /// How much the lottery has, how much it may fall short, and how much a single package has.
    fn value(&mut self, lottery: &LotteryFinding, exact: bool, pure: bool) {
        let (Some(value), Some(most)) = (&lottery.value, &lottery.at_most) else {
            return;
        };
        let mut says = format!("Value {}", words::readable(&value.0));
        says += &if exact || value == most {
            ", exact.".to_owned()
        } else {
            format!(
                "; a lottery that all accept has {} at most.",
                bound(value, most)
            )
        };
        says += &match &lottery.single {
            None => " No single package is accepted by all.".to_owned(),
            Some(single) if single.gain.0.is_zero() && pure => {
                " No lottery does better.".to_owned()
            }
            Some(single) if single.gain.0.is_zero() => " A single package has as much.".to_owned(),
            Some(single) => format!(
                " The best single package has {}, by {}: the lottery has {} more.",
                words::readable(&single.value.0),
                words::changes(&single.package),
                words::readable(&single.gain.0)
            ),
        };
        self.page.hanging("  ", "  ", &says);
    }
}

/// A bound, or how little lies between it and the value when their decimals are the same.
fn bound(value: &Exact, most: &Exact) -> String {
    let (low, high) = (words::readable(&value.0), words::readable(&most.0));
    if low == high {
        format!("{:.1e} more", most.rounded() - value.rounded())
    } else {
        high
    }
}

/// `0.25`, `2/3 (about 66.67 %)`, `about 33.33 %`.
fn chance(chance: &Exact) -> String {
    let text = chance.to_string();
    let percent = format!("about {:.2} %", chance.rounded() * 100.0);
    match (text.contains('/'), text.len() > LONG_CHANCE) {
        (false, _) => text,
        (true, false) => format!("{text} ({percent})"),
        (true, true) => percent,
    }
}
