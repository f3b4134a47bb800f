//! A generator that starts from a key.
//!
//! The key is a 64-bit number made by mixing; the generator counts up from it and mixes again
//! (SplitMix64: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014, with
//! the finaliser "variant 13" of Stafford). One draw costs about two multiplications; the same key
//! gives the same numbers on every machine.

use std::convert::Infallible;

use rand::rand_core::TryRng;

const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// Spreads every bit of `x` over all bits of the result; one to one.
#[inline]
const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// What a draw depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(u64);

impl Key {
    /// The key of one replication of a run.
    pub fn new(seed: u64, replication: u32) -> Key {
        Key(mix(mix(seed.wrapping_add(GOLDEN_GAMMA)) ^ u64::from(replication)))
    }

    /// The key of a purpose, from its name. The same name gives the same key in every scenario.
    pub fn of_name(name: &str) -> Key {
        // FNV-1a, mixed: short, and fixed for ever.
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Key(mix(hash))
    }

    /// The key of part `number` of what this is the key of.
    #[inline]
    pub const fn part(self, number: u64) -> Key {
        Key(mix(self.0.wrapping_add(number.wrapping_mul(GOLDEN_GAMMA)).wrapping_add(1)))
    }

    /// The key of what both of these are keys of.
    #[inline]
    pub const fn joined(self, other: Key) -> Key {
        Key(mix(self.0 ^ other.0))
    }

    /// The key of one aspect, by its small number, of what this is the key of. Cheaper than
    /// [`Key::part`], and only for purposes.
    #[inline]
    pub const fn aspect(self, number: u64) -> Key {
        Key(self.0 ^ number.wrapping_mul(0xA24B_AED4_963E_E407))
    }

    /// This key for `purpose`, the `attempt`-th time. Both keys are mixed already, so one more
    /// mixing, in the generator, is enough.
    #[inline]
    pub const fn draw(self, purpose: Key, attempt: u64) -> Generator {
        Generator {
            state: (self.0 ^ purpose.0).wrapping_add(attempt.wrapping_mul(0xD1B5_4A32_D192_ED03)),
        }
    }
}

/// A stream of random numbers. It is made for a draw and thrown away after it.
#[derive(Debug, Clone)]
pub struct Generator {
    state: u64,
}

impl Generator {
    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN_GAMMA);
        mix(self.state)
    }

    /// The next 64 bits, away from where they are needed.
    #[cold]
    #[inline(never)]
    fn further_bits(&mut self) -> u64 {
        self.bits()
    }

    /// This stream for a method of rejection, which hardly ever needs a second number: only the
    /// first is made in place, so that the code of most draws is short.
    #[inline]
    pub(super) fn mostly_once(&mut self) -> MostlyOnce<'_> {
        MostlyOnce { generator: self, is_first: true }
    }

    /// The next number, at an even chance from 0 to below 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Whether something of this chance happens.
    #[inline]
    pub fn happens(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A stream of which hardly ever more than the first number is needed.
#[derive(Debug)]
pub(super) struct MostlyOnce<'a> {
    generator: &'a mut Generator,
    is_first: bool,
}

impl TryRng for MostlyOnce<'_> {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|bits| (bits >> 32) as u32)
    }

    #[inline(always)]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if self.is_first {
            self.is_first = false;
            Ok(self.generator.bits())
        } else {
            Ok(self.generator.further_bits())
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.generator.try_fill_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pearson's statistic of counts against an even spread.
    fn chi_squared(counts: &[u32]) -> f64 {
        let total: u32 = counts.iter().sum();
        let expected = f64::from(total) / counts.len() as f64;
        counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum()
    }

    #[test]
    fn the_generator_is_splitmix64() {
        // The first outputs of the published generator from state 1234567.
        let mut generator = Generator { state: 1_234_567 };
        assert_eq!(generator.bits(), 6_457_827_717_110_365_317);
        assert_eq!(generator.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn first_draws_are_evenly_spread_over_persons_purposes_and_attempts() {
        // 256 cells have 255 degrees of freedom: 99.99 % lie below 347 (R: qchisq(0.9999, 255)).
        let run = Key::new(1, 0);
        let purpose = Key::of_name("p1.treatment");
        let cell = |bits: u64| (bits >> 56) as usize;
        let mut over_persons = [0; 256];
        let mut over_purposes = [0; 256];
        let mut over_attempts = [0; 256];
        for number in 0..100_000 {
            over_persons[cell(run.part(number).draw(purpose, 0).bits())] += 1;
            over_purposes[cell(run.draw(Key::default().part(number), 0).bits())] += 1;
            over_attempts[cell(run.draw(purpose, number).bits())] += 1;
        }
        for counts in [over_persons, over_purposes, over_attempts] {
            assert!(chi_squared(&counts) < 347.0, "{}", chi_squared(&counts));
        }
    }

    #[test]
    fn neighbouring_keys_are_not_correlated() {
        // Pairs of draws of neighbours fall evenly into 16 x 16 squares.
        let run = Key::new(7, 3);
        let purposes = [Key::of_name("hub.triage"), Key::of_name("hub.triage2")];
        let cell = |mut draw: Generator| (draw.bits() >> 60) as usize;
        let mut by_person = [0; 256];
        let mut by_purpose = [0; 256];
        let mut by_replication = [0; 256];
        for number in 0..100_000_u32 {
            let person = run.part(number.into());
            let next = run.part(u64::from(number) + 1);
            by_person[16 * cell(person.draw(purposes[0], 0)) + cell(next.draw(purposes[0], 0))] +=
                1;
            by_purpose
                [16 * cell(person.draw(purposes[0], 0)) + cell(person.draw(purposes[1], 0))] += 1;
            let one = Key::new(7, number).draw(purposes[0], 0);
            let other = Key::new(8, number).draw(purposes[0], 0);
            by_replication[16 * cell(one) + cell(other)] += 1;
        }
        for counts in [by_person, by_purpose, by_replication] {
            assert!(chi_squared(&counts) < 347.0, "{}", chi_squared(&counts));
        }
    }

    #[test]
    fn every_part_of_a_key_changes_the_draw() {
        let base = Key::new(1, 2).part(3).draw(Key::of_name("a"), 0).bits();
        assert_ne!(base, Key::new(2, 2).part(3).draw(Key::of_name("a"), 0).bits());
        assert_ne!(base, Key::new(1, 3).part(3).draw(Key::of_name("a"), 0).bits());
        assert_ne!(base, Key::new(1, 2).part(4).draw(Key::of_name("a"), 0).bits());
        assert_ne!(base, Key::new(1, 2).part(3).draw(Key::of_name("b"), 0).bits());
        assert_ne!(base, Key::new(1, 2).part(3).draw(Key::of_name("a"), 1).bits());
    }
}
