//! E7 to E26, on the flow's service role.

use bedrock_policy::catalog::kinds::model::{Form, form_of};

use super::Row;
use crate::fits::fits;
use crate::world::{Build, Statement, World};

pub(crate) const ROWS: &[Row] = &[
    Row { number: 7, says: "the Lex policy is whole", check: e7 },
    Row { number: 8, says: "an account is a quoted text of twelve digits", check: e8 },
    Row { number: 9, says: "the resource type is flow/, never flows/", check: e9 },
    Row { number: 10, says: "an agent alias has the agent's id and its own", check: e10 },
    Row { number: 11, says: "flows render prompts; only old ones read them", check: e11 },
    Row { number: 12, says: "RetrieveAndGenerate stands on * and by itself", check: e12 },
    Row { number: 13, says: "no word stands where an id belongs", check: e13 },
    Row { number: 14, says: "the encryption context's key has its label in its name", check: e14 },
    Row { number: 15, says: "a flow's key names the roles that call, through Bedrock", check: e15 },
    Row {
        number: 16,
        says: "Lambda and Lex are called by the role; only old flows come as a service",
        check: e16,
    },
    Row { number: 17, says: "guardrails, profiles, imports, versions, reranking are there", check: e17 },
    Row { number: 18, says: "objects are written into the bucket, not onto it", check: e18 },
    Row { number: 19, says: "a custom model's own ARN is an exception that says so", check: e19 },
    Row { number: 20, says: "every statement has a Sid, once in its document", check: e20 },
    Row { number: 21, says: "the flow's key statements are a whole document", check: e21 },
    Row { number: 22, says: "one condition key, one spelling", check: e22 },
    Row { number: 23, says: "every ARN is of the person's partition", check: e23 },
    Row { number: 24, says: "each kind of model has its own form of id", check: e24 },
    Row { number: 25, says: "the same test has the same operator", check: e25 },
    Row { number: 26, says: "nothing is said twice", check: e26 },
];

type Found<'a> = (&'a Build, &'a Statement);

fn show(found: &[Found<'_>]) -> Vec<String> {
    found.iter().map(|(build, one)| format!("{}: {one:?}", build.name)).collect()
}

/// The statements for which something is not so.
fn not(world: &World, fine: impl Fn(&Build, &Statement) -> bool) -> Vec<String> {
    show(&world.filled().filter(|(build, one)| !fine(build, one)).collect::<Vec<_>>())
}

/// Complains unless some statement is so.
fn some(world: &World, what: &str, so: impl Fn(&Build, &Statement) -> bool) -> Option<String> {
    (!world.filled().any(|(build, one)| so(build, one))).then(|| format!("nowhere: {what}"))
}

fn e7(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in world.builds.iter().filter(|build| build.filled && build.legacy) {
        let of_lex = |one: &&Statement| one.document.starts_with("lex-");
        let whole = build.statements.iter().filter(of_lex).filter(|one| one.conditions.len() == 2).count();
        bad.extend((whole == 0).then(|| format!("{}: no whole Lex policy", build.name)));
    }
    bad
}

fn e8(world: &World) -> Vec<String> {
    let digits = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    let mut bad = not(world, |_, one| {
        one.values("aws:SourceAccount")
            .iter()
            .chain(&one.values("aws:ResourceAccount"))
            .all(|text| digits(text))
    });
    bad.extend(some(world, "a source account in a Lex policy", |_, one| {
        one.document.starts_with("lex-") && !one.values("aws:SourceAccount").is_empty()
    }));
    bad
}

fn e9(world: &World) -> Vec<String> {
    let plural = |text: &str| text.contains(":flows/");
    let mut bad: Vec<String> = world
        .builds
        .iter()
        .filter(|build| plural(&build.text))
        .map(|build| format!("{} says :flows/", build.name))
        .collect();
    // A flow's sources are flows; the logging of calls has the whole service as its source.
    bad.extend(not(world, |_, one| {
        let logged = one.sid.contains("ModelInvocationLogs") || one.sid.contains("LoggingRole");
        one.values("aws:SourceArn").iter().all(|arn| arn.contains(":flow/") || logged)
    }));
    bad
}

fn e10(world: &World) -> Vec<String> {
    not(world, |_, one| {
        let of_alias = one.resources.iter().filter_map(|arn| arn.split_once(":agent-alias/"));
        of_alias.into_iter().all(|(_, ids)| ids.split('/').filter(|id| id.len() == 10).count() == 2)
    })
}

fn e11(world: &World) -> Vec<String> {
    let mut bad = not(world, |build, one| {
        build.legacy || !one.document.starts_with("flow-role") || !one.has("bedrock:GetPrompt")
    });
    for build in world.builds.iter().filter(|build| build.filled) {
        let renders = build
            .statements
            .iter()
            .any(|one| one.document.starts_with("flow-role") && one.has("bedrock:RenderPrompt"));
        bad.extend((!renders).then(|| format!("{}: no RenderPrompt", build.name)));
    }
    bad
}

fn e12(world: &World) -> Vec<String> {
    let mut bad = not(world, |_, one| {
        !one.has("bedrock:RetrieveAndGenerate") || (one.resources == ["*"] && one.actions.len() == 1)
    });
    bad.extend(some(world, "RetrieveAndGenerate", |_, one| one.has("bedrock:RetrieveAndGenerate")));
    bad
}

fn e13(world: &World) -> Vec<String> {
    let word = |text: &str| ["-id", "-name", "-arn"].iter().any(|end| text.ends_with(end));
    let bad = world
        .statements()
        .flat_map(|(_, one)| one.leaves())
        .filter(|text| text.starts_with("arn:") && text.split([':', '/']).any(word));
    bad.map(str::to_owned).collect()
}

fn e14(world: &World) -> Vec<String> {
    let mut bad = not(world, |_, one| {
        one.conditions.iter().all(|(_, key, _)| !key.eq_ignore_ascii_case("kms:EncryptionContext"))
    });
    bad.extend(some(world, "the label of flows", |_, one| {
        one.conditions.iter().any(|(_, key, _)| key == "kms:EncryptionContext:aws:bedrock-flows:arn")
    }));
    bad.extend(
        world.texts.iter().filter(|(_, text)| text == "kms:EncryptionContext").map(|(f, _)| f.clone()),
    );
    bad
}

fn e15(world: &World) -> Vec<String> {
    let flows = |one: &Statement| !one.values("kms:EncryptionContext:aws:bedrock-flows:arn").is_empty();
    let mut bad = not(world, |_, one| {
        let role = one.principals.iter().all(|(kind, arn)| kind == "AWS" && arn.contains(":iam::"));
        !flows(one) || (role && one.values("kms:ViaService").len() == 1)
    });
    for who in ["FlowRoleUses", "FlowAuthorUses", "FlowRunnerUses"] {
        bad.extend(some(world, who, |_, one| one.kind == "key" && flows(one) && one.sid.starts_with(who)));
    }
    bad
}

fn e16(world: &World) -> Vec<String> {
    let theirs = |one: &Statement| one.has("lambda:InvokeFunction") || one.has("lex:RecognizeUtterance");
    let mut bad = not(world, |build, one| {
        let service = one.principals.iter().any(|(kind, _)| kind == "Service");
        build.legacy || !(theirs(one) && service)
    });
    for action in ["lambda:InvokeFunction", "lex:RecognizeUtterance"] {
        for build in world.builds.iter().filter(|build| build.filled) {
            let mine = |one: &Statement| one.document.starts_with("flow-role") && one.has(action);
            bad.extend((!build.statements.iter().any(mine)).then(|| format!("{}: no {action}", build.name)));
        }
    }
    bad
}

fn e17(world: &World) -> Vec<String> {
    let role = |one: &Statement, action: &str, part: &str| {
        one.document.starts_with("flow-role")
            && one.has(action)
            && one.resources.iter().any(|arn| arn.contains(part))
    };
    let wanted = [
        ("bedrock:ApplyGuardrail", ":guardrail/"),
        ("bedrock:InvokeModel", ":inference-profile/"),
        ("bedrock:InvokeModel", ":imported-model/"),
        ("bedrock:GetImportedModel", ":imported-model/"),
        ("bedrock:Rerank", "*"),
    ];
    let mut bad: Vec<String> = wanted
        .iter()
        .filter_map(|(action, part)| some(world, action, |_, one| role(one, action, part)))
        .collect();
    bad.extend(some(world, "a prompt's version", |_, one| {
        let pinned = |arn: &String| arn.split_once(":prompt/").is_some_and(|(_, id)| id.contains(':'));
        one.document.starts_with("flow-role") && one.resources.iter().any(pinned)
    }));
    bad
}

fn e18(world: &World) -> Vec<String> {
    not(world, |_, one| {
        let objects = one.has("s3:PutObject") || one.has("s3:GetObject");
        !objects
            || one.resources.iter().all(|arn| arn.rsplit(":::").next().is_some_and(|it| it.contains('/')))
    })
}

fn e19(world: &World) -> Vec<String> {
    let exceptions = world.catalog.reference().exceptions();
    let told = exceptions.iter().any(|one| {
        one.action == "bedrock:InvokeModel"
            && one.resource_type == "custom-model"
            && one.note.contains("deployment")
            && one.note.contains("provisioned throughput")
    });
    let mut bad: Vec<String> =
        (!told).then(|| "the exception does not say so".to_owned()).into_iter().collect();
    for part in [":custom-model-deployment/", ":provisioned-model/"] {
        bad.extend(some(world, part, |_, one| one.resources.iter().any(|arn| arn.contains(part))));
    }
    bad
}

fn e20(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        let mut seen = std::collections::BTreeSet::new();
        for one in &build.statements {
            let plain = !one.sid.is_empty() && one.sid.bytes().all(|b| b.is_ascii_alphanumeric());
            let first = seen.insert((&one.document, &one.sid));
            bad.extend((!plain || !first).then(|| format!("{}: {} {:?}", build.name, one.document, one.sid)));
        }
    }
    bad
}

fn e21(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in world.builds.iter().filter(|build| build.filled) {
        for document in build.bundle.documents.iter().filter(|one| one.kind.word() == "key") {
            let version = document.root.get("Version").and_then(|version| version.as_str());
            let statements = document.root.get("Statement").map_or(0, |list| list.items().len());
            bad.extend((version != Some("2012-10-17") || statements == 0).then(|| document.name.clone()));
        }
    }
    bad.extend(some(world, "a flow's key", |_, one| one.kind == "key" && one.sid.contains("FlowKey")));
    bad
}

fn e22(world: &World) -> Vec<String> {
    let mut spelled = std::collections::BTreeMap::new();
    let mut bad = Vec::new();
    for (_, one) in world.statements() {
        for (_, key, _) in &one.conditions {
            let first = spelled.entry(key.to_ascii_lowercase()).or_insert_with(|| key.clone());
            bad.extend((first != key).then(|| format!("{first} and {key}")));
        }
    }
    bad.extend(spelled.values().filter(|key| key.starts_with("AWS:")).cloned());
    bad
}

fn e23(world: &World) -> Vec<String> {
    let mut bad = not(world, |build, one| {
        let mut arns = one.leaves().filter(|text| text.starts_with("arn:"));
        arns.all(|arn| arn.split(':').nth(1) == Some(&build.place.partition))
    });
    for build in world.builds.iter().filter(|build| build.place.partition == "aws-us-gov") {
        // AWS's own policies are shown as they are.
        let ours = build.text.split("AWS's own policy").next().unwrap_or_default();
        let runbook = build.text.rsplit("# Runbook").next().unwrap_or_default();
        for line in ours.lines().chain(runbook.lines()).filter(|line| line.contains("arn:aws:")) {
            bad.push(format!("{}: {line}", build.name));
        }
    }
    bad
}

fn e24(world: &World) -> Vec<String> {
    let arn = |id: &str| format!("arn:aws:bedrock:us-east-1:123456789012:{id}");
    let forms = [
        ("amazon.nova-lite-v1:0".to_owned(), Form::FoundationModel),
        (arn("provisioned-model/abc123def456"), Form::ProvisionedThroughput),
        (arn("custom-model/amazon.nova-lite-v1:0/abc123def456"), Form::CustomModel),
        (arn("custom-model-deployment/abc123def456"), Form::Deployment),
        (arn("imported-model/abc123def456"), Form::ImportedModel),
        ("deepseek.v3.2".to_owned(), Form::FoundationModel),
    ];
    let wrong = forms.iter().filter(|(text, form)| form_of(text) != *form);
    let mut bad: Vec<String> = wrong.map(|(text, form)| format!("{text} is not read as {form:?}")).collect();
    bad.extend(not(world, |_, one| {
        one.resources.iter().all(|arn| {
            let made = ["provisioned-model/", "imported-model/", "custom-model-deployment/"];
            let id = made.iter().find_map(|kind| arn.split_once(&format!(":{kind}")));
            let account = arn.split(':').nth(4).unwrap_or_default();
            id.is_none_or(|(_, id)| id.len() == 12)
                && (!arn.contains(":foundation-model/") || account.is_empty())
        })
    }));
    bad
}

fn e25(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    let operators: std::collections::BTreeSet<&str> = world
        .filled()
        .filter(|(_, one)| one.document.starts_with("lambda-") || one.document.starts_with("lex-"))
        .flat_map(|(_, one)| one.conditions.iter().filter(|(_, key, _)| key == "aws:SourceArn"))
        .map(|(operator, _, _)| operator.as_str())
        .collect();
    if operators.len() != 1 || !operators.iter().all(|operator| operator.starts_with("Arn")) {
        bad.push(format!("{operators:?}"));
    }
    bad
}

fn e26(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    let twice = |list: &[String]| (1..list.len()).any(|at| list[..at].contains(&list[at]));
    bad.extend(not(world, |_, one| !twice(&one.actions) && !twice(&one.resources)));
    for build in &world.builds {
        let mut steps: Vec<String> =
            build.steps.iter().map(|step| format!("{:?}{:?}", step.title, step.command)).collect();
        bad.extend(twice(&steps).then(|| format!("{}: a step stands twice", build.name)));
        steps = build.bundle.documents.iter().map(|document| document.name.clone()).collect();
        bad.extend(twice(&steps).then(|| format!("{}: a document stands twice", build.name)));
    }
    // What the list of permissions is for: each fits the resource it stands with.
    bad.extend(world.filled().filter(|(_, one)| one.effect == "Allow" && one.kind == "identity").flat_map(
        |(_, one)| {
            let pairs = one.actions.iter().flat_map(|a| one.resources.iter().map(move |r| (a, r)));
            pairs.filter_map(|(action, resource)| fits(world, action, resource).err()).collect::<Vec<_>>()
        },
    ));
    bad
}
