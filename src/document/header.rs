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
    /// Reads the header of a text. A line counts as part of it where it is set off from the body: it is a date line,
    /// or does not end as a sentence does while a blank line or a line with a capital letter follows.
    pub fn of(text: &str) -> Self {
        let mut header = Self::default();
        let mut start = 0;
        let mut titles = 0;
        for line in text.split_inclusive('\n').take(MOST_LINES * 2) {
            let end = start + line.len();
            let words = line.trim();
            let rest = &text[end..];
            if words.is_empty() {
                start = end;
                continue;
            }
            let offset = start + (line.len() - line.trim_start().len());
            if let Some(date) = Date::in_line(words) {
                header.date.get_or_insert(date);
            } else if titles < MOST_LINES && is_set_off(words, rest) {
                titles += 1;
                if header.title.is_none() && !is_byline(words) {
                    header.title = Some(offset..offset + words.len());
                }
            } else {
                break;
            }
            header.end = end;
            start = end;
        }
        if text[header.end..].trim().is_empty() {
            // Nothing follows: what looked like a header is the text itself.
            return Self { date: header.date, ..Self::default() };
        }
        header
    }
}

fn is_set_off(line: &str, rest: &str) -> bool {
    if line.len() > LONGEST || rest.trim().is_empty() || line.starts_with(['"', '“', '\'', '‘']) {
        return false;
    }
    let ends_as_sentence = line.ends_with(['.', '?', '!', ':', ';', '"', '”', '’', '-', '—']);
    if ends_as_sentence {
        return false;
    }
    let blank_follows = rest.lines().next().is_some_and(|l| l.trim().is_empty());
    // In wrapped text the next line goes on with the sentence, and is about as long as this one.
    let next = rest.trim_start();
    let wrapped = next.lines().next().is_some_and(|l| l.len() < 2 * line.len().max(40)) && line.len() > 50;
    blank_follows || next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“'‘(".contains(c)) && !wrapped
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
