//! The codes of what can be wrong with a GMCR+ file, or with writing one, and their pages.

detente_syntax::codes! {
NOT_JSON = "E0301", "a GMCR+ file that is no JSON",
"A `.gmcr` file is one JSON object. The place that is shown is the first that breaks the rules of JSON: a \
missing comma, a quote that is not closed, something after the end. A file that was cut off while it was \
saved ends too early; look for an older copy.";

TOO_DEEP = "E0302", "a GMCR+ file that is nested too deeply",
"Lists and objects stand inside each other more than 64 levels deep. A `.gmcr` file needs seven.";

WRONG_TYPE = "E0303", "a value of the wrong kind in a GMCR+ file",
"A field holds a number where a list belongs, a text where a number belongs, or the like. The fields are:\n\n\
- `options`: list of `{\"name\": \"...\", \"permittedDirection\": \"both\"}`\n\
- `decisionMakers`: list of objects with `name`, `options` (list of option numbers from 0), `preferences` \
(list of conditions), and `preferenceRanking` (list of state numbers from 1; a list within it is a tie)\n\
- `infeasibles`: list of conditions\n\
- `useManualPreferenceRanking`: `true` or `false`\n\n\
A condition is a list such as `[[0, \"Y\"], [2, \"N\"]]`, all of which must hold, or \
`{\"compound\": true, \"members\": [...]}` with such lists, one of which must hold.";

MISSING_FIELD = "E0304", "a field that a GMCR+ file must have",
"GMCR+ itself refuses such a file, because what is missing cannot be guessed. Old files may write \
`useManualPreferenceVectors` for `useManualPreferenceRanking` and `preferenceVector` for \
`preferenceRanking`. `version`, `program`, `coalitions`, `misperceptions` and `payoffs` may be missing.";

NO_SUCH_OPTION = "E0305", "an option number that does not exist",
"Conditions and decision makers refer to options by their place in the list `options`, counted from 0.";

TWO_OWNERS = "E0306", "an option that two decision makers own",
"Every option belongs to one decision maker. GMCR+ does not notice, and then computes a wrong move graph. \
Give each its own option and tie them together with infeasible conditions.";

NO_OWNER = "E0307", "an option that nobody owns",
"Nobody could move it. If it is a fixed circumstance, fix it with an infeasible condition such as \
`[[3, \"N\"]]`, which says that it always holds; then it is left out. Otherwise add it to the options of the \
decision maker who controls it.";

BAD_LETTER = "E0308", "neither Y nor N",
"A condition pairs an option number with `\"Y\"` (taken) or `\"N\"` (not taken).";

BAD_DIRECTION = "E0309", "a direction that is not known",
"`permittedDirection` is `\"both\"`, `\"fwd\"` (may be taken, not given up) or `\"back\"` (may be given up, \
not taken).";

CONTRADICTION = "E0310", "a condition that asks for Y and N of one option",
"All parts of a condition must hold, so no state satisfies it. For \"one or the other\" use a compound \
condition.";

NO_SUCH_STATE = "E0311", "a ranked state that does not exist",
"A ranking lists the feasible states by number: the states in ascending order, the first option being the \
least significant bit, numbered from 1. Infeasible states have no number.";

RANKED_TWICE = "E0312", "a state that is ranked twice",
"A ranking lists each feasible state once.";

NOT_RANKED = "E0313", "a state that is not ranked",
"A ranking lists each feasible state once, except those that the decision maker does not perceive. States \
that are equal to a decision maker stand in a list of their own: `[1, [2, 3], 4]`.";

TOO_LARGE = "E0314", "a GMCR+ file that is too large",
"At most 1,000 options and 1,000 decision makers are read. State numbers mean something only when all \
states are counted; this is done for at most 22 options.";

NO_DECISION_MAKERS = "E0315", "a GMCR+ file without decision makers",
"There is nothing to analyse without a decision maker.";

GRAPH_FORM = "E0320", "a graph cannot be written as a GMCR+ file",
"A `.gmcr` file gives states by options. A negotiation whose states and moves are drawn by hand has none.";

CONSEQUENCES = "E0321", "forced consequences cannot be written as a GMCR+ file",
"In a `.gmcr` file a move changes options of the mover only. Drop the rule in a variant \
(`without when ...`) and export that, or forbid the states between with `never`.";

PROHIBITIONS = "E0322", "prohibited transitions cannot be written as a GMCR+ file",
"A `.gmcr` file can forbid states and directions of options, not single transitions.";

GRADED = "E0323", "a graded option that GMCR+ cannot move rightly",
"A graded option is written as one GMCR+ option for each level above the first, no two of which can be \
taken together. GMCR+ would let it jump between any two levels; `step by step` and one direction cannot be \
said of it.";

NEEDS_RANKING = "E0324", "a GMCR+ file that needs the ranking of all states",
"Rankings, weights and more than 63 statements of one party are written as a list of state numbers, for all \
parties, because one switch rules the whole file. That needs the states to be counted first.";

BAD_RANKING = "E0325", "a ranking that does not list each state once",
"To write a ranking, every party's list must have the same states, numbered from 1, each once.";

FORMULA_TOO_LARGE = "E0326", "a formula that becomes too large for a GMCR+ file",
"A `.gmcr` file can only say alternatives of plain lists of Y and N. Written out so, this formula has too \
many alternatives (more than 10,000, or 10,000 over all rules). Split it, or say it with fewer options.";

NOTHING_FEASIBLE = "E0327", "no state is left",
"GMCR+ cannot read a file in which every state is infeasible.";

MORE = "N0301", "further problems that are not listed",
"Only the first problems of a file are listed. Mend these first.";

REORDERED = "N0302", "options put in the order of their owners",
"GMCR+ puts the options of each decision maker together when it loads a file, in the order in which the \
decision makers list them. The import does the same, so that states have the numbers that GMCR+ shows.";

FIXED_OPTION = "N0303", "an option that never varies is left out",
"Nobody owns the option, and an infeasible condition fixes it. States keep their numbers.";

MISPERCEPTIONS = "N0304", "misperceptions become views",
"The states that a decision maker does not perceive are excluded in its view, `in the eyes of`. Other analyses \
are about the conflict as it is; `detente perceive` sets the views beside it, and `--semantics moves-deleted` \
follows the rule of GMCR+.";

COALITIONS = "N0305", "coalitions are left out",
"The file lets some decision makers act as one. Analyses of coalitions examine the joint improvements of \
every coalition, so the list is not needed.";

STATEMENTS_UNUSED = "N0306", "preference statements that the file does not use",
"The file ranks all states directly and GMCR+ ignores its preference statements. The import does the same.";

UNPERCEIVED_LAST = "N0307", "states that are not ranked because they are not perceived",
"A decision maker does not rank states that it does not perceive. They are put last, tied.";

NOT_WRITTEN = "N0308", "something that a GMCR+ file cannot say",
"The file that is written leaves it out. It does not change states, moves or preferences.";

TITLES_AS_NAMES = "N0309", "full names in place of short ones",
"A GMCR+ file has one name for everything; the full name is written where there is one.";
}
