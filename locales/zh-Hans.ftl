### The texts of pages and mails in simplified Chinese: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = 、
layout-skip = 跳到正文
layout-navigation = 主菜单
layout-settings = 设置
layout-your-account = 账号：
layout-dashboard = 应用
layout-profile = 个人资料
layout-sessions = 已登录设备
layout-security = 安全
layout-tokens = API 令牌
layout-login = 登录
layout-register = 注册
layout-logout = 退出登录
layout-language = 语言
layout-help = 帮助
layout-terms = 服务条款
layout-privacy = 隐私政策
layout-error = 错误
layout-problems = 请先修正以下内容
layout-cancel = 取消
layout-confirm-title = 验证身份
layout-confirm-lead = 请输入密码。
layout-confirm-either = 请用两步验证或密码确认。
layout-confirm-factor = 这会更改你的登录方式，需要两步验证。
layout-act-change-email = 你正在更改邮箱。
layout-act-delete-account = 你正在删除账号。
layout-act-change-password = 你正在更改密码。
layout-act-add-app = 你正在设置身份验证器应用。
layout-act-remove-app = 你正在移除身份验证器应用。
layout-act-new-codes = 你正在生成新的恢复码。
layout-act-remove-passkey = 你正在移除通行密钥。
layout-act-add-passkey = 你正在添加通行密钥。
layout-act-create-token = 你正在创建 API 令牌。
layout-act-staff = 你正在以管理员身份更改设置。
layout-passkey-failed = 操作未成功。请重试，或换一种方式。
layout-passkey-cancelled = 已取消或超时。请重试，或换一种方式。
layout-passkey-on-device = 此设备上已有该账号的通行密钥。
layout-passkey-unverified = 此设备无法验证是你本人。请设置屏幕锁或 PIN，或换一台设备。
layout-passkey-address = 通行密钥只能在本站自己的网址使用。请在那里打开本站，或换一种方式。
layout-or = 或
layout-confirm-submit = 继续
layout-staff = 管理
layout-board = 留言板
layout-welcome = 账号已创建。
layout-saved = 已保存。
layout-password-changed = 密码已更改。其他设备均已退出登录，API 令牌已删除。
layout-others-ended = 其他设备均已退出登录。
layout-signed-out = 你已退出登录。
layout-session-over = 你已被退出登录。请重新登录。
layout-not-sent-yet = 你已被退出登录，内容尚未保存。登录后即可发送你输入的内容。
layout-not-sent = 你已被退出登录，内容未保存。请登录后重试。
layout-other-member = 该页面属于另一个账号，内容未保存。
layout-too-many-codes = 验证码错误次数过多。请重新登录。
layout-stage-over = 时间过长。请重新登录。
layout-post-saved = 已发布到留言板。
layout-password-set = 密码已设置。请用新密码登录。
layout-mail-sent = 邮件已发出。
layout-email-confirmed = 邮箱已确认。
layout-not-followed = 你已登录。你来自的网址不是本站的应用，因此停留在这里。
layout-not-recognised = 你已登录，但应用没有识别到。请告知本站运营者。
layout-account-deleted = 账号已删除。
layout-app-added = 身份验证器应用已设置。恢复码仍然有效。其他设备均已退出登录。
layout-app-removed = 身份验证器应用已移除。其他设备均已退出登录。
layout-copy = 复制
layout-copied = 已复制
layout-provider-failed = 使用 { $provider } 登录未成功。请重试，或换一种方式。
layout-provider-cancelled = 你在 { $provider } 取消了登录。没有任何更改。
layout-provider-late = 时间过长，或登录已完成。请重新选择 { $provider }。
layout-provider-closed = 没有账号与此 { $provider } 账号关联，也不能新建账号。如果你有账号，请登录后在“安全”中关联。
layout-provider-domain = 此 { $provider } 邮箱不能在这里创建账号。请换一个账号，或咨询本站运营者。
layout-provider-group = 此 { $provider } 账号不在可以创建账号的群组中。请咨询本站运营者。
layout-provider-uninvited = 只有受邀者可以通过 { $provider } 加入。请咨询本站运营者。
layout-provider-disabled = 与此 { $provider } 账号关联的账号已停用。请咨询本站运营者。
layout-provider-linked = { $provider } 账号已关联，今后可用它登录。
layout-provider-unlinked = { $provider } 账号已取消关联，不能再用它登录。
layout-provider-of-another = 该 { $provider } 账号已属于另一个账号。没有任何更改。
layout-provider-has-one = 你的账号已关联另一个 { $provider } 账号。请先取消关联。
layout-provider-confirmed = { $provider } 已确认是你本人。请重新执行刚才的操作。

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = 用户名或邮箱
field-username = 用户名
field-username-hint = 可使用任何语言的文字和数字。以后不能更改。
field-email = 邮箱
field-password = 密码
field-new-password = 新密码
field-current-password = 当前密码
field-code = 验证码
field-code-hint = 身份验证器应用中的 6 位数字，或一个恢复码
field-user-code = 设备代码
field-app-code-hint = 应用当前显示的 6 位数字
field-password-hint = 至少 8 个字符。三四个互不相关的词效果很好。
field-display-name = 名称
field-display-name-hint = 其他人看到的名称。留空则使用用户名。
field-name = 名称
field-app-address = 网址
field-icon = 图标
field-app-groups = 谁可以打开
field-language = 语言
field-follow-browser = 与浏览器相同
field-time-zone = 时区
field-theme = 主题
field-title = 标题
field-body = 正文
field-redirect-uris = 重定向 URI
field-post-logout-redirect-uris = 退出登录后的网址
field-backchannel-logout-uri = 退出通知网址
field-jwks = 公钥
field-grants = 可换取令牌的方式
field-scope = 范围（scope）
field-resources = 使用的 API
field-scopes = 权限
field-expires-at = 到期
field-theme-auto = 跟随系统
field-theme-light = 浅色
field-theme-dark = 深色
field-empty-username = 请输入用户名。
field-long-username = 最多 32 个字符。
field-odd-username = 只能使用文字和数字，中间可用 . - _。
field-taken-username = 用户名已被使用，或与已有的过于相似。请换一个。
field-empty-email = 请输入邮箱。
field-long-email = 邮箱最多 254 个字符。
field-long-local = @ 之前最多 64 个字符。
field-bad-email = 请输入类似 name@example.org 的邮箱。
field-invisible = 其中有看不见的字符。请直接输入，不要粘贴。
field-look-alike-email = 其中有形似拉丁字母的其他字母。请用拉丁字母输入。
field-taken-email = 此邮箱已有账号。
field-long-display-name = 最多 60 个字符。
field-odd-display-name = 请在一行内使用可见字符。
field-empty-password = 请输入密码。
field-short-password = 至少 8 个字符。
field-long-password = 最多 128 个字符。
field-common-password = 太容易被猜到。请再加一两个不相关的词。
field-personal-password = 与你的姓名、邮箱或本站名称过于接近。请换成不相关的内容。
field-wrong-password = 这不是你的当前密码。
field-wrong-code = 验证码错误或已过期。
field-send-password = 输入密码的时间过久：请作为 current_password 一并发送。
field-send-code = 输入验证码的时间过久：请作为 code 一并发送。
field-missing = 缺少此项。
field-wrong-type = 类型不正确。
field-twice = 此名称出现了两次。
field-bad-choice = 请从所给选项中选择。

## error
## Titles and sentences of the error pages.

error-bad-request = 无法读取此请求
error-bad-request-help = 请求的一部分已损坏或重复发送。请返回并刷新页面后重试。
error-unauthorized = 你尚未登录
error-unauthorized-help = 请先登录，或随请求发送有效的令牌。
error-forbidden = 你没有权限打开此页面
error-forbidden-help = 你没有权限，或请求来自其他网站。请在本站打开页面后重试。
error-set-up-first = 此账号需要两步验证。请先用浏览器登录并设置。
error-needs-session = API 令牌不能执行此操作。请登录后使用会话或其访问令牌。
error-reauth-required = 需要 10 分钟内确认过的密码或验证码。请一并发送，或先验证身份。
error-not-found = 找不到页面
error-not-found-help = 网址可能有误，或内容已不存在。
error-method = 此网址的用法不同
error-method-help = 此页面不接受这种请求。请从首页重新开始。
error-timeout = 时间过长
error-timeout-help = 请求未能及时到达。请检查网络后重试。
error-too-large = 发送的内容过多
error-too-large-help = 表单最多可发送 128 kB。请缩短内容后重试。
error-media-type = 不支持这种格式
error-media-type-help = 请使用页面上的表单。
error-misdirected = 这不是本站的网址
error-misdirected-help = 服务器不响应此主机名。运营者可以在 MUNJIGI_ALLOWED_HOSTS 中登记该名称。
error-unprocessable = 请检查输入的内容
error-unprocessable-help = 请返回并修正标出的项目。
error-conflict = 内容在此期间已更改
error-conflict-help = 请重新阅读，再决定是否仍要更改。
error-too-many = 尝试次数过多
error-too-many-help = 这是为了保护账号。
error-internal = 服务器出现问题
error-internal-help = 你的数据是安全的。请重试。如果持续出现，请将下方的请求编号告知本站运营者。
error-unavailable = 稍后恢复
error-unavailable-help = 你仍保持登录。
error-other = 操作未成功
error-other-help = 请返回后重试。
error-rule = 拒绝的规则
error-request = 请求编号
error-home = 前往首页
error-dashboard = 前往我的应用

## event
## What the audit trail tells, in words.

event-registered = 创建账号
event-signed-in = 登录
event-sign-in-failed = 登录失败
event-signed-out = 退出登录
event-session-ended = 会话结束
event-refresh-reused = 应用的令牌被使用两次，该应用已退出登录
event-keys-rotated = 轮换密钥
event-keys-forgotten = 废弃旧密钥，所有人已退出登录
event-others-ended = 结束其他会话
event-all-ended = 结束所有会话
event-password-changed = 更改密码
event-password-failed = 密码输入错误
event-password-confirmed = 确认密码
event-provider-confirmed = 在其他服务确认身份
event-password-required = 要求新密码
event-password-link-shown = 向管理员显示新密码链接
event-shown-link-used = 通过向管理员显示的链接设置新密码
event-password-reset = 通过链接设置新密码
event-password-reset-asked = 通过邮件申请新密码
event-recovery-started = 开始恢复账号
event-sign-in-link-sent = 申请登录链接
event-sign-in-link-used = 使用登录链接
event-email-verified = 确认邮箱
event-email-vouched = 管理员确认邮箱
event-email-change-asked = 申请更改邮箱
event-totp-added = 设置身份验证器应用
event-totp-removed = 移除身份验证器应用
event-passkey-added = 添加通行密钥
event-passkey-renamed = 重命名通行密钥
event-passkey-removed = 移除通行密钥
event-recovery-codes-made = 生成新的恢复码
event-recovery-code-used = 使用恢复码
event-second-factor-failed = 密码正确，但验证码错误
event-second-factor-confirmed = 确认验证码
event-factors-removed = 为恢复账号移除两步验证
event-identity-linked = 关联其他服务的账号
event-identity-unlinked = 取消关联其他服务的账号
event-provider-signed-out = 在其他服务退出登录
event-device-trusted = 信任设备
event-device-forgotten = 取消信任设备
event-email-changed = 更改邮箱
event-account-deleted = 删除账号
event-disabled = 停用账号
event-enabled = 启用账号
event-promoted = 授予管理员权限
event-demoted = 收回管理员权限
event-group-created = 创建群组
event-group-changed = 更改群组
event-group-deleted = 删除群组
event-group-joined = 加入群组
event-group-left = 移出群组
event-post-edited = 版主编辑帖子
event-post-deleted = 版主删除帖子
event-application-added = 添加应用
event-application-changed = 更改应用
event-application-removed = 移除应用
event-app-secret-rotated = 生成新的应用密钥
event-app-secret-ended = 废弃旧的应用密钥
event-app-disabled = 停用应用：文件中不再声明
event-app-enabled = 重新启用应用
event-app-signed-in = 登录应用
event-app-connected = 连接应用
event-app-disconnected = 断开应用
event-app-code-reused = 应用的登录代码被使用两次
event-app-refresh-reused = 应用的旧令牌被再次使用
event-token-created = 创建 API 令牌
event-token-deleted = 删除 API 令牌
event-audit-exported = 导出审计日志
# What happened, and to what.
event-line = { $event }：{ $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count } 次，最近 { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = 群组
groups-lead = 群组为成员授予权限并开放应用。
groups-none = 还没有群组
groups-new = 新建群组
groups-name = 群组名称
groups-create = 创建群组
groups-permissions = 权限
groups-signing-in = 登录
groups-second-factor = 成员必须先设置两步验证
groups-members = 成员
groups-no-members = 此群组还没有成员。
groups-more-members = 显示更多
groups-add = 添加
groups-add-member = 要添加的用户名或邮箱
groups-remove = 移除
groups-save = 保存
groups-delete = 删除群组
groups-empty-name = 请输入名称。
groups-long-name = 最多 60 个字符。
groups-odd-name = 请在一行内使用可见字符。
groups-taken-name = 此名称已被使用。请换一个。
groups-no-such-user = 没有这个名称的用户。
groups-add-post = 发帖（所有成员）
groups-change-post = 编辑任何人的帖子
groups-delete-post = 删除任何人的帖子
groups-view-post = 阅读帖子（所有人）
groups-settings = 名称和权限
groups-keep = 保留
groups-delete-undone = 此操作无法撤销。
groups-delete-stays = 成员的账号会保留
groups-delete-group = 删除群组“{ $name }”？
groups-members-lose = { $members } 名成员会立即失去该群组的权限
groups-apps-close = 通过该群组打开的 { $apps } 个应用将不再可用
groups-new-lead = 权限和成员在下一页设置。
groups-count = { $n } 个群组

## home
## The home page.

home-title = 欢迎
home-description = 登录一次，即可打开本站的所有应用。
home-lead = 一次登录，通行所有应用
home-body = 登录后即可打开本站的应用。
home-login = 登录
home-register = 创建账号
home-board = 阅读留言板

## register
## The registration page.

register-title = 创建账号
register-description = 创建用于本站应用的账号。
register-lead = 一个账号，即可使用这里的所有应用。
register-submit = 创建账号
register-have-account = 已有账号？
register-login = 登录
register-closed = 暂不开放注册
register-closed-help = 新账号由本站运营者创建。请向他们申请。

## login
## The sign-in page.

login-title = 登录
login-description = 使用密码或通行密钥登录。
# Under the title: where one goes after sign-in.
login-leads-to = 登录后继续前往 { $host }
login-remember = 在此设备上保持登录
login-submit = 登录
login-no-account = 第一次来？
login-register = 创建账号
login-empty-login = 请输入用户名或邮箱。
login-empty-password = 请输入密码。
login-wrong = 用户名或密码错误。请重试。
login-code-needed = 此账号使用两步验证。请一并发送验证码。
login-wrong-code = 验证码错误或已使用。请输入当前显示的验证码。
login-empty-code = 请输入验证码。
login-set-up-first = 此账号需要两步验证。请先用浏览器登录并设置。
login-signed-in = 你已登录
login-verify-title = 输入验证码
login-verify-lead = 打开身份验证器应用，输入当前显示的 6 位数字。
login-verify-any = 输入身份验证器应用当前显示的 6 位数字，或使用通行密钥。
login-verify-hint = 也可以使用恢复码。
login-verify-submit = 继续
login-other-account = 以其他账号登录
login-lost = 手机和恢复码都丢了？
login-lost-help = 本站运营者可以帮你找回账号。
login-by-passkey = 使用通行密钥登录
login-verify-by-passkey = 使用通行密钥
login-late-passkey = 此页面打开过久。请重试。
login-wrong-passkey = 通行密钥未能通过。请重试，或换一种方式登录。
login-disabled = 此账号已停用。请咨询本站运营者。
login-unverified = 请先确认邮箱：在登录页面登录后，会收到说明邮件。
login-by-mail = 通过邮件接收登录链接
login-logout-title = 退出登录？
login-logout-lead = 你将在这里以及用此账号打开的应用中退出登录。
login-forgot = 忘记密码？
# The offer to trust a device.
login-trust-days = { $days } 天内在此设备上不再询问
login-trust-hours = { $hours } 小时内在此设备上不再询问
# $wait: such as 15 minutes.
login-too-many-failures = 失败次数过多。请在 { $wait }后重试。
# Which app is next after sign-in.
login-leading-on-to = { $host } 即将打开。

## mail
## What mails say.

mail-hello = 你好，
mail-code = 或在申请时的页面输入以下代码：
mail-once = 链接和代码在 30 分钟内可使用一次。
mail-ignore = 如果不是你本人操作，无需理会。
mail-signature = 由 { $site } 的登录服务器发送。
mail-reset-subject = 设置新密码
mail-reset = 有人为你的账号申请了新密码。请打开链接进行设置。
mail-reset-button = 设置密码
mail-recovery-subject = 找回账号
mail-recovery = 管理员已开始恢复你的账号。请打开链接并设置新密码来完成恢复。
mail-recovery-ignore = 如果你没有提出请求，请不要打开链接，并告知管理员。
mail-new-password = 管理员要求你的账号设置新密码。旧密码已不能使用。请打开链接设置新密码。
mail-once-in-a-day = 链接和代码在 24 小时内可使用一次。
mail-sign-in-subject = 你的登录链接
mail-sign-in = 打开链接即可登录。
mail-sign-in-button = 登录
mail-register-subject = 确认邮箱
mail-register = 有人正在用此邮箱创建账号。如果是你，请确认邮箱归你所有。
mail-verify = 请确认此邮箱归你所有。
mail-verify-button = 确认邮箱
mail-change = 有人要将此邮箱设为某个账号的新邮箱。请确认它归你所有。
mail-taken-subject = 你已有账号
mail-taken = 有人试图用此邮箱注册，但它已属于你的账号。如果是你：请登录；如果忘记密码，请设置新密码。
mail-taken-button = 登录
mail-moving-subject = 邮箱更改申请
mail-moving = 你的账号邮箱即将更改，只待确认新邮箱。
mail-moved-subject = 邮箱已更改
mail-moved = 你的账号已改用其他邮箱。此邮箱不再接收邮件。
mail-password-subject = 密码已更改
mail-password = 你的账号密码已更改。其他设备均已退出登录。
mail-password-removed-subject = 你的密码已移除
mail-password-removed = 你通过链接登录时确认了此地址。之前的密码可能是他人设置的，因此不能再用于登录。你可以设置新密码。
mail-device-subject = 新设备登录
mail-device = 有人在从未使用过的浏览器中登录了你的账号。
mail-factors-subject = 两步验证已更改
mail-factors = 输入密码之后的验证方式已更改。
mail-linked-subject = 已关联其他服务的账号
mail-linked = 今后可用该账号登录这里。
mail-unlinked-subject = 已取消关联其他服务的账号
mail-unlinked = 今后不能再用该账号登录这里。
mail-token-subject = 有程序获得了 API 令牌
mail-token = 有程序使用你的密码登录并获得了 API 令牌。在令牌到期或你在“API 令牌”页面删除它之前，该程序可以通过 API 代你操作。
mail-notices-withheld = 一小时内发生了多次此类事件。接下来一小时内不再发送相关邮件；“安全”页面列出了全部记录。
mail-not-you = 如果不是你本人：请立即设置新密码，这会结束所有会话。
mail-not-you-button = 设置密码
mail-test-subject = 测试
mail-test = 这封邮件用于确认邮件可以送达。
mail-greeting = { $name }，你好：
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = 或在 { $link } 输入你的用户名和以下代码
# $when: day and hour.
mail-by-operator = { $when } · 本站运营者
mail-circumstances = { $when }，{ $device }，来自 { $address }。
mail-asked = 请求来自 { $device }，{ $address }，{ $when }。

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = 账号：
oidc-not-you = 不是你？
oidc-sees-profile = 你的姓名和用户名
oidc-sees-email = 你的邮箱：
oidc-sees-groups = 你的群组：
oidc-sees-no-groups = 你的群组（目前没有）
oidc-sees-identity = 每次回来时确认是你
oidc-stays = 在你断开连接之前，离开时也保持登录
oidc-own-scope = 使用范围：
oidc-resource = 代你访问：
oidc-no-password = 它看不到你的密码，也不能更改你的账号。
oidc-goes-to = 将前往：
oidc-allow = 允许并继续
oidc-deny = 取消
oidc-later = 可随时断开连接的位置：
oidc-connected-apps = 已连接的应用
oidc-select-lead = 你已在此设备上登录。
oidc-proceed = 继续
oidc-another = 使用其他账号
oidc-going = 如果没有反应，请点击按钮。
oidc-not-your-app-help = 如有需要，请向本站运营者申请权限。
oidc-problem-title = 应用设置不正确
oidc-unknown-app = 本站不认识你来自的应用。请告知应用的运营者。
oidc-unreadable = 无法读取应用发送的请求。请告知应用的运营者。
oidc-logout-title = 退出登录？
oidc-logout-lead = 你将在这里以及从这里打开的应用中退出登录。
oidc-logout = 退出登录
oidc-stay = 保持登录
oidc-logout-problem-title = 未能退出登录
oidc-logout-hint = 应用发送的请求不属于本站。你可以直接在这里退出登录。
oidc-logout-redirect-uri = 应用要求将你带往不属于它的网址。你可以直接在这里退出登录。
oidc-connected-lead = 这些应用知道你是谁。断开后，其访问立即终止。
oidc-none-connected = 没有已连接的应用
oidc-connected-since = 连接于
oidc-disconnect = 断开连接
oidc-unregistered = 本站运营者未审核此应用。应用说明：
oidc-device-title = 连接设备
oidc-device-lead = 输入电视、游戏机或命令行显示的代码。
oidc-device-hint = 8 个字母，例如 BCDF-GHJK。
oidc-device-warning = 只输入你面前设备上的代码。如果代码是别人发给你的，请停止：对方会进入你的账号。
oidc-device-asked-from = 请求来自：
oidc-device-allow = 允许此设备
oidc-device-return = 请回到你的设备。
oidc-device-ended = 设备不会得到任何内容。如果不是你请求的，可以关闭此页面。
oidc-wrong-user-code = 没有设备在等待此代码。代码 10 分钟后过期；请检查，或在设备上获取新代码。
oidc-none-connected-lead = 允许登录的应用会显示在这里。
oidc-sees = 可见内容：
oidc-sign-in-to = 登录 { $app }
oidc-continue-to = 继续前往 { $app }
# Before the list of what an app learns.
oidc-will-see = { $app } 将看到
oidc-device-allowed = { $app } 已连接
oidc-device-denied = { $app } 未连接
oidc-not-your-app = 你没有权限打开 { $app }
oidc-wrong-redirect-uri = { $app } 要求将你带往未登记的网址。请告知应用的运营者；差异记录在本站的日志中。
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = 姓名和用户名
oidc-scope-email = 邮箱
oidc-scope-groups = 群组
oidc-scope-offline = 你离开时也可访问

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = 添加应用
oidc-apps-new-lead = 是哪种应用？
oidc-apps-behind-proxy = 代理后的应用
oidc-apps-behind-proxy-lead = 没有自己登录功能的应用。代理会在这里询问谁可以打开。
oidc-apps-openid = OpenID Connect 应用
oidc-apps-openid-lead = 自行在此登录用户的应用。选择后会自动填好所需内容。
oidc-apps-own-app = 其他应用
oidc-apps-mcp-client = MCP 客户端
oidc-apps-address = 应用网址
oidc-apps-address-hint = 用户打开的网址，例如 https://grafana.example.org。
oidc-apps-mcp-hint = MCP 服务器的网址，例如 https://mcp.example.org/notes。
oidc-apps-more = 更多设置
oidc-apps-derived-hint = 每行一个。留空则由应用网址推导。
oidc-apps-lines-hint = 每行一个。
oidc-apps-redirect-uris = 重定向 URI
oidc-apps-redirect-hint = 登录后浏览器返回的网址。每行一个，须与应用发送的完全一致。
oidc-apps-post-logout = 退出登录后的网址
oidc-apps-backchannel = 退出通知网址
oidc-apps-backchannel-hint = 会话结束时通知应用的网址（back-channel logout）。
oidc-apps-auth-method = 应用如何证明身份
oidc-apps-with-basic = 密钥，放在请求头（client_secret_basic）
oidc-apps-with-post = 密钥，放在表单（client_secret_post）
oidc-apps-with-key = 应用自己的密钥对（private_key_jwt）
oidc-apps-with-none = 不证明：在用户设备上运行的程序（none）
oidc-apps-jwks = 公钥
oidc-apps-jwks-hint = 用于 private_key_jwt：JWK Set，或获取它的 https 网址。
oidc-apps-subject = 如何识别用户
oidc-apps-public-subject = 使用其他应用也知道的名称
oidc-apps-pairwise-subject = 使用该应用独有的名称（pairwise）
oidc-apps-grants = 可换取令牌的方式
oidc-apps-grant-code = 用户登录
oidc-apps-grant-refresh = 刷新
oidc-apps-grant-credentials = 以应用自身名义
oidc-apps-grant-device = 设备代码
oidc-apps-scopes = 范围（scope）
oidc-apps-scopes-hint = 以空格分隔。留空则使用应用通常所需的范围。
oidc-apps-alg = ID 令牌的算法
oidc-apps-resources = 使用的 API
oidc-apps-resources-hint = 可申请访问令牌的 API 网址。每行一个。
oidc-apps-access-lifetime = 访问令牌有效时间
oidc-apps-access-lifetime-hint = 例如 10m（10 分钟）或 2h（2 小时）。留空为 1 小时，用于 API 时为 5 分钟。
oidc-apps-id-lifetime = ID 令牌有效时间
oidc-apps-id-lifetime-hint = 例如 10m（10 分钟）或 2h（2 小时）。留空为 1 小时。
oidc-apps-refresh-lifetime = 未使用的刷新令牌有效期
oidc-apps-refresh-lifetime-hint = 例如 12h（12 小时）或 30d（30 天）。留空为 14 天。
oidc-apps-level = 登录
oidc-apps-one-factor = 照常
oidc-apps-two-factor = 需要两步验证
oidc-apps-first-party = 这是自有应用：不向用户征求同意
oidc-apps-groups-hint = 所选群组的成员。不选则对所有成员开放。
oidc-apps-add = 添加应用
oidc-apps-made-title = 添加应用
oidc-apps-rotated-title = 新密钥
oidc-apps-made-lead = 请立即复制密钥，之后不再显示。
oidc-apps-made-public = 此应用没有密钥。
oidc-apps-rotated-lead = 之前的密钥在你废弃它或生成下一个之前仍然有效。
oidc-apps-to-app = 前往应用
oidc-apps-client-id = 客户端 ID
oidc-apps-client-secret = 客户端密钥
oidc-apps-issuer = 颁发者（issuer）
oidc-apps-setup = 设置应用
oidc-apps-setup-lead = 粘贴以下内容。CLIENT_SECRET 代表密钥。
oidc-apps-anywhere = 在应用的设置位置：
oidc-apps-terminal = 在应用服务器的命令行：
oidc-apps-registration = 登记信息
oidc-apps-declared = 在文件中声明
oidc-apps-declared-note = 此应用在 MUNJIGI_APPS 指定的文件中声明。请在那里更改。
oidc-apps-gone-note = 文件不再声明此应用，因此无法登录。请重新声明，或移除它。
oidc-apps-disabled = 已停用
oidc-apps-change = 更改
oidc-apps-change-title = 更改应用
oidc-apps-save = 保存
oidc-apps-secrets = 密钥
oidc-apps-current-secret = 当前密钥
oidc-apps-older-secret = 旧密钥
oidc-apps-older-until = 在你废弃它或生成下一个之前有效
oidc-apps-made-at = 生成于
oidc-apps-rotate = 生成新密钥
oidc-apps-end-older = 立即废弃
oidc-apps-no-secret = 此应用没有密钥。
oidc-apps-people = 用户
oidc-apps-signed-in = 登录
oidc-apps-connected = 已允许
oidc-apps-remove = 移除应用
oidc-apps-keep = 保留
oidc-apps-remove-stays = 应用内的数据不受影响
oidc-apps-empty-name = 请输入名称。
oidc-apps-long-name = 最多 60 个字符。
oidc-apps-odd-name = 请在一行内使用可见字符。
oidc-apps-taken-name = 已有同名应用。请换一个名称。
oidc-apps-groups-gone = 你选择的群组已不存在。请重新选择。
oidc-apps-no-redirect-uri = 请输入应用网址或重定向 URI。
oidc-apps-too-many = 最多 50 个。
oidc-apps-plain-http = 请使用 https://。只有 localhost 可以使用 http://。
oidc-apps-link-local = 不会访问链路本地地址。
oidc-apps-bad-lifetime = 可设为 1 分钟至 24 小时；未使用时间最长 90 天。
oidc-apps-no-jwks = 请输入应用的公钥。
oidc-apps-bad-jwks = 请输入只含公钥的 JWK Set。
oidc-apps-public-credentials = 不证明身份的应用不能以自身名义操作。
oidc-apps-refresh-alone = 刷新需要用户登录。
oidc-apps-uri-long = “{ $address }”超过 2000 字节。
oidc-apps-uri-relative = “{ $address }”不是完整的网址，例如 https://app.example.org/callback。
oidc-apps-uri-fragment = “{ $address }”中有 #。
oidc-apps-uri-userinfo = “{ $address }”中有用户名或密码。
oidc-apps-uri-characters = “{ $address }”中有空格、反斜杠或非 ASCII 字符。
oidc-apps-uri-http = “{ $address }”使用了 http://，只有 localhost 可以使用。
oidc-apps-uri-scheme = “{ $address }”的协议会被浏览器特殊处理。
oidc-apps-deliveries = 发送给应用的退出通知
oidc-apps-waiting = 等待中
oidc-apps-delivered = 最近送达
oidc-apps-failed = 最近失败
oidc-apps-given-up = 不再发送
oidc-apps-never = 无
oidc-apps-refusals = 被拒绝的请求
oidc-apps-refusals-lead = 应用给出了未登记的网址。
oidc-apps-received = 收到
oidc-apps-registered = 已登记
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = 在 { $file } 中：
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = 在 { $page } 下：
oidc-apps-remove-app = 移除“{ $app }”？
oidc-apps-lose-sign-ins = { $people } 人会立即从该应用退出登录
oidc-apps-lose-consents = { $people } 人已允许它登录，重新添加后需要再次允许
oidc-apps-lose-client-id = 其客户端 ID 和密钥将永久失效
oidc-apps-many-hosts = “{ $hosts }”包含多个主机，pairwise 应用不能使用。
oidc-apps-odd-scope = “{ $value }”不是有效的范围。
oidc-apps-own-resource = “{ $address }”是本站自身。
oidc-apps-logo = 徽标
oidc-apps-logo-file = 图片文件
oidc-apps-logo-hint = PNG、WebP 或 SVG，最大 64 kB。
oidc-apps-logo-upload = 上传
oidc-apps-logo-remove = 移除徽标
oidc-apps-logo-large = 请选择不超过 64 kB 的文件。
oidc-apps-logo-kind = 请选择 PNG、WebP 或 SVG 文件。
oidc-apps-logo-pixels = 请选择边长不超过 4096 像素的图片。
oidc-apps-logo-active = 请选择不含脚本、链接和其他文件的 SVG。

## password-reset
## The page that a one-time link opens.

password-reset-title = 设置新密码
password-reset-lead = 所有设备都会退出登录，API 令牌将不能使用。
password-reset-submit = 保存密码
password-reset-ask-title = 忘记密码？
password-reset-ask-lead = 我们会向账号的邮箱发送设置新密码的链接。
password-reset-ask-submit = 发送链接
password-reset-no-server = 本站不能发送邮件。你的请求会送达运营者；请向他们索取链接。
password-reset-no-server-title = 向运营者索取链接
password-reset-code-title = 请查收邮件
password-reset-code-lead = 如果该账号存在，几分钟内会有邮件送达其邮箱。请打开链接，或在此输入代码。
password-reset-no-server-code = 如果该账号存在，本站运营者持有链接和代码。请向他们索取。
password-reset-code-hint = 8 位数字，30 分钟内在此浏览器有效。
password-reset-code-submit = 继续
password-reset-again = 没有收到？
password-reset-again-link = 重新发送
password-reset-new-link = 获取新链接
password-reset-recovery-title = 找回账号
password-reset-recovery-lead = 输入账号恢复邮件中的代码，然后设置新密码。
password-reset-recovery-hint = 8 位数字，30 分钟内有效。
password-reset-to-sign-in = 返回登录
password-reset-over = 此链接已失效
password-reset-over-lead = 链接在限定时间内只能使用一次。请重新申请。

## admin
## Texts of the staff's pages.

admin-navigation = 管理页面
admin-users = 用户
admin-groups = 群组
admin-apps = 应用
admin-sessions = 会话
admin-audit = 审计日志
admin-search = 搜索
admin-signed-in = 登录时间
admin-last-seen = 最近使用
admin-filter = 筛选
admin-clear = 清除
admin-next = 下一页
admin-nothing = 没有匹配的内容
admin-search-lead = 查找用户、群组、应用、会话和最近的记录。
admin-search-label = 姓名、邮箱、地址或请求编号
admin-nothing-found = 没有找到“{ $text }”

## done
## What was just done, to what.

done-device-signed-out = 已退出“{ $name }”。
done-device-forgotten = “{ $name }”今后会再次要求验证码。
done-disabled = 已停用 { $name } 并退出其所有设备。
done-enabled = 已启用 { $name }。
done-signed-out = 已退出 { $name } 的所有设备。
done-email-vouched = 已将 { $name } 的邮箱标记为已确认。
done-password-required = { $name } 需要设置新密码，链接已通过邮件发送。
done-recovery-mailed = 已向 { $name } 发送恢复链接。使用之前不会有任何变化。
done-groups-saved = 已保存 { $name } 的群组。
done-created = 已创建“{ $name }”。
done-saved = 已保存“{ $name }”。
done-deleted = 已删除“{ $name }”。
done-member-added = 已将 { $name } 加入群组。
done-member-removed = 已将 { $name } 移出群组。
done-app-added = 已添加“{ $name }”。
done-app-removed = 已移除“{ $name }”。
done-secret-ended = “{ $name }”的旧密钥已失效。
done-token-deleted = 已删除“{ $name }”，它不再有效。
done-passkey-added = 已添加“{ $name }”。其他设备均已退出登录。
done-passkey-removed = 已移除“{ $name }”。其他设备均已退出登录。
done-disconnected = 已断开 { $name }，它不再能看到你的任何信息。
done-post-deleted = 已删除“{ $name }”。

## overview
## The staff's overview.

overview-title = 概览
overview-today = 今日登录
overview-two-step = 两步验证
overview-period = 时间段
overview-in-utc = 每天从 UTC 零点开始。
overview-signed-in = 成功
overview-failed = 失败
overview-today-short = 今天
overview-numbers = 显示数字
overview-day = 日期
overview-attention = 需要注意
overview-calm = 目前没有需要处理的事项。
overview-ways = 登录方式
overview-no-ways = 还没有统计到登录。
overview-by-two-steps = 密码和第二步
overview-by-passkey = 通行密钥
overview-by-password = 仅密码
overview-by-link = 邮件链接
overview-by-provider = 其他账号
overview-see = 查看
overview-open = 打开
overview-mail-waits = 邮件服务器拒绝或没有响应。
overview-given-up = 不再重试。
overview-rotate = 在命令行中更换：munjigi keys rotate
overview-system = 系统
overview-database = 数据库
overview-session-store = 会话存储
overview-built-in = 内置
overview-mail = 邮件
overview-no-mail = 没有邮件服务器
overview-mail-idle = 没有待发邮件
overview-keys = 签名密钥
overview-version = 版本
overview-new-this-week = 7 天内新增 { $n } 人
overview-failed-count = 失败 { $n } 次
overview-without-two-step = { $users } 人未启用
overview-sign-ins-in = 最近 { $days } 天的登录
overview-daily-average = 平均每天 { $n } 次
overview-last-days = 最近 { $days } 天
overview-days = { $days } 天
overview-bar = { $day }：成功 { $done } 次，失败 { $failed } 次
overview-chart-calm = 从 { $from } 到 { $to }，每天登录 { $fewest } 到 { $most } 次，没有失败。
overview-chart = 从 { $from } 到 { $to }，每天登录 { $fewest } 到 { $most } 次。线下方的失败在 { $on } 最多：{ $failed } 次。
overview-failures-on = { $day } 登录失败 { $n } 次
overview-usually = 其他日子约 { $n } 次。
overview-refused-today = 今天因失败过多而拒绝的登录：{ $n } 次
overview-staff-without = { $all } 名管理员中有 { $n } 名未启用两步验证
overview-mails-failing = { $n } 封邮件无法发送
overview-mails-waiting = { $n } 封待发
overview-waiting-since = 最早的一封于{ $ago }加入队列。
overview-app-untold = 无法将退出登录通知 { $app }
overview-app-refused = { $app } 请求了未登记的地址
overview-last-time = 最近一次{ $ago }
overview-keys-are-old = 签名密钥已使用 { $days } 天
overview-takes-no-writes = 无法写入

## audit
## The staff's page of the audit trail.

audit-title = 审计日志
audit-lead = 谁在何时何地做了什么。记录不会被修改，{ $days } 天后会被删除。
audit-event = 事件
audit-any-event = 所有事件
audit-whom = 账号
audit-by = 操作者
audit-from-day = 起始日期
audit-to-day = 结束日期
audit-when = 时间
audit-place = 来源
audit-gone = 已删除
audit-export = 导出 CSV
audit-export-lead = 所有匹配的记录，不仅限于此页
audit-no-such-user = 没有这个名称的用户。已删除的账号可用编号查找，例如 #12。
audit-older = 更早的记录

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = 你没有访问权限
forward-auth-help = 如有需要，请向本站运营者申请权限。
forward-auth-anonymous = 此网址下没有可打开的页面。
forward-auth-unclear = 此网址有多种解读方式
forward-auth-unclear-sentence = 网址的一部分写法特殊，其可能指向的页面中有你无权访问的内容。
forward-auth-unclear-help = 请通过应用中的链接打开页面。如果仍然来到这里，请告知本站运营者。
forward-auth-dashboard = 前往我的应用
forward-auth-home = 前往首页
forward-auth-trouble = 请稍后重试，或从首页开始。
# Who is signed in, but may not open this.
forward-auth-not-open-to = 你已以 { $name } 身份登录，但没有权限打开此页面。
forward-auth-another = 使用其他账号

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = 应用
apps-lead = 成员会在“应用”页面看到它。
apps-new-behind-proxy = 添加代理后的应用
apps-none = 还没有应用
apps-new = 新建应用
apps-add = 添加应用
apps-address-hint = 链接指向的网址，例如 https://mail.example.org。
apps-icon-hint = 一个文字、数字或表情符号。留空则使用名称的首字。
apps-groups-hint = 所选群组的成员。不选则对所有成员开放。
apps-no-groups = 所有成员。若只对部分人开放，请先创建群组。
apps-email = 邮箱
apps-unverified-email = 同时传递未确认的邮箱
apps-unverified-email-hint = 代理后的应用只会得到成员已确认的邮箱。未确认的邮箱可能属于他人。
apps-every-member = 所有成员
apps-nobody = 无人可用：其群组已被删除
apps-closed = 此应用所属的群组已被删除，目前无人可以打开。请选择群组后保存；不选则对所有成员开放。
apps-edit = 编辑
apps-save = 保存
apps-delete = 移除应用
apps-none-open = 还没有应用
apps-add-some = 添加应用
apps-empty-name = 请输入名称。
apps-long-name = 最多 60 个字符。
apps-odd-name = 请在一行内使用可见字符。
apps-empty-address = 请输入应用网址。
apps-long-address = 网址最多 500 字节。
apps-odd-address = 请输入不含空格的完整网址，例如 https://mail.example.org。
apps-wrong-scheme = 网址须以 https:// 或 http:// 开头。
apps-userinfo = 请去掉 @ 之前的用户名和密码：所有人都能看到。
apps-odd-icon = 请使用一个文字、数字或表情符号。
apps-groups-gone = 你选择的群组已不存在。请重新选择。
apps-none-open-lead = 你可以打开的应用会显示在这里。
apps-delete-undone = 以后可以重新添加。
apps-delete-gone = 成员在自己的应用中将看不到它
apps-delete-shut = 除非规则允许，代理将不再放行任何人
apps-delete-stays = 应用本身及其数据会保留
apps-keep = 保留
apps-count = { $n } 个应用

## board
## The board.

board-title = 留言板
board-new = 新建帖子
board-sign-in-to-write = 登录后发帖
board-search = 搜索标题和正文
board-search-submit = 搜索
board-all = 显示所有帖子
board-none = 还没有帖子
board-none-here = 这些帖子中没有。更早的帖子中可能有。
board-too-many = 你这一小时写了很多。请稍候，内容仍在这里。
board-gone = 帖子在此期间已被删除。你的内容仍在这里，保存后会成为新帖子。
board-changed = 帖子在此期间已被更改。删除前请重新阅读。
board-none-found = 没有包含这些词的帖子
board-none-older = 没有更早的帖子
board-older = 更早的帖子
board-newest = 最新的帖子
board-edited = 编辑于
board-edit = 编辑
board-delete = 删除
board-edit-title = 编辑帖子
board-title-hint = 最多 150 个字符。
board-body-hint = 最多 10,000 个字符。网址会变成链接。
board-publish = 发布
board-save = 保存
board-conflict = 其他人在此期间更改了帖子。你的内容仍在这里，尚未保存。保存会覆盖对方的更改。
board-theirs = 当前的帖子
board-overwrite = 保存我的内容
board-delete-title = 删除这篇帖子？
board-delete-lead = 所有人都将看不到它，且无法恢复。
board-delete-submit = 删除帖子
board-left = 已离开的成员
board-empty-title = 请输入标题。
board-odd-title = 请在一行内使用可见字符。
board-empty-body = 请输入正文。
board-odd-body = 文本中有看不见的控制字符。请移除它，或重新输入。
board-description = 本站用户发布的内容。
board-none-lead = 发布第一篇帖子吧。
board-yours = 你的内容
board-keep = 保留
# $max: as many as there may be; $over: as many as are too many.
board-too-long = 最多 { $max } 个字符，请减少 { $over } 个。

## dashboard
## The page after sign-in.

dashboard-title = 应用
dashboard-unconfirmed = 你的邮箱尚未确认。
dashboard-posts = 留言板新帖
dashboard-no-posts = 还没有帖子。
dashboard-see-board = 查看全部
dashboard-device = 设备

## profile
## The profile page.

profile-title = 个人资料
profile-submit = 保存
profile-username-fixed = 用户名不能更改。
profile-email-hint = 更改时需要验证身份。
profile-delete-title = 删除你的账号？
profile-delete-lead = 你和本站运营者都无法撤销。
profile-delete-link = 删除账号
profile-last-staff = 这是唯一可以登录的管理员账号。请先将管理员权限授予另一个账号：运营者可用 munjigi user promote 完成。
profile-delete-submit = 删除我的账号
profile-about = 关于你
profile-about-lead = 你连接的应用可以看到这些。
profile-looks = 语言、时区和主题
profile-delete-hint = 删除账号，并在所有设备上退出登录。
profile-delete-posts = 你的帖子会以“已离开的成员”留在留言板，不显示你的名字
profile-delete-apps = 应用内的数据不受影响。请向各应用申请删除
profile-keep = 保留
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] 此设备和所有应用都会退出登录
        [1] 此设备和所有应用都会退出登录
       *[other] { $sessions } 台设备和所有应用都会退出登录
    }
profile-tokens-stop = { $tokens } 个 API 令牌将不能使用

## sessions
## The sessions page.

sessions-title = 已登录设备
sessions-lead = 你已在这些设备和应用上登录。退出登录立即生效。
sessions-this-one = 此设备
sessions-unknown-device = 未知设备
sessions-seen = 最近使用
sessions-now = 正在使用
sessions-since = 登录于
sessions-browser-only = 直到浏览器关闭
sessions-app = API 客户端
sessions-end = 退出登录
sessions-end-others = 退出其他所有设备
sessions-trusted-title = 受信任的设备
sessions-trusted-lead = 在这些设备上只需密码，无需验证码。
sessions-trusted-since = 信任于
sessions-trusted-until = 有效期至
sessions-forget = 取消信任
# A device: Firefox on macOS.
sessions-browser-on-system = { $system } 上的 { $browser }

## sign-in-link
## Signing in by mail.

sign-in-link-title = 通过邮件登录
sign-in-link-lead = 我们会向账号的邮箱发送无需密码的登录链接。
sign-in-link-submit = 发送链接
sign-in-link-with-password = 使用密码登录
sign-in-link-confirm-title = 在此登录？
sign-in-link-confirm-lead = 链接会让你在此浏览器中登录。
sign-in-link-confirm-submit = 登录
sign-in-link-over-lead = 链接在 30 分钟内可使用一次。请重新申请。

## verify-email
## The pages that confirm an address.

verify-email-code-title = 确认邮箱
verify-email-code-lead = 打开你申请的邮件中的链接，或在此输入代码。
verify-email-member-lead = 打开发送至 { $email } 的邮件中的链接，或在此输入代码。
verify-email-confirmed-lead = 你的邮箱已确认。如果你申请了更改，请打开发送至新邮箱的邮件中的链接，或在此输入代码。
verify-email-nothing-asked = 此浏览器没有申请过邮件。登录后即可申请。
verify-email-code-hint = 8 位数字，30 分钟内在此浏览器有效。
verify-email-again = 发送新邮件
verify-email-start-again = 重新开始
verify-email-to-profile = 返回个人资料
verify-email-confirm-title = 确认此邮箱？
verify-email-confirm-lead = 仅当此邮箱归你所有时才确认。
verify-email-account-lead = 这会创建账号。如果不是你申请的，请关闭此页面。
verify-email-confirm-submit = 确认
verify-email-confirm-link = 去确认
verify-email-unconfirmed = 未确认
verify-email-over = 此链接已失效
verify-email-over-lead = 链接在 30 分钟内只能使用一次。如果用户名在此期间被他人注册，链接也会失效。请重新开始。

## unsent
## The page that sends a form again after sign-in.

unsent-title = 发送你输入的内容？
unsent-lead = 内容到达前你已被退出登录，因此尚未保存。
unsent-submit = 发送

## upstream
## Sign-in with an account at another provider.

upstream-title = 关联的账号
upstream-lead = 可用于登录这里的其他服务账号。
upstream-not-linked = 未关联
upstream-link = 关联
upstream-unlink = 取消关联
upstream-owner-signs-in = 此邮箱已有账号。如果是你的，请登录后再关联。
upstream-no-password = 尚未设置
upstream-unprotected = 目前只有一步验证保护此账户。
upstream-set-password = 你在这里没有密码。你可以通过邮件中的链接设置密码，再用它确认。
upstream-set-password-link = 设置密码
# The label of a provider's button.
upstream-continue-with = 使用 { $provider } 登录
upstream-first-sign-in-by = { $provider } 账号已确认。请为本站选择一个用户名，只需一次。
upstream-link-account-of = 关联你的 { $provider } 账号？
upstream-link-to-account = 今后可用它登录 { $username }。
upstream-confirm-with = 通过 { $provider } 确认

## users
## The staff's pages of users.

users-title = 用户
users-search-label = 用户名或邮箱
users-status = 状态
users-any = 全部
users-staff = 管理员
users-disabled = 已停用
users-email-confirmed = 已确认
users-email-unconfirmed = 未确认
users-confirm-email = 将邮箱标记为已确认
users-since = 注册时间
users-groups = 群组
users-no-groups = 还没有群组。
users-make-group = 创建群组
users-save-groups = 保存群组
users-account = 账号
users-id = 编号
users-last-failure = 最近登录失败
users-second-factor = 两步验证
users-no-factor = 关闭
users-never = 无记录
users-this-is-you = 这是你自己的账号。请在自己的页面管理。
users-own-pages = 你的安全页面
users-disable = 停用
users-enable = 启用
users-enable-lead = 此账号无法登录。启用后可以重新登录；已结束的会话和已删除的令牌不会恢复。
users-end-sessions = 退出所有设备
users-require = 要求新密码
users-require-lead = 密码和 API 令牌立即失效。对方邮箱会收到设置新密码的链接和代码。
users-mail-recovery = 通过邮件开始恢复
users-mail-recovery-lead = 用于失去所有登录方式的人。对方邮箱会收到链接和代码；使用之前什么都不会改变，使用后两步验证会关闭。
users-require-staff = 其他管理员的密码和两步验证由运营者在命令行中处理。
users-link-open = 链接有效期至
users-sessions = 会话
users-no-sessions = 没有在任何设备登录。
users-events = 最近活动
users-all-events = 查看全部
users-link-title = 已要求新密码
users-link-lead = 本站没有邮件服务器，请当面或通过可信的方式交付此链接。它只在此刻显示，一天内可使用一次。审计日志会记录你看过它。
users-link = 链接
users-back = 返回用户
users-factor-on = 已开启
users-device = 设备
users-sign-out = 退出登录
users-back-in = 帮助重新登录
users-require-short = 要求
users-mail-recovery-short = 开始
users-not-set = 未设置
users-staff-without-factor = 未开启两步验证。
users-keep-enabled = 保持启用
users-tokens-lost = 其 API 令牌将失效
users-disable-stays = 帖子和群组会保留，之后可以重新启用账号
users-nobody-found = 没有与“{ $text }”匹配的用户
users-disable-whom = 停用 { $name }？
users-disabled-devices =
    { $devices ->
        [0] 将不能再登录
       *[other] 立即从 { $devices } 台设备退出登录，且不能再登录
    }
users-without-factor = 无两步验证
users-shown-of = { $all } 人中的 { $shown } 人
users-shown = 本页找到 { $shown } 人

## security
## The pages of how one signs in.

security-title = 安全
security-protected = 你的账号受到良好保护。
security-protected-lead = 仅凭被盗的密码无法打开它。
security-unprotected = 目前只有密码保护此账号。
security-unprotected-lead = 请添加通行密钥或身份验证器应用。
security-unprotected-lead-app = 请添加身份验证器应用。
security-no-codes = 你没有剩余的恢复码。
security-make-codes = 生成新的
security-ways = 登录方式
security-on = 已开启
security-on-now = 已开启
security-change = 更改
security-manage = 管理
security-set-up = 设置
security-see-all = 查看全部
security-password-title = 密码
security-password-lead = 其他设备均会退出登录，API 令牌会被删除。
security-changed = 更改于
security-submit = 更改密码
security-same = 请选择与当前不同的密码。
security-factor-title = 两步验证
security-factor-lead = 在新设备登录时，输入密码后进行验证。
security-app-title = 身份验证器应用
security-app-off = 每 30 秒在手机上显示新的验证码。
security-since = 设置于
security-app-remove = 移除应用
security-app-remove-lead = 移除后，其他设备均会退出登录。
security-turn-off = 移除
security-turn-on = 开启
security-codes-row = 恢复码
security-low = 即将用完
security-new-codes = 新恢复码
security-new-codes-title = 生成新的恢复码？
security-new-codes-get = 你会得到 10 个新恢复码，只显示一次
security-keep-codes = 保留旧的
security-trusted-lead = 这些设备暂时不需要验证码。
security-set-up-title = 设置身份验证器应用
security-required = 你的账号需要两步验证。设置完成后即可使用其他页面。
security-scan = 用应用扫描二维码，然后输入应用显示的数字。
security-qr = 二维码；与此页面上的密钥相同
security-cannot-scan = 无法扫描？
security-secret-hint = 在应用中输入此密钥。
security-open-app = 在此设备的应用中打开
security-app-code = 应用中的验证码
security-app-code-wrong = 这不是应用当前显示的验证码。如果再次出现，请检查手机的时间。
security-turned-on = 两步验证已开启。其他设备均已退出登录。
security-passkeys-title = 通行密钥
security-passkeys-lead = 使用指纹、面容或设备 PIN 登录。通行密钥只在本站有效，因此无法被钓鱼。
security-no-passkeys = 还没有通行密钥
security-add-passkey = 添加通行密钥
security-passkey-name = 名称
security-passkey-name-hint = 例如它所在的设备。
security-passkey-create = 创建通行密钥
security-passkey-script = 通行密钥需要 JavaScript 和支持它的浏览器。
security-passkey-refused = 通行密钥未能通过。请重试。
security-passkey-known = 你已有此通行密钥，或数量过多。
security-rename = 重命名
security-rename-passkey = 重命名通行密钥
security-rename-submit = 保存
security-empty-passkey-name = 请输入名称。
security-last-way-in = 这是你唯一的登录方式。请先设置密码。
security-added = 添加于
security-used = 最近使用
security-unused = 尚未使用
security-instead-passkey = 改用通行密钥
security-codes-title = 你的恢复码
security-codes-lead = 丢失手机时，每个恢复码可登录一次。只在此刻显示。
security-codes-keep = 请保存在只有你能找到的地方，不要只放在手机里。
security-codes-old = 之前的恢复码已失效。
security-codes-file = Munjigi 恢复码，每个可使用一次：
security-download = 下载
security-kept = 我已保存
security-events-title = 最近活动
security-events-lead = 你的账号最近 20 条活动。
security-event = 事件
security-place = 来源
security-by-operator = 本站运营者
security-by-staff = 管理员
security-recovery-left = 10 个中剩余 { $left } 个
security-codes-stop = 剩余的 { $left } 个恢复码将不能使用

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = API 令牌
tokens-lead = 让脚本或服务器在你设定的范围内代你操作。
tokens-ends = 删除它或更改密码后即失效。
tokens-empty = 还没有令牌
tokens-by-password = 来自使用过你密码的程序
tokens-expires = 到期
tokens-never = 永不过期
tokens-expired = 已过期
tokens-used = 最近使用
tokens-unused = 尚未使用
tokens-created = 创建于
tokens-delete = 删除
tokens-new-title = 新建令牌
tokens-name-hint = 用途，例如备份脚本。
tokens-scopes-hint = 只选择程序需要的权限。
tokens-days-30 = 30 天后
tokens-days-90 = 90 天后
tokens-days-365 = 一年后
tokens-submit = 创建令牌
tokens-made-lead = 请立即复制令牌。它不会再次显示，任何持有者都可以使用。
tokens-token = 令牌
tokens-try-it = 在终端中试用
tokens-done = 我已复制
tokens-profile-read = 读取你的个人资料
tokens-profile-write = 更改你的个人资料
tokens-sessions-read = 列出你的会话
tokens-sessions-write = 让你退出登录
tokens-posts-read = 阅读留言板
tokens-posts-write = 在留言板发帖
tokens-security-read = 列出你的 API 令牌
tokens-security-write = 更改密码并创建 API 令牌
tokens-empty-name = 请输入名称。
tokens-no-scopes = 请至少选择一项。
tokens-beyond-granted = 这超出了你自己令牌的权限。
tokens-past-expiry = 这是过去的时间。
tokens-late-expiry = 请选择十年以内的时间。
tokens-odd-expiry = 请输入类似 2030-01-31T09:00:00Z 的时间。
tokens-too-many = 你已有 50 个令牌，达到上限。请先删除一个。
tokens-some-program = 某程序
tokens-required = 此项为必填项。
tokens-null = 此项不能为 null。
tokens-blank = 此项不能为空。
tokens-no-text = 不是有效的字符串。
tokens-wrong = 无法用所提供的信息登录。
tokens-empty-lead = 在下方创建第一个。
tokens-yours = 你的令牌
tokens-is-ready = “{ $name }”已创建

## time
## Times and waits.

time-seconds = { $count } 秒
time-minutes = { $count } 分钟
# $wait: such as 15 minutes.
time-try-again-in = 请在 { $wait }后重试。
time-just-now = 刚刚
time-minutes-ago = { $count } 分钟前
time-hours-ago = { $count } 小时前
time-days-ago = { $count } 天前
# The zone of a page's times, said once.
time-zone = 时间以 { $zone } 为准
# A date in a sentence, of this year and of another.
time-date = { $month }{ $day }日
time-date-of-year = { $year }年{ $month }{ $day }日
# A date as a heading, of this year and of another.
time-heading = { $month }{ $day }日 { $weekday }
time-heading-of-year = { $year }年{ $month }{ $day }日 { $weekday }
time-month-1 = 1月
time-month-2 = 2月
time-month-3 = 3月
time-month-4 = 4月
time-month-5 = 5月
time-month-6 = 6月
time-month-7 = 7月
time-month-8 = 8月
time-month-9 = 9月
time-month-10 = 10月
time-month-11 = 11月
time-month-12 = 12月
# As in 12 Nov.
time-month-1-short = 1月
time-month-2-short = 2月
time-month-3-short = 3月
time-month-4-short = 4月
time-month-5-short = 5月
time-month-6-short = 6月
time-month-7-short = 7月
time-month-8-short = 8月
time-month-9-short = 9月
time-month-10-short = 10月
time-month-11-short = 11月
time-month-12-short = 12月
time-weekday-1 = 星期一
time-weekday-2 = 星期二
time-weekday-3 = 星期三
time-weekday-4 = 星期四
time-weekday-5 = 星期五
time-weekday-6 = 星期六
time-weekday-7 = 星期日
