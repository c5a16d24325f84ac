pub(crate) fn is_name(_: &str) -> bool {
    true
}
