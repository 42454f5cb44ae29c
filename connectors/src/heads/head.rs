//! The heads of a file, from its header lines.

use serde::{Deserialize, Serialize};

use super::header_lines::HeaderLine;
use super::of_tool::heading;
use crate::error::Error;
use crate::options::ScanOptions;

/// What pieces must know about the lines before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Offset of the header in the file. It is in force for pieces that start behind it.
    pub from: u64,
    /// Lines that bring a reader to the state that it would be in after reading the file up to here.
    pub text: String,
}

/// The heads of a file whose header lines these are, in the order of the file. A header that changes nothing, as that of
/// each hour of a day, makes none.
///
/// # Errors
/// The connector or an option is not valid.
pub fn heads(options: &ScanOptions, lines: impl IntoIterator<Item = HeaderLine>) -> Result<Vec<Head>, Error> {
    let mut heads: Vec<Head> = Vec::new();
    let Some(mut heading) = heading(options)? else { return Ok(heads) };
    for line in lines {
        heading.learn(&line.text);
        let text = heading.text();
        match heads.last_mut() {
            Some(last) if last.text == text => {}
            // Lines of one header: a piece that starts between two of them reads the rest of them itself.
            Some(last) if last.from == line.block => last.text = text,
            _ => heads.push(Head { from: line.block, text }),
        }
    }
    Ok(heads)
}

/// The head for a piece whose first byte is at `split_start`.
#[must_use]
pub fn in_force(heads: &[Head], split_start: u64) -> Option<&Head> {
    let before = heads.partition_point(|head| head.from < split_start);
    before.checked_sub(1).and_then(|last| heads.get(last))
}
