//! A function together with its signature.

use arrow_array::ArrayRef;
use netlytics_kernel::Error;

use crate::columns;
use crate::function::{Function, Value};
use crate::signature::Signature;

/// A function that can be called.
pub struct Opened {
    signature: &'static Signature,
    function: Box<dyn Function>,
}

impl Opened {
    pub(crate) fn new(signature: &'static Signature, function: Box<dyn Function>) -> Self {
        Self { signature, function }
    }

    /// What the function takes and gives.
    #[must_use]
    pub fn signature(&self) -> &'static Signature {
        self.signature
    }

    /// The value for one row, or None for null; for hosts that have rows only. Null when an argument is null, as is usual
    /// in SQL, is the caller's to see to.
    ///
    /// # Errors
    /// As for [`Function::row`].
    pub fn row<'v>(&self, arguments: &[Value<'v>], scratch: &'v mut String) -> Result<Option<Value<'v>>, Error> {
        scratch.clear();
        self.function.row(arguments, scratch)
    }

    /// The values for the rows of columns. Null where an argument is null.
    ///
    /// # Arguments
    /// - `arguments`: one array an argument, all of one length: texts as `Utf8`, `LargeUtf8` or `Utf8View`, numbers as
    ///   `Int64` and `Float64`, `Boolean`; an array of type `Null` stands for any.
    ///
    /// The result is of type `Utf8`, `Int64`, `Float64` or `Boolean`, never a view or a dictionary: Spark reads neither.
    ///
    /// # Errors
    /// There are too many arrays or too few, one is of another type or length, or the texts of the result take more than
    /// 2 GiB.
    pub fn call(&self, arguments: &[ArrayRef]) -> Result<ArrayRef, Error> {
        columns::call(self.signature, self.function.as_ref(), arguments)
    }
}
