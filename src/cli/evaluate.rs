//! `demarche evaluate`.

use super::Outcome;
use super::args::Evaluate;
use crate::error::Result;

pub fn run(_args: Evaluate) -> Result<Outcome> {
    Ok(Outcome::Done)
}
