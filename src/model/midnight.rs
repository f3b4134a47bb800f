//! What is seen at each midnight.

use super::calendar::day_of;
use super::recorder::Recorder;
use super::world::Replication;

impl<R: Recorder> Replication<'_, R> {
    /// People in acute places who are ready to leave.
    pub(super) fn ready_to_leave(&self) -> u32 {
        let counted = self.places.iter().zip(&self.rules.places).filter(|(_, rules)| rules.counts);
        counted.map(|(place, _)| place.ready.value()).sum()
    }

    /// Looks at the world at the midnight that ends a day.
    pub(super) fn look_around(&mut self, day: u32) {
        let days = &self.model.days;
        let seen = &mut self.observed.midnights;
        let step = (day.saturating_sub(day_of(self.measured_from)) / seen.days_per_step) as usize;
        let (mut ready, mut occupied) = (0, 0);
        for (index, (place, rules)) in self.places.iter().zip(&self.rules.places).enumerate() {
            let people = place.people();
            if rules.counts {
                ready += place.ready.value();
                occupied += people;
            }
            seen.occupied[index].add(step, people);
            seen.ready_by_place[index] += u64::from(place.ready.value());
        }
        let month = days.month(day);
        seen.count += 1;
        seen.count_by_month[month] += 1;
        seen.ready_by_weekday[days.weekday(day)] += u64::from(ready);
        seen.ready_by_month[month] += u64::from(ready);
        seen.occupied_by_month[month] += u64::from(occupied);
        seen.ready.add(step, ready);
        seen.present.add(step, self.people.count());
    }
}
