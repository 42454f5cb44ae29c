//! A function over Arrow arrays.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Float64Array, Int64Array, LargeStringArray, StringArray, StringViewArray,
};
use netlytics_kernel::Error;

use crate::function::{Function, Value};
use crate::signature::{Argument, Kind, Signature};

/// Most bytes of text in an array with 32-bit offsets.
const MOST_TEXT: usize = i32::MAX as usize;

/// What [`crate::Opened::call`] does.
pub(crate) fn call(signature: &Signature, function: &dyn Function, arrays: &[ArrayRef]) -> Result<ArrayRef, Error> {
    let columns = columns(signature, arrays)?;
    let rows = arrays.first().map_or(0, |array| array.len());
    let mut results = Results::new(signature.returns, rows);
    let mut values = Vec::with_capacity(columns.len());
    let mut scratch = String::new();
    for row in 0..rows {
        values.clear();
        values.extend(columns.iter().map_while(|column| column.value(row)));
        if values.len() < columns.len() {
            results.append(&signature.name, None)?;
            continue;
        }
        scratch.clear();
        results.append(&signature.name, one_row(function, &values, &mut scratch)?)?;
    }
    Ok(results.finish())
}

/// Lets the result borrow from the scratch text for this row only.
fn one_row<'v>(
    function: &dyn Function,
    values: &[Value<'v>],
    scratch: &'v mut String,
) -> Result<Option<Value<'v>>, Error> {
    function.row(values, scratch)
}

/// The arrays, checked against the signature.
fn columns<'a>(signature: &Signature, arrays: &'a [ArrayRef]) -> Result<Vec<Column<'a>>, Error> {
    let Signature { name, arguments, .. } = signature;
    if arrays.len() != arguments.len() {
        let expected = arguments.iter().map(|argument| argument.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Error::parameter(format!("{name} takes {expected}: {} arrays were given.", arrays.len())));
    }
    if arrays.windows(2).any(|pair| matches!(pair, [one, next] if one.len() != next.len())) {
        return Err(Error::parameter(format!("The arrays given to {name} are of different lengths.")));
    }
    arguments.iter().zip(arrays).map(|(argument, array)| Column::new(name, argument, array)).collect()
}

/// The values of an argument.
enum Column<'a> {
    Nulls,
    Text(&'a StringArray),
    LargeText(&'a LargeStringArray),
    TextView(&'a StringViewArray),
    Long(&'a Int64Array),
    Double(&'a Float64Array),
    Boolean(&'a BooleanArray),
}

impl<'a> Column<'a> {
    fn new(function: &str, argument: &Argument, array: &'a ArrayRef) -> Result<Self, Error> {
        if array.data_type().is_null() {
            return Ok(Self::Nulls);
        }
        let column = match argument.kind {
            Kind::String => array
                .as_string_opt::<i32>()
                .map(Self::Text)
                .or_else(|| array.as_string_opt::<i64>().map(Self::LargeText))
                .or_else(|| array.as_string_view_opt().map(Self::TextView)),
            Kind::Long => array.as_primitive_opt::<Int64Type>().map(Self::Long),
            Kind::Double => array.as_primitive_opt::<Float64Type>().map(Self::Double),
            Kind::Boolean => array.as_boolean_opt().map(Self::Boolean),
        };
        column.ok_or_else(|| {
            let Argument { name, kind, .. } = argument;
            let expected = format!("{kind:?}").to_lowercase();
            let message = format!("The argument {name} of {function} is {}: cast it to {expected}.", array.data_type());
            Error::parameter(message).of(name)
        })
    }

    fn value(&self, row: usize) -> Option<Value<'a>> {
        match *self {
            Self::Nulls => None,
            Self::Text(texts) => texts.is_valid(row).then(|| Value::Text(texts.value(row))),
            Self::LargeText(texts) => texts.is_valid(row).then(|| Value::Text(texts.value(row))),
            Self::TextView(texts) => texts.is_valid(row).then(|| Value::Text(texts.value(row))),
            Self::Long(longs) => longs.is_valid(row).then(|| Value::Long(longs.value(row))),
            Self::Double(doubles) => doubles.is_valid(row).then(|| Value::Double(doubles.value(row))),
            Self::Boolean(booleans) => booleans.is_valid(row).then(|| Value::Boolean(booleans.value(row))),
        }
    }
}

/// The values of the result.
enum Results {
    Text(StringBuilder),
    Long(Int64Builder),
    Double(Float64Builder),
    Boolean(BooleanBuilder),
}

impl Results {
    fn new(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::String => Self::Text(StringBuilder::with_capacity(rows, 0)),
            Kind::Long => Self::Long(Int64Builder::with_capacity(rows)),
            Kind::Double => Self::Double(Float64Builder::with_capacity(rows)),
            Kind::Boolean => Self::Boolean(BooleanBuilder::with_capacity(rows)),
        }
    }

    fn append(&mut self, function: &str, value: Option<Value<'_>>) -> Result<(), Error> {
        match (self, value) {
            (Self::Text(texts), None) => texts.append_null(),
            (Self::Long(longs), None) => longs.append_null(),
            (Self::Double(doubles), None) => doubles.append_null(),
            (Self::Boolean(booleans), None) => booleans.append_null(),
            (Self::Text(texts), Some(Value::Text(text))) => {
                if texts.values_slice().len() + text.len() > MOST_TEXT {
                    return Err(Error::input(format!(
                        "The results of {function} take more than 2 GiB: call it on parts of the column."
                    )));
                }
                texts.append_value(text);
            }
            (Self::Long(longs), Some(Value::Long(long))) => longs.append_value(long),
            (Self::Double(doubles), Some(Value::Double(double))) => doubles.append_value(double),
            (Self::Boolean(booleans), Some(Value::Boolean(boolean))) => booleans.append_value(boolean),
            (_, Some(other)) => {
                return Err(Error::internal(format!(
                    "{function} gave {other:?}, which is not what it says it returns."
                )));
            }
        }
        Ok(())
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut texts) => Arc::new(texts.finish()),
            Self::Long(mut longs) => Arc::new(longs.finish()),
            Self::Double(mut doubles) => Arc::new(doubles.finish()),
            Self::Boolean(mut booleans) => Arc::new(booleans.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::NullArray;

    use super::*;

    /// A function of every kind of argument that gives a value of the kind it was made with.
    struct Every(Kind);

    impl Function for Every {
        fn row<'v>(&self, arguments: &[Value<'v>], scratch: &'v mut String) -> Result<Option<Value<'v>>, Error> {
            let [Value::Text(text), Value::Long(long), Value::Double(double), Value::Boolean(boolean)] = *arguments
            else {
                return Err(Error::internal(format!("{arguments:?}")));
            };
            if text == "nothing" {
                return Ok(None);
            }
            Ok(Some(match self.0 {
                Kind::String => {
                    scratch.push_str(&format!("{text} {long} {double} {boolean}"));
                    Value::Text(scratch)
                }
                Kind::Long => Value::Long(long),
                Kind::Double => Value::Double(double),
                Kind::Boolean => Value::Boolean(boolean),
            }))
        }
    }

    fn signature(returns: Kind) -> Signature {
        let kinds = [("text", Kind::String), ("long", Kind::Long), ("double", Kind::Double), ("flag", Kind::Boolean)];
        let argument = |(name, kind): (&str, _)| Argument { name: name.to_owned(), kind, doc: String::new() };
        Signature {
            name: "every".to_owned(),
            description: String::new(),
            arguments: kinds.map(argument).to_vec(),
            returns,
            examples: vec![],
        }
    }

    fn arrays() -> Vec<ArrayRef> {
        vec![
            Arc::new(StringArray::from(vec![Some("a"), None, Some("c"), Some("nothing"), Some("é")])),
            Arc::new(Int64Array::from(vec![Some(1), Some(2), None, Some(4), Some(5)])),
            Arc::new(Float64Array::from(vec![0.5, 1.5, 2.5, 3.5, 4.5])),
            Arc::new(BooleanArray::from(vec![true, true, true, true, false])),
        ]
    }

    fn called(returns: Kind, arrays: &[ArrayRef]) -> Result<ArrayRef, Error> {
        call(&signature(returns), &Every(returns), arrays)
    }

    #[test]
    fn every_kind_comes_in_and_goes_out() {
        let expected: [(Kind, ArrayRef); 4] = [
            (
                Kind::String,
                Arc::new(StringArray::from(vec![Some("a 1 0.5 true"), None, None, None, Some("é 5 4.5 false")])),
            ),
            (Kind::Long, Arc::new(Int64Array::from(vec![Some(1), None, None, None, Some(5)]))),
            (Kind::Double, Arc::new(Float64Array::from(vec![Some(0.5), None, None, None, Some(4.5)]))),
            (Kind::Boolean, Arc::new(BooleanArray::from(vec![Some(true), None, None, None, Some(false)]))),
        ];
        for (kind, expected) in expected {
            assert_eq!(&called(kind, &arrays()).unwrap(), &expected);
        }
    }

    #[test]
    fn a_part_of_an_array_is_that_part() {
        let part = arrays().iter().map(|array| array.slice(3, 2)).collect::<Vec<_>>();
        let whole = called(Kind::String, &arrays()).unwrap();
        assert_eq!(&called(Kind::String, &part).unwrap(), &whole.slice(3, 2));
    }

    #[test]
    fn texts_may_be_of_any_text_type_or_all_null() {
        let expected = called(Kind::Long, &arrays()).unwrap();
        let texts = arrays()[0].as_string::<i32>().clone();
        let forms: [ArrayRef; 2] =
            [Arc::new(LargeStringArray::from_iter(&texts)), Arc::new(StringViewArray::from_iter(&texts))];
        for form in forms {
            let mut arrays = arrays();
            arrays[0] = form;
            assert_eq!(&called(Kind::Long, &arrays).unwrap(), &expected);
        }
        let mut arrays = arrays();
        arrays[0] = Arc::new(NullArray::new(5));
        assert_eq!(called(Kind::Long, &arrays).unwrap().null_count(), 5);
    }

    #[test]
    fn other_arrays_are_refused_by_name() {
        let mut swapped = arrays();
        swapped.swap(1, 2);
        let mut shorter = arrays();
        shorter[3] = shorter[3].slice(0, 2);
        let cases = [
            (arrays()[..3].to_vec(), "every takes text, long, double, flag: 3 arrays"),
            (swapped, "The argument long of every is Float64: cast it to long."),
            (shorter, "different lengths"),
        ];
        for (arrays, expected) in cases {
            let error = called(Kind::Long, &arrays).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_result_of_another_kind_is_a_fault_of_ours() {
        let error = call(&signature(Kind::Double), &Every(Kind::Long), &arrays()).unwrap_err();
        assert_eq!(error.kind, netlytics_kernel::Kind::Internal);
    }
}
