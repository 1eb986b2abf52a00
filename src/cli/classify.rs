//! `demarche classify`.

use std::io::IsTerminal;

use rayon::prelude::*;

use super::args::{ArticleFormat, Classify, sources};
use super::output::{self, progress, stdout_error};
use super::{Outcome, interrupt};
use crate::classifier::{Classified, Classifier};
use crate::document::{Document, documents};
use crate::error::Result;
use crate::report::format::{Csv, Format, Html, Json, Jsonl, Table};

/// How many articles are classified at once. They are written in input order.
const BATCH: usize = 256;

pub fn run(args: Classify) -> Result<Outcome> {
    let sources = sources(&args.inputs, "classify")?;
    Classifier::prepare();
    let classifier = args.model.classifier()?;
    let default = if args.output.is_none() && std::io::stdout().is_terminal() {
        ArticleFormat::Table
    } else {
        ArticleFormat::Jsonl
    };
    let mut format = format(args.format.unwrap_or(default), args.with_text, args.output.is_some());
    let mut outcome = Outcome::Done;
    interrupt::listen();
    // A bar among the tables on a terminal would only be in the way.
    let bar = progress(None, "articles", args.output.is_none() && std::io::stdout().is_terminal());
    output::write(args.output.as_deref(), |out| {
        format.begin(out).map_err(stdout_error)?;
        let mut articles = sources.iter().flat_map(documents);
        let mut read = || -> Vec<Result<Document>> {
            if interrupt::asked() { Vec::new() } else { articles.by_ref().take(BATCH).collect() }
        };
        let classify = |article: Result<Document>| {
            article.map(|mut document| {
                document.date = document.date.or(args.date);
                classifier.classify(document)
            })
        };
        let mut write = |articles: Vec<Result<Classified>>| -> Result<()> {
            for article in articles {
                bar.inc(1);
                match article {
                    Ok(article) => format.article(out, &article).map_err(stdout_error)?,
                    Err(error) => {
                        bar.suspend(|| eprintln!("demarche: {error}"));
                        outcome = Outcome::Skipped;
                    }
                }
            }
            Ok(())
        };
        // While one batch is classified, the one before it is written and the next one read.
        let mut batch = read();
        let mut done = Vec::new();
        while !batch.is_empty() {
            let (classified, (written, next)) =
                rayon::join(|| batch.into_par_iter().map(classify).collect(), || (write(done), read()));
            written?;
            (done, batch) = (classified, next);
        }
        write(done)?;
        format.end(out).and_then(|()| out.flush()).map_err(stdout_error)
    })?;
    bar.finish_and_clear();
    Ok(if interrupt::asked() { Outcome::Interrupted } else { outcome })
}

fn format(format: ArticleFormat, with_text: bool, to_file: bool) -> Box<dyn Format + Send> {
    match format {
        ArticleFormat::Table => Box::new(Table::new(output::style(to_file))),
        ArticleFormat::Json => Box::new(Json::new(with_text)),
        ArticleFormat::Jsonl => Box::new(Jsonl { with_text }),
        ArticleFormat::Csv => Box::new(Csv),
        ArticleFormat::Html => Box::new(Html::default()),
    }
}
