//! Appendix: what each party wants, statement by statement, with the rules and outcomes of the negotiation.

use detente_analysis::evidence::Tense;

use crate::document::{
    Block, Composer, Form, Inline, Line, Pointer, Section, Sentence, Table, anchor,
};
use crate::dossier::PartyAbout;
use crate::places::RunEntry;
use crate::story::pieces::{column, figure, joined, names, row, sources, stated, titled};
use crate::story::words;

/// More groups of states that may change places are not told in the caption of the picture.
const RUNS: usize = 4;

/// More states of such a group are not named one by one.
const NAMED: usize = 8;

/// The section; `None` when the findings say nothing of it.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let about = &c.dossier.about;
    if about.parties.is_empty() && about.rules.is_empty() && about.classes.is_empty() {
        return None;
    }
    let mut section = Section::new("preferences", "What each party wants, and the rules");
    let from = Pointer::to("about");
    let caption = Sentence::new("preferences.picture")
        .words("How each party ranks the outcomes, best at the top.")
        .on(stated(&from.key("parties")));
    let mut figure = figure(c, "preferences", caption);
    if let Some(Block::Figure(figure)) = &mut figure {
        figure.caption.extend(moved(c));
    }
    section.blocks.extend(figure);
    for (place, party) in about.parties.iter().enumerate() {
        let at = from.key("parties").index(place);
        section.sections.push(self::party(c, party, place, &at));
    }
    if !about.rules.is_empty() {
        section.sections.push(rules(c));
    }
    if !about.classes.is_empty() {
        section.sections.push(classes(c));
    }
    Some(section)
}

/// What doubt may change of the rankings, party by party.
fn moved(c: &Composer<'_>) -> Vec<Sentence> {
    let places = c.dossier.places.iter();
    let parties = places.flat_map(|places| places.parties.iter().enumerate());
    let told = parties.map(|(place, found)| {
        let at = Pointer::to("places").key("parties").index(place);
        let sentence = Sentence::new("preferences.moved")
            .words("What is in doubt about ")
            .part(Inline::name(&found.party));
        let sentence = if found.runs.is_empty() {
            sentence.words(match found.samples {
                Some(_) => " was not seen to change its order",
                None => " leaves its order as it is",
            })
        } else {
            let runs = found.runs.iter().enumerate().take(RUNS);
            let runs = runs.map(|(n, run)| self::run(c, run, &at.key("runs").index(n)));
            let sentence = sentence.words(" may change the order of ").parts(joined(
                runs.collect(),
                "; of ",
                "; and of ",
            ));
            if found.runs.len() > RUNS {
                sentence.words("; and of others")
            } else {
                sentence
            }
        };
        let sentence = match found.samples {
            Some(_) => sentence
                .words("; ")
                .part(c.number(&at.key("samples"), Form::Whole))
                .words(" ways to settle it were drawn at random, and more may change"),
            None => sentence,
        };
        sentence.words(".").on(stated(&at))
    });
    told.collect()
}

/// States that may change places among themselves: by their numbers, or counted with their ranks when they are many.
fn run(c: &Composer<'_>, run: &RunEntry, at: &Pointer) -> Line {
    if run.states.len() <= NAMED {
        let mut line = vec![Inline::words("the states ")];
        let states = run.states.iter().map(|id| vec![words::number(c, *id)]);
        line.extend(words::list(states.collect()));
        return line;
    }
    let ranks = [&at.key("highest"), &at.key("lowest")].map(|at| c.number(at, Form::Whole));
    let [highest, lowest] = ranks;
    vec![
        Inline::words("the "),
        c.number(&at.key("states"), Form::Length),
        Inline::words(" states between the ranks "),
        highest,
        Inline::words(" and "),
        lowest,
    ]
}

fn party(c: &Composer<'_>, party: &PartyAbout, place: usize, at: &Pointer) -> Section {
    let mut section = Section::new(&format!("preferences-{place}"), "");
    section.title = vec![titled(party.title.as_deref(), &party.name)];
    let mut said = Vec::new();
    if !party.agents.is_empty() {
        let sentence = Sentence::new("preferences.agents")
            .words("Speaking for it: ")
            .parts(names(&party.agents))
            .words(".");
        said.push(sentence.on(stated(&at.key("agents"))));
    }
    if party.wants.is_empty() {
        let sentence = Sentence::new("preferences.none")
            .words("The file does not say what it wants in statements.");
        said.push(sentence.on(stated(&at.key("wants"))));
        section.paragraph(said);
        return section;
    }
    let order = Sentence::new("preferences.order")
        .words("What it wants as the file states it, most important first.")
        .see(anchor::table(&format!("wants-{place}")));
    said.push(order);
    said.extend(changed(c, party));
    section.paragraph(said);
    let strong = party.wants.iter().any(|w| w.strength.is_some());
    let mut columns = vec![column("It wants"), column("In doubt")];
    if strong {
        columns.push(column("Strength"));
    }
    columns.push(column("Sources"));
    let rows = party.wants.iter().map(|want| {
        let doubt = if want.doubtful { "in doubt" } else { "" };
        let mut cells = vec![
            vec![Inline::Code(want.says.clone())],
            vec![Inline::words(doubt)],
        ];
        if strong {
            let strength = want.strength.iter();
            cells.push(strength.map(|s| Inline::name(s)).collect());
        }
        cells.push(if want.cites.is_empty() {
            vec![Inline::words("assumed")]
        } else {
            sources(c, &want.cites)
        });
        row(cells)
    });
    section.blocks.push(Block::Table(Table {
        id: anchor::table(&format!("wants-{place}")),
        caption: vec![
            Inline::words("What "),
            Inline::name(&party.name),
            Inline::words(" wants, most important first"),
        ],
        columns,
        rows: rows.collect(),
    }));
    section
}

/// What events that are over have changed of what it wants since the file stated it.
fn changed(c: &Composer<'_>, party: &PartyAbout) -> Vec<Sentence> {
    let events = c.dossier.calendar.iter();
    let events = events.flat_map(|k| k.timeline.events.iter().enumerate());
    let prefix = format!("{} prefers", party.name);
    let over = events.filter(|(_, e)| e.tense == Tense::Past);
    let told = over.flat_map(|(place, event)| {
        let at = Pointer::to("calendar").key("events").index(place);
        let own = event.effects.iter().enumerate();
        let own = own.filter(|(_, effect)| effect.starts_with(&prefix));
        let told = own.map(|(n, _)| {
            let effect = at.key("effects").index(n);
            let title = event.title.as_deref().or(event.name.as_deref());
            Sentence::new("preferences.changed")
                .words("Since then this has changed it: ")
                .part(Inline::link(
                    anchor::event(place),
                    vec![Inline::name(title.unwrap_or(&event.kind))],
                ))
                .words(", ")
                .part(c.told(&effect))
                .words(".")
                .see(anchor::event(place))
        });
        told.collect::<Vec<_>>()
    });
    told.collect()
}

fn rules(c: &Composer<'_>) -> Section {
    let mut section = Section::new(
        "preferences-rules",
        "What cannot be, and what cannot be undone",
    );
    let rows = c.dossier.about.rules.iter().map(|rule| {
        let because = rule.because.iter();
        row(vec![
            vec![Inline::Code(rule.says.clone())],
            because.map(|b| Inline::Quote(b.clone())).collect(),
            sources(c, &rule.cites),
        ])
    });
    section.blocks.push(Block::Table(Table {
        id: anchor::table("rules"),
        caption: vec![Inline::words(
            "Rules of what is feasible, and what is irreversible",
        )],
        columns: vec![column("Rule"), column("Because"), column("Sources")],
        rows: rows.collect(),
    }));
    section
}

fn classes(c: &Composer<'_>) -> Section {
    let mut section = Section::new("preferences-classes", "What the outcomes are called");
    let rows = c.dossier.about.classes.iter().map(|class| {
        row(vec![
            vec![Inline::name(&class.name)],
            vec![Inline::Code(class.when.clone())],
            sources(c, &class.cites),
        ])
    });
    section.blocks.push(Block::Table(Table {
        id: anchor::table("definitions"),
        caption: vec![Inline::words(
            "Outcomes; a state is counted under the first that fits",
        )],
        columns: vec![column("Outcome"), column("When"), column("Sources")],
        rows: rows.collect(),
    }));
    section
}
