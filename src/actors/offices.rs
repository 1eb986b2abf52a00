//! Offices, bodies and forces: the nouns that make a mention of a party out of its adjective.

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::sentences::Token;
use crate::table;

/// What the head noun of a mention denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeClass {
    /// "minister": he or she.
    Person,
    /// "officials": they.
    Persons,
    /// "government": it.
    Body,
    /// "troops", "frigate".
    Forces,
    /// "senator", "opposition": may speak against the own side.
    Legislator,
    /// "analysts", "newspaper": speaks for itself, not for the party.
    Other,
}

impl OfficeClass {
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Persons => "persons",
            Self::Body => "body",
            Self::Forces => "forces",
            Self::Legislator => "legislator",
            Self::Other => "other",
        }
    }
}

/// A noun of `offices.tsv`.
pub struct Office {
    /// Its words behind the first.
    rest: Vec<String>,
    pub class: OfficeClass,
    /// Codes of the states that may be meant where none is named.
    pub owners: Vec<&'static str>,
    /// Codes of the states that have none of this name.
    pub without: Vec<&'static str>,
}

impl Office {
    /// One past its last token where it begins at this one.
    pub fn end(&self, first: usize) -> usize {
        first + 1 + self.rest.len()
    }
}

/// The nouns of `offices.tsv`, by their first word.
pub struct Offices(FxHashMap<String, Vec<Office>>);

impl Offices {
    pub fn shipped() -> Result<Self> {
        Self::load(include_str!("data/offices.tsv"))
    }

    fn load(text: &'static str) -> Result<Self> {
        let mut nouns: FxHashMap<String, Vec<Office>> = FxHashMap::default();
        for row in table::rows_of_at_least::<4>(2, "offices.tsv", text) {
            let (line, [noun, class, owners, without]) = row?;
            let class = match class {
                "person" => OfficeClass::Person,
                "persons" => OfficeClass::Persons,
                "body" => OfficeClass::Body,
                "forces" => OfficeClass::Forces,
                "legislator" => OfficeClass::Legislator,
                "other" => OfficeClass::Other,
                _ => {
                    return Err(Error::input(format!("offices.tsv:{line}"), format!("unknown class {class:?}")));
                }
            };
            for mut words in spelled_out(&noun.replace('-', " - ")) {
                let rest = words.split_off(1);
                let others = nouns.entry(words.remove(0)).or_default();
                if others.iter().any(|office| office.rest == rest) {
                    return Err(Error::input(format!("offices.tsv:{line}"), format!("{noun:?} stands there twice")));
                }
                let [owners, without] = [owners, without].map(|cell| table::several(cell).collect());
                others.push(Office { rest, class, owners, without });
            }
        }
        for candidates in nouns.values_mut() {
            candidates.sort_by_key(|office| std::cmp::Reverse(office.rest.len()));
        }
        Ok(Self(nouns))
    }

    /// The longest noun that begins at this token.
    pub fn at(&self, tokens: &[Token], first: usize) -> Option<&Office> {
        let candidates = self.0.get(tokens.get(first)?.lower.as_str())?;
        candidates.iter().find(|office| {
            let words = tokens.get(first + 1..office.end(first));
            words.is_some_and(|words| words.iter().zip(&office.rest).all(|(t, w)| t.is(w)))
        })
    }

    /// The codes of all states that stand with a noun.
    #[cfg(test)]
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.values().flatten().flat_map(|office| office.owners.iter().chain(&office.without).copied())
    }
}

/// The nouns that a cell of the table stands for, in words: "bank|union chief" for two.
fn spelled_out(cell: &str) -> Vec<Vec<String>> {
    cell.split(' ').fold(vec![Vec::new()], |nouns, words| {
        let goes_on = |noun: &Vec<String>, word: &str| noun.iter().cloned().chain([word.to_owned()]).collect();
        nouns.iter().flat_map(|noun| words.split('|').map(|word| goes_on(noun, word))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_may_stand_in_one_place_make_a_noun_each() {
        assert_eq!(spelled_out("bank|union chief|chiefs").len(), 4);
        assert_eq!(spelled_out("prime minister"), [["prime", "minister"]]);
    }

    #[test]
    fn a_noun_that_stands_there_twice_is_reported_with_its_line() {
        let twice = Offices::load("noun\tclass\towners\nenvoy\tperson\nchief|envoy\tperson\n");
        let error = twice.err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(error, "offices.tsv:3: \"chief|envoy\" stands there twice");
    }
}
