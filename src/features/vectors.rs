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

    /// The sum of the vectors of these stems, divided by the root of their number; `None` where none is known.
    pub fn mean<'a>(&self, stems: impl Iterator<Item = &'a str>) -> Option<[f32; WIDTH]> {
        let mut sum = [0i32; WIDTH];
        let mut count = 0u16;
        for number in stems.filter_map(|stem| self.stems.get(stem)) {
            let vector = &self.numbers[number as usize * WIDTH..][..WIDTH];
            for (s, v) in sum.iter_mut().zip(vector) {
                *s += i32::from(*v as i8);
            }
            count += 1;
        }
        (count > 0).then(|| sum.map(|s| s as f32 / 127.0 / f32::from(count).sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vectors_are_valid_and_of_length_one() {
        let vectors = Vectors::shipped();
        assert!(vectors.numbers.len() / WIDTH > 10_000);
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
