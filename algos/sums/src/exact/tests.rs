use proptest::prelude::*;

use super::*;

fn sum(numbers: &[f64]) -> ExactSum {
    let mut sum = ExactSum::default();
    numbers.iter().for_each(|&number| sum.add(number));
    sum
}

#[test]
fn rounds_once_at_the_end() {
    assert_eq!(sum(&[1e100, 1.0, -1e100]).value(), 1.0);
    assert_eq!(sum(&[0.1; 10]).value(), 1.0);
    assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]).value(), f64::MAX);
    assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
    assert_eq!(sum(&[-f64::MAX, -f64::MAX]).value(), f64::NEG_INFINITY);
    assert_eq!(sum(&[]).value(), 0.0);
}

#[test]
fn halves_go_to_the_even_neighbour() {
    let unit = f64::EPSILON;
    assert_eq!(sum(&[1.0, unit / 2.0]).value(), 1.0);
    assert_eq!(sum(&[1.0 + unit, unit / 2.0]).value(), 1.0 + 2.0 * unit);
    assert_eq!(sum(&[1.0, unit / 2.0, f64::from_bits(1)]).value(), 1.0 + unit);
    assert_eq!(sum(&[-1.0, -unit / 2.0, -f64::from_bits(1)]).value(), -1.0 - unit);
}

#[test]
fn the_smallest_and_what_is_smaller() {
    let least = f64::from_bits(1);
    assert_eq!(sum(&[least, least, least]).value(), 3.0 * least);
    assert_eq!(sum(&[f64::MIN_POSITIVE, -least]).value(), f64::MIN_POSITIVE - least);
    let mut product = ExactSum::default();
    product.add_product(least, least);
    assert_eq!(product.value(), 0.0);
    assert!(!product.to_parts().is_empty());
    product.add_product(f64::MAX, f64::MAX);
    product.add_product(-f64::MAX, f64::MAX);
    product.add_product(-least, least);
    assert_eq!(product, ExactSum::default());
}

#[test]
fn what_is_no_number_is_not_forgotten() {
    let bad = sum(&[1.0, f64::NAN]);
    let mut all = sum(&[2.0]);
    all.merge(&ExactSum::from_parts(&bad.to_parts()).unwrap());
    assert!(all.value().is_nan());
    assert!(sum(&[f64::INFINITY]).value().is_nan());
}

#[test]
fn other_parts_are_refused() {
    for parts in [vec![-2], vec![138, 1], vec![137, 1, 1], vec![i64::MAX, 1]] {
        assert_eq!(ExactSum::from_parts(&parts), Err(PartsError));
    }
}

fn any_finite() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |number| number.is_finite())
}

proptest! {
    #[test]
    fn order_and_partitions_do_not_matter(
        numbers in prop::collection::vec(any_finite(), 1..200),
        parts in 1..9_usize,
    ) {
        let whole = sum(&numbers);
        let mut merged = ExactSum::default();
        for part in numbers.chunks(numbers.len().div_ceil(parts)).rev() {
            let mut backwards = part.to_vec();
            backwards.reverse();
            merged.merge(&ExactSum::from_parts(&sum(&backwards).to_parts()).unwrap());
        }
        prop_assert_eq!(whole.to_parts(), merged.to_parts());
        prop_assert_eq!(whole.value().to_bits(), merged.value().to_bits());
    }

    #[test]
    fn right_against_integers(
        numbers in prop::collection::vec((-(1_i64 << 52)..1 << 52, 0..60_i32), 1..200),
        scale in prop_oneof![Just(0_i32), Just(-40), Just(-300), Just(500)],
    ) {
        let number = |(mantissa, exponent): (i64, i32)| mantissa as f64 * 2_f64.powi(exponent + scale);
        let whole = sum(&numbers.iter().map(|&parts| number(parts)).collect::<Vec<_>>());
        let integer = numbers.iter().map(|&(mantissa, exponent)| i128::from(mantissa) << exponent).sum::<i128>();
        prop_assert_eq!(whole.value(), integer as f64 * 2_f64.powi(scale));
    }

    #[test]
    fn products_against_integers(factors in prop::collection::vec((-(1_i64 << 52)..1 << 52, -(1_i64 << 52)..1 << 52), 1..200)) {
        let mut whole = ExactSum::default();
        factors.iter().for_each(|&(one, other)| whole.add_product(one as f64, other as f64));
        let integer = factors.iter().map(|&(one, other)| i128::from(one) * i128::from(other)).sum::<i128>();
        prop_assert_eq!(whole.value(), integer as f64);
    }

    #[test]
    fn one_number_is_itself(number in any_finite()) {
        prop_assert_eq!(sum(&[number]).value(), number);
        prop_assert_eq!(sum(&[number, -number]), ExactSum::default());
    }
}
