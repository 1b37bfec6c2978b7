//! Draws the pictures in `screenshots/` anew: `cargo run --release --example screenshots`.
//!
//! The program is built first, with the profile of this example, then driven by keys in a terminal of
//! its own. `cargo test` fails while the pictures are not what the program draws.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it says what it wrote")]

#[cfg(unix)]
#[path = "../tests/support/pty.rs"]
mod pty;
#[cfg(unix)]
#[path = "../tests/support/scenes.rs"]
mod scenes;
#[cfg(unix)]
#[path = "../tests/support/svg.rs"]
mod svg;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    use std::process::{Command, ExitCode};

    let release = if cfg!(debug_assertions) { &[][..] } else { &["--release"] };
    let built = Command::new(env!("CARGO")).args(["build", "--bins"]).args(release).status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("error: the program could not be built");
        return ExitCode::FAILURE;
    }
    let own = std::env::current_exe().ok();
    let program = own.as_deref().and_then(|own| own.ancestors().nth(2)).map(|at| at.join("bedrock-policy"));
    let Some(program) = program else { return ExitCode::FAILURE };
    for scene in scenes::SCENES {
        let Some(picture) = scenes::draw(&program, scene) else { return ExitCode::FAILURE };
        let path = format!("{}/screenshots/{}.svg", env!("CARGO_MANIFEST_DIR"), scene.name);
        if let Err(why) = std::fs::write(&path, picture) {
            eprintln!("error: {path}: {why}");
            return ExitCode::FAILURE;
        }
        println!("screenshots/{}.svg", scene.name);
    }
    ExitCode::SUCCESS
}

#[cfg(not(unix))]
fn main() {
    eprintln!("the screenshots are drawn in a pseudo-terminal of Unix");
}
