//! Step one: from what a user hands in (files, folders, standard input) to [`Document`]s. A document keeps the
//! article's text once, exactly as given; every later step speaks of it in byte offsets.

mod date;
mod decode;
mod header;
mod open;
mod read;

pub use date::{Date, Period};
pub use decode::{decode, read_text};
pub use header::Header;
pub(crate) use read::json_error;
pub use read::{Source, documents};

/// One article.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Name of the article, unique within its source.
    pub id: String,
    /// Headline. It helps to tell who is who, and makes no statements of its own.
    pub title: Option<String>,
    /// Day of publication, which decides who was in office.
    pub date: Option<Date>,
    /// File that the article came from; none for standard input.
    pub source: Option<String>,
    /// The text, exactly as given.
    pub text: String,
}

impl Document {
    /// A document of this text, without a title; the date is taken from the text where its first lines have one.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }.with_header()
    }

    /// Sets the day of publication.
    pub fn with_date(mut self, date: Date) -> Self {
        self.date = Some(date);
        self
    }

    /// Sets the headline.
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Fills in title and date from the first lines of the text, where they are not known otherwise.
    pub(crate) fn with_header(mut self) -> Self {
        let header = Header::of(&self.text);
        if self.title.is_none() {
            self.title = header.title.map(|span| self.text[span].to_owned());
        }
        self.date = self.date.or(header.date);
        self
    }
}
