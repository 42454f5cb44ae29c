//! A record batch of the other side, read out of its memory, or out of memory that it filled for us.

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
    let mut at = address;
    let map = Map::read(|| {
        // SAFETY: the caller vouches that the map goes on as far as its own counts say.
        let word = unsafe { crate::memory::bytes(at, WORD as i32) }?;
        at += WORD as i64;
        Ok(word.try_into().map(i64::from_ne_bytes).unwrap_or_default())
    })?;
    let length = i32::try_from(map.length).map_err(refused)?;
    // SAFETY: the caller vouches for the body.
    let body = unsafe { crate::memory::bytes(map.body, length) }?;
    // Into memory of Arrow's own alignment: the body may begin anywhere.
    let mut copy = MutableBuffer::new(body.len());
    copy.extend_from_slice(body);
    map.batch(copy.into(), schema)
}

/// The batch of a map and its body in one piece: the body's address is then counted from where the piece begins. Nothing
/// is copied.
///
/// # Errors
/// The piece is not that of a batch of `schema`, or its values are not valid Arrow.
pub fn packed(piece: Buffer, schema: &SchemaRef) -> Result<RecordBatch, Error> {
    let mut words = piece.as_slice().chunks_exact(WORD);
    let map = Map::read(|| {
        let word = words.next().ok_or_else(|| refused("it ends in the middle"))?;
        Ok(word.try_into().map(i64::from_ne_bytes).unwrap_or_default())
    })?;
    let (from, length) = (size(map.body)?, size(map.length)?);
    if from.checked_add(length).is_none_or(|end| end > piece.len()) {
        return Err(refused("its body leaves it"));
    }
    map.batch(piece.slice_with_length(from, length), schema)
}

/// Bytes of a word of the map.
const WORD: usize = 8;

/// What the map says.
struct Map {
    rows: usize,
    body: i64,
    length: i64,
    nodes: Vec<[i64; 2]>,
    buffers: Vec<[i64; 2]>,
}

impl Map {
    fn read(mut next: impl FnMut() -> Result<i64, Error>) -> Result<Self, Error> {
        let (rows, body, length) = (next()?, next()?, next()?);
        let mut pairs = || -> Result<Vec<[i64; 2]>, Error> {
            let count = size(next()?)?;
            if count > LONGEST_MAP {
                return Err(refused(format!("it has {count} parts")));
            }
            (0..count).map(|_| Ok([next()?, next()?])).collect()
        };
        let (nodes, buffers) = (pairs()?, pairs()?);
        Ok(Self { rows: size(rows)?, body, length, nodes, buffers })
    }

    fn batch(self, body: Buffer, schema: &SchemaRef) -> Result<RecordBatch, Error> {
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let mut parts = Parts { body, nodes: self.nodes.into_iter(), buffers: self.buffers.into_iter() };
        let columns = schema.fields().iter().map(|field| parts.array(field)).collect::<Result<Vec<_>, _>>()?;
        RecordBatch::try_new_with_options(schema.clone(), columns, &options).map_err(refused)
    }
}

/// The parts of a batch that are not yet taken.
struct Parts {
    body: Buffer,
    nodes: std::vec::IntoIter<[i64; 2]>,
    buffers: std::vec::IntoIter<[i64; 2]>,
}

impl Parts {
    fn buffer(&mut self) -> Result<Buffer, Error> {
        let [offset, length] = self.buffers.next().ok_or_else(|| refused("a buffer is missing"))?;
        let (from, length) = (size(offset)?, size(length)?);
        if from.checked_add(length).is_none_or(|end| end > self.body.len()) {
            return Err(refused("a buffer leaves it"));
        }
        Ok(self.body.slice_with_length(from, length))
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
            DataType::Boolean | DataType::Int8 | DataType::Int32 | DataType::Int64 | DataType::Float64 => {
                array.add_buffer(self.buffer()?)
            }
            DataType::Utf8 => array.add_buffer(self.buffer()?).add_buffer(self.buffer()?),
            DataType::List(member) => {
                let offsets = self.buffer()?;
                array.add_buffer(offsets).add_child_data(self.data(member.data_type())?)
            }
            DataType::Struct(members) => {
                let members = members.iter().map(|member| self.data(member.data_type()));
                array.child_data(members.collect::<Result<_, _>>()?)
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

    use arrow_array::builder::{ArrayBuilder, Float64Builder, Int8Builder, Int32Builder, ListBuilder, StructBuilder};
    use arrow_array::{Array as _, BooleanArray, Float64Array, Int32Array, Int64Array, StringArray, StructArray};
    use arrow_buffer::NullBuffer;
    use netlytics_kernel::vector;

    use super::*;
    use crate::batch::BatchInMemory;

    #[test]
    fn a_batch_comes_back_as_it_went() {
        let mut lists = ListBuilder::new(Float64Builder::new());
        lists.append_value([Some(0.5), None]);
        lists.append_null();
        lists.append_value([]);
        let mut vectors = StructBuilder::from_fields(vector::members(), 2);
        let mut add = |kind, size, indices: Option<&[i32]>, values: &[f64]| {
            vectors.field_builder::<Int8Builder>(0).unwrap().append_value(kind);
            vectors.field_builder::<Int32Builder>(1).unwrap().append_option(size);
            let lists = vectors.field_builder::<ListBuilder<Box<dyn ArrayBuilder>>>(2).unwrap();
            let numbers = lists.values().as_any_mut().downcast_mut::<Int32Builder>().unwrap();
            numbers.append_slice(indices.unwrap_or_default());
            lists.append(indices.is_some());
            let lists = vectors.field_builder::<ListBuilder<Box<dyn ArrayBuilder>>>(3).unwrap();
            lists.values().as_any_mut().downcast_mut::<Float64Builder>().unwrap().append_slice(values);
            lists.append(true);
            vectors.append(true);
        };
        add(vector::SPARSE, Some(9), Some(&[2, 7]), &[0.5, -1.0]);
        add(vector::DENSE, None, None, &[1.0, 2.0, 3.0]);
        add(vector::SPARSE, Some(9), Some(&[]), &[]);
        let inner: ArrayRef = Arc::new(Int32Array::from(vec![None, Some(1), Some(2)]));
        let inner = StructArray::from(vec![(Arc::new(Field::new("i", DataType::Int32, true)), inner)]);
        let member = Arc::new(Field::new("s", inner.data_type().clone(), true));
        let nulls = NullBuffer::from(vec![true, true, false]);
        let nested = StructArray::new(vec![member].into(), vec![Arc::new(inner)], Some(nulls));
        let columns: [(&str, ArrayRef); 7] = [
            ("f", Arc::new(vectors.finish())),
            ("n", Arc::new(nested)),
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
        // A part of a batch leaves nothing of the others behind.
        let part = batch.slice(1, 2);
        let memory = BatchInMemory::new(&part).unwrap();
        // SAFETY: the map is that of a batch in memory.
        let back = unsafe { super::batch(memory.address(), &batch.schema()) }.unwrap();
        assert_eq!(format!("{back:?}"), format!("{part:?}"));
    }

    #[test]
    fn a_batch_in_one_piece() {
        let longs: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None, Some(3)]));
        let batch = RecordBatch::try_from_iter_with_nullable([("l", longs, true)]).unwrap();
        // Rows, where the body begins and its length; one node; two buffers; the body: validity, values.
        let mut words = vec![3_i64, 88, 32, 1, 3, 1, 2, 0, 1, 8, 24, 0b101, 1, 0, 3];
        let piece = Buffer::from_vec(words.clone());
        assert_eq!(packed(piece.clone(), &batch.schema()).unwrap(), batch);
        assert!(packed(piece.slice_with_length(0, piece.len() - 8), &batch.schema()).is_err());
        assert!(packed(piece.slice_with_length(0, 40), &batch.schema()).is_err());
        words[2] = i64::MAX;
        assert!(packed(Buffer::from_vec(words), &batch.schema()).is_err());
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
