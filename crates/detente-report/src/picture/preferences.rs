use super::{Asked, Kind, Picture}; use crate::dossier::Dossier;
pub(super) const KIND: Kind = Kind { name: "preferences", says: "x", needs: &["analysis"], draw };
fn draw(_: &Dossier, _: &Asked) -> Option<Picture> { None }
