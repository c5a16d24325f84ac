//! The codes of what can be wrong with a bargaining scenario, or with writing one, and their pages.

detente_syntax::codes! {
NOT_READ = "E0350", "a scenario file that is no XML, JSON or YAML",
"GENIUS writes XML, GeniusWeb and NegoLog write JSON, NegMAS writes YAML. The place that is shown is the first \
that breaks the rules of the form. A file that was cut off while it was saved ends too early; look for an older \
copy.";

TOO_LARGE = "E0351", "a scenario that is too large",
"At most 1,000 issues, 65,536 levels of an issue, 1,000 profiles and 5,000,000 values in all are read; elements, \
lists and maps stand inside each other at most 64 levels deep.";

NOT_SCENARIO = "E0352", "no bargaining scenario",
"A scenario is a domain, which lists the issues, and one profile for each party, which says what packages are \
worth to it:\n\n\
- GENIUS: XML with the root `negotiation_template`, and profiles with the root `utility_space`\n\
- GeniusWeb: JSON with `issuesValues`, and profiles with `LinearAdditiveUtilitySpace`\n\
- NegMAS: YAML or JSON with `issues`, and profiles with `type`\n\
- NegoLog: JSON profiles with `issueWeights` and `issues`; there is no domain file\n\n\
The domain may be missing: then the first profile says what the issues are. Files of a folder that are none of \
these are left out, with a note. Files that are named must be of one form.";

BAD_VALUE = "E0353", "a value of a scenario that cannot be used",
"A field is missing, or holds something else than what belongs there: a text where a number belongs, a bound that \
is above the other, or the like. Numbers are decimal: `0.25`, `-3`, `1e-3`. They are read exactly.";

NOT_SUPPORTED = "E0354", "a kind of utility that cannot be said in the language",
"Utilities in the language are sums of the worths of levels and of combinations of levels. What is computed by a \
program (`LambdaFun`, `eval`), logarithms and the like cannot be written as such sums with exact numbers; a \
partial order of bids gives no numbers at all. From NegMAS these are read: `LinearAdditiveUtilityFunction`, \
`LinearUtilityFunction`, `AffineUtilityFunction`, `ConstUtilityFunction`, `WeightedUtilityFunction`, \
`HyperRectangleUtilityFunction` and discounted forms of them, over `TableFun`, `AffineFun`, `LinearFun`, \
`IdentityFun`, `ConstFun`, `QuadraticFun` and `PolynomialFun`.";

NO_SUCH_PROFILE = "E0355", "a ratifier or party that is no profile",
"`--ratifier profile3=profile1` makes the profile `profile3` a ratifier of the party of `profile1`. Both are \
called as the import calls them, or as their files are called without the ending. A ratifier cannot have \
ratifiers itself.";

NOT_IN_GENIUS = "E0356", "what a GENIUS file cannot say",
"GENIUS files hold issues, and for each profile weights and evaluations or boxes of whole numbers, all of them \
known. Rules on packages, doubtful numbers, unknown weights, and combinations that are no box of levels cannot be \
written. Take a variant without them, or export to JSON.";

DECODED = "N0350", "a scenario file that is not in UTF-8",
"The file says that it is UTF-8, or nothing, and holds bytes that are none. It is read as Windows-1252, which \
includes Latin-1; check the letters with accents.";

LEFT_OUT = "N0351", "a file of the folder that was left out",
"The file is no part of a scenario, or a generated copy of a profile: names that end in `_u10`, `_u20` and so on \
are copies that differ in the reservation value alone. Name the files that you want to read.";

REPAIRED = "N0352", "what was missing or doubtful in a scenario file",
"Real files have gaps. A level without an evaluation is worth nothing; a level of a profile that the domain does \
not have is left out; of repeated items the first counts; an item without a value is left out. Each kind is told \
once for an issue.";

READ_AS = "N0353", "numbers that two tools read differently",
"GENIUS divides the evaluations of an issue by the greatest of them, shifts linear evaluators of whole numbers to \
begin at the lower bound, cuts utilities to at most 1 and divides sums of boxes by `maxutility`. NegMAS takes all \
numbers as they stand. `--evaluations genius` and `--evaluations raw` choose; the default is `raw`.";

NOT_SAID = "N0354", "what an import could not carry over",
"The language has no word for it, or says it in another way. A discount for each round or share of time is one: \
discounts in the language begin on a day.";

DISCRETISED = "N0355", "a continuous issue that became levels",
"An issue with real numbers, or with very many whole ones, is cut into equal steps: ten, or as `--steps` says. \
What is found holds for the levels; finer agreements lie between them.";

ROUNDED = "N0356", "a number that was rounded",
"Numbers in the language have at most 40 digits. This one needs more, so that it was rounded to 30 places; it may \
have been printed by a program from a binary fraction.";

LEFT_OUT_OF_GENIUS = "N0357", "what was left out of a GENIUS file",
"A GENIUS file has no place for titles, sources, facts, packages, options and preferences. What it says of issues \
and utilities is complete.";

WRITTEN_AS = "N0358", "what was written in another way",
"A GENIUS file says it only in this way. Utilities that are multiplied by a number order packages as before, and \
so do the reservation values that go with them.";
}
