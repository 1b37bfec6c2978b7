//! What the model knows of the world: the file that the blueprint stands in, who else uses it, folders,
//! names. The shell finds it out; nothing here looks.

use std::path::PathBuf;

use crate::blueprint::Blueprint;

/// The file that a blueprint stands in.
#[derive(Clone, Debug, Default)]
pub struct Filed {
    /// Its path; none for one that was not saved yet.
    pub path: Option<PathBuf>,
    /// The blueprint as it is there.
    pub saved: Blueprint,
    /// The file's text as it was read or written last.
    pub text: Option<String>,
    /// What is known of others who use the file.
    pub others: Others,
}

/// Who else uses the file of the blueprint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// Nobody, as far as is known.
    #[default]
    None,
    /// Another window of the program has it open.
    Open,
    /// Somebody changed it since it was read or written here.
    Changed,
}

/// What the shell knows of the world at the start.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The folder that export proposes.
    pub export_folder: PathBuf,
    /// The file that save proposes.
    pub blueprint_file: PathBuf,
    /// Blueprints that were open lately, the last first.
    pub recent: Vec<PathBuf>,
    /// Names of things by kind, read from what the AWS CLI listed.
    pub names: Vec<crate::import::names::Name>,
}
