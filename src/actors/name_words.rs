//! Words that tell of a name what it is the name of, from `data/name-words.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::sentences::Token;
use crate::table;

/// What a word tells of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameWord {
    /// "Mr", "President": a person's name follows.
    Title,
    /// "Minister": the same, and no firm has one.
    State,
    /// "Ltd": a company's name ends.
    Company,
    /// "Association", "Institute": the name of a body that is no party.
    Body,
    /// "chairman": companies have one as well as states.
    Corporate,
    /// "embassy": a body of one state that stands in another.
    Abroad,
    /// "ministry": a body that states have, and no organisation.
    Ministry,
    /// "bin", "van": within a person's name.
    Particle,
    /// "based", "born": behind a name, says of another where he or it is from.
    Origin,
    /// "bank": a state's or a firm's.
    Mixed,
    /// "former", "ousted": who no longer speaks for a party.
    Former,
    /// "spokesman": speaks for a person or a body named before.
    Voice,
    /// "leads": what the head of a body does.
    Heads,
    /// "reporters": who are told at home.
    Press,
    /// "farmers": who speak for their country only where it is named with them.
    Civil,
}

static SHIPPED: LazyLock<FxHashMap<&'static str, NameWord>> = LazyLock::new(|| {
    load(include_str!("data/name-words.tsv")).expect("the shipped words are valid, as their test shows")
});

fn load(text: &str) -> Result<FxHashMap<&str, NameWord>> {
    let mut words = FxHashMap::default();
    for row in table::rows::<2>("name-words.tsv", text) {
        let (line, [word, class]) = row?;
        let class = match class {
            "title" => NameWord::Title,
            "state" => NameWord::State,
            "company" => NameWord::Company,
            "body" => NameWord::Body,
            "corporate" => NameWord::Corporate,
            "abroad" => NameWord::Abroad,
            "ministry" => NameWord::Ministry,
            "particle" => NameWord::Particle,
            "origin" => NameWord::Origin,
            "mixed" => NameWord::Mixed,
            "former" => NameWord::Former,
            "voice" => NameWord::Voice,
            "heads" => NameWord::Heads,
            "press" => NameWord::Press,
            "civil" => NameWord::Civil,
            _ => return Err(Error::input(format!("name-words.tsv:{line}"), format!("unknown class {class:?}"))),
        };
        if words.insert(word, class).is_some() {
            return Err(Error::input(format!("name-words.tsv:{line}"), format!("{word:?} stands there twice")));
        }
    }
    Ok(words)
}

/// Whether a token is such a word.
pub fn is_name_word(token: &Token, class: NameWord) -> bool {
    SHIPPED.get(token.lower.as_str()) == Some(&class)
}

/// Whether a person's name may follow a token: "Mr", "Minister".
pub fn is_title(token: &Token) -> bool {
    is_name_word(token, NameWord::Title) || is_name_word(token, NameWord::State)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_valid() {
        assert!(load(include_str!("data/name-words.tsv")).is_ok_and(|words| words.len() > 50));
    }

    #[test]
    fn a_word_that_stands_there_twice_is_reported_with_its_line() {
        let error = load("word\tclass\nmr\ttitle\nmr\tbody\n").err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(error, "name-words.tsv:3: \"mr\" stands there twice");
    }
}
