//! Changes of the model and of the answers in words.

use std::collections::BTreeSet;

use detente_analysis::bargain::Answer as Judged;
use detente_analysis::comparison::{
    About, Answer, Aspect, Mark, PackageAnswer, PackageQuestion, Question, Way,
};
use detente_analysis::model::difference::{Bears, Change, Kind, Renaming, Shift, What};

use crate::words;

/// Inside what an element stands: `party US`.
pub(super) fn within(places: &[(Kind, String)]) -> Vec<String> {
    let place = |(kind, name): &(Kind, String)| {
        if name.is_empty() {
            kind.word().to_owned()
        } else {
            format!("{} {name}", kind.word().replace('`', ""))
        }
    };
    places.iter().map(place).collect()
}

/// `US, candidate hawks: `; nothing where the element stands in no other.
fn before(places: &[(Kind, String)]) -> String {
    let place = |(kind, name): &(Kind, String)| match kind {
        Kind::Party => name.clone(),
        _ if name.is_empty() => kind.word().to_owned(),
        _ => format!("{} `{name}`", kind.word()),
    };
    let places: Vec<String> = places.iter().map(place).collect();
    if places.is_empty() {
        String::new()
    } else {
        format!("{}: ", places.join(", "))
    }
}

fn element(kind: Kind, name: &str) -> String {
    if name.is_empty() {
        kind.word().to_owned()
    } else {
        format!("{} `{name}`", kind.word())
    }
}

/// A change in a line without a full stop.
pub(super) fn change(change: &Change) -> String {
    let element = element(change.kind, &change.name);
    let says = |said: &Option<String>| match said {
        Some(said) if said.starts_with('"') => format!(" {said}"),
        Some(said) => format!(" ({said})"),
        None => String::new(),
    };
    let what = match &change.what {
        What::Added(said) => format!("{element} added{}", says(said)),
        What::Dropped(said) => format!("{element} dropped{}", says(said)),
        What::Moved { from, to } => {
            let word = if to < from { "up" } else { "down" };
            format!("{element} moved {word} from place {from} to place {to}")
        }
        What::Altered { property, was, now } => {
            let value = |value: &Option<String>| match value {
                Some(value) if value.starts_with('"') => value.clone(),
                Some(value) => format!("`{value}`"),
                None => "not said".to_owned(),
            };
            format!("{element}: {property}: {} -> {}", value(was), value(now))
        }
    };
    format!("{}{what}{}", before(&change.within), moved(&change.shifts))
}

/// Shifts of a ranking that are told in one line, at most, and items that one passed.
const MOST_SHIFTS: usize = 6;

/// What moved in a ranking, with a semicolon before it; nothing where nothing did.
fn moved(shifts: &[Shift]) -> String {
    if shifts.is_empty() {
        return String::new();
    }
    let told: Vec<String> = shifts.iter().take(MOST_SHIFTS).map(shift).collect();
    let more = shifts.len().saturating_sub(MOST_SHIFTS);
    let more = (more > 0).then(|| format!("; and {more} more"));
    format!("; {}{}", told.join("; "), more.unwrap_or_default())
}

/// What became of an item of a ranking: "`small` moved up from place 5 to place 4, past `none`".
pub(super) fn shift(shift: &Shift) -> String {
    match shift {
        Shift::Moved {
            item,
            from,
            to,
            up,
            past,
        } => {
            let word = if *up { "up" } else { "down" };
            let places = if from == to {
                format!("within place {from}")
            } else {
                format!("from place {from} to place {to}")
            };
            let mut passed: Vec<String> = past
                .iter()
                .take(MOST_SHIFTS)
                .map(|item| format!("`{item}`"))
                .collect();
            if past.len() > MOST_SHIFTS {
                passed.push(format!("{} more", past.len() - MOST_SHIFTS));
            }
            format!(
                "`{item}` moved {word} {places}, past {}",
                words::list(&passed)
            )
        }
        Shift::Added { item, to } => format!("`{item}` is new at place {to}"),
        Shift::Dropped { item, from } => format!("`{item}` is gone from place {from}"),
        Shift::Step {
            better,
            worse,
            was,
            now,
        } => format!("between `{better}` and `{worse}` stands `{now}`, before `{was}`"),
    }
}

/// What can depend on a change, as words of the finding.
pub(super) fn bears(bears: Bears) -> Vec<String> {
    let all = [
        (bears.conflict, "conflict"),
        (bears.packages, "packages"),
        (bears.course, "forecast"),
    ];
    let on = all.into_iter().filter(|(on, _)| *on);
    on.map(|(_, word)| word.to_owned()).collect()
}

/// What is asked of what could be agreed: "package `vox` acceptable to US".
pub(super) fn package_question(question: &PackageQuestion) -> String {
    match question {
        PackageQuestion::Permitted => "permitted packages".to_owned(),
        PackageQuestion::Zone => "packages that all could accept".to_owned(),
        PackageQuestion::Frontier => "worths on the frontier".to_owned(),
        PackageQuestion::Acceptable => "worths on the frontier that all could accept".to_owned(),
        PackageQuestion::Allowed(package) => format!("package `{package}` permitted"),
        PackageQuestion::Accepts { package, voice } => {
            format!("package `{package}` acceptable to {voice}")
        }
        PackageQuestion::Bettered(package) => {
            format!("package `{package}` could be bettered for all")
        }
        PackageQuestion::Picked(rule) => format!("picked by {}", rule.info().name),
    }
}

/// Packages that are listed in one answer, at most.
const MOST_PACKAGES: usize = 3;

/// The answer in words.
pub(super) fn package_answer(answer: &PackageAnswer) -> String {
    match answer {
        PackageAnswer::Count(number) => number.to_string(),
        PackageAnswer::Judged(Judged::Yes) => "yes".to_owned(),
        PackageAnswer::Judged(Judged::No) => "no".to_owned(),
        PackageAnswer::Judged(Judged::Depends) => "depends on its meaning".to_owned(),
        PackageAnswer::Picked(packages) => packages_in_words(packages),
        PackageAnswer::Nothing => "nothing".to_owned(),
        PackageAnswer::Unsaid => "not said".to_owned(),
    }
}

fn packages_in_words(packages: &BTreeSet<Mark>) -> String {
    let one = |Mark(levels): &Mark| {
        if levels.is_empty() {
            "{ }".to_owned()
        } else {
            format!("{{ {} }}", levels.join(", "))
        }
    };
    let told: Vec<String> = packages.iter().take(MOST_PACKAGES).map(one).collect();
    let told = told.join(" or ");
    match packages.len().saturating_sub(MOST_PACKAGES) {
        0 => told,
        more => format!("{told} or {more} more"),
    }
}

/// A renaming in a line without a full stop.
pub(super) fn renaming(renaming: &Renaming) -> String {
    format!(
        "{}{} is now called `{}`",
        before(&renaming.within),
        element(renaming.kind, &renaming.was),
        renaming.now
    )
}

/// How a class is reached, as a word of the finding.
pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::There => "there",
        Way::Improvements => "improvements",
        Way::JointSteps => "joint",
        Way::MovesOnly => "moves",
        Way::Nowise => "none",
    }
}

/// The same in words.
pub(super) fn way_in_words(way: &str) -> &'static str {
    match way {
        "there" => "the status quo is one",
        "improvements" => "by improvements",
        "joint" => "by joint steps",
        "moves" => "by moves only",
        _ => "not at all",
    }
}

/// A class, or the lack of one.
pub(super) fn class(class: Option<&str>) -> String {
    class.map_or("no class".to_owned(), |class| format!("class `{class}`"))
}

/// A state by what is on in it.
pub(super) fn state(on: &[String]) -> String {
    if on.is_empty() {
        "nothing on".to_owned()
    } else {
        on.join(", ")
    }
}

/// What changed: `class `small deal` holds`.
pub(super) fn answer(question: &Question, was: Answer, now: Answer) -> String {
    let holds = |now: Answer| match now {
        Answer::Yes => "holds",
        Answer::No => "no longer holds",
        Answer::By(_) | Answer::Unsaid => "cannot be judged any more",
    };
    match question {
        Question::Holds(Mark(on)) => format!("state `{}` {}", state(on), holds(now)),
        Question::ClassHolds(name) => match now {
            Answer::Yes => format!("{} has a state that holds", class(name.as_deref())),
            Answer::No => format!(
                "{} has no state that holds any more",
                class(name.as_deref())
            ),
            Answer::By(_) | Answer::Unsaid => {
                format!("{} cannot be judged any more", class(name.as_deref()))
            }
        },
        Question::Reached(name) => {
            let told = |answer: Answer| match answer {
                Answer::By(by) => way_in_words(way(by)),
                Answer::Yes | Answer::No | Answer::Unsaid => "not said",
            };
            format!(
                "how {} is reached: {}, before {}",
                class(name.as_deref()),
                told(now),
                told(was)
            )
        }
    }
}

/// What is behind a changed answer, with the changes by their numbers.
/// `unit` is what is told apart: a `change`, or a `group` of changes.
pub(super) fn cause(
    unit: &str,
    alone: &[usize],
    needed: &[usize],
    together: &[Vec<usize>],
) -> String {
    let named = |list: &[usize]| {
        let numbers: Vec<String> = list.iter().map(ToString::to_string).collect();
        words::list(&numbers)
    };
    let does = match (alone, together) {
        ([], []) => format!("no single {unit} does it alone"),
        ([], [set]) => format!(
            "no single {unit} does it alone; {} do it together",
            named(set)
        ),
        ([], sets) => {
            let sets: Vec<String> = sets.iter().map(|set| named(set)).collect();
            format!(
                "no single {unit} does it alone; together {}",
                sets.join("; or ")
            )
        }
        ([one], _) if needed == [*one] => {
            return format!("{unit} {one} alone does it, and nothing else does");
        }
        ([one], _) => format!("{unit} {one} alone does it"),
        (several, _) => format!("each of {unit}s {} alone does it", named(several)),
    };
    let takes = match needed {
        [] => format!("none of the {unit}s is needed"),
        [one] => format!("with all others made, {unit} {one} is needed"),
        several => format!(
            "with all others made, each of {unit}s {} is needed",
            named(several)
        ),
    };
    format!("{does}; {takes}")
}

/// What the changes of a group are about: `US, preferences`.
pub(super) fn about(about: &About) -> String {
    let aspect = |aspect: Aspect| match aspect {
        Aspect::Itself => "itself",
        Aspect::Options => "options",
        Aspect::Preferences => "preferences",
        Aspect::Pace => "pace",
        Aspect::Utility => "utility",
        Aspect::Ratifiers => "ratifiers",
    };
    match about {
        About::Party(party, None) => party.clone(),
        About::Party(party, Some(of)) => format!("{party}, {}", aspect(*of)),
        About::Day => "the day".to_owned(),
        About::StatusQuo => "the status quo".to_owned(),
        About::Calendar => "the calendar".to_owned(),
        About::Tracks => "tracks".to_owned(),
        About::Rules => "rules".to_owned(),
        About::Classes => "classes".to_owned(),
        About::Terms => "terms".to_owned(),
        About::Issues => "issues".to_owned(),
        About::Packages => "packages".to_owned(),
    }
}
