//! The kinds of utilities of each form, against the formulas of the tools.

use detente_model::Model;
use detente_model::scenario::{Evaluations, Options, import};
use num_rational::BigRational;

use crate::scenario_support::{
    imported, number, packages, read, texts, told, utilities, whole, worth,
};

/// What a number of an issue is worth.
type Formula = fn(i64) -> BigRational;

/// What becomes of the payments of boxes.
type Join = fn([i64; 3]) -> i64;

fn fraction(top: i64, bottom: i64) -> BigRational {
    BigRational::new(top.into(), bottom.into())
}

/// The worths of all packages to the first party, the last issue fastest.
fn worths(model: &Model) -> Vec<BigRational> {
    let utility = utilities(&model.bargain)[0];
    packages(&model.bargain)
        .iter()
        .map(|p| worth(utility, p))
        .collect()
}

const DOMAIN: &str = "issues:
- {name: x, type: ContiguousIssue, values: [-1, 2]}
- {name: y, type: CategoricalIssue, values: [low, 'high']}
name: d
type: DiscreteCartesianOutcomeSpace
";

fn negmas(profile: &str) -> Model {
    read(
        &texts(&[("d.yml", DOMAIN), ("p.yml", profile)]),
        &Options::default(),
    )
}

#[test]
fn value_functions_of_negmas_are_what_they_compute() {
    let additive = |function: &str| {
        let profile = format!(
            "type: negmas.preferences.LinearAdditiveUtilityFunction\nweights: {{x: 2, y: 0.5}}\nbias: 10\nvalues:\n- {function}\n- {{low: 1, high: 3}}\n"
        );
        worths(&negmas(&profile))
    };
    let functions: [(&str, Formula); 7] = [
        ("{type: AffineFun, slope: 1.5, bias: -1}", |x| {
            fraction(3 * x, 2) - whole(1)
        }),
        ("{type: LinearFun, slope: -2}", |x| whole(-2 * x)),
        ("{type: IdentityFun}", whole),
        ("{type: ConstFun, bias: 7}", |_| whole(7)),
        ("{type: QuadraticFun, a2: 2, a1: 3, bias: 1}", |x| {
            whole(2 * x * x + 3 * x + 1)
        }),
        (
            "{type: PolynomialFun, coefficients: [1, 0, 2], bias: 5}",
            |x| whole(5 + x + 2 * x * x * x),
        ),
        (
            "{type: TableFun, mapping: {-1: 4, 0: 3, 1: 2.25, '2': 1}}",
            |x| {
                [whole(4), whole(3), fraction(9, 4), whole(1)][usize::try_from(x + 1).unwrap()]
                    .clone()
            },
        ),
    ];
    for (text, formula) in functions {
        let found = additive(text);
        let mut expected = Vec::new();
        for x in -1..=2 {
            for y in [1, 3] {
                expected.push(formula(x) * whole(2) + fraction(y, 2) + whole(10));
            }
        }
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn sums_constants_and_discounts_of_negmas_are_unwrapped() {
    let table = "{type: LinearAdditiveUtilityFunction, weights: [1, 1], values: [{type: IdentityFun}, {low: 1, high: 3}]}";
    let profile = format!(
        "type: WeightedUtilityFunction\nweights: [2, 3, 1]\nufuns:\n- {table}\n- {{type: ExpDiscountedUFun, discount: 0.9, ufun: {table}}}\n- {{type: ConstUtilityFunction, value: 4}}\nreserved_value: -.inf\n"
    );
    let model = negmas(&profile);
    let mut expected = Vec::new();
    for x in -1..=2 {
        for y in [1, 3] {
            expected.push(whole(5 * (x + y) + 4));
        }
    }
    assert_eq!(worths(&model), expected);
    assert_eq!(utilities(&model.bargain)[0].reservation, None);
    let notes = imported(
        &texts(&[("d.yml", DOMAIN), ("p.yml", &profile)]),
        &Options::default(),
    )
    .notes;
    assert_eq!(told(&notes).matches("N0354").count(), 2, "{}", told(&notes));
}

#[test]
fn ranges_of_negmas_pay_inside() {
    let domain = "issues:\n- {name: x, type: ContiguousIssue, values: [0, 4]}\n- {name: y, type: CardinalIssue, values: [1, 2, 4]}\n";
    let profile = "type: HyperRectangleUtilityFunction
outcome_ranges:
- {0: [1, 3], 1: [2, 4]}
- {1: [3, 9]}
- {}
- {0: [7, 9]}
utilities: [5, 2.5, 1, 100]
weights: [2, 1, 1, 1]
bias: 0.5
reserved_value: 0.25
";
    let model = read(
        &texts(&[("d.yml", domain), ("p.yml", profile)]),
        &Options::default(),
    );
    let mut expected = Vec::new();
    for x in 0..=4 {
        for y in [1, 2, 4] {
            let mut sum = number("1.5");
            if (1..=3).contains(&x) && (2..=4).contains(&y) {
                sum += whole(10);
            }
            if (3..=9).contains(&y) {
                sum += number("2.5");
            }
            expected.push(sum);
        }
    }
    assert_eq!(worths(&model), expected);
    assert_eq!(
        utilities(&model.bargain)[0]
            .reservation
            .as_ref()
            .unwrap()
            .least,
        number("0.25")
    );
}

#[test]
fn geniusweb_has_lines_over_numbers_and_a_bid_as_reservation() {
    let domain = r#"{"name": "d", "issuesValues": {"x": {"range": ["0.1", "0.5", "0.1"]}, "y": {"values": ["a", "b"]}}}"#;
    let profile = r#"{"LinearAdditiveUtilitySpace": {"name": "Anna", "domain": {},
        "issueUtilities": {
            "x": {"numberutils": {"lowValue": 0.1, "lowUtility": 1.0, "highValue": 0.5, "highUtility": 0.0}},
            "y": {"discreteutils": {"valueUtilities": {"a": 0.1, "b": 1E-1}}}},
        "issueWeights": {"x": 0.7, "y": 0.3},
        "reservationBid": {"issuevalues": {"x": 0.3, "y": "b"}}}}"#;
    let model = read(
        &texts(&[("d.json", domain), ("p.json", profile)]),
        &Options::default(),
    );
    let mut expected = Vec::new();
    for x in 0..=4 {
        for _ in 0..2 {
            expected.push(fraction(7, 10) * fraction(4 - x, 4) + fraction(3, 100));
        }
    }
    assert_eq!(worths(&model), expected);
    let utility = utilities(&model.bargain)[0];
    assert_eq!(
        utility.reservation.as_ref().unwrap().least,
        fraction(35, 100) + fraction(3, 100)
    );
    assert_eq!(model.parties[0].title.as_deref(), Some("Anna"));
}

fn genius(issue: &str, evaluator: &str, evaluations: Evaluations) -> Vec<BigRational> {
    let domain = format!(
        "<negotiation_template><utility_space><objective>{issue}</objective></utility_space></negotiation_template>"
    );
    let inside = issue.replace("/>", &format!(">{evaluator}</issue>"));
    let profile = format!(
        "<utility_space><objective>{inside}<weight index=\"1\" value=\"2\"/></objective></utility_space>"
    );
    let options = Options {
        evaluations,
        steps: 4,
        ..Options::default()
    };
    worths(&read(
        &texts(&[("a-domain.xml", &domain), ("a-p.xml", &profile)]),
        &options,
    ))
}

#[test]
fn evaluators_of_genius_have_two_readings() {
    let integer =
        "<issue index=\"1\" type=\"integer\" name=\"x\" lowerbound=\"2\" upperbound=\"5\"/>";
    let real = "<issue index=\"1\" type=\"real\" name=\"x\" lowerbound=\"0\" upperbound=\"1\"/>";
    let linear = "<evaluator ftype=\"linear\" slope=\"0.5\" offset=\"0.25\"/>";
    let halves = |values: [i64; 4]| values.map(|v| fraction(v, 2)).to_vec();
    // 2 (x / 2 + 1 / 4), and in GENIUS 2 min(1, (x - 2) / 2 + 1 / 4).
    assert_eq!(
        genius(integer, linear, Evaluations::Raw),
        halves([5, 7, 9, 11])
    );
    assert_eq!(
        genius(integer, linear, Evaluations::Genius),
        halves([1, 3, 4, 4])
    );
    let quarters: Vec<_> = (0..5).map(|k| fraction(k, 4) + fraction(1, 2)).collect();
    assert_eq!(genius(real, linear, Evaluations::Raw), quarters);
    let triangle =
        "<evaluator ftype=\"triangular\" parameter0=\"2\" parameter1=\"5\" parameter2=\"4\"/>";
    for reading in [Evaluations::Raw, Evaluations::Genius] {
        assert_eq!(genius(integer, triangle, reading), halves([0, 2, 4, 0]));
    }
    let quadratic =
        "<evaluator ftype=\"quadratic\" parameter0=\"1\" parameter1=\"2\" parameter2=\"3\"/>";
    let expected: Vec<_> = (2..=5)
        .map(|x| whole(2 * (1 + 2 * x + 3 * x * x)))
        .collect();
    assert_eq!(genius(integer, quadratic, Evaluations::Raw), expected);
}

#[test]
fn greatest_and_least_of_boxes_are_what_they_say() {
    let issue = |i: u8| {
        format!(
            "<issue index=\"{i}\" type=\"integer\" name=\"i{i}\" lowerbound=\"0\" upperbound=\"4\"/>"
        )
    };
    let issues = format!("{}{}", issue(1), issue(2));
    let domain = format!(
        "<negotiation_template><utility_space><objective>{issues}</objective></utility_space></negotiation_template>"
    );
    let parts = "<hyperRectangle utility=\"5\" weight=\"2\"><INCLUDES index=\"1\" min=\"1\" max=\"3\"/></hyperRectangle>\
        <hyperRectangle utility=\"-4\"><INCLUDES index=\"2\" min=\"2\" max=\"4\"/></hyperRectangle>\
        <hyperRectangle utility=\"3\"><EXCLUDES index=\"1\" min=\"2\" max=\"2\"/><EXCLUDES index=\"2\" min=\"0\" max=\"3\"/></hyperRectangle>";
    let paid = |a: i64, b: i64| {
        let first = if (1..=3).contains(&a) { 10 } else { 0 };
        let second = if (2..=4).contains(&b) { -4 } else { 0 };
        let third = if a == 2 && (0..=3).contains(&b) { 0 } else { 3 };
        [first, second, third]
    };
    let joins: [(&str, Join); 3] = [
        ("sum", |p| p.iter().sum()),
        ("max", |p| *p.iter().max().unwrap()),
        ("min", |p| *p.iter().min().unwrap()),
    ];
    for (aggregation, join) in joins {
        let profile = format!(
            "<utility_space><objective>{issues}<utility_function maxutility=\"20\"><ufun type=\"PlainUfun\" weight=\"3\">\
             <ufun weight=\"0.5\" aggregation=\"{aggregation}\">{parts}</ufun></ufun></utility_function></objective></utility_space>"
        );
        let files = texts(&[("a-domain.xml", &domain), ("a-p.xml", &profile)]);
        for (evaluations, scale) in [(Evaluations::Raw, 1), (Evaluations::Genius, 20)] {
            let options = Options {
                evaluations,
                ..Options::default()
            };
            let mut expected = Vec::new();
            for a in 0..=4 {
                for b in 0..=4 {
                    expected.push(fraction(3 * join(paid(a, b)), 2 * scale));
                }
            }
            assert_eq!(worths(&read(&files, &options)), expected, "{aggregation}");
        }
    }
}

#[test]
fn decimals_do_not_pass_through_floats() {
    let profile = "type: LinearAdditiveUtilityFunction
weights: [0.1, 1e-20]
values:
- {type: TableFun, mapping: {-1: 0.30000000000000000001, 0: 0, 1: 0, 2: 0}}
- {low: 3, high: 12345678901234567890.5}
";
    let found = worths(&negmas(profile));
    let tiny = BigRational::new(1.into(), num_bigint::BigInt::from(10).pow(20));
    assert_eq!(
        found[0],
        number("0.030000000000000000001") + whole(3) * &tiny
    );
    assert_eq!(found[3], number("12345678901234567890.5") * tiny);
}

#[test]
fn large_issues_are_cut_and_too_large_ones_refused() {
    let domain = "issues:\n- {name: x, type: ContiguousIssue, values: [0, 1000000]}\n";
    let profile = "type: LinearUtilityFunction\nweights: [1]\n";
    let files = texts(&[("d.yml", domain), ("p.yml", profile)]);
    let options = Options {
        steps: 8,
        ..Options::default()
    };
    let expected: Vec<_> = (0..=8).map(|k| whole(125_000 * k)).collect();
    assert_eq!(worths(&read(&files, &options)), expected);
    let many: Vec<String> = (0..70_000).map(|k| format!("v{k}")).collect();
    let domain = format!("{{\"issuesValues\": {{\"x\": {{\"values\": {many:?}}}}}}}");
    let profile = "{\"LinearAdditiveUtilitySpace\": {\"domain\": {}}}";
    let problems = import(
        &texts(&[("d.json", &domain), ("p.json", profile)]),
        &options,
    );
    assert!(told(&problems.unwrap_err()).contains("E0351"));
}
