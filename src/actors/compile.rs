//! The gazetteer's tables, compiled: read once when the program is built, so that it starts at once.

use rustc_hash::FxHashMap;

use super::entry::{
    Alias, Case, Compiled, Meaning, Party, PartyId, Pattern, Patterns, Person, Register, Span, Term, months,
};
use crate::error::{Error, Result};
use crate::sentences::{TokenKind, tokenize};
use crate::table::{rows, rows_of_at_least, several};
use crate::trie::Trie;

/// Reads somebody's own table on top of what is known: parties, names and persons. The patterns are those of the table
/// alone.
pub fn extend(known: Register, file: &str, text: &str) -> Result<Compiled> {
    let codes = known.parties.iter().enumerate();
    let by_code = codes.map(|(number, party)| (party.code.clone(), PartyId(number as u16))).collect();
    let mut builder = Builder { by_code, known, ..Builder::new() };
    builder.own(file, text)?;
    builder.finish()
}

/// Reads the tables that come with the program.
#[cfg_attr(not(test), allow(dead_code, reason = "called by the build script and by tests"))]
pub fn compile() -> Result<Compiled> {
    let mut builder = Builder::new();
    builder.countries("countries.tsv", include_str!("data/countries.tsv"))?;
    builder.organisations("organisations.tsv", include_str!("data/organisations.tsv"))?;
    builder.groups("groups.tsv", include_str!("data/groups.tsv"))?;
    builder.institutions("institutions.tsv", include_str!("data/institutions.tsv"))?;
    builder.places("places.tsv", include_str!("data/places.tsv"))?;
    builder.persons("persons-early.tsv", include_str!("data/persons-early.tsv"))?;
    builder.persons("persons-west.tsv", include_str!("data/persons-west.tsv"))?;
    builder.persons("persons-world.tsv", include_str!("data/persons-world.tsv"))?;
    builder.not_names("not-names.tsv", include_str!("data/not-names.tsv"))?;
    builder.not_names("not-names-more.tsv", include_str!("data/not-names-more.tsv"))?;
    builder.finish()
}

/// Collects the data files into a gazetteer.
struct Builder {
    /// What is there before.
    known: Register,
    by_code: FxHashMap<String, PartyId>,
    /// Names of the new persons, whether they are women, and their terms.
    persons: Vec<(String, bool, Vec<Term>)>,
    person_by_name: FxHashMap<(String, PartyId), u32>,
    patterns: FxHashMap<String, (Vec<Meaning>, Case)>,
}

impl Builder {
    fn new() -> Self {
        Self {
            known: Register::default(),
            by_code: FxHashMap::default(),
            persons: Vec::new(),
            person_by_name: FxHashMap::default(),
            patterns: FxHashMap::with_capacity_and_hasher(20_000, Default::default()),
        }
    }

    /// A new party. Two of one code would be taken for each other.
    fn party(&mut self, code: &str, name: &str, place: &str) -> Result<PartyId> {
        let id = PartyId(u16::try_from(self.known.parties.len()).unwrap_or(u16::MAX));
        if let Some(other) = self.by_code.insert(code.to_owned(), id) {
            let other = &self.known.parties[usize::from(other.0)].name;
            return Err(Error::input(place, format!("the code {code} of {name:?} is that of {other:?}")));
        }
        let name = name.split('@').next().unwrap_or(name).to_owned();
        self.known.parties.push(Party { code: code.to_owned(), name, ministers: true, family_first: false });
        Ok(id)
    }

    fn alias(&mut self, text: &str, party: PartyId, alias: Alias, place: &str) -> Result<()> {
        let (words, from, to) = match text.split_once('@') {
            None => (text, i16::MIN, i16::MAX),
            Some((words, years)) => {
                let broken = || Error::input(place, format!("{years:?} is not a span of years such as 1949..1990"));
                let (from, to) = years.split_once("..").ok_or_else(broken)?;
                let year = |y: &str, open: i16| {
                    if y.is_empty() { Ok(open) } else { y.parse().map_err(|_| broken()) }
                };
                (words, year(from, i16::MIN)?, year(to, i16::MAX)?)
            }
        };
        let words = words.strip_prefix("the ").unwrap_or(words);
        let key = key(words);
        if key.is_empty() {
            return Err(Error::input(place, format!("an alias without letters: {text:?}")));
        }
        let (meanings, written) = self.patterns.entry(key).or_insert_with(|| (Vec::new(), case(words)));
        // "Nato" beside "NATO": either is meant.
        if !matches!(alias, Alias::Person { .. }) {
            *written = (*written).max(case(words));
        }
        let same = |m: &Meaning| m.party() == party && m.from() == from && !matches!(m.alias(), Alias::Person { .. });
        if matches!(alias, Alias::Person { .. }) || !meanings.iter().any(same) {
            meanings.push(Meaning::new(party, alias, (from, to)));
        }
        Ok(())
    }

    /// All aliases of a cell.
    fn aliases(&mut self, cell: &str, party: PartyId, alias: Alias, place: &str) -> Result<()> {
        several(cell).try_for_each(|part| self.alias(part, party, alias, place))
    }

    fn countries(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows_of_at_least::<8>(7, file, text) {
            let (line, [code, name, names, adjectives, people, capitals, seats, family]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name, &place)?;
            self.known.parties[usize::from(party.0)].family_first = match family {
                "" => false,
                "first" => true,
                _ => return Err(Error::input(place, format!("{family:?} is not \"first\""))),
            };
            self.alias(name, party, Alias::Name, &place)?;
            let columns = [
                (names, Alias::Name),
                (adjectives, Alias::Adjective),
                (people, Alias::People),
                (capitals, Alias::Capital),
                (seats, Alias::Seat),
            ];
            for (cell, alias) in columns {
                self.aliases(cell, party, alias, &place)?;
            }
        }
        Ok(())
    }

    fn organisations(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<7>(file, text) {
            let (line, [code, name, names, people, seats, _members, _kind]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name, &place)?;
            self.known.parties[usize::from(party.0)].ministers = false;
            self.alias(name, party, Alias::Name, &place)?;
            for (cell, alias) in [(names, Alias::Name), (people, Alias::People), (seats, Alias::Seat)] {
                self.aliases(cell, party, alias, &place)?;
            }
        }
        Ok(())
    }

    fn groups(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<6>(file, text) {
            let (line, [code, name, names, people, _state, years]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name, &place)?;
            self.known.parties[usize::from(party.0)].ministers = false;
            // Before there was a group, its name is that of something else.
            let broken = || Error::input(&place, format!("{years:?} is not a span of years such as 1982.."));
            let (founded, _) = years.split_once("..").ok_or_else(broken)?;
            for (cell, alias) in [(name, Alias::Name), (names, Alias::Name), (people, Alias::People)] {
                for part in several(cell) {
                    let part = if part.contains('@') { part.to_owned() } else { format!("{part}@{founded}..") };
                    self.alias(&part, party, alias, &place)?;
                }
            }
        }
        Ok(())
    }

    /// The columns of somebody's own table: code, kind, names, term. The last may be left out.
    fn own(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows_of_at_least::<4>(3, file, text) {
            let (line, [code, kind, names, span]) = row?;
            let place = format!("{file}:{line}");
            let mut parts = several(names);
            let first = parts.next().ok_or_else(|| Error::input(&place, "no names in the third column"))?;
            let alias = match kind {
                "party" => {
                    let party = self.party(code, first, &place)?;
                    self.alias(first, party, Alias::Name, &place)?;
                    Alias::Name
                }
                "person" => {
                    let party = self.known(code, &place)?;
                    let surname = first.rsplit(' ').next().unwrap_or(first);
                    let span = if span.is_empty() { ".." } else { span };
                    self.person(surname, first, names, "", party, "head of state", span, &place)?;
                    continue;
                }
                "name" => Alias::Name,
                "adjective" => Alias::Adjective,
                "people" => Alias::People,
                "capital" => Alias::Capital,
                "seat" => Alias::Seat,
                "place" => Alias::Place,
                _ => {
                    let kinds = "party, name, adjective, people, capital, seat, place or person";
                    return Err(Error::input(&place, format!("unknown kind {kind:?}; use {kinds}")));
                }
            };
            let party = self.known(code, &place)?;
            for name in several(names) {
                self.alias(name, party, alias, &place)?;
            }
        }
        Ok(())
    }

    /// Institutions that mean their state when named alone.
    fn institutions(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<3>(file, text) {
            let (line, [code, class, names]) = row?;
            let place = format!("{file}:{line}");
            if !["body", "forces", "legislator", "agency"].contains(&class) {
                return Err(Error::input(&place, format!("{class:?} is no body, forces, legislator or agency")));
            }
            let party = self.known(code, &place)?;
            self.aliases(names, party, Alias::Seat, &place)?;
        }
        Ok(())
    }

    /// Cities and regions of a state.
    fn places(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<2>(file, text) {
            let (line, [code, names]) = row?;
            let place = format!("{file}:{line}");
            let party = self.known(code, &place)?;
            self.aliases(names, party, Alias::Place, &place)?;
        }
        Ok(())
    }

    fn known(&self, code: &str, place: &str) -> Result<PartyId> {
        let unknown = || Error::input(place, format!("no party with the code {code:?} in the gazetteer"));
        self.by_code.get(code).copied().ok_or_else(unknown)
    }

    fn persons(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<7>(file, text) {
            let (line, [surname, name, variants, gender, code, office, span]) = row?;
            let place = format!("{file}:{line}");
            let party = self.known(code, &place)?;
            self.person(surname, name, variants, gender, party, office, span, &place)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of a table")]
    fn person(
        &mut self,
        surname: &str,
        name: &str,
        variants: &str,
        gender: &str,
        party: PartyId,
        office: &str,
        span: &str,
        place: &str,
    ) -> Result<()> {
        let (from, to) = term(span)
            .ok_or_else(|| Error::input(place, format!("{span:?} is not a term of office such as 1987-03..1989")))?;
        let before = self.known.persons.len();
        let next = (before + self.persons.len()) as u32;
        let number = *self.person_by_name.entry((name.to_owned(), party)).or_insert(next);
        if number == next {
            self.persons.push((name.to_owned(), gender == "f", Vec::new()));
            let full = Alias::Person { person: number, surname: false };
            self.alias(name, party, full, place)?;
            for variant in several(variants) {
                self.alias(variant, party, full, place)?;
            }
            self.alias(surname, party, Alias::Person { person: number, surname: true }, place)?;
        }
        self.persons[number as usize - before].2.push(Term::new(party, rank(office), from, to));
        Ok(())
    }

    /// Phrases that hold the name of a party and do not mean it: they are matched, and mean nothing.
    fn not_names(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<1>(file, text) {
            let (line, [phrase]) = row?;
            if self.patterns.get(&key(phrase)).is_some_and(|(meanings, _)| !meanings.is_empty()) {
                return Err(Error::input(format!("{file}:{line}"), format!("{phrase:?} is an alias of a party")));
            }
            self.patterns.insert(key(phrase), (Vec::new(), Case::Any));
        }
        Ok(())
    }

    fn finish(self) -> Result<Compiled> {
        let mut known = self.known;
        for (name, female, terms) in self.persons {
            known.names.to_mut().push_str(&format!("{name}\n"));
            let terms = Span::append(&mut known.terms, terms);
            known.persons.to_mut().push(Person::new(&name, female, terms));
        }
        let mut named: Vec<(String, (Vec<Meaning>, Case))> = self.patterns.into_iter().collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let keys: Vec<(&str, u32)> =
            named.iter().enumerate().map(|(number, (key, _))| (key.as_str(), number as u32)).collect();
        let trie = Trie::bytes(&keys).ok_or_else(|| Error::input("gazetteer", "no names, or too many"))?;
        let mut patterns = Patterns::default();
        for (_, (of_name, case)) in named {
            let meanings = Span::append(&mut patterns.meanings, of_name);
            patterns.patterns.to_mut().push(Pattern::new(case, meanings));
        }
        Ok(Compiled { known, patterns, trie })
    }
}

/// How an alias has to be written, as it is written in the table.
fn case(alias: &str) -> Case {
    let letters = || alias.chars().filter(|c| c.is_alphabetic());
    if letters().all(char::is_uppercase) && letters().count() <= 7 && !alias.contains(['.', ' ']) {
        Case::Capitals
    } else if alias.chars().next().is_some_and(char::is_lowercase) {
        Case::Any
    } else {
        Case::Initial
    }
}

/// The words of an alias as the tokens of a text would be written in a row, each with a space behind it, so that "US
/// Open" is not found in "US opened".
fn key(words: &str) -> String {
    let tokens = tokenize(words, 0..words.len());
    let words: Vec<&str> = tokens.iter().filter(|t| t.kind != TokenKind::Open).map(|t| t.lower.as_str()).collect();
    words.iter().map(|word| format!("{word} ")).collect()
}

/// First and last month of a term such as `1987-03..1989` or `2021..`.
fn term(span: &str) -> Option<(u32, u32)> {
    let (from, to) = span.split_once("..")?;
    let month = |text: &str, first: bool| -> Option<u32> {
        match text.split_once('-') {
            Some((year, month)) => {
                Some(months(year.parse().ok()?, month.parse().ok().filter(|m| (1..=12).contains(m))?))
            }
            None if text.is_empty() => Some(if first { 0 } else { months(9999, 12) }),
            None => Some(months(text.parse().ok()?, if first { 1 } else { 12 })),
        }
    };
    let (from, to) = (month(from, true)?, month(to, false)?);
    (from <= to).then_some((from, to))
}

/// Which of two offices a bare surname more likely means.
fn rank(office: &str) -> u8 {
    const ORDER: [&str; 13] = [
        "head of state",
        "head of government",
        "foreign minister",
        "defence minister",
        "vice president",
        "head",
        "un envoy",
        "finance minister",
        "trade minister",
        "national security adviser",
        "spokesman",
        "military chief",
        "central bank",
    ];
    ORDER.iter().position(|o| *o == office).unwrap_or(ORDER.len()) as u8
}
