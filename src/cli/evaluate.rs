//! `demarche evaluate`.

use std::collections::BTreeMap;
use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;

use super::Outcome;
use super::args::{Evaluate, ScoreFormat};
use super::output::{self, stdout_error};
use crate::error::Result;
use crate::model::{Calibration, Probabilities, Row, Scores, Stance, calibration, read_corpus, scores};
use crate::statement::Reading;

/// Everything that an evaluation measures.
#[derive(Serialize)]
struct Evaluation {
    all: Scores,
    calibration: Calibration,
    /// Scores of the rows of one kind: hard or not, in a sentence with others or alone.
    kinds: BTreeMap<String, Scores>,
    topics: BTreeMap<String, Scores>,
    worst: Vec<Mistake>,
}

/// A row that the model is sure of, wrongly.
#[derive(Serialize)]
struct Mistake {
    place: String,
    actor: String,
    label: Stance,
    predicted: Stance,
    probability: f64,
    text: String,
}

const WORST: usize = 10;

pub fn run(args: Evaluate) -> Result<Outcome> {
    let classifier = args.model.classifier()?;
    let rows = read_corpus(&args.rows)?.rows;
    let predicted: Vec<Probabilities> =
        rows.par_iter().map(|row| classifier.label_reading(&Reading::of_row(row), true).probabilities).collect();
    let kept: Vec<(Row, Probabilities)> =
        rows.into_iter().zip(predicted).filter(|(_, p)| p.of(p.stance()) >= args.model.abstain).collect();
    let evaluation = evaluate(&kept);
    output::write(None, |out| {
        match args.format {
            ScoreFormat::Json => serde_json::to_writer_pretty(&mut *out, &evaluation)
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out)),
            ScoreFormat::Table => print(out, &evaluation),
        }
        .map_err(stdout_error)
    })?;
    Ok(Outcome::Done)
}

fn evaluate(rows: &[(Row, Probabilities)]) -> Evaluation {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, _) in rows {
        *texts.entry(&row.text).or_default() += 1;
    }
    let of =
        |keep: &dyn Fn(&Row) -> bool| scores(rows.iter().filter(|(r, _)| keep(r)).map(|(r, p)| (r.stance, p.stance())));
    let paired = |r: &Row| texts[r.text.as_str()] > 1;
    let kinds: [(&str, Scores); 4] = [
        ("hard", of(&|r| r.hard)),
        ("not hard", of(&|r| !r.hard)),
        ("paired", of(&|r| paired(r))),
        ("alone", of(&|r| !paired(r))),
    ];
    let named = kinds.into_iter().filter(|(_, s)| s.rows > 0).map(|(n, s)| (n.to_owned(), s)).collect();
    let mut topics: Vec<&str> = rows.iter().filter_map(|(r, _)| r.topic.as_deref()).collect();
    topics.sort_unstable();
    topics.dedup();
    let topics = topics.into_iter().map(|t| (t.to_owned(), of(&|r| r.topic.as_deref() == Some(t)))).collect();
    let mut worst: Vec<Mistake> = rows
        .iter()
        .filter(|(r, p)| r.stance != p.stance())
        .map(|(r, p)| Mistake {
            place: r.place.clone(),
            actor: r.actor.clone().map(|a| r.text[a].to_owned()).unwrap_or_default(),
            label: r.stance,
            predicted: p.stance(),
            probability: p.of(p.stance()),
            text: r.text.clone(),
        })
        .collect();
    worst.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    worst.truncate(WORST);
    let pairs: Vec<_> = rows.iter().map(|(r, p)| (r.stance, *p)).collect();
    Evaluation { all: of(&|_| true), calibration: calibration(&pairs), kinds: named, topics, worst }
}

fn print(out: &mut dyn Write, e: &Evaluation) -> std::io::Result<()> {
    let all = &e.all;
    writeln!(out, "{} rows: macro-F1 {:.3}, accuracy {:.3}", all.rows, all.macro_f1, all.accuracy)?;
    let style = output::style(false);
    let mut table =
        style.table(&["Stance", "Rows", "Precision", "Recall", "F1", "as cooperative", "as opposed", "as neutral"]);
    for class in &all.classes {
        let mut cells = vec![class.stance.name().to_owned(), class.rows.to_string()];
        cells.extend([class.precision, class.recall, class.f1].map(|v| format!("{v:.3}")));
        cells.extend(all.confusion[class.stance as usize].map(|n| n.to_string()));
        table.add_row(cells);
    }
    writeln!(out, "{table}\n\nExpected calibration error {:.3}", e.calibration.expected_error)?;
    let mut table = style.table(&["Confidence", "Rows", "Mean", "Right"]);
    for bin in &e.calibration.bins {
        table.add_row([
            format!("{:.1} to {:.1}", bin.from, bin.to),
            bin.rows.to_string(),
            format!("{:.3}", bin.confidence),
            format!("{:.3}", bin.accuracy),
        ]);
    }
    writeln!(out, "{table}\n")?;
    let mut table = style.table(&["Kind or topic", "Rows", "macro-F1", "Accuracy"]);
    for (name, s) in e.kinds.iter().chain(&e.topics) {
        table.add_row([name.clone(), s.rows.to_string(), format!("{:.3}", s.macro_f1), format!("{:.3}", s.accuracy)]);
    }
    writeln!(out, "{table}")?;
    if !e.worst.is_empty() {
        writeln!(out, "\nSurest mistakes")?;
    }
    for m in &e.worst {
        let (label, predicted) = (m.label.name(), m.predicted.name());
        writeln!(out, "{}: {} is {label}, labelled {predicted} ({:.2}): {}", m.place, m.actor, m.probability, m.text)?;
    }
    Ok(())
}
