//! From ticks to documents: a pure function of catalog and blueprint.
//!
//! The way: [`resolve`] gives every parameter its value, default, pattern or hole; `draft` turns
//! grants into statements of leaves, with `fill` for their templates; `unite` joins equal
//! statements and puts them in canonical order; `build` makes the documents; [`size`] measures and
//! splits them. [`runbook`] says, when asked, how to put them in place. Same input, same bytes: the order of ticks
//! and instances does not matter.
//!
//! Here belongs making. Judging what was made belongs to `lint`, writing it to `export`.

use crate::blueprint::Blueprint;
use crate::catalog::Catalog;
use crate::catalog::document::DocumentKind;
use crate::policy::tree::Node;

mod build;
mod draft;
mod fill;
pub mod origin;
pub mod resolve;
pub mod runbook;
pub mod size;
mod statement;
mod unite;

pub use origin::{Origin, Parameter};
pub use runbook::{Command, Step};

/// Everything composed from a blueprint. The steps that put it in place are made of it when they are
/// asked for, by [`runbook::steps`].
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The documents, in canonical order.
    pub documents: Vec<Document>,
    /// The origins that leaves point to.
    pub origins: Vec<Origin>,
    /// AWS's own policies that are to be attached.
    pub managed: Vec<Managed>,
    /// Values that are missing and that no document shows: an optional group left empty.
    pub missing: Vec<Origin>,
}

/// One IAM policy document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name, unique in the bundle.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its place among the declared documents.
    pub spec: usize,
    /// The account of its resource, for a document of one resource.
    pub account: Option<String>,
    /// The ARN of its resource, for a document of one resource.
    pub resource: Option<String>,
    /// Its file's name.
    pub file: String,
    /// The policy.
    pub root: Node,
    /// What it is attached to, in words.
    pub attach_to: String,
    /// How an identity policy is to be attached.
    pub attachment: Option<size::Attachment>,
    /// Characters that count against IAM's limits.
    pub size: usize,
    /// The value that a document of one resource belongs to: its instance and parameter.
    pub of: Option<(origin::Use, String)>,
}

/// One of AWS's own policies, to be attached as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed {
    /// Its name.
    pub policy: String,
    /// The capability that asks for it.
    pub capability: String,
}

/// Composes a blueprint's documents.
#[must_use]
pub fn compose(catalog: &Catalog, blueprint: &Blueprint) -> Bundle {
    compose_resolved(&resolve::Resolved::new(catalog, blueprint))
}

/// Composes the documents of values that are resolved already.
#[must_use]
pub fn compose_resolved(resolved: &resolve::Resolved<'_>) -> Bundle {
    let mut drafts = draft::Drafts::new(resolved);
    drafts.all();
    let (statements, origins) = drafts.finish();
    let groups = unite::unite(statements);
    let mut documents = build::documents(resolved, groups);
    size::attach_and_split(resolved, &mut documents);
    Bundle {
        documents: documents.into_iter().map(|built| built.document).collect(),
        origins,
        managed: resolved.managed(),
        missing: resolved.missing(),
    }
}

impl Document {
    /// The limit that its size is held against, where it has one of its own.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        match (self.kind, &self.attachment) {
            (DocumentKind::Trust, _) => Some(size::TRUST),
            (DocumentKind::Identity, Some(attachment)) if attachment.inline => {
                Some(attachment.entity.inline_limit())
            }
            (DocumentKind::Identity, _) => Some(size::MANAGED),
            (DocumentKind::Key, _) => Some(size::KEY),
            _ => None,
        }
    }
}

impl Bundle {
    /// True when nothing is to be put in place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.managed.is_empty()
    }

    /// A document by name.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }

    /// The origins of a composed node.
    pub fn origins_of<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Origin> {
        node.place.origins().iter().filter_map(|id| self.origins.get(*id as usize))
    }
}
