//! The rows of one kind of log: which columns they have, and where.

use super::cells::Cells;
use super::column::Column;
use super::number;
use super::standard::{self, Version};
use crate::bad::Fault;
use crate::value::Value;

/// A kind of log, or of rows of one.
pub(super) struct Kind {
    /// As Tstat calls it.
    pub(super) name: &'static str,
    pub(super) separator: u8,
    /// A log without one of each of these is another log.
    pub(super) needed: &'static [&'static [Column]],
    /// What it looks like when its header is lost.
    pub(super) versions: &'static [Version],
}

/// Finds the columns of rows of one kind.
pub(super) struct Rows {
    kind: &'static Kind,
    /// As the last header line, or the option `fields`, says.
    header: Option<Cells>,
    /// As the width of the last row without a header says.
    standard: Option<Cells>,
    boundaries: Vec<u32>,
}

/// One row, its columns found.
#[derive(Clone, Copy)]
pub(super) struct Row<'l> {
    line: &'l str,
    cells: &'l Cells,
    boundaries: &'l [u32],
}

impl Rows {
    pub(super) fn new(kind: &'static Kind) -> Self {
        Self { kind, header: None, standard: None, boundaries: Vec::new() }
    }

    /// Takes the names of a header.
    pub(super) fn name<'n>(&mut self, names: impl Iterator<Item = &'n str>, separator: u8) {
        self.header = Some(Cells::new(names, separator));
    }

    /// Whether these are the names of such rows.
    pub(super) fn are_named_by(&self, names: &[&str]) -> bool {
        self.fits(&Cells::new(names.iter().copied(), self.kind.separator))
    }

    /// The row on this line.
    ///
    /// # Errors
    /// See [`Rows::find`]; or the row has not as many fields as it should.
    #[inline]
    pub(super) fn row<'l>(&'l mut self, line: &'l str) -> Result<Row<'l>, Fault> {
        let found = self.find(line)?;
        let cells = self.cells()?;
        if found != cells.width() {
            return Err(self.wrong_width(found));
        }
        Ok(Row { line, cells, boundaries: &self.boundaries })
    }

    /// Finds the columns of a line and gives how many fields it has. If that is what [`Rows::cells`] says,
    /// [`Rows::found`] has the row.
    ///
    /// # Errors
    /// The header is another log's; or there is none, and the width tells nothing.
    #[inline]
    pub(super) fn find(&mut self, line: &str) -> Result<usize, Fault> {
        if let Some(cells) = &self.header {
            if !self.fits(cells) {
                return Err(self.another_log());
            }
            return Ok(cells.find(line, &mut self.boundaries));
        }
        self.find_without_header(line)
    }

    /// What is known of the rows after [`Rows::find`].
    ///
    /// # Errors
    /// Nothing is.
    pub(super) fn cells(&self) -> Result<&Cells, Fault> {
        self.header.as_ref().or(self.standard.as_ref()).ok_or_else(|| self.no_header(0))
    }

    /// The row that [`Rows::find`] found in `line`.
    pub(super) fn found<'l>(&'l self, line: &'l str) -> Result<Row<'l>, Fault> {
        Ok(Row { line, cells: self.cells()?, boundaries: &self.boundaries })
    }

    #[cold]
    pub(super) fn wrong_width(&self, found: usize) -> Fault {
        let said_by = if self.header.is_some() { "as the header says" } else { "as in the rows before" };
        let width = self.cells().map_or(0, Cells::width);
        Fault::line(format!("{width} fields, {said_by}"), found.to_string())
    }

    /// A file without a header is of one version, as a rule: the width of its last row is tried first.
    fn find_without_header(&mut self, line: &str) -> Result<usize, Fault> {
        let separator = self.kind.separator;
        let found = match &self.standard {
            Some(cells) => cells.find(line, &mut self.boundaries),
            None => memchr::memchr_iter(separator, line.as_bytes()).count() + 1,
        };
        if self.standard.as_ref().is_some_and(|cells| cells.width() == found) {
            return Ok(found);
        }
        match standard::of_width(self.kind.versions, found) {
            Some(version) => {
                let cells = Cells::new(version.names(), separator);
                let found = cells.find(line, &mut self.boundaries);
                self.standard = Some(cells);
                Ok(found)
            }
            None if self.standard.is_some() => Ok(found),
            None => Err(self.no_header(found)),
        }
    }

    #[inline]
    fn fits(&self, cells: &Cells) -> bool {
        self.kind.needed.iter().all(|any| any.iter().any(|column| cells.has(*column)))
    }

    #[cold]
    fn another_log(&self) -> Fault {
        let needed = self.kind.needed.iter().filter_map(|any| any.first());
        let names = needed.map(|column| column.name()).collect::<Vec<_>>().join(", ");
        Fault::line(format!("a {}, with columns like {names}", self.kind.name), "a header without all of them")
    }

    #[cold]
    fn no_header(&self, found: usize) -> Fault {
        let widths = self.kind.versions.iter().map(|version| version.names().count().to_string());
        let widths = widths.collect::<Vec<_>>().join(", ");
        Fault::line(
            format!(
                "a header before the first row of a {} (or the option fields), or as many fields as a known version \
                 writes ({widths})",
                self.kind.name
            ),
            format!("{found} fields"),
        )
    }
}

impl<'l> Row<'l> {
    /// The column as it was written; `None` for `-`, for nothing and when the log does not have it.
    #[inline]
    pub(super) fn text(&self, column: Column) -> Option<&'l str> {
        self.raw(column).filter(|text| !matches!(*text, "-" | ""))
    }

    /// The column as it was written, whatever it is.
    #[inline]
    pub(super) fn raw(&self, column: Column) -> Option<&'l str> {
        self.cells.text(self.line, self.boundaries, column)
    }

    /// Whether the log has such a column.
    #[inline]
    pub(super) fn has(&self, column: Column) -> bool {
        self.cells.has(column)
    }

    /// The column as a whole number.
    #[inline]
    pub(super) fn count(&self, column: Column) -> Result<Value<'l>, Fault> {
        self.text(column).map_or(Ok(Value::Null), |text| number::whole(text, column).map(Value::Long))
    }

    /// The column as a time or a duration of this unit, in microseconds.
    #[inline]
    pub(super) fn time(&self, column: Column, unit: i64) -> Result<Option<i64>, Fault> {
        self.text(column).map(|text| number::time(text, unit, column)).transpose()
    }
}
