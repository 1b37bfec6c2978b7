//! A terminal's screen as an SVG picture, the same bytes for the same screen.
//!
//! Every character has its own place, so that any monospace font keeps the columns; borders are drawn
//! as lines, since fonts differ in how far theirs reach. Lengths are counted in hundredths, colours
//! mixed in whole numbers: nothing depends on the machine.
#![allow(unreachable_pub, reason = "it is the same file in every user")]

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// Hundredths of a unit: a cell is 0.602 em by 1.164 em of the font, the baseline 0.928 em down.
const FONT: i32 = 2000;
const WIDTH: i32 = 1204;
const HEIGHT: i32 = 2328;
const BASELINE: i32 = 1856;
/// How far the parts of a border reach into each other.
const SEAM: i32 = 30;
/// Around the screen, and the bar above it.
const MARGIN: i32 = 1600;
const BAR: i32 = 4000;

type Rgb = [u8; 3];

const BACKGROUND: Rgb = [0x1b, 0x1e, 0x25];
const FOREGROUND: Rgb = [0xd6, 0xda, 0xe2];
const FRAME: Rgb = [0x2b, 0x30, 0x3a];
const SIXTEEN: [Rgb; 16] = [
    [0x2b, 0x30, 0x3a],
    [0xf0, 0x7a, 0x80],
    [0x9a, 0xd0, 0x8a],
    [0xe8, 0xc4, 0x73],
    [0x7c, 0xb4, 0xf5],
    [0xd0, 0x9a, 0xe6],
    [0x6f, 0xd0, 0xd6],
    [0xd6, 0xda, 0xe2],
    [0x7b, 0x84, 0x94],
    [0xff, 0x9a, 0x9e],
    [0xb6, 0xe6, 0xa8],
    [0xf7, 0xdb, 0x98],
    [0xa5, 0xcd, 0xff],
    [0xe5, 0xbc, 0xf5],
    [0x98, 0xe8, 0xec],
    [0xff, 0xff, 0xff],
];

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Rgb,
    paper: Rgb,
    bold: bool,
    italic: bool,
    underline: bool,
}

/// The picture of a screen; `title` is read out by who cannot see it.
pub fn svg(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let width = i32::from(columns) * WIDTH + 2 * MARGIN;
    let height = i32::from(rows) * HEIGHT + BAR + MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" font-size=\"{}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\">\n<title>{}</title>\n",
        number(width),
        number(height),
        number(FONT),
        escaped(title)
    );
    let _ = writeln!(
        out,
        "<rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"12\" fill=\"{}\" stroke=\"{}\"/>",
        number(width - 100),
        number(height - 100),
        hex(BACKGROUND),
        hex(FRAME)
    );
    for (at, ink) in [[0xf0, 0x7a, 0x80], [0xe8, 0xc4, 0x73], [0x9a, 0xd0, 0x8a]].into_iter().enumerate() {
        let x = MARGIN + 600 + i32::try_from(at).unwrap_or(0) * 2400;
        let _ = writeln!(out, "<circle cx=\"{}\" cy=\"20\" r=\"6\" fill=\"{}\"/>", number(x), hex(ink));
    }
    for row in 0..rows {
        papers(screen, row, columns, &mut out);
        inks(screen, row, columns, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn left(column: u16) -> i32 {
    MARGIN + i32::from(column) * WIDTH
}

fn top(row: u16) -> i32 {
    BAR + i32::from(row) * HEIGHT
}

fn look(screen: &Screen, row: u16, column: u16, cell: &Cell) -> Look {
    let mut ink = color(cell.fgcolor(), FOREGROUND);
    let mut paper = color(cell.bgcolor(), BACKGROUND);
    if cell.dim() {
        ink = mixed(ink, paper);
    }
    let is_cursor = !screen.hide_cursor() && screen.cursor_position() == (row, column);
    if cell.inverse() != is_cursor {
        std::mem::swap(&mut ink, &mut paper);
    }
    Look { ink, paper, bold: cell.bold(), italic: cell.italic(), underline: cell.underline() }
}

/// The looks of a row's cells; a cell that a wide character covers has the look of that one.
fn looks(screen: &Screen, row: u16, columns: u16) -> Vec<(u16, &Cell, Look)> {
    let cells = (0..columns).filter_map(|column| Some((column, screen.cell(row, column)?)));
    cells.map(|(column, cell)| (column, cell, look(screen, row, column, cell))).collect()
}

/// The backgrounds of a row, cells of one colour together.
fn papers(screen: &Screen, row: u16, columns: u16, out: &mut String) {
    let looks = looks(screen, row, columns);
    for run in looks.chunk_by(|a, b| a.2.paper == b.2.paper) {
        let Some((column, _, look)) = run.first() else { continue };
        if look.paper == BACKGROUND {
            continue;
        }
        rect(left(*column), top(row), length(run), HEIGHT, look.paper, out);
    }
}

/// The characters of a row, those of one look together, each with its own place.
fn inks(screen: &Screen, row: u16, columns: u16, out: &mut String) {
    let looks = looks(screen, row, columns);
    for run in looks.chunk_by(|a, b| a.2 == b.2) {
        let Some((first, _, look)) = run.first() else { continue };
        if look.underline {
            rect(left(*first), top(row) + BASELINE + 220, length(run), 120, look.ink, out);
        }
        let (mut places, mut text, mut lines) = (String::new(), String::new(), String::new());
        for (column, cell, _) in run {
            match cell.contents() {
                "" | " " => {}
                sign => match arms(sign) {
                    Some(arms) => border(left(*column), top(row), arms, &mut lines),
                    None => {
                        for c in sign.chars() {
                            let _ = write!(places, "{} ", number(left(*column)));
                            text.push(c);
                        }
                    }
                },
            }
        }
        if !lines.is_empty() {
            let _ = writeln!(out, "<path d=\"{}\" fill=\"{}\"/>", lines.trim_end(), hex(look.ink));
        }
        if !text.is_empty() {
            let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
            let slant = if look.italic { " font-style=\"italic\"" } else { "" };
            let _ = writeln!(
                out,
                "<text y=\"{}\" fill=\"{}\"{weight}{slant} x=\"{}\">{}</text>",
                number(top(row) + BASELINE),
                hex(look.ink),
                places.trim_end(),
                escaped(&text)
            );
        }
    }
}

fn length(run: &[(u16, &Cell, Look)]) -> i32 {
    i32::try_from(run.len()).unwrap_or(0) * WIDTH
}

fn rect(x: i32, y: i32, width: i32, height: i32, fill: Rgb, out: &mut String) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        number(x),
        number(y),
        number(width),
        number(height),
        hex(fill)
    );
}

/// How thick a sign of a border is upwards, to the right, downwards, to the left; `None` for others.
fn arms(sign: &str) -> Option<[i32; 4]> {
    let (thin, thick) = (140, 300);
    let (light, heavy) = ("─│┌┐└┘├┤┬┴┼", "━┃┏┓┗┛┣┫┳┻╋");
    let (at, weight) = match (light.find(sign), heavy.find(sign)) {
        (Some(at), _) => (at, thin),
        (_, Some(at)) => (at, thick),
        _ => return None,
    };
    let shape = ["-x-x", "x-x-", "-xx-", "--xx", "xx--", "x--x", "xxx-", "x-xx", "-xxx", "xx-x", "xxxx"];
    let mut arms = shape.get(at / 3)?.bytes().map(|arm| if arm == b'x' { weight } else { 0 });
    Some([arms.next()?, arms.next()?, arms.next()?, arms.next()?])
}

/// The arms of a border's sign, from the middle of its cell to a little behind its edges: where two
/// would only touch, a seam would show.
fn border(x: i32, y: i32, [up, right, down, left]: [i32; 4], out: &mut String) {
    let (middle, centre) = (x + WIDTH / 2, y + HEIGHT / 2);
    let half = [up, right, down, left].into_iter().max().unwrap_or(0) / 2;
    let mut bar = |x: i32, y: i32, width: i32, height: i32| {
        let (x, y, width, height) = (number(x), number(y), number(width), number(height));
        let _ = write!(out, "M{x} {y}h{width}v{height}h-{width}z");
    };
    if up > 0 || down > 0 {
        let from = if up > 0 { y - SEAM } else { centre - half };
        let to = if down > 0 { y + HEIGHT + SEAM } else { centre + half };
        bar(middle - half, from, 2 * half, to - from);
    }
    if left > 0 || right > 0 {
        let from = if left > 0 { x - SEAM } else { middle - half };
        let to = if right > 0 { x + WIDTH + SEAM } else { middle + half };
        bar(from, centre - half, to - from, 2 * half);
    }
}

/// A number of hundredths without needless digits.
fn number(hundredths: i32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Three parts of one colour, two of the other: what a terminal calls dim.
fn mixed(ink: Rgb, paper: Rgb) -> Rgb {
    let part = |at: usize| {
        let (ink, paper) = (ink.get(at).copied().unwrap_or(0), paper.get(at).copied().unwrap_or(0));
        u8::try_from((u16::from(ink) * 3 + u16::from(paper) * 2) / 5).unwrap_or(u8::MAX)
    };
    [part(0), part(1), part(2)]
}

/// A terminal's colour: the sixteen, the cube of six, the greys.
fn color(color: Color, default: Rgb) -> Rgb {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match color {
        Color::Default => default,
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Idx(at) => match (at, SIXTEEN.get(usize::from(at))) {
            (_, Some(known)) => *known,
            (16..=231, _) => [level((at - 16) / 36), level((at - 16) / 6 % 6), level((at - 16) % 6)],
            _ => [8 + 10 * (at - 232); 3],
        },
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
