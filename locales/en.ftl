### The texts of pages and mails in English. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = Skip to content
layout-navigation = Main
layout-settings = Settings
layout-your-account = Your account:
layout-dashboard = Apps
layout-profile = Profile
layout-sessions = Sessions
layout-security = Security
layout-tokens = API tokens
layout-login = Sign in
layout-register = Register
layout-logout = Sign out
layout-language = Language
layout-help = Help
layout-terms = Terms
layout-privacy = Privacy
layout-error = Error
layout-problems = Fix these first
layout-cancel = Cancel
layout-confirm-title = Confirm it’s you
layout-confirm-lead = Enter your password.
layout-confirm-either = Use your second step or your password.
layout-confirm-factor = This changes how you sign in, so use your second step.
layout-act-change-email = You’re changing your email.
layout-act-delete-account = You’re deleting your account.
layout-act-change-password = You’re changing your password.
layout-act-add-app = You’re setting up an authenticator app.
layout-act-remove-app = You’re removing your authenticator app.
layout-act-new-codes = You’re making new recovery codes.
layout-act-remove-passkey = You’re removing a passkey.
layout-act-add-passkey = You’re adding a passkey.
layout-act-create-token = You’re creating an API token.
layout-act-staff = You’re changing something as staff.
layout-passkey-failed = That didn’t work. Try again, or choose another way.
layout-passkey-cancelled = Cancelled or timed out. Try again, or choose another way.
layout-passkey-on-device = This device already has a passkey for this account.
layout-passkey-unverified = This device can’t check that it’s you. Set up a screen lock or PIN on it, or use another device.
layout-passkey-address = Passkeys work only at this site’s own address. Open the site there, or choose another way.
layout-or = or
layout-confirm-submit = Continue
layout-staff = Staff
layout-board = Board
layout-welcome = Your account is ready.
layout-saved = Saved.
layout-password-changed = Your password was changed. You were signed out on all other devices, and your API tokens were deleted.
layout-others-ended = You were signed out on all other devices.
layout-signed-out = You’re signed out.
layout-session-over = You were signed out. Sign in again.
layout-not-sent-yet = You were signed out, so nothing was saved yet. Sign in to send what you typed.
layout-not-sent = You were signed out, so nothing was saved. Sign in and try again.
layout-other-member = That page belonged to another account. Nothing was saved.
layout-too-many-codes = Too many wrong codes. Sign in again.
layout-stage-over = That took too long. Sign in again.
layout-post-saved = Your post is on the board.
layout-password-set = Your password is set. Sign in with it.
layout-mail-sent = The mail is on its way.
layout-email-confirmed = Your email is confirmed.
layout-not-followed = You’re signed in. The address you came from isn’t an app of this site, so we stayed here.
layout-not-recognised = You’re signed in, but the app didn’t notice. Tell the people who run this site.
layout-account-deleted = Your account was deleted.
layout-app-added = The authenticator app is set up. Your recovery codes still work. You were signed out on all other devices.
layout-app-removed = The authenticator app was removed. You were signed out on all other devices.
layout-copy = Copy
layout-copied = Copied
layout-provider-failed = Signing in with { $provider } didn’t work. Try again, or choose another way.
layout-provider-cancelled = You cancelled at { $provider }. Nothing was changed.
layout-provider-late = That took too long, or was done already. Choose { $provider } again.
layout-provider-closed = No account here belongs to this { $provider } account, and new ones can’t be created. If you have an account, sign in to it and link the two under Security.
layout-provider-domain = Your { $provider } address isn’t one that may create an account here. Choose another account, or ask the people who run this site.
layout-provider-group = Your { $provider } account is in no group that may create an account here. Ask the people who run this site.
layout-provider-uninvited = Only people who were invited can come with { $provider }. Ask the people who run this site.
layout-provider-disabled = The account that your { $provider } account belongs to is disabled. Ask the people who run this site.
layout-provider-linked = Your { $provider } account was linked. It signs you in from now on.
layout-provider-unlinked = Your { $provider } account was unlinked. It no longer signs you in.
layout-provider-of-another = That { $provider } account belongs to another account here. Nothing was changed.
layout-provider-has-one = Your account has another { $provider } account linked. Unlink that first.
layout-provider-confirmed = { $provider } confirmed that it’s you. Do it again now.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = Username or email
field-username = Username
field-username-hint = Letters and numbers of any language. You can’t change it later.
field-email = Email
field-password = Password
field-new-password = New password
field-current-password = Current password
field-code = Code
field-code-hint = 6 digits from your authenticator app, or a recovery code.
field-user-code = Device code
field-app-code-hint = The 6 digits the app shows now.
field-password-hint = At least 8 characters. Three or four unrelated words work well.
field-display-name = Name
field-display-name-hint = What people see. Leave it empty to use your username.
field-name = Name
field-app-address = Address
field-icon = Icon
field-app-groups = Who may open it
field-language = Language
field-follow-browser = Same as browser
field-time-zone = Time zone
field-theme = Theme
field-title = Title
field-body = Text
field-redirect-uris = Redirect URIs
field-post-logout-redirect-uris = Addresses after signing out
field-backchannel-logout-uri = Logout address
field-jwks = Public keys
field-grants = What it may exchange for tokens
field-scope = Scopes
field-resources = APIs
field-scopes = It may
field-expires-at = Expires
field-theme-auto = System
field-theme-light = Light
field-theme-dark = Dark
field-empty-username = Enter a username.
field-long-username = Use at most 32 characters.
field-odd-username = Use letters and numbers only, with . - _ between them.
field-taken-username = This username is taken, or too close to one that is. Try another.
field-empty-email = Enter your email address.
field-long-email = An address has at most 254 characters.
field-long-local = The part before @ has at most 64 characters.
field-bad-email = Enter an address such as name@example.org.
field-invisible = There is a character in it that can’t be seen. Type it instead of pasting it.
field-look-alike-email = Some letters only look like Latin ones. Type the address in Latin letters.
field-taken-email = There is an account with this address already.
field-long-display-name = Use at most 60 characters.
field-odd-display-name = Use visible characters on one line.
field-empty-password = Enter a password.
field-short-password = Use at least 8 characters.
field-long-password = Use at most 128 characters.
field-common-password = Too easy to guess. Add an unrelated word or two.
field-personal-password = Too close to your name, your email or this site’s name. Choose something unrelated.
field-wrong-password = This isn’t your current password.
field-wrong-code = Wrong or expired code.
field-send-password = Your password was typed too long ago: send it as current_password.
field-send-code = A code was given too long ago: send one as code.
field-missing = This is missing.
field-wrong-type = This is of another kind than expected.
field-twice = This name stands twice.
field-bad-choice = Choose one of the offered options.

## error
## Titles and sentences of the error pages.

error-bad-request = This request can’t be read
error-bad-request-help = Part of it was broken or sent twice. Go back, reload the page and try again.
error-unauthorized = You’re not signed in
error-unauthorized-help = Sign in first, or send a valid token with the request.
error-forbidden = This page isn’t open to you
error-forbidden-help = You can’t do this, or the request came from another site. Open the page here and try again.
error-set-up-first = This account needs two-step verification. Sign in with a browser and set it up first.
error-needs-session = An API token can’t do this. Sign in and use the session, or its access token.
error-reauth-required = This takes a password or a code that was given within the last 10 minutes. Send it along, or step up first.
error-not-found = There’s nothing here
error-not-found-help = The address may be mistyped, or what was here is gone.
error-method = This page can’t be opened that way
error-method-help = The page can’t be used with this kind of request. Start again from the home page.
error-timeout = That took too long
error-timeout-help = The request didn’t arrive in time. Check your connection and try again.
error-too-large = That was too much at once
error-too-large-help = Forms here take up to 128 kB. Shorten what you typed and try again.
error-media-type = This kind of content doesn’t fit here
error-media-type-help = Use the form on the page.
error-misdirected = This isn’t the address of this site
error-misdirected-help = The server doesn’t answer to this host name. The people who run it can list the name in MUNJIGI_ALLOWED_HOSTS.
error-unprocessable = Check what you typed
error-unprocessable-help = Go back and correct the marked fields.
error-conflict = This was changed in between
error-conflict-help = Read it again, then decide whether your change still fits.
error-too-many = Too many attempts
error-too-many-help = This protects accounts.
error-internal = Something went wrong on our side
error-internal-help = Your data is safe. Try again. If it keeps happening, give the request ID below to the people who run this site.
error-unavailable = Back in a moment
error-unavailable-help = You stay signed in.
error-other = This didn’t work
error-other-help = Go back and try again.
error-rule = Denied by
error-request = Request ID
error-home = Go to the home page
error-dashboard = Go to your apps

## event
## What the audit trail tells, in words.

event-registered = Account created
event-signed-in = Signed in
event-sign-in-failed = Failed sign-in
event-signed-out = Signed out
event-session-ended = Session ended
event-refresh-reused = A token of an app was used twice, so the app was signed out
event-keys-rotated = Keys rotated
event-keys-forgotten = Older keys forgotten, everybody signed out
event-others-ended = Other sessions ended
event-all-ended = All sessions ended
event-password-changed = Password changed
event-password-failed = Wrong password entered
event-password-confirmed = Password confirmed
event-provider-confirmed = Identity confirmed at another service
event-password-required = New password required
event-password-link-shown = Link to a new password shown to staff
event-shown-link-used = New password chosen by a link that was shown to staff
event-password-reset = New password chosen by link
event-password-reset-asked = New password asked for by mail
event-recovery-started = Recovery started
event-sign-in-link-sent = Sign-in link asked for
event-sign-in-link-used = Sign-in link used
event-email-verified = Email confirmed
event-email-vouched = Email confirmed by staff
event-email-change-asked = Change of email asked for
event-totp-added = Authenticator app set up
event-totp-removed = Authenticator app removed
event-passkey-added = Passkey added
event-passkey-renamed = Passkey renamed
event-passkey-removed = Passkey removed
event-recovery-codes-made = New recovery codes made
event-recovery-code-used = Recovery code used
event-second-factor-failed = Right password, but a wrong code
event-second-factor-confirmed = Code confirmed
event-factors-removed = Second factors removed, for a recovery
event-identity-linked = Linked an account elsewhere
event-identity-unlinked = Unlinked an account elsewhere
event-provider-signed-out = Signed out at the other service
event-device-trusted = Device trusted
event-device-forgotten = Device no longer trusted
event-email-changed = Email changed
event-account-deleted = Account deleted
event-disabled = Account disabled
event-enabled = Account enabled
event-promoted = Staff rights given
event-demoted = Staff rights taken
event-group-created = Group created
event-group-changed = Group changed
event-group-deleted = Group deleted
event-group-joined = Added to a group
event-group-left = Removed from a group
event-post-edited = Post edited by a moderator
event-post-deleted = Post deleted by a moderator
event-application-added = App added
event-application-changed = App changed
event-application-removed = App removed
event-app-secret-rotated = New app secret made
event-app-secret-ended = Older app secret ended
event-app-disabled = App disabled: no longer declared in the file
event-app-enabled = App enabled again
event-app-signed-in = Signed in to an app
event-app-connected = App connected
event-app-disconnected = App disconnected
event-app-code-reused = An app’s sign-in code was used twice
event-app-refresh-reused = An app’s old token was used again
event-token-created = API token created
event-token-deleted = API token deleted
event-audit-exported = Audit trail exported
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { NUMBER($count) } times, last { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = Groups
groups-lead = A group gives its members permissions and opens apps to them.
groups-none = No groups yet
groups-new = New group
groups-name = Group name
groups-create = Create group
groups-permissions = Permissions
groups-signing-in = Signing in
groups-second-factor = Its members need two-step verification and set it up first
groups-members = Members
groups-no-members = This group has no members yet.
groups-more-members = Show more
groups-add = Add
groups-add-member = Username or email to add
groups-remove = Remove
groups-save = Save
groups-delete = Delete group
groups-empty-name = Enter a name.
groups-long-name = Use at most 60 characters.
groups-odd-name = Use visible characters on one line.
groups-taken-name = This name is taken. Try another.
groups-no-such-user = There is no user of this name.
groups-add-post = Write posts (every member may)
groups-change-post = Edit anyone’s posts
groups-delete-post = Delete anyone’s posts
groups-view-post = Read posts (everyone may)
groups-settings = Name and rights
groups-keep = Keep it
groups-delete-undone = This can’t be undone.
groups-delete-stays = The accounts of its members stay
groups-delete-group = Delete the group { $name }?
groups-members-lose =
    { $members ->
        [one] 1 member loses what the group permits, at once
       *[other] { $members } members lose what the group permits, at once
    }
groups-apps-close =
    { $apps ->
        [one] 1 app is no longer open to them through it
       *[other] { $apps } apps are no longer open to them through it
    }
groups-new-lead = Its permissions and members follow on the next page.
groups-count =
    { $n ->
        [one] 1 group
       *[other] { $n } groups
    }

## home
## The home page.

home-title = Welcome
home-description = Sign in once and open every app of this site.
home-lead = One sign-in for every app
home-body = Sign in to open the apps of this site.
home-login = Sign in
home-register = Create an account
home-board = Read the board

## register
## The registration page.

register-title = Create your account
register-description = Create an account for the apps of this site.
register-lead = One account for every app here.
register-submit = Create account
register-have-account = Already have an account?
register-login = Sign in
register-closed = Registration is closed
register-closed-help = The people who run this site create new accounts. Ask them for one.

## login
## The sign-in page.

login-title = Sign in
login-description = Sign in with your password or a passkey.
# Under the title: where one goes after sign-in.
login-leads-to = to continue to { $host }
login-remember = Keep me signed in on this device
login-submit = Sign in
login-no-account = New here?
login-register = Create an account
login-empty-login = Enter your username or email.
login-empty-password = Enter your password.
login-wrong = Wrong username or password. Try again.
login-code-needed = This account uses two-step verification. Send a code along.
login-wrong-code = Wrong or used code. Enter the one shown now.
login-empty-code = Enter a code.
login-set-up-first = This account needs two-step verification. Sign in with a browser and set it up first.
login-signed-in = You’re signed in
login-verify-title = Enter your code
login-verify-lead = Open your authenticator app and type the 6 digits it shows now.
login-verify-any = Type the 6 digits that your authenticator app shows now, or use a passkey.
login-verify-hint = A recovery code works here too.
login-verify-submit = Continue
login-other-account = Sign in as someone else
login-lost = Lost your phone and codes?
login-lost-help = The people who run this site can help you get back in.
login-by-passkey = Sign in with a passkey
login-verify-by-passkey = Use a passkey
login-late-passkey = This page was open too long. Try again.
login-wrong-passkey = This passkey didn’t work. Try again, or sign in another way.
login-disabled = This account is disabled. Ask the people who run this site.
login-unverified = Confirm your email first: sign in on the page, and a mail tells you how.
login-by-mail = Email me a sign-in link
login-logout-title = Sign out?
login-logout-lead = You’ll be signed out here and in the apps you opened with this account.
login-forgot = Forgot password?
# The offer to trust a device.
login-trust-days =
    { $days ->
        [one] Don’t ask on this device for a day
       *[other] Don’t ask on this device for { $days } days
    }
login-trust-hours =
    { $hours ->
        [one] Don’t ask on this device for an hour
       *[other] Don’t ask on this device for { $hours } hours
    }
# $wait: such as 15 minutes.
login-too-many-failures = Too many failed attempts. Try again in { $wait }.
# Which app is next after sign-in.
login-leading-on-to = { $host } opens in a moment.

## mail
## What mails say.

mail-hello = Hello,
mail-code = Or type this code on the page where you asked:
mail-once = The link and the code work once, for 30 minutes.
mail-ignore = If it wasn’t you, you can ignore this email.
mail-reset-subject = Choose a new password
mail-reset = Someone asked for a new password for your account.
mail-reset-button = Choose a password
mail-recovery-subject = Get back into your account
mail-recovery = Staff started a recovery of your account. Choose a new password to finish it. Two-step verification is then off.
mail-recovery-ignore = If you didn’t ask for it, don’t open the link, and tell them.
mail-new-password = Staff asked you to choose a new password. The old one no longer works.
mail-once-in-a-day = The link and the code work once, for 24 hours.
mail-sign-in-subject = Your sign-in link
mail-sign-in = Use this link to sign in.
mail-sign-in-button = Sign in
mail-register-subject = Confirm your email
mail-register = Someone is creating an account with this address. If it’s you, confirm that the address is yours.
mail-verify = Confirm that this address is yours.
mail-verify-button = Confirm email
mail-change = Someone wants to use this address for their account. If it’s you, confirm that the address is yours.
mail-taken-subject = You already have an account
mail-taken = Someone tried to use this address for an account, but it already belongs to yours. If it was you, sign in, or choose a new password if you forgot yours.
mail-taken-button = Sign in
mail-moving-subject = A change of your email was requested
mail-moving = Someone asked to change the email of your account. It changes once the new address is confirmed.
mail-moved-subject = Your email was changed
mail-moved = Your account has another email now. This address gets no more of them.
mail-password-subject = Your password was changed
mail-password = Your account has a new password. All other devices were signed out.
mail-password-removed-subject = Your password was removed
mail-password-removed = You confirmed this address when you signed in with a link. Someone else could have chosen the password before that, so it no longer signs in. You can choose a new one.
mail-device-subject = Sign-in from a new device
mail-device = Someone signed in to your account on a device that it hasn’t been used on before.
mail-factors-subject = Your two-step verification was changed
mail-factors = The second step of signing in to your account was changed.
mail-linked-subject = An account elsewhere was linked
mail-linked = It now signs in to your account here.
mail-unlinked-subject = An account elsewhere was unlinked
mail-unlinked = It no longer signs in to your account here.
mail-token-subject = A program got an API token
mail-token = A program signed in to your account with your password and got an API token. It can act for you until the token expires or you delete it under API tokens.
mail-notices-withheld = This happened several times within an hour, so you get no more email about it for an hour. Security lists everything.
mail-not-you = If it wasn’t you, choose a new password now. That signs out every device.
mail-not-you-button = Choose a password
mail-test-subject = Test email
mail-test = If you can read this, email works.
mail-greeting = Hello { $name },
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = Or type this code, with your username, at { $link }
# $when: day and hour.
mail-by-operator = By the people who run this site, { $when }
mail-circumstances = { $device }, { $address }, { $when }
# Where the request of this mail came from. $when: day and hour.
mail-asked = Asked from { $device }, { $address }, { $when }.
mail-signature = Sent by the sign-in server of { $site }.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = as
oidc-not-you = Not you?
oidc-sees-profile = Your name and username
oidc-sees-email = Your email address,
oidc-sees-groups = Your groups:
oidc-sees-no-groups = Your groups (you are in none now)
oidc-sees-identity = That it is you, each time you come back
oidc-stays = That you stay signed in while you’re away, until you disconnect it
oidc-own-scope = Use of
oidc-resource = Access on your behalf to
oidc-no-password = It never sees your password, and it can’t change your account.
oidc-goes-to = You’ll go to
oidc-allow = Allow and continue
oidc-deny = Cancel
oidc-later = You can disconnect it at any time in
oidc-connected-apps = Connected apps
oidc-select-lead = You’re signed in on this device.
oidc-proceed = Continue
oidc-another = Use another account
oidc-going = If nothing happens, choose the button.
oidc-not-your-app-help = If you need it, ask the people who run this site to let you in.
oidc-problem-title = This app isn’t set up right
oidc-unknown-app = This site doesn’t know the app that sent you. Tell the people who run the app.
oidc-unreadable = The app sent a request that can’t be read. Tell the people who run the app.
oidc-logout-title = Sign out?
oidc-logout-lead = You’ll be signed out here and in the apps you opened from here.
oidc-logout = Sign out
oidc-stay = Stay signed in
oidc-logout-problem-title = You weren’t signed out
oidc-logout-hint = The app sent a request that isn’t from this site. You can sign out here instead.
oidc-logout-redirect-uri = The app asked to send you to an address that isn’t its own. You can sign out here instead.
oidc-connected-lead = These apps know who you are. Disconnecting one ends its access at once.
oidc-none-connected = No connected apps
oidc-connected-since = Connected
oidc-disconnect = Disconnect
oidc-unregistered = The people who run this site haven’t checked this app. It’s described at
oidc-device-title = Connect a device
oidc-device-lead = Type the code your TV, console or command line shows.
oidc-device-hint = 8 letters, such as BCDF-GHJK.
oidc-device-warning = Only use a code from a device in front of you. If someone sent you a code, stop: they would get into your account.
oidc-device-asked-from = Asked from
oidc-device-allow = Allow this device
oidc-device-return = You can go back to your device.
oidc-device-ended = The device gets nothing. If you didn’t ask for this, you can close this page.
oidc-wrong-user-code = No device is waiting with this code. Codes expire after 10 minutes; check it, or get a new one on the device.
oidc-none-connected-lead = An app shows up here once you let it sign you in.
oidc-sees = Sees
oidc-sign-in-to = Sign in to { $app }
oidc-continue-to = Continue to { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } will see
oidc-device-allowed = { $app } is connected
oidc-device-denied = { $app } isn’t connected
oidc-not-your-app = { $app } isn’t open to you
oidc-wrong-redirect-uri = { $app } asked to send you to an address that it isn’t registered with. Tell the people who run the app; the log of this site says what differs.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = name and username
oidc-scope-email = email address
oidc-scope-groups = groups
oidc-scope-offline = also while you’re away

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = Add an app
oidc-apps-new-lead = What kind of app is it?
oidc-apps-behind-proxy = Behind a proxy
oidc-apps-behind-proxy-lead = An app without a sign-in of its own. Your proxy asks here who may open it.
oidc-apps-openid = OpenID Connect
oidc-apps-openid-lead = An app that signs people in here itself. Choose it to have everything filled in.
oidc-apps-own-app = Another app
oidc-apps-mcp-client = MCP client
oidc-apps-address = The app’s address
oidc-apps-address-hint = Where people open it, such as https://grafana.example.org.
oidc-apps-mcp-hint = The address of the MCP server, such as https://mcp.example.org/notes.
oidc-apps-more = More settings
oidc-apps-derived-hint = One a line. Leave empty to have it follow from the app’s address.
oidc-apps-lines-hint = One a line.
oidc-apps-redirect-uris = Redirect URIs
oidc-apps-redirect-hint = Where the app has the browser return to after signing in. One a line, exactly as the app sends them.
oidc-apps-post-logout = Addresses after signing out
oidc-apps-backchannel = Logout address
oidc-apps-backchannel-hint = Where the app is notified of sessions that end (back-channel logout).
oidc-apps-auth-method = How the app proves itself
oidc-apps-with-basic = Secret, in the header (client_secret_basic)
oidc-apps-with-post = Secret, in the form (client_secret_post)
oidc-apps-with-key = Key of its own (private_key_jwt)
oidc-apps-with-none = Not at all: a program on people’s devices (none)
oidc-apps-jwks = Public keys
oidc-apps-jwks-hint = For private_key_jwt: a JWK Set, or the https address that it is fetched from.
oidc-apps-subject = How it knows people
oidc-apps-public-subject = By a name that other apps know too
oidc-apps-pairwise-subject = By a name of its own (pairwise)
oidc-apps-grants = What it may exchange for tokens
oidc-apps-grant-code = Sign-in of a person
oidc-apps-grant-refresh = Refresh
oidc-apps-grant-credentials = The app on its own behalf
oidc-apps-grant-device = Device code
oidc-apps-scopes = Scopes
oidc-apps-scopes-hint = With spaces between. Leave empty for those that the app usually needs.
oidc-apps-alg = Algorithm of ID tokens
oidc-apps-resources = APIs
oidc-apps-resources-hint = Addresses of APIs that it may request access tokens for. One a line.
oidc-apps-access-lifetime = Lifetime of access tokens
oidc-apps-access-lifetime-hint = Such as 10m or 2h. Leave empty for 1 hour, and 5 minutes at APIs.
oidc-apps-id-lifetime = Lifetime of ID tokens
oidc-apps-id-lifetime-hint = Such as 10m or 2h. Leave empty for 1 hour.
oidc-apps-refresh-lifetime = Lifetime of unused refresh tokens
oidc-apps-refresh-lifetime-hint = Such as 12h or 30d. Leave empty for 14 days.
oidc-apps-level = Sign-in
oidc-apps-one-factor = As usual
oidc-apps-two-factor = With two-step verification
oidc-apps-first-party = It’s your own app: people aren’t asked for consent
oidc-apps-groups-hint = Members of the chosen groups. Choose none to open it to every member.
oidc-apps-add = Add app
oidc-apps-made-title = App added
oidc-apps-rotated-title = New secret
oidc-apps-made-lead = Copy the secret now. It isn’t shown again.
oidc-apps-made-public = This app has no secret.
oidc-apps-rotated-lead = The secret before it stays valid until you end it, or make the next one.
oidc-apps-to-app = Continue to the app
oidc-apps-client-id = Client ID
oidc-apps-client-secret = Client secret
oidc-apps-issuer = Issuer
oidc-apps-setup = Set up the app
oidc-apps-setup-lead = Paste these lines. CLIENT_SECRET stands for the secret.
oidc-apps-anywhere = Where the app has its settings:
oidc-apps-terminal = On the command line of the app’s server:
oidc-apps-registration = Registration
oidc-apps-declared = Declared in a file
oidc-apps-declared-note = This app is declared in the file that MUNJIGI_APPS names. Change it there.
oidc-apps-gone-note = The file no longer declares this app, so people can’t sign in to it. Declare it again, or remove it.
oidc-apps-disabled = Disabled
oidc-apps-change = Change
oidc-apps-change-title = Change the app
oidc-apps-save = Save
oidc-apps-secrets = Secrets
oidc-apps-current-secret = Current secret
oidc-apps-older-secret = Older secret
oidc-apps-older-until = Valid until you end it, or make the next one
oidc-apps-made-at = Made
oidc-apps-rotate = Make a new secret
oidc-apps-end-older = End now
oidc-apps-no-secret = This app has no secret.
oidc-apps-people = People
oidc-apps-signed-in = Signed in
oidc-apps-connected = Allowed it
oidc-apps-remove = Remove app
oidc-apps-keep = Keep it
oidc-apps-remove-stays = Data inside the app isn’t touched
oidc-apps-empty-name = Enter a name.
oidc-apps-long-name = Use at most 60 characters.
oidc-apps-odd-name = Use visible characters on one line.
oidc-apps-taken-name = Another app has this name. Try another.
oidc-apps-groups-gone = A group that you chose is no longer there. Choose again.
oidc-apps-no-redirect-uri = Enter the app’s address, or a redirect URI.
oidc-apps-too-many = Enter at most 50.
oidc-apps-plain-http = Use https://. Only localhost may use http://.
oidc-apps-link-local = Link-local addresses are never called.
oidc-apps-bad-lifetime = Use 1 minute to 24 hours; for the time without use, at most 90 days.
oidc-apps-no-jwks = Enter the public keys of the app.
oidc-apps-bad-jwks = Enter a JWK Set with public keys only.
oidc-apps-public-credentials = An app that doesn’t prove itself can’t act on its own behalf.
oidc-apps-refresh-alone = Refresh needs the sign-in of a person.
oidc-apps-uri-long = “{ $address }” is longer than 2000 bytes.
oidc-apps-uri-relative = “{ $address }” isn’t a whole address, such as https://app.example.org/callback.
oidc-apps-uri-fragment = “{ $address }” has a # in it.
oidc-apps-uri-userinfo = “{ $address }” contains a name or a password.
oidc-apps-uri-characters = “{ $address }” contains spaces, backslashes or letters outside ASCII.
oidc-apps-uri-http = “{ $address }” uses http://, which only localhost may.
oidc-apps-uri-scheme = “{ $address }” has a scheme that browsers treat in a special way.
oidc-apps-deliveries = Sign-outs sent to the app
oidc-apps-waiting = Waiting
oidc-apps-delivered = Last delivered
oidc-apps-failed = Last failure
oidc-apps-given-up = not sent again
oidc-apps-never = Never
oidc-apps-refusals = Refused requests
oidc-apps-refusals-lead = The app named an address that isn’t registered.
oidc-apps-received = Received
oidc-apps-registered = Registered
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = In { $file }:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = Under { $page }:
oidc-apps-remove-app = Remove “{ $app }”?
oidc-apps-lose-sign-ins =
    { $people ->
        [one] 1 person is signed out of it at once
       *[other] { $people } people are signed out of it at once
    }
oidc-apps-lose-consents =
    { $people ->
        [one] 1 person has allowed it to sign them in, and would have to again
       *[other] { $people } people have allowed it to sign them in, and would have to again
    }
oidc-apps-lose-client-id = Its client ID and secrets stop working for good
oidc-apps-many-hosts = “{ $hosts }” are several hosts, which a pairwise app can’t have.
oidc-apps-odd-scope = “{ $value }” isn’t a scope.
oidc-apps-own-resource = “{ $address }” is this site itself.
oidc-apps-logo = Logo
oidc-apps-logo-file = Picture
oidc-apps-logo-hint = A PNG, WebP or SVG, up to 64 kB.
oidc-apps-logo-upload = Upload
oidc-apps-logo-remove = Remove the logo
oidc-apps-logo-large = Choose a file of at most 64 kB.
oidc-apps-logo-kind = Choose a PNG, a WebP or an SVG.
oidc-apps-logo-pixels = Choose a picture of at most 4096 pixels a side.
oidc-apps-logo-active = Choose an SVG without scripts, links and other files.

## password-reset
## The page that a one-time link opens.

password-reset-title = Choose a new password
password-reset-lead = You’re signed out everywhere, and your API tokens stop working.
password-reset-submit = Set password
password-reset-ask-title = Forgot your password?
password-reset-ask-lead = Your account’s address gets a link to choose a new one.
password-reset-ask-submit = Send the link
password-reset-no-server = This site can’t send mail. Your request reaches the people who run it; ask them for the link.
password-reset-no-server-title = Ask for your link
password-reset-code-title = Check your mail
password-reset-code-lead = If there is such an account, a mail arrives at its address within a few minutes. Open its link, or type its code here.
password-reset-no-server-code = If there is such an account, the people who run this site have the link and its code. Ask them.
password-reset-code-hint = 8 digits. They work in this browser for 30 minutes.
password-reset-code-submit = Continue
password-reset-again = Nothing arrived?
password-reset-again-link = Send it again
password-reset-new-link = Get a new link
password-reset-recovery-title = Get back into your account
password-reset-recovery-lead = Type the code from the mail about your account’s recovery. Then choose a new password.
password-reset-recovery-hint = 8 digits. They work for 30 minutes.
password-reset-to-sign-in = Back to sign-in
password-reset-over = This link no longer works
password-reset-over-lead = A link works once, for a limited time. Ask for a new one.

## admin
## Texts of the staff's pages.

admin-navigation = Staff pages
admin-users = Users
admin-groups = Groups
admin-apps = Apps
admin-sessions = Sessions
admin-audit = Audit log
admin-search = Search
admin-signed-in = Signed in
admin-last-seen = Last seen
admin-filter = Filter
admin-clear = Clear
admin-next = Next page
admin-nothing = Nothing matches
admin-search-lead = People, groups, apps, sessions and recent events.
admin-search-label = Name, email, address or request ID
admin-nothing-found = Nothing found for “{ $text }”

## done
## What was just done, to what.

done-device-signed-out = Signed out “{ $name }”.
done-device-forgotten = “{ $name }” asks for a code again.
done-disabled = Disabled { $name } and signed them out everywhere.
done-enabled = Enabled { $name }.
done-signed-out = Signed out { $name } everywhere.
done-email-vouched = Marked the email of { $name } as confirmed.
done-password-required = { $name } needs a new password now and gets a link by email.
done-recovery-mailed = { $name } gets a recovery link by email. Nothing changes until they use it.
done-groups-saved = Saved the groups of { $name }.
done-created = Created “{ $name }”.
done-saved = Saved “{ $name }”.
done-deleted = Deleted “{ $name }”.
done-member-added = Added { $name } to the group.
done-member-removed = Removed { $name } from the group.
done-app-added = Added “{ $name }”.
done-app-removed = Removed “{ $name }”.
done-secret-ended = The older secret of “{ $name }” no longer works.
done-token-deleted = Deleted “{ $name }”. It no longer works.
done-passkey-added = “{ $name }” was added. You were signed out on all other devices.
done-passkey-removed = “{ $name }” was removed. You were signed out on all other devices.
done-disconnected = Disconnected { $name }. It can no longer see anything of yours.
done-post-deleted = Deleted “{ $name }”.

## overview
## The staff's overview.

overview-title = Overview
overview-today = Sign-ins today
overview-two-step = Two-step verification
overview-period = Period
overview-in-utc = Days begin at midnight UTC.
overview-signed-in = Signed in
overview-failed = Failed
overview-today-short = Today
overview-numbers = Show the numbers
overview-day = Day
overview-attention = Needs attention
overview-calm = Nothing needs you right now.
overview-ways = How people sign in
overview-no-ways = No sign-in counted yet.
overview-by-two-steps = Password and second step
overview-by-passkey = Passkey
overview-by-password = Password only
overview-by-link = Link by email
overview-by-provider = Another account
overview-see = See them
overview-open = Open
overview-mail-waits = The mail server refuses them or doesn’t answer.
overview-given-up = It was given up.
overview-rotate = Replace them on the command line: munjigi keys rotate
overview-system = System
overview-database = Database
overview-session-store = Session store
overview-built-in = Built in
overview-mail = Mail
overview-no-mail = No mail server
overview-mail-idle = Nothing waiting
overview-keys = Signing keys
overview-version = Version
overview-new-this-week = { $n } new in 7 days
overview-failed-count = { $n } failed
overview-without-two-step =
    { $users ->
        [one] 1 user without
       *[other] { $users } users without
    }
overview-sign-ins-in = Sign-ins, last { $days } days
overview-daily-average = { $n } a day on average
overview-last-days = Last { $days } days
overview-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
overview-bar = { $day }: { $done } signed in, { $failed } failed
overview-chart-calm = Sign-ins per day from { $from } to { $to }: between { $fewest } and { $most }. None failed.
overview-chart = Sign-ins per day from { $from } to { $to }: between { $fewest } and { $most }. Failures, below the line, were most on { $on }: { $failed }.
overview-failures-on = { $n } failed sign-ins on { $day }
overview-usually = On other days about { $n }.
overview-refused-today =
    { $n ->
        [one] 1 sign-in was refused today after too many failures
       *[other] { $n } sign-ins were refused today after too many failures
    }
overview-staff-without =
    { $n ->
        [one] { $n } of { $all } staff has no two-step verification
       *[other] { $n } of { $all } staff have no two-step verification
    }
overview-mails-failing =
    { $n ->
        [one] 1 email can’t be sent
       *[other] { $n } emails can’t be sent
    }
overview-mails-waiting = { $n } waiting
overview-waiting-since = The oldest was queued { $ago }.
overview-app-untold = { $app } can’t be told of sign-outs
overview-app-refused = { $app } asked for an address that isn’t registered
overview-last-time = Last { $ago }
overview-keys-are-old = The signing keys are { $days } days old
overview-takes-no-writes = takes no writes

## audit
## The staff's page of the audit trail.

audit-title = Audit log
audit-lead =
    { $days ->
        [one] Who did what, when and from where. Entries are never changed, and deleted after a day.
       *[other] Who did what, when and from where. Entries are never changed, and deleted after { $days } days.
    }
audit-event = Event
audit-any-event = Every event
audit-whom = Account
audit-by = Done by
audit-from-day = From
audit-to-day = To
audit-when = Time
audit-place = From
audit-gone = deleted
audit-export = Export CSV
audit-export-lead = Everything that matches, not only this page
audit-no-such-user = There is no user of this name. Deleted accounts are found by their number, such as #12.
audit-older = Older entries

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = This page isn’t open to you
forward-auth-help = Ask the people who run this site for access, or use another account.
forward-auth-anonymous = Nothing is open at this address.
forward-auth-unclear = This address can be read in more than one way
forward-auth-unclear-sentence = Part of it is written in an unusual way, and one of the pages it could mean isn’t open to you.
forward-auth-unclear-help = Open the page by a link in the app. If that leads here too, tell the people who run this site.
forward-auth-dashboard = Go to your apps
forward-auth-home = Go to the home page
forward-auth-trouble = Try again in a moment.
# Who is signed in, but may not open this.
forward-auth-not-open-to = You’re signed in as { $name }, but that account has no access here.
forward-auth-another = Use another account

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = Apps
apps-lead = Members find it among their apps.
apps-new-behind-proxy = Add an app behind a proxy
apps-none = No apps yet
apps-new = New app
apps-add = Add app
apps-address-hint = Where the link leads, such as https://mail.example.org.
apps-icon-hint = One letter, digit or emoji. Leave empty to use the first letter of the name.
apps-groups-hint = Members of the chosen groups. Choose none to open it to every member.
apps-no-groups = Every member. To open it to some only, make a group first.
apps-email = Email address
apps-unverified-email = Also pass on addresses that are not confirmed
apps-unverified-email-hint = Behind a proxy, the app gets a member’s address once it is confirmed. An address that isn’t confirmed may belong to someone else.
apps-every-member = Every member
apps-nobody = Nobody: its groups were deleted
apps-closed = The groups that this app was for were deleted, so nobody can open it now. Choose groups, or save it without any to open it to every member.
apps-edit = Edit
apps-save = Save
apps-delete = Remove app
apps-none-open = No apps yet
apps-add-some = Add an app
apps-empty-name = Enter a name.
apps-long-name = Use at most 60 characters.
apps-odd-name = Use visible characters on one line.
apps-empty-address = Enter the app’s address.
apps-long-address = Use an address of at most 500 bytes.
apps-odd-address = Enter a whole address without spaces, such as https://mail.example.org.
apps-wrong-scheme = Begin the address with https:// or http://.
apps-userinfo = Leave out the name and password before @: everyone could read them.
apps-odd-icon = Use one letter, digit or emoji.
apps-groups-gone = A group that you chose is no longer there. Choose again.
apps-none-open-lead = Apps you’re allowed to open show up here.
apps-delete-undone = You can add it again later.
apps-delete-gone = Members no longer find it among their apps
apps-delete-shut = The proxy lets nobody in by it any more, unless a rule does
apps-delete-stays = The app itself and the data in it stay
apps-keep = Keep it
apps-count =
    { $n ->
        [one] 1 app
       *[other] { $n } apps
    }

## board
## The board.

board-title = Board
board-new = New post
board-sign-in-to-write = Sign in to write
board-search = Search title and text
board-search-submit = Search
board-all = Show all posts
board-none = Nothing posted yet
board-none-here = Nothing among these posts. Older ones may have it.
board-too-many = You have written a lot this hour. Wait a little; your text is still here.
board-gone = This post was deleted in the meantime. Your text is still here; saving it makes a new post.
board-changed = This post was changed in the meantime. Read it again before you delete it.
board-none-found = No post has these words
board-none-older = There are no older posts
board-older = Older posts
board-newest = Newest posts
board-edited = edited
board-edit = Edit
board-delete = Delete
board-edit-title = Edit post
board-title-hint = Up to 150 characters.
board-body-hint = Up to 10,000 characters. Web addresses become links.
board-publish = Publish
board-save = Save
board-conflict = Someone else changed this post in the meantime. Your text is still here, not saved yet. Saving it replaces theirs.
board-theirs = The post as it is now
board-overwrite = Save mine instead
board-delete-title = Delete this post?
board-delete-lead = It’s gone for everyone and can’t be brought back.
board-delete-submit = Delete post
board-left = someone who left
board-empty-title = Enter a title.
board-odd-title = Use visible characters on one line.
board-empty-body = Write something.
board-odd-body = There is a control character in the text that nobody can see. Remove it, or type the text anew.
board-description = What the people of this site write.
board-none-lead = Write the first post.
board-yours = Your text
board-keep = Keep it
# $max: as many as there may be; $over: as many as are too many.
board-too-long =
    { $over ->
        [one] Use at most { $max } characters; this is 1 too many.
       *[other] Use at most { $max } characters; these are { $over } too many.
    }

## dashboard
## The page after sign-in.

dashboard-title = Apps
dashboard-unconfirmed = Your email isn’t confirmed yet.
dashboard-posts = From the board
dashboard-no-posts = Nothing posted yet.
dashboard-see-board = See all
dashboard-device = Device

## profile
## The profile page.

profile-title = Profile
profile-submit = Save
profile-username-fixed = You can’t change your username.
profile-email-hint = Changing it asks you to confirm it’s you.
profile-delete-title = Delete your account?
profile-delete-lead = This can’t be undone, by you or by the people who run this site.
profile-delete-link = Delete account
profile-last-staff = This is the only staff account that can sign in. Give another account staff rights first: the people who run this site can do that with munjigi user promote.
profile-delete-submit = Delete my account
profile-about = About you
profile-about-lead = Apps you connect can see this.
profile-looks = Language, time zone and theme
profile-delete-hint = Removes your account and signs you out everywhere.
profile-delete-posts = Your posts stay on the board without your name, as “someone who left”
profile-delete-apps = Data inside the apps isn’t touched. Ask each app to delete it
profile-keep = Keep it
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] You’re signed out on this device and in every app
        [one] You’re signed out on this device and in every app
       *[other] You’re signed out on { $sessions } devices and in every app
    }
profile-tokens-stop =
    { $tokens ->
        [one] Your API token stops working
       *[other] Your { $tokens } API tokens stop working
    }

## sessions
## The sessions page.

sessions-title = Sessions
sessions-lead = You’re signed in on these devices and apps. Signing one out takes effect at once.
sessions-this-one = This device
sessions-unknown-device = Unknown device
sessions-seen = Last seen
sessions-now = Active now
sessions-since = Signed in
sessions-browser-only = until the browser closes
sessions-app = API client
sessions-end = Sign out
sessions-end-others = Sign out all others
sessions-trusted-title = Trusted devices
sessions-trusted-lead = No code needed here, only your password.
sessions-trusted-since = Added
sessions-trusted-until = until
sessions-forget = Stop trusting
# A device: Firefox on macOS.
sessions-browser-on-system = { $browser } on { $system }

## sign-in-link
## Signing in by mail.

sign-in-link-title = Sign in by email
sign-in-link-lead = Your account’s address gets a link that signs you in without a password.
sign-in-link-submit = Send the link
sign-in-link-with-password = Sign in with a password
sign-in-link-confirm-title = Sign in here?
sign-in-link-confirm-lead = The link signs you in on this device.
sign-in-link-confirm-submit = Sign in
sign-in-link-over-lead = A link works once, for 30 minutes. Ask for a new one.

## verify-email
## The pages that confirm an address.

verify-email-code-title = Confirm your email
verify-email-code-lead = Open the link in the mail you asked for, or type its code here.
verify-email-member-lead = Open the link in the mail to { $email }, or type its code here.
verify-email-confirmed-lead = Your email is confirmed. If you asked to change it, open the link in the mail to the new address, or type its code here.
verify-email-nothing-asked = No mail was asked for in this browser. Sign in, and you can ask for one.
verify-email-code-hint = 8 digits. They work in this browser for 30 minutes.
verify-email-again = Send a new mail
verify-email-start-again = Start again
verify-email-to-profile = Back to your profile
verify-email-confirm-title = Confirm this email?
verify-email-confirm-lead = Confirm only if this address is yours.
verify-email-account-lead = This creates the account. If you didn’t ask for one, close this page.
verify-email-confirm-submit = Confirm
verify-email-confirm-link = Confirm it
verify-email-unconfirmed = Not confirmed
verify-email-over = This link no longer works
verify-email-over-lead = A link works once, for 30 minutes. It stops working if someone else takes the username first. Start again.

## unsent
## The page that sends a form again after sign-in.

unsent-title = Send what you typed?
unsent-lead = You were signed out before it arrived, so nothing was saved yet.
unsent-submit = Send

## upstream
## Sign-in with an account at another provider.

upstream-title = Linked accounts
upstream-lead = Accounts at other services that sign you in here.
upstream-not-linked = Not linked
upstream-link = Link
upstream-unlink = Unlink
upstream-owner-signs-in = An account here has this email address already. If it’s yours, sign in to it, then link the two.
upstream-no-password = None so far
upstream-unprotected = Only one step protects this account.
upstream-set-password = You have no password here. You can set one by a link that we mail you, and confirm with it.
upstream-set-password-link = Set a password
# The label of a provider's button.
upstream-continue-with = Sign in with { $provider }
upstream-first-sign-in-by = You’re signed in at { $provider }. Choose a username for this site, once.
upstream-link-account-of = Link your { $provider } account?
upstream-link-to-account = It will sign in to { $username } from now on.
upstream-confirm-with = Confirm with { $provider }

## users
## The staff's pages of users.

users-title = Users
users-search-label = Username or email
users-status = Status
users-any = All
users-staff = Staff
users-disabled = Disabled
users-email-confirmed = Confirmed
users-email-unconfirmed = Not confirmed
users-confirm-email = Mark email as confirmed
users-since = Joined
users-groups = Groups
users-no-groups = There’s no group yet.
users-make-group = Create one
users-save-groups = Save groups
users-account = Account
users-id = Number
users-last-failure = Last failed sign-in
users-second-factor = Two-step
users-no-factor = Off
users-never = None on record
users-this-is-you = This is your own account. Manage it on your own pages.
users-own-pages = Your security page
users-disable = Disable
users-enable = Enable
users-enable-lead = This account can’t sign in. Enabling it allows that again; what was ended or deleted stays so.
users-end-sessions = Sign out everywhere
users-require = Require a new password
users-require-lead = The password and the API tokens stop working at once. Their address gets a link and a code for a new password.
users-mail-recovery = Start a recovery by email
users-mail-recovery-lead = For people who lost everything they sign in with. Their address gets a link and a code; nothing changes until they use it, and two-step verification is then off.
users-require-staff = For fellow staff, the people who run this site set passwords and remove second steps on the command line.
users-link-open = A link works until
users-sessions = Sessions
users-no-sessions = Not signed in anywhere.
users-events = Recent activity
users-all-events = See all
users-link-title = A new password is required
users-link-lead = This site has no mail server, so hand over this link in person or by a channel you trust. It is shown only now, works once, and for a day. The audit log records that you have seen it.
users-link = Link
users-back = Back to the user
users-factor-on = On
users-device = Device
users-sign-out = Sign out
users-back-in = Get them back in
users-require-short = Require
users-mail-recovery-short = Start
users-not-set = Not set
users-staff-without-factor = No two-step verification.
users-keep-enabled = Keep it enabled
users-tokens-lost = Their API tokens stop working
users-disable-stays = Posts and groups stay, and you can enable the account again
users-nobody-found = No user matches “{ $text }”
users-disable-whom = Disable { $name }?
users-disabled-devices =
    { $devices ->
        [0] They can’t sign in again
        [one] They’re signed out of 1 device at once, and can’t sign in again
       *[other] They’re signed out of { $devices } devices at once, and can’t sign in again
    }
users-without-factor = No two-step
users-shown-of = { $shown } of { $all }
users-shown = { $shown } found on this page

## security
## The pages of how one signs in.

security-title = Security
security-protected = Your account is well protected.
security-protected-lead = A stolen password alone can’t open it.
security-unprotected = Only your password protects this account.
security-unprotected-lead = Add a passkey or an authenticator app.
security-unprotected-lead-app = Add an authenticator app.
security-no-codes = You have no recovery codes left.
security-make-codes = Make new ones
security-ways = How you sign in
security-on = On
security-on-now = It’s on
security-change = Change
security-manage = Manage
security-set-up = Set up
security-see-all = See all
security-password-title = Password
security-password-lead = You’re signed out on all other devices, and your API tokens are deleted.
security-changed = Changed
security-submit = Change password
security-same = Choose one that differs from the current one.
security-factor-title = Two-step verification
security-factor-lead = Asked after your password when you sign in on a new device.
security-app-title = Authenticator app
security-app-off = Shows a new code on your phone every 30 seconds.
security-since = Set up
security-app-remove = Remove the app
security-app-remove-lead = Removing it signs you out on all other devices.
security-turn-off = Remove
security-turn-on = Turn on
security-codes-row = Recovery codes
security-low = Running low
security-new-codes = New codes
security-new-codes-title = Make new recovery codes?
security-new-codes-get = You get 10 new codes, shown once
security-keep-codes = Keep the old ones
security-trusted-lead = They skip the code for a while.
security-set-up-title = Set up an authenticator app
security-required = Your account needs two-step verification. Everything else opens once it’s set up.
security-scan = Scan the code with the app, then type what the app shows.
security-qr = QR code; the key on this page says the same
security-cannot-scan = Can’t scan it?
security-secret-hint = Type this key into the app.
security-open-app = Open in an app on this device
security-app-code = Code from the app
security-app-code-wrong = This isn’t the code the app shows now. If it happens again, check your phone’s clock.
security-turned-on = Two-step verification is on. You were signed out on all other devices.
security-passkeys-title = Passkeys
security-passkeys-lead = Sign in with your fingerprint, face or device PIN. A passkey works on this site only, so nobody can phish it.
security-no-passkeys = No passkeys yet
security-add-passkey = Add a passkey
security-passkey-name = Name
security-passkey-name-hint = Such as the device it’s on.
security-passkey-create = Create the passkey
security-passkey-script = Passkeys need JavaScript and a browser that supports them.
security-passkey-refused = This passkey didn’t work. Try again.
security-passkey-known = You already have this passkey, or too many.
security-rename = Rename
security-rename-passkey = Rename the passkey
security-rename-submit = Save
security-empty-passkey-name = Enter a name.
security-last-way-in = This is your only way in. Set a password first.
security-added = Added
security-used = last used
security-unused = not used yet
security-instead-passkey = Use a passkey instead
security-codes-title = Your recovery codes
security-codes-lead = Each one signs you in once if you lose your phone. They’re shown only now.
security-codes-keep = Keep these where only you find them, not on your phone alone.
security-codes-old = Your earlier codes no longer work.
security-codes-file = Munjigi recovery codes. Each works once:
security-download = Download
security-kept = I’ve kept them
security-events-title = Recent activity
security-events-lead = The latest 20 events of your account.
security-event = Event
security-place = From
security-by-operator = the people who run this site
security-by-staff = by staff
security-recovery-left = { NUMBER($left) } of 10 left
security-codes-stop =
    { $left ->
        [one] The 1 code you have left stops working
       *[other] The { $left } codes you have left stop working
    }

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = API tokens
tokens-lead = Let a script or server act for you, within limits you choose.
tokens-ends = It stops working when you delete it or change your password.
tokens-empty = No tokens yet
tokens-by-password = From a program that had your password
tokens-expires = Expires
tokens-never = Never expires
tokens-expired = Expired
tokens-used = last used
tokens-unused = not used yet
tokens-created = created
tokens-delete = Delete
tokens-new-title = New token
tokens-name-hint = What it’s for, such as Backup script.
tokens-scopes-hint = Choose only what the program needs.
tokens-days-30 = In 30 days
tokens-days-90 = In 90 days
tokens-days-365 = In a year
tokens-submit = Create token
tokens-made-lead = Copy the token now. It isn’t shown again, and anyone who has it can use it.
tokens-token = Token
tokens-try-it = Try it in a terminal
tokens-done = I’ve copied it
tokens-profile-read = Read your profile
tokens-profile-write = Change your profile
tokens-sessions-read = List your sessions
tokens-sessions-write = Sign you out
tokens-posts-read = Read the board
tokens-posts-write = Write on the board
tokens-security-read = List your API tokens
tokens-security-write = Change your password and make API tokens
tokens-empty-name = Enter a name.
tokens-no-scopes = Choose at least one.
tokens-beyond-granted = This goes beyond what your own token may do.
tokens-past-expiry = This is in the past.
tokens-late-expiry = Choose a time within ten years.
tokens-odd-expiry = Give a time such as 2030-01-31T09:00:00Z.
tokens-too-many = You have 50 tokens, the most one may have. Delete one first.
tokens-some-program = A program
tokens-required = This field is required.
tokens-null = This field may not be null.
tokens-blank = This field may not be blank.
tokens-no-text = Not a valid string.
tokens-wrong = Unable to log in with provided credentials.
tokens-empty-lead = Create the first one below.
tokens-yours = Your tokens
tokens-is-ready = “{ $name }” is ready

## time
## Times and waits.

time-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
time-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
# $wait: such as 15 minutes.
time-try-again-in = Try again in { $wait }.
time-just-now = just now
time-minutes-ago =
    { $count ->
        [one] 1 minute ago
       *[other] { $count } minutes ago
    }
time-hours-ago =
    { $count ->
        [one] 1 hour ago
       *[other] { $count } hours ago
    }
time-days-ago =
    { $count ->
        [one] 1 day ago
       *[other] { $count } days ago
    }
# The zone of a page's times, said once.
time-zone = Times are in { $zone }
# A date in a sentence, of this year and of another.
time-date = { $day } { $month }
time-date-of-year = { $day } { $month } { $year }
# A date as a heading, of this year and of another.
time-heading = { $weekday } { $day } { $month }
time-heading-of-year = { $weekday } { $day } { $month } { $year }
time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December
# As in 12 Nov.
time-month-1-short = Jan
time-month-2-short = Feb
time-month-3-short = Mar
time-month-4-short = Apr
time-month-5-short = May
time-month-6-short = Jun
time-month-7-short = Jul
time-month-8-short = Aug
time-month-9-short = Sep
time-month-10-short = Oct
time-month-11-short = Nov
time-month-12-short = Dec
time-weekday-1 = Monday
time-weekday-2 = Tuesday
time-weekday-3 = Wednesday
time-weekday-4 = Thursday
time-weekday-5 = Friday
time-weekday-6 = Saturday
time-weekday-7 = Sunday
