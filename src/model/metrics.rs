//! How well predictions agree with labels.

use super::Stance;

/// Precision, recall and F1 of one class, each in [0, 1]; 0 where undefined.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct ClassScore {
    pub stance: Stance,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// Rows labelled so.
    pub rows: usize,
}

/// Scores of predictions over all three classes.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Scores {
    pub rows: usize,
    pub accuracy: f64,
    /// Mean of the F1 of the classes, without regard to how many rows each has.
    pub macro_f1: f64,
    pub classes: Vec<ClassScore>,
    /// Rows by label (first) and prediction (second), in the order of [`Stance::ALL`].
    pub confusion: [[usize; 3]; 3],
}

/// Compares labels (first) with predictions (second).
pub fn scores(pairs: impl IntoIterator<Item = (Stance, Stance)>) -> Scores {
    let mut confusion = [[0usize; 3]; 3];
    for (label, predicted) in pairs {
        confusion[label as usize][predicted as usize] += 1;
    }
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    let rows: usize = confusion.iter().flatten().sum();
    let right: usize = (0..3).map(|k| confusion[k][k]).sum();
    let classes: Vec<ClassScore> = Stance::ALL
        .into_iter()
        .map(|stance| {
            let k = stance as usize;
            let labelled: usize = confusion[k].iter().sum();
            let predicted: usize = confusion.iter().map(|row| row[k]).sum();
            let (precision, recall) = (ratio(confusion[k][k], predicted), ratio(confusion[k][k], labelled));
            let f1 = ratio(2 * confusion[k][k], labelled + predicted);
            ClassScore { stance, precision, recall, f1, rows: labelled }
        })
        .collect();
    let macro_f1 = classes.iter().map(|c| c.f1).sum::<f64>() / 3.0;
    Scores { rows, accuracy: ratio(right, rows), macro_f1, classes, confusion }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stance::{Cooperative as C, Neutral as N, Opposed as O};

    #[test]
    fn macro_f1_is_the_mean_over_classes() {
        let result = scores([(C, C), (C, O), (O, O), (N, N)]);
        assert!((result.macro_f1 - (2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 3.0).abs() < 1e-12);
        assert!((result.accuracy - 0.75).abs() < 1e-12);
        assert_eq!(result.confusion[0], [1, 1, 0]);
    }
}
