//! What an ARN that somebody gives says besides the one value: Region, account, a prefix, a flow.
//!
//! Here belongs reading it into values; nothing that was given already is changed. Each reading says
//! in words what it took.

use super::Model;
use super::change::{Edit, Owner};
use super::fields::Field;
use crate::catalog::kinds::{Context, Given, Kind, Texts};
use crate::compose::resolve::Resolved;
use crate::policy::arn::Arn;

/// The values that a field's text stands for, and what was read, in words; `None` for what is no ARN.
#[must_use]
pub fn read(model: &Model, field: &Field, texts: &[String]) -> Option<(Edit, String)> {
    let [text] = texts else { return None };
    let arn = Arn::parse(text)?;
    let kind = field.kind?;
    let mut sets: Vec<(Owner, String, Vec<String>)> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut give = |owner: Owner, name: &str, value: &str| {
        sets.push((owner, name.to_owned(), vec![value.to_owned()]));
    };
    let scope = &model.blueprint.scope;
    let mut filled = model.blueprint.clone();
    let is_account = crate::policy::arn::is_account(arn.account);
    for (name, found, slot) in [
        ("region", arn.region, &mut filled.scope.region),
        ("account", arn.account, &mut filled.scope.account),
    ] {
        let known =
            if name == "region" { scope.region.is_some() } else { scope.account.is_some() || !is_account };
        if !known && !found.is_empty() && !found.contains('*') {
            give(Owner::Scope, name, found);
            words.push(format!("{} {found}", if name == "region" { "Region" } else { "account" }));
            *slot = Some(found.to_owned());
        }
    }
    let resolved = Resolved::new(model.catalog, &filled);
    let context = resolved.context();
    let is_wrong = |code: &str| ["value-form", "arn-of-another-kind"].contains(&code);
    if (kind.check)(text, &context).iter().any(|problem| is_wrong(problem.code)) {
        return None;
    }
    let mut value = text.clone();
    if let Some((bucket, prefix)) = bucket_and_prefix(kind, &arn) {
        words.insert(0, format!("bucket {bucket}"));
        bucket.clone_into(&mut value);
        if let Some(prefix) = prefix.filter(|_| asks(model, field, "prefix")) {
            words.push(format!("prefix {prefix}"));
            give(field.owner.clone(), "prefix", prefix);
        }
    } else if let Some(id) = short(kind, text, &arn, &context) {
        words.insert(0, format!("id {id}"));
        value = id;
    } else {
        words.insert(0, "the ARN as it is".to_owned());
    }
    if kind.name == "flow-alias" && model.blueprint.subject("flow").and_then(|flow| flow.text("id")).is_none()
    {
        let flow = arn.resource.strip_prefix("flow/").and_then(|rest| rest.split('/').next());
        if let Some(flow) = flow.filter(|flow| !flow.is_empty() && !flow.contains('*')) {
            give(Owner::Subject("flow".to_owned()), "id", flow);
            words.push(format!("flow {flow}"));
        }
    }
    give(field.owner.clone(), &field.name, &value);
    Some((Edit::Set(sets), format!("read {}: {}", kind.title, words.join(", "))))
}

/// True when the owner of a field has another parameter of that name, not given yet.
fn asks(model: &Model, field: &Field, name: &str) -> bool {
    super::fields::fields(model, &field.owner)
        .iter()
        .any(|other| other.name == name && other.given.is_empty())
}

/// Bucket and prefix of an ARN of S3.
fn bucket_and_prefix<'a>(kind: &Kind, arn: &Arn<'a>) -> Option<(&'a str, Option<&'a str>)> {
    if kind.name != "bucket" || arn.service != "s3" {
        return None;
    }
    let (bucket, key) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    let prefix = key.trim_end_matches('*').trim_end_matches('/');
    let is_plain = !prefix.is_empty() && !prefix.contains(['*', '?']);
    Some((bucket, is_plain.then_some(prefix)))
}

/// The id that stands for an ARN here: only when the kind makes the very same ARN of it.
fn short(kind: &Kind, text: &str, arn: &Arn<'_>, context: &Context<'_>) -> Option<String> {
    let (_, id) = arn.typed_resource()?;
    if kind.grants || !(kind.check)(id, context).is_empty() {
        return None;
    }
    let mut out = Texts::default();
    let known = (kind.fill)("arn", Given::Value(id), context, &mut out);
    (known && out.len() == 1 && out.first().is_some_and(|made| made.as_str() == text)).then(|| id.to_owned())
}
