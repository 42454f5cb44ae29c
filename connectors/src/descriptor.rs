//! What there is to know of a connector. The list of all is made from `registry.json` when the crate is built.

use serde::Serialize;

use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::LineReader;

/// One connector, or one part of a connector that puts a table together, called `connector/part`.
#[derive(Debug)]
pub struct Descriptor {
    pub name: &'static str,
    /// Other names it answers to.
    pub aliases: &'static [&'static str],
    pub tool: &'static str,
    pub table: &'static str,
    /// The table's columns: a Spark `StructType` as JSON.
    pub schema: &'static str,
    /// Names of all options it takes.
    pub options: &'static [&'static str],
    pub layout: Layout,
    pub split: Split,
    /// What the table is put together from; see [`crate::combine`].
    pub parts: &'static [Descriptor],
    /// Opens its reader; `None` when only its parts are read.
    pub(crate) reader: Option<Open>,
}

/// Makes a reader of the user's options.
pub(crate) type Open = fn(&ScanOptions) -> Result<Box<dyn LineReader>, Error>;

/// Where a file may be cut into splits, as far as the connector is concerned. Compressed files are never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// Nowhere: a row may depend on all that comes before it.
    Whole,
    /// At line ends.
    Lines,
}

/// How a connector's files are called.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub style: Style,
    /// What the files' names begin with.
    names: &'static [&'static str],
    /// An option of the connector, and the names there are when it is true.
    with: Option<(&'static str, &'static [&'static str])>,
}

/// Whose habit of naming files it is: where the name, the kind of the file and the day stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Zeek,
    Squid,
    Tstat,
    Bind,
}

include!(concat!(env!("OUT_DIR"), "/descriptors.rs"));

impl Split {
    /// Whether a large file may be cut at all.
    #[must_use]
    pub fn cuts(self) -> bool {
        self != Self::Whole
    }
}

impl Layout {
    /// What the files' names begin with, for these options of a user.
    ///
    /// # Errors
    /// An option that decides it is not valid.
    pub fn names(&self, options: &crate::options::Options) -> Result<&'static [&'static str], Error> {
        match self.with {
            Some((option, names)) if options.flag(option, false)? => Ok(names),
            _ => Ok(self.names),
        }
    }
}

impl Descriptor {
    /// This connector and its parts.
    pub fn with_parts(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::once(self).chain(self.parts)
    }
}
