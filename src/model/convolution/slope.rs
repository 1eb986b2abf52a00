//! The gradient of a batch.

use super::weights::{Dense, ROW, STANCES, UNITS, WIDTH, at};
use super::{Codes, Pooled, no_codes};
use crate::features::{MARKS_OF, Sequence};

/// The gradient of a batch.
pub struct Slope {
    pub dense: Dense,
    /// Of the rows of the codes of each family.
    pub codes: Codes,
    /// Of the vectors of the words of the batch.
    pub words: Vec<[f32; WIDTH]>,
}

impl Slope {
    pub fn new() -> Self {
        Self { dense: Dense::zeros(), codes: no_codes(), words: Vec::new() }
    }

    /// Begins anew, for a batch of so many words.
    pub fn clear(&mut self, words: usize) {
        self.dense.0.fill(0.0);
        self.codes.iter_mut().for_each(|rows| rows.fill([0.0; ROW]));
        self.words.clear();
        self.words.resize(words, [0.0; WIDTH]);
    }

    /// Adds the gradient of the output layer, and gives that of each unit.
    pub fn add_output(
        &mut self,
        weights: &Dense,
        pooled: &Pooled,
        sequence: &Sequence,
        residuals: &[f32; STANCES],
        kept: &[f32; UNITS],
    ) -> [f32; UNITS] {
        for (class, residual) in residuals.iter().enumerate() {
            self.dense.0[at::constant() + class] += residual;
            for frame in sequence.frame {
                self.dense.0[at::frame(frame) + class] += residual;
            }
        }
        std::array::from_fn(|unit| {
            let mut gradient = 0.0;
            for (class, residual) in residuals.iter().enumerate() {
                self.dense.0[at::output(unit) + class] += residual * pooled.values[unit];
                gradient += residual * weights.output()[unit][class];
            }
            gradient * kept[unit]
        })
    }

    /// Passes the gradient of the codes on to the marks that they stand for.
    pub fn share_codes(&mut self) {
        for (rows, marks) in self.codes.iter().zip(MARKS_OF.iter()) {
            for (row, marks) in rows.iter().zip(marks) {
                for mark in marks {
                    let own = &mut self.dense.0[at::mark(*mark)..][..ROW];
                    own.iter_mut().zip(row).for_each(|(sum, g)| *sum += g);
                }
            }
        }
    }
}
