//! The program: reads arguments, calls the library, and prints. Exit codes: 0 all done, 1 an input could not be
//! processed, 2 a wrong call, 130 ended by Ctrl-C.

mod args;
mod classify;
mod compare;
mod evaluate;
mod evaluate_articles;
mod explain;
mod interrupt;
mod label;
mod output;
mod parties;
mod store;
mod train;

use std::process::ExitCode;

use clap::Parser;

use crate::actors::Gazetteer;
use crate::error::{Error, Result};

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let args = args::Args::parse();
    match args.gazetteer.as_deref().map_or(Ok(()), Gazetteer::add).and_then(|()| run(args.command)) {
        Ok(outcome) => outcome.code(),
        // The reader has had enough: a normal end.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demarche: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Whether everything could be processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Some inputs were reported and skipped.
    Skipped,
    /// Ctrl-C ended the work early; what was done is written.
    Interrupted,
}

impl Outcome {
    fn code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Skipped => ExitCode::from(1),
            Self::Interrupted => ExitCode::from(130),
        }
    }
}

fn run(command: args::Command) -> Result<Outcome> {
    match command {
        args::Command::Classify(args) => classify::run(args),
        args::Command::Label(args) => label::run(args),
        args::Command::Train(args) => train::run(args),
        args::Command::Evaluate(args) if args.articles => evaluate_articles::run(&args),
        args::Command::Evaluate(args) => evaluate::run(args),
        args::Command::Explain(args) => explain::run(args),
        args::Command::Ingest(args) => store::ingest(args),
        args::Command::Reclassify(args) => store::reclassify(args),
        args::Command::Export(args) => store::export(args),
        args::Command::Compare(args) => compare::compare(args),
        args::Command::Timeline(args) => compare::timeline(args),
        args::Command::Matrix(args) => compare::matrix(args),
        args::Command::Parties(args) => parties::run(args),
    }
}
