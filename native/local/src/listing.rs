//! Finds the files of a read. Directories are walked by the connector's layout rules, so that days outside the range are
//! never listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::layout::{self, Listing, Verdict};
use netlytics_connectors::options::Options;

use crate::glob;
use crate::storage::{self, Entry, OpenFile, Storage, Version};

/// Names of left-out files quoted in a message.
const EXAMPLES: usize = 3;

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

/// The files under the paths (files, directories, globs), in the order of the paths and then of their names.
///
/// # Errors
/// A path is missing or cannot be read, a day is none, or nothing is left to read and that is not `optional`.
pub fn list(wanted: &Wanted<'_>, paths: &[String], optional: bool) -> Result<Vec<LogFile>, Error> {
    let mut walk = Walk { wanted, files: Vec::new(), left_out: BTreeMap::new() };
    for path in paths {
        walk.path(path)?;
    }
    if walk.files.is_empty() && !optional {
        return Err(walk.nothing(paths));
    }
    Ok(walk.files)
}

struct Walk<'r> {
    wanted: &'r Wanted<'r>,
    files: Vec<LogFile>,
    /// Names left out, by why; a directory counts as one.
    left_out: BTreeMap<&'static str, Vec<String>>,
}

impl Walk<'_> {
    fn path(&mut self, given: &str) -> Result<(), Error> {
        let (storage, path) = storage::of(given)?;
        // Only if nothing is there as a glob: a name may hold a bracket of its own.
        let (matches, named) = match storage.status(&path)? {
            Some(entry) => (vec![entry], true),
            None => (glob::matches(storage.as_ref(), &path)?, false),
        };
        if matches.is_empty() {
            return Err(missing(storage.as_ref(), &path));
        }
        self.given(&storage, matches, named)
    }

    /// What the user gave: directories are entered, files are read if their day allows.
    fn given(&mut self, storage: &Arc<dyn Storage>, matches: Vec<Entry>, named: bool) -> Result<(), Error> {
        let (directories, files): (Vec<_>, Vec<_>) = matches.into_iter().partition(|entry| entry.directory);
        let verdicts = self.judge(&files)?;
        // A file given by name, or by a glob of which the layout knows nothing, is the user's word for it.
        let foreign = verdicts.iter().all(|verdict| *verdict == Verdict::Other);
        let trusted = named || (directories.is_empty() && foreign);
        for directory in &directories {
            self.directory(storage, directory)?;
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

    fn directory(&mut self, storage: &Arc<dyn Storage>, directory: &Entry) -> Result<(), Error> {
        let entries = storage.list(&directory.path)?;
        let verdicts = self.judge(&entries)?;
        for (entry, verdict) in entries.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Descend => self.directory(storage, &entry)?,
                verdict => self.add(storage, entry, verdict),
            }
        }
        Ok(())
    }

    fn judge(&self, entries: &[Entry]) -> Result<Vec<Verdict>, Error> {
        layout::judge(&Listing {
            connector: self.wanted.connector.to_owned(),
            start_day: self.wanted.start_day.map(str::to_owned),
            end_day: self.wanted.end_day.map(str::to_owned),
            root: None,
            entries: entries.iter().map(|entry| (entry.path.clone(), entry.directory)).collect(),
            options: self.wanted.options.clone(),
        })
    }

    fn add(&mut self, storage: &Arc<dyn Storage>, entry: Entry, verdict: Verdict) {
        let Some(why) = verdict.reason() else {
            self.files.push(LogFile::new(entry, Arc::clone(storage)));
            return;
        };
        // Hidden ones are not worth a word.
        if verdict != Verdict::Other || !entry.name().starts_with(['.', '_']) {
            self.left_out.entry(why).or_default().push(entry.name().to_owned());
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
        if self.left_out.is_empty() {
            message += "nothing is there.";
        } else {
            let parts = self.left_out.iter().map(|(why, names)| format!("{} {why} ({})", names.len(), examples(names)));
            message += &format!("skipped {}.", parts.collect::<Vec<_>>().join("; "));
        }
        if days {
            message += " Days are YYYY_MM_DD, both inclusive; without them every day is read.";
        }
        Error::new(Kind::BadInput, message)
    }
}

fn examples(names: &[String]) -> String {
    let more = if names.len() > EXAMPLES { ", …" } else { "" };
    format!("{}{more}", names.iter().take(EXAMPLES).map(String::as_str).collect::<Vec<_>>().join(", "))
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
mod tests {
    use std::fs;

    use super::*;

    struct Tree(tempfile::TempDir);

    impl Tree {
        fn new(files: &[&str]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for file in files {
                let path = folder.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "text").unwrap();
            }
            Self(folder)
        }

        fn at(&self, name: &str) -> String {
            self.0.path().join(name).display().to_string()
        }

        fn listed(&self, days: Option<(&str, &str)>, path: &str) -> Result<Vec<String>, Error> {
            let wanted = Wanted {
                connector: "zeek_to_DNS",
                start_day: days.map(|days| days.0),
                end_day: days.map(|days| days.1),
                options: &Options::default(),
            };
            let files = list(&wanted, &[self.at(path)], false)?;
            let root = format!("{}/", self.at(""));
            Ok(files.iter().map(|file| file.path.replace(&root.replace("//", "/"), "")).collect())
        }
    }

    fn tree() -> Tree {
        Tree::new(&[
            "2017-03-01/dns.log",
            "2017-03-01/http.log",
            "2017-03-02/dns.1.log.gz",
            "current/dns.log",
            "odd.txt",
        ])
    }

    #[test]
    fn a_directory_is_walked_by_the_layout() {
        let tree = tree();
        let all = ["2017-03-01/dns.log", "2017-03-02/dns.1.log.gz", "current/dns.log"];
        assert_eq!(tree.listed(None, "").unwrap(), all);
        assert_eq!(tree.listed(Some(("2017_03_02", "2017_03_09")), "").unwrap(), ["2017-03-02/dns.1.log.gz"]);
        assert_eq!(tree.listed(None, "2017-*").unwrap(), all[..2]);
        assert_eq!(tree.listed(None, "2017-*/*").unwrap(), all[..2]);
    }

    #[test]
    fn a_file_given_by_name_is_trusted() {
        let tree = tree();
        assert_eq!(tree.listed(None, "odd.txt").unwrap(), ["odd.txt"]);
        assert_eq!(tree.listed(None, "*.txt").unwrap(), ["odd.txt"]);
        let error = tree.listed(Some(("2017_03_01", "2017_03_01")), "odd.txt").unwrap_err();
        assert!(error.message.contains("1 without a day in their path (odd.txt)"), "{error}");
    }

    #[test]
    fn what_is_missing_is_told() {
        let tree = tree();
        let error = tree.listed(None, "2017-03-05/dns.log").unwrap_err();
        assert_eq!(error.kind, Kind::Io);
        assert!(
            error.message.contains(&format!("nearest that does is {}", tree.at("").trim_end_matches('/'))),
            "{error}"
        );
        let none = Tree::new(&["http.log", "_hidden"]);
        let error = none.listed(None, "").unwrap_err();
        assert_eq!(error.kind, Kind::BadInput);
        assert!(error.message.ends_with("skipped 1 of other names (http.log)."), "{error}");
    }
}
