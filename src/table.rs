//! The one way in which data files are read: tab-separated columns, `#` comments, a first line of column names.

use crate::error::{Error, Result};

/// The rows of a data file with `N` columns, each with its line number.
pub fn rows<'a, const N: usize>(name: &'a str, text: &'a str) -> impl Iterator<Item = Result<(usize, [&'a str; N])>> {
    rows_of_at_least(N, name, text)
}

/// The same, where those behind the `least` columns that a row needs may be left out.
pub fn rows_of_at_least<'a, const N: usize>(
    least: usize,
    name: &'a str,
    text: &'a str,
) -> impl Iterator<Item = Result<(usize, [&'a str; N])>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(move |(n, line)| {
        let mut columns = [""; N];
        let mut count = 0;
        for field in line.split('\t') {
            if let Some(column) = columns.get_mut(count) {
                *column = field;
            }
            count += 1;
        }
        if (least..=N).contains(&count) {
            Ok((n + 1, columns))
        } else {
            let what = format!("{count} columns where {N} belong, separated by tabs");
            Err(Error::input(format!("{name}:{}", n + 1), what))
        }
    })
}

/// The parts of a cell that holds several.
pub fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}
