//! Who stands where in a statement: the actor's words, the target's, and those of other parties.

use std::ops::Range;

use crate::actors::{Mention, PartyId};
use crate::attribution::{Analysis, Attribution};
use crate::sentences::Token;

/// What a token is to the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    None,
    Actor,
    Target,
    /// Another party.
    Other,
}

/// Where the target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    Here,
    /// Known, and named elsewhere.
    Far,
    None,
}

impl Whereabouts {
    pub fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Far => "far",
            Self::None => "none",
        }
    }
}

/// A sentence with its actor and target marked.
#[derive(Debug, Clone)]
pub struct Marked<'a> {
    pub tokens: &'a [Token],
    pub mentions: &'a [Mention],
    /// Of each token: whether it stands in quotation marks.
    pub inside: &'a [bool],
    /// Of each token, what it is to the statement.
    pub roles: Vec<Role>,
    /// The actor's own words; empty where the actor is named elsewhere.
    pub actor: Range<usize>,
    /// The first words of the target; empty where none stand here.
    pub target: Range<usize>,
    /// Whether a target is known, in this sentence or not.
    pub has_target: bool,
    /// Whether it stands in an article, and not alone: what alone is told of an act is one of many things in an article.
    pub in_article: bool,
}

impl<'a> Marked<'a> {
    /// Marks a sentence. Mentions of the actor's and the target's party are theirs wherever they stand; where the actor
    /// does not stand in the sentence, "we" and "I" are the actor.
    pub fn new(
        tokens: &'a [Token],
        mentions: &'a [Mention],
        inside: &'a [bool],
        actor: Option<Range<usize>>,
        party: Option<PartyId>,
        target: Option<Range<usize>>,
        target_party: Option<PartyId>,
    ) -> Self {
        let mut roles = vec![Role::None; tokens.len()];
        for mention in mentions {
            let role = match Some(mention.party) {
                p if p == party => Role::Actor,
                p if p == target_party => Role::Target,
                _ => Role::Other,
            };
            roles[mention.first..mention.end].fill(role);
        }
        let first_person = || tokens.iter().position(|t| matches!(t.lower.as_str(), "we" | "i" | "our" | "us"));
        let actor = actor.filter(|a| !a.is_empty()).or_else(|| first_person().map(|at| at..at + 1)).unwrap_or(0..0);
        let named = |role| {
            let at = mentions.iter().find(|m| roles[m.first] == role)?;
            Some(at.first..at.end)
        };
        let has_target = target.is_some() || target_party.is_some();
        let target = target.or_else(|| named(Role::Target)).unwrap_or(0..0);
        roles[target.clone()].fill(Role::Target);
        roles[actor.clone()].fill(Role::Actor);
        Self { tokens, mentions, inside, roles, actor, target, has_target, in_article: false }
    }

    /// Marks the sentence of an attribution.
    pub fn of(attribution: &Attribution, analysis: &'a Analysis) -> Self {
        let at = attribution.sentence;
        let tokens = &analysis.sentences[at].tokens;
        let here = |t: &&Token| t.start < attribution.actor.end && attribution.actor.start < t.end;
        let first = tokens.iter().position(|t| here(&t));
        let actor = first.map(|first| first..first + tokens[first..].iter().take_while(here).count());
        let (party, inside) = (Some(attribution.party), &analysis.quotes[at].inside);
        let marked = Self::new(tokens, &analysis.mentions[at], inside, actor, party, None, attribution.target);
        Self { in_article: true, ..marked }
    }

    pub fn whereabouts(&self) -> Whereabouts {
        match (self.target.is_empty(), self.has_target) {
            (false, _) => Whereabouts::Here,
            (true, true) => Whereabouts::Far,
            (true, false) => Whereabouts::None,
        }
    }
}
