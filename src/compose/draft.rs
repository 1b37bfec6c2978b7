//! From grants to draft statements: conditions of place and time judged, templates filled, origins
//! noted. Uniting comes later.

use std::collections::BTreeMap;

use super::fill::{Filled, Found, Frame, Shows, fill, plain, values};
use super::origin::{Origin, Table, Use};
use super::resolve::{Resolved, UseOf};
use super::statement::{Condition, It, Leaf, Statement, Terms, Which, join_equal};
use crate::catalog::capability::{Capability, Conditions, ConditionsOf, Grant, Requirement, WhyStar};
use crate::catalog::document::DocumentSpec;
use crate::catalog::template::{Reference, Template};
use crate::policy::tree::{OriginId, Origins, Text};

/// Everything around the grant that is being written.
struct Around<'r, 'a> {
    one: &'r UseOf<'a>,
    each: Option<&'r UseOf<'a>>,
    with: Option<Use>,
    order: (usize, usize, usize),
}

/// The statements that a document holds whenever it is there, written once for all who need it.
struct Required {
    document: usize,
    /// Where its statements stand among the drafts.
    range: std::ops::Range<usize>,
    /// The origins that its leaves have by the first who needed it, and those by everybody.
    origins: Vec<(Origins, Vec<OriginId>)>,
}

/// Collects the statements of a blueprint.
pub(super) struct Drafts<'r, 'a> {
    resolved: &'r Resolved<'a>,
    table: Table,
    statements: Vec<Statement<'a>>,
    required: Vec<Required>,
}

impl<'r, 'a: 'r> Drafts<'r, 'a> {
    pub(super) fn new(resolved: &'r Resolved<'a>) -> Self {
        let grants = resolved.uses.iter().map(|one| one.capability.grants.len() + 1).sum();
        let table = Table::with_capacity(2 * grants);
        Self { resolved, table, statements: Vec::with_capacity(grants), required: Vec::new() }
    }

    pub(super) fn finish(mut self) -> (Vec<Statement<'a>>, Vec<Origin>) {
        for required in self.required {
            let everybody: Vec<(Origins, Origins)> =
                required.origins.into_iter().map(|(first, ids)| (first, Origins::of(ids))).collect();
            for statement in self.statements.get_mut(required.range).unwrap_or_default() {
                statement.each_origins(&mut |origins| {
                    if let Some((_, all)) = everybody.iter().find(|(first, _)| first == origins) {
                        origins.clone_from(all);
                    }
                });
            }
        }
        (self.statements, self.table.origins)
    }

    /// The statements of every instance.
    pub(super) fn all(&mut self) {
        let resolved = self.resolved;
        for one in &resolved.uses {
            self.table.begin(one.at);
            for requirement in &one.capability.requires {
                self.requirement(one, requirement);
            }
            for (index, grant) in one.capability.grants.iter().enumerate() {
                self.grant(one, grant, (one.position + 1, index, 0));
            }
        }
    }

    /// The statements of a document that must be there.
    fn requirement(&mut self, one: &'r UseOf<'a>, requirement: &'a Requirement) {
        let name = match requirement {
            Requirement::Always(name) => name,
            Requirement::When { document, when } => {
                if !self.resolved.when(when, Some(&one.owner), None) {
                    return;
                }
                document
            }
        };
        let catalog = self.resolved.catalog;
        let Some(document) = catalog.document_position(name) else { return };
        if let Some(known) = self.required.iter_mut().find(|known| known.document == document) {
            for (first, ids) in &mut known.origins {
                ids.extend(first.as_slice().iter().map(|id| self.table.like(*id, one.at)));
            }
            return;
        }
        let Some(spec) = catalog.document_at(document) else { return };
        let start = self.statements.len();
        for (index, grant) in spec.statements.iter().enumerate() {
            let around = Around { one, each: None, with: None, order: (0, index, 0) };
            let frame = Frame { own: Some(&one.owner), ..Frame::default() };
            self.statement(grant, &around, (document, Which::default(), None), &frame);
        }
        let range = start..self.statements.len();
        let mut origins: Vec<(Origins, Vec<OriginId>)> = Vec::new();
        for statement in self.statements.get_mut(range.clone()).unwrap_or_default() {
            statement.each_origins(&mut |found| {
                if !origins.iter().any(|(known, _)| known == found) {
                    origins.push((found.clone(), found.as_slice().to_vec()));
                }
            });
        }
        self.required.push(Required { document, range, origins });
    }

    /// A grant once, or once for each instance of another capability.
    fn grant(&mut self, one: &'r UseOf<'a>, grant: &'a Grant, order: (usize, usize, usize)) {
        let resolved = self.resolved;
        let instances = |id: &'a str| resolved.uses.iter().filter(move |other| other.capability.id == id);
        match (&grant.for_each, &grant.while_ticked) {
            (Some(id), _) => {
                for each in instances(id) {
                    self.grant_once(grant, &Around { one, each: Some(each), with: Some(each.at), order });
                }
            }
            (None, Some(id)) => {
                for other in instances(id) {
                    self.grant_once(grant, &Around { one, each: None, with: Some(other.at), order });
                }
            }
            (None, None) => self.grant_once(grant, &Around { one, each: None, with: None, order }),
        }
    }

    fn grant_once(&mut self, grant: &'a Grant, around: &Around<'r, 'a>) {
        let each = around.each.map(|each| &each.owner);
        if !self.resolved.when(&grant.when, Some(&around.one.owner), each) {
            return;
        }
        let frame = frame(around.one, around.each);
        let Some(place) = self.place(grant, around, &frame) else { return };
        match &grant.uses {
            Some(reference) => self.model_calls(reference, around, &place, &frame),
            None => self.statement(grant, around, place, &frame),
        }
    }

    /// The document a grant writes to, and which one of a per-resource document.
    fn place(
        &self,
        grant: &'a Grant,
        around: &Around<'r, 'a>,
        frame: &Frame<'r, 'a>,
    ) -> Option<(usize, Which, Option<It<'a>>)> {
        let name = plain(self.resolved, grant.document.as_ref()?, frame)?;
        let position = self.resolved.catalog.document_position(&name)?;
        let Some(of) = &grant.of else { return Some((position, Which::default(), None)) };
        let spec = self.resolved.catalog.document_at(position)?;
        let each = around.each.map(|each| &each.owner);
        let (owner, parameter, state) = self.resolved.lookup(of, Some(&around.one.owner), each)?;
        let given = Resolved::givens(state, parameter, frame.pinned).next()?;
        let it = Frame { it: Some((owner, parameter, given)), ..*frame };
        let at = if of.name == "each" { around.each?.at } else { around.one.at };
        let which = which(self.resolved, spec, &it);
        Some((position, which, Some(It { at, parameter: parameter.name })))
    }

    /// The statements that calling a model needs, for each value of the parameter.
    fn model_calls(
        &mut self,
        reference: &'a Reference,
        around: &Around<'r, 'a>,
        place: &(usize, Which, Option<It<'a>>),
        frame: &Frame<'r, 'a>,
    ) {
        let resolved = self.resolved;
        let Some(calls) = resolved.catalog.model_calls() else { return };
        let facet = reference.facet.as_deref().unwrap_or("invoke");
        let Some(actions) = calls.calls.get(facet) else { return };
        let Some((owner, parameter, state)) = resolved.lookup(reference, frame.own, frame.each) else {
            return;
        };
        for given in Resolved::givens(state, parameter, frame.pinned) {
            let form = given
                .value()
                .map_or("foundation-model", |value| crate::catalog::kinds::model::form_of(value).name());
            let Some(grants) = calls.forms.get(form) else { continue };
            for (index, grant) in grants.iter().enumerate() {
                let it_is_each = reference.name == "each";
                let frame =
                    Frame { it: Some((owner, parameter, given)), it_is_each, calls: actions, ..*frame };
                let order = (around.order.0, around.order.1, index);
                let around = Around { order, ..*around };
                self.statement(grant, &around, place.clone(), &frame);
            }
        }
    }

    fn statement(
        &mut self,
        grant: &'a Grant,
        around: &Around<'r, 'a>,
        place: (usize, Which, Option<It<'a>>),
        frame: &Frame<'_, 'a>,
    ) {
        let by = around.one.at;
        let base = Origins::One(self.table.id(by, around.with, None));
        let terms = |this: &mut Self, yes: &'a [Template], not: &'a [Template], place| {
            let negated = !not.is_empty();
            let list = if negated { not } else { yes };
            let leaves = this.leaves(list, grant.why_star.as_ref(), place, around, frame, &base);
            Terms { negated, leaves }
        };
        let actions = terms(self, &grant.actions, &grant.not_actions, "actions");
        let mut resources = terms(self, &grant.resources, &grant.not_resources, "resources");
        resources.leaves.sort_by(|a, b| a.text.cmp(&b.text));
        join_equal(&mut resources.leaves);
        let principal = grant.principal.iter().map(|(kind, templates)| {
            (*kind, self.leaves(templates.as_slice(), None, "principal", around, frame, &base))
        });
        let principal = principal.collect();
        let conditions = self.conditions(grant, around, frame, &base);
        let sid = plain(self.resolved, &grant.sid, frame).unwrap_or_default();
        let (document, which, it) = place;
        self.statements.push(Statement {
            document,
            which,
            it,
            order: around.order,
            sid,
            effect: grant.effect,
            principal,
            actions,
            resources,
            conditions,
            base,
        });
    }

    /// The conditions of a grant. An operator that compares literally becomes its Like form while a
    /// value of the key holds a wildcard.
    fn conditions(
        &mut self,
        grant: &'a Grant,
        around: &Around<'r, 'a>,
        frame: &Frame<'_, 'a>,
        base: &Origins,
    ) -> Vec<Condition> {
        let Some(block) = shared_or_own(grant, around.one.capability) else { return Vec::new() };
        let mut out: Vec<Condition> = Vec::with_capacity(block.values().map(BTreeMap::len).sum());
        for (operator, keys) in block {
            for (key, templates) in keys {
                let mut values =
                    self.leaves(templates.as_slice(), grant.why_star.as_ref(), key, around, frame, base);
                values.sort_by(|a, b| a.text.cmp(&b.text));
                join_equal(&mut values);
                let wild = values.iter().any(|leaf| leaf.text.has_wildcard());
                let operator = if wild { like(operator) } else { operator };
                out.push(Condition { operator, key, values });
            }
        }
        out.sort_by(|a, b| (a.operator, a.key).cmp(&(b.operator, b.key)));
        out
    }

    fn leaves(
        &mut self,
        templates: &'a [Template],
        why: Option<&WhyStar>,
        place: &str,
        around: &Around<'r, 'a>,
        frame: &Frame<'_, 'a>,
        base: &Origins,
    ) -> Vec<Leaf> {
        let mut out = Vec::with_capacity(templates.len());
        for template in templates {
            if let Some(plain) = template.plain_text() {
                let mut text = Text::fixed(plain);
                explain(&mut text, why, place);
                out.push(Leaf { text, origins: base.clone() });
                continue;
            }
            if let Some(reference) = template.single_reference() {
                let (found, shows) = values(self.resolved, reference, frame);
                let origins = self.origins(&shows, around, base);
                match found {
                    Found::Given(given) => out.push(Leaf { text: given.text(), origins }),
                    Found::Texts(texts) => {
                        out.extend(texts.into_iter().map(|text| Leaf { text, origins: origins.clone() }));
                    }
                }
                continue;
            }
            for Filled { mut text, shows } in fill(self.resolved, template, frame) {
                let written = template.pieces.iter().any(has_star);
                if written {
                    explain(&mut text, why, place);
                }
                out.push(Leaf { text, origins: self.origins(&shows, around, base) });
            }
        }
        out
    }

    fn origins(&mut self, shows: &Shows, around: &Around<'r, 'a>, base: &Origins) -> Origins {
        let (by, with) = (around.one.at, around.with);
        match &**shows {
            [] => base.clone(),
            [one] => Origins::One(self.table.id(by, with, Some(*one))),
            several => Origins::of(several.iter().map(|show| self.table.id(by, with, Some(*show))).collect()),
        }
    }
}

fn frame<'r, 'a>(one: &'r UseOf<'a>, each: Option<&'r UseOf<'a>>) -> Frame<'r, 'a> {
    Frame {
        own: Some(&one.owner),
        each: each.map(|each| &each.owner),
        pinned: !one.capability.pinned.is_empty(),
        ..Frame::default()
    }
}

/// Which one of a per-resource document the value `it` means.
fn which<'a>(resolved: &Resolved<'a>, spec: &'a DocumentSpec, it: &Frame<'_, 'a>) -> Which {
    let text = |template: &'a Option<Template>| {
        template.as_ref().and_then(|template| plain(resolved, template, it)).unwrap_or_default()
    };
    Which { name: text(&spec.named), account: text(&spec.account), region: text(&spec.region) }
}

fn shared_or_own<'a>(grant: &'a Grant, capability: &'a Capability) -> Option<&'a Conditions> {
    match grant.conditions.as_ref()? {
        ConditionsOf::Own(block) => Some(block),
        ConditionsOf::Shared(name) => capability.conditions.get(name),
    }
}

fn explain(text: &mut Text, why: Option<&WhyStar>, place: &str) {
    if text.has_wildcard()
        && let Some(reason) = why.and_then(|why| why.at(place))
    {
        text.explain_star(reason.into());
    }
}

fn has_star(piece: &crate::catalog::template::Piece) -> bool {
    use crate::catalog::template::Piece;
    match piece {
        Piece::Text(text) => crate::text::has_wildcard(text),
        Piece::Reference(_) => false,
        Piece::Optional(inner) => inner.iter().any(has_star),
    }
}

/// The form of an operator that reads wildcards.
fn like(operator: &'static str) -> &'static str {
    match operator {
        "ArnEquals" => "ArnLike",
        "ArnNotEquals" => "ArnNotLike",
        "StringEquals" => "StringLike",
        "StringNotEquals" => "StringNotLike",
        other => other,
    }
}
