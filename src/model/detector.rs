//! Whether a party that seems to speak or act does, and towards whom: logistic regressions over hashed
//! evidence (Weinberger and others, 2009), learned from whole articles in which every statement is marked.

use std::borrow::Cow;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use zerocopy::little_endian::F32;
use zerocopy::{FromBytes, IntoBytes};

use super::train::distinct;
use super::{FitError, LogisticParams, SparseRecords};
use crate::features::{Feature, Valued};

/// How many weights there are: features whose hashes agree in so many bits share one.
const BITS: u32 = 17;

/// Strength of the penalty; 10 to 30 are alike on held-out articles.
const ALPHA: f64 = 20.0;

/// Fewer examples than this teach nothing about articles.
const FEWEST: usize = 1_000;

/// Evidence of fewer examples is left out: of one in so many.
const RARE: usize = 8_000;

/// From which probability on something is a statement: one that the rules find, and any other. On held-out articles the
/// F1 is nearly the same from 0.35 to 0.5, and annotators of other articles find more; what no rule finds needs more, because
/// in news of other kinds less of it is any.
const ENOUGH: f64 = 0.35;
const ENOUGH_IN_DOUBT: f64 = 0.65;

/// From which probability on a target is the right one. A threshold of half the F1 that it reaches is the best for that
/// F1 (Lipton and others, 2014), and the F1 of dyads is some 0.6.
const ENOUGH_OF_A_TARGET: f64 = 0.3;

/// The weight of each hash.
#[derive(Debug, Clone, PartialEq)]
pub struct Detector(Cow<'static, [u8]>);

fn column(feature: Feature) -> u32 {
    (feature >> (Feature::BITS - BITS)) as u32
}

impl Detector {
    /// Learns from evidence, with whether it is that of what is looked for; `None` from too little.
    pub fn fit(examples: &[(Vec<Valued>, bool)]) -> Result<Option<Self>, FitError> {
        if examples.len() < FEWEST {
            return Ok(None);
        }
        let rows: Vec<Vec<(u32, f32)>> = examples.iter().map(|(features, _)| columns(features)).collect();
        let mut counts = vec![0usize; 1 << BITS];
        rows.iter().flatten().for_each(|(column, _)| counts[*column as usize] += 1);
        let rarest = (examples.len() / RARE).max(1);
        let common: Vec<u32> = (0..1 << BITS).filter(|column| counts[*column as usize] >= rarest).collect();
        let mut records = SparseRecords::new(common.len());
        for row in &rows {
            let known = |(column, value): &(u32, f32)| Some((common.binary_search(column).ok()? as u32, *value));
            records.push(row.iter().filter_map(known));
        }
        let labels: Array1<usize> = examples.iter().map(|(_, is)| usize::from(*is)).collect();
        let params = LogisticParams::new(2).alpha(ALPHA).tolerance(1e-3).check()?;
        let fitted = params.fit(&DatasetBase::new(records, labels))?;
        let mut weights = vec![F32::ZERO; 1 << BITS];
        for (column, [no, yes]) in common.iter().zip(fitted.weights().as_chunks::<2>().0) {
            weights[*column as usize] = F32::new((yes - no) as f32);
        }
        Ok(Some(Self(weights.as_bytes().to_vec().into())))
    }

    /// Reads weights; `None` where there are not as many as there should be.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        (bytes.len() == size_of::<F32>() << BITS).then_some(Self(bytes))
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How probable it is that this is the evidence of what is looked for.
    pub fn probability(&self, features: &[Valued]) -> f64 {
        let weights = <[F32]>::ref_from_bytes(&self.0).unwrap_or_default();
        let weight = |at: u32| weights.get(at as usize).map_or(0.0, |w| w.get());
        let score: f32 = columns(features).into_iter().map(|(at, value)| weight(at) * value).sum();
        1.0 / (1.0 + f64::from(-score).exp())
    }

    /// Whether it is a statement; `by_rule` tells whether the rules say so.
    pub fn finds(&self, features: &[Valued], by_rule: bool) -> bool {
        self.probability(features) >= if by_rule { ENOUGH } else { ENOUGH_IN_DOUBT }
    }

    /// The likeliest of these targets with their evidence, if it is likely enough; of equals the first.
    pub fn target<T>(&self, possible: Vec<(T, Vec<Valued>)>) -> Option<T> {
        let weighed = possible.into_iter().map(|(target, evidence)| (self.probability(&evidence), target));
        let (probability, target) = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        (probability >= ENOUGH_OF_A_TARGET).then_some(target)
    }
}

/// The columns of features, each once with its greatest value.
fn columns(features: &[Valued]) -> Vec<(u32, f32)> {
    distinct(features.iter().map(|(feature, value)| (column(*feature), *value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Feature;

    /// Evidence whose features are spread over the columns as hashes are.
    fn evidence(features: &[u64]) -> Vec<Valued> {
        features.iter().map(|n| (Feature::MAX / 97 * n, 1.0)).collect()
    }

    /// Feature 1 tells of statements, feature 2 of none, and feature 3 nothing.
    fn examples(count: u64) -> Vec<(Vec<Valued>, bool)> {
        (0..count).map(|n| (evidence(&[1 + n % 2, 3, 4 + n % 7]), n % 2 == 0)).collect()
    }

    #[test]
    fn evidence_that_went_with_statements_makes_them_probable() {
        let detector = Detector::fit(&examples(2_000)).ok().flatten().expect("examples enough");
        assert!(detector.probability(&evidence(&[1, 3])) > 0.9);
        assert!(detector.probability(&evidence(&[2, 3])) < 0.1);
        let read = Detector::from_bytes(detector.as_bytes().to_vec().into());
        assert_eq!(read, Some(detector));
    }

    #[test]
    fn what_no_rule_finds_needs_better_evidence() {
        let detector = Detector::fit(&examples(2_000)).ok().flatten().expect("examples enough");
        let doubtful = evidence(&[1, 2, 90]);
        assert!((ENOUGH..ENOUGH_IN_DOUBT).contains(&detector.probability(&doubtful)));
        assert!(detector.finds(&doubtful, true) && !detector.finds(&doubtful, false));
    }

    #[test]
    fn the_likeliest_target_is_chosen_if_it_is_likely_enough() {
        let detector = Detector::fit(&examples(2_000)).ok().flatten().expect("examples enough");
        let (good, fair, bad) = (evidence(&[1, 3]), evidence(&[1, 2, 90]), evidence(&[2, 3]));
        assert_eq!(detector.target(vec![("a", fair.clone()), ("b", good), ("c", bad.clone())]), Some("b"));
        assert_eq!(detector.target(vec![("a", bad.clone()), ("b", fair)]), Some("b"));
        assert_eq!(detector.target(vec![("a", bad)]), None);
        assert_eq!(detector.target(Vec::<((), _)>::new()), None);
    }

    #[test]
    fn a_feature_counts_once_with_its_greatest_value() {
        let detector = Detector::fit(&examples(2_000)).ok().flatten().expect("examples enough");
        let once = evidence(&[1]);
        let again = [once.clone(), vec![(once[0].0, 0.5)]].concat();
        assert_eq!(detector.probability(&again), detector.probability(&once));
    }

    #[test]
    fn too_few_examples_teach_nothing_and_bytes_of_another_size_are_refused() {
        assert!(Detector::fit(&examples(900)).is_ok_and(|d| d.is_none()));
        assert_eq!(Detector::from_bytes(vec![0; 12].into()), None);
    }
}
