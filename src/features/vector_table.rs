//! The table of word vectors, compiled when the program is built.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::table;
use crate::trie::Trie;

/// How many numbers a vector has.
pub const WIDTH: usize = 48;

/// The bytes of a trie of the stems, and the numbers of their vectors in the order of its numbers.
#[cfg_attr(not(test), allow(dead_code, reason = "called by the build script and by tests"))]
pub fn compile() -> Result<(Vec<u8>, Vec<u8>)> {
    read(include_str!("data/vectors.tsv"))
}

fn read(text: &str) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut vectors: BTreeMap<&str, &str> = BTreeMap::new();
    let mut numbers = Vec::with_capacity(text.len() / 2);
    for row in table::rows::<2>("vectors.tsv", text) {
        let (line, [stem, hex]) = row?;
        if hex.len() != 2 * WIDTH || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::input(format!("vectors.tsv:{line}"), format!("not {WIDTH} bytes in hexadecimal")));
        }
        vectors.insert(stem, hex);
    }
    for hex in vectors.values() {
        let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
        numbers.extend(hex.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])));
    }
    let stems: Vec<(&str, u32)> = vectors.keys().enumerate().map(|(number, stem)| (*stem, number as u32)).collect();
    let trie = Trie::bytes(&stems).ok_or_else(|| Error::input("vectors.tsv", "no vectors"))?;
    Ok((trie, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vectors_are_valid() {
        let (_, numbers) = compile().map_err(|e| e.to_string()).expect("valid");
        assert!(numbers.len() / WIDTH > 10_000);
    }

    #[test]
    fn a_vector_of_another_width_is_reported_with_its_line() {
        let error = read("stem\tvector\nabandon\t201f\n").err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(error, "vectors.tsv:2: not 48 bytes in hexadecimal");
    }
}
