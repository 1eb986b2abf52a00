//! Sentiment: how the words of a sentence sound, whoever they are aimed at.

use super::scope::Hit;

/// Tone in [-1, 1]: the mean sentiment of the lexicon's words in the sentence, turned where negated, drawn to zero
/// where there are few: `sum / (words + 1)`, scaled by 3/2 and cut at the ends. 0 without such words.
pub fn sentiment(hits: &[Hit]) -> f32 {
    let mut sum = 0.0;
    let mut count = 0.0;
    for hit in hits.iter().filter(|h| h.entry.sentiment != 0.0) {
        sum += hit.entry.sentiment * if hit.flipped { -0.7 } else { 1.0 };
        count += 1.0;
    }
    (1.5 * sum / (count + 1.0f32)).clamp(-1.0, 1.0)
}
