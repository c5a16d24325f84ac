//! What most commands set aside: what parties believe, and readings that are not known to all.

use detente_syntax::Diagnostic;

use super::Resolver;
use crate::codes;
use crate::model::{Term, TermUser};

impl Resolver<'_> {
    /// One note when somebody may see another game than the true one. Where there is an error nothing is
    /// analysed, and nothing set aside.
    pub(super) fn set_aside(&mut self, terms: &[Term]) {
        if self.out.iter().any(Diagnostic::is_error) {
            return;
        }
        let view = self.document.views.first();
        let term = terms.iter().find(|t| is_misheard(t));
        let (what, span, compare) = match (view, term) {
            (None, None) => return,
            (Some(view), None) => (
                "what parties believe is",
                view.viewer.span(),
                "`detente perceive` compares",
            ),
            (None, Some(term)) => (
                "readings that are not known to all are",
                term.place.0,
                "`detente perceive` and `detente terms` compare",
            ),
            (Some(view), Some(_)) => (
                "what parties believe, and readings that are not known to all, are",
                view.viewer.span(),
                "`detente perceive` and `detente terms` compare",
            ),
        };
        self.out.push(
            Diagnostic::note(
                codes::TRUE_GAME,
                format!("{what} set aside by most commands: they analyse the true game"),
            )
            .at(span, "")
            .hint(format!(
                "{compare} what each side sees; `detente explain N0104` says more"
            )),
        );
    }
}

/// Whether what a party wants turns on a reading of the term that another party does not know and does not
/// share.
fn is_misheard(term: &Term) -> bool {
    let meant = |party| term.sense(party).map(|c| &c.expr);
    let mut wishes = term.uses.iter().filter_map(|u| match u.user {
        TermUser::Preference(party, _) => Some((party, meant(party)?)),
        _ => None,
    });
    wishes.any(|(by, means)| {
        let mut hearers = term.readings.iter().map(|r| r.party);
        hearers.any(|to| !term.known(by, to).is_yes() && meant(to) != Some(means))
    })
}
