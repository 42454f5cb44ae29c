//! Arrow's C structs of the other side as record batches and arrays.
//!
//! Source: the Arrow C Data Interface, <https://arrow.apache.org/docs/format/CDataInterface.html>.

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array as _, ArrayReader as _, ArrayRef, RecordBatch, StructArray, make_array, new_empty_array};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Schema, SchemaRef};
use arrow_select::concat::concat;
use netlytics_connectors::error::{Error, Kind};

/// The schema that a C struct describes.
///
/// # Errors
/// Its types are not known.
///
/// # Safety
/// `schema` points to a valid struct that nobody changes while the call lasts.
pub unsafe fn schema(schema: *const FFI_ArrowSchema) -> Result<SchemaRef, Error> {
    // SAFETY: as the caller vouches.
    let schema = unsafe { schema.as_ref() }.ok_or_else(|| refused("there is none"))?;
    Ok(Schema::try_from(schema).map_err(refused)?.into())
}

/// The batch that C structs describe. It takes the array over: what is left there counts as released.
///
/// # Errors
/// They are not those of a struct, or one of its values is null as a whole.
///
/// # Safety
/// Both point to valid structs that belong together, and that nobody else uses while the call lasts.
pub unsafe fn batch(array: *mut FFI_ArrowArray, schema: *const FFI_ArrowSchema) -> Result<RecordBatch, Error> {
    // SAFETY: as the caller vouches.
    let data = unsafe { data(array, schema) }?;
    if !matches!(data.data_type(), DataType::Struct(_)) {
        return Err(refused(format!("it is of type {}, not a struct", data.data_type())));
    }
    let rows = StructArray::from(data);
    if rows.null_count() > 0 {
        return Err(refused("it has rows that are null as a whole"));
    }
    Ok(RecordBatch::from(rows))
}

/// The array that C structs describe. It takes the array over, as [`batch`] does.
///
/// # Errors
/// There is none, or its type is not known.
///
/// # Safety
/// As for [`batch`].
pub unsafe fn array(array: *mut FFI_ArrowArray, schema: *const FFI_ArrowSchema) -> Result<ArrayRef, Error> {
    // SAFETY: as the caller vouches.
    Ok(make_array(unsafe { data(array, schema) }?))
}

/// The arrays of a stream as one. It takes the stream over: what is left there counts as released.
///
/// # Errors
/// There is none, the other side fails, the type is not known, or the values of all do not fit into one array.
///
/// # Safety
/// `stream` points to a valid struct that nobody else uses while the call lasts.
pub unsafe fn stream(stream: *mut FFI_ArrowArrayStream) -> Result<ArrayRef, Error> {
    if stream.is_null() {
        return Err(refused("there is no stream"));
    }
    // SAFETY: as the caller vouches, and it is not null.
    let reader = unsafe { ArrayStreamReader::from_raw(stream) }.map_err(refused)?;
    let empty = new_empty_array(reader.field().data_type());
    let arrays = reader.collect::<Result<Vec<_>, _>>().map_err(refused)?;
    let all = arrays.iter().map(AsRef::as_ref).collect::<Vec<_>>();
    if all.is_empty() { Ok(empty) } else { concat(&all).map_err(refused) }
}

/// # Safety
/// As for [`batch`].
unsafe fn data(array: *mut FFI_ArrowArray, schema: *const FFI_ArrowSchema) -> Result<ArrayData, Error> {
    if array.is_null() {
        return Err(refused("there is none"));
    }
    // SAFETY: as the caller vouches, and neither is null.
    unsafe {
        let schema = schema.as_ref().ok_or_else(|| refused("it has no schema"))?;
        from_ffi(FFI_ArrowArray::from_raw(array), schema).map_err(refused)
    }
}

fn refused(why: impl ToString) -> Error {
    Error::new(Kind::BadInput, format!("The Arrow data cannot be taken over: {}.", why.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::ffi::to_ffi;
    use arrow_array::{ArrayRef, RecordBatchIterator, StringArray};

    use super::*;

    #[test]
    fn a_batch_comes_back_as_it_went() {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None, Some("c")]));
        let batch = RecordBatch::try_from_iter([("s", texts)]).unwrap().slice(1, 2);
        let (mut array, schema) = to_ffi(&StructArray::from(batch.clone()).into_data()).unwrap();
        // SAFETY: the structs were just made, and belong together.
        let back = unsafe { super::batch(&raw mut array, &raw const schema) }.unwrap();
        assert_eq!(back, batch);
        // SAFETY: no struct is read through a null pointer.
        unsafe {
            assert!(super::batch(std::ptr::null_mut(), &raw const schema).is_err());
            assert!(super::schema(std::ptr::null()).is_err());
            assert_eq!(super::schema(&raw const schema).unwrap(), batch.schema());
        }
    }

    #[test]
    fn an_array_that_is_no_struct_is_no_batch() {
        let texts = StringArray::from(vec!["a"]);
        let (mut array, schema) = to_ffi(&texts.into_data()).unwrap();
        // SAFETY: the structs were just made, and belong together.
        let error = unsafe { super::batch(&raw mut array, &raw const schema) }.unwrap_err();
        assert!(error.message.contains("Utf8"), "{error}");
    }

    #[test]
    fn an_array_comes_back_as_it_went_and_a_stream_as_one() {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None, Some("c")]));
        let (mut array, schema) = to_ffi(&texts.slice(1, 2).into_data()).unwrap();
        // SAFETY: the structs were just made, and belong together.
        assert_eq!(&unsafe { super::array(&raw mut array, &raw const schema) }.unwrap(), &texts.slice(1, 2));

        let batch = RecordBatch::try_from_iter([("s", Arc::clone(&texts))]).unwrap();
        let read = |batches: Vec<RecordBatch>| {
            let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), batch.schema());
            let mut stream = FFI_ArrowArrayStream::new(Box::new(batches));
            // SAFETY: the stream was just made.
            unsafe { super::stream(&raw mut stream) }.unwrap()
        };
        let whole: ArrayRef = Arc::new(StructArray::from(batch.clone()));
        assert_eq!(&read(vec![batch.slice(0, 1), batch.slice(1, 2)]), &whole);
        assert_eq!(&read(vec![]), &whole.slice(0, 0));
    }
}
