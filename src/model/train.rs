//! From labelled rows to a model.

use std::ops::Range;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::articles::Read;
use super::{
    Convolution, ConvolutionParams, Corpus, FitError, LogisticParams, Row, Sequences, SparseLogistic, SparseRecords,
    Stance,
};
use crate::features::{Feature, Groups, Names, Sequence, Valued, emit, stems};
use crate::statement::Reading;

/// A row as the model learns from it. Where it stands in an article, it is read as the program will read articles, without
/// its marks: the model learns how far what the program finds, above all of targets, can be trusted.
#[derive(Debug, Clone)]
pub struct Example {
    pub features: Vec<Valued>,
    pub sequence: Sequence,
    pub stance: Stance,
    /// Code of the target.
    pub target: Option<String>,
    /// Number of its line in the article; none where it stands alone, or its line is not known.
    pub line: Option<usize>,
    /// Rows of one text, or of one article, have one number, and stay together in a split.
    pub text: usize,
    /// Number of the row.
    pub row: usize,
}

/// A row as its marks say.
fn as_marked(row: &Row, groups: Groups) -> Read {
    let mut features = Names::default();
    let reading = Reading::of_row(row);
    let view = emit(&reading.marked(), &stems(&reading.tokens), groups, &mut features);
    Read { features, sequence: view.sequence, target: row.target.clone(), line: None }
}

/// The features of all rows, and the names of the features. Rows of articles in marked text that the program does not find
/// in them are read as their marks say, and so are all others.
pub fn examples(corpus: &Corpus, groups: Groups) -> (Vec<Example>, FxHashMap<Feature, String>) {
    let rows = &corpus.rows;
    let mut texts: FxHashMap<&str, usize> = FxHashMap::default();
    let numbers: Vec<usize> = rows
        .iter()
        .map(|row| {
            let next = texts.len();
            *texts.entry(row.article.as_ref().unwrap_or(&row.text)).or_insert(next)
        })
        .collect();
    let mut read: Vec<Option<Read>> = Vec::new();
    read.resize_with(rows.len(), || None);
    let found: Vec<(usize, Read)> =
        corpus.articles.par_iter().flat_map_iter(|article| article.as_read(groups)).collect();
    for (row, as_read) in found {
        read[row] = Some(as_read);
    }
    let read: Vec<Read> =
        read.into_par_iter().zip(rows).map(|(read, row)| read.unwrap_or_else(|| as_marked(row, groups))).collect();
    let mut all = FxHashMap::default();
    let mut examples = Vec::with_capacity(rows.len());
    for (number, Read { features: Names(names, features), sequence, target, line }) in read.into_iter().enumerate() {
        all.extend(names);
        let (features, stance, text) = (distinct(features), rows[number].stance, numbers[number]);
        examples.push(Example { features, sequence, stance, target, line, text, row: number });
    }
    (examples, all)
}

/// Sorted, each feature once with its greatest value.
pub fn distinct<F: Ord + Copy>(mut features: Vec<(F, f32)>) -> Vec<(F, f32)> {
    features.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    features.dedup_by_key(|f| f.0);
    features
}

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Strength of the regression's penalty.
    pub alpha: f64,
    /// Of the split into folds, and of all that is drawn at random in training.
    pub seed: u64,
}

/// A regression with the features that its columns stand for, and a layer of convolutions.
#[derive(Debug)]
pub struct Trained {
    /// Sorted.
    pub features: Vec<Feature>,
    pub regression: SparseLogistic,
    /// None where the rows have no sequences.
    pub convolution: Option<Convolution>,
}

/// Features of fewer rows are left out: of one in so many, but always of fewer than `RAREST`.
const RARE: usize = 4_000;
const RAREST: usize = 3;

/// How often the convolutions see each row, and how many batches they see at least.
const ROUNDS: usize = 5;
const BATCHES: usize = 300;
const BATCH: usize = 128;

/// Fits a regression and a layer of convolutions to these examples.
pub fn fit(examples: &[&Example], settings: Settings) -> Result<Trained, FitError> {
    let mut counts: FxHashMap<Feature, u32> = FxHashMap::default();
    for (feature, _) in examples.iter().flat_map(|e| &e.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let rarest = examples.len().div_ceil(RARE).max(RAREST) as u32;
    let mut common: Vec<(Feature, u32)> = counts.into_iter().filter(|(_, n)| *n >= rarest).collect();
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
    let convolution = convolution(examples, &labels, settings.seed)?;
    let params = LogisticParams::new(Stance::ALL.len()).alpha(settings.alpha).tolerance(3e-3).check()?;
    let regression = params.fit(&DatasetBase::new(records, labels))?;
    let order: Vec<u32> = features.iter().map(|feature| columns[feature]).collect();
    Ok(Trained { regression: regression.reordered(&order), features, convolution })
}

fn convolution(examples: &[&Example], labels: &Array1<usize>, seed: u64) -> Result<Option<Convolution>, FitError> {
    if examples.iter().all(|e| e.sequence.steps.is_empty()) {
        return Ok(None);
    }
    let sequences = Sequences(examples.iter().map(|e| &e.sequence).collect());
    let rounds = BATCHES.div_ceil(examples.len().div_ceil(BATCH)).max(ROUNDS);
    let params =
        ConvolutionParams::new().rounds(rounds).batch(BATCH).rate(5e-3).dropout(0.3).smoothing(0.05).seed(seed);
    params.check()?.fit(&DatasetBase::new(sequences, labels.view())).map(Some)
}

/// How much the convolutions weigh in the score, against the regression. Cross-validation finds anything from 0.4 to 0.8
/// alike.
pub const SHARE: f64 = 0.5;

/// The score of a regression and of convolutions together.
pub fn together(regression: [f64; 3], convolution: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|stance| (1.0 - SHARE) * regression[stance] + SHARE * convolution[stance])
}

impl Trained {
    /// The scores of each stance, in the order of [`Stance::ALL`].
    pub fn scores(&self, example: &Example) -> [f64; 3] {
        let mut scores = [0.0; 3];
        let weights = self.regression.weights();
        for (feature, value) in &example.features {
            if let Ok(column) = self.features.binary_search(feature) {
                let range: Range<usize> = column * 3..column * 3 + 3;
                for (score, weight) in scores.iter_mut().zip(&weights[range]) {
                    *score += weight * f64::from(*value);
                }
            }
        }
        match &self.convolution {
            Some(convolution) => together(scores, convolution.scores(&example.sequence)),
            None => scores,
        }
    }
}
