//! Changes of a blueprint by name: `--tick`, `--set`, and what the screen will do as edits.
//!
//! Names are checked against the catalog here, values are not: a wrong value is a finding, a wrong
//! name a refused edit.

use super::file::name_instances;
use super::{Blueprint, Entry, Instance, Tick, Values};
use crate::catalog::Catalog;
use crate::catalog::capability::{Capability, Parameter};
use crate::catalog::kinds::switch;
use crate::text::{nearest, shown_exact};

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
        what: format!("`{}` {what}", shown_exact(assignment)),
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
        if let Some(tick) = blueprint.ticks.iter_mut().find(|tick| tick.capability == id) {
            return give_to_tick(tick, capability, name, spec, value);
        }
        let mut tick = Tick { capability: id.to_owned(), ..Tick::default() };
        give_to_tick(&mut tick, capability, name, spec, value)?;
        blueprint.ticks.push(tick);
        return Ok(());
    }
    let Some(subject) = catalog.subject(owner) else {
        return Err(no_subject(catalog, owner, parameter));
    };
    let spec = find_parameter(&subject.parameters, owner, parameter)?;
    if let Some((_, values)) = blueprint.subjects.iter_mut().find(|(id, _)| id == owner) {
        give(values, spec, value);
        return Ok(());
    }
    let mut values = Values::default();
    give(&mut values, spec, value);
    blueprint.subjects.push((owner.to_owned(), values));
    Ok(())
}

/// Gives a value: several are separated by commas and added to those that are there, and a switch
/// takes yes, no, true and false as well.
fn give(values: &mut Values, spec: &Parameter, value: &str) {
    if spec.several {
        let texts = value.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty());
        values.add(spec.name, texts.map(str::to_owned).collect());
    } else {
        let word = (spec.kind == switch::KIND.name).then(|| switch::word(value)).flatten();
        values.set(spec.name, Entry::Texts(vec![word.unwrap_or(value).to_owned()]));
    }
}

/// Gives a value to the instance that it belongs to, made when it is not there yet.
fn give_to_tick(
    tick: &mut Tick,
    capability: &Capability,
    name: Option<&str>,
    spec: &Parameter,
    value: &str,
) -> Result<(), Refused> {
    let first = capability.parameters.first().is_some_and(|first| first.name == spec.name);
    let only = tick.instances.len() == 1;
    let found = match name {
        Some(name) => {
            let untouched = |i: &Instance| only && i.values.is_empty() && i.name == capability.name();
            let position = tick.instances.iter().position(|instance| instance.name == name);
            let position = position.or_else(|| tick.instances.iter().position(untouched));
            position.and_then(|at| tick.instances.get_mut(at))
        }
        // The first parameter again begins another instance.
        None => tick.instances.last_mut().filter(|last| !first || last.values.text(spec.name).is_none()),
    };
    if let Some(instance) = found {
        if let Some(name) = name {
            name.clone_into(&mut instance.name);
        }
        give(&mut instance.values, spec, value);
    } else if capability.single && !tick.instances.is_empty() {
        return Err(Refused {
            what: format!("`{}` can be ticked once only", capability.id),
            fix: "give its first parameter once; separate several values by commas".into(),
        });
    } else {
        let mut instance = Instance { name: name.unwrap_or_default().to_owned(), ..Instance::default() };
        give(&mut instance.values, spec, value);
        tick.instances.push(instance);
    }
    name_instances(tick);
    Ok(())
}

/// A name without a slash that is no subject: a slip, or a capability without its group.
fn no_subject(catalog: &Catalog, owner: &str, parameter: &str) -> Refused {
    let shown = shown_exact;
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
            what: format!("there is no capability `{}`", shown_exact(id)),
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
        let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
        Refused {
            what: format!("`{}` has no parameter `{}`", shown_exact(owner), shown_exact(name)),
            fix: match (nearest(name, names.iter().copied()), names.is_empty()) {
                (_, true) => format!("it has none: tick it with --tick {owner}"),
                (Some(like), _) => format!("did you mean {like}?"),
                (None, _) => format!("it has {}", names.join(", ")),
            },
        }
    })
}
