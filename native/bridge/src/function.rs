//! SQL functions whose values come row by row from the other side of a border.
//!
//! The caller owns a block of slots, two 64-bit words each: one slot an argument, then one for the result. A slot is
//!
//! | first word | second word |
//! |---|---|
//! | a text's address | its length in bytes |
//! | a number, the bits of a double, or 0 or 1 | 0 |
//! | anything | -1: null |

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Display;
use std::sync::LazyLock;

use netlytics_connectors::error::{Error, Kind};
use netlytics_functions::{Kind as ValueKind, Opened, Value, open as open_function, signatures as all_signatures};

use crate::kernel::ours;
use crate::memory;

/// Second word of a slot that is null.
const NULL: i64 = -1;
/// Most arguments of a function: their values lie on the stack, since a call is made for every row.
const MOST_ARGUMENTS: usize = 4;

type Slot = [i64; 2];

/// All functions. A number is a place in this list, counted from 1, so that a call takes no lock.
static FUNCTIONS: LazyLock<Vec<Opened>> = LazyLock::new(|| {
    let all = all_signatures().unwrap_or_default().iter();
    all.filter_map(|signature| open_function(&signature.name).ok()).collect()
});

thread_local! {
    /// Texts that the function made, and results that would not outlive the call.
    static TEXTS: RefCell<(String, String)> = const { RefCell::new((String::new(), String::new())) };
}

/// The `functions` of `algos/registry.json`, as JSON.
///
/// # Errors
/// They are not valid, which would be a fault of ours.
pub fn signatures() -> Result<Vec<u8>, Error> {
    serde_json::to_vec(all_signatures().map_err(ours)?).map_err(|error| Error::new(Kind::Internal, error.to_string()))
}

/// The number of a function, above 0, by its name. It stays valid as long as the process lives, in every thread.
///
/// # Errors
/// There is no such function.
pub fn open(name: &str) -> Result<i64, Error> {
    let place = FUNCTIONS.iter().position(|function| function.signature().name == name);
    match place.and_then(|place| i64::try_from(place + 1).ok()) {
        Some(number) => Ok(number),
        // Its own error says which functions there are.
        None => Err(open_function(name).err().map_or_else(|| refused("there is no function", name), ours)),
    }
}

/// Calls a function for one row: reads the slots of the arguments and fills that of the result. A text of the result lies
/// in an argument or in memory of this thread, and is valid until the thread's next call.
///
/// # Errors
/// There is no function of this number, or the arguments are not of its kinds.
///
/// # Safety
/// `slots` points to as many slots as the function has arguments and one more, whose texts are readable; nobody else reads
/// or writes them while the call lasts.
pub unsafe fn row(number: i64, slots: i64) -> Result<(), Error> {
    let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let function = place.and_then(|place| FUNCTIONS.get(place));
    let function = function.ok_or_else(|| refused("there is no function of number", number))?;
    let address = usize::try_from(slots).ok().filter(|&address| address != 0);
    let address = address.ok_or_else(|| refused("there are no slots at address", slots))?;
    // SAFETY: the caller vouches for one slot more than there are arguments.
    let slots = unsafe {
        let first = std::ptr::with_exposed_provenance_mut::<Slot>(address);
        std::slice::from_raw_parts_mut(first, function.signature().arguments.len() + 1)
    };
    let Some((result, slots)) = slots.split_last_mut() else { return Ok(()) };
    // SAFETY: as the caller vouches.
    *result = unsafe { called(function, slots) }?;
    Ok(())
}

/// The slot of the result.
///
/// # Safety
/// The texts of the slots are readable.
unsafe fn called(function: &Opened, slots: &[Slot]) -> Result<Slot, Error> {
    if slots.iter().any(|slot| slot[1] == NULL) {
        return Ok([0, NULL]);
    }
    let arguments = &function.signature().arguments;
    let mut texts = [const { Cow::Borrowed("") }; MOST_ARGUMENTS];
    for ((argument, slot), text) in arguments.iter().zip(slots).zip(&mut texts) {
        if argument.kind == ValueKind::String {
            // SAFETY: as the caller vouches.
            let bytes = unsafe { memory::bytes(slot[0], i32::try_from(slot[1]).unwrap_or(-1)) }?;
            // A Spark string may hold any bytes.
            *text = String::from_utf8_lossy(bytes);
        }
    }
    let mut values = [Value::Long(0); MOST_ARGUMENTS];
    for (((argument, slot), text), value) in arguments.iter().zip(slots).zip(&texts).zip(&mut values) {
        *value = match argument.kind {
            ValueKind::String => Value::Text(text),
            ValueKind::Long => Value::Long(slot[0]),
            ValueKind::Double => Value::Double(f64::from_bits(slot[0].cast_unsigned())),
            ValueKind::Boolean => Value::Boolean(slot[0] != 0),
        };
    }
    let values = values.get(..arguments.len()).ok_or_else(|| refused("too many arguments", arguments.len()))?;
    TEXTS.with_borrow_mut(|(made, kept)| {
        Ok(match function.row(values, made).map_err(ours)? {
            None => [0, NULL],
            Some(Value::Text(text)) if texts.iter().any(|text| matches!(text, Cow::Owned(_))) => {
                text.clone_into(kept);
                text_slot(kept)?
            }
            Some(Value::Text(text)) => text_slot(text)?,
            Some(Value::Long(long)) => [long, 0],
            Some(Value::Double(double)) => [double.to_bits().cast_signed(), 0],
            Some(Value::Boolean(boolean)) => [i64::from(boolean), 0],
        })
    })
}

fn text_slot(text: &str) -> Result<Slot, Error> {
    let word = |value: usize| i64::try_from(value).map_err(|_| refused("no address", value));
    Ok([word(text.as_ptr().expose_provenance())?, word(text.len())?])
}

fn refused(why: &str, what: impl Display) -> Error {
    Error::new(Kind::Internal, format!("A function cannot be called: {why} {what}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(text: Option<&[u8]>) -> Slot {
        let Some(text) = text else { return [0, NULL] };
        [i64::try_from(text.as_ptr().expose_provenance()).unwrap(), i64::try_from(text.len()).unwrap()]
    }

    /// What a function of one text gives for this one.
    fn registered_domain(text: Option<&[u8]>) -> Option<String> {
        let mut slots = [slot(text), [7, 7]];
        let number = open("registered_domain").unwrap();
        // SAFETY: the slots are there, and so is the text.
        unsafe { row(number, i64::try_from(slots.as_mut_ptr().expose_provenance()).unwrap()) }.unwrap();
        let [address, length] = slots[1];
        // SAFETY: the text is read before the next call.
        (length != NULL).then(|| unsafe {
            let bytes = memory::bytes(address, i32::try_from(length).unwrap()).unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        })
    }

    #[test]
    fn texts_come_and_go_by_address() {
        assert_eq!(registered_domain(Some(b"www.example.com")).as_deref(), Some("example.com"));
        assert_eq!(registered_domain(Some(b"WWW.Example.COM.")).as_deref(), Some("example.com"));
        assert_eq!(registered_domain(Some(b"")), None);
        assert_eq!(registered_domain(None), None);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_replaced() {
        assert_eq!(registered_domain(Some(b"a\xff.com")).as_deref(), Some("a\u{fffd}.com"));
    }

    #[test]
    fn every_function_has_a_number_and_few_arguments() {
        for signature in all_signatures().unwrap() {
            assert!(open(&signature.name).is_ok(), "{}", signature.name);
            assert!(signature.arguments.len() <= MOST_ARGUMENTS, "{}", signature.name);
        }
        assert_eq!(open("registered_domian").unwrap_err().kind, Kind::BadOption);
    }

    #[test]
    fn numbers_and_addresses_that_are_none_are_refused() {
        let number = open("registered_domain").unwrap();
        // SAFETY: nothing is read.
        unsafe {
            assert!(row(number, 0).is_err());
            assert!(row(-1, 8).is_err());
            assert!(row(0, 8).is_err());
            assert!(row(1_000, 8).is_err());
        }
    }
}
