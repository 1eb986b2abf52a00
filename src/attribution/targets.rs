//! Towards whom: the party that a statement is about, in its own clause.

use crate::actors::{Form, Mention, OfficeClass, PartyId};
use crate::sentences::Class;

use super::clause::Scene;
use super::discourse::Discourse;
use super::events::Row;
use super::{Attribution, Kind};

/// Finds the target of a row, and makes an attribution of it.
pub fn aim(scene: &Scene, row: &Row, sentence: usize, kind: Kind, discourse: &mut Discourse) -> Attribution {
    let named = scene
        .mentions
        .iter()
        .filter(|m| m.party != row.party)
        .min_by_key(|m| distance(scene, row, m))
        .filter(|m| distance(scene, row, m) < FAR)
        .map(|m| m.party);
    let own_side = own_side(scene, row);
    let target = named.or(row.partner).or(own_side).or_else(|| discourse.target_of(row.party, sentence));
    if let Some(target) = named.or(row.partner) {
        discourse.aimed(row.party, target, sentence);
    }
    Attribution {
        sentence,
        actor: row.actor.clone(),
        party: row.party,
        target,
        kind,
        domestic: target == Some(row.party) || row.class == Some(OfficeClass::Legislator) && named.is_none(),
    }
}

const FAR: usize = 1000;

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
    let place = mention.first > 0
        && scene.is(article(scene, mention.first).saturating_sub(1), Class::PLACE)
        && matches!(mention.form, Form::Name | Form::Seat);
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
    if mention.form == Form::Private {
        distance += 60;
    }
    distance
}

fn article(scene: &Scene, first: usize) -> usize {
    if first > 0 && scene.is(first - 1, Class::DET) { first - 1 } else { first }
}

/// The own country, where it is the only one named in what is said: "the senator said Washington had lied".
fn own_side(scene: &Scene, row: &Row) -> Option<PartyId> {
    let legislator = row.class == Some(OfficeClass::Legislator);
    let names_own = |m: &Mention| m.party == row.party && row.scope.contains(&m.first) && m.first != row.subject.start;
    (legislator && scene.mentions.iter().any(names_own)).then_some(row.party)
}
