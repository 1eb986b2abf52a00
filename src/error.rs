//! What can go wrong with what a user hands in, each as one line that says where and what to do.

use std::path::PathBuf;

/// An input, a data file or a model that cannot be processed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The wrong call: exit code 2.
    #[error("{0}")]
    Usage(String),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    /// A place in an input, with what is wrong there and what to do about it.
    #[error("{place}: {what}")]
    Input { place: String, what: String },
    /// A model file that cannot be used.
    #[error("{}: {what}", path.display())]
    Model { path: PathBuf, what: String },
}

/// The result of whatever reads a user's input.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { path: path.into(), source }
    }

    pub(crate) fn input(place: impl std::fmt::Display, what: impl std::fmt::Display) -> Self {
        Self::Input { place: place.to_string(), what: what.to_string() }
    }

    /// 2 for a wrong call, 1 for an input that cannot be processed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            _ => 1,
        }
    }
}
