//! The report as a person reads it in a terminal.

use super::finding::{
    CountsFinding, NamedDoubtFinding, PackageDoubt, QuestionFinding, ShareFinding, VoiceFinding,
};
use crate::packages::words;
use crate::style::{Look, Page};

/// How many of each kind are listed.
const SHOWN: usize = 12;

/// The report.
pub fn text(finding: &PackageDoubt, look: Look) -> String {
    let mut report = Report {
        finding,
        page: Page::new(look),
    };
    report.head();
    if finding.contradictions.is_empty() {
        report.doubts();
        report.counts();
        report.packages();
        report.dominance();
        report.nash();
        report.questions();
    } else {
        report.contradictions();
    }
    report.page.finish()
}

struct Report<'a> {
    finding: &'a PackageDoubt,
    page: Page,
}

impl Report<'_> {
    fn head(&mut self) {
        let title = self.finding.negotiation.as_deref().unwrap_or("Negotiation");
        self.page.heading_here(title);
        if !self.finding.variants.is_empty() {
            let names = self.finding.variants.join(", ");
            self.page.line(&format!("with the changes of {names}"));
        }
        self.page.gap();
        if let Some(stopped) = &self.finding.stopped {
            self.page.paragraph(&format!("INCOMPLETE: {stopped}."));
        }
    }

    fn contradictions(&mut self) {
        self.page.paragraph(
            "What is known contradicts itself: no utility agrees with all of the following, and without any one \
             of them some do. Nothing else can be said until one of them is given up or widened.",
        );
        for contradiction in &self.finding.contradictions {
            self.page
                .heading(&format!("What {} is known for", contradiction.who));
            for part in &contradiction.parts {
                self.page.hanging("  - ", "    ", part);
            }
        }
    }

    fn doubts(&mut self) {
        let doubtful: usize = self.finding.voices.iter().map(|v| v.doubtful.len()).sum();
        if doubtful == 0 {
            self.page
                .paragraph("No number is in doubt, so that nothing is left open.");
        } else {
            self.page.paragraph(&format!(
                "Must, may and cannot: under all, some or no utilities that agree with the bounds, orders and \
                 facts of the text. They are exact. Shares are of these utilities, all as likely, estimated from \
                 {} draws with seed {}; ± is one standard error, and 0 and 1 mean no draw and every draw.",
                words::grouped(&self.finding.samples.to_string()),
                self.finding.seed
            ));
        }
        self.page.heading("In doubt");
        for voice in &self.finding.voices {
            let number = voice.doubtful.len();
            let plural = if number == 1 { "" } else { "s" };
            let mut says = format!("{}: {number} number{plural}", voice.name);
            if !voice.facts.is_empty() {
                says += &format!("; known: {}", known(voice));
            }
            if voice.readings > 1 {
                says += &format!(
                    "; what facts may mean is kept apart in {} ways",
                    voice.readings
                );
            }
            if !voice.reservation {
                says += "; no reservation value, so that it accepts everything";
            }
            self.page.hanging("  ", "    ", &says);
            self.narrowed(voice);
        }
        for fact in &self.finding.left_out {
            let says = format!("left out, since its packages may mean too much: {fact}");
            self.page.hanging("  ", "    ", &says);
        }
    }

    /// What facts take from the bounds of single numbers.
    fn narrowed(&mut self, voice: &VoiceFinding) {
        let narrowed: Vec<String> = voice
            .doubtful
            .iter()
            .filter(|r| r.stated != r.left)
            .map(|r| format!("{} {} to {}", r.number, r.left[0], r.left[1]))
            .collect();
        if narrowed.is_empty() {
            return;
        }
        let more = narrowed.len().saturating_sub(SHOWN);
        let mut says = narrowed[..narrowed.len() - more].join(", ");
        if more > 0 {
            says += &format!(", and {more} more");
        }
        self.page
            .hanging("    narrowed by facts: ", "      ", &says);
    }

    fn counts(&mut self) {
        self.page.heading("All packages");
        let row = |name: &str, counts: &CountsFinding| {
            let counts = [counts.must, counts.may, counts.cannot];
            let mut row = vec![name.to_owned()];
            row.extend(counts.iter().map(|c| words::grouped(&c.to_string())));
            row
        };
        let mut rows = vec![row("agreed", &self.finding.agreed)];
        let voices = self.finding.voices.iter();
        rows.extend(voices.map(|v| row(&format!("accepted by {}", v.name), &v.accepts)));
        let judged = words::packages(&self.finding.judged.to_string());
        let header = [judged.as_str(), "must", "may", "cannot"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, true, true, true]);
    }

    fn packages(&mut self) {
        if self.finding.packages.is_empty() {
            return;
        }
        self.page.heading("Packages with a name");
        let mut header = vec!["package".to_owned()];
        header.extend(self.finding.voices.iter().map(|v| v.name.clone()));
        header.extend(["agreed", "Nash point", "efficient"].map(str::to_owned));
        let rows: Vec<Vec<String>> = self.finding.packages.iter().map(row).collect();
        self.page.table(&header, &rows, &vec![false; header.len()]);
        let vague: Vec<String> = self
            .finding
            .packages
            .iter()
            .filter(|p| p.means > 1)
            .map(|p| format!("{} may mean {} packages", p.name, p.means))
            .collect();
        if !vague.is_empty() {
            self.page.paragraph(&format!(
                "{}: must and cannot hold whatever is meant, and shares go from the least to the most of them.",
                vague.join(", ")
            ));
        }
    }

    fn dominance(&mut self) {
        let (always, sometimes): (Vec<_>, Vec<_>) = self
            .finding
            .dominance
            .iter()
            .partition(|d| d.relation == "necessary");
        if self.finding.dominance.is_empty() {
            return;
        }
        self.page.heading("Better for one party and worse for none");
        for (word, all) in [("always", always), ("perhaps", sometimes)] {
            let pairs: Vec<String> = all
                .iter()
                .take(SHOWN)
                .map(|d| format!("{} than {}", d.better, d.worse))
                .collect();
            if !pairs.is_empty() {
                let more = all.len() - pairs.len();
                let mut says = pairs.join(", ");
                if more > 0 {
                    says += &format!(", and {more} more");
                }
                self.page.hanging(&format!("  {word}: "), "    ", &says);
            }
        }
    }

    fn nash(&mut self) {
        if self.finding.nash.is_empty() {
            return;
        }
        self.page.heading("Most often the Nash point");
        let header = ["share", "agreed", "package"].map(str::to_owned);
        let rows: Vec<Vec<String>> = self
            .finding
            .nash
            .iter()
            .map(|n| {
                vec![
                    n.shares.nash.as_ref().map(one).unwrap_or_default(),
                    one(&n.shares.agreed),
                    words::changes(&n.package),
                ]
            })
            .collect();
        self.page.table(&header, &rows, &[false, false, false]);
    }

    fn questions(&mut self) {
        let finding = self.finding;
        if finding.questions.is_empty() {
            return;
        }
        self.page.heading("What to find out next");
        self.page.paragraph(
            "By how much the answer is expected to tell, in bits summed over packages; then how many packages \
             must, may and cannot be agreed after it.",
        );
        for question in &finding.questions {
            self.question(question);
        }
        let known = |q: &&QuestionFinding| !finding.questions.contains(q);
        let named: Vec<&QuestionFinding> = finding.named_questions.iter().filter(known).collect();
        if !named.is_empty() {
            self.page.heading("Of packages with a name");
            for question in named {
                self.question(question);
            }
        }
    }

    fn question(&mut self, question: &QuestionFinding) {
        let says = format!(
            "whether {} {} ({:.1} bits)",
            question.who, question.asks, question.bits
        );
        self.page.hanging("  ", "    ", &says);
        for (word, answer) in [("yes", &question.yes), ("no", &question.no)] {
            let counts = [answer.agreed.must, answer.agreed.may, answer.agreed.cannot];
            let [must, may, cannot] = counts.map(|c| words::grouped(&c.to_string()));
            let says = format!(
                "{word} ({:.2}): must {must}, may {may}, cannot {cannot}",
                answer.share
            );
            self.page.hanging("    ", "      ", &says);
        }
    }
}

fn known(voice: &VoiceFinding) -> String {
    let prefix = format!("{} ", voice.name);
    let facts = voice.facts.iter();
    let short: Vec<&str> = facts
        .map(|f| f.strip_prefix(&prefix).unwrap_or(f))
        .collect();
    short.join(", ")
}

fn row(package: &NamedDoubtFinding) -> Vec<String> {
    let mut row = vec![package.name.clone()];
    for (place, opinion) in package.opinions.iter().enumerate() {
        let shares = package.shares.iter();
        let shares: Vec<&ShareFinding> = shares.filter_map(|s| s.accepted.get(place)).collect();
        row.push(cell(&opinion.accepts, &shares));
    }
    let agreed: Vec<&ShareFinding> = package.shares.iter().map(|s| &s.agreed).collect();
    row.push(cell(&package.agreed, &agreed));
    let nash = package.shares.iter().filter_map(|s| s.nash.as_ref());
    row.push(spread(&nash.collect::<Vec<_>>()));
    let efficient = package.shares.iter().filter_map(|s| s.efficient.as_ref());
    row.push(match package.always_efficient {
        Some(true) => "must".to_owned(),
        _ => spread(&efficient.collect::<Vec<_>>()),
    });
    row
}

/// `must`, `cannot`, or `may 0.35 ±0.01`.
fn cell(standing: &str, shares: &[&ShareFinding]) -> String {
    if standing != "may" || shares.is_empty() {
        return standing.to_owned();
    }
    format!("may {}", spread(shares))
}

fn spread(shares: &[&ShareFinding]) -> String {
    let least = shares.iter().min_by(|a, b| a.value.total_cmp(&b.value));
    let most = shares.iter().max_by(|a, b| a.value.total_cmp(&b.value));
    match (least, most) {
        (Some(least), Some(most)) if shares.len() > 1 => {
            let end = |share: &ShareFinding| match share.value {
                v if v <= 0.0 => "0".to_owned(),
                v if v >= 1.0 => "1".to_owned(),
                v => format!("{v:.2}"),
            };
            let (least, most) = (end(least), end(most));
            if least == most {
                return least;
            }
            format!("{least} to {most}")
        }
        (Some(only), _) => one(only),
        _ => "-".to_owned(),
    }
}

/// `0.35 ±0.01`; `0` and `1` when it held in no draw, or in all.
fn one(share: &ShareFinding) -> String {
    if share.value <= 0.0 {
        return "0".to_owned();
    }
    if share.value >= 1.0 {
        return "1".to_owned();
    }
    format!("{:.2} ±{:.2}", share.value, share.standard_error)
}
