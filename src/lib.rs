//! Reads diplomatic reporting and says who takes which side.
//!
//! In goes a news article; out comes every statement or act of every party (country, organisation of states, armed
//! group), labelled cooperative, opposed or neutral towards the party it is aimed at, and a report of stance per party.
//!
//! ```
//! use demarche::{Classifier, Document, Model, Stance};
//!
//! let classifier = Classifier::new(Model::shipped()?);
//! let article = classifier.classify(Document::new("Peru condemned Chile for the raid on its embassy."));
//! let statement = &article.statements[0];
//! assert_eq!((statement.party.as_str(), statement.target.as_deref()), ("PER", Some("CHL")));
//! assert_eq!(statement.stance, Stance::Opposed);
//! assert_eq!(article.report.parties[0].name, "Peru");
//! # Ok::<(), demarche::Error>(())
//! ```
//!
//! The way through is one: document → sentences → actors → attribution → features → model → report. Each step is a
//! module that only uses those before it; a document's text is kept once, and all else points into it.

pub mod cli;

mod actors;
mod attribution;
mod classifier;
mod compare;
mod document;
mod error;
mod features;
mod gold;
mod model;
mod report;
mod sentences;
mod statement;
mod store;
mod table;
mod trie;
mod write;

pub use classifier::{Classified, Classifier, Label, Statement, Words};
pub use document::{Date, Document};
pub use error::{Error, Result};
pub use model::{Model, Probabilities, Stance};
pub use report::{PartyStance, Report, Toward};

pub(crate) use write::write_whole;
