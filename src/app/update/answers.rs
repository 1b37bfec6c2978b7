//! What the shell answers: files looked at, written, read, saved; text copied. And asking it to copy.

use std::path::{Path, PathBuf};

use crate::app::change::Edit;
use crate::app::menu::{Answer, Question};
use crate::app::preview::{Tab, shown};
use crate::app::role::Role;
use crate::app::{Effect, FileState, Filed, Model, Msg, NotSaved, Others, Overlay, Purpose, Route, export};
use crate::blueprint::{Blueprint, file};
use crate::text::shown as quoted;

pub(super) fn answered(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Looked(states) => looked(model, states),
        Msg::Wrote(states) => wrote(model, states),
        Msg::Saved(path, result) => saved(model, path, result),
        Msg::Read(purpose, path, result) => read(model, purpose, &path, result),
        Msg::Copied(what, route) => copied(model, &what, route),
        Msg::Left(left) => super::left::arrived(model, left),
        Msg::Kept(kept) => super::left::told(model, kept),
        Msg::Key(_) | Msg::Mouse(..) | Msg::Paste(_) | Msg::Resize(..) => {}
    }
    Vec::new()
}

fn name(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

fn looked(model: &mut Model, states: Result<Vec<FileState>, String>) {
    let Some(Overlay::Export(export)) = &mut model.overlay else { return };
    match states {
        Ok(states) => {
            for (file, state) in export.files.iter_mut().zip(states) {
                file.state = Some(state);
            }
        }
        Err(why) => export.problem = Some(why),
    }
}

fn wrote(model: &mut Model, states: Result<Vec<FileState>, String>) {
    let Some(Overlay::Export(export)) = &mut model.overlay else { return };
    match states {
        Err(why) => export.problem = Some(why),
        Ok(states) => {
            let count = |wanted: &FileState| states.iter().filter(|state| *state == wanted).count();
            let words = [
                (FileState::New, "new"),
                (FileState::Overwrite, "overwritten"),
                (FileState::Unchanged, "unchanged"),
            ];
            let parts: Vec<String> = words
                .iter()
                .map(|(state, word)| (count(state), word))
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            let folder = export.path();
            model.overlay = None;
            model.say(Role::Good, format!("wrote into `{}`: {}", name(&folder), parts.join(", ")));
            model.world.export_folder = folder;
        }
    }
}

fn saved(model: &mut Model, path: PathBuf, result: Result<(), NotSaved>) {
    let then_quit = matches!(&model.overlay, Some(Overlay::Ask(ask)) if ask.then_quit);
    match result {
        Ok(()) => {
            if matches!(model.overlay, Some(Overlay::Ask(_))) {
                model.overlay = None;
            }
            model.say(Role::Good, format!("saved `{}`", name(&path)));
            remember(model, &path);
            let text = Some(file::write(&model.blueprint));
            let saved = model.blueprint.clone();
            let others = if model.filed.path.as_ref() == Some(&path) && model.filed.others == Others::Open {
                Others::Open
            } else {
                Others::None
            };
            model.file(Filed { path: Some(path), saved, text, others });
        }
        Err(NotSaved::Differs) => {
            let is_own = model.filed.path.as_ref() == Some(&path) && model.filed.text.is_some();
            let what = match is_own {
                true => "was changed by another program since it was read",
                false => "is there already and differs",
            };
            let lines = vec![format!("`{}` {what}.", name(&path))];
            let answers = vec![
                ("stay", Answer::Stay),
                ("save under another name", Answer::SaveAs),
                ("replace it", Answer::Replace(path, then_quit)),
            ];
            model.overlay = Some(Overlay::Question(Question { lines, answers, at: 0 }));
        }
        Err(NotSaved::Link(target)) => {
            let lines = vec![format!("`{}` is a symbolic link to `{}`.", name(&path), quoted(&target))];
            let answers =
                vec![("stay", Answer::Stay), ("write to its target", Answer::Follow(path, then_quit))];
            model.overlay = Some(Overlay::Question(Question { lines, answers, at: 0 }));
        }
        Err(NotSaved::Failed(why)) => match &mut model.overlay {
            Some(Overlay::Ask(ask)) => ask.problem = Some(why),
            _ => model.say(Role::Error, format!("not saved: {why}")),
        },
    }
}

/// Puts a file at the head of those that were open lately.
fn remember(model: &mut Model, path: &Path) {
    model.world.recent.retain(|known| known != path);
    model.world.recent.insert(0, path.to_owned());
    model.world.recent.truncate(10);
}

fn read(model: &mut Model, purpose: Purpose, path: &Path, result: Result<String, String>) {
    let done = result.and_then(|text| match purpose {
        Purpose::Open | Purpose::SaveAs => open(model, path, &text),
        Purpose::Names => {
            let names = crate::import::names::names(&text)?;
            let new: Vec<_> = names.into_iter().filter(|name| !model.world.names.contains(name)).collect();
            let count = new.len();
            model.world.names.extend(new);
            Ok(format!("read {count} new names from `{}`: fields propose them", name(path)))
        }
        Purpose::Profile => {
            let response = crate::import::profile_response(&text)?;
            model.edit(&Edit::Profile(response));
            Ok(format!("read the inference profile of `{}`", name(path)))
        }
    });
    match (done, &mut model.overlay) {
        (Ok(words), _) => {
            model.overlay = None;
            model.say(Role::Good, words);
        }
        (Err(why), Some(Overlay::Ask(ask))) => ask.problem = Some(why),
        (Err(why), _) => model.say(Role::Error, why),
    }
}

/// Opens a blueprint; what was there can be brought back.
fn open(model: &mut Model, path: &Path, text: &str) -> Result<String, String> {
    let blueprint: Blueprint = file::read(text).map_err(|faults| match faults.first() {
        Some(fault) => format!("`{}`, line {}: {}", name(path), fault.at.0, fault.what),
        None => format!("`{}` is no blueprint", name(path)),
    })?;
    let edit = Edit::Replace(format!("open {}", name(path)), Box::new(blueprint.clone()));
    model.edit(&edit);
    remember(model, path);
    let text = Some(text.to_owned());
    model.file(Filed { path: Some(path.to_owned()), saved: blueprint, text, ..Filed::default() });
    Ok(format!("opened `{}`", name(path)))
}

/// Copies what the preview shows.
pub(super) fn copy(model: &Model) -> Vec<Effect> {
    match export::text(model) {
        Some((what, text)) => vec![Effect::Copy(what, text)],
        None => Vec::new(),
    }
}

/// Copies the command for what the preview shows.
pub(super) fn copy_command(model: &mut Model) -> Vec<Effect> {
    let step = shown(model).lines.get(model.preview.scroll.caret).and_then(|line| line.step);
    match export::command(model, step) {
        Some(text) => {
            let what = match (&model.preview.tab, step) {
                (Some(Tab::Runbook), Some(step)) => format!("the command of step {}", step + 1),
                _ => "its command".to_owned(),
            };
            let is_hole =
                |inner: &str| !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            let mut gaps = text.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
            let what = match gaps.any(|(inner, _)| is_hole(inner)) {
                true => format!("{what}, with `<…>` to fill in,"),
                false => what,
            };
            vec![Effect::Copy(what, text)]
        }
        None => {
            model.say(Role::Warning, "there is no command here: put the caret on a step that has one");
            Vec::new()
        }
    }
}

/// Tells the way that the text took, and no more than is known.
fn copied(model: &mut Model, what: &str, route: Route) {
    match route {
        Route::Clipboard => model.say(Role::Good, format!("copied {what} to the clipboard")),
        Route::Tmux => model.say(
            Role::Good,
            format!("copied {what} to tmux's buffer; your terminal's clipboard has it where tmux may set it"),
        ),
        Route::Terminal => model.say(
            Role::Good,
            format!("sent {what} to the terminal (OSC 52); if paste is empty, export with `e`"),
        ),
        Route::Nowhere => {
            model.say(Role::Warning, format!("no clipboard was found for {what}: export with `e` instead"));
        }
    }
}
