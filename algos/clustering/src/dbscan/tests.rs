//! Against brute force, by one box and by several.

use std::collections::{BTreeMap, HashSet};

use netlytics_features::Row;
use proptest::prelude::*;

use super::boxes::{Boxes, Extents};
use super::local::{Found, Local};
use super::merge::Clusters;
use super::points::{Member, Points};
use super::sample::Sample;
use super::{Error, Parameters, cuts, estimate};

type Distinct = Vec<(Vec<f64>, u128, u64)>;

/// Rows of equal numbers as one point, in the order of their first rows.
fn distinct(rows: &[Vec<f64>]) -> Distinct {
    let mut places = BTreeMap::new();
    let mut points = Distinct::new();
    for row in rows {
        let key = Row::Dense(row).key(0);
        let place = *places.entry(key).or_insert(points.len());
        if place == points.len() {
            points.push((row.iter().map(|value| value + 0.0).collect(), key, 0));
        }
        points[place].2 += 1;
    }
    points
}

/// Label of each point by its key: the whole way over boxes.
fn labels(points: &Distinct, boxes: &Boxes, parameters: &Parameters) -> BTreeMap<u128, (i64, bool)> {
    let mut gathered = vec![Points::default(); usize::try_from(boxes.count).unwrap()];
    let mut visits = Vec::new();
    for (row, key, weight) in points {
        boxes.route(row, parameters.eps(), &mut visits);
        for visit in &visits {
            let member = Member { key: *key, weight: *weight, owned: visit.owned, shared: visit.shared };
            gathered[usize::try_from(visit.number).unwrap()].push(&Row::Dense(row), member);
        }
    }
    let locals = gathered.iter().map(|points| Local::new(points, parameters).unwrap()).collect::<Vec<_>>();
    let mut clusters = Clusters::default();
    for (local, points) in locals.iter().zip(&gathered) {
        let mut part = Clusters::default();
        local.links(points).for_each(|(key, cluster)| part.link(key, cluster));
        local.clusters.iter().for_each(|(&cluster, &rows)| part.count(cluster, rows));
        clusters.merge(&part.partial());
    }
    let names = clusters.labels().iter().collect::<BTreeMap<_, _>>();
    let mut labels = BTreeMap::new();
    for (local, points) in locals.iter().zip(&gathered) {
        for (found, member) in local.found.iter().zip(points.members()).filter(|(_, member)| member.owned) {
            let label = match found {
                Found::Core(cluster) => (names[cluster], true),
                Found::Border(cluster) => (names[cluster], false),
                Found::Noise => (-1, false),
                Found::Outside => panic!("a point that is owned is not outside"),
            };
            assert!(labels.insert(member.key, label).is_none(), "one box owns a point");
        }
    }
    labels
}

/// Boxes of about so many points, however often that copies them.
fn boxes(points: &Distinct, parameters: &Parameters, of: u64) -> Boxes {
    let mut sample = Sample::new(points.len());
    sample.width = points[0].0.len() as u64;
    points.iter().for_each(|(row, key, weight)| sample.push(&Row::Dense(row), *key, *weight));
    let mut boxes = cuts::cut(&sample, parameters, of).boxes;
    let mut extents = Extents::new(&boxes);
    points.iter().for_each(|(row, ..)| extents.push(&boxes, row));
    boxes.bound(&extents);
    boxes
}

/// By the definition.
fn brute_force(points: &Distinct, parameters: &Parameters) -> BTreeMap<u128, (i64, bool)> {
    let squared = |one: &[f64], other: &[f64]| one.iter().zip(other).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b));
    let near = |one: usize, other: usize| squared(&points[one].0, &points[other].0);
    let all = 0..points.len();
    let weight = |one| -> u64 {
        all.clone().filter(|&other| near(one, other) <= parameters.squared()).map(|other| points[other].2).sum()
    };
    let core = all.clone().map(|one| weight(one) >= parameters.min_points()).collect::<Vec<_>>();
    let mut cluster = vec![usize::MAX; points.len()];
    for start in all.clone().filter(|&one| core[one]) {
        let mut open = if cluster[start] == usize::MAX { vec![start] } else { vec![] };
        while let Some(one) = open.pop() {
            cluster[one] = start;
            open.extend(all.clone().filter(|&other| {
                core[other] && cluster[other] == usize::MAX && near(one, other) <= parameters.squared()
            }));
        }
    }
    let name = |cluster_of: usize| {
        all.clone().filter(|&one| core[one] && cluster[one] == cluster_of).map(|one| points[one].1).min().unwrap()
    };
    let mut found = vec![None; points.len()];
    for one in all.clone() {
        let cores = all.clone().filter(|&other| core[other] && near(one, other) <= parameters.squared());
        let nearest = cores.min_by(|&a, &b| {
            near(one, a).total_cmp(&near(one, b)).then(points[a].0.partial_cmp(&points[b].0).unwrap())
        });
        found[one] = if core[one] { Some(name(cluster[one])) } else { nearest.map(|core| name(cluster[core])) };
    }
    let mut sizes = BTreeMap::<u128, u64>::new();
    found.iter().zip(points).for_each(|(found, point)| {
        found.iter().for_each(|&name| *sizes.entry(name).or_default() += point.2);
    });
    let mut order = sizes.into_iter().collect::<Vec<_>>();
    order.sort_by_key(|&(name, rows)| (u64::MAX - rows, name));
    let label = |found: Option<u128>| match found {
        None => -1,
        Some(name) => order.iter().position(|(other, _)| *other == name).unwrap() as i64,
    };
    all.clone().map(|one| (points[one].1, (label(found[one]), core[one]))).collect()
}

/// Rows around a few places, on a grid (where distances are equal and rows repeat) or off it.
fn rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let shape = (1_usize..=20, prop::bool::ANY, 1_usize..300);
    shape.prop_flat_map(|(width, grid, count)| {
        let row = prop::collection::vec(-3.0..3.0, width);
        let row = (row, 0..4_i32).prop_map(move |(mut row, place): (Vec<f64>, i32)| {
            for (column, value) in row.iter_mut().enumerate() {
                // The further columns vary little, or all rows of many columns would be noise.
                let scale = if column < 2 { 1.0 } else { 0.3 };
                *value = if grid { (*value * scale).round() } else { *value * scale } + f64::from(place) * 2.0 * scale;
            }
            row
        });
        prop::collection::vec(row, count)
    })
}

fn eps() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), Just(2.0_f64.sqrt()), 0.05..3.0]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn one_box_equals_brute_force(rows in rows(), eps in eps(), min_points in 1_i64..12) {
        let parameters = Parameters::new(eps, min_points).unwrap();
        let points = distinct(&rows);
        let one = Boxes::one(rows[0].len() as u64);
        prop_assert_eq!(labels(&points, &one, &parameters), brute_force(&points, &parameters));
    }

    #[test]
    fn boxes_and_order_change_nothing(rows in rows(), eps in eps(), min_points in 1_i64..12, of in 8_u64..100) {
        let parameters = Parameters::new(eps, min_points).unwrap();
        let mut points = distinct(&rows);
        let expected = labels(&points, &Boxes::one(rows[0].len() as u64), &parameters);
        let boxes = boxes(&points, &parameters, of);
        prop_assert_eq!(&labels(&points, &boxes, &parameters), &expected);
        points.sort_by_key(|point| point.1);
        prop_assert_eq!(&labels(&points, &boxes, &parameters), &expected);
    }
}

/// Noise of a generator without a seed of its own.
fn uniform(count: usize, width: usize) -> Vec<Vec<f64>> {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| (0..width).map(|_| next()).collect()).collect()
}

#[test]
fn many_boxes_that_share_clusters_agree_with_one() {
    let points = distinct(&uniform(3000, 2));
    let parameters = Parameters::new(0.025, 5).unwrap();
    let expected = labels(&points, &Boxes::one(2), &parameters);
    assert_eq!(expected, brute_force(&points, &parameters));
    assert!(expected.values().map(|(label, _)| label).collect::<HashSet<_>>().len() > 20);
    for of in [1500, 400, 100] {
        let boxes = boxes(&points, &parameters, of);
        assert!(boxes.count >= 3000 / of);
        assert_eq!(labels(&points, &boxes, &parameters), expected);
    }
}

#[test]
fn points_exactly_eps_apart_are_neighbours() {
    let points = distinct(&[vec![0.0, 0.0], vec![3.0, 4.0], vec![6.0, 8.0]]);
    for (eps, expected) in [(5.0, 1), (4.999_999_999_999_999, 3)] {
        let found = labels(&points, &Boxes::one(2), &Parameters::new(eps, 1).unwrap());
        assert_eq!(found.values().collect::<HashSet<_>>().len(), expected);
    }
}

#[test]
fn eps_of_zero_makes_clusters_of_equal_rows() {
    let points = distinct(&[vec![1.0], vec![1.0], vec![-0.0], vec![0.0], vec![0.0], vec![2.0]]);
    let found = labels(&points, &Boxes::one(1), &Parameters::new(0.0, 2).unwrap());
    let label = |value: f64| found[&Row::Dense(&[value]).key(0)];
    assert_eq!([label(0.0), label(1.0), label(2.0)], [(0, true), (1, true), (-1, false)]);
}

#[test]
fn numbers_may_be_huge_or_tiny() {
    let rows = [1e308, -1e308, 1e-308, 2e-308, 1.0].map(|value| vec![value, value]);
    let points = distinct(&rows);
    for eps in [0.0, 1e-200, 1.0, 1e150] {
        let parameters = Parameters::new(eps, 1).unwrap();
        let expected = brute_force(&points, &parameters);
        assert_eq!(labels(&points, &Boxes::one(2), &parameters), expected);
    }
}

#[test]
fn rows_of_other_categories_are_not_copied() {
    let categories = 8;
    let rows = uniform(4000, 1).into_iter().enumerate().map(|(at, number)| {
        let one_hot = (0..categories).map(|category| f64::from(u8::from(category == at % categories)));
        one_hot.chain(number).collect()
    });
    let points = distinct(&rows.collect::<Vec<_>>());
    let parameters = Parameters::new(0.25, 10).unwrap();
    let mut sample = Sample::new(1000);
    sample.width = categories as u64 + 1;
    points.iter().for_each(|(row, key, weight)| sample.push(&Row::Dense(row), *key, *weight));
    let plan = cuts::plan(&sample, &parameters, 700);
    assert_eq!((plan.boxes.count, plan.copies), (8, 1.0));
}

#[test]
fn where_everything_is_near_there_is_one_box() {
    let points = distinct(&uniform(4000, 12));
    let mut sample = Sample::new(1000);
    sample.width = 12;
    points.iter().for_each(|(row, key, weight)| sample.push(&Row::Dense(row), *key, *weight));
    assert_eq!(cuts::plan(&sample, &Parameters::new(1.0, 10).unwrap(), 100).boxes.count, 1);
}

#[test]
fn pairs_are_estimated_from_the_sample() {
    let points = distinct(&uniform(20_000, 2));
    let parameters = Parameters::new(0.05, 10).unwrap();
    let mut sample = Sample::new(16_384);
    sample.width = 2;
    points.iter().for_each(|(row, key, weight)| sample.push(&Row::Dense(row), *key, *weight));
    // Of a square of side 1 the circle of radius 0.05 is 0.785 %, less at its sides.
    let pairs = estimate::pairs(&sample, &parameters) / (2e4 * 2e4 / 2.0);
    assert!((0.0070..0.0080).contains(&pairs), "{pairs}");
    let refused = estimate::checked(&sample, &parameters, 1e6).unwrap_err();
    assert!(matches!(refused, Error::Pairs { .. }) && refused.to_string().contains("a smaller eps"), "{refused}");
}

#[test]
fn the_sample_does_not_depend_on_order_or_parts() {
    let points = distinct(&uniform(1000, 3));
    let sample = |points: &[(Vec<f64>, u128, u64)]| {
        let mut sample = Sample::new(100);
        sample.width = 3;
        points.iter().for_each(|(row, key, weight)| sample.push(&Row::Dense(row), *key, *weight));
        sample
    };
    let (first, rest) = points.split_at(317);
    let mut merged = sample(rest);
    merged.merge(&sample(first).partial());
    assert_eq!(merged, sample(&points));
}

#[test]
fn parameters_out_of_range_are_refused() {
    for eps in [-1.0, f64::NAN, f64::INFINITY, 1e200] {
        assert!(matches!(Parameters::new(eps, 1), Err(Error::Eps(_))));
    }
    assert_eq!(Parameters::new(1.0, 0), Err(Error::MinPoints(0)));
}
