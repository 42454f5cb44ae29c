//! The members of one list on their way into a column.

use arrow_array::builder::{Int64Builder, StringBuilder};

/// Where a record writes the members of one list.
pub struct ListSink<'b> {
    members: Members<'b>,
    present: bool,
}

enum Members<'b> {
    Longs(&'b mut Int64Builder),
    Texts(&'b mut StringBuilder),
    /// The list is only checked.
    None,
}

impl<'b> ListSink<'b> {
    /// A list that is only checked.
    pub(crate) fn nowhere() -> Self {
        Self { members: Members::None, present: false }
    }

    /// A list of numbers that goes to this builder.
    pub(crate) fn of_longs(builder: &'b mut Int64Builder) -> Self {
        Self { members: Members::Longs(builder), present: false }
    }

    /// A list of texts that goes to this builder.
    pub(crate) fn of_texts(builder: &'b mut StringBuilder) -> Self {
        Self { members: Members::Texts(builder), present: false }
    }

    /// Whether the list is there; otherwise it is null.
    pub(crate) fn is_present(&self) -> bool {
        self.present
    }

    /// Says that the list is there, were it empty. Without it the list is null.
    pub fn begin(&mut self) {
        self.present = true;
    }

    /// Adds a member to a list of numbers.
    pub fn long(&mut self, member: Option<i64>) {
        if let Members::Longs(builder) = &mut self.members {
            builder.append_option(member);
        }
    }

    /// Adds a member to a list of texts.
    pub fn text(&mut self, member: Option<&str>) {
        if let Members::Texts(builder) = &mut self.members {
            builder.append_option(member);
        }
    }
}
