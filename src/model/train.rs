//! From labelled rows to a model.

use std::ops::Range;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{LogisticError, LogisticParams, Row, SparseLogistic, SparseRecords, Stance};
use crate::features::{Feature, Groups, Names, Valued, emit, stems};
use crate::statement::Reading;

/// A row as the model learns from it.
#[derive(Debug, Clone)]
pub struct Example {
    pub features: Vec<Valued>,
    pub stance: Stance,
    /// Rows of one text, or of one article, have one number, and stay together in a split.
    pub text: usize,
    /// Number of the row.
    pub row: usize,
}

/// The features of all rows, and the names of the features.
pub fn examples(rows: &[Row], groups: Groups) -> (Vec<Example>, FxHashMap<Feature, String>) {
    let mut texts: FxHashMap<&str, usize> = FxHashMap::default();
    let numbers: Vec<usize> = rows
        .iter()
        .map(|row| {
            let next = texts.len();
            *texts.entry(row.article.as_ref().unwrap_or(&row.text)).or_insert(next)
        })
        .collect();
    let read: Vec<Names> = rows
        .par_iter()
        .map(|row| {
            let mut names = Names::default();
            let reading = Reading::of_row(row);
            emit(&reading.marked(), &stems(&reading.tokens), groups, &mut names);
            names
        })
        .collect();
    let mut all = FxHashMap::default();
    let mut examples = Vec::with_capacity(rows.len());
    for (number, Names(names, features)) in read.into_iter().enumerate() {
        all.extend(names);
        let (stance, text) = (rows[number].stance, numbers[number]);
        examples.push(Example { features: distinct(features), stance, text, row: number });
    }
    (examples, all)
}

/// Sorted, each feature once with its greatest value.
fn distinct(mut features: Vec<Valued>) -> Vec<Valued> {
    features.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    features.dedup_by_key(|f| f.0);
    features
}

/// A regression and the features that its columns stand for.
#[derive(Debug)]
pub struct Trained {
    /// Sorted.
    pub features: Vec<Feature>,
    pub regression: SparseLogistic,
}

/// Features of fewer rows than this are left out.
const RAREST: u32 = 3;

/// Fits a regression to the examples of these numbers.
pub fn fit(examples: &[&Example], alpha: f64) -> Result<Trained, LogisticError> {
    let mut counts: FxHashMap<Feature, u32> = FxHashMap::default();
    for (feature, _) in examples.iter().flat_map(|e| &e.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut common: Vec<(Feature, u32)> = counts.into_iter().filter(|(_, n)| *n >= RAREST).collect();
    // The commonest features first, so that those of most rows lie close together in memory.
    common.sort_unstable_by_key(|(feature, n)| (std::cmp::Reverse(*n), *feature));
    let columns: FxHashMap<Feature, u32> = common.iter().enumerate().map(|(at, (f, _))| (*f, at as u32)).collect();
    let mut features: Vec<Feature> = common.into_iter().map(|(feature, _)| feature).collect();
    features.sort_unstable();
    let mut records = SparseRecords::new(features.len());
    for example in examples {
        records.push(example.features.iter().filter_map(|(f, value)| columns.get(f).map(|column| (*column, *value))));
    }
    debug_assert_eq!(records.nsamples(), examples.len());
    let labels: Array1<usize> = examples.iter().map(|e| e.stance as usize).collect();
    let params = LogisticParams::new(Stance::ALL.len()).alpha(alpha).tolerance(5e-4).check()?;
    let regression = params.fit(&DatasetBase::new(records, labels))?;
    let order: Vec<u32> = features.iter().map(|feature| columns[feature]).collect();
    Ok(Trained { regression: regression.reordered(&order), features })
}

impl Trained {
    /// The scores of each stance, in the order of [`Stance::ALL`].
    pub fn scores(&self, features: &[Valued]) -> [f64; 3] {
        let mut scores = [0.0; 3];
        let weights = self.regression.weights();
        for (feature, value) in features {
            if let Ok(column) = self.features.binary_search(feature) {
                let range: Range<usize> = column * 3..column * 3 + 3;
                for (score, weight) in scores.iter_mut().zip(&weights[range]) {
                    *score += weight * f64::from(*value);
                }
            }
        }
        scores
    }
}
