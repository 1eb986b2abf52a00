//! Word vectors, from `data/vectors.tsv`: words of like meaning have like vectors.

use std::sync::LazyLock;

use super::vector_table::WIDTH;
use crate::trie::Trie;

/// Vectors of common stems, each of length one.
pub struct Vectors {
    stems: Trie,
    /// The numbers of all stems, one stem's after the other's; 127 is one.
    numbers: &'static [u8],
}

static SHIPPED: LazyLock<Vectors> = LazyLock::new(|| {
    let stems: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vectors.trie"));
    let stems = Trie::new(stems).expect("the build has made it");
    Vectors { stems, numbers: include_bytes!(concat!(env!("OUT_DIR"), "/vectors.bin")) }
});

impl Vectors {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.numbers.len() / WIDTH
    }

    /// Number of the vector of a stem.
    pub fn number(&self, stem: &str) -> Option<usize> {
        self.stems.get(stem).map(|number| number as usize)
    }

    /// All vectors, one after the other.
    pub fn all(&self) -> impl Iterator<Item = f32> {
        self.numbers.iter().map(|byte| f32::from(*byte as i8) / 127.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(stem: &str) -> Vec<f32> {
        let from = Vectors::shipped().number(stem).expect("known") * WIDTH;
        Vectors::shipped().all().skip(from).take(WIDTH).collect()
    }

    fn likeness(a: &str, b: &str) -> f32 {
        vector(a).iter().zip(vector(b)).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn the_shipped_vectors_are_of_length_one() {
        assert!(Vectors::shipped().count() > 10_000);
        assert!((likeness("condemn", "condemn") - 1.0).abs() < 0.05);
    }

    #[test]
    fn words_of_like_meaning_have_like_vectors() {
        assert!(likeness("condemn", "denounc") > likeness("condemn", "banana") + 0.2);
    }

    #[test]
    fn words_without_a_vector_have_no_number() {
        assert!(Vectors::shipped().number("qzxv").is_none());
    }
}
