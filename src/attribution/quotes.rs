//! Which words stand in quotation marks, over sentences and paragraphs.

use crate::sentences::{Sentence, Token, TokenKind};

use super::Kind;

/// The quotations of one sentence.
#[derive(Debug, Default, PartialEq)]
pub struct Quote {
    /// Of each token: whether it stands within a quotation.
    pub inside: Vec<bool>,
    /// Whether a quotation is open where the sentence begins.
    pub starts_open: bool,
    /// Whether a quotation is still open where the sentence ends.
    pub ends_open: bool,
    /// Whether nearly all words are quoted.
    pub mostly: bool,
    any: bool,
}

impl Quote {
    pub fn kind(&self, speech: bool) -> Kind {
        match (speech, self.any) {
            (false, false) => Kind::Action,
            (true, false) => Kind::Indirect,
            (_, true) if self.inside.iter().filter(|i| **i).count() * 2 > self.inside.len() => Kind::Direct,
            (_, true) => Kind::Mixed,
        }
    }
}

/// Marks the quotations of a document. A quotation that is never closed ends with its paragraph.
pub fn mark(sentences: &[Sentence]) -> Vec<Quote> {
    let mut open = false;
    let mut paragraph = usize::MAX;
    let mut quotes = Vec::with_capacity(sentences.len());
    for (number, sentence) in sentences.iter().enumerate() {
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            open = false;
        }
        let last_of_paragraph = sentences.get(number + 1).is_none_or(|next| next.paragraph != paragraph);
        let mut quote = Quote { starts_open: open, ..Quote::default() };
        let closes_later = |at: usize| sentence.tokens[at..].iter().any(|t| t.kind == TokenKind::Close);
        for (at, token) in sentence.tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Open => {
                    open = true;
                    quote.inside.push(true);
                }
                TokenKind::Close => {
                    quote.inside.push(open);
                    // An apostrophe at a word's end within double marks closes nothing.
                    open = open && token.is("'") && closes_later(at + 1);
                }
                _ => quote.inside.push(open),
            }
        }
        quote.any = quote.inside.iter().any(|i| *i);
        // Paragraphs of one speech each open a mark again and close only the last.
        let reopened = open
            && last_of_paragraph
            && sentences.get(number + 1).and_then(|s| s.tokens.first()).is_some_and(|t| t.kind == TokenKind::Open);
        quote.ends_open = open && (!last_of_paragraph || reopened);
        let words = sentence.tokens.iter().zip(&quote.inside).filter(|(t, _)| t.is_word());
        let (inside, all) = words.fold((0, 0), |(i, n), (_, inside)| (i + usize::from(*inside), n + 1));
        quote.mostly = all > 0 && inside * 10 >= all * 9;
        quotes.push(quote);
    }
    quotes
}

/// Of each token of a text that stands alone: whether it is in quotation marks.
pub fn inside(tokens: &[Token]) -> Vec<bool> {
    let mut open = false;
    tokens
        .iter()
        .map(|token| match token.kind {
            TokenKind::Open => {
                open = true;
                true
            }
            TokenKind::Close => std::mem::replace(&mut open, false),
            _ => open,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    #[test]
    fn a_quotation_runs_over_sentences_until_it_is_closed() {
        let text = "“We will wait. We have time,” he said. Nobody \"answered\" him.";
        let quotes = mark(&sentences(text, 0));
        let open: Vec<_> = quotes.iter().map(|q| (q.starts_open, q.ends_open, q.mostly)).collect();
        assert_eq!(open, [(false, true, true), (true, false, false), (false, false, false)]);
        assert_eq!(quotes[2].kind(true), Kind::Mixed);
    }

    #[test]
    fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
        let text = "“We will wait.\n\nThe minister left.";
        assert!(!mark(&sentences(text, 0))[1].starts_open);
    }

    #[test]
    fn paragraphs_that_open_a_mark_again_are_one_speech() {
        let text = "“We will wait.\n\n“We have time,” he said.";
        assert!(mark(&sentences(text, 0))[0].ends_open);
    }
}
