//! Documents at random: every construct, names that look like keywords, texts with anything in them.

#[path = "generate_bargain.rs"]
mod bargain;
#[path = "generate_record.rs"]
mod record;

use detente_syntax::ast::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Names, many of which are words that mean something elsewhere.
pub(crate) fn name() -> impl Strategy<Value = Name> {
    let words = [
        "drop",
        "insert",
        "move",
        "swap",
        "settle",
        "first",
        "last",
        "before",
        "after",
        "prefers",
        "ranks",
        "weights",
        "maybe",
        "strongly",
        "either",
        "order",
        "one",
        "only",
        "on",
        "off",
        "step",
        "by",
        "no",
        "in",
        "as",
        "to",
        "from",
        "source",
        "status",
        "quo",
        "concept",
        "attitude",
        "toward",
        "positive",
        "self",
        "irreversible",
        "reversible",
        "without",
        "hides",
        "invents",
        "knows",
        "view",
        "the",
        "extends",
        "speaks",
        "through",
        "moves",
        "fact",
        "issues",
        "package",
        "agreed",
        "always",
        "utility",
        "ratifier",
        "ratified",
        "votes",
        "weight",
        "rising",
        "falling",
        "importance",
        "reservation",
        "discount",
        "accepts",
        "rejects",
        "any",
        "all",
        "majority",
        "claim",
        "stated",
        "means",
        "reads",
        "communicated",
        "yes",
        "unclear",
        "calendar",
        "track",
        "binds",
        "hands",
        "nothing",
        "reference",
        "for",
        "acts",
        "every",
        "days",
        "until",
        "between",
        "with",
        "known",
        "replaces",
        "likely",
        "very",
        "almost",
        "chance",
        "sets",
        "default",
        "opens",
        "closes",
        "mandate",
        "commitment",
        "text",
        "quoted",
        "kept",
        "said",
        "worded",
        "event",
        "resolves",
        "denies",
        "advice",
        "graded",
        "outcome",
        "partly",
        "void",
        "US",
        "DPRK",
        "ri-2019-02-28",
        "treaty-text",
        "_x",
        "été",
        "And",
        "NOT",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => "[a-zA-Z_][a-z0-9_]{0,5}",
        1 => "[a-z]{1,3}-[a-z0-9]{1,3}",
    ]
    .prop_filter("a name", |text| Name::is_valid(text))
    .prop_map(Name::new)
    .boxed()
}

fn label() -> impl Strategy<Value = Name> {
    name().prop_filter("no modifier", |n| {
        !["maybe", "strongly"].contains(&n.as_str())
    })
}

fn state_name() -> impl Strategy<Value = Name> {
    prop_oneof![name(), "[0-9]{1,3}".prop_map(Name::new)]
}

/// A level of an option or of an issue.
fn level() -> impl Strategy<Value = Name> {
    prop_oneof![4 => name(), 1 => bargain::amount().prop_map(|a| Name::new(a.text))]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z ,.]{0,20}",
        any::<String>(),
        "[\"\\\\#\r\n\t“”{}\\[\\]]{0,6}"
    ]
    .boxed()
}

fn reference() -> impl Strategy<Value = Ref> {
    (of(name()), name())
        .prop_map(|(party, name)| Ref { party, name })
        .boxed()
}

fn plain(kind: FormulaKind) -> Formula {
    Formula {
        kind,
        place: Place::default(),
    }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Is,
        Comparison::IsNot,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ])
}

/// A chain with chains of the same kind taken apart, as reading gives it.
fn chain(parts: Vec<Formula>, and: bool) -> Formula {
    let mut flat = Vec::new();
    for part in parts {
        match part.kind {
            FormulaKind::And(inner) if and => flat.extend(inner),
            FormulaKind::Or(inner) if !and => flat.extend(inner),
            _ => flat.push(part),
        }
    }
    plain(if and {
        FormulaKind::And(flat)
    } else {
        FormulaKind::Or(flat)
    })
}

fn formula_with(pattern: BoxedStrategy<String>) -> impl Strategy<Value = Formula> {
    let atom = prop_oneof![
        5 => reference().prop_map(FormulaKind::Option),
        1 => any::<bool>().prop_map(FormulaKind::Constant),
        2 => (reference(), comparison(), level()).prop_map(|(option, comparison, level)| {
            FormulaKind::Level { option, comparison, level }
        }),
        1 => text().prop_map(|name| FormulaKind::Class { name, place: Place::default() }),
        1 => state_name().prop_map(FormulaKind::State),
        1 => name().prop_map(FormulaKind::Term),
        1 => pattern.prop_map(|text| FormulaKind::Pattern { text, place: Place::default() }),
    ]
    .prop_map(plain);
    atom.prop_recursive(5, 24, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        let count = prop::sample::select(vec![Count::AtLeast, Count::AtMost, Count::Exactly]);
        prop_oneof![
            inner
                .clone()
                .prop_map(|f| plain(FormulaKind::Not(Box::new(f)))),
            vec(inner.clone(), 2..4).prop_map(|parts| chain(parts, true)),
            vec(inner.clone(), 2..4).prop_map(|parts| chain(parts, false)),
            two.clone()
                .prop_map(|(a, b)| plain(FormulaKind::If(Box::new(a), Box::new(b)))),
            two.clone()
                .prop_map(|(a, b)| plain(FormulaKind::Unless(Box::new(a), Box::new(b)))),
            two.prop_map(|(a, b)| plain(FormulaKind::Iff(Box::new(a), Box::new(b)))),
            (count, any::<u32>(), vec(inner, 1..4))
                .prop_map(|(count, number, of)| plain(FormulaKind::Count { count, number, of })),
        ]
    })
}

pub(crate) fn formula() -> impl Strategy<Value = Formula> {
    formula_with(text().boxed())
}

fn cites() -> impl Strategy<Value = Vec<Citation>> {
    let locator = prop_oneof![
        "¶[0-9]{1,2}",
        "p\\. [0-9]{1,3}",
        "[0-9]{1,2}-[0-9]{1,2}",
        "chapter [0-9]",
        "§ [0-9] \\(b\\)",
        Just("2018-06-12".to_owned()),
    ];
    let source = prop_oneof![Just(Name::new("scmp")), name()];
    let cite = (source, of(locator), of(text())).prop_map(|(source, locator, quote)| Citation {
        source,
        locator,
        quote,
        place: Place::default(),
    });
    vec(cite, 0..3).boxed()
}

fn setting() -> impl Strategy<Value = Setting> {
    let value = prop_oneof![
        Just(SettingValue::On),
        Just(SettingValue::Off),
        name().prop_map(SettingValue::Level),
    ];
    (reference(), value)
        .prop_map(|(option, value)| Setting {
            option,
            value,
            place: Place::default(),
        })
        .boxed()
}

fn strength() -> impl Strategy<Value = Strength> {
    prop_oneof![
        3 => Just(Strength::PLAIN),
        2 => Just(Strength::STRONG),
        1 => (3..=9_u8).prop_map(|d| Strength::of(d).unwrap()),
    ]
}

fn attitude() -> impl Strategy<Value = Attitude> {
    prop::sample::select(Attitude::ALL.to_vec())
}

/// A party's name, or the party itself.
fn toward() -> impl Strategy<Value = Name> {
    prop_oneof![2 => name(), 1 => Just(Name::new("self"))]
}

fn statement_of(formula: BoxedStrategy<Formula>) -> impl Strategy<Value = Statement> {
    let certainty = prop_oneof![
        3 => Just(Certainty::Certain),
        1 => Just(Certainty::Maybe),
        1 => prop::sample::select(vec!["0", "0.4", "1", "1.0", "0.000001"])
            .prop_map(|p| Certainty::Probability(p.to_owned())),
    ];
    (
        of(label()),
        formula,
        certainty,
        strength(),
        any::<bool>(),
        cites(),
    )
        .prop_map(
            |(label, formula, certainty, strength, either_order, cites)| Statement {
                label,
                formula,
                certainty,
                strength,
                either_order,
                cites,
                place: Place::default(),
            },
        )
}

fn statement() -> impl Strategy<Value = Statement> {
    statement_of(formula().boxed()).boxed()
}

fn rank_item() -> impl Strategy<Value = RankItem> {
    prop_oneof![
        3 => state_name().prop_map(RankItem::State),
        2 => formula().prop_map(RankItem::Formula),
        1 => Just(RankItem::Rest(Rest::default())),
    ]
    .boxed()
}

fn ranks() -> impl Strategy<Value = Preferences> {
    let group = (vec(rank_item(), 1..3), strength())
        .prop_map(|(items, strength)| RankGroup { items, strength });
    vec(group, 0..4).prop_map(|mut groups| {
        // Nothing comes after the last one.
        if let Some(last) = groups.last_mut() {
            last.strength = Strength::PLAIN;
        }
        Preferences::Ranks(groups)
    })
}

fn preferences() -> impl Strategy<Value = Preferences> {
    let weight = "-?[0-9]{1,3}(\\.[0-9]{1,3})?".prop_map(|text| Weight { text });
    let weighted = (weight.clone(), of(weight), formula(), cites()).prop_map(
        |(weight, up_to, formula, cites)| WeightedFormula {
            weight,
            up_to,
            formula,
            cites,
            place: Place::default(),
        },
    );
    prop_oneof![
        vec(statement(), 0..4).prop_map(Preferences::Statements),
        ranks(),
        vec(weighted, 0..3).prop_map(Preferences::Weights),
    ]
    .boxed()
}

fn candidate() -> impl Strategy<Value = Candidate> {
    let probability = prop::sample::select(vec!["0", "0.25", "0.6", "1"]).prop_map(str::to_owned);
    (name(), of(probability), of(text()), preferences(), cites()).prop_map(
        |(name, probability, title, preferences, cites)| Candidate {
            name,
            probability,
            title,
            preferences,
            cites,
            place: Place::default(),
        },
    )
}

/// What a party wants, or what it may want.
fn wants() -> impl Strategy<Value = (Option<Preferences>, Vec<Candidate>)> {
    prop_oneof![
        4 => of(preferences()).prop_map(|one| (one, Vec::new())),
        1 => vec(candidate(), 1..4).prop_map(|several| (None, several)),
    ]
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(vec![Direction::Both, Direction::OnlyOn, Direction::OnlyOff])
}

fn option() -> impl Strategy<Value = OptionDecl> {
    let levels = prop_oneof![Just(Vec::new()), vec(name(), 2..4)];
    (
        name(),
        of(text()),
        levels,
        direction(),
        any::<bool>(),
        cites(),
    )
        .prop_map(
            |(name, title, levels, direction, stepwise, cites)| OptionDecl {
                name,
                title,
                levels,
                direction,
                stepwise,
                cites,
                place: Place::default(),
            },
        )
        .boxed()
}

fn party() -> impl Strategy<Value = Party> {
    let toward_whom =
        (toward(), attitude(), cites()).prop_map(|(toward, attitude, cites)| AttitudeDecl {
            toward,
            attitude,
            cites,
            place: Place::default(),
        });
    let arc = (state_name(), state_name()).prop_map(|(from, to)| Move { from, to });
    (
        (name(), of(text()), cites()),
        (vec(record::agent(), 0..2), of(record::pace())),
        vec(option(), 0..4),
        vec(arc, 0..4),
        wants(),
        (of(name()), vec(toward_whom, 0..3), bargain::side()),
    )
        .prop_map(
            |(
                (name, title, cites),
                (agents, pace),
                options,
                moves,
                (preferences, candidates),
                (concept, attitudes, (utility, ratifiers, ratified)),
            )| {
                Party {
                    name,
                    title,
                    agents,
                    options,
                    moves,
                    preferences,
                    candidates,
                    concept,
                    attitudes,
                    utility,
                    pace,
                    ratifiers,
                    ratified,
                    cites,
                    place: Place::default(),
                }
            },
        )
        .boxed()
}

fn rule() -> impl Strategy<Value = Rule> {
    (formula(), of(text()), cites()).prop_map(|(formula, because, cites)| Rule {
        formula,
        because,
        cites,
        place: Place::default(),
    })
}

fn consequence() -> impl Strategy<Value = Consequence> {
    (formula(), vec(setting(), 1..3), of(text()), cites()).prop_map(
        |(condition, then, because, cites)| Consequence {
            condition,
            then,
            because,
            cites,
            place: Place::default(),
        },
    )
}

fn prohibition() -> impl Strategy<Value = Prohibition> {
    (of(name()), formula(), formula(), of(text()), cites()).prop_map(
        |(party, from, to, because, cites)| Prohibition {
            party,
            from,
            to,
            because,
            cites,
            place: Place::default(),
        },
    )
}

fn status_quo() -> impl Strategy<Value = StatusQuo> {
    prop_oneof![
        vec(setting(), 0..3).prop_map(|settings| StatusQuo::Settings {
            settings,
            place: Place::default()
        }),
        state_name().prop_map(StatusQuo::State),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        state_name().prop_map(Target::Name),
        text().prop_map(|text| Target::Text {
            text,
            place: Place::default()
        }),
    ]
    .boxed()
}

fn position() -> impl Strategy<Value = Position> {
    prop_oneof![
        Just(Position::First),
        Just(Position::Last),
        target().prop_map(Position::Before),
        target().prop_map(Position::After),
    ]
}

fn edit() -> impl Strategy<Value = StatementEdit> {
    // Other texts would be read as formulas in quotes.
    let inserted = statement_of(formula_with("[YN-]{0,3}".boxed()).boxed());
    prop_oneof![
        target().prop_map(StatementEdit::Drop),
        target().prop_map(StatementEdit::Settle),
        (inserted, position()).prop_map(|(statement, at)| StatementEdit::Insert { statement, at }),
        (target(), position()).prop_map(|(statement, to)| StatementEdit::Move { statement, to }),
        (target(), target()).prop_map(|(a, b)| StatementEdit::Swap(a, b)),
    ]
    .boxed()
}

fn change() -> impl Strategy<Value = Change> {
    let preference_edit = prop_oneof![
        preferences().prop_map(PreferenceEdit::Replace),
        vec(edit(), 1..3).prop_map(PreferenceEdit::Edit),
    ];
    prop_oneof![
        3 => (name(), preference_edit, cites()).prop_map(|(party, edit, cites)| {
            // The lines of other lists carry the citations.
            let own = matches!(
                edit,
                PreferenceEdit::Edit(_) | PreferenceEdit::Replace(Preferences::Ranks(_))
            );
            let cites = if own { cites } else { Vec::new() };
            Change::Preferences { party, edit, cites }
        }),
        1 => (direction(), vec(reference(), 1..3))
            .prop_map(|(direction, options)| Change::Direction { direction, options }),
        1 => (name(), name()).prop_map(|(party, concept)| Change::Concept { party, concept }),
        1 => (name(), toward(), attitude()).prop_map(|(party, toward, attitude)| {
            Change::Attitude { party, toward, attitude }
        }),
        1 => rule().prop_map(Change::Never),
        1 => consequence().prop_map(Change::When),
        1 => prohibition().prop_map(Change::NoMove),
        1 => formula().prop_map(Change::WithoutNever),
        1 => formula().prop_map(Change::WithoutWhen),
        1 => term().prop_map(Change::Term),
    ]
    .boxed()
}

fn term() -> impl Strategy<Value = Term> {
    let place = Place::default();
    let stated = (name(), text(), cites()).prop_map(move |(source, quote, cites)| Stated {
        source,
        quote,
        cites,
        place,
    });
    let means = (formula(), cites()).prop_map(move |(formula, cites)| Meaning {
        formula,
        cites,
        place,
    });
    let reading = (name(), formula(), cites()).prop_map(move |(party, formula, cites)| Reading {
        party,
        formula,
        cites,
        place,
    });
    let known = prop::sample::select(vec![
        Communicated::Yes,
        Communicated::No,
        Communicated::Unclear,
    ]);
    let communicated =
        (name(), name(), known, cites()).prop_map(move |(by, to, known, cites)| Communication {
            by,
            to,
            known,
            cites,
            place,
        });
    (
        (name(), of(text()), cites()),
        vec(stated, 0..2),
        of(means),
        vec(reading, 0..3),
        vec(communicated, 0..3),
    )
        .prop_map(
            move |((name, title, cites), stated, means, readings, communicated)| Term {
                name,
                title,
                stated,
                means,
                readings,
                communicated,
                cites,
                place,
            },
        )
        .boxed()
}

fn variant_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => change(),
        1 => status_quo().prop_map(Change::StatusQuo),
        1 => view().prop_map(Change::View),
        1 => name().prop_map(Change::WithoutView),
    ]
    .boxed()
}

fn view_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => change(),
        1 => vec(reference(), 1..3).prop_map(Change::Hide),
        1 => (name(), option()).prop_map(|(party, option)| Change::Invent { party, option }),
    ]
    .boxed()
}

fn view() -> impl Strategy<Value = View> {
    let one = |views: BoxedStrategy<Vec<View>>| {
        let head = (name(), of(text()), cites());
        (head, vec(name(), 0..2), vec(view_change(), 0..3), views).prop_map(
            |((viewer, title, cites), knows, changes, views)| View {
                viewer,
                title,
                knows,
                changes,
                views,
                cites,
                place: Place::default(),
            },
        )
    };
    let inner = vec(one(Just(Vec::new()).boxed()), 0..2);
    one(inner.boxed())
}

fn variant() -> impl Strategy<Value = Variant> {
    (
        name(),
        of(text()),
        vec(name(), 0..3),
        vec(variant_change(), 0..3),
    )
        .prop_map(|(name, title, extends, changes)| Variant {
            name,
            title,
            extends,
            changes,
            place: Place::default(),
        })
}

pub(crate) fn document() -> impl Strategy<Value = Document> {
    let source = (
        name(),
        of(text()),
        vec(("[a-z]{1,6}", source_value()), 0..3),
    )
        .prop_map(|(name, title, properties)| Source {
            name,
            title,
            properties: properties.into_iter().collect(),
            place: Place::default(),
        });
    let class = (text(), of(formula()), cites()).prop_map(|(name, when, cites)| Class {
        name,
        when,
        cites,
        place: Place::default(),
    });
    let state = (state_name(), of(text()), of(vec(setting(), 0..3)), cites()).prop_map(
        |(name, title, settings, cites)| StateDecl {
            name,
            title,
            settings,
            cites,
            place: Place::default(),
        },
    );
    let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Date::from);
    (
        (of(text()), of(date), vec(source, 0..3), vec(party(), 0..3)),
        (
            vec(rule(), 0..2),
            vec(consequence(), 0..2),
            vec(prohibition(), 0..2),
        ),
        (vec(state, 0..3), vec(class, 0..3), of(status_quo())),
        (
            (vec(term(), 0..2), vec(view(), 0..2)),
            vec(variant(), 0..2),
            record::record(),
        ),
        bargain::packages(),
    )
        .prop_map(|(head, rules, states, rest, packages)| Document {
            detente: detente_syntax::ast::Edition::default(),
            negotiation: head.0,
            as_of: head.1,
            sources: head.2,
            parties: head.3,
            never: rules.0,
            when: rules.1,
            no_move: rules.2,
            states: states.0,
            classes: states.1,
            status_quo: states.2,
            terms: rest.0.0,
            views: rest.0.1,
            variants: rest.1,
            tracks: rest.2.0,
            calendar: rest.2.1,
            commitments: rest.2.2,
            claims: rest.2.3,
            references: rest.2.4,
            issues: packages.0,
            package_rules: packages.1,
            packages: packages.2,
            facts: packages.3,
            agreed: packages.4,
        })
}

fn source_value() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        name().prop_map(|n| n.text),
        Just("state".to_owned()),
        Just("2018-06-12".to_owned()),
        Just("2018-06-12".to_owned()),
        Just("0.5".to_owned()),
    ]
}
