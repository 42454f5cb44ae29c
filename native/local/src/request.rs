//! What a user asks for.

use netlytics_connectors::error::Error;
use netlytics_connectors::filter::Condition;
use netlytics_connectors::options::{Mode, Options, ScanOptions};

/// One read of a connector's files.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Name or alias of the connector, or `connector/part`.
    pub connector: String,
    /// Files, directories and globs, of this machine or `hdfs://`.
    pub paths: Vec<String>,
    /// Columns wanted, in order; all of the table when absent.
    pub columns: Option<Vec<String>>,
    /// Rows wanted; all when absent.
    pub filter: Option<Condition>,
    /// First day, `YYYY_MM_DD`; absent: from the beginning.
    pub start_day: Option<String>,
    /// Last day, inclusive; absent: to the end.
    pub end_day: Option<String>,
    /// Most rows wanted.
    pub limit: Option<u64>,
    pub mode: Mode,
    /// The reader's options as the user gave them.
    pub options: Options,
}

/// Options of a read on a cluster that have no meaning here, and what there is instead.
const ELSEWHERE: [(&str, &str); 5] = [
    ("badRecordsPath", "bad records are in the account of the read"),
    ("path", "paths are given by themselves"),
    ("connector", "the connector is given by itself"),
    ("startDay", "the first day is given by itself"),
    ("endDay", "the last day is given by itself"),
];

impl Request {
    /// The settings of a scan of one of the files, without the file.
    ///
    /// # Errors
    /// An option is not valid, or of no meaning here.
    pub(crate) fn scan(&self) -> Result<ScanOptions, Error> {
        for (name, instead) in ELSEWHERE {
            if self.options.text(name).is_some() {
                return Err(Error::option(format!("The option {name} is not taken here: {instead}.")));
            }
        }
        let usual = ScanOptions::default();
        let number = |name: &str, usual: usize| {
            let most = self.options.positive(name, usual as u64)?;
            Ok::<_, Error>(usize::try_from(most).unwrap_or(usize::MAX))
        };
        let modes =
            [("PERMISSIVE", Mode::Permissive), ("DROPMALFORMED", Mode::DropMalformed), ("FAILFAST", Mode::FailFast)];
        Ok(ScanOptions {
            connector: self.connector.clone(),
            filter: self.filter.clone(),
            mode: self.options.choice("mode", &modes, self.mode)?,
            corrupt_column: self.options.text("columnNameOfCorruptRecord").map_or(usual.corrupt_column, str::to_owned),
            keep_bad_records: true,
            batch_rows: number("batchRows", usual.batch_rows)?,
            batch_bytes: number("batchBytes", usual.batch_bytes)?,
            max_line_bytes: number("maxLineBytes", usual.max_line_bytes)?,
            given: self.options.clone(),
            ..ScanOptions::default()
        })
    }
}
