//! Anything that can be called as a model: by its id or any ARN (Amazon Bedrock User Guide: inference-prereq).
//!
//! Here belongs recognising the form and building the ARNs. Which IAM actions each form needs
//! stands in `assets/kinds/model.json`.

use super::{Arn, Context, Given, Kind, Problem, Text, arn, arn_problems, not_the_form};

/// The geography labels of cross-Region profiles that public pages name (Amazon Bedrock User Guide,
/// read 2026-11-22). A label that is not here is never guessed: the id is then a foundation model's.
pub const GEOGRAPHIES: &[&str] = &["us", "us-gov", "eu", "apac", "jp", "au", "ca", "in"];

pub(super) const KIND: Kind = Kind {
    name: "model",
    title: "a model",
    form: "a model's id, an inference profile's id, or any ARN that Bedrock can invoke",
    example: "anthropic.claude-3-haiku-20240307-v1:0",
    facets: &[
        ("arn", "the ARN of what is called"),
        ("form", "which form the value was read as"),
        ("models", "the foundation models behind a profile or router"),
        ("marketplace-arn", "the Bedrock resource that stands for Marketplace endpoints"),
    ],
    grants: true,
    check,
    fill,
};

/// What a model id or ARN is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A foundation model.
    FoundationModel,
    /// A cross-Region profile of one geography.
    GeographicProfile,
    /// A profile that routes to any commercial Region.
    GlobalProfile,
    /// A profile of the account's own.
    ApplicationProfile,
    /// Provisioned throughput.
    ProvisionedThroughput,
    /// A custom model deployed on demand.
    Deployment,
    /// A custom model's own ARN.
    CustomModel,
    /// An imported model.
    ImportedModel,
    /// A prompt router.
    PromptRouter,
    /// A SageMaker endpoint of a Marketplace model.
    MarketplaceEndpoint,
    /// None of these.
    Unknown,
}

impl Form {
    /// Its name in `assets/kinds/model.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FoundationModel | Self::Unknown => "foundation-model",
            Self::GeographicProfile => "geographic-profile",
            Self::GlobalProfile => "global-profile",
            Self::ApplicationProfile => "application-profile",
            Self::ProvisionedThroughput => "provisioned-throughput",
            Self::Deployment => "custom-model-deployment",
            Self::CustomModel => "custom-model",
            Self::ImportedModel => "imported-model",
            Self::PromptRouter => "prompt-router",
            Self::MarketplaceEndpoint => "marketplace-endpoint",
        }
    }
}

/// Recognises a value. A dotted id is a profile only behind a known geography label or `global`.
#[must_use]
pub fn form_of(value: &str) -> Form {
    if let Some(parsed) = Arn::parse(value) {
        return form_of_arn(&parsed);
    }
    if value.starts_with("arn:") || value.contains('/') {
        return Form::Unknown;
    }
    match value.split_once('.') {
        Some(("global", _)) => Form::GlobalProfile,
        Some((label, rest)) if GEOGRAPHIES.contains(&label) && rest.contains('.') => Form::GeographicProfile,
        Some((provider, model)) if !provider.is_empty() && !model.is_empty() => Form::FoundationModel,
        _ if value == "*" => Form::FoundationModel,
        _ => Form::Unknown,
    }
}

fn form_of_arn(arn: &Arn<'_>) -> Form {
    let Some((kind, id)) = arn.typed_resource() else { return Form::Unknown };
    match (arn.service, kind) {
        ("bedrock", "foundation-model") => Form::FoundationModel,
        ("bedrock", "inference-profile") if id.starts_with("global.") => Form::GlobalProfile,
        ("bedrock", "inference-profile") => Form::GeographicProfile,
        ("bedrock", "application-inference-profile") => Form::ApplicationProfile,
        ("bedrock", "provisioned-model") => Form::ProvisionedThroughput,
        ("bedrock", "custom-model-deployment") => Form::Deployment,
        ("bedrock", "custom-model") => Form::CustomModel,
        ("bedrock", "imported-model") => Form::ImportedModel,
        ("bedrock", "prompt-router" | "default-prompt-router") => Form::PromptRouter,
        ("sagemaker", "endpoint") => Form::MarketplaceEndpoint,
        _ => Form::Unknown,
    }
}

pub(super) fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let form = form_of(value);
    if form == Form::Unknown {
        return not_the_form(&KIND, value);
    }
    let id_fine = |id: &str, more: &[u8]| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
    };
    let Some(parsed) = Arn::parse(value) else {
        return if id_fine(value, b".-:*?") { Vec::new() } else { not_the_form(&KIND, value) };
    };
    let (_, id) = parsed.typed_resource().unwrap_or_default();
    let account_fine = match form {
        Form::FoundationModel => parsed.account.is_empty(),
        _ => crate::policy::arn::is_account(parsed.account),
    };
    if form == Form::FoundationModel && !account_fine {
        return vec![Problem::new("model-arn-has-account", &[("value", value), ("account", parsed.account)])];
    }
    if !account_fine
        || !id_fine(id, b".-:*?/_")
        || (parsed.region.is_empty() && form != Form::FoundationModel)
    {
        return not_the_form(&KIND, value);
    }
    arn_problems(&KIND, &parsed, value, context)
}

pub(super) fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Vec<Text>) -> bool {
    let form = given.value().map_or(Form::FoundationModel, form_of);
    match facet {
        "arn" => out.push(own_arn(given, form, context)),
        "form" => out.push(Text::new(form.name())),
        "models" => models(given, form, context, out),
        "marketplace-arn" => {
            let [partition, region, account] = location(given, context);
            out.push(arn("bedrock", [partition, region, account], |text| {
                text.push_str("marketplace/model-endpoint/all-access");
            }));
        }
        _ => return false,
    }
    true
}

/// Partition, Region and account: the ARN's, or the scope's.
fn location<'a>(given: Given<'a>, context: &Context<'a>) -> [Given<'a>; 3] {
    match given.value().and_then(Arn::parse) {
        Some(arn) => [arn.partition, arn.region, arn.account].map(Given::Value),
        None => [context.partition, context.region, context.account],
    }
}

fn own_arn(given: Given<'_>, form: Form, context: &Context<'_>) -> Text {
    if given.value().is_some_and(|value| value.starts_with("arn:")) {
        return given.text();
    }
    let (kind, account) = match form {
        Form::GeographicProfile | Form::GlobalProfile => ("inference-profile/", context.account),
        _ => ("foundation-model/", Given::Value("")),
    };
    arn("bedrock", [context.partition, context.region, account], |text| {
        text.push_str(kind);
        given.push_to(text);
    })
}

/// The foundation models behind a profile or router, one ARN each.
fn models(given: Given<'_>, form: Form, context: &Context<'_>, out: &mut Vec<Text>) {
    let [partition, region, account] = location(given, context);
    let none = Given::Value("");
    let model_arn = |region: Given<'_>, id: Given<'_>| {
        arn("bedrock", [partition, region, none], |text| {
            text.push_str("foundation-model/");
            id.push_to(text);
        })
    };
    let id = given.value().map_or(given, |value| Given::Value(model_id(value)));
    let known = known_models(given, context);
    let ids: Vec<&str> =
        known.iter().filter_map(|arn| arn.split_once("foundation-model/")).map(|(_, id)| id).collect();
    let mut push = |text: Text| {
        if !out.contains(&text) {
            out.push(text);
        }
    };
    match form {
        Form::GlobalProfile => {
            push(model_arn(region, id));
            push(model_arn(none, id));
        }
        Form::GeographicProfile | Form::ApplicationProfile if !known.is_empty() => {
            for id in &ids {
                push(model_arn(region, Given::Value(id)));
            }
        }
        Form::GeographicProfile => {
            if context.refinements.is_empty() {
                push(starred(&model_arn(none, id), "bedrock::", "bedrock:*:", "regions-behind-profile"));
            } else {
                push(model_arn(region, id));
                context.refinements.iter().for_each(|r| push(model_arn(Given::Value(r), id)));
            }
        }
        Form::ApplicationProfile | Form::PromptRouter => {
            let reason =
                if form == Form::PromptRouter { "models-behind-router" } else { "models-behind-profile" };
            let any = |text: &Text| starred(text, "foundation-model/", "foundation-model/*", reason);
            if context.refinements.is_empty() {
                push(starred(&any(&model_arn(none, none)), "bedrock::", "bedrock:*:", reason));
            } else {
                push(any(&model_arn(region, none)));
                context.refinements.iter().for_each(|r| push(any(&model_arn(Given::Value(r), none))));
            }
            if form == Form::PromptRouter {
                let mut text =
                    arn("bedrock", [partition, region, account], |text| text.push_str("inference-profile/*"));
                text.explain_star(reason.into());
                push(text);
            }
        }
        _ => {}
    }
    for arn in known {
        push(Text::new(arn.as_str()));
    }
}

/// The text with its first `from` replaced by `to`, which holds a star of ours.
fn starred(text: &Text, from: &str, to: &str, reason: &'static str) -> Text {
    let mut out = Text::new(text.as_str().replacen(from, to, 1));
    out.explain_star(reason.into());
    for star in text.stars() {
        out.explain_star(star.clone());
    }
    out
}

/// The model's id behind a profile's label: `us.amazon.nova-lite-v1:0` gives `amazon.nova-lite-v1:0`.
fn model_id(value: &str) -> &str {
    let id = Arn::parse(value).and_then(|arn| arn.typed_resource()).map_or(value, |(_, id)| id);
    id.split_once('.').map_or(id, |(_, model)| model)
}

/// What a `GetInferenceProfile` response says of this profile.
fn known_models<'a>(given: Given<'_>, context: &Context<'a>) -> &'a [String] {
    let Some(value) = given.value() else { return &[] };
    let found = context.profiles.iter().find(|profile| profile.arn == value || profile.id == value);
    found.map_or(&[], |profile| &profile.models)
}
