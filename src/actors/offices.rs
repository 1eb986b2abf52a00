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

/// The nouns of `offices.tsv`, by their first word.
pub struct Offices(FxHashMap<String, Vec<(Vec<String>, OfficeClass)>>);

impl Offices {
    pub fn shipped() -> Result<Self> {
        Self::load(include_str!("data/offices.tsv"))
    }

    fn load(text: &str) -> Result<Self> {
        let mut nouns: FxHashMap<String, Vec<(Vec<String>, OfficeClass)>> = FxHashMap::default();
        for row in table::rows::<2>("offices.tsv", text) {
            let (line, [noun, class]) = row?;
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
            let noun = noun.replace('-', " - ");
            let mut words = noun.split(' ').map(str::to_owned);
            if let Some(first) = words.next() {
                nouns.entry(first).or_default().push((words.collect(), class));
            }
        }
        for candidates in nouns.values_mut() {
            candidates.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Ok(Self(nouns))
    }

    /// The longest noun that begins at this token: one past its last token, and its class.
    pub fn at(&self, tokens: &[Token], first: usize) -> Option<(usize, OfficeClass)> {
        let candidates = self.0.get(tokens.get(first)?.lower.as_str())?;
        candidates.iter().find_map(|(rest, class)| {
            let end = first + 1 + rest.len();
            let words = tokens.get(first + 1..end)?;
            words.iter().zip(rest).all(|(t, w)| t.is(w)).then_some((end, *class))
        })
    }
}
