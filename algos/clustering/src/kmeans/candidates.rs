//! k centres out of weighted candidates, in memory: k-means++ with Lloyd's steps, the best of several starts.

use netlytics_features::Row;

use super::lloyd::squared_distance;
use netlytics_learning::sample::chance;

/// Starts at most.
const STARTS: usize = 10;
/// Lloyd's steps of a start at most, as MLlib has it.
const STEPS: usize = 30;
/// Numbers looked at by all starts together, about; with many large candidates there are fewer starts.
const EFFORT: usize = 1 << 31;

/// Weighted rows.
struct Weighted<'a> {
    rows: &'a [Vec<f64>],
    weights: &'a [u64],
}

/// Picks k centres, or takes all candidates if there are no more.
pub(super) fn reduce(candidates: &[Vec<f64>], weights: &[u64], k: usize, seed: u64) -> Vec<Vec<f64>> {
    if candidates.len() <= k {
        return candidates.to_vec();
    }
    let work = candidates.iter().map(Vec::len).sum::<usize>().saturating_mul(k).saturating_mul(STEPS + 1);
    let starts = (EFFORT / work.max(1)).clamp(1, STARTS);
    let all = Weighted { rows: candidates, weights };
    let results = (0..starts).map(|start| {
        let draws = Draws { seed, start, drawn: 0 };
        all.settle(all.spread(k, draws))
    });
    let best = results.reduce(|best, other| if other.0 < best.0 { other } else { best });
    best.map_or_else(Vec::new, |(_, centers)| centers)
}

/// Numbers of (0, 1), the same for the same seed and start.
struct Draws {
    seed: u64,
    start: usize,
    drawn: usize,
}

impl Draws {
    fn next(&mut self) -> f64 {
        self.drawn += 1;
        chance(Row::Dense(&[self.start as f64, self.drawn as f64]).key(self.seed))
    }
}

impl Weighted<'_> {
    /// k-means++, each centre the best of several draws (D. Arthur, S. Vassilvitskii, "k-means++", SODA 2007).
    fn spread(&self, k: usize, mut draws: Draws) -> Vec<Vec<f64>> {
        let mut centers: Vec<Vec<f64>> = Vec::with_capacity(k);
        let mut least = vec![1.0; self.rows.len()];
        let trials = 2 + k.ilog2() as usize;
        while centers.len() < k {
            let shares = self.weights.iter().zip(&least).map(|(&weight, least)| weight as f64 * least);
            let shares = shares.collect::<Vec<_>>();
            let first = centers.is_empty();
            let mut best: Option<(f64, &Vec<f64>, Vec<f64>)> = None;
            for _ in 0..if first { 1 } else { trials } {
                let Some(row) = draw(&shares, draws.next()).and_then(|at| self.rows.get(at)) else { break };
                let distances = self.rows.iter().zip(&least).map(|(other, &least)| {
                    let distance = squared_distance(row, other);
                    if first || distance < least { distance } else { least }
                });
                let distances = distances.collect::<Vec<_>>();
                let cost = distances.iter().zip(self.weights).fold(0.0, |sum, (d, &weight)| sum + d * weight as f64);
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, row, distances));
                }
            }
            // Candidates that differ by less than a square can show leave nothing to draw from.
            let Some((_, row, distances)) = best else { break };
            centers.push(row.clone());
            least = distances;
        }
        centers
    }

    /// Lloyd's steps until nothing moves. Gives the cost before the last one as well.
    fn settle(&self, mut centers: Vec<Vec<f64>>) -> (f64, Vec<Vec<f64>>) {
        let mut cost = f64::INFINITY;
        for _ in 0..STEPS {
            let mut sums = centers.iter().map(|center| (0.0, vec![0.0; center.len()])).collect::<Vec<_>>();
            cost = 0.0;
            for (row, &weight) in self.rows.iter().zip(self.weights) {
                let weight = weight as f64;
                let distances = centers.iter().map(|center| squared_distance(row, center)).enumerate();
                let Some((nearest, distance)) = distances.reduce(|best, d| if d.1 < best.1 { d } else { best }) else {
                    continue;
                };
                cost += weight * distance;
                if let Some((total, sum)) = sums.get_mut(nearest) {
                    *total += weight;
                    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
                }
            }
            let mut moved = false;
            for (center, (total, sum)) in centers.iter_mut().zip(sums).filter(|(_, (total, _))| *total > 0.0) {
                let mean = sum.iter().map(|sum| sum / total).collect::<Vec<_>>();
                moved |= *center != mean;
                *center = mean;
            }
            if !moved {
                break;
            }
        }
        (cost, centers)
    }
}

/// The place that a number of (0, 1) falls on when each place has its share of it.
fn draw(shares: &[f64], chance: f64) -> Option<usize> {
    let mut left = chance * shares.iter().fold(0.0, |sum, share| sum + share);
    let mut last = None;
    for (at, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        last = Some(at);
        left -= share;
        if left < 0.0 {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_fall_on_places_with_a_share() {
        let shares = [0.0, 1.0, 0.0, 3.0, 0.0];
        assert_eq!([0.0, 0.24, 0.26, 0.999_999, 1.0].map(|at| draw(&shares, at)), [1, 1, 3, 3, 3].map(Some));
        assert_eq!(draw(&[0.0, 0.0], 0.5), None);
    }

    #[test]
    fn clusters_are_found_by_weight() {
        let rows = [0.0, 0.1, 10.0, 10.2, 20.0, 20.1].map(|value| vec![value]);
        let mut centers = reduce(&rows, &[1, 1, 3, 1, 1, 1], 3, 7);
        centers.sort_by(|one, other| one[0].total_cmp(&other[0]));
        assert_eq!(centers, [vec![0.05], vec![40.2 / 4.0], vec![(20.0 + 20.1) / 2.0]]);
        assert_eq!(reduce(&rows[..2], &[1, 1], 3, 7), rows[..2]);
        let equal = [vec![0.0], vec![1e-200], vec![2e-200]];
        assert_eq!(reduce(&equal, &[1, 1, 1], 2, 7).len(), 1);
    }
}
