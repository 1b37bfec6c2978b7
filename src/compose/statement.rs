//! A statement on its way into a document: leaves with their origins, not yet JSON.

use std::borrow::Cow;

use super::origin::Use;
use super::resolve::{Owner, Resolved};
use crate::catalog::capability::{GrantEffect, Parameter};
use crate::catalog::kinds::Given;
use crate::policy::tree::{Origins, Text};

/// One text of a statement with its origins.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) text: Text,
    pub(super) origins: Origins,
}

/// A list of leaves and whether it is negated (`NotAction`, `NotResource`).
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) negated: bool,
    pub(super) leaves: Vec<Leaf>,
}

/// One operator and key with its values.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) operator: &'static str,
    pub(super) key: &'static str,
    pub(super) values: Vec<Leaf>,
}

/// Which of a per-resource document it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Which {
    pub(super) name: Cow<'static, str>,
    pub(super) account: Cow<'static, str>,
    pub(super) region: Cow<'static, str>,
}

/// A statement on its way into a document.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub(super) document: usize,
    pub(super) which: Which,
    /// The value of the resource that the document belongs to.
    pub(super) it: Option<It<'a>>,
    /// Capability, grant, part of the grant: the canonical order.
    pub(super) order: (usize, usize, usize),
    pub(super) sid: Cow<'static, str>,
    pub(super) effect: GrantEffect,
    pub(super) principal: Vec<(&'static str, Vec<Leaf>)>,
    pub(super) actions: Terms,
    pub(super) resources: Terms,
    pub(super) conditions: Vec<Condition>,
    /// Who wrote the statement as such.
    pub(super) base: Origins,
}

impl Statement<'_> {
    /// Visits the origins of the statement and of each of its leaves.
    pub(super) fn each_origins(&mut self, visit: &mut dyn FnMut(&mut Origins)) {
        visit(&mut self.base);
        let principal = self.principal.iter_mut().flat_map(|(_, leaves)| leaves);
        let conditions = self.conditions.iter_mut().flat_map(|condition| &mut condition.values);
        let terms = self.actions.leaves.iter_mut().chain(&mut self.resources.leaves);
        for leaf in principal.chain(conditions).chain(terms) {
            visit(&mut leaf.origins);
        }
    }
}

/// Where the value stands that a per-resource document belongs to: use and parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct It<'a> {
    pub(super) at: Use,
    pub(super) parameter: &'a str,
}

/// Joins equal neighbours.
pub(super) fn join_equal(leaves: &mut Vec<Leaf>) {
    leaves.dedup_by(|later, kept| {
        let equal = later.text == kept.text;
        if equal {
            kept.text.join_marks(&later.text);
            kept.origins.join(&later.origins);
        }
        equal
    });
}

/// The value a per-resource document belongs to, found again for its attachment and steps.
pub(super) fn find_it<'r, 'a>(
    resolved: &'r Resolved<'a>,
    it: &It<'_>,
) -> Option<(&'r Owner<'a>, &'a Parameter, Given<'r>)> {
    let one = resolved.uses.iter().find(|one| one.at == it.at)?;
    let (parameter, state) = one.owner.find(it.parameter)?;
    let given = Resolved::givens(state, parameter, true).next()?;
    Some((&one.owner, parameter, given))
}
