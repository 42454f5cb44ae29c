//! How the columns are encoded and compressed.

use arrow_schema::Schema;
use parquet::arrow::add_encoded_arrow_schema_to_metadata;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};

/// The properties of a file with this schema.
///
/// # Errors
/// The level of compression is none, which would be a fault of ours.
pub(super) fn of(schema: &Schema) -> Result<WriterProperties, ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    // Readers that know Arrow get back the very schema that was written.
    add_encoded_arrow_schema_to_metadata(schema, &mut properties);
    Ok(properties)
}
