//! The cases that come with the program.

/// A negotiation of the collection.
pub(crate) struct Case {
    /// Its path in the collection, without the ending.
    pub(crate) name: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

macro_rules! cases {
    ($($name:literal),* $(,)?) => {
        /// All of them, by name.
        pub(crate) const CASES: &[Case] = &[
            $(Case {
                name: $name,
                text: include_str!(concat!("../../../cases/", $name, ".detente")),
            },)*
        ];
    };
}

cases![
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

/// A text of a source that a case is checked against.
pub(crate) struct SourceText {
    /// Its path in the collection.
    pub(crate) path: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

macro_rules! source_texts {
    ($($path:literal),* $(,)?) => {
        /// The texts of sources, by path.
        pub(crate) const SOURCE_TEXTS: &[SourceText] = &[
            $(SourceText {
                path: $path,
                text: include_str!(concat!("../../../cases/", $path)),
            },)*
        ];
    };
}

source_texts![
    "diplomacy/us-dprk-2019/sources/article-notes.txt",
    "diplomacy/us-dprk-2019/sources/kcna-notes.txt",
    "diplomacy/us-dprk-2019/sources/singapore.txt",
    "diplomacy/us-dprk-2019/sources/whitehouse-notes.txt",
];

/// What came of the negotiations in a folder of the collection.
pub(crate) struct CameOf {
    /// The folder.
    pub(crate) folder: &'static str,
    /// Its `outcome.json`.
    pub(crate) text: &'static str,
}

macro_rules! outcomes {
    ($($folder:literal),* $(,)?) => {
        /// What came of each folder of cases, by folder.
        pub(crate) const OUTCOMES: &[CameOf] = &[
            $(CameOf {
                folder: $folder,
                text: include_str!(concat!("../../../cases/", $folder, "/outcome.json")),
            },)*
        ];
    };
}

outcomes![
    "bargaining/korea-2019-ratified",
    "diplomacy/us-dprk-2017-jacobi",
    "diplomacy/us-dprk-2019",
    "textbook/chicken",
    "textbook/prisoners-dilemma",
    "water/elmira",
    "water/syria-iraq-1975",
];
