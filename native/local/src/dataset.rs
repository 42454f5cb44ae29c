//! A connector's table over files: found and checked, not yet read.

use std::sync::Arc;

use arrow_schema::SchemaRef;
use netlytics_connectors::combine;
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::nearest::suggestion;
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::registry;
use netlytics_connectors::scan::Scan;

use crate::listing::{self, LeftOut, LogFile, Reason, Wanted};
use crate::pieces::{self, PIECE, Piece};
use crate::request::Request;
use crate::stream::Stream;

/// A table that can be read, as often as wanted.
pub struct Dataset {
    /// What the rows are asked with: columns, filter, mode.
    scan: ScanOptions,
    /// The settings of the scans of the parts, or of the one log that the table is made of.
    scans: Vec<ScanOptions>,
    pieces: Vec<Piece>,
    limit: Option<u64>,
    combined: bool,
    schema: SchemaRef,
    files: usize,
    bytes: u64,
    left_out: LeftOut,
}

impl Dataset {
    /// Checks the request and finds its files. None is read yet, but for the first bytes of large ones.
    ///
    /// # Errors
    /// The request is not valid, a path cannot be read, or there is nothing to read.
    pub fn open(request: &Request) -> Result<Self, Error> {
        let name = registry::connector(&request.connector)?.name;
        let all = columns(name)?;
        let mut scan = ScanOptions { connector: name.to_owned(), ..request.scan()? };
        scan.columns = match &request.columns {
            None => all,
            Some(columns) => {
                columns.iter().try_for_each(|column| check(column, &all, &scan.corrupt_column))?;
                columns.clone()
            }
        };
        let splittable = request.options.flag("splittable", true)?;
        let combiner = combine::combiner(&scan)?;
        let mut table = Self {
            scans: Vec::new(),
            pieces: Vec::new(),
            limit: request.limit,
            combined: combiner.is_some(),
            schema: match combiner {
                Some(combiner) => combiner.schema(),
                None => Scan::open(scan.clone(), None)?.schema(),
            },
            files: 0,
            bytes: 0,
            left_out: LeftOut::default(),
            scan,
        };
        match combine::combination(&table.scan)? {
            None => {
                let files = table.find(request, name, false)?;
                table.add(table.scan.clone(), files, splittable)?;
            }
            Some(combination) => {
                for part in combination.parts {
                    let files = table.find(request, &part.connector, part.optional)?;
                    let scan = ScanOptions {
                        connector: part.connector,
                        columns: part.columns.into_iter().map(str::to_owned).collect(),
                        filter: None,
                        ..table.scan.clone()
                    };
                    table.add(scan, files, splittable)?;
                }
            }
        }
        Ok(table)
    }

    fn find(&mut self, request: &Request, connector: &str, optional: bool) -> Result<Vec<LogFile>, Error> {
        let wanted = Wanted {
            connector,
            start_day: request.start_day.as_deref(),
            end_day: request.end_day.as_deref(),
            options: &request.options,
        };
        let (files, left_out) = listing::list(&wanted, &request.paths, optional)?;
        self.left_out.add(left_out);
        Ok(files)
    }

    fn add(&mut self, scan: ScanOptions, files: Vec<LogFile>, splittable: bool) -> Result<(), Error> {
        let splittable = splittable && registry::connector(&scan.connector)?.split.cuts();
        self.files += files.len();
        self.bytes += files.iter().map(|file| file.length).sum::<u64>();
        self.pieces.extend(pieces::cut(self.scans.len(), files, splittable, PIECE)?);
        self.scans.push(scan);
        Ok(())
    }

    /// Schema of the batches.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Number of files found.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files
    }

    /// Bytes of the files found.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What is of this connector and was left out all the same, by reason.
    #[must_use]
    pub fn left_out(&self) -> Vec<Reason> {
        self.left_out.reasons()
    }

    /// Starts to read with so many threads.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn read(&self, threads: usize) -> Result<Stream, Error> {
        let combiner = if self.combined { combine::combiner(&self.scan)? } else { None };
        let mut scans = self.scans.clone();
        if let (None, Some(limit)) = (&combiner, self.limit) {
            for scan in &mut scans {
                scan.limit = i64::try_from(limit).unwrap_or(i64::MAX);
            }
        }
        Stream::start(self.pieces.clone(), scans, combiner, self.schema(), self.limit, threads)
    }
}

/// The columns of the connector's table, in order.
fn columns(connector: &str) -> Result<Vec<String>, Error> {
    let wrong = || Error::new(Kind::Internal, format!("The table of {connector} has no columns."));
    let description: serde_json::Value = serde_json::from_str(&registry::describe(connector)?).map_err(|_| wrong())?;
    let fields = description.pointer("/schema/fields").and_then(|fields| fields.as_array()).ok_or_else(wrong)?;
    fields
        .iter()
        .map(|field| Ok(field.get("name").and_then(|name| name.as_str()).ok_or_else(wrong)?.to_owned()))
        .collect()
}

fn check(column: &String, all: &[String], corrupt: &str) -> Result<(), Error> {
    if all.contains(column) || column == corrupt || column == netlytics_connectors::table::OFFSET {
        return Ok(());
    }
    let near = suggestion(column, all.iter().map(String::as_str));
    Err(Error::option(format!("There is no column {column}.{near} The columns are {}.", all.join(", "))))
}
