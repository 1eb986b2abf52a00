//! Statements: of all events of a sentence those whose stance is the subject's own, and what may be one besides.

use std::ops::Range;

use crate::actors::{Form, Mention, OfficeClass, PartyId};
use crate::sentences::Class;

use super::clause::Scene;
use super::cues::Frame;
use super::discourse::Speaker;
use super::events::{Event, Found, Manner, content_end};
use super::grounds::{Basis, holding};

/// A statement that a sentence yields, before its target is known.
#[derive(Debug, Clone)]
pub struct Row {
    pub party: PartyId,
    pub class: Option<OfficeClass>,
    pub subject: Range<usize>,
    /// In bytes of the text, where the subject's words stand.
    pub actor: Range<usize>,
    pub verb: Range<usize>,
    /// Where the words about the target stand.
    pub scope: Range<usize>,
    pub speech: bool,
    /// The other party of "both sides".
    pub partner: Option<PartyId>,
    pub basis: Basis,
    /// What else there is to tell of it.
    pub signs: Vec<&'static str>,
}

impl Row {
    /// What an event tells of one of its parties; `beside` is who else is the subject of its verb.
    pub fn of(scene: &Scene, event: &Event, party: PartyId, beside: Option<PartyId>) -> Self {
        let scope = match event.manner {
            Manner::Speech => event.content.clone(),
            Manner::Nominal => event.verb.start..scene.tokens.len(),
            _ if event.agent => 0..event.verb.start,
            _ => event.verb.end..content_end(scene, event.verb.end),
        };
        Self {
            party,
            class: event.speaker.class,
            subject: event.subject.clone(),
            actor: event.speaker.actor.clone(),
            verb: event.verb.clone(),
            scope,
            speech: matches!(event.manner, Manner::Speech | Manner::Address),
            partner: event.speaker.parties.iter().find(|p| **p != party).copied().or(beside),
            basis: Basis::Event,
            signs: event.signs(),
        }
    }

    /// Of a party that is named, whatever it does.
    pub fn of_mention(scene: &Scene, mention: &Mention, verb: Range<usize>) -> Self {
        let Speaker { class, actor, .. } = Speaker::of(scene, mention, None);
        let scope = verb.end..content_end(scene, verb.end);
        let subject = mention.first..mention.end;
        let (basis, signs) = (Basis::Mention, vec![mention.form.name()]);
        Self { party: mention.party, class, subject, actor, verb, scope, speech: false, partner: None, basis, signs }
    }
}

/// The statements of a sentence.
///
/// What lies within another's words counts for who is reported there only where it is itself something said: in
/// "the Russians also voiced concern, Gates said" the concern is Russia's, in "Gates said Russia would gain" the
/// stance is that of Gates.
pub fn rows(scene: &Scene, events: &[Event]) -> Vec<Row> {
    let mut suppressed = vec![false; events.len()];
    let mut chosen = Vec::new();
    for (number, event) in events.iter().enumerate() {
        if event.speaker.is_nobody() || event.conditional || event.manner == Manner::Nominal {
            continue;
        }
        let container = container(events, number);
        match container {
            Some(outer) if !events[outer].speaker.is_nobody() => {
                let said = matches!(event.manner, Manner::Speech | Manner::Address) && event.finite && event.named;
                // "Peru, Chile and Bolivia said they regretted it": "they" are all of them.
                let own = |e: &Event| e.verb == events[outer].verb && e.speaker.shares(&event.speaker);
                if is_own_act(scene, event, &events[outer]) {
                    chosen.push(number);
                    continue;
                }
                if !said || events.iter().any(own) {
                    continue;
                }
                let content = &events[outer].content;
                // "said that the declaration which Chile had promised was void" tells of the declaration.
                let clause = scene.before(event.subject.start, Class::DET);
                let aside = clause > content.start + 1 && scene.is(clause - 1, Class::REL);
                let leads = event.subject.start <= content.start + 5 && !aside;
                suppressed[outer] |= leads && events[outer].trailing;
                chosen.push(number);
            }
            // What analysts say that a party does is no act of it; what they say that it says, is. An act that a clause
            // of its own tells, and "traders said" only comes behind, is told as a fact.
            Some(outer)
                if !(event.finite
                    && (matches!(event.manner, Manner::Speech | Manner::Address)
                        || events[outer].trailing && is_told(scene, event))) => {}
            _ => chosen.push(number),
        }
    }
    chosen.retain(|n| !suppressed[*n]);
    if chosen.iter().any(|n| !events[*n].subordinate) {
        chosen.retain(|n| !events[*n].subordinate);
    }
    let mut rows: Vec<Row> = Vec::new();
    for number in chosen {
        let event = &events[number];
        let mut beside = events.iter().filter(|e| e.verb == event.verb && !e.speaker.shares(&event.speaker));
        let partner = beside.next().filter(|_| beside.next().is_none()).and_then(|e| e.speaker.parties.first());
        push(scene, event, partner.copied(), &mut rows);
    }
    for (number, event) in events.iter().enumerate().filter(|(_, e)| e.manner == Manner::Nominal) {
        let within = container(events, number).is_some();
        let subject = scene.verb_after(event.verb.end).is_some() && !scene.is_governed(event.subject.start);
        let plan = scene.token(event.verb.end).is_some_and(|t| t.is("to")) && scene.is(event.verb.end + 1, Class::BASE);
        let close = event.verb.start <= event.subject.end + 1;
        if !within && (subject || plan && close && rows.is_empty()) {
            push(scene, event, None, &mut rows);
        }
    }
    rows
}

/// What the rules take for no statement of the sentence, one row for each party that has none among `rows`. Whether it is
/// one after all is for a model to say.
pub fn doubtful(scene: &Scene, found: &Found, rows: &[Row]) -> Vec<Row> {
    let mut more: Vec<Row> = Vec::new();
    let known = |more: &[Row], party: PartyId| rows.iter().chain(more).any(|r| r.party == party);
    let held = (0..found.events.len()).map(|n| match container(&found.events, n) {
        None => "free",
        Some(outer) if found.events[outer].speaker.is_nobody() => "told by nobody",
        Some(_) => "told",
    });
    let passed = found.passed.iter().map(|(event, reason)| (event, *reason));
    for (event, sign) in found.events.iter().zip(held).chain(passed) {
        for party in &event.speaker.parties {
            if !known(&more, *party) {
                let mut row = Row::of(scene, event, *party, None);
                row.signs.push(sign);
                more.push(row);
            }
        }
    }
    for mention in scene.mentions.iter().filter(|m| m.form != Form::Private && !scene.inside[m.first]) {
        if !known(&more, mention.party) {
            let verb = scene.verb_after(mention.end);
            let words = verb.as_ref().map_or(mention.end..mention.end, |v| v.first..v.end);
            let mut row = Row::of_mention(scene, mention, words);
            row.signs.extend(verb.iter().flat_map(|v| {
                let near = if v.first == mention.end { "its verb" } else { "a verb further on" };
                holding([
                    (true, near),
                    (v.passive, "passive"),
                    (v.modal, "modal"),
                    (v.relative, "relative"),
                    (v.negated, "negated"),
                ])
            }));
            more.push(row);
        }
    }
    more
}

/// The event in whose words another lies.
fn container(events: &[Event], inner: usize) -> Option<usize> {
    if events[inner].trailing {
        return None;
    }
    let head = events[inner].verb.end - 1;
    let holds = |e: &Event| e.manner == Manner::Speech && e.content.contains(&head);
    (0..events.len()).filter(|n| *n != inner && holds(&events[*n])).min_by_key(|n| events[*n].content.len())
}

/// "Peru has closed the port, Chile said": told as a fact, it is Peru's act as well. "According to Chile" and "it said"
/// leave open whether it is one.
fn is_own_act(scene: &Scene, event: &Event, outer: &Event) -> bool {
    let phrase = scene.cues.at(scene.tokens, outer.verb.start, &[Frame::Phrase]).is_some();
    let pronoun = scene.is(outer.subject.start, Class::PRON);
    event.finite
        && event.manner == Manner::Act
        && outer.trailing
        && !(phrase || pronoun)
        && !outer.speaker.shares(&event.speaker)
        && is_told(scene, event)
}

/// Whether an act is told as done: with "has" or in the past, and first in its sentence.
fn is_told(scene: &Scene, event: &Event) -> bool {
    let first = event.subject.start <= 3;
    first
        && event
            .verb
            .clone()
            .any(|at| scene.is(at, Class::PAST) || scene.tokens[at].is("has") || scene.tokens[at].is("have"))
}

/// `beside` is who else is the subject of its verb.
fn push(scene: &Scene, event: &Event, beside: Option<PartyId>, rows: &mut Vec<Row>) {
    for party in &event.speaker.parties {
        if rows.iter().any(|r| r.party == *party) {
            continue;
        }
        rows.push(Row { basis: Basis::Rule, ..Row::of(scene, event, *party, beside) });
    }
}
