//! Texts by number and numbers by text.

use std::hash::BuildHasher as _;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// Different texts, numbered in the order in which they came. Keeps each once, one behind the other: 17 bytes and its
/// own length, up to twice that after it grew.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    all: String,
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number; empty beyond the last.
    pub(crate) fn text(&self, number: usize) -> &str {
        text(&self.all, &self.ends, number)
    }

    /// Number of a text.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let hash = self.hasher.hash_one(text.as_bytes());
        self.numbers.find(hash, |&number| self.text(number as usize) == text).map(|&number| number as usize)
    }

    /// Number of a text, which is added if it is new. Beyond 2^32 texts all new ones have the last number.
    pub(crate) fn find_or_add(&mut self, text_: &str) -> usize {
        let Self { all, ends, numbers, hasher } = self;
        let hash = hasher.hash_one(text_.as_bytes());
        let known = |number: u32| text(all, ends, number as usize);
        let entry =
            numbers.entry(hash, |&number| known(number) == text_, |&number| hasher.hash_one(known(number).as_bytes()));
        match entry {
            Entry::Occupied(entry) => *entry.get() as usize,
            Entry::Vacant(entry) => {
                let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                entry.insert(number);
                all.push_str(text_);
                ends.push(all.len());
                number as usize
            }
        }
    }
}

fn text<'a>(all: &'a str, ends: &[usize], number: usize) -> &'a str {
    let from = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|&end| all.get(from..end)).unwrap_or_default()
}
