//! The pictures of the book, as `detente draw` makes them: one of each kind, and one or two of each case.

use detente::report::picture;

use super::{Pages, printed};
use crate::book;
use crate::sandbox::Sandbox;

/// The folder of the pictures of the gallery.
pub(super) const GALLERY: &str = "docs/pictures/gallery";

/// The folder of the pictures of the kinds.
pub(super) const KINDS: &str = "docs/pictures/draw";

/// What a kind is shown by: a case of the founding case, and further words.
const SHOWN: [(&str, &str, &[&str]); 9] = [
    ("graph", "hanoi", &[]),
    ("options", "hanoi", &[]),
    ("preferences", "hanoi", &[]),
    ("perception", "hanoi", &[]),
    ("frontier", "packages", &[]),
    (
        "fan",
        "season",
        &["--as-of", "2019-01-20", "--until", "2019-03-05"],
    ),
    ("calendar", "season", &[]),
    ("tornado", "january", &[]),
    ("evidence", "season", &[]),
];

/// A picture of a kind beside the first: its name, and the words that make it.
const BESIDE: (&str, [&str; 5]) = (
    "doubt",
    [
        "draw",
        "preferences",
        "cases/diplomacy/us-dprk-2019/january.detente",
        "--parties",
        "US",
    ],
);

/// What is drawn of a case in the gallery, where there is something to draw.
const OF_CASES: [&str; 2] = ["graph", "frontier"];

pub(super) fn add(sandbox: &Sandbox, pictures: &mut Pages) {
    for (kind, case, more) in SHOWN {
        let file = format!("cases/diplomacy/us-dprk-2019/{case}.detente");
        let words = [&["draw", kind, &file], more].concat();
        pictures.insert(format!("{KINDS}/{kind}.svg"), printed(sandbox, &words));
    }
    let (name, words) = BESIDE;
    pictures.insert(format!("{KINDS}/{name}.svg"), printed(sandbox, &words));
    let files = book::files("cases").into_iter();
    for file in files.filter(|f| f.ends_with(".detente")) {
        let name = file.trim_start_matches("cases/").replace('/', "-");
        let name = name.trim_end_matches(".detente");
        for kind in OF_CASES {
            let words = ["draw", kind, &file].map(str::to_owned);
            let output = sandbox.run(&words);
            if output.status.success() {
                let svg = String::from_utf8(output.stdout).unwrap();
                pictures.insert(format!("{GALLERY}/{name}.{kind}.svg"), svg);
            }
        }
    }
}

#[test]
fn every_kind_is_shown_on_its_page() {
    let page = book::page("docs/draw.md").text;
    for kind in picture::kinds() {
        assert!(SHOWN.iter().any(|(k, ..)| k == &kind.name), "{}", kind.name);
        let heading = format!("\n## `{}`", kind.name);
        assert!(page.contains(&heading), "{heading}");
        let shown = format!("](pictures/draw/{}.svg)", kind.name);
        assert!(page.contains(&shown), "{shown}");
    }
}
