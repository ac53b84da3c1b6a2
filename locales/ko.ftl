### The texts of pages and mails in Korean. docs/translating.md says how to change them.

## layout
## Texts around every page.

layout-product = 문지기
# Between the parts of a list, such as a device and its address.
layout-comma = { ", " }
layout-skip = 본문으로 건너뛰기
layout-navigation = 주 메뉴
layout-settings = 설정
layout-your-account = 내 계정:
layout-dashboard = 앱
layout-profile = 프로필
layout-sessions = 로그인 기기
layout-security = 보안
layout-tokens = API 토큰
layout-login = 로그인
layout-register = 가입
layout-logout = 로그아웃
layout-language = 언어
layout-help = 도움말
layout-terms = 이용약관
layout-privacy = 개인정보처리방침
layout-error = 오류
layout-problems = 다음 항목을 고쳐 주세요
layout-cancel = 취소
layout-confirm-title = 본인 확인
layout-confirm-lead = 비밀번호를 입력해 주세요.
layout-confirm-either = 2단계 인증이나 비밀번호로 확인해 주세요.
layout-confirm-factor = 로그인 방법을 바꾸는 일이라 2단계 인증이 필요해요.
layout-act-change-email = 이메일을 바꾸는 중이에요.
layout-act-delete-account = 계정을 삭제하는 중이에요.
layout-act-change-password = 비밀번호를 바꾸는 중이에요.
layout-act-add-app = 인증 앱을 설정하는 중이에요.
layout-act-remove-app = 인증 앱을 삭제하는 중이에요.
layout-act-new-codes = 새 복구 코드를 만드는 중이에요.
layout-act-remove-passkey = 패스키를 삭제하는 중이에요.
layout-act-add-passkey = 패스키를 추가하는 중이에요.
layout-act-create-token = API 토큰을 만드는 중이에요.
layout-act-staff = 관리자로 설정을 바꾸는 중이에요.
layout-passkey-failed = 처리하지 못했어요. 다시 시도하거나 다른 방법을 선택해 주세요.
layout-passkey-cancelled = 취소했거나 시간이 지났어요. 다시 시도하거나 다른 방법을 선택해 주세요.
layout-passkey-on-device = 이 기기에는 이미 이 계정의 패스키가 있어요.
layout-passkey-unverified = 이 기기에서는 본인을 확인할 수 없어요. 화면 잠금이나 PIN을 설정하거나 다른 기기를 사용해 주세요.
layout-passkey-address = 패스키는 이 사이트의 원래 주소에서만 쓸 수 있어요. 그 주소로 접속하거나 다른 방법을 선택해 주세요.
layout-or = 또는
layout-confirm-submit = 계속
layout-staff = 관리
layout-board = 게시판
layout-welcome = 계정을 만들었어요.
layout-saved = 저장했어요.
layout-password-changed = 비밀번호를 바꿨어요. 다른 기기에서는 모두 로그아웃하고 API 토큰을 삭제했어요.
layout-others-ended = 다른 기기에서 모두 로그아웃했어요.
layout-signed-out = 로그아웃했어요.
layout-session-over = 로그아웃되었어요. 다시 로그인해 주세요.
layout-not-sent-yet = 로그아웃되어 아직 저장하지 않았어요. 로그인하면 입력한 내용을 보낼 수 있어요.
layout-not-sent = 로그아웃되어 저장하지 못했어요. 로그인한 뒤 다시 시도해 주세요.
layout-other-member = 다른 계정으로 열어 둔 페이지여서 저장하지 않았어요.
layout-too-many-codes = 인증 코드를 너무 많이 틀렸어요. 다시 로그인해 주세요.
layout-stage-over = 시간이 지났어요. 다시 로그인해 주세요.
layout-post-saved = 글을 게시판에 올렸어요.
layout-password-set = 비밀번호를 정했어요. 새 비밀번호로 로그인해 주세요.
layout-mail-sent = 메일을 보냈어요.
layout-email-confirmed = 이메일을 확인했어요.
layout-not-followed = 로그인했어요. 요청한 주소는 이 사이트에 등록된 앱이 아니어서 이동하지 않았어요.
layout-not-recognised = 로그인했지만 앱에서 확인하지 못했어요. 이 사이트의 운영자에게 알려 주세요.
layout-account-deleted = 계정을 삭제했어요.
layout-app-added = 인증 앱을 설정했어요. 복구 코드는 그대로 쓸 수 있어요. 다른 기기에서는 모두 로그아웃했어요.
layout-app-removed = 인증 앱을 삭제했어요. 다른 기기에서는 모두 로그아웃했어요.
layout-copy = 복사
layout-copied = 복사함
layout-provider-failed = { $provider } 계정으로 로그인하지 못했어요. 다시 시도하거나 다른 방법을 선택해 주세요.
layout-provider-cancelled = { $provider } 로그인을 취소했어요. 바뀐 것은 없어요.
layout-provider-late = 시간이 지났거나 이미 끝난 로그인이에요. { $provider }을(를) 다시 선택해 주세요.
layout-provider-closed = 이 { $provider } 계정에 연결된 계정이 없고, 지금은 새로 만들 수 없어요. 계정이 있다면 로그인한 뒤 보안에서 연결해 주세요.
layout-provider-domain = 이 { $provider } 주소로는 계정을 만들 수 없어요. 다른 계정을 선택하거나 운영자에게 문의해 주세요.
layout-provider-group = 이 { $provider } 계정은 여기에 가입할 수 있는 그룹에 속해 있지 않아요. 운영자에게 문의해 주세요.
layout-provider-uninvited = { $provider } 계정으로는 초대받은 사람만 들어올 수 있어요. 운영자에게 문의해 주세요.
layout-provider-disabled = 이 { $provider } 계정에 연결된 계정은 사용이 중지되었어요. 운영자에게 문의해 주세요.
layout-provider-linked = { $provider } 계정을 연결했어요. 이제 그 계정으로 로그인할 수 있어요.
layout-provider-unlinked = { $provider } 계정의 연결을 끊었어요. 이제 그 계정으로는 로그인할 수 없어요.
layout-provider-of-another = 그 { $provider } 계정은 다른 계정에 속해 있어요. 바뀐 것은 없어요.
layout-provider-has-one = 이미 다른 { $provider } 계정이 연결되어 있어요. 먼저 연결을 끊어 주세요.
layout-provider-confirmed = { $provider }에서 본인 확인을 마쳤어요. 하려던 일을 다시 해 주세요.

## field
## Labels of fields and what can be wrong with them, the same on every form.

field-login = 아이디 또는 이메일
field-username = 아이디
field-username-hint = 글자와 숫자를 쓸 수 있고, 나중에 바꿀 수 없어요.
field-email = 이메일
field-password = 비밀번호
field-new-password = 새 비밀번호
field-current-password = 현재 비밀번호
field-code = 인증 코드
field-code-hint = 인증 앱의 숫자 6자리나 복구 코드
field-user-code = 기기 코드
field-app-code-hint = 앱에 지금 보이는 숫자 6자리
field-password-hint = 8자 이상. 서로 관련 없는 단어 서너 개를 이어 쓰면 좋아요.
field-display-name = 이름
field-display-name-hint = 다른 사람에게 보이는 이름이에요. 비워 두면 아이디를 써요.
field-name = 이름
field-app-address = 주소
field-icon = 아이콘
field-app-groups = 열 수 있는 사람
field-language = 언어
field-follow-browser = 브라우저 설정에 따름
field-time-zone = 시간대
field-theme = 테마
field-title = 제목
field-body = 내용
field-redirect-uris = 리디렉션 URI
field-post-logout-redirect-uris = 로그아웃 뒤 돌아갈 주소
field-backchannel-logout-uri = 로그아웃 알림 주소
field-jwks = 공개 키
field-grants = 토큰을 받는 방법
field-scope = 범위(scope)
field-resources = 사용할 API
field-scopes = 할 수 있는 일
field-expires-at = 만료
field-theme-auto = 시스템
field-theme-light = 밝게
field-theme-dark = 어둡게
field-empty-username = 아이디를 입력해 주세요.
field-long-username = 32자 이하로 입력해 주세요.
field-odd-username = 글자와 숫자만 쓰고, 그 사이에 . - _ 를 쓸 수 있어요.
field-taken-username = 이미 쓰고 있거나 너무 비슷한 아이디예요. 다른 아이디를 입력해 주세요.
field-empty-email = 이메일 주소를 입력해 주세요.
field-long-email = 이메일 주소는 254자까지 쓸 수 있어요.
field-long-local = @ 앞부분은 64자까지 쓸 수 있어요.
field-bad-email = name@example.org 같은 주소를 입력해 주세요.
field-invisible = 눈에 보이지 않는 글자가 들어 있어요. 붙여 넣지 말고 직접 입력해 주세요.
field-look-alike-email = 로마자와 비슷하게 생긴 다른 글자가 있어요. 로마자로 입력해 주세요.
field-taken-email = 이 주소로 만든 계정이 이미 있어요.
field-long-display-name = 60자 이하로 입력해 주세요.
field-odd-display-name = 눈에 보이는 글자만 한 줄로 입력해 주세요.
field-empty-password = 비밀번호를 입력해 주세요.
field-short-password = 8자 이상으로 정해 주세요.
field-long-password = 128자 이하로 정해 주세요.
field-common-password = 추측하기 쉬운 비밀번호예요. 관련 없는 단어를 한두 개 더해 주세요.
field-personal-password = 이름, 이메일, 사이트 이름과 너무 비슷한 비밀번호예요. 관련 없는 말로 정해 주세요.
field-wrong-password = 현재 비밀번호가 아니에요.
field-wrong-code = 틀렸거나 더 이상 쓸 수 없는 코드예요.
field-send-password = 비밀번호를 입력한 지 오래되었어요. current_password에 담아 함께 보내 주세요.
field-send-code = 인증 코드를 입력한 지 오래되었어요. code에 담아 함께 보내 주세요.
field-missing = 빠진 항목이에요.
field-wrong-type = 형식이 맞지 않아요.
field-twice = 같은 이름이 두 번 있어요.
field-bad-choice = 주어진 항목 중에서 골라 주세요.

## error
## Titles and sentences of the error pages.

error-bad-request = 요청을 읽을 수 없어요
error-bad-request-help = 요청의 일부가 깨졌거나 두 번 전송됐어요. 뒤로 가서 새로고침한 뒤 다시 시도해 주세요.
error-unauthorized = 로그인이 필요해요
error-unauthorized-help = 먼저 로그인하거나 유효한 토큰을 함께 보내 주세요.
error-forbidden = 이 페이지를 열 권한이 없어요
error-forbidden-help = 권한이 없거나 다른 사이트에서 보낸 요청이에요. 이 사이트에서 페이지를 열고 다시 시도해 주세요.
error-set-up-first = 2단계 인증이 필요한 계정이에요. 먼저 브라우저로 로그인해 설정해 주세요.
error-needs-session = API 토큰으로는 할 수 없어요. 로그인한 뒤 세션이나 액세스 토큰을 사용해 주세요.
error-reauth-required = 10분 이내에 확인한 비밀번호나 인증 코드가 필요해요. 함께 보내거나 먼저 본인 확인을 해 주세요.
error-not-found = 페이지를 찾을 수 없어요
error-not-found-help = 주소가 잘못됐거나 더 이상 없는 페이지예요.
error-method = 이 주소는 다르게 써요
error-method-help = 이 방식의 요청은 받을 수 없어요. 홈에서 다시 시작해 주세요.
error-timeout = 시간이 너무 오래 걸렸어요
error-timeout-help = 요청이 제때 도착하지 않았어요. 연결을 확인하고 다시 시도해 주세요.
error-too-large = 보낸 내용이 너무 커요
error-too-large-help = 양식은 128 kB까지 보낼 수 있어요. 내용을 줄여 다시 시도해 주세요.
error-media-type = 지원하지 않는 형식이에요
error-media-type-help = 페이지에 있는 양식을 사용해 주세요.
error-misdirected = 이 사이트의 주소가 아니에요
error-misdirected-help = 이 호스트 이름으로는 접속할 수 없어요. 운영자가 MUNJIGI_ALLOWED_HOSTS에 이름을 등록할 수 있어요.
error-unprocessable = 입력한 내용을 확인해 주세요
error-unprocessable-help = 뒤로 가서 표시된 항목을 고쳐 주세요.
error-conflict = 그 사이에 바뀌었어요
error-conflict-help = 다시 확인한 뒤 바꿔 주세요.
error-too-many = 시도가 너무 많아요
error-too-many-help = 계정을 보호하기 위한 제한이에요.
error-internal = 서버에 문제가 생겼어요
error-internal-help = 데이터는 안전해요. 다시 시도해 보고, 계속되면 아래 요청 번호를 운영자에게 알려 주세요.
error-unavailable = 잠시 뒤에 다시 열려요
error-unavailable-help = 로그인은 그대로예요.
error-other = 처리하지 못했어요
error-other-help = 뒤로 가서 다시 시도해 주세요.
error-rule = 거부한 규칙
error-request = 요청 번호
error-home = 홈으로 가기
error-dashboard = 내 앱으로 가기

## event
## What the audit trail tells, in words.

event-registered = 계정 생성
event-signed-in = 로그인
event-sign-in-failed = 로그인 실패
event-signed-out = 로그아웃
event-session-ended = 세션 종료
event-refresh-reused = 앱의 토큰이 두 번 쓰여 그 앱에서 로그아웃했어요
event-keys-rotated = 키 교체
event-keys-forgotten = 이전 키 폐기, 모든 사용자 로그아웃
event-others-ended = 다른 세션 종료
event-all-ended = 모든 세션 종료
event-password-changed = 비밀번호 변경
event-password-failed = 비밀번호 오류
event-password-confirmed = 비밀번호 확인
event-provider-confirmed = 다른 서비스에서 본인 확인
event-password-required = 새 비밀번호 요구
event-password-link-shown = 새 비밀번호 링크를 관리자에게 표시
event-shown-link-used = 관리자에게 표시된 링크로 새 비밀번호 설정
event-password-reset = 링크로 새 비밀번호 설정
event-password-reset-asked = 메일로 새 비밀번호 요청
event-recovery-started = 계정 복구 시작
event-sign-in-link-sent = 로그인 링크 요청
event-sign-in-link-used = 로그인 링크 사용
event-email-verified = 이메일 확인
event-email-vouched = 관리자가 이메일 확인
event-email-change-asked = 이메일 변경 요청
event-totp-added = 인증 앱 설정
event-totp-removed = 인증 앱 해제
event-passkey-added = 패스키 추가
event-passkey-renamed = 패스키 이름 변경
event-passkey-removed = 패스키 삭제
event-recovery-codes-made = 새 복구 코드 발급
event-recovery-code-used = 복구 코드 사용
event-second-factor-failed = 비밀번호는 맞았으나 코드 오류
event-second-factor-confirmed = 코드 확인
event-factors-removed = 복구를 위한 2단계 인증 해제
event-identity-linked = 다른 서비스 계정 연결
event-identity-unlinked = 다른 서비스 계정 연결 해제
event-provider-signed-out = 다른 서비스에서 로그아웃
event-device-trusted = 신뢰하는 기기 등록
event-device-forgotten = 기기 신뢰 해제
event-email-changed = 이메일 변경
event-account-deleted = 계정 삭제
event-disabled = 계정 사용 중지
event-enabled = 계정 사용 재개
event-promoted = 관리자 권한 부여
event-demoted = 관리자 권한 회수
event-group-created = 그룹 생성
event-group-changed = 그룹 변경
event-group-deleted = 그룹 삭제
event-group-joined = 그룹에 추가
event-group-left = 그룹에서 제외
event-post-edited = 운영진이 글 수정
event-post-deleted = 운영진이 글 삭제
event-application-added = 앱 추가
event-application-changed = 앱 변경
event-application-removed = 앱 삭제
event-app-secret-rotated = 앱 비밀 키 새로 발급
event-app-secret-ended = 이전 앱 비밀 키 폐기
event-app-disabled = 파일에서 빠진 앱 사용 중지
event-app-enabled = 앱 사용 재개
event-app-signed-in = 앱에 로그인
event-app-connected = 앱 연결
event-app-disconnected = 앱 연결 해제
event-app-code-reused = 앱 로그인 코드가 두 번 사용됨
event-app-refresh-reused = 앱의 지난 토큰이 다시 사용됨
event-token-created = API 토큰 생성
event-token-deleted = API 토큰 삭제
event-audit-exported = 감사 기록 내보내기
# What happened, and to what.
event-line = { $event }: { $subject }
# Where failures came from, how many there were, and when the last one was.
event-repeats = { $place } · { $count }회, 마지막 { $last }

## groups
## The staff's page of groups, and the names of permissions.

groups-title = 그룹
groups-lead = 그룹은 구성원에게 권한을 주고 앱을 열어 줘요.
groups-none = 아직 그룹이 없어요
groups-new = 새 그룹
groups-name = 그룹 이름
groups-create = 그룹 만들기
groups-permissions = 권한
groups-signing-in = 로그인
groups-second-factor = 구성원은 2단계 인증을 먼저 설정해야 해요
groups-members = 구성원
groups-no-members = 아직 구성원이 없어요.
groups-more-members = 더 보기
groups-add = 추가
groups-add-member = 추가할 아이디 또는 이메일
groups-remove = 빼기
groups-save = 저장
groups-delete = 그룹 삭제
groups-empty-name = 이름을 입력해 주세요.
groups-long-name = 60자 이하로 입력해 주세요.
groups-odd-name = 눈에 보이는 글자만 한 줄로 입력해 주세요.
groups-taken-name = 이미 있는 그룹 이름이에요. 다른 이름을 입력해 주세요.
groups-no-such-user = 이런 사용자가 없어요.
groups-add-post = 글 쓰기(모든 회원)
groups-change-post = 모든 글 수정
groups-delete-post = 모든 글 삭제
groups-view-post = 글 읽기(누구나)
groups-settings = 이름과 권한
groups-keep = 그대로 두기
groups-delete-undone = 되돌릴 수 없어요.
groups-delete-stays = 구성원의 계정은 남아요
groups-delete-group = { $name } 그룹을 삭제할까요?
groups-members-lose = 구성원 { $members }명이 이 그룹의 권한을 바로 잃어요
groups-apps-close = 이 그룹으로 열던 앱 { $apps }개를 더 이상 열 수 없어요
groups-new-lead = 권한과 구성원은 다음 화면에서 정해요.
groups-count = 그룹 { $n }개

## home
## The home page.

home-title = 시작
home-description = 한 번 로그인하면 이 사이트의 모든 앱을 열 수 있어요.
home-lead = 로그인 한 번으로 모든 앱을
home-body = 로그인하면 이 사이트의 앱을 열 수 있어요.
home-login = 로그인
home-register = 계정 만들기
home-board = 게시판 보기

## register
## The registration page.

register-title = 계정 만들기
register-description = 이 사이트의 앱에 쓸 계정을 만들어요.
register-lead = 계정 하나로 이곳의 모든 앱을 쓸 수 있어요.
register-submit = 계정 만들기
register-have-account = 이미 계정이 있나요?
register-login = 로그인
register-closed = 지금은 가입할 수 없어요
register-closed-help = 새 계정은 이 사이트의 운영자가 만들어요. 운영자에게 문의해 주세요.

## login
## The sign-in page.

login-title = 로그인
login-description = 비밀번호나 패스키로 로그인해요.
# Under the title: where one goes after sign-in.
login-leads-to = { $host }에서 계속하려면 로그인해 주세요.
login-remember = 이 기기에서 로그인 유지
login-submit = 로그인
login-no-account = 처음이신가요?
login-register = 계정 만들기
login-empty-login = 아이디나 이메일을 입력해 주세요.
login-empty-password = 비밀번호를 입력해 주세요.
login-wrong = 아이디나 비밀번호가 맞지 않아요. 다시 입력해 주세요.
login-code-needed = 2단계 인증을 쓰는 계정이에요. 인증 코드를 함께 보내 주세요.
login-wrong-code = 틀렸거나 이미 쓴 코드예요. 지금 보이는 코드를 입력해 주세요.
login-empty-code = 인증 코드를 입력해 주세요.
login-set-up-first = 2단계 인증이 필요한 계정이에요. 먼저 브라우저로 로그인해 설정해 주세요.
login-signed-in = 로그인했어요
login-verify-title = 인증 코드 입력
login-verify-lead = 인증 앱을 열고 지금 보이는 숫자 6자리를 입력해 주세요.
login-verify-any = 인증 앱에 지금 보이는 숫자 6자리를 입력하거나 패스키를 사용해 주세요.
login-verify-hint = 복구 코드도 쓸 수 있어요.
login-verify-submit = 계속
login-other-account = 다른 계정으로 로그인
login-lost = 휴대폰과 복구 코드를 모두 잃어버렸나요?
login-lost-help = 이 사이트의 운영자가 계정을 되찾도록 도와줄 수 있어요.
login-by-passkey = 패스키로 로그인
login-verify-by-passkey = 패스키 사용
login-late-passkey = 페이지를 너무 오래 열어 두었어요. 다시 시도해 주세요.
login-wrong-passkey = 패스키를 확인하지 못했어요. 다시 시도하거나 다른 방법으로 로그인해 주세요.
login-disabled = 사용이 중지된 계정이에요. 이 사이트의 운영자에게 문의해 주세요.
login-unverified = 먼저 이메일을 확인해 주세요. 로그인 페이지에서 로그인하면 확인 메일을 보내요.
login-by-mail = 이메일로 로그인 링크 받기
login-logout-title = 로그아웃할까요?
login-logout-lead = 여기와 이 계정으로 연 앱에서 로그아웃돼요.
login-forgot = 비밀번호를 잊었나요?
# The offer to trust a device.
login-trust-days = 이 기기에서 { $days }일 동안 묻지 않기
login-trust-hours = 이 기기에서 { $hours }시간 동안 묻지 않기
# $wait: such as 15 minutes.
login-too-many-failures = 여러 번 실패했어요. { $wait } 뒤에 다시 시도해 주세요.
# Which app is next after sign-in.
login-leading-on-to = 곧 { $host } 페이지가 열려요.

## mail
## What mails say.

mail-hello = 안녕하세요.
mail-code = 또는 요청한 화면에 이 코드를 입력해 주세요.
mail-once = 링크와 코드는 30분 동안 한 번만 쓸 수 있어요.
mail-ignore = 직접 요청하지 않았다면 이 메일을 무시해도 돼요.
mail-reset-subject = 새 비밀번호 정하기
mail-reset = 계정의 새 비밀번호를 정해 달라는 요청이 있었어요.
mail-reset-button = 비밀번호 정하기
mail-recovery-subject = 계정 복구
mail-recovery = 관리자가 계정 복구를 시작했어요. 새 비밀번호를 정하면 복구가 끝나고 2단계 인증은 꺼져요.
mail-recovery-ignore = 요청한 적이 없다면 링크를 열지 말고 관리자에게 알려 주세요.
mail-new-password = 관리자가 새 비밀번호를 요구했어요. 지금까지 쓰던 비밀번호는 더 이상 쓸 수 없어요.
mail-once-in-a-day = 링크와 코드는 24시간 동안 한 번만 쓸 수 있어요.
mail-sign-in-subject = 로그인 링크
mail-sign-in = 이 링크로 로그인할 수 있어요.
mail-sign-in-button = 로그인
mail-register-subject = 이메일 확인
mail-register = 이 주소로 계정을 만들려는 요청이 있었어요. 직접 요청했다면 본인의 주소인지 확인해 주세요.
mail-verify = 본인의 주소인지 확인해 주세요.
mail-verify-button = 이메일 확인
mail-change = 이 주소를 계정의 이메일로 쓰려는 요청이 있었어요. 직접 요청했다면 본인의 주소인지 확인해 주세요.
mail-taken-subject = 이미 계정이 있어요
mail-taken = 이 주소로 계정을 만들려는 시도가 있었지만 이미 계정에 등록된 주소예요. 직접 했다면 로그인하거나, 비밀번호를 잊었다면 새로 정해 주세요.
mail-taken-button = 로그인
mail-moving-subject = 이메일 변경 요청
mail-moving = 계정의 이메일을 바꾸려는 요청이 있었어요. 새 주소를 확인하면 바뀌어요.
mail-moved-subject = 이메일이 바뀌었어요
mail-moved = 계정의 이메일이 바뀌었어요. 이 주소로는 더 이상 메일을 보내지 않아요.
mail-password-subject = 비밀번호가 바뀌었어요
mail-password = 계정의 비밀번호가 바뀌었고, 다른 기기에서는 모두 로그아웃했어요.
mail-password-removed-subject = 비밀번호를 삭제했어요
mail-password-removed = 링크로 로그인하면서 이 주소가 확인됐어요. 그전의 비밀번호는 다른 사람이 정했을 수도 있어서 이제 쓸 수 없어요. 새 비밀번호를 정할 수 있어요.
mail-device-subject = 새 기기에서 로그인
mail-device = 전에 쓴 적 없는 기기에서 계정에 로그인했어요.
mail-factors-subject = 2단계 인증이 바뀌었어요
mail-factors = 계정의 2단계 인증 방법이 바뀌었어요.
mail-linked-subject = 다른 서비스 계정을 연결했어요
mail-linked = 이제 그 계정으로도 여기에 로그인할 수 있어요.
mail-unlinked-subject = 다른 서비스 계정의 연결을 끊었어요
mail-unlinked = 이제 그 계정으로는 여기에 로그인할 수 없어요.
mail-token-subject = 프로그램이 API 토큰을 받았어요
mail-token = 프로그램이 비밀번호로 로그인해 API 토큰을 받았어요. 토큰이 만료되거나 API 토큰 화면에서 삭제할 때까지 계정을 대신해 API를 쓸 수 있어요.
mail-notices-withheld = 한 시간 안에 같은 일이 여러 번 있어서, 한 시간 동안은 메일을 더 보내지 않아요. 모든 기록은 보안 화면에 있어요.
mail-not-you = 직접 한 일이 아니라면 바로 새 비밀번호를 정해 주세요. 모든 기기에서 로그아웃돼요.
mail-not-you-button = 비밀번호 정하기
mail-test-subject = 시험 메일
mail-test = 이 메일이 보이면 메일이 잘 도착하고 있어요.
mail-greeting = { $name } 님, 안녕하세요.
# Before the code of a recovery, which is typed on this page.
mail-recovery-code = 또는 { $link } 에서 아이디와 함께 이 코드를 입력해 주세요.
# $when: day and hour.
mail-by-operator = 사이트 운영자, { $when }
mail-circumstances = { $device }, { $address }, { $when }
mail-asked = 요청한 곳: { $device }, { $address }, { $when }
mail-signature = { $site } 로그인 서버에서 보냈어요.

## oidc
## The pages on the way to an app that signs people in here, and the list of connected apps.

oidc-as-user = 계정:
oidc-not-you = 다른 계정인가요?
oidc-sees-profile = 이름과 아이디
oidc-sees-email = 이메일 주소:
oidc-sees-groups = 그룹:
oidc-sees-no-groups = 그룹 (지금은 속한 그룹이 없어요)
oidc-sees-identity = 다시 방문할 때 같은 사람이라는 것
oidc-stays = 자리를 비운 동안에도 로그인 유지 (연결을 끊을 때까지)
oidc-own-scope = 사용 범위:
oidc-resource = 내 권한으로 접근할 곳:
oidc-no-password = 비밀번호는 볼 수 없고 계정도 바꿀 수 없어요.
oidc-goes-to = 이동할 곳:
oidc-allow = 허용하고 계속
oidc-deny = 취소
oidc-later = 언제든지 연결을 끊을 수 있는 곳:
oidc-connected-apps = 연결된 앱
oidc-select-lead = 이 기기에 로그인되어 있어요.
oidc-proceed = 계속
oidc-another = 다른 계정으로 로그인
oidc-going = 화면이 바뀌지 않으면 버튼을 눌러 주세요.
oidc-not-your-app-help = 필요하다면 이 사이트의 운영자에게 권한을 요청해 주세요.
oidc-problem-title = 앱 설정이 맞지 않아요
oidc-unknown-app = 이 사이트에 등록되지 않은 앱에서 왔어요. 앱의 운영자에게 알려 주세요.
oidc-unreadable = 앱이 보낸 요청을 읽을 수 없어요. 앱의 운영자에게 알려 주세요.
oidc-logout-title = 로그아웃할까요?
oidc-logout-lead = 이 사이트에서, 그리고 여기서 로그인한 앱에서 로그아웃해요.
oidc-logout = 로그아웃
oidc-stay = 로그인 유지
oidc-logout-problem-title = 로그아웃하지 못했어요
oidc-logout-hint = 앱이 이 사이트의 것이 아닌 요청을 보냈어요. 이 사이트에서 직접 로그아웃해 주세요.
oidc-logout-redirect-uri = 앱이 등록되지 않은 주소로 보내려고 했어요. 이 사이트에서 직접 로그아웃해 주세요.
oidc-connected-lead = 내가 누구인지 아는 앱이에요. 연결을 끊으면 앱의 접근이 바로 끝나요.
oidc-none-connected = 연결된 앱이 없어요
oidc-connected-since = 연결:
oidc-disconnect = 연결 끊기
oidc-unregistered = 이 사이트의 운영자가 확인하지 않은 앱이에요. 앱을 소개하는 곳:
oidc-device-title = 기기 연결
oidc-device-lead = TV, 게임기, 명령줄에 보이는 코드를 입력해 주세요.
oidc-device-hint = BCDF-GHJK와 같은 글자 8개예요.
oidc-device-warning = 눈앞에 있는 기기의 코드만 입력해 주세요. 다른 사람이 코드를 보냈다면 멈추세요. 그 사람이 내 계정에 들어오게 돼요.
oidc-device-asked-from = 요청한 곳:
oidc-device-allow = 이 기기 허용
oidc-device-return = 기기로 돌아가세요.
oidc-device-ended = 기기에는 아무것도 전달되지 않아요. 직접 요청한 것이 아니라면 이 화면을 닫아 주세요.
oidc-wrong-user-code = 이 코드로 기다리는 기기가 없어요. 코드는 10분 뒤에 만료돼요. 코드를 확인하거나 기기에서 새 코드를 받아 주세요.
oidc-none-connected-lead = 로그인을 허용한 앱이 여기에 보여요.
oidc-sees = 볼 수 있는 것:
oidc-sign-in-to = { $app }에 로그인
oidc-continue-to = { $app }에서 계속
# Before the list of what an app learns.
oidc-will-see = { $app }에서 볼 수 있는 것
oidc-device-allowed = { $app }을(를) 연결했어요
oidc-device-denied = { $app }을(를) 연결하지 않았어요
oidc-not-your-app = { $app }에 들어갈 권한이 없어요
oidc-wrong-redirect-uri = { $app }에서 등록되지 않은 주소로 보내려고 했어요. 앱의 운영자에게 알려 주세요. 무엇이 다른지는 이 사이트의 로그에 있어요.
# What a connected app sees: one to four of these, in a list.
oidc-scope-profile = 이름과 아이디
oidc-scope-email = 이메일 주소
oidc-scope-groups = 그룹
oidc-scope-offline = 자리를 비운 동안에도

## oidc-apps
## Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

oidc-apps-new-title = 앱 추가
oidc-apps-new-lead = 어떤 앱인가요?
oidc-apps-behind-proxy = 프록시 뒤의 앱
oidc-apps-behind-proxy-lead = 자체 로그인이 없는 앱이에요. 프록시가 누가 열 수 있는지 여기에 물어요.
oidc-apps-openid = OpenID Connect 앱
oidc-apps-openid-lead = 직접 여기로 로그인하는 앱이에요. 고르면 필요한 값이 채워져요.
oidc-apps-own-app = 다른 앱
oidc-apps-mcp-client = MCP 클라이언트
oidc-apps-address = 앱의 주소
oidc-apps-address-hint = 사람들이 앱을 여는 주소예요. 예: https://grafana.example.org
oidc-apps-mcp-hint = MCP 서버의 주소예요. 예: https://mcp.example.org/notes
oidc-apps-more = 추가 설정
oidc-apps-derived-hint = 한 줄에 하나씩 써 주세요. 비워 두면 앱의 주소에서 정해져요.
oidc-apps-lines-hint = 한 줄에 하나씩 써 주세요.
oidc-apps-redirect-uris = 리디렉션 URI
oidc-apps-redirect-hint = 로그인한 뒤 브라우저가 돌아갈 주소예요. 앱이 보내는 그대로 한 줄에 하나씩 써 주세요.
oidc-apps-post-logout = 로그아웃 뒤 돌아갈 주소
oidc-apps-backchannel = 로그아웃 알림 주소
oidc-apps-backchannel-hint = 세션이 끝나면 앱에 알리는 주소예요 (백채널 로그아웃).
oidc-apps-auth-method = 앱의 인증 방식
oidc-apps-with-basic = 비밀 키, 헤더 (client_secret_basic)
oidc-apps-with-post = 비밀 키, 폼 (client_secret_post)
oidc-apps-with-key = 앱의 자체 키 (private_key_jwt)
oidc-apps-with-none = 없음: 사용자 기기의 프로그램 (none)
oidc-apps-jwks = 공개 키
oidc-apps-jwks-hint = private_key_jwt에 쓰는 JWK Set이나, 가져올 https 주소예요.
oidc-apps-subject = 사용자를 구별하는 이름
oidc-apps-public-subject = 다른 앱도 아는 이름
oidc-apps-pairwise-subject = 이 앱만 아는 이름 (pairwise)
oidc-apps-grants = 토큰을 받는 방법
oidc-apps-grant-code = 사람의 로그인
oidc-apps-grant-refresh = 갱신
oidc-apps-grant-credentials = 앱 자신의 권한
oidc-apps-grant-device = 기기 코드
oidc-apps-scopes = 범위(scope)
oidc-apps-scopes-hint = 빈칸으로 구분해 주세요. 비워 두면 앱에 보통 필요한 범위를 써요.
oidc-apps-alg = ID 토큰 알고리즘
oidc-apps-resources = 사용할 API
oidc-apps-resources-hint = 액세스 토큰을 요청할 수 있는 API의 주소예요. 한 줄에 하나씩 써 주세요.
oidc-apps-access-lifetime = 액세스 토큰 유효 시간
oidc-apps-access-lifetime-hint = 10m(10분), 2h(2시간)처럼 써 주세요. 비워 두면 1시간이고, API용은 5분이에요.
oidc-apps-id-lifetime = ID 토큰 유효 시간
oidc-apps-id-lifetime-hint = 10m(10분), 2h(2시간)처럼 써 주세요. 비워 두면 1시간이에요.
oidc-apps-refresh-lifetime = 쓰지 않은 갱신 토큰의 유효 기간
oidc-apps-refresh-lifetime-hint = 12h(12시간), 30d(30일)처럼 써 주세요. 비워 두면 14일이에요.
oidc-apps-level = 로그인 수준
oidc-apps-one-factor = 보통
oidc-apps-two-factor = 2단계 인증 필요
oidc-apps-first-party = 직접 운영하는 앱: 사용자에게 동의를 묻지 않음
oidc-apps-groups-hint = 고른 그룹의 구성원만 로그인할 수 있어요. 고르지 않으면 모든 회원이 로그인할 수 있어요.
oidc-apps-add = 앱 추가
oidc-apps-made-title = 앱을 추가했어요
oidc-apps-rotated-title = 새 비밀 키
oidc-apps-made-lead = 지금 비밀 키를 복사해 주세요. 다시 볼 수 없어요.
oidc-apps-made-public = 이 앱에는 비밀 키가 없어요.
oidc-apps-rotated-lead = 이전 비밀 키는 폐기하거나 다음 키를 만들 때까지 쓸 수 있어요.
oidc-apps-to-app = 앱 페이지로
oidc-apps-client-id = 클라이언트 ID
oidc-apps-client-secret = 클라이언트 비밀 키
oidc-apps-issuer = 발급자(issuer)
oidc-apps-setup = 앱 설정
oidc-apps-setup-lead = 아래 내용을 붙여 넣어 주세요. CLIENT_SECRET 자리에는 비밀 키를 써 주세요.
oidc-apps-anywhere = 앱의 설정에 입력:
oidc-apps-terminal = 앱 서버의 명령줄에서 실행:
oidc-apps-registration = 등록 정보
oidc-apps-declared = 파일에 선언됨
oidc-apps-declared-note = MUNJIGI_APPS로 지정한 파일에 선언된 앱이에요. 그 파일에서 바꿔 주세요.
oidc-apps-gone-note = 파일에서 빠진 앱이라 로그인할 수 없어요. 다시 선언하거나 삭제해 주세요.
oidc-apps-disabled = 사용 중지됨
oidc-apps-change = 변경
oidc-apps-change-title = 앱 변경
oidc-apps-save = 저장
oidc-apps-secrets = 비밀 키
oidc-apps-current-secret = 현재 비밀 키
oidc-apps-older-secret = 이전 비밀 키
oidc-apps-older-until = 폐기하거나 다음 키를 만들 때까지 유효
oidc-apps-made-at = 발급
oidc-apps-rotate = 새 비밀 키 발급
oidc-apps-end-older = 지금 폐기
oidc-apps-no-secret = 이 앱에는 비밀 키가 없어요.
oidc-apps-people = 사용자
oidc-apps-signed-in = 로그인 중
oidc-apps-connected = 허용한 사람
oidc-apps-remove = 앱 삭제
oidc-apps-keep = 그대로 두기
oidc-apps-remove-stays = 앱 안의 데이터는 그대로예요
oidc-apps-empty-name = 이름을 입력해 주세요.
oidc-apps-long-name = 60자 이하로 입력해 주세요.
oidc-apps-odd-name = 눈에 보이는 글자만 한 줄로 써 주세요.
oidc-apps-taken-name = 같은 이름의 앱이 있어요. 다른 이름을 써 주세요.
oidc-apps-groups-gone = 고른 그룹 중 없어진 그룹이 있어요. 다시 골라 주세요.
oidc-apps-no-redirect-uri = 앱의 주소나 리디렉션 URI를 입력해 주세요.
oidc-apps-too-many = 50개 이하로 입력해 주세요.
oidc-apps-plain-http = https:// 주소를 써 주세요. http:// 는 localhost만 쓸 수 있어요.
oidc-apps-link-local = 링크 로컬 주소는 쓸 수 없어요.
oidc-apps-bad-lifetime = 1분에서 24시간까지, 쓰지 않는 동안은 90일까지예요.
oidc-apps-no-jwks = 앱의 공개 키를 입력해 주세요.
oidc-apps-bad-jwks = 공개 키만 있는 JWK Set을 입력해 주세요.
oidc-apps-public-credentials = 인증하지 않는 앱은 자신의 권한을 쓸 수 없어요.
oidc-apps-refresh-alone = 갱신은 사람의 로그인과 함께 써 주세요.
oidc-apps-uri-long = ‘{ $address }’: 2000바이트를 넘어요.
oidc-apps-uri-relative = ‘{ $address }’: https://app.example.org/callback 같은 전체 주소가 아니에요.
oidc-apps-uri-fragment = ‘{ $address }’: #이 있어요.
oidc-apps-uri-userinfo = ‘{ $address }’: 이름이나 비밀번호가 들어 있어요.
oidc-apps-uri-characters = ‘{ $address }’: 빈칸, 역슬래시 또는 ASCII가 아닌 글자가 있어요.
oidc-apps-uri-http = ‘{ $address }’: http:// 는 localhost만 쓸 수 있어요.
oidc-apps-uri-scheme = ‘{ $address }’: 브라우저가 특별하게 다루는 주소예요.
oidc-apps-deliveries = 앱에 보낸 로그아웃 알림
oidc-apps-waiting = 대기 중
oidc-apps-delivered = 마지막 전송
oidc-apps-failed = 마지막 실패
oidc-apps-given-up = 다시 보내지 않음
oidc-apps-never = 없음
oidc-apps-refusals = 거부한 요청
oidc-apps-refusals-lead = 앱이 등록되지 않은 주소를 보냈어요.
oidc-apps-received = 받은 주소
oidc-apps-registered = 등록된 주소
# Before lines to copy: the file that they belong in.
oidc-apps-in-file = { $file } 파일에:
# Before lines to copy: the page of the app's settings that they belong on.
oidc-apps-on-page = { $page } 화면에:
oidc-apps-remove-app = ‘{ $app }’ 앱을 삭제할까요?
oidc-apps-lose-sign-ins = { $people }명이 이 앱에서 바로 로그아웃돼요
oidc-apps-lose-consents = { $people }명이 로그인을 허용했고, 다시 추가하면 다시 허용해야 해요
oidc-apps-lose-client-id = 클라이언트 ID와 비밀 키를 다시는 쓸 수 없어요
oidc-apps-many-hosts = ‘{ $hosts }’: 호스트가 여럿이면 pairwise 앱으로 쓸 수 없어요.
oidc-apps-odd-scope = ‘{ $value }’: scope로 쓸 수 없어요.
oidc-apps-own-resource = ‘{ $address }’: 이 사이트 자체예요.
oidc-apps-logo = 로고
oidc-apps-logo-file = 그림 파일
oidc-apps-logo-hint = 64kB 이하의 PNG, WebP 또는 SVG 파일이에요.
oidc-apps-logo-upload = 올리기
oidc-apps-logo-remove = 로고 삭제
oidc-apps-logo-large = 64kB 이하의 파일을 골라 주세요.
oidc-apps-logo-kind = PNG, WebP 또는 SVG 파일을 골라 주세요.
oidc-apps-logo-pixels = 가로와 세로가 4096픽셀 이하인 그림을 골라 주세요.
oidc-apps-logo-active = 스크립트, 링크, 다른 파일이 없는 SVG를 골라 주세요.

## password-reset
## The page that a one-time link opens.

password-reset-title = 새 비밀번호 정하기
password-reset-lead = 모든 기기에서 로그아웃되고 API 토큰은 더 이상 쓸 수 없어요.
password-reset-submit = 비밀번호 저장
password-reset-ask-title = 비밀번호를 잊었나요?
password-reset-ask-lead = 계정의 이메일 주소로 새 비밀번호를 정하는 링크를 보내요.
password-reset-ask-submit = 링크 보내기
password-reset-no-server = 이 사이트는 메일을 보낼 수 없어요. 요청은 운영자에게 전달되니 운영자에게 링크를 받아 주세요.
password-reset-no-server-title = 운영자에게 링크를 받아 주세요
password-reset-code-title = 메일을 확인해 주세요
password-reset-code-lead = 해당 계정이 있다면 몇 분 안에 등록된 이메일로 메일이 도착해요. 링크를 열거나 메일에 있는 코드를 입력해 주세요.
password-reset-no-server-code = 해당 계정이 있다면 운영자가 링크와 코드를 가지고 있어요. 운영자에게 문의해 주세요.
password-reset-code-hint = 숫자 8자리이고 이 브라우저에서 30분 동안 쓸 수 있어요.
password-reset-code-submit = 계속
password-reset-again = 메일이 오지 않았나요?
password-reset-again-link = 다시 보내기
password-reset-new-link = 새 링크 받기
password-reset-recovery-title = 계정 복구
password-reset-recovery-lead = 계정 복구 메일에 있는 코드를 입력하고 새 비밀번호를 정해 주세요.
password-reset-recovery-hint = 숫자 8자리이고 30분 동안 쓸 수 있어요.
password-reset-to-sign-in = 로그인으로 돌아가기
password-reset-over = 더 이상 쓸 수 없는 링크예요
password-reset-over-lead = 링크는 정해진 시간 동안 한 번만 쓸 수 있어요. 새 링크를 요청해 주세요.

## admin
## Texts of the staff's pages.

admin-navigation = 관리 페이지
admin-users = 사용자
admin-groups = 그룹
admin-apps = 앱
admin-sessions = 세션
admin-audit = 감사 기록
admin-search = 검색
admin-signed-in = 로그인
admin-last-seen = 마지막 사용
admin-filter = 필터
admin-clear = 지우기
admin-next = 다음 페이지
admin-nothing = 일치하는 항목이 없어요
admin-search-lead = 사용자, 그룹, 앱, 세션, 최근 기록을 찾아요.
admin-search-label = 이름, 이메일, 접속 주소, 요청 번호
admin-nothing-found = ‘{ $text }’ 검색 결과가 없어요

## done
## What was just done, to what.

done-device-signed-out = ‘{ $name }’ 기기에서 로그아웃했어요.
done-device-forgotten = 이제 ‘{ $name }’ 기기에서도 인증 코드가 필요해요.
done-disabled = { $name } 계정을 중지하고 모든 기기에서 로그아웃했어요.
done-enabled = { $name } 계정을 다시 쓸 수 있게 했어요.
done-signed-out = { $name } 계정을 모든 기기에서 로그아웃했어요.
done-email-vouched = { $name } 계정의 이메일을 확인된 주소로 표시했어요.
done-password-required = { $name } 계정에 새 비밀번호를 요구하고 링크를 메일로 보냈어요.
done-recovery-mailed = { $name } 계정의 복구 링크를 메일로 보냈어요. 쓰기 전까지는 아무것도 바뀌지 않아요.
done-groups-saved = { $name } 계정의 그룹을 저장했어요.
done-created = ‘{ $name }’ 항목을 만들었어요.
done-saved = ‘{ $name }’ 항목을 저장했어요.
done-deleted = ‘{ $name }’ 항목을 삭제했어요.
done-member-added = { $name } 계정을 그룹에 추가했어요.
done-member-removed = { $name } 계정을 그룹에서 뺐어요.
done-app-added = ‘{ $name }’ 앱을 추가했어요.
done-app-removed = ‘{ $name }’ 앱을 삭제했어요.
done-secret-ended = ‘{ $name }’ 앱의 이전 비밀 값은 이제 쓸 수 없어요.
done-token-deleted = ‘{ $name }’ 토큰을 삭제했어요. 이제 쓸 수 없어요.
done-passkey-added = ‘{ $name }’ 패스키를 추가했어요. 다른 기기에서는 모두 로그아웃했어요.
done-passkey-removed = ‘{ $name }’ 패스키를 삭제했어요. 다른 기기에서는 모두 로그아웃했어요.
done-disconnected = { $name } 앱의 연결을 끊었어요. 이제 아무것도 볼 수 없어요.
done-post-deleted = ‘{ $name }’ 글을 삭제했어요.

## overview
## The staff's overview.

overview-title = 현황
overview-today = 오늘 로그인
overview-two-step = 2단계 인증
overview-period = 기간
overview-in-utc = 하루는 UTC 0시에 시작해요.
overview-signed-in = 성공
overview-failed = 실패
overview-today-short = 오늘
overview-numbers = 숫자로 보기
overview-day = 날짜
overview-attention = 확인이 필요한 항목
overview-calm = 지금은 확인할 것이 없어요.
overview-ways = 로그인 방법
overview-no-ways = 아직 집계된 로그인이 없어요.
overview-by-two-steps = 비밀번호와 2단계 인증
overview-by-passkey = 패스키
overview-by-password = 비밀번호만
overview-by-link = 메일 로그인 링크
overview-by-provider = 다른 계정
overview-see = 보기
overview-open = 열기
overview-mail-waits = 메일 서버가 거부하거나 응답하지 않아요.
overview-given-up = 더 시도하지 않아요.
overview-rotate = 명령줄에서 바꿀 수 있어요: munjigi keys rotate
overview-system = 시스템
overview-database = 데이터베이스
overview-session-store = 세션 저장소
overview-built-in = 내장
overview-mail = 메일
overview-no-mail = 메일 서버 없음
overview-mail-idle = 대기 없음
overview-keys = 서명 키
overview-version = 버전
overview-new-this-week = 최근 7일 동안 { $n }명 가입
overview-failed-count = 실패 { $n }회
overview-without-two-step = { $users }명은 꺼져 있어요
overview-sign-ins-in = 최근 { $days }일 로그인
overview-daily-average = 하루 평균 { $n }회
overview-last-days = 최근 { $days }일
overview-days = { $days }일
overview-bar = { $day }: 성공 { $done }회, 실패 { $failed }회
overview-chart-calm = { $from }부터 { $to }까지 하루 로그인 { $fewest }회에서 { $most }회, 실패 없음.
overview-chart = { $from }부터 { $to }까지 하루 로그인 { $fewest }회에서 { $most }회. 선 아래의 실패는 { $on }에 { $failed }회로 가장 많아요.
overview-failures-on = { $day } 로그인 실패 { $n }회
overview-usually = 다른 날은 하루 약 { $n }회예요.
overview-refused-today = 오늘 여러 번 실패해서 거부한 로그인 { $n }회
overview-staff-without = 관리자 { $all }명 중 { $n }명이 2단계 인증을 쓰지 않아요
overview-mails-failing = 보내지 못한 메일 { $n }통
overview-mails-waiting = { $n }통 대기 중
overview-waiting-since = 가장 오래된 메일은 { $ago }에 대기열에 들어왔어요.
overview-app-untold = { $app }에 로그아웃을 알리지 못하고 있어요
overview-app-refused = { $app }에서 등록되지 않은 주소를 요청했어요
overview-last-time = 마지막 { $ago }
overview-keys-are-old = 서명 키를 { $days }일째 쓰고 있어요
overview-takes-no-writes = 쓸 수 없음

## audit
## The staff's page of the audit trail.

audit-title = 감사 기록
audit-lead = 누가, 언제, 어디서, 무엇을 했는지 보여 줘요. 기록은 고쳐지지 않고, { $days }일이 지나면 삭제돼요.
audit-event = 이벤트
audit-any-event = 모든 이벤트
audit-whom = 계정
audit-by = 실행한 사람
audit-from-day = 시작일
audit-to-day = 종료일
audit-when = 시각
audit-place = 접속 정보
audit-gone = 삭제됨
audit-export = CSV 내보내기
audit-export-lead = 이 페이지뿐 아니라 조건에 맞는 모든 기록
audit-no-such-user = 이런 사용자가 없어요. 삭제된 계정은 #12처럼 번호로 찾을 수 있어요.
audit-older = 이전 기록

## forward-auth
## The page that stands in place of an app's.

forward-auth-title = 이 페이지를 열 권한이 없어요
forward-auth-help = 이 사이트의 운영자에게 권한을 요청하거나 다른 계정으로 로그인해 주세요.
forward-auth-anonymous = 이 주소에서 열 수 있는 페이지가 없어요.
forward-auth-unclear = 여러 가지로 읽힐 수 있는 주소예요
forward-auth-unclear-sentence = 주소의 일부가 특이하게 적혀 있고, 그 주소가 가리킬 수 있는 페이지 중에 권한이 없는 것이 있어요.
forward-auth-unclear-help = 앱에 있는 링크로 열어 주세요. 그래도 이 화면이 나오면 이 사이트의 운영자에게 알려 주세요.
forward-auth-dashboard = 내 앱으로 가기
forward-auth-home = 홈으로 가기
forward-auth-trouble = 잠시 뒤에 다시 시도해 주세요.
# Who is signed in, but may not open this.
forward-auth-not-open-to = { $name } 계정으로 로그인했지만, 그 계정에는 권한이 없어요.
forward-auth-another = 다른 계정으로 로그인

## apps
## The apps: the staff's page of them, and their place on the dashboard.

apps-title = 앱
apps-lead = 회원의 앱 화면에 보여요.
apps-new-behind-proxy = 프록시 뒤의 앱 추가
apps-none = 아직 앱이 없어요
apps-new = 새 앱
apps-add = 앱 추가
apps-address-hint = 링크가 가리키는 주소예요. 예: https://mail.example.org
apps-icon-hint = 글자, 숫자, 이모지 중 하나예요. 비워 두면 이름의 첫 글자를 써요.
apps-groups-hint = 고른 그룹의 구성원만 열 수 있어요. 고르지 않으면 모든 회원이 열 수 있어요.
apps-no-groups = 모든 회원. 일부에게만 열려면 먼저 그룹을 만들어 주세요.
apps-email = 이메일 주소
apps-unverified-email = 확인되지 않은 이메일 주소도 전달
apps-unverified-email-hint = 프록시 뒤에 있는 앱에는 확인된 이메일 주소만 전달돼요. 확인되지 않은 주소는 다른 사람의 것일 수 있어요.
apps-every-member = 모든 회원
apps-nobody = 아무도 열 수 없음: 그룹이 삭제됨
apps-closed = 이 앱을 열 수 있던 그룹이 삭제되어 지금은 아무도 열 수 없어요. 그룹을 골라 저장해 주세요. 고르지 않고 저장하면 모든 회원이 열 수 있어요.
apps-edit = 수정
apps-save = 저장
apps-delete = 앱 삭제
apps-none-open = 아직 앱이 없어요
apps-add-some = 앱 추가
apps-empty-name = 이름을 입력해 주세요.
apps-long-name = 60자 이하로 입력해 주세요.
apps-odd-name = 눈에 보이는 글자만 한 줄로 써 주세요.
apps-empty-address = 앱의 주소를 입력해 주세요.
apps-long-address = 500바이트 이하의 주소를 입력해 주세요.
apps-odd-address = https://mail.example.org 처럼 빈칸 없는 전체 주소를 입력해 주세요.
apps-wrong-scheme = https:// 또는 http:// 로 시작하는 주소를 입력해 주세요.
apps-userinfo = @ 앞의 이름과 비밀번호를 빼 주세요. 누구나 볼 수 있어요.
apps-odd-icon = 글자, 숫자, 이모지 중 하나만 써 주세요.
apps-groups-gone = 고른 그룹 중 없어진 그룹이 있어요. 다시 골라 주세요.
apps-none-open-lead = 열 수 있는 앱이 여기에 보여요.
apps-delete-undone = 나중에 다시 추가할 수 있어요.
apps-delete-gone = 회원의 앱 화면에서 사라져요
apps-delete-shut = 규칙으로 열려 있지 않다면 프록시가 더 이상 아무도 들여보내지 않아요
apps-delete-stays = 앱 자체와 그 안의 데이터는 남아요
apps-keep = 그대로 두기
apps-count = 앱 { $n }개

## board
## The board.

board-title = 게시판
board-new = 글쓰기
board-sign-in-to-write = 로그인하고 글쓰기
board-search = 제목과 내용에서 찾기
board-search-submit = 찾기
board-all = 모든 글 보기
board-none = 아직 올라온 글이 없어요
board-none-here = 이 글들에는 없어요. 이전 글에서 찾아보세요.
board-too-many = 한 시간 동안 글을 많이 올렸어요. 잠시 뒤에 다시 올려 주세요. 쓴 내용은 그대로 있어요.
board-gone = 그사이에 글이 삭제되었어요. 쓴 내용은 그대로 있고, 저장하면 새 글이 돼요.
board-changed = 그사이에 글이 수정되었어요. 삭제하기 전에 다시 읽어 주세요.
board-none-found = 찾는 말이 있는 글이 없어요
board-none-older = 더 이전 글이 없어요
board-older = 이전 글
board-newest = 최근 글
board-edited = 수정:
board-edit = 수정
board-delete = 삭제
board-edit-title = 글 수정
board-title-hint = 150자까지 쓸 수 있어요.
board-body-hint = 10,000자까지 쓸 수 있고 웹 주소는 링크가 돼요.
board-publish = 올리기
board-save = 저장
board-conflict = 그사이에 다른 사람이 글을 수정했어요. 쓴 내용은 그대로 있고 아직 저장하지 않았어요. 저장하면 다른 사람의 수정을 덮어써요.
board-theirs = 지금 저장된 글
board-overwrite = 내 글로 덮어쓰기
board-delete-title = 이 글을 삭제할까요?
board-delete-lead = 모두에게서 사라지고 되돌릴 수 없어요.
board-delete-submit = 글 삭제
board-left = 탈퇴한 회원
board-empty-title = 제목을 입력해 주세요.
board-odd-title = 눈에 보이는 글자만 한 줄로 써 주세요.
board-empty-body = 내용을 입력해 주세요.
board-odd-body = 눈에 보이지 않는 제어 문자가 들어 있어요. 지우거나 다시 입력해 주세요.
board-description = 이 사이트의 사람들이 쓴 글이에요.
board-none-lead = 첫 글을 써 보세요.
board-yours = 내가 쓴 글
board-keep = 글 유지
# $max: as many as there may be; $over: as many as are too many.
board-too-long = { $max }자까지 쓸 수 있어요. { $over }자를 줄여 주세요.

## dashboard
## The page after sign-in.

dashboard-title = 앱
dashboard-unconfirmed = 아직 이메일을 확인하지 않았어요.
dashboard-posts = 게시판 새 글
dashboard-no-posts = 아직 올라온 글이 없어요.
dashboard-see-board = 전체 보기
dashboard-device = 기기

## profile
## The profile page.

profile-title = 프로필
profile-submit = 저장
profile-username-fixed = 아이디는 바꿀 수 없어요.
profile-email-hint = 바꿀 때 본인 확인이 필요해요.
profile-delete-title = 계정을 삭제할까요?
profile-delete-lead = 나도, 이 사이트의 운영자도 되돌릴 수 없어요.
profile-delete-link = 계정 삭제
profile-last-staff = 로그인할 수 있는 유일한 관리자 계정이에요. 먼저 다른 계정에 관리자 권한을 주세요. 운영자가 munjigi user promote 명령으로 줄 수 있어요.
profile-delete-submit = 내 계정 삭제
profile-about = 내 정보
profile-about-lead = 연결한 앱에서 볼 수 있는 정보예요.
profile-looks = 언어, 시간대, 테마
profile-delete-hint = 계정을 지우고 모든 기기에서 로그아웃해요.
profile-delete-posts = 게시판의 글은 이름 없이 ‘탈퇴한 회원’의 글로 남아요
profile-delete-apps = 앱에 있는 데이터는 그대로예요. 앱마다 따로 삭제를 요청해 주세요
profile-keep = 계정 유지
# On how many devices one is signed in, this one too.
profile-signed-out-of =
    { $sessions ->
        [0] 이 기기와 모든 앱에서 로그아웃돼요
        [1] 이 기기와 모든 앱에서 로그아웃돼요
       *[other] 기기 { $sessions }대와 모든 앱에서 로그아웃돼요
    }
profile-tokens-stop = API 토큰 { $tokens }개를 더 이상 쓸 수 없어요

## sessions
## The sessions page.

sessions-title = 로그인 기기
sessions-lead = 로그인된 기기와 앱이에요. 로그아웃하면 바로 적용돼요.
sessions-this-one = 이 기기
sessions-unknown-device = 알 수 없는 기기
sessions-seen = 마지막 사용
sessions-now = 지금 사용 중
sessions-since = 로그인:
sessions-browser-only = 브라우저를 닫을 때까지
sessions-app = API 클라이언트
sessions-end = 로그아웃
sessions-end-others = 다른 기기 모두 로그아웃
sessions-trusted-title = 신뢰하는 기기
sessions-trusted-lead = 인증 코드 없이 비밀번호만으로 로그인하는 기기예요.
sessions-trusted-since = 등록:
sessions-trusted-until = 만료:
sessions-forget = 신뢰 해제
# A device: Firefox on macOS.
sessions-browser-on-system = { $system } { $browser }

## sign-in-link
## Signing in by mail.

sign-in-link-title = 이메일로 로그인
sign-in-link-lead = 계정의 이메일 주소로 비밀번호 없이 로그인하는 링크를 보내요.
sign-in-link-submit = 링크 보내기
sign-in-link-with-password = 비밀번호로 로그인
sign-in-link-confirm-title = 이 브라우저에서 로그인할까요?
sign-in-link-confirm-lead = 링크를 요청한 계정으로 로그인해요.
sign-in-link-confirm-submit = 로그인
sign-in-link-over-lead = 링크는 30분 동안 한 번만 쓸 수 있어요. 새 링크를 요청해 주세요.

## verify-email
## The pages that confirm an address.

verify-email-code-title = 이메일 확인
verify-email-code-lead = 요청한 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.
verify-email-member-lead = { $email } 주소로 온 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.
verify-email-confirmed-lead = 이메일을 이미 확인했어요. 주소를 바꾸는 중이라면 새 주소로 온 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.
verify-email-nothing-asked = 이 브라우저에서 요청한 메일이 없어요. 로그인하면 요청할 수 있어요.
verify-email-code-hint = 숫자 8자리이고 이 브라우저에서 30분 동안 쓸 수 있어요.
verify-email-again = 메일 새로 보내기
verify-email-start-again = 처음부터 다시 하기
verify-email-to-profile = 프로필로 돌아가기
verify-email-confirm-title = 이 이메일을 확인할까요?
verify-email-confirm-lead = 내 주소가 맞을 때만 확인해 주세요.
verify-email-account-lead = 확인하면 계정이 만들어져요. 요청한 적이 없다면 이 페이지를 닫아 주세요.
verify-email-confirm-submit = 확인
verify-email-confirm-link = 확인하기
verify-email-unconfirmed = 미확인
verify-email-over = 더 이상 쓸 수 없는 링크예요
verify-email-over-lead = 링크는 30분 동안 한 번만 쓸 수 있어요. 그사이에 다른 사람이 같은 아이디를 만들었을 수도 있어요. 처음부터 다시 해 주세요.

## unsent
## The page that sends a form again after sign-in.

unsent-title = 입력한 내용을 보낼까요?
unsent-lead = 도착하기 전에 로그아웃되어 아직 저장하지 않았어요.
unsent-submit = 보내기

## upstream
## Sign-in with an account at another provider.

upstream-title = 연결된 계정
upstream-lead = 여기에 로그인할 수 있는 다른 서비스 계정이에요.
upstream-not-linked = 연결 안 됨
upstream-link = 연결
upstream-unlink = 연결 해제
upstream-owner-signs-in = 이 이메일 주소를 쓰는 계정이 이미 있어요. 내 계정이라면 먼저 로그인한 뒤 연결해 주세요.
upstream-no-password = 아직 없음
upstream-unprotected = 지금은 한 단계로만 계정을 보호하고 있어요.
upstream-set-password = 이 계정에는 비밀번호가 없어요. 메일로 받는 링크로 비밀번호를 정하면 그것으로 확인할 수 있어요.
upstream-set-password-link = 비밀번호 정하기
# The label of a provider's button.
upstream-continue-with = { $provider } 계정으로 로그인
upstream-first-sign-in-by = { $provider } 계정을 확인했어요. 이 사이트에서 쓸 아이디를 한 번만 정해 주세요.
upstream-link-account-of = { $provider } 계정을 연결할까요?
upstream-link-to-account = 연결하면 그 계정으로 { $username } 계정에 로그인할 수 있어요.
upstream-confirm-with = { $provider } 계정으로 확인

## users
## The staff's pages of users.

users-title = 사용자
users-search-label = 아이디 또는 이메일
users-status = 상태
users-any = 전체
users-staff = 관리자
users-disabled = 사용 중지
users-email-confirmed = 확인됨
users-email-unconfirmed = 확인 안 됨
users-confirm-email = 확인된 이메일로 표시
users-since = 가입
users-groups = 그룹
users-no-groups = 아직 그룹이 없어요.
users-make-group = 그룹 만들기
users-save-groups = 그룹 저장
users-account = 계정
users-id = 번호
users-last-failure = 마지막 로그인 실패
users-second-factor = 2단계 인증
users-no-factor = 꺼짐
users-never = 기록 없음
users-this-is-you = 내 계정이에요. 내 페이지에서 관리할 수 있어요.
users-own-pages = 내 보안 페이지
users-disable = 사용 중지
users-enable = 사용 재개
users-enable-lead = 로그인할 수 없는 계정이에요. 다시 사용해도 로그아웃된 기기와 삭제된 토큰은 되돌아오지 않아요.
users-end-sessions = 모든 기기에서 로그아웃
users-require = 새 비밀번호 요구
users-require-lead = 지금 비밀번호와 API 토큰은 바로 쓸 수 없게 돼요. 새 비밀번호를 정할 링크와 코드를 본인에게 메일로 보내요.
users-mail-recovery = 메일로 계정 복구 시작
users-mail-recovery-lead = 로그인할 방법을 모두 잃은 사람에게 링크와 코드를 메일로 보내요. 쓰기 전까지는 아무것도 바뀌지 않고, 쓰면 2단계 인증도 꺼져요.
users-require-staff = 다른 관리자의 비밀번호와 2단계 인증은 운영자가 명령줄에서만 바꿀 수 있어요.
users-link-open = 링크 만료
users-sessions = 세션
users-no-sessions = 로그인한 기기가 없어요.
users-events = 최근 활동
users-all-events = 전체 보기
users-link-title = 새 비밀번호를 요구했어요
users-link-lead = 이 사이트에는 메일 서버가 없어요. 이 링크를 직접 만나거나 믿을 수 있는 방법으로 전달해 주세요. 지금 한 번만 보이고, 하루 동안 한 번 쓸 수 있어요. 링크를 보았다는 사실이 감사 기록에 남아요.
users-link = 링크
users-back = 사용자로 돌아가기
users-factor-on = 켜짐
users-device = 기기
users-sign-out = 로그아웃
users-back-in = 다시 로그인하게 돕기
users-require-short = 요구
users-mail-recovery-short = 시작
users-not-set = 없음
users-staff-without-factor = 2단계 인증이 꺼져 있어요.
users-keep-enabled = 그대로 두기
users-tokens-lost = API 토큰을 쓸 수 없게 돼요
users-disable-stays = 글과 그룹은 남고, 나중에 다시 사용할 수 있어요
users-nobody-found = ‘{ $text }’에 맞는 사용자가 없어요
users-disable-whom = { $name } 계정을 사용 중지할까요?
users-disabled-devices =
    { $devices ->
        [0] 다시 로그인할 수 없어요
       *[other] 기기 { $devices }대에서 바로 로그아웃되고 다시 로그인할 수 없어요
    }
users-without-factor = 2단계 인증 없음
users-shown-of = { $all }명 중 { $shown }명
users-shown = 이 쪽에서 { $shown }명 찾음

## security
## The pages of how one signs in.

security-title = 보안
security-protected = 계정을 잘 보호하고 있어요.
security-protected-lead = 비밀번호가 새어 나가도 계정이 열리지 않아요.
security-unprotected = 지금은 비밀번호만으로 계정을 보호하고 있어요.
security-unprotected-lead = 패스키나 인증 앱을 추가해 주세요.
security-unprotected-lead-app = 인증 앱을 추가해 주세요.
security-no-codes = 남은 복구 코드가 없어요.
security-make-codes = 새로 만들기
security-ways = 로그인 방법
security-on = 사용 중
security-on-now = 사용 중이에요
security-change = 변경
security-manage = 관리
security-set-up = 설정
security-see-all = 전체 보기
security-password-title = 비밀번호
security-password-lead = 다른 기기에서는 모두 로그아웃되고 API 토큰도 삭제돼요.
security-changed = 마지막 변경:
security-submit = 비밀번호 변경
security-same = 현재 비밀번호와 다르게 정해 주세요.
security-factor-title = 2단계 인증
security-factor-lead = 새 기기에서 로그인할 때 비밀번호 다음에 확인해요.
security-app-title = 인증 앱
security-app-off = 휴대폰에서 30초마다 새 코드를 보여 줘요.
security-since = 설정:
security-app-remove = 인증 앱 삭제
security-app-remove-lead = 삭제하면 다른 기기에서 모두 로그아웃돼요.
security-turn-off = 삭제
security-turn-on = 켜기
security-codes-row = 복구 코드
security-low = 얼마 안 남음
security-new-codes = 새 코드
security-new-codes-title = 복구 코드를 새로 만들까요?
security-new-codes-get = 새 코드 10개를 한 번만 보여 줘요
security-keep-codes = 지금 코드 유지
security-trusted-lead = 한동안 인증 코드를 묻지 않는 기기예요.
security-set-up-title = 인증 앱 설정
security-required = 2단계 인증이 필요한 계정이에요. 설정을 마치면 다른 페이지를 쓸 수 있어요.
security-scan = 인증 앱으로 QR 코드를 찍고 앱에 보이는 숫자를 입력해 주세요.
security-qr = QR 코드. 이 페이지의 키와 같은 내용이에요
security-cannot-scan = QR 코드를 찍을 수 없나요?
security-secret-hint = 이 키를 앱에 입력해 주세요.
security-open-app = 이 기기의 앱에서 열기
security-app-code = 앱에 보이는 코드
security-app-code-wrong = 앱에 지금 보이는 코드가 아니에요. 계속 맞지 않으면 휴대폰의 시계를 확인해 주세요.
security-turned-on = 2단계 인증을 켰어요. 다른 기기에서는 모두 로그아웃했어요.
security-passkeys-title = 패스키
security-passkeys-lead = 지문, 얼굴, 기기 PIN으로 로그인해요. 이 사이트에서만 쓸 수 있어 피싱에 안전해요.
security-no-passkeys = 아직 패스키가 없어요
security-add-passkey = 패스키 추가
security-passkey-name = 이름
security-passkey-name-hint = 패스키가 있는 기기 이름처럼 알아보기 쉬운 이름
security-passkey-create = 패스키 만들기
security-passkey-script = 패스키를 쓰려면 자바스크립트와 패스키를 지원하는 브라우저가 필요해요.
security-passkey-refused = 패스키를 확인하지 못했어요. 다시 시도해 주세요.
security-passkey-known = 이미 등록한 패스키이거나 패스키가 너무 많아요.
security-rename = 이름 변경
security-rename-passkey = 패스키 이름 변경
security-rename-submit = 저장
security-empty-passkey-name = 이름을 입력해 주세요.
security-last-way-in = 로그인할 수 있는 유일한 방법이에요. 먼저 비밀번호를 정해 주세요.
security-added = 추가:
security-used = 마지막 사용:
security-unused = 사용한 적 없음
security-instead-passkey = 대신 패스키 사용
security-codes-title = 복구 코드
security-codes-lead = 휴대폰을 잃어버렸을 때 코드마다 한 번씩 로그인할 수 있어요. 지금 한 번만 보여 줘요.
security-codes-keep = 휴대폰에만 두지 말고, 나만 찾을 수 있는 곳에도 보관해 주세요.
security-codes-old = 이전 코드는 더 이상 쓸 수 없어요.
security-codes-file = 문지기 복구 코드(코드마다 한 번씩 로그인할 수 있어요):
security-download = 내려받기
security-kept = 보관했어요
security-events-title = 최근 활동
security-events-lead = 내 계정의 최근 활동 20개예요.
security-event = 내용
security-place = 접속 정보
security-by-operator = 운영자
security-by-staff = 관리자
security-recovery-left = 10개 중 { $left }개 남음
security-codes-stop = 남은 코드 { $left }개는 더 이상 쓸 수 없어요

## tokens
## API tokens: their page, their scopes, and the messages to programs that request one.

tokens-title = API 토큰
tokens-lead = 정해 둔 범위에서 스크립트나 서버가 나를 대신해 일할 수 있어요.
tokens-ends = 삭제하거나 비밀번호를 바꾸면 쓸 수 없어요.
tokens-empty = 아직 토큰이 없어요
tokens-by-password = 비밀번호로 받은 토큰
tokens-expires = 만료
tokens-never = 만료 없음
tokens-expired = 만료됨
tokens-used = 마지막 사용:
tokens-unused = 사용한 적 없음
tokens-created = 생성:
tokens-delete = 삭제
tokens-new-title = 새 토큰
tokens-name-hint = 어디에 쓰는지 알 수 있는 이름. 예: 백업 스크립트
tokens-scopes-hint = 프로그램에 필요한 것만 골라 주세요.
tokens-days-30 = 30일 뒤
tokens-days-90 = 90일 뒤
tokens-days-365 = 1년 뒤
tokens-submit = 토큰 만들기
tokens-made-lead = 지금 토큰을 복사해 주세요. 다시 보여 주지 않고, 가진 사람은 누구나 쓸 수 있어요.
tokens-token = 토큰
tokens-try-it = 터미널에서 써 보기
tokens-done = 복사했어요
tokens-profile-read = 프로필 읽기
tokens-profile-write = 프로필 바꾸기
tokens-sessions-read = 로그인 기기 목록 보기
tokens-sessions-write = 로그아웃하기
tokens-posts-read = 게시판 읽기
tokens-posts-write = 게시판에 글쓰기
tokens-security-read = API 토큰 목록 보기
tokens-security-write = 비밀번호를 바꾸고 API 토큰 만들기
tokens-empty-name = 이름을 입력해 주세요.
tokens-no-scopes = 하나 이상 골라 주세요.
tokens-beyond-granted = 지금 쓰는 토큰의 권한을 넘는 항목이 있어요.
tokens-past-expiry = 이미 지난 시각이에요.
tokens-late-expiry = 10년 이내로 정해 주세요.
tokens-odd-expiry = 2030-01-31T09:00:00Z 같은 시각을 입력해 주세요.
tokens-too-many = 토큰은 50개까지 만들 수 있어요. 먼저 하나를 삭제해 주세요.
tokens-some-program = 프로그램
tokens-required = 필수 항목이에요.
tokens-null = null일 수 없어요.
tokens-blank = 비워 둘 수 없어요.
tokens-no-text = 올바른 문자열이 아니에요.
tokens-wrong = 입력한 정보로는 로그인할 수 없어요.
tokens-empty-lead = 아래에서 첫 토큰을 만들 수 있어요.
tokens-yours = 내 토큰
tokens-is-ready = ‘{ $name }’ 토큰을 만들었어요

## time
## Times and waits.

time-seconds = { $count }초
time-minutes = { $count }분
# $wait: such as 15 minutes.
time-try-again-in = { $wait } 뒤에 다시 시도해 주세요.
time-just-now = 방금
time-minutes-ago = { $count }분 전
time-hours-ago = { $count }시간 전
time-days-ago = { $count }일 전
# The zone of a page's times, said once.
time-zone = 시각은 { $zone } 기준이에요
# A date in a sentence, of this year and of another.
time-date = { $month } { $day }일
time-date-of-year = { $year }년 { $month } { $day }일
# A date as a heading, of this year and of another.
time-heading = { $month } { $day }일 { $weekday }
time-heading-of-year = { $year }년 { $month } { $day }일 { $weekday }
time-month-1 = 1월
time-month-2 = 2월
time-month-3 = 3월
time-month-4 = 4월
time-month-5 = 5월
time-month-6 = 6월
time-month-7 = 7월
time-month-8 = 8월
time-month-9 = 9월
time-month-10 = 10월
time-month-11 = 11월
time-month-12 = 12월
# As in 12 Nov.
time-month-1-short = 1월
time-month-2-short = 2월
time-month-3-short = 3월
time-month-4-short = 4월
time-month-5-short = 5월
time-month-6-short = 6월
time-month-7-short = 7월
time-month-8-short = 8월
time-month-9-short = 9월
time-month-10-short = 10월
time-month-11-short = 11월
time-month-12-short = 12월
time-weekday-1 = 월요일
time-weekday-2 = 화요일
time-weekday-3 = 수요일
time-weekday-4 = 목요일
time-weekday-5 = 금요일
time-weekday-6 = 토요일
time-weekday-7 = 일요일
