//! Anything that can be called as a model: by its id or any ARN (Amazon Bedrock User Guide: inference-prereq).
//!
//! Here belongs recognising the form and building the ARNs. Which IAM actions each form needs
//! stands in `assets/kinds/model.json`.

use super::located::region_mismatch;
use super::{Arn, Context, Given, Kind, Problem, Text, Texts, arn, arn_problems, not_the_form};

mod legs;

/// What is known of the label in front of a cross-Region profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geography {
    /// The label.
    pub label: &'static str,
    /// The partition that it routes in.
    pub partition: &'static str,
    /// How the names of the Regions begin from which public lists show it called. A hint and no proof:
    /// lists are behind, so whole groups of Regions stand for those that were seen.
    pub regions: &'static [&'static str],
}

/// The geography labels that public pages name (Amazon Bedrock User Guide and public listings, read
/// 2026-11-22), and the label of global profiles, which route to any commercial Region. A label that is
/// not here is never guessed: the id is then a foundation model's.
pub const GEOGRAPHIES: &[Geography] = &[
    of("us", "aws", &["us-", "ca-"]),
    of("us-gov", "aws-us-gov", &["us-gov-"]),
    of("eu", "aws", &["eu-", "il-"]),
    of("apac", "aws", &["ap-", "me-"]),
    of("jp", "aws", &["ap-northeast-"]),
    of("au", "aws", &["ap-southeast-"]),
    of("ca", "aws", &["ca-"]),
    of("in", "aws", &["ap-south-"]),
    of(GLOBAL, "aws", &["af-", "ap-", "ca-", "eu-", "il-", "me-", "mx-", "sa-", "us-"]),
];

/// The label of global profiles.
const GLOBAL: &str = "global";

const fn of(label: &'static str, partition: &'static str, regions: &'static [&'static str]) -> Geography {
    Geography { label, partition, regions }
}

/// What is known of a label.
#[must_use]
pub fn geography(label: &str) -> Option<&'static Geography> {
    GEOGRAPHIES.iter().find(|known| known.label == label)
}

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
        Some((GLOBAL, rest)) if rest.contains('.') => Form::GlobalProfile,
        Some((label, rest)) if rest.contains('.') && geography(label).is_some() => Form::GeographicProfile,
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
    let twelve = matches!(form, Form::ProvisionedThroughput | Form::Deployment | Form::ImportedModel);
    let short = twelve && !id.contains('*') && (id.len() != 12 || !id_fine(id, b""));
    let placed = !parsed.region.is_empty() || form == Form::FoundationModel;
    if !account_fine || !placed || short || !id_fine(id, b".-:*?/_") {
        return not_the_form(&KIND, value);
    }
    let problems = arn_problems(&KIND, &parsed, value, context);
    if !problems.is_empty() || parsed.service != "bedrock" || parsed.region.is_empty() {
        return problems;
    }
    region_mismatch(&parsed, value, context)
}

pub(super) fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let form = given.value().map_or(Form::FoundationModel, form_of);
    match facet {
        "arn" => out.push(own_arn(given, form, context)),
        "form" => out.push(Text::fixed(form.name())),
        "models" => legs::fill(given, form, context, out),
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
