//! `--plain` of the real program: answers through a pipe, files out, and every way in which it ends.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Read, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "support/program.rs"]
mod program;
#[path = "support/pty.rs"]
mod pty;

use program::{Ran, harmless, names, text};

/// The seven nodes, the flow, the Region and the account, as a person gives them.
const ANSWERS: &[&str] = &[
    "where",
    "1",
    "us-east-1",
    "123456789012",
    "",
    "",
    "tick",
    "flow nodes",
    "values prompt",
    "us.amazon.nova-lite-v1:0",
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "",
    "back",
    "values knowledge base",
    "KB12345678",
    "back",
    "values agent",
    "AGENT12345/ALIAS12345",
    "values lambda",
    "look-up-order",
    "values lex",
    "BOT1234567/ALIAS12345",
    "values s3 retrieval",
    "incoming-bucket",
    "back",
    "values s3 storage",
    "results-bucket",
    "back",
    "menu",
    "where",
    "2",
    "FLOW123456",
    "",
    "",
    "export",
    "out",
    "write",
    "save",
    "",
    "quit",
];

/// The same for `build`, as `tests/pty.rs` gives it by keys.
const VALUES: &[&str] = &[
    "flow.id=FLOW123456",
    "flow-node/prompt.model=us.amazon.nova-lite-v1:0",
    "flow-node/prompt.regions=us-east-1,us-east-2,us-west-2",
    "flow-node/knowledge-base.knowledge-base=KB12345678",
    "flow-node/agent.agent-alias=AGENT12345/ALIAS12345",
    "flow-node/lambda-function.function=look-up-order",
    "flow-node/lex.bot-alias=BOT1234567/ALIAS12345",
    "flow-node/s3-retrieval.bucket=incoming-bucket",
    "flow-node/s3-storage.bucket=results-bucket",
];

/// The program in a folder that is its home as well.
fn plain(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program::program();
    command.arg("--plain").args(arguments).current_dir(folder).env("HOME", folder);
    command
}

fn answered(folder: &Path, answers: &[&str]) -> Ran {
    program::with_input(plain(folder, &[]), format!("{}\n", answers.join("\n")).as_bytes())
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let read = |name: String| (name.clone(), fs::read_to_string(folder.join(name)).unwrap());
    names(folder).into_iter().map(read).collect()
}

/// What is written until a question stands.
fn until_asked(out: &mut impl Read) -> Vec<u8> {
    let mut said = Vec::new();
    while !said.ends_with(b"\n> ") {
        let mut byte = [0];
        out.read_exact(&mut byte).unwrap();
        said.extend(byte);
    }
    said
}

/// The blueprints that were kept.
fn kept(folder: &Path) -> Vec<std::path::PathBuf> {
    let state = bedrock_policy::shell::folders::unsaved_below(folder);
    let all = fs::read_dir(state).map(|entries| entries.map(|entry| entry.unwrap().path()).collect());
    let mut all: Vec<_> = all.unwrap_or_default();
    all.retain(|path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "json"));
    all.sort();
    all
}

#[test]
fn point_34_the_role_of_seven_nodes_is_built_by_lines_as_by_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let ran = answered(folder.path(), ANSWERS).with(0);
    assert_eq!(ran.err, "");
    assert!(harmless(&ran.out) && ran.out.contains("Wrote into `out`: 3 new."), "{}", ran.out);
    assert!(!ran.out.contains("no answer here"), "{}", ran.out);
    let (built, again) = (folder.path().join("built"), folder.path().join("again"));
    let mut arguments = program::sets(VALUES);
    arguments.extend(["--out", text(&built)]);
    program::build(&arguments).with(0);
    assert_eq!(files(&folder.path().join("out")), files(&built));
    assert_eq!(files(&built).len(), 3);
    let saved = folder.path().join("bedrock-blueprint.json");
    program::run(["build", text(&saved), "--out", text(&again)]).with(0);
    assert_eq!(files(&again), files(&built));
    assert!(kept(folder.path()).is_empty());
    // The same blueprint once more, from its file: the transcript begins with what it is.
    let opened = program::with_input(plain(folder.path(), &["bedrock-blueprint.json"]), b"quit\n").with(0);
    assert!(opened.out.contains("Opened bedrock-blueprint.json.") && opened.out.contains("(7 ticked)"));
}

#[test]
fn the_end_of_the_answers_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = program::with_input(plain(folder.path(), &[]), b"").with(0);
    assert_eq!(nothing.err, "");
    assert!(nothing.out.contains("Menu"), "{}", nothing.out);
    for length in [8, 12, 18] {
        let before = kept(folder.path()).len();
        let ran = answered(folder.path(), &ANSWERS[..length]).with(3);
        let flat = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in ["the answers ended before the blueprint was saved", "set region", "fix: it is kept in"]
        {
            assert!(flat.contains(words), "{words} is not in {}", ran.err);
        }
        let all = kept(folder.path());
        assert_eq!(all.len(), before + 1, "each under a name of its own");
        let last = all.last().unwrap();
        assert!(flat.contains(&format!("`{}`", text(last))), "{}", ran.err);
        assert_eq!(fs::metadata(last).unwrap().permissions().mode() & 0o777, 0o600);
        let opened = program::with_input(plain(folder.path(), &[text(last)]), b"where\nquit\n").with(0);
        assert!(opened.out.contains("Region and account: us-east-1"), "{}", opened.out);
    }
    assert_eq!(names(folder.path()), [".local"], "nothing else is written");
    // A last line without its end is an answer all the same.
    let ran = program::with_input(plain(folder.path(), &[]), b"quit").with(0);
    assert_eq!(ran.err, "");
}

#[test]
fn lines_that_are_no_answers_are_told_and_the_next_one_counts() {
    let folder = tempfile::tempdir().unwrap();
    let long = vec![b'x'; 1_000_000];
    let rows: &[(&[u8], &str)] = &[
        (&long, "longer than 65536 bytes"),
        (b"a\xff\xfeb", "not UTF-8 text: its byte 2 begins no character"),
        (b"\x1b[2J\x07\x00", "`^[[2J^G^@` is no answer here"),
        ("\u{202e}evil\u{9b}31m".as_bytes(), "`<U+202E>evil<U+009B>31m` is no answer here"),
        (b"\xef\xbb\xbftick", "is no answer here"),
    ];
    for (line, told) in rows {
        let input = [line, &b"\nquit\n"[..]].concat();
        let ran = program::with_input(plain(folder.path(), &[]), &input).with(0);
        assert!(ran.out.contains(told), "{told} is not in {}", ran.out);
        assert!(harmless(&ran.out) && ran.out.len() < 5_000, "{}", ran.out.len());
        assert_eq!(ran.err, "");
    }
    let value = "tick\nflow nodes\nvalues storage\nmy\u{1b}[31m-\u{202e}bucket\nno\nquit\nquit\n";
    let ran = program::with_input(plain(folder.path(), &[]), value.as_bytes()).with(0);
    assert!(harmless(&ran.out) && ran.out.contains("2 hidden characters left out."), "{}", ran.out);
    // A file is read from its path only: standard input is where the answers are.
    let stdin = program::with_input(plain(folder.path(), &["-"]), b"{}").with(2);
    assert!(stdin.err.contains("answers come from standard input") && stdin.err.contains("fix: "));
    let open = answered(folder.path(), &["open", "-", "back", "quit"]).with(0);
    assert!(open.out.contains("Standard input is where answers come from: give a file."), "{}", open.out);
}

#[test]
fn files_that_are_there_are_asked_about_and_faults_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bedrock-blueprint.json"), "mine").unwrap();
    fs::write(folder.path().join("file"), "mine").unwrap();
    let ran = answered(
        folder.path(),
        &["example", "save", "", "1", "export", "file", "write", "write", "back", "quit", "3"],
    );
    assert!(ran.out.contains("is there already and differs"), "{}", ran.out);
    assert_eq!(fs::read_to_string(folder.path().join("bedrock-blueprint.json")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
    assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{}", ran.out);
    let ran = answered(folder.path(), &["open", "file", "back", "open", "nowhere", "back", "quit"]).with(0);
    assert!(ran.out.contains("no such file") && ran.out.contains("`file`, line 1"), "{}", ran.out);
    answered(folder.path(), &["example", "save", "", "replace", "quit"]).with(0);
    assert!(fs::read_to_string(folder.path().join("bedrock-blueprint.json")).unwrap().contains("flow-node"));
}

#[test]
fn a_closed_output_is_a_quiet_end_and_unsaved_work_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (answers, kept_now) in [("?\n", 0), ("example\n", 1)] {
        let mut command = plain(folder.path(), &[]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        // Only when the first question stands has everything been written that comes unasked.
        until_asked(&mut out);
        drop(out);
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(answers.as_bytes()).unwrap();
        // It must end although more answers might come.
        let patience = Instant::now() + Duration::from_secs(60);
        while child.try_wait().unwrap().is_none() {
            if Instant::now() > patience {
                child.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let ended = child.wait_with_output().unwrap();
        drop(stdin);
        let err = String::from_utf8(ended.stderr).unwrap();
        assert!(!err.contains("panicked"), "{err}");
        assert_eq!(kept(folder.path()).len(), kept_now, "{err}");
        assert_eq!(
            (ended.status.code(), err.is_empty()),
            (Some(if kept_now == 0 { 0 } else { 3 }), kept_now == 0)
        );
    }
}

#[test]
fn a_signal_ends_it_and_unsaved_work_is_kept() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = plain(folder.path(), &[]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"example\n").unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = Vec::new();
        for _ in 0..2 {
            said.extend(until_asked(&mut out));
        }
        assert!(String::from_utf8_lossy(&said).contains("7 ticked"));
        kill_process(Pid::from_child(&child), signal).unwrap();
        let ended = child.wait().unwrap();
        assert_eq!(ended.code(), Some(code), "{signal:?}");
        assert_eq!(kept(folder.path()).len(), 1);
    }
}

#[test]
fn point_28_where_there_is_no_screen_the_lines_are_named() {
    for environment in [[("TERM", "dumb")], [("TERM", "")]] {
        let program = Path::new(env!("CARGO_BIN_EXE_bedrock-policy"));
        let size = (100, 30);
        let start = pty::Start { program, size, arguments: &[], environment: &environment };
        let Some(mut pty) = pty::Pty::start(&start) else { return };
        pty.wait_for("--plain");
        pty.wait_for("help`");
        let screen = pty.screen().replace('\n', "");
        assert!(screen.contains("build --help") && screen.contains("TERM is"), "{screen}");
        assert_eq!(pty.end().code, Some(2));
        let start = pty::Start { arguments: &["--plain"], ..start };
        let Some(mut pty) = pty::Pty::start(&start) else { return };
        pty.wait_for("Menu: a number or a word?");
        pty.text("1\r");
        pty.wait_for("Group: its number");
        assert!(!pty.written.contains(&0x1b), "a control sequence is sent");
        pty.text("quit\r");
        let ended = pty.end();
        assert_eq!((ended.code, ended.left), (Some(0), Vec::new()));
    }
    let piped = program::run([] as [&str; 0]).with(2);
    assert!(
        piped.err.contains("bedrock-policy --plain") && piped.err.contains("build --help"),
        "{}",
        piped.err
    );
}
