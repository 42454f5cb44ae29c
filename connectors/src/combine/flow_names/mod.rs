//! Flows and the names that other logs of the same sensor give their servers.
//!
//! A flow's name is, of the names that HTTP and TLS gave its connection, the lowest by (rank, time, name). A flow without
//! one is named, unless `nameFromDns` is false, after the last query (by the time of the response, then by the query) that
//! brought its client the server's address, no later than the flow starts. Every row of the flows' log is a flow, were its
//! uid there before; with `namedOnly` those without a name are left out. `by_uid.sql` and `by_dns.sql` say the same.
//!
//! One machine holds the names and the answers, not the flows.

mod by_dns;
mod by_uid;
mod column;
mod texts;

use arrow_array::{Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::SchemaRef;
use netlytics_schema::{NamedFlows, Table as _, ZeekFlow};

use self::by_dns::ByDns;
use self::by_uid::ByUid;
use self::column::{at, column};
use super::{Combination, Combiner, Part, RowSink};
use crate::bad::Fault;
use crate::error::Error;
use crate::options::{Options, ScanOptions};
use crate::value::{Record, Value};

/// The parts of `connector`, and how Spark joins them.
///
/// # Errors
/// An option is not valid.
pub(super) fn combination(connector: &str, options: &Options) -> Result<Combination, Error> {
    let Wanted { from_dns, named_only } = Wanted::of(options)?;
    let part = |view: &'static str, columns: &[&'static str], optional| Part {
        connector: format!("{connector}/{view}"),
        view,
        columns: columns.to_vec(),
        optional,
    };
    let mut parts = vec![part("names", &ByUid::COLUMNS, true)];
    if from_dns {
        parts.push(part("dns", &ByDns::COLUMNS, true));
    }
    let columns = ZeekFlow::COLUMNS.iter().map(|column| column.definition().name).collect::<Vec<_>>();
    parts.push(part("flows", &columns, false));
    let sql = include_str!("by_uid.sql")
        .replace("{by_dns}", if from_dns { include_str!("by_dns.sql").trim_end() } else { "" })
        .replace("{named}", if from_dns { "by_dns" } else { "by_uid" })
        .replace("{unnamed}", if named_only { "false" } else { "true" });
    Ok(Combination { parts, sql })
}

/// What the user wants besides the flows that HTTP and TLS name.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    from_dns: bool,
    named_only: bool,
}

impl Wanted {
    fn of(options: &Options) -> Result<Self, Error> {
        Ok(Self { from_dns: options.flag("nameFromDns", true)?, named_only: options.flag("namedOnly", false)? })
    }
}

/// Names flows on one machine.
pub(super) struct FlowNames {
    by_uid: ByUid,
    /// `None` when DNS names no flow.
    by_dns: Option<ByDns>,
    /// Whether the answers are in order, as the first flow needs them.
    sorted: bool,
    named_only: bool,
    sink: RowSink<NamedFlows>,
}

impl FlowNames {
    /// # Errors
    /// An option is not valid, or a column or the filter does not fit the table.
    pub(super) fn new(options: &ScanOptions) -> Result<Self, Error> {
        let Wanted { from_dns, named_only } = Wanted::of(&options.given)?;
        Ok(Self {
            by_uid: ByUid::default(),
            by_dns: from_dns.then(ByDns::default),
            sorted: false,
            named_only,
            sink: RowSink::new(options)?,
        })
    }

    fn flows(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        if let Some(by_dns) = &mut self.by_dns
            && !self.sorted
        {
            by_dns.sort();
        }
        self.sorted = true;
        let flows = Flows::of(batch)?;
        for row in 0..batch.num_rows() {
            let by_uid = at(flows.uid, row).and_then(|uid| self.by_uid.name(uid));
            let by_dns = || {
                let (client, server) = (at(flows.c_ip, row)?, at(flows.s_ip, row)?);
                self.by_dns.as_ref()?.name(client, server, at(flows.time_start, row)?)
            };
            let name = by_uid.or_else(by_dns);
            if name.is_some() || !self.named_only {
                self.sink.push(&NamedFlow { flows: &flows, row, name })?;
            }
        }
        Ok(())
    }
}

impl Combiner for FlowNames {
    fn schema(&self) -> SchemaRef {
        self.sink.schema()
    }

    fn push(&mut self, part: usize, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error> {
        // The parts of `combination`, in their order.
        match (part, &mut self.by_dns) {
            (0, _) => self.by_uid.push(batch)?,
            (1, Some(by_dns)) => by_dns.push(batch)?,
            _ => self.flows(batch)?,
        }
        self.sink.full()
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>, Error> {
        self.sink.rest()
    }
}

/// A batch of flows.
struct Flows<'b> {
    c_bytes: &'b Int64Array,
    c_ip: &'b StringArray,
    c_pkt: &'b Int64Array,
    c_port: &'b Int64Array,
    s_bytes: &'b Int64Array,
    s_ip: &'b StringArray,
    s_pkt: &'b Int64Array,
    s_port: &'b Int64Array,
    time_end: &'b Float64Array,
    time_start: &'b Float64Array,
    uid: &'b StringArray,
}

impl<'b> Flows<'b> {
    fn of(batch: &'b RecordBatch) -> Result<Self, Error> {
        Ok(Self {
            c_bytes: column(batch, "c_bytes")?,
            c_ip: column(batch, "c_ip")?,
            c_pkt: column(batch, "c_pkt")?,
            c_port: column(batch, "c_port")?,
            s_bytes: column(batch, "s_bytes")?,
            s_ip: column(batch, "s_ip")?,
            s_pkt: column(batch, "s_pkt")?,
            s_port: column(batch, "s_port")?,
            time_end: column(batch, "time_end")?,
            time_start: column(batch, "time_start")?,
            uid: column(batch, "uid")?,
        })
    }
}

/// A row of the table.
struct NamedFlow<'b> {
    flows: &'b Flows<'b>,
    row: usize,
    name: Option<&'b str>,
}

impl Record<NamedFlows> for NamedFlow<'_> {
    fn value(&self, column: NamedFlows) -> Result<Value<'_>, Fault> {
        let (flows, row) = (self.flows, self.row);
        Ok(match column {
            NamedFlows::CBytes => at(flows.c_bytes, row).into(),
            NamedFlows::CIp => at(flows.c_ip, row).into(),
            NamedFlows::CPkt => at(flows.c_pkt, row).into(),
            NamedFlows::CPort => at(flows.c_port, row).into(),
            NamedFlows::Name => self.name.into(),
            NamedFlows::SBytes => at(flows.s_bytes, row).into(),
            NamedFlows::SIp => at(flows.s_ip, row).into(),
            NamedFlows::SPkt => at(flows.s_pkt, row).into(),
            NamedFlows::SPort => at(flows.s_port, row).into(),
            NamedFlows::TimeEnd => at(flows.time_end, row).into(),
            NamedFlows::TimeStart => at(flows.time_start, row).into(),
        })
    }
}
