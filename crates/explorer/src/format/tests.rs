//! Round trips and damage of the byte format.
