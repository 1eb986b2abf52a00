//! The command line.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::classifier::Classifier;
use crate::document::{Date, Source};
use crate::error::{Error, Result};
use crate::model::Model;

/// Reads diplomatic reporting and says who takes which side.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Your own parties, names and persons, on top of those that are known: a table with the tab-separated columns code,
    /// kind (party, name, adjective, people, capital, seat, place or person), names (separated by |) and term (FROM..TO).
    #[arg(long, global = true, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Find every statement or act of every party in articles, with its stance.
    Classify(Classify),
    /// Label statements whose actor is marked already.
    Label(Label),
    /// Make a model from labelled rows.
    Train(Train),
    /// Measure a model on labelled rows.
    Evaluate(Evaluate),
    /// Show why each statement got its label.
    Explain(Explain),
    /// Put articles and their statements into a store, one SQLite file.
    Ingest(Ingest),
    /// Label all articles of a store anew, with this program's or another model.
    Reclassify(Reclassify),
    /// Write the statements of a store for other programs.
    Export(Export),
    /// Compare the stance of parties, pairs, periods, sources or topics.
    Compare(Compare),
    /// Show stance over time, when it changed, and the articles that drove each change.
    Timeline(Timeline),
    /// Show who stands how to whom.
    Matrix(Matrix),
    /// List or search the parties that are known.
    Parties(Parties),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ArticleFormat {
    /// Tables of parties and statements; the default on a terminal.
    Table,
    /// One array of articles.
    Json,
    /// One article a line; the default elsewhere.
    Jsonl,
    /// One statement a row.
    Csv,
    /// A page with the articles, their statements marked.
    Html,
}

#[derive(ClapArgs)]
pub struct Classify {
    /// Articles: .txt, .html, .csv, .jsonl, packed with gzip or zstd or not, folders of these, or - for standard input.
    pub inputs: Vec<PathBuf>,
    #[arg(long, value_enum)]
    pub format: Option<ArticleFormat>,
    /// Write to this file, which appears when it is whole.
    #[arg(long)]
    pub output: Option<PathBuf>,
    /// Day of publication (YYYY-MM-DD) of articles that do not say theirs.
    #[arg(long)]
    pub date: Option<Date>,
    /// Add the text that offsets refer to (JSON formats).
    #[arg(long)]
    pub with_text: bool,
    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(ClapArgs)]
pub struct ModelArgs {
    /// A model made with `demarche train`, instead of the built-in one.
    #[arg(long, value_name = "PATH")]
    pub model: Option<PathBuf>,
    /// Leave out what is less probable than this, from 0 to 1.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    pub abstain: f64,
}

impl ModelArgs {
    pub fn load(&self) -> Result<Model> {
        self.model.as_deref().map_or_else(Model::shipped, Model::read)
    }

    pub fn classifier(&self) -> Result<Classifier> {
        Ok(Classifier::new(self.load()?).abstain(self.abstain))
    }
}

fn probability(text: &str) -> std::result::Result<f64, String> {
    let value: Option<f64> = text.parse().ok();
    value.filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    Jsonl,
    Csv,
}

#[derive(ClapArgs)]
pub struct Label {
    /// Rows with text, actor and optional target: JSONL or CSV; - or nothing for standard input.
    pub input: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: RowFormat,
    #[command(flatten)]
    pub model: ModelArgs,
}

/// Each adds to those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FeatureGroups {
    /// Stems and n-grams only.
    Ngrams,
    /// N-grams by where they stand relative to actor and target, and the actor's verb and clause.
    Actor,
    /// And the lexicon.
    Lexicon,
    /// And the scope of negation, reversal, modality and concession.
    Scope,
    /// And the words in their order, read by convolutions.
    All,
}

#[derive(ClapArgs)]
pub struct Train {
    /// Labelled rows: marked text (.txt), .jsonl or .csv, or folders of these.
    #[arg(required = true)]
    pub rows: Vec<PathBuf>,
    /// The model file to write.
    #[arg(long)]
    pub output: PathBuf,
    /// Further rows to mix in, such as this project's own training-data.
    #[arg(long, value_name = "ROWS")]
    pub add: Vec<PathBuf>,
    /// Strength of the L2 penalty.
    #[arg(long, default_value_t = 24.0)]
    pub alpha: f64,
    /// Seed of the split for cross-validation.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Into how many parts the rows are cut for cross-validation: two are twice as fast as five, and measure the model a
    /// little lower than it is.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=20))]
    pub folds: u8,
    /// Leave out groups of features, to measure what they give.
    #[arg(long, value_enum, default_value = "all")]
    pub features: FeatureGroups,
    /// Say nothing on the way.
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScoreFormat {
    Table,
    Json,
}

#[derive(ClapArgs)]
pub struct Evaluate {
    /// Labelled rows: marked text (.txt), .jsonl or .csv, or folders of these.
    #[arg(required = true)]
    pub rows: Vec<PathBuf>,
    /// The files hold annotated articles: measure the whole way from raw text.
    #[arg(long)]
    pub articles: bool,
    /// List every statement missed and every one too many (with --articles).
    #[arg(long, requires = "articles")]
    pub errors: bool,
    #[arg(long, value_enum, default_value = "table")]
    pub format: ScoreFormat,
    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(ClapArgs)]
pub struct Parties {
    /// Code, name, alias or person; all parties where not given.
    pub search: Vec<String>,
    #[arg(long, value_enum, default_value = "table")]
    pub format: ScoreFormat,
}

#[derive(ClapArgs)]
pub struct Explain {
    /// Articles, as for classify.
    pub inputs: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "table")]
    pub format: ScoreFormat,
    /// How many features to show for each statement.
    #[arg(long, default_value_t = 8)]
    pub top: usize,
    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(ClapArgs)]
pub struct Ingest {
    /// Articles, as for classify.
    pub inputs: Vec<PathBuf>,
    /// The store; made where there is none.
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    /// Day of publication (YYYY-MM-DD) of articles that do not say theirs.
    #[arg(long)]
    pub date: Option<Date>,
    /// A model made with `demarche train`, instead of the built-in one.
    #[arg(long, value_name = "PATH")]
    pub model: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Reclassify {
    /// The store.
    pub store: PathBuf,
    /// A model made with `demarche train`, instead of the built-in one.
    #[arg(long, value_name = "PATH")]
    pub model: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Csv,
    Jsonl,
    Parquet,
}

#[derive(ClapArgs)]
pub struct Export {
    /// The store.
    pub store: PathBuf,
    #[arg(long, value_enum, default_value = "csv")]
    pub format: TableFormat,
    /// The file to write, which appears when it is whole; standard output where not given.
    #[arg(long)]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Table,
    Json,
    Csv,
    /// A page that stands alone, with the statements behind each figure.
    Html,
}

/// What is compared.
#[derive(ClapArgs)]
pub struct Question {
    /// A store, or articles, as for classify.
    pub inputs: Vec<PathBuf>,
    /// Parties that speak or act, by code or name, separated by commas; those with most statements where not given.
    #[arg(long, value_name = "PARTIES", value_delimiter = ',')]
    pub party: Vec<String>,
    /// Only statements aimed at these parties.
    #[arg(long, value_name = "PARTIES", value_delimiter = ',')]
    pub toward: Vec<String>,
    /// Statements of each of these parties towards the others, both directions of a pair together.
    #[arg(long, value_name = "PARTIES", value_delimiter = ',', conflicts_with_all = ["party", "toward"])]
    pub between: Vec<String>,
    /// First day, YYYY-MM-DD.
    #[arg(long)]
    pub from: Option<Date>,
    /// Last day, YYYY-MM-DD.
    #[arg(long)]
    pub to: Option<Date>,
    /// Only statements with these words, in any order and inflection; alternatives separated by commas. Can be given
    /// several times.
    #[arg(long, value_name = "WORDS")]
    pub topic: Vec<String>,
    /// How many parties or pairs to show where they are not named.
    #[arg(long, default_value_t = 10)]
    pub top: usize,
    #[arg(long, value_enum, default_value = "table")]
    pub format: ReportFormat,
    /// Write to this file, which appears when it is whole.
    #[arg(long)]
    pub output: Option<PathBuf>,
    /// How many statements to show under each figure of a page.
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub evidence: usize,
    /// Seed of the bootstrap.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// A model made with `demarche train`, instead of the built-in one.
    #[arg(long, value_name = "PATH")]
    pub model: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Breakdown {
    Week,
    Month,
    Year,
    Source,
    Topic,
}

#[derive(ClapArgs)]
pub struct Compare {
    #[command(flatten)]
    pub question: Question,
    /// Break down; with a period, differences are from the period before.
    #[arg(long, value_enum)]
    pub by: Option<Breakdown>,
    /// Each party towards each target apart.
    #[arg(long, conflicts_with = "between")]
    pub pairs: bool,
    /// Write the differences instead of the groups (CSV).
    #[arg(long)]
    pub differences: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PeriodArg {
    Week,
    Month,
    Year,
}

#[derive(ClapArgs)]
pub struct Timeline {
    #[command(flatten)]
    pub question: Question,
    #[arg(long, value_enum, default_value = "month")]
    pub by: PeriodArg,
    /// Each party towards each target apart.
    #[arg(long, conflicts_with = "between")]
    pub pairs: bool,
}

#[derive(ClapArgs)]
pub struct Matrix {
    #[command(flatten)]
    pub question: Question,
}

/// Sources of articles; standard input where none are given and it is no terminal.
pub fn sources(inputs: &[PathBuf], command: &str) -> Result<Vec<Source>> {
    if inputs.is_empty() {
        if std::io::stdin().is_terminal() {
            let example = "examples/fisheries-talks.txt";
            return Err(Error::Usage(format!(
                "nothing to read; give files or folders (demarche {command} {example}) or pipe an article in"
            )));
        }
        return Ok(vec![Source::Stdin]);
    }
    Ok(inputs.iter().map(|path| source(path)).collect())
}

fn source(path: &Path) -> Source {
    if path == Path::new("-") { Source::Stdin } else { Source::Path(path.to_owned()) }
}
