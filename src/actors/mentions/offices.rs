//! Offices: "Russian" + "defence minister", "President" + a name.

use super::{Finder, Form, Mention};
use crate::actors::PartyId;
use crate::actors::name_words::{NameWord, is_name_word, is_title};
use crate::actors::offices::OfficeClass;
use crate::sentences::{Class, Token, TokenKind};

/// How many words may stand between an adjective and its office: "Iranian deputy oil and energy minister".
const LONGEST_GAP: usize = 7;

/// What no word is that tells which office: "trade" of "trade minister".
const NO_MODIFIER: Class = Class::FUNCTION.or(Class::PAST).or(Class::THIRD).or(Class::ADV).or(Class::TIME);

impl Finder<'_> {
    /// "Russian" + "defence minister", "Iraq's" + "president", and the name that follows.
    pub(super) fn extend_to_office(&self, found: &mut [Mention], at: usize) {
        let mention = &found[at];
        let mut from = mention.end;
        let possessive = self.token(from).is_some_and(Token::is_possessive);
        if possessive {
            from += 1;
        }
        let adjective = matches!(mention.form, Form::Adjective | Form::Place);
        // "In Washington President Bush said"
        let opens = mention.first == 1 && (self.tokens[0].is("in") || self.tokens[0].is("from"));
        if opens && mention.form == Form::Seat && self.token(from).is_some_and(|t| t.capital) {
            return;
        }
        let open = possessive || adjective || matches!(mention.form, Form::Name | Form::Seat | Form::Person);
        if !open || mention.form == Form::Private {
            return;
        }
        let gap = if possessive || adjective { LONGEST_GAP } else { 3 };
        let office = self.office_after(from, gap, possessive || adjective, found);
        // "Blair's office": his staff.
        let staff = possessive && mention.form == Form::Person && self.token(from).is_some_and(|t| t.is("office"));
        let Some((end, class)) = office.or(staff.then_some((from + 1, OfficeClass::Body))) else {
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

    /// "the Afghan leader" + "'s spokesman": an office of an office.
    pub(super) fn extend_to_owned(&self, found: &mut [Mention], at: usize) {
        let end = found[at].end;
        let office = matches!(found[at].form, Form::Office(_)) && self.token(end).is_some_and(Token::is_possessive);
        if office && self.names.office_at(end + 1).is_some() {
            self.extend_to_office(found, at);
        }
    }

    /// "the state department", "Chief Cabinet Secretary Yukio Edano": offices that only one state has, and bodies of a few, of
    /// which the article's own state is meant, or else the first.
    pub(super) fn add_owned(&self, found: &mut Vec<Mention>, home: Option<PartyId>) {
        let home = home.or(found.first().map(|m| m.party));
        for (first, owners) in self.names.owned() {
            let party = home.filter(|party| owners.contains(party)).unwrap_or(owners[0]);
            let Some((end, class)) = self.names.compound_at(first) else { continue };
            let name = if class == OfficeClass::Person { self.name_after(end) } else { end };
            // "the Defense Acquisition Program Administration"
            let named = found.iter().any(|m| m.end == first);
            let goes_before =
                !named && end == first + 1 && self.tokens[first].capital && first > 1 && self.is_capital(first - 1);
            if class == OfficeClass::Other || goes_before || found.iter().any(|m| m.first < end && first < m.end) {
                continue;
            }
            let within = |m: &Mention| m.first < name && end <= m.first;
            let female = found.iter().find(|m| within(m)).and_then(|m| m.female);
            found.retain(|m| !within(m));
            found.push(Mention { first, end: name, party, form: Form::Office(class), female, core: (first, end) });
        }
        found.sort_by_key(|m| m.first);
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
            // "minister for trade"; a spokesman for somebody is his.
            let person = best.is_some_and(|(_, class)| class == OfficeClass::Person);
            let charge = token.is("for") && person && !is_name_word(&self.tokens[at - 1], NameWord::Voice);
            let of = (token.is("of") && best.is_some() || charge) && loose;
            let joins = self.is_hyphen(at) || token.is("and") && loose || of;
            // "American F-14 fighters"
            let numbered = at > from && self.is_hyphen(at - 1) && token.kind == TokenKind::Number;
            let modifier = token.is_word()
                && !token.is_possessive()
                && !token.is_a(Class::FUNCTION)
                && !(token.is_a(Class::PAST.or(Class::THIRD)) && (best.is_some() || !loose))
                && !(token.is_a(Class::TIME) && best.is_some())
                && !(token.is_a(Class::BASE.or(Class::ING))
                    && best.is_some()
                    && self.names.office_at(at + 1).is_none());
            let other_party = found.iter().any(|m| m.first == at && m.form != Form::Adjective);
            if !(joins || modifier || numbered) || other_party && best.is_some() {
                break;
            }
            if of {
                // "secretary of state", "chief of staff", "minister of foreign affairs"
                let open = |at: usize| {
                    let word = self.token(at).filter(|t| t.is_word() && !t.is_a(Class::FUNCTION.or(Class::PAST)));
                    word.is_some() && !found.iter().any(|m| m.first <= at && at < m.end)
                };
                at += usize::from(charge && self.token(at + 1).is_some_and(|t| t.is("the")));
                if !open(at + 1) {
                    break;
                }
                at += 2;
                while self.token(at).is_some_and(|t| matches!(t.lower.as_str(), "affairs" | "minister" | "secretary")) {
                    at += 1;
                }
                // "minister of foreign affairs and cooperation"
                while self.token(at).is_some_and(|t| t.is("and")) && open(at + 1) {
                    at += 2;
                }
                best = best.map(|(_, class)| (at, class));
                continue;
            }
            at += 1;
        }
        best
    }

    /// Left of a mention: "Mr", "President", the article's "the", and "chief of staff of".
    pub(super) fn extend_to_left(&self, found: &mut [Mention]) {
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
            // "a spokesman for Denmark's largest firm"
            let whole = !self.token(mention.end).is_some_and(|t| t.is_possessive() || t.is("-"));
            let person = matches!(mention.form, Form::Person | Form::Office(OfficeClass::Person));
            if head > floor
                && (self.tokens[head - 1].is("of")
                    || person && self.tokens[head - 1].is("to")
                    || self.speaks_for(head - 1) && whole)
                && let Some((first, class)) = self.office_before(head - 1, floor)
            {
                mention.first = self.apposed_office(first, floor);
                mention.form = match class {
                    OfficeClass::Other => Form::Private,
                    class => Form::Office(class),
                };
            }
        }
    }

    /// "Ana Ruiz, trade minister of Peru": where the words before an office begin, if they stand behind a comma.
    fn apposed_office(&self, office: usize, floor: usize) -> usize {
        let plain = |at: &usize| self.tokens[*at].is_word() && !self.tokens[*at].is_a(NO_MODIFIER);
        let first = (floor.max(office.saturating_sub(LONGEST_GAP))..office).rev().take_while(plain).last();
        first.filter(|at| *at > 0 && self.tokens[*at - 1].is(",")).unwrap_or(office)
    }

    /// "a spokeswoman for the Peruvian foreign ministry"
    fn speaks_for(&self, at: usize) -> bool {
        self.tokens[at].is("for") && at > 0 && is_name_word(&self.tokens[at - 1], NameWord::Voice)
    }

    /// "NMIC President Arthur Aguilar": whose president he is, no gazetteer knows.
    pub(super) fn is_behind_acronym(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].acronym && self.names.office_at(at - 1).is_none()
    }

    fn office_before(&self, end: usize, floor: usize) -> Option<(usize, OfficeClass)> {
        let mut result: Option<(usize, OfficeClass)> = None;
        for first in (floor..end).rev().take(8) {
            let token = &self.tokens[first];
            if let Some((reach, class)) = self.names.office_at(first)
                && reach <= end
                && (result.is_some() || reach == end)
            {
                // "army chief of Peru": the last word is the head, but "union leaders" are no party's.
                let head = result.filter(|_| reach < end).map_or(class, |(_, head)| head);
                result = Some((first, if class == OfficeClass::Other { class } else { head }));
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
    pub(super) fn title_before(&self, first: usize, floor: usize) -> usize {
        let mut start = first;
        while start > floor {
            let token = &self.tokens[start - 1];
            let point = token.is(".") && start - 1 > floor && is_name_word(&self.tokens[start - 2], NameWord::Title);
            let of =
                token.is("of") && start - 1 > floor && self.tokens[start - 2].capital && self.tokens[start].capital;
            let hyphen = start - 1 > floor
                && self.is_hyphen(start - 1)
                && self.tokens[start - 2].is_word()
                && self.tokens[start].is_word()
                && self.tokens[start - 2].capital;
            if !(is_title(token)
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

    /// Whether a hyphen stands here, right behind a word, and no dash such as that of a dateline.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        // A dash is longer: "BEIJING—Treasury Secretary Ruiz".
        let short = |t: &Token| t.is("-") && t.end - t.start == 1;
        at > 0 && self.token(at).is_some_and(|t| short(t) && self.tokens[at - 1].end == t.start)
    }

    /// Whether this token is part of an office such as "Defence Minister" or "Secretary of State".
    pub(super) fn in_office(&self, at: usize) -> bool {
        (at.saturating_sub(2)..=at).any(|from| self.names.office_at(from).is_some_and(|(end, _)| end > at))
            || self.names.office_at(at + 1).is_some() && self.tokens[at].capital
            || matches!(self.tokens[at].lower.as_str(), "state" | "foreign" | "prime" | "defense" | "defence")
    }

    pub(super) fn is_former(&self, mention: &Mention) -> bool {
        let from = mention.first.saturating_sub(2);
        let first_words = self.tokens[mention.first..mention.end].iter().take(3);
        self.tokens[from..mention.first].iter().chain(first_words).any(|t| is_name_word(t, NameWord::Former))
            && matches!(mention.form, Form::Person | Form::Office(_))
    }
}
