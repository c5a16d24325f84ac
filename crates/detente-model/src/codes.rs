//! The codes of what can be wrong with the meaning of a negotiation, and their pages.

detente_syntax::codes! {
UNKNOWN_PARTY = "E0101", "a party that is not declared",
"A name stands where a party is expected, and no `party` of that name is declared.\n\n\
Check the spelling; names are case-sensitive. A party is referred to by its short name (`US`), not by \
its title (`\"United States\"`).";

UNKNOWN_OPTION = "E0102", "an option that is not declared",
"A formula, setting or list names an option that no party has.\n\n\
Inside a party's block its own options need no prefix; elsewhere write `US.relief`, or the bare name if \
only one party has an option of that name. A level of a graded option is written with its option: \
`US.drills is cancel`.";

AMBIGUOUS_OPTION = "E0103", "an option name that several parties have",
"A bare name is an option of more than one party, and the text does not stand inside one of their \
blocks. Write the party before it: `US.sign`.";

UNKNOWN_LEVEL = "E0104", "a level that is not declared",
"A graded option is compared with, or set to, a level that its declaration does not list.";

NOT_GRADED = "E0105", "a binary option compared with a level",
"Only options declared with `one of a, b, c` have levels. A binary option is true when it is taken: \
write `relief` or `not relief`.";

UNKNOWN_CLASS = "E0106", "a class that is not declared",
"A formula names an outcome class that no `class` line declares. Class names stand in quotes and must \
be repeated letter by letter: `class \"small deal\"`.";

UNKNOWN_STATE = "E0107", "a state that is not declared",
"A state is named that no `state` line declares. In the option form a state is declared with what is \
on: `state small \"Partial deal\" { US.relief, DPRK.yongbyon }`; in a graph by its number or name: \
`state 1 \"Delay\"`.";

DUPLICATE_NAME = "E0108", "a name that is used twice",
"Two elements of one kind have the same name, so that a reference to it would not say which is meant. \
Rename one of them. Options of different parties may share a name; write the party before it.";

CIRCULAR_CLASS = "E0109", "a class that is defined by itself",
"The definition of a class mentions the class itself, directly or through others. Define at least one \
of them by options alone.";

BAD_PATTERN = "E0110", "a pattern that does not fit the options",
"A quoted pattern has one position per binary option and one per level above the first of a graded \
option, in the order of declaration: `Y` on, `N` off, `-` either. Names are easier to read: \
`US.relief and not DPRK.test`.";

MIXED_FORMS = "E0111", "options and hand-drawn moves in one negotiation",
"States are given either by options or as a list of states and arcs (`moves { 1 -> 2 }`), not both.";

CONTRADICTORY_SETTING = "E0112", "an option set to two values at once",
"A status quo, a state or a consequence sets the same option twice, differently.";

BAD_DATE = "E0113", "a date that does not exist",
"Dates are written `YYYY-MM-DD` and must be days of the calendar: `2019-02-30` is none.";

NO_PARTIES = "E0114", "a negotiation without parties",
"There is nothing to analyse without a party. A first one: \
`party US \"United States\" { option relief \"Grant relief\" }`.";

BAD_PROBABILITY = "E0115", "a probability outside 0 to 1",
"`maybe 0.4:` says that a statement holds with probability 0.4; the number lies between 0 and 1.";

BAD_WEIGHT = "E0116", "a weight that is no decimal number",
"A weight is a decimal number such as `3` or `-2.5`, with at most 12 digits before and 6 after the \
point. Weights are added exactly, without rounding.";

UNKNOWN_VARIANT = "E0117", "a variant that is not declared",
"A variant is asked for, or extended, that no `variant` block declares.";

CIRCULAR_VARIANT = "E0118", "a variant that extends itself",
"A variant extends another that in the end extends the first.";

UNKNOWN_TARGET = "E0119", "an edit of something that is not there",
"A variant or a view drops, moves or swaps a statement, ranked item or rule that does not exist, or a \
variant takes away a view that is not there. Refer to a \
statement by its label (`drop hinge`) or by its formula in quotes (`drop \"not relief\"`).";

EDIT_DOES_NOT_FIT = "E0120", "an edit that does not fit the kind of preferences",
"Statements can be dropped, inserted, moved and swapped; items of a ranking can be swapped. Weights are \
given anew.";

MOVE_TO_ITSELF = "E0121", "a move from a state to itself",
"In a graph every arc leads to another state.";

NEEDS_OPTIONS = "E0122", "something that only the option form can say",
"Forced consequences and settings speak of options. In a graph, leave out the states and moves that \
cannot be.";

STATE_WITHOUT_SETTINGS = "E0123", "a named state that does not say what is on",
"In the option form a state lists what is on between braces; everything else is off: \
`state none \"Nothing\" { }`.";

NEEDS_LEVEL = "E0124", "a graded option set without a level",
"A graded option is set to one of its levels: `US.drills is cancel`.";

ONE_LEVEL = "E0125", "a graded option with too few or too many levels",
"`one of` lists two or more levels, and at most 1,000. An option with one level is no choice.";

CLASS_TOO_LARGE = "E0126", "a class that becomes too large when written out",
"Classes may mention each other, and are written out before they are used. This one would become too \
large. Define it by options, or by fewer classes.";

BAD_JSON = "E0127", "a JSON form that cannot be read",
"The file is not valid JSON, or not the JSON form of a negotiation: a field is missing, unknown or of the \
wrong kind, or a formula or name in it is not well spelt. `detente schema model` prints the schema; \
`detente export --to json FILE` shows the form of an existing negotiation.";

UNKNOWN_TERM = "E0140", "a term that is not declared",
"A formula, or a `term` block of a variant, names a term that no `term` block of the negotiation declares. \
A term is declared with the words that the negotiation uses and what parties take them to mean: \
`term denuclearised \"denuclearization of the Korean peninsula\" { US reads DPRK.declare }`.";

CIRCULAR_TERM = "E0141", "a term that is defined by itself",
"A reading of a term uses the term itself, directly or through other terms, read by the same party; or it \
leads through more than 64 terms. Say at least one of the readings by options and classes alone.";

NO_READING = "E0142", "a term that its reader does not read",
"A term is used where no reading of it applies. What a party prefers is read in the party's own reading, \
else in the neutral one; `never`, `when`, `no move` and `class` are read in the neutral one. Add \
`US reads ...` or `means ...` to the term.";

TERM_TOO_LARGE = "E0143", "a term that becomes too large when written out",
"Readings may use other terms and classes, and are written out before they are used. This one would become \
too large. Say it by options, or by fewer terms.";

SAID_TWICE = "E0144", "a term of which one thing is said twice",
"A party has one reading of a term, and whether it is known to another party is said once. In a variant \
a line takes the place of the one before.";
VIEW_OF_ITSELF = "E0128", "a view of a party in its own eyes",
"A party sees what its view says. `in the eyes of US { in the eyes of US { ... } }` and `knows the view of US` \
in the view of the US say nothing more; another party was probably meant.";

KNOWN_AND_TOLD = "E0129", "a view that is known and told otherwise",
"A party that `knows the view of` another sees that view as it is. A view of the same party inside would \
contradict it. Keep `knows the view of`, or say in the inner view what the first party believes.";

CANDIDATES = "E0146", "candidates that do not go together",
"A party that may have one of several orders has a `candidate` block for each, and no `prefers`, \
`ranks` or `weights` beside them. Either every candidate has a probability, and they sum to exactly \
1, or none has. Within a candidate nothing is in doubt: no `maybe`, no `either order`, no bounds of a \
weight.";

UNKNOWN_ISSUE = "E0150", "an issue that is not declared",
"A rule, utility, package or condition names an issue that `issues` does not declare: \
`issues { relief \"Sanctions relief\": none, waivers, all }`. Names are case-sensitive.";

BAD_LEVELS = "E0151", "an issue whose levels cannot be listed",
"An issue has from 1 to 65,536 levels. The levels of a numbered issue ascend from the first number in steps \
above 0 (`troops: 0 .. 28500 by 500`); what is smaller than a step can seldom be agreed anyway.";

NOT_AN_ISSUE = "E0152", "something other than an issue in a condition on packages",
"A package has a level of each issue and nothing else. Rules inside `issues`, the terms of a utility and the \
conditions of `agreed` are therefore formulas over issues: `relief >= waivers and yongbyon is all`. Options, \
classes, states and terms of the conflict cannot stand in them. What an agreement makes of options is said \
in `agreed { US.relief when relief >= waivers }`.";

SAID_TWICE_OF_ISSUE = "E0153", "an issue of which one thing is said twice",
"A utility has one line for an issue, a line one value for a level, and a package one place for an issue. A \
package that may mean several levels joins them with `or`.";

VALUES_DO_NOT_FIT = "E0154", "values that do not fit the levels",
"Values in order are as many as the issue has levels. Values at numbers reach from the first level to the \
last; straight lines lie between them.";

CONTRADICTORY_WORTH = "E0155", "a utility that contradicts itself",
"Bounds stand with the lesser one first. Values that are `rising` never fall from one level to the next, those \
that are `falling` never rise. Lines of `importance` do not lead round in a circle, nor against weights that \
are known.";

BAD_WEIGHTS = "E0156", "weights that cannot be",
"Weights are not negative. Where one is unknown (`weight ?`), the weights of all issues that have a line sum \
to 1, so that those that are known leave room, and every line says its weight or `?`. Only issues with a line \
have a weight, which `importance` can compare.";

BAD_DISCOUNT = "E0157", "a discount that is not from 0 to 1, or has no day",
"A discount says what an agreement on that day or later is worth of what it would have been worth before: \
`discount 0.9 from 2019-03-04 \"Spring drills\"`. Several discounts multiply. \
`discount 0.9 from event drills` takes the last day of an event, which must have one: `from 2019-03-04` has none.";

UNKNOWN_PACKAGE = "E0158", "a package that is not declared",
"A fact names a package that no `package` line declares: \
`package ri_offer \"Ri's offer\" { relief waivers  yongbyon all }`.";

UNKNOWN_RATIFIER = "E0159", "a ratifier that is not declared",
"A fact about `US.hawks` is about the ratifier `hawks` of the party `US`, who is declared in its block: \
`ratifier hawks \"Hard-liners\" { ... }`.";

FACT_OF_NOTHING = "E0160", "a fact that cannot be",
"Nobody prefers a package to itself. Two packages were probably meant.";

NOBODY_RATIFIES = "E0161", "a party that nothing could be ratified by",
"`ratified by` asks for more votes than the party's ratifiers have, or for a ratifier where there is none. No \
package could ever be agreed.";

UNKNOWN_EVENT = "E0170", "an event that is not declared",
"A claim comes true with an event, and the calendar has none of that name. An event gets a name after its kind: \
`2019-02-27 summit hanoi \"Hanoi\"`.";

UNKNOWN_TRACK = "E0171", "a track that is not declared, or that hands to itself",
"A track hands its drafts to another one, or an event gives a track a mandate, and there is no track of that name. \
Declare it: `track leaders \"Trump and Kim\"`. Agents and meetings may name a track that is not declared.";

UNKNOWN_CLAIM = "E0172", "a claim that is not declared",
"`denies` names the claim that is contradicted by its short name: `claim ffvd \"...\" by US { }`, and then \
`claim no_ffvd \"...\" by author { denies ffvd }`.";

UNKNOWN_REFERENCE = "E0173", "a reference class that is not declared",
"A claim is measured against a `reference` by its short name: \
`reference deadline \"Agreements reached by a deadline\" 0.15 .. 0.2`.";

DAY_IN_WORDS = "E0174", "words that name no day",
"A day is a date, `2019-01-18`, or in quotes the words of a source, which count from the day of `as of`. Weeks run \
from Monday to Sunday. Each form means, by convention:\n\n\
- `today`, `yesterday`, `tomorrow`, `the day before yesterday`, `the day after tomorrow`\n\
- `last Friday`: the latest one before `as of`; `next Friday`: the first one after it; `this Friday`: the one of \
its week\n\
- `two weeks ago`, `in 10 days`, with days, weeks, months or years: that day\n\
- `last week`, `this week`, `next week`: Monday to Sunday\n\
- `18 January`, `January 18, 2019`: that day\n\
- `March`, `March 2019`, `this month`, `last March`: the whole month\n\
- `early March`, `mid-March`, `late March`: its days 1 to 10, 11 to 20, 21 to the last\n\
- `the beginning of March`, `the middle of March`, `the end of March`: its first seven days, its days 11 to 20, its \
last seven days\n\
- `near the end of February`: from its 15th to the 5th of the next month; `around the start of April`: from the \
25th of the month before to its 15th\n\
- `spring`, `summer`, `autumn`, `winter`, `last summer`, `winter 2018`: three months from March, June, September, \
December on\n\
- `2018`, `last year`: the year; `early 2019`, `mid-2019`, `late 2019`: four months of it; `the beginning of the \
year`, `the middle of 2019`, `the end of the year`: January, June and July, December\n\n\
`in`, `on`, `during` and `sometime` may stand before. Without a year the present month or season is meant if \
`as of` lies in it, else the next one to come; with `last` the one before. Where one day is needed, words that may \
mean several do not do.";

BACKWARDS = "E0175", "a time that ends before it begins",
"`2019-01-21 .. 2019-01-19` and `between 2019-03-05 and 2019-02-15` have their days in the wrong order.";

BAD_GRADES = "E0176", "ordered outcomes that do not go together",
"`graded \"no text\" 0.3, \"vague text\" 0.5, \"small deal\" 0.2` lists two or more different outcomes, worst or least \
first, with probabilities that sum to 1. What came of such a claim is one of them, or `void`.";

BAD_CLAIM = "E0177", "a claim that does not go together",
"A claim does not deny itself. A conditional one says both when it is made (`if`) and what is claimed (`then`). A \
graded forecast has no other likelihood or resolution, and a denial is no advice. Where one sentence of a source \
claims two things, write two claims.";

BAD_EFFECT = "E0178", "a change that no event can make",
"An event sets options (`sets`, `default`), opens and closes them, gives mandates, and changes what parties want or \
can do: `US prefers { ... }`, `irreversible`, `concept`, `attitude`, `no move`. What cannot be together, what follows \
of itself, what terms mean and what parties see do not change with a day; to try another rule, write a variant.";

BAD_PACE = "E0179", "a pace that is none",
"`acts every 30 days` says how many days pass, on average, between two times that a party reconsiders its moves. The \
number is above 0.";

BAD_SOURCE = "E0180", "a property of a source that cannot be",
"`republishes` names another source that this one repeats, and leads to an original in the end. `grade B2` is a \
letter from A to F for the reliability of the source and a digit from 1 to 6 for the credibility of what it says, or \
the letter alone. `holds notes` says that its file has notes and short quotations instead of the whole text.";

UNKNOWN_PERSON = "E0181", "somebody at an event who is not declared",
"`with US, Biegun` names parties, and persons that parties speak through (`speaks through Biegun`).";

BAD_LIKELIHOOD = "E0182", "words that say no degree of likelihood",
"The degrees are those of ICD 203: almost no chance (1 to 5 per cent), very unlikely (5 to 20), unlikely (20 to 45), \
roughly even chance (45 to 55), likely (55 to 80), very likely (80 to 95), almost certain (95 to 99); or remote, \
highly improbable, improbable, roughly even odds, probable, highly probable, nearly certain. A number from 0 to 1 may \
stand after the word, or alone after `chance`.";

BAD_FREQUENCY = "E0183", "a frequency that is none",
"A reference class says how often the like came true elsewhere, as a number from 0 to 1 or as two of them, the lesser \
first: `0.15 .. 0.2`.";

BAD_REPLACEMENT = "E0184", "an event that becomes itself, or two others",
"`replaces second` says what became of an event that was planned: the plan stays in the calendar, and the event that \
replaces it takes place. An event is replaced once, and not by itself, also not in a circle.";

UNKNOWN_SOURCE = "W0101", "a citation of a source that is not declared",
"A citation names a source that no `source` line declares, so that a reader cannot follow it. Declare \
it: `source scmp \"Commentary, South China Morning Post\" { kind commentary }`.";

NO_PREFERENCES = "W0102", "a party of which nothing is said",
"Without preferences all states are equal to a party: it never wants to move, and it accepts \
everything. That is seldom meant.";

EXCLUDED_PACKAGE = "W0103", "a named package that the rules exclude",
"Every package that this name may mean is excluded by `never` or `always` inside `issues`, so that it cannot be \
agreed. Either the rule or the package is not what was meant.";

IDLE_FACT = "W0104", "a fact about a party without a utility",
"A fact says something of what packages are worth to somebody, where that is in doubt (`weight ?`, bounds), or \
is held against it. Where a party has no `utility`, the fact is left out of all results.";

UNUSED_TERM = "W0140", "a term that nothing uses",
"No formula of the negotiation and its variants uses the term, so that its readings change no result. Use \
it as `term denuclearised`, where a party's preferences turn on it.";

NO_OWN_READING = "W0141", "a party that uses a term without a reading of its own",
"Other parties read the term in their own ways; this one uses it and is given none. It is taken to read it \
as the analyst does (`means`). Add `ROK reads ...` to the term if that is not meant.";

NOTHING_TO_COMMUNICATE = "W0142", "a reading that is known to another party, and does not exist",
"`communicated by A to B` says that B knows what A takes the term to mean. A has no reading, neither its own \
nor the neutral one, or A and B are one party: the line changes nothing.";

WORD_AND_NUMBER = "W0150", "a number that its word does not cover",
"`likely 0.3` says two things: `likely` stands for 55 to 80 per cent. Results use the number.";

KNOWN_LATER = "W0151", "knowledge of later in a text of an earlier day",
"`as of` says whose knowledge a text states, and a source, an event or a claim in it is of a later day. That is \
hindsight, which makes every judgement look better than it was. `--as-of DAY` hides what was known later.";

UNDECLARED_TRACK = "W0152", "a track that is used and not declared",
"Other tracks are declared; this one is named by an agent or a meeting only, and is taken to settle everything. Look \
for a misspelt name, or declare it.";

IDLE_EFFECT = "W0153", "an effect that has no effect",
"A `precedent` is a reference to history, which stays out of the timeline, and so changes nothing.";

BASIC_READING = "N0103", "doubt that is set aside",
"Most commands judge one order of each party. Where the text is in doubt they take its basic reading: \
a statement marked `maybe` holds, one marked `either order` stands where it is written, the most \
probable `candidate` is the party's order (the first one when none is more probable), and a weight \
of which only bounds are known is their middle. `detente doubt` computes with the doubt: what holds \
in every order that the text leaves open, in which share of them, and what to find out next.";

TRUE_GAME = "N0104", "views that are set aside",
"Most commands analyse the negotiation as it is. What a party believes (`in the eyes of US { ... }`), \
and that a party hears its own meaning in a term of which it does not know how the others read it, \
plays no part in their results. `detente perceive` sets what each side sees beside what there is, and \
`detente terms` tells what hangs on the readings of a term.";

UNRESOLVED = "N0105", "a forecast that cannot be scored by itself",
"A claim with a likelihood can be held against what happened if it says when it is to come true and by what one \
would see it: `by 2019-03-05`, `resolves when event hanoi`. Without them only an `outcome` that the analyst gives can \
be scored.";

STILL_LIKELY = "N0106", "an event that is over and still only likely",
"An event whose day has passed has taken place or not. As long as it has a likelihood it is not counted among what \
has happened, and what it changes is left out of the present.";

ESTIMATIVE_WORDS = "N0107", "a wording that leaves open how likely something is",
"`may`, `might`, `could`, `possible` fit every degree of likelihood. ICD 203 asks for a term of one of its two rows, \
not for terms of both in one text, and for likelihood and confidence in sentences of their own. See E0182 for the \
terms.";

HIDDEN = "N0108", "something that `--as-of` hides",
"`--as-of 2019-01-20` reads a negotiation as somebody could have written it on that day: later sources, what is known \
from these alone, events that were neither over nor announced, claims made later and all outcomes found later are \
left out. Parties, options, classes and terms stay, as the words in which the negotiation is described. \
`detente check --notes --as-of DAY FILE` lists what is hidden; `detente export --as-of DAY --to text FILE` writes what \
is left.";
}
