//! Batches from many workers, delivered in the order of the pieces they come from, in bounded memory.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arrow_array::RecordBatch;
use netlytics_connectors::error::Error;

/// Bytes of batches that may wait for the piece before theirs.
const BUDGET: usize = 64 << 20;
/// Batches that the piece being delivered may always have waiting, so that it never waits for others.
const ALWAYS: usize = 2;

/// What the reader of the batches gets.
#[derive(Debug)]
pub(crate) enum Delivered {
    /// A batch, and the number of its piece.
    Batch(usize, RecordBatch),
    /// Nothing came in the time given.
    NotYet,
    End,
}

/// The queues between workers and the reader.
pub(crate) struct Delivery {
    pieces: usize,
    budget: usize,
    state: Mutex<State>,
    room: Condvar,
    arrival: Condvar,
}

#[derive(Default)]
struct State {
    /// The piece whose batches are delivered now.
    current: usize,
    queues: BTreeMap<usize, Queue>,
    /// Bytes waiting in all queues.
    bytes: usize,
    stopped: bool,
}

#[derive(Default)]
struct Queue {
    batches: VecDeque<RecordBatch>,
    /// How its piece ended, once it has.
    end: Option<Result<(), Error>>,
}

impl Delivery {
    pub(crate) fn new(pieces: usize) -> Self {
        Self::with_budget(pieces, BUDGET)
    }

    fn with_budget(pieces: usize, budget: usize) -> Self {
        Self { pieces, budget, state: Mutex::default(), room: Condvar::new(), arrival: Condvar::new() }
    }

    /// Gives a batch of a piece; waits for room. `false`: nobody wants it any more.
    pub(crate) fn push(&self, piece: usize, batch: RecordBatch) -> bool {
        let bytes = batch.get_array_memory_size();
        let mut state = self.lock();
        loop {
            if state.stopped {
                return false;
            }
            let waiting = state.queues.get(&piece).map_or(0, |queue| queue.batches.len());
            if state.bytes < self.budget || (piece == state.current && waiting < ALWAYS) {
                break;
            }
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.bytes += bytes;
        state.queues.entry(piece).or_default().batches.push_back(batch);
        self.arrival.notify_one();
        true
    }

    /// Says how a piece has ended.
    pub(crate) fn end(&self, piece: usize, end: Result<(), Error>) {
        self.lock().queues.entry(piece).or_default().end = Some(end);
        self.arrival.notify_one();
    }

    /// The next batch; waits for at most `patience`.
    ///
    /// # Errors
    /// The piece whose turn it is has failed. What came before it has been delivered.
    pub(crate) fn next(&self, patience: Duration) -> Result<Delivered, Error> {
        let mut state = self.lock();
        loop {
            let current = state.current;
            if current >= self.pieces {
                return Ok(Delivered::End);
            }
            if let Some(queue) = state.queues.get_mut(&current) {
                if let Some(batch) = queue.batches.pop_front() {
                    state.bytes -= batch.get_array_memory_size();
                    self.room.notify_all();
                    return Ok(Delivered::Batch(current, batch));
                }
                if let Some(end) = queue.end.take() {
                    state.queues.remove(&current);
                    end?;
                    state.current += 1;
                    self.room.notify_all();
                    continue;
                }
            }
            let (held, waited) = self.arrival.wait_timeout(state, patience).unwrap_or_else(PoisonError::into_inner);
            state = held;
            if waited.timed_out() {
                return Ok(Delivered::NotYet);
            }
        }
    }

    /// Has every worker stop, and frees what waits.
    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.queues.clear();
        state.bytes = 0;
        self.room.notify_all();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use arrow_array::{ArrayRef, Int64Array};
    use netlytics_connectors::error::Kind;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn batch(number: i64) -> RecordBatch {
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![number]));
        RecordBatch::try_from_iter([("n", numbers)]).unwrap()
    }

    fn number(batch: &RecordBatch) -> i64 {
        batch.column(0).as_any().downcast_ref::<Int64Array>().unwrap().value(0)
    }

    #[test]
    fn order_is_that_of_the_pieces_however_little_room_there_is() {
        let delivery = Arc::new(Delivery::with_budget(6, 1));
        let workers = [[1, 3, 5], [0, 2, 4]].map(|pieces| {
            let delivery = Arc::clone(&delivery);
            thread::spawn(move || {
                for piece in pieces {
                    for number in 0..5 {
                        assert!(delivery.push(piece, batch(piece as i64 * 10 + number)));
                    }
                    delivery.end(piece, Ok(()));
                }
            })
        });
        let mut found = Vec::new();
        while let Delivered::Batch(piece, batch) = delivery.next(PATIENCE).unwrap() {
            assert_eq!(number(&batch) / 10, piece as i64);
            found.push(number(&batch));
        }
        let expected = (0..6).flat_map(|piece| (0..5).map(move |number| piece * 10 + number)).collect::<Vec<_>>();
        assert_eq!(found, expected);
        workers.into_iter().for_each(|worker| worker.join().unwrap());
    }

    #[test]
    fn an_error_comes_after_what_was_before_it() {
        let delivery = Delivery::new(2);
        delivery.end(1, Err(Error::new(Kind::Io, "gone")));
        assert!(matches!(delivery.next(Duration::from_millis(1)), Ok(Delivered::NotYet)));
        assert!(delivery.push(0, batch(7)));
        delivery.end(0, Ok(()));
        assert!(matches!(delivery.next(PATIENCE), Ok(Delivered::Batch(0, _))));
        assert_eq!(delivery.next(PATIENCE).unwrap_err().message, "gone");
    }

    #[test]
    fn a_worker_that_waits_for_room_is_told_to_stop() {
        let delivery = Arc::new(Delivery::with_budget(2, 1));
        assert!(delivery.push(1, batch(1)));
        let waiting = Arc::clone(&delivery);
        let worker = thread::spawn(move || waiting.push(1, batch(2)));
        delivery.stop();
        assert!(!worker.join().unwrap());
    }
}
