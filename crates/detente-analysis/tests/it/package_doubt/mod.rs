//! Doubt about what packages are worth, against enumerations of vertices, closed forms and grids of utilities.

mod build;
mod enumeration;
mod founding;
mod literal;
mod programmes;
mod regions;
mod shares;
mod verdicts;
