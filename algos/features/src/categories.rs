//! How often the texts of a column occur, and the place that each gets.

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use crate::texts::Texts;

/// What a missing text counts as.
pub const MISSING: &str = "__NA__";

/// Counts texts as they come. Each different one takes 25 bytes and its own length, up to twice that.
#[derive(Debug, Default)]
pub struct Counter {
    texts: Texts,
    counts: Vec<u64>,
    missing: u64,
}

impl Counter {
    /// Counts a text, or that there is none.
    #[inline]
    pub fn add(&mut self, text: Option<&str>) {
        let Some(text) = text else {
            self.missing += 1;
            return;
        };
        let number = self.texts.find_or_add(text);
        match self.counts.get_mut(number) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
    }

    /// How many different ones there are, [`MISSING`] not among them.
    #[must_use]
    pub fn different(&self) -> usize {
        self.texts.len()
    }

    /// What was counted.
    #[must_use]
    pub fn finish(mut self) -> Tally {
        if self.missing > 0 {
            self.add(Some(MISSING));
            let number = self.texts.find(MISSING).unwrap_or(0);
            if let Some(count) = self.counts.get_mut(number) {
                *count += self.missing - 1;
            }
        }
        let mut order = (0..self.texts.len()).collect::<Vec<_>>();
        order.sort_unstable_by_key(|&number| self.texts.text(number));
        Tally {
            values: order.iter().map(|&number| self.texts.text(number).to_owned()).collect(),
            counts: order.iter().filter_map(|&number| self.counts.get(number).copied()).collect(),
        }
    }
}

/// Texts and how often each occurred: [ascending](str::cmp) as long as they are counted, then by rank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub values: Vec<String>,
    pub counts: Vec<u64>,
}

impl Tally {
    /// Both together, for ascending ones. In whatever order any number of them is merged, the result is the same.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let mut merged = Self::default();
        let (mut left, mut right) = (self.into_entries().peekable(), other.into_entries().peekable());
        loop {
            let first = match (left.peek(), right.peek()) {
                (Some((one, _)), Some((other, _))) => one.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return merged,
            };
            let lesser = if first == Ordering::Greater { right.next() } else { left.next() };
            let same = if first == Ordering::Equal { right.next() } else { None };
            if let Some((value, count)) = lesser {
                merged.values.push(value);
                merged.counts.push(count + same.map_or(0, |(_, count)| count));
            }
        }
    }

    /// The most frequent first, of equally frequent ones the lesser text.
    #[must_use]
    pub fn ranked(self) -> Self {
        let mut entries = self.into_entries().collect::<Vec<_>>();
        entries.sort_unstable_by(|(one, ones), (other, others)| {
            Reverse(ones).cmp(&Reverse(others)).then_with(|| one.cmp(other))
        });
        let (values, counts) = entries.into_iter().unzip();
        Self { values, counts }
    }

    fn into_entries(self) -> impl Iterator<Item = (String, u64)> {
        self.values.into_iter().zip(self.counts)
    }
}

/// The slot of each category in a one-hot row: its rank. The last category, which is the rarest, has none, as its row is
/// known by all slots being zero; neither have texts that are no category.
#[derive(Debug)]
pub struct Slots {
    texts: Texts,
    missing: Option<usize>,
}

impl Slots {
    /// Slots of categories by rank.
    #[must_use]
    pub fn new(ranked: &[String]) -> Self {
        let mut texts = Texts::default();
        for value in ranked.iter().take(slots(ranked)) {
            texts.find_or_add(value);
        }
        let missing = texts.find(MISSING);
        Self { texts, missing }
    }

    /// The slot of a text, or of a missing one.
    #[inline]
    #[must_use]
    pub fn of(&self, text: Option<&str>) -> Option<usize> {
        match text {
            Some(text) => self.texts.find(text),
            None => self.missing,
        }
    }
}

/// How many slots so many categories have.
#[must_use]
pub fn slots(ranked: &[String]) -> usize {
    ranked.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn count(texts: &[Option<&str>]) -> Tally {
        let mut counter = Counter::default();
        texts.iter().for_each(|text| counter.add(*text));
        counter.finish()
    }

    #[test]
    fn by_frequency_then_by_value() {
        let ranked = count(&[Some("b"), Some("a"), None, Some("c"), Some("b"), Some(""), None]).ranked();
        assert_eq!(ranked.values, ["__NA__", "b", "", "a", "c"]);
        assert_eq!(ranked.counts, [2, 2, 1, 1, 1]);
        let slots = Slots::new(&ranked.values);
        let found = [None, Some("b"), Some(""), Some("a"), Some("c"), Some("new")].map(|text| slots.of(text));
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(3), None, None]);
    }

    #[test]
    fn a_text_like_the_missing_one_is_the_missing_one() {
        assert_eq!(count(&[Some("__NA__"), None, None]).counts, [3]);
        assert_eq!(Slots::new(&["a".to_owned(), "b".to_owned()]).of(None), None);
    }

    #[test]
    fn a_million_categories() {
        let mut counter = Counter::default();
        for number in 0..1_000_000_u64 {
            counter.add(Some(&format!("/path/{}", number * 7919 % 1_000_003)));
        }
        let ranked = counter.finish().ranked();
        assert_eq!(ranked.values.len(), 1_000_000);
        assert!(ranked.values.is_sorted());
        let index = Slots::new(&ranked.values);
        assert_eq!((index.of(Some(&ranked.values[777])), slots(&ranked.values)), (Some(777), 999_999));
    }

    proptest! {
        #[test]
        fn however_it_is_cut(texts in prop::collection::vec(prop::option::of("[abé]{0,2}"), 0..60), cut in 0..60_usize) {
            let texts = texts.iter().map(Option::as_deref).collect::<Vec<_>>();
            let (left, right) = texts.split_at(cut.min(texts.len()));
            let whole = count(&texts);
            prop_assert_eq!(&count(left).merge(count(right)), &whole);
            prop_assert_eq!(&count(right).merge(count(left)), &whole);
            let mut expected = BTreeMap::new();
            texts.iter().for_each(|text| *expected.entry(text.unwrap_or(MISSING).to_owned()).or_insert(0) += 1);
            prop_assert_eq!(whole.clone().into_entries().collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
