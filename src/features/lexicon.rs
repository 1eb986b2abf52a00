//! The stance lexicon: what words and set phrases of state dealings mean, from `data/lexicon.tsv`.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::sentences::Token;
use crate::table;

/// What an entry does to what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Keep,
    /// "lift", "refuse": turns it into its contrary.
    Flip,
    /// "may", "partly".
    Weaken,
    None,
}

/// The kind of an entry: one of the PLOVER roots, or what it does in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    pub const REVERSE: Self = Self(17);
    pub const NEGATE: Self = Self(18);

    pub fn name(self) -> &'static str {
        KINDS[usize::from(self.0)]
    }

    fn named(name: &str) -> Option<Self> {
        KINDS.iter().position(|k| *k == name).map(|at| Self(at as u8))
    }
}

/// An entry of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    /// From -3 (opposed) to 3 (cooperative).
    pub strength: i8,
    /// From -1 to 1: how the word sounds.
    pub sentiment: f32,
    pub effect: Effect,
    pub verb: bool,
}

/// All entries, words by their stem and phrases by their first word.
pub struct Lexicon {
    words: FxHashMap<String, Entry>,
    /// By the first word: what follows it.
    phrases: FxHashMap<&'static str, Vec<(&'static str, Entry)>>,
}

static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::load(include_str!("data/lexicon.tsv")).expect("the shipped lexicon is valid, as its test shows")
});

impl Lexicon {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn load(text: &'static str) -> Result<Self> {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut lexicon = Self { words: FxHashMap::default(), phrases: FxHashMap::default() };
        lexicon.words.reserve(8_000);
        for row in table::rows::<7>("lexicon.tsv", text) {
            let (line, [base, forms, pos, kind, strength, sentiment, effect]) = row?;
            let broken =
                |what: &str, cell: &str| Error::input(format!("lexicon.tsv:{line}"), format!("{what}: {cell:?}"));
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
            for form in std::iter::once(base).chain(table::several(forms)) {
                match form.split_once(' ') {
                    None if form.contains('-') => lexicon.phrase(form, entry),
                    None => {
                        let stem = stemmer.stem(form).into_owned();
                        let known = lexicon.words.entry(stem).or_insert(entry);
                        if known.strength.abs() < entry.strength.abs() && entry.verb {
                            *known = entry;
                        }
                    }
                    Some(_) => lexicon.phrase(form, entry),
                }
            }
        }
        for candidates in lexicon.phrases.values_mut() {
            candidates.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Ok(lexicon)
    }

    fn phrase(&mut self, form: &'static str, entry: Entry) {
        let first = form.find([' ', '-']).unwrap_or(form.len());
        self.phrases.entry(&form[..first]).or_default().push((&form[first..], entry));
    }

    /// The longest entry that begins at this token, and one past its last token.
    pub fn at(&self, tokens: &[Token], stems: &[&str], first: usize) -> Option<(usize, Entry)> {
        let token = tokens.get(first)?;
        if let Some(candidates) = self.phrases.get(token.lower.as_str()) {
            for (rest, entry) in candidates {
                if let Some(end) = matches(tokens, first + 1, rest) {
                    return Some((end, *entry));
                }
            }
        }
        self.words.get(*stems.get(first)?).map(|entry| (first + 1, *entry))
    }
}

/// One past the last token, where the words of a phrase stand from token `at` on. A hyphen is a token of its own.
fn matches(tokens: &[Token], mut at: usize, rest: &str) -> Option<usize> {
    for part in rest.split_inclusive([' ', '-']) {
        let word = part.trim_end_matches([' ', '-']);
        if !word.is_empty() {
            if !tokens.get(at)?.is(word) {
                return None;
            }
            at += 1;
        }
        if part.ends_with('-') {
            if !tokens.get(at)?.is("-") {
                return None;
            }
            at += 1;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_is_valid_and_holds_what_it_should() {
        let lexicon = Lexicon::load(include_str!("data/lexicon.tsv")).map_err(|e| e.to_string());
        assert!(lexicon.is_ok_and(|l| l.words.len() + l.phrases.values().map(Vec::len).sum::<usize>() > 2_500));
    }

    #[test]
    fn a_strength_out_of_range_is_reported_with_its_line() {
        let table = "entry\tforms\tpos\tkind\tstrength\tsentiment\teffect\nagree\t\tv\tagree\t9\t0\tkeep\n";
        let error = Lexicon::load(table).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.starts_with("lexicon.tsv:2: strength"), "{error}");
    }
}
