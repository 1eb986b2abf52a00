pub mod cli { pub fn main() -> std::process::ExitCode { std::process::ExitCode::SUCCESS } }
mod actors;
mod document;
mod error;
mod sentences;
mod table;
