//! Connectors by name: look-ups in the list of descriptors.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::descriptor::{DESCRIPTORS, Descriptor, Split};
use crate::error::{Error, Kind};
use crate::nearest::suggestion;
use crate::options::ScanOptions;
use crate::reader::LineReader;

/// The connector of this name or alias, or the part `connector/part` of one.
///
/// # Errors
/// There is none; the message names the nearest.
pub fn connector(name: &str) -> Result<&'static Descriptor, Error> {
    DESCRIPTORS
        .iter()
        .flat_map(Descriptor::with_parts)
        .find(|connector| connector.name == name || connector.aliases.contains(&name))
        .ok_or_else(|| {
            let names = DESCRIPTORS.iter().flat_map(|known| std::iter::once(&known.name).chain(known.aliases)).copied();
            let near = suggestion(name, names);
            let all = DESCRIPTORS.iter().map(|connector| connector.name).collect::<Vec<_>>().join(", ");
            Error::option(format!("There is no connector {name}.{near} The connectors are {all}."))
        })
}

/// What the glue needs to know of a connector, as JSON: its own name, tool and table, the table's schema as a Spark
/// `StructType`, where files may be split (`whole` or `lines`), and the names of all options it takes.
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
        split: Split,
        options: &'a [&'a str],
    }
    let connector = connector(name)?;
    let json = |error: serde_json::Error| Error::new(Kind::Internal, error.to_string());
    let description = Description {
        name: connector.name,
        tool: connector.tool,
        table: connector.table,
        schema: RawValue::from_string(connector.schema.to_owned()).map_err(json)?,
        split: connector.split,
        options: connector.options,
    };
    serde_json::to_string(&description).map_err(json)
}

/// Refuses options that the connector does not take.
pub(crate) fn check_options(connector: &Descriptor, options: &ScanOptions) -> Result<(), Error> {
    for name in options.given.names() {
        if !connector.options.iter().any(|option| option.eq_ignore_ascii_case(name)) {
            let near = suggestion(name, connector.options.iter().copied());
            return Err(Error::option(format!("{} has no option {name}.{near}", connector.name)));
        }
    }
    Ok(())
}

/// The reader of the connector that `options` names. One that only puts parts together ([`crate::combine`]) has none: its
/// parts have.
///
/// # Errors
/// The connector, an option, a column or the filter is not valid.
pub(crate) fn reader(options: &ScanOptions) -> Result<Box<dyn LineReader>, Error> {
    let connector = connector(&options.connector)?;
    check_options(connector, options)?;
    match connector.reader {
        Some(open) => open(options),
        None => Err(Error::new(Kind::Internal, format!("{} has no reader: its parts are read.", connector.name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::combine;

    #[test]
    fn every_connector_has_a_reader_for_every_column() {
        for connector in DESCRIPTORS.iter().flat_map(Descriptor::with_parts) {
            let description: serde_json::Value = serde_json::from_str(&describe(connector.name).unwrap()).unwrap();
            let fields = description["schema"]["fields"].as_array().unwrap();
            let columns = fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
            let options = ScanOptions { connector: connector.name.to_owned(), columns, ..ScanOptions::default() };
            let schema = match combine::combiner(&options).unwrap() {
                Some(combiner) => combiner.schema(),
                None => reader(&options).ok().unwrap().schema(),
            };
            assert_eq!(schema.fields().len(), fields.len(), "{}", connector.name);
        }
    }

    #[test]
    fn a_description_says_how_files_may_be_split() {
        let description: serde_json::Value = serde_json::from_str(&describe("zeek_to_DNS").unwrap()).unwrap();
        assert_eq!(description["split"], "lines");
        assert!(description["options"].as_array().unwrap().iter().any(|option| option == "metaPrefix"));
    }

    #[test]
    fn names_are_unique() {
        let mut names = DESCRIPTORS
            .iter()
            .flat_map(Descriptor::with_parts)
            .flat_map(|connector| std::iter::once(&connector.name).chain(connector.aliases))
            .collect::<Vec<_>>();
        names.sort();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
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
