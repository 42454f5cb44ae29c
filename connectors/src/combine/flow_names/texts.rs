//! Texts by number.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::error::{Error, Kind};

/// Distinct texts, numbered from 0 in the order in which they came. A text takes its bytes and about 15 more: logs repeat
/// few of them millions of times, and those that they do not repeat are short.
#[derive(Default)]
pub(super) struct Texts {
    /// All of them, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    /// The text of this number; empty when there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        get(&self.text, &self.ends, number)
    }

    /// The number of a text that was added.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.find(self.hasher.hash_one(text), |&number| self.get(number) == text).copied()
    }

    /// The number of a text, which is added when it is new.
    ///
    /// # Errors
    /// There are 2^32 already.
    pub(super) fn add(&mut self, text: &str) -> Result<u32, Error> {
        if let Some(number) = self.find(text) {
            return Ok(number);
        }
        let number = u32::try_from(self.ends.len())
            .map_err(|_| Error::new(Kind::Internal, "There are too many different texts for one machine."))?;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let (texts, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.numbers.insert_unique(hasher.hash_one(text), number, |&number| hasher.hash_one(get(texts, ends, number)));
        Ok(number)
    }
}

fn get<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let from = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|&to| text.get(from..to)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_keeps_its_number(words in proptest::collection::vec("[ab\u{fc}]{0,3}", 0..100)) {
            let mut texts = Texts::default();
            let mut numbers = HashMap::new();
            for word in &words {
                let next = u32::try_from(numbers.len()).unwrap();
                let known = *numbers.entry(word.as_str()).or_insert(next);
                prop_assert_eq!(texts.add(word).unwrap(), known);
            }
            for (word, number) in numbers {
                prop_assert_eq!((texts.get(number), texts.find(word)), (word, Some(number)));
            }
            prop_assert_eq!((texts.get(u32::MAX), texts.find("c")), ("", None));
        }
    }
}
