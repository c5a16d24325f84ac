//! The documentation's Markdown as a terminal shows it: headings bold, code indented, paragraphs
//! wrapped.

use crate::style::{Look, Page};

/// Lays a page out for a terminal.
pub fn text(markdown: &str, look: Look) -> String {
    let mut page = Page::new(look);
    let mut paragraph = String::new();
    let mut bullet = false;
    let mut code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            flush(&mut page, &mut paragraph, &mut bullet);
            code = !code;
            continue;
        }
        if code {
            page.line(&format!("    {line}"));
        } else if line.trim().is_empty() {
            flush(&mut page, &mut paragraph, &mut bullet);
            page.gap_once();
        } else if let Some(heading) = line.strip_prefix('#') {
            flush(&mut page, &mut paragraph, &mut bullet);
            page.heading_here(heading.trim_start_matches('#').trim());
        } else if line.trim_start().starts_with('|') {
            flush(&mut page, &mut paragraph, &mut bullet);
            page.line(line);
        } else if let Some(item) = line.trim_start().strip_prefix("- ") {
            flush(&mut page, &mut paragraph, &mut bullet);
            bullet = true;
            paragraph.push_str(item);
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    flush(&mut page, &mut paragraph, &mut bullet);
    page.finish()
}

fn flush(page: &mut Page, paragraph: &mut String, bullet: &mut bool) {
    if !paragraph.is_empty() {
        let (first, others) = if *bullet { ("  - ", "    ") } else { ("", "") };
        page.hanging(first, others, &paragraph.replace("**", ""));
        paragraph.clear();
    }
    *bullet = false;
}
