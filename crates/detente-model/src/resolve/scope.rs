//! The names that a document declares, and how they are looked up.

use std::collections::HashMap;

use detente_syntax::ast::{Document, Name, Ref};
use detente_syntax::{Diagnostic, Span};

use crate::codes;
use crate::ids::{OptionId, PartyId};

/// All declared names.
pub(crate) struct Scope<'a> {
    pub(crate) parties: HashMap<&'a str, PartyId>,
    pub(crate) options: Vec<DeclaredOption<'a>>,
    by_name: HashMap<&'a str, Vec<OptionId>>,
    pub(crate) classes: HashMap<&'a str, usize>,
    pub(crate) states: HashMap<&'a str, usize>,
    pub(crate) terms: HashMap<&'a str, usize>,
    party_names: Vec<&'a str>,
}

/// An option and its owner, as declared.
pub(crate) struct DeclaredOption<'a> {
    pub(crate) party: PartyId,
    pub(crate) party_name: &'a str,
    pub(crate) declaration: &'a detente_syntax::ast::OptionDecl,
}

impl<'a> Scope<'a> {
    /// Collects the names; a name that is declared twice keeps its first meaning and is reported.
    pub(crate) fn new(document: &'a Document, out: &mut Vec<Diagnostic>) -> Self {
        let mut scope = Self {
            parties: HashMap::new(),
            options: Vec::new(),
            by_name: HashMap::new(),
            classes: HashMap::new(),
            states: HashMap::new(),
            terms: HashMap::new(),
            party_names: document.parties.iter().map(|p| p.name.as_str()).collect(),
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (index, party) in document.parties.iter().enumerate() {
            let id = PartyId(index as u16);
            once(
                &mut seen,
                "party",
                party.name.as_str(),
                party.name.span(),
                out,
            );
            scope.parties.entry(party.name.as_str()).or_insert(id);
            let mut own: HashMap<&str, Span> = HashMap::new();
            for declaration in &party.options {
                let name = declaration.name.as_str();
                once(&mut own, "option", name, declaration.name.span(), out);
                let mut levels: HashMap<&str, Span> = HashMap::new();
                for level in &declaration.levels {
                    once(&mut levels, "level", level.as_str(), level.span(), out);
                }
                let option = OptionId(scope.options.len() as u32);
                scope.options.push(DeclaredOption {
                    party: id,
                    party_name: party.name.as_str(),
                    declaration,
                });
                scope.by_name.entry(name).or_default().push(option);
            }
        }
        let mut seen = HashMap::new();
        for (index, class) in document.classes.iter().enumerate() {
            once(&mut seen, "class", &class.name, class.place.0, out);
            scope.classes.entry(class.name.as_str()).or_insert(index);
        }
        let mut seen = HashMap::new();
        for (index, state) in document.states.iter().enumerate() {
            once(
                &mut seen,
                "state",
                state.name.as_str(),
                state.name.span(),
                out,
            );
            scope.states.entry(state.name.as_str()).or_insert(index);
        }
        let mut seen = HashMap::new();
        for (index, term) in document.terms.iter().enumerate() {
            let name = term.name.as_str();
            once(&mut seen, "term", name, term.name.span(), out);
            scope.terms.entry(name).or_insert(index);
        }
        scope
    }

    /// The declaration of an option.
    pub(crate) fn option(&self, id: OptionId) -> &DeclaredOption<'a> {
        &self.options[id.index()]
    }

    /// `US.relief`.
    pub(crate) fn qualified(&self, id: OptionId) -> String {
        let option = self.option(id);
        format!("{}.{}", option.party_name, option.declaration.name)
    }

    /// Looks a party up.
    pub(crate) fn find_party(&self, name: &Name) -> Result<PartyId, Diagnostic> {
        self.parties.get(name.as_str()).copied().ok_or_else(|| {
            let d = Diagnostic::error(codes::UNKNOWN_PARTY, format!("there is no party `{name}`"))
                .at(name.span(), "not declared");
            suggest(
                d,
                name.as_str(),
                self.party_names.iter().copied(),
                "parties",
            )
        })
    }

    /// Looks an option up. Without a party before the dot, the options of `home` come first; then
    /// the name must be unique among all parties.
    pub(crate) fn find_option(
        &self,
        reference: &Ref,
        home: Option<PartyId>,
    ) -> Result<OptionId, Diagnostic> {
        let name = reference.name.as_str();
        let candidates = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        if let Some(party) = &reference.party {
            let id = self.find_party(party)?;
            return candidates
                .iter()
                .copied()
                .find(|c| self.option(*c).party == id)
                .ok_or_else(|| self.unknown_option(reference, Some(id)));
        }
        if let Some(own) = candidates
            .iter()
            .copied()
            .find(|c| Some(self.option(*c).party) == home)
        {
            return Ok(own);
        }
        match candidates {
            [one] => Ok(*one),
            [] => Err(self.unknown_option(reference, home)),
            many => {
                let names: Vec<String> = many
                    .iter()
                    .map(|c| format!("`{}`", self.qualified(*c)))
                    .collect();
                Err(Diagnostic::error(
                    codes::AMBIGUOUS_OPTION,
                    format!("`{name}` is an option of several parties"),
                )
                .at(reference.span(), "whose?")
                .hint(format!("write {}", either(&names))))
            }
        }
    }

    fn unknown_option(&self, reference: &Ref, party: Option<PartyId>) -> Diagnostic {
        let name = reference.name.as_str();
        let d = match &reference.party {
            Some(p) => Diagnostic::error(
                codes::UNKNOWN_OPTION,
                format!("party `{p}` has no option `{name}`"),
            ),
            None => Diagnostic::error(
                codes::UNKNOWN_OPTION,
                format!("there is no option `{name}`"),
            ),
        }
        .at(reference.span(), "not declared");
        if let Some(id) = self.parties.get(name) {
            let own: Vec<String> = self
                .options
                .iter()
                .filter(|o| o.party == *id)
                .take(6)
                .map(|o| format!("`{}.{}`", o.party_name, o.declaration.name))
                .collect();
            if !own.is_empty() {
                return d.hint(format!("`{name}` is a party; write {}", either(&own)));
            }
        }
        for option in &self.options {
            if option.declaration.levels.iter().any(|l| l.as_str() == name) {
                return d.hint(format!(
                    "`{name}` is a level; write `{}.{} is {name}`",
                    option.party_name, option.declaration.name
                ));
            }
        }
        if self.classes.contains_key(name) {
            return d.hint(format!("to name the class, write `class \"{name}\"`"));
        }
        if self.states.contains_key(name) {
            return d.hint(format!("to name the state, write `state {name}`"));
        }
        if self.terms.contains_key(name) {
            return d.hint(format!("to use the term, write `term {name}`"));
        }
        let written = reference.to_string();
        let names: Vec<String> = self
            .options
            .iter()
            .map(|o| {
                let own = Some(o.party) == party && reference.party.is_none();
                if own || (reference.party.is_none() && !written.contains('.')) {
                    o.declaration.name.to_string()
                } else {
                    format!("{}.{}", o.party_name, o.declaration.name)
                }
            })
            .collect();
        suggest(d, &written, names.iter().map(String::as_str), "options")
    }

    /// Looks a class up.
    pub(crate) fn find_class(&self, name: &str, span: Span) -> Result<usize, Diagnostic> {
        self.classes.get(name).copied().ok_or_else(|| {
            let d = Diagnostic::error(codes::UNKNOWN_CLASS, format!("there is no class `{name}`"))
                .at(span, "not declared");
            suggest(d, name, self.classes.keys().copied(), "classes")
        })
    }

    /// Looks a term up.
    pub(crate) fn find_term(&self, name: &Name) -> Result<usize, Diagnostic> {
        self.terms.get(name.as_str()).copied().ok_or_else(|| {
            let d = Diagnostic::error(codes::UNKNOWN_TERM, format!("there is no term `{name}`"))
                .at(name.span(), "not declared");
            let d = suggest(d, name.as_str(), self.terms.keys().copied(), "terms");
            if self.terms.is_empty() && d.hint.is_none() {
                return d.hint(format!(
                    "declare it: `term {name} \"The words\" {{ US reads ... }}`"
                ));
            }
            d
        })
    }

    /// Looks a named state up.
    pub(crate) fn find_state(&self, name: &Name) -> Result<usize, Diagnostic> {
        self.states.get(name.as_str()).copied().ok_or_else(|| {
            let d = Diagnostic::error(codes::UNKNOWN_STATE, format!("there is no state `{name}`"))
                .at(name.span(), "not declared");
            let d = suggest(d, name.as_str(), self.states.keys().copied(), "states");
            if self.states.is_empty() && d.hint.is_none() {
                return d.hint(format!(
                    "declare it, for example `state {name} \"What it is\" {{ ... }}`"
                ));
            }
            d
        })
    }
}

pub(super) fn once<'a>(
    seen: &mut HashMap<&'a str, Span>,
    what: &str,
    name: &'a str,
    span: Span,
    out: &mut Vec<Diagnostic>,
) {
    if let Some(first) = seen.get(name) {
        out.push(
            Diagnostic::error(
                codes::DUPLICATE_NAME,
                format!("{what} `{name}` is declared twice"),
            )
            .at(span, "again here")
            .see(*first, "first here")
            .hint("give one of them another name"),
        );
    } else {
        seen.insert(name, span);
    }
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub(crate) fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// Adds "did you mean" when a name is near, else lists what there is.
pub(crate) fn suggest<'n>(
    diagnostic: Diagnostic,
    written: &str,
    names: impl Iterator<Item = &'n str>,
    what: &str,
) -> Diagnostic {
    let mut known: Vec<&str> = names.collect();
    known.sort_unstable();
    known.dedup();
    let lower = written.to_lowercase();
    let nearest = known
        .iter()
        .map(|n| (strsim::damerau_levenshtein(&n.to_lowercase(), &lower), *n))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, name)) if distance <= 1 + written.chars().count() / 4 => {
            diagnostic.hint(format!("did you mean `{name}`?"))
        }
        Some(_) => {
            let shown: Vec<String> = known.iter().take(8).map(|n| format!("`{n}`")).collect();
            let more = if known.len() > 8 { ", ..." } else { "" };
            diagnostic.hint(format!("the {what} are {}{more}", shown.join(", ")))
        }
        None => diagnostic,
    }
}
