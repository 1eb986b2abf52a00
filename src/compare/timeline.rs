//! Stance over time.

use super::changes::{Change, changes};
use super::groups::{Group, compare, entity, subject};
use super::{By, Plan, Subject};
use crate::document::Period;
use crate::store::Observations;

/// The stance of a party or pair in each period, and when it changed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Series {
    pub subject: Subject,
    pub periods: Vec<Group>,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Timeline {
    pub series: Vec<Series>,
    /// Parties or pairs left out because others have more statements.
    pub left_out: usize,
    /// Statements left out because their article has no date.
    pub undated: usize,
}

/// A series for each party or pair of the plan.
pub fn timeline(observations: &Observations, period: Period, plan: &Plan) -> Timeline {
    let plan = Plan { by: Some(By::Time(period)), ..plan.clone() };
    let comparison = compare(observations, &plan);
    let whole = Plan { by: None, ..plan.clone() };
    let (entities, left_out) = super::groups::entities(observations, &whole);
    let series = entities.into_iter().map(|who| {
        let subject = subject(observations, &whole, who, "");
        let mut last = None;
        let rows: Vec<_> = observations
            .rows
            .iter()
            .filter(|o| entity(o, plan.unit) == Some(who) && last.replace(o.statement) != Some(o.statement))
            .collect();
        let is_part = |g: &&Group| g.subject.party == subject.party && g.subject.toward == subject.toward;
        let periods = comparison.groups.iter().filter(is_part).filter(|g| g.statements > 0).cloned().collect();
        Series { periods, changes: changes(&rows, &subject, plan.seed), subject }
    });
    Timeline { series: series.collect(), left_out, undated: comparison.undated }
}
