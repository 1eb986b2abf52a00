//! `demarche train`.

use sha2::{Digest, Sha256};

use super::Outcome;
use super::args::{FeatureGroups, Train};
use super::output::progress;
use crate::document::Date;
use crate::error::{Error, Result};
use crate::features::Groups;
use crate::model::{
    Card, CrossValidation, Detector, Example, FitError, InArticles, Model, Row, Settings, Stance, calibration,
    examples, fit, lessons, read_corpus, scores,
};

pub fn run(args: Train) -> Result<Outcome> {
    let paths: Vec<_> = args.rows.iter().chain(&args.add).cloned().collect();
    let corpus = read_corpus(&paths)?;
    let rows = &corpus.rows;
    for stance in Stance::ALL {
        if !rows.iter().any(|r| r.stance == stance) {
            let what = format!("no {} rows; a model needs rows of all three stances", stance.name());
            return Err(Error::input(paths[0].display(), what));
        }
    }
    let say = |text: String| {
        if !args.quiet {
            eprintln!("{text}");
        }
    };
    let failed = |e: FitError| Error::Usage(e.to_string());
    let groups = groups(args.features);
    let (examples, names) = examples(&corpus, groups);
    say(format!("{} rows, {} features", rows.len(), names.len()));
    let folds = usize::from(args.folds);
    let bar = progress(Some(u64::from(args.folds) + 2), "fits", args.quiet);
    let settings = Settings { alpha: args.alpha, seed: args.seed };
    let all: Vec<&Example> = examples.iter().collect();
    let (validation, trained) = rayon::join(
        || CrossValidation::run(&examples, folds, settings, || bar.inc(1)),
        || fit(&all, settings).inspect(|_| bar.inc(1)),
    );
    let (validation, trained) = (validation.map_err(failed)?, trained.map_err(failed)?);
    let in_articles = InArticles::new(&examples, rows, &validation);
    let mut card = card(rows, &examples, &validation, args.alpha, args.seed);
    in_context(&mut card, &validation, &in_articles).map_err(failed)?;
    let context = in_articles.fit().map_err(failed)?;
    let lessons = lessons(&corpus.articles);
    let (detector, targets) = rayon::join(|| Detector::fit(&lessons.statements), || Detector::fit(&lessons.targets));
    let (detector, targets) = (detector.map_err(failed)?, targets.map_err(failed)?);
    bar.inc(1);
    bar.finish_and_clear();
    let name = |feature| names.get(&feature).cloned().unwrap_or_default();
    let model = Model::new(
        &trained,
        name,
        groups,
        validation.temperature,
        context,
        [detector.as_ref(), targets.as_ref()],
        card,
    )?;
    model.write(&args.output)?;
    say(summary(&model, &validation, folds));
    Ok(Outcome::Done)
}

fn groups(features: FeatureGroups) -> Groups {
    Groups {
        relative: features >= FeatureGroups::Actor,
        lexicon: features >= FeatureGroups::Lexicon,
        scope: features >= FeatureGroups::Scope,
        sequence: features >= FeatureGroups::All,
    }
}

fn card(rows: &[Row], examples: &[Example], validation: &CrossValidation, alpha: f64, seed: u64) -> Card {
    let held_out = validation.probabilities();
    let pairs = |keep: &dyn Fn(&Row) -> bool| {
        let kept = examples.iter().zip(&held_out).filter(|(e, _)| keep(&rows[e.row]));
        scores(kept.map(|(_, (label, p))| (*label, p.stance())))
    };
    let mut digest = Sha256::new();
    for row in rows {
        digest.update(format!(
            "{}\t{:?}\t{:?}\t{:?}\t{}\n",
            row.text,
            row.actor,
            row.party,
            row.target,
            row.stance.name()
        ));
    }
    let corpus = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Card {
        date: Date::today().to_string(),
        corpus,
        rows: rows.len(),
        texts: examples.iter().map(|e| e.text + 1).max().unwrap_or(0),
        alpha,
        seed,
        macro_f1: pairs(&|_| true).macro_f1,
        hard_f1: pairs(&|r| r.hard).macro_f1,
        calibration_error: calibration(&held_out).expected_error,
        article_rows: 0,
        alone_f1: 0.0,
        context_f1: 0.0,
    }
}

/// Notes what the second look gives on held-out rows.
fn in_context(
    card: &mut Card,
    validation: &CrossValidation,
    articles: &InArticles,
) -> std::result::Result<(), FitError> {
    let held_out = validation.probabilities();
    let looks = articles.probabilities()?;
    card.article_rows = looks.len();
    card.alone_f1 = scores(looks.iter().map(|(n, _)| (held_out[*n].0, held_out[*n].1.stance()))).macro_f1;
    card.context_f1 = scores(looks.iter().map(|(n, p)| (held_out[*n].0, p.stance()))).macro_f1;
    Ok(())
}

fn summary(model: &Model, validation: &CrossValidation, folds: usize) -> String {
    let card = &model.card;
    let held_out = validation.probabilities();
    let all = scores(held_out.iter().map(|(label, p)| (*label, p.stance())));
    let mut lines = vec![format!(
        "{folds}-fold cross-validation, split by text: macro-F1 {:.3}, on hard rows {:.3}, calibration error {:.3}",
        card.macro_f1, card.hard_f1, card.calibration_error
    )];
    for class in all.classes {
        lines.push(format!(
            "  {:<12} precision {:.3}  recall {:.3}  F1 {:.3}  ({} rows)",
            class.stance.name(),
            class.precision,
            class.recall,
            class.f1,
            class.rows
        ));
    }
    if card.article_rows > 0 {
        lines.push(format!(
            "{} rows in steady articles: macro-F1 {:.3} each alone, {:.3} in its article",
            card.article_rows, card.alone_f1, card.context_f1
        ));
    }
    lines.push(format!("{} features kept", model.size()));
    lines.join("\n")
}
