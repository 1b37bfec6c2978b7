//! What a person changes in the blueprint: each [`Edit`] with the name that undo shows.
//!
//! Here belongs the changing, as a pure function of the old blueprint. Which key asks for it belongs
//! to [`super::keys`]; names given on the command line are the business of `blueprint::edit`.

use crate::blueprint::{Blueprint, Entry, Instance, Tick, Values};
use crate::catalog::Catalog;

/// Whose parameters are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Partition, Region and account.
    Scope,
    /// A subject, by id.
    Subject(String),
    /// An instance, by capability and position.
    Instance(String, usize),
}

/// A change of the blueprint.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Ticks capabilities; those that were ticked before get their old instances back.
    Tick(Vec<String>),
    /// Takes ticks away.
    Untick(Vec<String>),
    /// Adds an instance to a ticked capability.
    AddInstance(String),
    /// Takes an instance away; the last one takes the tick with it.
    RemoveInstance(String, usize),
    /// Gives parameters their values; no value takes it away.
    Set(Vec<(Owner, String, Vec<String>)>),
    /// Names an instance.
    Rename(String, usize, String),
    /// Adds what a `GetInferenceProfile` response says.
    Profile(crate::policy::tree::Node),
    /// Replaces everything.
    Replace(String, Box<Blueprint>),
}

impl Edit {
    /// What it does, for the toast and for undo: `tick Agent`.
    #[must_use]
    pub fn label(&self, catalog: &Catalog) -> String {
        let title = |id: &String| catalog.capability(id).map_or(id.clone(), |c| c.title.clone());
        let titles = |ids: &[String]| match ids {
            [one] => title(one),
            many => format!("{} rows", many.len()),
        };
        match self {
            Self::Tick(ids) => format!("tick {}", titles(ids)),
            Self::Untick(ids) => format!("untick {}", titles(ids)),
            Self::AddInstance(id) => format!("add another {}", title(id)),
            Self::RemoveInstance(id, _) => format!("take one {} away", title(id)),
            Self::Set(values) => match values.as_slice() {
                [(_, name, texts)] if texts.is_empty() => format!("clear {name}"),
                [(_, name, _)] => format!("set {name}"),
                many => format!("set {} values", many.len()),
            },
            Self::Rename(id, ..) => format!("name one {}", title(id)),
            Self::Profile(_) => "read an inference profile".to_owned(),
            Self::Replace(label, _) => label.clone(),
        }
    }

    /// The blueprint after it. `stash` holds ticks that were taken away, so that a tick taken away by
    /// mistake and set again keeps its values.
    #[must_use]
    pub fn apply(&self, before: &Blueprint, stash: &mut Vec<Tick>) -> Blueprint {
        let mut after = before.clone();
        match self {
            Self::Tick(ids) => ids.iter().for_each(|id| tick(&mut after, id, stash)),
            Self::Untick(ids) => ids.iter().for_each(|id| untick(&mut after, id, stash)),
            Self::AddInstance(id) => match after.ticks.iter_mut().find(|tick| tick.capability == *id) {
                Some(tick) => {
                    tick.instances.push(Instance::default());
                    tick.name_instances();
                }
                None => tick(&mut after, id, stash),
            },
            Self::RemoveInstance(id, at) => {
                let tick = after.ticks.iter_mut().find(|tick| tick.capability == *id);
                match tick {
                    Some(tick) if tick.instances.len() > 1 && *at < tick.instances.len() => {
                        tick.instances.remove(*at);
                    }
                    _ => untick(&mut after, id, stash),
                }
            }
            Self::Set(values) => {
                for (owner, name, texts) in values {
                    set(&mut after, owner, name, texts);
                }
            }
            Self::Rename(id, at, name) => {
                let tick = after.ticks.iter_mut().find(|tick| tick.capability == *id);
                if let Some(tick) = tick {
                    // Two uses of one name could not be told apart: the name stays.
                    let is_taken =
                        tick.instances.iter().zip(0..).any(|(one, place)| one.name == *name && place != *at);
                    if let Some(instance) = tick.instances.get_mut(*at).filter(|_| !is_taken) {
                        instance.name.clone_from(name);
                    }
                    tick.name_instances();
                }
            }
            Self::Profile(response) => {
                let arn = |node: &crate::policy::tree::Node| {
                    node.get("inferenceProfileArn").and_then(|arn| arn.as_str().map(str::to_owned))
                };
                after.profiles.retain(|known| arn(known) != arn(response));
                after.profiles.push(response.clone());
            }
            Self::Replace(_, whole) => after.clone_from(whole),
        }
        after
    }
}

fn tick(blueprint: &mut Blueprint, id: &str, stash: &[Tick]) {
    if blueprint.tick(id).is_some() {
        return;
    }
    let old = stash.iter().find(|tick| tick.capability == id).cloned();
    let mut tick = old.unwrap_or_else(|| Tick { capability: id.to_owned(), ..Tick::default() });
    tick.name_instances();
    blueprint.ticks.push(tick);
}

fn untick(blueprint: &mut Blueprint, id: &str, stash: &mut Vec<Tick>) {
    let Some(at) = blueprint.ticks.iter().position(|tick| tick.capability == id) else { return };
    stash.retain(|tick| tick.capability != id);
    stash.push(blueprint.ticks.remove(at));
}

fn set(blueprint: &mut Blueprint, owner: &Owner, name: &str, texts: &[String]) {
    let values = match owner {
        Owner::Scope => {
            let scope = &mut blueprint.scope;
            let slot = match name {
                "partition" => &mut scope.partition,
                "region" => &mut scope.region,
                _ => &mut scope.account,
            };
            *slot = texts.first().filter(|text| !text.is_empty()).cloned();
            return;
        }
        Owner::Subject(id) => {
            if blueprint.subject(id).is_none() {
                blueprint.subjects.push((id.clone(), Values::default()));
            }
            blueprint.subjects.iter_mut().find(|(known, _)| known == id).map(|(_, values)| values)
        }
        Owner::Instance(id, at) => blueprint
            .ticks
            .iter_mut()
            .find(|tick| tick.capability == *id)
            .and_then(|tick| tick.instances.get_mut(*at))
            .map(|instance| &mut instance.values),
    };
    if let Some(values) = values {
        if texts.is_empty() {
            values.remove(name);
        } else {
            values.set(name, Entry::Texts(texts.to_vec()));
        }
    }
    blueprint.subjects.retain(|(_, values)| !values.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_taken_away_and_set_again_keeps_its_values() {
        let (mut stash, id) = (Vec::new(), "flow-node/agent".to_owned());
        let ticked = Edit::Tick(vec![id.clone()]).apply(&Blueprint::default(), &mut stash);
        let owner = Owner::Instance(id.clone(), 0);
        let given =
            Edit::Set(vec![(owner, "agent-alias".into(), vec!["A/B".into()])]).apply(&ticked, &mut stash);
        let gone = Edit::Untick(vec![id.clone()]).apply(&given, &mut stash);
        assert!(gone.ticks.is_empty());
        assert_eq!(Edit::Tick(vec![id]).apply(&gone, &mut stash), given);
    }

    #[test]
    fn the_last_instance_takes_the_tick_with_it() {
        let (mut stash, id) = (Vec::new(), "flow-node/agent".to_owned());
        let one = Edit::AddInstance(id.clone()).apply(&Blueprint::default(), &mut stash);
        let two = Edit::AddInstance(id.clone()).apply(&one, &mut stash);
        let names: Vec<&str> = two.ticks[0].instances.iter().map(|instance| instance.name.as_str()).collect();
        assert_eq!(names, ["agent", "agent-2"]);
        assert_eq!(Edit::RemoveInstance(id.clone(), 1).apply(&two, &mut stash), one);
        assert_eq!(Edit::RemoveInstance(id, 0).apply(&one, &mut stash), Blueprint::default());
    }
}
