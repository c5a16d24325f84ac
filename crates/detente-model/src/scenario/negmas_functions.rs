//! Value functions of NegMAS: what the levels of one issue are worth.

use num_rational::BigRational;

use super::evaluator::Curve;
use super::geniusweb::table;
use super::negmas::{class, over};
use super::raw::Issue;
use super::reader::Reader;
use super::tree::Node;
use super::{number, shorten};

/// What the levels of an issue are worth under a value function, or under a map from levels to numbers.
pub(crate) fn values(
    node: &Node,
    issue: &Issue,
    reader: &mut Reader<'_>,
) -> Option<Vec<BigRational>> {
    match class(node) {
        Some("TableFun" | "DictFun") => {
            let Some(mapping) = node.get("mapping") else {
                let message = "the table has no `mapping`";
                reader.bad(node.span, message, "it maps levels to numbers");
                return None;
            };
            table(mapping, issue, reader)
        }
        Some("ConstFun") => {
            let bias = reader.number_of(node, "bias").unwrap_or_default();
            Some(vec![bias; issue.len()])
        }
        Some(_) => over(node, issue, reader),
        None if node.is_map() => table(node, issue, reader),
        None => {
            let message = format!("expected a function, found {}", node.kind());
            reader.bad(
                node.span,
                message,
                "write `{type: TableFun, mapping: {...}}`",
            );
            None
        }
    }
}

/// A function of numbers.
pub(crate) fn curve(node: &Node, reader: &mut Reader<'_>) -> Option<Curve> {
    let mut field = |name: &str, default: i32| match node.get(name) {
        Some(value) => reader.number(value, name),
        None => Some(number::whole(default)),
    };
    match class(node).unwrap_or("") {
        "AffineFun" => Some(Curve::linear(field("bias", 0)?, field("slope", 1)?)),
        "LinearFun" => Some(Curve::linear(number::whole(0), field("slope", 1)?)),
        "IdentityFun" => Some(Curve::linear(number::whole(0), number::whole(1))),
        "QuadraticFun" => Some(Curve::Polynomial(vec![
            field("bias", 0)?,
            field("a1", 0)?,
            field("a2", 0)?,
        ])),
        // The first coefficient is that of the number itself.
        "PolynomialFun" => {
            let mut coefficients = vec![field("bias", 0)?];
            for item in node
                .get("coefficients")
                .and_then(Node::items)
                .unwrap_or(&[])
            {
                coefficients.push(reader.number(item, "a coefficient")?);
            }
            if coefficients.len() > 17 {
                reader.too_large(node.span, "the polynomial has a degree above 16");
                return None;
            }
            Some(Curve::Polynomial(coefficients))
        }
        other => {
            let message = format!(
                "value functions of the class `{}` cannot be read",
                shorten(other)
            );
            reader.unsupported(node.span, message);
            None
        }
    }
}
