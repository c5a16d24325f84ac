//! Pieces of a document from findings.

use std::cell::RefCell;

use super::{
    Findings, Form, Ground, Held, Inline, Naming, Number, Pointer, anchor, in_quotation_marks,
    typographic,
};
use crate::dossier::Dossier;
use crate::finding::State;

/// Makes pieces of a document: numbers and told texts are read from the findings by their places.
#[derive(Debug)]
pub struct Composer<'a> {
    /// The findings.
    pub dossier: &'a Dossier,
    findings: &'a dyn Findings,
    naming: Naming<'a>,
    missing: RefCell<Vec<Pointer>>,
}

impl<'a> Composer<'a> {
    /// For a dossier and the findings in which places are looked up: the dossier itself, or what a document is about
    /// that is made of no dossier.
    pub fn new(dossier: &'a Dossier, findings: &'a dyn Findings) -> Self {
        Self {
            dossier,
            findings,
            naming: Naming::of(findings),
            missing: RefCell::default(),
        }
    }

    /// What stands at a place of the findings.
    pub fn at(&self, from: &Pointer) -> Option<Held<'static>> {
        self.findings.at(from.as_str())
    }

    /// A value of the findings. A value that is not there is shown as `?` and remembered as a fault of the rule.
    pub fn number(&self, from: &Pointer, form: Form) -> Inline {
        let shown = self.at(from).and_then(|held| form.show(held));
        let shown = shown.unwrap_or_else(|| {
            self.missing.borrow_mut().push(from.clone());
            "?".to_owned()
        });
        Inline::Number(Number {
            shown,
            from: from.clone(),
            form,
        })
    }

    /// What a finding says, word by word, with titles for names and the marks of a printed text: for sentences.
    pub fn told(&self, from: &Pointer) -> Inline {
        // What is from another file has the names of that file.
        let mut supplied = self.dossier.supplied.keys();
        if supplied.any(|part| from.is_in(part)) {
            return self.short(from);
        }
        self.set(from, |text| self.naming.titled(text))
    }

    /// A formula of a finding in quotation marks, those within it single.
    pub fn formula(&self, from: &Pointer) -> Inline {
        self.set(from, in_quotation_marks)
    }

    /// The formula that a finding says in backticks, with titles for names and in quotation marks; `None` when it says
    /// none.
    pub fn formula_in(&self, from: &Pointer) -> Option<Inline> {
        let held = self.at(from)?;
        Some(Inline::Told {
            text: self.naming.formula_in(held.as_str()?)?,
            from: from.clone(),
        })
    }

    /// What a finding says with its short names: for tables, where what names mean is told beside them.
    pub fn short(&self, from: &Pointer) -> Inline {
        self.set(from, typographic)
    }

    fn set(&self, from: &Pointer, how: impl Fn(&str) -> String) -> Inline {
        match self.verbatim(from) {
            Inline::Told { text, from } => Inline::Told {
                text: how(&text),
                from,
            },
            other => other,
        }
    }

    /// What a finding says, letter by letter: what is to be copied.
    pub fn verbatim(&self, from: &Pointer) -> Inline {
        let text = self.at(from).and_then(Held::into_text);
        let text = text.unwrap_or_else(|| {
            self.missing.borrow_mut().push(from.clone());
            "?".to_owned()
        });
        Inline::Told {
            text,
            from: from.clone(),
        }
    }

    /// Places that were asked for and hold nothing fitting.
    pub fn missing(&self) -> Vec<Pointer> {
        self.missing.borrow().clone()
    }

    /// The state of this number, with its place in the findings.
    pub fn state(&self, id: u32) -> Option<(usize, &'a State)> {
        let states = &self.dossier.analysis.as_ref()?.states;
        let guess = (id as usize).wrapping_sub(1);
        let place = match states.get(guess) {
            Some(state) if state.id == id => guess,
            _ => states.iter().position(|s| s.id == id)?,
        };
        Some((place, states.get(place)?))
    }

    /// The number of a state, as a link to its row.
    pub fn state_number(&self, id: u32) -> Inline {
        let place = self.state(id).map_or(usize::MAX, |(place, _)| place);
        let from = Pointer::to("analysis").key("states").index(place).key("id");
        Inline::link(anchor::state(id), vec![self.number(&from, Form::Whole)])
    }

    /// The grounds that citations give, such as `article ¶5`: each is a source with a passage.
    pub fn cited(&self, cites: &[String]) -> Vec<Ground> {
        let Some(evidence) = &self.dossier.evidence else {
            return Vec::new();
        };
        let found = cites.iter().filter_map(|cite| {
            let (name, passage) = match cite.split_once(' ') {
                Some((name, passage)) => (name, Some(passage.trim().to_owned())),
                None => (cite.as_str(), None),
            };
            let place = evidence.sources.iter().position(|s| s.name == name)?;
            Some(Ground::Source {
                anchor: anchor::source(place),
                name: name.to_owned(),
                passage,
            })
        });
        found.collect()
    }
}
