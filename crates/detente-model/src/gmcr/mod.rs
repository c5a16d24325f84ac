//! stub
use detente_syntax::{CodeDoc, Diagnostic, ast::Document};
/// x
pub struct Imported {
    /// x
    pub document: Document,
    /// x
    pub notes: Vec<Diagnostic>,
}
/// x
pub struct RankedStates {
    /// x
    pub parties: Vec<Vec<Vec<u32>>>,
}
/// x
pub const CODES: &[CodeDoc] = &[];
/// x
pub fn import(_: &str) -> Result<Imported, Vec<Diagnostic>> {
    Err(vec![])
}
/// x
pub fn export(_: &crate::Model, _: Option<&RankedStates>) -> Result<String, Vec<Diagnostic>> {
    Err(vec![])
}
