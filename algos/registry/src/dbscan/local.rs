//! `clustering.dbscan.local`: the clusters of each box.
//!
//! Rows come from `clustering.dbscan.route`, sorted by box. The column `kind` tells the rows that come out apart:
//!
//! | kind | key | root | weight |
//! |---|---|---|---|
//! | `core`, `border` | a point that the box owns | its cluster in the box | rows it stands for |
//! | `noise` | a point that the box owns | null | rows it stands for |
//! | `cluster` | a cluster of the box | the same | rows of its points that the box owns |
//! | `link` | a core point that another box has too | its cluster in the box | null |

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::{Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Schema, SchemaRef};
use netlytics_clustering::dbscan::Parameters;
use netlytics_clustering::dbscan::keys::halves;
use netlytics_clustering::dbscan::local::{Found, Local};
use netlytics_clustering::dbscan::points::{Member, Points};
use netlytics_kernel::runs::Runs;
use netlytics_kernel::{Error, Kernel};

use super::params::{Params, refused};
use super::points::{BOX, KEY, KeyColumns, OWNED, ROOT, SHARED, WEIGHT, booleans, field, place, weights};
use crate::vectors::{FeatureColumns, Spare};

pub(crate) const NAME: &str = "clustering.dbscan.local";

pub(super) const KIND: &str = "kind";
pub(super) const LINK: &str = "link";
pub(super) const CLUSTER: &str = "cluster";

/// Rows of a batch that is given.
const BATCH_ROWS: usize = 8192;

/// A row that comes out.
type Out = (&'static str, u128, Option<u128>, Option<u64>);

pub(crate) struct LocalKernel {
    features: FeatureColumns,
    key: KeyColumns,
    weight: usize,
    owned: usize,
    shared: usize,
    parameters: Parameters,
    runs: Runs,
    spare: Spare,
    /// The points of the box at hand.
    points: Points,
    output: SchemaRef,
    ready: VecDeque<RecordBatch>,
}

impl LocalKernel {
    /// # Errors
    /// A parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = Params::parse(NAME, params)?;
        place(schema, BOX, &DataType::Int64)?;
        let mut fields = vec![field(KIND, DataType::Utf8)];
        fields.extend([KEY, ROOT].concat().into_iter().chain([WEIGHT]).map(|name| field(name, DataType::Int64)));
        Ok(Self {
            features: FeatureColumns::new(schema, &params.features)?,
            key: KeyColumns::new(schema, KEY)?,
            weight: place(schema, WEIGHT, &DataType::Int64)?,
            owned: place(schema, OWNED, &DataType::Boolean)?,
            shared: place(schema, SHARED, &DataType::Boolean)?,
            parameters: params.checked()?,
            runs: Runs::new(schema, &[BOX.to_owned()])?,
            spare: Spare::default(),
            points: Points::default(),
            output: Arc::new(Schema::new(fields)),
            ready: VecDeque::new(),
        })
    }

    fn add(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let (owned, shared) = (booleans(batch, self.owned)?, booleans(batch, self.shared)?);
        let flags = owned.iter().zip(shared).map(|(owned, shared)| (owned == Some(true), shared == Some(true)));
        let members = self.key.of(batch)?.zip(weights(batch, self.weight)?).zip(flags);
        let rows = self.features.rows(batch, &mut self.spare)?;
        for (row, ((key, weight), (owned, shared))) in rows.iter().zip(members) {
            self.points.push(&row, Member { key, weight, owned, shared });
        }
        Ok(())
    }

    /// Finds the clusters of the box at hand, and forgets it.
    fn finish_box(&mut self) -> Result<(), Error> {
        let points = std::mem::take(&mut self.points);
        let local = Local::new(&points, &self.parameters).map_err(|error| refused(&error))?;
        let mut rows = Vec::<Out>::with_capacity(BATCH_ROWS);
        let found = local.found.iter().zip(points.members()).filter(|(_, member)| member.owned);
        let found = found.filter_map(|(found, member)| {
            let weight = Some(member.weight);
            match *found {
                Found::Core(root) => Some(("core", member.key, Some(root), weight)),
                Found::Border(root) => Some(("border", member.key, Some(root), weight)),
                Found::Noise => Some(("noise", member.key, None, weight)),
                Found::Outside => None,
            }
        });
        let clusters = local.clusters.iter().map(|(&root, &weight)| (CLUSTER, root, Some(root), Some(weight)));
        let links = local.links(&points).map(|(key, root)| (LINK, key, Some(root), None));
        for row in found.chain(clusters).chain(links) {
            rows.push(row);
            if rows.len() == BATCH_ROWS {
                self.ready.push_back(self.batch(&rows)?);
                rows.clear();
            }
        }
        if !rows.is_empty() {
            self.ready.push_back(self.batch(&rows)?);
        }
        Ok(())
    }

    fn batch(&self, rows: &[Out]) -> Result<RecordBatch, Error> {
        let longs = |value: fn(&Out) -> Option<i64>| Arc::new(rows.iter().map(value).collect::<Int64Array>());
        let kinds = rows.iter().map(|row| Some(row.0)).collect::<StringArray>();
        RecordBatch::try_new(
            Arc::clone(&self.output),
            vec![
                Arc::new(kinds),
                longs(|row| Some(halves(row.1).0)),
                longs(|row| Some(halves(row.1).1)),
                longs(|row| row.2.map(|root| halves(root).0)),
                longs(|row| row.2.map(|root| halves(root).1)),
                longs(|row| row.3.map(u64::cast_signed)),
            ],
        )
        .map_err(Error::internal)
    }
}

impl Kernel for LocalKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        for run in self.runs.of(batch)? {
            if run.begins {
                self.finish_box()?;
            }
            self.add(&run.rows)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.finish_box()
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.pop_front())
    }
}
