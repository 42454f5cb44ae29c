//! The passes of a mixture's fit.

use netlytics_features::Rows;
use netlytics_sums::{AT_ONCE, ExactSum};

use super::cholesky;
use super::density::Densities;
use super::moments::{Moments, maximised};
use super::params::{Covariance, Init, Params, Stop, WIDEST};
use super::state::{Em, Mixture, Partial, State, Summary};
use crate::assign::{self, Assigner};
use crate::kmeans::{self, KMeans, KMeansPass};
use netlytics_learning::Error;
use netlytics_learning::Extent;
use netlytics_learning::{Advance, Learner, LearningPass};

/// Numbers looked at together, which bounds the memory that wide rows take, and rows.
const BLOCK: usize = 1 << 17;
const BLOCK_ROWS: usize = 512;
const _: () = assert!(BLOCK_ROWS <= AT_ONCE, "a block is summed at once");

/// A fit of a Gaussian mixture.
#[derive(Debug, Clone)]
pub struct GaussianMixture {
    params: Params,
    kmeans: KMeans,
}

impl GaussianMixture {
    /// # Errors
    /// A parameter is out of its range.
    pub fn new(params: Params) -> Result<Self, Error> {
        params.check()?;
        let init = match &params.init {
            Init::KMeans => kmeans::Init::Parallel,
            Init::Random => kmeans::Init::Random,
            Init::Means(means) | Init::Components { means, .. } => kmeans::Init::Centers(means.clone()),
        };
        let kmeans = kmeans::Params { k: params.k, seed: params.seed, init, ..kmeans::Params::default() };
        Ok(Self { params, kmeans: KMeans::new(kmeans)? })
    }

    fn full(&self) -> bool {
        self.params.covariance == Covariance::Full
    }

    /// The state in which each row belongs to the nearest centre, or that of given components.
    fn begin(&self, extent: Extent, centers: Vec<Vec<f64>>) -> Result<State, Error> {
        if self.full() && extent.width() > WIDEST {
            return Err(Error::Parameter {
                name: "covariance_type",
                expected: format!(
                    "diag for rows of more than {WIDEST} features, or fewer features, by PCA for instance"
                ),
                found: format!("full with {} features", extent.width()),
            });
        }
        let em = match &self.params.init {
            Init::Components { weights, precisions, .. } => {
                let mixture =
                    Mixture { full: self.full(), weights: weights.clone(), means: centers, covariances: vec![] };
                Some(Em { iterations: 0, lower_bound: None, mixture: inverted(mixture, precisions)? })
            }
            _ => return Ok(State { kmeans: None, extent: Some(extent), centers: Some(centers), em: None }),
        };
        Ok(State { kmeans: None, extent: Some(extent), centers: None, em })
    }

    fn begin_with_kmeans(&self, state: kmeans::State, found: kmeans::Partial) -> Result<Advance<Self>, Error> {
        let extent = state.extent.clone();
        let (state, progress) = match self.kmeans.advance(state, found)? {
            Advance::Done { model, summary } => {
                let extent = extent.ok_or(Error::Foreign("no extent"))?;
                (self.begin(extent, model.centers)?, format!("start: cost {:.6e}", summary.cost))
            }
            Advance::Again { state: kmeans::State { extent: Some(extent), lloyd: Some(lloyd), .. }, progress }
                if self.params.init != Init::KMeans =>
            {
                (self.begin(extent, lloyd.centers)?, progress)
            }
            Advance::Again { state, progress } => {
                (State { kmeans: Some(state), ..State::default() }, format!("start: {progress}"))
            }
        };
        Ok(Advance::Again { state, progress })
    }
}

/// A mixture with covariances that are the inverses of these.
fn inverted(mut mixture: Mixture, precisions: &[Vec<f64>]) -> Result<Mixture, Error> {
    let width = mixture.means.first().map_or(0, Vec::len);
    for precision in precisions {
        let covariance = if mixture.full {
            cholesky::factor(precision, width).map(|triangle| cholesky::inverse_of_product(&triangle))
        } else {
            let positive = precision.iter().all(|value| *value > 0.0 && value.is_finite());
            positive.then(|| precision.iter().map(|value| 1.0 / value).collect())
        };
        let Some(covariance) = covariance else {
            return netlytics_learning::parameter("initial_precisions", "positive definite matrices", "another one");
        };
        mixture.covariances.push(covariance);
    }
    Ok(mixture)
}

impl Learner for GaussianMixture {
    type State = State;
    type Partial = Partial;
    type Model = Mixture;
    type Summary = Summary;
    type Pass = MixturePass;

    fn start(&self) -> State {
        State { kmeans: Some(self.kmeans.start()), ..State::default() }
    }

    fn pass(&self, state: &State) -> Result<MixturePass, Error> {
        let work = match (state, &state.extent) {
            (State { kmeans: Some(kmeans), .. }, _) => Work::KMeans(Box::new(self.kmeans.pass(kmeans)?)),
            (State { centers: Some(centers), .. }, Some(extent)) => Work::Labels {
                assigner: Box::new(Assigner::new(extent.width(), false, centers)),
                moments: Moments::new(extent, centers, self.full())?,
            },
            (State { em: Some(em), .. }, Some(extent)) => Work::Shares {
                densities: Box::new(Densities::new(&em.mixture)?),
                moments: Moments::new(extent, &em.mixture.means, self.full())?,
                log_likelihood: ExactSum::default(),
            },
            _ => return Err(Error::Foreign("a state without components")),
        };
        let components = state.em.as_ref().map_or(0, |em| em.mixture.means.len());
        let (extent, counts) = (state.extent.clone(), vec![0; components]);
        Ok(MixturePass { extent, rows: 0, counts, work, spare: Vec::new(), shares: Vec::new(), logs: Vec::new() })
    }

    fn merge(&self, mut left: Partial, right: Partial) -> Result<Partial, Error> {
        let kmeans = match (left.kmeans.take(), right.kmeans) {
            (Some(left), Some(right)) => Some(self.kmeans.merge(left, right)?),
            (None, None) => None,
            _ => return Err(Error::Foreign("findings of different passes")),
        };
        if left.counts.len() != right.counts.len() || left.moments.len() != right.moments.len() {
            return Err(Error::Foreign("sums of different components"));
        }
        left.counts.iter_mut().zip(right.counts).for_each(|(left, right)| *left += right);
        left.moments.iter_mut().zip(right.moments).for_each(|(left, right)| *left += right);
        left.log_likelihood.iter_mut().zip(&right.log_likelihood).for_each(|(left, right)| left.merge(right));
        Ok(Partial { kmeans, rows: left.rows + right.rows, ..left })
    }

    fn advance(&self, state: State, found: Partial) -> Result<Advance<Self>, Error> {
        if let (Some(state), Some(found)) = (state.kmeans, found.kmeans) {
            return self.begin_with_kmeans(state, found);
        }
        let extent = state.extent.ok_or(Error::Foreign("no extent"))?;
        extent.check_count(found.rows)?;
        if let Some(centers) = state.centers {
            let numbers = if self.full() { extent.width() * extent.width() } else { extent.width() };
            let (weights, covariances) = (vec![0.0; centers.len()], vec![vec![0.0; numbers]; centers.len()]);
            let before = Mixture { full: self.full(), weights, means: centers, covariances };
            let mut mixture = maximised(&extent, &before, &found.moments, &self.params)?;
            // A centre without rows has no covariance to keep: it is left out.
            let has_rows = mixture.weights.iter().map(|weight| *weight > 0.0).collect::<Vec<_>>();
            keep(&mut mixture, &has_rows);
            let em = Some(Em { iterations: 0, lower_bound: None, mixture });
            let state = State { kmeans: None, extent: Some(extent), centers: None, em };
            return Ok(Advance::Again { state, progress: "first components".to_owned() });
        }
        let em = state.em.ok_or(Error::Foreign("a state without components"))?;
        let total = found.log_likelihood.ok_or(Error::Foreign("no log-likelihood"))?.value();
        let lower_bound = total / extent.rows as f64;
        let scale = if self.params.stop == Stop::Total { extent.rows as f64 } else { 1.0 };
        let change = em.lower_bound.map(|before| (lower_bound - before).abs() * scale);
        let converged = change.is_some_and(|change| change < self.params.tol);
        let mixture = maximised(&extent, &em.mixture, &found.moments, &self.params)?;
        let iterations = em.iterations + 1;
        if converged || iterations >= self.params.max_iter {
            let (rows, features, sizes) = (extent.rows, extent.width(), found.counts);
            let summary = Summary { rows, features, iterations, converged, lower_bound, cost: -total, sizes };
            return Ok(Advance::Done { model: mixture, summary });
        }
        let em = Some(Em { iterations, lower_bound: Some(lower_bound), mixture });
        let state = State { kmeans: None, extent: Some(extent), centers: None, em };
        Ok(Advance::Again { state, progress: format!("step {iterations}: mean log-likelihood {lower_bound:.9}") })
    }
}

/// Leaves out components.
fn keep(mixture: &mut Mixture, kept: &[bool]) {
    let mut at = kept.iter();
    mixture.weights.retain(|_| at.next() == Some(&true));
    let mut at = kept.iter();
    mixture.means.retain(|_| at.next() == Some(&true));
    let mut at = kept.iter();
    mixture.covariances.retain(|_| at.next() == Some(&true));
}

/// A pass over some of the rows.
pub struct MixturePass {
    extent: Option<Extent>,
    rows: u64,
    counts: Vec<u64>,
    work: Work,
    spare: Vec<f64>,
    shares: Vec<f64>,
    logs: Vec<f64>,
}

enum Work {
    KMeans(Box<KMeansPass>),
    Labels { assigner: Box<Assigner>, moments: Moments },
    Shares { densities: Box<Densities>, moments: Moments, log_likelihood: ExactSum },
}

impl MixturePass {
    fn push_some(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        if let Some(extent) = &self.extent {
            extent.check(rows)?;
        }
        self.rows += rows.len() as u64;
        let Self { spare, shares, logs, .. } = self;
        match &mut self.work {
            Work::KMeans(kmeans) => kmeans.push(rows)?,
            Work::Labels { assigner, moments } => assigner.assign(rows, |block| {
                shares.clear();
                for &label in block.labels {
                    let count = u32::try_from(moments.count()).unwrap_or(u32::MAX);
                    shares.extend((0..count).map(|component| f64::from(u8::from(component == label))));
                }
                moments.push(block.dense.unwrap_or_default(), shares);
            }),
            Work::Shares { densities, moments, log_likelihood } => {
                let values = assign::dense(rows, spare);
                densities.of(values, shares, logs);
                logs.iter().for_each(|log| log_likelihood.add(*log));
                for shares in shares.chunks_exact(densities.count()) {
                    if let Some(count) = self.counts.get_mut(largest(shares)) {
                        *count += 1;
                    }
                }
                moments.push(values, shares);
            }
        }
        Ok(())
    }
}

impl LearningPass for MixturePass {
    type Partial = Partial;

    fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        // Small pieces: what one step has read is in the cache for the next.
        let at_once = assign::rows_of(BLOCK, rows.width()).min(BLOCK_ROWS);
        rows.chunks(at_once).try_for_each(|rows| self.push_some(&rows))
    }

    fn finish(self) -> Partial {
        let (rows, counts) = (self.rows, self.counts);
        match self.work {
            Work::KMeans(kmeans) => {
                Partial { kmeans: Some(kmeans.finish()), rows, counts, moments: vec![], log_likelihood: None }
            }
            Work::Labels { moments, .. } => {
                Partial { kmeans: None, rows, counts, moments: moments.finish(), log_likelihood: None }
            }
            Work::Shares { moments, log_likelihood, .. } => {
                let log_likelihood = Some(log_likelihood);
                Partial { kmeans: None, rows, counts, moments: moments.finish(), log_likelihood }
            }
        }
    }
}

/// The place of the largest number, the first of equal ones.
pub(super) fn largest(numbers: &[f64]) -> usize {
    let first = (0, f64::NEG_INFINITY);
    numbers.iter().enumerate().fold(first, |best, (at, &number)| if number > best.1 { (at, number) } else { best }).0
}
