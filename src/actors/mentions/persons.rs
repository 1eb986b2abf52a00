//! Persons: who is introduced in a sentence, and who was before.

use std::ops::Range;

use super::{Finder, Form, Mention, setting, told_in};
use crate::actors::entry::PartyId;
use crate::actors::name_words::{NameWord, is_name_word};
use crate::actors::offices::OfficeClass;
use crate::actors::people::{Introduced, People, surname};
use crate::sentences::{Class, Token, TokenKind};

/// How many tokens a name has at most: "Mariam al-Sadiq al-Mahdi" has seven.
const LONGEST_NAME: usize = 8;

impl Finder<'_> {
    pub(super) fn known(&self, person: &Introduced, first: usize, end: usize) -> Option<Mention> {
        let party = person.party?;
        Some(Mention { first, end, party, form: Form::Person, female: person.female, core: (first, end) })
    }

    /// Adds the persons known from the article who are named here and are not in the gazetteer.
    pub(super) fn add_known(&self, found: &mut Vec<Mention>, people: &People) {
        for at in 0..self.tokens.len() {
            let covered = found.iter().any(|m| (m.first..m.end).contains(&at));
            if covered || self.tokens[at].is_a(Class::FUNCTION) {
                continue;
            }
            if let Some(known) = people.named(&self.tokens[at]) {
                let first = self.given_names(at, found);
                found.extend(self.known(known, first, at + 1));
            }
        }
        found.sort_by_key(|m| m.first);
    }

    /// Where the names before a surname begin: "Ana" of "said Ana Ruiz".
    pub(super) fn given_names(&self, surname: usize, found: &[Mention]) -> usize {
        let given = |at: &usize| {
            let token = &self.tokens[*at];
            let free = !found.iter().any(|m| (m.first..m.end).contains(at)) && self.names.office_at(*at).is_none();
            // "Peter", "Mark": names that are verbs as well.
            let name = token.class == Class::NONE || token.class == Class::BASE;
            token.capital && token.is_word() && name && free
        };
        let first = (surname.saturating_sub(3)..surname).rev().take_while(given).last().unwrap_or(surname);
        // "In Omsk Kim inspected a tank"
        let place = first > 0 && self.tokens[first - 1].is_a(Class::PREP);
        if place { surname } else { first }
    }

    /// "Defence Minister Anatoly Serdukov" where neither he nor his country stands beside: the party is that of the
    /// nearest person named before, or the article's own.
    pub(super) fn add_untold(&self, found: &mut Vec<Mention>, people: &mut People, home: Option<PartyId>) {
        let mut at = 0;
        while at < self.tokens.len() {
            let covered = found.iter().find(|m| (m.first..m.end).contains(&at)).map(|m| m.end);
            if let Some(end) = covered {
                at = end;
                continue;
            }
            let Some((end, class)) = self.names.compound_at(at) else {
                at += 1;
                continue;
            };
            let office = matches!(class, OfficeClass::Person | OfficeClass::Legislator | OfficeClass::Other);
            let private = class == OfficeClass::Other
                || self.is_behind_acronym(at)
                || self.is_also_corporate(at)
                || is_name_word(&self.tokens[end - 1], NameWord::Corporate);
            let mut office_end = end;
            if office && self.token(end).is_some_and(|t| t.is("of")) && self.is_capital(end + 1) {
                office_end = end + 2;
            }
            // "the foreign minister, Ana Ruiz,"
            if office && self.name_after(office_end) == office_end && self.token(office_end).is_some_and(|t| t.is(","))
            {
                let end = self.name_after(office_end + 1);
                let closed = self.token(end).is_some_and(|t| t.is(","));
                if closed && (2..=5).contains(&(end - office_end - 1)) && class == OfficeClass::Person {
                    office_end += 1;
                }
            }
            let name_end = if office { self.name_after(office_end) } else { end };
            let free = !found.iter().any(|m| m.first < name_end && at < m.end);
            let private = private || office && self.is_of_company(name_end);
            if office && private && name_end > office_end && free {
                if let Some(surname) = surname(&self.tokens[office_end..name_end]) {
                    people.learn(Introduced { surname, party: None, class: OfficeClass::Other, female: None });
                }
                at = name_end;
                continue;
            }
            let public = class == OfficeClass::Person && self.is_public(at, end);
            let introduces = self.tokens[at].capital && !self.is_voice(at, end) || name_end > office_end + 1 && public;
            // "Ana Ruiz, the interior minister,"
            let alone = name_end == office_end && public && !private && free;
            let behind = alone.then(|| self.name_before(at, end, found)).flatten();
            let ahead = introduces && office && name_end > office_end && free;
            let ahead = ahead.then(|| (self.title_before(at, 0), name_end));
            if let Some((first, past)) = behind.or(ahead) {
                let named = |m: &&Mention| m.form != Form::Private;
                let before = found.iter().rev().filter(named).find(|m| m.end <= at);
                let person_before = before.filter(|m| matches!(m.form, Form::Person | Form::Office(_)));
                let owners = self.names.owners_at(at);
                let mut named_here = found.iter().rev().map(|m| m.party).chain(home);
                let owner = named_here.find(|party| owners.contains(party));
                let owner = owner.or_else(|| people.last_named(owners)).or(owners.first().copied());
                let person_before = person_before.map(|m| m.party);
                let told = told_in(self.tokens, found, name_end);
                let likely = [setting(self.tokens, found), owner, told, person_before, home].into_iter().flatten();
                let likely = likely.chain(found.iter().filter(named).map(|m| m.party));
                // No organisation has a minister.
                let state = (at..end).any(|i| is_name_word(&self.tokens[i], NameWord::State));
                let has = |party: &PartyId| {
                    !self.names.without_at(at).contains(party) && (!state || self.gazetteer.party(*party).ministers)
                };
                let party = likely.chain(people.latest()).find(has);
                if let Some(party) = party {
                    let core = behind.unwrap_or((office_end, name_end));
                    let form = if behind.is_some() { Form::Person } else { Form::Office(class) };
                    found.push(Mention { first, end: past, party, form, female: None, core });
                    found.sort_by_key(|m| m.first);
                } else if behind.is_none()
                    && let Some(surname) = surname(&self.tokens[office_end..name_end])
                {
                    people.learn(Introduced { surname, party: None, class, female: None });
                }
                at = name_end;
                continue;
            }
            at = end;
        }
    }

    /// "Ana Ruiz" of "Ana Ruiz, the interior minister, said", whose office begins and ends at these tokens.
    fn name_before(&self, first: usize, end: usize, found: &[Mention]) -> Option<(usize, usize)> {
        let (start, past) = self.apposed_name(first, end).filter(|(_, past)| *past < first)?;
        let former = self.tokens[past..first].iter().any(|t| is_name_word(t, NameWord::Former));
        let known = found.iter().any(|m| m.first < past && start < m.end);
        (!former && !known).then_some((start, past))
    }

    /// "foreign minister Sergei Lavrov", "government spokesman Moussa Ibrahim": offices without a capital that are a state's.
    /// "AEA president Ralph Thomson" is a firm's, and so may "spokesman Tim Roe" be.
    fn is_public(&self, at: usize, end: usize) -> bool {
        let firm = self.is_capital(at.saturating_sub(1)) || self.tokens[at.saturating_sub(1)].is("-");
        !self.is_voice(at, end) && !firm && !is_name_word(&self.tokens[at], NameWord::Title)
    }

    /// "spokesman": of whom, nothing tells.
    fn is_voice(&self, at: usize, end: usize) -> bool {
        end == at + 1 && is_name_word(&self.tokens[at], NameWord::Voice)
    }

    /// "Chairman and Chief Executive Officer": a company's.
    fn is_also_corporate(&self, at: usize) -> bool {
        at > 1 && self.tokens[at - 1].is("and") && is_name_word(&self.tokens[at - 2], NameWord::Corporate)
    }

    /// Learns who is introduced here: by an office before the name, or by one set off with commas.
    pub(super) fn learn(&self, found: &mut Vec<Mention>, people: &mut People) {
        let mut apposed = Vec::new();
        for mention in found.iter() {
            let headed = self.head_before(mention.first).is_some();
            let (party, class) = match mention.form {
                _ if headed => (Some(mention.party), OfficeClass::Person),
                Form::Office(class @ (OfficeClass::Person | OfficeClass::Legislator)) => (Some(mention.party), class),
                Form::Person => (Some(mention.party), OfficeClass::Person),
                Form::Private => (None, OfficeClass::Other),
                _ => continue,
            };
            let former = self.is_former(mention);
            let party = party.filter(|_| !former);
            // The name is what stands in capitals at the end of the mention.
            let mut name = mention.end;
            while name > mention.first && self.is_name_part(name - 1) {
                name -= 1;
            }
            if name < mention.end
                && !headed
                && let Some(surname) = surname(&self.tokens[name..mention.end])
                && !self.in_office(mention.end - 1)
            {
                if let Some(family) = self.family_name(party, name..mention.end) {
                    people.learn(Introduced { surname: family, party, class, female: mention.female });
                }
                people.learn(Introduced { surname, party, class, female: mention.female });
            }
            if let Some((first, end)) = self.apposed_name(mention.first, mention.end)
                && let Some(surname) = surname(&self.tokens[first..end])
            {
                people.learn(Introduced { surname, party, class, female: None });
                if let Some(party) = party {
                    let form = Form::Person;
                    apposed.push(Mention { first, end, party, form, female: None, core: (first, end) });
                }
            }
        }
        for mention in apposed {
            if !found.iter().any(|m| m.first < mention.end && mention.first < m.end) {
                found.push(mention);
            }
        }
    }

    /// The first of two or three words, where family names come first: "Ji" of "Ji Jae Ryong".
    fn family_name(&self, party: Option<PartyId>, name: Range<usize>) -> Option<String> {
        let first = self.gazetteer.party(party?).family_first;
        let words = self.tokens[name.clone()].iter().filter(|t| t.is_word()).count();
        (first && (2..=3).contains(&words)).then(|| surname(&self.tokens[name.start..=name.start]))?
    }

    fn is_name_part(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.capital && token.is_word() && self.names.office_at(at).is_none()
            || is_name_word(token, NameWord::Particle)
            || at > 0 && self.tokens[at - 1].is("-") && token.is_word()
            || token.is("-")
            || token.is(".")
    }

    /// The name in "the Russian foreign minister, Sergei Lavrov," and "Ali Hassan, Iraq's envoy,", whose office begins and
    /// ends at these tokens.
    fn apposed_name(&self, from: usize, past: usize) -> Option<(usize, usize)> {
        let comma = |at: usize| self.token(at).is_some_and(|t| matches!(t.lower.as_str(), "," | "-"));
        if comma(past) && self.is_capital(past + 1) {
            let end = self.name_after(past + 1);
            let closed = comma(end) || self.token(end).is_none_or(|t| t.is("."));
            if closed && (2..=5).contains(&(end - past - 1)) {
                return Some((past + 1, end));
            }
        }
        let mut first = from;
        while first > 0 && (self.tokens[first - 1].is_a(Class::DET) || self.tokens[first - 1].is("former")) {
            first -= 1;
        }
        first = self.head_before(from).unwrap_or(first);
        // "said Ana Ruiz, Peru's envoy."
        let ends = |at: usize| self.token(at).is_none_or(|t| t.is(".") || t.kind == TokenKind::Open);
        if first > 1 && comma(first - 1) && (comma(past) || ends(past)) {
            let end = first - 1;
            let mut start = end;
            while start > 0 && self.is_name_part(start - 1) {
                start -= 1;
            }
            if (2..=5).contains(&(end - start)) {
                return Some((start, end));
            }
        }
        None
    }

    /// "Ana Ruiz, who leads the Peruvian delegation,": where the clause begins whose object begins at this token.
    fn head_before(&self, object: usize) -> Option<usize> {
        let first = (0..object).rev().find(|at| !self.tokens[*at].is_a(Class::DET))?;
        let leads = is_name_word(&self.tokens[first], NameWord::Heads) && first > 1;
        (leads && self.tokens[first - 1].is("who")).then(|| first - 1)
    }

    /// Whether a name goes on from here, further particles passed over: "der Leyen" of "von der Leyen".
    fn leads_to_a_name(&self, from: usize) -> bool {
        let further = |at: &usize| self.token(*at).is_some_and(|t| is_name_word(t, NameWord::Particle));
        let past = from + (from..).take_while(further).count();
        self.is_capital(past) || self.token(past).is_some_and(|t| t.is("-"))
    }

    /// One past the name of a person that begins here, or the place itself where none does.
    pub(super) fn name_after(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.tokens.len() && end < from + LONGEST_NAME {
            let token = &self.tokens[end];
            let particle = is_name_word(token, NameWord::Particle);
            let initial = token.is(".") && end > from && self.tokens[end - 1].lower.len() == 1;
            let hyphen = token.is("-") && end > from && self.token(end + 1).is_some_and(Token::is_word);
            let part = token.capital && token.is_word() && !token.is_a(Class::TIME.or(Class::FUNCTION))
                || end > from && self.tokens[end - 1].is("-") && token.is_word();
            if !(part || particle && self.leads_to_a_name(end + 1) || initial || hyphen) {
                break;
            }
            end += 1;
        }
        end
    }
}
