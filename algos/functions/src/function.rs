//! What every function does.

use netlytics_kernel::Error;

/// A value of a row. There is no null: a function is called only for rows whose arguments all have a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'v> {
    Text(&'v str),
    Long(i64),
    Double(f64),
    Boolean(bool),
}

/// A function at work. It is shared by all threads of a process; what it looks values up in is its own.
pub trait Function: Send + Sync {
    /// The value for one row, or None for null. The same arguments always give the same value.
    ///
    /// # Arguments
    /// - `arguments`: as many, and of the kinds, as the function's signature says.
    /// - `scratch`: an empty text; a result that is not part of an argument can be built there.
    ///
    /// # Errors
    /// The arguments are not of these kinds, which would be a fault of ours. Values that a function can make nothing of
    /// give null.
    fn row<'v>(&self, arguments: &[Value<'v>], scratch: &'v mut String) -> Result<Option<Value<'v>>, Error>;
}
