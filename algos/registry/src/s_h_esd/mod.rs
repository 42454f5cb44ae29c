//! `anomaly.s_h_esd`: outliers of one series or of many, one after the other.
//!
//! Rows have a time (seconds), a value and the columns that name their series, by which they are sorted; within a series
//! any order will do. Each row comes back with its trend (Twitter's variant: the value expected), its residual, whether it
//! is an outlier, and whether the series' rows were taken as equally spaced whatever their times. Values filled into gaps do
//! not come back. A series of one value throughout has no outliers; one too short to tell comes back with nulls when it is
//! one of many, and is an error when it is the only one.

mod params;

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;
use arrow_array::{Array as _, ArrayRef, BooleanArray, Float64Array, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;
use netlytics_anomaly::gaps;
use netlytics_kernel::runs::Runs;
use netlytics_kernel::{Error, Kernel, params as json};

use self::params::{Found, Params};
use crate::entry::Entry;
use crate::key;

const NAME: &str = "anomaly.s_h_esd";

pub(crate) const ENTRIES: &[Entry] =
    &[Entry::kernel(NAME, |params, _, schema| Ok(Box::new(SeriesKernel::open(params, schema)?)))];

/// Rows of a batch that is given.
const BATCH_ROWS: usize = 8192;

pub(crate) struct SeriesKernel {
    params: Params,
    runs: Runs,
    time: usize,
    value: usize,
    output: SchemaRef,
    /// The key of the series at hand: one row of each of its columns.
    key: Vec<ArrayRef>,
    times: Vec<f64>,
    values: Vec<f64>,
    ready: VecDeque<RecordBatch>,
}

impl SeriesKernel {
    /// # Errors
    /// A parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = json::parse::<Params>(NAME, params)?;
        let column = |name: &str| match schema.column_with_name(name) {
            Some((place, field)) if field.data_type() == &DataType::Float64 => Ok(place),
            Some((_, field)) => {
                let found = field.data_type();
                Err(Error::parameter(format!("The column {name} is {found}: {NAME} takes doubles.")).of(name))
            }
            None => Err(Error::parameter(format!("{NAME} needs a column {name}.")).of(name)),
        };
        let (time, value) = (column(&params.time)?, column(&params.value)?);
        let runs = Runs::new(schema, &params.group_by)?;
        let mut fields = runs.key_fields(schema)?.iter().map(|field| field.as_ref().clone()).collect::<Vec<_>>();
        fields.extend([&params.time, &params.value].map(|name| Field::new(name, DataType::Float64, true)));
        fields.extend(["trend", "residual"].map(|name| Field::new(name, DataType::Float64, true)));
        fields.extend(["outlier", "gaps_ignored"].map(|name| Field::new(name, DataType::Boolean, true)));
        let output = Arc::new(Schema::new(fields));
        let (key, times, values, ready) = (Vec::new(), Vec::new(), Vec::new(), VecDeque::new());
        Ok(Self { params, runs, time, value, output, key, times, values, ready })
    }

    /// Works on the series at hand, and forgets it.
    fn finish_series(&mut self) -> Result<(), Error> {
        let (times, values) = (std::mem::take(&mut self.times), std::mem::take(&mut self.values));
        if times.is_empty() {
            return Ok(());
        }
        let refused = |error: netlytics_anomaly::Error| Error::input(format!("{}{error}.", self.series()));
        let series = gaps::regular(&times, &values, &self.params.policy()).map_err(refused)?;
        let found = match self.params.detect(&series) {
            Ok(found) => found,
            // One silent or short series among many must not stop the others.
            Err(netlytics_anomaly::Error::Constant { .. }) => Found::nothing(&series.values),
            Err(netlytics_anomaly::Error::TooShort { .. }) if !self.key.is_empty() => Found::unknown(),
            Err(error) => return Err(refused(error)),
        };
        let given = (0..series.times.len()).filter(|&at| series.filled.get(at) == Some(&false)).collect::<Vec<_>>();
        for places in given.chunks(BATCH_ROWS) {
            let doubles = |all: &[f64]| -> ArrayRef {
                Arc::new(places.iter().map(|&at| all.get(at).copied()).collect::<Float64Array>())
            };
            let mut columns = self.key_columns(places.len())?;
            columns.extend([&series.times, &series.values, &found.trend, &found.residual].map(|all| doubles(all)));
            columns.push(Arc::new(places.iter().map(|&at| found.outlier.get(at).copied()).collect::<BooleanArray>()));
            columns.push(Arc::new(BooleanArray::from(vec![series.gaps_ignored; places.len()])));
            let batch = RecordBatch::try_new(Arc::clone(&self.output), columns).map_err(Error::internal)?;
            self.ready.push_back(batch);
        }
        Ok(())
    }

    /// The key's columns, their one row repeated.
    fn key_columns(&self, rows: usize) -> Result<Vec<ArrayRef>, Error> {
        let first = UInt32Array::from(vec![0; rows]);
        self.key.iter().map(|column| take(column, &first, None).map_err(Error::internal)).collect()
    }

    /// Names the series at hand in a message.
    fn series(&self) -> String {
        if self.key.is_empty() {
            return String::new();
        }
        format!("Series of {}: ", key::told(&self.params.group_by, &self.key))
    }
}

impl Kernel for SeriesKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        for run in self.runs.of(batch)? {
            if run.begins {
                self.finish_series()?;
                self.key = self.runs.key(&run.rows.slice(0, 1))?;
            }
            for (place, name, into) in
                [(self.time, &self.params.time, &mut self.times), (self.value, &self.params.value, &mut self.values)]
            {
                let column = run.rows.columns().get(place).and_then(|column| column.as_primitive_opt::<Float64Type>());
                let column = column.ok_or_else(|| Error::internal(format!("{name} is no column of doubles")))?;
                if column.null_count() > 0 {
                    return Err(Error::input(format!(
                        "The column {name} is null in {} rows: leave these rows out, or say what stands for null.",
                        column.null_count()
                    ))
                    .of(name));
                }
                into.extend_from_slice(column.values());
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.finish_series()
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.pop_front())
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::StringArray;

    use super::*;

    fn schema() -> SchemaRef {
        Arc::new(Schema::new(vec![
            Field::new("host", DataType::Utf8, true),
            Field::new("time", DataType::Float64, true),
            Field::new("value", DataType::Float64, true),
        ]))
    }

    fn batch(host: &str, from: usize, rows: usize) -> RecordBatch {
        let hosts: ArrayRef = Arc::new(StringArray::from(vec![host; rows]));
        let times: ArrayRef = Arc::new((from..from + rows).map(|at| Some(at as f64 * 60.0)).collect::<Float64Array>());
        let value = |at: usize| (at % 24) as f64 + (at * 7919 % 13) as f64 * 0.1 + if at == 301 { 50.0 } else { 0.0 };
        let values: ArrayRef = Arc::new((from..from + rows).map(|at| Some(value(at))).collect::<Float64Array>());
        RecordBatch::try_new(schema(), vec![hosts, times, values]).unwrap()
    }

    fn run(params: &str, batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, Error> {
        let mut kernel = SeriesKernel::open(params, &schema())?;
        let mut out = Vec::new();
        for batch in batches {
            kernel.push(batch)?;
            out.extend(std::iter::from_fn(|| kernel.next().unwrap()));
        }
        kernel.end()?;
        out.extend(std::iter::from_fn(|| kernel.next().unwrap()));
        Ok(out)
    }

    fn outliers(batches: &[RecordBatch]) -> Vec<(String, f64)> {
        let mut found = Vec::new();
        for batch in batches {
            let (hosts, times) = (batch["host"].as_string::<i32>(), batch["time"].as_primitive::<Float64Type>());
            for row in (0..batch.num_rows()).filter(|&row| batch["outlier"].as_boolean().value(row)) {
                found.push((hosts.value(row).to_owned(), times.value(row)));
            }
        }
        found
    }

    #[test]
    fn every_series_by_itself_however_it_is_cut() {
        let params = r#"{"group_by":["host"],"mad_scale":1.4826}"#;
        let whole = run(params, &[batch("a", 0, 600), batch("b", 0, 600)]).unwrap();
        let cut = run(params, &[batch("a", 0, 7), batch("a", 7, 593), batch("b", 0, 599), batch("b", 599, 1)]).unwrap();
        assert_eq!(whole, cut);
        assert_eq!(whole.iter().map(RecordBatch::num_rows).sum::<usize>(), 1200);
        let expected = [("a".to_owned(), 301.0 * 60.0), ("b".to_owned(), 301.0 * 60.0)];
        assert!(expected.iter().all(|point| outliers(&whole).contains(point)));
    }

    #[test]
    fn a_series_that_is_mostly_gaps_says_that_they_were_ignored() {
        let (dense, sparse) = (batch("a", 0, 600), batch("b", 0, 600));
        let mut columns = sparse.columns().to_vec();
        let time = |at: usize| (at * at) as f64 * 60.0;
        columns[1] = Arc::new((0..600).map(|at| Some(time(at))).collect::<Float64Array>());
        let sparse = RecordBatch::try_new(schema(), columns).unwrap();
        let found = run(r#"{"group_by":["host"]}"#, &[dense, sparse]).unwrap();
        let ignored = found.iter().map(|batch| batch["gaps_ignored"].as_boolean().value(0)).collect::<Vec<_>>();
        assert_eq!(ignored, [false, true]);
        let error = run(r#"{"gaps":"interpolate"}"#, &[batch("b", 0, 2), batch("b", 90_000, 3)]).unwrap_err();
        assert!(error.message.contains("too sparse to fill"), "{error}");
    }

    #[test]
    fn mistakes_are_told() {
        for (params, expected) in [
            (r#"{"perod":7}"#, "perod"),
            (r#"{"value":"bytes"}"#, "needs a column bytes"),
            (r#"{"time":"host"}"#, "takes doubles"),
            (r#"{"group_by":["client"]}"#, "no column client"),
        ] {
            let error = SeriesKernel::open(params, &schema()).err().unwrap();
            assert!(error.message.contains(expected), "{error}");
        }
        let error = run("{}", &[batch("a", 0, 3)]).unwrap_err();
        assert!(error.message.starts_with("3 values"), "{error}");
        let twice = run(r#"{"group_by":["host"]}"#, &[batch("a", 0, 3), batch("a", 0, 3)]).unwrap_err();
        assert!(twice.message.starts_with("Series of host a: two rows at time 0"), "{twice}");
    }

    #[test]
    fn a_short_or_constant_series_among_many_does_not_stop_the_others() {
        let flat: ArrayRef = Arc::new(Float64Array::from(vec![7.0; 50]));
        let mut columns = batch("b", 0, 50).columns().to_vec();
        columns[2] = flat;
        let flat = RecordBatch::try_new(schema(), columns).unwrap();
        let found = run(r#"{"group_by":["host"]}"#, &[batch("a", 0, 3), flat, batch("c", 0, 600)]).unwrap();
        assert_eq!(found.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [3, 50, 600]);
        assert_eq!(found[0]["outlier"].null_count(), 3);
        assert_eq!((found[1]["outlier"].null_count(), outliers(&found[1..2]).len()), (0, 0));
        assert!(outliers(&found[2..]).contains(&("c".to_owned(), 301.0 * 60.0)));
    }
}
