//! Required values that are not given yet.

use super::Rule;
use crate::lint::{At, Cause, Findings, Judged, cause_from};

pub(super) const RULE: Rule = Rule { name: "holes", codes: &[HOLE], judge };

/// The code of a value that is not given yet.
pub(in crate::lint) const HOLE: &str = "hole";

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let (Some(blueprint), Some(bundle)) = (judged.blueprint, judged.bundle) else { return };
    let mut told: Vec<Cause> = Vec::new();
    for origin in &bundle.missing {
        tell(cause_from(blueprint, origin), &mut told, findings);
    }
    for document in &bundle.documents {
        document.root.each_text(&mut |node| {
            for hole in node.text().map(crate::policy::tree::Text::holes).unwrap_or_default() {
                let mut cause = Cause { parameter: Some(hole.parameter.clone()), ..Cause::default() };
                let own = !hole.parameter.contains('.');
                if own && let Some(origin) = bundle.origins_of(node).next() {
                    cause = Cause { parameter: cause.parameter, ..cause_from(blueprint, origin) };
                }
                tell(cause, &mut told, findings);
            }
        });
    }
}

/// Tells each missing value once.
fn tell(cause: Cause, told: &mut Vec<Cause>, findings: &mut Findings<'_>) {
    if told.contains(&cause) {
        return;
    }
    told.push(cause.clone());
    let (name, how) = spelled(&cause);
    findings.raise_with(HOLE, At::Cause(cause), vec![("parameter", name), ("how", how)]);
}

/// A parameter's name on the command line, and the argument that gives it.
pub(super) fn spelled(cause: &Cause) -> (String, String) {
    let parameter = cause.parameter.clone().unwrap_or_default();
    let name = match (&cause.capability, parameter.strip_prefix("scope.")) {
        (_, Some(scope)) => {
            let value = if scope == "account" { "123456789012" } else { "us-east-1" };
            return (format!("--{scope}"), format!("--{scope} {value}"));
        }
        (Some(capability), None) if !parameter.contains('.') => format!("{capability}.{parameter}"),
        _ => parameter,
    };
    let how = format!("--set {name}=VALUE");
    (name, how)
}
