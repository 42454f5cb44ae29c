//! An algorithm that learns from rows of the other side of a border.

use arrow_buffer::{Buffer, MutableBuffer};
use arrow_schema::SchemaRef;
use netlytics_connectors::error::{Error, Kind};
use netlytics_kernel::{Estimator, Next, Pass};

use crate::kernel::ours;
use crate::{incoming, spark_schema};

/// A fit, where its passes are led from.
pub struct BridgedFit {
    estimator: Box<dyn Estimator>,
    state: Vec<u8>,
    told: String,
}

impl BridgedFit {
    /// A fit, by the estimator's name, with its parameters as a JSON object, for batches of this schema (a Spark
    /// `StructType` as JSON); at this state, or at its start.
    ///
    /// # Errors
    /// There is no such estimator, or a parameter or the schema does not fit it.
    pub fn open(name: &str, params: &str, schema: &[u8], state: Option<Vec<u8>>) -> Result<Self, Error> {
        let input = spark_schema::read(schema)?;
        let estimator = netlytics_algos::estimator(name, params, &input).map_err(ours)?;
        let state = state.map_or_else(|| estimator.start().map_err(ours), Ok)?;
        Ok(Self { estimator, state, told: String::new() })
    }

    /// Whether the first pass is the last one.
    #[must_use]
    pub fn is_one_pass(&self) -> bool {
        self.estimator.is_one_pass()
    }

    /// The state for the next pass; the model, once [`Self::advance`] said so.
    #[must_use]
    pub fn state(&self) -> &[u8] {
        &self.state
    }

    /// What the last [`Self::advance`] has to tell people: a line of progress, or the summary as JSON.
    #[must_use]
    pub fn told(&self) -> &str {
        &self.told
    }

    /// Two partial results of the pass as one.
    ///
    /// # Errors
    /// One is not of this estimator's.
    pub fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        self.estimator.merge(left, right).map_err(ours)
    }

    /// Goes on with the partial result of all rows; whether the model is found.
    ///
    /// # Errors
    /// The rows as a whole are not what the algorithm works on.
    pub fn advance(&mut self, partial: &[u8]) -> Result<bool, Error> {
        let (state, told, done) = match self.estimator.advance(&self.state, partial).map_err(ours)? {
            Next::Again { state, progress } => (state, progress, false),
            Next::Done { model, summary } => (model, summary, true),
        };
        (self.state, self.told) = (state, told);
        Ok(done)
    }
}

/// A pass over the rows of one partition.
pub struct BridgedPass {
    pass: Option<Box<dyn Pass>>,
    input: SchemaRef,
    /// Where the other side writes the next batch; used again from batch to batch.
    memory: MutableBuffer,
}

impl BridgedPass {
    /// A pass of the estimator that [`BridgedFit::open`] would open, in this state.
    ///
    /// # Errors
    /// As there, or the state is another estimator's.
    pub fn open(name: &str, params: &str, schema: &[u8], state: &[u8]) -> Result<Self, Error> {
        let input = spark_schema::read(schema)?;
        let estimator = netlytics_algos::estimator(name, params, &input).map_err(ours)?;
        let pass = estimator.pass(state).map_err(ours)?;
        Ok(Self { pass: Some(pass), input, memory: MutableBuffer::new(0) })
    }

    /// Address of memory for a batch of this length; it is ours, and valid until the next call.
    ///
    /// # Errors
    /// A negative length.
    pub fn reserve(&mut self, length: i64) -> Result<i64, Error> {
        let length = usize::try_from(length)
            .map_err(|_| Error::new(Kind::Internal, format!("A batch of {length} bytes was announced.")))?;
        self.memory.resize(length, 0);
        i64::try_from(self.memory.as_mut_ptr().expose_provenance())
            .map_err(|error| Error::new(Kind::Internal, error.to_string()))
    }

    /// Takes the batch that was written there, in one piece ([`incoming::packed`]).
    ///
    /// # Errors
    /// What was written is no batch, or its rows are not of the kind the algorithm works on.
    pub fn push(&mut self) -> Result<(), Error> {
        let piece = Buffer::from(std::mem::replace(&mut self.memory, MutableBuffer::new(0)));
        let batch = incoming::packed(piece.clone(), &self.input)?;
        self.pass.as_mut().ok_or_else(finished)?.push(&batch).map_err(ours)?;
        drop(batch);
        // Nobody else holds it, unless the pass keeps rows.
        if let Ok(memory) = piece.into_mutable() {
            self.memory = memory;
        }
        Ok(())
    }

    /// The partial result. The pass is over then.
    ///
    /// # Errors
    /// It cannot be encoded, which would be a fault of ours; the pass was over before.
    pub fn finish(&mut self) -> Result<Vec<u8>, Error> {
        self.pass.take().ok_or_else(finished)?.finish().map_err(ours)
    }
}

fn finished() -> Error {
    Error::new(Kind::Internal, "The pass is over.".to_owned())
}
