//! What a party takes for true or does not think of, in words.

use crate::document::{Composer, Inline, Line, Pointer};
use crate::story::pieces::want;
use crate::story::words;

/// An option by its title, with its party where it is another; one that is only imagined by its name.
pub(super) fn option(c: &Composer<'_>, viewer: &str, name: &str) -> Line {
    let analysis = c.dossier.analysis.as_ref();
    let mut options = analysis.into_iter().flat_map(|a| &a.options);
    let found = options.find(|o| o.name == name && o.title.is_some());
    let Some((option, (party, _))) = found.zip(name.split_once('.')) else {
        return vec![Inline::Code(name.to_owned())];
    };
    let mut line = words::called(option, name);
    if party != viewer {
        line.extend([Inline::words(" ("), Inline::name(party), Inline::words(")")]);
    }
    line
}

/// A belief, after "takes for true": ` that US does not ask for “…”`, or in the words of the language.
pub(super) fn believed(c: &Composer<'_>, belief: &str, from: &Pointer) -> Line {
    let plain = || vec![Inline::words(": "), c.told(from)];
    let own = !c.dossier.supplied.contains_key("perception");
    let Some((party, edits)) = belief.split_once(" prefers { ").filter(|_| own) else {
        return plain();
    };
    let dropped = edits
        .strip_suffix(" }")
        .and_then(|e| e.strip_prefix("drop "));
    let Some(dropped) = dropped.map(|d| d.trim_matches('"')) else {
        return plain();
    };
    let known = c.dossier.about.parties.iter().find(|p| p.name == party);
    let mut wants = known.into_iter().flat_map(|p| &p.wants);
    if !wants.any(|w| w.says == dropped || w.label.as_deref() == Some(dropped)) {
        return plain();
    }
    let mut line = vec![
        Inline::words(" that "),
        Inline::name(party),
        Inline::words(" does not ask for "),
    ];
    line.extend(want(c, party, dropped));
    line
}
