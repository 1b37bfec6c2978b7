//! The `bedrock-policy` binary: arguments to the library, its answer to the world.

use std::process::ExitCode;

use bedrock_policy::cli::{Output, run};

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let exit = run(std::env::args_os(), &mut Output::new(&mut out, &mut err));
    ExitCode::from(exit.code())
}
