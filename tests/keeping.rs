//! Nothing is lost: a save fails at any of its steps or is killed at any moment, and what is there is
//! the old file or the new one; unsaved work outlives a kill; two programs notice each other.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bedrock_policy::blueprint::file;
use bedrock_policy::shell::files::{Allowed, Disk, Step, Written, write_folder, write_state, write_text};
use rustix::process::Signal;

#[path = "support/pty.rs"]
mod pty;

use pty::{Pty, Start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_bedrock-policy");

/// A blueprint's text in one Region.
fn blueprint(region: &str) -> String {
    let ticks = r#"[{"capability": "flow-node/prompt", "instances": [{"name": "p", "values": {"model": "amazon.nova-lite-v1:0"}}]}]"#;
    let scope = format!(r#"{{"region": "{region}", "account": "123456789012"}}"#);
    let text = format!(r#"{{"version": 1, "scope": {scope}, "ticks": {ticks}}}"#);
    file::write(&file::read(&text).unwrap())
}

/// The files of a folder, hidden ones too, with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The errors that a disk may give (Linux: no space left, input or output failed, read-only, quota).
const ERRORS: [i32; 4] = [28, 5, 30, 122];

/// Lets `save` fail at its first step, at its second, and so on until it takes fewer steps than that;
/// the steps of one that went through come back.
fn fail_each(save: &dyn Fn(Disk<'_>) -> Result<(), String>, check: &dyn Fn(Step, &str)) -> Vec<Step> {
    for errno in ERRORS {
        for fatal in 1.. {
            let (count, last) = (Cell::new(0), Cell::new(Step::Look));
            let before = |step| {
                count.set(count.get() + 1);
                last.set(step);
                if count.get() == fatal { Err(io::Error::from_raw_os_error(errno)) } else { Ok(()) }
            };
            let done = save(Disk::faulty(&before));
            if count.get() < fatal {
                assert_eq!(done, Ok(()));
                break;
            }
            check(last.get(), &done.expect_err("a step failed and nothing was said"));
        }
    }
    let steps = std::cell::RefCell::new(Vec::new());
    let before = |step| {
        steps.borrow_mut().push(step);
        Ok(())
    };
    save(Disk::faulty(&before)).unwrap();
    steps.into_inner()
}

#[test]
fn a_save_that_fails_at_any_step_leaves_the_old_file_or_the_new_one() {
    let (old, new) = (blueprint("us-east-1"), blueprint("eu-west-1"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flow.json");
    let save = |disk: Disk<'_>| {
        fs::write(&path, &old).unwrap();
        let done = write_text(disk, &path, &new, Allowed::REPLACE);
        done.map(|done| assert_eq!(done, Written::Overwritten)).map_err(|why| why.to_string())
    };
    let steps = fail_each(&save, &|step, why| {
        let there = files(folder.path());
        let expected = if step == Step::SyncFolder { &new } else { &old };
        assert_eq!(there, BTreeMap::from([("flow.json".to_owned(), expected.clone())]), "{step:?}: {why}");
        file::read(&there["flow.json"]).unwrap();
        assert!(why.contains(&*folder.path().to_string_lossy()) && why.contains("fix: "), "{why}");
    });
    let wanted = [Step::Look, Step::Create, Step::Write, Step::Sync, Step::Rename, Step::SyncFolder];
    assert_eq!(steps, wanted, "synced before it is renamed, and the folder behind it");
}

#[test]
fn an_export_that_fails_at_any_step_leaves_each_file_old_or_new() {
    let text = |word: &str, at: usize| format!("{{\"{word}\": {at}}}\n");
    let names = |word: &str| (0..4).map(|at| (format!("{at}.json"), text(word, at))).collect::<Vec<_>>();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out/deeper");
    let save = |disk: Disk<'_>| {
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(&out).unwrap();
        for (name, text) in names("old").iter().take(3) {
            fs::write(out.join(name), text).unwrap();
        }
        let done = write_folder(disk, &out, &names("new"), Allowed::REPLACE);
        done.map(drop).map_err(|why| why.to_string())
    };
    let steps = fail_each(&save, &|step, why| {
        let there = files(&out);
        for (at, (name, new)) in names("new").into_iter().enumerate() {
            let is_whole = match there.get(&name) {
                Some(found) => *found == new || *found == text("old", at),
                None => at == 3,
            };
            assert!(is_whole, "{step:?}: {name} is {:?}", there.get(&name));
            // All texts are on the disk before the first gets its name.
            let staging = !matches!(step, Step::Rename | Step::SyncFolder);
            assert!(!staging || there.get(&name) != Some(&new), "{step:?}: {name} is new already");
        }
        assert!(there.keys().all(|name| !name.starts_with('.')), "{step:?} leaves {there:?}");
        assert!(why.contains("out"), "{why}");
    });
    assert_eq!(steps.iter().filter(|step| **step == Step::Rename).count(), 4);
    let last = |wanted| steps.iter().rposition(|step| *step == wanted).unwrap();
    let first = |wanted| steps.iter().position(|step| *step == wanted).unwrap();
    assert!(last(Step::Sync) < first(Step::Rename) && last(Step::Rename) < first(Step::SyncFolder));
}

#[test]
fn what_is_kept_for_a_crash_fails_in_the_same_way_and_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/unsaved/one.json");
    let save = |disk: Disk<'_>| write_state(disk, &path, "new").map_err(|why| why.to_string());
    let steps = fail_each(&save, &|step, why| {
        let there = path.parent().filter(|folder| folder.exists()).map(files).unwrap_or_default();
        assert!(there.iter().all(|(name, text)| name == "one.json" && text == "new"), "{step:?} {why}");
    });
    assert!(steps.starts_with(&[Step::MakeFolder]));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

/// One run of the program that saves a blueprint and exports a folder, killed after a while.
fn killed_build(folder: &Path, region: &str, after: Option<Duration>) -> bool {
    let mut child = Command::new(PROGRAM)
        .current_dir(folder)
        .args(["build", "flow.json", "--region", region])
        .args(["--save", "flow.json", "--out", "out", "--force"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let end = after.map(|after| Instant::now() + after);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        if end.is_some_and(|end| Instant::now() >= end) {
            child.kill().unwrap();
            child.wait().unwrap();
            return false;
        }
        thread::sleep(Duration::from_micros(50));
    }
}

#[test]
fn a_program_that_is_killed_while_it_saves_leaves_the_old_files_or_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let regions = ["us-east-1", "eu-west-1"];
    fs::write(folder.path().join("flow.json"), blueprint(regions[0])).unwrap();
    let mut whole = BTreeMap::new();
    let mut longest = Duration::ZERO;
    for region in regions {
        let start = Instant::now();
        assert!(killed_build(folder.path(), region, None));
        longest = longest.max(start.elapsed());
        let saved = fs::read_to_string(folder.path().join("flow.json")).unwrap();
        whole.insert(region, (saved, files(&folder.path().join("out"))));
    }
    assert_ne!(whole[regions[0]], whole[regions[1]]);
    let (mut ended, mut kills) = (0, 0_u32);
    while kills < 200 {
        // The moments of the kills are spread evenly over a run.
        let after = longest * (kills * 37 % 200) / 200;
        if killed_build(folder.path(), regions[usize::try_from(kills % 2).unwrap()], Some(after)) {
            ended += 1;
        }
        kills += 1;
        let saved = fs::read_to_string(folder.path().join("flow.json")).unwrap();
        file::read(&saved).unwrap();
        assert!(whole.values().any(|(known, _)| *known == saved), "kill {kills}: {saved}");
        for (name, text) in files(&folder.path().join("out")) {
            let is_temporary = name.starts_with(".bedrock-policy-");
            assert!(
                is_temporary || whole.values().any(|(_, known)| known.get(&name) == Some(&text)),
                "kill {kills}: {name} is {text}"
            );
        }
    }
    eprintln!("200 kills, of which {ended} came after the end; a run took up to {longest:?}");
    assert!(ended < 150, "too few of the kills fell into a run");
}

/// Starts the program in a home that outlives it.
fn start(home: &Path, arguments: &[&str]) -> Option<Pty> {
    let home = home.to_str().unwrap();
    let mut pty = Pty::start(&Start {
        program: Path::new(PROGRAM),
        size: (100, 30),
        arguments,
        environment: &[("HOME", home)],
    })?;
    pty.wait_for("q quit");
    Some(pty)
}

/// The folder in which unsaved work is kept.
fn unsaved(home: &Path) -> PathBuf {
    let folder = bedrock_policy::shell::folders::unsaved_below(home);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "json")
}

/// Waits until the unsaved work on the disk holds a text.
fn wait_for_work(home: &Path, text: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while !files(&unsaved(home)).iter().any(|(name, found)| is_json(name) && found.contains(text)) {
        assert!(Instant::now() < end, "{text} is not kept: {:?}", files(&unsaved(home)));
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn work_outlives_a_kill_and_is_offered_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let Some(mut pty) = start(home.path(), &[]) else { return };
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    pty.press(&["s", "Ctrl-u", "eu-west-3"]);
    // The letters of a field count from the first one on, not only once they are accepted.
    wait_for_work(home.path(), "eu-west-3");
    pty.signal(Signal::KILL);
    drop(pty);
    let mut pty = start(home.path(), &[]).unwrap();
    pty.wait_for("Unsaved work was left");
    pty.wait_for("a new blueprint, 7 ticks");
    pty.press(&["Enter"]);
    pty.wait_for("7 ticks");
    pty.wait_for("eu-west-3");
    // Taken up, it is the work of this program, and of this one alone.
    wait_for_work(home.path(), "eu-west-3");
    pty.press(&["q"]);
    pty.wait_for("not saved");
    pty.press(&["Down", "Down", "Enter"]);
    assert_eq!(pty.end().left, Vec::<&str>::new());
    assert!(files(&unsaved(home.path())).is_empty(), "quitting unsaved was asked for: nothing is left");
}

#[test]
fn work_that_cannot_be_read_is_left_alone_and_a_name_without_work_goes() {
    let home = tempfile::tempdir().unwrap();
    let folder = unsaved(home.path());
    for (name, bytes) in [("1-1.lock", &b""[..]), ("1-1.json", &b"\xff\xfe"[..]), ("2-2.lock", &b""[..])] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let Some(mut pty) = start(home.path(), &[]) else { return };
    let end = Instant::now() + Duration::from_secs(20);
    while folder.join("2-2.lock").exists() {
        assert!(Instant::now() < end, "a name without work stays");
        thread::sleep(Duration::from_millis(5));
    }
    pty.press(&["q"]);
    assert_eq!(pty.end().code, Some(0));
    assert_eq!(fs::read(folder.join("1-1.json")).unwrap(), b"\xff\xfe");
    assert!(folder.join("1-1.lock").exists());
}

#[test]
fn a_hang_up_keeps_the_work_and_a_save_needs_none_of_it() {
    let home = tempfile::tempdir().unwrap();
    let Some(mut pty) = start(home.path(), &[]) else { return };
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    pty.signal(Signal::HUP);
    pty.end();
    let kept = files(&unsaved(home.path()));
    let text = kept.iter().find(|(name, _)| is_json(name)).unwrap().1;
    assert_eq!(file::read(text).unwrap().ticks.len(), 7);
    let mut pty = start(home.path(), &[]).unwrap();
    pty.wait_for("Unsaved work was left");
    pty.press(&["Enter"]);
    pty.wait_for("7 ticks");
    let path = home.path().join("flow.json");
    pty.press(&["W", "Ctrl-u", path.to_str().unwrap(), "Enter"]);
    pty.wait_for("saved `");
    pty.press(&["q"]);
    assert_eq!(pty.end().code, Some(0));
    assert!(files(&unsaved(home.path())).is_empty());
    assert_eq!(file::read(&fs::read_to_string(path).unwrap()).unwrap().ticks.len(), 7);
}

#[test]
fn two_programs_on_one_file_notice_each_other_and_neither_loses_anything() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("flow.json");
    fs::write(&path, blueprint("us-east-1")).unwrap();
    let arguments = [path.to_str().unwrap()];
    let Some(mut one) = start(home.path(), &arguments) else { return };
    one.wait_for("saved");
    let mut two = start(home.path(), &arguments).unwrap();
    two.wait_for("saved, open twice");
    assert!(!two.screen().contains("Unsaved work"), "what is under way elsewhere is not left");
    two.press(&["s", "Ctrl-u", "eu-west-1", "Enter", "w"]);
    two.wait_for("saved `");
    one.press(&["s", "Ctrl-u", "eu-west-3", "Enter"]);
    one.wait_for("modified, and changed by others");
    one.press(&["w"]);
    one.wait_for("was changed by another program since it was read");
    assert_eq!(fs::read_to_string(&path).unwrap(), blueprint("eu-west-1"), "the other's save stands");
    one.press(&["Down", "Enter"]);
    one.wait_for("Save the blueprint");
    let other = home.path().join("other.json");
    one.press(&["Ctrl-u", other.to_str().unwrap(), "Enter"]);
    one.wait_for("saved `");
    assert_eq!(fs::read_to_string(&other).unwrap(), blueprint("eu-west-3"));
    one.press(&["q"]);
    two.press(&["q"]);
    assert_eq!((one.end().code, two.end().code), (Some(0), Some(0)));
}

#[test]
fn a_symbolic_link_is_followed_only_when_the_person_says_so() {
    let home = tempfile::tempdir().unwrap();
    let (target, link) = (home.path().join("target.json"), home.path().join("link.json"));
    fs::write(&target, blueprint("us-east-1")).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let Some(mut pty) = start(home.path(), &[link.to_str().unwrap()]) else { return };
    pty.press(&["s", "Ctrl-u", "eu-west-1", "Enter", "w"]);
    pty.wait_for("is a symbolic link to");
    pty.press(&["Enter"]);
    pty.wait_for_no("is a symbolic link to");
    assert_eq!(fs::read_to_string(&target).unwrap(), blueprint("us-east-1"));
    pty.press(&["w"]);
    pty.wait_for("is a symbolic link to");
    pty.press(&["Down", "Enter"]);
    pty.wait_for("saved `");
    assert_eq!(fs::read_to_string(&target).unwrap(), blueprint("eu-west-1"));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    pty.press(&["q"]);
    assert_eq!(pty.end().code, Some(0));
}
