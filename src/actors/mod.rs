//! Step three: who is named. Reads the tokens of a sentence and gives its [`Mention`]s: words that name a party, a
//! person who speaks for one, or an office of one. Who is who is knowledge in `data/`, compiled into one trie.

mod compile;
mod entry;
mod epithets;
mod gazetteer;
mod mentions;
mod name_words;
mod offices;
mod people;
mod search;

pub use entry::PartyId;
pub use gazetteer::{Gazetteer, Names};
pub use mentions::{Form, Mention, mentions, setting, told_in};
pub use name_words::{NameWord, is_name_word};
pub use offices::OfficeClass;
pub use people::People;
pub use search::Known;
