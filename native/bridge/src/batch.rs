//! A record batch as one Arrow IPC message in memory, and the map of it that the other side reads.

use arrow_array::RecordBatch;
use arrow_ipc::root_as_message;
use arrow_ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteContext, IpcWriteOptions};
use netlytics_connectors::error::{Error, Kind};

/// A batch ready to be read in place. The memory lives as long as this value.
///
/// The map is a run of 64-bit integers, native endian: number of rows, address of the message's body, its length, number
/// of nodes, then length and null count of each node, number of buffers, then offset in the body and length of each
/// buffer. Nodes and buffers are those of the Arrow IPC `RecordBatch` message, depth first.
pub struct BatchInMemory {
    map: Vec<i64>,
    /// What the map points into.
    _body: Vec<u8>,
}

impl BatchInMemory {
    /// Encodes a batch.
    ///
    /// # Errors
    /// Arrow cannot encode it, which would be a fault of ours.
    pub fn new(batch: &RecordBatch) -> Result<Self, Error> {
        let fault = |text: String| Error::new(Kind::Internal, format!("A batch could not be encoded: {text}"));
        let (_, encoded) = IpcDataGenerator::default()
            .encode(
                batch,
                &mut DictionaryTracker::new(false),
                &IpcWriteOptions::default(),
                &mut IpcWriteContext::default(),
            )
            .map_err(|error| fault(error.to_string()))?;
        let message = root_as_message(&encoded.ipc_message).map_err(|error| fault(error.to_string()))?;
        let header =
            message.header_as_record_batch().ok_or_else(|| fault("no record batch in the message".to_owned()))?;
        let (nodes, buffers) = (header.nodes().unwrap_or_default(), header.buffers().unwrap_or_default());
        let number = |value: usize| i64::try_from(value).map_err(|error| fault(error.to_string()));
        let body = encoded.arrow_data;

        let mut map = vec![header.length(), number(body.as_ptr().expose_provenance())?, number(body.len())?];
        map.push(number(nodes.len())?);
        map.extend(nodes.iter().flat_map(|node| [node.length(), node.null_count()]));
        map.push(number(buffers.len())?);
        map.extend(buffers.iter().flat_map(|buffer| [buffer.offset(), buffer.length()]));
        Ok(Self { map, _body: body })
    }

    /// Where the map begins.
    #[must_use]
    pub fn address(&self) -> i64 {
        self.map.as_ptr().expose_provenance().cast_signed() as i64
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{Int64Builder, ListBuilder};
    use arrow_array::{ArrayRef, Int64Array, StringArray};

    use super::*;

    #[test]
    fn the_map_finds_every_value() {
        let mut lists = ListBuilder::new(Int64Builder::new());
        lists.append_value([Some(9)]);
        lists.append_null();
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(5), None]));
        let texts: ArrayRef = Arc::new(StringArray::from(vec!["ab", "c"]));
        let lists: ArrayRef = Arc::new(lists.finish());
        let batch =
            RecordBatch::try_from_iter_with_nullable([("n", numbers, true), ("t", texts, true), ("l", lists, true)]);
        let batch = BatchInMemory::new(&batch.unwrap()).unwrap();

        let map = &batch.map;
        assert_eq!((map[0], map[2] as usize, map[3]), (2, batch._body.len(), 4));
        assert_eq!(map[4..12], [2, 1, 2, 0, 2, 1, 1, 0]);
        let buffers = map[13..].chunks(2).map(|pair| (pair[0] as usize, pair[1] as usize)).collect::<Vec<_>>();
        assert_eq!((map[12], buffers.len()), (9, 9));
        let bytes = |(offset, length): (usize, usize)| &batch._body[offset..offset + length];
        assert_eq!(bytes(buffers[1])[..8], 5_i64.to_ne_bytes());
        assert_eq!(bytes(buffers[4])[..3], *b"abc");
        assert_eq!(bytes(buffers[8])[..8], 9_i64.to_ne_bytes());
        assert_eq!(map[1], i64::try_from(batch._body.as_ptr().expose_provenance()).unwrap());
    }
}
