//! Words and phrases with a number each, in bytes that need no loading: the build makes them, the program points to them.

use std::borrow::Cow;

use yada::DoubleArray;
use yada::builder::DoubleArrayBuilder;

/// A double-array trie (Aoe 1989).
#[derive(Debug, Clone)]
pub struct Trie(DoubleArray<Cow<'static, [u8]>>);

impl Trie {
    /// From the bytes that [`Trie::bytes`] has made; `None` if they are others.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        DoubleArray::new(bytes.into()).ok().map(Self)
    }

    /// The bytes of a trie of these keys, each once and in order, with numbers below 2^31; `None` if they are not.
    pub fn bytes(keys: &[(&str, u32)]) -> Option<Vec<u8>> {
        DoubleArrayBuilder::build(keys).ok()
    }

    /// The number of a key.
    pub fn get(&self, key: &str) -> Option<u32> {
        self.longest(key).filter(|(_, length)| *length == key.len()).map(|(number, _)| number)
    }

    /// The longest key with which the text begins: its number and its length in bytes.
    pub fn longest(&self, text: &str) -> Option<(u32, usize)> {
        // A zero byte ends a key within the trie, and would be taken for that.
        let found = self.0.common_prefix_search(text);
        found.take_while(|(_, length)| !text.as_bytes()[..*length].contains(&0)).last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn trie(keys: &BTreeMap<String, u32>) -> Trie {
        let keys: Vec<(&str, u32)> = keys.iter().map(|(key, number)| (key.as_str(), *number)).collect();
        Trie::new(Trie::bytes(&keys).expect("sorted")).expect("whole")
    }

    proptest! {
        #[test]
        fn a_trie_finds_its_keys_and_nothing_else(
            keys in prop::collection::btree_map("[a-c\\u{e9} ]{1,6}", 0u32..1 << 31, 1..40),
            other in "\\PC{0,8}|[a-c\0]{0,7}",
        ) {
            let trie = trie(&keys);
            for (key, number) in &keys {
                prop_assert_eq!(trie.get(key), Some(*number));
            }
            prop_assert_eq!(trie.get(&other), keys.get(&other).copied());
            let longest = keys.iter().filter(|(k, _)| other.starts_with(k.as_str())).max_by_key(|(k, _)| k.len());
            prop_assert_eq!(trie.longest(&other), longest.map(|(key, number)| (*number, key.len())));
        }
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Trie::new(vec![1, 2, 3]).is_none());
        assert!(Trie::bytes(&[("b", 1), ("a", 2)]).is_none());
    }
}
