/// The length of a season found in the values, for series whose season nobody stated; 1 where none stands out.
///
/// Lengths of the calendar are tried (week, year of months, day of hours, year of weeks, week of hours). One is taken
/// where it explains at least a quarter of the detrended variance, after allowing for what it would explain by chance.
func seasonFound(in values: [Double]) -> Int {
    var best = (length: 1, strength: 0.25)
    for length in [7, 12, 24, 52, 168] where values.count >= 3 * length {
        let cycles = Double(values.count / length)
        // Means over k cycles leave only (k - 1) / k of the variance of pure noise.
        let unexplained = (1 - seasonalStrength(values, season: length)) * cycles / (cycles - 1)
        let strength = 1 - unexplained
        // Two seasons in one say the same again: the longer must say clearly more.
        if strength > best.strength + (best.length > 1 ? 0.05 : 0) { best = (length, strength) }
    }
    return best.length
}
