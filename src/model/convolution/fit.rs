//! Training of a layer of convolutions: Adam (Kingma and Ba 2015) on small batches, with a rate that rises and falls
//! (Smith 2018), dropout of units and smoothed labels.

use linfa::dataset::{AsSingleTargets, DatasetBase, Records};
use linfa::traits::Fit;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::params::ValidConvolutionParams;
use super::slope::Slope;
use super::weights::{ROW, STANCES, UNITS, WIDTH, Weights};
use super::{Codes, Convolution, Pooled, Row, Sequences, StepRows};
use super::{fill_codes, kernel, no_codes, scores, step_rows};
use crate::features::Sequence;
use crate::model::FitError;

impl<T: AsSingleTargets<Elem = usize>> Fit<Sequences<'_>, T, FitError> for ValidConvolutionParams {
    type Object = Convolution;

    fn fit(&self, dataset: &DatasetBase<Sequences, T>) -> Result<Convolution, FitError> {
        let targets = dataset.as_single_targets();
        let mut rows: Vec<(&Sequence, usize)> =
            dataset.records().0.iter().zip(&targets).map(|(sequence, label)| (*sequence, *label)).collect();
        if rows.is_empty() || rows.len() != targets.len() || rows.len() != dataset.records().nsamples() {
            return Err(FitError::Empty);
        }
        if rows.iter().any(|(_, label)| *label >= STANCES) {
            return Err(FitError::Classes);
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let mut training = Training::new(Weights::start(&mut random), self.clone());
        let batches = rows.len().div_ceil(self.batch) * self.rounds;
        let mut done = 0;
        for _ in 0..self.rounds {
            rows.shuffle(&mut random);
            for batch in rows.chunks(self.batch) {
                training.step(batch, self.rate * warmth(done as f32 / batches as f32), &mut random);
                done += 1;
            }
        }
        Ok(Convolution::from_bytes(training.weights.to_bytes().into()).expect("weights write all that they read"))
    }
}

/// Which part of the highest rate holds after this part of the training: rises for a third, then falls to 0.
fn warmth(done: f32) -> f32 {
    const RISE: f32 = 0.3;
    let half = |x: f32| 0.5 - 0.5 * libm::cosf(x * std::f32::consts::PI);
    if done < RISE { half(done / RISE).max(0.04) } else { half((1.0 - done) / (1.0 - RISE)) }
}

/// The weights on their way, and room to reckon in.
struct Training {
    weights: Weights,
    params: ValidConvolutionParams,
    /// Of the weights that are not of words, and of those.
    dense: Moments,
    words: Moments,
    steps: i32,
    /// Of each word, its place among those of the batch.
    numbers: Vec<u32>,
    /// Their rows, and those of codes.
    rows: Vec<Row>,
    codes: Codes,
    values: Vec<[f32; UNITS]>,
    slope: Slope,
}

/// Running means of the gradient and of its square.
struct Moments {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Moments {
    fn new(length: usize) -> Self {
        Self { first: vec![0.0; length], second: vec![0.0; length] }
    }
}

impl Training {
    fn new(weights: Weights, params: ValidConvolutionParams) -> Self {
        let (dense, words) = (Moments::new(weights.dense.0.len()), Moments::new(weights.words.len()));
        let numbers = vec![0; weights.words.len() / WIDTH];
        let (codes, values, slope) = (no_codes(), Vec::new(), Slope::new());
        Self { weights, params, dense, words, steps: 0, numbers, rows: Vec::new(), codes, values, slope }
    }

    /// Learns from a batch of sequences with their labels.
    fn step(&mut self, batch: &[(&Sequence, usize)], rate: f32, random: &mut impl Rng) {
        let words = self.look(batch, random);
        self.steps += 1;
        let Moments { first, second } = &mut self.dense;
        kernel::adam(&mut self.weights.dense.0, &self.slope.dense.0, first, second, rate, self.steps);
        for (word, gradient) in words.iter().zip(&self.slope.words) {
            let range = usize::from(*word) * WIDTH..(usize::from(*word) + 1) * WIDTH;
            let (first, second) = (&mut self.words.first[range.clone()], &mut self.words.second[range.clone()]);
            kernel::adam(&mut self.weights.words[range], gradient, first, second, rate, self.steps);
        }
    }

    /// Finds the gradient of a batch, and gives its words in the order of their gradients.
    fn look(&mut self, batch: &[(&Sequence, usize)], random: &mut impl Rng) -> Vec<u16> {
        let words = self.number_words(batch);
        let vectors: Vec<&[f32; WIDTH]> = words.iter().map(|word| self.weights.vector(*word)).collect();
        let rows = &mut self.rows[..words.len()];
        kernel::project(&vectors, &self.weights.dense.filters_by_width(), rows);
        fill_codes(&self.weights.dense, &mut self.codes);
        let slope = &mut self.slope;
        slope.clear(words.len());
        let mut steps: Vec<StepRows> = Vec::new();
        for (sequence, label) in batch {
            steps.clear();
            steps.extend(sequence.steps.iter().map(|step| {
                let word = self.numbers[usize::from(step.word)] as usize;
                step_rows(&self.codes, step, &rows[word])
            }));
            let mut pooled = kernel::pool(self.weights.dense.bias(), &steps, &mut self.values);
            let kept = drop_units(self.params.dropout, &mut pooled, random);
            let scores = scores(&self.weights.dense, &pooled.values, sequence);
            let residuals = residuals(scores, *label, self.params.smoothing, batch.len());
            let units = slope.add_output(&self.weights.dense, &pooled, sequence, &residuals, &kept);
            kernel::descend(&self.weights.dense, &vectors, &self.numbers, sequence, &pooled, &units, slope);
        }
        slope.share_codes();
        words
    }

    /// The words of a batch, each once; notes the place of each.
    fn number_words(&mut self, batch: &[(&Sequence, usize)]) -> Vec<u16> {
        let mut words: Vec<u16> = batch.iter().flat_map(|(s, _)| &s.steps).map(|step| step.word).collect();
        words.sort_unstable();
        words.dedup();
        for (number, word) in words.iter().enumerate() {
            self.numbers[usize::from(*word)] = number as u32;
        }
        self.rows.resize(self.rows.len().max(words.len()), [0.0; ROW]);
        words
    }
}

/// Leaves out units at random, and makes up for it in the others; gives the factor of each.
fn drop_units(dropout: f32, pooled: &mut Pooled, random: &mut impl Rng) -> [f32; UNITS] {
    let mut factors = [0.0; UNITS];
    for (factor, value) in factors.iter_mut().zip(&mut pooled.values) {
        if random.r#gen::<f32>() >= dropout {
            *factor = 1.0 / (1.0 - dropout);
        }
        *value *= *factor;
    }
    factors
}

/// Probabilities less the smoothed truth, divided by the size of the batch.
fn residuals(scores: [f32; STANCES], label: usize, smoothing: f32, batch: usize) -> [f32; STANCES] {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // That of the system may differ in its last bit from one processor to the next.
    let exponentials = scores.map(|s| libm::expf(s - top));
    let sum: f32 = exponentials.iter().sum();
    std::array::from_fn(|class| {
        let truth = smoothing / STANCES as f32 + if class == label { 1.0 - smoothing } else { 0.0 };
        (exponentials[class] / sum - truth) / batch as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{self, CODES};
    use linfa::ParamGuard;
    use linfa::traits::PredictInplace;
    use ndarray::Array1;

    use crate::model::convolution::ConvolutionParams;

    fn sequence(words: &[u16]) -> Sequence {
        let step = |(n, word): (usize, &u16)| features::Step {
            token: n as u32,
            word: *word,
            codes: [(n * 7 % CODES[0]) as u8, (n * 11 % CODES[1]) as u8, (n * 5 % CODES[2]) as u8],
        };
        Sequence { steps: words.iter().enumerate().map(step).collect(), frame: [0, 3, 7] }
    }

    /// The same five words in one order or the other, among others.
    fn by_order() -> (Vec<Sequence>, Array1<usize>) {
        let row = |n: u16| {
            let mut words = if n.is_multiple_of(2) { vec![10, 20, 30, 40, 50] } else { vec![50, 40, 30, 20, 10] };
            words.extend([100 + n % 17, 200 + n % 13]);
            sequence(&words)
        };
        ((0..100).map(row).collect(), (0..100).map(|n| n % 2).collect())
    }

    fn fitted(seed: u64) -> Convolution {
        let (sequences, labels) = by_order();
        let data = DatasetBase::new(Sequences(sequences.iter().collect()), labels);
        ConvolutionParams::new().batch(10).rounds(4).seed(seed).check().expect("valid").fit(&data).expect("fits")
    }

    #[test]
    fn learns_what_only_the_order_of_the_words_tells() {
        let (sequences, labels) = by_order();
        let (layer, records) = (fitted(1), Sequences(sequences.iter().collect()));
        let mut predicted = layer.default_target(&records);
        layer.predict_inplace(&records, &mut predicted);
        assert_eq!(predicted, labels);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let layer = fitted(3);
        assert!(layer == fitted(3));
        assert!(layer != fitted(4));
    }

    #[test]
    fn the_gradient_is_that_of_the_cost() {
        let batch = [(sequence(&[7, 8, 9, 8, 7, 3]), 0), (sequence(&[8, 5]), 2)];
        let batch: Vec<(&Sequence, usize)> = batch.iter().map(|(sequence, label)| (sequence, *label)).collect();
        let mut random = Xoshiro256PlusPlus::seed_from_u64(2);
        let params = ConvolutionParams::new().dropout(0.0).check().expect("valid");
        let start = Weights::start(&mut random);
        let mut training = Training::new(start.clone(), params);
        let words = training.look(&batch, &mut random);
        let cost = |weights: Weights| -> f64 {
            let layer = Convolution::from_bytes(weights.to_bytes().into()).expect("whole");
            let of = |(sequence, label): &(&Sequence, usize)| {
                let scores = layer.scores(sequence);
                let sum: f64 = scores.iter().map(|s| s.exp()).sum();
                let truth = |class: usize| 0.05 / 3.0 + if class == *label { 0.95 } else { 0.0 };
                (0..STANCES).map(|class| truth(class) * (sum.ln() - scores[class])).sum::<f64>() / 2.0
            };
            batch.iter().map(of).sum()
        };
        let slope_at = |change: &dyn Fn(&mut Weights, f32)| {
            let cost_at = |by: f32| {
                let mut weights = start.clone();
                change(&mut weights, by);
                cost(weights)
            };
            (cost_at(1e-3) - cost_at(-1e-3)) / 2e-3
        };
        let near = |a: f64, b: f32| (a - f64::from(b)).abs() < 2e-3;
        let steepest = |gradient: &[f32]| {
            (0..gradient.len()).max_by(|a, b| gradient[*a].abs().total_cmp(&gradient[*b].abs())).unwrap_or(0)
        };
        for part in training.slope.dense.0.chunks(997).enumerate() {
            let at = part.0 * 997 + steepest(part.1);
            let measured = slope_at(&|weights, by| weights.dense.0[at] += by);
            assert!(near(measured, training.slope.dense.0[at]), "{at}: {measured} {}", training.slope.dense.0[at]);
        }
        for (word, gradient) in words.iter().zip(&training.slope.words) {
            let at = steepest(gradient);
            let measured = slope_at(&|weights, by| weights.words[usize::from(*word) * WIDTH + at] += by);
            assert!(near(measured, gradient[at]), "word {word}: {measured} {}", gradient[at]);
        }
    }

    #[test]
    fn rows_without_labels_and_unknown_labels_are_refused() {
        let params = || ConvolutionParams::new().check().expect("valid");
        let none = DatasetBase::new(Sequences(Vec::new()), Array1::<usize>::zeros(0));
        assert!(matches!(params().fit(&none), Err(FitError::Empty)));
        let one = sequence(&[1]);
        let data = DatasetBase::new(Sequences(vec![&one]), Array1::from_elem(1, STANCES));
        assert!(matches!(params().fit(&data), Err(FitError::Classes)));
    }
}
