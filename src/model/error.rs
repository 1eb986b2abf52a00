//! What keeps a model from being fitted.

/// Parameters or rows from which nothing can be learned.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    #[error("alpha must be a finite number above 0, not {0}")]
    Alpha(f64),
    #[error("the tolerance must be above 0, not {0}")]
    Tolerance(f64),
    #[error("at least two classes are needed, and labels below their number")]
    Classes,
    #[error("the highest rate of learning must be a finite number above 0, not {0}")]
    Rate(f32),
    #[error("at least one round over the rows is needed, in batches of at least one row")]
    Rounds,
    #[error("{0} must be at least 0 and below 1, not {1}")]
    Share(&'static str, f32),
    #[error("no rows to learn from")]
    Empty,
    #[error("the optimiser failed: {0}")]
    Optimiser(String),
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
