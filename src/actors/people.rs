//! Persons whom the article itself introduces: "Defence Minister Anatoly Serdukov", "Li, the Chinese premier".

use crate::sentences::{Token, fold};

use super::PartyId;
use super::name_words::{NameWord, is_name_word};
use super::offices::OfficeClass;

/// A person introduced in the article by office.
#[derive(Debug, Clone, PartialEq)]
pub struct Introduced {
    /// The last word of the name, folded.
    pub surname: String,
    /// The party spoken for; none for an analyst or a former minister, who speaks for nobody.
    pub party: Option<PartyId>,
    pub class: OfficeClass,
    pub female: Option<bool>,
}

/// Everybody introduced so far.
#[derive(Debug, Clone, Default)]
pub struct People {
    known: Vec<Introduced>,
    /// Whether a surname alone means somebody of the gazetteer only where the text has introduced that person, or where
    /// everybody knows the name. In a whole article "Baker" may be anybody; a sentence alone has no room to say.
    pub(super) strict: bool,
    /// The parties named so far, the last one last.
    named: Vec<PartyId>,
}

impl People {
    /// Nobody yet, in an article, which introduces its persons.
    pub fn of_article() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// Remembers a person. Who was introduced as an official stays one.
    pub fn learn(&mut self, person: Introduced) {
        match self.known.iter_mut().find(|p| p.surname == person.surname) {
            Some(known) if known.party.is_none() && person.party.is_some() => *known = person,
            Some(_) => {}
            None => self.known.push(person),
        }
    }

    /// Remembers that a party was named.
    pub fn see(&mut self, party: PartyId) {
        self.named.retain(|named| *named != party);
        self.named.push(party);
    }

    /// The parties named so far, the last one first.
    pub fn latest(&self) -> impl Iterator<Item = PartyId> {
        self.named.iter().rev().copied()
    }

    /// Which of these parties was named last.
    pub fn last_named(&self, among: &[PartyId]) -> Option<PartyId> {
        self.named.iter().rev().find(|party| among.contains(party)).copied()
    }

    /// The person of this surname, also where it is spelled a little otherwise.
    pub fn named(&self, token: &Token) -> Option<&Introduced> {
        if !token.capital || token.lower.len() < 2 {
            return None;
        }
        let exact = self.known.iter().find(|p| p.surname == token.lower.as_str());
        exact.or_else(|| self.known.iter().find(|p| alike(&p.surname, &token.lower)))
    }
}

/// Transliterations differ in a letter or two: Serdukov and Serdyukov, Gadhafi and Qadhafi.
fn alike(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    let allowed = match shorter {
        0..=5 => return false,
        6..=8 => 1,
        _ => 2,
    };
    let same_start = a.as_bytes()[0] == b.as_bytes()[0] || shorter > 6;
    same_start && a.len().abs_diff(b.len()) <= allowed && strsim::levenshtein(a, b) <= allowed
}

/// The surname of a name: its last word, without "Jr"; none of a company.
pub fn surname(name: &[Token]) -> Option<String> {
    name.iter()
        .rev()
        .find(|t| t.is_word() && t.capital && !matches!(t.lower.as_str(), "jr" | "sr" | "ii" | "iii"))
        .filter(|t| !is_name_word(t, NameWord::Company))
        .map(|t| fold(&t.lower).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_alike_and_short_names_are_not() {
        assert!(alike("serdukov", "serdyukov"));
        assert!(alike("kadhafi", "kadafi"));
        assert!(!alike("li", "lin"));
        assert!(!alike("gates", "bates"));
        assert!(!alike("rahmonov", "ivanova"));
    }
}
