//! CSV: one row for each statement.

use std::io::{Result, Write};

use super::Format;
use crate::classifier::Classified;

pub struct Csv;

const COLUMNS: [&str; 17] = [
    "id",
    "date",
    "sentence",
    "start",
    "end",
    "actor",
    "party",
    "target",
    "kind",
    "stance",
    "cooperative",
    "opposed",
    "neutral",
    "sentiment",
    "domestic",
    "source",
    "text",
];

fn row(out: &mut dyn Write, fields: &[&str]) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(fields)?;
    writer.flush()
}

impl Format for Csv {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        row(out, &COLUMNS)
    }

    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()> {
        let document = &article.document;
        let date = document.date.map(|d| d.to_string()).unwrap_or_default();
        let kind = |s: &crate::Statement| format!("{:?}", s.kind).to_lowercase();
        for s in &article.statements {
            let number = |v: f64| format!("{v:.4}");
            row(
                out,
                &[
                    &document.id,
                    &date,
                    &s.sentence.to_string(),
                    &s.start.to_string(),
                    &s.end.to_string(),
                    &s.actor.text,
                    &s.party,
                    s.target.as_deref().unwrap_or_default(),
                    &kind(s),
                    s.stance.name(),
                    &number(s.probabilities.cooperative),
                    &number(s.probabilities.opposed),
                    &number(s.probabilities.neutral),
                    &number(s.sentiment),
                    if s.domestic { "true" } else { "false" },
                    document.source.as_deref().unwrap_or_default(),
                    &s.text,
                ],
            )?;
        }
        Ok(())
    }
}
