//! Sparse records: rows of (column, value), as linfa's estimators take them.

use linfa::dataset::Records;

/// A matrix in compressed rows. Columns of a row may repeat; their values add up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseRecords {
    /// Where each row begins in `columns`; one more than there are rows.
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    width: usize,
}

impl SparseRecords {
    /// No rows yet, `width` columns.
    pub fn new(width: usize) -> Self {
        Self { starts: vec![0], columns: Vec::new(), values: Vec::new(), width }
    }

    /// Appends a row. Columns that the matrix does not have are left out.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        for (column, value) in row {
            if (column as usize) < self.width {
                self.columns.push(column);
                self.values.push(value);
            }
        }
        self.starts.push(self.columns.len());
    }

    /// The columns and values of a row.
    pub fn row(&self, number: usize) -> (&[u32], &[f32]) {
        let range = self.starts[number]..self.starts[number + 1];
        (&self.columns[range.clone()], &self.values[range])
    }
}

/// Records with their fullest columns apart, as a dense matrix: no index to look up, and the processor takes several
/// values at once.
#[derive(Debug)]
pub struct SplitRecords {
    /// The columns of the matrix.
    pub dense: Vec<u32>,
    /// Row by row, each padded with zeros to [`SplitRecords::width`].
    matrix: Vec<f32>,
    width: usize,
    /// All other columns, by their own numbers.
    pub sparse: SparseRecords,
}

/// How many values the processor takes at once.
pub const LANES: usize = 8;

impl SplitRecords {
    /// Sets those columns apart that are filled in at least this share of the rows.
    pub fn new(records: &SparseRecords, share: f64) -> Self {
        let rows = records.nsamples();
        let mut counts = vec![0usize; records.width];
        for column in &records.columns {
            counts[*column as usize] += 1;
        }
        let full = |column: &u32| counts[*column as usize] as f64 >= share * rows as f64;
        let dense: Vec<u32> = (0..records.width as u32).filter(full).collect();
        let width = dense.len().next_multiple_of(LANES);
        let mut place = vec![None; records.width];
        for (number, column) in dense.iter().enumerate() {
            place[*column as usize] = Some(number);
        }
        let mut matrix = vec![0.0; rows * width];
        let mut sparse = SparseRecords::new(records.width);
        for number in 0..rows {
            let (columns, values) = records.row(number);
            let row = &mut matrix[number * width..][..width];
            let rest = columns.iter().zip(values).filter(|(column, value)| match place[**column as usize] {
                Some(at) => {
                    row[at] += **value;
                    false
                }
                None => true,
            });
            sparse.push(rest.map(|(column, value)| (*column, *value)));
        }
        Self { dense, matrix, width, sparse }
    }

    /// How wide the matrix is.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A row of the matrix.
    pub fn row(&self, number: usize) -> &[f32] {
        &self.matrix[number * self.width..][..self.width]
    }
}

/// The product of a row with weights of the same length, a multiple of [`LANES`].
pub fn dot(row: &[f32], weights: &[f64]) -> f64 {
    let mut sums = [0.0f64; LANES];
    for (values, weights) in row.as_chunks::<LANES>().0.iter().zip(weights.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            sums[lane] += f64::from(values[lane]) * weights[lane];
        }
    }
    sums.iter().sum()
}

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.starts.len() - 1
    }

    fn nfeatures(&self) -> usize {
        self.width
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn split_records_hold_the_same_values(
            rows in prop::collection::vec(prop::collection::vec((0u32..12, -4i8..5), 0..9), 1..30),
            share in 0.0f64..1.1,
        ) {
            let mut records = SparseRecords::new(12);
            for row in &rows {
                records.push(row.iter().map(|(column, value)| (*column, f32::from(*value))));
            }
            let split = SplitRecords::new(&records, share);
            for number in 0..rows.len() {
                let sum = |(columns, values): (&[u32], &[f32])| {
                    let mut dense = [0.0; 12];
                    columns.iter().zip(values).for_each(|(column, value)| dense[*column as usize] += value);
                    dense
                };
                let mut back = sum(split.sparse.row(number));
                for (column, value) in split.dense.iter().zip(split.row(number)) {
                    back[*column as usize] += value;
                }
                prop_assert_eq!(back, sum(records.row(number)));
            }
        }
    }
}
