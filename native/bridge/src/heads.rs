//! A search for the header lines of one range of a plain file, whose bytes come from the other side of a border.

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::heads::{self, HeaderLine, HeaderLines};
use netlytics_connectors::options::ScanOptions;
use serde::Serialize;

/// The search in one range. See [`HeaderLines`].
pub struct BridgedHeaderSearch {
    lines: Option<HeaderLines>,
}

impl BridgedHeaderSearch {
    /// A search with a scan's settings as JSON, which name the range; `None` when the connector's logs have no header.
    ///
    /// # Errors
    /// The settings are not valid.
    pub fn open(settings: &[u8]) -> Result<Option<Self>, Error> {
        let lines = HeaderLines::new(&ScanOptions::from_json(settings)?)?;
        Ok(lines.map(|lines| Self { lines: Some(lines) }))
    }

    /// Takes the next bytes; gives whether the range and its last line are complete.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let Some(lines) = &mut self.lines else { return true };
        lines.push(bytes);
        lines.is_complete()
    }

    /// The header lines of the range as JSON; none the second time.
    ///
    /// # Errors
    /// They cannot be written as JSON, which would be a fault of ours.
    pub fn finish(&mut self) -> Result<Vec<u8>, Error> {
        json(&self.lines.take().map(HeaderLines::finish).unwrap_or_default())
    }
}

/// The heads of a file as JSON, from the header lines of its ranges in order. See [`heads::heads`].
///
/// # Errors
/// The settings or the lines are not valid.
pub fn heads(settings: &[u8], lines: &[u8]) -> Result<Vec<u8>, Error> {
    let lines = serde_json::from_slice::<Vec<Vec<HeaderLine>>>(lines)
        .map_err(|error| Error::option(format!("The header lines are not valid: {error}.")))?;
    json(&heads::heads(&ScanOptions::from_json(settings)?, lines.into_iter().flatten())?)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Error::new(Kind::Internal, error.to_string()))
}
