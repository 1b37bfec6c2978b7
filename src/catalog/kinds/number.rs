//! A whole number.

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "number",
    title: "a whole number",
    form: "digits",
    example: "30",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    let fine = !value.is_empty() && value.len() <= 18 && value.bytes().all(|b| b.is_ascii_digit());
    if fine { Vec::new() } else { not_the_form(&KIND, value) }
}
