//! Bargains put together by hand.

use detente_analysis::model::bargain::{
    Bargain, Fact, Issue, Level, Package, PackageCondition, Quantity, Ratifier, Side, Table, Term,
    Test, Utility, Verdict, Weight, Who,
};
use detente_analysis::model::syntax::ast::{Place, Ratification, Trend};
use detente_analysis::model::{IssueId, PartyId};
use num_rational::BigRational;

pub(crate) fn rational(top: i64, bottom: i64) -> BigRational {
    BigRational::new(top.into(), bottom.into())
}

pub(crate) fn whole(number: i64) -> BigRational {
    rational(number, 1)
}

pub(crate) fn known(number: i64) -> Quantity {
    Quantity::known(whole(number))
}

pub(crate) fn between(least: BigRational, most: BigRational) -> Quantity {
    Quantity { least, most }
}

pub(crate) fn party(number: u16) -> Who {
    Who {
        party: PartyId(number),
        ratifier: None,
    }
}

pub(crate) fn table(weight: Weight, trend: Option<Trend>, values: Vec<Quantity>) -> Table {
    Table {
        weight,
        values,
        trend,
        cites: Vec::new(),
    }
}

pub(crate) fn plain(values: &[i64]) -> Table {
    let values = values.iter().map(|v| known(*v)).collect();
    table(Weight::Known(known(1)), None, values)
}

pub(crate) fn weighted(weight: Weight, values: &[i64]) -> Table {
    Table {
        weight,
        ..plain(values)
    }
}

pub(crate) fn utility(tables: Vec<Table>, reservation: Option<Quantity>) -> Utility {
    Utility {
        tables,
        terms: Vec::new(),
        importance: Vec::new(),
        reservation,
        discounts: Vec::new(),
        place: Place::default(),
    }
}

pub(crate) fn term(worth: Quantity, test: Test) -> Term {
    Term {
        worth,
        condition: PackageCondition {
            test,
            text: String::new(),
            span: detente_analysis::model::syntax::Span::default(),
        },
        cites: Vec::new(),
    }
}

pub(crate) fn at(issue: u32, level: u16) -> Test {
    Test::Between {
        issue: IssueId(issue),
        from: level,
        to: level,
    }
}

pub(crate) fn side(utility: Utility) -> Side {
    Side {
        utility: Some(utility),
        ..Side::default()
    }
}

pub(crate) fn ratifier(votes: u32, utility: Utility) -> Ratifier {
    Ratifier {
        name: String::new(),
        title: None,
        votes,
        utility,
        place: Place::default(),
    }
}

pub(crate) fn home(own: Utility, ratifiers: Vec<Ratifier>, ratified: Ratification) -> Side {
    Side {
        utility: Some(own),
        ratifiers,
        ratified,
    }
}

pub(crate) fn package(levels: &[&[u16]]) -> Package {
    Package {
        name: String::new(),
        title: None,
        levels: levels.iter().map(|l| l.to_vec()).collect(),
        cites: Vec::new(),
        place: Place::default(),
    }
}

pub(crate) fn crisp(levels: &[u16]) -> Package {
    let levels: Vec<&[u16]> = levels.iter().map(std::slice::from_ref).collect();
    package(&levels)
}

pub(crate) fn fact(who: Who, verdict: Verdict) -> Fact {
    Fact {
        who,
        verdict,
        cites: Vec::new(),
        place: Place::default(),
    }
}

pub(crate) fn bargain(sizes: &[u16], sides: Vec<Side>) -> Bargain {
    let level = |number: u16| Level {
        name: format!("l{number}"),
        title: None,
        number: None,
    };
    let issue = |size: &u16| Issue {
        name: String::new(),
        title: None,
        levels: (0..*size).map(level).collect(),
        place: Place::default(),
    };
    Bargain {
        issues: sizes.iter().map(issue).collect(),
        sides,
        ..Bargain::default()
    }
}
