//! Who said what, and what became of it.

use crate::claims::{ClaimFinding, Claims};
use crate::document::{
    Block, Composer, Entry, Form, Inline, Line, Pointer, Section, Sentence, anchor,
};
use crate::story::pieces::{cited, elsewhere, joined, noun, stated, titled};

/// The section.
pub(super) fn section(c: &Composer<'_>, claims: &Claims) -> Section {
    let mut section = Section::new("claims", "Who said what, and what became of it");
    let from = Pointer::to("claims").key("claims");
    let mut first: Vec<Sentence> = elsewhere(c, "claims").into_iter().collect();
    first.extend(summary(claims));
    if claims.claims.iter().any(|k| k.brier.is_some()) {
        let brier = Sentence::new("claims.brier_form")
            .words("The Brier score is the squared distance of the probability from what came, in its single form: nought is best, one is worst.");
        first.push(brier.on(stated(&from)));
    }
    section.paragraph(first);
    let entries = claims.claims.iter().enumerate().map(|(place, claim)| {
        let at = from.index(place);
        let mut term = vec![titled(claim.title.as_deref(), &claim.name)];
        if claim.title.is_some() {
            term.push(Inline::words(" ("));
            term.push(Inline::name(&claim.name));
            term.push(Inline::words(")"));
        }
        let mut said = vec![spoken(c, claim, &at)];
        said.extend(window(c, claim, &at));
        said.extend(became(c, claim, &at));
        Entry {
            id: anchor::claim(place),
            term,
            blocks: vec![Block::Paragraph(said)],
        }
    });
    section.blocks.push(Block::Entries(entries.collect()));
    section
}

/// Which came true, and which did not.
fn summary(claims: &Claims) -> Vec<Sentence> {
    let mut said = Vec::new();
    for (rule, standing, words) in [
        ("claims.yes", "yes", "Came true: "),
        ("claims.partly", "partly", "Came true in part: "),
        ("claims.no", "no", "Did not come true: "),
        ("claims.grade", "grade", "Came to a grade: "),
        ("claims.void", "void", "Void: "),
        ("claims.open", "open", "Still open: "),
        (
            "claims.due",
            "due",
            "Their time is over, and nothing says what came: ",
        ),
        (
            "claims.unjudged",
            "unjudged",
            "Said without a rule by which to judge: ",
        ),
    ] {
        let own = claims.claims.iter().enumerate();
        let own = own.filter(|(_, k)| k.standing == standing);
        let own: Vec<(usize, &ClaimFinding)> = own.collect();
        let Some((first, _)) = own.first() else {
            continue;
        };
        let links = own
            .iter()
            .map(|(n, k)| vec![Inline::link(anchor::claim(*n), vec![Inline::name(&k.name)])]);
        let links: Vec<Line> = links.collect();
        let sentence = Sentence::new(rule)
            .words(words)
            .parts(joined(links, ", ", " and "))
            .words(".");
        said.push(sentence.see(anchor::claim(*first)));
    }
    said
}

/// Who said it, when, and how likely it was said to be.
fn spoken(c: &Composer<'_>, claim: &ClaimFinding, at: &Pointer) -> Sentence {
    let kind = match claim.kind.as_str() {
        "forecast" => "A forecast",
        "conditional" => "A forecast under a condition",
        "denial" => "A denial",
        "advice" => "Advice",
        _ => "An assertion",
    };
    let mut sentence = Sentence::new("claims.spoken")
        .words(kind)
        .words(" by ")
        .part(Inline::name(&claim.by));
    if claim.said.is_some() {
        sentence = sentence
            .words(" on ")
            .part(c.number(&at.key("said"), Form::AsIs));
    }
    if claim.likelihood.is_some() {
        sentence = sentence.words(": ").part(c.told(&at.key("likelihood")));
        if claim.assumed {
            sentence = sentence.words(", of which the middle is scored");
        }
    }
    if let Some(denies) = &claim.denies {
        sentence = sentence.words(", against ").part(Inline::name(denies));
    }
    cited(c, sentence.words("."), &claim.cites, at)
}

/// When it is to come true, and under which condition.
fn window(c: &Composer<'_>, claim: &ClaimFinding, at: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    if claim.condition.is_some() {
        let sentence = Sentence::new("claims.condition")
            .words("It is said only for the case that ")
            .part(c.told(&at.key("condition")))
            .words(".");
        said.push(sentence.on(stated(&at.key("condition"))));
    }
    let mut sentence = Sentence::new("claims.rule");
    match (&claim.resolves, &claim.window) {
        (Some(_), window) => {
            sentence = sentence
                .words("It comes true when ")
                .part(c.told(&at.key("resolves")));
            if window.is_some() {
                sentence = sentence
                    .words(", ")
                    .part(c.told(&at.key("window").key("text")));
            }
            said.push(sentence.words(".").on(stated(&at.key("resolves"))));
        }
        (None, Some(_)) => {
            let text = at.key("window").key("text");
            sentence = sentence.words("Its time: ").part(c.told(&text)).words(".");
            said.push(sentence.on(stated(&text)));
        }
        (None, None) => {}
    }
    said
}

/// What became of it, why, and its score.
fn became(c: &Composer<'_>, claim: &ClaimFinding, at: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    let mut sentence = Sentence::new("claims.became").words(match claim.standing.as_str() {
        "yes" => "It came true",
        "no" => "It did not come true",
        "partly" => "It came true in part",
        "void" => "It is void",
        "grade" => "It came to a grade",
        "open" => "It is open",
        "due" => "Its time is over, and nothing says what came",
        _ => "It is not judged",
    });
    if claim.grade.is_some() {
        sentence = sentence
            .words(" (")
            .part(c.told(&at.key("grade")))
            .words(")");
    }
    if claim.on.is_some() {
        sentence = sentence
            .words(", decided on ")
            .part(c.number(&at.key("on"), Form::AsIs));
    }
    if !claim.why.is_empty() {
        sentence = sentence.words(": ").part(c.told(&at.key("why")));
    }
    said.push(cited(c, sentence.words("."), &claim.outcome_cites, at));
    if claim.because.is_some() {
        let why = Sentence::new("claims.because")
            .words("The author of the file says why: ")
            .part(c.told(&at.key("because")))
            .words(".");
        said.push(why.on(stated(&at.key("because"))));
    }
    if claim.brier.is_some() {
        let brier = Sentence::new("claims.brier")
            .words("Its Brier score is ")
            .part(c.number(&at.key("brier"), Form::Decimals(4)))
            .words(".");
        said.push(brier.on(stated(&at.key("brier"))));
    }
    if !claim.denied_by.is_empty() {
        let by = (0..claim.denied_by.len()).map(|n| vec![c.told(&at.key("denied_by").index(n))]);
        let denied = Sentence::new("claims.denied")
            .words(noun(
                claim.denied_by.len(),
                "It is denied by ",
                "It is denied by each of ",
            ))
            .parts(joined(by.collect(), ", ", " and "))
            .words(".");
        said.push(denied.on(stated(&at.key("denied_by"))));
    }
    if claim.contradiction.is_some() {
        let at = at.key("contradiction");
        let against = Sentence::new("claims.contradiction")
            .words("By its rule it would be ")
            .part(c.told(&at.key("rule")))
            .words(" (")
            .part(c.told(&at.key("why")))
            .words("), and the file states ")
            .part(c.told(&at.key("stated")))
            .words(", which counts.");
        said.push(against.on(stated(&at)));
    }
    said
}
