//! What a page shows, in a few sentences before the figures.

use maud::{Markup, html};

use super::probability;
use crate::compare::{Comparison, Group, Matrix, Timeline};
use crate::report::format::page::{count, counted, day, range, signed};

/// The groups that rest on enough.
fn solid(groups: &[Group]) -> Vec<&Group> {
    groups.iter().filter(|g| !g.small).collect()
}

fn days<'a>(groups: impl Iterator<Item = &'a Group> + Clone) -> Option<Markup> {
    let first = groups.clone().filter_map(|g| g.first_day).min()?;
    let last = groups.filter_map(|g| g.last_day).max()?;
    Some(html! { "The statements are from " (day(first)) @if first != last { " to " (day(last)) } "." })
}

fn figure(group: &Group) -> String {
    format!("{} (95 % interval {})", signed(group.net_stance), range(group.ci95))
}

/// The two ends of groups that are given with their place in the page.
fn ends(groups: &[Group], what: &str) -> Vec<Markup> {
    let solid = solid(groups);
    if solid.is_empty() {
        return vec![
            html! { "Each " (what) " rests on few articles or statements, too few to say who stands highest or lowest." },
        ];
    }
    let linked = |group: &Group| {
        let n = groups.iter().position(|g| g.subject == group.subject).unwrap_or_default();
        html! { a href={ "#g" (n) } { (group.subject.title()) } }
    };
    let by_net = |a: &&&Group, b: &&&Group| a.net_stance.total_cmp(&b.net_stance);
    // Those beyond chance go before larger ones that are not.
    let above = solid.iter().filter(|g| g.ci95[0] > 0.0).max_by(by_net).or_else(|| solid.iter().max_by(by_net));
    let below = solid.iter().filter(|g| g.ci95[1] < 0.0).min_by(by_net).or_else(|| solid.iter().min_by(by_net));
    let (Some(low), Some(high)) = (below, above) else {
        return Vec::new();
    };
    let most = match high {
        high if high.ci95[0] > 0.0 => "Most cooperative: ",
        high if high.net_stance > 0.0 => "Highest, though not above zero beyond chance: ",
        _ => "Least opposed: ",
    };
    let mut lines = vec![html! { (most) (linked(high)) ", net stance " (figure(high)) "." }];
    if low.subject != high.subject {
        let most = match low {
            low if low.ci95[1] < 0.0 => "Most opposed: ",
            low if low.net_stance < 0.0 => "Lowest, though not below zero beyond chance: ",
            _ => "Least cooperative: ",
        };
        lines.push(html! { (most) (linked(low)) ", net stance " (figure(low)) "." });
    }
    let few = groups.iter().filter(|g| g.small && g.statements > 0).count();
    if few > 0 {
        lines.push(html! { (count(few)) " of " (count(groups.len())) " rest on few articles or statements and are not considered in this." });
    }
    lines
}

pub fn comparison(answer: &Comparison) -> Vec<Markup> {
    let mut lines: Vec<Markup> = days(answer.groups.iter()).into_iter().collect();
    if answer.groups.is_empty() {
        return lines;
    }
    lines.extend(ends(&answer.groups, "figure"));
    let largest = |of: &[&crate::compare::Difference]| {
        of.iter().copied().max_by(|a, b| a.difference.abs().total_cmp(&b.difference.abs())).cloned()
    };
    let sure: Vec<_> = answer.differences.iter().filter(|d| d.significant).collect();
    if let Some(d) = largest(&sure) {
        lines.push(html! {
            (count(sure.len())) " of " (counted(answer.differences.len(), "difference")) @if sure.len() == 1 { " is" } @else { " are" }
            " beyond chance, the largest that of " (d.of.title()) " from " (d.from.title()) ": " (signed(d.difference))
            " (" (range(d.ci95)) ")."
        });
    } else if !answer.differences.is_empty() {
        lines.push(html! { "No difference is beyond chance." });
    }
    lines
}

pub fn timeline(answer: &Timeline) -> Vec<Markup> {
    let mut lines: Vec<Markup> = days(answer.series.iter().flat_map(|s| &s.periods)).into_iter().collect();
    for (n, series) in answer.series.iter().enumerate() {
        let sure: Vec<_> = series.changes.iter().filter(|c| c.significant).collect();
        lines.push(html! {
            a href={ "#series-" (n) } { (series.subject.who()) } ": "
            @if sure.is_empty() { "no change beyond chance." }
            @for (n, change) in sure.iter().enumerate() {
                @if n > 0 { "; " }
                "from " (signed(change.before)) " to " (signed(change.after)) " on " (day(change.date)) " (p " (probability(change.p)) ")"
            }
            @if !sure.is_empty() { "." }
        });
    }
    lines
}

pub fn matrix(answer: &Matrix) -> Vec<Markup> {
    let mut lines: Vec<Markup> = days(answer.cells.iter()).into_iter().collect();
    if !answer.cells.is_empty() {
        lines.extend(ends(&answer.cells, "pair"));
    }
    lines
}
