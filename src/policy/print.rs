//! Writing a tree as JSON text: indented by two spaces, members in the tree's order.
//!
//! The text is strict JSON. Characters that a screen would hide are written as `\u` escapes, so
//! what is seen is what is there. Here also belongs the way from a node to its line and its JSON
//! Pointer, since both are facts of the printed form.

use std::fmt::Write as _;

use super::tree::{Node, Value};
use crate::text::{any_byte, is_hidden};

/// The document as text, with a line feed at its end.
#[must_use]
pub fn pretty(root: &Node) -> String {
    let mut out = String::with_capacity(1024);
    write_pretty(root, 0, &mut out);
    out.push('\n');
    out
}

/// The document on one line without white space between tokens.
#[must_use]
pub fn compact(root: &Node) -> String {
    let mut out = String::with_capacity(512);
    write_compact(root, &mut out);
    out
}

/// The number of characters that count against IAM's size limits: the compact form without any
/// white space (IAM User Guide, quotas: white space is not counted).
#[must_use]
pub fn counted_size(root: &Node) -> usize {
    measure(root, counted_text)
}

/// The number of bytes of [`compact`]'s text.
#[must_use]
pub fn compact_size(root: &Node) -> usize {
    measure(root, |text| {
        let mut out = String::new();
        if is_plain(text) {
            return text.len() + 2;
        }
        write_string(text, &mut out);
        out.len()
    })
}

/// The compact form's length, with `text` for that of a string and its quotes.
fn measure(root: &Node, text: fn(&str) -> usize) -> usize {
    match &root.value {
        Value::Null | Value::Bool(true) => 4,
        Value::Bool(false) => 5,
        Value::Number(number) => number.len(),
        Value::Text(value) => text(value.as_str()),
        Value::Array(items) => {
            2 + items.iter().map(|item| measure(item, text)).sum::<usize>() + items.len().saturating_sub(1)
        }
        Value::Object(members) => {
            let inner: usize = members.iter().map(|m| text(&m.key) + 1 + measure(&m.value, text)).sum();
            2 + inner + members.len().saturating_sub(1)
        }
    }
}

/// The counted characters of one string, quotes included.
fn counted_text(text: &str) -> usize {
    if !any_byte(text, |byte| matches!(byte, 0..=0x20 | 0x7f.. | b'"' | b'\\')) {
        return 2 + text.len();
    }
    2 + text.chars().map(|c| if c.is_ascii_whitespace() { 0 } else { escaped_len(c) }).sum::<usize>()
}

/// True when a string is written as it is.
fn is_plain(text: &str) -> bool {
    !any_byte(text, |byte| matches!(byte, 0..0x20 | 0x7f.. | b'"' | b'\\'))
}

/// Where a node stands in the printed document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// JSON Pointer (RFC 6901); empty for the whole document.
    pub path: String,
    /// Line of [`pretty`]'s text, from 1.
    pub line: usize,
}

/// Finds nodes in the printed document, by identity. The answer has one entry per target, in their
/// order; a target that is not in the tree gets the whole document.
#[must_use]
pub fn locate(root: &Node, targets: &[&Node]) -> Vec<Location> {
    let mut found = vec![Location { path: String::new(), line: 1 }; targets.len()];
    if !targets.is_empty() {
        walk(root, None, &mut 1, &mut |node, way, line| {
            for (target, slot) in targets.iter().zip(&mut found) {
                if std::ptr::eq(*target, node) {
                    *slot = Location { path: String::new(), line };
                    write_pointer(way, &mut slot.path);
                }
            }
        });
    }
    found
}

/// Visits every leaf (string, number, word, empty list or object) with its JSON Pointer and line.
pub fn each_leaf<'a>(root: &'a Node, visit: &mut dyn FnMut(&'a Node, &str, usize)) {
    let mut path = String::new();
    walk(root, None, &mut 1, &mut |node, way, line| {
        let nested = !node.items().is_empty() || !node.members().is_empty();
        if !nested {
            path.clear();
            write_pointer(way, &mut path);
            visit(node, &path, line);
        }
    });
}

/// Visits every leaf with its line alone.
pub fn each_leaf_line<'a>(root: &'a Node, visit: &mut dyn FnMut(&'a Node, usize)) {
    walk(root, None, &mut 1, &mut |node, _, line| {
        if node.items().is_empty() && node.members().is_empty() {
            visit(node, line);
        }
    });
}

/// The way from the root to a node, written out only where somebody asks for it.
struct Way<'w> {
    above: Option<&'w Way<'w>>,
    step: Step<'w>,
}

enum Step<'w> {
    Item(usize),
    Key(&'w str),
}

fn walk<'a>(
    node: &'a Node,
    way: Option<&Way<'_>>,
    line: &mut usize,
    visit: &mut impl FnMut(&'a Node, Option<&Way<'_>>, usize),
) {
    visit(node, way, *line);
    let nested = match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                *line += 1;
                walk(item, Some(&Way { above: way, step: Step::Item(index) }), line, visit);
            }
            !items.is_empty()
        }
        Value::Object(members) => {
            for member in members {
                *line += 1;
                walk(&member.value, Some(&Way { above: way, step: Step::Key(&member.key) }), line, visit);
            }
            !members.is_empty()
        }
        _ => false,
    };
    if nested {
        *line += 1;
    }
}

/// Writes a way as JSON Pointer.
fn write_pointer(way: Option<&Way<'_>>, out: &mut String) {
    let Some(way) = way else { return };
    write_pointer(way.above, out);
    match way.step {
        Step::Item(index) => {
            let _ = write!(out, "/{index}");
        }
        Step::Key(key) => {
            out.push('/');
            for c in key.chars() {
                match c {
                    '~' => out.push_str("~0"),
                    '/' => out.push_str("~1"),
                    c => out.push(c),
                }
            }
        }
    }
}

fn write_pretty(node: &Node, indent: usize, out: &mut String) {
    let line = |out: &mut String, indent: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
    };
    match &node.value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(out, indent + 1);
                write_pretty(item, indent + 1, out);
            }
            line(out, indent);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(out, indent + 1);
                write_string(&member.key, out);
                out.push_str(": ");
                write_pretty(&member.value, indent + 1, out);
            }
            line(out, indent);
            out.push('}');
        }
        _ => write_compact(node, out),
    }
}

fn write_compact(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(number),
        Value::Text(text) => write_string(text.as_str(), out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_compact(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(&member.key, out);
                out.push(':');
                write_compact(&member.value, out);
            }
            out.push('}');
        }
    }
}

/// The string as a JSON string, hidden characters escaped.
pub fn write_string(text: &str, out: &mut String) {
    out.push('"');
    if is_plain(text) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| write_char(c, out));
    }
    out.push('"');
}

fn write_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if is_hidden(c) => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
        c => out.push(c),
    }
}

fn escaped_len(c: char) -> usize {
    match c {
        '"' | '\\' => 2,
        c if is_hidden(c) => 6 * c.len_utf16(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::parse::parse;

    #[test]
    fn lines_and_pointers_agree_with_the_printed_text() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Action":["a","b"],"Empty":[],"k/e~y":1},{"X":{"y":"z"}}]}"#;
        let root = parse(text).root.unwrap();
        let printed = pretty(&root);
        let lines: Vec<&str> = printed.lines().collect();
        let mut seen = Vec::new();
        each_leaf(&root, &mut |node, path, line| {
            assert!(lines[line - 1].contains(&compact(node)), "{path} is not on line {line}");
            seen.push(path.to_owned());
        });
        assert_eq!(
            seen,
            [
                "/Version",
                "/Statement/0/Action/0",
                "/Statement/0/Action/1",
                "/Statement/0/Empty",
                "/Statement/0/k~1e~0y",
                "/Statement/1/X/y"
            ]
        );
    }

    #[test]
    fn counted_size_is_the_compact_text_without_white_space() {
        let text = r#"{"Sid": "two words", "list": [1, true, null], "é\n\"": "\u202e"}"#;
        let root = parse(text).root.unwrap();
        let expected = compact(&root).replace(' ', "").replace("\\n", "").chars().count();
        assert_eq!(counted_size(&root), expected);
        assert_eq!(compact_size(&root), compact(&root).len());
    }

    #[test]
    fn printing_hides_nothing_and_loses_nothing() {
        let root = parse("{\"a\": \"x\\u202ey\\u0000z\\u0085\", \"n\": 1.50e3}").root.unwrap();
        let printed = pretty(&root);
        assert!(printed.contains("\\u202e") && printed.contains("\\u0000") && printed.contains("\\u0085"));
        let again = parse(&printed).root.unwrap();
        assert_eq!(pretty(&again), printed);
        assert!(printed.contains("1.50e3"));
    }
}
