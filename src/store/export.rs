//! Statements out of a store, as tables for other programs.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use rusqlite::Row;

use super::Store;
use crate::error::{Error, Result};

/// What an export is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Csv,
    Jsonl,
    Parquet,
}

/// A row of the export: the columns of the view `readable`.
#[derive(Debug, serde::Serialize)]
struct Exported {
    id: i64,
    article: String,
    date: Option<String>,
    source: Option<String>,
    title: Option<String>,
    sentence: i64,
    start: i64,
    end: i64,
    text: String,
    actor: String,
    party: String,
    target: Option<String>,
    kind: String,
    stance: String,
    cooperative: f64,
    opposed: f64,
    neutral: f64,
    sentiment: f64,
    domestic: bool,
}

impl Exported {
    fn of(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            article: row.get("article")?,
            date: row.get("date")?,
            source: row.get("source")?,
            title: row.get("title")?,
            sentence: row.get("sentence")?,
            start: row.get("start")?,
            end: row.get("end")?,
            text: row.get("text")?,
            actor: row.get("actor")?,
            party: row.get("party")?,
            target: row.get("target")?,
            kind: row.get("kind")?,
            stance: row.get("stance")?,
            cooperative: row.get("cooperative")?,
            opposed: row.get("opposed")?,
            neutral: row.get("neutral")?,
            sentiment: row.get("sentiment")?,
            domestic: row.get("domestic")?,
        })
    }
}

/// How many rows a Parquet row group holds, and are in memory at a time.
const GROUP: usize = 65_536;

impl Store {
    /// Writes all statements, in the order in which they came in. Gives back how many.
    pub fn export(&self, format: ExportFormat, out: &mut (dyn Write + Send)) -> Result<usize> {
        let not_written = |e: String| Error::input("export", e);
        let mut query = self.sql(self.db.prepare("SELECT * FROM readable ORDER BY id"))?;
        let rows = self.sql(query.query_map([], Exported::of))?;
        let rows = rows.map(|row| self.sql(row));
        let mut count = 0;
        match format {
            ExportFormat::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                for row in rows {
                    csv.serialize(row?).map_err(|e| not_written(e.to_string()))?;
                    count += 1;
                }
                csv.flush().map_err(|e| not_written(e.to_string()))?;
            }
            ExportFormat::Jsonl => {
                for row in rows {
                    let line = serde_json::to_string(&row?).map_err(|e| not_written(e.to_string()))?;
                    writeln!(out, "{line}").map_err(|e| not_written(e.to_string()))?;
                    count += 1;
                }
            }
            ExportFormat::Parquet => {
                let failed = |e: parquet::errors::ParquetError| not_written(e.to_string());
                let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
                let schema = schema().map_err(failed)?;
                let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
                let mut group = Vec::new();
                for row in rows {
                    group.push(row?);
                    count += 1;
                    if group.len() == GROUP {
                        write_group(&mut file, &group).map_err(failed)?;
                        group.clear();
                    }
                }
                if !group.is_empty() {
                    write_group(&mut file, &group).map_err(failed)?;
                }
                file.close().map_err(failed)?;
            }
        }
        Ok(count)
    }
}

fn column(name: &str, physical: Physical, optional: bool) -> parquet::errors::Result<TypePtr> {
    let repetition = if optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let logical = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    Type::primitive_type_builder(name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()
        .map(Arc::new)
}

fn schema() -> parquet::errors::Result<TypePtr> {
    let text = |name, optional| column(name, Physical::BYTE_ARRAY, optional);
    let number = |name| column(name, Physical::INT64, false);
    let real = |name| column(name, Physical::DOUBLE, false);
    let fields = vec![
        number("id")?,
        text("article", false)?,
        text("date", true)?,
        text("source", true)?,
        text("title", true)?,
        number("sentence")?,
        number("start")?,
        number("end")?,
        text("text", false)?,
        text("actor", false)?,
        text("party", false)?,
        text("target", true)?,
        text("kind", false)?,
        text("stance", false)?,
        real("cooperative")?,
        real("opposed")?,
        real("neutral")?,
        real("sentiment")?,
        column("domestic", Physical::BOOLEAN, false)?,
    ];
    Type::group_type_builder("statements").with_fields(fields).build().map(Arc::new)
}

type Group<'a, 'b> = SerializedRowGroupWriter<'a, &'b mut (dyn Write + Send)>;

/// Writes the columns in the order of the schema.
fn write_group(
    file: &mut SerializedFileWriter<&mut (dyn Write + Send)>,
    rows: &[Exported],
) -> parquet::errors::Result<()> {
    let mut group = file.next_row_group()?;
    let g = &mut group;
    numbers(g, rows, |r| r.id)?;
    texts(g, rows, |r| &r.article)?;
    optional_texts(g, rows, |r| r.date.as_deref())?;
    optional_texts(g, rows, |r| r.source.as_deref())?;
    optional_texts(g, rows, |r| r.title.as_deref())?;
    numbers(g, rows, |r| r.sentence)?;
    numbers(g, rows, |r| r.start)?;
    numbers(g, rows, |r| r.end)?;
    texts(g, rows, |r| &r.text)?;
    texts(g, rows, |r| &r.actor)?;
    texts(g, rows, |r| &r.party)?;
    optional_texts(g, rows, |r| r.target.as_deref())?;
    texts(g, rows, |r| &r.kind)?;
    texts(g, rows, |r| &r.stance)?;
    reals(g, rows, |r| r.cooperative)?;
    reals(g, rows, |r| r.opposed)?;
    reals(g, rows, |r| r.neutral)?;
    reals(g, rows, |r| r.sentiment)?;
    let values: Vec<bool> = rows.iter().map(|r| r.domestic).collect();
    write_column::<BoolType>(g, &values, None)?;
    group.close()?;
    Ok(())
}

fn write_column<T: parquet::data_type::DataType>(
    group: &mut Group,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> parquet::errors::Result<()> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

fn numbers(g: &mut Group, rows: &[Exported], of: fn(&Exported) -> i64) -> parquet::errors::Result<()> {
    write_column::<Int64Type>(g, &rows.iter().map(of).collect::<Vec<_>>(), None)
}

fn reals(g: &mut Group, rows: &[Exported], of: fn(&Exported) -> f64) -> parquet::errors::Result<()> {
    write_column::<DoubleType>(g, &rows.iter().map(of).collect::<Vec<_>>(), None)
}

fn texts(g: &mut Group, rows: &[Exported], of: fn(&Exported) -> &str) -> parquet::errors::Result<()> {
    let values: Vec<ByteArray> = rows.iter().map(|r| ByteArray::from(of(r))).collect();
    write_column::<ByteArrayType>(g, &values, None)
}

fn optional_texts(g: &mut Group, rows: &[Exported], of: fn(&Exported) -> Option<&str>) -> parquet::errors::Result<()> {
    let values: Vec<ByteArray> = rows.iter().filter_map(of).map(ByteArray::from).collect();
    let levels: Vec<i16> = rows.iter().map(|r| i16::from(of(r).is_some())).collect();
    write_column::<ByteArrayType>(g, &values, Some(&levels))
}
