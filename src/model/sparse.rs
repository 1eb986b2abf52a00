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

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.starts.len() - 1
    }

    fn nfeatures(&self) -> usize {
        self.width
    }
}
