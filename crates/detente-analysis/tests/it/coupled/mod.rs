//! The frontier of packages whose worth does not decompose.

mod dense;
mod large;
mod oracle;
mod random;
pub(crate) mod scenario;
