//! Who stands how to whom.

use rustc_hash::FxHashMap;

use super::groups::{Group, compare};
use super::{Plan, Unit};
use crate::store::Observations;

/// Parties towards parties.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Matrix {
    /// Codes of the parties that speak or act: the rows.
    pub parties: Vec<String>,
    /// Codes of those that it is aimed at: the columns.
    pub towards: Vec<String>,
    /// The pairs that have statements, by rows.
    pub cells: Vec<Group>,
    /// Statements of these parties aimed at others than the columns, or at nobody.
    pub others: usize,
}

impl Matrix {
    pub fn cell(&self, party: &str, toward: &str) -> Option<&Group> {
        self.cells.iter().find(|c| c.subject.party == party && c.subject.toward.as_deref() == Some(toward))
    }
}

/// The parties of the plan, or those with most statements, towards the targets named, or those most aimed at.
pub fn matrix(observations: &Observations, towards: &[String], plan: &Plan) -> Matrix {
    let most = |numbers: &mut dyn Iterator<Item = u32>| -> Vec<String> {
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        numbers.for_each(|n| *counts.entry(n).or_default() += 1);
        let code = |n: u32| &observations.parties[n as usize];
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(n, count)| (std::cmp::Reverse(*count), code(*n)));
        counts.into_iter().take(plan.top).map(|(n, _)| code(n).clone()).collect()
    };
    let or = |named: &[String], most: Vec<String>| if named.is_empty() { most } else { named.to_vec() };
    let parties = or(&plan.parties, most(&mut observations.rows.iter().map(|o| o.party)));
    let towards = or(towards, most(&mut observations.rows.iter().filter_map(|o| o.target)));
    let place = |codes: &[String], n: u32| codes.iter().position(|c| *c == observations.parties[n as usize]);
    let ours: Vec<_> = observations.rows.iter().filter(|o| place(&parties, o.party).is_some()).copied().collect();
    let count = ours.len();
    let aimed: Vec<_> = ours.into_iter().filter(|o| o.target.is_some_and(|t| place(&towards, t).is_some())).collect();
    let others = count - aimed.len();
    let within = Observations { rows: aimed, ..observations.clone() };
    let plan = Plan { unit: Unit::Pair, by: None, top: usize::MAX, ..plan.clone() };
    let mut cells = compare(&within, &plan).groups;
    let order = |codes: &[String], code: Option<&String>| codes.iter().position(|c| Some(c) == code);
    cells.sort_by_key(|c| (order(&parties, Some(&c.subject.party)), order(&towards, c.subject.toward.as_ref())));
    Matrix { parties, towards, cells, others }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::observations;

    #[test]
    fn has_a_cell_for_each_pair_with_statements_and_counts_the_rest() {
        let all = observations(&[
            ("2001-02-03", 1, "PER", "CHL", "-"),
            ("2001-02-03", 1, "PER", "", "+"),
            ("2001-02-04", 2, "PER", "CHL", "-"),
            ("2001-02-04", 2, "CHL", "PER", "="),
        ]);
        let plan = Plan { unit: Unit::Pair, by: None, parties: Vec::new(), topics: Vec::new(), top: 2, seed: 1 };
        let matrix = matrix(&all, &[], &plan);
        assert_eq!(
            (matrix.parties.as_slice(), matrix.towards.as_slice()),
            (&["PER".into(), "CHL".into()][..], &["CHL".into(), "PER".into()][..])
        );
        assert_eq!(matrix.cell("PER", "CHL").map(|c| c.net_stance), Some(-1.0));
        assert_eq!(matrix.cell("CHL", "CHL"), None);
        assert_eq!(matrix.others, 1);
    }
}
