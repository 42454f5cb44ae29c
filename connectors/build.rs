//! Makes the static list of descriptors out of `registry.json`, so that a connector whose table, reader or way of being
//! split does not exist is a compile error.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, error::Error, fs};

use serde_json::Value;

const REGISTRY: &str = "registry.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={REGISTRY}");
    let registry: Value = serde_json::from_str(&fs::read_to_string(REGISTRY)?)?;
    let mut source =
        "/// All connectors, in the order of `registry.json`.\npub static DESCRIPTORS: &[Descriptor] = &[".to_owned();
    for connector in list(&registry, "connectors")? {
        write_descriptor(&mut source, &registry, connector, connector, text(connector, "name")?)?;
    }
    source.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("descriptors.rs"), source)?;
    Ok(())
}

/// Writes the descriptor of `entry`: a connector, or a part of `connector`, whose tool and options a part shares.
fn write_descriptor(
    out: &mut String,
    registry: &Value,
    connector: &Value,
    entry: &Value,
    name: &str,
) -> Result<(), Box<dyn Error>> {
    let table = text(entry, "table")?;
    writeln!(out, "Descriptor {{ name: {name:?}, tool: {:?}, table: {table:?},", text(connector, "tool")?)?;
    writeln!(out, "schema: <netlytics_schema::named::{table} as netlytics_schema::Table>::JSON,")?;
    writeln!(out, "aliases: &{:?}, options: &{:?},", names(entry, "aliases")?, options(registry, connector)?)?;
    write_layout(out, own_or_shared(entry, connector, "layout"))?;
    let split = own_or_shared(entry, connector, "split");
    writeln!(out, "split: Split::{},", variant(split.as_str().ok_or(format!("{REGISTRY}: {name} has no split"))?))?;
    match entry.get("reader") {
        None => writeln!(out, "reader: None,")?,
        Some(_) => writeln!(
            out,
            "reader: Some(|options| crate::reader::open::<netlytics_schema::named::{table}, _>\
             (crate::{}::parser(options)?, options)),",
            text(entry, "reader")?
        )?,
    }
    writeln!(out, "parts: &[")?;
    for part in list(entry, "parts").unwrap_or_default() {
        write_descriptor(out, registry, connector, part, &format!("{name}/{}", text(part, "name")?))?;
    }
    writeln!(out, "] }},")?;
    Ok(())
}

/// What `entry` says under `key`; a part that says nothing shares what its connector says.
fn own_or_shared<'v>(entry: &'v Value, connector: &'v Value, key: &str) -> &'v Value {
    entry.get(key).unwrap_or(&connector[key])
}

fn write_layout(out: &mut String, layout: &Value) -> Result<(), Box<dyn Error>> {
    let style = variant(text(layout, "style")?);
    writeln!(out, "layout: Layout {{ style: Style::{style}, names: &{:?},", names(layout, "names")?)?;
    match layout.get("with") {
        None => writeln!(out, "with: None }},")?,
        Some(with) => writeln!(out, "with: Some(({:?}, &{:?})) }},", text(with, "option")?, names(with, "names")?)?,
    }
    Ok(())
}

/// Names, of today and of earlier versions, of the options that every connector takes and of those of its own groups.
fn options<'r>(registry: &'r Value, connector: &Value) -> Result<Vec<&'r str>, Box<dyn Error>> {
    let mut options = list(registry, "options")?.iter().collect::<Vec<_>>();
    for group in names(connector, "options")? {
        options.extend(list(&registry["tool_options"], group)?);
    }
    let mut all = Vec::new();
    for option in options {
        all.push(text(option, "name")?);
        all.extend(names(option, "old_names")?);
    }
    Ok(all)
}

fn list<'v>(object: &'v Value, key: &str) -> Result<&'v [Value], Box<dyn Error>> {
    Ok(object[key].as_array().ok_or(format!("{REGISTRY}: no list {key} in {object}"))?)
}

fn text<'v>(object: &'v Value, key: &str) -> Result<&'v str, Box<dyn Error>> {
    Ok(object[key].as_str().ok_or(format!("{REGISTRY}: no text {key} in {object}"))?)
}

/// The texts of a list; none when there is no such list.
fn names<'v>(object: &'v Value, key: &str) -> Result<Vec<&'v str>, Box<dyn Error>> {
    let members = object[key].as_array().map(Vec::as_slice).unwrap_or_default();
    members.iter().map(|member| Ok(member.as_str().ok_or(format!("{REGISTRY}: {key} holds {member}"))?)).collect()
}

/// `lines` as the name of an enum's variant.
fn variant(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
