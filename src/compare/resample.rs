//! The bootstrap over articles.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

/// How often a sample is drawn.
const REPLICATES: usize = 1000;

/// Articles are dealt at random into at most so many blocks, which are then drawn whole: the method of random groups
/// (Wolter 2007, "Introduction to Variance Estimation", chapter 2). It makes the cost independent of the size of the corpus;
/// the standard error is then itself uncertain by 1 / sqrt(2 · 1023), about 2 %. Up to so many articles, each is its own block.
const BLOCKS: usize = 1024;

/// What one article says of one group: sums over its statements.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    pub statements: f64,
    /// Cooperative less opposed.
    pub net: f64,
    pub sentiment: f64,
}

impl Sums {
    pub fn add(&mut self, other: &Self) {
        self.statements += other.statements;
        self.net += other.net;
        self.sentiment += other.sentiment;
    }
}

/// The values that a group took in each replicate; without a value where no article of the group was drawn.
#[derive(Debug, Clone, Default)]
pub struct Replicates {
    pub net: Vec<Option<f64>>,
    pub sentiment: Vec<Option<f64>>,
}

/// Articles, each with what it says of the groups that it says something of.
pub type Articles = [Vec<(usize, Sums)>];

/// Draws as many articles as there are, with replacement, again and again, and gives back what each of the `groups` came to.
pub fn resample(articles: &Articles, groups: usize, seed: u64) -> Vec<Replicates> {
    let mut out = vec![Replicates::default(); groups];
    if articles.is_empty() {
        return out;
    }
    let blocks = blocks(articles, groups, seed);
    let count = blocks.len() / groups;
    let drawn: Vec<Vec<Sums>> = (0..REPLICATES as u64)
        .into_par_iter()
        .map(|replicate| {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ replicate);
            let mut sums = vec![Sums::default(); groups];
            for _ in 0..count {
                let block = random.gen_range(0..count) * groups;
                for (sum, part) in sums.iter_mut().zip(&blocks[block..block + groups]) {
                    sum.add(part);
                }
            }
            sums
        })
        .collect();
    for sums in drawn {
        for (replicates, sum) in out.iter_mut().zip(sums) {
            let some = sum.statements > 0.0;
            replicates.net.push(some.then(|| sum.net / sum.statements));
            replicates.sentiment.push(some.then(|| sum.sentiment / sum.statements));
        }
    }
    out
}

/// One row of `groups` sums for each block.
fn blocks(articles: &Articles, groups: usize, seed: u64) -> Vec<Sums> {
    let count = articles.len().min(BLOCKS);
    let mut blocks = vec![Sums::default(); count * groups];
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    for (n, article) in articles.iter().enumerate() {
        // The first articles fill each block once, so that none is empty.
        let block = if n < count { n } else { random.gen_range(0..count) };
        for (group, sums) in article {
            blocks[block * groups + group].add(sums);
        }
    }
    blocks
}

/// The 2.5th and 97.5th percentile.
pub fn percentiles(values: &[Option<f64>]) -> Option<[f64; 2]> {
    let mut values: Vec<f64> = values.iter().flatten().copied().collect();
    let last = values.len().checked_sub(1)?;
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| values[(share * last as f64).round() as usize];
    Some([at(0.025), at(0.975)])
}

/// Standard deviation of values that are there.
pub fn deviation(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(net: f64, statements: f64) -> Vec<(usize, Sums)> {
        vec![(0, Sums { statements, net, sentiment: 0.0 })]
    }

    #[test]
    fn the_spread_agrees_with_the_standard_error_of_a_mean() {
        // 400 articles of one statement, half +1 and half -1: the standard error of the mean is 1 / 20.
        let articles: Vec<_> = (0..400).map(|n| article(if n % 2 == 0 { 1.0 } else { -1.0 }, 1.0)).collect();
        let net = &resample(&articles, 1, 7)[0].net;
        let spread = deviation(net.iter().flatten().copied());
        assert!((spread - 0.05).abs() < 0.005, "{spread}");
        let [low, high] = percentiles(net).unwrap();
        assert!((low + 0.098).abs() < 0.02 && (high - 0.098).abs() < 0.02, "{low} {high}");
    }

    #[test]
    fn blocks_of_many_articles_keep_the_spread() {
        let articles: Vec<_> = (0..40_000).map(|n| article(if n % 2 == 0 { 1.0 } else { -1.0 }, 1.0)).collect();
        let net = &resample(&articles, 1, 7)[0].net;
        let spread = deviation(net.iter().flatten().copied());
        assert!((spread - 0.005).abs() < 0.0006, "{spread}");
    }

    #[test]
    fn sentences_of_one_article_count_as_one_draw() {
        let alone: Vec<_> = (0..100).map(|n| article(if n % 2 == 0 { 1.0 } else { -1.0 }, 1.0)).collect();
        let together: Vec<_> = (0..10).map(|n| article(if n % 2 == 0 { 10.0 } else { -10.0 }, 10.0)).collect();
        let spread = |articles: &[_]| deviation(resample(articles, 1, 7)[0].net.iter().flatten().copied());
        assert!(spread(&together) > 2.5 * spread(&alone));
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let articles: Vec<_> = (0..50).map(|n| article(f64::from(n % 3) - 1.0, 1.0)).collect();
        assert_eq!(resample(&articles, 1, 3)[0].net, resample(&articles, 1, 3)[0].net);
        assert_ne!(resample(&articles, 1, 3)[0].net, resample(&articles, 1, 4)[0].net);
    }
}
