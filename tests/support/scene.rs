//! The screens from which the real program is left, stopped and hung up.
#![allow(dead_code, reason = "each user takes its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every user")]

use std::path::Path;

use super::pty::{Pty, Start};

/// A screen: how it is come to.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub name: &'static str,
    pub size: (u16, u16),
    pub arguments: &'static [&'static str],
    pub keys: &'static [&'static str],
    /// What tells that it is there.
    pub shown: &'static str,
    /// True when there is work that is not saved.
    pub is_modified: bool,
}

const fn scene(
    name: &'static str,
    keys: &'static [&'static str],
    shown: &'static str,
    is_modified: bool,
) -> Scene {
    Scene { name, size: (120, 40), arguments: &[], keys, shown, is_modified }
}

/// All of them.
pub const SCENES: &[Scene] = &[
    scene("the start", &[], "No document yet", false),
    scene("a field being edited", &["s", "eu"], "eu-west-1", true),
    scene("the help", &["?"], "in the checklist", false),
    scene("the palette", &[":", "theme"], "the next theme", false),
    scene("the export", &["E", "o"], "[ write 3 files ]", true),
    scene("a name to save under", &["E", "W"], "Save the blueprint", true),
    scene("a question", &["E", "q"], "quit without saving", true),
    scene("a filter being typed", &["/", "Prom"], "Prom", false),
    scene("the preview zoomed", &["E", "3", "z"], "\"Version\"", true),
    Scene { size: (20, 5), ..scene("a tiny terminal", &[], "needs 40x12", false) },
    Scene { arguments: &["--mouse"], ..scene("the mouse", &["E"], "7 ticks", true) },
];

impl Scene {
    /// Starts the program in a home and comes to this screen.
    pub fn start(&self, home: &Path) -> Option<Pty> {
        let mut pty = self.start_again(home)?;
        self.come_to(&mut pty);
        Some(pty)
    }

    /// Starts the program in a home.
    pub fn start_again(&self, home: &Path) -> Option<Pty> {
        let home = home.to_string_lossy();
        Pty::start(&Start {
            program: Path::new(env!("CARGO_BIN_EXE_bedrock-policy")),
            size: self.size,
            arguments: self.arguments,
            environment: &[("HOME", &*home)],
        })
    }

    /// Presses the keys that lead here.
    pub fn come_to(&self, pty: &mut Pty) {
        pty.wait_until("no first frame", |pty| {
            pty.screen().contains("q quit") || pty.screen().contains("needs 40x12")
        });
        pty.press(self.keys);
        pty.wait_for(self.shown);
        pty.settle();
    }
}
