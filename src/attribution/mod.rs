//! Step four: who says or does it, for which party, towards whom. Reads sentences and their mentions, and gives
//! [`Attribution`]s: one for each sentence and party that speaks or acts in it.

mod clause;
mod cues;
mod discourse;
mod events;
mod quotes;
mod subjects;
mod targets;

use std::ops::Range;

pub use clause::Scene;
pub use cues::{Cues, Frame};
pub use quotes::{Quote, inside};

use crate::actors::{Gazetteer, Mention, PartyId, People, mentions};
use crate::document::{Document, Header};
use crate::sentences::{Sentence, sentences, tokenize};
use discourse::Discourse;

/// How a statement stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In quotation marks.
    Direct,
    /// In the reporter's words: "said that …".
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// An act.
    Action,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Action => "action",
        }
    }
}

/// A party that speaks or acts in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Number of the sentence within the document.
    pub sentence: usize,
    /// The words that stand for the actor, in bytes of the text. In a running quote they stand in another sentence.
    pub actor: Range<usize>,
    pub party: PartyId,
    pub target: Option<PartyId>,
    pub kind: Kind,
    /// Whether the actor speaks against or about its own side.
    pub domestic: bool,
}

/// A document with all that the model needs to know of it.
#[derive(Debug)]
pub struct Analysis {
    pub sentences: Vec<Sentence>,
    /// The mentions of each sentence.
    pub mentions: Vec<Vec<Mention>>,
    pub attributions: Vec<Attribution>,
    /// The quotations of each sentence.
    pub quotes: Vec<Quote>,
}

/// How many sentences a text has at least that introduces its persons.
const ARTICLE: usize = 4;

/// Finds every statement of a document.
pub fn analyse(document: &Document, gazetteer: &Gazetteer) -> Analysis {
    let text = &document.text;
    let sentences = sentences(text, Header::of(text).end);
    let mut people = if sentences.len() < ARTICLE { People::default() } else { People::of_article() };
    if let Some(title) = &document.title {
        let tokens = tokenize(title, 0..title.len());
        let names = gazetteer.names(title, &tokens, document.date);
        mentions(gazetteer, &names, &tokens, document.date, &mut people, None);
    }
    let names: Vec<_> = sentences.iter().map(|s| gazetteer.names(text, &s.tokens, document.date)).collect();
    // Twice, because an article may name a person before it says who that is.
    let mut home = None;
    for (sentence, names) in sentences.iter().zip(&names) {
        let found = mentions(gazetteer, names, &sentence.tokens, document.date, &mut people, home);
        home = home.or(found.first().map(|m| m.party));
    }
    let mut last = home;
    let mut found = Vec::with_capacity(sentences.len());
    for (sentence, names) in sentences.iter().zip(&names) {
        let mentions = mentions(gazetteer, names, &sentence.tokens, document.date, &mut people, last);
        last = mentions.iter().rev().find(|m| m.can_act()).map(|m| m.party).or(last);
        found.push(mentions);
    }
    let quotes = quotes::mark(&sentences);
    let attributions = attribute(&sentences, &found, &quotes);
    Analysis { sentences, mentions: found, attributions, quotes }
}

fn attribute(sentences: &[Sentence], found: &[Vec<Mention>], quoted: &[Quote]) -> Vec<Attribution> {
    if found.iter().all(Vec::is_empty) {
        // Nobody is named who could speak or act.
        return Vec::new();
    }
    let cues = Cues::shipped();
    let mut discourse = Discourse::default();
    let mut attributions: Vec<Attribution> = Vec::new();
    let mut pending: Vec<usize> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let mentions = &found[number];
        let quote = &quoted[number];
        let scene = clause::Scene { tokens: &sentence.tokens, mentions, inside: &quote.inside, cues };
        discourse.enter(sentence.paragraph);
        let events = events::find(&scene, &mut discourse);
        let runs_on = quote.ends_open;
        if let Some(speaker) = events::speaker(&scene, &events) {
            // The attribution of a quotation counts for all of its sentences.
            for earlier in pending.drain(..) {
                let kind = Kind::Direct;
                attributions.extend(discourse.attribution(
                    earlier,
                    &speaker,
                    kind,
                    &sentences[earlier],
                    &found[earlier],
                ));
            }
            discourse.spoke(speaker);
        } else if let Some(person) = events::center(&events) {
            discourse.spoke(person);
        }
        let rows = events::rows(&scene, &events);
        for row in &rows {
            let attribution = targets::aim(&scene, row, number, quote.kind(row.speech), &mut discourse);
            if !attributions.iter().any(|a| a.sentence == number && a.party == attribution.party) {
                attributions.push(attribution);
            }
        }
        if rows.is_empty() && quote.mostly {
            if runs_on || !pending.is_empty() && quote.starts_open {
                pending.push(number);
            } else if !events::has_speech(&events) {
                attributions.extend(discourse.running(number, sentence, mentions));
            }
        }
        if !runs_on {
            // The quotation ended without an attribution of its own: whoever spoke last goes on.
            for earlier in pending.drain(..) {
                attributions.extend(discourse.running(earlier, &sentences[earlier], &found[earlier]));
            }
        }
        discourse.leave(mentions);
    }
    for earlier in pending {
        attributions.extend(discourse.running(earlier, &sentences[earlier], &found[earlier]));
    }
    attributions.sort_by_key(|a| (a.sentence, a.actor.start));
    attributions
}
