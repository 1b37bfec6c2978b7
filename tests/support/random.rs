//! Random values of the forms that AWS gives its ids (fact sheet, g.8 and g.9), from a small
//! generator of our own, so that a seed says everything.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong table should panic"
)]

/// The Regions with flows (UG:flows-supported), but for those of `GovCloud`.
pub const REGIONS: [&str; 20] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-2",
];

/// The Regions with flows in `GovCloud`.
pub const GOV_REGIONS: [&str; 2] = ["us-gov-east-1", "us-gov-west-1"];

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const LOWER_DIGITS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &[u8] = b"0123456789abcdef";

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of the case with this number.
    pub fn of_case(seed: u64, number: usize) -> Self {
        let mut first = Self(seed ^ (number as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Self(first.next())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("small");
        usize::try_from(self.next() % bound).expect("small")
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }

    pub fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(*self.pick(alphabet))).collect()
    }
}

/// Where a blueprint plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub partition: String,
    pub region: String,
    pub account: String,
}

impl Place {
    /// Mostly the commercial partition.
    pub fn random(random: &mut Random) -> Self {
        let gov = random.chance(20);
        let region = if gov { random.pick(&GOV_REGIONS) } else { random.pick(&REGIONS) };
        Self {
            partition: if gov { "aws-us-gov" } else { "aws" }.to_owned(),
            region: (*region).to_owned(),
            account: random.text(b"0123456789", 12),
        }
    }

    fn is_gov(&self) -> bool {
        self.partition == "aws-us-gov"
    }
}

/// A well-formed value of a form that `expected-calls.json` names.
///
/// # Panics
/// If there is no such form.
pub fn value(form: &str, random: &mut Random, place: &Place) -> String {
    match form {
        "partition" => place.partition.clone(),
        "region" => place.region.clone(),
        "other-region" | "outside-region" => region(form, random, place),
        "account" => random.text(b"0123456789", 12),
        "id10" => random.text(ALNUM, 10),
        "id12" => random.text(LOWER_DIGITS, 12),
        "version" => (random.below(9000) + 10).to_string(),
        "word" => random.text(LOWER, 8),
        "name" => {
            let middle = *random.pick(&["", "_", "-"]);
            format!("{}{middle}{}", random.text(ALNUM, 7), random.text(LOWER, 5))
        }
        "bucket" => {
            let middle = *random.pick(&["", "-", "."]);
            format!("{}{middle}{}", random.text(LOWER_DIGITS, 8), random.text(LOWER, 6))
        }
        "prefix" => {
            let more = if random.chance(50) { format!("/{}", random.text(ALNUM, 4)) } else { String::new() };
            format!("{}{more}", random.text(LOWER, 6))
        }
        "object" => format!("{}/{}.txt", random.text(LOWER, 5), random.text(ALNUM, 6)),
        "log-group" => format!("{}{}", random.pick(&["/aws/bedrock/", ""]), random.text(LOWER, 9)),
        "key" if random.chance(20) => format!("mrk-{}", random.text(HEX, 32)),
        "key" => [8, 4, 4, 4, 12].map(|length| random.text(HEX, length)).join("-"),
        "geography" if place.is_gov() => "us-gov".to_owned(),
        "geography" => (*random.pick(&["us", "eu", "apac", "jp", "au", "ca", "in"])).to_owned(),
        "model" => {
            let provider = *random.pick(&["amazon", "anthropic", "cohere", "meta", "mistral", "deepseek"]);
            let version = *random.pick(&["v1:0", "v2:1", "v3.2"]);
            format!("{provider}.{}-{version}", random.text(LOWER, 8))
        }
        _ => panic!("expected-calls.json: no form {form:?}"),
    }
}

/// One of the other Regions. Those called outside are never those called other.
fn region(form: &str, random: &mut Random, place: &Place) -> String {
    if place.is_gov() && form == "other-region" {
        let other = GOV_REGIONS.into_iter().find(|region| *region != place.region);
        return other.expect("there are two").to_owned();
    }
    let half = usize::from(form == "outside-region");
    loop {
        let region = REGIONS[random.below(REGIONS.len() / 2) * 2 + half];
        if region != place.region {
            return region.to_owned();
        }
    }
}

/// Another value of the same form.
pub fn other(form: &str, old: &str, random: &mut Random, place: &Place) -> String {
    loop {
        let new = match form {
            "partition" => (*random.pick(&["aws", "aws-us-gov", "aws-cn"])).to_owned(),
            "region" | "other-region" | "outside-region" => {
                let gov = place.is_gov() != random.chance(10);
                (*if gov { random.pick(&GOV_REGIONS) } else { random.pick(&REGIONS) }).to_owned()
            }
            "geography" => (*random.pick(&["us", "eu", "apac", "jp", "us-gov", "global"])).to_owned(),
            _ => value(form, random, place),
        };
        if new != old {
            return new;
        }
    }
}
