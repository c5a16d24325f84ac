//! What can be agreed, resolved: issues, rules, packages, facts and what an agreement makes of options.

mod issues;
mod packages;
mod test;
mod worth;
mod wrong;

use detente_syntax::Diagnostic;
use detente_syntax::ast;

use self::issues::Issues;
use super::Resolver;
use super::scope::{once, suggest};
use crate::bargain::{
    Agreed, Bargain, Fact, Package, PackageCondition, Ratifier, Rule, Side, Verdict, Who,
};
use crate::codes;
use crate::ids::PartyId;
use crate::model::Form;

/// How many packages a vague one may mean for them to be looked at one by one.
const FEW: usize = 4096;

impl<'a> Resolver<'a> {
    /// Everything about packages.
    pub(super) fn bargain(&mut self) -> Bargain {
        let document = self.document;
        let issues = self.issues();
        let rules = self.package_rules(&issues);
        let sides: Vec<Side> = document
            .parties
            .iter()
            .map(|p| self.side(&issues, p))
            .collect();
        let packages = self.packages(&issues);
        let facts = document.facts.iter();
        let facts = facts.filter_map(|f| self.fact(f, &sides)).collect();
        let agreed = document.agreed.iter();
        let agreed = agreed.filter_map(|a| self.agreed(&issues, a)).collect();
        self.excluded(&rules, &packages);
        Bargain {
            issues: issues.list,
            rules,
            sides,
            packages,
            facts,
            agreed,
        }
    }

    /// Keeps what was found, or reports what is wrong.
    fn keep<T>(&mut self, found: Result<T, Diagnostic>) -> Option<T> {
        match found {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.out.push(diagnostic);
                None
            }
        }
    }

    fn package_condition(
        &mut self,
        issues: &Issues<'_>,
        formula: &ast::Formula,
    ) -> Option<PackageCondition> {
        let test = issues.test(formula, self.formulas.scope);
        Some(PackageCondition {
            test: self.keep(test)?,
            text: formula.to_string(),
            span: formula.place.0,
        })
    }

    fn package_rules(&mut self, issues: &Issues<'_>) -> Vec<Rule> {
        let mut rules = Vec::new();
        for rule in &self.document.package_rules {
            self.cites(&rule.cites);
            let Some(condition) = self.package_condition(issues, &rule.formula) else {
                continue;
            };
            rules.push(Rule {
                required: rule.kind == ast::PackageRuleKind::Always,
                condition,
                because: rule.because.clone(),
                cites: rule.cites.clone(),
            });
        }
        rules
    }

    fn side(&mut self, issues: &Issues<'_>, party: &'a ast::Party) -> Side {
        let utility = party.utility.as_ref().map(|u| self.utility(issues, u));
        let mut seen = std::collections::HashMap::new();
        let mut ratifiers = Vec::new();
        for ratifier in &party.ratifiers {
            self.cites(&ratifier.cites);
            let name = ratifier.name.as_str();
            once(
                &mut seen,
                "ratifier",
                name,
                ratifier.name.span(),
                &mut self.out,
            );
            ratifiers.push(Ratifier {
                name: ratifier.name.text.clone(),
                title: ratifier.title.clone(),
                votes: ratifier.votes.unwrap_or(1),
                utility: self.utility(issues, &ratifier.utility),
                place: ratifier.place,
            });
        }
        self.ratification(party);
        Side {
            utility,
            ratifiers,
            ratified: party.ratified,
        }
    }

    /// Whether the ratifiers can ratify at all.
    fn ratification(&mut self, party: &ast::Party) {
        let votes: u64 = party
            .ratifiers
            .iter()
            .map(|r| u64::from(r.votes.unwrap_or(1)))
            .sum();
        let (message, hint) = match party.ratified {
            ast::Ratification::Votes(needed) if u64::from(needed) > votes => (
                format!(
                    "`{}` needs {needed} votes to ratify, and its ratifiers have {votes}",
                    party.name
                ),
                "lower the number, or give ratifiers more votes",
            ),
            ast::Ratification::Majority if votes == 0 => (
                format!(
                    "`{}` needs a majority to ratify, and has no votes",
                    party.name
                ),
                "declare who ratifies: `ratifier senate { ... }`",
            ),
            ast::Ratification::Any if party.ratifiers.is_empty() => (
                format!("`{}` needs a ratifier, and has none", party.name),
                "declare who ratifies: `ratifier senate { ... }`",
            ),
            _ => return,
        };
        self.out.push(
            Diagnostic::error(codes::NOBODY_RATIFIES, message)
                .at(party.name.span(), "nothing could ever be ratified")
                .hint(hint),
        );
    }

    fn fact(&mut self, fact: &ast::Fact, sides: &[Side]) -> Option<Fact> {
        self.cites(&fact.cites);
        let who = self.who(&fact.who, sides);
        let who = self.keep(who);
        let silent = |who: &Who| {
            let side = sides.get(who.party.index());
            who.ratifier.is_none() && side.is_some_and(|s| s.utility.is_none())
        };
        let idle = who.as_ref().is_some_and(silent);
        if idle {
            self.out.push(no_utility(&fact.who.name));
        }
        let package = |name: &ast::Name| find_package(&self.document.packages, name);
        let verdict = match &fact.verdict {
            ast::Verdict::Accepts(name) => package(name).map(Verdict::Accepts),
            ast::Verdict::Rejects(name) => package(name).map(Verdict::Rejects),
            ast::Verdict::Prefers { better, worse } => match (package(better), package(worse)) {
                (Ok(a), Ok(b)) if a == b => Err(Diagnostic::error(
                    codes::FACT_OF_NOTHING,
                    format!("`{better}` cannot be preferred to itself"),
                )
                .at(better.span().cover(worse.span()), "")),
                (Ok(a), Ok(b)) => Ok(Verdict::Prefers(a, b)),
                (Err(problem), other) => {
                    self.out.extend(other.err());
                    Err(problem)
                }
                (_, Err(problem)) => Err(problem),
            },
        };
        let verdict = self.keep(verdict)?;
        let who = who.filter(|_| !idle)?;
        Some(Fact {
            verdict,
            who,
            cites: fact.cites.clone(),
            place: fact.place,
        })
    }

    fn who(&self, who: &ast::Ref, sides: &[Side]) -> Result<Who, Diagnostic> {
        let scope = self.formulas.scope;
        let Some(name) = &who.party else {
            let found = scope.find_party(&who.name);
            let party = found.map_err(|d| hint_ratifier(d, who, self.document, sides))?;
            return Ok(Who {
                party,
                ratifier: None,
            });
        };
        let party: PartyId = scope.find_party(name)?;
        let ratifiers = sides.get(party.index()).map_or(&[][..], |s| &s.ratifiers);
        let at = ratifiers.iter().position(|r| r.name == who.name.text);
        let ratifier = at.and_then(|at| u16::try_from(at).ok());
        if ratifier.is_some() {
            return Ok(Who { party, ratifier });
        }
        let d = Diagnostic::error(
            codes::UNKNOWN_RATIFIER,
            format!("`{name}` has no ratifier `{}`", who.name),
        )
        .at(who.name.span(), "not declared");
        let names = ratifiers.iter().map(|r| r.name.as_str());
        let d = suggest(d, who.name.as_str(), names, "ratifiers");
        Err(if ratifiers.is_empty() {
            d.hint(format!(
                "declare it in the block of `{name}`: `ratifier {} {{ ... }}`",
                who.name
            ))
        } else {
            d
        })
    }

    fn agreed(&mut self, issues: &Issues<'_>, line: &ast::Agreed) -> Option<Agreed> {
        self.cites(&line.cites);
        if self.form == Form::Graph {
            self.needs_options("what an agreement makes of options", line.place.0);
            return None;
        }
        let found = self.formulas.setting(&line.setting, None);
        let set = self.keep(found);
        let when = match &line.when {
            Some(formula) => Some(self.package_condition(issues, formula)?),
            None => None,
        };
        let (option, level) = set?;
        Some(Agreed {
            option,
            level,
            setting: line.setting.to_string(),
            when,
        })
    }

    /// Warns of named packages that the rules exclude.
    fn excluded(&mut self, rules: &[Rule], packages: &[Package]) {
        for package in packages {
            let sizes = package.levels.iter().map(Vec::len);
            let many = sizes.fold(1_usize, usize::saturating_mul);
            if many > FEW {
                continue;
            }
            let broken = |levels: &[u16]| {
                let holds = |r: &&Rule| r.condition.test.holds(levels) != r.required;
                rules.iter().find(holds)
            };
            let mut rule = None;
            let all = completions(package, many).all(|levels| {
                let found = broken(&levels);
                rule = rule.or(found);
                found.is_some()
            });
            let (true, Some(rule)) = (all, rule) else {
                continue;
            };
            self.out.push(
                Diagnostic::warning(
                    codes::EXCLUDED_PACKAGE,
                    format!("package `{}` is none that can be agreed", package.name),
                )
                .at(package.place.0, "")
                .see(rule.condition.span, "excluded here")
                .hint("change the package or the rule; analyses leave such a package out"),
            );
        }
    }
}

/// The packages that a vague one may mean; there are `many`.
fn completions(package: &Package, many: usize) -> impl Iterator<Item = Vec<u16>> {
    (0..many).map(|mut number| {
        let pick = |levels: &Vec<u16>| {
            let size = levels.len().max(1);
            let level = levels.get(number % size).copied().unwrap_or(0);
            number /= size;
            level
        };
        package.levels.iter().map(pick).collect()
    })
}

fn find_package(packages: &[ast::Package], name: &ast::Name) -> Result<usize, Diagnostic> {
    let at = packages
        .iter()
        .position(|p| p.name.as_str() == name.as_str());
    at.ok_or_else(|| {
        let d = Diagnostic::error(
            codes::UNKNOWN_PACKAGE,
            format!("there is no package `{name}`"),
        )
        .at(name.span(), "not declared");
        let names = packages.iter().map(|p| p.name.as_str());
        let d = suggest(d, name.as_str(), names, "packages");
        if packages.is_empty() {
            d.hint(format!("declare it: `package {name} {{ relief all }}`"))
        } else {
            d
        }
    })
}

fn no_utility(name: &ast::Name) -> Diagnostic {
    Diagnostic::warning(
        codes::IDLE_FACT,
        format!("a fact about `{name}` says nothing without what packages are worth to it"),
    )
    .at(name.span(), "has no utility")
    .hint("add `utility { ... }` to its block; `weight ?` where weights are not known")
}

/// A ratifier that stands without its party.
fn hint_ratifier(
    diagnostic: Diagnostic,
    who: &ast::Ref,
    document: &ast::Document,
    sides: &[Side],
) -> Diagnostic {
    let has = |side: &&Side| side.ratifiers.iter().any(|r| r.name == who.name.text);
    let at = sides.iter().position(|s| has(&s));
    match at.and_then(|at| document.parties.get(at)) {
        Some(party) => diagnostic.hint(format!("write `{}.{}`", party.name, who.name)),
        None => diagnostic,
    }
}
