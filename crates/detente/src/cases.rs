//! The cases that come with the program.

/// A file of the collection.
pub(crate) struct Included {
    /// Its path in the collection, without the ending that all of its list have.
    pub(crate) name: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

macro_rules! included {
    ($ending:literal: $($name:literal),* $(,)?) => {
        &[
            $(Included {
                name: $name,
                text: include_str!(concat!("../../../cases/", $name, $ending)),
            },)*
        ]
    };
}

/// All cases, by name.
pub(crate) const CASES: &[Included] = included![
    ".detente":
    "bargaining/korea-2019-ratified/korea_ratified",
    "diplomacy/us-dprk-2017-jacobi/jacobi",
    "diplomacy/us-dprk-2019/hanoi",
    "diplomacy/us-dprk-2019/january",
    "diplomacy/us-dprk-2019/packages",
    "diplomacy/us-dprk-2019/readings",
    "diplomacy/us-dprk-2019/season",
    "diplomacy/us-dprk-2019/weights",
    "textbook/chicken/chicken",
    "textbook/prisoners-dilemma/prisoners_dilemma",
    "water/elmira/elmira",
    "water/syria-iraq-1975/syria_iraq",
];

/// The texts of sources that cases are checked against, by path.
pub(crate) const SOURCE_TEXTS: &[Included] = included![
    ".txt":
    "diplomacy/us-dprk-2019/sources/article-notes",
    "diplomacy/us-dprk-2019/sources/kcna-notes",
    "diplomacy/us-dprk-2019/sources/singapore",
    "diplomacy/us-dprk-2019/sources/whitehouse-notes",
];

/// What came of the negotiations in each folder of cases, by folder.
pub(crate) const OUTCOMES: &[Included] = included![
    "/outcome.json":
    "bargaining/korea-2019-ratified",
    "diplomacy/us-dprk-2017-jacobi",
    "diplomacy/us-dprk-2019",
    "textbook/chicken",
    "textbook/prisoners-dilemma",
    "water/elmira",
    "water/syria-iraq-1975",
];
