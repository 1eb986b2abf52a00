//! From bytes to text.

use std::io::Read;
use std::path::Path;

use super::open::open;
use crate::error::{Error, Result};

/// Text of UTF-8 bytes with or without a byte order mark, of UTF-16 with one, or else of Windows-1252.
/// `None` for bytes that are no text at all.
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if is_binary(bytes) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()),
    }
}

/// The text of a file, which may be packed.
pub fn read_text(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|e| Error::io(path, e))?;
    decode(&bytes).ok_or_else(|| Error::input(path.display(), "a binary file; give text, HTML, CSV or JSONL"))
}

/// No encoding of text that is read here has a zero byte or many other control bytes.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    memchr::memchr(0, head).is_some() || control * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_utf8_with_and_without_mark_and_windows_1252() {
        assert_eq!(decode("Élysée".as_bytes()).as_deref(), Some("Élysée"));
        assert_eq!(decode("\u{feff}Élysée".as_bytes()).as_deref(), Some("Élysée"));
        assert_eq!(decode(b"\xc9lys\xe9e said \x93no\x94").as_deref(), Some("Élysée said “no”"));
    }

    #[test]
    fn a_picture_is_no_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }
}
