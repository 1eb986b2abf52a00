//! `demarche ingest`, `demarche reclassify` and `demarche export`.

use rayon::prelude::*;

use super::args::{Export, Ingest, Reclassify, TableFormat, sources};
use super::output::{self, progress, stdout_error};
use super::{Outcome, interrupt};
use crate::classifier::{Classified, Classifier};
use crate::document::{Date, Document, Source, documents};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::store::{ExportFormat, Store, digest};

/// How many articles make a batch, which is kept whole or not at all.
const BATCH: usize = 1024;

fn model(path: Option<&std::path::Path>) -> Result<Model> {
    path.map_or_else(Model::shipped, Model::read)
}

pub fn ingest(args: Ingest) -> Result<Outcome> {
    let sources = sources(&args.inputs, "ingest")?;
    Classifier::prepare();
    let model = model(args.model.as_deref())?;
    let digest = model.digest();
    let mut store = Store::open_or_create(&args.store, &digest)?;
    if !store.is_of_model(&digest)? {
        let place = args.store.display();
        let what = format!("labelled by another model; run `demarche reclassify {place}` first, or give that --model");
        return Err(Error::input(place, what));
    }
    interrupt::listen();
    let (outcome, new) = fill(&mut store, &Classifier::new(model), &sources, args.date)?;
    eprintln!("{new} new articles, {} in the store", store.articles()?);
    Ok(outcome)
}

/// Reads, classifies and stores articles, batch by batch. Gives back how many were new.
pub fn fill(
    store: &mut Store,
    classifier: &Classifier,
    sources: &[Source],
    date: Option<Date>,
) -> Result<(Outcome, usize)> {
    let mut outcome = Outcome::Done;
    let mut new = 0;
    let bar = progress(None, "articles", false);
    let mut articles = sources.iter().flat_map(documents);
    while !interrupt::asked() {
        let read: Vec<Result<Document>> = articles.by_ref().take(BATCH).collect();
        if read.is_empty() {
            break;
        }
        bar.inc(read.len() as u64);
        let mut batch = Vec::with_capacity(read.len());
        for article in read {
            match article {
                Ok(mut document) => {
                    document.date = document.date.or(date);
                    if !store.has(&digest(&document))? {
                        batch.push(document);
                    }
                }
                Err(error) => {
                    bar.suspend(|| eprintln!("demarche: {error}"));
                    outcome = Outcome::Skipped;
                }
            }
        }
        let classified: Vec<Classified> = batch.into_par_iter().map(|d| classifier.classify(d)).collect();
        new += store.add(&classified)?;
    }
    bar.finish_and_clear();
    Ok((if interrupt::asked() { Outcome::Interrupted } else { outcome }, new))
}

pub fn reclassify(args: Reclassify) -> Result<Outcome> {
    let mut store = Store::open(&args.store)?;
    let model = model(args.model.as_deref())?;
    let digest = model.digest();
    if store.is_of_model(&digest)? {
        eprintln!("{} is up to date", args.store.display());
        return Ok(Outcome::Done);
    }
    let classifier = Classifier::new(model);
    let bar = progress(Some(store.articles()?), "articles", false);
    let classify = |batch: Vec<Document>| {
        bar.inc(batch.len() as u64);
        batch.into_par_iter().map(|d| classifier.classify(d)).collect()
    };
    let count = store.reclassify(&digest, classify, BATCH)?;
    bar.finish_and_clear();
    eprintln!("{count} articles labelled anew");
    Ok(Outcome::Done)
}

pub fn export(args: Export) -> Result<Outcome> {
    let store = Store::open(&args.store)?;
    let format = match args.format {
        TableFormat::Csv => ExportFormat::Csv,
        TableFormat::Jsonl => ExportFormat::Jsonl,
        TableFormat::Parquet => ExportFormat::Parquet,
    };
    output::write(args.output.as_deref(), |out| {
        store.export(format, out)?;
        out.flush().map_err(stdout_error)
    })?;
    Ok(Outcome::Done)
}
