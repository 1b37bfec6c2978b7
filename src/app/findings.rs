//! Findings in the words of the screen: what is to be done here is done by keys.
//!
//! The words themselves are those of the message catalog; only a value that is missing is named by
//! its label, and its fix is a key and no argument of the command line.

use super::Model;
use super::change::Owner;
use super::explain::shared;
use crate::lint::Finding;
use crate::text::exact;

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
            let whose = exact(capability.map_or(id.as_str(), |one| &one.title));
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
        Owner::Subject(id) => {
            let subject = model.catalog.subject(&id);
            let label =
                subject.and_then(|subject| subject.parameter(&name)).map_or(name.as_str(), |p| &p.label);
            format!("{}: {label}", subject.map_or(id.as_str(), |subject| &subject.title))
        }
        _ => super::fields::scope_label(&name).to_owned(),
    }
}

/// Whose value a finding is about, and which; `None` for one about a place in a document only.
#[must_use]
pub fn field_of(model: &Model, finding: &Finding) -> Option<(Owner, Option<String>)> {
    let cause = &finding.cause;
    if let Some(name) = cause.parameter.as_deref().filter(|name| name.contains('.')) {
        return Some(shared(name));
    }
    let id = cause.capability.as_ref()?;
    let uses = model.blueprint.tick(id).map_or(&[][..], |tick| &tick.instances);
    let at = uses.iter().position(|one| Some(&one.name) == cause.instance.as_ref()).unwrap_or(0);
    Some((Owner::Instance(id.clone(), at), cause.parameter.clone()))
}

/// True for a finding that a value mends, typed where Enter leads.
#[must_use]
pub fn asks_for_a_value(finding: &Finding) -> bool {
    finding.is_hole() || finding.code == "until-given"
}

/// What to do about a finding, here: fields and rows by their names on the screen, keys and no
/// arguments.
#[must_use]
pub fn fix(model: &Model, finding: &Finding) -> String {
    if finding.is_hole() {
        return "press Enter here and type it".to_owned();
    }
    if asks_for_a_value(finding) {
        return "press Enter here and type it when you have it".to_owned();
    }
    let mut text =
        finding.fix(model.catalog).replace("give `--profile-response` what", "read, through `:`, what");
    let capability = finding.cause.capability.as_deref().and_then(|id| model.catalog.capability(id));
    for parameter in capability.iter().flat_map(|one| &one.parameters) {
        if !text.contains("the parameter") {
            break;
        }
        let meant = format!("the parameter `{}`", parameter.name);
        text = text.replace(&meant, &format!("the field `{}`", parameter.label));
    }
    for id in model.catalog.capability_ids() {
        let title = || model.catalog.capability(id).map_or(id, |one| &one.title);
        if text.contains(id) {
            text = text.replace(&format!("`{id}`"), &format!("`{}`", title()));
        }
    }
    text
}
