//! The columns of an ASCII log.

use super::same_name::same_name;

/// Which column of the log holds which field that a table needs.
pub(super) struct Header {
    /// Columns of every line.
    pub(super) width: usize,
    /// For each field wanted, its column.
    pub(super) columns: Vec<Option<usize>>,
    /// Which of the stream's logs the lines under it are of.
    pub(super) log: Option<usize>,
}

impl Header {
    /// Finds the fields wanted among the log's columns.
    pub(super) fn new<'n>(wanted: &[&str], names: impl Iterator<Item = &'n str>, log: Option<usize>) -> Self {
        let mut columns = vec![None; wanted.len()];
        let mut width = 0;
        for name in names {
            for (column, wanted) in columns.iter_mut().zip(wanted) {
                if column.is_none() && same_name(wanted, name) {
                    *column = Some(width);
                }
            }
            width += 1;
        }
        Self { width, columns, log }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let names = ["id_orig_h", "uid", "ts", "ts"].into_iter();
        let header = Header::new(&["ts", "query", "id.orig_h"], names, None);
        assert_eq!((header.width, header.columns.as_slice()), (4, [Some(2), None, Some(0)].as_slice()));
    }
}
