//! The numbers of a layer of convolutions.

use std::borrow::Cow;
use std::ops::Range;

use rand::Rng;
use zerocopy::little_endian::{F32, I16};
use zerocopy::{FromBytes, IntoBytes};

use crate::features::{FRAMES, MARKS, Vectors, words};

pub use crate::features::WIDTH;

/// How many units there are.
pub const UNITS: usize = 192;

/// How many words a unit sees.
pub const TAPS: usize = 5;

/// How many of them stand before the middle one.
pub const REACH: usize = TAPS / 2;

/// A number for each unit and place of the window: at `tap * UNITS + unit`.
pub const ROW: usize = TAPS * UNITS;

pub const STANCES: usize = 3;

const FILTERS: Range<usize> = 0..ROW * WIDTH;
const OF_MARKS: Range<usize> = FILTERS.end..FILTERS.end + MARKS * ROW;
const BIAS: Range<usize> = OF_MARKS.end..OF_MARKS.end + UNITS;
const OUTPUT: Range<usize> = BIAS.end..BIAS.end + UNITS * STANCES;
const OF_FRAMES: Range<usize> = OUTPUT.end..OUTPUT.end + FRAMES * STANCES;
const CONSTANT: Range<usize> = OF_FRAMES.end..OF_FRAMES.end + STANCES;

/// How many numbers there are beside the vectors of words.
pub const DENSE: usize = CONSTANT.end;

/// All numbers but the vectors of words, in one piece so that the optimiser treats them alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Dense(pub Vec<f32>);

impl Dense {
    pub fn zeros() -> Self {
        Self(vec![0.0; DENSE])
    }

    /// The filters, each `WIDTH` numbers: that of `tap` and `unit` at `tap * UNITS + unit`.
    pub fn filters(&self) -> &[[f32; WIDTH]] {
        self.0[FILTERS].as_chunks().0
    }

    pub fn filters_mut(&mut self) -> &mut [[f32; WIDTH]] {
        self.0[FILTERS].as_chunks_mut().0
    }

    /// The filters the other way round: for each number of a vector a row.
    pub fn filters_by_width(&self) -> Box<[[f32; ROW]; WIDTH]> {
        let mut turned = Box::new([[0.0; ROW]; WIDTH]);
        for (column, filter) in self.filters().iter().enumerate() {
            for (row, value) in turned.iter_mut().zip(filter) {
                row[column] = *value;
            }
        }
        turned
    }

    pub fn mark(&self, mark: usize) -> &[f32; ROW] {
        &self.0[OF_MARKS].as_chunks().0[mark]
    }

    pub fn bias(&self) -> &[f32; UNITS] {
        &self.0[BIAS].as_chunks().0[0]
    }

    pub fn output(&self) -> &[[f32; STANCES]] {
        self.0[OUTPUT].as_chunks().0
    }

    pub fn frame(&self, frame: u8) -> &[f32; STANCES] {
        &self.0[OF_FRAMES].as_chunks().0[usize::from(frame)]
    }

    pub fn constant(&self) -> &[f32; STANCES] {
        &self.0[CONSTANT].as_chunks().0[0]
    }
}

/// All numbers of a layer in training.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The vectors of words.
    pub words: Vec<f32>,
    pub dense: Dense,
}

impl Weights {
    /// Where training begins: the shipped vectors, and small numbers drawn at random.
    pub fn start(random: &mut impl Rng) -> Self {
        let mut vectors: Vec<f32> = Vectors::shipped().all().collect();
        let spread = |random: &mut dyn rand::RngCore, bound: f32| random.gen_range(-bound..bound);
        vectors.resize_with(words() * WIDTH, || spread(random, 0.25));
        let mut dense = vec![0.0; DENSE];
        let bound = (6.0 / (TAPS * WIDTH + UNITS) as f32).sqrt();
        dense[FILTERS].fill_with(|| spread(random, bound));
        dense[OF_MARKS].fill_with(|| spread(random, 0.1));
        dense[OUTPUT].fill_with(|| spread(random, (6.0 / (UNITS + STANCES) as f32).sqrt()));
        Self { words: vectors, dense: Dense(dense) }
    }

    pub fn vector(&self, word: u16) -> &[f32; WIDTH] {
        &self.words.as_chunks().0[usize::from(word)]
    }

    /// The numbers as they are kept: the greatest of the vectors, the vectors as parts of it in 32,767 steps, and all
    /// others; little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let most = self.words.iter().fold(f32::MIN_POSITIVE, |most, number| most.max(number.abs()));
        let step = step(most);
        let words: Vec<I16> = self.words.iter().map(|number| I16::new((number / step).round() as i16)).collect();
        let dense: Vec<F32> = self.dense.0.iter().map(|number| F32::new(*number)).collect();
        [F32::new(most).as_bytes(), words.as_bytes(), dense.as_bytes()].concat()
    }
}

fn step(most: f32) -> f32 {
    most / f32::from(i16::MAX)
}

/// The bytes of a layer, its vectors left as they are until they are needed.
#[derive(Debug)]
pub struct Kept {
    bytes: Cow<'static, [u8]>,
    step: f32,
    pub dense: Dense,
}

impl Kept {
    const MOST: Range<usize> = 0..size_of::<F32>();

    fn vectors() -> Range<usize> {
        Self::MOST.end..Self::MOST.end + words() * WIDTH * size_of::<I16>()
    }

    /// `None` where the bytes are too few or too many.
    pub fn new(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let most = F32::read_from_bytes(bytes.get(Self::MOST)?).ok()?;
        let dense = <[F32]>::ref_from_bytes(bytes.get(Self::vectors().end..)?).ok().filter(|d| d.len() == DENSE)?;
        let dense = Dense(dense.iter().map(|number| number.get()).collect());
        Some(Self { bytes, step: step(most.get()), dense })
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn vector(&self, word: u16) -> [f32; WIDTH] {
        let vectors = <[[I16; WIDTH]]>::ref_from_bytes(&self.bytes[Self::vectors()]).unwrap_or_default();
        vectors[usize::from(word)].map(|number| f32::from(number.get()) * self.step)
    }
}

/// Where in the dense numbers things stand, for gradients.
pub mod at {
    use super::*;

    pub fn mark(mark: usize) -> usize {
        OF_MARKS.start + mark * ROW
    }

    pub fn bias(unit: usize) -> usize {
        BIAS.start + unit
    }

    pub fn output(unit: usize) -> usize {
        OUTPUT.start + unit * STANCES
    }

    pub fn frame(frame: u8) -> usize {
        OF_FRAMES.start + usize::from(frame) * STANCES
    }

    pub fn constant() -> usize {
        CONSTANT.start
    }
}
