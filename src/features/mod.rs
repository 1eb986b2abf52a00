//! Step five: what the model sees of a statement. Reads a sentence whose actor and target are marked, and emits named
//! features; at run time a name is only its hash.

mod act;
mod aimed;
mod circumstances;
mod emit;
mod entry;
mod evidence;
mod lexicon;
mod roles;
mod scope;
mod sentiment;
mod sequence;
mod vector_table;
mod vectors;

pub use aimed::possible_targets;
pub use circumstances::emit_found;
pub use emit::{Feature, Groups, Names, Valued, emit, stems};
pub use evidence::{Article, evidence};
pub use roles::Marked;
pub use sentiment::sentiment;
pub use sequence::{CODES, FRAMES, MARKS, MARKS_OF, Sequence, Step, words};
pub use vector_table::WIDTH;
pub use vectors::Vectors;

/// Loads the lexicon and the vectors.
pub fn prepare() {
    lexicon::Lexicon::shipped();
    vectors::Vectors::shipped();
}
