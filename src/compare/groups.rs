//! Statements counted by group.

use rustc_hash::FxHashMap;

use super::difference::{Difference, correct, difference, error_of};
use super::resample::{Replicates, Sums, deviation, percentiles, resample};
use super::{By, FEW_ARTICLES, FEW_STATEMENTS, Plan, Subject, Unit, rounded};
use crate::document::Date;
use crate::model::Stance;
use crate::report::interval;
use crate::store::{Observation, Observations};

/// The stance of a party or pair, of all statements or those of a period, source or topic.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Group {
    #[serde(flatten)]
    pub subject: Subject,
    /// First and last day with statements.
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub articles: usize,
    pub statements: usize,
    pub cooperative: usize,
    pub opposed: usize,
    pub neutral: usize,
    /// (cooperative - opposed) / statements, in [-1, 1]; 0 without statements.
    pub net_stance: f64,
    /// Its 95 % interval by bootstrap over articles.
    pub ci95: [f64; 2],
    /// Mean sentiment of the statements, in [-1, 1].
    pub sentiment: f64,
    /// Its 95 % interval by bootstrap over articles.
    pub sentiment_ci95: [f64; 2],
    /// Whether it rests on fewer than 10 articles or 30 statements.
    pub small: bool,
    /// The statements it counts, by their number in the store.
    #[serde(skip)]
    pub evidence: Vec<i64>,
}

/// Groups and how they differ.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Comparison {
    pub groups: Vec<Group>,
    /// Without periods, sources or topics: every two groups. With periods: each from the one before. With sources or
    /// topics: every two of them for the same party or pair.
    pub differences: Vec<Difference>,
    /// Parties or pairs left out because others have more statements.
    pub left_out: usize,
    /// Statements left out because their article has no date.
    pub undated: usize,
}

/// What a group's figures are uncertain by.
#[derive(Debug, Clone, Default)]
pub struct Estimate {
    pub replicates: Replicates,
    /// Standard error where the bootstrap sees none because all articles are alike.
    pub extra_error: f64,
}

type Entity = (u32, Option<u32>);

/// Where a statement counts: party or pair, and period, source or topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    entity: usize,
    part: usize,
}

/// Compares what a filter let through.
pub fn compare(observations: &Observations, plan: &Plan) -> Comparison {
    let (entities, left_out) = entities(observations, plan);
    let numbers: FxHashMap<Entity, usize> = entities.iter().enumerate().map(|(n, e)| (*e, n)).collect();
    let parts = Parts::of(observations, plan);
    let mut undated = 0;
    let mut tallies = vec![Tally::default(); entities.len() * parts.names.len()];
    let mut articles: Vec<FxHashMap<i64, Vec<(usize, Sums)>>> = vec![FxHashMap::default(); parts.samples()];
    for (observation, entity) in placed(observations, plan, &numbers) {
        let Some(part) = parts.part(observation) else {
            undated += 1;
            continue;
        };
        let group = entity * parts.names.len() + part;
        tallies[group].add(observation);
        let (sample, local) = if parts.stratified { (part, entity) } else { (0, group) };
        let sums = articles[sample].entry(observation.article).or_default();
        add(sums, local, observation);
    }
    let mut estimates = vec![Estimate::default(); tallies.len()];
    let locals = if parts.stratified { entities.len() } else { tallies.len() };
    for (sample, articles) in articles.into_iter().enumerate() {
        let mut articles: Vec<_> = articles.into_iter().collect();
        articles.sort_unstable_by_key(|(article, _)| *article);
        let articles: Vec<_> = articles.into_iter().map(|(_, sums)| sums).collect();
        let drawn = resample(&articles, locals, plan.seed.wrapping_add(sample as u64));
        for (local, replicates) in drawn.into_iter().enumerate() {
            let group = if parts.stratified { local * parts.names.len() + sample } else { local };
            estimates[group].replicates = replicates;
        }
    }
    let groups: Vec<Group> = tallies
        .into_iter()
        .zip(&mut estimates)
        .enumerate()
        .map(|(n, (tally, estimate))| {
            let place = Place { entity: n / parts.names.len(), part: n % parts.names.len() };
            tally.group(subject(observations, plan, entities[place.entity], &parts.names[place.part]), estimate)
        })
        .collect();
    let differences = differences(&groups, &estimates, plan, parts.names.len());
    Comparison { groups, differences, left_out, undated }
}

/// The group of statements given, as a whole.
pub fn single(observations: &[&Observation], subject: Subject, seed: u64) -> (Group, Estimate) {
    let mut tally = Tally::default();
    let mut articles: Vec<(i64, Vec<(usize, Sums)>)> = Vec::new();
    for observation in observations {
        tally.add(observation);
        if articles.last().is_none_or(|(article, _)| *article != observation.article) {
            articles.push((observation.article, Vec::new()));
        }
        if let Some((_, sums)) = articles.last_mut() {
            add(sums, 0, observation);
        }
    }
    let articles: Vec<_> = articles.into_iter().map(|(_, sums)| sums).collect();
    let mut drawn = resample(&articles, 1, seed);
    let mut estimate = Estimate { replicates: drawn.pop().unwrap_or_default(), extra_error: 0.0 };
    (tally.group(subject, &mut estimate), estimate)
}

fn add(sums: &mut Vec<(usize, Sums)>, group: usize, observation: &Observation) {
    let one = Sums { statements: 1.0, net: net(observation.stance), sentiment: observation.sentiment };
    match sums.iter_mut().find(|(g, _)| *g == group) {
        Some((_, sum)) => sum.add(&one),
        None => sums.push((group, one)),
    }
}

/// What a statement adds to the net count.
pub fn net(stance: Stance) -> f64 {
    match stance {
        Stance::Cooperative => 1.0,
        Stance::Opposed => -1.0,
        Stance::Neutral => 0.0,
    }
}

/// The party or pair that a statement counts for.
pub fn entity(observation: &Observation, unit: Unit) -> Option<Entity> {
    let (party, target) = (observation.party, observation.target);
    match unit {
        Unit::Party => Some((party, None)),
        Unit::Pair => target.map(|target| (party, Some(target))),
        Unit::Mutual => target.filter(|t| *t != party).map(|target| (party.min(target), Some(party.max(target)))),
    }
}

/// Each statement that counts with the number of its party or pair; once where topics are not told apart.
fn placed<'a>(
    observations: &'a Observations,
    plan: &'a Plan,
    numbers: &'a FxHashMap<Entity, usize>,
) -> impl Iterator<Item = (&'a Observation, usize)> {
    let mut last = None;
    observations.rows.iter().filter_map(move |observation| {
        let again = last.replace(observation.statement) == Some(observation.statement);
        if again && plan.by != Some(By::Topic) {
            return None;
        }
        let number = numbers.get(&entity(observation, plan.unit)?)?;
        Some((observation, *number))
    })
}

/// Parties or pairs in the order to show them, and how many are left out.
pub fn entities(observations: &Observations, plan: &Plan) -> (Vec<Entity>, usize) {
    let mut counts: FxHashMap<Entity, usize> = FxHashMap::default();
    for observation in &observations.rows {
        if let Some(entity) = entity(observation, plan.unit) {
            *counts.entry(entity).or_default() += 1;
        }
    }
    let code = |n: u32| observations.parties[n as usize].as_str();
    let mut found: Vec<(Entity, usize)> = counts.into_iter().collect();
    found.sort_by_key(|((party, target), count)| (std::cmp::Reverse(*count), code(*party), target.map(code)));
    if plan.unit == Unit::Party && !plan.parties.is_empty() {
        let number = |code: &String| observations.parties.iter().position(|p| p == code);
        return (plan.parties.iter().filter_map(number).map(|n| (n as u32, None)).collect(), 0);
    }
    let left_out = found.len().saturating_sub(plan.top);
    let mut kept: Vec<Entity> = found.into_iter().take(plan.top).map(|(entity, _)| entity).collect();
    let place = |n: u32| plan.parties.iter().position(|p| p == code(n)).unwrap_or(usize::MAX);
    kept.sort_by_key(|(party, _)| place(*party));
    (kept, left_out)
}

/// A party or pair by its codes.
pub fn subject(observations: &Observations, plan: &Plan, (party, target): Entity, part: &str) -> Subject {
    let code = |n: u32| observations.parties[n as usize].clone();
    let part = |wanted: bool| wanted.then(|| part.to_owned());
    Subject {
        party: code(party),
        toward: target.map(code),
        mutual: plan.unit == Unit::Mutual,
        period: part(matches!(plan.by, Some(By::Time(_)))),
        source: part(plan.by == Some(By::Source)),
        topic: part(plan.by == Some(By::Topic)),
    }
}

/// Periods, sources or topics.
struct Parts {
    by: Option<By>,
    names: Vec<String>,
    numbers: FxHashMap<String, usize>,
    /// Whether each article lies in one part alone, so that parts are drawn apart.
    stratified: bool,
}

impl Parts {
    fn of(observations: &Observations, plan: &Plan) -> Self {
        let rows = &observations.rows;
        let names = match plan.by {
            None => vec![String::new()],
            Some(By::Topic) => plan.topics.clone(),
            Some(By::Source) => observations.sources.clone(),
            Some(By::Time(period)) => {
                let mut days: Vec<_> = rows.iter().filter_map(|o| o.date).collect();
                days.sort_unstable();
                days.dedup();
                let mut names: Vec<String> = days.into_iter().map(|day| day.period(period)).collect();
                names.dedup();
                names
            }
        };
        let numbers = names.iter().enumerate().map(|(n, name)| (name.clone(), n)).collect();
        Self { by: plan.by, names, numbers, stratified: matches!(plan.by, Some(By::Time(_) | By::Source)) }
    }

    fn samples(&self) -> usize {
        if self.stratified { self.names.len() } else { 1 }
    }

    fn part(&self, observation: &Observation) -> Option<usize> {
        match self.by {
            None => Some(0),
            Some(By::Topic) => Some(observation.topic as usize),
            Some(By::Source) => Some(observation.source as usize),
            Some(By::Time(period)) => self.numbers.get(&observation.date?.period(period)).copied(),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Tally {
    counts: [usize; 3],
    sentiment: f64,
    days: Option<(Date, Date)>,
    articles: usize,
    last: Option<i64>,
    evidence: Vec<i64>,
}

impl Tally {
    /// Statements come in the order of their articles.
    fn add(&mut self, observation: &Observation) {
        self.counts[observation.stance as usize] += 1;
        self.sentiment += observation.sentiment;
        if self.last.replace(observation.article) != Some(observation.article) {
            self.articles += 1;
        }
        if let Some(day) = observation.date {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.evidence.push(observation.statement);
    }

    fn group(self, subject: Subject, estimate: &mut Estimate) -> Group {
        let [cooperative, opposed, neutral] = self.counts;
        let statements = cooperative + opposed + neutral;
        let share = |value: f64| value / statements.max(1) as f64;
        let net_stance = share(cooperative as f64 - opposed as f64);
        let ci95 = if self.articles < 2 {
            [-1.0, 1.0]
        } else if deviation(estimate.replicates.net.iter().flatten().copied()) > 1e-9 {
            percentiles(&estimate.replicates.net).unwrap_or([-1.0, 1.0])
        } else {
            // All articles are alike: the interval of as many statements as there are articles.
            let scaled = |count: usize| (count as f64 * self.articles as f64 / statements as f64).round() as usize;
            interval(scaled(cooperative), scaled(opposed), self.articles)
        };
        if deviation(estimate.replicates.net.iter().flatten().copied()) <= 1e-9 {
            estimate.extra_error = error_of(ci95);
        }
        let sentiment_ci95 =
            if self.articles < 2 { None } else { percentiles(&estimate.replicates.sentiment) }.unwrap_or([-1.0, 1.0]);
        Group {
            subject,
            first_day: self.days.map(|(first, _)| first),
            last_day: self.days.map(|(_, last)| last),
            articles: self.articles,
            statements,
            cooperative,
            opposed,
            neutral,
            net_stance: rounded(net_stance),
            ci95: ci95.map(rounded),
            sentiment: rounded(share(self.sentiment)),
            sentiment_ci95: sentiment_ci95.map(rounded),
            small: self.articles < FEW_ARTICLES || statements < FEW_STATEMENTS,
            evidence: self.evidence,
        }
    }
}

fn differences(groups: &[Group], estimates: &[Estimate], plan: &Plan, parts: usize) -> Vec<Difference> {
    let count = groups.len();
    let one = |of: usize, from: usize| difference((&groups[of], &estimates[of]), (&groups[from], &estimates[from]));
    let mut all: Vec<Difference> = match plan.by {
        None => (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).filter_map(|(a, b)| one(a, b)).collect(),
        Some(By::Time(_)) => {
            // From the period before that has statements.
            let of_entity = |entity: usize| {
                let filled: Vec<usize> =
                    (entity * parts..(entity + 1) * parts).filter(|g| groups[*g].statements > 0).collect();
                filled.windows(2).filter_map(|pair| one(pair[1], pair[0])).collect::<Vec<_>>()
            };
            (0..count / parts.max(1)).flat_map(of_entity).collect()
        }
        Some(By::Source | By::Topic) => (0..count)
            .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
            .filter(|(a, b)| a / parts == b / parts)
            .filter_map(|(a, b)| one(a, b))
            .collect(),
    };
    correct(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::observations;
    use crate::document::Period;

    fn plan(unit: Unit, by: Option<By>) -> Plan {
        Plan { unit, by, parties: Vec::new(), topics: Vec::new(), top: 10, seed: 1 }
    }

    #[test]
    fn counts_statements_and_articles_of_each_party() {
        let all = observations(&[
            ("2001-02-03", 1, "PER", "CHL", "-"),
            ("2001-02-03", 1, "PER", "BOL", "+"),
            ("2001-02-04", 2, "PER", "CHL", "-"),
            ("2001-02-04", 2, "CHL", "PER", "="),
        ]);
        let comparison = compare(&all, &plan(Unit::Party, None));
        let peru = &comparison.groups[0];
        assert_eq!((peru.articles, peru.statements, peru.cooperative, peru.opposed), (2, 3, 1, 2));
        assert!((peru.net_stance + 0.3333).abs() < 1e-9);
        assert!(peru.small);
        assert_eq!(comparison.groups[1].ci95, [-1.0, 1.0], "one article tells nothing of the next");
        let pairs = compare(&all, &plan(Unit::Pair, None));
        assert_eq!(pairs.groups.len(), 3);
        let mutual = compare(&all, &plan(Unit::Mutual, None));
        assert_eq!(mutual.groups[0].statements, 3);
    }

    #[test]
    fn articles_that_all_agree_still_have_an_interval() {
        let rows: Vec<_> = (0..20).map(|n| ("2001-02-03", n, "PER", "CHL", "-")).collect();
        let group = &compare(&observations(&rows), &plan(Unit::Party, None)).groups[0];
        assert_eq!(group.net_stance, -1.0);
        assert!(group.ci95[1] > -0.95, "{:?}", group.ci95);
    }

    #[test]
    fn a_turn_between_two_months_is_a_significant_difference_and_noise_is_none() {
        let rows: Vec<_> = (0..60)
            .map(|n| match n {
                0..30 => ("2001-02-03", n, "PER", "CHL", if n % 5 == 0 { "-" } else { "+" }),
                _ => ("2001-03-03", n, "PER", "CHL", if n % 5 == 0 { "+" } else { "-" }),
            })
            .collect();
        let turned = compare(&observations(&rows), &plan(Unit::Pair, Some(By::Time(Period::Month))));
        assert_eq!(turned.differences.len(), 1);
        let difference = &turned.differences[0];
        assert!((difference.difference + 1.2).abs() < 1e-9 && difference.significant);
        assert!(difference.ci95[1] < -0.6, "{:?}", difference.ci95);
        let rows: Vec<_> = (0..60)
            .map(|n| (if n < 30 { "2001-02-03" } else { "2001-03-03" }, n, "PER", "CHL", ["+", "-"][n as usize % 2]))
            .collect();
        let same = compare(&observations(&rows), &plan(Unit::Pair, Some(By::Time(Period::Month))));
        assert!(!same.differences[0].significant);
    }

    #[test]
    fn statements_without_a_day_are_counted_as_left_out() {
        let all = observations(&[("", 1, "PER", "CHL", "-"), ("2001-02-03", 2, "PER", "CHL", "-")]);
        assert_eq!(compare(&all, &plan(Unit::Party, Some(By::Time(Period::Year)))).undated, 1);
    }
}
