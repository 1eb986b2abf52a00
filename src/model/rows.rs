//! Labelled rows, as people write them: marked text, JSONL or CSV.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Stance;
use super::articles::Article;
use crate::document::{json_error, read_text};
use crate::error::{Error, Result};

/// A statement with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub text: String,
    /// The actor's words, in bytes of the text.
    pub actor: Option<Range<usize>>,
    pub party: Option<String>,
    /// Code of the target.
    pub target: Option<String>,
    pub stance: Stance,
    pub topic: Option<String>,
    /// The article that the row stands in, with the rows before and behind it; none for a row that stands alone.
    pub article: Option<String>,
    /// Whether the label does not follow from the polarity of the words.
    pub hard: bool,
    /// All marked words with their party, in bytes of the text.
    pub marks: Vec<(Range<usize>, String)>,
    /// File and line.
    pub place: String,
}

/// Labelled rows, and the articles among them that are in marked text, with the sentences that have no statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    pub rows: Vec<Row>,
    pub articles: Vec<Article>,
}

/// The rows of all these files; a folder stands for the files in it.
pub fn read_corpus(paths: &[PathBuf]) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let rows = &mut corpus.rows;
    for path in paths {
        let files: Vec<PathBuf> = if path.is_dir() {
            let entries =
                walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_map(std::result::Result::ok);
            let files = entries.map(walkdir::DirEntry::into_path);
            files.filter(|p| extension(p).is_some_and(|e| ["txt", "jsonl", "csv"].contains(&e.as_str()))).collect()
        } else {
            vec![path.clone()]
        };
        for file in files {
            let text = read_text(&file)?;
            let name = file.display().to_string();
            match extension(&file).as_deref() {
                Some("jsonl" | "ndjson" | "json") => json(&text, &name, rows)?,
                Some("csv") => csv(&text, &name, rows)?,
                _ => marked(&text, &name, rows, &mut corpus.articles)?,
            }
        }
    }
    if rows.is_empty() {
        let names: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
        return Err(Error::input(
            names.join(", "),
            "no labelled rows; write lines such as \"[Oslo](NOR + SWE) agreed …\"",
        ));
    }
    Ok(corpus)
}

fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase)
}

/// One `[words](PARTY stance TARGET !)` within a line.
struct Mark<'a> {
    words: &'a str,
    party: &'a str,
    stance: Option<Stance>,
    target: Option<&'a str>,
    hard: bool,
}

fn mark(inner: &str) -> Option<(&str, Option<Stance>, Option<&str>, bool)> {
    let mut parts = inner.split(' ');
    let party = parts.next().filter(|p| is_code(p))?;
    let mut parts: Vec<&str> = parts.collect();
    let hard = parts.last() == Some(&"!");
    if hard {
        parts.pop();
    }
    match parts[..] {
        [] => Some((party, None, None, hard)),
        [stance] => Some((party, Some(Stance::named(stance)?), None, hard)),
        [stance, target] if is_code(target) => Some((party, Some(Stance::named(stance)?), Some(target), hard)),
        _ => None,
    }
}

fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
}

fn marked(text: &str, name: &str, rows: &mut Vec<Row>, articles: &mut Vec<Article>) -> Result<()> {
    let mut topic = None;
    let mut article = None;
    let before = articles.len();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{name}:{}", number + 1);
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            if let Some((_, named)) = comment.split_once("topic:") {
                topic = Some(named.trim().to_owned());
                continue;
            }
            let comment = comment.trim_start();
            if comment.starts_with("article:") {
                article = Some(place);
                articles.push(Article::default());
            } else if let Some(current) = articles[before..].last_mut() {
                if let Some(date) = comment.strip_prefix("date:") {
                    current.date = Some(date.trim().parse().map_err(|e: String| Error::input(place, e))?);
                } else if let Some(without) = comment.strip_prefix("without:") {
                    current.push(without.trim(), []);
                }
            }
            continue;
        }
        if !line.is_empty() {
            let mut of_line = marked_line(line, &place, topic.as_deref())?;
            of_line.iter_mut().for_each(|row| row.article.clone_from(&article));
            if let (Some(current), Some(first)) = (articles[before..].last_mut(), of_line.first()) {
                let numbered = (rows.len()..).zip(&of_line);
                current.push(
                    &first.text,
                    numbered.filter_map(|(n, row)| Some((row.party.clone()?, row.target.clone(), n))),
                );
            }
            rows.extend(of_line);
        }
    }
    Ok(())
}

fn marked_line(line: &str, place: &str, topic: Option<&str>) -> Result<Vec<Row>> {
    let mut text = String::with_capacity(line.len());
    let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, behind) = rest.split_at(open);
        text.push_str(before);
        let broken = || {
            let near: String = behind.chars().take(40).collect();
            Error::input(place, format!("a mark that cannot be read near {near:?}; write [words](PARTY + TARGET)"))
        };
        let close = behind.find(']').ok_or_else(broken)?;
        let words = &behind[1..close];
        let Some(inner) = behind[close + 1..].strip_prefix('(') else {
            // Square brackets of the text itself.
            text.push_str(&behind[..close + 1]);
            rest = &behind[close + 1..];
            continue;
        };
        let end = inner.find(')').ok_or_else(broken)?;
        let (party, stance, target, hard) = mark(&inner[..end]).ok_or_else(broken)?;
        let start = text.len();
        text.push_str(words);
        marks.push((start..text.len(), Mark { words, party, stance, target, hard }));
        rest = &inner[end + 1..];
    }
    text.push_str(rest);
    let spans: Vec<_> = marks.iter().map(|(span, m)| (span.clone(), m.party.to_owned())).collect();
    let rows: Vec<Row> = marks
        .iter()
        .filter_map(|(span, m)| {
            debug_assert_eq!(&text[span.clone()], m.words);
            Some(Row {
                text: text.clone(),
                actor: Some(span.clone()),
                party: Some(m.party.to_owned()),
                target: m.target.map(str::to_owned),
                stance: m.stance?,
                topic: topic.map(str::to_owned),
                article: None,
                hard: m.hard,
                marks: spans.clone(),
                place: place.to_owned(),
            })
        })
        .collect();
    if rows.is_empty() {
        return Err(Error::input(place, "no actor with a stance; write [words](PARTY + TARGET) with +, - or ="));
    }
    Ok(rows)
}

#[derive(Deserialize)]
struct Flat {
    text: String,
    #[serde(default)]
    actor: Option<String>,
    #[serde(default)]
    start: Option<usize>,
    #[serde(default)]
    party: Option<String>,
    #[serde(default)]
    target: Option<String>,
    stance: String,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    article: Option<String>,
    #[serde(default)]
    hard: bool,
}

impl Flat {
    fn row(self, place: String) -> Result<Row> {
        let stance = Stance::named(self.stance.trim()).ok_or_else(|| {
            Error::input(&place, format!("unknown stance {:?}; use cooperative, opposed or neutral", self.stance))
        })?;
        let filled = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
        let actor = match filled(self.actor) {
            None => None,
            Some(words) => {
                let from = self.start.map_or(Some(0), |n| self.text.char_indices().nth(n).map(|(at, _)| at));
                let at = from.and_then(|from| self.text[from..].find(&words).map(|at| from + at));
                let at =
                    at.ok_or_else(|| Error::input(&place, format!("the actor {words:?} does not stand in the text")))?;
                Some(at..at + words.len())
            }
        };
        let party = filled(self.party);
        let marks = actor.iter().cloned().zip(party.iter().cloned()).collect();
        let (target, topic, article) = (filled(self.target), filled(self.topic), filled(self.article));
        Ok(Row { text: self.text, actor, party, target, stance, topic, article, hard: self.hard, marks, place })
    }
}

fn json(text: &str, name: &str, rows: &mut Vec<Row>) -> Result<()> {
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let place = format!("{name}:{}", number + 1);
        let flat: Flat = serde_json::from_str(line).map_err(|e| Error::input(&place, json_error(&e)))?;
        rows.push(flat.row(place)?);
    }
    Ok(())
}

fn csv(text: &str, name: &str, rows: &mut Vec<Row>) -> Result<()> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.deserialize() {
        let flat: Flat = record.map_err(|e| Error::input(name, e))?;
        let place = format!("{name}, row {}", rows.len() + 1);
        rows.push(flat.row(place)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_gives_a_row_for_each_actor_with_a_stance() {
        let rows = marked_line("[Quito](ECU - PER !) turned down [Lima](PER)'s offer.", "t:1", Some("arms")).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].text, "Quito turned down Lima's offer.");
        assert_eq!((rows[0].actor.clone(), rows[0].stance, rows[0].hard), (Some(0..5), Stance::Opposed, true));
        assert_eq!(rows[0].target.as_deref(), Some("PER"));
        assert_eq!(rows[0].marks.len(), 2);
    }

    #[test]
    fn an_article_keeps_its_date_and_the_sentences_without_a_statement() {
        let text = "# article: 1 AP\n# date: 1998-03-02\n[Quito](ECU - PER) said no.\n# without: It rained.\n";
        let (mut rows, mut articles) = (Vec::new(), Vec::new());
        marked(text, "t", &mut rows, &mut articles).unwrap();
        assert_eq!((rows.len(), articles.len()), (1, 1));
        assert_eq!(articles[0].text, "Quito said no.\nIt rained.\n");
        assert_eq!(articles[0].date, "1998-03-02".parse().ok());
        let error = marked("# article: 1\n# date: Monday\n", "t", &mut rows, &mut articles).unwrap_err();
        assert!(error.to_string().starts_with("t:2: \"Monday\" is not a date"), "{error}");
    }

    #[test]
    fn a_broken_mark_is_reported_with_its_place() {
        let error = marked_line("[Quito](ECU * PER) said no.", "t.txt:7", None).unwrap_err().to_string();
        assert!(error.starts_with("t.txt:7: a mark that cannot be read"), "{error}");
    }

    #[test]
    fn flat_rows_find_the_actor_where_it_is_said_to_stand() {
        let mut rows = Vec::new();
        let line = r#"{"text":"Peru met Peru's critics.","actor":"Peru","start":9,"stance":"neutral"}"#;
        json(line, "r.jsonl", &mut rows).unwrap();
        assert_eq!(rows[0].actor, Some(9..13));
        let error = json(r#"{"text":"Peru","actor":"Chile","stance":"neutral"}"#, "r.jsonl", &mut rows).unwrap_err();
        assert!(error.to_string().contains("\"Chile\" does not stand in the text"));
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(line in "[A-Za-z \\[\\]()+=!-]{0,60}") {
            if let Ok(rows) = marked_line(&line, "p", None) {
                for row in rows {
                    prop_assert!(row.actor.is_some_and(|a| row.text.get(a).is_some()));
                }
            }
        }
    }
}
