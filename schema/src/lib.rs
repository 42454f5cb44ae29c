//! The Data Tables. `DNS.json`, `HTTP.json` and `NamedFlows.json` beside this crate are Spark `StructType`s with a
//! comment, unit and source for every column; the enums here are made from them when the crate is built. `parts/` holds
//! what a connector reads before it puts a Data Table together.

use arrow_schema::{DataType, Field};

/// What a column holds, as leaves Rust towards Arrow and Spark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 64-bit integer (Spark `long`).
    Long,
    /// 64-bit float (Spark `double`).
    Double,
    /// UTF-8 text (Spark `string`).
    Text,
    /// List of nullable UTF-8 texts (Spark `array<string>`).
    Texts,
    /// List of nullable 64-bit integers (Spark `array<long>`).
    Longs,
}

impl Kind {
    /// The Arrow type of this kind.
    #[must_use]
    pub fn arrow(self) -> DataType {
        match self {
            Self::Long => DataType::Int64,
            Self::Double => DataType::Float64,
            Self::Text => DataType::Utf8,
            Self::Texts => DataType::new_list(DataType::Utf8, true),
            Self::Longs => DataType::new_list(DataType::Int64, true),
        }
    }
}

/// Name, kind and nullability of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    pub name: &'static str,
    pub kind: Kind,
    pub nullable: bool,
}

impl Definition {
    /// The Arrow field of this column. Always nullable: a bad line may be kept as a row of nulls.
    #[must_use]
    pub fn field(self) -> Field {
        Field::new(self.name, self.kind.arrow(), true)
    }
}

/// A Data Table: an enum with one variant a column, in the table's order.
pub trait Table: Copy + Eq + 'static {
    /// The table's name: that of its file without `.json`.
    const NAME: &'static str;
    /// The file's text: a Spark `StructType` as JSON.
    const JSON: &'static str;
    /// All columns in order.
    const COLUMNS: &'static [Self];

    /// Place of this column in [`Self::COLUMNS`].
    fn place(self) -> usize;

    /// Name, kind and nullability of this column.
    fn definition(self) -> Definition;

    /// The column of this name, if the table has one.
    #[must_use]
    fn named(name: &str) -> Option<Self> {
        Self::COLUMNS.iter().copied().find(|column| column.definition().name == name)
    }
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in_json<T: Table>() -> Vec<String> {
        let table: serde_json::Value = serde_json::from_str(T::JSON).unwrap();
        let fields = table["fields"].as_array().unwrap();
        fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
    }

    fn names_in_enum<T: Table>() -> Vec<String> {
        assert!(T::COLUMNS.iter().enumerate().all(|(place, column)| column.place() == place));
        T::COLUMNS.iter().map(|column| column.definition().name.to_owned()).collect()
    }

    #[test]
    fn enums_follow_the_files() {
        assert_eq!(names_in_enum::<Dns>(), names_in_json::<Dns>());
        assert_eq!(names_in_enum::<Http>(), names_in_json::<Http>());
        assert_eq!(names_in_enum::<NamedFlows>(), names_in_json::<NamedFlows>());
        assert_eq!(names_in_enum::<ZeekFlow>(), names_in_json::<ZeekFlow>());
        assert_eq!(names_in_enum::<ZeekName>(), names_in_json::<ZeekName>());
    }

    #[test]
    fn columns_are_found_by_name() {
        assert_eq!(Dns::named("trans_id"), Some(Dns::TransId));
        assert_eq!(Dns::named("nothing"), None);
        assert_eq!(
            NamedFlows::TimeStart.definition(),
            Definition { name: "time_start", kind: Kind::Double, nullable: false }
        );
    }
}
