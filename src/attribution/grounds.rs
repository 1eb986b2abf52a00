//! Why a party is thought to speak or act in a sentence: what a model needs to know to tell whether it does.

use std::ops::Range;

use super::clause::Scene;
use super::rows::Row;

/// What brought a party up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The rules take it for a statement.
    Rule,
    /// It is the subject of a clause that the rules take for none.
    Event,
    /// It is named.
    Mention,
}

impl Basis {
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Event => "event",
            Self::Mention => "mention",
        }
    }
}

/// The names of those signs that hold.
pub fn holding<const N: usize>(signs: [(bool, &'static str); N]) -> impl Iterator<Item = &'static str> {
    signs.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name)
}

/// The place of a possible statement in its sentence, and its signs.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    pub basis: Basis,
    /// The tokens of the subject, and those of its verb, of which there may be none.
    pub subject: Range<usize>,
    pub verb: Range<usize>,
    /// What the rules see in it, by name.
    pub signs: Vec<&'static str>,
}

impl Grounds {
    pub fn of(scene: &Scene, row: &Row) -> Self {
        let (subject, first) = (row.subject.clone(), row.subject.start);
        let mut signs = row.signs.clone();
        signs.extend(holding([
            (scene.is_object(first, subject.end), "an object"),
            (scene.is_governed(first), "behind a preposition"),
            (scene.is_conditional(first), "if"),
            (scene.is_subordinate(first), "when"),
            (scene.is_hearsay(first), "hearsay"),
            (scene.mentions.iter().any(|m| m.first == first && scene.stands_as_place(m)), "a place"),
        ]));
        Self { basis: row.basis, subject, verb: row.verb.clone(), signs }
    }
}
