//! Facts, capabilities, kinds, documents, subjects and messages: everything the program knows.
//!
//! All of it is data in `assets/`, embedded as text and read once, when first asked for. Here
//! belongs finding and reading it. What is made of it belongs to `compose` and `lint`; the forms of
//! values to [`kinds`].

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use capability::{Capability, Grant};
use document::{DocumentSpec, Subject};
use messages::Message;
use reference::Reference;

pub mod api_names;
pub mod assets;
pub mod capability;
pub mod check;
pub mod document;
pub mod few;
pub mod kinds;
pub mod messages;
pub mod reference;
pub mod template;

/// Everything the program knows.
#[derive(Debug)]
pub struct Catalog {
    capabilities: Vec<Slot<Capability>>,
    documents: Vec<Slot<DocumentSpec>>,
    subjects: OnceLock<Vec<Subject>>,
    stars: OnceLock<BTreeMap<String, String>>,
    model_calls: OnceLock<Option<ModelCalls>>,
    messages: OnceLock<Vec<Slot<Message>>>,
}

/// A file, read when first asked for.
#[derive(Debug)]
struct Slot<T> {
    name: &'static str,
    text: &'static str,
    read: OnceLock<Result<Box<T>, String>>,
}

impl<T: Deserialize<'static>> Slot<T> {
    fn all(files: &[(&'static str, &'static str)]) -> Vec<Self> {
        files.iter().map(|(name, text)| Self { name, text, read: OnceLock::new() }).collect()
    }

    fn get(&self) -> Result<&T, &str> {
        let read =
            self.read.get_or_init(|| serde_json::from_str(self.text).map_err(|error| error.to_string()));
        read.as_deref().map_err(String::as_str)
    }
}

/// `assets/kinds/model.json`: what calling a model needs, by form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelCalls {
    /// The kind's name.
    pub kind: String,
    /// What the file is.
    pub about: String,
    /// The IAM actions that `{calls}` stands for, by facet.
    #[serde(borrow)]
    pub calls: BTreeMap<&'static str, Vec<&'static str>>,
    /// The grants, by form.
    pub forms: BTreeMap<String, Vec<Grant>>,
    /// The pages the facts rest on.
    pub sources: Vec<String>,
}

static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| Catalog {
    capabilities: Slot::all(assets::CAPABILITIES),
    documents: Slot::all(assets::DOCUMENTS),
    subjects: OnceLock::new(),
    stars: OnceLock::new(),
    model_calls: OnceLock::new(),
    messages: OnceLock::new(),
});

impl Catalog {
    /// The embedded catalog. A file that does not read is left out; a test reads them all.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The ids of all capabilities, in the order in which they are shown.
    pub fn capability_ids(&self) -> impl Iterator<Item = &'static str> {
        self.capabilities.iter().map(|slot| slot.name)
    }

    /// Every capability, in the order in which they are shown.
    pub fn capabilities(&self) -> impl Iterator<Item = &Capability> {
        self.capabilities.iter().filter_map(|slot| slot.get().ok())
    }

    /// A capability by id.
    #[must_use]
    pub fn capability(&self, id: &str) -> Option<&Capability> {
        self.capability_at(self.capability_position(id)?)
    }

    /// A capability's place in the order.
    #[must_use]
    pub fn capability_position(&self, id: &str) -> Option<usize> {
        self.capabilities.iter().position(|slot| slot.name == id)
    }

    /// The capability at a place.
    #[must_use]
    pub fn capability_at(&self, position: usize) -> Option<&Capability> {
        self.capabilities.get(position)?.get().ok()
    }

    /// Every document, in the order in which they are shown.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentSpec> {
        self.documents.iter().filter_map(|slot| slot.get().ok())
    }

    /// A document's place in the order.
    #[must_use]
    pub fn document_position(&self, name: &str) -> Option<usize> {
        self.documents.iter().position(|slot| slot.name == name)
    }

    /// The document at a place.
    #[must_use]
    pub fn document_at(&self, position: usize) -> Option<&DocumentSpec> {
        self.documents.get(position)?.get().ok()
    }

    /// The subjects.
    #[must_use]
    pub fn subjects(&self) -> &[Subject] {
        #[derive(Default, Deserialize)]
        #[serde(bound(deserialize = "'de: 'static"))]
        struct File {
            subjects: Vec<Subject>,
        }
        self.subjects.get_or_init(|| {
            let mut file: File = serde_json::from_str(assets::SUBJECTS).unwrap_or_default();
            file.subjects.iter_mut().for_each(Subject::name_parameters);
            file.subjects
        })
    }

    /// A subject by id.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects().iter().find(|subject| subject.id == id)
    }

    /// The sentence behind a star's reason.
    #[must_use]
    pub fn star(&self, reason: &str) -> Option<&str> {
        #[derive(Default, Deserialize)]
        struct File {
            stars: BTreeMap<String, String>,
        }
        let stars =
            self.stars.get_or_init(|| serde_json::from_str::<File>(assets::STARS).unwrap_or_default().stars);
        stars.get(reason).map(String::as_str)
    }

    /// What calling a model needs.
    #[must_use]
    pub fn model_calls(&self) -> Option<&ModelCalls> {
        self.model_calls.get_or_init(|| serde_json::from_str(assets::MODEL_CALLS).ok()).as_ref()
    }

    /// Every message, in the catalog's order.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.message_slots().iter().filter_map(|slot| slot.get().ok())
    }

    fn message_slots(&self) -> &[Slot<Message>] {
        self.messages.get_or_init(|| Slot::all(&messages::entries(assets::MESSAGES)))
    }

    /// The words of a code.
    #[must_use]
    pub fn message(&self, code: &str) -> Option<&Message> {
        self.message_slots().iter().find(|slot| slot.name == code)?.get().ok()
    }

    /// AWS's facts.
    #[must_use]
    pub fn reference(&self) -> &'static Reference {
        Reference::builtin()
    }

    /// What does not read in the embedded files, as `file: why`. Empty in a sound build.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> = Vec::new();
        let mut note = |name: &str, result: Result<(), String>| {
            if let Err(why) = result {
                faults.push(format!("{name}: {why}"));
            }
        };
        for slot in &self.capabilities {
            note(slot.name, slot.get().map(drop).map_err(str::to_owned));
        }
        for slot in &self.documents {
            note(slot.name, slot.get().map(drop).map_err(str::to_owned));
        }
        note("messages.json", messages::read(assets::MESSAGES).map(drop));
        let model: Result<ModelCalls, _> = serde_json::from_str(assets::MODEL_CALLS);
        note("kinds/model.json", model.map(drop).map_err(|error| error.to_string()));
        note("subjects.json", if self.subjects().is_empty() { Err("does not read".into()) } else { Ok(()) });
        note("stars.json", if self.star("typed").is_none() { Err("does not read".into()) } else { Ok(()) });
        faults
    }
}
