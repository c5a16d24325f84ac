//! From JSON to what a GMCR+ file says, with everything that does not fit reported.

use std::collections::HashMap;

use detente_syntax::ast::Direction;
use detente_syntax::{Diagnostic, Span};

use super::codes;
use super::json::{Node, Value};

/// How many options, and how many decision makers, are read.
const MAX_ELEMENTS: usize = 1000;

/// How many problems of a file are listed.
const MAX_PROBLEMS: usize = 50;

/// What a file says; options are numbered as in the file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) options: Vec<RawOption>,
    pub(crate) parties: Vec<RawParty>,
    pub(crate) infeasibles: Vec<Compound>,
    /// Whether rankings count and statements do not.
    pub(crate) manual: bool,
    /// Where decision makers are joined.
    pub(crate) coalitions: Option<Span>,
}

#[derive(Debug)]
pub(crate) struct RawOption {
    pub(crate) name: String,
    pub(crate) direction: Direction,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct RawParty {
    pub(crate) name: String,
    pub(crate) span: Span,
    /// Option numbers, each once, and where they stand.
    pub(crate) options: Vec<(usize, Span)>,
    pub(crate) preferences: Vec<Compound>,
    pub(crate) preferences_span: Span,
    pub(crate) misperceptions: Vec<Compound>,
    pub(crate) misperceptions_span: Span,
    pub(crate) ranking: Option<Ranking>,
}

/// Groups of tied state numbers, best first.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub(crate) groups: Vec<Vec<(i64, Span)>>,
    pub(crate) span: Span,
}

/// One of several conditions must hold; a simple condition is the only member.
#[derive(Debug)]
pub(crate) struct Compound {
    pub(crate) members: Vec<Simple>,
    pub(crate) span: Span,
}

/// All of several options must be taken (true) or not (false); each option stands once.
#[derive(Debug)]
pub(crate) struct Simple {
    pub(crate) literals: Vec<(usize, bool)>,
    pub(crate) span: Span,
}

/// Collects what is wrong, up to a bound.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Diagnostic>,
    further: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(diagnostic);
        } else {
            self.further += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Everything that was reported, in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.list
            .sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
        if self.further > 0 {
            self.list.push(Diagnostic::note(
                codes::MORE,
                format!("{} further problems are not listed", self.further),
            ));
        }
        self.list
    }
}

/// Reads a file; what could not be read is reported and left out.
pub(crate) fn read(root: &Node, problems: &mut Problems) -> Option<File> {
    let mut reader = Reader {
        problems,
        options: 0,
    };
    if !matches!(root.value, Value::Object(_)) {
        reader.wrong(
            root,
            "an object",
            "a GMCR+ file is one JSON object in braces",
        );
        return None;
    }
    let options = reader
        .field(root, "options")
        .and_then(|n| reader.elements(n, "options"));
    let parties = reader
        .field(root, "decisionMakers")
        .and_then(|n| reader.elements(n, "decision makers"));
    let infeasibles = reader
        .field(root, "infeasibles")
        .and_then(|n| reader.list(n));
    let manual = reader.manual(root);
    let (options, parties) = (options?, parties?);
    reader.options = options.len();
    let options = options.iter().filter_map(|n| reader.option(n)).collect();
    let parties: Vec<RawParty> = parties
        .iter()
        .filter_map(|n| reader.party(n, manual == Some(true)))
        .collect();
    let infeasibles = reader.conditions(infeasibles.unwrap_or(&[]));
    if parties.is_empty() && reader.problems.is_empty() {
        reader.problems.push(
            Diagnostic::error(codes::NO_DECISION_MAKERS, "the file has no decision makers")
                .at(
                    root.get("decisionMakers").map_or(root.span, |n| n.span),
                    "empty",
                )
                .hint("add a decision maker in GMCR+ and save the file again"),
        );
    }
    Some(File {
        options,
        parties,
        infeasibles,
        manual: manual?,
        coalitions: root.get("coalitions").filter(|n| joins(n)).map(|n| n.span),
    })
}

/// Whether a list of coalitions joins decision makers, rather than letting each act alone.
fn joins(coalitions: &Node) -> bool {
    let Value::List(items) = &coalitions.value else {
        return false;
    };
    items
        .iter()
        .any(|i| matches!(&i.value, Value::List(members) if members.len() > 1))
}

struct Reader<'p> {
    problems: &'p mut Problems,
    /// How many options the file lists.
    options: usize,
}

impl Reader<'_> {
    fn wrong(&mut self, node: &Node, expected: &str, hint: &str) {
        self.problems.push(
            Diagnostic::error(
                codes::WRONG_TYPE,
                format!("expected {expected}, found {}", node.kind()),
            )
            .at(node.span, "")
            .hint(hint),
        );
    }

    fn missing(&mut self, node: &Node, field: &str, hint: &str) {
        let brace = Span::new(node.span.start, node.span.start + 1);
        self.problems.push(
            Diagnostic::error(
                codes::MISSING_FIELD,
                format!("the field `{field}` is missing"),
            )
            .at(brace, "in this object")
            .hint(hint),
        );
    }

    fn field<'n>(&mut self, node: &'n Node, field: &str) -> Option<&'n Node> {
        let found = node.get(field);
        if found.is_none() {
            self.missing(
                node,
                field,
                "save the file again in GMCR+, or add the field",
            );
        }
        found
    }

    fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        if let Value::List(items) = &node.value {
            return Some(items);
        }
        self.wrong(node, "a list", "write the values between `[` and `]`");
        None
    }

    /// A list of at most so many elements.
    fn elements<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        let items = self.list(node)?;
        if items.len() <= MAX_ELEMENTS {
            return Some(items);
        }
        self.problems.push(
            Diagnostic::error(
                codes::TOO_LARGE,
                format!(
                    "the file has {} {what}; at most 1,000 are read",
                    items.len()
                ),
            )
            .at(node.span, "")
            .hint("check that this is a GMCR+ file that was written by hand"),
        );
        None
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        if let Value::Text(text) = &node.value {
            let mut clean = text.replace(|c: char| c.is_control(), " ");
            clean.truncate(clean.trim_end().len());
            return Some(clean.trim_start().to_owned());
        }
        self.wrong(node, "a text", "write the name in quotes");
        None
    }

    fn manual(&mut self, root: &Node) -> Option<bool> {
        let found = root
            .get("useManualPreferenceRanking")
            .or(root.get("useManualPreferenceVectors"));
        match found {
            Some(Node {
                value: Value::Bool(manual),
                ..
            }) => Some(*manual),
            Some(node) => {
                self.wrong(
                    node,
                    "`true` or `false`",
                    "`true` when states are ranked directly",
                );
                None
            }
            None => {
                self.missing(
                    root,
                    "useManualPreferenceRanking",
                    "write `\"useManualPreferenceRanking\": false` when preferences are given by \
                     statements, `true` when states are ranked",
                );
                None
            }
        }
    }

    fn option(&mut self, node: &Node) -> Option<RawOption> {
        if !matches!(node.value, Value::Object(_)) {
            self.wrong(
                node,
                "an object",
                "write `{\"name\": \"...\", \"permittedDirection\": \"both\"}`",
            );
            return None;
        }
        let name = self.field(node, "name").and_then(|n| self.text(n));
        let direction = self
            .field(node, "permittedDirection")
            .and_then(|n| self.direction(n));
        Some(RawOption {
            name: name?,
            direction: direction?,
            span: node.span,
        })
    }

    fn direction(&mut self, node: &Node) -> Option<Direction> {
        const HINT: &str = "write `\"both\"`, `\"fwd\"` (N to Y only) or `\"back\"` (Y to N only)";
        let Value::Text(text) = &node.value else {
            self.wrong(node, "a direction", HINT);
            return None;
        };
        match text.as_str() {
            "both" => Some(Direction::Both),
            "fwd" => Some(Direction::OnlyOn),
            "back" => Some(Direction::OnlyOff),
            _ => {
                self.problems.push(
                    Diagnostic::error(
                        codes::BAD_DIRECTION,
                        format!("`{}` is no direction", shorten(text)),
                    )
                    .at(node.span, "")
                    .hint(HINT),
                );
                None
            }
        }
    }

    /// The number of an option.
    fn index(&mut self, node: &Node) -> Option<usize> {
        let Value::Number(Some(number)) = node.value else {
            self.wrong(
                node,
                "the number of an option",
                "options are numbered from 0",
            );
            return None;
        };
        if let Ok(index) = usize::try_from(number)
            && index < self.options
        {
            return Some(index);
        }
        let known = match self.options {
            0 => "the file has no options".to_owned(),
            n => format!("the options are numbered from 0 to {}", n - 1),
        };
        self.problems.push(
            Diagnostic::error(
                codes::NO_SUCH_OPTION,
                format!("there is no option `{number}`"),
            )
            .at(node.span, "")
            .hint(known),
        );
        None
    }

    fn party(&mut self, node: &Node, manual: bool) -> Option<RawParty> {
        if !matches!(node.value, Value::Object(_)) {
            self.wrong(
                node,
                "an object",
                "a decision maker is written with `name`, `options` and `preferences`",
            );
            return None;
        }
        let name_node = self.field(node, "name");
        let name = name_node.and_then(|n| self.text(n));
        let mut options: Vec<(usize, Span)> = Vec::new();
        let listed = self.field(node, "options").and_then(|n| self.list(n));
        let mut seen = vec![false; self.options];
        for item in listed.unwrap_or(&[]) {
            // GMCR+ ignores an option that is listed again.
            if let Some(index) = self.index(item)
                && !std::mem::replace(&mut seen[index], true)
            {
                options.push((index, item.span));
            }
        }
        let listed = self.field(node, "preferences").and_then(|n| self.list(n));
        let preferences = self.conditions(listed.unwrap_or(&[]));
        let listed = node.get("misperceptions").and_then(|n| self.list(n));
        let misperceptions = self.conditions(listed.unwrap_or(&[]));
        let span_of = |field| node.get(field).map_or(node.span, |n: &Node| n.span);
        Some(RawParty {
            name: name?,
            span: name_node.map_or(node.span, |n| n.span),
            options,
            preferences,
            preferences_span: span_of("preferences"),
            misperceptions,
            misperceptions_span: span_of("misperceptions"),
            ranking: if manual { self.ranking(node) } else { None },
        })
    }

    fn ranking(&mut self, party: &Node) -> Option<Ranking> {
        const HINT: &str = "write the numbers of the states, best first, ties in a list of their \
                            own: `[1, [2, 3], 4]`";
        let Some(node) = party
            .get("preferenceRanking")
            .or(party.get("preferenceVector"))
        else {
            self.missing(party, "preferenceRanking", HINT);
            return None;
        };
        let mut groups = Vec::new();
        for item in self.list(node)? {
            let tied = match &item.value {
                Value::List(tied) => tied.as_slice(),
                _ => std::slice::from_ref(item),
            };
            let mut group = Vec::new();
            for state in tied {
                if let Value::Number(Some(number)) = state.value {
                    group.push((number, state.span));
                } else {
                    self.wrong(state, "the number of a state", HINT);
                }
            }
            if !group.is_empty() {
                groups.push(group);
            }
        }
        Some(Ranking {
            groups,
            span: node.span,
        })
    }

    fn conditions(&mut self, list: &[Node]) -> Vec<Compound> {
        list.iter().filter_map(|n| self.condition(n)).collect()
    }

    fn condition(&mut self, node: &Node) -> Option<Compound> {
        let span = node.span;
        match &node.value {
            Value::Object(_) => {
                let members = self.field(node, "members").and_then(|n| self.list(n))?;
                let members = members.iter().filter_map(|n| self.simple(n)).collect();
                Some(Compound { members, span })
            }
            _ => Some(Compound {
                members: vec![self.simple(node)?],
                span,
            }),
        }
    }

    fn simple(&mut self, node: &Node) -> Option<Simple> {
        const HINT: &str = "a condition is a list of pairs such as `[[0, \"Y\"], [2, \"N\"]]`";
        let Value::List(pairs) = &node.value else {
            self.wrong(node, "a condition", HINT);
            return None;
        };
        let mut literals: Vec<(usize, bool)> = Vec::new();
        let mut seen: HashMap<usize, (bool, Span)> = HashMap::new();
        for pair in pairs {
            let Value::List(parts) = &pair.value else {
                self.wrong(pair, "a pair of option number and letter", HINT);
                continue;
            };
            let [option, letter] = parts.as_slice() else {
                self.problems.push(
                    Diagnostic::error(
                        codes::WRONG_TYPE,
                        format!(
                            "expected an option number and a letter, found {} values",
                            parts.len()
                        ),
                    )
                    .at(pair.span, "")
                    .hint(HINT),
                );
                continue;
            };
            let index = self.index(option);
            let taken = self.letter(letter);
            let (Some(index), Some(taken)) = (index, taken) else {
                continue;
            };
            match seen.insert(index, (taken, pair.span)) {
                None => literals.push((index, taken)),
                Some((before, _)) if before == taken => {}
                Some((_, first)) => self.problems.push(
                    Diagnostic::error(
                        codes::CONTRADICTION,
                        format!("this condition asks for Y and N of option `{index}`"),
                    )
                    .at(pair.span, "and the opposite here")
                    .see(first, "asked for here")
                    .hint("remove one of the two, or make two conditions of it"),
                ),
            }
        }
        Some(Simple {
            literals,
            span: node.span,
        })
    }

    fn letter(&mut self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Text(text) if text == "Y" => Some(true),
            Value::Text(text) if text == "N" => Some(false),
            Value::Text(text) => {
                self.problems.push(
                    Diagnostic::error(
                        codes::BAD_LETTER,
                        format!("`{}` is neither Y nor N", shorten(text)),
                    )
                    .at(node.span, "")
                    .hint("write `\"Y\"` or `\"N\"`; leave out options that may be either"),
                );
                None
            }
            _ => {
                self.wrong(
                    node,
                    "`\"Y\"` or `\"N\"`",
                    "leave out options that may be either",
                );
                None
            }
        }
    }
}

/// The beginning of a text of the file, for a message.
pub(crate) fn shorten(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let dots = if short.len() < text.len() { "..." } else { "" };
    format!(
        "{}{dots}",
        short.replace(|c: char| c.is_control() || c == '`', " ")
    )
}
