pub mod cli { pub fn main() -> std::process::ExitCode { std::process::ExitCode::SUCCESS } }
mod document;
mod error;
mod sentences;
