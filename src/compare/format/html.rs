//! A page that stands alone: figures, and under each the statements behind it, with a link to their place in the article.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::{chart, heat, notes, probability, summary};
use crate::compare::{Change, Comparison, Difference, Group, Matrix, Series, Subject, Timeline};
use crate::error::Result;
use crate::report::format::page::{
    Figure, Mark, Quote, bar, bars_head, behind, count, counted, day, figures, frame, legend, marked, range, scale,
    signed, tag,
};
use crate::store::{Evidence, Store, StoredArticle};

const CSS: &str = include_str!("compare.css");

/// More differences than these are folded away where they are within chance.
const MANY: usize = 12;

/// Collects the statements that figures rest on, so that their articles can stand at the end.
pub struct Page<'a> {
    store: &'a Store,
    /// How many statements are shown under a figure.
    limit: usize,
    shown: BTreeMap<i64, BTreeMap<i64, Evidence>>,
}

/// A part of a page, as the list of its parts names it.
type Part = (String, String);

fn part(id: &str, name: &str) -> Part {
    (id.to_owned(), name.to_owned())
}

impl<'a> Page<'a> {
    pub fn new(store: &'a Store, limit: usize) -> Self {
        Self { store, limit, shown: BTreeMap::new() }
    }

    pub fn comparison(mut self, asked: &str, answer: &Comparison) -> Result<String> {
        if answer.groups.iter().all(|g| g.statements == 0) {
            return self.nothing("Stance compared", asked, answer.undated);
        }
        let body = html! {
            section id="figures" {
                h2 { "Net stance" }
                (self.groups(("Net stance", "Who"), "g", &answer.groups, |group| group.subject.title())?)
                (listed(notes(answer.left_out, answer.undated, answer.groups.iter().any(|g| g.small))))
            }
            (differences(answer))
        };
        let mut parts = vec![part("figures", "Net stance")];
        if !answer.differences.is_empty() {
            parts.push(part("differences", "Differences"));
        }
        self.whole("Stance compared", asked, &summary::comparison(answer), parts, &body)
    }

    pub fn timeline(mut self, asked: &str, answer: &Timeline) -> Result<String> {
        if answer.series.iter().all(|s| s.periods.is_empty()) {
            return self.nothing("Stance over time", asked, answer.undated);
        }
        let mut sections = Vec::new();
        let mut parts = Vec::new();
        for (number, series) in answer.series.iter().enumerate() {
            sections.push(self.series(series, number)?);
            parts.push((format!("series-{number}"), series.subject.who()));
        }
        let small = answer.series.iter().flat_map(|s| &s.periods).any(|g| g.small);
        let body = html! {
            @for section in &sections { (section) }
            (listed(notes(answer.left_out, answer.undated, small)))
        };
        self.whole("Stance over time", asked, &summary::timeline(answer), parts, &body)
    }

    pub fn matrix(mut self, asked: &str, answer: &Matrix) -> Result<String> {
        if answer.cells.is_empty() {
            return self.nothing("Who stands how to whom", asked, 0);
        }
        let pairs =
            self.groups(("Net stance of each pair", "Pair"), "g", &answer.cells, |group| group.subject.title())?;
        let body = html! {
            section id="heatmap" {
                h2 { "All pairs at a glance" }
                (heat::map(answer))
                @if answer.others > 0 {
                    p.note { "Not in it: " (counted(answer.others, "statement")) " of these parties aimed at others or at nobody." }
                }
            }
            section id="figures" {
                h2 { "Each pair" }
                (pairs)
                (listed(notes(0, 0, answer.cells.iter().any(|g| g.small))))
            }
        };
        let parts = vec![part("heatmap", "All pairs at a glance"), part("figures", "Each pair")];
        self.whole("Who stands how to whom", asked, &summary::matrix(answer), parts, &body)
    }

    fn nothing(self, title: &str, asked: &str, undated: usize) -> Result<String> {
        let body = html! { p { "No statements to show." } (listed(notes(0, undated, false))) };
        self.whole(title, asked, &[], Vec::new(), &body)
    }

    fn series(&mut self, series: &Series, number: usize) -> Result<Markup> {
        let who = series.subject.who();
        let (sure, likeliest): (Vec<&Change>, Vec<&Change>) = series.changes.iter().partition(|c| c.significant);
        let mut changes = Vec::new();
        for change in sure.iter().chain(&likeliest) {
            changes.push(self.change(change)?);
        }
        let period = |group: &Group| group.subject.part().unwrap_or_default().to_owned();
        let periods = self.groups(
            (&format!("Net stance of {who} in each period"), "Period"),
            &format!("series-{number}-"),
            &series.periods,
            period,
        )?;
        Ok(html! {
            section id={ "series-" (number) } {
                h2 { (who) }
                figure aria-label={ "Net stance of " (who) " over time" } {
                    (chart::line(series, number))
                    figcaption {
                        "Net stance in each period, above zero cooperative and below opposed, with its 95 % interval in blue. "
                        "Open points rest on few articles or statements; dotted lines cross periods without any."
                        @if !sure.is_empty() { " Dashed lines are change points, grey levels the mean between them." }
                        span.screen { " Each point leads to its period." }
                    }
                }
                h3 { @if sure.len() > 1 { "Changes" } @else { "Change" } }
                @if let Some(first) = likeliest.first() {
                    p {
                        "None beyond chance. Likeliest would be "
                        @for (n, change) in likeliest.iter().enumerate() { @if n > 0 { " and " } (day(change.date)) }
                        " (p " (probability(first.p)) ")."
                    }
                    details.rest {
                        summary { "What speaks for it" }
                        ul.changes { @for change in &changes { (change) } }
                    }
                } @else if changes.is_empty() {
                    p { "Too few days with statements to look for any." }
                } @else {
                    ul.changes { @for change in &changes { (change) } }
                }
                h3 { "Periods" }
                (periods)
            }
        })
    }

    fn change(&mut self, change: &Change) -> Result<Markup> {
        let mut articles = Vec::new();
        for driver in &change.articles {
            let article = self.store.article(driver.article)?;
            let title = article.title.unwrap_or(article.name);
            let evidence = self.evidence(&title, &driver.evidence, true)?;
            articles.push(html! {
                li { (title) ", " (day(driver.date)) ": net stance " (signed(driver.net_stance)) (evidence) }
            });
        }
        Ok(html! {
            li {
                p {
                    strong { (day(change.date)) } ": from " b { (signed(change.before)) } " before to " b { (signed(change.after)) }
                    " after; difference " (signed(change.difference)) " (95 % interval " (range(change.ci95)) "), p " (probability(change.p)) "."
                    @if !articles.is_empty() { " The articles that drove it:" }
                }
                @if !articles.is_empty() { ol { @for article in &articles { (article) } } }
            }
        })
    }

    /// A row for each group: its figures, and behind them its statements.
    fn groups(
        &mut self,
        (label, head): (&str, &str),
        id: &str,
        groups: &[Group],
        who: impl Fn(&Group) -> String,
    ) -> Result<Markup> {
        let mut rows = Vec::new();
        for (n, group) in groups.iter().enumerate() {
            rows.push(Figure {
                id: format!("{id}{n}"),
                who: html! { (who(group)) },
                small: group.small,
                net: group.net_stance,
                ci95: group.ci95,
                side: side(group.ci95),
                statements: group.statements,
                articles: Some(group.articles),
                counts: [group.cooperative, group.opposed, group.neutral],
                tone: group.sentiment,
                tone_ci95: Some(group.sentiment_ci95),
                behind: self.evidence(&group.subject.title(), &group.evidence, false)?,
            });
        }
        let caption = "Net stance is (cooperative − opposed) / statements, from −1 to +1, with its 95 % interval by bootstrap over articles; \
                       in colour where that lies on one side of zero. Tone says how the words sound, from −1 to +1.";
        Ok(figures(label, head, caption, &rows))
    }

    /// Statements to open and read: all of them, or some spread evenly where they are many. Where all are of one article
    /// that is named already, they do not name it again.
    fn evidence(&mut self, of: &str, statements: &[i64], one_article: bool) -> Result<Markup> {
        let total = statements.len();
        let shown = total.min(self.limit);
        let chosen: Vec<i64> = (0..shown).map(|n| statements[n * total / shown]).collect();
        let evidence = self.store.evidence(&chosen)?;
        for one in &evidence {
            self.shown.entry(one.article_id).or_default().insert(one.statement, one.clone());
        }
        let quotes: Vec<Quote> = evidence.iter().map(|e| quote(e, one_article)).collect();
        Ok(behind(of, total, &quotes))
    }

    fn whole(
        self,
        title: &str,
        asked: &str,
        summary: &[Markup],
        mut parts: Vec<Part>,
        body: &Markup,
    ) -> Result<String> {
        let mut articles = Vec::new();
        for (id, shown) in &self.shown {
            articles.push(article(&self.store.article(*id)?, shown));
        }
        if !articles.is_empty() {
            parts.push(part("articles", "Articles"));
        }
        let (head, foot) = frame(&format!("{title}: {asked}"), CSS);
        let page = html! {
            (PreEscaped(head))
            header {
                h1 { (title) }
                p.asked { (sentence(asked)) }
                @if !parts.is_empty() {
                    nav aria-label="Parts of this page" {
                        ul { @for (id, name) in &parts { li { a href={ "#" (id) } { (name) } } } }
                    }
                }
            }
            main {
                @if !summary.is_empty() {
                    section.summary id="summary" {
                        h2 { "Summary" }
                        ul { @for line in summary { li { (line) } } }
                    }
                }
                (body)
                @if !articles.is_empty() {
                    section.articles id="articles" {
                        h2 { "Articles" }
                        p { (counted(articles.len(), "article")) " that the statements shown above come from." }
                        (legend())
                        @for article in &articles { (article) }
                    }
                    (paper())
                }
            }
            (PreEscaped(foot))
        };
        Ok(page.into_string())
    }
}

/// What printing takes along. Style sheets read it; no script is needed.
fn paper() -> Markup {
    let choices = [
        ("figures", "figures only"),
        ("few", "figures, with up to three statements under each"),
        ("all", "figures, with all statements above"),
        ("whole", "all of it, the articles too"),
    ];
    html! {
        fieldset.paper {
            legend { "When this page is printed, take along" }
            @for (value, words) in choices {
                label { input type="radio" name="paper" id={ "paper-" (value) } value=(value) checked[value == "few"]; " " (words) }
            }
        }
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The side that an interval lies on, as the name of a class.
fn side([low, high]: [f64; 2]) -> &'static str {
    if low > 0.0 {
        "cooperative"
    } else if high < 0.0 {
        "opposed"
    } else {
        "neutral"
    }
}

fn quote(e: &Evidence, one_article: bool) -> Quote<'_> {
    let title = e.title.as_deref().unwrap_or(&e.article);
    let place = || e.date.as_ref().map_or_else(|| title.to_owned(), |date| format!("{title}, {date}"));
    Quote {
        party: &e.party,
        target: e.target.as_deref(),
        stance: &e.stance,
        probability: e.probability,
        text: &e.text,
        href: format!("#s{}", e.statement),
        place: (!one_article).then(place),
    }
}

fn listed(notes: Vec<String>) -> Markup {
    html! { @for note in notes { p.note { (note) } } }
}

fn differences(answer: &Comparison) -> Markup {
    let all = &answer.differences;
    let (sure, rest): (Vec<&Difference>, Vec<&Difference>) = all.iter().partition(|d| d.significant);
    let folded = all.len() > MANY && !rest.is_empty();
    let scale = scale(all.iter().map(|d| (d.difference, d.ci95, d.small)));
    html! {
        @if !all.is_empty() {
            section id="differences" {
                h2 { "Differences" }
                p {
                    (count(sure.len())) " of " (counted(all.len(), "difference"))
                    @if sure.len() == 1 { " is" } @else { " are" } " beyond chance: p below 0.05 when corrected for their number by Holm's method."
                }
                @if folded {
                    @if !sure.is_empty() { (table("Differences beyond chance", &sure, &answer.groups, scale)) }
                    details.rest {
                        summary { (counted(rest.len(), "difference")) " within chance" }
                        (table("Differences within chance", &rest, &answer.groups, scale))
                    }
                } @else {
                    (table("Differences", &all.iter().collect::<Vec<_>>(), &answer.groups, scale))
                }
            }
        }
    }
}

fn table(label: &str, differences: &[&Difference], groups: &[Group], scale: f64) -> Markup {
    let place = |subject: &Subject| groups.iter().position(|g| g.subject == *subject);
    let linked = |subject: &Subject| {
        html! {
            @if let Some(n) = place(subject) { a href={ "#g" (n) } { (subject.title()) } } @else { (subject.title()) }
        }
    };
    html! {
        table.figures.differences role="table" aria-label=(label) {
            caption { "Net stance of the first less that of the second, with its 95 % interval." }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "First and second" }
                (bars_head(scale, "second higher", "first higher"))
                @for head in ["Difference", "p", "p (Holm)", "Beyond chance"] { th role="columnheader" scope="col" { (head) } }
            } }
            tbody role="rowgroup" {
                @for d in differences {
                    tr role="row" {
                        th role="rowheader" scope="row" { (linked(&d.of)) " less " (linked(&d.from)) @if d.small { " *" } }
                        td.bars role="cell" { (bar(d.difference, d.ci95, scale, if d.significant { side(d.ci95) } else { "neutral" })) }
                        td.net role="cell" { span.value { (signed(d.difference)) } " " small { (range(d.ci95)) } }
                        td role="cell" { span.label aria-hidden="true" { "p" } " " (probability(d.p)) }
                        td role="cell" { span.label aria-hidden="true" { "p (Holm)" } " " (probability(d.p_holm)) }
                        td role="cell" { span.label aria-hidden="true" { "Beyond chance" } " " @if d.significant { "yes" } @else { "no" } }
                    }
                }
            }
        }
    }
}

/// The article with the statements that figures name marked.
fn article(article: &StoredArticle, shown: &BTreeMap<i64, Evidence>) -> Markup {
    let mut evidence: Vec<&Evidence> = shown.values().collect();
    evidence.sort_by_key(|e| (e.start, e.statement));
    let marks: Vec<Mark> = evidence
        .into_iter()
        .map(|e| Mark {
            id: format!("s{}", e.statement),
            start: e.start,
            end: e.end,
            stance: &e.stance,
            tag: tag(&e.party, e.target.as_deref(), &e.stance, None),
        })
        .collect();
    html! {
        article {
            h3 { (article.title.as_deref().unwrap_or(&article.name)) }
            p.date { @if let Some(date) = &article.date { (day(date)) " · " } a href="#top" { "Back to the figures" } }
            div.text { (marked(&article.text, &marks)) }
        }
    }
}
