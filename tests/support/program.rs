//! Running the real program, and reading what it says.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "support of tests: a surprise should stop the test"
)]

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What every build here is for.
pub const SCOPE: [&str; 4] = ["--region", "us-east-1", "--account", "123456789012"];

/// Every capability ticked, every parameter given that leaves no hole, several resources of a kind.
pub const EVERYTHING: &[&str] = &[
    "flow.id=FLOW123456",
    "flow.name=my-flow",
    "author.principal=role/Author",
    "runner.principal=user/runner",
    "flow-node/prompt.model=amazon.nova-lite-v1:0",
    "flow-node/prompt.model=us.amazon.nova-pro-v1:0",
    "flow-node/prompt.regions=us-east-1,us-west-2",
    "flow-node/prompt.prompt=arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234:3",
    "flow-node/knowledge-base.knowledge-base=KB12345678",
    "flow-node/knowledge-base.model=amazon.nova-micro-v1:0",
    "flow-node/knowledge-base.reranker=amazon.rerank-v1:0",
    "flow-node/agent.agent-alias=AGENT12345/ALIAS12345",
    "flow-node/lambda-function.function=arn:aws:lambda:us-east-1:123456789012:function:own:live",
    "flow-node/lambda-function.function=arn:aws:lambda:us-east-1:210987654321:function:theirs",
    "flow-node/lex.bot-alias=BOT1234567/ALIAS12345",
    "flow-node/s3-retrieval.bucket=incoming",
    "flow-node/s3-retrieval.owner=123456789012",
    "flow-node/s3-retrieval.prefix=in/2024",
    "flow-node/s3-storage.bucket=results",
    "flow-node/s3-storage.owner=210987654321",
    "flow/guardrail.guardrail=gr1234567890",
    "flow/encryption.key=1234abcd-12ab-34cd-56ef-1234567890ab",
    "flow/encrypted-resources.key=abcd1234-12ab-34cd-56ef-1234567890ab",
    "flow/encrypted-resources.what=bucket-write",
    "flow/encrypted-resources.bucket=results",
    "people/run-flows.alias=ALIAS12345",
    "people/manage-prompts.model=amazon.nova-lite-v1:0",
    "people/manage-prompts.prompt=PROMPT1234",
    "people/encrypt-prompts.key=1234abcd-12ab-34cd-56ef-1234567890ab",
    "people/encrypt-prompts.prompt=PROMPT1234",
    "logging/model-invocations.log-group=/bedrock/calls",
    "logging/model-invocations.bucket=call-logs",
    "deny/regions.regions=us-east-1,us-west-2",
    "deny/regions.profiles=us.amazon.nova-lite-v1:0",
];

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The run, which must have ended with this code.
    #[track_caller]
    pub fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "exit code\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Its results as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}\n{}", self.out, self.err))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program with nothing of this process's environment.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bedrock-policy"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// Runs the program.
pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    program().args(arguments).output().unwrap().into()
}

/// Runs `build` with the usual Region and account.
pub fn build(arguments: &[&str]) -> Ran {
    run(["build"].iter().chain(&SCOPE).chain(arguments))
}

/// `--set` before each assignment.
pub fn sets<'a>(assignments: &[&'a str]) -> Vec<&'a str> {
    assignments.iter().flat_map(|one| ["--set", one]).collect()
}

/// The arguments that tick everything.
pub fn everything() -> Vec<&'static str> {
    let mut out = sets(EVERYTHING);
    for id in [
        "flow-node/input",
        "flow-node/output",
        "flow-node/condition",
        "flow-node/iterator",
        "flow-node/collector",
        "flow-node/inline-code",
        "flow-node/loop",
        "flow-node/loop-input",
        "flow-node/loop-controller",
        "flow/legacy-access",
        "flow/read-itself",
        "people/author-flows",
        "people/limited-access",
        "people/full-access",
    ] {
        out.extend(["--tick", id]);
    }
    out
}

/// Runs with a text on standard input.
pub fn with_input(mut command: Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who stops reading early closes the pipe: that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap().into()
}

/// A path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The list in a member, `[]` when there is none.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The string in a member, "" when it is none.
pub fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The strings in a member, of every element.
pub fn words<'a>(values: &'a [Value], name: &str) -> Vec<&'a str> {
    values.iter().map(|value| word(value, name)).collect()
}

/// The document of this name.
#[track_caller]
pub fn document<'a>(bundle: &'a Value, name: &str) -> &'a Value {
    let documents = list(bundle, "documents");
    let found = documents.iter().find(|document| word(document, "name") == name);
    found.unwrap_or_else(|| panic!("no {name} among {:?}", words(documents, "name")))
}

/// The names of an object's members.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Every scalar of a value with its JSON Pointer.
pub fn scalars(value: &Value) -> Vec<(String, Value)> {
    let below = |key: &str, value: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        scalars(value).into_iter().map(move |(path, leaf)| (format!("/{key}{path}"), leaf))
    };
    match value {
        Value::Object(members) => members.iter().flat_map(|(key, value)| below(key, value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, value)| below(&at.to_string(), value)).collect()
        }
        leaf => vec![(String::new(), leaf.clone())],
    }
}

/// The line, from 1, on which a node begins when the policy is printed.
pub fn line_of(policy: &Value, path: &str) -> u64 {
    let mut marked = policy.clone();
    *marked.pointer_mut(path).unwrap_or_else(|| panic!("{path} is not in {policy}")) = "HERE IT IS".into();
    let printed = serde_json::to_string_pretty(&marked).unwrap();
    printed.lines().position(|line| line.contains("HERE IT IS")).unwrap() as u64 + 1
}

/// The strings of a string or a list of strings.
pub fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// What a policy says, whatever its grouping: effect, action, resource and condition, each alone.
pub fn grants(policy: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for statement in list(policy, "Statement") {
        for action in texts(&statement["Action"]) {
            for resource in texts(&statement["Resource"]) {
                let condition = &statement["Condition"];
                out.push(format!("{} {action} {resource} {condition}", statement["Effect"]));
            }
        }
    }
    out.sort();
    out
}

/// Characters of a policy in its shortest spelling.
pub fn size(policy: &Value) -> usize {
    policy.to_string().chars().count()
}

/// True when nothing in the text moves a cursor or turns a line around.
pub fn harmless(text: &str) -> bool {
    !text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut out: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    out.sort();
    out
}
