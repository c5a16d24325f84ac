//! Certificates of whole negotiations: what is written is accepted and says what the definitions say;
//! what was made false is rejected; nothing that is read brings the checker down.

use std::collections::BTreeMap;

use detente::analysis::certificate::{
    Certificate, MOST_ENTRIES, Member, Report, Request, Steps, fingerprint, from_json, to_json,
    write,
};
use detente::analysis::verify::{Subject, verify};
use detente::analysis::{Budget, Concept, Game, SequenceRule, Settings};
use detente::model::Model;
use detente::model::model::Form;
use proptest::prelude::any;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::harness::{case, document, model, tables};
use crate::literal::{self, Literal};
use crate::written::{Levels, Written, written};

const ALL: [Concept; 8] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
    Concept::Sim,
    Concept::SimOneSided,
];

/// A negotiation with the changes of some variants, and its certificate.
pub(crate) struct Certified {
    model: Model,
    fingerprint: String,
    variants: Vec<String>,
    pub(crate) certificate: Certificate,
}

fn concepts(model: &Model) -> &'static [Concept] {
    match model.form {
        Form::Options => &ALL,
        Form::Graph => &ALL[..6],
    }
}

pub(crate) fn certify(text: &str, variants: &[&str], settings: &Settings) -> Certified {
    let parsed = detente::syntax::parse(text).document;
    let changed = if variants.is_empty() {
        parsed
    } else {
        document(text, variants)
    };
    let model = model(&changed);
    let fingerprint = fingerprint(&changed);
    let variants: Vec<String> = variants.iter().map(|v| (*v).to_owned()).collect();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    let request = Request {
        variants: &variants,
        fingerprint: fingerprint.clone(),
        concepts: concepts(&model),
        settings: settings.clone(),
        most_entries: MOST_ENTRIES,
    };
    let certificate = write(&game, &request, &budget).unwrap();
    Certified {
        model,
        fingerprint,
        variants,
        certificate,
    }
}

impl Certified {
    pub(crate) fn check(&self, certificate: &Certificate) -> Report {
        let subject = Subject {
            model: &self.model,
            variants: &self.variants,
            fingerprint: &self.fingerprint,
        };
        verify(&subject, certificate, &Budget::default())
    }
}

/// Every case with each of its variants.
fn collection() -> Vec<(String, Certified)> {
    let mut all = Vec::new();
    for case in crate::conflicts() {
        let parsed = detente::syntax::parse(case.text).document;
        let names = parsed.variants.iter().map(|v| Some(v.name.text.as_str()));
        for variant in [None].into_iter().chain(names) {
            let variants: Vec<&str> = variant.into_iter().collect();
            let label = format!("{} {variants:?}", case.name);
            all.push((label, certify(case.text, &variants, &Settings::default())));
        }
    }
    all
}

#[test]
fn the_certificates_of_all_cases_are_accepted() {
    let all = collection();
    assert!(all.len() >= 20, "{}", all.len());
    for (label, certified) in &all {
        let certificate = &certified.certificate;
        let report = certified.check(certificate);
        assert!(report.valid, "{label}: {report:#?}");
        let checked = &report.checked;
        let cells = certificate.states.len() * certificate.parties.len();
        assert_eq!(
            checked.verdicts as usize,
            cells * concepts(&certified.model).len()
        );
        assert_eq!(checked.states as usize, certificate.states.len());
        // There and back, byte by byte.
        let written = to_json(certificate);
        assert_eq!(from_json(&written).as_ref(), Ok(certificate), "{label}");
        // The tables, which are found in another way, say the same.
        let game = Game::new(&certified.model, &Budget::default()).unwrap();
        let tables = tables(&game, concepts(&certified.model));
        let mut verdicts = certificate.verdicts.iter();
        for (table, listed) in tables.tables.iter().zip(&certificate.equilibria) {
            assert_eq!(table.concept.id(), listed.concept);
            let equilibria: Vec<u32> = table.equilibria().iter().map(|s| game.id(s)).collect();
            assert_eq!(equilibria, listed.states, "{label}: {}", listed.concept);
            for party in game.graph.party_ids() {
                for state in game.space.ids() {
                    let verdict = verdicts.next().unwrap();
                    assert_eq!(verdict.concept, listed.concept);
                    assert_eq!(verdict.party, certified.model.party(party).name);
                    assert_eq!(verdict.state, game.id(state));
                    assert_eq!(verdict.stable, table.is_stable(party, state), "{label}");
                }
            }
        }
        assert_eq!(verdicts.next(), None);
    }
}

#[test]
fn every_rule_of_stability_is_certified() {
    for name in ["diplomacy/us-dprk-2019/january", "water/elmira/elmira"] {
        for sequences in [SequenceRule::Legal, SequenceRule::EachOnce] {
            for diagonal in [true, false] {
                let settings = Settings {
                    sequences,
                    diagonal,
                };
                let certified = certify(case(name), &[], &settings);
                let report = certified.check(&certified.certificate);
                assert!(report.valid, "{name} {settings:?}: {report:#?}");
            }
        }
    }
}

/// Changes that make a certificate false.
struct Changes<'c> {
    certified: &'c Certified,
    changed: Vec<(String, Certificate)>,
}

impl Changes<'_> {
    fn change(&mut self, what: impl Into<String>, how: impl FnOnce(&mut Certificate)) {
        let mut changed = self.certified.certificate.clone();
        how(&mut changed);
        let what = what.into();
        assert_ne!(
            changed, self.certified.certificate,
            "{what} changes nothing"
        );
        self.changed.push((what, changed));
    }

    /// The header, the states and the lists of equilibria.
    fn outside(&mut self) {
        let states = self.certified.certificate.states.len();
        self.change("form", |c| c.format = "detente-certificate/2".into());
        self.change("title", |c| c.title = Some("Another negotiation".into()));
        self.change("variants", |c| c.variants.push("other".into()));
        self.change("fingerprint", |c| {
            let last = c.fingerprint.pop().unwrap();
            c.fingerprint.push(if last == '0' { '1' } else { '0' });
        });
        self.change("a party renamed", |c| c.parties[0].push('x'));
        self.change("parties swapped", |c| c.parties.swap(0, 1));
        self.change("not complete", |c| c.complete = false);
        self.change("nothing claimed", |c| {
            c.equilibria.clear();
            c.verdicts.clear();
        });
        for s in [0, states / 2, states - 1] {
            self.change(format!("state {s} removed"), |c| drop(c.states.remove(s)));
            // The most that can be done to leave a state out: everything about it.
            self.change(format!("state {s} removed with all its verdicts"), |c| {
                let gone = c.states.remove(s).number;
                c.verdicts
                    .retain(|v| v.state != gone && v.improvement != Some(gone));
                c.equilibria
                    .iter_mut()
                    .for_each(|e| e.states.retain(|n| *n != gone));
                c.closed_sets
                    .iter_mut()
                    .for_each(|set| set.members.retain(|m| m.state != gone));
            });
            self.change(format!("state {s} listed twice"), |c| {
                let again = c.states[s].clone();
                c.states.insert(s, again);
            });
            self.change(format!("state {s} renumbered"), |c| {
                c.states[s].number += 1_000_000;
            });
            let other = (s + 1) % states;
            self.change(format!("state {s} has the number of {other}"), |c| {
                c.states[s].number = c.states[other].number;
            });
            self.change(format!("numbers of {s} and {other} swapped"), |c| {
                let number = c.states[s].number;
                c.states[s].number = c.states[other].number;
                c.states[other].number = number;
            });
            self.change(format!("state {s} out of place"), |c| {
                c.states.swap(s, other);
            });
            self.change(format!("state {s} is another"), |c| {
                match &mut c.states[s].levels {
                    Some(levels) => levels[0] = u16::MAX,
                    None => c.states[s].node = Some("nowhere".into()),
                }
            });
        }
        for e in 0..self.certified.certificate.equilibria.len() {
            let listed = self.certified.certificate.equilibria[e].clone();
            let label = &listed.concept;
            let free = self.certified.certificate.states.iter().map(|s| s.number);
            if let Some(more) = free.into_iter().find(|n| !listed.states.contains(n)) {
                self.change(format!("one more equilibrium of {label}"), |c| {
                    c.equilibria[e].states.push(more);
                });
            }
            if !listed.states.is_empty() {
                self.change(format!("one equilibrium of {label} less"), |c| {
                    c.equilibria[e].states.pop();
                });
            }
            self.change(format!("no equilibria of {label}"), |c| {
                drop(c.equilibria.remove(e));
            });
            self.change(format!("equilibria of {label} twice"), |c| {
                c.equilibria.push(listed.clone());
            });
        }
    }

    /// A few verdicts of every concept and kind.
    fn verdicts(&mut self) {
        let certificate = self.certified.certificate.clone();
        let most = if certificate.verdicts.len() < 400 {
            3
        } else {
            1
        };
        let mut done: BTreeMap<(String, bool, bool, bool), usize> = BTreeMap::new();
        for (v, verdict) in certificate.verdicts.iter().enumerate() {
            let longer = verdict.answers.iter().any(|a| a.by.len() > 1);
            // Stable for want of improvements, or by answers to them.
            let bare = verdict.answers.is_empty();
            let seen = done
                .entry((verdict.concept.clone(), verdict.stable, bare, longer))
                .or_default();
            *seen += 1;
            if *seen <= most {
                let label = format!("{} {} {}", verdict.concept, verdict.party, verdict.state);
                self.verdict(v, &label);
            }
        }
    }

    fn verdict(&mut self, v: usize, label: &str) {
        let certificate = self.certified.certificate.clone();
        let verdict = &certificate.verdicts[v];
        self.change(format!("{label}: left out"), |c| drop(c.verdicts.remove(v)));
        self.change(format!("{label}: twice"), |c| {
            c.verdicts.push(verdict.clone());
        });
        self.change(format!("{label}: turned round"), |c| {
            c.verdicts[v].stable ^= true;
        });
        self.change(format!("{label}: of nobody"), |c| {
            c.verdicts[v].party.push('?');
        });
        self.change(format!("{label}: of no state"), |c| {
            c.verdicts[v].state = u32::MAX;
        });
        self.change(format!("{label}: of no concept"), |c| {
            c.verdicts[v].concept.push('?');
        });
        // The verdict of another party on the same question, where it is another one.
        let same = |w: &&_| {
            let w: &detente::analysis::certificate::Verdict = w;
            w.concept == verdict.concept && w.state == verdict.state && w.stable != verdict.stable
        };
        if let Some(other) = certificate.verdicts.iter().position(|w| same(&w)) {
            self.change(format!("{label}: parties swapped"), |c| {
                c.verdicts[v]
                    .party
                    .clone_from(&certificate.verdicts[other].party);
                c.verdicts[other].party.clone_from(&verdict.party);
            });
        }
        // A lie that is told everywhere: the verdict, the equilibria, and a proof from elsewhere.
        let lie = |c: &mut Certificate| {
            c.verdicts[v].stable ^= true;
            c.verdicts[v].answers.clear();
            (c.verdicts[v].improvement, c.verdicts[v].closed_set) = (None, None);
            let stable = |n: u32, c: &Certificate| {
                let mut all = c.verdicts.iter();
                all.all(|w| w.concept != verdict.concept || w.state != n || w.stable)
            };
            let holds = c
                .states
                .iter()
                .map(|s| s.number)
                .filter(|n| stable(*n, c))
                .collect();
            let mut lists = c.equilibria.iter_mut();
            lists.find(|e| e.concept == verdict.concept).unwrap().states = holds;
        };
        self.change(format!("{label}: turned round everywhere"), lie);
        for donor in &certificate.verdicts {
            let alike = donor.party == verdict.party && donor.state == verdict.state;
            if alike && donor.stable != verdict.stable {
                let what = format!("{label}: turned round with the proof of {}", donor.concept);
                self.change(what, |c| {
                    lie(c);
                    c.verdicts[v].answers.clone_from(&donor.answers);
                    c.verdicts[v].improvement = donor.improvement;
                    c.verdicts[v].closed_set = donor.closed_set;
                });
            }
        }
        if verdict.stable && !verdict.answers.is_empty() {
            for set in (0..certificate.closed_sets.len() as u32).take(3) {
                self.change(
                    format!("{label}: turned round with closed set {set}"),
                    |c| {
                        lie(c);
                        c.verdicts[v].improvement = Some(verdict.answers[0].to);
                        c.verdicts[v].closed_set = Some(set);
                    },
                );
            }
            self.answers(v, label);
        }
        if !verdict.stable {
            self.open(v, label);
        }
    }

    fn answers(&mut self, v: usize, label: &str) {
        let certificate = self.certified.certificate.clone();
        let verdict = &certificate.verdicts[v];
        let last = verdict.answers.len() - 1;
        self.change(format!("{label}: answer dropped"), |c| {
            drop(c.verdicts[v].answers.pop());
        });
        self.change(format!("{label}: answered twice"), |c| {
            let again = c.verdicts[v].answers[0].clone();
            c.verdicts[v].answers.push(again);
        });
        self.change(format!("{label}: answers nothing"), |c| {
            c.verdicts[v].answers[last].to = verdict.state;
        });
        let answer = &verdict.answers[last];
        if answer.by.is_empty() {
            self.change(format!("{label}: nobody at the same time"), |c| {
                c.verdicts[v].answers[last].together.clear();
            });
            self.change(format!("{label}: stays at the same time"), |c| {
                c.verdicts[v].answers[last].together[0].to = verdict.state;
            });
            self.change(format!("{label}: the party itself at the same time"), |c| {
                c.verdicts[v].answers[last].together[0]
                    .party
                    .clone_from(&verdict.party);
            });
            self.change(format!("{label}: no result"), |c| {
                c.verdicts[v].answers[last].result = None;
            });
            self.change(format!("{label}: another result"), |c| {
                c.verdicts[v].answers[last].result = Some(answer.to);
            });
            return;
        }
        for k in 0..answer.by.len() {
            let from = k.checked_sub(1).map_or(answer.to, |k| answer.by[k].to);
            self.change(format!("{label}: step {k} stays"), |c| {
                c.verdicts[v].answers[last].by[k].to = from;
            });
            self.change(format!("{label}: step {k} by the party itself"), |c| {
                c.verdicts[v].answers[last].by[k]
                    .party
                    .clone_from(&verdict.party);
            });
            self.change(format!("{label}: step {k} to nowhere"), |c| {
                c.verdicts[v].answers[last].by[k].to = 0;
            });
        }
        // The sequence is a shortest one: a part of it does not sanction.
        self.change(format!("{label}: last step dropped"), |c| {
            c.verdicts[v].answers[last].by.pop();
        });
        self.change(format!("{label}: moves twice in succession"), |c| {
            let again = c.verdicts[v].answers[last].by[0].clone();
            c.verdicts[v].answers[last].by.insert(0, again);
        });
    }

    fn open(&mut self, v: usize, label: &str) {
        let certificate = self.certified.certificate.clone();
        let verdict = &certificate.verdicts[v];
        self.change(format!("{label}: no improvement"), |c| {
            c.verdicts[v].improvement = None;
        });
        self.change(format!("{label}: improves by staying"), |c| {
            c.verdicts[v].improvement = Some(verdict.state);
        });
        self.change(format!("{label}: answered all the same"), |c| {
            let mut donors = certificate.verdicts.iter();
            let donor = donors.find(|d| !d.answers.is_empty()).unwrap();
            c.verdicts[v].answers.clone_from(&donor.answers);
        });
        let Some(set) = verdict.closed_set else {
            self.change(format!("{label}: a closed set"), |c| {
                c.verdicts[v].closed_set = Some(0);
            });
            return;
        };
        self.change(format!("{label}: no closed set"), |c| {
            c.verdicts[v].closed_set = None;
        });
        self.change(format!("{label}: a closed set that is none"), |c| {
            c.verdicts[v].closed_set = Some(u32::MAX);
        });
        let set = set as usize;
        let other = |s: &detente::analysis::certificate::ClosedSet| s.party != verdict.party;
        if let Some(other) = certificate.closed_sets.iter().position(other) {
            self.change(format!("{label}: the closed set of another party"), |c| {
                c.verdicts[v].closed_set = Some(other as u32);
            });
        }
        self.change(format!("{label}: closed under other steps"), |c| {
            c.closed_sets[set].steps = match c.closed_sets[set].steps {
                Steps::Moves => Steps::Improvements,
                _ => Steps::Moves,
            };
        });
        let members = certificate.closed_sets[set].members.len();
        for m in 0..members.min(4) {
            self.change(format!("{label}: member {m} dropped"), |c| {
                c.closed_sets[set].members.remove(m);
            });
        }
        let start = certificate.closed_sets[set].members.iter();
        let start = start
            .clone()
            .position(|m| Some(m.state) == verdict.improvement)
            .unwrap();
        self.change(format!("{label}: begins with somebody barred"), |c| {
            let others = c
                .parties
                .iter()
                .find(|p| **p != verdict.party)
                .unwrap()
                .clone();
            c.closed_sets[set].members[start].barred.push(others);
        });
        self.change(format!("{label}: an escape to where it is"), |c| {
            let member = &mut c.closed_sets[set].members[start];
            member.escape = Some(member.state);
        });
        // What the party left would be a sanction if the others could lead there.
        self.change(format!("{label}: a sanction in the set"), |c| {
            c.closed_sets[set].members.push(Member {
                state: verdict.state,
                barred: c.parties.clone(),
                escape: None,
            });
        });
    }
}

#[test]
fn what_was_made_false_is_rejected() {
    let mut rejected = 0;
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (name, variants) in [
        ("textbook/chicken/chicken", &[][..]),
        ("water/elmira/elmira", &[]),
        ("diplomacy/us-dprk-2019/hanoi", &[]),
        ("diplomacy/us-dprk-2019/january", &["flex"]),
    ] {
        let certified = certify(case(name), variants, &Settings::default());
        let mut changes = Changes {
            certified: &certified,
            changed: Vec::new(),
        };
        changes.outside();
        changes.verdicts();
        for (what, changed) in &changes.changed {
            let report = certified.check(changed);
            assert!(!report.valid, "{name}: {what}");
            assert!(!report.defects.is_empty(), "{name}: {what}");
            let kind = what.rsplit(": ").next().unwrap();
            *kinds.entry(kind.to_owned()).or_default() += 1;
            rejected += 1;
        }
    }
    assert!(rejected >= 1000, "{rejected}");
    assert!(kinds.len() >= 60, "{kinds:#?}");
}

#[test]
fn the_certificate_of_another_variant_is_rejected_under_this_name() {
    let january = case("diplomacy/us-dprk-2019/january");
    let base = certify(january, &[], &Settings::default());
    let mut flex = certify(january, &["flex"], &Settings::default()).certificate;
    assert!(!base.check(&flex).valid);
    flex.variants.clear();
    flex.fingerprint.clone_from(&base.fingerprint);
    let report = base.check(&flex);
    assert!(
        report
            .defects
            .iter()
            .any(|d| d.place.starts_with("/verdicts/"))
    );
}

#[test]
fn hostile_texts_are_refused_or_rejected() {
    let certified = certify(case("water/elmira/elmira"), &[], &Settings::default());
    let text = to_json(&certified.certificate);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for bad in [
        "",
        "null",
        "[]",
        "{}",
        &deep,
        &text.replacen("\"number\":1,", "\"number\":99999999999999999999,", 1),
        &text.replacen("\"number\":1,", "\"number\":-1,", 1),
        &text.replacen("\"number\":1,", "\"number\":1.5,", 1),
        &text.replacen("\"number\":1,", "\"number\":1,\"number\":1,", 1),
        &text.replacen("\"complete\": true", "\"complete\": [[[[]]]]", 1),
        &text.replacen("\"complete\": true", "\"complete\": true, \"more\": 1", 1),
        &text[..text.len() / 2],
    ] {
        assert!(from_json(bad).is_err(), "{}", &bad[..bad.len().min(200)]);
    }
    for (from, to) in [
        ("\"closed_set\":0", "\"closed_set\":4294967295"),
        ("\"to\":", "\"to\":4294967295, \"by\": []}, {\"to\":"),
        (
            "\"state\":",
            "\"state\":4294967295, \"improvement\": 4294967295, \"stable\":false}, {\"concept\":\"seq\",\"party\":\"MoE\",\"state\":",
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        if let Ok(read) = from_json(&changed) {
            assert!(!certified.check(&read).valid, "{from}");
        }
    }
    // More defects than are told are counted.
    let mut all = certified.certificate.clone();
    all.verdicts
        .iter_mut()
        .for_each(|v| v.party = "nobody".into());
    let report = certified.check(&all);
    assert_eq!(report.defects.len(), 100);
    assert!(report.more_defects > 50, "{}", report.more_defects);
}

fn literal_concept(concept: &str) -> Option<literal::Concept> {
    Some(match concept {
        "nash" => literal::Concept::Nash,
        "gmr" => literal::Concept::Gmr,
        "smr" => literal::Concept::Smr,
        "seq" => literal::Concept::Seq,
        "sseq" => literal::Concept::Sseq,
        "sim_one_sided" => literal::Concept::SimOneSided,
        _ => return None,
    })
}

/// Changes one thing somewhere in a certificate.
fn scramble(certificate: &Certificate, place: Index, with: Index) -> Option<Certificate> {
    let mut value: Value = serde_json::from_str(&to_json(certificate)).unwrap();
    let mut pointers = Vec::new();
    collect(&value, String::new(), &mut pointers);
    let pointer = pointers[place.index(pointers.len())].clone();
    let scalars: Vec<Value> = pointers
        .iter()
        .filter_map(|p| value.pointer(p))
        .filter(|v| !v.is_array())
        .cloned()
        .collect();
    match value.pointer_mut(&pointer).unwrap() {
        Value::Array(items) => {
            let i = with.index(items.len());
            if with.index(2) == 0 {
                items.remove(i);
            } else {
                let again = items[i].clone();
                items.push(again);
            }
        }
        Value::Bool(b) => *b = !*b,
        // Something that stands elsewhere in the certificate.
        other => {
            let same: Vec<&Value> = scalars
                .iter()
                .filter(|v| v.is_string() == other.is_string() && *v != other)
                .collect();
            *other = (*same.get(with.index(same.len().max(1)))?).clone();
        }
    }
    from_json(&value.to_string()).ok()
}

/// The places of all scalars of a JSON value, and of all lists that are not empty.
fn collect(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                collect(item, format!("{at}/{i}"), found);
            }
            if !items.is_empty() {
                found.push(at);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                collect(field, format!("{at}/{key}"), found);
            }
        }
        _ => found.push(at),
    }
}

type Said<'c> = (
    Vec<(&'c str, &'c str, u32, bool)>,
    Vec<(&'c str, &'c [u32])>,
);

/// What a certificate says: its verdicts and equilibria, in any order.
fn said(certificate: &Certificate) -> Said<'_> {
    let mut verdicts: Vec<_> = certificate
        .verdicts
        .iter()
        .map(|v| (v.concept.as_str(), v.party.as_str(), v.state, v.stable))
        .collect();
    verdicts.sort_unstable();
    let lists = certificate.equilibria.iter();
    let mut lists: Vec<_> = lists
        .map(|e| (e.concept.as_str(), e.states.as_slice()))
        .collect();
    lists.sort_unstable();
    (verdicts, lists)
}

#[test]
fn random_models_are_certified_as_the_definitions_say() {
    #[derive(Debug, Default)]
    struct Seen {
        certified: usize,
        cells: usize,
        rejected: usize,
        harmless: usize,
    }
    let seen = std::cell::RefCell::new(Seen::default());
    let compare = |written: &Written, changes: &[(Index, Index)]| {
        let mut seen = seen.borrow_mut();
        let literal = Literal::new(written);
        if literal.states.is_empty() {
            return;
        }
        let text = written.text();
        let certified = certify(&text, &[], &Settings::default());
        let certificate = &certified.certificate;
        let report = certified.check(certificate);
        assert!(report.valid, "{report:#?}\n{text}");
        let levels: Vec<Levels> = certificate
            .states
            .iter()
            .map(|s| {
                s.levels
                    .iter()
                    .flatten()
                    .map(|l| u8::try_from(*l).unwrap())
                    .collect()
            })
            .collect();
        assert_eq!(levels, literal.states, "{text}");
        for verdict in &certificate.verdicts {
            let Some(concept) = literal_concept(&verdict.concept) else {
                continue;
            };
            let party = verdict.party[1..].parse().unwrap();
            let wanted = literal.stable(concept, party, verdict.state as usize - 1);
            assert_eq!(verdict.stable, wanted, "{verdict:?}\n{text}");
            seen.cells += 1;
        }
        for (place, with) in changes {
            let Some(changed) = scramble(certificate, *place, *with) else {
                continue;
            };
            let report = certified.check(&changed);
            if said(&changed) == said(certificate) {
                seen.harmless += usize::from(report.valid);
            } else {
                assert!(!report.valid, "{}\n{text}", to_json(&changed));
                seen.rejected += 1;
            }
        }
        seen.certified += 1;
    };
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    let changes = proptest::collection::vec((any::<Index>(), any::<Index>()), 6);
    TestRunner::new(config)
        .run(&(written(), changes), |(written, changes)| {
            compare(&written, &changes);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    let seen = seen.into_inner();
    assert!(
        seen.certified > 40 && seen.cells > 3_000 && seen.rejected > 40,
        "{seen:?}"
    );
}
