//! What the gazetteer holds: parties, persons in office, and what each alias means. The lists are flat and lie in memory
//! as the build has written them, so that the program has nothing to read when it starts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zerocopy::little_endian::{I16, U16, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Parties and persons.
#[derive(Default)]
pub struct Register {
    pub parties: Vec<Party>,
    pub persons: Cow<'static, [Person]>,
    /// The names of the persons in the same order, one a line.
    pub names: Cow<'static, str>,
    /// The terms of all persons, one person's after the other's.
    pub terms: Cow<'static, [Term]>,
}

/// What a table compiles to.
pub struct Compiled {
    pub known: Register,
    pub patterns: Patterns,
    /// The bytes of a trie of the patterns.
    pub trie: Vec<u8>,
}

/// What the numbers of a trie of aliases mean.
#[derive(Default)]
pub struct Patterns {
    pub patterns: Cow<'static, [Pattern]>,
    /// The meanings of all patterns, one pattern's after the other's.
    pub meanings: Cow<'static, [Meaning]>,
}

/// Where in a flat list the items of one owner stand.
#[derive(Debug, Clone, Copy, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Span {
    first: U32,
    count: U32,
}

impl Span {
    /// Puts items at the end of a list.
    pub fn append<T: Clone>(list: &mut Cow<'static, [T]>, items: Vec<T>) -> Self {
        let span = Self { first: U32::new(list.len() as u32), count: U32::new(items.len() as u32) };
        list.to_mut().extend(items);
        span
    }

    pub fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.first.get() as usize..][..self.count.get() as usize]
    }

    pub fn is_empty(self) -> bool {
        self.count.get() == 0
    }
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
    /// Whether it has ministers: all but organisations and groups have.
    pub ministers: bool,
    /// Whether its people's family names stand first.
    pub family_first: bool,
}

/// What an alias is to its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alias {
    Name,
    Adjective,
    People,
    Capital,
    Seat,
    /// A city or region of it: "Basra".
    Place,
    /// A person in office: number of the person, and whether the alias is the surname alone.
    Person {
        person: u32,
        surname: bool,
    },
}

/// A person of the gazetteer.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Person {
    /// 1 of a woman.
    female: u8,
    /// The first letter of the whole name, in lower case; 0 where it is not of the Latin alphabet.
    pub initial: u8,
    pub terms: Span,
}

impl Person {
    pub fn new(name: &str, female: bool, terms: Span) -> Self {
        Self { female: u8::from(female), initial: initial(name), terms }
    }

    pub fn is_female(&self) -> bool {
        self.female == 1
    }
}

/// An office held.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Term {
    party: U16,
    /// Lower is higher: of two persons of one name, the article means the one in the higher office.
    pub rank: u8,
    from: U32,
    to: U32,
}

impl Term {
    /// From the first to the last month, counted from the year 0.
    pub fn new(party: PartyId, rank: u8, from: u32, to: u32) -> Self {
        Self { party: party.0.into(), rank, from: from.into(), to: to.into() }
    }

    pub fn party(&self) -> PartyId {
        PartyId(self.party.get())
    }

    pub fn from(&self) -> u32 {
        self.from.get()
    }

    pub fn to(&self) -> u32 {
        self.to.get()
    }
}

/// One meaning of an alias.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Meaning {
    party: U16,
    /// Position in [`KINDS`]; past its end for a person by the whole name, and then by the surname.
    kind: u8,
    person: U32,
    from: I16,
    to: I16,
}

/// Aliases that are those of a party itself.
const KINDS: [Alias; 6] = [Alias::Name, Alias::Adjective, Alias::People, Alias::Capital, Alias::Seat, Alias::Place];

impl Meaning {
    /// What an alias means from the first to the last of these years.
    pub fn new(party: PartyId, alias: Alias, (from, to): (i16, i16)) -> Self {
        let (kind, person) = match alias {
            Alias::Person { person, surname } => (KINDS.len() + usize::from(surname), person),
            of_party => (KINDS.iter().position(|kind| *kind == of_party).unwrap_or(0), 0),
        };
        Self { party: party.0.into(), kind: kind as u8, person: person.into(), from: from.into(), to: to.into() }
    }

    pub fn party(&self) -> PartyId {
        PartyId(self.party.get())
    }

    pub fn alias(&self) -> Alias {
        let kind = usize::from(self.kind);
        let person = || Alias::Person { person: self.person.get(), surname: kind > KINDS.len() };
        KINDS.get(kind).copied().unwrap_or_else(person)
    }

    pub fn from(&self) -> i16 {
        self.from.get()
    }

    pub fn to(&self) -> i16 {
        self.to.get()
    }
}

/// An alias: how it has to be written, and what it may mean.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Pattern {
    case: u8,
    pub meanings: Span,
}

impl Pattern {
    pub fn new(case: Case, meanings: Span) -> Self {
        Self { case: case as u8, meanings }
    }

    pub fn case(&self) -> Case {
        match self.case {
            0 => Case::Capitals,
            1 => Case::Initial,
            _ => Case::Any,
        }
    }
}

/// How an alias has to be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The first letter of a name, in lower case; 0 where it is not of the Latin alphabet.
pub fn initial(name: &str) -> u8 {
    name.bytes().next().filter(u8::is_ascii_alphabetic).map_or(0, |letter| letter.to_ascii_lowercase())
}
