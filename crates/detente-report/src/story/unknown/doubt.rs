//! Preferences in doubt, and which of the doubts matters most.

use crate::document::{
    Block, Composer, Form, Inline, Item, Line, Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::doubt::{Doubt, DoubtEntry, Probability, QuestionEntry, TargetEntry};
use crate::story::pieces::{self, column, item, joined, noun, numeric, points, row, stated};
use crate::story::words;

/// Doubts and outcomes that are told.
const TOLD: usize = 12;

/// The section; `None` when no preference is in doubt.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new("unknown-preferences", "What the parties want");
    if let Some(doubt) = &c.dossier.doubt
        && !doubt.doubts.is_empty()
    {
        counted(c, doubt, &mut section.blocks);
        return Some(section);
    }
    marked(c, &mut section.blocks);
    if section.blocks.is_empty() {
        return None;
    }
    Some(section)
}

/// Statements that the file marks as doubtful, where what follows was not computed.
fn marked(c: &Composer<'_>, blocks: &mut Vec<Block>) {
    let mut told = Vec::new();
    for (n, party) in c.dossier.about.parties.iter().enumerate() {
        let at = Pointer::to("about").key("parties").index(n).key("wants");
        for (place, want) in party.wants.iter().enumerate() {
            if want.doubtful {
                let sentence = Sentence::new("unknown.marked")
                    .words("The file marks as doubtful that ")
                    .part(Inline::name(&party.name))
                    .words(" wants ")
                    .parts(pieces::want(c, &party.name, &want.says))
                    .words("; what has happened since may have settled it.");
                told.push(item(sentence.on(stated(&at.index(place)))));
            }
        }
    }
    points(blocks, told);
}

fn counted(c: &Composer<'_>, doubt: &Doubt, blocks: &mut Vec<Block>) {
    let from = Pointer::to("doubt");
    let at = from.key("doubts");
    let lead = Sentence::new("unknown.doubts")
        .part(c.number(&at, Form::Length))
        .words(noun(
            doubt.doubts.len(),
            " thing about what the parties want is in doubt:",
            " things about what the parties want are in doubt:",
        ));
    blocks.push(Block::Paragraph(vec![lead.on(stated(&at))]));
    let told = doubt.doubts.iter().enumerate().take(TOLD);
    let told = told.map(|(n, d)| item(one(c, d, &at.index(n))));
    points(blocks, told.collect());
    if doubt.doubts.len() > TOLD {
        let more = Sentence::new("unknown.more_doubts").words("The findings list the others.");
        blocks.push(Block::Paragraph(vec![more.on(stated(&at))]));
    }
    blocks.push(Block::Paragraph(vec![method(c, doubt, &from)]));
    blocks.extend(table(c, doubt, &from));
    hangs(c, doubt, &from, blocks);
    let assumed = (0..doubt.assumptions.len()).map(|n| {
        let at = from.key("assumptions").index(n);
        let sentence = Sentence::new("unknown.doubt_assumed")
            .words("Assumed: ")
            .part(c.told(&at))
            .words(".");
        item(sentence.on(stated(&at)))
    });
    points(blocks, assumed.collect());
}

/// One doubt with its answers.
fn one(c: &Composer<'_>, doubt: &DoubtEntry, at: &Pointer) -> Sentence {
    let answers = doubt.answers.iter().enumerate().map(|(n, answer)| {
        let at = at.key("answers").index(n);
        let mut line = vec![c.told(&at.key("says")), Inline::words(" (")];
        line.extend(chance(c, &answer.probability, &at.key("probability")));
        line.push(Inline::words(")"));
        line
    });
    let sentence = Sentence::new("unknown.doubt")
        .part(Inline::name(&doubt.party))
        .words(": ")
        .part(c.told(&at.key("says")))
        .words(": ")
        .parts(joined(answers.collect(), ", ", " or "))
        .words(if doubt.assumed {
            "; the file gives no probability, so that these are assumed."
        } else {
            "."
        });
    sentence.on(stated(at))
}

/// A probability: exactly, or as an estimate with its error.
fn chance(c: &Composer<'_>, probability: &Probability, from: &Pointer) -> Line {
    if probability.exact.is_some() {
        return vec![c.number(&from.key("exact"), Form::AsIs)];
    }
    let mut line = vec![c.number(&from.key("value"), Form::Decimals(3))];
    if probability.standard_error.is_some() {
        line.push(Inline::words(", give or take "));
        line.push(c.number(&from.key("standard_error"), Form::Decimals(3)));
    }
    line
}

fn method(c: &Composer<'_>, doubt: &Doubt, from: &Pointer) -> Sentence {
    let at = from.key("method");
    let sentence = Sentence::new("unknown.method");
    let sentence = match (&doubt.method.completions, doubt.method.samples) {
        (Some(completions), _) if completions == "1" => sentence
            .words("There is ")
            .part(c.number(&at.key("completions"), Form::Whole))
            .words(" way to answer them, and these numbers are exact."),
        (Some(_), _) => sentence
            .words("All ")
            .part(c.number(&at.key("completions"), Form::Whole))
            .words(" ways to answer them were looked at, and these numbers are exact."),
        (None, Some(_)) => sentence
            .part(c.number(&at.key("samples"), Form::Whole))
            .words(" ways to answer them were drawn at random, and these numbers are estimates."),
        (None, None) => sentence.words("How these numbers were found is not said."),
    };
    sentence.on(stated(&at))
}

/// How probable it is that each outcome can hold, by the rule of the report.
fn table(c: &Composer<'_>, doubt: &Doubt, from: &Pointer) -> Option<Block> {
    let place = main(doubt)?;
    let at = from.key("concepts").index(place).key("classes");
    let shares = &doubt.concepts.get(place)?.classes;
    let rows = shares.iter().map(|(class, share)| {
        let at = at.key(class);
        row(vec![
            vec![Inline::name(class)],
            vec![c.number(&at.key("probability").key("value"), Form::Percent(1))],
            vec![Inline::words(match (share.always, share.never) {
                (true, _) => "whatever the answers are",
                (_, true) => "never",
                _ => "by the answers",
            })],
        ])
    });
    let rows: Vec<Row> = rows.collect();
    Some(Block::Table(Table {
        id: anchor::table("doubt"),
        caption: vec![Inline::words(
            "The probability that an outcome has a state that holds, over all that is in doubt",
        )],
        columns: vec![
            column("Outcome"),
            numeric(vec![Inline::words("Would hold")]),
            column("It holds"),
        ],
        rows,
    }))
}

/// The place of the rule of the report.
pub(in crate::story) fn main(doubt: &Doubt) -> Option<usize> {
    let main = &doubt.settings.main;
    let concepts = doubt.concepts.iter();
    let mut found = concepts.enumerate();
    let found = found.find(|(_, k)| k.concept.as_ref() == Some(main) || k.concept.is_none());
    found.map(|(place, _)| place)
}

/// Which outcomes hang on which doubt.
fn hangs(c: &Composer<'_>, doubt: &Doubt, from: &Pointer, blocks: &mut Vec<Block>) {
    let at = from.key("targets");
    let open = doubt.targets.iter().enumerate();
    let open = open.filter(|(_, t)| !t.share.always && !t.share.never);
    let open: Vec<(usize, &TargetEntry)> = open.collect();
    if open.is_empty() {
        let none = Sentence::new("unknown.nothing_hangs")
            .words("None of the named outcomes hangs on them: each can hold whatever the answers are, or never.");
        blocks.push(Block::Paragraph(vec![none.on(stated(&at))]));
        return;
    }
    let lead =
        Sentence::new("unknown.hangs").words("What hangs on them, and what to find out first:");
    blocks.push(Block::Paragraph(vec![lead.on(stated(&at))]));
    let told = open.into_iter().take(TOLD).map(|(n, target)| {
        let at = at.index(n);
        let sentence = Sentence::new("unknown.target")
            .words("That ")
            .parts(words::quoted(&target.name))
            .words(" can hold has a probability of ")
            .parts(chance(
                c,
                &target.share.probability,
                &at.key("share").key("probability"),
            ))
            .words(".");
        let mut sentences = vec![sentence.on(stated(&at.key("share")))];
        let asked = [("questions", &target.questions), ("pairs", &target.pairs)];
        let telling = asked.into_iter().find_map(|(key, list)| {
            let mut all = list.iter().enumerate();
            let (n, question) = all.find(|(_, q)| q.telling)?;
            Some((at.key(key).index(n), question))
        });
        if let Some((at, question)) = telling {
            sentences.push(ask(c, doubt, question, &at));
        } else {
            let none = Sentence::new("unknown.no_question")
                .words("No single answer tells anything about it.");
            sentences.push(none.on(stated(&at)));
        }
        Item {
            sentences,
            items: Vec::new(),
        }
    });
    points(blocks, told.collect());
}

/// The answer that tells most, and what each would make of it.
fn ask(c: &Composer<'_>, doubt: &Doubt, question: &QuestionEntry, at: &Pointer) -> Sentence {
    let known = |place: usize| doubt.doubts.get(place);
    let what = question.doubts.iter().filter_map(|place| {
        let own = known(*place)?;
        let from = Pointer::to("doubt").key("doubts").index(*place);
        Some(vec![
            Inline::name(&own.party),
            Inline::words(", "),
            c.told(&from.key("says")),
        ])
    });
    let told = question.told.iter().enumerate().map(|(n, told)| {
        let answers = question.doubts.iter().zip(&told.answers);
        let answers = answers.map(|(place, answer)| {
            let from = Pointer::to("doubt").key("doubts").index(*place);
            vec![c.told(&from.key("answers").index(*answer).key("says"))]
        });
        let mut line: Line = words::list(answers.collect());
        line.push(Inline::words(": "));
        line.extend(chance(
            c,
            &told.target,
            &at.key("told").index(n).key("target"),
        ));
        line
    });
    Sentence::new("unknown.ask")
        .words("Ask first: ")
        .parts(words::list(what.collect()))
        .words("; with the answer the probability would be: ")
        .parts(joined(told.collect(), "; ", "; "))
        .words(". That takes away ")
        .part(c.number(&at.key("bits"), Form::Decimals(2)))
        .words(" bits of uncertainty, where an even yes or no is worth one.")
        .on(stated(at))
}
