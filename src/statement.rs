//! One marked statement outside an article: a training row, or a row of `demarche label`.

use std::ops::Range;

use crate::actors::{Form, Gazetteer, Mention, PartyId, People, mentions};
use crate::attribution::{Cues, Scene, inside};
use crate::features::Marked;
use crate::model::Row;
use crate::sentences::{Token, tokenize};

/// A text with its tokens and mentions, and where actor and target stand in it, in tokens.
#[derive(Debug)]
pub struct Reading {
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
    pub inside: Vec<bool>,
    pub actor: Option<Range<usize>>,
    pub party: Option<PartyId>,
    pub target: Option<Range<usize>>,
    pub target_party: Option<PartyId>,
    /// Whether the text stands in an article, and not alone.
    pub in_article: bool,
}

impl Reading {
    /// Reads a text without marks.
    pub fn of_text(text: &str) -> Self {
        let tokens = tokenize(text, 0..text.len());
        let mut people = People::default();
        let gazetteer = Gazetteer::shipped();
        let names = gazetteer.names(text, &tokens, None);
        mentions(gazetteer, &names, &tokens, None, &mut people, None);
        let mentions = mentions(gazetteer, &names, &tokens, None, &mut people, None);
        let inside = inside(&tokens);
        Self { tokens, mentions, inside, actor: None, party: None, target: None, target_party: None, in_article: false }
    }

    /// Reads a labelled row. Its marks say who is who, whatever the gazetteer knows.
    pub fn of_row(row: &Row) -> Self {
        let mut reading = Self::of_text(&row.text);
        let mut unknown = Vec::new();
        let mut id = |code: &str| {
            Gazetteer::shipped().by_code(code).unwrap_or_else(|| {
                let known = unknown.iter().position(|c| c == code).unwrap_or_else(|| {
                    unknown.push(code.to_owned());
                    unknown.len() - 1
                });
                PartyId(u16::MAX - known as u16)
            })
        };
        for (span, code) in &row.marks {
            let party = id(code);
            if let Some(tokens) = reading.tokens_of(span) {
                reading.mark(tokens, party);
            }
        }
        reading.party = row.party.as_deref().map(&mut id);
        reading.target_party = row.target.as_deref().map(&mut id);
        reading.in_article = row.article.is_some();
        if let Some(span) = &row.actor {
            reading.actor = reading.tokens_of(span);
        }
        reading
    }

    /// The tokens that lie in these bytes.
    pub fn tokens_of(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let first = self.tokens.iter().position(|t| t.end > span.start)?;
        let end = self.tokens.iter().rposition(|t| t.start < span.end)? + 1;
        (first < end).then_some(first..end)
    }

    /// Puts a mention in the place of those that it overlaps.
    pub fn mark(&mut self, tokens: Range<usize>, party: PartyId) {
        let form = self
            .mentions
            .iter()
            .find(|m| m.first < tokens.end && tokens.start < m.end && m.party == party && m.can_act())
            .map_or(Form::Name, |m| m.form);
        self.mentions.retain(|m| m.end <= tokens.start || tokens.end <= m.first);
        let core = (tokens.start, tokens.end);
        self.mentions.push(Mention { first: tokens.start, end: tokens.end, party, form, female: None, core });
        self.mentions.sort_by_key(|m| m.first);
    }

    /// The text as the attribution sees it.
    pub fn scene(&self) -> Scene<'_> {
        Scene { tokens: &self.tokens, mentions: &self.mentions, inside: &self.inside, cues: Cues::shipped() }
    }

    /// The statement as the features see it.
    pub fn marked(&self) -> Marked<'_> {
        let (actor, target) = (self.actor.clone(), self.target.clone());
        let in_article = self.in_article;
        let marked =
            Marked::new(&self.tokens, &self.mentions, &self.inside, actor, self.party, target, self.target_party);
        Marked { in_article, ..marked }
    }
}
