//! Sums of doubles that are the same to the last bit in whatever order, batches and partitions they are added.
