//! The screenshots as PNG files, for looking at:
//! `cargo run --features pictures --example pictures -- --font FILE [--font FILE] FOLDER`.
//!
//! Give the regular and the bold font file of a monospace family; none of the system's is taken.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it says what it wrote")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

fn main() -> ExitCode {
    let (mut fonts, mut folder) = (fontdb::Database::new(), PathBuf::from("."));
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument != "--font" {
            folder = PathBuf::from(argument);
        } else if let Some(file) = arguments.next() {
            match fs::read(&file) {
                Ok(font) => fonts.load_font_data(font),
                Err(why) => {
                    eprintln!("error: {file}: {why}");
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    if fonts.is_empty() {
        eprintln!(
            "error: no font\n  fix: --font PATH/DejaVuSansMono.ttf --font PATH/DejaVuSansMono-Bold.ttf"
        );
        return ExitCode::FAILURE;
    }
    match all(fonts, &folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn all(fonts: fontdb::Database, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots"))? {
        let path = entry?.path();
        let tree = Tree::from_str(&fs::read_to_string(&path)?, &options)?;
        let size = tree.size().to_int_size();
        let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("a picture without a size")?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = folder.join(format!("{name}.png"));
        pixels.save_png(&file)?;
        println!("{}", file.display());
    }
    Ok(())
}
