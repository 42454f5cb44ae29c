//! The passes of KMeans.

use netlytics_features::Rows;
use netlytics_sums::Total;

use super::candidates;
use super::lloyd::{Sums, mean_variance, means, squared_distance};
use super::params::{Init, Params};
use super::state::{Lloyd, Model, Partial, Seeding, State, Summary};
use crate::assign::{self, Assigner};
use netlytics_learning::Error;
use netlytics_learning::extent::{Bounds, Extent, grid};
use netlytics_learning::sample::{Sample, chance};
use netlytics_learning::{Advance, Learner, LearningPass};

/// A fit of KMeans.
#[derive(Debug, Clone)]
pub struct KMeans {
    params: Params,
}

impl KMeans {
    /// # Errors
    /// A parameter is out of its range.
    pub fn new(params: Params) -> Result<Self, Error> {
        params.check()?;
        Ok(Self { params })
    }

    /// The rounds of k-means||, and none for another start.
    fn rounds(&self) -> u64 {
        if self.params.init == Init::Parallel { self.params.init_steps } else { 0 }
    }

    /// The centres that Lloyd's steps start from, once a draw from all rows is there.
    fn begin(&self, extent: Extent, drawn: Vec<Vec<f64>>) -> Result<State, Error> {
        let centers = match &self.params.init {
            Init::Parallel => {
                let seeding = Some(Seeding { round: 1, candidates: drawn });
                return Ok(State { extent: Some(extent), seeding, lloyd: None });
            }
            Init::Random => drawn,
            Init::Centers(centers) => centers.clone(),
        };
        if let Some(center) = centers.iter().find(|center| center.len() != extent.width()) {
            return Err(Error::Parameter {
                name: "initial_centers",
                expected: format!("centres of {} numbers, as rows have features", extent.width()),
                found: format!("one of {}", center.len()),
            });
        }
        let lloyd = Some(Lloyd { iterations: 0, centers });
        Ok(State { extent: Some(extent), seeding: None, lloyd })
    }
}

impl Learner for KMeans {
    type State = State;
    type Partial = Partial;
    type Model = Model;
    type Summary = Summary;
    type Pass = KMeansPass;

    fn start(&self) -> State {
        State::default()
    }

    fn pass(&self, state: &State) -> Result<KMeansPass, Error> {
        let seed = self.params.seed;
        let Some(extent) = &state.extent else {
            let drawn = match self.params.init {
                Init::Parallel => 1,
                Init::Random => self.params.k,
                Init::Centers(_) => 0,
            };
            let work = Work::Bounds { bounds: Bounds::default(), sample: Sample::new(drawn) };
            return Ok(KMeansPass { seed, extent: None, rows: 0, work });
        };
        let work = match (&state.seeding, &state.lloyd) {
            (_, Some(lloyd)) => Work::Step(Box::new(Sums::new(extent, &lloyd.centers)?)),
            (Some(seeding), None) => {
                let assigner = Box::new(Assigner::new(extent.width(), extent.sparse, &seeding.candidates));
                if seeding.round > self.rounds() {
                    Work::Weights { assigner, counts: vec![0; seeding.candidates.len()] }
                } else {
                    let sample = Sample::new(self.params.k.saturating_mul(2));
                    Work::Draw { round: seeding.round, assigner, sample }
                }
            }
            (None, None) => return Err(Error::Foreign("a state without centres")),
        };
        Ok(KMeansPass { seed, extent: Some(extent.clone()), rows: 0, work })
    }

    fn merge(&self, mut left: Partial, right: Partial) -> Result<Partial, Error> {
        left.rows += right.rows;
        match (&mut left.bounds, &right.bounds) {
            (Some(left), Some(right)) => left.merge(right)?,
            (None, None) => {}
            _ => return Err(Error::Foreign("findings of different passes")),
        }
        match (&mut left.sample, right.sample) {
            (Some(left), Some(right)) => left.merge(right),
            (None, None) => {}
            _ => return Err(Error::Foreign("findings of different passes")),
        }
        if left.counts.len() != right.counts.len() || left.sums.len() != right.sums.len() {
            return Err(Error::Foreign("sums of different centres"));
        }
        left.counts.iter_mut().zip(right.counts).for_each(|(left, right)| *left += right);
        left.sums.iter_mut().zip(right.sums).for_each(|(left, right)| *left += right);
        left.cost.iter_mut().zip(right.cost).for_each(|(left, right)| *left += right);
        Ok(left)
    }

    fn advance(&self, state: State, found: Partial) -> Result<Advance<Self>, Error> {
        let drawn = found.sample.map(Sample::into_rows).unwrap_or_default();
        let Some(extent) = state.extent else {
            let extent = found.bounds.ok_or(Error::Foreign("no bounds"))?.extent()?;
            let progress = format!("{} rows of {} features", extent.rows, extent.width());
            return Ok(Advance::Again { state: self.begin(extent, drawn)?, progress });
        };
        extent.check_count(found.rows)?;
        if let Some(lloyd) = state.lloyd {
            return self.step(extent, lloyd, &found.counts, &found.sums, found.cost.unwrap_or_default());
        }
        let Seeding { round, mut candidates } = state.seeding.ok_or(Error::Foreign("a state without centres"))?;
        if round > self.rounds() {
            let progress = format!("centres chosen among {} candidates", candidates.len());
            let centers = candidates::reduce(&candidates, &found.counts, self.params.k, self.params.seed);
            let lloyd = Some(Lloyd { iterations: 0, centers });
            return Ok(Advance::Again { state: State { extent: Some(extent), seeding: None, lloyd }, progress });
        }
        candidates.extend(drawn);
        let progress = format!("seeding {round} of {}: {} candidates", self.rounds(), candidates.len());
        let seeding = Some(Seeding { round: round + 1, candidates });
        Ok(Advance::Again { state: State { extent: Some(extent), seeding, lloyd: None }, progress })
    }
}

impl KMeans {
    fn step(
        &self,
        extent: Extent,
        lloyd: Lloyd,
        counts: &[u64],
        sums: &[Total],
        cost: Total,
    ) -> Result<Advance<Self>, Error> {
        let cost = grid(extent.farthest(&lloyd.centers))?.value(cost);
        let centers = means(&extent, &lloyd.centers, counts, sums)?;
        let iterations = lloyd.iterations + 1;
        let moved = lloyd.centers.iter().zip(&centers).fold(0.0, |sum, (old, new)| sum + squared_distance(old, new));
        let converged = moved <= self.params.tol * mean_variance(&lloyd.centers, &centers, counts, cost);
        if converged || iterations >= self.params.max_iter {
            let (rows, features, sizes) = (extent.rows, extent.width(), counts.to_vec());
            let summary = Summary { rows, features, iterations, converged, cost, sizes };
            return Ok(Advance::Done { model: Model { centers, sparse: extent.sparse }, summary });
        }
        let lloyd = Some(Lloyd { iterations, centers });
        let state = State { extent: Some(extent), seeding: None, lloyd };
        Ok(Advance::Again { state, progress: format!("step {iterations}: cost {cost:.6e}") })
    }
}

/// A pass over some of the rows.
pub struct KMeansPass {
    seed: u64,
    extent: Option<Extent>,
    rows: u64,
    work: Work,
}

enum Work {
    Bounds { bounds: Bounds, sample: Sample },
    Draw { round: u64, assigner: Box<Assigner>, sample: Sample },
    Weights { assigner: Box<Assigner>, counts: Vec<u64> },
    Step(Box<Sums>),
}

impl KMeansPass {
    fn push_some(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        if let Some(extent) = &self.extent {
            extent.check_width(rows)?;
        }
        match &mut self.work {
            Work::Bounds { bounds, sample } => {
                // Keys first: hashing goes on while memory comes.
                if sample.wants() {
                    rows.iter().for_each(|row| sample.push(chance(row.key(self.seed)), rows.width(), row));
                }
                bounds.push(rows)?;
            }
            Work::Draw { round, assigner, sample } => {
                let seed = self.seed ^ *round;
                assigner.assign(rows, |block| {
                    for (row, &distance) in block.rows().zip(block.distances).filter(|(_, distance)| **distance > 0.0) {
                        let chance = chance(row.key(seed));
                        // −ln u ≥ 1−u: most rows are out without the logarithm, well beyond what rounding could change.
                        if (1.0 - chance) * 0.999 <= sample.highest() * distance {
                            sample.push(-libm::log(chance) / distance, rows.width(), row);
                        }
                    }
                });
            }
            Work::Weights { assigner, counts } => assigner.assign(rows, |block| {
                for &label in block.labels {
                    if let Some(count) = counts.get_mut(label as usize) {
                        *count += 1;
                    }
                }
            }),
            Work::Step(sums) => sums.push(rows),
        }
        // Last, when memory has come: an error ends the fit, whatever was added.
        if let Some(extent) = &self.extent {
            extent.check(rows)?;
        }
        self.rows += rows.len() as u64;
        Ok(())
    }
}

impl LearningPass for KMeansPass {
    type Partial = Partial;

    fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        // Small pieces: what one step has read is in the cache for the next.
        rows.chunks(assign::at_once(rows.width())).try_for_each(|rows| self.push_some(&rows))
    }

    fn finish(self) -> Partial {
        let none = Partial { rows: self.rows, bounds: None, sample: None, counts: vec![], sums: vec![], cost: None };
        match self.work {
            Work::Bounds { bounds, sample } => Partial { bounds: Some(bounds), sample: Some(sample), ..none },
            Work::Draw { sample, .. } => Partial { sample: Some(sample), ..none },
            Work::Weights { counts, .. } => Partial { counts, ..none },
            Work::Step(sums) => {
                let (counts, sums, cost) = sums.finish();
                Partial { counts, sums, cost: Some(cost), ..none }
            }
        }
    }
}
