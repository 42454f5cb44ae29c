//! Filters as pyarrow and pandas write them: `[("resp_code", "==", "NXDOMAIN"), …]`, all of which must hold, or a list of
//! such lists, one of which must.

use netlytics_connectors::error::Error;
use netlytics_connectors::filter::{Condition, Literal};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::errors::exception;

const OPERATORS: &str = "==, !=, <, <=, >, >=, in, not in, is null, is not null, startswith, endswith, contains";

/// The condition that a filter is; `None` if it is empty.
///
/// # Errors
/// It is not of this form, or a value is of no type that a column has.
pub(crate) fn condition(filter: &Bound<'_, PyAny>) -> PyResult<Option<Condition>> {
    let members = members(filter)?;
    let Some(first) = members.first() else { return Ok(None) };
    if is_test(first) {
        return Ok(Some(all(&members)?));
    }
    let children = members.iter().map(|member| all(&self::members(member)?)).collect::<PyResult<Vec<_>>>()?;
    Ok(Some(Condition::Or { children }))
}

/// A test begins with the name of a column, a list of tests does not.
fn is_test(member: &Bound<'_, PyAny>) -> bool {
    member.get_item(0).is_ok_and(|first| first.is_instance_of::<PyString>())
}

fn members<'py>(list: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let sequence = list.is_instance_of::<PyList>() || list.is_instance_of::<PyTuple>();
    if !sequence {
        return Err(PyTypeError::new_err(format!(
            "a filter is a list of (column, operator, value), or a list of such lists, not {}",
            list.get_type().name()?
        )));
    }
    list.try_iter()?.collect()
}

fn all(tests: &[Bound<'_, PyAny>]) -> PyResult<Condition> {
    let mut children = tests.iter().map(test).collect::<PyResult<Vec<_>>>()?;
    Ok(if children.len() == 1 { children.remove(0) } else { Condition::And { children } })
}

fn test(test: &Bound<'_, PyAny>) -> PyResult<Condition> {
    let parts = members(test)?;
    let (column, operator, value) = match parts.as_slice() {
        [column, operator] => (column, operator, None),
        [column, operator, value] => (column, operator, Some(value)),
        _ => return Err(wrong(test, "three members: column, operator, value")),
    };
    let (column, operator): (String, String) = (column.extract()?, operator.extract()?);
    let needed = || value.ok_or_else(|| wrong(test, "a value"));
    let literal = || literal(needed()?);
    let text = || needed()?.extract::<String>().map_err(|_| wrong(test, "a text"));
    let literals = || {
        let value = needed()?;
        // A text has members too, its letters, which nobody means.
        if value.is_instance_of::<PyString>() || value.is_instance_of::<PyDict>() {
            return Err(wrong(test, "a list of values"));
        }
        value.try_iter()?.map(|value| self::literal(&value?)).collect::<PyResult<Vec<_>>>()
    };
    Ok(match operator.trim().to_ascii_lowercase().as_str() {
        "==" | "=" => Condition::Equal { column, value: literal()? },
        "!=" | "<>" => not(Condition::Equal { column, value: literal()? }),
        "<" => Condition::Less { column, value: literal()? },
        "<=" => Condition::LessOrEqual { column, value: literal()? },
        ">" => Condition::Greater { column, value: literal()? },
        ">=" => Condition::GreaterOrEqual { column, value: literal()? },
        "in" => Condition::In { column, values: literals()? },
        "not in" => not(Condition::In { column, values: literals()? }),
        "is null" | "null" => Condition::IsNull { column },
        "is not null" | "not null" => Condition::IsNotNull { column },
        "startswith" => Condition::StartsWith { column, value: text()? },
        "endswith" => Condition::EndsWith { column, value: text()? },
        "contains" => Condition::Contains { column, value: text()? },
        _ => {
            let message = format!("There is no operator \"{operator}\" in a filter: valid are {OPERATORS}.");
            return Err(exception(test.py(), &Error::option(message)));
        }
    })
}

fn not(condition: Condition) -> Condition {
    Condition::Not { children: vec![condition] }
}

fn literal(value: &Bound<'_, PyAny>) -> PyResult<Literal> {
    // A truth value is a number to Python, but no column's type.
    if value.is_instance_of::<PyString>() {
        Ok(Literal::Text(value.extract()?))
    } else if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        Ok(Literal::Long(value.extract()?))
    } else if value.is_instance_of::<PyFloat>() {
        Ok(Literal::Double(value.extract()?))
    } else {
        Err(wrong(value, "a text or a number"))
    }
}

fn wrong(found: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let text = found.repr().map_or_else(|_| "something else".to_owned(), |text| text.to_string());
    exception(found.py(), &Error::option(format!("In a filter: expected {expected}, found {text}.")))
}
