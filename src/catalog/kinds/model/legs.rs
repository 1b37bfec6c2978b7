//! The foundation models behind a profile or router: the legs that are checked beside it.
//!
//! Where they are, in this order: the Regions that the person lists; what a `GetInferenceProfile`
//! response of this very profile says; else a star that the statement's condition holds. A
//! geographic profile also needs the model in the Region that calls it (Amazon Bedrock User Guide:
//! geographic-cross-region-inference), a global one the model without a Region.

use super::{Form, Texts, location, own_arn};
use crate::catalog::kinds::{Arn, Context, Given, Text, arn};

/// One field of a leg: a value, or a star of ours with its reason.
#[derive(Clone, Copy)]
enum Part<'a> {
    Given(Given<'a>),
    Star(&'static str),
}

impl Part<'_> {
    fn push_to(self, out: &mut Text) {
        match self {
            Self::Given(given) => given.push_to(out),
            Self::Star(reason) => {
                out.push_str("*");
                out.explain_star(reason.into());
            }
        }
    }
}

/// Adds the legs to `out`, each once.
pub(super) fn fill(given: Given<'_>, form: Form, context: &Context<'_>, out: &mut Texts) {
    let [partition, region, account] = location(given, context);
    let mut push = |text: Text| {
        if !out.contains(&text) {
            out.push(text);
        }
    };
    let here = Part::Given(region);
    let (model, reason) = match form {
        Form::GeographicProfile | Form::GlobalProfile => {
            let id = given.value().map_or(given, |value| Given::Value(model_id(value)));
            (Part::Given(id), "regions-behind-profile")
        }
        Form::ApplicationProfile => (Part::Star("models-behind-profile"), "models-behind-profile"),
        Form::PromptRouter => (Part::Star("models-behind-router"), "models-behind-router"),
        _ => return,
    };
    let known = known(given, form, context);
    if form == Form::GlobalProfile {
        push(leg(partition, here, model));
        push(leg(partition, Part::Given(Given::Value("")), model));
    } else if !context.refinements.is_empty() {
        push(leg(partition, here, model));
        for listed in context.refinements {
            push(leg(partition, Part::Given(Given::Value(listed)), model));
        }
    } else if known.is_empty() {
        push(leg(partition, Part::Star(reason), model));
    } else {
        if form == Form::GeographicProfile {
            push(leg(partition, here, model));
        }
        for arn in known {
            push(Text::new(arn.as_str()));
        }
    }
    if form == Form::PromptRouter {
        push(arn("bedrock", [partition, region, account], |text| {
            text.push_str("inference-profile/");
            Part::Star(reason).push_to(text);
        }));
    }
}

/// The ARN of a foundation model: it has no account.
fn leg(partition: Given<'_>, region: Part<'_>, model: Part<'_>) -> Text {
    let mut out = Text::roomy();
    out.push_str("arn:");
    partition.push_to(&mut out);
    out.push_str(":bedrock:");
    region.push_to(&mut out);
    out.push_str("::foundation-model/");
    model.push_to(&mut out);
    out
}

/// The model's id behind a profile's label: `us.amazon.nova-lite-v1:0` gives `amazon.nova-lite-v1:0`.
fn model_id(value: &str) -> &str {
    let id = Arn::parse(value).and_then(|arn| arn.typed_resource()).map_or(value, |(_, id)| id);
    id.split_once('.').map_or(id, |(_, model)| model)
}

/// What a response says of this very profile, in this account and Region.
fn known<'a>(given: Given<'_>, form: Form, context: &Context<'a>) -> &'a [String] {
    if context.profiles.is_empty() {
        return &[];
    }
    let own = own_arn(given, form, context);
    let found = context.profiles.iter().find(|profile| profile.arn == own.as_str());
    found.map_or(&[], |profile| &profile.models)
}
