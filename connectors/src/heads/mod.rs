//! Which header lines are in force where in a plain file, so that it can be cut into pieces.
//!
//! Logs that were put together with `cat` have a header in front of each of them, and the columns may differ. A piece of
//! such a file must be read with the header before it, which need not be the one at the file's beginning. A host that
//! cuts a file
//!
//! 1. makes [`HeaderLines`] and pushes all bytes of the file through it, in order, once (or, to share the work, one for
//!    each range of the file, whose results are chained in the order of the ranges);
//! 2. makes [`heads`] of the lines found;
//! 3. opens each piece that does not begin at offset 0 with the text of the [`Head`] that [`in_force`] gives for it, as
//!    the `head` of [`crate::scan::Scan::open`]; if there is none, with the beginning of the file, or with `None`.

mod header_lines;

use serde::{Deserialize, Serialize};

pub use self::header_lines::{HeaderLine, HeaderLines};
use crate::error::Error;
use crate::options::ScanOptions;
use crate::{registry, tstat, zeek};

/// What pieces must know about the lines before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Offset of the header in the file. It is in force for pieces that start behind it.
    pub from: u64,
    /// Lines that bring a reader to the state that it would be in after reading the file up to here.
    pub text: String,
}

/// The header of one tool's logs, as the lines read so far leave it.
pub(crate) trait Heading: Send {
    /// What every header line begins with; any of these.
    fn prefixes(&self) -> Vec<String>;

    /// Whether this line changes how the lines after it are read. `opening` says that it is the first line of the file
    /// that has none of the prefixes, and that no header with the names of the columns stands before it.
    fn matters(&self, line: &str, opening: bool) -> bool;

    /// Whether this line, which matters, names the columns.
    fn names_columns(&self, line: &str) -> bool;

    /// Takes a line that matters.
    fn learn(&mut self, line: &str);

    /// Lines that bring a reader from its start to the state reached.
    fn text(&self) -> String;
}

/// The heading of the logs that the connector reads; `None` where logs have no header.
fn heading(options: &ScanOptions) -> Result<Option<Box<dyn Heading>>, Error> {
    Ok(match registry::connector(&options.connector)?.tool.as_str() {
        "zeek" => Some(Box::new(zeek::heading::LogHeading::new(options)?)),
        "tstat" => Some(Box::new(tstat::heading::LogHeading::default())),
        _ => None,
    })
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
