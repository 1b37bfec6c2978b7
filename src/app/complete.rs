//! What a field proposes: its choices, Regions, values used before, names that the AWS CLI listed.

use super::Model;
use super::fields::Field;
use crate::catalog::capability::Parameter;

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The value.
    pub value: String,
    /// A word about it: its label, where it is from.
    pub note: String,
}

/// How many proposals are shown at once.
pub const SHOWN: usize = 6;

/// The proposals for what is typed, those that begin with it first.
#[must_use]
pub fn proposals(model: &Model, field: &Field, word: &str) -> Vec<Proposal> {
    let needle = word.to_lowercase();
    let is_choice = !field.choices.is_empty();
    let mut out: Vec<Proposal> = Vec::new();
    for proposal in all(model, field) {
        let text = format!("{} {}", proposal.value, proposal.note).to_lowercase();
        let fits = if is_choice && field.given.iter().any(|given| given == word) {
            true
        } else {
            text.contains(&needle)
        };
        if fits && proposal.value != word && !out.iter().any(|known| known.value == proposal.value) {
            out.push(proposal);
        }
    }
    out.sort_by_key(|proposal| !proposal.value.to_lowercase().starts_with(&needle));
    out
}

fn all(model: &Model, field: &Field) -> Vec<Proposal> {
    let propose = |value: &str, note: &str| Proposal { value: value.to_owned(), note: note.to_owned() };
    let mut out: Vec<Proposal> =
        field.choices.iter().map(|choice| propose(&choice.value, &choice.label)).collect();
    let Some(kind) = field.kind else { return out };
    let named = model.world.names.iter().filter(|name| name.kind == kind.name);
    out.extend(named.map(|name| propose(&name.value, &name.note)));
    out.extend(used(model, kind.name).into_iter().map(|value| propose(&value, "used here")));
    if kind.name == "region" {
        let regions = model.catalog.reference().regions();
        out.extend(regions.with_flows().iter().map(|region| propose(region, "has flows")));
        out.extend(regions.names().map(|region| propose(region, "no flows known there")));
    }
    out
}

/// Values of a kind that the blueprint has, or had before a change.
fn used(model: &Model, kind: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let before = model.history.undo.iter().rev().chain(&model.history.redo).map(|past| &past.blueprint);
    for blueprint in std::iter::once(&model.blueprint).chain(before.take(50)) {
        let scope = [("region", &blueprint.scope.region), ("account", &blueprint.scope.account)];
        out.extend(scope.iter().filter(|(name, _)| *name == kind).filter_map(|(_, value)| (*value).clone()));
        let mut read = |parameters: &[Parameter], values: &crate::blueprint::Values| {
            for parameter in parameters.iter().filter(|parameter| parameter.kind == kind) {
                out.extend(values.texts(parameter.name).map(str::to_owned));
            }
        };
        for tick in &blueprint.ticks {
            let Some(capability) = model.catalog.capability(&tick.capability) else { continue };
            tick.instances.iter().for_each(|instance| read(&capability.parameters, &instance.values));
        }
        for (id, values) in &blueprint.subjects {
            if let Some(subject) = model.catalog.subject(id) {
                read(&subject.parameters, values);
            }
        }
    }
    out
}
