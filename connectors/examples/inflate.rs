//! How long only decompressing files takes: the floor under any reader of them.
//!
//! ```text
//! cargo run --release -p netlytics-connectors --example inflate -- THREADS FILE…
//! ```
//!
//! Prints the seconds and the bytes of text.

use std::fs::File;
use std::io::Read as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use netlytics_connectors::decompress::{DEFAULT_LIMIT, Format, Progress};

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let threads = arguments.next().and_then(|text| text.parse::<usize>().ok()).ok_or("say how many threads")?;
    let files = arguments.collect::<Vec<_>>();
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    let text = std::thread::scope(|scope| {
        let workers = (0..threads).map(|_| {
            scope.spawn(|| {
                let mut text = 0;
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    text += inflate(file).map_err(|error| format!("{file}: {error}"))?;
                }
                Ok::<u64, String>(text)
            })
        });
        let workers = workers.collect::<Vec<_>>();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err("a thread panicked".to_owned())))
            .sum::<Result<u64, _>>()
    })?;
    println!("{} {text}", started.elapsed().as_secs_f64());
    Ok(())
}

/// Inflates a file as a task does: a megabyte of it at a time, into a window of 256 KiB.
fn inflate(path: &str) -> Result<u64, String> {
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let (mut buffer, mut window) = (vec![0; 1 << 20], vec![0; 256 << 10]);
    let mut read = |buffer: &mut [u8]| file.read(buffer).map_err(|error| error.to_string());
    let mut to = read(&mut buffer)?;
    let format = Format::sniff(buffer.get(..to).unwrap_or_default()).ok_or("not compressed")?;
    let mut decoder = format.decoder(DEFAULT_LIMIT)?;
    let mut text = 0;
    while to > 0 {
        let mut from = 0;
        loop {
            let Progress { consumed, produced } = decoder
                .decode(buffer.get(from..to).unwrap_or_default(), &mut window)
                .map_err(|damage| damage.reason)?;
            if consumed == 0 && produced == 0 {
                break;
            }
            from += consumed;
            text += produced as u64;
        }
        to = read(&mut buffer)?;
    }
    Ok(text)
}
