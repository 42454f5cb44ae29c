//! `anomaly.univariate.groups`: the bounds of every group of rows.
//!
//! Rows come sorted by the columns that name their group; a group gives one row with these columns, its bounds, and how
//! many rows had a value and how many had none. A group without any value has null bounds. For the boxplot the values of one
//! group are held at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat;
use netlytics_anomaly::univariate::{Bounds, Moments, quantile};
use netlytics_kernel::runs::Runs;
use netlytics_kernel::{Error, Kernel, params as json};

use super::boxplot::QUARTILES;
use super::column::{Column, Seen};
use super::params::{Method, Params};
use crate::key;

pub(crate) const NAME: &str = "anomaly.univariate.groups";

/// Groups in a batch that is given.
const BATCH_ROWS: usize = 8192;

pub(crate) struct GroupsKernel {
    params: Params,
    runs: Runs,
    column: Column,
    output: SchemaRef,
    /// The group at hand: one row of each of its key's columns, and what is known of its values.
    key: Option<Vec<ArrayRef>>,
    seen: Seen,
    moments: Moments,
    values: Vec<f64>,
    done: Vec<Group>,
    ready: VecDeque<RecordBatch>,
}

struct Group {
    key: Vec<ArrayRef>,
    bounds: Option<Bounds>,
    seen: Seen,
}

impl GroupsKernel {
    /// # Errors
    /// A parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = json::parse::<Params>(NAME, params)?;
        let column = Column::new(schema, &params.value)?;
        let runs = Runs::new(schema, &params.group_by)?;
        let mut fields = runs.key_fields(schema)?.iter().map(|field| field.as_ref().clone()).collect::<Vec<_>>();
        fields.extend(["low", "high"].map(|name| Field::new(name, DataType::Float64, true)));
        fields.extend(["values", "nulls"].map(|name| Field::new(name, DataType::Int64, true)));
        Ok(Self {
            params,
            runs,
            column,
            output: Arc::new(Schema::new(fields)),
            key: None,
            seen: Seen::default(),
            moments: Moments::default(),
            values: Vec::new(),
            done: Vec::new(),
            ready: VecDeque::new(),
        })
    }

    /// Finds the bounds of the group at hand, and forgets it.
    fn finish_group(&mut self) -> Result<(), Error> {
        let (seen, moments) = (std::mem::take(&mut self.seen), std::mem::take(&mut self.moments));
        let mut values = std::mem::take(&mut self.values);
        let Some(key) = self.key.take() else { return Ok(()) };
        let factor = self.params.factor();
        let bounds = match self.params.method {
            _ if seen.values == 0 => None,
            Method::Gaussian => Some(Bounds::gaussian(&moments, factor)),
            Method::Boxplot => match quantile::of(&mut values, &QUARTILES).as_deref() {
                Ok(&[lower, upper]) => Some(Bounds::boxplot(lower, upper, factor)),
                Ok(_) => None,
                Err(error) => Some(Err(error.clone())),
            },
        };
        let bounds = bounds.transpose().map_err(|error| self.refused(&key, &error))?;
        self.done.push(Group { key, bounds, seen });
        // Its memory serves the next group.
        values.clear();
        self.values = values;
        if self.done.len() == BATCH_ROWS { self.give() } else { Ok(()) }
    }

    fn refused(&self, key: &[ArrayRef], error: &netlytics_anomaly::Error) -> Error {
        let mut refused = self.column.refused(error);
        if !key.is_empty() {
            refused.message = format!("Group of {}: {}", key::told(&self.params.group_by, key), refused.message);
        }
        refused
    }

    /// The groups that are done as a batch.
    fn give(&mut self) -> Result<(), Error> {
        let groups = std::mem::take(&mut self.done);
        if groups.is_empty() {
            return Ok(());
        }
        let mut columns = Vec::new();
        for place in 0..self.params.group_by.len() {
            let ones = groups.iter().filter_map(|group| group.key.get(place).map(AsRef::as_ref)).collect::<Vec<_>>();
            columns.push(concat(&ones).map_err(Error::internal)?);
        }
        let doubles = |one: fn(Bounds) -> f64| -> ArrayRef {
            Arc::new(groups.iter().map(|group| group.bounds.map(one)).collect::<Float64Array>())
        };
        let longs = |one: fn(Seen) -> u64| -> ArrayRef {
            Arc::new(groups.iter().map(|group| i64::try_from(one(group.seen)).ok()).collect::<Int64Array>())
        };
        columns.extend([doubles(|bounds| bounds.low), doubles(|bounds| bounds.high)]);
        columns.extend([longs(|seen| seen.values), longs(|seen| seen.nulls)]);
        self.ready.push_back(RecordBatch::try_new(Arc::clone(&self.output), columns).map_err(Error::internal)?);
        Ok(())
    }
}

impl Kernel for GroupsKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        for run in self.runs.of(batch)? {
            if run.begins {
                self.finish_group()?;
                self.key = Some(self.runs.key(&run.rows.slice(0, 1))?);
            }
            let values = self.column.values(&run.rows, &mut self.seen)?;
            match self.params.method {
                Method::Gaussian => {
                    let added = self.moments.add(&values);
                    added.map_err(|error| self.refused(self.key.as_deref().unwrap_or_default(), &error))?;
                }
                Method::Boxplot => self.values.extend_from_slice(&values),
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.finish_group()?;
        self.give()
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.pop_front())
    }
}
