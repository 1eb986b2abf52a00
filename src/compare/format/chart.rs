//! Stance over time as SVG, drawn in the page's own colours: once for wide screens and paper, once for narrow screens, since letters
//! shrink with a drawing.

use maud::{Markup, html};

use crate::compare::{Change, Group, Series};
use crate::report::format::page::{counted, scale, signed};

/// Room for the scale on the left, and below for the lower end's name and the periods.
const LEFT: f64 = 48.0;
const RIGHT: f64 = 14.0;
const BOTTOM: f64 = 42.0;
const PLOT: f64 = 210.0;
/// A line of text.
const LINE: f64 = 17.0;
/// About how wide a letter is, to keep labels apart.
const LETTER: f64 = 7.6;

/// A period with its place on the axis of time.
struct Point<'a> {
    day: f64,
    /// Its number in the calendar, so that neighbours differ by one.
    ordinal: i32,
    /// Its number in the table of periods.
    row: usize,
    group: &'a Group,
}

/// Net stance over time with its intervals and change points. The table of periods says the same.
pub fn line(series: &Series, number: usize) -> Markup {
    let points: Vec<Point> = series.periods.iter().enumerate().filter_map(|(row, group)| point(row, group)).collect();
    if points.is_empty() {
        return html! {};
    }
    let label = description(series, &points);
    html! {
        (drawing(series, &points, number, 860.0, "wide", &label))
        (drawing(series, &points, number, 380.0, "narrow", &label))
    }
}

fn point(row: usize, group: &Group) -> Option<Point<'_>> {
    let (first, last) = (group.first_day?, group.last_day?);
    let (year, month) = first.year_month();
    let name = group.subject.part()?;
    let ordinal = if name.contains('W') {
        // Day 2 of the year 0 is a Monday.
        (first.day_number() - 2).div_euclid(7)
    } else if name.contains('-') {
        i32::from(year) * 12 + i32::from(month)
    } else {
        i32::from(year)
    };
    Some(Point { day: f64::from(first.day_number() + last.day_number()) / 2.0, ordinal, row, group })
}

fn at(value: f64) -> String {
    format!("{value:.1}")
}

fn drawing(series: &Series, points: &[Point], number: usize, width: f64, class: &str, label: &str) -> Markup {
    let changes: Vec<&Change> = series.changes.iter().filter(|c| c.significant).collect();
    let (start, end) = (points[0].day, points[points.len() - 1].day);
    let x = |day: f64| {
        let share = if end > start { ((day - start) / (end - start)).clamp(0.0, 1.0) } else { 0.5 };
        LEFT + 6.0 + share * (width - LEFT - RIGHT - 6.0)
    };
    let labels = rows_of_labels(changes.iter().map(|c| (x(day(c)), c.date.to_string())).collect(), width);
    let rows = labels.iter().map(|l| l.row + 1).max().unwrap_or(0);
    let top = LINE * (rows as f64 + 1.0) + 6.0;
    let height = top + PLOT + BOTTOM;
    let limit = scale(points.iter().map(|p| (p.group.net_stance, p.group.ci95, p.group.small)));
    let y = |net: f64| top + (1.0 - (net / limit).clamp(-1.0, 1.0)) / 2.0 * PLOT;
    let place = |p: &Point, net: f64| format!("{},{}", at(x(p.day)), at(y(net)));
    let runs: Vec<&[Point]> = points.chunk_by(|a, b| b.ordinal - a.ordinal <= 1).collect();
    html! {
        svg.chart.(class) viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(label) {
            @for tick in [-1.0, -0.5, 0.0, 0.5, 1.0].map(|t| t * limit) {
                line class=(if tick == 0.0 { "zero" } else { "axis" }) x1=(LEFT) y1=(at(y(tick))) x2=(width - RIGHT) y2=(at(y(tick))) {}
                text x=(LEFT - 6.0) y=(at(y(tick) + 4.5)) text-anchor="end" { @if tick == 0.0 { "0" } @else { (signed(tick)) } }
            }
            @for run in &runs {
                @if let [one] = run {
                    line.lone x1=(at(x(one.day))) y1=(at(y(one.group.ci95[1]))) x2=(at(x(one.day))) y2=(at(y(one.group.ci95[0]))) {}
                } @else {
                    polygon.band points=(run.iter().map(|p| place(p, p.group.ci95[1])).chain(run.iter().rev().map(|p| place(p, p.group.ci95[0]))).collect::<Vec<_>>().join(" ")) {}
                }
            }
            (levels(&changes, &x, &y, end, start))
            @for pair in runs.windows(2) {
                @if let (Some(a), Some(b)) = (pair[0].last(), pair[1].first()) {
                    line.gap x1=(at(x(a.day))) y1=(at(y(a.group.net_stance))) x2=(at(x(b.day))) y2=(at(y(b.group.net_stance))) {}
                }
            }
            @for run in runs.iter().filter(|run| run.len() > 1) {
                polyline.path points=(run.iter().map(|p| place(p, p.group.net_stance)).collect::<Vec<_>>().join(" ")) {}
            }
            @for p in points {
                // A pointer finds the period's row by its point; a keyboard finds it in the table.
                a href={ "#series-" (number) "-" (p.row) } tabindex="-1" {
                    circle class=(if p.group.small { "point small" } else { "point" }) cx=(at(x(p.day))) cy=(at(y(p.group.net_stance))) r="4.5" {
                        title { (p.group.subject.part().unwrap_or_default()) ": " (signed(p.group.net_stance)) ", " (counted(p.group.statements, "statement")) }
                    }
                }
            }
            @for (change, label) in changes.iter().zip(&labels) {
                line.change x1=(at(x(day(change)))) y1=(at(LINE * (label.row as f64 + 1.0) + 4.0)) x2=(at(x(day(change)))) y2=(at(top + PLOT)) {}
            }
            // Letters come last, on a halo, since lines of other changes may cross them.
            text.end x=(LEFT) y=(at(top - 6.0)) { "cooperative" }
            text.end x=(LEFT) y=(at(top + PLOT + 15.0)) { "opposed" }
            @for label in &labels {
                text.change x=(at(label.x)) y=(at(LINE * (label.row as f64 + 1.0))) text-anchor=(label.anchor) { (label.text) }
            }
            @for label in periods(points, &x, width) {
                text x=(at(label.x)) y=(at(height - 8.0)) text-anchor=(label.anchor) { (label.text) }
            }
        }
    }
}

fn day(change: &Change) -> f64 {
    f64::from(change.date.day_number())
}

/// The mean stance between change points.
fn levels(changes: &[&Change], x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64, end: f64, start: f64) -> Markup {
    let Some(first) = changes.first() else {
        return html! {};
    };
    let ends = changes.iter().skip(1).map(|c| day(c)).chain([end]);
    let after = changes.iter().zip(ends).map(|(c, end)| (day(c), end, c.after));
    html! {
        @for (from, to, net) in [(start, day(first), first.before)].into_iter().chain(after) {
            line.level x1=(at(x(from))) y1=(at(y(net))) x2=(at(x(to))) y2=(at(y(net))) {}
        }
    }
}

/// Words at a place on the axis of time.
struct Label {
    x: f64,
    text: String,
    anchor: &'static str,
    row: usize,
}

/// Puts words at these places, those at the ends within the drawing.
fn label(x: f64, text: String, width: f64) -> (Label, [f64; 2]) {
    let half = text.chars().count() as f64 * LETTER / 2.0;
    let (anchor, ends) = if x - half < LEFT {
        ("start", [x, x + 2.0 * half])
    } else if x + half > width - 2.0 {
        ("end", [x - 2.0 * half, x])
    } else {
        ("middle", [x - half, x + half])
    };
    (Label { x, text, anchor, row: 0 }, ends)
}

/// Labels in as many rows as they need not to run into each other.
fn rows_of_labels(places: Vec<(f64, String)>, width: f64) -> Vec<Label> {
    let mut rows: Vec<f64> = Vec::new();
    let mut labels = Vec::new();
    for (x, text) in places {
        let (label, [from, to]) = label(x, text, width);
        let row = rows.iter().position(|taken| *taken + LETTER < from).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(to);
        } else {
            rows[row] = to;
        }
        labels.push(Label { row, ..label });
    }
    labels
}

/// The names of as many periods as fit side by side, the last among them.
fn periods(points: &[Point], x: &dyn Fn(f64) -> f64, width: f64) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut free = f64::INFINITY;
    for p in points.iter().rev() {
        let (label, [from, to]) = label(x(p.day), p.group.subject.part().unwrap_or_default().to_owned(), width);
        if to + LETTER < free {
            free = from;
            labels.push(label);
        }
    }
    labels
}

fn description(series: &Series, points: &[Point]) -> String {
    let by_net = |a: &&Point, b: &&Point| a.group.net_stance.total_cmp(&b.group.net_stance);
    let named = |p: Option<&Point>| {
        p.map_or_else(String::new, |p| {
            format!("{} in {}", signed(p.group.net_stance), p.group.subject.part().unwrap_or_default())
        })
    };
    let (low, high) = (named(points.iter().min_by(by_net)), named(points.iter().max_by(by_net)));
    let changes: Vec<String> = series
        .changes
        .iter()
        .filter(|c| c.significant)
        .map(|c| format!("{}, from {} to {}", c.date, signed(c.before), signed(c.after)))
        .collect();
    let changes = if changes.is_empty() {
        "No change point.".to_owned()
    } else {
        format!("Change points: {}.", changes.join("; "))
    };
    format!(
        "Line chart: net stance of {} in {}, from −1 (opposed) to +1 (cooperative); lowest {low}, highest {high}. {changes} \
         The table of periods gives all values.",
        series.subject.who(),
        counted(points.len(), "period")
    )
}
