//! A 4-ary heap of keys: four children share a cache line.

/// Keys, of which the least is at hand.
#[derive(Debug, Default)]
pub(super) struct Heap {
    keys: Vec<u128>,
}

impl Heap {
    /// How many keys it holds.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The least key.
    #[inline]
    pub(super) fn first(&self) -> Option<u128> {
        self.keys.first().copied()
    }

    /// Adds a key.
    pub(super) fn push(&mut self, key: u128) {
        self.keys.push(key);
        let keys = self.keys.as_mut_slice();
        let mut at = keys.len() - 1;
        while at > 0 {
            let parent = (at - 1) / 4;
            if keys[parent] <= key {
                break;
            }
            keys[at] = keys[parent];
            at = parent;
        }
        keys[at] = key;
    }

    /// Takes the least key away.
    pub(super) fn pop(&mut self) -> Option<u128> {
        let last = self.keys.pop()?;
        let Some(&least) = self.keys.first() else { return Some(last) };
        let keys = self.keys.as_mut_slice();
        let mut at = 0;
        loop {
            let children = 4 * at + 1;
            let end = (children + 4).min(keys.len());
            let Some(child) = (children..end).min_by_key(|&child| keys[child]) else { break };
            if last <= keys[child] {
                break;
            }
            keys[at] = keys[child];
            at = child;
        }
        keys[at] = last;
        Some(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_come_out_in_order(mut keys in prop::collection::vec(any::<u128>(), 0..200)) {
            let mut heap = Heap::default();
            for &key in &keys {
                heap.push(key);
            }
            keys.sort_unstable();
            let found: Vec<u128> = std::iter::from_fn(|| heap.pop()).collect();
            prop_assert_eq!(found, keys);
        }
    }
}
