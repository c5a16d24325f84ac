//! Random negotiations with views, terms, a calendar, claims, sources and packages.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;

/// The text of a negotiation. Names are plain, and some look like words of a report.
pub(crate) fn negotiation() -> impl Strategy<Value = String> {
    let wants = vec(vec((0_usize..8, any::<bool>()), 1..5), 2);
    let beliefs = vec(any::<bool>(), 2);
    let worths = vec(vec(-9_i32..10, 3), 4);
    let record = (any::<bool>(), 0_usize..4, 0_usize..4, 1_u32..29);
    (wants, beliefs, worths, record, any::<u8>()).prop_map(
        |(wants, beliefs, worths, record, bits)| text(&wants, &beliefs, &worths, record, bits),
    )
}

const WISHES: [&str; 8] = [
    "A.x",
    "not A.x",
    "B.y",
    "not B.y",
    "A.x and B.y",
    "not A.x if B.z",
    "B.z",
    "not B.z unless A.x",
];

fn text(
    wants: &[Vec<(usize, bool)>],
    beliefs: &[bool],
    worths: &[Vec<i32>],
    (chance, events, claims, day): (bool, usize, usize, u32),
    bits: u8,
) -> String {
    let mut out = String::new();
    let bit = |n: u8| bits >> n & 1 == 1;
    out += "negotiation \"1 package, likely\"\nas of 2020-01-10\n\n";
    out += "source paper \"The paper of 12 days\" {\n  date 2020-01-02\n  kind report\n}\n";
    out += "source copy \"A copy\" {\n  kind report\n  republishes paper\n}\n";
    let issues = bit(0);
    if issues {
        out +=
            "issues {\n  first: none, some, all\n  second \"The second\": low, middle, high\n}\n";
    }
    for (n, name) in ["A", "B"].into_iter().enumerate() {
        let _ = writeln!(out, "party {name} \"Party {name}\" {{");
        out += if n == 0 {
            "  option x\n"
        } else {
            "  option y\n  option z \"Zed\"\n"
        };
        out += "  prefers {\n";
        for (place, (wish, doubtful)) in wants[n].iter().enumerate() {
            let maybe = if *doubtful { "maybe " } else { "" };
            let cite = if place % 2 == 0 { "  [paper ¶4]" } else { "" };
            let _ = writeln!(out, "    {maybe}w{place}: {}{cite}", WISHES[*wish]);
        }
        out += "  }\n";
        if issues {
            let row = |list: &[i32]| {
                let all: Vec<String> = list.iter().map(ToString::to_string).collect();
                all.join(", ")
            };
            let _ = writeln!(
                out,
                "  utility {{\n    first: {}\n    second: {}\n    reservation 0\n  }}",
                row(&worths[2 * n]),
                row(&worths[2 * n + 1])
            );
        }
        out += "}\n";
    }
    out += "class \"both\" when A.x and B.y\nclass \"neither\" when not A.x and not B.y\nclass \"rest\" otherwise\n";
    out += "status quo { }\n";
    if bit(1) {
        out += "term word \"the word\" {\n  A reads A.x or B.y\n  B reads B.y  [copy ¶1]\n  communicated by A to B no\n}\n";
    }
    if issues && bit(2) {
        out += "package draft \"The draft\" { first some }  [paper]\npackage vague { second middle or high }\n";
        out += "fact A accepts draft\nfact B rejects vague\n";
    }
    if issues && bit(3) {
        out += "agreed {\n  A.x when first >= some\n  B.y when second is high\n}\n";
    }
    for (n, other) in [(0_usize, "B"), (1, "A")] {
        if beliefs[n] {
            let eyes = ["A", "B"][n];
            let _ = writeln!(
                out,
                "in the eyes of {eyes} {{\n  {other} prefers {{ drop w0 }}  [paper ¶2]\n}}"
            );
        }
    }
    if events > 0 {
        out += "calendar {\n";
        for n in 0..events {
            let month = if n == 0 { 1 } else { n + 1 };
            let likely = if chance && n > 0 {
                " {\n    likely\n  }"
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "  2020-{month:02}-{day:02} meeting e{n} \"Meeting {n}\" with A, B{likely}"
            );
        }
        out += "}\n";
    }
    for n in 0..claims {
        let _ = writeln!(
            out,
            "claim c{n} \"Something comes {n}\" by somebody said 2020-01-0{}  [paper] {{\n  likely\n  by 2020-05-01\n  \
             resolves when class \"both\"\n}}",
            n + 1
        );
    }
    out
}
