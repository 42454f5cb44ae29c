//! Arrow's C structs of the other side as a record batch.
//!
//! Source: the Arrow C Data Interface, <https://arrow.apache.org/docs/format/CDataInterface.html>.

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::{Array as _, RecordBatch, StructArray};
use arrow_schema::{Schema, SchemaRef};
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
    if array.is_null() {
        return Err(refused("there is none"));
    }
    // SAFETY: as the caller vouches, and neither is null.
    let data = unsafe {
        let schema = schema.as_ref().ok_or_else(|| refused("it has no schema"))?;
        from_ffi(FFI_ArrowArray::from_raw(array), schema).map_err(refused)?
    };
    let rows = StructArray::from(data);
    if rows.null_count() > 0 {
        return Err(refused("it has rows that are null as a whole"));
    }
    Ok(RecordBatch::from(rows))
}

fn refused(why: impl ToString) -> Error {
    Error::new(Kind::BadInput, format!("The Arrow batch cannot be taken over: {}.", why.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::ffi::to_ffi;
    use arrow_array::{ArrayRef, StringArray};

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
}
