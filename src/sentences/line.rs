//! Tokens in a row, each with a space behind it: what names and phrases are looked up in.

use super::Token;
use crate::trie::Trie;

/// The tokens of a sentence as one text in lower case.
pub struct Line {
    text: String,
    /// Where each token begins.
    starts: Vec<usize>,
}

impl Line {
    pub fn of(tokens: &[Token]) -> Self {
        let mut line = Self { text: String::with_capacity(tokens.len() * 8), starts: Vec::with_capacity(tokens.len()) };
        for token in tokens {
            line.starts.push(line.text.len());
            line.text.push_str(&token.lower);
            line.text.push(' ');
        }
        line
    }

    /// The longest key of a trie that begins at this token: its number, and one past its last token. Keys end with the
    /// space behind their last word.
    pub fn longest(&self, trie: &Trie, first: usize) -> Option<(u32, usize)> {
        let start = *self.starts.get(first)?;
        let (number, length) = trie.longest(&self.text[start..])?;
        let end = first + self.starts[first..].partition_point(|s| *s < start + length);
        Some((number, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::tokenize;

    #[test]
    fn keys_are_found_from_their_first_token_and_whole_words_only() {
        let trie = Trie::bytes(&[("north ", 1), ("north sea ", 2), ("sea ", 3)]).and_then(Trie::new).expect("sorted");
        let text = "North Sea, North Seas";
        let line = Line::of(&tokenize(text, 0..text.len()));
        let found: Vec<_> = (0..6).map(|first| line.longest(&trie, first)).collect();
        assert_eq!(found, [Some((2, 2)), Some((3, 2)), None, Some((1, 4)), None, None]);
    }
}
