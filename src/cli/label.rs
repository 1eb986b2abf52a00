//! `demarche label`.

use std::io::{Read, Write};
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::Outcome;
use super::args::{Label, RowFormat};
use super::output::{self, stdout_error};
use crate::document::{decode, json_error, read_text};
use crate::error::{Error, Result};

pub fn run(args: Label) -> Result<Outcome> {
    let classifier = args.model.classifier()?;
    let path = args.input.as_deref().filter(|p| *p != Path::new("-"));
    let (name, text) = match path {
        Some(path) => (path.display().to_string(), read_text(path)?),
        None => ("standard input".to_owned(), read_stdin()?),
    };
    let rows = if text.trim_start().starts_with('{') { json_rows(&text, &name) } else { csv_rows(&text, &name) }?;
    let labelled: Vec<Result<Map<String, Value>>> = rows
        .into_par_iter()
        .map(|row| {
            let (place, mut row) = row?;
            let words = |key: &str| row.get(key).and_then(Value::as_str).filter(|w| !w.trim().is_empty());
            let text = words("text").ok_or_else(|| Error::input(&place, "no \"text\"; give the sentence to label"))?;
            let label = classifier.label(text, words("actor"), words("target"));
            row.insert("actor_found".into(), Value::Bool(label.actor_found));
            row.insert("stance".into(), Value::from(label.stance.name()));
            let p = label.probabilities;
            row.insert(
                "probabilities".into(),
                serde_json::json!({"cooperative": p.cooperative, "opposed": p.opposed, "neutral": p.neutral}),
            );
            Ok(row)
        })
        .collect();
    let mut outcome = Outcome::Done;
    let mut good = Vec::with_capacity(labelled.len());
    for row in labelled {
        match row {
            Ok(row) => good.push(row),
            Err(error) => {
                eprintln!("demarche: {error}");
                outcome = Outcome::Skipped;
            }
        }
    }
    output::write(None, |out| match args.format {
        RowFormat::Jsonl => write_json(out, &good).map_err(stdout_error),
        RowFormat::Csv => write_csv(out, &good).map_err(stdout_error),
    })?;
    Ok(outcome)
}

fn read_stdin() -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| Error::io("standard input", e))?;
    decode(&bytes).ok_or_else(|| Error::input("standard input", "binary data; give rows as JSONL or CSV"))
}

type Rows = Vec<Result<(String, Map<String, Value>)>>;

fn json_rows(text: &str, name: &str) -> Result<Rows> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    let rows = lines.map(|(number, line)| {
        let place = format!("{name}:{}", number + 1);
        let row = serde_json::from_str(line).map_err(|e| Error::input(&place, json_error(&e)))?;
        Ok((place, row))
    });
    Ok(rows.collect())
}

fn csv_rows(text: &str, name: &str) -> Result<Rows> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().map_err(|e| Error::input(name, e))?.iter().map(str::to_owned).collect();
    if !columns.iter().any(|c| c == "text") {
        let what = "no column \"text\"; give rows with text, actor and target as CSV, or as JSON objects";
        return Err(Error::input(format!("{name}:1"), what));
    }
    let rows = reader.records().map(|record| {
        let record = record.map_err(|e| Error::input(name, e))?;
        let place = format!("{name}:{}", record.position().map_or(0, csv::Position::line));
        let fields = columns.iter().zip(&record).map(|(c, f)| (c.clone(), Value::from(f)));
        Ok((place, fields.collect()))
    });
    Ok(rows.collect())
}

fn write_json(out: &mut dyn Write, rows: &[Map<String, Value>]) -> std::io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The row's own columns, then the label and the probability of each stance.
fn write_csv(out: &mut dyn Write, rows: &[Map<String, Value>]) -> std::io::Result<()> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let columns: Vec<&String> = first.keys().filter(|k| *k != "probabilities").collect();
    let stances = ["cooperative", "opposed", "neutral"];
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|c| c.as_str()).chain(stances))?;
    for row in rows {
        let field = |value: Option<&Value>| match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let own = columns.iter().map(|c| field(row.get(c.as_str())));
        let p = stances.map(|s| field(row["probabilities"].get(s)));
        writer.write_record(own.chain(p))?;
    }
    writer.flush()
}
