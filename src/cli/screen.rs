//! No command: the screen, or a word about why it cannot be shown.

use std::io::IsTerminal as _;
use std::path::Path;

use clap::CommandFactory as _;

use super::args::{Screen, ThemeName};
use super::{Exit, Output};
use crate::app::role::Role;
use crate::app::{Filed, Model, Theme};
use crate::catalog::Catalog;
use crate::shell::screen::Ended;
use crate::shell::{folders, screen};

/// What to say where there is no screen.
const HEADLESS: &str = "run it in a terminal; or `bedrock-policy --plain`, which asks by lines; or `bedrock-policy build --help`";

/// Shows the screen until it ends.
pub(super) fn run(arguments: &Screen, output: &mut Output<'_>) -> Exit {
    let mut model = match model(arguments, output) {
        Ok(model) => model,
        Err(exit) => return exit,
    };
    if let Some(why) = no_screen() {
        return output.usage(why, HEADLESS);
    }
    match folders::settings() {
        Ok(settings) => model.settings = settings,
        Err(why) => model.say(Role::Warning, why),
    }
    model.theme = theme(arguments.theme, model.settings.theme);
    model.ascii = arguments.ascii || !is_utf8() || model.settings.ascii == Some(true);
    model.mouse = arguments.mouse || model.settings.mouse == Some(true);
    match screen::run(model) {
        Ok(Ended::Quit | Ended::Left) => Exit::Clean,
        Ok(Ended::Failed) => Exit::Failed,
        Ok(Ended::Signal(number)) => Exit::Signal(u8::try_from(number).unwrap_or(0)),
        Err(why) => {
            let why = crate::shell::files::words(&why);
            output.note(&format!("error: the terminal cannot be used: {why}\n  fix: {HEADLESS}\n"));
            Exit::Failed
        }
    }
}

/// The model to begin with: empty, or with the blueprint that was given.
pub(super) fn model(arguments: &Screen, output: &mut Output<'_>) -> Result<Model, Exit> {
    let catalog = Catalog::builtin();
    if let Some(like) = arguments.blueprint.as_deref().and_then(command_meant) {
        let given = arguments.blueprint.as_deref().unwrap_or(Path::new("")).to_string_lossy();
        let what = format!("there is no command and no file `{}`", crate::text::shown(&given));
        return Err(output.usage(&what, &format!("did you mean {like}?")));
    }
    let model = Model::new(catalog, (80, 24), folders::world());
    let Some(path) = &arguments.blueprint else { return Ok(model) };
    let (blueprint, text) = super::build::read_blueprint(path, catalog, output)?;
    let filed =
        Filed { path: Some(path.clone()), saved: blueprint.clone(), text: Some(text), ..Filed::default() };
    Ok(model.with_blueprint(blueprint, filed))
}

/// The command that somebody meant who gave a word that is no file.
fn command_meant(path: &Path) -> Option<String> {
    let word = path.to_str().filter(|word| !word.contains(['.', '/', '\\']) && !path.exists())?;
    let commands = super::args::Arguments::command();
    let names = commands.get_subcommands().filter(|command| !command.is_hide_set());
    crate::text::nearest(word, names.map(clap::Command::get_name)).map(str::to_owned)
}

/// Why there can be no screen here.
fn no_screen() -> Option<&'static str> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Some("the screen needs a terminal, and this is none");
    }
    match std::env::var("TERM").as_deref() {
        Ok("dumb") => Some("the screen needs a terminal that can move its cursor, and TERM is `dumb`"),
        Ok("") | Err(std::env::VarError::NotPresent) if cfg!(unix) => {
            Some("the screen needs a terminal that can move its cursor, and TERM is not set")
        }
        _ => None,
    }
}

/// The theme: as asked for; without colours when `NO_COLOR` is set to anything; else as it was chosen.
fn theme(asked: Option<ThemeName>, chosen: Option<Theme>) -> Theme {
    match asked {
        Some(ThemeName::Mono) => Theme::Mono,
        Some(ThemeName::Contrast) => Theme::Contrast,
        Some(ThemeName::BlueOrange) => Theme::BlueOrange,
        None if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => Theme::Mono,
        Some(ThemeName::Terminal) => Theme::Terminal,
        None => chosen.unwrap_or_default(),
    }
}

/// Whether the locale says UTF-8; where it says nothing, it is taken to be.
fn is_utf8() -> bool {
    let value = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    value.is_none_or(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}
