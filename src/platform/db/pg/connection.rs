//! PostgreSQL for diesel, without libpq.

use std::any::Any;

use diesel::connection::{
    AnsiTransactionManager, CacheSize, ConnectionSealed, Instrumentation, InstrumentationEvent,
    LoadConnection, MultiConnectionHelper, SimpleConnection, TransactionManager,
};
use diesel::expression::QueryMetadata;
use diesel::migration::{CREATE_MIGRATIONS_TABLE, MigrationConnection};
use diesel::pg::{FailedToLookupTypeError, Pg, PgMetadataCacheKey, PgMetadataLookup, PgTypeMetadata};
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::r2d2::R2D2Connection;
use diesel::result::{ConnectionError, DatabaseErrorKind, Error};
use diesel::sql_types::TypeMetadata;
use diesel::{Connection, ConnectionResult, QueryResult};
use diesel_async::{AsyncConnection, AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection};
use futures_util::TryStreamExt;

use super::by_text::{ByText, Texts};
use super::connect::connect;
use super::line::Line;
use super::settings::Settings;

/// A connection to a server. It blocks the calling thread, and needs no runtime on it.
pub struct PgConn {
    // The client goes first: then the line takes leave of the server.
    client: AsyncPgConnection,
    line: Line,
    texts: Texts,
    transactions: AnsiTransactionManager,
}

type Row<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::Row<'conn, 'query>;

impl PgConn {
    /// # Errors
    /// The reason, which contains no password.
    pub fn open(settings: &Settings) -> Result<Self, String> {
        let (client, mut line) = connect(settings)?;
        let client = line.run(AsyncPgConnection::try_from(client));
        let client = client.ok_or_else(|| line.reason().to_owned())?.map_err(|error| error.to_string())?;
        let transactions = AnsiTransactionManager::default();
        let mut conn = Self { client, line, texts: Texts::default(), transactions };
        // As diesel's own connections do, but without the password.
        let place = format!("postgres://{}/{}", settings.user, settings.database);
        conn.instrumentation().on_connection_event(InstrumentationEvent::start_establish_connection(&place));
        Ok(conn)
    }

    /// Whether notifications have arrived since the last call. Does not contact the server.
    pub fn has_news(&mut self) -> QueryResult<bool> {
        let has_news = self.line.has_news();
        if self.line.is_lost() { Err(lost(&self.line)) } else { Ok(has_news) }
    }

    /// Waits for answers however long they take, from now on.
    pub fn be_patient(&mut self) {
        self.line.be_patient();
    }

    /// A statement has ended the transaction without diesel's knowledge.
    pub fn transaction_has_ended(&mut self) {
        self.transactions = AnsiTransactionManager::default();
    }

    /// The outcome of a statement: what follows from it for the transaction, and the reason if the connection was lost.
    fn outcome<T>(&mut self, done: Option<QueryResult<T>>) -> QueryResult<T> {
        let done = done.unwrap_or_else(|| Err(lost(&self.line)));
        if self.line.is_lost() {
            AnsiTransactionManager::transaction_manager_status_mut(self).set_in_error();
            return done.map_err(|error| match error {
                Error::DatabaseError(DatabaseErrorKind::UnableToSendCommand, _) => lost(&self.line),
                error => error,
            });
        }
        if done.is_err() {
            let status = AnsiTransactionManager::transaction_manager_status_mut(self);
            status.set_requires_rollback_maybe_up_to_top_level(true);
        }
        done
    }
}

fn lost(line: &Line) -> Error {
    Error::DatabaseError(DatabaseErrorKind::ClosedConnection, Box::new(line.reason().to_owned()))
}

impl SimpleConnection for PgConn {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        let done = self.line.run(self.client.batch_execute(query));
        self.outcome(done)
    }
}

impl ConnectionSealed for PgConn {}

impl Connection for PgConn {
    type Backend = Pg;
    type TransactionManager = AnsiTransactionManager;

    fn establish(url: &str) -> ConnectionResult<Self> {
        let url = url.parse().map_err(|_| ConnectionError::InvalidConnectionUrl("no URL".to_owned()))?;
        let opened = Settings::of(&url, None).and_then(|settings| Self::open(&settings));
        opened.map_err(ConnectionError::BadConnection)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Pg> + QueryId,
    {
        let done = match self.texts.take(source)? {
            true => self.line.run(self.client.execute_returning_count(ByText(source))),
            false => self.line.run(self.client.execute_returning_count(source)),
        };
        self.outcome(done)
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        &mut self.transactions
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.client.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.client.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.client.set_prepared_statement_cache_size(size);
    }
}

impl LoadConnection for PgConn {
    type Cursor<'conn, 'query> = std::iter::Map<
        std::vec::IntoIter<Row<'conn, 'query>>,
        fn(Row<'conn, 'query>) -> QueryResult<Row<'conn, 'query>>,
    >;
    type Row<'conn, 'query> = Row<'conn, 'query>;

    /// All rows: an error after the first of them is an error of the query.
    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Pg> + QueryId + 'query,
        Pg: QueryMetadata<T::SqlType>,
    {
        let loading = match self.texts.take(&source)? {
            true => self.client.load(ByText(source)),
            false => self.client.load(source),
        };
        let done = self.line.run(async move { loading.await?.try_collect::<Vec<_>>().await });
        Ok(self.outcome(done)?.into_iter().map(Ok))
    }
}

impl MigrationConnection for PgConn {
    fn setup(&mut self) -> QueryResult<usize> {
        self.batch_execute(CREATE_MIGRATIONS_TABLE).map(|()| 0)
    }
}

impl R2D2Connection for PgConn {
    fn ping(&mut self) -> QueryResult<()> {
        self.batch_execute("SELECT 1")
    }

    fn is_broken(&mut self) -> bool {
        self.line.is_lost() || AnsiTransactionManager::is_broken_transaction_manager(self)
    }
}

/// What `MultiConnection` asks about types that are not built in. The tables have none.
struct NoOtherTypes;

impl PgMetadataLookup for NoOtherTypes {
    fn lookup_type(&mut self, name: &str, schema: Option<&str>) -> PgTypeMetadata {
        let key = PgMetadataCacheKey::new(schema.map(Into::into), name.into());
        PgTypeMetadata::from_result(Err(FailedToLookupTypeError::new(key.into_owned())))
    }
}

impl MultiConnectionHelper for PgConn {
    /// diesel-async's own cannot be made an `Any`. A value without a size takes no memory, so nothing leaks.
    fn to_any<'a>(_: &mut <Pg as TypeMetadata>::MetadataLookup) -> &mut (dyn Any + 'a) {
        Box::leak(Box::new(NoOtherTypes))
    }

    fn from_any(lookup: &mut dyn Any) -> Option<&mut <Pg as TypeMetadata>::MetadataLookup> {
        lookup.downcast_mut::<NoOtherTypes>().map(|lookup| lookup as _)
    }
}
