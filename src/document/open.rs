//! Files as they are, or packed with gzip or zstd, told by how they begin.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Result};
use std::path::{Path, PathBuf};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// A file to be read, unpacked where it is packed.
pub fn open(path: &Path) -> Result<Box<dyn BufRead + Send>> {
    unpacked(File::open(path)?)
}

/// Bytes unpacked where they are packed.
pub fn unpacked(input: impl Read + Send + 'static) -> Result<Box<dyn BufRead + Send>> {
    let mut input = BufReader::new(input);
    let start = input.fill_buf()?;
    if start.starts_with(GZIP) {
        Ok(Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(input))))
    } else if start.starts_with(ZSTD) {
        Ok(Box::new(BufReader::new(zstd::Decoder::with_buffer(input)?)))
    } else {
        Ok(Box::new(input))
    }
}

/// The path without the ending of a packed file, which says what is in it.
pub fn without_packing(path: &Path) -> PathBuf {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        unpacked(std::io::Cursor::new(bytes)).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn packed_and_plain_bytes_read_the_same() {
        let text = "Oslo said yes.\n";
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(text.as_bytes()).unwrap();
        assert_eq!(read(packed.finish().unwrap()), text);
        assert_eq!(read(zstd::encode_all(text.as_bytes(), 0).unwrap()), text);
        assert_eq!(read(text.into()), text);
    }

    #[test]
    fn the_ending_below_that_of_packing_says_what_is_in_it() {
        assert_eq!(without_packing(Path::new("a/news.jsonl.GZ")), Path::new("a/news.jsonl"));
        assert_eq!(without_packing(Path::new("a/news.csv")), Path::new("a/news.csv"));
    }
}
