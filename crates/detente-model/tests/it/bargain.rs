//! Packages: from a text to a model.

use detente_model::bargain::{Bargain, Table, Test, Verdict, Weight, exact, written};
use detente_model::resolve;
use detente_syntax::ast::{Amount, Document};
use detente_syntax::{parse, print};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// The beginning that most texts here share.
const ISSUES: &str = "issues {\n  g: lo, mid, hi\n  f: -1 .. 1 by 1/3\n  b: no, yes\n}\n";

fn document(text: &str) -> Document {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.document
}

fn bargain(text: &str) -> Bargain {
    let resolved = resolve(&document(text));
    let Some(model) = resolved.model else {
        panic!("{text}\n{:#?}", resolved.diagnostics)
    };
    model.bargain
}

fn ratio(top: i64, bottom: i64) -> BigRational {
    BigRational::new(top.into(), bottom.into())
}

#[test]
fn a_discount_from_an_event_counts_from_its_last_day() {
    let text = |from: &str| {
        format!(
            "as of 2019-01-20\n{ISSUES}party A {{ utility {{ discount 0.9 from event {from} }} }}\nparty B {{ utility {{ }} }}\n\
             calendar {{\n  2019-03-02 .. 2019-03-04 decision drills \"The drills\"\n  \
             between 2019-02-15 and 2019-03-05 summit plan\n  2019-02-27 .. 2019-02-28 summit hanoi {{ replaces plan }}\n  \
             from 2019-04-01 talks open\n}}\n"
        )
    };
    for (event, day, title) in [
        ("drills", "2019-03-04", Some("The drills")),
        (
            "drills \"Drills resume\"",
            "2019-03-04",
            Some("Drills resume"),
        ),
        ("plan", "2019-02-28", None),
        ("hanoi", "2019-02-28", None),
    ] {
        let of = bargain(&text(event));
        let discount = &of.sides[0].utility.as_ref().unwrap().discounts[0];
        assert_eq!(discount.from.to_string(), day, "{event}");
        assert_eq!(discount.event.as_deref(), title, "{event}");
    }
    for (event, code, hint) in [
        ("dril", "E0170", "did you mean `drills`"),
        ("nothing_like_it", "E0170", "drills"),
        ("open", "E0157", "last day"),
    ] {
        let told = problems(&text(event));
        let found = told.iter().any(|(c, h)| *c == code && h.contains(hint));
        assert!(found, "{event}: {told:?}");
    }
}

#[test]
fn a_discount_goes_with_an_event_that_is_not_known_yet() {
    let text = format!(
        "as of 2019-04-20\n{ISSUES}source s \"S\" {{ date 2019-03-01 }}\n\
         party A {{ utility {{ discount 0.9 from event drills\n discount 0.8 from event plan }} }}\nparty B {{ utility {{ }} }}\n\
         calendar {{\n  2019-03-04 decision drills [s]\n  2019-03-20 summit plan {{ known 2019-01-10 }}\n}}\n"
    );
    let day = "2019-01-20".parse().unwrap();
    let (known, hidden) = detente_model::as_of::as_of(&document(&text), day);
    let discounts = &known.parties[0].utility.as_ref().unwrap().discounts;
    let events: Vec<&str> = discounts
        .iter()
        .filter_map(|d| Some(d.from.event()?.as_str()))
        .collect();
    assert_eq!(events, ["plan"]);
    assert!(
        hidden.iter().any(|h| h.what == "discount of `A`"),
        "{hidden:?}"
    );
}

/// The codes and hints of what is wrong with a text, in the order of the text.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let resolved = resolve(&document(text));
    let told = resolved.diagnostics.into_iter();
    told.filter(|d| d.code != "W0102")
        .map(|d| (d.code, d.hint.unwrap_or_default()))
        .collect()
}

/// What is wrong with one line, which is put where it belongs.
fn wrong(before: &str, line: &str, after: &str) -> (&'static str, String) {
    let text = format!("{ISSUES}{before}{line}{after}");
    let found = problems(&text);
    let [one] = found.as_slice() else {
        panic!("{text}\n{found:#?}")
    };
    one.clone()
}

#[test]
fn numbered_levels_are_listed_exactly() {
    let of = bargain("issues { f: -1 .. 1 by 1/3 }\nparty A { utility { } }");
    let names: Vec<&str> = of.issues[0]
        .levels
        .iter()
        .map(|l| l.name.as_str())
        .collect();
    assert_eq!(names, ["-1", "-2/3", "-1/3", "0", "1/3", "2/3", "1"]);
    // The last number need not be reached.
    let of = bargain("issues { f: 0 .. 1 by 0.4 }\nparty A { utility { } }");
    let numbers: Vec<_> = of.issues[0].levels.iter().flat_map(|l| &l.number).collect();
    assert_eq!(numbers, [&ratio(0, 1), &ratio(2, 5), &ratio(4, 5)]);
    let of = bargain("issues { f: 1 .. 65536 }\nparty A { utility { } }");
    assert_eq!(of.issues[0].levels.len(), 65_536);
    let (code, hint) = problems("issues { f: 0 .. 65536 }\nparty A { utility { } }").remove(0);
    assert_eq!((code, hint.contains("larger steps")), ("E0151", true));
}

#[test]
fn conditions_mean_what_they_say() {
    let text = format!(
        "{ISSUES}party A {{ utility {{\n  1: f > 0 and g is hi\n  2: g >= mid iff f < 0.5\n  \
         3: at least 2 of (g is lo, f is 1/3, f is not -1)\n  4: b unless g\n  5: g is not mid if f <= -0.7\n}} }}"
    );
    let of = bargain(&text);
    let utility = of.sides[0].utility.as_ref().unwrap();
    for g in 0..3_u16 {
        for f in 0..7_u16 {
            for b in 0..2_u16 {
                let number = ratio(i64::from(f) - 3, 3);
                let count = u8::from(g == 0) + u8::from(f == 4) + u8::from(f != 0);
                let meant = [
                    number > ratio(0, 1) && g == 2,
                    (g >= 1) == (number < ratio(1, 2)),
                    count >= 2,
                    b == 1 || g > 0,
                    g != 1 || number > ratio(-7, 10),
                ];
                let levels = [g, f, b];
                let said = utility
                    .terms
                    .iter()
                    .map(|t| t.condition.test.holds(&levels));
                assert_eq!(said.collect::<Vec<_>>(), meant, "{levels:?}");
            }
        }
    }
    assert_eq!(utility.terms[1].condition.text, "g >= mid iff f < 0.5");
}

/// How many tests stand in it.
fn size(test: &Test) -> usize {
    match test {
        Test::Not(inner) => 1 + size(inner),
        Test::And(of) | Test::Or(of) | Test::Count { of, .. } => {
            1 + of.iter().map(size).sum::<usize>()
        }
        _ => 1,
    }
}

#[test]
fn chains_of_iff_stay_small() {
    let chain = vec!["g is lo"; 60].join(" iff ");
    let of = bargain(&format!("{ISSUES}party A {{ utility {{ 1: {chain} }} }}"));
    let test = &of.sides[0].utility.as_ref().unwrap().terms[0]
        .condition
        .test;
    assert!(size(test) < 400);
    assert!(test.holds(&[0, 0, 0]) && test.holds(&[1, 0, 0]));
}

/// The first and the last value of an issue.
fn ends(table: &Table) -> [(BigRational, BigRational); 2] {
    let of = |i: usize| (table.values[i].least.clone(), table.values[i].most.clone());
    [of(0), of(table.values.len() - 1)]
}

#[test]
fn values_in_all_their_forms() {
    let of = bargain(&format!(
        "{ISSUES}party A {{\n  utility {{\n    g weight 0.25: hi 3 .. 4, mid 1\n    \
         f weight ? falling: 3 at -1, 0 at 1\n    importance f > g\n    reservation 1/3\n    \
         discount 0.5 from 2020-01-01\n    discount 0.9 from 2019-01-01 \"Before\"\n  }}\n  \
         ratifier h votes 2 {{ g: 0, 1, 2 }}\n  ratified by 2 votes\n}}\nparty B {{ utility {{ }} }}"
    ));
    let utility = of.sides[0].utility.as_ref().unwrap();
    let [g, f, b] = utility.tables.as_slice() else {
        panic!()
    };
    let zero = (ratio(0, 1), ratio(0, 1));
    assert_eq!(ends(g), [zero.clone(), (ratio(3, 1), ratio(4, 1))]);
    assert_eq!(
        g.weight,
        Weight::Known(detente_model::bargain::Quantity::known(ratio(1, 4)))
    );
    assert_eq!(f.weight, Weight::Unknown);
    let values: Vec<_> = f.values.iter().map(|v| v.least.clone()).collect();
    // A straight line from 3 at -1 to 0 at 1.
    let line: Vec<_> = (0..7).map(|i| ratio(6 - i, 2)).collect();
    assert_eq!(values, line);
    assert_eq!(ends(b), [zero.clone(), zero]);
    assert_eq!(utility.reservation.as_ref().unwrap().least, ratio(1, 3));
    let factors: Vec<_> = utility.discounts.iter().map(|d| d.factor.clone()).collect();
    assert_eq!(factors, [ratio(9, 10), ratio(1, 2)]);
    assert_eq!(of.sides[0].ratifiers[0].votes, 2);
    assert!(of.sides[1].utility.is_some() && of.sides[1].ratifiers.is_empty());
}

#[test]
fn packages_facts_and_agreements() {
    let text = format!(
        "{ISSUES}party A {{\n  option go one of stay, walk, run\n  option g\n  prefers {{ g }}\n  utility {{ }}\n  \
         ratifier h {{ }}\n}}\nparty B {{ utility {{ }} }}\n\
         package p {{ f -0.5 .. 0, g mid or hi }}\npackage q {{ f any }}\npackage r {{ b yes }}\n\
         fact A.h accepts p\nfact B prefers p to q\n\
         agreed {{\n  A.go is run when g >= mid\n  A.g\n}}"
    );
    let of = bargain(&text);
    let levels: Vec<_> = of.packages.iter().map(|p| p.levels.clone()).collect();
    assert_eq!(levels[0], [vec![1, 2], vec![2, 3], vec![0]]);
    assert_eq!(levels[1], [vec![0], (0..7).collect(), vec![0]]);
    assert_eq!(levels[2], [vec![0], vec![0], vec![1]]);
    assert!(of.packages[0].is_vague() && !of.packages[2].is_vague());
    assert_eq!(of.facts[0].who.ratifier, Some(0));
    assert_eq!(of.facts[0].verdict, Verdict::Accepts(0));
    assert_eq!(of.facts[1].verdict, Verdict::Prefers(0, 1));
    assert_eq!((of.agreed[0].option.0, of.agreed[0].level), (0, 2));
    assert!(of.agreed[0].when.is_some() && of.agreed[1].when.is_none());
}

#[test]
fn what_is_wrong_is_said_with_a_hint() {
    let rule = |line: &str| {
        let text = ISSUES.replace(
            "\n}\n",
            &format!("\n  {line}\n}}\nparty A {{ option op }}\n"),
        );
        problems(&text).remove(0)
    };
    for (line, code, hint) in [
        ("never g is hii", "E0104", "did you mean `hi`"),
        ("never h is hi", "E0150", "did you mean"),
        ("never op", "E0152", "agreed { ... }"),
        ("never A.g is lo", "E0152", "write `g`"),
        ("never class \"x\"", "E0152", "with issues"),
        ("never state small", "E0152", "with issues"),
        ("never term x", "E0152", "with issues"),
        ("never \"YN\"", "E0152", "with issues"),
        (
            "never f is 0.5",
            "E0104",
            "`-1`, `-2/3` and so on up to `1`",
        ),
        ("never g > 5", "E0104", "`lo`, `mid`, `hi`"),
    ] {
        let (found, said) = rule(line);
        assert_eq!(found, code, "{line}");
        assert!(said.contains(hint), "{line}: {said}");
    }
    let utility = |line| wrong("party A { utility {\n", line, "\n} }");
    for (line, code, hint) in [
        ("g: 1, 2", "E0154", "`lo`, `mid`, `hi`, in this order"),
        ("f: 1, 2", "E0154", "`0 at -1, 10 at 1`"),
        ("f: 1 at 0, 2 at 1", "E0154", "first and the last"),
        ("b: 1 at 0, 2 at 1", "E0104", "`no`, `yes`"),
        ("g rising: 3, 2, 5", "E0155", "leave `rising` out"),
        (
            "g falling: 1 .. 2, 0 .. 1, 1.5",
            "E0155",
            "leave `falling` out",
        ),
        ("g: 1, 5 .. 3, 1", "E0155", "lesser bound first"),
        ("g: lo 1, lo 2", "E0153", "keep one"),
        ("g weight -1: 1, 2, 3", "E0156", "other sign"),
        ("b weight ?: 0, 1\ng: 1, 2, 3", "E0156", "`weight ?`"),
        (
            "b weight ?: 0, 1\ng weight 1.1: 1, 2, 3",
            "E0156",
            "sum to 1",
        ),
        (
            "g: 1, 2, 3\nb: 0, 1\nf: 0 at -1, 1 at 1\nimportance g > f\nimportance f > b\nimportance b > g",
            "E0155",
            "one of the two",
        ),
        ("g: 1, 2, 3\nimportance g > b", "E0156", "leave it out"),
        ("discount 1.5 from 2019-01-01", "E0157", "what is left"),
        ("discount 0.5 from 2019-02-30", "E0113", "2019-01-20"),
    ] {
        let (found, said) = utility(line);
        assert_eq!(found, code, "{line}");
        assert!(said.contains(hint), "{line}: {said}");
    }
    let after = |line| {
        wrong(
            "party A { utility { }; ratifier h { } }\nparty B { }\n",
            line,
            "",
        )
    };
    for (line, code, hint) in [
        ("package p { g low }", "E0104", "did you mean `lo`"),
        ("package p { f 0.1 .. 0.2 }", "E0104", "and so on"),
        ("package p { g lo  g hi }", "E0153", "`or`"),
        (
            "package p { g lo }\nfact A accepts q",
            "E0158",
            "did you mean `p`",
        ),
        (
            "package p { g lo }\nfact a accepts p",
            "E0101",
            "did you mean `A`",
        ),
        (
            "package p { g lo }\nfact h accepts p",
            "E0101",
            "write `A.h`",
        ),
        (
            "package p { g lo }\nfact A.k accepts p",
            "E0159",
            "did you mean `h`",
        ),
        ("package p { g lo }\nfact B accepts p", "W0104", "utility"),
        ("package p { g lo }\nfact A prefers p to p", "E0160", ""),
    ] {
        let (found, said) = after(line);
        assert_eq!(found, code, "{line}");
        assert!(said.contains(hint), "{line}: {said}");
    }
    let graph = "party A { moves { 1 -> 2 }\n ranks { 1 > 2 } }\nstate 1\nstate 2\nagreed { A.x }";
    assert_eq!(problems(graph)[0].0, "E0122");
    let nobody = wrong("party A { ", "ratified by majority", " }");
    assert_eq!(nobody.0, "E0161");
}

#[test]
fn a_package_that_the_rules_exclude_is_a_warning() {
    let text = "issues { g: lo, hi; b: no, yes; never g is hi and b is no }\n\
                party A { utility { } }\n\
                package p { g hi }\npackage q { g hi  b any }\n";
    assert_eq!(
        problems(text).iter().map(|p| p.0).collect::<Vec<_>>(),
        ["W0103"]
    );
}

#[test]
fn a_party_that_only_bargains_is_not_told_to_want_anything_else() {
    let told = |text: &str| resolve(&document(text)).diagnostics;
    assert_eq!(told(&format!("{ISSUES}party A {{ utility {{ }} }}\n")), []);
    let silent = told(&format!("{ISSUES}party A {{ }}\n"));
    assert_eq!(silent[0].code, "W0102");
    assert!(silent[0].hint.as_ref().unwrap().contains("utility"));
}

#[test]
fn a_model_is_the_same_by_way_of_text_and_json() {
    let text = format!(
        "{ISSUES}party A \"Aa\" {{\n  option g\n  prefers {{ g }}\n  utility {{ g weight 1/3: 0, 1 .. 2, 3; 4: f >= 0.1 }}\n  \
         ratifier h votes 2 {{ b: 0, 1; reservation 1 }}\n  ratified by majority\n}}\n\
         package p \"P\" {{ g mid or hi  f -1 .. 0 }}\nfact A prefers p to p2\npackage p2 {{ }}\n\
         agreed {{ A.g when b }}\nvariant v {{ A prefers {{ drop \"g\" }} }}\n"
    );
    let original = document(&text);
    let model = resolve(&original).model.unwrap();
    let json = detente_model::json::to_json(&original);
    let back = detente_model::json::from_json(&json).unwrap();
    assert_eq!(back, original);
    let again = document(&print(&back));
    assert_eq!(resolve(&again).model.unwrap(), model);
    let varied = detente_model::variant::apply(&original, &["v"]).unwrap();
    assert_eq!(resolve(&varied).model.unwrap().bargain, model.bargain);
}

proptest! {
    #[test]
    fn amounts_are_read_exactly(top in -10_000_000_i64..10_000_000, bottom in 1_i64..2000, places in 0_u32..7) {
        let number = ratio(top, bottom);
        let read = |text: String| exact(&Amount { text }).unwrap();
        prop_assert_eq!(&read(format!("{top}/{bottom}")), &number);
        prop_assert_eq!(&read(written(&number)), &number);
        // A decimal, digit by digit.
        let scale = 10_i64.pow(places);
        let sign = if top < 0 { "-" } else { "" };
        let (whole, part) = (top.abs() / scale, top.abs() % scale);
        let decimal = match places {
            0 => format!("{sign}{whole}"),
            n => format!("{sign}{whole}.{part:0>width$}", width = n as usize),
        };
        prop_assert_eq!(read(decimal), BigRational::new(top.into(), BigInt::from(scale)));
    }
}
