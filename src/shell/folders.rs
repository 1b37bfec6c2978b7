//! Folders of this machine and person: where exports go, what was open lately.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::files::{self, Allowed, Disk};
use crate::app::World;
use crate::app::settings::Settings;

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

/// The folder for what the program notes for itself.
fn state_folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "bedrock-policy")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// Where unsaved work stands below a home whose folders nobody moved.
#[must_use]
pub fn unsaved_below(home: &Path) -> PathBuf {
    let state = match std::env::consts::OS {
        "macos" => "Library/Application Support",
        _ => ".local/state",
    };
    home.join(state).join("bedrock-policy/unsaved")
}

/// The settings' file.
fn settings_file() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "bedrock-policy")?.config_dir().join("settings.json"))
}

/// The settings; the path and what is wrong when the file cannot be used.
pub fn settings() -> Result<Settings, String> {
    let Some(path) = settings_file().filter(|path| path.exists()) else { return Ok(Settings::default()) };
    let told = |why: String| format!("`{}` {why}", crate::text::shown(&path.to_string_lossy()));
    let text = files::read_text(&path).map_err(|why| told(why.what))?;
    Settings::read(&text).map_err(|why| told(format!("is not used: {why}")))
}

/// Notes the settings for the next start. A file that cannot be read is left as it is.
pub fn note_settings(settings: &Settings) -> Result<(), String> {
    let Some(path) = settings_file() else { return Err("there is no home folder".to_owned()) };
    self::settings()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = "settings.json".to_owned();
    let allowed = Allowed { replace: true, follow: true };
    let done = files::write_folder(Disk::OWN, folder, &[(name, settings.write())], allowed);
    done.map(drop)
        .map_err(|why| format!("`{}` {}", crate::text::shown(&why.path.to_string_lossy()), why.what))
}

/// The folder for unsaved work.
pub(super) fn unsaved_folder() -> Option<PathBuf> {
    Some(state_folder()?.join("unsaved"))
}

/// The file with the names of blueprints that were open lately: one path per line.
fn recent_file() -> Option<PathBuf> {
    Some(state_folder()?.join("recent"))
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
    let _ = files::write_state(Disk::OWN, &file, &(lines.join("\n") + "\n"));
}
