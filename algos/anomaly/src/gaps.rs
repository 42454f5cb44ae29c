//! A series of equally spaced values out of rows that have times: sorted, one value a step.
//!
//! The reference takes rows in any order and ignores duplicates and gaps, so that a period in points is no period in time.
//! Here times are sorted and the step is their median distance, unless it is given. Two rows of one time are an error
//! unless a rule is given, because only the one who made the rows knows whether they are parts of one value (sum), several
//! measurements (mean) or copies (first). Gaps are filled by interpolation: a value on the line between its neighbours
//! cannot be an outlier of its own, while a 0 can; where the rows are counts and a missing row means that there was nothing
//! to count, 0 is right. Filled values are marked and can be left out of what is reported. A series that is mostly gaps has
//! no season in time that interpolation would bring out, and most of what is tested would be made up: unless told otherwise
//! its rows are taken as equally spaced, as the reference takes all, and the series says so.

use serde::Deserialize;

use crate::Error;

/// A step may be off by this share of itself, so that clocks may drift a little.
const TOLERANCE: f64 = 0.1;
/// Filling may make a series this many times as long.
const LONGEST: u64 = 16;
/// Filling that nobody asked for may make a series this many times as long.
const LONGEST_UNASKED: u64 = 2;

/// What becomes of rows of the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// They are an error.
    #[default]
    Error,
    Sum,
    Mean,
    /// The one that is first in the slices.
    First,
    /// The one that is last in the slices.
    Last,
}

/// What becomes of steps without a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gaps {
    /// As [`Gaps::Interpolate`] where at most half of the steps have no row; as [`Gaps::Ignore`] where more have none, or
    /// where no step is given and times are not whole numbers of their median distance apart.
    #[default]
    Auto,
    /// They are an error.
    Error,
    /// The value there is 0: for counts, where no row means nothing to count.
    Zero,
    /// The value there is on the line between the values beside the gap.
    Interpolate,
    /// Rows count as equally spaced whatever their times: the reference's way.
    Ignore,
}

/// How rows become a series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    pub duplicates: Duplicates,
    pub gaps: Gaps,
    /// The distance of values in seconds; their median distance if it is not given. Not used where gaps are ignored.
    pub step: Option<f64>,
}

/// A series; vectors have one entry a point, in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Regular {
    /// In seconds. Times of rows are as they were given.
    pub times: Vec<f64>,
    pub values: Vec<f64>,
    /// Whether there was no row and the value comes from [`Policy::gaps`].
    pub filled: Vec<bool>,
    /// In seconds; the median distance, or the one given.
    pub step: f64,
    /// Whether rows count as equally spaced whatever their times: none is filled in.
    pub gaps_ignored: bool,
}

/// The series of rows in any order; `times` in seconds.
///
/// # Errors
/// Slices of different length; fewer than two times; times or values that are not finite; duplicates or gaps where the
/// policy has them be errors; times that are no multiple of the step apart (by more than a tenth of it, from row to row);
/// gaps that would make the series more than 16 times as long.
pub fn regular(times: &[f64], values: &[f64], policy: &Policy) -> Result<Regular, Error> {
    let mut rows = sorted(times, values)?;
    join(&mut rows, policy.duplicates)?;
    let step = match policy.step {
        Some(step) if step > 0.0 && step.is_finite() => step,
        Some(step) => return Err(Error::parameter("step", "seconds above 0", step)),
        None => median_step(&rows)?,
    };
    match policy.gaps {
        Gaps::Ignore => Ok(as_given(rows, step)),
        Gaps::Auto if steps_covered(&rows, step) > LONGEST_UNASKED * rows.len() as u64 => Ok(as_given(rows, step)),
        Gaps::Auto => match fill(&rows, step, Gaps::Interpolate) {
            Err(Error::Irregular { .. }) if policy.step.is_none() => Ok(as_given(rows, step)),
            filled => filled,
        },
        rule => fill(&rows, step, rule),
    }
}

/// Time and value.
type Row = (f64, f64);

fn sorted(times: &[f64], values: &[f64]) -> Result<Vec<Row>, Error> {
    if times.len() != values.len() {
        return Err(Error::Lengths { times: times.len(), values: values.len() });
    }
    for (index, (&time, &value)) in times.iter().zip(values).enumerate() {
        if !time.is_finite() {
            return Err(Error::Time { index, time });
        }
        if !value.is_finite() {
            return Err(Error::NotFinite { index, value });
        }
    }
    let mut rows = times.iter().copied().zip(values.iter().copied()).collect::<Vec<_>>();
    // Stable: first and last stay what they are.
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(rows)
}

fn join(rows: &mut Vec<Row>, rule: Duplicates) -> Result<(), Error> {
    let same = |a: &Row, b: &Row| a.0 == b.0;
    if rule == Duplicates::Error {
        return match rows.windows(2).find_map(|pair| pair.first().zip(pair.last()).filter(|(a, b)| same(a, b))) {
            Some(((time, _), _)) => Err(Error::DuplicateTime { time: *time }),
            None => Ok(()),
        };
    }
    let joined = rows.chunk_by(same).filter_map(|run| {
        let (&(time, first), &(_, last)) = run.first().zip(run.last())?;
        let sum = run.iter().map(|row| row.1).sum::<f64>();
        let value = match rule {
            Duplicates::Sum => sum,
            Duplicates::Mean => sum / run.len() as f64,
            Duplicates::Last => last,
            Duplicates::First | Duplicates::Error => first,
        };
        Some((time, value))
    });
    *rows = joined.collect();
    Ok(())
}

/// Pairs of rows that follow each other.
fn neighbours(rows: &[Row]) -> impl Iterator<Item = (&Row, &Row)> {
    rows.iter().zip(rows.iter().skip(1))
}

fn median_step(rows: &[Row]) -> Result<f64, Error> {
    let mut steps = neighbours(rows).map(|(one, next)| next.0 - one.0).collect::<Vec<_>>();
    // A step that occurs, rather than the mean of two that do.
    let middle = steps.len().saturating_sub(1) / 2;
    match steps.is_empty() {
        true => Err(Error::TooShort { found: rows.len(), needed: 2, reason: "the distance of two times" }),
        false => Ok(*steps.select_nth_unstable_by(middle, f64::total_cmp).1),
    }
}

/// Steps from the first row to the last, both counted.
fn steps_covered(rows: &[Row], step: f64) -> u64 {
    let span = rows.first().zip(rows.last()).map_or(0.0, |(first, last)| last.0 - first.0);
    ((span / step) as u64).saturating_add(1)
}

fn as_given(rows: Vec<Row>, step: f64) -> Regular {
    let (times, values) = rows.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    Regular { filled: vec![false; times.len()], times, values, step, gaps_ignored: true }
}

fn fill(rows: &[Row], step: f64, rule: Gaps) -> Result<Regular, Error> {
    let needed = steps_covered(rows, step);
    if rule != Gaps::Error && needed > LONGEST * rows.len() as u64 {
        return Err(Error::Sparse { given: rows.len(), needed, step });
    }
    let mut series = Regular { times: Vec::new(), values: Vec::new(), filled: Vec::new(), step, gaps_ignored: false };
    if let Some(&first) = rows.first() {
        series.push(first, false);
    }
    for (&(time, value), &next) in neighbours(rows) {
        let distance = next.0 - time;
        let steps = (distance / step).round();
        if steps < 1.0 || (distance - steps * step).abs() > TOLERANCE * step {
            return Err(Error::Irregular { time: next.0, step });
        }
        let missing = steps as u64 - 1;
        if missing > 0 && rule == Gaps::Error {
            return Err(Error::Gap { after: time, missing, step });
        }
        for place in 1..=missing {
            let share = place as f64 / steps;
            let between = if rule == Gaps::Zero { 0.0 } else { value * (1.0 - share) + next.1 * share };
            series.push((time + distance * share, between), true);
        }
        series.push(next, false);
    }
    Ok(series)
}

impl Regular {
    fn push(&mut self, (time, value): Row, filled: bool) {
        self.times.push(time);
        self.values.push(value);
        self.filled.push(filled);
    }
}

#[cfg(test)]
mod tests;
