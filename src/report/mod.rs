//! Step seven: the stance of each party over all of its statements, and how it is shown.

pub mod format;
mod interval;

use rustc_hash::FxHashMap;

use crate::actors::Gazetteer;
use crate::classifier::Statement;
use crate::model::Stance;

pub use interval::interval;

/// How a party stands towards one other.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Toward {
    /// Code of the other party.
    pub party: String,
    pub statements: usize,
    /// (cooperative - opposed) / statements, in [-1, 1].
    pub net_stance: f64,
}

/// How a party stands.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PartyStance {
    /// Code of the party.
    pub party: String,
    pub name: String,
    pub statements: usize,
    pub cooperative: usize,
    pub opposed: usize,
    pub neutral: usize,
    /// (cooperative - opposed) / statements, in [-1, 1].
    pub net_stance: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Mean sentiment of the statements, in [-1, 1].
    pub sentiment: f64,
    /// Towards whom, most statements first.
    pub toward: Vec<Toward>,
}

/// The stance of every party, most statements first. Statements about the own side are left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub parties: Vec<PartyStance>,
}

#[derive(Default)]
struct Tally {
    counts: [usize; 3],
    sentiment: f64,
    toward: FxHashMap<String, [usize; 3]>,
}

fn net([cooperative, opposed, neutral]: [usize; 3]) -> f64 {
    let n = cooperative + opposed + neutral;
    rounded((cooperative as f64 - opposed as f64) / n.max(1) as f64)
}

/// To four digits: a report is for reading.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

impl Report {
    /// Counts statements.
    pub fn of<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> Self {
        let mut tallies: FxHashMap<&str, Tally> = FxHashMap::default();
        for statement in statements.into_iter().filter(|s| !s.domestic) {
            let tally = tallies.entry(&statement.party).or_default();
            tally.counts[statement.stance as usize] += 1;
            tally.sentiment += statement.sentiment;
            if let Some(target) = &statement.target {
                tally.toward.entry(target.clone()).or_default()[statement.stance as usize] += 1;
            }
        }
        let mut parties: Vec<PartyStance> = tallies.into_iter().map(|(code, tally)| party(code, tally)).collect();
        parties.sort_by(|a, b| (b.statements, &a.party).cmp(&(a.statements, &b.party)));
        Self { parties }
    }
}

fn party(code: &str, tally: Tally) -> PartyStance {
    let gazetteer = Gazetteer::shipped();
    let name = gazetteer.by_code(code).map_or(code, |id| &gazetteer.party(id).name).to_owned();
    let [cooperative, opposed, neutral] = tally.counts;
    let statements = cooperative + opposed + neutral;
    let mut toward: Vec<Toward> = tally
        .toward
        .into_iter()
        .map(|(party, counts)| Toward { party, statements: counts.iter().sum(), net_stance: net(counts) })
        .collect();
    toward.sort_by(|a, b| (b.statements, &a.party).cmp(&(a.statements, &b.party)));
    PartyStance {
        party: code.to_owned(),
        name,
        statements,
        cooperative,
        opposed,
        neutral,
        net_stance: net(tally.counts),
        ci95: interval(cooperative, opposed, statements).map(rounded),
        sentiment: rounded(tally.sentiment / statements.max(1) as f64),
        toward,
    }
}

/// The stance that a row of counts shows, for colours.
pub(crate) fn leaning(net: f64) -> Stance {
    if net >= 0.2 {
        Stance::Cooperative
    } else if net <= -0.2 {
        Stance::Opposed
    } else {
        Stance::Neutral
    }
}
