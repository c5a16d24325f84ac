//! Which form the files of a scenario have, and which of them is the domain.

use std::collections::HashSet;

use detente_syntax::{Diagnostic, Span};

use super::raw::{Domain, Profile};
use super::reader::{MAX_ISSUES, Reader};
use super::tree::Node;
use super::xml::Element;
use super::{
    Part, ScenarioFile, codes, genius, geniusweb, negmas, negolog, parties, text, tree, xml,
};

/// The tool that wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Genius,
    GeniusWeb,
    Negmas,
    Negolog,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Genius => "GENIUS",
            Self::GeniusWeb => "GeniusWeb",
            Self::Negmas => "NegMAS",
            Self::Negolog => "NegoLog",
        }
    }
}

/// What a file holds.
pub(crate) enum Content {
    Xml(Element),
    Tree(Node),
}

/// A file that belongs to a scenario.
pub(crate) struct Piece {
    pub(crate) file: usize,
    form: Form,
    is_domain: bool,
    content: Content,
}

impl Piece {
    fn span(&self) -> Span {
        match &self.content {
            Content::Xml(root) => root.span,
            Content::Tree(root) => root.span,
        }
    }
}

/// The files of a scenario, sorted out.
pub(crate) struct Found {
    form: Form,
    domain: Option<Piece>,
    profiles: Vec<Piece>,
}

/// Which part of a scenario a text is.
pub(crate) fn part(text: &str) -> Option<Part> {
    let (_, is_domain, _) = piece(text).ok()??;
    Some(if is_domain {
        Part::Domain
    } else {
        Part::Profile
    })
}

/// Reads all files and finds out what they are.
pub(crate) fn recognise(files: &[ScenarioFile], reader: &mut Reader<'_>) -> Option<Found> {
    let copies = copies(files, reader.options.named);
    let mut pieces: Vec<Piece> = Vec::new();
    for (place, file) in files.iter().enumerate() {
        reader.file = Some(place);
        if copies.contains(&place) {
            reader.note(left_out(format!(
                "`{}` is a generated copy of a profile; left out",
                file.name
            )));
            continue;
        }
        let decoded = text::decode(&file.bytes);
        match piece(&decoded.text) {
            Ok(Some((form, is_domain, content))) => {
                if let Some(encoding) = decoded.other {
                    let message = format!("`{}` is no UTF-8 text; read as {encoding}", file.name);
                    reader.note(Diagnostic::note(codes::DECODED, message));
                }
                pieces.push(Piece {
                    file: place,
                    form,
                    is_domain,
                    content,
                });
            }
            Ok(None) => {
                let message = format!("`{}` is no part of a bargaining scenario", file.name);
                refuse_or_leave_out(reader, Diagnostic::error(codes::NOT_SCENARIO, message));
            }
            Err(problem) => refuse_or_leave_out(reader, problem),
        }
    }
    reader.file = None;
    sort_out(pieces, files, reader)
}

fn left_out(message: String) -> Diagnostic {
    Diagnostic::note(codes::LEFT_OUT, message)
}

/// What is wrong with a file that was named is an error; in a folder, it does not belong there.
fn refuse_or_leave_out(reader: &mut Reader<'_>, problem: Diagnostic) {
    if reader.options.named {
        reader.problem(problem.hint("`detente explain E0352` says what belongs to a scenario"));
    } else {
        let mut note = left_out(format!("{}; left out", problem.message));
        note.primary = problem.primary;
        reader.note(note);
    }
}

/// Copies such as `buyer_u10.xml`, unless they were named or the original is missing: then the first stays.
fn copies(files: &[ScenarioFile], named: bool) -> HashSet<usize> {
    let mut copies = HashSet::new();
    if named {
        return copies;
    }
    let mut kept: HashSet<String> = HashSet::new();
    let stems = files.iter().map(|f| parties::stem(&f.name));
    let stems: Vec<(&str, Option<&str>)> = stems.map(|s| (s, original(s))).collect();
    kept.extend(
        stems
            .iter()
            .filter(|s| s.1.is_none())
            .map(|s| s.0.to_owned()),
    );
    for (place, (_, original)) in stems.iter().enumerate() {
        if let Some(original) = original
            && !kept.insert((*original).to_owned())
        {
            copies.insert(place);
        }
    }
    copies
}

/// `buyer` for `buyer_u10`.
fn original(stem: &str) -> Option<&str> {
    let (before, number) = stem.rsplit_once("_u")?;
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (plain && !before.is_empty()).then_some(before)
}

fn piece(text: &str) -> Result<Option<(Form, bool, Content)>, Diagnostic> {
    if xml::looks_like(text) {
        let root = xml::parse(text)?;
        return Ok(match root.name.as_str() {
            "negotiation_template" => Some((Form::Genius, true, Content::Xml(root))),
            "utility_space" => Some((Form::Genius, false, Content::Xml(root))),
            _ => None,
        });
    }
    let root = tree::parse(text)?;
    Ok(of_tree(&root).map(|(form, is_domain)| (form, is_domain, Content::Tree(root))))
}

fn of_tree(root: &Node) -> Option<(Form, bool)> {
    if root.get("issuesValues").is_some() {
        return Some((Form::GeniusWeb, true));
    }
    if geniusweb::profile_of(root).is_some() {
        return Some((Form::GeniusWeb, false));
    }
    if root.get("issueWeights").is_some() && root.get("issues").is_some_and(Node::is_map) {
        return Some((Form::Negolog, false));
    }
    let listed = root.get("issues").and_then(Node::items).unwrap_or(&[]);
    let valued = |issue: &Node| issue.is_map() && issue.get("values").is_some();
    if !listed.is_empty() && listed.iter().all(valued) && root.get("weights").is_none() {
        return Some((Form::Negmas, true));
    }
    negmas::is_utility(root).then_some((Form::Negmas, false))
}

fn sort_out(pieces: Vec<Piece>, files: &[ScenarioFile], reader: &mut Reader<'_>) -> Option<Found> {
    if !reader.problems.is_empty() {
        return None;
    }
    let no_scenario = |message: String| Diagnostic::error(codes::NOT_SCENARIO, message);
    let Some(form) = pieces.first().map(|p| p.form) else {
        let none = no_scenario("there is no bargaining scenario here".to_owned());
        reader.problem(none.hint("`detente explain E0352` says what belongs to a scenario"));
        return None;
    };
    if let Some(other) = pieces.iter().find(|p| p.form != form) {
        let mixed = no_scenario(format!(
            "there are files of {} and of {}",
            form.name(),
            other.form.name()
        ));
        reader.problem(mixed.hint("name the files that belong together"));
        return None;
    }
    let (domains, profiles): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|p| p.is_domain);
    if domains.len() > 1 {
        let names = domains
            .iter()
            .take(4)
            .map(|p| format!("`{}`", files[p.file].name));
        let names: Vec<String> = names.collect();
        let several = no_scenario(format!("there are several domains: {}", names.join(", ")));
        reader.problem(several.hint("name the files that belong together"));
        return None;
    }
    if profiles.is_empty() {
        let none = no_scenario(
            "there is no profile, so that nobody says what packages are worth".to_owned(),
        );
        reader.problem(none.hint("name the profiles too, or their folder"));
        return None;
    }
    if profiles.len() > MAX_ISSUES {
        reader.too_large(Span::default(), "there are more than 1,000 profiles");
        return None;
    }
    Some(Found {
        form,
        domain: domains.into_iter().next(),
        profiles,
    })
}

/// Reads the domain and the profiles.
pub(crate) fn read(found: &Found, reader: &mut Reader<'_>) -> Option<(Domain, Vec<Profile>)> {
    let source = found.domain.as_ref().or(found.profiles.first())?;
    reader.file = Some(source.file);
    if found.domain.is_none() && found.form != Form::Negolog {
        let message = "there is no domain file; the first profile says what the issues are";
        reader.note(Diagnostic::note(codes::REPAIRED, message));
    }
    let domain = match (&source.content, found.form) {
        (Content::Xml(root), _) => genius::domain(root, reader),
        (Content::Tree(root), Form::GeniusWeb) => geniusweb::domain(root, reader),
        (Content::Tree(root), Form::Negolog) => negolog::domain(root, reader),
        (Content::Tree(root), _) => negmas::domain(root, reader),
    }?;
    if domain.issues.is_empty() || domain.issues.len() > MAX_ISSUES {
        if domain.issues.is_empty() {
            reader.bad(
                source.span(),
                "there are no issues",
                "a domain needs at least one issue",
            );
        } else {
            reader.too_large(source.span(), "there are more than 1,000 issues");
        }
        return None;
    }
    let mut profiles = Vec::new();
    for piece in &found.profiles {
        reader.file = Some(piece.file);
        let levels = domain.issues.iter().map(super::raw::Issue::len).sum();
        if !reader.affordable(levels, piece.span()) {
            return None;
        }
        let mut profile = Profile::new(piece.file, domain.issues.len());
        let read = match (&piece.content, piece.form) {
            (Content::Xml(root), _) => {
                genius::profile(root, &domain, &mut profile, reader);
                Some(())
            }
            (Content::Tree(root), Form::GeniusWeb) => {
                geniusweb::profile(root, &domain, &mut profile, reader)
            }
            (Content::Tree(root), Form::Negolog) => {
                negolog::profile(root, &domain, &mut profile, reader)
            }
            (Content::Tree(root), _) => negmas::profile(root, &domain, &mut profile, reader),
        };
        if read.is_some() {
            profiles.push(profile);
        }
    }
    reader.file = None;
    reader.problems.is_empty().then_some((domain, profiles))
}
