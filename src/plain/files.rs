//! Files and the question before leaving: the overlays of the model, asked as lines.

use super::words::{Picked, numbers, pick, pick_numbered};
use super::{Common, Plain};
use crate::app::export::{Export, warning};
use crate::app::key::{Code, Key};
use crate::app::menu::Ask;
use crate::app::update::update;
use crate::app::{Effect, FileState, Msg, Overlay, Purpose};

const EXPORT_HELP: &str = "\
write writes the files that are marked [x]. NUMBERS mark files or leave them out: 2, or 1 3.
folder asks for another folder. An empty line leaves without writing.";

const PATH_HELP: &str = "\
Type a path; ~/ begins in your home. An empty line takes the one that is proposed, back leaves.
=TEXT gives TEXT as it is, where it is one of the words below.";

const QUESTION_HELP: &str = "\
Answer with a number or the beginning of an answer. An empty line takes the first, which changes nothing.";

pub(super) fn help(plain: &Plain) -> &'static str {
    match &plain.model.overlay {
        Some(Overlay::Export(export)) if is_looked_at(export) => EXPORT_HELP,
        Some(Overlay::Export(_) | Overlay::Ask(_)) => PATH_HELP,
        _ => QUESTION_HELP,
    }
}

/// True once it is known what is at the places of the files.
fn is_looked_at(export: &Export) -> bool {
    !export.editing && export.problem.is_none() && export.files.iter().all(|file| file.state.is_some())
}

/// The path that an empty line takes.
fn proposed(ask: &Ask) -> Option<String> {
    ask.editor.values().into_iter().next()
}

pub(super) fn ask(plain: &mut Plain, full: bool) -> String {
    match plain.model.overlay.clone() {
        Some(Overlay::Question(question)) => {
            if full {
                question.lines.iter().for_each(|line| plain.out.say(line));
            }
            let answers =
                (1..).zip(&question.answers).map(|(number, (words, _))| format!("{number} {words}"));
            format!("{}?", answers.collect::<Vec<_>>().join(", "))
        }
        Some(Overlay::Ask(ask)) => ask_path(plain, &ask),
        Some(Overlay::Export(export)) => ask_export(plain, &export, full),
        _ => String::new(),
    }
}

fn ask_path(plain: &mut Plain, ask: &Ask) -> String {
    if let Some(problem) = &ask.problem {
        plain.out.say(&format!("{}.", super::say::sentence(problem)));
    }
    let what = match ask.purpose {
        Purpose::Open => "Open which blueprint",
        Purpose::SaveAs => "Save the blueprint in which file",
        Purpose::Names => "Read names from which file, written by a list command of the AWS CLI",
        Purpose::Profile => "Read which file, written by `aws bedrock get-inference-profile`",
    };
    if ask.purpose == Purpose::Open {
        for (number, path) in (1..).zip(&plain.model.world.recent) {
            plain.out.say(&format!("{number} {}", path.to_string_lossy()));
        }
    }
    match proposed(ask) {
        Some(path) => format!("{what}, or an empty line for `{}`?", crate::text::shown(&path)),
        None => format!("{what}?"),
    }
}

fn ask_export(plain: &mut Plain, export: &Export, full: bool) -> String {
    let folder = crate::text::shown(&export.path().to_string_lossy());
    if let Some(problem) = &export.problem {
        plain.out.say(&format!("{}.", super::say::sentence(problem)));
    }
    if !is_looked_at(export) {
        return format!("Into which folder, or an empty line for `{folder}`?");
    }
    if full {
        plain.out.say(&format!("Into `{folder}`:"));
        for (number, file) in (1..).zip(&export.files) {
            let mark = if file.chosen { "[x]" } else { "[ ]" };
            let state = match &file.state {
                Some(FileState::New) => "new",
                Some(FileState::Overwrite) => "will be overwritten",
                Some(FileState::Unchanged) => "unchanged",
                Some(FileState::Refused(why) | FileState::Link(why)) => why,
                None => "",
            };
            plain.out.say(&format!("{number} {mark} {}: {state}", file.name));
        }
    }
    let is_link = |file: &crate::app::export::File| matches!(file.state, Some(FileState::Link(_)));
    match export.follow || export.files.iter().any(is_link) {
        true => "Files: write, numbers, folder, links, or an empty line to leave?".to_owned(),
        false => "Files: write, numbers, folder, or an empty line to leave?".to_owned(),
    }
}

pub(super) fn answer(plain: &mut Plain, line: &str, common: Option<Common>) -> Vec<Effect> {
    let word = line.trim();
    // Whoever says quit to the question before leaving is not asked a second time.
    let quits = matches!(plain.model.overlay, Some(Overlay::Question(_))) && word == "quit";
    if let Some(common) = common.filter(|_| !quits) {
        return plain.common(common);
    }
    match &mut plain.model.overlay {
        Some(Overlay::Question(question)) => {
            let words: Vec<&str> = question.answers.iter().map(|(words, _)| *words).collect();
            let picked = if word.is_empty() { Picked::One(0) } else { pick_numbered(word, &words) };
            match picked {
                Picked::One(at) => {
                    question.at = at;
                    return enter(plain);
                }
                Picked::Several(found) => plain.ambiguous(word, &found),
                Picked::None if quits => return plain.common(Common::Quit),
                Picked::None => plain.other(word),
            }
        }
        Some(Overlay::Ask(_)) => return answer_path(plain, word),
        Some(Overlay::Export(export)) if is_looked_at(export) => return answer_export(plain, word),
        Some(Overlay::Export(export)) => {
            let path = word.strip_prefix('=').unwrap_or(word);
            if !path.is_empty() {
                export.folder.replace("");
                export.folder.paste(path);
            }
            (export.editing, export.problem) = (false, None);
            return vec![Effect::Look(export.path(), export.all(), export.follow)];
        }
        _ => plain.back(),
    }
    Vec::new()
}

/// The key that takes the answer which was put into the overlay.
fn enter(plain: &mut Plain) -> Vec<Effect> {
    let effects = update(&mut plain.model, Msg::Key(Key::plain(Code::Enter)));
    plain.fresh |= plain.model.overlay.is_some();
    effects
}

fn answer_path(plain: &mut Plain, word: &str) -> Vec<Effect> {
    let recent = plain.model.world.recent.len();
    let Some(Overlay::Ask(ask)) = &mut plain.model.overlay else { return Vec::new() };
    let chosen = word.parse::<usize>().ok().filter(|number| (1..=recent).contains(number));
    match chosen.filter(|_| ask.purpose == Purpose::Open) {
        Some(number) => ask.recent = Some(number - 1),
        None if word.is_empty() && proposed(ask).is_none() => {
            plain.back();
            return Vec::new();
        }
        None => {
            if !word.is_empty() {
                ask.editor.replace("");
                ask.editor.paste(word.strip_prefix('=').unwrap_or(word));
            }
            // Answers come from standard input: it cannot be read as a file besides.
            if ask.purpose != Purpose::SaveAs && proposed(ask).as_deref() == Some("-") {
                ask.editor.replace("");
                ask.problem = Some("standard input is where answers come from: give a file".to_owned());
                return Vec::new();
            }
        }
    }
    ask.problem = None;
    enter(plain)
}

fn answer_export(plain: &mut Plain, word: &str) -> Vec<Effect> {
    let warning = warning(&plain.model);
    let Some(Overlay::Export(export)) = &mut plain.model.overlay else { return Vec::new() };
    if let Some(list) = numbers(word, export.files.len()) {
        match list {
            Ok(list) => {
                for number in list {
                    if let Some(file) = export.files.get_mut(number - 1) {
                        file.chosen = !file.chosen;
                    }
                }
                plain.fresh = true;
            }
            Err(number) => {
                let number = crate::text::shown(&number);
                plain.out.say(&format!("There is no file {number}."));
            }
        }
        return Vec::new();
    }
    match pick(word, &["write", "folder", "links"]) {
        Picked::One(0) => {
            let was_told = export.told;
            export.scroll.caret = export.length().saturating_sub(1);
            let effects = enter(plain);
            let Some(Overlay::Export(export)) = &mut plain.model.overlay else { return effects };
            if let Some(problem) = export.problem.take() {
                plain.out.say(&format!("{}.", super::say::sentence(&problem)));
            } else if let Some(warning) = warning.filter(|_| export.told && !was_told) {
                plain.out.say(&format!("{warning} write once more writes them all the same."));
            }
            effects
        }
        Picked::One(1) => {
            (export.editing, plain.fresh) = (true, true);
            Vec::new()
        }
        Picked::One(_) => {
            export.follow = !export.follow;
            plain.out.say(match export.follow {
                true => "Symbolic links are written through to their targets.",
                false => "Symbolic links are not written through.",
            });
            vec![Effect::Look(export.path(), export.all(), export.follow)]
        }
        _ if word.is_empty() => {
            plain.back();
            Vec::new()
        }
        _ => {
            plain.other(word);
            Vec::new()
        }
    }
}
