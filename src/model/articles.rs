//! Articles among the labelled rows, whole: what a detector of statements learns from, and how the program itself reads the
//! rows, without their marks.

use rayon::prelude::*;

use crate::actors::Gazetteer;
use crate::attribution::{Analysis, Attribution, analyse};
use crate::document::{Date, Document};
use crate::features::{self, Groups, Names, Sequence, Valued, emit_found, evidence, stems};

/// An article in marked text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    pub date: Option<Date>,
    /// Its sentences, a line each.
    pub text: String,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    rows: Vec<OfLine>,
}

/// A row of an article.
#[derive(Debug, Clone, PartialEq)]
struct OfLine {
    line: usize,
    /// Code of the party that speaks or acts.
    party: String,
    /// Its number in the corpus.
    row: usize,
}

/// A row on its way to an example.
#[derive(Debug)]
pub struct Read {
    pub features: Names,
    pub sequence: Sequence,
    /// Code of its target.
    pub target: Option<String>,
    /// Number of its line in the article; none where it stands alone, or its line is not known.
    pub line: Option<usize>,
}

impl Article {
    /// Adds a line, in which these parties speak or act: the code of each, and the number of its row.
    pub fn push(&mut self, line: &str, acting: impl IntoIterator<Item = (String, usize)>) {
        let number = self.starts.len();
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push('\n');
        self.rows.extend(acting.into_iter().map(|(party, row)| OfLine { line: number, party, row }));
    }

    /// Its rows in their order, as far as the program finds them when it does not know the marks; each with its number in
    /// the corpus.
    pub fn as_read(&self, groups: Groups) -> Vec<(usize, Read)> {
        let gazetteer = Gazetteer::shipped();
        let analysis = self.analyse(&self.text);
        let article = features::Article::of(&analysis);
        // What the rules take for a statement goes before what is doubtful.
        let attributions = || {
            let by_rule = |wanted: bool| analysis.attributions.iter().filter(move |a| a.is_by_rule() == wanted);
            by_rule(true).chain(by_rule(false))
        };
        let read = |row: &OfLine| {
            let is_its = |a: &&Attribution| {
                let start = analysis.sentences[a.sentence].span.start;
                self.line_at(start) == row.line && gazetteer.party(a.party).code == row.party
            };
            let a = attributions().find(is_its)?;
            let stems = stems(&analysis.sentences[a.sentence].tokens);
            let mut features = Names::default();
            let view = emit_found(a, &analysis, &article, &stems, groups, &mut features);
            let target = a.target.map(|target| gazetteer.party(target).code.clone());
            Some((row.row, Read { features, sequence: view.sequence, target, line: Some(row.line) }))
        };
        self.rows.iter().filter_map(read).collect()
    }

    fn analyse(&self, text: &str) -> Analysis {
        analyse(&Document { text: text.to_owned(), date: self.date, ..Document::default() }, Gazetteer::shipped())
    }

    /// The line that this byte stands in.
    fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
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
        let analysis = self.analyse(text);
        let article = features::Article::of(&analysis);
        let mut examples = Vec::new();
        for of_sentence in analysis.attributions.chunk_by(|a, b| a.sentence == b.sentence) {
            let sentence = &analysis.sentences[of_sentence[0].sentence];
            let line = self.line_at(first + sentence.span.start);
            let stems = stems(&sentence.tokens);
            for attribution in of_sentence {
                let party = &gazetteer.party(attribution.party).code;
                let is_one = self.rows.iter().any(|row| row.line == line && row.party == *party);
                let found = evidence(attribution, of_sentence, &article, &sentence.tokens, &stems);
                examples.extend(found.map(|found| (found, is_one)));
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
        article.push("Peru said it would lift the ban on fish from Chile.", [("PER".to_owned(), 0)]);
        article.push("Fog hung over Chile.", []);
        let labels: Vec<bool> = article.examples().into_iter().map(|(_, is)| is).collect();
        assert_eq!(labels, [true, false, false]);
    }

    #[test]
    fn rows_are_read_with_the_target_that_the_program_finds() {
        let mut article = Article::default();
        article.push("Fog hung over Lima.", []);
        article.push("Peru thanked Chile for the fish, and the Danish queen slept.", [("PER".to_owned(), 7)]);
        article.push("A clerk from Oslo laughed.", [("SWE".to_owned(), 8)]);
        let read = article.as_read(Groups { relative: true, lexicon: true, scope: true, sequence: true });
        let found: Vec<_> = read.iter().map(|(row, read)| (*row, read.line, read.target.as_deref())).collect();
        assert_eq!(found, [(7, Some(1), Some("CHL"))]);
    }
}
