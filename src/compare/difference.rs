//! Differences of net stance between groups.

use super::groups::{Estimate, Group};
use super::resample::deviation;
use super::{Subject, rounded};

const Z: f64 = 1.959_963_984_540_054;

/// How much one group's net stance lies above another's.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Difference {
    pub of: Subject,
    pub from: Subject,
    /// Net stance of the first less that of the second, in [-2, 2].
    pub difference: f64,
    /// Its 95 % interval: the difference ± 1.96 standard errors of the bootstrap.
    pub ci95: [f64; 2],
    /// Probability of so large a difference where there is none, by the normal distribution.
    pub p: f64,
    /// The same, corrected for the number of differences shown (Holm 1979).
    pub p_holm: f64,
    /// Whether `p_holm` is below 0.05.
    pub significant: bool,
    /// Whether one of the two rests on few articles or statements.
    pub small: bool,
}

/// The difference of the first from the second; none where one of them rests on a single article, which tells nothing of how
/// much articles differ.
pub fn difference(of: (&Group, &Estimate), from: (&Group, &Estimate)) -> Option<Difference> {
    if of.0.articles < 2 || from.0.articles < 2 {
        return None;
    }
    let value = of.0.net_stance - from.0.net_stance;
    let pairs = of.1.replicates.net.iter().zip(&from.1.replicates.net);
    let spread = deviation(pairs.filter_map(|(a, b)| Some((*a)? - (*b)?)));
    let error = (spread.powi(2) + of.1.extra_error.powi(2) + from.1.extra_error.powi(2)).sqrt();
    let p = if error > 0.0 { libm::erfc(value.abs() / error / std::f64::consts::SQRT_2) } else { 1.0 };
    Some(Difference {
        of: of.0.subject.clone(),
        from: from.0.subject.clone(),
        difference: rounded(value),
        ci95: [(value - Z * error).max(-2.0), (value + Z * error).min(2.0)].map(rounded),
        p,
        p_holm: 1.0,
        significant: false,
        small: of.0.small || from.0.small,
    })
}

/// Corrects for the number of differences by Holm's step-down method.
pub fn correct(differences: &mut [Difference]) {
    let mut order: Vec<usize> = (0..differences.len()).collect();
    order.sort_by(|a, b| differences[*a].p.total_cmp(&differences[*b].p));
    let mut least = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        let count = (differences.len() - rank) as f64;
        let difference = &mut differences[at];
        least = least.max((difference.p * count).min(1.0));
        difference.p_holm = least;
        difference.significant = least < 0.05;
    }
    for difference in differences {
        difference.p = significant_digits(difference.p);
        difference.p_holm = significant_digits(difference.p_holm);
    }
}

/// Three digits that matter, however small.
fn significant_digits(p: f64) -> f64 {
    format!("{p:.2e}").parse().unwrap_or(p)
}

/// Standard error that an interval around a value stands for.
pub fn error_of([low, high]: [f64; 2]) -> f64 {
    (high - low) / (2.0 * Z)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_p(p: f64) -> Difference {
        let subject =
            Subject { party: "PER".into(), toward: None, mutual: false, period: None, source: None, topic: None };
        Difference {
            of: subject.clone(),
            from: subject,
            difference: 0.0,
            ci95: [0.0; 2],
            p,
            p_holm: 1.0,
            significant: false,
            small: false,
        }
    }

    #[test]
    fn holm_corrects_as_in_a_worked_example() {
        // 0.01 · 4, max(0.04, 0.015 · 3), max(0.045, 0.03 · 2), max(0.06, 0.5)
        let mut differences: Vec<_> = [0.03, 0.01, 0.5, 0.015].map(with_p).into();
        correct(&mut differences);
        let corrected: Vec<f64> = differences.iter().map(|d| d.p_holm).collect();
        assert_eq!(corrected, [0.06, 0.04, 0.5, 0.045]);
        assert_eq!(differences.iter().filter(|d| d.significant).count(), 2);
    }
}
