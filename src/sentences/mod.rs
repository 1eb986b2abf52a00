//! Step two: from a document's text to [`Sentence`]s of [`Token`]s. A sentence is a range of the text, and a
//! quotation of several sentences is several sentences.

mod classes;
mod line;
mod split;
mod tokens;
mod words;

use std::ops::Range;

use classes::classes;

pub use classes::hyphenated;
pub use line::Line;
pub use split::split;
pub use tokens::{Token, TokenKind, fold, tokenize};
pub use words::Class;

/// One sentence of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// Which paragraph of the document it belongs to, from 0.
    pub paragraph: usize,
    pub tokens: Vec<Token>,
}

/// The sentences of a text from byte `from` on, with their tokens.
pub fn sentences(text: &str, from: usize) -> Vec<Sentence> {
    split(text, from)
        .into_iter()
        .map(|(span, paragraph)| Sentence { tokens: tokenize(text, span.clone()), span, paragraph })
        .collect()
}
