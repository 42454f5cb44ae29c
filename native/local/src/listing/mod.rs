//! Finds the files of a read. Directories are walked by the connector's layout rules, so that days outside the range are
//! never listed.

mod found;

use std::collections::HashMap;
use std::sync::Arc;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::layout::{self, Listing, Verdict};
use netlytics_connectors::options::Options;

use self::found::Found;
pub use self::found::{LeftOut, Reason};
use crate::glob::{self, Matches};
use crate::storage::{self, Entry, Identity, OpenFile, Storage, Version};

/// How often a directory is entered, each time by another way.
const MOST_WAYS: usize = 16;

/// A file to read.
#[derive(Clone)]
pub struct LogFile {
    pub path: String,
    /// Bytes on disk.
    pub length: u64,
    /// What tells whether the file is still the one that was listed.
    pub version: Version,
    pub storage: Arc<dyn Storage>,
}

impl LogFile {
    /// The file that a storage has listed.
    #[must_use]
    pub fn new(entry: Entry, storage: Arc<dyn Storage>) -> Self {
        Self { path: entry.path, length: entry.length, version: entry.version, storage }
    }

    /// Opens it.
    ///
    /// # Errors
    /// It cannot be opened, or is no longer the file that was listed.
    pub(crate) fn open(&self) -> Result<Arc<dyn OpenFile>, Error> {
        self.storage.open(&self.path, self.length, self.version)
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted<'r> {
    pub connector: &'r str,
    pub start_day: Option<&'r str>,
    pub end_day: Option<&'r str>,
    pub options: &'r Options,
}

/// The files under the paths (files, directories, globs), in the order of the paths and then of their names, each once
/// however many names it has; and what of this connector is left out.
///
/// # Errors
/// A path is missing or cannot be read, a day is none, or nothing is left to read and that is not `optional`.
pub fn list(wanted: &Wanted<'_>, paths: &[String], optional: bool) -> Result<(Vec<LogFile>, LeftOut), Error> {
    let mut walk = Walk { wanted, found: Found::default(), above: Vec::new(), entered: HashMap::new() };
    for path in paths {
        walk.path(path)?;
    }
    if walk.found.is_empty() && !optional {
        return Err(walk.nothing(paths));
    }
    Ok(walk.found.finish())
}

struct Walk<'r> {
    wanted: &'r Wanted<'r>,
    found: Found,
    /// The directories that are being walked, one in the other.
    above: Vec<Identity>,
    entered: HashMap<Identity, usize>,
}

impl Walk<'_> {
    fn path(&mut self, given: &str) -> Result<(), Error> {
        let (storage, path) = storage::of(given)?;
        // Only if nothing is there as a glob: a name may hold a bracket of its own.
        let (matches, named) = match storage.status(&path)? {
            Some(entry) => (Matches { root: entry.path.clone(), entries: vec![entry], ..Matches::default() }, true),
            None => (glob::matches(storage.as_ref(), &path)?, false),
        };
        if matches.entries.is_empty() && matches.unreadable.is_empty() {
            return Err(missing(storage.as_ref(), &path));
        }
        self.given(&storage, matches, named)
    }

    /// What the user gave: directories are entered, files are read if their day allows.
    fn given(&mut self, storage: &Arc<dyn Storage>, matches: Matches, named: bool) -> Result<(), Error> {
        let Matches { root, entries, unreadable } = matches;
        unreadable.into_iter().for_each(|path| self.found.leave_out_unreadable(path));
        let (directories, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.directory);
        let verdicts = self.judge(&root, &files)?;
        // A file given by name, or by a glob of which the layout knows nothing, is the user's word for it.
        let foreign = verdicts.iter().all(|verdict| *verdict == Verdict::Other);
        let trusted = named || (directories.is_empty() && foreign);
        for directory in &directories {
            self.directory(storage, &root, directory)?;
        }
        let days = self.wanted.start_day.is_some() || self.wanted.end_day.is_some();
        for (file, verdict) in files.into_iter().zip(verdicts) {
            let verdict = match verdict {
                Verdict::Other if trusted && days => Verdict::NoDay,
                Verdict::Other if trusted => Verdict::Read,
                other => other,
            };
            self.add(storage, file, verdict);
        }
        Ok(())
    }

    /// Walks a directory. One that contains itself by a link is not entered again below itself, and one that many links
    /// lead to only so often: a name of each may say another day.
    fn directory(&mut self, storage: &Arc<dyn Storage>, root: &str, directory: &Entry) -> Result<(), Error> {
        let identity = directory.identity();
        let ways = self.entered.entry(identity.clone()).or_default();
        if *ways >= MOST_WAYS || self.above.contains(&identity) {
            return Ok(());
        }
        *ways += 1;
        self.above.push(identity);
        let found = storage.list(&directory.path)?;
        for path in found.unreadable {
            if !is_hidden(storage::name(&path)) {
                self.found.leave_out_unreadable(path);
            }
        }
        let verdicts = self.judge(root, &found.entries)?;
        for (entry, verdict) in found.entries.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Descend => self.directory(storage, root, &entry)?,
                verdict => self.add(storage, entry, verdict),
            }
        }
        self.above.pop();
        Ok(())
    }

    /// What the layout says of each entry. Only folders below the root say a day.
    fn judge(&self, root: &str, entries: &[Entry]) -> Result<Vec<Verdict>, Error> {
        layout::judge(&Listing {
            connector: self.wanted.connector.to_owned(),
            start_day: self.wanted.start_day.map(str::to_owned),
            end_day: self.wanted.end_day.map(str::to_owned),
            root: Some(root.to_owned()),
            entries: entries.iter().map(|entry| (entry.path.clone(), entry.directory)).collect(),
            options: self.wanted.options.clone(),
        })
    }

    fn add(&mut self, storage: &Arc<dyn Storage>, entry: Entry, verdict: Verdict) {
        match verdict.reason() {
            None => self.found.read(entry, storage),
            // Hidden ones are not worth a word.
            Some(_) if verdict == Verdict::Other && is_hidden(entry.name()) => {}
            Some(why) => self.found.leave_out(why, &entry),
        }
    }

    fn nothing(&self, paths: &[String]) -> Error {
        let Wanted { connector, start_day, end_day, .. } = self.wanted;
        let days = start_day.is_some() || end_day.is_some();
        let (start, end) = (start_day.unwrap_or_default(), end_day.unwrap_or_default());
        let mut message = format!("No files of {connector}");
        if days {
            message += &format!(" for the days {start}..{end}");
        }
        message += &format!(" under {}: ", paths.join(", "));
        let reasons = self.found.all_left_out().reasons();
        if reasons.is_empty() {
            message += "nothing is there.";
        } else {
            let reasons = reasons.iter().map(Reason::to_string).collect::<Vec<_>>();
            message += &format!("skipped {}.", reasons.join("; "));
        }
        if days {
            message += " Days are YYYY_MM_DD, both inclusive; without them every day is read.";
        }
        Error::new(Kind::BadInput, message)
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

fn missing(storage: &dyn Storage, path: &str) -> Error {
    let mut nearest = path;
    while let Some((parent, _)) = nearest.trim_end_matches('/').rsplit_once('/') {
        nearest = parent;
        if parent.len() <= storage.root().len() || storage.status(parent).is_ok_and(|found| found.is_some()) {
            break;
        }
    }
    let there = if nearest.is_empty() || nearest == path { "/" } else { nearest };
    let hint = if path.contains('/') { format!(" (the nearest that does is {there})") } else { String::new() };
    Error::new(Kind::Io, format!("The path does not exist{hint}.")).at(path)
}

#[cfg(test)]
mod tests;
