//! How much of a series' power is at which period: Welch's periodogram and its peaks.
//!
//! P. Welch, "The use of fast Fourier transform for the estimation of power spectra", 1967: means over half-overlapping
//! segments, each without its mean and under a Hann window.

use std::f64::consts::TAU;

use realfft::RealFftPlanner;

/// Periods below this many points are not looked at.
const SHORTEST: usize = 4;

/// A period with much power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    /// In points.
    pub period: usize,
    pub power: f64,
    /// The next shorter and the next longer period that the periodogram tells apart from this.
    pub shorter: usize,
    pub longer: usize,
}

/// The periods with at least `threshold` times the greatest power, most power first; none where all power is at most
/// `negligible`.
pub(super) fn peaks(values: &[f64], threshold: f64, longest: usize, negligible: f64) -> Vec<Peak> {
    let powers = periodogram(values, longest);
    let greatest = powers.iter().fold(0.0, |greatest: f64, &(_, power)| greatest.max(power));
    if greatest <= negligible {
        return Vec::new();
    }
    let period = |place: usize| powers.get(place).map(|&(period, _)| period);
    let mut peaks = Vec::new();
    for (place, &(own, power)) in powers.iter().enumerate().filter(|&(_, &(_, power))| power >= greatest * threshold) {
        let shorter = period(place + 1).unwrap_or(own);
        let longer = place.checked_sub(1).and_then(period).unwrap_or(own);
        peaks.push(Peak { period: own, power, shorter, longer });
    }
    peaks.sort_by(|a, b| b.power.total_cmp(&a.power));
    peaks
}

/// Periods in whole points, falling, each with its power. Periods run from the first not below `longest` (or a third of
/// the series) to 4.
fn periodogram(values: &[f64], longest: usize) -> Vec<(usize, f64)> {
    let longest = longest.min(values.len() / 3);
    let segment = (2 * longest).min(values.len() / 2);
    if segment < SHORTEST {
        return Vec::new();
    }
    let mut powers: Vec<(usize, f64)> = Vec::new();
    let step = 1.0 / segment as f64;
    for (bin, power) in welch(values, segment).into_iter().enumerate().skip(1) {
        // The frequency is rounded before its inverse is: at periods of n + 1/2 the two differ.
        let period = (1.0 / (bin as f64 * step)).round_ties_even() as usize;
        let power = if period == segment { 0.0 } else { power };
        match powers.last_mut() {
            Some(last) if last.0 == period => last.1 = last.1.max(power),
            _ => powers.push((period, power)),
        }
    }
    let long = powers.partition_point(|&(period, _)| period >= longest);
    powers.retain(|&(period, _)| period >= SHORTEST);
    powers.split_off(long.saturating_sub(1).min(powers.len()))
}

/// The power at the frequencies 0, 1, … `segment / 2` per segment, one-sided; a sine of amplitude a has a²/2.
fn welch(values: &[f64], segment: usize) -> Vec<f64> {
    let transform = RealFftPlanner::<f64>::new().plan_fft_forward(segment);
    let window = (0..segment).map(|k| 0.5 - 0.5 * (TAU * k as f64 / segment as f64).cos()).collect::<Vec<_>>();
    let mut powers = vec![0.0; segment / 2 + 1];
    let (mut input, mut output) = (transform.make_input_vec(), transform.make_output_vec());
    let mut room = transform.make_scratch_vec();
    let mut segments = 0_u32;
    for part in values.windows(segment).step_by(segment - segment / 2) {
        let mean = part.iter().sum::<f64>() / segment as f64;
        for ((slot, value), weight) in input.iter_mut().zip(part).zip(&window) {
            *slot = (value - mean) * weight;
        }
        // All lengths come from the plan itself, so that there is nothing to fail.
        if transform.process_with_scratch(&mut input, &mut output, &mut room).is_ok() {
            segments += 1;
            for (power, bin) in powers.iter_mut().zip(&output) {
                *power += bin.norm_sqr();
            }
        }
    }
    let scale = window.iter().sum::<f64>().powi(2) * f64::from(segments.max(1));
    let both_sides = 1..segment.div_ceil(2);
    for (bin, power) in powers.iter_mut().enumerate() {
        *power *= if both_sides.contains(&bin) { 2.0 } else { 1.0 } / scale;
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(length: u32, period: f64, amplitude: f64) -> Vec<f64> {
        (0..length).map(|x| 3.0 + amplitude * (TAU * f64::from(x) / period).sin()).collect()
    }

    #[test]
    fn a_sine_has_half_its_squared_amplitude_at_its_period() {
        let powers = periodogram(&sine(900, 30.0, 4.0), 512);
        let &(period, power) = powers.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(period, 30);
        assert!((power - 8.0).abs() < 1e-9, "{power}");
        assert!(powers.iter().all(|&(period, _)| period >= 4));
        assert!(powers.is_sorted_by(|a, b| a.0 > b.0));
    }

    #[test]
    fn a_peak_has_its_neighbours() {
        let peaks = peaks(&sine(900, 30.0, 4.0), 0.9, 512, 1e-8);
        assert_eq!(peaks.len(), 1);
        assert_eq!((peaks[0].period, peaks[0].shorter, peaks[0].longer), (30, 28, 32));
    }

    #[test]
    fn silence_and_short_series_have_none() {
        assert_eq!(peaks(&[0.0; 100], 0.5, 512, 1e-8), []);
        assert_eq!(peaks(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0], 0.5, 512, 1e-8), []);
    }
}
