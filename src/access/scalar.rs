//! The typed values of condition operators: numbers, Booleans, dates, bytes, networks (IAM User Guide,
//! "Condition operators"). Every reading answers none for a text that is no such value.

use std::net::IpAddr;

/// A whole or decimal number, without exponent.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    if plain { text.parse().ok() } else { None }
}

/// `true` or `false`, in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// The bytes of padded base64.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(out)
}

const NANOS: i128 = 1_000_000_000;

/// A date as nanoseconds since 1970: ISO 8601 in the W3C's profile (`2020`, `2020-01`, `2020-01-31`,
/// `2020-01-31T10:00:00.5Z`), or seconds since 1970. Four digits are a year.
pub(super) fn instant(text: &str) -> Option<i128> {
    if text.len() != 4
        && let Ok(seconds) = text.parse::<i64>()
    {
        return Some(i128::from(seconds) * NANOS);
    }
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let mut fields = date.split('-');
    let year = digits(fields.next()?, 4)?;
    let (month, day) = (fields.next(), fields.next());
    if fields.next().is_some() || time.is_some() && day.is_none() {
        return None;
    }
    let month = month.map_or(Some(1), |month| digits(month, 2))?;
    let day = day.map_or(Some(1), |day| digits(day, 2))?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let since = time.map_or(Some(0), time_of_day)?;
    Some(i128::from(days_since_1970(year, month, day)) * 86_400 * NANOS + since)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s` with its zone, in nanoseconds.
fn time_of_day(time: &str) -> Option<i128> {
    let zone_at = time.rfind(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let offset = match zone.split_at_checked(1)? {
        ("Z", "") => 0,
        (sign, rest) => {
            let (hours, minutes) = rest.split_once(':')?;
            let minutes = below(hours, 24)? * 60 + below(minutes, 60)?;
            match sign {
                "+" => minutes,
                "-" => -minutes,
                _ => return None,
            }
        }
    };
    let mut fields = clock.split(':');
    let minutes = below(fields.next()?, 24)? * 60 + below(fields.next()?, 60)? - offset;
    let (seconds, part) = match fields.next().map(|text| text.split_once('.').unwrap_or((text, "0"))) {
        None => (0, 0),
        Some((whole, part)) if !part.is_empty() && part.len() <= 9 => {
            let padded = format!("{part:0<9}");
            (below(whole, 60)?, digits(&padded, 9)?)
        }
        Some(_) => return None,
    };
    let whole = i128::from(minutes * 60 + seconds) * NANOS + i128::from(part);
    fields.next().is_none().then_some(whole)
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let sound = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if sound { text.parse().ok() } else { None }
}

fn below(text: &str, limit: i64) -> Option<i64> {
    digits(text, 2).filter(|value| *value < limit)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, counted in years that begin in March, so that the leap day is the last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A range of addresses, `10.0.0.0/8`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Reads a range. An IPv4 address alone is itself; of an IPv6 address alone the guide says what can
    /// hardly be meant (`/32`), so that it is not read.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse().ok()?, prefix.parse().ok()?),
            None => (IpAddr::V4(text.parse().ok()?), 32),
        };
        let width = if address.is_ipv4() { 32 } else { 128 };
        (prefix <= width).then_some(Self { address, prefix })
    }

    /// Whether an address lies in the range; the two families never meet. None when it is no address.
    pub(super) fn holds(self, text: &str) -> Option<bool> {
        let other: IpAddr = text.parse().ok()?;
        Some(match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                (a.to_bits() ^ b.to_bits()).checked_shr(32 - self.prefix).unwrap_or(0) == 0
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                (a.to_bits() ^ b.to_bits()).checked_shr(128 - self.prefix).unwrap_or(0) == 0
            }
            _ => false,
        })
    }
}
