//! The codes of what the analyses find wrong with a model, and their pages.

detente_model::syntax::codes! {
NO_FEASIBLE_STATE = "E0201", "rules that leave no feasible state",
"Every combination of options breaks some `never` rule, so that nothing can happen at all. The message \
shows a smallest set of rules that exclude everything together: at least one of them says more than \
was meant.";

STATUS_QUO_INFEASIBLE = "E0202", "a status quo that the rules exclude",
"The state in which things stand must be possible. Either an option of the status quo is missing or \
too much, or a `never` rule excludes what is the case.";

UNRANKED = "E0203", "a ranking that leaves states out",
"A ranking places every feasible state: by name, by class, by formula, or by `rest` for all that are \
not matched otherwise. A state that stands nowhere could not be compared.";

TOO_LARGE = "E0204", "a model beyond the budget",
"Feasible states and moves are enumerated one by one, within limits that keep the computer usable. \
`detente states FILE --sizes` shows how large the model is before any work is done. Rules that say what \
cannot be together reduce the states; the limits can be raised with `--max-states`, `--max-moves` and \
`--max-steps`.";

UNKNOWN_CONCEPT = "E0205", "a solution concept that does not exist or does not apply",
"A party or the command line names a solution concept that is not known, or that cannot judge this \
model: limited-move and non-myopic stability and the Stackelberg concept need two parties and strict \
rankings, simultaneous sanctioning needs the option form. `detente explain concepts` lists them.";

INVENTED_TWICE = "E0206", "an option that two views invent differently",
"Two views invent options of the same party and name, with different levels. States of both views could not be \
compared. Give the option the same levels in both, or two names.";

HIDDEN_VETO = "W0201", "a rule by which one party's option blocks another's move",
"A `never` rule over options of two parties is a hidden veto: with `never ROK.bridge and not US.relief` \
the United States cannot withdraw relief while South Korea's projects run. If the second option in \
truth falls away by itself, say so as a forced consequence: `when not US.relief then not ROK.bridge`. \
Hidden vetoes make states look stable that are not.";

DEAD_OPTION = "W0202", "an option that never changes",
"The option has the same value in every feasible state, or nobody can ever move it. It takes up room \
and decides nothing; probably a rule or a direction says more than was meant.";

IDLE_RULE = "W0203", "a rule that excludes nothing",
"Every state that the rule excludes is excluded by the other rules too. It does no harm, but it may \
not say what was meant.";

CONTRADICTORY_STATEMENT = "W0204", "a preference statement that no feasible state satisfies",
"The statement is false in every feasible state, so it cannot guide the party. Check it against the \
rules.";

REDUNDANT_STATEMENT = "W0205", "a preference statement that every feasible state satisfies",
"The statement is true in every feasible state, so it cannot guide the party.";

IDLE_STATEMENT = "W0206", "a preference statement that never decides",
"Whenever two states differ in this statement, a more important one has decided between them already. \
Move it up, or drop it.";

EMPTY_CLASS = "W0208", "an outcome class without a state",
"No feasible state belongs to the class. Check its definition against the rules.";

OVERLAPPING_CLASSES = "W0209", "outcome classes that overlap",
"A state belongs to both classes. Results are counted by the first class that a state belongs to; if \
that is not meant, make the definitions exclude each other.";

STABLE_BY_IRREVERSIBILITY = "W0210", "an equilibrium that holds only because a move cannot be taken back",
"The state cannot be reached from the status quo, and it is stable only because options in it cannot be \
undone; with every option reversible it would not hold. It says little about what will happen.";

IDLE_RANK_ITEM = "W0211", "an item of a ranking that places no state",
"No feasible state is placed by the item: none satisfies it, or all that do are placed by earlier items.";

UNREAD_SOURCE = "W0220", "a source whose text cannot be read",
"A source names a file with its text, or with notes on it, by a path relative to the negotiation's own file. The \
file is not there, or is no text in UTF-8; quotations of this source are not checked.";

UNCITED = "N0201", "preferences that cite no source",
"A preference without a source is an assumption. That may be all one has; readers should know. Cite a \
source after the statement: `not DPRK.test  [scmp ¶13]`.";

NEEDS_OTHER = "N0202", "an option that another party's option must allow",
"A rule lets the option be taken only while another party's option has a certain value. That is how the \
rule reads; the note names the dependence because it limits what its owner can do alone.";

UNCITED_FACT = "N0210", "a fact without a source",
"What somebody accepted, rejected or preferred is a claim about the world, and decides which weights are \
possible. Write where it is known from: `fact US rejects ri_offer  [ri]`.";

NO_RESERVATION = "N0211", "a utility that does not say what no agreement is worth",
"Whether a package can be agreed depends on what each side has without it. Where `reservation` is missing, \
the worst package counts as no agreement, so that everything could be agreed.";
}
