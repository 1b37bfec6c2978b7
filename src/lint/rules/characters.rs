//! Characters that IAM refuses, and Sids that are not letters and digits or stand twice.
//!
//! IAM takes tab, line feed, carriage return and U+0020 to U+00FF (IAM API reference: policyDocumentType).

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::text;

pub(super) const RULE: Rule =
    Rule { name: "characters", codes: &["character-refused", "sid-form", "sid-twice"], judge };

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        let mut refused = Vec::new();
        read.view.root.each_text(&mut |node| {
            if let Some(c) = text::refused(node.as_str().unwrap_or_default()) {
                refused.push((node, c));
            }
        });
        // A value that was told as refused is not told again where it stands.
        for (node, c) in refused.into_iter().filter(|(node, _)| !judged.is_doubtful(node)) {
            let details = vec![
                ("character", format!("U+{:04X}", u32::from(c))),
                ("text", node.as_str().unwrap_or_default().to_owned()),
            ];
            findings.raise_with("character-refused", At::Node(index, node), details);
        }
        sids(judged, index, findings);
    }
}

fn sids<'a>(judged: &Judged<'a>, index: usize, findings: &mut Findings<'a>) {
    let Some(read) = judged.documents.get(index) else { return };
    let plain_only = matches!(
        read.kind,
        DocumentKind::Identity | DocumentKind::Trust | DocumentKind::Scp | DocumentKind::Rcp
    );
    let mut seen: Vec<&str> = Vec::new();
    for node in read.view.statements.iter().filter_map(|statement| statement.sid) {
        let Some(sid) = node.as_str() else { continue };
        if plain_only && !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
            findings.raise("sid-form", At::Node(index, node), &[("sid", sid)]);
        }
        if seen.contains(&sid) && !sid.is_empty() {
            findings.raise("sid-twice", At::Node(index, node), &[("sid", sid)]);
        }
        seen.push(sid);
    }
}
