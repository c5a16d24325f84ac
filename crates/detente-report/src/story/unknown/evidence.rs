//! What has no source, what contradicts what, and quotations that are not as their sources have them.

use detente_analysis::evidence::{Conflict, Quotation, Verdict};

use crate::document::{
    Block, Composer, Form, Inline, Item, Pointer, Section, Sentence, Table, anchor,
};
use crate::evidence::Ledger;
use crate::story::pieces::{cited, column, item, noun, points, row, sources, stated, titled};

fn ledger<'a>(c: &Composer<'a>) -> Option<(&'a Ledger, Pointer)> {
    let ledger = c.dossier.evidence.as_ref()?;
    Some((ledger, Pointer::to("evidence")))
}

/// What is asserted without a source.
pub(super) fn assumed(c: &Composer<'_>) -> Option<Section> {
    let (ledger, from) = ledger(c)?;
    let counts = &ledger.counts;
    if counts.assertions == 0 {
        return None;
    }
    let mut section = Section::new("unknown-assumed", "What has no source");
    let at = from.key("counts");
    let number = |key: &str| c.number(&at.key(key), Form::Whole);
    let share = Sentence::new("unknown.supported")
        .words("Of ")
        .part(number("assertions"))
        .words(noun(
            counts.assertions,
            " thing that the file asserts, ",
            " things that the file asserts, ",
        ));
    let share = match (counts.supported, counts.assumptions) {
        (0, _) => share.words("none has a source: all are assumed."),
        (_, 0) => share.words("all have a source."),
        (supported, assumed) => share
            .part(number("supported"))
            .words(noun(supported, " has a source and ", " have a source and "))
            .part(number("assumptions"))
            .words(noun(assumed, " is assumed.", " are assumed.")),
    };
    let mut said = vec![share.on(stated(&at))];
    if counts.one_witness > 0 {
        let alone = Sentence::new("unknown.one_witness");
        let alone = if counts.one_witness == counts.supported {
            alone.words("What has a source rests on one witness alone.")
        } else {
            alone
                .words("Of those with a source, ")
                .part(number("one_witness"))
                .words(noun(
                    counts.one_witness,
                    " rests on one witness alone.",
                    " rest on one witness alone.",
                ))
        };
        said.push(alone.on(stated(&at.key("one_witness"))));
    }
    section.paragraph(said);
    let rows = ledger.elements.iter().enumerate();
    let rows = rows.filter(|(_, e)| e.asserts && e.assumed).map(|(n, e)| {
        let at = from.key("elements").index(n);
        let says = match &e.says {
            Some(_) => vec![c.short(&at.key("says"))],
            None => Vec::new(),
        };
        row(vec![vec![c.short(&at.key("name"))], says])
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        section.blocks.push(Block::Table(Table {
            id: anchor::table("assumed"),
            caption: vec![Inline::words("Assumed, without a source")],
            columns: vec![column("Element"), column("It says")],
            rows,
        }));
    }
    Some(section)
}

/// What contradicts what, with both sides.
pub(super) fn contradictions(c: &Composer<'_>) -> Option<Section> {
    let (ledger, from) = ledger(c)?;
    let at = from.key("conflicts");
    if ledger.conflicts.is_empty() {
        return None;
    }
    let mut section = Section::new("unknown-contradictions", "What contradicts what");
    let lead = Sentence::new("unknown.contradictions")
        .part(c.number(&at, Form::Length))
        .words(noun(
            ledger.conflicts.len(),
            " contradiction stands in the evidence. Both sides are kept; none is chosen.",
            " contradictions stand in the evidence. Both sides of each are kept; none is chosen.",
        ));
    section.paragraph(vec![lead.on(stated(&at))]);
    let told = ledger.conflicts.iter().enumerate();
    let told = told.map(|(n, conflict)| contradiction(c, conflict, &at.index(n)));
    points(&mut section.blocks, told.collect());
    Some(section)
}

fn contradiction(c: &Composer<'_>, conflict: &Conflict, at: &Pointer) -> Item {
    let mut sentence = Sentence::new("unknown.contradiction")
        .part(c.told(&at.key("about")))
        .words(": ")
        .part(c.told(&at.key("finding")));
    if conflict.within_one_witness {
        sentence = sentence.words(" (one witness says both)");
    }
    let sides = conflict.sides.iter().enumerate().map(|(n, side)| {
        let at = at.key("sides").index(n);
        let mut sentence = Sentence::new("unknown.side").part(c.told(&at.key("says")));
        let cites = sources(c, &side.cites);
        // Some say it themselves.
        if !cites.is_empty() && !side.says.ends_with(']') {
            sentence = sentence.words(" [").parts(cites).words("]");
        }
        item(cited(c, sentence.words("."), &side.cites, &at))
    });
    Item {
        sentences: vec![sentence.words(".").on(stated(at))],
        items: sides.collect(),
    }
}

/// Quotations that are not as their sources have them, or were not checked.
pub(super) fn quotations(c: &Composer<'_>) -> Option<Section> {
    let (ledger, from) = ledger(c)?;
    if ledger.quotations.is_empty() && ledger.unread.is_empty() {
        return None;
    }
    let mut section = Section::new("unknown-quotations", "Quotations");
    let counts = &ledger.counts;
    let at = from.key("counts");
    if counts.quotations > 0 {
        let number = |key: &str| c.number(&at.key(key), Form::Whole);
        let mut sentence = Sentence::new("unknown.quotations")
            .words("Of ")
            .part(number("quotations"))
            .words(noun(counts.quotations, " quotation, ", " quotations, "));
        sentence = if counts.verbatim == 0 {
            sentence.words("none is")
        } else {
            sentence
                .part(number("verbatim"))
                .words(noun(counts.verbatim, " is", " are"))
        };
        sentence = sentence.words(" word by word as the source has it");
        for (count, key, words) in [
            (
                counts.elsewhere,
                "elsewhere",
                " in another paragraph than is said",
            ),
            (counts.wrong, "wrong", " not as the source has it"),
            (
                counts.not_in_notes,
                "not_in_notes",
                " not among the notes on the source",
            ),
            (
                counts.unchecked,
                "unchecked",
                " without a text to check against",
            ),
        ] {
            if count > 0 {
                sentence = sentence.words(", ").part(number(key)).words(words);
            }
        }
        section.paragraph(vec![sentence.words(".").on(stated(&at))]);
    }
    let odd = ledger.quotations.iter().enumerate();
    let odd = odd.filter(|(_, q)| q.verdict != Verdict::Verbatim);
    let odd = odd.map(|(n, q)| quotation(c, ledger, q, &from.key("quotations").index(n)));
    points(&mut section.blocks, odd.collect());
    let unread = ledger.unread.iter().enumerate().map(|(n, unread)| {
        let at = from.key("unread").index(n);
        let sentence = Sentence::new("unknown.unread")
            .words("The text of ")
            .part(Inline::name(&unread.source))
            .words(" was not read: ")
            .part(c.told(&at.key("why")))
            .words(".");
        item(sentence.on(stated(&at)))
    });
    points(&mut section.blocks, unread.collect());
    Some(section)
}

fn quotation(c: &Composer<'_>, ledger: &Ledger, quotation: &Quotation, at: &Pointer) -> Item {
    let mut sentence =
        Sentence::new("unknown.quotation").part(Inline::Quote(quotation.words.clone()));
    if let Some(name) = &quotation.source {
        let found = ledger
            .sources
            .iter()
            .enumerate()
            .find(|(_, s)| s.name == *name);
        let title = found.and_then(|(_, s)| s.title.as_deref());
        let shown = vec![titled(title, name)];
        sentence = sentence.words(", from ");
        sentence = match found {
            Some((place, _)) => sentence.part(Inline::link(anchor::source(place), shown)),
            None => sentence.parts(shown),
        };
    }
    sentence = sentence.words(match quotation.verdict {
        Verdict::Verbatim => ": word by word as it is",
        Verdict::Elsewhere => ": it stands in another paragraph",
        Verdict::Differs => ": not word by word",
        Verdict::Absent => ": not in the source",
        Verdict::NotInNotes => ": not among the notes, which says nothing of the source",
        Verdict::Unchecked => ": not checked",
    });
    if let Some(passage) = &quotation.passage {
        sentence = sentence
            .words("; nearest is ")
            .part(Inline::Quote(passage.clone()));
    }
    if quotation.why.is_some() {
        sentence = sentence.words(", because ").part(c.told(&at.key("why")));
    }
    item(sentence.words(".").on(stated(at)))
}
