//! Words that the parties take differently.

use crate::document::{
    Block, Composer, Form, Inline, Line, Pointer, Section, Sentence, Table, anchor,
};
use crate::story::pieces::{
    cited, column, joined, names, numeric, one_state, row, sources, stated, states, titled,
};
use crate::terms::{PairFinding, TermFinding, Terms, ToggleFinding};

/// One section for each term.
pub(super) fn sections(c: &Composer<'_>, terms: &Terms) -> Vec<Section> {
    let each = terms.terms.iter().enumerate();
    let each = each.map(|(place, term)| {
        let from = Pointer::to("terms").key("terms").index(place);
        let mut section = Section::new(&format!("misread-term-{place}"), "What they mean by ");
        section
            .title
            .push(titled(term.title.as_deref(), &term.name));
        section.paragraph(stated_in(c, term, &from));
        if !term.readings.is_empty() {
            section.blocks.push(readings(c, term, place, &from));
        }
        section.paragraph(parting(c, term, &from));
        section.paragraph(known(c, term, &from));
        section.paragraph(uses(term, &from));
        section
    });
    each.collect()
}

/// The words, and where they stand.
fn stated_in(c: &Composer<'_>, term: &TermFinding, from: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    for words in &term.stated {
        let sentence = Sentence::new("misread.stated")
            .words("The words in ")
            .part(titled(words.title.as_deref(), &words.source))
            .words(" are ")
            .part(Inline::Quote(words.quote.clone()))
            .words(".");
        let cites = [words.source.clone()];
        said.push(cited(c, sentence, &cites, &from.key("stated")));
    }
    said
}

/// Who takes them to mean what.
fn readings(c: &Composer<'_>, term: &TermFinding, place: usize, from: &Pointer) -> Block {
    let rows = term.readings.iter().enumerate().map(|(number, reading)| {
        let at = from.key("readings").index(number);
        row(vec![
            reader(reading.reader.as_deref()),
            vec![Inline::Code(reading.text.clone())],
            vec![c.number(&at.key("states"), Form::Whole)],
            sources(c, &reading.cites),
        ])
    });
    let caption = vec![
        Inline::words("Who takes "),
        titled(term.title.as_deref(), &term.name),
        Inline::words(" to mean what"),
    ];
    Block::Table(Table {
        id: anchor::table(&format!("readings-{place}")),
        caption,
        columns: vec![
            column("Reader"),
            column("Takes it to mean"),
            numeric(vec![Inline::words("States where it is so")]),
            column("Sources"),
        ],
        rows: rows.collect(),
    })
}

fn reader(name: Option<&str>) -> Line {
    match name {
        Some(name) => vec![Inline::name(name)],
        None => vec![Inline::words("nobody in particular")],
    }
}

/// Where the readings part, with a state that shows it.
fn parting(c: &Composer<'_>, term: &TermFinding, from: &Pointer) -> Vec<Sentence> {
    if term.readings.len() < 2 {
        return Vec::new();
    }
    if term.parted == 0 {
        let sentence = Sentence::new("misread.alike")
            .words("On no possible state do these readings part: in effect they are the same.");
        return vec![sentence.on(stated(&from.key("parted")))];
    }
    let parts = Sentence::new("misread.parted")
        .words("The readings part on ")
        .part(c.number(&from.key("parted"), Form::Whole))
        .words(" of the ")
        .part(c.number(&Pointer::to("terms").key("feasible"), Form::Whole))
        .words(" possible states.");
    let mut said = vec![parts.on(stated(&from.key("parted")))];
    for (place, pair) in term.pairs.iter().enumerate() {
        said.extend(example(c, pair, &from.key("pairs").index(place)));
    }
    said
}

/// How two readings are related, with the states that show it.
fn example(c: &Composer<'_>, pair: &PairFinding, from: &Pointer) -> Vec<Sentence> {
    if pair.relation == "equivalent" {
        return Vec::new();
    }
    let (first, second) = (
        reader(pair.first.as_deref()),
        reader(pair.second.as_deref()),
    );
    let sentence = Sentence::new("misread.relation");
    let relation = match pair.relation.as_str() {
        "disjoint" => sentence
            .words("What ")
            .parts(first.clone())
            .words(" means and what ")
            .parts(second.clone())
            .words(" means is never so together."),
        "implies" => sentence
            .parts(first.clone())
            .words(" asks for more than ")
            .parts(second.clone())
            .words("."),
        "implied_by" => sentence
            .parts(first.clone())
            .words(" asks for less than ")
            .parts(second.clone())
            .words("."),
        _ => sentence
            .words("What ")
            .parts(first.clone())
            .words(" means and what ")
            .parts(second.clone())
            .words(" means overlap, and neither asks for more."),
    };
    let mut said = vec![relation.on(stated(from))];
    let mut shown = Vec::new();
    for (state, whose) in [(pair.only_first, first), (pair.only_second, second)] {
        if let Some(state) = state {
            let mut line = one_state(c, "terms", state);
            line.push(Inline::words(" is so only as "));
            line.extend(whose);
            line.push(Inline::words(" means it"));
            shown.push(line);
        }
    }
    if let Some(state) = pair.both {
        let mut line = one_state(c, "terms", state);
        line.push(Inline::words(" satisfies both"));
        shown.push(line);
    }
    if !shown.is_empty() {
        let shows = Sentence::new("misread.example")
            .words("For example, ")
            .parts(joined(shown, "; ", "; "))
            .words(".");
        said.push(shows.on(stated(from)));
    }
    said
}

/// Who knows whose reading, and what it would change to learn it.
fn known(c: &Composer<'_>, term: &TermFinding, from: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    for (place, told) in term.communicated.iter().enumerate() {
        let at = from.key("communicated").index(place);
        let sentence = Sentence::new("misread.communicated");
        let sentence = match told.known.as_str() {
            "yes" => sentence
                .part(Inline::name(&told.to))
                .words(" knows how ")
                .part(Inline::name(&told.by))
                .words(" reads it."),
            "no" => sentence
                .part(Inline::name(&told.to))
                .words(" does not know how ")
                .part(Inline::name(&told.by))
                .words(" reads it."),
            _ => sentence
                .words("It is unclear whether ")
                .part(Inline::name(&told.to))
                .words(" knows how ")
                .part(Inline::name(&told.by))
                .words(" reads it."),
        };
        said.push(cited(c, sentence, &told.cites, &at));
    }
    for (place, toggle) in term.toggles.iter().enumerate() {
        if toggle.matters {
            said.push(learns(c, toggle, &from.key("toggles").index(place)));
        }
    }
    said
}

/// What a party sees with and without a reading of another.
fn learns(c: &Composer<'_>, toggle: &ToggleFinding, from: &Pointer) -> Sentence {
    let differs = toggle.with.iter().find_map(|(concept, with)| {
        let without = toggle.without.get(concept)?;
        (with != without).then_some((concept, without.as_deref()?, with.as_deref()?))
    });
    let sentence = Sentence::new("misread.learns")
        .words("Knowing it or not changes how ")
        .part(Inline::name(&toggle.to))
        .words(" takes ")
        .part(Inline::name(&toggle.by))
        .words(" to rank the states");
    let sentence = match differs {
        None => sentence.words(", and no outcome that it expects."),
        Some((concept, without, with)) => {
            let line = |ids: &[u32]| {
                if ids.is_empty() {
                    vec![Inline::words("nothing")]
                } else {
                    states(c, "terms", ids)
                }
            };
            sentence
                .words(": by ")
                .part(Inline::name(concept))
                .words(", without it ")
                .part(Inline::name(&toggle.to))
                .words(" sees as stable ")
                .parts(line(without))
                .words("; with it, ")
                .parts(line(with))
                .words(".")
        }
    };
    sentence.on(stated(from))
}

/// Whether anything hangs on the word.
fn uses(term: &TermFinding, from: &Pointer) -> Vec<Sentence> {
    let at = from.key("uses");
    let sentence = Sentence::new("misread.uses");
    if term.uses.is_empty() {
        let nothing = sentence.words(
            "No preference, rule or class uses the word, so that the difference changes no verdict here.",
        );
        return vec![nothing.on(stated(&at))];
    }
    let mut parties: Vec<&str> = Vec::new();
    for used in &term.uses {
        if let Some(party) = used.party.as_deref()
            && !parties.contains(&party)
        {
            parties.push(party);
        }
    }
    if parties.is_empty() {
        return Vec::new();
    }
    let wanted = sentence
        .words("What ")
        .parts(names(&parties))
        .words(if parties.len() == 1 {
            " wants"
        } else {
            " want"
        })
        .words(" hangs on the word.");
    vec![wanted.on(stated(&at))]
}
