//! Compiles the gazetteer's tables with the program's own modules, so that a broken table breaks the build.

#![allow(dead_code, reason = "the modules are the program's, of which the build needs a part")]

#[path = "src/actors/compile.rs"]
mod compile;
#[path = "src/actors/entry.rs"]
mod entry;
#[path = "src/error.rs"]
mod error;
#[path = "src/table.rs"]
mod table;
#[path = "src/sentences/tokens.rs"]
mod tokens;
#[path = "src/sentences/words.rs"]
mod words;

mod sentences {
    pub use crate::tokens::{TokenKind, tokenize};
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=src/actors");
    println!("cargo::rerun-if-changed=src/sentences");
    let (gazetteer, automaton) = compile::compile()?;
    let folder = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(folder.join("gazetteer.bin"), postcard::to_stdvec(&gazetteer)?)?;
    Ok(std::fs::write(folder.join("automaton.bin"), automaton)?)
}
