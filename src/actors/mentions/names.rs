//! Names that are part of a longer one, and so are not what they seem.

use super::{Finder, Mention};
use crate::actors::entry::Alias;
use crate::actors::gazetteer::Hit;
use crate::actors::name_words::{NameWord, is_name_word, is_title};
use crate::actors::offices::OfficeClass;
use crate::actors::people::{Introduced, People, surname};
use crate::sentences::{Class, Token, TokenKind};

impl Finder<'_> {
    /// "Kate Bush", "Clinton Street", "Jordan Peele": a surname or place name within another name.
    pub(super) fn is_part_of_a_name(&self, hit: &Hit, people: &People) -> bool {
        let next = self.token(hit.end);
        if let Alias::Person { surname: true, .. } = hit.alias {
            let into_it = hit.first > 0 && self.is_hyphen(hit.first - 1);
            // "Su-35" is no prime minister either.
            let number = |at: usize| self.token(at).is_some_and(|t| t.kind == TokenKind::Number);
            if into_it || self.is_hyphen(hit.end) && (self.is_capital(hit.end + 1) || number(hit.end + 1)) {
                return true;
            }
            let title = |at: usize| {
                self.token(at).is_some_and(is_title)
                    || (0..=at)
                        .rev()
                        .take(3)
                        .any(|from| self.names.office_at(from).is_some_and(|(end, _)| end == at + 1))
            };
            let common =
                hit.end == hit.first + 1 && self.tokens[hit.first].is_a(Class::TIME.or(Class::FUNCTION).or(Class::ADV));
            // "Sen. John Heinz" is no Hun Sen.
            let abbreviates = next.is_some_and(|t| t.is(".")) && self.is_capital(hit.end + 1);
            if abbreviates && is_title(&self.tokens[hit.first]) {
                return true;
            }
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
        let names = matches!(hit.alias, Alias::Name | Alias::Capital | Alias::Adjective | Alias::Place);
        if names && self.is_company(hit.end) {
            return true;
        }
        if matches!(hit.alias, Alias::Name | Alias::Capital | Alias::Place) {
            // "Paris-based", "a Hong Kong listed company": says something of another.
            let from = hit.end + usize::from(self.is_hyphen(hit.end));
            let article = hit.first > 0 && matches!(self.tokens[hit.first - 1].lower.as_str(), "a" | "an");
            let origin = self.token(from).is_some_and(|t| is_name_word(t, NameWord::Origin));
            return origin && (from > hit.end || article);
        }
        false
    }

    /// "Raul Gonzalez" and "Wang Laboratories" are not whom everybody calls Gonzalez or Wang: who is called so from here
    /// on speaks for nobody, unless an office says so.
    pub(super) fn learn_namesake(&self, hit: &Hit, people: &mut People) {
        let Alias::Person { surname: true, person } = hit.alias else { return };
        let given = hit.first.checked_sub(1).filter(|at| self.is_capital(*at) && self.tokens[*at].class == Class::NONE);
        let other = given.is_some_and(|at| !self.gazetteer.may_be_called(person, &self.tokens[at].lower));
        if (other || self.is_company(hit.end))
            && let Some(surname) = surname(&self.tokens[hit.first..hit.end])
        {
            people.learn(Introduced { surname, party: None, class: OfficeClass::Other, female: None });
        }
    }

    /// "Wagner and Brown", "AFG and Wagner": beside a name that nobody knows, a surname that the article never introduced is
    /// that of a firm's partner.
    pub(super) fn is_partner_in_a_firm(&self, hit: &Hit) -> bool {
        let joins = |at: usize| self.token(at).is_some_and(|t| t.is("and") || t.is("&"));
        let unknown = |at: usize| {
            self.is_capital(at)
                && self.tokens[at].class == Class::NONE
                && self.names.office_at(at).is_none()
                && !self.names.hits.iter().any(|other| (other.first..other.end).contains(&at))
        };
        joins(hit.end) && unknown(hit.end + 1) || hit.first > 1 && joins(hit.first - 1) && unknown(hit.first - 2)
    }

    /// "President Nobuo Ito of International Telecom Inc": behind a person's name, whose officer he is.
    pub(super) fn is_of_company(&self, end: usize) -> bool {
        self.token(end).is_some_and(|t| t.is("of") || t.is("at")) && self.is_company(end + 1)
    }

    /// Whether a company's name goes on here: "Australia and New Zealand Banking Group Ltd".
    fn is_company(&self, end: usize) -> bool {
        let goes_on = |t: &&Token| t.is_word() && (t.capital || t.is("and") || t.is("of")) || t.is("&");
        let rest = self.tokens.get(end..).unwrap_or_default().iter().take(6).take_while(goes_on);
        rest.into_iter().any(|t| t.capital && (is_name_word(t, NameWord::Company) || is_name_word(t, NameWord::Body)))
    }

    /// "Bergen, Norway, is issuing": the country only says where.
    pub(super) fn is_behind_city(&self, mention: &Mention) -> bool {
        let comma = |at: usize| self.token(at).is_some_and(|t| t.is(","));
        mention.first > 1 && comma(mention.first - 1) && comma(mention.end) && {
            let before = &self.tokens[mention.first - 2];
            let country = |hit: &Hit| (hit.first..hit.end).contains(&(mention.first - 2)) && hit.alias == Alias::Name;
            let listed = mention.first > 2 && comma(mention.first - 3) || self.names.hits.iter().any(country);
            before.capital && before.is_word() && !before.is_a(Class::TIME.or(Class::FUNCTION)) && !listed
        }
    }

    /// "General Motors Canada said": a name before the country's makes it a company's.
    pub(super) fn ends_a_name(&self, mention: &Mention) -> bool {
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
}
