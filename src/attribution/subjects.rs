//! What can be the subject of a statement: a mention, a pronoun, "the minister", "both sides", or somebody who speaks
//! for no party.

use crate::actors::{Form, Mention, NameWord, Names, OfficeClass, PartyId, is_name_word};
use crate::sentences::{Class, Token};

use super::clause::Scene;
use super::cues::Frame;
use super::papers::{self, Owner};

/// Who a subject is.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    Party {
        party: PartyId,
        class: Option<OfficeClass>,
        female: Option<bool>,
    },
    Pronoun(Pronoun),
    /// "the minister", "officials": somebody named before.
    Office(OfficeClass),
    /// "the statement said".
    Paper,
    /// "both sides".
    Both,
    /// "negotiators from Peru and Chile".
    Several(Vec<PartyId>),
    /// Somebody who speaks for no party.
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    He,
    She,
    It,
    They,
}

/// A possible subject of a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    pub first: usize,
    pub end: usize,
    pub who: Who,
}

impl Subject {
    /// The word that tells what office it is: "ministry" of "the ministry's statement".
    pub fn noun(&self, scene: &Scene) -> usize {
        let words = self.first..self.end;
        let ends = |at: &usize| {
            let token = &scene.tokens[*at];
            token.is_possessive() || token.is("of") || token.is_a(Class::PAPER)
        };
        words.clone().skip(1).find(ends).unwrap_or(words.end) - 1
    }
}

/// The possible subjects of a sentence outside quotation marks, in order; `names` is what the gazetteer knows of it.
pub fn subjects(scene: &Scene, names: &Names) -> Vec<Subject> {
    let mut found = Vec::new();
    let mut at = dateline(scene);
    while at < scene.tokens.len() {
        if let Some(mention) = scene.mentions.iter().find(|m| m.first == at) {
            // "anti-China demonstrators"
            let prefixed =
                at > 1 && mention.core.0 == at && scene.tokens[at - 1].is("-") && is_prefix(&scene.tokens[at - 2]);
            if !scene.inside[at] && !prefixed {
                let party = |class, female| Who::Party { party: mention.party, class, female };
                if mention.form != Form::Private
                    && let Some(end) = papers::behind(scene, names, mention.end)
                {
                    found.push(Subject { first: at, end, who: party(Some(OfficeClass::Body), None) });
                    at = end;
                    continue;
                }
                let who = match mention.form {
                    Form::Adjective => {
                        let class = shared_noun(scene, mention).or_else(|| people(scene, mention));
                        class.map(|class| party(Some(class), None))
                    }
                    Form::Private => Some(Who::Nobody),
                    Form::Place => None,
                    form => Some(party(class(form), mention.female)),
                };
                found.extend(who.map(|who| Subject { first: at, end: mention.end, who }));
            }
            at = mention.end;
            continue;
        }
        if !scene.inside[at]
            && let Some(subject) = unnamed(scene, names, at)
        {
            // "Supreme leader Ayatollah Khamenei": the office goes on into the name.
            if let Some(mention) =
                scene.mentions.iter().find(|m| m.first > at && m.first < subject.end && subject.end < m.end)
            {
                at = mention.first;
                continue;
            }
            at = subject.end;
            found.push(subject);
            continue;
        }
        at += 1;
    }
    found
}

/// "anti" of "anti-China", and not "al" of "al-Assad".
fn is_prefix(token: &Token) -> bool {
    token.is_word() && !token.capital && !is_name_word(token, NameWord::Particle)
}

/// Where the words begin behind a dateline: "Dakar, Senegal (PANA) —", "BAGHDAD, Iraq, Feb. 22 -".
fn dateline(scene: &Scene) -> usize {
    let capitals = scene.tokens.first().is_some_and(|t| t.acronym && t.end - t.start > 2);
    let free = |at: usize| scene.tokens[at].is("-") && scene.tokens[at - 1].end < scene.tokens[at].start;
    let ends = |at: &usize| scene.is_dash(*at) && (capitals || scene.tokens[at - 1].is(")")) || capitals && free(*at);
    let starts = (1..scene.tokens.len().min(14)).find(ends);
    starts.filter(|dash| !(0..*dash).any(|at| scene.is(at, Class::AUX.or(Class::DET)))).map_or(0, |dash| dash + 1)
}

/// "The Japanese proposed": an adjective that stands for the people.
fn people(scene: &Scene, mention: &Mention) -> Option<OfficeClass> {
    let definite = mention.first > 0 && scene.tokens[mention.first - 1].is("the");
    // Other forms may be nouns: "the Japanese long term rate".
    let verb = scene.verb_at(mention.end).filter(|verb| scene.is(verb.first, Class::PAST.or(Class::AUX)));
    (definite && verb.is_some()).then_some(OfficeClass::Persons)
}

/// "Thai and Cambodian troops": the noun behind the last adjective counts for each.
fn shared_noun(scene: &Scene, mention: &Mention) -> Option<OfficeClass> {
    let mut end = mention.end;
    loop {
        if !scene.token(end).is_some_and(|t| t.is("and") || t.is(",")) {
            return None;
        }
        let next = scene.mentions.iter().find(|m| m.first == end + 1)?;
        match next.form {
            Form::Office(class) => return Some(class),
            Form::Adjective => end = next.end,
            _ => return None,
        }
    }
}

fn class(form: Form) -> Option<OfficeClass> {
    match form {
        Form::Person => Some(OfficeClass::Person),
        Form::Office(class) => Some(class),
        Form::Seat => Some(OfficeClass::Body),
        Form::People => Some(OfficeClass::Persons),
        _ => None,
    }
}

/// A subject that names no party itself.
fn unnamed(scene: &Scene, names: &Names, at: usize) -> Option<Subject> {
    let token = &scene.tokens[at];
    let pronoun = match token.lower.as_str() {
        "he" => Some(Pronoun::He),
        "she" => Some(Pronoun::She),
        "it" => Some(Pronoun::It),
        "they" => Some(Pronoun::They),
        _ => None,
    };
    if let Some(pronoun) = pronoun {
        return Some(Subject { first: at, end: at + 1, who: Who::Pronoun(pronoun) });
    }
    if let Some(end) = both(scene, names, at) {
        return Some(Subject { first: at, end, who: Who::Both });
    }
    if !token.is_word() {
        return None;
    }
    // "some", "most": who, where nobody is named, is nobody of a party.
    if token.is_a(Class::SOME) && scene.verb_at(at + 1).is_some_and(|v| v.frame == Some(Frame::Speech)) {
        return Some(Subject { first: at, end: at + 1, who: Who::Nobody });
    }
    let definite = token.capital
        || is_definite(scene, at)
        || is_name_word(token, NameWord::Voice) && is_of_office(scene, names, at);
    if let Some((end, class)) = names.compound_at(at) {
        // "the news agency IRNA"
        if scene.mentions.iter().any(|m| m.first == end) {
            return None;
        }
        if class != OfficeClass::Other
            && let Some(end) = papers::behind(scene, names, end)
        {
            return Some(Subject { first: at, end, who: Who::Office(class) });
        }
        // "industry officials", which must not be read as officials alone; "bank officials" may be a central bank's.
        if class == OfficeClass::Other && end > at + 1 && !is_name_word(token, NameWord::Mixed) {
            return Some(Subject { first: at, end, who: Who::Nobody });
        }
        if is_name_word(&scene.tokens[end - 1], NameWord::Civil) {
            return Some(Subject { first: at, end, who: Who::Nobody });
        }
        let plural = class == OfficeClass::Persons;
        if (plural || class == OfficeClass::Forces)
            && scene.token(end).is_some_and(|t| t.is("from") || t.is("of"))
            && let Some(first) = scene.mention_from(end + 1)
        {
            let all = scene.coordinated(first);
            let end = all[all.len() - 1].end;
            return Some(Subject { first: at, end, who: Who::Several(all.iter().map(|m| m.party).collect()) });
        }
        // "officials on both sides"
        if plural
            && scene.token(end).is_some_and(|t| t.is("on") || t.is("from") || t.is("of"))
            && let Some(end) = both(scene, names, end + 1)
        {
            return Some(Subject { first: at, end, who: Who::Both });
        }
        // "the foreign ministry in Lima", "a ministry official in Lima"
        let voice = is_name_word(&scene.tokens[end - 1], NameWord::Voice);
        let owned = at > 0 && scene.is(at - 1, Class::OWN);
        let seated = class == OfficeClass::Body || class == OfficeClass::Person && end > at + 1 || voice && !owned;
        if seated
            && scene.token(end).is_some_and(|t| t.is("in"))
            && !(at..end).any(|i| is_name_word(&scene.tokens[i], NameWord::Abroad))
            && let Some(seat) = scene.mention_from(end + 1).filter(|m| matches!(m.form, Form::Seat | Form::Place))
        {
            let who = Who::Party { party: seat.party, class: Some(class), female: None };
            return Some(Subject { first: at, end: seat.end, who });
        }
        // "a spokesman for the African Union"
        let from = class == OfficeClass::Person && scene.token(end).is_some_and(|t| t.is("from"));
        let stands_for =
            from || scene.token(end).is_some_and(|t| t.is("for") || t.is("of") || t.is("at") || t.is("with"));
        let former = at > 0 && is_name_word(&scene.tokens[at - 1], NameWord::Former);
        let at_home = !scene.token(end).is_some_and(|t| t.is("at"))
            || scene.mention_from(end + 1).is_some_and(|m| names.office_at(m.end).is_none());
        let whole = |m: &&Mention| m.can_act() && !scene.token(m.end).is_some_and(|t| t.is_possessive() || t.is("-"));
        if class != OfficeClass::Other
            && stands_for
            && at_home
            && !former
            && let Some(mention) = scene.mention_from(end + 1).filter(whole)
        {
            let who = Who::Party { party: mention.party, class: Some(class), female: None };
            return Some(Subject { first: at, end: mention.end, who });
        }
        // "a spokesman for the junta"
        if voice
            && scene.token(end).is_some_and(|t| t.is("for"))
            && let Some(of) = (end + 1..end + 4).find(|at| !scene.is(*at, Class::DET))
            && let Some((past, class)) = names.compound_at(of).filter(|(_, class)| *class != OfficeClass::Other)
        {
            return Some(Subject { first: at, end: past, who: Who::Office(class) });
        }
        // Whose diplomats or delegates they are, newswire does not say on purpose; "the diplomat" was named before.
        let head = &scene.tokens[end - 1];
        let before = (at.saturating_sub(4)..at).rev().find(|i| scene.is(*i, Class::DET));
        let named = before.is_some_and(|i| scene.tokens[i].is("the"));
        let diplomat = head.is("diplomats") || head.is("delegates") || head.is("diplomat") && !named;
        if diplomat
            || speaks_for_unknown(scene, names, end)
            || is_behind_unknown(scene, names, at)
            || is_of_unknown(scene, names, at)
        {
            return Some(Subject { first: at, end, who: Who::Nobody });
        }
        // Of whom the gazetteer knows, it knows whether it is a woman.
        let person = |m: &&Mention| m.form == Form::Person && m.female.is_some();
        let apposed = scene.mention_from(end + 1).filter(person).filter(|_| scene.is_comma(end));
        let who = match (class, apposed) {
            (OfficeClass::Other, _) => Who::Nobody,
            // "Its foreign minister, Kasit Piromya, said": who is named is known better than whose minister it is.
            (_, Some(person)) => Who::Party { party: person.party, class: Some(class), female: person.female },
            _ => Who::Office(class),
        };
        return (definite || plural).then_some(Subject { first: at, end, who });
    }
    if token.is_a(Class::PAPER)
        && let Some((end, owner)) = papers::put_out(scene, names, at)
    {
        let who = match owner {
            // "A Reuters report"
            _ if is_behind_unknown(scene, names, at) => Who::Nobody,
            Some(Owner::Party(m)) => Who::Party { party: m.party, class: Some(OfficeClass::Body), female: None },
            Some(Owner::Office(class)) => Who::Office(class),
            None => Who::Paper,
        };
        return Some(Subject { first: at, end, who });
    }
    if definite && let Some((end, _)) = scene.cues.at(scene.tokens, at, &[Frame::Noun]) {
        let speaks = scene.verb_at(end).is_some_and(|v| v.frame == Some(Frame::Speech));
        return speaks.then_some(Subject { first: at, end, who: Who::Paper });
    }
    None
}

/// "a spokesman for the Steelworkers", "spokesmen for electronics firms": somebody's, who is no party.
fn speaks_for_unknown(scene: &Scene, names: &Names, end: usize) -> bool {
    let corporate = end > 0 && is_name_word(&scene.tokens[end - 1], NameWord::Corporate);
    if !scene.token(end).is_some_and(|t| t.is("for") || t.is("at") || t.is("with") || corporate && t.is("of")) {
        return false;
    }
    let mut at = end + 1;
    while scene.is(at, Class::DET) {
        at += 1;
    }
    let name = scene.token(at).is_some_and(|t| t.is_word() && t.capital && !t.is_a(Class::TIME));
    // "a spokesman for the Ministry"
    let name = name && names.office_at(at).is_none_or(|(_, class)| class == OfficeClass::Other);
    let private = (at..at + 6)
        .take_while(|i| scene.token(*i).is_some_and(|t| (t.is_word() || t.is("-")) && !t.is_a(Class::FUNCTION)))
        .take_while(|i| !scene.is_named(*i))
        .any(|i| names.office_at(i).is_some_and(|(_, c)| c == OfficeClass::Other));
    // "the chairman of the Senate Foreign Relations Committee": of a body of the state.
    let body = corporate && (at..at + 6).any(|i| names.office_at(i).is_some_and(|(_, c)| c != OfficeClass::Other));
    private || name && !body && !scene.mentions.iter().any(|m| m.first < at + 3 && at < m.end)
}

/// "seamen's leaders": those of somebody who is no party.
fn is_of_unknown(scene: &Scene, names: &Names, at: usize) -> bool {
    at > 1
        && scene.tokens[at - 1].is_possessive()
        && !scene.is(at - 2, Class::PRON)
        && !(scene.is_named(at - 2) || scene.is_named(at - 1))
        && names.office_at(at - 2).is_none_or(|(_, c)| c == OfficeClass::Other)
}

/// "the prime minister's spokesman": an office's.
fn is_of_office(scene: &Scene, names: &Names, at: usize) -> bool {
    let own = at > 2 && scene.tokens[at - 1].is_possessive() && !scene.is_named(at - 2);
    let ends = |first: usize| names.compound_at(first).is_some_and(|(end, c)| end == at - 1 && c != OfficeClass::Other);
    own && (at.saturating_sub(4)..at - 1).any(ends)
}

/// "a Mitsui spokesman": the name before is no party's.
fn is_behind_unknown(scene: &Scene, names: &Names, at: usize) -> bool {
    let name = |t: &Token| t.capital && t.is_word() && !t.is_a(Class::FUNCTION.or(Class::TIME)) && !t.is_possessive();
    at > 1 && scene.token(at - 1).is_some_and(name) && !scene.is_named(at - 1) && names.office_at(at - 1).is_none()
}

/// Whether an article stands before, with nothing but qualities between: "the senior diplomat".
fn is_definite(scene: &Scene, at: usize) -> bool {
    let plain = |i: usize| {
        let token = &scene.tokens[i];
        (token.is_word() && !token.is_a(Class::FUNCTION) || token.is("-")) && !token.is_possessive()
    };
    // "one senior official"
    let one = |i: usize| scene.tokens[i].is("one");
    (at.saturating_sub(4)..at).rev().find(|i| !plain(*i) || one(*i)).is_some_and(|i| scene.is(i, Class::DET) || one(i))
}

/// "both sides", "each side", "the two countries", "the three powers", "the two men", "the sides".
fn both(scene: &Scene, names: &Names, at: usize) -> Option<usize> {
    let token = scene.token(at)?;
    let counted = token.is_a(Class::COUNT);
    let article = token.is("the") || token.is("both");
    let noun = |i: usize| scene.is(i, Class::SIDES);
    // Only counted do these mean those who were named.
    let person = |i: usize| scene.is(i, Class::MEN);
    let acts = |i: usize| scene.is(i, Class::PAST.or(Class::AUX)) && scene.verb_at(i).is_some();
    match () {
        () if counted && !token.is("three") && person(at + 1) && !(at > 0 && scene.is(at - 1, Class::OWN)) => {
            Some(at + 2)
        }
        () if token.is("neither")
            && (noun(at + 1) || scene.token(at + 1).is_some_and(|t| t.is("side") || t.is("government"))) =>
        {
            Some(at + 2)
        }
        () if token.is("each") && scene.token(at + 1).is_some_and(|t| t.is("side") || t.is("country")) => Some(at + 2),
        // "two countries that do" are any two; "their two envoys" are told by "their".
        () if counted && noun(at + 1) && (token.capital || token.is("both")) => Some(at + 2),
        () if article && scene.is(at + 1, Class::COUNT) && noun(at + 2) => Some(at + 3),
        () if article && noun(at + 1) => Some(at + 2),
        // "The two agreed", "which both called frank"
        () if token.is("the") && scene.token(at + 1).is_some_and(|t| t.is("two")) && acts(at + 2) => Some(at + 2),
        () if token.is("both")
            && (token.capital || at > 0 && scene.is(at - 1, Class::REL.or(Class::CONJ)))
            && acts(at + 1) =>
        {
            Some(at + 1)
        }
        // "the two foreign ministers"
        () if article && scene.is(at + 1, Class::COUNT) && !scene.token(at + 1).is_some_and(|t| t.is("three")) => {
            offices(scene, names, at + 2)
        }
        () => None,
    }
}

/// "foreign ministers", "prime ministers": where the words of persons in office end that begin here.
fn offices(scene: &Scene, names: &Names, at: usize) -> Option<usize> {
    let modifier = |i: &usize| scene.token(*i).is_some_and(|t| t.is_word() && !t.capital && !t.is_a(Class::FUNCTION));
    let noun = (at..at + 3).take_while(modifier).find_map(|i| names.compound_at(i))?;
    (noun.1 == OfficeClass::Persons && !scene.is_named(at)).then_some(noun.0)
}
