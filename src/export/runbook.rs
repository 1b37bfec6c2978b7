//! The runbook as text: numbered steps, in plain words and as commands. It is Markdown, so that the
//! same text can be a folder's README.

use std::fmt::Write as _;

use super::shell;
use crate::catalog::Catalog;
use crate::compose::{Bundle, Step};
use crate::policy::print::each_leaf;
use crate::text::{exact, visible, visible_lines, wrapped, wrapped_lines};

/// The steps as text.
#[must_use]
pub fn steps(steps: &[Step]) -> String {
    let mut out = String::new();
    for (number, step) in steps.iter().enumerate() {
        let title = format!("{}. {}", number + 1, visible(&step.title));
        let _ = writeln!(out, "{}\n", wrapped(&title, 3));
        for line in visible_lines(&step.console).lines() {
            out.push_str(&wrapped_lines(&format!("   {line}")));
        }
        out.push('\n');
        let command = shell::command(&step.command);
        if !command.is_empty() {
            out.push_str("   ```sh\n");
            for line in visible_lines(&command).lines() {
                let _ = writeln!(out, "   {line}");
            }
            out.push_str("   ```\n\n");
        }
    }
    out
}

/// A star of a document and why it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wide {
    /// The document's name.
    pub document: String,
    /// JSON Pointer to the text.
    pub path: String,
    /// The text.
    pub text: String,
    /// Why.
    pub why: String,
}

/// Every text with a star, with its reasons: what stays wide, and why.
#[must_use]
pub fn wide(catalog: &Catalog, bundle: &Bundle) -> Vec<Wide> {
    let mut out = Vec::new();
    for document in &bundle.documents {
        each_leaf(&document.root, &mut |node, path, _| {
            let Some(text) = node.text().filter(|text| text.has_wildcard()) else { return };
            let reasons: Vec<&str> = text.stars().iter().filter_map(|reason| catalog.star(reason)).collect();
            let why =
                if reasons.is_empty() { "No reason is declared.".to_owned() } else { reasons.join(" ") };
            out.push(Wide {
                document: document.name.clone(),
                path: path.to_owned(),
                text: text.as_str().to_owned(),
                why,
            });
        });
    }
    out
}

/// What stays wide, as text: each reason once, with the texts it is for. Empty when nothing is.
#[must_use]
pub fn wide_text(catalog: &Catalog, bundle: &Bundle) -> String {
    let all = wide(catalog, bundle);
    let mut reasons: Vec<&str> = Vec::new();
    for wide in &all {
        if !reasons.contains(&wide.why.as_str()) {
            reasons.push(&wide.why);
        }
    }
    let mut out = String::new();
    for reason in reasons {
        let _ = writeln!(out, "- {reason}");
        let mut told: Vec<(&str, &str)> = Vec::new();
        for wide in all.iter().filter(|wide| wide.why == reason) {
            let one = (wide.document.as_str(), wide.text.as_str());
            if !told.contains(&one) {
                told.push(one);
                let _ = writeln!(out, "  - `{}` in {}", exact(&wide.text), exact(&wide.document));
            }
        }
    }
    wrapped_lines(&out)
}

/// The README of a folder with the bundle: what is in it, the steps, what stays wide.
#[must_use]
pub fn readme(catalog: &Catalog, bundle: &Bundle, steps: &[Step]) -> String {
    let mut out = String::from("# Policies for Amazon Bedrock\n\n");
    for document in &bundle.documents {
        let _ = writeln!(
            out,
            "- [{0}]({0}): {1}, for {2}",
            document.file,
            document.title,
            exact(&document.attach_to)
        );
    }
    let source = catalog.reference().source();
    let _ =
        writeln!(out, "\nMade with the Service Authorization Reference as of {}.\n\n## Steps\n", source.date);
    out.push_str(&self::steps(steps));
    let wide = wide_text(catalog, bundle);
    if !wide.is_empty() {
        out.push_str("## What stays wide, and why\n\n");
        out.push_str(&wide);
    }
    out
}
