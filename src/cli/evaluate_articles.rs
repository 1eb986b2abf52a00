//! `demarche evaluate --articles`.

use std::io::Write;

use rayon::prelude::*;

use super::Outcome;
use super::args::{Evaluate, ScoreFormat};
use super::output::{self, stdout_error};
use crate::classifier::{Classifier, Statement};
use crate::error::Result;
use crate::gold::{self, Gold, score};

/// Classifies annotated articles and prints how well that went.
pub fn run(args: &Evaluate) -> Result<Outcome> {
    Classifier::prepare();
    let classifier = args.model.classifier()?;
    let mut articles = Vec::new();
    for path in &args.rows {
        articles.extend(gold::read(path)?);
    }
    let found: Vec<(Gold, Vec<Statement>)> = articles
        .into_par_iter()
        .map(|gold| {
            let statements = classifier.classify(gold.document()).statements;
            (gold, statements)
        })
        .collect();
    let outcome = score(&found);
    output::write(None, |out| {
        match args.format {
            ScoreFormat::Json => serde_json::to_writer_pretty(&mut *out, &outcome)
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out)),
            ScoreFormat::Table => print(out, &outcome, args.errors),
        }
        .map_err(stdout_error)
    })?;
    Ok(Outcome::Done)
}

fn print(out: &mut dyn Write, outcome: &gold::Outcome, errors: bool) -> std::io::Result<()> {
    let (articles, gold, found) = (outcome.articles, outcome.gold_rows, outcome.found_rows);
    writeln!(out, "articles {articles}  gold rows {gold}  predicted rows {found}")?;
    let ratios = [("sides", outcome.sides), ("all", outcome.all), ("found", outcome.found), ("dyad", outcome.dyad)];
    for (name, r) in ratios {
        writeln!(out, "{name:6} P {:.3}  R {:.3}  F1 {:.3}", r.precision, r.recall, r.f1)?;
    }
    writeln!(
        out,
        "stance acc {:.3} (where the party was found)   net r {:.3} over {} article-party pairs",
        outcome.stance_accuracy,
        outcome.net_correlation.unwrap_or(f64::NAN),
        outcome.net_pairs
    )?;
    if errors {
        for (tag, mistakes) in [("MISSED", &outcome.missed), ("EXTRA", &outcome.extra)] {
            for m in mistakes {
                let text: String = m.text.chars().take(160).collect();
                writeln!(out, "{tag:6} {} [{}] {} {}: {text}", m.article, m.sentence, m.party, m.stance.name())?;
            }
        }
    }
    Ok(())
}
