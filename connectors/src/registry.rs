//! All connectors by name: `registry.json` beside this crate says what each is called, reads and takes; this module
//! binds each to its parser.

use std::sync::OnceLock;

use netlytics_schema::{Dns, Http, NamedFlows, Table, ZeekFlow, ZeekName};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::{Error, Kind};
use crate::options::ScanOptions;
use crate::reader::{LineReader, TableReader};
use crate::{bind, squid, tstat, zeek};

/// The registry's text, as the JVM, Python and the docs read it too.
pub const JSON: &str = include_str!("../registry.json");

/// One connector, as the registry has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Connector {
    pub name: String,
    pub aliases: Vec<String>,
    pub tool: String,
    pub table: String,
    /// Groups of options that it takes besides the common ones.
    options: Vec<String>,
    /// What it is put together from; see [`crate::combine`].
    #[serde(default)]
    parts: Vec<Part>,
}

/// A log that is read for a connector, as a connector of its own called `connector/part`.
#[derive(Debug, Clone, Deserialize)]
struct Part {
    name: String,
    table: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    /// Names that it had in earlier versions, which are still taken.
    #[serde(default)]
    old_names: Vec<String>,
}

#[derive(Deserialize)]
struct Registry {
    options: Vec<Named>,
    connectors: Vec<Connector>,
    tool_options: std::collections::BTreeMap<String, Vec<Named>>,
    /// The parts of all connectors, as connectors.
    #[serde(skip)]
    parts: Vec<Connector>,
}

fn parts(connector: &Connector) -> impl Iterator<Item = Connector> {
    connector.parts.iter().map(|part| Connector {
        name: format!("{}/{}", connector.name, part.name),
        aliases: Vec::new(),
        table: part.table.clone(),
        parts: Vec::new(),
        ..connector.clone()
    })
}

fn registry() -> Result<&'static Registry, Error> {
    static REGISTRY: OnceLock<Result<Registry, String>> = OnceLock::new();
    REGISTRY
        .get_or_init(|| {
            let mut registry: Registry = serde_json::from_str(JSON).map_err(|error| error.to_string())?;
            registry.parts = registry.connectors.iter().flat_map(parts).collect();
            Ok(registry)
        })
        .as_ref()
        .map_err(|error| Error::new(Kind::Internal, format!("registry.json: {error}")))
}

/// The connector of this name or alias, or the part `connector/part` of one.
///
/// # Errors
/// There is none; the message names the nearest.
pub fn connector(name: &str) -> Result<&'static Connector, Error> {
    let registry = registry()?;
    let connectors = &registry.connectors;
    connectors
        .iter()
        .chain(&registry.parts)
        .find(|connector| connector.name == name || connector.aliases.iter().any(|alias| alias == name))
        .ok_or_else(|| {
            let names =
                connectors.iter().flat_map(|connector| std::iter::once(&connector.name).chain(&connector.aliases));
            let all = connectors.iter().map(|connector| connector.name.as_str()).collect::<Vec<_>>().join(", ");
            let near = nearest(name, names.map(String::as_str))
                .map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            Error::option(format!("There is no connector {name}.{near} The connectors are {all}."))
        })
}

/// What the glue needs to know of a connector, as JSON: its own name, tool and table, the table's schema as a Spark
/// `StructType`, and the names of all options it takes.
///
/// # Errors
/// There is no such connector.
pub fn describe(name: &str) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Description<'a> {
        name: &'a str,
        tool: &'a str,
        table: &'a str,
        schema: Box<RawValue>,
        options: Vec<&'a str>,
    }
    let connector = connector(name)?;
    let schema = match connector.table.as_str() {
        Dns::NAME => Dns::JSON,
        Http::NAME => Http::JSON,
        NamedFlows::NAME => NamedFlows::JSON,
        ZeekFlow::NAME => ZeekFlow::JSON,
        ZeekName::NAME => ZeekName::JSON,
        other => return Err(Error::new(Kind::Internal, format!("registry.json names no table of ours: {other}."))),
    };
    let json = |error: serde_json::Error| Error::new(Kind::Internal, error.to_string());
    let description = Description {
        name: &connector.name,
        tool: &connector.tool,
        table: &connector.table,
        schema: RawValue::from_string(schema.to_owned()).map_err(json)?,
        options: option_names(connector)?.collect(),
    };
    serde_json::to_string(&description).map_err(json)
}

fn option_names(connector: &'static Connector) -> Result<impl Iterator<Item = &'static str> + Clone, Error> {
    let registry = registry()?;
    let own = connector.options.iter().filter_map(|group| registry.tool_options.get(group)).flatten();
    let names = |option: &'static Named| std::iter::once(&option.name).chain(&option.old_names);
    Ok(registry.options.iter().chain(own).flat_map(names).map(String::as_str))
}

/// Refuses options that the connector does not take.
pub(crate) fn check_options(connector: &'static Connector, options: &ScanOptions) -> Result<(), Error> {
    let known = option_names(connector)?;
    for name in options.given.names() {
        if !known.clone().any(|option| option.eq_ignore_ascii_case(name)) {
            let near = nearest(name, known).map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            return Err(Error::option(format!("{} has no option {name}.{near}", connector.name)));
        }
    }
    Ok(())
}

/// The reader of the connector that `options` names. One that is put together from parts ([`crate::combine`]) has none: its
/// parts have.
///
/// # Errors
/// The connector, an option, a column or the filter is not valid.
pub(crate) fn reader(options: &ScanOptions) -> Result<Box<dyn LineReader>, Error> {
    let connector = connector(&options.connector)?;
    check_options(connector, options)?;
    Ok(match connector.name.as_str() {
        "zeek_to_DNS" | "zeek_to_NamedFlows/dns" => {
            Box::new(TableReader::<Dns, _>::new(zeek::dns::parser(options)?, options)?)
        }
        "zeek_to_NamedFlows/flows" => {
            Box::new(TableReader::<ZeekFlow, _>::new(zeek::flows::parser(options)?, options)?)
        }
        "zeek_to_NamedFlows/names" => {
            Box::new(TableReader::<ZeekName, _>::new(zeek::names::parser(options)?, options)?)
        }
        "zeek_to_HTTP" => Box::new(TableReader::<Http, _>::new(zeek::http::parser(options)?, options)?),
        "squid_to_HTTP" => Box::new(TableReader::<Http, _>::new(squid::http::parser(options)?, options)?),
        "squid_to_NamedFlows" => {
            Box::new(TableReader::<NamedFlows, _>::new(squid::named_flows::parser(options)?, options)?)
        }
        "bind_to_DNS" | "bind_to_DNS/rows" => {
            Box::new(TableReader::<Dns, _>::new(bind::dns::parser(options)?, options)?)
        }
        "tstat_to_DNS/rows" => Box::new(TableReader::<Dns, _>::new(tstat::dns::parser(options)?, options)?),
        "tstat_to_HTTP/rows" => Box::new(TableReader::<Http, _>::new(tstat::http::parser(options, false)?, options)?),
        // Reached with pairResponses=false only.
        "tstat_to_HTTP" => Box::new(TableReader::<Http, _>::new(tstat::http::parser(options, true)?, options)?),
        "tstat_to_NamedFlows" => {
            Box::new(TableReader::<NamedFlows, _>::new(tstat::named_flows::parser(options)?, options)?)
        }
        name => return Err(Error::new(Kind::Internal, format!("{name} has no parser that makes a row of a line."))),
    })
}

/// The candidate nearest in spelling, if one is near at all.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const NEAR: f64 = 0.6;
    let name = name.to_ascii_lowercase();
    candidates
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&name, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::combine;

    #[test]
    fn every_connector_has_a_parser_for_every_column() {
        let registry = registry().unwrap();
        for connector in registry.connectors.iter().chain(&registry.parts) {
            let description: serde_json::Value = serde_json::from_str(&describe(&connector.name).unwrap()).unwrap();
            let fields = description["schema"]["fields"].as_array().unwrap();
            let columns = fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
            let options = ScanOptions { connector: connector.name.clone(), columns, ..ScanOptions::default() };
            let schema = match combine::combiner(&options).unwrap() {
                Some(combiner) => combiner.schema(),
                None => reader(&options).ok().unwrap().schema(),
            };
            assert_eq!(schema.fields().len(), fields.len(), "{}", connector.name);
        }
    }

    #[test]
    fn aliases_are_names() {
        assert_eq!(connector("connectors.bro_to_DNS.Bro_To_DNS").unwrap().name, "zeek_to_DNS");
    }

    #[test]
    fn unknown_names_bring_the_nearest() {
        assert!(connector("zeek_to_dns2").unwrap_err().message.contains("Did you mean zeek_to_DNS?"));
        assert!(!connector("xyz").unwrap_err().message.contains("Did you mean"));
        let given = [("seperator".to_owned(), "|".to_owned())].into_iter().collect();
        let options = ScanOptions { connector: "zeek_to_DNS".to_owned(), given, ..ScanOptions::default() };
        assert!(reader(&options).err().unwrap().message.contains("Did you mean separator?"));
    }
}
