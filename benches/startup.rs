//! From start to result: the real program against one that only parses the same arguments.
//!
//! Run with `cargo bench --bench startup`. Both are built with the release profile; they run in
//! turns, and the medians are printed with their ratio.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;
const ARGUMENTS: &[&str] = &[
    "build",
    "--region",
    "us-east-1",
    "--account",
    "123456789012",
    "--set",
    "flow.id=FLOW123456",
    "--set",
    "flow-node/prompt.model=amazon.nova-lite-v1:0",
    "--set",
    "flow-node/knowledge-base.knowledge-base=KB12345678",
    "--document",
    "flow-role",
];

fn main() {
    let built = Command::new(env!("CARGO")).args(["build", "--release", "--bins", "--examples"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the programs could not be built");
    let target = std::env::current_exe().ok().and_then(|path| Some(path.ancestors().nth(3)?.to_owned()));
    let release = target.map_or_else(|| PathBuf::from("target/release"), |target| target.join("release"));
    let programs = [release.join("bedrock-policy"), release.join("examples/parse_only")];
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (program, times) in programs.iter().zip(&mut times) {
            times.push(once(program));
        }
    }
    let [real, bare] = times.map(median);
    let ratio = real.as_secs_f64() / bare.as_secs_f64();
    println!("small build: {real:?}, only parsing: {bare:?}, ratio {ratio:.2} (medians of {ROUNDS})");
}

fn once(program: &PathBuf) -> Duration {
    let start = Instant::now();
    let status = Command::new(program).args(ARGUMENTS).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let time = start.elapsed();
    assert!(status.is_ok_and(|status| status.success()), "{} failed", program.display());
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
