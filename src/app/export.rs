//! The export overlay: which documents, into which folder, and what is there already.

use std::path::PathBuf;

use super::editor::Editor;
use super::preview::{Tab, tabs};
use super::scroll::Scroll;
use super::{FileState, Model};
use crate::export::runbook;
use crate::policy::print::pretty;

/// One file to write.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// Its text.
    pub text: String,
    /// True when it is to be written.
    pub chosen: bool,
    /// What is at its place; not known until the shell has looked.
    pub state: Option<FileState>,
}

/// The overlay's state. Its lines are the folder, the files, and the line that writes.
#[derive(Clone, Debug)]
pub struct Export {
    /// The folder as it is typed.
    pub folder: Editor,
    /// True while it is edited.
    pub editing: bool,
    /// The files.
    pub files: Vec<File>,
    /// The line under the caret.
    pub scroll: Scroll,
    /// True once the findings were told and writing was asked for again.
    pub told: bool,
    /// What went wrong.
    pub problem: Option<String>,
    /// True when files that are symbolic links are written through.
    pub follow: bool,
}

impl Export {
    /// Every document of the model and the runbook as README; the shown document alone is chosen,
    /// or everything.
    #[must_use]
    pub fn new(model: &Model, everything: bool) -> Self {
        let bundle = &model.derived.bundle;
        let shown = model.preview.tab.as_ref();
        let chosen = |name: &str| everything || shown == Some(&Tab::Document(name.to_owned()));
        let mut files: Vec<File> = bundle
            .documents
            .iter()
            .map(|document| File {
                name: document.file.clone(),
                text: pretty(&document.root),
                chosen: chosen(&document.name),
                state: None,
            })
            .collect();
        files.push(File {
            name: "README.md".to_owned(),
            text: runbook::readme(model.catalog, bundle, &model.steps()),
            chosen: everything || shown == Some(&Tab::Runbook),
            state: None,
        });
        if !files.iter().any(|file| file.chosen) {
            for file in &mut files {
                file.chosen = true;
            }
        }
        let folder = model.world.export_folder.to_string_lossy().into_owned();
        let mut export = Self {
            folder: Editor::new(&[folder], false),
            editing: false,
            files,
            scroll: Scroll::default(),
            told: false,
            problem: None,
            follow: false,
        };
        export.scroll.caret = export.length().saturating_sub(1);
        export
    }

    /// The number of its lines.
    #[must_use]
    pub fn length(&self) -> usize {
        self.files.len() + 2
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.folder.values().first().map_or("", String::as_str))
    }

    /// The files that are chosen: name and text.
    #[must_use]
    pub fn chosen(&self) -> Vec<(String, String)> {
        let chosen = self.files.iter().filter(|file| file.chosen);
        chosen.map(|file| (file.name.clone(), file.text.clone())).collect()
    }

    /// All files: name and text.
    #[must_use]
    pub fn all(&self) -> Vec<(String, String)> {
        self.files.iter().map(|file| (file.name.clone(), file.text.clone())).collect()
    }
}

/// The warning before documents with errors are written; `None` when there is nothing to warn of.
#[must_use]
pub fn warning(model: &Model) -> Option<String> {
    let [missing, errors, ..] = model.derived.counts();
    let count = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [count(missing, "missing value"), count(errors, "error")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("The documents have {}.", parts.join(" and ")))
}

/// The command of what the preview shows: of its step, or of the step that puts its document in place.
#[must_use]
pub fn command(model: &Model, step: Option<usize>) -> Option<String> {
    let mut steps = model.steps().into_iter();
    let found = match &model.preview.tab {
        Some(Tab::Runbook) => steps.nth(step?),
        Some(Tab::Document(name)) => steps.find(|one| one.document.as_deref() == Some(name)),
        _ => None,
    };
    let text = crate::export::shell::command(&found?.command);
    (!text.is_empty()).then_some(text)
}

/// The text of what the preview shows.
#[must_use]
pub fn text(model: &Model) -> Option<(String, String)> {
    let bundle = &model.derived.bundle;
    let tab = model.preview.tab.clone().or_else(|| tabs(&model.derived).into_iter().next())?;
    let text = match &tab {
        Tab::Document(name) => pretty(&bundle.document(name)?.root),
        Tab::Managed(name) => {
            let policy = model.catalog.reference().managed_policy(name)?;
            pretty(&crate::policy::parse::parse(policy.document.get()).root?)
        }
        Tab::Runbook => runbook::readme(model.catalog, bundle, &model.steps()),
    };
    Some((tab.title().to_owned(), text))
}
