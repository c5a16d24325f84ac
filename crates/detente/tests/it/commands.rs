//! What every command prints, writes and ends with, and its help: wording and layout, held fast by
//! snapshots. The verdicts in them are checked elsewhere.

#[test]
fn commands_print_what_the_snapshots_hold() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
