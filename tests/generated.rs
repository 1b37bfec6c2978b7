//! What is made from the program's tables is as fresh as they are: the README's keys.
//!
//! `BLESS=1 cargo test --test generated` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write as _;
use std::path::PathBuf;

use bedrock_policy::app::keys::{BINDINGS, Place};

const PLACES: [Place; 8] = [
    Place::Everywhere,
    Place::Checklist,
    Place::Detail,
    Place::Preview,
    Place::Findings,
    Place::Lists,
    Place::Field,
    Place::Overlay,
];

/// The keys as Markdown tables, one a place.
fn keys() -> String {
    let mut out = String::new();
    for place in PLACES {
        let _ = write!(out, "\n| {} | |\n| --- | --- |\n", place.title());
        for row in BINDINGS.iter().filter(|row| row.place == place && !row.keys.is_empty()) {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(out, "| {} | {} |", keys.join(" "), row.words);
        }
    }
    out + "\n"
}

#[test]
fn the_keys_of_the_readme_are_those_of_the_table() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once("<!-- keys: ").unwrap();
    let (mark, rest) = rest.split_once("-->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- keys end -->").unwrap();
    let fresh = format!("{head}<!-- keys: {mark}-->\n{}<!-- keys end -->{tail}", keys());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let now = std::fs::read_to_string(&path).unwrap();
    assert!(now == fresh, "README.md has other keys than the table: BLESS=1 cargo test --test generated");
}

#[test]
fn every_place_of_the_table_is_told() {
    assert!(BINDINGS.iter().all(|row| PLACES.contains(&row.place)));
    assert!(keys().contains("| `u` | undo the last change |"));
}
