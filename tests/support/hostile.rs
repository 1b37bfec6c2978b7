//! Hostile text: strings of our own, by class, each with its clean twin.
#![allow(dead_code, reason = "each test binary uses its own part")]

/// What a string is hostile by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    C0,
    C1,
    Bidi,
    Invisible,
    Space,
    Separator,
    Selector,
    Tag,
    NoCharacter,
    PrivateUse,
    Sequence,
    LookAlike,
    Marks,
    Wide,
    Emoji,
    RightToLeft,
    Cluster,
    Imitation,
    Lines,
    Long,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Hostile {
    /// Its class.
    pub(crate) class: Class,
    /// The string.
    pub(crate) text: String,
    /// The same without what is hostile; for a look-alike, what it looks like.
    pub(crate) clean: String,
}

impl Hostile {
    /// The characters that may never be drawn, told from the tables here and not by the program.
    pub(crate) fn never_drawn(&self) -> Vec<char> {
        let words = matches!(
            self.class,
            Class::LookAlike
                | Class::Marks
                | Class::Wide
                | Class::Emoji
                | Class::RightToLeft
                | Class::Cluster
                | Class::Imitation
                | Class::Long
        );
        let hides = |c: &char| match words {
            true => c.is_control() || ('\u{fe00}'..='\u{fe0f}').contains(c) || *c == '\u{200d}',
            false => !c.is_ascii_graphic() && *c != ' ',
        };
        self.text.chars().filter(hides).collect()
    }
}

/// Single characters, each put between two words.
const CHARACTERS: &[(Class, &[(u32, u32)])] = &[
    (Class::C0, &[(0x00, 0x1f), (0x7f, 0x7f)]),
    (Class::C1, &[(0x80, 0x9f)]),
    (Class::Bidi, &[(0x61c, 0x61c), (0x200e, 0x200f), (0x202a, 0x202e), (0x2066, 0x2069)]),
    (
        Class::Invisible,
        &[
            (0xad, 0xad),
            (0x34f, 0x34f),
            (0x115f, 0x1160),
            (0x17b4, 0x17b5),
            (0x180b, 0x180f),
            (0x200b, 0x200d),
            (0x2060, 0x2065),
            (0x206a, 0x206f),
            (0x2800, 0x2800),
            (0x3164, 0x3164),
            (0xfeff, 0xfeff),
            (0xffa0, 0xffa0),
            (0xfff9, 0xfffb),
            (0x13430, 0x13433),
            (0x1bca0, 0x1bca3),
            (0x1d173, 0x1d17a),
        ],
    ),
    (Class::Space, &[(0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x202f, 0x202f), (0x205f, 0x205f)]),
    (Class::Separator, &[(0x2028, 0x2029)]),
    (Class::Selector, &[(0xfe00, 0xfe0f), (0xe0100, 0xe0103), (0xe01ef, 0xe01ef)]),
    (Class::Tag, &[(0xe0001, 0xe0001), (0xe0020, 0xe0022), (0xe0041, 0xe0046), (0xe007f, 0xe007f)]),
    (
        Class::NoCharacter,
        &[
            (0xfdd0, 0xfdd3),
            (0xfffe, 0xffff),
            (0x1fffe, 0x1ffff),
            (0x8fffe, 0x8ffff),
            (0x0010_fffe, 0x0010_ffff),
        ],
    ),
    (Class::PrivateUse, &[(0xe000, 0xe002), (0xe0a0, 0xe0a2), (0xf8ff, 0xf8ff), (0xf0000, 0xf0002)]),
];

/// Strings that terminals act upon.
const SEQUENCES: &[&str] = &[
    "\u{1b}[31m",
    "\u{1b}[0m",
    "\u{1b}[8m",
    "\u{1b}[38;2;0;0;0m",
    "\u{1b}[2J",
    "\u{1b}[3J",
    "\u{1b}[H",
    "\u{1b}[1;1H",
    "\u{1b}[10A",
    "\u{1b}[999D",
    "\u{1b}[K",
    "\u{1b}[?25l",
    "\u{1b}[?1049l",
    "\u{1b}[?1000h",
    "\u{1b}[?1006h",
    "\u{1b}[?2004l",
    "\u{1b}[?2026h",
    "\u{1b}[?7l",
    "\u{1b}[c",
    "\u{1b}[>q",
    "\u{1b}[6n",
    "\u{1b}[21t",
    "\u{1b}[201~",
    "\u{1b}[200~",
    "\u{1b}c",
    "\u{1b}7",
    "\u{1b}8",
    "\u{1b}#8",
    "\u{1b}(0",
    "\u{1b}%@",
    "\u{1b}[!p",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]2;title\u{1b}\\",
    "\u{1b}]4;1;#000000\u{7}",
    "\u{1b}]8;;there\u{1b}\\here\u{1b}]8;;\u{1b}\\",
    "\u{1b}]10;?\u{7}",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]52;p;?\u{1b}\\",
    "\u{1b}]1337;File=inline=1:AAAA\u{7}",
    "\u{1b}Pq#0;2;0;0;0#0~~\u{1b}\\",
    "\u{1b}P$q m\u{1b}\\",
    "\u{1b}_Gf=24;AAAA\u{1b}\\",
    "\u{1b}^private\u{1b}\\",
    "\u{1b}Xstart\u{1b}\\",
    "\u{1b}Ptmux;\u{1b}\u{1b}]0;t\u{7}\u{1b}\\",
    "\u{9b}31m",
    "\u{9b}2J",
    "\u{9d}0;title\u{9c}",
    "\u{9d}52;c;cm0gLXJm\u{9c}",
    "\u{90}q~\u{9c}",
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}[31",
    "\u{1b}]",
    "\u{1b}]0;open",
    "\u{1b}P",
    "\u{1b}O",
    "\r\u{1b}[K",
    "\u{8}\u{8}\u{8}\u{8}",
    "\u{7}",
];

/// What looks like a word of a policy, and the word.
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("fl\u{43e}w", "flow"),
    ("us-e\u{430}st-1", "us-east-1"),
    ("b\u{435}drock", "bedrock"),
    ("\u{440}rompt", "prompt"),
    ("\u{455}3", "s3"),
    ("a\u{ff57}s", "aws"),
    ("\u{ff21}\u{ff27}\u{ff25}\u{ff2e}\u{ff34}", "AGENT"),
    ("\u{ff11}\u{ff12}\u{ff13}", "123"),
    ("f\u{2113}ow", "flow"),
    ("fl\u{3bf}w", "flow"),
    ("\u{1d41a}ws", "aws"),
    ("\u{1d552}ws", "aws"),
    ("\u{13aa}GENT", "AGENT"),
    ("arn\u{a789}aws", "arn:aws"),
    ("arn\u{ff1a}aws", "arn:aws"),
    ("arn\u{2236}aws", "arn:aws"),
    ("role\u{2215}x", "role/x"),
    ("role\u{ff0f}x", "role/x"),
    ("my\u{2010}flow", "my-flow"),
    ("my\u{2212}flow", "my-flow"),
    ("my\u{ff0d}flow", "my-flow"),
    ("all\u{ff0a}", "all*"),
    ("all\u{2217}", "all*"),
    ("\u{ff1f}x", "?x"),
    ("\u{661}\u{662}\u{663}", "123"),
    ("\u{56c}low", "llow"),
];

const MARKS: &[&str] = &[
    "\u{301}",
    "\u{327}",
    "\u{489}",
    "\u{20dd}",
    "\u{20e3}",
    "\u{5b0}",
    "\u{64b}",
    "\u{93e}",
    "\u{94d}",
    "\u{bbe}",
    "\u{e33}",
    "\u{e34}",
    "\u{1cd0}",
    "\u{302a}",
    "\u{3099}",
    "\u{a670}",
    "\u{1d165}",
    "\u{1e944}",
];

const WIDE: &[&str] = &[
    "日本語",
    "한국어",
    "中文字",
    "ｗｉｄｅ",
    "「」、。",
    "\u{3000}",
    "ｶﾅ",
    "\u{1100}\u{1161}\u{11a8}",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    "\u{1161}",
    "\u{11a8}",
    "\u{a960}\u{d7b0}",
    "\u{20000}\u{2a6d6}",
    "\u{30000}",
    "\u{17000}",
    "\u{2e80}",
    "日\u{301}本\u{3099}",
    "…—·§±",
    "\u{2764}\u{231a}",
];

const EMOJI: &[&str] = &[
    "😀",
    "👍🏽",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "🏳\u{fe0f}\u{200d}🌈",
    "❤\u{fe0f}",
    "❤\u{fe0e}",
    "1\u{fe0f}\u{20e3}",
    "🇩🇪",
    "🇩",
    "🇩🇪🇩",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "🧑\u{200d}💻",
    "🤦🏼\u{200d}♂\u{fe0f}",
    "🏽",
    "⌚⏩⚡",
    "🫠🪿",
];

const RIGHT_TO_LEFT: &[&str] =
    &["שלום", "مرحبا", "لا", "اردو", "سلام 12", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "שָׁלוֹם", "\u{fdfd}", "123 שלום 456"];

const CLUSTERS: &[&str] = &[
    "क्षत्रिय",
    "தமிழ்",
    "ที่นี่",
    "กำ",
    "ភាសាខ្មែរ",
    "བོད་ཡིག",
    "မြန်မာ",
    "ਗੁਰਮੁਖੀ",
    "Việt",
    "Z\u{351}\u{352}\u{353}algo",
    "ꦗꦮ",
    "𑄌𑄋𑄴",
];

/// Text that is not hidden and tells of what is.
const IMITATIONS: &[&str] = &[
    "<U+202E>",
    "^[[31m",
    "<flow-id>",
    "${aws:username}",
    "`",
    "\"",
    "\\u202e",
    "…",
    "│",
    "> ",
    "%s{}",
    "'$(id)'",
];

const LINES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\n\n\n\n",
    "\t",
    "\n\u{1b}[31m\n",
    "\n{\"Effect\": \"Allow\"}",
    "\u{b}",
    "\u{c}\u{85}",
];

fn between(class: Class, piece: &str) -> Hostile {
    let clean = "ab-cd".to_owned();
    Hostile { class, text: format!("ab{piece}-cd"), clean }
}

/// All of them.
pub(crate) fn strings() -> Vec<Hostile> {
    let mut out = Vec::new();
    for (class, ranges) in CHARACTERS {
        let codes = ranges.iter().flat_map(|(first, last)| *first..=*last);
        out.extend(codes.filter_map(char::from_u32).map(|c| between(*class, &c.to_string())));
    }
    for (class, pieces) in [
        (Class::Sequence, SEQUENCES),
        (Class::Marks, MARKS),
        (Class::Wide, WIDE),
        (Class::Emoji, EMOJI),
        (Class::RightToLeft, RIGHT_TO_LEFT),
        (Class::Cluster, CLUSTERS),
        (Class::Imitation, IMITATIONS),
        (Class::Lines, LINES),
    ] {
        out.extend(pieces.iter().map(|piece| between(class, piece)));
    }
    for (text, clean) in LOOK_ALIKES {
        out.push(Hostile { class: Class::LookAlike, text: (*text).to_owned(), clean: (*clean).to_owned() });
    }
    // Words spelled in tags, marks at the very start, and floods of them.
    let tags: String = "allow".chars().filter_map(|c| char::from_u32(0xe0000 + u32::from(c))).collect();
    out.push(between(Class::Tag, &tags));
    for mark in MARKS {
        let (text, clean) = (format!("{mark}start"), "start".to_owned());
        out.push(Hostile { class: Class::Marks, text, clean });
        out.push(between(Class::Marks, &mark.repeat(40)));
    }
    for piece in ["x", "日", "\u{1b}", "\u{301}", "😀", "x ", "\u{202e}", "a\u{301}", "\n"] {
        out.push(between(Class::Long, &piece.repeat(700)));
    }
    out
}
