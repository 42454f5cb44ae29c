//! A record batch of the other side, read out of its memory.

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, make_array};
use arrow_buffer::{Buffer, MutableBuffer};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field, SchemaRef};
use netlytics_connectors::error::{Error, Kind};

/// The longest map that is believed, in 64-bit integers: more than any batch of ours has.
const LONGEST_MAP: usize = 1 << 16;

/// Copies the batch that the map at `address` describes; see [`crate::batch::BatchInMemory`] for the map.
///
/// # Errors
/// The map is not that of a batch of `schema`, or its values are not valid Arrow.
///
/// # Safety
/// `address` is where a map of native 64-bit integers begins; the map and what it points into are readable, and nobody
/// writes to them while the call lasts.
pub unsafe fn batch(address: i64, schema: &SchemaRef) -> Result<RecordBatch, Error> {
    // SAFETY: as the caller vouches.
    let mut map = unsafe { Map::new(address) }?;
    let columns = schema.fields().iter().map(|field| map.array(field)).collect::<Result<Vec<_>, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(map.rows));
    RecordBatch::try_new_with_options(schema.clone(), columns, &options).map_err(refused)
}

/// The map while it is read.
struct Map {
    rows: usize,
    body: &'static [u8],
    nodes: std::vec::IntoIter<[i64; 2]>,
    buffers: std::vec::IntoIter<[i64; 2]>,
}

impl Map {
    /// # Safety
    /// As for [`batch`].
    unsafe fn new(address: i64) -> Result<Self, Error> {
        let mut at = address;
        let mut next = || -> Result<i64, Error> {
            // SAFETY: the caller vouches that the map goes on as far as its own counts say.
            let word = unsafe { crate::memory::bytes(at, 8) }?;
            at += 8;
            Ok(word.try_into().map(i64::from_ne_bytes).unwrap_or_default())
        };
        let (rows, body, length) = (next()?, next()?, next()?);
        let mut pairs = || -> Result<Vec<[i64; 2]>, Error> {
            let count = size(next()?)?;
            if count > LONGEST_MAP {
                return Err(refused(format!("it has {count} parts")));
            }
            (0..count).map(|_| Ok([next()?, next()?])).collect()
        };
        let (nodes, buffers) = (pairs()?, pairs()?);
        let length = i32::try_from(length).map_err(refused)?;
        // SAFETY: the caller vouches for the body.
        let body = unsafe { crate::memory::bytes(body, length) }?;
        Ok(Self { rows: size(rows)?, body, nodes: nodes.into_iter(), buffers: buffers.into_iter() })
    }

    fn buffer(&mut self) -> Result<Buffer, Error> {
        let [offset, length] = self.buffers.next().ok_or_else(|| refused("a buffer is missing"))?;
        let (from, length) = (size(offset)?, size(length)?);
        let bytes = self.body.get(from..from.saturating_add(length)).ok_or_else(|| refused("a buffer leaves it"))?;
        // Into memory of Arrow's own alignment: the body may begin anywhere.
        let mut copy = MutableBuffer::new(bytes.len());
        copy.extend_from_slice(bytes);
        Ok(copy.into())
    }

    fn array(&mut self, field: &Field) -> Result<ArrayRef, Error> {
        Ok(make_array(self.data(field.data_type())?))
    }

    fn data(&mut self, data_type: &DataType) -> Result<ArrayData, Error> {
        let [length, nulls] = self.nodes.next().ok_or_else(|| refused("a node is missing"))?;
        let validity = self.buffer()?;
        let mut array = ArrayData::builder(data_type.clone()).len(size(length)?);
        if nulls > 0 {
            array = array.null_bit_buffer(Some(validity));
        }
        array = match data_type {
            DataType::Boolean | DataType::Int64 | DataType::Float64 => array.add_buffer(self.buffer()?),
            DataType::Utf8 => array.add_buffer(self.buffer()?).add_buffer(self.buffer()?),
            DataType::List(member) => {
                let offsets = self.buffer()?;
                array.add_buffer(offsets).add_child_data(self.data(member.data_type())?)
            }
            other => return Err(refused(format!("columns of type {other} do not cross the border"))),
        };
        array.build().map_err(refused)
    }
}

fn size(number: i64) -> Result<usize, Error> {
    usize::try_from(number).map_err(refused)
}

fn refused(why: impl ToString) -> Error {
    Error::new(Kind::Internal, format!("A batch cannot be taken over: {}.", why.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{Float64Builder, ListBuilder};
    use arrow_array::{BooleanArray, Float64Array, Int64Array, StringArray};

    use super::*;
    use crate::batch::BatchInMemory;

    #[test]
    fn a_batch_comes_back_as_it_went() {
        let mut lists = ListBuilder::new(Float64Builder::new());
        lists.append_value([Some(0.5), None]);
        lists.append_null();
        lists.append_value([]);
        let columns: [(&str, ArrayRef); 5] = [
            ("l", Arc::new(Int64Array::from(vec![Some(1), None, Some(3)]))),
            ("d", Arc::new(Float64Array::from(vec![0.1, f64::NAN, -0.0]))),
            ("s", Arc::new(StringArray::from(vec![Some("é"), None, Some("")]))),
            ("b", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]))),
            ("v", Arc::new(lists.finish())),
        ];
        let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
        let memory = BatchInMemory::new(&batch).unwrap();
        // SAFETY: the map is that of a batch in memory.
        let back = unsafe { super::batch(memory.address(), &batch.schema()) }.unwrap();
        assert_eq!(format!("{back:?}"), format!("{batch:?}"));
    }

    #[test]
    fn a_map_of_another_batch_is_refused() {
        let texts: ArrayRef = Arc::new(StringArray::from(vec!["abc"]));
        let text = RecordBatch::try_from_iter([("s", texts)]).unwrap();
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![7]));
        let memory = BatchInMemory::new(&RecordBatch::try_from_iter([("s", numbers)]).unwrap()).unwrap();
        // SAFETY: the map is that of a batch in memory.
        assert!(unsafe { super::batch(memory.address(), &text.schema()) }.is_err());
    }
}
