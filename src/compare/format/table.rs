//! Tables for a terminal.

use std::io::{Result, Write};

use comfy_table::{Cell, CellAlignment, Color, Table};

use super::{net, notes, probability, range};
use crate::compare::{Comparison, Difference, Group, Matrix, Timeline};
use crate::model::Stance;
use crate::report::format::Style;
use crate::report::leaning;

/// How many differences are shown; all of them are in JSON and CSV.
const DIFFERENCES: usize = 20;

fn right(text: impl ToString) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn coloured(cell: Cell, net: f64) -> Cell {
    match leaning(net) {
        Stance::Cooperative => cell.fg(Color::Green),
        Stance::Opposed => cell.fg(Color::Red),
        Stance::Neutral => cell,
    }
}

fn groups<'a>(style: Style, first: &str, groups: impl Iterator<Item = (String, &'a Group)>) -> Table {
    let columns = [first, "Stmts", "Articles", "+", "-", "=", "Net", "95 % interval", "Tone", "95 % interval"];
    let mut table = style.table(&columns);
    for (name, g) in groups {
        let small = if g.small { " *" } else { "" };
        table.add_row(vec![
            Cell::new(name + small),
            right(g.statements),
            right(g.articles),
            right(g.cooperative),
            right(g.opposed),
            right(g.neutral),
            coloured(right(net(g)), g.net_stance),
            right(range(g.ci95)),
            right(format!("{:+.2}", g.sentiment)),
            right(range(g.sentiment_ci95)),
        ]);
    }
    table
}

fn below(out: &mut dyn Write, notes: Vec<String>) -> Result<()> {
    notes.into_iter().try_for_each(|note| writeln!(out, "{note}"))
}

fn differences(out: &mut dyn Write, style: Style, differences: &[Difference]) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    let mut order: Vec<&Difference> = differences.iter().collect();
    if differences.len() > DIFFERENCES {
        order.sort_by(|a, b| a.p.total_cmp(&b.p));
        order.truncate(DIFFERENCES);
        writeln!(out, "\nDifferences of net stance, the {DIFFERENCES} surest of {}", differences.len())?;
    } else {
        writeln!(out, "\nDifferences of net stance")?;
    }
    let mut table = style.table(&["Of", "From", "Difference", "95 % interval", "p", "p (Holm)", ""]);
    for d in order {
        table.add_row(vec![
            Cell::new(d.of.title()),
            Cell::new(d.from.title()),
            right(format!("{:+.2}", d.difference)),
            right(range(d.ci95)),
            right(probability(d.p)),
            right(probability(d.p_holm)),
            Cell::new(match (d.significant, d.small) {
                (true, false) => "differ",
                (true, true) => "differ *",
                (false, true) => "*",
                (false, false) => "",
            }),
        ]);
    }
    writeln!(out, "{table}")
}

/// Groups, and how they differ.
pub fn comparison(out: &mut dyn Write, style: Style, asked: &str, answer: &Comparison) -> Result<()> {
    writeln!(out, "{asked}")?;
    let first = "Party";
    writeln!(out, "{}", groups(style, first, answer.groups.iter().map(|g| (g.subject.title(), g))))?;
    differences(out, style, &answer.differences)?;
    below(out, notes(answer.left_out, answer.undated, answer.groups.iter().any(|g| g.small)))
}

/// Periods, and changes with what drove them.
pub fn timeline(out: &mut dyn Write, style: Style, asked: &str, answer: &Timeline, article: ArticleName) -> Result<()> {
    writeln!(out, "{asked}")?;
    for series in &answer.series {
        writeln!(out, "\n{}", series.subject.who())?;
        let period = |g: &Group| g.subject.part().unwrap_or_default().to_owned();
        writeln!(out, "{}", groups(style, "Period", series.periods.iter().map(|g| (period(g), g))))?;
        if !series.changes.iter().any(|c| c.significant) {
            writeln!(out, "no change beyond chance")?;
        }
        for change in &series.changes {
            writeln!(
                out,
                "{} on {} (last before: {}): net stance {:+.2} before, {:+.2} after, difference {:+.2} ({}), p {}",
                if change.significant { "change" } else { "likeliest, not beyond chance," },
                change.date,
                change.last_before,
                change.before,
                change.after,
                change.difference,
                range(change.ci95),
                probability(change.p)
            )?;
            for driver in &change.articles {
                let (statements, net) = (driver.statements, driver.net_stance);
                writeln!(
                    out,
                    "  {}  {statements} statements, net {net:+.2}  {}",
                    driver.date,
                    article(driver.article)
                )?;
            }
        }
    }
    let small = answer.series.iter().flat_map(|s| &s.periods).any(|g| g.small);
    below(out, notes(answer.left_out, answer.undated, small))
}

/// What an article is called, by its number in the store.
pub type ArticleName<'a> = &'a dyn Fn(i64) -> String;

/// Parties down, targets across.
pub fn heatmap(out: &mut dyn Write, style: Style, asked: &str, answer: &Matrix) -> Result<()> {
    writeln!(out, "{asked}")?;
    let mut columns = vec!["towards"];
    columns.extend(answer.towards.iter().map(String::as_str));
    let mut table = style.table(&columns);
    for party in &answer.parties {
        let mut row = vec![Cell::new(party)];
        row.extend(answer.towards.iter().map(|toward| match answer.cell(party, toward) {
            None => right("·"),
            Some(g) => {
                let small = if g.small { "*" } else { "" };
                coloured(right(format!("{}{small} ({})", net(g), g.statements)), g.net_stance)
            }
        }));
        table.add_row(row);
    }
    writeln!(out, "{table}\nnet stance (statements); · none")?;
    if answer.others > 0 {
        writeln!(out, "{} statements of these parties aimed at others or at nobody", answer.others)?;
    }
    below(out, notes(0, 0, answer.cells.iter().any(|g| g.small)))
}
