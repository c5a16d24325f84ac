//! The calendar for spreadsheets.

use detente_analysis::evidence::Reported;

use super::Calendar;
use crate::csv::table;

/// One line for each event: those of the timeline, then precedents.
pub fn csv(calendar: &Calendar) -> String {
    let header = "first,last,when,kind,name,title,track,with,known,reported,gap,precedent,sources";
    let mut lines = Vec::new();
    let timeline = calendar.timeline.events.iter().map(|e| (e, "no"));
    let history = calendar.timeline.precedents.iter().map(|e| (e, "yes"));
    for (event, precedent) in timeline.chain(history) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            text(&event.first),
            text(&event.last),
            event.when.clone(),
            event.kind.clone(),
            text(&event.name),
            text(&event.title),
            text(&event.track),
            event.with.join(" "),
            text(&event.known),
            reported(event.reported).to_owned(),
            event.gap.map(|g| g.to_string()).unwrap_or_default(),
            precedent.to_owned(),
            event.cites.join("; "),
        ];
        lines.push(cells);
    }
    table(header, lines)
}

fn reported(reported: Reported) -> &'static str {
    match reported {
        Reported::Before => "before",
        Reported::Meanwhile => "meanwhile",
        Reported::After => "after",
        Reported::Unknown => "",
    }
}
