//! Small numbers that stand for the elements of one model.

/// A party (decision maker), numbered from 0 in the order of declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u16);

/// An option, numbered from 0 in the order of declaration over all parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId(pub u32);

/// An issue, numbered from 0 in the order of declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueId(pub u32);

impl PartyId {
    /// The number as an index into lists of parties.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl OptionId {
    /// The number as an index into lists of options.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl IssueId {
    /// The number as an index into lists of issues.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
