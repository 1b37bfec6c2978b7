//! Work that was left unsaved: taking it up, dropping it, and what its keeper has to tell.

use std::path::Path;

use crate::app::change::Edit;
use crate::app::menu::{Answer, Question};
use crate::app::role::Role;
use crate::app::{Effect, Filed, Kept, Left, Model, Others, Overlay};
use crate::blueprint::file;
use crate::text::shown;

/// Takes in what was left by programs that were ended, and asks about the newest.
pub(super) fn arrived(model: &mut Model, left: Vec<Left>) {
    let is_meant = |one: &Left| match &model.filed.path {
        Some(open) => one.path.as_ref() == Some(open),
        None => true,
    };
    let asks = left.iter().any(is_meant);
    model.left = left;
    // The work on the file that is open goes first.
    if let Some(at) = model.left.iter().position(|one| one.path.is_some() && one.path == model.filed.path) {
        let meant = model.left.remove(at);
        model.left.insert(0, meant);
    }
    if asks && model.overlay.is_none() && model.editing.is_none() {
        ask(model);
    } else if !model.left.is_empty() {
        model.say(Role::Suggestion, "there is unsaved work of an earlier run: `:` and `unsaved` takes it up");
    }
}

/// Asks what is to become of the first work that was left.
pub(super) fn ask(model: &mut Model) {
    let Some(one) = model.left.first() else { return };
    let name = one.path.as_deref().map_or("a new blueprint".to_owned(), |path| format!("`{}`", name(path)));
    let ticks = file::read(&one.text).map_or(0, |blueprint| blueprint.ticks.len());
    let ticks = if ticks == 1 { "1 tick".to_owned() } else { format!("{ticks} ticks") };
    let mut lines = vec![format!("Unsaved work was left {}:", one.when), format!("{name}, {ticks}.")];
    match model.left.len() - 1 {
        0 => {}
        1 => lines.push("One more is asked about after it.".to_owned()),
        more => lines.push(format!("{more} more are asked about after it.")),
    }
    let answers = vec![
        ("take it up", Answer::TakeUp),
        ("ask at the next start", Answer::Stay),
        ("delete it", Answer::Drop),
    ];
    model.overlay = Some(Overlay::Question(Question { lines, answers, at: 0 }));
}

/// Goes on with the first work that was left; what was on the screen comes back by undo.
pub(super) fn take_up(model: &mut Model) -> Vec<Effect> {
    if model.left.is_empty() {
        return Vec::new();
    }
    let one = model.left.remove(0);
    match file::read(&one.text) {
        Ok(blueprint) => {
            let saved = one.known.as_deref().and_then(|text| file::read(text).ok()).unwrap_or_default();
            model.edit(&Edit::Replace("take up unsaved work".to_owned(), Box::new(blueprint)));
            model.file(Filed { path: one.path, saved, text: one.known, ..Filed::default() });
            model.say(Role::Good, format!("took up the work left {}: `w` saves it", one.when));
            vec![Effect::Forget(one.id)]
        }
        Err(faults) => {
            let (line, what) = faults.first().map_or((0, ""), |fault| (fault.at.0, fault.what.as_str()));
            model.say(
                Role::Error,
                format!(
                    "the work left {} cannot be read: line {line}: {what}; it stays as `{}.json` in the folder of the state",
                    one.when, one.id
                ),
            );
            Vec::new()
        }
    }
}

/// Drops the first work that was left, and asks about the next.
pub(super) fn drop_first(model: &mut Model) -> Vec<Effect> {
    if model.left.is_empty() {
        return Vec::new();
    }
    let one = model.left.remove(0);
    model.say(Role::Good, format!("deleted the work left {}", one.when));
    ask(model);
    vec![Effect::Forget(one.id)]
}

/// Tells what the keeper of unsaved work found.
pub(super) fn told(model: &mut Model, kept: Kept) {
    match kept {
        Kept::Failed(why) => {
            model.say(Role::Warning, format!("unsaved work is not kept for a crash: {why}"));
        }
        // What is told was seen a moment ago: the file may be another one now, or saved since.
        Kept::AlsoOpen(path) if model.filed.path.as_ref() == Some(&path) => {
            if model.filed.others == Others::None {
                model.filed.others = Others::Open;
            }
            model.say(
                Role::Warning,
                format!("`{}` is open in another window too: who saves last is asked first", name(&path)),
            );
        }
        Kept::Changed(path, text)
            if model.filed.path.as_ref() == Some(&path) && model.filed.text.as_ref() != Some(&text) =>
        {
            model.filed.others = Others::Changed;
            model.say(
                Role::Warning,
                format!("`{}` was changed by another program: saving asks first", name(&path)),
            );
        }
        Kept::AlsoOpen(_) | Kept::Changed(..) => {}
    }
}

fn name(path: &Path) -> String {
    shown(&path.to_string_lossy())
}
