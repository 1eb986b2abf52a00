//! Events: a subject with its verb. Of all events of a sentence, those count whose stance is the subject's own.

use std::ops::Range;

use crate::actors::{Form, Mention, Names, OfficeClass, PartyId};
use crate::sentences::{Class, TokenKind};

use super::clause::{Scene, VerbGroup};
use super::cues::Frame;
use super::discourse::{Discourse, Speaker};
use super::grounds::holding;
use super::subjects::{Pronoun, Subject, Who, subjects};

/// A subject with its verb.
#[derive(Debug, Clone)]
pub struct Event {
    pub subject: Range<usize>,
    /// The parties of the subject; none for somebody who speaks for nobody.
    pub speaker: Speaker,
    /// The tokens of the verb group; the noun of a nominal event.
    pub verb: Range<usize>,
    pub manner: Manner,
    /// What is said, in tokens.
    pub content: Range<usize>,
    pub finite: bool,
    pub conditional: bool,
    /// In a clause that only tells when.
    pub subordinate: bool,
    pub trailing: bool,
    pub passive: bool,
    /// The agent of a passive: whom it acts upon stands before.
    pub agent: bool,
    /// Whose subject is named in it, and not told by "both sides".
    pub named: bool,
}

impl Event {
    /// Of a party that a noun, a participle or a preposition brings in, and no subject with its verb.
    fn of(scene: &Scene, mention: &Mention, class: Option<OfficeClass>, verb: Range<usize>, manner: Manner) -> Self {
        Self {
            subject: mention.first..mention.end,
            speaker: Speaker::of(scene, mention, class),
            verb,
            manner,
            content: 0..0,
            finite: true,
            conditional: false,
            subordinate: false,
            trailing: false,
            passive: false,
            agent: false,
            named: true,
        }
    }

    /// What the rules know of it, by name.
    pub fn signs(&self) -> Vec<&'static str> {
        let signs = holding([
            (true, self.manner.name()),
            (true, self.speaker.class.map_or("a party", OfficeClass::name)),
            (self.finite, "finite"),
            (self.conditional, "conditional"),
            (self.subordinate, "subordinate"),
            (self.trailing, "trailing"),
            (self.passive, "passive"),
            (self.agent, "agent"),
            (self.named, "named"),
        ]);
        signs.collect()
    }
}

/// In what way a party takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Says something.
    Speech,
    /// Addresses somebody: condemns, thanks.
    Address,
    Act,
    /// By a noun: "Moscow's rejection".
    Nominal,
}

impl Manner {
    fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Address => "address",
            Self::Act => "act",
            Self::Nominal => "nominal",
        }
    }
}

/// The events of a sentence.
#[derive(Debug, Default)]
pub struct Found {
    pub events: Vec<Event>,
    /// Clauses that seem to tell of no statement, each with the reason.
    pub passed: Vec<(Event, &'static str)>,
}

/// All events of a sentence outside quotation marks.
pub fn find(scene: &Scene, names: &Names, discourse: &mut Discourse) -> Found {
    let mut events = Vec::new();
    let mut passed = Vec::new();
    let subjects = subjects(scene, names);
    let mut local: Option<Speaker> = None;
    for subject in &subjects {
        let verb = inverted(scene, subject).map(|v| (v, true)).or_else(|| {
            let verb = scene.verb_after(subject.end)?;
            let stays_subject = verb.relative || !scene.is_governed(subject.first);
            let far = verb.first > subject.end && scene.is_object(subject.first, subject.end);
            ((verb.relative || !far) && stays_subject && !scene.inside[verb.head]).then_some((verb, false))
        });
        let Some((mut verb, inverted)) = verb else {
            continue;
        };
        // "Peru was told of it and protested": what it says itself counts.
        if is_patient(scene, subject, &verb)
            && let Some(own) = said_too(scene, &verb)
        {
            verb = own;
        }
        let first = subject.first;
        let unmeant = unmeant(scene, subject, &verb);
        if let Some(reason) = unmeant.or_else(|| untold(scene, subject, &verb, &events)) {
            let resolved = discourse.resolve(subject, scene, local.as_ref(), false);
            if let Some(speaker) = resolved.or_else(|| discourse.guess(subject, scene)) {
                if unmeant.is_some() && matches!(subject.who, Who::Party { .. }) {
                    discourse.pass(&speaker);
                }
                passed.push((event(scene, subject, first, speaker, verb, inverted), reason));
            }
            continue;
        }
        // In "Lima had agreed, it said" the pronoun is whoever spoke before.
        let behind = first > 0 && (scene.is_comma(first - 1) || scene.tokens[first - 1].kind == TokenKind::Close);
        let trails = behind && verb.frame == Some(Frame::Speech) && scene.tokens.len() - verb.end <= 8;
        let pair = pair(scene, subject, &events).filter(|_| !trails);
        let resolved = pair.or_else(|| discourse.resolve(subject, scene, local.as_ref(), trails));
        // "Dealers sold, and a ministry official said": whose, only the article tells.
        if resolved.as_ref().is_none_or(Speaker::is_nobody)
            && let Some(speaker) = discourse.guess(subject, scene)
        {
            if resolved.is_none() {
                discourse.pass(&speaker);
            }
            passed.push((event(scene, subject, first, speaker, verb, inverted), "at home"));
        }
        let Some(speaker) = resolved else { continue };
        if matches!(subject.who, Who::Party { .. }) {
            discourse.remember(speaker.clone());
        }
        if !matches!(subject.who, Who::Pronoun(_) | Who::Both) {
            local = Some(speaker.clone());
        }
        events.push(event(scene, subject, first, speaker, verb, inverted));
    }
    by_phrases(scene, &mut events);
    beside(scene, &mut events);
    nobody(scene, &mut events);
    nominal(scene, &mut events);
    Found { events, passed }
}

/// Why a clause tells nothing that its subject does.
fn unmeant(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> Option<&'static str> {
    match () {
        () if is_guess(scene, verb) => Some("guess"),
        () if is_to_come(scene, subject, verb) => Some("to come"),
        () if !admits(scene, subject, verb) => Some("not admitted"),
        () if is_description(scene, subject, verb) => Some("description"),
        () if is_infinitive(scene, subject, verb) => Some("infinitive"),
        () if is_parted(scene, subject, verb) => Some("parted"),
        () if verb.relative && is_place(scene, subject) => Some("place"),
        () if is_patient(scene, subject, verb) => Some("patient"),
        () => None,
    }
}

/// Why what a clause tells is no statement of its subject's.
fn untold(scene: &Scene, subject: &Subject, verb: &VerbGroup, events: &[Event]) -> Option<&'static str> {
    // "told Lima that it was late", "a ban on sales to Chile that dated from the war"
    let that = || verb.relative && scene.token(subject.end).is_some_and(|t| t.is("that"));
    match () {
        () if is_word_of_unknown(scene, subject, events) => Some("unknown"),
        () if is_background(scene, subject, verb) => Some("background"),
        () if is_of_people(scene, subject, verb) => Some("people"),
        () if verb.frame.is_none() && scene.is(verb.head, Class::STATIVE) => Some("stative"),
        () if verb.frame.is_none() && verb.relative && has_verb(scene, 0..subject.first) => Some("relative"),
        () if that() && (scene.is_object(subject.first, subject.end) || scene.is_governed(subject.first)) => {
            Some("that")
        }
        () => None,
    }
}

/// "Peru and Chile lost, but both said", "Peru's minister met Chile's, and they agreed": the two that the sentence has named.
fn pair(scene: &Scene, subject: &Subject, events: &[Event]) -> Option<Speaker> {
    let joined = subject.first > 0 && is_and_or_but(scene, subject.first - 1);
    let they = subject.who == Who::Pronoun(Pronoun::They);
    let three = (subject.first..subject.end).any(|at| scene.tokens[at].is("three"));
    if three || !(subject.who == Who::Both || they && joined) {
        return None;
    }
    let last = events.iter().rev().find(|e| !e.speaker.is_nobody())?;
    let acting = events.iter().filter(|e| e.verb == last.verb).flat_map(|e| &e.speaker.parties);
    let before = scene.mentions.iter().filter(|m| m.end <= subject.first && m.can_act() && !scene.inside[m.first]);
    let mut parties: Vec<PartyId> = acting.copied().collect();
    parties.dedup();
    if let [only] = parties[..]
        && joined
    {
        parties.extend(before.map(|m| m.party).filter(|party| *party != only));
        parties.dedup();
    }
    (parties.len() == 2).then(|| Speaker::of_subject(scene, subject, parties, Some(OfficeClass::Persons), None))
}

fn is_and_or_but(scene: &Scene, at: usize) -> bool {
    scene.token(at).is_some_and(|t| t.is("and") || t.is("but"))
}

/// "it was clear that" and "the police were called" tell nothing of who speaks.
fn admits(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let speech = verb.frame == Some(Frame::Speech);
    let bare = scene.is(verb.first, Class::BASE) && !scene.is(verb.first, Class::PAST.or(Class::AUX));
    match subject.who {
        Who::Pronoun(Pronoun::It | Pronoun::They) => (verb.frame.is_some() || verb.modal) && !verb.passive,
        // "a protest note", "the reply was said to be"
        Who::Paper => speech && !verb.passive && !bare,
        Who::Nobody => speech,
        Who::Office(OfficeClass::Person | OfficeClass::Persons | OfficeClass::Body) => verb.frame.is_some(),
        Who::Office(_) => speech,
        _ => true,
    }
}

/// "A report is expected in May": a paper that is not there yet says nothing.
fn is_to_come(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    matches!(subject.who, Who::Paper) && scene.tokens[verb.head].is("expected")
}

/// "Chile could cling to power", "Chile should lift the ban": what might or ought to be done is no act, unless somebody
/// says it.
fn is_guess(scene: &Scene, verb: &VerbGroup) -> bool {
    verb.frame.is_none() && verb.modal && !verb.negated && (verb.first..verb.head).any(|at| scene.is(at, Class::GUESS))
}

/// "Lima was the first stop", "Peru is among those that": a party that only is something does nothing.
fn is_description(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let named = scene.mentions.iter().any(|m| m.first == subject.first && matches!(m.form, Form::Seat | Form::Name));
    // "did the same" is an act.
    let does = matches!(scene.tokens[verb.head].lower.as_str(), "do" | "does" | "did");
    // "is currently the third": the adverb ends the group.
    let only_is = scene.is(verb.head, Class::AUX) && !does
        || scene.is(verb.head, Class::ADV) && scene.is(verb.first, Class::AUX) && !scene.is(verb.head, Class::VERB);
    if !named || !only_is || verb.modal {
        return false;
    }
    // "were among those which abstained"
    let among = scene.is(verb.end, Class::ONE_OF)
        && (verb.end..verb.end + 5).any(|at| scene.is(at, Class::REL) && scene.verb_at(at + 1).is_some());
    // "was the first to sign"
    let first_to = (verb.end + 1..verb.end + 5).any(|at| {
        scene.token(at).is_some_and(|t| t.is("to")) && scene.is(at + 1, Class::BASE) && !scene.is(at - 1, Class::VERB)
    });
    !(among || first_to)
        && (scene.is(verb.end, Class::DET)
            || scene.is(verb.end, Class::ONE_OF)
            || scene.mention_from(verb.end).is_some())
}

/// "Chile let the Peruvian envoy cross the border": a bare verb behind somebody alone.
fn is_infinitive(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let governed =
        subject.who == Who::Both && scene.preceding(subject.first).is_some_and(|at| scene.is(at, Class::VERB));
    let alone = governed || matches!(subject.who, Who::Party { class: None | Some(OfficeClass::Person), .. });
    let bare = scene.is(verb.first, Class::BASE) && !scene.is(verb.first, Class::PAST.or(Class::THIRD).or(Class::AUX));
    let joins = |at: usize| scene.token(at).is_some_and(|t| t.is("and") || t.is("or"));
    let before = scene.preceding(subject.first);
    // "to bring Peruvians and Chileans back"
    let object = |m: &Mention| m.end == before.unwrap_or(0) && scene.is_object(m.first, m.end);
    let joined = before.is_some_and(joins);
    bare && (alone && !joined && !(subject.end..verb.first).any(joins) || joined && scene.mentions.iter().any(object))
}

/// "Trade would gain from a sound economy, Peru said": the verb is that of the party right before it.
fn is_parted(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let other = scene.mentions.iter().find(|m| m.end == verb.first && m.first > subject.end);
    let parted = |m: &Mention| scene.preceding(m.first).is_some_and(|at| scene.is_comma(at));
    // "in testimony before the council, Peru said"
    let governed = scene.preceding(subject.first).is_some_and(|at| scene.is(at, Class::PREP));
    (governed || matches!(subject.who, Who::Nobody)) && other.is_some_and(parted)
}

/// "Mr Rosas said he opposed it", "traders, who sold, say that they": the pronoun is whoever speaks, and is nobody known.
fn is_word_of_unknown(scene: &Scene, subject: &Subject, events: &[Event]) -> bool {
    if !matches!(subject.who, Who::Pronoun(_)) {
        return false;
    }
    let that = subject.first > 0 && scene.tokens[subject.first - 1].is("that");
    let end = subject.first - usize::from(that);
    let says = |at: &usize| {
        let cue = scene.cues.at(scene.tokens, *at, &[Frame::Speech]).filter(|(past, _)| *past == end);
        let joined = *at > 0 && scene.is(*at - 1, Class::CONJ.or(Class::BUT));
        cue.is_some() && scene.is(*at, Class::PAST.or(Class::THIRD).or(Class::BASE)) && !scene.inside[*at] && !joined
    };
    let verb = (end.saturating_sub(3)..end).find(says);
    verb.is_some_and(|at| !events.iter().any(|e| e.verb.contains(&at)))
}

/// "after the two nations went to war", "where the two met": what those who were named did when something else happened.
fn is_background(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let named = matches!(subject.who, Who::Party { .. } | Who::Several(_));
    let Some(before) = scene.preceding(subject.first) else { return false };
    // "after", "before"
    let when = scene.is(before, Class::WHEN) || scene.is(before, Class::PREP) && scene.is(before, Class::CONJ);
    let relative = subject.who == Who::Both && scene.is(before, Class::REL);
    !named && verb.frame != Some(Frame::Speech) && (when || relative)
}

/// "Some 400 Chileans marched", "Chileans drink tea": what people do that nobody sent. "The Chileans walked out" is an act.
fn is_of_people(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let people = scene.mentions.iter().any(|m| m.first == subject.first && m.form == Form::People);
    let the = subject.first > 0 && scene.tokens[subject.first - 1].is("the");
    people && verb.frame.is_none() && !the
}

/// "an agreement in Doha that ends the war": the clause is not the place's.
fn is_place(scene: &Scene, subject: &Subject) -> bool {
    let place = scene.mentions.iter().find(|m| m.first == subject.first && scene.stands_as_place(m));
    place.is_some_and(|m| scene.is(m.end, Class::REL))
}

/// How many words tell at most by whom somebody is quoted.
const QUOTED_BY: usize = 10;

/// "Chileans were killed in the raid", "Peru has been told": whom something is done to does nothing. A participle that
/// tells a state of mind goes on with what it is about: "is prepared to", "was concerned about".
fn is_patient(scene: &Scene, subject: &Subject, verb: &VerbGroup) -> bool {
    let taken = scene.is(verb.head, Class::TAKEN) && !scene.is(verb.end + 1, Class::BASE);
    let goes_on = |word: &str| matches!(word, "to" if !taken) || matches!(word, "that" | "about" | "with" | "over");
    // "was quoted as saying", "was quoted by her office as saying"
    let says = |at: usize| scene.tokens[at].is("as") && scene.is(at + 1, Class::ING);
    let behind = verb.end..scene.tokens.len().min(verb.end + QUOTED_BY);
    let by = scene.token(verb.end).is_some_and(|t| t.is("by")) && behind.into_iter().any(says);
    let quoted = verb.frame == Some(Frame::Speech) && (verb.end > verb.head + 1 || by);
    let told = verb.frame == Some(Frame::Speech) && !scene.token(verb.end).is_some_and(|t| t.is("to"));
    let whole = matches!(
        subject.who,
        Who::Party { class: None | Some(OfficeClass::Persons | OfficeClass::Person | OfficeClass::Body), .. }
            | Who::Pronoun(_)
    );
    // "was unmoved" is a state of mind.
    let state = scene.tokens[verb.head].lower.starts_with("un") && !scene.token(verb.end).is_some_and(|t| t.is("by"));
    verb.passive
        && !verb.modal
        && !state
        && whole
        && !quoted
        && (told || !scene.token(verb.end).is_some_and(|t| t.is_word() && goes_on(&t.lower)))
}

/// A verb of speech that is joined to this one with "and" or "but" and has the same subject.
fn said_too(scene: &Scene, verb: &VerbGroup) -> Option<VerbGroup> {
    let clause = (verb.end..scene.tokens.len())
        .take_while(|at| (is_and_or_but(scene, at + 1) || !scene.is_comma(*at)) && !scene.inside[*at]);
    let joined = clause.filter(|at| is_and_or_but(scene, *at)).find_map(|at| scene.verb_at(at + 1));
    joined.filter(|v| v.frame == Some(Frame::Speech) && !v.passive && scene.is(v.head, Class::PAST.or(Class::THIRD)))
}

/// `," said Lavrov`.
fn inverted(scene: &Scene, subject: &Subject) -> Option<VerbGroup> {
    let first = scene.before(subject.first, Class::DET);
    for head in (first.saturating_sub(3)..first).rev() {
        let Some((end, cue)) = scene.cues.at(scene.tokens, head, &[Frame::Speech, Frame::Phrase]) else {
            continue;
        };
        if end != first {
            continue;
        }
        // "according to its balance sheet": the sentence's subject says so itself.
        if scene.is(end, Class::OWN) {
            continue;
        }
        let closes = head > 0 && scene.tokens[head - 1].kind == TokenKind::Close;
        let behind_quote = closes || head > 0 && scene.is_comma(head - 1);
        let phrase = cue.frame == Frame::Phrase;
        // "Bolivia, a friend, asked Peru for help"
        if cue.addressed && !closes {
            continue;
        }
        if !(behind_quote && scene.is(head, Class::PAST.or(Class::THIRD)) || phrase) {
            continue;
        }
        // "Peru, asked by reporters, said Chile had lied": what follows has a verb of its own.
        let infinitive = scene.token(subject.end).is_some_and(|t| t.is("to")) && scene.is(subject.end + 1, Class::BASE);
        if !phrase && (infinitive || scene.verb_at(subject.end).is_some()) {
            continue;
        }
        let frame = Some(Frame::Speech);
        let (passive, negated, modal, relative) = (false, false, false, false);
        return Some(VerbGroup { first: head, head, end, passive, negated, modal, relative, frame });
    }
    None
}

fn event(scene: &Scene, subject: &Subject, first: usize, speaker: Speaker, verb: VerbGroup, inverted: bool) -> Event {
    let manner = match verb.frame {
        Some(Frame::Speech) => Manner::Speech,
        Some(Frame::Object) if !verb.passive => Manner::Address,
        _ => Manner::Act,
    };
    let start = scene.before(first.min(verb.first), Class::DET);
    let behind_mark = start > 0
        && (scene.is_comma(start - 1) && !is_listed(scene, first) || scene.tokens[start - 1].kind == TokenKind::Close);
    let behind_quote = start > 0
        && (scene.tokens[start - 1].kind == TokenKind::Close
            || start > 1 && scene.tokens[start - 2].kind == TokenKind::Close)
        && scene.inside[..start].iter().filter(|i| **i).count() > 4;
    let tail = if inverted { subject.end } else { verb.end };
    let said_before = has_verb(scene, 0..start);
    let short_tail = scene.tokens.len() - tail <= 10 && !has_clause(scene, tail);
    let trailing = manner == Manner::Speech && (inverted || behind_quote || behind_mark && said_before && short_tail);
    let content = if trailing { 0..start } else { verb.end..content_end(scene, verb.end) };
    Event {
        subject: first..subject.end,
        speaker,
        verb: verb.first..verb.end,
        manner,
        content,
        finite: !verb.modal && !verb.negated,
        conditional: scene.is_conditional(subject.first) || scene.is_hearsay(subject.first),
        // "as Chile has claimed" tells what Chile says, not when.
        subordinate: scene.is_subordinate(subject.first) && manner != Manner::Speech,
        trailing,
        passive: verb.passive,
        agent: false,
        named: subject.who != Who::Both,
    }
}

/// Whether a mention that begins here goes on with a list: "Chile" of "Peru, Chile and Brazil said".
fn is_listed(scene: &Scene, first: usize) -> bool {
    let lists = scene.mentions.iter().filter(|m| m.first < first).map(|m| scene.coordinated(m));
    lists.filter(|list| list.len() > 2).any(|list| list.iter().any(|m| m.first == first))
}

/// Where what is said ends: at another main clause. "Peru protested, and Chile sent ships" tells of an act of Chile's; in
/// "Peru said it would go, and Chile would stay" all is said by Peru.
pub fn content_end(scene: &Scene, from: usize) -> usize {
    let end = scene.tokens.len();
    let opens = |at: usize| {
        let joins = |words: &[&str]| scene.token(at + 1).is_some_and(|t| words.contains(&t.lower.as_str()));
        let (first, contrast) = match () {
            () if scene.tokens[at].is(";") => (at + 1, true),
            () if scene.is_comma(at) && joins(&["while", "whereas"]) => (at + 2, true),
            () if scene.is_comma(at) && joins(&["and", "but"]) => (at + 2, false),
            () => return false,
        };
        let subject = scene.mention_from(first).filter(|m| m.can_act() && !scene.inside[m.first]);
        subject.is_some_and(|m| scene.verb_after(m.end).is_some()) && (contrast || !has_finite(scene, from..at))
    };
    (from..end).find(|at| opens(*at)).unwrap_or(end)
}

fn has_finite(scene: &Scene, range: Range<usize>) -> bool {
    range.into_iter().any(|at| scene.is(at, Class::AUX.or(Class::PAST).or(Class::THIRD)) && !scene.inside[at])
}

fn has_verb(scene: &Scene, range: Range<usize>) -> bool {
    range.into_iter().any(|at| scene.is(at, Class::VERB.or(Class::AUX)))
}

/// Whether a clause with a verb of its own begins behind this token.
fn has_clause(scene: &Scene, from: usize) -> bool {
    scene.token(from).is_some_and(|t| t.is("that"))
        || (from + 1..scene.tokens.len()).any(|at| scene.is(at, Class::AUX.or(Class::PAST)) && !scene.inside[at])
}

/// How many words at most lead from a participle to its agent.
const LONGEST_PASSIVE: usize = 11;

/// "was rebuffed by Moscow": the agent of a passive acts.
fn by_phrases(scene: &Scene, events: &mut Vec<Event>) {
    for mention in scene.mentions.iter().filter(|m| m.can_act()) {
        let mut by = mention.first;
        while by > 0 && (scene.is(by - 1, Class::DET.or(Class::OWN)) || scene.tokens[by - 1].is("both")) {
            by -= 1;
        }
        if by < 2 || !scene.tokens[by - 1].is("by") || scene.inside[by - 1] {
            continue;
        }
        let near = (by.saturating_sub(4)..by - 1).rev().find(|at| scene.is(*at, Class::PART));
        // "was signed in Geneva on Monday by"
        let phrase = |at: &usize| !scene.is_comma(*at) && !scene.is(*at, Class::REL.or(Class::AUX).or(Class::BUT));
        let goes_on = |at: usize| scene.is(at, Class::PREP.or(Class::TIME).or(Class::ADV));
        let passive = |at: &usize| *at > 0 && scene.is(*at, Class::PART) && scene.is(*at - 1, Class::AUX);
        let far = || (by.saturating_sub(LONGEST_PASSIVE)..by - 1).rev().take_while(phrase).find(passive);
        let participle = near.or_else(|| far().filter(|at| goes_on(*at + 1)));
        let Some(head) = participle else { continue };
        if events.iter().any(|e| e.subject.start == mention.first) {
            continue;
        }
        let speech = scene.cues.at(scene.tokens, head, &[Frame::Speech, Frame::Object]).is_some();
        let joined = head > 0
            && scene.is(head - 1, Class::CONJ.or(Class::BUT))
            && events.last().is_some_and(|e: &Event| e.agent);
        let passive = joined || (head.saturating_sub(3)..head).any(|at| scene.is(at, Class::AUX));
        // "the quota set by OPEC" tells of the quota; "the plan, rejected by Chile," of a stance as well.
        if !passive && !speech {
            continue;
        }
        for agent in scene.coordinated(mention) {
            let class = match agent.form {
                Form::Office(class) => Some(class),
                _ => None,
            };
            events.retain(|e| e.subject.start != agent.first);
            let manner = if speech { Manner::Address } else { Manner::Act };
            let event = Event::of(scene, agent, class, head..head + 1, manner);
            events.push(Event { subordinate: !passive, agent: passive, ..event });
        }
    }
}

/// A verb of speech whose subject is nobody known: "analysts said", "Trenin wrote".
fn nobody(scene: &Scene, events: &mut Vec<Event>) {
    for at in 0..scene.tokens.len() {
        // "States" is no verb in the name of the United States.
        if scene.inside[at]
            || scene.is_named(at)
            || !scene.is(at, Class::PAST.or(Class::THIRD))
            || events.iter().any(|e| e.verb.contains(&at))
        {
            continue;
        }
        let Some((end, _)) = scene.cues.at(scene.tokens, at, &[Frame::Speech]) else {
            continue;
        };
        // "the Chilean terms"
        if scene.is(at, Class::THIRD) && scene.mentions.iter().any(|m| m.end == at && m.form == Form::Adjective) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| scene.token(i));
        // "Alcan Ltd <AL.TO> said": a company's symbol.
        let symbol = before.is_some_and(|t| t.is(">"));
        // "rejected charges" is what is rejected.
        let object = scene.is(at, Class::THIRD) && before.is_some_and(|t| t.is_a(Class::PAST));
        let relative = scene.clause_of(at);
        let noun =
            |i: usize| scene.token(i).is_some_and(|t| t.is_word() && !t.is_a(Class::FUNCTION) && !t.is_possessive());
        let named = match relative {
            // "shares in Alcan, which says it"
            Some(antecedent) => noun(antecedent) && !scene.is_named(antecedent),
            None => symbol || !object && at > 0 && noun(at - 1),
        };
        let behind_quote = before.is_some_and(|t| t.kind == TokenKind::Close);
        if !(named || behind_quote || is_behind_unknown_aside(scene, at)) {
            continue;
        }
        let trailing = behind_quote || relative.is_none() && scene.tokens.len() - end <= 8;
        let content = if trailing { 0..at } else { end..scene.tokens.len() };
        events.push(Event {
            subject: at..at,
            speaker: Speaker::nobody(),
            verb: at..end,
            manner: Manner::Speech,
            content,
            finite: true,
            conditional: false,
            subordinate: false,
            trailing,
            passive: false,
            agent: false,
            named: true,
        });
    }
}

/// "Stephen Lee, an economist at Brown and Son, said": the name before the aside is nobody's who speaks for a party.
fn is_behind_unknown_aside(scene: &Scene, at: usize) -> bool {
    if at < 4 || !scene.is_comma(at - 1) {
        return false;
    }
    let name = |i: usize| {
        let token = &scene.tokens[i];
        token.capital && token.is_word() && !token.is_a(Class::FUNCTION.or(Class::TIME).or(Class::VERB))
    };
    (at.saturating_sub(ASIDE).max(1)..at - 1).filter(|i| scene.is_comma(*i)).any(|comma| {
        // A surname alone where the sentence begins is a name where it is no word.
        let alone = comma == 1 && scene.tokens[0].class == Class::NONE;
        // "Zahra, a midwife in Herat who asked for help, said"
        let relative = (comma..at - 1).find(|i| scene.is(*i, Class::REL)).unwrap_or(at - 1);
        name(comma - 1)
            && (alone || comma > 1 && name(comma - 2))
            && !scene.is_named(comma - 1)
            && !has_finite(scene, comma..relative)
    })
}

/// How many words an aside has at most.
const ASIDE: usize = 20;

/// "Moscow's rejection", "the US decision", "Iranian accusations".
fn nominal(scene: &Scene, events: &mut Vec<Event>) {
    for mention in scene.mentions {
        if scene.inside[mention.first]
            || mention.form == Form::Private
            || events.iter().any(|e| e.subject.start == mention.first)
        {
            continue;
        }
        // "the U.S.-Soviet agreement" is nobody's alone.
        if mention.first > 0 && scene.tokens[mention.first - 1].is("-") {
            continue;
        }
        let possessive = scene.token(mention.end).is_some_and(|t| t.is_possessive());
        let from = mention.end + usize::from(possessive);
        if !possessive && !matches!(mention.form, Form::Adjective | Form::Name) {
            continue;
        }
        let noun = (from..(from + 4).min(scene.tokens.len()))
            .take_while(|at| scene.tokens[*at].is_word() && !scene.is(*at, Class::FUNCTION))
            .find_map(|at| scene.cues.at(scene.tokens, at, &[Frame::Noun]).map(|(end, _)| at..end));
        let Some(verb) = noun else { continue };
        // "his approval rating" is no approval.
        if scene.token(verb.end).is_some_and(|t| t.is_word() && t.class == Class::NONE && !t.capital) {
            continue;
        }
        events.push(Event::of(scene, mention, None, verb, Manner::Nominal));
    }
}

/// "with China abstaining": what a party does meanwhile.
fn beside(scene: &Scene, events: &mut Vec<Event>) {
    for mention in scene.mentions.iter().filter(|m| m.can_act()) {
        let Some(verb) = scene.stands_beside(mention) else { continue };
        if scene.inside[mention.first] || events.iter().any(|e| e.subject.start == mention.first) {
            continue;
        }
        events.push(Event::of(scene, mention, None, verb..verb + 1, Manner::Act));
    }
}

/// Who the sentence is about, where nobody speaks in it: the person of its first event. "He" in the next means that one.
pub fn center(events: &[Event]) -> Option<Speaker> {
    let main = |e: &&Event| !e.conditional && !e.subordinate && e.manner != Manner::Nominal && !e.speaker.is_nobody();
    events.iter().filter(main).map(|e| &e.speaker).find(|s| s.is_person()).cloned()
}

/// "Chile sent its foreign minister, Ana Ruiz": the only person of a sentence in which none speaks or acts. "She" in the
/// next is that one.
pub fn introduced(scene: &Scene, events: &[Event]) -> Option<Speaker> {
    let person = |m: &&Mention| matches!(m.form, Form::Person | Form::Office(OfficeClass::Person));
    let mut persons = scene.mentions.iter().filter(person);
    let only = persons.next().filter(|_| persons.next().is_none())?;
    let acts = !events.is_empty() && !events.iter().any(|e| e.speaker.is_nobody() || e.speaker.is_person());
    (acts && !scene.inside[only.first]).then(|| Speaker::of(scene, only, Some(OfficeClass::Person)))
}

/// Whose quotation this sentence holds: the subject of its verb of speech.
pub fn speaker(scene: &Scene, events: &[Event]) -> Option<Speaker> {
    // "Peru is expected to gain" makes no speaker of Peru.
    let told = |e: &Event| e.passive && !e.speaker.is_person();
    let mut speech = events.iter().filter(|e| e.manner == Manner::Speech && !told(e));
    let quoted = scene.inside.iter().any(|i| *i);
    let nearest = if quoted { events.iter().find(|e| e.manner == Manner::Speech && e.trailing) } else { None };
    nearest.or_else(|| speech.next()).map(|e| e.speaker.clone())
}

pub fn has_speech(events: &[Event]) -> bool {
    events.iter().any(|e| e.manner == Manner::Speech)
}
