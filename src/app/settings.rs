//! The settings: what the person chose to be so at each start. A small JSON file that can be edited by
//! hand; what is not known here is kept.

use serde_json::{Map, Value};

use super::{THEMES, Theme};

/// The settings' file, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The theme.
    pub theme: Option<Theme>,
    /// Whether borders and ticks are ASCII.
    pub ascii: Option<bool>,
    /// Whether the program has the mouse.
    pub mouse: Option<bool>,
    /// Everything else that stands in the file.
    rest: Map<String, Value>,
}

impl Settings {
    /// Reads the file's text; what is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut rest: Map<String, Value> = serde_json::from_str(text).map_err(|why| why.to_string())?;
        let theme = match rest.remove("theme") {
            None => None,
            Some(value) => {
                let found = THEMES.iter().find(|(_, name)| value.as_str() == Some(*name));
                let names: Vec<&str> = THEMES.iter().map(|(_, name)| *name).collect();
                Some(found.ok_or_else(|| format!("`theme` is none of {}", names.join(", ")))?.0)
            }
        };
        let mut switch = |name: &str| match rest.remove(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(format!("`{name}` is neither true nor false")),
        };
        Ok(Self { theme, ascii: switch("ascii")?, mouse: switch("mouse")?, rest })
    }

    /// The file's text.
    #[must_use]
    pub fn write(&self) -> String {
        let name =
            |theme| THEMES.iter().find(|(known, _)| *known == theme).map(|(_, name)| Value::from(*name));
        let own = [
            ("theme", self.theme.and_then(name)),
            ("ascii", self.ascii.map(Value::from)),
            ("mouse", self.mouse.map(Value::from)),
        ];
        let mut all = self.rest.clone();
        all.extend(own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_written_with_what_is_not_known() {
        let text = "{\n  \"later\": 1,\n  \"theme\": \"mono\",\n  \"ascii\": true,\n  \"mouse\": false\n}\n";
        let settings = Settings::read(text).unwrap();
        assert_eq!(
            (settings.theme, settings.ascii, settings.mouse),
            (Some(Theme::Mono), Some(true), Some(false))
        );
        assert_eq!(Settings::read(&settings.write()), Ok(settings.clone()));
        assert_eq!(settings.write(), text);
        assert_eq!(Settings::read("{}"), Ok(Settings::default()));
        for (text, told) in [
            ("{\"theme\": \"pink\"}", "none of terminal, mono, contrast, blue-orange"),
            ("{\"mouse\": 1}", "`mouse` is neither"),
            ("[]", "expected"),
            ("{", "EOF"),
        ] {
            let why = Settings::read(text).unwrap_err();
            assert!(why.contains(told), "{text}: {why}");
        }
    }
}
