//! Order of doubles: keys that sort as the numbers do, medians and quantiles of a slice.

/// An integer that orders as the number does (−0 before +0; NaN is not expected).
pub(crate) fn key(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The number of a [`key`].
pub(crate) fn value(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// The median of the values, which are put into another order; the mean of the middle two where their number is even,
/// NaN where there are none.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    let (length, half) = (values.len(), values.len() / 2);
    if length == 0 {
        return f64::NAN;
    }
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    if length % 2 == 1 {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (lower + upper) / 2.0
}

/// The quantile `q` in 0..=1 with linear interpolation between the two nearest values (R's type 7, numpy's default), of
/// values that are put into another order; NaN where there are none.
pub(crate) fn quantile(values: &mut [f64], q: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let place = last as f64 * q;
    let whole = (place.floor() as usize).min(last);
    let (_, &mut lower, above) = values.select_nth_unstable_by(whole, f64::total_cmp);
    let upper = above.iter().copied().fold(f64::INFINITY, f64::min);
    if upper.is_finite() { lower + (place - whole as f64) * (upper - lower) } else { lower }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_order_as_numbers_do_and_come_back() {
        let ascending = [-1e300, -2.5, -1e-310, -0.0, 0.0, 1e-310, 2.5, 1e300];
        for pair in ascending.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{pair:?}");
        }
        for number in ascending {
            assert_eq!(value(key(number)).to_bits(), number.to_bits());
        }
    }

    #[test]
    fn medians_and_quantiles() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), 2.5);
        assert!(median(&mut []).is_nan());
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.95), 3.8499999999999996);
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0], 1.0), 4.0);
        assert_eq!(quantile(&mut [7.0], 0.95), 7.0);
    }
}
