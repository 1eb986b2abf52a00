//! What a party is called once the article has named it, from `data/epithets.tsv`: "the bloc", "the alliance".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::sentences::Token;
use crate::table;

/// A word that stands for one of these parties.
#[derive(Debug, PartialEq)]
struct Epithet {
    /// Whether it needs its capital letter.
    capital: bool,
    codes: Vec<&'static str>,
}

static SHIPPED: LazyLock<FxHashMap<String, Epithet>> = LazyLock::new(|| {
    load(include_str!("data/epithets.tsv")).expect("the shipped words are valid, as their test shows")
});

fn load(text: &'static str) -> Result<FxHashMap<String, Epithet>> {
    let mut words = FxHashMap::default();
    for row in table::rows::<2>("epithets.tsv", text) {
        let (line, [word, codes]) = row?;
        let epithet = Epithet { capital: word.starts_with(char::is_uppercase), codes: codes.split('|').collect() };
        if words.insert(word.to_lowercase(), epithet).is_some() {
            return Err(Error::input(format!("epithets.tsv:{line}"), format!("{word:?} stands there twice")));
        }
    }
    Ok(words)
}

/// The codes of the parties that a word may stand for, behind "the".
pub fn codes(token: &Token) -> &'static [&'static str] {
    let epithet = SHIPPED.get(token.lower.as_str()).filter(|epithet| token.capital || !epithet.capital);
    epithet.map_or(&[], |epithet| epithet.codes.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Gazetteer;

    #[test]
    fn every_shipped_word_stands_for_parties_that_there_are() {
        let words = load(include_str!("data/epithets.tsv")).map_err(|e| e.to_string()).expect("valid");
        for code in words.values().flat_map(|epithet| &epithet.codes) {
            assert!(Gazetteer::shipped().by_code(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_word_that_stands_there_twice_is_reported_with_its_line() {
        let error = load("word\tcodes\nbloc\tEU\nbloc\tAU\n").err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(error, "epithets.tsv:3: \"bloc\" stands there twice");
    }
}
