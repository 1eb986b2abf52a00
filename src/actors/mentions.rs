//! Mentions: the words of a sentence that stand for a party, put together out of names, adjectives and offices.

use std::ops::Range;

use crate::document::Date;
use crate::sentences::{Class, Token};

use super::entry::{Alias, PartyId};
use super::epithets;
use super::gazetteer::{Gazetteer, Hit, Names};
use super::name_words::{NameWord, is_name_word};
use super::offices::OfficeClass;
use super::people::{Introduced, People, surname};

/// How a mention names its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "Russia", "the UN", "Hamas".
    Name,
    /// "Russian" before a noun that makes no actor: "Russian territory".
    Adjective,
    /// "the Russians".
    People,
    /// "Moscow", "the Kremlin".
    Seat,
    /// "Lavrov", "President Vladimir Putin".
    Person,
    /// "the Russian foreign minister", "US officials", "Iraqi troops".
    Office(OfficeClass),
    /// A former minister or an analyst of that country: names it, and does not speak for it.
    Private,
}

/// Words that stand for a party.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its first token, and one past its last.
    pub first: usize,
    pub end: usize,
    pub party: PartyId,
    pub form: Form,
    /// Of a person: whether it is a woman, where that is known.
    pub female: Option<bool>,
    /// Of a composed mention: where the name within it stands ("US" in "US officials").
    pub core: (usize, usize),
}

impl Mention {
    fn of(hit: &Hit, gazetteer: &Gazetteer) -> Self {
        let (form, female) = match hit.alias {
            Alias::Name => (Form::Name, None),
            Alias::Adjective => (Form::Adjective, None),
            Alias::People => (Form::People, None),
            Alias::Capital | Alias::Seat => (Form::Seat, None),
            Alias::Person { person, .. } => (Form::Person, Some(gazetteer.is_female(person))),
        };
        let core = (hit.first, hit.end);
        Self { first: hit.first, end: hit.end, party: hit.party, form, female, core }
    }

    /// Whether it can speak or act, as a whole party, a person or a body.
    pub fn can_act(&self) -> bool {
        !matches!(self.form, Form::Adjective | Form::Private)
    }
}

/// The mentions of a sentence whose `names` the gazetteer has given, in order. Persons introduced in it are added to
/// `people`; persons known from there are found by their surname. `home` is the party that an office without an adjective belongs to, if no nearer one does.
pub fn mentions(
    gazetteer: &Gazetteer,
    names: &Names,
    tokens: &[Token],
    date: Option<Date>,
    people: &mut People,
    home: Option<PartyId>,
) -> Vec<Mention> {
    let finder = Finder { gazetteer, names, tokens };
    let mut found: Vec<Mention> = Vec::new();
    for hit in &names.hits {
        if finder.is_part_of_a_name(hit, people) {
            finder.learn_namesake(hit, people);
            continue;
        }
        if let Alias::Person { surname: true, person } = hit.alias {
            if let Some(known) = people.named(&tokens[hit.end - 1]) {
                // The article has said who that is.
                found.extend(finder.known(known, hit.first, hit.end));
                continue;
            }
            if people.strict && !gazetteer.is_famous(person, date) {
                continue;
            }
        }
        found.push(Mention::of(hit, gazetteer));
    }
    finder.add_known(&mut found, people);
    finder.add_epithets(&mut found, people);
    for at in 0..found.len() {
        finder.extend_to_office(&mut found, at);
    }
    found.retain(|m| m.first < m.end);
    finder.extend_to_left(&mut found);
    finder.add_untold(&mut found, people, home);
    finder.learn(&mut found, people);
    found.sort_by_key(|m| (m.first, std::cmp::Reverse(m.end)));
    drop_covered(&mut found);
    for mention in &mut found {
        if finder.is_former(mention) {
            mention.form = Form::Private;
        } else if mention.form == Form::Name && (finder.is_behind_city(mention) || finder.ends_a_name(mention)) {
            mention.form = Form::Adjective;
        } else if matches!(mention.form, Form::Office(_)) && finder.ends_a_name(mention) {
            // "Pemex Japan representative Tito Ayal"
            mention.form = Form::Private;
        }
    }
    found.iter().for_each(|mention| people.see(mention.party));
    found
}

fn drop_covered(found: &mut Vec<Mention>) {
    let mut end = 0;
    found.retain(|m| {
        let kept = m.first >= end;
        end = end.max(m.end);
        kept
    });
}

struct Finder<'a> {
    gazetteer: &'a Gazetteer,
    names: &'a Names,
    tokens: &'a [Token],
}

/// How many words may stand between an adjective and its office: "Iranian deputy oil and energy minister".
const LONGEST_GAP: usize = 7;

impl Finder<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is_word() && t.capital && t.lower.len() > 1)
    }

    /// "Kate Bush", "Clinton Street", "Jordan Peele": a surname or place name within another name.
    fn is_part_of_a_name(&self, hit: &Hit, people: &People) -> bool {
        let next = self.token(hit.end);
        let hyphened = |at: usize| self.token(at).is_some_and(|t| t.is("-"));
        if let Alias::Person { surname: true, .. } = hit.alias {
            if hyphened(hit.end) && self.is_capital(hit.end + 1) || hit.first > 0 && hyphened(hit.first - 1) {
                return true;
            }
            let title = |at: usize| {
                self.token(at).is_some_and(|t| is_name_word(t, NameWord::Title))
                    || (0..=at)
                        .rev()
                        .take(3)
                        .any(|from| self.names.office_at(from).is_some_and(|(end, _)| end == at + 1))
            };
            let common =
                hit.end == hit.first + 1 && self.tokens[hit.first].is_a(Class::TIME.or(Class::FUNCTION).or(Class::ADV));
            if common && (hit.first == 0 || !title(hit.first - 1)) {
                // "in May" is no prime minister, and "He" no vice premier.
                return true;
            }
            let given_name = hit.first > 0 && self.is_capital(hit.first - 1) && !title(hit.first - 1);
            let starts_sentence = hit.first == 1;
            if given_name && people.named(&self.tokens[hit.end - 1]).is_none() {
                // A gazetteer's person with an unknown first name is somebody else, unless the sentence began there.
                return !starts_sentence || !self.tokens[0].is_a(Class::FUNCTION);
            }
            return next.is_some_and(|t| t.capital && t.is_word() && !t.is_a(Class::FUNCTION.or(Class::TIME)))
                && !matches!(next.map(|t| t.lower.as_str()), Some("said" | "administration" | "government"))
                && !self.names.office_at(hit.end).is_some_and(|(_, c)| c != OfficeClass::Other);
        }
        let names = matches!(hit.alias, Alias::Name | Alias::Capital | Alias::Adjective);
        if names && self.is_company(hit.end) {
            return true;
        }
        if matches!(hit.alias, Alias::Name | Alias::Capital) {
            // "Paris-based", "a Hong Kong listed company": says something of another.
            let from = hit.end + usize::from(next.is_some_and(|t| t.is("-")));
            let article = hit.first > 0 && matches!(self.tokens[hit.first - 1].lower.as_str(), "a" | "an");
            let origin = self.token(from).is_some_and(|t| is_name_word(t, NameWord::Origin));
            return origin && (from > hit.end || article);
        }
        false
    }

    /// "Raul Gonzalez" and "Wang Laboratories" are not whom everybody calls Gonzalez or Wang: who is called so from here
    /// on speaks for nobody, unless an office says so.
    fn learn_namesake(&self, hit: &Hit, people: &mut People) {
        let Alias::Person { surname: true, person } = hit.alias else { return };
        let given = hit.first.checked_sub(1).filter(|at| self.is_capital(*at) && self.tokens[*at].class == Class::NONE);
        let other = given.is_some_and(|at| !self.gazetteer.may_be_called(person, &self.tokens[at].lower));
        if (other || self.is_company(hit.end))
            && let Some(surname) = surname(&self.tokens[hit.first..hit.end])
        {
            people.learn(Introduced { surname, party: None, class: OfficeClass::Other, female: None });
        }
    }

    /// Whether a company's name goes on here: "Australia and New Zealand Banking Group Ltd".
    fn is_company(&self, end: usize) -> bool {
        let goes_on = |t: &&Token| t.is_word() && (t.capital || t.is("and") || t.is("of")) || t.is("&");
        let rest = self.tokens.get(end..).unwrap_or_default().iter().take(6).take_while(goes_on);
        rest.into_iter().any(|t| t.capital && (is_name_word(t, NameWord::Company) || is_name_word(t, NameWord::Body)))
    }

    /// "Bergen, Norway, is issuing": the country only says where.
    fn is_behind_city(&self, mention: &Mention) -> bool {
        let comma = |at: usize| self.token(at).is_some_and(|t| t.is(","));
        mention.first > 1 && comma(mention.first - 1) && comma(mention.end) && {
            let before = &self.tokens[mention.first - 2];
            let listed = mention.first > 2 && comma(mention.first - 3);
            before.capital && before.is_word() && !before.is_a(Class::TIME.or(Class::FUNCTION)) && !listed
        }
    }

    /// "General Motors Canada said": a name before the country's makes it a company's.
    fn ends_a_name(&self, mention: &Mention) -> bool {
        let name = |at: usize| {
            let token = &self.tokens[at];
            let of_country =
                ["ist", "an", "ese", "ish", "ern", "ic", "free"].iter().any(|end| token.lower.ends_with(end));
            self.is_capital(at) && token.class == Class::NONE && !of_country && self.names.office_at(at).is_none()
        };
        let first = mention.first;
        first > 0
            && self.names.hits.iter().any(|hit| (hit.first, hit.end) == (first, first + 1) && hit.alias == Alias::Name)
            && name(first - 1)
            && (first > 1 || self.token(mention.end).is_some_and(|t| !t.is(",")))
            && !self.token(first + 1).is_some_and(Token::is_possessive)
            && !self.names.hits.iter().any(|hit| hit.first < first && first <= hit.end)
    }

    fn known(&self, person: &Introduced, first: usize, end: usize) -> Option<Mention> {
        let party = person.party?;
        Some(Mention { first, end, party, form: Form::Person, female: person.female, core: (first, end) })
    }

    /// Adds the persons known from the article who are named here and are not in the gazetteer.
    fn add_known(&self, found: &mut Vec<Mention>, people: &People) {
        for at in 0..self.tokens.len() {
            let covered = found.iter().any(|m| (m.first..m.end).contains(&at));
            if covered || self.tokens[at].is_a(Class::FUNCTION) {
                continue;
            }
            if let Some(known) = people.named(&self.tokens[at]) {
                found.extend(self.known(known, at, at + 1));
            }
        }
        found.sort_by_key(|m| m.first);
    }

    /// "the bloc", "the North": a party that the article has named.
    fn add_epithets(&self, found: &mut Vec<Mention>, people: &People) {
        for at in (1..self.tokens.len()).filter(|at| self.tokens[at - 1].is("the")) {
            let codes = epithets::codes(&self.tokens[at]);
            let free = || found.iter().all(|m| at < m.first || m.end <= at);
            // "the North Atlantic", "the Federal Trade Commission", "the north of the country", "the Anglican Community"
            let goes_on = || self.is_capital(at + 1) || self.token(at + 1).is_some_and(|t| t.is("of") || t.is("-"));
            if codes.is_empty() || !free() || goes_on() {
                continue;
            }
            let parties: Vec<_> = codes.iter().filter_map(|code| self.gazetteer.by_code(code)).collect();
            if let Some(party) = people.last_named(&parties) {
                let core = (at, at + 1);
                found.push(Mention { first: at, end: at + 1, party, form: Form::Name, female: None, core });
            }
        }
        found.sort_by_key(|m| m.first);
    }

    /// "Russian" + "defence minister", "Iraq's" + "president", and the name that follows.
    fn extend_to_office(&self, found: &mut [Mention], at: usize) {
        let mention = &found[at];
        let mut from = mention.end;
        let possessive = self.token(from).is_some_and(Token::is_possessive);
        if possessive {
            from += 1;
        }
        let adjective = mention.form == Form::Adjective;
        let open = possessive || adjective || matches!(mention.form, Form::Name | Form::Seat | Form::Person);
        if !open || mention.form == Form::Private {
            return;
        }
        let gap = if possessive || adjective { LONGEST_GAP } else { 3 };
        let Some((end, class)) = self.office_after(from, gap, possessive || adjective, found) else {
            return;
        };
        let mut end = end;
        if matches!(class, OfficeClass::Person | OfficeClass::Legislator) {
            end = self.name_after(end);
        }
        let mut female = None;
        for inner in found.iter_mut().filter(|m| m.first >= from && m.first < end) {
            // A name within is the same person, or somebody's "Iraq policy adviser".
            inner.end = inner.first;
            female = female.or(inner.female);
        }
        let mention = &mut found[at];
        mention.end = end;
        mention.female = female;
        mention.form = match class {
            OfficeClass::Other => Form::Private,
            class => Form::Office(class),
        };
    }

    /// The last office noun within a run of words that can stand in one noun phrase.
    fn office_after(&self, from: usize, gap: usize, loose: bool, found: &[Mention]) -> Option<(usize, OfficeClass)> {
        let mut best = None;
        let mut at = from;
        while at < self.tokens.len() && at < from + gap {
            let token = &self.tokens[at];
            // "Thai and Cambodian troops": the noun is the other's as well, and stays with it.
            if token.is("and") && best.is_none() && found.iter().any(|m| m.first == at + 1) {
                break;
            }
            if let Some((end, class)) = self.names.office_at(at) {
                let joined = at > from && self.tokens[at - 1].is("and");
                if joined && class == OfficeClass::Other && best.is_some() {
                    // "officials and analysts": the officials speak for the party all the same.
                    break;
                }
                let compound = self.token(end).is_some_and(|t| t.is("-"));
                if !compound {
                    best = Some((end, class));
                }
                at = end;
                // "government officials" goes on; "minister Lavrov", "troops shelled" do not.
                if self.token(at).is_some_and(|t| t.capital && best.is_some_and(|b| b.1 == OfficeClass::Person)) {
                    let goes_on = self.names.office_at(at).is_some();
                    if !goes_on {
                        break;
                    }
                }
                continue;
            }
            let joins = token.is("-") || token.is("and") && loose || token.is("of") && best.is_some() && loose;
            let modifier = token.is_word()
                && !token.is_possessive()
                && !token.is_a(Class::FUNCTION)
                && !(token.is_a(Class::PAST.or(Class::THIRD)) && (best.is_some() || !loose))
                && !(token.is_a(Class::TIME) && best.is_some())
                && !(token.is_a(Class::BASE.or(Class::ING))
                    && best.is_some()
                    && self.names.office_at(at + 1).is_none());
            let other_party = found.iter().any(|m| m.first == at && m.form != Form::Adjective);
            if !(joins || modifier) || other_party && best.is_some() {
                break;
            }
            if token.is("of") {
                // "secretary of state", "chief of staff", "minister of foreign affairs"
                let open = |at: usize| {
                    let word = self.token(at).filter(|t| t.is_word() && !t.is_a(Class::FUNCTION.or(Class::PAST)));
                    word.is_some() && !found.iter().any(|m| m.first <= at && at < m.end)
                };
                if !open(at + 1) {
                    break;
                }
                at += 2;
                while self.token(at).is_some_and(|t| matches!(t.lower.as_str(), "affairs" | "minister" | "secretary")) {
                    at += 1;
                }
                best = best.map(|(_, class)| (at, class));
                continue;
            }
            at += 1;
        }
        best
    }

    /// One past the name of a person that begins here, or the place itself where none does.
    fn name_after(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.tokens.len() && end < from + 6 {
            let token = &self.tokens[end];
            let particle = is_name_word(token, NameWord::Particle);
            let initial = token.is(".") && end > from && self.tokens[end - 1].lower.len() == 1;
            let hyphen = token.is("-") && end > from && self.token(end + 1).is_some_and(Token::is_word);
            let part = token.capital && token.is_word() && !token.is_a(Class::TIME.or(Class::FUNCTION))
                || end > from && self.tokens[end - 1].is("-") && token.is_word();
            let particle = particle && (self.is_capital(end + 1) || self.token(end + 1).is_some_and(|t| t.is("-")));
            if !(part || particle || initial || hyphen) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Left of a mention: "Mr", "President", the article's "the", and "chief of staff of".
    fn extend_to_left(&self, found: &mut [Mention]) {
        for at in 0..found.len() {
            let floor = if at > 0 { found[at - 1].end } else { 0 };
            let mention = &mut found[at];
            if mention.form == Form::Person {
                mention.first = self.title_before(mention.first, floor);
            }
            if mention.form == Form::Adjective || mention.form == Form::Private {
                continue;
            }
            // "the chief of the general staff of the Russian armed forces"
            let mut head = mention.first;
            while head > floor && self.tokens[head - 1].is_a(Class::DET) {
                head -= 1;
            }
            if head > floor
                && self.tokens[head - 1].is("of")
                && let Some((first, class)) = self.office_before(head - 1, floor)
            {
                mention.first = first;
                mention.form = match class {
                    OfficeClass::Other => Form::Private,
                    class => Form::Office(class),
                };
            }
        }
    }

    /// "Alcan Chairman David Culver": whose chairman he is, no gazetteer knows.
    fn is_behind_name(&self, at: usize) -> bool {
        at > 1 && self.is_capital(at - 1) && {
            let before = &self.tokens[at - 1];
            !before.is_a(Class::FUNCTION.or(Class::TIME))
                && !is_name_word(before, NameWord::Title)
                && !self.in_office(at - 1)
        }
    }

    fn office_before(&self, end: usize, floor: usize) -> Option<(usize, OfficeClass)> {
        let mut result = None;
        for first in (floor..end).rev().take(8) {
            let token = &self.tokens[first];
            if let Some((reach, class)) = self.names.office_at(first)
                && reach <= end
                && (result.is_some() || reach == end)
            {
                result = Some((first, class));
                continue;
            }
            // "staff" and "state" are verbs as well; a finite form is none of an office.
            let finite = Class::PAST.or(Class::THIRD).or(Class::AUX).or(Class::CONJ);
            let within = token.is_word() && !token.is_a(finite) || token.is("-");
            if !within || token.is_a(Class::PREP) && !token.is("of") {
                break;
            }
        }
        result
    }

    /// Where the titles and offices right before a person begin.
    fn title_before(&self, first: usize, floor: usize) -> usize {
        let mut start = first;
        while start > floor {
            let token = &self.tokens[start - 1];
            let point = token.is(".") && start - 1 > floor && is_name_word(&self.tokens[start - 2], NameWord::Title);
            let of =
                token.is("of") && start - 1 > floor && self.tokens[start - 2].capital && self.tokens[start].capital;
            let hyphen = token.is("-")
                && start - 1 > floor
                && self.tokens[start - 2].is_word()
                && self.tokens[start].is_word()
                && self.tokens[start - 2].capital;
            if !(is_name_word(token, NameWord::Title)
                || token.capital && token.is_word() && self.in_office(start - 1)
                || point
                || of
                || hyphen)
            {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Whether this token is part of an office such as "Defence Minister" or "Secretary of State".
    fn in_office(&self, at: usize) -> bool {
        (at.saturating_sub(2)..=at).any(|from| self.names.office_at(from).is_some_and(|(end, _)| end > at))
            || self.names.office_at(at + 1).is_some() && self.tokens[at].capital
            || matches!(self.tokens[at].lower.as_str(), "state" | "foreign" | "prime" | "defense" | "defence")
    }

    /// "Defence Minister Anatoly Serdukov" where neither he nor his country stands beside: the party is that of the
    /// nearest person named before, or the article's own.
    fn add_untold(&self, found: &mut Vec<Mention>, people: &mut People, home: Option<PartyId>) {
        let mut at = 0;
        while at < self.tokens.len() {
            let covered = found.iter().find(|m| (m.first..m.end).contains(&at)).map(|m| m.end);
            if let Some(end) = covered {
                at = end;
                continue;
            }
            let Some((end, class)) = self.names.office_at(at) else {
                at += 1;
                continue;
            };
            let office = matches!(class, OfficeClass::Person | OfficeClass::Legislator | OfficeClass::Other);
            let private = class == OfficeClass::Other
                || self.is_behind_name(at)
                || is_name_word(&self.tokens[end - 1], NameWord::Corporate);
            let mut office_end = end;
            if office && self.token(end).is_some_and(|t| t.is("of")) && self.is_capital(end + 1) {
                office_end = end + 2;
            }
            let name_end = if office { self.name_after(office_end) } else { end };
            let free = !found.iter().any(|m| m.first < name_end && at < m.end);
            if office && private && name_end > office_end && free {
                if let Some(surname) = surname(&self.tokens[office_end..name_end]) {
                    people.learn(Introduced { surname, party: None, class: OfficeClass::Other, female: None });
                }
                at = name_end;
                continue;
            }
            if office && self.tokens[at].capital && name_end > office_end && free {
                let named = |m: &&Mention| m.form != Form::Private;
                let before = found.iter().rev().filter(named).find(|m| m.end <= at);
                let person_before = before.filter(|m| matches!(m.form, Form::Person | Form::Office(_)));
                let party = setting(self.tokens, found).or(person_before.map(|m| m.party)).or(home);
                let party = party.or_else(|| found.iter().find(named).map(|m| m.party));
                let first = self.title_before(at, 0);
                if let Some(party) = party {
                    let core = (office_end, name_end);
                    let form = Form::Office(class);
                    found.push(Mention { first, end: name_end, party, form, female: None, core });
                    found.sort_by_key(|m| m.first);
                } else if let Some(surname) = surname(&self.tokens[office_end..name_end]) {
                    people.learn(Introduced { surname, party: None, class, female: None });
                }
                at = name_end;
                continue;
            }
            at = end;
        }
    }

    /// Learns who is introduced here: by an office before the name, or by one set off with commas.
    fn learn(&self, found: &mut Vec<Mention>, people: &mut People) {
        let mut apposed = Vec::new();
        for mention in found.iter() {
            let (party, class) = match mention.form {
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
                && let Some(surname) = surname(&self.tokens[name..mention.end])
                && !self.in_office(mention.end - 1)
            {
                if let Some(family) = self.family_name(party, name..mention.end) {
                    people.learn(Introduced { surname: family, party, class, female: mention.female });
                }
                people.learn(Introduced { surname, party, class, female: mention.female });
            }
            if let Some((first, end)) = self.apposed_name(mention)
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
        let code = &self.gazetteer.party(party?).code;
        let first = matches!(code.as_str(), "CHN" | "TWN" | "HKG" | "PRK" | "KOR" | "VNM" | "KHM");
        let words = self.tokens[name.clone()].iter().filter(|t| t.is_word()).count();
        (first && (2..=3).contains(&words)).then(|| surname(&self.tokens[name.start..=name.start]))?
    }

    fn is_name_part(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.capital && token.is_word() && self.names.office_at(at).is_none()
            || matches!(token.lower.as_str(), "-" | "al" | "bin" | "van" | "von" | "de" | ".")
    }

    /// The name in "the Russian foreign minister, Sergei Lavrov," and "Ali Hassan, Iraq's envoy,".
    fn apposed_name(&self, mention: &Mention) -> Option<(usize, usize)> {
        let comma = |at: usize| self.token(at).is_some_and(|t| matches!(t.lower.as_str(), "," | "-"));
        if comma(mention.end) && self.is_capital(mention.end + 1) {
            let end = self.name_after(mention.end + 1);
            let closed = comma(end) || self.token(end).is_none_or(|t| t.is("."));
            if closed && (2..=5).contains(&(end - mention.end - 1)) {
                return Some((mention.end + 1, end));
            }
        }
        let mut first = mention.first;
        while first > 0 && (self.tokens[first - 1].is_a(Class::DET) || self.tokens[first - 1].is("former")) {
            first -= 1;
        }
        if first > 1 && comma(first - 1) && comma(mention.end) {
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

    fn is_former(&self, mention: &Mention) -> bool {
        let from = mention.first.saturating_sub(2);
        let first_words = self.tokens[mention.first..mention.end].iter().take(3);
        self.tokens[from..mention.first].iter().chain(first_words).any(|t| {
            matches!(t.lower.as_str(), "former" | "ex" | "retired" | "late" | "onetime" | "ousted" | "deposed")
        }) && matches!(mention.form, Form::Person | Form::Office(_))
    }
}

/// "In Lima, the foreign ministry said": the party of the place that a sentence opens with.
pub fn setting(tokens: &[Token], mentions: &[Mention]) -> Option<PartyId> {
    let opens = tokens.first().is_some_and(|t| t.is("in") || t.is("from"));
    let place = mentions.iter().find(|m| m.first == 1 && matches!(m.form, Form::Name | Form::Seat));
    place.filter(|m| opens && tokens.get(m.end).is_some_and(|t| t.is(","))).map(|m| m.party)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::tokenize;

    /// The mentions of a text of one sentence, as "words=PARTY".
    fn found(text: &str, people: &mut People) -> Vec<String> {
        let gazetteer = Gazetteer::shipped();
        let tokens = tokenize(text, 0..text.len());
        let date = "2007-04-23".parse().ok();
        let names = gazetteer.names(text, &tokens, date);
        let mentions = mentions(gazetteer, &names, &tokens, date, people, None);
        let words = |m: &Mention| text[tokens[m.first].start..tokens[m.end - 1].end].to_owned();
        let acting = mentions.iter().filter(|m| m.can_act());
        acting.map(|m| format!("{}={}", words(m), gazetteer.party(m.party).code)).collect()
    }

    fn alone(text: &str) -> Vec<String> {
        found(text, &mut People::default())
    }

    #[test]
    fn offices_carry_the_party_of_their_adjective_or_owner() {
        assert_eq!(alone("the Chilean deputy trade minister left"), ["Chilean deputy trade minister=CHL"]);
        assert_eq!(alone("Peru's foreign ministry said no."), ["Peru's foreign ministry=PER"]);
        assert_eq!(alone("the commander of the Chadian army"), ["commander of the Chadian army=TCD"]);
        assert!(alone("a Chilean economist on Chilean soil").is_empty());
    }

    #[test]
    fn who_is_introduced_is_known_by_surname_and_by_another_spelling() {
        let mut people = People::default();
        let first = found("Norwegian Fisheries Minister Kari Ostvold met them.", &mut people);
        assert_eq!(first, ["Norwegian Fisheries Minister Kari Ostvold=NOR"]);
        assert_eq!(found("Ostvold left, and Oestvold came back.", &mut people), ["Ostvold=NOR", "Oestvold=NOR"]);
    }

    #[test]
    fn an_apposition_introduces_on_either_side() {
        let mut people = People::default();
        found("Amina Diallo, Guinea's envoy, spoke.", &mut people);
        found("The Irish trade minister, Sean Byrne, spoke.", &mut people);
        assert_eq!(found("Diallo met Byrne.", &mut people), ["Diallo=GIN", "Byrne=IRL"]);
    }

    #[test]
    fn a_namesake_of_somebody_famous_speaks_for_nobody() {
        let mut people = People::default();
        assert!(found("Ombudsman Raul Blair asked for the papers.", &mut people).is_empty());
        assert!(found("Blair said they were lost.", &mut people).is_empty());
        assert_eq!(alone("Blair said they were lost."), ["Blair=GBR"]);
    }

    #[test]
    fn what_is_only_of_a_place_names_no_party() {
        assert!(alone("It is a Hong Kong listed company.").is_empty());
        assert_eq!(alone("Peru listed its demands."), ["Peru=PER"]);
    }

    #[test]
    fn former_officials_and_analysts_speak_for_nobody() {
        assert!(alone("A former Swedish minister and a Danish analyst disagreed.").is_empty());
        let mut people = People::default();
        found("Former Swedish defence minister Nils Berg disagreed.", &mut people);
        assert!(found("Berg said no.", &mut people).is_empty());
    }
}
