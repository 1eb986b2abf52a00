//! What a word does in a clause: looked up in the list that the build has compiled.

use std::sync::LazyLock;

use super::words::Class;
use crate::trie::Trie;

static WORDS: LazyLock<Trie> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.trie"));
    Trie::new(bytes).expect("the build has made it")
});

/// The classes of a word in lower case. An unknown word that ends as a past tense does counts as one.
pub fn classes(word: &str) -> Class {
    match WORDS.get(word) {
        Some(bits) => Class::of_bits(bits),
        None if word.len() > 5 && word.ends_with("ed") => Class::PAST.or(Class::PART),
        None if word.len() > 5 && word.ends_with("ly") => Class::ADV,
        None => Class::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_function_words_are_told_apart() {
        assert!(classes("shelled").any(Class::PAST));
        assert!(classes("whilst").any(Class::BUT));
        assert!(!classes("treaty").any(Class::VERB.or(Class::FUNCTION)));
        assert!(classes("overegged").any(Class::PAST), "an unknown word in -ed");
    }
}
