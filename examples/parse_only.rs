//! Only parses the arguments of `bedrock-policy`, with the same crates linked: what a start costs
//! before anything is done. `cargo bench --bench startup` compares the real program with it.

use bedrock_policy::cli::args::Arguments;
use clap::Parser as _;

fn main() {
    std::process::exit(i32::from(Arguments::try_parse().is_err()));
}
