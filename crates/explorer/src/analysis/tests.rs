//! Analysis of words, by examples.
