//! What passes between the screen and the world: messages in, effects out, and their parts.
//!
//! Here belong the forms only. What a message does is in [`super::update`]; effects are performed by
//! the shell, which answers with messages.

use std::path::PathBuf;

use super::key;
use super::mouse::{Deed, Spot};
use super::settings::Settings;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(key::Key),
    /// The mouse did something.
    Mouse(Deed, Spot),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// What is at the places of the files to export.
    Looked(Result<Vec<FileState>, String>),
    /// Files were written, or why not.
    Wrote(Result<Vec<FileState>, String>),
    /// The blueprint was saved.
    Saved(PathBuf, Result<(), NotSaved>),
    /// A file was read.
    Read(Purpose, PathBuf, Result<String, String>),
    /// What was copied, and the way it took.
    Copied(String, Route),
    /// Work that was left unsaved, the newest first.
    Left(Vec<Left>),
    /// Something about keeping the work.
    Kept(Kept),
}

/// Work that was not saved when its program was ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Its name in the folder of the program's state.
    pub id: String,
    /// The file that it was to be saved in.
    pub path: Option<PathBuf>,
    /// The text that was known to be in that file.
    pub known: Option<String>,
    /// When it was left, in words: `12 minutes ago`.
    pub when: String,
    /// The blueprint's text.
    pub text: String,
}

/// What the keeper of unsaved work has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It cannot be kept, and why.
    Failed(String),
    /// The same file is open in another window of the program.
    AlsoOpen(PathBuf),
    /// Another program changed the file: the text that is there now.
    Changed(PathBuf, String),
}

/// What the shell must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End the program. What is not saved is dropped.
    Quit,
    /// End the program. What is not saved is kept for the next start.
    Leave,
    /// Note the settings for the next start.
    Settings(Settings),
    /// Drop work that was left, by its id.
    Forget(String),
    /// Stop until continued.
    Suspend,
    /// Copy something, with its name: the text is the second.
    Copy(String, String),
    /// Look at what is in the places of files; the last says whether symbolic links are followed.
    Look(PathBuf, Vec<(String, String)>, bool),
    /// Write files into a folder, through symbolic links or not.
    Write(PathBuf, Vec<(String, String)>, bool),
    /// Save the blueprint's text; the last says whether a symbolic link is written through.
    Save(PathBuf, String, Over, bool),
    /// Read a file.
    Read(Purpose, PathBuf),
}

/// Why the blueprint was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Another text is there, which may not be replaced unasked.
    Differs,
    /// A symbolic link is there: what it leads to, in words.
    Link(String),
    /// Anything else, in words.
    Failed(String),
}

/// What may be replaced by saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// Nothing.
    Nothing,
    /// This text: the file is as it was read or written last.
    Text(String),
    /// Whatever is there.
    Anything,
}

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a blueprint.
    Open,
    /// To save the blueprint.
    SaveAs,
    /// To read names that the AWS CLI listed.
    Names,
    /// To read an inference profile.
    Profile,
}

/// What is, or was, at the place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing yet.
    New,
    /// Another text.
    Overwrite,
    /// The same text.
    Unchanged,
    /// Something that is not written to, and why.
    Refused(String),
    /// A symbolic link, which is written through only when the person says so.
    Link(String),
}

/// The way that copied text took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The desktop's clipboard.
    Clipboard,
    /// tmux's buffer, and through it the terminal's clipboard where it allows.
    Tmux,
    /// The terminal was asked (OSC 52); whether it did is not known.
    Terminal,
    /// None.
    Nowhere,
}
