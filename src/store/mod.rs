//! Articles and their statements in one file, by the schema in `schema.sql`.

mod documents;
mod export;
mod read;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::classifier::{Classified, Statement};
use crate::document::Document;
use crate::error::{Error, Result};

pub use export::ExportFormat;
pub use read::{Evidence, Filter, Observation, Observations, StoredArticle};

/// Version of the schema.
const SCHEMA: &str = "1";

/// How every SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A store of articles and statements.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
}

/// SHA-256 of what makes an article this article: its title, date and text.
pub fn digest(document: &Document) -> [u8; 32] {
    let date = document.date.map(|d| d.to_string()).unwrap_or_default();
    let mut digest = Sha256::new();
    for part in [document.title.as_deref().unwrap_or_default(), &date, &document.text] {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// Whether a file is a store, or at least a SQLite file.
pub fn is_store(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 16];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == MAGIC
}

impl Store {
    /// Opens a store, or makes an empty one for this model.
    pub fn open_or_create(path: &Path, model: &str) -> Result<Self> {
        let empty = std::fs::metadata(path).map_or(true, |m| m.len() == 0);
        if !empty {
            return Self::open(path);
        }
        let store = Self { db: Connection::open(path).map_err(|e| failed(path, e))?, path: path.to_owned() };
        store.set_up(model)
    }

    /// A store that is gone when it is dropped, kept on disk where it outgrows memory.
    pub fn temporary(model: &str) -> Result<Self> {
        let path = PathBuf::from("temporary store");
        let db = Connection::open("").map_err(|e| failed(&path, e))?;
        Self { db, path }.set_up(model)
    }

    fn set_up(self, model: &str) -> Result<Self> {
        let make = || {
            self.db.execute_batch("BEGIN IMMEDIATE")?;
            self.db.execute_batch(include_str!("schema.sql"))?;
            let fact = "INSERT INTO facts VALUES (?1, ?2)";
            self.db.execute(fact, params!["schema", SCHEMA])?;
            self.db.execute(fact, params!["model", model])?;
            self.db.execute_batch("COMMIT")
        };
        make().map_err(|e| failed(&self.path, e))?;
        Ok(self)
    }

    /// Opens a store that exists.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::input(path.display(), "no such store; make one with `demarche ingest`"));
        }
        let other = || Error::input(path.display(), "not a demarche store; make one with `demarche ingest`");
        if !is_store(path) {
            return Err(other());
        }
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| failed(path, e))?;
        let store = Self { db, path: path.to_owned() };
        match store.fact("schema") {
            Ok(Some(version)) if version == SCHEMA => Ok(store),
            Ok(Some(version)) => {
                let what =
                    format!("a store of schema {version}, this program reads {SCHEMA}; ingest the articles again");
                Err(Error::input(path.display(), what))
            }
            _ => Err(other()),
        }
    }

    fn fact(&self, name: &str) -> Result<Option<String>> {
        let query = "SELECT value FROM facts WHERE name = ?1";
        self.sql(self.db.query_row(query, [name], |row| row.get(0)).optional())
    }

    fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|e| failed(&self.path, e))
    }

    /// Whether the statements come from this model.
    pub fn is_of_model(&self, model: &str) -> Result<bool> {
        Ok(self.fact("model")?.as_deref() == Some(model))
    }

    /// Whether the article is there already.
    pub fn has(&self, digest: &[u8; 32]) -> Result<bool> {
        let query = "SELECT 1 FROM articles WHERE digest = ?1";
        let found = self.db.prepare_cached(query).and_then(|mut q| q.exists([digest.as_slice()]));
        self.sql(found)
    }

    /// Adds articles, all or none of them; those that are there already change nothing. Gives back how many are new.
    pub fn add(&mut self, articles: &[Classified]) -> Result<usize> {
        let path = self.path.clone();
        let mut add = || {
            let batch = self.db.transaction()?;
            let mut new = 0;
            for article in articles {
                let document = &article.document;
                let inserted = batch
                    .prepare_cached(
                        "INSERT OR IGNORE INTO articles (digest, name, date, source, title, text)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![
                        digest(document).as_slice(),
                        document.id,
                        document.date.map(|d| d.to_string()),
                        document.source,
                        document.title,
                        document.text
                    ])?;
                if inserted > 0 {
                    new += 1;
                    add_statements(&batch, batch.last_insert_rowid(), &article.statements)?;
                }
            }
            batch.commit()?;
            Ok(new)
        };
        add().map_err(|e| failed(&path, e))
    }

    /// How many articles there are.
    pub fn articles(&self) -> Result<u64> {
        self.sql(self.db.query_row("SELECT count(*) FROM articles", [], |row| row.get(0)))
    }

    /// Labels every article anew, in one transaction, and notes the model. `classify` is given one batch after the
    /// other.
    pub fn reclassify(
        &mut self,
        model: &str,
        mut classify: impl FnMut(Vec<Document>) -> Vec<Classified>,
        batch: usize,
    ) -> Result<usize> {
        let path = self.path.clone();
        let mut again = || {
            let work = self.db.transaction()?;
            work.execute("DELETE FROM statements", [])?;
            let (mut last, mut count) = (0i64, 0);
            loop {
                let rows = documents::documents_after(&work, last, batch)?;
                let Some((id, _)) = rows.last() else {
                    break;
                };
                last = *id;
                count += rows.len();
                let (ids, documents): (Vec<i64>, Vec<Document>) = rows.into_iter().unzip();
                for (id, article) in ids.into_iter().zip(classify(documents)) {
                    add_statements(&work, id, &article.statements)?;
                }
            }
            work.execute("UPDATE facts SET value = ?1 WHERE name = 'model'", [model])?;
            work.commit()?;
            Ok(count)
        };
        again().map_err(|e| failed(&path, e))
    }
}

fn add_statements(batch: &Transaction, article: i64, statements: &[Statement]) -> rusqlite::Result<()> {
    let mut insert = batch.prepare_cached(
        "INSERT INTO statements (article, sentence, \"start\", \"end\", actor, actor_start, actor_end, party, target, kind,
         stance, cooperative, opposed, neutral, sentiment, domestic)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    for s in statements {
        insert.execute(params![
            article,
            s.sentence,
            s.start,
            s.end,
            s.actor.text,
            s.actor.start,
            s.actor.end,
            s.party,
            s.target,
            s.kind.name(),
            s.stance.name(),
            s.probabilities.cooperative,
            s.probabilities.opposed,
            s.probabilities.neutral,
            s.sentiment,
            s.domestic
        ])?;
    }
    Ok(())
}

fn failed(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, NotADatabase};
    let what = match error.sqlite_error_code() {
        Some(DatabaseBusy) => "another program is writing to this store; try again when it is done".to_owned(),
        Some(DatabaseCorrupt | NotADatabase) => format!("a damaged store ({error}); ingest the articles anew"),
        _ => error.to_string(),
    };
    Error::input(path.display(), what)
}
