//! `detente`, a workbench for the analysis of negotiations and strategic conflicts, as a library.
//!
//! The rooms, in the direction of the data: [`syntax`] reads the text, [`model`] resolves its names,
//! [`analysis`] computes, [`report`] shows. The command `detente` adds files, terminal and clock.
//!
//! ```
//! use detente::analysis::{Budget, Concept, Game, Settings, analyze};
//!
//! let text = r#"
//!     party A { option arm  prefers { not B.arm  arm } }
//!     party B { option arm  prefers { not A.arm  arm } }
//! "#;
//! # let text = text.replace("  arm }", "; arm }").replace("  prefers", "; prefers");
//! let parsed = detente::syntax::parse(&text);
//! let model = detente::model::resolve(&parsed.document).model.expect("no errors");
//! let budget = Budget::default();
//! let game = Game::new(&model, &budget).expect("small enough");
//! let found = analyze(&game.conflict(), &[Concept::Nash], &Settings::default(), &budget);
//! let nash = found.value().table(Concept::Nash).expect("computed").equilibria();
//! assert_eq!(nash.iter().map(|s| game.space.yn(s)).collect::<Vec<_>>(), ["YY"]);
//! ```

pub use detente_analysis as analysis;
pub use detente_model as model;
pub use detente_report as report;
pub use detente_syntax as syntax;
