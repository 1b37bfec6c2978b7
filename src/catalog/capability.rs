//! The form of a capability file, `assets/capabilities/<id>.json`.
//!
//! Here belongs what such a file may say. What its parts mean when a policy is made of them belongs
//! to `compose`; whether a file makes sense (known kinds, facets, documents) to `catalog::check`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::document::StepSpec;
use super::template::{Reference, Template};

/// A text of a catalog's file, which is there as long as the program is.
pub type Kept = &'static str;

/// One row that can be ticked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Capability {
    /// `group/name`; the group is its folder.
    pub id: String,
    /// What the row is called.
    pub title: String,
    /// One line: what it lets somebody do.
    pub help: String,
    /// A paragraph: why it needs what it needs.
    pub teach: String,
    /// What must exist before.
    #[serde(default)]
    pub before: Vec<String>,
    /// What is only likely, and other remarks.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Documents that must be there when this is ticked, beside those its grants write to.
    #[serde(default)]
    pub requires: Vec<Requirement>,
    /// Groups of parameters of which at least one must be given.
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    /// Subjects that must be given here even where a pattern could stand for them.
    #[serde(default)]
    pub pinned: Vec<String>,
    /// True when it can be ticked once only.
    #[serde(default)]
    pub single: bool,
    /// What an instance asks for; giving the first again on the command line starts a new instance.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Condition blocks that several grants share, by name.
    #[serde(default)]
    pub conditions: BTreeMap<String, Conditions>,
    /// What it grants.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// Steps of its own in the runbook.
    #[serde(default)]
    pub steps: Vec<StepSpec>,
    /// Arguments it adds to a step's command.
    #[serde(default)]
    pub arguments: Vec<Arguments>,
    /// AWS's own policies that are to be attached, by name: shown, never written by us.
    #[serde(default)]
    pub attaches: Vec<Attachment>,
    /// The pages the facts rest on.
    pub sources: Vec<String>,
}

impl Capability {
    /// The id's first part.
    #[must_use]
    pub fn group(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The id's last part.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }

    /// A parameter by name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// A remark with its certainty.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// How sure the sources are.
    pub certainty: Certainty,
    /// The remark.
    pub text: String,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Two independent sources agree.
    #[default]
    Certain,
    /// One source, or inference from one.
    Likely,
}

/// A document that must be there, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Requirement {
    /// Always.
    Always(String),
    /// Only while a condition on the instance holds.
    When {
        /// The document's name.
        document: String,
        /// The condition.
        when: When,
    },
}

/// A condition on values: every entry must hold. `given`, `absent`, a value, or a list of values of
/// which one must be there. The key is a reference without braces: `model`, `function.side`.
pub type When = BTreeMap<Reference, Wanted>;

/// What a `when` wants of a value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Wanted {
    /// `given`, `absent` or the value itself.
    One(String),
    /// One of these values.
    Any(Vec<String>),
}

/// A value that an instance or a subject asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Parameter {
    /// Its name on the command line and in blueprints.
    pub name: Kept,
    /// Its name with its subject's in front, `flow.id`; empty for a capability's own.
    #[serde(skip)]
    pub shared_name: Kept,
    /// What a person calls it.
    pub label: String,
    /// The kind that checks it.
    pub kind: String,
    /// One line for its field.
    #[serde(default)]
    pub help: String,
    /// True when there is no exact policy without it.
    #[serde(default)]
    pub required: bool,
    /// True when it takes several values of one thing.
    #[serde(default)]
    pub several: bool,
    /// Asked only while this holds.
    #[serde(default)]
    pub when: When,
    /// The value when none is given; a template.
    #[serde(default)]
    pub default: Option<Template>,
    /// The pattern that stands for it until it is given: then it is no hole.
    #[serde(default)]
    pub until_given: Option<String>,
    /// The parameter whose kind reads this one beside its own value.
    #[serde(default)]
    pub refines: Option<String>,
    /// The values of a choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Where the value stands in AWS's own files.
    #[serde(default)]
    pub from: Vec<From>,
}

impl Parameter {
    /// Its name as a person gives it: `bucket`, `flow.id`.
    #[must_use]
    pub fn full_name(&self) -> Kept {
        if self.shared_name.is_empty() { self.name } else { self.shared_name }
    }

    /// Its kind, with the values of a choice.
    #[must_use]
    pub fn kind_in_words(&self) -> String {
        let values: Vec<&str> = self.choices.iter().map(|choice| choice.value.as_str()).collect();
        if values.is_empty() { self.kind.clone() } else { format!("one of {}", values.join(", ")) }
    }

    /// Whether it must be given, in a word or two.
    #[must_use]
    pub fn need(&self) -> &'static str {
        match (self.required, self.when.is_empty()) {
            (true, true) => "required",
            (true, false) => "required in some cases",
            (false, _) => "optional",
        }
    }
}

/// One value of a choice.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As it is given.
    pub value: String,
    /// As it is read.
    pub label: String,
}

/// A place in one of AWS's own files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    /// The file's form: `node:TYPE`, `flow`, `get-prompt`.
    #[serde(rename = "in")]
    pub form: String,
    /// JSON Pointer; `*` stands for every item of a list.
    pub at: String,
}

/// What a capability writes into a document: one statement, or a kind's statements.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Grant {
    /// The document; a reference to a choice whose values are documents is allowed.
    #[serde(default)]
    pub document: Option<Template>,
    /// The parameter whose value says which of a per-resource document it is.
    #[serde(default)]
    pub of: Option<Reference>,
    /// Repeated for each instance of this capability; `{each:parameter.facet}` is its value.
    #[serde(default)]
    pub for_each: Option<String>,
    /// Only while this other capability is ticked.
    #[serde(rename = "while", default)]
    pub while_ticked: Option<String>,
    /// Only while this holds.
    #[serde(default)]
    pub when: When,
    /// A kind's statements in place of one of its own.
    #[serde(rename = "use", default)]
    pub uses: Option<Reference>,
    /// The statement's id, on which statements unite.
    #[serde(default)]
    pub sid: Template,
    /// Allow unless it says Deny.
    #[serde(default)]
    pub effect: GrantEffect,
    /// Who, for trust, resource and key policies: kind and values.
    #[serde(borrow, default)]
    pub principal: BTreeMap<&'static str, OneOrMany>,
    /// IAM actions.
    #[serde(default)]
    pub actions: Vec<Template>,
    /// All IAM actions but these.
    #[serde(default)]
    pub not_actions: Vec<Template>,
    /// Resources.
    #[serde(default)]
    pub resources: Vec<Template>,
    /// All resources but these.
    #[serde(default)]
    pub not_resources: Vec<Template>,
    /// The condition block, or the name of a shared one.
    #[serde(default)]
    pub conditions: Option<ConditionsOf>,
    /// The reasons for stars written in this grant.
    #[serde(default)]
    pub why_star: Option<WhyStar>,
    /// How sure the need for it is.
    #[serde(default)]
    pub certainty: Certainty,
}

/// Operator, key, values.
pub type Conditions = BTreeMap<&'static str, BTreeMap<&'static str, OneOrMany>>;

/// A grant's conditions.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum ConditionsOf {
    /// The name of a block in the file's `conditions`.
    Shared(String),
    /// Its own block.
    Own(Conditions),
}

/// Ids of `assets/stars.json` for the stars written in a grant.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum WhyStar {
    /// One reason for every star of the grant.
    One(Kept),
    /// A reason by place: `actions`, `resources` or a condition key.
    By(BTreeMap<String, Kept>),
}

impl WhyStar {
    /// The reason at one place.
    #[must_use]
    pub fn at(&self, place: &str) -> Option<Kept> {
        match self {
            Self::One(reason) => Some(reason),
            Self::By(places) => places.get(place).copied(),
        }
    }
}

/// Arguments added to the command of a step, when the capability is ticked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Arguments {
    /// The step's id.
    pub step: String,
    /// The arguments.
    pub add: Vec<Template>,
}

/// A statement's effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum GrantEffect {
    /// Grants.
    #[default]
    Allow,
    /// Refuses.
    Deny,
}

/// One template or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum OneOrMany {
    /// One.
    One(Template),
    /// Several.
    Many(Vec<Template>),
}

impl OneOrMany {
    /// The templates.
    #[must_use]
    pub fn as_slice(&self) -> &[Template] {
        match self {
            Self::One(template) => std::slice::from_ref(template),
            Self::Many(templates) => templates,
        }
    }
}

/// An AWS managed policy to attach.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its name in `assets/reference/managed-policies.json`.
    pub policy: String,
    /// The subject it is attached to.
    pub to: String,
    /// What it allows, in our words.
    pub allows: Vec<String>,
    /// What it does not allow although one might think so.
    pub lacks: Vec<String>,
}
