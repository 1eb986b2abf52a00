//! The entries of the lexicon, and their table, compiled when the program is built.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::sentences::{TokenKind, tokenize};
use crate::table;
use crate::trie::Trie;

/// What an entry does to what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    Keep,
    /// "lift", "refuse": turns it into its contrary.
    Flip,
    /// "may", "partly".
    Weaken,
    None,
}

/// The kind of an entry: one of the PLOVER roots, or what it does in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kind(u8);

const KINDS: [&str; 21] = [
    "agree",
    "consult",
    "support",
    "cooperate",
    "aid",
    "yield",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilise",
    "coerce",
    "assault",
    "state",
    "tone",
    "reverse",
    "negate",
    "modal",
    "concede",
];

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = KINDS.len();
    pub const REVERSE: Self = Self(17);
    pub const NEGATE: Self = Self(18);

    pub fn name(self) -> &'static str {
        KINDS[usize::from(self.0)]
    }

    /// Below [`Kind::COUNT`].
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    fn named(name: &str) -> Option<Self> {
        KINDS.iter().position(|k| *k == name).map(|at| Self(at as u8))
    }
}

/// An entry of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub kind: Kind,
    /// From -3 (opposed) to 3 (cooperative).
    pub strength: i8,
    /// From -1 to 1: how the word sounds.
    pub sentiment: f32,
    pub effect: Effect,
    pub verb: bool,
}

/// What the build hands to the program.
#[derive(Debug, Default)]
pub struct Compiled {
    pub entries: Vec<Entry>,
    /// The bytes of a trie of the stems of single words; its numbers are those of the entries.
    pub words: Vec<u8>,
    /// Of a trie of the phrases, as [`key`] writes them.
    pub phrases: Vec<u8>,
}

/// Reads the lexicon that comes with the program.
#[cfg_attr(not(test), allow(dead_code, reason = "called by the build script and by tests"))]
pub fn compile() -> Result<Compiled> {
    read(include_str!("data/lexicon.tsv"))
}

fn read(text: &str) -> Result<Compiled> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut compiled = Compiled::default();
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    let mut phrases: BTreeMap<String, u32> = BTreeMap::new();
    for row in table::rows::<7>("lexicon.tsv", text) {
        let (line, [base, forms, pos, kind, strength, sentiment, effect]) = row?;
        let broken = |what: &str, cell: &str| Error::input(format!("lexicon.tsv:{line}"), format!("{what}: {cell:?}"));
        let entry = Entry {
            kind: Kind::named(kind).ok_or_else(|| broken("unknown kind", kind))?,
            strength: strength
                .parse()
                .ok()
                .filter(|s| (-3..=3).contains(s))
                .ok_or_else(|| broken("strength is a whole number from -3 to 3", strength))?,
            sentiment: sentiment
                .parse()
                .ok()
                .filter(|s| (-1.0..=1.0).contains(s))
                .ok_or_else(|| broken("sentiment is a number from -1 to 1", sentiment))?,
            effect: match effect {
                "keep" => Effect::Keep,
                "flip" => Effect::Flip,
                "weaken" => Effect::Weaken,
                "none" => Effect::None,
                _ => return Err(broken("unknown effect", effect)),
            },
            verb: pos == "v",
        };
        let number = compiled.entries.len() as u32;
        compiled.entries.push(entry);
        for form in std::iter::once(base).chain(table::several(forms)) {
            if form.contains([' ', '-']) {
                phrases.entry(key(form)).or_insert(number);
            } else {
                let known = words.entry(stemmer.stem(form).into_owned()).or_insert(number);
                if entry.verb && compiled.entries[*known as usize].strength.abs() < entry.strength.abs() {
                    *known = number;
                }
            }
        }
    }
    let trie = |keys: BTreeMap<String, u32>| {
        let keys: Vec<(&str, u32)> = keys.iter().map(|(key, number)| (key.as_str(), *number)).collect();
        Trie::bytes(&keys).ok_or_else(|| Error::input("lexicon.tsv", "no words, or no phrases"))
    };
    (compiled.words, compiled.phrases) = (trie(words)?, trie(phrases)?);
    Ok(compiled)
}

/// The words of a phrase, each with a space behind it.
fn key(phrase: &str) -> String {
    let tokens = tokenize(phrase, 0..phrase.len());
    let words = tokens.iter().filter(|t| t.kind != TokenKind::Open);
    words.flat_map(|token| [token.lower.as_str(), " "]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_is_valid_and_holds_what_it_should() {
        let entries = compile().map(|compiled| compiled.entries.len()).map_err(|e| e.to_string());
        assert!(entries.is_ok_and(|n| n > 2_500));
    }

    #[test]
    fn a_strength_out_of_range_is_reported_with_its_line() {
        let table = "entry\tforms\tpos\tkind\tstrength\tsentiment\teffect\nagree\t\tv\tagree\t9\t0\tkeep\n";
        let error = read(table).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.starts_with("lexicon.tsv:2: strength"), "{error}");
    }
}
