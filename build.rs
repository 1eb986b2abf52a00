//! Compiles the data files with the program's own modules, so that a broken file breaks the build and the program has
//! nothing to parse when it starts.

#![allow(dead_code, reason = "the modules are the program's, of which the build needs a part")]

use std::error::Error;
use std::path::PathBuf;

use zerocopy::IntoBytes;

#[path = "src/error.rs"]
mod error;
#[path = "src/table.rs"]
mod table;
#[path = "src/trie.rs"]
mod trie;

#[path = "src/sentences"]
mod sentences {
    mod tokens;
    pub mod words;

    pub use tokens::{TokenKind, tokenize};
    pub use words::Class;

    /// What a word does in a clause is no matter to the names and phrases of the tables.
    fn classes(_: &str, _: bool) -> Class {
        Class::NONE
    }
}

#[path = "src/actors"]
mod actors {
    pub mod compile;
    mod entry;
}

#[path = "src/features"]
mod features {
    pub mod entry;
    pub mod vector_table;
}

fn main() -> Result<(), Box<dyn Error>> {
    for folder in ["actors", "features", "sentences"] {
        println!("cargo::rerun-if-changed=src/{folder}");
    }
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(folder.join(name), bytes);
    write("words.trie", sentences::words::compile()?)?;
    let gazetteer = actors::compile::compile()?;
    write("parties.bin", postcard::to_stdvec(&gazetteer.known.parties)?)?;
    write("persons.bin", gazetteer.known.persons.as_bytes().to_vec())?;
    write("names.txt", gazetteer.known.names.into_owned().into_bytes())?;
    write("terms.bin", gazetteer.known.terms.as_bytes().to_vec())?;
    write("patterns.bin", gazetteer.patterns.patterns.as_bytes().to_vec())?;
    write("meanings.bin", gazetteer.patterns.meanings.as_bytes().to_vec())?;
    write("aliases.trie", gazetteer.trie)?;
    let lexicon = features::entry::compile()?;
    write("lexicon.bin", postcard::to_stdvec(&lexicon.entries)?)?;
    write("lexicon-words.trie", lexicon.words)?;
    write("lexicon-phrases.trie", lexicon.phrases)?;
    let (stems, numbers) = features::vector_table::compile()?;
    write("vectors.trie", stems)?;
    Ok(write("vectors.bin", numbers)?)
}
