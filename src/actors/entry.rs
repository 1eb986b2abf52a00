//! What the gazetteer holds: parties, persons in office, and what each alias means.

use serde::{Deserialize, Serialize};

/// What `build.rs` hands to the program.
#[derive(Serialize, Deserialize)]
pub struct Compiled {
    pub parties: Vec<Party>,
    pub persons: Vec<Person>,
    /// Of each pattern of the automaton.
    pub patterns: Vec<Pattern>,
}

/// Number of a party within the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartyId(pub u16);

/// A state, an organisation of states or an armed group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// ISO 3166-1 alpha-3 code of a state, or the short name of an organisation or group.
    pub code: String,
    pub name: String,
}

/// What an alias is to its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alias {
    Name,
    Adjective,
    People,
    Capital,
    Seat,
    /// A person in office: number of the person, and whether the alias is the surname alone.
    Person {
        person: u32,
        surname: bool,
    },
}

/// A person of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub female: bool,
    /// Offices held: party, rank of the office, and the first and last month.
    pub terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub party: PartyId,
    /// Lower is higher: of two persons of one name, the article means the one in the higher office.
    pub rank: u8,
    /// First and last month, counted from the year 0.
    pub from: u32,
    pub to: u32,
    pub legislator: bool,
}

/// One meaning of an alias.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Meaning {
    pub party: PartyId,
    pub alias: Alias,
    pub from: i16,
    pub to: i16,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pattern {
    pub meanings: Vec<Meaning>,
    pub case: Case,
}

/// How an alias has to be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Case {
    /// All in capitals: "US", "WHO", "PLA".
    Capitals,
    /// Each of its words that is a name with a capital.
    Initial,
    Any,
}

pub fn months(year: i16, month: u32) -> u32 {
    u32::try_from(year).unwrap_or(0) * 12 + month - 1
}
