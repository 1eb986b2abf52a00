//! Calibration: probabilities that mean what they say.

use super::{Probabilities, Stance};

/// One step of the reliability table: predictions whose confidence falls within it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Bin {
    pub from: f64,
    pub to: f64,
    pub rows: usize,
    /// Mean probability of the predicted stance.
    pub confidence: f64,
    /// Share of the predictions that are right.
    pub accuracy: f64,
}

/// How far confidence is from accuracy.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Calibration {
    pub bins: Vec<Bin>,
    /// Expected calibration error (Naeini, Cooper and Hauskrecht 2015): the mean distance between confidence and
    /// accuracy of the bins, weighted by rows.
    pub expected_error: f64,
}

const BINS: usize = 10;

/// Reliability over ten bins of equal width.
pub fn calibration(rows: &[(Stance, Probabilities)]) -> Calibration {
    let mut sums = [(0usize, 0.0f64, 0usize); BINS];
    for (label, p) in rows {
        let predicted = p.stance();
        let bin = ((p.of(predicted) * BINS as f64) as usize).min(BINS - 1);
        sums[bin].0 += 1;
        sums[bin].1 += p.of(predicted);
        sums[bin].2 += usize::from(predicted == *label);
    }
    let mut expected_error = 0.0;
    let mut bins = Vec::new();
    for (number, (count, confidence, right)) in sums.into_iter().enumerate().filter(|(_, s)| s.0 > 0) {
        let n = count as f64;
        let (confidence, accuracy) = (confidence / n, right as f64 / n);
        expected_error += (confidence - accuracy).abs() * n / rows.len() as f64;
        let (from, to) = (number as f64 / BINS as f64, (number + 1) as f64 / BINS as f64);
        bins.push(Bin { from, to, rows: count, confidence, accuracy });
    }
    Calibration { bins, expected_error }
}

/// The temperature by which scores are divided so that held-out labels are likeliest (Guo et al. 2017, "On calibration
/// of modern neural networks"): found by golden-section search in [0.1, 10].
pub fn temperature(rows: &[(Stance, [f64; 3])]) -> f64 {
    let loss = |log_t: f64| -> f64 {
        let t = log_t.exp();
        rows.iter().map(|(label, s)| -Probabilities::softmax(s.map(|x| x / t)).of(*label).max(1e-300).ln()).sum()
    };
    let (mut low, mut high) = (0.1f64.ln(), 10.0f64.ln());
    let ratio = (5.0f64.sqrt() - 1.0) / 2.0;
    while high - low > 1e-4 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if loss(a) < loss(b) { high = b } else { low = a }
    }
    f64::midpoint(low, high).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overconfident_scores_get_a_temperature_above_one() {
        // 60 % right, while the scores claim 95 %.
        let rows: Vec<_> = (0..100)
            .map(|i| (if i % 5 < 3 { Stance::Cooperative } else { Stance::Opposed }, [3.0, 0.0, -200.0]))
            .collect();
        let t = temperature(&rows);
        let p = Probabilities::softmax([3.0 / t, 0.0, -200.0 / t]);
        assert!((p.cooperative - 0.6).abs() < 0.01, "{p:?}");
    }

    #[test]
    fn the_expected_error_is_the_gap_between_confidence_and_accuracy() {
        let p = Probabilities { cooperative: 0.75, opposed: 0.15, neutral: 0.1 };
        let rows: Vec<_> = (0..4).map(|i| (if i < 2 { Stance::Cooperative } else { Stance::Neutral }, p)).collect();
        let result = calibration(&rows);
        assert!((result.expected_error - 0.25).abs() < 1e-12);
        assert_eq!(result.bins.len(), 1);
    }
}
