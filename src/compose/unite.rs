//! Uniting statements, and their canonical order.
//!
//! Statements unite only when document, Sid, effect, principal, actions and conditions are all
//! equal; then their resources unite, and nothing else does. Statements that differ but have one
//! Sid get a number behind it, in canonical order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::statement::{Condition, It, Leaf, Statement, Terms, Which, join_equal};
use crate::catalog::few::Few;

/// The statements of one document.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) document: usize,
    pub(super) which: Which,
    pub(super) it: Option<It<'a>>,
    pub(super) statements: Vec<Statement<'a>>,
}

/// Unites statements and groups them by document, documents and statements in canonical order.
///
/// Equal statements are found by a check sum of everything on which they unite; the order of the
/// result comes from [`compare`] alone.
pub(super) fn unite(statements: Vec<Statement<'_>>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::with_capacity(16);
    let mut known: BTreeMap<u64, Few<(usize, usize)>> = BTreeMap::new();
    for mut statement in statements {
        let places = known.entry(check_sum(&statement)).or_default();
        let equal = places.iter().find_map(|(group, at)| {
            let kept = groups.get(*group)?.statements.get(*at)?;
            (compare(kept, &statement) == Ordering::Equal).then_some((*group, *at))
        });
        let kept = equal.and_then(|(group, at)| groups.get_mut(group)?.statements.get_mut(at));
        if let Some(kept) = kept {
            join(kept, &mut statement);
            continue;
        }
        let same = |group: &Group<'_>| group.document == statement.document && group.which == statement.which;
        let at = groups.iter().position(same).unwrap_or_else(|| {
            groups.push(Group {
                document: statement.document,
                which: statement.which.clone(),
                it: statement.it,
                statements: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            places.push((at, group.statements.len()));
            group.statements.push(statement);
        }
    }
    groups.sort_by(|a, b| (a.document, &a.which).cmp(&(b.document, &b.which)));
    for group in &mut groups {
        for statement in &mut group.statements {
            statement.resources.leaves.sort_by(|a, b| a.text.cmp(&b.text));
            join_equal(&mut statement.resources.leaves);
        }
        group
            .statements
            .sort_by(|a, b| a.order.cmp(&b.order).then_with(|| conditions(a, b)).then_with(|| compare(a, b)));
        number_sids(&mut group.statements);
    }
    groups
}

/// A check sum of the parts that two statements must share to unite. Equal statements have equal
/// sums; whether statements with equal sums are equal is still to be compared.
fn check_sum(statement: &Statement<'_>) -> u64 {
    let mut sum = mix(mix(statement.document as u64, &statement.which.name), &statement.sid);
    let principal = statement.principal.iter().flat_map(|(_, leaves)| leaves);
    let conditions = statement.conditions.iter().flat_map(|condition| &condition.values);
    for leaf in principal.chain(&statement.actions.leaves).chain(conditions) {
        sum = mix(sum, leaf.text.as_str());
    }
    sum
}

/// Takes a text into a check sum: its length and its end, where names and ids differ.
fn mix(sum: u64, text: &str) -> u64 {
    let end = text.bytes().rev().take(12);
    end.fold(sum ^ text.len() as u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Order of everything on which statements unite; equal means they do.
fn compare(a: &Statement<'_>, b: &Statement<'_>) -> Ordering {
    (a.document, &a.which, &a.sid, a.effect)
        .cmp(&(b.document, &b.which, &b.sid, b.effect))
        .then_with(|| a.principal.len().cmp(&b.principal.len()))
        .then_with(|| {
            let pairs = a.principal.iter().zip(&b.principal);
            first(pairs.map(|(a, b)| a.0.cmp(b.0).then_with(|| leaves(&a.1, &b.1))))
        })
        .then_with(|| terms(&a.actions, &b.actions))
        .then_with(|| a.resources.negated.cmp(&b.resources.negated))
        .then_with(|| if a.resources.negated { terms(&a.resources, &b.resources) } else { Ordering::Equal })
        .then_with(|| conditions(a, b))
}

fn conditions(a: &Statement<'_>, b: &Statement<'_>) -> Ordering {
    let one = |(a, b): (&Condition, &Condition)| {
        (a.operator, a.key).cmp(&(b.operator, b.key)).then_with(|| leaves(&a.values, &b.values))
    };
    let length = a.conditions.len().cmp(&b.conditions.len());
    length.then_with(|| first(a.conditions.iter().zip(&b.conditions).map(one)))
}

fn terms(a: &Terms, b: &Terms) -> Ordering {
    a.negated.cmp(&b.negated).then_with(|| leaves(&a.leaves, &b.leaves))
}

fn leaves(a: &[Leaf], b: &[Leaf]) -> Ordering {
    let length = a.len().cmp(&b.len());
    length.then_with(|| first(a.iter().zip(b).map(|(a, b)| a.text.cmp(&b.text))))
}

fn first(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Joins an equal statement: resources unite, origins of everything else join.
fn join(kept: &mut Statement<'_>, other: &mut Statement<'_>) {
    kept.base.join(&other.base);
    kept.order = kept.order.min(other.order);
    let together = |kept: &mut Vec<Leaf>, other: &[Leaf]| {
        for (kept, other) in kept.iter_mut().zip(other) {
            kept.text.join_marks(&other.text);
            kept.origins.join(&other.origins);
        }
    };
    together(&mut kept.actions.leaves, &other.actions.leaves);
    for (kept, other) in kept.principal.iter_mut().zip(&other.principal) {
        together(&mut kept.1, &other.1);
    }
    for (kept, other) in kept.conditions.iter_mut().zip(&other.conditions) {
        together(&mut kept.values, &other.values);
    }
    if kept.resources.negated {
        together(&mut kept.resources.leaves, &other.resources.leaves);
    } else {
        kept.resources.leaves.append(&mut other.resources.leaves);
    }
}

/// Numbers what stands under a Sid that was there before: each base counts on from its last number.
fn number_sids(statements: &mut [Statement<'_>]) {
    let mut taken: BTreeSet<Cow<'static, str>> = BTreeSet::new();
    let mut last: BTreeMap<Cow<'static, str>, usize> = BTreeMap::new();
    for statement in statements.iter_mut().filter(|statement| !statement.sid.is_empty()) {
        if taken.contains(&statement.sid) {
            let base = statement.sid.clone();
            let number = last.entry(base.clone()).or_insert(1);
            while taken.contains(&statement.sid) {
                *number += 1;
                statement.sid = format!("{base}{number}").into();
            }
        }
        taken.insert(statement.sid.clone());
    }
}
