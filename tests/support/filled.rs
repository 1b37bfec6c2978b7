//! Templates of `expected-calls.json` with their `$variables` filled in.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "support of tests: a wrong table should panic"
)]

use std::collections::BTreeMap;

use crate::expected::Table;
use crate::random::{self, Place, Random};

/// The variables of one row of one blueprint.
#[derive(Clone, Debug)]
pub struct Vars {
    values: BTreeMap<String, Var>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Var {
    pub form: String,
    pub text: String,
    pub free: bool,
}

/// A template with its variables filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub template: String,
    pub sample: String,
    /// What stands between the free variables.
    between: Vec<String>,
}

impl Vars {
    pub fn new(table: &Table, shared: Option<&Self>, place: &Place, random: &mut Random) -> Self {
        let mut values = BTreeMap::new();
        for (name, form) in &table.variables {
            let kept =
                shared.and_then(|shared| shared.values.get(name)).filter(|_| SHARED.contains(&name.as_str()));
            let var = kept.cloned().unwrap_or_else(|| Var {
                form: form.clone(),
                text: if name == "account" {
                    place.account.clone()
                } else {
                    random::value(form, random, place)
                },
                free: table.free.contains_key(name),
            });
            values.insert(name.clone(), var);
        }
        Self { values, place: place.clone() }
    }

    pub fn get(&self, name: &str) -> &Var {
        self.values.get(name).unwrap_or_else(|| panic!("expected-calls.json: no variable ${name}"))
    }

    /// The same with one variable that may take any value.
    pub fn freed(mut self, name: &str) -> Self {
        self.values.get_mut(name).expect("it is declared").free = true;
        self
    }

    /// The same with one variable changed.
    pub fn with(&self, name: &str, text: String) -> Self {
        let mut new = self.clone();
        new.values.get_mut(name).expect("it was read").text = text;
        new
    }

    pub fn fill(&self, template: &str) -> Filled {
        let (mut sample, mut between) = (String::new(), vec![String::new()]);
        if template == "*" {
            between.push(String::new());
            return Filled { template: template.into(), sample: template.into(), between };
        }
        for (text, name) in pieces(template) {
            sample.push_str(text);
            between.last_mut().expect("never empty").push_str(text);
            let Some(name) = name else { continue };
            let var = self.get(name);
            sample.push_str(&var.text);
            if var.free {
                between.push(String::new());
            } else {
                between.last_mut().expect("never empty").push_str(&var.text);
            }
        }
        Filled { template: template.to_owned(), sample, between }
    }
}

/// Those that a blueprint has once.
const SHARED: [&str; 9] =
    ["partition", "region", "account", "flow", "role", "author", "runner", "logrole", "outside"];

/// Texts, each with the variable that follows it.
fn pieces(template: &str) -> Vec<(&str, Option<&str>)> {
    let mut parts = template.split('$');
    let mut out = Vec::new();
    let mut text = parts.next().unwrap_or_default();
    for part in parts {
        let end = part.bytes().position(|b| !b.is_ascii_lowercase()).unwrap_or(part.len());
        out.push((text, Some(&part[..end])));
        text = &part[end..];
    }
    out.push((text, None));
    out
}

impl Filled {
    /// The names of the template's variables.
    pub fn variables(&self) -> Vec<&str> {
        pieces(&self.template).into_iter().filter_map(|(_, name)| name).collect()
    }

    /// Whether a text is what the template stands for, free variables taking anything.
    pub fn stands_for(&self, text: &str) -> bool {
        let Some(mut rest) = text.strip_prefix(&*self.between[0]) else { return false };
        let Some((last, inner)) = self.between[1..].split_last() else { return rest.is_empty() };
        for part in inner {
            let Some(at) = rest.find(&**part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(&**last)
    }
}
