//! Makes one Rust enum for each table file, so that a connector that forgets a column does not compile.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, error::Error, fs};

use serde_json::Value;

/// Folder and name of each table's file, and the enum's name.
const TABLES: [(&str, &str, &str); 5] = [
    ("", "DNS", "Dns"),
    ("", "HTTP", "Http"),
    ("", "NamedFlows", "NamedFlows"),
    ("parts/", "ZeekFlow", "ZeekFlow"),
    ("parts/", "ZeekName", "ZeekName"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut source = String::new();
    for (folder, file, name) in TABLES {
        let path = format!("{folder}{file}.json");
        println!("cargo:rerun-if-changed={path}");
        let table: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        write_table(&mut source, (folder, file), name, &table)?;
    }
    write_names(&mut source)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tables.rs"), source)?;
    Ok(())
}

fn write_table(
    out: &mut String,
    (folder, file): (&str, &str),
    name: &str,
    table: &Value,
) -> Result<(), Box<dyn Error>> {
    let fields = table["fields"].as_array().ok_or(format!("{file}.json has no fields"))?;
    let mut columns = Vec::new();
    for field in fields {
        let column = field["name"].as_str().ok_or("a field has no name")?;
        columns.push((column, pascal_case(column), kind(&field["type"])?, field["nullable"] != false));
    }
    writeln!(out, "/// Columns of the `{file}` table: {}", text(table, "description"))?;
    writeln!(out, "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum {name} {{")?;
    for ((_, variant, ..), field) in columns.iter().zip(fields) {
        writeln!(out, "    /// {}.\n    {variant},", text(&field["metadata"], "comment"))?;
    }
    writeln!(out, "}}\n\nimpl Table for {name} {{\n    const NAME: &'static str = \"{file}\";")?;
    writeln!(
        out,
        "    const JSON: &'static str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}{file}.json\"));"
    )?;
    writeln!(out, "    const COLUMNS: &'static [Self] = &[")?;
    for (_, variant, ..) in &columns {
        writeln!(out, "        Self::{variant},")?;
    }
    writeln!(out, "    ];\n\n    fn place(self) -> usize {{\n        self as usize\n    }}")?;
    writeln!(out, "\n    fn definition(self) -> Definition {{\n        match self {{")?;
    for (column, variant, kind, nullable) in &columns {
        writeln!(
            out,
            "            Self::{variant} => Definition {{ name: \"{column}\", kind: Kind::{kind}, nullable: {nullable} }},"
        )?;
    }
    writeln!(out, "        }}\n    }}\n}}\n")?;
    Ok(())
}

/// Type aliases, so that code made from data finds a table by the name that its file has.
fn write_names(out: &mut String) -> Result<(), Box<dyn Error>> {
    writeln!(out, "/// The tables under the names of their files.\n#[allow(clippy::upper_case_acronyms)]")?;
    writeln!(out, "pub mod named {{")?;
    for (_, file, name) in TABLES {
        writeln!(out, "    /// The `{file}` table.\n    pub type {file} = super::{name};")?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn kind(spark_type: &Value) -> Result<&'static str, String> {
    match (spark_type.as_str(), spark_type["elementType"].as_str()) {
        (Some("long"), _) => Ok("Long"),
        (Some("double"), _) => Ok("Double"),
        (Some("string"), _) => Ok("Text"),
        (None, Some("string")) => Ok("Texts"),
        (None, Some("long")) => Ok("Longs"),
        _ => Err(format!("no Rust kind for the Spark type {spark_type}")),
    }
}

fn pascal_case(column: &str) -> String {
    column
        .split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
        })
        .collect()
}

fn text<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_default()
}
