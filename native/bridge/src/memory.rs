//! Memory of the other side.

use netlytics_connectors::error::{Error, Kind};

/// The bytes at an address, for the time of one call.
///
/// # Errors
/// The address or the length is negative, or the address is null and the length is not 0.
///
/// # Safety
/// `address` is the start of `length` bytes that are readable and that nobody writes to while `'call` lasts.
pub unsafe fn bytes<'call>(address: i64, length: i32) -> Result<&'call [u8], Error> {
    let wrong = || Error::new(Kind::Internal, format!("There is no buffer of {length} bytes at address {address}."));
    let length = usize::try_from(length).map_err(|_| wrong())?;
    if length == 0 {
        return Ok(&[]);
    }
    let address = usize::try_from(address).ok().filter(|&address| address != 0).ok_or_else(wrong)?;
    // SAFETY: the caller vouches for the bytes; the address is not null and the length is not negative.
    Ok(unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(address), length) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_buffers_are_read() {
        let text = b"text";
        let address = i64::try_from(text.as_ptr().expose_provenance()).unwrap();
        // SAFETY: the bytes are those of `text`, or the call refuses to read.
        unsafe {
            assert_eq!(bytes(address, 4), Ok(text.as_slice()));
            assert_eq!(bytes(0, 0), Ok([].as_slice()));
            assert!(bytes(0, 4).is_err());
            assert!(bytes(address, -1).is_err());
        }
    }
}
