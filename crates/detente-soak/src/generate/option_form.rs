//! Negotiations by options.

use detente_syntax::ast::{
    Class, Consequence, Direction, Document, Name, OptionDecl, Place, Prohibition, Rule, Setting,
    SettingValue, StateDecl, StatusQuo,
};

use super::build::{party, reference, setting};
use super::formulas::Vocabulary;
use super::{Mixture, Share, preferences};
use crate::random::Random;

/// Combinations of levels, at most.
const MOST: usize = 1024;

const LEVELS: [&str; 4] = ["low", "middle", "high", "top"];

pub(super) fn draw(random: &mut Random, mixture: &Mixture) -> Document {
    let mut document = Document {
        parties: (0..2 + random.weighted(&[30, 40, 20, 10]))
            .map(party)
            .collect(),
        ..Document::default()
    };
    options(random, mixture, &mut document);
    let mut words = Vocabulary::of(&document);
    if random.chance(mixture.share(Share::NamedStates)) {
        for n in 0..random.between(1, 3) {
            document.states.push(StateDecl {
                name: Name::new(format!("state_{n}")),
                title: None,
                settings: Some(settings(random, &words)),
                cites: Vec::new(),
                place: Place::default(),
            });
        }
        words.states = document.states.iter().map(|s| s.name.clone()).collect();
    }
    if random.chance(mixture.share(Share::Classes)) {
        document.classes = classes(random, &mut words);
    }
    rules(random, mixture, &words, &mut document);
    if random.chance(mixture.share(Share::StatusQuo)) {
        document.status_quo = Some(match random.pick(&words.states) {
            Some(name) if random.chance(500) => StatusQuo::State(name.clone()),
            _ => StatusQuo::Settings {
                settings: settings(random, &words),
                place: Place::default(),
            },
        });
    }
    for (home, party) in document.parties.iter_mut().enumerate() {
        party.preferences = preferences::draw(random, mixture, &words, home);
    }
    document
}

fn options(random: &mut Random, mixture: &Mixture, document: &mut Document) {
    let parties = document.parties.len();
    let count = if random.chance(mixture.share(Share::Large)) {
        random.between(7, 9)
    } else {
        2 + random.weighted(&[10, 25, 30, 25, 10])
    };
    let idle = random.chance(mixture.share(Share::Idle));
    // Options of different parties may have the same name.
    let shared = random.chance(200);
    let mut combinations = 1;
    for n in 0..count {
        let owner = if n < parties && !idle {
            n
        } else {
            random.below(parties)
        };
        let Some(party) = document.parties.get_mut(owner) else {
            continue;
        };
        let number = if shared { party.options.len() } else { n };
        let graded = random.chance(mixture.share(Share::Graded));
        let levels = if graded { random.between(2, 4) } else { 2 };
        if combinations * levels > MOST {
            break;
        }
        combinations *= levels;
        party.options.push(OptionDecl {
            name: Name::new(format!("o{number}")),
            title: None,
            levels: if graded {
                LEVELS.iter().take(levels).map(|l| Name::new(*l)).collect()
            } else {
                Vec::new()
            },
            direction: match random.chance(mixture.share(Share::OneWay)) {
                false => Direction::Both,
                true if random.chance(500) => Direction::OnlyOn,
                true => Direction::OnlyOff,
            },
            stepwise: graded && random.chance(mixture.share(Share::Stepwise)),
            cites: Vec::new(),
            place: Place::default(),
        });
    }
}

/// One value for each of some options.
fn some_settings(random: &mut Random, words: &Vocabulary, permille: u32) -> Vec<Setting> {
    let mut settings = Vec::new();
    for (_, party, option) in &words.options {
        if !random.chance(permille) {
            continue;
        }
        let value = match random.pick(&option.levels) {
            Some(level) => SettingValue::Level(level.clone()),
            None if random.chance(600) => SettingValue::On,
            None => SettingValue::Off,
        };
        settings.push(setting(reference(Some(party), option.name.as_str()), value));
    }
    settings
}

fn settings(random: &mut Random, words: &Vocabulary) -> Vec<Setting> {
    some_settings(random, words, 600)
}

/// Classes, each of which may speak of those before it.
pub(super) fn classes(random: &mut Random, words: &mut Vocabulary) -> Vec<Class> {
    let mut classes = Vec::new();
    let count = random.between(1, 3);
    for n in 0..count {
        let otherwise = n > 0 && n + 1 == count && random.chance(500);
        let name = format!("class {n}");
        classes.push(Class {
            name: name.clone(),
            when: (!otherwise).then(|| {
                let depth = random.between(0, 2);
                words.formula(random, depth, None)
            }),
            cites: Vec::new(),
            place: Place::default(),
        });
        words.classes.push(name);
    }
    classes
}

fn rules(random: &mut Random, mixture: &Mixture, words: &Vocabulary, document: &mut Document) {
    if random.chance(mixture.share(Share::Never)) {
        for _ in 0..random.between(1, 3) {
            let formula = if random.chance(800) {
                words.conjunction(random, 2, 4)
            } else {
                words.formula(random, 2, None)
            };
            document.never.push(Rule {
                formula,
                because: None,
                cites: Vec::new(),
                place: Place::default(),
            });
        }
    }
    if random.chance(mixture.share(Share::Consequences)) && !words.options.is_empty() {
        for _ in 0..random.between(1, 3) {
            let condition = if random.chance(700) {
                words.conjunction(random, 1, 2)
            } else {
                words.formula(random, 2, None)
            };
            let mut then = some_settings(random, words, 250);
            random.shuffle(&mut then);
            then.truncate(2);
            if then.is_empty() {
                continue;
            }
            document.when.push(Consequence {
                condition,
                then,
                because: None,
                cites: Vec::new(),
                place: Place::default(),
            });
        }
    }
    prohibitions(random, mixture, words, document);
}

/// Prohibited transitions, of one party or of all.
pub(super) fn prohibitions(
    random: &mut Random,
    mixture: &Mixture,
    words: &Vocabulary,
    document: &mut Document,
) {
    if !random.chance(mixture.share(Share::Prohibitions)) {
        return;
    }
    for _ in 0..random.between(1, 3) {
        let party = random
            .chance(700)
            .then(|| random.below(document.parties.len()));
        let name = party
            .and_then(|p| document.parties.get(p))
            .map(|p| p.name.clone());
        let (from, to) = (random.between(0, 1), random.between(0, 1));
        document.no_move.push(Prohibition {
            from: words.formula(random, from, party),
            to: words.formula(random, to, party),
            party: name,
            because: None,
            cites: Vec::new(),
            place: Place::default(),
        });
    }
}
