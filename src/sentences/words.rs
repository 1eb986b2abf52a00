//! What common words do in a clause, from `data/words.tsv`.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::table;
use crate::trie::Trie;

/// The classes a word can have, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(u32);

impl Class {
    pub const NONE: Self = Self(0);
    pub const BASE: Self = Self(1);
    pub const THIRD: Self = Self(1 << 1);
    pub const PAST: Self = Self(1 << 2);
    pub const PART: Self = Self(1 << 3);
    pub const ING: Self = Self(1 << 4);
    pub const AUX: Self = Self(1 << 5);
    pub const MODAL: Self = Self(1 << 6);
    pub const NOT: Self = Self(1 << 7);
    pub const DET: Self = Self(1 << 8);
    pub const PREP: Self = Self(1 << 9);
    pub const PLACE: Self = Self(1 << 10);
    pub const CONJ: Self = Self(1 << 11);
    pub const BUT: Self = Self(1 << 12);
    pub const COND: Self = Self(1 << 13);
    pub const REL: Self = Self(1 << 14);
    pub const PRON: Self = Self(1 << 15);
    pub const TIME: Self = Self(1 << 16);
    pub const ADV: Self = Self(1 << 17);
    /// What tells a part of a country: "northern".
    pub const REGION: Self = Self(1 << 18);
    /// An unnamed number: "some", "many", "a majority".
    pub const SOME: Self = Self(1 << 19);
    /// "its", "their".
    pub const OWN: Self = Self(1 << 20);
    /// What opens a clause of time: "when", "until".
    pub const WHEN: Self = Self(1 << 21);
    /// A modal of what might or ought to be: "could", "should".
    pub const GUESS: Self = Self(1 << 22);
    /// "both", "two", "three".
    pub const COUNT: Self = Self(1 << 23);
    /// What means all who were named: "sides", "nations".
    pub const SIDES: Self = Self(1 << 24);
    /// What means those who were named where it is counted: "men", "ministers".
    pub const MEN: Self = Self(1 << 25);
    /// What follows "is" where somebody is one of several: "among", "part".
    pub const ONE_OF: Self = Self(1 << 26);
    /// What speaks for whoever put it out: "statement".
    pub const PAPER: Self = Self(1 << 27);
    /// What is done to somebody who then is elsewhere: "summoned to the ministry".
    pub const TAKEN: Self = Self(1 << 28);
    /// What may stand between an auxiliary and its verb: "each".
    pub const FLOATS: Self = Self(1 << 29);
    /// What a country has or is, and no act: "owes".
    pub const STATIVE: Self = Self(1 << 30);

    /// Any form of a verb but the auxiliaries.
    pub const VERB: Self = Self(Self::BASE.0 | Self::THIRD.0 | Self::PAST.0 | Self::PART.0 | Self::ING.0);
    /// Words that hold a sentence together and never name anything.
    pub const FUNCTION: Self =
        Self(Self::AUX.0 | Self::DET.0 | Self::PREP.0 | Self::CONJ.0 | Self::REL.0 | Self::PRON.0 | Self::NOT.0);

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has any of these classes.
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// From the bits that [`compile`] has written.
    pub fn of_bits(bits: u32) -> Self {
        Self(bits)
    }

    pub fn bits(self) -> u32 {
        self.0
    }

    fn named(name: &str) -> Option<Self> {
        const NAMES: [&str; 31] = [
            "base", "third", "past", "part", "ing", "aux", "modal", "not", "det", "prep", "place", "conj", "but",
            "cond", "rel", "pron", "time", "adv", "region", "some", "own", "when", "guess", "count", "sides", "men",
            "one-of", "paper", "taken", "floats", "stative",
        ];
        NAMES.iter().position(|n| *n == name).map(|bit| Self(1 << bit))
    }
}

/// The bytes of a trie of the word list, whose numbers are the bits of the classes. For the build.
#[cfg_attr(not(test), allow(dead_code, reason = "called by the build script and by tests"))]
pub fn compile() -> Result<Vec<u8>> {
    let words = load(include_str!("data/words.tsv"))?;
    let keys: Vec<(&str, u32)> = words.into_iter().map(|(word, class)| (word, class.0)).collect();
    Trie::bytes(&keys).ok_or_else(|| Error::input("words.tsv", "no words, or too many"))
}

fn load(text: &str) -> Result<BTreeMap<&str, Class>> {
    let mut words = BTreeMap::new();
    for row in table::rows::<2>("words.tsv", text) {
        let (line, [word, classes]) = row?;
        let mut class = Class::NONE;
        for name in table::several(classes) {
            let unknown = || Error::input(format!("words.tsv:{line}"), format!("unknown class {name:?}"));
            class = class.or(Class::named(name).ok_or_else(unknown)?);
        }
        words.insert(word, class);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_list_is_valid() {
        assert!(load(include_str!("data/words.tsv")).is_ok_and(|words| words.len() > 10_000));
        assert!(compile().is_ok_and(|bytes| Trie::new(bytes).is_some()));
    }

    #[test]
    fn an_unknown_class_is_reported_with_its_line() {
        let error = load("word\tclasses\nwent\tpast\nfoo\tbar\n").unwrap_err().to_string();
        assert_eq!(error, "words.tsv:3: unknown class \"bar\"");
    }
}
