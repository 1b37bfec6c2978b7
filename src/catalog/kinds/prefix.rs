//! A prefix of object names in a bucket, without slashes at its ends.

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "prefix",
    title: "a prefix in a bucket",
    form: "a folder such as results/daily: no slash at its ends, no wildcard",
    example: "results/daily",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    let fine = value.len() <= 900
        && !value.starts_with('/')
        && !value.ends_with('/')
        && !value.contains(['*', '?', '"', '\\'])
        && !value.contains("//");
    if fine { Vec::new() } else { not_the_form(&KIND, value) }
}
