//! How comparisons are written, one file for each format.

mod chart;
mod csv;
mod heat;
mod html;
mod summary;
mod table;

use std::io::{Result, Write};

use serde::Serialize;

pub use self::csv::{differences, groups};
pub use html::Page;
pub use table::{comparison, heatmap, timeline};

/// As JSON, for other programs: what was asked, and the answer.
pub fn json(out: &mut dyn Write, asked: &str, answer: &impl Serialize) -> Result<()> {
    #[derive(Serialize)]
    struct Whole<'a, T> {
        asked: &'a str,
        #[serde(flatten)]
        answer: &'a T,
    }
    serde_json::to_writer_pretty(&mut *out, &Whole { asked, answer })?;
    writeln!(out)
}

/// "+0.31", or "-" without statements.
fn net(group: &super::Group) -> String {
    if group.statements == 0 { "–".to_owned() } else { format!("{:+.2}", group.net_stance) }
}

fn range([low, high]: [f64; 2]) -> String {
    format!("{low:+.2} to {high:+.2}")
}

/// A probability for reading.
fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// What tables say below of what is not in them.
fn notes(left_out: usize, undated: usize, small: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if small {
        notes.push("* rests on fewer than 10 articles or 30 statements: read with care".to_owned());
    }
    if left_out > 0 {
        notes.push(format!("{left_out} more with fewer statements; show them with --top"));
    }
    if undated > 0 {
        notes.push(format!("{undated} statements left out: their articles have no date"));
    }
    notes
}
