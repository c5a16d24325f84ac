//! What changed from one document to another, element by element.
//!
//! One walk goes through both documents together. It names every field of every element, so that a new one cannot
//! be forgotten, tells each change as it meets it, and puts together a document on its way: with the changes that
//! are to be made, and without the others. So the list of changes and the documents between the two cannot part.

mod bargain;
mod conflict;
mod document;
mod kind;
mod ranking;
mod record;
mod renaming;
mod said;
mod terms;
mod versions;
mod walk;

use std::collections::BTreeSet;

use detente_syntax::ast::Document;

pub use self::kind::Kind;
pub use self::ranking::Shift;
pub use self::renaming::Renaming;

/// One thing that is different in the second document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of element it concerns.
    pub kind: Kind,
    /// What the element is called: its name, or what it says.
    pub name: String,
    /// Inside what it stands, from the outermost: `party` `US`, `candidate` `hawks`.
    pub within: Vec<(Kind, String)>,
    /// What became of it.
    pub what: What,
    /// When it is of a ranking into another: what moved in it. Empty else.
    pub shifts: Vec<Shift>,
    /// What can depend on it.
    pub bears: Bears,
}

/// What can depend on a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bears {
    /// States, moves, preferences and what is computed from them. Titles, reasons, sources, issues and what is recorded
    /// cannot change them; what the calendar says can, by what has happened.
    pub conflict: bool,
    /// What packages there are, what they are worth, and who sits at the table.
    pub packages: bool,
    /// The course of the conflict from its first day on: the conflict, paces, tracks and the calendar.
    pub course: bool,
}

impl Bears {
    /// Nothing depends on it.
    pub const NOTHING: Self = Self {
        conflict: false,
        packages: false,
        course: false,
    };
    /// The conflict, and so its course.
    pub const CONFLICT: Self = Self {
        conflict: true,
        packages: false,
        course: true,
    };
    /// What could be agreed.
    pub const PACKAGES: Self = Self {
        conflict: false,
        packages: true,
        course: false,
    };
    /// The course only.
    pub const COURSE: Self = Self {
        conflict: false,
        packages: false,
        course: true,
    };
}

/// What became of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The second document has it and the first has not; with what it says, where its name does not say all.
    Added(Option<String>),
    /// The first document has it and the second has not.
    Dropped(Option<String>),
    /// One of its properties is another; `None` where nothing is said.
    Altered {
        /// The property, as the field calls it: `levels`, `strength`.
        property: &'static str,
        /// What the first document says.
        was: Option<String>,
        /// What the second document says.
        now: Option<String>,
    },
    /// It stands elsewhere in a list whose order counts; places are counted from 1.
    Moved {
        /// Its place in the first document.
        from: usize,
        /// Its place in the second document.
        to: usize,
    },
}

impl Change {
    /// The same change, from the second document to the first. What it is called is what the first calls it.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let what = match self.what.clone() {
            What::Added(said) => What::Dropped(said),
            What::Dropped(said) => What::Added(said),
            What::Altered { property, was, now } => What::Altered {
                property,
                was: now,
                now: was,
            },
            What::Moved { from, to } => What::Moved { from: to, to: from },
        };
        Self {
            what,
            shifts: self.shifts.iter().map(Shift::reversed).collect(),
            ..self.clone()
        }
    }
}

/// What changed from one document to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Elements that are the same in everything but their names. The changes are told in the new names.
    pub renamings: Vec<Renaming>,
    /// The changes, in the order in which the elements of documents are told.
    pub changes: Vec<Change>,
    /// The first document in the new names.
    from: Document,
    to: Document,
}

impl Difference {
    /// Whether nothing changed but comments and layout.
    pub fn is_empty(&self) -> bool {
        self.renamings.is_empty() && self.changes.is_empty()
    }

    /// The first document, in the names of the second where elements were renamed.
    pub fn before(&self) -> &Document {
        &self.from
    }

    /// The second document.
    pub fn after(&self) -> &Document {
        &self.to
    }

    /// The first document in the new names, with some of the changes made, given as indices into `changes`. What is
    /// added or moved comes after what stands before it in the second document. The result need not make sense: a
    /// rule may be added whose option is not.
    pub fn with(&self, made: &BTreeSet<usize>) -> Document {
        walk::merge(&self.from, &self.to, made).0
    }
}

/// What changed from `a` to `b`. Comments, layout and places in lists whose order does not count make no difference,
/// nor does whether an option is written with its party.
///
/// An element whose name is in `a` alone is renamed when the second document has, under a name that `a` does not use,
/// one that is the same in everything else; where both documents use one of the two names for something else too, it
/// counts as dropped and added.
pub fn difference(a: &Document, b: &Document) -> Difference {
    let (from, renamings) = renaming::renamed(a, b);
    let changes = walk::merge(&from, b, &BTreeSet::new()).1;
    Difference {
        renamings,
        changes,
        from,
        to: b.clone(),
    }
}
