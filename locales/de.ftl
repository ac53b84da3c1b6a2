### The texts of pages and mails in German: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = Zum Inhalt springen
layout-navigation = Hauptmenü
layout-settings = Einstellungen
layout-your-account = Ihr Konto:
layout-dashboard = Apps
layout-profile = Profil
layout-sessions = Geräte
layout-security = Sicherheit
layout-tokens = API-Token
layout-login = Anmelden
layout-register = Registrieren
layout-logout = Abmelden
layout-language = Sprache
layout-help = Hilfe
layout-terms = Nutzungsbedingungen
layout-privacy = Datenschutz
layout-error = Fehler
layout-problems = Bitte zuerst korrigieren
layout-cancel = Abbrechen
layout-confirm-title = Identität bestätigen
layout-confirm-lead = Geben Sie Ihr Passwort ein.
layout-confirm-either = Bestätigen Sie mit dem zweiten Schritt oder Ihrem Passwort.
layout-confirm-factor = Das ändert, wie Sie sich anmelden. Bestätigen Sie mit dem zweiten Schritt.
layout-act-change-email = Sie ändern Ihre E-Mail-Adresse.
layout-act-delete-account = Sie löschen Ihr Konto.
layout-act-change-password = Sie ändern Ihr Passwort.
layout-act-add-app = Sie richten eine Authenticator-App ein.
layout-act-remove-app = Sie entfernen Ihre Authenticator-App.
layout-act-new-codes = Sie erstellen neue Wiederherstellungscodes.
layout-act-remove-passkey = Sie entfernen einen Passkey.
layout-act-add-passkey = Sie fügen einen Passkey hinzu.
layout-act-create-token = Sie erstellen ein API-Token.
layout-act-staff = Sie ändern etwas als Admin.
layout-passkey-failed = Das hat nicht geklappt. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.
layout-passkey-cancelled = Abgebrochen oder abgelaufen. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.
layout-passkey-on-device = Dieses Gerät hat bereits einen Passkey für dieses Konto.
layout-passkey-unverified = Dieses Gerät kann Ihre Identität nicht prüfen. Richten Sie eine Bildschirmsperre oder PIN ein oder nehmen Sie ein anderes Gerät.
layout-passkey-address = Passkeys funktionieren nur unter der eigenen Adresse dieser Website. Öffnen Sie sie dort oder wählen Sie einen anderen Weg.
layout-or = oder
layout-confirm-submit = Weiter
layout-staff = Verwaltung
layout-board = Forum
layout-welcome = Ihr Konto ist bereit.
layout-saved = Gespeichert.
layout-password-changed = Ihr Passwort wurde geändert. Alle anderen Geräte wurden abgemeldet, Ihre API-Token gelöscht.
layout-others-ended = Alle anderen Geräte wurden abgemeldet.
layout-signed-out = Sie sind abgemeldet.
layout-session-over = Sie wurden abgemeldet. Melden Sie sich erneut an.
layout-not-sent-yet = Sie wurden abgemeldet, daher wurde noch nichts gespeichert. Melden Sie sich an, um Ihre Eingabe zu senden.
layout-not-sent = Sie wurden abgemeldet, daher wurde nichts gespeichert. Melden Sie sich an und versuchen Sie es erneut.
layout-other-member = Diese Seite gehörte zu einem anderen Konto. Es wurde nichts gespeichert.
layout-too-many-codes = Zu viele falsche Codes. Melden Sie sich erneut an.
layout-stage-over = Das hat zu lange gedauert. Melden Sie sich erneut an.
layout-post-saved = Ihr Beitrag steht im Forum.
layout-password-set = Ihr Passwort ist festgelegt. Melden Sie sich damit an.
layout-mail-sent = Die E-Mail ist unterwegs.
layout-email-confirmed = Ihre E-Mail-Adresse ist bestätigt.
layout-not-followed = Sie sind angemeldet. Die Adresse, von der Sie kamen, gehört zu keiner App dieser Website, daher sind wir hier geblieben.
layout-not-recognised = Sie sind angemeldet, aber die App hat es nicht bemerkt. Sagen Sie es den Betreibern dieser Website.
layout-account-deleted = Ihr Konto wurde gelöscht.
layout-app-added = Die Authenticator-App ist eingerichtet. Ihre Wiederherstellungscodes gelten weiter. Alle anderen Geräte wurden abgemeldet.
layout-app-removed = Die Authenticator-App wurde entfernt. Alle anderen Geräte wurden abgemeldet.
layout-copy = Kopieren
layout-copied = Kopiert
layout-provider-failed = Die Anmeldung mit { $provider } hat nicht geklappt. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.
layout-provider-cancelled = Sie haben bei { $provider } abgebrochen. Es wurde nichts geändert.
layout-provider-late = Das hat zu lange gedauert oder war schon erledigt. Wählen Sie { $provider } noch einmal.
layout-provider-closed = Zu diesem { $provider }-Konto gehört hier kein Konto, und neue können nicht erstellt werden. Wenn Sie ein Konto haben, melden Sie sich an und verknüpfen Sie beide unter „Sicherheit“.
layout-provider-domain = Mit dieser { $provider }-Adresse kann hier kein Konto erstellt werden. Wählen Sie ein anderes Konto oder fragen Sie die Betreiber dieser Website.
layout-provider-group = Ihr { $provider }-Konto ist in keiner Gruppe, die hier ein Konto erstellen darf. Fragen Sie die Betreiber dieser Website.
layout-provider-uninvited = Über { $provider } kommen nur eingeladene Personen herein. Fragen Sie die Betreiber dieser Website.
layout-provider-disabled = Das Konto zu Ihrem { $provider }-Konto ist deaktiviert. Fragen Sie die Betreiber dieser Website.
layout-provider-linked = Ihr { $provider }-Konto wurde verknüpft. Ab jetzt können Sie sich damit anmelden.
layout-provider-unlinked = Die Verknüpfung mit Ihrem { $provider }-Konto wurde aufgehoben. Sie können sich damit nicht mehr anmelden.
layout-provider-of-another = Dieses { $provider }-Konto gehört hier zu einem anderen Konto. Es wurde nichts geändert.
layout-provider-has-one = Mit Ihrem Konto ist ein anderes { $provider }-Konto verknüpft. Heben Sie diese Verknüpfung zuerst auf.
layout-provider-confirmed = { $provider } hat Ihre Identität bestätigt. Führen Sie die Aktion jetzt noch einmal aus.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = Benutzername oder E-Mail-Adresse
field-username = Benutzername
field-username-hint = Buchstaben und Ziffern aller Sprachen. Er lässt sich später nicht ändern.
field-email = E-Mail-Adresse
field-password = Passwort
field-new-password = Neues Passwort
field-current-password = Aktuelles Passwort
field-code = Code
field-code-hint = 6 Ziffern aus Ihrer Authenticator-App oder ein Wiederherstellungscode.
field-user-code = Gerätecode
field-app-code-hint = Die 6 Ziffern, die die App jetzt zeigt.
field-password-hint = Mindestens 8 Zeichen. Drei oder vier Wörter ohne Zusammenhang eignen sich gut.
field-display-name = Name
field-display-name-hint = Was andere sehen. Leer lassen, um den Benutzernamen zu verwenden.
field-name = Name
field-app-address = Adresse
field-icon = Symbol
field-app-groups = Wer sie öffnen darf
field-language = Sprache
field-follow-browser = Wie im Browser
field-time-zone = Zeitzone
field-theme = Design
field-title = Titel
field-body = Text
field-redirect-uris = Weiterleitungs-URIs
field-post-logout-redirect-uris = Adressen nach dem Abmelden
field-backchannel-logout-uri = Adresse für Abmeldungen
field-jwks = Öffentliche Schlüssel
field-grants = Was sie gegen Token tauschen darf
field-scope = Scopes
field-resources = APIs
field-scopes = Es darf
field-expires-at = Gültig bis
field-theme-auto = System
field-theme-light = Hell
field-theme-dark = Dunkel
field-empty-username = Geben Sie einen Benutzernamen ein.
field-long-username = Höchstens 32 Zeichen.
field-odd-username = Nur Buchstaben und Ziffern, dazwischen . - _.
field-taken-username = Dieser Benutzername ist vergeben oder einem vergebenen zu ähnlich. Wählen Sie einen anderen.
field-empty-email = Geben Sie Ihre E-Mail-Adresse ein.
field-long-email = Eine Adresse hat höchstens 254 Zeichen.
field-long-local = Der Teil vor @ hat höchstens 64 Zeichen.
field-bad-email = Geben Sie eine Adresse wie name@example.org ein.
field-invisible = Ein Zeichen darin ist unsichtbar. Tippen Sie die Eingabe, statt sie einzufügen.
field-look-alike-email = Einige Buchstaben sehen nur wie lateinische aus. Schreiben Sie die Adresse mit lateinischen Buchstaben.
field-taken-email = Zu dieser Adresse gibt es schon ein Konto.
field-long-display-name = Höchstens 60 Zeichen.
field-odd-display-name = Nur sichtbare Zeichen in einer Zeile.
field-empty-password = Geben Sie ein Passwort ein.
field-short-password = Mindestens 8 Zeichen.
field-long-password = Höchstens 128 Zeichen.
field-common-password = Zu leicht zu erraten. Ergänzen Sie ein oder zwei Wörter ohne Zusammenhang.
field-personal-password = Zu nah an Ihrem Namen, Ihrer E-Mail-Adresse oder dem Namen der Website. Wählen Sie etwas ohne Bezug dazu.
field-wrong-password = Das ist nicht Ihr aktuelles Passwort.
field-wrong-code = Falscher oder abgelaufener Code.
field-send-password = Ihr Passwort wurde vor zu langer Zeit eingegeben: Senden Sie es als current_password mit.
field-send-code = Ein Code wurde vor zu langer Zeit eingegeben: Senden Sie einen als code mit.
field-missing = Diese Angabe fehlt.
field-wrong-type = Diese Angabe hat nicht die erwartete Art.
field-twice = Dieser Name kommt zweimal vor.
field-bad-choice = Wählen Sie eine der Möglichkeiten.

## error
## Titles and sentences of the error pages.

error-bad-request = Diese Anfrage ist nicht lesbar
error-bad-request-help = Ein Teil war beschädigt oder wurde doppelt gesendet. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es erneut.
error-unauthorized = Sie sind nicht angemeldet
error-unauthorized-help = Melden Sie sich zuerst an oder senden Sie ein gültiges Token mit.
error-forbidden = Diese Seite ist für Sie nicht zugänglich
error-forbidden-help = Sie dürfen das nicht, oder die Anfrage kam von einer anderen Website. Öffnen Sie die Seite hier und versuchen Sie es erneut.
error-set-up-first = Dieses Konto braucht die Zwei-Schritt-Verifizierung. Melden Sie sich mit einem Browser an und richten Sie sie zuerst ein.
error-needs-session = Mit einem API-Token geht das nicht. Melden Sie sich an und verwenden Sie die Sitzung oder ihr Zugriffstoken.
error-reauth-required = Dafür ist ein Passwort oder Code aus den letzten 10 Minuten nötig. Senden Sie es mit oder bestätigen Sie zuerst Ihre Identität.
error-not-found = Hier ist nichts
error-not-found-help = Die Adresse ist vielleicht falsch geschrieben, oder die Seite gibt es nicht mehr.
error-method = Diese Adresse funktioniert anders
error-method-help = Die Seite nimmt diese Art von Anfrage nicht an. Beginnen Sie auf der Startseite.
error-timeout = Das hat zu lange gedauert
error-timeout-help = Die Anfrage kam nicht rechtzeitig an. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.
error-too-large = Das war zu viel auf einmal
error-too-large-help = Formulare nehmen hier bis zu 128 kB an. Kürzen Sie Ihre Eingabe und versuchen Sie es erneut.
error-media-type = Diese Art von Inhalt passt hier nicht
error-media-type-help = Verwenden Sie das Formular auf der Seite.
error-misdirected = Das ist nicht die Adresse dieser Website
error-misdirected-help = Der Server antwortet nicht unter diesem Hostnamen. Die Betreiber können ihn in MUNJIGI_ALLOWED_HOSTS eintragen.
error-unprocessable = Prüfen Sie Ihre Eingabe
error-unprocessable-help = Gehen Sie zurück und korrigieren Sie die markierten Felder.
error-conflict = Das wurde inzwischen geändert
error-conflict-help = Lesen Sie es noch einmal und entscheiden Sie, ob Ihre Änderung noch passt.
error-too-many = Zu viele Versuche
error-too-many-help = Das schützt die Konten.
error-internal = Bei uns ist etwas schiefgegangen
error-internal-help = Ihre Daten sind sicher. Versuchen Sie es erneut. Tritt es wieder auf, geben Sie den Betreibern dieser Website die Anfrage-ID unten.
error-unavailable = Gleich wieder da
error-unavailable-help = Sie bleiben angemeldet.
error-other = Das hat nicht funktioniert
error-other-help = Gehen Sie zurück und versuchen Sie es erneut.
error-rule = Abgelehnt durch
error-request = Anfrage-ID
error-home = Zur Startseite
error-dashboard = Zu Ihren Apps

## event
## What the audit trail tells, in words.

event-registered = Konto erstellt
event-signed-in = Angemeldet
event-sign-in-failed = Anmeldung fehlgeschlagen
event-signed-out = Abgemeldet
event-session-ended = Sitzung beendet
event-refresh-reused = Ein Token einer App wurde zweimal verwendet, daher wurde die App abgemeldet
event-keys-rotated = Schlüssel gewechselt
event-keys-forgotten = Ältere Schlüssel verworfen, alle abgemeldet
event-others-ended = Andere Sitzungen beendet
event-all-ended = Alle Sitzungen beendet
event-password-changed = Passwort geändert
event-password-failed = Falsches Passwort eingegeben
event-password-confirmed = Passwort bestätigt
event-provider-confirmed = Identität beim anderen Dienst bestätigt
event-password-required = Neues Passwort verlangt
event-password-link-shown = Link zu einem neuen Passwort einem Admin angezeigt
event-shown-link-used = Neues Passwort über einen Link, der einem Admin angezeigt wurde
event-password-reset = Neues Passwort über einen Link gewählt
event-password-reset-asked = Neues Passwort per E-Mail angefordert
event-recovery-started = Wiederherstellung begonnen
event-sign-in-link-sent = Anmeldelink angefordert
event-sign-in-link-used = Anmeldelink benutzt
event-email-verified = E-Mail-Adresse bestätigt
event-email-vouched = E-Mail-Adresse von einem Admin bestätigt
event-email-change-asked = Änderung der E-Mail-Adresse angefordert
event-totp-added = Authenticator-App eingerichtet
event-totp-removed = Authenticator-App entfernt
event-passkey-added = Passkey hinzugefügt
event-passkey-renamed = Passkey umbenannt
event-passkey-removed = Passkey entfernt
event-recovery-codes-made = Neue Wiederherstellungscodes erstellt
event-recovery-code-used = Wiederherstellungscode benutzt
event-second-factor-failed = Richtiges Passwort, aber falscher Code
event-second-factor-confirmed = Code bestätigt
event-factors-removed = Zweite Schritte für eine Wiederherstellung entfernt
event-identity-linked = Konto bei einem anderen Dienst verknüpft
event-identity-unlinked = Verknüpfung mit einem anderen Dienst aufgehoben
event-provider-signed-out = Beim anderen Dienst abgemeldet
event-device-trusted = Gerät vertraut
event-device-forgotten = Gerät nicht mehr vertraut
event-email-changed = E-Mail-Adresse geändert
event-account-deleted = Konto gelöscht
event-disabled = Konto deaktiviert
event-enabled = Konto aktiviert
event-promoted = Adminrechte gegeben
event-demoted = Adminrechte entzogen
event-group-created = Gruppe erstellt
event-group-changed = Gruppe geändert
event-group-deleted = Gruppe gelöscht
event-group-joined = In eine Gruppe aufgenommen
event-group-left = Aus einer Gruppe entfernt
event-post-edited = Beitrag von der Moderation bearbeitet
event-post-deleted = Beitrag von der Moderation gelöscht
event-application-added = App hinzugefügt
event-application-changed = App geändert
event-application-removed = App entfernt
event-app-secret-rotated = Neues App-Geheimnis erstellt
event-app-secret-ended = Älteres App-Geheimnis beendet
event-app-disabled = App deaktiviert: nicht mehr in der Datei deklariert
event-app-enabled = App wieder aktiviert
event-app-signed-in = Bei einer App angemeldet
event-app-connected = App verbunden
event-app-disconnected = App getrennt
event-app-code-reused = Der Anmeldecode einer App wurde zweimal verwendet
event-app-refresh-reused = Ein altes Token einer App wurde erneut verwendet
event-token-created = API-Token erstellt
event-token-deleted = API-Token gelöscht
event-audit-exported = Audit-Protokoll exportiert
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count }-mal, zuletzt { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = Gruppen
groups-lead = Eine Gruppe gibt ihren Mitgliedern Rechte und öffnet ihnen Apps.
groups-none = Noch keine Gruppen
groups-new = Neue Gruppe
groups-name = Name der Gruppe
groups-create = Gruppe erstellen
groups-permissions = Rechte
groups-signing-in = Anmeldung
groups-second-factor = Ihre Mitglieder brauchen die Zwei-Schritt-Verifizierung und richten sie zuerst ein
groups-members = Mitglieder
groups-no-members = Diese Gruppe hat noch keine Mitglieder.
groups-more-members = Mehr anzeigen
groups-add = Hinzufügen
groups-add-member = Benutzername oder E-Mail-Adresse
groups-remove = Entfernen
groups-save = Speichern
groups-delete = Gruppe löschen
groups-empty-name = Geben Sie einen Namen ein.
groups-long-name = Höchstens 60 Zeichen.
groups-odd-name = Nur sichtbare Zeichen in einer Zeile.
groups-taken-name = Dieser Name ist vergeben. Wählen Sie einen anderen.
groups-no-such-user = Es gibt niemanden mit diesem Namen.
groups-add-post = Beiträge schreiben (alle Mitglieder)
groups-change-post = Alle Beiträge bearbeiten
groups-delete-post = Alle Beiträge löschen
groups-view-post = Beiträge lesen (alle)
groups-settings = Name und Rechte
groups-keep = Behalten
groups-delete-undone = Das lässt sich nicht rückgängig machen.
groups-delete-stays = Die Konten der Mitglieder bleiben
groups-delete-group = Die Gruppe { $name } löschen?
groups-members-lose =
    { $members ->
        [one] 1 Mitglied verliert sofort, was die Gruppe erlaubt
       *[other] { $members } Mitglieder verlieren sofort, was die Gruppe erlaubt
    }
groups-apps-close =
    { $apps ->
        [one] 1 App steht ihnen darüber nicht mehr offen
       *[other] { $apps } Apps stehen ihnen darüber nicht mehr offen
    }
groups-new-lead = Rechte und Mitglieder folgen auf der nächsten Seite.
groups-count = Gruppen: { $n }

## home
## The home page.

home-title = Willkommen
home-description = Einmal anmelden und jede App dieser Website öffnen.
home-lead = Eine Anmeldung für alle Apps
home-body = Melden Sie sich an, um die Apps dieser Website zu öffnen.
home-login = Anmelden
home-register = Konto erstellen
home-board = Forum lesen

## register
## The registration page.

register-title = Konto erstellen
register-description = Erstellen Sie ein Konto für die Apps dieser Website.
register-lead = Ein Konto für alle Apps hier.
register-submit = Konto erstellen
register-have-account = Haben Sie schon ein Konto?
register-login = Anmelden
register-closed = Die Registrierung ist geschlossen
register-closed-help = Die Betreiber dieser Website erstellen neue Konten. Fragen Sie dort nach einem.

## login
## The sign-in page.

login-title = Anmelden
login-description = Anmelden mit Passwort oder Passkey.
# Under the title: where one goes after sign-in.
login-leads-to = weiter zu { $host }
login-remember = Auf diesem Gerät angemeldet bleiben
login-submit = Anmelden
login-no-account = Neu hier?
login-register = Konto erstellen
login-empty-login = Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.
login-empty-password = Geben Sie Ihr Passwort ein.
login-wrong = Falscher Benutzername oder falsches Passwort. Versuchen Sie es erneut.
login-code-needed = Dieses Konto nutzt die Zwei-Schritt-Verifizierung. Senden Sie einen Code mit.
login-wrong-code = Falscher oder benutzter Code. Geben Sie den aktuellen ein.
login-empty-code = Geben Sie einen Code ein.
login-set-up-first = Dieses Konto braucht die Zwei-Schritt-Verifizierung. Melden Sie sich mit einem Browser an und richten Sie sie zuerst ein.
login-signed-in = Sie sind angemeldet
login-verify-title = Code eingeben
login-verify-lead = Öffnen Sie Ihre Authenticator-App und geben Sie die 6 Ziffern ein, die sie jetzt zeigt.
login-verify-any = Geben Sie die 6 Ziffern ein, die Ihre Authenticator-App jetzt zeigt, oder verwenden Sie einen Passkey.
login-verify-hint = Ein Wiederherstellungscode geht hier auch.
login-verify-submit = Weiter
login-other-account = Mit anderem Konto anmelden
login-lost = Telefon und Codes verloren?
login-lost-help = Die Betreiber dieser Website können Ihnen wieder hineinhelfen.
login-by-passkey = Mit Passkey anmelden
login-verify-by-passkey = Passkey verwenden
login-late-passkey = Diese Seite war zu lange offen. Versuchen Sie es erneut.
login-wrong-passkey = Dieser Passkey hat nicht funktioniert. Versuchen Sie es erneut oder melden Sie sich anders an.
login-disabled = Dieses Konto ist deaktiviert. Fragen Sie die Betreiber dieser Website.
login-unverified = Bestätigen Sie zuerst Ihre E-Mail-Adresse: Melden Sie sich auf der Seite an, und eine E-Mail erklärt, wie.
login-by-mail = Anmeldelink per E-Mail senden
login-logout-title = Abmelden?
login-logout-lead = Sie werden hier und in den Apps abgemeldet, die Sie mit diesem Konto geöffnet haben.
login-forgot = Passwort vergessen?
# The offer to trust a device.
login-trust-days =
    { $days ->
        [one] Auf diesem Gerät einen Tag lang nicht fragen
       *[other] Auf diesem Gerät { $days } Tage lang nicht fragen
    }
login-trust-hours =
    { $hours ->
        [one] Auf diesem Gerät eine Stunde lang nicht fragen
       *[other] Auf diesem Gerät { $hours } Stunden lang nicht fragen
    }
# $wait: such as 15 minutes.
login-too-many-failures = Zu viele Fehlversuche. Erneut versuchen in: { $wait }.
# Which app is next after sign-in.
login-leading-on-to = { $host } öffnet sich gleich.

## mail
## What mails say.

mail-hello = Guten Tag,
mail-code = Oder geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben:
mail-once = Link und Code gelten einmal, innerhalb von 30 Minuten.
mail-ignore = Falls Sie das nicht waren, müssen Sie nichts tun.
mail-signature = Vom Anmeldeserver von { $site } gesendet.
mail-reset-subject = Neues Passwort wählen
mail-reset = Für Ihr Konto wurde ein neues Passwort angefordert. Öffnen Sie den Link, um eines zu wählen.
mail-reset-button = Passwort wählen
mail-recovery-subject = Zurück in Ihr Konto
mail-recovery = Ein Admin hat die Wiederherstellung Ihres Kontos begonnen. Öffnen Sie den Link und wählen Sie ein neues Passwort, um sie abzuschließen.
mail-recovery-ignore = Falls Sie nicht darum gebeten haben, öffnen Sie ihn nicht und melden Sie es den Betreibern.
mail-new-password = Ein Admin verlangt ein neues Passwort für Ihr Konto. Das alte gilt nicht mehr. Öffnen Sie den Link, um ein neues zu wählen.
mail-once-in-a-day = Link und Code gelten einmal, innerhalb von 24 Stunden.
mail-sign-in-subject = Ihr Anmeldelink
mail-sign-in = Öffnen Sie den Link, um sich anzumelden.
mail-sign-in-button = Anmelden
mail-register-subject = Bestätigen Sie Ihre Adresse
mail-register = Jemand erstellt ein Konto mit dieser Adresse. Wenn Sie es sind, bestätigen Sie, dass sie Ihnen gehört.
mail-verify = Bitte bestätigen Sie, dass diese Adresse Ihnen gehört.
mail-verify-button = Adresse bestätigen
mail-change = Diese Adresse soll zu einem Konto gehören. Bitte bestätigen Sie, dass sie Ihnen gehört.
mail-taken-subject = Sie haben bereits ein Konto
mail-taken = Jemand wollte diese Adresse für ein Konto verwenden, aber sie gehört schon zu Ihrem. Wenn Sie es waren: Melden Sie sich an, oder wählen Sie ein neues Passwort, falls Sie Ihres vergessen haben.
mail-taken-button = Anmelden
mail-moving-subject = Eine neue Adresse wurde angefordert
mail-moving = Die Adresse Ihres Kontos ändert sich gleich; die neue muss nur noch bestätigt werden.
mail-moved-subject = Ihre Adresse wurde geändert
mail-moved = Ihr Konto hat jetzt eine andere Adresse. An diese wird nichts mehr gesendet.
mail-password-subject = Ihr Passwort wurde geändert
mail-password = Ihr Konto hat ein neues Passwort. Alle anderen Geräte wurden abgemeldet.
mail-password-removed-subject = Ihr Passwort wurde entfernt
mail-password-removed = Sie haben diese Adresse bestätigt, als Sie sich mit einem Link angemeldet haben. Das Passwort davor könnte jemand anderes gewählt haben, darum gilt es nicht mehr. Sie können ein neues wählen.
mail-device-subject = Anmeldung von einem neuen Gerät
mail-device = Jemand hat sich mit einem Browser angemeldet, der für Ihr Konto noch nicht benutzt wurde.
mail-factors-subject = Ihr zweiter Schritt wurde geändert
mail-factors = Was nach Ihrem Passwort gefragt wird, wurde geändert.
mail-linked-subject = Ein Konto bei einem anderen Dienst wurde verknüpft
mail-linked = Damit können Sie sich jetzt hier anmelden.
mail-unlinked-subject = Die Verknüpfung mit einem anderen Dienst wurde aufgehoben
mail-unlinked = Damit können Sie sich hier nicht mehr anmelden.
mail-token-subject = Ein Programm hat ein API-Token erhalten
mail-token = Ein Programm hat sich mit Ihrem Passwort angemeldet und ein API-Token erhalten. Damit kann es über die API für Sie handeln, bis das Token abläuft oder Sie es auf der Seite „API-Token“ löschen.
mail-notices-withheld = Innerhalb einer Stunde gab es mehrere solche Ereignisse. Weitere E-Mails dazu bleiben eine Stunde lang aus; die Seite „Sicherheit“ listet alle auf.
mail-not-you = Falls Sie das nicht waren: Wählen Sie sofort ein neues Passwort. Das beendet alle Sitzungen.
mail-not-you-button = Passwort wählen
mail-test-subject = Ein Test
mail-test = Diese E-Mail zeigt, dass E-Mails ankommen.
mail-greeting = Guten Tag { $name },
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = Oder geben Sie diesen Code zusammen mit Ihrem Benutzernamen unter { $link } ein
# $when: day and hour.
mail-by-operator = { $when } · von den Betreibern dieser Website
mail-circumstances = { $when }, { $device }, von { $address }.
mail-asked = Angefordert von { $device }, { $address }, { $when }.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = als
oidc-not-you = Nicht Sie?
oidc-sees-profile = Ihren Namen und Benutzernamen
oidc-sees-email = Ihre E-Mail-Adresse,
oidc-sees-groups = Ihre Gruppen:
oidc-sees-no-groups = Ihre Gruppen (zurzeit keine)
oidc-sees-identity = Dass Sie es sind, jedes Mal, wenn Sie wiederkommen
oidc-stays = Dass Sie auch in Abwesenheit angemeldet bleiben, bis Sie die App trennen
oidc-own-scope = Nutzung von
oidc-resource = Zugriff in Ihrem Namen auf
oidc-no-password = Sie sieht nie Ihr Passwort und kann Ihr Konto nicht ändern.
oidc-goes-to = Weiter geht es zu
oidc-allow = Erlauben und weiter
oidc-deny = Abbrechen
oidc-later = Sie können sie jederzeit trennen unter
oidc-connected-apps = Verbundene Apps
oidc-select-lead = Sie sind auf diesem Gerät angemeldet.
oidc-proceed = Weiter
oidc-another = Anderes Konto verwenden
oidc-going = Wenn nichts passiert, wählen Sie die Schaltfläche.
oidc-not-your-app-help = Wenn Sie sie brauchen, bitten Sie die Betreiber dieser Website um Zugang.
oidc-problem-title = Diese App ist nicht richtig eingerichtet
oidc-unknown-app = Diese Website kennt die App nicht, von der Sie kommen. Sagen Sie es den Betreibern der App.
oidc-unreadable = Die App hat eine Anfrage gesendet, die nicht lesbar ist. Sagen Sie es den Betreibern der App.
oidc-logout-title = Abmelden?
oidc-logout-lead = Sie werden hier und von den Apps abgemeldet, die Sie von hier geöffnet haben.
oidc-logout = Abmelden
oidc-stay = Angemeldet bleiben
oidc-logout-problem-title = Sie wurden nicht abgemeldet
oidc-logout-hint = Die Anfrage der App stammt nicht von dieser Website. Sie können sich hier direkt abmelden.
oidc-logout-redirect-uri = Die App wollte Sie zu einer Adresse senden, die nicht ihr gehört. Sie können sich hier direkt abmelden.
oidc-connected-lead = Diese Apps wissen, wer Sie sind. Wenn Sie eine trennen, endet ihr Zugriff sofort.
oidc-none-connected = Keine verbundenen Apps
oidc-connected-since = Verbunden
oidc-disconnect = Trennen
oidc-unregistered = Die Betreiber dieser Website haben diese App nicht geprüft. Ihre Beschreibung:
oidc-device-title = Gerät verbinden
oidc-device-lead = Geben Sie den Code ein, den Ihr Fernseher, Ihre Konsole oder Ihre Kommandozeile zeigt.
oidc-device-hint = 8 Buchstaben, zum Beispiel BCDF-GHJK.
oidc-device-warning = Verwenden Sie nur den Code eines Geräts, das vor Ihnen steht. Wenn Ihnen jemand einen Code geschickt hat, brechen Sie ab: Diese Person käme in Ihr Konto.
oidc-device-asked-from = Angefragt von
oidc-device-allow = Dieses Gerät erlauben
oidc-device-return = Sie können zu Ihrem Gerät zurückkehren.
oidc-device-ended = Das Gerät erhält nichts. Wenn Sie das nicht angefragt haben, können Sie diese Seite schließen.
oidc-wrong-user-code = Kein Gerät wartet mit diesem Code. Codes laufen nach 10 Minuten ab; prüfen Sie ihn oder holen Sie am Gerät einen neuen.
oidc-none-connected-lead = Hier erscheint eine App, sobald Sie ihr die Anmeldung erlauben.
oidc-sees = Sieht
oidc-sign-in-to = Bei { $app } anmelden
oidc-continue-to = Weiter zu { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } sieht
oidc-device-allowed = { $app } ist verbunden
oidc-device-denied = { $app } ist nicht verbunden
oidc-not-your-app = { $app } ist für Sie nicht zugänglich
oidc-wrong-redirect-uri = { $app } wollte Sie zu einer Adresse senden, mit der die App nicht registriert ist. Sagen Sie es den Betreibern der App; was abweicht, steht im Protokoll dieser Website.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = Name und Benutzername
oidc-scope-email = E-Mail-Adresse
oidc-scope-groups = Gruppen
oidc-scope-offline = auch während Ihrer Abwesenheit

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = App hinzufügen
oidc-apps-new-lead = Was für eine App ist es?
oidc-apps-behind-proxy = Hinter einem Proxy
oidc-apps-behind-proxy-lead = Eine App ohne eigene Anmeldung. Ihr Proxy fragt hier, wer sie öffnen darf.
oidc-apps-openid = OpenID Connect
oidc-apps-openid-lead = Eine App, die selbst hier anmeldet. Wählen Sie sie, dann ist alles ausgefüllt.
oidc-apps-own-app = Andere App
oidc-apps-mcp-client = MCP-Client
oidc-apps-address = Adresse der App
oidc-apps-address-hint = Wo sie geöffnet wird, zum Beispiel https://grafana.example.org.
oidc-apps-mcp-hint = Die Adresse des MCP-Servers, zum Beispiel https://mcp.example.org/notes.
oidc-apps-more = Weitere Einstellungen
oidc-apps-derived-hint = Eine pro Zeile. Leer lassen, um sie aus der Adresse der App abzuleiten.
oidc-apps-lines-hint = Eine pro Zeile.
oidc-apps-redirect-uris = Weiterleitungs-URIs
oidc-apps-redirect-hint = Wohin die App den Browser nach der Anmeldung zurückkehren lässt. Eine pro Zeile, genau so, wie die App sie sendet.
oidc-apps-post-logout = Adressen nach dem Abmelden
oidc-apps-backchannel = Adresse für Abmeldungen
oidc-apps-backchannel-hint = Wo die App von beendeten Sitzungen erfährt (Back-Channel-Logout).
oidc-apps-auth-method = Wie die App sich ausweist
oidc-apps-with-basic = Geheimnis, im Header (client_secret_basic)
oidc-apps-with-post = Geheimnis, im Formular (client_secret_post)
oidc-apps-with-key = Eigener Schlüssel (private_key_jwt)
oidc-apps-with-none = Gar nicht: ein Programm auf den Geräten der Leute (none)
oidc-apps-jwks = Öffentliche Schlüssel
oidc-apps-jwks-hint = Für private_key_jwt: ein JWK-Set oder die https-Adresse, von der es geholt wird.
oidc-apps-subject = Wie sie Personen erkennt
oidc-apps-public-subject = An einem Namen, den auch andere Apps kennen
oidc-apps-pairwise-subject = An einem eigenen Namen (pairwise)
oidc-apps-grants = Was sie gegen Token tauschen darf
oidc-apps-grant-code = Anmeldung einer Person
oidc-apps-grant-refresh = Auffrischung
oidc-apps-grant-credentials = Die App in eigenem Namen
oidc-apps-grant-device = Gerätecode
oidc-apps-scopes = Scopes
oidc-apps-scopes-hint = Durch Leerzeichen getrennt. Leer lassen für die, die die App üblicherweise braucht.
oidc-apps-alg = Algorithmus der ID-Token
oidc-apps-resources = APIs
oidc-apps-resources-hint = Adressen von APIs, für die sie Zugriffstoken anfordern darf. Eine pro Zeile.
oidc-apps-access-lifetime = Gültigkeit der Zugriffstoken
oidc-apps-access-lifetime-hint = Zum Beispiel 10m oder 2h. Leer: 1 Stunde, für APIs 5 Minuten.
oidc-apps-id-lifetime = Gültigkeit der ID-Token
oidc-apps-id-lifetime-hint = Zum Beispiel 10m oder 2h. Leer: 1 Stunde.
oidc-apps-refresh-lifetime = Gültigkeit unbenutzter Refresh-Token
oidc-apps-refresh-lifetime-hint = Zum Beispiel 12h oder 30d. Leer: 14 Tage.
oidc-apps-level = Anmeldung
oidc-apps-one-factor = Wie üblich
oidc-apps-two-factor = Mit Zwei-Schritt-Verifizierung
oidc-apps-first-party = Es ist Ihre eigene App: Niemand wird um Zustimmung gefragt
oidc-apps-groups-hint = Mitglieder der gewählten Gruppen. Wählen Sie keine, um sie für alle Mitglieder zu öffnen.
oidc-apps-add = App hinzufügen
oidc-apps-made-title = App hinzugefügt
oidc-apps-rotated-title = Neues Geheimnis
oidc-apps-made-lead = Kopieren Sie das Geheimnis jetzt. Es wird nicht noch einmal angezeigt.
oidc-apps-made-public = Diese App hat kein Geheimnis.
oidc-apps-rotated-lead = Das Geheimnis davor gilt, bis Sie es beenden oder das nächste erstellen.
oidc-apps-to-app = Weiter zur App
oidc-apps-client-id = Client-ID
oidc-apps-client-secret = Client-Geheimnis
oidc-apps-issuer = Aussteller (Issuer)
oidc-apps-setup = App einrichten
oidc-apps-setup-lead = Fügen Sie diese Zeilen ein. CLIENT_SECRET steht für das Geheimnis.
oidc-apps-anywhere = Wo die App ihre Einstellungen hat:
oidc-apps-terminal = Auf der Kommandozeile des App-Servers:
oidc-apps-registration = Registrierung
oidc-apps-declared = In einer Datei deklariert
oidc-apps-declared-note = Diese App ist in der Datei deklariert, die MUNJIGI_APPS nennt. Ändern Sie sie dort.
oidc-apps-gone-note = Die Datei deklariert diese App nicht mehr, daher kann sich niemand bei ihr anmelden. Deklarieren Sie sie wieder oder entfernen Sie sie.
oidc-apps-disabled = Deaktiviert
oidc-apps-change = Ändern
oidc-apps-change-title = App ändern
oidc-apps-save = Speichern
oidc-apps-secrets = Geheimnisse
oidc-apps-current-secret = Aktuelles Geheimnis
oidc-apps-older-secret = Älteres Geheimnis
oidc-apps-older-until = Gültig, bis Sie es beenden oder das nächste erstellen
oidc-apps-made-at = Erstellt
oidc-apps-rotate = Neues Geheimnis erstellen
oidc-apps-end-older = Jetzt beenden
oidc-apps-no-secret = Diese App hat kein Geheimnis.
oidc-apps-people = Personen
oidc-apps-signed-in = Angemeldet
oidc-apps-connected = Erlaubt von
oidc-apps-remove = App entfernen
oidc-apps-keep = Behalten
oidc-apps-remove-stays = Daten in der App bleiben unberührt
oidc-apps-empty-name = Geben Sie einen Namen ein.
oidc-apps-long-name = Höchstens 60 Zeichen.
oidc-apps-odd-name = Nur sichtbare Zeichen in einer Zeile.
oidc-apps-taken-name = Eine andere App hat diesen Namen. Wählen Sie einen anderen.
oidc-apps-groups-gone = Eine gewählte Gruppe gibt es nicht mehr. Wählen Sie erneut.
oidc-apps-no-redirect-uri = Geben Sie die Adresse der App oder eine Weiterleitungs-URI ein.
oidc-apps-too-many = Höchstens 50.
oidc-apps-plain-http = Verwenden Sie https://. Nur localhost darf http:// verwenden.
oidc-apps-link-local = Link-lokale Adressen werden nie aufgerufen.
oidc-apps-bad-lifetime = 1 Minute bis 24 Stunden; für die Zeit ohne Nutzung höchstens 90 Tage.
oidc-apps-no-jwks = Geben Sie die öffentlichen Schlüssel der App ein.
oidc-apps-bad-jwks = Geben Sie ein JWK-Set ein, das nur öffentliche Schlüssel enthält.
oidc-apps-public-credentials = Eine App, die sich nicht ausweist, kann nicht in eigenem Namen handeln.
oidc-apps-refresh-alone = Auffrischung setzt die Anmeldung einer Person voraus.
oidc-apps-uri-long = „{ $address }“ ist länger als 2000 Bytes.
oidc-apps-uri-relative = „{ $address }“ ist keine vollständige Adresse wie https://app.example.org/callback.
oidc-apps-uri-fragment = „{ $address }“ enthält ein #.
oidc-apps-uri-userinfo = „{ $address }“ enthält einen Namen oder ein Passwort.
oidc-apps-uri-characters = „{ $address }“ enthält Leerzeichen, Backslashes oder Buchstaben außerhalb von ASCII.
oidc-apps-uri-http = „{ $address }“ verwendet http://, das nur localhost darf.
oidc-apps-uri-scheme = „{ $address }“ hat ein Schema, das Browser besonders behandeln.
oidc-apps-deliveries = Abmeldungen, die der App gesendet wurden
oidc-apps-waiting = Wartend
oidc-apps-delivered = Zuletzt zugestellt
oidc-apps-failed = Letzter Fehler
oidc-apps-given-up = wird nicht erneut gesendet
oidc-apps-never = Nie
oidc-apps-refusals = Abgelehnte Anfragen
oidc-apps-refusals-lead = Die App nannte eine Adresse, die nicht registriert ist.
oidc-apps-received = Erhalten
oidc-apps-registered = Registriert
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = In { $file }:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = Unter { $page }:
oidc-apps-remove-app = „{ $app }“ entfernen?
oidc-apps-lose-sign-ins =
    { $people ->
        [one] 1 Person wird sofort von ihr abgemeldet
       *[other] { $people } Personen werden sofort von ihr abgemeldet
    }
oidc-apps-lose-consents =
    { $people ->
        [one] 1 Person hat ihr die Anmeldung erlaubt und müsste es erneut tun
       *[other] { $people } Personen haben ihr die Anmeldung erlaubt und müssten es erneut tun
    }
oidc-apps-lose-client-id = Ihre Client-ID und Geheimnisse gelten nie wieder
oidc-apps-many-hosts = „{ $hosts }“ sind mehrere Hosts, die eine pairwise-App nicht haben kann.
oidc-apps-odd-scope = „{ $value }“ ist kein Scope.
oidc-apps-own-resource = „{ $address }“ ist diese Website selbst.
oidc-apps-logo = Logo
oidc-apps-logo-file = Bilddatei
oidc-apps-logo-hint = PNG, WebP oder SVG, bis zu 64 kB.
oidc-apps-logo-upload = Hochladen
oidc-apps-logo-remove = Logo entfernen
oidc-apps-logo-large = Wählen Sie eine Datei mit höchstens 64 kB.
oidc-apps-logo-kind = Wählen Sie eine PNG-, WebP- oder SVG-Datei.
oidc-apps-logo-pixels = Wählen Sie ein Bild mit höchstens 4096 Pixeln je Seite.
oidc-apps-logo-active = Wählen Sie ein SVG ohne Skripte, Links und andere Dateien.

## password-reset
## The page that a one-time link opens.

password-reset-title = Neues Passwort wählen
password-reset-lead = Sie werden überall abgemeldet, und Ihre API-Token gelten nicht mehr.
password-reset-submit = Passwort festlegen
password-reset-ask-title = Passwort vergessen?
password-reset-ask-lead = Die Adresse Ihres Kontos erhält einen Link, um ein neues zu wählen.
password-reset-ask-submit = Link senden
password-reset-no-server = Diese Website kann keine E-Mails senden. Ihre Anfrage erreicht die Betreiber; bitten Sie dort um den Link.
password-reset-no-server-title = Fragen Sie nach Ihrem Link
password-reset-code-title = Prüfen Sie Ihre E-Mails
password-reset-code-lead = Wenn es ein solches Konto gibt, kommt in wenigen Minuten eine E-Mail an seiner Adresse an. Öffnen Sie ihren Link oder geben Sie ihren Code hier ein.
password-reset-no-server-code = Wenn es ein solches Konto gibt, haben die Betreiber dieser Website den Link und seinen Code. Fragen Sie dort.
password-reset-code-hint = 8 Ziffern. Sie gelten in diesem Browser 30 Minuten lang.
password-reset-code-submit = Weiter
password-reset-again = Nichts angekommen?
password-reset-again-link = Noch einmal senden
password-reset-new-link = Neuen Link holen
password-reset-recovery-title = Zurück in Ihr Konto
password-reset-recovery-lead = Geben Sie den Code aus der E-Mail zur Wiederherstellung Ihres Kontos ein. Wählen Sie dann ein neues Passwort.
password-reset-recovery-hint = 8 Ziffern. Sie gelten 30 Minuten lang.
password-reset-to-sign-in = Zurück zur Anmeldung
password-reset-over = Dieser Link gilt nicht mehr
password-reset-over-lead = Ein Link gilt einmal, für begrenzte Zeit. Fordern Sie einen neuen an.

## admin
## Texts of the staff's pages.

admin-navigation = Verwaltungsseiten
admin-users = Benutzer
admin-groups = Gruppen
admin-apps = Apps
admin-sessions = Sitzungen
admin-audit = Audit-Protokoll
admin-search = Suchen
admin-signed-in = Angemeldet
admin-last-seen = Zuletzt gesehen
admin-filter = Filtern
admin-clear = Leeren
admin-next = Nächste Seite
admin-nothing = Keine Treffer
admin-search-lead = Personen, Gruppen, Apps, Sitzungen und neueste Ereignisse.
admin-search-label = Name, E-Mail, Adresse oder Anfrage-ID
admin-nothing-found = Nichts gefunden für „{ $text }“

## done
## What was just done, to what.

done-device-signed-out = „{ $name }“ wurde abgemeldet.
done-device-forgotten = „{ $name }“ fragt wieder nach einem Code.
done-disabled = { $name } wurde gesperrt und überall abgemeldet.
done-enabled = { $name } wurde entsperrt.
done-signed-out = { $name } wurde überall abgemeldet.
done-email-vouched = Die E-Mail-Adresse von { $name } gilt jetzt als bestätigt.
done-password-required = { $name } braucht jetzt ein neues Passwort und bekommt einen Link per E-Mail.
done-recovery-mailed = { $name } bekommt einen Link zur Wiederherstellung per E-Mail. Bis dahin ändert sich nichts.
done-groups-saved = Die Gruppen von { $name } wurden gespeichert.
done-created = „{ $name }“ wurde erstellt.
done-saved = „{ $name }“ wurde gespeichert.
done-deleted = „{ $name }“ wurde gelöscht.
done-member-added = { $name } ist jetzt in der Gruppe.
done-member-removed = { $name } ist nicht mehr in der Gruppe.
done-app-added = „{ $name }“ wurde hinzugefügt.
done-app-removed = „{ $name }“ wurde entfernt.
done-secret-ended = Das ältere Geheimnis von „{ $name }“ gilt nicht mehr.
done-token-deleted = „{ $name }“ wurde gelöscht und gilt nicht mehr.
done-passkey-added = „{ $name }“ wurde hinzugefügt. Alle anderen Geräte wurden abgemeldet.
done-passkey-removed = „{ $name }“ wurde entfernt. Alle anderen Geräte wurden abgemeldet.
done-disconnected = { $name } wurde getrennt und sieht nichts mehr von dir.
done-post-deleted = „{ $name }“ wurde gelöscht.

## overview
## The staff's overview.

overview-title = Übersicht
overview-today = Anmeldungen heute
overview-two-step = Zwei-Schritt-Bestätigung
overview-period = Zeitraum
overview-in-utc = Tage beginnen um Mitternacht UTC.
overview-signed-in = Angemeldet
overview-failed = Fehlgeschlagen
overview-today-short = Heute
overview-numbers = Zahlen zeigen
overview-day = Tag
overview-attention = Braucht Aufmerksamkeit
overview-calm = Im Moment ist nichts zu tun.
overview-ways = Wie sich Personen anmelden
overview-no-ways = Noch keine Anmeldung gezählt.
overview-by-two-steps = Passwort und zweiter Schritt
overview-by-passkey = Passkey
overview-by-password = Nur Passwort
overview-by-link = Link per E-Mail
overview-by-provider = Anderes Konto
overview-see = Ansehen
overview-open = Öffnen
overview-mail-waits = Der Mailserver lehnt sie ab oder antwortet nicht.
overview-given-up = Es wird nicht weiter versucht.
overview-rotate = Auf der Befehlszeile ersetzen: munjigi keys rotate
overview-system = System
overview-database = Datenbank
overview-session-store = Sitzungsspeicher
overview-built-in = Eingebaut
overview-mail = E-Mail
overview-no-mail = Kein Mailserver
overview-mail-idle = Nichts wartet
overview-keys = Signaturschlüssel
overview-version = Version
overview-new-this-week = { $n } neu in 7 Tagen
overview-failed-count = { $n } fehlgeschlagen
overview-without-two-step = Ohne: { $users }
overview-sign-ins-in = Anmeldungen der letzten { $days } Tage
overview-daily-average = { $n } am Tag im Schnitt
overview-last-days = Letzte { $days } Tage
overview-days = Tage: { $days }
overview-bar = { $day }: { $done } angemeldet, { $failed } fehlgeschlagen
overview-chart-calm = Anmeldungen pro Tag vom { $from } bis { $to }: zwischen { $fewest } und { $most }. Keine schlug fehl.
overview-chart = Anmeldungen pro Tag vom { $from } bis { $to }: zwischen { $fewest } und { $most }. Die meisten Fehlschläge, unter der Linie, gab es am { $on }: { $failed }.
overview-failures-on = { $n } fehlgeschlagene Anmeldungen am { $day }
overview-usually = An anderen Tagen etwa { $n }.
overview-refused-today = Heute nach zu vielen Fehlversuchen abgelehnte Anmeldungen: { $n }
overview-staff-without = Ohne Zwei-Schritt-Bestätigung: { $n } von { $all } im Team
overview-mails-failing = Nicht zustellbare E-Mails: { $n }
overview-mails-waiting = { $n } warten
overview-waiting-since = Die älteste wartet seit: { $ago }.
overview-app-untold = { $app } erfährt nichts von Abmeldungen
overview-app-refused = { $app } hat eine nicht registrierte Adresse verlangt
overview-last-time = Zuletzt { $ago }
overview-keys-are-old = Die Signaturschlüssel sind { $days } Tage alt
overview-takes-no-writes = nimmt keine Änderungen an

## audit
## The staff's page of the audit trail.

audit-title = Audit-Protokoll
audit-lead =
    { $days ->
        [one] Wer was wann und von wo getan hat. Einträge werden nie geändert und nach einem Tag gelöscht.
       *[other] Wer was wann und von wo getan hat. Einträge werden nie geändert und nach { $days } Tagen gelöscht.
    }
audit-event = Ereignis
audit-any-event = Alle Ereignisse
audit-whom = Konto
audit-by = Ausgeführt von
audit-from-day = Von
audit-to-day = Bis
audit-when = Zeit
audit-place = Herkunft
audit-gone = gelöscht
audit-export = CSV exportieren
audit-export-lead = Alle Treffer, nicht nur diese Seite
audit-no-such-user = Es gibt niemanden mit diesem Namen. Gelöschte Konten sind unter ihrer Nummer zu finden, zum Beispiel #12.
audit-older = Ältere Einträge

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = Das ist nicht für Sie
forward-auth-help = Wenn Sie es brauchen, bitten Sie die Betreiber dieser Website um Zugang.
forward-auth-anonymous = Unter dieser Adresse ist nichts zugänglich.
forward-auth-unclear = Diese Adresse lässt sich unterschiedlich lesen
forward-auth-unclear-sentence = Ein Teil ist ungewöhnlich geschrieben, und eine der Seiten, die gemeint sein könnten, ist nicht für Sie.
forward-auth-unclear-help = Öffnen Sie die Seite über einen Link in der App. Führt auch das hierher, sagen Sie es den Betreibern dieser Website.
forward-auth-dashboard = Zu Ihren Apps
forward-auth-home = Zur Startseite
forward-auth-trouble = Versuchen Sie es in einem Moment erneut oder beginnen Sie auf der Startseite.
# Who is signed in, but may not open this.
forward-auth-not-open-to = Sie sind als { $name } angemeldet, aber diese Seite ist für Sie nicht zugänglich.
forward-auth-another = Anderes Konto verwenden

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = Apps
apps-lead = Mitglieder finden sie unter „Apps“.
apps-new-behind-proxy = App hinter einem Proxy hinzufügen
apps-none = Noch keine Apps
apps-new = Neue App
apps-add = App hinzufügen
apps-address-hint = Wohin der Link führt, zum Beispiel https://mail.example.org.
apps-icon-hint = Ein Buchstabe, eine Ziffer oder ein Emoji. Leer lassen für den ersten Buchstaben des Namens.
apps-groups-hint = Mitglieder der gewählten Gruppen. Wählen Sie keine, um sie für alle Mitglieder zu öffnen.
apps-no-groups = Alle Mitglieder. Um sie nur für einige zu öffnen, erstellen Sie zuerst eine Gruppe.
apps-email = E-Mail-Adresse
apps-unverified-email = Auch unbestätigte Adressen weitergeben
apps-unverified-email-hint = Hinter einem Proxy erhält die App die Adresse eines Mitglieds, sobald sie bestätigt ist. Eine unbestätigte Adresse kann jemand anderem gehören.
apps-every-member = Alle Mitglieder
apps-nobody = Niemand: Die Gruppen wurden gelöscht
apps-closed = Die Gruppen dieser App wurden gelöscht, daher kann sie jetzt niemand öffnen. Wählen Sie Gruppen, oder speichern Sie ohne, um sie für alle Mitglieder zu öffnen.
apps-edit = Bearbeiten
apps-save = Speichern
apps-delete = App entfernen
apps-none-open = Noch keine Apps
apps-add-some = App hinzufügen
apps-empty-name = Geben Sie einen Namen ein.
apps-long-name = Höchstens 60 Zeichen.
apps-odd-name = Nur sichtbare Zeichen in einer Zeile.
apps-empty-address = Geben Sie die Adresse der App ein.
apps-long-address = Höchstens 500 Bytes.
apps-odd-address = Geben Sie eine vollständige Adresse ohne Leerzeichen ein, zum Beispiel https://mail.example.org.
apps-wrong-scheme = Die Adresse beginnt mit https:// oder http://.
apps-userinfo = Lassen Sie Name und Passwort vor @ weg: Alle könnten sie lesen.
apps-odd-icon = Ein Buchstabe, eine Ziffer oder ein Emoji.
apps-groups-gone = Eine gewählte Gruppe gibt es nicht mehr. Wählen Sie erneut.
apps-none-open-lead = Hier erscheinen die Apps, die Sie öffnen dürfen.
apps-delete-undone = Du kannst sie später wieder hinzufügen.
apps-delete-gone = Mitglieder finden sie nicht mehr unter ihren Apps
apps-delete-shut = Der Proxy lässt dadurch niemanden mehr ein, außer durch eine Regel
apps-delete-stays = Die App selbst und ihre Daten bleiben
apps-keep = Behalten
apps-count = Apps: { $n }

## board
## The board.

board-title = Forum
board-new = Neuer Beitrag
board-sign-in-to-write = Anmelden, um zu schreiben
board-search = Titel und Text durchsuchen
board-search-submit = Suchen
board-all = Alle Beiträge anzeigen
board-none = Noch keine Beiträge
board-none-here = In diesen Beiträgen nicht. Vielleicht in älteren.
board-too-many = Sie haben in dieser Stunde viel geschrieben. Warten Sie etwas; Ihr Text ist noch da.
board-gone = Dieser Beitrag wurde inzwischen gelöscht. Ihr Text ist noch da; Speichern macht daraus einen neuen Beitrag.
board-changed = Dieser Beitrag wurde inzwischen geändert. Lesen Sie ihn noch einmal, bevor Sie ihn löschen.
board-none-found = Kein Beitrag enthält diese Wörter
board-none-older = Es gibt keine älteren Beiträge
board-older = Ältere Beiträge
board-newest = Neueste Beiträge
board-edited = bearbeitet
board-edit = Bearbeiten
board-delete = Löschen
board-edit-title = Beitrag bearbeiten
board-title-hint = Bis zu 150 Zeichen.
board-body-hint = Bis zu 10.000 Zeichen. Webadressen werden zu Links.
board-publish = Veröffentlichen
board-save = Speichern
board-conflict = Jemand anderes hat diesen Beitrag inzwischen geändert. Ihr Text ist noch da, aber nicht gespeichert. Speichern ersetzt die andere Fassung.
board-theirs = Der Beitrag, wie er jetzt ist
board-overwrite = Meine Fassung speichern
board-delete-title = Diesen Beitrag löschen?
board-delete-lead = Er ist für alle weg und lässt sich nicht zurückholen.
board-delete-submit = Beitrag löschen
board-left = ehemaliges Mitglied
board-empty-title = Geben Sie einen Titel ein.
board-odd-title = Nur sichtbare Zeichen in einer Zeile.
board-empty-body = Schreiben Sie etwas.
board-odd-body = Im Text ist ein unsichtbares Steuerzeichen. Entfernen Sie es oder tippen Sie den Text neu.
board-description = Was die Leute dieser Website schreiben.
board-none-lead = Schreiben Sie den ersten Beitrag.
board-yours = Ihr Text
board-keep = Behalten
# $max: as many as there may be; $over: as many as are too many.
board-too-long = Höchstens { $max } Zeichen; das sind { $over } zu viel.

## dashboard
## The page after sign-in.

dashboard-title = Apps
dashboard-unconfirmed = Ihre E-Mail-Adresse ist noch nicht bestätigt.
dashboard-posts = Aus dem Forum
dashboard-no-posts = Noch keine Beiträge.
dashboard-see-board = Alle anzeigen
dashboard-device = Gerät

## profile
## The profile page.

profile-title = Profil
profile-submit = Speichern
profile-username-fixed = Ihren Benutzernamen können Sie nicht ändern.
profile-email-hint = Zum Ändern bestätigen Sie Ihre Identität.
profile-delete-title = Ihr Konto löschen?
profile-delete-lead = Das lässt sich nicht rückgängig machen, weder von Ihnen noch von den Betreibern dieser Website.
profile-delete-link = Konto löschen
profile-last-staff = Das ist das einzige Adminkonto, das sich anmelden kann. Geben Sie zuerst einem anderen Konto Adminrechte: Die Betreiber können das mit munjigi user promote tun.
profile-delete-submit = Mein Konto löschen
profile-about = Über Sie
profile-about-lead = Apps, die Sie verbinden, können das sehen.
profile-looks = Sprache, Zeitzone und Design
profile-delete-hint = Entfernt Ihr Konto und meldet Sie überall ab.
profile-delete-posts = Ihre Beiträge bleiben ohne Ihren Namen im Forum, als „ehemaliges Mitglied“
profile-delete-apps = Daten in den Apps bleiben unberührt. Bitten Sie jede App, sie zu löschen
profile-keep = Behalten
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] Sie werden auf diesem Gerät und von allen Apps abgemeldet
        [1] Sie werden auf diesem Gerät und von allen Apps abgemeldet
       *[other] Sie werden auf { $sessions } Geräten und von allen Apps abgemeldet
    }
profile-tokens-stop =
    { $tokens ->
        [one] Ihr API-Token gilt nicht mehr
       *[other] Ihre { $tokens } API-Token gelten nicht mehr
    }

## sessions
## The sessions page.

sessions-title = Angemeldete Geräte
sessions-lead = Auf diesen Geräten und in diesen Apps sind Sie angemeldet. Abmelden wirkt sofort.
sessions-this-one = Dieses Gerät
sessions-unknown-device = Unbekanntes Gerät
sessions-seen = Zuletzt gesehen
sessions-now = Gerade aktiv
sessions-since = Angemeldet
sessions-browser-only = bis der Browser geschlossen wird
sessions-app = API-Client
sessions-end = Abmelden
sessions-end-others = Alle anderen abmelden
sessions-trusted-title = Vertraute Geräte
sessions-trusted-lead = Hier reicht das Passwort, ohne Code.
sessions-trusted-since = Hinzugefügt
sessions-trusted-until = bis
sessions-forget = Nicht mehr vertrauen
# A device: Firefox on macOS.
sessions-browser-on-system = { $browser } unter { $system }

## sign-in-link
## Signing in by mail.

sign-in-link-title = Per E-Mail anmelden
sign-in-link-lead = Die Adresse Ihres Kontos erhält einen Link, der Sie ohne Passwort anmeldet.
sign-in-link-submit = Link senden
sign-in-link-with-password = Mit Passwort anmelden
sign-in-link-confirm-title = Hier anmelden?
sign-in-link-confirm-lead = Der Link meldet Sie in diesem Browser an.
sign-in-link-confirm-submit = Anmelden
sign-in-link-over-lead = Ein Link gilt einmal, 30 Minuten lang. Fordern Sie einen neuen an.

## verify-email
## The pages that confirm an address.

verify-email-code-title = E-Mail-Adresse bestätigen
verify-email-code-lead = Öffnen Sie den Link in der angeforderten E-Mail oder geben Sie ihren Code hier ein.
verify-email-member-lead = Öffnen Sie den Link in der E-Mail an { $email } oder geben Sie ihren Code hier ein.
verify-email-confirmed-lead = Ihre E-Mail-Adresse ist bestätigt. Wenn Sie sie ändern wollten, öffnen Sie den Link in der E-Mail an die neue Adresse oder geben Sie ihren Code hier ein.
verify-email-nothing-asked = In diesem Browser wurde keine E-Mail angefordert. Melden Sie sich an, um eine anzufordern.
verify-email-code-hint = 8 Ziffern. Sie gelten in diesem Browser 30 Minuten lang.
verify-email-again = Neue E-Mail senden
verify-email-start-again = Von vorn beginnen
verify-email-to-profile = Zurück zum Profil
verify-email-confirm-title = Diese E-Mail-Adresse bestätigen?
verify-email-confirm-lead = Bestätigen Sie nur, wenn diese Adresse Ihnen gehört.
verify-email-account-lead = Damit wird das Konto erstellt. Wenn Sie keines angefordert haben, schließen Sie diese Seite.
verify-email-confirm-submit = Bestätigen
verify-email-confirm-link = Jetzt bestätigen
verify-email-unconfirmed = Nicht bestätigt
verify-email-over = Dieser Link gilt nicht mehr
verify-email-over-lead = Ein Link gilt einmal, 30 Minuten lang. Er verfällt auch, wenn der Benutzername inzwischen vergeben ist. Beginnen Sie von vorn.

## unsent
## The page that sends a form again after sign-in.

unsent-title = Ihre Eingabe senden?
unsent-lead = Sie wurden abgemeldet, bevor sie ankam, daher wurde noch nichts gespeichert.
unsent-submit = Senden

## upstream
## Sign-in with an account at another provider.

upstream-title = Verknüpfte Konten
upstream-lead = Konten bei anderen Diensten, mit denen Sie sich hier anmelden.
upstream-not-linked = Nicht verknüpft
upstream-link = Verknüpfen
upstream-unlink = Verknüpfung aufheben
upstream-owner-signs-in = Zu dieser E-Mail-Adresse gibt es hier schon ein Konto. Wenn es Ihres ist, melden Sie sich an und verknüpfen Sie dann beide.
upstream-no-password = Noch keines
upstream-unprotected = Nur ein Schritt schützt dieses Konto.
upstream-set-password = Sie haben hier kein Passwort. Sie können eines über einen Link festlegen, den wir Ihnen mailen, und damit bestätigen.
upstream-set-password-link = Passwort festlegen
# The label of a provider's button.
upstream-continue-with = Mit { $provider } anmelden
upstream-first-sign-in-by = Sie sind bei { $provider } angemeldet. Wählen Sie einmalig einen Benutzernamen für diese Website.
upstream-link-account-of = Ihr { $provider }-Konto verknüpfen?
upstream-link-to-account = Damit können Sie sich künftig bei { $username } anmelden.
upstream-confirm-with = Mit { $provider } bestätigen

## users
## The staff's pages of users.

users-title = Benutzer
users-search-label = Benutzername oder E-Mail-Adresse
users-status = Status
users-any = Alle
users-staff = Admins
users-disabled = Deaktiviert
users-email-confirmed = Bestätigt
users-email-unconfirmed = Nicht bestätigt
users-confirm-email = E-Mail-Adresse als bestätigt markieren
users-since = Registriert
users-groups = Gruppen
users-no-groups = Es gibt noch keine Gruppe.
users-make-group = Gruppe erstellen
users-save-groups = Gruppen speichern
users-account = Konto
users-id = Nummer
users-last-failure = Letzte fehlgeschlagene Anmeldung
users-second-factor = Zwei-Schritt
users-no-factor = Aus
users-never = Nichts verzeichnet
users-this-is-you = Das ist Ihr eigenes Konto. Verwalten Sie es auf Ihren eigenen Seiten.
users-own-pages = Ihre Sicherheitsseite
users-disable = Deaktivieren
users-enable = Aktivieren
users-enable-lead = Dieses Konto kann sich nicht anmelden. Aktivieren erlaubt es wieder; was beendet oder gelöscht wurde, bleibt es.
users-end-sessions = Überall abmelden
users-require = Neues Passwort verlangen
users-require-lead = Passwort und API-Token gelten sofort nicht mehr. Die Adresse erhält Link und Code für ein neues Passwort.
users-mail-recovery = Wiederherstellung per E-Mail beginnen
users-mail-recovery-lead = Für alle, die jeden Weg zur Anmeldung verloren haben. Die Adresse erhält Link und Code; nichts ändert sich, bis sie benutzt werden, und dann ist die Zwei-Schritt-Verifizierung aus.
users-require-staff = Für andere Admins setzen die Betreiber Passwörter und entfernen zweite Schritte auf der Kommandozeile.
users-link-open = Ein Link gilt bis
users-sessions = Sitzungen
users-no-sessions = Nirgends angemeldet.
users-events = Letzte Aktivitäten
users-all-events = Alle anzeigen
users-link-title = Ein neues Passwort wird verlangt
users-link-lead = Diese Website hat keinen Mailserver. Übergeben Sie diesen Link persönlich oder auf einem vertrauenswürdigen Weg. Er wird nur jetzt angezeigt und gilt einmal, einen Tag lang. Das Audit-Protokoll hält fest, dass Sie ihn gesehen haben.
users-link = Link
users-back = Zurück zum Konto
users-factor-on = An
users-device = Gerät
users-sign-out = Abmelden
users-back-in = Wieder hineinhelfen
users-require-short = Verlangen
users-mail-recovery-short = Beginnen
users-not-set = Nicht festgelegt
users-staff-without-factor = Keine Zwei-Schritt-Verifizierung.
users-keep-enabled = Aktiviert lassen
users-tokens-lost = Die API-Token gelten nicht mehr
users-disable-stays = Beiträge und Gruppen bleiben, und Sie können das Konto wieder aktivieren
users-nobody-found = Kein Treffer für „{ $text }“
users-disable-whom = { $name } deaktivieren?
users-disabled-devices =
    { $devices ->
        [0] Keine Anmeldung mehr möglich
        [one] Sofort auf 1 Gerät abgemeldet, keine Anmeldung mehr möglich
       *[other] Sofort auf { $devices } Geräten abgemeldet, keine Anmeldung mehr möglich
    }
users-without-factor = Ohne zweiten Schritt
users-shown-of = { $shown } von { $all }
users-shown = { $shown } auf dieser Seite gefunden

## security
## The pages of how one signs in.

security-title = Sicherheit
security-protected = Ihr Konto ist gut geschützt.
security-protected-lead = Ein gestohlenes Passwort allein öffnet es nicht.
security-unprotected = Nur Ihr Passwort schützt dieses Konto.
security-unprotected-lead = Fügen Sie einen Passkey oder eine Authenticator-App hinzu.
security-unprotected-lead-app = Fügen Sie eine Authenticator-App hinzu.
security-no-codes = Sie haben keine Wiederherstellungscodes mehr.
security-make-codes = Neue erstellen
security-ways = Wie Sie sich anmelden
security-on = An
security-on-now = Eingeschaltet
security-change = Ändern
security-manage = Verwalten
security-set-up = Einrichten
security-see-all = Alle anzeigen
security-password-title = Passwort
security-password-lead = Alle anderen Geräte werden abgemeldet und Ihre API-Token gelöscht.
security-changed = Geändert
security-submit = Passwort ändern
security-same = Wählen Sie ein anderes als das aktuelle.
security-factor-title = Zwei-Schritt-Verifizierung
security-factor-lead = Nach dem Passwort gefragt, wenn Sie sich auf einem neuen Gerät anmelden.
security-app-title = Authenticator-App
security-app-off = Zeigt alle 30 Sekunden einen neuen Code auf Ihrem Telefon.
security-since = Eingerichtet
security-app-remove = App entfernen
security-app-remove-lead = Beim Entfernen werden alle anderen Geräte abgemeldet.
security-turn-off = Entfernen
security-turn-on = Einschalten
security-codes-row = Wiederherstellungscodes
security-low = Fast aufgebraucht
security-new-codes = Neue Codes
security-new-codes-title = Neue Wiederherstellungscodes erstellen?
security-new-codes-get = Sie erhalten 10 neue Codes, die einmal angezeigt werden
security-keep-codes = Die alten behalten
security-trusted-lead = Sie fragen eine Zeit lang nicht nach dem Code.
security-set-up-title = Authenticator-App einrichten
security-required = Ihr Konto braucht die Zwei-Schritt-Verifizierung. Alles andere öffnet sich, sobald sie eingerichtet ist.
security-scan = Scannen Sie den Code mit der App und geben Sie ein, was sie zeigt.
security-qr = QR-Code; der Schlüssel auf dieser Seite sagt dasselbe
security-cannot-scan = Scannen geht nicht?
security-secret-hint = Geben Sie diesen Schlüssel in die App ein.
security-open-app = In einer App auf diesem Gerät öffnen
security-app-code = Code aus der App
security-app-code-wrong = Das ist nicht der Code, den die App jetzt zeigt. Wenn es wieder passiert, prüfen Sie die Uhr Ihres Telefons.
security-turned-on = Die Zwei-Schritt-Verifizierung ist eingeschaltet. Alle anderen Geräte wurden abgemeldet.
security-passkeys-title = Passkeys
security-passkeys-lead = Melden Sie sich mit Fingerabdruck, Gesicht oder Geräte-PIN an. Ein Passkey funktioniert nur auf dieser Website, daher kann ihn niemand abfischen.
security-no-passkeys = Noch keine Passkeys
security-add-passkey = Passkey hinzufügen
security-passkey-name = Name
security-passkey-name-hint = Zum Beispiel das Gerät, auf dem er ist.
security-passkey-create = Passkey erstellen
security-passkey-script = Passkeys brauchen JavaScript und einen Browser, der sie unterstützt.
security-passkey-refused = Dieser Passkey hat nicht funktioniert. Versuchen Sie es erneut.
security-passkey-known = Sie haben diesen Passkey schon, oder es sind zu viele.
security-rename = Umbenennen
security-rename-passkey = Passkey umbenennen
security-rename-submit = Speichern
security-empty-passkey-name = Geben Sie einen Namen ein.
security-last-way-in = Das ist Ihr einziger Weg zur Anmeldung. Legen Sie zuerst ein Passwort fest.
security-added = Hinzugefügt
security-used = zuletzt benutzt
security-unused = noch nicht benutzt
security-instead-passkey = Stattdessen Passkey verwenden
security-codes-title = Ihre Wiederherstellungscodes
security-codes-lead = Jeder meldet Sie einmal an, wenn Sie Ihr Telefon verlieren. Sie werden nur jetzt angezeigt.
security-codes-keep = Bewahren Sie diese dort auf, wo nur Sie sie finden, nicht nur auf dem Telefon.
security-codes-old = Ihre früheren Codes gelten nicht mehr.
security-codes-file = Munjigi-Wiederherstellungscodes. Jeder gilt einmal:
security-download = Herunterladen
security-kept = Ich habe sie aufbewahrt
security-events-title = Letzte Aktivitäten
security-events-lead = Die letzten 20 Ereignisse Ihres Kontos.
security-event = Ereignis
security-place = Herkunft
security-by-operator = die Betreiber dieser Website
security-by-staff = durch einen Admin
security-recovery-left = { $left } von 10 übrig
security-codes-stop =
    { $left ->
        [one] Der 1 Code, den Sie noch haben, gilt dann nicht mehr
       *[other] Die { $left } Codes, die Sie noch haben, gelten dann nicht mehr
    }

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = API-Token
tokens-lead = Lassen Sie ein Skript oder einen Server für Sie handeln, in Grenzen, die Sie wählen.
tokens-ends = Es gilt nicht mehr, wenn Sie es löschen oder Ihr Passwort ändern.
tokens-empty = Noch keine Token
tokens-by-password = Von einem Programm, das Ihr Passwort hatte
tokens-expires = Gültig bis
tokens-never = Läuft nie ab
tokens-expired = Abgelaufen
tokens-used = zuletzt benutzt
tokens-unused = noch nicht benutzt
tokens-created = erstellt
tokens-delete = Löschen
tokens-new-title = Neues Token
tokens-name-hint = Wofür es ist, zum Beispiel Backup-Skript.
tokens-scopes-hint = Wählen Sie nur, was das Programm braucht.
tokens-days-30 = In 30 Tagen
tokens-days-90 = In 90 Tagen
tokens-days-365 = In einem Jahr
tokens-submit = Token erstellen
tokens-made-lead = Kopieren Sie das Token jetzt. Es wird nicht noch einmal angezeigt, und wer es hat, kann es benutzen.
tokens-token = Token
tokens-try-it = Im Terminal ausprobieren
tokens-done = Ich habe es kopiert
tokens-profile-read = Ihr Profil lesen
tokens-profile-write = Ihr Profil ändern
tokens-sessions-read = Ihre Sitzungen auflisten
tokens-sessions-write = Sie abmelden
tokens-posts-read = Forum lesen
tokens-posts-write = Im Forum schreiben
tokens-security-read = Ihre API-Token auflisten
tokens-security-write = Ihr Passwort ändern und API-Token erstellen
tokens-empty-name = Geben Sie einen Namen ein.
tokens-no-scopes = Wählen Sie mindestens eines.
tokens-beyond-granted = Das geht über das hinaus, was Ihr eigenes Token darf.
tokens-past-expiry = Das liegt in der Vergangenheit.
tokens-late-expiry = Wählen Sie eine Zeit innerhalb von zehn Jahren.
tokens-odd-expiry = Geben Sie eine Zeit wie 2030-01-31T09:00:00Z an.
tokens-too-many = Sie haben 50 Token, mehr sind nicht möglich. Löschen Sie zuerst eines.
tokens-some-program = Ein Programm
tokens-required = Dieses Feld ist erforderlich.
tokens-null = Dieses Feld darf nicht null sein.
tokens-blank = Dieses Feld darf nicht leer sein.
tokens-no-text = Keine gültige Zeichenkette.
tokens-wrong = Mit diesen Angaben ist keine Anmeldung möglich.
tokens-empty-lead = Erstellen Sie unten das erste.
tokens-yours = Ihre Token
tokens-is-ready = „{ $name }“ ist bereit

## time
## Times and waits.

time-seconds =
    { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
time-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
# $wait: such as 15 minutes.
time-try-again-in = Erneut versuchen in: { $wait }.
time-just-now = gerade eben
time-minutes-ago =
    { $count ->
        [one] vor 1 Minute
       *[other] vor { $count } Minuten
    }
time-hours-ago =
    { $count ->
        [one] vor 1 Stunde
       *[other] vor { $count } Stunden
    }
time-days-ago =
    { $count ->
        [one] vor 1 Tag
       *[other] vor { $count } Tagen
    }
# The zone of a page's times, said once.
time-zone = Zeiten in { $zone }
# A date in a sentence, of this year and of another.
time-date = { $day }. { $month }
time-date-of-year = { $day }. { $month } { $year }
# A date as a heading, of this year and of another.
time-heading = { $weekday }, { $day }. { $month }
time-heading-of-year = { $weekday }, { $day }. { $month } { $year }
time-month-1 = Januar
time-month-2 = Februar
time-month-3 = März
time-month-4 = April
time-month-5 = Mai
time-month-6 = Juni
time-month-7 = Juli
time-month-8 = August
time-month-9 = September
time-month-10 = Oktober
time-month-11 = November
time-month-12 = Dezember
# As in 12 Nov.
time-month-1-short = Jan.
time-month-2-short = Feb.
time-month-3-short = März
time-month-4-short = Apr.
time-month-5-short = Mai
time-month-6-short = Juni
time-month-7-short = Juli
time-month-8-short = Aug.
time-month-9-short = Sept.
time-month-10-short = Okt.
time-month-11-short = Nov.
time-month-12-short = Dez.
time-weekday-1 = Montag
time-weekday-2 = Dienstag
time-weekday-3 = Mittwoch
time-weekday-4 = Donnerstag
time-weekday-5 = Freitag
time-weekday-6 = Samstag
time-weekday-7 = Sonntag
