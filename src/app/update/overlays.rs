//! The overlays: opening them, and keys while one is open.

use std::path::PathBuf;

use crate::app::action::Action;
use crate::app::editor::Editor;
use crate::app::export::{Export, warning};
use crate::app::key::{Code, Key};
use crate::app::keys::{self, Binding};
use crate::app::menu::{Answer, Ask, Menu, Question, help, palette};
use crate::app::scroll::Move;
use crate::app::{Effect, FileState, Model, Over, Overlay, Purpose, layout};
use crate::blueprint::file;

/// A key while an overlay is open.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    match &model.overlay {
        Some(Overlay::Help(_) | Overlay::Palette(_)) => menu_key(model, key),
        Some(Overlay::Export(_)) => export_key(model, key),
        Some(Overlay::Question(_)) => question_key(model, key),
        Some(Overlay::Ask(_)) => ask_key(model, key),
        None => Vec::new(),
    }
}

/// Pastes into an overlay; what is to be said about it comes back where the overlay has no place for it.
pub(super) fn pasted(overlay: &mut Overlay, text: &str) -> Option<String> {
    match overlay {
        Overlay::Help(menu) | Overlay::Palette(menu) => {
            return super::values::filtered(&mut menu.filter, text);
        }
        Overlay::Export(export) if export.editing => {
            export.problem = super::values::left_out(export.folder.paste(text));
        }
        Overlay::Ask(ask) => ask.problem = super::values::left_out(ask.editor.paste(text)),
        _ => {}
    }
    None
}

/// The movement that a key means in a list, letters included when they are no text.
fn movement(model: &Model, key: Key, letters: bool) -> Option<Move> {
    let typed = key.typed().is_some() && !letters;
    match keys::lookup(model, key) {
        Some(Action::Go(movement)) if !typed => Some(movement),
        _ => None,
    }
}

fn height(model: &Model) -> usize {
    usize::from(layout::areas(model).overlay.height.saturating_sub(4))
}

fn menu_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let height = height(model);
    let Some(Overlay::Help(menu) | Overlay::Palette(menu)) = &model.overlay else { return Vec::new() };
    let is_help = matches!(model.overlay, Some(Overlay::Help(_)));
    let entries = if is_help { help(model, menu) } else { palette(model, menu) };
    let letters = !menu.typing && menu.filter.is_empty();
    let step = movement(model, key, letters);
    let (empty, caret) = (menu.filter.is_empty(), menu.scroll.caret);
    if key.code == Code::Enter {
        let Some(entry) = entries.get(caret) else { return Vec::new() };
        if let Some(why) = entry.refused {
            model.say(super::Role::Warning, format!("{}: {why}", entry.binding.words));
            return Vec::new();
        }
        model.overlay = None;
        return run(model, entry.binding);
    }
    let closes = key.code == Code::Esc && empty || is_help && key.typed() == Some('?');
    if closes {
        model.overlay = None;
        return Vec::new();
    }
    let Some(Overlay::Help(menu) | Overlay::Palette(menu)) = &mut model.overlay else { return Vec::new() };
    if let Some(step) = step {
        menu.scroll.go(step, entries.len(), height);
        return Vec::new();
    }
    match (key.code, key.typed()) {
        (Code::Esc, _) => *menu = Menu { typing: !is_help, places: menu.places, ..Menu::default() },
        (Code::Backspace, _) => drop(menu.filter.pop()),
        (_, Some('/')) if letters => menu.typing = true,
        (_, Some(c)) => menu.filter.push(c),
        _ => return Vec::new(),
    }
    menu.scroll.caret = 0;
    menu.scroll.top = 0;
    Vec::new()
}

/// Runs a row of help or palette as if its key had been pressed.
fn run(model: &mut Model, binding: &Binding) -> Vec<Effect> {
    super::perform(model, binding.action)
}

/// Opens the export overlay; the shell is asked what is at the places of the files.
pub(super) fn export(model: &mut Model, everything: bool) -> Vec<Effect> {
    let export = Export::new(model, everything);
    let look = Effect::Look(export.path(), export.all(), false);
    model.overlay = Some(Overlay::Export(export));
    vec![look]
}

fn export_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let height = height(model);
    let step = movement(model, key, true);
    let warning = warning(model);
    let Some(Overlay::Export(export)) = &mut model.overlay else { return Vec::new() };
    if export.editing {
        match key.code {
            Code::Enter | Code::Esc | Code::Tab => export.editing = false,
            _ => {
                export.folder.key(key);
                return Vec::new();
            }
        }
        export.files.iter_mut().for_each(|file| file.state = None);
        export.problem = None;
        return vec![Effect::Look(export.path(), export.all(), export.follow)];
    }
    let (length, caret) = (export.length(), export.scroll.caret);
    match key.code {
        Code::Esc | Code::Char('q') => model.overlay = None,
        _ if step.is_some() => {
            if let Some(step) = step {
                export.scroll.go(step, length, height);
            }
        }
        Code::Enter | Code::Char(' ' | 'x') if caret == 0 => export.editing = true,
        Code::Enter | Code::Char(' ' | 'x') if caret + 1 < length => {
            if let Some(file) = export.files.get_mut(caret - 1) {
                file.chosen = !file.chosen;
            }
        }
        Code::Enter => return write(export, warning.as_deref()),
        Code::Char('f') => {
            export.follow = !export.follow;
            export.problem = None;
            return vec![Effect::Look(export.path(), export.all(), export.follow)];
        }
        Code::Char(c @ ('a' | 'A')) => export.files.iter_mut().for_each(|file| file.chosen = c == 'a'),
        _ => {}
    }
    Vec::new()
}

/// Writes what is chosen, once the findings were told.
fn write(export: &mut Export, warning: Option<&str>) -> Vec<Effect> {
    let chosen = export.chosen();
    let refused = export.files.iter().filter(|file| file.chosen).find_map(|file| match &file.state {
        Some(FileState::Refused(why)) => Some(format!("{}: {why}", file.name)),
        Some(FileState::Link(why)) => Some(format!("{}: {why}; f writes through links", file.name)),
        _ => None,
    });
    export.problem = match (chosen.is_empty(), refused) {
        (true, _) => Some("no file is chosen: Space chooses one".to_owned()),
        (_, refused) => refused,
    };
    if export.problem.is_some() {
        return Vec::new();
    }
    if warning.is_some() && !export.told {
        export.told = true;
        return Vec::new();
    }
    vec![Effect::Write(export.path(), chosen, export.follow)]
}

pub(super) fn ask(model: &mut Model, purpose: Purpose, then_quit: bool) {
    let start = match purpose {
        Purpose::SaveAs => model.filed.path.clone().unwrap_or_else(|| model.world.blueprint_file.clone()),
        _ => PathBuf::new(),
    };
    let start = start.to_string_lossy().into_owned();
    let editor = Editor::new(&[start], false);
    model.overlay = Some(Overlay::Ask(Ask { purpose, editor, problem: None, recent: None, then_quit }));
}

fn ask_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let recent = model.world.recent.clone();
    let Some(Overlay::Ask(ask)) = &mut model.overlay else { return Vec::new() };
    let proposes = ask.purpose == Purpose::Open && !recent.is_empty();
    match key.code {
        Code::Esc => model.overlay = None,
        Code::Enter => {
            let chosen = ask.recent.and_then(|at| recent.get(at)).cloned();
            let typed = ask.editor.values().first().map(PathBuf::from);
            let Some(path) = chosen.or(typed) else {
                ask.problem = Some("type a path first".to_owned());
                return Vec::new();
            };
            let (purpose, then_quit) = (ask.purpose, ask.then_quit);
            return path_given(model, purpose, path, then_quit);
        }
        Code::Down if proposes => {
            ask.recent = Some(ask.recent.map_or(0, |at| (at + 1).min(recent.len() - 1)));
        }
        Code::Up if proposes => ask.recent = ask.recent.and_then(|at| at.checked_sub(1)),
        _ => {
            ask.recent = None;
            ask.problem = None;
            ask.editor.key(key);
        }
    }
    Vec::new()
}

fn path_given(model: &mut Model, purpose: Purpose, path: PathBuf, then_quit: bool) -> Vec<Effect> {
    match purpose {
        Purpose::SaveAs => {
            let over = if model.filed.path.as_ref() == Some(&path) { over(model) } else { Over::Nothing };
            saving(model, path, over, then_quit)
        }
        Purpose::Open if model.is_modified() => {
            let lines = vec!["The blueprint has changes that are not saved.".to_owned()];
            let answers = vec![("stay", Answer::Stay), ("open, and drop them", Answer::Open(path))];
            model.overlay = Some(Overlay::Question(Question { lines, answers, at: 0 }));
            Vec::new()
        }
        _ => vec![Effect::Read(purpose, path)],
    }
}

/// Saves into the blueprint's file; without one, asks for it.
pub(super) fn save(model: &mut Model, then_quit: bool) -> Vec<Effect> {
    match model.filed.path.clone() {
        Some(path) => saving(model, path, over(model), then_quit),
        None => {
            ask(model, Purpose::SaveAs, then_quit);
            Vec::new()
        }
    }
}

/// Asks the shell to save, and to end the program behind it when that was wanted.
fn saving(model: &Model, path: PathBuf, over: Over, then_quit: bool) -> Vec<Effect> {
    let follow = model.followed.contains(&path);
    let mut effects = vec![Effect::Save(path, file::write(&model.blueprint), over, follow)];
    effects.extend(then_quit.then_some(Effect::Quit));
    effects
}

/// What may be replaced in the blueprint's own file: the text that is known to be there.
fn over(model: &Model) -> Over {
    model.filed.text.clone().map_or(Over::Nothing, Over::Text)
}

/// The question before leaving with changes that are not saved.
pub(super) fn ask_to_quit(model: &mut Model) {
    let lines = vec!["The blueprint has changes that are not saved.".to_owned()];
    let answers = vec![
        ("stay", Answer::Stay),
        ("save and quit", Answer::SaveAndQuit),
        ("quit without saving", Answer::Quit),
    ];
    model.overlay = Some(Overlay::Question(Question { lines, answers, at: 0 }));
}

fn question_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Question(question)) = &mut model.overlay else { return Vec::new() };
    let last = question.answers.len().saturating_sub(1);
    match key.code {
        Code::Esc => model.overlay = None,
        Code::Left | Code::Up | Code::Char('h' | 'k') => question.at = question.at.saturating_sub(1),
        Code::Right | Code::Down | Code::Tab | Code::Char('l' | 'j') => {
            question.at = (question.at + 1).min(last);
        }
        Code::Enter => {
            let answer = question.answers.get(question.at).map(|(_, answer)| answer.clone());
            model.overlay = None;
            return answer.map(|answer| answered(model, answer)).unwrap_or_default();
        }
        _ => {}
    }
    Vec::new()
}

fn answered(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Stay => Vec::new(),
        Answer::Quit => vec![Effect::Quit],
        Answer::SaveAndQuit => save(model, true),
        Answer::Replace(path, then_quit) => saving(model, path, Over::Anything, then_quit),
        Answer::Follow(path, then_quit) => {
            model.followed.push(path.clone());
            let over = if model.filed.path.as_ref() == Some(&path) { over(model) } else { Over::Nothing };
            saving(model, path, over, then_quit)
        }
        Answer::SaveAs => {
            ask(model, Purpose::SaveAs, false);
            Vec::new()
        }
        Answer::TakeUp => super::left::take_up(model),
        Answer::Drop => super::left::drop_first(model),
        Answer::Open(path) => vec![Effect::Read(Purpose::Open, path)],
    }
}
