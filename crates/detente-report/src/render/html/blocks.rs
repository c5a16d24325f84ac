//! Paragraphs, lists, entries, tables, figures and code.

use maud::{Markup, html};

use super::letters::{clean, nth_letter};
use super::line::sentence_id;
use super::{Writer, picture};
use crate::document::{Block, Entry, Figure, Inline, Item, Row, Table};

impl Writer<'_> {
    /// Blocks one after the other.
    pub(super) fn blocks(&self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&self, block: &Block) -> Markup {
        match block {
            Block::Paragraph(sentences) if sentences.is_empty() => html! {},
            Block::Paragraph(sentences) => html! { p { (self.sentences(sentences)) } },
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Entries(entries) if entries.is_empty() => html! {},
            Block::Entries(entries) => html! {
                dl.entries { @for entry in entries { (self.entry(entry)) } }
            },
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Code { text, .. } => html! {
                pre { (self.line(std::slice::from_ref(text))) }
            },
        }
    }

    fn list(&self, ordered: bool, items: &[Item]) -> Markup {
        let points = html! {
            @for item in items {
                li {
                    (self.sentences(&item.sentences))
                    (self.list(ordered, &item.items))
                }
            }
        };
        html! {
            @if items.is_empty() {} @else if ordered { ol { (points) } } @else { ul { (points) } }
        }
    }

    fn entry(&self, entry: &Entry) -> Markup {
        let number = self.index.proof(&entry.id);
        html! {
            div #(clean(&entry.id)) {
                dt data-number=[number] { (self.line(&entry.term)) }
                dd {
                    (self.blocks(&entry.blocks))
                    (self.behind(&entry.id))
                }
            }
        }
    }

    /// Links back to the sentences that stand on a part.
    fn behind(&self, id: &str) -> Markup {
        let groups = self.index.behind(id);
        html! {
            @if !groups.is_empty() {
                p.behind {
                    "Stands behind"
                    @for (title, sentences) in &groups {
                        " "
                        span.from {
                            bdi { (clean(title)) }
                            @for (place, sentence) in sentences.iter().enumerate() {
                                " "
                                a href={ "#" (sentence_id(*sentence)) }
                                    aria-label={ (nth_letter(place)) ", a sentence in " (clean(title)) } {
                                    (nth_letter(place))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn table(&self, table: &Table) -> Markup {
        let place = self.index.place(&table.id);
        let (short, long) = place.map_or(("", ""), |p| (p.short.as_str(), p.long.as_str()));
        let many = (table.columns.len() > 6).then_some("many");
        html! {
            div.scroll role="region" tabindex="0" aria-label=(clean(long)) {
                table #(clean(&table.id)) class=[many] {
                    caption { span data-number=(short) { (self.line(&table.caption)) } }
                    thead {
                        tr {
                            @for column in &table.columns {
                                @let numeric = column.numeric.then_some("numeric");
                                @if is_blank(&column.title) {
                                    td class=[numeric] { (self.line(&column.title)) }
                                } @else {
                                    th scope="col" class=[numeric] { (self.line(&column.title)) }
                                }
                            }
                        }
                    }
                    tbody { @for row in &table.rows { (self.row(table, row)) } }
                }
            }
        }
    }

    fn row(&self, table: &Table, row: &Row) -> Markup {
        let id = row.id.as_deref().map(clean);
        html! {
            tr id=[id] {
                @for (place, cell) in row.cells.iter().enumerate() {
                    @let numeric = table.columns.get(place).is_some_and(|c| c.numeric);
                    @let numeric = numeric.then_some("numeric");
                    @if place == 0 && !is_blank(cell) {
                        th scope="row" class=[numeric] { (self.line(cell)) }
                    } @else {
                        td class=[numeric] { (self.line(cell)) }
                    }
                }
            }
        }
    }

    fn figure(&self, figure: &Figure) -> Markup {
        let place = self.index.place(&figure.id);
        let (short, long) = place.map_or(("", ""), |p| (p.short.as_str(), p.long.as_str()));
        let drawn = picture::inline(&figure.picture, &clean(&figure.id));
        html! {
            figure #(clean(&figure.id)) {
                @if drawn.is_wide {
                    div.scroll role="region" tabindex="0" aria-label=(clean(long)) { (drawn.markup) }
                } @else {
                    div { (drawn.markup) }
                }
                figcaption {
                    span.picture-title data-number=(short) { bdi { (clean(&figure.picture.title)) } }
                    @if !figure.caption.is_empty() { " " (self.sentences(&figure.caption)) }
                }
            }
        }
    }
}

/// Whether nothing is to be seen of a line.
fn is_blank(line: &[Inline]) -> bool {
    crate::document::plain(line)
        .chars()
        .all(|c| c.is_whitespace() || c.is_control())
}
