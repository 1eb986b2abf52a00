//! A page that stands alone: each article with its statements marked, and the table of parties.

use std::io::{Result, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Format;
use crate::classifier::{Classified, Statement};
use crate::report::{PartyStance, leaning};

pub struct Html;

const CSS: &str = include_str!("page.css");

impl Format for Html {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        let head = html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">"))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Who takes which side" }
                style { (PreEscaped(CSS)) }
            }
            (PreEscaped("<body><main>"))
        };
        out.write_all(head.into_string().as_bytes())
    }

    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()> {
        let document = &article.document;
        let page = html! {
            article {
                h1 { (document.title.as_deref().unwrap_or(&document.id)) }
                @if let Some(date) = document.date { p.date { (date) } }
                @if article.report.parties.is_empty() { p { "No statements found." } }
                @else { (parties(&article.report.parties)) }
                div.text { (text(&document.text, &article.statements)) }
            }
        };
        out.write_all(page.into_string().as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        out.write_all(b"</main></body></html>\n")
    }
}

fn parties(parties: &[PartyStance]) -> Markup {
    html! {
        table {
            caption { "Stance of each party. Net stance is (cooperative − opposed) / statements." }
            thead { tr {
                th scope="col" { "Party" } th scope="col" { "Statements" } th scope="col" { "Cooperative" }
                th scope="col" { "Opposed" } th scope="col" { "Neutral" } th scope="col" { "Net stance" }
                th scope="col" { "95 % interval" } th scope="col" { "Tone" } th scope="col" { "Towards (net)" }
            } }
            tbody {
                @for p in parties {
                    tr {
                        th scope="row" { (p.name) " (" (p.party) ")" }
                        td { (p.statements) } td { (p.cooperative) } td { (p.opposed) } td { (p.neutral) }
                        td class=(leaning(p.net_stance).name()) { (format!("{:+.2}", p.net_stance)) }
                        td { (format!("{:+.2} to {:+.2}", p.ci95[0], p.ci95[1])) }
                        td { (format!("{:+.2}", p.sentiment)) }
                        td {
                            @for (n, t) in p.toward.iter().enumerate() {
                                @if n > 0 { ", " }
                                (t.party) " " (format!("{:+.2}", t.net_stance))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text with its statements marked. Where a sentence has several, the first gives the colour and all are named.
fn text(text: &str, statements: &[Statement]) -> Markup {
    let characters: Vec<char> = text.chars().collect();
    let mut parts: Vec<Markup> = Vec::new();
    let mut at = 0;
    let mut rest = statements;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|s| s.sentence == first.sentence).count();
        let (group, after) = rest.split_at(same);
        let between: String = characters[at..first.start].iter().collect();
        let sentence: String = characters[first.start..first.end].iter().collect();
        parts.push(html! {
            (between)
            mark class=(first.stance.name()) { (sentence) }
            @for s in group {
                span class={ "tag " (s.stance.name()) } title=(tip(s)) {
                    (s.party) "→" (s.target.as_deref().unwrap_or("–")) " " (s.stance.name())
                }
            }
        });
        at = first.end;
        rest = after;
    }
    let tail: String = characters[at..].iter().collect();
    html! { @for part in &parts { (part) } (tail) }
}

fn tip(s: &Statement) -> String {
    format!("{}: {} with probability {:.2}", s.actor.text, s.stance.name(), s.probabilities.of(s.stance))
}
