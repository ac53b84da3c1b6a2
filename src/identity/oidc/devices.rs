//! The device flow (RFC 8628): a device without a browser shows a code, and a person types it where they have one.

use std::sync::Arc;

use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::sessions::{ActiveSession, AsSession};
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, Locks};
use crate::platform::keys::{Keys, Signer};
use crate::platform::rate_limit::Shared;

use super::admission::{Admission, Barred};
use super::client::OidcClient;
use super::client_auth::AuthenticatedClient;
use super::clients::OidcClients;
use super::code::{self, Code, CodeRequest};
use super::consent;
use super::device::{self, Device};
use super::grant::{AccessRequest, Details};
use super::registration::GrantType;
use super::token_error::TokenRefusal;
use super::user_code::UserCode;
use super::wrong_codes::WrongCodes;

/// What a device gets (§3.2).
pub struct DeviceCodes {
    pub device_code: String,
    pub user_code: UserCode,
    /// Seconds.
    pub expires_in: i64,
    pub interval: i64,
}

/// A device that waits for the person who typed its code.
pub struct WaitingDevice {
    device: Device,
    pub client: Arc<OidcClient>,
}

impl WaitingDevice {
    pub fn device(&self) -> &Device {
        &self.device
    }
}

pub struct Devices {
    db: Db,
    writer: Writer,
    clock: Clock,
    clients: Arc<OidcClients>,
    admission: Admission,
    wrong_codes: WrongCodes,
    /// Hashes the codes that people type.
    code_hashes: Signer,
}

impl Devices {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        (clients, admission): (Arc<OidcClients>, Admission),
        shared: Option<&Shared>,
        keys: &Keys,
    ) -> Self {
        let wrong_codes = WrongCodes::new(&clock, shared);
        let code_hashes = keys.persistent().subjects.clone();
        Self { db, writer, clock, clients, admission, wrong_codes, code_hashes }
    }

    /// Codes for a device.
    pub async fn begin(
        &self,
        app: &AuthenticatedClient,
        asked: AccessRequest,
        from: &Caller,
    ) -> Result<DeviceCodes, TokenRefusal> {
        let (client, hashes, from) = (app.client.id, self.code_hashes.clone(), from.clone());
        let added = self
            .writer
            .holding(Locks::named("devices", &client.to_string()))
            .write(System, move |write| device::add(write, (client, &asked), &from, &hashes));
        let (device_code, user_code) = added.await?;
        Ok(DeviceCodes { device_code, user_code, expires_in: device::LIFETIME, interval: device::PAUSE })
    }

    /// The device whose code this person typed. A wrong one counts, by person and by address.
    pub async fn find(
        &self,
        active: &ActiveSession,
        typed: &str,
        from: &Caller,
    ) -> Result<Option<WaitingDevice>, Failure> {
        let user = self.wrong_codes.of_user.acquire(&active.user.id.to_string()).await?;
        let address = self.wrong_codes.of_address.acquire(&from.rate_limit_subject()).await?;
        let found = match UserCode::parse(typed) {
            Some(code) => {
                let (hashes, now) = (self.code_hashes.clone(), self.clock.now());
                self.db.run(move |conn| device::waiting(conn, &code, &hashes, now)).await
            }
            None => Ok(None),
        };
        let all = self.clients.all().await;
        if found.is_err() || all.is_err() {
            user.refund();
            address.refund();
            return Err(found.err().or(all.err()).map_or_else(Failure::busy, Failure::from));
        }
        let (Some(device), Ok(all)) = (found.ok().flatten(), all) else { return Ok(None) };
        let client = all.iter().find(|client| client.id == device.client && !client.disabled);
        let client = client.filter(|client| client.registration.allows(GrantType::DeviceCode));
        Ok(client.map(|client| {
            user.refund();
            address.refund();
            WaitingDevice { device, client: Arc::clone(client) }
        }))
    }

    /// Whether the app of the device admits the person.
    pub fn admits(&self, waiting: &WaitingDevice, active: &ActiveSession) -> Result<(), Barred> {
        self.admission.admits(&waiting.client, &active.user, &active.session)
    }

    /// Allows a device to sign the person in, or not; false if that was decided before, or too late.
    pub async fn decide(
        &self,
        active: &ActiveSession,
        waiting: WaitingDevice,
        (allowed, from): (bool, &Caller),
    ) -> Result<bool, Failure> {
        let WaitingDevice { device, client } = waiting;
        let (key, from) = (active.key.clone(), from.clone());
        let (user_id, epoch) = (active.user.id, active.user.epoch);
        let details = Details::of(device.asked, &active.session);
        let decided = self.writer.of_user(user_id).write(AsSession::of(active), move |write| {
            if !device::decide(write, &device.hash, allowed)? {
                return Ok(false);
            }
            if !allowed {
                return Ok(true);
            }
            let entry = |event, at| Entry::new(event, Some(user_id), &from, at).about(client.name.clone());
            if !client.registration.first_party {
                consent::add(write, user_id, client.id, &details.consent())?;
                write.record(entry(Event::AppConnected, write.now()));
            }
            write.record(entry(Event::AppSignedIn, write.now()));
            let request = CodeRequest::of_device(details);
            let holder = ((client.id, user_id), (&key, epoch));
            code::add_for_device(write, (&device.hash, device.expires_at), holder, &request)?;
            Ok::<_, Failure>(true)
        });
        decided.await
    }

    /// What a person has allowed a device, once they have (§3.4).
    pub async fn poll(&self, client: &OidcClient, text: &str) -> Result<Code, TokenRefusal> {
        if !client.registration.allows(GrantType::DeviceCode) {
            return Err(TokenRefusal::UnauthorizedClient("the app is not registered for device_code"));
        }
        let text = text.to_owned();
        let found = self.db.run(move |conn| device::find(conn, &text)).await?;
        let device = found.filter(|device| device.client == client.id);
        let device = device.ok_or(TokenRefusal::InvalidGrant("the device code is unknown"))?;
        let hash = device.hash.clone();
        match device.allowed {
            Some(false) => Err(TokenRefusal::AccessDenied),
            Some(true) => {
                let found = self.db.run(move |conn| code::of_device(conn, &hash)).await?;
                let code = found.ok_or(TokenRefusal::InvalidGrant("the session has ended"))?;
                if !code.is_used && self.clock.now() >= code.expires_at {
                    return Err(TokenRefusal::ExpiredToken);
                }
                Ok(code)
            }
            None if self.clock.now() >= device.expires_at => Err(TokenRefusal::ExpiredToken),
            None => {
                let asked = self
                    .writer
                    .holding(Locks::named("device", &hash))
                    .write(System, move |write| Ok::<_, Failure>(device::ask(write, &hash)?));
                match asked.await? {
                    true => Err(TokenRefusal::AuthorizationPending),
                    false => Err(TokenRefusal::SlowDown),
                }
            }
        }
    }
}
