//! A page that stands alone: figures, and under each the statements behind it, with a link to their place in the article.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{chart, net, notes, probability, range};
use crate::compare::{Comparison, Difference, Group, Matrix, Series, Timeline};
use crate::error::Result;
use crate::store::{Evidence, Store, StoredArticle};

const CSS: &str = concat!(include_str!("../../report/format/page.css"), include_str!("compare.css"));

/// Collects the statements that figures rest on, so that their articles can stand at the end.
pub struct Page<'a> {
    store: &'a Store,
    /// How many statements are shown under a figure.
    limit: usize,
    shown: BTreeMap<i64, BTreeMap<i64, Evidence>>,
}

impl<'a> Page<'a> {
    pub fn new(store: &'a Store, limit: usize) -> Self {
        Self { store, limit, shown: BTreeMap::new() }
    }

    pub fn comparison(mut self, asked: &str, answer: &Comparison) -> Result<String> {
        let body = html! {
            section {
                h2 { "Net stance" }
                (self.groups(&answer.groups)?)
                (listed(notes(answer.left_out, answer.undated, answer.groups.iter().any(|g| g.small))))
            }
            (differences(&answer.differences))
        };
        self.whole("Stance compared", asked, &body)
    }

    pub fn timeline(mut self, asked: &str, answer: &Timeline) -> Result<String> {
        let mut sections = Vec::new();
        for (number, series) in answer.series.iter().enumerate() {
            sections.push(self.series(series, number)?);
        }
        let small = answer.series.iter().flat_map(|s| &s.periods).any(|g| g.small);
        let body = html! {
            @for section in &sections { (section) }
            (listed(notes(answer.left_out, answer.undated, small)))
        };
        self.whole("Stance over time", asked, &body)
    }

    pub fn matrix(mut self, asked: &str, answer: &Matrix) -> Result<String> {
        let figures = self.groups(&answer.cells)?;
        let body = html! {
            section {
                h2 { "Who stands how to whom" }
                (heatmap(answer))
                (legend())
                @if answer.others > 0 {
                    p.note { (answer.others) " statements of these parties are aimed at others or at nobody." }
                }
            }
            section {
                h2 { "Each pair" }
                (figures)
                (listed(notes(0, 0, answer.cells.iter().any(|g| g.small))))
            }
        };
        self.whole("Who stands how to whom", asked, &body)
    }

    fn series(&mut self, series: &Series, number: usize) -> Result<Markup> {
        let mut changes = Vec::new();
        for change in &series.changes {
            let ids: Vec<i64> = change.articles.iter().flat_map(|a| a.evidence.iter().copied()).collect();
            let evidence = self.evidence(&ids)?;
            changes.push(html! {
                li {
                    strong { (change.date) } @if !change.significant { " (the likeliest day, but not beyond chance)" } ": net stance " (format!("{:+.2}", change.before)) " before, "
                    (format!("{:+.2}", change.after)) " after; difference " (format!("{:+.2}", change.difference))
                    " (" (range(change.ci95)) "), p " (probability(change.p)) ". Articles that drove it:"
                    (evidence)
                }
            });
        }
        let periods = self.groups(&series.periods)?;
        Ok(html! {
            section {
                h2 { (series.subject.who()) }
                figure {
                    (chart::line(series, number))
                    figcaption {
                        "Net stance in each period with its 95 % interval; open points rest on few articles or statements."
                        @if series.changes.iter().any(|c| c.significant) { " Dashed lines are change points." }
                    }
                }
                h3 { "Change points" }
                @if changes.is_empty() { p { "Too few days with statements to look for any." } }
                @else { ul.changes { @for change in &changes { (change) } } }
                h3 { "Periods" }
                (periods)
            }
        })
    }

    /// A row for each group: its figures, and behind them its statements.
    fn groups(&mut self, groups: &[Group]) -> Result<Markup> {
        let mut rows = Vec::new();
        for group in groups {
            let evidence = self.evidence(&group.evidence)?;
            rows.push(html! {
                tr {
                    th scope="row" { (group.subject.title()) @if group.small { abbr title="fewer than 10 articles or 30 statements" { " *" } } }
                    td { (chart::whisker(group)) }
                    td class=(chart::side(group)) { (net(group)) }
                    td { (range(group.ci95)) }
                    td { (group.statements) } td { (group.articles) }
                    td { (group.cooperative) } td { (group.opposed) } td { (group.neutral) }
                    td { (format!("{:+.2}", group.sentiment)) } td { (range(group.sentiment_ci95)) }
                }
                @if !group.evidence.is_empty() {
                    tr.behind { td colspan="11" { (evidence) } }
                }
            });
        }
        Ok(html! {
            div.scroll tabindex="0" role="region" aria-label="Net stance, table" { table.figures {
                caption {
                    "Net stance is (cooperative − opposed) / statements, from −1 to +1; tone is the mean sentiment. "
                    "Intervals are 95 %, by bootstrap over articles."
                }
                thead { tr {
                    th scope="col" { "Who" } th scope="col" { span.hidden { "Chart" } } th scope="col" { "Net" }
                    th scope="col" { "Interval" } th scope="col" { "Statements" } th scope="col" { "Articles" }
                    th scope="col" { "Coop." } th scope="col" { "Opp." } th scope="col" { "Neutral" }
                    th scope="col" { "Tone" } th scope="col" { "Interval" }
                } }
                tbody { @for row in &rows { (row) } }
            } }
        })
    }

    /// Statements to open and read: all of them, or some spread evenly where they are many.
    fn evidence(&mut self, statements: &[i64]) -> Result<Markup> {
        let count = statements.len();
        let chosen: Vec<i64> = if count <= self.limit {
            statements.to_vec()
        } else {
            (0..self.limit).map(|n| statements[n * count / self.limit]).collect()
        };
        let evidence = self.store.evidence(&chosen)?;
        for one in &evidence {
            self.shown.entry(one.article_id).or_default().insert(one.statement, one.clone());
        }
        Ok(html! {
            details {
                summary {
                    @if count <= self.limit { (count) @if count == 1 { " statement" } @else { " statements" } }
                    @else { (self.limit) " of " (count) " statements, spread evenly" }
                }
                ul.statements {
                    @for e in &evidence {
                        li {
                            span class={ "tag " (e.stance) } {
                                (e.party) "→" (e.target.as_deref().unwrap_or("–")) " " (e.stance) " " (format!("{:.2}", e.probability))
                            }
                            " " q { (e.text) } " "
                            a href={ "#s" (e.statement) } { (e.title.as_deref().unwrap_or(&e.article)) @if let Some(date) = &e.date { ", " (date) } }
                        }
                    }
                }
            }
        })
    }

    fn whole(self, title: &str, asked: &str, body: &Markup) -> Result<String> {
        let mut articles = Vec::new();
        for (id, shown) in &self.shown {
            articles.push(article(&self.store.article(*id)?, shown));
        }
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) ": " (asked) }
                    style { (PreEscaped(CSS)) }
                }
                body {
                    main {
                        header { h1 { (title) } p.asked { (asked) } }
                        (body)
                        @if !articles.is_empty() {
                            section.articles {
                                h2 { "Articles" }
                                @for article in &articles { (article) }
                            }
                        }
                    }
                }
            }
        };
        Ok(page.into_string() + "\n")
    }
}

fn listed(notes: Vec<String>) -> Markup {
    html! { @for note in notes { p.note { (note) } } }
}

fn differences(differences: &[Difference]) -> Markup {
    html! {
        @if !differences.is_empty() {
            section {
                h2 { "Differences" }
                div.scroll tabindex="0" role="region" aria-label="Differences, table" { table {
                    caption {
                        "Net stance of the first less that of the second. p (Holm) is corrected for " (differences.len())
                        @if differences.len() == 1 { " difference." } @else { " differences." }
                    }
                    thead { tr {
                        th scope="col" { "Of" } th scope="col" { "From" } th scope="col" { "Difference" }
                        th scope="col" { "Interval" } th scope="col" { "p" } th scope="col" { "p (Holm)" }
                        th scope="col" { "Beyond chance" }
                    } }
                    tbody {
                        @for d in differences {
                            tr {
                                th scope="row" { (d.of.title()) } td { (d.from.title()) }
                                td { (format!("{:+.2}", d.difference)) } td { (range(d.ci95)) }
                                td { (probability(d.p)) } td { (probability(d.p_holm)) }
                                td { @if d.significant { "yes" } @else { "no" } @if d.small { " *" } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// The class of a cell's colour, from strongly opposed to strongly cooperative.
fn shade(net: f64) -> &'static str {
    match net {
        n if n <= -0.5 => "opposed-2",
        n if n <= -0.15 => "opposed-1",
        n if n < 0.15 => "even",
        n if n < 0.5 => "cooperative-1",
        _ => "cooperative-2",
    }
}

fn heatmap(matrix: &Matrix) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Heatmap of pairs" { table.heat {
            caption { "Net stance of the party in the row towards the party in the column, with the number of statements." }
            thead { tr {
                th scope="col" { "Party" }
                @for toward in &matrix.towards { th scope="col" { (toward) } }
            } }
            tbody {
                @for party in &matrix.parties {
                    tr {
                        th scope="row" { (party) }
                        @for toward in &matrix.towards {
                            @match matrix.cell(party, toward) {
                                Some(cell) => td class=(shade(cell.net_stance)) {
                                    (net(cell)) @if cell.small { "*" } small { (cell.statements) }
                                },
                                None => td.none { span.hidden { "none" } },
                            }
                        }
                    }
                }
            }
        } }
    }
}

fn legend() -> Markup {
    let steps = [
        ("opposed-2", "−1 to −0.5"),
        ("opposed-1", "to −0.15"),
        ("even", "to +0.15"),
        ("cooperative-1", "to +0.5"),
        ("cooperative-2", "to +1"),
    ];
    html! { p.legend { @for (class, words) in steps { span class=(class) { (words) } } } }
}

/// The article with the statements that figures name marked.
fn article(article: &StoredArticle, shown: &BTreeMap<i64, Evidence>) -> Markup {
    let characters: Vec<char> = article.text.chars().collect();
    let between = |from: usize, to: usize| -> String {
        characters.get(from..to.min(characters.len())).map(|c| c.iter().collect()).unwrap_or_default()
    };
    let mut marks: Vec<&Evidence> = shown.values().collect();
    marks.sort_by_key(|e| (e.start, e.statement));
    let mut parts = Vec::new();
    let mut at = 0;
    for same in marks.chunk_by(|a, b| a.start == b.start) {
        let (start, end) = (same[0].start, same[0].end);
        parts.push(html! {
            (between(at, start))
            @for e in same { span id={ "s" (e.statement) } {} }
            mark class=(same[0].stance) { (between(start, end)) }
            @for e in same {
                span class={ "tag " (e.stance) } { (e.party) "→" (e.target.as_deref().unwrap_or("–")) " " (e.stance) }
            }
        });
        at = end;
    }
    html! {
        article {
            h3 { (article.title.as_deref().unwrap_or(&article.name)) }
            @if let Some(date) = &article.date { p.date { (date) } }
            div.text { @for part in &parts { (part) } (between(at, characters.len())) }
        }
    }
}
