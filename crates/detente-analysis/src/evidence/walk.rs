//! The way through a document, element by element.

use detente_model::syntax::ast::{
    Change, Citation, Claim, ClaimOutcome, Commitment, Consequence, Document, Effect, Event, Fact,
    Party, Place, PreferenceEdit, Preferences, Prohibition, Rule, StatementEdit, Term, Utility,
    Verdict, View, Wording,
};
use detente_model::syntax::{print_change, quote};

use super::ledger::{Entry, Kind, Ledger, Mark};

fn entry<'d>(
    kind: Kind,
    name: impl Into<String>,
    says: Option<String>,
    cites: &'d [Citation],
    place: Place,
) -> Entry<'d> {
    Entry {
        kind,
        name: name.into(),
        says,
        cites,
        place,
    }
}

pub(super) fn document(ledger: &mut Ledger, document: &Document) {
    for (at, party) in document.parties.iter().enumerate() {
        self::party(ledger, at, party);
    }
    for (at, one) in document.never.iter().enumerate() {
        rule(ledger, &format!("rule {}", at + 1), one);
    }
    for (at, one) in document.when.iter().enumerate() {
        consequence(ledger, &format!("consequence {}", at + 1), one);
    }
    for (at, one) in document.no_move.iter().enumerate() {
        prohibition(ledger, &format!("prohibition {}", at + 1), one);
    }
    for one in &document.states {
        let name = format!("state {}", one.name);
        ledger.add(entry(
            Kind::State,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
    }
    for one in &document.classes {
        let name = format!("class {}", quote(&one.name));
        let says = one.when.as_ref().map(ToString::to_string);
        ledger.add(entry(Kind::Class, name, says, &one.cites, one.place));
    }
    for (at, one) in document.terms.iter().enumerate() {
        term(ledger, Some(at), "", one);
    }
    packages(ledger, document);
    for one in &document.tracks {
        let name = format!("track {}", one.name);
        ledger.add(entry(
            Kind::Track,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
    }
    for (at, one) in document.calendar.iter().enumerate() {
        event(ledger, at, one);
    }
    for (at, one) in document.commitments.iter().enumerate() {
        commitment(ledger, at, one);
    }
    for (at, one) in document.claims.iter().enumerate() {
        claim(ledger, at, one);
    }
    for one in &document.references {
        let name = format!("reference {}", one.name);
        let says = one.title.as_ref().map_or_else(
            || one.chance.to_string(),
            |title| format!("{title}: {}", one.chance),
        );
        ledger.add(entry(
            Kind::Reference,
            name,
            Some(says),
            &one.cites,
            one.place,
        ));
    }
    for one in &document.views {
        view(ledger, "", one);
    }
    for one in &document.variants {
        let within = format!("variant {}: ", one.name);
        let before = ledger.elements.len();
        for (at, change) in one.changes.iter().enumerate() {
            self::change(ledger, &within, at, None, change);
        }
        // What a variant changes is supposed, not asserted.
        for element in ledger.elements.iter_mut().skip(before) {
            element.asserts = false;
        }
    }
}

fn party(ledger: &mut Ledger, at: usize, party: &Party) {
    let of = party.name.as_str();
    let name = format!("party {of}");
    ledger.add(entry(
        Kind::Party,
        name,
        party.title.clone(),
        &party.cites,
        party.place,
    ));
    for (place, one) in party.agents.iter().enumerate() {
        let name = format!("{} for {of}", one.name);
        let mut says = one.title.clone().unwrap_or_else(|| one.name.text.clone());
        if let Some(role) = &one.role {
            says.push_str(&format!(" as {role}"));
        }
        if let Some(track) = &one.track {
            says.push_str(&format!(" at {track}"));
        }
        let number = ledger.add(entry(Kind::Agent, name, Some(says), &one.cites, one.place));
        ledger.mark(Mark::Agent(at, place), number);
    }
    if let Some(pace) = &party.pace {
        let says = format!("acts every {} days", pace.days);
        let name = format!("pace of {of}");
        ledger.add(entry(Kind::Pace, name, Some(says), &pace.cites, pace.place));
    }
    for one in &party.options {
        let name = format!("{of}.{}", one.name);
        ledger.add(entry(
            Kind::Option,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
    }
    if let Some(wants) = &party.preferences {
        preferences(ledger, &format!("of {of}"), None, wants);
    }
    for one in &party.candidates {
        let name = format!("candidate {} of {of}", one.name);
        let number = ledger.add(entry(
            Kind::Candidate,
            name.clone(),
            one.title.clone(),
            &one.cites,
            one.place,
        ));
        preferences(
            ledger,
            &format!("of {name}"),
            Some(number),
            &one.preferences,
        );
    }
    for one in &party.attitudes {
        let name = format!("attitude of {of} toward {}", one.toward);
        let says = Some(one.attitude.word().to_owned());
        ledger.add(entry(Kind::Attitude, name, says, &one.cites, one.place));
    }
    if let Some(worth) = &party.utility {
        utility(ledger, of, worth);
    }
    for one in &party.ratifiers {
        let name = format!("ratifier {} of {of}", one.name);
        ledger.add(entry(
            Kind::Ratifier,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
        utility(ledger, &format!("{of}.{}", one.name), &one.utility);
    }
}

/// The lines of what a party wants. `of` says whose: `of US`; lines without citations have those of the
/// candidate or change around them.
fn preferences(ledger: &mut Ledger, of: &str, around: Option<usize>, wants: &Preferences) {
    match wants {
        Preferences::Statements(statements) => {
            for (at, one) in statements.iter().enumerate() {
                let name = match &one.label {
                    Some(label) => format!("statement {} ({label}) {of}", at + 1),
                    None => format!("statement {} {of}", at + 1),
                };
                let says = Some(one.formula.to_string());
                let entry = entry(Kind::Preference, name, says, &one.cites, one.place);
                add(ledger, around, entry);
            }
        }
        // A ranking carries no citations of its own.
        Preferences::Ranks(_) => {}
        Preferences::Weights(lines) => {
            for (at, one) in lines.iter().enumerate() {
                let name = format!("weight {} {of}", at + 1);
                let says = Some(format!("{}: {}", one.weight.text, one.formula));
                let entry = entry(Kind::Preference, name, says, &one.cites, one.place);
                add(ledger, around, entry);
            }
        }
    }
}

fn add(ledger: &mut Ledger, around: Option<usize>, entry: Entry<'_>) -> usize {
    match around {
        Some(around) => ledger.add_within(around, entry),
        None => ledger.add(entry),
    }
}

fn utility(ledger: &mut Ledger, of: &str, utility: &Utility) {
    let mut add = |name: String, says: Option<String>, cites: &[Citation], place: Place| {
        ledger.add(entry(Kind::Worth, name, says, cites, place));
    };
    for one in &utility.issues {
        add(
            format!("worth of {} to {of}", one.issue),
            None,
            &one.cites,
            one.place,
        );
    }
    for one in &utility.terms {
        let says = Some(format!("{}: {}", one.worth, one.formula));
        add(
            format!("worth of a combination to {of}"),
            says,
            &one.cites,
            one.place,
        );
    }
    for one in &utility.importance {
        let issues: Vec<&str> = one.issues.iter().map(|i| i.as_str()).collect();
        let says = Some(issues.join(" > "));
        add(
            format!("order of issues for {of}"),
            says,
            &one.cites,
            one.place,
        );
    }
    if let Some(one) = &utility.reservation {
        let says = Some(one.value.to_string());
        add(
            format!("reservation value of {of}"),
            says,
            &one.cites,
            one.place,
        );
    }
    for one in &utility.discounts {
        let says = Some(format!("{} from {}", one.factor, one.from));
        add(format!("discount of {of}"), says, &one.cites, one.place);
    }
}

fn rule(ledger: &mut Ledger, name: &str, rule: &Rule) {
    let says = Some(format!("never {}", rule.formula));
    ledger.add(entry(Kind::Rule, name, says, &rule.cites, rule.place));
}

fn consequence(ledger: &mut Ledger, name: &str, one: &Consequence) {
    let then: Vec<String> = one.then.iter().map(ToString::to_string).collect();
    let says = Some(format!("when {} then {}", one.condition, then.join(", ")));
    ledger.add(entry(Kind::Consequence, name, says, &one.cites, one.place));
}

fn prohibition(ledger: &mut Ledger, name: &str, one: &Prohibition) {
    let by = one.party.as_ref().map(|p| format!(" by {p}"));
    let by = by.unwrap_or_default();
    let says = Some(format!("no move{by} from {} to {}", one.from, one.to));
    ledger.add(entry(Kind::Prohibition, name, says, &one.cites, one.place));
}

/// A term; `at` is its place in the document, and `within` says in which view or variant it stands otherwise.
fn term(ledger: &mut Ledger, at: Option<usize>, within: &str, term: &Term) {
    let of = format!("term {}", term.name);
    if at.is_some() {
        ledger.add(entry(
            Kind::Term,
            of.clone(),
            term.title.clone(),
            &term.cites,
            term.place,
        ));
    }
    for (place, one) in term.stated.iter().enumerate() {
        let cite = Citation {
            source: one.source.clone(),
            locator: None,
            quote: None,
            place: one.place,
        };
        let mut cites = vec![cite];
        cites.extend(one.cites.iter().cloned());
        let name = format!("{within}words of {of}");
        let says = Some(quote(&one.quote));
        let number = ledger.add(entry(Kind::Wording, name, says, &cites, one.place));
        if let Some(at) = at {
            ledger.mark(Mark::Stated(at, place), number);
        }
    }
    if let Some(one) = &term.means {
        let name = format!("{within}neutral reading of {of}");
        let says = Some(one.formula.to_string());
        ledger.add(entry(Kind::Reading, name, says, &one.cites, one.place));
    }
    for (place, one) in term.readings.iter().enumerate() {
        let name = format!("{within}reading of {of} by {}", one.party);
        let says = Some(one.formula.to_string());
        let number = ledger.add(entry(Kind::Reading, name, says, &one.cites, one.place));
        if let Some(at) = at {
            ledger.mark(Mark::TermReading(at, place), number);
        }
    }
    for one in &term.communicated {
        let name = format!("{within}reading of {of} by {}, known to {}", one.by, one.to);
        let says = Some(one.known.text().to_owned());
        ledger.add(entry(
            Kind::Communication,
            name,
            says,
            &one.cites,
            one.place,
        ));
    }
}

fn packages(ledger: &mut Ledger, document: &Document) {
    for one in &document.issues {
        let name = format!("issue {}", one.name);
        ledger.add(entry(
            Kind::Issue,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
    }
    for (at, one) in document.package_rules.iter().enumerate() {
        let name = format!("rule {} on packages", at + 1);
        let says = Some(one.formula.to_string());
        ledger.add(entry(Kind::Rule, name, says, &one.cites, one.place));
    }
    for one in &document.packages {
        let name = format!("package {}", one.name);
        ledger.add(entry(
            Kind::Package,
            name,
            one.title.clone(),
            &one.cites,
            one.place,
        ));
    }
    for (at, one) in document.facts.iter().enumerate() {
        let name = format!("fact {}", at + 1);
        ledger.add(entry(
            Kind::Fact,
            name,
            Some(fact(one)),
            &one.cites,
            one.place,
        ));
    }
    for one in &document.agreed {
        let name = format!("agreed {}", one.setting);
        let says = one.when.as_ref().map(|f| format!("when {f}"));
        ledger.add(entry(Kind::Agreed, name, says, &one.cites, one.place));
    }
}

fn fact(fact: &Fact) -> String {
    match &fact.verdict {
        Verdict::Accepts(package) => format!("{} accepts {package}", fact.who),
        Verdict::Rejects(package) => format!("{} rejects {package}", fact.who),
        Verdict::Prefers { better, worse } => {
            format!("{} prefers {better} to {worse}", fact.who)
        }
    }
}

fn view(ledger: &mut Ledger, within: &str, view: &View) {
    let name = format!("{within}view of {}", view.viewer);
    let number = ledger.add(entry(
        Kind::View,
        name.clone(),
        view.title.clone(),
        &view.cites,
        view.place,
    ));
    let within = format!("{name}: ");
    for (at, one) in view.changes.iter().enumerate() {
        change(ledger, &within, at, Some(number), one);
    }
    for one in &view.views {
        self::view(ledger, &within, one);
    }
}

/// A change. `within` says where; one without citations has those of the view or event around it.
fn change(ledger: &mut Ledger, within: &str, at: usize, around: Option<usize>, one: &Change) {
    let name = format!("{within}change {}", at + 1);
    match one {
        Change::Preferences { party, edit, cites } => match edit {
            PreferenceEdit::Replace(wants) => {
                let of = format!("of {party}");
                let before = ledger.elements.len();
                preferences(ledger, &of, around, wants);
                for element in ledger.elements.iter_mut().skip(before) {
                    element.name.insert_str(0, within);
                }
                if matches!(wants, Preferences::Ranks(_)) {
                    let says = Some(print_change(one));
                    let entry = entry(Kind::Change, name, says, cites, party.place);
                    add(ledger, around, entry);
                }
            }
            PreferenceEdit::Edit(edits) => {
                let says = Some(print_change(one));
                let entry = entry(Kind::Change, name, says, cites, party.place);
                let number = add(ledger, around, entry);
                for edit in edits {
                    if let StatementEdit::Insert { statement, .. } = edit
                        && !statement.cites.is_empty()
                    {
                        let name = format!("{within}statement put in for {party}");
                        let says = Some(statement.formula.to_string());
                        let place = statement.place;
                        let cites = &statement.cites;
                        let entry = self::entry(Kind::Preference, name, says, cites, place);
                        ledger.add_within(number, entry);
                    }
                }
            }
        },
        Change::Never(rule) => self::rule(ledger, &name, rule),
        Change::When(one) => consequence(ledger, &name, one),
        Change::NoMove(one) => prohibition(ledger, &name, one),
        Change::Term(one) => term(ledger, None, within, one),
        Change::View(one) => view(ledger, within, one),
        Change::Invent { party, option } => {
            let name = format!("{within}{party}.{}", option.name);
            let entry = entry(
                Kind::Option,
                name,
                option.title.clone(),
                &option.cites,
                option.place,
            );
            ledger.add(entry);
        }
        // These carry no citations of their own.
        Change::Direction { .. }
        | Change::Concept { .. }
        | Change::Attitude { .. }
        | Change::WithoutNever(_)
        | Change::WithoutWhen(_)
        | Change::StatusQuo(_)
        | Change::Hide(_)
        | Change::WithoutView(_) => {}
    }
}

fn event(ledger: &mut Ledger, at: usize, event: &Event) {
    let called = event
        .name
        .as_ref()
        .map(|n| n.as_str())
        .or(event.title.as_deref());
    let name = match called {
        Some(called) => format!("event {called}"),
        None => format!("event {} ({})", at + 1, event.kind),
    };
    let says = event.title.clone().filter(|t| Some(t.as_str()) != called);
    let number = ledger.add(entry(
        Kind::Event,
        name.clone(),
        says,
        &event.cites,
        event.place,
    ));
    ledger.mark(Mark::Event(at), number);
    for (place, one) in event.values.iter().enumerate() {
        let says = Some(quote(&one.value));
        let of = format!("{} of {name}", one.of);
        let value = ledger.add_within(number, entry(Kind::Value, of, says, &one.cites, one.place));
        ledger.mark(Mark::Value(at, place), value);
    }
    let within = format!("{name}: ");
    for (place, effect) in event.effects.iter().enumerate() {
        if let Effect::Change(one) = effect {
            change(ledger, &within, place, Some(number), one);
        }
    }
}

fn commitment(ledger: &mut Ledger, at: usize, one: &Commitment) {
    let name = format!("commitment {}", one.name);
    let number = ledger.add(entry(
        Kind::Commitment,
        name.clone(),
        one.title.clone(),
        &one.cites,
        one.place,
    ));
    ledger.mark(Mark::Commitment(at), number);
    for (place, text) in one.texts.iter().enumerate() {
        let text = wording(ledger, number, format!("text of {name}"), text);
        ledger.mark(Mark::Text(at, place), text);
    }
    for (place, text) in one.quoted.iter().enumerate() {
        let text = wording(ledger, number, format!("quotation of {name}"), text);
        ledger.mark(Mark::Quoted(at, place), text);
    }
    for (place, reading) in one.readings.iter().enumerate() {
        let of = format!("reading of {name} by {}", reading.party);
        let says = Some(reading.formula.to_string());
        let entry = entry(Kind::Reading, of, says, &reading.cites, reading.place);
        let reading = ledger.add(entry);
        ledger.mark(Mark::CommitmentReading(at, place), reading);
    }
}

fn wording(ledger: &mut Ledger, around: usize, name: String, one: &Wording) -> usize {
    let says = Some(quote(&one.text));
    ledger.add_within(
        around,
        entry(Kind::Wording, name, says, &one.cites, one.place),
    )
}

fn claim(ledger: &mut Ledger, at: usize, one: &Claim) {
    let name = format!("claim {}", one.name);
    let says = match &one.title {
        Some(title) => format!("{}: {title}", one.by),
        None => format!("by {}", one.by),
    };
    let number = ledger.add(entry(
        Kind::Claim,
        name.clone(),
        Some(says),
        &one.cites,
        one.place,
    ));
    ledger.mark(Mark::Claim(at), number);
    for (place, text) in one.worded.iter().enumerate() {
        let text = wording(ledger, number, format!("wording of {name}"), text);
        ledger.mark(Mark::Worded(at, place), text);
    }
    if let Some(came) = &one.outcome {
        outcome(ledger, &name, came);
    }
}

fn outcome(ledger: &mut Ledger, of: &str, came: &ClaimOutcome) {
    use detente_model::syntax::ast::Came;
    let verdict = match &came.verdict {
        Came::Yes => "yes".to_owned(),
        Came::No => "no".to_owned(),
        Came::Partly => "partly".to_owned(),
        Came::Void => "void".to_owned(),
        Came::Grade(grade) => quote(grade),
    };
    let name = format!("outcome of {of}");
    ledger.add(entry(
        Kind::Outcome,
        name,
        Some(verdict),
        &came.cites,
        came.place,
    ));
}
