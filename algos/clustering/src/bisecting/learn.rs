//! The passes of bisecting KMeans.

use netlytics_features::Rows;

use super::level::{Sides, clusters, means, trial};
use super::params::Params;
use super::state::{Model, Node, Partial, Split, State, Summary, Trial};
use crate::assign;
use netlytics_learning::Error;
use netlytics_learning::{Advance, Learner, LearningPass};
use netlytics_learning::{Bounds, Extent};

/// A fit of bisecting KMeans.
#[derive(Debug, Clone)]
pub struct Bisecting {
    params: Params,
}

impl Bisecting {
    /// # Errors
    /// A parameter is out of its range.
    pub fn new(params: Params) -> Result<Self, Error> {
        params.check()?;
        Ok(Self { params })
    }

    /// The splits of the next level: none when there are enough clusters or none can be split.
    fn trials(&self, extent: &Extent, nodes: &[Node]) -> Vec<Trial> {
        let leaves = nodes.iter().filter(|node| node.split.is_none()).count();
        let least = self.params.least(extent.rows);
        let divisible = (0_u64..).zip(nodes).filter(|(_, node)| {
            node.split.is_none() && node.rows >= 2 && node.rows as f64 >= least && node.low < node.high
        });
        let mut divisible = divisible.collect::<Vec<_>>();
        divisible.sort_by_key(|(number, node)| (std::cmp::Reverse(node.rows), *number));
        divisible.truncate(self.params.k.saturating_sub(leaves));
        divisible.sort_by_key(|(number, _)| *number);
        divisible.into_iter().map(|(number, node)| trial(number, node)).collect()
    }

    /// The next level, or the end.
    fn next_level(&self, extent: Extent, mut state: State) -> Advance<Self> {
        state.trials = self.trials(&extent, &state.nodes);
        let leaves = || state.nodes.iter().filter(|node| node.split.is_none());
        let cost = leaves().fold(0.0, |sum, node| sum + node.cost);
        if !state.trials.is_empty() {
            let progress = format!("level {}: {} clusters, cost {cost:.6e}", state.level, leaves().count());
            (state.level, state.steps, state.extent) = (state.level + 1, 1, Some(extent));
            state.measured = state.steps >= self.params.max_iter;
            return Advance::Again { state, progress };
        }
        let mut sizes = Vec::new();
        number(&mut state.nodes, 0, &mut sizes);
        let (rows, features) = (extent.rows, extent.width());
        let (iterations, converged) = (state.iterations, state.settled);
        let summary = Summary { rows, features, iterations, converged, cost, sizes };
        Advance::Done { model: Model { nodes: state.nodes, sparse: extent.sparse }, summary }
    }
}

/// Numbers the clusters below a node from the left, and gathers their sizes.
fn number(nodes: &mut [Node], at: u64, sizes: &mut Vec<u64>) {
    let Some(node) = usize::try_from(at).ok().and_then(|at| nodes.get_mut(at)) else { return };
    match node.split.as_ref().map(|split| (split.left, split.right)) {
        Some((left, right)) => {
            number(nodes, left, sizes);
            number(nodes, right, sizes);
        }
        None => {
            node.cluster = Some(sizes.len() as u64);
            sizes.push(node.rows);
        }
    }
}

/// Puts the sides of the trials into the tree.
fn split(nodes: &mut Vec<Node>, trials: Vec<Trial>, sides: Vec<Option<Node>>) {
    let mut sides = sides.into_iter();
    for trial in trials {
        let (left, right) = (sides.next().flatten(), sides.next().flatten());
        let next = nodes.len() as u64;
        let Some(node) = usize::try_from(trial.node).ok().and_then(|at| nodes.get_mut(at)) else { continue };
        let (Some(left), Some(right)) = (left, right) else {
            // Rounding put all rows on one side: they are as good as equal.
            node.high = node.low;
            continue;
        };
        let (left_point, right_point) = (trial.left, trial.right);
        node.split = Some(Split { left: next, right: next + 1, left_point, right_point });
        nodes.extend([left, right]);
    }
}

impl Learner for Bisecting {
    type State = State;
    type Partial = Partial;
    type Model = Model;
    type Summary = Summary;
    type Pass = BisectingPass;

    fn start(&self) -> State {
        State { settled: true, ..State::default() }
    }

    fn pass(&self, state: &State) -> Result<BisectingPass, Error> {
        let work = match &state.extent {
            None => Work::Bounds(Bounds::default()),
            Some(extent) => Work::Sides(Box::new(Sides::new(extent, &state.nodes, &state.trials, state.measured)?)),
        };
        Ok(BisectingPass { extent: state.extent.clone(), rows: 0, work })
    }

    fn merge(&self, mut left: Partial, right: Partial) -> Result<Partial, Error> {
        match (&mut left.bounds, &right.bounds) {
            (Some(left), Some(right)) => left.merge(right)?,
            (None, None) => {}
            _ => return Err(Error::Foreign("findings of different passes")),
        }
        if left.counts.len() != right.counts.len() || left.sums.len() != right.sums.len() {
            return Err(Error::Foreign("sums of different splits"));
        }
        left.rows += right.rows;
        left.counts.iter_mut().zip(right.counts).for_each(|(left, right)| *left += right);
        left.sums.iter_mut().zip(right.sums).for_each(|(left, right)| *left += right);
        left.squares.iter_mut().zip(right.squares).for_each(|(left, right)| *left += right);
        left.least.iter_mut().zip(right.least).for_each(|(left, right)| *left = left.min(right));
        left.most.iter_mut().zip(right.most).for_each(|(left, right)| *left = left.max(right));
        left.filled.iter_mut().zip(right.filled).for_each(|(left, right)| *left += right);
        Ok(left)
    }

    fn advance(&self, mut state: State, found: Partial) -> Result<Advance<Self>, Error> {
        let Some(extent) = state.extent.take() else {
            let extent = found.bounds.ok_or(Error::Foreign("no bounds"))?.extent()?;
            let progress = format!("{} rows of {} features", extent.rows, extent.width());
            let root = root(&extent);
            return Ok(Advance::Again { state: State { extent: Some(extent), ..root }, progress });
        };
        extent.check_count(found.rows)?;
        let centers = means(&extent, &state.trials, &found.counts, &found.sums)?;
        let points = state.trials.iter().flat_map(|trial| [&trial.left, &trial.right]);
        let settled = points.zip(&centers).all(|(point, center)| center.as_ref().is_none_or(|center| point == center));
        if state.measured {
            let sides = clusters(&extent, &state.trials, centers, &found)?;
            if state.level == 0 {
                state.nodes = sides.into_iter().take(1).flatten().collect();
            } else {
                state.iterations += state.steps;
                state.settled &= settled;
                split(&mut state.nodes, std::mem::take(&mut state.trials), sides);
            }
            return Ok(self.next_level(extent, state));
        }
        let progress = format!("level {}, step {}", state.level, state.steps);
        state.steps += u64::from(!settled);
        state.measured = settled || state.steps >= self.params.max_iter;
        let points = state.trials.iter_mut().flat_map(|trial| [&mut trial.left, &mut trial.right]);
        for (point, center) in points.zip(centers) {
            *point = center.unwrap_or_else(|| std::mem::take(point));
        }
        state.extent = Some(extent);
        Ok(Advance::Again { state, progress })
    }
}

/// The state of the pass that computes the root: all rows are the left side of a split.
fn root(extent: &Extent) -> State {
    let center =
        extent.least.iter().zip(&extent.most).map(|(least, most)| 0.5 * least + 0.5 * most).collect::<Vec<_>>();
    let node =
        Node { center: center.clone(), rows: 0, cost: 0.0, axis: 0, low: 0.0, high: 0.0, cluster: None, split: None };
    let trials = vec![Trial { node: 0, left: center.clone(), right: center }];
    State { nodes: vec![node], trials, settled: true, measured: true, ..State::default() }
}

/// A pass over some of the rows.
pub struct BisectingPass {
    extent: Option<Extent>,
    rows: u64,
    work: Work,
}

enum Work {
    Bounds(Bounds),
    Sides(Box<Sides>),
}

impl BisectingPass {
    fn push_some(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        match (&mut self.work, &self.extent) {
            (Work::Bounds(bounds), _) => bounds.push(rows)?,
            (Work::Sides(sides), Some(extent)) => {
                extent.check_width(rows)?;
                sides.push(rows);
                // Last, when memory has come: an error ends the fit, whatever was added.
                extent.check(rows)?;
            }
            (Work::Sides(_), None) => return Err(Error::Foreign("a state without bounds")),
        }
        self.rows += rows.len() as u64;
        Ok(())
    }
}

impl LearningPass for BisectingPass {
    type Partial = Partial;

    fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        // Small pieces: what one step has read is in the cache for the next.
        rows.chunks(assign::at_once(rows.width())).try_for_each(|rows| self.push_some(&rows))
    }

    fn finish(self) -> Partial {
        let none = Partial { rows: self.rows, ..Partial::default() };
        match self.work {
            Work::Bounds(bounds) => Partial { bounds: Some(bounds), ..none },
            Work::Sides(sides) => Partial { rows: self.rows, ..sides.finish() },
        }
    }
}
