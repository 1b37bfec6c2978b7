//! A panic gives the terminal back, and then the hook that was there before speaks.
//!
//! The program has no way to panic on purpose, and gets none for a test. So this test starts itself in a
//! pseudo-terminal and runs the program's own loop there with a model whose count of changes is at its
//! end: the next change overflows it, in the midst of the loop, on whatever screen that happens. It has no
//! harness, because the loop is to run on the main thread, as in the program.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout, reason = "a test says how it goes")]

#[cfg(unix)]
#[path = "support/pty.rs"]
mod pty;

fn main() {
    #[cfg(unix)]
    match std::env::var_os("PANICS_INSIDE") {
        Some(_) => unix::inside(),
        None => unix::outside(),
    }
}

#[cfg(unix)]
mod unix {
    use super::pty::{Pty, Start};
    use bedrock_policy::app::{Model, World};
    use bedrock_policy::catalog::Catalog;

    const BEFORE: &str = "the hook that was there: ";

    /// The program's loop, one change before a panic.
    pub(crate) fn inside() {
        std::panic::set_hook(Box::new(|info| eprintln!("{BEFORE}{info}")));
        let mut model = Model::new(Catalog::builtin(), (120, 40), World::default());
        model.mouse = std::env::var_os("PANICS_MOUSE").is_some();
        model.changes = u64::MAX;
        let ended = bedrock_policy::shell::screen::run(model);
        println!("no panic: {ended:?}");
    }

    /// From several screens, with and without the mouse.
    pub(crate) fn outside() {
        if !cfg!(debug_assertions) {
            return println!("skipped: nothing overflows in a program built for release");
        }
        let program = std::env::current_exe().unwrap();
        let scenes: [&[&str]; 5] = [&["Space"], &["s", "e"], &["E"], &["3", "z", "E"], &["?", "Space"]];
        for keys in scenes {
            for mouse in [&[("PANICS_INSIDE", "1")][..], &[("PANICS_INSIDE", "1"), ("PANICS_MOUSE", "1")]] {
                let start = Start { program: &program, size: (120, 40), arguments: &[], environment: mouse };
                let Some(mut pty) = Pty::start(&start) else { return };
                pty.wait_for("q quit");
                if keys.first() == Some(&"?") {
                    // No change is made in the help: it ends as any other screen.
                    pty.press(&["?"]);
                    pty.wait_for("in the checklist");
                    pty.press(&["Esc"]);
                    pty.wait_for_no("in the checklist");
                    pty.press(&["Space"]);
                } else {
                    pty.press(keys);
                }
                let ended = pty.end();
                assert_eq!((ended.code, &ended.left[..]), (Some(101), &[][..]), "{keys:?}");
                let text = String::from_utf8_lossy(&ended.written).into_owned();
                assert_eq!(text.matches(BEFORE).count(), 1, "the hook before speaks once: {keys:?}");
                let (drawn, said) = text.split_once(BEFORE).unwrap();
                let tail = "\x1b[?25h\x1b[?2004l\x1b[?1049l";
                assert!(drawn.ends_with(tail), "{keys:?}: the terminal is not back before the words");
                assert_eq!(drawn.matches("\x1b[?1049l").count(), 1);
                assert_eq!(drawn.ends_with(&format!("\x1b[?1006l\x1b[?1000l{tail}")), mouse.len() == 2);
                assert!(!said.contains('\x1b') && said.contains("overflow"), "{keys:?}: {said:?}");
                assert!(ended.screen.contains(BEFORE), "its words can be read: {}", ended.screen);
            }
        }
        println!("panics: the terminal came back from each of {} screens, twice", scenes.len());
    }
}
