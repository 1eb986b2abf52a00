//! A page that stands alone: each article with its statements marked, and the figures of its parties with the statements behind them.

use std::fs::File;
use std::io::{Result, Seek, Write, copy};

use maud::{Markup, html};

use super::Format;
use super::page::{
    Figure, Mark, Quote, behind, count, counted, day, figures, frame, legend, marked, name, signed, tag,
};
use crate::classifier::{Classified, Statement};
use crate::model::Stance;
use crate::report::{PartyStance, leaning};

/// Keeps the articles on disk until all are there, since the page begins with a list of them.
#[derive(Default)]
pub struct Html {
    articles: Option<File>,
    contents: Vec<Entry>,
}

/// An article in the list at the beginning.
struct Entry {
    title: String,
    date: Option<String>,
    /// Cooperative, opposed, neutral.
    counts: [usize; 3],
}

/// From so many articles on, their list is closed at first.
const LONG: usize = 30;

impl Format for Html {
    fn article(&mut self, _out: &mut dyn Write, article: &Classified) -> Result<()> {
        let document = &article.document;
        let title = document.title.as_deref().unwrap_or(&document.id);
        let number = self.contents.len() + 1;
        let counts = stances(article);
        let page = html! {
            article id={ "a" (number) } {
                h2 { (title) }
                @if let Some(date) = document.date { p.date { (day(date)) } }
                @if article.report.parties.is_empty() {
                    p { "No statements found." }
                } @else {
                    p.summary { (summary(article, counts)) }
                    (figures(
                        &format!("Stance of each party in {title}"),
                        "Party",
                        "Net stance is (cooperative − opposed) / statements, with its 95 % interval; in colour from 0.2 on. Tone says how the \
                         words sound, from −1 to +1.",
                        &article.report.parties.iter().map(|p| party(p, article, number)).collect::<Vec<_>>()
                    ))
                }
                @if !article.statements.is_empty() { (legend()) }
                div.text { (text(article, number)) }
            }
        };
        let file = match &mut self.articles {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(page.into_string().as_bytes())?;
        self.contents.push(Entry { title: title.to_owned(), date: document.date.map(|d| d.to_string()), counts });
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        let title = match self.contents.as_slice() {
            [one] => format!("Who takes which side: {}", one.title),
            _ => "Who takes which side".to_owned(),
        };
        let (head, foot) = frame(&title, "");
        out.write_all(head.as_bytes())?;
        let contents = html! {
            header {
                h1 { "Who takes which side" }
                @if self.contents.len() != 1 { (list(&self.contents)) }
            }
        };
        out.write_all(contents.into_string().as_bytes())?;
        out.write_all(b"<main>")?;
        if let Some(file) = &mut self.articles {
            file.rewind()?;
            copy(file, out)?;
        }
        out.write_all(b"</main>")?;
        out.write_all(foot.as_bytes())
    }
}

/// How many statements are cooperative, opposed and neutral, without those about the own side.
fn stances(article: &Classified) -> [usize; 3] {
    let of = |count: fn(&PartyStance) -> usize| article.report.parties.iter().map(count).sum();
    [of(|p| p.cooperative), of(|p| p.opposed), of(|p| p.neutral)]
}

fn split([cooperative, opposed, neutral]: [usize; 3]) -> String {
    format!("{} cooperative, {} opposed, {} neutral", count(cooperative), count(opposed), count(neutral))
}

fn list(contents: &[Entry]) -> Markup {
    let counts = contents.iter().fold([0; 3], |sum, entry| [0, 1, 2].map(|n| sum[n] + entry.counts[n]));
    html! {
        p.asked { (counted(contents.len(), "article")) " with " (counted(counts.iter().sum(), "statement")) ": " (split(counts)) "." }
        @if !contents.is_empty() {
            nav aria-label="Articles" {
                details open[contents.len() < LONG] {
                    summary { "Articles" }
                    ol.contents {
                        @for (n, entry) in contents.iter().enumerate() {
                            li {
                                a href={ "#a" (n + 1) } { (entry.title) } @if let Some(date) = &entry.date { ", " (day(date)) }
                                ": " @if entry.counts == [0; 3] { "no statements" } @else { (split(entry.counts)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What there is to see, in a sentence or two.
fn summary(article: &Classified, counts: [usize; 3]) -> String {
    let parties = &article.report.parties;
    let who = match parties.len() {
        1 => "1 party".to_owned(),
        n => format!("{n} parties"),
    };
    let mut words = format!("{} of {who}: {}.", counted(counts.iter().sum(), "statement"), split(counts));
    for (stance, what) in [(Stance::Cooperative, "On the cooperative side"), (Stance::Opposed, "On the opposed side")] {
        let on: Vec<String> = parties
            .iter()
            .filter(|p| leaning(p.net_stance) == stance)
            .map(|p| format!("{} ({})", p.name, signed(p.net_stance)))
            .collect();
        if !on.is_empty() {
            words += &format!(" {what}: {}.", on.join(", "));
        }
    }
    words
}

fn id(article: usize, statement: usize) -> String {
    format!("a{article}-s{statement}")
}

fn party(p: &PartyStance, article: &Classified, number: usize) -> Figure {
    let own = |s: &Statement| s.party == p.party && !s.domestic;
    let quotes: Vec<Quote> =
        article.statements.iter().enumerate().filter(|(_, s)| own(s)).map(|(n, s)| quote(n, s, number)).collect();
    Figure {
        id: format!("a{number}-{}", p.party),
        who: html! { (p.name) },
        small: false,
        net: p.net_stance,
        ci95: p.ci95,
        side: leaning(p.net_stance).name(),
        statements: p.statements,
        articles: None,
        counts: [p.cooperative, p.opposed, p.neutral],
        tone: p.sentiment,
        tone_ci95: None,
        behind: html! {
            @if !p.toward.is_empty() {
                p.towards {
                    "Towards "
                    @for (n, t) in p.toward.iter().enumerate() {
                        @if n > 0 { ", " }
                        (name(&t.party)) " " (signed(t.net_stance)) " (" (t.statements) ")"
                    }
                }
            }
            (behind(&p.name, quotes.len(), &quotes))
        },
    }
}

fn quote(n: usize, s: &Statement, article: usize) -> Quote<'_> {
    Quote {
        party: &s.party,
        target: s.target.as_deref(),
        stance: s.stance.name(),
        probability: s.probabilities.of(s.stance),
        text: &s.text,
        href: format!("#{}", id(article, n)),
        place: None,
    }
}

fn text(article: &Classified, number: usize) -> Markup {
    let marks: Vec<Mark> = article
        .statements
        .iter()
        .enumerate()
        .map(|(n, s)| Mark {
            id: id(number, n),
            start: s.start,
            end: s.end,
            stance: s.stance.name(),
            tag: tag(&s.party, s.target.as_deref(), s.stance.name(), None),
        })
        .collect();
    marked(&article.document.text, &marks)
}
