//! Where output goes, and how wide and coloured it may be.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result};
use crate::report::format::Style;
use crate::write_whole;

/// Lets `fill` write to a file, which appears when it is whole, or to standard output.
pub fn write(path: Option<&Path>, fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    match path {
        Some(path) => {
            let mut failed = None;
            let written = write_whole(path, |out| {
                fill(out).map_err(|e| {
                    failed = Some(e);
                    std::io::Error::other("not written")
                })
            });
            failed.map_or(written, Err)
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout());
            fill(&mut out)?;
            out.flush().map_err(stdout_error)
        }
    }
}

/// A bar with count, rate and time left, drawn on standard error where that is a terminal and nothing else goes there.
/// Without a length it counts only.
pub fn progress(length: Option<u64>, unit: &str, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match length {
        Some(length) => {
            (ProgressBar::new(length), "{bar:40} {human_pos}/{human_len} {unit}, {per_sec}, {eta} left".to_owned())
        }
        None => (ProgressBar::new_spinner(), "{spinner} {human_pos} {unit}, {per_sec}, {elapsed}".to_owned()),
    };
    let style = ProgressStyle::with_template(&template.replace("{unit}", unit));
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}

pub fn stdout_error(error: std::io::Error) -> Error {
    Error::io("standard output", error)
}

/// Colour on a terminal that has not been asked for none; its width, or 120 columns elsewhere.
pub fn style(to_file: bool) -> Style {
    let terminal = !to_file && std::io::stdout().is_terminal();
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let colour = terminal && wanted;
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = if terminal { comfy_table::Table::new().width().or(columns) } else { columns };
    Style { colour, width: width.unwrap_or(120).max(60) }
}
