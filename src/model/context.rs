//! The second look: a statement's stance in the light of the other statements of its article.
//!
//! A party seldom changes sides within one article, and what it says of itself there tells how its plainer sentences are
//! meant (a plain account of where a ship was, from a ministry that rejects a charge). The first model's probabilities of
//! the neighbours, taken together in five groups, are the features of a small multinomial logistic regression: the
//! collective classification of Neville and Jensen (2000) with one pass.

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;

use super::{FitError, LogisticParams, Probabilities, SparseRecords, Stance};

/// A statement among those of its article.
#[derive(Debug, Clone)]
pub struct Placed<P> {
    pub party: P,
    pub target: Option<P>,
    /// Number of its sentence, or of its line.
    pub sentence: usize,
    /// What the first model says of it.
    pub probabilities: Probabilities,
}

/// What the features of the second look are about.
pub const GROUPS: [&str; 6] = [
    "its own words",
    "the same party towards the same target",
    "the same party",
    "the same party nearby",
    "the target towards the party",
    "the whole article",
];

/// A number for each group and stance, and a constant.
pub const WIDTH: usize = GROUPS.len() * 3 + 1;

/// In how many sentences what stands nearby loses its weight by a factor of e.
const NEARBY: f64 = 2.0;

/// Strength of the penalty; there are few weights and many rows.
const ALPHA: f64 = 1.0;

/// Fewer rows than this teach nothing about articles.
const FEWEST: usize = 200;

/// The features of each statement of an article.
pub fn features<P: PartialEq>(article: &[Placed<P>]) -> Vec<[f32; WIDTH]> {
    (0..article.len()).map(|at| of(article, at)).collect()
}

fn of<P: PartialEq>(article: &[Placed<P>], at: usize) -> [f32; WIDTH] {
    let own = &article[at];
    let mut sums = [Evidence::default(); GROUPS.len() - 1];
    for (_, other) in article.iter().enumerate().filter(|(n, _)| *n != at) {
        let near = (-(other.sentence.abs_diff(own.sentence) as f64) / NEARBY).exp();
        if other.party == own.party {
            if other.target.is_some() && other.target == own.target {
                sums[0].add(other, 1.0);
            }
            sums[1].add(other, 1.0);
            sums[2].add(other, near);
        } else if Some(&other.party) == own.target.as_ref() && other.target.as_ref() == Some(&own.party) {
            sums[3].add(other, 1.0);
        }
        sums[4].add(other, 1.0);
    }
    let mut row = [0.0f32; WIDTH];
    let words = Stance::ALL.map(|s| own.probabilities.of(s));
    let groups = std::iter::once(words).chain(sums.iter().map(Evidence::shares));
    for (slot, share) in row.iter_mut().zip(groups.flatten()) {
        *slot = (share.max(1e-6) * 3.0).ln() as f32;
    }
    row[WIDTH - 1] = 1.0;
    row
}

/// The stances of several statements, each with its weight.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    sums: [f64; 3],
    weight: f64,
}

impl Evidence {
    fn add<P>(&mut self, other: &Placed<P>, weight: f64) {
        for (sum, stance) in self.sums.iter_mut().zip(Stance::ALL) {
            *sum += weight * other.probabilities.of(stance);
        }
        self.weight += weight;
    }

    /// The share of each stance, drawn to a third by one statement that says nothing.
    fn shares(&self) -> [f64; 3] {
        self.sums.map(|sum| (sum + 1.0 / 3.0) / (self.weight + 1.0))
    }
}

/// The weights of the second look, three for each feature.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Context(Vec<f32>);

impl Context {
    /// Learns from features with their labels; `None` from too few.
    pub fn fit(rows: &[([f32; WIDTH], Stance)]) -> Result<Option<Self>, FitError> {
        if rows.len() < FEWEST {
            return Ok(None);
        }
        let mut records = SparseRecords::new(WIDTH);
        for (row, _) in rows {
            records.push(row.iter().enumerate().map(|(column, value)| (column as u32, *value)));
        }
        let labels: Array1<usize> = rows.iter().map(|(_, stance)| *stance as usize).collect();
        let params = LogisticParams::new(Stance::ALL.len()).alpha(ALPHA).tolerance(1e-5).check()?;
        let fitted = params.fit(&DatasetBase::new(records, labels))?;
        Ok(Some(Self(fitted.weights().iter().map(|w| *w as f32).collect())))
    }

    /// The probabilities of a statement with these features.
    pub fn probabilities(&self, row: &[f32; WIDTH]) -> Probabilities {
        let mut scores = [0.0f64; 3];
        for push in self.pushes(row) {
            for (score, p) in scores.iter_mut().zip(push) {
                *score += p;
            }
        }
        Probabilities::softmax(scores)
    }

    /// What each group of [`GROUPS`], and then the constant, adds to the score of each stance.
    pub fn pushes(&self, row: &[f32; WIDTH]) -> [[f64; 3]; GROUPS.len() + 1] {
        let mut pushes = [[0.0f64; 3]; GROUPS.len() + 1];
        for (at, value) in row.iter().enumerate() {
            for (push, weight) in pushes[at / 3].iter_mut().zip(&self.0[at * 3..at * 3 + 3]) {
                *push += f64::from(*weight) * f64::from(*value);
            }
        }
        pushes
    }

    /// Whether there are as many weights as there should be.
    pub fn is_whole(&self) -> bool {
        self.0.len() == WIDTH * Stance::ALL.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(stance: Stance, p: f64) -> Probabilities {
        let of = |s: Stance| if s == stance { p } else { (1.0 - p) / 2.0 };
        Probabilities {
            cooperative: of(Stance::Cooperative),
            opposed: of(Stance::Opposed),
            neutral: of(Stance::Neutral),
        }
    }

    fn placed(party: char, target: char, sentence: usize, probabilities: Probabilities) -> Placed<char> {
        Placed { party, target: Some(target), sentence, probabilities }
    }

    /// Articles in which each party keeps its side, with one plain sentence each.
    fn learned() -> Context {
        let mut rows = Vec::new();
        for n in 0..120 {
            let side = Stance::ALL[n % 2];
            let article = [
                placed('A', 'B', 0, sure(side, 0.8)),
                placed('A', 'B', 1, sure(Stance::Neutral, 0.4)),
                placed('A', 'B', 2, sure(side, 0.7)),
            ];
            rows.extend(features(&article).into_iter().map(|f| (f, side)));
        }
        Context::fit(&rows).ok().flatten().expect("rows enough")
    }

    #[test]
    fn a_plain_sentence_takes_the_side_that_its_party_takes_elsewhere() {
        let context = learned();
        let article = |side| [placed('A', 'B', 0, sure(side, 0.9)), placed('A', 'B', 1, sure(Stance::Neutral, 0.4))];
        for side in [Stance::Opposed, Stance::Cooperative] {
            assert_eq!(context.probabilities(&features(&article(side))[1]).stance(), side);
        }
    }

    #[test]
    fn a_statement_alone_has_nothing_but_its_own_words() {
        let row = features(&[placed('A', 'B', 0, sure(Stance::Opposed, 0.8))])[0];
        assert!(row[3..WIDTH - 1].iter().all(|value| value.abs() < 1e-6), "{row:?}");
    }

    #[test]
    fn pushes_sum_to_the_scores() {
        let context = learned();
        let row = features(&[placed('A', 'B', 0, sure(Stance::Opposed, 0.8))])[0];
        let sums = context.pushes(&row).iter().fold([0.0; 3], |sum, p| [sum[0] + p[0], sum[1] + p[1], sum[2] + p[2]]);
        assert_eq!(Probabilities::softmax(sums), context.probabilities(&row));
    }

    #[test]
    fn too_few_rows_teach_no_context() {
        assert!(Context::fit(&[([0.0; WIDTH], Stance::Neutral)]).is_ok_and(|c| c.is_none()));
    }
}
