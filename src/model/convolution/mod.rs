//! A layer of convolutions over a statement's words (Kim 2014, "Convolutional neural networks for sentence
//! classification"): reads what single words and pairs of them do not tell, because each unit sees several words in
//! their order, with their vectors and marks.
//!
//! Unit `u` at word `p` has the value `b[u] + sum_k (f[k][u] · v(p + k) + sum of m[k][u] over the marks of p + k)`, for
//! the five words around `p`. Of each unit its greatest value in the sentence counts, if above 0; a linear layer makes a
//! score for each stance of them.

mod fit;
mod kernel;
mod params;
mod slope;
mod weights;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use linfa::dataset::Records;
use linfa::traits::PredictInplace;
use ndarray::Array1;

pub use params::ConvolutionParams;

use crate::features::{CODES, MARKS_OF, Sequence, Step, words};
use weights::{Dense, Kept, REACH, ROW, STANCES, UNITS, WIDTH};

/// Sequences as records of linfa.
#[derive(Debug, Clone, Default)]
pub struct Sequences<'a>(pub Vec<&'a Sequence>);

impl Records for Sequences<'_> {
    type Elem = u16;

    fn nsamples(&self) -> usize {
        self.0.len()
    }

    /// How many words there are to know.
    fn nfeatures(&self) -> usize {
        words()
    }
}

/// What the words or marks at one place add to the values of all units, for each place of the window.
type Row = [f32; ROW];

/// Of each family of marks, the rows of its codes.
type Codes = [Vec<Row>; CODES.len()];

fn no_codes() -> Codes {
    CODES.map(|count| vec![[0.0; ROW]; count])
}

/// A fitted layer.
#[derive(Debug)]
pub struct Convolution {
    kept: Kept,
    filters: Box<[Row; WIDTH]>,
    codes: Codes,
    /// The rows of words, each made when it is first needed.
    words: Vec<OnceLock<Box<Row>>>,
}

impl PartialEq for Convolution {
    /// All else is made of the bytes.
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Convolution {
    /// The layer as bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.kept.bytes()
    }

    /// The layer of these bytes; `None` where they are too few or too many.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let kept = Kept::new(bytes)?;
        let mut codes = no_codes();
        fill_codes(&kept.dense, &mut codes);
        let words = (0..words()).map(|_| OnceLock::new()).collect();
        Some(Self { filters: kept.dense.filters_by_width(), kept, codes, words })
    }

    fn row(&self, word: u16) -> &Row {
        self.words[usize::from(word)].get_or_init(|| {
            let mut row = Box::new([0.0; ROW]);
            kernel::project_one(&self.kept.vector(word), &self.filters, &mut row);
            row
        })
    }

    fn pool(&self, sequence: &Sequence) -> Pooled {
        let rows: Vec<StepRows> =
            sequence.steps.iter().map(|step| step_rows(&self.codes, step, self.row(step.word))).collect();
        kernel::pool(self.kept.dense.bias(), &rows, &mut Vec::new())
    }

    /// The scores of each stance.
    pub fn scores(&self, sequence: &Sequence) -> [f64; STANCES] {
        scores(&self.kept.dense, &self.pool(sequence).values, sequence).map(f64::from)
    }

    /// What the words seen at each place, as a range of steps, add to the score of each stance; and then, with no
    /// range, what holds for the whole statement.
    pub fn pushes(&self, sequence: &Sequence) -> Vec<(Option<Range<usize>>, [f64; STANCES])> {
        let pooled = self.pool(sequence);
        let mut pushes = vec![[0.0; STANCES]; sequence.steps.len()];
        let mut places: Vec<usize> = Vec::new();
        for (unit, output) in
            self.kept.dense.output().iter().enumerate().filter(|(unit, _)| pooled.at[*unit] != NOWHERE)
        {
            let place = pooled.at[unit] as usize;
            places.push(place);
            pushes[place].iter_mut().zip(output).for_each(|(p, w)| *p += f64::from(pooled.values[unit] * w));
        }
        places.sort_unstable();
        places.dedup();
        let window = |place: usize| place.saturating_sub(REACH)..(place + REACH + 1).min(pushes.len());
        let whole = scores(&self.kept.dense, &[0.0; UNITS], sequence).map(f64::from);
        let seen = places.into_iter().map(|place| (Some(window(place)), pushes[place]));
        seen.chain([(None, whole)]).collect()
    }
}

impl PredictInplace<Sequences<'_>, Array1<usize>> for Convolution {
    fn predict_inplace<'a>(&'a self, records: &'a Sequences<'_>, labels: &mut Array1<usize>) {
        for (sequence, label) in records.0.iter().zip(labels) {
            let scores = self.scores(sequence);
            *label = (0..STANCES).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        }
    }

    fn default_target(&self, records: &Sequences<'_>) -> Array1<usize> {
        Array1::zeros(records.nsamples())
    }
}

/// Reckons the rows of all codes from those of their marks.
fn fill_codes(weights: &Dense, codes: &mut Codes) {
    for (rows, marks) in codes.iter_mut().zip(MARKS_OF.iter()) {
        for (row, marks) in rows.iter_mut().zip(marks) {
            *row = [0.0; ROW];
            for mark in marks {
                row.iter_mut().zip(weights.mark(*mark)).for_each(|(r, m)| *r += m);
            }
        }
    }
}

/// The greatest value of each unit in a sentence, and at which word it was reached.
struct Pooled {
    values: [f32; UNITS],
    /// `NOWHERE` where the value is not above 0.
    at: [u32; UNITS],
}

const NOWHERE: u32 = u32::MAX;

/// The rows of a step: of its word and of its codes.
type StepRows<'a> = [&'a Row; 1 + CODES.len()];

fn step_rows<'a>(codes: &'a Codes, step: &Step, word: &'a Row) -> StepRows<'a> {
    let of = |family: usize| &codes[family][usize::from(step.codes[family])];
    [word, of(0), of(1), of(2)]
}

fn scores(weights: &Dense, values: &[f32; UNITS], sequence: &Sequence) -> [f32; STANCES] {
    let mut scores = *weights.constant();
    for frame in sequence.frame {
        scores.iter_mut().zip(weights.frame(frame)).for_each(|(s, w)| *s += w);
    }
    for (value, of_unit) in values.iter().zip(weights.output()) {
        scores.iter_mut().zip(of_unit).for_each(|(s, w)| *s += value * w);
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::weights::Weights;
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn start() -> Weights {
        Weights::start(&mut Xoshiro256PlusPlus::seed_from_u64(1))
    }

    fn layer() -> Convolution {
        Convolution::from_bytes(start().to_bytes().into()).expect("whole")
    }

    fn sequences() -> impl Strategy<Value = Sequence> {
        let code = |family: usize| (0..CODES[family]).prop_map(|code| code as u8);
        let step = (0..words() as u16, code(0), code(1), code(2)).prop_map(|(word, a, b, c)| Step {
            token: 0,
            word,
            codes: [a, b, c],
        });
        prop::collection::vec(step, 0..30).prop_map(|steps| Sequence { steps, frame: [1, 4, 8] })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn pushes_sum_to_the_scores_and_stand_in_the_sentence(sequence in sequences()) {
            let layer = layer();
            let mut sums = [0.0; STANCES];
            for (steps, push) in layer.pushes(&sequence) {
                prop_assert!(steps.is_none_or(|steps| !steps.is_empty() && steps.end <= sequence.steps.len()));
                sums.iter_mut().zip(push).for_each(|(sum, p)| *sum += p);
            }
            for (sum, score) in sums.iter().zip(layer.scores(&sequence)) {
                prop_assert!((sum - score).abs() < 1e-3, "{} {}", sum, score);
            }
        }
    }

    #[test]
    fn a_unit_sees_its_words_with_their_vectors_and_marks() {
        let layer = layer();
        let step = |word| Step { token: 0, word, codes: [1, 2, 3] };
        let sequence = Sequence { steps: vec![step(5), step(6)], frame: [0, 3, 7] };
        let (weights, unit) = (&layer.kept.dense, 9);
        let part = |tap: usize, word: u16| -> f32 {
            let column = tap * UNITS + unit;
            let vector = weights.filters()[column].iter().zip(layer.kept.vector(word)).map(|(f, v)| f * v).sum::<f32>();
            let codes = [1usize, 2, 3].into_iter().enumerate();
            let marks = codes.flat_map(|(family, code)| &MARKS_OF[family][code]);
            vector + marks.map(|mark| weights.mark(*mark)[column]).sum::<f32>()
        };
        let at_first = part(REACH, 5) + part(REACH + 1, 6);
        let at_second = part(REACH - 1, 5) + part(REACH, 6);
        let expected = weights.bias()[unit] + at_first.max(at_second);
        assert!((layer.pool(&sequence).values[unit] - expected.max(0.0)).abs() < 1e-5);
    }

    #[test]
    fn a_layer_comes_back_from_its_bytes_within_a_step() {
        let (weights, bytes) = (start(), start().to_bytes());
        let kept = layer().kept;
        for word in 0..words() as u16 {
            let far = weights.vector(word).iter().zip(kept.vector(word)).map(|(a, b)| (a - b).abs());
            assert!(far.fold(0.0, f32::max) < 1e-4, "{word}");
        }
        assert_eq!(weights.dense, kept.dense);
        assert!(Convolution::from_bytes(bytes[..bytes.len() - 1].to_vec().into()).is_none());
        assert!(Convolution::from_bytes([bytes, vec![0; 4]].concat().into()).is_none());
    }
}
