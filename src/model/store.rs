//! The model file: a magic word, the format's version, a checksum, the length of the head, the head, the layer of
//! convolutions, the detectors of statements and of targets, the slots of the regression's features with their weights,
//! and the names of the features, one a line.
//! All numbers are little-endian.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::Digest;
use zerocopy::{FromBytes, IntoBytes};

use super::context::{Context, Placed, features as features_in_context};
use super::table::{Slot, known, lay_out};
use super::train::{SHARE, together};
use super::{Convolution, Detector, Probabilities, Trained};
use crate::error::{Error, Result};
use crate::features::{Feature, Groups, Sequence, Valued};

const MAGIC: &[u8; 8] = b"DEMARCHE";

/// Version of the file's format and of the features. A model of another version is refused.
pub const VERSION: u32 = 7;

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
    /// Rows that stand in steady articles, and their macro-F1 on held-out rows, each alone and then in its context.
    pub article_rows: usize,
    pub alone_f1: f64,
    pub context_f1: f64,
}

/// What stands before the weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Head {
    card: Card,
    groups: Groups,
    temperature: f64,
    /// The second look; none where there were too few articles to learn it from.
    context: Option<Context>,
    /// How many bytes of convolutions follow; 0 where there are none.
    convolution: usize,
    /// How many bytes of the detector follow; 0 where there is none.
    detector: usize,
    /// How many bytes of the detector of targets follow; 0 where there is none.
    targets: usize,
    /// How many features there are.
    features: usize,
    /// How many slots follow.
    slots: usize,
}

/// A trained model: what [`crate::Classifier`] labels with.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub card: Card,
    groups: Groups,
    temperature: f64,
    context: Option<Context>,
    convolution: Option<Arc<Convolution>>,
    /// What tells whether something is a statement; none where there were too few articles to learn it from.
    detector: Option<Arc<Detector>>,
    /// What tells towards whom a statement is; likewise.
    targets: Option<Arc<Detector>>,
    features: usize,
    /// The file.
    bytes: Cow<'static, [u8]>,
    /// Where in the file the slots stand; the names are behind them.
    slots: Range<usize>,
}

impl Model {
    /// A model of a regression and the names of its features.
    pub fn new(
        trained: &Trained,
        name: impl Fn(Feature) -> String,
        groups: Groups,
        temperature: f64,
        context: Option<Context>,
        [detector, targets]: [Option<&Detector>; 2],
        card: Card,
    ) -> Result<Self> {
        let weights = trained.regression.weights().as_chunks::<3>().0;
        let weights: Vec<[f32; 3]> = weights.iter().map(|of_stances| of_stances.map(|w| w as f32)).collect();
        let slots = lay_out(&trained.features, &weights);
        let convolution = trained.convolution.as_ref().map(Convolution::as_bytes).unwrap_or_default();
        let [detector, targets] = [detector, targets].map(|of| of.map(Detector::as_bytes).unwrap_or_default());
        let head = Head {
            card,
            groups,
            temperature,
            context,
            convolution: convolution.len(),
            detector: detector.len(),
            targets: targets.len(),
            features: weights.len(),
            slots: slots.len(),
        };
        let head = postcard::to_allocvec(&head).map_err(|e| Error::input("model", e))?;
        let names: Vec<String> = trained.features.iter().map(|f| name(*f).replace('\n', " ")).collect();
        let names = names.join("\n");
        let length = (head.len() as u32).to_le_bytes();
        let parts = [&length, &head[..], convolution, detector, targets, slots.as_bytes(), names.as_bytes()];
        let body = parts.concat();
        let checksum = crc32fast::hash(&body).to_le_bytes();
        let bytes = [MAGIC.as_slice(), &VERSION.to_le_bytes(), &checksum, &body].concat();
        Self::from_bytes(bytes.into(), Path::new("model"))
    }

    /// The model that comes with the program.
    pub fn shipped() -> Result<Self> {
        // Its checksum is compared in a test, not at each start.
        let bytes: &'static [u8] = include_bytes!("../../models/demarche.model");
        Self::from_whole_bytes(bytes.into()).map_err(|damage| damage.error(Path::new("the built-in model")))
    }

    /// Reads a model file.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Self::from_bytes(bytes.into(), path)
    }

    fn from_bytes(bytes: Cow<'static, [u8]>, path: &Path) -> Result<Self> {
        let refused = |damage: Damage| damage.error(path);
        let (checksum, body) = checked(&bytes).map_err(refused)?;
        if crc32fast::hash(body) != checksum {
            return Err(refused(Damage::Broken));
        }
        Self::from_whole_bytes(bytes).map_err(refused)
    }

    fn from_whole_bytes(bytes: Cow<'static, [u8]>) -> std::result::Result<Self, Damage> {
        let (_, body) = checked(&bytes)?;
        let (length, rest) = number(body)?;
        let (head, rest) = rest.split_at_checked(length as usize).ok_or(Damage::Broken)?;
        let Head { card, groups, temperature, context, convolution, detector, targets, features, slots } =
            postcard::from_bytes(head).map_err(|_| Damage::Broken)?;
        let part = |from: usize, length: usize| {
            let range = from..from.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Damage::Broken)?;
            let part = match &bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range.clone()]),
                Cow::Owned(bytes) => Cow::Owned(bytes[range.clone()].to_vec()),
            };
            Ok((range.end, (length > 0).then_some(part)))
        };
        let (end, layer) = part(bytes.len() - rest.len(), convolution)?;
        let (end, of_statements) = part(end, detector)?;
        let (first, of_targets) = part(end, targets)?;
        let rest = &bytes[first..];
        let width = slots.checked_mul(size_of::<Slot>()).filter(|width| *width <= rest.len());
        let slots = first..first + width.ok_or(Damage::Broken)?;
        if context.as_ref().is_some_and(|c| !c.is_whole()) {
            return Err(Damage::Broken);
        }
        let convolution = layer.map(|layer| Convolution::from_bytes(layer).map(Arc::new).ok_or(Damage::Broken));
        let read = |weights: Cow<'static, [u8]>| Detector::from_bytes(weights).map(Arc::new).ok_or(Damage::Broken);
        let (detector, targets) = (of_statements.map(read).transpose()?, of_targets.map(read).transpose()?);
        let convolution = convolution.transpose()?;
        Ok(Self { card, groups, temperature, context, convolution, detector, targets, features, bytes, slots })
    }

    /// Writes the model file aside and puts it in its place when it is whole.
    pub fn write(&self, path: &Path) -> Result<()> {
        crate::write_whole(path, |file| file.write_all(&self.bytes))
    }

    /// Those of the features that the model knows, each once with its greatest value.
    fn known(&self, features: &[Valued]) -> impl Iterator<Item = (&Slot, f32)> {
        let slots = <[Slot]>::ref_from_bytes(&self.bytes[self.slots.clone()]).unwrap_or_default();
        known(slots, self.features, features)
    }

    /// The probabilities of a statement with these features and words. Of a feature that comes several times, the
    /// greatest value counts.
    pub fn probabilities(&self, features: &[Valued], sequence: &Sequence) -> Probabilities {
        let mut scores = [0.0f64; 3];
        for (slot, value) in self.known(features) {
            for (score, weight) in scores.iter_mut().zip(slot.weights()) {
                *score += f64::from(weight) * f64::from(value);
            }
        }
        if let Some(convolution) = &self.convolution {
            scores = together(scores, convolution.scores(sequence));
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

    /// What tells whether something is a statement.
    pub fn detector(&self) -> Option<&Detector> {
        self.detector.as_deref()
    }

    /// What tells towards whom a statement is.
    pub fn targets(&self) -> Option<&Detector> {
        self.targets.as_deref()
    }

    /// Which features it was trained on.
    pub fn groups(&self) -> Groups {
        self.groups
    }

    pub fn context(&self) -> Option<&Context> {
        self.context.as_ref()
    }

    /// What each of these features adds to the score of each stance, and its name; features unknown to the model are
    /// left out.
    pub fn contributions(&self, features: &[Valued]) -> Vec<(String, [f64; 3])> {
        let names = String::from_utf8_lossy(&self.bytes[self.slots.end..]);
        let names: Vec<&str> = names.split('\n').collect();
        let share = if self.convolution.is_some() { 1.0 - SHARE } else { 1.0 };
        let known = self.known(features).map(|(slot, value)| {
            let name = names.get(slot.number()).copied().unwrap_or_default().to_owned();
            (name, slot.weights().map(|w| share * f64::from(w) * f64::from(value) / self.temperature))
        });
        known.collect()
    }

    /// What the words seen together, as ranges of the sequence's steps, add to the score of each stance; with no range
    /// what holds for the whole statement.
    pub fn phrases(&self, sequence: &Sequence) -> Vec<(Option<Range<usize>>, [f64; 3])> {
        let pushes = self.convolution.iter().flat_map(|convolution| convolution.pushes(sequence));
        pushes.map(|(range, push)| (range, push.map(|p| SHARE * p / self.temperature))).collect()
    }

    /// SHA-256 of the model file, in hexadecimal: which model this is.
    pub fn digest(&self) -> String {
        sha2::Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many features the model knows.
    pub fn size(&self) -> usize {
        self.features
    }
}

/// What is wrong with a model file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Damage {
    NoModel,
    Version(u32),
    Broken,
}

impl Damage {
    fn error(self, path: &Path) -> Error {
        let what = match self {
            Self::NoModel => "not a demarche model".to_owned(),
            Self::Version(version) => format!("a model of version {version}, this program reads {VERSION}"),
            Self::Broken => "a damaged model".to_owned(),
        };
        Error::Model { path: path.to_owned(), what: format!("{what}; train it again with `demarche train`") }
    }
}

/// The checksum of a model of this version, and what it is the checksum of.
fn checked(bytes: &[u8]) -> std::result::Result<(u32, &[u8]), Damage> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(Damage::NoModel)?;
    let (version, rest) = number(rest)?;
    if version == VERSION { number(rest) } else { Err(Damage::Version(version)) }
}

fn number(bytes: &[u8]) -> std::result::Result<(u32, &[u8]), Damage> {
    let (number, rest) = bytes.split_first_chunk().ok_or(Damage::Broken)?;
    Ok((u32::from_le_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        let bytes: &'static [u8] = include_bytes!("../../models/demarche.model");
        let checked = Model::from_bytes(bytes.into(), Path::new("built in")).map_err(|e| e.to_string()).expect("whole");
        assert!(Model::shipped().is_ok_and(|shipped| shipped == checked));
    }
}
