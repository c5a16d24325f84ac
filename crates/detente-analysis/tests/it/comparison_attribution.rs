//! What is behind packages and forecasts, against every set of edits made by hand and every order of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::comparison::{
    Attribution, CourseAttribution, CourseQuestion, Days, Outlook, PackageAnswer, PackageQuestion,
    Table, Unattributed, attribute_course, attribute_packages, days, outlook, packages_changed,
    probabilities_changed, table,
};
use detente_analysis::{Budget, Game, Stop};
use detente_model::difference::{Difference, difference};
use detente_model::model::Model;
use detente_model::resolve;
use detente_model::syntax::ast::Document;
use detente_model::syntax::parse;
use proptest::prelude::*;

use crate::random::Random;

/// What can be edited: for each place the texts that may stand there.
const EDITS: [(&str, &[&str]); 13] = [
    ("US-RELIEF", &["0, -8, -30", "0, -8, -20", "0, -2, -9"]),
    ("DPRK-SITE", &["0, -5, -12", "0, -1, -12", "0, -9, -40"]),
    ("RESERVATION", &["", "reservation 3", "reservation -4"]),
    (
        "TERM",
        &["", "5: relief is some and site is none", "-6: site is all"],
    ),
    (
        "RULE",
        &[
            "",
            "never relief is all and site is none",
            "always site is part or relief is some",
        ],
    ),
    (
        "PICK",
        &["relief all", "relief some  site all", "site part or all"],
    ),
    ("PACE", &["acts every 30 days", "acts every 10 days"]),
    ("CHANCE", &["chance 0.5", "chance 0.9"]),
    ("MEETING", &["", "2020-02-20 talks at working"]),
    ("HINGE", &["", "not lift"]),
    ("DIRECTION", &["", "irreversible"]),
    // The second names what comes with the first.
    ("OPTION", &["", "option extra"]),
    ("EXTRA", &["", "US.extra"]),
];
const PACKAGES: std::ops::Range<usize> = 0..6;
const COURSE: std::ops::Range<usize> = 6..EDITS.len();

const TEMPLATE: &str = r#"negotiation "Random"
as of 2020-01-01
track working binds all
issues {
  relief: none, some, all
  site: none, part, all
  RULE
}
party US {
  option lift DIRECTION
  OPTION
  PACE
  prefers {
    EXTRA
    DPRK.close
    HINGE
    lift
  }
  utility {
    relief: US-RELIEF
    site: 0, 9, 20
    TERM
  }
}
party DPRK {
  option close
  prefers {
    US.lift
    not close unless US.lift
    close
  }
  utility {
    relief: 0, 12, 31
    site: DPRK-SITE
    RESERVATION
  }
}
class "both" when US.lift and DPRK.close
class "one" when US.lift or DPRK.close
class "none" otherwise
status quo { }
package draft { PICK }
calendar {
  2020-02-10 decision { sets DPRK.close  CHANCE }
  MEETING
}
"#;

/// The text with the chosen words.
fn text(choice: &[usize]) -> String {
    let places = EDITS.iter().zip(choice);
    places.fold(TEMPLATE.to_owned(), |text, ((place, words), chosen)| {
        text.replace(place, words[*chosen])
    })
}

fn read(text: &str) -> Document {
    let parsed = parse(text);
    assert!(!parsed.has_errors(), "{:#?}\n{text}", parsed.diagnostics);
    parsed.document
}

/// What changed from one choice to another.
fn changes(first: &[usize], second: &[usize]) -> Difference {
    difference(&read(&text(first)), &read(&text(second)))
}

/// Two texts, what is edited in the second, and the difference; every edit is one change.
struct Pair {
    first: Vec<usize>,
    second: Vec<usize>,
    edited: Vec<usize>,
    difference: Difference,
    /// Which edit a change is.
    edits: BTreeMap<usize, usize>,
}

impl Pair {
    fn new(random: &mut Random, among: std::ops::Range<usize>) -> Self {
        let mut first: Vec<usize> = EDITS
            .iter()
            .map(|(_, words)| random.below(words.len() as u64) as usize)
            .collect();
        let mut second = first.clone();
        for _ in 0..=1 + random.below(4) {
            let place = among.start + random.below(among.len() as u64) as usize;
            second[place] = random.below(EDITS[place].1.len() as u64) as usize;
        }
        // Both make sense.
        for choice in [&mut first, &mut second] {
            if choice[12] == 1 {
                choice[11] = 1;
            }
        }
        let edited: Vec<usize> = (0..EDITS.len())
            .filter(|p| first[*p] != second[*p])
            .collect();
        let difference = changes(&first, &second);
        let mut edits = BTreeMap::new();
        for place in &edited {
            let mut one = first.clone();
            one[*place] = second[*place];
            for change in changes(&first, &one).changes {
                let index = difference.changes.iter().position(|c| *c == change);
                edits.insert(index.unwrap_or_else(|| panic!("{change:?}")), *place);
            }
        }
        assert_eq!(
            edits.len(),
            difference.changes.len(),
            "{:#?}",
            difference.changes
        );
        Self {
            first,
            second,
            edited,
            difference,
            edits,
        }
    }

    /// Whether every edit of the range is a single change.
    fn is_plain(&self) -> bool {
        self.edits.values().collect::<BTreeSet<_>>().len() == self.edits.len()
    }

    /// The text with these edits, of those that are in the list.
    fn with(&self, edits: &[usize]) -> Document {
        let mut choice = self.first.clone();
        for place in edits {
            choice[*place] = self.second[*place];
        }
        read(&text(&choice))
    }
}

fn subsets(of: &[usize]) -> Vec<Vec<usize>> {
    (0..1_usize << of.len())
        .map(|set| {
            let members = of
                .iter()
                .enumerate()
                .filter(|(place, _)| set & (1 << place) != 0);
            members.map(|(_, edit)| *edit).collect()
        })
        .collect()
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let first = |(place, edit): (usize, &usize)| {
        let mut rest = of.to_vec();
        rest.remove(place);
        let edit = *edit;
        permutations(&rest).into_iter().map(move |mut order| {
            order.insert(0, edit);
            order
        })
    };
    of.iter().enumerate().flat_map(first).collect()
}

/// Holds what is told of sets against every set; `gives` says whether the text with these edits gives the answer of the
/// second, `None` where it makes no sense.
fn check_sets<Q: Clone>(
    pair: &Pair,
    edited: &[usize],
    told: &Attribution<Q>,
    gives: impl Fn(&[usize], usize) -> Option<bool>,
) {
    let of = |changes: &[usize]| -> Vec<usize> {
        let mut edits: Vec<usize> = changes.iter().map(|c| pair.edits[c]).collect();
        edits.sort_unstable();
        edits
    };
    let without =
        |edit: usize| -> Vec<usize> { edited.iter().copied().filter(|e| *e != edit).collect() };
    assert_eq!(told.stopped, None);
    let senseless = |sets: &dyn Fn(usize) -> Vec<usize>| -> Vec<usize> {
        edited
            .iter()
            .copied()
            .filter(|e| gives(&sets(*e), 0).is_none())
            .collect()
    };
    if !told.causes.is_empty() {
        assert_eq!(of(&told.not_alone), senseless(&|e| vec![e]));
        assert_eq!(of(&told.not_omitted), senseless(&without));
    }
    for (index, cause) in told.causes.iter().enumerate() {
        let alone: Vec<usize> = edited
            .iter()
            .copied()
            .filter(|e| gives(&[*e], index) == Some(true))
            .collect();
        assert_eq!(of(&cause.alone), alone);
        let needed: Vec<usize> = edited
            .iter()
            .copied()
            .filter(|e| gives(&without(*e), index) == Some(false))
            .collect();
        assert_eq!(of(&cause.needed), needed);
        let giving: Vec<Vec<usize>> = subsets(edited)
            .into_iter()
            .filter(|set| gives(set, index) == Some(true))
            .collect();
        let least = giving.iter().map(Vec::len).min().unwrap();
        let mut smallest: Vec<Vec<usize>> = giving
            .into_iter()
            .filter(|set| set.len() == least && least > 1)
            .collect();
        smallest.sort();
        let mut together: Vec<Vec<usize>> = cause.together.iter().map(|set| of(set)).collect();
        together.sort();
        assert_eq!(together, smallest);
    }
}

fn tabled(document: &Document) -> Table {
    table(&resolve(document).model.unwrap(), &Budget::default()).unwrap()
}

fn model(document: &Document) -> Option<Model> {
    resolve(document).model
}

fn ahead(document: &Document, days: &[jiff::civil::Date]) -> Option<Outlook> {
    let model = model(document)?;
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    Some(outlook(document, &game, days, &budget).unwrap())
}

fn course(pair: &Pair, budget: &Budget) -> Option<(Vec<CourseQuestion>, Days, CourseAttribution)> {
    let (a, b) = (pair.difference.before(), pair.difference.after());
    let both = days(&model(a).unwrap(), &model(b).unwrap()).unwrap();
    let (one, other) = (ahead(a, &both.both).unwrap(), ahead(b, &both.both).unwrap());
    let questions = probabilities_changed(&one, &other);
    if questions.is_empty() {
        return None;
    }
    let told = attribute_course(&pair.difference, &questions, (&one, &other), budget).unwrap();
    Some((questions, both, told))
}

/// Counts, acceptance, what could be bettered and what rules pick, from the packages themselves.
fn literal_table(document: &Document, found: &Table) {
    let model = model(document).unwrap();
    let space = detente_analysis::bargain::DealSpace::new(&model.bargain).unwrap();
    let deals: Vec<Vec<u16>> = space.deals().collect();
    assert_eq!(found.permitted, Some(deals.len().into()));
    let worth =
        |deal: &Vec<u16>| -> Vec<i128> { space.voices.iter().map(|v| v.worth.of(deal)).collect() };
    let worths: BTreeSet<Vec<i128>> = deals.iter().map(worth).collect();
    let beaten = |own: &Vec<i128>| {
        worths
            .iter()
            .any(|o| o != own && o.iter().zip(own).all(|(o, w)| o >= w))
    };
    let efficient = worths.iter().filter(|w| !beaten(w)).count();
    assert_eq!(found.frontier, efficient);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn packages_against_all_sets_of_edits(seed in any::<u64>()) {
        let pair = Pair::new(&mut Random::new(seed), PACKAGES);
        prop_assume!(pair.is_plain() && !pair.edited.is_empty());
        let (one, other) = (tabled(&pair.with(&[])), tabled(&pair.with(&pair.edited)));
        literal_table(&pair.with(&[]), &one);
        let questions = packages_changed(&one, &other);
        let ends = (&one, &other);
        let told = attribute_packages(&pair.difference, &questions, ends, &Budget::default()).unwrap();
        prop_assert_eq!(told.causes.len(), questions.len());
        let all: BTreeMap<Vec<usize>, Vec<PackageAnswer>> = subsets(&pair.edited)
            .into_iter()
            .map(|set| {
                let found = tabled(&pair.with(&set));
                (set, questions.iter().map(|q| found.answer(q)).collect())
            })
            .collect();
        check_sets(&pair, &pair.edited, &told, |set, index| {
            Some(all[set].get(index) == all[&pair.edited].get(index))
        });
    }

    #[test]
    fn forecasts_against_all_sets_and_orders_of_edits(seed in any::<u64>()) {
        let pair = Pair::new(&mut Random::new(seed), COURSE);
        prop_assume!(pair.is_plain() && !pair.edited.is_empty());
        let Some((questions, both, told)) = course(&pair, &Budget::default()) else { return Ok(()) };
        let all: BTreeMap<Vec<usize>, Option<Outlook>> = subsets(&pair.edited)
            .into_iter()
            .map(|set| {
                let found = ahead(&pair.with(&set), &both.both);
                (set, found)
            })
            .collect();
        let value = |set: &[usize], index: usize| {
            let q = &questions[index];
            all[set].as_ref().map(|found| found.of(q.day, &q.class).unwrap_or(0.0))
        };
        check_sets(&pair, &pair.edited, &told.sufficing, |set, index| {
            let after = value(&pair.edited, index)?;
            Some((value(set, index)? - after).abs() <= 1e-9)
        });
        let orders: Vec<Vec<usize>> = permutations(&pair.edited)
            .into_iter()
            .filter(|order| (0..=order.len()).all(|n| {
                let mut set = order[..n].to_vec();
                set.sort_unstable();
                all[&set].is_some()
            }))
            .collect();
        prop_assert_eq!(told.orders, Some(orders.len() as u64));
        prop_assert_eq!(&told.unshared, &None);
        for (index, cause) in told.causes.iter().enumerate() {
            prop_assert_eq!(&cause.question, &questions[index]);
            let whole = value(&pair.edited, index).unwrap() - value(&[], index).unwrap();
            let mut sum = 0.0;
            for contribution in &cause.contributions {
                let edit = pair.edits[&contribution.change];
                let without: Vec<usize> = pair.edited.iter().copied().filter(|e| *e != edit).collect();
                let made = value(&[edit], index).map(|v| v - value(&[], index).unwrap());
                let unmade = value(&without, index).map(|v| value(&pair.edited, index).unwrap() - v);
                let mut added = 0.0;
                for order in &orders {
                    let at = order.iter().position(|e| *e == edit).unwrap();
                    let set = |n: usize| {
                        let mut set = order[..n].to_vec();
                        set.sort_unstable();
                        value(&set, index).unwrap()
                    };
                    added += set(at + 1) - set(at);
                }
                let share = added / orders.len() as f64;
                let near = |told: Option<f64>, expected: Option<f64>| match (told, expected) {
                    (Some(told), Some(expected)) => (told - expected).abs() < 1e-9,
                    (told, expected) => told == expected,
                };
                prop_assert!(near(contribution.made, made), "{contribution:?} {made:?}");
                prop_assert!(near(contribution.unmade, unmade), "{contribution:?} {unmade:?}");
                prop_assert!(near(contribution.share, Some(share)), "{contribution:?} {share}");
                sum += contribution.share.unwrap();
            }
            prop_assert!((sum - whole).abs() < 1e-9);
        }
    }
}

/// The option and the statement about it come in one order only, which halves the orders.
fn dependent() -> Pair {
    let mut seeds = 0..;
    loop {
        let pair = Pair::new(&mut Random::new(seeds.next().unwrap()), COURSE);
        let both = pair.edited.contains(&11) && pair.edited.contains(&12);
        if both && pair.second[12] == 1 && pair.edited.len() > 2 && pair.is_plain() {
            return pair;
        }
    }
}

#[test]
fn orders_that_cannot_be_gone_do_not_count() {
    let pair = dependent();
    let (_, _, told) = course(&pair, &Budget::default()).unwrap();
    let all: u64 = (1..=pair.edited.len() as u64).product();
    assert_eq!(told.orders, Some(all / 2));
    assert_eq!(told.sufficing.not_alone.len(), 1);
    assert_eq!(told.sufficing.not_omitted.len(), 1);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let pair = dependent();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| course(&pair, &Budget::default()).unwrap().2)
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn who_cancels_is_heard() {
    let pair = dependent();
    let (a, b) = (pair.difference.before(), pair.difference.after());
    let both = days(&model(a).unwrap(), &model(b).unwrap()).unwrap();
    let (one, other) = (ahead(a, &both.both).unwrap(), ahead(b, &both.both).unwrap());
    let questions = probabilities_changed(&one, &other);
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    let told = attribute_course(&pair.difference, &questions, (&one, &other), &cancelled);
    assert_eq!(told, Err(Unattributed::Stopped(Stop::Cancelled)));
    let tables = (tabled(a), tabled(b));
    let questions = [PackageQuestion::Permitted];
    let ends = (&tables.0, &tables.1);
    let told = attribute_packages(&pair.difference, &questions, ends, &cancelled);
    assert_eq!(told.unwrap_err(), Unattributed::Stopped(Stop::Cancelled));
}

/// Days for which both answer, and those of one alone: the ends of months, days of events and each last day.
#[test]
fn days_of_both() {
    let with = |day: &str, event: &str| {
        let mut choice = vec![0; EDITS.len()];
        choice[8] = 1;
        let text = text(&choice)
            .replace("2020-01-01", day)
            .replace("2020-02-20", event);
        model(&read(&text)).unwrap()
    };
    let both = days(
        &with("2020-01-01", "2020-02-20"),
        &with("2020-02-01", "2020-03-03"),
    )
    .unwrap();
    let told = |days: &[jiff::civil::Date]| -> Vec<String> {
        days.iter().map(ToString::to_string).collect()
    };
    // 180 days from the first of January are the 29th of June, from the first of February the 30th of July.
    assert_eq!(
        told(&both.both),
        [
            "2020-02-10",
            "2020-02-29",
            "2020-03-31",
            "2020-04-30",
            "2020-05-31",
            "2020-06-29"
        ]
    );
    assert_eq!(told(&both.a), ["2020-01-31", "2020-02-20"]);
    assert_eq!(told(&both.b), ["2020-03-03", "2020-06-30", "2020-07-30"]);
    let late = with("2021-02-01", "2021-03-03");
    assert_eq!(days(&with("2020-01-01", "2020-02-20"), &late), None);
}
