//! Tables that no single line of a log holds: rows joined from several logs, or from several lines of one.
//!
//! Such a connector has parts, each read like any other connector under the name `connector/part`. How their rows become
//! those of the table is written twice, with one meaning: as SQL, for Spark, whose shuffles join what many machines have
//! read; and as a [`Combiner`], for one machine. A test compares the two on every sample.

mod conversations;
mod exchanges;
mod flow_names;
mod part_row;
mod rows;
mod transactions;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use serde::Serialize;

use crate::error::Error;
use crate::options::ScanOptions;
use crate::registry;
use flow_names::FlowNames;

pub(crate) use rows::RowSink;

/// One log that a table is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The connector that reads it, for instance `zeek_to_NamedFlows/names`.
    pub connector: String,
    /// Its name in the SQL.
    pub view: &'static str,
    /// Columns that are needed of it.
    pub columns: Vec<&'static str>,
    /// Whether a directory without such files is no error.
    pub optional: bool,
}

/// How a table is made of its parts.
#[derive(Debug, Clone, Serialize)]
pub struct Combination {
    /// The parts, in the order in which a [`Combiner`] takes them.
    pub parts: Vec<Part>,
    /// A query over views of the parts' names that gives all columns of the table, in order.
    pub sql: String,
}

/// Makes rows of a table out of those of its parts.
pub trait Combiner: Send {
    /// Schema of the batches that are given.
    fn schema(&self) -> SchemaRef;

    /// Takes a batch of a part, with the columns that [`Part::columns`] names. All batches of one part come before those
    /// of the next, each file's in the order of its lines. Gives rows that are complete, when there are enough of them.
    ///
    /// # Errors
    /// The batch is not of the part's columns, which would be a fault of ours.
    fn push(&mut self, part: usize, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error>;

    /// After the last batch: the rows that are left, until there are none.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    fn finish(&mut self) -> Result<Option<RecordBatch>, Error>;
}

/// How the connector that `options` names puts its table together; `None` when each line is a row.
///
/// # Errors
/// The connector or an option is not valid.
pub fn combination(options: &ScanOptions) -> Result<Option<Combination>, Error> {
    let connector = registry::connector(&options.connector)?;
    registry::check_options(connector, options)?;
    let pairs = |default| options.given.flag("pairResponses", default);
    Ok(match connector.name {
        "tstat_to_DNS" => Some(exchanges::combination(connector.name, exchanges::TSTAT_KEY)),
        "bind_to_DNS" if pairs(false)? => Some(exchanges::combination(connector.name, exchanges::BIND_KEY)),
        "tstat_to_HTTP" if pairs(true)? => Some(transactions::combination(connector.name)),
        "zeek_to_NamedFlows" => Some(flow_names::combination(connector.name, &options.given)?),
        _ => None,
    })
}

/// What does it on one machine, giving the columns and the rows that `options` ask for.
///
/// # Errors
/// The connector, an option, a column or the filter is not valid.
pub fn combiner(options: &ScanOptions) -> Result<Option<Box<dyn Combiner>>, Error> {
    let connector = registry::connector(&options.connector)?;
    registry::check_options(connector, options)?;
    let pairs = |default| options.given.flag("pairResponses", default);
    Ok(match connector.name {
        "tstat_to_DNS" => Some(Box::new(exchanges::combiner(exchanges::TSTAT_KEY, options)?)),
        "bind_to_DNS" if pairs(false)? => Some(Box::new(exchanges::combiner(exchanges::BIND_KEY, options)?)),
        "tstat_to_HTTP" if pairs(true)? => Some(Box::new(transactions::combiner(options)?)),
        "zeek_to_NamedFlows" => Some(Box::new(FlowNames::new(options)?)),
        _ => None,
    })
}
