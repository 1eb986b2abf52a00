//! Articles among the labelled rows, whole: what a detector of statements learns from.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::actors::Gazetteer;
use crate::attribution::analyse;
use crate::document::{Date, Document};
use crate::features::{self, Valued, evidence, stems};

/// An article in marked text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    pub date: Option<Date>,
    /// Its sentences, a line each.
    pub text: String,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    /// The line and the code of each party that speaks or acts in it.
    acting: FxHashSet<(usize, String)>,
}

impl Article {
    /// Adds a line, in which these parties speak or act.
    pub fn push(&mut self, line: &str, acting: impl IntoIterator<Item = String>) {
        let number = self.starts.len();
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push('\n');
        self.acting.extend(acting.into_iter().map(|party| (number, party)));
    }

    /// The evidence for each possible statement that the program finds in it, and whether it is one.
    fn examples(&self) -> Vec<(Vec<Valued>, bool)> {
        self.examples_of(&self.text, 0)
    }

    /// The same for each line as if it stood alone.
    fn examples_alone(&self) -> Vec<(Vec<Valued>, bool)> {
        self.text.lines().zip(&self.starts).flat_map(|(line, start)| self.examples_of(line, *start)).collect()
    }

    /// The same for a part of its text that begins at this byte.
    fn examples_of(&self, text: &str, first: usize) -> Vec<(Vec<Valued>, bool)> {
        let gazetteer = Gazetteer::shipped();
        let analysis = analyse(&Document { text: text.to_owned(), date: self.date, ..Document::default() }, gazetteer);
        let article = features::Article::of(&analysis);
        let mut examples = Vec::new();
        for of_sentence in analysis.attributions.chunk_by(|a, b| a.sentence == b.sentence) {
            let sentence = &analysis.sentences[of_sentence[0].sentence];
            let line = self.starts.partition_point(|start| *start <= first + sentence.span.start).saturating_sub(1);
            let stems = stems(&sentence.tokens);
            for attribution in of_sentence {
                let party = gazetteer.party(attribution.party).code.clone();
                let found = evidence(attribution, of_sentence, &article, &sentence.tokens, &stems);
                examples.extend(found.map(|found| (found, self.acting.contains(&(line, party)))));
            }
        }
        examples
    }
}

/// Of one article in so many the lines are examples of sentences that stand alone as well.
const ALONE: usize = 4;

/// The examples of all articles, in their order.
pub fn possible_statements(articles: &[Article]) -> Vec<(Vec<Valued>, bool)> {
    let examples = |(number, article): (usize, &Article)| {
        let alone = if number % ALONE == 0 { article.examples_alone() } else { Vec::new() };
        [article.examples(), alone].concat()
    };
    articles.par_iter().enumerate().map(examples).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_that_are_only_named_are_examples_of_no_statement() {
        let mut article = Article::default();
        article.push("Peru said it would lift the ban on fish from Chile.", ["PER".to_owned()]);
        article.push("Fog hung over Chile.", []);
        let labels: Vec<bool> = article.examples().into_iter().map(|(_, is)| is).collect();
        assert_eq!(labels, [true, false, false]);
    }
}
