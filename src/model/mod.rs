//! Step six: from features to a stance. A sparse multinomial logistic regression and a layer of convolutions, trained
//! on rows of marked statements, and a small regression on top of them that sees the other statements of the article; and
//! two regressions that tell whether what looks like a statement is one, and towards whom it is.
//! All are kept as data in one file.

mod articles;
mod calibrate;
mod context;
mod convolution;
mod crossval;
mod detector;
mod error;
mod logistic;
mod metrics;
mod rows;
mod sparse;
mod store;
mod table;
mod train;

pub use articles::lessons;
pub use calibrate::{Calibration, calibration, temperature};
pub use context::{GROUPS, Placed, features as features_in_context};
pub use convolution::{Convolution, ConvolutionParams, Sequences};
pub use crossval::{CrossValidation, InArticles};
pub use detector::Detector;
pub use error::FitError;
pub use logistic::{LogisticParams, SparseLogistic};
pub use metrics::{Scores, scores};
pub use rows::{Corpus, Row, read_corpus};
pub use sparse::SparseRecords;
pub use store::{Card, Model};
pub use train::{Example, Settings, Trained, examples, fit};

/// The stance of an actor towards another party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    Cooperative,
    Opposed,
    Neutral,
}

impl Stance {
    pub const ALL: [Self; 3] = [Self::Cooperative, Self::Opposed, Self::Neutral];

    pub fn name(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Opposed => "opposed",
            Self::Neutral => "neutral",
        }
    }

    /// The stance of a name in full, or of its mark in marked text (`+`, `-`, `=`).
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "cooperative" | "+" => Some(Self::Cooperative),
            "opposed" | "-" => Some(Self::Opposed),
            "neutral" | "=" => Some(Self::Neutral),
            _ => None,
        }
    }
}

/// How probable each stance is; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Probabilities {
    pub cooperative: f64,
    pub opposed: f64,
    pub neutral: f64,
}

impl Probabilities {
    /// From one score for each stance, in the order of [`Stance::ALL`], by the softmax function.
    pub fn softmax(scores: [f64; 3]) -> Self {
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let [c, o, n] = scores.map(|s| (s - top).exp());
        let sum = c + o + n;
        Self { cooperative: c / sum, opposed: o / sum, neutral: n / sum }
    }

    pub fn of(&self, stance: Stance) -> f64 {
        match stance {
            Stance::Cooperative => self.cooperative,
            Stance::Opposed => self.opposed,
            Stance::Neutral => self.neutral,
        }
    }

    /// The mean of two.
    pub fn mean(self, other: Self) -> Self {
        let mean = |stance| (self.of(stance) + other.of(stance)) / 2.0;
        Self { cooperative: mean(Stance::Cooperative), opposed: mean(Stance::Opposed), neutral: mean(Stance::Neutral) }
    }

    /// The likeliest stance.
    pub fn stance(&self) -> Stance {
        let mut best = Stance::Cooperative;
        for stance in Stance::ALL {
            if self.of(stance) > self.of(best) {
                best = stance;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_two_sums_to_one() {
        let mean = Probabilities::softmax([2.0, 0.0, 0.0]).mean(Probabilities::softmax([0.0, 2.0, 0.0]));
        assert!((mean.cooperative - mean.opposed).abs() < 1e-12);
        assert!((Stance::ALL.iter().map(|s| mean.of(*s)).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
