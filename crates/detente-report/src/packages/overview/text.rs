//! The overview as text.

use super::home;
use super::lines::{MOST_LEVELS, issue_line, rule_line, zone_line};
use super::{AbsentFinding, FrontierFinding, NamedFinding, Packages, PointFinding};
use crate::packages::words;
use crate::style::{Look, Page};
use crate::words::{capital, count, list};

/// How much is written out.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Whether the frontier is listed.
    pub frontier: bool,
    /// How many of its points at most.
    pub points: usize,
    /// How many packages that are worth the same.
    pub ties: usize,
}

/// Tied points of a rule that are listed at most.
const MOST_TIES: usize = 3;

/// The overview for people.
pub fn text(finding: &Packages, shown: Shown, look: Look) -> String {
    let mut view = View {
        finding,
        shown,
        page: Page::new(look),
    };
    view.opening();
    view.table();
    view.zone();
    view.beyond();
    view.solutions();
    view.named();
    view.facts();
    if shown.frontier {
        view.frontier();
    }
    view.remarks();
    view.page.finish()
}

struct View<'a> {
    finding: &'a Packages,
    shown: Shown,
    page: Page,
}

impl View<'_> {
    fn opening(&mut self) {
        let finding = self.finding;
        let mut title = finding.negotiation.clone();
        if !finding.variants.is_empty() {
            let with = finding.variants.join(" + ");
            title = Some(format!("{} [{with}]", title.unwrap_or_default()));
        }
        self.page
            .heading(title.as_deref().unwrap_or("What could be agreed"));
        self.page.gap();
        let issues = count(finding.issues.len(), "issue");
        let all = words::packages(&finding.combinations);
        let permitted = &finding.permitted;
        let sentence = match &permitted.count {
            Some(count) if *count == finding.combinations => format!("{issues}, {all}."),
            Some(count) => format!(
                "{issues}, {all}; the rules permit {}.",
                words::grouped(count)
            ),
            None => format!(
                "{issues}, {all}; how many the rules permit was not counted: {}.",
                permitted.not_counted.as_deref().unwrap_or("unknown")
            ),
        };
        self.page.paragraph(&sentence);
        for issue in &finding.issues {
            self.page.hanging("  ", "      ", &issue_line(issue));
        }
        for rule in &finding.rules {
            self.page.hanging("  ", "      ", rule);
        }
    }

    fn table(&mut self) {
        self.page.heading("At the table");
        let header = ["", "worst", "best", "reservation", "no agreement"];
        let rows: Vec<Vec<String>> = self
            .finding
            .table
            .iter()
            .map(|side| {
                let reservation = side.reservation.as_ref();
                vec![
                    side.name.clone(),
                    side.worst.to_string(),
                    side.best.to_string(),
                    reservation.map_or_else(|| "none given".to_owned(), ToString::to_string),
                    side.disagreement.to_string(),
                ]
            })
            .collect();
        let right = [false, true, true, true, true];
        self.page.table(&header.map(str::to_owned), &rows, &right);
        let by_worst: Vec<&str> = self
            .finding
            .table
            .iter()
            .filter(|s| !s.by_reservation)
            .map(|s| s.name.as_str())
            .collect();
        let rule = match self.finding.disagreement.as_str() {
            "worst" => "the worst package",
            "reservation" => "the reservation value; the worst package where none is given",
            _ => {
                "the reservation value, or the worst package where that is better or none is given"
            }
        };
        let mut sentence = format!("What having no agreement is worth: {rule}");
        if self.finding.disagreement != "worst" && !by_worst.is_empty() {
            sentence.push_str(&format!(" (so for {})", list(&by_worst)));
        }
        sentence.push_str(". Gains are counted from there.");
        self.page.paragraph(&sentence);
        let absent = self.finding.absent.iter();
        let absent: Vec<String> = absent
            .map(|s| format!("{} asks for {}", s.name, s.disagreement))
            .collect();
        if !absent.is_empty() {
            self.page
                .paragraph(&format!("Not at the table: {}.", list(&absent)));
        }
    }

    fn zone(&mut self) {
        let finding = self.finding;
        self.page.heading("What all could accept");
        self.page.paragraph(&zone_line(&finding.zone));
        if let Some(zone) = &finding.in_the_way {
            self.page.paragraph(&home::in_the_way(finding, zone));
        }
        if finding.stopped.is_some() {
            return;
        }
        let FrontierFinding {
            points,
            packages,
            acceptable_points,
            acceptable_packages,
        } = &finding.frontier;
        let mut sentence = format!(
            "Nobody can better {} without somebody losing: {} of worths.",
            words::packages(packages),
            count(points.len(), "combination"),
        );
        if *acceptable_points > 0 {
            sentence.push_str(&format!(
                " All could accept {} of these packages: {}.",
                words::grouped(acceptable_packages),
                count(*acceptable_points, "combination"),
            ));
        }
        self.page.paragraph(&sentence);
    }

    /// What becomes of agreements at home, and in the conflict.
    fn beyond(&mut self) {
        let finding = self.finding;
        if let Some(found) = &finding.ratification {
            self.page.heading("What is ratified at home");
            let (sentence, lines) = home::ratification(found);
            self.page.paragraph(&sentence);
            for line in lines {
                self.page.hanging("  ", "      ", &line);
            }
        }
        if let Some(concept) = &finding.holds_by {
            self.page.heading("What becomes of the conflict");
            self.page.paragraph(&format!(
                "`agreed` says which state of the conflict a package makes. It would hold when nobody has reason to \
                 leave that state: when it is stable for every party, by {concept}. --about says why.",
            ));
        }
        if let Some(why) = &finding.holds_unknown {
            self.page.heading("What becomes of the conflict");
            self.page.paragraph(&format!(
                "Whether agreements would hold is not known: {why}."
            ));
        }
    }

    fn solutions(&mut self) {
        let finding = self.finding;
        if finding.solutions.is_empty() {
            return;
        }
        self.page.heading("What rules of division pick");
        let mut places: Vec<usize> = Vec::new();
        for solution in &finding.solutions {
            for place in solution.points.iter().take(MOST_TIES) {
                if !places.contains(place) {
                    places.push(*place);
                }
            }
        }
        if places.is_empty() && finding.stopped.is_none() {
            self.page
                .paragraph("Nothing: there is no package that all could accept.");
            return;
        }
        for place in places {
            let Some(point) = finding.frontier.points.get(place) else {
                continue;
            };
            let picking = finding.solutions.iter();
            let picking = picking.filter(|s| s.points.iter().take(MOST_TIES).any(|p| *p == place));
            let picking: Vec<String> = picking
                .map(|s| match s.points.len() {
                    1 => s.title.clone(),
                    ties => format!("{} (one of {ties} tied)", s.title),
                })
                .collect();
            let gains = self.named_worths(&point.gain);
            self.page.gap();
            self.page.heading_here(&format!(
                "{} (gains: {gains})",
                self.named_worths(&point.worth)
            ));
            self.page
                .hanging("  ", "    ", &format!("picked by {}", picking.join("; ")));
            self.packages_of(point, true);
            self.at_home(point);
        }
        self.page.gap();
        for solution in &finding.solutions {
            self.page.hanging("  ", "    ", &rule_line(solution));
        }
    }

    /// The first packages of a point: the first in full, the others in a line each.
    fn packages_of(&mut self, point: &PointFinding, in_full: bool) {
        let mut examples = point.examples.iter().take(self.shown.ties);
        if in_full && let Some(first) = examples.next() {
            if first.is_empty() {
                self.page.line("    nothing changes");
            }
            for (issue, level) in first {
                let line = self.pick(issue, std::slice::from_ref(level));
                self.page.hanging("    ", "        ", &line);
            }
        }
        let rest: Vec<String> = examples.map(words::changes).collect();
        let said = rest.len() + usize::from(in_full && !point.examples.is_empty());
        for line in rest {
            let lead = if in_full { "  or " } else { "    " };
            self.page.hanging(lead, "        ", &line);
        }
        if said > 0 && said.to_string() != point.packages {
            let all = words::packages(&point.packages);
            self.page
                .hanging("  ", "    ", &format!("{all} are worth just this."));
        }
    }

    /// What those who are not at the table make of the first package of a point.
    fn at_home(&mut self, point: &PointFinding) {
        let one = |absent: &AbsentFinding| {
            let verdict = if absent.accepts { "accepts" } else { "rejects" };
            format!("{} {verdict} it ({})", absent.name, absent.worth)
        };
        let all: Vec<String> = point.absent.iter().map(one).collect();
        if !all.is_empty() {
            let line = format!("not at the table: {}", list(&all));
            self.page.hanging("  ", "    ", &line);
        }
        if let Some(line) = home::ratified(&point.ratified) {
            self.page.hanging("  ", "    ", &line);
        }
        for line in home::kept(point.holds.as_slice(), point.acceptable) {
            self.page.hanging("  ", "    ", &line);
        }
    }

    /// An issue and levels with their full names: `Sanctions relief: Inter-Korean waivers`.
    fn pick(&self, name: &str, levels: &[String]) -> String {
        let Some(issue) = self.finding.issues.iter().find(|i| i.name == name) else {
            return name.to_owned();
        };
        let title = |level: &String| {
            let found = issue.levels.iter().find(|l| l.name == *level);
            let title = found.and_then(|l| l.title.as_deref());
            title.unwrap_or(level).to_owned()
        };
        let levels = if levels.len() > MOST_LEVELS {
            let ends = (levels.first().map(title), levels.last().map(title));
            format!(
                "{} to {}, {} levels",
                ends.0.unwrap_or_default(),
                ends.1.unwrap_or_default(),
                levels.len()
            )
        } else {
            levels.iter().map(title).collect::<Vec<_>>().join(" or ")
        };
        format!(
            "{}: {levels}",
            issue.title.as_deref().unwrap_or(&issue.name)
        )
    }

    fn named_worths(&self, worths: &[crate::packages::Exact]) -> String {
        let names = self.finding.table.iter().map(|s| s.name.as_str());
        words::worths(names.zip(worths))
    }

    fn named(&mut self) {
        let finding = self.finding;
        if finding.named.is_empty() {
            return;
        }
        self.page.heading("Packages with a name");
        for named in &finding.named {
            self.one_named(named);
        }
    }

    fn one_named(&mut self, named: &NamedFinding) {
        let called = match &named.title {
            Some(title) => format!("{title} ({})", named.name),
            None => named.name.clone(),
        };
        let table = self.finding.table.iter().chain(&self.finding.absent);
        let worths = self.finding.worths(named);
        self.page.gap();
        let worths = if worths.is_empty() {
            "not said".to_owned()
        } else {
            worths.join(", ")
        };
        self.page.hanging("", "  ", &format!("{called}: {worths}"));
        for (issue, levels) in &named.picks {
            let line = self.pick(issue, levels);
            self.page.hanging("    ", "        ", &line);
        }
        let names = |verdict: &str| -> Vec<&str> {
            let table = table.clone().zip(&named.accepted);
            table
                .filter(|(_, a)| *a == verdict)
                .map(|(s, _)| s.name.as_str())
                .collect()
        };
        let (no, depends) = (names("no"), names("depends"));
        let mut says = Vec::new();
        let all = !named.accepted.is_empty() && no.is_empty() && depends.is_empty();
        if all {
            says.push("All could accept it.".to_owned());
        }
        if !no.is_empty() {
            says.push(format!("{} would rather have no agreement.", list(&no)));
        }
        if !depends.is_empty() {
            says.push(format!(
                "Whether {} could accept it depends on what it means.",
                list(&depends)
            ));
        }
        match named.dominated.as_deref() {
            Some("no") => says.push("Nobody can better it without somebody losing.".to_owned()),
            Some("depends") => {
                says.push("Whether it can be bettered depends on what it means.".to_owned());
            }
            Some("yes") if named.better.is_none() => says.push(
                "Whatever it means, something is better for somebody and worse for nobody, but \
                 no one package for all that it may mean."
                    .to_owned(),
            ),
            _ => {}
        }
        let better = named
            .better
            .and_then(|b| self.finding.frontier.points.get(b));
        if let Some(point) = better {
            let worth = self.named_worths(&point.worth);
            let lead = if point.acceptable {
                "Better for somebody, worse for nobody, and acceptable to all"
            } else {
                "Better for somebody and worse for nobody"
            };
            let example = point.examples.first().map(words::changes);
            says.push(match example {
                Some(example) => format!("{lead}: {worth}, by {example}."),
                None => format!("{lead}: {worth}."),
            });
        }
        if let Some(line) = home::ratified(&named.ratified) {
            says.push(format!("{}.", capital(&line)));
        }
        says.extend(home::kept(&named.holds, all));
        if !says.is_empty() {
            self.page.hanging("  ", "  ", &says.join(" "));
        }
    }

    fn facts(&mut self) {
        if self.finding.facts.is_empty() {
            return;
        }
        self.page.heading("What is known, and what the numbers say");
        let rows: Vec<Vec<String>> = self
            .finding
            .facts
            .iter()
            .map(|fact| {
                let verdict = match fact.verdict.as_str() {
                    "contradicts" => "CONTRADICTS",
                    other => other,
                };
                vec![fact.says.clone(), verdict.to_owned(), fact.because.clone()]
            })
            .collect();
        let header = ["known", "numbers", "because"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, false, false]);
    }

    fn frontier(&mut self) {
        let finding = self.finding;
        self.page
            .heading("The frontier: what nobody can better without somebody losing");
        let points = &finding.frontier.points;
        let mut header: Vec<String> = finding.table.iter().map(|s| s.name.clone()).collect();
        header.extend(["all accept", "packages", "the first of them"].map(str::to_owned));
        let mut rows = Vec::new();
        for point in points.iter().take(self.shown.points) {
            let mut row: Vec<String> = point.worth.iter().map(ToString::to_string).collect();
            row.push(if point.acceptable { "yes" } else { "-" }.to_owned());
            row.push(words::grouped(&point.packages));
            row.push(
                point
                    .examples
                    .first()
                    .map(words::changes)
                    .unwrap_or_default(),
            );
            rows.push(row);
        }
        let mut right = vec![true; finding.table.len()];
        right.extend([false, true, false]);
        self.page.table(&header, &rows, &right);
        let more = points.len().saturating_sub(rows.len());
        if more > 0 {
            self.page.paragraph(&format!(
                "And {more} more; --limit shows more, --format csv or json has them all."
            ));
        }
    }

    fn remarks(&mut self) {
        let mut remarks = self.finding.notes.clone();
        if let Some(stopped) = &self.finding.stopped {
            remarks.insert(0, format!("INCOMPLETE: {stopped}."));
        }
        if remarks.is_empty() {
            return;
        }
        self.page.heading("Remarks");
        for remark in remarks {
            self.page.hanging("  - ", "    ", &remark);
        }
    }
}
