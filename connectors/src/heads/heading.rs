//! What each tool says of the headers of its logs.

/// The header of one tool's logs, as the lines read so far leave it.
pub(crate) trait Heading: Send {
    /// What every header line begins with; any of these.
    fn prefixes(&self) -> Vec<String>;

    /// Whether this line changes how the lines after it are read. `opening` says that it is the first line of the file
    /// that has none of the prefixes, and that no header with the names of the columns stands before it.
    fn matters(&self, line: &str, opening: bool) -> bool;

    /// Whether this line, which matters, names the columns.
    fn names_columns(&self, line: &str) -> bool;

    /// Takes a line that matters.
    fn learn(&mut self, line: &str);

    /// Lines that bring a reader from its start to the state reached.
    fn text(&self) -> String;
}
