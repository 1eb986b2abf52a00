//! Words, numbers and marks of a sentence.

use std::ops::Range;

use compact_str::CompactString;

use super::{Class, classes};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    /// A mark of quotation that opens one.
    Open,
    /// A mark of quotation that closes one.
    Close,
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands in the text, in bytes.
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
    /// Whether it is written with a capital letter.
    pub capital: bool,
    /// Whether it is two letters or more, all of them capitals.
    pub acronym: bool,
    /// The word in lower case, without accents, with a straight apostrophe.
    pub lower: CompactString,
    /// What it does in a clause; nothing for names, numbers and marks.
    pub class: Class,
}

impl Token {
    pub fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// `'s`, or the apostrophe alone behind an s.
    pub fn is_possessive(&self) -> bool {
        matches!(self.lower.as_str(), "'s" | "'") && self.is_word()
    }

    pub fn is_a(&self, class: Class) -> bool {
        self.class.any(class)
    }
}

/// Without accents, typographic apostrophes and hyphens, in lower case.
pub fn fold(word: &str) -> CompactString {
    if word.is_ascii() {
        let mut lower = CompactString::new(word);
        lower.make_ascii_lowercase();
        return lower;
    }
    let mut lower = CompactString::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => lower.push_str(letters),
            None => lower.push(c),
        }
    }
    lower
}

/// The plain letters of an accented one. Newswire of all years writes names with and without.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ắ' | 'ạ' | 'ầ' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' | 'ę' | 'ė' | 'ế' | 'ệ' | 'ề' => "e",
        'ğ' | 'ģ' => "g",
        'ḥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'į' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ồ' | 'ộ' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ứ' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        '’' | '‘' | 'ʼ' | '`' => "'",
        '–' | '—' | '‐' | '‑' => "-",
        '\u{307}' | '\u{301}' => "",
        _ => return None,
    })
}

/// The tokens of a span of the text. `'s` is a token of its own, so are the parts of a hyphened word.
pub fn tokenize(text: &str, span: Range<usize>) -> Vec<Token> {
    let slice = &text[span.clone()];
    let mut tokens: Vec<Token> = Vec::with_capacity(slice.len() / 5 + 2);
    let mut at = 0;
    while let Some(c) = slice[at..].chars().next() {
        let rest = &slice[at..];
        let before = slice[..at].chars().next_back();
        let (length, kind) = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if c.is_ascii_digit() {
            (number(rest), TokenKind::Number)
        } else if c.is_alphabetic() {
            (word(rest), TokenKind::Word)
        } else if let Some(length) = clitic(rest, before) {
            (length, TokenKind::Word)
        } else {
            mark(rest, before)
        };
        let lower = fold(&rest[..length]);
        let capital = c.is_uppercase();
        let class = if kind == TokenKind::Word { classes(&lower, capital) } else { Class::NONE };
        let acronym = capital && length > 1 && rest[..length].chars().all(char::is_uppercase);
        let (start, end) = (span.start + at, span.start + at + length);
        tokens.push(Token { start, end, kind, capital, acronym, lower, class });
        at += length;
    }
    tokens
}

/// Digits with points, commas and slashes between them.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let inner =
            matches!(bytes[end], b'.' | b',' | b':' | b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(bytes[end].is_ascii_digit() || inner) {
            break;
        }
        end += 1;
    }
    end
}

/// Letters; an initialism keeps its points ("U.S."), and an apostrophe stays where no clitic begins ("O'Neill", "don't").
fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        let letters = c.is_alphanumeric() || matches!(c, '\u{301}' | '\u{307}');
        let initial = c == '.' && at > 0 && is_initialism(&rest[..at]) && next_ends(rest, at + 1, after);
        let apostrophe = matches!(c, '\'' | '’')
            && after.is_some_and(char::is_alphabetic)
            && clitic(&rest[at..], Some('x')).is_none();
        if !(letters || initial || apostrophe) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// "U.S.", "U.N", "d.c.": single letters with points between them.
fn is_initialism(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1)
}

/// The point of an initialism belongs to it where another initial follows, or one has gone before.
fn next_ends(rest: &str, at: usize, after: Option<char>) -> bool {
    let letter_follows =
        after.is_some_and(char::is_alphabetic) && !rest[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
    letter_follows || rest[..at].matches('.').count() >= 2
}

/// The length of a possessive or a shortened verb at this place: `'s`, `’re`, or the bare apostrophe of `Gates'`.
fn clitic(rest: &str, before: Option<char>) -> Option<usize> {
    let mut chars = rest.chars();
    let quote = chars.next().filter(|c| matches!(c, '\'' | '’'))?;
    let before = before.filter(|c| c.is_alphanumeric() || *c == '.')?;
    let letters: String = chars.as_str().chars().take_while(|c| c.is_alphabetic()).collect();
    match letters.as_str() {
        "s" | "S" | "re" | "ve" | "ll" | "d" | "m" => Some(quote.len_utf8() + letters.len()),
        "" if matches!(before, 's' | 'S' | '.') && chars.as_str().starts_with(' ') => Some(quote.len_utf8()),
        _ => None,
    }
}

fn mark(rest: &str, before: Option<char>) -> (usize, TokenKind) {
    let c = rest.chars().next().unwrap_or(' ');
    let length = if rest.starts_with("''") || rest.starts_with("``") || rest.starts_with("--") {
        2
    } else if rest.starts_with("...") {
        3
    } else {
        c.len_utf8()
    };
    let opens_here = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '-' | '—' | '–' | '“' | '"'))
        && !rest[length..].starts_with(char::is_whitespace);
    let kind = match c {
        '“' | '«' | '‘' | '`' => TokenKind::Open,
        '”' | '»' => TokenKind::Close,
        '"' if opens_here => TokenKind::Open,
        '"' => TokenKind::Close,
        '\'' if length == 2 || opens_here => {
            if opens_here {
                TokenKind::Open
            } else {
                TokenKind::Close
            }
        }
        '’' | '\'' if before.is_some_and(|b| matches!(b, '.' | ',' | '?' | '!')) => TokenKind::Close,
        _ => TokenKind::Mark,
    };
    (length, kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokenize(text, 0..text.len()).into_iter().map(|t| t.lower.to_string()).collect()
    }

    #[test]
    fn possessives_stand_alone_and_initialisms_stay_whole() {
        assert_eq!(words("Iraq’s U.S.-backed army"), ["iraq", "'s", "u.s.", "-", "backed", "army"]);
        assert_eq!(words("Gates' view"), ["gates", "'", "view"]);
        assert_eq!(words("O'Neill didn't go."), ["o'neill", "didn't", "go", "."]);
        assert_eq!(words("Élysée, 1.5 mln"), ["elysee", ",", "1.5", "mln"]);
    }

    #[test]
    fn straight_marks_open_before_a_word_and_close_behind_one() {
        let kinds = |text: &str| -> Vec<TokenKind> {
            tokenize(text, 0..text.len()).into_iter().map(|t| t.kind).filter(|k| *k != TokenKind::Word).collect()
        };
        assert_eq!(kinds("\"No\" he"), [TokenKind::Open, TokenKind::Close]);
        assert_eq!(kinds("''No,'' he"), [TokenKind::Open, TokenKind::Mark, TokenKind::Close]);
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order_within_the_text(text in "\\PC{0,80}") {
            let mut end = 0;
            for token in tokenize(&text, 0..text.len()) {
                prop_assert!(token.start >= end && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                end = token.end;
            }
        }
    }
}
