//! A table over log files, as Python holds it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use netlytics_connectors::error::Error;
use netlytics_connectors::options::Options;
use netlytics_local::account::BadRecords;
use netlytics_local::convert;
use netlytics_local::dataset::Dataset;
use netlytics_local::request::Request;
use netlytics_local::stream::Stream;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};

use crate::conditions::condition;
use crate::errors::{detached, exception, instance};
use crate::outcome::{Outcome, Told};
use crate::signals::Watch;
use crate::{export, requested, values};

/// What `Table.convert` has written.
#[pyclass(frozen, get_all, module = "netlytics._native")]
pub(crate) struct Written {
    rows: u64,
    bytes: u64,
}

/// A connector's table over files. Nothing is read before it is asked for; it can be read again and again.
#[pyclass(frozen, module = "netlytics._native")]
pub(crate) struct Table {
    dataset: Dataset,
    /// Of the read begun last.
    outcome: Mutex<Arc<Outcome>>,
}

#[pymethods]
impl Table {
    #[new]
    #[pyo3(signature = (connector, paths, columns, filter, start_day, end_day, mode, limit, options))]
    #[expect(clippy::too_many_arguments, reason = "the Python side, which alone calls this, gives them by name")]
    fn new(
        py: Python<'_>,
        connector: String,
        paths: Vec<String>,
        columns: Option<Vec<String>>,
        filter: Option<&Bound<'_, PyAny>>,
        start_day: Option<String>,
        end_day: Option<String>,
        mode: Option<String>,
        limit: Option<u64>,
        options: BTreeMap<String, String>,
    ) -> PyResult<Self> {
        let mode = mode.map(|mode| ("mode".to_owned(), mode));
        let request = Request {
            connector,
            paths,
            columns,
            filter: filter.map(condition).transpose()?.flatten(),
            start_day,
            end_day,
            limit,
            options: options.into_iter().chain(mode).collect::<Options>(),
            ..Request::default()
        };
        let dataset = detached(py, || Dataset::open(&request)).map_err(|error| exception(py, &error))?;
        Ok(Self { dataset, outcome: Mutex::default() })
    }

    /// Number of files found.
    #[getter]
    fn files(&self) -> usize {
        self.dataset.files()
    }

    /// Bytes of the files found.
    #[getter]
    fn bytes(&self) -> u64 {
        self.dataset.bytes()
    }

    /// {reason: {"count", "examples"}} of the files and directories left out.
    #[getter]
    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let reasons = PyDict::new(py);
        for reason in self.dataset.left_out() {
            let found = PyDict::new(py);
            found.set_item("count", reason.count)?;
            found.set_item("examples", reason.examples)?;
            reasons.set_item(reason.words, found)?;
        }
        Ok(reasons)
    }

    /// (name, Arrow type) of each column.
    #[getter]
    fn columns(&self) -> Vec<(String, String)> {
        let schema = self.dataset.schema();
        schema.fields().iter().map(|field| (field.name().clone(), type_name(field.data_type()))).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        export::schema(py, &self.dataset.schema())
    }

    /// Begins a read. The batches are of the table's own types whatever types `requested_schema` has, as the interface
    /// allows; one with other columns is refused.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        requested::check(requested_schema, &self.dataset.schema())?;
        let (stream, outcome) = self.begin(py)?;
        export::stream(py, stream, outcome)
    }

    /// Reads everything and gives the first rows as tuples.
    fn head<'py>(
        &self,
        py: Python<'py>,
        rows: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let (mut stream, outcome) = self.begin(py)?;
        let mut watch = Watch::new(progress);
        let (mut kept, mut batches) = (0, Vec::new());
        let read = detached(py, || {
            while let Some(batch) = stream.next_batch(&mut |account| watch.tick(account))? {
                if kept < rows {
                    let batch = batch.slice(0, batch.num_rows().min(rows - kept));
                    kept += batch.num_rows();
                    batches.push(batch);
                }
            }
            Ok(())
        });
        outcome.finish(&stream, read.as_ref().err());
        settled(py, read, watch)?;
        let all = batches.iter().map(|batch| values::rows(py, batch)).collect::<PyResult<Vec<_>>>()?;
        Ok(all.into_iter().flatten().collect())
    }

    /// Writes the table as a Parquet file.
    fn convert(
        &self,
        py: Python<'_>,
        output: PathBuf,
        overwrite: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Written> {
        let (mut stream, outcome) = self.begin(py)?;
        let mut watch = Watch::new(progress);
        let written = detached(py, || {
            convert::convert(&mut stream, &output, overwrite, threads(), &mut |account| watch.tick(account))
        });
        outcome.finish(&stream, written.as_ref().err());
        let convert::Written { rows, bytes } = settled(py, written, watch)?;
        Ok(Written { rows, bytes })
    }

    /// Counts of the read begun last, once it has ended; else None.
    #[getter]
    fn totals<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(Told { totals, rows, .. }) = self.outcome().told() else { return Ok(None) };
        let counts = PyDict::new(py);
        counts.set_item("rows", rows)?;
        counts.set_item("records", totals.records)?;
        counts.set_item("malformed", totals.malformed)?;
        counts.set_item("skipped", totals.skipped)?;
        counts.set_item("lines", totals.lines)?;
        counts.set_item("files", totals.files)?;
        counts.set_item("bytes", totals.bytes)?;
        counts.set_item("text_bytes", totals.text_bytes)?;
        Ok(Some(counts))
    }

    /// Bad records of the read begun last, by reason, once it has ended; else None.
    #[getter]
    fn bad_records<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        let Some(told) = self.outcome().told() else { return Ok(None) };
        let reasons = told.bad_records.iter().map(|reason| self::reason(py, reason)).collect::<PyResult<Vec<_>>>()?;
        Ok(Some(PyList::new(py, reasons)?))
    }

    /// Whether a signal ended the read begun last, in a library that knows no KeyboardInterrupt.
    #[getter]
    fn interrupted(&self) -> bool {
        self.outcome().is_interrupted()
    }

    /// The NetlyticsError that ended the read begun last, if one did.
    #[getter]
    fn failure<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let failure = self.outcome().told().and_then(|told| told.failure);
        failure.map(|error| instance(py, &error)).transpose()
    }
}

impl Table {
    fn begin(&self, py: Python<'_>) -> PyResult<(Stream, Arc<Outcome>)> {
        let stream = detached(py, || self.dataset.read(threads())).map_err(|error| exception(py, &error))?;
        let outcome = Arc::<Outcome>::default();
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&outcome);
        Ok((stream, outcome))
    }

    fn outcome(&self) -> Arc<Outcome> {
        Arc::clone(&self.outcome.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the work gave, or what was raised meanwhile, or its error.
fn settled<T>(py: Python<'_>, done: Result<T, Error>, watch: Watch) -> PyResult<T> {
    match (done, watch.raised) {
        (_, Some(raised)) => Err(raised),
        (Err(error), None) => Err(exception(py, &error)),
        (Ok(value), None) => Ok(value),
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn type_name(kind: &arrow_schema::DataType) -> String {
    use arrow_schema::DataType;
    match kind {
        DataType::Int64 => "int64".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Utf8 => "string".to_owned(),
        DataType::List(member) => format!("list<{}>", type_name(member.data_type())),
        other => other.to_string(),
    }
}

fn reason<'py>(py: Python<'py>, bad: &BadRecords) -> PyResult<Bound<'py, PyDict>> {
    let examples = bad.examples.iter().map(|record| {
        let example = PyDict::new(py);
        example.set_item("path", &record.path)?;
        example.set_item("offset", record.offset)?;
        example.set_item("reason", &record.reason)?;
        example.set_item("text", &record.text)?;
        Ok(example)
    });
    let examples = examples.collect::<PyResult<Vec<_>>>()?;
    let reason = PyDict::new(py);
    reason.set_item("column", bad.column.as_deref())?;
    reason.set_item("expected", &bad.expected)?;
    reason.set_item("count", bad.count)?;
    reason.set_item("examples", examples)?;
    Ok(reason)
}
