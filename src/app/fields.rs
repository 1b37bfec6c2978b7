//! The fields of an instance, a subject or the scope, with what is known of each value.

use super::Model;
use super::change::{Edit, Owner};
use crate::blueprint::Blueprint;
use crate::catalog::capability::{Choice, Parameter};
use crate::catalog::kinds::{Kind, kind};
use crate::compose::resolve::{Resolved, State};
use crate::lint::Finding;

/// The name under which an instance's own name is edited.
pub const NAME: &str = "name of this use";

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Whose it is.
    pub owner: Owner,
    /// The parameter.
    pub name: String,
    /// What a person calls it.
    pub label: String,
    /// One line of help.
    pub help: String,
    /// The kind that checks it.
    pub kind: Option<&'static Kind>,
    /// The values of a choice, the two of a switch.
    pub choices: Vec<Choice>,
    /// True when it takes several values.
    pub several: bool,
    /// True when there is no exact policy without it.
    pub required: bool,
    /// What was given.
    pub given: Vec<String>,
    /// What stands for it when nothing was given: a default, a pattern.
    pub stand_in: Option<String>,
    /// True when it is needed and not given.
    pub hole: bool,
}

/// What the scope is for.
pub const SCOPE_HELP: &str = "Where everything is, unless a value says otherwise.";

/// The scope's fields: name, label, help.
const SCOPE: &[(&str, &str, &str)] = &[
    ("region", "Region", "Where the flow and its models are called, as in us-east-1."),
    ("account", "Account", "The twelve digits of the account in which the role lives."),
    ("partition", "Partition", "Found from the Region; to be given for none but unusual cases."),
];

/// The label of one of the scope's fields.
#[must_use]
pub fn scope_label(name: &str) -> &'static str {
    SCOPE.iter().find(|(known, ..)| *known == name).map_or("a value", |(_, label, _)| label)
}

/// The fields of an owner that are asked now.
#[must_use]
pub fn fields(model: &Model, owner: &Owner) -> Vec<Field> {
    let (catalog, blueprint) = (model.catalog, &model.blueprint);
    let resolved = Resolved::new(catalog, blueprint);
    match owner {
        Owner::Scope => SCOPE
            .iter()
            .map(|scope| scope_field(model, *scope, resolved.context().partition.value().unwrap_or_default()))
            .collect(),
        Owner::Subject(id) => {
            let Some(subject) = catalog.subject(id) else { return Vec::new() };
            let values = blueprint.subject(id);
            let state =
                |name: &str| resolved.subject(id).and_then(|owner| owner.find(name)).map(|f| f.1.clone());
            let asked = |parameter: &&Parameter| state(parameter.name) != Some(State::NotAsked);
            let fields = subject.parameters.iter().filter(asked);
            let mut out: Vec<Field> = fields
                .map(|parameter| field(owner, parameter, values, state(parameter.name).as_ref()))
                .collect();
            // A subject's value is missing only where something speaks of it.
            for field in &mut out {
                let about = |finding: &Finding| finding.is_hole() && is_about(blueprint, finding, field);
                field.hole = model.derived.findings.iter().any(about);
            }
            out
        }
        Owner::Instance(id, at) => {
            let Some(capability) = catalog.capability(id) else { return Vec::new() };
            let Some(tick) = blueprint.ticks.iter().position(|tick| tick.capability == *id) else {
                return Vec::new();
            };
            let instance = blueprint.ticks.get(tick).and_then(|tick| tick.instances.get(*at));
            let own = resolved.uses.iter().find(|one| (one.at.tick, one.at.instance) == (tick, *at));
            let state = |name: &str| own.and_then(|own| own.owner.find(name)).map(|f| f.1.clone());
            let asked = |parameter: &&Parameter| state(parameter.name) != Some(State::NotAsked);
            let values = instance.map(|instance| &instance.values);
            let parameters = capability.parameters.iter().filter(asked);
            let mut out: Vec<Field> = parameters
                .map(|parameter| field(owner, parameter, values, state(parameter.name).as_ref()))
                .collect();
            if let Some(instance) = instance.filter(|_| !capability.single && !out.is_empty()) {
                out.push(name_field(owner, &instance.name));
            }
            out
        }
    }
}

fn scope_field(model: &Model, (name, label, help): (&str, &str, &str), partition: &str) -> Field {
    let scope = &model.blueprint.scope;
    let given = match name {
        "region" => &scope.region,
        "account" => &scope.account,
        _ => &scope.partition,
    };
    let needed = name != "partition";
    Field {
        owner: Owner::Scope,
        name: name.to_owned(),
        label: label.to_owned(),
        help: help.to_owned(),
        kind: kind(name),
        choices: Vec::new(),
        several: false,
        required: needed,
        given: given.iter().cloned().collect(),
        stand_in: (!needed).then(|| partition.to_owned()),
        hole: given.is_none() && needed,
    }
}

fn name_field(owner: &Owner, name: &str) -> Field {
    Field {
        owner: owner.clone(),
        name: NAME.to_owned(),
        label: "Name of this use".to_owned(),
        help: "Only for you, to tell several uses apart: the node's name in the flow is a good one."
            .to_owned(),
        kind: None,
        choices: Vec::new(),
        several: false,
        required: false,
        given: vec![name.to_owned()],
        stand_in: None,
        hole: false,
    }
}

fn field(
    owner: &Owner,
    parameter: &Parameter,
    values: Option<&crate::blueprint::Values>,
    state: Option<&State<'_>>,
) -> Field {
    let given: Vec<String> =
        values.map(|values| values.texts(parameter.name).map(str::to_owned).collect()).unwrap_or_default();
    let stand_in = match (state, given.is_empty()) {
        (Some(State::Values(values)), true) => Some(values.join(", ")),
        (Some(State::Open(pattern)), true) => Some((*pattern).to_owned()),
        _ => None,
    };
    let mut choices = parameter.choices.clone();
    if parameter.kind == "switch" {
        choices = [("on", "yes"), ("off", "no")]
            .map(|(value, label)| Choice { value: value.to_owned(), label: label.to_owned() })
            .into();
    }
    Field {
        owner: owner.clone(),
        name: parameter.name.to_owned(),
        label: parameter.label.clone(),
        help: parameter.help.clone(),
        kind: kind(&parameter.kind),
        choices,
        several: parameter.several,
        required: parameter.required,
        given,
        stand_in,
        hole: state == Some(&State::Hole),
    }
}

/// The edit that gives a field its values; no value takes it away.
#[must_use]
pub fn edit_of(field: &Field, values: Vec<String>) -> Edit {
    match (&field.owner, field.name.as_str()) {
        (Owner::Instance(id, at), NAME) => {
            Edit::Rename(id.clone(), *at, values.into_iter().next().unwrap_or_default())
        }
        _ => Edit::Set(vec![(field.owner.clone(), field.name.clone(), values)]),
    }
}

/// The findings about one field.
pub fn findings_of<'m>(model: &'m Model, field: &'m Field) -> impl Iterator<Item = &'m Finding> {
    model.derived.findings.iter().filter(|finding| is_about(&model.blueprint, finding, field))
}

fn is_about(blueprint: &Blueprint, finding: &Finding, field: &Field) -> bool {
    let Some(parameter) = finding.cause.parameter.as_deref() else { return false };
    match &field.owner {
        Owner::Scope => parameter.strip_prefix("scope.") == Some(&field.name),
        Owner::Subject(id) => {
            parameter.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(&field.name)
        }
        Owner::Instance(id, at) => {
            let tick = blueprint.tick(id);
            let name = tick.and_then(|tick| tick.instances.get(*at)).map(|instance| instance.name.as_str());
            parameter == field.name
                && finding.cause.capability.as_deref() == Some(id)
                && finding.cause.instance.as_deref() == name
        }
    }
}
