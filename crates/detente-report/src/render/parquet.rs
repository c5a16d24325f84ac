//! All tables of a document as one Apache Parquet file (feature `parquet`).

use super::{Rendered, Unrendered};

/// The long table of [`super::csv::long`] with types: `value` is a float, and empty where what is behind a cell is no
/// number or one that a float does not hold exactly.
#[cfg(feature = "parquet")]
pub(super) fn render(rendered: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    columns::write(rendered).map_err(|error| Unrendered::Refused {
        what: "Parquet",
        why: error.to_string(),
    })
}

/// This build cannot write it.
#[cfg(not(feature = "parquet"))]
pub(super) fn render(_: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    Err(Unrendered::NotBuilt {
        what: "Parquet",
        hint: "build it with `cargo install detente --features parquet`, or write CSV",
    })
}

#[cfg(feature = "parquet")]
mod columns {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
    use parquet::errors::Result;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::Rendered;
    use crate::render::tables::{Cell, headings, tables};

    const SCHEMA: &str = "message tables {
        required binary table (STRING);
        required int32 row;
        required binary column (STRING);
        required binary text (STRING);
        optional double value;
        optional binary from (STRING);
    }";

    #[derive(Default)]
    struct Columns {
        table: Vec<ByteArray>,
        row: Vec<i32>,
        column: Vec<ByteArray>,
        text: Vec<ByteArray>,
        value: Vec<f64>,
        has_value: Vec<i16>,
        from: Vec<ByteArray>,
        has_from: Vec<i16>,
    }

    pub(super) fn write(rendered: &Rendered<'_>) -> Result<Vec<u8>> {
        let mut all = Columns::default();
        for table in tables(rendered.document) {
            let headings = headings(table);
            for (place, row) in table.rows.iter().enumerate() {
                for (column, heading) in headings.iter().enumerate() {
                    let cell = Cell::of(row, column, rendered.findings);
                    all.table.push(table.id.as_str().into());
                    all.row.push(i32::try_from(place + 1).unwrap_or(i32::MAX));
                    all.column.push(heading.as_str().into());
                    all.text.push(cell.text.as_str().into());
                    let value = cell.float();
                    all.has_value.push(i16::from(value.is_some()));
                    all.value.extend(value);
                    all.has_from.push(i16::from(!cell.from.is_empty()));
                    if !cell.from.is_empty() {
                        all.from.push(cell.from.join("\n").as_str().into());
                    }
                }
            }
        }
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        let properties = WriterProperties::builder()
            .set_created_by("detente".to_owned())
            .build();
        let mut bytes = Vec::new();
        let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            match place {
                1 => {
                    column
                        .typed::<Int32Type>()
                        .write_batch(&all.row, None, None)?;
                }
                4 => {
                    let writer = column.typed::<DoubleType>();
                    writer.write_batch(&all.value, Some(&all.has_value), None)?;
                }
                5 => {
                    let writer = column.typed::<ByteArrayType>();
                    writer.write_batch(&all.from, Some(&all.has_from), None)?;
                }
                _ => {
                    let texts = match place {
                        0 => &all.table,
                        2 => &all.column,
                        _ => &all.text,
                    };
                    let writer = column.typed::<ByteArrayType>();
                    writer.write_batch(texts, None, None)?;
                }
            }
            column.close()?;
            place += 1;
        }
        group.close()?;
        file.close()?;
        Ok(bytes)
    }
}
