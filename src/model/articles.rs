//! Articles among the labelled rows, whole: what the detectors of statements and of targets learn from, and how the
//! program itself reads the rows, without their marks.

use rayon::prelude::*;

use crate::actors::Gazetteer;
use crate::attribution::{Analysis, Attribution, analyse};
use crate::document::{Date, Document};
use crate::features::{self, Groups, Names, Sequence, Valued, emit_found, evidence, possible_targets, stems};

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
    /// Code of its target.
    target: Option<String>,
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
    /// Adds a line, in which these parties speak or act: the code of each, that of its target, and the number of its row.
    pub fn push(&mut self, line: &str, acting: impl IntoIterator<Item = (String, Option<String>, usize)>) {
        let number = self.starts.len();
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push('\n');
        self.rows.extend(acting.into_iter().map(|(party, target, row)| OfLine { line: number, party, target, row }));
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

    /// What it teaches as a whole.
    fn lessons(&self) -> Lessons {
        self.lessons_of(&self.text, 0, true)
    }

    /// What each line teaches of statements as if it stood alone.
    fn statements_alone(&self) -> Examples {
        self.text
            .lines()
            .zip(&self.starts)
            .flat_map(|(line, start)| self.lessons_of(line, *start, false).statements)
            .collect()
    }

    /// What a part of its text teaches that begins at this byte, of statements and, if wanted, of targets.
    fn lessons_of(&self, text: &str, first: usize, of_targets: bool) -> Lessons {
        let gazetteer = Gazetteer::shipped();
        let analysis = self.analyse(text);
        let article = features::Article::of(&analysis);
        let mut lessons = Lessons::default();
        for of_sentence in analysis.attributions.chunk_by(|a, b| a.sentence == b.sentence) {
            let sentence = &analysis.sentences[of_sentence[0].sentence];
            let line = self.line_at(first + sentence.span.start);
            let stems = stems(&sentence.tokens);
            for attribution in of_sentence {
                let party = &gazetteer.party(attribution.party).code;
                let row = self.rows.iter().find(|row| row.line == line && row.party == *party);
                let found = evidence(attribution, of_sentence, &article, &sentence.tokens, &stems);
                if let Some(row) = row.filter(|_| of_targets) {
                    let targets = possible_targets(attribution, found.as_deref(), &article, &analysis, &stems);
                    let is_its = |target| row.target.as_ref() == Some(&gazetteer.party(target).code);
                    lessons
                        .targets
                        .extend(targets.into_iter().flatten().map(|(target, of_it)| (of_it, is_its(target))));
                }
                lessons.statements.extend(found.map(|found| (found, row.is_some())));
            }
        }
        lessons
    }
}

/// Evidence, each with whether it is that of what is looked for.
pub type Examples = Vec<(Vec<Valued>, bool)>;

/// What detectors learn from.
#[derive(Debug, Default)]
pub struct Lessons {
    /// The evidence for each possible statement that the program finds, and whether it is one.
    pub statements: Examples,
    /// The evidence for each possible target of each statement, and whether it is the right one.
    pub targets: Examples,
}

/// Of one article in so many the lines are examples of sentences that stand alone as well.
const ALONE: usize = 4;

/// What all articles teach, in their order.
pub fn lessons(articles: &[Article]) -> Lessons {
    let of_article = |(number, article): (usize, &Article)| {
        let mut lessons = article.lessons();
        if number % ALONE == 0 {
            lessons.statements.extend(article.statements_alone());
        }
        lessons
    };
    let mut all = Lessons::default();
    for Lessons { statements, targets } in articles.par_iter().enumerate().map(of_article).collect::<Vec<_>>() {
        all.statements.extend(statements);
        all.targets.extend(targets);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_that_are_only_named_are_examples_of_no_statement() {
        let mut article = Article::default();
        article.push("Peru said it would lift the ban on fish from Chile.", [("PER".to_owned(), None, 0)]);
        article.push("Fog hung over Chile.", []);
        let labels: Vec<bool> = article.lessons().statements.into_iter().map(|(_, is)| is).collect();
        assert_eq!(labels, [true, false, false]);
    }

    #[test]
    fn possible_targets_are_examples_of_a_right_one_and_of_wrong_ones() {
        let mut article = Article::default();
        article.push("Peru thanked Chile for the fish of Oman.", [("PER".to_owned(), Some("CHL".to_owned()), 0)]);
        article.push("Fog hung over Chile.", []);
        let labels: Vec<bool> = article.lessons().targets.into_iter().map(|(_, is)| is).collect();
        assert_eq!(labels, [true, false]);
    }

    #[test]
    fn rows_are_read_with_the_target_that_the_program_finds() {
        let mut article = Article::default();
        article.push("Fog hung over Lima.", []);
        article.push("Peru thanked Chile for the fish, and the Danish queen slept.", [("PER".to_owned(), None, 7)]);
        article.push("A clerk from Oslo laughed.", [("SWE".to_owned(), None, 8)]);
        let read = article.as_read(Groups { relative: true, lexicon: true, scope: true, sequence: true });
        let found: Vec<_> = read.iter().map(|(row, read)| (*row, read.line, read.target.as_deref())).collect();
        assert_eq!(found, [(7, Some(1), Some("CHL"))]);
    }
}
