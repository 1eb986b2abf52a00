//! The features of a statement, by name.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::sentences::{Token, TokenKind};

use super::act::{Act, Zone};
use super::lexicon::Lexicon;
use super::roles::{Marked, Role};
use super::scope::{Hit, STRENGTHS, hits, strength_step};
use super::sequence::Sequence;

/// A feature: the hash of its name.
pub type Feature = u64;

/// A feature with its value in a statement.
pub type Valued = (Feature, f32);

/// Takes features as they come: their value, and the parts of their names.
pub trait Sink {
    fn emit(&mut self, value: f32, parts: &[&str]);
}

/// The hash of a name: XXH3 over its parts, each seeded with the hash of those before it.
pub fn hash(parts: &[&str]) -> Feature {
    parts.iter().fold(0, |before, part| xxh3_64_with_seed(part.as_bytes(), before))
}

impl Sink for Vec<Valued> {
    fn emit(&mut self, value: f32, parts: &[&str]) {
        self.push((hash(parts), value));
    }
}

/// Features with their names, for training and for explaining.
#[derive(Debug, Default)]
pub struct Names(pub FxHashMap<Feature, String>, pub Vec<Valued>);

impl Sink for Names {
    fn emit(&mut self, value: f32, parts: &[&str]) {
        let feature = hash(parts);
        self.0.entry(feature).or_insert_with(|| parts.join(" "));
        self.1.push((feature, value));
    }
}

/// How much n-grams, the lexicon's entries and the actor's own act weigh before training, so that the penalty falls on
/// them unequally: what knowledge gives is to be trusted before single words. Found by cross-validation and on held-out
/// benchmarks among 0.25, 0.5, 1.
const GRAM: f32 = 1.0;
const LEXICON: f32 = 0.5;
const ACT: f32 = 0.6;

/// Which groups of features are emitted; all, but for an ablation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Instead of the n-grams of the whole sentence those of the actor's clause and of the words between actor and target.
    pub relative: bool,
    pub lexicon: bool,
    pub scope: bool,
    /// The words in their order.
    pub sequence: bool,
}

/// The stem of each token, as the English Snowball stemmer gives it.
pub fn stems(tokens: &[Token]) -> Vec<Cow<'_, str>> {
    let stemmer = Stemmer::create(Algorithm::English);
    tokens.iter().map(|token| stemmer.stem(&token.lower)).collect()
}

/// What else the model sees of a statement.
#[derive(Debug)]
pub struct View {
    /// What the lexicon found in it.
    pub found: Vec<Hit>,
    /// Empty where it is not asked for.
    pub sequence: Sequence,
}

/// Emits every feature of a statement in a sentence with these stems, and gives back what else there is to see in it.
pub fn emit(marked: &Marked, stems: &[Cow<str>], groups: Groups, sink: &mut impl Sink) -> View {
    let stems: Vec<&str> = stems.iter().map(AsRef::as_ref).collect();
    let found = hits(Lexicon::shipped(), marked.tokens, &stems, |at| marked.roles[at] != Role::None);
    let words = masked(marked, &stems);
    let act = Act::of(marked);
    sink.emit(1.0, &["bias"]);
    sink.emit(1.0, &["stands", if marked.in_article { "in an article" } else { "alone" }]);
    if groups.relative {
        relative(marked, &act, &words, sink);
    } else {
        grams(&words, &["w"], sink);
    }
    if groups.lexicon {
        lexicon(marked, &act, &found, groups.scope, sink);
        if groups.scope {
            main_act(&act, marked.whereabouts().name(), &found, &stems, sink);
            content(&act, &found, &stems, sink);
        }
    }
    let sequence = groups.sequence.then(|| Sequence::new(marked, &act, &found, &words));
    View { found, sequence: sequence.unwrap_or_default() }
}

/// The stems of a sentence with its parties and numbers masked, each with its token.
fn masked<'a>(marked: &Marked, stems: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut words: Vec<(usize, &str)> = Vec::with_capacity(stems.len());
    for (at, stem) in stems.iter().enumerate() {
        let token = &marked.tokens[at];
        let word = match (marked.roles[at], token.kind) {
            (Role::Actor, _) => "@A",
            (Role::Target, _) => "@T",
            (Role::Other, _) => "@P",
            (_, TokenKind::Number) => "@N",
            (_, TokenKind::Open | TokenKind::Close) => continue,
            (_, TokenKind::Mark) if !matches!(token.lower.as_str(), "?" | "!") => continue,
            _ => stem,
        };
        if word.starts_with('@') && words.last().is_some_and(|(_, w)| *w == word) {
            continue;
        }
        words.push((at, word));
    }
    words
}

fn grams(words: &[(usize, &str)], prefix: &[&str; 1], sink: &mut impl Sink) {
    let value = gram_value(words.len());
    for (n, (_, word)) in words.iter().enumerate() {
        sink.emit(value, &[prefix[0], word]);
        if let Some((_, next)) = words.get(n + 1) {
            sink.emit(value, &[prefix[0], word, next]);
        }
    }
}

/// Of an n-gram: the longer the sentence, the less each one tells.
fn gram_value(words: usize) -> f32 {
    GRAM / (words.max(1) as f32).sqrt()
}

/// Features that know where the actor and the target stand.
fn relative(marked: &Marked, act: &Act, words: &[(usize, &str)], sink: &mut impl Sink) {
    let zones = &act.zones;
    let says = act.says;
    let value = gram_value(words.len());
    let own: Vec<_> = words.iter().filter(|(at, _)| zones[*at] == Zone::Own).copied().collect();
    let others: Vec<_> = words.iter().filter(|(at, _)| zones[*at] != Zone::Own).copied().collect();
    grams(&own, &["own"], sink);
    for (_, word) in &others {
        sink.emit(value, &["oth", word]);
    }
    sink.emit(value, &["says", if says { "y" } else { "n" }]);
    sink.emit(value, &["target", marked.whereabouts().name()]);
    let (actor, target) = (&marked.actor, &marked.target);
    if !actor.is_empty() {
        let after = words.iter().filter(|(at, _)| *at >= actor.end).take(5);
        for (n, (_, word)) in after.enumerate() {
            sink.emit(value, &["aft", word]);
            if n == 0 {
                sink.emit(value, &["aft1", word]);
            }
        }
        let before: Vec<_> = words.iter().filter(|(at, _)| *at < actor.start).collect();
        for (_, word) in before.iter().rev().take(3) {
            sink.emit(value, &["bfr", word]);
        }
        if let Some((_, word)) = before.last() {
            sink.emit(value, &["bfr1", word]);
        }
    }
    if !target.is_empty() {
        let before: Vec<_> = words.iter().filter(|(at, _)| *at < target.start).collect();
        for (_, word) in before.iter().rev().take(3) {
            sink.emit(value, &["bft", word]);
        }
        if let [.., (_, second), (_, first)] = before[..] {
            sink.emit(value, &["bft2", second, first]);
        }
        for (_, word) in words.iter().filter(|(at, _)| *at >= target.end).take(3) {
            sink.emit(value, &["aft-t", word]);
        }
        if !actor.is_empty() {
            let (side, range) = if actor.start < target.start {
                ("btw", actor.end..target.start)
            } else {
                ("rev", target.end..actor.start)
            };
            let between: Vec<_> = words.iter().filter(|(at, _)| range.contains(at)).copied().collect();
            grams(&between, &[side], sink);
            sink.emit(value, &["order", side]);
        }
    }
}

/// Features of the lexicon's entries.
fn lexicon(marked: &Marked, act: &Act, found: &[Hit], scope: bool, sink: &mut impl Sink) {
    let zones = &act.zones;
    let mut sums = [0.0f32; 3];
    let mut first_own = None;
    for hit in found {
        let zone = zones[hit.first];
        let kind = hit.entry.kind.name();
        if !scope {
            sink.emit(LEXICON, &["lex", kind]);
            sink.emit(LEXICON, &["lex", kind, strength(f32::from(hit.entry.strength))]);
            sums[0] += f32::from(hit.entry.strength);
            continue;
        }
        let turned = if hit.flipped {
            "not"
        } else if hit.weakened {
            "may"
        } else {
            ""
        };
        sink.emit(LEXICON, &["lex", kind, turned]);
        sink.emit(LEXICON, &["lex", zone.name(), kind, turned]);
        sink.emit(LEXICON, &["val", zone.name(), strength(hit.value)]);
        if hit.conceded {
            sink.emit(LEXICON, &["yet", strength(hit.value)]);
            continue;
        }
        sums[zone as usize] += hit.value;
        let behind = !marked.actor.is_empty() && hit.first >= marked.actor.end;
        if zone == Zone::Own && behind && hit.entry.strength != 0 && first_own.is_none() {
            first_own = Some(hit);
        }
    }
    if let Some(hit) = first_own {
        sink.emit(LEXICON, &["first", hit.entry.kind.name(), if hit.flipped { "not" } else { "" }]);
        sink.emit(LEXICON, &["first-val", strength(hit.value)]);
    }
    for (zone, sum) in ["own", "oth", "bef"].iter().zip(sums) {
        sink.emit(LEXICON, &["sum", zone, strength(sum)]);
    }
    if let Some(last) = found.iter().rev().find(|h| h.entry.strength != 0 && !h.conceded) {
        sink.emit(LEXICON, &["last-val", strength(last.value)]);
    }
}

/// What the actor does: its verb, and what the lexicon knows of it and its objects.
fn main_act(act: &Act, target: &str, found: &[Hit], stems: &[&str], sink: &mut impl Sink) {
    let voice = act.voice.name();
    sink.emit(ACT, &["voice", voice]);
    let turned = turn(act.negated, act.modal);
    let at_head = act.head.and_then(|head| found.iter().find(|h| (h.first..h.end).contains(&head)));
    if let Some(head) = act.head.filter(|_| !act.says) {
        sink.emit(ACT, &["verb", voice, stems[head]]);
        if !turned.is_empty() {
            sink.emit(ACT, &["verb", voice, turned, stems[head]]);
        }
    }
    if let Some((head, verb)) = act.head.zip(act.infinitive) {
        sink.emit(ACT, &["to", voice, turned, stems[verb]]);
        if let Some(hit) = found.iter().find(|h| (h.first..h.end).contains(&verb)) {
            sink.emit(ACT, &["to-kind", voice, turned, stems[head], hit.entry.kind.name()]);
            sink.emit(ACT * hit.value / 2.0, &["to-value", voice, turned]);
        }
    }
    // That somebody says something is neither here nor there; what is said counts.
    if let Some(hit) = at_head.filter(|h| !(act.says && h.entry.strength == 0)) {
        sink.emit(ACT, &["act", voice, hit.entry.kind.name(), turned]);
        sink.emit(ACT * hit.value / 2.0, &["act-value", voice]);
        sink.emit(ACT, &["act-to", target, voice, hit.entry.kind.name(), turned]);
        sink.emit(ACT * hit.value / 2.0, &["act-to-value", target, voice]);
    }
    let mut sums = [0.0f32; 2];
    let mut first = true;
    for hit in found.iter().filter(|h| act.core.contains(&h.first) && h.entry.strength != 0) {
        sink.emit(LEXICON, &["core", voice, hit.entry.kind.name(), if hit.flipped { "not" } else { "" }]);
        if first {
            sink.emit(ACT, &["core1", voice, hit.entry.kind.name(), if hit.flipped { "not" } else { "" }]);
            sink.emit(ACT * hit.value / 2.0, &["core1-value", voice]);
        }
        first = false;
        sums[usize::from(hit.value < 0.0)] += hit.value;
    }
    sink.emit(ACT * (sums[0] / 3.0).min(2.0), &["core-plus", voice]);
    sink.emit(ACT * (sums[1] / 3.0).max(-2.0), &["core-minus", voice]);
    let total = sums[0] + sums[1];
    sink.emit(ACT, &["core-sum", voice, strength(total)]);
    sink.emit(ACT, &["core-sum-to", target, voice, strength(total)]);
}

/// The first clause of what the actor says: whom it is about, and what that one does.
fn content(act: &Act, found: &[Hit], stems: &[&str], sink: &mut impl Sink) {
    let Some(content) = &act.content else { return };
    let (topic, voice) = (content.topic.name(), content.voice.name());
    let turned = turn(content.negated, content.modal);
    sink.emit(ACT, &["about", topic, voice, turned]);
    sink.emit(ACT, &["about-verb", topic, turned, stems[content.head]]);
    if let Some(verb) = content.infinitive {
        sink.emit(ACT, &["about-to", topic, turned, stems[verb]]);
    }
    let mut sum = 0.0;
    for hit in found.iter().filter(|h| content.words.contains(&h.first) && h.entry.strength != 0) {
        let flipped = if hit.flipped { "not" } else { "" };
        sink.emit(ACT, &["about-kind", topic, voice, hit.entry.kind.name(), flipped]);
        sum += hit.value;
    }
    sink.emit(ACT * (sum / 3.0).clamp(-2.0, 2.0), &["about-value", topic, voice]);
    sink.emit(ACT, &["about-sum", topic, voice, strength(sum)]);
}

fn turn(negated: bool, modal: bool) -> &'static str {
    match (negated, modal) {
        (true, _) => "not",
        (_, true) => "may",
        _ => "",
    }
}

/// A strength in steps, by name.
fn strength(value: f32) -> &'static str {
    const NAMES: [&str; STRENGTHS] = ["---", "--", "-", "0", "+", "++", "+++"];
    NAMES[strength_step(value)]
}
