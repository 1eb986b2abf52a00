//! Stance of parties, pairs and periods side by side, out of a store: with intervals that count articles, not sentences,
//! as what was drawn at random, since the sentences of one article are not independent.

mod changes;
mod difference;
pub mod format;
mod groups;
mod matrix;
mod resample;
mod timeline;

use crate::actors::Gazetteer;
use crate::document::Period;

pub use changes::Change;
pub use difference::Difference;
pub use groups::{Comparison, Group, compare};
pub use matrix::{Matrix, matrix};
pub use timeline::{Series, Timeline, timeline};

/// What a comparison is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Time(Period),
    Source,
    Topic,
}

/// Whose stance is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Each party, towards all of its targets together.
    Party,
    /// Each party towards each target.
    Pair,
    /// Each two parties, both directions together.
    Mutual,
}

/// How to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub unit: Unit,
    pub by: Option<By>,
    /// Codes of parties in the order wanted; by number of statements where empty.
    pub parties: Vec<String>,
    /// Topics, as the filter has them.
    pub topics: Vec<String>,
    /// How many parties or pairs at most, where they are not named one by one.
    pub top: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
}

/// Fewer articles or statements than these are marked as small: the bootstrap's intervals are then too narrow.
const FEW_ARTICLES: usize = 10;
const FEW_STATEMENTS: usize = 30;

/// Whose stance, when, where and about what.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Subject {
    /// Code of the party.
    pub party: String,
    /// Code of the target, where pairs are compared.
    pub toward: Option<String>,
    /// Whether both directions between the two are counted.
    pub mutual: bool,
    /// Week, month or year.
    pub period: Option<String>,
    pub source: Option<String>,
    pub topic: Option<String>,
}

impl Subject {
    /// Party and target by name: "Japan", "Japan → United States", "Japan ↔ United States".
    pub fn who(&self) -> String {
        let name = |code: &str| {
            let gazetteer = Gazetteer::shipped();
            gazetteer.by_code(code).map_or(code, |id| &gazetteer.party(id).name).to_owned()
        };
        match &self.toward {
            None => name(&self.party),
            Some(toward) => format!("{} {} {}", name(&self.party), if self.mutual { "↔" } else { "→" }, name(toward)),
        }
    }

    /// Period, source or topic.
    pub fn part(&self) -> Option<&str> {
        self.period.as_deref().or(self.source.as_deref()).or(self.topic.as_deref())
    }

    /// All of it in one line.
    pub fn title(&self) -> String {
        self.part().map_or_else(|| self.who(), |part| format!("{}, {part}", self.who()))
    }
}

/// To four digits: reports are for reading.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod testing {
    use crate::document::Date;
    use crate::model::Stance;
    use crate::store::{Observation, Observations};

    /// Observations of (day, article, party, target, stance mark), in the order of their articles.
    pub fn observations(rows: &[(&str, i64, &str, &str, &str)]) -> Observations {
        let mut all = Observations { sources: vec!["wire.jsonl".into()], ..Observations::default() };
        for (n, (day, article, party, target, stance)) in rows.iter().enumerate() {
            let mut number = |code: &str| {
                all.parties.iter().position(|p| p == code).unwrap_or_else(|| {
                    all.parties.push(code.to_owned());
                    all.parties.len() - 1
                }) as u32
            };
            let (party, target) = (number(party), (!target.is_empty()).then(|| number(target)));
            all.rows.push(Observation {
                statement: n as i64 + 1,
                article: *article,
                date: day.parse::<Date>().ok(),
                source: 0,
                party,
                target,
                topic: 0,
                stance: Stance::named(stance).expect("a stance"),
                sentiment: 0.0,
            });
        }
        all
    }
}
