//! On or off.

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "switch",
    title: "on or off",
    form: "on or off",
    example: "on",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    if matches!(value, "on" | "off") { Vec::new() } else { not_the_form(&KIND, value) }
}
