//! Where space is cut into boxes, by a sample of the points.

use super::Parameters;
use super::boxes::{Boxes, Extents, Node, size};
use super::points::Matrix;
use super::sample::Sample;

/// Points of a box by default: a second or two of work.
pub const POINTS: u64 = 200_000;
/// Copies of each point, on average, at which fewer boxes are better.
const MOST_COPIES: f64 = 4.0;
/// Sampled points that a box must have to be cut.
const LEAST_SAMPLED: usize = 32;
/// Columns, those that vary most, in which a cut is looked for.
const COLUMNS: usize = 32;
/// The part of a box's points that each side of a cut must have.
const LEAST_SIDE: usize = 32;

/// Boxes, and how often their points are copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub boxes: Boxes,
    /// Boxes that a point goes to on average, about.
    pub copies: f64,
}

/// Cuts space into boxes of about `points` points, or of more where that would copy most points into several boxes: in
/// many columns everything is near everything, and one box is best.
#[must_use]
pub fn plan(sample: &Sample, parameters: &Parameters, points: u64) -> Plan {
    let mut most = points.max(1);
    while most < sample.count {
        let plan = cut(sample, parameters, most);
        if plan.copies <= MOST_COPIES {
            return plan;
        }
        most = most.saturating_mul(2);
    }
    Plan { boxes: Boxes::one(sample.width), copies: 1.0 }
}

/// Cuts space into boxes of about `points` points.
pub(super) fn cut(sample: &Sample, parameters: &Parameters, points: u64) -> Plan {
    let sampled = sample.points(usize::MAX);
    let (matrix, places) = sampled.varying_of();
    let count = sampled.members().len();
    let most = (points as f64 / sample.count as f64 * count as f64) as usize;
    let reach = parameters.eps() * 2.0;
    let mut cutting = Cutting { matrix: &matrix, places: &places, reach, most, nodes: Vec::new(), boxes: 0 };
    cutting.cut(&mut (0..count).collect::<Vec<_>>());
    let mut boxes = Boxes::of(sample.width, cutting.nodes);

    let mut dense = vec![0.0; size(sample.width)];
    let mut each = |see: &mut dyn FnMut(&[f64])| {
        for row in sampled.rows() {
            dense.fill(0.0);
            row.write_to(&mut dense);
            see(&dense);
        }
    };
    let mut extents = Extents::new(&boxes);
    each(&mut |row| extents.push(&boxes, row));
    boxes.bound(&extents);
    let (mut visits, mut copies) = (Vec::new(), 0);
    each(&mut |row| {
        boxes.route(row, parameters.eps(), &mut visits);
        copies += visits.len();
    });
    Plan { copies: copies as f64 / count.max(1) as f64, boxes }
}

struct Cutting<'a> {
    matrix: &'a Matrix,
    /// The place of each column of the matrix.
    places: &'a [usize],
    /// How far a box looks: 2ε.
    reach: f64,
    most: usize,
    nodes: Vec<Node>,
    boxes: u64,
}

/// A cut, and what speaks for it.
struct Cut {
    score: f64,
    column: usize,
    threshold: f64,
}

impl Cutting<'_> {
    fn cut(&mut self, points: &mut [usize]) {
        let at = self.nodes.len();
        self.nodes.push(Node { column: 0, threshold: 0.0, right: 0, number: self.boxes });
        let best = if points.len() <= self.most.max(LEAST_SAMPLED) { None } else { self.best(points) };
        let Some(best) = best else {
            self.boxes += 1;
            return;
        };
        points.sort_by(|&one, &other| self.value(one, best.column).total_cmp(&self.value(other, best.column)));
        let left = points.partition_point(|&point| self.value(point, best.column) < best.threshold);
        let Some((before, after)) = points.split_at_mut_checked(left) else { return };
        self.cut(before);
        let right = self.nodes.len() as u64;
        self.cut(after);
        if let (Some(node), Some(&place)) = (self.nodes.get_mut(at), self.places.get(best.column)) {
            *node = Node { column: place as u64, threshold: best.threshold, right, number: 0 };
        }
    }

    fn value(&self, point: usize, column: usize) -> f64 {
        self.matrix.values.get(point * self.matrix.width + column).copied().unwrap_or(0.0)
    }

    /// The best cut in one of the columns that vary most: one through a gap wider than boxes look, which copies nothing, or
    /// else one near the middle of a column that is wide enough.
    fn best(&self, points: &[usize]) -> Option<Cut> {
        let mut spreads =
            (0..self.matrix.width).map(|column| (self.spread(points, column), column)).collect::<Vec<_>>();
        spreads.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let cuts = spreads.iter().take(COLUMNS).filter_map(|&(_, column)| self.cut_of(points, column));
        cuts.reduce(|best, cut| if cut.score > best.score { cut } else { best })
    }

    /// Variance of a column.
    fn spread(&self, points: &[usize], column: usize) -> f64 {
        let count = points.len() as f64;
        let mean = points.iter().map(|&point| self.value(point, column) / count).sum::<f64>();
        points.iter().map(|&point| (self.value(point, column) - mean).powi(2) / count).sum()
    }

    fn cut_of(&self, points: &[usize], column: usize) -> Option<Cut> {
        let mut values = points.iter().map(|&point| self.value(point, column)).collect::<Vec<_>>();
        values.sort_by(f64::total_cmp);
        let wide = values.last()? - values.first()? >= 2.0 * self.reach;
        let count = values.len();
        let cut = |(below, pair): (usize, &[f64])| {
            let &[low, high] = pair else { return None };
            let left = below + 1;
            let side = left.min(count - left);
            if low == high || side * LEAST_SIDE < count {
                return None;
            }
            let free = high - low > self.reach;
            let score = side as f64 / count as f64 * if free { 1.0 } else { 0.3 };
            // The middle of the gap, unless there is no number in it.
            let middle = low * 0.5 + high * 0.5;
            let threshold = if middle > low { middle } else { high };
            (free || wide).then_some(Cut { score, column, threshold })
        };
        let cuts = values.windows(2).enumerate().filter_map(cut);
        cuts.reduce(|best, cut| if cut.score > best.score { cut } else { best })
    }
}
