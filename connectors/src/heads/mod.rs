//! Which header lines are in force where in a plain file, so that it can be cut into pieces.
//!
//! Logs that were put together with `cat` have a header in front of each of them, and the columns may differ. A piece of
//! such a file must be read with the header before it, which need not be the one at the file's beginning. A host that
//! cuts a file
//!
//! 1. makes [`HeaderLines`] and pushes all bytes of the file through it, in order, once (or, to share the work, one for
//!    each range of the file, whose results are chained in the order of the ranges);
//! 2. makes [`heads`] of the lines found;
//! 3. opens each piece that does not begin at offset 0 with the text of the [`Head`] that [`in_force`] gives for it, as
//!    the `head` of [`crate::scan::Scan::open`]; if there is none, with the beginning of the file, or with `None`.

mod head;
mod header_lines;
pub(crate) mod heading;
mod of_tool;

pub use self::head::{Head, heads, in_force};
pub use self::header_lines::{HeaderLine, HeaderLines};
