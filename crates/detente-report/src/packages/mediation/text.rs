//! What a mediator asks, as text.

use super::finding::{
    AboutFinding, BundleFinding, HoldFinding, LinkageFinding, Mediation, RatificationFinding,
    SettlementFinding, TradeFinding, WithoutFinding, ZoneFinding,
};
use crate::packages::exact::Exact;
use crate::packages::words;
use crate::style::{Look, Page};
use crate::words::{count, list};
use num_traits::{Signed, Zero};

/// Offers of equal worth that are listed at most for each voice.
const MOST_OFFERS: usize = 3;

/// What was found, for people.
pub fn text(finding: &Mediation, look: Look) -> String {
    let mut view = View {
        names: finding.voices.iter().map(|v| v.name.as_str()).collect(),
        page: Page::new(look),
    };
    let title = finding.negotiation.as_deref().unwrap_or("The negotiation");
    view.page.heading(title);
    view.page.gap();
    let floors = finding
        .voices
        .iter()
        .map(|v| (v.name.as_str(), &v.disagreement));
    let floors = words::worths(floors);
    view.page
        .paragraph(&format!("Having no agreement is worth: {floors}."));
    if let Some(zone) = &finding.zone {
        view.zone(zone);
    }
    if let Some(ratification) = &finding.ratification {
        view.ratification(ratification);
    }
    if let Some(linkage) = &finding.linkage {
        view.linkage(linkage);
    }
    if let Some(about) = &finding.about {
        view.about(about);
    }
    view.page.notes(&finding.notes);
    view.page.finish()
}

struct View<'a> {
    names: Vec<&'a str>,
    page: Page,
}

impl View<'_> {
    fn worths(&self, worth: &[Exact]) -> String {
        words::worths(self.names.iter().copied().zip(worth))
    }

    fn item(&mut self, text: &str) {
        self.page.hanging("  - ", "    ", text);
    }

    fn zone(&mut self, zone: &ZoneFinding) {
        self.page.heading("Zone of agreement");
        self.page.gap();
        let all = list(&zone.voices);
        match (&zone.nearest, &zone.together) {
            (Some(nearest), Some(by)) if zone.exists => {
                let package = words::changes(&nearest.package);
                let gains = self.worths(&nearest.gain);
                self.page.paragraph(&format!(
                    "There are packages that {all} accept. The one with the largest smallest gain: {package}; \
                     gains {gains}. All disagreement values together could rise by {}.",
                    Exact(-by.0.clone())
                ));
                for shift in &zone.alone {
                    if let Some(by) = &shift.by {
                        let by = Exact(-by.0.clone());
                        let voice = &shift.voice;
                        self.item(&format!("that of {voice} alone could rise by {by}"));
                    }
                }
            }
            (Some(nearest), Some(by)) => {
                self.page
                    .paragraph(&format!("There is no package that {all} accept."));
                for conflict in &zone.conflicts {
                    let who = list(conflict);
                    let sentence = if conflict.len() == 1 {
                        format!("{who} accepts nothing")
                    } else {
                        format!("no package satisfies {who} together")
                    };
                    self.item(&sentence);
                }
                for shift in &zone.alone {
                    let voice = &shift.voice;
                    self.item(&match &shift.by {
                        Some(by) => format!("{voice} alone would have to give way by {by}"),
                        None => format!("{voice} alone cannot help it: the others conflict"),
                    });
                }
                let package = words::changes(&nearest.package);
                let gains = self.worths(&nearest.gain);
                self.page.paragraph(&format!(
                    "If all gave way by the same amount, {by} would do: {package}; gains {gains}."
                ));
            }
            _ => self.page.paragraph("The rules permit no package."),
        }
    }

    fn settlement(&self, settlement: Option<&SettlementFinding>) -> String {
        match settlement {
            None => "nothing".to_owned(),
            Some(s) => {
                let ties = match s.ties {
                    0 => String::new(),
                    n => format!(", and {} as good", count(n, "other worth")),
                };
                let package = words::changes(&s.valued.package);
                format!("{package}; worth {}{ties}", self.worths(&s.valued.worth))
            }
        }
    }

    fn ratification(&mut self, found: &RatificationFinding) {
        self.page.heading("Ratification");
        self.page.gap();
        let nobody = found.sides.iter().all(|s| s.ratifiers.is_empty());
        let (all, leaders) = (
            words::packages(&found.packages),
            words::grouped(&found.leaders),
        );
        self.page.paragraph(&if nobody {
            format!("Nobody must ratify. Of {all} the leaders accept {leaders}.")
        } else {
            let ratified = words::grouped(&found.ratified);
            format!("Of {all} the leaders accept {leaders}; {ratified} are also ratified.")
        });
        let rows = self.names.iter().zip(&found.accepted);
        let rows: Vec<Vec<String>> = rows
            .map(|(name, number)| vec![(*name).to_owned(), words::grouped(number)])
            .collect();
        let header = ["who", "win-set"].map(str::to_owned);
        self.page.gap();
        self.page.table(&header, &rows, &[false, true]);
        if !nobody {
            self.page.gap();
        }
        for side in found.sides.iter().filter(|_| !nobody) {
            let rule = match side.ratifiers.len() {
                0 => "nobody must ratify".to_owned(),
                _ => format!("ratified by {}", side.rule),
            };
            self.item(&format!(
                "{} with those at home ({rule}): {}",
                side.party,
                words::packages(&side.win_set)
            ));
            for ratifier in &side.ratifiers {
                self.page.hanging(
                    "    - ",
                    "      ",
                    &format!(
                        "without {}: {}, and {} ratified by all",
                        ratifier.name,
                        words::packages(&ratifier.win_set_without),
                        words::grouped(&ratifier.ratified_without)
                    ),
                );
            }
            if let Some(strength) = &side.strength {
                let verdict = if strength.0.is_positive() {
                    format!("its leader gains {strength} at the table by having to ratify")
                } else if strength.0.is_negative() {
                    let lost = Exact(-strength.0.clone());
                    format!("its leader loses {lost} at the table by having to ratify")
                } else {
                    "its leader neither gains nor loses at the table by having to ratify".to_owned()
                };
                self.page.hanging("    - ", "      ", &verdict);
            }
        }
        self.page.gap();
        self.page
            .paragraph("What maximises the product of gains over having no agreement (Nash), for");
        let settlements = [
            ("the leaders, when nobody must ratify", &found.free),
            ("the leaders, among what is ratified", &found.bound),
            ("leaders and ratifiers together", &found.everybody),
        ];
        for (who, settlement) in settlements.into_iter().take(if nobody { 1 } else { 3 }) {
            let settlement = self.settlement(settlement.as_ref());
            self.item(&format!("{who}: {settlement}"));
        }
    }

    fn bundle(&mut self, how: &str, bundle: &BundleFinding) {
        let package = words::changes(&bundle.valued.package);
        let worths = self.worths(&bundle.valued.worth);
        let but = match (bundle.permitted, bundle.accepted) {
            (false, _) => "; the rules exclude it",
            (true, false) => "; somebody does not accept it",
            (true, true) => "",
        };
        self.item(&format!("{how}: {package}; worth {worths}{but}"));
    }

    fn linkage(&mut self, found: &LinkageFinding) {
        self.page.heading("Linkage");
        self.page.gap();
        self.page.paragraph(&format!(
            "All sides accept {}. The leaders' largest product of gains (Nash), and their largest sum of \
             utilities:",
            words::packages(&found.zone)
        ));
        let nash = self.settlement(found.nash.as_ref());
        self.item(&format!("all issues together, Nash: {nash}"));
        self.bundle("each issue apart, Nash", &found.apart_nash);
        if let Some(grouped) = &found.grouped_nash {
            self.bundle("in groups, Nash", grouped);
        }
        let sum = self.settlement(found.utilitarian.as_ref());
        self.item(&format!("all issues together, sum: {sum}"));
        self.bundle("each issue apart, sum", &found.apart_utilitarian);
        if let Some(grouped) = &found.grouped_utilitarian {
            self.bundle("in groups, sum", grouped);
        }
        self.page.gap();
        self.page.paragraph(
            "Without one issue, which then stays at its first level: packages that all sides accept, and what \
             the Nash package is worth.",
        );
        self.without("issue", &found.without_issue);
        self.page.gap();
        self.page
            .paragraph("Without one voice, whom then nobody asks:");
        self.without("voice", &found.without_voice);
    }

    fn without(&mut self, what: &str, list: &[WithoutFinding]) {
        let rows = list.iter().map(|w| {
            let worth = w.nash.as_ref().map(|n| self.worths(&n.valued.worth));
            let worth = worth.unwrap_or_else(|| "nothing is agreed".to_owned());
            vec![w.name.clone(), words::grouped(&w.zone), worth]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let header = [what, "accepted", "worth at Nash"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, true, false]);
    }

    fn trade(&self, trade: &TradeFinding) -> String {
        let changes = trade.changes.iter().map(|c| {
            let worth = self.names.iter().zip(&c.worth);
            let worth = worth.filter(|(_, w)| !w.0.is_zero());
            let worth: Vec<String> = worth.map(|(n, w)| format!("{n} {}", signed(w))).collect();
            let worth = if worth.is_empty() {
                "nothing to anybody".to_owned()
            } else {
                worth.join(", ")
            };
            format!("{} {} -> {} ({worth})", c.issue, c.from, c.to)
        });
        let changes: Vec<String> = changes.collect();
        let gains = self.names.iter().zip(&trade.gain);
        let gains: Vec<String> = gains.map(|(n, g)| format!("{n} {}", signed(g))).collect();
        format!("{}: together {}", list(&changes), gains.join(", "))
    }

    fn about(&mut self, about: &AboutFinding) {
        let title = about.title.as_deref();
        let title = title.map_or_else(|| about.name.clone(), |t| format!("{t} ({})", about.name));
        self.page.heading(&title);
        self.page.gap();
        match &about.package {
            Some(package) => self
                .page
                .paragraph(&format!("The package: {}.", words::changes(package))),
            None => self.page.paragraph(&format!(
                "It is vague and may mean {}.",
                words::packages(&about.meanings)
            )),
        }
        self.page.gap();
        let rows = self.names.iter().zip(&about.worth).zip(&about.accepted);
        let rows: Vec<Vec<String>> = rows
            .map(|((name, [least, most]), accepted)| {
                let worth = if least == most {
                    least.to_string()
                } else {
                    format!("{least} .. {most}")
                };
                vec![(*name).to_owned(), worth, accepted.clone()]
            })
            .collect();
        let header = ["who", "worth", "accepts"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, true, false]);
        self.page.gap();
        for (place, objection) in about.objections.iter().enumerate() {
            let binding = if place == 0 { " (the binding one)" } else { "" };
            self.item(&format!(
                "it falls short by {} for {}{binding}",
                objection.short, objection.voice
            ));
        }
        let whom = list(&about.compared_for);
        self.item(&match about.efficient.as_str() {
            "yes" => {
                format!("Pareto-efficient for {whom}: nobody can gain without somebody losing")
            }
            "depends" => format!("Pareto-efficient for {whom} in some of its meanings only"),
            _ => format!("not Pareto-efficient for {whom}"),
        });
        for better in &about.better {
            let package = words::changes(&better.valued.package);
            let worths = self.worths(&better.valued.worth);
            let but = if better.acceptable {
                ""
            } else {
                "; not accepted by all"
            };
            self.item(&format!(
                "better for somebody and worse for nobody, best for {}: {package}; worth {worths}{but}",
                better.best_for
            ));
        }
        self.trades(about);
        self.offers(about);
        self.holds(about);
    }

    fn trades(&mut self, about: &AboutFinding) {
        // Two changes that do it are exchanges, which are listed below.
        if let Some(improvements) = &about.improvements
            && let Some(changed) = improvements.changed.filter(|c| *c != 2)
        {
            self.page.heading("Fewest changes by which nobody loses");
            self.page.gap();
            let found = improvements.found;
            let ways = if found == 1 { "way" } else { "ways" };
            let issues = count(changed, "issue");
            self.page
                .paragraph(&format!("By {issues}, in {found} {ways}; the best:"));
            for improvement in &improvements.best {
                let trade = self.trade(improvement);
                self.item(&trade);
            }
        }
        if let Some(stopped) = about.improvements.as_ref().and_then(|i| i.stopped.as_ref()) {
            self.page.paragraph(&format!(
                "The search for improvements is incomplete: {stopped}."
            ));
        }
        if !about.exchanges.is_empty() {
            self.page.heading("Exchanges: one issue pays for another");
            self.page.gap();
            for exchange in &about.exchanges {
                let trade = self.trade(exchange);
                self.item(&trade);
            }
            let left = about.exchanges_found - about.exchanges.len() as u64;
            if left > 0 {
                self.page
                    .paragraph(&format!("And {left} more; --limit lists more of them."));
            }
        }
        if !about.path.is_empty() {
            self.page.heading("The best trade, and the best from there");
            self.page.gap();
            for (place, step) in about.path.iter().enumerate() {
                let trade = self.trade(step);
                let number = format!("  {}. ", place + 1);
                self.page.hanging(&number, "     ", &trade);
            }
        }
    }

    fn offers(&mut self, about: &AboutFinding) {
        if about.equal_offers.iter().all(|e| e.offers.is_empty()) {
            return;
        }
        self.page.heading("Offers of equal worth");
        self.page.gap();
        for equal in &about.equal_offers {
            self.page.paragraph(&format!(
                "Worth the same to {}, and best for the others:",
                equal.voice
            ));
            for offer in equal.offers.iter().take(MOST_OFFERS) {
                let package = words::changes(&offer.valued.package);
                let worths = self.worths(&offer.valued.worth);
                self.item(&format!("{package}; worth {worths}"));
            }
            if equal.offers.len() > MOST_OFFERS {
                self.page.more(equal.offers.len() - MOST_OFFERS);
            }
        }
    }

    fn holds(&mut self, about: &AboutFinding) {
        self.page.heading("Would it hold?");
        self.page.gap();
        if let Some(why) = &about.holds_unknown {
            self.page.paragraph(&format!("Not known: {why}."));
        }
        for hold in &about.holds {
            self.hold(hold, about.holds.len() > 1);
        }
    }

    fn hold(&mut self, hold: &HoldFinding, several: bool) {
        let on = if hold.on.is_empty() {
            "no option is on".to_owned()
        } else {
            format!("these options are on: {}", hold.on.join(", "))
        };
        let meaning = if several {
            let example = words::changes(&hold.package);
            let meanings = count(hold.meanings, "meaning");
            format!("In {meanings}, such as {example}: after")
        } else {
            "After".to_owned()
        };
        let after = match &hold.state {
            None => "the rules of the conflict exclude that".to_owned(),
            Some(state) => {
                let name = state.title.as_ref().or(state.name.as_ref());
                let name = name.map_or_else(String::new, |n| format!(", `{n}`"));
                let verdict = if hold.holds { "holds" } else { "does not hold" };
                format!("state {}{name}; it {verdict}", state.id)
            }
        };
        self.page
            .paragraph(&format!("{meaning} the agreement {on}: {after}."));
        for party in &hold.parties {
            self.item(&party.claim);
            for reason in &party.reasons {
                self.page.hanging("    - ", "      ", reason);
            }
        }
    }
}

/// A number with its sign: `+3`, `-2`, `0`.
fn signed(value: &Exact) -> String {
    if value.0.is_positive() {
        format!("+{value}")
    } else {
        value.to_string()
    }
}
