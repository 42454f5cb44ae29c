//! What every target does with its input: reads it as one connector's log, and checks what must hold of any bytes.

use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::scan::{Scan, Step};
use netlytics_schema::Table;

/// Reads `data` in pieces of a size that its first byte gives, all columns, with small limits so that every path is met.
/// Rows and bad records must add up to what the scan counted, and a second reading in other pieces must count the same.
pub fn check<T: Table>(connector: &str, options: &[(&str, &str)], data: &[u8]) {
    let Some((&first, text)) = data.split_first() else { return };
    let piece = usize::from(first) + 1;
    let counts = read::<T>(connector, options, text, piece);
    assert_eq!(counts, read::<T>(connector, options, text, text.len().max(1)));
}

fn read<T: Table>(connector: &str, options: &[(&str, &str)], text: &[u8], piece: usize) -> Option<(u64, u64, u64)> {
    let settings = ScanOptions {
        connector: connector.to_owned(),
        columns: T::COLUMNS.iter().map(|column| column.definition().name.to_owned()).collect(),
        keep_bad_records: true,
        batch_rows: 7,
        max_line_bytes: 300,
        given: options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..ScanOptions::default()
    };
    // Options that come from the input may be refused.
    let mut scan = Scan::open(settings, None).ok()?;
    let (mut rows, mut bad) = (0, 0);
    let mut pieces = text.chunks(piece).peekable();
    let mut input = pieces.next().unwrap_or_default();
    loop {
        let end = pieces.peek().is_none();
        let (used, step) = scan.step(input, end).expect("PERMISSIVE never fails");
        input = &input[used..];
        bad += scan.take_bad_records().len() as u64;
        match step {
            Step::NeedInput => input = pieces.next().unwrap_or_default(),
            Step::Batch(batch) => rows += batch.num_rows() as u64,
            Step::Finished => break,
        }
    }
    let metrics = scan.metrics();
    assert_eq!((rows, bad), (metrics.records, metrics.malformed));
    // The end of a torn stream is a bad record that need not be a line.
    assert!(metrics.records + metrics.malformed <= metrics.lines + 1);
    Some((metrics.records, metrics.malformed, metrics.lines))
}
