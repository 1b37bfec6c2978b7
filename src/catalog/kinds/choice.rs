//! One of the values that the parameter lists.

use super::{Context, Kind, Problem, no_facets};

pub(super) const KIND: Kind = Kind {
    name: "choice",
    title: "one of the listed values",
    form: "one of the values that the parameter lists",
    example: "deny-scp",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    if context.choices.iter().any(|choice| choice.value == value) {
        return Vec::new();
    }
    let values: Vec<&str> = context.choices.iter().map(|choice| choice.value.as_str()).collect();
    vec![Problem::new("value-not-listed", &[("value", value), ("values", &values.join(", "))])]
}
