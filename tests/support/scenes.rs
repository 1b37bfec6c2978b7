//! The screenshots: which keys lead to each, and what must be on the screen by then.
//!
//! The keys go to the real program in a terminal of a fixed size. Nothing shown tells of the machine:
//! no path but those typed here, no version, no clock.
#![allow(unreachable_pub, reason = "it is the same file in every user")]

use std::path::Path;

use super::pty::{Pty, Start};
use super::svg::svg;

/// Columns and rows of every screenshot.
const SIZE: (u16, u16) = (120, 40);

/// One screenshot.
#[derive(Debug)]
pub struct Scene {
    /// The name of its file.
    pub name: &'static str,
    /// What it shows, for who cannot see it.
    pub title: &'static str,
    /// Keys, each with what must be shown before the next ones are pressed.
    steps: &'static [(&'static [&'static str], &'static str)],
}

/// All of them.
pub static SCENES: &[Scene] = &[
    Scene {
        name: "start",
        title: "The start: what can be ticked, and what the first row will ask for",
        steps: &[],
    },
    Scene {
        name: "example",
        title: "A flow of seven nodes: the lines of its policy that the agent node writes are marked",
        steps: &[(&["E"], "7 ticks"), (&["j", "j"], ">   [x] Agent")],
    },
    Scene {
        name: "field",
        title: "A value is typed: Regions are proposed, and the policy follows",
        steps: &[
            (&["E"], "7 ticks"),
            (&["Enter"], "> 2 Detail"),
            (&["Enter", "Tab"], "Regions the profile routes to:"),
            (&["Ctrl-j", "us-"], "us-gov"),
            (&["Down", "Down"], ">"),
        ],
    },
    Scene {
        name: "explained",
        title: "A line of the policy is explained: what it means, and who wrote it",
        steps: &[
            (&["E"], "7 ticks"),
            (&["3", "["], "[flow-role-trust]"),
            (&["PgDn"], ">"),
            (&["j", "j", "j"], "resource type flow"),
        ],
    },
    Scene {
        name: "runbook",
        title: "The runbook: every step, in the order in which AWS needs them",
        steps: &[(&["E"], "7 ticks"), (&["3", "]"], "[runbook]")],
    },
    Scene {
        name: "export",
        title: "The export: what would be written, seen before anything is",
        steps: &[
            (&["E", "o"], "[ write 3 files ]"),
            (&["g", "Enter", "Ctrl-u", "policies", "Enter"], "policies"),
            (&["G"], "> [ write 3 files ]"),
        ],
    },
];

/// Draws a scene with the program; `None` where no pseudo-terminal can be had.
pub fn draw(program: &Path, scene: &Scene) -> Option<String> {
    let environment = &[("COLORTERM", "")];
    let mut pty = Pty::start(&Start { program, size: SIZE, arguments: &[], environment })?;
    pty.wait_for("q quit");
    for (keys, shown) in scene.steps {
        pty.press(keys);
        pty.wait_for(shown);
    }
    pty.settle();
    Some(svg(pty.vt(), scene.title))
}
