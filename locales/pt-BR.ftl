### The texts of pages and mails in Brazilian Portuguese: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = Ir para o conteúdo
layout-navigation = Menu principal
layout-settings = Configurações
layout-your-account = Sua conta:
layout-dashboard = Apps
layout-profile = Perfil
layout-sessions = Dispositivos
layout-security = Segurança
layout-tokens = Tokens de API
layout-login = Entrar
layout-register = Criar conta
layout-logout = Sair
layout-language = Idioma
layout-help = Ajuda
layout-terms = Termos
layout-privacy = Privacidade
layout-error = Erro
layout-problems = Corrija isto primeiro
layout-cancel = Cancelar
layout-confirm-title = Confirme que é você
layout-confirm-lead = Digite sua senha.
layout-confirm-either = Use sua segunda etapa ou sua senha.
layout-confirm-factor = Isto muda como você entra, então use sua segunda etapa.
layout-act-change-email = Você está mudando seu e-mail.
layout-act-delete-account = Você está excluindo sua conta.
layout-act-change-password = Você está mudando sua senha.
layout-act-add-app = Você está configurando um app autenticador.
layout-act-remove-app = Você está removendo seu app autenticador.
layout-act-new-codes = Você está criando novos códigos de recuperação.
layout-act-remove-passkey = Você está removendo uma chave de acesso.
layout-act-add-passkey = Você está adicionando uma chave de acesso.
layout-act-create-token = Você está criando um token de API.
layout-act-staff = Você está mudando algo como administrador.
layout-passkey-failed = Não deu certo. Tente de novo ou escolha outra forma.
layout-passkey-cancelled = Cancelado ou demorou demais. Tente de novo ou escolha outra forma.
layout-passkey-on-device = Este dispositivo já tem uma chave de acesso para esta conta.
layout-passkey-unverified = Este dispositivo não consegue verificar que é você. Configure um bloqueio de tela ou PIN, ou use outro dispositivo.
layout-passkey-address = Chaves de acesso só funcionam no endereço próprio deste site. Abra o site por ele ou escolha outra forma.
layout-or = ou
layout-confirm-submit = Continuar
layout-staff = Administração
layout-board = Mural
layout-welcome = Sua conta está pronta.
layout-saved = Salvo.
layout-password-changed = Sua senha foi alterada. Todos os outros dispositivos foram desconectados e seus tokens de API, excluídos.
layout-others-ended = Todos os outros dispositivos foram desconectados.
layout-signed-out = Você saiu.
layout-session-over = Você foi desconectado. Entre de novo.
layout-not-sent-yet = Você foi desconectado, então nada foi salvo ainda. Entre para enviar o que digitou.
layout-not-sent = Você foi desconectado, então nada foi salvo. Entre e tente de novo.
layout-other-member = Essa página era de outra conta. Nada foi salvo.
layout-too-many-codes = Códigos errados demais. Entre de novo.
layout-stage-over = Demorou demais. Entre de novo.
layout-post-saved = Sua publicação está no mural.
layout-password-set = Sua senha foi definida. Entre com ela.
layout-mail-sent = O e-mail está a caminho.
layout-email-confirmed = Seu e-mail está confirmado.
layout-not-followed = Você entrou. O endereço de onde você veio não é de um app deste site, então ficamos aqui.
layout-not-recognised = Você entrou, mas o app não percebeu. Avise os responsáveis por este site.
layout-account-deleted = Sua conta foi excluída.
layout-app-added = O app autenticador está configurado. Seus códigos de recuperação continuam valendo. Todos os outros dispositivos foram desconectados.
layout-app-removed = O app autenticador foi removido. Todos os outros dispositivos foram desconectados.
layout-copy = Copiar
layout-copied = Copiado
layout-provider-failed = Não foi possível entrar com { $provider }. Tente de novo ou escolha outra forma.
layout-provider-cancelled = Você cancelou em { $provider }. Nada mudou.
layout-provider-late = Demorou demais ou já tinha sido feito. Escolha { $provider } de novo.
layout-provider-closed = Nenhuma conta daqui pertence a esta conta { $provider }, e não é possível criar novas. Se você tem uma conta, entre nela e vincule as duas em “Segurança”.
layout-provider-domain = Seu endereço { $provider } não pode criar uma conta aqui. Escolha outra conta ou fale com os responsáveis por este site.
layout-provider-group = Sua conta { $provider } não está em nenhum grupo que possa criar uma conta aqui. Fale com os responsáveis por este site.
layout-provider-uninvited = Só pessoas convidadas podem vir com { $provider }. Fale com os responsáveis por este site.
layout-provider-disabled = A conta ligada à sua conta { $provider } está desativada. Fale com os responsáveis por este site.
layout-provider-linked = Sua conta { $provider } foi vinculada. A partir de agora você pode entrar com ela.
layout-provider-unlinked = Sua conta { $provider } foi desvinculada. Você não entra mais com ela.
layout-provider-of-another = Essa conta { $provider } pertence a outra conta daqui. Nada mudou.
layout-provider-has-one = Sua conta tem outra conta { $provider } vinculada. Desvincule essa primeiro.
layout-provider-confirmed = { $provider } confirmou que é você. Repita agora o que ia fazer.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = Nome de usuário ou e-mail
field-username = Nome de usuário
field-username-hint = Letras e números de qualquer idioma. Não dá para mudar depois.
field-email = E-mail
field-password = Senha
field-new-password = Nova senha
field-current-password = Senha atual
field-code = Código
field-code-hint = 6 dígitos do seu app autenticador ou um código de recuperação.
field-user-code = Código do dispositivo
field-app-code-hint = Os 6 dígitos que o app mostra agora.
field-password-hint = Pelo menos 8 caracteres. Três ou quatro palavras sem relação funcionam bem.
field-display-name = Nome
field-display-name-hint = O que as pessoas veem. Deixe vazio para usar seu nome de usuário.
field-name = Nome
field-app-address = Endereço
field-icon = Ícone
field-app-groups = Quem pode abrir
field-language = Idioma
field-follow-browser = Igual ao navegador
field-time-zone = Fuso horário
field-theme = Tema
field-title = Título
field-body = Texto
field-redirect-uris = URIs de redirecionamento
field-post-logout-redirect-uris = Endereços depois de sair
field-backchannel-logout-uri = Endereço de saída
field-jwks = Chaves públicas
field-grants = O que pode trocar por tokens
field-scope = Escopos
field-resources = APIs
field-scopes = Pode
field-expires-at = Expira
field-theme-auto = Sistema
field-theme-light = Claro
field-theme-dark = Escuro
field-empty-username = Digite um nome de usuário.
field-long-username = Use no máximo 32 caracteres.
field-odd-username = Use só letras e números, com . - _ entre eles.
field-taken-username = Este nome de usuário está em uso ou é parecido demais com outro. Tente outro.
field-empty-email = Digite seu e-mail.
field-long-email = Um endereço tem no máximo 254 caracteres.
field-long-local = A parte antes de @ tem no máximo 64 caracteres.
field-bad-email = Digite um endereço como name@example.org.
field-invisible = Há um caractere invisível. Digite em vez de colar.
field-look-alike-email = Algumas letras só parecem latinas. Digite o endereço com letras latinas.
field-taken-email = Já existe uma conta com este endereço.
field-long-display-name = Use no máximo 60 caracteres.
field-odd-display-name = Use caracteres visíveis em uma linha.
field-empty-password = Digite uma senha.
field-short-password = Use pelo menos 8 caracteres.
field-long-password = Use no máximo 128 caracteres.
field-common-password = Fácil demais de adivinhar. Acrescente uma ou duas palavras sem relação.
field-personal-password = Parecida demais com seu nome, seu e-mail ou o nome deste site. Escolha algo sem relação.
field-wrong-password = Esta não é sua senha atual.
field-wrong-code = Código errado ou expirado.
field-send-password = Sua senha foi digitada há tempo demais: envie-a como current_password.
field-send-code = Um código foi informado há tempo demais: envie um como code.
field-missing = Está faltando.
field-wrong-type = Não é do tipo esperado.
field-twice = Este nome aparece duas vezes.
field-bad-choice = Escolha uma das opções oferecidas.

## error
## Titles and sentences of the error pages.

error-bad-request = Não é possível ler esta solicitação
error-bad-request-help = Uma parte estava corrompida ou foi enviada duas vezes. Volte, recarregue a página e tente de novo.
error-unauthorized = Você não entrou
error-unauthorized-help = Entre primeiro ou envie um token válido com a solicitação.
error-forbidden = Esta página não está aberta para você
error-forbidden-help = Você não pode fazer isto, ou a solicitação veio de outro site. Abra a página aqui e tente de novo.
error-set-up-first = Esta conta precisa da verificação em duas etapas. Entre com um navegador e configure-a primeiro.
error-needs-session = Um token de API não pode fazer isto. Entre e use a sessão ou o token de acesso dela.
error-reauth-required = É preciso uma senha ou um código informado nos últimos 10 minutos. Envie junto ou confirme primeiro que é você.
error-not-found = Não há nada aqui
error-not-found-help = O endereço pode estar errado, ou o que havia aqui não existe mais.
error-method = Este endereço funciona de outra forma
error-method-help = A página não aceita este tipo de solicitação. Recomece pela página inicial.
error-timeout = Demorou demais
error-timeout-help = A solicitação não chegou a tempo. Verifique sua conexão e tente de novo.
error-too-large = Foi coisa demais de uma vez
error-too-large-help = Os formulários aceitam até 128 kB. Encurte o que digitou e tente de novo.
error-media-type = Este tipo de conteúdo não serve aqui
error-media-type-help = Use o formulário da página.
error-misdirected = Este não é o endereço deste site
error-misdirected-help = O servidor não responde por este nome de host. Os responsáveis podem incluí-lo em MUNJIGI_ALLOWED_HOSTS.
error-unprocessable = Confira o que digitou
error-unprocessable-help = Volte e corrija os campos marcados.
error-conflict = Isto mudou nesse meio-tempo
error-conflict-help = Leia de novo e decida se sua alteração ainda serve.
error-too-many = Tentativas demais
error-too-many-help = Isto protege as contas.
error-internal = Algo deu errado do nosso lado
error-internal-help = Seus dados estão seguros. Tente de novo. Se continuar, informe o ID da solicitação abaixo aos responsáveis por este site.
error-unavailable = Voltamos em instantes
error-unavailable-help = Você continua conectado.
error-other = Não funcionou
error-other-help = Volte e tente de novo.
error-rule = Negado por
error-request = ID da solicitação
error-home = Ir para a página inicial
error-dashboard = Ir para seus apps

## event
## What the audit trail tells, in words.

event-registered = Conta criada
event-signed-in = Entrou
event-sign-in-failed = Falha ao entrar
event-signed-out = Saiu
event-session-ended = Sessão encerrada
event-refresh-reused = Um token de um app foi usado duas vezes, então o app foi desconectado
event-keys-rotated = Chaves trocadas
event-keys-forgotten = Chaves antigas descartadas, todos desconectados
event-others-ended = Outras sessões encerradas
event-all-ended = Todas as sessões encerradas
event-password-changed = Senha alterada
event-password-failed = Senha errada digitada
event-password-confirmed = Senha confirmada
event-provider-confirmed = Identidade confirmada no outro serviço
event-password-required = Nova senha exigida
event-password-link-shown = Link para nova senha mostrado a um administrador
event-shown-link-used = Nova senha escolhida por um link mostrado a um administrador
event-password-reset = Nova senha escolhida por link
event-password-reset-asked = Nova senha pedida por e-mail
event-recovery-started = Recuperação iniciada
event-sign-in-link-sent = Link de entrada pedido
event-sign-in-link-used = Link de entrada usado
event-email-verified = E-mail confirmado
event-email-vouched = E-mail confirmado por um administrador
event-email-change-asked = Mudança de e-mail pedida
event-totp-added = App autenticador configurado
event-totp-removed = App autenticador removido
event-passkey-added = Chave de acesso adicionada
event-passkey-renamed = Chave de acesso renomeada
event-passkey-removed = Chave de acesso removida
event-recovery-codes-made = Novos códigos de recuperação criados
event-recovery-code-used = Código de recuperação usado
event-second-factor-failed = Senha certa, mas código errado
event-second-factor-confirmed = Código confirmado
event-factors-removed = Segundas etapas removidas para uma recuperação
event-identity-linked = Conta de outro serviço vinculada
event-identity-unlinked = Conta de outro serviço desvinculada
event-provider-signed-out = Saiu no outro serviço
event-device-trusted = Dispositivo marcado como confiável
event-device-forgotten = Dispositivo não é mais confiável
event-email-changed = E-mail alterado
event-account-deleted = Conta excluída
event-disabled = Conta desativada
event-enabled = Conta ativada
event-promoted = Direitos de administrador dados
event-demoted = Direitos de administrador retirados
event-group-created = Grupo criado
event-group-changed = Grupo alterado
event-group-deleted = Grupo excluído
event-group-joined = Incluído em um grupo
event-group-left = Retirado de um grupo
event-post-edited = Publicação editada pela moderação
event-post-deleted = Publicação excluída pela moderação
event-application-added = App adicionado
event-application-changed = App alterado
event-application-removed = App removido
event-app-secret-rotated = Novo segredo do app criado
event-app-secret-ended = Segredo antigo do app encerrado
event-app-disabled = App desativado: não está mais declarado no arquivo
event-app-enabled = App ativado de novo
event-app-signed-in = Entrou em um app
event-app-connected = App conectado
event-app-disconnected = App desconectado
event-app-code-reused = O código de entrada de um app foi usado duas vezes
event-app-refresh-reused = Um token antigo de um app foi usado de novo
event-token-created = Token de API criado
event-token-deleted = Token de API excluído
event-audit-exported = Registro de auditoria exportado
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count } vezes, a última { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = Grupos
groups-lead = Um grupo dá permissões a seus membros e abre apps para eles.
groups-none = Ainda não há grupos
groups-new = Novo grupo
groups-name = Nome do grupo
groups-create = Criar grupo
groups-permissions = Permissões
groups-signing-in = Entrada
groups-second-factor = Seus membros precisam da verificação em duas etapas e a configuram primeiro
groups-members = Membros
groups-no-members = Este grupo ainda não tem membros.
groups-more-members = Mostrar mais
groups-add = Adicionar
groups-add-member = Nome de usuário ou e-mail a adicionar
groups-remove = Remover
groups-save = Salvar
groups-delete = Excluir grupo
groups-empty-name = Digite um nome.
groups-long-name = Use no máximo 60 caracteres.
groups-odd-name = Use caracteres visíveis em uma linha.
groups-taken-name = Este nome está em uso. Tente outro.
groups-no-such-user = Não há usuário com este nome.
groups-add-post = Escrever publicações (todos os membros)
groups-change-post = Editar publicações de qualquer pessoa
groups-delete-post = Excluir publicações de qualquer pessoa
groups-view-post = Ler publicações (todos)
groups-settings = Nome e direitos
groups-keep = Manter
groups-delete-undone = Isto não pode ser desfeito.
groups-delete-stays = As contas dos membros continuam
groups-delete-group = Excluir o grupo { $name }?
groups-members-lose =
    { $members ->
        [one] { $members } membro perde na hora o que o grupo permite
       *[other] { $members } membros perdem na hora o que o grupo permite
    }
groups-apps-close =
    { $apps ->
        [one] { $apps } app deixa de estar aberto a eles por este grupo
       *[other] { $apps } apps deixam de estar abertos a eles por este grupo
    }
groups-new-lead = As permissões e os membros vêm na página seguinte.
groups-count = Grupos: { $n }

## home
## The home page.

home-title = Boas-vindas
home-description = Entre uma vez e abra todos os apps deste site.
home-lead = Uma entrada para todos os apps
home-body = Entre para abrir os apps deste site.
home-login = Entrar
home-register = Criar uma conta
home-board = Ler o mural

## register
## The registration page.

register-title = Crie sua conta
register-description = Crie uma conta para os apps deste site.
register-lead = Uma conta para todos os apps daqui.
register-submit = Criar conta
register-have-account = Já tem uma conta?
register-login = Entrar
register-closed = O cadastro está fechado
register-closed-help = Os responsáveis por este site criam as novas contas. Peça uma a eles.

## login
## The sign-in page.

login-title = Entrar
login-description = Entre com sua senha ou uma chave de acesso.
# Under the title: where one goes after sign-in.
login-leads-to = para continuar em { $host }
login-remember = Continuar conectado neste dispositivo
login-submit = Entrar
login-no-account = Novo por aqui?
login-register = Criar uma conta
login-empty-login = Digite seu nome de usuário ou e-mail.
login-empty-password = Digite sua senha.
login-wrong = Nome de usuário ou senha errados. Tente de novo.
login-code-needed = Esta conta usa a verificação em duas etapas. Envie também um código.
login-wrong-code = Código errado ou já usado. Digite o que aparece agora.
login-empty-code = Digite um código.
login-set-up-first = Esta conta precisa da verificação em duas etapas. Entre com um navegador e configure-a primeiro.
login-signed-in = Você entrou
login-verify-title = Digite seu código
login-verify-lead = Abra seu app autenticador e digite os 6 dígitos que ele mostra agora.
login-verify-any = Digite os 6 dígitos que seu app autenticador mostra agora ou use uma chave de acesso.
login-verify-hint = Um código de recuperação também serve.
login-verify-submit = Continuar
login-other-account = Entrar com outra conta
login-lost = Perdeu o celular e os códigos?
login-lost-help = Os responsáveis por este site podem ajudar você a voltar.
login-by-passkey = Entrar com uma chave de acesso
login-verify-by-passkey = Usar uma chave de acesso
login-late-passkey = Esta página ficou aberta tempo demais. Tente de novo.
login-wrong-passkey = Esta chave de acesso não funcionou. Tente de novo ou entre de outra forma.
login-disabled = Esta conta está desativada. Fale com os responsáveis por este site.
login-unverified = Confirme primeiro seu e-mail: entre pela página e um e-mail explica como.
login-by-mail = Receber um link de entrada por e-mail
login-logout-title = Sair?
login-logout-lead = Você sairá daqui e dos apps que abriu com esta conta.
login-forgot = Esqueceu a senha?
# The offer to trust a device.
login-trust-days =
    { $days ->
        [one] Não perguntar neste dispositivo por { $days } dia
       *[other] Não perguntar neste dispositivo por { $days } dias
    }
login-trust-hours =
    { $hours ->
        [one] Não perguntar neste dispositivo por { $hours } hora
       *[other] Não perguntar neste dispositivo por { $hours } horas
    }
# $wait: such as 15 minutes.
login-too-many-failures = Muitas tentativas sem sucesso. Tente de novo em { $wait }.
# Which app is next after sign-in.
login-leading-on-to = { $host } abre em instantes.

## mail
## What mails say.

mail-hello = Olá,
mail-code = Ou digite este código na página em que você pediu:
mail-once = O link e o código valem uma vez, por 30 minutos.
mail-ignore = Se não foi você, não precisa fazer nada.
mail-signature = Enviado pelo servidor de login de { $site }.
mail-reset-subject = Escolha uma nova senha
mail-reset = Uma nova senha foi pedida para sua conta. Abra o link para escolher uma.
mail-reset-button = Escolher senha
mail-recovery-subject = Volte para sua conta
mail-recovery = Um administrador iniciou a recuperação da sua conta. Abra o link e escolha uma nova senha para concluir.
mail-recovery-ignore = Se você não pediu isso, não abra o link e avise os administradores.
mail-new-password = Um administrador exige uma nova senha para sua conta. A antiga não vale mais. Abra o link para escolher uma nova.
mail-once-in-a-day = O link e o código valem uma vez, por 24 horas.
mail-sign-in-subject = Seu link de entrada
mail-sign-in = Abra o link para entrar.
mail-sign-in-button = Entrar
mail-register-subject = Confirme seu endereço
mail-register = Alguém está criando uma conta com este endereço. Se for você, confirme que ele é seu.
mail-verify = Confirme que este endereço é seu.
mail-verify-button = Confirmar endereço
mail-change = Este endereço vai passar a ser o de uma conta. Confirme que ele é seu.
mail-taken-subject = Você já tem uma conta
mail-taken = Alguém tentou usar este endereço em uma conta, mas ele já pertence à sua. Se foi você: entre, ou escolha uma nova senha se esqueceu a sua.
mail-taken-button = Entrar
mail-moving-subject = Um novo endereço foi pedido
mail-moving = O endereço da sua conta está prestes a mudar; só falta confirmar o novo.
mail-moved-subject = Seu endereço foi alterado
mail-moved = Sua conta agora tem outro endereço. Nada mais será enviado para este.
mail-password-subject = Sua senha foi alterada
mail-password = Sua conta tem uma nova senha. Todos os outros dispositivos foram desconectados.
mail-password-removed-subject = Sua senha foi removida
mail-password-removed = Você confirmou este endereço ao entrar com um link. A senha anterior pode ter sido escolhida por outra pessoa, por isso não vale mais. Você pode escolher uma nova.
mail-device-subject = Entrada em um novo dispositivo
mail-device = Alguém entrou na sua conta por um navegador que ainda não tinha sido usado nela.
mail-factors-subject = Sua segunda etapa foi alterada
mail-factors = O que é pedido depois da sua senha foi alterado.
mail-linked-subject = Uma conta de outro serviço foi vinculada
mail-linked = Agora ela permite entrar na sua conta daqui.
mail-unlinked-subject = Uma conta de outro serviço foi desvinculada
mail-unlinked = Ela não permite mais entrar na sua conta daqui.
mail-token-subject = Um programa recebeu um token de API
mail-token = Um programa entrou na sua conta com sua senha e recebeu um token de API. Com ele, pode agir por você na API até que o token expire ou você o exclua na página “Tokens de API”.
mail-notices-withheld = Houve vários eventos assim em uma hora. E-mails sobre novos ficam suspensos por uma hora; a página “Segurança” lista todos.
mail-not-you = Se não foi você: escolha já uma nova senha, o que encerra todas as sessões.
mail-not-you-button = Escolher senha
mail-test-subject = Um teste
mail-test = Este e-mail mostra que os e-mails chegam.
mail-greeting = Olá, { $name },
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = Ou digite este código, com seu nome de usuário, em { $link }
# $when: day and hour.
mail-by-operator = { $when } · pelos responsáveis por este site
mail-circumstances = { $when }, { $device }, de { $address }.
mail-asked = Solicitado de { $device }, { $address }, { $when }.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = como
oidc-not-you = Não é você?
oidc-sees-profile = Seu nome e nome de usuário
oidc-sees-email = Seu e-mail:
oidc-sees-groups = Seus grupos:
oidc-sees-no-groups = Seus grupos (nenhum no momento)
oidc-sees-identity = Que é você, a cada vez que voltar
oidc-stays = Que você continua conectado enquanto está fora, até desconectá-lo
oidc-own-scope = Uso de
oidc-resource = Acesso em seu nome a
oidc-no-password = Ele nunca vê sua senha e não pode alterar sua conta.
oidc-goes-to = Você irá para
oidc-allow = Permitir e continuar
oidc-deny = Cancelar
oidc-later = Você pode desconectá-lo a qualquer momento em
oidc-connected-apps = Apps conectados
oidc-select-lead = Você está conectado neste dispositivo.
oidc-proceed = Continuar
oidc-another = Usar outra conta
oidc-going = Se nada acontecer, escolha o botão.
oidc-not-your-app-help = Se você precisa dele, peça acesso aos responsáveis por este site.
oidc-problem-title = Este app não está configurado direito
oidc-unknown-app = Este site não conhece o app que enviou você. Avise os responsáveis pelo app.
oidc-unreadable = O app enviou uma solicitação que não pode ser lida. Avise os responsáveis pelo app.
oidc-logout-title = Sair?
oidc-logout-lead = Você sairá daqui e dos apps que abriu a partir daqui.
oidc-logout = Sair
oidc-stay = Continuar conectado
oidc-logout-problem-title = Você não saiu
oidc-logout-hint = A solicitação do app não é deste site. Você pode sair por aqui.
oidc-logout-redirect-uri = O app pediu para enviar você a um endereço que não é dele. Você pode sair por aqui.
oidc-connected-lead = Estes apps sabem quem você é. Desconectar um encerra o acesso dele na hora.
oidc-none-connected = Nenhum app conectado
oidc-connected-since = Conectado
oidc-disconnect = Desconectar
oidc-unregistered = Os responsáveis por este site não verificaram este app. Ele é descrito em
oidc-device-title = Conectar um dispositivo
oidc-device-lead = Digite o código que sua TV, console ou linha de comando mostra.
oidc-device-hint = 8 letras, como BCDF-GHJK.
oidc-device-warning = Use apenas o código de um dispositivo à sua frente. Se alguém enviou um código a você, pare: essa pessoa entraria na sua conta.
oidc-device-asked-from = Pedido de
oidc-device-allow = Permitir este dispositivo
oidc-device-return = Você pode voltar ao seu dispositivo.
oidc-device-ended = O dispositivo não recebe nada. Se você não pediu isto, pode fechar esta página.
oidc-wrong-user-code = Nenhum dispositivo espera com este código. Os códigos expiram em 10 minutos; confira-o ou obtenha um novo no dispositivo.
oidc-none-connected-lead = Um app aparece aqui quando você permite que ele use sua entrada.
oidc-sees = Vê
oidc-sign-in-to = Entrar em { $app }
oidc-continue-to = Continuar em { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } verá
oidc-device-allowed = { $app } está conectado
oidc-device-denied = { $app } não está conectado
oidc-not-your-app = { $app } não está aberto para você
oidc-wrong-redirect-uri = { $app } pediu para enviar você a um endereço que não está registrado. Avise os responsáveis pelo app; o log deste site diz o que difere.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = nome e nome de usuário
oidc-scope-email = e-mail
oidc-scope-groups = grupos
oidc-scope-offline = também enquanto você está fora

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = Adicionar um app
oidc-apps-new-lead = Que tipo de app é?
oidc-apps-behind-proxy = Atrás de um proxy
oidc-apps-behind-proxy-lead = Um app sem entrada própria. Seu proxy pergunta aqui quem pode abri-lo.
oidc-apps-openid = OpenID Connect
oidc-apps-openid-lead = Um app que usa ele mesmo a entrada daqui. Escolha-o para ter tudo preenchido.
oidc-apps-own-app = Outro app
oidc-apps-mcp-client = Cliente MCP
oidc-apps-address = Endereço do app
oidc-apps-address-hint = Onde as pessoas o abrem, como https://grafana.example.org.
oidc-apps-mcp-hint = O endereço do servidor MCP, como https://mcp.example.org/notes.
oidc-apps-more = Mais configurações
oidc-apps-derived-hint = Um por linha. Deixe vazio para deduzir do endereço do app.
oidc-apps-lines-hint = Um por linha.
oidc-apps-redirect-uris = URIs de redirecionamento
oidc-apps-redirect-hint = Para onde o app faz o navegador voltar depois da entrada. Um por linha, exatamente como o app os envia.
oidc-apps-post-logout = Endereços depois de sair
oidc-apps-backchannel = Endereço de saída
oidc-apps-backchannel-hint = Onde o app é avisado de sessões encerradas (back-channel logout).
oidc-apps-auth-method = Como o app se identifica
oidc-apps-with-basic = Segredo, no cabeçalho (client_secret_basic)
oidc-apps-with-post = Segredo, no formulário (client_secret_post)
oidc-apps-with-key = Chave própria (private_key_jwt)
oidc-apps-with-none = Não se identifica: um programa nos dispositivos das pessoas (none)
oidc-apps-jwks = Chaves públicas
oidc-apps-jwks-hint = Para private_key_jwt: um JWK Set ou o endereço https de onde é obtido.
oidc-apps-subject = Como ele reconhece as pessoas
oidc-apps-public-subject = Por um nome que outros apps também conhecem
oidc-apps-pairwise-subject = Por um nome próprio (pairwise)
oidc-apps-grants = O que pode trocar por tokens
oidc-apps-grant-code = Entrada de uma pessoa
oidc-apps-grant-refresh = Renovação
oidc-apps-grant-credentials = O app em seu próprio nome
oidc-apps-grant-device = Código do dispositivo
oidc-apps-scopes = Escopos
oidc-apps-scopes-hint = Separados por espaços. Deixe vazio para os que o app costuma precisar.
oidc-apps-alg = Algoritmo dos tokens de ID
oidc-apps-resources = APIs
oidc-apps-resources-hint = Endereços de APIs para as quais pode pedir tokens de acesso. Um por linha.
oidc-apps-access-lifetime = Validade dos tokens de acesso
oidc-apps-access-lifetime-hint = Por exemplo, 10m ou 2h. Vazio: 1 hora, e 5 minutos para APIs.
oidc-apps-id-lifetime = Validade dos tokens de ID
oidc-apps-id-lifetime-hint = Por exemplo, 10m ou 2h. Vazio: 1 hora.
oidc-apps-refresh-lifetime = Validade dos tokens de renovação sem uso
oidc-apps-refresh-lifetime-hint = Por exemplo, 12h ou 30d. Vazio: 14 dias.
oidc-apps-level = Entrada
oidc-apps-one-factor = Como de costume
oidc-apps-two-factor = Com verificação em duas etapas
oidc-apps-first-party = É seu próprio app: não se pede consentimento
oidc-apps-groups-hint = Membros dos grupos escolhidos. Não escolha nenhum para abri-lo a todos os membros.
oidc-apps-add = Adicionar app
oidc-apps-made-title = App adicionado
oidc-apps-rotated-title = Novo segredo
oidc-apps-made-lead = Copie o segredo agora. Ele não será mostrado de novo.
oidc-apps-made-public = Este app não tem segredo.
oidc-apps-rotated-lead = O segredo anterior vale até você encerrá-lo ou criar o próximo.
oidc-apps-to-app = Continuar para o app
oidc-apps-client-id = ID do cliente
oidc-apps-client-secret = Segredo do cliente
oidc-apps-issuer = Emissor (issuer)
oidc-apps-setup = Configurar o app
oidc-apps-setup-lead = Cole estas linhas. CLIENT_SECRET representa o segredo.
oidc-apps-anywhere = Onde o app tem suas configurações:
oidc-apps-terminal = Na linha de comando do servidor do app:
oidc-apps-registration = Registro
oidc-apps-declared = Declarado em um arquivo
oidc-apps-declared-note = Este app está declarado no arquivo indicado por MUNJIGI_APPS. Altere-o lá.
oidc-apps-gone-note = O arquivo não declara mais este app, então ninguém pode entrar nele. Declare-o de novo ou remova-o.
oidc-apps-disabled = Desativado
oidc-apps-change = Alterar
oidc-apps-change-title = Alterar o app
oidc-apps-save = Salvar
oidc-apps-secrets = Segredos
oidc-apps-current-secret = Segredo atual
oidc-apps-older-secret = Segredo anterior
oidc-apps-older-until = Vale até você encerrá-lo ou criar o próximo
oidc-apps-made-at = Criado
oidc-apps-rotate = Criar um novo segredo
oidc-apps-end-older = Encerrar agora
oidc-apps-no-secret = Este app não tem segredo.
oidc-apps-people = Pessoas
oidc-apps-signed-in = Conectados
oidc-apps-connected = Permitiram
oidc-apps-remove = Remover app
oidc-apps-keep = Manter
oidc-apps-remove-stays = Os dados dentro do app não são afetados
oidc-apps-empty-name = Digite um nome.
oidc-apps-long-name = Use no máximo 60 caracteres.
oidc-apps-odd-name = Use caracteres visíveis em uma linha.
oidc-apps-taken-name = Outro app tem este nome. Tente outro.
oidc-apps-groups-gone = Um grupo escolhido não existe mais. Escolha de novo.
oidc-apps-no-redirect-uri = Digite o endereço do app ou uma URI de redirecionamento.
oidc-apps-too-many = No máximo 50.
oidc-apps-plain-http = Use https://. Só localhost pode usar http://.
oidc-apps-link-local = Endereços link-local nunca são chamados.
oidc-apps-bad-lifetime = Use de 1 minuto a 24 horas; para o tempo sem uso, no máximo 90 dias.
oidc-apps-no-jwks = Informe as chaves públicas do app.
oidc-apps-bad-jwks = Informe um JWK Set só com chaves públicas.
oidc-apps-public-credentials = Um app que não se identifica não pode agir em seu próprio nome.
oidc-apps-refresh-alone = A renovação precisa da entrada de uma pessoa.
oidc-apps-uri-long = “{ $address }” tem mais de 2000 bytes.
oidc-apps-uri-relative = “{ $address }” não é um endereço completo, como https://app.example.org/callback.
oidc-apps-uri-fragment = “{ $address }” contém um #.
oidc-apps-uri-userinfo = “{ $address }” contém um nome ou uma senha.
oidc-apps-uri-characters = “{ $address }” contém espaços, barras invertidas ou letras fora do ASCII.
oidc-apps-uri-http = “{ $address }” usa http://, o que só localhost pode.
oidc-apps-uri-scheme = “{ $address }” tem um esquema que os navegadores tratam de modo especial.
oidc-apps-deliveries = Saídas enviadas ao app
oidc-apps-waiting = Aguardando
oidc-apps-delivered = Última entrega
oidc-apps-failed = Última falha
oidc-apps-given-up = não será reenviada
oidc-apps-never = Nunca
oidc-apps-refusals = Solicitações recusadas
oidc-apps-refusals-lead = O app indicou um endereço que não está registrado.
oidc-apps-received = Recebido
oidc-apps-registered = Registrado
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = Em { $file }:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = Em { $page }:
oidc-apps-remove-app = Remover “{ $app }”?
oidc-apps-lose-sign-ins =
    { $people ->
        [one] { $people } pessoa é desconectada dele na hora
       *[other] { $people } pessoas são desconectadas dele na hora
    }
oidc-apps-lose-consents =
    { $people ->
        [one] { $people } pessoa permitiu que ele usasse sua entrada e teria de permitir de novo
       *[other] { $people } pessoas permitiram que ele usasse sua entrada e teriam de permitir de novo
    }
oidc-apps-lose-client-id = O ID do cliente e os segredos deixam de funcionar para sempre
oidc-apps-many-hosts = “{ $hosts }” são vários hosts, o que um app pairwise não pode ter.
oidc-apps-odd-scope = “{ $value }” não é um escopo.
oidc-apps-own-resource = “{ $address }” é este próprio site.
oidc-apps-logo = Logotipo
oidc-apps-logo-file = Arquivo de imagem
oidc-apps-logo-hint = Um PNG, WebP ou SVG de até 64 kB.
oidc-apps-logo-upload = Enviar
oidc-apps-logo-remove = Remover o logotipo
oidc-apps-logo-large = Escolha um arquivo de no máximo 64 kB.
oidc-apps-logo-kind = Escolha um PNG, um WebP ou um SVG.
oidc-apps-logo-pixels = Escolha uma imagem de no máximo 4096 pixels por lado.
oidc-apps-logo-active = Escolha um SVG sem scripts, links nem outros arquivos.

## password-reset
## The page that a one-time link opens.

password-reset-title = Escolha uma nova senha
password-reset-lead = Você é desconectado de todos os lugares e seus tokens de API deixam de funcionar.
password-reset-submit = Definir senha
password-reset-ask-title = Esqueceu sua senha?
password-reset-ask-lead = O endereço da sua conta recebe um link para escolher uma nova.
password-reset-ask-submit = Enviar o link
password-reset-no-server = Este site não envia e-mails. Seu pedido chega aos responsáveis; peça o link a eles.
password-reset-no-server-title = Peça seu link
password-reset-code-title = Confira seu e-mail
password-reset-code-lead = Se essa conta existir, um e-mail chega ao endereço dela em alguns minutos. Abra o link ou digite o código aqui.
password-reset-no-server-code = Se essa conta existir, os responsáveis por este site têm o link e o código. Fale com eles.
password-reset-code-hint = 8 dígitos. Valem neste navegador por 30 minutos.
password-reset-code-submit = Continuar
password-reset-again = Nada chegou?
password-reset-again-link = Enviar de novo
password-reset-new-link = Receber um novo link
password-reset-recovery-title = Volte para sua conta
password-reset-recovery-lead = Digite o código do e-mail de recuperação da sua conta. Depois escolha uma nova senha.
password-reset-recovery-hint = 8 dígitos. Valem por 30 minutos.
password-reset-to-sign-in = Voltar para a entrada
password-reset-over = Este link não funciona mais
password-reset-over-lead = Um link vale uma vez, por tempo limitado. Peça um novo.

## admin
## Texts of the staff's pages.

admin-navigation = Páginas de administração
admin-users = Usuários
admin-groups = Grupos
admin-apps = Apps
admin-sessions = Sessões
admin-audit = Registro de auditoria
admin-search = Buscar
admin-signed-in = Entrou
admin-last-seen = Visto
admin-filter = Filtrar
admin-clear = Limpar
admin-next = Próxima página
admin-nothing = Nada encontrado
admin-search-lead = Pessoas, grupos, aplicativos, sessões e eventos recentes.
admin-search-label = Nome, e-mail, endereço ou ID da solicitação
admin-nothing-found = Nada encontrado para “{ $text }”

## done
## What was just done, to what.

done-device-signed-out = A sessão em “{ $name }” foi encerrada.
done-device-forgotten = “{ $name }” voltará a pedir um código.
done-disabled = { $name } foi desativado e saiu de todos os dispositivos.
done-enabled = { $name } foi ativado.
done-signed-out = { $name } saiu de todos os dispositivos.
done-email-vouched = O e-mail de { $name } foi marcado como confirmado.
done-password-required = { $name } precisa de uma senha nova e recebe um link por e-mail.
done-recovery-mailed = { $name } recebe um link de recuperação por e-mail. Nada muda até o uso.
done-groups-saved = Os grupos de { $name } foram salvos.
done-created = “{ $name }” foi criado.
done-saved = “{ $name }” foi salvo.
done-deleted = “{ $name }” foi excluído.
done-member-added = { $name } foi adicionado ao grupo.
done-member-removed = { $name } foi removido do grupo.
done-app-added = “{ $name }” foi adicionado.
done-app-removed = “{ $name }” foi removido.
done-secret-ended = O segredo anterior de “{ $name }” não funciona mais.
done-token-deleted = “{ $name }” foi excluído e não funciona mais.
done-passkey-added = “{ $name }” foi adicionada. Todos os outros dispositivos foram desconectados.
done-passkey-removed = “{ $name }” foi removida. Todos os outros dispositivos foram desconectados.
done-disconnected = { $name } foi desconectado e não vê mais nada seu.
done-post-deleted = “{ $name }” foi excluído.

## overview
## The staff's overview.

overview-title = Visão geral
overview-today = Logins hoje
overview-two-step = Verificação em duas etapas
overview-period = Período
overview-in-utc = Os dias começam à meia-noite UTC.
overview-signed-in = Com sucesso
overview-failed = Com falha
overview-today-short = Hoje
overview-numbers = Mostrar os números
overview-day = Dia
overview-attention = Precisa de atenção
overview-calm = Nada a fazer agora.
overview-ways = Como as pessoas entram
overview-no-ways = Nenhum login contado ainda.
overview-by-two-steps = Senha e segunda etapa
overview-by-passkey = Chave de acesso
overview-by-password = Só senha
overview-by-link = Link por e-mail
overview-by-provider = Outra conta
overview-see = Ver
overview-open = Abrir
overview-mail-waits = O servidor de e-mail os recusa ou não responde.
overview-given-up = Não haverá nova tentativa.
overview-rotate = Troque-as na linha de comando: munjigi keys rotate
overview-system = Sistema
overview-database = Banco de dados
overview-session-store = Armazenamento de sessões
overview-built-in = Integrado
overview-mail = E-mail
overview-no-mail = Sem servidor de e-mail
overview-mail-idle = Nada em espera
overview-keys = Chaves de assinatura
overview-version = Versão
overview-new-this-week = { $n } novos em 7 dias
overview-failed-count = { $n } com falha
overview-without-two-step = Sem ela: { $users }
overview-sign-ins-in = Logins dos últimos { $days } dias
overview-daily-average = { $n } por dia em média
overview-last-days = Últimos { $days } dias
overview-days = Dias: { $days }
overview-bar = { $day }: { $done } com sucesso, { $failed } com falha
overview-chart-calm = Logins por dia de { $from } a { $to }: entre { $fewest } e { $most }. Nenhum falhou.
overview-chart = Logins por dia de { $from } a { $to }: entre { $fewest } e { $most }. As falhas, abaixo da linha, foram mais em { $on }: { $failed }.
overview-failures-on = { $n } logins com falha em { $day }
overview-usually = Em outros dias, cerca de { $n }.
overview-refused-today = Logins recusados hoje após muitas falhas: { $n }
overview-staff-without = Sem verificação em duas etapas: { $n } de { $all } da equipe
overview-mails-failing = E-mails que não podem ser enviados: { $n }
overview-mails-waiting = { $n } em espera
overview-waiting-since = O mais antigo entrou na fila { $ago }.
overview-app-untold = Não é possível avisar { $app } das saídas
overview-app-refused = { $app } pediu um endereço que não está registrado
overview-last-time = A última vez { $ago }
overview-keys-are-old = As chaves de assinatura têm { $days } dias
overview-takes-no-writes = não aceita gravações

## audit
## The staff's page of the audit trail.

audit-title = Registro de auditoria
audit-lead =
    { $days ->
        [one] Quem fez o quê, quando e de onde. Os registros nunca mudam e são excluídos depois de { $days } dia.
       *[other] Quem fez o quê, quando e de onde. Os registros nunca mudam e são excluídos depois de { $days } dias.
    }
audit-event = Evento
audit-any-event = Todos os eventos
audit-whom = Conta
audit-by = Feito por
audit-from-day = De
audit-to-day = Até
audit-when = Hora
audit-place = Origem
audit-gone = excluído
audit-export = Exportar CSV
audit-export-lead = Tudo o que corresponde, não só esta página
audit-no-such-user = Não há usuário com este nome. Contas excluídas são encontradas pelo número, como #12.
audit-older = Registros mais antigos

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = Isto não é para você
forward-auth-help = Se você precisa disto, peça acesso aos responsáveis por este site.
forward-auth-anonymous = Nada está aberto neste endereço.
forward-auth-unclear = Este endereço pode ser lido de mais de uma forma
forward-auth-unclear-sentence = Parte dele está escrita de modo incomum, e uma das páginas que poderia indicar não é para você.
forward-auth-unclear-help = Abra a página por um link no app. Se isso também trouxer para cá, avise os responsáveis por este site.
forward-auth-dashboard = Ir para seus apps
forward-auth-home = Ir para a página inicial
forward-auth-trouble = Tente de novo em instantes ou comece pela página inicial.
# Who is signed in, but may not open this.
forward-auth-not-open-to = Você entrou como { $name }, mas esta página não está aberta para você.
forward-auth-another = Usar outra conta

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = Apps
apps-lead = Os membros o encontram entre seus apps.
apps-new-behind-proxy = Adicionar um app atrás de um proxy
apps-none = Ainda não há apps
apps-new = Novo app
apps-add = Adicionar app
apps-address-hint = Para onde o link leva, como https://mail.example.org.
apps-icon-hint = Uma letra, um dígito ou um emoji. Deixe vazio para usar a primeira letra do nome.
apps-groups-hint = Membros dos grupos escolhidos. Não escolha nenhum para abri-lo a todos os membros.
apps-no-groups = Todos os membros. Para abri-lo só a alguns, crie antes um grupo.
apps-email = Endereço de e-mail
apps-unverified-email = Repassar também endereços não confirmados
apps-unverified-email-hint = Atrás de um proxy, o app recebe o endereço de um membro depois de confirmado. Um endereço não confirmado pode ser de outra pessoa.
apps-every-member = Todos os membros
apps-nobody = Ninguém: os grupos foram excluídos
apps-closed = Os grupos deste app foram excluídos, então ninguém pode abri-lo agora. Escolha grupos, ou salve sem nenhum para abri-lo a todos os membros.
apps-edit = Editar
apps-save = Salvar
apps-delete = Remover app
apps-none-open = Ainda não há apps
apps-add-some = Adicionar um app
apps-empty-name = Digite um nome.
apps-long-name = Use no máximo 60 caracteres.
apps-odd-name = Use caracteres visíveis em uma linha.
apps-empty-address = Digite o endereço do app.
apps-long-address = Use um endereço de no máximo 500 bytes.
apps-odd-address = Digite um endereço completo sem espaços, como https://mail.example.org.
apps-wrong-scheme = Comece o endereço com https:// ou http://.
apps-userinfo = Tire o nome e a senha antes de @: todos poderiam lê-los.
apps-odd-icon = Use uma letra, um dígito ou um emoji.
apps-groups-gone = Um grupo escolhido não existe mais. Escolha de novo.
apps-none-open-lead = Os apps que você pode abrir aparecem aqui.
apps-delete-undone = Você pode adicioná-lo de novo depois.
apps-delete-gone = Os membros não o encontram mais entre seus aplicativos
apps-delete-shut = O proxy não deixa mais ninguém entrar por ele, salvo por uma regra
apps-delete-stays = O aplicativo e seus dados permanecem
apps-keep = Manter
apps-count = Aplicativos: { $n }

## board
## The board.

board-title = Mural
board-new = Nova publicação
board-sign-in-to-write = Entre para escrever
board-search = Buscar no título e no texto
board-search-submit = Buscar
board-all = Mostrar todas as publicações
board-none = Nenhuma publicação ainda
board-none-here = Nada nestas publicações. As mais antigas podem ter.
board-too-many = Você escreveu muito nesta hora. Espere um pouco; seu texto continua aqui.
board-gone = Esta publicação foi excluída nesse meio-tempo. Seu texto continua aqui; salvá-lo cria uma nova publicação.
board-changed = Esta publicação foi alterada nesse meio-tempo. Leia de novo antes de excluí-la.
board-none-found = Nenhuma publicação tem estas palavras
board-none-older = Não há publicações mais antigas
board-older = Publicações mais antigas
board-newest = Publicações recentes
board-edited = editada
board-edit = Editar
board-delete = Excluir
board-edit-title = Editar publicação
board-title-hint = Até 150 caracteres.
board-body-hint = Até 10.000 caracteres. Endereços da web viram links.
board-publish = Publicar
board-save = Salvar
board-conflict = Outra pessoa alterou esta publicação nesse meio-tempo. Seu texto continua aqui, ainda não salvo. Salvar substitui o dela.
board-theirs = A publicação como está agora
board-overwrite = Salvar a minha versão
board-delete-title = Excluir esta publicação?
board-delete-lead = Ela some para todos e não pode ser recuperada.
board-delete-submit = Excluir publicação
board-left = ex-membro
board-empty-title = Digite um título.
board-odd-title = Use caracteres visíveis em uma linha.
board-empty-body = Escreva algo.
board-odd-body = Há no texto um caractere de controle invisível. Remova-o ou digite o texto de novo.
board-description = O que as pessoas deste site escrevem.
board-none-lead = Escreva a primeira publicação.
board-yours = Seu texto
board-keep = Manter
# $max: as many as there may be; $over: as many as are too many.
board-too-long = Use no máximo { $max } caracteres; há { $over } a mais.

## dashboard
## The page after sign-in.

dashboard-title = Apps
dashboard-unconfirmed = Seu e-mail ainda não foi confirmado.
dashboard-posts = No mural
dashboard-no-posts = Nenhuma publicação ainda.
dashboard-see-board = Ver tudo
dashboard-device = Dispositivo

## profile
## The profile page.

profile-title = Perfil
profile-submit = Salvar
profile-username-fixed = Você não pode mudar seu nome de usuário.
profile-email-hint = Para mudá-lo, você confirma que é você.
profile-delete-title = Excluir sua conta?
profile-delete-lead = Isto não pode ser desfeito, nem por você nem pelos responsáveis por este site.
profile-delete-link = Excluir conta
profile-last-staff = Esta é a única conta de administrador que pode entrar. Dê antes esses direitos a outra conta: os responsáveis podem fazer isso com munjigi user promote.
profile-delete-submit = Excluir minha conta
profile-about = Sobre você
profile-about-lead = Os apps que você conecta podem ver isto.
profile-looks = Idioma, fuso horário e tema
profile-delete-hint = Remove sua conta e desconecta você de todos os lugares.
profile-delete-posts = Suas publicações ficam no mural sem seu nome, como “ex-membro”
profile-delete-apps = Os dados dentro dos apps não são afetados. Peça a cada app que os exclua
profile-keep = Manter
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] Você sai deste dispositivo e de todos os apps
        [1] Você sai deste dispositivo e de todos os apps
       *[other] Você sai de { $sessions } dispositivos e de todos os apps
    }
profile-tokens-stop =
    { $tokens ->
        [one] Seu token de API deixa de funcionar
       *[other] Seus { $tokens } tokens de API deixam de funcionar
    }

## sessions
## The sessions page.

sessions-title = Dispositivos conectados
sessions-lead = Você está conectado nestes dispositivos e apps. Sair de um vale na hora.
sessions-this-one = Este dispositivo
sessions-unknown-device = Dispositivo desconhecido
sessions-seen = Visto
sessions-now = Ativa agora
sessions-since = Entrou
sessions-browser-only = até o navegador fechar
sessions-app = Cliente de API
sessions-end = Sair
sessions-end-others = Desconectar todos os outros
sessions-trusted-title = Dispositivos confiáveis
sessions-trusted-lead = Aqui não se pede código, só sua senha.
sessions-trusted-since = Adicionado
sessions-trusted-until = até
sessions-forget = Deixar de confiar
# A device: Firefox on macOS.
sessions-browser-on-system = { $browser } no { $system }

## sign-in-link
## Signing in by mail.

sign-in-link-title = Entrar por e-mail
sign-in-link-lead = O endereço da sua conta recebe um link que dá acesso sem senha.
sign-in-link-submit = Enviar o link
sign-in-link-with-password = Entrar com senha
sign-in-link-confirm-title = Entrar aqui?
sign-in-link-confirm-lead = O link dá acesso neste navegador.
sign-in-link-confirm-submit = Entrar
sign-in-link-over-lead = Um link vale uma vez, por 30 minutos. Peça um novo.

## verify-email
## The pages that confirm an address.

verify-email-code-title = Confirme seu e-mail
verify-email-code-lead = Abra o link do e-mail que você pediu ou digite o código dele aqui.
verify-email-member-lead = Abra o link do e-mail enviado para { $email } ou digite o código dele aqui.
verify-email-confirmed-lead = Seu e-mail está confirmado. Se você pediu para mudá-lo, abra o link do e-mail enviado ao novo endereço ou digite o código dele aqui.
verify-email-nothing-asked = Nenhum e-mail foi pedido neste navegador. Entre para pedir um.
verify-email-code-hint = 8 dígitos. Valem neste navegador por 30 minutos.
verify-email-again = Enviar novo e-mail
verify-email-start-again = Recomeçar
verify-email-to-profile = Voltar ao seu perfil
verify-email-confirm-title = Confirmar este e-mail?
verify-email-confirm-lead = Confirme só se este endereço for seu.
verify-email-account-lead = Isto cria a conta. Se você não pediu uma, feche esta página.
verify-email-confirm-submit = Confirmar
verify-email-confirm-link = Confirmar agora
verify-email-unconfirmed = Não confirmado
verify-email-over = Este link não funciona mais
verify-email-over-lead = Um link vale uma vez, por 30 minutos. Deixa de valer se o nome de usuário for ocupado nesse meio-tempo. Recomece.

## unsent
## The page that sends a form again after sign-in.

unsent-title = Enviar o que você digitou?
unsent-lead = Você foi desconectado antes de chegar, então nada foi salvo ainda.
unsent-submit = Enviar

## upstream
## Sign-in with an account at another provider.

upstream-title = Contas vinculadas
upstream-lead = Contas de outros serviços com que você entra aqui.
upstream-not-linked = Não vinculada
upstream-link = Vincular
upstream-unlink = Desvincular
upstream-owner-signs-in = Já existe aqui uma conta com este e-mail. Se for sua, entre nela e depois vincule as duas.
upstream-no-password = Nenhuma ainda
upstream-unprotected = Só uma etapa protege esta conta.
upstream-set-password = Você não tem senha aqui. Pode definir uma por um link que enviamos por e-mail e confirmar com ela.
upstream-set-password-link = Definir uma senha
# The label of a provider's button.
upstream-continue-with = Entrar com { $provider }
upstream-first-sign-in-by = Você entrou em { $provider }. Escolha, uma vez, um nome de usuário para este site.
upstream-link-account-of = Vincular sua conta { $provider }?
upstream-link-to-account = A partir de agora ela permitirá entrar em { $username }.
upstream-confirm-with = Confirmar com { $provider }

## users
## The staff's pages of users.

users-title = Usuários
users-search-label = Nome de usuário ou e-mail
users-status = Situação
users-any = Todos
users-staff = Administradores
users-disabled = Desativado
users-email-confirmed = Confirmado
users-email-unconfirmed = Não confirmado
users-confirm-email = Marcar o e-mail como confirmado
users-since = Cadastro
users-groups = Grupos
users-no-groups = Ainda não há grupos.
users-make-group = Criar um
users-save-groups = Salvar grupos
users-account = Conta
users-id = Número
users-last-failure = Última falha ao entrar
users-second-factor = Duas etapas
users-no-factor = Desativada
users-never = Nenhuma registrada
users-this-is-you = Esta é sua própria conta. Gerencie-a nas suas páginas.
users-own-pages = Sua página de segurança
users-disable = Desativar
users-enable = Ativar
users-enable-lead = Esta conta não pode entrar. Ativá-la permite isso de novo; o que foi encerrado ou excluído continua assim.
users-end-sessions = Desconectar de todos os lugares
users-require = Exigir nova senha
users-require-lead = A senha e os tokens de API deixam de funcionar na hora. O endereço recebe um link e um código para uma nova senha.
users-mail-recovery = Iniciar recuperação por e-mail
users-mail-recovery-lead = Para quem perdeu todas as formas de entrar. O endereço recebe um link e um código; nada muda até que sejam usados, e então a verificação em duas etapas fica desativada.
users-require-staff = Para outros administradores, os responsáveis definem senhas e removem segundas etapas pela linha de comando.
users-link-open = Um link vale até
users-sessions = Sessões
users-no-sessions = Não está conectado em lugar nenhum.
users-events = Atividade recente
users-all-events = Ver tudo
users-link-title = Uma nova senha é exigida
users-link-lead = Este site não tem servidor de e-mail, então entregue este link pessoalmente ou por um meio confiável. Ele só é mostrado agora e vale uma vez, por um dia. O registro de auditoria anota que você o viu.
users-link = Link
users-back = Voltar ao usuário
users-factor-on = Ativada
users-device = Dispositivo
users-sign-out = Sair
users-back-in = Ajudar a voltar
users-require-short = Exigir
users-mail-recovery-short = Iniciar
users-not-set = Não definido
users-staff-without-factor = Sem verificação em duas etapas.
users-keep-enabled = Manter ativada
users-tokens-lost = Os tokens de API deixam de funcionar
users-disable-stays = Publicações e grupos continuam, e você pode ativar a conta de novo
users-nobody-found = Nenhum usuário corresponde a “{ $text }”
users-disable-whom = Desativar { $name }?
users-disabled-devices =
    { $devices ->
        [0] Não poderá mais entrar
        [one] Sai na hora de { $devices } dispositivo e não poderá mais entrar
       *[other] Sai na hora de { $devices } dispositivos e não poderá mais entrar
    }
users-without-factor = Sem duas etapas
users-shown-of = { $shown } de { $all }
users-shown = { $shown } encontrados nesta página

## security
## The pages of how one signs in.

security-title = Segurança
security-protected = Sua conta está bem protegida.
security-protected-lead = Uma senha roubada, sozinha, não a abre.
security-unprotected = Só sua senha protege esta conta.
security-unprotected-lead = Adicione uma chave de acesso ou um app autenticador.
security-unprotected-lead-app = Adicione um app autenticador.
security-no-codes = Você não tem mais códigos de recuperação.
security-make-codes = Criar novos
security-ways = Como você entra
security-on = Ativada
security-on-now = Está ativada
security-change = Alterar
security-manage = Gerenciar
security-set-up = Configurar
security-see-all = Ver tudo
security-password-title = Senha
security-password-lead = Todos os outros dispositivos são desconectados e seus tokens de API, excluídos.
security-changed = Alterada
security-submit = Mudar senha
security-same = Escolha uma diferente da atual.
security-factor-title = Verificação em duas etapas
security-factor-lead = Pedida depois da senha quando você entra em um novo dispositivo.
security-app-title = App autenticador
security-app-off = Mostra um novo código no seu celular a cada 30 segundos.
security-since = Configurado
security-app-remove = Remover o app
security-app-remove-lead = Removê-lo desconecta todos os outros dispositivos.
security-turn-off = Remover
security-turn-on = Ativar
security-codes-row = Códigos de recuperação
security-low = Acabando
security-new-codes = Novos códigos
security-new-codes-title = Criar novos códigos de recuperação?
security-new-codes-get = Você recebe 10 novos códigos, mostrados uma vez
security-keep-codes = Manter os antigos
security-trusted-lead = Eles dispensam o código por um tempo.
security-set-up-title = Configurar um app autenticador
security-required = Sua conta precisa da verificação em duas etapas. O resto abre assim que estiver configurada.
security-scan = Escaneie o código com o app e digite o que ele mostra.
security-qr = Código QR; a chave nesta página diz o mesmo
security-cannot-scan = Não consegue escanear?
security-secret-hint = Digite esta chave no app.
security-open-app = Abrir em um app neste dispositivo
security-app-code = Código do app
security-app-code-wrong = Este não é o código que o app mostra agora. Se acontecer de novo, confira o relógio do seu celular.
security-turned-on = A verificação em duas etapas está ativada. Todos os outros dispositivos foram desconectados.
security-passkeys-title = Chaves de acesso
security-passkeys-lead = Entre com sua digital, seu rosto ou o PIN do dispositivo. Uma chave de acesso só funciona neste site, então ninguém consegue roubá-la com phishing.
security-no-passkeys = Nenhuma chave de acesso ainda
security-add-passkey = Adicionar uma chave de acesso
security-passkey-name = Nome
security-passkey-name-hint = Por exemplo, o dispositivo em que ela está.
security-passkey-create = Criar a chave de acesso
security-passkey-script = Chaves de acesso precisam de JavaScript e de um navegador compatível.
security-passkey-refused = Esta chave de acesso não funcionou. Tente de novo.
security-passkey-known = Você já tem esta chave de acesso, ou tem chaves demais.
security-rename = Renomear
security-rename-passkey = Renomear a chave de acesso
security-rename-submit = Salvar
security-empty-passkey-name = Digite um nome.
security-last-way-in = Esta é sua única forma de entrar. Defina antes uma senha.
security-added = Adicionada
security-used = último uso
security-unused = ainda não usado
security-instead-passkey = Usar uma chave de acesso
security-codes-title = Seus códigos de recuperação
security-codes-lead = Cada um dá acesso uma vez se você perder o celular. Eles só aparecem agora.
security-codes-keep = Guarde estes onde só você os encontre, não apenas no celular.
security-codes-old = Seus códigos anteriores não valem mais.
security-codes-file = Códigos de recuperação do Munjigi. Cada um vale uma vez:
security-download = Baixar
security-kept = Já guardei
security-events-title = Atividade recente
security-events-lead = Os últimos 20 eventos da sua conta.
security-event = Evento
security-place = Origem
security-by-operator = os responsáveis por este site
security-by-staff = por um administrador
security-recovery-left =
    { $left ->
        [one] Resta { $left } de 10
       *[other] Restam { $left } de 10
    }
security-codes-stop =
    { $left ->
        [one] O código que resta ({ $left }) deixa de funcionar
       *[other] Os { $left } códigos que restam deixam de funcionar
    }

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = Tokens de API
tokens-lead = Deixe um script ou servidor agir por você, dentro dos limites que escolher.
tokens-ends = Ele deixa de funcionar quando você o exclui ou muda sua senha.
tokens-empty = Nenhum token ainda
tokens-by-password = De um programa que tinha sua senha
tokens-expires = Expira
tokens-never = Nunca expira
tokens-expired = Expirado
tokens-used = último uso
tokens-unused = ainda não usado
tokens-created = criado
tokens-delete = Excluir
tokens-new-title = Novo token
tokens-name-hint = Para que serve, como Script de backup.
tokens-scopes-hint = Escolha só o que o programa precisa.
tokens-days-30 = Em 30 dias
tokens-days-90 = Em 90 dias
tokens-days-365 = Em um ano
tokens-submit = Criar token
tokens-made-lead = Copie o token agora. Ele não será mostrado de novo, e quem o tiver pode usá-lo.
tokens-token = Token
tokens-try-it = Teste em um terminal
tokens-done = Já copiei
tokens-profile-read = Ler seu perfil
tokens-profile-write = Alterar seu perfil
tokens-sessions-read = Listar suas sessões
tokens-sessions-write = Desconectar você
tokens-posts-read = Ler o mural
tokens-posts-write = Escrever no mural
tokens-security-read = Listar seus tokens de API
tokens-security-write = Mudar sua senha e criar tokens de API
tokens-empty-name = Digite um nome.
tokens-no-scopes = Escolha pelo menos um.
tokens-beyond-granted = Isto vai além do que seu próprio token pode fazer.
tokens-past-expiry = Isto está no passado.
tokens-late-expiry = Escolha uma data dentro de dez anos.
tokens-odd-expiry = Informe uma data como 2030-01-31T09:00:00Z.
tokens-too-many = Você tem 50 tokens, o máximo. Exclua um primeiro.
tokens-some-program = Um programa
tokens-required = Este campo é obrigatório.
tokens-null = Este campo não pode ser null.
tokens-blank = Este campo não pode ficar vazio.
tokens-no-text = Não é um texto válido.
tokens-wrong = Não foi possível entrar com estes dados.
tokens-empty-lead = Crie o primeiro abaixo.
tokens-yours = Seus tokens
tokens-is-ready = “{ $name }” está pronto

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
time-try-again-in = Tente de novo em { $wait }.
time-just-now = agora mesmo
time-minutes-ago =
    { $count ->
        [one] há { $count } minuto
       *[other] há { $count } minutos
    }
time-hours-ago =
    { $count ->
        [one] há { $count } hora
       *[other] há { $count } horas
    }
time-days-ago =
    { $count ->
        [one] há { $count } dia
       *[other] há { $count } dias
    }
# The zone of a page's times, said once.
time-zone = Horários em { $zone }
# A date in a sentence, of this year and of another.
time-date = { $day } de { $month }
time-date-of-year = { $day } de { $month } de { $year }
# A date as a heading, of this year and of another.
time-heading = { $weekday }, { $day } de { $month }
time-heading-of-year = { $weekday }, { $day } de { $month } de { $year }
time-month-1 = janeiro
time-month-2 = fevereiro
time-month-3 = março
time-month-4 = abril
time-month-5 = maio
time-month-6 = junho
time-month-7 = julho
time-month-8 = agosto
time-month-9 = setembro
time-month-10 = outubro
time-month-11 = novembro
time-month-12 = dezembro
# As in 12 Nov.
time-month-1-short = jan.
time-month-2-short = fev.
time-month-3-short = mar.
time-month-4-short = abr.
time-month-5-short = mai.
time-month-6-short = jun.
time-month-7-short = jul.
time-month-8-short = ago.
time-month-9-short = set.
time-month-10-short = out.
time-month-11-short = nov.
time-month-12-short = dez.
time-weekday-1 = segunda-feira
time-weekday-2 = terça-feira
time-weekday-3 = quarta-feira
time-weekday-4 = quinta-feira
time-weekday-5 = sexta-feira
time-weekday-6 = sábado
time-weekday-7 = domingo
