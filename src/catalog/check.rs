//! Whether capability and document files make sense: what the loader refuses.
//!
//! A file that reads can still name a kind, facet, document, subject or star reason that does not
//! exist, or use an optional value where nothing says what to do without it. Built-in files pass by
//! test; a person's own files are told their faults.

use super::capability::{Capability, ConditionsOf, Grant, OneOrMany, Parameter, Requirement, When, WhyStar};
use super::document::{DocumentSpec, StepSpec};
use super::kinds::kind;
use super::template::{Reference, Template};
use super::{Catalog, ModelCalls};

/// The code of every fault told here.
pub static CODES: &[&str] = &["capability-faulty"];

/// Names that templates give a meaning of their own.
static RESERVED: &[&str] = &["scope", "it", "each", "calls", "name", "file"];

/// What is wrong with a capability, in words; empty when it is sound.
#[must_use]
pub fn capability(catalog: &Catalog, capability: &Capability) -> Vec<String> {
    let mut check =
        Check { catalog, faults: Vec::new(), own: &capability.parameters, each: &[], it: None, calls: false };
    if capability.id.split('/').count() != 2 || capability.group().is_empty() || capability.name().is_empty()
    {
        check.fault(format!("the id `{}` is not GROUP/NAME", capability.id));
    }
    for (what, text) in
        [("title", &capability.title), ("help", &capability.help), ("teach", &capability.teach)]
    {
        if text.trim().is_empty() {
            check.fault(format!("`{what}` is empty"));
        }
    }
    for parameter in &capability.parameters {
        check.parameter(parameter, &capability.parameters);
    }
    for requirement in &capability.requires {
        let name = match requirement {
            Requirement::Always(name) => name,
            Requirement::When { document, when } => {
                check.when(when);
                document
            }
        };
        check.document_named(name);
    }
    for grant in &capability.grants {
        check.grant(grant, capability);
    }
    for step in &capability.steps {
        check.step(step);
    }
    for attachment in &capability.attaches {
        if catalog.reference().managed_policy(&attachment.policy).is_none() {
            check.fault(format!("there is no managed policy `{}`", attachment.policy));
        }
        if catalog.subject(&attachment.to).is_none() {
            check.fault(format!("there is no subject `{}`", attachment.to));
        }
    }
    for name in capability.one_of.iter().flatten() {
        if capability.parameter(name).is_none() {
            check.fault(format!("`one-of` names `{name}`, which is no parameter"));
        }
    }
    check.faults
}

/// What is wrong with a document, in words.
#[must_use]
pub fn document(catalog: &Catalog, spec: &DocumentSpec) -> Vec<String> {
    let it = spec.per.as_deref();
    let mut check = Check { catalog, faults: Vec::new(), own: &[], each: &[], it, calls: false };
    if let Some(per) = it.filter(|per| kind(per).is_none()) {
        check.fault(format!("there is no kind `{per}`"));
    }
    if let Some(subject) = spec.subject.as_deref().filter(|id| catalog.subject(id).is_none()) {
        check.fault(format!("there is no subject `{subject}`"));
    }
    for template in [&spec.named, &spec.account, &spec.region].into_iter().flatten().chain([&spec.attach]) {
        check.template(template, &When::new());
    }
    for step in &spec.steps {
        check.step(step);
    }
    for grant in &spec.statements {
        check.statement(grant);
    }
    check.faults
}

/// What is wrong with the table of model calls, in words.
#[must_use]
pub fn model_calls(catalog: &Catalog, calls: &ModelCalls) -> Vec<String> {
    let mut check =
        Check { catalog, faults: Vec::new(), own: &[], each: &[], it: Some("model"), calls: true };
    for grant in calls.forms.values().flatten() {
        check.statement(grant);
    }
    check.faults
}

struct Check<'a> {
    catalog: &'a Catalog,
    faults: Vec<String>,
    own: &'a [Parameter],
    each: &'a [Parameter],
    it: Option<&'a str>,
    calls: bool,
}

impl<'a> Check<'a> {
    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    fn parameter(&mut self, parameter: &Parameter, all: &[Parameter]) {
        let name = &parameter.name;
        if RESERVED.contains(name) || self.catalog.subject(name).is_some() {
            self.fault(format!("a parameter cannot be called `{name}`: the name means something else"));
        }
        if all.iter().filter(|other| other.name == *name).count() > 1 {
            self.fault(format!("the parameter `{name}` stands twice"));
        }
        if kind(&parameter.kind).is_none() {
            self.fault(format!("there is no kind `{}`", parameter.kind));
        }
        if parameter.kind == "choice" && parameter.choices.is_empty() {
            self.fault(format!("the choice `{name}` has no values"));
        }
        if let Some(refined) = parameter.refines.as_ref().filter(|n| !all.iter().any(|p| p.name == **n)) {
            self.fault(format!("`{name}` refines `{refined}`, which is no parameter"));
        }
        self.when(&parameter.when);
        if let Some(default) = &parameter.default {
            self.template(default, &When::new());
        }
    }

    fn grant(&mut self, grant: &'a Grant, capability: &'a Capability) {
        if let Some(id) = grant.for_each.as_deref().or(grant.while_ticked.as_deref()) {
            match self.catalog.capability(id) {
                Some(other) if grant.for_each.is_some() => self.each = &other.parameters,
                Some(_) => {}
                None => self.fault(format!("there is no capability `{id}`")),
            }
        }
        match &grant.document {
            None => self.fault("a grant names no document".into()),
            Some(template) => self.grant_document(template, capability),
        }
        if let Some(of) = &grant.of {
            self.reference(of, false, &grant.when);
        }
        self.when(&grant.when);
        if let Some(ConditionsOf::Shared(name)) = grant.conditions.as_ref() {
            match capability.conditions.get(name) {
                None => self.fault(format!("there are no shared conditions `{name}`")),
                Some(block) => {
                    let values = block.values().flat_map(|keys| keys.values());
                    values.flat_map(OneOrMany::as_slice).for_each(|t| self.template(t, &grant.when));
                }
            }
        }
        match &grant.uses {
            Some(reference) => {
                let parameter = self.find(reference);
                let grants = parameter.and_then(|p| kind(&p.kind)).is_some_and(|kind| kind.grants);
                let facet = reference.facet.as_deref().unwrap_or("invoke");
                let known = self.catalog.model_calls().is_some_and(|calls| calls.calls.contains_key(facet));
                if !grants || !known {
                    self.fault(format!(
                        "`use` names `{}.{facet}`, which gives no statements",
                        reference.name
                    ));
                }
            }
            None => self.statement(grant),
        }
        self.each = &[];
    }

    fn grant_document(&mut self, template: &'a Template, capability: &Capability) {
        if let Some(name) = template.plain() {
            return self.document_named(name);
        }
        let choice = template.single_reference().and_then(|r| capability.parameter(&r.name));
        match choice {
            Some(parameter) if parameter.kind == "choice" => {
                parameter.choices.iter().for_each(|choice| self.document_named(&choice.value));
            }
            _ => self.fault("a document is a name or a choice of names".into()),
        }
    }

    fn document_named(&mut self, name: &str) {
        if self.catalog.document_position(name).is_none() {
            self.fault(format!("there is no document `{name}`"));
        }
    }

    /// The statement of a grant: its templates, and a declared reason for every star it writes.
    fn statement(&mut self, grant: &'a Grant) {
        if grant.sid.pieces.is_empty() {
            self.fault("a grant has no `sid`".into());
        }
        if grant.actions.is_empty() == grant.not_actions.is_empty() {
            self.fault("a grant has either `actions` or `not-actions`".into());
        }
        let reasons = |why: &WhyStar| match why {
            WhyStar::One(reason) => vec![*reason],
            WhyStar::By(places) => places.values().copied().collect(),
        };
        for reason in grant.why_star.as_ref().map(reasons).unwrap_or_default() {
            if self.catalog.star(reason).is_none() {
                self.fault(format!("there is no star reason `{reason}`"));
            }
        }
        let mut places: Vec<(&str, &'a Template)> = vec![("sid", &grant.sid)];
        places.extend(grant.actions.iter().chain(&grant.not_actions).map(|t| ("actions", t)));
        places.extend(grant.resources.iter().chain(&grant.not_resources).map(|t| ("resources", t)));
        places.extend(grant.principal.values().flat_map(OneOrMany::as_slice).map(|t| ("principal", t)));
        if let Some(ConditionsOf::Own(block)) = &grant.conditions {
            for (key, values) in block.values().flatten() {
                places.extend(values.as_slice().iter().map(|t| (*key, t)));
            }
        }
        for (place, template) in places {
            self.template(template, &grant.when);
            let star = template
                .pieces
                .iter()
                .any(|piece| matches!(piece, super::template::Piece::Text(t) if t.contains('*')));
            if star && grant.why_star.as_ref().and_then(|why| why.at(place)).is_none() {
                self.fault(format!("a star in `{place}` has no reason"));
            }
        }
    }

    fn step(&mut self, step: &'a StepSpec) {
        self.when(&step.when);
        if let Some(id) = step.unless.as_ref().filter(|id| self.catalog.capability(id).is_none()) {
            self.fault(format!("there is no capability `{id}`"));
        }
        for template in [&step.title, &step.console] {
            self.template(template, &step.when);
        }
    }

    fn when(&mut self, when: &When) {
        for reference in when.keys() {
            self.reference(reference, true, &When::new());
        }
    }

    fn template(&mut self, template: &Template, when: &When) {
        for (reference, optional) in template.references() {
            self.reference(reference, optional, when);
        }
    }

    fn find(&self, reference: &Reference) -> Option<&'a Parameter> {
        let by_name =
            |list: &'a [Parameter], name: &str| list.iter().find(|parameter| parameter.name == name);
        match (reference.name.as_str(), reference.parameter.as_deref()) {
            ("each", Some(name)) => by_name(self.each, name),
            (name, None) if by_name(self.own, name).is_some() => by_name(self.own, name),
            (subject, parameter) => {
                let subject = self.catalog.subject(subject)?;
                match parameter {
                    Some(name) => subject.parameter(name),
                    None => subject.parameters.first(),
                }
            }
        }
    }

    /// A reference names something, its facet exists, and an optional value is guarded.
    fn reference(&mut self, reference: &Reference, optional: bool, when: &When) {
        let facet = reference.facet.as_deref();
        let kind_name = match reference.name.as_str() {
            "scope" if matches!(facet, Some("partition" | "region" | "account" | "region-sid")) => return,
            "name" | "file" => return,
            "calls" if self.calls => return,
            "it" => self.it.map(str::to_owned),
            _ => match self.find(reference) {
                None => None,
                Some(parameter) => {
                    self.guarded(reference, parameter, optional, when);
                    Some(parameter.kind.clone())
                }
            },
        };
        let Some(kind) = kind_name.as_deref().and_then(kind) else {
            return self.fault(format!("`{}` means nothing here", reference.name));
        };
        let known =
            facet.is_none_or(|facet| facet == "text" || kind.facets.iter().any(|(name, _)| *name == facet));
        if !known {
            self.fault(format!("the kind `{}` has no facet `{}`", kind.name, facet.unwrap_or_default()));
        }
    }

    fn guarded(&mut self, reference: &Reference, parameter: &Parameter, optional: bool, when: &When) {
        let own = self.own.iter().any(|own| std::ptr::eq(own, parameter));
        let sure = parameter.required || parameter.default.is_some() || parameter.until_given.is_some();
        let named = when.keys().any(|guard| guard.name == reference.name);
        if own && !sure && !optional && !named {
            self.fault(format!("the optional `{}` is used without a `when` or brackets", parameter.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_file_reads_and_makes_sense() {
        let catalog = Catalog::builtin();
        assert_eq!(catalog.faults(), Vec::<String>::new());
        for one in catalog.capabilities() {
            assert_eq!(capability(catalog, one), Vec::<String>::new(), "{}", one.id);
        }
        for one in catalog.documents() {
            assert_eq!(document(catalog, one), Vec::<String>::new(), "{}", one.name);
        }
        assert_eq!(model_calls(catalog, catalog.model_calls().unwrap()), Vec::<String>::new());
    }
}
