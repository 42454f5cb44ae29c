//! What a mistyped name was meant to be.

/// The candidate nearest in spelling, if one is near at all.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const NEAR: f64 = 0.6;
    let name = name.to_ascii_lowercase();
    candidates
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&name, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// A sentence that names the nearest candidate, with a space before it; empty when none is near.
#[must_use]
pub fn suggestion<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |near| format!(" Did you mean {near}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_suggested() {
        let names = || ["separator", "setSeparator"].into_iter();
        assert_eq!(suggestion("SEPERATOR", names()), " Did you mean separator?");
        assert_eq!(suggestion("mode", names()), "");
    }
}
