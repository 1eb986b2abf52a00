//! The inner loops. Each is compiled for wider processors as well; no operation is reordered or fused, so that all of
//! them give the same bits.

#![allow(clippy::needless_range_loop, reason = "loops over fixed numbers are what the compiler makes fast")]

use multiversion::multiversion;

use super::slope::Slope;
use super::weights::{Dense, REACH, ROW, TAPS, UNITS, WIDTH, at};
use super::{NOWHERE, Pooled, Row, StepRows};
use crate::features::Sequence;

/// How many numbers of a row, and of how many rows, are kept in registers.
const BLOCK: usize = 16;
const TOGETHER: usize = 4;

/// Rows of words, from their vectors and the filters by width.
#[multiversion(targets("x86_64+avx2"))]
pub fn project(vectors: &[&[f32; WIDTH]], filters: &[Row; WIDTH], rows: &mut [Row]) {
    for (vectors, rows) in vectors.chunks(TOGETHER).zip(rows.chunks_mut(TOGETHER)) {
        let last = vectors.len() - 1;
        let together = [vectors[0], vectors[last.min(1)], vectors[last.min(2)], vectors[last]];
        for block in 0..ROW / BLOCK {
            let mut sums = [[0.0f32; BLOCK]; TOGETHER];
            for number in 0..WIDTH {
                let filter = &filters[number].as_chunks::<BLOCK>().0[block];
                for n in 0..TOGETHER {
                    let value = together[n][number];
                    for lane in 0..BLOCK {
                        sums[n][lane] += value * filter[lane];
                    }
                }
            }
            for n in 0..rows.len() {
                rows[n].as_chunks_mut::<BLOCK>().0[block] = sums[n.min(TOGETHER - 1)];
            }
        }
    }
}

/// The row of one word, with the same bits.
#[multiversion(targets("x86_64+avx2"))]
pub fn project_one(vector: &[f32; WIDTH], filters: &[Row; WIDTH], row: &mut Row) {
    *row = [0.0; ROW];
    for number in 0..WIDTH {
        let (value, filter) = (vector[number], &filters[number]);
        for lane in 0..ROW {
            row[lane] += value * filter[lane];
        }
    }
}

/// The greatest value of each unit over the places of a sentence with these rows. `values` is room to reckon in.
#[multiversion(targets("x86_64+avx2"))]
pub fn pool(bias: &[f32; UNITS], steps: &[StepRows], values: &mut Vec<[f32; UNITS]>) -> Pooled {
    values.clear();
    values.resize(steps.len(), *bias);
    for (at, step) in steps.iter().enumerate() {
        let [a, b, c, d] = step.map(|row| row.as_chunks::<UNITS>().0);
        for tap in 0..TAPS {
            // What stands at `at` is seen through this tap by the unit that stands so many words before or behind.
            if let Some(values) = (at + REACH).checked_sub(tap).and_then(|place| values.get_mut(place)) {
                let (a, b, c, d) = (&a[tap], &b[tap], &c[tap], &d[tap]);
                for unit in 0..UNITS {
                    values[unit] += (a[unit] + b[unit]) + (c[unit] + d[unit]);
                }
            }
        }
    }
    let mut pooled = Pooled { values: [0.0; UNITS], at: [NOWHERE; UNITS] };
    for (place, values) in values.iter().enumerate() {
        for unit in 0..UNITS {
            let more = values[unit] > pooled.values[unit];
            pooled.at[unit] = if more { place as u32 } else { pooled.at[unit] };
            pooled.values[unit] = if more { values[unit] } else { pooled.values[unit] };
        }
    }
    pooled
}

/// Adds the gradient of what each unit saw where its value was greatest. `numbers` are the places of words in `vectors`.
#[multiversion(targets("x86_64+avx2"))]
pub fn descend(
    weights: &Dense,
    vectors: &[&[f32; WIDTH]],
    numbers: &[u32],
    sequence: &Sequence,
    pooled: &Pooled,
    units: &[f32; UNITS],
    slope: &mut Slope,
) {
    for unit in 0..UNITS {
        let gradient = units[unit];
        if pooled.at[unit] == NOWHERE || gradient == 0.0 {
            continue;
        }
        slope.dense.0[at::bias(unit)] += gradient;
        for tap in 0..TAPS {
            let seen = (pooled.at[unit] as usize + tap).checked_sub(REACH);
            let Some(step) = seen.and_then(|at| sequence.steps.get(at)) else { continue };
            let word = numbers[usize::from(step.word)] as usize;
            let column = tap * UNITS + unit;
            let (vector, filter) = (vectors[word], &weights.filters()[column]);
            let to_filter = &mut slope.dense.filters_mut()[column];
            let to_word = &mut slope.words[word];
            for number in 0..WIDTH {
                to_filter[number] += gradient * vector[number];
            }
            for number in 0..WIDTH {
                to_word[number] += gradient * filter[number];
            }
            for (rows, code) in slope.codes.iter_mut().zip(step.codes) {
                rows[usize::from(code)][column] += gradient;
            }
        }
    }
}

/// How fast the running means of the gradient and of its square forget.
const FIRST: f32 = 0.9;
const SECOND: f32 = 0.999;

/// One step of Adam on these weights.
#[multiversion(targets("x86_64+avx2"))]
pub fn adam(weights: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32], rate: f32, steps: i32) {
    let scale = rate * (1.0 - SECOND.powi(steps)).sqrt() / (1.0 - FIRST.powi(steps));
    for (((weight, g), m), v) in weights.iter_mut().zip(gradient).zip(first).zip(second) {
        *m += (g - *m) * (1.0 - FIRST);
        *v += (g * g - *v) * (1.0 - SECOND);
        *weight -= scale * *m / (v.sqrt() + 1e-8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_same_bits_alone_and_among_others() {
        let number = |n: usize| ((n * 7919 % 1009) as f32 / 1009.0) - 0.5;
        let filters: [Row; WIDTH] = std::array::from_fn(|n| std::array::from_fn(|lane| number(n * ROW + lane)));
        let vectors: [[f32; WIDTH]; 6] = std::array::from_fn(|n| std::array::from_fn(|at| number(n * 31 + at)));
        let mut together = [[0.0; ROW]; 6];
        project(&vectors.each_ref(), &filters, &mut together);
        for (vector, row) in vectors.iter().zip(together) {
            let mut alone = [1.0; ROW];
            project_one(vector, &filters, &mut alone);
            assert_eq!(alone, row);
        }
    }
}
