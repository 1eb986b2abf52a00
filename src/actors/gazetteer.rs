//! Parties, their names and the persons who speak for them, in one automaton.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind, StartKind};
use rustc_hash::FxHashMap;

use super::offices::{OfficeClass, Offices};
use crate::document::Date;
use crate::error::{Error, Result};
use crate::sentences::{Token, TokenKind, tokenize};
use crate::table::{rows, several};

/// Number of a party within the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub u16);

/// A state, an organisation of states or an armed group.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// ISO 3166-1 alpha-3 code of a state, or the short name of an organisation or group.
    pub code: String,
    pub name: String,
}

/// What an alias is to its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alias {
    Name,
    Adjective,
    People,
    Capital,
    Seat,
    /// A person in office: number of the person, and whether the alias is the surname alone.
    Person { person: u32, surname: bool },
}

/// A person of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: String,
    pub female: bool,
    /// Offices held: party, rank of the office, and the first and last month.
    pub terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    pub party: PartyId,
    /// Lower is higher: of two persons of one name, the article means the one in the higher office.
    pub rank: u8,
    from: u32,
    to: u32,
    pub legislator: bool,
}

/// One meaning of an alias.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    party: PartyId,
    alias: Alias,
    from: i16,
    to: i16,
}

/// A run of tokens that stands for a party or a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    pub party: PartyId,
    pub alias: Alias,
}

/// All that is known of parties, persons and offices.
pub struct Gazetteer {
    parties: Vec<Party>,
    by_code: FxHashMap<String, PartyId>,
    persons: Vec<Person>,
    automaton: AhoCorasick,
    /// Of each pattern of the automaton.
    meanings: Vec<Pattern>,
    pub(super) offices: Offices,
}

struct Pattern {
    meanings: Vec<Meaning>,
    case: Case,
}

/// How an alias has to be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// All in capitals: "US", "WHO", "PLA".
    Capitals,
    /// Each of its words that is a name with a capital.
    Initial,
    Any,
}

static SHIPPED: LazyLock<Gazetteer> =
    LazyLock::new(|| Builder::shipped().expect("the shipped gazetteer is valid, as its test shows"));

impl Gazetteer {
    /// The gazetteer that comes with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[usize::from(id.0)]
    }

    /// The party of a code, however it is capitalised.
    pub fn by_code(&self, code: &str) -> Option<PartyId> {
        self.by_code.get(&code.to_ascii_uppercase()).copied()
    }

    pub fn person(&self, number: u32) -> &Person {
        &self.persons[number as usize]
    }

    /// The office noun that begins at this token: one past its last token, and its class.
    pub fn office_at(&self, tokens: &[Token], first: usize) -> Option<(usize, OfficeClass)> {
        self.offices.at(tokens, first)
    }

    /// Every alias in these tokens of `text` that means something on this day, leftmost and longest first.
    /// Where the day is not known, an alias means what it means today, or else what it meant last.
    pub fn hits(&self, text: &str, tokens: &[Token], date: Option<Date>) -> Vec<Hit> {
        let mut line = String::with_capacity(tokens.len() * 8);
        let mut starts = Vec::with_capacity(tokens.len());
        for token in tokens {
            starts.push(line.len());
            line.push_str(&token.lower);
            line.push(' ');
        }
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(found) = self.automaton.find(Input::new(&line).range(at..)) {
            let next = starts.partition_point(|&s| s <= found.start());
            at = starts.get(next).copied().unwrap_or(line.len());
            let bounded = starts[next - 1] == found.start() && line.as_bytes()[found.end()] == b' ';
            if !bounded {
                continue;
            }
            let end = starts.partition_point(|&s| s < found.end());
            let pattern = &self.meanings[found.pattern()];
            if pattern.meanings.is_empty() {
                at = found.end() + 1;
                continue;
            }
            if !pattern.case.fits(text, &tokens[next - 1..end]) {
                continue;
            }
            if let Some(meaning) = self.meaning(&pattern.meanings, date) {
                hits.push(Hit { first: next - 1, end, party: meaning.party, alias: meaning.alias });
                at = found.end() + 1;
            }
        }
        hits
    }

    fn meaning(&self, meanings: &[Meaning], date: Option<Date>) -> Option<Meaning> {
        let year = date.map_or(2026, |d| d.year_month().0);
        let valid = meanings.iter().filter(|m| (m.from..=m.to).contains(&year));
        let best = valid.min_by_key(|m| self.rank(m, date)).filter(|m| self.rank(m, date) < NEVER);
        let latest = || meanings.iter().max_by_key(|m| m.to);
        best.or_else(|| if date.is_none() { latest() } else { None }).copied().map(|mut m| {
            if let Alias::Person { person, .. } = m.alias {
                m.party = self.person(person).at(date).map_or(m.party, |term| term.party);
            }
            m
        })
    }

    /// How likely a meaning is on this day: names of parties before persons, persons by their office.
    fn rank(&self, meaning: &Meaning, date: Option<Date>) -> u16 {
        match meaning.alias {
            Alias::Person { person, .. } => match (self.person(person).at(date), date) {
                (Some(term), _) => 10 + u16::from(term.rank),
                (None, _) => NEVER,
            },
            _ => 0,
        }
    }
}

const NEVER: u16 = 1000;

/// Newswire calls a person by the office some time before and after: the elected, the outgoing, the dates' errors.
const GRACE_MONTHS: u32 = 3;

impl Person {
    /// The office held on this day: the highest of several. Without a day, the last one held.
    pub fn at(&self, date: Option<Date>) -> Option<&Term> {
        match date {
            None => self.terms.iter().max_by_key(|t| (t.to, std::cmp::Reverse(t.rank))),
            Some(date) => {
                let (year, month) = date.year_month();
                let now = months(year, u32::from(month));
                let held = self.terms.iter().filter(|t| t.from <= now + GRACE_MONTHS && now <= t.to + GRACE_MONTHS);
                held.min_by_key(|t| t.rank)
            }
        }
    }
}

fn months(year: i16, month: u32) -> u32 {
    u32::try_from(year).unwrap_or(0) * 12 + month - 1
}

impl Case {
    fn of(alias: &str) -> Self {
        let letters = || alias.chars().filter(|c| c.is_alphabetic());
        if letters().all(char::is_uppercase) && letters().count() <= 7 && !alias.contains(['.', ' ']) {
            Self::Capitals
        } else if alias.chars().next().is_some_and(char::is_lowercase) {
            Self::Any
        } else {
            Self::Initial
        }
    }

    fn fits(self, text: &str, tokens: &[Token]) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => tokens[0].capital,
            Self::Capitals => {
                tokens.iter().all(|t| text[t.start..t.end].chars().all(|c| !c.is_lowercase()))
            }
        }
    }
}

/// Collects the data files into a gazetteer.
struct Builder {
    parties: Vec<Party>,
    by_code: FxHashMap<String, PartyId>,
    persons: Vec<Person>,
    person_by_name: FxHashMap<(String, PartyId), u32>,
    patterns: FxHashMap<String, Pattern>,
}

impl Builder {
    fn shipped() -> Result<Gazetteer> {
        let mut builder = Self {
            parties: Vec::new(),
            by_code: FxHashMap::default(),
            persons: Vec::new(),
            person_by_name: FxHashMap::default(),
            patterns: FxHashMap::with_capacity_and_hasher(20_000, Default::default()),
        };
        builder.countries("countries.tsv", include_str!("data/countries.tsv"))?;
        builder.organisations("organisations.tsv", include_str!("data/organisations.tsv"))?;
        builder.groups("groups.tsv", include_str!("data/groups.tsv"))?;
        builder.persons("persons-west.tsv", include_str!("data/persons-west.tsv"))?;
        builder.persons("persons-world.tsv", include_str!("data/persons-world.tsv"))?;
        builder.not_names("not-names.tsv", include_str!("data/not-names.tsv"))?;
        builder.finish()
    }

    fn party(&mut self, code: &str, name: &str) -> PartyId {
        let next = PartyId(u16::try_from(self.parties.len()).unwrap_or(u16::MAX));
        let id = *self.by_code.entry(code.to_owned()).or_insert(next);
        if id == next {
            self.parties.push(Party { code: code.to_owned(), name: name.to_owned() });
        }
        id
    }

    fn alias(&mut self, text: &str, party: PartyId, alias: Alias, place: &str) -> Result<()> {
        let (words, from, to) = match text.split_once('@') {
            None => (text, i16::MIN, i16::MAX),
            Some((words, years)) => {
                let broken = || Error::input(place, format!("{years:?} is not a span of years such as 1949..1990"));
                let (from, to) = years.split_once("..").ok_or_else(broken)?;
                let year = |y: &str, open: i16| if y.is_empty() { Ok(open) } else { y.parse().map_err(|_| broken()) };
                (words, year(from, i16::MIN)?, year(to, i16::MAX)?)
            }
        };
        let words = words.strip_prefix("the ").unwrap_or(words);
        let key = key(words);
        if key.is_empty() {
            return Err(Error::input(place, format!("an alias without letters: {text:?}")));
        }
        let pattern = self.patterns.entry(key).or_insert_with(|| Pattern { meanings: Vec::new(), case: Case::of(words) });
        let same = |m: &Meaning| m.party == party && m.from == from && !matches!(m.alias, Alias::Person { .. });
        if matches!(alias, Alias::Person { .. }) || !pattern.meanings.iter().any(same) {
            pattern.meanings.push(Meaning { party, alias, from, to });
        }
        Ok(())
    }

    fn countries(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<7>(file, text) {
            let (line, [code, name, names, adjectives, people, capitals, seats]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name);
            self.alias(name, party, Alias::Name, &place)?;
            let columns = [
                (names, Alias::Name),
                (adjectives, Alias::Adjective),
                (people, Alias::People),
                (capitals, Alias::Capital),
                (seats, Alias::Seat),
            ];
            for (cell, alias) in columns {
                for part in several(cell) {
                    self.alias(part, party, alias, &place)?;
                }
            }
        }
        Ok(())
    }

    fn organisations(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<7>(file, text) {
            let (line, [code, name, names, people, seats, _members, _kind]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name);
            self.alias(name, party, Alias::Name, &place)?;
            for (cell, alias) in [(names, Alias::Name), (people, Alias::People), (seats, Alias::Seat)] {
                for part in several(cell) {
                    self.alias(part, party, alias, &place)?;
                }
            }
        }
        Ok(())
    }

    fn groups(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<6>(file, text) {
            let (line, [code, name, names, people, _state, _years]) = row?;
            let place = format!("{file}:{line}");
            let party = self.party(code, name);
            self.alias(name, party, Alias::Name, &place)?;
            for (cell, alias) in [(names, Alias::Name), (people, Alias::People)] {
                for part in several(cell) {
                    self.alias(part, party, alias, &place)?;
                }
            }
        }
        Ok(())
    }

    fn persons(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<7>(file, text) {
            let (line, [surname, name, variants, gender, code, office, span]) = row?;
            let place = format!("{file}:{line}");
            let unknown = || Error::input(&place, format!("no party with the code {code:?} in the gazetteer"));
            let party = *self.by_code.get(code).ok_or_else(unknown)?;
            let (from, to) = term(span).ok_or_else(|| {
                Error::input(&place, format!("{span:?} is not a term of office such as 1987-03..1989"))
            })?;
            let next = self.persons.len() as u32;
            let number = *self.person_by_name.entry((name.to_owned(), party)).or_insert(next);
            if number == next {
                self.persons.push(Person { name: name.to_owned(), female: gender == "f", terms: Vec::new() });
                let full = Alias::Person { person: number, surname: false };
                self.alias(name, party, full, &place)?;
                for variant in several(variants) {
                    self.alias(variant, party, full, &place)?;
                }
                self.alias(surname, party, Alias::Person { person: number, surname: true }, &place)?;
            }
            let term = Term { party, rank: rank(office), from, to, legislator: office == "legislator" };
            self.persons[number as usize].terms.push(term);
        }
        Ok(())
    }

    /// Phrases that hold the name of a party and do not mean it: they are matched, and mean nothing.
    fn not_names(&mut self, file: &str, text: &str) -> Result<()> {
        for row in rows::<1>(file, text) {
            let (line, [phrase]) = row?;
            if self.patterns.get(&key(phrase)).is_some_and(|p| !p.meanings.is_empty()) {
                return Err(Error::input(format!("{file}:{line}"), format!("{phrase:?} is an alias of a party")));
            }
            self.patterns.insert(key(phrase), Pattern { meanings: Vec::new(), case: Case::Any });
        }
        Ok(())
    }

    fn finish(self) -> Result<Gazetteer> {
        let (keys, meanings): (Vec<String>, Vec<Pattern>) = self.patterns.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Unanchored)
            .kind(Some(aho_corasick::AhoCorasickKind::NoncontiguousNFA))
            .build(&keys)
            .map_err(|e| Error::input("gazetteer", e))?;
        Ok(Gazetteer {
            parties: self.parties,
            by_code: self.by_code,
            persons: self.persons,
            automaton,
            meanings,
            offices: Offices::shipped()?,
        })
    }
}

/// The words of an alias as the tokens of a text would be written in a row.
fn key(words: &str) -> String {
    let tokens = tokenize(words, 0..words.len());
    let words: Vec<&str> =
        tokens.iter().filter(|t| t.kind != TokenKind::Open).map(|t| t.lower.as_str()).collect();
    words.join(" ")
}

/// First and last month of a term such as `1987-03..1989` or `2021..`.
fn term(span: &str) -> Option<(u32, u32)> {
    let (from, to) = span.split_once("..")?;
    let month = |text: &str, first: bool| -> Option<u32> {
        match text.split_once('-') {
            Some((year, month)) => Some(months(year.parse().ok()?, month.parse().ok().filter(|m| (1..=12).contains(m))?)),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, date: &str) -> Vec<String> {
        let gazetteer = Gazetteer::shipped();
        let tokens = tokenize(text, 0..text.len());
        let hits = gazetteer.hits(text, &tokens, date.parse().ok());
        hits.iter().map(|h| gazetteer.party(h.party).code.clone()).collect()
    }

    #[test]
    fn the_shipped_data_files_are_valid() {
        assert!(Builder::shipped().map_err(|e| e.to_string()).is_ok());
    }

    #[test]
    fn the_day_decides_who_was_in_office() {
        assert_eq!(codes("Ivanov called Powell.", "2003-05-01"), ["RUS", "USA"]);
        assert_eq!(codes("Thatcher met Mitterrand.", "1987-01-01"), ["GBR", "FRA"]);
        assert!(codes("Thatcher gave a lecture.", "2005-01-01").is_empty());
    }

    #[test]
    fn names_of_states_that_are_gone_stand_for_their_successors() {
        assert_eq!(codes("Zaire and the Soviet Union", "1987-01-01"), ["COD", "RUS"]);
    }

    #[test]
    fn words_that_only_look_like_names_are_passed_over() {
        assert!(codes("It told us to jordan the turkey in New Mexico.", "1999-01-01").is_empty());
    }

    #[test]
    fn a_name_broken_over_two_lines_is_found() {
        assert_eq!(codes("the United\nStates", "1999-01-01"), ["USA"]);
    }
}
