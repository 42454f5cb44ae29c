//! The headers that a log's lines leave behind; see [`crate::heads`].

use super::header::{self, Marked};
use crate::heads::heading::Heading;

/// Header lines, each once, in the order in which they came last: requests and responses have one each.
#[derive(Default)]
pub(crate) struct LogHeading(Vec<String>);

/// Most lines kept: no version writes so many kinds of rows into one log.
const MOST: usize = 16;

impl Heading for LogHeading {
    fn prefixes(&self) -> Vec<String> {
        vec!["#".to_owned()]
    }

    fn matters(&self, line: &str, _opening: bool) -> bool {
        line.strip_prefix('#').is_some_and(|line| matches!(header::read(line), Marked::Header { .. }))
    }

    fn names_columns(&self, _line: &str) -> bool {
        true
    }

    fn learn(&mut self, line: &str) {
        self.0.retain(|known| known != line);
        self.0.push(line.to_owned());
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    fn text(&self) -> String {
        self.0.iter().flat_map(|line| [line, "\n"]).collect()
    }
}
