//! How much work there is, known before it is begun.

use super::sample::Sample;
use super::tree::{LANES, Tree, distances};
use super::{Error, Parameters};

/// Pairs of points that a run may find within ε by default: those that one core compares in an hour, of 10 columns.
pub const MAX_PAIRS: f64 = 1e12;

/// Most points compared with each other, and most numbers: a second of one core.
const POINTS: usize = 4096;
const NUMBERS: f64 = 2e9;

/// How many pairs of points are within ε of each other: those of a sample, scaled up.
#[must_use]
pub fn pairs(sample: &Sample, parameters: &Parameters) -> f64 {
    let most = (NUMBERS / (sample.width as f64).max(1.0)).sqrt() as usize;
    let points = sample.points(most.clamp(2, POINTS));
    let sampled = points.members().len();
    if sampled < 2 {
        return 0.0;
    }
    let tree = Tree::new(&points.varying(), sampled);
    let (mut within, mut rows) = (0_u64, Vec::new());
    let leaves = tree.leaves();
    for (one, at) in leaves.iter().zip((0..).step_by(LANES)) {
        tree.rows(tree.node(*one).first, &mut rows);
        for other in leaves.iter().filter(|other| tree.between(*one, **other) <= parameters.squared()) {
            let from = tree.node(*other).first;
            for lane in 0..LANES.min(sampled - at) {
                let point = rows.get(lane * tree.width()..(lane + 1) * tree.width()).unwrap_or_default();
                let places = (from as usize * LANES..sampled).zip(distances(tree.block(from), point));
                within += places.filter(|(_, distance)| *distance <= parameters.squared()).count() as u64;
            }
        }
    }
    // Each point is within ε of itself, and each pair was seen from both ends.
    let (sampled, count) = (sampled as f64, sample.count as f64);
    (within as f64 - sampled) / 2.0 * (count * (count - 1.0)) / (sampled * (sampled - 1.0))
}

/// [`pairs`], unless it is too many.
///
/// # Errors
/// More than `max_pairs`.
pub fn checked(sample: &Sample, parameters: &Parameters, max_pairs: f64) -> Result<f64, Error> {
    let pairs = pairs(sample, parameters);
    if pairs > max_pairs { Err(Error::Pairs { pairs, max_pairs, eps: parameters.eps() }) } else { Ok(pairs) }
}
