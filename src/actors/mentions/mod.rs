//! Mentions: the words of a sentence that stand for a party, put together out of names, adjectives and offices.

mod names;
mod offices;
mod persons;

use crate::document::Date;
use crate::sentences::{Class, Token};

use super::entry::{Alias, PartyId};
use super::epithets;
use super::gazetteer::{Gazetteer, Hit, Names};
use super::name_words::{NameWord, is_name_word};
use super::offices::OfficeClass;
use super::people::People;

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
    /// "Basra": where something of the party is. Never acts.
    Place,
    /// "Lavrov", "President Vladimir Putin".
    Person,
    /// "the Russian foreign minister", "US officials", "Iraqi troops".
    Office(OfficeClass),
    /// A former minister or an analyst of that country: names it, and does not speak for it.
    Private,
}

impl Form {
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Adjective => "adjective",
            Self::People => "people",
            Self::Seat => "seat",
            Self::Place => "somewhere",
            Self::Person => "person",
            Self::Office(class) => class.name(),
            Self::Private => "private",
        }
    }
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
            Alias::Place => (Form::Place, None),
            Alias::Person { person, .. } => (Form::Person, Some(gazetteer.is_female(person))),
        };
        let core = (hit.first, hit.end);
        Self { first: hit.first, end: hit.end, party: hit.party, form, female, core }
    }

    /// Whether it can speak or act, as a whole party, a person or a body.
    pub fn can_act(&self) -> bool {
        !matches!(self.form, Form::Adjective | Form::Place | Form::Private)
    }

    /// Whether it may tell where something is.
    pub fn can_be_place(&self) -> bool {
        matches!(self.form, Form::Name | Form::Seat | Form::Place)
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
                let first = finder.given_names(hit.first, &found);
                found.extend(finder.known(known, first, hit.end));
                continue;
            }
            if people.strict && (!gazetteer.is_famous(person, date) || finder.is_partner_in_a_firm(hit)) {
                continue;
            }
        }
        found.push(Mention::of(hit, gazetteer));
    }
    finder.add_known(&mut found, people);
    finder.add_epithets(&mut found, people);
    for at in 0..found.len() {
        finder.extend_to_office(&mut found, at);
        finder.extend_to_owned(&mut found, at);
    }
    found.retain(|m| m.first < m.end);
    finder.extend_to_left(&mut found);
    finder.add_owned(&mut found, home);
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

impl Finder<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is_word() && t.capital && t.lower.len() > 1)
    }

    /// "the bloc", "the North": a party that the article has named.
    fn add_epithets(&self, found: &mut Vec<Mention>, people: &People) {
        // "a Commission official"
        let office = |at: usize| self.tokens[at].capital && self.names.office_at(at + 1).is_some();
        for at in (0..self.tokens.len()).filter(|at| *at > 0 && self.tokens[at - 1].is("the") || office(*at)) {
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
}

/// "In Lima, the foreign ministry said", "In the Peruvian capital,": the party of the place that a sentence opens with.
pub fn setting(tokens: &[Token], mentions: &[Mention]) -> Option<PartyId> {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.is(word));
    let opens = is(0, "in") || is(0, "from");
    let next = |m: &&Mention| is(m.end, ",") || tokens.get(m.end).is_some_and(|t| t.is_a(Class::DET) || t.capital);
    let place = |m: &&Mention| m.first == 1 && m.can_be_place() && next(m);
    let capital = |m: &&Mention| m.first == 2 && m.form == Form::Adjective && is(1, "the") && is(m.end, "capital");
    mentions.iter().find(|m| opens && (place(m) || capital(m))).map(|m| m.party)
}

/// How many words at most tell where and to whom somebody spoke.
const TOLD: usize = 8;

/// "the minister told reporters in Lima": the party of the place where somebody told the press something; the words of
/// who told it end before token `from`.
pub fn told_in(tokens: &[Token], mentions: &[Mention], from: usize) -> Option<PartyId> {
    let clause = (from + 1..tokens.len().min(from + TOLD)).take_while(|at| !tokens[*at].is(","));
    let told = |token: &Token| is_name_word(token, NameWord::Press) || is_name_word(token, NameWord::Civil);
    let press = |at: &usize| tokens[*at].is("in") && told(&tokens[*at - 1]);
    let place = clause.into_iter().find(press)? + 1;
    mentions.iter().find(|m| m.first == place && m.can_be_place()).map(|m| m.party)
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
    fn an_office_of_an_office_and_of_a_person_is_one_mention() {
        assert_eq!(alone("the Chadian leader's spokesman left"), ["Chadian leader's spokesman=TCD"]);
        assert_eq!(alone("an adviser to the Chilean president left"), ["adviser to the Chilean president=CHL"]);
        assert!(alone("a spokesman for Chad's largest firm left").is_empty());
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
    fn an_office_behind_an_unknown_acronym_is_of_no_party() {
        let mut people = People::default();
        assert_eq!(found("QBTF President Ann Castell wrote to Peru.", &mut people), ["Peru=PER"]);
        assert!(found("Castell is angry.", &mut people).is_empty());
    }

    #[test]
    fn an_office_that_few_states_have_is_of_the_first_unless_another_of_them_is_named() {
        let commerce = "Commerce Secretary Dana Whitfield";
        assert_eq!(alone(&format!("Seoul heard {commerce} out."))[1..], [format!("{commerce}=USA")]);
        let here = alone(&format!("India gains, {commerce} said."));
        assert_eq!(here[1..], [format!("{commerce}=IND")]);
    }

    #[test]
    fn an_office_that_one_state_has_is_a_mention_of_it_and_introduces() {
        let mut people = People::default();
        let first =
            found("Rosa Lindqvist, the fisheries commissioner, wrote to a state department spokesman.", &mut people);
        assert_eq!(first[1..], ["fisheries commissioner=EU", "state department spokesman=USA"]);
        assert_eq!(found("Lindqvist is angry.", &mut people), ["Lindqvist=EU"]);
    }

    #[test]
    fn a_body_that_few_states_have_is_of_the_article_s_own_state_or_of_the_first() {
        let said = "Foreign Office spokesman";
        assert_eq!(alone(&format!("KARACHI - Oman was right, the {said} held."))[1..], [format!("{said}=PAK")]);
        assert_eq!(alone(&format!("Oman was right, the {said} held."))[1..], [format!("{said}=GBR")]);
        assert_eq!(
            alone(&format!("In Oman a Danish {said} agreed.")),
            ["Oman=OMN", "Danish Foreign Office spokesman=DNK"]
        );
    }

    #[test]
    fn a_minister_in_washington_is_of_another_state_and_a_dash_parts_the_dateline() {
        let text = "WASHINGTON - Farm Minister Ichiro Hamasaki said that Japan would buy rice.";
        assert_eq!(alone(text)[1], "Farm Minister Ichiro Hamasaki=JPN");
        assert_eq!(alone("American F-14 fighters turned back."), ["American F-14 fighters=USA"]);
    }

    #[test]
    fn what_is_only_of_a_place_names_no_party() {
        assert!(alone("It is a Hong Kong listed company.").is_empty());
        assert_eq!(alone("Peru listed its demands."), ["Peru=PER"]);
    }

    #[test]
    fn a_firm_s_partners_and_officers_are_no_ministers() {
        let text = "In the spring AFG and Wagner bought shares.";
        assert!(found(text, &mut People::of_article()).is_empty());
        assert!(alone("President Nobuo Ito of Global Telecom Inc met them.").is_empty());
    }

    #[test]
    fn former_officials_and_analysts_speak_for_nobody() {
        assert!(alone("A former Swedish minister and a Danish analyst disagreed.").is_empty());
        let mut people = People::default();
        found("Former Swedish defence minister Nils Berg disagreed.", &mut people);
        assert!(found("Berg said no.", &mut people).is_empty());
    }
}
