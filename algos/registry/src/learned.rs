//! An algorithm of passes over rows of features, behind the protocol: states, findings and models as messages.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use netlytics_kernel::{Error, Estimator, Next, Pass, message};
use netlytics_learning as learning;
use netlytics_learning::{Advance, Learner, LearningPass};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::vectors::{FeatureColumns, Spare};

/// Names of an algorithm's messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Messages {
    pub(crate) version: u32,
    pub(crate) state: &'static str,
    pub(crate) partial: &'static str,
    pub(crate) model: &'static str,
}

/// The estimator of a learner.
pub(crate) struct Learned<L> {
    learner: L,
    messages: Messages,
    columns: FeatureColumns,
    feature: String,
}

impl<L> Learned<L> {
    /// # Errors
    /// A column is not there, or not of a type that holds features.
    pub(crate) fn new(learner: L, messages: Messages, schema: &SchemaRef, features: &[String]) -> Result<Self, Error> {
        let feature = features.first().cloned().unwrap_or_default();
        Ok(Self { learner, messages, columns: FeatureColumns::new(schema, features)?, feature })
    }
}

/// A mistake in rows or parameters as the protocol tells it.
pub(crate) fn refused(error: &learning::Error, feature: &str) -> Error {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let sentence = format!("{first}{}.", characters.as_str());
    match error {
        learning::Error::Parameter { .. } => Error::parameter(format!("The parameter {text}.")),
        learning::Error::Foreign(_) => Error::parameter(sentence),
        _ => Error::input(sentence).of(feature),
    }
}

impl<L> Estimator for Learned<L>
where
    L: Learner,
    L::State: Serialize + DeserializeOwned,
    L::Partial: Serialize + DeserializeOwned,
    L::Model: Serialize + DeserializeOwned,
    L::Summary: Serialize,
    L::Pass: 'static,
{
    fn start(&self) -> Result<Vec<u8>, Error> {
        message::encode(self.messages.state, self.messages.version, &self.learner.start())
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        let state = message::decode(self.messages.state, self.messages.version, state)?;
        let pass = self.learner.pass(&state).map_err(|error| refused(&error, &self.feature))?;
        let (columns, feature) = (self.columns.clone(), self.feature.clone());
        Ok(Box::new(LearnedPass { pass, messages: self.messages, columns, feature, spare: Spare::default() }))
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        let Messages { version, partial, .. } = self.messages;
        let (left, right) = (message::decode(partial, version, left)?, message::decode(partial, version, right)?);
        let merged = self.learner.merge(left, right).map_err(|error| refused(&error, &self.feature))?;
        message::encode(partial, version, &merged)
    }

    fn advance(&self, state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let Messages { version, .. } = self.messages;
        let state = message::decode(self.messages.state, version, state)?;
        let partial = message::decode(self.messages.partial, version, partial)?;
        match self.learner.advance(state, partial).map_err(|error| refused(&error, &self.feature))? {
            Advance::Again { state, progress } => {
                Ok(Next::Again { state: message::encode(self.messages.state, version, &state)?, progress })
            }
            Advance::Done { model, summary } => Ok(Next::Done {
                model: message::encode(self.messages.model, version, &model)?,
                summary: serde_json::to_string(&summary).map_err(Error::internal)?,
            }),
        }
    }
}

struct LearnedPass<P> {
    pass: P,
    messages: Messages,
    columns: FeatureColumns,
    feature: String,
    spare: Spare,
}

impl<P> Pass for LearnedPass<P>
where
    P: LearningPass,
    P::Partial: Serialize + DeserializeOwned,
{
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = self.columns.rows(batch, &mut self.spare)?;
        self.pass.push(&rows).map_err(|error| refused(&error, &self.feature))
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        message::encode(self.messages.partial, self.messages.version, &self.pass.finish())
    }
}
