//! How classified articles are written, one file for each format.

mod csv;
mod html;
mod json;
pub mod page;
mod table;

use std::io::{Result, Write};

pub use self::csv::Csv;
pub use html::Html;
pub use json::{Json, Jsonl};
pub use table::{Style, Table};

use crate::classifier::Classified;

/// An output format. Articles come one after the other.
pub trait Format {
    fn begin(&mut self, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }

    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()>;

    fn end(&mut self, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}
