//! `clustering.dbscan.merge`: the clusters of all boxes as one, and their labels.
//!
//! Takes the rows of kind `cluster` and `link` that `clustering.dbscan.local` gives, and passes over others. Labels go from
//! 0, by rows descending; of clusters of equally many rows, by the smallest key of their core points.

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use netlytics_clustering::dbscan::keys::whole;
use netlytics_clustering::dbscan::merge::{Clusters, Labels, Partial};
use netlytics_kernel::message::{decode, encode};
use netlytics_kernel::{Error, Estimator, Next, Pass};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::local::{CLUSTER, KIND, LINK};
use super::points::{KEY, KeyColumns, ROOT, WEIGHT, place};

pub(crate) const NAME: &str = "clustering.dbscan.merge";

const STATE: &str = "clustering.dbscan.merge.state";
const PARTIAL: &str = "clustering.dbscan.merge.partial";
const MODEL: &str = "clustering.dbscan.merge.model";
const VERSION: u32 = 1;

/// Clusters whose sizes the summary tells.
const TOLD: usize = 20;

/// There is one pass.
#[derive(Serialize, Deserialize)]
struct State {
    passes: u64,
}

/// The labels of a model.
///
/// # Errors
/// It is none of this estimator's.
pub(super) fn decode_model(model: &[u8]) -> Result<Labels, Error> {
    decode(MODEL, VERSION, model)
}

pub(crate) struct MergeEstimator {
    columns: Columns,
}

#[derive(Clone, Copy)]
struct Columns {
    kind: usize,
    key: KeyColumns,
    root: [usize; 2],
    weight: usize,
}

impl MergeEstimator {
    /// # Errors
    /// A column is missing or not of the type it must have.
    pub(crate) fn open(schema: &SchemaRef) -> Result<Self, Error> {
        let long = |name| place(schema, name, &DataType::Int64);
        let [high, low] = ROOT;
        let columns = Columns {
            kind: place(schema, KIND, &DataType::Utf8)?,
            key: KeyColumns::new(schema, KEY)?,
            root: [long(high)?, long(low)?],
            weight: long(WEIGHT)?,
        };
        Ok(Self { columns })
    }
}

impl Estimator for MergeEstimator {
    fn is_one_pass(&self) -> bool {
        true
    }

    fn start(&self) -> Result<Vec<u8>, Error> {
        encode(STATE, VERSION, &State { passes: 0 })
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        decode::<State>(STATE, VERSION, state)?;
        Ok(Box::new(MergePass { columns: self.columns, clusters: Clusters::default() }))
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        let mut clusters = Clusters::default();
        clusters.merge(&decode::<Partial>(PARTIAL, VERSION, left)?);
        clusters.merge(&decode::<Partial>(PARTIAL, VERSION, right)?);
        encode(PARTIAL, VERSION, &clusters.partial())
    }

    fn advance(&self, _state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let mut clusters = Clusters::default();
        clusters.merge(&decode::<Partial>(PARTIAL, VERSION, partial)?);
        let labels = clusters.labels();
        let sizes = labels.rows.iter().take(TOLD).collect::<Vec<_>>();
        let summary =
            json!({ "clusters": labels.rows.len(), "clustered": labels.rows.iter().sum::<u64>(), "sizes": sizes });
        Ok(Next::Done { model: encode(MODEL, VERSION, &labels)?, summary: summary.to_string() })
    }
}

struct MergePass {
    columns: Columns,
    clusters: Clusters,
}

impl Pass for MergePass {
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let column = |place: usize| batch.columns().get(place).ok_or_else(|| Error::internal("a column is missing"));
        let long = |place: usize| -> Result<_, Error> {
            let column = column(place)?.as_primitive_opt::<arrow_array::types::Int64Type>();
            let column = column.ok_or_else(|| Error::internal("no integers"))?;
            Ok(move |row: usize| column.is_valid(row).then(|| column.value(row)))
        };
        let kinds = column(self.columns.kind)?.as_string_opt::<i32>().ok_or_else(|| Error::internal("no texts"))?;
        let [high, low] = self.columns.root;
        let (high, low, weight) = (long(high)?, long(low)?, long(self.columns.weight)?);
        for (row, (kind, key)) in kinds.iter().zip(self.columns.key.of(batch)?).enumerate() {
            let root = high(row).zip(low(row)).map(|(high, low)| whole(high, low));
            match (kind, root, weight(row)) {
                (Some(LINK), Some(root), _) => self.clusters.link(key, root),
                (Some(CLUSTER), Some(root), Some(rows)) => self.clusters.count(root, rows.unsigned_abs()),
                _ => {}
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        encode(PARTIAL, VERSION, &self.clusters.partial())
    }
}
