//! CSV: one group or one difference a row.

use std::io::{Result, Write};

use crate::compare::{Difference, Group};

/// One group a row.
pub fn groups<'a>(out: &mut dyn Write, groups: impl Iterator<Item = &'a Group>) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "party",
        "toward",
        "mutual",
        "period",
        "source",
        "topic",
        "first_day",
        "last_day",
        "articles",
        "statements",
        "cooperative",
        "opposed",
        "neutral",
        "net_stance",
        "net_low",
        "net_high",
        "sentiment",
        "sentiment_low",
        "sentiment_high",
        "small",
    ])?;
    for g in groups {
        let s = &g.subject;
        let day = |day: Option<crate::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        writer.serialize((
            (&s.party, &s.toward, s.mutual, &s.period, &s.source, &s.topic),
            (day(g.first_day), day(g.last_day), g.articles, g.statements, g.cooperative, g.opposed, g.neutral),
            (g.net_stance, g.ci95, g.sentiment, g.sentiment_ci95, g.small),
        ))?;
    }
    writer.flush()
}

/// One difference a row.
pub fn differences(out: &mut dyn Write, differences: &[Difference]) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "party",
        "toward",
        "part",
        "from_party",
        "from_toward",
        "from_part",
        "difference",
        "low",
        "high",
        "p",
        "p_holm",
        "significant",
        "small",
    ])?;
    for d in differences {
        writer.serialize((
            (&d.of.party, &d.of.toward, d.of.part()),
            (&d.from.party, &d.from.toward, d.from.part()),
            (d.difference, d.ci95, d.p, d.p_holm, d.significant, d.small),
        ))?;
    }
    writer.flush()
}
