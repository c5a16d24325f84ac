//! Packages with a name.

use std::collections::HashMap;

use detente_syntax::ast::{self, PickedLevel};
use detente_syntax::{Diagnostic, Span};

use super::issues::Issues;
use super::wrong;
use crate::bargain::Package;
use crate::codes;
use crate::ids::IssueId;
use crate::resolve::Resolver;
use crate::resolve::scope::once;

impl Resolver<'_> {
    pub(super) fn packages(&mut self, issues: &Issues<'_>) -> Vec<Package> {
        let document = self.document;
        let mut seen = HashMap::new();
        let mut out = Vec::with_capacity(document.packages.len());
        for package in &document.packages {
            self.cites(&package.cites);
            let (name, span) = (package.name.as_str(), package.name.span());
            once(&mut seen, "package", name, span, &mut self.out);
            out.push(self.package(issues, package));
        }
        out
    }

    fn package(&mut self, issues: &Issues<'_>, package: &ast::Package) -> Package {
        let mut levels: Vec<Vec<u16>> = vec![vec![0]; issues.list.len()];
        let mut picked: Vec<Option<Span>> = vec![None; issues.list.len()];
        for pick in &package.picks {
            let found = issues.find(&pick.issue);
            let Some(id) = self.keep(found) else { continue };
            let span = pick.issue.span();
            if let Some(first) = picked.get_mut(id.index()).and_then(|p| p.replace(span)) {
                self.out.push(
                    Diagnostic::error(
                        codes::SAID_TWICE_OF_ISSUE,
                        format!(
                            "package `{}` names issue `{}` twice",
                            package.name, pick.issue
                        ),
                    )
                    .at(span, "again here")
                    .see(first, "first here")
                    .hint("join the levels with `or` if either may be meant"),
                );
            }
            let found = picked_levels(issues, id, pick);
            if let (Some(found), Some(slot)) = (self.keep(found), levels.get_mut(id.index())) {
                *slot = found;
            }
        }
        Package {
            name: package.name.text.clone(),
            title: package.title.clone(),
            levels,
            cites: package.cites.clone(),
            place: package.place,
        }
    }
}

/// The levels that a pick may mean, ascending, each once.
fn picked_levels(
    issues: &Issues<'_>,
    id: IssueId,
    pick: &ast::Pick,
) -> Result<Vec<u16>, Diagnostic> {
    let span = pick.issue.span();
    if pick.levels.is_empty() {
        return Ok((0..=issues.top(id)).collect());
    }
    let mut out = Vec::new();
    for level in &pick.levels {
        match level {
            PickedLevel::Named(name) => out.push(issues.level(id, name)?),
            PickedLevel::Number(number) => out.push(issues.numbered(id, number, span)?),
            PickedLevel::Between(from, to) => {
                let (first, _) = issues.around(id, from, span)?;
                let (_, until) = issues.around(id, to, span)?;
                if first >= until {
                    let issue = issues.issue(id);
                    return Err(Diagnostic::error(
                        codes::UNKNOWN_LEVEL,
                        format!("issue `{}` has no level from {from} to {to}", issue.name),
                    )
                    .at(span, "")
                    .hint(wrong::range_of(issue)));
                }
                out.extend((first..until).filter_map(|level| u16::try_from(level).ok()));
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}
