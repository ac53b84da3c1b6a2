### The texts of pages and mails in Spanish: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = Ir al contenido
layout-navigation = Menú principal
layout-settings = Ajustes
layout-your-account = Tu cuenta:
layout-dashboard = Aplicaciones
layout-profile = Perfil
layout-sessions = Dispositivos
layout-security = Seguridad
layout-tokens = Tokens de API
layout-login = Iniciar sesión
layout-register = Registrarse
layout-logout = Cerrar sesión
layout-language = Idioma
layout-help = Ayuda
layout-terms = Condiciones
layout-privacy = Privacidad
layout-error = Error
layout-problems = Corrige esto primero
layout-cancel = Cancelar
layout-confirm-title = Confirma que eres tú
layout-confirm-lead = Escribe tu contraseña.
layout-confirm-either = Usa tu segundo paso o tu contraseña.
layout-confirm-factor = Esto cambia tu forma de iniciar sesión, así que usa tu segundo paso.
layout-act-change-email = Estás cambiando tu correo.
layout-act-delete-account = Estás eliminando tu cuenta.
layout-act-change-password = Estás cambiando tu contraseña.
layout-act-add-app = Estás configurando una aplicación de autenticación.
layout-act-remove-app = Estás quitando tu aplicación de autenticación.
layout-act-new-codes = Estás creando nuevos códigos de recuperación.
layout-act-remove-passkey = Estás quitando una llave de acceso.
layout-act-add-passkey = Estás añadiendo una llave de acceso.
layout-act-create-token = Estás creando un token de API.
layout-act-staff = Estás cambiando algo como administrador.
layout-passkey-failed = No ha funcionado. Inténtalo de nuevo o elige otra forma.
layout-passkey-cancelled = Cancelado o fuera de tiempo. Inténtalo de nuevo o elige otra forma.
layout-passkey-on-device = Este dispositivo ya tiene una llave de acceso para esta cuenta.
layout-passkey-unverified = Este dispositivo no puede comprobar que eres tú. Configura un bloqueo de pantalla o un PIN, o usa otro dispositivo.
layout-passkey-address = Las llaves de acceso solo funcionan en la dirección propia de este sitio. Ábrelo allí o elige otra forma.
layout-or = o
layout-confirm-submit = Continuar
layout-staff = Administración
layout-board = Tablón
layout-welcome = Tu cuenta está lista.
layout-saved = Guardado.
layout-password-changed = Tu contraseña ha cambiado. Se ha cerrado la sesión en los demás dispositivos y se han eliminado tus tokens de API.
layout-others-ended = Se ha cerrado la sesión en los demás dispositivos.
layout-signed-out = Has cerrado la sesión.
layout-session-over = Tu sesión se ha cerrado. Inicia sesión de nuevo.
layout-not-sent-yet = Tu sesión se ha cerrado, así que aún no se ha guardado nada. Inicia sesión para enviar lo que has escrito.
layout-not-sent = Tu sesión se ha cerrado, así que no se ha guardado nada. Inicia sesión e inténtalo de nuevo.
layout-other-member = Esa página era de otra cuenta. No se ha guardado nada.
layout-too-many-codes = Demasiados códigos incorrectos. Inicia sesión de nuevo.
layout-stage-over = Ha tardado demasiado. Inicia sesión de nuevo.
layout-post-saved = Tu publicación está en el tablón.
layout-password-set = Tu contraseña está lista. Inicia sesión con ella.
layout-mail-sent = El correo está en camino.
layout-email-confirmed = Tu correo está confirmado.
layout-not-followed = Has iniciado sesión. La dirección de la que vienes no es de una aplicación de este sitio, así que nos hemos quedado aquí.
layout-not-recognised = Has iniciado sesión, pero la aplicación no lo ha notado. Avisa a los responsables de este sitio.
layout-account-deleted = Tu cuenta se ha eliminado.
layout-app-added = La aplicación de autenticación está configurada. Tus códigos de recuperación siguen valiendo. Se ha cerrado la sesión en los demás dispositivos.
layout-app-removed = La aplicación de autenticación se ha quitado. Se ha cerrado la sesión en los demás dispositivos.
layout-copy = Copiar
layout-copied = Copiado
layout-provider-failed = No se ha podido iniciar sesión con { $provider }. Inténtalo de nuevo o elige otra forma.
layout-provider-cancelled = Has cancelado en { $provider }. No ha cambiado nada.
layout-provider-late = Ha tardado demasiado o ya estaba hecho. Elige { $provider } de nuevo.
layout-provider-closed = Ninguna cuenta de aquí corresponde a esta cuenta de { $provider }, y no se pueden crear nuevas. Si tienes una cuenta, inicia sesión y vincula ambas en «Seguridad».
layout-provider-domain = Tu dirección de { $provider } no puede crear una cuenta aquí. Elige otra cuenta o pregunta a los responsables de este sitio.
layout-provider-group = Tu cuenta de { $provider } no está en ningún grupo que pueda crear una cuenta aquí. Pregunta a los responsables de este sitio.
layout-provider-uninvited = Solo las personas invitadas pueden venir con { $provider }. Pregunta a los responsables de este sitio.
layout-provider-disabled = La cuenta a la que corresponde tu cuenta de { $provider } está desactivada. Pregunta a los responsables de este sitio.
layout-provider-linked = Tu cuenta de { $provider } se ha vinculado. Desde ahora puedes iniciar sesión con ella.
layout-provider-unlinked = Tu cuenta de { $provider } se ha desvinculado. Ya no puedes iniciar sesión con ella.
layout-provider-of-another = Esa cuenta de { $provider } pertenece a otra cuenta de aquí. No ha cambiado nada.
layout-provider-has-one = Tu cuenta tiene vinculada otra cuenta de { $provider }. Desvincula esa primero.
layout-provider-confirmed = { $provider } ha confirmado que eres tú. Repite ahora lo que ibas a hacer.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = Nombre de usuario o correo
field-username = Nombre de usuario
field-username-hint = Letras y números de cualquier idioma. No podrás cambiarlo después.
field-email = Correo electrónico
field-password = Contraseña
field-new-password = Nueva contraseña
field-current-password = Contraseña actual
field-code = Código
field-code-hint = 6 cifras de tu aplicación de autenticación, o un código de recuperación.
field-user-code = Código del dispositivo
field-app-code-hint = Las 6 cifras que la aplicación muestra ahora.
field-password-hint = Al menos 8 caracteres. Tres o cuatro palabras sin relación funcionan bien.
field-display-name = Nombre
field-display-name-hint = Lo que ven los demás. Déjalo vacío para usar tu nombre de usuario.
field-name = Nombre
field-app-address = Dirección
field-icon = Icono
field-app-groups = Quién puede abrirla
field-language = Idioma
field-follow-browser = Como el navegador
field-time-zone = Zona horaria
field-theme = Tema
field-title = Título
field-body = Texto
field-redirect-uris = URI de redirección
field-post-logout-redirect-uris = Direcciones tras cerrar sesión
field-backchannel-logout-uri = Dirección de cierre de sesión
field-jwks = Claves públicas
field-grants = Qué puede cambiar por tokens
field-scope = Ámbitos (scopes)
field-resources = API
field-scopes = Puede
field-expires-at = Caduca
field-theme-auto = Sistema
field-theme-light = Claro
field-theme-dark = Oscuro
field-empty-username = Escribe un nombre de usuario.
field-long-username = Usa 32 caracteres como máximo.
field-odd-username = Usa solo letras y números, con . - _ entre ellos.
field-taken-username = Este nombre de usuario está ocupado o se parece demasiado a otro. Prueba con otro.
field-empty-email = Escribe tu correo electrónico.
field-long-email = Una dirección tiene 254 caracteres como máximo.
field-long-local = La parte antes de @ tiene 64 caracteres como máximo.
field-bad-email = Escribe una dirección como name@example.org.
field-invisible = Hay un carácter que no se ve. Escríbelo en lugar de pegarlo.
field-look-alike-email = Algunas letras solo parecen latinas. Escribe la dirección con letras latinas.
field-taken-email = Ya hay una cuenta con esta dirección.
field-long-display-name = Usa 60 caracteres como máximo.
field-odd-display-name = Usa caracteres visibles en una línea.
field-empty-password = Escribe una contraseña.
field-short-password = Usa al menos 8 caracteres.
field-long-password = Usa 128 caracteres como máximo.
field-common-password = Demasiado fácil de adivinar. Añade una o dos palabras sin relación.
field-personal-password = Demasiado parecida a tu nombre, tu correo o el nombre de este sitio. Elige algo sin relación.
field-wrong-password = Esta no es tu contraseña actual.
field-wrong-code = Código incorrecto o caducado.
field-send-password = Escribiste la contraseña hace demasiado tiempo: envíala como current_password.
field-send-code = Diste un código hace demasiado tiempo: envía uno como code.
field-missing = Falta este dato.
field-wrong-type = No es del tipo esperado.
field-twice = Este nombre aparece dos veces.
field-bad-choice = Elige una de las opciones ofrecidas.

## error
## Titles and sentences of the error pages.

error-bad-request = No se puede leer esta solicitud
error-bad-request-help = Una parte estaba dañada o se envió dos veces. Vuelve atrás, recarga la página e inténtalo de nuevo.
error-unauthorized = No has iniciado sesión
error-unauthorized-help = Inicia sesión primero o envía un token válido con la solicitud.
error-forbidden = Esta página no está abierta para ti
error-forbidden-help = No puedes hacer esto, o la solicitud vino de otro sitio. Abre la página aquí e inténtalo de nuevo.
error-set-up-first = Esta cuenta necesita la verificación en dos pasos. Inicia sesión con un navegador y configúrala primero.
error-needs-session = Un token de API no puede hacer esto. Inicia sesión y usa la sesión o su token de acceso.
error-reauth-required = Hace falta una contraseña o un código dado en los últimos 10 minutos. Envíalo, o confirma antes que eres tú.
error-not-found = Aquí no hay nada
error-not-found-help = La dirección puede estar mal escrita, o lo que había ya no existe.
error-method = Esta dirección funciona de otra forma
error-method-help = La página no admite este tipo de solicitud. Empieza de nuevo desde el inicio.
error-timeout = Ha tardado demasiado
error-timeout-help = La solicitud no llegó a tiempo. Comprueba tu conexión e inténtalo de nuevo.
error-too-large = Era demasiado de una vez
error-too-large-help = Los formularios admiten hasta 128 kB. Acorta lo que has escrito e inténtalo de nuevo.
error-media-type = Este tipo de contenido no sirve aquí
error-media-type-help = Usa el formulario de la página.
error-misdirected = Esta no es la dirección de este sitio
error-misdirected-help = El servidor no responde a este nombre de host. Sus responsables pueden añadirlo a MUNJIGI_ALLOWED_HOSTS.
error-unprocessable = Revisa lo que has escrito
error-unprocessable-help = Vuelve atrás y corrige los campos marcados.
error-conflict = Esto ha cambiado mientras tanto
error-conflict-help = Léelo de nuevo y decide si tu cambio aún sirve.
error-too-many = Demasiados intentos
error-too-many-help = Esto protege las cuentas.
error-internal = Algo ha fallado por nuestra parte
error-internal-help = Tus datos están a salvo. Inténtalo de nuevo. Si sigue ocurriendo, da el ID de solicitud de abajo a los responsables de este sitio.
error-unavailable = Volvemos en un momento
error-unavailable-help = Tu sesión sigue abierta.
error-other = No ha funcionado
error-other-help = Vuelve atrás e inténtalo de nuevo.
error-rule = Denegado por
error-request = ID de solicitud
error-home = Ir al inicio
error-dashboard = Ir a tus aplicaciones

## event
## What the audit trail tells, in words.

event-registered = Cuenta creada
event-signed-in = Inicio de sesión
event-sign-in-failed = Inicio de sesión fallido
event-signed-out = Cierre de sesión
event-session-ended = Sesión terminada
event-refresh-reused = Un token de una aplicación se usó dos veces, así que se cerró su sesión
event-keys-rotated = Claves renovadas
event-keys-forgotten = Claves antiguas olvidadas, todas las sesiones cerradas
event-others-ended = Otras sesiones terminadas
event-all-ended = Todas las sesiones terminadas
event-password-changed = Contraseña cambiada
event-password-failed = Contraseña incorrecta
event-password-confirmed = Contraseña confirmada
event-provider-confirmed = Identidad confirmada en el otro servicio
event-password-required = Nueva contraseña exigida
event-password-link-shown = Enlace a una nueva contraseña mostrado a un administrador
event-shown-link-used = Nueva contraseña elegida con un enlace mostrado a un administrador
event-password-reset = Nueva contraseña elegida con un enlace
event-password-reset-asked = Nueva contraseña pedida por correo
event-recovery-started = Recuperación iniciada
event-sign-in-link-sent = Enlace de inicio de sesión pedido
event-sign-in-link-used = Enlace de inicio de sesión usado
event-email-verified = Correo confirmado
event-email-vouched = Correo confirmado por un administrador
event-email-change-asked = Cambio de correo pedido
event-totp-added = Aplicación de autenticación configurada
event-totp-removed = Aplicación de autenticación quitada
event-passkey-added = Llave de acceso añadida
event-passkey-renamed = Llave de acceso renombrada
event-passkey-removed = Llave de acceso quitada
event-recovery-codes-made = Nuevos códigos de recuperación creados
event-recovery-code-used = Código de recuperación usado
event-second-factor-failed = Contraseña correcta, pero código incorrecto
event-second-factor-confirmed = Código confirmado
event-factors-removed = Segundos pasos quitados para una recuperación
event-identity-linked = Cuenta de otro servicio vinculada
event-identity-unlinked = Cuenta de otro servicio desvinculada
event-provider-signed-out = Cierre de sesión en el otro servicio
event-device-trusted = Dispositivo de confianza añadido
event-device-forgotten = Dispositivo ya no es de confianza
event-email-changed = Correo cambiado
event-account-deleted = Cuenta eliminada
event-disabled = Cuenta desactivada
event-enabled = Cuenta activada
event-promoted = Derechos de administrador concedidos
event-demoted = Derechos de administrador retirados
event-group-created = Grupo creado
event-group-changed = Grupo cambiado
event-group-deleted = Grupo eliminado
event-group-joined = Añadido a un grupo
event-group-left = Quitado de un grupo
event-post-edited = Publicación editada por un moderador
event-post-deleted = Publicación eliminada por un moderador
event-application-added = Aplicación añadida
event-application-changed = Aplicación cambiada
event-application-removed = Aplicación quitada
event-app-secret-rotated = Nuevo secreto de aplicación creado
event-app-secret-ended = Secreto antiguo de aplicación anulado
event-app-disabled = Aplicación desactivada: ya no está declarada en el archivo
event-app-enabled = Aplicación activada de nuevo
event-app-signed-in = Inicio de sesión en una aplicación
event-app-connected = Aplicación conectada
event-app-disconnected = Aplicación desconectada
event-app-code-reused = El código de inicio de sesión de una aplicación se usó dos veces
event-app-refresh-reused = Un token antiguo de una aplicación se usó otra vez
event-token-created = Token de API creado
event-token-deleted = Token de API eliminado
event-audit-exported = Registro de auditoría exportado
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count } veces, la última { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = Grupos
groups-lead = Un grupo da permisos a sus miembros y les abre aplicaciones.
groups-none = Aún no hay grupos
groups-new = Nuevo grupo
groups-name = Nombre del grupo
groups-create = Crear grupo
groups-permissions = Permisos
groups-signing-in = Inicio de sesión
groups-second-factor = Sus miembros necesitan la verificación en dos pasos y la configuran primero
groups-members = Miembros
groups-no-members = Este grupo aún no tiene miembros.
groups-more-members = Mostrar más
groups-add = Añadir
groups-add-member = Nombre de usuario o correo que añadir
groups-remove = Quitar
groups-save = Guardar
groups-delete = Eliminar grupo
groups-empty-name = Escribe un nombre.
groups-long-name = Usa 60 caracteres como máximo.
groups-odd-name = Usa caracteres visibles en una línea.
groups-taken-name = Este nombre está ocupado. Prueba con otro.
groups-no-such-user = No hay ningún usuario con este nombre.
groups-add-post = Escribir publicaciones (todos los miembros)
groups-change-post = Editar publicaciones de cualquiera
groups-delete-post = Eliminar publicaciones de cualquiera
groups-view-post = Leer publicaciones (todos)
groups-settings = Nombre y derechos
groups-keep = Conservar
groups-delete-undone = No se puede deshacer.
groups-delete-stays = Las cuentas de sus miembros se conservan
groups-delete-group = ¿Eliminar el grupo { $name }?
groups-members-lose =
    { $members ->
        [one] { $members } miembro pierde al instante lo que el grupo permite
       *[other] { $members } miembros pierden al instante lo que el grupo permite
    }
groups-apps-close =
    { $apps ->
        [one] { $apps } aplicación deja de estar abierta para ellos
       *[other] { $apps } aplicaciones dejan de estar abiertas para ellos
    }
groups-new-lead = Los permisos y los miembros vienen en la página siguiente.
groups-count = Grupos: { $n }

## home
## The home page.

home-title = Bienvenida
home-description = Inicia sesión una vez y abre todas las aplicaciones de este sitio.
home-lead = Un inicio de sesión para todas las aplicaciones
home-body = Inicia sesión para abrir las aplicaciones de este sitio.
home-login = Iniciar sesión
home-register = Crear una cuenta
home-board = Leer el tablón

## register
## The registration page.

register-title = Crea tu cuenta
register-description = Crea una cuenta para las aplicaciones de este sitio.
register-lead = Una cuenta para todas las aplicaciones de aquí.
register-submit = Crear cuenta
register-have-account = ¿Ya tienes una cuenta?
register-login = Iniciar sesión
register-closed = El registro está cerrado
register-closed-help = Los responsables de este sitio crean las cuentas nuevas. Pídeles una.

## login
## The sign-in page.

login-title = Iniciar sesión
login-description = Inicia sesión con tu contraseña o una llave de acceso.
# Under the title: where one goes after sign-in.
login-leads-to = para continuar en { $host }
login-remember = Mantener la sesión abierta en este dispositivo
login-submit = Iniciar sesión
login-no-account = ¿Es tu primera vez?
login-register = Crear una cuenta
login-empty-login = Escribe tu nombre de usuario o correo.
login-empty-password = Escribe tu contraseña.
login-wrong = Nombre de usuario o contraseña incorrectos. Inténtalo de nuevo.
login-code-needed = Esta cuenta usa la verificación en dos pasos. Envía también un código.
login-wrong-code = Código incorrecto o ya usado. Escribe el que se muestra ahora.
login-empty-code = Escribe un código.
login-set-up-first = Esta cuenta necesita la verificación en dos pasos. Inicia sesión con un navegador y configúrala primero.
login-signed-in = Has iniciado sesión
login-verify-title = Escribe tu código
login-verify-lead = Abre tu aplicación de autenticación y escribe las 6 cifras que muestra ahora.
login-verify-any = Escribe las 6 cifras que muestra ahora tu aplicación de autenticación, o usa una llave de acceso.
login-verify-hint = También sirve un código de recuperación.
login-verify-submit = Continuar
login-other-account = Iniciar sesión con otra cuenta
login-lost = ¿Has perdido el teléfono y los códigos?
login-lost-help = Los responsables de este sitio pueden ayudarte a volver.
login-by-passkey = Iniciar sesión con una llave de acceso
login-verify-by-passkey = Usar una llave de acceso
login-late-passkey = Esta página ha estado abierta demasiado tiempo. Inténtalo de nuevo.
login-wrong-passkey = Esta llave de acceso no ha funcionado. Inténtalo de nuevo o inicia sesión de otra forma.
login-disabled = Esta cuenta está desactivada. Pregunta a los responsables de este sitio.
login-unverified = Confirma primero tu correo: inicia sesión en la página y un correo te dirá cómo.
login-by-mail = Recibir un enlace de inicio de sesión por correo
login-logout-title = ¿Cerrar sesión?
login-logout-lead = Cerrarás la sesión aquí y en las aplicaciones que abriste con esta cuenta.
login-forgot = ¿Olvidaste la contraseña?
# The offer to trust a device.
login-trust-days =
    { $days ->
        [one] No preguntar en este dispositivo durante { $days } día
       *[other] No preguntar en este dispositivo durante { $days } días
    }
login-trust-hours =
    { $hours ->
        [one] No preguntar en este dispositivo durante { $hours } hora
       *[other] No preguntar en este dispositivo durante { $hours } horas
    }
# $wait: such as 15 minutes.
login-too-many-failures = Demasiados intentos fallidos. Inténtalo de nuevo en { $wait }.
# Which app is next after sign-in.
login-leading-on-to = { $host } se abre en un momento.

## mail
## What mails say.

mail-hello = Hola:
mail-code = O escribe este código en la página donde lo pediste:
mail-once = El enlace y el código sirven una vez, durante 30 minutos.
mail-ignore = Si no fuiste tú, no tienes que hacer nada.
mail-signature = Enviado por el servidor de acceso de { $site }.
mail-reset-subject = Elige una nueva contraseña
mail-reset = Se ha pedido una nueva contraseña para tu cuenta. Abre el enlace para elegirla.
mail-reset-button = Elegir contraseña
mail-recovery-subject = Vuelve a tu cuenta
mail-recovery = Un administrador ha iniciado la recuperación de tu cuenta. Abre el enlace y elige una nueva contraseña para completarla.
mail-recovery-ignore = Si no lo pediste, no abras el enlace y avísale.
mail-new-password = Un administrador exige una nueva contraseña para tu cuenta. La antigua ya no funciona. Abre el enlace para elegir otra.
mail-once-in-a-day = El enlace y el código sirven una vez, durante 24 horas.
mail-sign-in-subject = Tu enlace de inicio de sesión
mail-sign-in = Abre el enlace para iniciar sesión.
mail-sign-in-button = Iniciar sesión
mail-register-subject = Confirma tu dirección
mail-register = Alguien está creando una cuenta con esta dirección. Si eres tú, confirma que es tuya.
mail-verify = Confirma que esta dirección es tuya.
mail-verify-button = Confirmar dirección
mail-change = Esta dirección va a ser la de una cuenta. Confirma que es tuya.
mail-taken-subject = Ya tienes una cuenta
mail-taken = Alguien ha intentado usar esta dirección para una cuenta, pero ya pertenece a la tuya. Si fuiste tú: inicia sesión, o elige una nueva contraseña si la has olvidado.
mail-taken-button = Iniciar sesión
mail-moving-subject = Se ha pedido una nueva dirección
mail-moving = La dirección de tu cuenta está a punto de cambiar; solo falta confirmar la nueva.
mail-moved-subject = Tu dirección ha cambiado
mail-moved = Tu cuenta tiene ahora otra dirección. A esta ya no se enviará nada.
mail-password-subject = Tu contraseña ha cambiado
mail-password = Tu cuenta tiene una nueva contraseña. Se ha cerrado la sesión en los demás dispositivos.
mail-password-removed-subject = Se ha eliminado tu contraseña
mail-password-removed = Has confirmado esta dirección al iniciar sesión con un enlace. La contraseña anterior podría haberla elegido otra persona, así que ya no sirve. Puedes elegir una nueva.
mail-device-subject = Inicio de sesión en un dispositivo nuevo
mail-device = Alguien ha iniciado sesión en tu cuenta desde un navegador que no se había usado antes.
mail-factors-subject = Tu segundo paso ha cambiado
mail-factors = Ha cambiado lo que se pide después de tu contraseña.
mail-linked-subject = Se ha vinculado una cuenta de otro servicio
mail-linked = Ahora permite iniciar sesión en tu cuenta de aquí.
mail-unlinked-subject = Se ha desvinculado una cuenta de otro servicio
mail-unlinked = Ya no permite iniciar sesión en tu cuenta de aquí.
mail-token-subject = Un programa ha recibido un token de API
mail-token = Un programa ha iniciado sesión con tu contraseña y ha recibido un token de API. Con él puede actuar por ti en la API hasta que el token caduque o lo elimines en la página «Tokens de API».
mail-notices-withheld = Ha habido varios sucesos así en una hora. Los correos sobre otros se retienen durante una hora; la página «Seguridad» los muestra todos.
mail-not-you = Si no fuiste tú: elige enseguida una nueva contraseña, lo que termina todas las sesiones.
mail-not-you-button = Elegir contraseña
mail-test-subject = Una prueba
mail-test = Este correo muestra que los correos llegan.
mail-greeting = Hola, { $name }:
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = O escribe este código, con tu nombre de usuario, en { $link }
# $when: day and hour.
mail-by-operator = { $when } · por los responsables de este sitio
mail-circumstances = { $when }, { $device }, desde { $address }.
mail-asked = Solicitado desde { $device }, { $address }, { $when }.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = como
oidc-not-you = ¿No eres tú?
oidc-sees-profile = Tu nombre y nombre de usuario
oidc-sees-email = Tu correo:
oidc-sees-groups = Tus grupos:
oidc-sees-no-groups = Tus grupos (ahora, ninguno)
oidc-sees-identity = Que eres tú, cada vez que vuelves
oidc-stays = Que tu sesión sigue abierta mientras no estás, hasta que la desconectes
oidc-own-scope = Uso de
oidc-resource = Acceso en tu nombre a
oidc-no-password = Nunca ve tu contraseña y no puede cambiar tu cuenta.
oidc-goes-to = Irás a
oidc-allow = Permitir y continuar
oidc-deny = Cancelar
oidc-later = Puedes desconectarla en cualquier momento en
oidc-connected-apps = Aplicaciones conectadas
oidc-select-lead = Has iniciado sesión en este dispositivo.
oidc-proceed = Continuar
oidc-another = Usar otra cuenta
oidc-going = Si no pasa nada, pulsa el botón.
oidc-not-your-app-help = Si la necesitas, pide acceso a los responsables de este sitio.
oidc-problem-title = Esta aplicación no está bien configurada
oidc-unknown-app = Este sitio no conoce la aplicación de la que vienes. Avisa a los responsables de la aplicación.
oidc-unreadable = La aplicación ha enviado una solicitud que no se puede leer. Avisa a los responsables de la aplicación.
oidc-logout-title = ¿Cerrar sesión?
oidc-logout-lead = Cerrarás la sesión aquí y en las aplicaciones que abriste desde aquí.
oidc-logout = Cerrar sesión
oidc-stay = Mantener la sesión
oidc-logout-problem-title = No se ha cerrado tu sesión
oidc-logout-hint = La solicitud de la aplicación no es de este sitio. Puedes cerrar la sesión aquí.
oidc-logout-redirect-uri = La aplicación ha pedido enviarte a una dirección que no es suya. Puedes cerrar la sesión aquí.
oidc-connected-lead = Estas aplicaciones saben quién eres. Al desconectar una, su acceso termina al instante.
oidc-none-connected = Ninguna aplicación conectada
oidc-connected-since = Conectada
oidc-disconnect = Desconectar
oidc-unregistered = Los responsables de este sitio no han revisado esta aplicación. Se describe en
oidc-device-title = Conectar un dispositivo
oidc-device-lead = Escribe el código que muestra tu televisor, consola o línea de comandos.
oidc-device-hint = 8 letras, como BCDF-GHJK.
oidc-device-warning = Usa solo el código de un dispositivo que tengas delante. Si alguien te ha enviado un código, para: entraría en tu cuenta.
oidc-device-asked-from = Pedido desde
oidc-device-allow = Permitir este dispositivo
oidc-device-return = Puedes volver a tu dispositivo.
oidc-device-ended = El dispositivo no recibe nada. Si no lo pediste, puedes cerrar esta página.
oidc-wrong-user-code = Ningún dispositivo espera con este código. Los códigos caducan a los 10 minutos; compruébalo o consigue otro en el dispositivo.
oidc-none-connected-lead = Una aplicación aparece aquí cuando le permites iniciar tu sesión.
oidc-sees = Ve
oidc-sign-in-to = Iniciar sesión en { $app }
oidc-continue-to = Continuar en { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } verá
oidc-device-allowed = { $app } está conectada
oidc-device-denied = { $app } no está conectada
oidc-not-your-app = { $app } no está abierta para ti
oidc-wrong-redirect-uri = { $app } ha pedido enviarte a una dirección que no tiene registrada. Avisa a los responsables de la aplicación; el registro de este sitio dice en qué difiere.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = nombre y nombre de usuario
oidc-scope-email = correo electrónico
oidc-scope-groups = grupos
oidc-scope-offline = también mientras no estás

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = Añadir una aplicación
oidc-apps-new-lead = ¿Qué tipo de aplicación es?
oidc-apps-behind-proxy = Detrás de un proxy
oidc-apps-behind-proxy-lead = Una aplicación sin inicio de sesión propio. Tu proxy pregunta aquí quién puede abrirla.
oidc-apps-openid = OpenID Connect
oidc-apps-openid-lead = Una aplicación que inicia aquí la sesión por sí misma. Elígela para tenerlo todo relleno.
oidc-apps-own-app = Otra aplicación
oidc-apps-mcp-client = Cliente MCP
oidc-apps-address = Dirección de la aplicación
oidc-apps-address-hint = Donde se abre, como https://grafana.example.org.
oidc-apps-mcp-hint = La dirección del servidor MCP, como https://mcp.example.org/notes.
oidc-apps-more = Más ajustes
oidc-apps-derived-hint = Una por línea. Déjalo vacío para deducirla de la dirección de la aplicación.
oidc-apps-lines-hint = Una por línea.
oidc-apps-redirect-uris = URI de redirección
oidc-apps-redirect-hint = Adonde la aplicación hace volver al navegador tras iniciar sesión. Una por línea, exactamente como las envía.
oidc-apps-post-logout = Direcciones tras cerrar sesión
oidc-apps-backchannel = Dirección de cierre de sesión
oidc-apps-backchannel-hint = Donde se avisa a la aplicación de las sesiones que terminan (back-channel logout).
oidc-apps-auth-method = Cómo se acredita la aplicación
oidc-apps-with-basic = Secreto, en la cabecera (client_secret_basic)
oidc-apps-with-post = Secreto, en el formulario (client_secret_post)
oidc-apps-with-key = Clave propia (private_key_jwt)
oidc-apps-with-none = De ninguna forma: un programa en los dispositivos de la gente (none)
oidc-apps-jwks = Claves públicas
oidc-apps-jwks-hint = Para private_key_jwt: un JWK Set, o la dirección https de la que se obtiene.
oidc-apps-subject = Cómo reconoce a las personas
oidc-apps-public-subject = Por un nombre que otras aplicaciones también conocen
oidc-apps-pairwise-subject = Por un nombre propio (pairwise)
oidc-apps-grants = Qué puede cambiar por tokens
oidc-apps-grant-code = Inicio de sesión de una persona
oidc-apps-grant-refresh = Renovación
oidc-apps-grant-credentials = La aplicación en su propio nombre
oidc-apps-grant-device = Código del dispositivo
oidc-apps-scopes = Ámbitos (scopes)
oidc-apps-scopes-hint = Separados por espacios. Déjalo vacío para los que la aplicación suele necesitar.
oidc-apps-alg = Algoritmo de los tokens de identidad
oidc-apps-resources = API
oidc-apps-resources-hint = Direcciones de las API para las que puede pedir tokens de acceso. Una por línea.
oidc-apps-access-lifetime = Validez de los tokens de acceso
oidc-apps-access-lifetime-hint = Por ejemplo, 10m o 2h. Vacío: 1 hora, y 5 minutos para las API.
oidc-apps-id-lifetime = Validez de los tokens de identidad
oidc-apps-id-lifetime-hint = Por ejemplo, 10m o 2h. Vacío: 1 hora.
oidc-apps-refresh-lifetime = Validez de los tokens de renovación sin usar
oidc-apps-refresh-lifetime-hint = Por ejemplo, 12h o 30d. Vacío: 14 días.
oidc-apps-level = Inicio de sesión
oidc-apps-one-factor = Como siempre
oidc-apps-two-factor = Con verificación en dos pasos
oidc-apps-first-party = Es tu propia aplicación: no se pide consentimiento
oidc-apps-groups-hint = Miembros de los grupos elegidos. No elijas ninguno para abrirla a todos los miembros.
oidc-apps-add = Añadir aplicación
oidc-apps-made-title = Aplicación añadida
oidc-apps-rotated-title = Nuevo secreto
oidc-apps-made-lead = Copia el secreto ahora. No se volverá a mostrar.
oidc-apps-made-public = Esta aplicación no tiene secreto.
oidc-apps-rotated-lead = El secreto anterior vale hasta que lo anules o crees el siguiente.
oidc-apps-to-app = Continuar a la aplicación
oidc-apps-client-id = ID de cliente
oidc-apps-client-secret = Secreto de cliente
oidc-apps-issuer = Emisor (issuer)
oidc-apps-setup = Configurar la aplicación
oidc-apps-setup-lead = Pega estas líneas. CLIENT_SECRET representa el secreto.
oidc-apps-anywhere = Donde la aplicación tiene sus ajustes:
oidc-apps-terminal = En la línea de comandos del servidor de la aplicación:
oidc-apps-registration = Registro
oidc-apps-declared = Declarada en un archivo
oidc-apps-declared-note = Esta aplicación está declarada en el archivo que indica MUNJIGI_APPS. Cámbiala allí.
oidc-apps-gone-note = El archivo ya no declara esta aplicación, así que nadie puede iniciar sesión en ella. Decláralo de nuevo o quítala.
oidc-apps-disabled = Desactivada
oidc-apps-change = Cambiar
oidc-apps-change-title = Cambiar la aplicación
oidc-apps-save = Guardar
oidc-apps-secrets = Secretos
oidc-apps-current-secret = Secreto actual
oidc-apps-older-secret = Secreto anterior
oidc-apps-older-until = Vale hasta que lo anules o crees el siguiente
oidc-apps-made-at = Creado
oidc-apps-rotate = Crear un nuevo secreto
oidc-apps-end-older = Anular ahora
oidc-apps-no-secret = Esta aplicación no tiene secreto.
oidc-apps-people = Personas
oidc-apps-signed-in = Con sesión iniciada
oidc-apps-connected = La han permitido
oidc-apps-remove = Quitar aplicación
oidc-apps-keep = Conservar
oidc-apps-remove-stays = Los datos de la aplicación no se tocan
oidc-apps-empty-name = Escribe un nombre.
oidc-apps-long-name = Usa 60 caracteres como máximo.
oidc-apps-odd-name = Usa caracteres visibles en una línea.
oidc-apps-taken-name = Otra aplicación tiene este nombre. Prueba con otro.
oidc-apps-groups-gone = Un grupo elegido ya no existe. Elige de nuevo.
oidc-apps-no-redirect-uri = Escribe la dirección de la aplicación o una URI de redirección.
oidc-apps-too-many = 50 como máximo.
oidc-apps-plain-http = Usa https://. Solo localhost puede usar http://.
oidc-apps-link-local = Las direcciones de enlace local nunca se llaman.
oidc-apps-bad-lifetime = Usa de 1 minuto a 24 horas; para el tiempo sin uso, 90 días como máximo.
oidc-apps-no-jwks = Introduce las claves públicas de la aplicación.
oidc-apps-bad-jwks = Introduce un JWK Set solo con claves públicas.
oidc-apps-public-credentials = Una aplicación que no se acredita no puede actuar en su propio nombre.
oidc-apps-refresh-alone = La renovación necesita el inicio de sesión de una persona.
oidc-apps-uri-long = «{ $address }» tiene más de 2000 bytes.
oidc-apps-uri-relative = «{ $address }» no es una dirección completa, como https://app.example.org/callback.
oidc-apps-uri-fragment = «{ $address }» contiene un #.
oidc-apps-uri-userinfo = «{ $address }» contiene un nombre o una contraseña.
oidc-apps-uri-characters = «{ $address }» contiene espacios, barras invertidas o letras que no son ASCII.
oidc-apps-uri-http = «{ $address }» usa http://, que solo puede usar localhost.
oidc-apps-uri-scheme = «{ $address }» tiene un esquema que los navegadores tratan de forma especial.
oidc-apps-deliveries = Cierres de sesión enviados a la aplicación
oidc-apps-waiting = En espera
oidc-apps-delivered = Última entrega
oidc-apps-failed = Último fallo
oidc-apps-given-up = no se vuelve a enviar
oidc-apps-never = Nunca
oidc-apps-refusals = Solicitudes rechazadas
oidc-apps-refusals-lead = La aplicación indicó una dirección que no está registrada.
oidc-apps-received = Recibida
oidc-apps-registered = Registrada
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = En { $file }:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = En { $page }:
oidc-apps-remove-app = ¿Quitar «{ $app }»?
oidc-apps-lose-sign-ins =
    { $people ->
        [one] Se cierra al instante la sesión de { $people } persona
       *[other] Se cierra al instante la sesión de { $people } personas
    }
oidc-apps-lose-consents =
    { $people ->
        [one] { $people } persona le ha permitido iniciar su sesión y tendría que volver a hacerlo
       *[other] { $people } personas le han permitido iniciar su sesión y tendrían que volver a hacerlo
    }
oidc-apps-lose-client-id = Su ID de cliente y sus secretos dejan de funcionar para siempre
oidc-apps-many-hosts = «{ $hosts }» son varios hosts, y una aplicación pairwise no puede tenerlos.
oidc-apps-odd-scope = «{ $value }» no es un ámbito.
oidc-apps-own-resource = «{ $address }» es este mismo sitio.
oidc-apps-logo = Logotipo
oidc-apps-logo-file = Archivo de imagen
oidc-apps-logo-hint = Un PNG, WebP o SVG de 64 kB como máximo.
oidc-apps-logo-upload = Subir
oidc-apps-logo-remove = Quitar el logotipo
oidc-apps-logo-large = Elige un archivo de 64 kB como máximo.
oidc-apps-logo-kind = Elige un PNG, un WebP o un SVG.
oidc-apps-logo-pixels = Elige una imagen de 4096 píxeles por lado como máximo.
oidc-apps-logo-active = Elige un SVG sin scripts, enlaces ni otros archivos.

## password-reset
## The page that a one-time link opens.

password-reset-title = Elige una nueva contraseña
password-reset-lead = Se cierra tu sesión en todas partes y tus tokens de API dejan de funcionar.
password-reset-submit = Guardar contraseña
password-reset-ask-title = ¿Olvidaste tu contraseña?
password-reset-ask-lead = La dirección de tu cuenta recibe un enlace para elegir otra.
password-reset-ask-submit = Enviar el enlace
password-reset-no-server = Este sitio no puede enviar correos. Tu petición llega a sus responsables; pídeles el enlace.
password-reset-no-server-title = Pide tu enlace
password-reset-code-title = Revisa tu correo
password-reset-code-lead = Si esa cuenta existe, en unos minutos llega un correo a su dirección. Abre su enlace o escribe aquí su código.
password-reset-no-server-code = Si esa cuenta existe, los responsables de este sitio tienen el enlace y su código. Pregúntales.
password-reset-code-hint = 8 cifras. Valen en este navegador durante 30 minutos.
password-reset-code-submit = Continuar
password-reset-again = ¿No ha llegado nada?
password-reset-again-link = Enviar de nuevo
password-reset-new-link = Obtener un nuevo enlace
password-reset-recovery-title = Vuelve a tu cuenta
password-reset-recovery-lead = Escribe el código del correo sobre la recuperación de tu cuenta. Después elige una nueva contraseña.
password-reset-recovery-hint = 8 cifras. Valen durante 30 minutos.
password-reset-to-sign-in = Volver al inicio de sesión
password-reset-over = Este enlace ya no funciona
password-reset-over-lead = Un enlace sirve una vez, durante un tiempo limitado. Pide otro.

## admin
## Texts of the staff's pages.

admin-navigation = Páginas de administración
admin-users = Usuarios
admin-groups = Grupos
admin-apps = Aplicaciones
admin-sessions = Sesiones
admin-audit = Registro de auditoría
admin-search = Buscar
admin-signed-in = Sesión iniciada
admin-last-seen = Visto
admin-filter = Filtrar
admin-clear = Borrar
admin-next = Página siguiente
admin-nothing = No hay coincidencias
admin-search-lead = Personas, grupos, aplicaciones, sesiones y eventos recientes.
admin-search-label = Nombre, correo, dirección o ID de solicitud
admin-nothing-found = No hay resultados para «{ $text }»

## done
## What was just done, to what.

done-device-signed-out = Se cerró la sesión en «{ $name }».
done-device-forgotten = «{ $name }» volverá a pedir un código.
done-disabled = Se desactivó a { $name } y se cerraron todas sus sesiones.
done-enabled = Se activó a { $name }.
done-signed-out = Se cerraron todas las sesiones de { $name }.
done-email-vouched = El correo de { $name } se marcó como confirmado.
done-password-required = { $name } necesita una contraseña nueva y recibe un enlace por correo.
done-recovery-mailed = { $name } recibe por correo un enlace de recuperación. Nada cambia hasta que lo use.
done-groups-saved = Se guardaron los grupos de { $name }.
done-created = Se creó «{ $name }».
done-saved = Se guardó «{ $name }».
done-deleted = Se eliminó «{ $name }».
done-member-added = Se añadió a { $name } al grupo.
done-member-removed = Se quitó a { $name } del grupo.
done-app-added = Se añadió «{ $name }».
done-app-removed = Se quitó «{ $name }».
done-secret-ended = El secreto anterior de «{ $name }» ya no funciona.
done-token-deleted = Se eliminó «{ $name }». Ya no funciona.
done-passkey-added = Se añadió «{ $name }». Se ha cerrado la sesión en los demás dispositivos.
done-passkey-removed = Se quitó «{ $name }». Se ha cerrado la sesión en los demás dispositivos.
done-disconnected = Se desconectó { $name }. Ya no puede ver nada tuyo.
done-post-deleted = Se eliminó «{ $name }».

## overview
## The staff's overview.

overview-title = Resumen
overview-today = Inicios de sesión hoy
overview-two-step = Verificación en dos pasos
overview-period = Período
overview-in-utc = Los días empiezan a medianoche UTC.
overview-signed-in = Correctos
overview-failed = Fallidos
overview-today-short = Hoy
overview-numbers = Mostrar los números
overview-day = Día
overview-attention = Requiere atención
overview-calm = Ahora no hay nada que hacer.
overview-ways = Cómo se inicia sesión
overview-no-ways = Aún no se ha contado ningún inicio de sesión.
overview-by-two-steps = Contraseña y segundo paso
overview-by-passkey = Llave de acceso
overview-by-password = Solo contraseña
overview-by-link = Enlace por correo
overview-by-provider = Otra cuenta
overview-see = Ver
overview-open = Abrir
overview-mail-waits = El servidor de correo los rechaza o no responde.
overview-given-up = No se intentará más.
overview-rotate = Cámbialas en la línea de comandos: munjigi keys rotate
overview-system = Sistema
overview-database = Base de datos
overview-session-store = Almacén de sesiones
overview-built-in = Integrado
overview-mail = Correo
overview-no-mail = Sin servidor de correo
overview-mail-idle = Nada en espera
overview-keys = Claves de firma
overview-version = Versión
overview-new-this-week = { $n } nuevos en 7 días
overview-failed-count = { $n } fallidos
overview-without-two-step = Sin ella: { $users }
overview-sign-ins-in = Inicios de sesión de los últimos { $days } días
overview-daily-average = { $n } al día de media
overview-last-days = Últimos { $days } días
overview-days = Días: { $days }
overview-bar = { $day }: { $done } correctos, { $failed } fallidos
overview-chart-calm = Inicios de sesión por día del { $from } al { $to }: entre { $fewest } y { $most }. Ninguno falló.
overview-chart = Inicios de sesión por día del { $from } al { $to }: entre { $fewest } y { $most }. Los fallos, bajo la línea, fueron más el { $on }: { $failed }.
overview-failures-on = { $n } inicios de sesión fallidos el { $day }
overview-usually = Otros días, unos { $n }.
overview-refused-today = Inicios de sesión rechazados hoy tras demasiados fallos: { $n }
overview-staff-without = Sin verificación en dos pasos: { $n } de { $all } del equipo
overview-mails-failing = Correos que no se pueden enviar: { $n }
overview-mails-waiting = { $n } en espera
overview-waiting-since = El más antiguo entró en la cola { $ago }.
overview-app-untold = No se puede avisar a { $app } de los cierres de sesión
overview-app-refused = { $app } pidió una dirección que no está registrada
overview-last-time = La última vez { $ago }
overview-keys-are-old = Las claves de firma tienen { $days } días
overview-takes-no-writes = no admite cambios

## audit
## The staff's page of the audit trail.

audit-title = Registro de auditoría
audit-lead =
    { $days ->
        [one] Quién hizo qué, cuándo y desde dónde. Las entradas nunca cambian y se eliminan tras { $days } día.
       *[other] Quién hizo qué, cuándo y desde dónde. Las entradas nunca cambian y se eliminan tras { $days } días.
    }
audit-event = Suceso
audit-any-event = Todos los sucesos
audit-whom = Cuenta
audit-by = Hecho por
audit-from-day = Desde
audit-to-day = Hasta
audit-when = Hora
audit-place = Origen
audit-gone = eliminada
audit-export = Exportar CSV
audit-export-lead = Todo lo que coincide, no solo esta página
audit-no-such-user = No hay ningún usuario con este nombre. Las cuentas eliminadas se encuentran por su número, como #12.
audit-older = Entradas anteriores

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = Esto no es para ti
forward-auth-help = Si lo necesitas, pide acceso a los responsables de este sitio.
forward-auth-anonymous = En esta dirección no hay nada abierto.
forward-auth-unclear = Esta dirección se puede leer de varias formas
forward-auth-unclear-sentence = Una parte está escrita de forma inusual, y una de las páginas que podría indicar no es para ti.
forward-auth-unclear-help = Abre la página desde un enlace de la aplicación. Si también te trae aquí, avisa a los responsables de este sitio.
forward-auth-dashboard = Ir a tus aplicaciones
forward-auth-home = Ir al inicio
forward-auth-trouble = Inténtalo de nuevo en un momento o empieza desde el inicio.
# Who is signed in, but may not open this.
forward-auth-not-open-to = Has iniciado sesión como { $name }, pero esta página no está abierta para ti.
forward-auth-another = Usar otra cuenta

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = Aplicaciones
apps-lead = Los miembros la encuentran entre sus aplicaciones.
apps-new-behind-proxy = Añadir una aplicación detrás de un proxy
apps-none = Aún no hay aplicaciones
apps-new = Nueva aplicación
apps-add = Añadir aplicación
apps-address-hint = Adonde lleva el enlace, como https://mail.example.org.
apps-icon-hint = Una letra, una cifra o un emoji. Déjalo vacío para usar la primera letra del nombre.
apps-groups-hint = Miembros de los grupos elegidos. No elijas ninguno para abrirla a todos los miembros.
apps-no-groups = Todos los miembros. Para abrirla solo a algunos, crea antes un grupo.
apps-email = Dirección de correo
apps-unverified-email = Pasar también direcciones sin confirmar
apps-unverified-email-hint = Detrás de un proxy, la aplicación recibe la dirección de un miembro cuando está confirmada. Una dirección sin confirmar puede ser de otra persona.
apps-every-member = Todos los miembros
apps-nobody = Nadie: sus grupos se eliminaron
apps-closed = Los grupos de esta aplicación se eliminaron, así que ahora nadie puede abrirla. Elige grupos, o guarda sin ninguno para abrirla a todos los miembros.
apps-edit = Editar
apps-save = Guardar
apps-delete = Quitar aplicación
apps-none-open = Aún no hay aplicaciones
apps-add-some = Añadir una aplicación
apps-empty-name = Escribe un nombre.
apps-long-name = Usa 60 caracteres como máximo.
apps-odd-name = Usa caracteres visibles en una línea.
apps-empty-address = Escribe la dirección de la aplicación.
apps-long-address = Usa una dirección de 500 bytes como máximo.
apps-odd-address = Escribe una dirección completa sin espacios, como https://mail.example.org.
apps-wrong-scheme = Empieza la dirección con https:// o http://.
apps-userinfo = Quita el nombre y la contraseña antes de @: cualquiera podría leerlos.
apps-odd-icon = Usa una letra, una cifra o un emoji.
apps-groups-gone = Un grupo elegido ya no existe. Elige de nuevo.
apps-none-open-lead = Las aplicaciones que puedes abrir aparecen aquí.
apps-delete-undone = Puedes volver a añadirla más tarde.
apps-delete-gone = Los miembros ya no la ven entre sus aplicaciones
apps-delete-shut = El proxy ya no deja entrar a nadie por ella, salvo por una regla
apps-delete-stays = La aplicación y sus datos se conservan
apps-keep = Conservarla
apps-count = Aplicaciones: { $n }

## board
## The board.

board-title = Tablón
board-new = Nueva publicación
board-sign-in-to-write = Inicia sesión para escribir
board-search = Buscar en título y texto
board-search-submit = Buscar
board-all = Mostrar todas las publicaciones
board-none = Aún no hay publicaciones
board-none-here = Nada en estas publicaciones. Quizá en las anteriores.
board-too-many = Has escrito mucho en esta hora. Espera un poco; tu texto sigue aquí.
board-gone = Esta publicación se eliminó mientras tanto. Tu texto sigue aquí; al guardarlo se crea otra.
board-changed = Esta publicación cambió mientras tanto. Léela de nuevo antes de eliminarla.
board-none-found = Ninguna publicación tiene estas palabras
board-none-older = No hay publicaciones anteriores
board-older = Publicaciones anteriores
board-newest = Publicaciones recientes
board-edited = editada
board-edit = Editar
board-delete = Eliminar
board-edit-title = Editar publicación
board-title-hint = Hasta 150 caracteres.
board-body-hint = Hasta 10 000 caracteres. Las direcciones web se convierten en enlaces.
board-publish = Publicar
board-save = Guardar
board-conflict = Otra persona ha cambiado esta publicación mientras tanto. Tu texto sigue aquí, aún sin guardar. Al guardarlo se reemplaza el suyo.
board-theirs = La publicación tal como está
board-overwrite = Guardar la mía
board-delete-title = ¿Eliminar esta publicación?
board-delete-lead = Desaparece para todos y no se puede recuperar.
board-delete-submit = Eliminar publicación
board-left = antiguo miembro
board-empty-title = Escribe un título.
board-odd-title = Usa caracteres visibles en una línea.
board-empty-body = Escribe algo.
board-odd-body = Hay en el texto un carácter de control que no se ve. Quítalo o escribe el texto de nuevo.
board-description = Lo que escribe la gente de este sitio.
board-none-lead = Escribe la primera publicación.
board-yours = Tu texto
board-keep = Conservar
# $max: as many as there may be; $over: as many as are too many.
board-too-long = Usa { $max } caracteres como máximo; sobran { $over }.

## dashboard
## The page after sign-in.

dashboard-title = Aplicaciones
dashboard-unconfirmed = Tu correo aún no está confirmado.
dashboard-posts = En el tablón
dashboard-no-posts = Aún no hay publicaciones.
dashboard-see-board = Ver todo
dashboard-device = Dispositivo

## profile
## The profile page.

profile-title = Perfil
profile-submit = Guardar
profile-username-fixed = No puedes cambiar tu nombre de usuario.
profile-email-hint = Para cambiarlo confirmas que eres tú.
profile-delete-title = ¿Eliminar tu cuenta?
profile-delete-lead = No se puede deshacer, ni tú ni los responsables de este sitio.
profile-delete-link = Eliminar cuenta
profile-last-staff = Esta es la única cuenta de administrador que puede iniciar sesión. Da antes esos derechos a otra cuenta: los responsables pueden hacerlo con munjigi user promote.
profile-delete-submit = Eliminar mi cuenta
profile-about = Sobre ti
profile-about-lead = Las aplicaciones que conectas pueden verlo.
profile-looks = Idioma, zona horaria y tema
profile-delete-hint = Elimina tu cuenta y cierra tu sesión en todas partes.
profile-delete-posts = Tus publicaciones quedan en el tablón sin tu nombre, como «antiguo miembro»
profile-delete-apps = Los datos de las aplicaciones no se tocan. Pide a cada una que los elimine
profile-keep = Conservar
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] Se cierra tu sesión en este dispositivo y en todas las aplicaciones
        [1] Se cierra tu sesión en este dispositivo y en todas las aplicaciones
       *[other] Se cierra tu sesión en { $sessions } dispositivos y en todas las aplicaciones
    }
profile-tokens-stop =
    { $tokens ->
        [one] Tu token de API deja de funcionar
       *[other] Tus { $tokens } tokens de API dejan de funcionar
    }

## sessions
## The sessions page.

sessions-title = Dispositivos conectados
sessions-lead = Has iniciado sesión en estos dispositivos y aplicaciones. Cerrar una sesión tiene efecto al instante.
sessions-this-one = Este dispositivo
sessions-unknown-device = Dispositivo desconocido
sessions-seen = Visto
sessions-now = Activa ahora
sessions-since = Sesión iniciada
sessions-browser-only = hasta que se cierre el navegador
sessions-app = Cliente de API
sessions-end = Cerrar sesión
sessions-end-others = Cerrar todas las demás
sessions-trusted-title = Dispositivos de confianza
sessions-trusted-lead = Aquí no hace falta código, solo tu contraseña.
sessions-trusted-since = Añadido
sessions-trusted-until = hasta
sessions-forget = Dejar de confiar
# A device: Firefox on macOS.
sessions-browser-on-system = { $browser } en { $system }

## sign-in-link
## Signing in by mail.

sign-in-link-title = Iniciar sesión por correo
sign-in-link-lead = La dirección de tu cuenta recibe un enlace que inicia tu sesión sin contraseña.
sign-in-link-submit = Enviar el enlace
sign-in-link-with-password = Iniciar sesión con contraseña
sign-in-link-confirm-title = ¿Iniciar sesión aquí?
sign-in-link-confirm-lead = El enlace inicia tu sesión en este navegador.
sign-in-link-confirm-submit = Iniciar sesión
sign-in-link-over-lead = Un enlace sirve una vez, durante 30 minutos. Pide otro.

## verify-email
## The pages that confirm an address.

verify-email-code-title = Confirma tu correo
verify-email-code-lead = Abre el enlace del correo que pediste o escribe aquí su código.
verify-email-member-lead = Abre el enlace del correo enviado a { $email } o escribe aquí su código.
verify-email-confirmed-lead = Tu correo está confirmado. Si pediste cambiarlo, abre el enlace del correo enviado a la nueva dirección o escribe aquí su código.
verify-email-nothing-asked = En este navegador no se ha pedido ningún correo. Inicia sesión para pedir uno.
verify-email-code-hint = 8 cifras. Valen en este navegador durante 30 minutos.
verify-email-again = Enviar otro correo
verify-email-start-again = Empezar de nuevo
verify-email-to-profile = Volver a tu perfil
verify-email-confirm-title = ¿Confirmar este correo?
verify-email-confirm-lead = Confirma solo si esta dirección es tuya.
verify-email-account-lead = Esto crea la cuenta. Si no pediste una, cierra esta página.
verify-email-confirm-submit = Confirmar
verify-email-confirm-link = Confirmarlo
verify-email-unconfirmed = Sin confirmar
verify-email-over = Este enlace ya no funciona
verify-email-over-lead = Un enlace sirve una vez, durante 30 minutos. Deja de servir si alguien toma antes el nombre de usuario. Empieza de nuevo.

## unsent
## The page that sends a form again after sign-in.

unsent-title = ¿Enviar lo que has escrito?
unsent-lead = Tu sesión se cerró antes de que llegara, así que aún no se ha guardado nada.
unsent-submit = Enviar

## upstream
## Sign-in with an account at another provider.

upstream-title = Cuentas vinculadas
upstream-lead = Cuentas de otros servicios con las que inicias sesión aquí.
upstream-not-linked = Sin vincular
upstream-link = Vincular
upstream-unlink = Desvincular
upstream-owner-signs-in = Ya hay aquí una cuenta con este correo. Si es tuya, inicia sesión en ella y después vincula ambas.
upstream-no-password = Ninguna todavía
upstream-unprotected = Solo un paso protege esta cuenta.
upstream-set-password = Aquí no tienes contraseña. Puedes crear una con un enlace que te enviamos y confirmar con ella.
upstream-set-password-link = Crear una contraseña
# The label of a provider's button.
upstream-continue-with = Iniciar sesión con { $provider }
upstream-first-sign-in-by = Has iniciado sesión en { $provider }. Elige, una sola vez, un nombre de usuario para este sitio.
upstream-link-account-of = ¿Vincular tu cuenta de { $provider }?
upstream-link-to-account = Desde ahora permitirá iniciar sesión en { $username }.
upstream-confirm-with = Confirmar con { $provider }

## users
## The staff's pages of users.

users-title = Usuarios
users-search-label = Nombre de usuario o correo
users-status = Estado
users-any = Todos
users-staff = Administradores
users-disabled = Desactivada
users-email-confirmed = Confirmado
users-email-unconfirmed = Sin confirmar
users-confirm-email = Marcar el correo como confirmado
users-since = Registro
users-groups = Grupos
users-no-groups = Aún no hay grupos.
users-make-group = Crear uno
users-save-groups = Guardar grupos
users-account = Cuenta
users-id = Número
users-last-failure = Último inicio de sesión fallido
users-second-factor = Dos pasos
users-no-factor = Desactivada
users-never = Ninguno registrado
users-this-is-you = Esta es tu propia cuenta. Gestiónala en tus páginas.
users-own-pages = Tu página de seguridad
users-disable = Desactivar
users-enable = Activar
users-enable-lead = Esta cuenta no puede iniciar sesión. Activarla lo permite de nuevo; lo que se terminó o eliminó sigue así.
users-end-sessions = Cerrar sesión en todas partes
users-require = Exigir una nueva contraseña
users-require-lead = La contraseña y los tokens de API dejan de funcionar al instante. Su dirección recibe un enlace y un código para una nueva contraseña.
users-mail-recovery = Iniciar una recuperación por correo
users-mail-recovery-lead = Para quien ha perdido todo lo necesario para iniciar sesión. Su dirección recibe un enlace y un código; nada cambia hasta que se usen, y entonces la verificación en dos pasos queda desactivada.
users-require-staff = Para otros administradores, los responsables ponen contraseñas y quitan segundos pasos en la línea de comandos.
users-link-open = Un enlace vale hasta
users-sessions = Sesiones
users-no-sessions = Sin sesiones abiertas.
users-events = Actividad reciente
users-all-events = Ver todo
users-link-title = Se exige una nueva contraseña
users-link-lead = Este sitio no tiene servidor de correo, así que entrega este enlace en persona o por un medio de confianza. Solo se muestra ahora y sirve una vez, durante un día. El registro de auditoría anota que lo has visto.
users-link = Enlace
users-back = Volver al usuario
users-factor-on = Activada
users-device = Dispositivo
users-sign-out = Cerrar sesión
users-back-in = Ayudar a volver
users-require-short = Exigir
users-mail-recovery-short = Iniciar
users-not-set = Sin definir
users-staff-without-factor = Sin verificación en dos pasos.
users-keep-enabled = Mantener activada
users-tokens-lost = Sus tokens de API dejan de funcionar
users-disable-stays = Publicaciones y grupos se conservan, y puedes volver a activar la cuenta
users-nobody-found = Ningún usuario coincide con «{ $text }»
users-disable-whom = ¿Desactivar a { $name }?
users-disabled-devices =
    { $devices ->
        [0] No podrá volver a iniciar sesión
        [one] Se cierra al instante su sesión en { $devices } dispositivo y no podrá volver a iniciarla
       *[other] Se cierra al instante su sesión en { $devices } dispositivos y no podrá volver a iniciarla
    }
users-without-factor = Sin dos pasos
users-shown-of = { $shown } de { $all }
users-shown = { $shown } encontrados en esta página

## security
## The pages of how one signs in.

security-title = Seguridad
security-protected = Tu cuenta está bien protegida.
security-protected-lead = Una contraseña robada no basta para abrirla.
security-unprotected = Solo tu contraseña protege esta cuenta.
security-unprotected-lead = Añade una llave de acceso o una aplicación de autenticación.
security-unprotected-lead-app = Añade una aplicación de autenticación.
security-no-codes = No te quedan códigos de recuperación.
security-make-codes = Crear nuevos
security-ways = Cómo inicias sesión
security-on = Activada
security-on-now = Está activada
security-change = Cambiar
security-manage = Gestionar
security-set-up = Configurar
security-see-all = Ver todo
security-password-title = Contraseña
security-password-lead = Se cierra la sesión en los demás dispositivos y se eliminan tus tokens de API.
security-changed = Cambiada
security-submit = Cambiar contraseña
security-same = Elige una distinta de la actual.
security-factor-title = Verificación en dos pasos
security-factor-lead = Se pide tras la contraseña al iniciar sesión en un dispositivo nuevo.
security-app-title = Aplicación de autenticación
security-app-off = Muestra un código nuevo en tu teléfono cada 30 segundos.
security-since = Configurada
security-app-remove = Quitar la aplicación
security-app-remove-lead = Al quitarla se cierra la sesión en los demás dispositivos.
security-turn-off = Quitar
security-turn-on = Activar
security-codes-row = Códigos de recuperación
security-low = Quedan pocos
security-new-codes = Nuevos códigos
security-new-codes-title = ¿Crear nuevos códigos de recuperación?
security-new-codes-get = Recibes 10 códigos nuevos, que se muestran una vez
security-keep-codes = Conservar los antiguos
security-trusted-lead = No piden el código durante un tiempo.
security-set-up-title = Configura una aplicación de autenticación
security-required = Tu cuenta necesita la verificación en dos pasos. Lo demás se abre cuando esté configurada.
security-scan = Escanea el código con la aplicación y escribe lo que muestra.
security-qr = Código QR; la clave de esta página dice lo mismo
security-cannot-scan = ¿No puedes escanearlo?
security-secret-hint = Escribe esta clave en la aplicación.
security-open-app = Abrir en una aplicación de este dispositivo
security-app-code = Código de la aplicación
security-app-code-wrong = Este no es el código que la aplicación muestra ahora. Si vuelve a pasar, revisa el reloj de tu teléfono.
security-turned-on = La verificación en dos pasos está activada. Se ha cerrado la sesión en los demás dispositivos.
security-passkeys-title = Llaves de acceso
security-passkeys-lead = Inicia sesión con tu huella, tu cara o el PIN del dispositivo. Una llave de acceso solo funciona en este sitio, así que nadie puede robarla con phishing.
security-no-passkeys = Aún no hay llaves de acceso
security-add-passkey = Añadir una llave de acceso
security-passkey-name = Nombre
security-passkey-name-hint = Por ejemplo, el dispositivo en el que está.
security-passkey-create = Crear la llave de acceso
security-passkey-script = Las llaves de acceso necesitan JavaScript y un navegador compatible.
security-passkey-refused = Esta llave de acceso no ha funcionado. Inténtalo de nuevo.
security-passkey-known = Ya tienes esta llave de acceso, o tienes demasiadas.
security-rename = Cambiar nombre
security-rename-passkey = Cambiar el nombre de la llave de acceso
security-rename-submit = Guardar
security-empty-passkey-name = Escribe un nombre.
security-last-way-in = Es tu única forma de entrar. Crea antes una contraseña.
security-added = Añadida
security-used = último uso
security-unused = aún sin usar
security-instead-passkey = Usar una llave de acceso
security-codes-title = Tus códigos de recuperación
security-codes-lead = Cada uno inicia tu sesión una vez si pierdes el teléfono. Solo se muestran ahora.
security-codes-keep = Guarda estos donde solo tú los encuentres, no únicamente en el teléfono.
security-codes-old = Tus códigos anteriores ya no funcionan.
security-codes-file = Códigos de recuperación de Munjigi. Cada uno sirve una vez:
security-download = Descargar
security-kept = Los he guardado
security-events-title = Actividad reciente
security-events-lead = Los últimos 20 sucesos de tu cuenta.
security-event = Suceso
security-place = Origen
security-by-operator = los responsables de este sitio
security-by-staff = por un administrador
security-recovery-left =
    { $left ->
        [one] Queda { $left } de 10
       *[other] Quedan { $left } de 10
    }
security-codes-stop =
    { $left ->
        [one] El código que te queda ({ $left }) deja de funcionar
       *[other] Los { $left } códigos que te quedan dejan de funcionar
    }

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = Tokens de API
tokens-lead = Deja que un script o servidor actúe por ti, dentro de los límites que elijas.
tokens-ends = Deja de funcionar cuando lo eliminas o cambias tu contraseña.
tokens-empty = Aún no hay tokens
tokens-by-password = De un programa que tenía tu contraseña
tokens-expires = Caduca
tokens-never = No caduca
tokens-expired = Caducado
tokens-used = último uso
tokens-unused = aún sin usar
tokens-created = creado
tokens-delete = Eliminar
tokens-new-title = Nuevo token
tokens-name-hint = Para qué es, como Script de copias de seguridad.
tokens-scopes-hint = Elige solo lo que el programa necesita.
tokens-days-30 = En 30 días
tokens-days-90 = En 90 días
tokens-days-365 = En un año
tokens-submit = Crear token
tokens-made-lead = Copia el token ahora. No se volverá a mostrar, y quien lo tenga puede usarlo.
tokens-token = Token
tokens-try-it = Pruébalo en un terminal
tokens-done = Lo he copiado
tokens-profile-read = Leer tu perfil
tokens-profile-write = Cambiar tu perfil
tokens-sessions-read = Ver tus sesiones
tokens-sessions-write = Cerrar tu sesión
tokens-posts-read = Leer el tablón
tokens-posts-write = Escribir en el tablón
tokens-security-read = Ver tus tokens de API
tokens-security-write = Cambiar tu contraseña y crear tokens de API
tokens-empty-name = Escribe un nombre.
tokens-no-scopes = Elige al menos uno.
tokens-beyond-granted = Va más allá de lo que puede tu propio token.
tokens-past-expiry = Ya ha pasado.
tokens-late-expiry = Elige una fecha dentro de diez años.
tokens-odd-expiry = Indica una fecha como 2030-01-31T09:00:00Z.
tokens-too-many = Tienes 50 tokens, el máximo. Elimina uno primero.
tokens-some-program = Un programa
tokens-required = Este campo es obligatorio.
tokens-null = Este campo no puede ser null.
tokens-blank = Este campo no puede estar vacío.
tokens-no-text = No es un texto válido.
tokens-wrong = No se puede iniciar sesión con estos datos.
tokens-empty-lead = Crea el primero abajo.
tokens-yours = Tus tokens
tokens-is-ready = «{ $name }» está listo

## time
## Times and waits.

time-seconds =
    { $count ->
        [one] { $count } segundo
       *[other] { $count } segundos
    }
time-minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
# $wait: such as 15 minutes.
time-try-again-in = Inténtalo de nuevo en { $wait }.
time-just-now = ahora mismo
time-minutes-ago =
    { $count ->
        [one] hace { $count } minuto
       *[other] hace { $count } minutos
    }
time-hours-ago =
    { $count ->
        [one] hace { $count } hora
       *[other] hace { $count } horas
    }
time-days-ago =
    { $count ->
        [one] hace { $count } día
       *[other] hace { $count } días
    }
# The zone of a page's times, said once.
time-zone = Horas en { $zone }
# A date in a sentence, of this year and of another.
time-date = { $day } { $month }
time-date-of-year = { $day } { $month } { $year }
# A date as a heading, of this year and of another.
time-heading = { $weekday }, { $day } de { $month }
time-heading-of-year = { $weekday }, { $day } de { $month } de { $year }
time-month-1 = enero
time-month-2 = febrero
time-month-3 = marzo
time-month-4 = abril
time-month-5 = mayo
time-month-6 = junio
time-month-7 = julio
time-month-8 = agosto
time-month-9 = septiembre
time-month-10 = octubre
time-month-11 = noviembre
time-month-12 = diciembre
# As in 12 Nov.
time-month-1-short = ene
time-month-2-short = feb
time-month-3-short = mar
time-month-4-short = abr
time-month-5-short = may
time-month-6-short = jun
time-month-7-short = jul
time-month-8-short = ago
time-month-9-short = sept
time-month-10-short = oct
time-month-11-short = nov
time-month-12-short = dic
time-weekday-1 = lunes
time-weekday-2 = martes
time-weekday-3 = miércoles
time-weekday-4 = jueves
time-weekday-5 = viernes
time-weekday-6 = sábado
time-weekday-7 = domingo
