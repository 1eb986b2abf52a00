//! Tables for a terminal.

use std::io::{Result, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets};

use super::Format;
use crate::classifier::{Classified, Statement};
use crate::model::Stance;
use crate::report::{PartyStance, Report, leaning};

/// How tables look: with colour only on a terminal, as wide as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub colour: bool,
    pub width: u16,
}

impl Style {
    /// An empty table with these columns.
    pub fn table(self, columns: &[&str]) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table.set_header(columns.iter().map(|w| Cell::new(w).add_attribute(Attribute::Bold)));
        table
    }
}

/// Parties and statements of each article; of several articles, the parties of all at the end.
pub struct Table {
    style: Style,
    articles: usize,
    statements: Vec<Statement>,
}

impl Table {
    pub fn new(style: Style) -> Self {
        Self { style, articles: 0, statements: Vec::new() }
    }

    fn parties(&self, report: &Report) -> comfy_table::Table {
        let columns = ["Party", "Stmts", "+", "-", "=", "Net", "95 % interval", "Tone", "Towards (net)"];
        let mut table = self.style.table(&columns);
        for party in &report.parties {
            let number = |n: usize| Cell::new(n).set_alignment(CellAlignment::Right);
            table.add_row(vec![
                Cell::new(format!("{} ({})", party.name, party.party)),
                number(party.statements),
                number(party.cooperative),
                number(party.opposed),
                number(party.neutral),
                coloured(Cell::new(format!("{:+.2}", party.net_stance)), leaning(party.net_stance))
                    .set_alignment(CellAlignment::Right),
                Cell::new(format!("{:+.2} to {:+.2}", party.ci95[0], party.ci95[1]))
                    .set_alignment(CellAlignment::Right),
                Cell::new(format!("{:+.2}", party.sentiment)).set_alignment(CellAlignment::Right),
                Cell::new(toward(party)),
            ]);
        }
        table
    }

    fn list(&self, statements: &[Statement]) -> comfy_table::Table {
        let mut table = self.style.table(&["Sentence", "Actor", "Dyad", "Stance", "p", "Statement"]);
        for s in statements {
            let target = s.target.as_deref().unwrap_or("-");
            let own = if s.domestic { " (domestic)" } else { "" };
            table.add_row(vec![
                Cell::new(s.sentence).set_alignment(CellAlignment::Right),
                Cell::new(&s.actor.text),
                Cell::new(format!("{} → {target}{own}", s.party)),
                coloured(Cell::new(s.stance.name()), s.stance),
                Cell::new(format!("{:.2}", s.probabilities.of(s.stance))),
                Cell::new(&s.text),
            ]);
        }
        let columns = [(1, 22), (2, 18)];
        for (number, width) in columns {
            if let Some(column) = table.column_mut(number) {
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width)));
            }
        }
        table
    }
}

fn toward(party: &PartyStance) -> String {
    let pairs: Vec<_> = party.toward.iter().take(4).map(|t| format!("{} {:+.2}", t.party, t.net_stance)).collect();
    let more = if party.toward.len() > 4 { ", …" } else { "" };
    pairs.join(", ") + more
}

fn coloured(cell: Cell, stance: Stance) -> Cell {
    match stance {
        Stance::Cooperative => cell.fg(Color::Green),
        Stance::Opposed => cell.fg(Color::Red),
        Stance::Neutral => cell,
    }
}

impl Format for Table {
    fn article(&mut self, out: &mut dyn Write, article: &Classified) -> Result<()> {
        let document = &article.document;
        let title = document.title.as_deref().unwrap_or(&document.id);
        let date = document.date.map(|d| format!(", {d}")).unwrap_or_default();
        if self.articles > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{title}{date}")?;
        if article.statements.is_empty() {
            writeln!(out, "no statements found")?;
        } else {
            writeln!(out, "{}", self.parties(&article.report))?;
            writeln!(out, "{}", self.list(&article.statements))?;
        }
        self.articles += 1;
        self.statements.extend(article.statements.iter().cloned());
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        if self.articles > 1 {
            writeln!(out, "\nAll {} articles", self.articles)?;
            writeln!(out, "{}", self.parties(&Report::of(&self.statements)))?;
        }
        Ok(())
    }
}
