//! What the entries of the lexicon come to in their sentence: under negation, reversal, modality and concession.

use crate::sentences::{Class, Token, TokenKind};

use super::entry::{Effect, Entry, Kind};
use super::lexicon::Lexicon;

/// An entry of the lexicon in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub first: usize,
    pub end: usize,
    pub entry: Entry,
    /// Strength after all that governs it, in [-3, 3].
    pub value: f32,
    pub flipped: bool,
    pub weakened: bool,
    /// In a clause of concession: "while welcoming …".
    pub conceded: bool,
}

/// How many steps of strength there are.
pub const STRENGTHS: usize = 7;

/// A strength, or a sum of some, in steps from the most opposed to the most cooperative; below [`STRENGTHS`].
pub fn strength_step(value: f32) -> usize {
    match value {
        v if v <= -4.5 => 0,
        v if v <= -1.5 => 1,
        v if v < -0.2 => 2,
        v if v <= 0.2 => 3,
        v if v < 1.5 => 4,
        v if v < 4.5 => 5,
        _ => 6,
    }
}

/// How many tokens a word may govern to its right.
const REACH: usize = 6;

/// All entries of a sentence, longest first and without overlap. Words of a name are no entries: the "United" of the
/// United States unites nobody.
pub fn hits(lexicon: &Lexicon, tokens: &[Token], stems: &[&str], named: impl Fn(usize) -> bool) -> Vec<Hit> {
    let entries = lexicon.find(tokens, stems, named).into_iter();
    let mut found: Vec<Hit> = entries
        .map(|(first, end, entry)| {
            let value = f32::from(entry.strength);
            Hit { first, end, entry, value, flipped: false, weakened: false, conceded: false }
        })
        .collect();
    for number in 0..found.len() {
        govern(&mut found, number, tokens);
    }
    let conceded = concession(tokens);
    for hit in &mut found {
        hit.conceded = conceded[hit.first];
    }
    found
}

fn govern(found: &mut [Hit], number: usize, tokens: &[Token]) {
    let hit = found[number];
    let mut flips = false;
    let mut silenced = false;
    let mut weak = false;
    for governor in found[..number].iter().rev() {
        if hit.first - governor.end > REACH || breaks(tokens, governor.end, hit.first) {
            break;
        }
        match governor.entry.effect {
            Effect::Flip if matches!(governor.entry.kind, Kind::NEGATE | Kind::REVERSE) || governor.value == 0.0 => {
                flips = !flips;
            }
            // "rejected the charges": the rejection counts, and the charges no more.
            Effect::Flip => {
                silenced = true;
                break;
            }
            Effect::Weaken => weak = true,
            _ => {}
        }
    }
    let from = hit.first.saturating_sub(4);
    let negated = (from..hit.first).rev().take_while(|at| !breaks(tokens, *at, hit.first)).any(|at| {
        let covered = found[..number].iter().any(|h| h.entry.kind == Kind::NEGATE && (h.first..h.end).contains(&at));
        !covered && tokens[at].is_a(Class::NOT)
    });
    let hit = &mut found[number];
    hit.flipped = flips != negated;
    hit.weakened = weak;
    hit.value *= match (silenced, hit.flipped) {
        (true, _) => 0.0,
        (_, true) => -0.7,
        _ => 1.0,
    };
    if weak {
        hit.value *= 0.6;
    }
}

/// Whether a clause ends between two tokens.
fn breaks(tokens: &[Token], from: usize, to: usize) -> bool {
    tokens[from..to].iter().any(|t| {
        t.kind == TokenKind::Mark && matches!(t.lower.as_str(), "," | ";" | ":")
            || t.is_a(Class::BUT.or(Class::REL))
            || t.is("and")
    })
}

/// Which tokens stand in a clause that "while", "despite" or "although" opens.
fn concession(tokens: &[Token]) -> Vec<bool> {
    let mut conceded = vec![false; tokens.len()];
    let mut open = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.lower.as_str() {
            "while" | "whilst" | "although" | "though" | "despite" | "notwithstanding" => open = true,
            "," | ";" => open = open && at < 3,
            "but" | "." => open = false,
            _ => {}
        }
        conceded[at] = open;
    }
    conceded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::tokenize;
    use rust_stemmers::{Algorithm, Stemmer};

    fn values(text: &str) -> Vec<(String, f32)> {
        let tokens = tokenize(text, 0..text.len());
        let stemmer = Stemmer::create(Algorithm::English);
        let stems: Vec<String> = tokens.iter().map(|t| stemmer.stem(&t.lower).into_owned()).collect();
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        let hits = hits(Lexicon::shipped(), &tokens, &stems, |_| false);
        hits.iter().map(|h| (tokens[h.first].lower.to_string(), h.value)).collect()
    }

    fn value(text: &str, word: &str) -> f32 {
        values(text).into_iter().find(|(w, _)| w == word).map_or(f32::NAN, |(_, v)| v)
    }

    #[test]
    fn negation_turns_a_word_into_its_contrary() {
        assert!(value("They condemned the raid", "condemned") < 0.0);
        assert!(value("They did not condemn the raid", "condemn") > 0.0);
    }

    #[test]
    fn reversal_governs_what_follows_in_its_clause() {
        assert!(value("They imposed sanctions", "sanctions") < 0.0 || value("They imposed sanctions", "imposed") < 0.0);
        assert!(values("They agreed, and halted the bombardment").iter().all(|(_, v)| *v >= 0.0));
    }
}
