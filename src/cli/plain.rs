//! `--plain`: the dialogue of `crate::plain` on standard input and output.

use std::io::IsTerminal as _;
use std::path::Path;

use super::args::Screen;
use super::{Exit, Output};
use crate::app::{Effect, Msg};
use crate::plain::{Plain, Turn};
use crate::shell::lines::{Heard, listen};
use crate::shell::{folders, keeper, screen};
use crate::text::{shown, wrapped};

/// Asks until it ends.
pub(super) fn run(arguments: &Screen, output: &mut Output<'_>) -> Exit {
    if arguments.blueprint.as_deref() == Some(Path::new("-")) {
        return output.usage(
            "answers come from standard input, so the blueprint cannot come from there besides",
            "give the blueprint's file",
        );
    }
    let model = match super::screen::model(arguments, output) {
        Ok(model) => model,
        Err(exit) => return exit,
    };
    let recent = model.world.recent.clone();
    let echo = !std::io::stdin().is_terminal();
    let heard = listen();
    let mut plain = Plain::new(model);
    let begin = plain.begin();
    let mut ended = perform(&mut plain, begin, output);
    while ended.is_none() {
        let next = heard.recv().unwrap_or(Heard::End);
        let turn = match next {
            Heard::Line(line) => {
                if echo {
                    // What was answered stands in the transcript as it would on a terminal.
                    output.result(&format!("{}\n", shown(&line)));
                }
                plain.answer(&line)
            }
            Heard::Refused(why) => {
                if echo {
                    output.result("\n");
                }
                plain.refuse(&why)
            }
            Heard::Continued => plain.again(),
            Heard::End => {
                ended = Some(leave(&plain, Exit::Clean, output));
                break;
            }
            Heard::Signal(number) => {
                ended = Some(leave(&plain, Exit::Signal(u8::try_from(number).unwrap_or(0)), output));
                break;
            }
        };
        ended = perform(&mut plain, turn, output);
    }
    if plain.model().world.recent != recent {
        folders::note_recent(&plain.model().world.recent);
    }
    ended.unwrap_or(Exit::Clean)
}

/// Writes what a turn says and does what it asks for, until a question stands; an exit when it ends.
fn perform(plain: &mut Plain, mut turn: Turn, output: &mut Output<'_>) -> Option<Exit> {
    loop {
        output.result(&turn.text);
        if output.failed.is_some() {
            // Nobody reads any more.
            return Some(leave(plain, Exit::Clean, output));
        }
        if turn.effects.is_empty() {
            return None;
        }
        let mut answers = Vec::new();
        for effect in turn.effects {
            if effect != Effect::Quit {
                answers.extend(screen::perform(effect));
            } else if !answers.iter().any(|answer| matches!(answer, Msg::Saved(_, Err(_)))) {
                output.result(&plain.over(answers));
                return Some(Exit::Clean);
            }
        }
        turn = plain.happened(answers);
    }
}

/// Ends without an answer: what is not saved is kept where it can be opened again, and told.
fn leave(plain: &Plain, exit: Exit, output: &mut Output<'_>) -> Exit {
    let left = plain.left();
    if output.failed.is_none() {
        output.result("\n");
    }
    let Some(text) = left.unsaved else { return exit };
    let changes = shown(&left.changes.join(", "));
    let fix = match keeper::leave_behind(&plain.model().filed, &text) {
        Ok(path) => format!(
            "it is kept in `{}`: `bedrock-policy --plain` with that file opens it, and save and quit as the last answers save it",
            shown(&path.to_string_lossy())
        ),
        Err(why) => format!("give save and quit as the last answers; it could not be kept: {why}"),
    };
    let what = format!("error: the answers ended before the blueprint was saved: {changes}");
    output.note(&format!("{}\n{}\n", wrapped(&what, 2), wrapped(&format!("  fix: {fix}"), 7)));
    if exit == Exit::Clean { Exit::Failed } else { exit }
}
