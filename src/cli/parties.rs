//! `demarche parties`.

use serde::Serialize;

use super::Outcome;
use super::args::{Parties, ScoreFormat};
use super::output::{self, stdout_error};
use crate::actors::{Gazetteer, Known};
use crate::error::Result;

#[derive(Serialize)]
struct Listed {
    parties: Vec<Known>,
}

pub fn run(args: Parties) -> Result<Outcome> {
    let words = args.search.join(" ");
    let parties = Gazetteer::shipped().search(&words);
    output::write(None, |out| {
        match args.format {
            ScoreFormat::Json => serde_json::to_writer_pretty(&mut *out, &Listed { parties })
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out)),
            ScoreFormat::Table if parties.is_empty() => {
                writeln!(out, "nothing known by the name {words:?}; `demarche parties` lists all")
            }
            ScoreFormat::Table => {
                let mut table = output::style(false).table(&["Code", "Name", "Known by"]);
                for known in &parties {
                    table.add_row([known.code.as_str(), &known.name, &known.persons.join("\n")]);
                }
                writeln!(out, "{table}")
            }
        }
        .map_err(stdout_error)
    })?;
    Ok(Outcome::Done)
}
