//! A statement as a sequence: its words in their order, each with what is known of its place and meaning.

use std::sync::LazyLock;

use super::act::Act;
use super::entry::Kind;
use super::roles::{Marked, Role};
use super::scope::{Hit, STRENGTHS, strength_step};
use super::vectors::Vectors;

/// A word, and one code of each family of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Number of its token in the sentence.
    pub token: u32,
    /// Number of the word's vector, or one of the numbers behind them: a party, a number, an unknown word.
    pub word: u16,
    pub codes: [u8; CODES.len()],
}

/// A statement as a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    pub steps: Vec<Step>,
    /// What holds for all of it; below [`FRAMES`].
    pub frame: [u8; 3],
}

/// Marks that do not stand alone: where a word stands (zone, core, head, content, inside quotation marks, in an article),
/// what the lexicon knows of it (kind, strength), and how far it is from the nearest words of the actor and the target.
/// Of each family, how many codes there are.
pub const CODES: [usize; 3] = [ZONES << FLAGS, KINDS * STRENGTHS, DISTANCES * DISTANCES];

/// How many single marks there are.
pub const MARKS: usize = ZONES + FLAGS + KINDS + STRENGTHS + 2 * DISTANCES;

/// How many marks a whole statement can have: where the target stands, how the actor takes part, whether it speaks.
pub const FRAMES: usize = TARGETS + VOICES + 2;

const TARGETS: usize = 3;
const VOICES: usize = 4;
const ZONES: usize = 3;
const FLAGS: usize = 5;
/// Those of the lexicon, and none.
const KINDS: usize = Kind::COUNT + 1;
const DISTANCES: usize = 8;

/// The words that have no vector of their own, in the order of their numbers behind the vectors.
const MASKS: [&str; 4] = ["@A", "@T", "@P", "@N"];

/// How many numbers words have.
pub fn words() -> usize {
    Vectors::shipped().count() + MASKS.len() + 1
}

/// Of each family and code, the single marks that it stands for.
pub static MARKS_OF: LazyLock<[Vec<Vec<usize>>; CODES.len()]> =
    LazyLock::new(|| std::array::from_fn(|family| (0..CODES[family]).map(|code| marks(family, code)).collect()));

fn marks(family: usize, code: usize) -> Vec<usize> {
    const KIND: usize = ZONES + FLAGS;
    const VALUE: usize = KIND + KINDS;
    const ACTOR: usize = VALUE + STRENGTHS;
    const TARGET: usize = ACTOR + DISTANCES;
    match family {
        0 => {
            let flags = (0..FLAGS).filter(|flag| code >> flag & 1 == 1).map(|flag| ZONES + flag);
            std::iter::once(code >> FLAGS).chain(flags).collect()
        }
        1 => vec![KIND + code / STRENGTHS, VALUE + code % STRENGTHS],
        _ => vec![ACTOR + code / DISTANCES, TARGET + code % DISTANCES],
    }
}

impl Sequence {
    /// Of a statement whose words, with their tokens, are these.
    pub fn new(marked: &Marked, act: &Act, found: &[Hit], words: &[(usize, &str)]) -> Self {
        let content = act.content.as_ref().map(|content| content.words.clone()).unwrap_or_default();
        let to_actor = distances(words, "@A");
        let to_target = distances(words, "@T");
        let mut hits = found.iter().peekable();
        let steps = words.iter().enumerate().map(|(n, (at, word))| {
            while hits.next_if(|hit| hit.end <= *at).is_some() {}
            let hit = hits.peek().filter(|hit| hit.first <= *at && marked.roles[*at] == Role::None);
            let flags = [
                act.core.contains(at),
                act.head == Some(*at),
                content.contains(at),
                marked.inside[*at],
                marked.in_article,
            ];
            let flags = flags.iter().enumerate().map(|(n, flag)| usize::from(*flag) << n).sum::<usize>();
            let kind = hit.map_or(0, |hit| hit.entry.kind.number() + 1);
            let value = strength_step(hit.map_or(0.0, |hit| hit.value));
            let codes = [
                (act.zones[*at] as usize) << FLAGS | flags,
                kind * STRENGTHS + value,
                to_actor[n] * DISTANCES + to_target[n],
            ];
            Step { token: *at as u32, word: number(word), codes: codes.map(|code| code as u8) }
        });
        let voice = TARGETS + act.voice as usize;
        let says = TARGETS + VOICES + usize::from(act.says);
        let frame = [marked.whereabouts() as usize, voice, says];
        Self { steps: steps.collect(), frame: frame.map(|mark| mark as u8) }
    }
}

/// The number of a word.
fn number(word: &str) -> u16 {
    let vectors = Vectors::shipped();
    let mask = || vectors.count() + MASKS.iter().position(|mask| *mask == word).unwrap_or(MASKS.len());
    vectors.number(word).unwrap_or_else(mask) as u16
}

/// Of each word, how far behind the nearest of these masks it stands, in steps: 0 where there is none.
fn distances(words: &[(usize, &str)], mask: &str) -> Vec<usize> {
    let places: Vec<isize> = (0..words.len()).filter(|n| words[*n].1 == mask).map(|n| n as isize).collect();
    let nearest = |n: isize| places.iter().map(|place| n - place).min_by_key(|distance| distance.abs());
    let steps = (0..words.len() as isize).map(|n| match nearest(n) {
        None => 0,
        Some(..=-6) => 1,
        Some(-5..=-3) => 2,
        Some(-2..=-1) => 3,
        Some(0) => 4,
        Some(1..=2) => 5,
        Some(3..=5) => 6,
        Some(6..) => 7,
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{Groups, Valued, emit, stems};
    use crate::statement::Reading;

    fn read(text: &str, actor: &str) -> (Sequence, Vec<String>) {
        let mut reading = Reading::of_text(text);
        let at = text.find(actor).expect("the actor stands in the text");
        reading.actor = reading.tokens_of(&(at..at + actor.len()));
        let groups = Groups { relative: true, lexicon: true, scope: true, sequence: true };
        let view = emit(&reading.marked(), &stems(&reading.tokens), groups, &mut Vec::<Valued>::new());
        let words = view.sequence.steps.iter().map(|step| reading.tokens[step.token as usize].lower.to_string());
        (view.sequence.clone(), words.collect())
    }

    #[test]
    fn steps_are_the_words_in_their_order_with_parties_and_numbers_masked() {
        let (sequence, words) = read("Peru sent 40 troops, qzxv said.", "Peru");
        assert_eq!(words, ["peru", "sent", "40", "troops", "qzxv", "said"]);
        let behind = sequence.steps.iter().map(|s| usize::from(s.word).checked_sub(Vectors::shipped().count()));
        assert_eq!(behind.collect::<Vec<_>>(), [Some(0), None, Some(3), None, Some(MASKS.len()), None]);
    }

    #[test]
    fn the_words_of_an_article_are_marked_as_such() {
        let mut reading = Reading::of_text("Peru sent troops.");
        let groups = Groups { relative: true, lexicon: true, scope: true, sequence: true };
        let mut steps = |in_article| {
            reading.in_article = in_article;
            emit(&reading.marked(), &stems(&reading.tokens), groups, &mut Vec::<Valued>::new()).sequence.steps
        };
        let (alone, inside) = (steps(false), steps(true));
        for (alone, inside) in alone.iter().zip(&inside) {
            assert_eq!(inside.codes[0] - alone.codes[0], 1 << (FLAGS - 1));
            assert_eq!(inside.codes[1..], alone.codes[1..]);
        }
    }

    #[test]
    fn the_distance_to_the_actor_is_that_to_its_nearest_words() {
        let words: Vec<(usize, &str)> = ["a", "@A", "b", "c", "d", "@A"].into_iter().enumerate().collect();
        assert_eq!(distances(&words, "@A"), [3, 4, 5, 5, 3, 4]);
        assert_eq!(distances(&words, "@T"), [0; 6]);
    }

    #[test]
    fn every_code_stands_for_marks_that_there_are() {
        for (family, codes) in MARKS_OF.iter().enumerate() {
            assert_eq!(codes.len(), CODES[family]);
            assert!(codes.iter().flatten().all(|mark| *mark < MARKS));
        }
        let used: std::collections::BTreeSet<usize> = MARKS_OF.iter().flatten().flatten().copied().collect();
        assert_eq!(used.len(), MARKS);
    }

    #[test]
    fn what_the_lexicon_knows_of_a_word_is_among_its_codes() {
        let (sequence, words) = read("Peru condemned the lamp.", "Peru");
        let code = |word: &str| sequence.steps[words.iter().position(|w| w == word).expect("there")].codes[1];
        assert_ne!(usize::from(code("condemned")) / STRENGTHS, 0);
        assert_eq!(usize::from(code("lamp")), strength_step(0.0));
    }
}
