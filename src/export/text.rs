//! The bundle and its findings as text for a terminal.

use std::fmt::Write as _;

use super::runbook;
use crate::catalog::Catalog;
use crate::compose::{Bundle, Step};
use crate::lint::Finding;
use crate::policy::print::pretty;
use crate::text::{exact, visible, wrapped};

/// Every document under a heading, AWS's own policies, the runbook, and what stays wide.
#[must_use]
pub fn bundle(catalog: &Catalog, bundle: &Bundle, steps: &[Step]) -> String {
    let mut out = String::new();
    for document in &bundle.documents {
        let _ =
            writeln!(out, "# {}: {}, for {}\n", document.name, document.title, exact(&document.attach_to));
        out.push_str(&pretty(&document.root));
        out.push('\n');
    }
    out.push_str(&managed(catalog, bundle));
    out.push_str("# Runbook\n\n");
    out.push_str(&runbook::steps(steps));
    let wide = runbook::wide_text(catalog, bundle);
    if !wide.is_empty() {
        out.push_str("# What stays wide, and why\n\n");
        out.push_str(&wide);
    }
    out
}

/// AWS's own policies, to be read and not to be changed.
fn managed(catalog: &Catalog, bundle: &Bundle) -> String {
    let mut out = String::new();
    for managed in &bundle.managed {
        let Some(policy) = catalog.reference().managed_policy(&managed.policy) else { continue };
        let _ = writeln!(
            out,
            "# {}: AWS's own policy, {} of {}, read only\n",
            managed.policy, policy.version, policy.date
        );
        let attachment = catalog.capability(&managed.capability).and_then(|capability| {
            capability.attaches.iter().find(|attachment| attachment.policy == managed.policy)
        });
        for (heading, lines) in
            attachment.iter().flat_map(|a| [("It allows", &a.allows), ("It does not allow", &a.lacks)])
        {
            let _ = writeln!(out, "{heading}:");
            for line in lines {
                let _ = writeln!(out, "{}", wrapped(&format!("- {line}"), 2));
            }
            out.push('\n');
        }
        if let Some(root) = crate::policy::parse::parse(policy.document.get()).root {
            out.push_str(&pretty(&root));
            out.push('\n');
        }
    }
    out
}

/// A finding in words: severity, code and title, place, cause, why, fix.
#[must_use]
pub fn finding(catalog: &Catalog, finding: &Finding, severity: &str) -> String {
    let title = format!("{severity}[{}]: {}", finding.code, finding.title(catalog));
    let mut out = format!("{}\n", wrapped(&title, 2));
    match (&finding.document, &finding.location) {
        (Some(document), Some(at)) => {
            let _ = writeln!(out, "  --> {}, line {}, {}", exact(document), at.line, exact(&at.path));
        }
        (Some(document), None) => {
            let _ = writeln!(out, "  --> {}", exact(document));
        }
        _ => {}
    }
    let cause = &finding.cause;
    let parts: Vec<String> = [
        cause.capability.as_ref().map(|id| format!("capability {}", exact(id))),
        cause.instance.as_ref().map(|name| format!("instance {}", visible(name))),
        cause.parameter.as_ref().map(|name| format!("parameter {}", exact(name))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !parts.is_empty() {
        let _ = writeln!(out, "{}", wrapped(&format!("  from: {}", parts.join(", ")), 8));
    }
    for (label, words) in [("why", finding.why(catalog)), ("fix", &finding.fix(catalog))] {
        let _ = writeln!(out, "{}", wrapped(&format!("  {label}: {words}"), 7));
    }
    out
}

/// The numbers of errors, warnings and suggestions in words.
#[must_use]
pub fn summary(counts: [usize; 3]) -> String {
    let names = ["error", "warning", "suggestion"];
    let parts: Vec<String> = counts
        .iter()
        .zip(names)
        .filter(|(count, _)| **count > 0)
        .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    parts.join(", ")
}
