//! The weights of a model, by the hash of their feature: slots in the order of the hashes with gaps between them, laid out
//! in the model file as they are used, so that nothing is read when the program starts, and a feature and its weights lie
//! together in memory.

use zerocopy::little_endian::{F32, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::features::{Feature, Valued};

/// A feature with its weights, or a gap.
#[derive(Debug, Clone, Copy, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Slot {
    feature: U64,
    weights: [F32; 3],
    number: U32,
}

/// The hash that marks a gap. No name is known whose hash it is.
const NO_FEATURE: Feature = 0;

impl Slot {
    const GAP: Self = Self { feature: U64::new(NO_FEATURE), weights: [F32::ZERO; 3], number: U32::ZERO };

    /// The weights of each stance.
    pub fn weights(&self) -> [f32; 3] {
        self.weights.map(F32::get)
    }

    /// Which of the model's features it is, in the order of their hashes.
    pub fn number(&self) -> usize {
        self.number.get() as usize
    }
}

/// The slots of features, in the order of their hashes, with their weights.
pub fn lay_out(features: &[Feature], weights: &[[f32; 3]]) -> Vec<Slot> {
    let size = places(features.len());
    let mut slots = Vec::with_capacity(size + 64);
    for (number, (feature, weights)) in features.iter().zip(weights).enumerate() {
        slots.resize(slots.len().max(place(*feature, size)), Slot::GAP);
        let (feature, number) = (U64::new(*feature), U32::new(number as u32));
        slots.push(Slot { feature, weights: weights.map(F32::new), number });
    }
    slots.resize(slots.len().max(size), Slot::GAP);
    slots
}

/// How many places so many features are spread over: a third of gaps keeps the runs of slots short.
fn places(features: usize) -> usize {
    features * 3 / 2 + 1
}

/// Where among `size` places a feature belongs: hashes are spread evenly.
fn place(feature: Feature, size: usize) -> usize {
    ((u128::from(feature) * size as u128) >> Feature::BITS) as usize
}

/// The number of the slot of a feature. `size` is the number of places, without what runs over the end.
fn find(slots: &[Slot], feature: Feature, size: usize) -> Option<u32> {
    let from = place(feature, size);
    for (steps, slot) in slots.get(from..)?.iter().enumerate() {
        let found = slot.feature.get();
        if found >= feature || found == NO_FEATURE {
            return (found == feature && found != NO_FEATURE).then_some((from + steps) as u32);
        }
    }
    None
}

/// Those of the features that the slots hold, each once with its greatest value, for a model of `count` features.
pub fn known<'a>(slots: &'a [Slot], count: usize, features: &[Valued]) -> impl Iterator<Item = (&'a Slot, f32)> {
    let size = places(count);
    // Slot and value in one number, because numbers sort fastest.
    let mut known: Vec<u64> = Vec::with_capacity(features.len());
    for (feature, value) in features {
        known.extend(find(slots, *feature, size).map(|slot| u64::from(slot) << 32 | u64::from(falling(*value))));
    }
    known.sort_unstable();
    known.dedup_by_key(|known| *known >> 32);
    known.into_iter().map(|known| (&slots[(known >> 32) as usize], of_falling(known as u32)))
}

const SIGN: u32 = 1 << 31;

/// The bits of a value, so that a greater value is a lower number.
fn falling(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits & SIGN == 0 { !bits & !SIGN } else { bits }
}

fn of_falling(number: u32) -> f32 {
    f32::from_bits(if number & SIGN == 0 { !number & !SIGN } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_feature_has_its_own_weights_and_others_have_none(
            features in prop::collection::btree_set(prop_oneof![1u64.., 1u64..40, u64::MAX - 40..], 0..200),
            other in 1u64..,
        ) {
            let sorted: Vec<Feature> = features.iter().copied().collect();
            let weights: Vec<[f32; 3]> = (0..sorted.len()).map(|n| [n as f32, 0.0, 1.0]).collect();
            let slots = lay_out(&sorted, &weights);
            let known = |features: &[Valued]| -> Vec<_> {
                known(&slots, sorted.len(), features).map(|(slot, value)| (slot.number(), slot.weights(), value)).collect()
            };
            for (number, feature) in sorted.iter().enumerate() {
                let found = known(&[(*feature, 1.0), (*feature, 2.0)]);
                prop_assert_eq!(found, vec![(number, weights[number], 2.0)]);
            }
            prop_assert_eq!(known(&[(other, 1.0)]).len(), usize::from(features.contains(&other)));
        }
    }

    proptest! {
        #[test]
        fn greater_values_have_lower_numbers(a in -1e3f32..1e3, b in -1e3f32..1e3) {
            prop_assert_eq!(of_falling(falling(a)), a);
            prop_assert_eq!(falling(a).cmp(&falling(b)), b.total_cmp(&a));
        }
    }
}
