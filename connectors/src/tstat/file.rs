//! What all of Tstat's logs have in common: header lines, anywhere in a file, and rows.

use super::header::{self, Mark, Marked};
use crate::bad::Fault;
use crate::options::ScanOptions;

/// A line of a log.
pub(super) enum Line<'l> {
    Row(&'l str),
    /// A header, a remark or an empty line.
    NoRow,
}

/// Tells header lines from rows.
pub(super) struct File {
    at_start: bool,
    /// First byte of the split.
    split_start: u64,
}

impl File {
    pub(super) fn new(options: &ScanOptions) -> Self {
        Self { at_start: true, split_start: options.split_start }
    }

    /// Tells what the line is. `named` takes the mark, the names and the separator of a header.
    ///
    /// # Errors
    /// The line begins with `#` and is neither a header nor a remark.
    #[inline]
    pub(super) fn line<'l>(&mut self, line: &'l str, named: impl FnMut(Mark, &[&str], u8)) -> Result<Line<'l>, Fault> {
        let line = if self.at_start { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        self.at_start = false;
        match line.as_bytes().first() {
            None => Ok(Line::NoRow),
            // No row begins so: it begins with an address.
            Some(b'#') => marked(line, named),
            Some(_) => Ok(Line::Row(line)),
        }
    }

    /// Takes the headers of the first part of the file that stand before the split.
    pub(super) fn learn(&mut self, head: &str, mut named: impl FnMut(Mark, &[&str], u8)) {
        let mut offset = 0;
        for line in head.split('\n') {
            if offset >= self.split_start {
                break;
            }
            offset += line.len() as u64 + 1;
            // Faults are told where the lines are read as rows.
            let _ = self.line(line.trim_end_matches('\r'), &mut named);
        }
    }
}

#[cold]
fn marked<'l>(line: &'l str, mut named: impl FnMut(Mark, &[&str], u8)) -> Result<Line<'l>, Fault> {
    match header::read(line.get(1..).unwrap_or_default()) {
        Marked::Header { mark, separator, names } => named(mark, &names, separator),
        Marked::Remark => {}
        Marked::Other => return Err(Fault::line("a row, or a header like #c_ip:1 c_port:2", line)),
    }
    Ok(Line::NoRow)
}
