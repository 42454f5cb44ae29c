//! The files that a listing has found, each once, and an account of what was left out and why.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use netlytics_connectors::layout::Verdict;

use super::LogFile;
use crate::storage::{self, Entry, Identity, Storage};

/// Names that are told of each reason.
const EXAMPLES: usize = 3;
/// Why an entry is left out that the layout cannot be asked about; the words are the same in Spark.
const UNREADABLE_NAME: &str = "with names that cannot be read";

/// What a listing has found so far.
#[derive(Default)]
pub(super) struct Found {
    files: Vec<LogFile>,
    read: HashSet<Identity>,
    /// Why, and the path.
    left_out: HashMap<Identity, (&'static str, String)>,
}

impl Found {
    /// Adds a file to read, unless it has been listed under another name already.
    pub(super) fn read(&mut self, file: Entry, storage: &Arc<dyn Storage>) {
        let identity = file.identity();
        self.left_out.remove(&identity);
        if self.read.insert(identity) {
            self.files.push(LogFile::new(file, Arc::clone(storage)));
        }
    }

    /// Notes an entry that is not read, unless it is under another name. A directory counts as one.
    pub(super) fn leave_out(&mut self, why: &'static str, entry: &Entry) {
        let identity = entry.identity();
        if !self.read.contains(&identity) {
            self.left_out.entry(identity).or_insert_with(|| (why, entry.path.clone()));
        }
    }

    /// Notes an entry whose name is not UTF-8.
    pub(super) fn leave_out_unreadable(&mut self, path: String) {
        self.left_out.insert(Identity::Path(path.clone()), (UNREADABLE_NAME, path));
    }

    /// Whether there is nothing to read.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Everything left out, files of other connectors as well.
    pub(super) fn all_left_out(&self) -> LeftOut {
        LeftOut(self.left_out.values().map(|(why, path)| (path.clone(), *why)).collect())
    }

    /// The files to read, in the order of the listing, and what of this connector was left out.
    pub(super) fn finish(self) -> (Vec<LogFile>, LeftOut) {
        let mut left_out = self.all_left_out();
        left_out.0.retain(|_, why| Some(*why) != Verdict::Other.reason());
        (self.files, left_out)
    }
}

/// What a read leaves out: why, by path, so that the same names are told every time.
#[derive(Debug, Clone, Default)]
pub struct LeftOut(BTreeMap<String, &'static str>);

impl LeftOut {
    /// Adds what another listing has left out. A path counts once.
    pub(crate) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How much for each reason.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = BTreeMap::new();
        for (path, why) in &self.0 {
            let reason = reasons.entry(*why).or_insert_with(|| Reason { words: why, count: 0, examples: Vec::new() });
            reason.count += 1;
            if reason.examples.len() < EXAMPLES {
                reason.examples.push(storage::name(path).to_owned());
            }
        }
        reasons.into_values().collect()
    }
}

/// Files and directories left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// To be put behind a number: "of other days".
    pub words: &'static str,
    /// A directory that was not entered counts as one.
    pub count: usize,
    /// The first names.
    pub examples: Vec<String>,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.count > self.examples.len() { ", …" } else { "" };
        write!(out, "{} {} ({}{more})", self.count, self.words, self.examples.join(", "))
    }
}
