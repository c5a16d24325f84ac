//! Doubt about what packages are worth, against enumerations of vertices, closed forms and grids of utilities.

mod build;
mod contradictions;
mod enumeration;
mod founding;
mod programmes;
mod regions;
mod shares;
mod verdicts;
