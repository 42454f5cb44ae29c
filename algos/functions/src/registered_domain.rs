//! `registered_domain(name)`: the part of a domain name that somebody has registered.

use netlytics_kernel::Error;

use crate::domain_name::{canonical, parts};
use crate::function::{Function, Value};

/// The function's name.
pub(crate) const NAME: &str = "registered_domain";

/// The function. IP addresses need no rule of their own: their last label is not on the list.
pub(crate) struct RegisteredDomain;

impl Function for RegisteredDomain {
    fn row<'v>(&self, arguments: &[Value<'v>], scratch: &'v mut String) -> Result<Option<Value<'v>>, Error> {
        let [Value::Text(name)] = *arguments else {
            return Err(Error::internal(format!("{NAME} takes a text, not {arguments:?}.")));
        };
        let found = canonical(name, scratch).and_then(parts).filter(|parts| parts.is_listed);
        Ok(found.and_then(|parts| parts.registered).map(Value::Text))
    }
}
