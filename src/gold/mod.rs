//! Articles annotated by hand, and how what the program finds in them compares.

mod score;

use std::path::Path;

use crate::document::{Date, Document, json_error, read_text};
use crate::error::{Error, Result};
use crate::model::Stance;

pub use score::{Outcome, score};

/// An annotated article, a JSON object a line.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Gold {
    pub id: String,
    pub date: Option<String>,
    pub title: Option<String>,
    pub text: String,
    /// Where each sentence stands, in characters, end exclusive.
    pub sentences: Vec<[usize; 2]>,
    pub statements: Vec<GoldStatement>,
}

/// One party in one sentence.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct GoldStatement {
    /// Number of the sentence, from 0.
    #[serde(rename = "s")]
    pub sentence: usize,
    pub party: String,
    pub target: Option<String>,
    pub stance: Stance,
    /// About the own side: not scored.
    #[serde(default)]
    pub domestic: bool,
}

impl Gold {
    /// The article as the program is given it.
    pub fn document(&self) -> Document {
        Document {
            id: self.id.clone(),
            title: self.title.clone().filter(|t| !t.is_empty()),
            date: self.date.as_deref().and_then(|d| d.parse::<Date>().ok()),
            source: None,
            text: self.text.clone(),
        }
    }
}

/// The annotated articles of a file.
pub fn read(path: &Path) -> Result<Vec<Gold>> {
    let text = read_text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let place = format!("{}:{}", path.display(), n + 1);
            let gold: Gold = serde_json::from_str(line).map_err(|e| {
                let what = "an article with id, text, sentences and statements is needed";
                Error::input(&place, format!("{}; {what}", json_error(&e)))
            })?;
            let length = gold.text.chars().count();
            let outside = gold.sentences.iter().any(|[start, end]| start > end || *end > length);
            if outside || gold.statements.iter().any(|s| s.sentence >= gold.sentences.len()) {
                return Err(Error::input(place, "a sentence or statement lies outside the text; mend the offsets"));
            }
            Ok(gold)
        })
        .collect()
}
