//! The README's examples run as they stand there, one after the other, in one empty folder.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;
use std::process::Command;

/// The shell blocks of the README, in order.
fn blocks(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside: Option<String> = None;
    for line in text.lines() {
        match (&mut inside, line) {
            (None, "```sh") => inside = Some(String::new()),
            (Some(_), "```") => out.extend(inside.take()),
            (Some(block), line) => {
                block.push_str(line);
                block.push('\n');
            }
            _ => {}
        }
    }
    out
}

#[test]
fn every_example_runs_and_is_clean() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_bedrock-policy"));
    let folder = tempfile::tempdir().unwrap();
    let path =
        format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let mut ran = 0;
    for block in blocks(&readme).iter().filter(|block| block.starts_with("bedrock-policy")) {
        let output = Command::new("sh")
            .args(["-e", "-c", block])
            .current_dir(folder.path())
            .env("PATH", &path)
            // What the program notes of its own goes into the same folder.
            .env("HOME", folder.path())
            .env_remove("XDG_STATE_HOME")
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{block}\nended with {}:\n{errors}", output.status);
        assert!(!output.stdout.is_empty(), "{block}\nprinted nothing");
        ran += 1;
    }
    assert_eq!(ran, 8, "the README's examples are not where this test looks for them");
    for written in ["policies/flow-role.json", "flow.json", "plain-policies/flow-role.json", "plain.json"] {
        assert!(folder.path().join(written).exists(), "{written} was not written");
    }
}

#[test]
fn every_file_that_it_points_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let targets: Vec<&str> = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
        .collect();
    assert!(targets.iter().filter(|target| target.starts_with("screenshots/")).count() >= 2, "{targets:?}");
    for target in targets {
        assert!(root.join(target).exists(), "README.md points to {target}, which is not there");
    }
}

#[test]
fn the_picture_at_the_top_is_what_the_program_prints() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, after) = readme.split_once("```text\n$ bedrock-policy ").unwrap();
    let (block, _) = after.split_once("\n```").unwrap();
    let at = block.find("\n{").unwrap();
    let (arguments, expected) = block.split_at(at);
    let arguments: Vec<&str> = arguments.split_whitespace().filter(|word| *word != "\\").collect();
    let output = Command::new(env!("CARGO_BIN_EXE_bedrock-policy")).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), expected.trim());
}
