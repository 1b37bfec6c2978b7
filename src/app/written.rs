//! What a row writes: which origins are its own, and where in the documents they stand.

use super::Model;
use super::change::Owner;
use super::preview::Tab;
use crate::catalog::document::DocumentKind;
use crate::compose::{Origin, Parameter};
use crate::policy::print::each_leaf_line;
use crate::policy::tree::{Node, OriginId};

/// What is of one owner.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// For every origin, whether it is of the owner's instance or value.
    origins: Vec<bool>,
    /// Texts that are the owner's wherever they stand: Region and account are part of many ARNs.
    texts: Vec<String>,
}

impl Own {
    /// What is of an owner.
    #[must_use]
    pub fn of(model: &Model, owner: &Owner) -> Self {
        let place = match owner {
            Owner::Instance(id, _) => model.blueprint.ticks.iter().position(|tick| tick.capability == *id),
            _ => None,
        };
        let is_meant = |origin: &Origin| match owner {
            Owner::Instance(_, at) => {
                let is = |one: crate::compose::origin::Use| Some(one.tick) == place && one.instance == *at;
                is(origin.by) || origin.with.is_some_and(is)
            }
            Owner::Scope => is_of(origin, "scope"),
            Owner::Subject(subject) => is_of(origin, subject),
        };
        let scope = &model.blueprint.scope;
        let texts = match owner {
            Owner::Scope => [&scope.region, &scope.account].into_iter().flatten().cloned().collect(),
            _ => Vec::new(),
        };
        Self { origins: model.derived.bundle.origins.iter().map(is_meant).collect(), texts }
    }

    /// True when the owner wrote a leaf, or a part of it.
    #[must_use]
    pub fn wrote(&self, leaf: &Node) -> bool {
        let is_own = |id: &OriginId| self.origins.get(*id as usize).copied().unwrap_or(false);
        leaf.place.origins().iter().any(is_own)
            || leaf.as_str().is_some_and(|text| self.texts.iter().any(|own| text.contains(own)))
    }
}

/// True when an origin shows a value of a subject.
fn is_of(origin: &Origin, subject: &str) -> bool {
    match &origin.parameter {
        Some(Parameter::Shared(name)) => name.split('.').next() == Some(subject),
        _ => false,
    }
}

/// The document and line that an owner writes most by itself: the fewest others write there too.
/// Permissions come before trust, the tab that is shown before others.
#[must_use]
pub fn place(model: &Model, owner: &Owner) -> Option<(Tab, usize)> {
    let own = Own::of(model, owner);
    let mut best: Option<((bool, usize, bool), &str, usize)> = None;
    for document in &model.derived.bundle.documents {
        let is_shown = matches!(&model.preview.tab, Some(Tab::Document(name)) if *name == document.name);
        each_leaf_line(&document.root, &mut |leaf, line| {
            let others = leaf.place.origins().len();
            let rank = (document.kind == DocumentKind::Trust, others, !is_shown);
            if best.is_none_or(|(least, ..)| rank < least) && own.wrote(leaf) {
                best = Some((rank, &document.name, line));
            }
        });
    }
    best.map(|(_, name, line)| (Tab::Document(name.to_owned()), line))
}
