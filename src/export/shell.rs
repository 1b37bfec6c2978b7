//! Commands as text for a POSIX shell.
//!
//! Every argument is quoted by [`quote`]; hidden characters are made visible first, since no name
//! in AWS holds them. No command replaces a policy that may be there: identity policies are put only
//! where none of that name is, others are read, kept, merged by Sid, shown, and put when the person
//! says yes. The merging needs `jq`.

use crate::compose::Command;
use crate::compose::size::Entity;
use crate::policy::print::compact;
use crate::policy::tree::{Node, Value};
use crate::text::exact;

/// One argument as a shell reads it back.
#[must_use]
pub fn quote(argument: &str) -> String {
    let safe = exact(argument);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_./:=@%+,-".contains(&b);
    if !safe.is_empty() && safe.bytes().all(plain) {
        return safe.into_owned();
    }
    format!("'{}'", safe.replace('\'', r"'\''"))
}

/// A command line. A value that begins with a hyphen is joined to its option, so that it is not
/// taken for one.
#[must_use]
pub fn line(arguments: &[String]) -> String {
    let mut out = String::new();
    let mut option_before = false;
    for argument in arguments {
        let is_option = argument.strip_prefix("--").is_some_and(|name| {
            let name = name.split('=').next().unwrap_or_default();
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        match (out.is_empty(), option_before && argument.starts_with('-') && !is_option) {
            (true, _) => {}
            (false, true) => out.push('='),
            (false, false) => out.push(' '),
        }
        out.push_str(&quote(argument));
        option_before = is_option && !argument.contains('=');
    }
    out
}

/// A command as the lines to type; empty when there is nothing to run.
#[must_use]
pub fn command(command: &Command) -> String {
    match command {
        Command::None => String::new(),
        Command::Run(lines) => {
            lines.iter().map(|arguments| line(arguments)).collect::<Vec<_>>().join(" &&\n")
        }
        Command::AddToPolicy { read, absent, write, file, name } => {
            add_to_policy(read, absent.as_deref(), write, (file, name))
        }
        Command::PutInline { entity, name, policy, file } => put_inline(*entity, name, policy, file),
        Command::AttachManaged { entity, name, policy, arn, file } => {
            let word = entity.word();
            let (action, owner) = (format!("attach-{word}-policy"), format!("--{word}-name"));
            let attach = args(&["aws", "iam", &action, &owner, name, "--policy-arn", arn]);
            match file {
                Some(file) => managed(policy, arn, file, &attach),
                None => attach,
            }
        }
        Command::LambdaPermissions { region, function, statements } => {
            let lines =
                statements.iter().flat_map(|statement| lambda_permissions(region, function, statement));
            lines.collect::<Vec<_>>().join(" &&\n")
        }
        Command::LexStatements { region, resource, statements } => statements
            .iter()
            .map(|statement| lex_statement(region, resource, statement))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn args(arguments: &[&str]) -> String {
    line(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
}

/// The jq program that keeps every statement but those whose Sid we bring, and adds ours.
const MERGE: &str = ".Statement |= (if type == \"array\" then . else [.] end) | \
.Statement |= (map(select(.Sid as $sid | ($add[0].Statement | map(.Sid) | any(. == $sid)) | not)) + $add[0].Statement)";

/// The jq program that names the statements that stay as they are.
const KEPT: &str = "[.Statement[] | .Sid // \"one without Sid\"] - [$add[0].Statement[].Sid] | \
if . == [] then \"Nothing else is in it.\" else \"These statements stay as they are: \" + join(\", \") end";

fn add_to_policy(read: &[String], absent: Option<&str>, write: &[String], names: (&str, &str)) -> String {
    let Some(code) = absent else { return merge_and_put(&line(read), &line(write), names) };
    let errors = quote(&format!("{}.errors.txt", names.1));
    let empty = quote("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    let read = format!(
        "{{ {} 2> {errors} ||\n  {{ grep -q {} {errors} && printf '%s\\n' {empty}; }}; }}",
        line(read),
        quote(code)
    );
    merge_and_put(&read, &line(write), names)
}

/// Reads the policy that is there, adds the statements of `file` by Sid, shows the difference and
/// which statements stay as they are, and puts the result when the person says yes.
fn merge_and_put(read: &str, write: &str, (file, name): (&str, &str)) -> String {
    let merged = format!("{name}.merged.json");
    let (current, merged_q) = (quote(&format!("{name}.current.json")), quote(&merged));
    let (ours, document) = (quote(file), quote(&format!("file://{merged}")));
    format!(
        "{read} > {current} &&\njq --slurpfile add {ours} {} {current} > {merged_q} &&\n{{ diff {current} {merged_q}; \
         jq -r --slurpfile add {ours} {} {merged_q}; \
         printf 'Put this policy? y or n: '; read -r answer; [ \"$answer\" = y ]; }} &&\n{write} {document}",
        quote(MERGE),
        quote(KEPT),
    )
}

/// Creates and attaches a managed policy; where one of that name is, ours is added to it by Sid as a
/// new version, and the old versions stay.
fn managed(policy: &str, arn: &str, file: &str, attach: &str) -> String {
    let (document, errors) = (format!("file://{file}"), quote(&format!("{policy}.errors.txt")));
    let get = args(&["aws", "iam", "get-policy", "--policy-arn", arn]);
    let read = format!(
        "{} --version-id \"$({get} --query Policy.DefaultVersionId --output text)\" --query PolicyVersion.Document --output json",
        args(&["aws", "iam", "get-policy-version", "--policy-arn", arn]),
    );
    let put = args(&["aws", "iam", "create-policy-version", "--set-as-default", "--policy-arn", arn]);
    let merge = merge_and_put(&read, &format!("{put} --policy-document"), (file, policy));
    let create = ["aws", "iam", "create-policy", "--policy-name", policy, "--policy-document", &document];
    format!(
        "if {get} > {errors} 2>&1; then\n  {}\nelif grep -q NoSuchEntity {errors}; then\n  {} &&\n  {attach}\nfi",
        merge.replace('\n', "\n  "),
        args(&create)
    )
}

/// Puts an inline policy where none of that name is; where one is, ours is added to it by Sid.
fn put_inline(entity: Entity, name: &str, policy: &str, file: &str) -> String {
    let word = entity.word();
    let owner = format!("--{word}-name");
    let list = args(&["aws", "iam", &format!("list-{word}-policies"), &owner, name]);
    let put = format!("put-{word}-policy");
    let write = ["aws", "iam", &put, &owner, name, "--policy-name", policy, "--policy-document"];
    let document = format!("file://{file}");
    let read = [
        "aws",
        "iam",
        &format!("get-{word}-policy"),
        &owner,
        name,
        "--policy-name",
        policy,
        "--query",
        "PolicyDocument",
        "--output",
        "json",
    ];
    let merge = merge_and_put(&args(&read), &args(&write), (file, policy));
    let query = quote(&format!("contains(PolicyNames, '{policy}')"));
    let mut first = write.to_vec();
    first.push(&document);
    let merge = merge.replace('\n', "\n  ");
    format!(
        "if [ \"$({list} --query {query} --output text)\" = False ]; then\n  {}\nelse\n  {merge}\nfi",
        args(&first)
    )
}

/// The texts of a string or a list of strings.
fn texts(node: Option<&Node>) -> Vec<&str> {
    match node.map(|node| &node.value) {
        Some(Value::Text(text)) => vec![text.as_str()],
        Some(Value::Array(items)) => items.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The first value of a condition key, whatever its operator.
fn condition<'a>(statement: &'a Node, key: &str) -> Option<&'a str> {
    let blocks = statement.get("Condition")?.members();
    blocks.iter().find_map(|block| texts(block.value.get(key)).first().copied())
}

fn sid(statement: &Node) -> &str {
    statement.get("Sid").and_then(Node::as_str).unwrap_or("Statement")
}

/// One `add-permission` for each qualifier. Lambda refuses a policy for `$LATEST`, so the statement goes
/// to the function itself, and a finding says what that lets in.
fn lambda_permissions(region: &str, function: &str, statement: &Node) -> Vec<String> {
    let principal = statement.get("Principal").map(Node::members).unwrap_or_default();
    let principal = principal.iter().flat_map(|member| texts(Some(&member.value))).next().unwrap_or_default();
    let one = |resource: &str| {
        let mut out =
            vec!["aws", "lambda", "add-permission", "--region", region, "--function-name", function];
        let qualifier = resource.splitn(8, ':').nth(7).filter(|qualifier| *qualifier != "$LATEST");
        if let Some(qualifier) = qualifier {
            out.extend(["--qualifier", qualifier]);
        }
        out.extend([
            "--statement-id",
            sid(statement),
            "--action",
            "lambda:InvokeFunction",
            "--principal",
            principal,
        ]);
        for (key, option) in [("aws:SourceAccount", "--source-account"), ("aws:SourceArn", "--source-arn")] {
            if let Some(value) = condition(statement, key) {
                out.extend([option, value]);
            }
        }
        args(&out)
    };
    texts(statement.get("Resource")).into_iter().map(one).collect()
}

/// Adds one statement to a bot alias's policy, on top of the revision that is there.
fn lex_statement(region: &str, resource: &str, statement: &Node) -> String {
    let service = statement.get("Principal").and_then(|principal| principal.get("Service"));
    let principal = match texts(service).first() {
        Some(service) => format!("service={service}"),
        None => {
            let arn = statement.get("Principal").and_then(|principal| principal.get("AWS"));
            format!("arn={}", texts(arn).first().copied().unwrap_or_default())
        }
    };
    let describe = args(&[
        "aws",
        "lexv2-models",
        "describe-resource-policy",
        "--region",
        region,
        "--resource-arn",
        resource,
        "--query",
        "revisionId",
        "--output",
        "text",
    ]);
    let create = args(&[
        "aws",
        "lexv2-models",
        "create-resource-policy-statement",
        "--region",
        region,
        "--resource-arn",
        resource,
    ]);
    let condition = statement.get("Condition").map_or_else(|| "{}".into(), compact);
    let rest = args(&[
        "--statement-id",
        sid(statement),
        "--effect",
        "Allow",
        "--principal",
        &principal,
        "--action",
        "lex:RecognizeUtterance",
        "--condition",
        &condition,
    ]);
    format!(
        "{{ revision=$({describe} 2> lex.errors.txt) || grep -q ResourceNotFoundException lex.errors.txt; }} &&\n\
         {create} ${{revision:+--expected-revision-id \"$revision\"}} {rest}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_come_back_from_a_shell_as_they_were() {
        for argument in [
            "plain",
            "two words",
            "$(touch x)",
            "`id`",
            "it's",
            "${HOME}",
            "",
            "<flow-name>",
            "a\"b",
            "*",
            "~",
            "#x",
            "a;b",
            "!x",
        ] {
            let output = std::process::Command::new("sh")
                .arg("-c")
                .arg(format!("printf '%s' {}", quote(argument)))
                .output();
            assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), argument);
        }
        assert_eq!(quote("a\u{1b}b\nc"), "'a^[b^Jc'");
    }

    #[test]
    fn a_value_that_looks_like_an_option_is_joined_to_its_own() {
        let arguments: Vec<String> =
            ["aws", "--role-name", "-x", "--path=/p/", "--name", "y"].map(str::to_owned).into();
        assert_eq!(line(&arguments), "aws --role-name=-x --path=/p/ --name y");
    }
}
