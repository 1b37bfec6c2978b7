//! Where there is no terminal, or less than one: plain words, what to use instead, and the right exit code.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::Signal;

#[path = "support/pty.rs"]
mod pty;

use pty::{Pty, Start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_bedrock-policy");

/// A shell in a terminal that runs the program in some way.
fn shell(script: &str, environment: &[(&str, &str)]) -> Option<Pty> {
    let arguments = ["-c", script, "sh", PROGRAM];
    let environment = [&[("PATH", "/usr/bin:/bin")], environment].concat();
    let program = Path::new("/bin/sh");
    Pty::start(&Start { program, size: (120, 40), arguments: &arguments, environment: &environment })
}

#[test]
fn without_a_terminal_it_says_so_and_names_what_works() {
    for (script, code, words) in [
        ("\"$1\" </dev/null", 2, "this is none"),
        ("\"$1\" 2>&1 >/dev/null", 2, "this is none"),
        ("\"$1\" </dev/null 2>&1 >/dev/null", 2, "this is none"),
        ("\"$1\" <&-", 2, "this is none"),
        ("\"$1\" >&-", 2, "this is none"),
        ("\"$1\" <&- >&-", 2, "this is none"),
        ("TERM=dumb \"$1\"", 2, "TERM is `dumb`"),
        ("TERM= \"$1\"", 2, "TERM is not set"),
        ("unset TERM; \"$1\"", 2, "TERM is not set"),
        ("setsid -w \"$1\"", 3, "the terminal cannot be used"),
    ] {
        if script.starts_with("setsid") && !Path::new("/usr/bin/setsid").exists() {
            eprintln!("skipped: there is no setsid");
            continue;
        }
        let Some(pty) = shell(script, &[]) else { return };
        let ended = pty.end();
        assert_eq!((ended.code, &ended.left[..]), (Some(code), &[][..]), "{script}: {}", ended.screen);
        let text = String::from_utf8(ended.written).unwrap();
        assert!(!text.contains('\x1b'), "{script} writes {text:?}");
        for wanted in ["error: ", words, "fix: ", "--plain", "build --help"] {
            assert!(text.contains(wanted), "{script}: no {wanted:?} in {text}");
        }
    }
    let Some(pty) = shell("\"$1\" <&- >&- 2>&-", &[]) else { return };
    let ended = pty.end();
    assert_eq!((ended.code, ended.written), (Some(2), Vec::new()), "nobody can be told");
}

#[test]
fn a_closed_standard_error_is_no_reason_not_to_draw() {
    let Some(mut pty) = shell("exec \"$1\" 2>&-", &[]) else { return };
    pty.wait_for("q quit");
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    let ended = pty.end_by(Signal::TERM);
    assert_eq!((ended.code, &ended.left[..]), (Some(143), &[][..]));
}

#[test]
fn in_a_locale_without_utf_8_no_byte_above_ascii_is_written() {
    for environment in [
        &[("LC_ALL", "C")][..],
        &[("LC_ALL", "POSIX")],
        &[("LANG", "C")],
        &[("LANG", "C.UTF-8"), ("LC_CTYPE", "en_US.ISO-8859-1")],
    ] {
        let Some(mut pty) = shell("exec \"$1\"", environment) else { return };
        pty.wait_for("q quit");
        for keys in [&["E"][..], &["3", "z", "]", "]", "z"], &["4", "j"], &["2", "Enter"], &["Tab"]] {
            pty.press(keys);
            pty.settle();
        }
        pty.press(&["Esc"]);
        pty.settle();
        for keys in [&["?"][..], &[":"], &["o"], &["W"], &["q"]] {
            pty.press(keys);
            pty.settle();
            pty.press(&["Esc"]);
            pty.settle();
        }
        let ended = pty.end_by(Signal::TERM);
        let found = ended.written.iter().position(|byte| !byte.is_ascii());
        let around = found
            .map(|at| String::from_utf8_lossy(&ended.written[at.saturating_sub(60)..at + 9]).into_owned());
        assert_eq!(around, None, "{environment:?}");
    }
}

#[test]
fn every_command_ends_quietly_when_nobody_reads_what_it_says() {
    let commands: &[&[&str]] = &[
        &["--help"],
        &["--version"],
        &["--plain"],
        &["build", "--help"],
        &["build", "--set", "flow.id=FLOW123456"],
        &["build", "--set", "flow.id=?", "--json"],
        &["list", "capabilities"],
        &["list", "kinds"],
        &["list", "actions"],
        &["explain", "bedrock:InvokeModel"],
        &["explain", "flow-node/prompt"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["man"],
        &["man", "build"],
        &["no-such-command"],
        &[],
    ];
    for arguments in commands {
        let run = |closed: [bool; 2]| {
            let mut command = Command::new(PROGRAM);
            let home = tempfile::tempdir().unwrap();
            command.args(*arguments).env_clear().env("HOME", home.path()).stdin(Stdio::null());
            let [out, err] = closed.map(|is_closed| {
                if !is_closed {
                    return Stdio::piped();
                }
                let (reader, writer) = std::io::pipe().unwrap();
                drop(reader);
                writer.into()
            });
            command.stdout(out).stderr(err).output().unwrap()
        };
        let open = run([false, false]);
        for closed in [[true, false], [false, true], [true, true]] {
            let ran = run(closed);
            assert_eq!(ran.status, open.status, "{arguments:?} {closed:?}");
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(!said.contains("panicked") && !said.contains("pipe"), "{arguments:?}: {said}");
            if !closed[1] {
                assert_eq!(ran.stderr, open.stderr, "{arguments:?}");
            }
        }
    }
}
