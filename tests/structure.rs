//! The shape of the source: modules use only what stands below them, files and functions stay
//! small, crates that touch the world are named only where they may be, and every asset is embedded.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up; each may use those before it.
const FLOORS: &[&[&str]] = &[
    &["text", "policy"],
    &["catalog"],
    &["blueprint"],
    &["access"],
    &["compose"],
    &["lint"],
    &["import", "export"],
    &["app"],
    &["ui", "plain"],
    &["shell"],
    &["cli"],
];

/// Uses of a module above: a kind's facts in a blueprint's profile, none other.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// The module a source file belongs to.
fn module(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Every module of the crate that a source text names.
fn used(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        if floor(&name).is_some() {
            out.push(name);
        }
    }
    out
}

/// The text without its tests and comments.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let mut seen = 0;
    for path in files(&root().join("src"), "rs") {
        let own = module(&path);
        if own == "lib" || own == "main" {
            continue;
        }
        let here = floor(&own).unwrap_or_else(|| panic!("{own} stands on no floor: add it to FLOORS"));
        for name in used(&code(&fs::read_to_string(&path).unwrap())) {
            seen += 1;
            let there = floor(&name).unwrap();
            assert!(
                name == own || there < here || (there == here && name == "text"),
                "{} uses {name}",
                path.display()
            );
        }
    }
    assert!(seen > 50, "the reading of `crate::` paths finds nothing");
}

#[test]
fn the_world_is_touched_only_where_it_may_be() {
    for path in files(&root().join("src"), "rs") {
        let own = module(&path);
        let text = code(&fs::read_to_string(&path).unwrap());
        for (word, allowed) in [
            ("std::fs", &["shell"][..]),
            ("std::env", &["shell", "cli", "main"]),
            ("std::process", &["shell", "cli", "main"]),
            ("crossterm", &["shell"]),
            ("SystemTime", &["shell"]),
            ("HashMap", &[]),
            ("HashSet", &[]),
        ] {
            assert!(
                !text.contains(word) || allowed.contains(&own.as_str()),
                "{} names {word}",
                path.display()
            );
        }
        assert_ne!(path.file_name().unwrap(), "mod.rs");
    }
}

/// What puts text into the screen's buffer, in words of ratatui. `clippy.toml` refuses the same by their
/// paths; this holds it where no lint runs, and holds that the list there is whole.
const WRITES: &[&str] = &[
    "set_string",
    "set_stringn",
    "set_span",
    "set_line",
    "cell_mut",
    "set_symbol",
    "set_char",
    "render_widget",
    "render_stateful_widget",
    "buffer_mut",
];

/// The types that text is drawn with past the pen.
const WIDGETS: &[&str] = &["Span", "Line", "Text", "Paragraph", "Block"];

#[test]
fn only_the_pen_puts_text_on_the_screen() {
    let lints = fs::read_to_string(root().join("clippy.toml")).unwrap();
    for name in WRITES.iter().chain(WIDGETS) {
        assert!(lints.contains(&format!("::{name}\"")), "clippy.toml does not refuse {name}");
    }
    let pen = root().join("src/ui/pen.rs");
    let mut seen = 0;
    for path in files(&root().join("src"), "rs") {
        let text = code(&fs::read_to_string(&path).unwrap());
        let names =
            |word: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|one| one == word);
        let drawn = text.contains("ratatui");
        for word in WRITES.iter().filter(|word| names(word)) {
            seen += 1;
            assert_eq!(path, pen, "{} writes past the pen: {word}", path.display());
        }
        let widget = ["text::", "widgets::", "prelude"]
            .iter()
            .find(|way| drawn && text.contains(&format!("ratatui::{way}")));
        assert_eq!(widget, None, "{} draws past the pen", path.display());
        let waived = text.contains("clippy::disallowed_methods") || text.contains("clippy::disallowed_types");
        assert!(!waived || path == pen, "{} waives the lint", path.display());
        let made = text.contains("SafeText(");
        assert!(!made || path.ends_with("text/safe.rs"), "{} makes safe text by hand", path.display());
    }
    assert!(seen > 3, "the pen itself was not read");
}

#[test]
fn files_and_functions_have_one_job() {
    for folder in ["src", "tests", "benches"] {
        for path in files(&root().join(folder), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
            for (name, length) in functions(&text) {
                assert!(length <= LONGEST_FUNCTION, "{}: {name} has {length} lines", path.display());
            }
        }
    }
}

/// The functions of a formatted source text with their lengths: from `fn` to the closing brace of
/// the same indent.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let head = trimmed
            .trim_start_matches("pub ")
            .trim_start_matches("pub(super) ")
            .trim_start_matches("pub(crate) ");
        let Some(name) = head.strip_prefix("fn ") else { continue };
        let indent = &line[..line.len() - trimmed.len()];
        let close = format!("{indent}}}");
        let end = lines.iter().skip(at).position(|line| *line == close);
        if let Some(length) = end {
            out.push((name.split(['(', '<']).next().unwrap().to_owned(), length + 1));
        }
    }
    out
}

#[test]
fn every_module_says_what_belongs_there() {
    for path in files(&root().join("src"), "rs") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no module documentation", path.display());
    }
}

#[test]
fn every_asset_is_embedded() {
    let table = fs::read_to_string(root().join("src/catalog/assets.rs")).unwrap();
    for path in files(&root().join("assets"), "json") {
        let relative = path.strip_prefix(root().join("assets")).unwrap().to_str().unwrap().replace('\\', "/");
        if !relative.starts_with("schemas/") {
            assert!(table.contains(&format!("\"{relative}\"")), "{relative} is not in src/catalog/assets.rs");
        }
    }
}

#[test]
fn nothing_names_a_host_but_those_of_the_schemas_and_of_svg() {
    let mut all = files(&root().join("src"), "rs");
    for (folder, extension) in [("assets", "json"), ("assets", "md"), ("scripts", "py"), ("tests", "rs")] {
        all.extend(files(&root().join(folder), extension));
    }
    assert!(all.len() > 100);
    for path in all.into_iter().filter(|path| !path.ends_with("structure.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text
            .match_indices("://")
            .filter(|(at, _)| text[..*at].ends_with("http") || text[..*at].ends_with("https"))
        {
            let host = &text[at + 3..];
            let is_a_name =
                ["json-schema.org/", "www.w3.org/2000/svg"].iter().any(|name| host.starts_with(name));
            assert!(is_a_name, "{} names a host", path.display());
        }
    }
}

#[test]
fn every_point_of_what_people_expect_has_its_test() {
    let mut texts = String::new();
    for folder in ["src", "tests"] {
        for path in files(&root().join(folder), "rs") {
            texts.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    for point in 1..=36 {
        assert!(texts.contains(&format!("fn point_{point:02}_")), "point {point} has no test");
    }
}
