//! Only parses the arguments of `bedrock-policy`, with all of it linked: what a start costs before
//! anything is done. `cargo bench --bench startup` compares the real program with it. What does not
//! parse goes to the real program, so that nothing is left out by the linker.

use bedrock_policy::cli::args::Arguments;
use bedrock_policy::cli::{Output, run};
use clap::Parser as _;

fn main() {
    if Arguments::try_parse().is_err() {
        let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
        let exit = run(std::env::args_os(), &mut Output::new(&mut out, &mut err));
        std::process::exit(i32::from(exit.code()));
    }
}
