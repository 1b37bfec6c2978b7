//! The real program in a pseudo-terminal, beside one that draws a frame and does nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use bedrock_policy::blueprint::file;
use bedrock_policy::catalog::Catalog;

use super::pty::{Pty, Start};
use super::{SIZE, largest, share};

const ROUNDS: usize = 100;
const KEYS: usize = 200;

/// Prints everything, or why not.
pub(crate) fn measure() {
    let built = Command::new(env!("CARGO")).args(["build", "--release", "--bins", "--examples"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the programs could not be built");
    let target = std::env::current_exe().ok().and_then(|path| Some(path.ancestors().nth(3)?.to_owned()));
    let release = target.map_or_else(|| PathBuf::from("target/release"), |target| target.join("release"));
    let programs = [release.join("bedrock-policy"), release.join("examples/one_frame")];
    start(&programs);
    instructions(&programs);
    paste(&programs[0]);
    let large = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(large.path(), file::write(&largest::blueprint(Catalog::builtin()))).expect("a blueprint");
    let path = large.path().to_string_lossy().into_owned();
    for (what, arguments) in [("nothing ticked", &[][..]), ("largest blueprint", &[path.as_str()])] {
        use_it(&programs[0], what, arguments);
    }
}

fn run(program: &Path, arguments: &[&str]) -> Option<Pty> {
    let mut pty = Pty::start(&Start { program, size: SIZE, arguments, environment: &[] })?;
    pty.wait_until("there is no frame", is_drawn);
    Some(pty)
}

/// A frame is written from top to bottom in one go: it is complete when its last row is there.
fn is_drawn(pty: &Pty) -> bool {
    let screen = pty.vt();
    screen.alternate_screen() && screen.rows(0, SIZE.0).last().is_some_and(|row| !row.trim().is_empty())
}

/// From the start to the last byte of the first frame.
fn start(programs: &[PathBuf; 2]) {
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (program, times) in programs.iter().zip(&mut times) {
            let Some(mut pty) = run(program, &[]) else { return };
            times.push(pty.last - pty.started);
            pty.press(&["q"]);
            pty.end();
        }
    }
    let [real, bare] = times.map(|mut times| share(&mut times, 50));
    let ratio = real.as_secs_f64() / bare.as_secs_f64();
    println!(
        "start to first frame: {real:?}, all linked and one frame: {bare:?}, ratio {ratio:.2} (medians of {ROUNDS})"
    );
}

/// Instructions from the start, over the first frame, to the end.
fn instructions(programs: &[PathBuf; 2]) {
    let valgrind = Path::new("/usr/bin/valgrind");
    if !valgrind.exists() {
        return println!("instructions: skipped, there is no {}", valgrind.display());
    }
    let [real, bare] = programs.each_ref().map(|program| {
        let log = tempfile::NamedTempFile::new().expect("a temporary file");
        let to = format!("--log-file={}", log.path().display());
        let name = program.to_string_lossy();
        let arguments = ["--tool=callgrind", "--callgrind-out-file=/dev/null", to.as_str(), &name];
        let mut pty = run(valgrind, &arguments)?;
        pty.press(&["q"]);
        pty.end();
        let text = fs::read_to_string(log.path()).ok()?;
        let line = text.lines().find_map(|line| line.split_once("Collected :"))?;
        line.1.trim().parse::<u64>().ok()
    });
    match (real, bare) {
        (Some(real), Some(bare)) => {
            println!("instructions, start to end: {real}, all linked and one frame: {bare}");
        }
        _ => println!("instructions: skipped, valgrind gave no count"),
    }
}

/// From the first byte of a paste to what tells that it was cut.
fn paste(program: &Path) {
    for size in [1_000_000, 10_000_000] {
        let Some(mut pty) = run(program, &[]) else { return };
        pty.press(&["s"]);
        pty.wait_for("Region:");
        let text = "x".repeat(size);
        let sent = Instant::now();
        pty.text(&format!("\x1b[200~{text}\x1b[201~"));
        pty.wait_for("characters were left out");
        println!("a paste of {size} bytes into a field: {:?}", pty.last - sent);
        pty.press(&["Ctrl-c"]);
        pty.wait_for("not saved");
        pty.press(&["Ctrl-c"]);
        pty.end();
    }
}

/// From a key to the last byte that it brings, and the most memory that was in use.
fn use_it(program: &Path, what: &str, arguments: &[&str]) {
    let Some(mut pty) = run(program, arguments) else { return };
    let mut times = Vec::new();
    let keys = ["Down", "Space", "Up", "]", "Space", "Tab", "Shift-Tab", "z", "z", "u"];
    for key in keys.into_iter().cycle().take(KEYS) {
        let sent = Instant::now();
        pty.press(&[key]);
        pty.silence(Duration::from_millis(25));
        if pty.last > sent {
            times.push(pty.last - sent);
        }
    }
    let count = times.len();
    let (middle, late) = (share(&mut times, 50), share(&mut times, 95));
    println!(
        "key to last byte, {what}: median {middle:?}, 95 % {late:?} ({count} of {KEYS} keys drew something)"
    );
    let status = fs::read_to_string(format!("/proc/{}/status", pty.process())).unwrap_or_default();
    match status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        Some(peak) => println!("peak memory, {what}: {}", peak.trim()),
        None => println!("peak memory: skipped, there is no /proc here"),
    }
    pty.press(&["Ctrl-c", "Ctrl-c"]);
    pty.end();
}
