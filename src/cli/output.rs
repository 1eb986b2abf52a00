//! Where output goes, and how wide and coloured it may be.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

use crate::error::{Error, Result};
use crate::report::format::Style;
use crate::write_whole;

/// Lets `fill` write to a file, which appears when it is whole, or to standard output.
pub fn write(path: Option<&Path>, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
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
            let mut out = BufWriter::new(std::io::stdout().lock());
            fill(&mut out)?;
            out.flush().map_err(stdout_error)
        }
    }
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
