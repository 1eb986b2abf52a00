//! A light reading of clauses: which verb belongs to which subject. No parse tree, only what the order of the words in
//! news English gives away.

use std::ops::Range;

use crate::actors::{Form, Mention, PartyId};
use crate::sentences::{Class, Token, TokenKind, hyphenated};

use super::cues::{Cues, Frame};

/// A sentence as the attribution sees it.
pub struct Scene<'a> {
    pub tokens: &'a [Token],
    pub mentions: &'a [Mention],
    /// Of each token: whether it stands in quotation marks.
    pub inside: &'a [bool],
    pub cues: &'a Cues,
}

/// The verb of a clause, with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerbGroup {
    pub first: usize,
    /// The verb that tells what is done.
    pub head: usize,
    /// One past the head, or past the cue that it begins.
    pub end: usize,
    pub passive: bool,
    pub negated: bool,
    pub modal: bool,
    /// In a relative clause: "Turkey, which has threatened".
    pub relative: bool,
    pub frame: Option<Frame>,
}

/// How far a subject may be from its verb.
const LONGEST_ASIDE: usize = 30;
const LONGEST_PHRASE: usize = 12;
const LONGEST_NOUNS: usize = 9;

impl Scene<'_> {
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub fn is(&self, at: usize, class: Class) -> bool {
        self.token(at).is_some_and(|t| t.is_a(class))
    }

    /// Whether this token is part of a mention.
    pub fn is_named(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| (m.first..m.end).contains(&at))
    }

    /// Where the words of this class begin that stand right before a token; the token itself, where there are none.
    pub fn before(&self, token: usize, class: Class) -> usize {
        (0..token).rev().take_while(|at| self.is(*at, class)).last().unwrap_or(token)
    }

    /// The token before these words, articles passed over.
    pub fn preceding(&self, first: usize) -> Option<usize> {
        self.before(first, Class::DET).checked_sub(1)
    }

    /// The words of this class right before a token, and the one before them. What opens a clause is one of these: "that"
    /// and "once" are of those classes themselves.
    fn lead(&self, token: usize, class: Class) -> Range<usize> {
        self.before(token, class).saturating_sub(1)..token
    }

    /// The mention that begins at this token, articles and "neighbouring" before it passed over.
    pub fn mention_from(&self, at: usize) -> Option<&Mention> {
        let mut first = at;
        while first < at + 3 && self.is(first, Class::DET) {
            first += 1;
        }
        self.mentions.iter().find(|m| m.first == first || m.first == at)
    }

    /// The mentions of "France, Britain and the United States" from this one on.
    pub fn coordinated<'m>(&'m self, first: &'m Mention) -> Vec<&'m Mention> {
        let mut all = vec![first];
        let mut end = first.end;
        loop {
            let mut next = end;
            while self.is_comma(next) || self.joins(next) {
                next += 1;
            }
            match self.mention_from(next).filter(|m| next > end && m.can_act()) {
                Some(other) => {
                    end = other.end;
                    all.push(other);
                }
                // A list ends with "and"; a comma alone may only close an aside.
                None => break,
            }
        }
        // "Peru, Chile and four others"
        let listed =
            all.len() < 2 || self.joins(end) || (all[0].end..all[all.len() - 1].first).any(|at| self.joins(at));
        all.truncate(if listed { all.len() } else { 1 });
        all
    }

    /// "and", "or", "nor": what joins two subjects.
    fn joins(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is("and") || t.is("or") || t.is("nor"))
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is(","))
    }

    pub fn is_dash(&self, at: usize) -> bool {
        let spaced = |t: &Token| t.end - t.start > 1 || t.is("--");
        self.token(at).is_some_and(|t| t.is("-") && spaced(t) || t.is("--"))
    }

    /// The verb group that begins here, adverbs and days before it passed over.
    pub fn verb_at(&self, from: usize) -> Option<VerbGroup> {
        let mut at = from;
        let mut negated = false;
        loop {
            let token = self.token(at)?;
            let day = token.is_a(Class::PREP) && self.is(at + 1, Class::TIME) && !self.is(at + 1, Class::AUX);
            let last = token.is("last") || token.is("this");
            // "last spring retaliated"
            let season =
                last && self.token(at + 1).is_some_and(Token::is_word) && self.is(at + 2, Class::PAST.or(Class::AUX));
            if day || season {
                at += 2;
            } else if token.is_a(Class::ADV.or(Class::TIME)) && !token.is_a(Class::AUX)
                || last && self.is(at + 1, Class::TIME)
            {
                negated |= token.is_a(Class::NOT);
                at += 1;
            } else if token.is("no") && self.token(at + 1).is_some_and(|t| t.is("longer")) {
                negated = true;
                at += 2;
            } else if token.is_a(Class::NOT)
                && !token.is_a(Class::AUX)
                && (!token.is_a(Class::DET) || self.is(at + 1, Class::PAST))
            {
                // "neither accepted nor rejected"
                negated = true;
                at += 1;
            } else if token.is_a(Class::FLOATS) && self.is(at + 1, Class::PAST.or(Class::AUX)) {
                // "Peru and Chile each said"
                at += 1;
            } else {
                break;
            }
            if at > from + 6 {
                return None;
            }
        }
        let first = at;
        let (mut be, mut modal, mut aux) = (false, false, false);
        while let Some(token) = self.token(at) {
            if token.is_a(Class::AUX) {
                aux = true;
                be = is_be(&token.lower);
                modal |= token.is_a(Class::MODAL);
                negated |= token.is_a(Class::NOT);
            } else if aux && token.is_a(Class::FLOATS) {
                // "are each expelling"
            } else if aux && token.is_a(Class::NOT) && !token.is_a(Class::DET) {
                negated = true;
            } else if aux && token.is("to") && self.is(at + 1, Class::BASE.or(Class::AUX)) {
                modal = true;
            } else if !(aux && token.is_a(Class::ADV.or(Class::TIME)) && !token.is_a(Class::VERB)) {
                break;
            }
            at += 1;
        }
        let hyphenated = self.hyphenated(at);
        let head = if hyphenated == Class::NONE { at } else { at + 2 };
        let first = if aux { first } else { head };
        let group = |head: usize, passive: bool| {
            let cue = self.cues.at(self.tokens, head, &[Frame::Speech, Frame::Object]);
            let end = cue.map_or(head + 1, |(end, _)| end);
            let frame = cue.map(|(_, cue)| cue.frame);
            Some(VerbGroup { first, head, end, passive, negated, modal, relative: false, frame })
        };
        let class = self.token(at).map(|t| if head == at { t.class } else { hyphenated });
        if aux {
            return match class {
                Some(class) if class.any(Class::VERB) && !self.mentions.iter().any(|m| m.first == at) => {
                    group(head, be && class.any(Class::PART) && !class.any(Class::ING))
                }
                _ => group(at - 1, false),
            };
        }
        let class = class?;
        if class.any(Class::PAST) || class.any(Class::THIRD.or(Class::BASE)) && self.reads_as_present(head) {
            return group(head, false);
        }
        None
    }

    /// What the verb that these words begin does, where it is written with a hyphen: "test-fired".
    fn hyphenated(&self, at: usize) -> Class {
        let Some([first, hyphen, second]) = self.tokens.get(at..at + 3) else { return Class::NONE };
        let close = first.end == hyphen.start && hyphen.end == second.start;
        if close && hyphen.is("-") { hyphenated(&first.lower, &second.lower) } else { Class::NONE }
    }

    /// Whether a word that may be a noun ("plans", "offer") is a verb here, as what follows tells.
    fn reads_as_present(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1) else {
            return false;
        };
        let speech = self.cues.at(self.tokens, at, &[Frame::Speech]).is_some();
        let noun = self.cues.at(self.tokens, at, &[Frame::Noun]).is_some();
        if self.is(at, Class::THIRD.or(Class::BASE)) && speech && !noun {
            return true;
        }
        if next.is("to") {
            return self.is(at + 2, Class::BASE.or(Class::AUX).or(Class::DET)) || !noun;
        }
        let object = next.is_a(Class::DET.or(Class::PRON)) || next.is("that") || self.mention_from(at + 1).is_some();
        object || !noun && (next.is_a(Class::PREP.or(Class::ADV)) || next.kind == TokenKind::Number)
    }

    /// The verb of the subject that ends before token `end`; none where it is no subject.
    pub fn verb_after(&self, end: usize) -> Option<VerbGroup> {
        let mut at = end;
        for _ in 0..8 {
            let token = self.token(at)?;
            if token.is_possessive() {
                return None;
            }
            if token.is("(") {
                at = (at..self.tokens.len()).find(|i| self.tokens[*i].is(")"))? + 1;
                continue;
            }
            if self.is_reduced(at) {
                match self.past_phrase(at + 1) {
                    Some(next) => at = next,
                    // "The house voted by a large majority": no agent, and no other verb.
                    None if self.mention_from(at + 2).is_none() => return self.verb_at(at),
                    None => return None,
                }
                continue;
            }
            if at == end && self.is_compound(end) {
                return None;
            }
            if let Some(verb) = self.verb_at(at) {
                return Some(verb);
            }
            if self.is(at, Class::REL) {
                if at > end + 1 {
                    return None;
                }
                return self.verb_at(at + 1).map(|verb| VerbGroup { relative: true, ..verb });
            }
            // "The Prime Minister, Ana Ruiz, said": the aside is part of the mention.
            let apposed = |m: &Mention| m.end == end && (m.first..m.end).any(|i| self.is_comma(i));
            if at == end
                && self.is_comma(at)
                && self.mentions.iter().any(apposed)
                && let Some(verb) = self.verb_at(at + 1)
            {
                return Some(verb);
            }
            if self.is_comma(at) || self.is_dash(at) {
                if self.is(at + 1, Class::REL) {
                    let verb = self.verb_at(at + 2).filter(|_| at == end);
                    return self.past_aside(at).or(verb.map(|v| VerbGroup { relative: true, ..v }));
                }
                if let Some(verb) = self.past_aside(at) {
                    return Some(verb);
                }
                let other = self.mention_from(at + 1)?;
                at = other.end;
                continue;
            }
            if self.joins(at) || token.is("&") || token.is("plus") {
                at = match self.mention_from(at + 1) {
                    // "and Russia's Igor Ivanov"
                    Some(other) if self.token(other.end).is_some_and(Token::is_possessive) => {
                        self.mention_from(other.end + 1).map_or(other.end, |m| m.end)
                    }
                    Some(other) => other.end,
                    None => self.past_nouns(at + 1)?,
                };
                continue;
            }
            // "Peru's mission to the United Nations"
            let towards = token.is("to") && self.mention_from(at + 1).is_some();
            if token.is_a(Class::PREP) && (!token.is("to") || towards) || token.is_a(Class::ING) {
                at = self.past_phrase(at + 1)?;
                continue;
            }
            return None;
        }
        None
    }

    /// "U.S. housing starts rose", "EC exports to Japan fell": the name only tells which, and what it tells of is the
    /// subject of the verb behind.
    fn is_compound(&self, end: usize) -> bool {
        let bare = |m: &Mention| m.end == end && matches!(m.form, Form::Name | Form::Seat);
        if !self.mentions.iter().any(bare) {
            return false;
        }
        let noun = |at: usize| self.token(at).is_some_and(|t| t.is_word() && !t.is_a(Class::FUNCTION.or(Class::ADV)));
        if self.is(end, Class::ING) {
            return noun(end + 1) && !self.is(end + 1, Class::TIME);
        }
        let exports = self.is(end, Class::THIRD)
            && !self.is(end, Class::AUX)
            && self.cues.at(self.tokens, end, &[Frame::Speech, Frame::Object]).is_none();
        exports
            && self.is(end + 1, Class::PREP)
            && self
                .mention_from(end + 2)
                .is_some_and(|m| self.is(m.end, Class::PAST.or(Class::AUX)) && !self.is_reduced(m.end))
    }

    /// "forces backed by Russia": a participle with its agent belongs to the noun.
    fn is_reduced(&self, at: usize) -> bool {
        // "extended by one year", "cut by 5 pct", "voted by a large majority" tell how much.
        let amount = |t: &Token| t.kind == TokenKind::Number || t.is_a(Class::TIME) && !t.capital;
        let measure = (at + 2..at + 4).any(|i| self.token(i).is_some_and(amount))
            || (at + 2..at + 6).any(|i| self.token(i).is_some_and(|t| t.is_a(Class::SOME)));
        self.is(at, Class::PART) && self.token(at + 1).is_some_and(|t| t.is("by")) && !measure
    }

    /// Behind an aside between commas or dashes: the verb that goes on with the clause.
    fn past_aside(&self, comma: usize) -> Option<VerbGroup> {
        let dash = self.is_dash(comma);
        let limit = self.tokens.len().min(comma + LONGEST_ASIDE);
        for at in comma + 1..limit {
            let closes = if dash { self.is_dash(at) } else { self.is_comma(at) };
            if self.inside[at] != self.inside[comma] {
                // Words quoted within the aside do not end it; its end cannot lie outside a quotation it stands in.
                if self.inside[comma] {
                    return None;
                }
                continue;
            }
            if closes && let Some(verb) = self.verb_at(at + 1).or_else(|| self.verb_past_phrase(at + 1)) {
                return Some(verb);
            }
        }
        None
    }

    /// "on the same day rejected": the verb behind a phrase that names nobody.
    fn verb_past_phrase(&self, from: usize) -> Option<VerbGroup> {
        let end = self.past_phrase(from + 1).filter(|_| self.is(from, Class::PREP) && !self.is(from, Class::CONJ))?;
        let named = self.mentions.iter().any(|m| m.first < end && from <= m.first && m.can_act());
        if named { None } else { self.verb_at(end) }
    }

    /// Behind a prepositional or participle phrase: where the finite verb begins.
    fn past_phrase(&self, from: usize) -> Option<usize> {
        let limit = self.tokens.len().min(from + LONGEST_PHRASE);
        for at in from..limit {
            if self.is_comma(at) || self.is_dash(at) || self.is(at, Class::REL) {
                return Some(at);
            }
            let finite = self.is(at, Class::AUX)
                || self.is(at, Class::PAST) && !self.is_reduced(at) && !self.is(at - 1, Class::DET.or(Class::PREP));
            // "the minister of Peru considers it"
            let present =
                || self.is(at, Class::THIRD) && self.mentions.iter().any(|m| m.end == at) && self.reads_as_present(at);
            if finite || present() {
                return Some(at);
            }
        }
        None
    }

    /// Of a verb right behind "who" or "which", with days and adverbs between: the last word that the clause is about.
    pub fn clause_of(&self, verb: usize) -> Option<usize> {
        let between = |at: &usize| {
            let word = &self.tokens[*at];
            word.is_a(Class::ADV.or(Class::TIME)) || word.is("last") || word.is("this")
        };
        let who = |at: &usize| self.tokens[*at].is("who") || self.tokens[*at].is("which");
        let relative = (0..verb).rev().find(|at| !between(at)).filter(who)?;
        let before = relative.checked_sub(1)?;
        if self.is_comma(before) { before.checked_sub(1) } else { Some(before) }
    }

    /// Behind the nouns of a subject that is no mention: "and the other ministers".
    fn past_nouns(&self, from: usize) -> Option<usize> {
        let limit = self.tokens.len().min(from + LONGEST_NOUNS);
        let noun = |at: &usize| {
            let of = self.token(*at).is_some_and(|t| t.is("than") || t.is("of"));
            !self.is_comma(*at) && (of || !self.is(*at, Class::PREP.or(Class::CONJ)))
        };
        (from + 1..limit).take_while(noun).find(|at| self.verb_at(*at).is_some())
    }

    /// The words of the first subject within these tokens, its determiner and what hangs on it left out, and its verb:
    /// "rebels" and "freed" of "Last week, the rebels in Aceh freed two hostages".
    pub fn first_subject(&self, within: Range<usize>) -> Option<(Range<usize>, VerbGroup)> {
        let mut start = within.start;
        for at in within {
            let token = &self.tokens[at];
            let bound = token.kind != TokenKind::Word && !token.is("-") || token.is_a(Class::REL.or(Class::BUT));
            if bound && token.kind != TokenKind::Number && !token.is_possessive() {
                start = at + 1;
                continue;
            }
            let noun = at > start && (self.is(at - 1, Class::PRON) || !self.is(at - 1, Class::FUNCTION));
            if noun
                && !self.is_reduced(at)
                && let Some(verb) = self.verb_at(at).filter(|verb| verb.first == at)
            {
                let first = (start..at).find(|i| !self.is(*i, Class::DET))?;
                let end = (first + 1..at).find(|i| self.is(*i, Class::PREP)).unwrap_or(at);
                return Some((first..end, verb));
            }
        }
        None
    }

    /// The verb that completes another: "mediate" of "offered to mediate", "invited them to inspect".
    pub fn infinitive(&self, head: usize) -> Option<usize> {
        let limit = self.tokens.len().min(head + 9);
        let clause = (head + 1..limit).take_while(|at| !self.is_comma(*at) && !self.is(*at, Class::BUT.or(Class::REL)));
        clause.filter(|at| self.tokens[*at].is("to") && self.is(at + 1, Class::BASE)).map(|at| at + 1).next()
    }

    /// Whether a preposition governs the words from this token on, so that they are no subject.
    pub fn is_governed(&self, first: usize) -> bool {
        let mut at = self.before(self.before(first, Class::REGION), Class::DET);
        // "in Atlantic Canada"
        let part = |at: usize| self.tokens[at].capital && self.tokens[at].class == Class::NONE && !self.is_named(at);
        if at == first && at > 1 && part(at - 1) && self.is(at - 2, Class::PREP) {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        match self.list_before(before) {
            // "the presidents of Chad and Niger met", "routes through Russia, Kazakhstan and Uzbekistan cost"
            Some(head) => {
                let of = |at: usize| self.token(at).is_some_and(|t| t.is("of"));
                self.is_governed(head.first) && !self.preceding(head.first).is_some_and(of)
            }
            None => self.is(before, Class::PREP) && !self.is(before, Class::CONJ),
        }
    }

    /// The first mention of a list that goes on behind this "and" or comma: "Russia" where "Uzbekistan" or "Kazakhstan" of
    /// "Russia, Kazakhstan and Uzbekistan" comes next.
    fn list_before(&self, joint: usize) -> Option<&Mention> {
        let ends = |at: usize| self.mentions.iter().find(|m| m.end == at);
        let comma = |m: &Mention| self.preceding(m.first).filter(|at| self.is_comma(*at));
        let last = self.joins(joint);
        let mut head = ends(joint).filter(|m| last || self.is_comma(joint) && self.coordinated(m).len() > 2)?;
        while let Some(earlier) = comma(head).and_then(ends) {
            head = earlier;
        }
        Some(head)
    }

    /// Where the list begins that goes on with the mention at this token; the token itself where it is in none.
    fn list_head(&self, first: usize) -> usize {
        self.preceding(first).and_then(|at| self.list_before(at)).map_or(first, |m| m.first)
    }

    /// "with China abstaining", "with Cairo and Khartoum blaming": who does something meanwhile, and whom nothing is done
    /// to. Where the participle stands.
    pub fn stands_beside(&self, mention: &Mention) -> Option<usize> {
        let with = |m: &Mention| self.preceding(m.first).is_some_and(|at| self.tokens[at].is("with"));
        let lists = self.mentions.iter().filter(|m| m.first <= mention.first && with(m)).map(|m| self.coordinated(m));
        let list = lists.rev().find(|list| list.iter().any(|m| m.first == mention.first))?;
        let end = list[list.len() - 1].end;
        // "with Peru, Chile and four other members abstaining"
        let joined = self.joins(end);
        let plain = |at: &usize| {
            self.token(*at).is_some_and(Token::is_word) && (self.is(*at, Class::DET) || !self.is(*at, Class::FUNCTION))
        };
        let others = || (end + 1..end + LONGEST_NOUNS).take_while(plain).find(|at| self.is(*at, Class::ING));
        if joined { others() } else { self.is(end, Class::ING).then_some(end) }
    }

    /// "in Moscow", "at the NATO summit".
    pub fn stands_as_place(&self, mention: &Mention) -> bool {
        let article = mention.first > 0 && self.is(mention.first - 1, Class::DET);
        let first = mention.first - usize::from(article);
        first > 0 && self.is(first - 1, Class::PLACE) && mention.can_be_place()
    }

    /// Whether the clause from this token on tells of the time of another: "when Russia attacked".
    pub fn is_subordinate(&self, first: usize) -> bool {
        let at = self.before(self.list_head(first), Class::DET);
        at > 0 && self.is(at - 1, Class::WHEN)
    }

    /// "In Lima, the foreign ministry said": the party of the place that the sentence opens with.
    pub fn setting(&self) -> Option<PartyId> {
        crate::actors::setting(self.tokens, self.mentions)
    }

    /// Where somebody told the press something, whose words end before token `from`.
    pub fn told_in(&self, from: usize) -> Option<PartyId> {
        crate::actors::told_in(self.tokens, self.mentions, from)
    }

    /// Whether a verb right before governs these words: "to brief Polish leaders", "charged Peru with fraud".
    pub fn is_object(&self, first: usize, end: usize) -> bool {
        let charged = self.token(end).is_some_and(|t| t.is("with") || t.is("of") || t.is("for") || t.is("as"));
        let Some(before) = self.preceding(self.list_head(first)) else { return false };
        // "the finance minister" is nobody whom they finance.
        if self.is(before, Class::BASE) && before > 0 && self.is(before - 1, Class::DET.or(Class::OWN)) {
            return false;
        }
        let verb = self.is(before, Class::BASE.or(Class::PAST).or(Class::ING).or(Class::THIRD));
        let speech = self.cues.at(self.tokens, before, &[Frame::Speech]);
        verb && speech.is_none_or(|(_, cue)| cue.addressed || charged) && !self.is(before, Class::CONJ)
    }

    /// Whether the clause from this token on is what is rumoured: "reports that Russia attacked".
    pub fn is_hearsay(&self, first: usize) -> bool {
        let that = self.lead(first, Class::DET).find(|at| self.tokens[*at].is("that"));
        let cue = that.and_then(|at| at.checked_sub(1));
        cue.is_some_and(|at| self.cues.at(self.tokens, at, &[Frame::Hearsay]).is_some())
    }

    /// Whether the clause from this token on is a condition or a question: "if Russia attacks".
    pub fn is_conditional(&self, first: usize) -> bool {
        self.lead(first, Class::DET.or(Class::ADV).or(Class::NOT)).any(|at| self.is(at, Class::COND))
    }
}

fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "'s"
            | "'re"
            | "'m"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
    )
}
