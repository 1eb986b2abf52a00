//! Multinomial logistic regression with an L2 penalty on sparse records.
//!
//! Minimises `sum_i -log softmax(W x_i)[y_i] + alpha/2 * |W|^2` by L-BFGS: the objective of linfa-logistic (`alpha`)
//! and of scikit-learn's `LogisticRegression` (`C = 1/alpha`). A column of ones stands for the intercept, so that it is
//! penalised as all others are.

use std::ops::Range;
use std::sync::Mutex;

use argmin::core::{CostFunction, Executor, Gradient};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use linfa::ParamGuard;
use linfa::dataset::Records;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::{Fit, PredictInplace};
use ndarray::Array1;
use rayon::prelude::*;

use super::error::FitError;
use super::sparse::{SparseRecords, SplitRecords, dot};

/// From how many steps before the optimiser guesses the curvature.
const MEMORY: usize = 12;

/// When to stop at the latest.
const MAX_ITERATIONS: u64 = 300;

/// Checked parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidLogisticParams {
    alpha: f64,
    classes: usize,
    tolerance: f64,
}

/// Parameters of the regression.
#[derive(Debug, Clone, PartialEq)]
pub struct LogisticParams(ValidLogisticParams);

impl LogisticParams {
    /// For labels `0..classes`.
    pub fn new(classes: usize) -> Self {
        Self(ValidLogisticParams { alpha: 1.0, classes, tolerance: 1e-4 })
    }

    /// Strength of the L2 penalty; the greater, the smaller the weights. Default 1.
    pub fn alpha(mut self, alpha: f64) -> Self {
        self.0.alpha = alpha;
        self
    }

    /// Norm of the gradient, divided by the number of rows, at which the optimum counts as found. Default 1e-4.
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }
}

impl ParamGuard for LogisticParams {
    type Checked = ValidLogisticParams;
    type Error = FitError;

    fn check_ref(&self) -> Result<&Self::Checked, FitError> {
        let p = &self.0;
        if !(p.alpha.is_finite() && p.alpha > 0.0) {
            return Err(FitError::Alpha(p.alpha));
        }
        if p.tolerance.is_nan() || p.tolerance <= 0.0 {
            return Err(FitError::Tolerance(p.tolerance));
        }
        if p.classes < 2 {
            return Err(FitError::Classes);
        }
        Ok(p)
    }

    fn check(self) -> Result<Self::Checked, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseLogistic {
    /// One weight for each column and class, columns first: the weight of class `k` in column `j` is at
    /// `j * classes + k`.
    weights: Vec<f64>,
    classes: usize,
}

impl SparseLogistic {
    /// The same with its columns in another order: column `order[j]` becomes column `j`.
    pub fn reordered(&self, order: &[u32]) -> Self {
        let of = |column: &u32| &self.weights[*column as usize * self.classes..][..self.classes];
        Self { weights: order.iter().flat_map(of).copied().collect(), classes: self.classes }
    }

    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The scores of each class for a row.
    pub fn scores(&self, columns: &[u32], values: &[f32]) -> Vec<f64> {
        scores(&self.weights, self.classes, columns, values)
    }
}

fn scores(weights: &[f64], classes: usize, columns: &[u32], values: &[f32]) -> Vec<f64> {
    let mut scores = vec![0.0; classes];
    add_scores(weights, columns, values, &mut scores);
    scores
}

fn add_scores(weights: &[f64], columns: &[u32], values: &[f32], scores: &mut [f64]) {
    let classes = scores.len();
    for (&column, &value) in columns.iter().zip(values) {
        let at = column as usize * classes;
        for (score, weight) in scores.iter_mut().zip(&weights[at..at + classes]) {
            *score += weight * f64::from(value);
        }
    }
}

/// Turns the scores of a row into probabilities less the truth, and gives its cost.
fn residuals(scores: &mut [f64], label: usize) -> f64 {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|s| (s - top).exp()).sum();
    let cost = top + sum.ln() - scores[label];
    for (class, score) in scores.iter_mut().enumerate() {
        *score = (*score - top).exp() / sum - f64::from(u8::from(class == label));
    }
    cost
}

/// Into how many parts the rows are cut for the gradient, whatever the number of threads, so that sums are the same.
const PARTS: usize = 4;

/// Columns that are filled in at least this share of the rows are kept dense; measured to be the fastest of a tenth to a
/// half.
const FULL: f64 = 0.2;

struct Problem<'a> {
    records: SplitRecords,
    labels: &'a [usize],
    classes: usize,
    alpha: f64,
    /// The line search asks for the cost and then for the gradient of the same weights: one pass gives both.
    last: Mutex<Option<Point>>,
}

/// Weights, with the cost and the gradient there.
struct Point {
    weights: Vec<f64>,
    cost: f64,
    gradient: Vec<f64>,
}

impl Problem<'_> {
    fn at<T>(&self, weights: &[f64], take: impl Fn(&Point) -> T) -> T {
        // A thread that panicked has left nothing half done: the point is only ever put in whole.
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(point) = last.as_ref().filter(|point| point.weights == weights) {
            return take(point);
        }
        let (cost, mut gradient) = self.evaluate(weights);
        let penalty = weights.iter().map(|w| w * w).sum::<f64>() * self.alpha / 2.0;
        for (g, w) in gradient.iter_mut().zip(weights) {
            *g = (*g + self.alpha * w) * self.scale();
        }
        let point = Point { weights: weights.to_vec(), cost: (cost + penalty) * self.scale(), gradient };
        take(last.insert(point))
    }

    /// Cost and gradient, the penalty left out.
    fn evaluate(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let rows = self.labels.len();
        let size = rows.div_ceil(PARTS).max(1);
        let parts: Vec<(f64, Vec<f64>)> = (0..rows.div_ceil(size))
            .into_par_iter()
            .map(|part| self.part(weights, part * size..rows.min((part + 1) * size)))
            .collect();
        let mut cost = 0.0;
        let mut gradient = vec![0.0; weights.len()];
        for (part_cost, part_gradient) in parts {
            cost += part_cost;
            for (sum, g) in gradient.iter_mut().zip(&part_gradient) {
                *sum += g;
            }
        }
        (cost, gradient)
    }

    fn part(&self, weights: &[f64], rows: Range<usize>) -> (f64, Vec<f64>) {
        // The compiler unrolls the loops over a number of classes that it knows.
        match self.classes {
            2 => self.part_of::<2>(weights, rows),
            3 => self.part_of::<3>(weights, rows),
            _ => self.part_of_many(weights, rows),
        }
    }

    fn part_of<const CLASSES: usize>(&self, weights: &[f64], rows: Range<usize>) -> (f64, Vec<f64>) {
        let weights = weights.as_chunks::<CLASSES>().0;
        let (width, dense) = (self.records.width(), &self.records.dense);
        let mut full = [const { Vec::new() }; CLASSES];
        for (class, full) in full.iter_mut().enumerate() {
            full.extend(dense.iter().map(|column| weights[*column as usize][class]));
            full.resize(width, 0.0);
        }
        let mut full_gradient = [const { Vec::new() }; CLASSES];
        full_gradient.iter_mut().for_each(|gradient| gradient.resize(width, 0.0));
        let mut cost = 0.0;
        let mut gradient = vec![[0.0; CLASSES]; weights.len()];
        for number in rows {
            let row = self.records.row(number);
            let (columns, values) = self.records.sparse.row(number);
            let mut scores: [f64; CLASSES] = std::array::from_fn(|class| dot(row, &full[class]));
            for (&column, &value) in columns.iter().zip(values) {
                let (own, value) = (&weights[column as usize], f64::from(value));
                for class in 0..CLASSES {
                    scores[class] += own[class] * value;
                }
            }
            cost += residuals(&mut scores, self.labels[number]);
            for class in 0..CLASSES {
                for (sum, value) in full_gradient[class].iter_mut().zip(row) {
                    *sum += scores[class] * f64::from(*value);
                }
            }
            for (&column, &value) in columns.iter().zip(values) {
                let (own, value) = (&mut gradient[column as usize], f64::from(value));
                for class in 0..CLASSES {
                    own[class] += scores[class] * value;
                }
            }
        }
        for (at, column) in dense.iter().enumerate() {
            for class in 0..CLASSES {
                gradient[*column as usize][class] += full_gradient[class][at];
            }
        }
        (cost, gradient.into_flattened())
    }

    fn part_of_many(&self, weights: &[f64], rows: Range<usize>) -> (f64, Vec<f64>) {
        let mut cost = 0.0;
        let mut gradient = vec![0.0; weights.len()];
        let mut scores = vec![0.0; self.classes];
        for number in rows {
            let (columns, values) = self.records.sparse.row(number);
            let parts = [(self.records.dense.as_slice(), self.records.row(number)), (columns, values)];
            scores.fill(0.0);
            for (columns, values) in parts {
                add_scores(weights, columns, values, &mut scores);
            }
            cost += residuals(&mut scores, self.labels[number]);
            for (&column, &value) in parts.iter().flat_map(|(columns, values)| columns.iter().zip(*values)) {
                let at = column as usize * self.classes;
                for (g, residual) in gradient[at..at + self.classes].iter_mut().zip(&scores) {
                    *g += residual * f64::from(value);
                }
            }
        }
        (cost, gradient)
    }

    /// The optimiser sees the mean over rows, so that its tolerance does not depend on their number.
    fn scale(&self) -> f64 {
        1.0 / self.labels.len() as f64
    }
}

impl CostFunction for &Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, argmin::core::Error> {
        Ok(self.at(weights, |point| point.cost))
    }
}

impl Gradient for &Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, argmin::core::Error> {
        Ok(self.at(weights, |point| point.gradient.clone()))
    }
}

impl<T: AsSingleTargets<Elem = usize>> Fit<SparseRecords, T, FitError> for ValidLogisticParams {
    type Object = SparseLogistic;

    fn fit(&self, dataset: &DatasetBase<SparseRecords, T>) -> Result<SparseLogistic, FitError> {
        let records = dataset.records();
        let targets = dataset.as_single_targets();
        let labels: Vec<usize> = targets.iter().copied().collect();
        if labels.is_empty() || labels.len() != records.nsamples() {
            return Err(FitError::Empty);
        }
        if labels.iter().any(|l| *l >= self.classes) {
            return Err(FitError::Classes);
        }
        let problem = Problem {
            records: SplitRecords::new(records, FULL),
            labels: &labels,
            classes: self.classes,
            alpha: self.alpha,
            last: Mutex::new(None),
        };
        let failed = |e: argmin::core::Error| FitError::Optimiser(e.to_string());
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
            .with_tolerance_grad(self.tolerance)
            .and_then(|s| s.with_tolerance_cost(1e-10))
            .map_err(failed)?;
        let start = vec![0.0; records.nfeatures() * self.classes];
        let result = Executor::new(&problem, solver)
            .configure(|state| state.param(start).max_iters(MAX_ITERATIONS))
            .run()
            .map_err(failed)?;
        let mut state = result.state;
        let weights = state.take_best_param().ok_or_else(|| FitError::Optimiser("no solution".into()))?;
        Ok(SparseLogistic { weights, classes: self.classes })
    }
}

impl PredictInplace<SparseRecords, Array1<usize>> for SparseLogistic {
    fn predict_inplace<'a>(&'a self, records: &'a SparseRecords, labels: &mut Array1<usize>) {
        for (number, label) in labels.iter_mut().enumerate() {
            let (columns, values) = records.row(number);
            let scores = self.scores(columns, values);
            *label = (0..self.classes).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<usize> {
        Array1::zeros(records.nsamples())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    fn sparse(dense: &Array2<f64>) -> SparseRecords {
        let mut records = SparseRecords::new(dense.ncols());
        for row in dense.rows() {
            records.push(row.iter().enumerate().map(|(j, v)| (j as u32, *v as f32)));
        }
        records
    }

    /// Three overlapping clouds, by a fixed rule.
    fn clouds() -> (Array2<f64>, Array1<usize>) {
        let labels = Array1::from_shape_fn(60, |i| i % 3);
        let dense = Array2::from_shape_fn((60, 4), |(i, j)| {
            let noise = ((i * 37 + j * 91) % 101) as f32 / 101.0 - 0.5;
            f64::from(noise + if j == i % 3 { 0.6 } else { 0.0 } + if j == 3 { 1.0 } else { 0.0 })
        });
        (dense, labels)
    }

    #[test]
    fn finds_the_same_optimum_as_linfa_logistic_on_a_dense_problem() {
        let (dense, labels) = clouds();
        let data = linfa::Dataset::new(dense.clone(), labels.clone());
        let theirs = linfa_logistic::MultiLogisticRegression::default()
            .alpha(0.5)
            .with_intercept(false)
            .gradient_tolerance(1e-8)
            .max_iterations(1000)
            .fit(&data)
            .expect("linfa-logistic fits");
        let ours = LogisticParams::new(3)
            .alpha(0.5)
            .tolerance(1e-8)
            .check()
            .expect("valid")
            .fit(&DatasetBase::new(sparse(&dense), labels))
            .expect("fits");
        let reference = theirs.predict_probabilities(&dense);
        for (number, row) in reference.rows().into_iter().enumerate() {
            let records = sparse(&dense);
            let (columns, values) = records.row(number);
            let scores = ours.scores(columns, values);
            let p = super::super::Probabilities::softmax([scores[0], scores[1], scores[2]]);
            for (a, b) in [p.cooperative, p.opposed, p.neutral].iter().zip(row) {
                assert!((a - b).abs() < 1e-4, "row {number}: {a} against {b}");
            }
        }
    }

    /// The same rows and labels as the script whose figures are recorded below.
    fn sparse_problem() -> (SparseRecords, Array1<usize>) {
        const ROWS: usize = 90;
        const COLUMNS: usize = 40;
        let mut records = SparseRecords::new(COLUMNS);
        for i in 0..ROWS {
            let mut row = [0.0f32; COLUMNS];
            for k in 0..6 {
                row[(i * 13 + k * k * 7 + (i % 3) * 5 + k * 11) % COLUMNS] = ((i * 31 + k * 17) % 10 + 1) as f32 / 10.0;
            }
            records.push(row.iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(j, v)| (j as u32, *v)));
        }
        (records, Array1::from_shape_fn(ROWS, |i| i % 3))
    }

    /// Recorded with scikit-learn 1.9.1: `LogisticRegression(C=1/0.8, fit_intercept=False, tol=1e-10, max_iter=10000)`
    /// on the rows of `sparse_problem` as a CSR matrix.
    #[test]
    fn gives_the_probabilities_and_coefficients_of_scikit_learn_on_a_sparse_problem() {
        const PROBABILITIES: [(usize, [f64; 3]); 6] = [
            (0, [0.493_564, 0.269_007, 0.237_429]),
            (1, [0.327_349, 0.424_319, 0.248_332]),
            (2, [0.364_05, 0.279_804, 0.356_146]),
            (30, [0.245_345, 0.355_934, 0.398_722]),
            (61, [0.307_515, 0.395_468, 0.297_017]),
            (89, [0.177_327, 0.325_612, 0.497_061]),
        ];
        const COLUMN_5: [f64; 3] = [-0.122_596, 0.325_035, -0.202_439];
        let (records, labels) = sparse_problem();
        let params = LogisticParams::new(3).alpha(0.8).tolerance(1e-9).check().expect("valid");
        let model = params.fit(&DatasetBase::new(records.clone(), labels)).expect("fits");
        for (number, expected) in PROBABILITIES {
            let (columns, values) = records.row(number);
            let scores = model.scores(columns, values);
            let p = super::super::Probabilities::softmax([scores[0], scores[1], scores[2]]);
            for (ours, theirs) in [p.cooperative, p.opposed, p.neutral].iter().zip(expected) {
                assert!((ours - theirs).abs() < 1e-4, "row {number}: {ours} against {theirs}");
            }
        }
        for (ours, theirs) in model.weights()[15..18].iter().zip(COLUMN_5) {
            assert!((ours - theirs).abs() < 1e-3, "{ours} against {theirs}");
        }
    }

    #[test]
    fn predicts_through_linfas_trait() {
        let (dense, labels) = clouds();
        let data = DatasetBase::new(sparse(&dense), labels.clone());
        let model = LogisticParams::new(3).alpha(0.01).check().expect("valid").fit(&data).expect("fits");
        let records = sparse(&dense);
        let mut predicted = model.default_target(&records);
        model.predict_inplace(&records, &mut predicted);
        let right = predicted.iter().zip(&labels).filter(|(a, b)| a == b).count();
        assert!(right > 45, "{right} of 60");
    }

    #[test]
    fn refuses_parameters_and_data_that_make_no_sense() {
        assert!(matches!(LogisticParams::new(3).alpha(-1.0).check(), Err(FitError::Alpha(_))));
        assert!(matches!(LogisticParams::new(1).check(), Err(FitError::Classes)));
        assert!(matches!(LogisticParams::new(2).tolerance(f64::NAN).check(), Err(FitError::Tolerance(_))));
        let empty = DatasetBase::new(SparseRecords::new(2), Array1::<usize>::zeros(0));
        let params = LogisticParams::new(2).check().expect("valid");
        assert!(matches!(params.fit(&empty), Err(FitError::Empty)));
    }

    #[test]
    fn the_estimator_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<SparseLogistic>();
        shared::<ValidLogisticParams>();
        shared::<FitError>();
    }
}
