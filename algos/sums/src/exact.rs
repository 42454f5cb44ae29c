//! A sum without a bound and without rounding.

use serde::{Deserialize, Serialize};

/// Bits of a digit.
const DIGIT: u32 = 32;
/// The exponent of the lowest digit's last bit: that of the product of two smallest doubles, and below.
const LOWEST: i32 = -2176;
/// Digits up to the product of two largest doubles, 2^64 times.
const DIGITS: usize = 138;
/// Numbers that may be added before digits carry: each adds less than 2^33 to a digit of 63 bits.
const BEFORE_CARRY: u32 = 1 << 28;
/// What [`ExactSum::to_parts`] gives of a sum that has met a NaN or an infinity.
const NOT_FINITE: i64 = -1;

/// The exact sum of doubles and of products of two doubles: a fixed-point number as wide as both can be, in digits that
/// overlap so that carries can wait (the small superaccumulator of R. M. Neal, "Fast exact summation using small and large
/// superaccumulators", 2015).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Vec<i64>", into = "Vec<i64>")]
pub struct ExactSum {
    /// Digits of 32 bits from the lowest up, each with room for carries that wait. The sign is that of the last.
    digits: Vec<i64>,
    /// Numbers added since digits carried.
    added: u32,
    finite: bool,
}

/// Parts that are no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are no parts of an exact sum: expected the place of a digit, from 0 to {DIGITS}, and digits from there")]
pub struct PartsError;

impl Default for ExactSum {
    fn default() -> Self {
        Self { digits: vec![0; DIGITS], added: 0, finite: true }
    }
}

impl ExactSum {
    /// Adds a number. A NaN or an infinity makes the sum NaN.
    pub fn add(&mut self, number: f64) {
        let Some((negative, mantissa, exponent)) = self.taken_apart(number) else { return };
        self.add_bits(negative, mantissa, exponent);
        self.count();
    }

    /// Adds the product of two numbers, without rounding it. A NaN or an infinity makes the sum NaN.
    pub fn add_product(&mut self, one: f64, other: f64) {
        let (Some(one), Some(other)) = (self.taken_apart(one), self.taken_apart(other)) else { return };
        let (negative, exponent) = (one.0 != other.0, one.2 + other.2);
        let product = u128::from(one.1) * u128::from(other.1);
        self.add_bits(negative, product as u64, exponent);
        self.add_bits(negative, (product >> 64) as u64, exponent + 64);
        self.count();
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.carry();
        let mut other = other.clone();
        other.carry();
        self.digits.iter_mut().zip(&other.digits).for_each(|(digit, more)| *digit += more);
        self.finite &= other.finite;
        self.carry();
    }

    /// The double nearest to the sum, the even one of two as near; an infinity beyond the largest double.
    #[must_use]
    pub fn value(&self) -> f64 {
        if !self.finite {
            return f64::NAN;
        }
        let mut sum = self.clone();
        sum.carry();
        let negative = sum.digits.last().is_some_and(|&digit| digit < 0);
        if negative {
            sum.digits.iter_mut().for_each(|digit| *digit = -*digit);
            sum.carry();
        }
        let magnitude = rounded(&sum.digits);
        if negative { -magnitude } else { magnitude }
    }

    /// The sum as integers: the place of the first digit that is not zero, and the digits from there on. Equal sums have
    /// equal parts; zero has none.
    #[must_use]
    pub fn to_parts(&self) -> Vec<i64> {
        if !self.finite {
            return vec![NOT_FINITE];
        }
        let mut sum = self.clone();
        sum.carry();
        let is_digit = |digit: &i64| *digit != 0;
        let (Some(first), Some(last)) = (sum.digits.iter().position(is_digit), sum.digits.iter().rposition(is_digit))
        else {
            return Vec::new();
        };
        let digits = sum.digits.into_iter().take(last + 1).skip(first);
        i64::try_from(first).into_iter().chain(digits).collect()
    }

    /// The sum that has these parts.
    ///
    /// # Errors
    /// They are not the parts of a sum.
    pub fn from_parts(parts: &[i64]) -> Result<Self, PartsError> {
        let mut sum = Self::default();
        let Some((&first, digits)) = parts.split_first() else { return Ok(sum) };
        if first == NOT_FINITE {
            sum.finite = false;
            return Ok(sum);
        }
        let first = usize::try_from(first).map_err(|_| PartsError)?;
        let places = sum.digits.get_mut(first..first + digits.len()).ok_or(PartsError)?;
        places.copy_from_slice(digits);
        Ok(sum)
    }

    /// Sign, mantissa, and exponent of the mantissa's last bit.
    fn taken_apart(&mut self, number: f64) -> Option<(bool, u64, i32)> {
        let bits = number.to_bits();
        let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
        match exponent {
            0x7ff => {
                self.finite = false;
                None
            }
            0 => Some((number.is_sign_negative(), fraction, -1074)),
            _ => Some((number.is_sign_negative(), fraction | 1 << 52, exponent - 1075)),
        }
    }

    fn add_bits(&mut self, negative: bool, mantissa: u64, exponent: i32) {
        let place = exponent.abs_diff(LOWEST);
        let shifted = u128::from(mantissa) << (place % DIGIT);
        let first = (place / DIGIT) as usize;
        let parts = [shifted, shifted >> DIGIT, shifted >> (2 * DIGIT)].map(|part| i64::from(part as u32));
        if let Some(digits) = self.digits.get_mut(first..first + 3) {
            for (digit, part) in digits.iter_mut().zip(parts) {
                *digit += if negative { -part } else { part };
            }
        }
    }

    fn count(&mut self) {
        self.added += 1;
        if self.added == BEFORE_CARRY {
            self.carry();
        }
    }

    /// Leaves 32 bits in each digit but the last: there is one way only to write a number so.
    fn carry(&mut self) {
        self.added = 0;
        if let Some((last, digits)) = self.digits.split_last_mut() {
            let mut carry = 0;
            for digit in digits {
                let sum = *digit + carry;
                *digit = sum & 0xffff_ffff;
                carry = sum >> DIGIT;
            }
            *last += carry;
        }
    }
}

/// The double nearest to a number in digits that have carried and are not negative.
fn rounded(digits: &[i64]) -> f64 {
    let Some((top, &digit)) = digits.iter().enumerate().rev().find(|(_, digit)| **digit != 0) else { return 0.0 };
    let top_bit = top as i32 * DIGIT as i32 + digit.ilog2() as i32 + LOWEST;
    let last_bit = (top_bit - 52).max(-1074);
    if last_bit > 971 {
        return f64::INFINITY;
    }
    let place = last_bit.abs_diff(LOWEST);
    let from = |bit: u32| {
        let three = digits.iter().skip((bit / DIGIT) as usize).take(3);
        three.rev().fold(0, |bits: u128, &digit| bits << DIGIT | u128::from(digit.unsigned_abs())) >> (bit % DIGIT)
    };
    let mantissa = from(place) as u64;
    let half = from(place - 1) & 1 == 1;
    let below = (place - 1) / DIGIT;
    let rest = digits.iter().take(below as usize).any(|digit| *digit != 0)
        || digits.get(below as usize).is_some_and(|digit| digit & ((1 << ((place - 1) % DIGIT)) - 1) != 0);
    let up = half && (rest || mantissa & 1 == 1);
    let unit =
        if last_bit < -1022 { 1 << (last_bit + 1074) } else { u64::from((last_bit + 1023).unsigned_abs()) << 52 };

    (mantissa + u64::from(up)) as f64 * f64::from_bits(unit)
}

impl PartialEq for ExactSum {
    fn eq(&self, other: &Self) -> bool {
        self.to_parts() == other.to_parts()
    }
}

impl From<ExactSum> for Vec<i64> {
    fn from(sum: ExactSum) -> Self {
        sum.to_parts()
    }
}

impl TryFrom<Vec<i64>> for ExactSum {
    type Error = PartsError;

    fn try_from(parts: Vec<i64>) -> Result<Self, PartsError> {
        Self::from_parts(&parts)
    }
}

#[cfg(test)]
mod tests;
