//! What the article has said so far: who spoke last, whom "he" and "both sides" mean, and whom each party has been
//! talking about.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::actors::{Form, Gazetteer, Mention, NameWord, OfficeClass, PartyId, is_name_word};
use crate::sentences::{Class, Sentence};

use super::clause::Scene;
use super::subjects::{Pronoun, Subject, Who};
use super::{Aim, Attribution, Kind};

/// Somebody who speaks or acts.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Empty for somebody who speaks for no party.
    pub parties: Vec<PartyId>,
    pub class: Option<OfficeClass>,
    pub female: Option<bool>,
    /// The word that tells the office: "ministry"; a name's last word.
    pub noun: CompactString,
    /// Where the words stand that name the speaker, in bytes.
    pub actor: Range<usize>,
}

impl Speaker {
    pub fn nobody() -> Self {
        Self {
            parties: Vec::new(),
            class: Some(OfficeClass::Other),
            female: None,
            noun: CompactString::default(),
            actor: 0..0,
        }
    }

    pub fn of(scene: &Scene, mention: &Mention, class: Option<OfficeClass>) -> Self {
        let actor = scene.tokens[mention.first].start..scene.tokens[mention.end - 1].end;
        let noun = scene.tokens[mention.end - 1].lower.clone();
        Self { parties: vec![mention.party], class, female: mention.female, noun, actor }
    }

    /// Whom the words of a subject stand for.
    pub fn of_subject(
        scene: &Scene,
        subject: &Subject,
        parties: Vec<PartyId>,
        class: Option<OfficeClass>,
        female: Option<bool>,
    ) -> Self {
        let noun = scene.tokens[subject.noun(scene)].lower.clone();
        Self { parties, class, female, noun, actor: words(scene, subject) }
    }

    pub fn is_nobody(&self) -> bool {
        self.parties.is_empty()
    }

    pub fn shares(&self, other: &Self) -> bool {
        self.parties.iter().any(|p| other.parties.contains(p))
    }

    pub fn is_person(&self) -> bool {
        matches!(self.class, Some(OfficeClass::Person | OfficeClass::Legislator | OfficeClass::Other))
    }

    /// Whether a pronoun can mean this speaker. Of somebody unknown neither sex nor number is known.
    fn fits(&self, pronoun: Pronoun) -> bool {
        match pronoun {
            _ if self.is_nobody() => true,
            Pronoun::He => self.is_person() && self.female != Some(true),
            Pronoun::She => self.is_person() && self.female != Some(false),
            Pronoun::It => {
                !matches!(self.class, Some(OfficeClass::Person | OfficeClass::Legislator | OfficeClass::Persons))
            }
            Pronoun::They => !self.is_person(),
        }
    }
}

/// The state of the article between two sentences.
pub struct Discourse<'a> {
    gazetteer: &'a Gazetteer,
    /// Who spoke last.
    speaker: Option<Speaker>,
    /// Who put out the last statement or letter.
    author: Option<Speaker>,
    /// The person whom the sentence at hand is about, where none speaks or acts in it.
    passed: Option<Speaker>,
    /// How many of `named` are of the sentence at hand.
    fresh: usize,
    /// Who was named, the latest last.
    named: Vec<Speaker>,
    /// Whom each party last spoke of.
    targets: FxHashMap<PartyId, (PartyId, usize)>,
    /// How often each party was named.
    counts: FxHashMap<PartyId, usize>,
    /// Whom a word last ended the name or the office of: "council" of "the Security Council".
    called: FxHashMap<CompactString, PartyId>,
    paragraph: usize,
    paragraph_of_speech: usize,
    /// Whose article it is.
    home: Option<PartyId>,
    /// Who may have spoken last, where an office of unknown parties did, and whether it was in the sentence at hand.
    guessed: Option<(Speaker, bool)>,
}

/// Where the words of a subject stand, in bytes.
fn words(scene: &Scene, subject: &Subject) -> Range<usize> {
    scene.tokens[subject.first].start..scene.tokens[subject.end - 1].end
}

/// "the spokesman" speaks for whoever spoke last, be it a minister or a ministry.
fn speaks_for_another(scene: &Scene, subject: &Subject) -> bool {
    is_name_word(&scene.tokens[subject.end - 1], NameWord::Voice)
}

/// "his counterpart", "its opposite number"
fn is_counterpart(scene: &Scene, subject: &Subject) -> bool {
    let words = &scene.tokens[subject.first..subject.end];
    words.iter().any(|t| t.is("counterpart") || t.is("counterparts") || t.is("opposite"))
}

/// The tokens right before a subject, the nearest first, as far as they may belong to it.
fn leading(scene: &Scene, subject: &Subject) -> impl Iterator<Item = usize> {
    (subject.first.saturating_sub(3)..subject.first).rev().take_while(|at| !scene.is_comma(*at))
}

/// "its spokesman", "a spokesman": not the one who has been speaking.
fn is_new(scene: &Scene, subject: &Subject) -> bool {
    let indefinite = |at: usize| scene.tokens[at].is("a") || scene.tokens[at].is("an");
    owner(scene, subject).is_some() || leading(scene, subject).any(indefinite)
}

/// Whom "its" means in "its foreign minister", "his" in "his spokesman".
fn owner(scene: &Scene, subject: &Subject) -> Option<Pronoun> {
    leading(scene, subject).find_map(|at| match scene.tokens[at].lower.as_str() {
        "its" => Some(Pronoun::It),
        "his" => Some(Pronoun::He),
        "her" => Some(Pronoun::She),
        _ => None,
    })
}

/// For how many sentences a party goes on about whom it named.
const RECENT: usize = 4;

/// How often a party is named at least that is one of those whom an article is about.
const MAIN: usize = 4;

/// One mention in how many is at least its own.
const SHARE: usize = 4;

/// How many of those named before a pronoun may mean.
const MEMORY: usize = 24;

impl<'a> Discourse<'a> {
    /// Of an article that is of the affairs of `home`.
    pub fn new(gazetteer: &'a Gazetteer, home: Option<PartyId>) -> Self {
        Self {
            gazetteer,
            home,
            guessed: None,
            speaker: None,
            author: None,
            passed: None,
            fresh: 0,
            named: Vec::new(),
            targets: FxHashMap::default(),
            counts: FxHashMap::default(),
            called: FxHashMap::default(),
            paragraph: 0,
            paragraph_of_speech: 0,
        }
    }

    pub fn enter(&mut self, paragraph: usize) {
        self.paragraph = paragraph;
        self.fresh = 0;
        self.passed = None;
        self.guessed = self.guessed.take().map(|(speaker, _)| (speaker, false));
    }

    /// Remembers whom the sentence named.
    pub fn leave(&mut self, scene: &Scene) {
        for mention in scene.mentions {
            *self.counts.entry(mention.party).or_default() += 1;
            if mention.end > mention.first + 1 && mention.can_act() {
                self.called.insert(scene.tokens[mention.end - 1].lower.clone(), mention.party);
            }
        }
    }

    pub fn spoke(&mut self, speaker: Speaker) {
        self.guessed = self.guessed.take().filter(|(_, here)| *here && speaker.is_nobody());
        self.remember(speaker.clone());
        self.speaker = Some(speaker);
        self.paragraph_of_speech = self.paragraph;
    }

    pub fn remember(&mut self, speaker: Speaker) {
        if self.named.len() >= MEMORY {
            self.named.remove(0);
        }
        self.named.push(speaker);
        self.fresh += 1;
    }

    /// Notes a party that is the subject of a clause that is no statement.
    pub fn pass(&mut self, speaker: &Speaker) {
        self.remember(speaker.clone());
        self.passed = self.passed.take().or_else(|| Some(speaker).filter(|s| s.is_person()).cloned());
    }

    /// The first person of this sentence who is the subject of such a clause.
    pub fn passed(&self) -> Option<Speaker> {
        self.passed.clone()
    }

    /// Notes whose paper the article tells of.
    pub fn put_out(&mut self, speaker: Speaker) {
        self.author = Some(speaker);
    }

    /// Who a subject is. `None` where nobody fits. A pronoun means `local`, the subject before it in the sentence, if it
    /// can; one that `trails` what is said means somebody of a sentence before.
    pub fn resolve(&self, subject: &Subject, scene: &Scene, local: Option<&Speaker>, trails: bool) -> Option<Speaker> {
        let here = |s: &Speaker| Speaker { actor: words(scene, subject), ..s.clone() };
        let of = |parties, class| Speaker::of_subject(scene, subject, parties, Some(class), None);
        let noun = &scene.tokens[subject.noun(scene)].lower;
        let state = (subject.first..subject.end).any(|at| is_name_word(&scene.tokens[at], NameWord::Ministry));
        // No organisation has a ministry, unless it was called so.
        let able = |s: &&Speaker| {
            !state || s.noun == *noun || s.parties.iter().all(|party| self.gazetteer.party(*party).ministers)
        };
        if let Who::Office(class) = subject.who
            && let Some(party) = scene.setting().or_else(|| scene.told_in(subject.end))
        {
            return Some(of(vec![party], class));
        }
        match &subject.who {
            Who::Nobody => Some(here(&Speaker::nobody())),
            Who::Party { party, class, female } => {
                Some(Speaker::of_subject(scene, subject, vec![*party], *class, *female))
            }
            Who::Several(parties) => Some(of(parties.clone(), OfficeClass::Persons)),
            Who::Pronoun(pronoun) => {
                let local = local.filter(|_| !trails);
                // "A spokesman for Peru said it would go": it is whom he speaks for.
                let stands_for = |s: &&Speaker| *pronoun == Pronoun::It && s.is_person() && !s.is_nobody();
                let spoke = local.filter(|s| s.fits(*pronoun) || stands_for(s));
                // "Peru called Ana Ruiz, and she agreed"
                let person = |m: &&Mention| {
                    let person = matches!(m.form, Form::Person | Form::Office(OfficeClass::Person));
                    person && m.end <= subject.first && !scene.inside[m.first]
                };
                if spoke.is_none()
                    && local.is_some()
                    && matches!(pronoun, Pronoun::He | Pronoun::She)
                    && let Some(beside) = scene.mentions.iter().rev().find(person)
                    && let person = Speaker::of(scene, beside, Some(OfficeClass::Person))
                    && person.fits(*pronoun)
                {
                    return Some(here(&person));
                }
                let spoke = spoke.or_else(|| self.speaker.as_ref().filter(|s| s.fits(*pronoun)));
                let passed = if trails { self.fresh } else { 0 };
                spoke.or_else(|| self.named.iter().rev().skip(passed).find(|s| s.fits(*pronoun))).map(here)
            }
            Who::Office(_) if speaks_for_another(scene, subject) => self
                .speaker
                .as_ref()
                .filter(able)
                // "Seoul would cut duties too, an official added": of the party that the sentence is about.
                .filter(|_| local.is_none_or(|l| l.is_nobody() || l.class.is_some() && !is_new(scene, subject)))
                .or(local)
                .or_else(|| self.named.iter().rev().find(able))
                .map(|s| Speaker { class: Some(OfficeClass::Person), noun: noun.clone(), ..here(s) })
                // A spokesman alone may be a firm's.
                .or_else(|| {
                    self.of_sentence(scene, subject, OfficeClass::Person, state)
                        .filter(|_| !noun.starts_with("spokes") || subject.end > subject.first + 1)
                }),
            Who::Office(class) => {
                let known = |s: &&Speaker| !s.is_nobody() && able(s);
                let same = |s: &&Speaker| s.class == Some(*class) && known(s);
                let person = |s: &&Speaker| {
                    matches!(class, OfficeClass::Person | OfficeClass::Persons) == s.is_person() && known(s)
                };
                let spoke = self.speaker.as_ref();
                // "Its leader"
                let owner = owner(scene, subject).and_then(|pronoun| {
                    let fits = |s: &&Speaker| s.fits(pronoun) && !s.is_nobody();
                    local.filter(fits).or_else(|| self.named.iter().rev().find(fits))
                });
                // "The ministry" is the one that was called a ministry before.
                let called = |s: &&Speaker| same(s) && s.noun == *noun;
                let named = || self.named.iter().rev().find(|s| called(s) && !s.is_person());
                // "His counterpart" is of the party that his own has been talking about.
                let other = |s: &Speaker| self.targets.get(s.parties.first()?).map(|(target, _)| *target);
                if is_counterpart(scene, subject)
                    && let Some(party) = owner.and_then(other)
                {
                    return Some(of(vec![party], *class));
                }
                // "The minister said the government would go": his own.
                let own = local.filter(|s| *class == OfficeClass::Body && s.is_person() && !s.is_nobody());
                // "The ministers", "the leaders" may be anybody's.
                if *class == OfficeClass::Persons
                    && scene.is(subject.end - 1, Class::SIDES.or(Class::MEN))
                    && owner.is_none()
                    && !(subject.first > 0 && scene.tokens[subject.first - 1].is(")"))
                    && !self.named.iter().any(|s| called(&s))
                {
                    return None;
                }
                if *class == OfficeClass::Body
                    && owner.or(own).is_none()
                    && !spoke.is_some_and(|s| called(&s))
                    && let Some(party) = self.called.get(noun)
                {
                    return Some(of(vec![*party], *class));
                }
                let found = owner.or(own).or_else(|| spoke.filter(called)).or_else(named);
                // "The government": of the state whose affairs the article tells.
                if found.is_none()
                    && state
                    && *class == OfficeClass::Body
                    && let Some(home) = self.home.filter(|home| self.gazetteer.party(*home).ministers)
                {
                    return Some(of(vec![home], *class));
                }
                let found = found.or_else(|| spoke.filter(same)).or_else(|| self.named.iter().rev().find(same));
                let found = found.or_else(|| spoke.filter(person)).or_else(|| self.named.iter().rev().find(person));
                let found = found.or(spoke.filter(known));
                found
                    .map(|s| Speaker { class: Some(*class), noun: noun.clone(), ..here(s) })
                    .or_else(|| self.of_sentence(scene, subject, *class, state))
                    .or_else(|| self.named.last().filter(known).map(here))
            }
            Who::Paper => self.author.as_ref().or(self.speaker.as_ref()).or(self.named.last()).map(here),
            Who::Both => {
                // "The two sides" are those whom the article is about; "the countries" may be any that were just named.
                let counted = (subject.first..subject.end).any(|at| scene.is(at, Class::COUNT));
                let main = |p: &&PartyId| counted && self.counts.get(*p).is_some_and(|n| *n >= MAIN);
                let named = || self.named.iter().rev().flat_map(|speaker| &speaker.parties);
                let mut often: Vec<_> = self.counts.iter().map(|(p, n)| (std::cmp::Reverse(*n), p)).collect();
                often.sort_unstable();
                let mut parties: Vec<PartyId> = Vec::new();
                for party in named().filter(main).chain(named()).chain(often.into_iter().map(|(_, p)| p)) {
                    if parties.len() < 2 && !parties.contains(party) {
                        parties.push(*party);
                    }
                }
                (parties.len() == 2).then(|| of(parties, OfficeClass::Persons))
            }
        }
    }

    /// "The central bank kept its rate. It said": where nobody else fits, an office may be that of the party whose article
    /// it is, and a pronoun means that office.
    pub fn guess(&mut self, subject: &Subject, scene: &Scene) -> Option<Speaker> {
        let speaker = match subject.who {
            Who::Office(class @ (OfficeClass::Person | OfficeClass::Persons | OfficeClass::Body)) => {
                Speaker::of_subject(scene, subject, vec![self.home?], Some(class), None)
            }
            Who::Pronoun(pronoun) => {
                let (speaker, _) = self.guessed.as_ref().filter(|(speaker, _)| speaker.fits(pronoun))?;
                Speaker { actor: words(scene, subject), ..speaker.clone() }
            }
            _ => return None,
        };
        self.guessed = Some((speaker.clone(), true));
        Some(speaker)
    }

    /// "French output rose, the finance ministry said": where nobody was named before, an office is of the first party
    /// that the sentence names.
    fn of_sentence(&self, scene: &Scene, subject: &Subject, class: OfficeClass, state: bool) -> Option<Speaker> {
        // "The embassy in Lima" is not Peru's.
        let place = |m: &Mention| m.first == subject.end + 1 && scene.is(subject.end, Class::PLACE);
        // "The government told Chile": not Chile's.
        let other = |m: &Mention| scene.is_object(m.first, m.end) || state && !self.gazetteer.party(m.party).ministers;
        let first = scene.mentions.iter().find(|m| !place(m) && !other(m)).filter(|m| m.form != Form::Private)?;
        Some(Speaker::of_subject(scene, subject, vec![first.party], Some(class), None))
    }

    /// Whom this party has been talking about, if that was not long before this sentence; or who was talking about it
    /// just now, in this sentence or the last, if that is newer: who was addressed answers.
    pub fn target_of(&self, party: PartyId, sentence: usize) -> Option<PartyId> {
        let since = |last: usize| sentence.saturating_sub(last);
        let own = self.targets.get(&party).map(|(target, last)| (*target, since(*last)));
        let others = self.targets.iter().filter(|(other, (target, _))| **other != party && *target == party);
        let asked =
            others.map(|(other, (_, last))| (*other, since(*last))).min_by_key(|(other, steps)| (*steps, *other));
        let answers = asked.filter(|(_, steps)| *steps <= 1 && own.is_none_or(|(_, own)| own > 1));
        answers.or(own.filter(|(_, steps)| *steps <= RECENT)).map(|(target, _)| target)
    }

    /// The party that the article names most often, apart from this one.
    pub fn main_other(&self, party: PartyId) -> Option<PartyId> {
        let all: usize = self.counts.values().sum();
        let others = self.counts.iter().filter(|(other, n)| **other != party && **n >= MAIN && **n * SHARE >= all);
        others.max_by_key(|(other, n)| (**n, std::cmp::Reverse(**other))).map(|(other, _)| *other)
    }

    /// Notes whom a party names in this sentence.
    pub fn aimed(&mut self, party: PartyId, target: PartyId, sentence: usize) {
        self.targets.insert(party, (target, sentence));
    }

    /// A sentence of a running quotation, as its speaker's.
    pub fn attribution(
        &self,
        number: usize,
        speaker: &Speaker,
        kind: Kind,
        sentence: &Sentence,
        mentions: &[Mention],
    ) -> Vec<Attribution> {
        let rows = speaker.parties.iter().map(|&party| {
            let named = mentions.iter().find(|m| m.party != party && m.form != Form::Private).map(|m| m.party);
            let target = named.or_else(|| self.target_of(party, number));
            let actor = if speaker.actor.is_empty() { sentence.span.clone() } else { speaker.actor.clone() };
            let (aim, domestic) = (Aim::OfSpeaker, target == Some(party));
            Attribution { sentence: number, actor, party, target, aim, kind, domestic, grounds: None }
        });
        rows.collect()
    }

    /// A quoted sentence without an attribution: it belongs to whoever spoke last, if that was not long ago.
    pub fn running(&self, number: usize, sentence: &Sentence, mentions: &[Mention]) -> Vec<Attribution> {
        match &self.speaker {
            Some(speaker) if self.paragraph <= self.paragraph_of_speech + 2 => {
                self.attribution(number, speaker, Kind::Direct, sentence, mentions)
            }
            _ => Vec::new(),
        }
    }
}
