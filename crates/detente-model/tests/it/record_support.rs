//! A small negotiation with a record, put together from its text and from the JSON form of what is known and when.

use detente_model::syntax::ast::Document;
use detente_model::syntax::parse;
use detente_model::{Model, resolve};
use serde_json::{Value, json};

const BASE: &str = "
as of 2019-01-20
source article \"Commentary\" { date 2019-01-20  kind commentary }
source whitehouse { date 2019-01-18 }
source kcna { date 2018-12-20 }
source paper { date 2019-02-28 }
source undated { kind map }
party US \"United States\" {
  speaks through Trump at leaders
  speaks through Biegun at working [article]
  option relief
  option peace
  option drills one of hold, calibrate, cancel
  prefers { maybe 0.6 hinge: not relief unless DPRK.declare; drills is cancel; not relief }
}
party DPRK {
  option yongbyon
  option declare
  prefers { US.relief; not declare; not yongbyon }
}
never DPRK.declare and not DPRK.yongbyon
class \"small deal\" when US.relief and DPRK.yongbyon and not DPRK.declare
class \"big deal\" when US.relief and DPRK.declare
class \"no deal\" otherwise
";

/// The negotiation without a record.
pub(crate) fn base() -> Value {
    let parsed = parse(BASE);
    assert_eq!(parsed.diagnostics, []);
    let mut base = serde_json::to_value(&parsed.document).unwrap();
    base["parties"][0]["agents"][1]["during"] = json!({ "from": "2018-08-23" });
    base
}

/// The negotiation with some of its fields in the JSON form set.
pub(crate) fn with(fields: &Value) -> Document {
    let mut document = base();
    for (key, value) in fields.as_object().unwrap() {
        document[key] = value.clone();
    }
    serde_json::from_value(document).unwrap()
}

/// The negotiation with a calendar.
pub(crate) fn dated(events: &Value) -> Document {
    with(&json!({ "calendar": events }))
}

/// The model of a document that is in order.
pub(crate) fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

/// The codes of what is reported, each once, without what the base itself is told.
pub(crate) fn codes(document: &Document) -> Vec<&'static str> {
    let mut codes: Vec<&str> = resolve(document)
        .diagnostics
        .iter()
        .map(|d| d.code)
        .collect();
    codes.retain(|c| *c != detente_model::codes::BASIC_READING);
    codes.sort_unstable();
    codes.dedup();
    codes
}
