//! A guardrail profile by its id: the label of a geography and a version, `us.guardrail.v1:0`.

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "guardrail-profile",
    title: "a guardrail profile",
    form: "the profile's id",
    example: "us.guardrail.v1:0",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    let fine = value.contains('.') && value.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-".contains(&b));
    if fine { Vec::new() } else { not_the_form(&KIND, value) }
}
