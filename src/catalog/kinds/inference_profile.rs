//! An inference profile by id or ARN: geographic, global or an application's.

use super::model::{self, Form};
use super::{Context, Given, Kind, Problem, Text, Texts, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "inference-profile",
    title: "an inference profile",
    form: "a profile's id such as us.… or global.…, or its ARN",
    example: "us.amazon.nova-lite-v1:0",
    facets: &[
        ("arn", "the profile's ARN"),
        ("anywhere", "the ARN as given, or an id's ARN in any account and Region"),
    ],
    grants: false,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    match model::form_of(value) {
        Form::GeographicProfile | Form::GlobalProfile | Form::ApplicationProfile => {
            model::check(value, context)
        }
        _ => not_the_form(&KIND, value),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    match (facet, given) {
        ("anywhere", Given::Value(id)) if !id.starts_with("arn:") => {
            let star = Given::Value("*");
            let mut text = super::arn("bedrock", [context.partition, star, star], |_| {});
            text = Text::new(text.as_str());
            text.push_str("inference-profile/");
            given.push_to(&mut text);
            text.explain_star("profile-in-any-account".into());
            out.push(text);
            true
        }
        ("arn" | "anywhere", _) => model::fill("arn", given, context, out),
        _ => false,
    }
}
