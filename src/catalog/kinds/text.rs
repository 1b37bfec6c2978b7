//! Any text: names that only appear in commands.

use super::{Context, Kind, Problem, no_facets};

pub(super) const KIND: Kind = Kind {
    name: "text",
    title: "a text",
    form: "any text",
    example: "my-flow",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(_: &str, _: &Context<'_>) -> Vec<Problem> {
    Vec::new()
}
