//! What the audit trail tells, in words.

texts! {
    Events {
        registered: "Account created", "계정 생성";
        signed_in: "Signed in", "로그인";
        sign_in_failed: "Failed sign-in", "로그인 실패";
        signed_out: "Signed out", "로그아웃";
        session_ended: "Session ended", "세션 종료";
        refresh_reused: "A token of an app was used twice, so the app was signed out", "앱의 토큰이 두 번 사용되어 그 앱을 로그아웃했습니다";
        keys_rotated: "Keys rotated", "키 교체";
        keys_forgotten: "Older keys forgotten, everybody signed out", "이전 키 폐기, 모든 사용자 로그아웃";
        others_ended: "Other sessions ended", "다른 세션 종료";
        all_ended: "All sessions ended", "모든 세션 종료";
        password_changed: "Password changed", "비밀번호 변경";
        password_failed: "Wrong password entered", "비밀번호 오류";
        password_confirmed: "Password confirmed", "비밀번호 확인";
        password_required: "New password required", "새 비밀번호 요구";
        password_link_shown: "Link to a new password shown to staff", "새 비밀번호 링크를 관리자에게 표시";
        shown_link_used: "New password chosen by a link that was shown to staff", "관리자에게 표시된 링크로 새 비밀번호 설정";
        password_reset: "New password chosen by link", "링크로 새 비밀번호 설정";
        password_reset_asked: "New password asked for by mail", "메일로 새 비밀번호 요청";
        recovery_started: "Recovery started", "계정 복구 시작";
        sign_in_link_sent: "Sign-in link asked for", "로그인 링크 요청";
        sign_in_link_used: "Sign-in link used", "로그인 링크 사용";
        email_verified: "Email confirmed", "이메일 확인";
        email_change_asked: "Change of email asked for", "이메일 변경 요청";
        totp_added: "Authenticator app set up", "인증 앱 설정";
        totp_removed: "Authenticator app removed", "인증 앱 해제";
        passkey_added: "Passkey added", "패스키 추가";
        passkey_renamed: "Passkey renamed", "패스키 이름 변경";
        passkey_removed: "Passkey removed", "패스키 삭제";
        recovery_codes_made: "New recovery codes made", "새 복구 코드 발급";
        recovery_code_used: "Recovery code used", "복구 코드 사용";
        second_factor_failed: "Right password, but a wrong code", "비밀번호는 맞았으나 코드 오류";
        second_factor_confirmed: "Code confirmed", "코드 확인";
        factors_removed: "Second factors removed, for a recovery", "복구를 위한 2단계 인증 해제";
        device_trusted: "Device trusted", "신뢰하는 기기 등록";
        device_forgotten: "Device no longer trusted", "기기 신뢰 해제";
        email_changed: "Email changed", "이메일 변경";
        account_deleted: "Account deleted", "계정 삭제";
        disabled: "Account disabled", "계정 사용 중지";
        enabled: "Account enabled", "계정 사용 재개";
        promoted: "Staff rights given", "관리자 권한 부여";
        demoted: "Staff rights taken", "관리자 권한 회수";
        group_created: "Group created", "그룹 생성";
        group_changed: "Group changed", "그룹 변경";
        group_deleted: "Group deleted", "그룹 삭제";
        group_joined: "Added to a group", "그룹에 추가";
        group_left: "Removed from a group", "그룹에서 제외";
        post_edited: "Post edited by a moderator", "운영진이 글 수정";
        post_deleted: "Post deleted by a moderator", "운영진이 글 삭제";
        application_added: "App added", "앱 추가";
        application_changed: "App changed", "앱 변경";
        application_removed: "App removed", "앱 삭제";
        app_secret_rotated: "New app secret made", "앱 비밀 키 새로 발급";
        app_signed_in: "Signed in to an app", "앱에 로그인";
        app_connected: "App connected", "앱 연결";
        app_disconnected: "App disconnected", "앱 연결 해제";
        app_code_reused: "An app's sign-in code was used twice", "앱 로그인 코드가 두 번 사용됨";
        app_refresh_reused: "An app's old token was used again", "앱의 지난 토큰이 다시 사용됨";
        token_created: "API token created", "API 토큰 생성";
        token_deleted: "API token deleted", "API 토큰 삭제";
        audit_exported: "Audit trail exported", "감사 기록 내보내기";
    }
}
