//! Findings in the words of the screen: what is to be done here is done by keys.
//!
//! The words themselves are those of the message catalog; only a value that is missing is named by
//! its label, and its fix is a key and no argument of the command line.

use super::Model;
use super::explain::shared;
use crate::lint::Finding;

/// The title of a finding.
#[must_use]
pub fn title(model: &Model, finding: &Finding) -> String {
    if !finding.is_hole() {
        return finding.title(model.catalog);
    }
    let parameter = finding.cause.parameter.as_deref().unwrap_or_default();
    let name = match &finding.cause.capability {
        Some(id) if !parameter.contains('.') => {
            let capability = model.catalog.capability(id);
            let label = capability.and_then(|one| one.parameter(parameter)).map_or(parameter, |p| &p.label);
            let several = model.blueprint.tick(id).is_some_and(|tick| tick.instances.len() > 1);
            let instance = finding.cause.instance.as_deref().filter(|_| several);
            let whose = capability.map_or(id.as_str(), |one| &one.title);
            match instance {
                Some(instance) => format!("{whose} ({instance}): {label}"),
                None => format!("{whose}: {label}"),
            }
        }
        _ => shared_label(model, parameter),
    };
    format!("{name} is not given yet")
}

/// The label of `scope.region` or `flow.id`.
fn shared_label(model: &Model, parameter: &str) -> String {
    let (owner, name) = shared(parameter);
    let name = name.unwrap_or_default();
    match owner {
        super::change::Owner::Subject(id) => {
            let subject = model.catalog.subject(&id);
            let label =
                subject.and_then(|subject| subject.parameter(&name)).map_or(name.as_str(), |p| &p.label);
            format!("{}: {label}", subject.map_or(id.as_str(), |subject| &subject.title))
        }
        _ => super::fields::scope_label(&name).to_owned(),
    }
}

/// What to do about a finding, here.
#[must_use]
pub fn fix(model: &Model, finding: &Finding) -> String {
    match finding.is_hole() {
        true => "press Enter here and type it".to_owned(),
        false => finding.fix(model.catalog),
    }
}
