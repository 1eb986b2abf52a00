//! Charts as SVG, drawn in the page's own colours.

use maud::{Markup, html};

use crate::compare::{Change, Group, Series};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
/// Room for the scale on the left, and for dates below.
const LEFT: f64 = 40.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 10.0;
const RIGHT: f64 = 12.0;

/// A net stance with its interval on a scale from -1 to 1. The figures stand beside it in the table.
pub fn whisker(group: &Group) -> Markup {
    let x = |value: f64| 5.0 + (value + 1.0) * 95.0;
    let [low, high] = group.ci95;
    html! {
        svg.whisker viewBox="0 0 200 18" aria-hidden="true" {
            line.axis x1=(x(-1.0)) y1="9" x2=(x(1.0)) y2="9" {}
            line.zero x1=(x(0.0)) y1="1" x2=(x(0.0)) y2="17" {}
            @if group.statements > 0 {
                line class={ "interval " (side(group)) } x1=(at(x(low))) y1="9" x2=(at(x(high))) y2="9" {}
                circle class=(side(group)) cx=(at(x(group.net_stance))) cy="9" r="4.5" {}
            }
        }
    }
}

/// The side that a group's interval lies on, as the name of a class.
pub fn side(group: &Group) -> &'static str {
    if group.ci95[0] > 0.0 {
        "cooperative"
    } else if group.ci95[1] < 0.0 {
        "opposed"
    } else {
        "neutral"
    }
}

fn at(value: f64) -> String {
    format!("{value:.1}")
}

/// Net stance over time with its intervals and change points.
pub fn line(series: &Series, number: usize) -> Markup {
    let points: Vec<(f64, &Group)> = series.periods.iter().filter_map(|g| Some((middle(g)?, g))).collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return html! {};
    };
    let (start, end) = (first.0, last.0);
    let x = |day: f64| {
        let share = if end > start { (day - start) / (end - start) } else { 0.5 };
        LEFT + share * (WIDTH - LEFT - RIGHT)
    };
    let y = |net: f64| TOP + (1.0 - net) / 2.0 * (HEIGHT - TOP - BOTTOM);
    let corner = |day: f64, net: f64| format!("{:.1},{:.1}", x(day), y(net));
    let above = points.iter().map(|(day, g)| corner(*day, g.ci95[1]));
    let band: Vec<String> = above.chain(points.iter().rev().map(|(day, g)| corner(*day, g.ci95[0]))).collect();
    let path: Vec<String> = points.iter().map(|(day, g)| corner(*day, g.net_stance)).collect();
    // Labels every so many periods, so that they do not run into each other.
    let step = points.len().div_ceil(8);
    let title = format!("chart-{number}");
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby=(title) {
            title id=(title) { (description(series)) }
            @for tick in [-1.0, -0.5, 0.0, 0.5, 1.0] {
                line class=(if tick == 0.0 { "zero" } else { "axis" }) x1=(LEFT) y1=(at(y(tick))) x2=(WIDTH - RIGHT) y2=(at(y(tick))) {}
                text x=(LEFT - 6.0) y=(at(y(tick) + 4.0)) text-anchor="end" { (format!("{tick:+.1}")) }
            }
            polygon.band points=(band.join(" ")) {}
            polyline.path points=(path.join(" ")) {}
            @for (n, (day, group)) in points.iter().enumerate() {
                circle class=(if group.small { "point small" } else { "point" }) cx=(at(x(*day))) cy=(at(y(group.net_stance))) r="4" {
                    title { (group.subject.part().unwrap_or_default()) ": " (super::net(group)) " of " (group.statements) " statements" }
                }
                @if n % step == 0 {
                    text x=(at(x(*day))) y=(HEIGHT - 8.0) text-anchor=(anchor(n, points.len())) { (group.subject.part().unwrap_or_default()) }
                }
            }
            @for change in series.changes.iter().filter(|c| c.significant) {
                (mark(change, &x, &y))
            }
        }
    }
}

fn anchor(n: usize, count: usize) -> &'static str {
    match n {
        0 if count > 1 => "start",
        _ if n + 1 == count && count > 1 => "end",
        _ => "middle",
    }
}

fn mark(change: &Change, x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64) -> Markup {
    let at_day = x(f64::from(change.date.day_number())).clamp(LEFT, WIDTH - RIGHT);
    html! {
        line.change x1=(at(at_day)) y1=(at(y(1.0))) x2=(at(at_day)) y2=(at(y(-1.0))) {}
        text.change x=(at(at_day)) y=(at(y(1.0) + 10.0)) text-anchor=(if at_day > WIDTH - 120.0 { "end" } else { "start" }) dx=(if at_day > WIDTH - 120.0 { "-4" } else { "4" }) { (change.date) }
    }
}

/// The day in the middle of those that have statements.
fn middle(group: &Group) -> Option<f64> {
    Some(f64::from(group.first_day?.day_number() + group.last_day?.day_number()) / 2.0)
}

fn description(series: &Series) -> String {
    let changes: Vec<String> = series
        .changes
        .iter()
        .filter(|c| c.significant)
        .map(|c| format!("{}, from {:+.2} to {:+.2}", c.date, c.before, c.after))
        .collect();
    let changes = if changes.is_empty() {
        "No change point.".to_owned()
    } else {
        format!("Change points: {}.", changes.join("; "))
    };
    format!(
        "Net stance of {} in {} periods, from -1 (opposed) to +1 (cooperative), with 95 % intervals. {changes}",
        series.subject.who(),
        series.periods.len()
    )
}
