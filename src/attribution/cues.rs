//! Cues: the verbs, nouns and phrases that tell of speech, from `data/cues.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::sentences::{Token, tokenize};
use crate::table;

/// What stands beside a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A verb that brings in words or a clause: "said that …".
    Speech,
    /// A verb whose object is spoken to or of: "condemned".
    Object,
    /// A noun whose owner speaks by it: "Moscow's rejection".
    Noun,
    /// A noun that brings in what nobody vouches for: "rumours that".
    Hearsay,
    /// "according to", "in the words of".
    Phrase,
}

/// A word or phrase that tells of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    pub frame: Frame,
    /// Whether whom it is said to follows: "told reporters".
    pub addressed: bool,
}

/// All cues, by the first word of each of their forms.
pub struct Cues(FxHashMap<String, Vec<(Vec<String>, Cue)>>);

static SHIPPED: LazyLock<Cues> = LazyLock::new(|| {
    Cues::load(include_str!("data/cues.tsv")).expect("the shipped cues are valid, as their test shows")
});

impl Cues {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn load(text: &str) -> Result<Self> {
        let mut cues: FxHashMap<String, Vec<(Vec<String>, Cue)>> = FxHashMap::default();
        for row in table::rows::<4>("cues.tsv", text) {
            let (line, [base, forms, frame, _lean]) = row?;
            let addressed = frame == "speech to";
            let frame = match frame {
                "speech" | "speech to" => Frame::Speech,
                "object" => Frame::Object,
                "noun" => Frame::Noun,
                "hearsay" => Frame::Hearsay,
                "phrase" => Frame::Phrase,
                _ => {
                    return Err(Error::input(format!("cues.tsv:{line}"), format!("unknown frame {frame:?}")));
                }
            };
            for form in table::several(forms).chain(std::iter::once(base)) {
                let mut words = tokenize(form, 0..form.len()).into_iter().map(|t| t.lower.to_string());
                let Some(first) = words.next() else { continue };
                let rest: Vec<String> = words.collect();
                let known = cues.entry(first).or_default();
                if !known.iter().any(|(r, c)| *r == rest && c.frame == frame) {
                    known.push((rest, Cue { frame, addressed }));
                }
            }
        }
        for candidates in cues.values_mut() {
            candidates.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Ok(Self(cues))
    }

    /// The longest cue of one of these frames that begins at this token, and one past its last token.
    pub fn at(&self, tokens: &[Token], first: usize, frames: &[Frame]) -> Option<(usize, Cue)> {
        let candidates = self.0.get(tokens.get(first)?.lower.as_str())?;
        candidates.iter().filter(|(_, cue)| frames.contains(&cue.frame)).find_map(|(rest, cue)| {
            let end = first + 1 + rest.len();
            let words = tokens.get(first + 1..end)?;
            words.iter().zip(rest).all(|(t, w)| t.is(w)).then_some((end, *cue))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_cues_are_valid_and_many() {
        let cues = Cues::load(include_str!("data/cues.tsv")).map_err(|e| e.to_string());
        assert!(cues.is_ok_and(|c| c.0.len() > 300));
    }

    #[test]
    fn a_cue_of_several_words_is_found_whole() {
        let text = "made clear that";
        let tokens = tokenize(text, 0..text.len());
        let found = Cues::shipped().at(&tokens, 0, &[Frame::Speech]);
        assert_eq!(found.map(|(end, _)| end), Some(2));
    }
}
