//! `demarche explain`.

use std::io::Write;

use serde::Serialize;

use super::Outcome;
use super::args::{Explain, ScoreFormat, sources};
use super::output::{self, stdout_error};
use crate::classifier::{Classifier, Statement};
use crate::document::{Document, documents};
use crate::error::Result;
use crate::model::Stance;

/// A feature of a statement, with what it adds to the score of each stance.
#[derive(Serialize)]
struct Push {
    feature: String,
    cooperative: f64,
    opposed: f64,
    neutral: f64,
}

impl Push {
    /// How much it speaks for this stance against the mean of the other two.
    fn towards(&self, stance: Stance) -> f64 {
        let all = [self.cooperative, self.opposed, self.neutral];
        let own = all[stance as usize];
        own - (all.iter().sum::<f64>() - own) / 2.0
    }
}

#[derive(Serialize)]
struct Explained {
    statement: Statement,
    features: Vec<Push>,
}

#[derive(Serialize)]
struct Article {
    id: String,
    statements: Vec<Explained>,
}

pub fn run(args: Explain) -> Result<Outcome> {
    let sources = sources(&args.inputs, "explain")?;
    let classifier = args.model.classifier()?;
    let mut outcome = Outcome::Done;
    output::write(None, |out| {
        for document in sources.iter().flat_map(documents) {
            match document {
                Ok(document) => {
                    let article = explain(&classifier, document, args.top);
                    match args.format {
                        ScoreFormat::Json => serde_json::to_writer(&mut *out, &article)
                            .map_err(std::io::Error::from)
                            .and_then(|()| writeln!(out)),
                        ScoreFormat::Table => print(out, &article),
                    }
                    .map_err(stdout_error)?;
                }
                Err(error) => {
                    eprintln!("demarche: {error}");
                    outcome = Outcome::Skipped;
                }
            }
        }
        Ok(())
    })?;
    Ok(outcome)
}

fn explain(classifier: &Classifier, document: Document, top: usize) -> Article {
    let id = document.id.clone();
    let statements = classifier
        .explain(document)
        .into_iter()
        .map(|(statement, features)| {
            let mut features: Vec<Push> = features
                .into_iter()
                .map(|(feature, [cooperative, opposed, neutral])| Push { feature, cooperative, opposed, neutral })
                .collect();
            features.sort_by(|a, b| b.towards(statement.stance).abs().total_cmp(&a.towards(statement.stance).abs()));
            features.truncate(top);
            Explained { statement, features }
        })
        .collect();
    Article { id, statements }
}

const BAR: f64 = 24.0;

fn print(out: &mut dyn Write, article: &Article) -> std::io::Result<()> {
    for Explained { statement: s, features } in &article.statements {
        let target = s.target.as_deref().unwrap_or("-");
        let (stance, p) = (s.stance.name(), s.probabilities.of(s.stance));
        writeln!(out, "{} ({} → {target}): {stance} {p:.2}", s.actor.text, s.party)?;
        writeln!(out, "  {}", s.text)?;
        let width = features.iter().map(|f| f.feature.chars().count()).max().unwrap_or(0);
        let most = features.iter().map(|f| f.towards(s.stance).abs()).fold(f64::EPSILON, f64::max);
        for push in features {
            let value = push.towards(s.stance);
            let bar = "█".repeat(((value.abs() / most) * BAR).round() as usize);
            let side = if value >= 0.0 { "for" } else { "against" };
            writeln!(out, "  {:<width$} {value:+.2} {side:<7} {bar}", push.feature)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
