//! `demarche explain`.

use super::Outcome;
use super::args::Explain;
use crate::error::Result;

pub fn run(_args: Explain) -> Result<Outcome> {
    Ok(Outcome::Done)
}
