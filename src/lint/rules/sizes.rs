//! Size limits of IAM and KMS (IAM User Guide: quotas; KMS Developer Guide), measured as AWS measures.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::compose::size::{KEY, MANAGED, TRUST};
use crate::lint::{At, Findings, Judged};
use crate::policy::print::{compact_size, counted_size};

pub(super) const RULE: Rule = Rule {
    name: "sizes",
    codes: &["policy-too-large", "trust-too-large", "key-policy-too-large", "too-many-policies"],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let mut told: Vec<&str> = Vec::new();
    for (index, read) in judged.documents.iter().enumerate() {
        let built = judged.bundle.and_then(|bundle| bundle.documents.get(index));
        let size = built.map_or_else(|| counted_size(read.view.root), |document| document.size);
        let mut tell = |code, size: usize, limit: usize| {
            let details = vec![("size", size.to_string()), ("limit", limit.to_string())];
            findings.raise_with(code, At::Document(index), details);
        };
        match read.kind {
            DocumentKind::Trust if size > TRUST => tell("trust-too-large", size, TRUST),
            DocumentKind::Key => {
                // KMS counts every byte; the compact form is the smallest that can be put.
                let bytes = compact_size(read.view.root);
                if bytes > KEY {
                    tell("key-policy-too-large", bytes, KEY);
                }
            }
            DocumentKind::Identity => {
                let inline =
                    built.and_then(|document| document.attachment.as_ref()).is_some_and(|a| a.inline);
                if !inline && size > MANAGED {
                    tell("policy-too-large", size, MANAGED);
                }
            }
            _ => {}
        }
        let Some(attachment) = built.and_then(|document| document.attachment.as_ref()) else { continue };
        let limit = attachment.entity.managed_limit();
        if !attachment.inline && attachment.documents > limit && !told.contains(&attachment.name.as_str()) {
            told.push(&attachment.name);
            let details = vec![
                ("entity", attachment.entity.word().to_owned()),
                ("name", attachment.name.clone()),
                ("count", attachment.documents.to_string()),
                ("limit", limit.to_string()),
            ];
            findings.raise_with("too-many-policies", At::Document(index), details);
        }
    }
}
