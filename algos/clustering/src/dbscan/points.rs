//! The points of one box: distinct rows, with weights.

use netlytics_features::Row;

/// What is known of a point besides its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Names it by its content.
    pub key: u128,
    /// How many rows it stands for.
    pub weight: u64,
    /// Whether the box owns it; it is a neighbour of the box's points otherwise.
    pub owned: bool,
    /// Whether it is within ε of another box's points if the box owns it, or of this box's points if not. The clusters that
    /// the two boxes find it in are then one.
    pub shared: bool,
}

/// Points that are gathered one by one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Points {
    members: Vec<Member>,
    /// Where the numbers of each point end.
    ends: Vec<usize>,
    places: Vec<i32>,
    values: Vec<f64>,
}

/// Rows of numbers, one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Matrix {
    pub(super) width: usize,
    pub(super) values: Vec<f64>,
}

impl Points {
    /// Adds a point.
    pub fn push(&mut self, row: &Row<'_>, member: Member) {
        for (place, value) in row.non_zero() {
            self.places.push(i32::try_from(place).unwrap_or(i32::MAX));
            self.values.push(value);
        }
        self.members.push(member);
        self.ends.push(self.values.len());
    }

    /// What is known of each point, in the order they were added.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The points' numbers, in order, without the columns in which all are equal: those add nothing but zeros to any
    /// distance. Of one-hot columns of a box hardly any is left.
    pub(super) fn varying(&self) -> Matrix {
        self.varying_of().0
    }

    /// The same, and the place of each column that is left.
    pub(super) fn varying_of(&self) -> (Matrix, Vec<usize>) {
        let columns = self.columns();
        let places = columns.iter().enumerate().filter_map(|(place, column)| column.map(|_| place)).collect();
        let width = columns.iter().flatten().count();
        let mut values = vec![0.0; width * self.members.len()];
        for (dense, row) in values.chunks_exact_mut(width.max(1)).zip(self.rows()) {
            for (place, value) in row.non_zero() {
                if let Some(slot) = columns.get(place).copied().flatten().and_then(|column| dense.get_mut(column)) {
                    *slot = value;
                }
            }
        }
        (Matrix { width, values }, places)
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            let range = std::mem::replace(&mut from, end)..end;
            let places = self.places.get(range.clone()).unwrap_or_default();
            Row::Sparse { places, values: self.values.get(range).unwrap_or_default() }
        })
    }

    /// For each place the number of its column among those that vary.
    fn columns(&self) -> Vec<Option<usize>> {
        struct Seen {
            count: usize,
            first: f64,
            varies: bool,
        }
        let mut seen = Vec::<Seen>::new();
        for (&place, &value) in self.places.iter().zip(&self.values) {
            let place = usize::try_from(place).unwrap_or_default();
            if place >= seen.len() {
                seen.resize_with(place + 1, || Seen { count: 0, first: 0.0, varies: false });
            }
            if let Some(seen) = seen.get_mut(place) {
                if seen.count == 0 {
                    seen.first = value;
                }
                seen.varies |= value != seen.first;
                seen.count += 1;
            }
        }
        let mut next = 0..;
        let varies = |seen: &Seen| seen.varies || (seen.count > 0 && seen.count < self.members.len());
        seen.iter().map(|seen| if varies(seen) { next.next() } else { None }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_value_are_left_out() {
        let mut points = Points::default();
        for row in [[0.0, 5.0, 1.0, 0.0], [0.0, 5.0, -0.0, 2.0]] {
            points.push(&Row::Dense(&row), Member { key: 0, weight: 1, owned: true, shared: false });
        }
        assert_eq!(points.varying(), Matrix { width: 2, values: vec![1.0, 0.0, 0.0, 2.0] });
    }
}
