//! The lines above an article: headline, byline and date line.

use std::ops::Range;

use super::Date;

/// What the first lines of a text say about it.
#[derive(Debug, Default, PartialEq)]
pub struct Header {
    /// Where the headline stands, in bytes.
    pub title: Option<Range<usize>>,
    pub date: Option<Date>,
    /// Where the article itself begins, in bytes.
    pub end: usize,
}

/// A header line is short, and does not end as a sentence does.
const LONGEST: usize = 160;
const MOST_LINES: usize = 6;

impl Header {
    /// Reads the header of a text: leading blocks of lines of which none ends as a sentence does, date lines, and a
    /// first line without a blank one behind it that is short and does not end so either.
    pub fn of(text: &str) -> Self {
        let mut header = Self::default();
        loop {
            let start = header.end;
            let end =
                block(text, start).filter(|end| is_header(&text[start..*end])).or_else(|| first_line(text, start));
            match end {
                Some(end) if start < end && !text[end..].trim().is_empty() => header.read(text, start, end),
                _ => return header,
            }
        }
    }

    fn read(&mut self, text: &str, start: usize, end: usize) {
        let mut at = start;
        for line in text[start..end].split_inclusive('\n') {
            let words = line.trim();
            if let Some(date) = Date::in_line(words) {
                self.date.get_or_insert(date);
            } else if self.title.is_none() && !words.is_empty() && !is_byline(words) {
                let from = at + (line.len() - line.trim_start().len());
                self.title = Some(from..from + words.len());
            }
            at += line.len();
        }
        self.end = end;
    }
}

/// Where the block of lines ends that begins here: behind the blank line that closes it.
fn block(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    let mut seen = false;
    for line in text[start..].split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() {
            seen = true;
        } else if seen {
            return Some(at);
        }
    }
    None
}

fn is_header(block: &str) -> bool {
    let lines: Vec<&str> = block.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.len() <= MOST_LINES && lines.iter().all(|l| is_heading(l))
}

/// Whether a line could be part of a header, as it is short, not quoted, and does not end as a sentence does.
fn is_heading(line: &str) -> bool {
    Date::in_line(line).is_some()
        || line.len() <= LONGEST
            && !line.starts_with(['"', '“', '\'', '‘'])
            && !line.ends_with(['.', '?', '!', ':', ';', '"', '”', '’', '-', '—'])
}

/// A single line set off from the body only by its shortness and the capital letter after it.
fn first_line(text: &str, start: usize) -> Option<usize> {
    const SHORT: usize = 50;
    let line = text[start..].split_inclusive('\n').next()?;
    let next = text[start + line.len()..].trim_start();
    let words = line.trim();
    let date = Date::in_line(words).is_some();
    let capital = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“'‘(".contains(c));
    (!words.is_empty() && is_heading(words) && (date || words.len() <= SHORT && capital)).then_some(start + line.len())
}

fn is_byline(line: &str) -> bool {
    line.ends_with(',') || line.split_whitespace().next().is_some_and(|w| w.eq_ignore_ascii_case("by"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<&str> {
        Header::of(text).title.map(|span| &text[span])
    }

    #[test]
    fn headline_byline_and_date_line_are_set_off_from_the_body() {
        let text = "Oslo rebuffs offer on fish\nBy Kari Nes\n12 May 2004\n\nNorway turned down the offer.\n";
        let header = Header::of(text);
        assert_eq!(title(text), Some("Oslo rebuffs offer on fish"));
        assert_eq!(header.date.map(|d| d.to_string()).as_deref(), Some("2004-05-12"));
        assert!(text[header.end..].trim_start().starts_with("Norway"));
    }

    #[test]
    fn the_name_of_an_agency_is_no_headline_and_no_sentence() {
        let text = "Norsk Telegrambyra,\nNorway turned down the offer on Monday.";
        let header = Header::of(text);
        assert_eq!(header.title, None);
        assert_eq!(&text[header.end..], "Norway turned down the offer on Monday.");
    }

    #[test]
    fn wrapped_text_without_a_header_has_none() {
        let text = "Norway turned down the offer that the European Union had made on\nfisheries, a minister said.";
        assert_eq!(Header::of(text).end, 0);
        assert_eq!(title("Norway turned down the offer"), None);
    }
}
