//! How long a whole report takes, the start of the process included: of the founding case in every format, and of large
//! conflicts as a page.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark may fail loudly, writes files, and is no library"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

/// Runs the program, which must do what it is told.
fn run(words: &[&str], file: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    let command = command.args(words).arg(file);
    let command = command.stdin(Stdio::null()).stdout(Stdio::null());
    assert!(command.status().unwrap().success());
}

/// A conflict of three parties with so many options, all free, and three classes.
fn large(options: usize) -> String {
    let mut text = format!("negotiation \"{options} options, all free\"\n");
    let owner = |option: usize| option * 3 / options;
    // A fixed sequence of numbers (Knuth, The Art of Computer Programming 2, 3.3.4) draws the statements.
    let mut drawn = 1_u64;
    let mut draw = |below: usize| {
        drawn = drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(drawn >> 33).unwrap() % below
    };
    for party in 0..3 {
        let _ = writeln!(text, "party P{party} {{");
        for option in (0..options).filter(|o| owner(*o) == party) {
            let _ = writeln!(text, "  option o{option}");
        }
        text += "  prefers {\n";
        for _ in 0..10 {
            let mut one = || {
                let option = draw(options);
                let not = ["", "not "][draw(2)];
                format!("{not}P{}.o{option}", owner(option))
            };
            let _ = writeln!(text, "    {} or {}", one(), one());
        }
        text += "  }\n}\n";
    }
    let last = options - 1;
    let _ = writeln!(text, "class \"both\" when P0.o0 and P2.o{last}");
    let _ = writeln!(text, "class \"one\" when P0.o0");
    text += "class \"rest\" otherwise\nstatus quo { }\n";
    text
}

fn reports(criterion: &mut Criterion) {
    let founding = |case: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        root.join(format!("cases/diplomacy/us-dprk-2019/{case}.detente"))
    };
    let january = founding("january");
    for format in [
        "text", "html", "markdown", "latex", "typst", "csv", "xlsx", "json",
    ] {
        criterion.bench_function(&format!("january: report as {format}"), |b| {
            b.iter(|| run(&["report", "--format", format], &january));
        });
    }
    criterion.bench_function("season: report as html", |b| {
        b.iter(|| run(&["report", "--format", "html"], &founding("season")));
    });
    let folder = tempfile::tempdir().unwrap();
    for options in [12, 16, 17] {
        let file: PathBuf = folder.path().join(format!("{options}.detente"));
        std::fs::write(&file, large(options)).unwrap();
        criterion.bench_function(&format!("{options} options: report as html"), |b| {
            b.iter(|| run(&["report", "--format", "html"], &file));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3));
    targets = reports
}
criterion_main!(benches);
