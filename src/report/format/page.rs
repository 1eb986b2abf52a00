//! What all pages share: their frame, how numbers are written, bars with intervals, and statements to open and read.

use std::fmt::Display;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::actors::Gazetteer;

const CSS: &str = include_str!("page.css");

/// What stands before the contents of a page, and what behind them. Nothing in it needs the network or a script.
pub fn frame(title: &str, more_css: &str) -> (String, String) {
    let head = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (PreEscaped(CSS)) (PreEscaped(more_css)) }
        }
        (PreEscaped("<body id=\"top\">"))
    };
    let foot = html! {
        footer {
            p {
                "Made by demarche " (env!("CARGO_PKG_VERSION")) ". A program found and labelled the statements, and is wrong about some of \
                 them: read those behind a figure before you rely on it."
            }
        }
        (PreEscaped("</body></html>\n"))
    };
    (head.into_string(), foot.into_string())
}

/// "+0.31", "−0.31", and "0.00" for what rounds to it.
pub fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    match text.as_str() {
        "+0.00" | "-0.00" => "0.00".to_owned(),
        _ => text.replace('-', "−"),
    }
}

pub fn range([low, high]: [f64; 2]) -> String {
    format!("{} to {}", signed(low), signed(high))
}

/// "7,208"
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 statement", "7,208 statements"
pub fn counted(number: usize, what: &str) -> String {
    format!("{} {what}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A day, which a line does not break.
pub fn day(date: impl Display) -> Markup {
    html! { time { (date) } }
}

/// The name of a party that is known, its code otherwise.
pub fn name(code: &str) -> &str {
    let gazetteer = Gazetteer::shipped();
    gazetteer.by_code(code).map_or(code, |id| &gazetteer.party(id).name)
}

/// Who stands how to whom, on the colour of the stance.
pub fn tag(party: &str, target: Option<&str>, stance: &str, probability: Option<f64>) -> Markup {
    html! {
        span class={ "tag " (stance) } {
            (name(party))
            @if let Some(target) = target { " " span aria-hidden="true" { "→" } span.hidden { "towards" } " " (name(target)) }
            " " b { (stance) }
            @if let Some(probability) = probability { " " (format!("{probability:.2}")) }
        }
    }
}

/// What the colours and lines of marked statements mean.
pub fn legend() -> Markup {
    html! {
        p.legend {
            "Statements are marked "
            @for (n, stance) in ["cooperative", "opposed", "neutral"].into_iter().enumerate() {
                @if n > 0 { ", " } mark class=(stance) { (stance) }
            }
            " or, where parties of one sentence differ, " mark.mixed { "mixed" } "; behind each stands who takes which side."
        }
    }
}

/// A statement to read, with a link to its place.
pub struct Quote<'a> {
    pub party: &'a str,
    pub target: Option<&'a str>,
    pub stance: &'a str,
    pub probability: f64,
    pub text: &'a str,
    pub href: String,
    /// The article, where it is not named already.
    pub place: Option<String>,
}

/// Statements behind a figure, closed until they are asked for. `total` is how many the figure counts.
pub fn behind(of: &str, total: usize, quotes: &[Quote]) -> Markup {
    if quotes.is_empty() {
        return html! {};
    }
    // Of many, paper shows only these.
    let few = [0, quotes.len() / 2, quotes.len() - 1];
    html! {
        details.behind {
            summary {
                @if quotes.len() < total { (count(quotes.len())) " of " (counted(total, "statement")) ", spread evenly" }
                @else { (counted(total, "statement")) }
                span.hidden { " behind " (of) }
            }
            ul.statements {
                @for (n, quote) in quotes.iter().enumerate() {
                    li class=[few.contains(&n).then_some("few")] {
                        (tag(quote.party, quote.target, quote.stance, Some(quote.probability)))
                        " " span.said { (quote.text) } " "
                        @if let Some(place) = &quote.place {
                            a.place href=(quote.href) { span.hidden { "In its place in " } (place) }
                        } @else {
                            a.place.screen href=(quote.href) { "in its place" }
                        }
                    }
                }
            }
        }
    }
}

/// A statement in its article.
pub struct Mark<'a> {
    pub id: String,
    /// Where its sentence stands in the text, in characters.
    pub start: usize,
    pub end: usize,
    pub stance: &'a str,
    pub tag: Markup,
}

/// The text with its statements marked, which are in the order of the text. Links to any statement of a sentence lead to the sentence.
pub fn marked(text: &str, marks: &[Mark]) -> Markup {
    let characters: Vec<char> = text.chars().collect();
    let between = |from: usize, to: usize| -> String {
        characters.get(from..to.min(characters.len())).map(|c| c.iter().collect()).unwrap_or_default()
    };
    let mut parts = Vec::new();
    let mut at = 0;
    for same in marks.chunk_by(|a, b| a.start == b.start) {
        let (start, end, stance) = (same[0].start, same[0].end, same[0].stance);
        let class = if same.iter().all(|m| m.stance == stance) { stance } else { "mixed" };
        let mut place = html! { mark class=(class) { (between(start, end)) } };
        for mark in same {
            place = html! { span id=(mark.id) { (place) } };
        }
        parts.push(html! { (between(at, start)) (place) @for mark in same { (mark.tag) } });
        at = end;
    }
    html! { @for part in &parts { (part) } (between(at, characters.len())) }
}

/// Half the width of a scale that holds these figures, and their intervals but where they rest on little: small stances
/// would be lost on one from −1 to +1.
pub fn scale(figures: impl IntoIterator<Item = (f64, [f64; 2], bool)>) -> f64 {
    let reach = |(net, [low, high], small): (f64, [f64; 2], bool)| if small { net.abs() } else { high.max(-low) };
    let widest = figures.into_iter().map(reach).fold(0.0, f64::max);
    [0.1, 0.2, 0.3, 0.5, 1.0].into_iter().find(|scale| widest <= *scale).unwrap_or(2.0)
}

/// A bar from zero with its interval, on a scale to either side of zero.
pub fn bar(value: f64, ci95: [f64; 2], scale: f64, side: &str) -> Markup {
    let x = |value: f64| 50.0 + (value / scale).clamp(-1.0, 1.0) * 49.0;
    let percent = |x: f64| format!("{x:.2}%");
    let (from, to) = (x(value.min(0.0)), x(value.max(0.0)));
    let label = format!("{}, 95 % interval {}", signed(value), range(ci95));
    let [low, high] = ci95.map(|end| percent(x(end)));
    // An interval that leaves the scale has no cap.
    let caps = ci95.into_iter().filter(|end| end.abs() <= scale).map(|end| percent(x(end)));
    html! {
        svg.bar role="img" aria-label=(label) {
            line.zero x1="50%" y1="0" x2="50%" y2="22" {}
            rect class=(side) x=(percent(from)) y="4" width=(percent(to - from)) height="14" {}
            line.interval x1=(low) y1="11" x2=(high) y2="11" {}
            @for end in caps { line.interval x1=(end) y1="7" x2=(end) y2="15" {} }
        }
    }
}

/// A row of a table of figures.
pub struct Figure {
    pub id: String,
    pub who: Markup,
    /// Whether it rests on little.
    pub small: bool,
    pub net: f64,
    pub ci95: [f64; 2],
    /// The class of its colour.
    pub side: &'static str,
    pub statements: usize,
    pub articles: Option<usize>,
    /// Cooperative, opposed, neutral.
    pub counts: [usize; 3],
    pub tone: f64,
    pub tone_ci95: Option<[f64; 2]>,
    /// What opens below it.
    pub behind: Markup,
}

/// A cell that says on narrow screens, where the head of its column is gone, what it is.
fn cell(label: &str, value: impl Display, small: Option<String>) -> Markup {
    html! {
        td role="cell" { span.label aria-hidden="true" { (label) } " " (value) @if let Some(small) = small { " " small { (small) } } }
    }
}

/// The head of a column of bars: its scale.
pub fn bars_head(scale: f64, low: &str, high: &str) -> Markup {
    html! {
        th.bars role="columnheader" scope="col" {
            span.hidden { "Bar on a scale: " }
            span.scale { span { (low) br; (signed(-scale)) } span { "0" } span { (high) br; (signed(scale)) } }
        }
    }
}

/// A table of figures, each with what is behind it. The roles are said since narrow screens lay the table out as a list.
pub fn figures(label: &str, who: &str, caption: &str, rows: &[Figure]) -> Markup {
    let scale = scale(rows.iter().filter(|row| row.statements > 0).map(|row| (row.net, row.ci95, row.small)));
    html! {
        table.figures role="table" aria-label=(label) {
            caption { (caption) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (who) }
                (bars_head(scale, "opposed", "cooperative"))
                @for head in ["Net stance", "Statements", "Cooperative", "Opposed", "Neutral", "Tone"] {
                    th role="columnheader" scope="col" { (head) }
                }
            } }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" id=(row.id) {
                        th role="rowheader" scope="row" {
                            (row.who)
                            @if row.small { span aria-hidden="true" { " *" } span.hidden { ", rests on few articles or statements" } }
                        }
                        @if row.statements > 0 {
                            td.bars role="cell" { (bar(row.net, row.ci95, scale, row.side)) }
                            td.net role="cell" {
                                span.value.(row.side) { (signed(row.net)) } " " small { (range(row.ci95)) }
                            }
                        } @else {
                            td.bars role="cell" {} td.net role="cell" { "–" }
                        }
                        (cell("Statements", count(row.statements), row.articles.map(|n| format!("in {}", counted(n, "article")))))
                        @for (label, n) in ["Coop.", "Opposed", "Neutral"].into_iter().zip(row.counts) { (cell(label, count(n), None)) }
                        @if row.statements > 0 { (cell("Tone", signed(row.tone), row.tone_ci95.map(range))) }
                        @else { (cell("Tone", "–", None)) }
                    }
                    @if row.statements > 0 { tr.more role="row" { td role="cell" colspan="8" { (row.behind) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_reading() {
        assert_eq!([0.314, -0.5, -0.001, 0.0].map(signed), ["+0.31", "−0.50", "0.00", "0.00"]);
        assert_eq!([7, 208, 7208, 1_007_208].map(count), ["7", "208", "7,208", "1,007,208"]);
        assert_eq!([counted(1, "article"), counted(2, "article")], ["1 article", "2 articles"]);
    }

    #[test]
    fn a_scale_holds_all_intervals_that_rest_on_enough() {
        assert_eq!(scale([(0.05, [0.01, 0.12], false), (-0.1, [-0.4, 0.1], false)]), 0.5);
        assert_eq!(scale([(0.0, [-1.0, 1.0], false)]), 1.0);
        assert_eq!(scale([(0.15, [-1.0, 1.0], true)]), 0.2);
        assert_eq!(scale([]), 0.1);
    }

    #[test]
    fn statements_of_one_sentence_share_its_place() {
        let mark = |id: &str, stance| Mark { id: id.into(), start: 1, end: 3, stance, tag: html! { "/" } };
        let page = marked("abcd", &[mark("s1", "opposed"), mark("s2", "neutral")]).into_string();
        let place = "<span id=\"s1\"><mark class=\"mixed\">bc</mark></span>";
        assert_eq!(page, format!("a<span id=\"s2\">{place}</span>//d"));
    }
}
