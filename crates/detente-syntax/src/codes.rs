//! The pages of this crate's diagnostic codes.

use crate::diagnostic::CodeDoc;

/// A page: what the code means, a text that triggers it, and the text as it should be.
macro_rules! page {
    ($code:literal, $title:literal, $text:literal, $wrong:literal, $right:literal) => {
        CodeDoc {
            code: $code,
            title: $title,
            text: concat!(
                $text,
                "\n\n```detente\n",
                $wrong,
                "\n```\n\nWrite instead:\n\n```detente\n",
                $right,
                "\n```\n"
            ),
        }
    };
}

/// Every code that reading a text can report, in order.
pub const CODES: &[CodeDoc] = &[
    page!(
        "E0001",
        "a text without a closing quote",
        "A text starts with `\"` and ends with `\"` on the same line. Without the second one it is not \
         clear where it ends.",
        "negotiation \"The Elmira dispute",
        "negotiation \"The Elmira dispute\""
    ),
    page!(
        "E0002",
        "typographic quotes around a text",
        "Word processors turn plain quotes into curly ones. A text is delimited by plain ones; within a \
         text, curly quotes are welcome.",
        "negotiation “The Elmira dispute”",
        "negotiation \"The Elmira dispute\""
    ),
    page!(
        "E0003",
        "an unknown escape in a text",
        "Within a text, `\\\"` stands for a quote, `\\\\` for a backslash, `\\n` for a new line, `\\t` for a \
         tab and `\\r` for a carriage return. A backslash before anything else means nothing.",
        "negotiation \"either\\or\"",
        "negotiation \"either\\\\or\""
    ),
    page!(
        "E0004",
        "a character without a meaning",
        "Signs such as `§` or `¶` may stand in texts, comments and citations only.",
        "never US.relief § DPRK.test",
        "never US.relief and DPRK.test"
    ),
    CodeDoc {
        code: "E0005",
        title: "a text that is too large",
        text: "Texts of up to 64 MiB are read. A negotiation that an analyst wrote is a thousand times \
               smaller: this is probably not the file that was meant.\n",
    },
    page!(
        "E0006",
        "something else is expected",
        "The line starts well, but goes on in a way that its construct does not have. The message says \
         what is expected.",
        "no move from US.relief",
        "no move from US.relief to not US.relief"
    ),
    page!(
        "E0007",
        "an unknown word at the start of a line",
        "Every line starts with a word that says what it is. At the top level these are `negotiation`, \
         `as of`, `source`, `party`, `never`, `when`, `no move`, `class`, `state`, `status quo`, \
         `term`, `in the eyes of`, `issues`, `package`, `fact`, `agreed`, `track`, \
         `calendar`, `commitment`, `claim`, `reference` and `variant`; \
         in a party `speaks through`, `acts every`, `option`, `prefers`, `ranks`, `weights`, `candidate`, \
         `moves`, `concept`, `attitude toward`, `utility`, `ratifier` and `ratified by`.",
        "party US {\n  opton relief\n}",
        "party US {\n  option relief\n}"
    ),
    page!(
        "E0008",
        "a keyword in capitals",
        "The words of the language are written in small letters. Names keep the letters that you give \
         them: `US` and `us` are two names.",
        "never US.relief AND DPRK.test",
        "never US.relief and DPRK.test"
    ),
    page!(
        "E0009",
        "a block that is not closed",
        "Every `{` needs its `}`. The message points at the one that stayed open, judged by the first \
         line that cannot stand in it.",
        "party US {\n  option relief\n\nparty DPRK {\n  option test\n}",
        "party US {\n  option relief\n}\n\nparty DPRK {\n  option test\n}"
    ),
    page!(
        "E0010",
        "a closing bracket too many",
        "A `}`, `)` or `]` closes nothing here. Often one before it is too many.",
        "never (US.relief or US.peace))",
        "never (US.relief or US.peace)"
    ),
    page!(
        "E0011",
        "a text without quotes",
        "Titles, names of classes and reasons are texts and stand in double quotes.",
        "party US United States {\n  option relief\n}",
        "party US \"United States\" {\n  option relief\n}"
    ),
    page!(
        "E0012",
        "a missing name",
        "Parties, options, sources and the like need a short name by which the rest of the text refers \
         to them. Names are letters, digits, `_` and inner `-`, and do not start with a digit.",
        "party \"United States\" {\n  option relief\n}",
        "party US \"United States\" {\n  option relief\n}"
    ),
    page!(
        "E0013",
        "a word of the language as a name",
        "Some words mean something wherever they stand, so they cannot be names.",
        "party US {\n  option class\n}",
        "party US {\n  option classification\n}"
    ),
    page!(
        "E0014",
        "a colon or equals sign that is not written",
        "A declaration is its keyword, its name and its title with nothing between them.",
        "party US {\n  option relief: \"Grant sanctions relief\"\n}",
        "party US {\n  option relief \"Grant sanctions relief\"\n}"
    ),
    page!(
        "E0015",
        "a line of a party outside of it",
        "Options, persons and preferences belong between the braces of a party. When they seem to stand \
         there, a `}` before them is too many.",
        "party US { option relief }\noption peace",
        "party US {\n  option relief\n  option peace\n}"
    ),
    page!(
        "E0016",
        "something that can be said once",
        "A negotiation has one name, one as-of date and one status quo; a party has one `prefers`, \
         `ranks` or `weights`, one `concept` and one `utility`. All issues stand in one `issues`. Put \
         alternatives into a `variant`.",
        "as of 2019-01-20\nas of 2019-02-20",
        "as of 2019-01-20"
    ),
    page!(
        "E0017",
        "something after the end of a line's item",
        "The item is complete, but its line goes on. Two items on one line are separated by `;`.",
        "party US { option relief option peace }",
        "party US { option relief; option peace }"
    ),
    page!(
        "E0018",
        "a missing block",
        "This construct has a block in braces, even if there is nothing to say in it.",
        "party UN \"United Nations\"",
        "party UN \"United Nations\" { }"
    ),
    page!(
        "E0019",
        "a sign that is no operator",
        "Formulas are written with words: `and`, `or`, `not`, `if`, `unless`, `iff`, `is`, `is not`. \
         Levels may also be compared with `<`, `<=`, `>` and `>=`. \"A implies B\" is `B if A`.",
        "never US.relief && !DPRK.declare",
        "never US.relief and not DPRK.declare"
    ),
    page!(
        "E0020",
        "a missing formula",
        "A formula should stand here, or go on. Formulas are options, joined by `and`, `or` and so on.",
        "never US.relief and",
        "never US.relief and DPRK.test"
    ),
    page!(
        "E0021",
        "a round bracket that is not closed",
        "Every `(` needs its `)`.",
        "never (US.relief or US.peace",
        "never (US.relief or US.peace)"
    ),
    page!(
        "E0022",
        "a missing level",
        "After `is`, `is not`, `<`, `<=`, `>` and `>=` comes the name of a level of the option. A \
         yes-or-no option has no levels and stands alone.",
        "never US.drills is",
        "never US.drills is cancel"
    ),
    page!(
        "E0023",
        "an incomplete count",
        "A count is `at least`, `at most` or `exactly`, a number, `of`, and formulas in brackets.",
        "never at least 2 (US.relief, US.peace, US.drills)",
        "never at least 2 of (US.relief, US.peace, US.drills)"
    ),
    page!(
        "E0024",
        "a formula that is nested too deeply",
        "Formulas of up to 64 levels are read: brackets, `not`, and chains of `if`, `unless` and `iff` \
         count. Chains of `and` and `or` may be as long as you like.",
        "never not not not not not not not not not not not not not not not not not not not not not not \
         not not not not not not not not not not not not not not not not not not not not not not not \
         not not not not not not not not not not not not not not not not not not not not not not US.relief",
        "never not US.relief"
    ),
    page!(
        "E0025",
        "two formulas without an operator between them",
        "Two formulas are joined by `and`, `or`, `if`, `unless` or `iff`.",
        "never US.relief DPRK.test",
        "never US.relief and DPRK.test"
    ),
    page!(
        "E0026",
        "something other than an option and its value",
        "A status quo, a state and what follows `then` set single options: `US.relief`, \
         `not US.relief`, `US.drills is hold`. A choice between them cannot be set.",
        "when US.peace then US.relief or US.sign",
        "when US.peace then US.relief and US.sign"
    ),
    page!(
        "E0027",
        "a number that is too large",
        "A count cannot reach a number of this size.",
        "never at least 99999999999 of (US.relief, US.peace)",
        "never at least 2 of (US.relief, US.peace)"
    ),
    page!(
        "E0028",
        "a citation that is not closed",
        "Every `[` needs its `]`.",
        "never US.relief [scmp ¶5",
        "never US.relief  [scmp ¶5]"
    ),
    page!(
        "E0029",
        "a citation without a source",
        "The first entry of a citation names a source; the entries after it may leave the name out if it \
         is the same.",
        "never US.relief [¶5]",
        "never US.relief  [scmp ¶5]"
    ),
    page!(
        "E0030",
        "a citation that cannot be read",
        "An entry is a source, a place in it and a quotation, each once and in this order. Entries are \
         separated by commas.",
        "never US.relief [scmp ¶5 \"first words\" \"second words\"]",
        "never US.relief  [scmp ¶5 \"first words\", ¶6 \"second words\"]"
    ),
    page!(
        "E0031",
        "a missing colon after a modifier",
        "`maybe`, `strongly` and `either order` stand before a colon, as does the label of a statement.",
        "party US {\n  prefers { maybe not relief }\n}",
        "party US {\n  prefers { maybe: not relief }\n}"
    ),
    page!(
        "E0032",
        "a number that is no probability",
        "The number after `maybe` is the probability that the statement holds, the one after the name of a \
         candidate that it is the party's order: a decimal from 0 to 1 with at most six digits after the \
         point.",
        "party US {\n  prefers { maybe 40: not relief }\n}",
        "party US {\n  prefers { maybe 0.4: not relief }\n}"
    ),
    page!(
        "E0033",
        "edits and statements in one block",
        "In a variant, the block of a party's preferences either edits what is there (`drop`, `insert`, \
         `move`, `swap`) or says everything anew.",
        "variant flex {\n  US prefers {\n    drop hinge\n    relief and sign\n  }\n}",
        "variant flex {\n  US prefers {\n    drop hinge\n    insert relief and sign last\n  }\n}"
    ),
    page!(
        "E0034",
        "an incomplete edit",
        "An edit says which statement it is about, by label or by formula in quotes, and where it goes: \
         `first`, `last`, `before` or `after` another one.",
        "variant flex {\n  US prefers { move hinge }\n}",
        "variant flex {\n  US prefers { move hinge first }\n}"
    ),
    page!(
        "E0035",
        "a missing or ill-formed weight",
        "A line of `weights` is a decimal number, a colon and a formula. The number has at most 12 digits \
         before and 6 after the point. Two numbers with `..` between them bound a weight that is not \
         known.",
        "party US {\n  weights { relief: 2 }\n}",
        "party US {\n  weights { 2: relief }\n}"
    ),
    page!(
        "E0036",
        "a ranking that cannot be read",
        "The elements of a ranking stand best first, with `>`, `>>` (strongly preferred, and so on up \
         to nine `>`) or `=` (tied) between them. An element is a state, a class, a pattern, a formula in brackets, or `rest`.",
        "party US {\n  ranks { 3, 1, 2 }\n}",
        "party US {\n  ranks { 3 > 1 > 2 }\n}"
    ),
    page!(
        "E0037",
        "a class without its states",
        "A class says which states it holds: those `when` a formula is true, or all that are `otherwise` \
         in no class before it.",
        "class \"small deal\"",
        "class \"small deal\" when US.relief and not DPRK.declare"
    ),
    page!(
        "E0038",
        "a move without an arrow",
        "A line of `moves` is a state, `->`, and the states that can be reached from it.",
        "party US {\n  moves { 1 2 }\n}",
        "party US {\n  moves { 1 -> 2 }\n}"
    ),
    page!(
        "E0039",
        "a date that cannot be read",
        "Dates are written as year, month and day in digits, so that they sort and mean the same \
         everywhere.",
        "as of 20 January 2019",
        "as of 2019-01-20"
    ),
    page!(
        "E0040",
        "a condition without a consequence",
        "`when A then B` says that a move which makes A true switches B with it. To rule A out, write \
         `never A`.",
        "when not US.relief",
        "when not US.relief then not ROK.bridge"
    ),
    page!(
        "E0041",
        "something said twice in one line",
        "An option has one direction, one list of levels; a statement has one certainty.",
        "party US { option peace irreversible only off }",
        "party US { option peace irreversible }"
    ),
    page!(
        "E0042",
        "a choice of one",
        "A graded option has two levels or more, lowest first, with commas between them.",
        "party US { option drills one of hold }",
        "party US { option drills one of hold, cancel }"
    ),
    page!(
        "E0043",
        "a view that is nested too deeply",
        "What one party believes of what another believes, and so on, is read to a depth of 8 views. \
         Nobody thinks further ahead than two or three.",
        "in the eyes of A { in the eyes of B { in the eyes of A { in the eyes of B { in the eyes of A { \
         in the eyes of B { in the eyes of A { in the eyes of B { in the eyes of A { } } } } } } } } }",
        "in the eyes of A { in the eyes of B { } }"
    ),
    page!(
        "E0044",
        "a line of a view outside of it",
        "`hides`, `invents` and `knows the view of` say what a party believes, so they stand in its view.",
        "variant blind {\n  hides DPRK.test\n}",
        "variant blind {\n  in the eyes of US { hides DPRK.test }\n}"
    ),
    page!(
        "E0045",
        "a line that no view can hold",
        "A view says what a party believes about options, preferences and rules. Where things stand is \
         a fact that all know, and views are taken away in variants.",
        "in the eyes of US {\n  status quo { DPRK.test }\n}",
        "variant tested {\n  status quo { DPRK.test }\n}"
    ),
    page!(
        "E0061",
        "a candidate without an order",
        "A candidate is one order that the party may have: its block holds `prefers`, `ranks` or \
         `weights`.",
        "party US {\n  option relief\n  candidate hard { }\n}",
        "party US {\n  option relief\n  candidate hard { prefers { not relief } }\n}"
    ),
    page!(
        "E0070",
        "a degree of preference that there is not",
        "The number after `strongly` is the degree by which a difference made by the statement is \
         preferred: 2 as without a number, up to 9. In a ranking as many `>` stand between two elements.",
        "party US {\n  prefers { strongly 12: not relief }\n}",
        "party US {\n  prefers { strongly 3: not relief }\n}"
    ),
    page!(
        "E0071",
        "an attitude that there is not",
        "A party's attitude toward a party is `positive`, `neutral` or `negative`.",
        "party US {\n  attitude toward DPRK hostile\n}",
        "party US {\n  attitude toward DPRK negative\n}"
    ),
    page!(
        "E0080",
        "a missing colon in a line about packages",
        "A colon separates an issue from its levels, an issue from what they are worth, and the worth of a \
         combination from the combination.",
        "issues {\n  relief none, waivers, all\n}",
        "issues {\n  relief: none, waivers, all\n}"
    ),
    page!(
        "E0081",
        "a number that cannot be read",
        "What packages are worth is computed exactly. Numbers are whole, decimal or fractions, with up to 40 \
         digits; a fraction is written without blanks, and is not over 0.",
        "party US {\n  utility { reservation 1/0 }\n}",
        "party US {\n  utility { reservation 1/3 }\n}"
    ),
    page!(
        "E0082",
        "levels or values that cannot be told apart",
        "Levels and values have commas between them. Values stand in the order of the levels, or each after \
         the name of its level; not the one here and the other there.",
        "issues {\n  relief: none waivers, all\n}",
        "issues {\n  relief: none, waivers, all\n}"
    ),
    page!(
        "E0083",
        "a package that cannot be read",
        "A package names issues, each with its level after it. Where the level is vague, `or`, a range of \
         numbers or `any` say which it may be. Issues that are not named stay at their first level.",
        "package ri_offer { relief is waivers }",
        "package ri_offer { relief waivers }"
    ),
    page!(
        "E0084",
        "a fact that cannot be read",
        "A fact is what a party, or one of its ratifiers, is known to make of packages: it `accepts` one \
         (rather that than nothing), `rejects` one, or `prefers` one `to` another.",
        "fact US refuses ri_offer",
        "fact US rejects ri_offer"
    ),
    page!(
        "E0085",
        "votes that cannot be read",
        "Who must accept a package at home is `all` ratifiers, `any` one, a `majority` of their votes, or \
         those with so many `votes`. A ratifier has one vote unless it says how many.",
        "party US {\n  ratified by both\n}",
        "party US {\n  ratified by all\n}"
    ),
    page!(
        "E0090",
        "a day that cannot be read",
        "A day is a date, year first, or the words of a source in quotes, such as `\"last Friday\"` or \
         `\"near the end of February\"`; words count from the day of `as of`. Two days with `..` between them \
         are a time from the one to the other; `between` two days something happens on one of them.",
        "calendar {\n  28 February 2019 summit hanoi\n}",
        "calendar {\n  2019-02-28 summit hanoi\n}"
    ),
    page!(
        "E0091",
        "an event without its kind",
        "A line of the calendar is a day and then the kind of the event in one word, such as `summit`, `talks` \
         or `deadline`; or, where nothing is said but what changes, the change: `sets`, `default`, `opens`, \
         `closes`, `mandate` or what a variant can say.",
        "calendar {\n  2019-02-28 \"Hanoi\"\n}",
        "calendar {\n  2019-02-28 summit \"Hanoi\"\n}"
    ),
    page!(
        "E0092",
        "a likelihood that cannot be read",
        "How likely something is, is said by a word of either row of ICD 203 (`almost no chance`, `very \
         unlikely`, `unlikely`, `roughly even chance`, `likely`, `very likely`, `almost certain`; `remote`, \
         `highly improbable`, `improbable`, `roughly even odds`, `probable`, `highly probable`, `nearly \
         certain`), with a number after it or not, or by `chance` and a number. Outcomes of `graded` have a \
         number each.",
        "claim summit by author { chance high }",
        "claim summit by author { chance 0.7 }"
    ),
    page!(
        "E0093",
        "a claim without braces",
        "The first line of a claim says what is claimed, by whom and when. How likely it is, when it is to come \
         true and by what, stand in braces after it, one thing a line or with `;` between them.",
        "claim summit \"A second summit\" by author said 2019-01-18\n  likely, by 2019-03-05",
        "claim summit \"A second summit\" by author said 2019-01-18 {\n  likely\n  by 2019-03-05\n}"
    ),
    page!(
        "E0094",
        "an outcome of a claim that there is not",
        "What came of a claim is `yes`, `no`, `partly` or `void`, which is not scored, or in quotes one of the \
         outcomes of `graded`. The day, the reason and the source may follow.",
        "claim summit by author { outcome true }",
        "claim summit by author { outcome yes }"
    ),
];
