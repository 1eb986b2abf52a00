//! Word vectors, from `data/vectors.tsv`: words of like meaning have like vectors.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::table;

/// How many numbers a vector has.
pub const WIDTH: usize = 48;

/// Vectors of common stems, each of length one.
pub struct Vectors(FxHashMap<&'static str, [i8; WIDTH]>);

static SHIPPED: LazyLock<Vectors> = LazyLock::new(|| {
    Vectors::load(include_str!("data/vectors.tsv")).expect("the shipped vectors are valid, as their test shows")
});

impl Vectors {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn load(text: &'static str) -> Result<Self> {
        let mut vectors = FxHashMap::with_capacity_and_hasher(text.len() / (2 * WIDTH), Default::default());
        for row in table::rows::<2>("vectors.tsv", text) {
            let (line, [stem, hex]) = row?;
            let broken = || Error::input(format!("vectors.tsv:{line}"), format!("not {WIDTH} bytes in hexadecimal"));
            let mut vector = [0i8; WIDTH];
            if hex.len() != 2 * WIDTH {
                return Err(broken());
            }
            for (number, pair) in vector.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
                let (high, low) = (digit(pair[0]).ok_or_else(broken)?, digit(pair[1]).ok_or_else(broken)?);
                *number = (high << 4 | low) as i8;
            }
            vectors.insert(stem, vector);
        }
        Ok(Self(vectors))
    }

    /// The sum of the vectors of these stems, divided by the root of their number; `None` where none is known.
    pub fn mean<'a>(&self, stems: impl Iterator<Item = &'a str>) -> Option<[f32; WIDTH]> {
        let mut sum = [0i32; WIDTH];
        let mut count = 0u16;
        for vector in stems.filter_map(|stem| self.0.get(stem)) {
            for (s, v) in sum.iter_mut().zip(vector) {
                *s += i32::from(*v);
            }
            count += 1;
        }
        (count > 0).then(|| sum.map(|s| s as f32 / 127.0 / f32::from(count).sqrt()))
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vectors_are_valid_and_of_length_one() {
        let vectors = Vectors::load(include_str!("data/vectors.tsv")).map_err(|e| e.to_string()).expect("valid");
        assert!(vectors.0.len() > 10_000);
        let mean = vectors.mean(["condemn"].into_iter()).expect("known");
        let length: f32 = mean.iter().map(|v| v * v).sum();
        assert!((length - 1.0).abs() < 0.05, "{length}");
    }

    #[test]
    fn words_of_like_meaning_have_like_vectors() {
        let vectors = Vectors::shipped();
        let near = |a: &'static str, b: &'static str| -> f32 {
            let (a, b) = (vectors.mean([a].into_iter()).unwrap(), vectors.mean([b].into_iter()).unwrap());
            a.iter().zip(&b).map(|(x, y)| x * y).sum()
        };
        assert!(near("condemn", "denounc") > near("condemn", "banana") + 0.2);
    }

    #[test]
    fn words_without_a_vector_have_no_mean() {
        assert!(Vectors::shipped().mean(["qzxv"].into_iter()).is_none());
    }
}
