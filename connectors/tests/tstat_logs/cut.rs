//! Logs cut to the columns of other versions.

use super::tables::{Row, read, same};

/// The lines of a log that are no headers.
pub fn lines_that_are_rows(log: &str) -> impl Iterator<Item = &str> {
    log.lines().filter(|line| !line.starts_with('#'))
}

/// A log as a table of texts.
pub struct Cut<'l> {
    pub names: Vec<&'l str>,
    pub rows: Vec<Vec<&'l str>>,
    pub separator: &'static str,
}

impl<'l> Cut<'l> {
    /// The rows under a header line, of those that `is_row` takes.
    pub fn of(log: &'l str, mark: &str, separator: &'static str, is_row: impl Fn(&[&str]) -> bool) -> Self {
        let header = log.lines().find(|line| line.starts_with(mark)).unwrap();
        let names = header.rsplit('#').next().unwrap().split(separator);
        let names = names.map(|name| name.split(':').next().unwrap()).collect();
        let rows = lines_that_are_rows(log).map(|line| line.split(separator).collect::<Vec<_>>());
        Self { names, rows: rows.filter(|row| is_row(row)).collect(), separator }
    }

    pub fn cell(&self, row: usize, name: &str) -> Option<&'l str> {
        let place = self.names.iter().position(|known| *known == name)?;
        self.rows[row].get(place).copied()
    }

    /// Without the columns from one place on, and without these.
    pub fn without(&self, from: usize, lacks: &[&str]) -> Self {
        let kept = (0..self.names.len().min(from)).filter(|&at| !lacks.contains(&self.names[at])).collect::<Vec<_>>();
        let cut = |row: &Vec<&'l str>| kept.iter().map(|&at| row[at]).collect::<Vec<_>>();
        Self { names: cut(&self.names), rows: self.rows.iter().map(cut).collect(), separator: self.separator }
    }

    pub fn body(&self) -> String {
        self.rows.iter().map(|row| row.join(self.separator) + "\n").collect()
    }

    pub fn header(&self, mark: &str) -> String {
        let names = self.names.iter().enumerate().map(|(at, name)| format!("{name}:{}", at + 1)).collect::<Vec<_>>();
        format!("{mark}{}\n", names.join(self.separator))
    }
}

/// Checks that the cut log has these rows: under its header, with its columns given, and, where its width tells the version,
/// with neither.
pub fn same_rows(
    place: &str,
    cut: &Cut<'_>,
    mark: &str,
    connector: &str,
    options: &[(&str, &str)],
    expected: &[Row],
    known_width: bool,
) {
    let with_header = read(format!("{}{}", cut.header(mark), cut.body()).as_bytes(), connector, options);
    assert_eq!(with_header.reasons, [""; 0], "{place}");
    same(place, &with_header.rows, expected);
    let columns = cut.names.join(", ");
    let given = [options, &[("columns", columns.as_str())]].concat();
    same(&format!("{place}, columns given"), &read(cut.body().as_bytes(), connector, &given).rows, expected);
    let bare = read(cut.body().as_bytes(), connector, options);
    if known_width {
        same(&format!("{place}, no header"), &bare.rows, expected);
    } else {
        assert_eq!(bare.rows.len(), 0, "{place}");
        assert!(bare.reasons.iter().all(|reason| reason.contains("the option fields")), "{place}");
    }
}
