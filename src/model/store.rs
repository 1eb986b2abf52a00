//! The model file: a magic word, the format's version, a checksum, and the model.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::Digest;

use super::context::{Context, Placed, features as features_in_context};
use super::train::distinct;
use super::{Probabilities, Trained};
use crate::error::{Error, Result};
use crate::features::{Feature, Valued};

const MAGIC: &[u8; 8] = b"DEMARCHE";

/// Version of the file's format and of the features. A model of another version is refused.
pub const VERSION: u32 = 3;

/// Where a model comes from and how well it did when it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Day on which the model was made, YYYY-MM-DD.
    pub date: String,
    /// SHA-256 of the rows, in hexadecimal.
    pub corpus: String,
    pub rows: usize,
    pub texts: usize,
    pub alpha: f64,
    pub seed: u64,
    /// Five-fold cross-validation, split by text: macro-F1 over all rows.
    pub macro_f1: f64,
    /// The same over hard rows.
    pub hard_f1: f64,
    /// Expected calibration error on the held-out rows.
    pub calibration_error: f64,
    /// Rows that stand in articles, and their macro-F1 on held-out rows, each alone and then in its context.
    pub article_rows: usize,
    pub alone_f1: f64,
    pub context_f1: f64,
}

/// A trained model: what [`crate::Classifier`] labels with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub card: Card,
    temperature: f64,
    /// The second look; none where there were too few articles to learn it from.
    context: Option<Context>,
    /// Sorted.
    features: Vec<Feature>,
    /// Three weights for each feature.
    weights: Vec<f32>,
    /// The features' names in the same order, one a line.
    names: String,
    /// Where the features begin whose top sixteen bits have each value; made when loaded.
    #[serde(skip)]
    index: Vec<u32>,
}

impl Model {
    /// A model of a regression and the names of its features.
    pub fn new(
        trained: &Trained,
        name: impl Fn(Feature) -> String,
        temperature: f64,
        context: Option<Context>,
        card: Card,
    ) -> Self {
        let names: Vec<String> = trained.features.iter().map(|f| name(*f).replace('\n', " ")).collect();
        let weights = trained.regression.weights().iter().map(|w| *w as f32).collect();
        let features = trained.features.clone();
        let names = names.join("\n");
        let mut model = Self { card, temperature, context, features, weights, names, index: Vec::new() };
        model.build_index();
        model
    }

    /// The model that comes with the program.
    pub fn shipped() -> Result<Self> {
        Self::from_bytes(include_bytes!("../../models/demarche.model"), Path::new("the built-in model"))
    }

    /// Reads a model file.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Self::from_bytes(&bytes, path)
    }

    fn from_bytes(bytes: &[u8], path: &Path) -> Result<Self> {
        let refused = |what: &str| Error::Model { path: path.to_owned(), what: what.to_owned() };
        let again = "train it again with `demarche train`";
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| refused(&format!("not a demarche model; {again}")))?;
        let (version, rest) = rest.split_at_checked(4).ok_or_else(|| refused(&format!("a damaged model; {again}")))?;
        let version = u32::from_le_bytes(version.try_into().unwrap_or_default());
        if version != VERSION {
            return Err(refused(&format!("a model of version {version}, this program reads {VERSION}; {again}")));
        }
        let damaged = || refused(&format!("a damaged model; {again}"));
        let (checksum, body) = rest.split_at_checked(4).ok_or_else(damaged)?;
        if crc32fast::hash(body).to_le_bytes() != checksum {
            return Err(damaged());
        }
        let mut model: Self = postcard::from_bytes(body).map_err(|_| damaged())?;
        if model.weights.len() != model.features.len() * 3 || model.context.as_ref().is_some_and(|c| !c.is_whole()) {
            return Err(damaged());
        }
        model.build_index();
        Ok(model)
    }

    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let body = postcard::to_allocvec(self).map_err(|e| Error::input("model", e))?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.extend(body);
        Ok(bytes)
    }

    /// Writes the model file aside and puts it in its place when it is whole.
    pub fn write(&self, path: &Path) -> Result<()> {
        let bytes = self.to_bytes()?;
        crate::write_whole(path, |file| file.write_all(&bytes))
    }

    fn build_index(&mut self) {
        let mut index = vec![0u32; (1 << 16) + 1];
        for feature in &self.features {
            index[(feature >> 48) as usize + 1] += 1;
        }
        for at in 1..index.len() {
            index[at] += index[at - 1];
        }
        self.index = index;
    }

    fn column(&self, feature: Feature) -> Option<usize> {
        let top = (feature >> 48) as usize;
        let (from, to) = (self.index[top] as usize, self.index[top + 1] as usize);
        self.features[from..to].binary_search(&feature).ok().map(|at| from + at)
    }

    /// The probabilities of a statement with these features.
    pub fn probabilities(&self, features: Vec<Valued>) -> Probabilities {
        let mut scores = [0.0f64; 3];
        for (feature, value) in distinct(features) {
            let Some(column) = self.column(feature) else {
                continue;
            };
            for (score, weight) in scores.iter_mut().zip(&self.weights[column * 3..column * 3 + 3]) {
                *score += f64::from(*weight) * f64::from(value);
            }
        }
        Probabilities::softmax(scores.map(|s| s / self.temperature))
    }

    /// The probabilities of all statements of an article, each in the light of the others.
    pub fn in_context<P: PartialEq>(&self, article: &[Placed<P>]) -> Vec<Probabilities> {
        match &self.context {
            None => article.iter().map(|placed| placed.probabilities).collect(),
            Some(context) => features_in_context(article).iter().map(|row| context.probabilities(row)).collect(),
        }
    }

    pub fn context(&self) -> Option<&Context> {
        self.context.as_ref()
    }

    /// What each of these features adds to the score of each stance, and its name; features unknown to the model are
    /// left out.
    pub fn contributions(&self, features: Vec<Valued>) -> Vec<(&str, [f64; 3])> {
        let names: Vec<&str> = self.names.split('\n').collect();
        let features = distinct(features);
        let known = features.iter().filter_map(|(f, value)| self.column(*f).map(|column| (column, *value)));
        known
            .map(|(column, value)| {
                let w = &self.weights[column * 3..column * 3 + 3];
                (names[column], [w[0], w[1], w[2]].map(|w| f64::from(w) * f64::from(value) / self.temperature))
            })
            .collect()
    }

    /// SHA-256 of the model file, in hexadecimal: which model this is.
    pub fn digest(&self) -> Result<String> {
        Ok(sha2::Sha256::digest(self.to_bytes()?).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// How many features the model knows.
    pub fn size(&self) -> usize {
        self.features.len()
    }
}
