//! BIND 9 query logs.
