//! Statements, letters and reports: papers that speak for whoever put them out.

use crate::actors::{Form, Mention, Names, OfficeClass};
use crate::sentences::Class;

use super::clause::Scene;
use super::cues::Frame;

/// Whose a paper is.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    Party(&'a Mention),
    /// "the ministry": of a party that is named elsewhere.
    Office(OfficeClass),
}

/// How many words may stand between an owner and the paper: "the Peruvian government's first official statement".
const BETWEEN: usize = 3;

/// How many phrases may hang on a paper: "a statement issued in Lima on Monday by the ministry".
const PHRASES: usize = 6;

/// Behind the words of an owner: where a paper of his ends that says something, "statement" in "the ministry's statement,
/// read on the radio, said".
pub fn behind(scene: &Scene, names: &Names, owner: usize) -> Option<usize> {
    let from = owner + usize::from(scene.token(owner).is_some_and(|t| t.is_possessive()));
    let plain = |at: &usize| scene.token(*at).is_some_and(|t| t.is_word()) && !scene.is(*at, Class::FUNCTION);
    let paper = (from..from + BETWEEN).take_while(plain).find(|at| scene.is(*at, Class::PAPER))?;
    put_out(scene, names, paper).map(|(end, _)| end)
}

/// Of a paper that says something: where its words end, and who put it out as far as they tell: "a statement issued in
/// Lima by the foreign ministry said".
pub fn put_out<'a>(scene: &'a Scene, names: &Names, paper: usize) -> Option<(usize, Option<Owner<'a>>)> {
    let mut at = paper + 1;
    let (mut owner, mut place) = (None, None);
    for _ in 0..PHRASES {
        if scene.is(at, Class::PREP) {
            let mention = scene.mention_from(at + 1);
            let office = (at + 1..at + 4).find(|i| !scene.is(*i, Class::DET)).and_then(|i| names.compound_at(i));
            // "A report from Lima" is a correspondent's.
            let sent = scene.tokens[at].is("from") && mention.is_none_or(|m| m.form != Form::Seat);
            let puts_out = sent || scene.tokens[at].is("by") || scene.tokens[at].is("of");
            match (mention, office) {
                (Some(m), _) if puts_out => owner = owner.or(Some(Owner::Party(m))),
                (Some(m), _) if m.form == Form::Seat && scene.is(at, Class::PLACE) => place = Some(Owner::Party(m)),
                (None, Some((_, class))) if puts_out && class != OfficeClass::Other => {
                    owner = owner.or(Some(Owner::Office(class)));
                }
                _ => {}
            }
            let time = scene.is(at + 1, Class::TIME).then_some(at + 2);
            match mention.map(|m| m.end).or(office.map(|(end, _)| end)).or(time) {
                Some(end) => at = end,
                None => break,
            }
        } else if scene.is(at, Class::ADV.or(Class::TIME)) || is_put_out(scene, at) {
            at += 1;
        } else {
            break;
        }
    }
    let verb = scene.verb_after(at).filter(|v| !v.passive && !v.relative && !v.modal)?;
    matches!(verb.frame, Some(Frame::Speech | Frame::Object)).then_some((at, owner.or(place)))
}

/// "issued in", "published by": a participle that tells where the paper comes from, and no verb of speech.
fn is_put_out(scene: &Scene, at: usize) -> bool {
    let goes_on = scene.is(at + 1, Class::PREP.or(Class::TIME).or(Class::ADV));
    let by = scene.token(at + 1).is_some_and(|t| t.is("by") || t.is("in") || t.is("on"));
    let speaks = scene.cues.at(scene.tokens, at, &[Frame::Speech, Frame::Object]).is_some();
    scene.is(at, Class::PART) && goes_on && (by || !speaks)
}
