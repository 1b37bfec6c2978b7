//! Folders of this machine and person: where exports go, what was open lately.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::files;
use crate::app::World;

/// What the screen knows of the world at its start.
#[must_use]
pub fn world() -> World {
    World {
        export_folder: export_folder(),
        blueprint_file: PathBuf::from("bedrock-blueprint.json"),
        recent: recent(),
        names: Vec::new(),
    }
}

/// The folder that export proposes: in the person's documents, else in the home, else here.
fn export_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let documents = dirs.as_ref().and_then(UserDirs::document_dir).filter(|folder| folder.is_dir());
    let home = dirs.as_ref().map(UserDirs::home_dir);
    documents.or(home).unwrap_or_else(|| Path::new(".")).join("bedrock-policies")
}

/// The folder for what the program notes of its own.
fn state_folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "bedrock-policy")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// The file with the names of blueprints that were open lately: one path per line.
fn recent_file() -> Option<PathBuf> {
    Some(state_folder()?.join("recent"))
}

/// How many blueprints are kept at most.
const KEPT: usize = 99;

/// Keeps a blueprint that was not saved, under a name that is not taken; or why not, in words.
pub fn keep(text: &str) -> Result<PathBuf, String> {
    let folder = state_folder().ok_or("there is no home folder")?;
    std::fs::create_dir_all(&folder).map_err(|why| files::words(&why))?;
    let mut why = String::new();
    for number in 1..=KEPT {
        let path = folder.join(format!("unsaved-{number}.json"));
        match files::write_text(&path, text, false) {
            Ok(_) => {
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt as _;
                    let _ = std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600));
                }
                return Ok(path);
            }
            Err(failed) => why = failed.what,
        }
    }
    Err(why)
}

fn recent() -> Vec<PathBuf> {
    let text = recent_file().and_then(|path| files::read_text(&path).ok()).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).take(10).map(PathBuf::from).collect()
}

/// Notes what was open lately. That this fails is no reason to trouble anybody.
pub fn note_recent(paths: &[PathBuf]) {
    let Some(file) = recent_file() else { return };
    let lines: Vec<String> = paths
        .iter()
        .map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned())
        .filter(|line| !line.contains('\n'))
        .collect();
    if file.parent().is_some_and(|folder| std::fs::create_dir_all(folder).is_ok()) {
        let _ = files::write_text(&file, &(lines.join("\n") + "\n"), true);
    }
}
