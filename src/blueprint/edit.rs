//! Changes of a blueprint by name: `--tick`, `--set`, and what the screen will do as edits.
//!
//! Names are checked against the catalog here, values are not: a wrong value is a finding, a wrong
//! name a refused edit.

use super::file::name_instances;
use super::{Blueprint, Entry, Instance, Tick, Values};
use crate::catalog::Catalog;
use crate::catalog::capability::{Capability, Parameter};
use crate::text::nearest;

/// Why an edit was refused, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

/// Ticks a capability. Ticking twice changes nothing.
pub fn tick(blueprint: &mut Blueprint, catalog: &Catalog, id: &str) -> Result<(), Refused> {
    find_capability(catalog, id)?;
    if blueprint.tick(id).is_none() {
        let mut tick = Tick { capability: id.to_owned(), ..Tick::default() };
        name_instances(&mut tick);
        blueprint.ticks.push(tick);
    }
    Ok(())
}

/// Sets `CAPABILITY.PARAMETER=VALUE`, `CAPABILITY@NAME.PARAMETER=VALUE` or
/// `SUBJECT.PARAMETER=VALUE`. A capability is ticked by it; giving its first parameter again starts
/// a new instance, another parameter belongs to the newest one.
pub fn set(blueprint: &mut Blueprint, catalog: &Catalog, assignment: &str) -> Result<(), Refused> {
    let refuse = |what: &str| Refused {
        what: format!("`{}` {what}", crate::text::shown(assignment)),
        fix: "write CAPABILITY.PARAMETER=VALUE, CAPABILITY@NAME.PARAMETER=VALUE or SUBJECT.PARAMETER=VALUE"
            .into(),
    };
    let (path, value) = assignment.split_once('=').ok_or_else(|| refuse("has no `=`"))?;
    let (owner, parameter) =
        path.rsplit_once('.').ok_or_else(|| refuse("has no `.` before its parameter"))?;
    if owner.contains('/') {
        let (id, name) = owner.split_once('@').map_or((owner, None), |(id, name)| (id, Some(name)));
        if name.is_some_and(str::is_empty) {
            return Err(refuse("names no instance behind its `@`"));
        }
        let capability = find_capability(catalog, id)?;
        let spec = find_parameter(&capability.parameters, id, parameter)?;
        let first = capability.parameters.first().is_some_and(|first| first.name == parameter);
        let instance = instance_for(blueprint, capability, name, first.then_some(parameter))?;
        give(&mut instance.values, spec, value);
        return Ok(());
    }
    let Some(subject) = catalog.subject(owner) else {
        return Err(no_subject(catalog, owner, parameter));
    };
    let spec = find_parameter(&subject.parameters, owner, parameter)?;
    let position = blueprint.subjects.iter().position(|(id, _)| id == owner).unwrap_or_else(|| {
        blueprint.subjects.push((owner.to_owned(), Values::default()));
        blueprint.subjects.len() - 1
    });
    if let Some((_, values)) = blueprint.subjects.get_mut(position) {
        give(values, spec, value);
    }
    Ok(())
}

/// Gives a value: several are separated by commas and added to those that are there.
fn give(values: &mut Values, spec: &Parameter, value: &str) {
    if spec.several {
        let texts = value.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty());
        values.add(&spec.name, texts.map(str::to_owned).collect());
    } else {
        values.set(&spec.name, Entry::Texts(vec![value.to_owned()]));
    }
}

/// The instance that a parameter belongs to, made when it is not there yet.
fn instance_for<'a>(
    blueprint: &'a mut Blueprint,
    capability: &Capability,
    name: Option<&str>,
    first: Option<&str>,
) -> Result<&'a mut Instance, Refused> {
    let position = blueprint.ticks.iter().position(|tick| tick.capability == capability.id);
    let position = position.unwrap_or_else(|| {
        blueprint.ticks.push(Tick { capability: capability.id.clone(), ..Tick::default() });
        blueprint.ticks.len() - 1
    });
    let unreachable = || Refused { what: "the tick is gone".into(), fix: "try again".into() };
    let tick = blueprint.ticks.get_mut(position).ok_or_else(unreachable)?;
    let wanted = match name {
        Some(name) => tick.instances.iter().position(|instance| instance.name == name),
        None => tick.instances.len().checked_sub(1).filter(|last| {
            let taken = |first| tick.instances.get(*last).is_some_and(|i| i.values.text(first).is_some());
            !first.is_some_and(taken)
        }),
    };
    let reused = || {
        let only = tick.instances.len() == 1;
        let untouched =
            tick.instances.first().is_some_and(|i| i.values.is_empty() && i.name == capability.name());
        (name.is_some() && only && untouched).then_some(0)
    };
    let index = wanted.or_else(reused).unwrap_or(tick.instances.len());
    if index > 0 && index == tick.instances.len() && capability.single {
        return Err(Refused {
            what: format!("`{}` can be ticked once only", capability.id),
            fix: "give its first parameter once; separate several values by commas".into(),
        });
    }
    if index == tick.instances.len() {
        tick.instances.push(Instance::default());
    }
    if let (Some(name), Some(instance)) = (name, tick.instances.get_mut(index)) {
        name.clone_into(&mut instance.name);
    }
    name_instances(tick);
    tick.instances.get_mut(index).ok_or_else(unreachable)
}

/// A name without a slash that is no subject: a slip, or a capability without its group.
fn no_subject(catalog: &Catalog, owner: &str, parameter: &str) -> Refused {
    let shown = crate::text::shown;
    let id = owner.split('@').next().unwrap_or(owner);
    let meant = catalog.capability_ids().find(|known| known.rsplit('/').next() == Some(id));
    let names = || catalog.subjects().iter().map(|subject| subject.id.as_str());
    let like = meant.map(|known| owner.replacen(id, known, 1));
    let fix = match like.or_else(|| nearest(owner, names()).map(str::to_owned)) {
        Some(like) => format!("did you mean {}.{}?", shown(&like), shown(parameter)),
        None => format!(
            "the subjects are {}; a capability has its group in front, as `bedrock-policy list` shows it",
            names().collect::<Vec<_>>().join(", ")
        ),
    };
    Refused { what: format!("there is no subject `{}`", shown(owner)), fix }
}

fn find_capability<'a>(catalog: &'a Catalog, id: &str) -> Result<&'a Capability, Refused> {
    catalog.capability(id).ok_or_else(|| {
        let tail = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
        let like = nearest(id, catalog.capability_ids())
            .or_else(|| catalog.capability_ids().find(|known| tail(known) == tail(id)));
        Refused {
            what: format!("there is no capability `{}`", crate::text::shown(id)),
            fix: match like {
                Some(like) => format!("did you mean {like}?"),
                None => "`bedrock-policy list` shows them all".into(),
            },
        }
    })
}

fn find_parameter<'a>(
    parameters: &'a [Parameter],
    owner: &str,
    name: &str,
) -> Result<&'a Parameter, Refused> {
    parameters.iter().find(|parameter| parameter.name == name).ok_or_else(|| {
        let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        Refused {
            what: format!("`{}` has no parameter `{}`", crate::text::shown(owner), crate::text::shown(name)),
            fix: match (nearest(name, names.iter().copied()), names.is_empty()) {
                (_, true) => format!("it has none: tick it with --tick {owner}"),
                (Some(like), _) => format!("did you mean {like}?"),
                (None, _) => format!("it has {}", names.join(", ")),
            },
        }
    })
}
