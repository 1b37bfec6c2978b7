//! The screen as it is: each pane and each window at three sizes, its text and then its looks in the
//! terminal's colours and without any.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test --test screens` writes the files
//! anew; then read what changed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Write as _;

use bedrock_policy::app::Theme;

#[path = "support/looks.rs"]
mod looks;
#[path = "support/screen.rs"]
mod screen;

use looks::{legend, looks};
use screen::{Screen, drive};

/// The sizes: side by side, the usual one, a narrow one.
const SIZES: &[(u16, u16)] = &[(120, 40), (80, 24), (60, 20)];

/// Keys to a blueprint that lacks values, has a wrong one and one that is too wide.
const FAULTS: &[&str] = &[
    "!",
    "s",
    "text:nowhere-9",
    "Tab",
    "text:12",
    "Enter",
    "1",
    "/",
    "text:retrieval",
    "Enter",
    "Enter",
    "text:My_Bucket",
    "Enter",
    "1",
    "Esc",
    "/",
    "text:lambda",
    "Enter",
    "Space",
    "Esc",
];

/// The snapshot of a screen: its text, its cursor, its looks in two themes.
fn shown(screen: &mut Screen) -> String {
    let (_, cursor) = screen.drawn();
    let (width, height) = screen.model.size;
    let mut out = format!("{width}x{height}");
    if let Some(at) = cursor {
        let _ = write!(out, ", cursor in column {} of line {}", at.x, at.y);
    }
    let text = screen.text();
    let _ = write!(out, "\n\n{text}\n");
    for (theme, name) in [(Theme::Terminal, "terminal"), (Theme::Mono, "mono")] {
        screen.model.theme = theme;
        assert_eq!(screen.text(), text, "a theme changes looks, never text");
        let looks = looks(&screen.drawn().0, theme);
        let _ = write!(out, "\nlooks, {name}: {}\n\n{looks}\n", legend(theme));
    }
    out
}

/// Holds the screen after some keys at every size.
fn hold(name: &str, before: &[&str], keys: &[&str]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| {
        for size in SIZES {
            let mut screen = drive(*size, before);
            screen.press(keys);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), shown(&mut screen));
        }
    });
}

const EXAMPLE: &[&str] = &["E"];

#[test]
fn the_first_screen() {
    hold("first", &[], &[]);
}

#[test]
fn the_checklist() {
    hold("checklist_example", EXAMPLE, &["j", "j"]);
    hold("checklist_faults", FAULTS, &[]);
    hold("checklist_filter", EXAMPLE, &["/", "text:invoke"]);
    hold("checklist_uses", EXAMPLE, &["/", "text:prompt", "Enter", "+"]);
}

#[test]
fn the_detail() {
    hold("detail_example", EXAMPLE, &["2"]);
    hold("detail_faults", FAULTS, &["2"]);
    hold("detail_field", FAULTS, &["m"]);
    hold("detail_proposals", &["s", "text:us-", "Down"], &[]);
}

#[test]
fn the_preview() {
    hold("preview_example", EXAMPLE, &["3", "Ctrl-d"]);
    hold("preview_first_tick", &[], &["/", "text:lex", "Enter", "Space", "3"]);
    hold("preview_faults", FAULTS, &["3"]);
    hold("preview_changed", EXAMPLE, &["/", "text:lex", "Enter", "Space", "3"]);
    hold("preview_runbook", EXAMPLE, &["3", "]"]);
    hold("preview_zoomed", EXAMPLE, &["3", "z"]);
}

#[test]
fn the_findings() {
    hold("findings_example", EXAMPLE, &["4"]);
    hold("findings_faults", FAULTS, &["4", "j"]);
}

#[test]
fn the_windows_that_list() {
    hold("help", EXAMPLE, &["?"]);
    hold("help_filtered", &[], &["?", "/", "text:undo"]);
    hold("palette", EXAMPLE, &[":"]);
    hold("palette_found", FAULTS, &[":", "text:theme"]);
}

#[test]
fn the_windows_that_ask() {
    hold("export", EXAMPLE, &["e"]);
    hold("export_told", FAULTS, &["e", "Enter"]);
    hold("question", EXAMPLE, &["q"]);
    hold("save_as", EXAMPLE, &["W"]);
    hold("open", &[], &["O", "Down"]);
    hold("read_names", &[], &[":", "text:names", "Enter"]);
}
