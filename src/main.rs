//! The `bedrock-policy` binary.

fn main() {}
