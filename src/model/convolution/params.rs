//! Parameters of a layer of convolutions.

use linfa::ParamGuard;

use crate::model::FitError;

/// Checked parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidConvolutionParams {
    pub(super) rounds: usize,
    pub(super) batch: usize,
    pub(super) rate: f32,
    pub(super) dropout: f32,
    pub(super) smoothing: f32,
    pub(super) seed: u64,
}

/// Parameters of a layer of convolutions.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvolutionParams(ValidConvolutionParams);

impl ConvolutionParams {
    pub fn new() -> Self {
        Self(ValidConvolutionParams { rounds: 5, batch: 128, rate: 5e-3, dropout: 0.3, smoothing: 0.05, seed: 0 })
    }

    /// How often each row is seen. Default 5.
    pub fn rounds(mut self, rounds: usize) -> Self {
        self.0.rounds = rounds;
        self
    }

    /// How many rows are learned from at once. Default 128.
    pub fn batch(mut self, batch: usize) -> Self {
        self.0.batch = batch;
        self
    }

    /// The highest rate of learning. Default 0.005.
    pub fn rate(mut self, rate: f32) -> Self {
        self.0.rate = rate;
        self
    }

    /// Which share of the units is left out at random, in [0, 1). Default 0.3.
    pub fn dropout(mut self, dropout: f32) -> Self {
        self.0.dropout = dropout;
        self
    }

    /// Which share of each label is given to all classes alike, in [0, 1). Default 0.05.
    pub fn smoothing(mut self, smoothing: f32) -> Self {
        self.0.smoothing = smoothing;
        self
    }

    /// Of all that is drawn at random. Default 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for ConvolutionParams {
    type Checked = ValidConvolutionParams;
    type Error = FitError;

    fn check_ref(&self) -> Result<&Self::Checked, FitError> {
        let p = &self.0;
        if p.rounds == 0 || p.batch == 0 {
            return Err(FitError::Rounds);
        }
        if !(p.rate.is_finite() && p.rate > 0.0) {
            return Err(FitError::Rate(p.rate));
        }
        for (name, share) in [("dropout", p.dropout), ("smoothing", p.smoothing)] {
            if !(0.0..1.0).contains(&share) {
                return Err(FitError::Share(name, share));
            }
        }
        Ok(p)
    }

    fn check(self) -> Result<Self::Checked, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_make_no_sense_are_refused() {
        let params = ConvolutionParams::new;
        assert!(params().check().is_ok());
        assert!(matches!(params().rounds(0).check(), Err(FitError::Rounds)));
        assert!(matches!(params().batch(0).check(), Err(FitError::Rounds)));
        assert!(matches!(params().rate(f32::NAN).check(), Err(FitError::Rate(_))));
        assert!(matches!(params().dropout(1.0).check(), Err(FitError::Share("dropout", _))));
        assert!(matches!(params().smoothing(-0.1).check(), Err(FitError::Share("smoothing", _))));
    }
}
