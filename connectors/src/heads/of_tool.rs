//! Which tool's headers a connector's logs have.

use super::heading::Heading;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::{registry, tstat, zeek};

/// The heading of the logs that the connector reads; `None` where logs have no header.
pub(super) fn heading(options: &ScanOptions) -> Result<Option<Box<dyn Heading>>, Error> {
    Ok(match registry::connector(&options.connector)?.tool {
        "zeek" => Some(Box::new(zeek::heading::LogHeading::new(options)?)),
        "tstat" => Some(Box::new(tstat::heading::LogHeading::default())),
        _ => None,
    })
}
