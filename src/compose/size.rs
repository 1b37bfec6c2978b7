//! IAM's size limits: how identity policies are attached, and how large ones are split.
//!
//! Limits are those of the IAM User Guide, "IAM and AWS STS quotas"; white space does
//! not count. Statements are kept whole; only one that is over the limit alone is split, by its
//! resources.

use super::build::Built;
use super::fill::Frame;
use super::resolve::Resolved;
use super::statement::find_it;
use crate::catalog::document::DocumentKind;
use crate::catalog::template::Reference;
use crate::policy::print::counted_size;
use crate::policy::tree::{Member, Node, Text, Value};

/// Characters of one managed policy.
pub const MANAGED: usize = 6_144;
/// Characters of a role's trust policy, by default; an account can have it raised to 8,192.
pub const TRUST: usize = 2_048;
/// Bytes of a KMS key policy.
pub const KEY: usize = 32_768;
/// Managed policies that a role can hold by default; at most 25.
pub const MANAGED_PER_ROLE: usize = 20;
/// Managed policies that a user or group can hold by default.
pub const MANAGED_PER_PERSON: usize = 10;

/// What an identity policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// A role.
    Role,
    /// A user.
    User,
    /// A group.
    Group,
}

impl Entity {
    /// The word in commands.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::User => "user",
            Self::Group => "group",
        }
    }

    /// Characters that all its inline policies may have together.
    #[must_use]
    pub fn inline_limit(self) -> usize {
        match self {
            Self::Role => 10_240,
            Self::User => 2_048,
            Self::Group => 5_120,
        }
    }

    /// Managed policies it can hold by default.
    #[must_use]
    pub fn managed_limit(self) -> usize {
        if self == Self::Role { MANAGED_PER_ROLE } else { MANAGED_PER_PERSON }
    }
}

/// How an identity policy goes to its role, user or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Role, user or group.
    pub entity: Entity,
    /// Its name.
    pub name: String,
    /// True for an inline policy, false for a managed one.
    pub inline: bool,
    /// How many documents of this bundle go to it.
    pub documents: usize,
}

/// Decides inline or managed for every identity document and splits those that are too large.
pub(super) fn attach_and_split(resolved: &Resolved<'_>, built: &mut Vec<Built<'_>>) {
    let mut targets: Vec<(Entity, String, usize)> = Vec::new();
    let mut of = Vec::with_capacity(built.len());
    for one in built.iter() {
        let target = target(resolved, one).map(|(entity, name)| {
            let known = targets.iter().position(|(e, n, _)| (*e, n) == (entity, &name));
            let at = known.unwrap_or_else(|| {
                targets.push((entity, name, 0));
                targets.len() - 1
            });
            if let Some((_, _, total)) = targets.get_mut(at) {
                *total += one.document.size;
            }
            at
        });
        of.push(target);
    }
    let mut out = Vec::with_capacity(built.len());
    for (one, target) in built.drain(..).zip(of) {
        let found = target.and_then(|at| targets.get(at));
        let Some((entity, name, total)) = found else {
            let limit = if one.document.kind == DocumentKind::Identity { MANAGED } else { usize::MAX };
            out.extend(split(one, limit));
            continue;
        };
        let inline = *total <= entity.inline_limit();
        let limit = if inline { usize::MAX } else { MANAGED };
        let attachment = Attachment { entity: *entity, name: name.clone(), inline, documents: 0 };
        out.extend(split(one, limit).into_iter().map(|mut part| {
            part.document.attachment = Some(attachment.clone());
            part
        }));
    }
    count(&mut out);
    *built = out;
}

/// Notes with each attachment how many documents go to the same entity.
fn count(built: &mut [Built<'_>]) {
    let keys: Vec<_> = built
        .iter()
        .map(|one| one.document.attachment.as_ref().map(|a| (a.entity, a.name.clone())))
        .collect();
    for (one, key) in built.iter_mut().zip(&keys) {
        if let Some(attachment) = &mut one.document.attachment {
            attachment.documents = keys.iter().filter(|other| *other == key).count();
        }
    }
}

/// The role, user or group that an identity document goes to.
fn target(resolved: &Resolved<'_>, built: &Built<'_>) -> Option<(Entity, String)> {
    if built.document.kind != DocumentKind::Identity {
        return None;
    }
    let spec = resolved.catalog.document_at(built.document.spec)?;
    let it = built.it.as_ref().and_then(|it| find_it(resolved, it));
    let frame = Frame { it, ..Frame::default() };
    let who = match &spec.subject {
        Some(subject) => subject.as_str(),
        None => {
            it?;
            "it"
        }
    };
    let name = facet(resolved, who, "name", &frame)?;
    let entity = match facet(resolved, who, "kind", &frame).as_deref() {
        Some("user") => Entity::User,
        Some("group") => Entity::Group,
        _ => Entity::Role,
    };
    Some((entity, name))
}

/// A facet of a subject or of `it`, as plain text.
fn facet(resolved: &Resolved<'_>, who: &str, facet: &str, frame: &Frame<'_, '_>) -> Option<String> {
    let reference = Reference { name: who.to_owned(), parameter: None, facet: Some(facet.to_owned()) };
    if who == "it" {
        let (owner, parameter, given) = frame.it?;
        return resolved
            .facet(owner, parameter, [given], Some(facet))
            .into_iter()
            .next()
            .map(Text::into_string);
    }
    let (owner, parameter, state) = resolved.lookup(&reference, None, None)?;
    let givens = Resolved::givens(state, parameter, false);
    resolved.facet(owner, parameter, givens, Some(facet)).into_iter().next().map(Text::into_string)
}

/// Splits a document into as few as possible, each within the limit.
fn split(mut built: Built<'_>, limit: usize) -> Vec<Built<'_>> {
    if built.document.size <= limit {
        return vec![built];
    }
    let Some(statements) = take_statements(&mut built.document.root) else { return vec![built] };
    let empty = counted_size(&built.document.root);
    let room = limit.saturating_sub(empty);
    let mut pieces: Vec<(Node, usize)> = Vec::new();
    for statement in statements {
        let size = counted_size(&statement);
        if size <= room {
            pieces.push((statement, size));
        } else {
            let parts = split_statement(statement, room).into_iter();
            pieces.extend(parts.map(|part| {
                let size = counted_size(&part);
                (part, size)
            }));
        }
    }
    // A statement costs its size and a comma; the last one has no comma, so the room is one larger.
    let sizes: Vec<usize> = pieces.iter().map(|(_, size)| size + 1).collect();
    let bins = pack(&sizes, room + 1);
    let count = bins.iter().max().map_or(1, |last| last + 1);
    let mut parts: Vec<(Vec<Node>, usize)> = vec![(Vec::new(), empty); count];
    for ((piece, size), bin) in pieces.into_iter().zip(bins) {
        if let Some((nodes, total)) = parts.get_mut(bin) {
            *total += size + usize::from(!nodes.is_empty());
            nodes.push(piece);
        }
    }
    parts.into_iter().enumerate().map(|(bin, (nodes, size))| part(&built, nodes, size, bin)).collect()
}

/// Takes the statements out of a document and leaves an empty list.
fn take_statements(root: &mut Node) -> Option<Vec<Node>> {
    let Value::Object(members) = &mut root.value else { return None };
    let member = members.iter_mut().find(|member| member.key == "Statement")?;
    match &mut member.value.value {
        Value::Array(items) => Some(std::mem::take(items)),
        _ => None,
    }
}

/// The document of which `built` is the empty shell, with these statements.
fn part<'a>(built: &Built<'a>, statements: Vec<Node>, size: usize, bin: usize) -> Built<'a> {
    let mut document = built.document.clone();
    if let Value::Object(members) = &mut document.root.value
        && let Some(member) = members.iter_mut().find(|member| member.key == "Statement")
    {
        member.value = Node::array(statements);
    }
    document.name =
        if bin == 0 { built.base_name.clone() } else { format!("{}-{}", built.base_name, bin + 1) };
    document.file = format!("{}.json", document.name);
    document.size = size;
    Built { document, it: built.it, base_name: built.base_name.clone() }
}

/// One statement as several with the same everything but resources. A statement with a single
/// resource cannot be split and stays as it is.
fn split_statement(statement: Node, room: usize) -> Vec<Node> {
    let resources = statement.get("Resource").map(Node::items).unwrap_or_default();
    if resources.len() < 2 {
        return vec![statement];
    }
    let empty = counted_size(&with_resources(&statement, &[], 100));
    let mut chunks: Vec<Vec<Node>> = vec![Vec::new()];
    let mut size = empty;
    for resource in resources {
        let cost = counted_size(resource) + 1;
        if size + cost > room && chunks.last().is_some_and(|chunk| !chunk.is_empty()) {
            chunks.push(Vec::new());
            size = empty;
        }
        size += cost;
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(resource.clone());
        }
    }
    chunks
        .into_iter()
        .enumerate()
        .map(|(index, chunk)| with_resources(&statement, &chunk, index + 1))
        .collect()
}

/// The statement with other resources, its Sid numbered from the second on.
fn with_resources(statement: &Node, resources: &[Node], number: usize) -> Node {
    let members = statement.members().iter().map(|member| match (member.key.as_ref(), &member.value.value) {
        ("Resource", _) => Member::new("Resource", Node::array(resources.to_vec())),
        ("Sid", Value::Text(sid)) if number > 1 => {
            let mut text = sid.clone();
            text.push_str(&format!("Part{number}"));
            Member::new("Sid", Node::new(Value::Text(text), member.value.place.clone()))
        }
        _ => member.clone(),
    });
    Node::object(members.collect())
}

/// Puts items into as few bins as possible and returns each item's bin. First fit by falling size;
/// where that is more than the sizes alone demand, a bounded search looks for fewer.
fn pack(sizes: &[usize], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    let size = |item: &usize| sizes.get(*item).copied().unwrap_or(0);
    order.sort_by_key(|item| (std::cmp::Reverse(size(item)), *item));
    let ordered: Vec<usize> = order.iter().map(size).collect();
    let mut best = first_fit(&ordered, room);
    let least = ordered.iter().sum::<usize>().div_ceil(room.max(1));
    let mut count = best.iter().max().map_or(0, |last| last + 1);
    while count > least.max(1) {
        let mut search =
            Search { sizes: &ordered, room, loads: vec![0; count - 1], bins: Vec::new(), steps: 200_000 };
        if !search.place(0) {
            break;
        }
        best = search.bins;
        count -= 1;
    }
    let mut bins = vec![0; sizes.len()];
    for (item, bin) in order.iter().zip(&best) {
        if let Some(slot) = bins.get_mut(*item) {
            *slot = *bin;
        }
    }
    renumber(&mut bins);
    bins
}

fn first_fit(sizes: &[usize], room: usize) -> Vec<usize> {
    let mut loads: Vec<usize> = Vec::new();
    let mut bins = Vec::with_capacity(sizes.len());
    for size in sizes {
        let fitting = loads.iter().position(|load| load + size <= room);
        let bin = fitting.unwrap_or_else(|| {
            loads.push(0);
            loads.len() - 1
        });
        if let Some(load) = loads.get_mut(bin) {
            *load += size;
        }
        bins.push(bin);
    }
    bins
}

/// Numbers bins by their first item, so that the order of statements stays as it was.
fn renumber(bins: &mut [usize]) {
    let mut seen: Vec<usize> = Vec::new();
    for bin in bins {
        let known = seen.iter().position(|old| old == bin);
        *bin = known.unwrap_or_else(|| {
            seen.push(*bin);
            seen.len() - 1
        });
    }
}

struct Search<'a> {
    sizes: &'a [usize],
    room: usize,
    loads: Vec<usize>,
    bins: Vec<usize>,
    steps: usize,
}

impl Search<'_> {
    fn place(&mut self, item: usize) -> bool {
        let Some(size) = self.sizes.get(item).copied() else { return true };
        let mut tried: Vec<usize> = Vec::new();
        for bin in 0..self.loads.len() {
            let load = self.loads.get(bin).copied().unwrap_or(usize::MAX);
            if self.steps == 0 || tried.contains(&load) || load.saturating_add(size) > self.room {
                continue;
            }
            self.steps -= 1;
            tried.push(load);
            if let Some(slot) = self.loads.get_mut(bin) {
                *slot += size;
            }
            self.bins.push(bin);
            if self.place(item + 1) {
                return true;
            }
            self.bins.pop();
            if let Some(slot) = self.loads.get_mut(bin) {
                *slot -= size;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_is_optimal_where_first_fit_is_not() {
        // First fit by falling size needs three bins of 10 here; two are enough.
        let sizes = [4, 4, 5, 2, 3, 2];
        let bins = pack(&sizes, 10);
        assert_eq!(bins.iter().max(), Some(&1), "{bins:?}");
        for bin in 0..=1 {
            let load: usize = sizes.iter().zip(&bins).filter(|(_, b)| **b == bin).map(|(s, _)| s).sum();
            assert!(load <= 10);
        }
        assert_eq!(bins[0], 0, "the first statement stays in the first document");
    }
}
