//! The documentation is true: the README and every page of the book.
//!
//! [`blocks`] says what is checked of each kind of block, [`links`] that links lead somewhere, [`formats`] that each
//! format has its row, [`generated`] that the pages which are made from the program are those that it makes.
//! `DETENTE_RENEW=1` before the command writes them anew.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests may fail loudly, and read and write files"
)]

mod blocks;
mod book;
mod formats;
mod generated;
mod links;
mod markdown;
mod sandbox;

use blocks::Count;

/// Checks pages, several at a time.
fn checked(pages: &[book::Page]) -> Count {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = pages.len().div_ceil(workers).max(1);
    let results: Vec<Result<Count, String>> = std::thread::scope(|scope| {
        let check = |part| {
            move || {
                (part as &[book::Page])
                    .iter()
                    .map(blocks::check)
                    .collect::<Vec<_>>()
            }
        };
        let running: Vec<_> = pages
            .chunks(share)
            .map(|part| scope.spawn(check(part)))
            .collect();
        running
            .into_iter()
            .flat_map(|r| r.join().unwrap())
            .collect()
    });
    let mut count = Count::default();
    let mut faults = Vec::new();
    for result in results {
        match result {
            Ok(found) => count += found,
            Err(fault) => faults.push(fault),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    count
}

#[test]
fn the_readme_shows_what_is_printed() {
    let count = checked(&[book::page("README.md")]);
    assert!(count.files >= 1 && count.commands >= 5, "{count:?}");
}

#[test]
fn the_pages_show_what_is_printed() {
    let count = checked(&book::pages());
    assert!(count.files >= 10 && count.commands >= 100, "{count:?}");
    assert!(count.fragments >= 13 && count.typed >= 50, "{count:?}");
    assert!(count.texts <= 10, "what cannot be run is rare: {count:?}");
}
