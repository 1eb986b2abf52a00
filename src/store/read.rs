//! What comparisons read out of a store.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params_from_iter};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::Store;
use crate::document::Date;
use crate::error::Result;
use crate::model::Stance;

/// Which statements are compared. Statements about the own side never are.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Codes of the parties that speak or act; all where empty.
    pub parties: Vec<String>,
    /// Codes of the parties it is aimed at; all, and none, where empty.
    pub towards: Vec<String>,
    /// First and last day.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Statements about one of these: its words in any order and inflection, alternatives separated by commas.
    pub topics: Vec<String>,
}

/// A statement as comparisons see it.
#[derive(Debug, Clone, Copy)]
pub struct Observation {
    pub statement: i64,
    pub article: i64,
    pub date: Option<Date>,
    /// Number of the source in [`Observations::sources`].
    pub source: u32,
    /// Numbers of the parties in [`Observations::parties`].
    pub party: u32,
    pub target: Option<u32>,
    /// Number of the topic in [`Filter::topics`]; 0 without topics.
    pub topic: u32,
    pub stance: Stance,
    pub sentiment: f64,
}

/// Statements, with what their numbers mean.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    pub rows: Vec<Observation>,
    pub parties: Vec<String>,
    pub sources: Vec<String>,
}

/// A statement with its words, to show what a figure rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Evidence {
    pub statement: i64,
    #[serde(skip)]
    pub article_id: i64,
    pub article: String,
    pub date: Option<String>,
    pub title: Option<String>,
    pub text: String,
    #[serde(skip)]
    pub start: usize,
    #[serde(skip)]
    pub end: usize,
    pub actor: String,
    pub party: String,
    pub target: Option<String>,
    pub stance: String,
    pub probability: f64,
}

/// An article as the store keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredArticle {
    pub id: i64,
    pub name: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub text: String,
}

#[derive(Default)]
struct Names {
    numbers: FxHashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

fn text<'a>(value: ValueRef<'a>) -> &'a str {
    value.as_str().unwrap_or_default()
}

impl Store {
    /// The statements that a filter lets through, in the order of their articles.
    pub fn observations(&self, filter: &Filter) -> Result<Observations> {
        self.sql(observations(&self.db, filter))
    }

    /// Statements with their words, in the given order.
    pub fn evidence(&self, statements: &[i64]) -> Result<Vec<Evidence>> {
        let read = || {
            let mut query = self.db.prepare_cached(
                "SELECT a.id, a.name, a.date, a.title, substr(a.text, s.\"start\" + 1, s.\"end\" - s.\"start\"),
                        s.\"start\", s.\"end\", s.actor, s.party, s.target, s.stance,
                        max(s.cooperative, s.opposed, s.neutral)
                 FROM statements s JOIN articles a ON a.id = s.article WHERE s.id = ?1",
            )?;
            statements.iter().map(|id| query.query_row([id], |row| evidence(*id, row))).collect()
        };
        self.sql(read())
    }

    /// An article by its number in the store.
    pub fn article(&self, id: i64) -> Result<StoredArticle> {
        let query = "SELECT id, name, title, date, text FROM articles WHERE id = ?1";
        self.sql(self.db.query_row(query, [id], |row| {
            Ok(StoredArticle {
                id: row.get(0)?,
                name: row.get(1)?,
                title: row.get(2)?,
                date: row.get(3)?,
                text: row.get(4)?,
            })
        }))
    }
}

fn evidence(statement: i64, row: &Row) -> rusqlite::Result<Evidence> {
    let text: String = row.get(4)?;
    Ok(Evidence {
        statement,
        article_id: row.get(0)?,
        article: row.get(1)?,
        date: row.get(2)?,
        title: row.get(3)?,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        start: row.get(5)?,
        end: row.get(6)?,
        actor: row.get(7)?,
        party: row.get(8)?,
        target: row.get(9)?,
        stance: row.get(10)?,
        probability: row.get(11)?,
    })
}

fn observations(db: &Connection, filter: &Filter) -> rusqlite::Result<Observations> {
    let mut sources = Names::default();
    // By article: its day and source. Articles without a day count only where no days are asked for.
    let mut articles: FxHashMap<i64, (Option<Date>, u32)> = FxHashMap::default();
    let mut query = db.prepare("SELECT id, date, source FROM articles")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let date: Option<Date> = text(row.get_ref(1)?).parse().ok();
        let late_enough = filter.from.is_none_or(|from| date.is_some_and(|d| d >= from));
        if late_enough && filter.to.is_none_or(|to| date.is_some_and(|d| d <= to)) {
            articles.insert(row.get(0)?, (date, sources.number(text(row.get_ref(2)?))));
        }
    }
    let topics: Vec<Topic> = filter.topics.iter().map(|words| Topic::new(words)).collect();
    let words = if topics.is_empty() {
        "''"
    } else {
        "(SELECT substr(text, s.\"start\" + 1, s.\"end\" - s.\"start\") FROM articles WHERE id = s.article)"
    };
    let marks = |n: usize| vec!["?"; n].join(", ");
    let mut sql =
        format!("SELECT id, party, target, article, stance, sentiment, {words} FROM statements s WHERE domestic = 0");
    for (column, codes) in [("party", &filter.parties), ("target", &filter.towards)] {
        if !codes.is_empty() {
            sql.push_str(&format!(" AND {column} IN ({})", marks(codes.len())));
        }
    }
    let mut parties = Names::default();
    let mut found = Vec::new();
    let mut query = db.prepare(&sql)?;
    let mut rows = query.query(params_from_iter(filter.parties.iter().chain(&filter.towards)))?;
    while let Some(row) = rows.next()? {
        let article = row.get(3)?;
        let Some(&(date, source)) = articles.get(&article) else {
            continue;
        };
        let target = row.get_ref(2)?;
        let mut observation = Observation {
            statement: row.get(0)?,
            article,
            date,
            source,
            party: parties.number(text(row.get_ref(1)?)),
            target: (target != ValueRef::Null).then(|| parties.number(text(target))),
            topic: 0,
            stance: Stance::named(text(row.get_ref(4)?)).unwrap_or(Stance::Neutral),
            sentiment: row.get(5)?,
        };
        if topics.is_empty() {
            found.push(observation);
            continue;
        }
        let stems = stems(text(row.get_ref(6)?));
        for (number, _) in topics.iter().enumerate().filter(|(_, topic)| topic.is_in(&stems)) {
            observation.topic = number as u32;
            found.push(observation);
        }
    }
    found.sort_unstable_by_key(|o| (o.article, o.statement, o.topic));
    Ok(Observations { rows: found, parties: parties.names, sources: sources.names })
}

/// Alternatives, each some stems that must all occur.
struct Topic(Vec<Vec<String>>);

impl Topic {
    fn new(words: &str) -> Self {
        Self(words.split(',').map(stems).filter(|stems| !stems.is_empty()).collect())
    }

    fn is_in(&self, stems: &[String]) -> bool {
        self.0.iter().any(|all| all.iter().all(|stem| stems.contains(stem)))
    }
}

fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| stemmer.stem(&word.to_lowercase()).into_owned()).collect()
}
