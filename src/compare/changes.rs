//! When a stance changed.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::difference::{Difference, difference};
use super::groups::{net, single};
use super::{Subject, rounded};
use crate::document::Date;
use crate::store::Observation;

/// A change is only looked for where this much lies on either side.
const LEAST_DAYS: usize = 3;
const LEAST_STATEMENTS: f64 = 8.0;
/// Orders of days that are tried to learn how large a deviation gets by chance.
const PERMUTATIONS: usize = 999;
const LEVEL: f64 = 0.05;
/// Days are joined where there are more, since the search takes their square.
const MOST_SPANS: usize = 400;
/// The articles that drove a change are looked for in so many days with statements after it.
const DAYS_AFTER: usize = 14;
const DRIVERS: usize = 5;

/// An article that drove a change.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Driver {
    /// Number of the article in the store (`articles.id`).
    pub article: i64,
    pub date: Date,
    pub statements: usize,
    pub net_stance: f64,
    /// What the article adds to the change: cooperative less opposed statements beyond those that the stance before would
    /// have given, positive in the direction of the change.
    pub share: f64,
    /// Its statements, by their number in the store.
    #[serde(skip)]
    pub evidence: Vec<i64>,
}

/// A change of stance.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Change {
    /// The first day of the new stance.
    pub date: Date,
    /// The last day of the old one that has statements.
    pub last_before: Date,
    pub before: f64,
    pub after: f64,
    /// The net stance after it, up to the next change, less that before it; its interval does not count that the day was
    /// searched for.
    pub difference: f64,
    pub ci95: [f64; 2],
    /// Whether `p` is below 0.05. Where no change is, the likeliest one is given all the same, not significant.
    pub significant: bool,
    /// Share of random orders of the days that give as large a deviation.
    pub p: f64,
    pub articles: Vec<Driver>,
}

/// All statements of a day.
struct Day<'a> {
    date: Date,
    rows: Vec<&'a Observation>,
    statements: f64,
    net: f64,
}

/// Change points of net stance by circular binary segmentation (Olshen et al. 2004, "Circular binary segmentation for the
/// analysis of array-based DNA copy number data", Biostatistics 5): the span of days whose cumulative deviation from the mean is
/// largest for its size, at either end or in the midst, so that a crisis which passes is found as well as a lasting turn.
/// It is kept where random orders of the days rarely give as large a one, and each part is searched again, at half the level.
/// Days keep their statements together in the random orders, so that what one day's articles share is not taken for a
/// change. Many days are first joined into spans of equal number, at most 400.
pub fn changes(observations: &[&Observation], subject: &Subject, seed: u64) -> Vec<Change> {
    let days = joined(days(observations));
    let mut found = Vec::new();
    split(&days, 0, LEVEL, &mut Xoshiro256PlusPlus::seed_from_u64(seed), &mut found);
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    found.dedup_by_key(|(at, _)| *at);
    let ends = found.iter().skip(1).map(|(at, _)| *at).chain([days.len()]);
    let starts = [0].into_iter().chain(found.iter().map(|(at, _)| *at));
    let parts = starts.zip(ends).zip(&found);
    parts.filter_map(|((start, end), (at, p))| change(&days[start..*at], &days[*at..end], subject, *p, seed)).collect()
}

fn days<'a>(observations: &[&'a Observation]) -> Vec<Day<'a>> {
    let mut dated: Vec<_> = observations.iter().filter_map(|o| Some((o.date?, *o))).collect();
    dated.sort_by_key(|(date, o)| (*date, o.article, o.statement));
    let mut days: Vec<Day> = Vec::new();
    for (date, row) in dated {
        if days.last().is_none_or(|day| day.date != date) {
            days.push(Day { date, rows: Vec::new(), statements: 0.0, net: 0.0 });
        }
        if let Some(day) = days.last_mut() {
            day.rows.push(row);
            day.statements += 1.0;
            day.net += net(row.stance);
        }
    }
    days
}

fn joined(days: Vec<Day>) -> Vec<Day> {
    let step = days.len().div_ceil(MOST_SPANS).max(1);
    let mut joined: Vec<Day> = Vec::new();
    for (n, day) in days.into_iter().enumerate() {
        match joined.last_mut() {
            Some(span) if n % step > 0 => {
                span.rows.extend(day.rows);
                span.statements += day.statements;
                span.net += day.net;
            }
            _ => joined.push(day),
        }
    }
    joined
}

/// A part of the days that differs from the rest: first day, one past the last, and how much for its size.
type Arc = (usize, usize, f64);

fn split(days: &[Day], offset: usize, level: f64, random: &mut Xoshiro256PlusPlus, found: &mut Vec<(usize, f64)>) {
    let sums: Vec<(f64, f64)> = days.iter().map(|day| (day.statements, day.net)).collect();
    let Some((start, end, largest)) = largest(&sums) else {
        return;
    };
    let orders: Vec<Vec<(f64, f64)>> = (0..PERMUTATIONS)
        .map(|_| {
            let mut order = sums.clone();
            order.shuffle(random);
            order
        })
        .collect();
    let reaches = |order: &Vec<(f64, f64)>| self::largest(order).is_some_and(|(.., sum)| sum >= largest);
    let as_large = orders.par_iter().filter(|order| reaches(order)).count();
    let p = (as_large + 1) as f64 / (PERMUTATIONS + 1) as f64;
    if p < level || offset == 0 && found.is_empty() && level == LEVEL {
        found.extend([start, end].into_iter().filter(|at| *at > 0 && *at < days.len()).map(|at| (offset + at, p)));
        for part in [0..start, start..end, end..days.len()].into_iter().filter(|_| p < level) {
            split(&days[part.clone()], offset + part.start, level / 2.0, random, found);
        }
    }
}

/// The part of the days whose deviation from the mean is largest for its size.
fn largest(days: &[(f64, f64)]) -> Option<Arc> {
    let statements: f64 = days.iter().map(|(n, _)| n).sum();
    let mean = days.iter().map(|(_, net)| net).sum::<f64>() / statements;
    // Up to each day: statements, and what their net count deviates from the mean.
    let mut sums = vec![(0.0, 0.0)];
    for (count, net) in days {
        let (n, deviation) = sums[sums.len() - 1];
        sums.push((n + count, deviation + net - mean * count));
    }
    let room = |n: usize| n == 0 || n >= LEAST_DAYS;
    let mut best: Option<Arc> = None;
    for start in (0..days.len()).filter(|start| room(*start)) {
        for end in (start + LEAST_DAYS..=days.len()).filter(|end| room(days.len() - end)) {
            let within = sums[end].0 - sums[start].0;
            let without = statements - within;
            if within < LEAST_STATEMENTS || without < LEAST_STATEMENTS {
                continue;
            }
            let deviation = sums[end].1 - sums[start].1;
            let sum = deviation * deviation / (within * without / statements);
            if best.is_none_or(|(.., b)| sum > b) {
                best = Some((start, end, sum));
            }
        }
    }
    best
}

fn change(before: &[Day], after: &[Day], subject: &Subject, p: f64, seed: u64) -> Option<Change> {
    let group = |days: &[Day]| {
        let rows: Vec<&Observation> = days.iter().flat_map(|day| day.rows.iter().copied()).collect();
        single(&rows, subject.clone(), seed)
    };
    let (old, new) = (group(before), group(after));
    let Difference { difference, ci95, .. } = difference((&new.0, &new.1), (&old.0, &old.1))?;
    Some(Change {
        date: after.first()?.date,
        last_before: before.last()?.date,
        before: old.0.net_stance,
        after: new.0.net_stance,
        difference,
        ci95,
        significant: p < LEVEL,
        p,
        articles: drivers(after, old.0.net_stance, difference.signum()),
    })
}

fn drivers(after: &[Day], old: f64, direction: f64) -> Vec<Driver> {
    let mut drivers = Vec::new();
    for day in after.iter().take(DAYS_AFTER) {
        for rows in day.rows.chunk_by(|a, b| a.article == b.article) {
            let statements = rows.len();
            let sum: f64 = rows.iter().map(|o| net(o.stance)).sum();
            drivers.push(Driver {
                article: rows[0].article,
                date: rows[0].date.unwrap_or(day.date),
                statements,
                net_stance: rounded(sum / statements as f64),
                share: rounded(direction * (sum - old * statements as f64)),
                evidence: rows.iter().map(|o| o.statement).collect(),
            });
        }
    }
    drivers.retain(|driver| driver.share > 0.0);
    drivers.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.date.cmp(&b.date)));
    drivers.truncate(DRIVERS);
    drivers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::observations;

    fn subject() -> Subject {
        Subject { party: "PER".into(), toward: None, mutual: false, period: None, source: None, topic: None }
    }

    fn series(stance: impl Fn(i64) -> &'static str) -> Vec<Change> {
        let days: Vec<String> = (0..60).map(|n| format!("2001-{:02}-{:02}", 1 + n / 28, 1 + n % 28)).collect();
        let rows: Vec<_> = (0..120).map(|n| (days[n as usize / 2].as_str(), n, "PER", "CHL", stance(n))).collect();
        let all = observations(&rows);
        changes(&all.rows.iter().collect::<Vec<_>>(), &subject(), 1)
    }

    #[test]
    fn finds_the_day_of_a_turn_and_what_drove_it() {
        // 28 days to a month: article 70 is of day 35, 8 February.
        let found = series(|n| if (n < 70) == (n % 6 != 0) { "+" } else { "-" });
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].significant);
        let change = &found[0];
        assert_eq!(change.date.to_string(), "2001-02-08");
        assert!(change.before > 0.5 && change.after < -0.5 && change.ci95[1] < 0.0);
        assert!(!change.articles.is_empty() && change.articles.iter().all(|a| a.net_stance == -1.0));
    }

    #[test]
    fn finds_a_crisis_and_its_end() {
        let found = series(|n| if (40..80).contains(&n) == (n % 7 != 0) { "-" } else { "+" });
        let days: Vec<String> = found.iter().map(|c| c.date.to_string()).collect();
        assert_eq!(days, ["2001-01-21", "2001-02-13"]);
    }

    #[test]
    fn a_mixed_but_steady_stance_has_no_change() {
        assert!(series(|n| ["+", "-", "-", "=", "+"][n as usize % 5]).iter().all(|change| !change.significant));
    }
}
