//! The staff's pages of users.

texts! {
    Users {
        title: "Users", "사용자";
        search_label: "Username or email", "아이디 또는 이메일";
        status: "Status", "상태";
        any: "All", "전체";
        staff: "Staff", "관리자";
        disabled: "Disabled", "사용 중지";
        email_confirmed: "Confirmed", "확인됨";
        email_unconfirmed: "Not confirmed", "확인 안 됨";
        confirm_email: "Mark as confirmed", "확인된 주소로 표시";
        since: "Since", "가입";
        groups: "Groups", "그룹";
        no_groups: "There’s no group yet.", "아직 그룹이 없어요.";
        make_group: "Create one", "그룹 만들기";
        save_groups: "Save groups", "그룹 저장";
        account: "Account", "계정";
        id: "Number", "번호";
        last_failure: "Last failed sign-in", "마지막 로그인 실패";
        second_factor: "Two-step", "2단계 인증";
        no_factor: "Off", "꺼짐";
        never: "None on record", "기록 없음";
        this_is_you: "This is your own account. Manage it on your own pages.", "내 계정이에요. 내 페이지에서 관리할 수 있어요.";
        own_pages: "Your security page", "내 보안 페이지";
        disable: "Disable", "사용 중지";
        enable: "Enable", "사용 재개";
        enable_lead: "This account can’t sign in. Enabling it allows that again; what was ended or deleted stays so.", "로그인할 수 없는 계정이에요. 다시 사용해도 로그아웃된 기기와 삭제된 토큰은 되돌아오지 않아요.";
        end_sessions: "Sign out everywhere", "모든 기기에서 로그아웃";
        require: "Require a new password", "새 비밀번호 요구";
        require_lead: "The password and the API tokens stop working at once. Their address gets a link and a code for a new password.", "지금 비밀번호와 API 토큰은 바로 쓸 수 없게 돼요. 새 비밀번호를 정할 링크와 코드를 본인에게 메일로 보내요.";
        mail_recovery: "Start a recovery by email", "메일로 계정 복구 시작";
        mail_recovery_lead: "For people who lost everything they sign in with. Their address gets a link and a code; nothing changes until they use it, and two-step verification is then off.", "로그인할 방법을 모두 잃은 사람에게 링크와 코드를 메일로 보내요. 쓰기 전까지는 아무것도 바뀌지 않고, 쓰면 2단계 인증도 꺼져요.";
        require_staff: "For fellow staff, the people who run this site set passwords and remove second steps on the command line.", "다른 관리자의 비밀번호와 2단계 인증은 운영자가 명령줄에서만 바꿀 수 있어요.";
        link_open: "A link works until", "링크 만료";
        sessions: "Sessions", "세션";
        no_sessions: "Not signed in anywhere.", "로그인한 기기가 없어요.";
        events: "Recent activity", "최근 활동";
        all_events: "See all", "전체 보기";
        link_title: "A new password is required", "새 비밀번호를 요구했어요";
        link_lead: "This site has no mail server, so hand over this link in person or by a channel you trust. It is shown only now, works once, and for a day. The audit log records that you have seen it.", "이 사이트에는 메일 서버가 없어요. 이 링크를 직접 만나거나 믿을 수 있는 방법으로 전달해 주세요. 지금 한 번만 보이고, 하루 동안 한 번 쓸 수 있어요. 링크를 보았다는 사실이 감사 기록에 남아요.";
        link: "Link", "링크";
        back: "Back to the user", "사용자로 돌아가기";
        factor_on: "On", "켜짐";
        device: "Device", "기기";
        sign_out: "Sign out", "로그아웃";
        back_in: "Get them back in", "다시 로그인하게 돕기";
        require_short: "Require", "요구";
        mail_recovery_short: "Start", "시작";
        not_set: "Not set", "없음";
        staff_without_factor: "No two-step verification.", "2단계 인증이 꺼져 있어요.";
        keep_enabled: "Keep it enabled", "그대로 두기";
        tokens_lost: "Their API tokens stop working", "API 토큰을 쓸 수 없게 돼요";
        disable_stays: "Posts and groups stay, and you can enable the account again", "글과 그룹은 남고, 나중에 다시 사용할 수 있어요";
    }
}
