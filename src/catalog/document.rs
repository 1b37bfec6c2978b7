//! The form of a document file, `assets/documents/<name>.json`, and of `assets/subjects.json`.

use serde::Deserialize;

use super::capability::{Grant, Parameter, When};
use super::template::Template;

/// What kind of policy a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// A role's trust policy.
    Trust,
    /// A policy of a role, user or group.
    Identity,
    /// A resource's own policy.
    Resource,
    /// A KMS key's own policy.
    Key,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
}

impl DocumentKind {
    /// The word in JSON output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Key => "key",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
        }
    }
}

/// A declared document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DocumentSpec {
    /// Its name, and its file's.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// One line: what it is for.
    pub help: String,
    /// The subject it is attached to.
    #[serde(default)]
    pub subject: Option<String>,
    /// The parameter kind of which there is one document per value.
    #[serde(default)]
    pub per: Option<String>,
    /// The name of one of them, from `{it…}`.
    #[serde(default)]
    pub named: Option<Template>,
    /// The account of its resource, from `{it…}`.
    #[serde(default)]
    pub account: Option<Template>,
    /// The Region of its resource, from `{it…}`.
    #[serde(default)]
    pub region: Option<Template>,
    /// Statements it holds whenever it is there.
    #[serde(default)]
    pub statements: Vec<Grant>,
    /// What it is attached to, in words.
    pub attach: Template,
    /// The steps that put it in place.
    #[serde(default)]
    pub steps: Vec<StepSpec>,
}

/// One step of the runbook.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct StepSpec {
    /// Its name, when a capability adds arguments to it.
    #[serde(default)]
    pub id: Option<String>,
    /// When in the order of things.
    pub phase: Phase,
    /// What is done.
    pub title: Template,
    /// How, in the console.
    pub console: Template,
    /// How, on the command line.
    pub command: CommandSpec,
    /// True for the step that puts the document in place.
    #[serde(default)]
    pub attaches: bool,
    /// Only while this holds.
    #[serde(default)]
    pub when: When,
    /// Not while this capability is ticked.
    #[serde(default)]
    pub unless: Option<String>,
}

/// The order in which AWS needs things done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// What must exist before.
    Prepare,
    /// Roles with their trust policies.
    CreateRole,
    /// Permissions of those roles.
    GrantRole,
    /// Policies of people and programs.
    People,
    /// The other side: keys, buckets, functions, bots.
    Admit,
    /// The thing itself.
    Create,
    /// Pinning what was open.
    Tighten,
    /// Making it ready for callers.
    Publish,
    /// Limits that bind others.
    Limit,
}

/// A command by its parts; quoting is the encoder's work (`export::shell`).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum CommandSpec {
    /// One command, argument by argument; an argument in square brackets is dropped when empty.
    Run(Vec<Template>),
    /// Several commands, one after the other.
    Runs(Vec<Vec<Template>>),
    /// Reads the policy that is there, adds ours by Sid, shows the difference, puts it back.
    AddToPolicy {
        /// Prints the present policy.
        read: Vec<Template>,
        /// The error that says there is no policy yet.
        #[serde(default)]
        absent: Option<String>,
        /// Puts a policy; the file's argument is added at the end.
        write: Vec<Template>,
    },
    /// Gives an identity policy to the role, user or group of its document.
    AttachIdentity,
    /// One `lambda add-permission` per statement.
    LambdaPermissions,
    /// One `lexv2-models create-resource-policy-statement` per statement.
    LexStatements,
}

/// A thing of which several capabilities speak.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Subject {
    /// Its name in templates and on the command line.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// One line.
    pub help: String,
    /// Its values; the first is meant when a template names the subject alone.
    pub parameters: Vec<Parameter>,
}

impl Subject {
    /// Puts its own name in front of those of its parameters. Subjects are read once and kept.
    pub(super) fn name_parameters(&mut self) {
        for parameter in &mut self.parameters {
            parameter.shared_name = format!("{}.{}", self.id, parameter.name).leak();
        }
    }

    /// A parameter by name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}
