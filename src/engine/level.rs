//! A number that changes over time, and its average.

use super::time::Time;

/// A number that changes at moments, such as the length of a queue, with the area under it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Level {
    value: u32,
    since: Time,
    area: u64,
}

impl Level {
    /// Its value now.
    pub fn value(&self) -> u32 {
        self.value
    }

    /// Sets its value from `now` on.
    #[inline]
    pub fn set(&mut self, now: Time, value: u32) {
        self.area += u64::from(self.value) * u64::from(now.since(self.since).seconds());
        self.since = now;
        self.value = value;
    }

    /// Raises it by one.
    #[inline]
    pub fn raise(&mut self, now: Time) {
        self.set(now, self.value + 1);
    }

    /// Lowers it by one.
    ///
    /// # Panics
    /// If it is zero: something was given back that was never taken.
    #[inline]
    pub fn lower(&mut self, now: Time) {
        let value = self.value.checked_sub(1).expect("what is given back was taken");
        self.set(now, value);
    }

    /// Forgets the past: from `now` on the area is counted anew.
    pub fn restart(&mut self, now: Time) {
        self.set(now, self.value);
        self.area = 0;
    }

    /// The area under it until `now` [value x s].
    pub fn area(&self, now: Time) -> u64 {
        self.area + u64::from(self.value) * u64::from(now.since(self.since).seconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_value_times_time() {
        let mut level = Level::default();
        level.set(Time::from_seconds(10), 3);
        level.raise(Time::from_seconds(12));
        level.lower(Time::from_seconds(15));
        assert_eq!(level.area(Time::from_seconds(20)), 2 * 3 + 3 * 4 + 5 * 3);
        level.restart(Time::from_seconds(20));
        assert_eq!(level.area(Time::from_seconds(21)), 3);
    }
}
