//! The stance lexicon: what words and set phrases of state dealings mean, from `data/lexicon.tsv`.

use std::sync::LazyLock;

use super::entry::Entry;
use crate::sentences::{Line, Token};
use crate::trie::Trie;

/// All entries, single words by their stem.
pub struct Lexicon {
    entries: Vec<Entry>,
    words: Trie,
    phrases: Trie,
}

static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    let trie = |bytes: &'static [u8]| Trie::new(bytes).expect("the build has made it");
    Lexicon {
        entries: postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin")))
            .expect("the build has made it"),
        words: trie(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-words.trie"))),
        phrases: trie(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-phrases.trie"))),
    }
});

impl Lexicon {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The longest entries from left to right, without overlap, each with its first token and one past its last. None
    /// begins at a token that is `named`.
    pub fn find(&self, tokens: &[Token], stems: &[&str], named: impl Fn(usize) -> bool) -> Vec<(usize, usize, Entry)> {
        let line = Line::of(tokens);
        let mut found = Vec::new();
        let mut first = 0;
        while first < tokens.len() {
            match self.at(&line, stems, first).filter(|_| !named(first)) {
                Some((end, entry)) => {
                    found.push((first, end, entry));
                    first = end;
                }
                None => first += 1,
            }
        }
        found
    }

    fn at(&self, line: &Line, stems: &[&str], first: usize) -> Option<(usize, Entry)> {
        let (number, end) = match line.longest(&self.phrases, first) {
            Some(phrase) => phrase,
            None => (self.words.get(stems[first])?, first + 1),
        };
        Some((end, self.entries[number as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::tokenize;

    #[test]
    fn the_longest_phrase_goes_before_its_words() {
        let text = "They walked out of the talks";
        let tokens = tokenize(text, 0..text.len());
        let stems = ["they", "walk", "out", "of", "the", "talk"];
        let found = Lexicon::shipped().find(&tokens, &stems, |_| false);
        assert_eq!((found[0].0, found[0].1, found[0].2.kind.name()), (1, 4, "reject"));
        assert!(Lexicon::shipped().find(&tokens, &stems, |at| at == 1).iter().all(|f| f.0 != 1));
    }
}
