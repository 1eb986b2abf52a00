//! Step four: who says or does it, for which party, towards whom. Reads sentences and their mentions, and gives
//! [`Attribution`]s: one for each sentence and party that speaks or acts in it.

mod clause;
mod cues;
mod discourse;
mod events;
mod grounds;
mod papers;
mod quotes;
mod rows;
mod subjects;
mod targets;

use std::ops::Range;

use rustc_hash::FxHashSet;

pub use clause::Scene;
pub use cues::{Cues, Frame};
pub use grounds::{Basis, Grounds};
pub use quotes::{Quote, inside};
pub use targets::Aim;

use crate::actors::{Form, Gazetteer, Mention, Names, PartyId, People, mentions};
use crate::document::{Document, Header};
use crate::sentences::{Class, Sentence, sentences, tokenize};
use discourse::Discourse;

/// How a statement stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In quotation marks.
    Direct,
    /// In the reporter's words: "said that …".
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// An act.
    Action,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Action => "action",
        }
    }
}

/// A party that speaks or acts in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Number of the sentence within the document.
    pub sentence: usize,
    /// The words that stand for the actor, in bytes of the text. In a running quote they stand in another sentence.
    pub actor: Range<usize>,
    pub party: PartyId,
    pub target: Option<PartyId>,
    pub aim: Aim,
    pub kind: Kind,
    /// Whether the actor speaks against or about its own side.
    pub domestic: bool,
    /// None for a sentence of a running quote, which is its speaker's whatever it says.
    pub grounds: Option<Grounds>,
}

impl Attribution {
    /// Whether the rules take it for a statement.
    pub fn is_by_rule(&self) -> bool {
        self.grounds.as_ref().is_none_or(|grounds| grounds.basis == Basis::Rule)
    }
}

/// A document with all that the model needs to know of it.
#[derive(Debug)]
pub struct Analysis {
    pub sentences: Vec<Sentence>,
    /// The mentions of each sentence.
    pub mentions: Vec<Vec<Mention>>,
    /// What may be statements, in the order of the text; one for each party of a sentence at most.
    pub attributions: Vec<Attribution>,
    /// The quotations of each sentence.
    pub quotes: Vec<Quote>,
}

impl Analysis {
    /// Whether it is long enough to tell a story, and no sentence or two.
    pub fn is_article(&self) -> bool {
        self.sentences.len() >= ARTICLE
    }
}

/// How many sentences a text has at least that introduces its persons.
const ARTICLE: usize = 4;

/// How many of the parties first named tell whose article it is, where its first sentence names none.
const OPENING: usize = 100;

/// Finds what may be a statement in a document.
pub fn analyse(document: &Document, gazetteer: &Gazetteer) -> Analysis {
    let text = &document.text;
    let sentences = sentences(text, Header::of(text).end);
    let mut people = if sentences.len() < ARTICLE { People::default() } else { People::of_article() };
    let names: Vec<_> = sentences.iter().map(|s| gazetteer.names(text, &s.tokens, document.date)).collect();
    // Twice, because an article may name a person before it says who that is.
    let mut home = None;
    let mut named: Vec<PartyId> = Vec::new();
    for (number, (sentence, names)) in sentences.iter().zip(&names).enumerate() {
        let found = mentions(gazetteer, names, &sentence.tokens, document.date, &mut people, home);
        if number == 0 {
            home = found.first().map(|m| m.party);
        }
        if home.is_none() {
            named.extend(found.iter().map(|m| m.party).take(OPENING.saturating_sub(named.len())));
        }
    }
    let often = |party: &&PartyId| named.iter().filter(|other| other == party).count();
    let home = home.or_else(|| named.iter().rev().max_by_key(often).copied());
    if let Some(title) = &document.title {
        let tokens = tokenize(title, 0..title.len());
        let names = gazetteer.names(title, &tokens, document.date);
        mentions(gazetteer, &names, &tokens, document.date, &mut people, None);
    }
    let mut last = home;
    let mut found = Vec::with_capacity(sentences.len());
    for (sentence, names) in sentences.iter().zip(&names) {
        let mentions = mentions(gazetteer, names, &sentence.tokens, document.date, &mut people, last);
        let speaks = |m: &&Mention| matches!(m.form, Form::Person | Form::Office(_) | Form::Seat);
        last = mentions.iter().rev().find(speaks).map(|m| m.party).or(last);
        found.push(mentions);
    }
    let quotes = quotes::mark(&sentences);
    let attributions = attribute(&sentences, &names, &found, &quotes, gazetteer, home);
    Analysis { sentences, mentions: found, attributions, quotes }
}

fn attribute(
    sentences: &[Sentence],
    names: &[Names],
    found: &[Vec<Mention>],
    quoted: &[Quote],
    gazetteer: &Gazetteer,
    home: Option<PartyId>,
) -> Vec<Attribution> {
    if found.iter().all(Vec::is_empty) {
        // Nobody is named who could speak or act.
        return Vec::new();
    }
    let cues = Cues::shipped();
    let mut discourse = Discourse::new(gazetteer, home);
    let mut attributions: Vec<Attribution> = Vec::new();
    let mut doubtful: Vec<Attribution> = Vec::new();
    let mut pending: Vec<usize> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let mentions = &found[number];
        let quote = &quoted[number];
        let scene = clause::Scene { tokens: &sentence.tokens, mentions, inside: &quote.inside, cues };
        discourse.enter(sentence.paragraph);
        let found_here = events::find(&scene, &names[number], &mut discourse);
        let events = &found_here.events;
        let runs_on = quote.ends_open;
        if let Some(speaker) = events::speaker(&scene, events) {
            // The attribution of a quotation counts for all of its sentences.
            for earlier in pending.drain(..) {
                let kind = Kind::Direct;
                attributions.extend(discourse.attribution(
                    earlier,
                    &speaker,
                    kind,
                    &sentences[earlier],
                    &found[earlier],
                ));
            }
            if !speaker.is_nobody() && sentence.tokens.iter().any(|t| t.is_a(Class::PAPER)) {
                discourse.put_out(speaker.clone());
            }
            discourse.spoke(speaker);
        } else if let Some(person) =
            events::center(events).or_else(|| discourse.passed()).or_else(|| events::introduced(&scene, events))
        {
            discourse.spoke(person);
        }
        let chosen = rows::rows(&scene, events);
        for row in rows::doubtful(&scene, &found_here, &chosen) {
            doubtful.push(targets::aim(&scene, &row, number, quote.kind(row.speech), &discourse).0);
        }
        for row in &chosen {
            let (attribution, named) = targets::aim(&scene, row, number, quote.kind(row.speech), &discourse);
            if let Some(target) = named {
                discourse.aimed(row.party, target, number);
            }
            if !attributions.iter().any(|a| a.sentence == number && a.party == attribution.party) {
                attributions.push(attribution);
            }
        }
        if chosen.is_empty() && quote.mostly {
            if runs_on || !pending.is_empty() && quote.starts_open {
                pending.push(number);
            } else if !events::has_speech(events) {
                attributions.extend(discourse.running(number, sentence, mentions));
            }
        }
        if !runs_on {
            // The quotation ended without an attribution of its own: whoever spoke last goes on.
            for earlier in pending.drain(..) {
                attributions.extend(discourse.running(earlier, &sentences[earlier], &found[earlier]));
            }
        }
        discourse.leave(&scene);
    }
    for earlier in pending {
        attributions.extend(discourse.running(earlier, &sentences[earlier], &found[earlier]));
    }
    let taken: FxHashSet<_> = attributions.iter().map(|a| (a.sentence, a.party)).collect();
    attributions.extend(doubtful.into_iter().filter(|a| !taken.contains(&(a.sentence, a.party))));
    attributions.sort_by_key(|a| (a.sentence, a.actor.start));
    attributions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who speaks or acts in a text, towards whom: "PER>CHL".
    fn rows(text: &str) -> Vec<String> {
        let gazetteer = Gazetteer::shipped();
        let mut document = Document::new(text);
        document.date = "2007-04-23".parse().ok();
        let code = |party: PartyId| gazetteer.party(party).code.clone();
        let analysis = analyse(&document, gazetteer);
        let row = |a: &Attribution| format!("{}>{}", code(a.party), a.target.map_or("-".into(), code));
        analysis.attributions.iter().filter(|a| a.is_by_rule()).map(row).collect()
    }

    #[test]
    fn who_is_only_named_is_left_in_doubt_once() {
        let document = Document::new(
            "Peru said it would leave. The plan was left in a drawer in Chile, far from Chile's ministers.",
        );
        let analysis = analyse(&document, Gazetteer::shipped());
        let doubtful: Vec<_> = analysis.attributions.iter().filter(|a| !a.is_by_rule()).collect();
        let code = |a: &&Attribution| Gazetteer::shipped().party(a.party).code.clone();
        assert_eq!(doubtful.iter().map(code).collect::<Vec<_>>(), ["CHL"]);
        assert_eq!((doubtful[0].sentence, doubtful[0].grounds.as_ref().map(|g| g.basis)), (1, Some(Basis::Mention)));
    }

    #[test]
    fn a_clause_that_is_passed_over_keeps_its_reason() {
        let analysis = analyse(&Document::new("Peru is a country of deserts."), Gazetteer::shipped());
        let [only] = &analysis.attributions[..] else { panic!("{:?}", analysis.attributions) };
        let grounds = only.grounds.as_ref().expect("an event");
        assert_eq!(grounds.basis, Basis::Event);
        assert!(grounds.signs.contains(&"description"), "{grounds:?}");
    }

    #[test]
    fn speech_direct_indirect_and_behind_belongs_to_its_speaker() {
        assert_eq!(rows("Peru said it would leave Chile alone."), ["PER>CHL"]);
        assert_eq!(rows("\"Chile has broken its word,\" the Peruvian foreign minister said."), ["PER>CHL"]);
        assert_eq!(rows("Chile has broken its word, according to Peru."), ["PER>CHL"]);
    }

    #[test]
    fn acts_are_those_of_the_agent_in_either_voice() {
        assert_eq!(rows("Chile expelled two Peruvian diplomats."), ["CHL>PER"]);
        assert_eq!(rows("Two Peruvian diplomats were expelled by Chile."), ["CHL>PER"]);
        assert_eq!(rows("Peru's condemnation of Chile came at once."), ["PER>CHL"]);
    }

    #[test]
    fn what_a_party_only_is_or_suffers_is_no_act() {
        assert!(rows("Chileans were killed in the earthquake.").is_empty());
        assert!(rows("Chile is a country of deserts.").is_empty());
    }

    #[test]
    fn another_main_clause_is_not_part_of_what_was_said() {
        assert_eq!(rows("Peru protested, and Chile sent two ships."), ["PER>CHL", "CHL>PER"]);
        assert_eq!(rows("Peru said it would go, and Chile would stay away."), ["PER>CHL"]);
    }

    #[test]
    fn who_suffers_and_then_speaks_speaks() {
        assert_eq!(rows("Peru was told of the plan and said that it would resist Chile."), ["PER>CHL"]);
        assert_eq!(rows("Chile was quoted as saying that Peru had lied."), ["CHL>PER"]);
        assert!(rows("Peru was shaken by the quake and the floods.").is_empty());
    }

    #[test]
    fn an_adjective_may_stand_for_the_people_and_a_list_is_no_aside() {
        assert_eq!(rows("The Swiss proposed a truce to Chile."), ["CHE>CHL"]);
        assert!(rows("It is the Swiss long term rate.").is_empty());
        let text = "Peru and Chile signed the pact, and Bolivia, Ecuador and Uruguay announced their support.";
        assert_eq!(rows(text).len(), 5);
    }

    #[test]
    fn neither_a_bare_infinitive_nor_the_clause_behind_a_place_is_an_act() {
        assert_eq!(rows("Chile let the Peruvian envoy cross the border."), ["CHL>PER"]);
        assert!(rows("It is an agreement in Lima that ends the war.").is_empty());
        assert_eq!(rows("Peru and Bolivia oppose the tariff.").len(), 2);
    }

    #[test]
    fn all_of_a_list_say_what_they_say() {
        assert_eq!(rows("Peru, Bolivia and Ecuador said they regretted the vote.").len(), 3);
        assert_eq!(
            rows("The director general of the IAEA said that the text which Chile had promised was late.").len(),
            2
        );
        assert_eq!(rows("Peru's mission to the OAS rejected the claim.").len(), 1);
    }

    #[test]
    fn who_is_named_in_another_clause_is_meant_only_where_nobody_else_is() {
        let text = "Peru accused Chile of fraud. Peru recalled its envoy, and Brazil closed the port.";
        assert_eq!(rows(text), ["PER>CHL", "PER>CHL", "BRA>PER"]);
        assert_eq!(rows("Peru recalled its envoy, and Brazil closed the port."), ["PER>BRA", "BRA>PER"]);
    }

    #[test]
    fn a_preposition_governs_both_of_two_and_an_office_of_two_states_none() {
        assert!(rows("Showers in Peru and Bolivia maintained the crops.").is_empty());
        assert_eq!(rows("The presidents of Peru and Bolivia signed the pact.").len(), 2);
    }

    #[test]
    fn who_was_addressed_just_now_answers() {
        let text = "Peru thanked Bolivia. Rain fell all day. Chile accused Peru of fraud. Peru denied it.";
        assert_eq!(rows(text), ["PER>BOL", "CHL>PER", "PER>CHL"]);
    }

    #[test]
    fn no_comment_is_a_statement_and_an_office_that_one_state_has_is_known() {
        assert_eq!(rows("Peru had no comment."), ["PER>-"]);
        let text = "Peru closed the port. The state department called for calm.";
        assert_eq!(rows(text)[1].split('>').next(), Some("USA"));
    }

    #[test]
    fn what_is_only_reported_or_a_condition_is_no_act() {
        assert!(rows("Copper prices fell on reports that Chile was producing more.").is_empty());
        assert_eq!(rows("Peru said the duties would go once Chile honoured the pact."), ["PER>CHL"]);
        assert!(rows("Some believe Chile is buying copper.").is_empty());
    }

    #[test]
    fn officials_of_industry_partners_and_the_press_speak_for_no_party() {
        for text in [
            "Chile closed its ports. Union officials said exports would stop.",
            "Chile closed its ports. Copper industry leaders said exports would stop.",
            "Chile closed its ports. Chilean trading partners said exports would stop.",
            "Chile closed its ports. Chilean press reports have put the loss at ten million.",
            "Chile closed its ports. The chairman of Ferrum said exports would stop.",
        ] {
            assert_eq!(rows(text), ["CHL>-"], "{text}");
        }
    }

    #[test]
    fn who_is_expected_to_act_is_not_who_speaks() {
        let text = "The Peruvian official said the loan was welcome. Chile is expected to get one too. \
                    \"We are pleased with it,\" the official said.";
        assert_eq!(rows(text).last().map(|r| r[..3].to_owned()), Some("PER".to_owned()));
    }

    #[test]
    fn a_paper_speaks_for_whoever_put_it_out() {
        for text in [
            "A Peruvian statement said Chile had broken the truce.",
            "The Peruvian foreign ministry statement said Chile had broken the truce.",
            "Chile had broken the truce, a Peruvian government statement said.",
            "A statement by the Peruvian foreign ministry said Chile had broken the truce.",
            "A statement issued in Lima on Monday by the foreign ministry said Chile had broken the truce.",
            "A government communique issued in Lima said Chile had broken the truce.",
            "The Peruvian army's statement, read on television, said Chile had broken the truce.",
        ] {
            assert_eq!(rows(text), ["PER>CHL"], "{text}");
        }
        assert!(!rows("A Reuters report from Lima said Chile had won.").contains(&"PER>CHL".to_owned()));
    }

    #[test]
    fn what_it_said_behind_a_clause_is_not_said_by_whom_the_clause_is_about() {
        let text = "Peru today rejected charges that trawlers seized by Chile were spy ships. Santiago had held a number of \
                    boats in the past, it said. Chile has seized ten boats. All of them were fishing, the statement said.";
        assert_eq!(rows(text)[..2], ["PER>CHL", "PER>CHL"]);
        let text = "The Peruvian foreign ministry said in a statement that it would sue. Chile has seized ten boats. \
                    The boats were fishing, the statement said.";
        assert_eq!(rows(text).last().map(|r| r[..3].to_owned()), Some("PER".to_owned()));
    }

    #[test]
    fn a_ministry_is_the_one_that_was_called_a_ministry() {
        let text = "The Peruvian foreign ministry protested. The Chilean central bank spoke of a mistake. \
                    The ministry said it was no mistake.";
        assert_eq!(rows(text).last().map(|r| r[..3].to_owned()), Some("PER".to_owned()));
    }

    #[test]
    fn its_leader_is_that_of_the_body_named_last() {
        let text = "President Garcia spoke in Lima. Hamas freed a judge. Its leader, Joaquin Roca, \
                    welcomed the news.";
        assert_eq!(rows(text).last().map(|r| r[..5].to_owned()), Some("HAMAS".to_owned()));
    }

    #[test]
    fn a_verb_of_speech_behind_an_aside_has_its_subject_before() {
        assert_eq!(rows("Peru, asked by reporters, said Chile had broken the truce."), ["PER>CHL"]);
        assert_eq!(rows("Peru's negotiator, Ana Roca, urged Chile to free the crew."), ["PER>CHL"]);
    }

    #[test]
    fn the_agents_of_a_passive_act_upon_its_subject() {
        let text = "The Peruvian plan was welcomed by Chile but rejected by Bolivia.";
        assert!(rows(text).contains(&"CHL>PER".to_owned()), "{:?}", rows(text));
        assert!(rows(text).contains(&"BOL>PER".to_owned()), "{:?}", rows(text));
        assert_eq!(
            rows("Backed by Chile, Peru rejected the plan.").last().map(|r| r[..3].to_owned()),
            Some("PER".to_owned())
        );
    }

    #[test]
    fn who_is_summoned_does_nothing() {
        assert!(rows("Chile's ambassador was summoned to the foreign ministry on Monday.").is_empty());
    }

    #[test]
    fn what_a_party_does_meanwhile_is_its_own_act_and_no_target() {
        let text = "The Security Council voted 14 to nil, with China abstaining, to condemn Chile.";
        assert_eq!(rows(text), ["UN>CHL", "CHN>CHL"]);
    }

    #[test]
    fn subjects_are_joined_across_numbers_names_and_nor() {
        assert_eq!(rows("Peru and more than a dozen friendly governments expelled Chilean envoys.")[0], "PER>CHL");
        assert_eq!(rows("Neither Peru nor Bolivia would recognise Chile.").len(), 2);
        assert_eq!(rows("Peru and Bolivia are each expelling four Chilean envoys.").len(), 2);
        assert_eq!(rows("The aim is a listing in Lima, Quito and other places, brokers said.").len(), 0);
    }

    #[test]
    fn a_spokesman_for_a_party_speaks_for_it() {
        let text = "Peru closed the port. A spokesman for the African Union said it regretted the step.";
        assert_eq!(rows(text)[1][..2], *"AU");
    }

    #[test]
    fn people_speak_for_their_country_only_where_it_is_named() {
        assert_eq!(rows("Peru closed the port. Farmers said they would lose millions."), ["PER>-"]);
        assert_eq!(rows("Peruvian farmers rejected the Chilean offer."), ["PER>CHL"]);
    }

    #[test]
    fn a_dateline_does_nothing() {
        for text in [
            "LIMA, Peru, Feb. 22 - Chile rejected the offer of Bolivia.",
            "LIMA, Peru (AP) - Chile rejected the offer of Bolivia.",
            "LIMA, Peru - Chile rejected the offer of Bolivia.",
        ] {
            assert_eq!(rows(text), ["CHL>BOL"], "{text}");
        }
    }

    #[test]
    fn a_city_is_a_target_and_never_acts() {
        assert_eq!(rows("Iranian forces shelled Basra."), ["IRN>IRQ"]);
        assert_eq!(rows("Karachi police detained an Indian fisherman."), ["PAK>IND"]);
        assert!(rows("Karachi lay quiet after the storm.").is_empty());
    }

    #[test]
    fn by_how_much_is_no_agent() {
        assert_eq!(rows("The Turkish parliament extended by one year the mandate of the troops."), ["TUR>-"]);
        assert!(rows("The mandate, extended by one year, will end in May.").is_empty());
    }

    #[test]
    fn a_party_that_quotes_its_own_paper_speaks_itself() {
        assert_eq!(rows("The Mexican central bank sold dollars, according to its balance sheet."), ["MEX>-"]);
    }

    #[test]
    fn a_body_is_of_the_capital_it_stands_in_and_an_embassy_is_not() {
        assert_eq!(rows("The foreign ministry in Lima condemned Chile."), ["PER>CHL"]);
        assert!(!rows("The embassy in Lima condemned Chile.").contains(&"PER>CHL".to_owned()));
    }

    /// What may be a statement by an office whose state no rule can tell, with its actor's words.
    fn guessed(text: &str) -> Vec<String> {
        let gazetteer = Gazetteer::shipped();
        let analysis = analyse(&Document::new(text), gazetteer);
        let at_home = |a: &&Attribution| a.grounds.as_ref().is_some_and(|g| g.signs.contains(&"at home"));
        let row = |a: &Attribution| format!("{} {}", gazetteer.party(a.party).code, &text[a.actor.clone()]);
        analysis.attributions.iter().filter(at_home).map(row).collect()
    }

    #[test]
    fn an_office_of_nobody_named_may_be_of_the_state_whose_article_it_is() {
        let before = "LIMA, March 3 - Rain fell for a week. Growers wept. Dealers said prices would rise.";
        let text =
            format!("{before} A ministry official said it was late. He said no more. Traders said so too. He left.");
        assert_eq!(guessed(&text), ["PER ministry official", "PER He"]);
        let text = format!("{before} The harvest was poor, the National Bureau of Statistics said.");
        assert_eq!(guessed(&text), ["PER National Bureau of Statistics"]);
        assert!(guessed(&format!("{before} A company official said it was late.")).is_empty());
    }

    #[test]
    fn a_government_is_not_that_of_whom_it_tells_or_accuses_nor_of_an_organisation() {
        let before = "LIMA, March 3 - Rain fell. The harbour was shut.";
        assert_eq!(rows(&format!("{before} The government told Chile it was late.")), ["PER>CHL"]);
        assert_eq!(
            rows(&format!("{before} The UN deplored the delay. The foreign ministry said it was late."))[1][..3],
            *"PER"
        );
        let text = format!("{before} NATO sent a letter. A ministry spokesman said it was late.");
        assert_eq!(guessed(&text), ["PER ministry spokesman"]);
    }

    #[test]
    fn who_speaks_for_firms_unions_or_unnamed_states_speaks_for_no_party() {
        for text in [
            "Chile closed its ports. Spokesmen for shipping firms said exports would stop.",
            "Chile closed its ports. Seamen's leaders said exports would stop.",
            "Chile closed its ports. General Motors Canada said exports would stop.",
            "Chile closed its ports. Another diplomat said exports would stop.",
            "Chile closed its ports. A spokesman for the state-run oil company said exports would stop.",
        ] {
            assert_eq!(rows(text), ["CHL>-"], "{text}");
        }
    }

    #[test]
    fn a_private_person_before_an_aside_is_who_he_means() {
        let text = "Peru raised its tariffs. Stephen Lee, an economist at Brown and Son, said so. \
                    He said the tariffs were too high.";
        assert_eq!(rows(text), ["PER>-"]);
    }

    #[test]
    fn an_act_that_traders_only_confirm_behind_is_told_as_a_fact() {
        assert_eq!(rows("Chile has postponed its tender for wheat, exporters said."), ["CHL>-"]);
        assert!(rows("Exporters said Chile would postpone its tender.").is_empty());
    }

    #[test]
    fn what_a_country_only_tells_the_kind_of_is_not_the_country() {
        for text in [
            "Peru exports to Chile despite the dispute.",
            "Peruvian exports fell while Peru mining output rose.",
            "Peru exports to Chile fell by a tenth.",
            "Peru is currently the third biggest buyer of Chile.",
        ] {
            assert!(rows(text).iter().all(|row| !row.starts_with("PER")), "{text}: {:?}", rows(text));
        }
        assert_eq!(rows("Peru lends to Chile despite the dispute."), ["PER>CHL"]);
    }

    #[test]
    fn what_a_party_ought_to_do_is_said_by_others_and_not_done() {
        assert_eq!(rows("Chile should lift the ban, Peru said."), ["PER>CHL"]);
        assert_eq!(rows("Chile must lift the ban, Peruvian officials said."), ["PER>CHL"]);
        assert_eq!(rows("\"We must lift the ban,\" the Chilean president said."), ["CHL>-"]);
    }

    #[test]
    fn delegates_and_officials_of_an_industry_speak_for_nobody_wherever_they_stand() {
        assert_eq!(rows("Chile closed its ports. The meeting was useful, delegates said."), ["CHL>-"]);
        assert_eq!(rows("Chile closed its ports. The price would rise, industry officials said."), ["CHL>-"]);
        assert_eq!(rows("Chile closed its ports. Peruvian delegates said the meeting was useful."), ["CHL>-", "PER>-"]);
    }

    #[test]
    fn members_of_one_list_do_not_act_upon_each_other() {
        let text = "The text, put forward by Peru, Chile and Bolivia, names nobody.";
        assert_eq!(rows(text), ["PER>-", "CHL>-", "BOL>-"]);
        assert!(rows("Peru and Chile signed the treaty.").contains(&"PER>CHL".to_owned()));
    }

    #[test]
    fn where_somebody_speaks_is_not_whom_that_is_about() {
        assert_eq!(rows("The Peruvian president told reporters in Santiago that talks would go on."), ["PER>-"]);
        assert_eq!(rows("The Peruvian president arrived in Santiago."), ["PER>CHL"]);
        let text = "Peru rejected the plan of Bolivia. Peruvian officials signed the papers in Santiago.";
        assert_eq!(rows(text), ["PER>BOL", "PER>BOL"]);
    }

    #[test]
    fn what_a_party_is_called_is_that_party_once_the_article_has_named_it() {
        let text = "Norway left the talks with the European Union. The bloc rejected the Norwegian offer.";
        assert!(rows(text).contains(&"EU>NOR".to_owned()), "{:?}", rows(text));
        assert!(rows("Norway left the talks. The bloc rejected the Norwegian offer.").iter().all(|r| r != "EU>NOR"));
        let korea = "Pyongyang fired a missile. Norway said it would give up its trade with the North.";
        assert!(rows(korea).contains(&"NOR>PRK".to_owned()), "{:?}", rows(korea));
        let north = "Pyongyang fired a missile. Norway said its trade in the North Sea would go on.";
        assert!(rows(north).contains(&"NOR>-".to_owned()), "{:?}", rows(north));
    }

    #[test]
    fn who_reports_what_another_did_to_him_speaks_as_well() {
        assert_eq!(rows("Peru said Chile had rejected every offer."), ["PER>CHL", "CHL>PER"]);
        assert_eq!(rows("The Chileans voiced concern about Bolivia, Peru said."), ["CHL>BOL"]);
    }

    #[test]
    fn a_pronoun_behind_a_speaker_who_is_no_party_is_no_party() {
        for speaker in ["Mr Rosas, 46, who drives a lorry, said he", "Truckers, who wait in Lima, say they"] {
            assert_eq!(
                rows(&format!("Peru closed the port. {speaker} opposed the pact with Chile.")),
                ["PER>-"],
                "{speaker}"
            );
        }
    }

    #[test]
    fn his_and_its_are_of_who_was_named_before() {
        let ministers =
            "Peru's president spoke. Chile's president told Bolivia to wait, and his minister said it was time.";
        assert_eq!(rows(ministers)[1..], ["CHL>BOL"]);
        let spokesman = "Peru protested. The Chilean embassy had no comment, but its spokesman denied the charge.";
        assert!(rows(spokesman).iter().skip(1).all(|row| row.starts_with("CHL")), "{:?}", rows(spokesman));
        let counterpart = "Peru's foreign minister said Chile lied. His counterpart said that was nonsense.";
        assert_eq!(rows(counterpart), ["PER>CHL", "CHL>PER"]);
    }

    #[test]
    fn lists_speak_and_are_governed_as_one() {
        assert_eq!(rows("The talks ended, with Peru and Bolivia blaming Chile."), ["PER>CHL", "BOL>CHL"]);
        assert_eq!(rows("Peru and Bolivia each said no to Chile."), ["PER>CHL", "BOL>CHL"]);
        assert!(rows("The roads through Peru, Bolivia and Chile cost a fortune.").is_empty());
        let two = "Peru's president met Chile's president. The two agreed to meet again.";
        assert_eq!(rows(two)[1..], ["PER>CHL", "CHL>PER"]);
    }

    #[test]
    fn whom_a_verb_addresses_is_not_its_subject() {
        assert_eq!(rows("Bolivia, a friend of Peru, asked Chile for restraint and offered to help."), ["BOL>CHL"]);
        assert_eq!(rows("Bolivia told Lima that the boats were in its waters."), ["BOL>PER"]);
        assert_eq!(rows("Bolivia charged Peru with blackmail and vowed to sue."), ["BOL>PER"]);
    }

    #[test]
    fn who_is_introduced_behind_the_verb_speaks() {
        for office in ["Peru's foreign minister", "a spokeswoman for the Peruvian army", "who heads the Peruvian team"]
        {
            let text = format!("\"Chile has lied,\" said Ana Ruiz, {office}. Ruiz said Chile would pay.");
            assert_eq!(rows(&text), ["PER>CHL", "PER>CHL"], "{office}");
        }
        let quoted = "Peru's president, Ana Ruiz, was quoted by her office as saying that Chile had lied.";
        assert_eq!(rows(quoted), ["PER>CHL"]);
    }

    #[test]
    fn an_office_of_two_nouns_before_a_name_is_of_the_party_named_last() {
        let text = "Peru closed the port. Government spokesman Juan Roca said Chile had lied.";
        assert_eq!(rows(text), ["PER>-", "PER>CHL"]);
        let text = "Peru closed the port to Chile. A spokesman in Santiago said it was a pity.";
        assert_eq!(rows(text), ["PER>CHL", "CHL>PER"]);
        assert_eq!(rows("Peru closed the port. AEA vice president Ralph Roca said trade would fall."), ["PER>-"]);
    }

    #[test]
    fn what_only_tells_which_thing_is_meant_is_no_act() {
        assert!(rows("The quota set by Peru was too low for the traders.").is_empty());
        assert_eq!(rows("The quota, rejected by Peru, was too low for the traders."), ["PER>-"]);
        assert!(rows("Copper rose because of a Peruvian decision.").is_empty());
        assert_eq!(rows("Copper rose because of a Peruvian decision to expel Chile."), ["PER>CHL"]);
    }

    #[test]
    fn the_other_party_of_an_article_is_meant_where_none_is_named() {
        let text = "Peru accused Chile. Chile denied it. Chile sent ships. Chile closed the port. Bolivia is angry.";
        assert_eq!(rows(text).last().map(String::as_str), Some("BOL>CHL"));
        assert_eq!(rows("Peru accused Chile. Bolivia is angry.").last().map(String::as_str), Some("BOL>-"));
    }

    #[test]
    fn a_running_quotation_keeps_its_speaker_and_a_target_lasts_for_some_sentences() {
        let said = "\"We will not yield to Chile,\" Peruvian President Alan Garcia said.";
        assert_eq!(rows(&format!("{said} \"That is our position.\"")), ["PER>CHL", "PER>CHL"]);
        let later = "The weather was fine. ".repeat(6);
        let found = rows(&format!("{said} {later} Garcia said that trade had grown."));
        assert_eq!(found, ["PER>CHL", "PER>-"]);
    }

    /// What comes behind these three sentences about Peru.
    fn behind(text: &str) -> Vec<String> {
        let before = "Peru closed its ports on Monday. It rained all day. Nobody was seen in the streets.";
        rows(&format!("{before} {text}")).split_off(1)
    }

    #[test]
    fn all_four_of_a_list_act_and_so_do_names_that_are_written_as_verbs_are() {
        assert_eq!(rows("Peru, Chile, Brazil and Ecuador condemned the coup.").len(), 4);
        assert_eq!(rows("Peru test-fired a missile near Chile."), ["PER>CHL"]);
        assert_eq!(behind("Peter Blum, the Chilean envoy, said it was late."), ["CHL>-"]);
        assert_eq!(behind("Mohamed Blum, Chile's envoy, said it was late. Blum left."), ["CHL>-", "CHL>-"]);
        assert!(rows("About 40,000 people in Atlantic Canada have been out of work.").is_empty());
    }

    #[test]
    fn an_office_and_a_name_beside_it_are_one_speaker() {
        for text in [
            "The finance minister, Ana Ruiz, said it was late.",
            "The Prime Minister, Ana Ruiz, said it was late.",
            "The Prime Minister said it was late.",
            "Ana Ruiz, the interior minister, said it was late.",
            "Ana Ruiz, foreign minister of Peru, said it was late.",
            "Ana Ruiz, Peru's minister for the sea, said it was late.",
            "In Lima President Ruiz said it was late.",
        ] {
            assert_eq!(behind(text), ["PER>-"], "{text}");
        }
        assert!(behind("Ana Ruiz, the former interior minister, said it was late.").is_empty());
    }

    #[test]
    fn who_tells_the_press_in_a_place_is_of_that_place() {
        assert_eq!(behind("A deputy minister told reporters in Santiago that Peru was late."), ["CHL>PER"]);
        assert_eq!(behind("In Santiago a deputy minister said that Peru was late."), ["CHL>PER"]);
    }

    #[test]
    fn an_act_that_is_told_as_a_fact_is_the_doers_as_well() {
        assert_eq!(rows("Peru has closed the port, Chile said."), ["PER>CHL", "CHL>PER"]);
        assert_eq!(rows("Peru would close the port, Chile said."), ["CHL>PER"]);
    }

    #[test]
    fn both_are_whom_the_sentence_names_and_in_a_clause_of_time_do_nothing() {
        let both = ["PER>CHL", "CHL>PER"];
        assert_eq!(rows("Peru and Chile lost the vote, but both said they would go on.").len(), 2);
        assert_eq!(
            rows("Peru's foreign minister met his Chilean colleague, and they agreed to share the water."),
            both
        );
        let text = "Peru thanked Chile. Bolivia thanked Chile.";
        for none in [
            "It was never marked after the two countries went to war.",
            "Brazil hoped that the two countries would agree.",
            "Brazil said that both sides had spoken.",
        ] {
            let rows = rows(&format!("{text} {none}"));
            assert!(rows[2..].iter().all(|row| row.starts_with("BRA")), "{none} {rows:?}");
        }
        let text = "Peru thanked Chile. Chile thanked Peru.";
        for two in ["Officials on both sides said it was late.", "The two foreign ministers shook hands."] {
            assert_eq!(rows(&format!("{text} {two}")).len(), 4, "{two}");
        }
    }

    #[test]
    fn an_agent_may_stand_far_from_its_verb_and_is_no_subject_of_another() {
        assert_eq!(rows("The pact was signed in Geneva on Monday by Peru and Chile."), ["PER>CHL", "CHL>PER"]);
        assert!(rows("He hailed the recent tour of schools by Peru.").is_empty());
        assert_eq!(
            rows("Chile thanked Peru, Bolivia, Ecuador and Brazil for their help and said it was pleased.").len(),
            1
        );
    }

    #[test]
    fn who_was_the_first_to_do_it_or_among_those_that_did_has_done_it() {
        assert_eq!(rows("Peru was the first to sign the pact with Chile."), ["PER>CHL"]);
        assert_eq!(rows("Peru and Bolivia were among those which abstained.").len(), 2);
        assert!(rows("Peru is among the largest exporters of fish.").is_empty());
        let text = "The council adopted it, with Peru, Chile and four other members abstaining.";
        assert_eq!(rows(text).len(), 2);
    }

    #[test]
    fn bodies_are_those_that_were_called_so_and_no_organisation_has_ministers() {
        let text = "Chile asked the UN Security Council to meet. The council called for calm.";
        assert_eq!(rows(text)[1..], ["UN>CHL"]);
        for minister in ["Finance Minister Ana Ruiz", "Ana Ruiz, the finance minister,"] {
            let text = format!("NATO thanked Peru. It rained. It rained. {minister} said it was late.");
            assert_eq!(rows(&text)[1][..3], *"PER", "{text}");
        }
        assert_eq!(behind("Chile sent a letter. A spokesman for the government of Peru said it was late.")[1], "PER>-");
    }

    #[test]
    fn negation_and_what_stands_between_subject_and_verb_hide_no_act() {
        for verb in [
            "could not accept the Chilean terms",
            "no longer accepts the Chilean plan",
            "neither accepted nor rejected the Chilean plan",
            "has so far refused to sign the pact with Chile",
        ] {
            assert_eq!(rows(&format!("Peru {verb}.")), ["PER>CHL"], "{verb}");
        }
        assert_eq!(rows("Peru's foreign minister, Ana Ruiz, in a letter rejected the Chilean plan."), ["PER>CHL"]);
        assert_eq!(rows("Foreign Minister Ana Ruiz of Peru considers the Chilean plan unfair."), ["PER>CHL"]);
    }

    #[test]
    fn what_a_country_has_or_is_and_what_its_people_do_is_no_act() {
        assert!(rows("Peru owes 20 million dollars to banks in Chile.").is_empty());
        assert!(rows("Some 400 Peruvians marched through the streets of Santiago.").is_empty());
        assert_eq!(rows("The Peruvians walked out of the talks with Chile."), ["PER>CHL"]);
        assert_eq!(rows("Chile thanked Peru, which had sent two ships."), ["CHL>PER"]);
        assert_eq!(rows("Peru, which had sent two ships, thanked Chile."), ["PER>CHL"]);
    }
}
