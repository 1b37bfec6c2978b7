//! A partition: `aws`, `aws-us-gov`, `aws-cn` …

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "partition",
    title: "a partition",
    form: "aws, aws-us-gov, aws-cn or another partition's id",
    example: "aws",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    if context.regions.is_partition(value) { Vec::new() } else { not_the_form(&KIND, value) }
}
