//! The interval of a net stance.

/// 95 % interval of (cooperative - opposed) / n: the adjusted Wald interval of Bonett and Price (2012, "Adjusted Wald
/// confidence interval for a difference of binomial proportions based on paired data", Journal of Educational and
/// Behavioral Statistics 37), which adds one to each of the two counts and two to n, cut to [-1, 1].
/// Without statements it is [-1, 1].
pub fn interval(cooperative: usize, opposed: usize, n: usize) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return [-1.0, 1.0];
    }
    let n = n as f64 + 2.0;
    let (c, o) = ((cooperative as f64 + 1.0) / n, (opposed as f64 + 1.0) / n);
    let difference = c - o;
    let half = Z * ((c + o - difference * difference) / n).sqrt();
    [(difference - half).max(-1.0), (difference + half).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_statements_have_a_wide_interval_and_many_a_narrow_one() {
        let width = |[low, high]: [f64; 2]| high - low;
        assert!(width(interval(2, 0, 2)) > 1.0);
        assert!(width(interval(200, 0, 200)) < 0.1);
        assert_eq!(interval(0, 0, 0), [-1.0, 1.0]);
    }

    #[test]
    fn agrees_with_the_formula_worked_by_hand() {
        // n + 2 = 16, c = 12/16, o = 3/16: 0.5625 ± 1.96 sqrt((0.9375 - 0.31640625) / 16)
        let [low, high] = interval(11, 2, 14);
        assert!((low - 0.176_3).abs() < 1e-3 && (high - 0.948_7).abs() < 1e-3, "{low} {high}");
    }

    proptest! {
        #[test]
        fn the_interval_lies_within_its_bounds(c in 0usize..50, o in 0usize..50, rest in 0usize..50) {
            let [low, high] = interval(c, o, c + o + rest);
            prop_assert!(-1.0 <= low && low <= high && high <= 1.0);
        }
    }
}
