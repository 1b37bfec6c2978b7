//! The typed values of condition operators (`elements_condition_operators`).

use std::net::IpAddr;

/// An integer or decimal value.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain = |byte: u8| byte.is_ascii_digit() || b"+-.".contains(&byte);
    text.bytes().all(plain).then(|| text.parse().ok())?
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    let fits = |word: &str| text.eq_ignore_ascii_case(word);
    fits("true").then_some(true).or(fits("false").then_some(false))
}

/// The bytes behind padded base64.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u16, 0);
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|&letter| letter == digit)?;
        bits = bits << 6 | u16::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Nanoseconds since 1970 of a W3C profile ISO 8601 date, or of epoch seconds.
/// Four digits are a year.
pub(super) fn instant(text: &str) -> Option<i128> {
    const SECOND: i128 = 1_000_000_000;
    if text.len() != 4
        && let Ok(seconds) = text.parse::<i64>()
    {
        return Some(i128::from(seconds) * SECOND);
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let fields: Vec<_> = date.split('-').collect();
    let (year, month, day) = match (fields[..].as_ref(), time) {
        (&[year], None) => (year, "01", "01"),
        (&[year, month], None) => (year, month, "01"),
        (&[year, month, day], _) => (year, month, day),
        _ => return None,
    };
    let (month, year) = (digits(month, 2, 1, 12)?, digits(year, 4, 0, 9999)?);
    let day = digits(day, 2, 1, days_in(year, month))?;
    let days = day_number(year, month, day);
    Some(days * 86_400 * SECOND + time.map_or(Some(0), time_of_day)?)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, and a time zone, in nanoseconds.
fn time_of_day(time: &str) -> Option<i128> {
    let (clock, offset) = if let Some(clock) = time.strip_suffix('Z') {
        (clock, 0)
    } else {
        let (clock, zone) = time.split_at_checked(time.len().checked_sub(6)?)?;
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let minutes = digits(hours, 2, 0, 23)? * 60 + digits(minutes, 2, 0, 59)?;
        match zone.as_bytes()[0] {
            b'+' => (clock, minutes),
            b'-' => (clock, -minutes),
            _ => return None,
        }
    };
    let mut fields = clock.split(':');
    let hours = digits(fields.next()?, 2, 0, 23)?;
    let minutes = digits(fields.next()?, 2, 0, 59)? - offset;
    let nanos = match fields.next() {
        None => 0,
        Some(seconds) => {
            let (whole, part) = seconds.split_once('.').unwrap_or((seconds, "0"));
            let padded = format!("{part:0<9}");
            let sound = !part.is_empty() && padded.len() == 9;
            digits(whole, 2, 0, 59)? * 1_000_000_000 + sound.then(|| digits(&padded, 9, 0, 999_999_999))??
        }
    };
    fields.next().is_none().then_some((hours * 60 + minutes) * 60 * 1_000_000_000 + nanos)
}

/// A field of exactly so many digits, within bounds.
fn digits(text: &str, length: usize, least: i128, most: i128) -> Option<i128> {
    let sound = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = sound.then(|| text.parse().ok())??;
    (least..=most).contains(&value).then_some(value)
}

fn is_leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i128, month: i128) -> i128 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01.
fn day_number(year: i128, month: i128, day: i128) -> i128 {
    let before = year - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i128 = (1..month).map(|month| days_in(year, month)).sum();
    // 719_162 days lie between 0001-01-01 and 1970-01-01.
    before * 365 + leap_days + months + day - 1 - 719_162
}

/// A range of addresses in CIDR form. A lone IPv4 address means /32; a lone
/// IPv6 address is refused, as the guide would read it as /32 too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    pub fn new(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse().ok()?, prefix.parse().ok()?),
            None => (IpAddr::V4(text.parse().ok()?), 32),
        };
        let network = Self { address, prefix };
        (prefix <= network.width()).then_some(network)
    }

    fn width(&self) -> u32 {
        if self.address.is_ipv4() { 32 } else { 128 }
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let host_bits = self.width() - self.prefix;
        let network = |bits: u128| bits.checked_shr(host_bits).unwrap_or(0);
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                network(own.to_bits().into()) == network(other.to_bits().into())
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => network(own.to_bits()) == network(other.to_bits()),
            _ => false,
        }
    }
}
