//! Towards whom a statement may be, and what tells: whom the rules find, and how; how each party is named in the sentence;
//! how often and how lately the article names it, and what it said itself.

use std::borrow::Cow;

use crate::actors::PartyId;
use crate::attribution::{Analysis, Attribution};

use super::emit::{Valued, hash};
use super::evidence::{Article, few};

/// How many parties, those that the article names most often, may be meant without being named nearby.
const MOST_NAMED: usize = 3;

/// How many parties are compared at most.
const MOST: usize = 7;

/// How many sentences back a party's name is looked for.
const LATELY: usize = 5;

/// The parties that an attribution may be aimed at, each with its evidence. The first is that of the rules, if they find
/// any; none at all for a domestic statement, whose target the rules tell. `found` is the evidence that the attribution is a
/// statement; where that rests on a quotation's speaker, the stems of the sentence stand for it.
pub fn possible_targets(
    attribution: &Attribution,
    found: Option<&[Valued]>,
    article: &Article,
    analysis: &Analysis,
    stems: &[Cow<str>],
) -> Option<Vec<(PartyId, Vec<Valued>)>> {
    if attribution.domestic {
        return None;
    }
    let sentence = attribution.sentence;
    let named = |sentence: usize| analysis.mentions[sentence].iter().map(|mention| mention.party);
    let nearby = named(sentence).chain(sentence.checked_sub(1).into_iter().flat_map(named));
    let mut parties: Vec<PartyId> = attribution.target.into_iter().collect();
    for party in nearby.chain(article.most_named(MOST_NAMED)) {
        if party != attribution.party && !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties.truncate(MOST);
    let count = few(parties.len());
    let evidence = |(order, party): (usize, PartyId)| {
        let mut candidate = Candidate::new(attribution, party, article, analysis, stems);
        if candidate.of_rules {
            candidate.rules_own(found);
        }
        candidate.one(&["order", few(order)]);
        candidate.one(&["of so many", count]);
        candidate.of_article();
        candidate.of_sentence();
        (party, candidate.evidence)
    };
    Some(parties.into_iter().enumerate().map(evidence).collect())
}

/// A party that an attribution may be aimed at.
struct Candidate<'a> {
    attribution: &'a Attribution,
    party: PartyId,
    article: &'a Article,
    analysis: &'a Analysis,
    stems: &'a [Cow<'a, str>],
    of_rules: bool,
    /// How the rules found it; "other" where they did not.
    aim: &'static str,
    /// How many parties the article names more often, and how many sentences ago it was named.
    rank: &'static str,
    lately: &'static str,
    evidence: Vec<Valued>,
}

impl<'a> Candidate<'a> {
    fn new(
        attribution: &'a Attribution,
        party: PartyId,
        article: &'a Article,
        analysis: &'a Analysis,
        stems: &'a [Cow<'a, str>],
    ) -> Self {
        let of_rules = attribution.target == Some(party);
        let aim = if of_rules { attribution.aim.name() } else { "other" };
        let named = |sentence: usize| analysis.mentions[sentence].iter().any(|m| m.party == party);
        let ago = (0..=attribution.sentence).rev().take(LATELY).position(named);
        let (rank, lately) = (article.rank(party), ago.map_or("not lately", few));
        let evidence = Vec::with_capacity(64);
        Self { attribution, party, article, analysis, stems, of_rules, aim, rank, lately, evidence }
    }

    fn any(&mut self, parts: &[&str]) {
        self.evidence.push((hash(&[&["aimed"], parts].concat()), 1.0));
    }

    /// For those that were found in the same way.
    fn one(&mut self, parts: &[&str]) {
        self.any(&[&[self.aim], parts].concat());
    }

    /// What holds for the statement is evidence for whom the rules find.
    fn rules_own(&mut self, found: Option<&[Valued]>) {
        match found {
            Some(found) => self.evidence.extend(found),
            None => self.evidence.extend(self.stems.iter().map(|stem| (hash(&["said", stem]), 1.0))),
        }
        let (parties, statements) = (few(self.article.parties()), few(self.article.statements()));
        self.one(&["parties", parties]);
        self.one(&["statements", statements]);
        self.one(&["parties", parties, "named", self.lately, "rank", self.rank]);
    }

    /// What the article tells of it.
    fn of_article(&mut self) {
        let (rank, lately) = (self.rank, self.lately);
        self.one(&["rank", rank, "named", lately]);
        self.one(&["rank", rank, "parties", few(self.article.parties())]);
        self.one(&["its statements", few(self.article.statements_of(self.party))]);
        if !self.of_rules {
            self.one(&["rules", self.attribution.aim.name(), "rank", rank, "named", lately]);
        }
        let here = self.attribution.sentence;
        if self.article.last_target(self.attribution.party, here) == Some(self.party) {
            self.one(&["as before"]);
        }
        for (name, sentence) in [("here", Some(here)), ("before", here.checked_sub(1))] {
            let own = sentence.and_then(|sentence| self.article.statement(sentence, self.party));
            if let Some(target) = own {
                self.one(&["speaks", name]);
                if target == Some(self.attribution.party) {
                    self.one(&["speaks to it", name]);
                }
            }
        }
    }

    /// How its sentence names it.
    fn of_sentence(&mut self) {
        let verb = self.attribution.grounds.as_ref().map_or(0..0, |grounds| grounds.verb.clone());
        let (analysis, stems, party) = (self.analysis, self.stems, self.party);
        let stem = |at: Option<usize>| at.and_then(|at| stems.get(at)).map_or("$", AsRef::as_ref);
        let head = stem(verb.end.checked_sub(1));
        for mention in analysis.mentions[self.attribution.sentence].iter().filter(|m| m.party == party) {
            let place = if mention.first >= verb.end { "behind" } else { "ahead" };
            let steps = few(mention.first.abs_diff(verb.end) / 3);
            let before = stem(mention.first.checked_sub(1));
            self.one(&["word before", before]);
            self.any(&["words before", stem(mention.first.checked_sub(2)), before]);
            self.any(&["word behind", stem(Some(mention.end))]);
            self.one(&["stands", place, steps]);
            self.any(&["verb", head, place, before]);
            self.any(&["verb", head, place, steps]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Gazetteer;
    use crate::attribution::analyse;
    use crate::document::Document;
    use crate::features::{evidence, stems};

    /// The codes of the parties that the first statement of a sentence may be aimed at, each with its evidence.
    fn of(text: &str, sentence: usize) -> Vec<(String, Vec<Valued>)> {
        let analysis = analyse(&Document::new(text), Gazetteer::shipped());
        let article = Article::of(&analysis);
        let its = |a: &&Attribution| a.sentence == sentence && a.is_by_rule();
        let a = analysis.attributions.iter().find(its).expect("a statement");
        let tokens = &analysis.sentences[a.sentence].tokens;
        let found = evidence(a, std::slice::from_ref(a), &article, tokens, &stems(tokens));
        let targets = possible_targets(a, found.as_deref(), &article, &analysis, &stems(tokens));
        let code = |party: PartyId| Gazetteer::shipped().party(party).code.clone();
        targets.into_iter().flatten().map(|(party, evidence)| (code(party), evidence)).collect()
    }

    fn has((_, evidence): &(String, Vec<Valued>), parts: &[&str]) -> bool {
        evidence.contains(&(hash(&[&["aimed"], parts].concat()), 1.0))
    }

    const TEXT: &str = "Peru accused Chile of theft from Norway. \"It was a crime,\" the Peruvian minister said. \
                        \"It is known to all.\" Norway told Peru to wait. It rained.";

    #[test]
    fn whom_the_rules_find_goes_before_who_is_named_nearby() {
        let codes: Vec<String> = of(TEXT, 0).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["CHL", "NOR"]);
        let all: Vec<String> =
            of("Peru accused Chile of theft. It rained. Norway said no.", 2).into_iter().map(|(c, _)| c).collect();
        assert!(all.contains(&"PER".to_owned()) && all.contains(&"CHL".to_owned()), "{all:?}");
    }

    #[test]
    fn how_each_party_is_named_and_found_is_evidence() {
        let targets = of(TEXT, 0);
        assert!(
            has(&targets[0], &["named", "word before", "accus"]) && has(&targets[1], &["other", "word before", "from"])
        );
        assert!(has(&targets[1], &["verb", "accus", "behind", "from"]));
        assert!(
            targets[0].1.contains(&(hash(&["verb", "accus"]), 1.0))
                && !targets[1].1.contains(&(hash(&["verb", "accus"]), 1.0))
        );
    }

    #[test]
    fn whom_the_party_spoke_of_before_and_who_spoke_to_it_is_evidence() {
        let later = of(TEXT, 1);
        assert!(later.iter().any(|target| target.0 == "CHL" && has(target, &["carried", "as before"])));
        let answer = of("Norway accused Peru of theft. Peru said no to everything. It rained.", 1);
        assert!(answer.iter().any(|target| target.0 == "NOR" && has(target, &["carried", "speaks to it", "before"])));
    }

    #[test]
    fn the_words_of_a_running_quotation_are_evidence() {
        let targets = of(TEXT, 2);
        assert!(targets[0].1.contains(&(hash(&["said", "known"]), 1.0)));
    }
}
