//! The estimator: one pass counts the categories and takes the moments of the numbers.

use arrow_array::{Array as _, RecordBatch};
use arrow_schema::SchemaRef;
use netlytics_features::categories::{Counter, Tally};
use netlytics_features::{Moments, Scale};
use netlytics_kernel::{Error, Estimator, Next, Pass, message, params as json};
use serde::{Deserialize, Serialize};

use super::NAME;
use super::columns::Columns;
use super::model::{Model, names, word};
use super::params::Params;

const STATE: &str = "features.transform.state";
const PARTIAL: &str = "features.transform.partial";
const VERSION: u32 = 1;

pub(crate) struct Transform {
    params: Params,
    columns: Columns,
}

/// Before the only pass nothing is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct State {
    passes: u64,
}

/// What is known of some rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Partial {
    rows: u64,
    left_out: u64,
    /// Of each categorical column.
    categories: Vec<Tally>,
    /// Of each numerical column, if they are scaled.
    moments: Vec<Moments>,
}

impl Transform {
    /// # Errors
    /// A parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = json::parse::<Params>(NAME, params)?;
        params.check()?;
        let names = [params.numerical.as_slice(), params.categorical.as_slice()];
        let columns = Columns::new(schema, names, names, params.null_policy)?;
        Ok(Self { params, columns })
    }

    fn too_many(&self, column: usize, found: usize) -> Result<(), Error> {
        let (name, most) = (self.params.categorical.get(column).map_or("", String::as_str), self.params.max_categories);
        if found <= most {
            return Ok(());
        }
        Err(Error::input(format!(
            "The column {name} has more than {most} different values: leave it out, make fewer of them in the query \
             (the domain of a URL, say), or raise max_categories."
        ))
        .of(name))
    }
}

impl Estimator for Transform {
    fn is_one_pass(&self) -> bool {
        true
    }

    fn start(&self) -> Result<Vec<u8>, Error> {
        message::encode(STATE, VERSION, &State { passes: 0 })
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        message::decode::<State>(STATE, VERSION, state)?;
        let counters = self.params.categorical.iter().map(|_| Counter::default()).collect();
        let moments = match self.params.scale {
            Scale::None => Vec::new(),
            _ => vec![Moments::default(); self.params.numerical.len()],
        };
        let this = Self { params: self.params.clone(), columns: self.columns.clone() };
        Ok(Box::new(Counting { this, rows: 0, left_out: 0, counters, moments }))
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        let left = message::decode::<Partial>(PARTIAL, VERSION, left)?;
        let right = message::decode::<Partial>(PARTIAL, VERSION, right)?;
        let both = left.categories.into_iter().zip(right.categories);
        let categories = both.map(|(left, right)| left.merge(right)).collect::<Vec<_>>();
        for (column, tally) in categories.iter().enumerate() {
            self.too_many(column, tally.values.len())?;
        }
        let mut moments = left.moments;
        moments.iter_mut().zip(&right.moments).for_each(|(left, right)| left.merge(right));
        let (rows, left_out) = (left.rows + right.rows, left.left_out + right.left_out);
        message::encode(PARTIAL, VERSION, &Partial { rows, left_out, categories, moments })
    }

    fn advance(&self, _state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let partial = message::decode::<Partial>(PARTIAL, VERSION, partial)?;
        let Params { numerical, categorical, scale, order, .. } = &self.params;
        let categories = partial.categories.into_iter().map(Tally::ranked).collect::<Vec<_>>();
        let features = names(numerical, categorical, &categories, *order);
        if features.is_empty() {
            let why = match partial.rows {
                0 => "there are no rows".to_owned(),
                _ => format!("{} has the same value in all rows", categorical.join(" and ")),
            };
            return Err(Error::input(format!("No feature is left: {why}.")));
        }
        let scalings = numerical.iter().enumerate().map(|(column, name)| {
            let moments = partial.moments.get(column).cloned().unwrap_or_default();
            moments.scaling(*scale).ok_or_else(|| {
                Error::input(format!("The numbers of {name} are too far apart: no double holds their spread.")).of(name)
            })
        });
        let model = Model {
            numerical: numerical.clone(),
            categorical: categorical.clone(),
            scale: word(scale)?,
            scalings: scalings.collect::<Result<_, _>>()?,
            categories,
            normalize_p: self.params.p()?,
            null_policy: word(self.params.null_policy)?,
            order: word(order)?,
            features,
            rows: partial.rows,
            left_out: partial.left_out,
        };
        Ok(Next::Done { model: model.encode()?, summary: model.summary() })
    }
}

struct Counting {
    this: Transform,
    rows: u64,
    left_out: u64,
    counters: Vec<Counter>,
    moments: Vec<Moments>,
}

impl Pass for Counting {
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let batch = self.this.columns.read(batch)?;
        self.rows += (batch.rows - batch.left_out()) as u64;
        self.left_out += batch.left_out() as u64;
        let scale = self.this.params.scale;
        for (moments, numbers) in self.moments.iter_mut().zip(&batch.numbers) {
            let kept = numbers.iter().enumerate().filter(|(row, _)| batch.keeps(*row));
            moments.add(scale, kept.map(|(_, &number)| number));
        }
        for (column, (counter, texts)) in self.counters.iter_mut().zip(&batch.texts).enumerate() {
            for row in (0..texts.len()).filter(|&row| batch.keeps(row)) {
                counter.add(texts.is_valid(row).then(|| texts.value(row)));
            }
            self.this.too_many(column, counter.different())?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        let categories = self.counters.into_iter().map(Counter::finish).collect();
        let partial = Partial { rows: self.rows, left_out: self.left_out, categories, moments: self.moments };
        message::encode(PARTIAL, VERSION, &partial)
    }
}
