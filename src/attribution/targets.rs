//! Towards whom: the party that a statement is about, in its own clause.

use crate::actors::{Form, Mention, OfficeClass, PartyId};

use super::clause::Scene;
use super::discourse::Discourse;
use super::rows::Row;
use super::{Attribution, Grounds, Kind};

/// How a target was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// It is named in the clause.
    Named,
    /// It takes part in the act.
    Partner,
    /// It is named as a place.
    Place,
    /// It is the actor's own country.
    OwnSide,
    /// The party has been talking about it.
    Carried,
    /// It is named in another clause.
    Elsewhere,
    /// It is the other party that the article is about.
    Main,
    /// As for any sentence of a running quotation: named in it, or else whom the speaker has been talking about.
    OfSpeaker,
    /// It was not found.
    None,
}

impl Aim {
    pub fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Partner => "partner",
            Self::Place => "place",
            Self::OwnSide => "own side",
            Self::Carried => "carried",
            Self::Elsewhere => "elsewhere",
            Self::Main => "main",
            Self::OfSpeaker => "of the speaker",
            Self::None => "none",
        }
    }
}

/// Makes an attribution of a row by finding its target, and tells whom the row names itself.
pub fn aim(
    scene: &Scene,
    row: &Row,
    sentence: usize,
    kind: Kind,
    discourse: &Discourse,
) -> (Attribution, Option<PartyId>) {
    let companions = companions(scene, row);
    let nearest = scene
        .mentions
        .iter()
        .filter(|m| m.party != row.party && !companions.iter().any(|c| c.party == m.party))
        .filter(|m| scene.stands_beside(m).is_none())
        .min_by_key(|m| distance(scene, row, m));
    // Where somebody speaks or acts is not whom that is about, if it is known whom the party has been talking about.
    let place = nearest.filter(|m| scene.stands_as_place(m));
    let before_that = |m: &Mention| scene.token(m.end).is_some_and(|t| t.is("that"));
    let beside = place.is_some_and(|m| row.speech && (!row.scope.contains(&m.first) || before_that(m)));
    let named = nearest.filter(|_| place.is_none()).map(|m| m.party);
    let carried = discourse.target_of(row.party, sentence);
    let main = discourse.main_other(row.party);
    let place = place.filter(|_| carried.is_none() && !beside && !(row.speech && main.is_some())).map(|m| m.party);
    let own_side = own_side(scene, row);
    // Who is named in another clause is meant only where nobody else is.
    let other_clause = nearest.is_some_and(|m| m.first >= row.scope.end && row.scope.end > row.verb.end);
    let own = named.filter(|_| !other_clause);
    let candidates = [
        (own, Aim::Named),
        (row.partner, Aim::Partner),
        (place, Aim::Place),
        (own_side, Aim::OwnSide),
        (carried, Aim::Carried),
        (named, Aim::Elsewhere),
        (main, Aim::Main),
    ];
    let found = candidates.into_iter().find_map(|(party, aim)| Some((party?, aim)));
    let (target, aim) = found.map_or((None, Aim::None), |(party, aim)| (Some(party), aim));
    let attribution = Attribution {
        sentence,
        actor: row.actor.clone(),
        party: row.party,
        target,
        aim,
        kind,
        domestic: target == Some(row.party) || row.class == Some(OfficeClass::Legislator) && named.is_none(),
        grounds: Some(Grounds::of(scene, row)),
    };
    (attribution, named.or(row.partner))
}

/// How many parties a list has at least whose members are not likely to act upon each other.
const MANY: usize = 3;

/// The mentions of the list that the actor stands in: "put forward by France, Britain and Germany"; none of a short one.
fn companions<'a>(scene: &'a Scene, row: &Row) -> Vec<&'a Mention> {
    let own = |m: &&Mention| (m.first..m.end).contains(&row.subject.start) || row.subject.contains(&m.first);
    let holds = |list: &Vec<&Mention>| list.iter().any(own);
    let lists = scene.mentions.iter().map(|first| scene.coordinated(first));
    lists.filter(|list| list.len() >= MANY).find(holds).unwrap_or_default()
}

/// How unlikely a mention is the target. What stands in the scope of the verb is nearer than what stands before; a
/// place ("in Moscow") is meant only where nothing else is.
fn distance(scene: &Scene, row: &Row, mention: &Mention) -> usize {
    if row.subject.contains(&mention.first) {
        // "Russia's Iran policy": within the actor's own words.
        return 300;
    }
    let in_scope = row.scope.contains(&mention.first);
    let behind = mention.first >= row.verb.end;
    let steps = if row.scope.start >= row.verb.end {
        mention.first.abs_diff(row.verb.end)
    } else {
        mention.first.abs_diff(row.scope.start)
    };
    let place = scene.stands_as_place(mention);
    let mut distance = steps.min(60);
    if !in_scope {
        distance += 100;
    }
    if !behind && row.scope.start >= row.verb.end {
        distance += 60;
    }
    if place {
        distance += 80;
    }
    if matches!(mention.form, Form::Private | Form::Place) {
        distance += 60;
    }
    distance
}

/// The own country, where it is the only one named in what is said: "the senator said Washington had lied".
fn own_side(scene: &Scene, row: &Row) -> Option<PartyId> {
    let legislator = row.class == Some(OfficeClass::Legislator);
    let names_own = |m: &Mention| m.party == row.party && row.scope.contains(&m.first) && m.first != row.subject.start;
    (legislator && scene.mentions.iter().any(names_own)).then_some(row.party)
}
