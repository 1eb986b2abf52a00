//! What is known, for a user who looks for it.

use rustc_hash::FxHashSet;

use super::entry::Alias;
use super::{Gazetteer, PartyId};
use crate::sentences::tokenize;

/// A party, with the persons that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Known {
    pub code: String,
    pub name: String,
    /// Persons of that name with their terms: "Henry Marsh, 2001-01 to 2005-03".
    pub persons: Vec<String>,
}

impl Gazetteer {
    /// Parties by code, name, part of a name, any alias, or the name of a person who speaks for them; all of them for no
    /// words. By name.
    pub fn search(&self, words: &str) -> Vec<Known> {
        let wanted = words.trim().to_lowercase();
        let mut found: FxHashSet<PartyId> = FxHashSet::default();
        let mut persons: Vec<(PartyId, String)> = Vec::new();
        for (number, party) in self.parties().iter().enumerate() {
            if party.code.to_lowercase() == wanted || party.name.to_lowercase().contains(&wanted) {
                found.insert(PartyId(number as u16));
            }
        }
        if !wanted.is_empty() {
            for hit in self.hits(words, &tokenize(words, 0..words.len()), None) {
                if !matches!(hit.alias, Alias::Person { .. }) {
                    found.insert(hit.party);
                }
            }
            for (name, terms) in self.persons().filter(|(name, _)| name.to_lowercase().contains(&wanted)) {
                for term in terms {
                    found.insert(term.party());
                    persons.push((term.party(), described(name, term.from(), term.to())));
                }
            }
        }
        let mut known: Vec<Known> = found
            .into_iter()
            .map(|id| {
                let party = self.party(id);
                let mut persons: Vec<String> =
                    persons.iter().filter(|(of, _)| *of == id).map(|(_, person)| person.clone()).collect();
                persons.dedup();
                Known { code: party.code.clone(), name: party.name.clone(), persons }
            })
            .collect();
        known.sort_by(|a, b| a.name.cmp(&b.name));
        known
    }
}

fn described(name: &str, from: u32, to: u32) -> String {
    let month = |m: u32| format!("{:04}-{:02}", m / 12, m % 12 + 1);
    // Terms that have not ended run past every date.
    let to = if to / 12 >= 2100 { "today".to_owned() } else { month(to) };
    format!("{name}, {} to {to}", month(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(words: &str) -> Vec<String> {
        Gazetteer::shipped().search(words).into_iter().map(|known| known.code).collect()
    }

    #[test]
    fn a_party_is_found_by_code_name_capital_and_person() {
        assert!(codes("nor").contains(&"NOR".into()));
        assert!(codes("Norway").contains(&"NOR".into()));
        assert!(codes("Oslo").contains(&"NOR".into()));
        let of_thatcher = Gazetteer::shipped().search("Margaret Thatcher");
        assert_eq!(of_thatcher[0].code, "GBR");
        assert!(of_thatcher[0].persons[0].starts_with("Margaret Thatcher, 1979-05"), "{of_thatcher:?}");
        assert!(codes("Qwertystan").is_empty());
    }
}
