//! Doubles up to a bound as integers.

use crate::total::Total;

/// The largest bound: beyond it the constants of a grid are no doubles.
pub const LARGEST: f64 = 1e300;

/// Bits of a number that its first part keeps, below the power of two above the bound.
const FIRST: i32 = 51;
/// Bits that its second part adds.
const SECOND: u32 = 38;
/// The least power of two that a grid ends at, so that its units are no subnormal numbers.
const LEAST: i32 = -900;

/// How numbers of magnitudes up to a bound become integers: rounded to 2^-89 of the power of two above the bound, in two
/// parts. Adding 1.5·2^52 units leaves the rounded number in the last bits of the sum, which is one vector instruction;
/// what this leaves out is a double again, and gives the second part in the same way. (The idea is that of J. Demmel and
/// H. D. Nguyen, "Fast reproducible floating-point summation", ARITH 2013.)
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// 1.5·2^52 units of the first part.
    pub(crate) first: f64,
    /// 1.5·2^52 units of the second part.
    pub(crate) second: f64,
    /// The unit of the second part, and of totals.
    unit: f64,
}

/// A bound that no grid has.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("numbers up to {0} cannot be summed: expected a bound from 0 to {LARGEST}")]
pub struct OutOfRange(pub f64);

/// Numbers whose parts fit in 64 bits when added up: as many as [`Grid::sum`] takes at once.
pub const AT_ONCE: usize = 1 << 11;

impl Grid {
    /// The grid of numbers from −`bound` to `bound`.
    ///
    /// # Errors
    /// The bound is negative, no number, or above [`LARGEST`].
    pub fn new(bound: f64) -> Result<Self, OutOfRange> {
        if !(0.0..=LARGEST).contains(&bound) {
            return Err(OutOfRange(bound));
        }
        let above = ((bound.to_bits() >> 52) as i32 - 1022).max(LEAST);
        let units = |exponent: i32| 1.5 * power_of_two(exponent + 52);
        let (first, second) = (above - FIRST, above - FIRST - SECOND as i32);
        Ok(Self { first: units(first), second: units(second), unit: power_of_two(second) })
    }

    /// The two parts of a number within the bound. Of another number they would be garbage.
    #[inline(always)]
    pub(crate) fn parts(first: f64, second: f64, number: f64) -> (i64, i64) {
        let (shifted, rest) = Self::shifted(first, second, number);
        (
            (shifted.to_bits() as i64).wrapping_sub(first.to_bits() as i64),
            (rest.to_bits() as i64).wrapping_sub(second.to_bits() as i64),
        )
    }

    /// Both constants, with the two parts of a number in their last bits.
    #[inline(always)]
    fn shifted(first: f64, second: f64, number: f64) -> (f64, f64) {
        let shifted = number + first;
        (shifted, (number - (shifted - first)) + second)
    }

    /// A number within the bound as a total.
    #[must_use]
    pub fn total(&self, number: f64) -> Total {
        let (first, second) = Self::parts(self.first, self.second, number);
        joined(first, second)
    }

    /// The total of numbers within the bound, [`AT_ONCE`] of them at most.
    #[inline(always)]
    pub fn sum(&self, numbers: impl Iterator<Item = f64>) -> Total {
        // Taken out of self, so that the loop keeps them in registers.
        let Self { first, second, .. } = *self;
        let (mut high, mut low, mut count) = (0_u64, 0_u64, 0_u64);
        for number in numbers {
            let (shifted, rest) = Self::shifted(first, second, number);
            high = high.wrapping_add(shifted.to_bits());
            low = low.wrapping_add(rest.to_bits());
            count = count.wrapping_add(1);
        }
        let less = |sum: u64, constant: f64| sum.wrapping_sub(count.wrapping_mul(constant.to_bits())) as i64;
        joined(less(high, first), less(low, second))
    }

    /// The mean of `count` numbers that add up to a total, rounded once: that of equal numbers is the number itself, which
    /// [`Self::value`] divided by the count can miss by a last digit. 0 where there are none.
    #[must_use]
    pub fn mean(&self, total: Total, count: u64) -> f64 {
        let magnitude = total.0.unsigned_abs();
        // All the digits that fit: the quotient then has more than a double holds, and its last one says whether others follow.
        let shift = magnitude.leading_zeros();
        let (Some(shifted), Some(count)) = (magnitude.checked_shl(shift), std::num::NonZeroU128::new(count.into()))
        else {
            return 0.0;
        };
        let quotient = (shifted / count) | u128::from(shifted % count != 0);
        let mean = quotient as f64 * power_of_two(-(shift as i32)) * self.unit;
        if total.0 < 0 { -mean } else { mean }
    }

    /// The number that a total stands for, rounded once.
    #[must_use]
    pub fn value(&self, total: Total) -> f64 {
        total.0 as f64 * self.unit
    }
}

/// Both parts as one integer.
#[inline(always)]
pub(crate) fn joined(first: i64, second: i64) -> Total {
    Total((i128::from(first) << SECOND) + i128::from(second))
}

fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::from((exponent + 1023).unsigned_abs()) << 52)
}

#[cfg(test)]
mod tests;
