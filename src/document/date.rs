//! Days, as articles and their lists write them.

use std::fmt;
use std::str::FromStr;

/// A day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A span of time on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Week,
    Month,
    Year,
}

/// No line that is nothing but a date is longer than this, in bytes.
const LONGEST: usize = 80;

/// How newswire, web pages and tables write a day. Weekdays are cut off before.
const FORMATS: [&str; 8] =
    ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%d/%m/%Y", "%Y/%m/%d"];

impl Date {
    /// The day that a line consists of, if it is nothing but a date (a weekday before and a time behind may stand).
    pub fn in_line(line: &str) -> Option<Self> {
        if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let line = line.trim().trim_end_matches('.').trim_start_matches("Published: ");
        let line = match line.split_once([',', ' ']) {
            Some((day, rest)) if is_weekday(day) => rest.trim_start_matches([',', ' ']),
            _ => line,
        };
        FORMATS.iter().find_map(|format| {
            let (mut time, rest) = jiff::fmt::strtime::BrokenDownTime::parse_prefix(format, line).ok()?;
            let rest = &line[rest..];
            time.set_hour(None).ok()?;
            let rest = rest.trim_start_matches([',', ' ', 'T']);
            (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 20)
                .then(|| time.to_date().ok().map(Self))?
        })
    }

    /// Today, in UTC; the day that `SOURCE_DATE_EPOCH` names, in seconds, where it is set.
    pub fn today() -> Self {
        let asked = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
        let now = asked.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        Self(now.unwrap_or_else(jiff::Timestamp::now).to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The week (by ISO 8601), month or year that the day is in: `1987-W13`, `1987-03`, `1987`. Names of one kind sort
    /// in the order of time.
    pub fn period(self, period: Period) -> String {
        match period {
            Period::Week => {
                let week = self.0.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{:04}-{:02}", self.0.year(), self.0.month()),
            Period::Year => format!("{:04}", self.0.year()),
        }
    }

    /// Days since the beginning of the year 0, for axes of time.
    pub fn day_number(self) -> i32 {
        let start = jiff::civil::date(0, 1, 1);
        (self.0 - start).get_days()
    }

    /// The year, and the month from 1 to 12.
    pub fn year_month(self) -> (i16, u8) {
        (self.0.year(), self.0.month() as u8)
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.trim_end_matches(',').to_lowercase();
    DAYS.iter().any(|day| word.starts_with(day)) && (word.len() <= 4 || word.ends_with("day"))
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // Time stamps carry the day in front.
        let day = text.trim().get(..10).unwrap_or(text.trim());
        day.parse().map(Self).map_err(|_| format!("{text:?} is not a date; write it as YYYY-MM-DD"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_date_lines_of_agencies_and_broadsheets() {
        for line in [
            "1987-03-27",
            "27 March 1987",
            "Friday, March 27, 1987",
            "Fri 27 Mar 1987",
            "27-MAR-1987 15:01:01.20",
            "Published: March 27, 1987",
        ] {
            assert_eq!(Date::in_line(line).map(|d| d.to_string()).as_deref(), Some("1987-03-27"), "{line}");
        }
    }

    #[test]
    fn a_sentence_with_a_date_in_it_is_no_date_line() {
        assert_eq!(Date::in_line("March 27, 1987 was the day on which the tariffs were announced"), None);
        assert_eq!(Date::in_line("The treaty was signed on 27 March 1987"), None);
    }

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        let day: Date = "2027-01-02".parse().unwrap();
        assert_eq!(day.period(Period::Week), "2026-W53");
        assert_eq!(day.period(Period::Month), "2027-01");
        assert_eq!(day.period(Period::Year), "2027");
    }

    #[test]
    fn day_numbers_count_days() {
        let day = |text: &str| text.parse::<Date>().unwrap().day_number();
        assert_eq!(day("2004-03-01") - day("2004-02-28"), 2);
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_with_advice() {
        let error = "1987-02-30".parse::<Date>().unwrap_err();
        assert!(error.contains("YYYY-MM-DD"), "{error}");
    }
}
