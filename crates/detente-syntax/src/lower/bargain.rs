//! What can be agreed, and what it is worth.

use super::formula::{formula_in, setting};
use super::items::because;
use super::{
    Lower, as_name, as_reference, child, children, citations, has_keyword, head, keywords, name,
    names, place, plain, span_of, text, token, token_span,
};
use crate::ast::{
    Agreed, Amount, Date, Discount, Document, Fact, Importance, Issue, IssueWeight, IssueWorth,
    Level, LevelValue, Levels, NumberValue, Package, PackageRule, PackageRuleKind, Pick,
    PickedLevel, Quantity, Ratification, Ratifier, Reservation, Start, StartEvent, Trend, Utility,
    UtilityTerm, Values, Verdict,
};
use crate::kind::{SyntaxKind, SyntaxNode};

/// What `issues` says.
pub(super) fn issues(node: &SyntaxNode, out: &mut Document) {
    for line in children(node, SyntaxKind::Block).flat_map(|b| b.children()) {
        match line.kind() {
            SyntaxKind::Issue => out.issues.extend(issue(&line)),
            SyntaxKind::PackageRule => out.package_rules.extend(rule(&line)),
            _ => {}
        }
    }
}

fn issue(node: &SyntaxNode) -> Option<Issue> {
    let mut numbers = children(node, SyntaxKind::Amount).map(|a| amount(&a));
    let levels = match numbers.next() {
        Some(from) => Levels::Numbers {
            from: from?,
            to: numbers.next()??,
            by: match numbers.next() {
                Some(by) => Some(by?),
                None => None,
            },
        },
        None => Levels::Named(
            children(node, SyntaxKind::IssueLevel)
                .map(|l| level(&l))
                .collect::<Option<_>>()?,
        ),
    };
    if matches!(&levels, Levels::Named(list) if list.is_empty()) {
        return None;
    }
    Some(Issue {
        name: name(node)?,
        title: text(node),
        levels,
        cites: citations(node),
        place: place(node),
    })
}

fn level(node: &SyntaxNode) -> Option<Level> {
    Some(Level {
        name: name(node)?,
        title: text(node),
    })
}

fn rule(node: &SyntaxNode) -> Option<PackageRule> {
    let kind = if has_keyword(node, "always") {
        PackageRuleKind::Always
    } else {
        PackageRuleKind::Never
    };
    Some(PackageRule {
        kind,
        formula: formula_in(node)?,
        because: because(node),
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn amount(node: &SyntaxNode) -> Option<Amount> {
    Amount::try_from(plain(node)).ok()
}

/// The quantity directly in a node.
pub(super) fn quantity(node: &SyntaxNode) -> Option<Quantity> {
    let node = child(node, SyntaxKind::Quantity)?;
    let mut amounts = children(&node, SyntaxKind::Amount).map(|a| amount(&a));
    Some(Quantity {
        amount: amounts.next()??,
        up_to: match amounts.next() {
            Some(up_to) => Some(up_to?),
            None => None,
        },
    })
}

impl Lower<'_> {
    /// What the block of a utility or of a ratifier says.
    pub(super) fn utility(&mut self, node: &SyntaxNode) -> Utility {
        use SyntaxKind as K;
        let mut out = Utility {
            place: match child(node, K::Name) {
                Some(_) => head(node),
                None => token(node, K::Keyword).map_or(place(node), |t| token_span(&t).into()),
            },
            ..Utility::default()
        };
        let mut reservation = None;
        for line in children(node, K::Block).flat_map(|b| b.children()) {
            match line.kind() {
                K::IssueWorth => out.issues.extend(worth(&line)),
                K::UtilityTerm => out.terms.extend(term(&line)),
                K::Importance => out.importance.extend(importance(&line)),
                K::Reservation if self.once(&mut reservation, span_of(&line), "`reservation`") => {
                    out.reservation = reserved(&line);
                }
                K::Discount => out.discounts.extend(discount(&line)),
                _ => {}
            }
        }
        out
    }

    pub(super) fn ratifier(&mut self, node: &SyntaxNode) -> Option<Ratifier> {
        let votes = token(node, SyntaxKind::Number).map(|t| t.text().parse().ok());
        Some(Ratifier {
            name: name(node)?,
            title: text(node),
            votes: match votes {
                Some(number) => Some(number?),
                None => None,
            },
            utility: self.utility(node),
            cites: citations(node),
            place: head(node),
        })
    }
}

pub(super) fn ratified(node: &SyntaxNode) -> Option<Ratification> {
    if let Some(number) = token(node, SyntaxKind::Number) {
        return number.text().parse().ok().map(Ratification::Votes);
    }
    keywords(node).iter().find_map(|word| match word.as_str() {
        "all" => Some(Ratification::All),
        "any" => Some(Ratification::Any),
        "majority" => Some(Ratification::Majority),
        _ => None,
    })
}

fn worth(node: &SyntaxNode) -> Option<IssueWorth> {
    let weight = if !has_keyword(node, "weight") {
        None
    } else if has_keyword(node, "?") {
        Some(IssueWeight::Unknown)
    } else {
        Some(IssueWeight::Known(quantity(node)?))
    };
    let trend = if has_keyword(node, "rising") {
        Some(Trend::Rising)
    } else {
        has_keyword(node, "falling").then_some(Trend::Falling)
    };
    Some(IssueWorth {
        issue: name(node)?,
        weight,
        trend,
        values: values(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn values(node: &SyntaxNode) -> Option<Values> {
    let list = || children(node, SyntaxKind::Value);
    let first = list().next()?;
    if name(&first).is_some() {
        let value = |node: SyntaxNode| {
            Some(LevelValue {
                level: name(&node)?,
                value: quantity(&node)?,
            })
        };
        return Some(Values::ByLevel(list().map(value).collect::<Option<_>>()?));
    }
    if has_keyword(&first, "at") {
        let value = |node: SyntaxNode| {
            Some(NumberValue {
                value: quantity(&node)?,
                at: amount(&child(&node, SyntaxKind::Amount)?)?,
            })
        };
        return Some(Values::AtNumbers(list().map(value).collect::<Option<_>>()?));
    }
    let value = |node: SyntaxNode| quantity(&node);
    Some(Values::InOrder(list().map(value).collect::<Option<_>>()?))
}

fn term(node: &SyntaxNode) -> Option<UtilityTerm> {
    Some(UtilityTerm {
        worth: quantity(node)?,
        formula: formula_in(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn importance(node: &SyntaxNode) -> Option<Importance> {
    let issues = names(node);
    (issues.len() > 1).then(|| Importance {
        issues,
        cites: citations(node),
        place: place(node),
    })
}

fn reserved(node: &SyntaxNode) -> Option<Reservation> {
    Some(Reservation {
        value: quantity(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn discount(node: &SyntaxNode) -> Option<Discount> {
    let from = match token(node, SyntaxKind::Date) {
        Some(date) => Start::Day(Date {
            text: date.text().to_owned(),
            place: token_span(&date).into(),
        }),
        None => Start::Event(StartEvent { event: name(node)? }),
    };
    Some(Discount {
        factor: amount(&child(node, SyntaxKind::Amount)?)?,
        from,
        event: text(node),
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn package(node: &SyntaxNode) -> Option<Package> {
    let picks = children(node, SyntaxKind::Block)
        .flat_map(|b| b.children())
        .filter(|c| c.kind() == SyntaxKind::Pick)
        .map(|p| pick(&p));
    Some(Package {
        name: name(node)?,
        title: text(node),
        picks: picks.collect::<Option<_>>()?,
        cites: citations(node),
        place: head(node),
    })
}

fn pick(node: &SyntaxNode) -> Option<Pick> {
    let level = |node: SyntaxNode| {
        if let Some(named) = child(&node, SyntaxKind::Name) {
            return Some(PickedLevel::Named(as_name(&named)));
        }
        let Quantity { amount, up_to } = quantity(&node)?;
        Some(match up_to {
            Some(up_to) => PickedLevel::Between(amount, up_to),
            None => PickedLevel::Number(amount),
        })
    };
    let levels: Vec<_> = children(node, SyntaxKind::PickedLevel)
        .map(level)
        .collect::<Option<_>>()?;
    if levels.is_empty() && !has_keyword(node, "any") {
        return None;
    }
    Some(Pick {
        issue: name(node)?,
        levels,
    })
}

pub(super) fn fact(node: &SyntaxNode) -> Option<Fact> {
    let mut packages = names(node).into_iter();
    let first = packages.next()?;
    let verdict = if has_keyword(node, "accepts") {
        Verdict::Accepts(first)
    } else if has_keyword(node, "rejects") {
        Verdict::Rejects(first)
    } else {
        Verdict::Prefers {
            better: first,
            worse: packages.next()?,
        }
    };
    Some(Fact {
        who: as_reference(&child(node, SyntaxKind::Ref)?)?,
        verdict,
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn agreed(node: &SyntaxNode) -> Vec<Agreed> {
    let line = |node: SyntaxNode| {
        let when = formula_in(&node);
        if when.is_none() && has_keyword(&node, "when") {
            return None;
        }
        Some(Agreed {
            setting: setting(&child(&node, SyntaxKind::Setting)?)?,
            when,
            cites: citations(&node),
            place: place(&node),
        })
    };
    children(node, SyntaxKind::Block)
        .flat_map(|b| b.children())
        .filter(|c| c.kind() == SyntaxKind::AgreedLine)
        .filter_map(line)
        .collect()
}
