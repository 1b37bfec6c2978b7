//! What the person wants: scope, subjects, ticks with their instances, imported facts.
//!
//! A blueprint is small, cloned freely (undo is a list of them) and saved as a file. Here belongs
//! its form; reading and writing the file is in [`mod@file`], filling values in from the command line
//! in [`edit`]. What is made of it belongs to `compose`. Nothing here judges a value.

use crate::policy::tree::{Member, Node, Place, Value};

pub mod edit;
pub mod file;

/// What the person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blueprint {
    /// Partition, Region and account.
    pub scope: Scope,
    /// Values of subjects, by subject.
    pub subjects: Vec<(String, Values)>,
    /// What is ticked.
    pub ticks: Vec<Tick>,
    /// `GetInferenceProfile` responses as they were read.
    pub profiles: Vec<Node>,
    /// Fields of the file that this program does not know, kept.
    pub extra: Vec<Member>,
}

/// Partition, Region and account, asked once and used everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Derived from the Region when it is not given.
    pub partition: Option<String>,
    /// The Region.
    pub region: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// Fields of the file that this program does not know, kept.
    pub extra: Vec<Member>,
}

/// A ticked capability.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tick {
    /// The capability's id; one that is unknown here is kept.
    pub capability: String,
    /// One or more uses of it.
    pub instances: Vec<Instance>,
    /// Fields of the file that this program does not know, kept.
    pub extra: Vec<Member>,
}

/// One use of a ticked capability.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instance {
    /// Its name: the flow node's on import.
    pub name: String,
    /// Its values.
    pub values: Values,
    /// Fields of the file that this program does not know, kept.
    pub extra: Vec<Member>,
}

/// Values by parameter, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    entries: Vec<(String, Entry)>,
}

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One text or several, in order. An empty text counts as not given.
    Texts(Vec<String>),
    /// Something in the file that is neither a string nor a list of strings; kept as it is.
    Other(Node),
}

impl Values {
    /// The texts of a parameter; none when it is not given. Empty texts are left out.
    pub fn texts(&self, parameter: &str) -> impl Iterator<Item = &str> {
        let texts = match self.entry(parameter) {
            Some(Entry::Texts(texts)) => texts.as_slice(),
            _ => &[],
        };
        texts.iter().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The first text of a parameter.
    #[must_use]
    pub fn text(&self, parameter: &str) -> Option<&str> {
        self.texts(parameter).next()
    }

    /// The entry of a parameter as it is.
    #[must_use]
    pub fn entry(&self, parameter: &str) -> Option<&Entry> {
        self.entries.iter().find(|(name, _)| name == parameter).map(|(_, entry)| entry)
    }

    /// Every parameter that has an entry.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// Sets a parameter's entry, in its old place when it had one.
    pub fn set(&mut self, parameter: &str, entry: Entry) {
        match self.entries.iter_mut().find(|(name, _)| name == parameter) {
            Some((_, old)) => *old = entry,
            None => self.entries.push((parameter.to_owned(), entry)),
        }
    }

    /// Adds texts to those a parameter has.
    pub fn add(&mut self, parameter: &str, more: Vec<String>) {
        match self.entries.iter_mut().find(|(name, _)| name == parameter) {
            Some((_, Entry::Texts(texts))) => texts.extend(more),
            _ => self.set(parameter, Entry::Texts(more)),
        }
    }

    /// Takes a parameter's entry away.
    pub fn remove(&mut self, parameter: &str) {
        self.entries.retain(|(name, _)| name != parameter);
    }

    /// True when nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Tick {
    /// Gives every instance that has no name one of its own; a tick without instances gets one.
    pub fn name_instances(&mut self) {
        file::name_instances(self);
    }
}

impl Blueprint {
    /// The values of a subject; none given is an empty set of values.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&Values> {
        self.subjects.iter().find(|(name, _)| name == id).map(|(_, values)| values)
    }

    /// The tick of a capability.
    #[must_use]
    pub fn tick(&self, capability: &str) -> Option<&Tick> {
        self.ticks.iter().find(|tick| tick.capability == capability)
    }
}

/// What a `GetInferenceProfile` response says; `None` when it is none.
#[must_use]
pub fn profile_facts(response: &Node) -> Option<crate::catalog::kinds::Profile> {
    let models = response.get("models")?.items();
    let arns: Vec<String> =
        models.iter().filter_map(|model| model.get("modelArn")?.as_str()).map(str::to_owned).collect();
    let is_arn = |arn: &String| arn.contains(":foundation-model/") && !arn.contains(['*', '?']);
    (!arns.is_empty() && arns.iter().all(is_arn)).then_some(())?;
    Some(crate::catalog::kinds::Profile {
        arn: response.get("inferenceProfileArn")?.as_str()?.to_owned(),
        id: response.get("inferenceProfileId")?.as_str()?.to_owned(),
        models: arns,
    })
}

/// A string node for a value.
fn string(text: &str) -> Node {
    Node::string(text)
}

/// A list node when there are several texts, a string node for one.
fn texts_node(texts: &[String]) -> Node {
    match texts {
        [one] => string(one),
        _ => Node::new(Value::Array(texts.iter().map(|text| string(text)).collect()), Place::default()),
    }
}
