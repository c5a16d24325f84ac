//! The pages of the rules of scoring.

use detente_analysis::claims::scoring_rules;

#[test]
fn pages_have_one_shape() {
    for rule in scoring_rules() {
        assert!(!rule.summary.ends_with('.') && !rule.summary.contains('\n'));
        let headings: Vec<&str> = rule.page.lines().filter(|l| l.starts_with('#')).collect();
        assert_eq!(headings[0], format!("# {}", rule.name));
        let usual = [
            "## Definition",
            "## Reading",
            "## Relations",
            "## Example",
            "## References",
        ];
        assert_eq!(headings[1..], usual, "{}", rule.id);
    }
}
