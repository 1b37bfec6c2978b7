//! The pictures in `screenshots/` are byte for byte what the program draws now.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

#[path = "support/pty.rs"]
mod pty;
#[path = "support/scenes.rs"]
mod scenes;
#[path = "support/svg.rs"]
mod svg;

const COMMAND: &str = "cargo run --release --example screenshots";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots"))
}

#[test]
fn every_picture_is_what_the_program_draws() {
    let mut differ = Vec::new();
    for scene in scenes::SCENES {
        let Some(drawn) = scenes::draw(Path::new(env!("CARGO_BIN_EXE_bedrock-policy")), scene) else {
            return;
        };
        let kept = fs::read_to_string(folder().join(format!("{}.svg", scene.name)));
        if kept.ok().as_ref() != Some(&drawn) {
            differ.push(scene.name);
        }
    }
    assert!(differ.is_empty(), "not what the program draws: {differ:?}; draw them anew with `{COMMAND}`");
}

#[test]
fn no_picture_is_left_of_a_scene_that_is_gone() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(scenes::SCENES.iter().any(|scene| scene.name == name), "{}: `{COMMAND}`", path.display());
    }
}

#[test]
fn no_picture_tells_of_the_machine() {
    for scene in scenes::SCENES {
        let text = fs::read_to_string(folder().join(format!("{}.svg", scene.name))).unwrap();
        let shown: String =
            text.split('<').filter_map(|part| part.split_once('>')).map(|part| part.1).collect();
        for word in ["/tmp", "/home", env!("CARGO_PKG_VERSION")] {
            assert!(!shown.contains(word), "{} shows {word}", scene.name);
        }
    }
}
