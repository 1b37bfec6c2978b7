//! What passes between the screen and the world: messages in, effects out, and their parts.
//!
//! Here belong the forms only. What a message does is in [`super::update`]; effects are performed by
//! the shell, which answers with messages.

use std::path::PathBuf;

use super::key;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(key::Key),
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
}

/// What the shell must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Stop until continued.
    Suspend,
    /// Copy something, with its name: the text is the second.
    Copy(String, String),
    /// Look at what is in the places of files.
    Look(PathBuf, Vec<(String, String)>),
    /// Write files into a folder.
    Write(PathBuf, Vec<(String, String)>),
    /// Save the blueprint's text.
    Save(PathBuf, String, Over),
    /// Read a file.
    Read(Purpose, PathBuf),
}

/// Why the blueprint was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Another text is there, which may not be replaced unasked.
    Differs,
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
