//! Sentence boundaries. `sentencex` knows abbreviations and initials well, but keeps a quotation together; here it is
//! given each paragraph without its quotation marks, and the marks go back to the sentence they belong to.

use std::ops::Range;

/// No sentence of prose is longer, in bytes; tables and broken files are, and the work on a sentence grows with the
/// square of its length.
const LONGEST: usize = 2_000;

/// Byte spans of the sentences of `text` from byte `from` on, each with the number of its paragraph.
pub fn split(text: &str, from: usize) -> Vec<(Range<usize>, usize)> {
    let mut sentences = Vec::new();
    for (number, paragraph) in paragraphs(text, from).into_iter().enumerate() {
        for span in pieces(text, paragraph, LONGEST * 20).into_iter().flat_map(|part| split_paragraph(text, part)) {
            sentences.extend(pieces(text, span, LONGEST).into_iter().map(|piece| (piece, number)));
        }
    }
    sentences
}

/// A paragraph ends at a blank line, at an indented line, or where a line ends as a sentence does.
fn paragraphs(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = from;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let end = at + line.len();
        let next = &text[end..];
        let next_line = next.lines().next().unwrap_or_default();
        let ended = line.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ':', '\'']);
        let indented = next_line.starts_with([' ', '\t', '\u{a0}']) && !line.starts_with([' ', '\t', '\u{a0}']);
        if line.trim().is_empty() || next_line.trim().is_empty() || ended || indented {
            spans.push(start..end);
            start = end;
        }
        at = end;
    }
    spans.push(start..text.len());
    spans.retain(|span| !text[span.clone()].trim().is_empty());
    spans
}

fn split_paragraph(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let masked = mask(&text[span.clone()]);
    let mut cuts: Vec<usize> = sentencex::get_sentence_boundaries("en", &masked)
        .iter()
        .map(|boundary| span.start + boundary.start_byte)
        .map(|cut| after_closing_marks(text, cut.min(span.end), span.clone()))
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|&cut| cut > span.start && cut < span.end && text.is_char_boundary(cut));
    cuts.insert(0, span.start);
    cuts.push(span.end);
    let spans = cuts.windows(2).map(|pair| trimmed(text, pair[0]..pair[1]));
    join_asides(text, spans.filter(|s| !s.is_empty()).collect())
}

/// The paragraph with every mark of quotation and every line break as spaces of the same length in bytes.
fn mask(paragraph: &str) -> String {
    let mut masked = String::with_capacity(paragraph.len());
    let mut before = ' ';
    for (at, c) in paragraph.char_indices() {
        let after = paragraph[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let apostrophe = matches!(c, '\'' | '’') && before.is_alphanumeric() && after.is_alphanumeric();
        let possessive = matches!(c, '\'' | '’') && before == 's';
        match c {
            '"' | '“' | '”' | '‘' | '\n' | '\r' | '\u{a0}' | '«' | '»' => {
                masked.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
            '\'' | '’' if !apostrophe && !possessive => masked.extend(std::iter::repeat_n(' ', c.len_utf8())),
            c => masked.push(c),
        }
        before = c;
    }
    masked
}

/// Closing marks right behind a full stop stay with the sentence before.
fn after_closing_marks(text: &str, cut: usize, span: Range<usize>) -> usize {
    let Some(before) = text.get(span.start..cut) else {
        return cut;
    };
    let stop = before.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c)).len();
    let gap = &before[stop..];
    // Of the marks between the full stop and the cut, those before the first white space close.
    let closing = gap.find(char::is_whitespace).unwrap_or(gap.len());
    if gap.chars().any(is_mark) { span.start + stop + closing } else { cut }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»')
}

/// `"Will they go?" he asked.` is one sentence: what follows a closing mark in lower case goes on with it.
fn join_asides(text: &str, spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        let goes_on = text[span.clone()].starts_with(|c: char| c.is_lowercase());
        let tail = joined.last().map(|last| text[last.clone()].chars().rev().take(2).collect::<Vec<_>>());
        let asked = tail.is_some_and(|t| t.first().is_some_and(|&c| is_mark(c)) && matches!(t.get(1), Some('?' | '!')));
        let short_reply = asked && is_attribution(&text[span.clone()]);
        match joined.last_mut() {
            Some(last) if goes_on || short_reply || is_cut_at_initials(text, last, &span) => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

/// "U.S. Officials said": newswire of some years writes a capital behind an initialism. A sentence that begins as most
/// do is one.
fn is_cut_at_initials(text: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    const BEGINNINGS: [&str; 24] = [
        "the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "we", "i", "but", "and", "this", "that",
        "these", "there", "his", "its", "as", "if", "when", "for",
    ];
    let word = text[last.clone()].rsplit(char::is_whitespace).next().unwrap_or_default();
    let initials = word.len() >= 4 && word.ends_with('.') && word.split_terminator('.').all(|part| part.len() == 1);
    let first = text[next.clone()].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    initials && !first.is_empty() && !BEGINNINGS.contains(&first.as_str())
}

/// `Lavrov asked.` behind a quoted question.
fn is_attribution(text: &str) -> bool {
    const ASKED: [&str; 6] = ["said", "asked", "told", "added", "wrote", "says"];
    let mut words = text.split_whitespace();
    words.by_ref().take(4).any(|w| ASKED.contains(&w.trim_end_matches(['.', ',']))) && words.count() < 6
}

/// The span in parts of at most `longest` bytes, cut at white space where there is any.
fn pieces(text: &str, span: Range<usize>, longest: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = span.start;
    while span.end - start > longest {
        let limit = text.floor_char_boundary(start + longest);
        let cut = text[start..limit].rfind(char::is_whitespace).map_or(limit, |at| start + at);
        let cut = if cut == start { limit } else { cut };
        parts.push(trimmed(text, start..cut));
        start = cut;
    }
    parts.push(trimmed(text, start..span.end));
    parts.retain(|part| !part.is_empty());
    parts
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let slice = &text[span.clone()];
    let start = span.start + (slice.len() - slice.trim_start().len());
    start..start.max(span.start + slice.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text, 0).into_iter().map(|(span, _)| &text[span]).collect()
    }

    #[test]
    fn a_quotation_is_split_and_keeps_its_marks() {
        let text = "“We want a treaty. We will wait for it,” Mr. Moe told the U.S. envoy. He left.";
        assert_eq!(
            sentences(text),
            ["“We want a treaty.", "We will wait for it,” Mr. Moe told the U.S. envoy.", "He left."]
        );
        let straight = "\"We want a treaty.\" The envoy left. \"We will wait.\"";
        assert_eq!(sentences(straight), ["\"We want a treaty.\"", "The envoy left.", "\"We will wait.\""]);
    }

    #[test]
    fn a_quoted_question_and_its_attribution_are_one_sentence() {
        let text = "“Who will pay for it?” Lund asked. “Will it be us?” he added. Nobody answered.";
        assert_eq!(
            sentences(text),
            ["“Who will pay for it?” Lund asked.", "“Will it be us?” he added.", "Nobody answered."]
        );
    }

    #[test]
    fn lines_that_end_in_mid_sentence_are_wrapped_text() {
        let text = "Norway turned down\nthe offer.\n    Sweden took it.\n\nNobody else did";
        assert_eq!(sentences(text), ["Norway turned down\nthe offer.", "Sweden took it.", "Nobody else did"]);
        assert_eq!(split(text, 0).last().map(|s| s.1), Some(2));
    }

    #[test]
    fn text_without_ends_of_sentences_is_cut_at_white_space() {
        let text = "Peru and Chile met, ".repeat(5_000);
        let parts = sentences(&text);
        assert!(parts.iter().all(|part| part.len() <= LONGEST));
        assert_eq!(parts.iter().map(|part| part.split_whitespace().count()).sum::<usize>(), 20_000);
        assert_eq!(sentences(&"é".repeat(LONGEST)).len(), 2);
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_cover_every_word(text in "[A-Za-z .,?!\"“”‘’'\n\u{a0}é-]{0,200}") {
            let spans = split(&text, 0);
            let mut end = 0;
            let mut kept = String::new();
            for (span, _) in spans {
                prop_assert!(span.start >= end && span.start < span.end);
                kept.push_str(&text[span.clone()]);
                end = span.end;
            }
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&kept), letters(&text));
        }
    }
}
