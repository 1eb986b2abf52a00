//! Articles out of a store.

use rusqlite::Connection;

use crate::document::Document;

/// The next articles after this one.
pub(super) fn documents_after(db: &Connection, last: i64, count: usize) -> rusqlite::Result<Vec<(i64, Document)>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, title, date, source, text FROM articles WHERE id > ?1 ORDER BY id LIMIT ?2",
    )?;
    let rows = query.query_map((last, count as i64), |row| {
        let date: Option<String> = row.get(3)?;
        let document = Document {
            id: row.get(1)?,
            title: row.get(2)?,
            date: date.and_then(|d| d.parse().ok()),
            source: row.get(4)?,
            text: row.get(5)?,
        };
        Ok((row.get(0)?, document))
    })?;
    rows.collect()
}
