//! The attitudes of the parties toward each other, resolved.

use detente_syntax::ast::{self, Attitude, Name};
use detente_syntax::{Diagnostic, Span};

use super::{Resolver, Scope};
use crate::codes;
use crate::ids::PartyId;

/// The party that an attitude of another is about: `self` is that party itself.
pub(crate) fn toward(scope: &Scope<'_>, id: PartyId, name: &Name) -> Result<PartyId, Diagnostic> {
    if name.as_str() == "self" {
        return Ok(id);
    }
    scope.find_party(name)
}

impl Resolver<'_> {
    /// One attitude for each party: what is said, else positive toward itself and neutral toward the
    /// others.
    pub(super) fn attitudes(&mut self, id: PartyId, party: &ast::Party) -> Vec<Attitude> {
        let parties = self.document.parties.len();
        let mut said: Vec<Option<Span>> = vec![None; parties];
        let mut attitudes = vec![Attitude::Neutral; parties];
        if let Some(own) = attitudes.get_mut(id.index()) {
            *own = Attitude::Positive;
        }
        for line in &party.attitudes {
            self.cites(&line.cites);
            let other = match toward(self.formulas.scope, id, &line.toward) {
                Ok(other) => other,
                Err(diagnostic) => {
                    self.out.push(diagnostic);
                    continue;
                }
            };
            let span = line.toward.span();
            if let Some(first) = said.get_mut(other.index()).and_then(|s| s.replace(span)) {
                self.out.push(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        format!(
                            "the attitude of `{}` toward `{}` is given twice",
                            party.name, line.toward
                        ),
                    )
                    .at(span, "again here")
                    .see(first, "first here")
                    .hint("keep one of the two lines"),
                );
            }
            if let Some(place) = attitudes.get_mut(other.index()) {
                *place = line.attitude;
            }
        }
        attitudes
    }
}
