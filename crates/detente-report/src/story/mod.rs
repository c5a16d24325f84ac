//! The narrative: a document written from findings by fixed rules.
//!
//! One section, one file. A section says nothing that was not computed or cited: each of its sentences is a rule with
//! places for values and names, and names the moves, tables or sources on which it stands.

mod agreement;
mod answer;
mod counts;
mod holds;
mod introduce;
mod judging;
mod likely;
mod links;
mod misread;
mod movement;
mod parties;
mod pieces;
mod plans;
mod preferences;
mod proof;
mod question;
mod record;
mod sought;
mod sources;
mod states;
mod stuck;
mod summary;
mod supposed;
mod survey;
mod unknown;
mod witnesses;
pub(crate) mod words;
mod worth;

pub use self::summary::{ClassSummary, Summary, summary};
pub use self::worth::{Candidate, Worth, WorthRule, worth};
use crate::document::{
    Block, Composer, Document, Ground, Inline, Pointer, Section, Sentence, anchor,
};
use crate::dossier::Dossier;

/// Writes a section; `None` when the findings have nothing for it.
type Rule = fn(&Composer<'_>) -> Option<Section>;

/// The sections, in the order of the document.
fn sections() -> &'static [Rule] {
    &[
        question::section,
        answer::section,
        parties::section,
        holds::section,
        stuck::section,
        movement::section,
        misread::section,
        agreement::section,
        likely::section,
        record::section,
        unknown::section,
    ]
}

/// The states that hold and that the narrative tells of one by one, by their numbers. It needs the analysis and its
/// summary, and no proofs.
pub fn told(dossier: &Dossier) -> Vec<u32> {
    let composer = Composer::new(dossier, dossier);
    let of_classes = holds::told(&composer).into_iter();
    of_classes.flat_map(|(_, states)| states).collect()
}

/// The appendices: the moves that prove what the sections say, the states that are mentioned, what parties want, and the
/// sources. The table of states is written last, because it holds what anything links to.
fn appendices(composer: &Composer<'_>, sections: &mut Vec<Section>) {
    let others = [preferences::section(composer), sources::section(composer)];
    let others: Vec<Section> = others.into_iter().flatten().collect();
    let mut linked = links::of(&others);
    linked.extend(links::of(sections));
    sections.extend(witnesses::section(composer, &linked));
    linked.extend(links::of(sections));
    sections.extend(states::section(composer, &linked));
    sections.extend(others);
}

/// Where it stands what the numbers of states mean.
fn states_anchor(composer: &Composer<'_>) -> String {
    let analysis = composer.dossier.analysis.as_ref();
    if analysis.is_some_and(|a| !a.states.is_empty()) {
        anchor::table("states")
    } else {
        "question".to_owned()
    }
}

/// Why a part is not there, in a sentence that begins with what the reader misses.
fn left_out(composer: &Composer<'_>, part: &str, missed: &'static str) -> Option<Sentence> {
    let parts = &composer.dossier.left_out;
    let place = parts.iter().position(|l| l.part == part)?;
    let at = Pointer::to("left_out").index(place);
    let sentence = Sentence::new("left_out")
        .words(missed)
        .words(": ")
        .part(composer.told(&at.key("why")))
        .words(".");
    Some(sentence.on(Ground::Stated(at)))
}

/// The document about all findings, and the places that its rules asked for and did not find.
pub fn document(dossier: &Dossier) -> (Document, Vec<Pointer>) {
    let composer = Composer::new(dossier, dossier);
    let written = sections().iter().filter_map(|rule| rule(&composer));
    let mut sections: Vec<Section> = written.collect();
    if let (Some(first), Some(sentence)) = (sections.first_mut(), unknown::incomplete(&composer)) {
        first.blocks.insert(0, Block::Paragraph(vec![sentence]));
    }
    for section in &mut sections {
        introduce::parties(&composer, section);
    }
    appendices(&composer, &mut sections);
    let title = match &dossier.negotiation {
        Some(title) => vec![Inline::name(title)],
        None => vec![Inline::words("A negotiation")],
    };
    let mut subtitle = Vec::new();
    if dossier.as_of.is_some() {
        subtitle.push(Inline::words("as of "));
        subtitle.push(composer.number(&Pointer::to("as_of"), crate::document::Form::AsIs));
    }
    for (place, variant) in dossier.variants.iter().enumerate() {
        let before = if place == 0 && subtitle.is_empty() {
            "variant "
        } else {
            ", variant "
        };
        subtitle.push(Inline::words(before));
        subtitle.push(Inline::name(variant));
    }
    let document = Document {
        title,
        subtitle,
        sections,
    };
    let missing = composer.missing();
    (document, missing)
}
