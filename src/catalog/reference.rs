//! AWS's facts as data: IAM actions, resource types, condition keys, Regions, managed policies.
//!
//! Generated into `assets/reference/` by `scripts/reference.py`, dated, never edited by hand. What is
//! true although the reference lacks it stands in `assets/exceptions.json`, with its source. Each
//! file is read when first asked for, each IAM action when first looked at. Whether a policy agrees
//! with the facts is the business of `lint`.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::assets;

mod forms;
mod keys;
mod regions;

pub use forms::{ArnForm, FormField, Tail};
use keys::Key;
pub use keys::key_fits;
pub use regions::{Partition, Regions};

/// The reference as a whole.
#[derive(Debug)]
pub struct Reference {
    services: Vec<(&'static str, OnceLock<Option<Service>>)>,
    index: OnceLock<Index>,
    global_keys: OnceLock<Vec<Key>>,
    regions: OnceLock<Regions>,
    managed: OnceLock<BTreeMap<String, ManagedPolicy>>,
    exceptions: OnceLock<Vec<Exception>>,
}

/// Where the reference comes from.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Source {
    /// The package it was generated from.
    pub package: String,
    /// Its version.
    pub version: String,
    /// The day its data were current, `YYYY-MM-DD`.
    pub date: String,
    /// Its licence.
    pub licence: String,
}

#[derive(Debug, Default, Deserialize)]
struct Index {
    source: Source,
    services: BTreeMap<String, String>,
}

/// A service's part of the reference.
#[derive(Debug)]
pub struct Service {
    /// Its prefix in IAM actions.
    pub prefix: &'static str,
    /// Its name.
    pub name: String,
    /// True when every IAM action is listed: only then can one be called unknown.
    pub complete: bool,
    actions: Vec<(&'static str, &'static str, OnceLock<Box<Action>>)>,
    resources: Vec<(&'static str, &'static str, OnceLock<Box<ResourceType>>)>,
    keys: Vec<Key>,
}

/// One IAM action.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Action {
    /// Access levels: Read, Write, List, Tagging, Permissions management.
    pub levels: Vec<String>,
    /// Resource types it can be scoped to; a `*` behind the name means required. Empty: only `*`.
    pub resources: Vec<String>,
    /// Condition keys it takes beside the global ones.
    pub keys: Vec<String>,
    /// IAM actions that a caller needs in addition.
    pub dependent: Vec<String>,
    #[serde(skip)]
    forms: OnceLock<Vec<ArnForm>>,
}

impl Action {
    /// The resource types without the mark for required ones.
    pub fn resource_types(&self) -> impl Iterator<Item = &str> {
        self.resources.iter().map(|name| name.trim_end_matches('*'))
    }
}

/// One resource type.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResourceType {
    /// ARN forms with `${…}` variables.
    pub arns: Vec<String>,
    /// Condition keys that arrive with it.
    pub keys: Vec<String>,
}

/// One of AWS's own managed policies.
#[derive(Clone, Debug, Deserialize)]
pub struct ManagedPolicy {
    /// Its ARN in the partition `aws`.
    pub arn: String,
    /// Its version, `v11`.
    pub version: String,
    /// The day of that version.
    pub date: String,
    /// The document.
    pub document: Box<RawValue>,
}

/// Something true that the reference lacks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exception {
    /// The IAM action.
    pub action: String,
    /// The resource type it takes although the reference does not say so.
    pub resource_type: String,
    /// How sure that is, and what to do instead.
    pub note: String,
    /// Where it stands.
    pub source: String,
}

static BUILTIN: LazyLock<Reference> = LazyLock::new(|| Reference {
    services: assets::SERVICES.iter().map(|(prefix, _)| (*prefix, OnceLock::new())).collect(),
    index: OnceLock::new(),
    global_keys: OnceLock::new(),
    regions: OnceLock::new(),
    managed: OnceLock::new(),
    exceptions: OnceLock::new(),
});

/// Reads an embedded file. A file that does not read counts as empty; a test reads them all.
fn embedded<T: Default + Deserialize<'static>>(text: &'static str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

impl Reference {
    /// The embedded reference.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| embedded(assets::REFERENCE_INDEX))
    }

    /// Where the facts come from and of which day they are.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.index().source
    }

    /// A service whose IAM actions are listed.
    #[must_use]
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        let (found, (name, slot)) = assets::SERVICES
            .iter()
            .zip(&self.services)
            .find(|((name, _), _)| name.eq_ignore_ascii_case(prefix))?;
        slot.get_or_init(|| Service::read(name, found.1)).as_ref()
    }

    /// The services whose IAM actions are listed.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        assets::SERVICES.iter().filter_map(|(prefix, _)| self.service(prefix))
    }

    /// The name behind a service prefix, of every service AWS has.
    #[must_use]
    pub fn service_name(&self, prefix: &str) -> Option<&str> {
        self.index().services.get(&prefix.to_ascii_lowercase()).map(String::as_str)
    }

    /// Every service prefix.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.index().services.keys().map(String::as_str)
    }

    /// Splits `service:Action` and looks the IAM action up, without regard to case.
    #[must_use]
    pub fn action(&self, text: &str) -> Option<(&Service, &str, &Action)> {
        let (prefix, name) = text.split_once(':')?;
        let service = self.service(prefix)?;
        let (name, action) = service.action(name)?;
        Some((service, name, action))
    }

    /// The ARN forms of everything that an IAM action of a service takes, exceptions included.
    #[must_use]
    pub fn forms<'r>(&self, service: &Service, name: &str, action: &'r Action) -> &'r [ArnForm] {
        action.forms.get_or_init(|| {
            let is_this = |full: &str| full.split_once(':') == Some((service.prefix, name));
            let excepted = self.exceptions().iter().filter(|exception| is_this(&exception.action));
            let excepted = excepted.map(|exception| exception.resource_type.as_str());
            let types =
                action.resource_types().chain(excepted).filter_map(|kind| service.resource_type(kind));
            types.flat_map(|kind| &kind.arns).filter_map(|form| ArnForm::parse(form)).collect()
        })
    }

    /// The type of a condition key that every service may see.
    #[must_use]
    pub fn global_key(&self, key: &str) -> Option<&str> {
        let keys = self.global_keys();
        let exact = keys.binary_search_by(|known| known.name.cmp(key)).ok().and_then(|at| keys.get(at));
        exact.or_else(|| keys.iter().find(|known| known.fits(key))).map(|found| found.kind)
    }

    /// The names of the global condition keys.
    pub fn global_key_names(&self) -> impl Iterator<Item = &str> {
        self.global_keys().iter().map(|key| key.name)
    }

    fn global_keys(&self) -> &[Key] {
        self.global_keys.get_or_init(|| keys::read_global(assets::GLOBAL_KEYS))
    }

    /// Regions and partitions.
    #[must_use]
    pub fn regions(&self) -> &Regions {
        self.regions.get_or_init(|| embedded(assets::REGIONS))
    }

    /// One of AWS's own policies.
    #[must_use]
    pub fn managed_policy(&self, name: &str) -> Option<&ManagedPolicy> {
        #[derive(Default, Deserialize)]
        struct File {
            policies: BTreeMap<String, ManagedPolicy>,
        }
        self.managed.get_or_init(|| embedded::<File>(assets::MANAGED_POLICIES).policies).get(name)
    }

    /// What is true although the reference lacks it.
    #[must_use]
    pub fn exceptions(&self) -> &[Exception] {
        #[derive(Default, Deserialize)]
        struct File {
            exceptions: Vec<Exception>,
        }
        self.exceptions.get_or_init(|| embedded::<File>(assets::EXCEPTIONS).exceptions)
    }
}

impl Service {
    /// Reads a service's file by its lines: `scripts/reference.py` writes one entry a line, sorted,
    /// in the sections `actions`, `resources` and `keys`, so that nothing but the entries looked at
    /// has to be parsed. A test holds that this finds what a JSON reader finds.
    fn read(prefix: &'static str, text: &'static str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Head {
            name: String,
            complete: bool,
        }
        let mut lines = text.split('\n');
        let head = lines.by_ref().find(|line| line.starts_with("\"service\""))?;
        let head: Head = serde_json::from_str(&format!("{{{}}}", head.trim_end_matches(','))).ok()?;
        let mut service = Self {
            prefix,
            name: head.name,
            complete: head.complete,
            actions: Vec::with_capacity(300),
            resources: Vec::new(),
            keys: Vec::new(),
        };
        let mut section = "";
        for line in lines {
            let line = line.strip_suffix(',').unwrap_or(line);
            let Some((name, value)) = line.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
                continue;
            };
            let Some(value) = value.strip_prefix(':') else { continue };
            match (section, value) {
                (_, "{") => section = name,
                ("actions", _) => service.actions.push((name, value, OnceLock::new())),
                ("resources", _) => service.resources.push((name, value, OnceLock::new())),
                ("keys", _) => service.keys.push(Key::new(name, value.trim_matches('"'))),
                _ => {}
            }
        }
        Some(service)
    }

    /// An IAM action by name, without regard to case, with its name as AWS spells it.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<(&'static str, &Action)> {
        let index = self.actions.binary_search_by(|(known, _, _)| (*known).cmp(name)).ok();
        let index = index
            .or_else(|| self.actions.iter().position(|(known, _, _)| known.eq_ignore_ascii_case(name)))?;
        let (name, raw, slot) = self.actions.get(index)?;
        Some((name, slot.get_or_init(|| embedded(raw))))
    }

    /// The names of its IAM actions, sorted.
    pub fn action_names(&self) -> impl Iterator<Item = &'static str> {
        self.actions.iter().map(|(name, _, _)| *name)
    }

    /// A resource type by name.
    #[must_use]
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        let index = self.resources.binary_search_by(|(known, _, _)| (*known).cmp(name)).ok()?;
        let (_, raw, slot) = self.resources.get(index)?;
        Some(slot.get_or_init(|| embedded(raw)))
    }

    /// The names of its resource types, sorted.
    pub fn resource_type_names(&self) -> impl Iterator<Item = &str> {
        self.resources.iter().map(|(name, _, _)| *name)
    }

    /// The type of one of its condition keys, without regard to case.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|known| known.fits(key)).map(|known| known.kind)
    }

    /// The names of its condition keys, sorted.
    pub fn key_names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_reads() {
        let reference = Reference::builtin();
        for (prefix, text) in assets::SERVICES {
            let whole: serde_json::Value = serde_json::from_str(text).unwrap();
            let service = reference.service(prefix).unwrap();
            let names = |section: &str| whole[section].as_object().map_or(Vec::new(), |o| o.keys().collect());
            assert!(service.action_names().eq(names("actions")), "{prefix}");
            assert!(service.resource_type_names().eq(names("resources")), "{prefix}");
            assert!(service.key_names().eq(names("keys")), "{prefix}");
            assert_eq!(whole["complete"], service.complete);
            for (name, value, _) in &service.actions {
                let value: serde_json::Value = serde_json::from_str(value).unwrap();
                assert_eq!(value, whole["actions"][*name], "{prefix}:{name}");
            }
        }
        assert_eq!(reference.service("bedrock").unwrap().action_names().count(), 262);
        for service in reference.services() {
            for name in service.action_names() {
                let (_, action) = service.action(name).unwrap();
                assert!(!action.levels.is_empty(), "{}:{name} has no level", service.prefix);
                for kind in action.resource_types() {
                    assert!(service.resource_type(kind).is_some(), "{}:{name} takes {kind}", service.prefix);
                }
            }
        }
        assert!(reference.service_name("BEDROCK").is_some() && reference.prefixes().count() > 400);
        let keys: serde_json::Value = serde_json::from_str(assets::GLOBAL_KEYS).unwrap();
        let keys = keys["keys"].as_object().unwrap();
        assert!(keys.len() > 50 && reference.global_key_names().eq(keys.keys()));
        assert!(keys.iter().all(|(name, key)| key["type"] == *reference.global_key(name).unwrap()));
        assert!(reference.managed_policy("AmazonBedrockFullAccess").is_some());
        assert_eq!(reference.source().date.len(), 10);
        assert!(!reference.exceptions().is_empty());
    }

    #[test]
    fn keys_are_found_without_case_and_by_family() {
        let reference = Reference::builtin();
        assert_eq!(reference.global_key("AWS:SourceArn"), Some("ARN"));
        assert_eq!(reference.global_key("aws:ResourceTag/team"), Some("String"));
        assert_eq!(reference.global_key("aws:ResourceTag/"), None);
        let kms = reference.service("kms").unwrap();
        assert_eq!(kms.key("kms:EncryptionContext:aws:s3:arn"), Some("String"));
        assert_eq!(kms.key("kms:EncryptionContext"), None);
        assert_eq!(reference.service("bedrock").unwrap().key("bedrock:inferenceprofilearn"), Some("ARN"));
    }
}
