//! Tstat logs.
