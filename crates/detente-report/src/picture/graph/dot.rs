//! The state graph in the language of Graphviz.

use std::collections::BTreeMap;

use super::super::conflict::View;
use super::super::{Asked, metrics};
use super::edges::Edges;
use super::one_by_one;
use crate::dossier::Dossier;
use crate::moves::{BetweenFinding, MoveFinding};

/// The state graph as a text in the DOT language of Graphviz; `None` when the states or moves are not there.
///
/// Classes are clusters, equilibria have two outlines, the status quo is a box. Lines have the colour and dashes of the
/// mover; bold ones are improvements, those that can be undone are drawn once, a bar at the start says that there is no
/// way back. The steps of the shortest ways to equilibria have `color` with a second, pale stroke.
pub fn dot(dossier: &Dossier, asked: &Asked) -> Option<String> {
    let view = View::new(dossier)?;
    let moves = dossier.moves.as_ref()?;
    Some(
        match moves.each.as_deref().filter(|_| one_by_one(&view, asked)) {
            Some(each) => states(&view, each),
            None => classes(&view, &moves.between),
        },
    )
}

/// A text in quotes. Backslashes are doubled, so that nothing in a name is taken for an escape.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            out.push_str("\\n");
        }
        for letter in metrics::clean(line).chars() {
            if matches!(letter, '"' | '\\') {
                out.push('\\');
            }
            out.push(letter);
        }
    }
    out.push('"');
    out
}

/// How Graphviz calls lines with dashes like those of a hue.
fn dashes(view: &View<'_>, party: &str) -> &'static str {
    match view.hue(party).dashes {
        "none" => "solid",
        short if short.starts_with(['1', '2']) => "dotted",
        _ => "dashed",
    }
}

fn head(view: &View<'_>, what: &str) -> String {
    let title = view.title(what);
    format!(
        "digraph conflict {{\n  label={}; labelloc=t; rankdir=LR; ranksep=0.9; nodesep=0.25; fontname=\"Helvetica\";\n  \
         node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=white];\n  \
         edge [fontname=\"Helvetica\", fontsize=10];\n",
        quoted(&title)
    )
}

fn states(view: &View<'_>, each: &[MoveFinding]) -> String {
    let edges = Edges::new(view, each);
    let mut out = head(view, "States and moves");
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in view.by_class() {
        groups
            .entry(view.class[place].unwrap_or(usize::MAX))
            .or_default()
            .push(place);
    }
    for (class, places) in &groups {
        let named = view.classed() && *class != usize::MAX;
        if named {
            let name = quoted(view.class_name(Some(*class)));
            out.push_str(&format!(
                "  subgraph cluster_{class} {{\n    label={name}; style=\"rounded,filled\"; color=\"#d5dbe1\"; \
                 fillcolor=\"#eef1f4\";\n"
            ));
        }
        for place in places {
            let state = view.state(*place);
            let name = view.short(*place);
            let label = match (name.is_empty(), view.letters(*place)) {
                (true, _) => state.id.to_string(),
                (false, letters) => {
                    format!("{}  {letters}\n{name}", state.id).replace("  \n", "\n")
                }
            };
            let look = view.look(*place);
            let mut more = String::new();
            if look.held {
                more.push_str(", peripheries=2, color=\"#b06f00\", penwidth=1.6");
            }
            if look.start {
                more.push_str(", style=filled, fillcolor=\"#d9dee4\"");
            }
            let indent = if named { "    " } else { "  " };
            out.push_str(&format!(
                "{indent}s{} [label={}{more}];\n",
                state.id,
                quoted(&label)
            ));
        }
        if named {
            out.push_str("  }\n");
        }
    }
    for edge in &edges.lines {
        let (from, to) = (view.state(edge.from).id, view.state(edge.to).id);
        let hue = view.hue(edge.party).light;
        let on_way = edges.ways.contains(&(edge.from, edge.to))
            || edges.ways.contains(&(edge.to, edge.from));
        let colour = if on_way {
            format!("{hue}:#e0a800")
        } else {
            hue.to_owned()
        };
        let width = if edge.improves { 2.2 } else { 0.8 };
        let ends = match (edge.improves, edge.reversible) {
            (true, true) => "dir=forward",
            (_, false) => "dir=both, arrowtail=tee",
            (false, true) => "dir=none",
        };
        out.push_str(&format!(
            "  s{from} -> s{to} [color={}, style={}, penwidth={width}, {ends}, edgetooltip={}];\n",
            quoted(&colour),
            dashes(view, edge.party),
            quoted(edge.party)
        ));
    }
    legend(view, &mut out);
    out.push_str("}\n");
    out
}

fn classes(view: &View<'_>, between: &[BetweenFinding]) -> String {
    let mut out = head(view, "Classes of states and moves between them");
    let rest = view.analysis.classes.iter().position(|c| c.name.is_none());
    for (class, of) in view.analysis.classes.iter().enumerate() {
        if of.states.is_empty() {
            continue;
        }
        let held = view
            .held
            .iter()
            .filter(|p| view.class[**p] == Some(class))
            .count();
        let mut label = format!(
            "{}\nstates: {}",
            view.class_name(Some(class)),
            of.states.len()
        );
        if held > 0 {
            label.push_str(&format!("\nequilibria: {held}"));
        }
        let more = if held > 0 {
            ", peripheries=2, color=\"#b06f00\""
        } else {
            ""
        };
        out.push_str(&format!("  c{class} [label={}{more}];\n", quoted(&label)));
    }
    for one in between {
        let (Some(from), Some(to)) = (one.from.or(rest), one.to.or(rest)) else {
            continue;
        };
        if one.improvements == 0 || from == to {
            continue;
        }
        let width = 0.8 + (one.improvements as f64).ln_1p() * 0.5;
        out.push_str(&format!(
            "  c{from} -> c{to} [color={}, style={}, penwidth={width:.2}, label={}];\n",
            quoted(view.hue(&one.party).light),
            dashes(view, &one.party),
            quoted(&format!("{} {}/{}", one.party, one.improvements, one.moves))
        ));
    }
    legend(view, &mut out);
    out.push_str("}\n");
    out
}

/// Who has which colour.
fn legend(view: &View<'_>, out: &mut String) {
    out.push_str("  subgraph cluster_parties {\n    label=\"parties\"; color=\"#d5dbe1\";\n");
    for (place, party) in view.analysis.parties.iter().enumerate() {
        out.push_str(&format!(
            "    p{place} [shape=plaintext, style=\"\", label={}, fontcolor={}];\n",
            quoted(&party.name),
            quoted(view.hue(&party.name).light)
        ));
    }
    out.push_str("  }\n");
}
