//! The generated reference as the tests read it: every IAM action, and strangers of every resource
//! type. Read from the files, not through the crate.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong reference should panic"
)]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::random::{Place, Random, value};

/// All IAM actions and resource types of `assets/reference/services`.
#[derive(Debug)]
pub struct Universe {
    /// Service and `service:Action`.
    pub actions: Vec<(String, String)>,
    /// By service: ARN forms.
    forms: BTreeMap<String, Vec<String>>,
    /// By service: the file.
    pub services: BTreeMap<String, Value>,
}

impl Universe {
    pub fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/reference/services");
        let mut this = Self { actions: Vec::new(), forms: BTreeMap::new(), services: BTreeMap::new() };
        let entries = std::fs::read_dir(folder).expect("the reference is there");
        let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).expect("readable");
            let service: Value = serde_json::from_str(&text).expect("JSON");
            let prefix = service["service"].as_str().expect("a prefix").to_owned();
            for name in service["actions"].as_object().expect("actions").keys() {
                this.actions.push((prefix.clone(), format!("{prefix}:{name}")));
            }
            let types = service["resources"].as_object().into_iter().flatten();
            let arns = types.flat_map(|(_, one)| one["arns"].as_array().into_iter().flatten());
            let forms = arns.filter_map(Value::as_str).map(str::to_owned).collect();
            this.forms.insert(prefix.clone(), forms);
            this.services.insert(prefix, service);
        }
        this
    }

    /// By service, two resources of every type that nobody named: one beside the person's own, one
    /// in another account and Region.
    pub fn strangers(&self, place: &Place, random: &mut Random) -> BTreeMap<String, Vec<String>> {
        let far = Place {
            region: value("outside-region", random, place),
            account: value("account", random, place),
            ..place.clone()
        };
        let mut out = BTreeMap::new();
        for (service, forms) in &self.forms {
            let near = forms.iter().map(|form| filled(form, place, random)).collect::<Vec<_>>();
            let far = forms.iter().map(|form| filled(form, &far, random)).collect::<Vec<_>>();
            out.insert(service.clone(), [near, far].concat());
        }
        out
    }
}

fn filled(form: &str, place: &Place, random: &mut Random) -> String {
    let mut out = String::new();
    let mut rest = form;
    while let Some(start) = rest.find("${") {
        let end = start + rest[start..].find('}').expect("it is closed");
        out.push_str(&rest[..start]);
        match &rest[start + 2..end] {
            "Partition" => out.push_str(&place.partition),
            "Region" => out.push_str(&place.region),
            "Account" => out.push_str(&place.account),
            _ => out.push_str(&value("id10", random, place)),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.replace('*', "star")
}
