//! What is known of a statement that was found in an article, beside the words of its sentence: how it and its target were
//! found, where it stands, and how much the article is about its parties.

use std::borrow::Cow;

use crate::attribution::{Analysis, Attribution};

use super::emit::{Groups, Sink, View, emit};
use super::evidence::{Article, few};
use super::roles::Marked;

/// What a sign of attribution weighs before training: a statement has several.
const SIGN: f32 = 0.7;

/// Emits every feature of a statement that was found in an article; its sentence has these stems.
pub fn emit_found(
    attribution: &Attribution,
    analysis: &Analysis,
    article: &Article,
    stems: &[Cow<str>],
    groups: Groups,
    sink: &mut impl Sink,
) -> View {
    if groups.relative {
        circumstances(attribution, article, sink);
    }
    emit(&Marked::of(attribution, analysis), stems, groups, sink)
}

fn circumstances(attribution: &Attribution, article: &Article, sink: &mut impl Sink) {
    let (kind, aim) = (attribution.kind.name(), attribution.aim.name());
    sink.emit(1.0, &["found", kind]);
    sink.emit(1.0, &["target", aim]);
    sink.emit(1.0, &["found", kind, "target", aim]);
    if attribution.domestic {
        sink.emit(1.0, &["domestic"]);
    }
    match &attribution.grounds {
        Some(grounds) => {
            sink.emit(1.0, &["found by", grounds.basis.name()]);
            grounds.signs.iter().for_each(|sign| sink.emit(SIGN, &["found as", sign]));
        }
        None => sink.emit(1.0, &["found by", "running quote"]),
    }
    sink.emit(1.0, &["stands", place(attribution.sentence, article.sentences())]);
    let (parties, statements) = (few(article.parties()), few(article.statements()));
    sink.emit(1.0, &["parties", parties, "target", aim]);
    sink.emit(1.0, &["statements", statements, "target", aim]);
    sink.emit(1.0, &["parties", parties, "statements", statements]);
    let (party, target) =
        (article.rank(attribution.party), attribution.target.map_or("no target", |target| article.rank(target)));
    sink.emit(1.0, &["named more often", party]);
    sink.emit(1.0, &["named more often", party, target]);
}

/// The place of a sentence among so many.
fn place(sentence: usize, of: usize) -> &'static str {
    match sentence {
        0 => "first",
        1 => "second",
        2 => "third",
        _ if sentence + 1 == of => "last",
        _ => "in the middle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Gazetteer;
    use crate::attribution::analyse;
    use crate::document::Document;
    use crate::features::{Names, stems};

    /// The names of the features of each statement of a text.
    fn of(text: &str, groups: Groups) -> Vec<Vec<String>> {
        let analysis = analyse(&Document::new(text), Gazetteer::shipped());
        let article = Article::of(&analysis);
        let one = |a: &Attribution| {
            let mut names = Names::default();
            emit_found(a, &analysis, &article, &stems(&analysis.sentences[a.sentence].tokens), groups, &mut names);
            names.0.into_values().collect()
        };
        analysis.attributions.iter().filter(|a| a.is_by_rule()).map(one).collect()
    }

    const ALL: Groups = Groups { relative: true, lexicon: true, scope: true, sequence: true };
    const TEXT: &str = "Peru accused Chile of theft. \"It was a crime,\" the Peruvian minister said. It rained.";

    #[test]
    fn how_a_statement_was_found_is_among_its_features() {
        let found = of(TEXT, ALL);
        for (statement, name) in [
            (0, "found indirect target named"),
            (0, "stands first"),
            (0, "found by rule"),
            (1, "target carried"),
            (1, "stands second"),
        ] {
            assert!(found[statement].iter().any(|n| n == name), "{name}: {:?}", found[statement]);
        }
    }

    #[test]
    fn how_much_the_article_is_about_parties_is_known() {
        for (text, name) in [
            (TEXT, "parties 2 target carried"),
            (TEXT, "statements 2 target named"),
            ("Peru said it was late. Rain fell.", "parties 1 statements 1"),
        ] {
            assert!(of(text, ALL).iter().flatten().any(|n| n == name), "{name}: {:?}", of(text, ALL));
        }
    }

    #[test]
    fn n_grams_alone_know_nothing_of_it() {
        let grams = Groups { relative: false, lexicon: false, scope: false, sequence: false };
        assert!(of(TEXT, grams).iter().flatten().all(|name| !name.starts_with("found")));
    }

    #[test]
    fn who_is_named_most_often_is_known() {
        let found = of("Peru met Chile. Peru thanked Chile. Peru left. Peru slept.", ALL);
        assert!(found[1].iter().any(|n| n == "named more often 0 1"), "{:?}", found[1]);
    }
}
