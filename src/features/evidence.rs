//! What tells whether a party that seems to speak or act in a sentence does: the words around it and around its verb, the
//! signs that attribution gives, and what else the article tells of the party.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::actors::PartyId;
use crate::attribution::{Analysis, Attribution, Grounds};
use crate::sentences::{Token, TokenKind};

use super::emit::{Feature, Valued, hash};

/// How many words behind the actor's are seen.
const NEAR: usize = 8;

/// What a party said so many sentences ago tells nothing.
const LONG_AGO: usize = 20;

/// What any word of the sentence weighs before training: there are many of them, and each tells little.
const ANY_WORD: f32 = 0.3;

/// A sentence of so many tokens is an ordinary one.
const ORDINARY: f32 = 40.0;

/// The attributions of an article, as far as they are evidence for each other.
pub struct Article {
    /// Whether it is one, and no sentence or two, which tell nothing of each other.
    whole: bool,
    /// Of each attribution that is by rule, its sentence and party, and its target.
    by_rule: FxHashMap<(usize, PartyId), Option<PartyId>>,
    /// How many attributions by rule each sentence and each party has.
    of_sentence: FxHashMap<usize, usize>,
    of_party: FxHashMap<PartyId, usize>,
    /// The parties, the one that is named most often first.
    parties: Vec<PartyId>,
    sentences: usize,
}

impl Article {
    pub fn of(analysis: &Analysis) -> Self {
        let (mut of_sentence, mut of_party) = (FxHashMap::default(), FxHashMap::default());
        let mut by_rule = FxHashMap::default();
        for a in analysis.attributions.iter().filter(|a| a.is_by_rule()) {
            by_rule.insert((a.sentence, a.party), a.target);
            *of_sentence.entry(a.sentence).or_default() += 1;
            *of_party.entry(a.party).or_default() += 1;
        }
        let mut named: FxHashMap<PartyId, usize> = FxHashMap::default();
        for mention in analysis.mentions.iter().flatten() {
            *named.entry(mention.party).or_default() += 1;
        }
        let mut parties: Vec<PartyId> = named.keys().copied().collect();
        parties.sort_unstable_by_key(|party| (Reverse(named[party]), *party));
        let sentences = analysis.sentences.len();
        Self { whole: analysis.is_article(), by_rule, of_sentence, of_party, parties, sentences }
    }

    /// How many parties are named more often than this one; "none" where it is not named.
    pub fn rank(&self, party: PartyId) -> &'static str {
        self.parties.iter().position(|other| *other == party).map_or("none", few)
    }

    /// Those parties that are named most often.
    pub fn most_named(&self, count: usize) -> impl Iterator<Item = PartyId> {
        self.parties.iter().take(count).copied()
    }

    /// The target of what a party says or does in a sentence by the rules, which may be none.
    pub fn statement(&self, sentence: usize, party: PartyId) -> Option<Option<PartyId>> {
        self.by_rule.get(&(sentence, party)).copied()
    }

    /// The target of what a party said or did last before a sentence.
    pub fn last_target(&self, party: PartyId, sentence: usize) -> Option<PartyId> {
        let before = (0..sentence).rev().take(LONG_AGO);
        before.filter_map(|before| self.statement(before, party)).next().flatten()
    }

    /// How many sentences it has.
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// How many parties it names.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }

    /// How many statements of a party the rules find in it.
    pub fn statements_of(&self, party: PartyId) -> usize {
        self.of_party.get(&party).copied().unwrap_or_default()
    }

    /// How many statements the rules find in it.
    pub fn statements(&self) -> usize {
        self.by_rule.len()
    }
}

/// The evidence for one attribution, as it is gathered.
struct Evidence<'a> {
    found: Vec<Valued>,
    grounds: &'a Grounds,
    tokens: &'a [Token],
    stems: &'a [Cow<'a, str>],
}

/// The evidence for an attribution among those of its sentence, which has these tokens and stems; none for one that rests
/// on a quotation's speaker.
pub fn evidence(
    attribution: &Attribution,
    of_sentence: &[Attribution],
    article: &Article,
    tokens: &[Token],
    stems: &[Cow<str>],
) -> Option<Vec<Valued>> {
    let grounds = attribution.grounds.as_ref()?;
    let mut evidence = Evidence { found: Vec::with_capacity(128), grounds, tokens, stems };
    evidence.signs(attribution);
    evidence.words();
    evidence.classes();
    evidence.company(attribution, of_sentence);
    if article.whole {
        evidence.article(attribution, article);
    } else {
        evidence.both("alone", "");
    }
    Some(evidence.found)
}

/// The name of a number; many are alike.
pub fn few(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "many"][number.min(5)]
}

impl Evidence<'_> {
    fn one(&mut self, parts: &[&str]) {
        self.found.push((hash(parts), 1.0));
    }

    /// Both for whatever basis and for its own.
    fn both(&mut self, name: &str, value: &str) {
        self.one(&[name, value]);
        self.one(&[self.grounds.basis.name(), name, value]);
    }

    /// The token so many before the subject, from 1.
    fn before(&self, steps: usize) -> Option<usize> {
        self.grounds.subject.start.checked_sub(steps)
    }

    /// The token so many behind the subject, from 0.
    fn behind(&self, steps: usize) -> Option<usize> {
        Some(self.grounds.subject.end + steps)
    }

    /// The first token of the verb, its last, and the two behind.
    fn verb(&self) -> [Option<usize>; 4] {
        let verb = &self.grounds.verb;
        let own = |at: usize| Some(at).filter(|_| !verb.is_empty());
        [own(verb.start), own(verb.end.saturating_sub(1)), Some(verb.end), Some(verb.end + 1)]
    }

    fn signs(&mut self, attribution: &Attribution) {
        self.both("basis", "");
        for sign in &self.grounds.signs {
            self.both("sign", sign);
        }
        self.one(&["kind", attribution.kind.name()]);
        self.one(&["target", if attribution.target.is_some() { "some" } else { "none" }]);
        if attribution.domestic {
            self.one(&["domestic"]);
        }
    }

    fn words(&mut self) {
        let (stems, subject) = (self.stems, self.grounds.subject.clone());
        // Where the sentence has no token there, a mark.
        let word = |at: Option<usize>| at.and_then(|at| stems.get(at)).map_or("$", AsRef::as_ref);
        let [start, head, next, second] = self.verb();
        let (before, behind) = (self.before(1), [self.behind(0), self.behind(1), self.behind(2)]);
        self.both("before", word(before));
        self.both("verb", word(start));
        self.both("head", word(head));
        for (name, at) in ["behind 0", "behind 1", "behind 2"].into_iter().zip(behind) {
            self.both(name, word(at));
        }
        for (name, at) in ["before 2", "before 3", "before 4"].into_iter().zip(2..) {
            self.one(&[name, word(self.before(at))]);
        }
        self.one(&["around", word(before), word(behind[0])]);
        self.one(&["two behind", word(behind[0]), word(behind[1])]);
        self.one(&["three behind", word(behind[0]), word(behind[1]), word(behind[2])]);
        self.one(&["behind verb", word(next)]);
        self.one(&["second behind verb", word(second)]);
        self.one(&["actor's first", word(Some(subject.start))]);
        self.one(&["actor's last", word(subject.end.checked_sub(1))]);
        self.one(&["actor's length", few(subject.len())]);
        for stem in stems.iter().skip(subject.end).take(NEAR) {
            self.one(&["near behind", stem]);
        }
        self.found.extend(stems.iter().map(|stem| (hash(&["any", stem]), ANY_WORD)));
        self.found.push((hash(&["length"]), self.tokens.len() as f32 / ORDINARY));
        if self.tokens.iter().any(|t| matches!(t.kind, TokenKind::Open | TokenKind::Close)) {
            self.one(&["quotation"]);
        }
        if self.tokens.get(subject.start).is_some_and(|t| t.capital) {
            self.one(&["capital"]);
        }
    }

    /// What words do in their clause holds for words as well that no article had.
    fn classes(&mut self) {
        let basis = self.grounds.basis.name();
        let behind = [self.behind(0), self.behind(1), self.behind(2)];
        let (before, earlier) = (self.before(1), self.before(2));
        let [start, head, next, _] = self.verb();
        self.of_classes(&["behind"], &behind[..1]);
        self.of_classes(&[basis, "behind"], &behind[..1]);
        self.of_classes(&["before"], &[before]);
        self.of_classes(&[basis, "before"], &[before]);
        self.of_classes(&["two behind"], &behind[..2]);
        self.of_classes(&["three behind"], &behind);
        self.of_classes(&["two before"], &[earlier, before]);
        self.of_classes(&[basis, "around"], &[before, behind[0]]);
        self.of_classes(&["verb"], &[start, head, next]);
    }

    /// A feature of the classes of tokens, and of whether they have a capital.
    fn of_classes(&mut self, name: &[&str], tokens: &[Option<usize>]) {
        let seen = |at: &Option<usize>| {
            at.and_then(|at| self.tokens.get(at)).map_or(u32::MAX, |t| t.class.bits() << 1 | u32::from(t.capital))
        };
        let name: Feature = hash(&[&["classes"], name].concat());
        let feature = tokens.iter().map(seen).fold(name, |before, bits| xxh3_64_with_seed(&bits.to_le_bytes(), before));
        self.found.push((feature, 1.0));
    }

    /// What stands beside it in its sentence.
    fn company(&mut self, attribution: &Attribution, of_sentence: &[Attribution]) {
        self.both("attributions", few(of_sentence.len()));
        let by_rule = of_sentence.iter().filter(|a| a.is_by_rule());
        let first = by_rule.filter_map(|a| a.grounds.as_ref()).next();
        let order = |own: usize, other: usize| match own.cmp(&other) {
            Ordering::Less => "before",
            Ordering::Equal => "same",
            Ordering::Greater => "behind",
        };
        let grounds = self.grounds;
        let verbs = first.map_or("none", |first| order(grounds.verb.start, first.verb.start));
        let subjects = first.map_or("none", |first| order(grounds.subject.start, first.subject.start));
        self.one(&["order", subjects, verbs]);
        self.one(&[grounds.basis.name(), "order", subjects, verbs]);
        let of_verb = |a: &&Attribution| a.grounds.as_ref().is_some_and(|other| other.verb == grounds.verb);
        let other = of_sentence.iter().filter(|a| a.party != attribution.party).find(of_verb);
        self.both("verb of another", other.map_or("no", |other| if other.is_by_rule() { "by rule" } else { "yes" }));
    }

    /// What the rules find of the party, and at all, in the article.
    fn article(&mut self, attribution: &Attribution, article: &Article) {
        let (party, here) = (attribution.party, attribution.sentence);
        let (parties, rank) = (few(article.parties()), article.rank(party));
        self.both("parties", parties);
        self.both("rank", rank);
        for sign in &self.grounds.signs {
            self.one(&["sign", sign, "parties", parties, "rank", rank]);
        }
        if here == 0 {
            self.one(&["first sentence"]);
        }
        let count = |at: Option<usize>| at.and_then(|at| article.of_sentence.get(&at)).copied().unwrap_or_default();
        self.both("of party", few(article.statements_of(party)));
        let around =
            [("here", Some(here)), ("in the one before", here.checked_sub(1)), ("in the next", Some(here + 1))];
        for (place, at) in around {
            self.both(place, few(count(at)));
            if at != Some(here) && at.is_some_and(|at| article.statement(at, party).is_some()) {
                self.both("own", place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Gazetteer;
    use crate::attribution::analyse;
    use crate::document::Document;
    use crate::features::stems;

    /// The evidence for each attribution of a text.
    fn of(text: &str) -> Vec<Option<Vec<Valued>>> {
        let analysis = analyse(&Document::new(text), Gazetteer::shipped());
        let article = Article::of(&analysis);
        let one = |a: &Attribution| {
            let of_sentence: Vec<_> =
                analysis.attributions.iter().filter(|other| other.sentence == a.sentence).cloned().collect();
            let tokens = &analysis.sentences[a.sentence].tokens;
            evidence(a, &of_sentence, &article, tokens, &stems(tokens))
        };
        analysis.attributions.iter().map(one).collect()
    }

    fn has(found: Option<&Option<Vec<Valued>>>, name: &[&str]) -> bool {
        found.and_then(Option::as_ref).is_some_and(|found| found.iter().any(|(feature, _)| *feature == hash(name)))
    }

    #[test]
    fn how_many_parties_the_article_names_is_evidence() {
        let found = of("Peru met Chile. Peru thanked Chile. Peru left. It rained.");
        for name in [&["rule", "parties", "2"][..], &["rank", "0"], &["sign", "named", "parties", "2", "rank", "0"]] {
            assert!(has(found.first(), name), "{name:?}");
        }
    }

    #[test]
    fn the_words_around_a_party_and_its_verb_are_evidence() {
        let found = of("Peru rejected the charges.");
        for name in
            [&["rule", "behind 0", "reject"][..], &["verb", "reject"], &["near behind", "charg"], &["sign", "address"]]
        {
            assert!(has(found.first(), name), "{name:?}");
        }
        assert!(!has(found.first(), &["mention", "behind 0", "reject"]));
    }

    #[test]
    fn what_the_party_does_in_the_sentence_before_is_evidence() {
        let found = of("Peru rejected the charges. Peru sent a ship. It rained. It rained.");
        assert!(has(found.get(1), &["own", "in the one before"]) && !has(found.first(), &["own", "in the one before"]));
        assert!(has(found.first(), &["own", "in the next"]));
    }

    #[test]
    fn words_no_article_had_are_told_by_what_they_do_in_the_clause() {
        let of_class = |text| {
            let found = of(text).into_iter().next().flatten().expect("evidence");
            let common = of("Peru rejected the charges.").into_iter().next().flatten().expect("evidence");
            found.iter().filter(|f| common.contains(f)).count()
        };
        assert!(of_class("Peru denounced the charges.") > of_class("Peru the charges."));
    }

    #[test]
    fn a_sentence_of_a_running_quote_needs_none() {
        let found = of("\"We agree,\" the Peruvian minister said. \"The terms are good and the port is open.\"");
        assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
    }
}
