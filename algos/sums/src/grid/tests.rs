use proptest::prelude::*;

use super::*;

fn of(bound: f64, numbers: &[f64]) -> f64 {
    let grid = Grid::new(bound).unwrap();
    let mut sum = Total::default();
    numbers.iter().for_each(|&number| sum += grid.total(number));
    grid.value(sum)
}

#[test]
fn bounds_are_reached() {
    for bound in [1.0, 0.75, 4.0 - f64::EPSILON, 1e300, 1e-300, f64::from_bits(1), 0.0] {
        let expected = if bound < 1e-280 { 0.0 } else { bound };
        assert!((of(bound, &[bound]) - expected).abs() <= 1e-290, "{bound:e}");
        assert!((of(bound, &[-bound]) + expected).abs() <= 1e-290, "{bound:e}");
        assert_eq!(of(bound, &[bound, -bound]), 0.0);
    }
}

#[test]
fn small_numbers_beside_a_large_bound() {
    let small = 1.234_567_890_123e-6;
    let sum = of(1e9, &[small; 1000]);
    assert!((sum / (1000.0 * small) - 1.0).abs() < 1e-11, "{sum}");
    assert_eq!(of(1e9, &[1e9, small, -1e9]), of(1e9, &[small]));
}

#[test]
fn other_bounds_are_refused() {
    for bound in [f64::NAN, f64::INFINITY, 1e301, -1.0] {
        assert!(Grid::new(bound).is_err(), "{bound}");
    }
}

proptest! {
    #[test]
    fn order_does_not_matter(numbers in prop::collection::vec(-1e3..1e3, 1..500), from in any::<prop::sample::Index>()) {
        let from = from.index(numbers.len());
        let turned = numbers.iter().skip(from).chain(&numbers[..from]).copied().collect::<Vec<_>>();
        prop_assert_eq!(of(1e3, &numbers).to_bits(), of(1e3, &turned).to_bits());
        let grid = Grid::new(1e3).unwrap();
        prop_assert_eq!(grid.value(grid.sum(numbers.iter().copied())), of(1e3, &numbers));
    }

    #[test]
    fn right_against_the_exact_sum(
        numbers in prop::collection::vec((-1.0..1.0_f64, -30..40_i32), 1..500),
    ) {
        let numbers = numbers.iter().map(|(number, exponent)| number * 2_f64.powi(*exponent)).collect::<Vec<_>>();
        let bound = numbers.iter().fold(0.0, |most: f64, number| most.max(number.abs()));
        let mut exact = crate::ExactSum::default();
        numbers.iter().for_each(|&number| exact.add(number));
        let error = (of(bound, &numbers) - exact.value()).abs();
        let allowed = numbers.len() as f64 * bound * 2_f64.powi(-88) + exact.value().abs() * f64::EPSILON;
        prop_assert!(error <= allowed, "{error:e} > {allowed:e}");
    }
}

#[test]
fn the_mean_of_equal_numbers_is_the_number() {
    for number in [1_795_219_370_000_001.0, -0.1, 1e-9, 3.0] {
        let grid = Grid::new(1.8e15).unwrap();
        for count in [1_u64, 3, 7, 10, 1_000_003] {
            let mut total = Total::default();
            (0..count).for_each(|_| total += grid.total(number));
            let apart = (grid.mean(total, count) - number).abs();
            assert!(apart <= 1.8e15 * 2.0_f64.powi(-88), "{count} times {number}: {apart:e} apart");
        }
    }
    let grid = Grid::new(4.0).unwrap();
    let mut total = grid.total(1.0);
    total += grid.total(1.0 + f64::EPSILON);
    total += grid.total(1.0 + f64::EPSILON);
    assert_eq!(grid.mean(total, 3), 1.0 + f64::EPSILON);
    assert_eq!(grid.mean(total, 0), 0.0);
    assert_eq!(grid.mean(Total::default(), 5), 0.0);
}
