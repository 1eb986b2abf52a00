//! What tells whether a statement is aimed at the party that the rules find for it: the evidence that it is a statement,
//! how the target was found, and what else the article tells of the target.

use std::borrow::Cow;

use crate::attribution::{Analysis, Attribution};

use super::emit::{Valued, hash};
use super::evidence::{Article, few};

/// The evidence for the target of an attribution; none where the rules find no target. `found` is the evidence that it is
/// a statement; where that rests on a quotation's speaker, the stems of the sentence stand for it.
pub fn target_evidence(
    attribution: &Attribution,
    found: Option<&[Valued]>,
    article: &Article,
    analysis: &Analysis,
    stems: &[Cow<str>],
) -> Option<Vec<Valued>> {
    let target = attribution.target?;
    let words = || stems.iter().map(|stem| (hash(&["said", stem]), 1.0)).collect();
    let mut evidence = found.map_or_else(words, <[Valued]>::to_vec);
    let aim = attribution.aim.name();
    let rank = article.rank(target).map_or("none", few);
    let (parties, statements) = (few(article.parties()), few(article.statements()));
    let named = |sentence: usize| analysis.mentions[sentence].iter().any(|mention| mention.party == target);
    let since = (0..=attribution.sentence).rev().position(named).map_or("never", few);
    let own = few(article.statements_of(target));
    let mut one = |parts: &[&str]| evidence.push((hash(parts), 1.0));
    one(&["aim", aim]);
    one(&["aim", aim, "rank", rank]);
    one(&["aim", aim, "parties", parties]);
    one(&["aim", aim, "statements", statements]);
    one(&["aim", aim, "named before", since]);
    one(&["aim", aim, "statements of it", own]);
    one(&["aim", aim, "rank", rank, "parties", parties, "named before", since]);
    if attribution.domestic {
        one(&["aim", "domestic"]);
    }
    Some(evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Gazetteer;
    use crate::attribution::analyse;
    use crate::document::Document;
    use crate::features::{evidence, stems};

    #[test]
    fn how_the_target_was_found_and_when_it_was_named_is_evidence() {
        let text = "Peru accused Chile of theft. \"It was a crime,\" the Peruvian minister said. \"It is known to all.\" It rained.";
        let analysis = analyse(&Document::new(text), Gazetteer::shipped());
        let article = Article::of(&analysis);
        let of = |number: usize| {
            let a = &analysis.attributions[number];
            let tokens = &analysis.sentences[a.sentence].tokens;
            let found = evidence(a, std::slice::from_ref(a), &article, tokens, &stems(tokens));
            target_evidence(a, found.as_deref(), &article, &analysis, &stems(tokens))
        };
        let has = |number, parts: &[&str]| of(number).is_some_and(|found| found.contains(&(hash(parts), 1.0)));
        let at = |sentence| {
            analysis.attributions.iter().position(|a| a.sentence == sentence && a.is_by_rule()).expect("found")
        };
        assert!(has(at(0), &["aim", "named", "named before", "0"]) && has(at(0), &["verb", "accus"]));
        assert!(has(at(1), &["aim", "carried", "named before", "1"]));
        assert!(has(at(2), &["aim", "of the speaker", "rank", "1"]) && has(at(2), &["said", "known"]));
    }

    #[test]
    fn a_statement_without_a_target_needs_none() {
        let analysis = analyse(&Document::new("Peru said it would rain."), Gazetteer::shipped());
        let article = Article::of(&analysis);
        assert_eq!(target_evidence(&analysis.attributions[0], Some(&[]), &article, &analysis, &[]), None);
    }
}
