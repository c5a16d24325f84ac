//! Terms: who reads a use, what does not fit, and what a party hears in another's words.

use detente_model::model::{Model, Preferences, TermUser};
use detente_model::syntax::ast::{Communicated, Document, Name};
use detente_model::syntax::parse;
use detente_model::{PartyId, codes, json, resolve, term, variant};
use proptest::prelude::*;

const PARTIES: &str = r"
party US {
  option relief
  option umbrella
  prefers {
    term denuclearised
    not relief unless term denuclearised
  }
}
party DPRK {
  option yongbyon
  option declare
  prefers { term denuclearised and US.relief }
}
";

const READINGS: &str = r#"
term denuclearised "denuclearization" {
  means DPRK.declare
  US reads DPRK.declare and DPRK.yongbyon
  DPRK reads yongbyon and US.umbrella
}
"#;

pub(crate) fn document(text: &str) -> Document {
    let read = parse(text);
    assert_eq!(read.diagnostics, [], "{text}");
    read.document
}

fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

/// The codes, messages, marked words and hints of what is wrong or odd with a text.
fn told(text: &str) -> Vec<String> {
    let found = resolve(&document(text)).diagnostics;
    // That other commands set unknown readings aside is said of many of these.
    let found = found.iter().filter(|d| d.code != codes::TRUE_GAME);
    let shown = found.map(|d| {
        let place = d.primary.as_ref().map(|l| &text[l.span.start..l.span.end]);
        let hint = d.hint.clone().unwrap_or_default();
        format!(
            "{} {} | {} | {hint}",
            d.code,
            d.message,
            place.unwrap_or("-")
        )
    });
    shown.collect()
}

/// What the parties want, without the words in which it is said.
fn wants(model: &Model) -> Vec<Vec<detente_model::Expr>> {
    let of = |p: &detente_model::model::Party| match &p.preferences {
        Preferences::Statements(list) => list.iter().map(|s| s.condition.expr.clone()).collect(),
        other => panic!("{other:?}"),
    };
    model.parties.iter().map(of).collect()
}

/// The model in which every party's preferences are written out by hand.
fn by_hand(us: &str, dprk: &str) -> Vec<Vec<detente_model::Expr>> {
    let text =
        PARTIES
            .replacen("term denuclearised", us, 2)
            .replacen("term denuclearised", dprk, 1);
    assert!(!text.contains("term "));
    wants(&model(&document(&text)))
}

#[test]
fn each_party_reads_a_term_in_its_own_way() {
    let model = model(&document(&format!("{PARTIES}{READINGS}")));
    let expected = by_hand(
        "(DPRK.declare and DPRK.yongbyon)",
        "(DPRK.yongbyon and US.umbrella)",
    );
    // `not relief unless (..)` and `(..) and US.relief` nest as they are written.
    let flat = |list: &Vec<Vec<detente_model::Expr>>| {
        list.iter().flatten().map(truths).collect::<Vec<_>>()
    };
    assert_eq!(flat(&wants(&model)), flat(&expected));
    let Preferences::Statements(list) = &model.parties[0].preferences else {
        panic!()
    };
    assert_eq!(list[0].condition.text, "term denuclearised");
}

/// The truth of an expression for each of the 16 settings of four binary options.
fn truths(expr: &detente_model::Expr) -> Vec<bool> {
    let one = |bits: u32| {
        expr.eval(&mut |atom| match atom {
            detente_model::expr::Atom::Literal(l) => {
                l.admits(u16::from(bits >> l.option.index() & 1 == 1))
            }
            detente_model::expr::Atom::Node(_) => false,
        })
    };
    (0..16).map(one).collect()
}

#[test]
fn outside_the_blocks_of_parties_the_neutral_reading_counts() {
    let text = format!(
        "{PARTIES}{READINGS}
never US.umbrella and term denuclearised
when term denuclearised then US.relief
no move by US from term denuclearised to not term denuclearised
class \"done\" when term denuclearised
"
    );
    let model = model(&document(&text));
    let declare = truths(&document_condition(&text, "DPRK.declare"));
    let of = |expr| truths(expr);
    let umbrella = document_condition(&text, "US.umbrella and DPRK.declare");
    assert_eq!(of(&model.rules[0].condition.expr), truths(&umbrella));
    assert_eq!(of(&model.consequences[0].condition.expr), declare);
    assert_eq!(of(&model.prohibitions[0].from.expr), declare);
    assert_eq!(of(&model.classes[0].condition.expr), declare);
    assert_eq!(
        document_condition(&text, "term denuclearised"),
        document_condition(&text, "DPRK.declare")
    );
    let users: Vec<TermUser> = model.terms[0].uses.iter().map(|u| u.user).collect();
    assert_eq!(
        users,
        [
            TermUser::Preference(PartyId(0), 0),
            TermUser::Preference(PartyId(0), 1),
            TermUser::Preference(PartyId(1), 0),
            TermUser::Rule(0),
            TermUser::Consequence(0),
            TermUser::Prohibition(0),
            TermUser::Prohibition(0),
            TermUser::Class(0),
        ]
    );
}

fn document_condition(text: &str, formula: &str) -> detente_model::Expr {
    let formula = detente_model::syntax::parse_formula(formula).unwrap();
    detente_model::condition(&document(text), &formula)
        .unwrap()
        .expr
}

#[test]
fn what_does_not_fit_is_said_with_its_place() {
    let with = |term: &str| told(&format!("{PARTIES}{term}"));
    assert_eq!(
        with("term denuclearized { means DPRK.declare }"),
        [
            "E0140 there is no term `denuclearised` | denuclearised | did you mean `denuclearized`?",
            "E0140 there is no term `denuclearised` | denuclearised | did you mean `denuclearized`?",
            "E0140 there is no term `denuclearised` | denuclearised | did you mean `denuclearized`?",
            "W0140 nothing uses the term `denuclearized` | denuclearized | use it in a formula as \
             `term denuclearized`",
        ]
    );
    assert_eq!(
        with("term denuclearised { US reads relief }"),
        [
            "E0142 `DPRK` has no reading of the term `denuclearised` | denuclearised | add \
          `DPRK reads ...` or a neutral `means ...` to the term"
        ]
    );
    assert_eq!(
        with(
            "term denuclearised { US reads relief; DPRK reads declare }\nnever term denuclearised"
        ),
        [
            "E0142 the term `denuclearised` has no neutral reading | denuclearised | nobody in \
          particular says this: add `means ...` to the term, or write out what is meant"
        ]
    );
    assert_eq!(
        with("term denuclearised { US reads relief; US reads umbrella; DPRK reads declare }"),
        ["E0144 `US` reads `denuclearised` twice | US | keep one of the two"]
    );
    assert_eq!(
        with(
            "term denuclearised { means declare; DPKR reads declare; communicated by US to DPRK
communicated by US to DPRK no }"
        ),
        [
            "W0141 `US` has no reading of its own of the term `denuclearised` | term denuclearised | \
             add `US reads ...` to the term",
            "W0141 `DPRK` has no reading of its own of the term `denuclearised` | term denuclearised \
             and US.relief | add `DPRK reads ...` to the term",
            "E0101 there is no party `DPKR` | DPKR | did you mean `DPRK`?",
            "E0144 whether `DPRK` knows how `US` reads `denuclearised` is said twice | communicated \
             by US to DPRK no | keep one of the two",
        ]
    );
    assert_eq!(
        with("term denuclearised { means delcare; stated in singapore \"work toward\" }"),
        [
            "E0102 there is no option `delcare` | delcare | did you mean `declare`?",
            "W0101 source `singapore` is cited but not declared | singapore | declare it: `source \
             singapore \"What it is\"`",
        ]
    );
    assert_eq!(
        with("term denuclearised { means declare; US reads relief }"),
        [
            "W0141 `DPRK` has no reading of its own of the term `denuclearised` | term denuclearised \
          and US.relief | add `DPRK reads ...` to the term"
        ]
    );
    assert_eq!(with("term denuclearised { means declare }"), [""; 0]);
    assert!(
        with("term denuclearised { DPRK reads declare; communicated by US to DPRK }").contains(
            &"W0142 `US` has no reading to communicate | communicated by US to DPRK | leave it \
              out, or add `US reads ...`"
                .to_owned()
        )
    );
    assert_eq!(
        with("term denuclearised { means declare }\nterm denuclearised { means US.relief }"),
        [
            "E0108 term `denuclearised` is declared twice | denuclearised | give one of them another \
          name"
        ]
    );
    assert_eq!(
        with("term denuclearised { means declare }\nnever denuclearised"),
        [
            "E0102 there is no option `denuclearised` | denuclearised | to use the term, write `term \
          denuclearised`"
        ]
    );
}

#[test]
fn no_term_leads_back_to_itself() {
    let codes = |terms: &str| -> Vec<String> {
        let all = told(&format!("{PARTIES}{terms}"));
        all.iter().map(|d| d[..5].to_owned()).collect()
    };
    assert_eq!(
        codes("term denuclearised { means term denuclearised }"),
        ["E0141"]
    );
    assert_eq!(
        codes("term denuclearised { means term a }\nterm a { means not term denuclearised }"),
        ["E0141"]
    );
    // Only in the sense of one party.
    assert_eq!(
        codes(
            "term denuclearised { means term a }
term a { US reads term denuclearised; DPRK reads declare; means US.relief }"
        ),
        ["E0141"]
    );
    assert_eq!(
        codes(
            "term denuclearised { means class \"done\" }
class \"done\" when term denuclearised"
        )
        .len(),
        1
    );
    let mut chain = String::from("term denuclearised { means term t0 }\n");
    for i in 0..100_000 {
        chain.push_str(&format!("term t{i} {{ means term t{} }}\n", i + 1));
    }
    chain.push_str("term t100000 { means US.relief }\n");
    assert!(codes(&chain).contains(&"E0141".to_owned()));
    let mut wide = String::from("term denuclearised { means term t0 }\n");
    for i in 0..40 {
        wide.push_str(&format!(
            "term t{i} {{ means term t{0} and not term t{0} }}\n",
            i + 1
        ));
    }
    wide.push_str("term t40 { means US.relief }\n");
    assert!(codes(&wide).iter().all(|c| c == "E0143"));
    let short = wide.replace("means", "US reads");
    let mut seen = document(&format!("{PARTIES}{short}"));
    assert_eq!(term::seen_by(&mut seen, "US").unwrap_err()[0].code, "E0143");
}

#[test]
fn variants_change_what_a_term_means_and_who_knows_it() {
    let text = format!(
        "{PARTIES}{READINGS}
variant narrow {{
  term denuclearised {{
    US reads DPRK.yongbyon
    communicated by DPRK to US unclear
  }}
}}
variant more extends narrow {{
  term denuclearised {{ communicated by DPRK to US }}
  US prefers {{ drop \"term denuclearised\" }}
}}
"
    );
    let document = document(&text);
    let found = resolve(&document).diagnostics;
    let codes: Vec<&str> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [codes::TRUE_GAME]);
    let narrow = model(&variant::apply(&document, &["narrow"]).unwrap());
    let (us, dprk) = (PartyId(0), PartyId(1));
    let sense = &narrow.terms[0].sense(us).unwrap().text;
    assert_eq!(sense, "DPRK.yongbyon");
    assert_eq!(
        narrow.terms[0].sense(dprk).unwrap().text,
        "yongbyon and US.umbrella"
    );
    assert_eq!(narrow.terms[0].known(dprk, us), Communicated::Unclear);
    assert_eq!(narrow.terms[0].known(us, dprk), Communicated::No);
    assert_eq!(narrow.terms[0].known(us, us), Communicated::Yes);
    let more = model(&variant::apply(&document, &["more"]).unwrap());
    assert_eq!(more.terms[0].known(dprk, us), Communicated::Yes);
    assert_eq!(wants(&more)[0].len(), 1);
    let wrong = text.replace("term denuclearised {{ comm", "").replace(
        "  term denuclearised {\n    US reads DPRK.yongbyon",
        "  term denuclearized {\n    US reads DPRK.yongbyon",
    );
    assert!(
        told(&wrong).contains(
            &"E0140 there is no term `denuclearized` | denuclearized | did you mean \
              `denuclearised`?"
                .to_owned()
        )
    );
    // All of it survives the JSON form and the canonical text.
    let through = json::from_json(&json::to_json(&document)).unwrap();
    assert_eq!(through, document);
    let printed = parse(&detente_model::syntax::print(&through));
    assert_eq!(printed.document, document);
}

#[test]
fn a_party_hears_its_own_meaning_unless_it_knows_better() {
    let document = document(&format!("{PARTIES}{READINGS}"));
    let seen = |known: Option<Communicated>, viewer: &str| {
        let mut view = document.clone();
        if let Some(known) = known {
            term::communicate(&mut view.terms[0], "DPRK", "US", known);
        }
        term::seen_by(&mut view, viewer).unwrap();
        let flat = wants(&model(&view));
        flat.iter().flatten().map(truths).collect::<Vec<_>>()
    };
    let hand = |us: &str, dprk: &str| {
        let flat = by_hand(us, dprk);
        flat.iter().flatten().map(truths).collect::<Vec<_>>()
    };
    let us = "(DPRK.declare and DPRK.yongbyon)";
    let dprk = "(DPRK.yongbyon and US.umbrella)";
    assert_eq!(seen(None, "US"), hand(us, us));
    assert_eq!(seen(Some(Communicated::No), "US"), hand(us, us));
    assert_eq!(seen(Some(Communicated::Unclear), "US"), hand(us, us));
    assert_eq!(seen(Some(Communicated::Yes), "US"), hand(us, dprk));
    // That the US knows says nothing of what North Korea knows.
    assert_eq!(seen(Some(Communicated::Yes), "DPRK"), hand(dprk, dprk));
    let mut view = document.clone();
    let problems = term::seen_by(&mut view, "DPKR").unwrap_err();
    assert_eq!(problems[0].code, "E0101");
    assert_eq!(view, document);
}

#[test]
fn what_a_party_hears_is_written_out() {
    // `a` is not known, `b` is: what North Korea says with `a` is heard as the US means it, with the `b`
    // of the US in it.
    let text = format!(
        "{PARTIES}
term denuclearised {{ US reads umbrella and term b; DPRK reads declare }}
term b {{ US reads relief or term c; DPRK reads declare; communicated by DPRK to US }}
term c {{ means DPRK.declare }}
never DPRK.declare and not term b
"
    )
    .replace("never DPRK.declare and not term b\n", "");
    let mut view = document(&text);
    term::seen_by(&mut view, "US").unwrap();
    let reading = |view: &Document, term: usize, party: &str| {
        let of = view.terms[term].readings.iter();
        of.clone()
            .find(|r| r.party == Name::new(party))
            .map(|r| r.formula.to_string())
    };
    assert_eq!(
        reading(&view, 0, "DPRK").unwrap(),
        "US.umbrella and (US.relief or DPRK.declare)"
    );
    assert_eq!(reading(&view, 0, "US").unwrap(), "umbrella and term b");
    assert_eq!(reading(&view, 1, "DPRK").unwrap(), "declare");
    assert!(resolve(&view).model.is_some());
    assert!(detente_model::syntax::is_writable(&view));
    // A viewer to whom the term means nothing takes the others at their word.
    let third = format!("{text}party ROK {{ option bridge; prefers {{ bridge }} }}\n");
    let mut view = document(&third);
    term::seen_by(&mut view, "ROK").unwrap();
    assert_eq!(reading(&view, 0, "DPRK").unwrap(), "declare");
    assert_eq!(reading(&view, 0, "ROK"), None);
    // Who has no reading of its own means what the analyst does, and may be misheard too.
    let fourth = format!("{PARTIES}term denuclearised {{ means DPRK.declare; US reads relief }}\n");
    let mut view = document(&fourth);
    term::seen_by(&mut view, "US").unwrap();
    assert_eq!(reading(&view, 0, "DPRK").unwrap(), "US.relief");
}

/// Formulas over the four options, as text in brackets.
fn formula() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "US.relief",
        "US.umbrella",
        "DPRK.yongbyon",
        "DPRK.declare",
        "true",
        "class \"done\"",
    ]);
    let atom = atom.prop_map(str::to_owned);
    atom.prop_recursive(3, 8, 3, |inner| {
        let join = prop::sample::select(vec!["and", "or", "if", "unless", "iff"]);
        prop_oneof![
            inner.clone().prop_map(|a| format!("(not {a})")),
            (inner.clone(), join, inner.clone()).prop_map(|(a, j, b)| format!("({a} {j} {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("(at least 1 of ({a}, {b}))")),
        ]
    })
}

const CLASS: &str = "class \"done\" when US.relief and DPRK.yongbyon\n";

fn all_truths(text: &str) -> Vec<Vec<bool>> {
    let model = model(&document(text));
    let mut out: Vec<Vec<bool>> = wants(&model).iter().flatten().map(truths).collect();
    out.extend(model.rules.iter().map(|r| truths(&r.condition.expr)));
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every use of a term says what its reading says, put in its place by hand; so does every use in the
    /// eyes of a party, with the viewer's reading in place of those that it does not know.
    #[test]
    fn a_use_is_its_reading_put_in_its_place(
        us in formula(), dprk in formula(), means in formula(), inner in formula(),
        known in any::<bool>(), nested in any::<bool>(),
    ) {
        // With `nested`, the reading of the US goes through another term.
        let us_reading = if nested { "not term inner".to_owned() } else { us.clone() };
        let us = if nested { format!("(not {inner})") } else { us };
        let told = if known { "communicated by DPRK to US" } else { "" };
        let terms = format!(
            "term denuclearised {{\n means {means}\n US reads {us_reading}\n DPRK reads {dprk}\n {told}\n}}
term inner {{\n US reads {inner}\n DPRK reads true\n}}\n"
        );
        let rule = "never term denuclearised and US.relief\n";
        let by_hand = |us: &str, dprk: &str| {
            let text = format!("{PARTIES}{CLASS}");
            let text = text.replacen("term denuclearised", us, 2);
            let text = text.replacen("term denuclearised", dprk, 1);
            let rule = rule.replace("term denuclearised", &means);
            all_truths(&format!("{text}{rule}"))
        };
        let text = format!("{PARTIES}{CLASS}{terms}{rule}");
        prop_assert_eq!(all_truths(&text), by_hand(&us, &dprk));
        let mut view = document(&text);
        term::seen_by(&mut view, "US").unwrap();
        let heard = if known { &dprk } else { &us };
        let printed = detente_model::syntax::print(&view);
        prop_assert_eq!(all_truths(&printed), by_hand(&us, heard));
        let mut view = document(&text);
        term::seen_by(&mut view, "DPRK").unwrap();
        let printed = detente_model::syntax::print(&view);
        prop_assert_eq!(all_truths(&printed), by_hand(&dprk, &dprk));
        // Through the JSON form and the canonical text and back.
        let document = document(&text);
        prop_assert_eq!(&json::from_json(&json::to_json(&document)).unwrap(), &document);
    }
}
