//! Articles out of files, folders and standard input.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use super::open::{open, unpacked, without_packing};
use super::{Date, Document, decode, read_text};
use crate::error::{Error, Result};

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder that is searched for files.
    Path(PathBuf),
    /// Standard input: plain text, HTML, CSV or JSONL, told apart by how it begins.
    Stdin,
}

/// Articles, one after the other; an article that cannot be read is an error in its place.
pub type Documents = Box<dyn Iterator<Item = Result<Document>> + Send>;

/// File name endings of what can be read, as messages name them.
const READABLE: &str = ".txt, .html, .csv, .jsonl (also .gz, .zst)";

#[derive(Clone, Copy)]
enum Format {
    Text,
    Html,
    Csv,
    Jsonl,
}

impl Format {
    fn of_path(path: &Path) -> Option<Self> {
        match without_packing(path).extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" | "json" => Some(Self::Jsonl),
            _ => None,
        }
    }

    fn of_start(start: &[u8]) -> Self {
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let line = text.lines().next().unwrap_or_default();
        if text.starts_with('{') {
            Self::Jsonl
        } else if text.starts_with('<') && text.to_ascii_lowercase().contains("<html") {
            Self::Html
        } else if line.contains(',') && line.split(',').any(|column| column.trim_matches(['"', ' ']) == "text") {
            Self::Csv
        } else {
            Self::Text
        }
    }
}

/// The articles of a source, read as they are asked for.
pub fn documents(source: &Source) -> Documents {
    match source {
        Source::Path(path) if path.is_dir() => folder(path),
        Source::Path(path) => file(path),
        Source::Stdin => stdin(),
    }
}

fn one(result: Result<Document>) -> Documents {
    Box::new(std::iter::once(result))
}

fn folder(path: &Path) -> Documents {
    let entries = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    let mut files = entries
        .filter_map(|entry| match entry {
            Ok(e) if e.file_type().is_file() => Format::of_path(e.path()).map(|_| Ok(e.into_path())),
            Ok(_) => None,
            Err(e) => {
                let place = e.path().unwrap_or(Path::new("folder")).display().to_string();
                Some(Err(Error::input(place, e)))
            }
        })
        .peekable();
    if files.peek().is_none() {
        return one(Err(Error::input(
            path.display(),
            format!("no articles in this folder; put {READABLE} files there"),
        )));
    }
    Box::new(files.flat_map(|path| match path {
        Ok(path) => file(&path),
        Err(e) => one(Err(e)),
    }))
}

fn file(path: &Path) -> Documents {
    let name = Some(path.display().to_string());
    let format = match Format::of_path(path) {
        Some(format) => format,
        None => match open(path).and_then(|f| {
            let mut start = Vec::new();
            f.take(4096).read_to_end(&mut start)?;
            Ok(start)
        }) {
            Ok(start) => Format::of_start(&start),
            Err(e) => return one(Err(Error::io(path, e))),
        },
    };
    match format {
        Format::Text => one(read_text(path).and_then(|text| plain(text, name))),
        Format::Html => one(read_text(path).and_then(|page| html(&page, name))),
        Format::Csv | Format::Jsonl => match open(path) {
            Ok(file) => table(format, file, name),
            Err(e) => one(Err(Error::io(path, e))),
        },
    }
}

fn stdin() -> Documents {
    let opened = unpacked(std::io::stdin()).and_then(|mut input| Ok((Format::of_start(input.fill_buf()?), input)));
    let (format, mut input) = match opened {
        Ok(opened) => opened,
        Err(e) => return one(Err(Error::io("standard input", e))),
    };
    match format {
        Format::Csv | Format::Jsonl => table(format, input, None),
        Format::Text | Format::Html => {
            let mut bytes = Vec::new();
            if let Err(e) = input.read_to_end(&mut bytes) {
                return one(Err(Error::io("standard input", e)));
            }
            one(match (decode(&bytes), format) {
                (None, _) => Err(Error::input("standard input", "binary data; give text, HTML, CSV or JSONL")),
                (Some(page), Format::Html) => html(&page, None),
                (Some(text), _) => plain(text, None),
            })
        }
    }
}

fn place(source: &Option<String>) -> &str {
    source.as_deref().unwrap_or("standard input")
}

/// The name of a file without folders and ending, as an article's id.
fn stem(source: &Option<String>) -> String {
    let stem = source.as_deref().map(|s| without_packing(Path::new(s)));
    let stem = stem.as_deref().and_then(Path::file_stem);
    stem.map_or_else(|| "stdin".to_owned(), |s| s.to_string_lossy().into_owned())
}

fn checked(document: Document, place: impl std::fmt::Display) -> Result<Document> {
    if document.text.trim().is_empty() {
        return Err(Error::input(place, "the text is empty; nothing to classify"));
    }
    Ok(document.with_header())
}

fn plain(text: String, source: Option<String>) -> Result<Document> {
    let name = place(&source).to_owned();
    checked(Document { id: stem(&source), source, text, ..Document::default() }, name)
}

fn html(page: &str, source: Option<String>) -> Result<Document> {
    let name = place(&source).to_owned();
    let broken = |e| Error::input(&name, format!("no article found in this page ({e})"));
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let mut reader = dom_smoothie::Readability::new(page, None, Some(config)).map_err(broken)?;
    let article = reader.parse().map_err(broken)?;
    let published = article.published_time.as_deref();
    let document = Document {
        id: stem(&source),
        title: Some(article.title).filter(|t| !t.is_empty()),
        date: published.and_then(|p| p.parse().ok().or_else(|| Date::in_line(p))),
        source,
        text: article.text_content.to_string(),
    };
    checked(document, name)
}

/// CSV and JSONL: an article a row.
fn table(format: Format, input: Box<dyn BufRead + Send>, source: Option<String>) -> Documents {
    match format {
        Format::Csv => csv_rows(input, source),
        _ => Box::new(json_rows(input, source)),
    }
}

#[derive(serde::Deserialize)]
struct JsonArticle {
    #[serde(default)]
    id: serde_json::Value,
    title: Option<String>,
    date: Option<String>,
    text: String,
}

fn json_rows(mut input: Box<dyn BufRead + Send>, source: Option<String>) -> impl Iterator<Item = Result<Document>> {
    let mut line_number = 0;
    let mut failed = false;
    std::iter::from_fn(move || {
        loop {
            if failed {
                return None;
            }
            let mut bytes = Vec::new();
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => {
                    failed = true;
                    return Some(Err(Error::io(place(&source), e)));
                }
            }
            line_number += 1;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let here = format!("{}:{line_number}", place(&source));
            return Some(json_row(&bytes, line_number, &here, &source));
        }
    })
}

fn json_row(bytes: &[u8], number: usize, here: &str, source: &Option<String>) -> Result<Document> {
    let line = decode(bytes).ok_or_else(|| Error::input(here, "binary data; one JSON object a line is read"))?;
    let row: JsonArticle = serde_json::from_str(&line)
        .map_err(|e| Error::input(here, format!("{}; an object with \"text\" is needed", json_error(&e))))?;
    let id = match row.id {
        serde_json::Value::String(id) => id,
        serde_json::Value::Null => format!("{}-{number}", stem(source)),
        other => other.to_string(),
    };
    let document = Document {
        id,
        title: row.title.filter(|t| !t.trim().is_empty()),
        date: date_of(row.date.as_deref(), here)?,
        source: source.clone(),
        text: row.text,
    };
    checked(document, here)
}

/// What serde says, without its own line count: a row is one line to it.
pub(crate) fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned() + &format!(" (column {})", error.column())
}

fn date_of(text: Option<&str>, here: &str) -> Result<Option<Date>> {
    match text.map(str::trim).filter(|d| !d.is_empty()) {
        None => Ok(None),
        Some(day) => {
            let read = day.parse().or_else(|e| Date::in_line(day).ok_or(e));
            read.map(Some).map_err(|e: String| Error::input(here, e))
        }
    }
}

fn csv_rows(input: Box<dyn BufRead + Send>, source: Option<String>) -> Documents {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header: Vec<String> = match reader.byte_headers() {
        Ok(fields) => fields.iter().map(|f| decode(f).unwrap_or_default().trim().to_lowercase()).collect(),
        Err(e) => return one(Err(Error::input(format!("{}:1", place(&source)), e))),
    };
    let column = |name: &str| header.iter().position(|h| h == name);
    let Some(text) = column("text") else {
        let found = header.join(", ");
        let what = format!("no column \"text\" (found: {found}); name the column that holds the articles \"text\"");
        return one(Err(Error::input(format!("{}:1", place(&source)), what)));
    };
    let (id, title, date) = (column("id"), column("title"), column("date"));
    Box::new(reader.into_byte_records().enumerate().map(move |(n, record)| {
        let record = record.map_err(|e| Error::input(place(&source), e))?;
        let line = record.position().map_or(n as u64 + 2, csv::Position::line);
        let here = format!("{}:{line}", place(&source));
        let field = |at: Option<usize>| match at.and_then(|i| record.get(i)) {
            Some(bytes) => decode(bytes).ok_or_else(|| Error::input(&here, "binary data in a field")),
            None => Ok(String::new()),
        };
        let text = record.get(text).ok_or_else(|| Error::input(&here, "a row without its text column"))?;
        let text = decode(text).ok_or_else(|| Error::input(&here, "binary data in a field"))?;
        let id = Some(field(id)?).filter(|i| !i.is_empty());
        let document = Document {
            id: id.unwrap_or_else(|| format!("{}-{}", stem(&source), n + 1)),
            title: Some(field(title)?).filter(|t| !t.trim().is_empty()),
            date: date_of(Some(&field(date)?), &here)?,
            source: source.clone(),
            text,
        };
        checked(document, &here)
    }))
}
