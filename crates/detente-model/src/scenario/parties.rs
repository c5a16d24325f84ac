//! How parties are called, and who ratifies for whom.

use detente_syntax::Diagnostic;

use super::raw::Profile;
use super::reader::{Reader, clean};
use super::{ScenarioFile, codes, shorten};
use crate::gmcr::names::Names;

/// A party or a ratifier.
pub(crate) struct Voice {
    /// The profile, as a place in their list.
    pub(crate) profile: usize,
    pub(crate) name: String,
    pub(crate) title: Option<String>,
}

/// Who sits at the table, with those who must ratify at home.
pub(crate) struct Side {
    pub(crate) voice: Voice,
    pub(crate) ratifiers: Vec<Voice>,
}

/// A file's name without folder and ending.
pub(crate) fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// What distinguishes the files' names: without the words that all of them begin or end with.
fn short<'s>(stems: &[&'s str]) -> Vec<&'s str> {
    let whole = stems.to_vec();
    if stems.len() < 2 {
        return whole;
    }
    let (begin, end) = (common_begin(stems), common_end(stems));
    let cut: Option<Vec<&str>> = stems
        .iter()
        .map(|s| s.get(begin..s.len().checked_sub(end)?))
        .collect();
    let letters = |s: &&str| s.chars().next().is_some_and(char::is_alphabetic);
    let cut = cut.filter(|c| c.iter().all(letters));
    cut.or_else(|| {
        stems
            .iter()
            .map(|s| s.get(begin..))
            .collect::<Option<Vec<_>>>()
            .filter(|c| c.iter().all(letters))
    })
    .unwrap_or(whole)
}

fn is_gap(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '.')
}

/// How many bytes all texts have in common at their beginning, up to the end of a word.
fn common_begin(stems: &[&str]) -> usize {
    let Some((first, rest)) = stems.split_first() else {
        return 0;
    };
    let mut shared = 0;
    for (at, c) in first.char_indices() {
        let next = at + c.len_utf8();
        let same = |s: &&str| s.get(..next) == first.get(..next);
        if !rest.iter().all(same) {
            break;
        }
        if is_gap(c) {
            shared = next;
        }
    }
    shared
}

/// The same at their end.
fn common_end(stems: &[&str]) -> usize {
    let Some((first, rest)) = stems.split_first() else {
        return 0;
    };
    let mut shared = 0;
    for (at, c) in first.char_indices().rev() {
        let length = first.len() - at;
        let same = |s: &&str| s.ends_with(first.get(at..).unwrap_or_default());
        if !rest.iter().all(same) {
            break;
        }
        if is_gap(c) {
            shared = length;
        }
    }
    shared
}

/// The parties in the order of their files, each with its ratifiers.
pub(crate) fn sides(
    profiles: &[Profile],
    files: &[ScenarioFile],
    reader: &mut Reader<'_>,
) -> Option<Vec<Side>> {
    let stems: Vec<&str> = profiles
        .iter()
        .map(|p| files.get(p.file).map_or("", |f| stem(&f.name)))
        .collect();
    let mut names = Names::new("party");
    let mut voices = Vec::new();
    for (place, text) in short(&stems).into_iter().enumerate() {
        let name = names.derive(text, place + 1);
        let own = profiles[place].title.as_deref().map(clean);
        let own = own.filter(|t| !t.is_empty() && t != stems[place]);
        let title = own.or_else(|| (clean(text) != name).then(|| clean(text)));
        let title = title.filter(|t| *t != name);
        voices.push(Voice {
            profile: place,
            name,
            title,
        });
    }
    let masters = masters(&voices, &stems, reader)?;
    let mut sides: Vec<Side> = Vec::new();
    let mut places = vec![None; voices.len()];
    let mut ratifiers = Vec::new();
    for (place, voice) in voices.into_iter().enumerate() {
        match masters[place] {
            None => {
                places[place] = Some(sides.len());
                sides.push(Side {
                    voice,
                    ratifiers: Vec::new(),
                });
            }
            Some(master) => ratifiers.push((master, voice)),
        }
    }
    for (master, voice) in ratifiers {
        if let Some(side) = places[master].and_then(|s: usize| sides.get_mut(s)) {
            side.ratifiers.push(voice);
        }
    }
    Some(sides)
}

/// For each profile the one whose party it ratifies for.
fn masters(
    voices: &[Voice],
    stems: &[&str],
    reader: &mut Reader<'_>,
) -> Option<Vec<Option<usize>>> {
    let find = |name: &str, reader: &mut Reader<'_>| {
        let found = voices.iter().position(|v| v.name == name);
        let found = found.or_else(|| stems.iter().position(|s| *s == name));
        if found.is_none() {
            let known: Vec<&str> = voices.iter().take(8).map(|v| v.name.as_str()).collect();
            reader.problem(
                Diagnostic::error(
                    codes::NO_SUCH_PROFILE,
                    format!("there is no profile `{}`", shorten(name)),
                )
                .hint(format!("the profiles are {}", known.join(", "))),
            );
        }
        found
    };
    let mut masters = vec![None; voices.len()];
    for (ratifier, party) in &reader.options.ratifiers.clone() {
        let (Some(ratifier), Some(party)) = (find(ratifier, reader), find(party, reader)) else {
            continue;
        };
        masters[ratifier] = Some(party);
    }
    for (ratifier, master) in masters.iter().enumerate() {
        if let Some(master) = *master
            && (master == ratifier || masters[master].is_some())
        {
            let message = format!(
                "`{}` cannot ratify for `{}`, which is a ratifier itself",
                voices[ratifier].name, voices[master].name
            );
            reader.problem(
                Diagnostic::error(codes::NO_SUCH_PROFILE, message)
                    .hint("a ratifier belongs to a party that sits at the table"),
            );
        }
    }
    reader.problems.is_empty().then_some(masters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_distinguishes_files() {
        let short = |stems: &[&str]| super::short(stems).join(" ");
        assert_eq!(
            short(&["own-x-profile1", "own-x-profile2"]),
            "profile1 profile2"
        );
        assert_eq!(
            short(&["laptop_buyer_utility", "laptop_seller_utility"]),
            "buyer seller"
        );
        assert_eq!(short(&["a-1", "a-2"]), "a-1 a-2");
        assert_eq!(short(&["profileA", "profileB"]), "profileA profileB");
        assert_eq!(short(&["same", "same"]), "same same");
        assert_eq!(short(&["\u{e4}-x", "\u{e4}-y"]), "x y");
        assert_eq!(short(&["only-one"]), "only-one");
        assert_eq!(short(&["a-b", "a-b-c"]), "b b-c");
        assert_eq!(stem("folder/x.y.xml"), "x.y");
        assert_eq!(stem(".xml"), ".xml");
    }
}
