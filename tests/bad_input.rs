//! Bad input: what is said, how it ends, and that nothing is lost.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::{Ran, SCOPE, build, everything, harmless, list, names, program, scalars, sets, text, word};

/// A run in a folder: its code, what it must say, and how every message must be.
#[track_caller]
fn told<S: AsRef<OsStr>>(folder: &Path, arguments: &[S], code: i32, says: &[&str]) -> Ran {
    let ran: Ran = program().args(arguments).current_dir(folder).output().unwrap().into();
    let row = arguments.iter().map(|one| one.as_ref().to_string_lossy().into_owned()).collect::<Vec<_>>();
    let row: Vec<String> = row.iter().map(|one| one.chars().take(80).collect()).collect();
    assert_eq!(ran.code, Some(code), "{row:?}\n{}", ran.err);
    let flat = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in says {
        assert!(flat.contains(word) || ran.err.contains(word), "{row:?}: {word} is not in\n{}", ran.err);
    }
    assert!(harmless(&ran.err) && harmless(&ran.out), "{row:?}: {:?}", ran.err);
    assert!(!ran.err.contains("panicked") && !ran.err.contains("os error"), "{}", ran.err);
    if code >= 2 {
        assert_eq!(ran.out, "", "{row:?}: a failed run has results");
        let todo = ["fix: ", "try '--help'", "[possible values: "];
        assert!(todo.iter().any(|todo| ran.err.contains(todo)), "{row:?}: what to do? {}", ran.err);
        assert!(!ran.err.contains("fix: \n"), "{row:?}: {}", ran.err);
    }
    ran
}

#[test]
fn a_blueprint_that_cannot_be_read_is_told_and_left_alone() {
    let deep = format!("{{\"version\": 1, \"x\": {}{}}}", "[".repeat(200), "]".repeat(200));
    let large = format!("{{\"version\": 1, \"x\": \"{}\"}}", "y".repeat(17 * 1024 * 1024));
    let rows: &[(&[u8], &[&str])] = &[
        (b"", &["blueprint-syntax", "line 1, column 1"]),
        (b"{\"version\": 1,\n \"ticks\": [],}", &["blueprint-syntax", "line 2, column 13", "comma"]),
        (b"{\"version\": 1,\n \"ticks\": [{\"capabil", &["blueprint-syntax", "line 2"]),
        (b"{\"version\": 1, \"version\": 1}", &["the key `version` a second time", "column 16"]),
        (b"{\"version\": 1, \"a\x1b\": 1}", &["control character", "column 18"]),
        (b"{\"version\": 1} {}", &["after the end", "column 16"]),
        (b"[]", &["blueprint-shape", "an object"]),
        (b"null", &["blueprint-shape", "an object"]),
        (b"{\"ticks\": []}", &["blueprint-shape", "`version` is missing"]),
        (b"{\"version\": \"1\"}", &["blueprint-shape", "`version` is a string, not a number"]),
        (b"{\"version\": 0}", &["blueprint-shape", "`version` is 0"]),
        (b"{\"version\": 1, \"ticks\": {}}", &["`ticks` is an object, not a list", "column 25"]),
        (b"{\"version\": 1, \"ticks\": [7]}", &["blueprint-shape", "a number, not an object"]),
        (b"{\"version\": 1, \"ticks\": [{\"capability\": 7}]}", &["`capability` is a number"]),
        (b"{\"version\": 1, \"ticks\": [{}]}", &["no `capability`"]),
        (b"{\"version\": 1, \"scope\": {\"region\": 7}}", &["`region` is a number, not a string"]),
        (b"{\"version\": 1, \"subjects\": []}", &["`subjects` is a list, not an object"]),
        (b"{\"version\": 1, \"profiles\": [{}]}", &["GetInferenceProfile", "column 29"]),
        (b"{\"version\": 1, \"x\": \"\xff\"}", &["not UTF-8", "byte 21"]),
        (deep.as_bytes(), &["blueprint-syntax", "nesting deeper than 128"]),
        (large.as_bytes(), &["larger than 16 MiB"]),
        (b"{\"version\": 2, \"ticks\": 7}", &["blueprint-newer", "version 2 is newer"]),
        (b"{\"version\": 99999999999999999999999}", &["blueprint-newer"]),
    ];
    for (bytes, says) in rows {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("flow.json");
        fs::write(&file, bytes).unwrap();
        let says = [&["flow.json"], *says].concat();
        for more in [&["--json"][..], &["--save", "flow.json", "--force"], &["--out", "out"]] {
            told(folder.path(), &[&["build", "flow.json"], more].concat(), 3, &says);
        }
        assert!(fs::read(&file).unwrap() == *bytes, "{says:?}: the file was changed");
        assert_eq!(names(folder.path()), ["flow.json"], "{says:?}: a file was made");
        let mut stdin = program();
        stdin.args(["build", "-"]);
        program::with_input(stdin, bytes).with(3);
    }
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["build", "nowhere.json"], 3, &["`nowhere.json`", "no such file"]);
    told(folder.path(), &["build", "."], 3, &["`.`", "is a folder", "give a file"]);
    told(folder.path(), &["build", "/dev/null/x"], 3, &["`/dev/null/x`", "not a directory"]);
    told(folder.path(), &["build", "a\u{1b}[31m\u{202e}b"], 3, &["`a^[[31m<U+202E>b`"]);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_another_system_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    build(&[&everything()[..], &["--save", text(&folder.path().join("plain.json"))]].concat()).with(0);
    let plain = fs::read_to_string(folder.path().join("plain.json")).unwrap();
    let wanted = told(folder.path(), &["build", "plain.json"], 0, &[]);
    for (name, bytes) in [("bom", format!("\u{feff}{plain}")), ("crlf", plain.replace('\n', "\r\n"))] {
        fs::write(folder.path().join(name), bytes).unwrap();
        assert_eq!(told(folder.path(), &["build", name], 0, &[]), wanted, "{name}");
    }
}

#[test]
fn what_a_blueprint_has_and_this_program_does_not_know_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        (
            r#""ticks": [{"capability": "flow-node/promt", "z": [1.50]}]"#,
            "unknown-capability",
            "flow-node/promt",
        ),
        (r#""ticks": [{"capability": "mine/new", "instances": [{"name": "n", "q": {}}]}]"#, "", "mine/new"),
        (
            r#""ticks": [{"capability": "flow-node/prompt", "instances": [{"values": {"modle": "x"}}]}]"#,
            "unknown-parameter",
            "modle",
        ),
        (
            r#""subjects": {"flwo": {"id": "x"}}, "ticks": [{"capability": "flow-node/input"}]"#,
            "unknown-subject",
            "flwo",
        ),
        (
            r#""ticks": [{"capability": "flow-node/prompt", "instances": [{"values": {"model": {"x": 1e2}}}]}]"#,
            "value-type",
            "model",
        ),
        (
            r#""ticks": [{"capability": "flow-node/prompt", "instances": [{"values": {"model": ["a", "b"]}}]}]"#,
            "value-single",
            "model",
        ),
    ];
    for (inner, code, name) in rows {
        let file = folder.path().join("flow.json");
        let scope = r#""scope": {"region": "us-east-1", "account": "123456789012", "note": "n"}"#;
        fs::write(&file, format!("{{\"version\": 1, \"colour\": \"red\", {scope}, {inner}}}")).unwrap();
        let before: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let ran = told(folder.path(), &["build", "flow.json", "--save", "flow.json"], 1, &["fix: "]);
        assert!(ran.err.contains(&format!("error[{code}")) && ran.err.contains(name), "{}", ran.err);
        let after: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for (path, leaf) in scalars(&before) {
            assert_eq!(after.pointer(&path), Some(&leaf), "{path} of {inner} is lost");
        }
        assert!(fs::read_to_string(&file).unwrap().contains(if inner.contains("1.50") {
            "1.50"
        } else {
            ""
        }));
    }
}

#[test]
fn a_wrong_name_on_the_command_line_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let rows: &[(&[&str], &[&str])] = &[
        (&[], &["nothing is ticked", "--tick"]),
        (&["--tick", "flow-node/promt"], &["`flow-node/promt`", "did you mean flow-node/prompt?"]),
        (&["--tick", "prompt"], &["`prompt`", "did you mean flow-node/prompt?"]),
        (&["--tick", "banana"], &["`banana`", "bedrock-policy list"]),
        (&["--tick", ""], &["``", "bedrock-policy list"]),
        (&["--set", "flow-node/promt.model=x"], &["did you mean flow-node/prompt?"]),
        (&["--set", "flow-node/prompt.modle=x"], &["`modle`", "did you mean model?"]),
        (&["--set", "flow-node/prompt.q=x"], &["`q`", "it has model, regions, prompt, agent"]),
        (&["--set", "flow-node/input.q=x"], &["`q`", "--tick flow-node/input"]),
        (&["--set", "flwo.id=x"], &["`flwo`", "did you mean flow"]),
        (&["--set", "flow.di=x"], &["`di`", "did you mean id?"]),
        (&["--set", "flow-node/prompt.model"], &["has no `=`", "CAPABILITY.PARAMETER=VALUE"]),
        (&["--set", "flow-node/prompt=x"], &["has no `.`", "CAPABILITY.PARAMETER=VALUE"]),
        (&["--set", "=x"], &["has no `.`"]),
        (&["--set", ""], &["has no `=`"]),
        (&["--set", "a\u{7}\u{202e}.b=x"], &["`a^G<U+202E>`"]),
        (&["--tick", "a\u{1b}]0;t\u{7}"], &["`a^[]0;t^G`"]),
        (&["--tick", "flow-node/input", "--document", "x\u{9b}1m"], &["`x<U+009B>1m`", "flow-role-trust"]),
        (&["--tick", "people/full-access", "--document", "flow-role"], &["`flow-role`"]),
        (&["--set", "deny/regions.form=x", "--set", "deny/regions@b.form=y"], &["`deny/regions`", "once"]),
        (&["--document", "a", "--out", "b"], &["--document", "--out", "try '--help'"]),
        (&["--json", "--out", "b"], &["--json", "try '--help'"]),
        (&["--region"], &["--region"]),
        (&["--out", ""], &["--out"]),
        (&["--region", "a", "--region", "b"], &["--region"]),
        (&["a.json", "b.json"], &["b.json"]),
        (&["--nope\u{7}\u{202e}"], &["--nope"]),
    ];
    for (arguments, says) in rows {
        told(folder.path(), &[&["build"], *arguments].concat(), 2, says);
    }
    for (arguments, says) in [
        (&[][..], &["needs a terminal", "build --help"][..]),
        (&["biuld"], &["build"]),
        (&["list", "everything\u{9b}"], &["capabilities"]),
        (&["completions", "tcsh"], &["bash"]),
        (&["explain"], &["IAM-ACTION"]),
        (&["explain", "bedrock:InvokeModle"], &["bedrock:InvokeModel?"]),
        (&["explain", "hloe"], &["hole?"]),
        (&["explain", "\u{1b}[31m"], &["`^[[31m`", "list"]),
        (&["explain", "nowhere:Go"], &["bedrock"]),
    ] {
        let ran: Ran = program().args(arguments).current_dir(folder.path()).output().unwrap().into();
        assert!(harmless(&ran.err), "{:?}", ran.err);
        let ran = ran.with(2);
        assert!(ran.out.is_empty() && says.iter().all(|word| ran.err.contains(word)), "{}", ran.err);
    }
    let no_text = OsString::from_vec(b"flow.name=\xff".to_vec());
    told(folder.path(), &["build".into(), "--set".into(), no_text], 2, &[]);
    assert_eq!(names(folder.path()), [] as [&str; 0]);
}

const INPUT: [&str; 6] =
    ["--tick", "flow-node/input", "--set", "flow.id=FLOW123456", "--allow-holes", "--force"];

/// `build` of one small flow with more arguments, `--force` among them or not.
fn small<'a>(force: bool, more: &[&'a str]) -> Vec<&'a str> {
    let end = if force { 6 } else { 5 };
    [&["build"], &SCOPE[..], &INPUT[..end], more].concat()
}

#[test]
fn what_cannot_be_written_is_told_and_what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), "mine").unwrap();
    fs::create_dir(at("out")).unwrap();
    fs::write(at("out/README.md"), "mine").unwrap();
    symlink(at("file"), at("link")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    let rows: &[(bool, &[&str], &[&str])] = &[
        (true, &["--out", "file"], &["`file`"]),
        (true, &["--out", "file/x"], &["`file/x`", "not a directory"]),
        (true, &["--out", "/dev/null/x"], &["`/dev/null/x`", "not a directory"]),
        (true, &["--out", "dangling"], &["`dangling`"]),
        (true, &["--save", "file/x"], &["`file/x`"]),
        (true, &["--save", "nowhere/x"], &["`nowhere/x`", "folder"]),
        (true, &["--save", "out"], &["`out`", "no file"]),
        (true, &["--save", "link"], &["`link`", "symbolic link"]),
        (true, &["--save", "dangling"], &["`dangling`", "symbolic link"]),
        (false, &["--save", "file"], &["`file`", "differs", "--force"]),
        (false, &["--out", "out"], &["`out/README.md`", "differs", "--force"]),
        (false, &["--profile-response", "file"], &["`file`", "get-inference-profile"]),
        (false, &["--profile-response", "nowhere"], &["`nowhere`", "no such file"]),
    ];
    for (force, more, says) in rows {
        told(folder.path(), &small(*force, more), 3, says);
        assert_eq!(names(folder.path()), ["dangling", "file", "link", "out"], "{more:?}");
        assert_eq!(names(&at("out")), ["README.md"], "{more:?}: a part was written");
        assert_eq!(fs::read_to_string(at("out/README.md")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(at("file")).unwrap(), "mine");
    }
    let ran = told(folder.path(), &small(true, &["--out", "out"]), 0, &[]);
    assert!(ran.out.contains("overwritten out/README.md\n"), "{}", ran.out);
    assert_eq!(names(&at("out")), ["README.md", "flow-role-trust.json"]);
    fs::remove_file(at("out/README.md")).unwrap();
    symlink(at("file"), at("out/README.md")).unwrap();
    told(folder.path(), &small(true, &["--out", "out"]), 3, &["`out/README.md`", "symbolic link"]);
    told(folder.path(), &small(true, &["--save", "file"]), 0, &["saved `file` (overwritten)"]);
    told(folder.path(), &["build", "./file", "--save", "file", "--set", "flow.name=n"], 0, &["saved `file`"]);
}

#[test]
fn a_closed_pipe_is_a_quiet_end_and_a_full_disk_is_none() {
    let wrong = sets(&["flow-node/prompt.model=not a model"]);
    for (arguments, code) in [
        ([&["build"], &SCOPE[..], &everything()].concat(), 0),
        ([&["build"], &SCOPE[..], &wrong, &["--json"]].concat(), 1),
        (vec!["list", "actions", "--json"], 0),
        (vec!["completions", "bash"], 0),
        (vec!["man"], 0),
        (vec!["--help"], 0),
    ] {
        let mut child =
            program().args(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*err), (Some(code), ""), "{arguments:?}");
        if Path::new("/dev/full").exists() {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let ran: Ran = program().args(&arguments).stdout(full).output().unwrap().into();
            assert_eq!(ran.code, Some(3), "{arguments:?}");
            assert!(ran.err.contains("could not be written: ") && ran.err.contains("fix: "), "{}", ran.err);
        }
    }
    let mut quiet = program();
    let full = fs::OpenOptions::new().write(true).open("/dev/null").unwrap();
    quiet.args(["build", "--set", "flow.id=x"]).stderr(full);
    assert_eq!(quiet.status().unwrap().code(), Some(2));
}

#[test]
fn any_value_is_kept_as_it_is_and_shown_without_harm() {
    let long = "x".repeat(100_000);
    let values = [
        "it's \"quoted\" \\ `x` $(id) ; # & | < >",
        "two\nlines\ttab\r",
        "\u{1}\u{1b}[2J\u{7}\u{7f}\u{9b}31m\u{85}",
        "\u{202e}evil\u{2066}\u{200b}\u{feff}\u{2028}",
        "${aws:username}",
        "<placeholder>",
        "*?",
        "a=b=c",
        "",
        " ",
        "-rf",
        "../../etc/passwd",
        "\u{1f600}\u{e9}",
        &long,
    ];
    let places = [
        "flow.name",
        "flow.id",
        "flow-role.name",
        "author.principal",
        "flow-node/prompt.model",
        "flow-node/lambda-function.function",
        "flow-node/s3-storage.bucket",
        "flow/encryption.key",
    ];
    for value in values {
        let folder = tempfile::tempdir().unwrap();
        let sets: Vec<String> = places.iter().map(|place| format!("{place}={value}")).collect();
        for set in &sets {
            let ran = build(&["--tick", "people/author-flows", "--set", set, "--json"]);
            assert!(ran.code == Some(0) || ran.code == Some(1), "{set:?}: {:?} {}", ran.code, ran.err);
            assert!(harmless(&ran.out), "{set:?}: {:?}", ran.out);
        }
        let ticks = ["--tick", "people/author-flows", "--tick", "flow/legacy-access"];
        let values = sets.iter().take(if value.len() > 1000 { 4 } else { 99 });
        let values: Vec<&str> = values.flat_map(|set| ["--set", set]).collect();
        let arguments = [&["build"], &SCOPE[..], &ticks, &values].concat();
        let ran = told(folder.path(), &[&arguments[..], &["--save", "b", "--json"]].concat(), 1, &[]);
        for document in list(&ran.json(), "documents") {
            let file = word(document, "file");
            let fit = file.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            assert!(fit && file.len() <= 200 && !file.starts_with('.'), "{file}");
        }
        let saved: Value =
            serde_json::from_str(&fs::read_to_string(folder.path().join("b")).unwrap()).unwrap();
        let kept = scalars(&saved).iter().filter(|(_, leaf)| leaf.as_str() == Some(value)).count();
        assert_eq!(kept, values.len() / 2, "{value:?} is not saved everywhere: {saved}");
        let plain = told(folder.path(), &arguments, 1, &[]);
        assert!(plain.err.chars().count() < 50_000, "messages of {} bytes", plain.err.len());
        let out = ["--out", "out", "--force", "--allow-errors"];
        told(folder.path(), &[&arguments[..], &out].concat(), 1, &[]);
        assert!(harmless(&fs::read_to_string(folder.path().join("out/README.md")).unwrap()), "{value:?}");
        assert_eq!(names(folder.path()), ["b", "out"], "{value:?}");
    }
}
