//! A Region by its name.

use super::{Context, Kind, Problem, no_facets, region_unknown};

pub(super) const KIND: Kind = Kind {
    name: "region",
    title: "a Region",
    form: "a Region's name",
    example: "eu-west-1",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    match (context.regions.partition_of(value), context.partition.value()) {
        (None, _) => vec![region_unknown(value, context.regions)],
        (Some(found), Some(partition)) if found != partition => {
            vec![Problem::new(
                "partition-mismatch",
                &[("value", value), ("found", found), ("partition", partition)],
            )]
        }
        _ => Vec::new(),
    }
}
