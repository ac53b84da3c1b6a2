### The texts of pages and mails in French: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = Aller au contenu
layout-navigation = Menu principal
layout-settings = Réglages
layout-your-account = Votre compte :
layout-dashboard = Applications
layout-profile = Profil
layout-sessions = Appareils
layout-security = Sécurité
layout-tokens = Jetons d’API
layout-login = Se connecter
layout-register = S’inscrire
layout-logout = Se déconnecter
layout-language = Langue
layout-help = Aide
layout-terms = Conditions
layout-privacy = Confidentialité
layout-error = Erreur
layout-problems = À corriger d’abord
layout-cancel = Annuler
layout-confirm-title = Confirmez votre identité
layout-confirm-lead = Saisissez votre mot de passe.
layout-confirm-either = Utilisez votre deuxième étape ou votre mot de passe.
layout-confirm-factor = Cela change votre façon de vous connecter : utilisez votre deuxième étape.
layout-act-change-email = Vous changez votre adresse e-mail.
layout-act-delete-account = Vous supprimez votre compte.
layout-act-change-password = Vous changez votre mot de passe.
layout-act-add-app = Vous configurez une application d’authentification.
layout-act-remove-app = Vous retirez votre application d’authentification.
layout-act-new-codes = Vous créez de nouveaux codes de récupération.
layout-act-remove-passkey = Vous retirez une clé d’accès.
layout-act-add-passkey = Vous ajoutez une clé d’accès.
layout-act-create-token = Vous créez un jeton d’API.
layout-act-staff = Vous modifiez quelque chose en tant qu’administrateur.
layout-passkey-failed = Cela n’a pas fonctionné. Réessayez ou choisissez un autre moyen.
layout-passkey-cancelled = Annulé ou trop long. Réessayez ou choisissez un autre moyen.
layout-passkey-on-device = Cet appareil a déjà une clé d’accès pour ce compte.
layout-passkey-unverified = Cet appareil ne peut pas vérifier que c’est vous. Configurez un verrouillage d’écran ou un code PIN, ou utilisez un autre appareil.
layout-passkey-address = Les clés d’accès ne fonctionnent qu’à l’adresse propre de ce site. Ouvrez-le à cette adresse ou choisissez un autre moyen.
layout-or = ou
layout-confirm-submit = Continuer
layout-staff = Administration
layout-board = Forum
layout-welcome = Votre compte est prêt.
layout-saved = Enregistré.
layout-password-changed = Votre mot de passe a été changé. Tous les autres appareils ont été déconnectés et vos jetons d’API supprimés.
layout-others-ended = Tous les autres appareils ont été déconnectés.
layout-signed-out = Vous êtes déconnecté.
layout-session-over = Vous avez été déconnecté. Reconnectez-vous.
layout-not-sent-yet = Vous avez été déconnecté : rien n’est encore enregistré. Connectez-vous pour envoyer votre saisie.
layout-not-sent = Vous avez été déconnecté : rien n’a été enregistré. Connectez-vous et réessayez.
layout-other-member = Cette page appartenait à un autre compte. Rien n’a été enregistré.
layout-too-many-codes = Trop de codes incorrects. Reconnectez-vous.
layout-stage-over = Cela a pris trop de temps. Reconnectez-vous.
layout-post-saved = Votre message est sur le forum.
layout-password-set = Votre mot de passe est défini. Utilisez-le pour vous connecter.
layout-mail-sent = L’e-mail est en route.
layout-email-confirmed = Votre adresse e-mail est confirmée.
layout-not-followed = Vous êtes connecté. L’adresse d’où vous venez n’est pas celle d’une application de ce site ; nous sommes donc restés ici.
layout-not-recognised = Vous êtes connecté, mais l’application ne l’a pas remarqué. Prévenez les responsables de ce site.
layout-account-deleted = Votre compte a été supprimé.
layout-app-added = L’application d’authentification est configurée. Vos codes de récupération restent valables. Tous les autres appareils ont été déconnectés.
layout-app-removed = L’application d’authentification a été retirée. Tous les autres appareils ont été déconnectés.
layout-copy = Copier
layout-copied = Copié
layout-provider-failed = La connexion avec { $provider } n’a pas fonctionné. Réessayez ou choisissez un autre moyen.
layout-provider-cancelled = Vous avez annulé chez { $provider }. Rien n’a changé.
layout-provider-late = Cela a pris trop de temps ou c’était déjà fait. Choisissez de nouveau { $provider }.
layout-provider-closed = Aucun compte ici n’est associé à ce compte { $provider }, et il n’est pas possible d’en créer. Si vous avez un compte, connectez-vous et associez les deux sous « Sécurité ».
layout-provider-domain = Votre adresse { $provider } ne permet pas de créer un compte ici. Choisissez un autre compte ou adressez-vous aux responsables de ce site.
layout-provider-group = Votre compte { $provider } n’est dans aucun groupe autorisé à créer un compte ici. Adressez-vous aux responsables de ce site.
layout-provider-uninvited = Seules les personnes invitées peuvent venir avec { $provider }. Adressez-vous aux responsables de ce site.
layout-provider-disabled = Le compte associé à votre compte { $provider } est désactivé. Adressez-vous aux responsables de ce site.
layout-provider-linked = Votre compte { $provider } a été associé. Il vous connecte désormais.
layout-provider-unlinked = Votre compte { $provider } a été dissocié. Il ne vous connecte plus.
layout-provider-of-another = Ce compte { $provider } appartient à un autre compte ici. Rien n’a changé.
layout-provider-has-one = Un autre compte { $provider } est associé à votre compte. Dissociez-le d’abord.
layout-provider-confirmed = { $provider } a confirmé votre identité. Refaites maintenant votre action.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = Nom d’utilisateur ou e-mail
field-username = Nom d’utilisateur
field-username-hint = Lettres et chiffres de toutes les langues. Vous ne pourrez pas le changer.
field-email = Adresse e-mail
field-password = Mot de passe
field-new-password = Nouveau mot de passe
field-current-password = Mot de passe actuel
field-code = Code
field-code-hint = 6 chiffres de votre application d’authentification, ou un code de récupération.
field-user-code = Code de l’appareil
field-app-code-hint = Les 6 chiffres que l’application affiche maintenant.
field-password-hint = Au moins 8 caractères. Trois ou quatre mots sans rapport conviennent bien.
field-display-name = Nom
field-display-name-hint = Ce que les autres voient. Laissez vide pour utiliser votre nom d’utilisateur.
field-name = Nom
field-app-address = Adresse
field-icon = Icône
field-app-groups = Qui peut l’ouvrir
field-language = Langue
field-follow-browser = Comme le navigateur
field-time-zone = Fuseau horaire
field-theme = Thème
field-title = Titre
field-body = Texte
field-redirect-uris = URI de redirection
field-post-logout-redirect-uris = Adresses après la déconnexion
field-backchannel-logout-uri = Adresse de déconnexion
field-jwks = Clés publiques
field-grants = Ce qu’elle peut échanger contre des jetons
field-scope = Portées (scopes)
field-resources = API
field-scopes = Il peut
field-expires-at = Expiration
field-theme-auto = Système
field-theme-light = Clair
field-theme-dark = Sombre
field-empty-username = Saisissez un nom d’utilisateur.
field-long-username = 32 caractères au plus.
field-odd-username = Uniquement des lettres et des chiffres, avec . - _ entre eux.
field-taken-username = Ce nom d’utilisateur est pris, ou trop proche d’un autre. Essayez-en un autre.
field-empty-email = Saisissez votre adresse e-mail.
field-long-email = Une adresse a 254 caractères au plus.
field-long-local = La partie avant @ a 64 caractères au plus.
field-bad-email = Saisissez une adresse comme name@example.org.
field-invisible = Un caractère est invisible. Tapez le texte au lieu de le coller.
field-look-alike-email = Certaines lettres ressemblent seulement à des lettres latines. Tapez l’adresse en lettres latines.
field-taken-email = Un compte existe déjà avec cette adresse.
field-long-display-name = 60 caractères au plus.
field-odd-display-name = Uniquement des caractères visibles, sur une ligne.
field-empty-password = Saisissez un mot de passe.
field-short-password = Au moins 8 caractères.
field-long-password = 128 caractères au plus.
field-common-password = Trop facile à deviner. Ajoutez un ou deux mots sans rapport.
field-personal-password = Trop proche de votre nom, de votre e-mail ou du nom de ce site. Choisissez quelque chose sans rapport.
field-wrong-password = Ce n’est pas votre mot de passe actuel.
field-wrong-code = Code incorrect ou expiré.
field-send-password = Votre mot de passe a été saisi il y a trop longtemps : envoyez-le dans current_password.
field-send-code = Un code a été donné il y a trop longtemps : envoyez-en un dans code.
field-missing = Ce champ manque.
field-wrong-type = Ce n’est pas du type attendu.
field-twice = Ce nom apparaît deux fois.
field-bad-choice = Choisissez l’une des options proposées.

## error
## Titles and sentences of the error pages.

error-bad-request = Cette requête est illisible
error-bad-request-help = Une partie était abîmée ou envoyée deux fois. Revenez en arrière, rechargez la page et réessayez.
error-unauthorized = Vous n’êtes pas connecté
error-unauthorized-help = Connectez-vous d’abord, ou envoyez un jeton valable avec la requête.
error-forbidden = Cette page ne vous est pas ouverte
error-forbidden-help = Vous n’en avez pas le droit, ou la requête venait d’un autre site. Ouvrez la page ici et réessayez.
error-set-up-first = Ce compte exige la vérification en deux étapes. Connectez-vous avec un navigateur et configurez-la d’abord.
error-needs-session = Un jeton d’API ne peut pas faire cela. Connectez-vous et utilisez la session ou son jeton d’accès.
error-reauth-required = Il faut un mot de passe ou un code donné dans les 10 dernières minutes. Envoyez-le, ou confirmez d’abord votre identité.
error-not-found = Il n’y a rien ici
error-not-found-help = L’adresse est peut-être mal tapée, ou la page n’existe plus.
error-method = Cette adresse s’utilise autrement
error-method-help = La page n’accepte pas ce type de requête. Repartez de la page d’accueil.
error-timeout = Cela a pris trop de temps
error-timeout-help = La requête n’est pas arrivée à temps. Vérifiez votre connexion et réessayez.
error-too-large = C’était trop à la fois
error-too-large-help = Les formulaires acceptent jusqu’à 128 ko. Raccourcissez votre texte et réessayez.
error-media-type = Ce type de contenu ne convient pas ici
error-media-type-help = Utilisez le formulaire de la page.
error-misdirected = Ce n’est pas l’adresse de ce site
error-misdirected-help = Le serveur ne répond pas à ce nom d’hôte. Ses responsables peuvent l’ajouter à MUNJIGI_ALLOWED_HOSTS.
error-unprocessable = Vérifiez votre saisie
error-unprocessable-help = Revenez en arrière et corrigez les champs signalés.
error-conflict = Cela a été modifié entre-temps
error-conflict-help = Relisez, puis décidez si votre modification convient encore.
error-too-many = Trop de tentatives
error-too-many-help = Cela protège les comptes.
error-internal = Un problème est survenu de notre côté
error-internal-help = Vos données sont en sécurité. Réessayez. Si cela continue, donnez l’identifiant de requête ci-dessous aux responsables de ce site.
error-unavailable = De retour dans un instant
error-unavailable-help = Vous restez connecté.
error-other = Cela n’a pas fonctionné
error-other-help = Revenez en arrière et réessayez.
error-rule = Refusé par
error-request = Identifiant de requête
error-home = Aller à l’accueil
error-dashboard = Aller à vos applications

## event
## What the audit trail tells, in words.

event-registered = Compte créé
event-signed-in = Connexion
event-sign-in-failed = Échec de connexion
event-signed-out = Déconnexion
event-session-ended = Session terminée
event-refresh-reused = Un jeton d’une application a servi deux fois : l’application a été déconnectée
event-keys-rotated = Clés renouvelées
event-keys-forgotten = Anciennes clés oubliées, tout le monde déconnecté
event-others-ended = Autres sessions terminées
event-all-ended = Toutes les sessions terminées
event-password-changed = Mot de passe changé
event-password-failed = Mot de passe incorrect
event-password-confirmed = Mot de passe confirmé
event-provider-confirmed = Identité confirmée auprès de l’autre service
event-password-required = Nouveau mot de passe exigé
event-password-link-shown = Lien vers un nouveau mot de passe montré à un administrateur
event-shown-link-used = Nouveau mot de passe choisi par un lien montré à un administrateur
event-password-reset = Nouveau mot de passe choisi par un lien
event-password-reset-asked = Nouveau mot de passe demandé par e-mail
event-recovery-started = Récupération commencée
event-sign-in-link-sent = Lien de connexion demandé
event-sign-in-link-used = Lien de connexion utilisé
event-email-verified = Adresse e-mail confirmée
event-email-vouched = Adresse e-mail confirmée par un administrateur
event-email-change-asked = Changement d’adresse e-mail demandé
event-totp-added = Application d’authentification configurée
event-totp-removed = Application d’authentification retirée
event-passkey-added = Clé d’accès ajoutée
event-passkey-renamed = Clé d’accès renommée
event-passkey-removed = Clé d’accès retirée
event-recovery-codes-made = Nouveaux codes de récupération créés
event-recovery-code-used = Code de récupération utilisé
event-second-factor-failed = Bon mot de passe, mais code incorrect
event-second-factor-confirmed = Code confirmé
event-factors-removed = Deuxièmes étapes retirées pour une récupération
event-identity-linked = Compte d’un autre service associé
event-identity-unlinked = Compte d’un autre service dissocié
event-provider-signed-out = Déconnexion de l’autre service
event-device-trusted = Appareil de confiance ajouté
event-device-forgotten = Appareil de confiance retiré
event-email-changed = Adresse e-mail changée
event-account-deleted = Compte supprimé
event-disabled = Compte désactivé
event-enabled = Compte activé
event-promoted = Droits d’administration donnés
event-demoted = Droits d’administration retirés
event-group-created = Groupe créé
event-group-changed = Groupe modifié
event-group-deleted = Groupe supprimé
event-group-joined = Ajouté à un groupe
event-group-left = Retiré d’un groupe
event-post-edited = Message modifié par un modérateur
event-post-deleted = Message supprimé par un modérateur
event-application-added = Application ajoutée
event-application-changed = Application modifiée
event-application-removed = Application retirée
event-app-secret-rotated = Nouveau secret d’application créé
event-app-secret-ended = Ancien secret d’application révoqué
event-app-disabled = Application désactivée : elle n’est plus déclarée dans le fichier
event-app-enabled = Application réactivée
event-app-signed-in = Connexion à une application
event-app-connected = Application connectée
event-app-disconnected = Application déconnectée
event-app-code-reused = Le code de connexion d’une application a servi deux fois
event-app-refresh-reused = L’ancien jeton d’une application a été réutilisé
event-token-created = Jeton d’API créé
event-token-deleted = Jeton d’API supprimé
event-audit-exported = Journal d’audit exporté
# What happened, and to what.
event-line = { $event } : { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count } fois, la dernière { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = Groupes
groups-lead = Un groupe donne des droits à ses membres et leur ouvre des applications.
groups-none = Pas encore de groupes
groups-new = Nouveau groupe
groups-name = Nom du groupe
groups-create = Créer le groupe
groups-permissions = Droits
groups-signing-in = Connexion
groups-second-factor = Ses membres doivent d’abord configurer la vérification en deux étapes
groups-members = Membres
groups-no-members = Ce groupe n’a pas encore de membres.
groups-more-members = Afficher plus
groups-add = Ajouter
groups-add-member = Nom d’utilisateur ou e-mail à ajouter
groups-remove = Retirer
groups-save = Enregistrer
groups-delete = Supprimer le groupe
groups-empty-name = Saisissez un nom.
groups-long-name = 60 caractères au plus.
groups-odd-name = Uniquement des caractères visibles, sur une ligne.
groups-taken-name = Ce nom est pris. Essayez-en un autre.
groups-no-such-user = Personne ne porte ce nom.
groups-add-post = Écrire des messages (tous les membres)
groups-change-post = Modifier tous les messages
groups-delete-post = Supprimer tous les messages
groups-view-post = Lire les messages (tout le monde)
groups-settings = Nom et droits
groups-keep = Conserver
groups-delete-undone = C’est irréversible.
groups-delete-stays = Les comptes de ses membres restent
groups-delete-group = Supprimer le groupe { $name } ?
groups-members-lose =
    { $members ->
        [one] { $members } membre perd aussitôt ce que le groupe permet
       *[other] { $members } membres perdent aussitôt ce que le groupe permet
    }
groups-apps-close =
    { $apps ->
        [one] { $apps } application ne leur est plus ouverte par ce groupe
       *[other] { $apps } applications ne leur sont plus ouvertes par ce groupe
    }
groups-new-lead = Les droits et les membres suivent sur la page suivante.
groups-count = Groupes : { $n }

## home
## The home page.

home-title = Bienvenue
home-description = Connectez-vous une fois et ouvrez toutes les applications de ce site.
home-lead = Une connexion pour toutes les applications
home-body = Connectez-vous pour ouvrir les applications de ce site.
home-login = Se connecter
home-register = Créer un compte
home-board = Lire le forum

## register
## The registration page.

register-title = Créez votre compte
register-description = Créez un compte pour les applications de ce site.
register-lead = Un seul compte pour toutes les applications d’ici.
register-submit = Créer le compte
register-have-account = Vous avez déjà un compte ?
register-login = Se connecter
register-closed = Les inscriptions sont fermées
register-closed-help = Les responsables de ce site créent les nouveaux comptes. Demandez-leur-en un.

## login
## The sign-in page.

login-title = Se connecter
login-description = Connectez-vous avec votre mot de passe ou une clé d’accès.
# Under the title: where one goes after sign-in.
login-leads-to = pour continuer vers { $host }
login-remember = Rester connecté sur cet appareil
login-submit = Se connecter
login-no-account = Nouveau ici ?
login-register = Créer un compte
login-empty-login = Saisissez votre nom d’utilisateur ou votre e-mail.
login-empty-password = Saisissez votre mot de passe.
login-wrong = Nom d’utilisateur ou mot de passe incorrect. Réessayez.
login-code-needed = Ce compte utilise la vérification en deux étapes. Envoyez aussi un code.
login-wrong-code = Code incorrect ou déjà utilisé. Saisissez celui affiché maintenant.
login-empty-code = Saisissez un code.
login-set-up-first = Ce compte exige la vérification en deux étapes. Connectez-vous avec un navigateur et configurez-la d’abord.
login-signed-in = Vous êtes connecté
login-verify-title = Saisissez votre code
login-verify-lead = Ouvrez votre application d’authentification et saisissez les 6 chiffres qu’elle affiche maintenant.
login-verify-any = Saisissez les 6 chiffres que votre application d’authentification affiche maintenant, ou utilisez une clé d’accès.
login-verify-hint = Un code de récupération convient aussi.
login-verify-submit = Continuer
login-other-account = Se connecter avec un autre compte
login-lost = Téléphone et codes perdus ?
login-lost-help = Les responsables de ce site peuvent vous aider à revenir.
login-by-passkey = Se connecter avec une clé d’accès
login-verify-by-passkey = Utiliser une clé d’accès
login-late-passkey = Cette page est restée ouverte trop longtemps. Réessayez.
login-wrong-passkey = Cette clé d’accès n’a pas fonctionné. Réessayez ou connectez-vous autrement.
login-disabled = Ce compte est désactivé. Adressez-vous aux responsables de ce site.
login-unverified = Confirmez d’abord votre adresse e-mail : connectez-vous sur la page, et un e-mail vous expliquera comment.
login-by-mail = Recevoir un lien de connexion par e-mail
login-logout-title = Se déconnecter ?
login-logout-lead = Vous serez déconnecté ici et des applications ouvertes avec ce compte.
login-forgot = Mot de passe oublié ?
# The offer to trust a device.
login-trust-days =
    { $days ->
        [one] Ne plus demander sur cet appareil pendant { $days } jour
       *[other] Ne plus demander sur cet appareil pendant { $days } jours
    }
login-trust-hours =
    { $hours ->
        [one] Ne plus demander sur cet appareil pendant { $hours } heure
       *[other] Ne plus demander sur cet appareil pendant { $hours } heures
    }
# $wait: such as 15 minutes.
login-too-many-failures = Trop d’échecs. Réessayez dans { $wait }.
# Which app is next after sign-in.
login-leading-on-to = { $host } s’ouvre dans un instant.

## mail
## What mails say.

mail-hello = Bonjour,
mail-code = Ou saisissez ce code sur la page où vous l’avez demandé :
mail-once = Le lien et le code servent une fois, dans les 30 minutes.
mail-ignore = Si ce n’était pas vous, vous n’avez rien à faire.
mail-signature = Envoyé par le serveur de connexion de { $site }.
mail-reset-subject = Choisissez un nouveau mot de passe
mail-reset = Un nouveau mot de passe a été demandé pour votre compte. Ouvrez le lien pour en choisir un.
mail-reset-button = Choisir un mot de passe
mail-recovery-subject = Retrouvez votre compte
mail-recovery = Un administrateur a commencé la récupération de votre compte. Ouvrez le lien et choisissez un nouveau mot de passe pour la terminer.
mail-recovery-ignore = Si vous ne l’avez pas demandé, n’ouvrez pas le lien et prévenez les responsables.
mail-new-password = Un administrateur exige un nouveau mot de passe pour votre compte. L’ancien ne fonctionne plus. Ouvrez le lien pour en choisir un nouveau.
mail-once-in-a-day = Le lien et le code servent une fois, dans les 24 heures.
mail-sign-in-subject = Votre lien de connexion
mail-sign-in = Ouvrez le lien pour vous connecter.
mail-sign-in-button = Se connecter
mail-register-subject = Confirmez votre adresse
mail-register = Quelqu’un crée un compte avec cette adresse. Si c’est vous, confirmez qu’elle est à vous.
mail-verify = Veuillez confirmer que cette adresse est à vous.
mail-verify-button = Confirmer l’adresse
mail-change = Cette adresse doit devenir celle d’un compte. Veuillez confirmer qu’elle est à vous.
mail-taken-subject = Vous avez déjà un compte
mail-taken = Quelqu’un a voulu utiliser cette adresse pour un compte, mais elle appartient déjà au vôtre. Si c’était vous : connectez-vous, ou choisissez un nouveau mot de passe si vous l’avez oublié.
mail-taken-button = Se connecter
mail-moving-subject = Une nouvelle adresse a été demandée
mail-moving = L’adresse de votre compte va changer ; il ne reste qu’à confirmer la nouvelle.
mail-moved-subject = Votre adresse a été changée
mail-moved = Votre compte a maintenant une autre adresse. Plus rien ne sera envoyé à celle-ci.
mail-password-subject = Votre mot de passe a été changé
mail-password = Votre compte a un nouveau mot de passe. Tous les autres appareils ont été déconnectés.
mail-password-removed-subject = Votre mot de passe a été supprimé
mail-password-removed = Vous avez confirmé cette adresse en vous connectant avec un lien. Une autre personne a pu choisir le mot de passe d’avant, il ne permet donc plus de se connecter. Vous pouvez en choisir un nouveau.
mail-device-subject = Connexion depuis un nouvel appareil
mail-device = Quelqu’un s’est connecté à votre compte depuis un navigateur encore jamais utilisé.
mail-factors-subject = Votre deuxième étape a été modifiée
mail-factors = Ce qui est demandé après votre mot de passe a été modifié.
mail-linked-subject = Un compte d’un autre service a été associé
mail-linked = Il permet maintenant de se connecter à votre compte ici.
mail-unlinked-subject = Un compte d’un autre service a été dissocié
mail-unlinked = Il ne permet plus de se connecter à votre compte ici.
mail-token-subject = Un programme a reçu un jeton d’API
mail-token = Un programme s’est connecté avec votre mot de passe et a reçu un jeton d’API. Il peut ainsi agir pour vous sur l’API jusqu’à l’expiration du jeton ou sa suppression à la page « Jetons d’API ».
mail-notices-withheld = Il y a eu plusieurs événements de ce genre en une heure. Les e-mails à ce sujet sont suspendus pendant une heure ; la page « Sécurité » les liste tous.
mail-not-you = Si ce n’était pas vous : choisissez tout de suite un nouveau mot de passe, ce qui termine toutes les sessions.
mail-not-you-button = Choisir un mot de passe
mail-test-subject = Un essai
mail-test = Cet e-mail montre que les e-mails arrivent.
mail-greeting = Bonjour { $name },
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = Ou saisissez ce code, avec votre nom d’utilisateur, à l’adresse { $link }
# $when: day and hour.
mail-by-operator = { $when } · par les responsables de ce site
mail-circumstances = { $when }, { $device }, depuis { $address }.
mail-asked = Demandé depuis { $device }, { $address }, { $when }.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = en tant que
oidc-not-you = Ce n’est pas vous ?
oidc-sees-profile = Votre nom et votre nom d’utilisateur
oidc-sees-email = Votre adresse e-mail :
oidc-sees-groups = Vos groupes :
oidc-sees-no-groups = Vos groupes (aucun pour l’instant)
oidc-sees-identity = Que c’est vous, à chaque retour
oidc-stays = Que vous restez connecté en votre absence, jusqu’à ce que vous la déconnectiez
oidc-own-scope = Utilisation de
oidc-resource = Accès en votre nom à
oidc-no-password = Elle ne voit jamais votre mot de passe et ne peut pas modifier votre compte.
oidc-goes-to = Vous irez à
oidc-allow = Autoriser et continuer
oidc-deny = Annuler
oidc-later = Vous pouvez la déconnecter à tout moment dans
oidc-connected-apps = Applications connectées
oidc-select-lead = Vous êtes connecté sur cet appareil.
oidc-proceed = Continuer
oidc-another = Utiliser un autre compte
oidc-going = Si rien ne se passe, choisissez le bouton.
oidc-not-your-app-help = Si vous en avez besoin, demandez l’accès aux responsables de ce site.
oidc-problem-title = Cette application est mal configurée
oidc-unknown-app = Ce site ne connaît pas l’application d’où vous venez. Prévenez les responsables de l’application.
oidc-unreadable = L’application a envoyé une requête illisible. Prévenez les responsables de l’application.
oidc-logout-title = Se déconnecter ?
oidc-logout-lead = Vous serez déconnecté ici et des applications ouvertes d’ici.
oidc-logout = Se déconnecter
oidc-stay = Rester connecté
oidc-logout-problem-title = Vous n’avez pas été déconnecté
oidc-logout-hint = La requête de l’application ne vient pas de ce site. Vous pouvez vous déconnecter ici.
oidc-logout-redirect-uri = L’application voulait vous envoyer à une adresse qui n’est pas la sienne. Vous pouvez vous déconnecter ici.
oidc-connected-lead = Ces applications savent qui vous êtes. En déconnecter une met aussitôt fin à son accès.
oidc-none-connected = Aucune application connectée
oidc-connected-since = Connectée
oidc-disconnect = Déconnecter
oidc-unregistered = Les responsables de ce site n’ont pas vérifié cette application. Elle est décrite à l’adresse
oidc-device-title = Connecter un appareil
oidc-device-lead = Saisissez le code affiché par votre télévision, votre console ou votre ligne de commande.
oidc-device-hint = 8 lettres, comme BCDF-GHJK.
oidc-device-warning = N’utilisez que le code d’un appareil devant vous. Si quelqu’un vous a envoyé un code, arrêtez : il entrerait dans votre compte.
oidc-device-asked-from = Demandé depuis
oidc-device-allow = Autoriser cet appareil
oidc-device-return = Vous pouvez retourner à votre appareil.
oidc-device-ended = L’appareil n’obtient rien. Si vous n’avez rien demandé, vous pouvez fermer cette page.
oidc-wrong-user-code = Aucun appareil n’attend avec ce code. Les codes expirent au bout de 10 minutes ; vérifiez-le ou obtenez-en un nouveau sur l’appareil.
oidc-none-connected-lead = Une application apparaît ici dès que vous l’autorisez à vous connecter.
oidc-sees = Voit
oidc-sign-in-to = Se connecter à { $app }
oidc-continue-to = Continuer vers { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } verra
oidc-device-allowed = { $app } : appareil connecté
oidc-device-denied = { $app } : appareil non connecté
oidc-not-your-app = { $app } ne vous est pas ouverte
oidc-wrong-redirect-uri = { $app } a voulu vous envoyer à une adresse qui n’est pas enregistrée. Prévenez les responsables de l’application ; le journal de ce site indique la différence.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = nom et nom d’utilisateur
oidc-scope-email = adresse e-mail
oidc-scope-groups = groupes
oidc-scope-offline = aussi en votre absence

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = Ajouter une application
oidc-apps-new-lead = Quel type d’application ?
oidc-apps-behind-proxy = Derrière un proxy
oidc-apps-behind-proxy-lead = Une application sans connexion propre. Votre proxy demande ici qui peut l’ouvrir.
oidc-apps-openid = OpenID Connect
oidc-apps-openid-lead = Une application qui connecte elle-même les gens ici. Choisissez-la pour que tout soit rempli.
oidc-apps-own-app = Autre application
oidc-apps-mcp-client = Client MCP
oidc-apps-address = Adresse de l’application
oidc-apps-address-hint = Où on l’ouvre, par exemple https://grafana.example.org.
oidc-apps-mcp-hint = L’adresse du serveur MCP, par exemple https://mcp.example.org/notes.
oidc-apps-more = Plus de réglages
oidc-apps-derived-hint = Une par ligne. Laissez vide pour la déduire de l’adresse de l’application.
oidc-apps-lines-hint = Une par ligne.
oidc-apps-redirect-uris = URI de redirection
oidc-apps-redirect-hint = Où l’application fait revenir le navigateur après la connexion. Une par ligne, exactement comme elle les envoie.
oidc-apps-post-logout = Adresses après la déconnexion
oidc-apps-backchannel = Adresse de déconnexion
oidc-apps-backchannel-hint = Où l’application est prévenue des sessions terminées (back-channel logout).
oidc-apps-auth-method = Comment l’application se prouve
oidc-apps-with-basic = Secret, dans l’en-tête (client_secret_basic)
oidc-apps-with-post = Secret, dans le formulaire (client_secret_post)
oidc-apps-with-key = Sa propre clé (private_key_jwt)
oidc-apps-with-none = Pas du tout : un programme sur les appareils des gens (none)
oidc-apps-jwks = Clés publiques
oidc-apps-jwks-hint = Pour private_key_jwt : un JWK Set, ou l’adresse https où le chercher.
oidc-apps-subject = Comment elle reconnaît les gens
oidc-apps-public-subject = Par un nom que d’autres applications connaissent aussi
oidc-apps-pairwise-subject = Par un nom à elle (pairwise)
oidc-apps-grants = Ce qu’elle peut échanger contre des jetons
oidc-apps-grant-code = Connexion d’une personne
oidc-apps-grant-refresh = Renouvellement
oidc-apps-grant-credentials = L’application en son propre nom
oidc-apps-grant-device = Code de l’appareil
oidc-apps-scopes = Portées (scopes)
oidc-apps-scopes-hint = Séparées par des espaces. Laissez vide pour celles dont l’application a d’ordinaire besoin.
oidc-apps-alg = Algorithme des jetons d’identité
oidc-apps-resources = API
oidc-apps-resources-hint = Adresses des API pour lesquelles elle peut demander des jetons d’accès. Une par ligne.
oidc-apps-access-lifetime = Validité des jetons d’accès
oidc-apps-access-lifetime-hint = Par exemple 10m ou 2h. Vide : 1 heure, et 5 minutes pour les API.
oidc-apps-id-lifetime = Validité des jetons d’identité
oidc-apps-id-lifetime-hint = Par exemple 10m ou 2h. Vide : 1 heure.
oidc-apps-refresh-lifetime = Validité des jetons de renouvellement inutilisés
oidc-apps-refresh-lifetime-hint = Par exemple 12h ou 30d. Vide : 14 jours.
oidc-apps-level = Connexion
oidc-apps-one-factor = Comme d’habitude
oidc-apps-two-factor = Avec la vérification en deux étapes
oidc-apps-first-party = C’est votre propre application : on ne demande pas le consentement
oidc-apps-groups-hint = Les membres des groupes choisis. N’en choisissez aucun pour l’ouvrir à tous les membres.
oidc-apps-add = Ajouter l’application
oidc-apps-made-title = Application ajoutée
oidc-apps-rotated-title = Nouveau secret
oidc-apps-made-lead = Copiez le secret maintenant. Il ne sera plus affiché.
oidc-apps-made-public = Cette application n’a pas de secret.
oidc-apps-rotated-lead = Le secret précédent reste valable jusqu’à ce que vous le révoquiez ou créiez le suivant.
oidc-apps-to-app = Continuer vers l’application
oidc-apps-client-id = Identifiant client
oidc-apps-client-secret = Secret client
oidc-apps-issuer = Émetteur (issuer)
oidc-apps-setup = Configurer l’application
oidc-apps-setup-lead = Collez ces lignes. CLIENT_SECRET représente le secret.
oidc-apps-anywhere = Là où l’application a ses réglages :
oidc-apps-terminal = Sur la ligne de commande du serveur de l’application :
oidc-apps-registration = Enregistrement
oidc-apps-declared = Déclarée dans un fichier
oidc-apps-declared-note = Cette application est déclarée dans le fichier que nomme MUNJIGI_APPS. Modifiez-la là.
oidc-apps-gone-note = Le fichier ne déclare plus cette application : on ne peut plus s’y connecter. Déclarez-la de nouveau ou retirez-la.
oidc-apps-disabled = Désactivé
oidc-apps-change = Modifier
oidc-apps-change-title = Modifier l’application
oidc-apps-save = Enregistrer
oidc-apps-secrets = Secrets
oidc-apps-current-secret = Secret actuel
oidc-apps-older-secret = Ancien secret
oidc-apps-older-until = Valable jusqu’à ce que vous le révoquiez ou créiez le suivant
oidc-apps-made-at = Créé
oidc-apps-rotate = Créer un nouveau secret
oidc-apps-end-older = Révoquer maintenant
oidc-apps-no-secret = Cette application n’a pas de secret.
oidc-apps-people = Personnes
oidc-apps-signed-in = Connectées
oidc-apps-connected = L’ont autorisée
oidc-apps-remove = Retirer l’application
oidc-apps-keep = Conserver
oidc-apps-remove-stays = Les données dans l’application ne sont pas touchées
oidc-apps-empty-name = Saisissez un nom.
oidc-apps-long-name = 60 caractères au plus.
oidc-apps-odd-name = Uniquement des caractères visibles, sur une ligne.
oidc-apps-taken-name = Une autre application porte ce nom. Essayez-en un autre.
oidc-apps-groups-gone = Un groupe choisi n’existe plus. Choisissez de nouveau.
oidc-apps-no-redirect-uri = Saisissez l’adresse de l’application ou une URI de redirection.
oidc-apps-too-many = 50 au plus.
oidc-apps-plain-http = Utilisez https://. Seul localhost peut utiliser http://.
oidc-apps-link-local = Les adresses de lien local ne sont jamais appelées.
oidc-apps-bad-lifetime = De 1 minute à 24 heures ; pour la durée sans utilisation, 90 jours au plus.
oidc-apps-no-jwks = Saisissez les clés publiques de l’application.
oidc-apps-bad-jwks = Saisissez un JWK Set ne contenant que des clés publiques.
oidc-apps-public-credentials = Une application qui ne se prouve pas ne peut pas agir en son propre nom.
oidc-apps-refresh-alone = Le renouvellement suppose la connexion d’une personne.
oidc-apps-uri-long = « { $address } » dépasse 2000 octets.
oidc-apps-uri-relative = « { $address } » n’est pas une adresse complète, comme https://app.example.org/callback.
oidc-apps-uri-fragment = « { $address } » contient un #.
oidc-apps-uri-userinfo = « { $address } » contient un nom ou un mot de passe.
oidc-apps-uri-characters = « { $address } » contient des espaces, des barres obliques inverses ou des lettres hors ASCII.
oidc-apps-uri-http = « { $address } » utilise http://, ce que seul localhost peut faire.
oidc-apps-uri-scheme = « { $address } » a un schéma que les navigateurs traitent à part.
oidc-apps-deliveries = Déconnexions envoyées à l’application
oidc-apps-waiting = En attente
oidc-apps-delivered = Dernière livraison
oidc-apps-failed = Dernier échec
oidc-apps-given-up = pas renvoyée
oidc-apps-never = Jamais
oidc-apps-refusals = Requêtes refusées
oidc-apps-refusals-lead = L’application a donné une adresse qui n’est pas enregistrée.
oidc-apps-received = Reçue
oidc-apps-registered = Enregistrée
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = Dans { $file } :
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = Sous { $page } :
oidc-apps-remove-app = Retirer « { $app } » ?
oidc-apps-lose-sign-ins =
    { $people ->
        [one] { $people } personne en est aussitôt déconnectée
       *[other] { $people } personnes en sont aussitôt déconnectées
    }
oidc-apps-lose-consents =
    { $people ->
        [one] { $people } personne l’a autorisée à la connecter et devrait le refaire
       *[other] { $people } personnes l’ont autorisée à les connecter et devraient le refaire
    }
oidc-apps-lose-client-id = Son identifiant client et ses secrets cessent définitivement de fonctionner
oidc-apps-many-hosts = « { $hosts } » : plusieurs hôtes, ce qu’une application pairwise ne peut pas avoir.
oidc-apps-odd-scope = « { $value } » n’est pas une portée.
oidc-apps-own-resource = « { $address } » est ce site lui-même.
oidc-apps-logo = Logo
oidc-apps-logo-file = Fichier image
oidc-apps-logo-hint = Un PNG, WebP ou SVG, de 64 ko au plus.
oidc-apps-logo-upload = Envoyer
oidc-apps-logo-remove = Retirer le logo
oidc-apps-logo-large = Choisissez un fichier de 64 ko au plus.
oidc-apps-logo-kind = Choisissez un PNG, un WebP ou un SVG.
oidc-apps-logo-pixels = Choisissez une image de 4096 pixels de côté au plus.
oidc-apps-logo-active = Choisissez un SVG sans scripts, liens ni autres fichiers.

## password-reset
## The page that a one-time link opens.

password-reset-title = Choisissez un nouveau mot de passe
password-reset-lead = Vous êtes déconnecté partout et vos jetons d’API cessent de fonctionner.
password-reset-submit = Définir le mot de passe
password-reset-ask-title = Mot de passe oublié ?
password-reset-ask-lead = L’adresse de votre compte reçoit un lien pour en choisir un nouveau.
password-reset-ask-submit = Envoyer le lien
password-reset-no-server = Ce site ne peut pas envoyer d’e-mails. Votre demande parvient à ses responsables ; demandez-leur le lien.
password-reset-no-server-title = Demandez votre lien
password-reset-code-title = Consultez vos e-mails
password-reset-code-lead = Si ce compte existe, un e-mail arrive à son adresse dans quelques minutes. Ouvrez son lien ou saisissez son code ici.
password-reset-no-server-code = Si ce compte existe, les responsables de ce site ont le lien et son code. Demandez-leur.
password-reset-code-hint = 8 chiffres, valables 30 minutes dans ce navigateur.
password-reset-code-submit = Continuer
password-reset-again = Rien reçu ?
password-reset-again-link = Renvoyer
password-reset-new-link = Obtenir un nouveau lien
password-reset-recovery-title = Retrouvez votre compte
password-reset-recovery-lead = Saisissez le code de l’e-mail de récupération de votre compte. Choisissez ensuite un nouveau mot de passe.
password-reset-recovery-hint = 8 chiffres, valables 30 minutes.
password-reset-to-sign-in = Retour à la connexion
password-reset-over = Ce lien ne fonctionne plus
password-reset-over-lead = Un lien sert une fois, pendant un temps limité. Demandez-en un nouveau.

## admin
## Texts of the staff's pages.

admin-navigation = Pages d’administration
admin-users = Utilisateurs
admin-groups = Groupes
admin-apps = Applications
admin-sessions = Sessions
admin-audit = Journal d’audit
admin-search = Rechercher
admin-signed-in = Connexion
admin-last-seen = Vu
admin-filter = Filtrer
admin-clear = Effacer
admin-next = Page suivante
admin-nothing = Aucun résultat
admin-search-lead = Personnes, groupes, applications, sessions et événements récents.
admin-search-label = Nom, e-mail, adresse ou identifiant de requête
admin-nothing-found = Aucun résultat pour « { $text } »

## done
## What was just done, to what.

done-device-signed-out = « { $name } » a été déconnecté.
done-device-forgotten = « { $name } » demandera de nouveau un code.
done-disabled = { $name } a été désactivé et déconnecté partout.
done-enabled = { $name } a été réactivé.
done-signed-out = { $name } a été déconnecté partout.
done-email-vouched = L’adresse e-mail de { $name } est marquée comme confirmée.
done-password-required = { $name } doit choisir un nouveau mot de passe et reçoit un lien par e-mail.
done-recovery-mailed = { $name } reçoit un lien de récupération par e-mail. Rien ne change avant son utilisation.
done-groups-saved = Les groupes de { $name } sont enregistrés.
done-created = « { $name } » a été créé.
done-saved = « { $name } » a été enregistré.
done-deleted = « { $name } » a été supprimé.
done-member-added = { $name } a été ajouté au groupe.
done-member-removed = { $name } a été retiré du groupe.
done-app-added = « { $name } » a été ajouté.
done-app-removed = « { $name } » a été retiré.
done-secret-ended = L’ancien secret de « { $name } » ne fonctionne plus.
done-token-deleted = « { $name } » a été supprimé et ne fonctionne plus.
done-passkey-added = « { $name } » a été ajoutée. Tous les autres appareils ont été déconnectés.
done-passkey-removed = « { $name } » a été retirée. Tous les autres appareils ont été déconnectés.
done-disconnected = { $name } a été déconnecté et ne voit plus rien de vous.
done-post-deleted = « { $name } » a été supprimé.

## overview
## The staff's overview.

overview-title = Vue d’ensemble
overview-today = Connexions aujourd’hui
overview-two-step = Vérification en deux étapes
overview-period = Période
overview-in-utc = Les jours commencent à minuit UTC.
overview-signed-in = Réussies
overview-failed = Échouées
overview-today-short = Aujourd’hui
overview-numbers = Afficher les chiffres
overview-day = Jour
overview-attention = À surveiller
overview-calm = Rien à faire pour l’instant.
overview-ways = Comment on se connecte
overview-no-ways = Aucune connexion comptée pour l’instant.
overview-by-two-steps = Mot de passe et deuxième étape
overview-by-passkey = Clé d’accès
overview-by-password = Mot de passe seul
overview-by-link = Lien par e-mail
overview-by-provider = Autre compte
overview-see = Voir
overview-open = Ouvrir
overview-mail-waits = Le serveur de messagerie les refuse ou ne répond pas.
overview-given-up = L’envoi a été abandonné.
overview-rotate = Remplacez-les en ligne de commande : munjigi keys rotate
overview-system = Système
overview-database = Base de données
overview-session-store = Stockage des sessions
overview-built-in = Intégré
overview-mail = E-mail
overview-no-mail = Pas de serveur de messagerie
overview-mail-idle = Rien en attente
overview-keys = Clés de signature
overview-version = Version
overview-new-this-week = { $n } en plus en 7 jours
overview-failed-count = { $n } échouées
overview-without-two-step = Sans : { $users }
overview-sign-ins-in = Connexions des { $days } derniers jours
overview-daily-average = { $n } par jour en moyenne
overview-last-days = { $days } derniers jours
overview-days = Jours : { $days }
overview-bar = { $day } : { $done } réussies, { $failed } échouées
overview-chart-calm = Connexions par jour du { $from } au { $to } : entre { $fewest } et { $most }. Aucune n’a échoué.
overview-chart = Connexions par jour du { $from } au { $to } : entre { $fewest } et { $most }. Les échecs, sous la ligne, ont culminé le { $on } : { $failed }.
overview-failures-on = { $n } connexions échouées le { $day }
overview-usually = Les autres jours, environ { $n }.
overview-refused-today = Connexions refusées aujourd’hui après trop d’échecs : { $n }
overview-staff-without = Sans vérification en deux étapes : { $n } sur { $all } dans l’équipe
overview-mails-failing = E-mails impossibles à envoyer : { $n }
overview-mails-waiting = { $n } en attente
overview-waiting-since = Le plus ancien est en attente depuis : { $ago }.
overview-app-untold = { $app } ne peut pas être informé des déconnexions
overview-app-refused = { $app } a demandé une adresse qui n’est pas enregistrée
overview-last-time = La dernière fois { $ago }
overview-keys-are-old = Les clés de signature ont { $days } jours
overview-takes-no-writes = n’accepte aucune écriture

## audit
## The staff's page of the audit trail.

audit-title = Journal d’audit
audit-lead =
    { $days ->
        [one] Qui a fait quoi, quand et d’où. Les entrées ne changent jamais et sont supprimées après { $days } jour.
       *[other] Qui a fait quoi, quand et d’où. Les entrées ne changent jamais et sont supprimées après { $days } jours.
    }
audit-event = Événement
audit-any-event = Tous les événements
audit-whom = Compte
audit-by = Fait par
audit-from-day = Du
audit-to-day = Au
audit-when = Heure
audit-place = Origine
audit-gone = supprimé
audit-export = Exporter en CSV
audit-export-lead = Tout ce qui correspond, pas seulement cette page
audit-no-such-user = Personne ne porte ce nom. Les comptes supprimés se retrouvent par leur numéro, comme #12.
audit-older = Entrées plus anciennes

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = Ce n’est pas pour vous
forward-auth-help = Si vous en avez besoin, demandez l’accès aux responsables de ce site.
forward-auth-anonymous = Rien n’est ouvert à cette adresse.
forward-auth-unclear = Cette adresse peut se lire de plusieurs façons
forward-auth-unclear-sentence = Une partie est écrite de façon inhabituelle, et l’une des pages qu’elle pourrait désigner n’est pas pour vous.
forward-auth-unclear-help = Ouvrez la page par un lien de l’application. Si cela mène aussi ici, prévenez les responsables de ce site.
forward-auth-dashboard = Aller à vos applications
forward-auth-home = Aller à l’accueil
forward-auth-trouble = Réessayez dans un instant ou repartez de la page d’accueil.
# Who is signed in, but may not open this.
forward-auth-not-open-to = Vous êtes connecté en tant que { $name }, mais cette page ne vous est pas ouverte.
forward-auth-another = Utiliser un autre compte

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = Applications
apps-lead = Les membres la trouvent parmi leurs applications.
apps-new-behind-proxy = Ajouter une application derrière un proxy
apps-none = Pas encore d’applications
apps-new = Nouvelle application
apps-add = Ajouter l’application
apps-address-hint = Où mène le lien, par exemple https://mail.example.org.
apps-icon-hint = Une lettre, un chiffre ou un emoji. Laissez vide pour utiliser la première lettre du nom.
apps-groups-hint = Les membres des groupes choisis. N’en choisissez aucun pour l’ouvrir à tous les membres.
apps-no-groups = Tous les membres. Pour ne l’ouvrir qu’à certains, créez d’abord un groupe.
apps-email = Adresse e-mail
apps-unverified-email = Transmettre aussi les adresses non confirmées
apps-unverified-email-hint = Derrière un proxy, l’application reçoit l’adresse d’un membre une fois confirmée. Une adresse non confirmée peut appartenir à quelqu’un d’autre.
apps-every-member = Tous les membres
apps-nobody = Personne : ses groupes ont été supprimés
apps-closed = Les groupes de cette application ont été supprimés : personne ne peut plus l’ouvrir. Choisissez des groupes, ou enregistrez sans groupe pour l’ouvrir à tous les membres.
apps-edit = Modifier
apps-save = Enregistrer
apps-delete = Retirer l’application
apps-none-open = Pas encore d’applications
apps-add-some = Ajouter une application
apps-empty-name = Saisissez un nom.
apps-long-name = 60 caractères au plus.
apps-odd-name = Uniquement des caractères visibles, sur une ligne.
apps-empty-address = Saisissez l’adresse de l’application.
apps-long-address = 500 octets au plus.
apps-odd-address = Saisissez une adresse complète sans espaces, comme https://mail.example.org.
apps-wrong-scheme = L’adresse commence par https:// ou http://.
apps-userinfo = Enlevez le nom et le mot de passe avant @ : tout le monde pourrait les lire.
apps-odd-icon = Une lettre, un chiffre ou un emoji.
apps-groups-gone = Un groupe choisi n’existe plus. Choisissez de nouveau.
apps-none-open-lead = Les applications que vous pouvez ouvrir apparaissent ici.
apps-delete-undone = Vous pourrez la rajouter plus tard.
apps-delete-gone = Les membres ne la trouvent plus parmi leurs applications
apps-delete-shut = Le proxy ne laisse plus entrer personne par elle, sauf par une règle
apps-delete-stays = L’application et ses données restent
apps-keep = La garder
apps-count = Applications : { $n }

## board
## The board.

board-title = Forum
board-new = Nouveau message
board-sign-in-to-write = Se connecter pour écrire
board-search = Rechercher dans les titres et textes
board-search-submit = Rechercher
board-all = Afficher tous les messages
board-none = Encore aucun message
board-none-here = Rien parmi ces messages. Peut-être dans les plus anciens.
board-too-many = Vous avez beaucoup écrit cette heure-ci. Patientez un peu ; votre texte est toujours là.
board-gone = Ce message a été supprimé entre-temps. Votre texte est toujours là ; l’enregistrer crée un nouveau message.
board-changed = Ce message a été modifié entre-temps. Relisez-le avant de le supprimer.
board-none-found = Aucun message ne contient ces mots
board-none-older = Il n’y a pas de messages plus anciens
board-older = Messages plus anciens
board-newest = Derniers messages
board-edited = modifié
board-edit = Modifier
board-delete = Supprimer
board-edit-title = Modifier le message
board-title-hint = Jusqu’à 150 caractères.
board-body-hint = Jusqu’à 10 000 caractères. Les adresses web deviennent des liens.
board-publish = Publier
board-save = Enregistrer
board-conflict = Quelqu’un d’autre a modifié ce message entre-temps. Votre texte est toujours là, pas encore enregistré. L’enregistrer remplace l’autre version.
board-theirs = Le message tel qu’il est maintenant
board-overwrite = Enregistrer le mien à la place
board-delete-title = Supprimer ce message ?
board-delete-lead = Il disparaît pour tout le monde et ne peut pas être rétabli.
board-delete-submit = Supprimer le message
board-left = ancien membre
board-empty-title = Saisissez un titre.
board-odd-title = Uniquement des caractères visibles, sur une ligne.
board-empty-body = Écrivez quelque chose.
board-odd-body = Le texte contient un caractère de contrôle invisible. Enlevez-le ou retapez le texte.
board-description = Ce qu’écrivent les gens de ce site.
board-none-lead = Écrivez le premier message.
board-yours = Votre texte
board-keep = Conserver
# $max: as many as there may be; $over: as many as are too many.
board-too-long = { $max } caractères au plus ; il y en a { $over } de trop.

## dashboard
## The page after sign-in.

dashboard-title = Applications
dashboard-unconfirmed = Votre adresse e-mail n’est pas encore confirmée.
dashboard-posts = Sur le forum
dashboard-no-posts = Encore aucun message.
dashboard-see-board = Tout afficher
dashboard-device = Appareil

## profile
## The profile page.

profile-title = Profil
profile-submit = Enregistrer
profile-username-fixed = Vous ne pouvez pas changer votre nom d’utilisateur.
profile-email-hint = Pour la changer, confirmez votre identité.
profile-delete-title = Supprimer votre compte ?
profile-delete-lead = C’est irréversible, pour vous comme pour les responsables de ce site.
profile-delete-link = Supprimer le compte
profile-last-staff = C’est le seul compte administrateur qui peut se connecter. Donnez d’abord ces droits à un autre compte : les responsables peuvent le faire avec munjigi user promote.
profile-delete-submit = Supprimer mon compte
profile-about = À propos de vous
profile-about-lead = Les applications que vous connectez peuvent le voir.
profile-looks = Langue, fuseau horaire et thème
profile-delete-hint = Supprime votre compte et vous déconnecte partout.
profile-delete-posts = Vos messages restent sur le forum sans votre nom, sous « ancien membre »
profile-delete-apps = Les données dans les applications ne sont pas touchées. Demandez à chacune de les supprimer
profile-keep = Conserver
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] Vous êtes déconnecté de cet appareil et de toutes les applications
        [1] Vous êtes déconnecté de cet appareil et de toutes les applications
       *[other] Vous êtes déconnecté de { $sessions } appareils et de toutes les applications
    }
profile-tokens-stop =
    { $tokens ->
        [one] Votre jeton d’API cesse de fonctionner
       *[other] Vos { $tokens } jetons d’API cessent de fonctionner
    }

## sessions
## The sessions page.

sessions-title = Appareils connectés
sessions-lead = Vous êtes connecté sur ces appareils et applications. Une déconnexion prend effet aussitôt.
sessions-this-one = Cet appareil
sessions-unknown-device = Appareil inconnu
sessions-seen = Vu
sessions-now = Active maintenant
sessions-since = Connexion :
sessions-browser-only = jusqu’à la fermeture du navigateur
sessions-app = Client d’API
sessions-end = Se déconnecter
sessions-end-others = Déconnecter tous les autres
sessions-trusted-title = Appareils de confiance
sessions-trusted-lead = Ici, pas de code, seulement votre mot de passe.
sessions-trusted-since = Ajouté
sessions-trusted-until = jusqu’au
sessions-forget = Ne plus faire confiance
# A device: Firefox on macOS.
sessions-browser-on-system = { $browser } sur { $system }

## sign-in-link
## Signing in by mail.

sign-in-link-title = Se connecter par e-mail
sign-in-link-lead = L’adresse de votre compte reçoit un lien qui vous connecte sans mot de passe.
sign-in-link-submit = Envoyer le lien
sign-in-link-with-password = Se connecter avec un mot de passe
sign-in-link-confirm-title = Se connecter ici ?
sign-in-link-confirm-lead = Le lien vous connecte dans ce navigateur.
sign-in-link-confirm-submit = Se connecter
sign-in-link-over-lead = Un lien sert une fois, pendant 30 minutes. Demandez-en un nouveau.

## verify-email
## The pages that confirm an address.

verify-email-code-title = Confirmez votre adresse e-mail
verify-email-code-lead = Ouvrez le lien de l’e-mail demandé, ou saisissez son code ici.
verify-email-member-lead = Ouvrez le lien de l’e-mail envoyé à { $email }, ou saisissez son code ici.
verify-email-confirmed-lead = Votre adresse e-mail est confirmée. Si vous avez demandé à la changer, ouvrez le lien de l’e-mail envoyé à la nouvelle adresse, ou saisissez son code ici.
verify-email-nothing-asked = Aucun e-mail n’a été demandé dans ce navigateur. Connectez-vous pour en demander un.
verify-email-code-hint = 8 chiffres, valables 30 minutes dans ce navigateur.
verify-email-again = Envoyer un nouvel e-mail
verify-email-start-again = Recommencer
verify-email-to-profile = Retour à votre profil
verify-email-confirm-title = Confirmer cette adresse e-mail ?
verify-email-confirm-lead = Confirmez seulement si cette adresse est à vous.
verify-email-account-lead = Cela crée le compte. Si vous ne l’avez pas demandé, fermez cette page.
verify-email-confirm-submit = Confirmer
verify-email-confirm-link = La confirmer
verify-email-unconfirmed = Non confirmée
verify-email-over = Ce lien ne fonctionne plus
verify-email-over-lead = Un lien sert une fois, pendant 30 minutes. Il ne sert plus si le nom d’utilisateur a été pris entre-temps. Recommencez.

## unsent
## The page that sends a form again after sign-in.

unsent-title = Envoyer votre saisie ?
unsent-lead = Vous avez été déconnecté avant qu’elle n’arrive : rien n’est encore enregistré.
unsent-submit = Envoyer

## upstream
## Sign-in with an account at another provider.

upstream-title = Comptes associés
upstream-lead = Des comptes d’autres services qui vous connectent ici.
upstream-not-linked = Non associé
upstream-link = Associer
upstream-unlink = Dissocier
upstream-owner-signs-in = Un compte ici a déjà cette adresse e-mail. S’il est à vous, connectez-vous-y, puis associez les deux.
upstream-no-password = Aucun pour l’instant
upstream-unprotected = Une seule étape protège ce compte.
upstream-set-password = Vous n’avez pas de mot de passe ici. Vous pouvez en définir un par un lien que nous vous envoyons, et confirmer avec lui.
upstream-set-password-link = Définir un mot de passe
# The label of a provider's button.
upstream-continue-with = Se connecter avec { $provider }
upstream-first-sign-in-by = Vous êtes connecté chez { $provider }. Choisissez, une fois, un nom d’utilisateur pour ce site.
upstream-link-account-of = Associer votre compte { $provider } ?
upstream-link-to-account = Il permettra désormais de se connecter à { $username }.
upstream-confirm-with = Confirmer avec { $provider }

## users
## The staff's pages of users.

users-title = Utilisateurs
users-search-label = Nom d’utilisateur ou e-mail
users-status = État
users-any = Tous
users-staff = Administrateurs
users-disabled = Désactivé
users-email-confirmed = Confirmée
users-email-unconfirmed = Non confirmée
users-confirm-email = Marquer l’adresse comme confirmée
users-since = Inscription
users-groups = Groupes
users-no-groups = Il n’y a pas encore de groupe.
users-make-group = En créer un
users-save-groups = Enregistrer les groupes
users-account = Compte
users-id = Numéro
users-last-failure = Dernier échec de connexion
users-second-factor = Deux étapes
users-no-factor = Désactivée
users-never = Aucun enregistré
users-this-is-you = C’est votre propre compte. Gérez-le sur vos propres pages.
users-own-pages = Votre page de sécurité
users-disable = Désactiver
users-enable = Activer
users-enable-lead = Ce compte ne peut pas se connecter. L’activer le permet de nouveau ; ce qui a été terminé ou supprimé le reste.
users-end-sessions = Déconnecter partout
users-require = Exiger un nouveau mot de passe
users-require-lead = Le mot de passe et les jetons d’API cessent aussitôt de fonctionner. L’adresse reçoit un lien et un code pour un nouveau mot de passe.
users-mail-recovery = Commencer une récupération par e-mail
users-mail-recovery-lead = Pour qui a perdu tous ses moyens de connexion. L’adresse reçoit un lien et un code ; rien ne change tant qu’ils ne servent pas, et la vérification en deux étapes est alors désactivée.
users-require-staff = Pour les autres administrateurs, les responsables définissent les mots de passe et retirent les deuxièmes étapes en ligne de commande.
users-link-open = Lien valable jusqu’au
users-sessions = Sessions
users-no-sessions = Connecté nulle part.
users-events = Activité récente
users-all-events = Tout afficher
users-link-title = Un nouveau mot de passe est exigé
users-link-lead = Ce site n’a pas de serveur de messagerie. Remettez ce lien en personne ou par un moyen sûr. Il n’est affiché que maintenant et sert une fois, pendant un jour. Le journal d’audit note que vous l’avez vu.
users-link = Lien
users-back = Retour à l’utilisateur
users-factor-on = Activée
users-device = Appareil
users-sign-out = Se déconnecter
users-back-in = L’aider à revenir
users-require-short = Exiger
users-mail-recovery-short = Commencer
users-not-set = Non défini
users-staff-without-factor = Pas de vérification en deux étapes.
users-keep-enabled = Laisser activé
users-tokens-lost = Ses jetons d’API cessent de fonctionner
users-disable-stays = Messages et groupes restent, et vous pouvez réactiver le compte
users-nobody-found = Aucun utilisateur ne correspond à « { $text } »
users-disable-whom = Désactiver { $name } ?
users-disabled-devices =
    { $devices ->
        [0] Connexion désormais impossible
        [one] Déconnexion immédiate de { $devices } appareil, et connexion désormais impossible
       *[other] Déconnexion immédiate de { $devices } appareils, et connexion désormais impossible
    }
users-without-factor = Sans deuxième étape
users-shown-of = { $shown } sur { $all }
users-shown = { $shown } trouvés sur cette page

## security
## The pages of how one signs in.

security-title = Sécurité
security-protected = Votre compte est bien protégé.
security-protected-lead = Un mot de passe volé ne suffit pas à l’ouvrir.
security-unprotected = Seul votre mot de passe protège ce compte.
security-unprotected-lead = Ajoutez une clé d’accès ou une application d’authentification.
security-unprotected-lead-app = Ajoutez une application d’authentification.
security-no-codes = Vous n’avez plus de codes de récupération.
security-make-codes = En créer de nouveaux
security-ways = Comment vous vous connectez
security-on = Activée
security-on-now = C’est activé
security-change = Modifier
security-manage = Gérer
security-set-up = Configurer
security-see-all = Tout afficher
security-password-title = Mot de passe
security-password-lead = Tous les autres appareils sont déconnectés et vos jetons d’API supprimés.
security-changed = Changé
security-submit = Changer le mot de passe
security-same = Choisissez-en un différent de l’actuel.
security-factor-title = Vérification en deux étapes
security-factor-lead = Demandée après votre mot de passe lors d’une connexion sur un nouvel appareil.
security-app-title = Application d’authentification
security-app-off = Affiche un nouveau code sur votre téléphone toutes les 30 secondes.
security-since = Configurée
security-app-remove = Retirer l’application
security-app-remove-lead = La retirer déconnecte tous les autres appareils.
security-turn-off = Retirer
security-turn-on = Activer
security-codes-row = Codes de récupération
security-low = Presque épuisés
security-new-codes = Nouveaux codes
security-new-codes-title = Créer de nouveaux codes de récupération ?
security-new-codes-get = Vous recevez 10 nouveaux codes, affichés une fois
security-keep-codes = Garder les anciens
security-trusted-lead = Ils ne demandent pas le code pendant un temps.
security-set-up-title = Configurer une application d’authentification
security-required = Votre compte exige la vérification en deux étapes. Tout le reste s’ouvre une fois qu’elle est configurée.
security-scan = Scannez le code avec l’application, puis saisissez ce qu’elle affiche.
security-qr = Code QR ; la clé sur cette page dit la même chose
security-cannot-scan = Impossible de le scanner ?
security-secret-hint = Saisissez cette clé dans l’application.
security-open-app = Ouvrir dans une application sur cet appareil
security-app-code = Code de l’application
security-app-code-wrong = Ce n’est pas le code que l’application affiche maintenant. Si cela se reproduit, vérifiez l’heure de votre téléphone.
security-turned-on = La vérification en deux étapes est activée. Tous les autres appareils ont été déconnectés.
security-passkeys-title = Clés d’accès
security-passkeys-lead = Connectez-vous avec votre empreinte, votre visage ou le code PIN de l’appareil. Une clé d’accès ne fonctionne que sur ce site : personne ne peut l’hameçonner.
security-no-passkeys = Pas encore de clés d’accès
security-add-passkey = Ajouter une clé d’accès
security-passkey-name = Nom
security-passkey-name-hint = Par exemple l’appareil où elle se trouve.
security-passkey-create = Créer la clé d’accès
security-passkey-script = Les clés d’accès demandent JavaScript et un navigateur compatible.
security-passkey-refused = Cette clé d’accès n’a pas fonctionné. Réessayez.
security-passkey-known = Vous avez déjà cette clé d’accès, ou vous en avez trop.
security-rename = Renommer
security-rename-passkey = Renommer la clé d’accès
security-rename-submit = Enregistrer
security-empty-passkey-name = Saisissez un nom.
security-last-way-in = C’est votre seul moyen d’entrer. Définissez d’abord un mot de passe.
security-added = Ajoutée
security-used = dernière utilisation
security-unused = pas encore utilisé
security-instead-passkey = Utiliser plutôt une clé d’accès
security-codes-title = Vos codes de récupération
security-codes-lead = Chacun vous connecte une fois si vous perdez votre téléphone. Ils ne sont affichés que maintenant.
security-codes-keep = Gardez ceux-ci là où vous seul les trouvez, pas seulement sur votre téléphone.
security-codes-old = Vos anciens codes ne fonctionnent plus.
security-codes-file = Codes de récupération Munjigi. Chacun sert une fois :
security-download = Télécharger
security-kept = Je les ai gardés
security-events-title = Activité récente
security-events-lead = Les 20 derniers événements de votre compte.
security-event = Événement
security-place = Origine
security-by-operator = les responsables de ce site
security-by-staff = par un administrateur
security-recovery-left =
    { $left ->
        [one] { $left } restant sur 10
       *[other] { $left } restants sur 10
    }
security-codes-stop =
    { $left ->
        [one] Le code qui vous reste cesse de fonctionner
       *[other] Les { $left } codes qui vous restent cessent de fonctionner
    }

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = Jetons d’API
tokens-lead = Laissez un script ou un serveur agir pour vous, dans les limites que vous choisissez.
tokens-ends = Il cesse de fonctionner quand vous le supprimez ou changez votre mot de passe.
tokens-empty = Pas encore de jetons
tokens-by-password = D’un programme qui avait votre mot de passe
tokens-expires = Expiration
tokens-never = N’expire jamais
tokens-expired = Expiré
tokens-used = dernière utilisation
tokens-unused = pas encore utilisé
tokens-created = créé
tokens-delete = Supprimer
tokens-new-title = Nouveau jeton
tokens-name-hint = À quoi il sert, par exemple Script de sauvegarde.
tokens-scopes-hint = Ne choisissez que ce dont le programme a besoin.
tokens-days-30 = Dans 30 jours
tokens-days-90 = Dans 90 jours
tokens-days-365 = Dans un an
tokens-submit = Créer le jeton
tokens-made-lead = Copiez le jeton maintenant. Il ne sera plus affiché, et quiconque le possède peut l’utiliser.
tokens-token = Jeton
tokens-try-it = L’essayer dans un terminal
tokens-done = Je l’ai copié
tokens-profile-read = Lire votre profil
tokens-profile-write = Modifier votre profil
tokens-sessions-read = Lister vos sessions
tokens-sessions-write = Vous déconnecter
tokens-posts-read = Lire le forum
tokens-posts-write = Écrire sur le forum
tokens-security-read = Lister vos jetons d’API
tokens-security-write = Changer votre mot de passe et créer des jetons d’API
tokens-empty-name = Saisissez un nom.
tokens-no-scopes = Choisissez-en au moins un.
tokens-beyond-granted = Cela dépasse ce que votre propre jeton peut faire.
tokens-past-expiry = C’est dans le passé.
tokens-late-expiry = Choisissez une date dans les dix ans.
tokens-odd-expiry = Donnez une date comme 2030-01-31T09:00:00Z.
tokens-too-many = Vous avez 50 jetons, le maximum. Supprimez-en un d’abord.
tokens-some-program = Un programme
tokens-required = Ce champ est obligatoire.
tokens-null = Ce champ ne peut pas être null.
tokens-blank = Ce champ ne peut pas être vide.
tokens-no-text = Ce n’est pas une chaîne valable.
tokens-wrong = Connexion impossible avec ces informations.
tokens-empty-lead = Créez le premier ci-dessous.
tokens-yours = Vos jetons
tokens-is-ready = « { $name } » est prêt

## time
## Times and waits.

time-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
time-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
# $wait: such as 15 minutes.
time-try-again-in = Réessayez dans { $wait }.
time-just-now = à l’instant
time-minutes-ago =
    { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
time-hours-ago =
    { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
time-days-ago =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
# The zone of a page's times, said once.
time-zone = Heures en { $zone }
# A date in a sentence, of this year and of another.
time-date = { $day } { $month }
time-date-of-year = { $day } { $month } { $year }
# A date as a heading, of this year and of another.
time-heading = { $weekday } { $day } { $month }
time-heading-of-year = { $weekday } { $day } { $month } { $year }
time-month-1 = janvier
time-month-2 = février
time-month-3 = mars
time-month-4 = avril
time-month-5 = mai
time-month-6 = juin
time-month-7 = juillet
time-month-8 = août
time-month-9 = septembre
time-month-10 = octobre
time-month-11 = novembre
time-month-12 = décembre
# As in 12 Nov.
time-month-1-short = janv.
time-month-2-short = févr.
time-month-3-short = mars
time-month-4-short = avr.
time-month-5-short = mai
time-month-6-short = juin
time-month-7-short = juil.
time-month-8-short = août
time-month-9-short = sept.
time-month-10-short = oct.
time-month-11-short = nov.
time-month-12-short = déc.
time-weekday-1 = lundi
time-weekday-2 = mardi
time-weekday-3 = mercredi
time-weekday-4 = jeudi
time-weekday-5 = vendredi
time-weekday-6 = samedi
time-weekday-7 = dimanche
