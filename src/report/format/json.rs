//! JSON: one object for each article, one a line or in an array.

use std::io::{Result, Write};

use super::Format;
use crate::classifier::{Classified, Statement};
use crate::document::Date;
use crate::report::PartyStance;

#[derive(serde::Serialize)]
struct Article<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<Date>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    statements: &'a [Statement],
    parties: &'a [PartyStance],
}

impl<'a> Article<'a> {
    fn of(article: &'a Classified, with_text: bool) -> Self {
        let document = &article.document;
        Self {
            id: &document.id,
            title: document.title.as_deref(),
            date: document.date,
            source: document.source.as_deref(),
            text: with_text.then_some(&document.text),
            statements: &article.statements,
            parties: &article.report.parties,
        }
    }
}

/// One article a line.
pub struct Jsonl {
    pub with_text: bool,
}

impl Format for Jsonl {
    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()> {
        serde_json::to_writer(&mut *out, &Article::of(article, self.with_text))?;
        out.write_all(b"\n")
    }
}

/// One array of all articles, indented.
pub struct Json {
    pub with_text: bool,
    first: bool,
}

impl Json {
    pub fn new(with_text: bool) -> Self {
        Self { with_text, first: true }
    }
}

impl Format for Json {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        out.write_all(b"[")
    }

    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()> {
        out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer_pretty(&mut *out, &Article::of(article, self.with_text))?;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        out.write_all(b"\n]\n")
    }
}
