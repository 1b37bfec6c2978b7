//! A Lambda function: its ARN as configured, with or without a qualifier, or its name (Amazon Bedrock API reference:
//! FlowLambdaArn).

use super::{Arn, Context, Given, Kind, Problem, Text, Texts, arn, arn_problems, not_the_form, plain, side};

pub(super) const KIND: Kind = Kind {
    name: "lambda-function",
    title: "a Lambda function",
    form: "the function's ARN as the flow has it, with its alias or version if any, or its name",
    example: "arn:aws:lambda:us-east-1:123456789012:function:my-function:live",
    facets: &[
        ("arn", "the ARN as configured"),
        ("name", "the function's name"),
        ("qualifier", "alias, version or $LATEST; nothing when there is none"),
        ("account", "the function's account"),
        ("region", "the function's Region"),
        ("side", "`own` for the scope's account, `other` for another"),
    ],
    grants: false,
    check,
    fill,
};

struct Function<'a> {
    fields: [Given<'a>; 3],
    name: Given<'a>,
    qualifier: &'a str,
}

fn read<'a>(given: Given<'a>, context: &Context<'a>) -> Function<'a> {
    let scope = [context.partition, context.region, context.account];
    let Some(value) = given.value() else {
        return Function { fields: scope, name: given, qualifier: "" };
    };
    let parsed = Arn::parse(value);
    let fields = parsed.map_or(scope, |arn| [arn.partition, arn.region, arn.account].map(Given::Value));
    let rest = parsed.map_or(value, |arn| arn.resource.strip_prefix("function:").unwrap_or(arn.resource));
    let (name, qualifier) = rest.split_once(':').unwrap_or((rest, ""));
    Function { fields, name: Given::Value(name), qualifier }
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let parsed = Arn::parse(value);
    if let Some(parsed) = parsed {
        if parsed.service != "lambda" || !parsed.resource.starts_with("function:") {
            return vec![Problem::new(
                "arn-of-another-kind",
                &[
                    ("value", value),
                    ("kind", KIND.title),
                    ("example", KIND.example),
                    ("wanted", "arn:…:lambda:…:function:…"),
                ],
            )];
        }
        if !crate::policy::arn::is_account(parsed.account) || parsed.region.is_empty() {
            return not_the_form(&KIND, value);
        }
    }
    let function = read(Given::Value(value), context);
    let name = function.name.value().unwrap_or_default();
    let qualifier_fine = function.qualifier.is_empty() && !value.ends_with(':')
        || is_word(function.qualifier)
        || function.qualifier == "$LATEST";
    if !is_word(name) || name.len() > 64 || !qualifier_fine {
        return not_the_form(&KIND, value);
    }
    parsed.map_or_else(Vec::new, |parsed| arn_problems(&KIND, &parsed, value, context))
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let function = read(given, context);
    let [_, region, account] = function.fields;
    match facet {
        "arn" => out.push(arn("lambda", function.fields, |text| {
            text.push_str("function:");
            function.name.push_to(text);
            if !function.qualifier.is_empty() {
                text.push_str(":");
                text.push_str(function.qualifier);
            }
        })),
        "name" => out.push(plain(function.name)),
        "qualifier" if function.qualifier.is_empty() => {}
        "qualifier" => out.push(Text::new(function.qualifier)),
        "account" => out.push(plain(account)),
        "region" => out.push(plain(region)),
        "side" => out.push(Text::fixed(side(account, context))),
        _ => return false,
    }
    true
}
