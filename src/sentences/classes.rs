//! What a word does in a clause: looked up in the list that the build has compiled.

use std::sync::LazyLock;

use compact_str::format_compact;

use super::words::Class;
use crate::trie::Trie;

static WORDS: LazyLock<Trie> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.trie"));
    Trie::new(bytes).expect("the build has made it")
});

/// The classes of a word in lower case. An unknown word that ends as a past tense does counts as one, unless it is
/// written with a capital: "Mohamed".
pub fn classes(word: &str, capital: bool) -> Class {
    match WORDS.get(word) {
        Some(bits) => Class::of_bits(bits),
        None if capital => Class::NONE,
        None if word.len() > 5 && word.ends_with("ed") => Class::PAST.or(Class::PART),
        None if word.len() > 5 && word.ends_with("ly") => Class::ADV,
        None => Class::NONE,
    }
}

/// The classes of a verb that is written with a hyphen: "test-fired".
pub fn hyphenated(first: &str, second: &str) -> Class {
    let word = format_compact!("{first}-{second}");
    WORDS.get(&word).map_or(Class::NONE, Class::of_bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_function_words_are_told_apart() {
        assert!(classes("shelled", false).any(Class::PAST));
        assert!(classes("whilst", false).any(Class::BUT));
        assert!(!classes("treaty", false).any(Class::VERB.or(Class::FUNCTION)));
        assert!(hyphenated("test", "fired").any(Class::PAST) && hyphenated("army", "backed") == Class::NONE);
        assert!(classes("overegged", false).any(Class::PAST), "an unknown word in -ed");
        assert_eq!(classes("mohamed", true), Class::NONE);
    }
}
