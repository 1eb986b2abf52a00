//! The actor's own clause: its verb, and which words belong to it.

use std::ops::Range;

use crate::attribution::{Cues, Frame, Scene};
use crate::sentences::{Class, TokenKind};

use super::roles::{Marked, Role};

/// Where a token stands to the actor's clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// What the actor does, or says.
    Own,
    /// What somebody else does in it.
    Others,
    Before,
}

impl Zone {
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Others => "oth",
            Self::Before => "bef",
        }
    }
}

/// How the actor takes part in its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// "Peru condemned".
    Active,
    /// "was condemned by Peru".
    Agent,
    /// "Peru was condemned".
    Patient,
    /// "Peru's condemnation", or no verb that could be found.
    None,
}

impl Voice {
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "does",
            Self::Agent => "by",
            Self::Patient => "suffers",
            Self::None => "has",
        }
    }
}

/// Whom what is said is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The actor itself, or a pronoun.
    Own,
    Target,
    OtherParty,
    Thing,
}

impl Topic {
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Target => "target",
            Self::OtherParty => "party",
            Self::Thing => "thing",
        }
    }
}

/// The first clause of what is said: "Russia would not have a veto".
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub topic: Topic,
    pub voice: Voice,
    pub head: usize,
    pub negated: bool,
    pub modal: bool,
    /// From the verb to where another clause begins.
    pub words: Range<usize>,
    pub infinitive: Option<usize>,
}

impl Content {
    fn of(marked: &Marked, scene: &Scene, within: Range<usize>) -> Option<Self> {
        let (subject, verb) = scene.first_subject(within.clone())?;
        let role = |wanted: Role| subject.clone().any(|at| marked.roles[at] == wanted);
        let pronoun = scene.is(subject.start, Class::PRON);
        let topic = match () {
            () if role(Role::Actor) || pronoun => Topic::Own,
            () if role(Role::Target) => Topic::Target,
            () if role(Role::Other) => Topic::OtherParty,
            () => Topic::Thing,
        };
        let voice = if verb.passive { Voice::Patient } else { Voice::Active };
        let words = verb.first..clause_end(scene, verb.end.saturating_sub(1)).min(within.end);
        let infinitive = scene.infinitive(verb.head);
        Some(Self { topic, voice, head: verb.head, negated: verb.negated, modal: verb.modal, words, infinitive })
    }
}

/// What the actor does, as far as the order of the words gives it away.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    pub voice: Voice,
    /// The verb; none where no verb was found.
    pub head: Option<usize>,
    pub negated: bool,
    pub modal: bool,
    /// Whether the verb is one of speech.
    pub says: bool,
    /// The verb that completes it: "mediate" of "offered to mediate".
    pub infinitive: Option<usize>,
    /// What is said: its subject and verb.
    pub content: Option<Content>,
    /// The words of the clause, up to where another begins.
    pub core: Range<usize>,
    pub zones: Vec<Zone>,
}

impl Act {
    /// Reads the clause of the statement's actor.
    pub fn of(marked: &Marked) -> Self {
        let n = marked.tokens.len();
        let scene =
            Scene { tokens: marked.tokens, mentions: marked.mentions, inside: marked.inside, cues: Cues::shipped() };
        let actor = &marked.actor;
        let mut act = Self {
            voice: Voice::None,
            head: None,
            negated: false,
            modal: false,
            says: false,
            infinitive: None,
            content: None,
            core: 0..n,
            zones: vec![Zone::Own; n],
        };
        if actor.is_empty() {
            act.says = true;
            act.content = Content::of(marked, &scene, 0..n);
            return act;
        }
        if let Some(head) = agent_verb(&scene, actor.start) {
            act.voice = Voice::Agent;
            act.head = Some(head);
            act.core = clause_start(&scene, head)..actor.end;
            act.zones = zones(marked, &scene, act.core.start);
            return act;
        }
        let verb = scene.verb_after(actor.end);
        let cue = |at: usize| scene.cues.at(marked.tokens, at, &[Frame::Speech]).is_some();
        act.says = verb.is_some_and(|v| v.frame == Some(Frame::Speech)) || actor.start > 0 && cue(actor.start - 1);
        let first_person = marked.tokens[actor.start].is_a(Class::PRON) && marked.inside[actor.start];
        if let Some(verb) = verb {
            act.head = Some(verb.head);
            act.voice = if verb.passive { Voice::Patient } else { Voice::Active };
            act.negated = verb.negated;
            act.modal = verb.modal;
            act.infinitive = scene.infinitive(verb.head);
        }
        if first_person {
            act.says = true;
            act.core = verb.map_or(0, |v| v.first)..n;
            return act;
        }
        if act.says && is_behind(&scene, actor.start) && n - actor.end <= 12 {
            // A trailing attribution: all that goes before is said by the actor.
            act.core = 0..actor.start;
            act.content = Content::of(marked, &scene, act.core.clone());
            return act;
        }
        let from = verb.map_or(actor.end, |v| v.first);
        let end = if act.says { n } else { clause_end(&scene, verb.map_or(actor.end, |v| v.end)) };
        act.core = from..end.max(from);
        if act.says {
            let behind = verb.map_or(actor.end, |v| v.end).min(n);
            act.content = Content::of(marked, &scene, behind..n);
        }
        act.zones = zones(marked, &scene, actor.start);
        act
    }
}

/// The participle whose agent the words from `first` on are: "rebuffed by Moscow".
fn agent_verb(scene: &Scene, first: usize) -> Option<usize> {
    let by = scene.before(first, Class::DET);
    if by < 2 || !scene.tokens[by - 1].is("by") {
        return None;
    }
    (by.saturating_sub(7)..by - 1).rev().find(|at| scene.is(*at, Class::PART))
}

fn is_behind(scene: &Scene, start: usize) -> bool {
    (1..=2)
        .filter_map(|back| start.checked_sub(back))
        .any(|at| scene.tokens[at].kind == TokenKind::Close || scene.is_comma(at))
}

/// Whether a clause of its own, or one that only tells when and why, begins at this token.
fn begins_clause(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    token.is_a(Class::BUT.or(Class::REL))
        || token.is(";")
        || matches!(
            token.lower.as_str(),
            "after" | "following" | "amid" | "since" | "before" | "because" | "as" | "until" | "where" | "over"
        )
}

fn clause_end(scene: &Scene, from: usize) -> usize {
    (from + 1..scene.tokens.len()).find(|at| begins_clause(scene, *at)).unwrap_or(scene.tokens.len())
}

fn clause_start(scene: &Scene, head: usize) -> usize {
    (0..head).rev().find(|at| begins_clause(scene, *at)).map_or(0, |at| at + 1)
}

/// Where a list of subjects ends that begins before this token: "Peru, Chile and Bolivia" act as one.
fn list_end(scene: &Scene, from: usize) -> usize {
    let mut at = from;
    loop {
        let token = scene.token(at);
        let joins = token.is_some_and(|t| t.is("and") || t.is(","));
        match scene.mention_from(at + usize::from(joins)).filter(|_| joins) {
            Some(next) => at = next.end,
            None => return at,
        }
    }
}

fn zones(marked: &Marked, scene: &Scene, start: usize) -> Vec<Zone> {
    let actor = &marked.actor;
    let list_end = list_end(scene, actor.end);
    let mut zone = Zone::Before;
    let mut zones = Vec::with_capacity(marked.tokens.len());
    for at in 0..marked.tokens.len() {
        if at == start || at == actor.start {
            zone = Zone::Own;
        } else if zone != Zone::Before || at < start {
            let other = marked.mentions.iter().find(|m| m.first == at && !actor.contains(&at) && m.can_act());
            let acts =
                at >= list_end && other.is_some_and(|m| !scene.is_governed(m.first) && scene.verb_at(m.end).is_some());
            let turns = marked.tokens[at].is_a(Class::BUT) || marked.tokens[at].is(";");
            if acts {
                zone = Zone::Others;
            } else if turns && zone == Zone::Others && at < start {
                zone = Zone::Before;
            }
        }
        zones.push(zone);
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Reading;

    fn act(text: &str, actor: &str) -> (Voice, String, String) {
        let mut reading = Reading::of_text(text);
        let at = text.find(actor).expect("the actor stands in the text");
        reading.actor = reading.tokens_of(&(at..at + actor.len()));
        let act = Act::of(&reading.marked());
        let words =
            |range: Range<usize>| reading.tokens[range].iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" ");
        (act.voice, act.head.map_or(String::new(), |h| words(h..h + 1)), words(act.core))
    }

    #[test]
    fn the_verb_is_that_of_the_actor_in_either_voice() {
        assert_eq!(act("Peru condemned Chile after it fired.", "Peru").1, "condemned");
        assert_eq!(act("The envoy was expelled by Chile.", "Chile").0, Voice::Agent);
        assert_eq!(act("Chile was accused of spying.", "Chile").0, Voice::Patient);
    }

    #[test]
    fn the_core_ends_where_another_clause_begins() {
        assert_eq!(act("Peru thanked Chile after rebels killed ten.", "Peru").2, "thanked chile");
    }

    #[test]
    fn all_that_is_quoted_is_the_core_of_a_trailing_attribution() {
        assert_eq!(act("\"We reject it,\" Peru said.", "Peru").2, "\" we reject it , \"");
    }
}
