//! A tag as `key=value`.

use super::{Context, Given, Kind, Problem, Texts, not_the_form, plain};

pub(super) const KIND: Kind = Kind {
    name: "tag",
    title: "a tag",
    form: "KEY=VALUE",
    example: "team=search",
    facets: &[("key", "the tag's key"), ("value", "the tag's value")],
    grants: false,
    check,
    fill,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    let fine = value.split_once('=').is_some_and(|(key, value)| {
        !key.is_empty() && key.chars().count() <= 128 && value.chars().count() <= 256
    });
    if fine { Vec::new() } else { not_the_form(&KIND, value) }
}

fn fill(facet: &str, given: Given<'_>, _: &Context<'_>, out: &mut Texts) -> bool {
    let part = match (given, facet) {
        (Given::Value(text), "key") => Given::Value(text.split_once('=').map_or(text, |(key, _)| key)),
        (Given::Value(text), "value") => Given::Value(text.split_once('=').map_or("", |(_, value)| value)),
        (other, "key" | "value") => other,
        _ => return false,
    };
    out.push(plain(part));
    true
}
