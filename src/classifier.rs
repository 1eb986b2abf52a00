//! The whole way from a document to its statements and its report.

use std::borrow::Cow;
use std::ops::Range;

use crate::actors::{Gazetteer, PartyId};
use crate::attribution::{Analysis, Attribution, Kind, analyse};
use crate::document::Document;
use crate::features::{self, Article, Valued, emit, emit_found, evidence, possible_targets, sentiment, stems};
use crate::model::{GROUPS, Model, Placed, Probabilities, Stance, features_in_context};
use crate::report::Report;
use crate::statement::Reading;

/// Words of the text, with offsets in Unicode characters.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Words {
    pub text: String,
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What a party says or does in a sentence, and on which side that puts it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Statement {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// Where the sentence stands in the text, in Unicode characters.
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub actor: Words,
    /// Code of the party that speaks or acts.
    pub party: String,
    /// Code of the party it is aimed at.
    pub target: Option<String>,
    pub kind: Kind,
    pub stance: Stance,
    pub probabilities: Probabilities,
    /// How the sentence sounds, in [-1, 1].
    pub sentiment: f64,
    /// Whether the actor speaks against or about its own side.
    pub domestic: bool,
}

/// An article with its statements.
#[derive(Debug, Clone)]
pub struct Classified {
    pub document: Document,
    pub statements: Vec<Statement>,
    pub report: Report,
}

/// The label of a statement that was marked already.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Label {
    pub stance: Stance,
    pub probabilities: Probabilities,
    /// Whether the actor's words stand in the text.
    pub actor_found: bool,
}

/// A feature's name and what it adds to the score of each stance.
pub type Contribution = (String, [f64; 3]);

/// Finds and labels statements with a model.
#[derive(Debug, Clone)]
pub struct Classifier {
    model: Model,
    abstain: f64,
}

impl Classifier {
    /// Begins to load, on other threads, the knowledge that classifying will need. A program that has something else to
    /// read first starts sooner with it; without it, all is loaded when it is needed.
    pub fn prepare() {
        rayon::spawn(|| {
            Gazetteer::shipped();
        });
        rayon::spawn(features::prepare);
    }

    /// A classifier with this model.
    pub fn new(model: Model) -> Self {
        Self { model, abstain: 0.0 }
    }

    /// Leaves out statements whose likeliest stance is less probable than this, in [0, 1]. Default 0: none.
    pub fn abstain(mut self, below: f64) -> Self {
        self.abstain = below;
        self
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Finds and labels every statement of an article.
    pub fn classify(&self, document: Document) -> Classified {
        let mut analysis = analyse(&document, Gazetteer::shipped());
        let article = Article::of(&analysis);
        let (_, mut statements) = self.statements(&document.text, &mut analysis, &article);
        statements.retain(|s| self.is_sure(s));
        let report = Report::of(&statements);
        Classified { document, statements, report }
    }

    /// All statements of an article, and what the first look at each gave, both in the order of the attributions.
    fn statements(
        &self,
        text: &str,
        analysis: &mut Analysis,
        article: &Article,
    ) -> (Vec<Placed<PartyId>>, Vec<Statement>) {
        let looks = self.looks(analysis, article);
        let characters = Characters::new(text, analysis);
        let placed: Vec<_> = analysis.attributions.iter().zip(&looks).map(|(a, look)| look.placed(a)).collect();
        let judged = looks.iter().zip(self.model.in_context(&placed));
        let statements = analysis
            .attributions
            .iter()
            .zip(judged)
            .map(|(a, (look, p))| statement(text, analysis, a, &characters, p, look))
            .collect();
        (placed, statements)
    }

    fn is_sure(&self, statement: &Statement) -> bool {
        statement.probabilities.of(statement.stance) >= self.abstain
    }

    /// Keeps what is a statement, and gives what the words of each alone say. `article` is that of all that may be one.
    fn looks(&self, analysis: &mut Analysis, article: &Article) -> Vec<Look> {
        let possible = std::mem::take(&mut analysis.attributions);
        let mut found = Vec::with_capacity(possible.len());
        let mut looks = Vec::with_capacity(possible.len());
        let mut features: Vec<Valued> = Vec::with_capacity(512);
        for of_sentence in possible.chunk_by(|a, b| a.sentence == b.sentence) {
            let tokens = &analysis.sentences[of_sentence[0].sentence].tokens;
            let stems = stems(tokens);
            for a in of_sentence {
                let by_rule = a.is_by_rule();
                let detector = self.model.detector();
                let evidence = detector.and_then(|_| evidence(a, of_sentence, article, tokens, &stems));
                let detected = detector.zip(evidence.as_ref()).map(|(detector, found)| detector.finds(found, by_rule));
                if !detected.unwrap_or(by_rule) {
                    continue;
                }
                features.clear();
                let view = emit_found(a, analysis, article, &stems, self.model.groups(), &mut features);
                let sentiment = f64::from(sentiment(&view.found));
                let probabilities = self.model.probabilities(&features, &view.sequence);
                let chosen = self.model.targets().and_then(|targets| {
                    Some(targets.target(possible_targets(a, evidence.as_deref(), article, analysis, &stems)?))
                });
                let target = chosen.unwrap_or(a.target);
                looks.push(Look { probabilities, sentiment, target });
                found.push(a.clone());
            }
        }
        analysis.attributions = found;
        looks
    }

    /// The statements of an article, each with what pushed it to its stance: for each feature its name and what it adds
    /// to the score of each stance, in the order of [`Stance::ALL`]. What the rest of the article adds is named after
    /// [`GROUPS`].
    pub fn explain(&self, document: Document) -> Vec<(Statement, Vec<Contribution>)> {
        let mut analysis = analyse(&document, Gazetteer::shipped());
        let text = document.text.as_str();
        let article = Article::of(&analysis);
        let (placed, statements) = self.statements(text, &mut analysis, &article);
        let rows = features_in_context(&placed);
        let sure = statements.into_iter().enumerate().filter(|(_, statement)| self.is_sure(statement));
        let explained = sure.map(|(at, statement)| {
            let mut features: Vec<Valued> = Vec::new();
            let a = &analysis.attributions[at];
            let tokens = &analysis.sentences[a.sentence].tokens;
            let view = emit_found(a, &analysis, &article, &stems(tokens), self.model.groups(), &mut features);
            let own = self.model.contributions(&features);
            let phrases = self.model.phrases(&view.sequence).into_iter().map(|(steps, push)| {
                let words = steps.map(|steps| {
                    let token = |at: usize| &tokens[view.sequence.steps[at].token as usize];
                    tidy(&text[token(steps.start).start..token(steps.end - 1).end]).into_owned()
                });
                (words.map_or("clause".to_owned(), |words| format!("phrase: {words}")), push)
            });
            let pushes = self.model.context().map(|context| context.pushes(&rows[at]));
            let article = pushes.iter().flat_map(|pushes| GROUPS.iter().zip(pushes).skip(1));
            let article = article.map(|(group, sides)| (format!("article: {group}"), *sides));
            (statement, own.into_iter().chain(phrases).chain(article).collect())
        });
        explained.collect()
    }

    /// Labels a text for an actor whose words are given, or else for its first actor. The target is given by its words
    /// or its code. Where neither is given and no target is found, there may be none, or one that the text does not
    /// name: the label is the mean of both.
    pub fn label(&self, text: &str, actor: Option<&str>, target: Option<&str>) -> Label {
        let (mut reading, actor_found) = read(text, actor, target);
        let label = self.label_reading(&reading, actor_found);
        if actor.is_some() || reading.target_party.is_some() {
            return label;
        }
        reading.target_party = Some(UNKNOWN_TARGET);
        let probabilities = label.probabilities.mean(self.label_reading(&reading, actor_found).probabilities);
        Label { stance: probabilities.stance(), probabilities, actor_found }
    }

    pub(crate) fn label_reading(&self, reading: &Reading, actor_found: bool) -> Label {
        let mut features: Vec<Valued> = Vec::with_capacity(256);
        let view = emit(&reading.marked(), &stems(&reading.tokens), self.model.groups(), &mut features);
        let probabilities = self.model.probabilities(&features, &view.sequence);
        Label { stance: probabilities.stance(), probabilities, actor_found }
    }
}

/// What the words of a statement alone say of it.
struct Look {
    probabilities: Probabilities,
    sentiment: f64,
    /// Towards whom it is. The stances of the article are read as if the rules were right in that.
    target: Option<PartyId>,
}

impl Look {
    fn placed(&self, a: &Attribution) -> Placed<PartyId> {
        Placed { party: a.party, target: a.target, sentence: a.sentence, probabilities: self.probabilities }
    }
}

fn statement(
    text: &str,
    analysis: &Analysis,
    a: &Attribution,
    characters: &Characters,
    probabilities: Probabilities,
    look: &Look,
) -> Statement {
    let sentence = &analysis.sentences[a.sentence];
    let code = |party: PartyId| Gazetteer::shipped().party(party).code.clone();
    Statement {
        sentence: a.sentence,
        start: characters.at(text, sentence.span.start),
        end: characters.at(text, sentence.span.end),
        text: tidy(&text[sentence.span.clone()]).into_owned(),
        actor: Words {
            text: tidy(&text[a.actor.clone()]).into_owned(),
            start: characters.at(text, a.actor.start),
            end: characters.at(text, a.actor.end),
        },
        party: code(a.party),
        target: look.target.map(code),
        kind: a.kind,
        stance: probabilities.stance(),
        probabilities,
        sentiment: look.sentiment,
        domestic: a.domestic,
    }
}

/// Reads a statement whose actor and target are given in words, and whether the actor stands in the text.
fn read(text: &str, actor: Option<&str>, target: Option<&str>) -> (Reading, bool) {
    let mut reading = Reading::of_text(text);
    let found = actor.and_then(|words| place(text, words)).and_then(|span| reading.tokens_of(&span));
    let actor_found = found.is_some();
    match found {
        Some(tokens) => {
            let party = party_at(&reading, &tokens).unwrap_or(UNKNOWN_ACTOR);
            reading.mark(tokens.clone(), party);
            reading.actor = Some(tokens);
            reading.party = Some(party);
        }
        None => {
            let document = Document { text: text.to_owned(), ..Document::default() };
            if let Some(first) = analyse(&document, Gazetteer::shipped()).attributions.iter().find(|a| a.is_by_rule()) {
                reading.actor = reading.tokens_of(&first.actor);
                reading.party = Some(first.party);
                reading.target_party = first.target;
            } else if let Some((subject, _)) = reading.scene().first_subject(0..reading.tokens.len()) {
                reading.mark(subject.clone(), UNKNOWN_ACTOR);
                reading.actor = Some(subject);
                reading.party = Some(UNKNOWN_ACTOR);
            }
        }
    }
    if let Some(words) = target {
        let tokens = place(text, words).and_then(|span| reading.tokens_of(&span));
        let tokens = tokens.filter(|t| reading.actor.as_ref().is_none_or(|a| t.end <= a.start || a.end <= t.start));
        match tokens {
            Some(tokens) => {
                let party = party_at(&reading, &tokens).filter(|p| Some(*p) != reading.party).unwrap_or(UNKNOWN_TARGET);
                reading.mark(tokens.clone(), party);
                reading.target = Some(tokens);
                reading.target_party = Some(party);
            }
            None => reading.target_party = Gazetteer::shipped().by_code(words).or(Some(UNKNOWN_TARGET)),
        }
    }
    (reading, actor_found)
}

/// Parties that the gazetteer does not know, in a row where they are marked.
const UNKNOWN_ACTOR: PartyId = PartyId(u16::MAX);
const UNKNOWN_TARGET: PartyId = PartyId(u16::MAX - 1);

fn party_at(reading: &Reading, tokens: &Range<usize>) -> Option<PartyId> {
    reading.mentions.iter().find(|m| m.first < tokens.end && tokens.start < m.end).map(|m| m.party)
}

/// Where words stand in a text: as whole words if they can, however capitalised if they must.
fn place(text: &str, words: &str) -> Option<Range<usize>> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let whole = |at: usize, length: usize| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before && text[at + length..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    };
    let exact = text.match_indices(words).find(|(at, found)| whole(*at, found.len())).map(|(at, _)| at);
    let at = exact.or_else(|| {
        let (lower, words) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
        lower.match_indices(&words).find(|(at, found)| whole(*at, found.len())).map(|(at, _)| at)
    });
    at.or_else(|| text.find(words)).map(|at| at..at + words.len())
}

/// Without the line breaks of wrapped text.
fn tidy(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\u{a0}']) {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}

/// From bytes to Unicode characters.
struct Characters {
    /// Of each sentence: where it starts in bytes and in characters.
    starts: Vec<(usize, usize)>,
}

impl Characters {
    fn new(text: &str, analysis: &Analysis) -> Self {
        let mut starts = vec![(0, 0)];
        for sentence in &analysis.sentences {
            let (byte, count) = starts[starts.len() - 1];
            starts.push((sentence.span.start, count + text[byte..sentence.span.start].chars().count()));
        }
        Self { starts }
    }

    fn at(&self, text: &str, byte: usize) -> usize {
        let before = self.starts.partition_point(|(start, _)| *start <= byte) - 1;
        let (start, count) = self.starts[before];
        count + text[start..byte].chars().count()
    }
}
