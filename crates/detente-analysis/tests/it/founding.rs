//! The founding models.

use std::collections::BTreeMap;

use detente_analysis::coalition::coalition_improvements;
use detente_analysis::{Concept, Settings};
use detente_model::PartyId;
use serde::Deserialize;

use crate::model::{Case, Direction, Options};
use crate::properties::run;

/// Evaluates `not`, `and`, `or` and parentheses over names of options.
struct Formula<'a> {
    tokens: Vec<&'a str>,
    next: usize,
    on: &'a dyn Fn(&str) -> bool,
}

impl<'a> Formula<'a> {
    fn holds(text: &'a str, on: &'a dyn Fn(&str) -> bool) -> bool {
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let mut formula = Formula {
            tokens: spaced.split_whitespace().collect(),
            next: 0,
            on,
        };
        let value = formula.any();
        assert_eq!(formula.next, formula.tokens.len(), "{text}");
        value
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.next) == Some(&word);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self) -> bool {
        let mut value = self.all();
        while self.take("or") {
            value |= self.all();
        }
        value
    }

    fn all(&mut self) -> bool {
        let mut value = self.one();
        while self.take("and") {
            value &= self.one();
        }
        value
    }

    fn one(&mut self) -> bool {
        if self.take("not") {
            return !self.one();
        }
        if self.take("(") {
            let value = self.any();
            assert!(self.take(")"));
            return value;
        }
        let name = self.tokens[self.next];
        self.next += 1;
        name == "true" || (self.on)(name)
    }
}

struct World {
    names: Vec<String>,
    owners: Vec<usize>,
    never: Vec<String>,
}

impl World {
    fn bits(&self, on: &[String]) -> u32 {
        on.iter().map(|n| 1 << self.number(n)).sum()
    }

    fn number(&self, name: &str) -> usize {
        self.names
            .iter()
            .position(|n| n == name)
            .unwrap_or_else(|| panic!("option {name}"))
    }

    fn holds(&self, text: &str, bits: u32) -> bool {
        Formula::holds(text, &|name| bits >> self.number(name) & 1 == 1)
    }

    fn model(
        &self,
        parties: usize,
        irreversible: &[String],
        forced: &[(&str, bool, &str, bool)],
    ) -> Options {
        let options = self
            .names
            .iter()
            .zip(&self.owners)
            .map(|(n, o)| {
                (
                    *o,
                    if irreversible.contains(n) {
                        Direction::On
                    } else {
                        Direction::Both
                    },
                )
            })
            .collect();
        let forced = forced
            .iter()
            .map(|(a, x, b, y)| ((self.number(a), *x), (self.number(b), *y)))
            .collect();
        Options::new(
            parties,
            options,
            |s| !self.never.iter().any(|f| self.holds(f, s)),
            forced,
        )
    }

    fn check(&self, name: &str, case: &Case, equilibria: &BTreeMap<String, Vec<Vec<String>>>) {
        let states = &case.options.as_ref().unwrap().states;
        assert_eq!(equilibria.len(), 4);
        for (id, expected) in equilibria {
            let concept: Concept = id.parse().unwrap();
            let found: Vec<u32> = run(case, &[concept], &Settings::default()).tables[0]
                .equilibria()
                .iter()
                .map(|s| states[s.index()])
                .collect();
            let mut expected: Vec<u32> = expected.iter().map(|on| self.bits(on)).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{name} {id}");
        }
    }
}

#[derive(Deserialize)]
struct Hanoi {
    options: Vec<(String, String)>,
    never: Vec<String>,
    variants: Vec<HanoiVariant>,
}

#[derive(Deserialize)]
struct HanoiVariant {
    name: String,
    order: BTreeMap<String, Vec<Vec<String>>>,
    irreversible: Vec<String>,
    equilibria: BTreeMap<String, Vec<Vec<String>>>,
}

#[test]
fn hanoi() {
    let hanoi: Hanoi = serde_json::from_str(include_str!("../data/hanoi.json")).unwrap();
    let parties = ["US", "DPRK"];
    let owner = |p: &str| parties.iter().position(|q| *q == p).unwrap();
    let world = World {
        names: hanoi.options.iter().map(|(_, n)| n.clone()).collect(),
        owners: hanoi.options.iter().map(|(p, _)| owner(p)).collect(),
        never: hanoi.never,
    };
    assert_eq!(hanoi.variants.len(), 8);
    for v in hanoi.variants {
        let model = world.model(2, &v.irreversible, &[]);
        let values: Vec<Vec<usize>> = parties
            .map(|p| {
                let order: Vec<u32> = v.order[p].iter().map(|on| world.bits(on)).collect();
                let place = |s: &u32| order.iter().position(|o| o == s).unwrap();
                model
                    .states
                    .iter()
                    .map(|s| order.len() - place(s))
                    .collect()
            })
            .to_vec();
        world.check(&v.name, &Case::by_options(model, &values), &v.equilibria);
    }
}

#[derive(Deserialize)]
struct January {
    options: Vec<JanuaryOption>,
    never: Vec<String>,
    feasible_states: usize,
    variants: Vec<JanuaryVariant>,
}

#[derive(Deserialize)]
struct JanuaryOption {
    name: String,
    party: String,
}

#[derive(Deserialize)]
struct JanuaryVariant {
    name: String,
    irreversible: Vec<String>,
    statements: BTreeMap<String, Vec<String>>,
    equilibria: BTreeMap<String, Vec<Vec<String>>>,
    us_dprk_joint_improvements_from_seq_equilibria: Vec<Joint>,
}

#[derive(Deserialize)]
struct Joint {
    from: Vec<String>,
    to: Vec<Vec<String>>,
}

#[test]
fn january() {
    let january: January = serde_json::from_str(include_str!("../data/january.json")).unwrap();
    let parties = ["US", "DPRK", "ROK"];
    let owner = |p: &str| parties.iter().position(|q| *q == p).unwrap();
    let world = World {
        names: january.options.iter().map(|o| o.name.clone()).collect(),
        owners: january.options.iter().map(|o| owner(&o.party)).collect(),
        never: january.never,
    };
    assert_eq!(january.variants.len(), 16);
    let mut joint = 0;
    for v in january.variants {
        let forced = [("u_relief", false, "r_bridge", false)];
        let model = world.model(3, &v.irreversible, &forced);
        assert_eq!(model.states.len(), january.feasible_states);
        // Which statements hold, most important first, compared from the first.
        let values: Vec<Vec<Vec<bool>>> = parties
            .map(|p| {
                let truth = |s: &u32| v.statements[p].iter().map(|f| world.holds(f, *s)).collect();
                model.states.iter().map(truth).collect()
            })
            .to_vec();
        let case = Case::by_options(model, &values);
        world.check(&v.name, &case, &v.equilibria);
        let model = case.options.as_ref().unwrap();
        let conflict = case.conflict();
        assert_eq!(
            v.us_dprk_joint_improvements_from_seq_equilibria.len(),
            v.equilibria["seq"].len()
        );
        for j in v.us_dprk_joint_improvements_from_seq_equilibria {
            let from = model.state(world.bits(&j.from)).unwrap();
            let found: Vec<u32> =
                coalition_improvements(&conflict, &[PartyId(0), PartyId(1)], from)
                    .iter()
                    .map(|i| model.states[i.to.index()])
                    .collect();
            let mut expected: Vec<u32> = j.to.iter().map(|on| world.bits(on)).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{} from {:?}", v.name, j.from);
            joint += found.len();
        }
    }
    assert!(joint > 0);
}
