//! Parties, their names and the persons who speak for them, in one automaton.

use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use super::compile;
use super::entry::{Alias, Case, Compiled, Meaning, Party, PartyId, Patterns, Register, Term, initial, months};
use super::offices::{OfficeClass, Offices};
use crate::document::Date;
use crate::error::{Error, Result};
use crate::sentences::{Line, Token};
use crate::trie::Trie;

/// A run of tokens that stands for a party or a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    pub party: PartyId,
    pub alias: Alias,
}

/// What the gazetteer knows of the words of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// Leftmost and longest first.
    pub hits: Vec<Hit>,
    /// Of each token: one past the last token of the office noun that begins there, and its class.
    offices: Vec<Option<(usize, OfficeClass)>>,
    /// The offices of a name that only some states have.
    shared: Vec<Shared>,
}

/// An office of a name that only some states have.
#[derive(Debug, Clone, PartialEq)]
struct Shared {
    first: usize,
    /// These states, the one that newswire means where nothing tells of another first.
    owners: Vec<PartyId>,
    /// Those that have none of the name.
    without: Vec<PartyId>,
}

impl Names {
    /// The office noun that begins at this token: one past its last token, and its class.
    pub fn office_at(&self, first: usize) -> Option<(usize, OfficeClass)> {
        self.offices.get(first).copied().flatten()
    }

    /// The same with the office nouns right behind it, whose last is the head: "foreign ministry spokesman". "Union
    /// officials" are those of somebody who is no party.
    pub fn compound_at(&self, first: usize) -> Option<(usize, OfficeClass)> {
        let (mut end, mut class) = self.office_at(first)?;
        while let Some((further, next)) = self.office_at(end) {
            (end, class) = (further, if class == OfficeClass::Other { class } else { next });
        }
        Some((end, class))
    }

    /// Where the offices begin whose party the name alone tells, with those that have one: what one party alone has
    /// ("Chief Cabinet Secretary"), and bodies that a few have ("the Foreign Office").
    pub fn owned(&self) -> impl Iterator<Item = (usize, &[PartyId])> {
        let told = |office: &&Shared| match office.owners.len() {
            0 => false,
            1 => true,
            _ => self.office_at(office.first).is_some_and(|(_, class)| class == OfficeClass::Body),
        };
        self.shared.iter().filter(told).map(|office| (office.first, &office.owners[..]))
    }

    /// The parties that have an office of the name that begins at this token, where only some have. The first of them
    /// is the one that newswire means where nothing tells of another.
    pub fn owners_at(&self, first: usize) -> &[PartyId] {
        self.shared_at(first).map_or(&[], |office| &office.owners)
    }

    /// The parties that have no office of the name that begins at this token: no minister is of the United States.
    pub fn without_at(&self, first: usize) -> &[PartyId] {
        self.shared_at(first).map_or(&[], |office| &office.without)
    }

    fn shared_at(&self, first: usize) -> Option<&Shared> {
        self.shared.iter().find(|office| office.first == first)
    }
}

/// All that is known of parties, persons and offices.
pub struct Gazetteer {
    known: Register,
    by_code: FxHashMap<String, PartyId>,
    aliases: Aliases,
    /// Those of somebody's own table, which go before.
    own: Option<Aliases>,
    offices: Offices,
}

/// Aliases, in a trie whose numbers are those of the patterns.
struct Aliases(Trie, Patterns);

impl Aliases {
    /// From the bytes of a trie that this program has made.
    fn new(trie: impl Into<Cow<'static, [u8]>>, patterns: Patterns) -> Self {
        Self(Trie::new(trie).expect("the program has made it"), patterns)
    }
}

/// A file that the build has written.
macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name)) as &'static [u8]
    };
}

/// A flat list that the build has written.
fn list<T: Clone + FromBytes + Immutable + KnownLayout + Unaligned>(bytes: &'static [u8]) -> Cow<'static, [T]> {
    Cow::Borrowed(<[T]>::ref_from_bytes(bytes).expect("the build has written it"))
}

static SHIPPED: OnceLock<Gazetteer> = OnceLock::new();

impl Gazetteer {
    fn load() -> Self {
        let known = Register {
            parties: postcard::from_bytes(built!("parties.bin")).expect("the build has written it"),
            persons: list(built!("persons.bin")),
            names: Cow::Borrowed(include_str!(concat!(env!("OUT_DIR"), "/names.txt"))),
            terms: list(built!("terms.bin")),
        };
        let patterns = Patterns { patterns: list(built!("patterns.bin")), meanings: list(built!("meanings.bin")) };
        Self {
            by_code: by_code(&known.parties),
            known,
            aliases: Aliases::new(built!("aliases.trie"), patterns),
            own: None,
            offices: Offices::shipped().expect("the shipped offices are valid, as their test shows"),
        }
    }

    /// The gazetteer that comes with the program, with somebody's own table on top of it where one was added.
    pub fn shipped() -> &'static Self {
        SHIPPED.get_or_init(Self::load)
    }

    /// Adds somebody's own table: tab-separated, with a first line `code kind names term`. To be called before the
    /// gazetteer is used.
    pub fn add(path: &Path) -> Result<()> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let gazetteer = Self::load().with(&path.display().to_string(), &text)?;
        let used = Error::Usage("the gazetteer is in use already".to_owned());
        SHIPPED.set(gazetteer).map_err(|_| used)
    }

    fn with(self, file: &str, text: &str) -> Result<Self> {
        let Compiled { known, patterns, trie } = compile::extend(self.known, file, text)?;
        Ok(Self { by_code: by_code(&known.parties), known, own: Some(Aliases::new(trie, patterns)), ..self })
    }

    pub fn party(&self, id: PartyId) -> &Party {
        &self.known.parties[usize::from(id.0)]
    }

    pub(super) fn parties(&self) -> &[Party] {
        &self.known.parties
    }

    /// All persons: their names and their terms of office.
    pub(super) fn persons(&self) -> impl Iterator<Item = (&str, &[Term])> {
        self.known.names.lines().zip(self.known.persons.iter().map(|person| person.terms.of(&self.known.terms)))
    }

    /// The party of a code, however it is capitalised.
    pub fn by_code(&self, code: &str) -> Option<PartyId> {
        self.by_code.get(&code.to_ascii_uppercase()).copied()
    }

    /// The party of a display name, however it is capitalised.
    pub fn by_name(&self, name: &str) -> Option<PartyId> {
        let found = self.known.parties.iter().position(|party| party.name.eq_ignore_ascii_case(name));
        found.map(|number| PartyId(number as u16))
    }

    pub fn is_female(&self, person: u32) -> bool {
        self.known.persons[person as usize].is_female()
    }

    /// The office that a person held on this day: the highest of several. Without a day, the last one held.
    fn office_of(&self, person: u32, date: Option<Date>) -> Option<&Term> {
        let terms = self.known.persons[person as usize].terms.of(&self.known.terms);
        match date {
            None => terms.iter().max_by_key(|t| (t.to(), std::cmp::Reverse(t.rank))),
            Some(date) => {
                let (year, month) = date.year_month();
                let now = months(year, u32::from(month));
                let held = terms.iter().filter(|t| t.from() <= now + GRACE_MONTHS && now <= t.to() + GRACE_MONTHS);
                held.min_by_key(|t| t.rank)
            }
        }
    }

    /// Whether newswire names this person without saying who it is: heads of state and government and foreign ministers.
    pub fn is_famous(&self, person: u32, date: Option<Date>) -> bool {
        self.office_of(person, date).is_some_and(|term| term.rank <= FAMOUS)
    }

    /// Whether a person's whole name may begin with this word: "Raul" begins the name of no Felipe Gonzalez.
    pub fn may_be_called(&self, person: u32, first: &str) -> bool {
        let own = self.known.persons[person as usize].initial;
        own == 0 || own == initial(first)
    }

    /// What is known of these tokens of `text` on this day.
    pub fn names(&self, text: &str, tokens: &[Token], date: Option<Date>) -> Names {
        let parties = |codes: &[&str]| codes.iter().filter_map(|code| self.by_code(code)).collect();
        let mut shared = Vec::new();
        let offices = (0..tokens.len()).map(|first| {
            let office = self.offices.at(tokens, first)?;
            if !(office.owners.is_empty() && office.without.is_empty()) {
                let (owners, without) = (parties(&office.owners), parties(&office.without));
                shared.push(Shared { first, owners, without });
            }
            Some((office.end(first), office.class))
        });
        let offices = offices.collect();
        Names { hits: self.hits(text, tokens, date), offices, shared }
    }

    /// Every alias in these tokens of `text` that means something on this day, leftmost and longest first.
    /// Where the day is not known, an alias means what it means today, or else what it meant last.
    pub(super) fn hits(&self, text: &str, tokens: &[Token], date: Option<Date>) -> Vec<Hit> {
        let line = Line::of(tokens);
        let mut hits = self.scan(&self.aliases, text, tokens, date, &line);
        let own = self.own.as_ref().map(|own| self.scan(own, text, tokens, date, &line));
        for hit in own.into_iter().flatten() {
            let overlaps = |h: &Hit| h.first < hit.end && hit.first < h.end;
            if hits.iter().any(|h| overlaps(h) && h.end - h.first > hit.end - hit.first) {
                continue;
            }
            hits.retain(|h| !overlaps(h));
            hits.push(hit);
        }
        hits.sort_by_key(|h| h.first);
        hits
    }

    fn scan(
        &self,
        Aliases(trie, known): &Aliases,
        text: &str,
        tokens: &[Token],
        date: Option<Date>,
        line: &Line,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut first = 0;
        while first < tokens.len() {
            let Some((number, end)) = line.longest(trie, first) else {
                first += 1;
                continue;
            };
            let pattern = known.patterns[number as usize];
            let fits = pattern.case().fits(text, &tokens[first..end]);
            let meaning = if fits { self.meaning(pattern.meanings.of(&known.meanings), date) } else { None };
            hits.extend(meaning.map(|(party, alias)| Hit { first, end, party, alias }));
            first = if meaning.is_some() || pattern.meanings.is_empty() { end } else { first + 1 };
        }
        hits
    }

    fn meaning(&self, meanings: &[Meaning], date: Option<Date>) -> Option<(PartyId, Alias)> {
        let year = date.map_or(2026, |d| d.year_month().0);
        let valid = meanings.iter().filter(|m| (m.from()..=m.to()).contains(&year));
        let best =
            valid.map(|m| (self.rank(m, date), m)).min_by_key(|(rank, _)| *rank).filter(|(rank, _)| *rank < NEVER);
        let latest = || meanings.iter().max_by_key(|m| m.to());
        // The name of a state that is gone still means it, years later; a person out of office is nobody's.
        let name = |m: &&Meaning| !matches!(m.alias(), Alias::Person { .. }) && m.from() <= year;
        let named = || meanings.iter().filter(name).max_by_key(|m| m.to());
        let meaning = best.map(|(_, m)| m).or_else(|| if date.is_none() { latest() } else { named() })?;
        let party = match meaning.alias() {
            Alias::Person { person, .. } => self.office_of(person, date).map(Term::party),
            _ => None,
        };
        Some((party.unwrap_or(meaning.party()), meaning.alias()))
    }

    /// How likely a meaning is on this day: names of parties before persons, persons by their office.
    fn rank(&self, meaning: &Meaning, date: Option<Date>) -> u16 {
        match meaning.alias() {
            Alias::Person { person, .. } => {
                self.office_of(person, date).map_or(NEVER, |term| 10 + u16::from(term.rank))
            }
            _ => 0,
        }
    }
}

fn by_code(parties: &[Party]) -> FxHashMap<String, PartyId> {
    let codes = parties.iter().enumerate();
    codes.map(|(number, party)| (party.code.clone(), PartyId(number as u16))).collect()
}

const NEVER: u16 = 1000;

/// Rank of a foreign minister.
const FAMOUS: u8 = 2;

/// Newswire calls a person by the office some time before and after: the elected, the outgoing, the dates' errors.
const GRACE_MONTHS: u32 = 3;

impl Case {
    fn fits(self, text: &str, tokens: &[Token]) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => tokens[0].capital,
            Self::Capitals => tokens.iter().all(|t| text[t.start..t.end].chars().all(|c| !c.is_lowercase())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::tokenize;

    fn codes(text: &str, date: &str) -> Vec<String> {
        let gazetteer = Gazetteer::shipped();
        let tokens = tokenize(text, 0..text.len());
        let hits = gazetteer.hits(text, &tokens, date.parse().ok());
        hits.iter().map(|h| gazetteer.party(h.party).code.clone()).collect()
    }

    #[test]
    fn an_acronym_may_be_written_as_a_word_where_its_data_say_so() {
        assert_eq!(codes("Nato and NATO agree.", "2007-04-23"), ["NATO", "NATO"]);
        assert!(codes("Who would agree with us?", "2007-04-23").is_empty());
    }

    #[test]
    fn the_shipped_data_files_are_valid() {
        assert!(super::super::compile::compile().map_err(|e| e.to_string()).is_ok());
    }

    #[test]
    fn an_own_table_adds_parties_names_and_persons_and_goes_before() {
        let table = "code\tkind\tnames\tterm\nRUR\tparty\tRuritania|Kingdom of Ruritania\t\n\
                     RUR\tadjective\tRuritanian\nRUR\tperson\tRudolf Elphberg\t1990..1999\n\
                     PER\tseat\tTorre Tagle\t\n";
        let gazetteer = Gazetteer::load().with("own.tsv", table).map_err(|e| e.to_string()).expect("valid");
        let text = "Elphberg of Ruritania wrote to Torre Tagle and to Chile.";
        let tokens = tokenize(text, 0..text.len());
        let hits = gazetteer.hits(text, &tokens, "1995-05-01".parse().ok());
        let codes: Vec<_> = hits.iter().map(|h| gazetteer.party(h.party).code.as_str()).collect();
        assert_eq!(codes, ["RUR", "RUR", "PER", "CHL"]);
        let ministers = |code: &str| gazetteer.by_code(code).map(|id| gazetteer.party(id).ministers);
        assert_eq!((ministers("RUR"), ministers("NATO")), (Some(true), Some(false)));
        let refused = |table: &str| Gazetteer::load().with("own.tsv", table).err().map(|e| e.to_string());
        let error = refused("code\tkind\tnames\tterm\nPER\tthing\tX\t\n").unwrap_or_default();
        assert!(error.starts_with("own.tsv:2: unknown kind"), "{error}");
        let error = refused("code\tkind\tnames\tterm\nPER\tparty\tX\t\n").unwrap_or_default();
        assert!(error.contains("is that of \"Peru\""), "{error}");
    }

    #[test]
    fn the_owners_of_offices_are_parties() {
        let gazetteer = Gazetteer::shipped();
        let mut codes = gazetteer.offices.codes();
        assert!(codes.any(|code| code == "USA") && codes.all(|code| gazetteer.by_code(code).is_some()));
    }

    #[test]
    fn codes_of_states_are_those_of_iso_3166() {
        // States that ISO has no code for have a code of their own, as the table's head says.
        let own = ["XKX", "KRG", "CYN", "TRS", "ABK", "OST", "NKR", "SOL"];
        let codes = include_str!("data/countries.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        let codes: Vec<&str> = codes.filter_map(|l| l.split('\t').next()).collect();
        assert!(codes.len() > 200, "{}", codes.len());
        let unknown: Vec<_> =
            codes.iter().filter(|c| rust_iso3166::from_alpha3(c).is_none() && !own.contains(c)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        let iso = rust_iso3166::ALL.iter().map(|c| c.alpha3).filter(|c| !codes.contains(c)).collect::<Vec<_>>();
        assert!(iso.len() < 50, "dependent territories at most are missing: {iso:?}");
    }

    #[test]
    fn no_person_holds_one_office_twice_at_a_time() {
        let gazetteer = Gazetteer::shipped();
        let overlapping: Vec<_> = gazetteer
            .persons()
            .filter(|(_, terms)| {
                // Envoys and legislators share the last rank, and may be both.
                let ranked = terms.iter().filter(|t| t.rank < 13);
                let mut terms: Vec<_> = ranked.map(|t| (t.party(), t.rank, t.from(), t.to())).collect();
                terms.sort_unstable();
                terms.windows(2).any(|w| (w[0].0, w[0].1) == (w[1].0, w[1].1) && w[1].2 < w[0].3)
            })
            .map(|(name, _)| name)
            .collect();
        assert!(overlapping.is_empty(), "{overlapping:?}");
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
