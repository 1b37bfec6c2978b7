//! A policy that somebody brings: its first byte chooses the kind of document, the rest is its text.

use bedrock_policy::catalog::Catalog;
use bedrock_policy::catalog::document::DocumentKind;
use bedrock_policy::export::text::finding;
use bedrock_policy::lint::lint_text;
use bedrock_policy::policy::parse::parse;
use bedrock_policy::policy::print::{compact, counted_size, pretty};
use bedrock_policy::text::is_hidden;

const KINDS: [DocumentKind; 6] = [
    DocumentKind::Identity,
    DocumentKind::Trust,
    DocumentKind::Resource,
    DocumentKind::Key,
    DocumentKind::Scp,
    DocumentKind::Rcp,
];

/// Takes any bytes; panics when something that must hold does not.
pub(crate) fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let catalog = Catalog::builtin();
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    for found in lint_text(catalog, "brought", kind, text) {
        let words = finding(catalog, &found, "error");
        safe(&words);
    }
    let parsed = parse(text);
    if !parsed.faults.is_empty() {
        return;
    }
    let Some(root) = parsed.root else { return };
    let printed = pretty(&root);
    safe(&printed);
    let back = parse(&printed);
    assert!(back.faults.is_empty(), "{:?} in {printed}", back.faults);
    let back = back.root.unwrap_or_else(|| panic!("nothing is read from {printed}"));
    assert_eq!((pretty(&back), compact(&back)), (printed, compact(&root)), "printing is not a fixed point");
    assert_eq!(counted_size(&back), counted_size(&root));
}

/// What goes to a person hides nothing.
fn safe(text: &str) {
    assert_eq!(text.chars().find(|c| *c != '\n' && is_hidden(*c)), None, "something is hidden");
}
