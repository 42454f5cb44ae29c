//! Columns of vectors, in the form in which Spark ML keeps them.

use std::collections::HashMap;

use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{DataType, Field, Fields};

/// The extension type that marks a column of vectors.
pub const EXTENSION: &str = "netlytics.vector";
/// Key of a column's metadata as Spark keeps it: a JSON object.
pub const SPARK_METADATA: &str = "netlytics.spark.metadata";
/// `type` of a sparse vector, which has `size`, and the `values` that are not zero with their `indices`.
pub const SPARSE: i8 = 0;
/// `type` of a dense vector, which has its `values` only.
pub const DENSE: i8 = 1;

/// The members of a vector.
#[must_use]
pub fn members() -> Fields {
    Fields::from(vec![
        Field::new("type", DataType::Int8, false),
        Field::new("size", DataType::Int32, true),
        Field::new("indices", DataType::new_list(DataType::Int32, false), true),
        Field::new("values", DataType::new_list(DataType::Float64, false), true),
    ])
}

/// A column of vectors.
#[must_use]
pub fn field(name: &str) -> Field {
    let mark = (EXTENSION_TYPE_NAME_KEY.to_owned(), EXTENSION.to_owned());
    Field::new(name, DataType::Struct(members()), true).with_metadata(HashMap::from([mark]))
}

/// The names of the numbers of a column's vectors, in their order, as Spark ML keeps them in the column's metadata (an
/// `AttributeGroup`). None where the column tells none, or not all of them.
#[must_use]
pub fn members_named(field: &Field) -> Vec<String> {
    let metadata = field.metadata().get(SPARK_METADATA);
    let metadata = metadata.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok()).unwrap_or_default();
    let group = metadata.get("ml_attr");
    let count = group.and_then(|group| group.get("num_attrs")).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let kinds = group.and_then(|group| group.get("attrs")).and_then(serde_json::Value::as_object);
    let attributes =
        kinds.into_iter().flat_map(|kinds| kinds.values()).filter_map(serde_json::Value::as_array).flatten();
    let mut named = attributes
        .filter_map(|attribute| Some((attribute.get("idx")?.as_u64()?, attribute.get("name")?.as_str()?.to_owned())))
        .collect::<Vec<_>>();
    named.sort_unstable();
    let whole = named.iter().map(|(place, _)| *place).eq(0..count);
    if whole { named.into_iter().map(|(_, name)| name).collect() } else { Vec::new() }
}

/// Whether columns of this type hold vectors: the members count, not which of them may be null.
#[must_use]
pub fn is_vector(data_type: &DataType) -> bool {
    let DataType::Struct(found) = data_type else { return false };
    let same = |one: &DataType, other: &DataType| match (one, other) {
        (DataType::List(one), DataType::List(other)) => one.data_type() == other.data_type(),
        (one, other) => one == other,
    };
    let members = members();
    found.len() == members.len()
        && found
            .iter()
            .zip(&members)
            .all(|(found, member)| found.name() == member.name() && same(found.data_type(), member.data_type()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_vector_have_names() {
        let named = |metadata: &str| {
            let metadata = HashMap::from([(SPARK_METADATA.to_owned(), metadata.to_owned())]);
            members_named(&field("features").with_metadata(metadata))
        };
        let whole = r#"{"ml_attr":{"num_attrs":3,"attrs":{"binary":[{"idx":1,"name":"method=GET"}],
            "numeric":[{"idx":2,"name":"bytes"},{"idx":0,"name":"port"}]}}}"#;
        assert_eq!(named(whole), ["port", "method=GET", "bytes"]);
        assert!(named(r#"{"ml_attr":{"num_attrs":2,"attrs":{"numeric":[{"idx":0,"name":"bytes"}]}}}"#).is_empty());
        assert!(named(r#"{"ml_attr":{"num_attrs":2}}"#).is_empty());
        assert!(named("{}").is_empty() && members_named(&field("features")).is_empty());
    }

    #[test]
    fn vectors_are_known_by_their_members() {
        assert!(is_vector(field("features").data_type()));
        let nullable = members().iter().map(|member| member.as_ref().clone().with_nullable(true)).collect::<Fields>();
        assert!(is_vector(&DataType::Struct(nullable)));
        let fewer = members().iter().take(3).cloned().collect::<Fields>();
        assert!(!is_vector(&DataType::Struct(fewer)));
        assert!(!is_vector(&DataType::Float64));
    }
}
