//! A foundation model by id or ARN, and nothing that leads to one.

use super::model::{self, Form};
use super::{Context, Given, Kind, Problem, Texts, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "foundation-model",
    title: "a foundation model",
    form: "a model's id such as provider.model-v1:0, or its ARN",
    example: "cohere.rerank-v3-5:0",
    facets: &[("arn", "the model's ARN")],
    grants: true,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    match model::form_of(value) {
        Form::FoundationModel => model::check(value, context),
        _ => not_the_form(&KIND, value),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    facet == "arn" && model::fill(facet, given, context, out)
}
