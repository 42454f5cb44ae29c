//! Disjoint sets of numbered things.

/// A forest in which every tree is a set; its root is its smallest member.
pub(super) struct Sets {
    parents: Vec<u32>,
}

impl Sets {
    /// As many sets of one member each.
    pub(super) fn new(members: u32) -> Self {
        Self { parents: (0..members).collect() }
    }

    /// The smallest member of the set that this one is in.
    pub(super) fn find(&mut self, mut member: u32) -> u32 {
        loop {
            let parent = self.parent(member);
            if parent == member {
                return member;
            }
            // Halving the path keeps later searches short.
            let next = self.parent(parent);
            self.hang(member, next);
            member = next;
        }
    }

    /// Makes the sets of two members one.
    pub(super) fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.hang(one.max(other), one.min(other));
    }

    fn parent(&self, member: u32) -> u32 {
        self.parents.get(member as usize).copied().unwrap_or(member)
    }

    fn hang(&mut self, member: u32, parent: u32) {
        if let Some(slot) = self.parents.get_mut(member as usize) {
            *slot = parent;
        }
    }
}
