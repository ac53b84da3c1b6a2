### The texts of pages and mails in Japanese: a draft. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = Munjigi
# Between the parts of a list, such as a device and its address.
layout-comma = 、
layout-skip = 本文へ移動
layout-navigation = メイン
layout-settings = 設定
layout-your-account = アカウント:
layout-dashboard = アプリ
layout-profile = プロフィール
layout-sessions = ログイン中のデバイス
layout-security = セキュリティ
layout-tokens = APIトークン
layout-login = ログイン
layout-register = 登録
layout-logout = ログアウト
layout-language = 言語
layout-help = ヘルプ
layout-terms = 利用規約
layout-privacy = プライバシー
layout-error = エラー
layout-problems = 次の項目を直してください
layout-cancel = キャンセル
layout-confirm-title = 本人確認
layout-confirm-lead = パスワードを入力してください。
layout-confirm-either = 2段階認証またはパスワードで確認してください。
layout-confirm-factor = ログイン方法の変更なので、2段階認証が必要です。
layout-act-change-email = メールアドレスを変更しようとしています。
layout-act-delete-account = アカウントを削除しようとしています。
layout-act-change-password = パスワードを変更しようとしています。
layout-act-add-app = 認証アプリを設定しようとしています。
layout-act-remove-app = 認証アプリを削除しようとしています。
layout-act-new-codes = 新しいリカバリーコードを作成しようとしています。
layout-act-remove-passkey = パスキーを削除しようとしています。
layout-act-add-passkey = パスキーを追加しようとしています。
layout-act-create-token = APIトークンを作成しようとしています。
layout-act-staff = 管理者として設定を変更しようとしています。
layout-passkey-failed = 処理できませんでした。もう一度試すか、別の方法を選んでください。
layout-passkey-cancelled = キャンセルされたか、時間切れです。もう一度試すか、別の方法を選んでください。
layout-passkey-on-device = このデバイスには、このアカウントのパスキーがすでにあります。
layout-passkey-unverified = このデバイスでは本人確認ができません。画面ロックかPINを設定するか、別のデバイスを使ってください。
layout-passkey-address = パスキーはこのサイト本来のアドレスでのみ使えます。そのアドレスで開くか、別の方法を選んでください。
layout-or = または
layout-confirm-submit = 続ける
layout-staff = 管理
layout-board = 掲示板
layout-welcome = アカウントを作成しました。
layout-saved = 保存しました。
layout-password-changed = パスワードを変更しました。ほかのデバイスからはすべてログアウトし、APIトークンを削除しました。
layout-others-ended = ほかのデバイスからすべてログアウトしました。
layout-signed-out = ログアウトしました。
layout-session-over = ログアウトされました。もう一度ログインしてください。
layout-not-sent-yet = ログアウトされたため、まだ保存していません。ログインすると、入力した内容を送信できます。
layout-not-sent = ログアウトされたため、保存できませんでした。ログインしてやり直してください。
layout-other-member = 別のアカウントで開いていたページなので、保存しませんでした。
layout-too-many-codes = コードの間違いが多すぎます。もう一度ログインしてください。
layout-stage-over = 時間切れです。もう一度ログインしてください。
layout-post-saved = 掲示板に投稿しました。
layout-password-set = パスワードを設定しました。新しいパスワードでログインしてください。
layout-mail-sent = メールを送信しました。
layout-email-confirmed = メールアドレスを確認しました。
layout-not-followed = ログインしました。移動先のアドレスはこのサイトのアプリではないため、ここに留まりました。
layout-not-recognised = ログインしましたが、アプリが認識していません。このサイトの運営者に知らせてください。
layout-account-deleted = アカウントを削除しました。
layout-app-added = 認証アプリを設定しました。リカバリーコードは引き続き使えます。ほかのデバイスからはすべてログアウトしました。
layout-app-removed = 認証アプリを削除しました。ほかのデバイスからはすべてログアウトしました。
layout-copy = コピー
layout-copied = コピーしました
layout-provider-failed = { $provider }でログインできませんでした。もう一度試すか、別の方法を選んでください。
layout-provider-cancelled = { $provider }でのログインをキャンセルしました。何も変わっていません。
layout-provider-late = 時間切れか、すでに完了したログインです。もう一度{ $provider }を選んでください。
layout-provider-closed = この{ $provider }アカウントと連携したアカウントはなく、新しく作成することもできません。アカウントをお持ちなら、ログインして「セキュリティ」で連携してください。
layout-provider-domain = この{ $provider }のアドレスではアカウントを作成できません。別のアカウントを選ぶか、このサイトの運営者に問い合わせてください。
layout-provider-group = この{ $provider }アカウントは、ここでアカウントを作成できるグループに入っていません。このサイトの運営者に問い合わせてください。
layout-provider-uninvited = { $provider }から入れるのは招待された人だけです。このサイトの運営者に問い合わせてください。
layout-provider-disabled = この{ $provider }アカウントと連携したアカウントは無効です。このサイトの運営者に問い合わせてください。
layout-provider-linked = { $provider }アカウントを連携しました。今後はそのアカウントでログインできます。
layout-provider-unlinked = { $provider }アカウントの連携を解除しました。今後はそのアカウントでログインできません。
layout-provider-of-another = その{ $provider }アカウントは別のアカウントと連携しています。何も変わっていません。
layout-provider-has-one = 別の{ $provider }アカウントがすでに連携しています。先にその連携を解除してください。
layout-provider-confirmed = { $provider }で本人確認ができました。もう一度操作してください。

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = ユーザー名またはメールアドレス
field-username = ユーザー名
field-username-hint = あらゆる言語の文字と数字が使えます。後から変更できません。
field-email = メールアドレス
field-password = パスワード
field-new-password = 新しいパスワード
field-current-password = 現在のパスワード
field-code = コード
field-code-hint = 認証アプリの6桁の数字、またはリカバリーコード
field-user-code = デバイスコード
field-app-code-hint = アプリに今表示されている6桁の数字
field-password-hint = 8文字以上。関連のない単語を3、4個つなげると安全です。
field-display-name = 名前
field-display-name-hint = ほかの人に表示される名前です。空にするとユーザー名を使います。
field-name = 名前
field-app-address = アドレス
field-icon = アイコン
field-app-groups = 開ける人
field-language = 言語
field-follow-browser = ブラウザーに合わせる
field-time-zone = タイムゾーン
field-theme = テーマ
field-title = タイトル
field-body = 本文
field-redirect-uris = リダイレクトURI
field-post-logout-redirect-uris = ログアウト後の移動先
field-backchannel-logout-uri = ログアウト通知先
field-jwks = 公開鍵
field-grants = トークンと交換できるもの
field-scope = スコープ
field-resources = 使用するAPI
field-scopes = できること
field-expires-at = 有効期限
field-theme-auto = システム
field-theme-light = ライト
field-theme-dark = ダーク
field-empty-username = ユーザー名を入力してください。
field-long-username = 32文字以内で入力してください。
field-odd-username = 文字と数字だけを使い、間には . - _ を使えます。
field-taken-username = すでに使われているか、似すぎたユーザー名です。別の名前を入力してください。
field-empty-email = メールアドレスを入力してください。
field-long-email = アドレスは254文字までです。
field-long-local = @ の前は64文字までです。
field-bad-email = name@example.org のようなアドレスを入力してください。
field-invisible = 見えない文字が含まれています。貼り付けずに直接入力してください。
field-look-alike-email = ラテン文字に似た別の文字が含まれています。ラテン文字で入力してください。
field-taken-email = このアドレスのアカウントがすでにあります。
field-long-display-name = 60文字以内で入力してください。
field-odd-display-name = 見える文字だけを1行で入力してください。
field-empty-password = パスワードを入力してください。
field-short-password = 8文字以上にしてください。
field-long-password = 128文字以内にしてください。
field-common-password = 推測されやすいパスワードです。関連のない単語を1、2個足してください。
field-personal-password = 名前、メールアドレス、サイト名に似すぎています。関連のないものにしてください。
field-wrong-password = 現在のパスワードと違います。
field-wrong-code = コードが違うか、期限切れです。
field-send-password = パスワードの入力から時間がたっています。current_password として一緒に送ってください。
field-send-code = コードの入力から時間がたっています。code として一緒に送ってください。
field-missing = 必須項目です。
field-wrong-type = 形式が違います。
field-twice = 同じ名前が2回あります。
field-bad-choice = 選択肢から選んでください。

## error
## Titles and sentences of the error pages.

error-bad-request = リクエストを読み取れません
error-bad-request-help = 一部が壊れているか、2回送信されました。戻ってページを再読み込みし、やり直してください。
error-unauthorized = ログインしていません
error-unauthorized-help = 先にログインするか、有効なトークンを一緒に送ってください。
error-forbidden = このページを開く権限がありません
error-forbidden-help = 権限がないか、別のサイトからのリクエストです。このサイトでページを開いてやり直してください。
error-set-up-first = このアカウントには2段階認証が必要です。先にブラウザーでログインして設定してください。
error-needs-session = APIトークンではできません。ログインして、セッションまたはアクセストークンを使ってください。
error-reauth-required = 10分以内に確認したパスワードかコードが必要です。一緒に送るか、先に本人確認をしてください。
error-not-found = ページが見つかりません
error-not-found-help = アドレスが間違っているか、ページがなくなっています。
error-method = このアドレスの使い方が違います
error-method-help = この種類のリクエストでは使えないページです。ホームからやり直してください。
error-timeout = 時間がかかりすぎました
error-timeout-help = リクエストが時間内に届きませんでした。接続を確認して、もう一度試してください。
error-too-large = 送信内容が大きすぎます
error-too-large-help = フォームは128 kBまで送れます。内容を短くしてやり直してください。
error-media-type = 対応していない形式です
error-media-type-help = ページのフォームを使ってください。
error-misdirected = このサイトのアドレスではありません
error-misdirected-help = サーバーはこのホスト名に応答しません。運営者は MUNJIGI_ALLOWED_HOSTS に名前を登録できます。
error-unprocessable = 入力内容を確認してください
error-unprocessable-help = 戻って、印のある項目を直してください。
error-conflict = その間に変更されました
error-conflict-help = 読み直してから、変更するか決めてください。
error-too-many = 試行回数が多すぎます
error-too-many-help = アカウントを守るための制限です。
error-internal = サーバーで問題が発生しました
error-internal-help = データは無事です。もう一度試してください。続く場合は、下のリクエストIDをこのサイトの運営者に伝えてください。
error-unavailable = まもなく再開します
error-unavailable-help = ログインしたままです。
error-other = 処理できませんでした
error-other-help = 戻ってやり直してください。
error-rule = 拒否したルール
error-request = リクエストID
error-home = ホームへ
error-dashboard = アプリ一覧へ

## event
## What the audit trail tells, in words.

event-registered = アカウント作成
event-signed-in = ログイン
event-sign-in-failed = ログイン失敗
event-signed-out = ログアウト
event-session-ended = セッション終了
event-refresh-reused = アプリのトークンが2回使われたため、アプリをログアウト
event-keys-rotated = 鍵の更新
event-keys-forgotten = 古い鍵の破棄、全員ログアウト
event-others-ended = ほかのセッションの終了
event-all-ended = すべてのセッションの終了
event-password-changed = パスワード変更
event-password-failed = パスワードの誤り
event-password-confirmed = パスワード確認
event-provider-confirmed = ほかのサービスで本人確認
event-password-required = 新しいパスワードの要求
event-password-link-shown = 新しいパスワードのリンクを管理者に表示
event-shown-link-used = 管理者に表示されたリンクで新しいパスワードを設定
event-password-reset = リンクで新しいパスワードを設定
event-password-reset-asked = メールで新しいパスワードを請求
event-recovery-started = 復旧の開始
event-sign-in-link-sent = ログインリンクの請求
event-sign-in-link-used = ログインリンクの使用
event-email-verified = メールアドレス確認
event-email-vouched = 管理者によるメールアドレス確認
event-email-change-asked = メールアドレス変更の請求
event-totp-added = 認証アプリの設定
event-totp-removed = 認証アプリの削除
event-passkey-added = パスキーの追加
event-passkey-renamed = パスキーの名前変更
event-passkey-removed = パスキーの削除
event-recovery-codes-made = 新しいリカバリーコードの作成
event-recovery-code-used = リカバリーコードの使用
event-second-factor-failed = パスワードは正しいがコードの誤り
event-second-factor-confirmed = コード確認
event-factors-removed = 復旧のための2段階認証の解除
event-identity-linked = ほかのサービスのアカウントの連携
event-identity-unlinked = ほかのサービスのアカウントの連携解除
event-provider-signed-out = ほかのサービスでログアウト
event-device-trusted = デバイスを信頼
event-device-forgotten = デバイスの信頼を解除
event-email-changed = メールアドレス変更
event-account-deleted = アカウント削除
event-disabled = アカウントの無効化
event-enabled = アカウントの有効化
event-promoted = 管理者権限の付与
event-demoted = 管理者権限の取り消し
event-group-created = グループ作成
event-group-changed = グループ変更
event-group-deleted = グループ削除
event-group-joined = グループに追加
event-group-left = グループから削除
event-post-edited = モデレーターによる投稿の編集
event-post-deleted = モデレーターによる投稿の削除
event-application-added = アプリの追加
event-application-changed = アプリの変更
event-application-removed = アプリの削除
event-app-secret-rotated = アプリの新しいシークレットの作成
event-app-secret-ended = アプリの古いシークレットの失効
event-app-disabled = ファイルから外れたアプリの無効化
event-app-enabled = アプリの再有効化
event-app-signed-in = アプリへのログイン
event-app-connected = アプリとの連携
event-app-disconnected = アプリとの連携解除
event-app-code-reused = アプリのログインコードが2回使われた
event-app-refresh-reused = アプリの古いトークンが再び使われた
event-token-created = APIトークンの作成
event-token-deleted = APIトークンの削除
event-audit-exported = 監査ログの書き出し
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count }回、最後は{ $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = グループ
groups-lead = グループはメンバーに権限を与え、アプリを開けるようにします。
groups-none = グループはまだありません
groups-new = 新しいグループ
groups-name = グループ名
groups-create = グループを作成
groups-permissions = 権限
groups-signing-in = ログイン
groups-second-factor = メンバーは先に2段階認証を設定する必要があります
groups-members = メンバー
groups-no-members = このグループにはまだメンバーがいません。
groups-more-members = もっと見る
groups-add = 追加
groups-add-member = 追加するユーザー名またはメールアドレス
groups-remove = 外す
groups-save = 保存
groups-delete = グループを削除
groups-empty-name = 名前を入力してください。
groups-long-name = 60文字以内で入力してください。
groups-odd-name = 見える文字だけを1行で入力してください。
groups-taken-name = この名前は使われています。別の名前を入力してください。
groups-no-such-user = この名前のユーザーはいません。
groups-add-post = 投稿する(メンバー全員)
groups-change-post = すべての投稿の編集
groups-delete-post = すべての投稿の削除
groups-view-post = 投稿を読む(誰でも)
groups-settings = 名前と権限
groups-keep = 残す
groups-delete-undone = 元に戻せません。
groups-delete-stays = メンバーのアカウントは残ります
groups-delete-group = グループ「{ $name }」を削除しますか?
groups-members-lose = メンバー{ $members }人が、このグループの権限をすぐに失います
groups-apps-close = このグループで開けていたアプリ{ $apps }個が開けなくなります
groups-new-lead = 権限とメンバーは次のページで設定します。
groups-count = グループ{ $n }件

## home
## The home page.

home-title = ようこそ
home-description = 一度のログインで、このサイトのすべてのアプリを開けます。
home-lead = 一度のログインで、すべてのアプリへ
home-body = ログインすると、このサイトのアプリを開けます。
home-login = ログイン
home-register = アカウントを作成
home-board = 掲示板を読む

## register
## The registration page.

register-title = アカウントを作成
register-description = このサイトのアプリで使うアカウントを作成します。
register-lead = 1つのアカウントで、ここのすべてのアプリを使えます。
register-submit = アカウントを作成
register-have-account = アカウントをお持ちですか?
register-login = ログイン
register-closed = 現在は登録できません
register-closed-help = 新しいアカウントはこのサイトの運営者が作成します。運営者に問い合わせてください。

## login
## The sign-in page.

login-title = ログイン
login-description = パスワードまたはパスキーでログインします。
# Under the title: where one goes after sign-in.
login-leads-to = { $host }に進むにはログインしてください。
login-remember = このデバイスでログインしたままにする
login-submit = ログイン
login-no-account = 初めてですか?
login-register = アカウントを作成
login-empty-login = ユーザー名またはメールアドレスを入力してください。
login-empty-password = パスワードを入力してください。
login-wrong = ユーザー名またはパスワードが違います。もう一度入力してください。
login-code-needed = このアカウントは2段階認証を使っています。コードを一緒に送ってください。
login-wrong-code = コードが違うか、使用済みです。今表示されているコードを入力してください。
login-empty-code = コードを入力してください。
login-set-up-first = このアカウントには2段階認証が必要です。先にブラウザーでログインして設定してください。
login-signed-in = ログインしました
login-verify-title = コードを入力
login-verify-lead = 認証アプリを開き、今表示されている6桁の数字を入力してください。
login-verify-any = 認証アプリに今表示されている6桁の数字を入力するか、パスキーを使ってください。
login-verify-hint = リカバリーコードも使えます。
login-verify-submit = 続ける
login-other-account = 別のアカウントでログイン
login-lost = スマートフォンもリカバリーコードもなくしましたか?
login-lost-help = このサイトの運営者が、アカウントに戻れるよう手伝います。
login-by-passkey = パスキーでログイン
login-verify-by-passkey = パスキーを使う
login-late-passkey = ページを長く開きすぎました。もう一度試してください。
login-wrong-passkey = パスキーを確認できませんでした。もう一度試すか、別の方法でログインしてください。
login-disabled = このアカウントは無効です。このサイトの運営者に問い合わせてください。
login-unverified = 先にメールアドレスを確認してください。ログインページでログインすると、確認メールが届きます。
login-by-mail = ログインリンクをメールで受け取る
login-logout-title = ログアウトしますか?
login-logout-lead = ここと、このアカウントで開いたアプリからログアウトします。
login-forgot = パスワードをお忘れですか?
# The offer to trust a device.
login-trust-days = このデバイスでは{ $days }日間コードを求めない
login-trust-hours = このデバイスでは{ $hours }時間コードを求めない
# $wait: such as 15 minutes.
login-too-many-failures = 失敗が続きました。{ $wait }後にもう一度試してください。
# Which app is next after sign-in.
login-leading-on-to = まもなく{ $host }が開きます。

## mail
## What mails say.

mail-hello = こんにちは。
mail-code = または、請求したページに次のコードを入力してください:
mail-once = リンクとコードは30分以内に1回だけ使えます。
mail-ignore = 心当たりがなければ、何もする必要はありません。
mail-signature = { $site } のログインサーバーから送信しました。
mail-reset-subject = 新しいパスワードの設定
mail-reset = アカウントの新しいパスワードが請求されました。リンクを開いて設定してください。
mail-reset-button = パスワードを設定
mail-recovery-subject = アカウントの復旧
mail-recovery = 管理者がアカウントの復旧を始めました。リンクを開いて新しいパスワードを設定すると完了します。
mail-recovery-ignore = 依頼していない場合は、リンクを開かず、管理者に知らせてください。
mail-new-password = 管理者がアカウントに新しいパスワードを求めています。これまでのパスワードは使えません。リンクを開いて新しく設定してください。
mail-once-in-a-day = リンクとコードは24時間以内に1回だけ使えます。
mail-sign-in-subject = ログインリンク
mail-sign-in = リンクを開くとログインできます。
mail-sign-in-button = ログイン
mail-register-subject = メールアドレスの確認
mail-register = このアドレスでアカウントを作成する請求がありました。ご本人なら、自分のアドレスであることを確認してください。
mail-verify = 自分のアドレスであることを確認してください。
mail-verify-button = アドレスを確認
mail-change = このアドレスをアカウントの新しいアドレスにする請求がありました。自分のアドレスであることを確認してください。
mail-taken-subject = アカウントがすでにあります
mail-taken = このアドレスをアカウントに使おうとした人がいますが、すでにあなたのアカウントのものです。ご本人なら、ログインするか、忘れた場合は新しいパスワードを設定してください。
mail-taken-button = ログイン
mail-moving-subject = メールアドレス変更の請求
mail-moving = アカウントのメールアドレスが変わろうとしています。新しいアドレスが確認されると変わります。
mail-moved-subject = メールアドレスが変わりました
mail-moved = アカウントのメールアドレスが変わりました。このアドレスにはもうメールを送りません。
mail-password-subject = パスワードが変わりました
mail-password = アカウントのパスワードが変わりました。ほかのデバイスからはすべてログアウトしました。
mail-password-removed-subject = パスワードを削除しました
mail-password-removed = リンクでログインしたことにより、このアドレスが確認されました。それ以前のパスワードは他の人が設定した可能性があるため、使えなくなりました。新しいパスワードを設定できます。
mail-device-subject = 新しいデバイスからのログイン
mail-device = これまで使われていないブラウザーから、アカウントへのログインがありました。
mail-factors-subject = 2段階認証が変わりました
mail-factors = パスワードの次に求められる確認方法が変わりました。
mail-linked-subject = ほかのサービスのアカウントを連携しました
mail-linked = 今後はそのアカウントでもここにログインできます。
mail-unlinked-subject = ほかのサービスのアカウントの連携を解除しました
mail-unlinked = 今後はそのアカウントでここにログインできません。
mail-token-subject = プログラムがAPIトークンを取得しました
mail-token = プログラムがあなたのパスワードでログインし、APIトークンを取得しました。トークンの期限が切れるか、「APIトークン」のページで削除するまで、プログラムはAPIであなたの代わりに操作できます。
mail-notices-withheld = 1時間のうちに同じことが何度かありました。今後1時間はこれに関するメールを送りません。すべての記録は「セキュリティ」のページで見られます。
mail-not-you = 心当たりがなければ、すぐに新しいパスワードを設定してください。すべてのセッションが終了します。
mail-not-you-button = パスワードを設定
mail-test-subject = テスト
mail-test = メールが届くことを確認するためのメールです。
mail-greeting = { $name } さん、こんにちは。
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = または { $link } で、ユーザー名と一緒に次のコードを入力してください
# $when: day and hour.
mail-by-operator = { $when } · このサイトの運営者
mail-circumstances = { $when }、{ $device }、接続元 { $address }
mail-asked = リクエスト元: { $device }、{ $address }、{ $when }

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = アカウント:
oidc-not-you = 別のアカウントですか?
oidc-sees-profile = 名前とユーザー名
oidc-sees-email = メールアドレス:
oidc-sees-groups = グループ:
oidc-sees-no-groups = グループ(今はどこにも入っていません)
oidc-sees-identity = また来たときに同じ人であること
oidc-stays = 連携を解除するまで、離れている間もログインしたままであること
oidc-own-scope = 使用範囲:
oidc-resource = あなたに代わってアクセスする先:
oidc-no-password = パスワードは見えず、アカウントも変更できません。
oidc-goes-to = 移動先:
oidc-allow = 許可して続ける
oidc-deny = キャンセル
oidc-later = いつでも連携を解除できる場所:
oidc-connected-apps = 連携中のアプリ
oidc-select-lead = このデバイスでログインしています。
oidc-proceed = 続ける
oidc-another = 別のアカウントを使う
oidc-going = 画面が変わらない場合は、ボタンを押してください。
oidc-not-your-app-help = 必要な場合は、このサイトの運営者に権限を依頼してください。
oidc-problem-title = アプリの設定が正しくありません
oidc-unknown-app = このサイトに登録されていないアプリから来ました。アプリの運営者に知らせてください。
oidc-unreadable = アプリが送ったリクエストを読み取れません。アプリの運営者に知らせてください。
oidc-logout-title = ログアウトしますか?
oidc-logout-lead = ここと、ここから開いたアプリからログアウトします。
oidc-logout = ログアウト
oidc-stay = ログインしたままにする
oidc-logout-problem-title = ログアウトできませんでした
oidc-logout-hint = アプリが送ったリクエストは、このサイトのものではありません。ここから直接ログアウトできます。
oidc-logout-redirect-uri = アプリが登録されていないアドレスに移動させようとしました。ここから直接ログアウトできます。
oidc-connected-lead = あなたが誰かを知っているアプリです。連携を解除すると、アクセスはすぐに終わります。
oidc-none-connected = 連携中のアプリはありません
oidc-connected-since = 連携:
oidc-disconnect = 連携を解除
oidc-unregistered = このサイトの運営者が確認していないアプリです。アプリの説明:
oidc-device-title = デバイスを接続
oidc-device-lead = テレビ、ゲーム機、コマンドラインに表示されたコードを入力してください。
oidc-device-hint = BCDF-GHJK のような8文字です。
oidc-device-warning = 目の前にあるデバイスのコードだけを入力してください。誰かからコードが送られてきたなら、やめてください。その人があなたのアカウントに入れてしまいます。
oidc-device-asked-from = 要求元:
oidc-device-allow = このデバイスを許可
oidc-device-return = デバイスに戻ってください。
oidc-device-ended = デバイスには何も渡されません。心当たりがなければ、このページを閉じてください。
oidc-wrong-user-code = このコードで待っているデバイスはありません。コードは10分で切れます。コードを確認するか、デバイスで新しいコードを取得してください。
oidc-none-connected-lead = ログインを許可したアプリがここに表示されます。
oidc-sees = 見えるもの:
oidc-sign-in-to = { $app }にログイン
oidc-continue-to = { $app }に進む
# Before the list of what an app learns.
oidc-will-see = { $app }に見えるもの
oidc-device-allowed = { $app }を接続しました
oidc-device-denied = { $app }は接続していません
oidc-not-your-app = { $app }を開く権限がありません
oidc-wrong-redirect-uri = { $app }が、登録されていないアドレスに移動させようとしました。アプリの運営者に知らせてください。違いはこのサイトのログにあります。
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = 名前とユーザー名
oidc-scope-email = メールアドレス
oidc-scope-groups = グループ
oidc-scope-offline = 離れている間も

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = アプリを追加
oidc-apps-new-lead = どんなアプリですか?
oidc-apps-behind-proxy = プロキシの後ろ
oidc-apps-behind-proxy-lead = 自分のログインを持たないアプリです。誰が開けるかをプロキシがここに尋ねます。
oidc-apps-openid = OpenID Connectのアプリ
oidc-apps-openid-lead = ここで直接ログインさせるアプリです。選ぶと必要な値が入ります。
oidc-apps-own-app = 別のアプリ
oidc-apps-mcp-client = MCPクライアント
oidc-apps-address = アプリのアドレス
oidc-apps-address-hint = 人が開くアドレス。例: https://grafana.example.org
oidc-apps-mcp-hint = MCPサーバーのアドレス。例: https://mcp.example.org/notes
oidc-apps-more = 詳しい設定
oidc-apps-derived-hint = 1行に1つ。空にすると、アプリのアドレスから決まります。
oidc-apps-lines-hint = 1行に1つ。
oidc-apps-redirect-uris = リダイレクトURI
oidc-apps-redirect-hint = ログイン後にブラウザーが戻る先です。アプリが送るとおりに、1行に1つ入力してください。
oidc-apps-post-logout = ログアウト後の移動先
oidc-apps-backchannel = ログアウト通知先
oidc-apps-backchannel-hint = セッションの終了をアプリに通知する先です(back-channel logout)。
oidc-apps-auth-method = アプリの証明方法
oidc-apps-with-basic = シークレット、ヘッダーで(client_secret_basic)
oidc-apps-with-post = シークレット、フォームで(client_secret_post)
oidc-apps-with-key = アプリ自身の鍵(private_key_jwt)
oidc-apps-with-none = 証明なし: 人のデバイス上のプログラム(none)
oidc-apps-jwks = 公開鍵
oidc-apps-jwks-hint = private_key_jwt の場合: JWK Set、またはそれを取得する https アドレス
oidc-apps-subject = 人の識別方法
oidc-apps-public-subject = ほかのアプリも知っている名前
oidc-apps-pairwise-subject = アプリごとの名前(pairwise)
oidc-apps-grants = トークンと交換できるもの
oidc-apps-grant-code = 人のログイン
oidc-apps-grant-refresh = 更新
oidc-apps-grant-credentials = アプリ自身として
oidc-apps-grant-device = デバイスコード
oidc-apps-scopes = スコープ
oidc-apps-scopes-hint = 空白で区切ります。空にすると、アプリが普通必要とするものになります。
oidc-apps-alg = IDトークンのアルゴリズム
oidc-apps-resources = 使用するAPI
oidc-apps-resources-hint = アクセストークンを要求できるAPIのアドレス。1行に1つ。
oidc-apps-access-lifetime = アクセストークンの有効時間
oidc-apps-access-lifetime-hint = 10m（10分）、2h（2時間）のように入力してください。空欄なら1時間、API用は5分です。
oidc-apps-id-lifetime = IDトークンの有効時間
oidc-apps-id-lifetime-hint = 10m（10分）、2h（2時間）のように入力してください。空欄なら1時間です。
oidc-apps-refresh-lifetime = 使わない更新トークンの有効期間
oidc-apps-refresh-lifetime-hint = 12h（12時間）、30d（30日）のように入力してください。空欄なら14日です。
oidc-apps-level = ログイン
oidc-apps-one-factor = 通常どおり
oidc-apps-two-factor = 2段階認証あり
oidc-apps-first-party = 自分のアプリなので、同意を求めない
oidc-apps-groups-hint = 選んだグループのメンバー。何も選ばなければ、すべてのメンバーが開けます。
oidc-apps-add = アプリを追加
oidc-apps-made-title = アプリの追加
oidc-apps-rotated-title = 新しいシークレット
oidc-apps-made-lead = 今コピーしてください。再び表示されることはありません。
oidc-apps-made-public = このアプリにシークレットはありません。
oidc-apps-rotated-lead = 前のシークレットは、失効させるか次を作成するまで有効です。
oidc-apps-to-app = アプリへ進む
oidc-apps-client-id = クライアントID
oidc-apps-client-secret = クライアントシークレット
oidc-apps-issuer = 発行者(issuer)
oidc-apps-setup = アプリの設定
oidc-apps-setup-lead = 次の行を貼り付けてください。CLIENT_SECRET はシークレットに置き換えます。
oidc-apps-anywhere = アプリの設定がある場所:
oidc-apps-terminal = アプリのサーバーのコマンドラインで:
oidc-apps-registration = 登録内容
oidc-apps-declared = ファイルで宣言
oidc-apps-declared-note = このアプリは MUNJIGI_APPS が指すファイルで宣言されています。そこで変更してください。
oidc-apps-gone-note = ファイルで宣言されなくなったため、このアプリにはログインできません。もう一度宣言するか、削除してください。
oidc-apps-disabled = 無効
oidc-apps-change = 変更
oidc-apps-change-title = アプリを変更
oidc-apps-save = 保存
oidc-apps-secrets = シークレット
oidc-apps-current-secret = 現在のシークレット
oidc-apps-older-secret = 前のシークレット
oidc-apps-older-until = 失効させるか次を作成するまで有効
oidc-apps-made-at = 作成:
oidc-apps-rotate = 新しいシークレットを作成
oidc-apps-end-older = 今すぐ失効
oidc-apps-no-secret = このアプリにシークレットはありません。
oidc-apps-people = 人
oidc-apps-signed-in = ログイン
oidc-apps-connected = 許可済み
oidc-apps-remove = アプリを削除
oidc-apps-keep = 残す
oidc-apps-remove-stays = アプリ内のデータはそのままです
oidc-apps-empty-name = 名前を入力してください。
oidc-apps-long-name = 60文字以内で入力してください。
oidc-apps-odd-name = 見える文字だけを1行で入力してください。
oidc-apps-taken-name = 同じ名前のアプリがあります。別の名前を入力してください。
oidc-apps-groups-gone = 選んだグループがなくなっています。もう一度選んでください。
oidc-apps-no-redirect-uri = アプリのアドレスまたはリダイレクトURIを入力してください。
oidc-apps-too-many = 50個までです。
oidc-apps-plain-http = https:// を使ってください。http:// は localhost でのみ使えます。
oidc-apps-link-local = リンクローカルアドレスは呼び出しません。
oidc-apps-bad-lifetime = 1分から24時間までにしてください。使わない時間は90日までです。
oidc-apps-no-jwks = アプリの公開鍵を入力してください。
oidc-apps-bad-jwks = 公開鍵だけのJWK Setを入力してください。
oidc-apps-public-credentials = 自分を証明しないアプリは、アプリ自身として動作できません。
oidc-apps-refresh-alone = 更新には人のログインが必要です。
oidc-apps-uri-long = 「{ $address }」は2000バイトを超えています。
oidc-apps-uri-relative = 「{ $address }」は https://app.example.org/callback のような完全なアドレスではありません。
oidc-apps-uri-fragment = 「{ $address }」に # が含まれています。
oidc-apps-uri-userinfo = 「{ $address }」に名前かパスワードが含まれています。
oidc-apps-uri-characters = 「{ $address }」に空白、バックスラッシュ、ASCII以外の文字が含まれています。
oidc-apps-uri-http = 「{ $address }」は http:// を使っています。使えるのは localhost だけです。
oidc-apps-uri-scheme = 「{ $address }」はブラウザーが特別に扱うスキームです。
oidc-apps-deliveries = アプリに送ったログアウト通知
oidc-apps-waiting = 待機中
oidc-apps-delivered = 最後の送信
oidc-apps-failed = 最後の失敗
oidc-apps-given-up = 再送しません
oidc-apps-never = なし
oidc-apps-refusals = 拒否したリクエスト
oidc-apps-refusals-lead = アプリが登録されていないアドレスを示しました。
oidc-apps-received = 受信
oidc-apps-registered = 登録済み
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = { $file } に:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = { $page } の画面で:
oidc-apps-remove-app = 「{ $app }」を削除しますか?
oidc-apps-lose-sign-ins = { $people }人がこのアプリからすぐにログアウトされます
oidc-apps-lose-consents = { $people }人がログインを許可していて、再び追加した場合は許可し直す必要があります
oidc-apps-lose-client-id = クライアントIDとシークレットは二度と使えません
oidc-apps-many-hosts = 「{ $hosts }」はホストが複数あり、pairwiseのアプリでは使えません。
oidc-apps-odd-scope = 「{ $value }」はスコープではありません。
oidc-apps-own-resource = 「{ $address }」はこのサイト自体です。
oidc-apps-logo = ロゴ
oidc-apps-logo-file = 画像ファイル
oidc-apps-logo-hint = 64 kB以下のPNG、WebP、SVGのいずれかです。
oidc-apps-logo-upload = アップロード
oidc-apps-logo-remove = ロゴを削除
oidc-apps-logo-large = 64 kB以下のファイルを選んでください。
oidc-apps-logo-kind = PNG、WebP、SVGのいずれかを選んでください。
oidc-apps-logo-pixels = 縦横とも4096ピクセル以下の画像を選んでください。
oidc-apps-logo-active = スクリプト、リンク、他のファイルを含まないSVGを選んでください。

## password-reset
## The page that a one-time link opens.

password-reset-title = 新しいパスワードの設定
password-reset-lead = すべてのデバイスからログアウトし、APIトークンは使えなくなります。
password-reset-submit = パスワードを保存
password-reset-ask-title = パスワードをお忘れですか?
password-reset-ask-lead = アカウントのアドレスに、新しいパスワードを設定するリンクを送ります。
password-reset-ask-submit = リンクを送る
password-reset-no-server = このサイトはメールを送れません。請求は運営者に届くので、運営者からリンクを受け取ってください。
password-reset-no-server-title = 運営者からリンクを受け取ってください
password-reset-code-title = メールを確認してください
password-reset-code-lead = 該当するアカウントがあれば、数分以内に登録アドレスへメールが届きます。リンクを開くか、コードをここに入力してください。
password-reset-no-server-code = 該当するアカウントがあれば、運営者がリンクとコードを持っています。運営者に問い合わせてください。
password-reset-code-hint = 8桁の数字です。このブラウザーで30分間使えます。
password-reset-code-submit = 続ける
password-reset-again = 届きませんか?
password-reset-again-link = もう一度送る
password-reset-new-link = 新しいリンクを受け取る
password-reset-recovery-title = アカウントの復旧
password-reset-recovery-lead = 復旧メールにあるコードを入力し、新しいパスワードを設定してください。
password-reset-recovery-hint = 8桁の数字です。30分間使えます。
password-reset-to-sign-in = ログインに戻る
password-reset-over = このリンクは使えなくなりました
password-reset-over-lead = リンクは決められた時間内に1回だけ使えます。新しいリンクを請求してください。

## admin
## Texts of the staff's pages.

admin-navigation = 管理ページ
admin-users = ユーザー
admin-groups = グループ
admin-apps = アプリ
admin-sessions = セッション
admin-audit = 監査ログ
admin-search = 検索
admin-signed-in = ログイン
admin-last-seen = 最終使用
admin-filter = 絞り込み
admin-clear = クリア
admin-next = 次のページ
admin-nothing = 一致するものがありません
admin-search-lead = ユーザー、グループ、アプリ、セッション、最近の記録を探します。
admin-search-label = 名前、メール、アドレス、リクエスト ID
admin-nothing-found = 「{ $text }」は見つかりませんでした

## done
## What was just done, to what.

done-device-signed-out = 「{ $name }」からログアウトしました。
done-device-forgotten = 今後「{ $name }」でもコードが必要です。
done-disabled = { $name } を無効にし、すべてのデバイスからログアウトしました。
done-enabled = { $name } を有効にしました。
done-signed-out = { $name } をすべてのデバイスからログアウトしました。
done-email-vouched = { $name } のメールアドレスを確認済みにしました。
done-password-required = { $name } に新しいパスワードが必要になり、リンクをメールで送りました。
done-recovery-mailed = { $name } に復旧リンクをメールで送りました。使われるまで何も変わりません。
done-groups-saved = { $name } のグループを保存しました。
done-created = 「{ $name }」を作成しました。
done-saved = 「{ $name }」を保存しました。
done-deleted = 「{ $name }」を削除しました。
done-member-added = { $name } をグループに追加しました。
done-member-removed = { $name } をグループから外しました。
done-app-added = 「{ $name }」を追加しました。
done-app-removed = 「{ $name }」を削除しました。
done-secret-ended = 「{ $name }」の以前のシークレットは使えなくなりました。
done-token-deleted = 「{ $name }」を削除しました。もう使えません。
done-passkey-added = パスキー「{ $name }」を追加しました。ほかのデバイスからはすべてログアウトしました。
done-passkey-removed = パスキー「{ $name }」を削除しました。ほかのデバイスからはすべてログアウトしました。
done-disconnected = { $name } の連携を解除しました。もう何も見られません。
done-post-deleted = 「{ $name }」を削除しました。

## overview
## The staff's overview.

overview-title = 概要
overview-today = 今日のログイン
overview-two-step = 2段階認証
overview-period = 期間
overview-in-utc = 1日は UTC の0時に始まります。
overview-signed-in = 成功
overview-failed = 失敗
overview-today-short = 今日
overview-numbers = 数字を表示
overview-day = 日付
overview-attention = 確認が必要な項目
overview-calm = 今は確認するものがありません。
overview-ways = ログインの方法
overview-no-ways = 集計されたログインはまだありません。
overview-by-two-steps = パスワードと2段階認証
overview-by-passkey = パスキー
overview-by-password = パスワードのみ
overview-by-link = メールのリンク
overview-by-provider = 別のアカウント
overview-see = 表示
overview-open = 開く
overview-mail-waits = メールサーバーが拒否しているか、応答していません。
overview-given-up = これ以上は試しません。
overview-rotate = コマンドラインで交換できます: munjigi keys rotate
overview-system = システム
overview-database = データベース
overview-session-store = セッションの保存先
overview-built-in = 内蔵
overview-mail = メール
overview-no-mail = メールサーバーなし
overview-mail-idle = 待機なし
overview-keys = 署名鍵
overview-version = バージョン
overview-new-this-week = 7日間で{ $n }人が登録
overview-failed-count = 失敗{ $n }回
overview-without-two-step = 未設定 { $users } 人
overview-sign-ins-in = 過去{ $days }日間のログイン
overview-daily-average = 1日平均{ $n }回
overview-last-days = 過去{ $days }日間
overview-days = { $days }日
overview-bar = { $day }: 成功 { $done } 回、失敗 { $failed } 回
overview-chart-calm = { $from } から { $to } までの1日のログインは { $fewest } 回から { $most } 回、失敗なし。
overview-chart = { $from } から { $to } までの1日のログインは { $fewest } 回から { $most } 回。線の下の失敗は { $on } が最多で { $failed } 回。
overview-failures-on = { $day } にログイン失敗{ $n }回
overview-usually = ほかの日は約{ $n }回です。
overview-refused-today = 失敗が多すぎて今日拒否したログイン{ $n }回
overview-staff-without = 管理者{ $all }人のうち{ $n }人が2段階認証を使っていません
overview-mails-failing = 送れないメール{ $n }通
overview-mails-waiting = { $n }通が待機中
overview-waiting-since = 最も古いものは { $ago } に追加されました。
overview-app-untold = { $app } にログアウトを伝えられません
overview-app-refused = { $app } が登録されていないアドレスを求めました
overview-last-time = 最後は { $ago }
overview-keys-are-old = 署名鍵を{ $days }日間使っています
overview-takes-no-writes = 書き込めません

## audit
## The staff's page of the audit trail.

audit-title = 監査ログ
audit-lead = 誰が、いつ、どこから、何をしたかの記録です。記録は変更されず、{ $days }日が過ぎると削除されます。
audit-event = イベント
audit-any-event = すべてのイベント
audit-whom = アカウント
audit-by = 実行者
audit-from-day = 開始日
audit-to-day = 終了日
audit-when = 時刻
audit-place = 接続元
audit-gone = 削除済み
audit-export = CSVを書き出す
audit-export-lead = このページだけでなく、一致するすべて
audit-no-such-user = この名前のユーザーはいません。削除されたアカウントは #12 のような番号で探せます。
audit-older = 古い記録

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = 利用する権限がありません
forward-auth-help = 必要な場合は、このサイトの運営者に権限を依頼してください。
forward-auth-anonymous = このアドレスで開けるページはありません。
forward-auth-unclear = 複数の読み方ができるアドレスです
forward-auth-unclear-sentence = アドレスの一部が特殊な書き方で、指す可能性のあるページの中に権限のないものがあります。
forward-auth-unclear-help = アプリ内のリンクからページを開いてください。それでもこの画面が出るなら、このサイトの運営者に知らせてください。
forward-auth-dashboard = アプリ一覧へ
forward-auth-home = ホームへ
forward-auth-trouble = しばらくしてからもう一度試すか、ホームからやり直してください。
# Who is signed in, but may not open this.
forward-auth-not-open-to = { $name } としてログインしていますが、このページを開く権限はありません。
forward-auth-another = 別のアカウントを使う

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = アプリ
apps-lead = メンバーの「アプリ」に表示されます。
apps-new-behind-proxy = プロキシの後ろのアプリを追加
apps-none = アプリはまだありません
apps-new = 新しいアプリ
apps-add = アプリを追加
apps-address-hint = リンクの行き先です。例: https://mail.example.org
apps-icon-hint = 文字、数字、絵文字のどれか1つ。空にすると名前の最初の文字を使います。
apps-groups-hint = 選んだグループのメンバー。何も選ばなければ、すべてのメンバーが開けます。
apps-no-groups = すべてのメンバー。一部の人だけに開くには、先にグループを作成してください。
apps-email = メールアドレス
apps-unverified-email = 確認されていないアドレスも渡す
apps-unverified-email-hint = プロキシの後ろのアプリには、確認済みのアドレスだけを渡します。確認されていないアドレスは別の人のものかもしれません。
apps-every-member = すべてのメンバー
apps-nobody = 誰も開けません: グループが削除されました
apps-closed = このアプリを開けるグループが削除されたため、今は誰も開けません。グループを選んで保存してください。選ばずに保存すると、すべてのメンバーが開けます。
apps-edit = 編集
apps-save = 保存
apps-delete = アプリを削除
apps-none-open = アプリはまだありません
apps-add-some = アプリを追加
apps-empty-name = 名前を入力してください。
apps-long-name = 60文字以内で入力してください。
apps-odd-name = 見える文字だけを1行で入力してください。
apps-empty-address = アプリのアドレスを入力してください。
apps-long-address = 500バイト以内のアドレスにしてください。
apps-odd-address = https://mail.example.org のように、空白のない完全なアドレスを入力してください。
apps-wrong-scheme = https:// または http:// で始めてください。
apps-userinfo = @ の前の名前とパスワードは除いてください。誰でも読めてしまいます。
apps-odd-icon = 文字、数字、絵文字のどれか1つにしてください。
apps-groups-gone = 選んだグループがなくなっています。もう一度選んでください。
apps-none-open-lead = 開けるアプリがここに表示されます。
apps-delete-undone = あとで追加し直せます。
apps-delete-gone = メンバーのアプリ一覧から消えます
apps-delete-shut = 規則で許可されていない限り、プロキシは誰も通さなくなります
apps-delete-stays = アプリ本体とその中のデータは残ります
apps-keep = そのままにする
apps-count = アプリ{ $n }件

## board
## The board.

board-title = 掲示板
board-new = 新しい投稿
board-sign-in-to-write = ログインして書く
board-search = タイトルと本文を検索
board-search-submit = 検索
board-all = すべての投稿を表示
board-none = 投稿はまだありません
board-none-here = ここにはありません。古い投稿にあるかもしれません。
board-too-many = この1時間にたくさん書きました。少し待ってください。書いた内容は残っています。
board-gone = その間に投稿が削除されました。書いた内容は残っていて、保存すると新しい投稿になります。
board-changed = その間に投稿が変更されました。削除する前に読み直してください。
board-none-found = この言葉のある投稿はありません
board-none-older = これより古い投稿はありません
board-older = 古い投稿
board-newest = 新しい投稿
board-edited = 編集:
board-edit = 編集
board-delete = 削除
board-edit-title = 投稿を編集
board-title-hint = 150文字まで。
board-body-hint = 10,000文字まで。ウェブアドレスはリンクになります。
board-publish = 投稿する
board-save = 保存
board-conflict = その間に別の人が投稿を変更しました。書いた内容は残っていて、まだ保存されていません。保存すると、その人の変更を上書きします。
board-theirs = 現在の投稿
board-overwrite = 自分の内容で上書き
board-delete-title = この投稿を削除しますか?
board-delete-lead = 全員から見えなくなり、元に戻せません。
board-delete-submit = 投稿を削除
board-left = 退会したメンバー
board-empty-title = タイトルを入力してください。
board-odd-title = 見える文字だけを1行で入力してください。
board-empty-body = 本文を入力してください。
board-odd-body = 見えない制御文字が含まれています。取り除くか、入力し直してください。
board-description = このサイトの人たちの投稿です。
board-none-lead = 最初の投稿を書いてください。
board-yours = 書いた内容
board-keep = 残す
# $max: as many as there may be; $over: as many as are too many.
board-too-long = { $max }文字までです。{ $over }文字減らしてください。

## dashboard
## The page after sign-in.

dashboard-title = アプリ
dashboard-unconfirmed = メールアドレスがまだ確認されていません。
dashboard-posts = 掲示板の新着
dashboard-no-posts = 投稿はまだありません。
dashboard-see-board = すべて見る
dashboard-device = デバイス

## profile
## The profile page.

profile-title = プロフィール
profile-submit = 保存
profile-username-fixed = ユーザー名は変更できません。
profile-email-hint = 変更には本人確認が必要です。
profile-delete-title = アカウントを削除しますか?
profile-delete-lead = あなたにも、このサイトの運営者にも元に戻せません。
profile-delete-link = アカウントを削除
profile-last-staff = ログインできる唯一の管理者アカウントです。先に別のアカウントに管理者権限を与えてください。運営者が munjigi user promote で行えます。
profile-delete-submit = 自分のアカウントを削除
profile-about = あなたについて
profile-about-lead = 連携したアプリから見えます。
profile-looks = 言語、タイムゾーン、テーマ
profile-delete-hint = アカウントを消し、すべてのデバイスからログアウトします。
profile-delete-posts = 投稿は名前なしで、「退会したメンバー」の投稿として掲示板に残ります
profile-delete-apps = アプリ内のデータはそのままです。アプリごとに削除を依頼してください
profile-keep = 残す
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] このデバイスとすべてのアプリからログアウトします
        [1] このデバイスとすべてのアプリからログアウトします
       *[other] { $sessions }台のデバイスとすべてのアプリからログアウトします
    }
profile-tokens-stop = APIトークン{ $tokens }個が使えなくなります

## sessions
## The sessions page.

sessions-title = ログイン中のデバイス
sessions-lead = ログイン中のデバイスとアプリです。ログアウトはすぐに反映されます。
sessions-this-one = このデバイス
sessions-unknown-device = 不明なデバイス
sessions-seen = 最終使用:
sessions-now = 使用中
sessions-since = ログイン:
sessions-browser-only = ブラウザーを閉じるまで
sessions-app = APIクライアント
sessions-end = ログアウト
sessions-end-others = ほかをすべてログアウト
sessions-trusted-title = 信頼したデバイス
sessions-trusted-lead = コードなし、パスワードだけでログインできます。
sessions-trusted-since = 登録:
sessions-trusted-until = 期限:
sessions-forget = 信頼を解除
# A device: Firefox on macOS.
sessions-browser-on-system = { $system } の { $browser }

## sign-in-link
## Signing in by mail.

sign-in-link-title = メールでログイン
sign-in-link-lead = アカウントのアドレスに、パスワードなしでログインするリンクを送ります。
sign-in-link-submit = リンクを送る
sign-in-link-with-password = パスワードでログイン
sign-in-link-confirm-title = ここでログインしますか?
sign-in-link-confirm-lead = このブラウザーでログインします。
sign-in-link-confirm-submit = ログイン
sign-in-link-over-lead = リンクは30分以内に1回だけ使えます。新しいリンクを請求してください。

## verify-email
## The pages that confirm an address.

verify-email-code-title = メールアドレスの確認
verify-email-code-lead = 請求したメールのリンクを開くか、コードをここに入力してください。
verify-email-member-lead = { $email } 宛てのメールのリンクを開くか、コードをここに入力してください。
verify-email-confirmed-lead = メールアドレスは確認済みです。変更の途中なら、新しいアドレス宛てのメールのリンクを開くか、コードをここに入力してください。
verify-email-nothing-asked = このブラウザーで請求したメールはありません。ログインすると請求できます。
verify-email-code-hint = 8桁の数字です。このブラウザーで30分間使えます。
verify-email-again = 新しいメールを送る
verify-email-start-again = 最初からやり直す
verify-email-to-profile = プロフィールに戻る
verify-email-confirm-title = このアドレスを確認しますか?
verify-email-confirm-lead = 自分のアドレスの場合だけ確認してください。
verify-email-account-lead = アカウントが作成されます。心当たりがなければ、このページを閉じてください。
verify-email-confirm-submit = 確認
verify-email-confirm-link = 確認する
verify-email-unconfirmed = 未確認
verify-email-over = このリンクは使えなくなりました
verify-email-over-lead = リンクは30分以内に1回だけ使えます。その間にほかの人が同じユーザー名を使い始めた場合も使えません。最初からやり直してください。

## unsent
## The page that sends a form again after sign-in.

unsent-title = 入力した内容を送信しますか?
unsent-lead = 届く前にログアウトされたため、まだ保存していません。
unsent-submit = 送信

## upstream
## Sign-in with an account at another provider.

upstream-title = 連携アカウント
upstream-lead = ここにログインできる、ほかのサービスのアカウントです。
upstream-not-linked = 未連携
upstream-link = 連携する
upstream-unlink = 連携を解除
upstream-owner-signs-in = このメールアドレスのアカウントがすでにあります。自分のものなら、ログインしてから連携してください。
upstream-no-password = まだありません
upstream-unprotected = 今は1つの手順だけでアカウントを保護しています。
upstream-set-password = ここにはパスワードがありません。メールで届くリンクで設定すると、確認に使えます。
upstream-set-password-link = パスワードを設定
# The label of a provider's button.
upstream-continue-with = { $provider }でログイン
upstream-first-sign-in-by = { $provider }アカウントを確認しました。このサイトで使うユーザー名を1回だけ決めてください。
upstream-link-account-of = { $provider }アカウントを連携しますか?
upstream-link-to-account = 今後そのアカウントで { $username } にログインできます。
upstream-confirm-with = { $provider }で確認

## users
## The staff's pages of users.

users-title = ユーザー
users-search-label = ユーザー名またはメールアドレス
users-status = 状態
users-any = すべて
users-staff = 管理者
users-disabled = 無効
users-email-confirmed = 確認済み
users-email-unconfirmed = 未確認
users-confirm-email = メールアドレスを確認済みにする
users-since = 登録日
users-groups = グループ
users-no-groups = グループはまだありません。
users-make-group = 作成する
users-save-groups = グループを保存
users-account = アカウント
users-id = 番号
users-last-failure = 最後のログイン失敗
users-second-factor = 2段階認証
users-no-factor = オフ
users-never = 記録なし
users-this-is-you = 自分のアカウントです。自分のページで管理できます。
users-own-pages = 自分のセキュリティページ
users-disable = 無効にする
users-enable = 有効にする
users-enable-lead = ログインできないアカウントです。有効にするとまたログインできますが、終了したセッションや削除したトークンは戻りません。
users-end-sessions = すべてのデバイスからログアウト
users-require = 新しいパスワードを要求
users-require-lead = パスワードとAPIトークンはすぐに使えなくなります。本人のアドレスに、新しいパスワードのリンクとコードを送ります。
users-mail-recovery = メールで復旧を開始
users-mail-recovery-lead = ログイン手段をすべて失った人のためのものです。本人のアドレスにリンクとコードを送ります。使われるまで何も変わらず、使われると2段階認証はオフになります。
users-require-staff = ほかの管理者のパスワードと2段階認証は、運営者がコマンドラインで変更します。
users-link-open = リンクの期限:
users-sessions = セッション
users-no-sessions = どこにもログインしていません。
users-events = 最近のアクティビティ
users-all-events = すべて見る
users-link-title = 新しいパスワードが必要です
users-link-lead = このサイトにはメールサーバーがありません。このリンクを直接、または信頼できる手段で渡してください。今だけ表示され、1日のうちに1回使えます。表示したことは監査ログに残ります。
users-link = リンク
users-back = ユーザーに戻る
users-factor-on = オン
users-device = デバイス
users-sign-out = ログアウト
users-back-in = ログインできるように助ける
users-require-short = 要求
users-mail-recovery-short = 開始
users-not-set = 未設定
users-staff-without-factor = 2段階認証はオフです。
users-keep-enabled = 有効のままにする
users-tokens-lost = APIトークンが使えなくなります
users-disable-stays = 投稿とグループは残り、アカウントはまた有効にできます
users-nobody-found = 「{ $text }」に一致するユーザーはいません
users-disable-whom = { $name } を無効にしますか?
users-disabled-devices =
    { $devices ->
        [0] 再びログインできなくなります
       *[other] { $devices }台のデバイスからすぐにログアウトされ、再びログインできなくなります
    }
users-without-factor = 2段階認証なし
users-shown-of = { $all }人中{ $shown }人
users-shown = このページで{ $shown }人見つかりました

## security
## The pages of how one signs in.

security-title = セキュリティ
security-protected = アカウントはしっかり守られています。
security-protected-lead = パスワードが盗まれても、それだけでは開けません。
security-unprotected = パスワードだけがアカウントを守っています。
security-unprotected-lead = パスキーか認証アプリを追加してください。
security-unprotected-lead-app = 認証アプリを追加してください。
security-no-codes = リカバリーコードが残っていません。
security-make-codes = 新しく作成
security-ways = ログイン方法
security-on = オン
security-on-now = オンです
security-change = 変更
security-manage = 管理
security-set-up = 設定
security-see-all = すべて見る
security-password-title = パスワード
security-password-lead = ほかのデバイスからはすべてログアウトし、APIトークンは削除されます。
security-changed = 最終変更:
security-submit = パスワードを変更
security-same = 現在のものと違うパスワードにしてください。
security-factor-title = 2段階認証
security-factor-lead = 新しいデバイスでログインするとき、パスワードの次に確認します。
security-app-title = 認証アプリ
security-app-off = スマートフォンに30秒ごとに新しいコードを表示します。
security-since = 設定:
security-app-remove = 認証アプリを削除
security-app-remove-lead = 削除すると、ほかのデバイスからはすべてログアウトします。
security-turn-off = 削除
security-turn-on = オンにする
security-codes-row = リカバリーコード
security-low = 残りわずか
security-new-codes = 新しいコード
security-new-codes-title = 新しいリカバリーコードを作成しますか?
security-new-codes-get = 新しいコード10個を1回だけ表示します
security-keep-codes = 今のコードを残す
security-trusted-lead = しばらくコードを求められないデバイスです。
security-set-up-title = 認証アプリの設定
security-required = このアカウントには2段階認証が必要です。設定すると、ほかのページを使えます。
security-scan = アプリでコードを読み取り、表示された数字を入力してください。
security-qr = QRコード。このページのキーと同じ内容です
security-cannot-scan = 読み取れませんか?
security-secret-hint = このキーをアプリに入力してください。
security-open-app = このデバイスのアプリで開く
security-app-code = アプリのコード
security-app-code-wrong = アプリに今表示されているコードと違います。続く場合は、スマートフォンの時計を確認してください。
security-turned-on = 2段階認証をオンにしました。ほかのデバイスからはすべてログアウトしました。
security-passkeys-title = パスキー
security-passkeys-lead = 指紋、顔、デバイスのPINでログインします。パスキーはこのサイトでしか使えないため、フィッシングされません。
security-no-passkeys = パスキーはまだありません
security-add-passkey = パスキーを追加
security-passkey-name = 名前
security-passkey-name-hint = パスキーのあるデバイスなど。
security-passkey-create = パスキーを作成
security-passkey-script = パスキーには、JavaScriptと対応するブラウザーが必要です。
security-passkey-refused = パスキーを確認できませんでした。もう一度試してください。
security-passkey-known = すでに登録済みのパスキーか、パスキーが多すぎます。
security-rename = 名前を変更
security-rename-passkey = パスキーの名前を変更
security-rename-submit = 保存
security-empty-passkey-name = 名前を入力してください。
security-last-way-in = これが唯一のログイン方法です。先にパスワードを設定してください。
security-added = 追加:
security-used = 最終使用:
security-unused = 未使用
security-instead-passkey = 代わりにパスキーを使う
security-codes-title = リカバリーコード
security-codes-lead = スマートフォンをなくしたとき、1つにつき1回ログインできます。表示されるのは今だけです。
security-codes-keep = スマートフォンだけでなく、自分だけが見つけられる場所にも保管してください。
security-codes-old = 以前のコードは使えなくなりました。
security-codes-file = Munjigiのリカバリーコード。それぞれ1回使えます:
security-download = ダウンロード
security-kept = 保管しました
security-events-title = 最近のアクティビティ
security-events-lead = アカウントの最新20件です。
security-event = イベント
security-place = 接続元
security-by-operator = このサイトの運営者
security-by-staff = 管理者
security-recovery-left = 10個中、残り{ $left }個
security-codes-stop = 残っている{ $left }個のコードは使えなくなります

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = APIトークン
tokens-lead = 決めた範囲で、スクリプトやサーバーがあなたの代わりに操作できます。
tokens-ends = 削除するかパスワードを変更すると、使えなくなります。
tokens-empty = トークンはまだありません
tokens-by-password = パスワードを受け取ったプログラム
tokens-expires = 有効期限
tokens-never = 無期限
tokens-expired = 期限切れ
tokens-used = 最終使用:
tokens-unused = 未使用
tokens-created = 作成:
tokens-delete = 削除
tokens-new-title = 新しいトークン
tokens-name-hint = 用途。例: バックアップスクリプト
tokens-scopes-hint = プログラムに必要なものだけを選んでください。
tokens-days-30 = 30日後
tokens-days-90 = 90日後
tokens-days-365 = 1年後
tokens-submit = トークンを作成
tokens-made-lead = 今すぐトークンをコピーしてください。再び表示されず、持っている人は誰でも使えます。
tokens-token = トークン
tokens-try-it = ターミナルで試す
tokens-done = コピーしました
tokens-profile-read = プロフィールを読む
tokens-profile-write = プロフィールを変更する
tokens-sessions-read = セッションの一覧を見る
tokens-sessions-write = ログアウトさせる
tokens-posts-read = 掲示板を読む
tokens-posts-write = 掲示板に書く
tokens-security-read = APIトークンの一覧を見る
tokens-security-write = パスワードを変更し、APIトークンを作成する
tokens-empty-name = 名前を入力してください。
tokens-no-scopes = 1つ以上選んでください。
tokens-beyond-granted = 今のトークンの権限を超えています。
tokens-past-expiry = 過去の時刻です。
tokens-late-expiry = 10年以内の時刻を選んでください。
tokens-odd-expiry = 2030-01-31T09:00:00Z のような時刻を入力してください。
tokens-too-many = トークンは50個までです。先に1つ削除してください。
tokens-some-program = プログラム
tokens-required = この項目は必須です。
tokens-null = この項目を null にはできません。
tokens-blank = この項目を空にはできません。
tokens-no-text = 正しい文字列ではありません。
tokens-wrong = この情報ではログインできません。
tokens-empty-lead = 下のフォームで最初のトークンを作成できます。
tokens-yours = トークン一覧
tokens-is-ready = 「{ $name }」を作成しました

## time
## Times and waits.

time-seconds = { $count }秒
time-minutes = { $count }分
# $wait: such as 15 minutes.
time-try-again-in = { $wait }後にもう一度試してください。
time-just-now = たった今
time-minutes-ago = { $count }分前
time-hours-ago = { $count }時間前
time-days-ago = { $count }日前
# The zone of a page's times, said once.
time-zone = 時刻は { $zone } です
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
time-weekday-1 = 月曜日
time-weekday-2 = 火曜日
time-weekday-3 = 水曜日
time-weekday-4 = 木曜日
time-weekday-5 = 金曜日
time-weekday-6 = 土曜日
time-weekday-7 = 日曜日
