//! The dialogue without a process: answers go in line by line, a disk made of paper is written to, and
//! out comes the transcript.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use bedrock_policy::app::{Effect, FileState, Model, Msg, NotSaved, Over, World};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::plain::{Plain, Turn};

/// The dialogue with everything it said.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) plain: Plain,
    pub(crate) files: BTreeMap<PathBuf, String>,
    pub(crate) ended: bool,
    /// All that was said.
    pub(crate) all: String,
    /// What was said behind the last answer.
    pub(crate) said: String,
}

/// A dialogue at its start.
pub(crate) fn begin() -> Lines {
    let world = World {
        export_folder: PathBuf::from("out"),
        blueprint_file: PathBuf::from("flow.json"),
        ..World::default()
    };
    let mut plain = Plain::new(Model::new(Catalog::builtin(), (80, 24), world));
    let first = plain.begin();
    let (files, all, said) = (BTreeMap::new(), String::new(), String::new());
    let mut lines = Lines { plain, files, ended: false, all, said };
    lines.perform(first);
    lines
}

/// A dialogue after these answers.
pub(crate) fn after(answers: &[&str]) -> Lines {
    let mut lines = begin();
    lines.give(answers);
    lines
}

impl Lines {
    /// Gives answers; none is given once it has ended.
    pub(crate) fn give(&mut self, answers: &[&str]) -> &mut Self {
        for answer in answers {
            assert!(!self.ended, "`{answer}` is said to nobody: {}", self.all);
            self.all.push_str(answer);
            self.all.push('\n');
            self.said.clear();
            let turn = self.plain.answer(answer);
            self.perform(turn);
        }
        self
    }

    /// What was said behind the last answer, its line ends as spaces.
    pub(crate) fn flat(&self) -> String {
        self.said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The question that stands.
    pub(crate) fn question(&self) -> &str {
        self.all.strip_suffix("\n> ").and_then(|text| text.lines().last()).unwrap_or_default()
    }

    fn perform(&mut self, mut turn: Turn) {
        loop {
            self.said.push_str(&turn.text);
            self.all.push_str(&turn.text);
            if turn.effects.is_empty() {
                return;
            }
            let mut answers = Vec::new();
            for effect in turn.effects {
                match effect {
                    Effect::Quit => {
                        let failed = answers.iter().any(|answer| matches!(answer, Msg::Saved(_, Err(_))));
                        self.ended |= !failed;
                    }
                    other => answers.push(self.world(other)),
                }
            }
            if self.ended {
                let last = self.plain.over(answers);
                self.said.push_str(&last);
                self.all.push_str(&last);
                return;
            }
            turn = self.plain.happened(answers);
        }
    }

    fn state(&self, path: &PathBuf, text: &str) -> FileState {
        match self.files.get(path) {
            None => FileState::New,
            Some(there) if there == text => FileState::Unchanged,
            Some(_) => FileState::Overwrite,
        }
    }

    fn world(&mut self, effect: Effect) -> Msg {
        let states = |lines: &Self, folder: &PathBuf, texts: &[(String, String)]| {
            texts.iter().map(|(name, text)| lines.state(&folder.join(name), text)).collect::<Vec<_>>()
        };
        match effect {
            Effect::Look(folder, texts, _) => Msg::Looked(Ok(states(self, &folder, &texts))),
            Effect::Write(folder, texts, _) => {
                let states = states(self, &folder, &texts);
                self.files.extend(texts.into_iter().map(|(name, text)| (folder.join(name), text)));
                Msg::Wrote(Ok(states))
            }
            Effect::Save(path, text, over, _) => {
                let may = match &over {
                    Over::Nothing => false,
                    Over::Text(known) => self.files.get(&path) == Some(known),
                    Over::Anything => true,
                };
                if !may && self.state(&path, &text) == FileState::Overwrite {
                    return Msg::Saved(path, Err(NotSaved::Differs));
                }
                self.files.insert(path.clone(), text);
                Msg::Saved(path, Ok(()))
            }
            Effect::Read(purpose, path) => {
                let text = self.files.get(&path).cloned();
                Msg::Read(purpose, path, text.ok_or_else(|| "no such file".to_owned()))
            }
            other => panic!("nobody asked for {other:?}"),
        }
    }
}
