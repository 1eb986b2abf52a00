//! Scores of found statements against annotated ones.

use std::collections::{BTreeMap, BTreeSet};

use super::Gold;
use crate::classifier::Statement;
use crate::model::Stance;

/// Codes that other data sets use for the same parties.
const ALIASES: [(&str, &str); 12] = [
    ("SUN", "RUS"),
    ("EC", "EU"),
    ("EUU", "EU"),
    ("EEC", "EU"),
    ("UNO", "UN"),
    ("NAT", "NATO"),
    ("IAE", "IAEA"),
    ("ROM", "ROU"),
    ("ZAR", "COD"),
    ("YUG", "SRB"),
    ("DDR", "DEU"),
    ("BRD", "DEU"),
];

fn code(code: &str) -> String {
    let code = code.to_ascii_uppercase();
    ALIASES.iter().find(|(alias, _)| *alias == code).map_or(code, |(_, meant)| (*meant).to_owned())
}

/// Share of what was found that is right, share of what is there that was found, and their harmonic mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Ratios {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Ratios {
    fn of<T: Ord>(found: &BTreeSet<T>, gold: &BTreeSet<T>) -> Self {
        let hit = found.intersection(gold).count() as f64;
        let precision = hit / found.len().max(1) as f64;
        let recall = hit / gold.len().max(1) as f64;
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Self { precision, recall, f1 }
    }
}

/// Article, sentence and party.
type Pair = (usize, usize, String);
type Row = (Pair, Stance);

/// How well the statements of articles were found.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Outcome {
    pub articles: usize,
    pub gold_rows: usize,
    pub found_rows: usize,
    /// Cooperative and opposed statements: who takes which side.
    pub sides: Ratios,
    /// All three stances.
    pub all: Ratios,
    /// Sentence and party, whatever the stance.
    pub found: Ratios,
    /// Sides with their target.
    pub dyad: Ratios,
    /// Share of right stances where the party was found.
    pub stance_accuracy: f64,
    /// Rank correlation (Spearman) of net stance over pairs of article and party; none for fewer than three.
    pub net_correlation: Option<f64>,
    pub net_pairs: usize,
    /// Annotated and not found.
    pub missed: Vec<Mistake>,
    /// Found and not annotated.
    pub extra: Vec<Mistake>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Mistake {
    pub article: String,
    pub sentence: usize,
    pub party: String,
    pub stance: Stance,
    pub text: String,
}

/// A statement stands for every annotated sentence that it covers by half, or that holds half of it.
fn covered(sentences: &[[usize; 2]], start: usize, end: usize) -> impl Iterator<Item = usize> {
    sentences.iter().enumerate().filter_map(move |(n, &[a, b])| {
        let shared = b.min(end).saturating_sub(a.max(start));
        (shared > 0 && (2 * shared >= b - a || 2 * shared >= end - start)).then_some(n)
    })
}

fn side(stance: Stance) -> f64 {
    match stance {
        Stance::Cooperative => 1.0,
        Stance::Opposed => -1.0,
        Stance::Neutral => 0.0,
    }
}

/// Compares sets of (article, sentence, party, stance). Rows marked domestic, and what was found of the same sentence and
/// party, are left out.
pub fn score(articles: &[(Gold, Vec<Statement>)]) -> Outcome {
    let (mut gold, mut found) = (BTreeSet::new(), BTreeSet::new());
    let (mut gold_dyads, mut found_dyads) = (BTreeSet::new(), BTreeSet::new());
    let mut nets: BTreeMap<(usize, String), [Vec<f64>; 2]> = BTreeMap::new();
    for (number, (article, statements)) in articles.iter().enumerate() {
        let domestic = article.statements.iter().filter(|s| s.domestic);
        let skip: BTreeSet<(usize, String)> = domestic.map(|s| (s.sentence, code(&s.party))).collect();
        let mut note = |sentence: usize, party: &str, target: Option<&str>, stance: Stance, predicted: bool| {
            let party = code(party);
            if skip.contains(&(sentence, party.clone())) {
                return;
            }
            let (rows, dyads) = if predicted { (&mut found, &mut found_dyads) } else { (&mut gold, &mut gold_dyads) };
            let pair: Pair = (number, sentence, party.clone());
            rows.insert((pair.clone(), stance));
            if let Some(target) = target {
                dyads.insert((pair, code(target), stance));
            }
            nets.entry((number, party)).or_default()[usize::from(predicted)].push(side(stance));
        };
        for s in &article.statements {
            note(s.sentence, &s.party, s.target.as_deref(), s.stance, false);
        }
        for s in statements {
            for sentence in covered(&article.sentences, s.start, s.end) {
                note(sentence, &s.party, s.target.as_deref(), s.stance, true);
            }
        }
    }
    let sides = |rows: &BTreeSet<Row>| rows.iter().filter(|r| r.1 != Stance::Neutral).cloned().collect::<BTreeSet<_>>();
    let pairs = |rows: &BTreeSet<Row>| rows.iter().map(|r| r.0.clone()).collect::<BTreeSet<_>>();
    let (gold_pairs, found_pairs) = (pairs(&gold), pairs(&found));
    let right: BTreeSet<Pair> = gold.intersection(&found).map(|r| r.0.clone()).collect();
    let both = gold_pairs.intersection(&found_pairs).count();
    let with_target: BTreeSet<&Pair> = gold_dyads.iter().map(|d| &d.0).collect();
    let dyad_sides = |dyads: &BTreeSet<(Pair, String, Stance)>| {
        let kept = dyads.iter().filter(|d| d.2 != Stance::Neutral && with_target.contains(&d.0));
        kept.cloned().collect::<BTreeSet<_>>()
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let nets: Vec<(f64, f64)> =
        nets.values().filter(|[a, b]| !a.is_empty() && !b.is_empty()).map(|[a, b]| (mean(a), mean(b))).collect();
    let mistakes = |rows: &BTreeSet<Row>, other: &BTreeSet<Row>| {
        rows.difference(other)
            .map(|((number, sentence, party), stance)| {
                let article = &articles[*number].0;
                let [start, end] = article.sentences[*sentence];
                let text: String = article.text.chars().skip(start).take(end - start).collect();
                Mistake {
                    article: article.id.clone(),
                    sentence: *sentence,
                    party: party.clone(),
                    stance: *stance,
                    text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                }
            })
            .collect()
    };
    Outcome {
        articles: articles.len(),
        gold_rows: gold.len(),
        found_rows: found.len(),
        sides: Ratios::of(&sides(&found), &sides(&gold)),
        all: Ratios::of(&found, &gold),
        found: Ratios::of(&found_pairs, &gold_pairs),
        dyad: Ratios::of(&dyad_sides(&found_dyads), &dyad_sides(&gold_dyads)),
        stance_accuracy: right.len() as f64 / both.max(1) as f64,
        net_correlation: spearman(&nets),
        net_pairs: nets.len(),
        missed: mistakes(&gold, &found),
        extra: mistakes(&found, &gold),
    }
}

/// Ranks from 0, the mean rank for equal values.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|v| *v < value).count();
        let equal = values.iter().filter(|v| *v == value).count();
        below as f64 + (equal as f64 - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 {
        return None;
    }
    let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (a, b) = (ranks(&a), ranks(&b));
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    (spread > 0.0).then(|| product(&a, &b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_rank() {
        assert_eq!(ranks(&[0.5, -1.0, 0.5, 1.0]), [1.5, 0.0, 1.5, 3.0]);
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 3.0), (3.0, 9.0)]), Some(1.0));
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 3.0)]), None);
    }

    #[test]
    fn a_statement_stands_for_the_sentences_that_it_covers_by_half() {
        let sentences = [[0, 10], [11, 20], [21, 40]];
        assert_eq!(covered(&sentences, 0, 20).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(covered(&sentences, 8, 30).collect::<Vec<_>>(), [1]);
        assert_eq!(covered(&sentences, 22, 26).collect::<Vec<_>>(), [2]);
    }
}
