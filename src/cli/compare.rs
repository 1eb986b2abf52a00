//! `demarche compare`, `demarche timeline` and `demarche matrix`.

use std::io::Write;
use std::path::PathBuf;

use super::args::{Breakdown, Compare, Matrix, PeriodArg, Question, ReportFormat, Timeline, sources};
use super::output::{self, stdout_error};
use super::{Outcome, store};
use crate::actors::Gazetteer;
use crate::classifier::Classifier;
use crate::compare::{By, Plan, Unit, compare as comparison, format, matrix as who_to_whom, timeline as over_time};
use crate::document::Period;
use crate::error::{Error, Result};
use crate::store::{Filter, Observations, Store, is_store};

/// A question, looked up.
struct Asked {
    store: Store,
    outcome: Outcome,
    filter: Filter,
    observations: Observations,
    plan: Plan,
    words: String,
}

pub fn compare(args: Compare) -> Result<Outcome> {
    let by = args.by.map(|by| match by {
        Breakdown::Month => By::Time(Period::Month),
        Breakdown::Week => By::Time(Period::Week),
        Breakdown::Year => By::Time(Period::Year),
        Breakdown::Source => By::Source,
        Breakdown::Topic => By::Topic,
    });
    if by == Some(By::Topic) && args.question.topic.is_empty() {
        return Err(Error::Usage("--by topic needs topics; give each with --topic WORDS".to_owned()));
    }
    let asked = ask(&args.question, unit(&args.question, args.pairs), by)?;
    let answer = comparison(&asked.observations, &asked.plan);
    write(&args.question, |format, out| match format {
        ReportFormat::Table => {
            format::comparison(out, style(&args.question), &asked.words, &answer).map_err(stdout_error)
        }
        ReportFormat::Json => format::json(out, &asked.words, &answer).map_err(stdout_error),
        ReportFormat::Csv if args.differences => format::differences(out, &answer.differences).map_err(stdout_error),
        ReportFormat::Csv => format::groups(out, answer.groups.iter()).map_err(stdout_error),
        ReportFormat::Html => {
            let page = format::Page::new(&asked.store, args.question.evidence).comparison(&asked.words, &answer)?;
            out.write_all(page.as_bytes()).map_err(stdout_error)
        }
    })?;
    Ok(asked.outcome)
}

pub fn timeline(args: Timeline) -> Result<Outcome> {
    let period = match args.by {
        PeriodArg::Week => Period::Week,
        PeriodArg::Month => Period::Month,
        PeriodArg::Year => Period::Year,
    };
    let asked = ask(&args.question, unit(&args.question, args.pairs), Some(By::Time(period)))?;
    let answer = over_time(&asked.observations, period, &asked.plan);
    let article = |id: i64| match asked.store.article(id) {
        Ok(article) => article.title.unwrap_or(article.name),
        Err(_) => String::new(),
    };
    write(&args.question, |format, out| match format {
        ReportFormat::Table => {
            let style = style(&args.question);
            format::timeline(out, style, &asked.words, &answer, &article).map_err(stdout_error)
        }
        ReportFormat::Json => format::json(out, &asked.words, &answer).map_err(stdout_error),
        ReportFormat::Csv => format::groups(out, answer.series.iter().flat_map(|s| &s.periods)).map_err(stdout_error),
        ReportFormat::Html => {
            let page = format::Page::new(&asked.store, args.question.evidence).timeline(&asked.words, &answer)?;
            out.write_all(page.as_bytes()).map_err(stdout_error)
        }
    })?;
    Ok(asked.outcome)
}

pub fn matrix(args: Matrix) -> Result<Outcome> {
    let asked = ask(&args.question, Unit::Pair, None)?;
    let answer = who_to_whom(&asked.observations, &asked.filter.towards, &asked.plan);
    write(&args.question, |format, out| match format {
        ReportFormat::Table => format::heatmap(out, style(&args.question), &asked.words, &answer).map_err(stdout_error),
        ReportFormat::Json => format::json(out, &asked.words, &answer).map_err(stdout_error),
        ReportFormat::Csv => format::groups(out, answer.cells.iter()).map_err(stdout_error),
        ReportFormat::Html => {
            let page = format::Page::new(&asked.store, args.question.evidence).matrix(&asked.words, &answer)?;
            out.write_all(page.as_bytes()).map_err(stdout_error)
        }
    })?;
    Ok(asked.outcome)
}

fn style(question: &Question) -> crate::report::format::Style {
    output::style(question.output.is_some())
}

fn write(question: &Question, fill: impl FnOnce(ReportFormat, &mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    output::write(question.output.as_deref(), |out| fill(question.format, out))
}

fn unit(question: &Question, pairs: bool) -> Unit {
    if !question.between.is_empty() {
        Unit::Mutual
    } else if pairs {
        Unit::Pair
    } else {
        Unit::Party
    }
}

/// Codes of parties that are given by code or name.
fn codes(given: &[String]) -> Result<Vec<String>> {
    let gazetteer = Gazetteer::shipped();
    let mut codes: Vec<String> = Vec::new();
    for name in given.iter().map(|name| name.trim()) {
        let party = gazetteer.by_code(name).or_else(|| gazetteer.by_name(name)).ok_or_else(|| {
            Error::Usage(format!("{name:?} is no party that is known; `demarche parties {name}` lists what is near"))
        })?;
        let code = gazetteer.party(party).code.clone();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

fn ask(question: &Question, unit: Unit, by: Option<By>) -> Result<Asked> {
    let (parties, towards) = if question.between.is_empty() {
        (codes(&question.party)?, codes(&question.toward)?)
    } else {
        let both = codes(&question.between)?;
        if both.len() < 2 {
            return Err(Error::Usage("--between needs two parties or more, as in --between USA,JPN".to_owned()));
        }
        (both.clone(), both)
    };
    if let (Some(from), Some(to)) = (question.from, question.to)
        && from > to
    {
        return Err(Error::Usage(format!("--from {from} is after --to {to}")));
    }
    let filter = Filter { parties, towards, from: question.from, to: question.to, topics: question.topic.clone() };
    let (store, outcome) = open(question)?;
    let observations = store.observations(&filter)?;
    let plan = Plan {
        unit,
        by,
        parties: filter.parties.clone(),
        topics: filter.topics.clone(),
        top: question.top,
        seed: question.seed,
    };
    let words = words(&filter, unit, &observations);
    Ok(Asked { store, outcome, filter, observations, plan, words })
}

/// The question in words, and how much answers it.
fn words(filter: &Filter, unit: Unit, observations: &Observations) -> String {
    let mut words = match (filter.parties.as_slice(), unit) {
        ([], _) => "all parties".to_owned(),
        (parties, Unit::Mutual) => format!("between {}", parties.join(", ")),
        (parties, _) => parties.join(", "),
    };
    if !filter.towards.is_empty() && unit != Unit::Mutual {
        words += &format!(" towards {}", filter.towards.join(", "));
    }
    if let Some(from) = filter.from {
        words += &format!(" from {from}");
    }
    if let Some(to) = filter.to {
        words += &format!(" to {to}");
    }
    if !filter.topics.is_empty() {
        words += &format!(" on {}", filter.topics.join("; "));
    }
    let articles = observations.rows.chunk_by(|a, b| a.article == b.article).count();
    format!("{words}: {} statements in {articles} articles", observations.rows.len())
}

/// The store that is named, or one that lasts as long as the command, filled from articles.
fn open(question: &Question) -> Result<(Store, Outcome)> {
    let stores: Vec<&PathBuf> = question.inputs.iter().filter(|path| is_store(path)).collect();
    let model = question.model.as_deref().map_or_else(crate::model::Model::shipped, crate::model::Model::read)?;
    let digest = model.digest();
    match stores.as_slice() {
        [path] if question.inputs.len() == 1 => {
            let store = Store::open(path)?;
            if !store.is_of_model(&digest)? {
                let place = path.display();
                eprintln!(
                    "demarche: {place}: labelled by another model; `demarche reclassify {place}` brings it up to date"
                );
            }
            Ok((store, Outcome::Done))
        }
        [] => {
            let sources = sources(&question.inputs, "compare")?;
            Classifier::prepare();
            super::interrupt::listen();
            let mut store = Store::temporary(&digest)?;
            let (outcome, _) = store::fill(&mut store, &Classifier::new(model), &sources, None)?;
            Ok((store, outcome))
        }
        [path, ..] => {
            let what = "a store is compared alone; ingest the other articles into it first";
            Err(Error::input(path.display(), what))
        }
    }
}
